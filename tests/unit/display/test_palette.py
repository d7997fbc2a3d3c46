"""The repository's own look: texts and outlines stand out, labels and charts differ in grey, each colour stands once.

Contrast is that of WCAG 2.2 (relative luminance); 4.5 is its least for text, 3 for outlines and parts of charts.
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest

from monev.io.brand_file import own_look
from monev.io.folders import QUARTO
from monev.model.brand import CHARTS, COLOURS, GREY_STEP, OUTLINE, contrast, grey, hard_to_read

EXTENSION = QUARTO / "_extensions" / "monev"
WHITE = "ffffff"
OWN = own_look().colours


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("000000", WHITE) == pytest.approx(21)
    assert contrast("777777", WHITE) == pytest.approx(4.48, abs=0.01)
    assert (grey(WHITE), round(grey("ff0000"))) == (pytest.approx(255), 76)


def test_everything_reads_on_what_it_stands_on() -> None:
    assert OWN.keys() == COLOURS.keys()
    assert [*hard_to_read(OWN, dict.fromkeys(COLOURS, ("color",)), {})] == []


def test_what_is_hard_to_read_is_told() -> None:
    pale = {**OWN, "tinta": "999999", "bagan-buruk": OWN["bagan-baik"]}
    told = [*hard_to_read(pale, {"tinta": ("color", "foreground"), "bagan-buruk": ("color",)}, {("color",): 4})]
    assert [(finding.code, finding.cell) for finding in told] == [("L03", "4"), ("L03", "4"), ("L04", "4")]
    assert "tinta di atas kertas sukar dibaca: kontrasnya 2,8 : 1" in told[0].line()


def test_labels_differ_in_grey_or_in_outline() -> None:
    filled = [OWN["baik"], OWN["sedang"], OWN["kertas"]]
    assert min(abs(grey(a) - grey(b)) for a, b in combinations(filled, 2)) >= 20
    template = (EXTENSION / "typst-template.typ").read_text("utf-8")
    assert "dash" in re.search(r"^  netral: .*$", template, re.MULTILINE)[0]  # type: ignore[index]
    assert "dash" not in re.search(r"^  buruk: .*$", template, re.MULTILINE)[0]  # type: ignore[index]


def test_charts_differ_in_grey_and_have_an_edge() -> None:
    shades = sorted(grey(OWN[name]) for name in CHARTS)
    assert min(b - a for a, b in pairwise(shades)) >= GREY_STEP
    assert contrast(OWN["tinta"], WHITE) >= OUTLINE


def test_each_colour_stands_once() -> None:
    """In `_brand.yml`; the files that make a look of it name none of these again."""
    files = [file for file in EXTENSION.iterdir() if file.suffix in (".typ", ".css", ".mplstyle", ".yml", ".lua")]
    again = {
        (file.name, colour)
        for file in files
        for colour in set(OWN.values()) - {WHITE}
        if colour in file.read_text("utf-8").lower()
    }
    assert not again
