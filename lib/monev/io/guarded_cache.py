"""What earlier builds left for later ones: files in `.monev/` of the root that only this user's builds can have made.

Each file holds a message authentication code (HMAC-SHA-256) over its name and content. The key stands outside the
project, in the user's state folder, so that a file that was cut off, changed, renamed or put there by anyone else is
taken for absent. Content is JSON, never code.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
import stat
import sys
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monev.io.guarded_folders import GuardedFolder, guarded, is_aside
from monev.words.errors import RunError

FOLDER = ".monev"
_KEY_SIZE = 32
_MAC_SIZE = 32
_NOTE = (
    "Signature: 8a477f597d28d172789f06886806bc55\n# Made by monev; may be deleted at any time.\n"  # bford.info/cachedir
)


def state_folder() -> Path:
    """Return the user's folder for what programs remember, as the system has it."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "monev"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "monev"


def _secret() -> bytes | None:
    """Return the user's key, made at first use; None where there is no place for it."""
    try:
        file = state_folder() / "key"
        with contextlib.suppress(FileNotFoundError):
            return _whole(file.read_bytes())
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(secrets.token_bytes(_KEY_SIZE))
        try:
            os.link(name, file)  # the first of several builds wins
        except FileExistsError:
            pass
        except OSError:
            os.replace(name, file)
        with contextlib.suppress(OSError):
            os.unlink(name)
        return _whole(file.read_bytes())
    except (OSError, RuntimeError):
        return None


def _whole(key: bytes) -> bytes | None:
    return key if len(key) == _KEY_SIZE else None


@dataclass(frozen=True)
class Cache:
    """The cache of one edition. Without a key it is empty and stays so.

    Where `.monev` or a folder in it leads out of the root, the cache is as if it were not there.
    """

    folder: Path
    key: bytes | None

    @classmethod
    def of(cls, root: Path, edition: str) -> Cache:
        """Return the cache of an edition below `root`; nothing is written yet."""
        return cls(root / FOLDER / edition, _secret())

    @contextlib.contextmanager
    def _opened(self, *steps: str, make: bool = False) -> Iterator[GuardedFolder]:
        """Open a folder of the cache. Raises OSError and RunError."""
        marked, edition = self.folder.parent, self.folder.name
        with guarded(marked.parent, marked.name, make=make) as top:
            if make:
                _mark(top)
            with top.step(edition, make=make) as folder, contextlib.ExitStack() as stack:
                for step in steps:
                    folder = stack.enter_context(folder.step(step, make=make))
                yield folder

    def read(self, name: str) -> Any:
        """Return what was kept under a name; None when it is absent or not as this user's build wrote it."""
        *steps, file = name.split("/")
        with contextlib.suppress(OSError, RunError, ValueError, zlib.error), self._opened(*steps) as folder:
            content = self._own(name, folder.read(file))
            return None if content is None else json.loads(zlib.decompress(content))
        return None

    def _own(self, name: str, content: bytes) -> bytes | None:
        """Return what follows the authentication code; None where this user's builds have not made it."""
        code, packed = content[:_MAC_SIZE], content[_MAC_SIZE:]
        return packed if self.key is not None and hmac.compare_digest(code, self._code(name, packed)) else None

    def _is_own(self, name: str, folder: GuardedFolder) -> bool:
        return self._own(name, folder.read(name.rsplit("/", 1)[-1])) is not None

    def write(self, name: str, value: object) -> None:
        """Keep a JSON value under a name, as a whole or not at all; a cache that cannot be written is no fault."""
        if self.key is None:
            return
        packed = zlib.compress(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)
        *steps, file = name.split("/")
        with contextlib.suppress(OSError, RunError), self._opened(*steps, make=True) as folder:
            folder.write(file, self._code(name, packed) + packed)

    def _code(self, name: str, packed: bytes) -> bytes:
        assert self.key is not None
        place = f"{self.folder.name}/{name}\0".encode()
        return hmac.new(self.key, place + packed, hashlib.sha256).digest()

    def names(self, folder: str) -> list[str]:
        """Return the names kept in a folder of the cache, the newest first."""
        with contextlib.suppress(OSError, RunError), self._opened(*folder.split("/")) as opened:
            found = [(opened.changed(name), name) for name in opened.names() if not name.startswith(".")]
            return [f"{folder}/{name}" for _, name in sorted(found, reverse=True)]
        return []

    def drop(self, name: str) -> None:
        """Forget one name."""
        *steps, file = name.split("/")
        with contextlib.suppress(OSError, RunError), self._opened(*steps) as folder:
            folder.remove(file)

    def tidy(self, keep: set[str]) -> None:
        """Remove what this user's builds have kept in folders that are not among `keep`, and what they left unwritten.

        Only what bears our own code is removed: anything else in there belongs to somebody.
        """
        with contextlib.suppress(OSError, RunError), self._opened() as folder:
            for name in folder.names():
                if folder.kind(name) == stat.S_IFDIR:
                    self._tidy_below(folder, name, gone=name not in keep)
                elif is_aside(name):
                    folder.remove(name)

    def _tidy_below(self, parent: GuardedFolder, place: str, *, gone: bool) -> None:
        step = place.rsplit("/", 1)[-1]
        with contextlib.suppress(OSError, RunError), parent.step(step) as folder:
            for name in folder.names():
                kind = folder.kind(name)
                if kind == stat.S_IFDIR:
                    self._tidy_below(folder, f"{place}/{name}", gone=gone)
                elif is_aside(name) or (gone and kind == stat.S_IFREG and self._is_own(f"{place}/{name}", folder)):
                    folder.remove(name)
        if gone:
            parent.remove_empty(step)


def _mark(top: GuardedFolder) -> None:
    """Tell backup programs and version control that nothing here is worth keeping."""
    for name, content in (("CACHEDIR.TAG", _NOTE), (".gitignore", "*\n")):
        with contextlib.suppress(FileExistsError):
            if not top.kind(name):
                top.write(name, content.encode("ascii"), new=True)
