"""Forms that came back: whose they are, what their rows say, what was altered, added or lost in them. Pure.

Nothing is guessed: a row that is not this actor's, or not of this period, is named at its cell and left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from monev.model.assessment_sheets import WORDS
from monev.model.fields import EVIDENCE_MISSING, NOT_SCORED, NOT_STATED, QUESTION, REPLY, REPORT, Sheet, with_questions
from monev.model.letters import heading, plain
from monev.model.raw_tables import RawBook, RawSheet, RowPlace
from monev.rules.judgements import Reply
from monev.rules.target_plan import Key, key_of
from monev.rules.tidy import Achievements, PlannedTarget, Row, Target, Unreported, read_sheet
from monev.words.findings import Finding

MARKS = "Tanda"  # the hidden sheet
_LINE = re.compile(r"Formulir edisi (\S+), pelaksana (.+), versi ([0-9a-f]{8})\.?")
_MOST_LINES = 12  # rows of a first sheet in which the line is looked for


@dataclass(frozen=True)
class FormMark:
    """What a form says of itself; an empty edition and version where only its rows tell whose it is."""

    edition: str
    actor: str
    version: str

    def record(self) -> dict[str, str]:
        """Return the mark as it stands on the hidden sheet."""
        return {"edisi": self.edition, "pelaksana": self.actor, "versi": self.version}

    def line(self) -> str:
        """Return the mark as a line of the first sheet."""
        return f"Formulir edisi {self.edition}, pelaksana {self.actor}, versi {self.version}."


@dataclass(frozen=True)
class Identified:
    """Whose a workbook is: by its marks, else by its key rows (`by_rows`); `actor` is empty where nothing tells.

    `periods` are the periods that its rows name.
    """

    mark: FormMark
    by_rows: bool = False
    periods: tuple[str, ...] = ()
    is_form: bool = True

    @property
    def actor(self) -> str:
        """The actor's short name."""
        return self.mark.actor


def identify(book: RawBook, called: Callable[[str], str | None]) -> Identified:
    """Return whose a workbook is; `called` tells an actor by any name that the register knows."""
    raw = book.sheet(REPORT.name)
    actors, periods = _named(raw)
    if mark := _hidden_mark(book) or _line_mark(book):
        known = called(mark.actor) or mark.actor
        return Identified(FormMark(mark.edition, known, mark.version), periods=tuple(periods))
    known_actors = Counter(name for actor, count in actors.items() if (name := called(actor)) for _ in range(count))
    best = known_actors.most_common(2)
    sure = len(best) == 1 or (len(best) == 2 and best[0][1] > best[1][1])
    actor = best[0][0] if best and sure else ""
    return Identified(FormMark("", actor, ""), by_rows=True, periods=tuple(periods), is_form=raw is not None)


def _hidden_mark(book: RawBook) -> FormMark | None:
    raw = book.sheets.get(MARKS)
    held = {str(row[0].value): plain(str(row[1].value)) for row in raw.rows if len(row) > 1} if raw else {}
    names = ("edisi", "pelaksana", "versi")
    return FormMark(*(held[name] for name in names)) if all(held.get(name) for name in names) else None


def _line_mark(book: RawBook) -> FormMark | None:
    for raw in book.sheets.values():
        for row in raw.rows[:_MOST_LINES]:
            for cell in row:
                if isinstance(cell.value, str) and (found := _LINE.fullmatch(plain(cell.value))):
                    return FormMark(*found.groups())
    return None


def _named(raw: RawSheet | None) -> tuple[Counter[str], list[str]]:
    """Return the names in column Pelaksana with how often each, and the periods, as far as there are such columns."""
    rows = raw.rows if raw else ()
    at = {heading(str(cell.value)): n for n, cell in enumerate(rows[0])} if rows else {}
    found = []
    for name in ("actor", "period"):
        n = at.get(heading(REPORT.column(name).heading))
        values = (row[n].value for row in rows[1:]) if n is not None else ()
        found.append([plain(str(value)) for value in values if value not in (None, "")])
    return Counter(found[0]), list(dict.fromkeys(found[1]))


# Reading ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """What an actor's form of a period asks: its keys, each with its planned target and its place in the register.

    `edition` is empty where the form may be of any, for a period that an earlier edition has collected.
    """

    actor: str
    group: str
    period: str
    edition: str
    planned: Mapping[Key, PlannedTarget | None] = field(default_factory=dict)
    places: Mapping[Key, RowPlace] = field(default_factory=dict)

    @property
    def measures(self) -> frozenset[tuple[int, int]]:
        """Commitment and measure of all that the actor carries."""
        return frozenset((key[0], key[1]) for key in self.planned)


Foreign = tuple[Key, RowPlace]
"""A row that is another actor's: its key, and where it stands."""


