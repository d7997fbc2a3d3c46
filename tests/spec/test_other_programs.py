"""The own workbooks, saved again by other programs, give the same data and the same findings."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from monev.io.inputs import Inputs, read_inputs
from support import copy_root, once

BOOKS = (
    "inputs/rencana-aksi.xlsx",
    *(f"inputs/{semester}/capaian-{group}.xlsx" for semester in ("2021-S1", "2021-S2") for group in ("kl", "oms")),
    "inputs/2021-S2/evaluasi.xlsx",
)
CALC = shutil.which("soffice") or shutil.which("libreoffice")
MOST_SECONDS = 240


def by_openpyxl(root: Path) -> None:
    for file in BOOKS:
        book = load_workbook(root / file)
        book.save(root / file)


def by_xlsxwriter(root: Path) -> None:
    """Write values and number formats cell by cell, as a program does that copies a workbook."""
    for file in BOOKS:
        book = load_workbook(root / file)
        with xlsxwriter.Workbook(root / file, {"strings_to_formulas": False, "strings_to_urls": False}) as target:
            formats = {}
            for sheet in book.worksheets:
                page = target.add_worksheet(sheet.title)
                for row in sheet.iter_rows():
                    for cell in row:
                        code = cell.number_format
                        style = formats.setdefault(code, target.add_format({"num_format": code}))
                        page.write(cell.row - 1, cell.column - 1, cell.value, style)


def by_libreoffice(*kinds: str) -> Callable[[Path], None]:
    """Save all workbooks as each of these kinds in turn, and the last as `.xlsx` again."""

    def saved(root: Path) -> None:
        work = root / "ubah"
        for number, file in enumerate(BOOKS):  # several workbooks have the same name
            (work / str(number)).mkdir(parents=True)
            shutil.copy(root / file, work / str(number) / "buku.xlsx")
        suffix = "xlsx"
        for turn, kind in enumerate((*kinds, *(["xlsx"] if kinds[-1] != "xlsx" else []))):
            sources = []
            for number in range(len(BOOKS)):
                source = work / f"{number}-{turn}.{suffix}"
                shutil.move(next((work / str(number)).iterdir()), source)
                sources.append(source)
            convert(sources, kind, work / "baru")
            for number in range(len(BOOKS)):
                shutil.move(work / "baru" / f"{number}-{turn}.{kind}", work / str(number) / f"buku.{kind}")
            suffix = kind
        for number, file in enumerate(BOOKS):
            shutil.move(work / str(number) / "buku.xlsx", root / file)

    return saved


def convert(sources: list[Path], kind: str, target: Path) -> None:
    assert CALC
    profile = f"-env:UserInstallation={(target.parent / 'profil').as_uri()}"
    command = [CALC, profile, "--headless", "--convert-to", kind, "--outdir", str(target), *map(str, sources)]
    subprocess.run(command, check=True, capture_output=True, timeout=MOST_SECONDS)


WAYS: dict[str, Callable[[Path], None]] = {
    "openpyxl": by_openpyxl,
    "xlsxwriter": by_xlsxwriter,
    "libreoffice xlsx": by_libreoffice("xlsx"),
    "libreoffice ods": by_libreoffice("ods"),
    "libreoffice xls": by_libreoffice("xls"),
}


@pytest.mark.parametrize("way", WAYS)
def test_workbooks_saved_by_other_programs(way: str, root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    if way.startswith("libreoffice") and not CALC:
        pytest.skip("LibreOffice Calc is not here")
    before = read_inputs(root, "2021-S2")
    other = once(tmp_path_factory, way.replace(" ", "-"), lambda folder: _saved(folder, WAYS[way]))
    assert (other / BOOKS[0]).read_bytes() != (root / BOOKS[0]).read_bytes()
    after = read_inputs(other, "2021-S2")
    assert same(after) == same(before)


def _saved(folder: Path, save: Callable[[Path], None]) -> None:
    copy_root(folder)
    save(folder)


def same(inputs: Inputs) -> dict[str, Any]:
    """Return the data of an edition and what is found in it."""
    return {**vars(replace(inputs.data)), "findings": [(f.code, f.sheet, f.cell) for f in inputs.findings]}
