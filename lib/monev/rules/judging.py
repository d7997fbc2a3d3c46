"""Assessment beside the actors' words: rows of sheets Penilaian and Konfirmasi read, held against what was reported.

Pure. Nothing is guessed: what two assessors see differently waits, what was said anew after judging is told, and
words of actors that were edited in the workbook are told and passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from monev.model.assessment_sheets import (
    ANSWERED,
    CHANGED,
    OPEN,
    QUESTIONS,
    WORDS,
    judging_sheet,
)
from monev.model.instruments import Instrument
from monev.model.letters import plain
from monev.model.number_formats import general, localised
from monev.model.raw_tables import RawBook, RawSheet, RowPlace, ranges
from monev.rules.heading_rows import positions, shown
from monev.rules.judgements import (
    Judgement,
    Key,
    Question,
    Reply,
    digest_of_words,
    is_changed,
    looked_again,
    state_of,
)
from monev.rules.target_plan import key_of
from monev.rules.tidy import Achievements, Amount, Row, Target, Unreported, read_sheet
from monev.words.findings import Finding

Called = Callable[[str], str | None]


@dataclass(frozen=True)
class Assessed:
    """What the workbook of assessment holds: its rows, the actors' words as they show there, and the questions.

    `lacks` names optional columns without which something cannot be known; `whole` is false where a row's key, or the
    sheet itself, could not be read.
    """

    rows: tuple[Judgement, ...] = ()
    texts: Mapping[int, Mapping[str, tuple[str, str]]] | None = None
    questions: tuple[Question, ...] = ()
    lacks: tuple[str, ...] = ()
    whole: bool = True

    def answers(self, key: Key) -> list[str]:
        """Return the answers to the questions about a target, in their order."""
        return [question.answer for question in self.questions if question.key == key and question.answer]


def words_of(target: Target | Unreported) -> dict[str, str]:
    """Return an actor's own words of a target by column, as they are shown to assessors; empty where none came."""
    if not isinstance(target, Target):
        return dict.fromkeys(WORDS, "")
    return {name: as_shown(getattr(target, name)) for name in WORDS}


def as_shown(value: str | Amount | None) -> str:
    """Return a text, or a number by its value: how a cell formats it does not matter."""
    if isinstance(value, Amount):
        return localised(general(value.value), "id") + "%" * value.is_percent
    return value or ""


def digest_of(target: Target | Unreported) -> str:
    """Return the digest of an actor's words of a target."""
    return digest_of_words(list(words_of(target).values()))


# Reading ------------------------------------------------------------------------------------------------------


def read_assessment(book: RawBook, instruments: Sequence[Instrument], called: Called) -> tuple[Assessed, list[Finding]]:
    """Return what the workbook of assessment says, and its findings; `called` tells an actor by any of its names."""
    sheet = judging_sheet(instruments)
    rows, findings = read_sheet(book, sheet)
    raw = book.sheet(sheet.name)
    made, whole = [], raw is not None and (bool(rows) or not any(f.weight == "error" for f in findings))
    principles = [column.name for column in sheet.columns if "." in column.name]
    for row in rows:
        if any(name not in row.values for name in sheet.key):
            whole = whole and not row.values  # what is no data has no key to be read
            continue
        made.append(_judgement(row, principles, called))
    at = positions(raw, (*sheet.context, *sheet.columns)) if raw else {}
    texts = {row.place.row: _texts(raw, row.place.row, at) for row in made} if raw else {}
    lacks = tuple(name for name in ("shown", "basis") if name not in at)
    questions, more = read_questions(book, called)
    return Assessed(tuple(made), texts, questions, lacks, whole), [*findings, *more]


def _judgement(row: Row, principles: Iterable[str], called: Called) -> Judgement:
    value = row.values
    names = (
        "score", "reason", "evidence_checked", "assessor", "day", "score_2", "cocreation", "cocreation_2",
        "assessor_2", "final_score", "final_cocreation", "shown", "basis",
    )  # fmt: skip
    given = {name: value[name] for name in names if name in value}  # what lacks has a finding
    answers = {name: value[name] for name in principles if value.get(name)}
    unread = frozenset(name for name in names if name not in value)
    return Judgement(_key(row, called), row.place, answers=answers, unread=unread, **given)


def _key(row: Row, called: Called) -> Key:
    actor = str(row.values["actor"])
    found = {**row.values, "actor": called(actor) or actor}
    return tuple(found[name] for name in QUESTIONS.key[:-1])


def _texts(raw: RawSheet, number: int, at: Mapping[str, int]) -> dict[str, tuple[str, str]]:
    """Return what stands in the columns of the actor's words: text and address."""
    cells = raw.rows[number - 1]
    return {name: (shown(cells[at[name]]), cells[at[name]].address) for name in WORDS if name in at}


