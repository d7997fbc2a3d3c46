"""Ketertelusuran: the determinations, and what checking the inputs found."""

from __future__ import annotations

from collections.abc import Sequence

from monev.display.document import (
    Block,
    Cell,
    Code,
    Column,
    Inlines,
    Link,
    Num,
    Paragraph,
    Points,
    Section,
    Table,
)
from monev.display.phrases import label
from monev.findings import Finding
from monev.register import Register
from monev.results import Results


def audit(results: Results, register: Register) -> Section:
    """Return the list of determinations with the category by the rule beside the one that was set."""
    determinations = results.data.determinations
    if not determinations:
        return Section("audit", (Paragraph(("Edisi ini tidak memuat penetapan.",)),))
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
        Column(("Komitmen",), "right"),
        Column(("Dimensi",)),
        Column(("Menurut hitungan",)),
        Column(("Ditetapkan",)),
        Column(("Alasan",)),
    )
    table = Table("tbl-penetapan", ("Penetapan Sekretariat",), columns, tuple(rows))
    lead: Block = Paragraph(
        (
            "Edisi ini memuat ",
            Num(register["penetapan.jumlah"]),
            " penetapan; laporan memakai kategori yang ditetapkan.",
        )
    )
    return Section("audit", (lead, table))


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
