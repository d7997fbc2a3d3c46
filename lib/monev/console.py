"""What people see in the terminal: progress as a bar or as plain lines, findings grouped by file."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TextIO

from monev.findings import Finding, Language, errors
from monev.pipeline import Progress

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
