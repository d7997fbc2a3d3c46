"""What people see in the terminal: progress as a bar or as plain lines, and what a command found."""

from __future__ import annotations

import contextlib
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TextIO

from monev.commands.findings_list import inert
from monev.figures.number_format import percent
from monev.model.raw_tables import ranges
from monev.words.messages import Language, Words, rendered, tell
from monev.words.steps import Progress, ShowsProgress, Step

if TYPE_CHECKING:
    from monev.build.report_batch import ReportOutcome
    from monev.figures.reconciliation import Comparison
    from monev.figures.reporting import Completeness
    from monev.figures.suggestions import Suggestion
    from monev.rules.target_plan import Hint
    from monev.rules.tidy import Measure, Target


@contextlib.contextmanager
def console_progress(out: TextIO, language: Language = "id") -> Iterator[Progress]:
    """Give a progress that draws a bar on a terminal and prints plain lines elsewhere, or the output's own."""
    if isinstance(out, ShowsProgress):
        yield out.progress(language)
        return
    if not out.isatty():
        yield Progress(
            lambda words: print(f"- {rendered(words, language)}", file=out, flush=True),
            lambda count, total, name: print(f"  {count:>3}/{total} {name}", file=out, flush=True),
        )
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    with Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[name]}"),
        console=Console(file=out),
    ) as bar:
        shown: list[TaskID] = []

        def stage(words: Words) -> None:
            if shown:
                bar.update(
                    shown[-1],
                    total=bar.tasks[shown[-1]].total or 1,
                    completed=bar.tasks[shown[-1]].total or 1,
                )
            shown.append(bar.add_task(str(rendered(words, language)), total=1, name=""))

        def notebook(count: int, total: int, name: str) -> None:
            bar.update(shown[-1], completed=count, total=total, name=name)

        yield Progress(stage, notebook)
        if shown:
            bar.update(shown[-1], completed=1, total=1)


def show_completeness(found: Completeness, language: Language, out: TextIO) -> None:
    """Print in short who reported in the current period and who did not."""
    period = found.period
    head = tell("completeness.head", period=f"{period.label} {period.tahun} ({period.kode})")
    print(f"\n{head.text(language)}", file=out)
    for group in found.known:
        if group in found.unread:
            print(f"  {tell('completeness.unread', group=group).text(language)}", file=out)
            continue
        total = found.total(group)
        given, said = len(total.with_evidence), len(total.stated)
        told = tell(
            "completeness.group",
            group=group,
            reported=len(total.reported),
            due=len(total.due),
            evidence=given,
            stated=said,
            share=f" ({percent(Fraction(100 * given, said))})" if said else "",
            silent=sum(1 for a in found.silent if a.actor.group == group),
            actors=len(found.of_group(group)),
        )
        kept = [
            tell(key, count=count).text(language)
            for key, count in (
                ("completeness.faulty", len(total.faulty)),
                ("completeness.missing", sum(1 for m in found.without_row if found.group_of(m) == group)),
            )
            if count
        ]
        print(" ".join([f"  {told.text(language)}", *kept]), file=out)
    rows = _named(m for m in found.without_row if found.group_of(m) not in found.unread)
    waiting = _named(found.unscored)
    for key, names in (
        ("completeness.silent", [a.actor.actor for a in found.silent]),
        ("completeness.partial", [a.actor.actor for a in found.partial]),
        ("completeness.unscored", waiting),
        ("completeness.no-row", rows),
    ):
        if names:
            print(f"  {tell(key, names=', '.join(names)).text(language)}", file=out)


def _named(rows: Iterable[Measure | Target]) -> list[str]:
    """Name rows by actor, commitment and measure, each once."""
    return list(dict.fromkeys(f"{row.actor} (Komitmen {row.commitment}, UK {row.measure})" for row in rows))


def show_suggestions(found: Sequence[Suggestion], language: Language, out: TextIO) -> None:
    """Print what the rules suggest to highlight; nothing where they suggest nothing."""
    if not found:
        return
    print("\n" + tell("suggestions.head").text(language), file=out)
    for each in found:
        equal = tell("suggestions.equal", numbers=", ".join(map(str, each.equal))) if each.equal else ""
        state = tell("suggestions.accepted") if each.accepted else ""
        told = tell("suggestions.line", rule=each.rule, number=each.commitment, equal=equal, state=state)
        print(f"  {told.text(language)}", file=out)


