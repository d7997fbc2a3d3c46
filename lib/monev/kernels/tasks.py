"""What is to be run: notebooks with parameters, and the limits they run in."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LOOK = 0.05  # seconds between looks whether a limit is exceeded
STREAMS = ("stdout", "stderr")  # files in the folder of a notebook's process
READS = "reads"  # beside them: what its cells read


@dataclass(frozen=True)
class Task:
    """One run of one notebook: `name` is the run's name and output file, `notebook` the file in `notebooks/`."""

    name: str
    notebook: str
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Limits:
    """What one notebook may use: seconds in all, bytes of output, bytes of memory (None: no limit)."""

    seconds: float = 300.0
    output: int = 100_000_000  # the charts of a plan with 1,800 commitments take more than a tenth of it
    memory: int | None = None


@dataclass(frozen=True)
class Order:
    """What is to be run in a folder: a task by papermill, a notebook that it has prepared, or pages of notebooks.

    `given` is the environment of the one who asks, as far as it is let through.
    """

    folder: str
    given: Mapping[str, str]
    limits: Limits
    task: Task | None = None
    notebook: Mapping[str, Any] | None = None
    pages: Mapping[str, bytes] | None = None


def exceeded(limits: Limits, began: float, place: Path) -> str:
    """Return which limit ("time", "output") a process exceeds that `began` then and has its folder at `place`."""
    if time.monotonic() - began > limits.seconds:
        return "time"
    size = 0
    for name in STREAMS:
        with contextlib.suppress(OSError):
            size += (place / name).stat().st_size
    return "output" if size > limits.output else ""
