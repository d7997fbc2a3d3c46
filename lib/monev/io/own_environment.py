"""What processes of ours start with: an environment of our own list, and nothing else of whoever calls.

An ordinary dotfile or variable would otherwise change a report under the same fingerprint: Python's own variables,
configuration of IPython, Jupyter and matplotlib, languages, time zones.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

LET_THROUGH: Mapping[str, str] = {
    "PATH": "programs that a notebook calls are found",
    "LD_LIBRARY_PATH": "a Python that is not the system's finds its own library",
    "DYLD_LIBRARY_PATH": "the same on macOS",
    "SYSTEMROOT": "without it Windows opens no socket and has no randomness",
    "SYSTEMDRIVE": "the same",
    "COMSPEC": "Windows starts programs by it",
    "PATHEXT": "the same",
    "TMPDIR": "where files may be for a while",
    "TEMP": "the same on Windows",
    "TMP": "the same on Windows",
    "MONEV_ROOT": "where params and inputs are",
    "MONEV_FORK": "whether processes for notebooks are forked",
}
"""The variables that are handed on as they are, each with its reason."""

FIXED: Mapping[str, str] = {
    "PYTHONPATH": str(Path(__file__).resolve().parents[2]),  # this very package, and no other's
    "PYTHONNOUSERSITE": "1",  # no packages and no `usercustomize` of the user's
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
}


def own_environment(*more: str) -> dict[str, str]:
    """Return the environment that a process of ours starts with; `more` names further variables to let through."""
    return {name: os.environ[name] for name in (*LET_THROUGH, *more) if name in os.environ} | dict(FIXED)
