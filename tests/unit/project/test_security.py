"""SECURITY.md: each threat names tests that hold it, and they are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in (ROOT / "SECURITY.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| threat ")
]
NAMED = sorted({name for row in ROWS for name in re.findall(r"`([^`]+)`", row[-1])})


def functions_of(path: Path) -> set[str]:
    """Return the functions of a module that tests could be, but for those that are always passed over."""
    tree = ast.parse(path.read_text("utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return {f.name for f in functions if not any("mark.skip(" in ast.unparse(d) for d in f.decorator_list)}


def test_every_threat_names_a_test() -> None:
    assert len(ROWS) >= 13
    assert [row[0] for row in ROWS if len(row) != 3 or "`tests/" not in row[2]] == []


@pytest.mark.parametrize("name", NAMED)
def test_the_tests_that_are_named_are_there(name: str) -> None:
    file, _, function = name.partition("::")
    path = ROOT / file
    assert path.is_file(), f"{file} is not there"
    found = functions_of(path)
    if function:
        assert function in found, f"{file} has no {function}"
    else:
        assert any(each.startswith(("test_", "fuzz")) for each in found)
