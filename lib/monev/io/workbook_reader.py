"""Reads workbooks cell by cell with openpyxl, so that `N/A`, blanks, errors and formulas without results stay apart."""

from __future__ import annotations

import math
import re
import warnings
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from monev.io.omitted_imports import without
from monev.io.package_guard import BROKEN, Unfit, guard, why_broken
from monev.model.params import Limits
from monev.model.raw_tables import CellState, CellValue, RawBook, RawCell, RawSheet
from monev.words.findings import Finding
from monev.words.messages import tell

LIMITS = Limits()
ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"})
MOST_RANGES = 10_000  # merged ranges that are kept of one sheet
_MOST_EXACT = 10**15  # whole numbers beyond this are stored with an exponent
_ESCAPES = {"_x000D_": "\r", "_x000A_": "\n", "_x0009_": "\t"}


def read_book(path: Path, file: str, limits: Limits = LIMITS) -> tuple[RawBook | None, list[Finding]]:
    """Return the workbook at `path` with every cell, or None and why not; `file` is its name in messages.

    A finding may come with a workbook: one that Excel has open is read as it was last saved.
    """
    try:
        with path.open("rb") as stream:
            with zipfile.ZipFile(stream) as archive:
                guard(archive, limits)
            sheets = _read(stream, limits)
    except Unfit as unfit:
        return None, [Finding(unfit.code, file, unfit.sheet, unfit.cell, unfit.details)]
    except BROKEN:
        return None, [Finding("F02", file, details={"why": why_broken(path)})]
    except OSError as error:
        return None, [Finding("F02", file, details={"why": error.strerror or tell("why.cannot-open")})]
    return RawBook(file, sheets), [Finding("F05", file, details={"lock": lock}) for lock in _locks(path)]


def _locks(path: Path) -> list[str]:
    """Return the names of lock files that Excel or LibreOffice keep beside an open workbook."""
    names = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")  # Excel shortens some long names
    return [name for name in names if (path.parent / name).is_file()][:1]


def _read(stream: IO[bytes], limits: Limits) -> dict[str, RawSheet]:
    book = _load(stream, data_only=False)
    formulas = any(cell.data_type == "f" for sheet in book.worksheets for cell in sheet._cells.values())
    # Stored results are only needed beside formulas; most workbooks hold none.
    stored = _load(stream, data_only=True) if formulas else book
    return {sheet.title: _sheet(sheet, stored[sheet.title], limits) for sheet in book.worksheets}


def _load(stream: IO[bytes], *, data_only: bool) -> Any:
    with without("numpy"):
        from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of features that it leaves out
            return load_workbook(stream, data_only=data_only, keep_links=False)
    except Exception as error:  # openpyxl raises many kinds for damaged files, and for some that Excel opens
        raise Unfit("F02", why=tell("why.odd-content", error=type(error.__cause__ or error).__name__)) from None


# Sheets ---------------------------------------------------------------------------------------------------------------


def _sheet(sheet: Any, stored: Any, limits: Limits) -> RawSheet:
    """Return a sheet as rows of equal width, down to the last row that holds anything."""
    from openpyxl.utils import get_column_letter

    cells: dict[int, dict[int, RawCell]] = {}
    width = 0
    # The cells that the file holds; `iter_rows` would make all those between as well, however far out one stands.
    for (row, column), cell in sorted(sheet._cells.items()):
        raw = _raw(cell, stored)
        if raw.state == "blank" and not raw.formula:
            continue
        width = max(width, column)
        if row > limits.baris or column > limits.kolom:
            raise _too_large(sheet.title, raw.address, limits.baris, limits.kolom)
        if row * width > limits.sel:
            raise _too_large(sheet.title, raw.address, limits.sel // width, width)
        cells.setdefault(row, {})[column] = raw
    letters = [(column, get_column_letter(column)) for column in range(1, width + 1)]
    rows = tuple(
        tuple(cells.get(row, {}).get(column) or RawCell(f"{letter}{row}", state="blank") for column, letter in letters)
        for row in range(1, max(cells, default=0) + 1)
    )
    merged = sorted(sheet.merged_cells.ranges, key=lambda area: (area.min_row, area.min_col))
    return RawSheet(
        sheet.title,
        rows,
        hidden=sheet.sheet_state != "visible",
        hidden_rows=frozenset(row for row, of in sheet.row_dimensions.items() if of.hidden and row in cells),
        hidden_columns=frozenset(
            column
            for of in sheet.column_dimensions.values()
            if of.hidden
            for column in range(of.min, min(of.max, width) + 1)
        ),
        merged=tuple(area.coord for area in merged[:MOST_RANGES]),
        filtered=bool(sheet.auto_filter.filterColumn),
    )


def _too_large(sheet: str, address: str, rows: int, columns: int) -> Unfit:
    return Unfit("F03", sheet, address, why=tell("why.sheet-size", cell=address, rows=rows, columns=columns))


# Cells ----------------------------------------------------------------------------------------------------------------


def _raw(cell: Any, stored: Any) -> RawCell:
    formula = ""
    result = cell
    if cell.data_type == "f":
        text = getattr(cell.value, "text", cell.value)  # array formulas are objects, and so are data tables
        formula = text if isinstance(text, str) else "="
        result = stored.cell(cell.row, cell.column)
    value = _value(result.value)
    return RawCell(cell.coordinate, value, cell.number_format or "General", _state(result, value, formula), formula)


def _state(result: Any, value: CellValue, formula: str) -> CellState:
    if value is None:
        # openpyxl leaves the type `str` only where a formula's result is an empty text
        return "formula-without-value" if formula and result.data_type != "str" else "blank"
    if isinstance(value, str) and value.startswith("#") and (result.data_type == "e" or value in ERRORS):
        return "error"
    return "value"


def _value(value: Any) -> CellValue:
    """Return a value as openpyxl gives it; durations, and numbers larger than any that Excel stores, as text."""
    match value:
        case str():
            text = re.sub("_x000[9AD]_", lambda found: _ESCAPES[found[0]], value)
            return text.replace("\r\n", "\n").replace("\r", "\n") or None
        case int() if abs(value) >= _MOST_EXACT:
            return float(value) if abs(value) < 10**308 else str(value)
        case float() if not math.isfinite(value):
            return str(value)
        case timedelta():
            return str(value)
    return value  # type: ignore[no-any-return]