def show_hints(found: Sequence[Hint], language: Language, out: TextIO) -> None:
    """Print hints at the wording of targets, a line for each kind with the cells; nothing where there are none."""
    if not found:
        return
    cells = {finding.cell for hint in found for finding in hint.findings}
    where = found[0].findings[0]
    print("\n" + tell("hints.head", count=len(cells), sheet=where.sheet, file=where.file).text(language), file=out)
    for hint in found:
        own = hint.findings
        line = tell("hints.line", code=hint.code, what=own[0].text(language), cells=ranges([f.cell for f in own]))
        print(f"  {inert(line.text(language))}", file=out)


_RESULTS = {
    "built": "batch.built",
    "unchanged": "batch.unchanged",
    "inputs": "batch.inputs-wrong",
    "failed": "batch.failed",
    "lost": "batch.lost-worker",
}


@contextlib.contextmanager
def batch_progress(total: int, out: TextIO, language: Language) -> Iterator[Callable[[ReportOutcome], None]]:
    """Give what is to be called after each report of a batch: it prints a line, above a bar on a terminal."""
    count = 0

    def line(outcome: ReportOutcome) -> str:
        nonlocal count
        count += 1
        result = tell(_RESULTS[outcome.result]).text(language)
        place = f"{outcome.report.root.name} {outcome.report.edition}"
        return inert(f"  {count:>{len(str(total))}}/{total} {place}: {result} ({outcome.seconds:.1f} s)")

    print(f"- {tell('batch.begin', count=total).text(language)}", file=out, flush=True)
    if not out.isatty():
        yield lambda outcome: print(line(outcome), file=out, flush=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    with Bar(
        BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(), console=Console(file=out)
    ) as bar:
        task = bar.add_task("", total=total)

        def done(outcome: ReportOutcome) -> None:
            bar.console.print(line(outcome), markup=False, highlight=False)
            bar.update(task, completed=count)

        yield done


def show_outcomes(outcomes: Sequence[ReportOutcome], language: Language, out: TextIO) -> None:
    """Print what became of the reports of a batch as a table, the failures' reasons below it."""
    names = (tell("batch.programme"), tell("batch.edition"), tell("batch.result"), tell("batch.seconds"))
    heads = [name.text(language) for name in names]
    rows = [
        [str(o.report.root), o.report.edition, tell(_RESULTS[o.result]).text(language), f"{o.seconds:.1f}"]
        for o in outcomes
    ]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    for row in (heads, ["-" * width for width in widths], *rows):
        cells = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)]
        print(inert("  ".join([*cells, row[-1].rjust(widths[-1])])), file=out)
    for outcome in outcomes:
        if outcome.why:
            place = f"{outcome.report.root} {outcome.report.edition}"
            print(inert(f"{place}: {rendered(outcome.why, language)}"), file=out)
    counts = Counter(outcome.result for outcome in outcomes)
    good = counts["built"] + counts["unchanged"]
    told = tell(
        "batch.sum",
        good=good,
        count=len(outcomes),
        built=counts["built"],
        unchanged=counts["unchanged"],
        bad=len(outcomes) - good,
    )
    print(told.text(language), file=out)


def show_steps(steps: Sequence[Step], language: Language, out: TextIO) -> None:
    """Print what became of each step of a build, and why."""
    for step in steps:
        told = tell("step.ran" if step.ran else "step.reused", name=step.name, why=step.why)
        print(f"  {inert(told.text(language))}", file=out)
    ran = sum(step.ran for step in steps)
    print(tell("step.sum", ran=ran, reused=len(steps) - ran).text(language), file=out)


def show_comparisons(comparisons: Sequence[Comparison], everything: bool, language: Language, out: TextIO) -> None:
    """Print published beside computed figures, the differences with their reasons; equal ones only on request."""
    from monev.figures.reconciliation import SAME, STATUSES

    for comparison in comparisons:
        if comparison.status == SAME and not everything:
            continue
        computed = comparison.computed.printed if comparison.computed else "-"
        place = f" ({comparison.place})" if comparison.place else ""
        print(f"[{comparison.status}] {comparison.name}{place}", file=out)
        published = comparison.published.printed
        told = tell("reconcile.sides", published=published, computed=computed, id=comparison.id)
        print(f"    {told.text(language)}", file=out)
        for words in (comparison.explanation, comparison.note):
            if words:
                print(textwrap.fill(words, 100, initial_indent="    ", subsequent_indent="    "), file=out)
    counts = [f"{sum(c.status == status for c in comparisons)} {status}" for status in STATUSES]
    print(tell("reconcile.sum", count=len(comparisons), counts=", ".join(counts)).text(language), file=out)
