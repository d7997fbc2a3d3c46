"""What an edition's answers to an instrument give: scores by period, respondent and subject; who agrees. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from monev.figures.results import Results
from monev.model.fields import NO_TARGET
from monev.model.instruments import AVERAGE, SECRETARIAT, Instrument, Part, column_name
from monev.model.params import Period
from monev.rules.instrument_checks import Subject
from monev.rules.instrument_scores import Sheet, counted, mean, part_score, percent, whole_score
from monev.rules.tidy import Answer


@dataclass(frozen=True)
class Pair:
    """One question about one subject that two respondents or more have answered; `distance` in percent of the scale."""

    subject: Subject
    question: str
    answers: tuple[Answer, ...]
    distance: Fraction


@dataclass(frozen=True)
class InstrumentResult:
    """One instrument that an edition asks, with all answers of its periods."""

    instrument: Instrument
    respondents: tuple[str, ...]
    period: Period
    periods: tuple[Period, ...]
    sheets: Mapping[tuple[str, str], Mapping[Subject, Sheet]] = field(repr=False)
    """By period and respondent, then by subject."""

    @property
    def everyone(self) -> str:
        """What stands in ids for all respondents together: the one that there is, or their mean."""
        return AVERAGE if len(self.respondents) > 1 else self.respondents[0]

    @property
    def columns(self) -> tuple[str, ...]:
        """The respondents, and their mean where there are several."""
        return (*self.respondents, *([AVERAGE] if len(self.respondents) > 1 else []))

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """All subjects of the current period about which anything was answered, in the order of the sheets."""
        found = dict.fromkeys(
            subject
            for who in self.respondents
            for subject, sheet in self.sheet(who).items()
            if counted(self.instrument, sheet)
        )
        return tuple(sorted(found)) if self.instrument.tentang in ("komitmen", "target") else tuple(found)

    @property
    def answered(self) -> bool:
        """Anything was answered in the current period."""
        return bool(self.subjects)

    def sheet(self, who: str, period: str = "") -> Mapping[Subject, Sheet]:
        """Return a respondent's answers by subject, in a period or the current one."""
        return self.sheets.get((period or self.period.kode, who), {})

    def score(self, who: str, subject: Subject, part: Part | None = None, period: str = "") -> Fraction | None:
        """Return the score of a subject by one respondent, or by all: the mean of theirs."""
        if who == AVERAGE:
            own = (self.score(name, subject, part, period) for name in self.respondents)
            return mean(value for value in own if value is not None)
        sheet = self.sheet(who, period).get(subject, {})
        return part_score(self.instrument, part, sheet) if part else whole_score(self.instrument, sheet)

    def total(self, who: str, part: Part | None = None, period: str = "") -> Fraction | None:
        """Return the mean over all subjects by one respondent; for all the mean of the respondents' means."""
        if who == AVERAGE:
            own = (self.total(name, part, period) for name in self.respondents)
            return mean(value for value in own if value is not None)
        values = (self.score(who, subject, part, period) for subject in self.sheet(who, period))
        return mean(value for value in values if value is not None)

    def cells(
        self, who: str, part: Part | None = None, period: str = "", subject: Subject | None = None
    ) -> tuple[str, ...]:
        """Return the cells of the answers that count for a respondent or all."""
        return tuple(
            answer.cell
            for name in (self.respondents if who == AVERAGE else (who,))
            for about, sheet in self.sheet(name, period).items()
            if subject in (None, about)
            for answer in counted(self.instrument, sheet, part)
        )

    @cached_property
    def compared(self) -> tuple[Pair, ...]:
        """What two respondents or more have answered in the current period, in the order of subjects and questions."""
        return tuple(self._pairs())

    def _pairs(self) -> Iterator[Pair]:
        for subject in self.subjects if len(self.respondents) > 1 else ():
            for question in self.instrument.questions:
                given = (self.sheet(who).get(subject, {}).get(question.kode) for who in self.respondents)
                own = [(a, value) for a in given if a and (value := percent(self.instrument, a)) is not None]
                if len(own) > 1:
                    values = [value for _, value in own]
                    answers = tuple(answer for answer, _ in own)
                    yield Pair(subject, question.kode, answers, max(values) - min(values))

    def has_answers(self, period: str) -> bool:
        """Tell whether anything that counts was answered in a period."""
        return any(self.cells(who, period=period) for who in self.respondents)

    @cached_property
    def series(self) -> tuple[Period, ...]:
        """The periods in which anything was answered; the current one is the last, or missing."""
        return tuple(period for period in self.periods if self.has_answers(period.kode))


def instrument_results(results: Results) -> tuple[InstrumentResult, ...]:
    """Return the instruments that an edition switches on, with their answers, in the order of its params."""
    return tuple(_result(instrument, results) for instrument in results.data.asked)


def instrument_result(results: Results, code: str) -> InstrumentResult | None:
    """Return one of them; None for an instrument that is not asked."""
    asked = {instrument.kode: instrument for instrument in results.data.asked}
    return _result(asked[code], results) if code in asked else None


def _result(instrument: Instrument, results: Results) -> InstrumentResult:
    edition = results.edition
    who = instrument.respondents(edition.groups)
    sheets: dict[tuple[str, str], dict[Subject, dict[str, Answer]]] = {}
    own = _of_columns(instrument, results, who[0]) if instrument.in_columns else results.data.answers
    for answer in own:
        if answer.instrument == instrument.kode:
            here = sheets.setdefault((answer.period, answer.respondent), {})
            here.setdefault(answer.subject, {})[answer.question] = answer
    return InstrumentResult(instrument, who, edition.current, edition.periode, sheets)


def _of_columns(instrument: Instrument, results: Results, who: str) -> Iterator[Answer]:
    """Yield the answers in columns of Capaian: who keeps that workbook gives them for the first respondent."""
    for t in results.targets:
        for question in instrument.questions if t.score != NO_TARGET else ():
            name = column_name(instrument, question)
            if name in t.place.cells:
                subject: Subject = (t.commitment, t.measure, t.actor, t.period, t.no)
                given = t.answers.get(name, "")
                yield Answer(
                    instrument.kode, who or SECRETARIAT, t.period, subject, question.kode, given, "", t.place, name
                )
