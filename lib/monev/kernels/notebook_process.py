"""The process that one notebook runs in: forked from the parent of all, or started afresh where forking is not safe.

Afresh: `python -m monev.kernels.notebook_process`, an order on its standard input, lines on its standard output. What
it tells are lines of JSON: ["notebook", what papermill has prepared], ["cell", number], ["outputs", cell, count,
{cell: outputs}], ["pictures", those shown by their keys], ["fault", words], ["end", how], how being "", "error", "exit"
or "output".
"""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import os
import pickle
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from monev.kernels.cell_shell import Outputs, Tell, note_reads, run_cells
from monev.kernels.environment import surroundings
from monev.kernels.tasks import Order


def carry_out(order: Order, place: Path, tell: Tell) -> None:
    """Do what is ordered, and tell it; ends this process when cells have run."""
    os.environ.clear()
    os.environ.update(surroundings(place, order.given))
    if hasattr(time, "tzset"):
        time.tzset()
    tempfile.tempdir = None
    _limit_memory(order.limits.memory)
    try:
        os.chdir(order.folder)
        if order.pages is not None:
            _tell_pages(order.pages, tell)
        elif order.task:
            _by_papermill(order, place, tell)
        else:
            _run(order.notebook or {}, order, place, tell)
    except Exception as error:
        tell(json.dumps(("fault", f"{type(error).__name__}: {error}")))


def _run(notebook: Mapping[str, Any], order: Order, place: Path, tell: Tell) -> None:
    outputs = Outputs(place, tell, order.limits.output)
    note_reads(place)
    run_cells(notebook, outputs)


def _by_papermill(order: Order, place: Path, tell: Tell) -> None:
    import papermill

    from monev.kernels.papermill_engine import ENGINE

    def here(notebook: Mapping[str, Any]) -> None:
        tell(json.dumps(("notebook", notebook)))
        _run(notebook, order, place, tell)

    assert order.task is not None
    source, parameters = os.path.join(order.folder, order.task.notebook), dict(order.task.parameters)
    papermill.execute_notebook(
        source, None, parameters, engine_name=ENGINE, progress_bar=False, autosave_cell_every=0, here=here
    )


def _tell_pages(notebooks: Mapping[str, bytes], tell: Tell) -> None:
    from monev.io.notebook_page import page

    for name, notebook in notebooks.items():
        tell(json.dumps(("page", name, page(notebook, name).decode("utf-8"))))
    tell(json.dumps(("end", "")))


def _limit_memory(size: int | None) -> None:
    """Make allocations fail beyond `size`, and this the first that the system ends when memory runs out."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        if size is not None:
            hard = resource.getrlimit(resource.RLIMIT_AS)[1]
            limit = size if hard == resource.RLIM_INFINITY else min(size, hard)
            resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
        Path("/proc/self/oom_score_adj").write_text("500", "ascii")


def import_all(*more: str) -> None:
    """Import what looks around itself when it is imported, the same way for each process.

    That is away from the notebook's folder, whose `matplotlibrc` would count, and before there is a shell, for which
    pandas would show other columns.
    """
    here = os.getcwd()
    os.chdir(Path(__file__).parent)
    for module in ("matplotlib", "pandas", "papermill.execute", "monev.kernels.papermill_engine", *more):
        importlib.import_module(module)
    os.chdir(here)
    logging.getLogger("papermill").addHandler(logging.NullHandler())


def main(arguments: list[str]) -> None:
    """Carry out one order; its only argument is the folder of the process."""
    place = Path(arguments[0])
    order, told, asked = pickle.load(sys.stdin.buffer), os.dup(1), os.dup(0)
    threading.Thread(target=_end_with, args=(asked, place), daemon=True).start()
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)
    import_all()
    carry_out(order, place, lambda line: written(told, line))


def _end_with(asked: int, place: Path) -> None:
    """End, with all that was started here, when whoever gave the order is gone and standard input has its end."""
    os.read(asked, 1)
    shutil.rmtree(place, ignore_errors=True)  # it cannot do that any more
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def written(descriptor: int, line: str) -> None:
    """Write a line as a whole."""
    content = memoryview(line.encode("ascii") + b"\n")
    while content:
        content = content[os.write(descriptor, content) :]


if __name__ == "__main__":
    # As the module, not as the script: an order is an instance of the module's class.
    from monev.kernels import notebook_process

    notebook_process.main(sys.argv[1:])
