"""Checks across records: keys known, rows in the right workbook, determinations that make sense. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from textwrap import shorten
from typing import Protocol

from monev.model.fields import (
    ADMINISTRATIVE,
    COCREATION,
    COCREATIVE,
    EVIDENCE_MISSING,
    NO_TARGET,
    NOT_MEASURABLE,
    NOT_SCORED,
    SENT,
)
from monev.model.groups import Group
from monev.model.params import Edition, Scoring, slug
from monev.model.raw_tables import RowPlace
from monev.rules.follow_ups import follow_up_findings
from monev.rules.hygiene import is_not_stated
from monev.rules.indicators import indicator_findings
from monev.rules.obstacles import obstacle_findings
from monev.rules.rejudging import rejudged_findings
from monev.rules.scores import cocreation_category, cocreation_score, commitment_band
from monev.rules.target_plan import plan_findings
from monev.rules.tidy import Actor, Dataset, FollowUp, ObstacleNote, PlannedTarget, SourceNote, Target, Unreported
from monev.words.findings import Finding, nearest
from monev.words.messages import Words, tell


class _Placed(Protocol):
    """A record that stands in a row."""

    @property
    def place(self) -> RowPlace: ...
    @property
    def commitment(self) -> int: ...


class _Carried(_Placed, Protocol):
    """A record of one actor."""

    @property
    def actor(self) -> str: ...


def _at(code: str, place: RowPlace, column: str, **details: object) -> Finding:
    if column in place.sources:  # taken from another workbook, so that is where it is mended
        file, sheet, cell = place.sources[column].rsplit("!", 2)
        return Finding(code, file, sheet, cell, details)
    return Finding(code, place.file, place.sheet, place.cells.get(column, str(place.row)), details)


def _unknown_commitments(data: Dataset) -> Iterator[Finding]:
    known = {c.commitment for c in data.commitments}
    records: Iterable[_Placed] = chain(
        data.parties,
        data.measures,
        data.planned,
        data.changes,
        data.rows,
        data.followups,
        data.determinations,
        data.highlights,
        data.source_notes,
        data.obstacles,
    )
    for record in records:
        if record.commitment not in known:
            yield _at("K02", record.place, "commitment", value=record.commitment)


def _carried(data: Dataset) -> Iterator[_Carried]:
    yield from data.measures
    yield from data.planned
    yield from data.changes
    yield from data.rows
    points: Iterable[_Carried] = chain(data.highlights, data.source_notes, data.obstacles)
    yield from (point for point in points if point.actor)


def _unknown_actors(data: Dataset) -> Iterator[Finding]:
    known = {a.actor for a in data.actors}
    others = {name: a.actor for a in data.actors for name in _other_names(a)}
    records: Iterable[_Carried] = chain(_carried(data), data.parties)
    for record in records:
        if record.actor not in known:
            yield _at("K03", record.place, "actor", value=record.actor, hint=_meant(record.actor, known, others))
    for actor in data.actors:
        if actor.coalition and actor.coalition not in known:
            yield _at("K09", actor.place, "coalition", value=actor.coalition, hint=nearest(actor.coalition, known))


def _other_names(actor: Actor) -> Iterator[str]:
    """Yield what else an actor is called, as it is compared: its full name, aliases, the short name within it."""
    for name in (actor.actor, actor.full_name, *actor.alias.split(";")):
        if bare := _bare(name):
            yield bare
            yield _bare(re.sub(r"\([^()]*\)", " ", name)) or bare


def actor_called(actors: Iterable[Actor]) -> Callable[[str], str | None]:
    """Return what tells the short name of the actor that has a name, in whatever spelling the register knows."""
    others = {name: actor.actor for actor in actors for name in _other_names(actor)}
    others |= {_bare(actor.actor): actor.actor for actor in actors}
    return lambda name: others.get(_bare(name))


def _bare(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))


def _meant(value: str, known: Iterable[str], others: Mapping[str, str]) -> Words:
    """Return a hint at the actor that was meant, by its other names or by the nearest of all."""
    for name in (value, re.sub(r"\([^()]*\)", " ", value), *re.findall(r"\(([^()]*)\)", value)):
        if _bare(name) in others:
            return tell("findings.other-name", word=others[_bare(name)])
    near = nearest(value, known)
    found = near or nearest(_bare(value), others)
    if found and not near:
        [name] = [name for name in others if tell("findings.nearest", word=name) == found]
        return tell("findings.nearest", word=others[name])
    return near


def _indistinct_actors(data: Dataset) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for actor in data.actors:
        other = first.setdefault(slug(actor.actor), actor.actor)
        if other != actor.actor:
            yield _at("K10", actor.place, "actor", value=actor.actor, other=other)


def _parties(data: Dataset) -> Iterator[Finding]:
    commitments = {c.commitment for c in data.commitments}
    actors = {a.actor for a in data.actors}
    parties = {(p.commitment, p.actor) for p in data.parties}
    for record in _carried(data):
        known = record.commitment in commitments and record.actor in actors
        if known and (record.commitment, record.actor) not in parties:
            yield _at("K04", record.place, "actor", value=record.actor, commitment=record.commitment)


def _measures(data: Dataset) -> Iterator[Finding]:
    known = {(m.commitment, m.actor, m.measure) for m in data.measures}
    parties = {(p.commitment, p.actor) for p in data.parties}
    by_commitment = {(m.commitment, m.measure) for m in data.measures}
    commitments = {c.commitment for c in data.commitments}
    carried: Iterable[PlannedTarget | Target | Unreported] = chain(data.planned, data.rows)
    for t in carried:
        if (t.commitment, t.actor) in parties and (t.commitment, t.actor, t.measure) not in known:
            yield _at("K05", t.place, "measure", value=t.measure, commitment=t.commitment, actor=t.actor)
    points: Iterable[FollowUp | SourceNote | ObstacleNote] = chain(data.followups, data.source_notes, data.obstacles)
    for f in points:
        if f.measure is not None and f.commitment in commitments and (f.commitment, f.measure) not in by_commitment:
            yield _at("K08", f.place, "measure", value=f.measure, commitment=f.commitment)


def _source_notes(data: Dataset) -> Iterator[Finding]:
    """Yield notes about a target that no workbook has, once their other parts are known."""
    parties = {(p.commitment, p.actor) for p in data.parties}
    measures = {(m.commitment, m.measure) for m in data.measures}
    for note in data.source_notes:
        known = note.measure is None or (note.commitment, note.measure) in measures
        known = known and (not note.actor or (note.commitment, note.actor) in parties)
        if known and (note.period or note.no) and not any(note.concerns(row) for row in data.rows):
            parts = (("UK", note.measure), ("Pelaksana", note.actor), ("Periode", note.period), ("No", note.no))
            key = ", ".join(f"{name} {part}" for name, part in parts if part)
            yield _at("K11", note.place, "period" if note.period else "no", commitment=note.commitment, key=key)


def _groups(data: Dataset, groups: Iterable[Group]) -> Iterator[Finding]:
    files = {str(group): group.file for group in groups}
    group_of = {a.actor: a.group for a in data.actors}
    for t in data.rows:
        group = group_of.get(t.actor, t.group)
        if group != t.group:
            yield _at("K06", t.place, "actor", actor=t.actor, group=group, file=files[group])


def _periods(data: Dataset, period_of: Mapping[str, str]) -> Iterator[Finding]:
    for t in data.rows:
        expected = period_of.get(t.place.file)  # none of forms: they were asked for one period
        if expected and t.period != expected:
            yield _at("K07", t.place, "period", value=t.period, period=expected)


def _scores(data: Dataset) -> Iterator[Finding]:
    for t in data.targets:
        if t.score == NO_TARGET and t.cocreation:
            yield _at("M06", t.place, "cocreation", value=t.cocreation)
        if t.evidence == EVIDENCE_MISSING and not isinstance(t.score, str) and t.score > 0:
            yield _at("M05", t.place, "score", value=f"{float(t.score):g}".replace(".", ","))
        elif t.score == _WHOLE and is_not_stated(t.achievement) and not t.evidence:
            yield _at("M13", t.place, "score", value=_WHOLE)
        if t.score == NOT_MEASURABLE and t.cocreation == COCREATION[0]:
            yield _at("M08", t.place, "cocreation", value=t.cocreation)
        if t.score == NO_TARGET and _tells_of_work(t.achievement):
            yield _at("M09", t.place, "achievement", value=shorten(t.achievement, 80, placeholder=" ..."))
        if not isinstance(t.score, str) and _NOTHING_DUE.match(t.target):
            shown = f"{float(t.score):.10g}".replace(".", ",")
            yield _at("M11", t.place, "target", value=shorten(t.target, 80, placeholder=" ..."), score=shown)


_WHOLE = 100
_NOTHING_DUE = re.compile(
    r"\W*(tidak ada|tanpa|belum ada|tidak terdapat|nihil)( ada)?\s+target\b|\W*$|n\.?/?a\.?$", re.I
)
_EXPLAINS = re.compile(
    r"\b(tidak|belum|tanpa|bukan|nihil|batal|dibatalkan|ditiadakan|dihapus\w*|ditunda|dialihkan|dipindahkan|"
    r"digabung\w*|diundur|mundur)\b",
    re.I,
)
_FEW_WORDS = 3


def _tells_of_work(text: str) -> bool:
    """Tell whether a text is more than a word or two, and nothing in it says why there was no target."""
    return len(re.findall(r"\w+", text)) >= _FEW_WORDS and not _EXPLAINS.search(text)


def category_names(dimension: str, rules: Scoring) -> tuple[str, ...]:
    """Return the categories that a commitment may have in a dimension, best first."""
    if dimension == ADMINISTRATIVE:
        return (*(band.nama for band in rules.kategori), rules.tidak_terukur)
    return tuple(threshold.nama for threshold in rules.kokreasi.kategori)


def computed_category(targets: list[Target], dimension: str, edition: Edition) -> str:
    """Return a commitment's category by the rule, before any determination."""
    rules = edition.penilaian
    if dimension == ADMINISTRATIVE:
        return commitment_band(targets, rules)
    return cocreation_category(cocreation_score(targets, rules.kokreasi, edition.current.kode), rules.kokreasi)


