"""Who has the page of a root open: a small file per server, renewed while it runs, that goes stale by itself.

The folder may lie on a shared drive. Clocks differ from machine to machine, so ages are told by the times that the
drive itself gives to files: another's file against the one that was just renewed here.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import platform
import re
import secrets
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from monev.io.atomic_files import json_bytes
from monev.io.guarded_cache import FOLDER
from monev.io.guarded_folders import guarded
from monev.words.errors import RunError

OWN_FOLDER = "halaman"
BEAT = 5.0  # seconds between renewals
STALE = 30.0  # seconds without renewal after which nobody is taken to be there
REMOVED = 24 * 3600.0  # seconds after which a stale file is removed
_MOST = 4096  # bytes of a file
_LONGEST = 80


@dataclass(frozen=True)
class Person:
    """Who has a page open, where, since when, and the command that is running there, if any."""

    name: str
    machine: str
    since: str
    doing: str = ""


def who() -> tuple[str, str]:
    """Return the names of user and machine, as the system gives them."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError, ImportError):
        name = "?"
    return name, platform.node() or "?"


class Presence:
    """The file of this server, and those of others."""

    def __init__(self, root: Path, doing: Callable[[], str]) -> None:
        self._root, self._doing = root, doing
        self._file = f"{secrets.token_hex(8)}.json"
        self._since = datetime.now().astimezone().isoformat(timespec="minutes")
        self._end = threading.Event()
        self._others: tuple[Person, ...] = ()

    @property
    def others(self) -> tuple[Person, ...]:
        """Who else has it open, as it was at the last look."""
        return self._others

    def renew(self) -> None:
        """Say once more that this server is there, and look who else is. A drive that is away is no fault."""
        with contextlib.suppress(OSError, RunError), guarded(self._root, FOLDER, OWN_FOLDER, make=True) as folder:
            name, machine = who()
            own = Person(name, machine, self._since, self._doing()[:_LONGEST])
            folder.write(self._file, json_bytes(asdict(own)))
            now = folder.changed(self._file)
            found = []
            for other in folder.names():
                if other == self._file or not re.fullmatch(r"[0-9a-f]{16}\.json", other):
                    continue
                age = (now - folder.changed(other)) / 1e9
                if age > REMOVED:
                    folder.remove(other)
                elif age < STALE and (person := _person(folder.path / other)):
                    found.append(person)
            self._others = tuple(found)

    def keep_on(self) -> None:
        """Renew until `leave`; for a thread of its own."""
        while not self._end.wait(BEAT):
            self.renew()

    def leave(self) -> None:
        """Say that this server is gone."""
        self._end.set()
        with contextlib.suppress(OSError, RunError), guarded(self._root, FOLDER, OWN_FOLDER) as folder:
            folder.remove(self._file)


def _person(path: Path) -> Person | None:
    from monev.io.folders import read_plain

    try:
        said: Any = json.loads(read_plain(path, _MOST))
        return Person(*(str(said[name])[:_LONGEST] for name in ("name", "machine", "since", "doing")))
    except (OSError, ValueError, KeyError, TypeError):
        return None
