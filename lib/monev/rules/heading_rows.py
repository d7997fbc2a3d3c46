"""Headings that take two rows, such as a group's name over its columns: one row is made of them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from monev.model.fields import Column
from monev.model.letters import heading, plain
from monev.model.raw_tables import RawCell, RawSheet

HEADING_SEARCH = 10  # rows in which a displaced heading row is looked for


def shown(cell: RawCell) -> str:
    """Return a cell's text as headings are shown."""
    return plain(str(cell.value)) if cell.state != "blank" and cell.value is not None else ""


def headings(row: Sequence[RawCell]) -> set[str]:
    """Return the headings of a row, as they are compared."""
    return {heading(shown(cell)) for cell in row} - {""}


def positions(raw: RawSheet, columns: Iterable[Column]) -> dict[str, int]:
    """Return at which place from 0 the heading of each of these columns stands; the first where one stands twice."""
    found: dict[str, int] = {}
    for place, cell in enumerate(raw.rows[raw.heading - 1] if raw.heading <= len(raw.rows) else ()):
        found.setdefault(heading(shown(cell)), place)
    return {column.name: found[heading(column.heading)] for column in columns if heading(column.heading) in found}


def joined(rows: Sequence[Sequence[RawCell]], known: Collection[str]) -> tuple[RawCell, ...]:
    """Return one row of headings made of several: in each column the lowest that is known, else the lowest there is.

    A known heading may also be spread over the rows of its column: `Status` over `Ko-Kreasi`.
    """
    return tuple(_one(column, known) for column in zip(*rows, strict=True))


def _one(column: Sequence[RawCell], known: Collection[str]) -> RawCell:
    texts = [shown(cell) for cell in reversed(column) if shown(cell)]
    together = " ".join(reversed(texts))
    fitting = [text for text in (*texts, together) if heading(text) in known]
    text = next(iter(fitting or texts), "")
    return replace(column[-1], value=text, state="value") if text else column[-1]


def with_one_heading_row(raw: RawSheet, wanted: Collection[str]) -> RawSheet:
    """Return the sheet as if the headings that stand in two rows stood in the lower; itself where one row has all."""
    top = raw.rows[raw.heading - 1 : raw.heading + 1]
    if len(top) < 2 or set(wanted) <= headings(top[0]):
        return raw
    both = joined(top, wanted)
    if len(headings(both) & set(wanted)) <= max(len(headings(row) & set(wanted)) for row in top):
        return raw
    return with_heading(raw, both, raw.heading + 1, 2)


def with_heading(raw: RawSheet, row: tuple[RawCell, ...], number: int, count: int) -> RawSheet:
    """Return the sheet with a row of headings in place of the one that stands in row `number`."""
    rows = (*raw.rows[: number - 1], row, *raw.rows[number:])
    return replace(raw, rows=rows, heading=number, heading_rows=count)


def row_of(raw: RawSheet, wanted: Collection[str], most: int = HEADING_SEARCH) -> int | None:
    """Return the row near the top that holds most of the wanted headings, and more than half of them; None for none."""
    best, found = None, len(wanted) / 2
    for number, row in enumerate(raw.rows[:most], start=1):
        count = len(headings(row) & set(wanted))
        if count > found:
            best, found = number, count
    return best
