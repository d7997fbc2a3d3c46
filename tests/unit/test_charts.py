"""Charts are values until somebody looks at them; then the same value always gives the same picture."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from monev.display import markdown
from monev.display.charts.draw import svg
from monev.display.charts.specs import Bar, Bars, Drawing
from monev.display.document import Section
from monev.notebook import Laporan, Shown, chart_style, load_edition
from monev.paths import REPOSITORY

SECTIONS = ("ringkasan_administratif", "ringkasan_kokreasi")
DRAWINGS: dict[str, Drawing] = {
    "bars": Bars((Bar("Baik", 14, "14 komitmen", "baik"), Bar("Cukup", 0, "0 komitmen", "sedang"))),
    "no-bar-has-length": Bars((Bar("Baik", 0, "0", "baik"),)),
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
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(REPOSITORY / "lib"), "MONEV_ROOT": str(REPOSITORY)},
    )
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("name", sorted(DRAWINGS))
def test_the_same_chart_gives_the_same_picture(name: str) -> None:
    made = svg(DRAWINGS[name], chart_style())
    assert made == svg(DRAWINGS[name], chart_style())
    assert "<svg" in made
    assert "http" not in made.replace("http://www.w3.org", "").replace("http://purl.org", "").replace(
        "http://creativecommons.org", ""
    )


def test_a_picture_stands_in_both_forms_of_a_section(laporan: Laporan) -> None:
    bundle = laporan.ringkasan_kokreasi()._repr_mimebundle_()
    (file, picture), *more = bundle["application/vnd.monev.section+json"]["files"].items()  # type: ignore[index]
    assert not more
    assert f"]({file})" in bundle["application/vnd.monev.section+json"]["markdown"]  # type: ignore[index]
    assert picture[picture.find("<svg") :] in str(bundle["text/html"])


def test_a_section_without_charts_needs_no_style() -> None:
    assert Shown(Section("kosong")).pictures() == {}
