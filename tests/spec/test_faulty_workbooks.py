"""Every kind of faulty workbook and params is caught with its exact cell, and leaves the last outputs as they were."""

from __future__ import annotations

import io
import re
import shutil
import time
import warnings
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter as column_letters

from monev.build.build_options import BuildOptions
from monev.build.pipeline import Progress, build
from monev.io.folders import REPOSITORY
from monev.io.inputs import read_inputs
from monev.io.workbook_reader import read_book
from monev.model import fields
from monev.model.params import Limits
from monev.rules import hygiene
from monev.rules.tidy import read_sheet
from monev.words.errors import InputError
from monev.words.findings import Finding
from support import change, column, findings_of, part, put, rebuilt

KL = "inputs/2021-S2/capaian-kl.xlsx"
OMS = "inputs/2021-S2/capaian-oms.xlsx"
PLAN = "inputs/rencana-aksi.xlsx"
EVALUATION = "inputs/2021-S2/evaluasi.xlsx"
PARAMS = "params/2021-S2.yml"
OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what .xls files begin with
Damage = Callable[[Path], object]
LETTERS = {
    name: {c.heading: column_letters(n) for n, c in enumerate(sheet.columns, start=1)}
    for book in fields.BOOKS
    for sheet in book.sheets
    for name in [sheet.name]
} | {"Capaian": {c.heading: column_letters(n) for n, c in enumerate(
    [c for c in fields.ACHIEVEMENT.columns if c.required or c.name == "remark"], start=1)}}  # fmt: skip


pytestmark = pytest.mark.usefixtures("no_kernels")


def places(findings: tuple[Finding, ...]) -> list[tuple[str, str, str, str]]:
    return [(f.code, f.file, f.sheet, f.cell) for f in findings]


SHEET = "xl/worksheets/sheet1.xml"


def in_sheet(old: str, new: str, file: str = OMS) -> Damage:
    """Replace text in the XML of a workbook's first sheet."""

    def text(xml: str) -> str:
        assert old in xml
        return xml.replace(old, new, 1)

    return lambda root: part(root, file, SHEET, text)


def cell_xml(address: str, content: str, kind: str = "", file: str = OMS, name: str = SHEET) -> Damage:
    """Replace what one cell holds, also by what no spreadsheet program would write there."""
    cell = re.compile(rf'<c r="{address}"( s="\d+")?[^>]*?(/>|>.*?</c>)')

    def text(xml: str) -> str:
        made, count = cell.subn(lambda m: f'<c r="{address}"{m[1] or ""}{kind}>{content}</c>', xml, count=1)
        assert count == 1
        return made

    return lambda root: part(root, file, name, text)


def type_in(file: str, sheet: str, address: str, value: object) -> Damage:
    """Type a value into a cell, as `support.put` does, without loading the workbook."""
    book = next(b for b in fields.BOOKS if b.file == Path(file).name)
    name = f"xl/worksheets/sheet{[s.name for s in book.sheets].index(sheet) + 1}.xml"
    match value:
        case bool():
            content, kind = f"<v>{value:d}</v>", "b"
        case int() | float():
            content, kind = f"<v>{value}</v>", "n"
        case datetime():
            content, kind = f"<v>{value.isoformat()}</v>", "d"
        case str() if value.startswith("="):
            content, kind = f"<f>{escape(value[1:])}</f>", "n"
        case str() if value.startswith("#"):
            content, kind = f"<v>{value}</v>", "e"
        case _:
            content, kind = f'<is><t xml:space="preserve">{escape(str(value))}</t></is>', "inlineStr"
    return cell_xml(address, content, f' t="{kind}"', file, name)


def set_cell(file: str, sheet: str, address: str, value: object) -> Damage:
    return lambda root: put(root, f"{file}!{sheet}!{address}", value)


def edited(file: str, edit: Callable[[Any], object]) -> Damage:
    return lambda root: change(root, file, edit)


def in_params(old: str, new: str) -> Damage:
    def edit(root: Path) -> None:
        path = root / PARAMS
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return edit


# Cells: what someone typed, and what is said about that cell ----------------------------------------------------------

