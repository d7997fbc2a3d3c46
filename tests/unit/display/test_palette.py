"""The palette: contrast of texts and outlines, and shades that differ in grey. Read from where the report takes it.

Contrast is that of WCAG 2.2 (relative luminance); 4.5 is its least for text, 3 for outlines and parts of charts.
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import NamedTuple

import pytest

from monev.io.folders import CHART_STYLE, QUARTO

TEMPLATE = (QUARTO / "_extensions" / "monev" / "typst-template.typ").read_text("utf-8")
WHITE = "ffffff"
TONES = ("baik", "sedang", "buruk", "netral")
TEXT, OUTLINE = 4.5, 3.0
GREY_STEP = 30  # of 255, between any two shades of a chart


class Tone(NamedTuple):
    fill: str
    text: str
    outline: str


def _colours(name: str) -> dict[str, str]:
    block = re.search(rf"#let {name} = \((.*?)\n\)", TEMPLATE, re.DOTALL)
    assert block
    return dict(re.findall(r'([a-z-]+): rgb\("#([0-9a-f]{6})"\)', block[1]))


def _tone(name: str) -> Tone:
    line = re.search(rf"^  {name}: \(isi: (.*?), teks: (.*?), garis: (.*)$", TEMPLATE, re.MULTILINE)
    assert line
    return Tone(*(found[0] if (found := re.findall(r"#([0-9a-f]{6})", part)) else WHITE for part in line.groups()))


def channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4))


def luminance(colour: str) -> float:
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour))
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def grey(colour: str) -> float:
    """What a grey printer makes of a colour, 0 to 255 (ITU-R BT.601)."""
    return 255 * sum(weight * c for weight, c in zip((0.299, 0.587, 0.114), channels(colour), strict=True))


def _cycle() -> dict[str, str]:
    line = re.search(r"axes\.prop_cycle: cycler\('color', \[(.*)\]\)", CHART_STYLE.read_text("utf-8"))
    assert line
    return dict(zip(TONES, re.findall(r"[0-9a-f]{6}", line[1]), strict=True))


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("000000", WHITE) == pytest.approx(21)
    assert contrast("777777", WHITE) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ["tinta", "redup", "utama", "aksen"])
def test_text_reads_on_paper_and_on_every_ground(name: str) -> None:
    colours = _colours("warna")
    assert all(contrast(colours[name], ground) >= TEXT for ground in (WHITE, colours["latar"]))
    assert contrast(colours["utama"], colours["kepala"]) >= TEXT


@pytest.mark.parametrize("name", TONES)
def test_a_label_reads_and_is_bounded(name: str) -> None:
    tone = _tone(name)
    assert contrast(tone.text, tone.fill) >= TEXT
    assert contrast(tone.outline, WHITE) >= OUTLINE


def test_labels_differ_in_grey_or_in_outline() -> None:
    tones = {name: _tone(name) for name in TONES}
    filled = [tones["baik"].fill, tones["sedang"].fill, WHITE]
    assert min(abs(grey(a) - grey(b)) for a, b in combinations(filled, 2)) >= 20
    assert "dash" in re.search(r"^  netral: .*$", TEMPLATE, re.MULTILINE)[0]  # type: ignore[index]
    assert "dash" not in re.search(r"^  buruk: .*$", TEMPLATE, re.MULTILINE)[0]  # type: ignore[index]


def test_charts_differ_in_grey_and_have_an_edge() -> None:
    shades = sorted(map(grey, _cycle().values()))
    assert len(shades) == len(TONES)
    assert min(b - a for a, b in pairwise(shades)) >= GREY_STEP
    edge = re.search(r"^patch\.edgecolor: ([0-9a-f]{6})$", CHART_STYLE.read_text("utf-8"), re.MULTILINE)
    assert edge
    assert contrast(edge[1], WHITE) >= OUTLINE


def test_the_numbers_told_in_the_template_are_these() -> None:
    """The comment over the palette tells contrasts; it must not grow old."""
    told = re.search(r"// tinta ([\d.]+), redup ([\d.]+), utama ([\d.]+), aksen ([\d.]+) on white", TEMPLATE)
    assert told
    colours = _colours("warna")
    measured = [contrast(colours[name], WHITE) for name in ("tinta", "redup", "utama", "aksen")]
    assert [float(number) for number in told.groups()] == [round(number, 1) for number in measured]
    labels = re.findall(r"([\d.]+) \((baik|sedang|buruk|netral)\)", TEMPLATE)
    assert len(labels) == len(TONES)
    assert {name: float(number) for number, name in labels} == {
        name: round(contrast(_tone(name).text, _tone(name).fill), 1) for name in TONES
    }
