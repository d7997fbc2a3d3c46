"""What is to be run: notebooks with parameters, and the limits they run in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
