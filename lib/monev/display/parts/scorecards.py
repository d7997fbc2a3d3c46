"""Skor Pelaksana and Rapor: each actor's targets, score, evidence, co-creation and unfinished targets, by group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monev.display.charts.specs import Bar, Bars, batches
from monev.display.document import (
    Block,
    Cell,
    Chart,
    Group,
    Heading,
    Inlines,
    Num,
    Paragraph,
    Ref,
    Section,
    Strip,
    Table,
    TableColumn,
)
from monev.display.markdown import visible
from monev.display.parts import state
from monev.display.parts.change import full
from monev.display.phrases import UNSTATED, enumerate_inlines, given_evidence, label, source_line, tone
from monev.figures.analysis import scorecard_id, scorecard_ids, unfinished_of
from monev.figures.register import Register, slug
from monev.figures.results import Results
from monev.figures.standings import ActorStanding, Standing, of_actors, of_group, previous, ranked
from monev.model.fields import ADMINISTRATIVE, COCREATIVE
from monev.model.groups import Group as ActorGroup
from monev.rules.tidy import Actor

BARS = 48  # actors in one chart: a page
CHARTS = 3  # of one group: of more actors than fit in these only the table tells
NAMED = 3
_NONE: Inlines = ("–",)


def _own(results: Results, group: ActorGroup) -> tuple[ActorStanding, ...]:
    return ranked([a for a in of_actors(results) if a.actor.group == group])


# Skor pelaksana -----------------------------------------------------------------------------------------------------


def scores(results: Results, register: Register) -> Section:
    """Return the charts of the actors' scores, a group at a time; empty where no actor has a score."""
    blocks: list[Block] = []
    for group in results.edition.groups:
        own = _own(results, group)
        scored = [a for a in own if a.standing.score is not None]
        if scored:
            blocks += _scores(results, register, group, scored, len(own) - len(scored))
    return Section("skor-pelaksana", tuple(blocks))


def _scores(
    results: Results, register: Register, group: ActorGroup, scored: Sequence[ActorStanding], without: int
) -> Iterator[Block]:
    parts = list(batches(scored, BARS))
    where: Inlines = (" Rinciannya dimuat pada ", Ref(_table_id(group)), ".") if results.edition.shows("rapor") else ()
    if len(parts) > CHARTS:
        yield Paragraph((*_categories(results, register, group), *where))
        return
    aside = " Pelaksana yang semua targetnya tidak dapat dinilai tidak digambar." if without else ""
    yield Paragraph((*_categories(results, register, group), aside, *where))
    ids = scorecard_ids(results)
    best = results.edition.penilaian.kategori[0].nama
    base = scorecard_id(group)
    reached = Num(register[f"{base}.kategori.{slug(best)}"])
    for n, part in enumerate(parts):
        bars = []
        for each in part:
            figure = register[f"{ids[each.actor.actor]}.skor"]
            shade = tone(each.standing.category, ADMINISTRATIVE, results.edition)
            bars.append(Bar(visible(each.actor.actor), float(figure.exact or 0), figure.charted, shade))
        told = "; ".join(f"{bar.name} {bar.words}" for bar in bars)
        more = " (lanjutan)" if n else ""
        yield Chart(
            f"fig-skor-{group.id}-{n + 1}" if n else f"fig-skor-{group.id}",
            (f"Skor {group}: ", reached, " dari ", Num(register[f"{base}.pelaksana"]), f" berkategori {best}{more}"),
            f"Diagram batang skor {group}, dari yang tertinggi: {told}.",
            Bars(tuple(bars), 100, compact=True),
            source_line(results.edition),
        )


def _categories(results: Results, register: Register, group: ActorGroup) -> Inlines:
    """Tell how many actors of a group reach each category."""
    base, rules = scorecard_id(group), results.edition.penilaian
    parts: list[Inlines] = []
    for name in (*(band.nama for band in rules.kategori), rules.tidak_terukur):
        figure = register[f"{base}.kategori.{slug(name)}"]
        if figure.value:
            parts.append((Num(figure), f" berkategori {name}"))
    lead: Inlines = ("Dari ", Num(register[f"{base}.pelaksana"]), f" {group} yang mempunyai target, ")
    return (*lead, *enumerate_inlines(parts), ".") if parts else (*lead, "belum ada yang dinilai.")


# Rapor --------------------------------------------------------------------------------------------------------------


def scorecards(results: Results, register: Register) -> Section:
    """Return the scorecards of every group; empty where no actor has a target, and so is the part that holds it."""
    owned = [(group, _own(results, group)) for group in results.edition.groups]
    return Section("rapor", tuple(_scorecard(results, register, group, own) for group, own in owned if own))


def _scorecard(results: Results, register: Register, group: ActorGroup, own: Sequence[ActorStanding]) -> Block:
    """Return a group's totals, what stands out, and a row per actor."""
    blocks: tuple[Block, ...] = (
        Heading(2, (f"Rapor {group.full}",), f"sec-rapor-{group.id}"),
        _strip(results, register, group),
        Paragraph(_words(results, register, group, own)),
        _table(results, register, group, own),
        *state.beside(register, results.edition),
    )
    return Group(("rapor",), blocks)


def _table_id(group: ActorGroup) -> str:
    return f"tbl-rapor-{group.id}"


