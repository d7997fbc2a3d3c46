"""The figures of instruments: how much was answered, scores, agreement, change. Pure.

Ids begin with `instrumen.<kode>`; behind `bagian.<bagian>` and `skor` stands who answered, or `rata-rata` for the mean
of all who did. Scores are percents of the scale.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from monev.figures import number_format
from monev.figures.instrument_results import InstrumentResult, Pair, instrument_results
from monev.figures.register import Figure, Register, commitment_id, count_of, share_of, slug, unique
from monev.figures.results import Results
from monev.figures.standings import SCORE_PLACES, rounded_difference
from monev.model.instruments import AVERAGE, MEAN, SHARE, TARGET, Instrument, Level, Part, Question, respondent_id
from monev.model.params import Period
from monev.rules.instrument_checks import Subject
from monev.rules.instrument_scores import mean, percent
from monev.rules.tidy import Target


def with_instruments(register: Register, results: Results) -> Register:
    """Return the register with the figures of this module behind its own."""
    found = dict(register.figures)
    for result in instrument_results(results):
        found |= {figure.id: figure for figure in _figures(result)}
    return Register(found)


# Ids -----------------------------------------------------------------------------------------------------------------


def base_id(instrument: Instrument) -> str:
    """Return where an instrument's ids begin."""
    return f"instrumen.{instrument.kode}"


def level_value_id(instrument: Instrument, level: Level) -> str:
    """Return the id of the value of a level."""
    return f"{base_id(instrument)}.skala.{slug(level.nama)}"


def asked_id(instrument: Instrument, who: str) -> str:
    """Return the id of how many questions a respondent was asked, about all subjects together."""
    return f"{base_id(instrument)}.ditanyakan.{respondent_id(who)}"


def answered_id(instrument: Instrument, who: str, level: str = "") -> str:
    """Return the id of how many of them were answered, or answered by a level."""
    kind = f"tingkat.{slug(level)}" if level else "dijawab"
    return f"{base_id(instrument)}.{kind}.{respondent_id(who)}"


def score_id(
    instrument: Instrument, who: str, part: Part | None = None, subject: Subject | None = None, period: str = ""
) -> str:
    """Return the id of a score: of a part or of the whole, by a respondent or all, about one subject or all."""
    when = f".periode.{slug(period)}" if period else ""
    about = f".tentang.{subject_key(subject)}" if subject else ""
    what = f"bagian.{part.kode}" if part else "skor"
    return f"{base_id(instrument)}{when}{about}.{what}.{respondent_id(who)}"


def subject_key(subject: Subject) -> str:
    """Return a subject as it stands in ids: `07`, `kip`, `01-1-kip-b06-1`."""
    if len(subject) > 1:
        commitment, measure, actor, period, no = subject
        return f"{commitment:02d}-{measure}-{slug(str(actor))}-{slug(str(period))}-{no}"
    (only,) = subject
    return f"{only:02d}" if isinstance(only, int) else slug(only)


def change_id(instrument: Instrument, part: Part | None = None) -> str:
    """Return the id of a score's change since the last period that has answers."""
    return f"{base_id(instrument)}.{f'bagian.{part.kode}' if part else 'skor'}.selisih"


def question_id(instrument: Instrument, question: Question, who: str) -> str:
    """Return the id of the mean of one question's answers by a respondent."""
    return f"{base_id(instrument)}.pertanyaan.{question.kode}.{respondent_id(who)}"


def agreement_id(instrument: Instrument, kind: str, part: Part | None = None) -> str:
    """Return the id of how many answers were compared (`dibandingkan`), or are the same (`sama`)."""
    return f"{base_id(instrument)}.sepakat.{f'bagian.{part.kode}.' if part else ''}{kind}"


def commitment_mean_id(instrument: Instrument, number: int) -> str:
    """Return the id of the mean score of a commitment's targets."""
    return f"{base_id(instrument)}.{commitment_id(number)}"


# Figures -------------------------------------------------------------------------------------------------------------


def _figures(result: InstrumentResult) -> Iterator[Figure]:
    yield from _scale(result.instrument)
    for who in result.respondents:
        yield from _answered(result, who)
    if not result.answered:
        return
    yield from _subjects(result)
    for part in (*result.instrument.bagian, None):
        yield from _totals(result, part)
    if result.instrument.tentang == TARGET:
        yield from _commitments(result)
    for question in result.instrument.questions:
        yield from _question(result, question)
    yield from _agreement(result)
    yield from _periods(result)


def _scale(instrument: Instrument) -> Iterator[Figure]:
    for level in instrument.skala.counted:
        assert level.nilai is not None
        printed = number_format.decimal(level.nilai, 4, trim=True)
        source = f"{instrument.file}!skala!tingkat.{level.nama}.nilai"
        words = f"nilai tingkat {level.nama} dalam skala instrumen {instrument.nama}"
        yield Figure(level_value_id(instrument, level), level.nilai, "nilai", words, printed, (source,))


