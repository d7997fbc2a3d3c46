"""Tingkat Partisipasi: how deeply the public took part, by the IAP2 spectrum, where the workbooks say so."""

from __future__ import annotations

from collections.abc import Sequence

from monev.display.charts.specs import Bar, Bars
from monev.display.document import Chart, Inlines, Num, Paragraph, Ref, Section, Table, TableColumn
from monev.display.phrases import commitment_link, enumerate_inlines, source_line
from monev.figures.analysis import participation_id
from monev.figures.register import Register
from monev.figures.results import Results
from monev.model.fields import PARTICIPATION
from monev.model.groups import Group as ActorGroup


def participation(results: Results, register: Register) -> Section:
    """Return targets per level: in all, by group and by commitment; empty where no target has a level."""
    if participation_id() not in register:
        return Section("partisipasi")
    groups, commitments = Ref("tbl-partisipasi"), Ref("tbl-partisipasi-komitmen")
    found: list[Inlines] = [
        (Num(register[participation_id(level)]), f" {level}")
        for level in PARTICIPATION
        if register[participation_id(level)].value
    ]
    lead: Inlines = ("Dari ", Num(register[participation_id()]), " target yang tingkat partisipasinya dicatat, ")
    where: Inlines = (
        ". Pembagiannya menurut kelompok disajikan pada ",
        groups,
        ", menurut komitmen pada ",
        commitments,
    )
    words = Paragraph((*lead, *enumerate_inlines(found), *where, "."))
    tables = _groups_table(register, results.edition.groups), _commitments_table(results, register)
    blocks = (words, _chart(results, register), *tables)
    return Section("partisipasi", blocks)


def _chart(results: Results, register: Register) -> Chart:
    bars = []
    for level in PARTICIPATION:
        count, share = register[participation_id(level)], register[f"{participation_id(level)}.persen"]
        assert isinstance(count.value, int)
        bars.append(Bar(level, count.value, f"{count.printed} target ({share.printed})", "baik"))
    most = max(bars, key=lambda bar: bar.length)  # of equal ones the first: the shallower
    told = "; ".join(f"{bar.name} {bar.words}" for bar in bars)
    return Chart(
        "fig-partisipasi",
        (
            "Tingkat yang paling banyak dicapai: ",
            most.name,
            " (",
            Num(register[participation_id(most.name)]),
            " target)",
        ),
        f"Diagram batang tingkat partisipasi: {told}.",
        Bars(tuple(bars)),
        source_line(results.edition),
    )


def _groups_table(register: Register, groups: Sequence[ActorGroup]) -> Table:
    rows: list[tuple[Inlines, ...]] = []
    for level, name in (*((level, level) for level in PARTICIPATION), ("jumlah", "Jumlah")):
        ids = (*(participation_id(level, group) for group in groups), participation_id(level))
        rows.append(((name,), *((Num(register[id_]),) for id_ in ids)))
    columns = (
        TableColumn(("Tingkat partisipasi",)),
        *(TableColumn((name,), "right") for name in (*map(str, groups), "Jumlah")),
    )
    return Table("tbl-partisipasi", ("Tingkat partisipasi menurut kelompok",), columns, tuple(rows), ("rekap",))


def _commitments_table(results: Results, register: Register) -> Table:
    rows: list[tuple[Inlines, ...]] = []
    for number in (r.commitment.commitment for r in results.commitments):
        if participation_id(commitment=number) in register:
            ids = (participation_id(level, commitment=number) for level in (*PARTICIPATION, "jumlah"))
            rows.append(((commitment_link(number),), *((Num(register[id_]),) for id_ in ids)))
    columns = (
        TableColumn(("Komitmen",), "right"),
        *(TableColumn((name,), "right") for name in (*PARTICIPATION, "Jumlah")),
    )
    return Table("tbl-partisipasi-komitmen", ("Tingkat partisipasi menurut komitmen",), columns, tuple(rows))
