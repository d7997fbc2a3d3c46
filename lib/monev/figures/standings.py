"""How commitments, actors and groups stand: score in each period and in all, and change between two periods. Pure.

The score of an actor, a group or everyone follows the rule of a commitment's score (report specification, "Scoring"),
applied to its own targets; the score of one period is that rule applied to the targets of that period alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from monev.figures.number_format import rounded
from monev.figures.reporting import Unfinished, earlier, unfinished
from monev.figures.results import Results
from monev.model.fields import NO_TARGET
from monev.model.params import Edition, Period
from monev.rules.scores import assessed, band, cocreation_category, cocreation_score, commitment_score, counts
from monev.rules.tidy import Actor, Target

SCORE_PLACES = 1  # decimals with which scores and their differences are printed

Direction = Literal["naik", "turun", "tetap", "tanpa"]
DIRECTIONS: tuple[Direction, ...] = ("naik", "turun", "tetap", "tanpa")
"""Up, down, the same as printed, or not comparable: without a score in one of both periods."""


def direction(before: Fraction | None, now: Fraction | None) -> Direction:
    """Tell where a score went. A difference that is printed as 0 is no change."""
    if before is None or now is None:
        return "tanpa"
    difference = rounded_difference(before, now)
    return "naik" if difference > 0 else "turun" if difference < 0 else "tetap"


def rounded_difference(before: Fraction, now: Fraction) -> Fraction:
    """Return `now - before` in percent points as it is printed: half away from zero, so that down mirrors up."""
    size = rounded(abs(now - before), SCORE_PLACES)
    return size if now > before else -size


@dataclass(frozen=True)
class Standing:
    """Some targets (without `-`) that are scored together: those of one commitment, actor or group."""

    targets: tuple[Target, ...]
    edition: Edition

    @cached_property
    def score(self) -> Fraction | None:
        """The score over all periods in percent; None where no target could be measured."""
        return commitment_score(self.targets, self.edition.penilaian)

    @property
    def category(self) -> str:
        """The administrative category of the score; `N/A` where none could be measured, empty where none counts."""
        if self.score is not None:
            return band(self.score, self.edition.penilaian)
        return self.edition.penilaian.tidak_terukur if self.counted else ""

    @cached_property
    def counted(self) -> tuple[Target, ...]:
        """The targets that were assessed, by a number or `N/A`."""
        return tuple(t for t in self.targets if counts(t.score))

    @cached_property
    def measured(self) -> tuple[Target, ...]:
        """The targets with a number."""
        return tuple(t for t in self.targets if isinstance(t.score, Fraction))

    def of_period(self, code: str) -> Standing:
        """Return the targets of one period."""
        return Standing(tuple(t for t in self.targets if t.period == code), self.edition)

    def score_in(self, code: str) -> Fraction | None:
        """Return the score in one period."""
        return self.of_period(code).score

    @cached_property
    def cocreated(self) -> tuple[Target, ...]:
        """The targets whose co-creation counts, by the periods that the params choose."""
        chosen = set(map(id, assessed(self.targets, self.edition.penilaian.kokreasi, self.edition.current.kode)))
        return tuple(t for t in self.targets if id(t) in chosen)

    @property
    def cocreation(self) -> Fraction | None:
        """The mean weight of co-creation, 0 to 1; None where nothing was assessed."""
        return cocreation_score(self.targets, self.edition.penilaian.kokreasi, self.edition.current.kode)

    @property
    def cocreation_category(self) -> str:
        """The category of the mean weight; empty where nothing was assessed."""
        return cocreation_category(self.cocreation, self.edition.penilaian.kokreasi)

    @property
    def direction(self) -> Direction:
        """Where the score went from the previous period to the current one; `tanpa` in an edition of one period."""
        before, now = previous(self.edition), self.edition.current
        return direction(self.score_in(before.kode), self.score_in(now.kode)) if before else "tanpa"

    @property
    def difference(self) -> Fraction | None:
        """The change of the score since the previous period in percent points, exactly; None if not comparable."""
        before = previous(self.edition)
        if before is None:
            return None
        then, now = self.score_in(before.kode), self.score_in(self.edition.current.kode)
        return None if then is None or now is None else now - then


@dataclass(frozen=True)
class ActorStanding:
    """One actor that has targets in this edition (reported or not), with what earlier periods left unfinished."""

    actor: Actor
    standing: Standing
    unfinished: tuple[Unfinished, ...]


def previous(edition: Edition) -> Period | None:
    """Return the period before the current one; None in an edition of one period."""
    return edition.periode[-2] if len(edition.periode) > 1 else None


def standing(targets: Iterable[Target], edition: Edition) -> Standing:
    """Return how these targets stand; those with `-` leave every count."""
    return Standing(tuple(t for t in targets if t.score != NO_TARGET), edition)


def of_commitment(results: Results, number: int) -> Standing:
    """Return how one commitment stands. Raises KeyError for an unknown number."""
    return standing(results.commitment(number).targets, results.edition)


def of_group(results: Results, group: str | None = None) -> Standing:
    """Return how a group's targets stand together; all targets for None."""
    return standing((t for t in results.targets if group in (None, t.group)), results.edition)


