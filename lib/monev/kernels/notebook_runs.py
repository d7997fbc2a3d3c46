"""Runs the notebooks: papermill with checked parameters, several at once, each in a process of its own.

What comes back is normalised (no times, no machine names), so that the same inputs give the same notebook.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path

from monev.edition.edition_cache import EditionWithState
from monev.io import manifest
from monev.io.folders import NOTEBOOKS, ROOT_VARIABLE
from monev.io.guarded_cache import Cache
from monev.io.own_environment import own_environment
from monev.kernels import fork_client
from monev.kernels.executed_notebook import Executed, Filled, normalised, sections
from monev.kernels.fork_client import prepared
from monev.kernels.hearing import Failure, Heard
from monev.kernels.tasks import Limits, Order, Task
from monev.model.value_digest import digest_of
from monev.words.errors import RunError
from monev.words.findings import nearest
from monev.words.messages import Words, join, tell

__all__ = ["Executed", "Filled", "Limits", "Task", "begin_pages", "check_parameters", "normalised", "run", "sections"]

PAGES = "halaman"  # the folder of the cache for notebooks as pages
PICTURES = "gambar"  # and that for the pictures of charts, as each notebook has shown them last


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
    cache: Cache | None = None,
) -> list[Executed]:
    """Run all tasks, at most `jobs` at once; return them in the tasks' order whatever finished first.

    `kept` is the tasks' edition where the caller has opened it already; notebooks then need not open it again. Charts
    that a notebook has shown when it ran last are not drawn again but taken from the cache.

    `done` is called after each. Raises RunError of the first that fails; the others are then stopped.
    """
    check_parameters(tasks, folder)
    limits, given = limits or Limits(), own_environment() | {ROOT_VARIABLE: str(root)}
    orders = [Order(str(folder), given, limits, task) for task in tasks]
    found: dict[int, Executed] = {}
    with prepared():
        if tasks and fork_client.available():
            if kept:
                fork_client.current().keep(kept)
            fork_client.current().know(_known_pictures(tasks, cache) if cache else {})
        heard = [Heard() for _ in tasks]
        began = [0.0] * len(tasks)
        with contextlib.closing(fork_client.carry_out(orders, max(1, jobs))) as told:
            for place, word in told:
                began[place] = began[place] or time.monotonic()
                if isinstance(word, bytes):
                    heard[place].feed(word)
                    continue
                if failure := heard[place].failure(word, limits):
                    raise _told(failure, tasks[place], folder)
                notebook = heard[place].notebook
                seconds = time.monotonic() - began[place]
                found[place] = Executed(
                    tasks[place].name, normalised(notebook), sections(notebook), seconds, tuple(word.reads)
                )
                if cache and heard[place].pictures:
                    _keep_pictures(tasks[place], heard[place].pictures, cache)
                done(found[place])
    return [found[place] for place in range(len(tasks))]


def _known_pictures(tasks: Sequence[Task], cache: Cache) -> dict[str, str]:
    """Return the pictures that notebooks have shown when they ran last, by their keys."""
    known: dict[str, str] = {}
    for task in tasks:
        kept = cache.read(f"{PICTURES}/{task.name}")
        if isinstance(kept, dict) and kept.get("alat") == _tools():
            known |= kept["gambar"]
    return known


def _keep_pictures(task: Task, pictures: Mapping[str, str], cache: Cache) -> None:
    cache.write(f"{PICTURES}/{task.name}", {"alat": _tools(), "gambar": pictures})


def _tools() -> str:
    """Return what draws and writes: this package and all others."""
    return f"{manifest.package_digest()} {manifest.environment_digest()}"


def _told(failure: Failure, task: Task, folder: Path) -> RunError:
    where = f"{folder.name}/{task.notebook} ({task.name})"
    if failure.cell is None:
        return RunError(tell("notebook.failed", where=where, why=failure.why))
    cell = _place(task, folder, failure.cell)
    return RunError(tell("notebook.cell", where=where, cell=cell, why=failure.why), failure.detail)


def _place(task: Task, folder: Path, index: int) -> int:
    """Return which cell of the notebook's file, counted from 1, stands at an index of the executed notebook.

    Papermill adds its cell right after the one tagged `parameters`.
    """
    cells = json.loads((folder / task.notebook).read_text("utf-8"))["cells"]
    tagged = (n for n, cell in enumerate(cells) if "parameters" in cell["metadata"].get("tags", ()))
    return index + 1 if index <= next(tagged, len(cells)) or not task.parameters else index


# Pages ----------------------------------------------------------------------------------------------------------------


def begin_pages(executed: Sequence[Executed], cache: Cache | None = None) -> Callable[[], Mapping[str, bytes]]:
    """Have executed notebooks made into pages, by their names, while the caller goes on; return what waits for them.

    A page that an earlier build has made of the same notebook comes from the cache, which then holds no other pages.
    """
    tools = _tools() if cache else ""
    names = {e.name: f"{PAGES}/{digest_of((e.name, e.notebook.decode('utf-8'), tools))[:40]}" for e in executed}
    known: dict[str, str] = {
        name: text for name, place in names.items() if cache and (text := cache.read(place)) is not None
    }
    new = {e.name: e.notebook for e in executed if e.name not in known}
    made = Future[Mapping[str, bytes]]()
    if not new:
        made.set_result({})
    else:
        threading.Thread(target=_make_pages, args=(new, made), daemon=True).start()

    def pages() -> Mapping[str, bytes]:
        fresh = made.result()
        if cache:
            for name, page in fresh.items():
                cache.write(names[name], page.decode("utf-8"))
            for place in {*cache.names(PAGES)} - {*names.values()}:
                cache.drop(place)
        return {**{name: text.encode("utf-8") for name, text in known.items()}, **fresh}

    return pages


def _make_pages(notebooks: Mapping[str, bytes], made: Future[Mapping[str, bytes]]) -> None:
    try:
        made.set_result(_pages(notebooks))
    except BaseException as error:
        made.set_exception(error)


def _pages(notebooks: Mapping[str, bytes]) -> Mapping[str, bytes]:
    heard, limits = Heard(), Limits(seconds=600, output=10**10)
    order = Order(str(NOTEBOOKS), own_environment(), limits, pages=dict(notebooks))
    for _, told in fork_client.carry_out([order], 1):
        if isinstance(told, bytes):
            heard.feed(told)
        elif failure := heard.failure(told, limits):
            raise RunError(tell("notebook.failed", where="notebooks/*.html", why=failure.why))
    return heard.pages