#   file, sheet, heading, row, value, code
CELLS: list[tuple[str, str, str, int, object, str]] = [
    (OMS, "Capaian", "Nilai", 14, 101, "C02"),
    (OMS, "Capaian", "Nilai", 14, -0.5, "C02"),
    (OMS, "Capaian", "Nilai", 14, "1e3", "C02"),
    (OMS, "Capaian", "Nilai", 14, "85 persen", "C02"),
    (OMS, "Capaian", "Nilai", 14, False, "C02"),
    (OMS, "Capaian", "Nilai", 14, 44_531, "C02"),
    (KL, "Capaian", "Nilai", 3, 85, "C02"),  # 8500 % in a percent cell
    (OMS, "Capaian", "Nilai", 14, datetime(2021, 12, 1), "C08"),
    (OMS, "Capaian", "Nilai", 14, "#REF!", "C06"),
    (OMS, "Capaian", "Nilai", 14, "#N/A", "C06"),
    (OMS, "Capaian", "Nilai", 14, "=Lain!A1", "C05"),
    (OMS, "Capaian", "Nilai", 14, "\u2013", "C13"),  # an en dash instead of -
    (OMS, "Capaian", "Nilai", 14, "N\u2215A", "C13"),
    (OMS, "Capaian", "Nilai", 14, "\u041d/\u0410", "C13"),  # Cyrillic letters
    (OMS, "Capaian", "Nilai", 14, "85", "C10"),
    (OMS, "Capaian", "Nilai", 14, "85%", "C10"),
    (OMS, "Capaian", "Nilai", 14, "95,5", "C11"),
    (OMS, "Capaian", "Nilai", 14, "95.5", "C11"),
    (OMS, "Capaian", "Nilai", 14, " N/A", "C14"),
    (OMS, "Capaian", "Komitmen", 14, "satu", "C04"),
    (OMS, "Capaian", "Komitmen", 14, 0, "C04"),
    (OMS, "Capaian", "Komitmen", 14, True, "C04"),
    (OMS, "Capaian", "Komitmen", 14, datetime(2021, 1, 1), "C04"),
    (OMS, "Capaian", "Komitmen", 14, 99, "K02"),
    (OMS, "Capaian", "UK", 14, "2", "C10"),
    (OMS, "Capaian", "UK", 14, "1.5", "C04"),
    (OMS, "Capaian", "UK", 14, "\uff11", "C13"),  # a full-width digit
    (OMS, "Capaian", "UK", 14, 9, "K05"),
    (OMS, "Capaian", "No", 14, 44_531, "C16"),
    (OMS, "Capaian", "Pelaksana", 14, "Siapa", "K03"),
    (OMS, "Capaian", "Pelaksana", 14, "\u0406CW", "C13"),
    (OMS, "Capaian", "Pelaksana", 14, "\u0399CW", "C13"),  # Greek
    (OMS, "Capaian", "Pelaksana", 2, "ICW ", "C14"),
    (OMS, "Capaian", "Pelaksana", 2, "\u00a0ICW", "C14"),
    (OMS, "Capaian", "Pelaksana", 2, "IC\u200bW", "C15"),
    (OMS, "Capaian", "Pelaksana", 2, "\ufeffICW", "C15"),
    (OMS, "Capaian", "Pelaksana", 14, "KIP", "K04"),
    (OMS, "Capaian", "Periode", 14, "B06", "K07"),
    (OMS, "Capaian", "Periode", 14, "\u041212", "C13"),
    (OMS, "Capaian", "Periode", 14, datetime(2012, 2, 1), "C07"),
    (OMS, "Capaian", "Target", 14, "  \n ", "C01"),
    (OMS, "Capaian", "Target", 14, True, "C07"),
    (OMS, "Capaian", "Target", 14, 44_531, "C16"),
    (OMS, "Capaian", "Target", 14, "Tidak ada target B12", "M11"),
    (OMS, "Capaian", "Status Ko-Kreasi", 14, "Semi\u2013Aktif", "C13"),
    (OMS, "Capaian", "Status Ko-Kreasi", 14, "Ya", "C03"),
    (OMS, "Capaian", "Status Ko-Kreasi", 14, "Aktif  ", "C14"),
    (OMS, "Capaian", "Data Dukung", 14, 44_531, "C16"),
    (OMS, "Capaian", "Data Dukung", 2, "Tidak dikumpulkan", "M05@Nilai"),
    (EVALUATION, "Penetapan", "Kategori", 2, "Lumayan", "M01"),
    (EVALUATION, "Penetapan", "Komitmen", 2, 77, "K02"),
    (EVALUATION, "Penetapan", "Dimensi", 2, "Keduanya", "C03"),
    (EVALUATION, "Sorotan", "Judul", 2, "Komitmen dengan Capaian Administratif Kurang", "M10"),
    (EVALUATION, "Sorotan", "Judul", 3, "Judul lain", "M04"),
    (EVALUATION, "Sorotan", "Pelaksana", 2, "SAFEnet", "K04"),
    (EVALUATION, "Tindak Lanjut", "UK", 2, 9, "K08"),
    (PLAN, "Pelaksana", "Koalisi", 3, "Koalisi Gaib", "K09"),
    (PLAN, "Pelaksana", "Kelompok", 3, "K\u2215L", "C13"),
    (PLAN, "Komitmen", "Komitmen", 3, 2.5, "C04"),
]


