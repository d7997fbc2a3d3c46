"""Follow-ups that return: which are carried over, which are open, overdue, and what is odd about them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from monev.model.fields import CANCELLED, DONE
from monev.model.number_formats import MONTHS
from monev.model.params import Edition
from monev.model.raw_tables import ranges
from monev.rules.tidy import Dataset, FollowUp
from monev.words.findings import Finding


def reference_day(edition: Edition) -> date:
    """Return the day that due days are compared with: that of publication in the params, else the period's last."""
    return edition.terbitan.tanggal or edition.current.last_day


def reference_words(edition: Edition) -> str:
    """Return that day in words: `31 Desember 2021`."""
    day = reference_day(edition)
    return f"{day.day} {MONTHS['id'][day.month - 1]} {day.year}"


def reference_source(edition: Edition) -> str:
    """Return the key of the params that gives that day."""
    key = "terbitan!tanggal" if edition.terbitan.tanggal else f"periode!{edition.current.kode}"
    return f"params/{edition.edisi}.yml!{key}"


def is_tracked(follow_ups: Sequence[FollowUp]) -> bool:
    """Tell whether anything is said of follow-ups beyond their words: 2021 says nothing."""
    return any((f.responsible, f.due, f.status, f.remark, f.origin) != ("", None, "", "", "") for f in follow_ups)


def is_open(follow_up: FollowUp) -> bool:
    """Tell whether it is neither done nor cancelled; one without a status is open."""
    return follow_up.status not in (DONE, CANCELLED)


def days_over(follow_up: FollowUp, day: date) -> int:
    """Return by how many days an open follow-up is past its due day; 0 for others."""
    return max(0, (day - follow_up.due).days) if follow_up.due and is_open(follow_up) else 0


def overdue(data: Dataset, edition: Edition) -> tuple[FollowUp, ...]:
    """Return the open follow-ups that are past their due day, the longest first."""
    day = reference_day(edition)
    found = [f for f in data.followups if days_over(f, day)]
    return tuple(sorted(found, key=lambda f: (-days_over(f, day), f.commitment, f.measure or 0, f.no)))


def follow_up_findings(data: Dataset, edition: Edition) -> Iterator[Finding]:
    """Yield what is odd: closed without a remark, overdue without anybody responsible, carried without a status."""
    earlier = [period.kode for period in edition.periode[:-1]]
    for f in data.followups:
        if not is_open(f) and not f.remark:
            yield _at("Y01", f, "remark" if "remark" in f.place.cells else "status", value=f.status)
        if (days := days_over(f, reference_day(edition))) and not f.responsible:
            yield _at("Y02", f, "due", days=days, day=reference_words(edition))
        if f.origin and f.origin not in earlier:
            yield _at("Y04", f, "origin", value=f.origin, choices=", ".join(earlier) or "-")
    yield from _day_not_known(data, edition)
    if silent := [f for f in data.followups if f.origin and not f.status]:
        place = silent[0].place
        cells = ranges([f.place.cells.get("status", str(f.place.row)) for f in silent])
        details = {"count": len(silent), "cells": cells}
        yield Finding("Y03", place.file, place.sheet, place.cells.get("status", str(place.row)), details)


def _day_not_known(data: Dataset, edition: Edition) -> Iterator[Finding]:
    """Tell of due days in the year of a period whose end nothing tells: whether they are overdue depends on it."""
    period = edition.current
    if edition.terbitan.tanggal or period.tells_last_day:
        return
    found = [f for f in data.followups if f.due and f.due.year == period.tahun and is_open(f)]
    if found:
        cells = ranges([f.place.cells.get("due", str(f.place.row)) for f in found])
        details = {"code": period.kode, "count": len(found), "cells": cells, "day": reference_words(edition)}
        yield _at("Y05", found[0], "due", **details)


def _at(code: str, follow_up: FollowUp, column: str, /, **details: object) -> Finding:
    place = follow_up.place
    return Finding(code, place.file, place.sheet, place.cells.get(column, str(place.row)), details)
