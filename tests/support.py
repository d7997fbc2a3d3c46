"""What several tests share: a project root of their own, and cells changed in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from monev.paths import REPOSITORY


def copy_root(target: Path) -> Path:
    """Copy params and inputs to a root of its own."""
    shutil.copytree(REPOSITORY / "params", target / "params")
    shutil.copytree(REPOSITORY / "inputs", target / "inputs")
    return target


def change(root: Path, file: str, edit: Callable[[Any], object]) -> None:
    """Open a workbook of the root, let `edit` change it, and save it."""
    book = load_workbook(root / file)
    edit(book)
    book.save(root / file)
    book.close()


def put(root: Path, place: str, value: object) -> None:
    """Write one cell given as `file!sheet!H14`."""
    file, sheet, cell = place.split("!")
    change(root, file, lambda book: book[sheet].__setitem__(cell, value))


def column(root: Path, file: str, sheet: str, heading: str) -> str:
    """Return the letter of a column by its heading."""
    book = load_workbook(root / file, read_only=True)
    cells = next(book[sheet].iter_rows(max_row=1))
    letter = next(c.column_letter for c in cells if str(c.value).rstrip("* ") == heading)  # type: ignore[union-attr]
    book.close()
    return letter
