"""Golden pages: how some pages look, as small pictures compared with a tolerance. A missing picture fails.

The pages are found by what stands on them, not by number. After a change that is meant: `./monev test tests/golden
--renew-golden`, then look at the pictures in `pages/` before committing them.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from monev.audit.numeral_account import letters
from support import filled

GOLDEN = Path(__file__).parent / "pages"
RESOLUTION = 40  # dots per inch: layout shows, the edges of letters hardly
TOLERANCE = 1.5  # mean absolute difference of 255; a line that moves by one row gives about 4
PAGES = {
    "sampul": "Edisi 2021-S2",
    "daftar-isi": "Daftar Isi",
    "sekilas": "Sekilas\n",
    "ringkasan": "Ringkasan Eksekutif\n",
    "komitmen": "Tujuan, Tema, dan Komitmen\n",
    "lampiran-01": "Terbitnya revisi Peraturan Komisi Informasi",
    "indeks": "Indeks Pelaku\n",
}
CONTENTS = ("Daftar Isi", "Daftar Tabel")

needs_pdftoppm = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm (poppler-utils) is not there")


@dataclass(frozen=True)
class Rendered:
    """The report's PDF and the number of each page, from 1, by the name of its golden picture."""

    pdf: Path
    numbers: dict[str, int]


def _number(texts: list[str], name: str, mark: str) -> int:
    found = [
        number
        for number, text in enumerate(texts, start=1)
        if mark in text.replace("\r", "") and (name == "daftar-isi" or not any(word in text for word in CONTENTS))
    ]
    assert found, f"no page holds {mark!r}"
    return found[0]


@pytest.fixture(scope="module")
def rendered(report: Path) -> Rendered:
    pdf = report / "laporan.pdf"
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return Rendered(pdf, {name: _number(texts, name, mark) for name, mark in PAGES.items()})


def picture(pdf: Path, page: int, folder: Path) -> Image.Image:
    place = ["-f", str(page), "-l", str(page), "-singlefile"]
    command = ["pdftoppm", "-r", str(RESOLUTION), "-gray", "-png", *place, str(pdf), str(folder / "halaman")]
    subprocess.run(command, check=True, capture_output=True)
    with Image.open(folder / "halaman.png") as made:
        return made.convert("L")


def distance(one: Image.Image, other: Image.Image) -> float:
    """Mean absolute difference of two grey pictures, 0 to 255; different sizes are as far apart as can be."""
    if one.size != other.size:
        return 255.0
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])


@needs_pdftoppm
@pytest.mark.parametrize("name", sorted(PAGES))
def test_page(rendered: Rendered, name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    made = picture(rendered.pdf, rendered.numbers[name], tmp_path)
    path = GOLDEN / f"{name}.png"
    if request.config.getoption("--renew-golden"):
        GOLDEN.mkdir(exist_ok=True)
        made.save(path, optimize=True)
    assert path.is_file(), f"golden picture {path.name} is missing; make it with --renew-golden"
    with Image.open(path) as golden:
        far = distance(made, golden.convert("L"))
    assert far <= TOLERANCE, f"{name} (page {rendered.numbers[name]}) differs by {far:.2f} of 255"


def test_no_page_is_nearly_empty(rendered: Rendered) -> None:
    parts = filled(rendered.pdf)[1:]
    assert min(parts) > 1 / 6, [number for number, part in enumerate(parts, start=2) if part <= 1 / 6]


def test_no_page_ends_with_what_heads_the_next(rendered: Rendered) -> None:
    """A heading, or the success measure below it, stands on the page of the targets that it is about."""
    html = rendered.pdf.with_suffix(".html").read_text("utf-8")
    found = re.findall(r'<h[34][^>]*>(.*?)</h[34]>|<div class="uk">(.*?)</div>', html, re.DOTALL)
    heads = {letters(unescape(re.sub(r"<[^>]+>", "", "".join(pair)))) for pair in found}
    assert len(heads) > 100
    document = pypdfium2.PdfDocument(rendered.pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    foot = re.compile(r"\n[^\n]*\d+ / \d+\s*$")
    ends = [letters(foot.sub("", text)) for text in texts[3:-1]]
    assert not [(number, head) for number, end in enumerate(ends, start=4) for head in heads if end.endswith(head)]


@needs_pdftoppm
def test_a_page_that_moves_by_one_line_is_noticed(rendered: Rendered, tmp_path: Path) -> None:
    made = picture(rendered.pdf, rendered.numbers["ringkasan"], tmp_path)
    moved = ImageChops.offset(made, 0, 8)  # 14 points
    assert distance(made, moved) > 2 * TOLERANCE
    assert distance(made, Image.new("L", made.size, 255)) > TOLERANCE


def test_no_golden_picture_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*")} == {*PAGES}
