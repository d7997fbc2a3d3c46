"""Suggested highlights: which commitment each rule points to. A suggestion is printed only where the params accept it.

Each rule names at most one commitment, and the same one each time; what decides between equal ones stands with the
rule. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from monev.figures.results import CommitmentResult, Results
from monev.figures.standings import Standing, of_commitment
from monev.model.params import SUGGESTED, Rule
from monev.words.findings import Finding


@dataclass(frozen=True)
class Suggestion:
    """What a rule suggests: the commitment, others that are equal by the rule, and whether the params accept it."""

    rule: Rule
    commitment: int
    equal: tuple[int, ...] = ()
    accepted: bool = False


@dataclass(frozen=True)
class _Candidate:
    """A commitment as the rules see it."""

    result: CommitmentResult
    standing: Standing

    @property
    def number(self) -> int:
        """The commitment's number."""
        return self.result.commitment.commitment

    @property
    def score(self) -> Fraction:
        """The score over all periods."""
        return self.standing.score or Fraction(0)

    @property
    def together(self) -> Fraction:
        """The mean of co-creation; below 0 where none was assessed."""
        score = self.result.cocreation.score
        return Fraction(-1) if score is None else score

    @property
    def difference(self) -> Fraction:
        """The change since the previous period."""
        return self.standing.difference or Fraction(0)

    @property
    def now(self) -> Fraction:
        """The score in the current period."""
        return self.standing.score_in(self.standing.edition.current.kode) or Fraction(0)


Order = Callable[[_Candidate], tuple[Fraction, ...]]
# Largest first: by what the rule is about, then what decides between equal ones, last the lower number.
_ORDERS: Mapping[Rule, Order] = {
    "terbaik": lambda c: (c.score, c.together, Fraction(len(c.standing.measured)), Fraction(-c.number)),
    "terendah": lambda c: (-c.score, -c.together, Fraction(len(c.standing.measured)), Fraction(-c.number)),
    "paling-naik": lambda c: (c.difference, c.now, Fraction(-c.number)),
    "paling-turun": lambda c: (-c.difference, -c.now, Fraction(-c.number)),
}


def _eligible(rule: Rule, candidate: _Candidate, best: str) -> bool:
    standing = candidate.standing
    if rule == "paling-naik":
        return standing.direction == "naik"
    if rule == "paling-turun":
        return standing.direction == "turun"
    return standing.score is not None and (rule == "terbaik" or standing.category != best)


def suggest(results: Results) -> tuple[Suggestion, ...]:
    """Return what the rules suggest, in their order; a rule that no commitment meets suggests nothing."""
    numbers = [result.commitment.commitment for result in results.commitments]
    everyone = [_Candidate(results.commitment(n), of_commitment(results, n)) for n in numbers]
    best = results.edition.penilaian.kategori[0].nama
    accepted = {item.usulan for item in results.edition.sorotan}
    found = []
    for rule in SUGGESTED:
        order = _ORDERS[rule]
        own = sorted((c for c in everyone if _eligible(rule, c, best)), key=order, reverse=True)
        if own:
            found.append(Suggestion(rule, own[0].number, _equal(own, order), rule in accepted))
    return tuple(found)


def _equal(ordered: Sequence[_Candidate], order: Order) -> tuple[int, ...]:
    """Return the other commitments that are equal to the first by what the rule is about."""
    first, *others = ordered
    return tuple(sorted(c.number for c in others if order(c)[0] == order(first)[0]))


def accepted(results: Results) -> tuple[Suggestion, ...]:
    """Return the suggestions that the params accept, in the order of the params."""
    found = {suggestion.rule: suggestion for suggestion in suggest(results)}
    return tuple(found[item.usulan] for item in results.edition.sorotan if item.usulan in found)


def suggestion_findings(results: Results) -> Iterator[Finding]:
    """Yield the accepted suggestions that no commitment meets: nothing is printed for them."""
    met = {suggestion.rule for suggestion in suggest(results)}
    for item in results.edition.sorotan:
        if item.usulan not in met:
            yield Finding("M12", f"params/{results.edition.edisi}.yml", details={"value": item.usulan})


def record(found: Sequence[Suggestion]) -> list[dict[str, object]]:
    """Return suggestions in a form for JSON."""
    return [{"usulan": s.rule, "komitmen": s.commitment, "sama": list(s.equal), "diterima": s.accepted} for s in found]
