"""A remark on a draft, as it came back in a file: who said what of which words, and whether it is settled. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monev.figures.register import target_id
from monev.rules.tidy import Target
from monev.words.messages import Words

QUOTED = 300  # letters of the report that are kept with a remark
LONGEST = 4_000  # letters of a remark


@dataclass(frozen=True)
class Remark:
    """One comment, answer to a comment, or change that somebody proposes; `date` is its day."""

    sender: str
    date: str
    section: str
    quote: str
    text: str
    settled: bool = False

    @property
    def code(self) -> str:
        """What tells it from all others, whatever file it comes in."""
        said = "\x00".join((self.sender, self.date, self.section, self.quote, self.text))
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]


class Unreadable(Exception):
    """A file that holds no remarks on this edition; `why` says why not."""

    def __init__(self, why: Words) -> None:
        super().__init__(str(why))
        self.why = why


def shortened(text: str, length: int) -> str:
    """Return text on one line, cut where it is too long."""
    words = " ".join(text.split())
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"


def bookmark(key: str) -> str:
    """Return the name of the mark that the report for Word sets at a target (`monev-docx.lua`)."""
    return f"t-{hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()[:12]}"


def target_places(targets: Iterable[Target]) -> Mapping[str, str]:
    """Return where each mark stands, in words: those of targets, and those of their commitments."""
    given = list(targets)
    marks = {f"sec-komitmen-{t.commitment:02d}": f"Komitmen {t.commitment}" for t in given}
    return marks | {
        bookmark(target_id(t)): f"Komitmen {t.commitment}, UK {t.measure}, {t.actor}, {t.period}, nomor {t.no}"
        for t in given
    }
