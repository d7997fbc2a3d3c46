"""What is odd about a sheet or cell although it can be read: hidden, merged, typed as something else. Pure.

Everything here is told in words and read all the same, unless reading it would be a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from numbers import Rational

from monev.model.fields import Column, Sheet
from monev.model.letters import INVISIBLE, look_alike, plain, shown, untwisted, visible
from monev.model.raw_tables import RawCell, RawSheet
from monev.words.findings import Finding
from monev.words.messages import tell

HEADING_SEARCH = 10  # rows in which a displaced heading row is looked for
EARLIEST, LATEST = 36_526, 55_153  # 1 January 2000 and 31 December 2050, as Excel counts days
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_OTHER_WORKBOOK = re.compile(r"\[[^\[\]]+\][^\[\]!]*!")


@dataclass(frozen=True)
class Field:
    """Where the data of a sheet stand: the heading row, counted from 1, and the position of each column from 0."""

    top: int
    positions: Mapping[str, int]


# Sheets ---------------------------------------------------------------------------------------------------------------


def sheet_findings(raw: RawSheet, sheet: Sheet, file: str, field: Field) -> Iterator[Finding]:
    """Yield what is odd about a sheet as a whole."""
    for code, cell, details in (
        *_hidden(raw, sheet, field),
        *_merged(raw, field),
        *_gaps(raw, field),
        *_without_heading(raw, field),
    ):
        yield Finding(code, file, raw.name, cell, details)


_Odd = tuple[str, str, dict[str, object]]


def _hidden(raw: RawSheet, sheet: Sheet, field: Field) -> Iterator[_Odd]:
    if raw.hidden:
        yield "S12", "", {"sheet": raw.name}
    rows = sorted(row for row in raw.hidden_rows if row > field.top)
    if rows:
        cell = raw.rows[rows[0] - 1][min(field.positions.values())].address
        yield "S10" if raw.filtered else "S09", cell, {"rows": runs(rows)}
    for name, position in field.positions.items():
        if position + 1 in raw.hidden_columns and any(not is_blank(row[position]) for row in raw.rows[field.top :]):
            yield "S11", raw.rows[field.top - 1][position].address, {"column": sheet.column(name).heading}


def runs(numbers: Iterable[int]) -> str:
    """Return ascending numbers as `2-4, 7`."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in found)


def _merged(raw: RawSheet, field: Field) -> Iterator[_Odd]:
    for reference in raw.merged:
        match = _RANGE.fullmatch(reference)
        if match is None:
            continue
        left, right = _position(match[1]), _position(match[3] or match[1])
        first, last = int(match[2]), int(match[4] or match[2])
        touches = any(left <= position <= right for position in field.positions.values())
        if touches and first <= len(raw.rows) and last >= field.top:
            yield "S08", f"{match[1]}{first}", {"range": reference.replace("$", "")}


def _position(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _gaps(raw: RawSheet, field: Field) -> Iterator[_Odd]:
    """Yield the first row below blank ones; the count of further such rows goes into its hint."""
    filled = [field.top, *(n for n, row in enumerate(raw.rows, start=1) if n > field.top and any(map(_holds, row)))]
    below = [(last, first) for last, first in pairwise(filled) if first > last + 1]
    if below:
        last, first = below[0]
        hint = tell("hygiene.more-gaps", count=len(below) - 1) if len(below) > 1 else ""
        cell = raw.rows[first - 1][min(field.positions.values())].address
        yield "S13", cell, {"blank": first - last - 1, "hint": hint}


def _without_heading(raw: RawSheet, field: Field) -> Iterator[_Odd]:
    headings = raw.rows[field.top - 1]
    for position, heading in enumerate(headings):
        if is_blank(heading) and (heading.state != "blank" or heading.value is None):  # not one left out by a map
            cell = next((row[position] for row in raw.rows[field.top :] if _holds(row[position])), None)
            if cell:
                yield "S14", cell.address, {"column": cell.address.rstrip("0123456789")}


def is_blank(cell: RawCell) -> bool:
    """Tell whether a cell holds nothing that can be seen."""
    return cell.state == "blank" or (isinstance(cell.value, str) and not plain(cell.value))


def _holds(cell: RawCell) -> bool:
    return not is_blank(cell)


def is_filled(cells: Sequence[RawCell], field: Field) -> bool:
    """Tell whether a row holds anything in one of the sheet's own columns."""
    return any(_holds(cells[position]) for position in field.positions.values())


# Cells ----------------------------------------------------------------------------------------------------------------

_CLOSED = ("choice", "score")  # every dash and slash in them is one of the allowed ones
_NAMES = ("code", "choice")
_NUMBERS = ("whole", "score")


def refusal(cell: RawCell, column: Column) -> tuple[str, dict[str, object]] | None:
    """Return why a cell cannot be read although it looks right: a letter in it that only looks like the meant one."""
    if not isinstance(cell.value, str) or column.kind not in (*_NAMES, *_NUMBERS):
        return None
    text, marks = plain(cell.value), column.kind in _CLOSED
    found = look_alike(text, marks=marks)
    if found is None:
        return None
    right = untwisted(text, marks=marks)[:80]
    return "C13", {"value": text[:80], "letter": shown(found[0]), "like": found[1], "right": right}


def cell_findings(cell: RawCell, column: Column, read: object) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield what is odd about a cell that could be read as `read`."""
    if _OTHER_WORKBOOK.search(cell.formula):
        yield "C12", {"value": cell.formula[:80], "read": plain(str(cell.value))[:80]}
    if isinstance(cell.value, str):
        yield from _text(cell.value, column, read)
    elif isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        yield from _number(cell.value, column)


def _text(text: str, column: Column, read: object) -> Iterator[tuple[str, dict[str, object]]]:
    if column.kind not in (*_NAMES, *_NUMBERS):
        return
    tidied = plain(text)
    if hidden := INVISIBLE.search(text):
        yield "C15", {"letter": shown(hidden[0]), "read": tidied[:80]}
    if visible(text) != tidied:
        yield "C14", {"read": tidied[:80]}
    if column.kind in _NUMBERS and not isinstance(read, str):
        yield "C11" if re.search(r"[.,]", tidied) else "C10", {"value": tidied[:80], "read": _shown_number(read)}


def _shown_number(read: object) -> str:
    return f"{float(read):.10g}".replace(".", ",") if isinstance(read, Rational) else str(read)


def _number(number: int | float, column: Column) -> Iterator[tuple[str, dict[str, object]]]:
    if column.kind not in ("score", "choice") and EARLIEST <= number <= LATEST:
        day = datetime(1899, 12, 30) + timedelta(days=int(number))
        yield "C16", {"value": f"{number:.10g}".replace(".", ","), "date": f"{day:%Y-%m-%d}"}