def _categories(data: Dataset, edition: Edition) -> Iterator[Finding]:
    for d in data.determinations:
        names = category_names(d.dimension, edition.penilaian)
        if d.category not in names:
            choices = ", ".join(names)
            yield _at("M01", d.place, "category", value=d.category, dimension=d.dimension, choices=choices)


def _determinations(data: Dataset, edition: Edition) -> Iterator[Finding]:
    known = {c.commitment for c in data.commitments}
    for d in data.determinations:
        if d.commitment not in known or d.category not in category_names(d.dimension, edition.penilaian):
            continue
        targets = [t for t in data.targets if t.commitment == d.commitment]
        if not any(t.score != NO_TARGET for t in targets):
            yield _at("M03", d.place, "commitment", commitment=d.commitment)
        elif computed_category(targets, d.dimension, edition) == d.category:
            yield _at("M02", d.place, "category", commitment=d.commitment, value=d.category)


def _highlights(data: Dataset, edition: Edition) -> Iterator[Finding]:
    """Yield highlights below a title that names another category than the commitment has; each commitment once."""
    known = {c.commitment for c in data.commitments}
    told = set()
    for point in data.highlights:
        subject = (point.part, point.commitment, point.dimension)
        named = _named_category(point.title, point.dimension, edition.penilaian)
        if named is None or subject in told or point.commitment not in known:
            continue
        told.add(subject)
        category = _category(data, point.commitment, point.dimension, edition)
        if category and category != named:
            details = {"value": named, "commitment": point.commitment, "category": category}
            yield _at("M10", point.place, "title", dimension=point.dimension, **details)


