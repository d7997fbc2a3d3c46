"""The plan's targets: what decided changes make of them, when they fall due, and what is odd about them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from monev.model.fields import CHANGED, DROPPED, POSTPONED
from monev.model.letters import plain
from monev.model.params import Edition
from monev.model.raw_tables import RowPlace
from monev.rules.tidy import Dataset, PlannedTarget, Target, TargetChange, Unreported
from monev.words.findings import Finding

Key = tuple[int, int, str, str, int]
"""Commitment, measure, actor, period, number: what tells a target from all others."""


def key_of(row: PlannedTarget | TargetChange | Target | Unreported) -> Key:
    """Return what tells a row's target from others."""
    return row.commitment, row.measure, row.actor, row.period, row.no


def effective(data: Dataset) -> tuple[PlannedTarget, ...]:
    """Return the targets as they stand after all changes, in the plan's order: new words, other periods, none dropped.

    A postponed target takes the next free number in its new period. Words that a change gave have its cell as source.
    """
    now: dict[Key, PlannedTarget | None] = {key_of(target): target for target in data.planned}
    taken = set(now)
    for change in data.changes:
        target = now.get(key_of(change))
        if target is None:
            continue
        if change.change == DROPPED:
            now[key_of(change)] = None
        elif change.change == CHANGED and change.becomes:
            place = replace(target.place, sources={"target": change.place.cell("becomes")})
            now[key_of(change)] = replace(target, target=change.becomes, place=place)
        elif change.change == POSTPONED and (period := plain(change.becomes)):
            no = 1
            while (*key_of(target)[:3], period, no) in taken:
                no += 1
            now[key_of(change)] = moved = replace(target, period=period, no=no)
            taken.add(key_of(moved))
    return tuple(target for target in now.values() if target is not None)


def expected(data: Dataset, period: str) -> dict[tuple[int, int, str], dict[int, PlannedTarget | None]]:
    """Return the numbers of the targets that each measure's actor is to report on in a period.

    A measure that the plan has no targets for in any period is asked for once, without a target.
    """
    due: dict[tuple[int, int, str], dict[int, PlannedTarget | None]] = {}
    for target in effective(data):
        if target.period == period:
            due.setdefault(key_of(target)[:3], {})[target.no] = target
    foreseen = {key_of(target)[:3] for target in data.planned}
    found: dict[tuple[int, int, str], dict[int, PlannedTarget | None]] = {}
    for m in data.measures:
        key = m.commitment, m.measure, m.actor
        found[key] = dict(sorted(due.get(key, {} if key in foreseen else {1: None}).items()))
    return found


def plan_by_key(data: Dataset) -> dict[Key, PlannedTarget]:
    """Return the planned targets by what rows are matched with them by; a changed one as it was changed."""
    return {key_of(target): target for target in (*data.planned, *effective(data))}


_CODE = re.compile(r"(\D*)(\d+)(\D*)")


def falls_later(target: PlannedTarget, edition: Edition) -> bool | None:
    """Tell whether a target falls due after the current period; None where neither its period nor a day tells."""
    if target.period in {period.kode for period in edition.periode}:
        return False
    own, current = (_CODE.fullmatch(code) for code in (target.period, edition.current.kode))
    if own and current and (own[1], own[3]) == (current[1], current[3]):
        return int(own[2]) > int(current[2])
    return None if target.due is None else target.due > edition.current.last_day


# Findings ---------------------------------------------------------------------------------------------------


def _at(code: str, place: RowPlace, column: str, **details: object) -> Finding:
    return Finding(code, place.file, place.sheet, place.cells.get(column, str(place.row)), details)


def plan_findings(data: Dataset, edition: Edition) -> Iterator[Finding]:
    """Yield what is odd about planned targets and their changes."""
    known = {key_of(target): target for target in data.planned}
    for change in data.changes:
        yield from _change(change, known.get(key_of(change)))
    last_days = {period.kode: period.last_day for period in edition.periode}
    for target in data.planned:
        last = last_days.get(target.period)
        if target.due and last and target.due > last:
            yield _at("A05", target.place, "due", value=f"{target.due}", period=target.period, last=f"{last}")
        if falls_later(target, edition) is None:
            yield _at("A06", target.place, "period", value=target.period, current=edition.current.kode)
    stated = edition.pernyataan.jumlah_target
    if data.planned and stated is not None and stated != len(data.planned):
        file = f"params/{edition.edisi}.yml"
        yield Finding("A07", file, details={"stated": stated, "counted": len(data.planned)})


