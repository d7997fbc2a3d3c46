"""The report of a round: what forms, criteria, changes and evidence give in the PDF, in HTML and as data."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest

from monev.build.quick_check import check
from monev.edition.collecting import collect
from monev.edition.forms import make_forms
from round import EDITION, FOLDER, SENT, as_ods, filled, make_round, reported
from support import render_here


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_round(tmp_path_factory.mktemp("putaran"), 3)
    forms = make_forms(root, EDITION).folder
    said = reported("Pedoman terbit", Realisasi=1, Jenis_Hambatan="SDM", Hambatan="Pejabat berganti",
                    Rencana="Pelatihan Maret 2023", Data_Dukung="laporan 7.pdf")  # fmt: skip
    (root / SENT / "Kem 1.ods").write_bytes(as_ods(filled(forms / "Kem 1.xlsx", said)))
    (root / SENT / "LSM.xlsx").write_bytes(filled(forms / "LSM 2.xlsx", reported("Lokakarya", (1,))))
    bukti = root / FOLDER / "bukti"
    bukti.mkdir()
    (bukti / "laporan 7.pdf").write_bytes(b"%PDF-1.4 bukti")
    (bukti / "bukti.yml").write_text("laporan 7.pdf: {publik: ya}\n", "utf-8")
    collect(root, EDITION, datetime(2022, 7, 1))
    (root / "susunan").mkdir()
    return render_here(root, EDITION, root / "susunan")


def test_every_word_and_number_of_it_follows_from_the_forms(report: Path) -> None:
    found = check(report / "laporan.pdf", report.parents[1])
    told = [note.text() for note in found.notes if note.weight == "beda"]
    assert [text for text in told if "notebooks/" not in text] == []  # those were run in this process, without kernels
    assert "sama" in {note.weight for note in found.notes}


def test_what_forms_tell_is_printed(report: Path) -> None:
    pages = pypdfium2.PdfDocument(report / "laporan.pdf")
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)
    for words in (
        "Realisasi: 1 dari sasaran 2 dokumen", "Hambatan: SDM: Pejabat berganti", "Rencana: Pelatihan Maret 2023",
        "Berkas yang diterbitkan: laporan 7.pdf", "Ukuran: sasaran 2 dokumen; tenggat 30 Juni 2022",
        "satu capaian pada periode ini, ialah 1 K/L dan 1 OMS", "Belum dilaporkan",
    ):  # fmt: skip
        assert words in text, words


def test_evidence_that_may_be_published_is_linked_and_listed(report: Path) -> None:
    out = report
    assert (out / "bukti" / "uji" / "laporan 7.pdf").read_bytes() == b"%PDF-1.4 bukti"
    assert 'href="bukti/uji/laporan%207.pdf"' in (out / "laporan.html").read_text("utf-8")
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert f"{FOLDER}/bukti/laporan 7.pdf" in manifest["masukan"]
    assert {f"{SENT}/Kem 1.ods", f"{SENT}/LSM.xlsx", f"{FOLDER}/penerimaan.xlsx"} <= manifest["masukan"].keys()
    assert "bukti/uji/laporan 7.pdf" in manifest["keluaran"]


def test_it_is_there_as_data(report: Path) -> None:
    data = report / "data"
    with (data / "laporan-pelaksana.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["pelaksana"], row["realisasi"], row["jenis_hambatan"]) for row in rows] == [
        ("Kem 1", "1", "SDM"), ("Kem 1", "1", "SDM"), ("LSM 2", "", ""),
    ]  # fmt: skip
    assert rows[0]["sumber"] == f"{SENT}/Kem 1.ods!Laporan!2"
    with (data / "rencana.csv").open(encoding="utf-8-sig", newline="") as file:
        planned = list(csv.DictReader(file))
    assert [(row["satuan"], row["nilai_sasaran"], row["tenggat"]) for row in planned] == [
        ("dokumen", "2", "2022-06-30")
    ] * 6
    package = json.loads((data / "datapackage.json").read_text("utf-8"))
    assert {"rencana", "laporan-pelaksana"} <= {resource["name"] for resource in package["resources"]}
