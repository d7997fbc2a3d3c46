"""Marked copies of the workbooks: coloured, commented, listed; nothing else in the outputs changes."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from monev.commands.command_line import main
from monev.io import marked_copies
from monev.io.workbook_reader import read_book
from monev.words.findings import Finding
from support import change, put

OMS = "inputs/2021-S2/capaian-oms.xlsx"
KL = "inputs/2021-S2/capaian-kl.xlsx"
PARAMS = "params/2021-S2.yml"


def check(root: Path, *more: str) -> Path:
    main(["--root", str(root), "check", "2021-S2", *more])
    return root / "outputs" / "periksa" / "2021-S2"


def copy_of(folder: Path, name: str = "2021-S2-capaian-oms.xlsx") -> Any:
    return load_workbook(folder / name)


def colour(cell: Any) -> str:
    return str(cell.fill.fgColor.rgb)[-6:]


def test_faulty_cells_are_coloured_and_commented(root: Path) -> None:
    put(root, f"{OMS}!Capaian!H14", 101)
    put(root, f"{OMS}!Capaian!C2", "ICW ")
    book = copy_of(check(root))
    assert book.sheetnames == ["Temuan", "Capaian"]
    sheet = book["Capaian"]
    assert colour(sheet["H14"]) == marked_copies.COLOURS["error"]
    assert "[C02] salah: Nilai '101' bukan angka 0 sampai 100" in sheet["H14"].comment.text
    assert sheet["H14"].value == 101
    assert colour(sheet["C2"]) == marked_copies.COLOURS["warning"]
    assert sheet["H13"].comment is None
    assert len(list(sheet.conditional_formatting)) == 0
    original = load_workbook(root / OMS)["Capaian"]
    assert sheet["H13"].number_format == original["H13"].number_format
    assert sheet.column_dimensions["F"].width == original.column_dimensions["F"].width


def test_the_first_sheet_lists_the_findings_with_links(root: Path) -> None:
    put(root, f"{OMS}!Capaian!H14", 101)
    page = copy_of(check(root)).worksheets[0]
    rows = {row[1].value: row for row in page.iter_rows(min_row=5)}
    weight, code, sheet, cell, text = rows["C02"]
    assert (weight.value, code.value, sheet.value, cell.value) == ("salah", "C02", "Capaian", "H14")
    assert cell.hyperlink.location == "'Capaian'!H14"
    assert cell.hyperlink.target is None
    assert "101" in text.value


def test_the_summary_names_every_file_and_opens_its_copy(root: Path) -> None:
    put(root, f"{OMS}!Capaian!H14", 101)
    (root / KL).write_bytes(b"rusak")
    folder = check(root)
    assert sorted(p.name for p in folder.iterdir()) == ["2021-S2-capaian-oms.xlsx", "ringkasan-temuan.xlsx"]
    page = copy_of(folder, marked_copies.SUMMARY)["Temuan"]
    rows = {(row[0].value, row[2].value): row for row in page.iter_rows(min_row=5)}
    assert rows[KL, "F02"][4].hyperlink is None
    link = rows[OMS, "C02"][4].hyperlink
    assert (link.target, link.location) == ("2021-S2-capaian-oms.xlsx", "'Capaian'!H14")


def test_only_the_folder_of_copies_changes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = root / "outputs" / "2021-S2"
    (report / "data").mkdir(parents=True)
    (report / "laporan.pdf").write_bytes(b"laporan")
    (report / "data" / "target.csv").write_bytes(b"a,b")
    originals = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    folder = check(root)
    assert folder.is_dir()
    (folder / "catatan.txt").write_text("lama")
    check(root)
    after = {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and folder not in path.parents}
    assert after == originals
    assert (folder / "catatan.txt").read_text() == "lama"  # somebody's: told, not lost
    assert "tidak dibuat monev" in capsys.readouterr().err
    (folder / "catatan.txt").unlink()
    (folder / "lama.xlsx").touch()
    check(root)
    assert not (folder / "lama.xlsx").exists()
    assert sorted(p.name for p in (root / "outputs").iterdir()) == ["2021-S2", "periksa"]


def test_nothing_to_mark_clears_the_copies(root: Path) -> None:
    folder = check(root)
    assert folder.is_dir()
    put(root, f"{OMS}!Capaian!K30", "Ada")
    check(root)
    assert not folder.exists()
    assert not folder.parent.exists()


def test_copies_can_be_left_out(root: Path) -> None:
    assert not check(root, "--no-salinan").exists()
    assert not check(root, "--no-copies").exists()


def test_json_stays_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(root, f"{OMS}!Capaian!H14", 101)
    folder = check(root, "--format", "json")
    told = json.loads(capsys.readouterr().out)
    assert folder.is_dir()
    first = next(row for row in told["temuan"] if row["kode"] == "C02")
    assert {"kode", "bobot", "berkas", "lembar", "sel", "temuan"} == set(first)
    assert (first["berkas"], first["lembar"], first["sel"]) == (OMS, "Capaian", "H14")


def test_an_unknown_edition_writes_nothing(root: Path) -> None:
    assert main(["--root", str(root), "check", "../../x"]) == 1
    assert not (root / "outputs").exists()
    assert not (root.parent / "x").exists()


def test_what_a_cell_quotes_is_never_a_formula(root: Path) -> None:
    hostile = '=HYPERLINK("http://contoh.id","klik")'

    def edit(book: Any) -> None:
        for address in ("H14", "C15", "G16"):
            book["Capaian"][address].value = hostile
            book["Capaian"][address].data_type = "s"
        book["Capaian"]["H20"] = "=1+1"

    change(root, OMS, edit)
    folder = check(root)
    for path in folder.iterdir():
        with zipfile.ZipFile(path) as archive:
            sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets
        assert not any(b"<f>" in xml or b"<f " in xml for xml in sheets)
        book, _ = read_book(path, path.name)
        assert book is not None
        assert not any(cell.formula for s in book.sheets.values() for row in s.rows for cell in row)
    assert copy_of(folder)["Capaian"]["G16"].value == hostile


def test_what_is_hidden_is_shown_where_it_is_marked(root: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["Capaian"]
        sheet["H14"] = 101
        sheet.row_dimensions[14].hidden = True
        sheet.column_dimensions["H"].hidden = True
        sheet.sheet_state = "hidden"
        book.create_sheet("Lain")

    change(root, OMS, edit)
    sheet = copy_of(check(root))["Capaian"]
    assert not sheet.row_dimensions[14].hidden
    assert not sheet.column_dimensions["H"].hidden
    assert sheet.sheet_state == "visible"


def test_merged_cells_and_headings_are_marked(root: Path) -> None:
    change(root, OMS, lambda book: book["Capaian"].merge_cells("A5:A7"))
    sheet = copy_of(check(root))["Capaian"]
    assert colour(sheet["A5"]) == marked_copies.COLOURS["error"]
    assert "[S08]" in sheet["A5"].comment.text
    assert "[C01]" in sheet["A5"].comment.text


def test_a_sheet_called_like_the_list(root: Path) -> None:
    change(root, OMS, lambda book: book.create_sheet("Temuan"))
    assert copy_of(check(root)).sheetnames == ["Temuan (2)", "Capaian", "Temuan"]


def test_a_workbook_that_openpyxl_would_choke_on_is_listed_only(root: Path) -> None:
    """A merged range of 17 thousand million cells, each of which openpyxl would make."""
    path = root / OMS
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    parts[name] = parts[name].replace(b"</sheetData>", merge)
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    names = {p.name for p in check(root).iterdir()}
    assert "ringkasan-temuan.xlsx" in names
    assert "2021-S2-capaian-oms.xlsx" not in names


def test_faulty_params_are_in_the_summary(root: Path) -> None:
    path = root / PARAMS
    path.write_text(path.read_text("utf-8").replace("judul:", "jduul:", 1), "utf-8")
    folder = check(root)
    assert [p.name for p in folder.iterdir()] == ["ringkasan-temuan.xlsx"]


def test_control_characters_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "outputs").mkdir()
    finding = Finding("P03", PARAMS, cell="3", details={"value": "\x1b[31m=1", "why": "=cmd|' /C calc'!A0"})
    folder = marked_copies.write(tmp_path, "2021-S2", [finding])
    cells = [
        c.value for row in load_workbook(folder / marked_copies.SUMMARY)["Temuan"].iter_rows() for c in row if c.value
    ]
    assert any("\ufffd[31m=1" in str(value) for value in cells)


def test_a_folder_that_cannot_be_written_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "outputs").write_text("sebuah berkas")
    assert main(["--root", str(root), "check", "2021-S2"]) == 0
    assert "salinan bertanda tidak dapat ditulis" in capsys.readouterr().err
    (root / "outputs").unlink()
    shutil.rmtree(root / "inputs")


def test_the_terminal_shows_counts_and_no_floods(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def edit(book: Any) -> None:
        for row in range(2, 31):
            book["Capaian"].cell(row, 8).value = 101

    change(root, OMS, edit)
    check(root, "--no-salinan")
    out = capsys.readouterr().out
    assert f"{OMS} (29 kesalahan, 0 peringatan)" in out
    assert out.count("[C02] salah") == 12
    assert "dan 17 temuan [C02] lagi di lembar 'Capaian'" in out
