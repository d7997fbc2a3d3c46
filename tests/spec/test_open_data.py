"""The open data of a report: the descriptor says what the files hold; the workbook of tables what the report prints."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from monev.io.tables_workbook import About, SheetTable, Value, workbook
from monev.render.tree_tables import tables_of_tree

LETTERS = re.compile(r"[^\W\d_]{3,}")


@pytest.fixture(scope="module")
def package(report: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((report / "data" / "datapackage.json").read_text("utf-8"))
    return made


@pytest.fixture(scope="module")
def book(report: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(report / "data" / "tabel.xlsx")


def rows(report: Path, resource: dict[str, Any]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((report / "data" / resource["path"]).read_text("utf-8"))))


# The descriptor ----------------------------------------------------------------------------------------------


def test_every_file_of_the_folder_is_described_and_there(report: Path, package: dict[str, Any]) -> None:
    described = {resource["path"] for resource in package["resources"]}
    assert described == {path.name for path in (report / "data").iterdir()} - {"datapackage.json"}


def test_the_descriptor_is_a_data_package(package: dict[str, Any]) -> None:
    """The rules of Frictionless Data Package, version 1, that apply here."""
    assert package["profile"] == "data-package"
    assert re.fullmatch(r"[a-z0-9._-]+", package["name"])
    names = [resource["name"] for resource in package["resources"]]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9._-]+", name) for name in names)
    assert all(set(c) == {"title", "role"} and c["role"] == "publisher" for c in package["contributors"])
    for resource in (r for r in package["resources"] if "schema" in r):
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert len(fields) == len(set(fields))
        assert {field["type"] for field in resource["schema"]["fields"]} <= {"string", "integer", "number"}
        assert set(resource["schema"].get("primaryKey", [])) <= set(fields)
        for foreign in resource["schema"].get("foreignKeys", []):
            assert set(foreign["fields"]) <= set(fields)
            assert foreign["reference"]["resource"] in names


def test_everything_is_told_in_both_languages(package: dict[str, Any]) -> None:
    told = [*package["resources"], *(f for r in package["resources"] for f in r.get("schema", {}).get("fields", ()))]
    assert len(told) > 30
    for item in told:
        for name in ("title", "description"):
            assert item[name]
            assert item[f"{name}_en"]
        assert item["description"] != item["description_en"]
        assert ("unit" in item) == ("unit_en" in item)


def test_the_rows_keep_what_the_descriptor_promises(report: Path, package: dict[str, Any]) -> None:
    checked = 0
    for resource in (r for r in package["resources"] if "schema" in r):
        schema = resource["schema"]
        data = rows(report, resource)
        assert data
        assert list(data[0]) == [field["name"] for field in schema["fields"]]
        keys = [tuple(row[name] for name in schema.get("primaryKey", ())) for row in data]
        assert not schema.get("primaryKey") or len(keys) == len(set(keys))
        for field in schema["fields"]:
            limits = field.get("constraints", {})
            for row in data:
                text = row[field["name"]]
                assert text or not limits.get("required"), (resource["name"], field["name"])
                if not text:
                    continue
                checked += 1
                assert text in limits.get("enum", [text]), (resource["name"], field["name"], text)
                if field["type"] in ("integer", "number"):
                    number = int(text) if field["type"] == "integer" else float(text)
                    assert limits.get("minimum", number) <= number <= limits.get("maximum", number)
    assert checked > 1000


def test_every_target_names_a_commitment_that_is_there(report: Path, package: dict[str, Any]) -> None:
    by_name = {resource["name"]: resource for resource in package["resources"]}
    known = {row["komitmen"] for row in rows(report, by_name["komitmen"])}
    assert {row["komitmen"] for row in rows(report, by_name["target"])} <= known


# The workbook ------------------------------------------------------------------------------------------------


def test_the_workbook_holds_every_numbered_table_of_the_report(report: Path, book: openpyxl.Workbook) -> None:
    html = (report / "laporan.html").read_text("utf-8")
    numbers = {int(n) for n in re.findall(r'<span class="nomor">Tabel\s(\d+)\.</span>', html)}
    assert len(numbers) > 10
    assert {f"Tabel {n}" for n in numbers} == {n for n in book.sheetnames if re.fullmatch(r"Tabel \d+", n)}


def test_sheets_are_as_official_statistics_publish_them(book: openpyxl.Workbook) -> None:
    assert book.sheetnames[:3] == ["Sampul", "Daftar Isi", "Catatan"]
    for sheet in book.worksheets:
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes is None
        assert sheet["A1"].value
        assert sheet.sheet_state == "visible"
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        first, last = (int(n) for n in re.findall(r"\d+", table.ref))
        headings = [cell.value for cell in sheet[first]]
        assert len(set(headings)) == len(headings)
        assert all(headings)
        assert last == sheet.max_row
        body = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1, max_row=last)]
        assert all(any(value is not None for value in row) for row in body)


def test_the_contents_lead_to_every_sheet(book: openpyxl.Workbook) -> None:
    sheet = book["Daftar Isi"]
    links = {cell.value: cell.hyperlink.location for cell in sheet["A"] if cell.hyperlink}
    assert set(links) == set(book.sheetnames[2:])
    assert all(place == f"'{name}'!A1" for name, place in links.items())


def test_numbers_are_numbers_as_printed(report: Path, book: openpyxl.Workbook) -> None:
    sheet = book["Tabel 1"]
    score = next(cell for cell in sheet["C"] if isinstance(cell.value, (int, float)))
    assert score.number_format == "0.0%"
    assert 0 <= score.value <= 1
    assert sheet["C3"].value == "Skor (persen)"
    document = pypdfium2.PdfDocument(report / "laporan.pdf")
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    assert f"{score.value * 100:.1f}%".replace(".", ",") in text


def test_properties_and_bytes(report: Path, book: openpyxl.Workbook) -> None:
    assert LETTERS.search(book.properties.title or "")
    assert LETTERS.search(book.properties.creator or "")
    with zipfile.ZipFile(report / "data" / "tabel.xlsx") as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    table = SheetTable("Tabel 1", "Judul", ("A", "A"), ((Value("x"), Value("1", 1, "0")),))
    about = About("Judul", "Penerbit")
    assert workbook(about, [("a", "b")], [table]) == workbook(about, [("a", "b")], [table])


@pytest.mark.parametrize(
    "table",
    [
        SheetTable("Catatan", "J", ("A",), ()),
        SheetTable("x" * 32, "J", ("A",), ()),
        SheetTable("Tabel 1", "J", ("A", "B"), ((Value("1"),),)),
    ],
)
def test_a_table_that_fits_no_sheet_is_refused(table: SheetTable) -> None:
    with pytest.raises(ValueError, match=r"."):
        workbook(About("J", "P"), [], [table])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
def test_libreoffice_opens_it(report: Path, tmp_path: Path) -> None:
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profil", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(report / "data" / "tabel.xlsx")], check=True, capture_output=True
    )
    document = pypdfium2.PdfDocument(tmp_path / "tabel.pdf")
    assert len(document) > 20
    assert "Daftar isi" in document[1].get_textpage().get_text_range()


# Reading a tree ----------------------------------------------------------------------------------------------


def _text(words: str) -> list[dict[str, Any]]:
    return [{"t": "Str", "c": words}]


def _span(kind: str, origin: str, words: str) -> list[dict[str, Any]]:
    key = "src" if kind == "sel" else "key"
    return [{"t": "Span", "c": [["", [kind], [[key, origin]]], _text(words)]}]


def _tree(*cells: list[dict[str, Any]]) -> dict[str, Any]:
    def row(own: list[list[dict[str, Any]]]) -> list[Any]:
        return [["", [], []], [[["", [], []], {}, 1, 1, [{"t": "Plain", "c": cell}]] for cell in own]]

    attributes: list[Any] = ["", [], []]
    head = [attributes, [row([_text(f"Kolom{n}") for n, _ in enumerate(cells)])]]
    body = [attributes, 0, [], [row([*cells])]]
    table = {"t": "Table", "c": [attributes, [None, []], [], head, [body], [attributes, []]]}
    caption = {"t": "Para", "c": _text("Temuan")}
    return {"meta": {}, "blocks": [{"t": "Div", "c": [["tbl-x", [], []], [table, caption]]}]}


@pytest.mark.parametrize(
    ("cell", "number", "form"),
    [
        (_span("angka", "a", "87,8%"), 0.878, "0.0%"),
        (_span("angka", "a", "2.928"), 2928, "#,##0"),
        (_span("angka", "a", "0,58"), 0.58, "0.00"),
        (_span("angka", "a", "\u22123,5"), -3.5, "0.0"),
        (_span("angka", "a", "N/A"), None, ""),
        (_span("sel", "x!L!A1", "12"), 12, "0"),
        (_span("sel", "x!L!A1", "1.200"), None, ""),  # in a workbook's text a dot may mean anything
        (_span("sel", "x!L!A1", "007"), None, ""),
        ([*_span("angka", "a", "3"), *_text(" dari "), *_span("angka", "b", "4")], None, ""),
        (_text("–"), None, ""),
    ],
)
def test_a_cell_is_a_number_when_it_is_one(cell: list[dict[str, Any]], number: float | None, form: str) -> None:
    (table,) = tables_of_tree(_tree(cell), {"a": "persen"})
    (value,) = table.rows[0]
    assert (value.number, value.form) == (number, form)


def test_a_column_tells_the_unit_of_its_figures() -> None:
    (table,) = tables_of_tree(_tree(_span("angka", "a", "3"), _span("angka", "b", "4")), {"a": "target"})
    assert table.headings == ("Kolom0 (target)", "Kolom1")
    assert (table.sheet, table.title) == ("Tabel 1", "Tabel 1. Temuan")
