"""Runs the notebooks: papermill with checked parameters, several at once, each in a kernel of its own.

What comes back is normalised (no times, no machine names), so that the same inputs give the same notebook.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from monev.errors import RunError
from monev.findings import nearest
from monev.notebook import SECTION_TYPE
from monev.paths import NOTEBOOKS, ROOT_VARIABLE

CELL_TIMEOUT = 300  # seconds for one cell


@dataclass(frozen=True)
class Task:
    """One run of one notebook: `name` is the run's name and output file, `notebook` the file in `notebooks/`."""

    name: str
    notebook: str
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Filled:
    """A section that a notebook gave: its slot, Markdown and pictures."""

    slot: str
    markdown: str
    files: Mapping[str, str]


@dataclass(frozen=True)
class Executed:
    """One executed notebook: its normalised file, the same as HTML, its sections, and how long it took."""

    name: str
    notebook: bytes
    html: bytes
    sections: tuple[Filled, ...]
    seconds: float


def declared_parameters(notebook: Path) -> dict[str, str | None]:
    """Return the parameters that a notebook declares: name to default (None where it has none).

    Raises RunError when the notebook has no cell tagged `parameters`.
    """
    from papermill.inspection import inspect_notebook

    content = json.loads(notebook.read_text("utf-8"))
    tagged = any("parameters" in cell["metadata"].get("tags", ()) for cell in content["cells"])
    if not tagged:
        raise RunError(f"notebooks/{notebook.name}: tidak ada sel bertanda 'parameters'. Tambahkan tanda itu pada sel parameter.")
    return {name: found.get("default") for name, found in inspect_notebook(str(notebook)).items()}


def check_parameters(tasks: Iterable[Task], folder: Path = NOTEBOOKS) -> None:
    """Stop before any kernel starts when a task's parameters are not those that its notebook declares.

    Raises RunError that names every missing notebook, and every unknown or missing parameter.
    """
    wrong: list[str] = []
    declared: dict[str, dict[str, str | None]] = {}
    for task in tasks:
        path = folder / task.notebook
        if not path.is_file():
            wrong.append(f"notebooks/{task.notebook}: buku catatan tidak ada")
            continue
        if task.notebook not in declared:
            try:
                declared[task.notebook] = declared_parameters(path)
            except RunError as error:
                wrong.append(str(error))
                declared[task.notebook] = dict.fromkeys(task.parameters, "")
        known = declared[task.notebook]
        for name in task.parameters.keys() - known.keys():
            wrong.append(f"notebooks/{task.notebook}: parameter '{name}' tidak dikenal.{nearest(name, known)}")
        for name in known.keys() - task.parameters.keys():
            wrong.append(f"notebooks/{task.notebook}: parameter '{name}' belum diberikan")
    if wrong:
        raise RunError("; ".join(dict.fromkeys(wrong)))


# One notebook, in a worker process ------------------------------------------------------------------------------------


