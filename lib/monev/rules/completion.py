"""How far commitments are completed on OGP's scale, by the rules of the params. Pure.

Evidence decides: of a commitment without evidence that could be looked up, completion is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from monev.model.fields import DROPPED, EVIDENCE_MISSING
from monev.model.params import WITHDRAWN, Completion, Scoring
from monev.rules.scores import commitment_score, whole_percent
from monev.rules.tidy import Dataset, Target


@dataclass(frozen=True)
class Completed:
    """One commitment on the scale: `level` is OGP's word for it, empty where it is not told; `by` its targets."""

    commitment: int
    level: str
    score: Fraction | None
    by: tuple[Target, ...] = ()

    @property
    def evidence(self) -> tuple[str, ...]:
        """What was handed in, each once, as the workbooks say it."""
        return tuple(dict.fromkeys(t.evidence for t in self.by if has_evidence(t)))


def has_evidence(target: Target) -> bool:
    """Tell whether a target's workbook names evidence."""
    return bool(target.evidence) and target.evidence != EVIDENCE_MISSING


def completions(data: Dataset, rules: Scoring) -> Iterator[Completed]:
    """Yield every commitment of the register; nothing where the params have no such scale."""
    scale = rules.penyelesaian_ogp
    if scale is None:
        return
    dropped = withdrawn(data)
    for commitment in (c.commitment for c in data.commitments):
        own = tuple(t for t in data.targets if t.commitment == commitment and isinstance(t.score, Fraction))
        if commitment in scale.ditarik or commitment in dropped:
            yield Completed(commitment, WITHDRAWN, None, own)
        else:
            yield _completed(commitment, own, scale, rules)


def withdrawn(data: Dataset) -> set[int]:
    """Return the commitments all of whose planned targets were dropped."""
    planned: dict[int, set[tuple[object, ...]]] = {}
    for target in data.planned:
        key = (target.measure, target.actor, target.period, target.no)
        planned.setdefault(target.commitment, set()).add(key)
    gone: dict[int, set[tuple[object, ...]]] = {}
    for change in data.changes:
        if change.change == DROPPED:
            key = (change.measure, change.actor, change.period, change.no)
            gone.setdefault(change.commitment, set()).add(key)
    return {number for number, keys in planned.items() if keys <= gone.get(number, set())}


def _completed(commitment: int, own: Sequence[Target], scale: Completion, rules: Scoring) -> Completed:
    proven = [has_evidence(target) for target in own]
    if not any(proven) or (scale.bukti == "semua" and not all(_needs_none(own, proven))):
        return Completed(commitment, "", None, tuple(own))
    counted = [t if known else replace(t, score=Fraction(0)) for t, known in zip(own, proven, strict=True)]
    score = commitment_score(counted, rules)
    level = next((step.kode for step in scale.tingkat if score is not None and whole_percent(score) >= step.dari), "")
    return Completed(commitment, level, score, tuple(own))


def _needs_none(own: Iterable[Target], proven: Iterable[bool]) -> Iterator[bool]:
    """Yield of each target whether it is proven, or tells of nothing that would have to be."""
    yield from (known or target.score == 0 for target, known in zip(own, proven, strict=True))
