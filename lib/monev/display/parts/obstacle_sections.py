"""Hambatan: what stood in the way by kind, group and commitment; in the appendix, each with its kind and words."""

from __future__ import annotations

from collections.abc import Iterator

from monev.display.charts.specs import Bar, Bars
from monev.display.document import (
    Block,
    Cell,
    Chart,
    Group,
    Heading,
    Inlines,
    Num,
    Paragraph,
    Points,
    Ref,
    Section,
    Strong,
    Table,
    TableColumn,
)
from monev.display.phrases import commitment_link, enumerate_inlines, enumerate_words, source_line
from monev.figures.obstacle_figures import (
    BY_ACTORS,
    BY_SECRETARIAT,
    KINDS,
    NOBODY,
    UNCLASSIFIED,
    obstacle_id,
)
from monev.figures.register import Register
from monev.figures.results import Results
from monev.model.groups import Group as ActorGroup
from monev.rules.obstacles import Obstacle, obstacles

SLOT = "hambatan"
CHART, TABLE, BY_COMMITMENT = "fig-hambatan", "tbl-hambatan", "tbl-hambatan-komitmen"


def obstacle_section(results: Results, register: Register) -> Section:
    """Return what stood in the way; empty where no obstacle is told."""
    if obstacle_id() not in register:
        return Section(SLOT)
    kinds = [kind for kind in KINDS if register[obstacle_id(kind)].value]
    by_count = sorted(kinds, key=lambda kind: -_count(register, obstacle_id(kind)))
    blocks = [
        _lead(register, by_count),
        _chart(results, register, by_count),
        _by_group(results, register, kinds),
        _by_commitment(results, register, kinds),
    ]
    return Section(SLOT, tuple(blocks))


def _count(register: Register, id_: str) -> int:
    value = register[id_].value
    return value if isinstance(value, int) else 0


def _lead(register: Register, kinds: list[str]) -> Block:
    sources: list[Inlines] = [
        (Num(register[id_]), f" {words}")
        for id_, words in ((BY_ACTORS, "ditulis pelaksana dalam laporannya"), (BY_SECRETARIAT, "dicatat sekretariat"))
        if register[id_].value
    ]
    most = _most(register, [kind for kind in kinds if kind != UNCLASSIFIED])
    return Paragraph(
        (
            "Tercatat ",
            Num(register[obstacle_id()]),
            " hambatan: ",
            *enumerate_inlines(sources),
            ". ",
            *most,
            Ref(CHART),
            " dan ",
            Ref(TABLE),
            " menyajikannya menurut jenis dan kelompok pelaksana, ",
            Ref(BY_COMMITMENT),
            " menurut komitmen.",
        )
    )


def _most(register: Register, kinds: list[str]) -> Inlines:
    """Return which kinds are the most frequent; nothing where none is ahead of the others."""
    first = [kind for kind in kinds if _count(register, obstacle_id(kind)) == _count(register, obstacle_id(kinds[0]))]
    if not first or (len(first) == len(kinds) > 1):
        return ()
    each = "masing-masing " if len(first) > 1 else ""
    return (f"Yang terbanyak berjenis {enumerate_words(first)} ({each}", Num(register[obstacle_id(first[0])]), "). ")


def _chart(results: Results, register: Register, kinds: list[str]) -> Chart:
    figures = {kind: register[obstacle_id(kind)] for kind in kinds}
    bars = tuple(
        Bar(kind, float(_count(register, figure.id)), figure.printed, "netral" if kind == UNCLASSIFIED else "sedang")
        for kind, figure in figures.items()
    )
    told = enumerate_words([f"{kind} {figure.printed}" for kind, figure in figures.items()])
    alt = f"Diagram batang banyaknya hambatan menurut jenis: {told}."
    return Chart(CHART, ("Hambatan menurut jenis",), alt, Bars(bars), source_line(results.edition))


def _by_group(results: Results, register: Register, kinds: list[str]) -> Table:
    groups: list[ActorGroup | str] = [*results.edition.groups]
    groups += [NOBODY] if obstacle_id("", NOBODY) in register else []
    names = ["Tanpa pelaksana" if group == NOBODY else str(group) for group in groups]

    def row(name: str, kind: str) -> tuple[Inlines, ...]:
        return ((name,), *((Num(register[obstacle_id(kind, group)]),) for group in (*groups, None)))

    columns = (TableColumn(("Jenis",)), *(TableColumn((name,), "right") for name in (*names, "Jumlah")))
    rows = (*(row(kind, kind) for kind in kinds), row("Jumlah", ""))
    return Table(TABLE, ("Hambatan menurut jenis dan kelompok pelaksana",), columns, rows, ("rekap",))


def _by_commitment(results: Results, register: Register, kinds: list[str]) -> Table:
    numbers = [c.commitment for c in results.data.commitments if obstacle_id("", None, c.commitment) in register]

    def row(name: Inlines, number: int | None) -> tuple[Inlines, ...]:
        return (name, *((Num(register[obstacle_id(kind, None, number)]),) for kind in (*kinds, "")))

    columns = (TableColumn(("Komitmen",), "right"), *(TableColumn((name,), "right") for name in (*kinds, "Jumlah")))
    rows = (*(row((commitment_link(n),), n) for n in numbers), row(("Jumlah",), None))
    return Table(BY_COMMITMENT, ("Hambatan menurut komitmen dan jenis",), columns, rows, ("rekap",))


def _told(obstacle: Obstacle) -> Inlines:
    kind: Inlines = (Cell(obstacle.kind, obstacle.kind_cell),) if obstacle.kind else (UNCLASSIFIED.lower(),)
    return (*kind, ": ", Cell(obstacle.text, obstacle.text_cell)) if obstacle.text else kind


def target_lines(obstacle: Obstacle | None) -> Iterator[Block]:
    """Yield an actor's own obstacle for the place of its target in the appendix."""
    if obstacle:
        yield Paragraph((Strong("Hambatan:"), " ", *_told(obstacle)))


def commitment_blocks(results: Results, number: int) -> Iterator[Block]:
    """Yield the obstacles that the secretariat writes of a commitment."""
    items = []
    for obstacle in obstacles(results.data, results.edition):
        if obstacle.note is None or obstacle.commitment != number:
            continue
        cell, whose = obstacle.note.place.cell, list[Inlines]()
        if obstacle.measure:
            whose.append(("UK ", Cell(str(obstacle.measure), cell("measure"))))
        if obstacle.actor:
            whose.append((Cell(obstacle.actor, cell("actor")),))
        if obstacle.note.period:
            whose.append((Cell(obstacle.period, cell("period")),))
        named = tuple(item for n, part in enumerate(whose) for item in ((", ",) if n else ()) + part)
        items.append((*_told(obstacle), *((" (", *named, ")") if named else ())))
    if items:
        yield Group(("tindak-lanjut",), (Heading(3, ("Hambatan",)), Points(tuple(items))))
