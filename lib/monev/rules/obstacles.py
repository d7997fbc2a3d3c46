"""What stood in the way: as actors report it, and as the secretariat writes or classifies it. No kind is guessed. Pure.

A row of sheet Hambatan with words is an obstacle of its own; one without words gives the kind of the obstacle that an
actor wrote to the target it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monev.model.fields import DENIALS
from monev.model.params import Edition
from monev.model.raw_tables import ranges
from monev.rules.target_plan import Key, key_of
from monev.rules.tidy import Dataset, ObstacleNote, Target
from monev.words.findings import Finding

_NOTHING = DENIALS | {
    "ada",
    "hambatan",
    "kendala",
    "masalah",
    "terdapat",
    "ditemukan",
    "yang",
    "berarti",
    "sama",
    "sekali",
}


@dataclass(frozen=True)
class Obstacle:
    """An obstacle: whose, its kind (empty where nobody gave one) and words, each with its cell.

    `note` is the row in which the secretariat wrote it; None for what an actor reported.
    """

    commitment: int
    measure: int | None
    actor: str
    period: str
    no: int | None
    kind: str
    text: str
    kind_cell: str
    text_cell: str
    note: ObstacleNote | None = None

    @property
    def key(self) -> tuple[int, int | None, str, str, int | None]:
        """What tells the target that it stood in the way of, as far as that is given."""
        return self.commitment, self.measure, self.actor, self.period, self.no


def says_none(text: str) -> bool:
    """Tell whether a text says that nothing stood in the way: a mark, or words that only deny."""
    words = re.findall(r"\w+", text.casefold())
    return not words or (not DENIALS.isdisjoint(words) and all(word in _NOTHING for word in words))


def is_obstacle(target: Target) -> bool:
    """Tell whether an actor reports an obstacle: a kind, or words that name one."""
    return bool(target.obstacle) or not says_none(target.obstacle_text)


def classified(data: Dataset) -> dict[Key, ObstacleNote]:
    """Return the rows that give the kind of what an actor wrote, by the target that they name."""
    found: dict[Key, ObstacleNote] = {}
    for note in data.obstacles:
        if not note.text and note.kind and note.measure and note.no:
            found.setdefault((note.commitment, note.measure, note.actor, note.period, note.no), note)
    return found


def obstacles(data: Dataset, edition: Edition) -> tuple[Obstacle, ...]:
    """Return all obstacles: those that actors report, then those that the secretariat writes."""
    kinds, made = classified(data), []
    for target in data.targets:
        if is_obstacle(target):
            given, cell = kinds.get(key_of(target)), target.place.cell
            kind, kind_cell = (given.kind, given.place.cell("kind")) if given else (target.obstacle, cell("obstacle"))
            made.append(Obstacle(*key_of(target), kind, target.obstacle_text, kind_cell, cell("obstacle_text")))
    for note in data.obstacles:
        if note.text:
            period, cell = note.period or edition.current.kode, note.place.cell
            key = (note.commitment, note.measure, note.actor, period, note.no)
            made.append(Obstacle(*key, note.kind, note.text, cell("kind"), cell("text"), note))
    return tuple(made)


def obstacle_findings(data: Dataset, edition: Edition) -> Iterator[Finding]:
    """Yield what is odd: kinds that nobody gave, rows that classify nothing, another kind than the actor's own."""
    targets = {key_of(target): target for target in data.targets}
    rows, kinds = {key_of(row) for row in data.rows}, classified(data)
    for note in data.obstacles:
        key = (note.commitment, note.measure or 0, note.actor, note.period, note.no or 0)
        target = targets.get(key)
        if not note.text and not note.kind:
            yield _at("O03", note, "commitment")
        elif not note.text and not (target and is_obstacle(target)):
            yield _at("O02", note, "kind")
        elif not note.text and kinds[key] is not note:
            yield _at("O04", note, "kind", value=note.kind, other=kinds[key].kind, place=kinds[key].place.cells["kind"])
        elif not note.text and target and target.obstacle not in ("", note.kind):
            own = target.place.cell("obstacle")
            yield _at("O05", note, "kind", value=note.kind, other=target.obstacle, place=own)
        elif note.text and note.measure and note.no and note.period and key not in rows:
            yield _at("O06", note, "no")
    for target in data.targets:
        if target.obstacle and target.obstacle_text and says_none(target.obstacle_text):
            place, details = target.place, {"value": target.obstacle_text[:80], "kind": target.obstacle}
            yield Finding("O07", place.file, place.sheet, place.cells["obstacle_text"], details)
    yield from _without_kind(data, edition)


def _without_kind(data: Dataset, edition: Edition) -> Iterator[Finding]:
    """Yield how many obstacles of each workbook have no kind yet."""
    found: dict[tuple[str, str], list[str]] = {}
    for obstacle in obstacles(data, edition):
        if not obstacle.kind:
            file, sheet, cell = obstacle.kind_cell.split("!")
            found.setdefault((file, sheet), []).append(cell)
    for (file, sheet), cells in found.items():
        yield Finding("O01", file, sheet, cells[0], {"count": len(cells), "cells": ranges(cells)})


def _at(code: str, note: ObstacleNote, column: str, **details: object) -> Finding:
    place = note.place
    return Finding(code, place.file, place.sheet, place.cells.get(column, str(place.row)), details)