@pytest.mark.parametrize(("file", "sheet", "heading", "row", "value", "code"), CELLS)
def test_a_faulty_cell(root: Path, file: str, sheet: str, heading: str, row: int, value: object, code: str) -> None:
    code, _, told_at = code.partition("@")
    type_in(file, sheet, f"{LETTERS[sheet][heading]}{row}", value)(root)
    expected = (code, file, sheet, f"{LETTERS[sheet][told_at or heading]}{row}")
    assert expected in places(refused_or_read(root))


def test_the_letters_above_are_those_of_the_workbooks(root: Path) -> None:
    assert column(root, KL, "Capaian", "Nilai") == LETTERS["Capaian"]["Nilai"]
    assert column(root, EVALUATION, "Sorotan", "Pelaksana") == LETTERS["Sorotan"]["Pelaksana"]


def refused_or_read(root: Path) -> tuple[Finding, ...]:
    """Return the findings; where one is an error, build as well and see that nothing but the error comes of it."""
    findings = findings_of(root)
    if any(f.weight == "error" for f in findings):
        last = root / "outputs" / "2021-S2"
        (last / "data").mkdir(parents=True)
        (last / "laporan.pdf").write_bytes(b"yang lama")
        (last / "data" / "target.csv").write_bytes(b"yang lama juga")
        before = tree(root)
        stages: list[object] = []
        progress = Progress(stages.append, lambda count, total, name: pytest.fail("a notebook ran"))
        with pytest.raises(InputError) as refused:
            build(root, "2021-S2", BuildOptions("embedded"), progress)
        assert refused.value.findings == findings
        assert tree(root) == before
    return findings


def tree(root: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(root)): path.read_bytes() if path.is_file() else None
        for path in root.rglob("*")
        if "params" not in path.parts
    }


# Sheets and files -----------------------------------------------------------------------------------------------------


def _sheet(book: Any) -> Any:
    return book["Capaian"]


def _formula(formula: str, stored: str) -> Damage:
    return cell_xml("H14", f"<f>{formula}</f><v>{stored}</v>")