def _scored(register: Register, base: str, standing: Standing) -> Inlines:
    """Return a score behind its category: numbers of a column stand in line."""
    figure = register.get(f"{base}.skor")
    category = label(standing.category, ADMINISTRATIVE, standing.edition)
    return (category, "\u00a0", Num(figure)) if figure else (category,) if standing.counted else _NONE


def _together(register: Register, base: str, standing: Standing) -> Inlines:
    """Return the mean weight of co-creation behind its category; a dash where nothing was assessed."""
    figure = register.get(f"{base}.kokreasi")
    category = label(standing.cocreation_category, COCREATIVE, standing.edition)
    return (category, "\u00a0", Num(figure)) if figure else _NONE


def _evidence(register: Register, base: str, standing: Standing) -> Inlines:
    return given_evidence(register, base) if standing.counted else _NONE


def _strip(results: Results, register: Register, group: ActorGroup) -> Strip:
    base, standing = scorecard_id(group), of_group(results, group)
    items: list[tuple[str, Inlines]] = [
        ("Pelaksana", (Num(register[f"{base}.pelaksana"]),)),
        ("Target", (Num(register[f"{base}.target"]),)),
        ("Skor kelompok", tuple(reversed(_scored(register, base, standing)))),
        ("Data dukung", _evidence(register, base, standing)),
        ("Ko-kreasi", tuple(reversed(_together(register, base, standing)))),
    ]
    if previous(results.edition):
        items.append(("Belum selesai", (Num(register[unfinished_of(group)]),)))
    return Strip(tuple(items))


def lowest(results: Results, group: ActorGroup) -> list[ActorStanding]:
    """Return the actors of a group with the lowest score, all of them if equal; none where every score is the best."""
    best = results.edition.penilaian.kategori[0].nama
    behind = [a for a in _own(results, group) if a.standing.score is not None and a.standing.category != best]
    least = min((a.standing.score for a in behind if a.standing.score is not None), default=None)
    return [a for a in behind if a.standing.score == least]


def lowest_words(results: Results, register: Register, group: ActorGroup, longest: int | None = None) -> Inlines:
    """Name the actors of a group with the lowest score; empty where there are none below the best category.

    A name over `longest` letters gives way to the actor's short one.
    """
    ids = scorecard_ids(results)
    found = lowest(results, group)
    if not found:
        return ()
    names: list[Inlines] = [(_named(a.actor, longest),) for a in found[:NAMED]]
    more = " serta yang lain dengan skor yang sama" if len(found) > NAMED else ""
    score = Num(register[f"{ids[found[0].actor.actor]}.skor"])
    return (*enumerate_inlines(names), f"{more} (", score, ")")


def _named(actor: Actor, longest: int | None) -> Cell:
    if longest is None or len(actor.full_name) <= longest:
        return full(actor)
    return Cell(actor.actor, actor.place.cell("actor"))


def _words(results: Results, register: Register, group: ActorGroup, own: Sequence[ActorStanding]) -> Inlines:
    words = _categories(results, register, group)
    behind = lowest_words(results, register, group)
    if behind:
        words = (*words, " Skor terendah ada pada ", *behind, ".")
    base, standing = scorecard_id(group), of_group(results, group)
    if standing.counted:
        words = (*words, *_evidence_words(register, base))
    if any(a.unfinished for a in own):
        left = Num(register[unfinished_of(group)])
        words = (*words, " Dari periode terdahulu masih ada ", left, " target yang belum selesai.")
    return (*words, " Rincian tiap pelaksana, dari skor tertinggi, disajikan pada ", Ref(_table_id(group)), ".")


def _evidence_words(register: Register, base: str) -> Inlines:
    """Tell of how many targets evidence is stated, and of how many of these it was given."""
    due, stated = register[f"{base}.target"], register[f"{base}.data-dukung.dinyatakan"]
    if not stated.value:
        return (f" Data dukungnya {UNSTATED}.",)
    share = given_evidence(register, base)
    return (" Data dukung dinyatakan untuk ", Num(stated), " dari ", Num(due), " target: ada pada ", *share, ".")


def _table(results: Results, register: Register, group: ActorGroup, own: Sequence[ActorStanding]) -> Table:
    ids = scorecard_ids(results)
    left = previous(results.edition) is not None
    rows: list[tuple[Inlines, ...]] = []
    for each in own:
        base = ids[each.actor.actor]
        cells: tuple[Inlines, ...] = (
            (full(each.actor),),
            (Num(register[f"{base}.target"]),),
            _scored(register, base, each.standing),
            _evidence(register, base, each.standing),
            _together(register, base, each.standing),
        )
        rows.append((*cells, (Num(register[f"{base}.belum-selesai"]),)) if left else cells)
    columns = [
        TableColumn(("Pelaksana",)),
        TableColumn(("Target",), "right"),
        TableColumn(("Skor",), "right"),
        TableColumn(("Data dukung",), "right"),
        TableColumn(("Ko-kreasi",), "right"),
    ]
    if left:
        columns.append(TableColumn(("Belum selesai",), "right"))
    return Table(_table_id(group), _caption(register, group), tuple(columns), tuple(rows), ("rapor",))


def _caption(register: Register, group: ActorGroup) -> Inlines:
    base = scorecard_id(group)
    lead: Inlines = (f"Rapor {group.full}: ",)
    targets: Inlines = (Num(register[f"{base}.target"]), " target")
    if f"{base}.skor" in register:
        return (*lead, "skor kelompok ", Num(register[f"{base}.skor"]), " dari ", *targets)
    return (*lead, *targets, ", belum ada yang bernilai")