@dataclass(frozen=True)
class Told:
    """What an actor's form tells: its rows, those of others in it, answers to what was asked back."""

    rows: Achievements = field(default_factory=Achievements)
    foreign: tuple[Foreign, ...] = ()
    replies: tuple[Reply, ...] = ()


def report_sheet(book: RawBook) -> Sheet:
    """Return the sheet of a form with as many pairs of question and answer as it has."""
    raw = book.sheet(REPORT.name)
    heads = {heading(str(cell.value)) for cell in raw.rows[0]} if raw and raw.rows else set()
    numbers = [int(found[1] or 1) for head in heads if (found := _PAIR.fullmatch(head))]
    return with_questions(min(max(numbers), _MOST_PAIRS)) if numbers else REPORT


_PAIR = re.compile(rf"(?:{heading(QUESTION)}|{heading(REPLY)})(?: ?(\d{{1,4}}))?")
_MOST_PAIRS = 200  # questions in one row


def read_form(book: RawBook, asked: Asked, called: Callable[[str], str | None]) -> tuple[Told, list[Finding]]:
    """Return what an actor's form tells, and every finding in it."""
    found = identify(book, called)
    if found.mark.edition and asked.edition and found.mark.edition != asked.edition:
        details: dict[str, object] = {"value": found.mark.edition, "edition": asked.edition}
        return Told(), [Finding("D04", book.file, details=details)]
    if found.by_rows and found.periods and asked.period not in found.periods:
        details = {"value": ", ".join(found.periods)[:80], "period": asked.period}
        return Told(), [Finding("D05", book.file, details=details)]
    rows, findings = read_sheet(book, report_sheet(book))
    if found.by_rows and found.is_form:
        findings.append(Finding("D06", book.file, REPORT.name, details={"actor": asked.actor}))
    own, foreign, wrong = _own(rows, asked, called)
    altered = list(_altered(own, asked))
    bad = {finding.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for finding in (*wrong, *altered)}
    own = [row for row in own if str(row.place.row) not in bad]
    records = Achievements()
    for row in own:
        records += _record(row, asked)
    told = {key_of(record) for record in records.rows}
    named = {plain(str(row.values.get("target", ""))) for row in rows if str(row.place.row) in bad}
    lost = [
        k for k, target in asked.planned.items() if k not in told and (target and plain(target.target)) not in named
    ]
    findings += [*wrong, *altered, *_added(own, asked), *_changed_targets(own, asked)]
    if lost and rows:
        keys = "; ".join(f"Komitmen {c}, UK {m}, No {no}" for c, m, _, _, no in lost[:5])
        more = f" (+{len(lost) - 5})" if len(lost) > 5 else ""
        findings.append(Finding("D10", book.file, REPORT.name, details={"count": len(lost), "keys": keys + more}))
    findings += [*_percents(records, asked), *_without_achievement(records)]
    return Told(records, tuple(foreign), tuple(_replies(own))), findings


def _replies(rows: Iterable[Row]) -> Iterator[Reply]:
    """Yield the answers that rows hold, each with the question beside it."""
    for row in rows:
        for name, value in row.values.items():
            if name.startswith("reply.") and value:
                question = str(row.values.get(name.replace("reply", "question"), ""))
                yield Reply(_key(row), question, value, row.place, name)


_PERCENTS = ("%", "persen", "percent", "prosen", "persentase")


def _percents(records: Achievements, asked: Asked) -> Iterator[Finding]:
    """Yield rows whose number is a percentage while the target counts something else."""
    for target in records.targets:
        planned = asked.planned.get(key_of(target))
        unit = planned.unit if planned else ""
        if target.realised and target.realised.is_percent and unit and unit.casefold() not in _PERCENTS:
            yield _at("D21", target.place, "realised", value=target.realised.shown, unit=unit)


