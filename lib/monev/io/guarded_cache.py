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
import shutil
import sys
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    """The cache of one edition. Without a key it is empty and stays so."""

    folder: Path
    key: bytes | None

    @classmethod
    def of(cls, root: Path, edition: str) -> Cache:
        """Return the cache of an edition below `root`; nothing is written yet."""
        return cls(root / FOLDER / edition, _secret())

    def read(self, name: str) -> Any:
        """Return what was kept under a name; None when it is absent or not as this user's build wrote it."""
        if self.key is None:
            return None
        try:
            content = (self.folder / name).read_bytes()
            code, packed = content[:_MAC_SIZE], content[_MAC_SIZE:]
            if hmac.compare_digest(code, self._code(name, packed)):
                return json.loads(zlib.decompress(packed))
        except (OSError, ValueError, zlib.error):
            pass
        return None

    def write(self, name: str, value: object) -> None:
        """Keep a JSON value under a name, as a whole or not at all; a cache that cannot be written is no fault."""
        if self.key is None:
            return
        packed = zlib.compress(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)
        with contextlib.suppress(OSError):
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            self._mark()
            handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as out:
                    out.write(self._code(name, packed) + packed)
                os.replace(aside, path)
            except OSError:
                with contextlib.suppress(OSError):
                    os.unlink(aside)
                raise

    def _code(self, name: str, packed: bytes) -> bytes:
        assert self.key is not None
        place = f"{self.folder.name}/{name}\0".encode()
        return hmac.new(self.key, place + packed, hashlib.sha256).digest()

    def _mark(self) -> None:
        """Tell backup programs and version control that nothing here is worth keeping."""
        for name, content in (("CACHEDIR.TAG", _NOTE), (".gitignore", "*\n")):
            file = self.folder.parent / name
            if not file.exists():
                file.write_text(content, "ascii", newline="\n")

    def names(self, folder: str) -> list[str]:
        """Return the names kept in a folder of the cache, the newest first."""
        try:
            found = [(entry.stat().st_mtime_ns, entry.name) for entry in os.scandir(self.folder / folder)]
        except OSError:
            return []
        return [f"{folder}/{name}" for _, name in sorted(found, reverse=True) if not name.startswith(".")]

    def drop(self, name: str) -> None:
        """Forget one name."""
        with contextlib.suppress(OSError):
            (self.folder / name).unlink()

    def tidy(self, keep: set[str]) -> None:
        """Remove folders of the cache that are not among `keep`, and what killed builds left half written."""
        with contextlib.suppress(OSError):
            for entry in os.scandir(self.folder):
                if entry.is_dir(follow_symlinks=False) and entry.name not in keep:
                    shutil.rmtree(entry.path, ignore_errors=True)
            for left in self.folder.rglob(".new-*"):
                left.unlink(missing_ok=True)
