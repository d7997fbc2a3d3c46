"""The figures of what a round brings besides scores: follow-ups that return, and more. Pure; none where it is blank."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from monev.figures.follow_up_figures import follow_up_figures
from monev.figures.indicator_figures import indicator_figures
from monev.figures.obstacle_figures import obstacle_figures
from monev.figures.register import Figure, Register
from monev.figures.rejudged_figures import rejudged_figures
from monev.figures.results import Results

Step = Callable[[Results], Iterable[Figure]]
_SECTIONS: Sequence[Step] = (follow_up_figures, obstacle_figures, indicator_figures)
_STEPS: Sequence[Step] = (*_SECTIONS, rejudged_figures)


def has_round(results: Results) -> bool:
    """Tell whether an edition has any of the sections of a round."""
    return any(True for step in _SECTIONS for _ in step(results))


def with_round(register: Register, results: Results) -> Register:
    """Return the register with these figures behind its own; itself where there are none.

    Raises ValueError for an id used twice.
    """
    found = dict(register.figures)
    for step in _STEPS:
        for figure in step(results):
            if figure.id in found:
                raise ValueError(f"figure {figure.id} twice")
            found[figure.id] = figure
    return Register(found) if len(found) > len(register) else register
