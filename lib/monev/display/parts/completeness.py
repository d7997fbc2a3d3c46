"""Kelengkapan, Belum Selesai: who reported, and what earlier periods left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monev.display.document import (
    Block,
    Cell,
    Inlines,
    Label,
    Link,
    Num,
    Paragraph,
    Ref,
    Section,
    Table,
    TableColumn,
)
from monev.display.parts import judged_again, state
from monev.display.phrases import UNSTATED, enumerate_inlines, given_evidence, label, named_rows
from monev.figures.register import (
    Register,
    active_id,
    actor_ids,
    declared_id,
    registered_id,
    reporting_id,
    target_id,
    unfinished_id,
)
from monev.figures.reporting import (
    UNREPORTED,
    UNSCORED,
    ActorReporting,
    Completeness,
    Unfinished,
    completeness,
    earlier,
    unfinished,
)
from monev.figures.results import Results
from monev.model.fields import ADMINISTRATIVE
from monev.model.groups import Group as ActorGroup
from monev.rules.tidy import Actor, Measure, Target

_NONE: Inlines = ("–",)


# Kelengkapan ------------------------------------------------------------------------------------------------


def reporting(results: Results, register: Register) -> Section:
    """Return who reported in the current period and who did not, per group and actor, with evidence rates."""
    found = completeness(results.data, results.edition)
    blocks: list[Block] = [
        _reporting_words(register, bool(found.actors)),
        _groups_table(register, results.edition.groups),
    ]
    blocks += state.named(results, register)
    blocks += _named("Belum melapor sama sekali: ", found.silent)
    blocks += _named("Baru melaporkan sebagian targetnya: ", found.partial)
    blocks += _named("Dinyatakan tidak menyerahkan data dukung: ", found.without_evidence)
    blocks += _named("Hanya nilainya yang ada, sehingga tidak diketahui apakah melapor: ", found.unknown)
    blocks += _active(register, results.edition.groups)
    blocks += _without_row(found.without_row, register)
    if found.actors:
        blocks.append(_actors_table(results, register, found))
    return Section("kelengkapan", tuple(blocks))


def _share(register: Register, base: str, part: str, whole: str) -> Inlines:
    """Return a share; a dash where there is nothing to take a share of."""
    return (Num(register[f"{base}.{part}.persen"]),) if register[f"{base}.{whole}"].value else _NONE


def _reporting_words(register: Register, has_actors: bool) -> Block:
    base = reporting_id(None)
    details: Inlines = (" dan rincian tiap pelaksana pada ", Ref("tbl-kelengkapan-pelaksana")) if has_actors else ()
    words: Inlines = (
        "Dari ",
        Num(register[f"{base}.target"]),
        " target yang harus dilaporkan, ",
        Num(register[f"{base}.dilaporkan"]),
        " disertai uraian capaian atau data dukung (",
        *_share(register, base, "dilaporkan", "target"),
        "); hanya itu yang dihitung sebagai dilaporkan. ",
        *_unknown_words(register, base),
        *_evidence_words(register, base),
        " Pembagiannya menurut kelompok disajikan pada ",
        Ref("tbl-kelengkapan"),
        *details,
        ".",
    )
    return Paragraph(words)


def _unknown_words(register: Register, base: str) -> Inlines:
    unknown = register[f"{base}.tidak-diketahui"]
    if not unknown.value:
        return ()
    return ("Untuk ", Num(unknown), " target hanya nilainya yang ada, sehingga tidak diketahui apakah dilaporkan. ")


def _evidence_words(register: Register, base: str) -> Inlines:
    """Tell of how many targets evidence is stated at all, and of how many of these it was given."""
    stated = register[f"{base}.data-dukung.dinyatakan"]
    if not stated.value:
        return (f"Ada tidaknya data dukung {UNSTATED} untuk satu target pun.",)
    known = ("Ada tidaknya data dukung dinyatakan untuk ", Num(stated), " target; ")
    return (*known, *given_evidence(register, base), " di antaranya ada.")


def _groups_table(register: Register, groups: Sequence[ActorGroup]) -> Table:
    rows: list[tuple[Inlines, ...]] = []
    for name, part, whole in (
        ("Pelaksana yang mempunyai target", "pelaksana", ""),
        ("Melaporkan semua targetnya", "pelaksana.lengkap", ""),
        ("Melaporkan sebagian targetnya", "pelaksana.sebagian", ""),
        ("Belum melapor", "pelaksana.belum", ""),
        *_where_known(register, ("Tidak diketahui apakah melapor", "pelaksana.tidak-diketahui", "")),
        ("Target yang harus dilaporkan", "target", ""),
        ("Target yang dilaporkan", "dilaporkan", "target"),
        *_where_known(register, ("Target yang hanya bernilai", "tidak-diketahui", "")),
        ("Target yang data dukungnya dinyatakan", "data-dukung.dinyatakan", ""),
        ("Target dengan data dukung, dari yang dinyatakan", "data-dukung", "data-dukung.dinyatakan"),
    ):
        cells = (_counted(register, reporting_id(group), part, whole) for group in (*groups, None))
        rows.append(((name,), *cells))
    columns = (
        TableColumn(("Kelengkapan",)),
        *(TableColumn((name,), "right") for name in (*map(str, groups), "Jumlah")),
    )
    return Table("tbl-kelengkapan", ("Kelengkapan laporan menurut kelompok",), columns, tuple(rows), ("rekap",))


def _where_known(register: Register, row: tuple[str, str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield a row of the table where it counts anything."""
    if register[f"{reporting_id(None)}.{row[1]}"].value:
        yield row


