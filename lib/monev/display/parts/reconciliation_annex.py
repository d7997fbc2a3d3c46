"""Rekonsiliasi: what of the published edition differs from the computed one, and why; how much was compared.

The full lists are data: `rekonsiliasi.csv` and a sheet of `tabel.xlsx`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monev.display.document import (
    Align,
    Block,
    Cell,
    Code,
    Heading,
    Inlines,
    Num,
    Paragraph,
    Ref,
    Section,
    Table,
    TableColumn,
)
from monev.display.phrases import enumerate_inlines
from monev.figures.reconciliation import (
    BASES,
    DIFFERENT,
    KINDS,
    STATUSES,
    TOTAL_ID,
    UNCOMPUTABLE,
    Basis,
    ComparedValue,
    Comparison,
    Kind,
    basis_id,
    count_id,
    of_status,
    total_id,
)
from monev.figures.register import Register
from monev.model.params import Edition

SLOT = "rekonsiliasi"
_BASIS_WORDS: dict[Basis, str] = {
    "hitungan": "cocok dengan hasil hitungan",
    "penetapan": "cocok hanya karena penetapan",
    "params": "sama dengan ketentuan penilaian edisi ini",
    "teks": "sama dengan tulisan dalam data",
    "nilai": "sama dengan nilai dan status yang disalin dari edisi terbit",
}
_NUMBERS: tuple[Kind, ...] = ("nilai", "angka", "daftar")
_WORDINGS: tuple[Kind, ...] = ("status", "tulisan")


def reconciliation(comparisons: Sequence[Comparison], register: Register, edition: Edition) -> Section:
    """Return the annex; empty where the edition has no published figures.

    The register must hold the annex' own figures (`reconciliation.with_reconciliation`).
    """
    if not comparisons:
        return Section(SLOT)
    return Section(
        SLOT,
        (
            *_summary(comparisons, register),
            *_differences(comparisons),
            *_wordings(comparisons),
            *_others(comparisons, register, edition),
        ),
    )


def _summary(comparisons: Sequence[Comparison], register: Register) -> Iterator[Block]:
    table = _counts(comparisons, register)
    parts: list[Inlines] = [(Num(register[count_id(status)]), f" {status}") for status in STATUSES]
    lead: Inlines = ("Dari ", Num(register[TOTAL_ID]), " butir edisi terbit yang dibandingkan, ")
    yield Paragraph((*lead, *enumerate_inlines(parts), " (", Ref(table.id), ")."))
    yield table
    given = {c.basis for c in comparisons}
    bases: list[Inlines] = [
        (Num(register[basis_id(basis)]), f" {_BASIS_WORDS[basis]}") for basis in BASES if basis in given
    ]
    if bases:
        yield Paragraph(
            ("Di antara yang sama, ", *enumerate_inlines(bases), ". Hanya kelompok pertama yang menguji hitungan.")
        )


def _counts(comparisons: Sequence[Comparison], register: Register) -> Table:
    """Return how many entries of each kind are equal, differ, or cannot be computed."""
    used = {c.kind for c in comparisons}
    rows: list[tuple[Inlines, ...]] = []
    for kind in (kind for kind in KINDS if kind in used):
        counted = [register[total_id(kind)], *(register[count_id(status, kind)] for status in STATUSES)]
        rows.append(((KINDS[kind].capitalize(),), *((Num(figure),) for figure in counted)))
    columns = (
        TableColumn(("Yang dibandingkan",)),
        TableColumn(("Jumlah",), "right"),
        *(TableColumn((status.capitalize(),), "right") for status in STATUSES),
    )
    return Table(
        "tbl-rekonsiliasi", ("Butir edisi terbit menurut hasil pembandingannya",), columns, tuple(rows), ("rekap",)
    )


def _named_place(c: Comparison) -> Inlines:
    """Return what is compared and where it was printed, each from its own key."""
    return (Cell(c.name, c.source_of("nama")), " (", Cell(c.place, c.source_of("tempat")), ")")


def _side(side: ComparedValue | None) -> Inlines:
    if side is None:
        return ("–",)
    if side.figure:
        return (Num(side.figure),)
    return (Cell(side.printed, side.source),) if side.source else (side.printed,)


def _remark(c: Comparison) -> Inlines:
    """Return the remark of a comparison: what it found out itself, then the words of the file."""
    words: Inlines = (c.note,) if c.note else ()
    if c.explanation:
        words = (*words, " " if words else "", Cell(c.explanation, c.source_of("penjelasan")))
    return words or ("–",)


def _differences(comparisons: Sequence[Comparison]) -> Iterator[Block]:
    own = of_status(comparisons, status=DIFFERENT, kinds=_NUMBERS)
    yield Heading(2, ("Angka yang Berbeda",))
    if not own:
        yield Paragraph(("Tidak ada angka atau daftar yang berbeda.",))
        return
    yield _different("tbl-rekonsiliasi-beda", "Angka terbit yang berbeda dengan hasil hitungan", own, "right")


def _wordings(comparisons: Sequence[Comparison]) -> Iterator[Block]:
    own = of_status(comparisons, status=DIFFERENT, kinds=_WORDINGS)
    if not own:
        return
    yield Heading(2, ("Judul, Nama, dan Salah Cetak",))
    yield Paragraph(("Laporan ini memakai tulisan menurut data.",))
    yield _different("tbl-rekonsiliasi-tulisan", "Tulisan terbit yang berbeda dengan data", own, "left")


def _different(table_id: str, caption: str, own: Sequence[Comparison], align: Align) -> Table:
    columns = (
        TableColumn(("Butir",)),
        TableColumn(("Yang terbit",), align),
        TableColumn(("Menurut data",), align),
        TableColumn(("Penjelasan",)),
    )
    rows = tuple((_named_place(c), _side(c.published), _side(c.computed), _remark(c)) for c in own)
    return Table(table_id, (caption,), columns, rows)


def _others(comparisons: Sequence[Comparison], register: Register, edition: Edition) -> Iterator[Block]:
    """Tell what rests on determinations, what has no counterpart, and where all entries are listed."""
    yield Heading(2, ("Butir Selebihnya",))
    told: Inlines = ()
    if any(c.basis == "penetapan" for c in comparisons):
        count = Num(register[basis_id("penetapan")])
        words = " butir sama dengan edisi terbit hanya karena penetapan"
        where: Inlines = (" (", Ref("tbl-penetapan"), ")") if edition.shows("audit") else ()
        told = (count, words, *where, "; tanpa penetapan, hasilnya berbeda. ")
    if of_status(comparisons, status=UNCOMPUTABLE):
        count = Num(register[count_id(UNCOMPUTABLE)])
        told = (*told, count, " butir tidak punya pembanding dalam data. ")
    files: Inlines = (Code("rekonsiliasi.csv"), " dan ", Code("tabel.xlsx"))
    yield Paragraph((*told, "Semua ", Num(register[TOTAL_ID]), " butir didaftar dalam ", *files, "."))
