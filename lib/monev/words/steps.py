"""How a long command tells where it is, and what it did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from monev.words.messages import Language, Words


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


@runtime_checkable
class ShowsProgress(Protocol):
    """An output that shows by itself how far a command is, where a terminal has a bar."""

    def progress(self, language: Language) -> Progress:
        """Return where the command reports to."""
