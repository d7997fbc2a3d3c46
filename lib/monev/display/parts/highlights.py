"""Sorotan and Catatan Umum: what the secretariat wrote about single commitments and about the plan as a whole.

A suggested highlight that the params accept follows those that were written; its points are made from figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from monev.display.document import (
    Block,
    Cell,
    Code,
    Group,
    Heading,
    Inlines,
    Label,
    Num,
    Paragraph,
    Points,
    Section,
    Strong,
    Table,
    TableColumn,
)
from monev.display.phrases import category_label, named_commitments
from monev.figures.analysis import difference_id
from monev.figures.register import Register, commitment_id, period_score_id, slug
from monev.figures.results import Results
from monev.figures.standings import previous
from monev.figures.suggestions import Suggestion, accepted, suggest
from monev.model.fields import ADMINISTRATIVE, COCREATIVE, DIMENSIONS, FINDING, FOLLOW_UP
from monev.model.params import Rule
from monev.rules.tidy import Actor, HighlightPoint, NotePoint

_DIMENSION_TITLES = {ADMINISTRATIVE: "A. Capaian Administratif", COCREATIVE: "B. Proses Ko-Kreasi"}
_LETTERS = 26
_KIND_TITLES = {FINDING: "Temuan", FOLLOW_UP: "Tindak Lanjut"}


def highlights(results: Results, register: Register) -> Section:
    """Return the highlights, part by part, then the accepted suggestions; empty where there are none of both."""
    points = results.data.highlights
    blocks: list[Block] = []
    for part in dict.fromkeys(p.part for p in points):
        own = [p for p in points if p.part == part]
        title = Cell(own[0].title, own[0].place.cell("title"))
        blocks.append(Heading(2, (f"{part}. ", title)))
        for number in dict.fromkeys(p.commitment for p in own):
            here = [p for p in own if p.commitment == number]
            blocks.append(Group(("sorotan",), tuple(_commitment(results, number, here))))
    parts = list(dict.fromkeys(p.part for p in points))
    for suggestion in accepted(results):
        parts.append(following(parts))
        blocks += _accepted(results, register, suggestion, parts[-1])
    return Section("sorotan", tuple(blocks))


def _commitment(results: Results, number: int, points: list[HighlightPoint]) -> Iterator[Block]:
    yield from _subject(results, number)
    for dimension, heading in _DIMENSION_TITLES.items():
        own = [p for p in points if p.dimension == dimension]
        if own:
            yield Heading(4, (heading,))
            yield from _points(results, own)


def _subject(results: Results, number: int) -> Iterator[Block]:
    """Yield whom a highlight is about: the commitment with its categories and actors."""
    result = results.commitment(number)
    title = Cell(result.commitment.title, result.commitment.place.cell("title"))
    yield Heading(3, (f"Komitmen {number}: ", title))
    done, together = (category_label(result.outcome(d), d, results.edition) for d in DIMENSIONS)
    yield Paragraph(("Capaian administratif ", *done, " dan proses ko-kreasi ", *together, "."))
    actors: list[Inlines] = [(_name(actor),) for actor in _leading(results, number)]
    if actors:
        named = (part for n, actor in enumerate(actors) for part in (*(("; ",) if n else ()), *actor))
        yield Paragraph((Strong("Pelaksana yang terlibat:"), " ", *named))


def _name(actor: Actor) -> Cell:
    return Cell(actor.full_name, actor.place.cell("full_name"))


def _leading(results: Results, number: int) -> Iterable[Actor]:
    """Return the commitment's actors, members of a coalition only where the coalition itself does not stand there."""
    actors = results.actors(number)
    present = {actor.actor for actor in actors}
    return [actor for actor in actors if actor.coalition not in present]


def _points(results: Results, points: list[HighlightPoint]) -> Iterator[Block]:
    full = {actor.actor: actor for actor in results.data.actors}
    for name in dict.fromkeys(p.actor for p in points):
        if name:
            yield Heading(5, (_name(full[name]),))
        yield Points(tuple((Cell(p.text, p.place.cell("text")),) for p in points if p.actor == name))


# Suggestions --------------------------------------------------------------------------------------------------------

RULES: dict[Rule, tuple[str, str]] = {
    "terbaik": ("Komitmen dengan Skor Tertinggi", "skor capaian administratifnya tertinggi"),
    "terendah": ("Komitmen dengan Skor Terendah", "skor capaian administratifnya terendah"),
    "paling-naik": ("Komitmen dengan Kenaikan Terbesar", "skornya paling banyak naik sejak periode sebelumnya"),
    "paling-turun": ("Komitmen dengan Penurunan Terbesar", "skornya paling banyak turun sejak periode sebelumnya"),
}
"""Of each rule: the title of its highlight, and why a commitment is suggested."""


