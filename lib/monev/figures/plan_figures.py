"""The figures of the plan's targets beyond this report: how many fall due later, how many changed. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from monev.figures.register import Figure, Register, count_of, slug
from monev.figures.results import Results
from monev.model.fields import CHANGES
from monev.rules.target_plan import effective, falls_later

LATER = "rencana.kemudian"


def change_id(kind: str = "") -> str:
    """Return the id of how many planned targets changed in a way; of all ways without one."""
    return f"rencana.perubahan.{slug(kind) if kind else 'jumlah'}"


def with_target_plan(register: Register, results: Results) -> Register:
    """Return the register with the figures of this module; itself where the plan's register has no targets."""
    more = {figure.id: figure for figure in _figures(results)}
    return Register({**register.figures, **more}) if more else register


def _figures(results: Results) -> Iterator[Figure]:
    data = results.data
    if data.planned:
        later = [target for target in effective(data) if falls_later(target, results.edition)]
        words = "banyaknya target lembar Target yang jatuh tempo sesudah periode kini, tanpa yang dibatalkan"
        among = [target.place.cell("period") for target in data.planned]
        yield count_of(LATER, "target", words, [t.place.cell("period") for t in later], len(later), among)
    if data.changes:
        everything = [change.place.cell("change") for change in data.changes]
        yield count_of(change_id(), "perubahan", "banyaknya baris lembar Perubahan Target", everything, len(everything))
        for kind in CHANGES:
            cells = [change.place.cell("change") for change in data.changes if change.change == kind]
            words = f"banyaknya baris lembar Perubahan Target dengan Perubahan {kind}"
            yield count_of(change_id(kind), "perubahan", words, cells, len(cells), everything)
