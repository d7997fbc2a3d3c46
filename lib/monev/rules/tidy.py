"""From raw sheets to records: each cell gets its meaning, or a finding that names it. Pure; nothing becomes NaN."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any, TypeVar

from monev.model import fields
from monev.model.assessment_sheets import assessment_book
from monev.model.fields import EVIDENCE_MISSING, NO_TARGET, NOT_MEASURABLE, NOT_SCORED, NOT_STATED, Column, Sheet
from monev.model.groups import Group
from monev.model.instruments import Instrument, answer_sheet
from monev.model.letters import heading, plain
from monev.model.number_formats import form, general, localised
from monev.model.raw_tables import RawBook, RawCell, RawSheet, RowPlace, data_rows
from monev.rules import hygiene
from monev.rules.evidence_names import EvidenceFile
from monev.rules.heading_rows import headings, row_of, with_one_heading_row
from monev.rules.hygiene import is_blank
from monev.rules.judgements import Judgement, Question
from monev.rules.scores import Score
from monev.words.findings import Finding, nearest
from monev.words.messages import Words, tell

T = TypeVar("T")
TEXT_LIMIT = 32_767  # what Excel itself lets a cell hold


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment of the plan."""

    commitment: int
    title: str
    theme: str
    place: RowPlace


@dataclass(frozen=True, slots=True)
class Actor:
    """A ministry or civil-society organisation, or a coalition of such."""

    actor: str
    full_name: str
    group: str
    coalition: str
    place: RowPlace
    alias: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor that carries a commitment."""

    commitment: int
    actor: str
    place: RowPlace


@dataclass(frozen=True, slots=True)
class Measure:
    """A success measure (UK) as one actor carries it."""

    commitment: int
    actor: str
    measure: int
    text: str
    place: RowPlace


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as its cell shows it; of a percent cell `value` is in percent."""

    value: Fraction
    shown: str

    def __str__(self) -> str:
        return self.shown

    @property
    def is_percent(self) -> bool:
        """Tell whether the cell shows it as a percentage."""
        return self.shown.endswith("%")


@dataclass(frozen=True, slots=True)
class PlannedTarget:
    """A target as the plan's register has it, with what was agreed beside its words."""

    commitment: int
    measure: int
    actor: str
    period: str
    no: int
    target: str
    place: RowPlace
    criteria: str = ""
    unit: str = ""
    baseline: Amount | None = None
    goal: Amount | None = None
    due: date | None = None

    @property
    def has_criteria(self) -> bool:
        """Tell whether anything is agreed beside the target's text."""
        return bool(self.criteria or self.unit or self.due) or (self.baseline, self.goal) != (None, None)


@dataclass(frozen=True, slots=True)
class Indicator:
    """An outcome indicator of a commitment, with its values by period code; the cell of one is `value.B12`."""

    commitment: int
    no: int
    indicator: str
    unit: str
    baseline: Amount | None
    goal: Amount | None
    source: str
    values: Mapping[str, Amount]
    place: RowPlace


@dataclass(frozen=True, slots=True)
class TargetChange:
    """What became of a planned target; `becomes` is its new text, or the period that it was put off to."""

    commitment: int
    measure: int
    actor: str
    period: str
    no: int
    change: str
    place: RowPlace
    becomes: str = ""
    decision: str = ""
    day: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """One target of one period. `score` in percent (exact), `N/A`, `-`, or `belum dinilai`.

    `cocreation` is empty when not assessed; `answers` holds what is given in the columns of instruments, by their name;
    `judgement` what assessors said of a target that came back in a form.
    """

    commitment: int
    measure: int
    actor: str
    period: str
    no: int
    target: str
    achievement: str
    score: Score
    cocreation_text: str
    cocreation: str
    evidence: str
    place: RowPlace
    group: str
    answers: Mapping[str, str] = field(default_factory=dict)
    realised: Amount | None = None
    obstacle: str = ""
    obstacle_text: str = ""
    next_steps: str = ""
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Unreported:
    """A prepared row in which nothing but the key is filled, and perhaps the target: nobody has reported on it."""

    commitment: int
    measure: int
    actor: str
    period: str
    no: int
    place: RowPlace
    group: str
    target: str = ""
    held: tuple[tuple[str, object], ...] = ()
    """What could be read of a row of a form that holds an error, by column."""