def _change(change: TargetChange, target: PlannedTarget | None) -> Iterator[Finding]:
    if target is None:
        yield _at("A01", change.place, "no", key=f"UK {change.measure}, {change.actor}, {change.period}, {change.no}")
        return
    if not change.decision:
        yield _at("A02", change.place, "decision", change=change.change)
    becomes = plain(change.becomes)
    if change.change in (CHANGED, POSTPONED) and not becomes:
        yield _at("A03", change.place, "becomes", change=change.change)
    elif becomes and becomes in (plain(target.target), target.period):
        yield _at("A04", change.place, "becomes", value=becomes[:80])


# Hints ------------------------------------------------------------------------------------------------------

_PROCESSES = (
    "melakukan", "melaksanakan", "mengikuti", "menghadiri", "membahas", "pembahasan", "mengoordinasikan",
    "mengkoordinasikan", "koordinasi", "rapat", "audiensi", "sosialisasi", "mensosialisasikan", "mendorong",
    "mengupayakan", "persiapan", "mempersiapkan", "penjajakan", "menjajaki", "terlaksananya rapat",
    "terlaksananya koordinasi", "terlaksananya sosialisasi", "terlaksananya pembahasan", "proses",
)  # fmt: skip
_RESULT = re.compile(
    r"\b(tersusun|terbit|terbentuk|tersedia|ditetapkan|disahkan|terpublikasi|dipublikasikan|dokumen|laporan|peraturan|"
    r"pedoman|modul|aplikasi|sistem|portal|dasbor|naskah|rekomendasi|peta jalan|keputusan|nota|panduan|basis data)\w*",
    re.I,
)
_TWO = re.compile(
    r"\b(?:dan|serta)\s+(?:ter\w{4,}nya|me(?:ng|n|m|ny)\w{4,}|di\w{4,}kan)\b|;\s*\S|\n\s*(?:[-*•]|\d+[.)])\s", re.I
)
_TIME = re.compile(
    r"\b((19|20)\d\d|januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember|"
    r"triwulan|semester)\b",
    re.I,
)
_AMOUNT = re.compile(
    r"\d|\b(satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebuah|seluruh|semua|setiap)\b", re.I
)


@dataclass(frozen=True)
class Hint:
    """What might make a target's wording or data plainer: the kind, and the targets that it is said of."""

    code: str
    targets: tuple[PlannedTarget, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """One finding for each target, at the cell of its words."""
        return tuple(_at(self.code, target.place, "target") for target in self.targets)


def smart_hints(data: Dataset) -> tuple[Hint, ...]:
    """Return hints at the planned targets, an assistant's and no judgement; none before any has criteria or numbers."""
    if not any(target.has_criteria for target in data.planned):
        return ()
    members: dict[str, list[str]] = {}
    for actor in data.actors:
        if actor.coalition:
            members.setdefault(actor.coalition, []).append(actor.actor)
    found: dict[str, list[PlannedTarget]] = {}
    for target in data.planned:
        for code in _hints(target, members.get(target.actor, ())):
            found.setdefault(code, []).append(target)
    return tuple(Hint(code, tuple(found[code])) for code in sorted(found))


def _hints(target: PlannedTarget, members: Iterable[str]) -> Iterator[str]:
    words = plain(target.target).casefold()
    measured = target.goal is not None or _AMOUNT.search(_TIME.sub(" ", words)) or _RESULT.search(words)
    if not (measured or target.criteria):
        yield "H01"
    if (target.goal is None) != (not target.unit):
        yield "H02"
    if target.due is None and not _TIME.search(words):
        yield "H03"
    if words.startswith(_PROCESSES) and not target.criteria and not _RESULT.search(words):
        yield "H04"
    if _TWO.search(target.target):
        yield "H05"
    members = list(members)
    if members and not any(name.casefold() in words for name in members):
        yield "H06"
