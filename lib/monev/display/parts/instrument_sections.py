"""Instrumen: one section for each instrument that an edition asks, and its lines in the appendices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten

from monev.display.charts.specs import Heat, HeatCell, batches
from monev.display.document import (
    Block,
    Cell,
    Chart,
    Heading,
    Inlines,
    Label,
    Num,
    Paragraph,
    Points,
    Ref,
    Section,
    Strong,
    Table,
    TableColumn,
)
from monev.display.parts.instrument_columns import columns
from monev.display.phrases import commitment_link, enumerate_inlines, enumerate_words, period_name, source_line
from monev.figures.instrument_figures import (
    agreement_id,
    answered_id,
    asked_id,
    change_id,
    commitment_mean_id,
    commitments_of,
    level_value_id,
    of_target,
    question_id,
    score_id,
)
from monev.figures.instrument_results import InstrumentResult, Pair, instrument_result, instrument_results
from monev.figures.register import Figure, Register
from monev.figures.results import Results
from monev.model.fields import NO_TARGET
from monev.model.instruments import (
    AVERAGE,
    COMMITMENT,
    LOWEST,
    MEAN,
    SECRETARIAT,
    SHARE,
    TARGET,
    WEIGHTED,
    Instrument,
    Part,
)
from monev.rules.instrument_checks import Subject
from monev.rules.tidy import Target

ROWS = 30  # of subjects in one chart
WIDE = 6  # columns of a chart that stand beside each other
LISTED = 10  # answers that lie farthest apart
_NAME = 23  # letters of a row's name in a chart
_NONE: Inlines = ("–",)
_ABOUT = {
    "target": "setiap target pada periode kini",
    "komitmen": "setiap komitmen",
    "pelaksana": "setiap pelaksana",
    "program": "program",
}
_RULES = {
    MEAN: "Skor sebuah bagian adalah rata-rata jawabannya, dan skor seluruhnya rata-rata skor bagiannya.",
    WEIGHTED: "Skor sebuah bagian adalah rata-rata jawabannya menurut bobot pertanyaan, dan skor seluruhnya rata-rata "
    "skor bagiannya menurut bobot bagian.",
    LOWEST: "Skor sebuah bagian adalah jawaban terendahnya, dan skor seluruhnya skor bagian yang terendah.",
    SHARE: "Skor adalah bagian jawaban yang sekurang-kurangnya {level}.",
}


def slot(instrument: Instrument) -> str:
    """Return the slot of an instrument: `instrumen-kemitraan-multipihak`; all of them become one."""
    return f"instrumen-{instrument.kode}"


def section(results: Results, register: Register, code: str) -> Section:
    """Return what an instrument gives: how much was answered, scores, agreement, change, the questions.

    Empty for one that the edition does not ask.
    """
    result = instrument_result(results, code)
    if result is None:
        return Section(f"instrumen-{code}")
    instrument = result.instrument
    blocks: list[Block] = [
        Heading(3, (instrument.nama,), f"sec-instrumen-{code}"),
        *(Paragraph((words,)) for words in _introduction(result)),
        _scale_table(instrument, register),
        Paragraph(_answered_words(result, register)),
    ]
    if result.answered:
        blocks += _scores(result, results, register)
        blocks += _subject_blocks(result, results, register)
        blocks += _changes(result, register)
        blocks += _disagreement(result, results, register)
        blocks.append(_questions_table(result, register))
    if instrument.in_columns and not instrument.pengenal:
        blocks += columns(instrument, results, register).blocks
    return Section(slot(instrument), tuple(blocks))


def who_words(who: str) -> str:
    """Return a respondent as the report names it."""
    return {SECRETARIAT: "Sekretariat", AVERAGE: "Rata-rata"}.get(who, str(who))


# What it is ----------------------------------------------------------------------------------------------------------


def _introduction(result: InstrumentResult) -> tuple[str, str]:
    instrument = result.instrument
    about = _ABOUT[instrument.tentang]
    if instrument.subjek:
        about = enumerate_words([subject.nama for subject in instrument.subjek])
    asked = enumerate_words([who_words(who) for who in result.respondents])
    told = f"Instrumen ini bertanya tentang {about} kepada {asked}. Sumber: {instrument.sumber.rstrip('.')}."
    rule = (
        _RULES[instrument.agregasi].format(level=instrument.ambang),
        "Skor dinyatakan dalam persen skala: nol untuk tingkat terendah, seratus untuk yang tertinggi. Pertanyaan yang "
        "tidak dijawab tidak ikut dihitung.",
    )
    return f"{told} {instrument.keterangan}".strip(), " ".join(rule)


def _scale_table(instrument: Instrument, register: Register) -> Table:
    rows: list[tuple[Inlines, ...]] = []
    for level in instrument.skala.tingkat:
        figure = register.get(level_value_id(instrument, level))
        value: Inlines = (Num(figure),) if figure else ("tidak dihitung",)
        rows.append(((level.nama,), value, (level.arti,) if level.arti else _NONE))
    heads = (TableColumn(("Tingkat",)), TableColumn(("Nilai",), "right"), TableColumn(("Arti",)))
    return Table(f"tbl-{slot(instrument)}-skala", (f"Skala {instrument.nama}",), heads, tuple(rows))


def _answered_words(result: InstrumentResult, register: Register) -> Inlines:
    told: list[Inlines] = []
    for who in result.respondents:
        asked = register.get(asked_id(result.instrument, who))
        if asked is None:
            told.append((f"{who_words(who)} belum menjawab",))
            continue
        answered = answered_id(result.instrument, who)
        share = Num(register[f"{answered}.persen"])
        told.append(
            (f"{who_words(who)} menjawab ", Num(register[answered]), " dari ", Num(asked), " pertanyaan (", share, ")")
        )
    return (*enumerate_inlines(told), ".")


# Scores --------------------------------------------------------------------------------------------------------------


def _cell(figure: Figure | None) -> HeatCell:
    if figure is None or figure.exact is None:
        return HeatCell("", None)
    return HeatCell(figure.charted, float(figure.exact) / 100)


def _number(figure: Figure | None) -> Inlines:
    return (Num(figure),) if figure else _NONE


def _scale_cells(instrument: Instrument) -> tuple[HeatCell, ...]:
    levels = ((level.nama, instrument.skala.percent(level.nama)) for level in instrument.skala.counted)
    made = [HeatCell(name, float(place) / 100) for name, place in levels if place is not None]
    return tuple(sorted(made, key=lambda cell: cell.level or 0.0))


def _name(words: str) -> str:
    return shorten(words, _NAME, placeholder="…")


def _alternative(lead: str, drawing: Heat) -> str:
    rows = "; ".join(f"{name}: {', '.join(cell.words or '–' for cell in cells)}" for name, cells in drawing.rows)
    return f"{lead} ({', '.join(drawing.columns)}). {rows}."


HeatRows = tuple[tuple[str, tuple[HeatCell, ...]], ...]


def _heat_charts(
    instrument: Instrument, of: str, what: str, heads: tuple[str, ...], rows: HeatRows, results: Results
) -> Iterator[Chart]:
    """Yield a map of scores, in as many charts as it takes; `of` is what their ids say after the instrument's."""
    for n, own in enumerate(batches(rows, ROWS)):
        drawing = Heat(heads, tuple(own), _scale_cells(instrument))
        yield Chart(
            f"fig-{slot(instrument)}{of}" + (f"-{n + 1}" if n else ""),
            (f"{instrument.nama}: skor {what}" + " (lanjutan)" * bool(n),),
            _alternative(f"Peta skor {instrument.nama}, {what}", drawing),
            drawing,
            source_line(results.edition),
        )


