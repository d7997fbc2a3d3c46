"""Charts by matplotlib as SVG text with the same bytes each time. Their look is the style file of `quarto/`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import get_args

from monev.display.document import Tone

TONES: tuple[Tone, ...] = get_args(Tone)
_HATCHES = {"baik": "", "sedang": "///", "buruk": "...", "netral": "xxx"}


@dataclass(frozen=True)
class Bar:
    """One bar: its name, length (a count), the words at its end, and its tone."""

    name: str
    length: int
    words: str
    tone: Tone


@dataclass(frozen=True)
class ChartStyle:
    """Where the look comes from: a matplotlib style file, whose colour cycle follows the order of the tones."""

    file: str
    fonts: tuple[str, ...] = ()


def shares(bars: Sequence[Bar], unit: str, style: ChartStyle) -> str:
    """Draw counts as directly labelled horizontal bars; return the SVG text. Bars of length 0 keep their label."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import font_manager, pyplot

    for font in style.fonts:
        font_manager.fontManager.addfont(font)
    with pyplot.style.context(style.file):
        colours = dict(zip(TONES, matplotlib.rcParams["axes.prop_cycle"].by_key()["color"], strict=True))
        width, _ = matplotlib.rcParams["figure.figsize"]
        figure, axes = pyplot.subplots(figsize=(width, 0.45 + 0.46 * len(bars)))
        for row, bar in enumerate(bars):
            axes.barh(row, bar.length, color=colours[bar.tone], hatch=_HATCHES[bar.tone], height=0.62)
            axes.annotate(bar.words, (bar.length, row), xytext=(6, 0), textcoords="offset points", va="center")
        axes.set_yticks(range(len(bars)), [bar.name for bar in bars])
        axes.invert_yaxis()
        axes.set_xlim(0, max([1, *(bar.length for bar in bars)]) * 1.32)
        axes.set_xticks([])
        for side in ("top", "right", "bottom"):
            axes.spines[side].set_visible(False)
        return _svg(figure)


def _svg(figure: object) -> str:
    from matplotlib import pyplot

    out = StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})  # type: ignore[attr-defined]
    pyplot.close(figure)  # type: ignore[arg-type]
    return out.getvalue()