@dataclass(frozen=True, slots=True)
class ForewordLine:
    """One paragraph of the foreword, or one point of a list in it."""

    text: str
    point: bool
    place: RowPlace


@dataclass(frozen=True, slots=True)
class Response:
    """A comment on a draft, and the answer to it; `code` tells it from all others."""

    sender: str
    date: str
    section: str
    quote: str
    comment: str
    answer: str
    status: str
    code: str
    place: RowPlace

    @property
    def open(self) -> bool:
        """Whether it still waits for an answer."""
        return not self.answer and self.status != fields.SETTLED


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One point of a commitment's follow-up; `measure` is None where it concerns the whole commitment.

    `origin` is the period that first recorded it, where it was carried over; `status` is empty where none is stated.
    """

    commitment: int
    measure: int | None
    no: int
    text: str
    place: RowPlace
    responsible: str = ""
    due: date | None = None
    status: str = ""
    remark: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Rejudged:
    """A target of an earlier period that was judged again in the round of period `at`.

    `no` is None where the sheet does not number targets; `target` is its text as the sheet shows it. `score` is None
    where none was given.
    """

    commitment: int
    measure: int
    actor: str
    period: str
    no: int | None
    target: str
    score: Score | None
    evidence: str
    reason: str
    at: str
    place: RowPlace


@dataclass(frozen=True, slots=True)
class ObstacleNote:
    """What the secretariat writes of an obstacle; without `text` it gives the kind of one that an actor reported.

    Parts of the key that are not given are None or empty.
    """

    commitment: int
    measure: int | None
    actor: str
    period: str
    no: int | None
    kind: str
    text: str
    place: RowPlace


@dataclass(frozen=True, slots=True)
class Determination:
    """A category that the secretariat sets against the rule, with its reason."""

    commitment: int
    dimension: str
    category: str
    reason: str
    place: RowPlace


@dataclass(frozen=True, slots=True)
class HighlightPoint:
    """One point of a highlight; `actor` is empty where it concerns all."""

    part: str
    title: str
    commitment: int
    actor: str
    dimension: str
    no: int
    text: str
    place: RowPlace


@dataclass(frozen=True, slots=True)
class NotePoint:
    """One point of the general notes."""

    part: str
    title: str
    kind: str
    no: int
    text: str
    place: RowPlace


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Something odd in the source of the data: of a commitment, or of those rows whose key has the given parts.

    What is not given is None (`measure`, `no`) or empty (`actor`, `period`).
    """

    commitment: int
    measure: int | None
    actor: str
    period: str
    no: int | None
    text: str
    place: RowPlace

    def concerns(self, row: Target | Unreported) -> bool:
        """Tell whether a row has every part of the key that is given."""
        return self.commitment == row.commitment and all(
            given in (None, "", own)
            for given, own in (
                (self.measure, row.measure),
                (self.actor, row.actor),
                (self.period, row.period),
                (self.no, row.no),
            )
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of an instrument's sheet, or the answer in its column of Capaian; `answer` is empty where none is given.

    `subject` is the key of what is asked about, in the order of the sheet: a commitment's number, an actor, a target's
    key; empty for the programme as a whole. `column` names the cell of the answer in `place`.
    """

    instrument: str
    respondent: str
    period: str
    subject: tuple[int | str, ...]
    question: str
    answer: str
    remark: str
    place: RowPlace
    column: str = "answer"

    @property
    def cell(self) -> str:
        """The cell that holds the answer."""
        return self.place.cell(self.column)


@dataclass(frozen=True)
class Dataset:
    """Everything that the workbooks of an edition say, in the order in which it stands there.

    `asked` are the instruments that the edition switches on, `columns` those that have columns in Capaian; `answers`
    are the rows of their sheets. `questions` were asked back of actors.
    """

    commitments: tuple[Commitment, ...] = ()
    actors: tuple[Actor, ...] = ()
    parties: tuple[Party, ...] = ()
    measures: tuple[Measure, ...] = ()
    planned: tuple[PlannedTarget, ...] = ()
    changes: tuple[TargetChange, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    targets: tuple[Target, ...] = ()
    followups: tuple[FollowUp, ...] = ()
    determinations: tuple[Determination, ...] = ()
    highlights: tuple[HighlightPoint, ...] = ()
    notes: tuple[NotePoint, ...] = ()
    source_notes: tuple[SourceNote, ...] = ()
    obstacles: tuple[ObstacleNote, ...] = ()
    rejudged: tuple[Rejudged, ...] = ()
    evidence_files: tuple[EvidenceFile, ...] = ()
    unreported: tuple[Unreported, ...] = ()
    faulty: tuple[Unreported, ...] = ()
    foreword: tuple[ForewordLine, ...] = ()
    responses: tuple[Response, ...] = ()
    asked: tuple[Instrument, ...] = ()
    columns: tuple[Instrument, ...] = ()
    answers: tuple[Answer, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def rows(self) -> tuple[Target | Unreported, ...]:
        """All rows of the achievements workbooks whose key could be read; what `faulty` ones report is not known."""
        return (*self.targets, *self.unreported, *self.faulty)


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its meaning: values by column name; a value that had a finding is missing.

    `prepared` says that only its key is filled, where the sheet allows such rows.
    """

    values: Mapping[str, Any]
    place: RowPlace
    prepared: bool = False


class _Refused(Exception):
    """A cell has no meaning; holds the finding's code and details."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def _shown(cell: RawCell) -> Words:
    value = cell.value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return tell("why.date", value=f"{value:%Y-%m-%d}")
    if isinstance(value, date | time):
        return tell("why.time", value=value.isoformat())
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    return plain(str(value))[:80]


_NOISE = Fraction(1, 10**9)  # percent by which arithmetic in floating point may miss 0 or 100


def _score(cell: RawCell, column: Column) -> Score:
    value = cell.value
    if isinstance(value, datetime | date | time):
        raise _Refused("C08", value=_shown(cell))
    if isinstance(value, str):
        return _score_text(value)
    if isinstance(value, bool) or value is None:
        raise _Refused("C02", value=_shown(cell))
    percents = form(cell.number_format).percents(value)
    number: Fraction = Fraction(repr(value)) * 100**percents
    if not -_NOISE <= number <= 100 + _NOISE:
        shown = repr(float(number)).removesuffix(".0").replace(".", ",")
        raise _Refused("C02", value=shown + "%" * percents)
    return min(max(number, Fraction(0)), Fraction(100))


def _score_text(value: str) -> Score:
    text = plain(value)
    if text.casefold() == NOT_MEASURABLE.casefold():
        return NOT_MEASURABLE
    if text == NO_TARGET:
        return NO_TARGET
    if match := re.fullmatch(r"(\d{1,3}(?:[.,]\d+)?)\s*%?", text, re.ASCII):
        number = Fraction(match[1].replace(",", "."))
        if number <= 100:
            return number
    raise _Refused("C02", value=text[:80])


def _whole(cell: RawCell, column: Column) -> int:
    value = cell.value
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}", plain(value), re.ASCII):
        value = int(plain(value))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise _Refused("C04", column=column.heading, value=_shown(cell))
    return value


def _words(cell: RawCell, column: Column) -> str:
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return form(cell.number_format).shown(value) or localised(general(Fraction(repr(value))), "id")
    if not isinstance(value, str):
        raise _Refused("C07", value=_shown(cell))
    if len(value) > TEXT_LIMIT:
        raise _Refused("C09", length=len(value), limit=TEXT_LIMIT)
    return value


_NUMBER = re.compile(r"(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?\s*%?|(-?\d+\.\d{1,2})\s*%?", re.ASCII)


def _number(cell: RawCell, column: Column) -> Amount:
    """Return a number; what a cell shows as 45% is 45. A point between three digits each parts thousands."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        read = form(cell.number_format)
        return Amount(Fraction(repr(value)) * 100 ** read.percents(value), read.shown(value) or _words(cell, column))
    if isinstance(value, str) and (found := _NUMBER.fullmatch(plain(value))):
        sign, whole, places, pointed = found.groups()
        return Amount(Fraction(pointed or f"{sign}{whole.replace('.', '')}.{places or 0}"), plain(value))
    raise _Refused("C24", column=column.heading, value=_shown(cell))


_MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november",
    "desember",
)  # fmt: skip
_DAY = re.compile(
    r"(?:(\d{1,2})[ /.-]([a-z]+|\d{1,2})[ /.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2}))"
    r"(?:(?:[t, ]|,? pukul) ?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?",
    re.ASCII,
)


