"""How a long command tells where it is, and what it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from monev.words.messages import Words


@dataclass(frozen=True)
class Step:
    """What became of one step of a build, and why."""

    name: str
    ran: bool
    why: Words


@dataclass(frozen=True)
class Progress:
    """Where a build reports to: `stage` when a stage begins, `notebook` after each notebook (count, total, name)."""

    stage: Callable[[Words], None]
    notebook: Callable[[int, int, str], None]
