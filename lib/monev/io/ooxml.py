"""Reads an .xlsx package part by part, as a stream: its sheets with every cell that holds something.

Each part goes once through expat, so that a formula and its stored result come together, a million formatted but
empty rows cost a second and no memory, and limits stop a hostile file on its way in. Document types, where XML keeps
its entities, are refused. openpyxl, which the tests read the same files with, is slower to load than this is to run,
and refuses files that Excel opens (unusual filters and styles).
"""

from __future__ import annotations

import math
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, TypeVar
from xml.parsers import expat

from monev.messages import Words, tell
from monev.params import Limits
from monev.tables import CellValue, RawCell, RawSheet

ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"})
MOST_RANGES = 10_000  # merged ranges that are kept of one sheet


class Unfit(Exception):
    """The file is no workbook that can be read; holds a finding's code, its details, and its place if it has one."""

    def __init__(self, code: str, sheet: str = "", cell: str = "", **details: object) -> None:
        super().__init__(code)
        self.code, self.sheet, self.cell, self.details = code, sheet, cell, details


def damaged(part: str) -> Unfit:
    """Return the refusal of a part that is not what it should be."""
    return Unfit("F02", why=tell("why.part-damaged", part=part))


T = TypeVar("T")
_TRUE = ("1", "true")

# XML ------------------------------------------------------------------------------------------------------------------

Attributes = Mapping[str, str]


class _Reader:
    """What one part is read by: what to do as elements begin and end, by local name; text from `collect` to `taken`."""

    def __init__(self) -> None:
        self.begins: dict[str, Callable[[Attributes], object]] = {}
        self.ends: dict[str, Callable[[], object]] = {}
        self._text: list[str] | None = None

    def text(self, data: str) -> None:
        """Keep text while some is wanted."""
        if self._text is not None:
            self._text.append(data)

    def collect(self, _: Attributes = MappingProxyType({})) -> None:
        """Keep the text from here on."""
        self._text = []

    def taken(self) -> str:
        """Return the text kept, and keep no more."""
        text, self._text = "".join(self._text or ()), None
        return text


class _Local(dict[str, T | None]):
    """What stands under local names, found by names with their namespace, each cut once."""

    def __init__(self, known: Mapping[str, T]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, name: str) -> T | None:
        self[name] = value = self._known.get(name.rpartition(" ")[2])
        return value


def _feed(archive: zipfile.ZipFile, part: str, reader: _Reader) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    begins, ends = _Local(reader.begins), _Local(reader.ends)

    def refuse(*_: object) -> None:
        raise Unfit("F02", why=tell("why.doctype", part=part))

    def begin(name: str, attributes: dict[str, str]) -> None:
        if handle := begins[name]:
            handle(attributes)

    def end(name: str) -> None:
        if handle := ends[name]:
            handle()

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = reader.text
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(1 << 16):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, KeyError, IndexError, EOFError):
        raise damaged(part) from None


# The package ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Relation:
    """Where a part refers to: the last word of the relation's type, and the target's name in the package."""

    kind: str
    target: str


class _Relations(_Reader):
    def __init__(self, folder: str) -> None:
        super().__init__()
        self.begins = {"Relationship": self._relation}
        self.found: dict[str, Relation] = {}
        self._folder = folder

    def _relation(self, attributes: Attributes) -> None:
        if attributes.get("TargetMode") != "External":
            target = attributes["Target"]
            whole = target.lstrip("/") if target.startswith("/") else posixpath.join(self._folder, target)
            kind = attributes["Type"].rpartition("/")[2]
            self.found[attributes["Id"]] = Relation(kind, posixpath.normpath(whole))


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, Relation]:
    folder, name = posixpath.split(part)
    file = posixpath.join(folder, "_rels", f"{name}.rels")
    reader = _Relations(folder)
    if file in archive.NameToInfo:
        _feed(archive, file, reader)
    return reader.found


class _ContentTypes(_Reader):
    def __init__(self) -> None:
        super().__init__()
        self.begins = {"Override": self._type}
        self.found: dict[str, str] = {}

    def _type(self, attributes: Attributes) -> None:
        self.found[attributes["PartName"].lstrip("/")] = attributes["ContentType"]


