"""Where a build works: one at a time per edition, in a folder of its own that no killed build can leave for long."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from monev.io.guarded_cache import FOLDER
from monev.words.errors import RunError
from monev.words.messages import tell

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextlib.contextmanager
def locked(root: Path, edition: str, wait: Callable[[], object]) -> Iterator[bool]:
    """Keep other builds of an edition out within the block; give whether one had to be waited for.

    `wait` is called before waiting. Raises RunError when the root cannot be written.
    """
    from filelock import FileLock, Timeout

    folder = root / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        lock = FileLock(folder / f"{edition}.lock")
        waited = False
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waited = True
            wait()
            lock.acquire()
    except OSError as error:
        raise RunError(tell("build.unwritable", path=FOLDER, why=error.strerror)) from None
    try:
        yield waited
    finally:
        lock.release()


@contextlib.contextmanager
def workspace(root: Path, edition: str) -> Iterator[Path]:
    """Give a folder beside the outputs to build in, removed afterwards; clear what a killed build left.

    Raises RunError when it cannot be made. Only for the one who holds the lock: whatever is there has no owner.
    """
    outputs = root / "outputs"
    work = outputs / f".{edition}.{os.getpid()}"
    try:
        outputs.mkdir(exist_ok=True)
        for left in outputs.glob(f".{edition}.*"):
            if not _alive(left):
                shutil.rmtree(left, ignore_errors=True)
        work.mkdir()
        made = work.stat()
    except OSError as error:
        raise RunError(tell("build.unwritable", path="outputs", why=error.strerror)) from None
    try:
        yield work
    except (RunError, OSError):
        if not _is(work, made):  # whatever failed, failed for that; another may have been made in writing to it
            raise RunError(tell("build.vanished", path=f"outputs/{work.name}")) from None
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _is(folder: Path, made: os.stat_result) -> bool:
    try:
        return os.path.samestat(folder.stat(), made)
    except OSError:
        return False


def _alive(left: Path) -> bool:
    """Tell whether the process that owns a work folder still runs; its number ends the name."""
    try:
        os.kill(int(left.name.rsplit(".", 1)[-1]), 0)
    except (ValueError, ProcessLookupError):
        return False
    except OSError:
        return True
    return True


@contextlib.contextmanager
def named_faults(root: Path) -> Iterator[None]:
    """Tell of a disk that is full or a folder that is gone or closed in words: RunError instead of OSError."""
    try:
        yield
    except OSError as error:
        place = Path(error.filename) if isinstance(error.filename, str | os.PathLike) else root / "outputs"
        shown = place.relative_to(root).parts[0] if place.is_relative_to(root) and place != root else str(place)
        key = "build.disk-full" if error.errno in _FULL else "build.unwritable"
        raise RunError(tell(key, path=shown, why=error.strerror or error)) from None
