"""Reads a sheet's part in a single pass: every cell with value, number format, formula and state, and what is hidden.

What Excel would not show is not taken: blanks of merged ranges, digits beyond the fifteenth.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from fractions import Fraction

from monev.io.package_guard import (
    NAMESPACES,
    Package,
    Unfit,
    area,
    check_counts,
    column_letters,
    column_number,
    damaged,
    relation,
    size,
)
from monev.model.number_formats import GENERAL
from monev.model.raw_tables import CellState, CellValue, RawCell
from monev.words.messages import tell

ERRORS = frozenset({
    "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!",
    "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#EXTERNAL!", "#PYTHON!", "#TIMEOUT!", "#ERROR!", "Loading...",
})  # fmt: skip
"""What Excel, LibreOffice and Google Sheets leave where a value should be; exports may hold it as text."""
HIDDEN_ZERO = "0;-0;;@"  # the number format that hides zeros, for sheets that hide them by themselves
_LETTERS = re.compile("[A-Z]{1,3}")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_LINK = re.compile(r'=?\s*HYPERLINK\(\s*"([^"]+)"', re.I)
_REFERENCE = re.compile(r"""("[^"]*"|'[^']*')|(?<![\w.$])(\$?)([A-Z]{1,3})(\$?)([1-9][0-9]{0,6})(?![\w(.!])""")
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)


@dataclass(frozen=True)
class Style:
    """What matters of a cell's style."""

    number_format: str = GENERAL
    is_date: bool = False
    is_elapsed: bool = False
    struck: bool = False


@dataclass(frozen=True)
class Texts:
    """What a workbook's sheets share: texts, what of them is struck through, styles, the day that days count from."""

    shared: Sequence[str] = ()
    struck: Mapping[int, str] = field(default_factory=dict)
    styles: Sequence[Style] = ()
    from_1904: bool = False


