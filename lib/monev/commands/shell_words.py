"""How a command has to be typed in the shell at hand, and what is printed put that way. Pure but for the streams."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TextIO

POSIX, WINDOWS = "./monev", ".\\monev"


def launcher(platform: str, environment: Mapping[str, str]) -> str:
    r"""Return how monev is called from its folder, for `sys.platform` and the environment.

    PowerShell runs nothing of the current folder without `.\`, and cmd.exe takes it as well, so Windows needs no
    guess between the two. Shells that came from elsewhere (Git Bash sets MSYSTEM, or a POSIX shell stands in SHELL
    where PowerShell has not set PSModulePath) want the slash.
    """
    if platform != "win32" or environment.get("MSYSTEM"):
        return POSIX
    foreign = environment.get("SHELL", "").endswith("sh") and not environment.get("PSModulePath")
    return POSIX if foreign else WINDOWS


def typed(arguments: Sequence[str], call: str = POSIX) -> str:
    """Return a command as one line that the shell takes as it is."""
    import shlex  # help waits for no library

    quoted = shlex.quote if call == POSIX else _quoted_windows
    return " ".join([call, *map(quoted, arguments)])


def _quoted_windows(argument: str) -> str:
    """Quote for PowerShell and cmd.exe alike; what neither takes in double quotation marks is left out of them."""
    plain = argument and all(c.isalnum() or c in "-_./\\:=" for c in argument)
    return argument if plain else '"' + argument.replace('"', "'") + '"'


class Spoken:
    """An output where whatever is printed of `./monev` is put as the shell at hand wants it."""

    def __init__(self, out: TextIO, call: str) -> None:
        self._out, self._call = out, call

    def write(self, text: str) -> int:
        """Write a text; commands in it as they are typed here."""
        self._out.write(text.replace(POSIX, self._call))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._out, name)


@contextlib.contextmanager
def put_as(call: str) -> Iterator[None]:
    """Let the standard streams put what is printed of `./monev` as it is called here, within the block."""
    if call == POSIX:
        yield
        return
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = Spoken(before[0], call), Spoken(before[1], call)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
