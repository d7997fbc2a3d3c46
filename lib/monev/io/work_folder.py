"""Where a build works: one at a time per edition, in a folder of its own that no killed build can leave for long."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from monev.io.atomic_files import replace_folder
from monev.io.guarded_cache import FOLDER
from monev.io.guarded_folders import GuardedFolder, guarded, is_aside
from monev.words.errors import RunError
from monev.words.messages import tell
from monev.words.shortages import shortage

_MARK = ".monev-kerja"  # in each work folder: what it lies in is ours to remove
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextlib.contextmanager
def locked(root: Path, edition: str, wait: Callable[[], object]) -> Iterator[bool]:
    """Keep other builds of an edition out within the block; give whether one had to be waited for.

    `wait` is called before waiting. Raises RunError when the root cannot be written.
    """
    from filelock import FileLock, Timeout

    with contextlib.ExitStack() as stack:
        try:
            folder = stack.enter_context(guarded(root, FOLDER, make=True))
            lock = FileLock(folder.steady / f"{edition}.lock")  # follows no link
            waited = False
            try:
                lock.acquire(timeout=0)
            except Timeout:
                waited = True
                wait()
                lock.acquire()
        except OSError as error:
            raise RunError(tell("build.unwritable", path=FOLDER, why=error.strerror)) from None
        stack.callback(lock.release)
        yield waited


@dataclass(frozen=True)
class Workspace:
    """A folder of one's own to build in, beside what it will replace: `outputs` and, in it, `name`."""

    outputs: GuardedFolder
    name: str

    @property
    def path(self) -> Path:
        """Return where the folder is."""
        return self.outputs.path / self.name

    def publish(self, new: str, name: str, ours: Callable[[GuardedFolder], bool]) -> None:
        """Put the folder `new` of this one in the place of `outputs/name`, which may hold only what is ours.

        Raises RunError for a place that holds anything else or leads out of the root, OSError when it cannot be
        replaced; what stood there then stays.
        """
        *steps, last = name.split("/")
        with contextlib.ExitStack() as stack:
            parent = self.outputs
            for step in steps:
                parent = stack.enter_context(parent.step(step, make=True))
            if parent.kind(last):
                with _as_folder(parent, last) as stands:
                    if stands.names() and not ours(stands):
                        raise RunError(tell("build.outputs-foreign", path=f"outputs/{name}"))
            with self.outputs.step(self.name) as work:
                replace_folder(work, new, parent, last)


@contextlib.contextmanager
def _as_folder(parent: GuardedFolder, name: str) -> Iterator[GuardedFolder]:
    try:
        opened = parent.step(name)
        with opened as folder:
            yield folder
    except NotADirectoryError:
        raise RunError(tell("build.outputs-foreign", path=f"outputs/{name}")) from None


@contextlib.contextmanager
def workspace(root: Path, edition: str) -> Iterator[Workspace]:
    """Give a folder in `outputs/` to build in, removed afterwards; clear what a killed build left.

    Raises RunError when it cannot be made. What is removed bears our mark, or is empty.
    """
    with contextlib.ExitStack() as stack:
        try:
            outputs = stack.enter_context(guarded(root, "outputs", make=True))
            _clear(outputs, edition)
            # Once more at the end: what a killed build has started may have gone on writing for a moment.
            stack.callback(_clear, outputs, edition)
            work = Workspace(outputs, f".{edition}.{os.getpid()}.{secrets.token_hex(4)}")
            outputs.make(work.name)
            stack.callback(_remove, outputs, work.name)
            with outputs.step(work.name) as own:
                own.write(_MARK, b"")
            made = work.path.stat()
        except OSError as error:
            raise RunError(tell("build.unwritable", path="outputs", why=error.strerror)) from None
        try:
            yield work
        except (RunError, OSError):
            if not _is(work.path, made):  # whatever failed, failed for that; writing may have made another
                raise RunError(tell("build.vanished", path=f"outputs/{work.name}")) from None
            raise


def _clear(outputs: GuardedFolder, edition: str) -> None:
    """Remove work folders of builds of an edition that were killed."""
    for name in outputs.names():
        pid = re.fullmatch(rf"\.{re.escape(edition)}\.([0-9]{{1,9}})\.[0-9a-f]{{8}}", name)
        if pid and not _alive(int(pid[1])):
            with contextlib.suppress(OSError, RunError), outputs.step(name) as left:
                if not left.kind(_MARK) and not all(is_aside(inner) for inner in left.names()):
                    continue
            _remove(outputs, name)


def _remove(outputs: GuardedFolder, name: str) -> None:
    """Remove a work folder, its mark last: one whose removal is killed is still seen to be ours."""
    with contextlib.suppress(OSError, RunError), outputs.step(name) as work:
        for inner in work.names():
            if inner != _MARK:
                work.remove(inner)
        if {*work.names()} - {_MARK}:
            return
    outputs.remove(name)


def _is(folder: Path, made: os.stat_result) -> bool:
    try:
        return os.path.samestat(folder.stat(), made)
    except OSError:
        return False


def _alive(process: int) -> bool:
    """Tell whether a process runs."""
    if sys.platform == "win32":  # there os.kill would end it
        import ctypes

        process_there = ctypes.windll.kernel32.OpenProcess(0x1000, False, process)  # query limited information
        return bool(process_there and ctypes.windll.kernel32.CloseHandle(process_there))
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


@contextlib.contextmanager
def named_faults(root: Path) -> Iterator[None]:
    """Tell of a disk that is full or a folder that is gone or closed in words: RunError instead of OSError."""
    try:
        yield
    except (OSError, MemoryError, RuntimeError) as error:
        if short := shortage(error):
            raise RunError(short) from None
        if not isinstance(error, OSError):
            raise
        place = Path(error.filename) if isinstance(error.filename, str | os.PathLike) else root / "outputs"
        shown = place.relative_to(root).parts[0] if place.is_relative_to(root) and place != root else str(place)
        key = "build.disk-full" if error.errno in _FULL else "build.unwritable"
        raise RunError(tell(key, path=shown, why=error.strerror or error)) from None
