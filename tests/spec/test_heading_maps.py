"""Exports with other headings (`params/pemetaan/<name>.yml`): read as the contract's, checked in both directions."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from monev.edition.opened import open_edition
from monev.io.inputs import read_inputs
from monev.rules.heading_maps import map_file
from monev.words.errors import InputError
from monev.words.findings import Finding
from support import change, put

EDITION = "2021-S2"
KL = "inputs/2021-S2/capaian-kl.xlsx"
EXAMPLE = "contoh-ekspor"
TITLES = ("SISTEM PELAPORAN", "Capaian Rencana Aksi", "")
HEADINGS = {  # the contract's column: the heading of the export
    "Komitmen": "No. Komitmen",
    "UK": "No. Ukuran Keberhasilan",
    "Pelaksana": "Instansi",
    "Periode": "Periode Target",
    "No": "No. Target",
    "Target": "Uraian Target",
    "Capaian": "Uraian Capaian",
    "Nilai": "Persentase",
    "Ko-Kreasi": "Uraian Ko-Kreasi",
    "Status Ko-Kreasi": "Status",
    "Data Dukung": "Bukti",
}
SHEET = "Laporan Capaian"


@pytest.fixture
def export(root: Path) -> Path:
    """The 2021 root with the ministries' workbook as an export would be, and the example map chosen for it."""
    as_export(root)
    choose(root, "{kl: contoh-ekspor}")
    return root


def as_export(root: Path) -> None:
    """Give the workbook other headings, title rows, another sheet name and columns of its own."""

    def edit(book) -> None:
        sheet = book["Capaian"]
        for cell in sheet[1]:
            shown = str(cell.value).rstrip("* ")
            cell.value = HEADINGS.get(shown, shown)  # a heading that is the same on both sides needs no entry
        sheet.cell(1, 20, "ID Sistem")
        sheet.insert_rows(1, len(TITLES))
        for row, title in enumerate(TITLES, start=1):
            sheet.cell(row, 1, title)
        sheet.title = SHEET

    change(root, KL, edit)


def choose(root: Path, maps: str) -> None:
    path = root / "params" / f"{EDITION}.yml"
    text = path.read_text("utf-8")
    assert "inputs: inputs/2021-S2}" in text
    path.write_text(text.replace("inputs: inputs/2021-S2}", f"inputs: inputs/2021-S2, pemetaan: {maps}}}"), "utf-8")


def rewrite(root: Path, old: str, new: str) -> None:
    path = root / map_file(EXAMPLE)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def found(root: Path) -> list[Finding]:
    try:
        return list(read_inputs(root, EDITION).findings)
    except InputError as error:
        return list(error.findings)


def errors(root: Path) -> list[tuple[str, str]]:
    return [(f.code, f.file) for f in found(root) if f.weight == "error"]


def test_an_export_gives_what_the_contract_s_workbook_gives(root: Path) -> None:
    before = open_edition(root, EDITION)
    as_export(root)
    choose(root, "{kl: contoh-ekspor}")
    after = open_edition(root, EDITION)
    values = [{f.id: (f.value, f.printed) for f in opened.register} for opened in (before, after)]
    assert values[0] == values[1]
    assert map_file(EXAMPLE) in after.params_files(root)
    assert [f.code for f in after.findings if f.file == KL] == []


def test_cells_keep_the_addresses_of_the_real_file(export: Path) -> None:
    targets = [t for t in read_inputs(export, EDITION).data.targets if t.place.file == KL]
    book = load_workbook(export / KL)
    for target in targets:
        file, sheet, address = target.place.cell("target").split("!")
        assert (file, sheet) == (KL, SHEET)
        assert str(book[sheet][address].value).strip() == target.target
    put(export, f"{KL}!{SHEET}!{targets[0].place.cells['score']}", "seratus")
    [finding] = [f for f in found(export) if f.weight == "error"]
    assert (finding.code, finding.sheet, finding.cell) == ("C02", SHEET, targets[0].place.cells["score"])


#   what is replaced in the example map, by what, the finding's code
MAPS = [
    ("  Persentase: Nilai", "  Persentasi: Nilai", "J01"),
    ("  Persentase: Nilai\n", "", "J02"),
    ("  Bukti: Data Dukung", "  Bukti: Nilai", "J03"),
    ("  Persentase: Nilai", "  Persentase: Nilay", "J04"),
    ("baris_judul: 3", "baris_judul: 2", "J01"),
    ("baris_judul: 3", "baris_judul: 500", "P03"),
    ("baris_judul: 3", "baris: 3", "P01"),
    ("lembar: Laporan Capaian", "lembar: Laporan", "S01"),
]


@pytest.mark.parametrize(("old", "new", "code"), MAPS)
def test_a_map_that_does_not_fit_is_an_error(export: Path, old: str, new: str, code: str) -> None:
    rewrite(export, old, new)
    wrong = errors(export)
    assert code in {found for found, _ in wrong}
    assert {file for found, file in wrong if found == code} == {KL if code == "S01" else map_file(EXAMPLE)}


def test_a_misspelt_heading_or_column_is_told_with_the_near_one(export: Path) -> None:
    rewrite(export, "  Persentase: Nilai", "  Persentasi: Nilai")
    [finding] = [f for f in found(export) if f.code == "J01"]
    assert "Persentase" in finding.text("id")
    assert "Did you mean 'Persentase'" in finding.text("en")
    assert finding.cell.isdigit()
    rewrite(export, "  Persentasi: Nilai", "  Persentase: Nilay")
    [finding] = [f for f in found(export) if f.code == "J04"]
    assert "'Nilai'" in finding.text("id")


@pytest.mark.parametrize("rows", ["2", "4", "0", "5-5"])
def test_a_map_that_is_some_rows_off_is_told_the_right_one(export: Path, rows: str) -> None:
    rewrite(export, "baris_judul: 3", f"baris_judul: {rows}")
    [finding] = [f for f in found(export) if f.weight == "error"]
    assert finding.code == "J01"
    assert "ada di baris 4: tulis `baris_judul: 3`" in finding.text("id")
    assert "are in row 4: write `baris_judul: 3`" in finding.text("en")


def test_a_heading_that_the_map_does_not_name_is_told(export: Path) -> None:
    change(export, KL, lambda book: book[SHEET].cell(4, 21, "Warna"))
    assert [(f.code, f.sheet, f.cell) for f in found(export) if f.file == KL] == [("S03", SHEET, "U4")]


@pytest.mark.parametrize(
    ("maps", "code"), [("{kl: contoh-expor}", "J05"), ("{ksp: contoh-ekspor}", "P01"), ("{kl: ../2021-S1}", "P03")]
)
def test_a_wrong_choice_in_the_params_is_named(root: Path, maps: str, code: str) -> None:
    choose(root, maps)
    assert code in {found for found, _ in errors(root)}


def test_a_correction_names_the_cell_of_the_export(export: Path) -> None:
    target = next(t for t in read_inputs(export, EDITION).data.targets if t.place.file == KL)
    cell = target.place.cell("achievement")
    file = export / "params" / "koreksi" / f"{EDITION}.yml"
    file.parent.mkdir(exist_ok=True)
    put(export, cell, "lama")
    file.write_text(
        f"- {{sel: '{cell}', tertulis: lama, benar: baru, alasan: x, oleh: y, tanggal: 2022-01-31}}\n", "utf-8"
    )
    assert errors(export) == []
    assert "baru" in {t.achievement for t in read_inputs(export, EDITION).data.targets}
