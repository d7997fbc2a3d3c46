"""The scoring rules: target bands, commitment scores, co-creation (source: report specification, "Scoring").

Pure and exact: scores are fractions of a percent point, so a mean of 69.5 is 69.5 and nothing near it. Every number
of a rule comes from `params`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Protocol

from monev.model.fields import NO_TARGET, NOT_MEASURABLE, NOT_SCORED
from monev.model.params import CoCreation, Scoring

Score = Fraction | str
"""A target's score: percent from 0 to 100, `N/A` (not measurable), `-` (no target this period), or `belum dinilai`."""


class Scored(Protocol):
    """What scoring needs of a target."""

    @property
    def score(self) -> Score:
        """Percent, `N/A`, `-` or `belum dinilai`."""

    @property
    def cocreation(self) -> str:
        """Status, empty when not assessed."""

    @property
    def period(self) -> str:
        """Period code."""


def whole_percent(value: Fraction) -> int:
    """Round half up to a whole percent: 50.5 is 51, 69.49 is 69."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def counts(score: Score) -> bool:
    """Tell whether a target was assessed: it has a number or `N/A`."""
    return score not in (NO_TARGET, NOT_SCORED)


def band(score: Score, rules: Scoring) -> str:
    """Return the administrative category of a score; an empty text for one that leaves every count.

    Raises ValueError for a score outside 0-100 or an unknown text.
    """
    if isinstance(score, str):
        if score == NOT_MEASURABLE:
            return rules.tidak_terukur
        if not counts(score):
            return ""
        raise ValueError(f"unknown score {score!r}")
    percent = whole_percent(score)
    for candidate in rules.kategori:
        if candidate.dari <= percent <= candidate.sampai:
            return candidate.nama
    raise ValueError(f"score {score} is outside 0-100")


def mean(values: Sequence[Fraction]) -> Fraction | None:
    """Return the mean, or None of nothing."""
    return Fraction(sum(values), len(values)) if values else None


def measured(targets: Iterable[Scored]) -> list[Fraction]:
    """Return the numeric scores: `N/A` and `-` left out."""
    return [target.score for target in targets if isinstance(target.score, Fraction)]


def commitment_score(targets: Sequence[Scored], rules: Scoring) -> Fraction | None:
    """Return a commitment's score in percent over all its periods; None when no target could be measured.

    `rata-rata target` is the mean of all scores; `rata-rata periode` the mean of the periods' means.
    """
    if rules.agregasi == "rata-rata target":
        return mean(measured(targets))
    periods = dict.fromkeys(target.period for target in targets)
    means = [mean(measured(t for t in targets if t.period == period)) for period in periods]
    return mean([value for value in means if value is not None])


def commitment_band(targets: Sequence[Scored], rules: Scoring) -> str:
    """Return a commitment's category by the rule: `N/A` when all are, empty when it has no target at all."""
    score = commitment_score(targets, rules)
    if score is not None:
        return band(score, rules)
    return rules.tidak_terukur if any(t.score == NOT_MEASURABLE for t in targets) else ""


def assessed(targets: Iterable[Scored], rules: CoCreation, current: str) -> list[Scored]:
    """Return the targets whose co-creation counts: those of the latest period (or all) with a status, `-` left out."""
    chosen = (t for t in targets if rules.periode == "semua" or t.period == current)
    return [t for t in chosen if t.cocreation and t.score != NO_TARGET]


def cocreation_score(targets: Iterable[Scored], rules: CoCreation, current: str) -> Fraction | None:
    """Return the mean weight (0-1) of the assessed targets, or None when none was assessed."""
    return mean([rules.bobot[target.cocreation] for target in assessed(targets, rules, current)])


def cocreation_category(score: Fraction | None, rules: CoCreation) -> str:
    """Return the co-creation category of a mean; empty when nothing was assessed."""
    if score is None:
        return ""
    return next(threshold.nama for threshold in rules.kategori if score >= threshold.dari)
