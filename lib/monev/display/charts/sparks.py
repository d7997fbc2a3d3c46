"""Small lines one below the other, each on a scale of its own: from the first value to the last, with the goal."""

from __future__ import annotations

from typing import Any

from monev.display.charts.canvas import Canvas
from monev.display.charts.specs import Spark, Sparks

_ROW, _NARROW_ROW, _HEAD = 0.46, 0.6, 0.3  # inches
_LEFT, _RIGHT = 0.38, 0.76  # of the width: where lines begin and end
_SPREAD = 0.32  # of a row, up and down from its middle
_NAME_LINES = 2
_SMALLER = 1.5  # points


def paint(drawing: Sparks, canvas: Canvas) -> Any:
    """Draw the lines; return matplotlib's figure."""
    row = _NARROW_ROW if canvas.narrow else _ROW
    height = _HEAD + row * len(drawing.sparks)
    figure = canvas.blank(height)
    axes = figure.add_axes((0, 0, 1, 1 - _HEAD / height))
    axes.set_xlim(0, 1)
    axes.set_ylim(len(drawing.sparks) - 0.5, -0.5)
    axes.set_axis_off()
    places = _places(len(drawing.stops))
    for place, words in zip(places, drawing.stops, strict=True):
        axes.annotate(
            words, (place, 1), xytext=(0, 4), xycoords=("data", "axes fraction"), textcoords="offset points",
            ha="center", va="bottom", fontsize=canvas.size - _SMALLER, fontweight=600, annotation_clip=False,
        )  # fmt: skip
    for number, spark in enumerate(drawing.sparks):
        _row(axes, number, spark, places, canvas)
    return figure


def _places(count: int) -> list[float]:
    if count == 1:
        return [(_LEFT + _RIGHT) / 2]
    return [_LEFT + (_RIGHT - _LEFT) * n / (count - 1) for n in range(count)]


def _row(axes: Any, number: int, spark: Spark, places: list[float], canvas: Canvas) -> None:
    size = canvas.size - _SMALLER
    lines = canvas.wrapped(spark.name, canvas.width * (_LEFT - 0.05), _SMALLER).split("\n")
    if len(lines) > _NAME_LINES:
        lines = [*lines[: _NAME_LINES - 1], lines[_NAME_LINES - 1].rstrip() + "…"]
    axes.text(0, number, "\n".join(lines), fontsize=size, va="center", ha="left", linespacing=1.1)
    axes.plot([_LEFT, _RIGHT], [number + 0.48] * 2, color=canvas.lighter(canvas.line, 0.6), linewidth=0.4)
    every = [value for value in (*spark.values, spark.goal) if value is not None]
    low, high = min(every, default=0.0), max(every, default=1.0)

    def at(value: float) -> float:
        return number - (2 * _SPREAD * (value - low) / (high - low) - _SPREAD if high > low else 0.0)

    if spark.goal is not None:
        axes.plot([_LEFT, _RIGHT], [at(spark.goal)] * 2, color=canvas.line, linewidth=0.9, linestyle=(0, (3, 2)))
    known = [(place, at(value)) for place, value in zip(places, spark.values, strict=True) if value is not None]
    if known:
        colour = canvas.colours[spark.tone]
        axes.plot(*zip(*known, strict=True), color=colour, linewidth=1.5, marker="o", markersize=3.4, clip_on=False)
    axes.text(_RIGHT + 0.025, number, spark.words, fontsize=size, va="center", ha="left", linespacing=1.1)
