"""Folders below a root, reached step by step and held open, so that nothing outside the root is written or removed.

A received root may hold anything: `outputs` as a link to somebody's documents, `.monev` as a mount. Looking first and
acting later is not enough, as a folder may be exchanged in between. So each step from the root is opened without
following a link, compared with the root's own mount, and what is then made, renamed or removed is named relative to
the open folder. Where the system has no such calls (Windows) each step is looked at before every use.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from monev.words.errors import RunError
from monev.words.messages import tell

_BY_DESCRIPTOR = os.open in os.supports_dir_fd and os.rename in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
_FOLDER_FLAGS = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)


@dataclass(frozen=True)
class GuardedFolder:
    """A folder that is known to lie below the root; valid within the block that opened it.

    `handle` is its descriptor, None where the system works by path only. All names are single steps below it.
    """

    path: Path
    handle: int | None

    @property
    def steady(self) -> Path:
        """Return a path by which this process reaches the open folder even where its name leads elsewhere by now."""
        by_handle = Path(f"/proc/self/fd/{self.handle}")
        return by_handle if self.handle is not None and by_handle.exists() else self.path

    def make(self, name: str) -> None:
        """Make a folder. Raises FileExistsError."""
        os.mkdir(self._at(name), dir_fd=self.handle)

    def names(self) -> list[str]:
        """Return the names in the folder, sorted."""
        return sorted(os.listdir(self.path if self.handle is None else self.handle))

    def kind(self, name: str) -> int:
        """Return the file type of a name as `stat.S_IFMT` has it, of a link itself; 0 where there is nothing."""
        try:
            return stat.S_IFMT(os.stat(self._at(name), dir_fd=self.handle, follow_symlinks=False).st_mode)
        except FileNotFoundError:
            return 0

    def changed(self, name: str) -> int:
        """Return when a file was last written, in nanoseconds; of a link itself."""
        return os.stat(self._at(name), dir_fd=self.handle, follow_symlinks=False).st_mtime_ns

    def read(self, name: str) -> bytes:
        """Return the content of a file. Raises OSError, also for a link."""
        with os.fdopen(self._open(name, os.O_RDONLY | getattr(os, "O_BINARY", 0)), "rb") as file:
            return file.read()

    def write(self, name: str, content: bytes, *, new: bool = False, mode: int = 0o666) -> None:
        """Write a file as a whole or not at all; with `new` only where the name is free (else FileExistsError).

        `mode` are the permissions of the file, less what the process masks.
        """
        aside = self.aside()
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            with os.fdopen(self._open(aside, flags, mode), "wb") as file:
                file.write(content)
            self._rename_new(aside, name) if new else self.move(aside, self, name)
        except OSError:
            self.remove(aside)
            raise

    @staticmethod
    def aside() -> str:
        """Return a free name for what is not whole yet; `is_aside` knows it again."""
        return f".new-{secrets.token_hex(8)}-monev"

    def move(self, name: str, target: GuardedFolder, new_name: str) -> None:
        """Rename within the root, over a file that has the new name."""
        os.replace(self._at(name), target._at(new_name), src_dir_fd=self.handle, dst_dir_fd=target.handle)

    def exchange(self, name: str, other: GuardedFolder, other_name: str) -> bool:
        """Let two folders change places in one step; False where the system cannot."""
        if self.handle is None or other.handle is None or sys.platform != "linux":
            return False
        rename = getattr(ctypes.CDLL(None), "renameat2", None)
        names = (self.handle, os.fsencode(name), other.handle, os.fsencode(other_name))
        return rename is not None and rename(*names, _EXCHANGE) == 0

    def remove(self, name: str) -> None:
        """Remove a file, a link (not what it leads to), or a folder with all that lies in it.

        Stops at a mount and leaves it with the folders above it. What cannot be removed stays; nothing is raised, as
        everything that is removed here is rubbish of our own.
        """
        with contextlib.suppress(OSError, RunError):
            if self.kind(name) != stat.S_IFDIR:
                os.unlink(self._at(name), dir_fd=self.handle)
                return
            with self.step(name) as below:
                for inner in below.names():
                    below.remove(inner)
            self.remove_empty(name)

    def remove_empty(self, name: str) -> None:
        """Remove a folder if nothing lies in it."""
        with contextlib.suppress(OSError):
            os.rmdir(self._at(name), dir_fd=self.handle)

    @contextlib.contextmanager
    def step(self, name: str, *, make: bool = False) -> Iterator[GuardedFolder]:
        """Open a folder in this one; with `make`, make it where it is missing.

        Raises RunError for what leads elsewhere (a link, a mount), FileNotFoundError, NotADirectoryError.
        """
        if name in {"", ".", ".."} or "/" in name or os.sep in name:
            raise RunError(tell("root.bad-name", name=name[:80]))
        if make:
            with contextlib.suppress(FileExistsError):
                self.make(name)
        path = self.path / name
        if self.handle is None:
            if _leads_elsewhere(path):
                raise RunError(tell("root.leads-out", path=path))
            if not path.is_dir():
                raise NotADirectoryError(20, os.strerror(20), str(path)) if path.exists() else _missing(path)
            yield GuardedFolder(path, None)
            return
        handle = self._descend(name, path)
        try:
            yield GuardedFolder(path, handle)
        finally:
            os.close(handle)

    def _descend(self, name: str, path: Path) -> int:
        assert self.handle is not None
        try:
            handle = os.open(name, _FOLDER_FLAGS, dir_fd=self.handle)
        except OSError as error:
            if self.kind(name) == stat.S_IFLNK:
                raise RunError(tell("root.leads-out", path=path)) from None
            error.filename = str(path)
            raise
        if _mount_of(handle) != _mount_of(self.handle):
            os.close(handle)
            raise RunError(tell("root.leads-out", path=path))
        return handle

    def _rename_new(self, name: str, new_name: str) -> None:
        """Give a file its name unless that is taken; a hard link is the one call that looks and acts in one."""
        try:
            os.link(self._at(name), self._at(new_name), src_dir_fd=self.handle, dst_dir_fd=self.handle)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            if self.kind(new_name):
                raise FileExistsError(17, os.strerror(17), str(self.path / new_name)) from None
            self.move(name, self, new_name)
        else:
            self.remove(name)

    def _open(self, name: str, flags: int, mode: int = 0o666) -> int:
        extra = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        return os.open(self._at(name), flags | extra, mode, dir_fd=self.handle)

    def _at(self, name: str) -> str:
        if self.handle is not None:
            return name
        if _leads_elsewhere(self.path):
            raise RunError(tell("root.leads-out", path=self.path))
        return str(self.path / name)


def is_aside(name: str) -> bool:
    """Tell whether a name is one that a write of ours had for what was not whole yet."""
    return name.startswith(".new-") and name.endswith("-monev")


@contextlib.contextmanager
def guarded(root: Path, *names: str, make: bool = False) -> Iterator[GuardedFolder]:
    """Open the folder `root/names[0]/names[1]/...`; the root itself may be a link, as the user has named it.

    With `make`, folders that are missing are made. Raises RunError for a step that leads out of the root, OSError
    for one that is missing or no folder.
    """
    with contextlib.ExitStack() as stack:
        top = root.resolve()
        handle = os.open(top, _FOLDER_FLAGS) if _BY_DESCRIPTOR else None
        if handle is not None:
            stack.callback(os.close, handle)
        folder = GuardedFolder(top, handle)
        for name in names:
            folder = stack.enter_context(folder.step(name, make=make))
        yield folder


def _mount_of(handle: int) -> object:
    """Return what tells a mount from another: its number where the kernel tells it, else the device.

    A folder mounted from the same file system (a bind mount) has the device of what it stands on.
    """
    try:
        with open(f"/proc/self/fdinfo/{handle}", encoding="ascii") as file:
            for line in file:
                if line.startswith("mnt_id:"):
                    return line
    except OSError:
        pass
    return os.fstat(handle).st_dev


def _leads_elsewhere(path: Path) -> bool:
    """Tell whether a path is a link, a junction or a mount, where only paths can be looked at."""
    try:
        found = os.lstat(path)
    except OSError:
        return False
    reparse = getattr(found, "st_file_attributes", 0) & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0x400)
    return stat.S_ISLNK(found.st_mode) or bool(reparse) or os.path.ismount(path)


def _missing(path: Path) -> FileNotFoundError:
    return FileNotFoundError(2, os.strerror(2), str(path))
