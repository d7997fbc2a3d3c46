"""Tabel 7, and the scales by which the report judges: all from the register and the params."""

from __future__ import annotations

from collections.abc import Iterator

from monev.display.document import (
    Break,
    Cell,
    Heading,
    Inline,
    Inlines,
    Link,
    Num,
    Paragraph,
    Points,
    Ref,
    Section,
    Strong,
    Table,
    TableColumn,
)
from monev.display.parts import assessment_words, criteria
from monev.display.phrases import MEANINGS, enumerate_inlines, label, tone
from monev.figures.register import Register, slug
from monev.figures.results import Results
from monev.figures.rule_fit import OTHER_AGGREGATION, ROUNDED_ID, edge_id, fit_id
from monev.model.fields import ADMINISTRATIVE, COCREATIVE


def commitments(results: Results, register: Register) -> Section:
    """Return Tabel 7: every commitment with its actors, a column for each group; then what of the targets changed."""
    rows = []
    for result in results.commitments:
        c = result.commitment
        title: Inlines = (Cell(c.title, c.place.cell("title")),)
        if c.theme:
            title = (*title, Break(), "Tema: ", Cell(c.theme, c.place.cell("theme")))
        number: Inlines = (Link(str(c.commitment), f"sec-komitmen-{c.commitment:02d}"),)
        rows.append((number, title, *_actor_columns(results, c.commitment)))
    columns = (
        TableColumn(("No",), "right"),
        TableColumn(("Komitmen",)),
        *(TableColumn((name,)) for name in _column_names(results)),
    )
    table = Table("tbl-komitmen", ("Komitmen dan pelaksananya",), columns, tuple(rows))
    return Section("komitmen", (table, *criteria.changes(results, register)))


_COLUMNS = 4  # groups that have a column each; of more, one column tells all


def _column_names(results: Results) -> list[str]:
    groups = results.edition.groups
    return [group.full for group in groups] if len(groups) <= _COLUMNS else ["Pelaksana"]


def _actor_columns(results: Results, number: int) -> list[Inlines]:
    groups = results.edition.groups
    if len(groups) <= _COLUMNS:
        return [_actors(results, number, group) for group in groups]
    told: list[Inline] = []
    for group in groups:
        if any(actor.group == group for actor in results.actors(number)):
            named = ["; " if item == Break() else item for item in _actors(results, number, group)]
            told += [*([Break()] if told else []), Strong(str(group)), " ", *named]
    return [tuple(told) or ("–",)]


def _actors(results: Results, number: int, group: str) -> Inlines:
    """List a group's actors of a commitment; a coalition with its members behind it."""
    actors = [actor for actor in results.actors(number) if actor.group == group]
    present = {actor.actor for actor in actors}
    made: list[Inline] = []
    for actor in actors:
        if actor.coalition in present:
            continue
        made += [Break()] if made else []
        made.append(Cell(actor.full_name, actor.place.cell("full_name")))
        own = [a for a in actors if a.coalition == actor.actor]
        for n, member in enumerate(own):
            made += [": " if n == 0 else ", ", Cell(member.full_name, member.place.cell("full_name"))]
    return tuple(made) or ("–",)


def administrative_scale(results: Results, register: Register) -> Section:
    """Return the bands of the administrative score."""
    rules = results.edition.penilaian
    rows: list[tuple[Inlines, ...]] = []
    for band in rules.kategori:
        base = f"penilaian.kategori.{slug(band.nama)}"
        scale: Inlines = (Num(register[f"{base}.dari"]), "–", Num(register[f"{base}.sampai"]))
        rows.append(
            (
                scale,
                (label(band.nama, ADMINISTRATIVE, results.edition),),
                (MEANINGS[ADMINISTRATIVE, tone(band.nama, ADMINISTRATIVE, results.edition)],),
            )
        )
    outside = label(rules.tidak_terukur, ADMINISTRATIVE, results.edition)
    rows.append((("N/A",), (outside,), ("tidak dapat diukur karena bergantung pada pelaksana lain",)))
    columns = (TableColumn(("Skala nilai",)), TableColumn(("Kategori",)), TableColumn(("Keterangan",)))
    table = Table("", (), columns, tuple(rows))
    return Section("skala-administratif", (table,))


