"""Executes notebooks one after another, in a process of its own: papermill changes folders and keeps state."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import shutil
import signal
import sys
import threading
import time
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path

from monev.io.read_log import Read
from monev.kernels.environment import environment
from monev.kernels.executed_notebook import Executed, normalised, page, sections
from monev.kernels.tasks import Limits, Task
from monev.words.errors import RunError
from monev.words.messages import tell


def execute(task: Task, folder: Path, limits: Limits) -> Executed:
    """Run one notebook of `folder`. Raises RunError that names the notebook and the cell that failed."""
    import papermill
    from papermill.exceptions import PapermillExecutionError

    from monev.kernels.papermill_engine import ENGINE, CellFailure

    start = time.monotonic()
    where = f"notebooks/{task.notebook} ({task.name})"
    noted: list[Read] = []
    try:
        made = papermill.execute_notebook(
            str(folder / task.notebook),
            None,
            dict(task.parameters),
            engine_name=ENGINE,
            progress_bar=False,
            cwd=str(folder),
            autosave_cell_every=0,
            limits=limits,
            noted=noted,
        )
    except PapermillExecutionError as error:
        cell, why = _place(task, folder, error.cell_index), _plain(f"{error.ename}: {error.evalue}")
        words = tell("notebook.cell", where=where, cell=cell, why=why)
        raise RunError(words, _plain("\n".join(error.traceback))) from None
    except CellFailure as error:
        cell = _place(task, folder, error.cell_index)
        raise RunError(tell("notebook.cell", where=where, cell=cell, why=error.why)) from None
    except RunError:
        raise
    except Exception as error:
        why = f"{type(error).__name__}: {_plain(str(error))[:500]}"
        raise RunError(tell("notebook.failed", where=where, why=why)) from None
    content = normalised(made)
    html, taken = page(content, task.name), time.monotonic() - start
    return Executed(task.name, content, html, sections(made), taken, tuple(noted))


def _place(task: Task, folder: Path, index: int) -> int:
    """Return which cell of the notebook's file, counted from 1, stands at an index of the executed notebook.

    Papermill adds its cell right after the one tagged `parameters`.
    """
    cells = json.loads((folder / task.notebook).read_text("utf-8"))["cells"]
    tagged = (n for n, cell in enumerate(cells) if "parameters" in cell["metadata"].get("tags", ()))
    return index + 1 if index <= next(tagged, len(cells)) or not task.parameters else index


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def serve(connection: Connection) -> None:
    """Execute what the connection brings until it ends: answers each (task, folder, limits) by Executed or RunError."""
    while True:
        try:
            task, folder, limits = connection.recv()
        except (EOFError, OSError):
            return
        try:
            answer: Executed | RunError = execute(task, folder, limits)
        except RunError as error:
            answer = error
        with contextlib.suppress(OSError):  # nobody may be left to hear it
            connection.send(answer)


def begin(connection: Connection, place: Path, given: Mapping[str, str]) -> None:
    """Serve as a worker that was started afresh, until it is told to end or its parent ends.

    `place` is its temporary folder, which both remove: a worker may be stopped while it does, a parent be killed.
    """
    kept = environment(place) | dict(given)
    os.environ.clear()
    os.environ.update(kept)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too, and says what to do
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    logging.getLogger("papermill").addHandler(logging.NullHandler())
    if os.name == "posix":
        threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    try:
        serve(connection)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
