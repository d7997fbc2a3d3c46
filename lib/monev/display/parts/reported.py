"""What an actor's form tells beside the achievement: number reached, next steps, published evidence."""

from __future__ import annotations

from collections.abc import Iterator

from monev.display.document import Block, Cell, FileLink, Inlines, Paragraph, Strong
from monev.display.phrases import enumerate_inlines
from monev.figures.results import Results
from monev.rules.evidence_names import published_path
from monev.rules.tidy import PlannedTarget, Target


def realised(target: Target, planned: PlannedTarget | None) -> Iterator[Block]:
    """Yield the number that was reached, beside the one to reach where the plan has it."""
    if target.realised is None:
        return
    reached: Inlines = (Cell(str(target.realised), target.place.cell("realised")),)
    if planned and planned.goal:
        reached = (*reached, " dari sasaran ", Cell(str(planned.goal), planned.place.cell("goal")))
    last = planned.goal if planned and planned.goal else target.realised
    if planned and planned.unit and not last.is_percent:
        reached = (*reached, " ", Cell(planned.unit, planned.place.cell("unit")))
    yield Paragraph((Strong("Realisasi:"), " ", *reached))


def next_steps(target: Target) -> Iterator[Block]:
    """Yield what comes next."""
    if target.next_steps:
        yield Paragraph((Strong("Rencana:"), " ", Cell(target.next_steps, target.place.cell("next_steps"))))


def files(results: Results, target: Target) -> Iterator[Block]:
    """Yield the files of the evidence that are published with the report."""
    key = (target.commitment, target.measure, target.actor, target.period, target.no)
    own = [
        f for f in results.data.evidence_files if f.public and (f.commitment, f.measure, f.actor, f.period, f.no) == key
    ]
    if own:
        links: list[Inlines] = [
            (FileLink(Cell(f.name, target.place.cell("evidence")), published_path(f.file)),) for f in own
        ]
        yield Paragraph((Strong("Berkas yang diterbitkan:"), " ", *enumerate_inlines(links)))
