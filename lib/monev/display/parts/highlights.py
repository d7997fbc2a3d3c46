"""Sorotan and Catatan Umum: what the secretariat wrote about single commitments and about the plan as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from monev.display.document import Block, Cell, Group, Heading, Inlines, Paragraph, Points, Section
from monev.display.phrases import label
from monev.fields import ADMINISTRATIVE, COCREATIVE, FINDING, FOLLOW_UP
from monev.results import Results
from monev.tidy import Actor, HighlightPoint, NotePoint

_DIMENSION_TITLES = {ADMINISTRATIVE: "A. Capaian Administratif", COCREATIVE: "B. Proses Ko-Kreasi"}
_KIND_TITLES = {FINDING: "Temuan", FOLLOW_UP: "Tindak Lanjut"}


def highlights(results: Results) -> Section:
    """Return the highlights, part by part; empty when the sheet is."""
    points = results.data.highlights
    blocks: list[Block] = []
    for part in dict.fromkeys(p.part for p in points):
        own = [p for p in points if p.part == part]
        title = Cell(own[0].title, own[0].place.cell("title"))
        blocks.append(Heading(2, (f"{part}. ", title)))
        for number in dict.fromkeys(p.commitment for p in own):
            here = [p for p in own if p.commitment == number]
            blocks.append(Group(("sorotan",), tuple(_commitment(results, number, here))))
    return Section("sorotan", tuple(blocks))


def _commitment(results: Results, number: int, points: list[HighlightPoint]) -> Iterator[Block]:
    result = results.commitment(number)
    title = Cell(result.commitment.title, result.commitment.place.cell("title"))
    yield Heading(3, (f"Komitmen {number}: ", title))
    yield Paragraph(
        (
            "Capaian administratif ",
            label(result.administrative.category, ADMINISTRATIVE, results.edition),
            " dan proses ko-kreasi ",
            label(result.cocreation.category, COCREATIVE, results.edition),
            ".",
        )
    )
    yield Heading(4, ("Pelaksana yang terlibat",))
    yield Points(tuple((_name(actor),) for actor in _leading(results, number)), numbered=True)
    for dimension, heading in _DIMENSION_TITLES.items():
        own = [p for p in points if p.dimension == dimension]
        if own:
            yield Heading(4, (heading,))
            yield from _points(results, own)


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
