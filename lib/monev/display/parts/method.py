"""Tabel 7, and the scales by which the report judges: all from the register and the params."""

from __future__ import annotations

from monev.display.document import Break, Cell, Inline, Inlines, Link, Num, Section, Table, TableColumn
from monev.display.phrases import MEANINGS, label, tone
from monev.figures.register import Register, slug
from monev.figures.results import Results
from monev.model.fields import ADMINISTRATIVE, COCREATIVE, GROUPS


def commitments(results: Results) -> Section:
    """Return Tabel 7: every commitment with its ministries and civil-society organisations."""
    rows = []
    for result in results.commitments:
        c = result.commitment
        title: Inlines = (Cell(c.title, c.place.cell("title")),)
        if c.theme:
            title = (*title, Break(), "Tema: ", Cell(c.theme, c.place.cell("theme")))
        number: Inlines = (Link(str(c.commitment), f"sec-komitmen-{c.commitment:02d}"),)
        rows.append((number, title, *(_actors(results, c.commitment, group) for group in GROUPS)))
    columns = (
        TableColumn(("No",), "right"),
        TableColumn(("Komitmen",)),
        TableColumn(("Kementerian/Lembaga",)),
        TableColumn(("Organisasi Masyarakat Sipil",)),
    )
    table = Table("tbl-komitmen", ("Komitmen dan pelaksananya",), columns, tuple(rows))
    return Section("komitmen", (table,))


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