@dataclass
class ParsedSheet:
    """A sheet's cells by row and column, and what else is known of it; columns count from 1."""

    cells: dict[int, dict[int, RawCell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    filtered: bool = False


def names(*wanted: str) -> dict[str, str]:
    """Return elements of the workbook's own namespaces: their whole name to the short one."""
    return {f"{space} {name}": name for space in NAMESPACES for name in wanted}


def unescaped(text: str) -> str:
    """Return a text as Excel shows it: `_x000D_` and its like (ECMA-376, ST_Xstring) are the characters they name."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if not text.isprintable():
        text = text.replace("\r\n", "\n").translate(_LINES)
        text = _UNSEEN.sub("", text)
    return text


_LINES = str.maketrans("\r\x0b\x0c", "\n\n\n")


def is_true(value: str | None) -> bool:
    """Tell whether an attribute is set."""
    return value in ("1", "true", "on")


_SHORT = names(
    "worksheet", "sheetData", "row", "c", "v", "f", "is", "t", "r", "rPr", "strike", "rPh", "mergeCell",
    "hyperlink", "col", "filterColumn", "sheetView", "extLst",
)  # fmt: skip


class _Parser:
    """Takes the events of a sheet's XML. One call for each element, so what is frequent comes first and is short."""

    def __init__(self, package: Package, part: str, title: str, texts: Texts) -> None:
        self.sheet = ParsedSheet()
        self._package, self._part, self._title, self._texts = package, part, title, texts
        self._styles = {str(number): style for number, style in enumerate(texts.styles)}
        self.shown = f"{package.shown(part)} ('{title}')"
        self._most = package.limits.sel
        self._begun = self._in_data = self._in_text = self._in_inline = self._is_struck = self._hides_zeros = False
        self._items = self._spanned = self._skipped = self._row = self._column = 0
        self._code = self._address = ""
        self._columns: dict[str, int] = {}  # by letters
        self._row_cells: dict[int, RawCell] = {}
        self._cell: Mapping[str, str] = {}
        self._formula: Mapping[str, str] | None = None
        self._value = self._formula_text = None  # type: str | None
        self._pieces: list[str] = []
        self._inline: list[str] = []
        self._struck: list[str] = []
        self._links: list[tuple[str, str, str]] = []
        self._shared: dict[str, tuple[str, int, int]] = {}  # formulas that other cells share: text, row, column

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        short = _SHORT.get(name)
        if self._skipped:
            self._skipped += 1
        elif short == "c":
            self._cell = attributes
            self._value = self._formula = self._formula_text = None
            if self._inline:
                self._inline, self._struck = [], []
        elif short == "v" or short == "t" or short == "f":  # a set takes longer
            self._pieces = []
            self._in_text = True
            if short == "f":
                self._formula = attributes
        elif short == "row" and self._in_data:
            self._begin_row(attributes)
        elif short in ("extLst", "rPh"):
            self._skipped = 1
        elif short is None:
            self._refuse_unknown(name)
        else:
            self._begin_other(short, attributes)

    def text(self, text: str) -> None:
        """Take text between elements."""
        if self._in_text:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        short = _SHORT.get(name)
        if self._skipped:
            self._skipped -= 1
        elif short == "v":
            self._in_text = False
            pieces = self._pieces
            self._value = pieces[0] if len(pieces) == 1 else "".join(pieces)
        elif short == "c" and self._in_data:
            self._end_cell()
        elif short == "t":
            self._in_text = False
            self._inline.append("".join(self._pieces))
            if self._is_struck:
                self._struck.append(self._inline[-1])
        elif short == "f":
            self._in_text = False
            self._formula_text = "".join(self._pieces)
        elif short == "is":
            self._in_inline = self._is_struck = False
        elif short == "sheetData":
            self._in_data = False

    def _refuse_unknown(self, name: str) -> None:
        """Refuse what should be a row, a cell or a value: it would be left out in silence."""
        if not self._begun or (self._in_data and not self._in_inline and name.startswith(NAMESPACES)):
            raise damaged(self.shown)

    def _begin_other(self, short: str, attributes: Mapping[str, str]) -> None:
        if short == "worksheet":
            self._begun = True
        elif not self._begun:
            raise damaged(self.shown)
        elif short == "sheetData":
            self._in_data = True
        elif short == "is":
            self._in_inline = True
        elif short == "r":
            self._is_struck = False
        elif short == "strike":
            self._is_struck = attributes.get("val", "1") in ("1", "true")
        elif short in ("mergeCell", "hyperlink"):
            self._span(short, attributes)
        elif short == "sheetView":
            self._hides_zeros |= attributes.get("showZeros") in ("0", "false")
        elif short == "filterColumn":
            self.sheet.filtered = True
        elif short == "col" and (is_true(attributes.get("hidden")) or attributes.get("width") == "0"):
            self.sheet.hidden_columns.append((self._whole(attributes, "min"), self._whole(attributes, "max")))

    def _whole(self, attributes: Mapping[str, str], name: str) -> int:
        text = attributes.get(name, "")
        if not text.isdecimal() or len(text) > _MOST_DIGITS:
            raise damaged(self.shown)
        return int(text)

    def _span(self, short: str, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("ref", "")
        self._spanned += size(reference)
        check_counts(self.shown, 0, self._spanned, self._package.limits)
        if short == "mergeCell":
            self.sheet.merged.append(reference)
        else:
            self._links.append((reference, relation(attributes), attributes.get("location", "")))

    def _count(self) -> None:
        self._items += 1
        if self._items > self._most:
            check_counts(self.shown, self._items, 0, self._package.limits)

    # Rows and cells ---------------------------------------------------------------------------------------------------

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._count()
        self._row = self._whole(attributes, "r") if "r" in attributes else self._row + 1
        self._code = str(self._row)
        self._column = 0
        self._row_cells = self.sheet.cells.setdefault(self._row, {})
        if is_true(attributes.get("hidden")) or attributes.get("ht") == "0":
            self.sheet.hidden_rows.add(self._row)

    def _end_cell(self) -> None:
        self._items += 1
        if self._items > self._most:
            self._count()
        cell, code = self._cell, self._code
        address = cell.get("r")
        if address is not None and address.endswith(code):
            self._column = column = self._columns.get(address[: -len(code)]) or self._new_column(address)
        else:
            self._column = column = self._next_column(address)
            address = column_letters(column) + code
        if self._value is None and self._formula is None and not self._inline:
            return
        self._address = address
        style, kind = self._styles.get(cell.get("s", "0"), _PLAIN), cell.get("t", "n")
        formula = "" if self._formula is None else self._whole_formula(self._formula)
        value = self._meaning(kind, style)
        if value is not None:
            state: CellState = "error" if kind == "e" or (isinstance(value, str) and value in ERRORS) else "value"
            raw = RawCell(address, value, style.number_format, state, formula)
            if self._inline or formula or style.struck or self._texts.struck or self._hides_zeros:
                raw = self._adorned(raw, kind, style)
        elif formula:
            raw = RawCell(address, None, style.number_format, "blank" if kind == "str" else _NO_RESULT, formula)
        else:
            return
        if column in self._row_cells:
            raise damaged(self.shown)
        self._row_cells[column] = raw

    def _new_column(self, address: str) -> int:
        letters = address[: -len(self._code)]
        if not self._code or not _LETTERS.fullmatch(letters):
            raise damaged(self.shown)
        self._columns[letters] = number = column_number(letters)
        return number

    def _next_column(self, address: str | None) -> int:
        """Return the column of a cell that does not say where it stands: the one behind the last."""
        if address is not None or not self._code:
            raise damaged(self.shown)
        return self._column + 1

    def _adorned(self, raw: RawCell, kind: str, style: Style) -> RawCell:
        """Add what few cells have: strokes, a link in the formula, a zero that the sheet hides."""
        struck = "".join(self._struck)
        if kind == "s" and self._texts.struck:
            struck = self._texts.struck.get(int(self._value or 0), "")
        if style.struck:
            struck = str(raw.value)
        link = _LINK.match(raw.formula)
        hidden = self._hides_zeros and raw.value == 0 and not isinstance(raw.value, bool)
        number_format = HIDDEN_ZERO if hidden else raw.number_format
        return replace(raw, struck=struck, link=unescaped(link[1]) if link else "", number_format=number_format)

    def _meaning(self, kind: str, style: Style) -> CellValue:
        value = self._value
        if value is None:
            return (unescaped("".join(self._inline)) or None) if kind == "inlineStr" else None
        if kind == "s":
            try:
                return self._texts.shared[int(value)] or None
            except (ValueError, IndexError):
                if not value.strip():
                    return None
                raise damaged(self.shown) from None
        if kind in ("str", "e", "inlineStr"):  # LibreOffice once wrote results of formulas so
            return unescaped(value) or None
        value = value.strip()
        if not value:
            return None
        if kind == "n":
            return self._number(value, style)
        if kind == "b" and value in ("0", "1", "false", "true"):
            return value in ("1", "true")
        if kind == "d":
            with contextlib.suppress(ValueError):
                return _moment(value)
        raise self._strange(value)

    def _strange(self, value: str) -> Unfit:
        why = tell("why.strange-value", value=value[:80], part=self.shown)
        return Unfit("F02", self._title, self._address, why=why)

    def _number(self, text: str, style: Style) -> CellValue:
        if not _NUMBER.fullmatch(text):
            raise self._strange(text)
        number: int | float
        if text.isdigit() and len(text) <= _DIGITS:
            number = int(text)
        else:
            number = float(text)
            if len(text) > _DIGITS:
                number = float(f"{number:.{_DIGITS}g}")  # what Excel shows at most; the rest is noise of its arithmetic
            if not math.isfinite(number):
                return str(number)
            if number.is_integer() and "." not in text and "e" not in text.lower() and len(text) <= _DIGITS + 1:
                number = int(number)
        return _day(number, style, self._texts.from_1904) if style.is_date else number

    def _whole_formula(self, attributes: Mapping[str, str]) -> str:
        text, shared = unescaped(self._formula_text or ""), attributes.get("si", "")
        if attributes.get("t") == "shared":
            if text:
                self._shared[shared] = (text, self._row, self._column)
            elif shared in self._shared:
                first, row, column = self._shared[shared]
                text = _moved(first, self._row - row, self._column - column)
        return f"={text}"

    # What comes behind the cells --------------------------------------------------------------------------------------

    def finish(self) -> ParsedSheet:
        """Return the sheet, once all of it was taken."""
        for reference in self.sheet.merged:
            for row, column in _within(reference, self.sheet.cells):
                if (row, column) != (area(reference) or ())[1::-1]:
                    del self.sheet.cells[row][column]
        if self._links:
            targets = self._package.relations(self._part)
            for reference, name, location in self._links:
                target = targets[name][1] if name in targets and not targets[name][2] else ""
                if target:  # links within the workbook lead nowhere else
                    self._link(reference, target + (f"#{location}" if location else ""))
        return self.sheet

    def _link(self, references: str, target: str) -> None:
        for row, column in (place for one in references.split() for place in _within(one, self.sheet.cells)):
            self.sheet.cells[row][column] = replace(self.sheet.cells[row][column], link=target)


_PLAIN = Style()
_NO_RESULT: CellState = "formula-without-value"
_DIGITS = 15  # that Excel keeps of a number
_MOST_DIGITS = 9  # of the number of a row or column, far beyond the last


def _within(reference: str, cells: Mapping[int, Mapping[int, RawCell]]) -> list[tuple[int, int]]:
    """Return rows and columns of the cells that are there in a range."""
    found = area(reference)
    if found is None:
        return []
    left, top, right, bottom = found
    rows = range(top, bottom + 1) if bottom - top < len(cells) else [row for row in cells if top <= row <= bottom]
    return [(row, column) for row in rows if row in cells for column in cells[row] if left <= column <= right]


def parse_sheet(package: Package, part: str, title: str, texts: Texts) -> ParsedSheet:
    """Read a sheet's part; `title` is its name. Raises Unfit for a damaged part, with the cell where it is one."""
    parser = _Parser(package, part, title, texts)
    package.parse(part, parser.start, parser.end, parser.text, parser.shown)
    return parser.finish()


def _moment(text: str) -> CellValue:
    """Return a date or time as ISO 8601 writes it. Raises ValueError for what is none."""
    text = text.removesuffix("Z")
    if text.startswith("T") or ":" in text[:3]:
        return time.fromisoformat(text.removeprefix("T"))
    return datetime.fromisoformat(text).replace(tzinfo=None)


def _day(number: int | float, style: Style, from_1904: bool) -> CellValue:
    """Return a count of days as a date or time; what none can be is the error that Excel shows as `####`."""
    try:
        passed = timedelta(milliseconds=round(Fraction(repr(number)) * 86_400_000))
        if style.is_elapsed:
            return str(passed)
        if 0 <= number < 1 and not passed.days:
            return (datetime.min + passed).time()
        if 0 < number < 60 and not from_1904:  # Excel counts a 29 February 1900
            passed += timedelta(days=1)
        return (_EPOCH_1904 if from_1904 else _EPOCH) + passed
    except (OverflowError, ValueError):
        return "#VALUE!"


def _moved(formula: str, rows: int, columns: int) -> str:
    """Return a shared formula as it stands so many rows and columns on."""

    def moved(found: re.Match[str]) -> str:
        text, column_fixed, letters, row_fixed, row = found.groups()
        if text:
            return str(text)
        number = column_number(letters) + (0 if column_fixed else columns)
        moved_row = int(row) + (0 if row_fixed else rows)
        if not 0 < number <= 16_384 or moved_row < 1:
            return "#REF!"
        return f"{column_fixed}{column_letters(number)}{row_fixed}{moved_row}"

    return _REFERENCE.sub(moved, formula)
