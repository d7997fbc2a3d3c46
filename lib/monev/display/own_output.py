"""What an analyst's own notebook hands to the report: tables, figures and numbers, each an output of a type of its own.

Such an output is JSON beside what Jupyter shows anyway, so that any kernel and stock papermill keep it in the notebook.
"""

from __future__ import annotations

import html
import io
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from monev.display.charts.draw import add_fonts
from monev.display.charts.specs import ChartStyle
from monev.figures.number_format import decimal, whole
from monev.words.messages import tell

CONTENT_TYPE = "application/vnd.monev.isi+json"
MOST_ROWS = 100
"""Rows of a table that a report prints; of a longer one the notebook says how many there are."""
PLACES = 1
"""Decimals of a number that is not whole, where nothing else is asked for."""


@dataclass(frozen=True)
class Content:
    """One output: what the report takes, and what Jupyter shows."""

    told: Mapping[str, object]
    shown: Mapping[str, str] = field(default_factory=dict)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        return {CONTENT_TYPE: dict(self.told), "text/plain": f"isi laporan: {self.told['jenis']}", **self.shown}


# Tables ---------------------------------------------------------------------------------------------------------------


def table(frame: Any, caption: str = "", places: int = PLACES) -> Content:
    """Return a pandas table as it will be printed: its index where that says something, then its columns."""
    import pandas as pd

    if isinstance(frame, pd.Series):
        frame = frame.to_frame()
    elif not isinstance(frame, pd.DataFrame):
        frame = pd.DataFrame(frame)
    numbers = frame.index.nlevels == 1 and pd.api.types.is_integer_dtype(frame.index.dtype)
    plain = numbers and frame.index.name is None  # the numbers of rows, perhaps sorted or filtered since
    levels = [] if plain else [frame.index.get_level_values(n) for n in range(frame.index.nlevels)]
    names = [*("" if level.name is None else level.name for level in levels), *frame.columns]
    head = [" ".join(map(str, name)).strip() if isinstance(name, tuple) else str(name) for name in names]
    kept = frame.head(MOST_ROWS).itertuples(index=False, name=None)
    rows = [[cell(value, places) for value in (*(level[n] for level in levels), *row)] for n, row in enumerate(kept)]
    numeric = [bool(pd.api.types.is_numeric_dtype(dtype)) for dtype in (*(v.dtype for v in levels), *frame.dtypes)]
    told = {
        "jenis": "tabel",
        "judul": head,
        "baris": rows,
        "bilangan": numeric,
        "jumlah": len(frame),
        "keterangan": caption,
    }
    return Content(told, {"text/html": _html(head, rows, len(frame), caption)})


def cell(value: object, places: int = PLACES) -> str:
    """Return a value as the report writes it: decimal comma, nothing where there is nothing."""
    if value is None or (isinstance(value, float) and math.isnan(value)) or str(value) in ("NaT", "<NA>"):
        return ""
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return "ya" if value else "tidak"
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, Fraction):
        return decimal(value, places, trim=value.denominator == 1)
    if hasattr(value, "__index__"):
        return whole(int(value))
    if isinstance(value, float) or type(value).__name__.startswith("float"):
        number = float(value)  # type: ignore[arg-type]
        if math.isnan(number):
            return ""
        return decimal(Fraction(number), places) if math.isfinite(number) else str(number).replace("inf", "∞")
    return " ".join(str(value).split())


def _html(head: list[str], rows: list[list[str]], count: int, caption: str) -> str:
    def line(cells: list[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(text)}</{tag}>" for text in cells) + "</tr>"

    more = f"<p>{len(rows)} dari {whole(count)} baris</p>" if len(rows) < count else ""
    named = f"<caption>{html.escape(caption)}</caption>" if caption else ""
    body = "".join(line(row, "td") for row in rows)
    return f"<table>{named}<thead>{line(head, 'th')}</thead><tbody>{body}</tbody></table>{more}"


# Figures --------------------------------------------------------------------------------------------------------------


def picture(figure: Any, caption: str = "", alt: str = "") -> Content:
    """Return a matplotlib figure as SVG, the same bytes each time."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = getattr(figure, "figure", figure)  # axes, and what draws a figure of its own, have one
    if not isinstance(figure, Figure):
        raise TypeError(str(tell("notebook.no-picture", value=type(figure).__name__)))
    out = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": "monev", "svg.fonttype": "path"}):
        FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    drawn = any(axes.has_data() or axes.texts or axes.tables for axes in figure.axes) or bool(figure.texts)
    told = {
        "jenis": "gambar",
        "svg": out.getvalue(),
        "keterangan": caption,
        "teks_alternatif": alt,
        "kosong": not (drawn or figure.images or figure.lines or figure.patches),
    }
    svg = out.getvalue()[out.getvalue().index("<svg") :]
    shown = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    return Content(told, {"text/html": f"<figure>{shown}<figcaption>{html.escape(caption)}</figcaption></figure>"})


def axes(style: ChartStyle, height: float) -> tuple[Any, Any]:
    """Return a new figure as wide as a page and its axes, in the look of the report; `height` in inches."""
    import matplotlib
    from cycler import cycler
    from matplotlib.figure import Figure

    add_fonts(style.fonts)
    settings: Any = matplotlib.rcParams  # for good: what is drawn later asks them too
    settings.update(matplotlib.rc_params_from_file(style.file, use_default_template=False))
    settings.update({**style.settings, "axes.prop_cycle": cycler(color=[f"#{tone}" for tone in style.tones])})
    figure = Figure(figsize=(settings["figure.figsize"][0], height))
    return figure, figure.subplots()


# Numbers --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Number:
    """A figure of the register, as a notebook gets it; `float()` of it computes, `md` stands in Markdown."""

    id: str
    nilai: int | float | str
    cetak: str
    satuan: str = ""
    rumus: str = ""

    def __float__(self) -> float:
        return float(self.nilai)

    def __str__(self) -> str:
        return self.cetak

    @property
    def md(self) -> str:
        """The figure in Markdown: printed, and traced, where the report stands."""
        return f'[]{{.angka key="{self.id}"}}'


def show(content: Content) -> None:
    """Show an output now, wherever in a cell that is; without IPython nobody looks."""
    from IPython.core.getipython import get_ipython
    from IPython.display import display

    if get_ipython() is not None:
        display(content)  # type: ignore[no-untyped-call]


def show_plain_values() -> None:
    """Let tables and figures that a cell merely ends with come to the report as well."""
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    if shell is None:
        return
    formatter = shell.display_formatter.mimebundle_formatter
    for module in ("pandas.core.frame", "pandas"):  # as versions call it
        formatter.for_type_by_name(module, "DataFrame", _bare(table))
    formatter.for_type_by_name("matplotlib.figure", "Figure", _bare(picture))


def _bare(make: Any) -> Any:
    def bundle(value: object, include: object = None, exclude: object = None) -> dict[str, object]:
        content: Content = make(value)
        return {CONTENT_TYPE: dict(content.told)} | ({} if make is table else dict(content.shown))

    return bundle