@dataclass(frozen=True)
class _Entry:
    """A sheet as the workbook lists it."""

    name: str
    relation: str
    hidden: bool


class _Workbook(_Reader):
    def __init__(self) -> None:
        super().__init__()
        self.begins = {"sheet": self._sheet, "workbookPr": self._properties}
        self.sheets: list[_Entry] = []
        self.epoch = datetime(1899, 12, 30)

    def _sheet(self, attributes: Attributes) -> None:
        relation = next((value for key, value in attributes.items() if key.rpartition(" ")[2] == "id"), "")
        hidden = attributes.get("state", "visible") != "visible"
        self.sheets.append(_Entry(attributes["name"], relation, hidden))

    def _properties(self, attributes: Attributes) -> None:
        if attributes.get("date1904") in _TRUE:
            self.epoch = datetime(1904, 1, 1)


# Texts and formats ----------------------------------------------------------------------------------------------------

_ESCAPES = {"_x000D_": "\r", "_x000A_": "\n", "_x0009_": "\t", "_x005F_": "_"}


def unescaped(text: str) -> str:
    """Return a text with Excel's own escapes resolved, and line ends as one character."""
    if "_x00" in text:
        text = re.sub("_x00(?:0D|0A|09|5F)_", lambda match: _ESCAPES[match[0]], text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _Strings(_Reader):
    """The shared texts; what runs of formatting hold is one text, readings of foreign words (`rPh`) are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.begins = {"t": self.collect, "si": self._begin, "rPh": self._keep_pieces}
        self.ends = {"t": self._piece, "rPh": self._drop_reading, "si": self._finish}
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._kept = 0

    def _begin(self, _: Attributes) -> None:
        self._pieces = []

    def _piece(self) -> None:
        self._pieces.append(self.taken())

    def _keep_pieces(self, _: Attributes) -> None:
        self._kept = len(self._pieces)

    def _drop_reading(self) -> None:
        del self._pieces[self._kept :]

    def _finish(self) -> None:
        self.found.append(unescaped("".join(self._pieces)))


_FORMATS = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "m/d/yy h:mm", 37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""Formats that a workbook names by number alone."""


class _Styles(_Reader):
    def __init__(self) -> None:
        super().__init__()
        self.begins = {"numFmt": self._format, "cellXfs": self._enter, "xf": self._style}
        self.ends = {"cellXfs": self._leave}
        self.found: list[str] = []
        self._formats = dict(_FORMATS)
        self._inside = False

    def _format(self, attributes: Attributes) -> None:
        self._formats[int(attributes["numFmtId"])] = attributes["formatCode"]

    def _enter(self, _: Attributes) -> None:
        self._inside = True

    def _leave(self) -> None:
        self._inside = False

    def _style(self, attributes: Attributes) -> None:
        if self._inside:
            self.found.append(self._formats.get(int(attributes.get("numFmtId", "0")), "General"))


def is_date(number_format: str) -> bool:
    """Tell whether a number format shows dates or times."""
    first = re.sub(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]', "", number_format.split(";")[0], flags=re.I)
    return first != "General" and re.search(r"(?<![_\\])[dmhys]", first, re.I) is not None


def _is_duration(number_format: str) -> bool:
    return re.search(r"\[(hh?|mm?|ss?)\]", number_format, re.I) is not None


def dated(number: float, number_format: str, epoch: datetime) -> CellValue:
    """Return the date, time or duration (as text) that a number stands for; the number where it stands for none."""
    try:
        days, part = divmod(number, 1)
        rest = timedelta(milliseconds=round(part * 86_400_000))
        if _is_duration(number_format):
            return str(timedelta(days=days) + rest)
        if 0 <= number < 1 and rest.days == 0:
            return (datetime.min + rest).time()
        if 0 < number < 60 and epoch.year == 1899:
            days += 1  # Excel counts a 29 February 1900
        return epoch + timedelta(days=days) + rest
    except OverflowError:
        return number


# Sheets ---------------------------------------------------------------------------------------------------------------

_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def column_number(letters: str) -> int:
    """Return 1 for A, 28 for AB."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return A for 1, AB for 28."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True)
class Shared:
    """What the cells of all sheets refer to."""

    strings: Sequence[str]
    formats: Sequence[str]
    epoch: datetime
    limits: Limits


@dataclass
class _Open:
    """The cell that is being read."""

    row: int
    column: int
    kind: str
    style: int
    value: str | None = None
    inline: list[str] = field(default_factory=list)
    formula: str | None = None


class _Sheet(_Reader):
    """One sheet: cells that hold something, what is hidden, what is merged."""

    def __init__(self, name: str, shared: Shared) -> None:
        super().__init__()
        self.rows: dict[int, dict[int, RawCell]] = {}
        self.width = 0
        self.merged: list[str] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.filtered = False
        self._name = name
        self._shared = shared
        self._row = self._column = self._cells = self._kept = 0
        self._hidden = False
        self._cell: _Open | None = None
        self.begins = {
            "row": self._begin_row,
            "c": self._begin_cell,
            "v": self.collect,
            "f": self.collect,
            "t": self.collect,
            "rPh": self._begin_reading,
            "col": self._column_range,
            "mergeCell": self._merge,
            "filterColumn": self._filter,
        }
        self.ends = {
            "c": self._end_cell,
            "v": self._end_value,
            "f": self._end_formula,
            "t": self._end_text,
            "rPh": self._end_reading,
        }

    def _begin_row(self, attributes: Attributes) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._column = 0
        self._hidden = attributes.get("hidden") in _TRUE

    def _begin_cell(self, attributes: Attributes) -> None:
        column = self._column + 1
        if address := attributes.get("r"):
            match = _ADDRESS.fullmatch(address)
            if match is None:
                raise ValueError(address)
            column = column_number(match[1])
            self._row = int(match[2])
        self._column = column
        self._cell = _Open(self._row, column, attributes.get("t", "n"), int(attributes.get("s", "0")))

    def _column_range(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in _TRUE:
            self.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))

    def _merge(self, attributes: Attributes) -> None:
        if len(self.merged) < MOST_RANGES:
            self.merged.append(attributes["ref"])

    def _filter(self, _: Attributes) -> None:
        self.filtered = True

    def _end_value(self) -> None:
        text = self.taken()
        if self._cell and (text or self._cell.kind == "str"):  # only a formula's text can be an empty result
            self._cell.value = text

    def _end_formula(self) -> None:
        text = self.taken()
        if self._cell:
            self._cell.formula = "=" + text

    def _end_text(self) -> None:
        text = self.taken()
        if self._cell:
            self._cell.inline.append(text)

    def _begin_reading(self, _: Attributes) -> None:
        self._kept = len(self._cell.inline) if self._cell else 0

    def _end_reading(self) -> None:
        if self._cell:
            del self._cell.inline[self._kept :]

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell and (cell.value is not None or cell.inline or cell.formula is not None):
            self._keep(cell)

    def _keep(self, cell: _Open) -> None:
        address = f"{column_letters(cell.column)}{cell.row}"
        raw = _raw(cell, address, self._shared)
        if raw.state == "blank" and not raw.formula:
            return
        limits = self._shared.limits
        self._cells += 1
        if cell.row > limits.baris or cell.column > limits.kolom:
            raise self._too_large(address, limits.baris, limits.kolom)
        self.width = max(self.width, cell.column)
        if max(self._cells, cell.row * self.width) > limits.sel:
            raise self._too_large(address, limits.sel // self.width, self.width)
        self.rows.setdefault(cell.row, {})[cell.column] = raw
        if self._hidden:
            self.hidden_rows.add(cell.row)

    def _too_large(self, address: str, rows: int, columns: int) -> Unfit:
        why = tell("why.sheet-size", cell=address, rows=rows, columns=columns)
        return Unfit("F03", self._name, address, why=why)

    def sheet(self, *, hidden: bool) -> RawSheet:
        """Return the sheet as rows of equal width, down to the last row that holds anything."""
        letters = [column_letters(number) for number in range(1, self.width + 1)]
        rows = []
        for number in range(1, max(self.rows, default=0) + 1):
            cells = self.rows.get(number, {})
            rows.append(
                tuple(
                    cells.get(column) or RawCell(f"{letter}{number}", state="blank")
                    for column, letter in enumerate(letters, start=1)
                )
            )
        columns = {n for first, last in self.hidden_columns for n in range(first, min(last, self.width) + 1)}
        return RawSheet(
            self._name,
            tuple(rows),
            hidden=hidden,
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(columns),
            merged=tuple(self.merged),
            filtered=self.filtered,
        )


def _raw(cell: _Open, address: str, shared: Shared) -> RawCell:
    number_format = shared.formats[cell.style] if 0 <= cell.style < len(shared.formats) else "General"
    formula = cell.formula or ""
    if cell.value is None and not cell.inline:
        return RawCell(address, None, number_format, "formula-without-value", formula)
    value = _value(cell, number_format, shared)
    if value == "":
        return RawCell(address, None, number_format, "blank", formula)
    is_error = isinstance(value, str) and value.startswith("#") and (cell.kind == "e" or value in ERRORS)
    return RawCell(address, value, number_format, "error" if is_error else "value", formula)


def _value(cell: _Open, number_format: str, shared: Shared) -> CellValue:
    text = cell.value or ""
    match cell.kind:
        case "s" if text.strip():
            return shared.strings[int(text)]
        case "inlineStr":
            return unescaped("".join(cell.inline))
        case "b":
            return text.strip() in ("1", "true")
        case "n" if text.strip():
            return _number(text.strip(), number_format, shared.epoch)
        case "d":
            return _iso(text)
    return unescaped(text)


def _number(text: str, number_format: str, epoch: datetime) -> CellValue:
    """Return a stored number; its text where it is none, or larger than any that Excel stores."""
    if re.fullmatch(r"[+-]?[0-9]{1,15}", text):
        number: int | float = int(text)
    elif re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", text) and math.isfinite(float(text)):
        number = float(text)
    else:
        return text
    return dated(number, number_format, epoch) if is_date(number_format) else number


def _iso(text: str) -> CellValue:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return text


# All together ---------------------------------------------------------------------------------------------------------

_MACRO_SHEETS = ("xlMacrosheet", "xlIntlMacrosheet", "dialogsheet")


def read_sheets(archive: zipfile.ZipFile, limits: Limits) -> dict[str, RawSheet]:
    """Return every sheet of cells in a package. Raises Unfit for one that is no sound workbook, or too large."""
    part = _workbook_part(archive)
    workbook = _Workbook()
    _feed(archive, part, workbook)
    relations = _relations(archive, part)
    strings, styles = _Strings(), _Styles()
    for kind, reader in (("sharedStrings", strings), ("styles", styles)):
        target = next((r.target for r in relations.values() if r.kind == kind), None)
        if target in archive.NameToInfo:
            _feed(archive, str(target), reader)
    shared = Shared(strings.found, styles.found, workbook.epoch, limits)
    sheets: dict[str, RawSheet] = {}
    for entry in workbook.sheets:
        relation = relations.get(entry.relation)
        if relation is None or relation.target not in archive.NameToInfo:
            raise damaged(relation.target if relation else part)
        if relation.kind in _MACRO_SHEETS:
            raise Unfit("F06", part=relation.target)
        if relation.kind == "worksheet":
            page = _Sheet(entry.name, shared)
            _feed(archive, relation.target, page)
            sheets[entry.name] = page.sheet(hidden=entry.hidden)
    return sheets


def _workbook_part(archive: zipfile.ZipFile) -> str:
    """Return the name of the main part. Raises Unfit for other kinds of file, and for one with macros."""
    names = archive.NameToInfo
    if why := _other_kind(names):
        raise Unfit("F02", why=why)
    macros = next((name for name in names if name.casefold().endswith("vbaproject.bin")), None)
    types = _ContentTypes()
    _feed(archive, "[Content_Types].xml", types)
    root = _relations(archive, "")
    part = next((r.target for r in root.values() if r.kind == "officeDocument"), "")
    kind = types.found.get(part, "")
    if macros or "macroEnabled" in kind:
        raise Unfit("F06", part=macros or part)
    if part not in names or "spreadsheetml" not in kind:
        raise Unfit("F02", why=tell("why.other-document"))
    return part


def _other_kind(names: Mapping[str, Any]) -> Words | None:
    if "xl/workbook.bin" in names:
        return tell("why.binary")
    if "mimetype" in names or "content.xml" in names:
        return tell("why.opendocument")
    return None if "[Content_Types].xml" in names else tell("why.other-document")
