"""Sekilas: the edition on one page, key figures first, then what changed, who is behind, and two charts."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from monev.display.charts.specs import Bar, Bars, Stack, Stacks
from monev.display.document import Block, Break, Chart, Group, Inlines, Num, Points, Section, Strip, Strong
from monev.display.parts import state
from monev.display.parts.change import is_compared, largest_commitments, periods_shown, ways_words
from monev.display.parts.scorecards import lowest_words
from monev.display.parts.summary import HEADINGS
from monev.display.phrases import (
    UNSTATED,
    accumulated,
    enumerate_inlines,
    label,
    named_commitments,
    scope,
    tone,
)
from monev.figures.analysis import quadrant_id, scorecard_id
from monev.figures.register import Register, categories, period_score_id, reporting_id, summary_id, unfinished_id
from monev.figures.reporting import earlier
from monev.figures.results import Results
from monev.figures.standings import Direction, of_group, previous, quadrant
from monev.model.fields import ADMINISTRATIVE, COCREATIVE, DIMENSIONS
from monev.model.groups import Group as ActorGroup

_FEW = 5  # commitments named at most
_NAME = 24  # letters of a group's name beside a bar
_GROUPS = 3  # of more, the page has no room for bars of single periods
_LONGEST = 90  # letters of an actor's name; the page holds six of them beside the charts


def glance(results: Results, register: Register) -> Section:
    """Return the page; empty where the edition has no target that counts."""
    if not register["target.jumlah"].value:
        return Section("sekilas")
    points = tuple(_points(results, register))
    blocks: list[Block] = [Group(("kunci",), (Strip(tuple(_key_figures(results, register))),))]
    if points:
        blocks.append(Points(points))
    blocks += _charts(results, register)
    return Section("sekilas", (Group(("sekilas",), tuple(blocks)),))


def _key_figures(results: Results, register: Register) -> Iterator[tuple[str, Inlines]]:
    edition = results.edition
    whole, now = scope(edition.periode), scope([edition.current])
    judged = {ADMINISTRATIVE: whole, COCREATIVE: now if edition.penilaian.kokreasi.periode == "terakhir" else whole}
    count = Num(register["target.jumlah"])
    yield "Komitmen", (Num(register["komitmen.jumlah"]), Break(), count, f" target dinilai, {whole}")
    everyone, base = of_group(results), scorecard_id(None)
    if f"{base}.skor" in register:
        category = label(everyone.category, ADMINISTRATIVE, edition)
        alone: Inlines = ()
        if (current := period_score_id(base, edition.current.kode)) in register:
            alone = (Break(), f"{now} saja: ", Num(register[current]))
        yield "Skor seluruh target", (Num(register[f"{base}.skor"]), Break(), category, f" {whole}", *alone)
    if f"{base}.kokreasi" in register:
        together = label(everyone.cocreation_category, COCREATIVE, edition)
        yield "Rata-rata ko-kreasi", (Num(register[f"{base}.kokreasi"]), Break(), together, f" {judged[COCREATIVE]}")
    for dimension in DIMENSIONS:
        best = categories(results, dimension)[0] if categories(results, dimension) else ""
        id_ = summary_id(dimension, best)
        if f"{id_}.persen" in register:
            count, share = Num(register[f"{id_}.jumlah"]), Num(register[f"{id_}.persen"])
            yield f"Komitmen {best}", (share, Break(), count, f" komitmen, {judged[dimension]}")
    reported = reporting_id(None)
    if register[f"{reported}.target"].value:
        share = Num(register[f"{reported}.dilaporkan.persen"])
        told = "disertai uraian capaian atau data dukung; "
        yield "Target dilaporkan", (share, Break(), told, *_evidence(register, reported), f", {now}")


def _evidence(register: Register, base: str) -> Inlines:
    stated = register[f"{base}.data-dukung.dinyatakan"]
    if not stated.value:
        return (f"data dukung {UNSTATED}",)
    return ("data dukung ", Num(register[f"{base}.data-dukung"]), " dari ", Num(stated), " yang dinyatakan")


def _points(results: Results, register: Register) -> Iterator[Inlines]:
    """Yield what a reader in a hurry must know."""
    if missing := state.told(register, results.edition):
        yield (Strong("Belum lengkap."), " ", *missing)
    if is_compared(results):
        steps = f"dari {_before(results)} ke {results.edition.current.label}"
        lead: Inlines = (Strong("Yang berubah."), f" Skor komitmen {steps}: ")
        yield (*lead, *ways_words(register), ".", *_most(results))
    behind = [(group, lowest_words(results, register, group, _LONGEST)) for group in results.edition.groups]
    named: list[Inlines] = [(f"di antara {group.in_sentences} ({group}) ", *words) for group, words in behind if words]
    if named:
        yield (
            Strong("Yang tertinggal."),
            f" Skor terendah selama {scope(results.edition.periode)} ada ",
            *enumerate_inlines(named),
            ".",
        )
    yield from _cocreation(results, register)
    left = register.get(unfinished_id())
    if left and left.value:
        begin = f" Dari {scope(earlier(results.edition))} masih ada "
        yield (Strong("Yang belum selesai."), begin, Num(left), " target yang belum selesai pada akhir periodenya.")


def _before(results: Results) -> str:
    before = previous(results.edition)
    return before.label if before else ""


def _most(results: Results) -> Inlines:
    words: Inlines = ()
    ways: tuple[tuple[Direction, str], ...] = (("naik", " Naik terbanyak: "), ("turun", " Turun terbanyak: "))
    for way, lead in ways:
        numbers = largest_commitments(results, way)
        if 0 < len(numbers) <= _FEW:
            words = (*words, lead, *named_commitments(numbers), ".")
    return words


def _cocreation(results: Results, register: Register) -> Iterator[Inlines]:
    """Yield where targets are done without the other side."""
    numbers = [r.commitment.commitment for r in results.commitments]
    alone = [n for n in numbers if quadrant(results, n) == "administratif"]
    if not alone:
        return
    names: Inlines = (": ", *named_commitments(alone)) if len(alone) <= _FEW else ()
    count = Num(register[quadrant_id("administratif")])
    best, together = (categories(results, dimension)[0] for dimension in DIMENSIONS)
    lead = f" komitmen berkategori {best} dalam capaian administratif, tetapi belum {together} dalam ko-kreasi"
    yield (Strong("Ko-kreasi yang kurang."), " ", count, lead, *names, ".")


def _charts(results: Results, register: Register) -> Iterator[Block]:
    yield Chart(
        "fig-sekilas-kategori",
        ("Komitmen menurut kategori",),
        _stacks_words(results, register),
        _stacks(results, register),
        numbered=False,
    )
    if of_group(results).score is None:
        return
    drawing = _group_bars(results, register)
    by_period = " dan periode" if len(results.edition.groups) <= _GROUPS else ""
    title = f"Skor target menurut kelompok{by_period}"
    alternative = f"Diagram batang: {'; '.join(f'{bar.name} {bar.words}' for bar in drawing.bars)}."
    yield Chart("fig-sekilas-kelompok", (title,), alternative, drawing, numbered=False)


def _stacks(results: Results, register: Register) -> Stacks:
    made = []
    for dimension in DIMENSIONS:
        parts = []
        for name in categories(results, dimension):
            count, share = (register[f"{summary_id(dimension, name)}.{part}"] for part in ("jumlah", "persen"))
            assert isinstance(count.value, int)
            words = f"{count.charted} ({share.charted})"
            parts.append(Bar(name, count.value, words, tone(name, dimension, results.edition)))
        made.append(Stack(HEADINGS[dimension], tuple(parts)))
    return Stacks(tuple(made))


def _stacks_words(results: Results, register: Register) -> str:
    told = [
        f"{stack.name}: {', '.join(f'{part.name} {part.words}' for part in stack.parts if part.length)}"
        for stack in _stacks(results, register).stacks
    ]
    return f"Diagram batang bertumpuk banyaknya komitmen. {'; '.join(told)}."


def _short(group: ActorGroup | None) -> str:
    """Return a group's name as a bar has room for it; of everyone for None."""
    return shorten(group, _NAME, placeholder="…") if group else "Semua"


def _group_bars(results: Results, register: Register) -> Bars:
    """Return a bar for each group and period, and behind them the one of all periods."""
    edition, bars = results.edition, []
    for group in (*edition.groups, None):
        base, own = scorecard_id(group), of_group(results, group)
        rows = [(p.label, period_score_id(base, p.kode), own.of_period(p.kode)) for p in periods_shown(edition)]
        if len(edition.periode) == 1 or len(edition.groups) > _GROUPS:
            rows = []
        for name, id_, standing in (*rows, (accumulated(edition.periode), f"{base}.skor", own)):
            figure = register.get(id_)
            if figure:
                shade = tone(standing.category, ADMINISTRATIVE, edition)
                bars.append(Bar(f"{_short(group)}, {name}", float(figure.exact or 0), figure.charted, shade))
    return Bars(tuple(bars), 100, compact=True)
