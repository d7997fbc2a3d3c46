"""Catatan Sumber: what is odd in the source of the data, a numbered list per commitment; targets name their notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monev.display.document import Block, Cell, Group, Heading, Inlines, Link, Paragraph, Points, Section
from monev.display.phrases import enumerate_words, named_commitments
from monev.figures.results import Results
from monev.rules.tidy import SourceNote, Target

SLOT = "catatan-sumber"


def _place(number: int) -> str:
    return f"catatan-sumber-{number:02d}"


def _of_commitment(results: Results, number: int) -> list[SourceNote]:
    return [note for note in results.data.source_notes if note.commitment == number]


def _is_whole(note: SourceNote) -> bool:
    """Tell whether a note is about the commitment as such, not about some of its targets."""
    return note.measure is None and note.no is None and not note.actor and not note.period


def source_notes(results: Results) -> Section:
    """Return the annex; empty where no note was made."""
    blocks: list[Block] = []
    for result in results.commitments:
        number = result.commitment.commitment
        own = _of_commitment(results, number)
        if own:
            blocks.append(Heading(3, named_commitments([number]), _place(number)))
            blocks.append(Points(tuple(_note(note) for note in own), numbered=True))
    return Section(SLOT, (Group(("dua-kolom",), tuple(blocks)),) if blocks else ())


def _note(note: SourceNote) -> Inlines:
    where = [part for part in _where(note) if part]
    words: Inlines = tuple(item for n, part in enumerate(where) for item in ((", ",) if n else ()) + part)
    return (*words, *((": ",) if words else ()), Cell(note.text, note.place.cell("text")))


def _where(note: SourceNote) -> Iterator[Inlines]:
    cell = note.place.cell
    yield ("UK ", Cell(str(note.measure), cell("measure"))) if note.measure is not None else ()
    yield (Cell(note.actor, cell("actor")),) if note.actor else ()
    yield (Cell(note.period, cell("period")),) if note.period else ()
    yield ("target ", Cell(str(note.no), cell("no"))) if note.no not in (None, 1) else ()


def _numbers(results: Results, target: Target) -> Sequence[int]:
    own = enumerate(_of_commitment(results, target.commitment), start=1)
    return [n for n, note in own if not _is_whole(note) and note.concerns(target)]


def mark(results: Results, target: Target) -> Iterator[Block]:
    """Yield what leads from a target to its notes; nothing where it has none."""
    numbers = _numbers(results, target)
    if numbers and results.edition.shows(SLOT):
        words = f"Catatan sumber {enumerate_words([str(n) for n in numbers])}"
        yield Paragraph((Link(words, _place(target.commitment)),))


def commitment_mark(results: Results, number: int) -> Inlines:
    """Return what leads from a commitment to the notes about all of it; empty where it has none."""
    if not results.edition.shows(SLOT) or not any(_is_whole(note) for note in _of_commitment(results, number)):
        return ()
    return (" Tentang sumbernya, lihat ", Link("catatan sumber", _place(number)), ".")
