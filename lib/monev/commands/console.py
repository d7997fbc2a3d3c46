"""What people see in the terminal: progress as a bar or as plain lines, findings grouped by file."""

from __future__ import annotations

import contextlib
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from monev.figures.number_format import percent
from monev.model.fields import GROUPS
from monev.model.raw_tables import ranges
from monev.words.findings import Finding, errors
from monev.words.messages import Language, Words, rendered, tell
from monev.words.steps import Progress, Step

if TYPE_CHECKING:
    from monev.build.report_batch import ReportOutcome
    from monev.figures.reconciliation import Comparison
    from monev.figures.reporting import Completeness
    from monev.figures.suggestions import Suggestion
    from monev.rules.tidy import Measure, Target

_STATES = ("R01", "R02")  # of a prepared workbook at first all rows: told in one line


MOST_OF_A_KIND = 12  # findings of one kind in one sheet that the terminal shows; the rest is counted


@contextlib.contextmanager
def console_progress(out: TextIO, language: Language = "id") -> Iterator[Progress]:
    """Give a progress that draws a bar on a terminal and prints plain lines elsewhere."""
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


def _together(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings of one file; those that say the same of many cells become one that names them all."""
    same: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        many = finding.code in _STATES
        key = (finding.code, finding.sheet) if many else (len(same),)
        same.setdefault(key, []).append(finding)
    for own in same.values():
        yield replace(own[0], cell=ranges([f.cell for f in own])) if len(own) > 1 else own[0]


def show_completeness(found: Completeness, language: Language, out: TextIO, *, faulty: bool) -> None:
    """Print in short who reported in the current period and who did not; `faulty` rows were not read."""
    period = found.period
    key = "completeness.faulty" if faulty else "completeness.head"
    print("\n" + tell(key, period=f"{period.label} {period.tahun} ({period.kode})").text(language), file=out)
    for group in GROUPS:
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
        print(f"  {told.text(language)}", file=out)
    rows, waiting = _named(found.without_row), _named(found.unscored)
    for key, names in (
        ("completeness.silent", [a.actor.actor for a in found.silent]),
        ("completeness.partial", [a.actor.actor for a in found.partial]),
        ("completeness.unscored", waiting),
        ("completeness.no-row", [] if faulty else rows),
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


def show_findings(findings: Sequence[Finding], language: Language, out: TextIO) -> None:
    """Print findings grouped by file, what stops a build first, with a sum at the end."""
    if not findings:
        print(tell("findings.none").text(language), file=out)
        return
    for file, group in groupby(_worst_first(findings), key=lambda finding: finding.file):
        own = list(group)
        print(f"{inert(file)} ({_count(own, language)})", file=out)
        shown: Counter[tuple[str, str]] = Counter()
        for finding in _together(own):
            kind = (finding.sheet, finding.code)
            shown[kind] += 1
            if shown[kind] <= MOST_OF_A_KIND:
                place = finding.place(language).removeprefix(file).removeprefix(", ")
                weight = tell(f"findings.{finding.weight}").text(language)
                text = f"{place + ': ' if place else ''}{finding.text(language)}"
                print(f"  [{finding.code}] {weight}: {inert(text)}", file=out)
        for (sheet, code), count in shown.items():
            if count > MOST_OF_A_KIND:
                more = tell("findings.more", code=code, count=count - MOST_OF_A_KIND, sheet=sheet)
                print(f"  {inert(more.text(language))}", file=out)
    print(f"{_count(findings, language)}.", file=out)


def _worst_first(findings: Sequence[Finding]) -> list[Finding]:
    """Put files with errors before those without, and in each its errors first; the order is kept otherwise."""
    wrong = {finding.file for finding in errors(findings)}
    order = {file: place for place, file in enumerate(dict.fromkeys(finding.file for finding in findings))}
    return sorted(findings, key=lambda f: (f.file not in wrong, order[f.file], f.weight != "error"))


def _count(findings: Sequence[Finding], language: Language) -> str:
    wrong = len(errors(findings))
    return tell("findings.sum", errors=wrong, warnings=len(findings) - wrong).text(language)


def inert(text: str) -> str:
    """Return a text without what could move the cursor or turn the writing round in a terminal."""
    return "".join(" " if c in "\n\t" else c if c.isprintable() else "\ufffd" for c in text)


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
