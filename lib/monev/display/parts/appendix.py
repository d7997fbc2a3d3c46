"""Lampiran: one commitment's appendix with every target, its achievement, score, co-creation, and the follow-up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monev.display.document import (
    Block,
    Break,
    Cell,
    Group,
    Heading,
    Inlines,
    Label,
    Num,
    Paragraph,
    Points,
    Ref,
    Section,
    Strip,
    Strong,
    TargetGrid,
    TargetRow,
)
from monev.display.parts import (
    assessment_words,
    criteria,
    follow_up_state,
    indicator_sections,
    instrument_sections,
    judged_again,
    obstacle_sections,
    reported,
    source_notes,
)
from monev.display.parts.summary import category_table
from monev.display.phrases import UNSTATED, category_label, enumerate_inlines, label, named_rows
from monev.figures.register import NOT_ASSESSED, Register, commitment_id, slug, target_id
from monev.figures.reporting import UNSCORED
from monev.figures.results import CommitmentResult, Results
from monev.model.fields import ADMINISTRATIVE, COCREATIVE, DIMENSIONS, NO_TARGET, NOT_SCORED
from monev.rules.target_plan import key_of
from monev.rules.tidy import FollowUp, Measure, Target

_DIMENSION_WORDS = {ADMINISTRATIVE: "capaian administratif", COCREATIVE: "proses ko-kreasi"}


def slot(number: int) -> str:
    """Return the slot of a commitment's appendix: `lampiran-07`."""
    return f"lampiran-{number:02d}"


def actor_place(number: int, measure: int, actor: str, results: Results) -> str:
    """Return the id of the heading over an actor's targets in a success measure: `pelaku-07-1-2`, the second there."""
    return f"pelaku-{number:02d}-{measure}-{_actors_of(results.commitment(number), measure).index(actor) + 1}"


def _actors_of(result: CommitmentResult, measure: int) -> list[str]:
    return list(dict.fromkeys(t.actor for t in result.targets if t.measure == measure))


def appendix(results: Results, register: Register, number: int) -> Section:
    """Return the appendix of one commitment."""
    result = results.commitment(number)
    title = Cell(result.commitment.title, result.commitment.place.cell("title"))
    blocks: list[Block] = [
        Heading(2, (f"Komitmen {number}: ", title), f"sec-komitmen-{number:02d}"),
        _strip(results, register, result),
        *_named_in(results, result),
        *_determinations(result),
    ]
    blocks += instrument_sections.commitment_lines(results, register, number)
    blocks += indicator_sections.commitment_blocks(results, register, number)
    blocks += judged_again.commitment_lines(results, register, number)
    blocks += _unreported(results, number)
    if not result.targets:
        blocks.append(Paragraph(("Belum ada target yang dilaporkan untuk komitmen ini.",)))
    for measure in sorted({t.measure for t in result.targets}):
        blocks += _measure(results, register, result, measure)
    blocks += obstacle_sections.commitment_blocks(results, number)
    blocks += _followups([f for f in results.data.followups if f.commitment == number], register)
    return Section(slot(number), (Group(("lampiran-komitmen",), tuple(blocks), f"komitmen-{number:02d}"),))


def _strip(results: Results, register: Register, result: CommitmentResult) -> Strip:
    base = commitment_id(result.commitment.commitment)
    score: Inlines = (Num(register[f"{base}.skor"]),) if f"{base}.skor" in register else ("–",)
    depth: Inlines = (Num(register[f"{base}.kokreasi"]),) if f"{base}.kokreasi" in register else ("–",)
    edition = results.edition
    administrative, cocreation = (category_label(result.outcome(d), d, edition) for d in DIMENSIONS)
    counts: list[Inlines] = []
    for name in (*(b.nama for b in edition.penilaian.kategori), edition.penilaian.tidak_terukur):
        figure = register[f"{base}.kategori.{slug(name)}"]
        if figure.value:
            counts.append((Num(figure), f" {name}"))
    if waiting := register.get(f"{base}.{slug(NOT_SCORED)}"):
        counts.append((Num(waiting), f" {NOT_SCORED}"))
    targets: Inlines = (Num(register[f"{base}.target"]), " target")
    for n, part in enumerate(counts):
        targets = (*targets, ", " if n else Break(), *part)
    actors: Inlines = ()
    for n, group in enumerate(edition.groups):
        actors = (*actors, ", " if n else "", Num(register[f"{base}.{group.id}"]), f" {group}")
    return Strip(
        (
            ("Skor administratif", (*score, Break(), *administrative)),
            ("Rata-rata ko-kreasi", (*depth, Break(), *cocreation)),
            ("Yang dinilai", targets),
            ("Pelaksana", actors),
        )
    )


def _named_in(results: Results, result: CommitmentResult) -> Iterator[Block]:
    """Lead back to where the report names this commitment: its category's tables, Tabel 7, the highlights."""
    number, shows = result.commitment.commitment, results.edition.shows
    places: list[Inlines] = []
    if shows("ringkasan"):
        places += [(Ref(category_table(d, result.outcome(d).category)),) for d in DIMENSIONS]
    if shows("komitmen"):
        places.append((Ref("tbl-komitmen"),))
    if shows("sorotan") and any(point.commitment == number for point in results.data.highlights):
        places.append(("bagian ", Ref("sec-sorotan")))
    named: Inlines = ("Disebut juga pada ", *enumerate_inlines(places), ".") if places else ()
    if words := (*named, *source_notes.commitment_mark(results, number)):
        yield Group(("kembali",), (Paragraph(words),))


