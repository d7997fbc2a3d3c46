"""The figures of outcome indicators: their values, how far each has come, how many are where. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from monev.figures import number_format
from monev.figures.register import Figure, commitment_id, count_of, slug
from monev.figures.results import Results
from monev.rules.indicators import progress
from monev.rules.tidy import Amount, Indicator

BASE = "indikator"
BASELINE, GOAL, COVERED = "awal", "sasaran", "kemajuan"
REACHED, NEARER, SAME, FARTHER = "Mencapai sasaran", "Mendekati sasaran", "Belum bergerak", "Menjauhi sasaran"
UNKNOWN, WITHOUT = "Tidak dapat dihitung", "Belum bernilai"
STATES = (REACHED, NEARER, SAME, FARTHER, UNKNOWN, WITHOUT)


def indicator_id(own: Indicator, part: str) -> str:
    """Return the id of a value of an indicator: `indikator.07-2.b12`, or of its baseline, goal, or covered way."""
    return f"{BASE}.{own.commitment:02d}-{own.no}.{slug(part)}"


def state_id(state: str = "jumlah", commitment: int | None = None) -> str:
    """Return the id of how many indicators there are, or are in a state; of a commitment if one is given."""
    base = f"{commitment_id(commitment)}.{BASE}" if commitment else f"{BASE}.banyaknya"
    return f"{base}.{slug(state)}"


def latest(own: Indicator) -> tuple[str, Amount] | None:
    """Return the last period with a value, and the value; None where there is none. Values stand in period order."""
    return [*own.values.items()][-1] if own.values else None


def state(own: Indicator) -> str:
    """Return where an indicator stands by its last value."""
    last = latest(own)
    if last is None:
        return WITHOUT
    covered = progress(own, last[1])
    if covered is None:
        return UNKNOWN
    return REACHED if covered >= 100 else NEARER if covered > 0 else SAME if covered == 0 else FARTHER


def indicator_figures(results: Results) -> Iterator[Figure]:
    """Yield the figures; none where the register has no indicators."""
    everything = results.data.indicators
    if not everything:
        return
    for own in everything:
        yield from _values(own)
    yield from _counts(everything, None)
    for number in dict.fromkeys(own.commitment for own in everything):
        yield from _counts([own for own in everything if own.commitment == number], number)


def _values(own: Indicator) -> Iterator[Figure]:
    unit = own.unit or "nilai"
    fixed = ((BASELINE, "baseline", own.baseline, "Nilai Awal"), (GOAL, "goal", own.goal, "Nilai Sasaran"))
    values = ((code, f"value.{code}", amount, f"nilai {code}") for code, amount in own.values.items())
    for part, column, amount, words in (*fixed, *values):
        if amount is not None:
            words = f"{words} indikator {own.no} komitmen {own.commitment}"
            id_, cell = indicator_id(own, part), own.place.cell(column)
            yield Figure(id_, amount.value, unit, words, amount.shown, (cell,), exact=amount.value)
    last = latest(own)
    covered = progress(own, last[1]) if last else None
    if last and covered is not None:
        parts = tuple(indicator_id(own, part) for part in (BASELINE, GOAL, last[0]))
        cells = tuple(own.place.cell(column) for column in ("baseline", "goal", f"value.{last[0]}"))
        words = f"(nilai {last[0]} - Nilai Awal) / (Nilai Sasaran - Nilai Awal) x 100, dibulatkan"
        value = number_format.rounded(covered, 0)
        printed = number_format.percent(value).replace("-", number_format.MINUS)
        yield Figure(indicator_id(own, COVERED), value, "persen", words, printed, cells, parts, exact=covered)


def _counts(own: Sequence[Indicator], commitment: int | None) -> Iterator[Figure]:
    whose = f" komitmen {commitment}" if commitment else ""
    cells = [each.place.cell("indicator") for each in own]
    words = f"banyaknya indikator hasil{whose}"
    yield count_of(state_id("jumlah", commitment), BASE, words, cells, len(cells))
    for name in STATES:
        chosen = [each for each in own if state(each) == name]
        deciding = [cell for each in chosen for cell in _deciding(each)]
        parts = tuple(indicator_id(each, COVERED) for each in chosen if name in STATES[:4])
        id_ = state_id(name, commitment)
        yield count_of(id_, BASE, f"{words}: {name.lower()}", deciding, len(chosen), cells, parts=parts)


def _deciding(own: Indicator) -> list[str]:
    last = latest(own)
    columns = ("baseline", "goal", f"value.{last[0]}") if last else ("indicator",)
    return [own.place.cell(column) for column in columns]


def as_number(amount: Amount | None) -> float | None:
    """Return an amount for a chart."""
    return float(Fraction(amount.value)) if amount else None
