"""Figures that notebooks of one's own have registered: kept with their formula and cells, and not computed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from monev.figures.register import Figure, Register, Value
from monev.rules.manuscripts import Manuscript, Recorded
from monev.words.findings import Finding, nearest


def with_recorded(register: Register, manuscripts: Iterable[Manuscript]) -> Register:
    """Return the register with the numbers that notebooks tell, under ids that it has not got itself."""
    own = {number.id: _figure(number) for text in manuscripts for number in text.numbers}
    new = {id_: figure for id_, figure in own.items() if id_ not in register}
    return Register({**register.figures, **new}) if new else register


def without_recorded(register: Register) -> Register:
    """Return what the register holds by itself: what notebooks are given."""
    return Register({id_: figure for id_, figure in register.figures.items() if not figure.recorded})


def recorded_findings(manuscripts: Sequence[Manuscript], register: Register) -> Iterator[Finding]:
    """Yield numbers under an id that is taken, and those that name a figure that there is not."""
    first: dict[str, str] = {}
    for text in manuscripts:
        for number in text.numbers:
            known = register.get(number.id)
            taken = known is not None and not known.recorded
            other = first.setdefault(number.id, text.file)
            if taken or other != text.file:
                yield Finding("W19", text.file, cell=text.at(number.cell), details={"value": number.id})
            for part in number.dari:
                if part not in register:
                    details = {"value": part, "hint": nearest(part, register.figures)}
                    yield Finding("W03", text.file, cell=text.at(number.cell), details=details)


def _figure(number: Recorded) -> Figure:
    exact = _exact(number.nilai)
    value: Value = number.nilai if exact is None else int(exact) if exact.denominator == 1 else exact
    return Figure(
        number.id,
        value,
        number.satuan,
        number.rumus,
        number.cetak,
        sources=number.sumber,
        parts=number.dari,
        recorded=number.file,
        exact=exact,
    )


def _exact(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None
