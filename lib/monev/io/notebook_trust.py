"""Which notebooks of a root this user lets run on this machine: those of exactly the bytes that were trusted.

A notebook is a program. One that came with a received root, or that somebody else has changed on a shared drive, must
not run because a report was asked for. So trust goes by content: `new-notebook` gives it to what it writes, `build
--trust` to what lies there. It is kept in `.monev/`, signed with a key outside the project (`io.guarded_cache`), so
that it cannot come with the folder; who takes the folder elsewhere decides anew.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from monev.io.guarded_cache import Cache

_PLACE = "_kepercayaan"  # no edition can be called so
_KEPT = 20  # digests of one notebook, so that a change that is taken back is trusted still


def trusted(root: Path, name: str, content: bytes) -> bool:
    """Tell whether a notebook of these bytes may run."""
    return hashlib.sha256(content).hexdigest() in _known(root, name)


def trust(root: Path, name: str, content: bytes) -> None:
    """Let a notebook of these bytes run from now on."""
    digest = hashlib.sha256(content).hexdigest()
    known = [own for own in _known(root, name) if own != digest]
    Cache.of(root, _PLACE).write(f"buku/{name}", [*known, digest][-_KEPT:])


def _known(root: Path, name: str) -> list[str]:
    found = Cache.of(root, _PLACE).read(f"buku/{name}")
    return [str(digest) for digest in found] if isinstance(found, list) else []
