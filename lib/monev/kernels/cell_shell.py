"""The shell of ipykernel without its wire: it runs a notebook's cells in this very process, which then ends.

What the shell would send to whoever shows a notebook (`_Wire`) becomes the notebook's outputs here. Both streams are
files: Python's own writes, those to descriptors 1 and 2 and those of other processes end up in them alike, and are
taken into the outputs whenever something else is shown, so that all stand in order.
"""

from __future__ import annotations

import asyncio
import builtins
import codecs
import importlib
import io
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ipykernel.compiler import XCachingCompiler
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from jupyter_client.jsonutil import json_default
from jupyter_client.session import Session
from traitlets.config import Config

from monev.edition import known_pictures
from monev.io import read_log
from monev.kernels.tasks import READS, STREAMS

Tell = Callable[[str], None]
_written = json.JSONEncoder(default=json_default).encode  # bound here: cells can change what they like


def made_shell() -> Any:
    """Return the shell of this process, made at the first call; it reads no configuration and keeps no history file."""
    if not ZMQInteractiveShell.initialized():
        config = Config({"HistoryManager": {"enabled": False}})
        no_kernel = SimpleNamespace(eventloop=None)
        ZMQInteractiveShell.instance(config=config, kernel=no_kernel, compiler_class=XCachingCompiler)
    return ZMQInteractiveShell.instance()


class _Stream(io.TextIOWrapper):
    """Python's standard output or error: what is written to the other one before is taken into the outputs first."""

    def __init__(self, descriptor: int, before: Callable[[], object]) -> None:
        super().__init__(os.fdopen(descriptor, "wb", closefd=False), "utf-8", "backslashreplace", newline="\n")
        self._before = before

    def write(self, text: str) -> int:
        """Write at once."""
        self._before()
        written = super().write(text)
        self.flush()
        return written


class _Captured:
    """One stream: its file, which only ever grows, and how far it has been taken."""

    def __init__(self, file: Path, descriptor: int) -> None:
        self.descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        os.dup2(self.descriptor, descriptor)
        os.set_inheritable(descriptor, True)
        self._taken = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def grown(self) -> bool:
        """Tell whether there is something to take."""
        return os.fstat(self.descriptor).st_size > self._taken

    def take(self) -> str:
        """Return what was written since the last time."""
        size = os.fstat(self.descriptor).st_size
        os.lseek(self.descriptor, self._taken, os.SEEK_SET)  # writing appends wherever this is
        content = os.read(self.descriptor, max(0, size - self._taken))
        self._taken += len(content)
        return self._decoder.decode(content)


class _Wire(Session):
    """What the shell takes for its connection: messages become outputs."""

    def __init__(self, outputs: Outputs) -> None:
        super().__init__()
        self._outputs = outputs

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *_: Any, **__: Any) -> None:
        """Take a message."""
        if isinstance(msg_or_type, str):
            self._outputs.take(msg_or_type, content)
        else:
            self._outputs.take(msg_or_type["header"]["msg_type"], msg_or_type["content"])