_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def following(parts: Sequence[str]) -> str:
    """Return the number of the part behind these, as they are numbered: digits, letters, else Roman numerals."""
    number = len(parts) + 1
    if parts and all(part.isdecimal() for part in parts):
        return str(number)
    if "A" in parts and number <= _LETTERS:
        return chr(ord("A") + number - 1)
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def _accepted(results: Results, register: Register, suggestion: Suggestion, part: str) -> Iterator[Block]:
    title, why = RULES[suggestion.rule]
    place, said = next((n, item) for n, item in enumerate(results.edition.sorotan) if item.usulan == suggestion.rule)
    source = f"params/{results.edition.edisi}.yml!sorotan!{place + 1}.judul"
    yield Heading(2, (f"{part}. ", Cell(said.judul, source) if said.judul else title))
    chosen = Paragraph((f"Komitmen ini disorot karena {why}; usulannya mengikuti aturan dan disetujui sekretariat.",))
    own: list[Block] = [*_subject(results, suggestion.commitment), chosen]
    for dimension, made in ((ADMINISTRATIVE, _done), (COCREATIVE, _together)):
        items = tuple(made(results, register, suggestion.commitment))
        if items:
            own += [Heading(4, (_DIMENSION_TITLES[dimension],)), Points(items)]
    yield Group(("sorotan",), tuple(own))


def _done(results: Results, register: Register, number: int) -> Iterator[Inlines]:
    """Yield what the figures say of a commitment's targets."""
    base, edition = commitment_id(number), results.edition
    score = register.get(f"{base}.skor")
    best = edition.penilaian.kategori[0].nama
    if score:
        reached, due = Num(register[f"{base}.kategori.{slug(best)}"]), Num(register[f"{base}.target"])
        yield ("Skornya ", Num(score), "; ", reached, " dari ", due, f" targetnya berkategori {best}.")
    change = register.get(difference_id(base))
    before = previous(edition)
    if change and before:
        then, now = (register[period_score_id(base, p.kode)] for p in (before, edition.current))
        words: Inlines = (
            f"Dari {before.label} ke {edition.current.label} skornya berubah dari ",
            Num(then),
            " menjadi ",
        )
        yield (*words, Num(now), " (", Num(change), " poin persen).")


def _together(results: Results, register: Register, number: int) -> Iterator[Inlines]:
    """Yield what the figures say of how a commitment's actors worked together."""
    mean = register.get(f"{commitment_id(number)}.kokreasi")
    if mean:
        outcome = results.commitment(number).cocreation
        category = category_label(outcome, COCREATIVE, results.edition)
        yield ("Rata-rata bobot ko-kreasi targetnya ", Num(mean), "; kategorinya ", *category, ".")


def suggestions(results: Results, register: Register) -> Section:
    """Return what the rules suggest, for the notebook's reader: the report prints only what the params accept."""
    found = suggest(results)
    if not found:
        return Section("", (Paragraph(("Tidak ada usulan sorotan.",)),))
    rows = tuple(_suggestion(results, register, suggestion) for suggestion in found)
    columns = (
        TableColumn(("Usulan",)),
        TableColumn(("Komitmen",)),
        TableColumn(("Alasan",)),
        TableColumn(("Keadaan",)),
    )
    how = Paragraph(
        (
            "Tulis ",
            Code(f"sorotan: [{{usulan: {found[0].rule}}}]"),
            f" di params/{results.edition.edisi}.yml untuk menerima sebuah usulan; usulan yang tidak ditulis tidak "
            "dicetak. Sorotan yang ditulis sendiri tetap berada di lembar Sorotan.",
        )
    )
    return Section("", (Table("", (), columns, rows), how))


def _suggestion(results: Results, register: Register, suggestion: Suggestion) -> tuple[Inlines, ...]:
    c = results.commitment(suggestion.commitment).commitment
    _, why = RULES[suggestion.rule]
    also: Inlines = ()
    if suggestion.equal:
        also = (" Sama menurut aturan: ", *named_commitments(suggestion.equal), ".")
    figures = [part for item in _done(results, register, c.commitment) for part in (" ", *item)]
    state = Label("Diterima", "baik") if suggestion.accepted else Label("Usulan", "netral")
    title = Cell(c.title, c.place.cell("title"))
    return (Code(suggestion.rule),), (f"{c.commitment}. ", title), (f"Karena {why}.", *figures, *also), (state,)


# Notes --------------------------------------------------------------------------------------------------------------


def notes(results: Results) -> Section:
    """Return the general notes: per part its findings, then the follow-up; empty when the sheet is."""
    points = results.data.notes
    blocks: list[Block] = []
    for part in dict.fromkeys(p.part for p in points):
        own = [p for p in points if p.part == part]
        blocks.append(Heading(2, (f"{part}. ", Cell(own[0].title, own[0].place.cell("title")))))
        for kind, title in _KIND_TITLES.items():
            chosen = [p for p in own if p.kind == kind]
            if chosen:
                blocks += [Heading(3, (title,)), Points(_texts(chosen))]
    return Section("catatan-umum", tuple(blocks))


def _texts(points: list[NotePoint]) -> tuple[Inlines, ...]:
    return tuple((Cell(p.text, p.place.cell("text")),) for p in points)
