"""The example rows of a first edition: known by their words, told as such, and never taken for what was reported. Pure.

A row is an example where its words begin with `CONTOH`. So it is seen as one in a workbook, in the terminal and on
paper alike, and stops being one when somebody writes something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from monev.model.raw_tables import RowPlace, ranges
from monev.rules.tidy import Achievements, Dataset, Measure, Target, Unreported
from monev.words.findings import Finding

MARK = "CONTOH"
NOTE = "Edisi ini masih memuat baris contoh, yang ditandai CONTOH. Isinya bukan laporan siapa pun."
"""What stands on the cover of a report with examples in it."""
_MARKED = re.compile(rf"{MARK}\b")
R = TypeVar("R", Target, Unreported)


def is_example(*texts: str) -> bool:
    """Tell whether one of a row's texts says that it is an example."""
    return any(_MARKED.match(text.lstrip()) for text in texts)


def example_rows(data: Dataset) -> Iterator[RowPlace]:
    """Yield where example rows stand, sheet by sheet."""
    yield from (c.place for c in data.commitments if is_example(c.title))
    yield from (a.place for a in data.actors if is_example(a.actor, a.full_name))
    yield from (p.place for p in data.parties if is_example(p.actor))
    yield from (m.place for m in data.measures if is_example(m.text, m.actor))
    yield from (t.place for t in data.planned if is_example(t.target, t.actor))
    yield from (row.place for row in data.rows if _is_row(row))


def _is_row(row: Target | Unreported) -> bool:
    return is_example(row.actor, row.target, row.achievement if isinstance(row, Target) else "")


def example_findings(data: Dataset) -> Iterator[Finding]:
    """Yield one finding for each sheet that holds examples."""
    for (file, sheet), rows in _by_sheet(example_rows(data)).items():
        yield Finding("X01", file, sheet, details={"rows": rows})


def _by_sheet(places: Iterable[RowPlace]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], list[str]] = {}
    for place in places:
        found.setdefault((place.file, place.sheet), []).append(str(place.row))
    return {key: ranges(rows).replace(":", "-") for key, rows in found.items()}


def without_left_over(rows: Achievements, measures: Iterable[Measure]) -> tuple[Achievements, list[Finding]]:
    """Return achievements without the examples that the register no longer has, and a finding for each workbook.

    They are no faults of anybody's typing: whoever has replaced the register's examples has yet to have the workbooks
    follow.
    """
    known = {(m.commitment, m.measure, m.actor) for m in measures}
    gone = [row for row in rows.rows if _is_row(row) and (row.commitment, row.measure, row.actor) not in known]
    if not gone:
        return rows, []
    away = {id(row) for row in gone}

    def kept(own: tuple[R, ...]) -> tuple[R, ...]:
        return tuple(row for row in own if id(row) not in away)

    found = [
        Finding("X02", file, sheet, details={"rows": told})
        for (file, sheet), told in _by_sheet(row.place for row in gone).items()
    ]
    return Achievements(kept(rows.targets), kept(rows.unreported), kept(rows.faulty)), found
