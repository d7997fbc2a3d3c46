"""Findings as the terminal lists them: errors first and in red, then warnings, those of earlier periods in one line."""

from __future__ import annotations

import os
import shutil
import textwrap
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TextIO

from monev.model.raw_tables import ranges
from monev.words.findings import Finding, errors
from monev.words.messages import Language, tell

MOST_OF_A_KIND = 12  # findings of one kind in one sheet that the terminal shows; the rest is counted
_STATES = ("R01", "R02")  # of a prepared workbook at first all rows: told in one line
_INDENT = " " * 8
_RED, _PLAIN = "\x1b[31m", "\x1b[0m"


@dataclass
class FindingsTold:
    """What was told in the last round of a watch: only what is new is told at length again."""

    last: frozenset[str] = field(default_factory=frozenset)


def show_findings(
    findings: Sequence[Finding],
    language: Language,
    out: TextIO,
    earlier: Collection[str] = (),
    told: FindingsTold | None = None,
) -> None:
    """Print findings grouped by file, what stops a build first, with a sum at the end.

    `earlier` are the folders of earlier periods: their warnings take one line each. With `told`, what an earlier round
    said is named in short.
    """
    if not findings:
        print(tell("findings.none").text(language), file=out)
        return
    known = told.last if told else frozenset()
    folded = {folder: [f for f in findings if _is_folded(f, folder)] for folder in earlier}
    aside = {id(finding) for own in folded.values() for finding in own}
    listed = [finding for finding in findings if id(finding) not in aside]
    _List(listed, language, out, known).show()
    for folder, own in folded.items():
        if own:
            codes = ", ".join(sorted({finding.code for finding in own}))
            line = tell("findings.earlier", folder=folder, count=len(own), codes=codes)
            _write(line.text(language), out)
    if told:
        now = frozenset(finding.line() for finding in findings)
        if gone := len(known - now):
            print(tell("findings.gone", count=gone).text(language), file=out)
        told.last = now
    print(f"{_count(findings, language)}.", file=out)


def _is_folded(finding: Finding, folder: str) -> bool:
    return finding.weight != "error" and finding.file.startswith(f"{folder}/")


@dataclass
class _List:
    """The list of one telling: what was headed and how many of each kind were shown."""

    findings: Sequence[Finding]
    language: Language
    out: TextIO
    known: Collection[str]
    headed: str = ""

    def show(self) -> None:
        """Print the errors of all files, then the warnings."""
        wrong = errors(self.findings)
        for own in (wrong, [f for f in self.findings if f.weight != "error"]):
            files = dict.fromkeys(finding.file for finding in own)
            for file in sorted(files, key=lambda file: file != self.headed):  # what is headed already goes on
                self._file(file, [finding for finding in own if finding.file == file])

    def _file(self, file: str, own: Sequence[Finding]) -> None:
        new = [finding for finding in own if finding.line() not in self.known]
        again = [finding for finding in own if finding.line() in self.known and finding.weight == "error"]
        if file != self.headed and (new or again):
            everything = [finding for finding in self.findings if finding.file == file]
            print(f"{inert(file)} ({_count(everything, self.language)})", file=self.out)
            self.headed = file
        shown: Counter[tuple[str, str]] = Counter()
        for finding in _together(new):
            kind = (finding.sheet, finding.code)
            shown[kind] += 1
            if shown[kind] <= MOST_OF_A_KIND:
                self._line(finding, finding.text(self.language))
        for (sheet, code), count in shown.items():
            if count > MOST_OF_A_KIND:
                more = tell("findings.more", code=code, count=count - MOST_OF_A_KIND, sheet=sheet)
                _write(f"  {inert(more.text(self.language))}", self.out)
        for finding in again:
            self._line(finding, tell("findings.again").text(self.language))

    def _line(self, finding: Finding, text: str) -> None:
        place = finding.place(self.language).removeprefix(finding.file).removeprefix(", ")
        weight = tell(f"findings.{finding.weight}").text(self.language)
        line = f"  [{finding.code}] {weight}: {inert(f'{place}: ' if place else '')}{inert(text)}"
        _write(line, self.out, red=finding.weight == "error")


def _together(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings of one file; those that say the same of many cells become one that names them all."""
    same: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        many = finding.code in _STATES
        key = (finding.code, finding.sheet) if many else (len(same),)
        same.setdefault(key, []).append(finding)
    for own in same.values():
        yield replace(own[0], cell=ranges([f.cell for f in own])) if len(own) > 1 else own[0]


def _count(findings: Sequence[Finding], language: Language) -> str:
    wrong = len(errors(findings))
    return tell("findings.sum", errors=wrong, warnings=len(findings) - wrong).text(language)


def _write(line: str, out: TextIO, *, red: bool = False) -> None:
    """Print a line; on a terminal broken between words, and in red where that is wanted and colours are."""
    if out.isatty():
        width = max(40, shutil.get_terminal_size((100, 24)).columns - 1)
        line = textwrap.fill(
            line, width, subsequent_indent=_INDENT, break_long_words=False, break_on_hyphens=False,
            drop_whitespace=True, replace_whitespace=False,
        )  # fmt: skip
        if red and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb":
            line = f"{_RED}{line}{_PLAIN}"
    print(line, file=out)


def inert(text: str) -> str:
    """Return a text without what could move the cursor or turn the writing round in a terminal."""
    return "".join(" " if c in "\n\t" else c if c.isprintable() else "\ufffd" for c in text)
