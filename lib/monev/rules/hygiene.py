"""What is odd about a sheet or cell although it can be read: hidden, merged, typed as something else. Pure.

Everything here is told in words and read all the same, unless reading it would be a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from numbers import Rational

from monev.model.fields import DENIALS, DENIED, DOUBTS, NOT_STATED, Column, Sheet
from monev.model.letters import INVISIBLE, heading, look_alike, plain, shown, untwisted, without_invisible
from monev.model.number_formats import form
from monev.model.raw_tables import RawCell, RawSheet, ranges
from monev.words.findings import Finding
from monev.words.messages import Words, tell

EARLIEST, LATEST = 36_526, 55_153  # 1 January 2000 and 31 December 2050, as Excel counts days
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_OTHER_WORKBOOK = re.compile(r"\[[^\[\]]+\][^\[\]!]*!")


@dataclass(frozen=True)
class Field:
    """Where the data of a sheet stand: the heading row, counted from 1, and the position of each column from 0.

    `must` holds heading and position of the columns that must be filled.
    """

    top: int
    positions: Mapping[str, int]
    must: tuple[tuple[str, int], ...] = ()


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
        if raw.heading_rows > 1 and last <= raw.heading:
            continue  # headings of two rows are merged by right
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
    for position, head in enumerate(headings):
        if is_blank(head) and (head.state != "blank" or head.value is None):  # not one left out by a map
            cell = next((row[position] for row in raw.rows[field.top :] if _holds(row[position])), None)
            if cell:
                yield "S14", cell.address, {"column": cell.address.rstrip("0123456789")}


def is_blank(cell: RawCell) -> bool:
    """Tell whether a cell holds nothing that can be seen."""
    value = cell.value
    return cell.state == "blank" or (isinstance(value, str) and not value[:1].isalnum() and not plain(value))


def _holds(cell: RawCell) -> bool:
    return not is_blank(cell)


def is_filled(cells: Sequence[RawCell], field: Field) -> bool:
    """Tell whether a row holds anything in one of the sheet's own columns."""
    return any(_holds(cells[position]) for position in field.positions.values())


def no_data(cells: Sequence[RawCell], sheet: Sheet, field: Field) -> tuple[str, dict[str, object]] | None:
    """Return cell and details of a row that seems to be no data: most of what must be filled is blank or a heading.

    So are signatures, sums, numbers that were filled in beforehand and headings copied with rows; rows that are
    prepared are not.
    """
    filled = [name for name, position in field.positions.items() if not is_blank(cells[position])]
    repeated = [n for n in filled if heading(str(cells[field.positions[n]].value)) == heading(sheet.column(n).heading)]
    blank = [name for name, position in field.must if is_blank(cells[position])]
    if len(blank) * 2 <= len(field.must) and len(repeated) * 2 <= len(field.must):
        return None
    if sheet.beside is not None and set(sheet.key) <= {*filled} - {*repeated}:
        return None
    first = min((cells[field.positions[name]] for name in filled), key=lambda cell: (len(cell.address), cell.address))
    lacking = tell("hygiene.blank", columns=", ".join(blank)) if blank else tell("hygiene.repeated")
    return first.address, {"value": plain(str(first.value))[:80], "lacking": lacking}


# Cells ----------------------------------------------------------------------------------------------------------------

TEXTS = ("text", "evidence")  # kinds that are printed as they show
_CLOSED = ("choice", "score")  # every dash and slash in them is one of the allowed ones
_NAMES = ("code", "choice")
_NUMBERS = ("whole", "score", "number")


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
    if cell.formula and _OTHER_WORKBOOK.search(cell.formula):
        yield "C12", {"value": cell.formula[:80], "read": plain(str(cell.value))[:80]}
    if isinstance(cell.value, str):
        yield from _text(cell.value, column, read)
    elif isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        yield from _number(cell.value, column)
    if not form(cell.number_format).is_faithful:
        yield from _unfaithful(cell, read)
    if cell.struck:
        yield "C21", {"value": plain(cell.struck)[:80]}
    if column.kind == "text" and cell.link and not names_link(str(read), cell.link):
        yield "C22", {"value": plain(cell.link)[:80]}
    if column.kind == "evidence" and isinstance(read, str) and read not in column.choices and _is_doubtful(read):
        yield "C23", {"value": plain(read)[:80]}


