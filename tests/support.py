"""What several tests share: a project root of their own, and cells changed in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from monev import pipeline
from monev.notebook import SECTION_TYPE, Laporan, load_edition
from monev.paths import REPOSITORY
from monev.run import render
from monev.run.executed import Executed, Filled

_SECTIONS = (
    "skala_administratif",
    "skala_kokreasi",
    "ringkasan_umum",
    "ringkasan_administratif",
    "ringkasan_kokreasi",
    "sorotan",
    "catatan_umum",
    "komitmen",
    "deskripsi",
    "rekonsiliasi",
    "audit",
)


@dataclass(frozen=True)
class Build:
    """A finished build: its root, its output folder, what the command printed."""

    root: Path
    folder: Path
    stdout: str
    stderr: str


def monev(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does, with the tests' own Python."""
    command = [sys.executable, "-P", "-m", "monev", "--root", str(root), *arguments]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(root / "rumah"), "PYTHONPATH": str(REPOSITORY / "lib")}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=root)


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


def sections_in_process(edition: Laporan) -> tuple[Filled, ...]:
    """Return every section of the report as its notebook would show it, without a kernel."""
    numbers = [result.commitment.commitment for result in edition.opened.results.commitments]
    shown = [getattr(edition, name)() for name in _SECTIONS] + [edition.lampiran(number) for number in numbers]
    bundles = [item._repr_mimebundle_()[SECTION_TYPE] for item in shown]
    return tuple(Filled(bundle["slot"], bundle["markdown"], bundle["files"]) for bundle in bundles)


def report_in_process(root: Path, name: str, folder: Path) -> Path:
    """Make an edition's whole output folder in this process, without notebooks; return it."""
    edition = load_edition(name, root)
    executed = [Executed("bagian", b"{}", b"", sections_in_process(edition), 0.0)]
    engine = render.Engine("embedded")
    pipeline._assemble(root, edition.opened, executed, engine, folder / "baru", folder / "susun", lambda words: None)
    return folder / "baru"