def _scores(result: InstrumentResult, results: Results, register: Register) -> Iterator[Block]:
    instrument = result.instrument
    table = f"tbl-{slot(instrument)}"
    whole = register.get(score_id(instrument, result.everyone))
    if whole:
        by = " menurut semua responden" if len(result.respondents) > 1 else ""
        yield Paragraph((f"Skor seluruhnya{by} ", Num(whole), "; skor tiap bagian disajikan pada ", Ref(table), "."))
    if len(instrument.bagian) > 1 or len(result.columns) > 1:
        rows = tuple(
            (
                _name(part.nama),
                tuple(_cell(register.get(score_id(instrument, who, part))) for who in result.columns),
            )
            for part in instrument.bagian
        )
        heads = tuple(who_words(who) for who in result.columns)
        yield from _heat_charts(instrument, "", "bagian menurut responden", heads, rows, results)
    yield _scores_table(result, register, table)


def _scores_table(result: InstrumentResult, register: Register, id_: str) -> Table:
    instrument, compared = result.instrument, bool(result.compared)
    rows: list[tuple[Inlines, ...]] = []
    for part in (*instrument.bagian, None):
        scores = (_number(register.get(score_id(instrument, who, part))) for who in result.columns)
        name = part.nama if part else "Seluruhnya"
        agreed = (_agreed(instrument, part, register),) if compared else ()
        rows.append(((name,), *scores, *agreed))
    heads = (
        TableColumn(("Bagian",)),
        *(TableColumn((who_words(who),), "right") for who in result.columns),
        *((TableColumn(("Jawaban yang sama",), "right"),) if compared else ()),
    )
    return Table(id_, (f"{instrument.nama} menurut bagian dan responden",), heads, tuple(rows), ("rekap",))


