"""Looks up what a figure's sources hold: cells of workbooks as they stand there, and keys of params.

A source is `file!sheet!H14` for a cell, `params/2021-S2.yml!penilaian!kategori.Baik.dari` for a key of
params. Nothing is interpreted: a percent cell that stores 0.01 shows `1%`, and a key that the file leaves out is
told apart from one that it gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from pathlib import Path, PurePosixPath
from typing import Literal

from monev.figures import number_format
from monev.io.manifest import digest
from monev.io.params_file import load_yaml
from monev.io.received_books import read_received
from monev.io.workbook_reader import LIMITS
from monev.model import fields
from monev.model.instruments import ANY_ANSWERS
from monev.model.letters import heading, plain
from monev.model.number_formats import form
from monev.model.params import Limits
from monev.model.raw_tables import RawBook, RawCell, RawSheet
from monev.rules.heading_rows import with_one_heading_row
from monev.words.messages import Language

State = Literal["cell", "setting", "default", "missing", "unreadable"]
"""`default`: params leave the key out; `unreadable`: the file is absent, faulty, or not the one recorded."""

_SHEETS: Mapping[str, fields.Sheet] = {
    heading(sheet.name): sheet
    for sheet in (*(sheet for book in fields.BOOKS for sheet in book.sheets), ANY_ANSWERS, fields.REJUDGED)
}
_ADDRESS = re.compile(r"([A-Z]{1,3})?(\d{1,7})")
_ABSENT = object()


@dataclass(frozen=True)
class SourceCell:
    """What one source holds.

    `sheet` and `address` are the section and the key for params. `heading` is the column's heading, `key` the
    row's key columns (heading, value), empty where the sheet is not one of the described ones.
    """

    source: str
    file: str
    sheet: str
    address: str
    state: State
    cell: RawCell | None = None
    setting: object = None
    heading: str = ""
    key: tuple[tuple[str, str], ...] = ()

    @property
    def found(self) -> bool:
        """Tell whether the source exists."""
        return self.state in ("cell", "setting", "default")

    def shown(self, language: Language = "id") -> str:
        """Return what the cell or key shows; an empty text for a blank cell or a missing source."""
        if self.cell is not None:
            return shown_cell(self.cell, language)
        return shown_setting(self.setting, language) if self.state in ("setting", "default") else ""

    def stored(self, language: Language = "id") -> str:
        """Return the stored number where the shown form hides digits of it; else an empty text."""
        value = self.cell.value if self.cell else None
        if self.cell is None or isinstance(value, bool) or not isinstance(value, int | float):
            return ""
        exact = Fraction(repr(value)) * 100 ** form(self.cell.number_format).percents(value)
        digits = re.sub(r"[^\d,]", "", self.shown("id")).replace(",", ".")
        is_whole = re.fullmatch(r"\d+(\.\d+)?", digits) and Fraction(digits) == abs(exact)
        return "" if is_whole else _general(value, language)


def is_params(file: str) -> bool:
    """Tell whether a file is one of params, by its name."""
    return file.startswith("params/") and file.endswith(".yml")


def split(source: str) -> tuple[str, str, str]:
    """Return file, sheet and cell of a source; for params file, section and key. Missing parts are empty."""
    head = source.split("!", 2)
    if is_params(head[0]):
        return head[0], head[1] if len(head) > 1 else "", head[2] if len(head) > 2 else ""
    parts = source.rsplit("!", 2)
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else (source, "", "")


# Shown forms ------------------------------------------------------------------------------------------------


def shown_cell(cell: RawCell, language: Language = "id") -> str:
    """Return what a cell shows in a spreadsheet; where its number format cannot tell, the value itself."""
    value = cell.value
    if value is None:
        return cell.formula and f"={cell.formula.removeprefix('=')}"
    shown = value if isinstance(value, str) else form(cell.number_format).shown(value, language)
    if shown:
        return shown
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, date | time):
        return value.isoformat()
    return value if isinstance(value, str) else _general(value, language)


def _general(value: int | float, language: Language) -> str:
    text = str(value) if isinstance(value, int) else repr(value).removesuffix(".0")
    return text.replace(".", ",") if language == "id" else text


def _localised(text: str, language: Language) -> str:
    return text if language == "id" else text.translate(str.maketrans(",.", ".,"))


def shown_setting(value: object, language: Language = "id") -> str:
    """Return a value of params on one line: `Baik (dari 70, sampai 100); Cukup (...)`."""
    if isinstance(value, Mapping):
        if "terbit" in value:  # an entry of params/terbit: its published value
            return shown_setting(value["terbit"], language)
        if "nama" in value:
            rest = {key: item for key, item in value.items() if key != "nama"}
            return f"{value['nama']} ({shown_setting(rest, language)})"
        return ", ".join(f"{key} {shown_setting(item, language)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        between = "; " if any(isinstance(item, Mapping) for item in value) else ", "
        return between.join(shown_setting(item, language) for item in value)
    if isinstance(value, Fraction):
        return _localised(number_format.decimal(value, 6, trim=True), language)
    if isinstance(value, float):
        return _general(value, language)
    return "" if value is None else str(value)


# Looking up -------------------------------------------------------------------------------------------------


class Sources:
    """The files below one root, opened when first asked for and kept.

    `digests`: where given, only files with this SHA-256 are read, so that past outputs are not explained by
    cells that have changed since. `defaults`: per file of params, the values of keys that it leaves out.
    """

    def __init__(
        self,
        root: Path,
        *,
        digests: Mapping[str, str] | None = None,
        defaults: Mapping[str, Mapping[str, object]] | None = None,
        limits: Limits = LIMITS,
    ) -> None:
        self._root = root
        self._limits = limits
        self._digests = digests
        self._defaults = defaults or {}
        self._books: dict[str, RawBook | None] = {}
        self._params: dict[str, object] = {}

    def look(self, source: str) -> SourceCell:
        """Return what a source holds; one that is not there has state `missing` or `unreadable`."""
        file, sheet, address = split(source)
        if is_params(file):
            return self._setting(source, file, sheet, address)
        book = self._book(file)
        if book is None:
            return SourceCell(source, file, sheet, address, "unreadable")
        raw = _one_heading_row(book.sheets.get(sheet))
        match = _ADDRESS.fullmatch(address)
        if raw is None or match is None:
            return SourceCell(source, file, sheet, address, "missing")
        row = int(match[2])
        if not 1 <= row <= len(raw.rows):
            return SourceCell(source, file, sheet, address, "missing")
        cell = next((c for c in raw.rows[row - 1] if c.address == address), None)
        state: State = "cell" if cell or not match[1] else "missing"
        return SourceCell(source, file, sheet, address, state, cell, None, _heading(raw, cell), _key(raw, row))

    def row_of(self, source: str) -> list[tuple[str, RawCell]]:
        """Return the cells of a cell's row, each with the heading of its column; none for what is no cell."""
        file, sheet, address = split(source)
        book = None if is_params(file) else self._book(file)
        raw = _one_heading_row(book.sheet(sheet)) if book else None
        match = _ADDRESS.fullmatch(address)
        if raw is None or match is None or not raw.heading < int(match[2]) <= len(raw.rows):
            return []
        return [(_heading(raw, cell), cell) for cell in raw.rows[int(match[2]) - 1]]

    def readable(self, file: str) -> bool:
        """Tell whether a file is there, sound, and the one recorded."""
        return self._yaml(file) is not _ABSENT if is_params(file) else self._book(file) is not None

    def _path(self, file: str) -> Path | None:
        pure = PurePosixPath(file)
        path = self._root / file
        if pure.is_absolute() or ".." in pure.parts or not path.is_file():
            return None
        if not path.resolve().is_relative_to(self._root.resolve()):
            return None
        if self._digests is not None and self._digests.get(file) != digest(path.read_bytes()):
            return None
        return path

    def _book(self, file: str) -> RawBook | None:
        if file not in self._books:
            path = self._path(file)
            self._books[file] = read_received(path, file, self._limits)[0] if path else None
        return self._books[file]

    def _yaml(self, file: str) -> object:
        if file not in self._params:
            path = self._path(file)
            value, _, findings = load_yaml(path, file) if path else (None, {}, [])
            self._params[file] = _ABSENT if path is None or findings else value
        return self._params[file]

    def _setting(self, source: str, file: str, section: str, key: str) -> SourceCell:
        value = self._yaml(file)
        if value is _ABSENT and file in self._defaults and not (self._root / file).exists():
            value = None  # what comes with the package: all of it is default
        if value is _ABSENT:
            return SourceCell(source, file, section, key, "unreadable")
        if not section:
            return SourceCell(source, file, section, key, "setting")
        steps = [step for step in (section, *key.split(".")) if step]
        written = _descend(value, steps)
        if written is not _ABSENT:
            return SourceCell(source, file, section, key, "setting", setting=written)
        default = _descend(self._defaults.get(file, {}), steps)
        if default is not _ABSENT and default is not None:
            return SourceCell(source, file, section, key, "default", setting=default)
        return SourceCell(source, file, section, key, "missing")