class Outputs:
    """The outputs of a notebook's cells as they come, told after each cell; no more than `limit` bytes in all."""

    def __init__(self, folder: Path, tell: Tell, limit: int) -> None:
        self._tell, self._limit, self._size = tell, limit, 0
        self._cells: dict[int, list[dict[str, Any]]] = {}
        self._changed: set[int] = set()
        self._shown: dict[str, list[dict[str, Any]]] = {}  # by their display id, to be shown anew
        self._cell = 0
        self._clear = False
        self._owner = os.getpid()
        sys.stdout.flush()
        sys.stderr.flush()
        self._streams = {name: _Captured(folder / name, n) for n, name in enumerate(STREAMS, start=1)}
        self._last = STREAMS[0]  # which Python wrote to last
        for name, stream in self._streams.items():
            made = _Stream(stream.descriptor, lambda name=name: self._before(name))  # type: ignore[misc]
            setattr(sys, name, made)
            setattr(sys, f"__{name}__", made)

    def _before(self, name: str) -> None:
        """Have what was written to the other stream stand before what is now written to this one."""
        if any(stream.grown() for other, stream in self._streams.items() if other != name):
            self._take_streams()
        self._last = name

    def _take_streams(self) -> None:
        if os.getpid() != self._owner:  # what a fork of a cell writes is for its parent to take
            return
        for name in sorted(self._streams, key=lambda name: name != self._last):
            if text := self._streams[name].take():
                self._count(text)
                outputs = self._now()
                if outputs and outputs[-1].get("name") == name:
                    outputs[-1]["text"] += text
                else:
                    outputs.append({"output_type": "stream", "name": name, "text": text})

    def _now(self) -> list[dict[str, Any]]:
        """Return the outputs of the cell that runs, to add one."""
        outputs = self._cells.setdefault(self._cell, [])
        if self._clear:
            outputs.clear()
            self._clear = False
        self._changed.add(self._cell)
        return outputs

    def begin(self, cell: int) -> None:
        """Say that a cell begins; what was written since the last one ended is its output."""
        self._cell, self._clear = cell, False
        self.say("cell", cell)

    def take(self, kind: str, content: Mapping[str, Any]) -> None:
        """Take what the shell shows: a message of Jupyter's protocol."""
        self._take_streams()
        if kind == "clear_output":
            self._clear = bool(content.get("wait"))
            if not self._clear:
                self._now().clear()
        elif kind == "update_display_data":
            self._show_anew(content)
        elif kind in ("display_data", "execute_result", "error"):
            output = {"output_type": kind, **{name: part for name, part in content.items() if name != "transient"}}
            self._count(output)
            self._now().append(output)
            if shown := content.get("transient", {}).get("display_id"):
                self._shown.setdefault(shown, []).append(output)

    def _show_anew(self, content: Mapping[str, Any]) -> None:
        self._count(content)
        again = self._shown.get(content.get("transient", {}).get("display_id", ""), [])
        for output in again:
            output |= {"data": content["data"], "metadata": content["metadata"]}
        told = {cell for cell, outputs in self._cells.items() if any(o is a for o in outputs for a in again)}
        self._changed |= told

    def _count(self, content: Any) -> None:
        self._size += len(_written(content))
        if self._size > self._limit:
            self.end("output")

    def tell(self, count: int | None) -> None:
        """Tell the outputs that have changed, and the number of the execution."""
        self._take_streams()
        self.say("outputs", self._cell, count, {cell: self._cells[cell] for cell in sorted(self._changed)})
        self._changed.clear()

    def say(self, *words: Any) -> None:
        """Tell something; a fork of a cell that comes back here has nothing to tell, and ends."""
        if os.getpid() != self._owner:
            os._exit(0)
        self._tell(_written(words))

    def end(self, how: str) -> None:
        """End this process: whatever cells have left behind does not delay it."""
        self.say("pictures", known_pictures.used())
        self.say("end", how)
        os._exit(0)


def run_cells(notebook: Mapping[str, Any], outputs: Outputs) -> None:
    """Run the cells of a notebook; tells all there is to tell and ends this process."""
    shell = made_shell()
    for speaker in (shell.displayhook, shell.display_pub):
        speaker.session = _Wire(outputs)
    shell.user_ns["_dh"][:] = [os.getcwd()]
    _refuse()
    shell.enable_gui = lambda gui=None: None  # `%matplotlib`: no window, so no loop of events
    shell.init_environment()
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(_run(shell, notebook, outputs))


def _refuse() -> None:
    """Have cells fail that ask somebody, or that show what needs somebody to answer: nobody is there."""
    import getpass

    comm: Any = importlib.import_module("comm")

    def asking(name: str) -> Callable[..., str]:
        def ask(*_: object, **__: object) -> str:
            raise StdinNotImplementedError(f"{name} was called, but this frontend does not support input requests.")

        return ask

    def open_comm(*_: object, **__: object) -> None:
        raise RuntimeError("no widgets in a report: nothing answers them")

    builtins.input, getpass.getpass = asking("raw_input"), asking("getpass")
    comm.create_comm = open_comm


async def _run(shell: Any, notebook: Mapping[str, Any], outputs: Outputs) -> None:
    for number, cell in enumerate(notebook["cells"]):
        tags = cell["metadata"].get("tags", ())
        if cell["cell_type"] != "code" or not cell["source"].strip() or "skip-execution" in tags:
            continue
        outputs.begin(number)
        count = shell.execution_count
        done = await _run_cell(shell, cell["source"])
        outputs.tell(count)
        left = [payload["source"] for payload in shell.payload_manager.read_payload()]
        shell.payload_manager.clear_payload()
        if "ask_exit" in left:
            outputs.end("exit")
        if not done and "raises-exception" not in tags:
            outputs.end("error")
    outputs.end("")


async def _run_cell(shell: Any, source: str) -> bool:
    """Run a cell as ipykernel does, which always has a loop running; tell whether it raised nothing."""
    fault = None
    try:
        transformed = shell.transform_cell(source)
    except Exception:
        transformed, fault = source, sys.exc_info()
    prepared = {"transformed_cell": transformed, "preprocessing_exc_tuple": fault}
    if shell.should_run_async(source, **prepared):
        result = await shell.run_cell_async(source, store_history=True, **prepared)
        shell.events.trigger("post_execute")
        shell.events.trigger("post_run_cell", result)
    else:
        result = shell.run_cell(source, store_history=True)
    return bool(result.success) and not getattr(shell, "_last_traceback_during_displayhook", False)


def note_reads(folder: Path) -> None:
    """Note from now on what this process reads, but for its own folder."""
    read_log.watch(str(folder / READS), str(folder))
