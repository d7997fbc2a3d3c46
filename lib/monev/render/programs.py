"""The programs that render, run in a fixed environment: no settings of the user, one language, one time zone."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from monev.words.errors import RunError
from monev.words.messages import tell
from monev.words.shortages import shortage, shortage_said

TIME_LIMIT = 900  # seconds

_HOME_VARIABLES = (
    "HOME",
    "USERPROFILE",
    "XDG_DATA_HOME",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "TMPDIR",
    "TEMP",
    "TMP",
)
_SYSTEM_VARIABLES = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT")
# Where a Quarto from conda-forge finds its parts; set when the conda environment is activated.
_QUARTO_PARTS = (
    "DENO",
    "DENO_DOM",
    "PANDOC",
    "ESBUILD",
    "TYPST",
    "TYPST_GATHER",
    "DART_SASS",
    "SHARE_PATH",
    "CONDA_PREFIX",
)
_KEPT_VARIABLES = (
    *_SYSTEM_VARIABLES,
    "CONDA_PREFIX",
    "DENO_DOM_PLUGIN",
    *(f"QUARTO_{part}" for part in _QUARTO_PARTS),
)
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_OWN = re.compile(r"monev: (.+)")  # what our filter says, among the words of the engine
_FAULT = re.compile(r"error\b", re.IGNORECASE)
_TRACE = re.compile(r"(stack traceback|stack backtrace|\[C\]|\.\.\.|at |Stack|File )")
_LINES, _LENGTH = 4, 600


class RenderError(RunError):
    """The rendering failed: the message says what was tried, `detail` is the engine's own word, condensed."""


@dataclass(frozen=True)
class Said:
    """What a program wrote that ended well."""

    out: bytes
    remarks: str


def environment(home: Path) -> dict[str, str]:
    """Return what a program is told of its surroundings; `home` is all that it may take for the user's own folder."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    own = dict.fromkeys(_HOME_VARIABLES, str(home))
    return {**kept, **own, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1"}


def run(command: Sequence[str], folder: Path, around: Mapping[str, str], who: str, text: str = "") -> Said:
    """Run a program in `folder` with `text` as its input; return what it wrote. Raises RenderError."""
    try:
        done = subprocess.run(
            list(command),
            cwd=folder,
            env=dict(around),
            input=text.encode("utf-8"),
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RenderError(tell("render.cannot-run", program=who), shortage(error) or str(error)) from None
    remarks = plain(done.stderr)
    if done.returncode != 0:
        said = remarks or plain(done.stdout)
        raise RenderError(tell("render.failed", program=who), shortage_said(said) or condense(said))
    return Said(done.stdout, remarks)


def plain(said: bytes) -> str:
    """Return a program's words without colours."""
    return _COLOURS.sub("", said.decode("utf-8", "replace"))


def condense(said: str) -> str:
    """Return the telling lines of an engine's words: our filter's own line, or the first ones from its error on."""
    own = _OWN.search(said)
    if own:
        return own[1].strip()
    lines = [line.strip() for line in said.splitlines()]
    begin = next((place for place, line in enumerate(lines) if _FAULT.match(line)), 0)
    telling = [line for line in lines[begin:] if line and not _TRACE.match(line)]
    return "; ".join([*dict.fromkeys(telling)][:_LINES])[:_LENGTH]
