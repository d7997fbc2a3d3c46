"""Targets of earlier periods that are judged again: read from Belum Selesai, and found among the rows of then. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from monev.model.fields import (
    EVIDENCE_MISSING,
    NO_TARGET,
    NOT_SCORED,
    NOT_STATED,
    REJUDGED,
    REJUDGING,
    UNFINISHED,
)
from monev.model.letters import heading, plain
from monev.model.params import Edition, Scoring
from monev.model.raw_tables import RawBook, RawSheet
from monev.rules.heading_rows import positions, with_one_heading_row
from monev.rules.hygiene import is_blank
from monev.rules.scores import band
from monev.rules.target_plan import Key, key_of
from monev.rules.tidy import Dataset, Rejudged, Target, Unreported, read_sheet
from monev.words.findings import Finding

Then = Target | Unreported
_NO_EVIDENCE = ("", NOT_STATED[0], EVIDENCE_MISSING)


def read_rejudged(book: RawBook, at: str) -> tuple[tuple[Rejudged, ...], list[Finding]]:
    """Return what a workbook of the round of period `at` judges again, and its findings.

    A sheet that lacks the columns for it, or in which none of them is filled, is information and passed over; so is
    every row of which that holds.
    """
    raw = book.sheet(REJUDGED.name)
    if raw is None or not raw.rows:
        return (), []
    raw = with_one_heading_row(raw, {heading(column.heading) for column in REJUDGED.columns if column.required})
    at_column = positions(raw, (*REJUDGED.columns, *REJUDGED.context))
    filled = _filled(raw, at_column)
    if not filled:
        return (), []
    rows, findings = read_sheet(book, REJUDGED)
    made = []
    for row in rows:
        value = row.values
        if row.place.row in filled and all(column.name in value for column in REJUDGED.columns):
            cells = raw.rows[row.place.row - 1]
            text = str(cells[at_column["then_target"]].value or "") if "then_target" in at_column else ""
            told = {name.partition("_")[2]: value[name] for name in (*REJUDGED.key, *REJUDGING)}
            made.append(Rejudged(**told, target=text, at=at, place=row.place))
    return tuple(made), [f for f in findings if _row(f.cell) in {0, raw.heading, *filled}]


def _filled(raw: RawSheet, at: Mapping[str, int]) -> set[int]:
    """Return the rows in which one of the columns for judging again holds anything."""
    columns = [at[name] for name in REJUDGING if name in at]
    return {
        number
        for number, cells in enumerate(raw.rows, start=1)
        if number > raw.heading and any(not is_blank(cells[column]) for column in columns)
    }


def _row(cell: str) -> int:
    return int("".join(filter(str.isdigit, cell)) or 0)


def _by_key(data: Dataset) -> Callable[[Rejudged], list[Then]]:
    """Return what gives the rows of then that a row may mean: one, where it is clear which."""
    found: dict[tuple[object, ...], list[Then]] = defaultdict(list)
    for row in data.rows if data.rejudged else ():
        found[key_of(row)[:4]].append(row)
    return lambda item: _meant(found.get((item.commitment, item.measure, item.actor, item.period), []), item)


def _meant(rows: list[Then], item: Rejudged) -> list[Then]:
    if item.no is not None:
        return [row for row in rows if row.no == item.no]
    if len(rows) > 1:  # the sheet of an older workbook has no numbers
        rows = [row for row in rows if plain(row.target) == plain(item.target)] or rows
    return rows


def rejudgements(data: Dataset, edition: Edition) -> dict[Key, list[Rejudged]]:
    """Return what each target was judged again with, earlier rounds first; what has no score yet is left out."""
    order = {period.kode: n for n, period in enumerate(edition.periode)}
    found: dict[Key, list[Rejudged]] = defaultdict(list)
    candidates = _by_key(data)
    for item in sorted(data.rejudged, key=lambda each: order.get(each.at, 0)):
        rows = candidates(item)
        if len(rows) == 1 and isinstance(item.score, Fraction):
            found[key_of(rows[0])].append(item)
    return dict(found)


def is_finished(score: object, rules: Scoring) -> bool:
    """Tell whether a score is of the best category."""
    return isinstance(score, Fraction) and band(score, rules) == rules.kategori[0].nama


def rejudged_findings(data: Dataset, edition: Edition) -> Iterator[Finding]:
    """Yield what is odd: targets that are not there or were finished; judged twice, lower, or without evidence."""
    order = {period.kode: n for n, period in enumerate(edition.periode)}
    last: dict[Key, Rejudged] = {}
    candidates = _by_key(data)
    for item in sorted(data.rejudged, key=lambda each: order.get(each.at, 0)):
        rows = candidates(item)
        if item.period not in order or order[item.period] >= order[item.at] or not rows:
            yield _at("Z01", item, "then_commitment", key=_shown(item))
        elif len(rows) > 1:
            yield _at("Z02", item, "then_period", count=len(rows), key=_shown(item))
        else:
            yield from _of_row(rows[0], item, last, edition.penilaian)
            last[key_of(rows[0])] = item


def _of_row(row: Then, item: Rejudged, last: Mapping[Key, Rejudged], rules: Scoring) -> Iterator[Finding]:
    before = last.get(key_of(row))
    then = row.score if isinstance(row, Target) else NOT_SCORED
    if before and before.place.file == item.place.file and before.no and item.no:
        return  # told as a row that is there twice
    if before and (before.at == item.at or is_finished(before.score, rules)):
        yield _at("Z04", item, "new_score", period=before.at, place=before.place.cell("new_score"))
        return
    if then == NO_TARGET or is_finished(then, rules):
        yield _at("Z03", item, "new_score", value=_percent(then), category=band(then, rules) or NO_TARGET)
        return
    if not isinstance(item.score, Fraction):
        yield _at("Z08" if item.score is None else "Z07", item, "new_score", value=str(item.score))
        return
    known = before.score if before else then
    if isinstance(known, Fraction) and item.score < known:
        yield _at("Z05", item, "new_score", value=_percent(item.score), before=_percent(known))
    for column, lacks in (("new_evidence", item.evidence in _NO_EVIDENCE), ("new_reason", not item.reason)):
        if lacks:
            called = UNFINISHED.column(column).heading
            yield _at("Z06", item, column if column in item.place.cells else "new_score", column=called)


def _percent(score: object) -> str:
    return f"{float(score):.10g}%".replace(".", ",") if isinstance(score, Fraction) else str(score)


def _shown(item: Rejudged) -> str:
    number = f", No {item.no}" if item.no else ""
    return f"Komitmen {item.commitment}, UK {item.measure}, {item.actor}, {item.period}{number}"


def _at(code: str, item: Rejudged, where: str, **details: object) -> Finding:
    place = item.place
    return Finding(code, place.file, place.sheet, place.cells.get(where, str(place.row)), details)
