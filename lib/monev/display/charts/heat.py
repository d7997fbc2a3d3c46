"""A grid of cells, darker for better, with the value printed in each: readable in grey and without colour."""

from __future__ import annotations

from typing import Any

from monev.display.charts.canvas import Canvas
from monev.display.charts.specs import Heat, HeatCell

_ROW, _MANY_ROWS = 0.23, 0.165  # inches; a long grid is a dense one, so that text stands on its page as well
_MANY = 20
_HEAD, _FOOT = 0.42, 0.62  # inches for the names of the columns, and for the scale
_PALE = 0.93  # lightness of the worst level, 0 to 1
_NAMES, _NARROW_NAMES = 0.22, 0.27  # share of the width for the names of the rows


def paint(drawing: Heat, canvas: Canvas) -> Any:
    """Draw the grid with its scale below; return matplotlib's figure."""
    rows, names = len(drawing.rows), _NARROW_NAMES if canvas.narrow else _NAMES
    row = _ROW if rows <= _MANY else _MANY_ROWS
    height = row * rows + _HEAD + _FOOT
    figure = canvas.blank(height)
    axes = figure.add_axes((names, _FOOT / height, 1 - names, row * rows / height))
    for number, (_, cells) in enumerate(drawing.rows):
        for column, cell in enumerate(cells):
            _cell(axes, (column, number), cell, canvas)
    small, width = canvas.size - 1.5, canvas.width * (1 - names) / len(drawing.columns)
    for column, words in enumerate(drawing.columns):
        axes.annotate(
            canvas.wrapped(words, width, 1.5), (column + 0.5, 0), xytext=(0, 4), textcoords="offset points",
            ha="center", va="bottom", fontsize=small, fontweight=600, annotation_clip=False,
        )  # fmt: skip
    for number, (name, _) in enumerate(drawing.rows):
        axes.annotate(
            name, (0, number + 0.5), xytext=(-6, 0), textcoords="offset points", ha="right", va="center",
            fontsize=small, annotation_clip=False,
        )  # fmt: skip
    axes.set_xlim(0, len(drawing.columns))
    axes.set_ylim(rows, 0)
    axes.set_axis_off()
    _scale(figure.add_axes((0, 0.04 / height, 1, (_FOOT - 0.18) / height)), drawing, canvas)
    return figure


def _shade(level: float, colour: str) -> tuple[float, float, float]:
    """Return the colour of a level: the pure one for the best, nearly white for the worst."""
    from matplotlib.colors import to_rgb

    red, green, blue = (_PALE + (part - _PALE) * level for part in to_rgb(colour))
    return red, green, blue


def _cell(axes: Any, place: tuple[float, float], cell: HeatCell, canvas: Canvas) -> None:
    from matplotlib.patches import Rectangle

    if not cell.words:
        return
    look: dict[str, Any] = {"facecolor": "white", "hatch": "////", "hatchcolor": "#aab3bc"}
    ink = canvas.ink
    if cell.level is not None:
        fill = _shade(cell.level, canvas.colours["baik"])
        look = {"facecolor": fill}
        ink = "white" if sum(fill) / 3 < 0.55 else canvas.ink
    x, y = place
    axes.add_patch(Rectangle((x + 0.01, y + 0.05), 0.98, 0.9, linewidth=0, **look))
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.2} if cell.level is None else None
    axes.text(x + 0.5, y + 0.52, cell.words, ha="center", va="center", color=ink, fontsize=canvas.size - 1.5, bbox=box)


def _scale(axes: Any, drawing: Heat, canvas: Canvas) -> None:
    """Draw what the levels mean, below the grid and as wide as the whole."""
    width = canvas.width / max(1, len(drawing.scale))
    for number, cell in enumerate(drawing.scale):
        words = canvas.wrapped(cell.words, width * 0.95, 1.5)
        _cell(axes, (number, 0), HeatCell(words, cell.level), canvas)
    axes.set_xlim(0, max(1, len(drawing.scale)))
    axes.set_ylim(1, 0)
    axes.set_axis_off()