def _agreed(instrument: Instrument, part: Part | None, register: Register) -> Inlines:
    same, of = (register.get(agreement_id(instrument, kind, part)) for kind in ("sama", "dibandingkan"))
    if same is None or of is None:
        return _NONE
    return (Num(same), " dari ", Num(of), " (", Num(register[f"{same.id}.persen"]), ")")


# What is asked about -------------------------------------------------------------------------------------------------


def _subject(result: InstrumentResult, results: Results, subject: Subject) -> Inlines:
    """Return a subject as a table names it."""
    instrument = result.instrument
    if instrument.tentang == TARGET:
        number, measure, actor, *_ = subject
        return (*_commitment(int(number)), f", UK {measure}, {actor}")
    if instrument.tentang == COMMITMENT:
        return _commitment(int(subject[0]))
    if instrument.tentang == "pelaksana":
        actor_of = {actor.actor: actor for actor in results.data.actors}
        known = actor_of.get(str(subject[0]))
        return (Cell(known.actor, known.place.cell("actor")),) if known else (str(subject[0]),)
    return (_subject_name(instrument, subject),)


def _commitment(number: int) -> Inlines:
    return ("Komitmen ", commitment_link(number))


def _subject_name(instrument: Instrument, subject: Subject) -> str:
    if instrument.tentang == COMMITMENT:
        return f"Komitmen {subject[0]}"
    return {s.kode: s.nama for s in instrument.subjek}.get(str(subject[0]), str(subject[0]))


def _subject_blocks(result: InstrumentResult, results: Results, register: Register) -> Iterator[Block]:
    instrument = result.instrument
    if instrument.tentang == TARGET:
        yield _commitments_table(result, register)
        return
    subjects = [subject for subject in result.subjects if subject]
    if not subjects:
        return
    if 1 < len(instrument.bagian) <= WIDE:
        yield from _subject_charts(result, subjects, results, register)
    rows = tuple(
        (
            _subject(result, results, subject),
            *(_number(register.get(score_id(instrument, who, subject=subject))) for who in result.columns),
        )
        for subject in subjects
    )
    heads = (
        TableColumn((instrument.tentang.capitalize() if instrument.tentang != "program" else "Subjek",)),
        *(TableColumn((who_words(who),), "right") for who in result.columns),
    )
    caption = f"{instrument.nama} menurut {'subjek' if instrument.subjek else instrument.tentang} dan responden"
    yield Table(f"tbl-{slot(instrument)}-tentang", (caption,), heads, rows)


def _subject_charts(
    result: InstrumentResult, subjects: Sequence[Subject], results: Results, register: Register
) -> Iterator[Block]:
    instrument = result.instrument
    what = "subjek" if instrument.subjek else instrument.tentang
    parts = (*instrument.bagian, *((None,) if len(instrument.bagian) < WIDE else ()))
    rows = tuple(
        (
            _name(_subject_name(instrument, subject)),
            tuple(_cell(register.get(score_id(instrument, result.everyone, part, subject))) for part in parts),
        )
        for subject in subjects
    )
    heads = tuple(part.nama if part else "Seluruhnya" for part in parts)
    return _heat_charts(instrument, "-tentang", f"{what} menurut bagian", heads, rows, results)


def _commitments_table(result: InstrumentResult, register: Register) -> Table:
    instrument = result.instrument
    rows = tuple(
        (_commitment(number), _number(register.get(commitment_mean_id(instrument, number))))
        for number in commitments_of(result)
    )
    heads = (TableColumn(("Komitmen",)), TableColumn(("Rata-rata skor target",), "right"))
    return Table(f"tbl-{slot(instrument)}-tentang", (f"{instrument.nama} menurut komitmen",), heads, rows)


# Change, disagreement, questions -------------------------------------------------------------------------------------