def _answered(result: InstrumentResult, who: str) -> Iterator[Figure]:
    instrument = result.instrument
    rows = [answer for sheet in result.sheet(who).values() for answer in sheet.values()]
    if not rows:
        return
    everything, given = [a.cell for a in rows], [a for a in rows if a.answer]
    lead = f"banyaknya pertanyaan instrumen {instrument.nama}"
    asked = count_of(asked_id(instrument, who), "jawaban", f"{lead} yang diajukan kepada {who}", everything, len(rows))
    cells = [a.cell for a in given]
    words = f"{lead} yang dijawab {who}"
    answered = count_of(answered_id(instrument, who), "jawaban", words, cells, len(given), everything)
    yield asked
    yield answered
    yield share_of(f"{answered.id}.persen", answered, asked, f"bagian pertanyaan yang dijawab {who}")
    for level in instrument.skala.tingkat:
        own = [a.cell for a in given if a.answer == level.nama]
        words = f"{lead} yang dijawab {level.nama} oleh {who}"
        yield count_of(answered_id(instrument, who, level.nama), "jawaban", words, own, len(own), everything)


def _rule(instrument: Instrument) -> str:
    more = f" yang sekurang-kurangnya {instrument.ambang}" if instrument.ambang else ""
    return f"{instrument.agregasi}{more}"


def _score(
    id_: str, value: Fraction, formula: str, cells: Sequence[str], parts: Sequence[str], instrument: Instrument
) -> Figure:
    printed = number_format.percent(value, SCORE_PLACES)
    rounded = number_format.rounded(value, SCORE_PLACES)
    sources = unique((*cells, f"{instrument.file}!agregasi"))
    return Figure(id_, rounded, "persen", formula, printed, sources, tuple(parts), exact=value)


def subject_words(instrument: Instrument, subject: Subject) -> str:
    """Return what a subject is, in formulas."""
    if not subject:
        return "program"
    if len(subject) > 1:
        commitment, measure, actor, period, no = subject
        return f"target komitmen {commitment}, UK {measure}, {actor}, {period} no {no}"
    return f"{instrument.tentang if instrument.tentang != 'program' else 'subjek'} {subject[0]}"


def _subjects(result: InstrumentResult) -> Iterator[Figure]:
    """Yield the scores of each subject: of every part (but for targets), and of the whole."""
    instrument = result.instrument
    parts: tuple[Part | None, ...] = (*(() if instrument.tentang == TARGET else instrument.bagian), None)
    for subject in (subject for subject in result.subjects if subject):
        for part in parts:
            yield from _of_subject(result, subject, part)


def _of_subject(result: InstrumentResult, subject: Subject, part: Part | None) -> Iterator[Figure]:
    instrument = result.instrument
    what = f"bagian {part.nama}" if part else "skor"
    known: list[str] = []
    for who in result.columns:
        value = result.score(who, subject, part)
        if value is None:
            continue
        id_ = score_id(instrument, who, part, subject)
        about = f"{what} instrumen {instrument.nama} untuk {subject_words(instrument, subject)}"
        if who == AVERAGE:
            words, made = f"rata-rata {about} menurut semua responden yang menjawab", known
        else:
            words, made = f"{_rule(instrument)} {about} menurut {who}", _parts_of(result, who, subject, part)
        yield _score(id_, value, words, result.cells(who, part, subject=subject), made, instrument)
        known = [*known, id_]


def _parts_of(result: InstrumentResult, who: str, subject: Subject, part: Part | None) -> list[str]:
    """Return the ids of the parts that the score of a whole subject is made of."""
    instrument = result.instrument
    if part or instrument.tentang == TARGET or instrument.agregasi == SHARE:
        return []
    own = [p for p in instrument.bagian if result.score(who, subject, p) is not None]
    return [score_id(instrument, who, p, subject) for p in own]


def _totals(result: InstrumentResult, part: Part | None) -> Iterator[Figure]:
    """Yield the mean over all subjects by each respondent, and the mean of the respondents."""
    instrument = result.instrument
    what = f"bagian {part.nama}" if part else "skor"
    known: list[str] = []
    for who in result.columns:
        value = result.total(who, part)
        if value is None:
            continue
        id_ = score_id(instrument, who, part)
        cells = result.cells(who, part)
        if who == AVERAGE:
            words, made = f"rata-rata {what} instrumen {instrument.nama} menurut semua responden", known
        elif result.subjects == ((),):
            words = f"{_rule(instrument)} {what} instrumen {instrument.nama} menurut {who}"
            made = [] if part or instrument.agregasi != MEAN else _known_parts(result, who)
        else:
            words = f"rata-rata {what} instrumen {instrument.nama} dari semua {instrument.tentang} menurut {who}"
            made = _known_subjects(result, who, part)
        yield _score(id_, value, words, cells, made, instrument)
        known = [*known, id_]


