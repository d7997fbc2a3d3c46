"""Faulty inputs, each named by file, sheet and cell, all in one pass (issue: "Bad input")."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from monev.commands.command_line import main
from monev.io.inputs import read_inputs
from monev.words.findings import KINDS
from support import change, column, findings_of, put

KL = "inputs/2021-S2/capaian-kl.xlsx"
OMS = "inputs/2021-S2/capaian-oms.xlsx"
PLAN = "inputs/rencana-aksi.xlsx"
EVALUATION = "inputs/2021-S2/evaluasi.xlsx"


pytestmark = pytest.mark.usefixtures("no_kernels")


def errors(root: Path) -> list[tuple[str, str, str, str]]:
    return [(f.code, f.file, f.sheet, f.cell) for f in findings_of(root) if f.weight == "error"]


def test_the_2021_workbooks_have_no_error(root: Path) -> None:
    assert errors(root) == []


#   file, sheet, heading, row, what someone typed, code
CELLS = [
    (OMS, "Capaian", "Nilai", 14, 101, "C02"),
    (OMS, "Capaian", "Nilai", 14, "seratus", "C02"),
    (OMS, "Capaian", "Nilai", 14, -1, "C02"),
    (OMS, "Capaian", "Nilai", 14, "100,1%", "C02"),
    (OMS, "Capaian", "Nilai", 14, True, "C02"),
    (OMS, "Capaian", "Nilai", 14, datetime(2021, 12, 1), "C08"),
    (OMS, "Capaian", "Nilai", 14, "#DIV/0!", "C06"),
    (OMS, "Capaian", "Nilai", 14, "=50+50", "C05"),
    (OMS, "Capaian", "Komitmen", 14, 99, "K02"),
    (OMS, "Capaian", "Komitmen", 14, "satu", "C04"),
    (OMS, "Capaian", "Komitmen", 14, 1.5, "C04"),
    (OMS, "Capaian", "UK", 14, 9, "K05"),
    (OMS, "Capaian", "Pelaksana", 14, "LSM Tak Dikenal", "K03"),
    (OMS, "Capaian", "Pelaksana", 14, "SAFEnet", "K04"),
    (OMS, "Capaian", "Periode", 14, "B06", "K07"),
    (OMS, "Capaian", "Status Ko-Kreasi", 14, "Sangat Aktif", "C03"),
    (OMS, "Capaian", "Status Ko-Kreasi", 14, "Akif", "C03"),
    (OMS, "Capaian", "Target", 14, None, "C01"),
    (OMS, "Capaian", "Target", 14, datetime(2021, 12, 1), "C07"),
    (KL, "Capaian", "Nilai", 3, 1.01, "C02"),  # a percent cell: 101 %
    (PLAN, "Komitmen", "Judul", 3, None, "C01"),
    (PLAN, "Pelaksana", "Kelompok", 3, "LSM", "C03"),
    (PLAN, "Pelaksana", "Koalisi", 3, "Koalisi Gaib", "K09"),
    (PLAN, "Pelaksana Komitmen", "Pelaksana", 3, "Kementerian Gaib", "K03"),
    (PLAN, "Ukuran Keberhasilan", "Komitmen", 3, 77, "K02"),
    (EVALUATION, "Penetapan", "Kategori", 2, "Lumayan", "M01"),
    (EVALUATION, "Penetapan", "Dimensi", 2, "Lainnya", "C03"),
    (EVALUATION, "Penetapan", "Alasan", 2, None, "C01"),
    (EVALUATION, "Tindak Lanjut", "UK", 2, 9, "K08"),
    (EVALUATION, "Tindak Lanjut", "Komitmen", 2, 99, "K02"),
    (EVALUATION, "Sorotan", "Komitmen", 2, 99, "K02"),
    (EVALUATION, "Catatan Umum", "Jenis", 2, "Usul", "C03"),
    (EVALUATION, "Catatan Sumber", "Komitmen", 2, 99, "K02"),
    (EVALUATION, "Catatan Sumber", "Pelaksana", 2, "LSM Tak Dikenal", "K03"),
    (EVALUATION, "Catatan Sumber", "Pelaksana", 2, "SAFEnet", "K04"),
    (EVALUATION, "Catatan Sumber", "UK", 2, 9, "K08"),
    (EVALUATION, "Catatan Sumber", "Periode", 2, "B24", "K11"),
    (EVALUATION, "Catatan Sumber", "Uraian", 2, None, "C01"),
]


@pytest.mark.parametrize(("file", "sheet", "heading", "row", "value", "code"), CELLS)
def test_a_faulty_cell_is_named(
    root: Path, file: str, sheet: str, heading: str, row: int, value: object, code: str
) -> None:
    cell = f"{column(root, file, sheet, heading)}{row}"
    put(root, f"{file}!{sheet}!{cell}", value)
    assert (code, file, sheet, cell) in errors(root)


def test_source_notes_are_kept_and_their_sheet_may_be_missing(root: Path) -> None:
    notes = read_inputs(root, "2021-S2").data.source_notes
    assert len(notes) == 121
    of_rows = [note for note in notes if note.no]
    data = read_inputs(root, "2021-S2").data
    assert len(of_rows) == 111
    assert all(sum(note.concerns(row) for row in data.rows) == 1 for note in of_rows)
    whole = next(note for note in notes if not note.actor)
    assert {row.commitment for row in data.rows if whole.concerns(row)} == {whole.commitment}
    change(root, EVALUATION, lambda book: book.remove(book["Catatan Sumber"]))
    assert errors(root) == []
    assert read_inputs(root, "2021-S2").data.source_notes == ()


def test_a_number_alone_must_be_of_a_row(root: Path) -> None:
    for heading in ("UK", "Pelaksana", "Periode"):
        put(root, f"{EVALUATION}!Catatan Sumber!{column(root, EVALUATION, 'Catatan Sumber', heading)}2", None)
    put(root, f"{EVALUATION}!Catatan Sumber!{column(root, EVALUATION, 'Catatan Sumber', 'No')}2", 9)
    assert ("K11", EVALUATION, "Catatan Sumber", "E2") in errors(root)


def test_a_duplicate_key_names_both_rows(root: Path) -> None:
    def repeat(book) -> None:
        sheet = book["Capaian"]
        for c in sheet[2]:
            sheet.cell(3, c.column).value = c.value

    change(root, OMS, repeat)
    finding = next(f for f in findings_of(root) if f.code == "K01")
    assert (finding.file, finding.cell[-1], str(finding.details["first"])[-1]) == (OMS, "3", "2")


def test_a_row_in_the_other_group_s_workbook(root: Path) -> None:
    where = column(root, OMS, "Capaian", "Pelaksana")
    put(root, f"{OMS}!Capaian!{where}2", "KIP")
    assert ("K06", OMS, "Capaian", f"{where}2") in errors(root)


#   what is done to the root, the finding's code, and its file and sheet
STRUCTURE: list[tuple[Callable[[Path], object], str, str, str]] = [
    (lambda r: (r / KL).unlink(), "F01", KL, ""),
    (lambda r: (r / KL).write_bytes(b"bukan zip"), "F02", KL, ""),
    (lambda r: (r / KL).write_bytes((r / KL).read_bytes()[:3000]), "F02", KL, ""),
    (lambda r: (r / KL).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600), "F02", KL, ""),
    (lambda r: change(r, KL, lambda b: setattr(b["Capaian"], "title", "Lembar1")), "S01", KL, ""),
    (lambda r: put(r, f"{KL}!Capaian!{column(r, KL, 'Capaian', 'Nilai')}1", "Skor"), "S02", KL, "Capaian"),
    (lambda r: put(r, f"{KL}!Capaian!{column(r, KL, 'Capaian', 'Target')}1", "Nilai"), "S04", KL, "Capaian"),
    (lambda r: change(r, PLAN, lambda b: b["Komitmen"].delete_rows(2, 50)), "S05", PLAN, "Komitmen"),
]


@pytest.mark.parametrize(("damage", "code", "file", "sheet"), STRUCTURE)
def test_a_faulty_workbook_is_named(
    root: Path, damage: Callable[[Path], object], code: str, file: str, sheet: str
) -> None:
    damage(root)
    assert (code, file, sheet) in [e[:3] for e in errors(root)]


#   text to replace in params, by what, code
PARAMS = [
    ("judul:", "jduul:", "P01"),
    ("judul: Laporan", "judul: [Laporan", "P04"),
    ("dari: 70", "dari: 71", "P03"),
    ("dari: 70", "dari: tujuh", "P03"),
    ("rencana_aksi: inputs/rencana-aksi.xlsx\n", "", "P02"),
    ("edisi: 2021-S2", "edisi: 2021-S9", "P07"),
    ("  kl_aktif: 20\n", "  kl_aktif: 20\n  kl_aktif: 21\n", "P06"),
    ("inputs/rencana-aksi.xlsx", "../../rencana-aksi.xlsx", "F04"),
    ("kategori:                 #", "kategory:                 #", "P01"),
]


@pytest.mark.parametrize(("old", "new", "code"), PARAMS)
def test_faulty_params_are_named(root: Path, old: str, new: str, code: str) -> None:
    path = root / "params" / "2021-S2.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert code in {e[0] for e in errors(root)}


def test_a_misspelt_key_is_named_with_its_line_and_the_right_one(root: Path) -> None:
    path = root / "params" / "2021-S2.yml"
    text = path.read_text("utf-8").replace("judul:", "jduul:", 1)
    path.write_text(text, "utf-8")
    finding = next(f for f in findings_of(root) if f.code == "P01")
    assert finding.cell == str(text.split("\n").index(next(x for x in text.split("\n") if "jduul" in x)) + 1)
    assert "judul" in finding.text("id")


def test_an_unknown_edition_is_named_with_those_that_exist(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "build", "2021-S3"]) == 1
    said = capsys.readouterr().err
    assert "2021-S3" in said
    assert "2021-S2" in said
    assert "Traceback" not in said


def test_all_findings_come_in_one_pass(root: Path) -> None:
    nilai = column(root, OMS, "Capaian", "Nilai")
    put(root, f"{OMS}!Capaian!{nilai}5", 101)
    put(root, f"{OMS}!Capaian!{nilai}6", "seratus")
    put(root, f"{KL}!Capaian!{column(root, KL, 'Capaian', 'Pelaksana')}7", "Siapa")
    put(root, f"{EVALUATION}!Penetapan!{column(root, EVALUATION, 'Penetapan', 'Kategori')}2", "Lumayan")
    assert {(e[1], e[3][-1]) for e in errors(root)} == {(OMS, "5"), (OMS, "6"), (KL, "7"), (EVALUATION, "2")}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "2021-S2"], 0),
        (["check"], 2),
        (["bangun", "2021-S2"], 2),
        (["build", "2021-S2", "--jobs", "0"], 2),
    ],
)
def test_exit_codes(root: Path, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), *arguments]) == code
    assert "Traceback" not in capsys.readouterr().err


def test_a_failed_build_leaves_the_last_outputs_as_they_were(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    last = root / "outputs" / "2021-S2"
    last.mkdir(parents=True)
    (last / "laporan.pdf").write_bytes(b"yang lama")
    put(root, f"{OMS}!Capaian!{column(root, OMS, 'Capaian', 'Nilai')}5", 101)
    assert main(["--root", str(root), "build", "2021-S2"]) == 1
    assert [p.name for p in (root / "outputs").iterdir()] == ["2021-S2"]
    assert (last / "laporan.pdf").read_bytes() == b"yang lama"
    *said, end = capsys.readouterr().err.splitlines()
    assert "H5" in "\n".join(said)
    assert "laporan terakhir tidak berubah" in end


def test_every_kind_reads_in_both_languages() -> None:
    class Anything(dict):
        def __missing__(self, key: str) -> str:
            return f"<{key}>"

    assert KINDS
    for kind in KINDS.values():
        for text in (kind.id, kind.en):
            filled = text.format_map(Anything())
            assert filled.rstrip().endswith((".", ">", "?")), kind.code


def test_accepted_spellings(root: Path) -> None:
    """Scores as people write them, and headings whatever their case, spaces and star."""
    nilai = column(root, OMS, "Capaian", "Nilai")
    for row, value in enumerate(["100%", "95,5", "95.5 %", "n/a", " - ", 0], start=2):
        put(root, f"{OMS}!Capaian!{nilai}{row}", value)
    put(root, f"{OMS}!Capaian!{nilai}1", "  NILAI * ")
    inputs = read_inputs(root, "2021-S2")
    assert [f for f in inputs.findings if f.weight == "error"] == []
    cells = {t.place.cells["score"]: t.score for t in inputs.data.targets if t.place.file == OMS}
    shown = [str(cells[f"{nilai}{row}"]) for row in range(2, 8)]
    assert shown == ["100", "191/2", "191/2", "N/A", "-", "0"]


def test_an_extra_column_is_kept_and_reported(root: Path) -> None:
    change(root, OMS, lambda book: book["Capaian"].cell(1, 30, "Warna"))
    extra = [f for f in findings_of(root) if f.code == "S03"]
    assert [(f.weight, f.details["column"]) for f in extra] == [("warning", "Warna")]
