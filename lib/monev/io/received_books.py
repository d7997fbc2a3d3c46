"""Workbooks as people send them: `.xlsx`, `.xls` and `.ods`, told apart by what they hold and not by their name.

The old and the open format come out as the same raw tables as `.xlsx`, percent formats kept, so that all checks hold.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from monev.io.package_guard import BROKEN, MEGABYTE, OLD_CONTAINER, Unfit, column_letters, why_broken_content
from monev.io.workbook_reader import LIMITS, read_sheets
from monev.model.params import Limits
from monev.model.raw_tables import CellState, CellValue, RawBook, RawCell, RawSheet
from monev.words.findings import Finding
from monev.words.messages import tell

OPEN_FORMAT = b"application/vnd.oasis.opendocument.spreadsheet"


def read_received(path: Path, file: str, limits: Limits = LIMITS) -> tuple[RawBook | None, list[Finding]]:
    """Return the workbook at `path` in whatever format, or None and why not; `file` is its name in messages."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return None, [Finding("F02", file, details={"why": error.strerror or tell("why.cannot-open")})]
    return read_content(content, file, limits)


def read_content(content: bytes, file: str, limits: Limits = LIMITS) -> tuple[RawBook | None, list[Finding]]:
    """Return a workbook of any of the formats from its bytes, or None and why not."""
    try:
        return RawBook(file, reader_of(content)(content, limits)), []
    except Unfit as unfit:
        return None, [Finding(unfit.code, file, unfit.sheet, unfit.cell, unfit.details)]
    except BROKEN:
        return None, [Finding("F02", file, details={"why": why_broken_content(content)})]


def reader_of(content: bytes) -> Callable[[bytes, Limits], dict[str, RawSheet]]:
    """Return what reads such bytes; that of `.xlsx` for all that is no other format."""
    if content.startswith(OLD_CONTAINER) and "EncryptedPackage".encode("utf-16-le") not in content:
        return _old
    if content.startswith(b"PK") and OPEN_FORMAT in content[:200]:
        return _open
    return read_sheets


# Rows of cells ------------------------------------------------------------------------------------------------

Cells = dict[int, dict[int, RawCell]]
"""The cells that hold something, by row and column from 1."""


def _sheet(name: str, cells: Cells, limits: Limits, **more: Any) -> RawSheet:
    """Return a sheet as rows of equal width. Raises Unfit for one that is larger than the limits."""
    height, width = max(cells, default=0), max((column for row in cells.values() for column in row), default=0)
    if height > limits.baris or width > limits.kolom or height * width > limits.sel:
        address = f"{column_letters(max(width, 1))}{height}"
        why = tell("why.sheet-size", cell=address, rows=limits.baris, columns=limits.kolom)
        raise Unfit("F03", name, address, why=why)
    letters = [column_letters(column) for column in range(1, width + 1)]
    rows = tuple(
        tuple(
            cells.get(row, {}).get(column) or RawCell(f"{letter}{row}", state="blank")
            for column, letter in enumerate(letters, start=1)
        )
        for row in range(1, height + 1)
    )
    return RawSheet(name, rows, **more)


def _number(value: float) -> int | float:
    return int(value) if value.is_integer() else value


# The old format -----------------------------------------------------------------------------------------------

_MACROS = ("_VBA_PROJECT_CUR", "_VBA_PROJECT")


def _old(content: bytes, limits: Limits) -> dict[str, RawSheet]:
    import xlrd
    from xlrd.compdoc import CompDoc, CompDocError

    if len(content) > limits.bagian_megabita * MEGABYTE:
        raise Unfit("F03", why=tell("why.large-part", part="Workbook", size=limits.bagian_megabita,
                                    more=2 * limits.bagian_megabita))  # fmt: skip
    with io.StringIO() as quiet:
        try:
            parts = {entry.name for entry in CompDoc(content, logfile=quiet).dirlist}
            if macro := next((name for name in _MACROS if name in parts), ""):
                raise Unfit("F06", part=macro)
            book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=quiet)
        except Unfit:
            raise
        except (xlrd.XLRDError, CompDocError) as error:
            why = "why.password" if "encrypt" in str(error).casefold() else "why.old-broken"
            raise Unfit("F02", why=tell(why)) from None
        except Exception:  # xlrd meets a damaged file with whatever error comes first
            raise Unfit("F02", why=tell("why.old-broken")) from None
    return {page.name: _old_sheet(page, book, limits) for page in book.sheets()}


