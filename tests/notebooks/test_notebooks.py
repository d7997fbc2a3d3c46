"""The notebooks of the project: each runs with its defaults, is committed clean, and holds no logic of its own."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from monev.display.section_output import SECTION_TYPE
from monev.io.folders import NOTEBOOKS
from monev.kernels.fork_client import prepared
from monev.kernels.papermill_engine import MonevEngine

PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
each_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)

WITHOUT_SECTIONS = {"01-pemeriksaan-data"}  # for its reader alone: the report has no place for it


def load(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text("utf-8"))


def code_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def test_the_notebooks_are_found() -> None:
    assert [path.name[:2] for path in PATHS] == [f"{number:02d}" for number in range(1, 15)]


@pytest.fixture(scope="module", autouse=True)
def _one_parent() -> Iterator[None]:
    with prepared():
        yield


@each_notebook
def test_it_runs_with_its_defaults(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As it is, as a user would run it: without parameters of a task.
    monkeypatch.chdir(NOTEBOOKS)
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.papermill = {}
    made = MonevEngine.execute_notebook(notebook, "python3", progress_bar=False)
    shown = [output.get("data", {}) for cell in made.cells for output in cell.get("outputs", ())]
    sections = [data for data in shown if SECTION_TYPE in data]
    assert bool(sections) == (path.stem not in WITHOUT_SECTIONS)
    assert all("text/html" in data for data in sections)
    assert any("text/html" in data for data in shown)


@each_notebook
def test_it_is_committed_without_outputs(path: Path) -> None:
    for cell in code_cells(load(path)):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


@each_notebook
def test_it_has_a_title_a_kernel_and_documented_parameters(path: Path) -> None:
    notebook = load(path)
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert notebook["cells"][0]["cell_type"] == "markdown"
    assert "".join(notebook["cells"][0]["source"]).startswith("# ")
    tagged = [cell for cell in code_cells(notebook) if "parameters" in cell["metadata"].get("tags", ())]
    assert len(tagged) == 1
    source = "".join(tagged[0]["source"])
    assert all(isinstance(statement, ast.Assign) for statement in ast.parse(source).body)
    assert all(": " in line.partition("# ")[2] for line in source.splitlines())


@each_notebook
def test_it_only_shows_what_the_package_gives(path: Path) -> None:
    """Every statement is the one import, an assignment or an expression, of names, attributes, calls and constants."""
    for cell in code_cells(load(path)):
        tree = ast.parse("".join(cell["source"]))
        for statement in tree.body:
            assert isinstance(statement, ast.ImportFrom | ast.Assign | ast.Expr), ast.unparse(statement)
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert node.module == "monev.notebook"
            assert not isinstance(node, ast.Import | ast.Lambda | ast.comprehension), ast.unparse(node)
            if isinstance(node, ast.Call):
                assert ast.unparse(node.func).startswith(("load_edition", "laporan.")), ast.unparse(node)


def test_the_thinness_test_sees_logic() -> None:
    for source in ("def f(): ...", "try:\n    1\nfinally:\n    2", "import os", "open('x')", "t.groupby('a')"):
        tree = ast.parse(source)
        plain = all(isinstance(s, ast.ImportFrom | ast.Assign | ast.Expr) for s in tree.body)
        calls = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
        assert not plain or any(not call.startswith(("load_edition", "laporan.")) for call in calls)