def _own(
    rows: Iterable[Row], asked: Asked, called: Callable[[str], str | None]
) -> tuple[list[Row], list[Foreign], list[Finding]]:
    """Return the rows of this actor and period with its name as the register has it, and findings for all others."""
    own: list[Row] = []
    foreign: list[Foreign] = []
    findings: list[Finding] = []
    for row in rows:
        if any(name not in row.values for name in REPORT.key):
            continue  # told already
        actor = str(row.values["actor"])
        if (called(actor) or actor) != asked.actor:
            findings.append(_at("D07", row.place, "actor", value=actor, actor=asked.actor))
            foreign.append((_key(Row({**row.values, "actor": called(actor) or actor}, row.place)), row.place))
        elif row.values["period"] != asked.period:
            findings.append(_at("D08", row.place, "period", value=row.values["period"], period=asked.period))
        else:
            own.append(Row({**row.values, "actor": asked.actor}, row.place, row.prepared))
    return own, foreign, findings


def _key(row: Row) -> Key:
    return tuple(row.values[name] for name in REPORT.key)


def _altered(rows: Sequence[Row], asked: Asked) -> Iterator[Finding]:
    """Yield rows whose key is no asked one, while the one with the very same target is missing."""
    present = {_key(row) for row in rows}
    missing = {plain(target.target): key for key, target in asked.planned.items() if target and key not in present}
    for row in rows:
        key = _key(row)
        was = missing.get(plain(str(row.values.get("target", ""))))
        if key in asked.planned or was is None:
            continue
        name = next(name for name, one, other in zip(REPORT.key, key, was, strict=True) if one != other)
        before = was[REPORT.key.index(name)]
        details = {"column": REPORT.column(name).heading, "value": row.values[name], "before": before}
        yield _at("D09", row.place, name, **details)


def _added(rows: Iterable[Row], asked: Asked) -> Iterator[Finding]:
    for row in rows:
        key = _key(row)
        if key not in asked.planned and (key[0], key[1]) in asked.measures:
            yield _at("D11", row.place, "no", commitment=key[0], measure=key[1], no=key[4])


def _without_achievement(rows: Achievements) -> Iterator[Finding]:
    """Yield rows that tell something, and neither what was achieved nor of any evidence."""
    for t in rows.targets:
        if not t.achievement and t.evidence in ("", EVIDENCE_MISSING):
            told = [REPORT.column(name).heading for name in WORDS if getattr(t, name) not in ("", None)]
            yield _at("D24", t.place, "achievement", columns=", ".join(told))


def _changed_targets(rows: Iterable[Row], asked: Asked) -> Iterator[Finding]:
    """Yield rows whose words for the target are no longer those of the plan."""
    for row in rows:
        planned = asked.planned.get(_key(row))
        written = plain(str(row.values.get("target", "")))
        if planned and written and written != plain(planned.target):
            yield _at("D12", row.place, "target", value=written[:80])


def _at(code: str, place: RowPlace, at: str, /, **details: object) -> Finding:
    return Finding(code, place.file, place.sheet, place.cells.get(at, str(place.row)), details)


def _record(row: Row, asked: Asked) -> Achievements:
    """Return what a row tells as a record; the planned words of its target, with the plan's cell as their source."""
    planned = asked.planned.get(_key(row))
    place, values = row.place, {name: value for name, value in row.values.items() if "." not in name}
    if planned:
        place = RowPlace(place.file, place.sheet, place.row, place.cells, {"target": planned.place.cell("target")})
        values["target"] = planned.target
    key = {name: values[name] for name in REPORT.key}
    if row.prepared:
        return Achievements(unreported=(Unreported(**key, place=place, group=asked.group, target=values["target"]),))
    if any(column.name not in values for column in REPORT.columns):
        target = str(values.get("target", ""))
        held = tuple((name, values[name]) for name in WORDS if values.get(name))
        return Achievements(faulty=(Unreported(**key, place=place, group=asked.group, target=target, held=held),))
    if values["evidence"] == NOT_STATED[0]:
        values["evidence"] = EVIDENCE_MISSING
    return Achievements((Target(**values, score=NOT_SCORED, cocreation="", place=place, group=asked.group),))


# Versions -----------------------------------------------------------------------------------------------------


def differences(older: RawBook, newer: RawBook) -> tuple[list[str], int, int]:
    """Return the cells of the newer version that differ from the older, and how many rows came and went."""
    sheet = report_sheet(newer)
    (before, _), (after, _) = read_sheet(older, sheet), read_sheet(newer, sheet)
    old, new = ({_key(row): row for row in rows if set(REPORT.key) <= row.values.keys()} for rows in (before, after))
    cells = [
        new[key].place.cells.get(column.name, str(new[key].place.row))
        for key in new
        if key in old
        for column in sheet.columns
        if new[key].values.get(column.name, "") != old[key].values.get(column.name, "")
        and not column.name.startswith("question.")
    ]
    return cells, len(new.keys() - old.keys()), len(old.keys() - new.keys())