def _truncated(root: Path) -> None:
    content = (root / OMS).read_bytes()
    (root / OMS).write_bytes(content[: len(content) * 2 // 3])


def _outside_link(root: Path) -> None:
    outside = root.parent / "luar.xlsx"
    shutil.copy(root / OMS, outside)
    (root / OMS).unlink()
    (root / OMS).symlink_to(outside)


def _link_to_itself(root: Path) -> None:
    (root / OMS).unlink()
    (root / OMS).symlink_to(root / OMS)


def _bomb(root: Path) -> None:
    rebuilt(root, OMS, lambda parts: parts.update({"xl/media/image1.png": b"\0" * (40 << 20)}))


def _lying_bomb(root: Path) -> None:
    """Write an archive whose directory says that a part is small."""
    _bomb(root)
    content = bytearray((root / OMS).read_bytes())
    size = (40 << 20).to_bytes(4, "little")
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = (1000).to_bytes(4, "little")
    (root / OMS).write_bytes(bytes(content).replace(b"xl/media/image1.png", b"xl/worksheets/s.xml"))
    part_name = "xl/worksheets/s.xml"
    with zipfile.ZipFile(root / OMS) as archive:
        assert archive.getinfo(part_name).file_size == 1000
    rels = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(root / OMS, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(rels, archive.read(rels).replace(b"worksheets/sheet1.xml", b"worksheets/s.xml"))


def _twice(root: Path) -> None:
    with zipfile.ZipFile(root / OMS, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(SHEET, archive.read(SHEET))


def _entities(root: Path) -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE worksheet [<!ENTITY a0 "ha">{levels}]>'
    part(root, OMS, SHEET, lambda xml: xml.replace("<worksheet ", f"{doctype}<worksheet ", 1))


def _outer_entity(root: Path) -> None:
    doctype = '<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    text = lambda xml: re.sub("<t([^>]*)>[^<]*</t>", r"<t\1>&x;</t>", xml.replace("<sst ", f"{doctype}<sst ", 1))  # noqa: E731
    part(root, OMS, "xl/sharedStrings.xml", text)


def _protected(root: Path) -> None:
    (root / OMS).write_bytes(OLD_CONTAINER + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 900)


def _far_cell(root: Path) -> None:
    in_sheet("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')(root)


def _macro(root: Path) -> None:
    rebuilt(root, OMS, lambda parts: parts.update({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}))


def _document(root: Path) -> None:
    change_type = lambda xml: xml.replace("spreadsheetml.sheet.main", "wordprocessingml.document.main")  # noqa: E731
    part(root, OMS, "[Content_Types].xml", change_type)


def _macro_type(root: Path) -> None:
    old = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    new = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    part(root, OMS, "[Content_Types].xml", lambda xml: xml.replace(old, new))


def _opendocument(root: Path) -> None:
    with zipfile.ZipFile(root / OMS, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<a/>")


def _plain_zip(root: Path) -> None:
    with zipfile.ZipFile(root / OMS, "w") as archive:
        archive.writestr("capaian-oms.xlsx", (root / KL).read_bytes())


def _titles_above(book: Any) -> None:
    _sheet(book).insert_rows(1, 3)
    _sheet(book)["A1"] = "Laporan Capaian Semester II"


def _gap(book: Any) -> None:
    sheet = _sheet(book)
    sheet.insert_rows(20, 2)


def _copy_of_sheet(book: Any) -> None:
    book.copy_worksheet(_sheet(book)).title = "Capaian (2)"


def _twin(book: Any) -> None:
    sheet = book.create_sheet("x")
    sheet["A1"] = "Komitmen"


def _hide_row(book: Any) -> None:
    for row in (7, 8, 12):
        _sheet(book).row_dimensions[row].hidden = True


def _filter(book: Any) -> None:
    _hide_row(book)
    _sheet(book).auto_filter.add_filter_column(0, ["1"])


def _swap_rows(book: Any) -> None:
    for cell in _sheet(book)[2]:
        _sheet(book).cell(9, cell.column).value = cell.value


def _no_target_but_work(book: Any) -> None:
    _sheet(book)["H14"] = "-"
    _sheet(book)["G14"] = "Dua lokakarya terlaksana bersama mitra."
    _sheet(book)["J14"] = None


def _not_measurable_but_active(book: Any) -> None:
    _sheet(book)["H14"] = "N/A"
    _sheet(book)["J14"] = "Aktif"


def _status_without_target(book: Any) -> None:
    _sheet(book)["H14"] = "-"
    _sheet(book)["J14"] = "Pasif"


def _needless_determination(book: Any) -> None:
    row = {"A": 5, "B": "Administratif", "C": "Baik", "D": "Sudah baik."}
    for letter, value in row.items():
        book["Penetapan"][f"{letter}9"] = value


def _merged(root: Path) -> None:
    edit = lambda book: _sheet(book).merge_cells("A5:A7")  # noqa: E731
    change(root, OMS, edit)


#   what is done to the root, code, file, sheet, cell
BROKEN: dict[str, tuple[Damage, str, str, str, str]] = {
    "missing": (lambda r: (r / OMS).unlink(), "F01", OMS, "", ""),
    "a folder": (lambda r: ((r / OMS).unlink(), (r / OMS).mkdir()), "F01", OMS, "", ""),
    "empty": (lambda r: (r / OMS).write_bytes(b""), "F02", OMS, "", ""),
    "csv": (lambda r: (r / OMS).write_text("Komitmen;UK\n1;1\n"), "F02", OMS, "", ""),
    "html": (lambda r: (r / OMS).write_text("<html><table><tr><td>1</table>"), "F02", OMS, "", ""),
    "old format": (lambda r: (r / OMS).write_bytes(OLD_CONTAINER + b"\0" * 99), "F02", OMS, "", ""),
    "password": (_protected, "F02", OMS, "", ""),
    "truncated": (_truncated, "F02", OMS, "", ""),
    "another document": (_document, "F02", OMS, "", ""),
    "opendocument": (_opendocument, "F02", OMS, "", ""),
    "a workbook in a zip": (_plain_zip, "F02", OMS, "", ""),
    "binary workbook": (lambda r: rebuilt(r, OMS, lambda p: p.update({"xl/workbook.bin": b""})), "F02", OMS, "", ""),
    "a part twice": (_twice, "F02", OMS, "", ""),
    "a part missing": (lambda r: rebuilt(r, OMS, lambda p: p.pop(SHEET)), "F02", OMS, "", ""),
    "a broken part": (in_sheet("</sheetData>", "</sheetDat>"), "F02", OMS, "", ""),
    "unknown shared text": (cell_xml("H14", "<v>99999</v>", ' t="s"'), "F02", OMS, "", ""),
    "entities": (_entities, "F02", OMS, "", ""),
    "outer entity": (_outer_entity, "F02", OMS, "", ""),
    "zip bomb": (_bomb, "F03", OMS, "", ""),
    "zip bomb that lies": (_lying_bomb, "F02", OMS, "", ""),
    "many parts": (
        lambda r: rebuilt(r, OMS, lambda p: p.update({f"x/{n}": b"" for n in range(2100)})), "F03", OMS, "", "",
    ),
    "a cell far out": (_far_cell, "F03", OMS, "Capaian", "XFD1048576"),
    "link outside": (_outside_link, "F04", OMS, "", ""),
    "link to itself": (_link_to_itself, "F04", OMS, "", ""),
    "macros": (_macro, "F06", OMS, "", ""),
    "macro type": (_macro_type, "F06", OMS, "", ""),
    "excel lock": (lambda r: (r / "inputs/2021-S2/~$capaian-oms.xlsx").write_bytes(b"x"), "F05", OMS, "", ""),
    "libreoffice lock": (
        lambda r: (r / "inputs/2021-S2/.~lock.capaian-oms.xlsx#").write_bytes(b"x"), "F05", OMS, "", "",
    ),
    "sheet renamed": (edited(OMS, lambda b: setattr(_sheet(b), "title", "Data")), "S01", OMS, "", ""),
    "column missing": (set_cell(OMS, "Capaian", "H1", "Skor"), "S02", OMS, "Capaian", ""),
    "column unknown": (set_cell(OMS, "Capaian", "N1", "Nlai"), "S03", OMS, "Capaian", "N1"),
    "column twice": (set_cell(OMS, "Capaian", "G1", "Nilai"), "S04", OMS, "Capaian", "H1"),
    "no rows": (edited(PLAN, lambda b: b["Pelaksana"].delete_rows(2, 99)), "S05", PLAN, "Pelaksana", ""),
    "titles above": (edited(OMS, _titles_above), "S06", OMS, "Capaian", "A4"),
    "two sheets by case": (
        lambda r: (change(r, OMS, _twin), part(r, OMS, "xl/workbook.xml", lambda x: x.replace('"x"', '"CAPAIAN "'))),
        "S07", OMS, "CAPAIAN ", "",
    ),
    "merged": (_merged, "S08", OMS, "Capaian", "A5"),
    "hidden rows": (edited(OMS, _hide_row), "S09", OMS, "Capaian", "A7"),
    "filtered rows": (edited(OMS, _filter), "S10", OMS, "Capaian", "A7"),
    "hidden column": (
        edited(OMS, lambda b: setattr(_sheet(b).column_dimensions["H"], "hidden", True)), "S11", OMS, "Capaian", "H1",
    ),
    "hidden sheet": (
        edited(OMS, lambda b: (b.create_sheet("Lain"), setattr(_sheet(b), "sheet_state", "hidden"))),
        "S12", OMS, "Capaian", "",
    ),
    "rows below a gap": (edited(OMS, _gap), "S13", OMS, "Capaian", "A22"),
    "no heading": (set_cell(OMS, "Capaian", "P5", "lihat lampiran"), "S14", OMS, "Capaian", "P5"),
    "copied sheet": (edited(OMS, _copy_of_sheet), "S15", OMS, "Capaian (2)", ""),
    "duplicate row": (edited(OMS, _swap_rows), "K01", OMS, "Capaian", "E9"),
    "the other group": (set_cell(OMS, "Capaian", "C2", "LKPP"), "K06", OMS, "Capaian", "C2"),
    "formula without result": (cell_xml("H14", "<f>50+50</f>"), "C05", OMS, "Capaian", "H14"),
    "formula with error": (cell_xml("H14", "<f>1/0</f><v>#DIV/0!</v>", ' t="e"'), "C06", OMS, "Capaian", "H14"),
    "formula to another workbook": (_formula("[1]Rekap!B5", "85"), "C12", OMS, "Capaian", "H14"),
    "a number that is none": (cell_xml("H14", "<v>1E999</v>"), "C02", OMS, "Capaian", "H14"),
    "not a number at all": (cell_xml("H14", "<v>NaN</v>"), "F02", OMS, "Capaian", "H14"),
    "work without target": (edited(OMS, _no_target_but_work), "M09", OMS, "Capaian", "G14"),
    "active but not measurable": (edited(OMS, _not_measurable_but_active), "M08", OMS, "Capaian", "J14"),
    "status without target": (edited(OMS, _status_without_target), "M06", OMS, "Capaian", "J14"),
    "needless determination": (edited(EVALUATION, _needless_determination), "M02", EVALUATION, "Penetapan", "C9"),
    "a number that YAML reads as another": (in_params("tahun: 2021", "tahun: 02021"), "P11", PARAMS, "", "12"),
    "a time of day that YAML reads as a number": (in_params("judul: ", "judul: 1:30 # "), "P11", PARAMS, "", "3"),
    "words that YAML takes for a comment": (in_params("judul: ", "judul: Laporan #1, "), "P15", PARAMS, "", "3"),
    "an edition that is no folder of its own": (in_params("edisi: 2021-S2", "edisi: Periksa"), "P03", PARAMS, "", "2"),
    "python in params": (in_params("judul: ", "judul: !!python/object:os.x "), "P08", PARAMS, "", "3"),
    "aliases in params": (in_params("edisi:", "a: &a [x]\nb: *a\nedisi:"), "P09", PARAMS, "", "3"),
    "huge params": (lambda r: (r / PARAMS).write_bytes(b"#" * (2 << 20)), "P10", PARAMS, "", ""),
    "deep params": (lambda r: (r / PARAMS).write_text("[" * 5000), "P04", PARAMS, "", "1"),
    "binary params": (lambda r: (r / PARAMS).write_bytes(b"\xff\xfe\x00"), "P04", PARAMS, "", ""),
    "impossible date in params": (in_params("tahun: 2021", "tahun: 2021-99-99"), "P04", PARAMS, "", ""),
    "path leaves the root": (in_params("inputs/rencana-aksi.xlsx", "../../x.xlsx"), "F04", "../../x.xlsx", "", ""),
    "absolute path": (in_params("inputs/rencana-aksi.xlsx", "/etc/x.xlsx"), "F04", "/etc/x.xlsx", "", ""),
    "windows path": (in_params("inputs/rencana-aksi.xlsx", r"C:\x.xlsx"), "F04", r"C:\x.xlsx", "", ""),
    "impossible path": (in_params("inputs/rencana-aksi.xlsx", r'"a\0b.xlsx"'), "F04", "a\0b.xlsx", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_faulty_file(root: Path, name: str) -> None:
    damage, code, file, sheet, cell = BROKEN[name]
    (root / "outputs").mkdir()
    damage(root)
    expected = (code, file, sheet, cell)
    findings = refused_or_read(root)
    assert expected in places(findings)
    assert all(finding.text("id") and finding.text("en") for finding in findings)


def test_there_are_many_kinds() -> None:
    assert len(CELLS) + len(BROKEN) >= 60
    assert len({case[-1].partition("@")[0] for case in CELLS} | {case[1] for case in BROKEN.values()}) >= 45


def test_what_is_warned_of_is_read_all_the_same(root: Path) -> None:
    """A warning changes nothing of the data."""
    before = read_inputs(root, "2021-S2").data
    for damage in (
        set_cell(OMS, "Capaian", "C2", "\u00a0IC\u200bW "),
        edited(OMS, _filter),
        set_cell(OMS, "Capaian", "P5", "lihat lampiran"),
        set_cell(OMS, "Capaian", "B2", str(before.targets[-29].measure)),
    ):
        damage(root)
    inputs = read_inputs(root, "2021-S2")
    assert {f.code for f in inputs.findings} >= {"C14", "C15", "C10", "S10", "S14"}
    assert inputs.sound().data == before


def test_an_alias_bomb_is_refused_at_once(root: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]", *(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40))]  # fmt: skip
    (root / PARAMS).write_text("\n".join(lines))
    began = time.process_time()
    assert {f.code for f in findings_of(root)} == {"P09"}
    assert time.process_time() - began < 5


def test_a_million_empty_formatted_rows_are_refused_at_once(root: Path) -> None:
    rows = "".join(f'<row r="{n}" s="1" customFormat="1" ht="15"/>' for n in range(31, 1_000_000))
    in_sheet("</sheetData>", rows + '<row r="1000001"><c r="A1000001" s="1"/></row></sheetData>')(root)
    began = time.process_time()
    (finding,) = [f for f in findings_of(root) if f.weight == "error"]
    assert time.process_time() - began < 8
    assert (finding.code, finding.file) == ("F03", OMS)
    assert "baris kosong yang diformat" in finding.text("id")
    assert "Hapus baris" in finding.text("id")


def test_some_empty_formatted_rows_are_read(root: Path) -> None:
    before = read_inputs(root, "2021-S2").data
    rows = "".join(f'<row r="{n}" s="1" customFormat="1" ht="15"/>' for n in range(31, 30_000))
    in_sheet("</sheetData>", rows + '<row r="1000001"><c r="A1000001" s="1"/></row></sheetData>')(root)
    inputs = read_inputs(root, "2021-S2")
    assert (inputs.data, {f.code for f in inputs.findings}) == (before, {"M05"})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        ("</sheetData>", "</sheetData><hyperlinks><hyperlink tooltip='>' ref='A1&#58;XFD1048576'/></hyperlinks>"),
        ("</sheetData>", f"<row r='40'>{'<c/>' * 1_000_001}</row></sheetData>"),
    ],
    ids=["merged", "link", "cells"],
)
def test_what_would_unfold_into_many_cells_is_refused_at_once(root: Path, old: str, new: str) -> None:
    in_sheet(old, new)(root)
    limit = "batas: {rasio: 100000}\npernyataan:"
    in_params("pernyataan:", limit)(root)
    began = time.process_time()
    assert ("F03", OMS, "", "") in places(findings_of(root))
    assert time.process_time() - began < 8


def test_entities_in_another_encoding_are_refused(root: Path) -> None:
    _entities(root)
    encoded = lambda xml: xml.replace("UTF-8", "UTF-16").replace("utf-8", "utf-16").encode("utf-16")  # noqa: E731
    rebuilt(root, OMS, lambda parts: parts.update({SHEET: encoded(parts[SHEET].decode())}))
    assert ("F02", OMS, "", "") in places(findings_of(root))


def test_limits_come_from_the_params(root: Path) -> None:
    in_params("pernyataan:", "batas: {baris: 20}\npernyataan:")(root)
    assert ("F03", OMS, "Capaian", "A21") in places(findings_of(root))


def test_a_workbook_inside_a_workbook_is_not_opened(root: Path) -> None:
    inner = (root / KL).read_bytes()
    rebuilt(root, OMS, lambda parts: parts.update({"xl/embeddings/x.xlsx": inner}))
    assert {f.code for f in findings_of(root)} == {"M05"}


def test_hostile_links_to_other_files_are_passed_over(root: Path) -> None:
    target = 'TargetMode="External" Target="file:///etc/passwd" Type="http://x/externalLinkPath" Id="rIdX"'
    part(root, OMS, "xl/_rels/workbook.xml.rels", lambda x: x.replace(
        "</Relationships>", f"<Relationship {target}/></Relationships>"))  # fmt: skip
    assert {f.code for f in findings_of(root)} == {"M05"}


def test_a_filter_that_openpyxl_refuses_is_read(root: Path) -> None:
    custom = '<filterColumn colId="2"><customFilters><customFilter operator="between" val="IC"/></customFilters>'
    part(root, OMS, SHEET, lambda x: re.sub(
        r'<autoFilter ref="(\S+)"/>', rf'<autoFilter ref="\1">{custom}</filterColumn></autoFilter>', x))  # fmt: skip
    assert {f.code for f in findings_of(root)} == {"M05"}


def test_thirty_thousand_characters_are_fine(root: Path) -> None:
    put(root, f"{OMS}!Capaian!G14", "panjang " * 3750)
    assert {f.code for f in findings_of(root)} == {"M05"}


def test_the_2021_edition_has_one_true_warning(root: Path) -> None:
    assert places(findings_of(root)) == [("M05", OMS, "Capaian", "H30")]
    sheet = load_workbook(root / OMS)["Capaian"]
    assert (sheet["H30"].value, sheet["K30"].value) == (100, "Tidak dikumpulkan")


# Anything at all ------------------------------------------------------------------------------------------------------

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(-1e6, 1e6).map(lambda x: round(x, 4)),
    st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)).map(lambda d: d.replace(microsecond=0)),
    st.text(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=30
    ).filter(lambda text: not text.startswith("=")),
    st.sampled_from(["N/A", "-", "Aktif", "Ada", "KIP", "ICW", "B12", "85%", "95,5", "#REF!", " x ", "\u200b"]),
)  # fmt: skip


def saved(cells: dict[str, object], title: str = "Capaian") -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for address, value in cells.items():
        sheet[address] = value
        if isinstance(value, str):
            sheet[address].data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(path: Path, cells: dict[str, tuple[str, str]]) -> dict[str, tuple[object, str, str]]:
    """Write cells as XML (attributes, content) into an empty workbook, and return value, state and formula of each."""
    path.mkdir()
    (path / "buku.xlsx").write_bytes(saved({"A1": "x"}))
    row = "".join(f'<c r="{address}"{attributes}>{content}</c>' for address, (attributes, content) in cells.items())
    part(path, "buku.xlsx", SHEET, lambda xml: xml.replace("</sheetData>", f'<row r="2">{row}</row></sheetData>'))
    book, findings = read_book(path / "buku.xlsx", "buku.xlsx")
    assert (book is not None, findings) == (True, [])
    assert book is not None
    return {c.address: (c.value, c.state, c.formula) for c in book.sheets["Capaian"].rows[1]}


def test_formulas_and_their_results(tmp_path: Path) -> None:
    inner = ' t="inlineStr"'
    cells = {
        "A2": ("", "<f>1+1</f><v>2</v>"),
        "B2": ("", "<f>1+1</f>"),
        "C2": (' t="str"', "<f>A9</f><v></v>"),
        "D2": (' t="e"', "<f>1/0</f><v>#DIV/0!</v>"),
        "E2": ("", '<f t="array" ref="E2">SUM(A2:B2)</f><v>4</v>'),
        "F2": ("", '<f t="dataTable" ref="F2" r1="A1"/><v>5</v>'),
        "G2": ("", '<f t="shared" ref="G2:H2" si="0">A1+1</f><v>6</v>'),
        "H2": ("", '<f t="shared" si="0"/><v>7</v>'),
        "I2": (inner, "<is><t>satu_x000D_\ndua</t></is>"),
        "J2": (inner, "<is><t>=1+1</t></is>"),
    }
    assert read(tmp_path / "b", cells) == {
        "A2": (2, "value", "=1+1"),
        "B2": (None, "formula-without-value", "=1+1"),
        "C2": (None, "blank", "=A9"),
        "D2": ("#DIV/0!", "error", "=1/0"),
        "E2": (4, "value", "=SUM(A2:B2)"),
        "F2": (5, "value", "="),
        "G2": (6, "value", "=A1+1"),
        "H2": (7, "value", "=B1+1"),
        "I2": ("satu\ndua", "value", ""),
        "J2": ("=1+1", "value", ""),
    }


def test_columns_hidden_as_a_group(root: Path) -> None:
    def edit(book: Any) -> None:
        _sheet(book).column_dimensions.group("C", "E", hidden=True)

    change(root, OMS, edit)
    book, _ = read_book(root / OMS, OMS)
    assert book is not None
    assert book.sheets["Capaian"].hidden_columns == {3, 4, 5}


SHEETS = [(book, sheet) for book in (fields.PLAN, fields.ACHIEVEMENTS_KL, fields.EVALUATION) for sheet in book.sheets]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_content_of_cells_breaks_reading(tmp_path: Path, data: st.DataObject) -> None:
    _, sheet = data.draw(st.sampled_from(SHEETS))
    headings = {f"{column_letters(n)}1": c.heading for n, c in enumerate(sheet.columns, start=1)}
    addresses = [f"{column_letters(n)}{row}" for n in range(1, len(sheet.columns) + 2) for row in range(1, 6)]
    cells = data.draw(st.dictionaries(st.sampled_from(addresses), VALUES, max_size=30))
    path = tmp_path / "buku.xlsx"
    path.write_bytes(saved(headings | cells, sheet.name))
    book, findings = read_book(path, "buku.xlsx")
    assert book is not None
    rows, more = read_sheet(book, sheet)
    for finding in (*findings, *more):
        assert finding.line("id")
        assert finding.line("en")
    assert len(rows) <= 5


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(list("ABCDEFGHIJK")), st.integers(1, 30), VALUES), min_size=1, max_size=12))
def test_no_content_of_a_workbook_breaks_checking(pristine: Path, typed: list[tuple[str, int, object]]) -> None:
    """Cells of the real workbook overwritten by anything: findings, or data that the rest can use."""
    path = pristine / OMS
    content = path.read_bytes()
    try:
        book = load_workbook(path)
        for letter, row, value in typed:
            cell = book["Capaian"][f"{letter}{row}"]
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
        book.save(path)
        for finding in findings_of(pristine):
            assert finding.line()
    finally:
        path.write_bytes(content)


