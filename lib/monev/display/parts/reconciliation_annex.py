"""Rekonsiliasi: published figures beside the computed ones; differences first, then everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monev.display.document import (
    Align,
    Block,
    Cell,
    Heading,
    Inlines,
    Label,
    Num,
    Paragraph,
    Ref,
    Section,
    Table,
    TableColumn,
    Tone,
)
from monev.display.phrases import enumerate_inlines
from monev.figures.reconciliation import (
    BASES,
    DIFFERENT,
    SAME,
    STATUSES,
    TOTAL_ID,
    UNCOMPUTABLE,
    Basis,
    ComparedValue,
    Comparison,
    Status,
    count_id,
    of_status,
)
from monev.figures.register import Register

SLOT = "rekonsiliasi"
_TONES: dict[Status, Tone] = {SAME: "baik", DIFFERENT: "buruk", UNCOMPUTABLE: "netral"}
_BASIS_WORDS: dict[Basis, str] = {
    "hitungan": "cocok dengan hasil hitungan",
    "penetapan": "cocok hanya karena penetapan sekretariat",
    "params": "sama dengan ketentuan dalam params",
    "teks": "sama dengan kata-kata di sel buku kerja",
}


def reconciliation(comparisons: Sequence[Comparison], register: Register) -> Section:
    """Return the annex; empty where the edition has no published figures.

    The register must hold the annex' own figures (`reconciliation.with_reconciliation`).
    """
    if not comparisons:
        return Section(SLOT)
    return Section(
        SLOT,
        (
            *_summary(comparisons, register),
            *_differences(comparisons, register),
            *_wordings(comparisons, register),
            *_determined(comparisons, register),
            *_uncomputable(comparisons, register),
            *_everything(comparisons, register),
        ),
    )


def _summary(comparisons: Sequence[Comparison], register: Register) -> Iterator[Block]:
    parts: list[Inlines] = [(Num(register[count_id(status)]), f" {status}") for status in STATUSES]
    total = Num(register[TOTAL_ID])
    lead = ("Dari ", total, " angka, daftar, dan tulisan edisi terbit yang dibandingkan, ")
    yield Paragraph((*lead, *enumerate_inlines(parts), "."))
    given = {c.basis for c in comparisons}
    bases: list[Inlines] = [
        (Num(register[count_id(SAME, basis)]), f" {_BASIS_WORDS[basis]}") for basis in BASES if basis in given
    ]
    if bases:
        yield Paragraph(
            (
                "Di antara yang sama, ",
                *enumerate_inlines(bases),
                ". Hanya kelompok pertama yang menguji hitungan.",
            )
        )


def _name(c: Comparison) -> Inlines:
    return (Cell(c.name, c.source),)


def _where(c: Comparison) -> Inlines:
    return (Cell(c.place, c.source),)


def _named_place(c: Comparison) -> Inlines:
    return (Cell(f"{c.name} ({c.place})", c.source),)


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
        words = (*words, " " if words else "", Cell(c.explanation, c.source))
    return words or ("–",)


def _differences(comparisons: Sequence[Comparison], register: Register) -> Iterator[Block]:
    own = of_status(comparisons, status=DIFFERENT, kinds=("angka", "daftar"))
    yield Heading(2, ("Angka yang Berbeda",))
    if not own:
        yield Paragraph(("Tidak ada angka atau daftar yang berbeda.",))
        return
    table_id = "tbl-rekonsiliasi-beda"
    yield Paragraph(
        (
            "Ada ",
            Num(register[count_id(DIFFERENT, "angka")]),
            " angka dan daftar berbeda (",
            Ref(table_id),
            ").",
        )
    )
    columns = (
        TableColumn(("Angka",)),
        TableColumn(("Yang terbit",), "right"),
        TableColumn(("Menurut data",), "right"),
        TableColumn(("Penjelasan",)),
    )
    rows = tuple((_named_place(c), _side(c.published), _side(c.computed), _remark(c)) for c in own)
    yield Table(
        table_id,
        ("Angka terbit yang berbeda dengan hasil hitungan",),
        columns,
        rows,
    )


def _wordings(comparisons: Sequence[Comparison], register: Register) -> Iterator[Block]:
    own = of_status(comparisons, status=DIFFERENT, kinds=("tulisan",))
    if not own:
        return
    table_id = "tbl-rekonsiliasi-tulisan"
    yield Heading(2, ("Judul, Nama, dan Salah Cetak",))
    count = Num(register[count_id(DIFFERENT, "tulisan")])
    lead = " tulisan dalam edisi terbit tidak sama dengan buku kerja atau params ("
    yield Paragraph(("Ada ", count, lead, Ref(table_id), "). Laporan ini memakai tulisan menurut data."))
    columns = (
        TableColumn(("Tempat",)),
        TableColumn(("Yang terbit",)),
        TableColumn(("Menurut data",)),
        TableColumn(("Penjelasan",)),
    )
    rows = tuple((_where(c), _side(c.published), _side(c.computed), _remark(c)) for c in own)
    yield Table(table_id, ("Tulisan terbit yang berbeda dengan data",), columns, rows)


def _determined(comparisons: Sequence[Comparison], register: Register) -> Iterator[Block]:
    own = [c for c in comparisons if c.basis == "penetapan"]
    if not own:
        return
    table_id = "tbl-rekonsiliasi-penetapan"
    yield Heading(2, ("Kesamaan karena Penetapan",))
    count = Num(register[count_id(SAME, "penetapan")])
    lead = " butir sama dengan edisi terbit hanya karena penetapan; tanpa penetapan, hasilnya berbeda ("
    yield Paragraph(("Ada ", count, lead, Ref(table_id), "). Alasannya dimuat pada ", Ref("tbl-penetapan"), "."))
    columns = (
        TableColumn(("Butir",)),
        TableColumn(("Yang terbit",)),
        TableColumn(("Keterangan",)),
    )
    rows = tuple((_named_place(c), _side(c.published), _remark(c)) for c in own)
    yield Table(table_id, ("Butir yang sama dengan edisi terbit karena penetapan",), columns, rows)


def _uncomputable(comparisons: Sequence[Comparison], register: Register) -> Iterator[Block]:
    own = of_status(comparisons, status=UNCOMPUTABLE)
    if not own:
        return
    table_id = "tbl-rekonsiliasi-tak-terhitung"
    yield Heading(2, ("Butir yang Tidak Dapat Dihitung",))
    yield Paragraph(
        (
            "Ada ",
            Num(register[count_id(UNCOMPUTABLE)]),
            " butir tidak punya pembanding di buku kerja (",
            Ref(table_id),
            ").",
        )
    )
    columns = (
        TableColumn(("Butir",)),
        TableColumn(("Yang terbit",)),
        TableColumn(("Sebab",)),
    )
    rows = tuple((_named_place(c), _side(c.published), _remark(c)) for c in own)
    yield Table(table_id, ("Butir tanpa pembanding dalam data",), columns, rows)


def _everything(comparisons: Sequence[Comparison], register: Register) -> Iterator[Block]:
    """Yield all comparisons: numbers in one table, lists and wordings, which need more room, in another."""
    numbers = [c for c in comparisons if c.kind == "angka"]
    others = [c for c in comparisons if c.kind != "angka"]
    tables = [
        _complete("tbl-rekonsiliasi-lengkap", _same(register, "angka", "Angka"), numbers, "right"),
        _complete("tbl-rekonsiliasi-lengkap-tulisan", _same(register, "lain", "Daftar dan tulisan"), others, "left"),
    ]
    shown = [table for table in tables if table.rows]
    where = enumerate_inlines([(Ref(table.id),) for table in shown])
    yield Heading(2, ("Semua Butir",))
    yield Paragraph(("Semua ", Num(register[TOTAL_ID]), " butir disajikan pada ", *where, "."))
    yield from shown


def _same(register: Register, kind: str, words: str) -> Inlines:
    same, every = (Num(register[f"rekonsiliasi.{part}.{kind}.jumlah"]) for part in ("sama", "total"))
    return (f"{words} edisi terbit: ", same, " dari ", every, " sama dengan pembandingnya")


def _complete(table_id: str, caption: Inlines, own: Sequence[Comparison], align: Align) -> Table:
    columns = (
        TableColumn(("Butir",)),
        TableColumn(("Tempat",)),
        TableColumn(("Yang terbit",), align),
        TableColumn(("Menurut data",), align),
        TableColumn(("Status",)),
    )
    rows = tuple((_name(c), _where(c), _side(c.published), _side(c.computed), _status(c)) for c in own)
    return Table(table_id, caption, columns, rows)


def _status(c: Comparison) -> Inlines:
    label = Label(c.status, _TONES[c.status])
    return (label, f" ({c.basis})") if c.basis not in ("", "hitungan") else (label,)
