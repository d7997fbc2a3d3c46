"""HTML without errors by the judgement of others: the W3C's Nu checker, and html-validate.

Both come by npm (`npm ci --prefix tests/html --ignore-scripts`, as `.ci/run` does) and the first needs a Java. Where
one is missing its test is skipped. Of html-validate's rules four are not asked for, because they are taste and not
HTML: names with dots (figures have them), `<br />` (pandoc's), styles at cells (the alignment of columns, pandoc's) and
titles of at most 70 letters.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from support import REPOSITORY

CHECKERS = REPOSITORY / "tests" / "html"
NOTEBOOKS = ("01-pemeriksaan-data", "02-skor", "03-ringkasan-eksekutif", "04-sorotan", "08-lampiran-komitmen-07")
FAULTY = '<!DOCTYPE html><html lang="id"><head><title>x</title></head><body><p id="a">1<p id="a">2</body></html>'


@pytest.fixture
def pages(report: Path, tmp_path: Path) -> list[Path]:
    """The report, notebooks with tables of pandas, charts, headings that repeat and grids, and a faulty page."""
    faulty = tmp_path / "cacat.html"
    faulty.write_text(FAULTY, encoding="utf-8")
    return [report / "laporan.html", *(report / "notebooks" / f"{name}.html" for name in NOTEBOOKS), faulty]


def test_the_nu_checker_finds_no_error(pages: list[Path]) -> None:
    jar = CHECKERS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    java = shutil.which("java")
    if java is None or not jar.is_file():
        pytest.skip("no Java on PATH" if java is None else "vnu-jar is not installed in tests/html")
    command = [java, "-Xss8m", "-jar", str(jar), "--errors-only", "--format", "json", *map(str, pages)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stderr)["messages"]
    found = [(Path(m["url"]).name, m.get("lastLine"), m["message"]) for m in told]
    assert [message for name, _, message in found if name == "cacat.html"] == ["Duplicate ID “a”."]
    assert [item for item in found if item[0] != "cacat.html"] == []


def test_html_validate_finds_no_error(pages: list[Path]) -> None:
    node, program = shutil.which("node"), CHECKERS / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    if node is None or not program.is_file():
        pytest.skip("no node on PATH" if node is None else "html-validate is not installed in tests/html")
    options = ["--config", str(CHECKERS / "htmlvalidate.json"), "--formatter", "json"]
    done = subprocess.run([node, str(program), *options, *map(str, pages)], capture_output=True, text=True, check=False)
    found = [
        (Path(file["filePath"]).name, m["line"], m["ruleId"], m["message"])
        for file in json.loads(done.stdout)
        for m in file["messages"]
    ]
    assert "no-dup-id" in {rule for name, _, rule, _ in found if name == "cacat.html"}
    assert [item for item in found if item[0] != "cacat.html"] == []
