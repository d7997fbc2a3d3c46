"""From a chart's specification to its picture: SVG text with the same bytes each time. The look stands in `quarto/`.

Matplotlib is imported when something is drawn, and only its object interface: nothing is kept between pictures.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping
from io import StringIO
from typing import Any

from monev.display.charts import bars, heat, scatter, slopes, sparks, stacks
from monev.display.charts.canvas import Canvas
from monev.display.charts.specs import TONES, Bars, ChartStyle, Drawing, Heat, Quadrants, Slopes, Sparks, Stacks

Painter = Callable[[Any, Canvas], Any]
_PAINTERS: Mapping[type, Painter] = {
    Bars: bars.paint,
    Stacks: stacks.paint,
    Slopes: slopes.paint,
    Heat: heat.paint,
    Quadrants: scatter.paint,
    Sparks: sparks.paint,
}


def svg(drawing: Drawing, style: ChartStyle, width: float | None = None) -> str:
    """Return the picture of a chart as SVG text; `width` in inches is that of the style file where none is given."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    add_fonts(style.fonts)
    settings: Any = {"text.parse_math": False, **style.settings}
    with matplotlib.rc_context(settings, style.file), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter that the font lacks is drawn as a box; the table has it
        figure = _PAINTERS[type(drawing)](drawing, _canvas(style, matplotlib.rcParams, width))
        out = StringIO()
        # As `savefig` would, but without drawing everything once before: the layout is found while drawing.
        FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
        return _with_light_dots(out.getvalue())


_PATTERN = re.compile(r'(<pattern [^>]*>\s*<rect [^>]*/>\s*<path d=")(M [^"]*C [^"]*)(" style=")([^"]*)(")')
_DOT = re.compile(r"M (\S+) (\S+)\s+C ([^z]*)z")


def _with_light_dots(svg: str) -> str:
    """Return the picture with dots of a hatch as round ends of lines without length: a fortieth of the text."""
    return _PATTERN.sub(_light, svg)


def _light(found: re.Match[str]) -> str:
    start, path, between, style, end = found.groups()
    dots, radius = [], 0.0
    for x, top, curves in _DOT.findall(path):
        across = [float(part) for part in curves.replace("C", "").split()[::2]]
        radius = (max(across) - min(across)) / 2
        dots.append(f"M {float(x):g} {float(top) - radius:g} h 0.001")
    edge = re.search(r"stroke-width: ([\d.]+)", style)
    width = 2 * radius + (float(edge[1]) if edge else 0)
    colour = re.search(r"stroke: (#\w+)", style)
    look = f"fill: none; stroke: {colour[1] if colour else '#ffffff'}; stroke-width: {width:g}; stroke-linecap: round"
    return f"{start}{' '.join(dots)}{between}{look}{end}"


def _canvas(style: ChartStyle, settings: Any, width: float | None) -> Canvas:
    """Return the look of a style, with the sizes that its file has set."""
    return Canvas(
        {tone: f"#{colour}" for tone, colour in zip(TONES, style.tones, strict=True)},
        f"#{style.ink}",
        f"#{style.line}",
        settings["font.size"],
        width or settings["figure.figsize"][0],
    )


def add_fonts(files: tuple[str, ...]) -> None:
    """Make the fonts known to matplotlib, each once."""
    from matplotlib import font_manager

    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for file in files:
        if file not in known:
            font_manager.fontManager.addfont(file)
