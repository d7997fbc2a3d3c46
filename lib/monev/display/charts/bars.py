"""Directly labelled horizontal bars."""

from __future__ import annotations

from typing import Any

from monev.display.charts.canvas import HATCHES, Canvas
from monev.display.charts.specs import Bars

_WORDS_ROOM = 1.32  # of the longest bar: room for the words at its end


def paint(drawing: Bars, canvas: Canvas) -> Any:
    """Draw counts or scores; return matplotlib's figure."""
    row_height = 0.24 if drawing.compact else 0.34
    figure, axes = canvas.axes(0.2 + row_height * len(drawing.bars))
    for row, bar in enumerate(drawing.bars):
        axes.barh(row, bar.length, color=canvas.colours[bar.tone], hatch=HATCHES[bar.tone], height=0.62)
        axes.annotate(bar.words, (bar.length, row), xytext=(6, 0), textcoords="offset points", va="center")
    axes.set_yticks(range(len(drawing.bars)), [bar.name for bar in drawing.bars])
    axes.set_ylim(len(drawing.bars) - 0.5, -0.5)
    longest = drawing.full or max([1, *(bar.length for bar in drawing.bars)])
    axes.set_xlim(0, longest * _WORDS_ROOM)
    axes.set_xticks([])
    return figure
