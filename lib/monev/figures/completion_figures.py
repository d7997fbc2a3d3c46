"""The figures of completion on OGP's scale: how many commitments stand at each level. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from monev.figures.register import Figure, Register, count_of, slug
from monev.figures.results import Results
from monev.model.params import WITHDRAWN
from monev.rules.completion import Completed, completions

UNTOLD = ""
"""The level of a commitment of which completion is not told."""


def level_id(level: str) -> str:
    """Return the id of how many commitments stand at a level; of none, of how many it is not told."""
    return f"ogp.{slug(level) if level else 'tanpa-bukti'}.jumlah"


def levels(results: Results) -> dict[str, tuple[str, tuple[Completed, ...]]]:
    """Return the levels by OGP's words, each with its name in the report and the commitments at it."""
    scale = results.edition.penilaian.penyelesaian_ogp
    if scale is None:
        return {}
    found = tuple(completions(results.data, results.edition.penilaian))
    names = {step.kode: step.nama for step in scale.tingkat} | {WITHDRAWN: "Ditarik", UNTOLD: "Tanpa bukti"}
    return {level: (name, tuple(c for c in found if c.level == level)) for level, name in names.items()}


def with_completion(register: Register, results: Results) -> Register:
    """Return the register with the figures of this module; itself where the params have no such scale."""
    more = {figure.id: figure for figure in _figures(results)}
    return Register({**register.figures, **more}) if more else register


def _figures(results: Results) -> Iterator[Figure]:
    every = levels(results)
    among = [target.place.cell("evidence") for _, found in every.values() for one in found for target in one.by]
    among += [c.place.cell("commitment") for c in results.data.commitments]
    for level, (name, found) in every.items():
        cells = [cell for one in found for t in one.by for cell in (t.place.cell("score"), t.place.cell("evidence"))]
        places = {c.commitment: c.place.cell("commitment") for c in results.data.commitments}
        cells += [places[one.commitment] for one in found if not one.by]
        words = f"banyaknya komitmen yang penyelesaiannya menurut skala OGP: {name}"
        yield count_of(level_id(level), "komitmen", words, cells, len(found), among)