@pytest.fixture
def pristine(root: Path) -> Path:
    return root


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**6), st.binary(max_size=12), st.booleans())
def test_no_damage_of_bytes_breaks_reading(tmp_path: Path, at: int, put_in: bytes, pack: bool) -> None:
    """Bytes changed anywhere in the archive, or anywhere in the XML of the sheet."""
    content = (REPOSITORY / EVALUATION).read_bytes()
    path = tmp_path / "buku.xlsx"
    if pack:
        path.write_bytes(content)
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = sorted(parts)[at % len(parts)]
        place = at % (len(parts[name]) + 1)
        parts[name] = parts[name][:place] + put_in + parts[name][place + len(put_in) :]
        with zipfile.ZipFile(path, "w") as archive:
            for part_name, part_content in parts.items():
                archive.writestr(part_name, part_content)
    else:
        place = at % len(content)
        path.write_bytes(content[:place] + put_in + content[place + len(put_in) :])
    book, findings = read_book(path, "buku.xlsx")
    assert (book is None) == any(f.weight == "error" for f in findings)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200) | st.binary(max_size=200))
def test_no_params_break_reading(pristine: Path, content: str | bytes) -> None:
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    (pristine / PARAMS).write_bytes(raw)
    with pytest.raises(InputError):
        read_inputs(pristine, "2021-S2")


def test_runs_of_rows_in_words() -> None:
    assert hygiene.runs([2, 3, 4, 9, 11, 12]) == "2-4, 9, 11-12"


def test_limits_are_documented() -> None:
    assert set(Limits.model_fields) == {
        "megabita", "bagian_megabita", "rasio", "bagian", "baris", "kolom", "sel", "memori_megabita",
    }  # fmt: skip
