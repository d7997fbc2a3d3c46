"""Directly labelled horizontal bars."""

from __future__ import annotations

from typing import Any

from monev.display.charts.canvas import HATCHES, Canvas
from monev.display.charts.specs import Bars

_NAMES = 0.4  # of the width, at most, for the names of the bars
_WORDS_ROOM = 1.32  # of the longest bar: room for the words at its end


def paint(drawing: Bars, canvas: Canvas) -> Any:
    """Draw counts or scores; return matplotlib's figure."""
    row_height, size = (0.198, canvas.size - 1.5) if drawing.compact else (0.34, canvas.size)
    figure, axes = canvas.axes(0.2 + row_height * len(drawing.bars))
    for row, bar in enumerate(drawing.bars):
        axes.barh(row, bar.length, color=canvas.colours[bar.tone], hatch=HATCHES[bar.tone], height=0.62)
        end = (bar.length, row)
        axes.annotate(bar.words, end, xytext=(6, 0), textcoords="offset points", va="center", fontsize=size)
    names = [canvas.fitted(bar.name, canvas.width * _NAMES, canvas.size - size) for bar in drawing.bars]
    axes.set_yticks(range(len(drawing.bars)), names, fontsize=size)
    axes.set_ylim(len(drawing.bars) - 0.5, -0.5)
    longest = drawing.full or max([1, *(bar.length for bar in drawing.bars)])
    axes.set_xlim(0, longest * _WORDS_ROOM)
    axes.set_xticks([])
    return figure
