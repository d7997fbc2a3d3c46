"""How a second start finds the first: one file in the root that only this user can read."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from monev.app.presence import OWN_FOLDER, who
from monev.io.atomic_files import json_bytes
from monev.io.folders import read_plain
from monev.io.guarded_cache import FOLDER
from monev.io.guarded_folders import guarded
from monev.words.errors import RunError

if TYPE_CHECKING:
    from monev.app.door import Door

_MOST = 4096
_PATIENCE = 5.0  # seconds for a server to answer


def file_name() -> str:
    """Return the file's name: one for each user and machine, as the folder may be shared."""
    return f"server-{hashlib.sha256('@'.join(who()).encode()).hexdigest()[:16]}.json"


def remember(root: Path, door: Door) -> None:
    """Write where this server is. A root that cannot be written has no second start that finds it."""
    said = {"pid": os.getpid(), "port": door.port, "tempat": door.place, "kunci": door.master}
    with contextlib.suppress(OSError, RunError), guarded(root, FOLDER, OWN_FOLDER, make=True) as folder:
        folder.write(file_name(), json_bytes(said), mode=0o600)


def forget(root: Path, door: Door) -> None:
    """Remove what was remembered, if it is still of this server."""
    with contextlib.suppress(OSError, RunError), guarded(root, FOLDER, OWN_FOLDER) as folder:
        found = _read(root)
        if found and found[1] == door.place:
            folder.remove(file_name())


def known(root: Path) -> bool:
    """Tell whether a server is remembered."""
    return _read(root) is not None


def address(root: Path) -> str | None:
    """Return a fresh address of the server that is remembered; None where there is none or it does not answer."""
    found = _read(root)
    if not found:
        return None
    port, place, master = found
    ask = urllib.request.Request(
        f"http://127.0.0.1:{port}/{place}/alamat", method="POST", headers={"Authorization": f"Bearer {master}"}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy between this machine and itself
    try:
        with opener.open(ask, timeout=_PATIENCE) as answer:
            told = str(json.loads(answer.read(_MOST))["alamat"])
    except (OSError, ValueError, KeyError, urllib.error.URLError):
        return None
    return told if told.startswith(f"http://127.0.0.1:{port}/{place}/") else None


def _read(root: Path) -> tuple[int, str, str] | None:
    path = root / FOLDER / OWN_FOLDER / file_name()
    try:
        if not _is_ours(path):
            return None
        said = json.loads(read_plain(path, _MOST))
        port, place, master = int(said["port"]), str(said["tempat"]), str(said["kunci"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (port, place, master) if 0 < port < 1 << 16 and place.isalnum() and master.isprintable() else None


def _is_ours(path: Path) -> bool:
    """Tell whether a file is this user's alone: a folder that was received may hold one of somebody else's."""
    about = path.lstat()
    if os.name != "posix":
        return stat.S_ISREG(about.st_mode)
    return stat.S_ISREG(about.st_mode) and about.st_uid == os.getuid() and not about.st_mode & 0o077
