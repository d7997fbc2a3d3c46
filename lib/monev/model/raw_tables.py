"""Raw tables as they come out of a workbook: every cell with its place, before any meaning is given to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

from monev.model.letters import heading

CellValue = str | int | float | bool | datetime | date | time | None
CellState = Literal["value", "blank", "formula-without-value", "error"]


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell: address such as `H14`, stored value, number format, and what state it is in.

    `struck` holds what of it is struck through, `link` where a link on it leads; both mostly empty.
    """

    address: str
    value: CellValue = None
    number_format: str = "General"
    state: CellState = "value"
    formula: str = ""  # the formula's text, where the cell holds one
    struck: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet: its rows of cells, ragged rows filled with blank cells.

    `hidden_rows` names only rows that hold something, `hidden_columns` counts from 1; `merged` holds ranges such as
    `A2:A5`; `filtered` tells that a filter is set.
    """

    name: str
    rows: tuple[tuple[RawCell, ...], ...]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[str, ...] = ()
    filtered: bool = False
    heading: int = 1  # the (last) row that holds the headings; rows above it are titles
    heading_rows: int = 1  # how many rows the headings take


@dataclass(frozen=True, slots=True)
class RawBook:
    """One workbook: `file` is its path from the root, with `/`, as it is printed and recorded."""

    file: str
    sheets: Mapping[str, RawSheet]

    def sheet(self, name: str) -> RawSheet | None:
        """Return the sheet of a name, else the first whose name differs in case, blanks or look-alikes only."""
        if name in self.sheets:
            return self.sheets[name]
        return next((sheet for own, sheet in self.sheets.items() if heading(own) == heading(name)), None)


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a record stands: file, sheet, row, and the address of each of its columns.

    `sources` holds the whole place of columns that were taken from elsewhere.
    """

    file: str
    sheet: str
    row: int
    cells: Mapping[str, str]
    sources: Mapping[str, str] = field(default_factory=dict)

    def cell(self, column: str) -> str:
        """Return `file!sheet!H14` for a column; the row's own place where the sheet lacks that column."""
        if column in self.sources:
            return self.sources[column]
        return f"{self.file}!{self.sheet}!{self.cells.get(column, str(self.row))}"

    def __str__(self) -> str:
        return f"{self.file}!{self.sheet}!{self.row}"


def data_rows(sheet: RawSheet, after: int) -> Iterator[tuple[int, tuple[RawCell, ...]]]:
    """Yield (row number from 1, cells) of the rows below row `after` that hold anything."""
    for number, row in enumerate(sheet.rows[after:], start=after + 1):
        if any(cell.state != "blank" for cell in row):
            yield number, row


def ranges(addresses: Sequence[str]) -> str:
    """Return cells in short: `H2:H4, H9` for H2, H3, H4 and H9."""
    found: list[list[tuple[str, int]]] = []
    for address in addresses:
        letters = address.rstrip("0123456789")
        row = int(address.removeprefix(letters) or 0)
        if found and found[-1][-1] == (letters, row - 1):
            found[-1].append((letters, row))
        else:
            found.append([(letters, row)])
    ends = ((f"{run[0][0]}{run[0][1]}", f"{run[-1][0]}{run[-1][1]}") for run in found)
    return ", ".join(first if first == last else f"{first}:{last}" for first, last in ends)
