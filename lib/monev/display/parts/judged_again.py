"""Targets of earlier periods that were judged again: both scores, in a table of their own and in the appendix."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from monev.display.document import Block, Break, Cell, Inlines, Label, Num, Paragraph, Ref, Strong, Table, TableColumn
from monev.display.phrases import commitment_link, label, period_name
from monev.figures.register import Register, target_id
from monev.figures.rejudged_figures import REMAINING, JudgedAgain, judged_again, new_score_id, rejudged_id
from monev.figures.reporting import UNREPORTED, UNSCORED
from monev.figures.results import Results
from monev.model.fields import ADMINISTRATIVE, NOT_MEASURABLE, NOT_SCORED
from monev.rules.rejudging import Then, is_finished
from monev.rules.scores import band
from monev.rules.target_plan import key_of
from monev.rules.tidy import Rejudged, Target, Unreported

TABLE = "tbl-penilaian-kembali"
_NONE: Inlines = ("–",)


def section_blocks(results: Results, register: Register) -> Iterator[Block]:
    """Yield how many were judged again and each with both scores; nothing where none was."""
    again = judged_again(results.data, results.edition)
    if not again:
        return
    yield Paragraph(
        (
            Num(register[rejudged_id()]),
            " di antaranya dinilai kembali sesudahnya; ",
            Num(register[rejudged_id("selesai")]),
            " kini selesai dan ",
            Num(register[rejudged_id("belum")]),
            " belum, sehingga ",
            Num(register[REMAINING]),
            " target masih belum selesai. Nilai waktu itu tetap, begitu pula skor yang dihitung darinya; ",
            Ref(TABLE),
            " memuat keduanya.",
        )
    )
    columns = (
        TableColumn(("Komitmen",), "right"),
        TableColumn(("UK",), "right"),
        TableColumn(("Pelaksana dan target",)),
        TableColumn(("Nilai waktu itu",)),
        TableColumn(("Nilai baru",)),
        TableColumn(("Alasan dan data dukung baru",)),
    )
    rows = tuple(_row(one, results, register) for one in again)
    yield Table(TABLE, ("Target periode terdahulu yang dinilai kembali",), columns, rows)


def _row(one: JudgedAgain, results: Results, register: Register) -> tuple[Inlines, ...]:
    row, cell, last = one.row, one.row.place.cell, one.last
    why: Inlines = (Cell(last.reason, last.place.cell("new_reason")),) if last.reason else ()
    if last.evidence:
        why = (
            *why,
            *((Break(),) if why else ()),
            "Data dukung: ",
            Cell(last.evidence, last.place.cell("new_evidence")),
        )
    target: Inlines = (": ", Cell(row.target, cell("target"))) if row.target else ()
    new: Inlines = ()
    for n, item in enumerate(one.rounds):
        new = (*new, *((Break(),) if n else ()), f"{_round(item, results)}: ", *score(row, item, results, register))
    return (
        (commitment_link(row.commitment),),
        (Cell(str(row.measure), cell("measure")),),
        (Cell(row.actor, cell("actor")), ", ", Cell(row.period, cell("period")), *target),
        _then(row, results, register),
        new,
        why or _NONE,
    )


def _then(row: Then, results: Results, register: Register) -> Inlines:
    if isinstance(row, Unreported):
        return (Label(UNREPORTED, "netral"),)
    if row.score == NOT_SCORED:
        return (Label(UNSCORED, "netral"),)
    shown = label(band(row.score, results.edition.penilaian), ADMINISTRATIVE, results.edition)
    return (shown,) if row.score == NOT_MEASURABLE else (Num(register[target_id(row)]), " ", shown)


def _round(item: Rejudged, results: Results) -> str:
    """Return the period in whose round a target was judged again, as the report names it."""
    return next(period_name(period) for period in results.edition.periode if period.kode == item.at)


def score(row: Then, item: Rejudged, results: Results, register: Register) -> Inlines:
    """Return a new score with its category."""
    figure = Num(register[new_score_id(row, item)])
    shown = label(band(item.score or Fraction(0), results.edition.penilaian), ADMINISTRATIVE, results.edition)
    return (figure, " ", shown)


def target_lines(results: Results, register: Register, row: Then) -> Iterator[Block]:
    """Yield what later rounds made of a target, for its place in the appendix."""
    for item in results.rejudged.get(key_of(row), ()):
        done = is_finished(item.score, results.edition.penilaian)
        words: Inlines = (
            Strong("Diselesaikan" if done else "Dinilai kembali"),
            f" pada {_round(item, results)}: ",
            *score(row, item, results, register),
        )
        if item.evidence:
            words = (*words, "; data dukung: ", Cell(item.evidence, item.place.cell("new_evidence")))
        if item.reason:
            words = (*words, "; alasan: ", Cell(item.reason, item.place.cell("new_reason")))
        yield Paragraph(words)


def commitment_lines(results: Results, register: Register, number: int) -> Iterator[Block]:
    """Yield how many targets of a commitment were judged again, and those that nobody had reported on then."""
    if rejudged_id("jumlah", number) not in register:
        return
    yield Paragraph(
        (
            "Dari ",
            Num(register[rejudged_id("jumlah", number)]),
            " target periode terdahulu yang dinilai kembali, ",
            Num(register[rejudged_id("selesai", number)]),
            " selesai. Nilai waktu itu tetap.",
        )
    )
    for one in judged_again(results.data, results.edition):
        row = one.row
        if row.commitment == number and not isinstance(row, Target):
            cell = row.place.cell
            named = ("UK ", Cell(str(row.measure), cell("measure")), ", ", Cell(row.actor, cell("actor")), ", ")
            yield Paragraph((*named, Cell(row.period, cell("period")), " (", UNREPORTED.lower(), " waktu itu)."))
            yield from target_lines(results, register, row)
