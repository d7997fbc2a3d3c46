"""laporan.docx: real styles, captions, tables and alternative texts; the content of the PDF; opens in LibreOffice."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from monev.display.markdown import visible
from monev.figures.printed_numerals import Expected, normalized, numeral_places
from monev.render import engines, word_report
from plans import EDITION, PLANS, make_plan
from support import render_here

STAMP = 1_640_908_800  # 2021-12-31


@pytest.fixture(scope="module")
def path(report: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The 2021 report for Word, made from a copy of the staged folder that its PDF was made from."""
    folder = tmp_path_factory.mktemp("word")
    shutil.copytree(report.parent / "susun", folder / "susun")
    word_report.render_docx(engines.report_of(folder / "susun"), folder / word_report.NAME, timestamp=STAMP)
    return folder / word_report.NAME


@pytest.fixture(scope="module")
def printed(report: Path) -> Expected:
    """What the PDF prints."""
    return Expected.of_record(json.loads((report / "data" / "cetakan.json").read_text("utf-8")))


def numbers(printed: Expected, *kinds: str) -> Counter[str]:
    return Counter(item.numeral for item in printed.printed if item.kind in kinds)


@pytest.fixture(scope="module")
def document(path: Path) -> Any:
    return Document(str(path))


def texts(document: Any) -> Iterator[str]:
    """Yield the text of every paragraph in the order of the page, those in tables too."""
    for paragraph in document.element.body.iter(qn("w:p")):
        yield "".join(
            node.text or "" if node.tag == qn("w:t") else " " for node in paragraph.iter(qn("w:t"), qn("w:br"))
        )


def numerals(lines: Iterator[str] | list[str]) -> Counter[str]:
    return Counter(place.numeral for line in lines for place in numeral_places(normalized(line)))


def test_every_printed_number_of_the_pdf_is_there(printed: Expected, document: Any) -> None:
    # Word counts lists itself; the subtitle says the scope, which the cover of the PDF says once more.
    own = Counter(item.numeral for item in printed.printed if item.key not in ("daftar", "cakupan"))
    assert sum(own.values()) > 1000
    assert own - numerals(texts(document)) == Counter()


def test_headings_are_word_s_own(printed: Expected, document: Any) -> None:
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == [*printed.parts, "Sidik Edisi"]
    second = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    assert sum(text.startswith("Komitmen ") for text in second) == 18


def captions(document: Any, style: str) -> list[str]:
    return [re.sub(r"\s+", " ", p.text) for p in document.paragraphs if p.style.name == style]


def test_captions_are_counted_by_word_as_in_the_pdf(printed: Expected, document: Any) -> None:
    for style, name, wanted in (
        ("Table Caption", "Tabel", printed.tables),
        ("Image Caption", "Gambar", printed.pictures),
    ):
        expected = [f"{name} {n}. {caption}" for n, caption in enumerate(wanted, start=1)]
        assert captions(document, style) == [re.sub(r"\s+", " ", text) for text in expected]
        fields = [node.text.split() for node in document.element.body.iter(qn("w:instrText"))]
        assert fields.count(["SEQ", name, "\\*", "ARABIC"]) == len(expected) > 0


def test_links_lead_to_bookmarks(document: Any) -> None:
    body = document.element.body
    marks = [node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))]
    inside = [node for node in body.iter(qn("w:hyperlink")) if node.get(qn("r:id")) is None]  # others lead to addresses
    anchors = {node.get(qn("w:anchor")) for node in inside}
    assert len(anchors) > 40
    assert anchors <= set(marks)
    assert len(marks) == len(set(marks))
    assert all(len(mark) <= 40 for mark in marks), "Word cuts longer names"


def test_tables_have_a_style_and_a_repeated_heading(document: Any) -> None:
    assert len(document.tables) > 80
    for table in document.tables:
        assert table.style.name == "Table"
        first = table.rows[0]._tr.trPr
        assert first is not None
        assert first.find(qn("w:tblHeader")) is not None
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.iter(qn("w:gridCol"))]
        assert all(width > 0 for width in widths)