def read_questions(book: RawBook, called: Called) -> tuple[tuple[Question, ...], list[Finding]]:
    """Return what sheet Konfirmasi holds, and its findings."""
    if book.sheet(QUESTIONS.name) is None:
        return (), [Finding("Q11", book.file, details={"sheet": QUESTIONS.name})]
    rows, findings = read_sheet(book, QUESTIONS)
    made = []
    for row in rows:
        if all(name in row.values for name in QUESTIONS.key):
            names = ("asked", "answered", "answer", "status")
            given = {name: row.values[name] for name in names if name in row.values}
            unread = frozenset(name for name in names if name not in row.values)
            made.append(Question(*_key(row, called), row.values["question"], row.place, unread=unread, **given))
    return tuple(made), findings


# Held against what was reported -------------------------------------------------------------------------------------


def judged_rows(rows: Achievements, read: Assessed) -> Achievements:
    """Return the rows with what assessors said of them: a score and a status with their cells as sources."""
    by_key = {judged.key: judged for judged in reversed(read.rows)}
    return replace(rows, targets=tuple(_judged(t, by_key.get(key_of(t)), read) for t in rows.targets))


def _judged(target: Target, judged: Judgement | None, read: Assessed) -> Target:
    if judged is None:
        return target
    changed = is_changed(judged, digest_of(target), read.answers(judged.key))
    changed = changed or bool(
        not judged.shown and looked_again(judged) and judged.begun and _edited(target, judged, read)
    )
    score, score_column = judged.decided_score
    status, status_column = judged.decided_status
    sources = dict(target.place.sources) | {
        "score": judged.place.cell(score_column if score_column in judged.place.cells else "score"),
        "cocreation": judged.place.cell(status_column if status_column in judged.place.cells else "cocreation"),
        **{name: judged.place.cell(name) for name in judged.answers},
    }
    return replace(
        target,
        score=score,
        cocreation=status,
        answers=judged.answers,
        place=replace(target.place, sources=sources),
        judgement=replace(judged, state=state_of(judged, reported=True, changed=changed)),
    )


def _edited(target: Target | Unreported, judged: Judgement, read: Assessed) -> list[str]:
    """Return the columns of the actor's words that do not show what the form says."""
    texts = (read.texts or {}).get(judged.place.row, {})
    words = words_of(target)
    return [name for name, (text, _) in texts.items() if plain(text) != plain(words[name])]


# Findings ---------------------------------------------------------------------------------------------------------


def assessment_findings(
    rows: Achievements,
    read: Assessed,
    replies: Sequence[Reply],
    unread: Collection[str],
    file: str,
    edition: str,
) -> Iterator[Finding]:
    """Yield what is odd between the workbook of assessment and what was reported; `rows` are judged already.

    What the forms of `unread` actors say is not known, so nothing follows from it.
    """
    told: dict[Key, Target | Unreported] = {key_of(row): row for row in rows.rows}
    if "shown" in read.lacks and read.rows:
        sheet = judging_sheet()
        yield Finding("Q10", file, sheet.name, details={"column": sheet.column("shown").heading})
    for judged in read.rows:
        row = told.get(judged.key)
        if row is None:
            yield _at("Q05", judged.place, "no", key=shown_key(judged.key))
        elif not isinstance(row, Target):
            if row in rows.unreported and row.actor not in unread:
                if judged.begun:
                    yield _at("Q01", judged.place, "score", key=shown_key(judged.key))
                yield from _by_hand(row, judged, read)
        elif row.judgement:
            yield from _row(row, row.judgement, read)
    yield from _second(read)
    known = {judged.key for judged in read.rows}
    if lacking := [key for key in told if key not in known]:
        yield Finding("Q08", file, judging_sheet().name, details={"count": len(lacking), "edition": edition})
    clear = {key: row for key, row in told.items() if row.actor not in unread and row not in rows.faulty}
    yield from _outdated(clear, read, edition)
    yield from _asked(told, read)
    yield from _replies(read, replies, edition)


def shown_key(key: Key) -> str:
    """Return a target's key in words."""
    return f"Komitmen {key[0]}, UK {key[1]}, {key[2]}, {key[3]}, No {key[4]}"


def _at(code: str, place: RowPlace, at: str, /, **details: object) -> Finding:
    return Finding(code, place.file, place.sheet, place.cells.get(at, str(place.row)), details)


def _row(target: Target, judged: Judgement, read: Assessed) -> Iterator[Finding]:
    if judged.state == CHANGED:
        source = target.place.cell("achievement").split("!")
        yield _at("Q02", judged.place, "day", other=f"{source[0]}, sel {source[-1]}")
    for differ, one, two, end in (
        (judged.scores_differ, "score", "score_2", "final_score"),
        (judged.statuses_differ, "cocreation", "cocreation_2", "final_cocreation"),
    ):
        if differ:
            values = [_said(getattr(judged, name)) for name in (one, two)]
            sheet = judging_sheet()
            details = {"first": values[0], "second": values[1], "column": sheet.column(end).heading}
            yield _at("Q03", judged.place, end if end in judged.place.cells else two, **details)
    lacking = [name for name in ("assessor", "day") if not getattr(judged, name) and name not in judged.unread]
    if judged.begun and lacking:
        sheet = judging_sheet()
        yield _at("Q09", judged.place, lacking[0], column=", ".join(sheet.column(name).heading for name in lacking))
    if judged.shown in ("", digest_of(target)) and (judged.shown or not judged.begun):
        yield from _by_hand(target, judged, read)