_SAID = {ADMINISTRATIVE: r"administrati[fv]e?", COCREATIVE: r"ko-?kreasi"}


def _named_category(title: str, dimension: str, rules: Scoring) -> str | None:
    """Return the category that a title names right behind a dimension: `Capaian Administratif Baik`."""
    names = sorted(category_names(dimension, rules), key=len, reverse=True)
    choice = "|".join(map(re.escape, names))
    found = re.findall(rf"\b{_SAID[dimension]}\s+(?:yang\s+|berkategori\s+)?({choice})(?![\w-])", title, re.I)
    by_fold = {name.casefold(): name for name in names}
    return by_fold[found[0].casefold()] if len(found) == 1 else None


def _category(data: Dataset, commitment: int, dimension: str, edition: Edition) -> str:
    """Return a commitment's category as the report prints it; an empty text where it has no targets."""
    for d in data.determinations:
        if (d.commitment, d.dimension) == (commitment, dimension):
            return d.category
    targets = [t for t in data.targets if t.commitment == commitment]
    return computed_category(targets, dimension, edition) if any(t.score != NO_TARGET for t in targets) else ""


def _titles(data: Dataset) -> Iterator[Finding]:
    for points in (data.highlights, data.notes):
        first: dict[str, str] = {}
        for point in points:
            if first.setdefault(point.part, point.title) != point.title:
                yield _at("M04", point.place, "title", part=point.part, value=point.title, first=first[point.part])


def _silent_commitments(data: Dataset) -> Iterator[Finding]:
    reported = {row.commitment for row in data.rows}
    for c in data.commitments:
        if c.commitment not in reported:
            yield _at("M07", c.place, "commitment", value=c.commitment)


def _unreported(data: Dataset, edition: Edition) -> Iterator[Finding]:
    """Yield the rows of workbooks that wait for a report or a score; forms have no score, and are told of as such."""
    sent = {period.kode for period in edition.periode if period.masukan == SENT}
    for row in data.unreported:
        if row.period not in sent:
            yield _at("R01", row.place, "score")
    for target in data.targets:
        if target.score == NOT_SCORED and target.period not in sent:
            yield _at("R02", target.place, "score")


def check(data: Dataset, edition: Edition, period_of: Mapping[str, str], *, whole: bool = True) -> tuple[Finding, ...]:
    """Return every finding across the records; `period_of` gives the period that each workbook should hold.

    `whole` is false where rows or workbooks could not be read: what follows from all rows together (categories by the
    rule, who is silent) is then not judged, for it would be judged wrongly.
    """
    found: Iterable[Finding] = chain(
        _unknown_commitments(data),
        _unknown_actors(data),
        _indistinct_actors(data),
        _parties(data),
        _measures(data),
        _groups(data, edition.groups),
        _periods(data, period_of),
        _scores(data),
        _categories(data, edition),
        _titles(data),
        _unreported(data, edition),
        plan_findings(data, edition),
        follow_up_findings(data, edition),
        rejudged_findings(data, edition),
        obstacle_findings(data, edition),
        indicator_findings(data, edition),
    )
    if not whole:
        return tuple(found)
    judged = chain(_source_notes(data), _determinations(data, edition), _highlights(data, edition))
    return (*found, *judged, *_silent_commitments(data))