def _counted(register: Register, base: str, part: str, whole: str) -> Inlines:
    count: Inlines = (Num(register[f"{base}.{part}"]),)
    if not whole or not register[f"{base}.{whole}"].value:
        return count
    return (*count, " (", Num(register[f"{base}.{part}.persen"]), ")")


def _full(actor: Actor) -> Cell:
    return Cell(actor.full_name, actor.place.cell("full_name"))


def _named(lead: str, actors: Sequence[ActorReporting]) -> Iterator[Block]:
    if actors:
        yield Paragraph((lead, *enumerate_inlines([(_full(a.actor),) for a in actors]), "."))


def _active(register: Register, groups: Sequence[ActorGroup]) -> Iterator[Block]:
    """Set the declared counts of active actors beside the counted ones, and say why they differ."""
    computed: list[Inlines] = [
        (Num(register[active_id(group)]), f" {group}") for group in groups if active_id(group) in register
    ]
    if computed:
        stated: list[Inlines] = [
            (Num(said), f" {group}") for group in groups if (said := register.get(declared_id(group, "aktif")))
        ]
        beside: Inlines = ("; sekretariat menyatakan ", *enumerate_inlines(stated), " aktif") if stated else ()
        aktif = "Pelaksana yang aktif, yakni yang melaporkan sekurang-kurangnya satu capaian pada periode ini, ialah "
        yield Paragraph((aktif, *enumerate_inlines(computed), *beside, "."))
        return
    if not all(declared_id(group, "aktif") in register for group in groups):
        return
    declared: list[Inlines] = []
    for group in groups:
        active, everyone = register[declared_id(group, "aktif")], register.get(declared_id(group))
        declared.append((Num(active), *((" dari ", Num(everyone)) if everyone else ()), f" {group}"))
    counted: list[Inlines] = [(Num(register[f"{reporting_id(group)}.pelaksana"]), f" {group}") for group in groups]
    named: list[Inlines] = [(Num(register[registered_id(group)]), f" {group}") for group in groups]
    yield Paragraph(
        (
            "Sekretariat menyatakan ",
            *enumerate_inlines(declared),
            " aktif. Pernyataan itu tidak dapat diperiksa dengan data di sini, karena arti aktif tidak diterangkan dan "
            "cakupannya lain: target periode ini dipegang ",
            *enumerate_inlines(counted),
            ", dengan koalisi dihitung sebagai satu pelaksana, sedangkan yang terdaftar menurut namanya ",
            *enumerate_inlines(named),
            ".",
        )
    )


