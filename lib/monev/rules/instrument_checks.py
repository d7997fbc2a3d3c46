"""Checks of answered instruments: their keys exist, every question is known, who has not answered. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from monev.model.fields import NO_TARGET
from monev.model.instruments import ACTOR, COMMITMENT, PROGRAMME, TARGET, Instrument
from monev.model.params import Edition
from monev.model.raw_tables import ranges
from monev.rules.tidy import Answer, Dataset, Target
from monev.words.findings import Finding, nearest

Subject = tuple[int | str, ...]


def subjects(instrument: Instrument, respondent: str, period: str, data: Dataset) -> dict[Subject, str]:
    """Return what a respondent is asked about in a period, each with its name; a group is asked about what it carries.

    A target without a score in that period because there is none (`-`) is not asked about.
    """
    groups = {actor.actor: actor.group for actor in data.actors}
    asked_of = respondent if respondent in groups.values() else ""
    match instrument.tentang:
        case "komitmen":
            own = {party.commitment for party in data.parties if asked_of in ("", groups.get(party.actor))}
            return {(c.commitment,): c.title for c in data.commitments if c.commitment in own or not asked_of}
        case "pelaksana":
            return {(a.actor,): a.full_name for a in data.actors if asked_of in ("", a.group)}
        case "target":
            rows = (row for row in data.rows if row.period == period and asked_of in ("", row.group))
            due = (row for row in rows if not (isinstance(row, Target) and row.score == NO_TARGET))
            return {(row.commitment, row.measure, row.actor, row.period, row.no): row.target for row in due}
    return {(subject.kode,): subject.nama for subject in instrument.subjek} or {(): "Program"}


def answer_findings(data: Dataset, instruments: Iterable[Instrument]) -> Iterator[Finding]:
    """Yield what is wrong with the rows of instruments' sheets: keys and questions that do not exist."""
    by_code = {instrument.kode: instrument for instrument in instruments}
    for answer in data.answers:
        instrument = by_code[answer.instrument]
        questions = [question.kode for question in instrument.questions]
        if answer.question not in questions:
            details = {"value": answer.question[:80], "hint": nearest(answer.question, questions)}
            yield _at("I21", answer, "question", instrument=instrument.kode, **details)
        yield from _subject(answer, instrument, data)


def _subject(answer: Answer, instrument: Instrument, data: Dataset) -> Iterator[Finding]:
    """Yield why what an answer is about does not exist."""
    subject = answer.subject
    if instrument.tentang in (COMMITMENT, TARGET) and subject[0] not in {c.commitment for c in data.commitments}:
        yield _at("K02", answer, "commitment", value=subject[0])
    elif instrument.tentang in (ACTOR, TARGET) and (name := str(subject[2 if len(subject) > 1 else 0])) not in (
        known := [a.actor for a in data.actors]
    ):
        yield _at("K03", answer, "actor", value=name, hint=nearest(name, known))
    elif instrument.tentang == TARGET and subject not in {
        (r.commitment, r.measure, r.actor, r.period, r.no) for r in data.rows
    }:
        shown = ", ".join(map(str, subject))
        yield _at("I22", answer, "no", value=shown)
    elif (
        instrument.tentang == PROGRAMME and subject and subject[0] not in (codes := [s.kode for s in instrument.subjek])
    ):
        yield _at("I23", answer, "subject", value=subject[0], hint=nearest(str(subject[0]), codes))


def _at(code: str, answer: Answer, column: str, **details: object) -> Finding:
    place = answer.place
    return Finding(code, place.file, place.sheet, place.cells.get(column, str(place.row)), details)


def too_many(instrument: Instrument, respondent: str, data: Dataset, edition: Edition) -> Iterator[Finding]:
    """Yield that a respondent would be asked more than a sheet may hold."""
    about = len(subjects(instrument, respondent, edition.current.kode, data))
    questions, limit = len(instrument.questions), edition.batas.baris
    if about * questions >= limit:
        details = {"instrument": instrument.kode, "count": about * questions, "who": respondent}
        file = f"params/{edition.edisi}.yml"
        yield Finding("I17", file, details={**details, "questions": questions, "subjects": about, "limit": limit})


def silent_findings(instrument: Instrument, file: str, answers: Iterable[Answer]) -> Iterator[Finding]:
    """Yield that a respondent's workbook leaves questions without an answer: all of them, or some."""
    rows = list(answers)
    blank = [answer for answer in rows if not answer.answer]
    if len(blank) == len(rows):
        yield Finding("I24", file, details={"instrument": instrument.nama})
    elif blank:
        first, where = blank[0], ranges([str(answer.place.row) for answer in blank])
        details = {"count": len(blank), "all": len(rows), "rows": where}
        yield Finding("I25", file, first.place.sheet, first.cell.rpartition("!")[2], details)
