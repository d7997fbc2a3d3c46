"""Charts are values until somebody looks at them; then the same value always gives the same picture."""

from __future__ import annotations

import pickle
import re
from dataclasses import replace
from unittest import mock
from urllib.parse import unquote

import pytest
from matplotlib.text import Text

from monev.display import markdown
from monev.display.charts.canvas import NARROW
from monev.display.charts.draw import svg
from monev.display.charts.specs import (
    Bar,
    Bars,
    Drawing,
    Heat,
    HeatCell,
    Point,
    Quadrants,
    Slope,
    Slopes,
    Spark,
    Sparks,
    Stack,
    Stacks,
)
from monev.display.document import Section
from monev.io.folders import REPOSITORY
from monev.notebook import Laporan, Shown, chart_style, load_edition
from support import in_fresh_python

SECTIONS = (
    "sekilas",
    "ringkasan_umum",
    "perubahan",
    "peta_capaian",
    "kuadran",
    "skor_pelaksana",
)
SQUARE = Quadrants((), "x", "y", 0.7, 0.7, ((0.7, "70%"),), ((0.7, "0,7"),), ("a", "b", "c", "d"))
DRAWINGS: dict[str, Drawing] = {
    "bars": Bars((Bar("Baik", 14, "14 komitmen", "baik"), Bar("Cukup", 0, "0 komitmen", "sedang"))),
    "no-bar-has-length": Bars((Bar("Baik", 0, "0", "baik"),)),
    "one-whole": Stacks((Stack("Capaian", (Bar("Baik", 3, "3", "baik"), Bar("Cukup", 0, "0", "sedang"))),)),
    "many-parts": Stacks((Stack("Capaian", tuple(Bar(f"Kategori {n}", n, str(n), "buruk") for n in range(9))),)),
    "lines": Slopes(("I", "II"), tuple(Slope(str(n), (n, 100 - n), (f"{n}%", "x"), "baik") for n in range(30))),
    "a-line-with-gaps": Slopes(("I", "II", "III"), (Slope("a", (None, 5.0, None), ("", "5%", ""), "netral"),)),
    "all-equal": Slopes(("I", "II"), tuple(Slope(str(n), (50, 50), ("50%", "50%"), "netral") for n in range(60))),
    "small-lines": Sparks(
        ("awal", "B06", "B12"),
        (
            Spark("W" * 200, (1.0, None, 3.0), "3\nsasaran 9", 9.0, "sedang"),
            Spark("datar", (5.0, 5.0, 5.0), "5", 5.0, "netral"),
            Spark("kosong", (None, None, None), "", None, "netral"),
        ),
    ),
    "one-stop": Sparks(("B06",), (Spark("satu", (1.0,), "1", None, "baik"),)),
    "grid": Heat(
        ("B06", "Akumulasi 2030–2031"),
        (("Komitmen 1", (HeatCell("100%", 1), HeatCell("N/A", None))), ("Komitmen 2", (HeatCell("", None),) * 2)),
        (HeatCell("Sangat Kurang 0–24", 0), HeatCell("Baik", 1)),
    ),
    "square": replace(SQUARE, points=tuple(Point(str(n), 1, 1) for n in range(40))),
    "other-letters": Bars((Bar("漢字 <b>&amp; -- ]]> \u202e", 1, "1", "baik"), Bar("W" * 300, 2, "2", "baik"))),
    "long-corners": replace(SQUARE, corners=("W" * 90,) * 4),
    "dollar-signs-are-text": Bars((Bar("A$x_$B", 1, "1", "baik"),)),
    "half": Bars((Bar("A" * 60, 14, "14 (78%)", "buruk"), Bar("N/A", 0, "0 (0%)", "netral")), half=True),
    "scores": Bars((Bar("A" * 60, 100, "100%", "buruk"),), full=100, compact=True),
}


@pytest.fixture(scope="module")
def laporan() -> Laporan:
    return load_edition("2021-S2", REPOSITORY)


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_is_a_value(laporan: Laporan, name: str) -> None:
    first, second = getattr(laporan, name)().section, getattr(laporan, name)().section
    assert first is not second
    assert first == second
    assert pickle.loads(pickle.dumps(first)) == first
    assert hash(first) == hash(second)
    assert list(markdown.charts(first.blocks))


def test_making_sections_does_not_import_matplotlib() -> None:
    calls = "; ".join(f"laporan.{name}()" for name in SECTIONS)
    code = (
        "import sys; from monev.notebook import load_edition; laporan = load_edition('2021-S2'); "
        f"{calls}; print('matplotlib' in sys.modules)"
    )
    assert in_fresh_python(code, MONEV_ROOT=str(REPOSITORY)) == "False"


@pytest.mark.parametrize("name", sorted(DRAWINGS))
def test_the_same_chart_gives_the_same_picture(name: str, recwarn: pytest.WarningsRecorder) -> None:
    made = svg(DRAWINGS[name], chart_style())
    assert made == svg(DRAWINGS[name], chart_style())
    assert not recwarn.list
    assert "<svg" in made
    assert "http" not in made.replace("http://www.w3.org", "").replace("http://purl.org", "").replace(
        "http://creativecommons.org", ""
    )


@pytest.mark.parametrize("name", sorted(DRAWINGS.keys() - {"half"}))
def test_on_a_phone_letters_are_as_large_as_those_of_text(name: str) -> None:
    """A picture is as wide as the column of a phone, 342 of 390 points: the smallest letters have 10 points there."""
    with mock.patch.object(Text, "draw", autospec=True, side_effect=Text.draw) as drawn:
        made = svg(DRAWINGS[name], chart_style(), NARROW)
    (wide,) = re.findall(r'<svg[^>]*? width="([\d.]+)pt"', made)
    assert float(wide) == pytest.approx(NARROW * 72, abs=0.1)
    sizes = [call.args[0].get_fontsize() for call in drawn.call_args_list if call.args[0].get_text()]
    assert sizes
    assert min(sizes) * 342 / float(wide) >= 10


def test_many_points_have_room_on_a_phone() -> None:
    points = tuple(Point(str(n), n % 20 / 20, n // 20 / 12) for n in range(240))
    assert "<svg" in svg(replace(SQUARE, points=points), chart_style(), NARROW)


def test_a_picture_stands_in_both_forms_of_a_section(laporan: Laporan) -> None:
    bundle = laporan.kuadran()._repr_mimebundle_()
    (file, picture), (narrow, _) = bundle["application/vnd.monev.section+json"]["files"].items()  # type: ignore[index]
    assert f' sempit="{narrow}"' in bundle["application/vnd.monev.section+json"]["markdown"]  # type: ignore[index]
    assert f"]({file})" in bundle["application/vnd.monev.section+json"]["markdown"]  # type: ignore[index]
    assert " ".join(picture[picture.find("<svg") :].split()) in unquote(str(bundle["text/html"]))


def test_a_section_without_charts_needs_no_style() -> None:
    assert Shown(Section("kosong")).pictures() == {}


def test_parts_of_the_same_tone_can_be_told_apart() -> None:
    """Of five categories two are good and two are bad: their colours and hatches are the same, their depth is not."""
    parts = tuple(Bar(f"Kategori {n}", 1, "1", "baik") for n in range(3))
    picture = svg(Stacks((Stack("Capaian", parts),)), chart_style())
    fills = re.findall(r"fill: (#[0-9a-f]{6}); stroke: #ffffff", picture)
    assert len(fills) == 6  # in the bar and in the legend
    assert len(set(fills)) == 3
