"""Pictures that are known already: of a chart's specification, in a look, at a width. Drawing is left to `draw`.

Which ones are known is said to the process that shows charts (`know`); what it used is asked for afterwards (`used`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from monev.display.charts.draw import svg
from monev.display.charts.specs import ChartStyle, Drawing
from monev.io.read_log import file_digest
from monev.model.value_digest import digest_of

_MOST = 500  # that a process which stays remembers

_known: dict[str, str] = {}
_used: dict[str, str] = {}


def know(pictures: Mapping[str, str]) -> None:
    """Know these pictures, by their keys, and no others."""
    _known.clear()
    _known.update(pictures)
    _used.clear()


def used() -> dict[str, str]:
    """Return the pictures that were asked for since it was said what is known, by their keys."""
    return dict(_used)


def picture(drawing: Drawing, style: ChartStyle, width: float | None = None) -> str:
    """Return the picture of a chart as SVG text; `width` as for `svg`."""
    key = _key(drawing, style, width)
    if len(_used) > _MOST:
        _used.clear()
    if key not in _used:
        _used[key] = _known.get(key) or svg(drawing, style, width)
    return _used[key]


def _key(drawing: Drawing, style: ChartStyle, width: float | None) -> str:
    """Return the digest of all that a picture shows: files of the look count by content, and are read each time.

    Whoever notes what is read (`monev.io.read_log`) so sees them, whether the chart is drawn or known.
    """
    look = replace(style, file="", fonts=())
    files = [file_digest(file) for file in (style.file, *style.fonts)]
    return digest_of((type(drawing).__name__, drawing, look, files, width))
