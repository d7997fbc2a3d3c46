"""What a notebook reads, noted while it reads: values that the library hands out, files, folders.

A process that is watched (`watch`) appends to a file one JSON line per read:

    {"nilai": ["2021-S2", "lampiran", [7]], "sidik": "..."}   the library handed out this value
    {"berkas": "/.../data.csv", "sidik": "..."}               a file was opened for reading; "" when it was not there
    {"folder": "/.../inputs", "sidik": "..."}                 the names in a folder were read
    {"lain": "subprocess.Popen"}                              something was done whose result cannot be known again

Together they are what the notebook's key is made of. The interpreter itself reports the reads (audit events), so that
they need no help from the notebook. What the environment brings (interpreter, packages, monev itself) is told apart by
its place and stands in the key by version. Not seen: the clock, chance, and whether a file merely exists.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_UNKNOWABLE = frozenset(
    {
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.spawn",
        "os.startfile",
        "os.system",
        "socket.connect",
        "socket.getaddrinfo",
        "subprocess.Popen",
        "urllib.Request",
    }
)
_SYSTEM = ("/proc", "/sys", "/dev", "/etc", "/usr/share", "/usr/lib")


Read = dict[str, Any]
UNKNOWN: Read = {"lain": "reads"}  # what was read cannot be told


@dataclass
class _Note:
    """Where reads are noted, and whether the interpreter's own reports count just now."""

    take: Callable[[Read], None]
    known: tuple[str, ...]
    silent: int = 0


_note: _Note | None = None
_thread = threading.local()


def stand_aside() -> None:
    """Let nothing count from now on that this thread reads: it serves somebody beside what is noted."""
    _thread.aside = True


def _noting() -> _Note | None:
    """Return where this thread's reads are noted."""
    return None if getattr(_thread, "aside", False) else _note


def watch(file: str, *own: str) -> None:
    """Note all reads of this process from now on in `file`. What lies in the folders `own` is not noted."""
    global _note
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0), 0o600)

    owner = os.getpid()

    def take(read: Read) -> None:
        line = json.dumps(read, ensure_ascii=False) + "\n"
        try:
            os.write(descriptor, line.encode("utf-8", "surrogateescape"))
        except OSError:  # a fork may have closed it; that there was one is noted
            if os.getpid() == owner:
                raise

    _listen()
    _note = _Note(take, _known_places(*own))


@contextlib.contextmanager
def collected() -> Iterator[list[Read]]:
    """Note the reads of this process within the block, in the list that is given."""
    global _note
    _listen()
    before, found = _note, list[Read]()
    _note = _Note(found.append, _known_places())
    try:
        yield found
    finally:
        _note = before


@functools.cache
def _listen() -> None:
    """Have the interpreter report to `_heard`; once, for it cannot be taken back."""
    sys.addaudithook(_heard)


def _known_places(*own: str) -> tuple[str, ...]:
    """Return the folders of the environment, whose content stands in every key by version."""
    paths = sysconfig.get_paths().values()
    package = str(Path(__file__).resolve().parents[2])
    found = {*paths, sys.prefix, sys.base_prefix, sys.exec_prefix, package, *_SYSTEM, *own}
    return tuple(sorted({form.rstrip(os.sep) + os.sep for path in found for form in (path, os.path.realpath(path))}))


@contextlib.contextmanager
def unnoted() -> Iterator[None]:
    """Read without noting: for the library itself, which notes what it hands out instead."""
    note = _noting()
    if note is None:
        yield
        return
    note.silent += 1
    try:
        yield
    finally:
        note.silent -= 1


def hand_out(edition: str, name: str, arguments: tuple[object, ...], digest: Callable[[], str]) -> None:
    """Note that the library handed out a value; its digest is only computed where somebody wants to know."""
    if _noting() is not None:
        with unnoted():
            _write({"nilai": [edition, name, list(arguments)], "sidik": digest()})


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    """Take a report of the interpreter."""
    note = _noting()
    if note is None or note.silent:
        return
    if event == "open":
        _opened(note, *arguments[:3])
    elif event in ("os.listdir", "os.scandir"):
        _listed(note, arguments[0] if arguments else None)
    elif event in _UNKNOWABLE:
        _write({"lain": event})


def _opened(note: _Note, path: Any, mode: Any, flags: Any) -> None:
    writes_only = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR) == os.O_WRONLY
    place = _place(note, path)
    if place and not writes_only:
        with unnoted():
            _write({"berkas": place, "sidik": file_digest(place)})


def _listed(note: _Note, path: Any) -> None:
    place = _place(note, "." if path is None else path)
    if place:
        with unnoted():
            _write({"folder": place, "sidik": folder_digest(place)})


def _place(note: _Note, path: Any) -> str:
    """Return the absolute path of a read that counts, else nothing."""
    if isinstance(path, int):
        return ""
    place = os.path.abspath(os.fsdecode(path))
    return "" if (place + os.sep).startswith(note.known) else place


def _write(read: Read) -> None:
    if _note is not None:
        _note.take(read)


def file_digest(place: str) -> str:
    """Return the SHA-256 of a file; empty when it cannot be read."""
    try:
        return hashlib.sha256(Path(place).read_bytes()).hexdigest()
    except (OSError, ValueError):
        return ""


def folder_digest(place: str) -> str:
    """Return the SHA-256 of the names in a folder; empty when it cannot be read."""
    try:
        names = sorted(os.listdir(place))
    except (OSError, ValueError):
        return ""
    return hashlib.sha256("\0".join(names).encode("utf-8", "surrogateescape")).hexdigest()


def noted(file: Path) -> tuple[Read, ...] | None:
    """Return what was noted in a file, each once, in order; None when the file is missing or not whole."""
    try:
        lines = file.read_text("utf-8", "surrogateescape").split("\n")
        return tuple(json.loads(line) for line in dict.fromkeys(lines[:-1])) if not lines[-1] else None
    except (OSError, ValueError):
        return None
