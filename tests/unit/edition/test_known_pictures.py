"""A picture is drawn once for a specification in a look; whatever it shows is part of its key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from monev.display.charts.draw import svg
from monev.display.charts.specs import Bar, Bars, ChartStyle
from monev.edition import known_pictures
from monev.io import read_log
from monev.notebook import chart_style

BARS = Bars((Bar("KIP", 80.0, "80%", "baik"),), full=100.0)


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    known_pictures.know({})
    yield
    known_pictures.know({})


def keys(*made: tuple[Bars, ChartStyle, float | None]) -> set[str]:
    for drawing, style, width in made:
        known_pictures.picture(drawing, style, width)
    return {*known_pictures.used()}


def test_a_picture_is_the_drawn_one_and_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    style = chart_style()
    first = known_pictures.picture(BARS, style)
    assert first == svg(BARS, style)
    known_pictures.know(known_pictures.used())
    monkeypatch.setattr(known_pictures, "svg", None)  # drawing would fail
    assert known_pictures.picture(BARS, style) == first
    with pytest.raises(TypeError):
        known_pictures.picture(replace(BARS, full=90.0), style)


def test_values_words_colours_width_and_the_files_of_the_look_are_parts_of_the_key(tmp_path: Path) -> None:
    style = chart_style()
    content = Path(style.file).read_bytes()
    other_file, moved = tmp_path / "lain.mplstyle", tmp_path / "pindah.mplstyle"
    other_file.write_bytes(content + b"\n# lain\n")
    moved.write_bytes(content)
    made = [
        (BARS, style, None),
        (replace(BARS, bars=(replace(BARS.bars[0], length=81.0),)), style, None),
        (replace(BARS, bars=(replace(BARS.bars[0], words="80,0%"),)), style, None),
        (BARS, replace(style, ink="000000"), None),
        (BARS, replace(style, font="Lain"), None),
        (BARS, replace(style, file=str(other_file)), None),
        (BARS, style, 3.1),
    ]
    assert len(keys(*made)) == len(made)
    assert len(keys((BARS, replace(style, file=str(moved)), None))) == len(made)  # only its content counts


def test_the_files_of_the_look_are_noted_as_read_when_the_picture_is_known(tmp_path: Path) -> None:
    style_file = tmp_path / "rupa.mplstyle"
    style_file.write_bytes(Path(chart_style().file).read_bytes())
    style = replace(chart_style(), file=str(style_file))
    known_pictures.picture(BARS, style)
    known_pictures.know(known_pictures.used())
    with read_log.collected() as found:
        known_pictures.picture(BARS, style)
    assert str(style_file) in {read.get("berkas") for read in found}
