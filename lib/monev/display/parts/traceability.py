"""Ketertelusuran: the determinations, and what checking the inputs found."""

from __future__ import annotations

from collections.abc import Sequence

from monev.display.document import (
    Block,
    Break,
    Cell,
    Code,
    Heading,
    Inlines,
    Link,
    Num,
    Paragraph,
    Points,
    Ref,
    Section,
    Table,
    TableColumn,
)
from monev.display.phrases import label
from monev.figures.corrections import COUNT_ID, Placed
from monev.figures.register import Register
from monev.figures.results import Results
from monev.words.findings import Finding


def audit(results: Results, register: Register, corrections: Sequence[Placed] = ()) -> Section:
    """Return the determinations, and the corrections of received workbooks where there are any."""
    return Section("audit", (*_determinations(results, register), *_corrections(register, corrections)))


def _determinations(results: Results, register: Register) -> tuple[Block, ...]:
    """Return the list of determinations with the category by the rule beside the one that was set."""
    determinations = results.data.determinations
    if not determinations:
        return (Paragraph(("Edisi ini tidak memuat penetapan.",)),)
    rows = []
    for d in determinations:
        computed = results.commitment(d.commitment).outcome(d.dimension).computed
        row: tuple[Inlines, ...] = (
            (Link(str(d.commitment), f"sec-komitmen-{d.commitment:02d}"),),
            (d.dimension,),
            (label(computed, d.dimension, results.edition),),
            (label(d.category, d.dimension, results.edition),),
            (Cell(d.reason, d.place.cell("reason")),),
        )
        rows.append(row)
    columns = (
        TableColumn(("Komitmen",), "right"),
        TableColumn(("Dimensi",)),
        TableColumn(("Menurut hitungan",)),
        TableColumn(("Ditetapkan",)),
        TableColumn(("Alasan",)),
    )
    table = Table(
        "tbl-penetapan",
        ("Kategori yang ditetapkan lain dari hasil hitungan",),
        columns,
        tuple(rows),
    )
    lead: Block = Paragraph(
        (
            "Edisi ini memuat ",
            Num(register["penetapan.jumlah"]),
            " penetapan; laporan memakai kategori yang ditetapkan.",
        )
    )
    return (lead, table)


def _corrections(register: Register, corrections: Sequence[Placed]) -> tuple[Block, ...]:
    """Return the list of corrections: the cell, what was found, what is right, why, by whom and when."""
    if not corrections:
        return ()
    count = Num(register[COUNT_ID])
    columns = ("Sel", "Tertulis", "Benar", "Alasan", "Oleh dan tanggal")
    table = Table(
        "tbl-koreksi",
        ("Koreksi atas isi buku kerja",),
        tuple(TableColumn((name,)) for name in columns),
        tuple(_correction(item) for item in corrections),
    )
    lead = " koreksi atas isi buku kerja; buku kerjanya sendiri tidak diubah, dan laporan memakai isi yang benar ("
    return (
        Heading(2, ("Koreksi atas Buku Kerja",)),
        Paragraph(("Edisi ini memuat ", count, lead, Ref(table.id), ").")),
        table,
    )


def _correction(item: Placed) -> tuple[Inlines, ...]:
    said = item.correction
    return (
        (Cell(item.cell, item.source("sel")),),
        (Cell(item.found, item.source("tertulis")),),
        (Cell(item.right, item.source("benar")),),
        (Cell(said.alasan, item.source("alasan")),),
        (Cell(said.oleh, item.source("oleh")), Break(), Cell(said.tanggal.isoformat(), item.source("tanggal"))),
    )


def inspection(results: Results, register: Register, findings: Sequence[Finding]) -> Section:
    """Return what was read and what checking found: for the notebook of the data check, not for the report."""
    blocks: list[Block] = [
        Paragraph(
            (
                "Dibaca ",
                Num(register["target.baris"]),
                " baris capaian: ",
                Num(register["target.jumlah"]),
                " target dihitung dan ",
                Num(register["target.tanpa"]),
                " tanpa target pada periodenya.",
            )
        )
    ]
    if findings:
        blocks.append(Points(tuple((Code(f"{f.code} "), Cell(f.line())) for f in findings)))
    else:
        blocks.append(Paragraph(("Tidak ada temuan.",)))
    return Section("", tuple(blocks))