def cocreation_scale(results: Results, register: Register) -> Section:
    """Return the weights of the target statuses and the thresholds of the commitment categories."""
    rules = results.edition.penilaian.kokreasi
    thresholds = [threshold.nama for threshold in rules.kategori]
    statuses = [*thresholds, *(name for name in rules.bobot if name not in thresholds)]
    rows: list[tuple[Inlines, ...]] = []
    for name in statuses:
        weight = f"penilaian.kokreasi.bobot.{slug(name)}"
        least = f"penilaian.kokreasi.{slug(name)}.dari"
        rows.append(
            (
                (label(name, COCREATIVE, results.edition),),
                (Num(register[weight]),) if weight in register else ("–",),
                ("sekurang-kurangnya ", Num(register[least])) if least in register else ("bukan kategori komitmen",),
            )
        )
    columns = (
        TableColumn(("Status atau kategori",)),
        TableColumn(("Bobot status target",)),
        TableColumn(("Rata-rata untuk kategori komitmen",)),
    )
    table = Table("", (), columns, tuple(rows))
    return Section("skala-kokreasi", (table,))


_AGGREGATIONS = {
    "rata-rata periode": "rata-rata dari rata-rata tiap periode",
    "rata-rata target": "rata-rata seluruh target",
}


def rule_basis(results: Results, register: Register) -> Section:
    """Return which rules the published edition states and how well the others fit it, where it has lists.

    How targets were judged beside forms comes before that, where they were.
    """
    judged = assessment_words.method(register)
    points = tuple(_fitting(results, register))
    if not points:
        return Section("dasar-aturan", judged)
    lead = (
        "Edisi terbit menyatakan batas kategori nilai dan empat kelas ko-kreasi. Aturan lain tidak dinyatakan di "
        "dalamnya. Aturan itu disusun ulang untuk edisi ini dan dipilih karena paling cocok dengan daftar kategori "
        "terbit; belum tentu sama dengan yang dahulu dipakai."
    )
    heading = Heading(3, ("Aturan yang dinyatakan dan yang disusun ulang",), "sec-dasar-aturan")
    return Section("dasar-aturan", (*judged, heading, Paragraph((lead,)), Points(points)))


def _fitting(results: Results, register: Register) -> Iterator[Inlines]:
    rules = results.edition.penilaian
    if published := register.get(fit_id(ADMINISTRATIVE, "terbit")):
        same, other = (Num(register[fit_id(ADMINISTRATIVE, part)]) for part in ("sama", "lain"))
        words = f" Yang dipakai, {_AGGREGATIONS[rules.agregasi]}, memberi "
        less = f" kategori administratif terbit; {_AGGREGATIONS[OTHER_AGGREGATION[rules.agregasi]]} memberi "
        yield (Strong("Agregasi."), words, same, " dari ", Num(published), less, other, ".")
    if published := register.get(fit_id(COCREATIVE, "terbit")):
        same = Num(register[fit_id(COCREATIVE, "sama")])
        given: Inlines = (" Yang dipakai memberi ", same, " dari ", Num(published), " kategori ko-kreasi terbit.")
        yield (Strong("Bobot dan ambang ko-kreasi."), *given, *_edges(results, register))
    if between := register.get(ROUNDED_ID):
        held: Inlines = (Num(between), " komitmen") if between.value else ("tidak satu komitmen pun",)
        words = " Nilai pecahan dibulatkan sebelum digolongkan; yang kategorinya bergantung padanya "
        yield (Strong("Pembulatan."), words, *held, ".")
    if results.data.determinations:
        where: Inlines = ()
        if results.edition.shows("audit"):
            where = ("; apa yang diketahui tentang alasannya dimuat pada ", Ref("tbl-penetapan"))
        count, words = Num(register["penetapan.jumlah"]), " kategori yang dipakai bukan hasil aturan"
        yield (Strong("Penetapan."), " Ada ", count, words, *where, ".")


def _edges(results: Results, register: Register) -> Inlines:
    """Tell between which means each threshold may lie without any category changing."""
    told: list[Inlines] = []
    for threshold in results.edition.penilaian.kokreasi.kategori:
        above, least = (register.get(edge_id(threshold.nama, edge)) for edge in ("di-atas", "sampai"))
        if above and least:
            told.append((f"ambang {threshold.nama} di atas ", Num(above), " sampai ", Num(least)))
    if not told:
        return ()
    return (" Ambangnya tidak tunggal: ", *enumerate_inlines(told), " memberi kategori yang sama.")
