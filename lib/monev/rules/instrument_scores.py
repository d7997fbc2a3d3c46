"""How answers to an instrument become scores in percent of its scale. Pure.

A question that is not answered, or answered by a level without value, is left out; a part or subject of which nothing
was answered has no score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from monev.model.instruments import LOWEST, SHARE, WEIGHTED, Instrument, Part
from monev.rules.tidy import Answer

Sheet = Mapping[str, Answer]
"""One respondent's answers about one subject, by question."""


def percent(instrument: Instrument, answer: Answer | None) -> Fraction | None:
    """Return where an answer lies on the scale, 0 to 100; None for one that does not count."""
    return instrument.skala.percent(answer.answer) if answer is not None and answer.answer else None


def counted(instrument: Instrument, sheet: Sheet, part: Part | None = None) -> tuple[Answer, ...]:
    """Return the answers that count, of a part or of all, in the order of the instrument."""
    questions = part.pertanyaan if part else instrument.questions
    answers = (sheet[question.kode] for question in questions if question.kode in sheet)
    return tuple(answer for answer in answers if percent(instrument, answer) is not None)


def part_score(instrument: Instrument, part: Part, sheet: Sheet) -> Fraction | None:
    """Return the score of one part by the instrument's rule."""
    values = [(question.bobot, percent(instrument, sheet.get(question.kode))) for question in part.pertanyaan]
    return _combined(instrument, [(weight, value) for weight, value in values if value is not None])


def whole_score(instrument: Instrument, sheet: Sheet) -> Fraction | None:
    """Return the score over all parts: by the same rule over their scores; a share is taken over all answers."""
    if instrument.agregasi == SHARE:
        values = [percent(instrument, answer) for answer in counted(instrument, sheet)]
        return _combined(instrument, [(None, value) for value in values if value is not None])
    parts = [(part.bobot, part_score(instrument, part, sheet)) for part in instrument.bagian]
    return _combined(instrument, [(weight, value) for weight, value in parts if value is not None])


def _combined(instrument: Instrument, values: Sequence[tuple[Fraction | None, Fraction]]) -> Fraction | None:
    if not values:
        return None
    if instrument.agregasi == LOWEST:
        return min(value for _, value in values)
    if instrument.agregasi == SHARE:
        least = instrument.skala.percent(instrument.ambang)
        assert least is not None
        return Fraction(100 * sum(1 for _, value in values if value >= least), len(values))
    if instrument.agregasi == WEIGHTED and all(weight is not None for weight, _ in values):
        total = sum((weight for weight, _ in values if weight), Fraction(0))
        return sum((weight * value for weight, value in values if weight), Fraction(0)) / total if total else None
    return mean(value for _, value in values)


def mean(values: Iterable[Fraction]) -> Fraction | None:
    """Return the mean; None of nothing."""
    own = list(values)
    return sum(own, Fraction(0)) / len(own) if own else None
