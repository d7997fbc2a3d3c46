"""Runs a notebook's cells in this very process, without a kernel: for previews, where a start counts most.

What a cell's last expression shows is its output, as in a kernel; what cells print goes to standard error. A notebook
that needs more of a kernel than that (magics, a process of its own) fails here and runs in a build. With pages the
notebook is the same to the byte as a kernel's: papermill puts the parameters in, IPython says what values show.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import os
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from monev.io.folders import NOTEBOOKS, ROOT_VARIABLE
from monev.kernels.executed_notebook import Executed, normalised, sections
from monev.kernels.tasks import Task
from monev.notebook import Shown
from monev.words.errors import RunError
from monev.words.messages import tell


def execute(task: Task, root: Path, folder: Path = NOTEBOOKS, *, pages: bool = True) -> Executed:
    """Run one notebook of `folder`; with `pages` its file is a kernel's to the byte, else its sections count alone.

    Raises RunError that names the notebook and the cell that failed.
    """
    import nbformat

    start = time.monotonic()
    notebook = _filled(folder / task.notebook, task) if pages else nbformat.read(folder / task.notebook, as_version=4)
    names: dict[str, Any] = {"__name__": "__main__"}
    count = 0
    with _placed(root, folder), contextlib.redirect_stdout(sys.stderr):
        for number, cell in enumerate(notebook.cells, start=1):
            if cell.cell_type != "code":
                continue
            count += 1
            cell.execution_count = count
            try:
                value = _run(cell.source, task.notebook, names)
                if not pages and "parameters" in cell.metadata.get("tags", ()):
                    names |= dict(task.parameters)
                data = {} if value is None else _shown(value) if pages else _bundle(value)
                made = nbformat.v4.new_output("execute_result", data, execution_count=count)
                cell.outputs = [made] if data else []
            except Exception as error:
                where = f"notebooks/{task.notebook} ({task.name})"
                why = f"{type(error).__name__}: {error}"
                raise RunError(tell("notebook.cell", where=where, cell=number, why=why)) from None
    return Executed(task.name, normalised(notebook), sections(notebook), time.monotonic() - start)


@contextlib.contextmanager
def _placed(root: Path, folder: Path) -> Iterator[None]:
    """Be where a kernel would be: in the notebooks' folder, with the root in the environment."""
    before, root_before = os.getcwd(), os.environ.get(ROOT_VARIABLE)
    os.chdir(folder)
    os.environ[ROOT_VARIABLE] = str(root)
    try:
        yield
    finally:
        os.chdir(before)
        if root_before is None:
            del os.environ[ROOT_VARIABLE]
        else:
            os.environ[ROOT_VARIABLE] = root_before


def _run(source: str, name: str, names: dict[str, Any]) -> object:
    """Run the code of a cell; return the value of a last expression."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), name, "exec"), names)
    return eval(compile(ast.Expression(last.value), name, "eval"), names) if isinstance(last, ast.Expr) else None


def _filled(path: Path, task: Task) -> Any:
    """Return a notebook with the task's parameters in a cell of their own, as papermill writes it."""
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    notebook = load_notebook_node(str(path))
    return parameterize_notebook(notebook, dict(task.parameters), kernel_name="python3", language="python")


def _shown(value: object) -> Mapping[str, object]:
    """Return what IPython shows of a value, in all its forms."""
    data, _ = _formatter().format(value)
    return dict(data)


@functools.cache
def _formatter() -> Any:
    from IPython.core.formatters import DisplayFormatter

    return DisplayFormatter()


def _bundle(value: object) -> Mapping[str, object]:
    return value._repr_mimebundle_() if isinstance(value, Shown) else {"text/plain": repr(value)}
