"""How complete the reporting is, what earlier periods left unfinished, how principles were answered, who took part.

Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from monev.model.fields import EVIDENCE_MISSING, GROUPS, NO_TARGET, PRINCIPLES, Column
from monev.model.params import Edition, Period
from monev.rules.scores import band
from monev.rules.tidy import Actor, Dataset, Measure, Target, Unreported


def stated(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Return the targets of which the workbook says whether evidence was submitted; a blank cell says nothing."""
    return tuple(t for t in targets if t.evidence)


def given(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Return the targets that evidence was submitted for."""
    return tuple(t for t in stated(targets) if t.evidence != EVIDENCE_MISSING)


@dataclass(frozen=True)
class Reporting:
    """What is due of some actors in one period: rows reported on (without `-`), and rows nobody reported on."""

    reported: tuple[Target, ...]
    unreported: tuple[Unreported, ...]

    @property
    def due(self) -> tuple[Target | Unreported, ...]:
        """All rows that were to be reported."""
        return (*self.reported, *self.unreported)

    @property
    def stated(self) -> tuple[Target, ...]:
        """The targets of which the workbook says whether evidence was submitted."""
        return stated(self.reported)

    @property
    def with_evidence(self) -> tuple[Target, ...]:
        """The targets that evidence was submitted for."""
        return given(self.reported)


@dataclass(frozen=True)
class ActorReporting:
    """The reporting of one actor."""

    actor: Actor
    reporting: Reporting

    @property
    def is_silent(self) -> bool:
        """Nothing was reported."""
        return not self.reporting.reported

    @property
    def is_whole(self) -> bool:
        """Everything was reported."""
        return not self.reporting.unreported


@dataclass(frozen=True)
class Completeness:
    """The reporting of a period: the actors that owe something, and measures of the register without any row.

    `unread` names the groups whose workbook could not be read, so that nothing is known of their reporting.
    """

    period: Period
    actors: tuple[ActorReporting, ...]
    without_row: tuple[Measure, ...]
    unread: frozenset[str] = frozenset()

    def of_group(self, group: str | None) -> tuple[ActorReporting, ...]:
        """Return a group's actors; all of them for None."""
        return tuple(a for a in self.actors if group in (None, a.actor.group))

    def total(self, group: str | None = None) -> Reporting:
        """Return the reporting of a group's actors together; of all for None."""
        own = self.of_group(group)
        reported = tuple(t for a in own for t in a.reporting.reported)
        return Reporting(reported, tuple(u for a in own for u in a.reporting.unreported))

    @property
    def silent(self) -> tuple[ActorReporting, ...]:
        """The actors that reported nothing."""
        return tuple(a for a in self.actors if a.is_silent)

    @property
    def partial(self) -> tuple[ActorReporting, ...]:
        """The actors that reported some rows and not all."""
        return tuple(a for a in self.actors if not a.is_silent and not a.is_whole)

    @property
    def without_evidence(self) -> tuple[ActorReporting, ...]:
        """The actors of which the workbook says that evidence was not submitted, and of no target that it was."""
        return tuple(a for a in self.actors if a.reporting.stated and not a.reporting.with_evidence)

    def record(self) -> dict[str, object]:
        """Return the reporting in a form for JSON."""
        groups = {group: None if group in self.unread else self._counts(group) for group in GROUPS}
        return {
            "periode": self.period.kode,
            **groups,
            "belum_melapor": [a.actor.actor for a in self.silent],
            "baru_sebagian": [a.actor.actor for a in self.partial],
            "uk_tanpa_baris": [
                {"komitmen": m.commitment, "uk": m.measure, "pelaksana": m.actor} for m in self.without_row
            ],
        }

    def _counts(self, group: str) -> dict[str, int]:
        total = self.total(group)
        return {
            "target": len(total.due),
            "dilaporkan": len(total.reported),
            "dengan_data_dukung": len(total.with_evidence),
            "data_dukung_dinyatakan": len(total.stated),
            "pelaksana": len(self.of_group(group)),
            "pelaksana_belum_melapor": sum(1 for a in self.silent if a.actor.group == group),
        }


def completeness(data: Dataset, edition: Edition, unread: Collection[str] = ()) -> Completeness:
    """Return how complete the current period is reported; ministries first, each group in the register's order.

    `unread` names the groups whose workbook could not be read.
    """
    period = edition.current
    reported: dict[str, list[Target]] = {}
    unreported: dict[str, list[Unreported]] = {}
    for target in data.targets:
        if target.period == period.kode and target.score != NO_TARGET:
            reported.setdefault(target.actor, []).append(target)
    for row in data.unreported:
        if row.period == period.kode:
            unreported.setdefault(row.actor, []).append(row)
    actors = []
    for actor in sorted(data.actors, key=lambda a: GROUPS.index(a.group)):
        own = Reporting(tuple(reported.get(actor.actor, ())), tuple(unreported.get(actor.actor, ())))
        if own.due:
            actors.append(ActorReporting(actor, own))
    known = {(row.commitment, row.actor, row.measure) for row in data.rows if row.period == period.kode}
    without = tuple(m for m in data.measures if (m.commitment, m.actor, m.measure) not in known)
    return Completeness(period, tuple(actors), without, frozenset(unread))


# What earlier periods left ----------------------------------------------------------------------------------

UNREPORTED = "Belum dilaporkan"


@dataclass(frozen=True)
class Unfinished:
    """A row of an earlier period that is not completed, and the category in which it stood then."""

    row: Target | Unreported
    category: str


def unfinished(data: Dataset, edition: Edition, periods: Sequence[Period]) -> tuple[Unfinished, ...]:
    """Return the rows of these periods below the best category or not measurable, and those nobody reported on.

    They come by commitment, measure and actor, earlier periods first; rows with `-` had no target.
    """
    rules = edition.penilaian
    best = rules.kategori[0].nama
    order = {period.kode: n for n, period in enumerate(periods)}
    found = []
    for row in data.rows:
        if row.period not in order:
            continue
        category = band(row.score, rules) if isinstance(row, Target) else UNREPORTED
        if category not in ("", best):
            found.append(Unfinished(row, category))
    parties = {(p.commitment, p.actor): n for n, p in enumerate(data.parties)}

    def place(item: Unfinished) -> tuple[int, int, int, int, int]:
        row = item.row
        party = parties.get((row.commitment, row.actor), len(parties))
        return (row.commitment, row.measure, party, order[row.period], row.no)

    return tuple(sorted(found, key=place))


def earlier(edition: Edition) -> tuple[Period, ...]:
    """Return the periods before the current one."""
    return edition.periode[:-1]


# Principles -------------------------------------------------------------------------------------------------


def judged(targets: Sequence[Target], principle: Column) -> tuple[Target, ...]:
    """Return the targets that a principle was answered for; rows with `-` had no target."""
    return tuple(t for t in targets if t.principles.get(principle.name) and t.score != NO_TARGET)


def principles_used(targets: Sequence[Target]) -> tuple[Column, ...]:
    """Return the principles that any of these targets answers, a to e."""
    return tuple(principle for principle in PRINCIPLES if judged(targets, principle))


# Participation ----------------------------------------------------------------------------------------------


def levelled(targets: Sequence[Target], level: str = "") -> tuple[Target, ...]:
    """Return the targets with a level of participation, or with this one; rows with `-` had no target."""
    own = (t for t in targets if t.participation and t.score != NO_TARGET)
    return tuple(t for t in own if level in ("", t.participation))
