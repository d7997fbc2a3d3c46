"""Outcome indicators: read from the register's sheet Indikator, with a column for each period; what is odd about them.

Pure. How far an indicator has come is the share of the way from its baseline to its goal, which may also lead down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from monev.model.fields import INDICATORS, Column, Sheet
from monev.model.letters import heading, plain
from monev.model.params import Edition
from monev.model.raw_tables import RawBook, RowPlace, ranges
from monev.rules.heading_rows import shown
from monev.rules.tidy import Amount, Dataset, Indicator, Row, read_sheet
from monev.words.findings import Finding


@dataclass(frozen=True)
class _Shape:
    """How codes of periods look: letters around digits, as `B06`."""

    pattern: re.Pattern[str] = field(default_factory=lambda: re.compile(r"(?!)"))

    @classmethod
    def of(cls, codes: Sequence[str]) -> _Shape:
        shapes = {re.sub(r"\\?\d+", r"\\d+", re.escape(code.casefold())) for code in codes}
        return cls(re.compile("|".join(sorted(shapes)) or r"(?!)"))

    def fits(self, text: str) -> bool:
        return bool(self.pattern.fullmatch(text.casefold()))


def value_column(code: str) -> Column:
    """Return the column in which the values of a period stand."""
    about = f"Nilai indikator pada akhir {code}, dalam satuannya."
    return Column(f"value.{code}", code, "number", about, required=False, filled=False, width=11)


def indicator_sheet(book: RawBook, codes: Sequence[str]) -> Sheet:
    """Return the sheet with a column for each period; columns of periods that come later are passed over."""
    raw, shape = book.sheet(INDICATORS.name), _Shape.of(codes)
    known = {heading(code) for code in codes}
    found = [plain(shown(cell)) for cell in (raw.rows[raw.heading - 1] if raw and raw.rows else ())]
    later = dict.fromkeys(text for text in found if shape.fits(text) and heading(text) not in known)
    own = (*INDICATORS.columns, *map(value_column, codes))
    return replace(INDICATORS, columns=own, context=tuple(map(value_column, later)))


def read_indicators(book: RawBook, codes: Sequence[str]) -> tuple[tuple[Indicator, ...], list[Finding]]:
    """Return the indicators of the plan's register with their values in these periods, and the findings in them."""
    sheet = indicator_sheet(book, codes)
    rows, findings = read_sheet(book, sheet)
    wanted = [column.name for column in sheet.columns]
    whole = (row for row in rows if all(name in row.values for name in wanted))
    return tuple(_indicator(row, codes) for row in whole), findings


def _indicator(row: Row, codes: Sequence[str]) -> Indicator:
    value = row.values
    values: Mapping[str, Amount] = {
        code: value[f"value.{code}"] for code in codes if value[f"value.{code}"] is not None
    }
    told = {column.name: value[column.name] for column in INDICATORS.columns}
    return Indicator(**told, values=values, place=row.place)


def progress(indicator: Indicator, value: Amount) -> Fraction | None:
    """Return how much of the way from baseline to goal is covered, in percent; None where either is not known.

    It is negative where a value moves away from the goal, and above 100 beyond it.
    """
    if indicator.baseline is None or indicator.goal is None or indicator.baseline.value == indicator.goal.value:
        return None
    way = indicator.goal.value - indicator.baseline.value
    return 100 * (value.value - indicator.baseline.value) / way


def indicator_findings(data: Dataset, edition: Edition) -> Iterator[Finding]:
    """Yield what is odd: no unit, baseline or goal; other units; one indicator of two commitments; no value now."""
    known = {c.commitment for c in data.commitments}
    first: dict[str, Indicator] = {}
    for own in data.indicators:
        if own.commitment not in known:
            yield _at("K02", own.place, "commitment", value=own.commitment)
        for name in ("unit", "baseline", "goal"):
            if getattr(own, name) in (None, ""):
                yield _at("O11", own.place, name, column=INDICATORS.column(name).heading)
        if own.baseline and own.goal and own.baseline.value == own.goal.value:
            yield _at("O12", own.place, "goal", value=own.goal)
        yield from _other_units(own)
        other = first.setdefault(plain(own.indicator).casefold(), own)
        if other.commitment != own.commitment:
            details = {"commitment": other.commitment, "place": other.place.cells["indicator"]}
            yield _at("O14", own.place, "indicator", **details)
    code = edition.current.kode
    if lacking := [own for own in data.indicators if code not in own.values]:
        place, column = lacking[0].place, f"value.{code}"
        where = column if column in place.cells else "indicator"
        cells = ranges([own.place.cells[where] for own in lacking])
        yield _at("O15", place, where, code=code, count=len(lacking), cells=cells)


def _other_units(own: Indicator) -> Iterator[Finding]:
    """Yield amounts that are percents where the others are not, or the other way round."""
    amounts = {"baseline": own.baseline, "goal": own.goal}
    amounts |= {f"value.{code}": amount for code, amount in own.values.items()}
    told = {name: amount for name, amount in amounts.items() if amount is not None}
    basis = next(iter(told.values()), None)
    in_percent = plain(own.unit).casefold() in ("%", "persen", "percent") if own.unit else None
    for name, amount in told.items():
        wanted = in_percent if in_percent is False else basis.is_percent if basis else False
        if amount.is_percent != wanted:
            yield _at("O13", own.place, name, value=amount, unit=own.unit or "-")


def _at(kind: str, at: RowPlace, where: str, **details: object) -> Finding:
    return Finding(kind, at.file, at.sheet, at.cells.get(where, str(at.row)), details)