def _environment(root: Path, work: Path) -> dict[str, str]:
    """Return what a kernel sees of the environment beyond PATH: the root, and settings that make runs repeat."""
    cache = Path(sys.prefix) / "share" / "monev" / "matplotlib"
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        cache = work / "matplotlib"
    return {
        ROOT_VARIABLE: str(root),
        "IPYTHONDIR": str(work / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(work / "r"),
        "JUPYTER_CONFIG_DIR": str(work / "config"),
        "JUPYTER_PLATFORM_DIRS": "1",
        "MPLCONFIGDIR": str(cache),
        "PYTHONHASHSEED": "0",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
    }


def execute(task: Task, root: Path, folder: Path = NOTEBOOKS) -> Executed:
    """Run one notebook. Raises RunError that names the notebook and the cell that failed."""
    import papermill
    from papermill.exceptions import PapermillExecutionError

    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mv-") as work:
        os.environ.update(_environment(root, Path(work)))
        try:
            made = papermill.execute_notebook(
                str(folder / task.notebook),
                None,
                dict(task.parameters),
                progress_bar=False,
                cwd=str(folder),
                execution_timeout=CELL_TIMEOUT,
                kernel_manager_class="monev.run.kernels.SocketKernelManager",
            )
        except PapermillExecutionError as error:
            message = f"notebooks/{task.notebook} ({task.name}), sel {error.cell_index + 1}: {error.ename}: {error.evalue}"
            raise RunError(message, _plain("\n".join(error.traceback))) from None
        except Exception as error:  # a kernel that dies, hangs or never starts comes in many kinds
            raise RunError(f"notebooks/{task.notebook} ({task.name}): {type(error).__name__}: {_plain(str(error))[:500]}") from None
    content = normalised(made)
    return Executed(task.name, content, _html(content, task.name), sections(made), time.monotonic() - start)


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def normalised(notebook: Any) -> bytes:
    """Return an executed notebook without times, machine names and counters: the same for the same content."""
    import nbformat

    kept = nbformat.from_dict(json.loads(nbformat.writes(notebook)))
    kept.metadata.pop("papermill", None)
    kept.metadata["language_info"] = {"name": "python"}
    for number, cell in enumerate(kept.cells, start=1):
        cell["id"] = f"sel-{number:02d}"
        cell.metadata = {key: cell.metadata[key] for key in ("tags",) if key in cell.metadata}
        for output in cell.get("outputs", ()):
            output.pop("metadata", None) if output["output_type"] == "stream" else output.update(metadata={})
    return (json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def sections(notebook: Any) -> tuple[Filled, ...]:
    """Return the sections that an executed notebook shows, in order."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {}).get(SECTION_TYPE)
            if data is not None:
                found.append(Filled(data["slot"], data["markdown"], dict(data["files"])))
    return tuple(found)


_PAGE = """<!DOCTYPE html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c232b; }}
pre, code {{ font-family: ui-monospace, monospace; font-size: .9em; }}
pre {{ background: #f5f7fa; padding: .6rem .8rem; overflow-x: auto; }}
table {{ border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }}
th, td {{ border: 1px solid #c3ccd6; padding: .3rem .5rem; text-align: left; vertical-align: top; }}
svg {{ max-width: 100%; height: auto; }}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def _html(content: bytes, title: str) -> bytes:
    """Return an executed notebook as one HTML page that loads nothing from elsewhere."""
    import nbformat
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="basic")
    body, _ = exporter.from_notebook_node(nbformat.reads(content.decode("utf-8"), as_version=4))
    return _PAGE.format(title=title, body=body).encode("utf-8")


# Several at once ------------------------------------------------------------------------------------------------------


def _context() -> multiprocessing.context.BaseContext:
    """Fork where it is safe: workers then share the imports of the parent."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def run(tasks: Sequence[Task], root: Path, jobs: int, done: Callable[[Executed], None]) -> list[Executed]:
    """Run all tasks, at most `jobs` at once; return them in the tasks' order whatever finished first.

    `done` is called after each. Raises RunError of the first that fails; those not yet started are dropped.
    """
    check_parameters(tasks)
    import papermill.execute  # noqa: F401  imported before the workers fork from here
    from nbconvert import HTMLExporter  # noqa: F401

    finished: dict[str, Executed] = {}
    with ProcessPoolExecutor(max_workers=max(1, min(jobs, len(tasks))), mp_context=_context()) as pool:
        waiting: dict[Future[Executed], Task] = {pool.submit(execute, task, root): task for task in tasks}
        try:
            for result in _results(waiting):
                finished[result.name] = result
                done(result)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [finished[task.name] for task in tasks]


def _results(waiting: Mapping[Future[Executed], Task]) -> Iterator[Executed]:
    for future in as_completed(waiting):
        try:
            yield future.result()
        except RunError:
            raise
        except Exception as error:
            task = waiting[future]
            raise RunError(f"notebooks/{task.notebook} ({task.name}): proses berhenti ({type(error).__name__})") from None
