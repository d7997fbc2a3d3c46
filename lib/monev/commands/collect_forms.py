"""`monev collect`: the files that came back, registered; who has sent, who has not, and what is wrong with them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from textwrap import shorten
from typing import TYPE_CHECKING

import click

from monev.commands.bilingual import General, command
from monev.commands.shared_arguments import edition
from monev.io.folders import seen_from_here
from monev.words.errors import EXIT_DONE, InputError
from monev.words.messages import Words, rendered, tell

if TYPE_CHECKING:
    from monev.edition.collecting import Collected
    from monev.rules.judgements import Question

_MOST_CELLS = 8
_MOST_LINES = 30  # of rows and of questions


@command("collect", more=tell("help.collect.more"))
@edition
@click.pass_obj
def run(general: General, edition: str) -> int:
    """Register what came back and tell the state of the round; errors in the files decide the exit code."""
    from monev.commands.findings_list import inert, show_findings
    from monev.edition.collecting import collect
    from monev.words.findings import errors

    made = collect(general.root, edition, datetime.now().replace(microsecond=0))
    for words in (*_files(made), *_actors(made), *_assessment(made), *_questions(made)):
        print(inert(str(rendered(words, general.language))))
    print()
    problems = [problem for each in made.new for problem in each.problems]
    told = {finding.line() for finding in made.findings}
    findings = [*made.findings, *(problem for problem in problems if problem.line() not in told)]
    show_findings(findings, general.language, sys.stdout)
    print(rendered(tell("collect.next", edition=edition, path=seen_from_here(made.reminders)), general.language))
    return InputError.exit_code if errors(findings) else EXIT_DONE


def _files(made: Collected) -> Iterator[Words]:
    yield tell("collect.head", edition=made.inputs.edition.edisi, count=len(made.receipts), new=len(made.new))
    for each in made.new:
        actor = (each.found.actor if each.found else "") or tell("collect.unknown")
        how = tell("collect.by-rows") if each.found and each.found.by_rows and each.found.actor else ""
        yield tell("collect.new", name=each.name, actor=actor, how=how)
    for moved in made.renamed:
        yield tell("collect.renamed", old=moved.old, new=moved.new)
    for copy, other in made.copies:
        yield tell("collect.copy", copy=copy, other=other)
    for name in made.others:
        yield tell("collect.other", name=name)
    for version in made.versions:
        cells = ", ".join(version.cells[:_MOST_CELLS]) or "-"
        more = f" (+{len(version.cells) - _MOST_CELLS})" if len(version.cells) > _MOST_CELLS else ""
        yield tell("collect.version", actor=version.actor, older=version.older, newer=version.newer, cells=cells + more,
                   added=version.added, removed=version.removed)  # fmt: skip


def _actors(made: Collected) -> Iterator[Words]:
    from monev.edition.collecting import since

    whole = [a for a in made.actors if a.is_whole]
    partial = [a for a in made.actors if not a.is_whole and made.since(a.actor.actor)]
    silent = [a for a in made.actors if not a.is_whole and not made.since(a.actor.actor)]
    for key, own in (("collect.whole", whole), ("collect.partial", partial), ("collect.silent", silent)):
        yield tell(key, count=len(own))
        for each in own:
            name, rows = each.actor.actor, each.reporting
            yield tell("collect.actor", actor=name, reported=len(rows.reported), due=len(rows.due),
                       since=since(made, name), versions=made.count(name))  # fmt: skip


def _assessment(made: Collected) -> Iterator[Words]:
    """Tell what became of the workbook of assessment; nothing where there is nothing to judge yet."""
    from monev.model.fields import NOT_SCORED
    from monev.rules.judging import shown_key

    done = made.assessment
    if done is None:
        return
    if done.made:
        yield tell("collect.assessment", file=done.file, count=done.added)
        return
    due = [t for t in made.inputs.data.targets if t.period == made.inputs.edition.current.kode]
    judged = sum(t.score != NOT_SCORED for t in due)
    yield tell("collect.assessed", judged=judged, reported=len(due), added=done.added, renewed=done.renewed,
               answered=done.answered)  # fmt: skip
    if done.aside:
        yield tell("collect.aside", path=done.aside)
    yield from _most([tell("collect.judged-before", target=shown_key(key)) for key in done.changed])
    yield from _most([tell("collect.row-gone", target=shown_key(key)) for key in done.gone])
    for cell in done.restored:
        yield tell("collect.restored", cell=cell.cell, was=cell.was, now=cell.now)


def _most(lines: Sequence[Words]) -> Iterator[Words]:
    yield from lines[:_MOST_LINES]
    if len(lines) > _MOST_LINES:
        yield tell("collect.more", count=len(lines) - _MOST_LINES)


def _questions(made: Collected) -> Iterator[Words]:
    """Tell the open questions by actor, each with how long it is open, the oldest first."""
    from monev.edition.assessment import waiting_questions
    from monev.rules.judging import shown_key

    found = waiting_questions(made.inputs)
    if not found:
        return
    yield tell("collect.open", count=len(found))
    lines: list[Words] = []
    for actor in dict.fromkeys(question.actor for question in found):
        own = [question for question in found if question.actor == actor]
        lines.append(tell("collect.open-of", actor=actor, count=len(own), since=_since(own[0], made.today)))
        for question in own:
            key, text = shown_key(question.key), shorten(question.question, 80, placeholder=" ...")
            lines.append(tell("collect.question", target=key, since=_since(question, made.today), question=text))
    yield from _most(lines)


def _since(question: Question, today: date) -> Words:
    from monev.display.phrases import day

    if question.asked is None:
        return tell("collect.undated")
    if question.asked > today:
        return tell("collect.future", day=day(question.asked))
    return tell("collect.days", days=(today - question.asked).days, day=day(question.asked))