def _by_hand(row: Target | Unreported, judged: Judgement, read: Assessed) -> Iterator[Finding]:
    """Yield the actor's words that somebody edited here, in a row that shows what the form says now."""
    if judged.shown != digest_of(row):
        return
    texts, words = (read.texts or {}).get(judged.place.row, {}), words_of(row)
    for name in _edited(row, judged, read):
        value, address = texts[name]
        if isinstance(row, Target):
            source = row.place.cell(name).split("!")
            details = {"value": value[:80], "read": words[name][:80], "other": f"{source[0]}, sel {source[-1]}"}
            yield Finding("Q06", judged.place.file, judged.place.sheet, address, details)
        else:
            details = {"value": value[:80], "key": shown_key(judged.key)}
            yield Finding("Q24", judged.place.file, judged.place.sheet, address, details)


def _said(value: object) -> str:
    return value if isinstance(value, str) else f"{float(value):g}".replace(".", ",")  # type: ignore[arg-type]


def _second(read: Assessed) -> Iterator[Finding]:
    """Yield rows that one of two assessors has not judged; a row by itself is no reason where no second one works."""
    if not any(judged.score_2 is not None or judged.cocreation_2 for judged in read.rows):
        return
    sheet = judging_sheet()
    for one, other in (("score", "score_2"), ("cocreation", "cocreation_2")):
        if not any(getattr(judged, other) not in (None, "") for judged in read.rows):
            continue
        for given, blank in ((one, other), (other, one)):
            lacking = [
                judged.place.cells[blank]
                for judged in read.rows
                if getattr(judged, given) not in (None, "") and getattr(judged, blank) in (None, "")
                and blank in judged.place.cells and not _is_decided(judged, one)
            ]  # fmt: skip
            if lacking:
                place = read.rows[0].place
                details = {"count": len(lacking), "cells": ranges(lacking), "column": sheet.column(blank).heading,
                           "other": sheet.column(given).heading}  # fmt: skip
                yield Finding("Q04" if given == one else "Q12", place.file, place.sheet, lacking[0], details)


def _is_decided(judged: Judgement, column: str) -> bool:
    return judged.final_score is not None if column == "score" else bool(judged.final_cocreation)


def _outdated(told: Mapping[Key, Target | Unreported], read: Assessed, edition: str) -> Iterator[Finding]:
    """Tell in one line of rows that do not show yet what the forms say."""
    first = {judged.key: judged for judged in reversed(read.rows)}
    old = [
        judged for judged in reversed(first.values())
        if judged.shown and judged.key in told and judged.shown != digest_of(told[judged.key])
    ]  # fmt: skip
    if old:
        place = old[0].place
        cells = [judged.place.cells["shown"] for judged in old]
        details = {"count": len(old), "cells": ranges(cells), "edition": edition}
        yield Finding("Q07", place.file, place.sheet, cells[0], details)


def _asked(told: Mapping[Key, Target | Unreported], read: Assessed) -> Iterator[Finding]:
    for question in read.questions:
        if question.key not in told:
            yield _at("Q13", question.place, "no", key=shown_key(question.key))
        if question.asked is None and "asked" not in question.unread:
            yield _at("Q14", question.place, "asked")
        if question.asked and question.answered and question.answered < question.asked:
            yield _at("Q15", question.place, "answered", value=question.answered, asked=question.asked)
        if question.answer and question.status == OPEN:
            yield _at("Q16", question.place, "status")
        if question.status == ANSWERED and not question.answer and "answer" not in question.unread:
            yield _at("Q17", question.place, "answer")
        if question.answer and question.answered is None and "answered" not in question.unread:
            yield _at("Q21", question.place, "answered")


def _replies(read: Assessed, replies: Sequence[Reply], edition: str) -> Iterator[Finding]:
    by_words = {(question.key, plain(question.question)): question for question in read.questions}
    waiting: list[Reply] = []
    for reply in replies:
        question = by_words.get((reply.key, plain(reply.question)))
        if question is None:
            yield Finding("Q20", reply.place.file, reply.place.sheet, reply.cell, {"value": reply.question[:80]})
        elif not question.answer:
            waiting.append(reply)
        elif plain(question.answer) != plain(reply.answer):
            other = f"{reply.place.file}, sel {reply.cell}"
            yield _at("Q19", question.place, "answer", value=reply.answer[:80], other=other)
    for reply in waiting:
        yield Finding("Q18", reply.place.file, reply.place.sheet, reply.cell, {"edition": edition})
