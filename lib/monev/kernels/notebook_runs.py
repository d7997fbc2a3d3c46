"""Runs the notebooks: papermill with checked parameters, several at once, each in a kernel of its own.

What comes back is normalised (no times, no machine names), so that the same inputs give the same notebook.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import json
import multiprocessing
import tempfile
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from monev.edition.edition_cache import EditionWithState
from monev.io.folders import NOTEBOOKS, ROOT_VARIABLE
from monev.kernels import fork_client, worker_process
from monev.kernels.environment import environment
from monev.kernels.executed_notebook import Executed, Filled, normalised, sections
from monev.kernels.fork_client import prepared
from monev.kernels.tasks import Limits, Task
from monev.words.errors import RunError
from monev.words.findings import nearest
from monev.words.messages import Words, join, tell

__all__ = ["Executed", "Filled", "Limits", "Task", "check_parameters", "normalised", "run", "sections"]

EDITION = "edisi"  # the parameter that names the edition a notebook opens


# Parameters -----------------------------------------------------------------------------------------------------------


@functools.cache
def _declared(notebook: Path, content: bytes) -> dict[str, str | None]:
    """Read the cell that papermill puts the parameters after; papermill's own reading needs its slow imports."""
    cells = json.loads(content)["cells"]
    tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", ())]
    if not tagged:
        raise RunError(tell("notebook.no-parameters", name=notebook.name))
    found: dict[str, str | None] = {}
    for statement in ast.parse("".join(tagged[0]["source"])).body:
        if isinstance(statement, ast.Assign):
            names = [target.id for target in statement.targets if isinstance(target, ast.Name)]
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            names = [statement.target.id]
        else:
            continue
        found |= dict.fromkeys(names, ast.unparse(statement.value) if statement.value else None)
    return found


def declared_parameters(notebook: Path) -> dict[str, str | None]:
    """Return the parameters that a notebook declares: name to default (None where it has none).

    Raises RunError when the notebook has no cell tagged `parameters`, or cannot be read as a notebook.
    """
    try:
        return _declared(notebook, notebook.read_bytes())
    except (ValueError, KeyError, TypeError, SyntaxError) as error:
        raise RunError(tell("notebook.unreadable", name=notebook.name, error=type(error).__name__)) from None


def check_parameters(tasks: Iterable[Task], folder: Path = NOTEBOOKS) -> None:
    """Stop before any kernel starts when a task's parameters are not those that its notebook declares.

    Raises RunError that names every missing notebook, and every unknown or missing parameter.
    """
    wrong: list[Words] = []
    declared: dict[str, dict[str, str | None]] = {}
    for task in tasks:
        path = folder / task.notebook
        if not path.is_file():
            wrong.append(tell("notebook.missing", name=task.notebook))
            continue
        if task.notebook not in declared:
            try:
                declared[task.notebook] = declared_parameters(path)
            except RunError as error:
                wrong.append(error.message)
                declared[task.notebook] = dict.fromkeys(task.parameters, "")
        known = declared[task.notebook]
        for name in sorted(task.parameters.keys() - known.keys()):
            hint = nearest(name, known)
            wrong.append(tell("notebook.unknown-parameter", name=task.notebook, parameter=name, hint=hint))
        for name in sorted(known.keys() - task.parameters.keys()):
            wrong.append(tell("notebook.missing-parameter", name=task.notebook, parameter=name))
    if wrong:
        raise RunError(join(list({str(words): words for words in wrong}.values())))


# Several at once ------------------------------------------------------------------------------------------------------


def run(
    tasks: Sequence[Task],
    root: Path,
    jobs: int,
    done: Callable[[Executed], None],
    *,
    folder: Path = NOTEBOOKS,
    limits: Limits | None = None,
    kept: EditionWithState | None = None,
) -> list[Executed]:
    """Run all tasks, at most `jobs` at once; return them in the tasks' order whatever finished first.

    `kept` is the tasks' edition where the caller has opened it already; kernels then need not open it again.

    `done` is called after each. Raises RunError of the first that fails; the others are then stopped.
    """
    check_parameters(tasks, folder)
    finished: dict[str, Executed] = {}
    with prepared():
        results = _results(tasks, root, max(1, min(jobs, len(tasks))), folder, limits or Limits(), kept)
        with contextlib.closing(results):
            for result in results:
                finished[result.name] = result
                done(result)
    return [finished[task.name] for task in tasks]


def _results(
    tasks: Sequence[Task], root: Path, jobs: int, folder: Path, limits: Limits, kept: EditionWithState | None
) -> Generator[Executed, None, None]:
    """Give the results as they come."""
    todo = deque(tasks)
    busy: dict[Connection, Task] = {}
    with _workers(tasks, root, jobs if tasks else 0, kept) as (workers, words):
        for connection in workers:
            busy[connection] = todo.popleft()
            connection.send((busy[connection], folder, limits))
        while busy:
            for ready in wait(list(busy)):
                assert isinstance(ready, Connection)
                task = busy.pop(ready)
                try:
                    answer = ready.recv()
                except (EOFError, OSError) as error:
                    where = f"notebooks/{task.notebook} ({task.name})"
                    gone = tell("notebook.gone", where=where, error=type(error).__name__)
                    raise RunError(gone, words()) from None
                if isinstance(answer, RunError):
                    raise answer
                if todo:
                    busy[ready] = todo.popleft()
                    ready.send((busy[ready], folder, limits))
                yield answer


@contextlib.contextmanager
def _workers(
    tasks: Sequence[Task], root: Path, number: int, kept: EditionWithState | None
) -> Iterator[tuple[list[Connection], Callable[[], str]]]:
    """Give connections to workers (and what to call for their last words), forked from the zygote or started afresh."""
    given = {ROOT_VARIABLE: str(root)}
    workers: list[Connection] = []
    started: list[SpawnProcess] = []
    places = contextlib.ExitStack()
    try:
        if fork_client.available():
            kernels, parent = fork_client.current("kernels"), fork_client.current("workers")
            if kept and number:
                kernels.keep(kept)
            for edition in dict.fromkeys(str(t.parameters[EDITION]) for t in tasks if EDITION in t.parameters):
                if not kept or edition != kept.edition:
                    kernels.open(root, edition)
            for _ in range(number):
                workers.append(parent.worker(environment(parent.folder) | given, kernels))
            yield workers, lambda: kernels.words() + parent.words()
        else:
            context = multiprocessing.get_context("spawn")
            for _ in range(number):
                mine, theirs = context.Pipe()
                workers.append(mine)
                kept_place = tempfile.TemporaryDirectory(prefix="mv-", ignore_cleanup_errors=True)
                place = Path(places.enter_context(kept_place))
                process = context.Process(target=worker_process.begin, args=(theirs, place, given), daemon=True)
                process.start()
                started.append(process)
                theirs.close()
            yield workers, str
    finally:
        for connection in workers:
            connection.close()
        for process in started:
            process.terminate()
        for process in started:
            process.join()
        places.close()