def _unfaithful(cell: RawCell, read: object) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield that a cell shows nothing, or something that cannot be told or is not what is taken."""
    seen = form(cell.number_format).shown(cell.value)
    taken = isinstance(read, str) and plain(seen or "") in (plain(read), plain(str(cell.value)))
    if seen is None or (isinstance(read, str) and not taken):
        shown_as = tell("why.not-known") if seen is None else plain(seen)[:80] or tell("why.blank")
        yield "C18", {"format": cell.number_format[:80], "shown": shown_as, "read": plain(_shown_number(read))[:80]}


def shown_otherwise(cell: RawCell, column: Column, read: object) -> str | Words | None:
    """Return what a spreadsheet shows where that says something else than what was read; None where it does not."""
    if column.kind in TEXTS:
        return None
    seen = form(cell.number_format).shown(cell.value)
    if seen is None or (isinstance(cell.value, str) and plain(seen) == plain(cell.value)):
        return None
    if isinstance(read, Fraction | int) and (found := _NUMERAL.search(seen)):
        digits = found[0].replace(".", "").replace(",", ".")
        places = len(digits.partition(".")[2])
        if abs(Fraction(digits) - read) * 2 * 10**places <= 1:
            return None
    elif not isinstance(cell.value, str) and not isinstance(read, Fraction | int):
        return None
    return plain(seen) or tell("why.blank")


_NUMERAL = re.compile(r"\d[\d.]*(?:,\d+)?")


def fractions(scores: Iterable[tuple[RawCell, object]]) -> Iterator[_Odd]:
    """Yield the scores of a column that may be fractions of one whose percent format was lost."""
    scores = list(scores)
    bare, below = _bare(scores), below_one(scores)
    ones = [cell for cell, read in bare if read == 1]
    if below:
        shown_first = _shown_number(below[0][1])
        percent = _shown_number(below[0][1] * 100)
        details: dict[str, object] = {
            "cells": ranges([cell.address for cell, _ in below]),
            "value": shown_first,
            "percent": percent,
        }
        yield "C19", below[0][0].address, details
    if ones and not any(read > 1 for _, read in bare):
        yield "C20", ones[0].address, {"cells": ranges([cell.address for cell in ones])}


def _bare(scores: Iterable[tuple[RawCell, object]]) -> list[tuple[RawCell, Fraction]]:
    return [(cell, read) for cell, read in scores if isinstance(read, Fraction) and not _is_percent(cell)]


def below_one(scores: Iterable[tuple[RawCell, object]]) -> list[tuple[RawCell, Fraction]]:
    """Return the scores between 0 and 1 that have no percent format."""
    return [(cell, read) for cell, read in _bare(scores) if 0 < read < 1]


def _is_percent(cell: RawCell) -> bool:
    return "%" in (str(cell.value) if isinstance(cell.value, str) else cell.number_format)


def names_link(text: str, link: str) -> bool:
    """Tell whether a text itself says where its link leads."""
    bare = plain(link).removeprefix("mailto:").rstrip("/").casefold()
    return bare in plain(text).casefold() or bare.partition("://")[2] in plain(text).casefold()


def is_not_stated(text: str) -> bool:
    """Tell whether a text holds nothing but a mark where evidence would stand."""
    return not re.search(r"\w", text) or plain(text).casefold() in NOT_STATED


def is_none(cell: RawCell) -> bool:
    """Tell whether a cell says, by a mark or in words, that there is nothing."""
    return isinstance(cell.value, str) and not cell.link and (is_not_stated(cell.value) or is_denied(cell.value))


def is_denied(text: str) -> bool:
    """Tell whether a text says, in whatever words, that no evidence was given."""
    words = re.findall(r"\w+", text.casefold())
    return not DENIALS.isdisjoint(words) and all(word in DENIALS or word in DENIED for word in words)


def has_denial(text: str) -> bool:
    """Tell whether any word of a text denies something."""
    return not DENIALS.isdisjoint(re.findall(r"\w+", text.casefold()))


def _is_doubtful(text: str) -> bool:
    """Tell whether a text for evidence begins like a denial or a promise."""
    return any(word in DENIALS or word in DOUBTS for word in re.findall(r"[^\W\d]+", text.casefold())[:1])


def _text(text: str, column: Column, read: object) -> Iterator[tuple[str, dict[str, object]]]:
    if column.kind not in (*_NAMES, *_NUMBERS):
        return
    tidied = plain(text)
    if hidden := INVISIBLE.search(text):
        yield "C15", {"letter": shown(hidden[0]), "read": tidied[:80]}
    if without_invisible(text) != tidied:
        yield "C14", {"read": tidied[:80]}
    if column.kind in _NUMBERS and not isinstance(read, str):
        yield "C11" if re.search(r"[.,]", tidied) else "C10", {"value": tidied[:80], "read": _shown_number(read)}


def _shown_number(read: object) -> str:
    return f"{float(read):.10g}".replace(".", ",") if isinstance(read, Rational) else str(read)


def _number(number: int | float, column: Column) -> Iterator[tuple[str, dict[str, object]]]:
    if column.kind not in ("score", "choice", "number") and EARLIEST <= number <= LATEST:
        day = datetime(1899, 12, 30) + timedelta(days=int(number))
        yield "C16", {"value": f"{number:.10g}".replace(".", ","), "date": f"{day:%Y-%m-%d}"}
