"""Deskripsi Capaian: targets per category by period and accumulated, for each group (Tabel 8 and 9)."""

from __future__ import annotations

from monev.display.document import (
    Block,
    Group,
    Heading,
    Inlines,
    Num,
    Paragraph,
    Ref,
    Section,
    Table,
    TableColumn,
)
from monev.display.parts import state
from monev.display.phrases import accumulated, coverage, enumerate_inlines
from monev.figures.register import ACCUMULATED, TOTAL, Register, recap_id, share_id, slug
from monev.figures.reporting import pending
from monev.figures.results import Results
from monev.model.groups import Group as ActorGroup
from monev.model.params import Scoring


def description(results: Results, register: Register) -> Section:
    """Return the recapitulation of every group: a table each, and its accumulated shares in words."""
    blocks: list[Block] = []
    for group in results.edition.groups:
        blocks += _group(results, register, group)
    return Section("deskripsi", tuple(blocks))


def _categories(rules: Scoring) -> tuple[tuple[str, str], ...]:
    """Return categories with the words that stand in the table's first column before the scale."""
    return (
        *((band.nama, band.nama) for band in rules.kategori),
        (rules.tidak_terukur, "Tidak dapat dinilai"),
    )


def _group(results: Results, register: Register, group: ActorGroup) -> list[Block]:
    edition = results.edition
    total = register[recap_id(group, ACCUMULATED, TOTAL)]
    heading = Heading(2, (f"Capaian Administratif {group.full}",))
    if not total.value:
        waiting = any(row.group == group for row in pending(results.data, edition).rows)
        none = "Belum ada target {} yang dinilai." if waiting else "Tidak ada target {} pada edisi ini."
        return [heading, Paragraph((none.format(group),))]
    table_id = f"tbl-{group.id}"
    shares: list[Inlines] = []
    for name, _ in _categories(edition.penilaian):
        count = register[recap_id(group, ACCUMULATED, name)]
        if count.value:
            category = name if shares else f"berkategori {name}"  # told once
            shares.append((Num(register[share_id(group, name)]), " (", Num(count), f" target) {category}"))
    until = f" target {group} yang dinilai sampai {edition.current.label} ("
    words: Inlines = ("Dari ", Num(total), until, Ref(table_id), "), ")
    told = Group(("penjelas",), (Paragraph((*words, *enumerate_inlines(shares), ".")),))
    return [heading, _table(results, register, group, table_id), told, *state.beside(register, results.edition)]


def _table(results: Results, register: Register, group: ActorGroup, table_id: str) -> Table:
    edition = results.edition
    periods = [period.kode for period in edition.periode]
    columns = (
        TableColumn(("Kategori",)),
        *(TableColumn((code,), "right") for code in periods),
        TableColumn((accumulated(edition.periode),), "right"),
    )
    rows: list[tuple[Inlines, ...]] = []
    for name, words in _categories(edition.penilaian):
        cells = (Num(register[recap_id(group, period, name)]) for period in (*periods, ACCUMULATED))
        rows.append(((words, *_scale(register, name)), *((cell,) for cell in cells)))
    totals = (Num(register[recap_id(group, period, TOTAL)]) for period in (*periods, ACCUMULATED))
    rows.append(((TOTAL,), *((cell,) for cell in totals)))
    source = (f"Sumber: monitoring dan evaluasi {edition.nama.rencana} {coverage(edition.periode)}, diolah.",)
    return Table(table_id, _finding(register, group, edition.penilaian), columns, tuple(rows), ("rekap",), source)


def _finding(register: Register, group: ActorGroup, rules: Scoring) -> Inlines:
    """Say what the table shows first: the category with the most targets, accumulated."""

    def count(name: str) -> int:
        value = register[recap_id(group, ACCUMULATED, name)].value
        return value if isinstance(value, int) else 0

    largest = max((name for name, _ in _categories(rules)), key=count)
    total = Num(register[recap_id(group, ACCUMULATED, TOTAL)])
    return (
        f"Target {group} menurut kategori dan periode: ",
        Num(register[recap_id(group, ACCUMULATED, largest)]),
        " dari ",
        total,
        " (",
        Num(register[share_id(group, largest)]),
        f") berkategori {largest}",
    )


def _scale(register: Register, name: str) -> Inlines:
    base = f"penilaian.kategori.{slug(name)}"
    if f"{base}.dari" not in register:
        return (f" ({name})",)
    return (" (", Num(register[f"{base}.dari"]), "–", Num(register[f"{base}.sampai"]), ")")
