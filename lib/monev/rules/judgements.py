"""What assessors say of a target, and what was asked back: records, and what follows from each by itself. Pure.

A score belongs to the words that it was given on. `shown` tells which words a row shows; `basis` those that were judged
and when, written by whoever brings new words: so it never depends on a clock whether somebody has looked again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

from monev.model.assessment_sheets import (
    ANSWERED,
    CANCELLED,
    CHANGED,
    DIFFERING,
    DONE,
    NOT_REPORTED,
    OPEN,
    TO_JUDGE,
)
from monev.model.fields import NOT_SCORED
from monev.model.letters import plain
from monev.model.raw_tables import RowPlace
from monev.rules.scores import Score

Key = tuple[int, int, str, str, int]


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the actor of a target; `status` as it is written, or empty.

    What stands in the `unread` columns has no meaning, and a finding.
    """

    commitment: int
    measure: int
    actor: str
    period: str
    no: int
    question: str
    place: RowPlace
    asked: date | None = None
    answered: date | None = None
    answer: str = ""
    status: str = ""
    unread: frozenset[str] = frozenset()

    @property
    def key(self) -> Key:
        """What it is about."""
        return self.commitment, self.measure, self.actor, self.period, self.no

    @property
    def state(self) -> str:
        """What became of it; where nobody wrote that, an answer says so."""
        return self.status or (ANSWERED if self.answer else OPEN)

    @property
    def is_open(self) -> bool:
        """It waits for its answer."""
        return self.state == OPEN

    @property
    def counts(self) -> bool:
        """It was asked, and not taken back."""
        return self.state != CANCELLED

    @property
    def is_answered(self) -> bool:
        """The actor has answered, and the answer is settled."""
        return self.counts and not self.is_open and bool(self.answer)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer in an actor's form, with the question as it stands beside it there."""

    key: Key
    question: str
    answer: str
    place: RowPlace
    column: str

    @property
    def cell(self) -> str:
        """The address of the answer."""
        return self.place.cells[self.column]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one row of sheet Penilaian says; scores are None and statuses empty where nothing is written.

    `shown` is the digest of the actor's words in the row, `basis` what was judged (see `stamp`). What stands in the
    `unread` columns has no meaning, and a finding.
    """

    key: Key
    place: RowPlace
    score: Score | None = None
    cocreation: str = ""
    reason: str = ""
    evidence_checked: str = ""
    assessor: str = ""
    day: datetime | None = None
    score_2: Score | None = None
    cocreation_2: str = ""
    assessor_2: str = ""
    final_score: Score | None = None
    final_cocreation: str = ""
    shown: str = ""
    basis: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    state: str = TO_JUDGE
    unread: frozenset[str] = frozenset()

    @property
    def begun(self) -> bool:
        """Anything of the row was judged."""
        scores = (self.score, self.score_2, self.final_score)
        said = (
            self.cocreation,
            self.cocreation_2,
            self.final_cocreation,
            self.evidence_checked,
            *self.answers.values(),
        )
        return any(score is not None for score in scores) or any(said)

    @property
    def scores_differ(self) -> bool:
        """Both assessors gave a score, not the same, and nobody has decided."""
        both = self.score is not None and self.score_2 is not None
        return both and self.score != self.score_2 and self.final_score is None

    @property
    def statuses_differ(self) -> bool:
        """Both assessors gave a status, not the same, and nobody has decided."""
        both = bool(self.cocreation and self.cocreation_2)
        return both and self.cocreation != self.cocreation_2 and not self.final_cocreation

    @property
    def decided_score(self) -> tuple[Score, str]:
        """The score that holds, and the column that gives it; `belum dinilai` where none does yet."""
        if self.final_score is not None:
            return self.final_score, "final_score"
        if self.scores_differ:
            return NOT_SCORED, "final_score"
        return (NOT_SCORED if self.score is None else self.score), "score"

    @property
    def decided_status(self) -> tuple[str, str]:
        """The co-creation status that holds, and the column that gives it; empty where none does yet."""
        if self.final_cocreation:
            return self.final_cocreation, "final_cocreation"
        return ("", "final_cocreation") if self.statuses_differ else (self.cocreation, "cocreation")


# What was judged ----------------------------------------------------------------------------------------------

_BASIS = re.compile(r"(s[0-9a-f]{8}) (-|\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}(?::\d{2})?)?)")


def _digest(value: object) -> str:
    return (
        f"s{hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:8]}"  # no program sees a number
    )


def digest_of_words(words: Sequence[str]) -> str:
    """Return the digest of an actor's words."""
    return _digest([plain(text) for text in words])


def seen(shown: str, answers: Iterable[str]) -> str:
    """Return the digest of what an assessor sees of a row: the actor's words by their digest, and its answers."""
    return _digest([shown, *answers])


def stamp(judged: Judgement, answers: Iterable[str]) -> str:
    """Return what was judged, as it is written down: digest and day."""
    day = judged.day
    when = (
        "-" if day is None else f"{day:%Y-%m-%d}" + (f" {day:%H:%M:%S}" if day.time().isoformat() != "00:00:00" else "")
    )
    return f"{seen(judged.shown, answers)} {when}"


def looked_again(judged: Judgement) -> bool:
    """Tell whether the row was judged on what it shows: never written down, or judged anew on a later day since."""
    found = _BASIS.fullmatch(judged.basis.strip())
    if found is None:
        return True
    if judged.day is None:
        return False
    return found[2] == "-" or judged.day > datetime.fromisoformat(found[2])


def is_changed(judged: Judgement, words: str, answers: Sequence[str]) -> bool:
    """Tell whether the actor said something else since: `words` is the digest of its words now."""
    if not judged.begun:
        return False
    if looked_again(judged):
        return bool(judged.shown) and judged.shown != words
    return judged.basis.split()[0] != seen(words, answers)


def state_of(judged: Judgement, *, reported: bool, changed: bool) -> str:
    """Return how far the judging of a row is."""
    if not reported:
        return NOT_REPORTED
    if changed:
        return CHANGED
    if judged.scores_differ or judged.statuses_differ:
        return DIFFERING
    return DONE if judged.decided_score[0] != NOT_SCORED else TO_JUDGE


# Agreement ------------------------------------------------------------------------------------------------------


def alpha(pairs: Sequence[tuple[int, int]], *, ordinal: bool) -> Fraction | None:
    """Return Krippendorff's alpha of two assessors, to three places; None where all said the same of everything.

    The values of `pairs` are places in the order of what may be said.
    """
    if len({value for pair in pairs for value in pair}) < 2:
        return None
    import krippendorff  # here, for only editions with two assessors need it

    level: Literal["ordinal", "nominal"] = "ordinal" if ordinal else "nominal"
    found = krippendorff.alpha(reliability_data=list(zip(*pairs, strict=True)), level_of_measurement=level)
    return Fraction(f"{round(float(found), 3):.3f}")
