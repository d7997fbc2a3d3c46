"""What people see in the terminal: progress as a bar or as plain lines, findings grouped by file."""

from __future__ import annotations

import contextlib
import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from monev.findings import Finding, Language, errors
from monev.steps import Progress

if TYPE_CHECKING:
    from monev.reconcile import Comparison

_WORDS = {
    "id": {
        "error": "salah",
        "warning": "periksa",
        "none": "Tidak ada temuan.",
        "sum": "{e} kesalahan, {w} peringatan.",
    },
    "en": {
        "error": "error",
        "warning": "warning",
        "none": "No findings.",
        "sum": "{e} errors, {w} warnings.",
    },
}


@contextlib.contextmanager
def console_progress(out: TextIO) -> Iterator[Progress]:
    """Give a progress that draws a bar on a terminal and prints plain lines elsewhere."""
    if not out.isatty():
        yield Progress(
            lambda words: print(f"- {words}", file=out, flush=True),
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

        def stage(words: str) -> None:
            if shown:
                bar.update(
                    shown[-1],
                    total=bar.tasks[shown[-1]].total or 1,
                    completed=bar.tasks[shown[-1]].total or 1,
                )
            shown.append(bar.add_task(words, total=1, name=""))

        def notebook(count: int, total: int, name: str) -> None:
            bar.update(shown[-1], completed=count, total=total, name=name)

        yield Progress(stage, notebook)
        if shown:
            bar.update(shown[-1], completed=1, total=1)


def show_findings(findings: Sequence[Finding], language: Language, out: TextIO) -> None:
    """Print findings grouped by file, errors and warnings told apart, with a sum at the end."""
    words = _WORDS[language]
    if not findings:
        print(words["none"], file=out)
        return
    for file, group in groupby(findings, key=lambda finding: finding.file):
        print(file, file=out)
        for finding in group:
            place = finding.place(language).removeprefix(file).removeprefix(", ")
            print(
                f"  [{finding.code}] {words[finding.weight]}: {place + ': ' if place else ''}{finding.text(language)}",
                file=out,
            )
    wrong = len(errors(findings))
    print(words["sum"].format(e=wrong, w=len(findings) - wrong), file=out)


def show_comparisons(comparisons: Sequence[Comparison], everything: bool, out: TextIO) -> None:
    """Print published beside computed figures, the differences with their reasons; equal ones only on request."""
    from monev.reconcile import SAME, STATUSES

    for comparison in comparisons:
        if comparison.status == SAME and not everything:
            continue
        computed = comparison.computed.printed if comparison.computed else "-"
        place = f" ({comparison.place})" if comparison.place else ""
        print(f"[{comparison.status}] {comparison.name}{place}", file=out)
        print(f"    terbit {comparison.published.printed}; menurut data {computed}  <{comparison.id}>", file=out)
        for words in (comparison.explanation, comparison.note):
            if words:
                print(textwrap.fill(words, 100, initial_indent="    ", subsequent_indent="    "), file=out)
    counts = [f"{sum(c.status == status for c in comparisons)} {status}" for status in STATUSES]
    print(f"{len(comparisons)} angka dan daftar: {', '.join(counts)}.", file=out)