def _without_row(measures: Sequence[Measure], register: Register) -> Iterator[Block]:
    if not measures:
        return
    count = Num(register["kelengkapan.tanpa-baris"])
    yield Paragraph(
        (
            "Untuk ",
            count,
            " ukuran keberhasilan tidak tercatat target pada periode ini; tidak diketahui apakah targetnya memang "
            "tidak ada atau terlewat dicatat: ",
            *named_rows(measures, "commitment", "measure"),
            ".",
        )
    )


def _actors_table(results: Results, register: Register, found: Completeness) -> Table:
    ids = actor_ids(results.data.actors)
    rows = tuple(_actor_row(each, register, ids[each.actor.actor]) for each in found.actors)
    columns = (
        TableColumn(("Pelaksana",)),
        TableColumn(("Kelompok",)),
        TableColumn(("Target",), "right"),
        TableColumn(("Dilaporkan",), "right"),
        TableColumn(("Data dukung ada, dari yang dinyatakan",), "right"),
    )
    return Table("tbl-kelengkapan-pelaksana", ("Kelengkapan laporan tiap pelaksana",), columns, rows)


def _actor_row(each: ActorReporting, register: Register, base: str) -> tuple[Inlines, ...]:
    counts = (_counted(register, base, part, "") for part in ("target", "dilaporkan"))
    return ((_full(each.actor),), (each.actor.group,), *counts, given_evidence(register, base))


# Belum selesai ----------------------------------------------------------------------------------------------


def unfinished_targets(results: Results, register: Register) -> Section:
    """Return the targets of earlier periods that are not completed, as they stood; empty where there are none."""
    found = unfinished(results.data, results.edition, earlier(results.edition))
    if not found:
        return Section("belum-selesai")
    kinds: list[Inlines] = [
        (Num(register[unfinished_id(name)]), " ", _category(name, results))
        for name in dict.fromkeys(u.category for u in found)
    ]
    groups: list[Inlines] = [
        (Num(register[unfinished_id(group=group)]), f" target {group}") for group in results.edition.groups
    ]
    words = Paragraph(
        (
            "Ada ",
            Num(register[unfinished_id()]),
            " target periode terdahulu yang belum selesai (",
            *enumerate_inlines(groups),
            "): ",
            *enumerate_inlines(kinds),
            ". Semuanya didaftar pada ",
            Ref("tbl-belum-selesai"),
            ".",
        )
    )
    columns = (
        TableColumn(("Komitmen",), "right"),
        TableColumn(("UK",), "right"),
        TableColumn(("Pelaksana",)),
        TableColumn(("Periode",)),
        TableColumn(("Target",)),
        TableColumn(("Nilai waktu itu",)),
    )
    rows = tuple(_unfinished_row(item, results, register) for item in found)
    table = Table("tbl-belum-selesai", ("Target periode terdahulu yang belum selesai",), columns, rows)
    return Section("belum-selesai", (words, *judged_again.section_blocks(results, register), table))


def _category(name: str, results: Results) -> Label:
    return Label(name, "netral") if name in (UNREPORTED, UNSCORED) else label(name, ADMINISTRATIVE, results.edition)


def _unfinished_row(item: Unfinished, results: Results, register: Register) -> tuple[Inlines, ...]:
    row = item.row
    target: Inlines = (Cell(row.target, row.place.cell("target")),) if row.target else _NONE
    score: Inlines = (_category(item.category, results),)
    if isinstance(row, Target) and isinstance(row.score, str):
        score = (_category(item.category, results),)
    elif isinstance(row, Target):
        score = (Num(register[target_id(row)]), " ", *score)
    return (
        (Link(str(row.commitment), f"sec-komitmen-{row.commitment:02d}"),),
        (Cell(str(row.measure), row.place.cell("measure")),),
        (Cell(row.actor, row.place.cell("actor")),),
        (Cell(row.period, row.place.cell("period")),),
        target,
        score,
    )
