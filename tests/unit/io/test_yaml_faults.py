"""What is wrong with params: told in the user's language, at the line that has to be changed, with the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from monev.io.params_file import load_yaml

TEXT = """\
# Params
edisi: 2021-S2
judul: Laporan 2021
periode:
  - {kode: B06, label: Semester I}
  - {kode: B12, label: Semester II}
nama:
  latar: >-
    Kata: "dengan" titik dua,
    "kutip", dan 'lain'.
  isu:
    - satu
"""
TITLE = "judul: Laporan 2021"


def found(tmp_path: Path, content: str | bytes) -> tuple[str, str, str]:
    """Return code, line and Indonesian text of the one finding; the English text must be another."""
    path = tmp_path / "x.yml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    [finding] = load_yaml(path, "params/x.yml")[2]
    assert finding.text("en") != finding.text("id")
    return finding.code, finding.cell, finding.text("id")


def test_the_text_itself_is_sound(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text(TEXT, "utf-8")
    assert load_yaml(tmp_path / "x.yml", "x.yml")[2] == []


#   what stands instead of the title's line, the line that is named, and words of the remedy
@pytest.mark.parametrize(
    ("line", "at", "words"),
    [
        ("judul: Laporan: Semester II", "3", 'tanda kutip: judul: "Laporan: Semester II"'),
        ("judul: Laporan 2021:", "3", 'judul: "Laporan 2021:"'),
        ('judul: "Laporan 2021', "3", 'tidak ditutup di akhir baris ini. Tutup dengan "'),
        ("judul: 'Laporan 2021", "3", "Tutup dengan '"),
        ("judul: 'Hari Jum'at'", "3", '"Hari Jum\'at"'),
        ('judul: "C:\\Users"', "3", "'C:\\Users'"),
        ("judul:Laporan 2021", "3", "Tulis judul: lalu spasi"),
        ("judul Laporan 2021", "3", "tidak memuat titik dua"),
        ("judul: @Laporan", "3", '"@Laporan"'),
        ("judul: % tercapai", "3", '"% tercapai"'),
        ("judul: >Laporan", "3", '">Laporan"'),
        ("judul: - Laporan", "3", '"- Laporan"'),
        ("judul: [Laporan, 2021", "3", "kurung di baris ini tidak berpasangan"),
        ("  judul: Laporan 2021", "3", "indentasi"),
        ("judul: Laporan 2021\n\tlain: x", "4", "Ganti tab dengan spasi"),
        ("judul: Laporan \x07 2021", "3", "U+0007"),
    ],
)
def test_a_line_that_is_no_yaml(tmp_path: Path, line: str, at: str, words: str) -> None:
    code, cell, text = found(tmp_path, TEXT.replace(TITLE, line))
    assert (code, cell) == ("P04", at)
    assert words in text
    assert not {"expected", "allowed", "found", "token"} & {*text.split()}


def test_a_bracket_is_named_where_it_stands(tmp_path: Path) -> None:
    code, cell, text = found(tmp_path, TEXT.replace("label: Semester I}", "label: Semester I"))
    assert (code, cell) == ("P04", "5")
    assert "kurung" in text


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("judul: Laporan #1 tahun 2021", '"Laporan #1 tahun 2021"'),
        ("judul: Laporan\n  nomor #1", '"Laporan nomor #1"'),
        ("judul: [Laporan #1\n  ]", '"Laporan #1"'),
    ],
)
def test_words_that_yaml_takes_for_a_comment_are_not_lost_in_silence(tmp_path: Path, line: str, words: str) -> None:
    code, cell, text = found(tmp_path, TEXT.replace(TITLE, line))
    assert (code, cell) == ("P15", str(4 if "\n  n" in line else 3))
    assert words in text


@pytest.mark.parametrize(
    "line",
    ["judul: Laporan # satu", "judul: Laporan  ## satu", "judul: Laporan#1", "judul: 'Laporan #1' #x", "judul: #x"],
)
def test_comments_and_other_hashes_are_nobodys_fault(tmp_path: Path, line: str) -> None:
    (tmp_path / "x.yml").write_text(TEXT.replace(TITLE, line), "utf-8")
    assert load_yaml(tmp_path / "x.yml", "x.yml")[2] == []


@pytest.mark.parametrize("line", ["judul: *Laporan", "judul: &Laporan 2021"])
def test_a_sign_that_yaml_takes_for_a_reference(tmp_path: Path, line: str) -> None:
    code, cell, text = found(tmp_path, TEXT.replace(TITLE, line))
    assert (code, cell) == ("P09", "3")
    assert "apit teksnya dengan tanda kutip" in text


#   the bytes of the file, the line that is named, and words of the remedy
@pytest.mark.parametrize(
    ("content", "at", "words"),
    [
        (TEXT.encode("utf-16"), "", "UTF-16. Simpan sebagai UTF-8"),
        (TEXT.encode("utf-16-be"), "", "UTF-16. Simpan sebagai UTF-8"),
        (TEXT.replace(TITLE, "judul: Résumé").encode("latin-1"), "3", "Simpan berkasnya sebagai UTF-8"),
        (b"PK\x03\x04xxxx", "", "bukan teks biasa"),
        (b"{\\rtf1 judul: x}", "", "bukan teks biasa"),
        ((TEXT + "---\n" + TEXT).encode(), "13", "garis pemisah ---"),
    ],
)
def test_a_file_in_another_form(tmp_path: Path, content: bytes, at: str, words: str) -> None:
    code, cell, text = found(tmp_path, content)
    assert (code, cell) == ("P04", at)
    assert words in text


def test_bytes_that_editors_put_first_are_no_fault(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_bytes(TEXT.replace("\n", "\r\n").encode("utf-8-sig"))
    value, lines, findings = load_yaml(tmp_path / "x.yml", "x.yml")
    assert (value["judul"], lines["judul",], findings) == ("Laporan 2021", 3, [])