def _old_sheet(page: Any, book: Any, limits: Limits) -> RawSheet:
    cells: Cells = {}
    links = {(link.frowx, link.fcolx): link.url_or_path or "" for link in page.hyperlink_list if link.url_or_path}
    for row in range(page.nrows):
        for column in range(page.row_len(row)):
            cell = page.cell(row, column)
            if made := _old_cell(cell, f"{column_letters(column + 1)}{row + 1}", book, links.get((row, column), "")):
                cells.setdefault(row + 1, {})[column + 1] = made
    hidden_rows = {row + 1 for row, info in page.rowinfo_map.items() if info.hidden} & cells.keys()
    hidden_columns = {column + 1 for column, info in page.colinfo_map.items() if info.hidden}
    merged = tuple(
        f"{column_letters(left + 1)}{top + 1}:{column_letters(right)}{bottom}"
        for top, bottom, left, right in page.merged_cells
    )
    return _sheet(
        page.name,
        cells,
        limits,
        hidden=bool(page.visibility),
        hidden_rows=frozenset(hidden_rows),
        hidden_columns=frozenset(hidden_columns),
        merged=merged,
    )


def _old_cell(cell: Any, address: str, book: Any, link: Any) -> RawCell | None:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or cell.value == "":
        return None
    style = book.xf_list[cell.xf_index]
    found = book.format_map.get(style.format_key)
    form = found.format_str if found else "General"
    struck = str(cell.value) if book.font_list[style.font_index].struck_out else ""
    state: CellState = "value"
    value: CellValue = cell.value
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        value = _number(cell.value)
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        value = bool(cell.value)
    elif cell.ctype == xlrd.XL_CELL_ERROR:
        value, state = xlrd.error_text_from_code.get(cell.value, "#N/A"), "error"
    elif cell.ctype == xlrd.XL_CELL_DATE:
        value = _old_date(cell.value, book.datemode)
    return RawCell(address, value, form or "General", state, struck=struck, link=str(link))


def _old_date(number: float, datemode: int) -> CellValue:
    import xlrd

    try:
        moment: datetime = xlrd.xldate_as_datetime(number, datemode)
    except (ValueError, OverflowError):
        return _number(number)
    return moment


# The open format ----------------------------------------------------------------------------------------------

_ROWS = "table:table-row|table:table-header-rows/table:table-row|.//table:table-row-group//table:table-row"
_PLACES = re.compile(r"[.,](\d+)\s*%")


def _open(content: bytes, limits: Limits) -> dict[str, RawSheet]:
    _check_package(content, limits)
    from odfdo import Document

    try:
        body = Document(io.BytesIO(content)).body
        return {str(table.name): _open_sheet(table, limits) for table in body.tables}
    except (Unfit, *BROKEN):
        raise
    except Exception:  # odfdo meets a damaged file with whatever error comes first
        raise Unfit("F02", why=tell("why.open-broken")) from None


