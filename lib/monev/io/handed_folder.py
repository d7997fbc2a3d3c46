"""A folder handed to somebody to go on with, at a place of their choice: nothing that they made there is lost.

A list of what we wrote, with digests, stays in it. Handing over again replaces only files that are still as listed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from monev.io.atomic_files import json_bytes
from monev.io.folders import read_plain
from monev.io.guarded_folders import guarded
from monev.io.manifest import digest
from monev.words.errors import UsageError
from monev.words.messages import tell

LISTED = ".monev-susunan.json"
_MOST = 32 * 1024**2  # bytes of the list
_SHOWN = 3


def check(target: Path) -> None:
    """Raise UsageError where `target` is neither absent, nor empty, nor as it was handed over."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise UsageError(tell("stage.no-folder", path=target))
    listed = _listed(target)
    if listed is None:
        raise UsageError(tell("stage.foreign", path=target))
    if changed := [name for name, own in listed.items() if not _stands(target, name, own)]:
        raise UsageError(tell("stage.changed", path=target, files=", ".join(changed[:_SHOWN])))


def hand_over(source: Path, target: Path) -> None:
    """Put the files of `source` in the place of those handed over before. Raises UsageError as `check` does."""
    check(target)
    before = _listed(target) or {}
    files = {path.relative_to(source).as_posix(): path for path in _files(source)}
    if taken := [name for name in files if name not in before and _is_there(target / name)]:
        raise UsageError(tell("stage.changed", path=target, files=", ".join(taken[:_SHOWN])))
    target.mkdir(parents=True, exist_ok=True)
    try:
        for name in before:
            *steps, last = name.split("/")
            with suppress(FileNotFoundError), guarded(target, *steps) as folder:
                folder.remove(last)
        listing: dict[str, str] = {}
        for name, path in files.items():
            *steps, last = name.split("/")
            content = path.read_bytes()
            listing[name] = digest(content)
            with guarded(target, *steps, make=True) as folder:
                folder.write(last, content)
        with guarded(target) as folder:
            folder.write(LISTED, json_bytes(listing))
    except NotADirectoryError:
        raise UsageError(tell("stage.foreign", path=target)) from None


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != LISTED)


def _listed(target: Path) -> Mapping[str, str] | None:
    """Return what was handed over in a folder; None where it holds anything without that."""
    if not target.is_dir() or not any(target.iterdir()):
        return {}
    try:
        found = json.loads(read_plain(target / LISTED, _MOST))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _stands(target: Path, name: str, listed: str) -> bool:
    """Tell whether a file is as listed, or gone; no link stands for it, and it leads nowhere else."""
    path = target / name
    if not path.resolve().is_relative_to(target.resolve()) or path.is_symlink():
        return False
    return not path.exists() or (path.is_file() and digest(path.read_bytes()) == listed)


def _is_there(path: Path) -> bool:
    return path.is_symlink() or path.exists()
