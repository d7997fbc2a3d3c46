"""What is heard of a notebook's process, and how its end is told: the outputs of its cells, or which one failed how."""

from __future__ import annotations

import contextlib
import json
import re
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from monev.io.read_log import UNKNOWN, Read
from monev.kernels.tasks import Limits
from monev.words.errors import RunError
from monev.words.messages import Words, tell
from monev.words.shortages import shortage


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit code (negative: the signal), the limit that ended it, what it read."""

    code: int
    limit: str = ""  # "time", "output"
    reads: tuple[Read, ...] = (UNKNOWN,)


Told = tuple[int, bytes | Ended]
"""What is told of an order: its place among the orders, and a piece of what its process says, or its end."""


@dataclass(frozen=True)
class Failure:
    """Why a notebook has failed, at which cell (its index as executed; None: before any); `detail` is a traceback.

    `raised`: an exception of a cell's own code, which stands among its outputs.
    """

    why: Words
    cell: int | None = None
    detail: str = ""
    raised: bool = False


class Heard:
    """Takes what a process tells, in pieces as they come; `notebook` is given, or comes with them."""

    def __init__(
        self,
        notebook: Any = None,
        follow: Callable[[str, int], object] = lambda word, cell: None,
        made: Callable[[Any], Any] = lambda output: output,
    ) -> None:
        """Begin to hear; `follow` is told each cell that begins ("cell") and ends ("outputs"), `made` makes outputs."""
        self.notebook = notebook
        self.pages: dict[str, bytes] = {}
        self.pictures: dict[str, str] = {}  # that it showed, by their keys (`monev.edition.known_pictures`)
        self._follow, self._made = follow, made
        self._rest = b""
        self._cell: int | None = None
        self._fault = ""
        self._end: str | None = None

    def feed(self, piece: bytes) -> None:
        """Take a piece; what is no word of ours is passed over: cells can write wherever they like."""
        *lines, self._rest = (self._rest + piece).split(b"\n")
        for line in lines:
            with contextlib.suppress(ValueError, TypeError, AttributeError, LookupError):
                self._hear(json.loads(line))

    def _hear(self, words: Any) -> None:
        match words:
            case "notebook", notebook:
                self.notebook = notebook
            case "cell", cell:
                self._cell = cell
                self._follow("cell", cell)
            case "outputs", cell, count, outputs:
                self._take(cell, count, outputs)
            case "page", name, text:
                self.pages[name] = text.encode("utf-8")
            case "pictures", pictures:
                self.pictures = pictures
            case "fault", fault:
                self._fault = fault
            case "end", how:
                self._end = how

    def _take(self, cell: int, count: int | None, outputs: Mapping[str, Any]) -> None:
        for number, shown in outputs.items():
            self.notebook["cells"][int(number)]["outputs"] = [self._made(output) for output in shown]
        self.notebook["cells"][cell]["execution_count"] = count
        self._follow("outputs", cell)

    def failure(self, ended: Ended, limits: Limits) -> Failure | None:
        """Return why the notebook has failed, now that its process has ended; None when it has not."""
        if self._fault:
            return Failure(_plain(self._fault)[:500])
        if ended.limit == "output" or self._end == "output":
            return Failure(tell("kernel.output", size=f"{limits.output / 1e6:g}"), self._cell)
        if ended.limit == "time":
            return Failure(tell("kernel.time", seconds=f"{limits.seconds:g}"), self._cell)
        if self._end == "exit":
            return Failure(tell("kernel.exit"), self._cell)
        if self._end == "error":
            return self._raised()
        return None if self._end == "" else Failure(_death(ended.code), self._cell)

    def _raised(self) -> Failure:
        outputs = self.notebook["cells"][self._cell].get("outputs", ())
        error = next((output for output in outputs if output["output_type"] == "error"), None)
        if error is None:
            return Failure(tell("kernel.silent"), self._cell)
        if error["ename"] == "SystemExit":
            return Failure(tell("kernel.sys-exit"), self._cell)
        why, detail = f"{error['ename']}: {error['evalue']}", "\n".join(error["traceback"])
        return Failure(_plain(why), self._cell, _plain(detail), raised=True)


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def _death(code: int) -> Words:
    if code >= 0:
        return tell("kernel.code", code=code)
    name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
    memory = name in ("SIGKILL", "SIGABRT", "SIGSEGV")
    return tell("kernel.killed-memory" if memory else "kernel.killed", name=name)


def not_started(error: OSError) -> RunError:
    """Return the error to raise when the system does not give what a process needs."""
    why = shortage(error) or f"{type(error).__name__}: {error.strerror or error}"
    return RunError(tell("notebook.no-parent", error=why))