def _date(cell: RawCell, column: Column) -> date:
    return _moment(cell, column).date()


def _moment(cell: RawCell, column: Column) -> datetime:
    """Return a moment: of a date cell, or of a text such as `30 Juni 2022`, `30-06-2022` or `2022-06-30 14:05`."""
    value = cell.value
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, str) and (found := _DAY.fullmatch(plain(value).casefold())):
        day, month, year = found.groups()[:3] if found[1] else found.groups()[5:2:-1]
        hour, minute, second = (int(part or 0) for part in found.groups()[6:])
        with suppress(ValueError):
            return datetime(
                int(year), _MONTHS.index(month) + 1 if month.isalpha() else int(month), int(day), hour, minute, second
            )
    raise _Refused("C25", column=column.heading, value=_shown(cell))


def _text(cell: RawCell, column: Column) -> str:
    return _words(cell, column).strip()


def _code(cell: RawCell, column: Column) -> str:
    return plain(_words(cell, column))


def _choice(cell: RawCell, column: Column) -> str:
    text = str(_shown(cell)) if isinstance(cell.value, bool) else _code(cell, column)
    known = {name.casefold(): name for name in column.choices} | {a.casefold(): b for a, b in column.also}
    if text.casefold() in known:
        return known[text.casefold()]
    choices: Words = ", ".join(column.choices)
    if not column.filled:
        choices = tell("why.or-blank", choices=choices)
    hint = "" if hygiene.has_denial(text) else nearest(text, column.choices)  # `Tidak Aktif` is not meant as `Aktif`
    raise _Refused("C03", column=column.heading, value=text[:80], choices=choices, hint=hint)


