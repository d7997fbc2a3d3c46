"""Kinds of what is told: each stands once in a table, with its code, its weight, and its text in both languages.

Findings in the inputs and notes of a verification are told in this way. A text says what was found, what was expected
and what to do; the place is added by whoever tells it. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from monev.words.messages import Language, rendered

W = TypeVar("W", bound=str)


@dataclass(frozen=True)
class Kind(Generic[W]):
    """One kind: `id` and `en` are templates filled with details."""

    code: str
    weight: W
    id: str
    en: str


def table(kinds: Iterable[Kind[W]]) -> Mapping[str, Kind[W]]:
    """Return kinds by their codes."""
    return {kind.code: kind for kind in kinds}


class OfKind(Generic[W]):
    """Something told that is of a kind; whoever inherits has `code` and `details`, and says which `kinds` there are."""

    kinds: ClassVar[Mapping[str, Kind[Any]]]
    family: ClassVar[str] = ""
    code: str
    details: Mapping[str, object]

    @property
    def name(self) -> str:
        """What other programs know its kind by: the code, which is unique within its table, behind the table's name."""
        return self.family + self.code

    @property
    def weight(self) -> W:
        """How much it weighs, as its kind says."""
        weight: W = self.kinds[self.code].weight
        return weight

    def text(self, language: Language = "id") -> str:
        """Return it in words; a hint that there is none of is left out."""
        kind = self.kinds[self.code]
        details = {name: rendered(value, language) for name, value in self.details.items()}
        return (kind.en if language == "en" else kind.id).format_map({"hint": "", **details})
