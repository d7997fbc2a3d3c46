"""Named points in a square divided by two lines. A name that would cover another moves aside, tied to its point."""

from __future__ import annotations

import math
from typing import Any

from monev.display.charts.canvas import Canvas
from monev.display.charts.label_positions import scatter
from monev.display.charts.specs import Quadrants

_LEFT, _RIGHT, _BOTTOM, _TOP = 0.95, 0.15, 0.62, 0.12  # inches around the square
_NARROW_LEFT = 0.6
_HEIGHT = 3.75
_MARGIN = 0.24  # inches between the square's edge and the ends of the scales
_BAND, _NARROW_BAND = 0.26, 0.4  # inches above and below the scales, for the names of the parts
_GAP, _NARROW_GAP = 0.235, 0.265  # inches from one name to the next
_LETTERS = 6.2  # points of a name whose place is as wide as `_GAP`
_FILLED = 0.5  # of the square, at most, with names: more of them are smaller


def paint(drawing: Quadrants, canvas: Canvas) -> Any:
    """Draw the points; return matplotlib's figure."""
    left, band = (_NARROW_LEFT, _NARROW_BAND) if canvas.narrow else (_LEFT, _BAND)
    width, height = canvas.width - left - _RIGHT, _HEIGHT - _BOTTOM - _TOP
    figure = canvas.blank(_HEIGHT)
    box = (left / canvas.width, _BOTTOM / _HEIGHT, width / canvas.width, height / _HEIGHT)
    axes = figure.add_axes(box)
    axes.set_xlim(0, width)  # in inches, so that distances are the same in both directions
    axes.set_ylim(0, height)
    field = height - 2 * band  # where points lie
    inner_width, inner_height = width - 2 * _MARGIN, field - 2 * _MARGIN

    def at(x: float, y: float) -> tuple[float, float]:
        return _MARGIN + x * inner_width, band + _MARGIN + y * inner_height

    _background(axes, drawing, canvas, at(drawing.x_split, drawing.y_split), (width, height), band)
    true = [at(point.x, point.y) for point in drawing.points]
    fitting = math.sqrt(_FILLED * width * field / max(1, len(true)))
    gap = min(_NARROW_GAP if canvas.narrow else _GAP, fitting)
    names = scatter([(x, y - band) for x, y in true], gap, width, field)
    for (x, y), (there_x, beside), point in zip(true, names, drawing.points, strict=True):
        there_y = beside + band
        axes.plot((x, there_x), (y, there_y), color=canvas.line, linewidth=0.6, zorder=2)
        axes.plot(x, y, ".", color=canvas.ink, markersize=3, zorder=2)
        axes.text(
            there_x, there_y, point.name, ha="center", va="center", fontsize=_LETTERS * gap / _GAP, zorder=4,
            bbox={"boxstyle": "circle,pad=0.22", "facecolor": "white", "edgecolor": canvas.ink, "linewidth": 0.8},
        )  # fmt: skip
    axes.set_xticks([at(place, 0)[0] for place, _ in drawing.x_ticks], [words for _, words in drawing.x_ticks])
    axes.set_yticks([at(0, place)[1] for place, _ in drawing.y_ticks], [words for _, words in drawing.y_ticks])
    axes.tick_params(labelsize=canvas.size - 1)
    axes.set_xlabel(drawing.x, fontsize=canvas.size - 0.5)
    axes.set_ylabel(drawing.y, fontsize=canvas.size - 0.5)
    return figure


def _background(
    axes: Any, drawing: Quadrants, canvas: Canvas, split: tuple[float, float], size: tuple[float, float], band: float
) -> None:
    """Shade the best part, draw the dividing lines, and name each part in its outer corner."""
    from matplotlib.patches import Rectangle

    (x, y), (width, height) = split, size
    axes.add_patch(Rectangle((x, y), width - x, height - y, facecolor=canvas.colours["baik"], alpha=0.09, linewidth=0))
    axes.axvline(x, color=canvas.line, linewidth=0.9, linestyle=(0, (4, 3)), zorder=1)
    axes.axhline(y, color=canvas.line, linewidth=0.9, linestyle=(0, (4, 3)), zorder=1)
    fit = canvas.wrapped if canvas.narrow else canvas.fitted
    named = (fit(words, width * 0.47, 2) for words in drawing.corners)
    upper_left, upper_right, lower_left, lower_right = named
    look = {"fontsize": canvas.size - 2, "fontweight": 600, "color": canvas.line, "va": "center"}
    for words, place in ((upper_left, height - band / 2), (lower_left, band / 2)):
        axes.text(0.07, place, words, ha="left", **look)
    for words, place in ((upper_right, height - band / 2), (lower_right, band / 2)):
        axes.text(width - 0.07, place, words, ha="right", **look)
