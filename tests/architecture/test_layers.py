"""Conventions held by a machine: imports go one way, the middle is pure, notebooks are thin."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from monev.io.folders import REPOSITORY
from support import in_fresh_python

PACKAGE = REPOSITORY / "lib" / "monev"
PURE = ("words", "model", "rules", "figures", "display", "audit/numeral_account.py", "audit/figure_comparison.py")
EDGE = {
    "openpyxl",
    "xlsxwriter",
    "papermill",
    "nbformat",
    "nbconvert",
    "subprocess",
    "pathlib",
    "yaml",
    "os",
    "shutil",
}


def modules(names: tuple[str, ...]) -> list[Path]:
    found = [
        path
        for name in names
        for path in ([PACKAGE / name] if name.endswith(".py") else (PACKAGE / name).rglob("*.py"))
    ]
    assert all(path.is_file() for path in found)
    return found


def imported(path: Path) -> set[str]:
    """Return the first names of all modules that a file imports, wherever in the file."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_imports_go_down_only() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(REPOSITORY / "lib"), "PATH": "/usr/bin:/bin", "NO_COLOR": "1"},
    )
    assert "kept" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0, done.stdout


def test_the_middle_touches_no_files() -> None:
    paths = modules(PURE)
    assert len(paths) > 15
    broken = {str(path.relative_to(PACKAGE)): imported(path) & EDGE for path in paths if imported(path) & EDGE}
    assert broken == {}


def test_the_house_can_be_seen_from_the_street() -> None:
    """Few rooms at the top, each saying what lives there; no two modules of one name."""
    rooms = {path.name for path in PACKAGE.iterdir() if path.name not in {"__init__.py", "__main__.py", "__pycache__"}}
    assert len(rooms) <= 14
    for room in rooms - {"notebook.py"}:
        told = ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text("utf-8"))) or ""
        assert len(told.splitlines()) >= 3, room
    names = [path.stem for path in PACKAGE.rglob("*.py") if path.name != "__init__.py"]
    assert sorted(set(names)) == sorted(names)


def test_quarto_holds_no_python() -> None:
    files = [path for path in (REPOSITORY / "quarto").rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if path.suffix in {".py", ".ipynb"} or "{python}" in _text(path)] == []


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.suffix in {".qmd", ".md", ".lua", ".typ"} else ""


def test_nothing_happens_at_import() -> None:
    """Importing the command line and all commands loads none of the heavy libraries."""
    heavy = ("pandas", "matplotlib", "openpyxl", "papermill", "pydantic", "yaml", "rich")
    code = (
        "import importlib, sys; from monev.commands.command_line import COMMANDS, module_of\n"
        "for name in COMMANDS: importlib.import_module(module_of(name))\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    assert in_fresh_python(code) == "[]"


def test_top_level_folders() -> None:
    done = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    folders = {name.split("/")[0] for name in done.stdout.split("\n") if "/" in name}
    if not folders:
        pytest.skip("not a git checkout")
    assert folders <= {
        "notebooks",
        "params",
        "inputs",
        "outputs",
        "lib",
        "quarto",
        "tests",
        "docs",
        "benchmarks",
        ".ci",
    }


def test_the_project_does_not_name_the_reference_folder_in_its_code() -> None:
    files = [
        *PACKAGE.rglob("*.py"),
        *(REPOSITORY / "notebooks").glob("*.ipynb"),
        *(REPOSITORY / "quarto").rglob("*.qmd"),
    ]
    assert files
    assert [path for path in files if "shared/" in path.read_text("utf-8")] == []
