"""Building again whenever the inputs change, in one process that stays: a change then costs what it changes.

What a build by itself starts anew each time stays warm here: the processes that kernels come from, the imports, and
what Typst has laid out. Files are looked at by their time and size: events of the system do not come from the network
folders that secretariats keep their workbooks in.
"""

from __future__ import annotations

import contextlib
import os
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from monev.io.brand_file import brand_files
from monev.io.manifest import package_digest, package_on_disk
from monev.kernels.fork_client import prepared
from monev.model.brand import FILE as BRAND_FILE
from monev.words.errors import RunError
from monev.words.messages import Words, tell

WATCHED = ("inputs", "params", "naskah")
OURS = "naskah/hasil"  # what notebooks gave, which a build writes itself
PAUSE = 0.1  # seconds between looks
PATIENCE = 2.0  # seconds that a file stands still before it is taken as it is, whole or not
BOOKS = (".xlsx", ".xlsm")
_UNFINISHED = ("~$", ".", "~")  # how names begin of what Excel and others put beside a file that is being edited

State = dict[str, tuple[int, int]]


def watch(root: Path, build: Callable[[], object], say: Callable[[Words], None], pause: float = PAUSE) -> None:
    """Build, and again after each change below `inputs/` and `params/`, until interrupted while waiting.

    `build` tells by itself what it makes or why it does not. Raises RunError when monev itself has changed meanwhile,
    and what `build` raises.
    """
    package_digest()  # remembers what code this is
    with prepared():
        while True:
            before = state(root)
            build()
            try:
                say(tell("watch.wait"))
                wait(root, before, pause)
            except KeyboardInterrupt:
                say(tell("watch.end"))
                return
            if package_on_disk() != package_digest():
                raise RunError(tell("watch.code"))


def wait(root: Path, before: State, pause: float = PAUSE) -> None:
    """Return when the files are no longer as they were and nobody is writing any more.

    A workbook itself says whether it is whole: a package's list of parts is written last. Other files are whole when
    they stay the same from one look to the next.
    """
    last, now = before, state(root)
    still = time.monotonic()
    while True:
        changed = [name for name in {*before, *now} if before.get(name) != now.get(name)]
        told = {_whole(root / name) for name in changed}
        if changed and (told == {True} or (now == last and False not in told)):
            return
        if changed and now == last and time.monotonic() - still > PATIENCE:
            return
        time.sleep(pause)
        last, now = now, state(root)
        if now != last:
            still = time.monotonic()


def _whole(file: Path) -> bool | None:
    """Tell whether a file has been written to its end; None for a kind that does not say."""
    if file.suffix.lower() not in BOOKS or not file.exists():
        return None
    with contextlib.suppress(OSError):
        return zipfile.is_zipfile(file)
    return False


def state(root: Path) -> State:
    """Return time and size of each file below the watched folders, and of the look, by its path from the root."""
    found = {
        os.path.relpath(entry.path, root): (entry.stat().st_mtime_ns, entry.stat().st_size)
        for name in WATCHED
        for entry in _files(root / name)
        if not Path(os.path.relpath(entry.path, root)).is_relative_to(OURS)
    }
    for name in (BRAND_FILE, *brand_files(root)):
        with contextlib.suppress(OSError):  # not there
            found[name] = ((root / name).stat().st_mtime_ns, (root / name).stat().st_size)
    return found


def _files(folder: str | os.PathLike[str]) -> Iterator[os.DirEntry[str]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(_UNFINISHED):
            continue
        try:
            if entry.is_dir():
                yield from _files(entry.path)
            else:
                entry.stat()
                yield entry
        except OSError:  # gone meanwhile
            continue