def _determinations(result: CommitmentResult) -> Iterator[Block]:
    for dimension in DIMENSIONS:
        outcome = result.outcome(dimension)
        if outcome.determination:
            d = outcome.determination
            lead = (
                f"Kategori {_DIMENSION_WORDS[dimension]} ditetapkan {d.category}; menurut hitungan "
                f"{outcome.computed or NOT_ASSESSED}. "
            )
            yield Group(("catatan",), (Paragraph((lead, Cell(d.reason, d.place.cell("reason")))),))


def _unreported(results: Results, number: int) -> Iterator[Block]:
    """Name the prepared rows that nobody reported on; they have no place in the grid."""
    rows = [row for row in results.data.unreported if row.commitment == number]
    if rows:
        named = named_rows(rows, "measure", "period")
        yield Group(("catatan",), (Paragraph(("Belum dilaporkan: ", *named, ".")),))


def _measure(results: Results, register: Register, result: CommitmentResult, number: int) -> Iterator[Block]:
    targets = [t for t in result.targets if t.measure == number]
    actors = _actors_of(result, number)
    commitment = result.commitment.commitment
    texts = {
        m.actor: m
        for m in results.data.measures
        if m.commitment == commitment and m.measure == number and m.actor in actors
    }
    shared = len({m.text for m in texts.values()}) == 1
    yield Heading(3, (f"Ukuran Keberhasilan {number}",))
    if shared:
        yield _measure_text(next(iter(texts.values())))
    full = {actor.actor: actor for actor in results.data.actors}
    for name in actors:
        actor = full[name]
        group = "" if actor.full_name == actor.group else f" ({actor.group})"
        place = actor_place(commitment, number, name, results)
        yield Heading(4, (Cell(actor.full_name, actor.place.cell("full_name")), group), place)
        if not shared and name in texts:
            yield _measure_text(texts[name])
        own = tuple(_row(results, register, t) for t in targets if t.actor == name)
        yield TargetGrid(own)


def _measure_text(measure: Measure) -> Block:
    return Group(("uk",), (Paragraph((Cell(measure.text, measure.place.cell("text")),)),))


def _text(text: str, source: str) -> tuple[Block, ...]:
    return (Paragraph((Cell(text, source),)),) if text else ()


def _row(results: Results, register: Register, target: Target) -> TargetRow:
    place = target.place
    title = f"Target {target.period}" + (f" ({target.no})" if target.no > 1 else "")
    evidence: tuple[Block, ...] = ()
    if target.evidence or target.score != NO_TARGET:
        words = Cell(target.evidence, place.cell("evidence")) if target.evidence else UNSTATED
        evidence = (Paragraph((Strong("Data dukung: "), words)),)
    return TargetRow(
        target_id(target),
        (
            Paragraph((Strong(title),)),
            *_text(target.target, place.cell("target")),
            *criteria.agreed(results.planned(target)),
            *source_notes.mark(results, target),
        ),
        (
            *_text(target.achievement, place.cell("achievement")),
            *reported.realised(target, results.planned(target)),
            *evidence,
            *reported.files(results, target),
            *obstacle_sections.target_lines(results.reported_obstacles.get(key_of(target))),
            *reported.next_steps(target),
            *assessment_words.target_lines(results, target),
            *judged_again.target_lines(results, register, target),
            *_columns(results, target),
            *instrument_sections.target_lines(results, register, target),
        ),
        _score(results, register, target),
        _text(target.cocreation_text, place.cell("cocreation_text")),
        () if target.score == NO_TARGET else (label(target.cocreation, COCREATIVE, results.edition),),
    )


def _columns(results: Results, target: Target) -> Iterator[Block]:
    """Name what the columns of instruments say of a target, an instrument in a line."""
    for instrument in results.data.columns if target.score != NO_TARGET else ():
        several = len(instrument.questions) > 1
        answers: list[Inlines] = [
            (f"{column.heading}: " * several, Cell(target.answers[column.name], target.place.cell(column.name)))
            for column in instrument.columns()
            if column.name in target.answers
        ]
        if answers:
            parts = [inline for n, answer in enumerate(answers) for inline in (("; ",) if n else ()) + answer if inline]
            called = instrument.called[:1].upper() + instrument.called[1:]
            yield Paragraph((Strong(f"{called}:"), " ", *parts))


def _score(results: Results, register: Register, target: Target) -> Inlines:
    figure = register[target_id(target)]
    if target.score == NO_TARGET:
        return ("Nilai: ", Num(figure), Break(), Label("Tidak ada target", "netral"))
    if target.score == NOT_SCORED:
        return ("Nilai: ", Label(UNSCORED, "netral"))
    category = label(results.band(target), ADMINISTRATIVE, results.edition)
    return ("Nilai: ", Num(figure), Break(), category)


def _followups(followups: Sequence[FollowUp], register: Register) -> Iterator[Block]:
    if not followups:
        return
    blocks: list[Block] = [Heading(3, ("Tindak Lanjut",))]
    measures = dict.fromkeys(f.measure for f in followups)
    for measure in sorted(measures, key=lambda m: m is not None):  # what concerns the whole commitment comes first
        if measure is not None:
            blocks.append(Heading(4, (f"Ukuran Keberhasilan {measure}",)))
        own = [f for f in followups if f.measure == measure]
        items = tuple((Cell(f.text, f.place.cell("text")), *follow_up_state.beside(f, register)) for f in own)
        blocks.append(Points(items, numbered=True))
    yield Group(("tindak-lanjut",), tuple(blocks))