def _evidence(cell: RawCell, column: Column) -> str:
    text = _text(cell, column)
    if cell.link and not hygiene.names_link(text, cell.link):
        return f"{text} ({cell.link.removeprefix('mailto:')})"
    known = {name.casefold(): name for name in column.choices} | {a.casefold(): b for a, b in column.also}
    if given := known.get(plain(text).casefold().rstrip(" .!")):
        return given
    if hygiene.is_not_stated(text):
        return NOT_STATED[0]
    return EVIDENCE_MISSING if hygiene.is_denied(text) else text


_READERS: Mapping[str, Callable[[RawCell, Column], object]] = {
    "whole": _whole,
    "score": _score,
    "text": _text,
    "code": _code,
    "choice": _choice,
    "evidence": _evidence,
    "number": _number,
    "date": _date,
    "moment": _moment,
}
_BLANKS: Mapping[str, object] = {"whole": None, "score": None, "number": None, "date": None, "moment": None}


def _meaning(cell: RawCell, column: Column) -> object:
    if cell.state == "formula-without-value":
        raise _Refused("C05", value=cell.formula[:80])
    if cell.state == "error":
        raise _Refused("C06", value=str(cell.value))
    if is_blank(cell):
        if column.filled:
            raise _Refused("C01", column=column.heading, about=column.about)
        return _BLANKS.get(column.kind, "")
    if refused := hygiene.refusal(cell, column):
        raise _Refused(refused[0], **refused[1])
    read = _READERS[column.kind](cell, column)
    if not form(cell.number_format).is_faithful and (seen := hygiene.shown_otherwise(cell, column, read)):
        raise _Refused("C17", value=_shown(cell), format=cell.number_format[:80], shown=seen)
    return read


def _columns(raw: RawSheet, sheet: Sheet, file: str) -> tuple[dict[str, int], list[Finding]]:
    """Match the heading row: column name to position, and findings both ways."""
    known = {heading(column.heading): column for column in sheet.columns}
    positions: dict[str, int] = {}
    findings: list[Finding] = []
    passed = {heading(column.heading) for column in sheet.context}
    for position, cell in enumerate(raw.rows[raw.heading - 1] if raw.heading <= len(raw.rows) else ()):
        shown = plain(str(cell.value))
        if is_blank(cell) or heading(shown) in passed:
            continue
        column = known.get(heading(shown))
        if column is None:
            hint = nearest(shown, [c.heading for c in sheet.columns if c.name not in positions])
            findings.append(Finding("S03", file, raw.name, cell.address, {"column": shown[:80], "hint": hint}))
        elif column.name in positions:
            findings.append(Finding("S04", file, raw.name, cell.address, {"column": column.heading}))
        else:
            positions[column.name] = position
    missing = [column for column in sheet.columns if column.required and column.name not in positions]
    row = row_of(raw, {heading(column.heading) for column in sheet.columns if column.required}) if missing else None
    if row is not None and row != raw.heading:
        cell = next(cell for cell in raw.rows[row - 1] if not is_blank(cell))
        return {}, [Finding("S06", file, raw.name, cell.address, {"row": row, "expected": raw.heading})]
    findings += [Finding("S02", file, raw.name, "", {"column": column.heading}) for column in missing]
    return positions, findings


