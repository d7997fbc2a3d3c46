"""Directly labelled horizontal bars."""

from __future__ import annotations

from typing import Any

from monev.display.charts.canvas import HATCHES, Canvas
from monev.display.charts.specs import Bars

_NAMES, _NARROW_NAMES = 0.4, 0.5  # of the width, at most, for the names of the bars
_WORDS_ROOM, _HALF_ROOM = 1.32, 1.45  # of the longest bar: room for the words at its end
_HALF = 0.482  # of the width: two charts and the gap between them


def paint(drawing: Bars, canvas: Canvas) -> Any:
    """Draw counts or scores; return matplotlib's figure."""
    row_height, size = (0.156, canvas.size - 1.5) if drawing.compact else (0.34, canvas.size)
    width, room = canvas.width, _WORDS_ROOM
    if drawing.half:
        row_height, width, room = 0.27, canvas.width * _HALF, _HALF_ROOM
    figure, axes = canvas.axes(0.2 + row_height * len(drawing.bars), width)
    for row, bar in enumerate(drawing.bars):
        axes.barh(row, bar.length, color=canvas.colours[bar.tone], hatch=HATCHES[bar.tone], height=0.62)
        end = (bar.length, row)
        axes.annotate(bar.words, end, xytext=(6, 0), textcoords="offset points", va="center", fontsize=size)
    names = [
        canvas.fitted(bar.name, width * (_NARROW_NAMES if canvas.narrow else _NAMES), canvas.size - size)
        for bar in drawing.bars
    ]
    axes.set_yticks(range(len(drawing.bars)), names, fontsize=size)
    axes.set_ylim(len(drawing.bars) - 0.5, -0.5)
    longest = drawing.full or max([1, *(bar.length for bar in drawing.bars)])
    axes.set_xlim(0, longest * room)
    axes.set_xticks([])
    return figure