def _descend(value: object, steps: Sequence[str]) -> object:
    """Follow a dotted key; list items go by `nama`, `kode` or `id`; names may hold dots themselves."""
    if not steps:
        return value
    for count in range(1, len(steps) + 1):
        name = ".".join(steps[:count])
        for found in _children(value, name):
            deeper = _descend(found, steps[count:])
            if deeper is not _ABSENT:
                return deeper
    return _ABSENT


def _children(value: object, name: str) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from (item for key, item in value.items() if str(key) == name)
    elif isinstance(value, list | tuple):
        if len(value) == 1:  # where one may stand without a list
            yield from _children(value[0], name)
        for item in value:
            if isinstance(item, Mapping) and name in {str(item.get(k)) for k in ("nama", "kode", "id")}:
                yield item


def _text(cell: RawCell) -> str:
    return plain(shown_cell(cell))


def _one_heading_row(raw: RawSheet | None) -> RawSheet | None:
    described = _SHEETS.get(heading(raw.name)) if raw else None
    if raw is None or described is None:
        return raw
    return with_one_heading_row(raw, {heading(column.heading) for column in described.columns if column.required})


def _heading(sheet: RawSheet, cell: RawCell | None) -> str:
    """Return the heading of the cell's column, without the `*` of a required one."""
    if cell is None:
        return ""
    letters = cell.address.rstrip("0123456789")
    row = sheet.rows[sheet.heading - 1]
    named = (_text(top) for top in row if top.address == f"{letters}{sheet.heading}" and top is not cell)
    return next(named, "").rstrip("*").strip()


def _key(sheet: RawSheet, row: int) -> tuple[tuple[str, str], ...]:
    """Return the key columns of a row as (heading, value), blank ones left out; none for the heading row."""
    described = _SHEETS.get(heading(sheet.name))
    if described is None or row <= sheet.heading:
        return ()
    positions = {heading(_text(cell)): position for position, cell in enumerate(sheet.rows[sheet.heading - 1])}
    wanted = [described.column(name).heading for name in described.key]
    known = ((name, positions[heading(name)]) for name in wanted if heading(name) in positions)
    found = ((name, _text(sheet.rows[row - 1][position])) for name, position in known)
    return tuple((name, value) for name, value in found if value)
