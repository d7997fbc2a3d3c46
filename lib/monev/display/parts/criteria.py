"""The plan's targets: what was agreed beside their words, how many fall due later, which ones changed."""

from __future__ import annotations

from collections.abc import Iterator

from monev.display.document import (
    Block,
    Break,
    Cell,
    Heading,
    Inlines,
    Num,
    Paragraph,
    Ref,
    Strong,
    Table,
    TableColumn,
)
from monev.display.phrases import commitment_link, day, enumerate_inlines
from monev.figures.plan_figures import LATER, change_id
from monev.figures.register import Register
from monev.figures.results import Results
from monev.model.fields import CHANGES
from monev.rules.tidy import PlannedTarget, TargetChange

_NONE: Inlines = ("–",)


def due_later(register: Register) -> Inlines:
    """Return how many of the plan's targets fall due later; nothing where the register has no targets or none does."""
    later = register.get(LATER)
    return (" (", Num(later), " di antaranya jatuh tempo sesudah periode laporan ini)") if later and later.value else ()


def agreed(target: PlannedTarget | None) -> Iterator[Block]:
    """Yield what was agreed on a target: criteria, where it began and what it should reach, when it is due."""
    if target is None:
        return
    cell = target.place.cell
    if target.criteria:
        yield Paragraph((Strong("Kriteria:"), " ", Cell(target.criteria, cell("criteria"))))
    said: list[Inlines] = []
    unit: Inlines = (" ", Cell(target.unit, cell("unit"))) if target.unit else ()
    for name, label in (("baseline", "awal"), ("goal", "sasaran")):
        amount = getattr(target, name)
        if amount is not None:
            said.append((f"{label} ", Cell(str(amount), cell(name)), *(() if amount.is_percent else unit)))
    if target.due:
        said.append(("tenggat ", Cell(day(target.due), cell("due"))))
    if said:
        parts = (item for n, part in enumerate(said) for item in (("; ",) if n else ()) + part)
        yield Paragraph((Strong("Ukuran:"), " ", *parts))


def changes(results: Results, register: Register) -> Iterator[Block]:
    """Yield the targets that were changed, postponed or dropped, with the decisions; nothing where none was."""
    if not results.data.changes:
        return
    kinds: list[Inlines] = [
        (Num(register[change_id(kind)]), f" {kind.lower()}") for kind in CHANGES if register[change_id(kind)].value
    ]
    yield Heading(2, ("Perubahan Target",), "sec-perubahan-target")
    yield Paragraph(
        (
            "Register mencatat ",
            Num(register[change_id()]),
            " perubahan target: ",
            *enumerate_inlines(kinds),
            ". Keputusan dan alasannya dimuat pada ",
            Ref("tbl-perubahan-target"),
            ".",
        )
    )
    columns = (
        TableColumn(("Komitmen",), "right"),
        TableColumn(("Target",)),
        TableColumn(("Perubahan",)),
        TableColumn(("Keputusan",)),
        TableColumn(("Alasan",)),
    )
    rows = tuple(_row(change) for change in results.data.changes)
    yield Table("tbl-perubahan-target", ("Target yang diubah, ditunda, atau dibatalkan",), columns, rows)


def _row(change: TargetChange) -> tuple[Inlines, ...]:
    cell = change.place.cell
    named: Inlines = (
        "UK ",
        Cell(str(change.measure), cell("measure")),
        ", ",
        Cell(change.actor, cell("actor")),
        ", ",
        Cell(change.period, cell("period")),
        ", nomor ",
        Cell(str(change.no), cell("no")),
    )
    became: Inlines = (": ", Cell(change.becomes, cell("becomes"))) if change.becomes else ()
    on: Inlines = (Break(), Cell(day(change.day), cell("day"))) if change.day else ()
    decision: Inlines = (Cell(change.decision, cell("decision")),) if change.decision else ("tanpa keputusan tercatat",)
    return (
        (commitment_link(change.commitment),),
        named,
        (Cell(change.change, cell("change")), *became),
        (*decision, *on),
        (Cell(change.reason, cell("reason")),) if change.reason else _NONE,
    )