def of_actors(results: Results) -> tuple[ActorStanding, ...]:
    """Return how each actor with targets stands; group by group, each in the register's order."""
    rows = {row.actor for row in results.data.rows if not (isinstance(row, Target) and row.score == NO_TARGET)}
    left = unfinished(results.data, results.edition, earlier(results.edition))
    order = results.edition.order_of_groups
    return tuple(
        ActorStanding(
            actor,
            standing((t for t in results.targets if t.actor == actor.actor), results.edition),
            tuple(u for u in left if u.row.actor == actor.actor),
        )
        for actor in sorted(results.data.actors, key=lambda a: order[a.group])
        if actor.actor in rows
    )


def ranked(actors: Sequence[ActorStanding]) -> tuple[ActorStanding, ...]:
    """Return actors by falling score, equal ones in the given order, those without a score last."""
    scored = [a for a in actors if a.standing.score is not None]
    return (
        *sorted(scored, key=lambda a: -(a.standing.score or Fraction(0))),
        *(a for a in actors if a.standing.score is None),
    )


def is_mapped(results: Results) -> bool:
    """Tell whether scores by period can be laid beside each other: more than one period, and some score."""
    numbers = (r.commitment.commitment for r in results.commitments)
    return len(results.edition.periode) > 1 and any(of_commitment(results, n).score is not None for n in numbers)


def never_best(results: Results, number: int) -> bool:
    """Tell whether a commitment has a score in some period, but the best category in none."""
    own = of_commitment(results, number)
    found = [own.of_period(period.kode) for period in results.edition.periode]
    scored = [each for each in found if each.score is not None]
    best = results.edition.penilaian.kategori[0].nama
    return bool(scored) and all(each.category != best for each in scored)


# Administrative score against co-creation ---------------------------------------------------------------------------

Quadrant = Literal["kuat", "administratif", "kokreasi", "lemah", "tanpa"]
QUADRANTS: tuple[Quadrant, ...] = ("kuat", "administratif", "kokreasi", "lemah", "tanpa")
"""Best category in both dimensions, in one of them, in none; `tanpa` where a dimension has no score."""


def quadrant(results: Results, number: int) -> Quadrant:
    """Return where a commitment lies by its categories, which are those of determinations where there are any."""
    result = results.commitment(number)
    rules = results.edition.penilaian
    if result.administrative.score is None or result.cocreation.score is None:
        return "tanpa"
    done = result.administrative.category == rules.kategori[0].nama
    together = result.cocreation.category == rules.kokreasi.kategori[0].nama
    if done:
        return "kuat" if together else "administratif"
    return "kokreasi" if together else "lemah"
