"""README.md and docs/: pictures are there, links lead somewhere, and the site builds without asking anyone."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from monev.io.folders import REPOSITORY

README = (REPOSITORY / "README.md").read_text("utf-8")
PICTURES = ("sampul", "ringkasan", "lampiran")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("situs") / "site"
    command = [sys.executable, "-m", "properdocs", "build", "--strict", "--quiet", "--site-dir", str(target)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


@pytest.mark.parametrize("name", PICTURES)
def test_the_readme_shows_three_pages(name: str) -> None:
    path = f"docs/gambar/{name}.png"
    assert f'src="{path}"' in README
    with Image.open(REPOSITORY / path) as picture:
        assert picture.height > picture.width > 400
    assert (REPOSITORY / path).stat().st_size < 200_000


def test_pictures_and_links_of_the_readme_are_there() -> None:
    images = re.findall(r'<img src="([^"]+)" alt="([^"]*)"', README)
    assert len(images) > len(PICTURES)
    links = re.findall(r"\]\(([^)#]+)\)", README)
    places = [*(source for source, _ in images), *(link for link in links if "://" not in link)]
    assert [place for place in places if not (REPOSITORY / place).exists()] == []
    assert all(alt for _, alt in images)


def test_what_the_tool_does_and_how_to_start_is_on_the_first_screen() -> None:
    first = "\n".join(README.splitlines()[:30])
    assert "./monev build" in first
    assert "Apa yang dikerjakan" in first


def test_the_drawing_has_a_title_and_a_description() -> None:
    drawing = (REPOSITORY / "docs" / "gambar" / "alur.svg").read_text("utf-8")
    assert re.search(r"<title[^>]*>[^<]+</title>", drawing)
    assert re.search(r"<desc[^>]*>[^<]+</desc>", drawing)
    assert "href" not in drawing


def test_every_page_is_in_the_site(site: Path) -> None:
    pages = {path.stem for path in (REPOSITORY / "docs").glob("*.md")} - {"index"}
    assert pages
    assert {path.parent.name for path in site.glob("*/index.html")} == pages
    assert not list(site.rglob("*.py"))


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        html = page.read_text("utf-8")
        loaded = re.findall(r'<(?:script|img|iframe)[^>]*src="([^"]+)"|<link[^>]*href="([^"]+)"', html)
        assert loaded
        assert [place for pair in loaded for place in pair if "//" in place] == []