def _changes(result: InstrumentResult, register: Register) -> Iterator[Block]:
    instrument, series = result.instrument, result.series
    if len(series) < 2:
        return
    table = f"tbl-{slot(instrument)}-periode"
    change = register.get(change_id(instrument))
    if change:
        before = period_name(series[-2])
        words = f"Dibandingkan dengan {before}, skor seluruhnya berubah "
        yield Paragraph((words, Num(change), " poin persen (", Ref(table), ")."))
    rows: list[tuple[Inlines, ...]] = []
    for part in (*instrument.bagian, None):
        scores = (
            _number(register.get(score_id(instrument, result.everyone, part, period=period.kode))) for period in series
        )
        moved = register.get(change_id(instrument, part))
        rows.append(((part.nama if part else "Seluruhnya",), *scores, (*_number(moved), *_way(moved))))
    heads = (
        TableColumn(("Bagian",)),
        *(TableColumn((period.kode,), "right") for period in series),
        TableColumn(("Perubahan, poin persen",), "right"),
    )
    yield Table(table, (f"{instrument.nama} menurut periode",), heads, tuple(rows))


def _way(moved: Figure | None) -> Inlines:
    if moved is None or isinstance(moved.value, str):
        return ()
    label = Label("Naik", "baik") if moved.value > 0 else Label("Turun", "buruk") if moved.value < 0 else None
    return (" ", label or Label("Tetap", "netral"))


def _disagreement(result: InstrumentResult, results: Results, register: Register) -> Iterator[Block]:
    """Tell how far respondents agree, and where their answers lie farthest apart."""
    instrument = result.instrument
    if not result.compared:
        return
    yield Paragraph(
        (
            "Dari ",
            Num(register[agreement_id(instrument, "dibandingkan")]),
            " pertanyaan yang dijawab sekurang-kurangnya dua responden, ",
            Num(register[agreement_id(instrument, "sama")]),
            " dijawab sama (",
            Num(register[f"{agreement_id(instrument, 'sama')}.persen"]),
            ").",
        )
    )
    apart = sorted((pair for pair in result.compared if pair.distance), key=lambda pair: -pair.distance)
    if apart:
        lead = "Jawaban yang paling berjauhan:" if len(apart) > LISTED else "Jawaban yang berbeda:"
        yield Paragraph((lead,))
        yield Points(tuple(_apart(result, results, pair) for pair in apart[:LISTED]))


def _apart(result: InstrumentResult, results: Results, pair: Pair) -> Inlines:
    (question,) = (q for q in result.instrument.questions if q.kode == pair.question)
    told: list[Inlines] = []
    for answer in pair.answers:
        remark: Inlines = (" (", Cell(answer.remark, answer.place.cell("remark")), ")") if answer.remark else ()
        told.append((f"{who_words(answer.respondent)} ", Cell(answer.answer, answer.cell), *remark))
    about = (*_subject(result, results, pair.subject), ": ") if pair.subject else ()
    return (*about, question.teks, " ", *enumerate_inlines(told), ".")


def _questions_table(result: InstrumentResult, register: Register) -> Table:
    instrument = result.instrument
    rows: list[tuple[Inlines, ...]] = []
    for part in instrument.bagian:
        for question in part.pertanyaan:
            scores = (_number(register.get(question_id(instrument, question, who))) for who in result.respondents)
            rows.append(((part.nama,), (question.teks,), *scores))
    heads = (
        TableColumn(("Bagian",)),
        TableColumn(("Pertanyaan",)),
        *(TableColumn((who_words(who),), "right") for who in result.respondents),
    )
    return Table(
        f"tbl-{slot(instrument)}-pertanyaan", (f"{instrument.nama}: rata-rata jawaban menurut pertanyaan",), heads,
        tuple(rows),
    )  # fmt: skip


# Lines of the appendices ---------------------------------------------------------------------------------------------


def commitment_lines(results: Results, register: Register, number: int) -> Iterator[Block]:
    """Yield what the instruments about commitments say of one."""
    for result in instrument_results(results):
        if result.instrument.tentang == COMMITMENT:
            yield from _line(result, register, (number,))


def target_lines(results: Results, register: Register, target: Target) -> Iterator[Block]:
    """Yield what the instruments about targets say of one."""
    for result in instrument_results(results) if target.score != NO_TARGET else ():
        if result.instrument.tentang == TARGET and target.period == results.edition.current.kode:
            yield from _line(result, register, of_target(target))


def _line(result: InstrumentResult, register: Register, subject: Subject) -> Iterator[Block]:
    instrument = result.instrument
    found = [(who, register.get(score_id(instrument, who, subject=subject))) for who in result.columns]
    known: list[Inlines] = [(f"{who_words(who)} ", Num(figure)) for who, figure in found if figure]
    if len(result.columns) == 1:
        known = [(Num(figure),) for _, figure in found if figure]
    if known:
        parts = [inline for n, part in enumerate(known) for inline in ((", ",) if n else ()) + part]
        yield Paragraph((Strong(f"{instrument.nama}:"), " ", *parts))
