"""What an edition's data give: each commitment's scores and categories, with determinations. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from monev.model.fields import ADMINISTRATIVE, COCREATIVE
from monev.model.params import Edition
from monev.rules.obstacles import Obstacle, obstacles
from monev.rules.rejudging import rejudgements
from monev.rules.scores import (
    assessed,
    band,
    cocreation_category,
    cocreation_score,
    commitment_band,
    commitment_score,
    counts,
)
from monev.rules.target_plan import Key, key_of, plan_by_key
from monev.rules.tidy import Actor, Commitment, Dataset, Determination, PlannedTarget, Rejudged, Target, Unreported


@dataclass(frozen=True)
class Outcome:
    """One dimension of a commitment: its mean, the category by the rule, and the one that the report uses.

    `score` is in percent for the administrative dimension and from 0 to 1 for co-creation; `basis` holds the targets
    that entered the mean. A category is empty where there was nothing to judge.
    """

    score: Fraction | None
    computed: str
    category: str
    basis: tuple[Target, ...]
    determination: Determination | None = None


@dataclass(frozen=True)
class CommitmentResult:
    """One commitment with its targets (all rows) and both outcomes."""

    commitment: Commitment
    targets: tuple[Target, ...]
    administrative: Outcome
    cocreation: Outcome

    @property
    def counted(self) -> tuple[Target, ...]:
        """The targets that count: those that were assessed."""
        return tuple(t for t in self.targets if counts(t.score))

    def outcome(self, dimension: str) -> Outcome:
        """Return the outcome of one dimension."""
        return self.administrative if dimension == ADMINISTRATIVE else self.cocreation


@dataclass(frozen=True)
class Results:
    """All commitments' results, in the order of the register, with the data and params they come from."""

    edition: Edition
    data: Dataset
    commitments: tuple[CommitmentResult, ...]

    @property
    def targets(self) -> tuple[Target, ...]:
        """All targets, commitment by commitment, in the workbooks' order."""
        return tuple(target for result in self.commitments for target in result.targets)

    @property
    def coalitions(self) -> frozenset[str]:
        """The actors that stand for others: each is named in column Koalisi of its members."""
        return frozenset(actor.coalition for actor in self.data.actors if actor.coalition)

    @cached_property
    def _plan(self) -> Mapping[Key, PlannedTarget]:
        return plan_by_key(self.data)

    @cached_property
    def rejudged(self) -> Mapping[Key, Sequence[Rejudged]]:
        """What targets of earlier periods were judged again with, by what tells them apart, earlier rounds first."""
        return rejudgements(self.data, self.edition)

    @cached_property
    def reported_obstacles(self) -> Mapping[tuple[object, ...], Obstacle]:
        """The obstacles that actors report, by what tells their targets apart."""
        return {own.key: own for own in obstacles(self.data, self.edition) if own.note is None}

    def planned(self, row: Target | Unreported) -> PlannedTarget | None:
        """Return the planned target that a row reports on, if the register plans one."""
        return self._plan.get(key_of(row))

    def band(self, target: Target) -> str:
        """Return a target's administrative category; empty where it was not assessed."""
        return band(target.score, self.edition.penilaian)

    def commitment(self, number: int) -> CommitmentResult:
        """Return one commitment's result. Raises KeyError for an unknown number."""
        for result in self.commitments:
            if result.commitment.commitment == number:
                return result
        raise KeyError(number)

    def actors(self, number: int) -> tuple[Actor, ...]:
        """Return a commitment's actors, group by group, each in the register's order."""
        by_name = {actor.actor: actor for actor in self.data.actors}
        named = [by_name[party.actor] for party in self.data.parties if party.commitment == number]
        order = self.edition.order_of_groups
        return tuple(sorted(named, key=lambda actor: order[actor.group]))


def _outcome(
    score: Fraction | None, computed: str, basis: tuple[Target, ...], determination: Determination | None
) -> Outcome:
    category = determination.category if determination else computed
    return Outcome(score, computed, category, basis, determination)


def _result(
    commitment: Commitment,
    targets: tuple[Target, ...],
    edition: Edition,
    set_by: Mapping[tuple[int, str], Determination],
) -> CommitmentResult:
    rules, current = edition.penilaian, edition.current.kode
    number = commitment.commitment
    cocreation = cocreation_score(targets, rules.kokreasi, current)
    judged = set(map(id, assessed(targets, rules.kokreasi, current)))
    return CommitmentResult(
        commitment,
        targets,
        _outcome(
            commitment_score(targets, rules),
            commitment_band(targets, rules),
            tuple(t for t in targets if isinstance(t.score, Fraction)),
            set_by.get((number, ADMINISTRATIVE)),
        ),
        _outcome(
            cocreation,
            cocreation_category(cocreation, rules.kokreasi),
            tuple(t for t in targets if id(t) in judged),
            set_by.get((number, COCREATIVE)),
        ),
    )


def evaluate(data: Dataset, edition: Edition) -> Results:
    """Return the results of an edition's sound data."""
    set_by = {(d.commitment, d.dimension): d for d in data.determinations}
    period_order = {period.kode: n for n, period in enumerate(edition.periode)}
    party_order = {(p.commitment, p.actor): n for n, p in enumerate(data.parties)}

    def order(target: Target) -> tuple[int, int, int, int]:
        return (
            target.measure,
            party_order.get((target.commitment, target.actor), len(party_order)),
            period_order[target.period],
            target.no,
        )

    results = []
    for commitment in data.commitments:
        own = sorted((t for t in data.targets if t.commitment == commitment.commitment), key=order)
        results.append(_result(commitment, tuple(own), edition, set_by))
    return Results(edition, data, tuple(results))
