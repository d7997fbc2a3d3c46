"""Reads workbooks cell by cell, so that `N/A`, blanks, errors and formulas without results stay apart.

Only what is needed is read: the list of sheets, their cells, shared texts, and of styles number formats and strokes.
Each part is read once, value, formula, format and address together; Excel's "Strict" workbooks differ in namespaces
only.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from monev.io.package_guard import BROKEN, Package, Unfit, area, column_letters, damaged, relation, why_broken
from monev.io.sheet_parser import ParsedSheet, Style, Texts, is_true, names, parse_sheet, unescaped
from monev.model.number_formats import BUILT_IN, GENERAL, form
from monev.model.params import Limits
from monev.model.raw_tables import RawBook, RawCell, RawSheet
from monev.words.findings import Finding
from monev.words.messages import tell

LIMITS = Limits()
MOST_RANGES = 10_000  # merged ranges that are kept of one sheet


def read_book(path: Path, file: str, limits: Limits = LIMITS) -> tuple[RawBook | None, list[Finding]]:
    """Return the workbook at `path` with every cell, or None and why not; `file` is its name in messages.

    A finding may come with a workbook: one that Excel has open is read as it was last saved.
    """
    try:
        with path.open("rb") as stream:
            sheets = _read(stream, limits)
    except Unfit as unfit:
        return None, [Finding(unfit.code, file, unfit.sheet, unfit.cell, unfit.details)]
    except BROKEN:
        return None, [Finding("F02", file, details={"why": why_broken(path)})]
    except OSError as error:
        return None, [Finding("F02", file, details={"why": error.strerror or tell("why.cannot-open")})]
    return RawBook(file, sheets), [Finding("F05", file, details={"lock": lock}) for lock in locks(path)]


def locks(path: Path) -> list[str]:
    """Return the names of lock files that Excel or LibreOffice keep beside an open workbook."""
    names = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")  # Excel shortens some long names
    return [name for name in names if (path.parent / name).is_file()][:1]


def _read(stream: IO[bytes], limits: Limits) -> dict[str, RawSheet]:
    with zipfile.ZipFile(stream) as archive:
        package = Package(archive, limits)
        listed, from_1904 = _list(package)
        shared, struck = _shared_texts(package)
        texts = Texts(shared, struck, _styles(package), from_1904)
        return {title: _sheet(package, part, title, texts, hidden) for title, part, hidden in listed}


def read_sheets(content: bytes, limits: Limits = LIMITS) -> dict[str, RawSheet]:
    """Return the sheets of a workbook that was sound when `read_book` read it, from its bytes."""
    return _read(io.BytesIO(content), limits)


def sheet_parts(package: Package) -> list[tuple[str, str, bool]]:
    """Return each sheet of cells with name, part and whether it is hidden. Raises Unfit for a damaged list."""
    return _list(package)[0]


# The workbook's own parts ---------------------------------------------------------------------------------------------

_BOOK = names("workbook", "sheet", "workbookPr")


def _list(package: Package) -> tuple[list[tuple[str, str, bool]], bool]:
    """Return each sheet of cells with name, part and whether it is hidden; and whether days count from 1904."""
    found: list[tuple[str, str, bool]] = []
    related = package.relations(package.main)
    seen: set[str] = set()
    from_1904 = False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal from_1904
        short = _BOOK.get(name)
        if not seen and short != "workbook":
            raise damaged(package.shown(package.main))
        seen.add("")
        if short == "workbookPr":
            from_1904 = is_true(attributes.get("date1904"))
        elif short == "sheet":
            title = unescaped(attributes.get("name", ""))
            if not relation(attributes) and any(key.endswith(" id") for key in attributes):
                return  # a sheet without a part: what is left of a module of old macros
            kind, part, inside = related.get(relation(attributes), ("", "", False))
            if title in seen or not title or (kind != "chartsheet" and not (inside and part in package)):
                raise damaged(part or package.shown(package.main))
            seen.add(title)
            if kind == "worksheet":
                found.append((title, part, attributes.get("state", "visible") != "visible"))

    package.parse(package.main, start)
    if len(seen) < 2:
        raise damaged(package.shown(package.main))
    return found, from_1904


_STRINGS = names("sst", "si", "t", "r", "rPr", "strike", "rPh")


def _shared_texts(package: Package) -> tuple[list[str], dict[int, str]]:
    """Return the texts that cells refer to by number, and what of them is struck through."""
    found: list[str] = []
    struck: dict[int, str] = {}
    pieces: list[str] = []
    part = package.related(package.main, "sharedstrings")
    is_struck = in_text = aside = False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal is_struck, in_text, aside
        short = _STRINGS.get(name)
        if short == "t":
            in_text = not aside
        elif short == "si":
            pieces.clear()
            is_struck = False
        elif short == "r":
            is_struck = False
        elif short == "rPh":  # how a text is read aloud
            aside = True
        elif short == "strike":
            is_struck = attributes.get("val", "1") in ("1", "true")

    def end(name: str) -> None:
        nonlocal in_text, aside
        short = _STRINGS.get(name)
        if short == "t":
            in_text = False
        elif short == "si":
            found.append(unescaped("".join(pieces)))
        elif short == "rPh":
            aside = False

    def text(piece: str) -> None:
        if in_text:
            pieces.append(piece)
            if is_struck:
                struck[len(found)] = struck.get(len(found), "") + piece

    if part:
        package.parse(part, start, end, text)
    return found, struck


_STYLES = names("numFmt", "fonts", "font", "strike", "cellXfs", "xf")


def _styles(package: Package) -> list[Style]:
    """Return the styles that cells name by number; what styles.xml does not define shows as General."""
    formats = dict(BUILT_IN)
    struck: list[bool] = []
    found: list[Style] = []
    inside = ""

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside
        short = _STYLES.get(name)
        if short in ("fonts", "cellXfs"):
            inside = short
        elif short == "numFmt" and attributes.get("numFmtId", "").isdecimal():
            formats[int(attributes["numFmtId"])] = unescaped(attributes.get("formatCode", "")) or GENERAL
        elif short == "font" and inside == "fonts":
            struck.append(False)
        elif short == "strike" and inside == "fonts" and struck:
            struck[-1] = attributes.get("val", "1") in ("1", "true")
        elif short == "xf" and inside == "cellXfs":
            found.append(_style(attributes, formats, struck))

    def end(name: str) -> None:
        nonlocal inside
        if _STYLES.get(name) == inside:
            inside = ""

    part = package.related(package.main, "styles")
    if part:
        package.parse(part, start, end)
    return found


def _style(attributes: Mapping[str, str], formats: Mapping[int, str], struck: list[bool]) -> Style:
    def number(name: str) -> int:
        text = attributes.get(name, "")
        return int(text) if text.isdecimal() else 0

    code = formats.get(number("numFmtId"), GENERAL)
    font = number("fontId")
    read = form(code)
    return Style(code, read.is_date, read.is_elapsed, font < len(struck) and struck[font])


# Sheets ---------------------------------------------------------------------------------------------------------------


def _sheet(package: Package, part: str, title: str, texts: Texts, hidden: bool) -> RawSheet:
    """Return a sheet as rows of equal width, down to the last row that holds anything."""
    parsed = parse_sheet(package, part, title, texts)
    cells = {row: of for row, of in parsed.cells.items() if of}
    width = _checked_width(title, cells, package)
    letters = [column_letters(column) for column in range(1, width + 1)]
    columns = range(1, width + 1)
    rows = []
    for row in range(1, max(cells, default=0) + 1):
        own = cells.get(row, {})
        rows.append(
            tuple(
                own[column] if column in own else RawCell(f"{letter}{row}", state="blank")
                for column, letter in zip(columns, letters, strict=True)
            )
        )
    return RawSheet(
        title,
        tuple(rows),
        hidden=hidden,
        hidden_rows=frozenset(parsed.hidden_rows & cells.keys()),
        hidden_columns=frozenset(
            column for first, last in parsed.hidden_columns for column in range(first, min(last, width) + 1)
        ),
        merged=_sorted(parsed),
        filtered=parsed.filtered,
    )


def _sorted(parsed: ParsedSheet) -> tuple[str, ...]:
    found = [(area(reference), reference) for reference in parsed.merged]
    known = [(place[1], place[0], reference.upper()) for place, reference in found if place]
    return tuple(reference for _, _, reference in sorted(known)[:MOST_RANGES])


def _checked_width(title: str, cells: Mapping[int, Mapping[int, RawCell]], package: Package) -> int:
    """Return the last column that holds anything. Raises Unfit for a sheet that is larger than the limits."""
    limits = package.limits
    width = 0
    for row in sorted(cells):
        own = cells[row]
        width = max(width, *own)
        if row > limits.baris or width > limits.kolom:
            first = min(column for column in own if row > limits.baris or column > limits.kolom)
            raise _too_large(title, own[first].address, limits.baris, limits.kolom)
        if row * width > limits.sel:
            raise _too_large(title, own[max(own)].address, limits.sel // width, width)
    return width


def _too_large(sheet: str, address: str, rows: int, columns: int) -> Unfit:
    return Unfit("F03", sheet, address, why=tell("why.sheet-size", cell=address, rows=rows, columns=columns))