_DESCRIBED = {sheet.name for book in (*fields.BOOKS, assessment_book()) for sheet in book.sheets}


def _twins(book: RawBook, raw: RawSheet, sheet: Sheet) -> Iterator[Finding]:
    """Yield the sheets that somebody may take for this one: of nearly its name, or with its headings and data."""
    wanted = {heading(column.heading) for column in sheet.columns if column.required}
    for other in book.sheets.values():
        if other is raw:
            continue
        if heading(other.name) == heading(sheet.name):
            yield Finding("S07", book.file, other.name, "", {"sheet": raw.name, "other": other.name})
        elif other.name not in _DESCRIBED and len(other.rows) > 1 and wanted <= headings(other.rows[0]):
            yield Finding("S15", book.file, other.name, "", {"sheet": other.name, "other": raw.name})


def read_sheet(book: RawBook, sheet: Sheet) -> tuple[list[Row], list[Finding]]:
    """Return the rows of one sheet with their meaning, and every finding in it."""
    raw = book.sheet(sheet.name)
    if raw is None and not sheet.required:
        return [], []
    if raw is None:
        present = ", ".join(f"'{name}'" for name in book.sheets)
        return [], [Finding("S01", book.file, "", "", {"sheet": sheet.name, "present": present})]
    twins = _twins(book, raw, sheet)
    raw = with_one_heading_row(raw, {heading(column.heading) for column in sheet.columns if column.required})
    positions, findings = _columns(raw, sheet, book.file)
    findings += twins
    if any(finding.weight == "error" for finding in findings):
        return [], findings
    must = [column for column in sheet.columns if column.filled and column.name in positions]
    field = hygiene.Field(raw.heading, positions, tuple((c.heading, positions[c.name]) for c in must))
    findings += hygiene.sheet_findings(raw, sheet, book.file, field)
    rows: list[Row] = []
    scores: list[tuple[RawCell, object]] = []
    for number, cells in data_rows(raw, after=raw.heading):
        if not hygiene.is_filled(cells, field):
            continue
        values: dict[str, object] = {}
        addresses = {name: cells[position].address for name, position in positions.items()}
        place = RowPlace(book.file, raw.name, number, addresses)
        if odd := hygiene.no_data(cells, sheet, field):
            findings.append(Finding("S16", book.file, raw.name, odd[0], odd[1]))
            rows.append(Row(values, place))
            continue
        prepared = _only_prepared(cells, sheet, positions)
        for column in sheet.columns:
            if prepared and column.name not in (*sheet.key, *(sheet.beside or ())):
                continue
            if column.name not in positions:
                values[column.name] = _BLANKS.get(column.kind, "")
                continue
            cell = cells[positions[column.name]]
            if is_blank(cell) and (prepared or _waits(cells, column, positions)):
                values[column.name] = "" if prepared else NOT_SCORED
                continue
            try:
                values[column.name] = read = _meaning(cell, column)
                odd_cell = () if is_blank(cell) else hygiene.cell_findings(cell, column, read)
                findings += [Finding(code, book.file, raw.name, cell.address, details) for code, details in odd_cell]
                if column.kind == "score":
                    scores.append((cell, read))
            except _Refused as refused:
                findings.append(Finding(refused.code, book.file, raw.name, cell.address, refused.details))
        rows.append(Row(values, place, prepared))
    fractions = [Finding(code, book.file, raw.name, cell, details) for code, cell, details in hygiene.fractions(scores)]
    return rows, [*_told_once(findings, scores), *fractions, *_duplicates(rows, sheet)]


_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TYPED_AS_TEXT = ("C10", "C11")


