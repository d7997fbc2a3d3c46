"""The difference of two reports in short: what became of each commitment and each actor. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from monev.words.messages import Message, Words, join, tell

Record = Mapping[str, object]

_COMMITMENT = re.compile(r"komitmen\.(\d+)\.(skor|kokreasi|target)")
_ACTOR = re.compile(r"rapor\.pelaksana\.([^.]+)\.(skor|kokreasi|target)")
_TARGET = re.compile(r"target\.(\d+)-\d+-(.+)-[^-]+-\d+")
_NAMED = re.compile(r"banyaknya target pelaksana (.+) yang dihitung")  # the register's own words
_ASPECTS = {"skor": "diff.score", "kokreasi": "diff.cocreation", "target": "diff.targets"}


@dataclass
class _Subject:
    """A commitment or actor: printed forms before and after by aspect, and how many of its targets differ."""

    name: Words
    aspects: dict[str, tuple[Words, Words]] = field(default_factory=dict)
    targets: int = 0

    @property
    def line(self) -> Message:
        """What became of it, on one line."""
        steps: list[Words] = [
            tell(key, old=self.aspects[name][0], new=self.aspects[name][1])
            for name, key in _ASPECTS.items()
            if name in self.aspects
        ]
        if self.targets:
            steps.append(tell("diff.scores", count=self.targets))
        return tell("diff.subject", name=self.name, steps=join(steps))


def summary(old: Mapping[str, Record], new: Mapping[str, Record], differing: Iterable[str]) -> list[Message]:
    """Return a line for each commitment and each actor that some figure of theirs differs for.

    `old` and `new` are the figures by id, `differing` the ids that were changed, added or taken away.
    """
    commitments: dict[str, _Subject] = {}
    actors: dict[str, _Subject] = {}
    names = dict(_names((*old.values(), *new.values())))

    def commitment(number: str) -> _Subject:
        return commitments.setdefault(number, _Subject(tell("diff.commitment", number=int(number))))

    def actor(slug: str) -> _Subject:
        return actors.setdefault(slug, _Subject(names.get(slug, slug)))

    for id_ in differing:
        printed = _printed(old.get(id_)), _printed(new.get(id_))
        if found := _COMMITMENT.fullmatch(id_):
            commitment(found[1]).aspects[found[2]] = printed
        elif found := _ACTOR.fullmatch(id_):
            actor(found[1]).aspects[found[2]] = printed
        elif found := _TARGET.fullmatch(id_):
            commitment(found[1]).targets += 1
            actor(found[2]).targets += 1
    order = [id_ for id_ in (*new, *old) if _ACTOR.fullmatch(id_)]
    places = {slug: place for place, slug in enumerate(dict.fromkeys(id_.split(".")[2] for id_ in order))}
    ranked = sorted(actors, key=lambda slug: places.get(slug, len(places)))
    return [subject.line for subject in (*(commitments[n] for n in sorted(commitments)), *(actors[s] for s in ranked))]


def _printed(record: Record | None) -> Words:
    return str(record.get("cetak", "")) if record else tell("diff.none")


def _names(records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    """Yield the ids of actors with their names, which stand in the formulas of the register."""
    for record in records:
        found = _ACTOR.fullmatch(str(record.get("id", "")))
        named = _NAMED.fullmatch(str(record.get("rumus", "")))
        if found and named:
            yield found[1], named[1]
