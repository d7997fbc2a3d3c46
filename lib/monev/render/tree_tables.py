"""The tables of a staged report as values, read from its document tree: a workbook holds what the report prints.

A cell that is one number becomes that number with the decimals that the report prints; anything else stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from monev.display.open_data import CsvField, Resource
from monev.io.tables_workbook import SheetTable, Value
from monev.render.expected_numerals import NumeralReader, TextRun
from monev.render.tree_structure import Attributes, Node, walk

_NUMBER = re.compile(r"([+\u2212-]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?(%?)")
_PLAIN_INTEGER = re.compile(r"[1-9]\d{0,8}|0")
_LOOSE = "tabel-lepas"


def tables_of_tree(tree: Node, units: Mapping[str, str]) -> tuple[SheetTable, ...]:
    """Return the tables of a settled document tree in its order; `units` gives a figure's unit by its id.

    Numbered tables go by their number, others by letters.
    """
    return tuple(_Tables(NumeralReader(tree["meta"]), units).read(tree["blocks"]))


def table_of_rows(resource: Resource, rows: Iterable[Mapping[str, object]]) -> SheetTable:
    """Return an open-data table: headings in words with their units, a sheet named `Data target`."""
    headings = tuple(_with_unit(f.title.id, f.unit.id if f.unit else "") for f in resource.fields)
    cells = tuple(tuple(_datum(field, row.get(field.name)) for field in resource.fields) for row in rows)
    title = f"Data {resource.title.id.lower()}: {resource.about.id.rstrip('.').lower()}"
    return SheetTable(f"Data {resource.name}", title, headings, cells, "Data terbuka")


def _datum(field: CsvField, value: object) -> Value:
    text = "" if value is None else str(value)
    if field.type in ("string", "date") or not text:
        return Value(text or "–")
    number = float(text)
    whole = field.type == "integer"
    return Value(text, int(number) if whole else number, "0" if whole else "0.####")


class _Tables:
    """Walks the tree once; a source line under a table is added to the table before it."""

    def __init__(self, reader: NumeralReader, units: Mapping[str, str]) -> None:
        self.reader = reader
        self.units = units
        self.part = self.heading = ""
        self.loose = 0

    def read(self, blocks: Sequence[Node]) -> Iterator[SheetTable]:
        self.reader.number_floats(blocks)
        found: SheetTable | None = None
        for block in walk(blocks):
            if block["t"] == "Header":
                self._enter(block["c"])
            if block["t"] != "Div":
                continue
            attributes, content = Attributes.of(block["c"][0]), block["c"][1]
            kind, number = self.reader.numbers.get(attributes.id, ("", 0))
            is_table = kind == "tbl" or _LOOSE in attributes.classes
            if found and "sumber" in attributes.classes:
                yield _with_source(found, self._text(content))
                found = None
            elif found and (is_table or kind):
                yield found
                found = None
            if is_table:
                found = self._table(content, number)
        if found:
            yield found

    def _enter(self, header: Any) -> None:
        level, _, inlines = header
        self.heading = "".join(piece.text for piece in self.reader.pieces(inlines))
        self.part = self.heading if level == 1 else self.part

    def _table(self, content: Sequence[Node], number: int) -> SheetTable | None:
        table = next((block["c"] for block in content if block["t"] == "Table"), None)
        if table is None:
            return None
        last = content[-1]
        caption = self._text([last]) if number and last["t"] in ("Para", "Plain") else self.heading
        self.loose += not number
        name = f"Tabel {number}" if number else f"Tabel {_letter(self.loose)}"
        head = [self._text(cell[4]) for row in table[3][1] for cell in row[1]]
        body = [[self._pieces(cell[4]) for cell in row[1]] for part in table[4] for row in part[3]]
        rows = tuple(tuple(_value(pieces) for pieces in row) for row in body)
        headings = tuple(_with_unit(text, self._unit(body, column)) for column, text in enumerate(head))
        return SheetTable(name, f"{name}. {caption}", headings, rows, self.part)

    def _unit(self, body: Sequence[Sequence[Sequence[TextRun]]], column: int) -> str:
        """Return the unit of a column's figures where all have the same and stand alone."""
        alone = [own[0] for row in body if len(own := _without_mark(row[column])) == 1]
        found = {self.units.get(piece.key, "") for piece in alone if piece.kind == "angka"}
        return found.pop() if len(found) == 1 else ""

    def _pieces(self, blocks: Sequence[Node]) -> list[TextRun]:
        lines = [list(self.reader.pieces(block["c"])) for block in blocks if block["t"] in ("Plain", "Para")]
        found = [piece for n, line in enumerate(lines) for piece in ([TextRun("\n")] if n else []) + line]
        return [*map(_mark, [TextRun(""), *found], found)]

    def _text(self, blocks: Sequence[Node]) -> str:
        return _joined(self._pieces(blocks))


def _with_source(table: SheetTable, source: str) -> SheetTable:
    return SheetTable(table.sheet, table.title, table.headings, table.rows, table.part, source)


def _letter(number: int) -> str:
    """1 is A, 26 Z, 27 AA."""
    rest, last = divmod(number - 1, 26)
    return (_letter(rest) if rest else "") + chr(ord("A") + last)


def _joined(pieces: Sequence[TextRun]) -> str:
    return "".join(piece.text for piece in pieces).replace("\u00a0", " ").strip()


def _with_unit(heading: str, unit: str) -> str:
    known = not unit or unit.casefold() in heading.casefold()
    return heading if known else f"{heading} ({unit})"


_REVISED = "ʳ"  # a figure that the last revision changed: a small r in the report, beside the number in a cell


def _mark(before: TextRun, piece: TextRun) -> TextRun:
    """Return the r behind a revised figure as a letter that cannot be taken for a word."""
    return TextRun(_REVISED) if piece == TextRun("r") and before.kind == "angka" else piece


def _without_mark(pieces: Sequence[TextRun]) -> list[TextRun]:
    """Return the pieces that hold words; a figure without the mark of its revision."""
    return [piece for piece in pieces if piece.text.strip() and piece.text != _REVISED]


def _value(pieces: Sequence[TextRun]) -> Value:
    text, own = _joined(pieces), _without_mark(pieces)
    found = _NUMBER.fullmatch(_joined(own))
    if len(own) != 1 or not found:
        return Value(text)
    if own[0].kind == "sel" and not _PLAIN_INTEGER.fullmatch(text):
        return Value(text)
    sign, whole, decimals, percent = found.groups()
    places = len(decimals or "")
    digits = int(whole.replace(".", "") + (decimals or "")) * (-1 if sign in ("-", "\u2212") else 1)
    mark = f'"{_REVISED}"' if text.endswith(_REVISED) else ""
    form = ("0." + "0" * places if places else "#,##0" if "." in whole else "0") + percent + mark
    divisor = 10 ** (places + (2 if percent else 0))
    return Value(text, digits if divisor == 1 else digits / divisor, f"+{form};-{form};{form}" if sign == "+" else form)
