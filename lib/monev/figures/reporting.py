"""How complete the reporting is, what earlier periods left unfinished, what columns of instruments hold.

Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from monev.model.fields import EVIDENCE_MISSING, NO_TARGET, NOT_SCORED, Column
from monev.model.groups import Group
from monev.model.instruments import Instrument
from monev.model.params import Edition, Period, Scoring
from monev.rules.scores import band
from monev.rules.tidy import Actor, Dataset, Measure, Target, Unreported

R = TypeVar("R", Target, Unreported)


def stated(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Return the targets of which the workbook says whether evidence was submitted; a blank cell says nothing."""
    return tuple(t for t in targets if t.evidence)


def given(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Return the targets that evidence was submitted for."""
    return tuple(t for t in stated(targets) if t.evidence != EVIDENCE_MISSING)


@dataclass(frozen=True)
class Reporting:
    """What is due of some actors in one period: rows with a score or waiting for it, and rows with nothing but a key.

    Rows with `-` are not due. A score alone is no report: the assessor gives it. A row is reported where its
    achievement is told or evidence was given; where neither is stated, nothing is known.
    """

    scored: tuple[Target, ...]
    prepared: tuple[Unreported, ...]
    faulty: tuple[Unreported, ...] = ()

    @property
    def due(self) -> tuple[Target | Unreported, ...]:
        """All rows that were to be reported; what faulty ones report is not known."""
        return (*self.scored, *self.prepared, *self.faulty)

    @property
    def reported(self) -> tuple[Target, ...]:
        """The rows that tell of a report."""
        return tuple(t for t in self.scored if t.achievement or given((t,)))

    @property
    def unreported(self) -> tuple[Target | Unreported, ...]:
        """The rows that tell of none: only prepared, or without an achievement and said to lack evidence."""
        told = {id(t) for t in (*self.reported, *self.unknown)}
        return (*(t for t in self.scored if id(t) not in told), *self.prepared)

    @property
    def unknown(self) -> tuple[Target, ...]:
        """The rows with nothing but a score."""
        return tuple(t for t in self.scored if not t.achievement and not t.evidence and t.score != NOT_SCORED)

    @property
    def stated(self) -> tuple[Target, ...]:
        """The targets of which the workbook says whether evidence was submitted."""
        return stated(self.scored)

    @property
    def with_evidence(self) -> tuple[Target, ...]:
        """The targets that evidence was submitted for."""
        return given(self.scored)


@dataclass(frozen=True)
class ActorReporting:
    """The reporting of one actor."""

    actor: Actor
    reporting: Reporting

    @property
    def is_silent(self) -> bool:
        """Nothing was reported, as far as is known."""
        known = self.reporting
        return not (known.reported or known.unknown or known.faulty)

    @property
    def is_whole(self) -> bool:
        """Everything was reported."""
        return len(self.reporting.reported) == len(self.reporting.due)

    @property
    def is_unknown(self) -> bool:
        """Nothing is known to be reported, and of some rows it is not known."""
        return not self.reporting.reported and bool(self.reporting.unknown)


@dataclass(frozen=True)
class Completeness:
    """The reporting of a period: the actors that owe something, and measures of the register without any row.

    `unread` names the groups whose workbook could not be read, so that nothing is known of their reporting.
    """

    period: Period
    actors: tuple[ActorReporting, ...]
    without_row: tuple[Measure, ...]
    unread: frozenset[str] = frozenset()
    groups: Mapping[str, str] = field(default_factory=dict)  # of every actor
    known: tuple[Group, ...] = ()  # all groups, in their order

    def group_of(self, measure: Measure) -> str:
        """Return the group of the actor that carries a measure; empty for an unknown actor."""
        return self.groups.get(measure.actor, "")

    def of_group(self, group: str | None) -> tuple[ActorReporting, ...]:
        """Return a group's actors; all of them for None."""
        return tuple(a for a in self.actors if group in (None, a.actor.group))

    def total(self, group: str | None = None) -> Reporting:
        """Return the reporting of a group's actors together; of all for None."""
        own = self.of_group(group)
        scored = tuple(t for a in own for t in a.reporting.scored)
        prepared = tuple(u for a in own for u in a.reporting.prepared)
        return Reporting(scored, prepared, tuple(f for a in own for f in a.reporting.faulty))

    @property
    def silent(self) -> tuple[ActorReporting, ...]:
        """The actors that reported nothing."""
        return tuple(a for a in self.actors if a.is_silent)

    @property
    def partial(self) -> tuple[ActorReporting, ...]:
        """The actors that reported some rows and not all."""
        return tuple(a for a in self.actors if a.reporting.reported and not a.is_whole)

    @property
    def unknown(self) -> tuple[ActorReporting, ...]:
        """The actors of which it is not known whether they reported."""
        return tuple(a for a in self.actors if a.is_unknown)

    @property
    def unscored(self) -> tuple[Target, ...]:
        """The reported targets that wait for their score."""
        return tuple(t for a in self.actors for t in a.reporting.reported if t.score == NOT_SCORED)

    @property
    def without_evidence(self) -> tuple[ActorReporting, ...]:
        """The actors of which the workbook says that evidence was not submitted, and of no target that it was."""
        return tuple(a for a in self.actors if a.reporting.stated and not a.reporting.with_evidence)

    def record(self) -> dict[str, object]:
        """Return the reporting in a form for JSON."""
        groups: dict[str, dict[str, int] | None] = {
            str(group): None if group in self.unread else self._counts(group) for group in self.known
        }
        return {
            "periode": self.period.kode,
            **groups,
            "belum_melapor": [a.actor.actor for a in self.silent],
            "baru_sebagian": [a.actor.actor for a in self.partial],
            "belum_dinilai": [
                {
                    "komitmen": t.commitment,
                    "uk": t.measure,
                    "pelaksana": t.actor,
                    "no": t.no,
                    "sel": t.place.cell("score"),
                }
                for t in self.unscored
            ],
            "per_pelaksana": [
                {
                    "pelaksana": a.actor.actor,
                    "kelompok": a.actor.group,
                    "target": len(a.reporting.due),
                    "dilaporkan": len(a.reporting.reported),
                    "belum_dinilai": sum(t.score == NOT_SCORED for t in a.reporting.reported),
                }
                for a in self.actors
            ],
            "uk_tanpa_baris": [
                {"komitmen": m.commitment, "uk": m.measure, "pelaksana": m.actor} for m in self.without_row
            ],
        }

    def _counts(self, group: str) -> dict[str, int]:
        total = self.total(group)
        return {
            "target": len(total.due),
            "dilaporkan": len(total.reported),
            "baris_salah": len(total.faulty),
            "tidak_diketahui": len(total.unknown),
            "dengan_data_dukung": len(total.with_evidence),
            "data_dukung_dinyatakan": len(total.stated),
            "pelaksana": len(self.of_group(group)),
            "pelaksana_belum_melapor": sum(1 for a in self.silent if a.actor.group == group),
        }


def completeness(data: Dataset, edition: Edition, unread: Collection[str] = ()) -> Completeness:
    """Return how complete the current period is reported; group by group, each in the register's order.

    `unread` names the groups whose workbook could not be read.
    """
    period = edition.current
    scored = _by_actor((target for target in data.targets if target.score != NO_TARGET), period)
    prepared, faulty = _by_actor(data.unreported, period), _by_actor(data.faulty, period)
    actors, order = [], edition.order_of_groups
    for actor in sorted(data.actors, key=lambda a: order[a.group]):
        name = actor.actor
        own = Reporting(tuple(scored.get(name, ())), tuple(prepared.get(name, ())), tuple(faulty.get(name, ())))
        if own.due:
            actors.append(ActorReporting(actor, own))
    known = {(row.commitment, row.actor, row.measure) for row in data.rows if row.period == period.kode}
    known |= {(target.commitment, target.actor, target.measure) for target in data.planned}  # due in other periods
    without = tuple(m for m in data.measures if (m.commitment, m.actor, m.measure) not in known)
    groups = {actor.actor: actor.group for actor in data.actors}
    return Completeness(period, tuple(actors), without, frozenset(unread), groups, edition.groups)


def _by_actor(rows: Iterable[R], period: Period) -> dict[str, list[R]]:
    found: dict[str, list[R]] = {}
    for row in rows:
        if row.period == period.kode:
            found.setdefault(row.actor, []).append(row)
    return found


# What is not assessed yet -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pending:
    """The rows that an edition still waits for: reported without a score, in any period; not reported in this one.

    Rows that nobody reported on by the end of an earlier period are not waited for: they are `unfinished`.
    """

    unscored: tuple[Target, ...]
    unreported: tuple[Unreported, ...]

    @property
    def rows(self) -> tuple[Target | Unreported, ...]:
        """All of them; none where the edition is complete."""
        return (*self.unscored, *self.unreported)


def pending(data: Dataset, edition: Edition) -> Pending:
    """Return what an edition still waits for."""
    unscored = tuple(target for target in data.targets if target.score == NOT_SCORED)
    return Pending(unscored, tuple(row for row in data.unreported if row.period == edition.current.kode))


# What earlier periods left ----------------------------------------------------------------------------------

UNREPORTED = "Belum dilaporkan"
UNSCORED = NOT_SCORED.capitalize()


@dataclass(frozen=True)
class Unfinished:
    """A row of an earlier period that is not completed, and the category in which it stood then."""

    row: Target | Unreported
    category: str


def unfinished(data: Dataset, edition: Edition, periods: Sequence[Period]) -> tuple[Unfinished, ...]:
    """Return the rows of these periods below the best category, not measurable, not assessed, or not reported on.

    They come by commitment, measure and actor, earlier periods first; rows with `-` had no target.
    """
    rules = edition.penilaian
    best = rules.kategori[0].nama
    order = {period.kode: n for n, period in enumerate(periods)}
    found = []
    for row in data.rows:
        if row.period not in order:
            continue
        category = _standing_then(row, rules) if isinstance(row, Target) else UNREPORTED
        if category not in ("", best):
            found.append(Unfinished(row, category))
    parties = {(p.commitment, p.actor): n for n, p in enumerate(data.parties)}

    def place(item: Unfinished) -> tuple[int, int, int, int, int]:
        row = item.row
        party = parties.get((row.commitment, row.actor), len(parties))
        return (row.commitment, row.measure, party, order[row.period], row.no)

    return tuple(sorted(found, key=place))


def _standing_then(target: Target, rules: Scoring) -> str:
    return UNSCORED if target.score == NOT_SCORED else band(target.score, rules)


def earlier(edition: Edition) -> tuple[Period, ...]:
    """Return the periods before the current one."""
    return edition.periode[:-1]


# Columns of instruments ---------------------------------------------------------------------------------------


def judged(targets: Iterable[Target], column: Column, answer: str = "") -> tuple[Target, ...]:
    """Return the targets with an answer in an instrument's column, or with this one; rows with `-` had no target."""
    own = (t for t in targets if t.answers.get(column.name) and t.score != NO_TARGET)
    return tuple(t for t in own if answer in ("", t.answers[column.name]))


def columns_used(targets: Sequence[Target], instrument: Instrument) -> tuple[Column, ...]:
    """Return the columns of an instrument in which any of these targets has an answer, in its order."""
    return tuple(column for column in instrument.columns() if judged(targets, column))
