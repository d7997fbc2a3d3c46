"""A report that tells follow-ups, obstacles, targets judged again and indicators: built, verified, and without them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from plans import EDITION, MadePlan, make_plan
from returns import everything
from support import monev

TABLES = ("tindak-lanjut", "hambatan", "penilaian-kembali", "indikator")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_plan(tmp_path_factory.mktemp("kembali"), MadePlan())
    everything(root)
    done = monev(root, "build", EDITION, "--format", "docx", "--format", "pdf")
    assert done.returncode == 0, done.stderr
    return root / "outputs" / EDITION


def test_all_of_it_is_in_pdf_html_word_and_data(built: Path) -> None:
    document = pypdfium2.PdfDocument(built / "laporan.pdf")
    pdf = " ".join(re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in document)
    html = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", (built / "laporan.html").read_text("utf-8")))
    word = Document(str(built / "laporan.docx"))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    docx = re.sub(r"\s+", " ", " ".join([*(paragraph.text for paragraph in word.paragraphs), *cells]))
    for text in (pdf, html, docx):
        for words in (
            "1 dari 2 tindak lanjut edisi terdahulu selesai",
            "Pagu dipotong",
            "Diselesaikan pada Semester II (B12): 100%",
            "Permohonan yang dijawab",
            "1400,5",  # as its cell shows it
        ):
            assert words in text
    package = json.loads((built / "data/datapackage.json").read_text("utf-8"))
    named = {resource["name"]: resource["path"] for resource in package["resources"]}
    for name in TABLES:
        lines = (built / "data" / named[name]).read_text("utf-8").splitlines()
        assert len(lines) > 1
    assert (built / "notebooks/14-tindak-lanjut.ipynb").is_file()


def test_verify_makes_the_same_and_explain_ends_at_the_cell(built: Path) -> None:
    root = built.parents[1]
    done = monev(root, "verify", str(built))
    assert done.returncode == 0, done.stdout
    for figure, cell in (
        ("tindak-lanjut.terdahulu.selesai", "G4"),
        ("hambatan.anggaran", "F2"),
        ("penilaian-kembali.selesai", "G2"),
        ("indikator.01-1.b12", "I2"),
    ):
        told = monev(root, "explain", EDITION, figure).stdout
        assert re.search(rf"^\s+{cell}\s", told, re.M), told
