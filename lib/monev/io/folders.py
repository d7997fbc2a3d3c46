"""Where things are: the repository that holds code, notebooks and `quarto/`, and the root that holds the data."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
NOTEBOOKS = REPOSITORY / "notebooks"
QUARTO = REPOSITORY / "quarto"
CHART_STYLE = QUARTO / "_extensions" / "monev" / "monev.mplstyle"
ROOT_VARIABLE = "MONEV_ROOT"


@dataclass(frozen=True)
class RootFolders:
    """The folders of one root (`--root`; default: the repository)."""

    root: Path

    def output(self, edition: str) -> Path:
        """Return where an edition's outputs stand."""
        return self.root / "outputs" / edition


def read_plain(path: Path, most: int) -> bytes:
    """Return the content of an ordinary file that may come from anywhere.

    Raises OSError for anything else, as a pipe or a device gives no end, and for more than `most` bytes.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "bukan berkas biasa")
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return content


def make_steps(top: Path, path: Path) -> None:
    """Make the folders that are missing between `top`, which is there, and `path` below it.

    Unlike `Path.mkdir(parents=True)` nothing is made anew where `top` itself has gone, or leads elsewhere now.
    """
    for length in range(1, len(path.relative_to(top).parts) + 1):
        top.joinpath(*path.relative_to(top).parts[:length]).mkdir(exist_ok=True)


def seen_from_here(path: Path) -> str:
    """Return a path as short as it can be named from the current folder."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
