"""The workbook writer: what is written stays what it was, and the workbook helps whoever fills it in."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from monev.io.instrument_files import shipped
from monev.io.workbook_writer import GUIDE_SHEET, LISTS_SHEET, TALLEST_ROW, Layout, Percent, Rows, Shade, write_book
from monev.model import fields
from monev.model.fields import Book, Column, Sheet
from monev.model.instruments import achievement_sheet

TARGET: Mapping[str, object] = {
    "commitment": 7,
    "measure": 1,
    "actor": "KIP",
    "period": "B12",
    "no": 2,
    "target": "Portal tersedia",
    "achievement": "Tersedia",
    "score": 85,
    "cocreation": "Aktif",
    "evidence": "Ada",
}


ASKED = achievement_sheet(instrument for instrument in shipped() if instrument.in_columns)
"""Sheet Capaian with the columns in which instruments are answered."""


def written(folder: Path, *rows: Mapping[str, object], layout: Layout | None = None) -> Any:
    """Return the workbook of these target rows, as openpyxl reads it."""
    path = folder / "capaian-kl.xlsx"
    book = fields.ACHIEVEMENTS_KL
    write_book(path, replace(book, sheets=(ASKED, *book.sheets[1:])), {"Capaian": rows}, layout)
    return openpyxl.load_workbook(path)


def column_of(sheet: Any, heading: str) -> str:
    """Return the letter of the column under `heading`."""
    (letter,) = [cell.column_letter for cell in sheet[1] if cell.value == heading]
    return str(letter)


def cell_of(sheet: Any, heading: str, row: int = 2) -> Any:
    return sheet[f"{column_of(sheet, heading)}{row}"]


def validation_of(sheet: Any, heading: str) -> Any:
    """Return the one check that covers the first data cell of a column."""
    place = f"{column_of(sheet, heading)}2"
    (check,) = [check for check in sheet.data_validations.dataValidation if place in check.sqref]
    return check


# --- what is written stays what it was ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("https://x.id")',
        "+62 21",
        "-5 peserta",
        "@SUM(A1)",
        "{=1}",
        "00123",
        "https://x.id",
    ],
)
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    sheet = written(tmp_path, {**TARGET, "achievement": text})["Capaian"]
    cell = cell_of(sheet, "Capaian")
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize(("text", "quoted"), [("=1+1", True), ("@a", True), ("biasa", False), ("-", False)])
def test_text_that_looks_live_is_quoted(tmp_path: Path, text: str, quoted: bool) -> None:
    sheet = written(tmp_path, {**TARGET, "achievement": text})["Capaian"]
    assert bool(cell_of(sheet, "Capaian").quotePrefix) is quoted


@pytest.mark.parametrize(
    ("score", "stored", "number_format"),
    [
        (85, 85, "General"),
        (66.5, 66.5, "General"),
        (Percent(1), 0.01, "0%"),
        (Percent(100), 1, "0%"),
        ("N/A", "N/A", "General"),
        ("-", "-", "General"),
        (None, None, "General"),
        ("", None, "General"),
    ],
)
def test_scores(tmp_path: Path, score: object, stored: object, number_format: str) -> None:
    cell = cell_of(written(tmp_path, {**TARGET, "score": score})["Capaian"], "Nilai")
    assert (cell.value, cell.number_format) == (stored, number_format)


def test_blank_scores_follow_their_neighbours(tmp_path: Path) -> None:
    sheet = written(tmp_path, {**TARGET, "score": Percent(90)}, {**TARGET, "score": None})["Capaian"]
    assert cell_of(sheet, "Nilai", row=3).number_format == "0%"


def test_same_rows_same_bytes(tmp_path: Path) -> None:
    layout = Layout(lists={"actor": ["KIP"]}, shades=[Shade(70, "baik")], guide=["Judul"], locked=["actor"])
    for name in ("a.xlsx", "b.xlsx"):
        write_book(tmp_path / name, fields.ACHIEVEMENTS_KL, {"Capaian": [TARGET]}, layout)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({"Capain": [TARGET]}, "no such sheet: Capain"),
        ({"Capaian": [{**TARGET, "skor": 1}]}, "no such column: skor"),
        ({"Capaian": [{**TARGET, "target": "x" * 32_768}]}, "too long"),
        ({"Capaian": [{**TARGET, "score": True}]}, "cannot hold True"),
        ({"Capaian": [{**TARGET, "score": [1]}]}, r"cannot hold \[1\]"),
    ],
)
def test_what_cannot_be_written(tmp_path: Path, rows: Mapping[str, Rows], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        write_book(tmp_path / "capaian-kl.xlsx", fields.ACHIEVEMENTS_KL, rows)


# --- sheets and columns ------------------------------------------------------------------------------------


def test_every_book_has_its_sheets_and_required_columns(tmp_path: Path) -> None:
    for book in fields.BOOKS:
        write_book(tmp_path / book.file, book, {})
        workbook = openpyxl.load_workbook(tmp_path / book.file)
        assert workbook.sheetnames == [sheet.name for sheet in book.sheets]
        for sheet in book.sheets:
            headings = [cell.value for cell in workbook[sheet.name][1]]
            assert headings == [column.heading for column in sheet.columns if column.required]
            assert workbook[sheet.name].max_row == 1


def test_optional_columns_come_when_filled_or_asked_for(tmp_path: Path) -> None:
    row = {**TARGET, "remark": "Periksa", "prinsip-evaluasi.dampak": ""}
    sheet = written(tmp_path, row, layout=Layout(optional=["prinsip-evaluasi.terlaksana"]))["Capaian"]
    headings = {cell.value for cell in sheet[1]}
    assert {"Catatan", "Terlaksana"} <= headings
    assert not {"Kualitas", "Dampak"} & headings


def test_header_stays_in_view_and_filters(tmp_path: Path) -> None:
    sheet = written(tmp_path, TARGET, TARGET)["Capaian"]
    assert sheet.freeze_panes == "F2"  # the heading row and the five key columns
    assert sheet.auto_filter.ref == "A1:K3"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 8)  # A3


def test_a_sheet_of_keys_only_leaves_its_last_column_free(tmp_path: Path) -> None:
    write_book(tmp_path / "plan.xlsx", fields.PLAN, {})
    assert openpyxl.load_workbook(tmp_path / "plan.xlsx")["Pelaksana Komitmen"].freeze_panes == "B2"


def test_headings_explain_themselves(tmp_path: Path) -> None:
    sheet = written(tmp_path, TARGET)["Capaian"]
    for column in fields.ACHIEVEMENT.columns:
        if column.required:
            assert column.about in cell_of(sheet, column.heading, row=1).comment.text


def test_long_text_gets_a_taller_row(tmp_path: Path) -> None:
    texts = ("pendek", "kata " * 100, "a\nb\nc\nd\ne", "kata " * 6000)
    sheet = written(tmp_path, *({**TARGET, "achievement": text} for text in texts))["Capaian"]
    short, long, paragraphs, longest = (sheet.row_dimensions[row].height for row in range(2, 6))
    assert short < paragraphs < long < longest <= TALLEST_ROW


def test_rows_grow_with_what_is_typed_into_them(tmp_path: Path) -> None:
    written(tmp_path, TARGET, layout=Layout(guide=["Judul", "Isi kolom putih saja."]))
    with zipfile.ZipFile(tmp_path / "capaian-kl.xlsx") as archive:
        sheets = [archive.read(f"xl/worksheets/sheet{n}.xml") for n in (1, 2)]
    assert all(b"<row " in sheet and b"customHeight" not in sheet for sheet in sheets)


# --- on paper ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("book", [*fields.BOOKS, Book("x", "x.xlsx", (fields.UNFINISHED,), "Belum selesai.")])
def test_letters_on_paper_have_seven_points_or_more(tmp_path: Path, book: Book) -> None:
    every = [column.name for sheet in book.sheets for column in (*sheet.columns, *sheet.context)]
    write_book(tmp_path / book.file, book, {}, Layout(optional=every))
    for page in openpyxl.load_workbook(tmp_path / book.file).worksheets:
        scale = page.page_setup.scale or 100
        assert 10 * scale / 100 >= 7, page.title
        assert page.page_setup.paperSize in (8, 9)
        assert not page.HeaderFooter.scaleWithDoc  # LibreOffice scales it all the same
        assert page.oddFooter.left.size * scale / 100 >= 7
        widths = [page.column_dimensions[cell.column_letter].width for cell in page[1]]  # 0.71: the edge of a cell
        starts = [0, *(mark.id for mark in page.col_breaks.brk), len(widths)]
        repeated = sum(widths[:5]) if len(starts) > 2 else 0
        room = {8: 420, 9: 297}[page.page_setup.paperSize] - 2 * 0.4 * 25.4  # millimetres
        for first, last in pairwise(starts):
            wide = sum(widths[first:last]) + (repeated if first else 0)
            assert wide * 7 / 96 * 25.4 * scale / 100 <= room, (page.title, first)


def test_key_columns_stand_on_every_page(tmp_path: Path) -> None:
    every = [column.name for column in (*fields.ACHIEVEMENT.columns, *fields.ACHIEVEMENT.context)]
    page = written(tmp_path, TARGET, layout=Layout(optional=every))["Capaian"]
    assert page.print_title_cols == "$A:$E"
    [mark] = page.col_breaks.brk
    assert page.cell(1, mark.id + 1).value == "Ko-Kreasi"


# --- what a cell accepts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "kind", "strictness", "shown"),
    [
        ("Komitmen", "whole", "stop", True),
        ("Nilai", "custom", "stop", True),
        ("Status Ko-Kreasi", "list", "warning", True),  # another spelling is accepted as well
        ("Data Dukung", "list", "stop", False),  # a hint: links are welcome
    ],
)
def test_validations(tmp_path: Path, heading: str, kind: str, strictness: str, shown: bool) -> None:
    check = validation_of(written(tmp_path, TARGET)["Capaian"], heading)
    assert check.type == kind
    assert (check.errorStyle or "stop") == strictness
    assert bool(check.showErrorMessage) is shown


def test_a_stop_box_tells_the_choices(tmp_path: Path) -> None:
    layout = Layout(
        lists={"commitment": [1, 2, 3, 5], "actor": ["KIP", "LAN"], "period": ["B12"]},
        optional=["prinsip-evaluasi.terlaksana"],
    )
    sheet = written(tmp_path, TARGET, layout=layout)["Capaian"]
    told = {column.heading: column for column in ASKED.columns}
    said = {
        heading: validation_of(sheet, heading).error
        for heading in ("Komitmen", "UK", "Pelaksana", "Periode", "Nilai", "Status Ko-Kreasi", "Terlaksana")
    }
    assert said["Komitmen"] == "Pilih salah satu: 1 sampai 3, 5."
    assert said["UK"] == "Yang diterima: bilangan bulat mulai dari 1."
    assert said["Pelaksana"] == "Pilih salah satu: KIP, LAN."
    assert said["Periode"] == "Pilih salah satu: B12."
    assert said["Nilai"] == "Yang diterima: 0 sampai 100, N/A, atau -. Tulis 85 atau 85%, bukan 0,85."
    for heading in ("Status Ko-Kreasi", "Terlaksana"):
        assert said[heading] == f"Yang diterima: {', '.join(told[heading].choices)}; boleh dikosongkan."


def test_a_long_list_is_told_as_far_as_excel_allows(tmp_path: Path) -> None:
    names = [f"Kementerian nomor {n}" for n in range(40)]
    check = validation_of(written(tmp_path, TARGET, layout=Layout(lists={"actor": names}))["Capaian"], "Pelaksana")
    assert check.error.startswith("Pilih salah satu: Kementerian nomor 0, ")
    assert check.error.endswith("... (semuanya ada pada panah sel).")
    assert len(check.error) <= 255


def test_choices_are_offered(tmp_path: Path) -> None:
    sheet = written(tmp_path, TARGET)["Capaian"]
    assert validation_of(sheet, "Status Ko-Kreasi").formula1 == '"Aktif,Semi-Aktif,Pasif,N/A"'
    write_book(tmp_path / "plan.xlsx", fields.PLAN, {})
    group = validation_of(openpyxl.load_workbook(tmp_path / "plan.xlsx")["Pelaksana"], "Kelompok")
    assert (group.formula1, group.errorStyle) == ('"K/L,OMS"', None)


def test_score_limit_reads_percents_and_words(tmp_path: Path) -> None:
    check = validation_of(written(tmp_path, TARGET)["Capaian"], "Nilai")
    assert 'CELL("format",H2)' in check.formula1
    assert 'TRIM(H2)="N/A"' in check.formula1
    assert 'TRIM(H2)="-"' in check.formula1
    assert len(check.formula1) <= 255
    assert check.prompt == fields.ACHIEVEMENT.column("score").about


def test_checks_reach_the_spare_rows(tmp_path: Path) -> None:
    check = validation_of(written(tmp_path, TARGET, layout=Layout(spare=10))["Capaian"], "Nilai")
    assert str(check.sqref) == "H2:H12"


def test_lists_stand_on_a_hidden_sheet(tmp_path: Path) -> None:
    names = [f"Kementerian dengan nama panjang nomor {n}" for n in range(40)]
    workbook = written(tmp_path, TARGET, layout=Layout(lists={"actor": names, "period": []}))
    assert workbook[LISTS_SHEET].sheet_state == "hidden"
    assert validation_of(workbook["Capaian"], "Pelaksana").formula1 == "Daftar!$A$2:$A$41"
    assert [cell.value for cell in workbook[LISTS_SHEET]["A"]][1:] == names
    assert not [c for c in workbook["Capaian"].data_validations.dataValidation if "D2" in c.sqref]


def test_shades(tmp_path: Path) -> None:
    shades = [Shade(70, "baik"), Shade(0, "buruk")]
    sheet = written(tmp_path, TARGET, layout=Layout(shades=shades, spare=0))["Capaian"]
    (place,) = sheet.conditional_formatting
    assert str(place.sqref) == "H2"
    assert [rule.formula[0].rpartition(">=")[2] for rule in place.rules] == ["70)", "0)"]


# --- prepared workbooks ------------------------------------------------------------------------------------


def test_locked_columns(tmp_path: Path) -> None:
    sheet = written(tmp_path, TARGET, layout=Layout(locked=["commitment", "target"]))["Capaian"]
    assert sheet.protection.sheet
    locked = {cell.column_letter for cell in sheet[2] if cell.protection.locked}
    assert locked == {column_of(sheet, "Komitmen"), column_of(sheet, "Target")}
    assert not sheet.column_dimensions["A"].protection.locked  # rows can be added below


def test_what_only_informs_stands_in_grey_beside_the_key(tmp_path: Path) -> None:
    told = {"measure_text": "Pedoman tersedia", "last_target": "B06: Draf", "last_outcome": "80% (Baik): Draf jadi"}
    sheet = written(tmp_path, {**TARGET, **told}, layout=Layout(locked=["no"]))["Capaian"]
    assert [cell.value for cell in sheet[1]][5:8] == ["Ukuran Keberhasilan", "Target Terdahulu", "Hasil Terdahulu"]
    for cell, text in zip(sheet[2][5:8], told.values(), strict=True):
        assert (cell.value, cell.font.color.rgb, cell.protection.locked) == (text, "FF55626A", True)
    assert sheet.freeze_panes == "F2"


def test_a_protected_sheet_allows_what_excel_can(tmp_path: Path) -> None:
    sheet = written(tmp_path, TARGET, layout=Layout(locked=["commitment"]))["Capaian"]
    ways = (
        "insertRows",
        "deleteRows",
        "sort",
        "autoFilter",
        "formatCells",
        "formatRows",
        "insertHyperlinks",
        "objects",
    )
    assert {way: getattr(sheet.protection, way) for way in ways} == dict.fromkeys(ways, False)  # False: not kept off
    beside = sheet.column_dimensions["L"]  # a row can be deleted only if none of its cells is locked, however far
    assert (beside.min, beside.max, beside.protection.locked) == (12, 16_384, False)


def test_without_locked_columns_nothing_is_protected(tmp_path: Path) -> None:
    assert not written(tmp_path, TARGET)["Capaian"].protection.sheet


def test_guide_explains_every_column(tmp_path: Path) -> None:
    workbook = written(tmp_path, TARGET, layout=Layout(guide=["Capaian K/L", "Isi kolom putih saja."]))
    assert workbook.sheetnames == [GUIDE_SHEET, "Capaian"]
    texts = [[cell.value for cell in row] for row in workbook[GUIDE_SHEET].iter_rows()]
    assert texts[0][0] == "Capaian K/L"
    assert texts[1][0] == "Isi kolom putih saja."
    described = (*ASKED.columns, *ASKED.context)
    assert [row[1] for row in texts[4:]] == [column.heading for column in described]
    score = next(row for row in texts if row[1] == "Nilai")
    assert score[2:] == ["Ya", "0 sampai 100, N/A, atau -", fields.ACHIEVEMENT.column("score").about]


def test_any_described_book_can_be_written(tmp_path: Path) -> None:
    column = Column("name", "Nama", "text", "Nama apa saja.", width=30)
    book = Book("lain", "lain.xlsx", (Sheet("Satu", (column,), ("name",), "Satu lembar."),), "Buku lain.")
    write_book(tmp_path / "dalam" / "lain.xlsx", book, {"Satu": [{"name": "a"}]})
    sheet = openpyxl.load_workbook(tmp_path / "dalam" / "lain.xlsx")["Satu"]
    assert [cell.value for cell in sheet["A"]] == ["Nama", "a"]
