"""Which of the received files counts for each actor: the order of receipt says so, or whoever sets Dipakai. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monev.model.fields import RECEIVED, SENT
from monev.model.raw_tables import RawBook, RowPlace
from monev.rules.tidy import read_sheet
from monev.words.findings import Finding

USED, UNUSED = RECEIVED.column("used").choices


@dataclass(frozen=True, slots=True)
class Receipt:
    """A file as it was received: its name below the folder, its SHA-256, whose, when, and what was decided on it."""

    name: str
    digest: str
    actor: str
    moment: datetime
    used: str
    place: RowPlace


@dataclass(frozen=True)
class Choice:
    """What counts of each actor. `unclear` are versions that nobody can choose between yet; `older` gave way."""

    chosen: tuple[Receipt, ...] = ()
    unclear: tuple[Receipt, ...] = ()
    older: tuple[Receipt, ...] = ()


def read_reception(book: RawBook) -> tuple[tuple[Receipt, ...], list[Finding]]:
    """Return the receipts in their order, and findings."""
    rows, findings = read_sheet(book, RECEIVED)
    whole = (row for row in rows if all(column.name in row.values for column in RECEIVED.columns))

    def receipt(values: Any, place: RowPlace) -> Receipt:
        name = values["name"].replace("\\", "/").removeprefix(f"{SENT}/")
        return Receipt(**{**values, "name": name, "digest": values["digest"].casefold()}, place=place)

    return tuple(receipt(row.values, row.place) for row in whole), findings


def choose(receipts: Sequence[Receipt], called: Callable[[str], str | None]) -> tuple[Choice, list[Finding]]:
    """Return what counts of each actor, and what has to be decided first."""
    findings = list(_nameless(receipts, called))
    chosen: list[Receipt] = []
    unclear: list[Receipt] = []
    live = [r for r in receipts if r.used != UNUSED and not _is_superseded(r, receipts)]
    actors = dict.fromkeys(name for r in live if (name := called(r.actor)))
    for actor in actors:
        own = [r for r in live if called(r.actor) == actor]
        wanted = [r for r in own if r.used == USED] or own
        last = max(r.moment for r in wanted)
        best = list({r.digest: r for r in wanted if wanted[0].used == USED or r.moment == last}.values())
        if len(best) == 1:
            chosen += best
            continue
        unclear += best
        for r in best[1:]:
            code = "D03" if r.used == USED else "D02"
            names = ", ".join(f"'{other.name}'" for other in best if other is not r)
            findings.append(_at(code, r.place, "used", actor=actor, names=names[:200]))
    settled = {id(r) for r in (*chosen, *unclear)}
    older = tuple(r for r in receipts if id(r) not in settled and r.actor and r.used != UNUSED)
    return Choice(tuple(chosen), tuple(unclear), older), findings


def _is_superseded(receipt: Receipt, receipts: Iterable[Receipt]) -> bool:
    """Tell whether a later content took the place of this one under the same name."""
    same = [r for r in receipts if r.name == receipt.name]
    return same[-1] is not receipt and receipt.used != USED


def _nameless(receipts: Iterable[Receipt], called: Callable[[str], str | None]) -> Iterator[Finding]:
    receipts = list(receipts)
    for r in receipts:
        if r.used == UNUSED or _is_superseded(r, receipts):
            continue
        if not r.actor:
            yield _at("D13", r.place, "actor", name=r.name)
        elif called(r.actor) is None:
            yield _at("D14", r.place, "actor", value=r.actor[:80])


def _at(code: str, place: RowPlace, column: str, **details: object) -> Finding:
    return Finding(code, place.file, place.sheet, place.cells.get(column, str(place.row)), details)
