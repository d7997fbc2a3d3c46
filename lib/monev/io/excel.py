"""Reads workbooks cell by cell with openpyxl, so that `N/A`, blanks, errors and unsaved formulas stay apart."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from monev.findings import Finding
from monev.tables import CellState, RawBook, RawCell, RawSheet

MAX_UNPACKED = 200 * 1024 * 1024  # bytes of all parts together
MAX_RATIO = 200  # unpacked to packed, for parts of more than a megabyte
MAX_ENTRIES = 2_000
MAX_ROWS = 20_000  # rows that a sheet may declare to hold cells
MAX_COLUMNS = 200


def _guard(path: Path, file: str) -> Finding | None:
    """Refuse what is not a workbook, or would unpack to far more than any workbook of this kind."""
    try:
        with path.open("rb") as stream:
            start = stream.read(8)
        if start == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            return Finding("F02", file, details={"why": "format lama (.xls) atau dilindungi kata sandi"})
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except OSError as error:
        return Finding("F02", file, details={"why": error.strerror or "tidak dapat dibuka"})
    except zipfile.BadZipFile:
        return Finding("F02", file, details={"why": "isinya bukan berkas .xlsx atau terpotong"})
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED:
        return Finding("F03", file, details={"why": f"{len(entries)} bagian, {unpacked // 1024**2} MB setelah dibuka"})
    for entry in entries:
        if entry.file_size > 1024**2 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            return Finding(
                "F03",
                file,
                details={"why": f"bagian {entry.filename} mengembang lebih dari {MAX_RATIO} kali"},
            )
    return None


def _state(cell: Any, value: Any) -> CellState:
    if value is None:
        return "formula-without-value" if cell.data_type == "f" else "blank"
    if isinstance(value, str) and value.startswith("#") and (cell.data_type == "e" or value in _ERRORS):
        return "error"
    return "value"


_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"})


def _raw(cell: Any, stored: Any) -> RawCell:
    formula = str(getattr(cell.value, "text", cell.value)) if cell.data_type == "f" else ""
    value = stored.value if formula else cell.value
    if value is not None and not isinstance(value, str | int | float | bool) and not hasattr(value, "isoformat"):
        value = str(value)
    return RawCell(cell.coordinate, value, cell.number_format or "General", _state(cell, value), formula)


def _has_formulas(book: Any) -> bool:
    sheets = [sheet for sheet in book.worksheets if sheet.max_row <= MAX_ROWS and sheet.max_column <= MAX_COLUMNS]
    return any(cell.data_type == "f" for sheet in sheets for row in sheet.iter_rows() for cell in row)


def _sheet(sheet: Any, stored: Any) -> RawSheet:
    rows = []
    for row, values in zip(sheet.iter_rows(), stored.iter_rows(), strict=True):
        rows.append(tuple(_raw(cell, value) for cell, value in zip(row, values, strict=True)))
    while rows and all(cell.state == "blank" for cell in rows[-1]):
        rows.pop()
    return RawSheet(sheet.title, tuple(rows))


def read_book(path: Path, file: str) -> tuple[RawBook | None, list[Finding]]:
    """Return the workbook at `path` with every cell, or None and why not; `file` is its name in messages."""
    if finding := _guard(path, file):
        return None, [finding]
    from openpyxl import load_workbook

    try:
        formulas = load_workbook(path, data_only=False, keep_links=False)
        # Stored results are only needed beside formulas; most workbooks hold none.
        values = load_workbook(path, data_only=True, keep_links=False) if _has_formulas(formulas) else formulas
    except Exception as error:  # openpyxl raises many kinds for damaged files
        return None, [Finding("F02", file, details={"why": f"rusak ({type(error).__name__})"})]
    findings = []
    sheets = {}
    for name in formulas.sheetnames:
        sheet = formulas[name]
        if not hasattr(sheet, "iter_rows"):
            continue  # a chart sheet holds no cells
        if sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS:
            why = f"lembar '{name}' memakai {sheet.max_row} baris dan {sheet.max_column} kolom"
            findings.append(Finding("F03", file, details={"why": why}))
            continue
        sheets[name] = _sheet(sheet, values[name])
    return (None, findings) if findings else (RawBook(file, sheets), [])