def _check_package(content: bytes, limits: Limits) -> None:
    """Raise Unfit for a package that is locked, holds macros, declares document types, or unpacks too far."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        if len(parts) > limits.bagian or sum(part.file_size for part in parts) > limits.megabita * MEGABYTE:
            raise Unfit("F03", why=tell("why.open-large", size=limits.megabita))
        if macro := next((part.filename for part in parts if re.match(r"(Basic|Scripts)/.", part.filename)), ""):
            raise Unfit("F06", part=macro)
        for name in ("META-INF/manifest.xml", "content.xml"):
            text = package.read(name) if name in package.namelist() else b""
            if len(text) > limits.bagian_megabita * MEGABYTE:
                raise Unfit("F03", why=tell("why.large-part", part=name, size=limits.bagian_megabita,
                                            more=2 * limits.bagian_megabita))  # fmt: skip
            if b"<!ENTITY" in text:
                raise Unfit("F02", why=tell("why.doctype", part=name))
            if b"encryption-data" in text and name.startswith("META"):
                raise Unfit("F02", why=tell("why.password"))
        if package.testzip():
            raise Unfit("F02", why=tell("why.open-broken"))


def _open_sheet(table: Any, limits: Limits) -> RawSheet:
    cells: Cells = {}
    hidden: set[int] = set()
    merged: list[str] = []
    number = 0
    for row in table.xpath(_ROWS):
        repeated = _repeated(row, "table:number-rows-repeated")
        found = list(_open_cells(row, number + 1, limits, merged))
        if found:
            if number + repeated > limits.baris:
                raise Unfit("F03", str(table.name), found[0][1].address, why=tell(
                    "why.sheet-size", cell=found[0][1].address, rows=limits.baris, columns=limits.kolom))  # fmt: skip
            for again in range(repeated):
                cells[number + 1 + again] = {column: _moved(cell, column, number + 1 + again) for column, cell in found}
            if row.get_attribute("table:visibility") in ("collapse", "filter"):
                hidden |= set(range(number + 1, number + 1 + repeated))
        number += repeated
    filtered = any(row.get_attribute("table:visibility") == "filter" for row in table.xpath("table:table-row"))
    return _sheet(
        str(table.name), cells, limits, hidden_rows=frozenset(hidden), merged=tuple(merged), filtered=filtered
    )


def _moved(cell: RawCell, column: int, row: int) -> RawCell:
    address = f"{column_letters(column)}{row}"
    if cell.address == address:
        return cell
    return RawCell(address, cell.value, cell.number_format, cell.state, cell.formula, cell.struck, cell.link)


def _repeated(element: Any, name: str) -> int:
    text = str(element.get_attribute(name) or "1")
    return int(text) if text.isdecimal() else 1


def _open_cells(row: Any, number: int, limits: Limits, merged: list[str]) -> Iterator[tuple[int, RawCell]]:
    """Yield column and cell of those that hold something."""
    column = 1
    for cell in row.children:
        repeated = _repeated(cell, "table:number-columns-repeated")
        address = f"{column_letters(min(column, limits.kolom + 1))}{number}"
        wide, high = (_repeated(cell, f"table:number-{what}-spanned") for what in ("columns", "rows"))
        made = _open_cell(cell, address) if cell.tag == "table:table-cell" else None
        if made and (wide > 1 or high > 1):
            merged.append(f"{address}:{column_letters(column + wide - 1)}{number + high - 1}")
        if made:
            if column + repeated - 1 > limits.kolom:
                raise Unfit("F03", cell=address, why=tell("why.sheet-size", cell=address, rows=limits.baris,
                                                          columns=limits.kolom))  # fmt: skip
            for again in range(repeated):
                yield column + again, _moved(made, column + again, number)
        column += repeated


def _open_cell(cell: Any, address: str) -> RawCell | None:
    kind = cell.get_attribute("office:value-type") or cell.get_attribute("calcext:value-type")
    paragraphs = cell.xpath("text:p")
    shown = "\n".join(_words(paragraph) for paragraph in paragraphs)
    formula = str(cell.get_attribute("table:formula") or "")
    if kind is None and not shown:
        return RawCell(address, None, state="formula-without-value", formula=formula) if formula else None
    link = next((str(a.get_attribute("xlink:href")) for p in paragraphs for a in p.xpath(".//text:a")), "")
    if cell.get_attribute("calcext:value-type") == "error" or shown in (
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
    ):
        return RawCell(address, shown, state="error", formula=formula)
    value, form = _open_value(cell, str(kind), shown)
    return RawCell(address, value, form, formula=formula, link=link)


def _words(paragraph: Any) -> str:
    """Return what a paragraph says: repeated blanks, tabs and line breaks are elements of their own there."""
    element = paragraph._xml_element
    found = [element.text or ""]
    for child in element.iter():
        if child is element:
            continue
        name = str(child.tag).rpartition("}")[2]
        if name == "s":
            count = next((v for k, v in child.attrib.items() if k.endswith("}c")), "1")
            found.append(" " * min(int(count) if count.isdecimal() else 1, 1_000))
        elif name in ("tab", "line-break"):
            found.append("\t" if name == "tab" else "\n")
        found += [child.text or "", child.tail or ""]
    return "".join(found)


def _open_value(cell: Any, kind: str, shown: str) -> tuple[CellValue, str]:
    """Return what a cell holds and a number format that shows it as it is shown there."""
    if kind in ("float", "percentage", "currency"):
        number = _number(float(str(cell.get_attribute("office:value"))))
        if kind != "percentage":
            return number, "General"
        places = _PLACES.search(shown)
        return number, f"0.{'0' * len(places[1])}%" if places else "0%"
    if kind == "boolean":
        return cell.get_attribute("office:boolean-value") in (True, "true"), "General"
    if kind == "date":
        return _open_date(str(cell.get_attribute("office:date-value"))), "yyyy-mm-dd"
    return shown, "General"


def _open_date(text: str) -> CellValue:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return text