def _told_once(findings: Sequence[Finding], scores: Iterable[tuple[RawCell, object]]) -> Iterator[Finding]:
    """Yield the findings of a sheet without those that another one of the same row or cell makes needless.

    What is no data need not be told to stand below blank rows; a number that is stored as text is to be typed again, so
    spaces in it need no word, nor does its being text where it may be a fraction.
    """
    no_data = {finding.cell.lstrip(_CAPITALS) for finding in findings if finding.code == "S16"}
    texts = {finding.cell for finding in findings if finding.code in _TYPED_AS_TEXT}
    doubted = {cell.address for cell, _ in hygiene.below_one(scores)}
    for finding in findings:
        row = finding.cell.lstrip(_CAPITALS)
        needless = (
            (finding.code == "S13" and row in no_data)
            or (finding.code == "C14" and finding.cell in texts)
            or (finding.code in _TYPED_AS_TEXT and finding.cell in doubted)
        )
        if not needless:
            yield finding


def _only_prepared(cells: Sequence[RawCell], sheet: Sheet, positions: Mapping[str, int]) -> bool:
    """Tell whether a row's key is filled and nothing else of what the sheet describes, beside what may stand there."""
    if sheet.beside is None:
        return False
    told = {column.name for column in sheet.columns if column.kind in hygiene.TEXTS}
    filled = {
        name
        for name, position in positions.items()
        if not is_blank(cells[position]) and not (name in told and hygiene.is_none(cells[position]))
    }
    return set(sheet.key) <= filled <= {*sheet.key, *sheet.beside}


def _waits(cells: Sequence[RawCell], column: Column, positions: Mapping[str, int]) -> bool:
    """Tell whether another column of the row explains that this one is blank."""
    reported = cells[positions[column.waits]] if column.waits in positions else None
    return reported is not None and not is_blank(reported) and not hygiene.is_none(reported)


def _duplicates(rows: Iterable[Row], sheet: Sheet) -> list[Finding]:
    first: dict[tuple[object, ...], Row] = {}
    findings = []
    for row in rows:
        if any(name not in row.values for name in sheet.key):
            continue
        key = tuple(row.values[name] for name in sheet.key)
        if key not in first:
            first[key] = row
            continue
        shown = ", ".join(
            f"{sheet.column(n).heading} {v}" for n, v in zip(sheet.key, key, strict=True) if v not in (None, "")
        )
        place = row.place
        column = sheet.key[-1] if sheet.key[-1] in place.cells else sheet.key[0]
        origin = first[key].place
        details = {"key": shown, "first": origin.cells.get(column, str(origin.row))}
        findings.append(Finding("K01", place.file, place.sheet, place.cells.get(column, ""), details))
    return findings


def _records(make: Callable[..., T], rows: Iterable[Row], sheet: Sheet, **more: object) -> tuple[T, ...]:
    """Make records of the rows that are whole; a row with a finding is left out (its finding stops the build)."""
    wanted = [column.name for column in sheet.columns]
    return tuple(
        make(**row.values, place=row.place, **more) for row in rows if all(name in row.values for name in wanted)
    )


def _of_keys(rows: Iterable[Row], sheet: Sheet, group: str) -> Iterator[Unreported]:
    """Yield rows of which the key alone is known."""
    for row in rows:
        if all(name in row.values for name in sheet.key):
            key = {name: row.values[name] for name in sheet.key}
            yield Unreported(**key, place=row.place, group=group, target=row.values.get("target", ""))


def _target(place: RowPlace, group: str, remark: str = "", **values: Any) -> Target:
    answers = {name: values.pop(name) for name in [*values] if "." in name}  # columns of instruments
    if values["evidence"] == NOT_STATED[0]:
        values["evidence"] = "" if values["score"] == NO_TARGET else EVIDENCE_MISSING
    return Target(place=place, group=group, answers={k: v for k, v in answers.items() if v}, **values)


@dataclass(frozen=True)
class Achievements:
    """The rows of achievements workbooks: reported, not reported, and those with a fault in what they report."""

    targets: tuple[Target, ...] = ()
    unreported: tuple[Unreported, ...] = ()
    faulty: tuple[Unreported, ...] = ()

    @property
    def rows(self) -> tuple[Target | Unreported, ...]:
        """All of them."""
        return (*self.targets, *self.unreported, *self.faulty)

    def __add__(self, other: Achievements) -> Achievements:
        return Achievements(
            self.targets + other.targets, self.unreported + other.unreported, self.faulty + other.faulty
        )


