"""What all charts share: a figure of the right size without frame or ticks, colours and hatches by tone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from monev.display.charts.specs import Tone

NARROW = 3.1
"""Inches of a chart on a narrow screen: as wide as a phone's, its letters are as large as those of the text."""
HATCHES: Mapping[Tone, str] = {"baik": "", "sedang": "///", "buruk": "...", "netral": "xxx"}


@dataclass(frozen=True)
class Canvas:
    """The look while a chart is drawn: colours by tone, of text (`ink`) and thin lines; text size in points.

    `width` is that of every chart in inches: the width of the text on a page, or less for a narrow screen.
    """

    colours: Mapping[Tone, str]
    ink: str
    line: str
    size: float
    width: float

    @property
    def narrow(self) -> bool:
        """Whether the chart is drawn for a narrow screen."""
        return self.width <= NARROW

    def lighter(self, colour: str, part: float) -> Any:
        """Return a colour as it is, or that part of the way to white."""
        from matplotlib.colors import to_rgb

        return tuple(value + (1 - value) * min(part, 0.7) for value in to_rgb(colour)) if part else colour

    def wrapped(self, words: str, inches: float, smaller: float = 0.0) -> str:
        """Return words in lines of at most that width, by the average width of a letter."""
        return "\n".join(wrap(words, self.letters(inches, smaller))) or words

    def fitted(self, words: str, inches: float, smaller: float = 0.0) -> str:
        """Return words on one line of at most that width; what is too long ends in an ellipsis."""
        letters = self.letters(inches, smaller)
        return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"

    def letters(self, inches: float, smaller: float = 0.0) -> int:
        """Return how many letters fit on a line of that width, by the average width of a letter."""
        return max(4, int(inches * 72 / (0.53 * (self.size - smaller))))

    def blank(self, height: float) -> Any:
        """Return a new figure of that height in inches, whose parts are placed by hand."""
        from matplotlib.figure import Figure

        figure = Figure(figsize=(self.width, height))
        figure.set_layout_engine("none")
        return figure

    def axes(self, height: float, width: float | None = None) -> tuple[Any, Any]:
        """Return a new figure of that height in inches and its axes, without the frame's top, right and bottom."""
        from matplotlib.figure import Figure

        figure = Figure(figsize=(width or self.width, height))
        axes = figure.subplots()
        for side in ("top", "right", "bottom"):
            axes.spines[side].set_visible(False)
        return figure, axes
