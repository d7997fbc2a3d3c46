"""How a long command tells where it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """Where a build reports to: `stage` when a stage begins, `notebook` after each notebook (count, total, name)."""

    stage: Callable[[str], None]
    notebook: Callable[[int, int, str], None]
