"""What the workbooks of an edition's current period offer: rows to fill, drop-down lists, explanations. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from textwrap import shorten

from monev.edition.guide_sheets import achievement_guide, evaluation_guide
from monev.figures.number_format import percent
from monev.figures.rejudged_figures import still_unfinished
from monev.figures.reporting import UNREPORTED
from monev.io.workbook_writer import Layout, Shade, Tone
from monev.model.fields import ACHIEVEMENT, DIMENSIONS, FOLLOW_UP_COLUMNS, NO_TARGET, REJUDGING, UNFINISHED
from monev.model.instruments import achievement_sheet
from monev.model.params import Edition, Period
from monev.rules.checks import category_names
from monev.rules.follow_ups import is_open
from monev.rules.scores import band
from monev.rules.target_plan import expected
from monev.rules.tidy import Dataset, Measure, Target, Unreported

Row = dict[str, object]

_LONGEST = 180  # characters of an earlier text that only informs


def prepared_rows(data: Dataset, group: str, edition: Edition) -> list[Row]:
    """Return the rows that an actor of the group should report on: their keys, and what is known of them.

    There is a row for each target that the register plans for the period, and one for each measure that it plans none
    for in any period. Known
    are the measure's text, and its targets in the last period before the current one that has any.
    """
    groups = {actor.actor: actor.group for actor in data.actors}
    parties = {(party.commitment, party.actor): n for n, party in enumerate(data.parties)}
    own = [m for m in data.measures if groups.get(m.actor) == group]
    own.sort(key=lambda m: (m.commitment, m.measure, parties.get((m.commitment, m.actor), len(parties))))
    before = _earlier(data, edition)
    due = expected(data, edition.current.kode)
    return [
        {
            "commitment": m.commitment,
            "measure": m.measure,
            "actor": m.actor,
            "period": edition.current.kode,
            "no": number,
            "measure_text": m.text,
            "last_target": _told([_target(row) for row in before.get(_key(m), ())]),
            "last_outcome": _told([_outcome(row, edition) for row in before.get(_key(m), ())]),
            "target": target.target if target else "",
        }
        for m in own
        for number, target in due[_key(m)].items()
    ]


def _key(record: Measure | Target | Unreported) -> tuple[int, int, str]:
    return record.commitment, record.measure, record.actor


def _earlier(data: Dataset, edition: Edition) -> dict[tuple[int, int, str], list[Target | Unreported]]:
    """Return the rows of each measure in the last period before the current one that has any."""
    order = {period.kode: n for n, period in enumerate(edition.periode[:-1])}
    found: dict[tuple[int, int, str], list[Target | Unreported]] = {}
    for row in sorted((row for row in data.rows if row.period in order), key=lambda r: (order[r.period], r.no)):
        rows = found.setdefault(_key(row), [])
        if rows and rows[0].period != row.period:
            rows.clear()
        rows.append(row)
    return found


def _told(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else "\n".join(f"{n}. {text}" for n, text in enumerate(texts, start=1))


def _target(row: Target | Unreported) -> str:
    return f"{row.period}: {shorten(row.target, _LONGEST, placeholder=' ...') or NO_TARGET}"


def _outcome(row: Target | Unreported, edition: Edition) -> str:
    if not isinstance(row, Target):
        return UNREPORTED
    if isinstance(row.score, Fraction):
        standing = f"{percent(row.score, 1, trim=True)} ({band(row.score, edition.penilaian)})"
    else:
        standing = "Tidak ada target" if row.score == NO_TARGET else row.score
    return f"{standing}: {shorten(row.achievement, _LONGEST, placeholder=' ...')}" if row.achievement else standing


def achievement_layout(data: Dataset, group: str, edition: Edition) -> Layout:
    """Return what an achievements workbook offers besides its rows."""
    actors = [actor.actor for actor in data.actors if actor.group == group]
    sheet = achievement_sheet(data.columns)
    return Layout(
        lists={"commitment": _commitments(data), "actor": actors, "period": [edition.current.kode]},
        shades=shades(edition),
        optional=tuple(column.name for column in (*sheet.columns, *sheet.context, *UNFINISHED.columns)),
        locked=(*ACHIEVEMENT.key, *(column.name for column in UNFINISHED.columns if column.name not in REJUDGING)),
        guide=tuple(achievement_guide(group, edition, data.columns)),
    )


def evaluation_layout(data: Dataset, edition: Edition) -> Layout:
    """Return what the secretariat's workbook offers."""
    categories = [name for dimension in DIMENSIONS for name in category_names(dimension, edition.penilaian)]
    return Layout(
        lists={
            "commitment": _commitments(data),
            "actor": [actor.actor for actor in data.actors],
            "category": list(dict.fromkeys(categories)),
        },
        optional=FOLLOW_UP_COLUMNS,
        guide=tuple(evaluation_guide(edition)),
    )


def unfinished_rows(data: Dataset, edition: Edition, periods: Sequence[Period]) -> dict[str, list[Row]]:
    """Return what these periods leave unfinished as rows of Belum Selesai, by group; what was since is told as well."""
    made: dict[str, list[Row]] = {}
    for row, category, since in still_unfinished(data, edition, periods):
        told: Row = {
            "then_commitment": row.commitment,
            "then_measure": row.measure,
            "then_actor": row.actor,
            "then_period": row.period,
            "then_no": row.no,
            "then_category": f"{category}; {since}" if since else category,
            "then_target": row.target,
        }
        if isinstance(row, Target):
            told |= {
                "then_achievement": row.achievement,
                "then_score": float(row.score) if isinstance(row.score, Fraction) else row.score,
                "then_cocreation": row.cocreation,
            }
        made.setdefault(row.group, []).append(told)
    return made


def carried_rows(data: Dataset, earlier: Edition) -> list[Row]:
    """Return the open follow-ups of an earlier edition as rows of the next one, with the period they come from."""
    return [
        {
            "commitment": f.commitment,
            "measure": f.measure,
            "no": f.no,
            "text": f.text,
            "responsible": f.responsible,
            "due": f.due.isoformat() if f.due else "",
            "status": f.status,
            "remark": f.remark,
            "origin": f.origin or earlier.current.kode,
        }
        for f in data.followups
        if is_open(f)
    ]


def _commitments(data: Dataset) -> list[int]:
    return [c.commitment for c in data.commitments]


def shades(edition: Edition) -> tuple[Shade, ...]:
    """Return the colours of scores, best band first."""
    bands = edition.penilaian.kategori
    last = len(bands) - 1

    def tone(place: int) -> Tone:
        return "baik" if place == 0 else "buruk" if place == last else "sedang"

    return tuple(Shade(band.dari, tone(place)) for place, band in enumerate(bands))
