"""What all charts share: a figure of the right size without frame or ticks, colours and hatches by tone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from monev.display.charts.specs import Tone

HATCHES: Mapping[Tone, str] = {"baik": "", "sedang": "///", "buruk": "...", "netral": "xxx"}


@dataclass(frozen=True)
class Canvas:
    """The look while a chart is drawn: colours by tone, of text (`ink`) and thin lines; text size in points.

    `width` is that of every chart in inches: the width of the text on a page.
    """

    colours: Mapping[Tone, str]
    ink: str
    line: str
    size: float
    width: float

    def axes(self, height: float) -> tuple[Any, Any]:
        """Return a new figure of that height in inches and its axes, without the frame's top, right and bottom."""
        from matplotlib.figure import Figure

        figure = Figure(figsize=(self.width, height))
        axes = figure.subplots()
        for side in ("top", "right", "bottom"):
            axes.spines[side].set_visible(False)
        return figure, axes
