"""Where the workbook of assessment stands, and what of its questions is open."""

from __future__ import annotations

from pathlib import Path

from monev.io.workbook_reader import read_book
from monev.model.assessment_sheets import ASSESSMENT_FILE
from monev.model.fields import SENT
from monev.model.params import Edition, Period
from monev.rules.judgements import Question
from monev.rules.judging import read_questions


def assessment_file(period: Period) -> str:
    """Return where the secretariat judges beside what was received, from the root."""
    return f"{period.inputs.rstrip('/')}/{ASSESSMENT_FILE}"


def open_questions(root: Path, edition: Edition) -> list[Question]:
    """Return the questions of an edition that wait for an answer, as its workbooks hold them."""
    found: list[Question] = []
    for period in edition.periode:
        file = assessment_file(period)
        if period.masukan == SENT and (root / file).is_file():
            book, _ = read_book(root / file, file, edition.batas)
            questions = read_questions(book, lambda name: name)[0] if book else ()
            found += [question for question in questions if question.is_open]
    return found
