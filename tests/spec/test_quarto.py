"""A report by Quarto is the report by the embedded engine: same words, numbers, captions, addresses.

Each test runs with what stands in for Quarto 1.9 and 1.10 (`quarto_stand_in.py`), and with a real Quarto where one
is on PATH.
"""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from monev.audit.verification import verify
from monev.build import assembly, preview
from monev.commands.command_line import main
from monev.edition.opened import open_edition
from monev.io.folders import REPOSITORY
from monev.render import engines, quarto_cli
from monev.render.engines import Engine, RenderError
from monev.render.staged_folder import escape_markdown
from quarto_stand_in import VERSIONS, program
from sample_report import HOSTILE, TIMESTAMP, make_stage
from support import copy_root

REAL = shutil.which("quarto") or ""
NO_FONT_HAS = "x\U0001f3fd"  # a letter with a mark that no font of the report puts on it


@dataclass(frozen=True)
class Quarto:
    """A Quarto to render with, and how it was called so far."""

    engine: Engine
    folder: Path

    @property
    def calls(self) -> str:
        """The arguments of every call, a line each; a real Quarto tells none."""
        return (self.folder / "panggilan.txt").read_text("utf-8")


@pytest.fixture(scope="module", params=[*VERSIONS, pytest.param("terpasang", marks=pytest.mark.quarto)])
def quarto(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Quarto:
    if request.param == "terpasang":
        if not REAL:
            pytest.skip("no Quarto on PATH")
        return Quarto(Engine("quarto", REAL, quarto_cli.version_of(REAL)), Path())
    folder = tmp_path_factory.mktemp("quarto")
    return Quarto(Engine("quarto", str(program(folder, request.param)), request.param), folder)


def ask_for(folder: Path, engine: Engine) -> Path:
    """Let a staged folder ask for the PDF standards that an engine keeps."""
    file = folder / "_angka.yml"
    standards = f"pdf-standard: [{', '.join(engine.standards)}]"
    file.write_text(re.sub(r"^pdf-standard: .*$", standards, file.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    return folder


@dataclass(frozen=True)
class Documents:
    """A report's page and PDF."""

    html: str
    pdf: Path

    @property
    def words(self) -> list[str]:
        """The words of the PDF, in its order."""
        with pypdfium2.PdfDocument(self.pdf) as document:
            text = " ".join(page.get_textpage().get_text_range() for page in document)
        return text.replace("\ufffe", "").split()


def render(staged: Path, target: Path, engine: Engine) -> Documents:
    target.mkdir(exist_ok=True)
    ask_for(staged, engine)
    engines.render_html(staged, target / "laporan.html", engine=engine, timestamp=TIMESTAMP)
    engines.render_pdf(staged, target / "laporan.pdf", engine=engine, timestamp=TIMESTAMP)
    return Documents((target / "laporan.html").read_text("utf-8"), target / "laporan.pdf")


# The 2021 edition ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def embedded(report: Path) -> Documents:
    return Documents((report / "laporan.html").read_text("utf-8"), report / "laporan.pdf")


@pytest.fixture(scope="module")
def made(
    quarto: Quarto, report: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Documents:
    """The edition by a Quarto; by a second stand-in, which keeps more standards and does all else alike, if asked."""
    if quarto.engine.version in VERSIONS[1:] and not request.config.getoption("--thorough"):
        pytest.skip("the whole edition by one stand-in only; by all with --thorough")
    folder = tmp_path_factory.mktemp("oleh-quarto")
    shutil.copytree(report.parent / "susun", folder / "susun")
    return render(folder / "susun", folder, quarto.engine)


def shown(html: str) -> list[str]:
    """The words of a page, without its style and script."""
    body = re.sub(r"<(style|script).*?</\1>", " ", html, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", body)).split()


def test_the_page_has_style_and_script(made: Documents) -> None:
    assert ".daftar-isi {" in made.html
    assert "--utama: #14375e;" in made.html
    assert "startAddresses" in made.html


def test_every_picture_has_its_alternative(made: Documents, embedded: Documents) -> None:
    alternatives = re.findall(r'<img [^>]*alt="([^"]*)"', made.html)
    assert len(alternatives) == 9
    assert all(len(words) > 20 for words in alternatives)
    assert alternatives == re.findall(r'<img [^>]*alt="([^"]*)"', embedded.html)


def test_words_and_numbers_are_the_same(made: Documents, embedded: Documents) -> None:
    assert "?@" not in made.html
    assert shown(made.html) == shown(embedded.html)
    there, here = Counter(embedded.words), Counter(made.words)
    assert "?@" not in " ".join(made.words)
    assert (there - here).total() + (here - there).total() == 0


def test_the_page_has_the_same_addresses_and_parts(made: Documents, embedded: Documents) -> None:
    def parts(html: str) -> dict[str, list[str]]:
        patterns = {
            "ids": r'\bid="([^"]+)"',
            "links": r'<a [^>]*href="([^"]+)"',
            "captions": r"<figcaption>(.*?)</figcaption>",
            "headings": r"<h\d[^>]*>(.*?)</h\d>",
            "columns": r'(<th [^>]*scope="col")',
            "scroll": r'(class="gulir")',
        }
        return {name: [*re.findall(pattern, html, re.DOTALL)] for name, pattern in patterns.items()}

    there, here = parts(embedded.html), parts(made.html)
    assert len(there["columns"]) > 300
    for name, found in there.items():
        assert [re.sub(r"\s+", " ", one) for one in here[name]] == [re.sub(r"\s+", " ", one) for one in found], name


def test_verify_finds_every_number(made: Documents, embedded: Documents, report: Path) -> None:
    root = report.parent / "akar"
    own, other = verify(made.pdf, root).account, verify(embedded.pdf, root).account
    assert own is not None
    assert own == other
    assert own.complete


def test_short_words_with_a_stroke_stand_on_the_line(made: Documents) -> None:
    """`K/L` and `N/A` are boxes, which older versions of Typst set higher."""
    raw = pypdfium2.raw
    from ctypes import c_double

    off: Counter[float] = Counter()
    with pypdfium2.PdfDocument(made.pdf) as document:
        for page in document:
            text = page.get_textpage()
            signs = "".join(chr(raw.FPDFText_GetUnicode(text.raw, n) or 32) for n in range(text.count_chars()))
            for found in re.finditer(r"(?<=\w )(K/L|N/A)(?= )", signs):
                heights = []
                for place in (found.start() - 2, found.start()):
                    x, y = c_double(), c_double()
                    raw.FPDFText_GetCharOrigin(text.raw, place, x, y)
                    heights.append(y.value)
                off[round(heights[1] - heights[0], 1)] += 1
    assert off[0.0] > 50
    assert off[0.0] >= 0.95 * off.total()


def test_the_standards_are_those_of_the_version(made: Documents, quarto: Quarto) -> None:
    with pikepdf.open(made.pdf) as document, document.open_metadata() as xmp:
        kept = {"a-3a" if "pdfaid:part" in xmp else "", "ua-1" if "pdfuaid:part" in xmp else ""} - {""}
    assert kept == {*quarto.engine.standards}
    known = {"1.9.38": ("ua-1",), "1.10.18": ("a-3a", "ua-1")}
    assert quarto.engine.standards == known.get(quarto.engine.version, quarto.engine.standards)


# A small report -----------------------------------------------------------------------------------------------------


def test_hostile_text_stays_literal(quarto: Quarto, tmp_path: Path) -> None:
    marks = ["...", "-5%", "a-?b", "--", "---", "a---b", "~", "//x", "/* x */", "= x", "1. x", '"q"', "\\", "$5$", "-"]
    cells = "".join(f"| {n}AWAL{escape_markdown(m)}AKHIR | {escape_markdown(m)} |\n" for n, m in enumerate(marks))
    table = f"::: {{.tabel-lepas}}\n| A | B |\n|---|---|\n{cells}:::\n"
    made = render(make_stage(tmp_path / "stage", audit=table), tmp_path, quarto.engine)

    def packed(text: str) -> str:
        return re.sub(r"\s+", "", text)

    for text in (packed("".join(made.words)), packed("".join(shown(made.html)))):
        assert text.count(packed(HOSTILE)) == 3
        for number, mark in enumerate(marks):
            assert packed(f"{number}AWAL{mark}AKHIR{mark}") in text, mark


def test_letters_without_a_font_do_not_stop_it(quarto: Quarto, tmp_path: Path) -> None:
    staged = make_stage(tmp_path / "stage", audit=f"AWAL {NO_FONT_HAS} AKHIR")
    made = render(staged, tmp_path, quarto.engine)
    printed = " ".join(made.words)
    assert re.search(r"AWAL x.{1,3} AKHIR", printed)
    if quarto.folder.name:
        assert "\ufffd" in printed
        assert "typst compile --pdf-standard" in quarto.calls


@pytest.mark.parametrize(
    ("slot", "told"),
    [
        ('[]{.angka key="tidak.ada"}', r"angka tidak dikenal: tidak\.ada"),
        ("@tbl-tidak-ada", r"rujukan tidak dikenal: tbl-tidak-ada"),
        ("`#tidak-ada()`{=typst}", r"(?i)error: .*unknown variable: tidak-ada"),
    ],
)
def test_what_fails_is_told_not_the_metadata(quarto: Quarto, tmp_path: Path, slot: str, told: str) -> None:
    staged = ask_for(make_stage(tmp_path / "stage", audit=slot), quarto.engine)
    with pytest.raises(RenderError) as failure:
        engines.render_pdf(staged, tmp_path / "a.pdf", engine=quarto.engine, timestamp=0)
    assert re.match(told, str(failure.value.detail)), failure.value.detail
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.parametrize("missing", ["monev.css", "monev.js"])
def test_a_missing_style_or_script_stops_it(quarto: Quarto, tmp_path: Path, missing: str) -> None:
    staged = make_stage(tmp_path / "stage")
    (staged / "_extensions" / "monev" / missing).unlink()
    with pytest.raises(RenderError) as failure:
        engines.render_html(staged, tmp_path / "a.html", engine=quarto.engine, timestamp=0)
    assert failure.value.detail == f"berkas tidak ada: {missing}"


def test_what_quarto_could_not_refer_to_stops_it(quarto: Quarto, tmp_path: Path) -> None:
    """Without our filter, nothing resolves a reference out of the report; Quarto warns and goes on."""
    staged = make_stage(tmp_path / "stage", audit="@tbl-tidak-ada")
    extension = staged / "_extensions" / "monev" / "_extension.yml"
    extension.write_text(extension.read_text("utf-8").replace("- path: monev.lua", "- path: kosong.lua"), "utf-8")
    (extension.parent / "kosong.lua").write_text("return {}\n", "utf-8")
    with pytest.raises(RenderError) as failure:
        engines.render_html(staged, tmp_path / "a.html", engine=quarto.engine, timestamp=0)
    assert "Unable to resolve crossref" in str(failure.value.detail)


def test_both_engines_keep_introductions_with_what_they_announce(quarto: Quarto, tmp_path: Path) -> None:
    staged = make_stage(tmp_path / "stage")
    calls = []
    for engine in (engines.EMBEDDED, quarto.engine):
        render(staged, tmp_path / engine.name, engine)
        if engine.name == "quarto" and not (staged / "laporan.typ").exists():
            pytest.skip("this version keeps no Typst source")
        files = [staged / "laporan.typ", *(sorted(staged.glob("potongan-*.typ")) if engine == engines.EMBEDDED else ())]
        source = "".join(file.read_text("utf-8") for file in files)
        calls.append(Counter(re.findall(r"#(monev-[a-z]+)[\[(]", source.partition("pratinjau: false")[2])))
    assert calls[0]["monev-pengantar"] > 0
    assert calls[0] == calls[1]


# Who asks for it ----------------------------------------------------------------------------------------------------


@pytest.fixture
def on_path(quarto: Quarto, monkeypatch: pytest.MonkeyPatch) -> Quarto:
    monkeypatch.setenv("PATH", f"{quarto.folder}{os.pathsep}{os.environ['PATH']}")
    return quarto


def test_a_preview_is_made_by_the_engine_that_is_asked_for(on_path: Quarto, tmp_path: Path) -> None:
    root = copy_root(tmp_path / "akar")
    made = preview.preview(root, "2021-S2", "audit", "quarto")
    assert made.read_bytes().startswith(b"%PDF")
    if on_path.folder.name:
        assert "--to monev-typst" in on_path.calls.splitlines()[-1]


def test_doctor_and_manifest_tell_version_and_standards(on_path: Quarto, capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor"])
    told = capsys.readouterr().out
    assert f"quarto: {on_path.engine.version}" in told
    assert " + ".join(on_path.engine.standards) in told
    made = assembly._sources(REPOSITORY, open_edition(REPOSITORY, "2021-S1"), on_path.engine)
    assert made["mesin"] == "quarto"
    assert made["standar_pdf"] == [*on_path.engine.standards]
    assert made["versi"]["quarto"] == on_path.engine.version  # type: ignore[index]
