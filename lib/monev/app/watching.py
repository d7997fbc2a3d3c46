"""A part's preview made anew whenever the inputs change, while the page asks for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from monev.build.watch import state, wait
from monev.io.read_log import stand_aside

FORGOTTEN = 60.0  # seconds after which nobody looks any more
_IDLE = 0.3  # seconds between looks whether somebody looks


class Watcher:
    """Gives an order whenever a file of the inputs was saved; fifty quick saves are one."""

    def __init__(self, root: Path, changed: Callable[[str, str], object]) -> None:
        """`changed` is called with the edition and the part that are watched for."""
        self._root, self._changed = root, changed
        self._wanted: dict[tuple[str, str], float] = {}
        self._turn = threading.Lock()

    def want(self, edition: str, part: str) -> None:
        """Say that somebody looks at a part."""
        with self._turn:
            self._wanted[edition, part] = time.monotonic()

    def drop(self, edition: str) -> None:
        """Say that nobody looks at an edition's parts."""
        with self._turn:
            self._wanted = {each: when for each, when in self._wanted.items() if each[0] != edition}

    def wanted(self, edition: str) -> str:
        """Return the part of an edition that somebody looks at; empty for none."""
        return next((part for known, part in self._all() if known == edition), "")

    def run(self) -> None:
        """Watch for ever; for a thread of its own."""
        stand_aside()
        while True:
            while not self._all():
                time.sleep(_IDLE)
            before = state(self._root)
            wait(self._root, before)
            for edition, part in self._all():
                self._changed(edition, part)

    def _all(self) -> list[tuple[str, str]]:
        """Return what somebody looks at."""
        now = time.monotonic()
        with self._turn:
            self._wanted = {each: when for each, when in self._wanted.items() if now - when < FORGOTTEN}
            return [*self._wanted]
