"""Keadaan: that an edition is not complete, on its first pages and beside what is counted without the missing rows."""

from __future__ import annotations

from collections.abc import Iterator

from monev.display.document import Block, Group, Inlines, Num, Paragraph, Ref
from monev.display.phrases import enumerate_inlines, named_rows
from monev.figures.register import NOT_ASSESSED_YET, NOT_REPORTED, TO_ASSESS, Register
from monev.figures.reporting import pending
from monev.figures.results import Results
from monev.model.params import Edition

COMPLETENESS = "sec-kelengkapan"


def state(register: Register) -> str:
    """Return what cover and foot say, `BELUM LENGKAP (264 dari 267 dinilai)`; empty for a complete edition."""
    due = register.get(TO_ASSESS)
    return f"BELUM LENGKAP ({register['target.jumlah'].printed} dari {due.printed} dinilai)" if due else ""


def told(register: Register, edition: Edition) -> Inlines:
    """Say how much is assessed, and what stays out of every count; empty for a complete edition."""
    due = register.get(TO_ASSESS)
    if due is None:
        return ()
    missing: list[Inlines] = [
        (Num(figure), words)
        for figure, words in (
            (register.get(NOT_ASSESSED_YET), " sudah dilaporkan tetapi belum dinilai"),
            (register.get(NOT_REPORTED), " belum dilaporkan"),
        )
        if figure
    ]
    lead: Inlines = (Num(register["target.jumlah"]), " dari ", Num(due), " target dinilai; ")
    return (*lead, *enumerate_inlines(missing), ", dan tidak ikut dihitung", *_where(edition), ".")


def _where(edition: Edition) -> Inlines:
    """Lead to what is missing, where the report has that part."""
    return (" (", Ref(COMPLETENESS), ")") if edition.shows("kelengkapan") else ()


def beside(register: Register, edition: Edition) -> Iterator[Block]:
    """Yield the line that stands with a table or list of counts of an incomplete edition."""
    if due := register.get(TO_ASSESS):
        words: Inlines = ("Belum lengkap: ", Num(register["target.jumlah"]), " dari ", Num(due), " target dinilai")
        yield Group(("penjelas",), (Paragraph((*words, *_where(edition), ".")),))


def named(results: Results, register: Register) -> Iterator[Block]:
    """Yield the rows that were reported and wait for their score, by name."""
    rows = pending(results.data, results.edition).unscored
    if rows:
        lead: Inlines = (Num(register[NOT_ASSESSED_YET]), " target sudah dilaporkan tetapi belum dinilai: ")
        yield Paragraph((*lead, *named_rows(rows, "commitment", "measure", "period"), "."))
