"""Wholes divided into parts: a bar of full width each, its parts named below in their order."""

from __future__ import annotations

from collections import Counter
from typing import Any

from monev.display.charts.canvas import HATCHES, Canvas
from monev.display.charts.specs import Stack, Stacks, Tone

_ROW = 0.78  # inches of one whole with its words
_LINE = 0.2  # inches of a line of words
_PER_LINE, _NARROW_PER_LINE = 4, 2
_LIGHTER = 0.35  # how much lighter each further part of the same tone is


def paint(drawing: Stacks, canvas: Canvas) -> Any:
    """Draw each whole with a legend of its own; return matplotlib's figure."""
    from matplotlib.figure import Figure

    lines = [-(-len(_shown(stack)) // _per_line(canvas)) for stack in drawing.stacks]
    heights = [_ROW + _LINE * count for count in lines]
    figure = Figure(figsize=(canvas.width, sum(heights)))
    every = figure.subplots(len(drawing.stacks), 1, squeeze=False, height_ratios=heights)
    for (axes,), stack in zip(every, drawing.stacks, strict=True):
        _stack(axes, stack, canvas)
    return figure


def _per_line(canvas: Canvas) -> int:
    return _NARROW_PER_LINE if canvas.narrow else _PER_LINE


def _shown(stack: Stack) -> list[Any]:
    return [part for part in stack.parts if part.length > 0]


def _stack(axes: Any, stack: Stack, canvas: Canvas) -> None:
    from matplotlib.patches import Patch

    start, patches = 0.0, []
    before: Counter[Tone] = Counter()
    for part in _shown(stack):
        look: dict[str, Any] = {
            "facecolor": canvas.lighter(canvas.colours[part.tone], _LIGHTER * before[part.tone]),
            "hatch": HATCHES[part.tone],
            "edgecolor": "white",
        }
        axes.barh(0, part.length, left=start, height=0.9, linewidth=1.2, **look)
        patches.append(Patch(label=f"{part.name}: {part.words}", **look))
        start += part.length
        before[part.tone] += 1
    columns = min(_per_line(canvas), max(1, len(patches)))
    axes.set_xlim(0, start or 1)
    axes.set_axis_off()
    axes.set_title(stack.name, loc="left", fontsize=canvas.size, fontweight=600, color=canvas.ink)
    axes.legend(
        handles=[patch for column in range(columns) for patch in patches[column::columns]],  # it fills columns first
        loc="upper left",
        bbox_to_anchor=(-0.01, -0.02),
        ncols=columns,
        frameon=False,
        fontsize=canvas.size - 1.5,
        handlelength=1.1,
        handleheight=1.0,
        columnspacing=1.4,
        handletextpad=0.5,
        borderaxespad=0.0,
    )
