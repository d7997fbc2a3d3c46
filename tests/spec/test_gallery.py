"""The programmes of the gallery are built as its page shows them; the first, the project's own plan, by other tests."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from gallery import EDITION, partnership, province
from monev.build.build_options import BuildOptions
from monev.build.pipeline import build
from monev.build.rebuild import quiet
from monev.io.folders import REPOSITORY
from monev.io.pdf_reader import read_pdf
from monev.kernels.fork_client import prepared

PAGE = (REPOSITORY / "docs" / "galeri.md").read_text("utf-8")


@pytest.fixture(scope="module", autouse=True)
def _one_parent() -> Iterator[None]:
    with prepared():
        yield


def made(root: Path) -> tuple[Path, str]:
    """Build a programme; return its outputs and the words of its report."""
    built = build(root, EDITION, BuildOptions(jobs=2), quiet())
    return built.folder, " ".join("\n".join(read_pdf(built.pdf).pages).split())


def test_a_province_with_five_groups(tmp_path: Path) -> None:
    folder, words = made(province(tmp_path))
    for name in ("Perangkat Daerah", "Kabupaten/Kota", "Perguruan Tinggi", "Dunia Usaha", "Penyelesaian Menurut OGP"):
        assert name in words
    with (folder / "data" / "ogp.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["completion"] for row in csv.DictReader(file)] == [
            "limited",
            "limited",
            "substantial",
            "substantial",
        ]
    assert "OGI" not in words


def test_a_partnership_that_only_asks(tmp_path: Path) -> None:
    folder, words = made(partnership(tmp_path))
    assert "Kesehatan Kemitraan" in words
    assert "Rapor Pelaksana" not in words
    answers = (folder / "data" / "instrumen.csv").read_text("utf-8-sig").splitlines()
    assert len(answers) == 1 + 3 * 35


def test_two_pages_of_each_are_shown() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", PAGE)
    assert len(shown) == 6
    for alt, file in shown:
        assert len(alt) > 20
        with Image.open(REPOSITORY / "docs" / file) as picture:
            assert picture.height > picture.width
        assert (REPOSITORY / "docs" / file).stat().st_size < 200_000
