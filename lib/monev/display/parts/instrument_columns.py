"""How targets were answered in the columns that instruments have in Capaian: several questions, or one with levels."""

from __future__ import annotations

from collections.abc import Sequence

from monev.display.charts.specs import Bar, Bars
from monev.display.document import Cell, Chart, Inlines, Link, Num, Paragraph, Ref, Section, Table, TableColumn
from monev.display.phrases import commitment_link, enumerate_inlines, source_line
from monev.figures.analysis import level_id
from monev.figures.register import Register, column_id
from monev.figures.reporting import columns_used
from monev.figures.results import CommitmentResult, Results
from monev.model.fields import Column
from monev.model.groups import Group
from monev.model.instruments import Instrument

_NONE: Inlines = ("–",)


def slot(instrument: Instrument) -> str:
    """Return the slot that the columns of an instrument fill: `prinsip`, `instrumen-kolom-kode`."""
    return instrument.distribution.replace(".", "-")


def columns(instrument: Instrument, results: Results, register: Register) -> Section:
    """Return how the columns of an instrument were answered; empty where no workbook answers any."""
    used = columns_used(results.targets, instrument)
    if not used:
        return Section(slot(instrument))
    if len(instrument.questions) == 1:
        return _levels(instrument, used[0], results, register)
    return _questions(instrument, used, results, register)


# Several questions --------------------------------------------------------------------------------------------


def _questions(instrument: Instrument, used: Sequence[Column], results: Results, register: Register) -> Section:
    choices = used[0].choices
    rows: list[tuple[Inlines, ...]] = []
    for column in used:
        answers = ((Num(register[column_id(instrument, column, answer)]),) for answer in choices)
        share = Num(register[f"{column_id(instrument, column, choices[0])}.persen"])
        total = Num(register[column_id(instrument, column)])
        rows.append(((column.heading,), *answers, (total,), (share,)))
    heads = (
        TableColumn((_title(instrument),)),
        *(TableColumn((answer,), "right") for answer in choices),
        TableColumn(("Dinilai",), "right"),
        TableColumn((f"Bagian {choices[0]}",), "right"),
    )
    id_ = f"tbl-{slot(instrument)}"
    table = Table(id_, (f"Jawaban menurut {_title(instrument)}",), heads, tuple(rows), ("rekap",))
    lead = Paragraph(
        (
            "Jawaban seluruhnya disajikan pada ",
            Ref(id_),
            f"; jumlah jawaban {choices[0]} dari target yang dinilai pada tiap komitmen pada ",
            Ref(f"{id_}-komitmen"),
            ".",
        )
    )
    return Section(slot(instrument), (lead, table, _by_commitment(instrument, used, results, register)))


def _title(instrument: Instrument) -> str:
    return instrument.called[:1].upper() + instrument.called[1:]


def _by_commitment(instrument: Instrument, used: Sequence[Column], results: Results, register: Register) -> Table:
    heads = (
        TableColumn(("No",), "right"),
        TableColumn(("Judul Komitmen",)),
        *(TableColumn((column.heading,), "right") for column in used),
    )
    own = (r for r in results.commitments if columns_used(r.targets, instrument))
    rows = tuple(_commitment_row(instrument, used, result, register) for result in own)
    caption = f"Jawaban {used[0].choices[0]} menurut Komitmen dan {_title(instrument)}"
    return Table(f"tbl-{slot(instrument)}-komitmen", (caption,), heads, rows)


def _commitment_row(
    instrument: Instrument, used: Sequence[Column], result: CommitmentResult, register: Register
) -> tuple[Inlines, ...]:
    c = result.commitment
    answers: list[Inlines] = []
    for column in used:
        yes = column_id(instrument, column, column.choices[0], c.commitment)
        total = column_id(instrument, column, commitment=c.commitment)
        known = total in register
        answers.append((Num(register[yes]), " dari ", Num(register[total])) if known else _NONE)
    number: Inlines = (Link(str(c.commitment), f"sec-komitmen-{c.commitment:02d}"),)
    return (number, (Cell(c.title, c.place.cell("title")),), *answers)


# One question with levels -------------------------------------------------------------------------------------


def _levels(instrument: Instrument, column: Column, results: Results, register: Register) -> Section:
    groups, commitments = Ref(f"tbl-{slot(instrument)}"), Ref(f"tbl-{slot(instrument)}-komitmen")
    found: list[Inlines] = [
        (Num(register[level_id(instrument, level)]), f" {level}")
        for level in column.choices
        if register[level_id(instrument, level)].value
    ]
    lead: Inlines = ("Dari ", Num(register[level_id(instrument)]), f" target yang {instrument.called}nya dicatat, ")
    where: Inlines = (
        ". Pembagiannya menurut kelompok disajikan pada ",
        groups,
        ", menurut komitmen pada ",
        commitments,
    )
    words = Paragraph((*lead, *enumerate_inlines(found), *where, "."))
    by_group = _groups_table(instrument, column, register, results.edition.groups)
    tables = (by_group, _commitments_table(instrument, column, results, register))
    return Section(slot(instrument), (words, _chart(instrument, column, results, register), *tables))


def _chart(instrument: Instrument, column: Column, results: Results, register: Register) -> Chart:
    bars = []
    for level in column.choices:
        count, share = register[level_id(instrument, level)], register[f"{level_id(instrument, level)}.persen"]
        assert isinstance(count.value, int)
        bars.append(Bar(level, count.value, f"{count.charted} target ({share.charted})", "baik"))
    most = max(bars, key=lambda bar: bar.length)  # of equal ones the first: the shallower
    told = "; ".join(f"{bar.name} {bar.words}" for bar in bars)
    return Chart(
        f"fig-{slot(instrument)}",
        (
            "Tingkat yang paling banyak dicapai: ",
            most.name,
            " (",
            Num(register[level_id(instrument, most.name)]),
            " target)",
        ),
        f"Diagram batang {instrument.called}: {told}.",
        Bars(tuple(bars)),
        source_line(results.edition),
    )


def _groups_table(instrument: Instrument, column: Column, register: Register, groups: Sequence[Group]) -> Table:
    rows: list[tuple[Inlines, ...]] = []
    for level, name in (*((level, level) for level in column.choices), ("jumlah", "Jumlah")):
        ids = (*(level_id(instrument, level, group) for group in groups), level_id(instrument, level))
        rows.append(((name,), *((Num(register[id_]),) for id_ in ids)))
    names = (*map(str, groups), "Jumlah")
    heads = (TableColumn((_title(instrument),)), *(TableColumn((name,), "right") for name in names))
    caption = f"{_title(instrument)} menurut kelompok"
    return Table(f"tbl-{slot(instrument)}", (caption,), heads, tuple(rows), ("rekap",))


def _commitments_table(instrument: Instrument, column: Column, results: Results, register: Register) -> Table:
    rows: list[tuple[Inlines, ...]] = []
    for number in (r.commitment.commitment for r in results.commitments):
        if level_id(instrument, commitment=number) in register:
            ids = (level_id(instrument, level, commitment=number) for level in (*column.choices, "jumlah"))
            rows.append(((commitment_link(number),), *((Num(register[id_]),) for id_ in ids)))
    heads = (
        TableColumn(("Komitmen",), "right"),
        *(TableColumn((name,), "right") for name in (*column.choices, "Jumlah")),
    )
    caption = f"{_title(instrument)} menurut komitmen"
    return Table(f"tbl-{slot(instrument)}-komitmen", (caption,), heads, tuple(rows))
