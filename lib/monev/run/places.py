"""Temporary folders with short names (a socket's path has about 100 characters), and what runs see as environment."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

import monev

_PREFIX = "mv-"
_LONGEST = 60  # leaves room for the names of sockets below


def _bases() -> list[str]:
    return [folder for folder in (tempfile.gettempdir(), "/tmp", "/var/tmp") if len(folder) <= _LONGEST]


def fresh_folder() -> Path:
    """Make a folder for the user alone, with a short absolute name. Clears what killed runs may have left."""
    for base in _bases():
        with contextlib.suppress(OSError):
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
            break
    else:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    return folder


def environment(folder: Path) -> dict[str, str]:
    """Return settings that keep a run inside `folder` and make it repeat: what differs from the caller's environment."""
    cache = Path(sys.prefix) / "share" / "monev" / "matplotlib"
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        cache = folder / "matplotlib"
    library = str(Path(monev.__file__).resolve().parents[1])
    settings = {
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(folder / "r"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_PLATFORM_DIRS": "1",
        "MPLCONFIGDIR": str(cache),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONPATH": library,
        "PYTHONHASHSEED": "0",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
    }
    # One thread each: the notebooks are what runs side by side, and a process with threads cannot be forked.
    for name in ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB_MAXIMUM", "BLIS"):
        settings[f"{name}_NUM_THREADS"] = "1"
    return settings