def read_targets(book: RawBook, group: str, sheet: Sheet = fields.ACHIEVEMENT) -> tuple[Achievements, list[Finding]]:
    """Return the rows of one achievements workbook, and its findings; `sheet` is Capaian with all its columns."""
    rows, findings = read_sheet(book, sheet)
    targets = _records(_target, rows, sheet, group=group)
    whole = {target.place.row for target in targets}
    prepared = tuple(_of_keys((row for row in rows if row.prepared), sheet, group))
    wrong = (row for row in rows if not row.prepared and row.place.row not in whole)
    return Achievements(targets, prepared, tuple(_of_keys(wrong, sheet, group))), findings


def read_answers(
    book: RawBook, instrument: Instrument, respondent: str, period: str
) -> tuple[tuple[Answer, ...], list[Finding]]:
    """Return the rows of an instrument's workbook whose key and answer can be read, and its findings."""
    sheet = answer_sheet(instrument)
    rows, findings = read_sheet(book, sheet)
    *key, question = sheet.key
    made = []
    for row in rows:
        value = row.values
        if all(name in value for name in sheet.key) and (row.prepared or "answer" in value):
            subject = tuple(value[name] for name in key)
            answer, remark = value.get("answer", ""), value.get("remark", "")
            made.append(
                Answer(instrument.kode, respondent, period, subject, value[question], answer, remark, row.place)
            )
    return tuple(made), findings


_PLAN_RECORDS: Sequence[tuple[str, str, type]] = (
    ("Komitmen", "commitments", Commitment),
    ("Pelaksana", "actors", Actor),
    ("Pelaksana Komitmen", "parties", Party),
    ("Ukuran Keberhasilan", "measures", Measure),
    ("Target", "planned", PlannedTarget),
    ("Perubahan Target", "changes", TargetChange),
)
_EVALUATION_RECORDS: Sequence[tuple[str, str, type]] = (
    ("Tindak Lanjut", "followups", FollowUp),
    ("Penetapan", "determinations", Determination),
    ("Sorotan", "highlights", HighlightPoint),
    ("Catatan Umum", "notes", NotePoint),
    ("Catatan Sumber", "source_notes", SourceNote),
    ("Hambatan", "obstacles", ObstacleNote),
)


def _read_all(
    book: RawBook, described: fields.Book, records: Sequence[tuple[str, str, type]]
) -> tuple[dict[str, tuple[Any, ...]], list[Finding]]:
    read: dict[str, tuple[Any, ...]] = {}
    findings: list[Finding] = []
    for sheet_name, attribute, make in records:
        sheet = described.sheet(sheet_name)
        rows, found = read_sheet(book, sheet)
        read[attribute] = _records(make, rows, sheet)
        findings += found
    return read, findings


def read_plan(
    book: RawBook, groups: Sequence[Group] = fields.GROUPS
) -> tuple[dict[str, tuple[Any, ...]], list[Finding]]:
    """Return commitments, actors, parties, measures and planned targets of the plan's register, and its findings."""
    read, findings = _read_all(book, fields.plan_of(groups), _PLAN_RECORDS)
    for sheet in ("Komitmen", "Pelaksana", "Pelaksana Komitmen", "Ukuran Keberhasilan"):
        raw = book.sheet(sheet)
        if raw is not None and not any(True for _ in data_rows(raw, after=1)):
            findings.append(Finding("S05", book.file, sheet))
    return read, findings


def read_evaluation(book: RawBook) -> tuple[dict[str, tuple[Any, ...]], list[Finding]]:
    """Return what the secretariat's pages hold, sheet by sheet, and their findings."""
    return _read_all(book, fields.EVALUATION, _EVALUATION_RECORDS)


def read_foreword(book: RawBook, sheet: Sheet) -> tuple[tuple[ForewordLine, ...], list[Finding]]:
    """Return the foreword that a sheet holds, in the order of its numbers, and the findings in it."""
    rows, findings = read_sheet(book, sheet)
    whole = [row for row in rows if {"no", "text"} <= row.values.keys()]
    ordered = sorted(whole, key=lambda row: row.values["no"])
    return tuple(ForewordLine(row.values["text"], False, row.place) for row in ordered), findings


def read_responses(book: RawBook) -> tuple[tuple[Response, ...], list[Finding]]:
    """Return the comments on a draft with their answers, and the findings in them."""
    sheet = fields.RESPONSES.sheets[0]
    rows, findings = read_sheet(book, sheet)
    return _records(Response, rows, sheet), findings
