"""Lines between periods, named at both ends. No name covers another: equal values share one, others move apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Literal

from monev.display.charts.canvas import Canvas
from monev.display.charts.label_positions import spread
from monev.display.charts.specs import Slope, Slopes, Tone

_LINES: dict[Tone, tuple[Any, float]] = {  # dashes and width: the way is to be read without colour
    "baik": ("solid", 1.6),
    "sedang": ((0, (4, 1.5)), 1.6),
    "buruk": ((0, (5, 2)), 1.9),
    "netral": ((0, (1, 1.6)), 1.3),
}
_LINE = 0.165  # inches of a line of words
_LEAST, _MOST = 2.6, 8.2  # inches of the whole
_HEAD = 0.46
_SIDE = 0.31  # share of the width for the names on each side
_LETTERS = 30  # in a line of names, at most
_OFF = 18  # points from a line's end to its name

_SMALLER = 2  # points that names are smaller than text

Side = Literal["left", "right"]


@dataclass(frozen=True)
class _Label:
    value: float
    lines: tuple[str, ...]


def paint(drawing: Slopes, canvas: Canvas) -> Any:
    """Draw the lines; return matplotlib's figure."""
    sides: dict[Side, list[_Label]] = {
        "left": _labels(drawing.slopes, 0, canvas),
        "right": _labels(drawing.slopes, -1, canvas),
    }
    needed = max((sum(len(label.lines) + 0.35 for label in labels) for labels in sides.values()), default=1) * _LINE
    height = min(_MOST, max(_LEAST, needed + _HEAD + 0.2))
    figure = canvas.blank(height)
    bottom, top = 0.1 / height, 1 - _HEAD / height
    axes = figure.add_axes((_SIDE, bottom, 1 - 2 * _SIDE, top - bottom))
    last = len(drawing.stops) - 1
    low, high = _limits(drawing.slopes)
    axes.set_xlim(0, max(1, last))
    axes.set_ylim(low, high)
    axes.set_axis_off()
    apart = canvas.width * (1 - 2 * _SIDE) / max(1, last) if last > 1 else canvas.width * _SIDE
    for stop, words in enumerate(drawing.stops):
        axes.axvline(stop, color=canvas.line, linewidth=0.8)
        named = canvas.wrapped(words, apart * 0.92, 0.5)
        axes.annotate(
            named, (stop, 1), xytext=(0, 6), xycoords=("data", "axes fraction"),
            textcoords="offset points", ha="center", va="bottom", fontweight=600, fontsize=canvas.size - 0.5,
            annotation_clip=False,
        )  # fmt: skip
    for slope in drawing.slopes:
        _line(axes, slope, canvas)
    inches = (top - bottom) * height
    _names(axes, sides["left"], "left", (low, high), inches, canvas)
    _names(axes, sides["right"], "right", (low, high), inches, canvas)
    return figure


def _limits(slopes: Sequence[Slope]) -> tuple[float, float]:
    """Return the ends of the scale: a little beyond what there is."""
    values = [value for slope in slopes for value in slope.values if value is not None]
    low, high = min(values, default=0), max(values, default=100)
    room = max(4.0, (high - low) * 0.06)
    return low - room, high + room


def _labels(slopes: Sequence[Slope], end: int, canvas: Canvas) -> list[_Label]:
    """Return one label per value at an end, with the names of all lines that end there."""
    named: dict[str, list[Slope]] = {}
    for slope in slopes:
        if slope.values[end] is not None:
            named.setdefault(slope.words[end], []).append(slope)
    labels = []
    letters = min(_LETTERS, canvas.letters(canvas.width * _SIDE - _OFF / 72, _SMALLER))
    for words, own in named.items():
        names = ", ".join(slope.name for slope in own)
        value = own[0].values[end]
        assert value is not None
        labels.append(_Label(value, tuple(wrap(f"{names}:\u00a0{words}", letters, break_long_words=True))))
    return labels


def _line(axes: Any, slope: Slope, canvas: Canvas) -> None:
    known = [(stop, value) for stop, value in enumerate(slope.values) if value is not None]
    dashes, width = _LINES[slope.tone]
    colour = canvas.colours[slope.tone]
    axes.plot(
        *zip(*known, strict=True), color=colour, linestyle=dashes, linewidth=width, marker="o", markersize=4.2,
        clip_on=False, zorder=3 if slope.tone != "netral" else 2,
    ) if known else None  # fmt: skip


def _names(
    axes: Any, labels: Sequence[_Label], side: Side, limits: tuple[float, float], inches: float, canvas: Canvas
) -> None:
    """Write the labels of one side, and a thin line to the point where one stands off it."""
    low, high = limits
    unit = (high - low) / inches  # of the scale, per inch
    sizes = [(len(label.lines) + 0.35) * _LINE * unit for label in labels]
    places = spread([label.value for label in labels], sizes, low, high)
    edge, way = (0, -1) if side == "left" else (1, 1)
    for label, place in zip(labels, places, strict=True):
        axes.annotate(
            "", (edge, label.value), xytext=(way * 15, (place - label.value) / unit * 72),
            xycoords=("axes fraction", "data"), textcoords="offset points", annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": canvas.line, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 4},
        )  # fmt: skip
        axes.annotate(
            "\n".join(label.lines), (edge, place), xytext=(way * _OFF, 0), xycoords=("axes fraction", "data"),
            textcoords="offset points", ha="right" if side == "left" else "left", va="center",
            fontsize=canvas.size - _SMALLER, linespacing=1.15, annotation_clip=False,
        )  # fmt: skip