def test_pictures_have_alternative_texts_and_are_png(report: Path, path: Path, document: Any) -> None:
    pictures = [node.get("descr") for node in document.element.body.iter(qn("wp:docPr"))]
    drawn = [path.stem for path in (report.parent / "susun" / "gambar").glob("*.svg")]
    assert len(pictures) == len([name for name in drawn if not name.endswith("-sempit")]) > 1
    assert all(len(text or "") > 30 for text in pictures)
    with zipfile.ZipFile(path) as package:
        media = [name for name in package.namelist() if name.startswith("word/media/")]
        assert media
        assert all(package.read(name).startswith(b"\x89PNG") for name in media)


def test_lists_are_real_lists(document: Any) -> None:
    numbered = [p for p in document.paragraphs if p._p.pPr is not None and p._p.pPr.numPr is not None]
    assert len(numbered) > 50


def test_the_file_says_what_it_is_and_not_when_it_was_made(path: Path, document: Any) -> None:
    properties = document.core_properties
    assert properties.title == "Laporan Monitoring dan Evaluasi RAN OGI 2021"
    assert properties.author == "Sekretariat Nasional Open Government Indonesia"
    assert properties.language == "id-ID"
    assert properties.created.year == 2021
    languages = {node.get(qn("w:val")) for node in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"id-ID"}
    with zipfile.ZipFile(path) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))


def test_the_bytes_repeat(report: Path, path: Path, tmp_path: Path) -> None:
    again = tmp_path / "lain" / "susun"
    shutil.copytree(report.parent / "susun", again)
    word_report.render_docx(engines.report_of(again), tmp_path / word_report.NAME, timestamp=STAMP)
    assert (tmp_path / word_report.NAME).read_bytes() == path.read_bytes()


LITERAL = ["<w:r/>", "`<w:p/>`{=openxml}", '"kutip" & <b>', "a\x7fb\u202ec", "\U0001f600 \u6f22"]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The paragraphs of a small report for Word: each commitment holds one of the texts, its follow-up all of them."""

    def text(column: str, usual: str) -> str:
        if column in ("title", "achievement"):
            return LITERAL[int(usual.split()[2 if column == "title" else 1]) - 1]
        return " ".join(LITERAL) if column == "followup" else usual

    target = tmp_path_factory.mktemp("harfiah")
    root = make_plan(target / "akar", replace(PLANS["satu-periode"], commitments=len(LITERAL), text=text))
    render_here(root, EDITION, target, pages=False, documents=False)
    word_report.render_docx(engines.report_of(target / "susun"), target / word_report.NAME, timestamp=STAMP)
    return [" ".join(line.split()) for line in texts(Document(str(target / word_report.NAME)))]


@pytest.mark.parametrize("text", LITERAL)
def test_a_cell_s_text_stays_text(lines: list[str], text: str) -> None:
    wanted = " ".join(visible(text).split())
    assert sum(wanted in line for line in lines) >= 4
    assert sum(line == wanted for line in lines) >= 1


def test_libreoffice_opens_it_and_breaks_no_number_and_no_heading(
    printed: Expected, path: Path, document: Any, tmp_path: Path
) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice on PATH")
    command = [program, f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    made = tmp_path / "laporan.pdf"
    if not made.is_file() and "could not be loaded" in done.stdout + done.stderr:
        try_text = tmp_path / "kosong.txt"
        try_text.write_text("kosong\n")
        subprocess.run([*command[:-1], str(try_text)], capture_output=True, timeout=180, check=False)
        if not (tmp_path / "kosong.pdf").is_file():
            pytest.skip("LibreOffice without Writer")
    assert made.is_file(), done.stdout + done.stderr
    pdf = pypdfium2.PdfDocument(made)
    text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    assert numbers(printed, "angka") - numerals([text]) == Counter()
    heads = {word for table in document.tables for cell in table.rows[0].cells for word in cell.text.split()}
    assert {"Komitmen", "Penghitungan"} & heads
    shown = {*text.split()}
    assert {word for word in heads if word.isalpha() and len(word) <= 16} <= shown
