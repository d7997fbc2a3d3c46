"""Temporary folders of processes, and what runs see as their environment."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from monev.io.own_environment import own_environment

_PREFIX = "mv-"


def fresh_folder() -> Path:
    """Make a folder for the user alone, after clearing what killed runs have left.

    A folder is in use as long as a process holds the lock on the file `lock` in it; `hold` takes that lock.
    """
    with contextlib.suppress(OSError):
        _clear(Path(tempfile.gettempdir()))
    return Path(tempfile.mkdtemp(prefix=_PREFIX))


def hold(folder: Path) -> int:
    """Mark a folder as in use until the returned descriptor, and every copy of it in other processes, is closed."""
    import fcntl

    descriptor = os.open(folder / "lock.new", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    # Only now does it count: a lock file that nobody holds is that of a killed run.
    (folder / "lock.new").rename(folder / "lock")
    return descriptor


def _clear(base: Path) -> None:
    """Remove folders whose processes are all gone."""
    if os.name != "posix":
        return
    import fcntl

    for lock in base.glob(f"{_PREFIX}*/lock"):
        with contextlib.suppress(OSError):
            descriptor = os.open(lock, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                if os.fstat(descriptor).st_uid == os.getuid():
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(lock.parent, ignore_errors=True)
            finally:
                os.close(descriptor)


def environment(folder: Path, given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the whole environment of a run: it stays inside `folder`, repeats, and finds nothing of the user's.

    `given` is what is let through, where it is another's than this process's.
    """
    cache = Path(sys.prefix) / "share" / "monev" / "matplotlib"
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        cache = folder / "matplotlib"
    nowhere = str(folder / "rumah")  # not there: nothing is found in it, and what is written stays here
    settings = dict(own_environment() if given is None else given) | dict.fromkeys(
        ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), nowhere
    )
    settings |= {
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(folder / "r"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),  # templates of nbconvert are looked for in it
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_NO_CONFIG": "1",
        "JUPYTER_PLATFORM_DIRS": "1",
        "MPLCONFIGDIR": str(cache),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }
    # One thread each: the notebooks are what runs side by side, and a process with threads cannot be forked.
    for name in ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB_MAXIMUM", "BLIS"):
        settings[f"{name}_NUM_THREADS"] = "1"
    return settings


def surroundings(place: Path, given: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a notebook's process; whatever is written stays in `place`, its own folder."""
    temporary = place / "tmp"
    temporary.mkdir(exist_ok=True)
    return environment(place, given) | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