def _known_parts(result: InstrumentResult, who: str) -> list[str]:
    own = [part for part in result.instrument.bagian if result.total(who, part) is not None]
    return [score_id(result.instrument, who, part) for part in own]


def _known_subjects(result: InstrumentResult, who: str, part: Part | None) -> list[str]:
    if part and result.instrument.tentang == TARGET:
        return []
    own = [s for s in result.subjects if result.score(who, s, part) is not None]
    return [score_id(result.instrument, who, part, subject) for subject in own]


def commitments_of(result: InstrumentResult) -> dict[int, list[Subject]]:
    """Return the targets with a score by their commitment."""
    found: dict[int, list[Subject]] = {}
    for subject in result.subjects:
        if result.score(result.everyone, subject) is not None:
            found.setdefault(int(subject[0]), []).append(subject)
    return found


def _commitments(result: InstrumentResult) -> Iterator[Figure]:
    instrument, who = result.instrument, result.everyone
    for number, subjects in commitments_of(result).items():
        value = mean(v for s in subjects if (v := result.score(who, s)) is not None)
        assert value is not None
        cells = [cell for subject in subjects for cell in result.cells(who, subject=subject)]
        words = f"rata-rata skor instrumen {instrument.nama} dari target komitmen {number}"
        made = [score_id(instrument, who, subject=subject) for subject in subjects]
        yield _score(commitment_mean_id(instrument, number), value, words, cells, made, instrument)


def _question(result: InstrumentResult, question: Question) -> Iterator[Figure]:
    instrument = result.instrument
    for who in result.respondents:
        answers = [s[question.kode] for s in result.sheet(who).values() if question.kode in s]
        own = [(a, value) for a in answers if (value := percent(instrument, a)) is not None]
        value = mean(value for _, value in own)
        if value is not None:
            words = f"rata-rata jawaban pertanyaan {question.kode} instrumen {instrument.nama} menurut {who}"
            cells = [answer.cell for answer, _ in own]
            yield _score(question_id(instrument, question, who), value, words, cells, (), instrument)


def _agreement(result: InstrumentResult) -> Iterator[Figure]:
    """Yield how many questions two respondents or more have answered, and in how many they gave the same answer."""
    instrument = result.instrument
    for part in (None, *instrument.bagian):
        codes = {question.kode for question in (part.pertanyaan if part else instrument.questions)}
        own = [pair for pair in result.compared if pair.question in codes]
        if not own:
            continue
        of = f" bagian {part.nama}" if part else ""
        lead = f"banyaknya pertanyaan{of} instrumen {instrument.nama} yang dijawab sekurang-kurangnya dua responden"
        cells = _cells(own)
        compared = count_of(agreement_id(instrument, "dibandingkan", part), "jawaban", lead, cells, len(own))
        same = [pair for pair in own if not pair.distance]
        words = f"{lead} dengan jawaban yang sama"
        agreed = count_of(agreement_id(instrument, "sama", part), "jawaban", words, _cells(same), len(same), cells)
        yield compared
        yield agreed
        yield share_of(f"{agreed.id}.persen", agreed, compared, f"bagian jawaban{of} yang sama")


def _cells(pairs: Sequence[Pair]) -> list[str]:
    return [answer.cell for pair in pairs for answer in pair.answers]


def _periods(result: InstrumentResult) -> Iterator[Figure]:
    """Yield the scores of every period that has answers, and the change from the last but one to the current one."""
    instrument, series, who = result.instrument, result.series, result.everyone
    if len(series) < 2:
        return
    for part in (*instrument.bagian, None):
        values = []
        for period in series:
            value = result.total(who, part, period.kode)
            if value is None:
                continue
            what = f"bagian {part.nama}" if part else "skor"
            words = f"{what} instrumen {instrument.nama} pada {period.kode}, semua responden"
            id_ = score_id(instrument, who, part, period=period.kode)
            cells = result.cells(who, part, period.kode)
            yield _score(id_, value, words, cells, (), instrument)
            values.append((period, id_, value, cells))
        if len(values) > 1 and values[-1][0] == series[-1]:
            yield _change(instrument, part, values[-2:])


def _change(
    instrument: Instrument, part: Part | None, values: Sequence[tuple[Period, str, Fraction, tuple[str, ...]]]
) -> Figure:
    (before, first, then, cells), (after, second, now, more) = values
    value = rounded_difference(then, now)
    what = f"bagian {part.nama}" if part else "skor"
    words = f"{what} instrumen {instrument.nama} pada {after.kode} dikurangi pada {before.kode}"
    printed = number_format.signed(value, SCORE_PLACES)
    return Figure(
        change_id(instrument, part), value, "poin persen", words, printed, unique((*cells, *more)), (first, second),
        exact=now - then,
    )  # fmt: skip


def of_target(target: Target) -> Subject:
    """Return a target as the subject of an instrument."""
    return (target.commitment, target.measure, target.actor, target.period, target.no)
