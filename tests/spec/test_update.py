"""`./monev update`: rows for what is new in the register, and nothing of what people made is lost."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Picture
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table
from PIL import Image

from monev.commands.command_line import main
from monev.edition.book_update import update
from monev.edition.next_edition import prepare
from monev.io.guarded_folders import GuardedFolder
from monev.io.inputs import read_inputs
from monev.words.errors import InputError, RunError
from support import change, copy_root, fail_to_write, once, part, rebuilt, tree

EDITION, SOURCE = "2022-S3", "2021-S2"
FOLDER = f"inputs/{EDITION}"
PLAN, KL, OMS = (f"{FOLDER}/{name}.xlsx" for name in ("rencana-aksi", "capaian-kl", "capaian-oms"))
EVALUATION = f"{FOLDER}/evaluasi.xlsx"
SHEET = "xl/worksheets/sheet2.xml"  # Capaian, behind the explanations
COLUMNS = {"Komitmen": "A", "UK": "B", "Pelaksana": "C", "Target": "I", "Capaian": "J", "Nilai": "K", "Catatan": "U"}
TEXT = "Data cuaca <baru> & lengkap\ntersedia bagi nelayan."


@pytest.fixture
def semester(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """A root with a semester as `new` prepares it."""
    made = once(tmp_path_factory, "semester", lambda folder: prepare(copy_root(folder / "akar"), EDITION, SOURCE))
    root = tmp_path / "akar"
    copy_tree(made / "akar", root)
    return root


def copy_tree(source: Path, target: Path) -> None:
    for name, content in tree(source).items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(content)


def register(root: Path, **rows: list[object]) -> None:
    """Add rows to the register, by sheet (`Pelaksana_Komitmen` is the one with a blank)."""

    def add(book: Any) -> None:
        for sheet, row in rows.items():
            book[sheet.rstrip("0123456789").replace("_", " ")].append(row)

    change(root, PLAN, add)


def add_commitment(root: Path, number: int = 19, actor: str = "BMKG") -> None:
    """Add a commitment with a ministry of its own, and an organisation that is there already."""
    register(
        root,
        Komitmen=[number, "Data cuaca untuk nelayan"],
        Pelaksana=[actor, "Badan Meteorologi, Klimatologi, dan Geofisika", "K/L"],
        Pelaksana_Komitmen=[number, actor],
        Pelaksana_Komitmen2=[number, "ICW"],
        Ukuran_Keberhasilan=[number, actor, 1, TEXT],
        Ukuran_Keberhasilan2=[number, "ICW", 1, TEXT],
    )


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def cells(root: Path, file: str, sheet: str = "Capaian") -> dict[str, object]:
    page = load_workbook(root / file)[sheet]
    return {cell.coordinate: cell.value for row in page.iter_rows() for cell in row if cell.value is not None}


# What is added ------------------------------------------------------------------------------------------------


def test_a_new_commitment_gets_its_rows(semester: Path) -> None:
    before = {file: cells(semester, file) for file in (KL, OMS)}
    add_commitment(semester)
    made = update(semester, EDITION)
    assert [book.added.rows for book in made.books] == [(42,), (32,), ()]
    for file, row, actor in ((KL, 42, "BMKG"), (OMS, 32, "ICW")):
        after = cells(semester, file)
        new = {"A": 19, "B": 1, "C": actor, "D": "B18", "E": 1, "F": TEXT}
        assert {place: after.pop(place) for place in [f"{letter}{row}" for letter in new]} == {
            f"{letter}{row}": value for letter, value in new.items()
        }
        assert after == before[file]
    inputs = read_inputs(semester, EDITION)
    assert [f.line() for f in inputs.findings if f.weight == "error"] == []
    assert {(u.commitment, u.actor) for u in inputs.data.unreported if u.commitment == 19} == {
        (19, "BMKG"),
        (19, "ICW"),
    }


def test_new_measures_and_actors_of_old_commitments_get_rows(semester: Path) -> None:
    register(
        semester,
        Pelaksana_Komitmen=[1, "LAN"],
        Ukuran_Keberhasilan=[1, "KIP", 4, "Ukuran keempat."],
        Ukuran_Keberhasilan2=[1, "LAN", 1, "Sama dengan yang lain."],
    )
    made = update(semester, EDITION).books[0]
    assert (made.added.rows, made.added.keys) == ((42, 43), ((1, 1, "LAN"), (1, 4, "KIP")))
    assert [f.code for f in read_inputs(semester, EDITION).findings if f.weight == "error"] == []


def test_a_new_row_looks_like_the_others(semester: Path) -> None:
    add_commitment(semester)
    update(semester, EDITION)
    page = load_workbook(semester / KL)["Capaian"]
    assert [cell.style_id for cell in page[42]] == [cell.style_id for cell in page[41]]
    assert [page[f"{letter}42"].protection.locked for letter in "AFIK"] == [True, True, False, False]
    sheet = parts(semester / KL)[SHEET].decode()
    row = re.search(r'<row r="42"[^>]*>', sheet)
    assert row
    assert " ht=" in row[0]
    assert "customHeight" not in row[0]


def test_lists_checks_colours_and_filter_reach_what_is_new(semester: Path) -> None:
    part(semester, KL, SHEET, lambda text: re.sub(r"(?<=[A-Z])241\b", "41", text))  # as if no row were to spare
    add_commitment(semester)
    update(semester, EDITION)
    book = load_workbook(semester / KL)
    page = book["Capaian"]
    assert page.auto_filter.ref == "A1:U42"
    assert [str(area.sqref) for area in page.conditional_formatting] == ["K2:K42"]
    checks = {str(check.sqref)[0]: check for check in page.data_validations.dataValidation}
    assert {str(check.sqref) for check in checks.values()} == {f"{letter}2:{letter}42" for letter in checks}
    assert (checks["A"].formula1, checks["A"].error) == ("Daftar!$A$2:$A$20", "Pilih salah satu: 1 sampai 19.")
    assert checks["C"].formula1 == "Daftar!$B$2:$B$20"
    assert [cell.value for cell in book["Daftar"]["A"]] == ["commitment", *range(1, 20)]
    assert book["Daftar"]["B20"].value == "BMKG"
    names = parts(semester / KL)["xl/workbook.xml"].decode()
    assert "Capaian!$A$1:$U$42" in names
    evaluation = load_workbook(semester / EVALUATION)
    check = next(c for c in evaluation["Tindak Lanjut"].data_validations.dataValidation if "A2" in c.sqref)
    assert (check.formula1, check.error) == ("Daftar!$A$2:$A$20", "Pilih salah satu: 1 sampai 19.")


def test_a_list_that_got_shorter_offers_no_more(semester: Path) -> None:
    def drop(book: Any) -> None:
        for sheet in book.worksheets:
            for row in range(sheet.max_row, 1, -1):
                if sheet.cell(row, 1).value == 18:
                    sheet.delete_rows(row)

    change(semester, PLAN, drop)
    made = update(semester, EDITION).books[2]
    assert [(c.column, c.added, c.removed) for c in made.lists] == [("Komitmen", (), (18,))]
    page = load_workbook(semester / EVALUATION)
    assert page["Daftar"]["A19"].value is None
    check = next(c for c in page["Tindak Lanjut"].data_validations.dataValidation if "A2" in c.sqref)
    assert (check.formula1, check.error) == ("Daftar!$A$2:$A$18", "Pilih salah satu: 1 sampai 17.")


def test_a_measure_told_otherwise_is_told_so_beside_the_key(semester: Path) -> None:
    change(semester, PLAN, lambda book: book["Ukuran Keberhasilan"].__setitem__("D2", "Uraian yang baru"))
    made = update(semester, EDITION)
    assert [book.renewed for book in made.books] == [1, 0, 0]
    assert cells(semester, KL)["F2"] == "Uraian yang baru"


def plan_targets(root: Path, *rows: list[object]) -> None:
    """Give the register a sheet of planned targets."""

    def edit(book: Any) -> None:
        page = book["Target"] if "Target" in book.sheetnames else book.create_sheet("Target")
        if page.max_row == 1:
            page.append(["Komitmen", "UK", "Pelaksana", "Periode", "No", "Target"])
        for row in rows:
            page.append(row)

    change(root, PLAN, edit)


def test_planned_targets_get_rows_of_their_own(semester: Path) -> None:
    def edit(book: Any) -> None:
        book["Capaian"]["I3"] = "Ditulis sendiri"

    change(semester, KL, edit)
    plan_targets(
        semester,
        [1, 1, "KIP", "B18", 1, "Yang pertama"],
        [1, 1, "KIP", "B18", 2, "Yang kedua"],
        [1, 2, "KIP", "B18", 1, "Bukan yang ditulis sendiri"],
        [1, 2, "KIP", "B24", 2, "Belum jatuh tempo"],
    )
    made = update(semester, EDITION).books[0]
    assert (made.added.rows, made.added.keys, made.planned) == ((42,), ((1, 1, "KIP"),), 1)
    held = cells(semester, KL)
    assert [held[place] for place in ("I2", "I3", "E42", "I42")] == [
        "Yang pertama",
        "Ditulis sendiri",
        2,
        "Yang kedua",
    ]
    assert [book.aside for book in update(semester, EDITION).books] == ["", "", ""]
    again = read_inputs(semester, EDITION)
    assert [f.line() for f in again.findings if f.weight == "error"] == []
    assert len(again.data.unreported) == 71
    made_next = prepare(semester, "2022-S4", EDITION)
    # UK 1 is planned for B18 only, so nothing of it is asked for in B24.
    assert (made_next.rows["K/L"], cells(semester, "inputs/2022-S4/capaian-kl.xlsx")["I2"]) == (39, "Belum jatuh tempo")


def test_a_planned_target_of_nobody_is_told(semester: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan_targets(semester, [1, 9, "KIP", "B18", 1, "Tanpa ukuran"], [1, 1, "Siapa", "B18", 1, "Tanpa pelaksana"])
    said = refused(semester, capsys)
    assert "[K05]" in said
    assert "[K03]" in said


# What stays ---------------------------------------------------------------------------------------------------


def fill(root: Path) -> None:
    """Fill a workbook as people do: values, formats, comments, a column and a sheet of their own."""

    def edit(book: Any) -> None:
        page = book["Capaian"]
        page["I2"], page["J2"], page["K2"] = "Menyusun pedoman", "Pedoman jadi", 0.85
        page["K2"].number_format, page["J2"].font = "0%", Font(bold=True, color="FFC00000")
        page["C3"].fill = PatternFill("solid", fgColor="FFFFFF00")
        page["J2"].comment = Comment("Tanyakan lagi", "Sekretariat", height=222, width=333)
        page["W1"], page["W2"], page["X2"] = "Nomor Surat", "B-12", "=LEN(J2)"
        page.row_dimensions[5].hidden = True
        book.create_sheet("Catatan Rapat")["B7"] = "Rapat 3 Maret"

    change(root, KL, edit)


def test_values_formats_comments_columns_and_sheets_stay(semester: Path) -> None:
    fill(semester)
    look = b'fillcolor="#abcdef" style="width:200pt;height:90pt"'
    rebuilt(
        semester, KL, lambda held: held.update({n: c.replace(b'fillcolor="#ffffe1"', look) for n, c in held.items()})
    )
    before = parts(semester / KL)
    assert any(look in content for content in before.values())
    add_commitment(semester)
    update(semester, EDITION)
    after = parts(semester / KL)
    assert list(after) == list(before)
    changed = {name for name in before if before[name] != after[name]}
    books = {"xl/worksheets/sheet2.xml", "xl/worksheets/sheet4.xml", "xl/workbook.xml"}  # Capaian, Daftar, the filter
    assert changed <= books
    old, new = (re.findall(rb"<row .*?</row>", held[SHEET]) for held in (before, after))
    assert new[: len(old)] == old
    page = load_workbook(semester / KL)["Capaian"]
    assert (page["K2"].value, page["K2"].number_format, page["X2"].value) == (0.85, "0%", "=LEN(J2)")
    assert page["J2"].comment.text == "Tanyakan lagi"


def test_the_second_run_changes_nothing(semester: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add_commitment(semester)
    assert main(["--root", str(semester), "update", EDITION]) == 0
    before = tree(semester)
    capsys.readouterr()
    assert main(["--root", str(semester), "update", EDITION]) == 0
    assert tree(semester) == before
    assert capsys.readouterr().out.count("tidak berubah") == 3


def test_the_old_file_is_kept_each_time(semester: Path) -> None:
    first = (semester / KL).read_bytes()
    add_commitment(semester)
    made = update(semester, EDITION)
    assert [book.aside for book in made.books] == [
        f"{FOLDER}/cadangan/{name}-1.xlsx" for name in ("capaian-kl", "capaian-oms", "evaluasi")
    ]
    second = (semester / KL).read_bytes()
    register(semester, Ukuran_Keberhasilan=[19, "BMKG", 2, "Yang kedua."])
    made = update(semester, EDITION)
    assert [book.aside for book in made.books] == [f"{FOLDER}/cadangan/capaian-kl-2.xlsx", "", ""]
    kept = [(semester / FOLDER / "cadangan" / f"capaian-kl-{n}.xlsx").read_bytes() for n in (1, 2)]
    assert kept == [first, second]


def test_rows_that_the_register_no_longer_has_stay_and_are_told(
    semester: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (semester / KL).read_bytes()
    change(semester, PLAN, lambda book: book["Ukuran Keberhasilan"].delete_rows(2))
    assert main(["--root", str(semester), "update", EDITION]) == 0
    said = capsys.readouterr().out
    assert "tidak ada lagi dalam register, barisnya tetap (baris 2): Komitmen 1 UK 1 KIP" in said
    assert (semester / KL).read_bytes() == before


def test_a_row_that_names_its_actor_otherwise_is_not_doubled(semester: Path) -> None:
    change(semester, KL, lambda book: book["Capaian"].__setitem__("C2", "Komisi Informasi Pusat"))
    change(semester, KL, lambda book: book["Capaian"].__setitem__("D3", "B12"))
    assert [book.added.rows for book in update(semester, EDITION).books] == [(), (), ()]


def test_rows_stand_where_nothing_does(semester: Path) -> None:
    def edit(book: Any) -> None:
        page = book["Capaian"]
        page["C43"] = "Mengetahui, Kepala Bagian"  # with one free row above
        page.merge_cells("J44:K45")
        page.row_dimensions[46].hidden = True
        page["A46"].font = Font(italic=True)

    change(semester, KL, edit)
    before = cells(semester, KL)
    register(semester, Ukuran_Keberhasilan=[1, "KIP", 4, "Keempat."], Ukuran_Keberhasilan2=[1, "KIP", 5, "Kelima."])
    assert update(semester, EDITION).books[0].added.rows == (46, 47)
    assert before.items() <= cells(semester, KL).items()
    assert not load_workbook(semester / KL)["Capaian"].row_dimensions[46].hidden


def test_a_sorted_sheet_and_a_table_of_ones_own(semester: Path) -> None:
    def edit(book: Any) -> None:
        page = book["Capaian"]
        rows = [[cell.value for cell in row] for row in page["A2:U41"]]
        for number, row in enumerate(sorted(rows, key=lambda r: str(r[2])), start=2):
            for column, value in enumerate(row, start=1):
                page.cell(number, column).value = value
        page.auto_filter.ref = None
        page.add_table(Table(displayName="Isian", ref="A1:U41"))

    change(semester, KL, edit)
    add_commitment(semester)
    assert update(semester, EDITION).books[0].added.rows == (42,)
    assert load_workbook(semester / KL)["Capaian"].tables["Isian"].ref == "A1:U42"


def test_names_of_elements_may_have_a_prefix(semester: Path) -> None:
    def prefixed(text: str) -> str:
        text = re.sub(r"<(/?)(?=[A-Za-z])(?!x:)", r"<\1x:", text)
        return text.replace("<x:worksheet xmlns=", "<x:worksheet xmlns:x=")

    part(semester, KL, SHEET, prefixed)
    add_commitment(semester)
    update(semester, EDITION)
    assert cells(semester, KL)["F42"] == TEXT
    assert [f.code for f in read_inputs(semester, EDITION).findings if f.weight == "error"] == []


def test_a_sheet_without_any_row_and_one_without_lists(semester: Path) -> None:
    def empty(text: str) -> str:
        return re.sub(r"(<row r=\"1\".*?</row>).*(?=</sheetData>)", r"\1", text, flags=re.S)

    part(semester, OMS, SHEET, empty)
    change(semester, OMS, lambda book: book.remove(book["Daftar"]))
    made = update(semester, EDITION).books[1]
    assert made.added.rows == tuple(range(2, 32))
    assert len([u for u in read_inputs(semester, EDITION).data.unreported if u.group == "OMS"]) == 30


def test_an_export_is_left_as_it_is(semester: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "lembar: Ekspor\nkolom: {No Komitmen: Komitmen}\n"
    (semester / "params" / "pemetaan" / "ekspor.yml").write_text(text, "utf-8")
    params = semester / "params" / f"{EDITION}.yml"
    old = f"inputs: {FOLDER}}}"
    assert old in params.read_text("utf-8")
    params.write_text(params.read_text("utf-8").replace(old, f"inputs: {FOLDER}, pemetaan: {{kl: ekspor}}}}"), "utf-8")
    add_commitment(semester)
    before = (semester / KL).read_bytes()
    assert main(["--root", str(semester), "update", EDITION]) == 0
    assert f"{KL}: dibaca melalui peta judul" in capsys.readouterr().out
    assert (semester / KL).read_bytes() == before


# What is told -------------------------------------------------------------------------------------------------


def test_what_was_done_is_told_at_once(semester: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add_commitment(semester)
    register(semester, Komitmen=[20, "Belum berukuran"])
    assert main(["--root", str(semester), "update", EDITION]) == 0
    assert (
        capsys.readouterr().out
        == f"""\
Edisi 2022-S3 disamakan dengan {PLAN}.
{KL}: diperbarui
  baris baru: 1 (baris 42): Komitmen 19 UK 1 BMKG
  daftar pilihan Komitmen: ditambah 19, 20
  daftar pilihan Pelaksana: ditambah BMKG
  berkas lama: {FOLDER}/cadangan/capaian-kl-1.xlsx
{OMS}: diperbarui
  baris baru: 1 (baris 32): Komitmen 19 UK 1 ICW
  daftar pilihan Komitmen: ditambah 19, 20
  berkas lama: {FOLDER}/cadangan/capaian-oms-1.xlsx
{EVALUATION}: diperbarui
  daftar pilihan Komitmen: ditambah 19, 20
  daftar pilihan Pelaksana: ditambah BMKG
  berkas lama: {FOLDER}/cadangan/evaluasi-1.xlsx
Belum ada ukuran keberhasilan dalam register, jadi belum ada barisnya: Komitmen 20.
Selanjutnya: isi baris barunya, lalu jalankan ./monev check 2022-S3.
"""
    )
    register(semester, Pelaksana_Komitmen=[20, "BMKG"], Ukuran_Keberhasilan=[20, "BMKG", 1, "Kini berukuran."])
    assert main(["--root", str(semester), "--lang", "en", "update", EDITION]) == 0
    assert "new rows: 1 (rows 43): Commitment 20 UK 1 BMKG" in capsys.readouterr().out


# Refusals -----------------------------------------------------------------------------------------------------


def refused(root: Path, capsys: pytest.CaptureFixture[str], *, language: str = "id") -> str:
    """Update, which must fail and change nothing; return what is told."""
    before = tree(root)
    assert main(["--root", str(root), "--lang", language, "update", EDITION]) == 1
    assert tree(root) == before
    return capsys.readouterr().err


@pytest.mark.parametrize("lock", ["~${name}", ".~lock.{name}#"])
def test_open_workbooks_are_all_named(semester: Path, capsys: pytest.CaptureFixture[str], lock: str) -> None:
    add_commitment(semester)
    for file in (KL, EVALUATION):
        (semester / file).with_name(lock.format(name=Path(file).name)).write_bytes(b"x")
    said = refused(semester, capsys)
    for file in (KL, EVALUATION):
        assert f"{file} (1 kesalahan" in said
        assert lock.format(name=Path(file).name) in said
    assert "is open" in refused(semester, capsys, language="en")


def with_picture(root: Path) -> None:
    Image.new("RGB", (4, 4)).save(root / "x.png")
    change(root, KL, lambda book: book["Capaian"].add_image(Picture(str(root / "x.png")), "Z2"))


def with_part(name: str, kind: str) -> Callable[[Path], None]:
    """Return what adds a part to a workbook."""

    def edit(held: dict[str, bytes]) -> None:
        held[name] = b"<x/>"
        types = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
        held["[Content_Types].xml"] = held["[Content_Types].xml"].replace(b"</Types>", types.encode())

    return lambda root: rebuilt(root, KL, edit)


OFFICE = "application/vnd.openxmlformats-officedocument."
UNKEPT: Mapping[str, tuple[Callable[[Path], None], str]] = {
    "picture": (with_picture, "foto atau gambar (xl/media/image1.png)"),
    "chart": (
        with_part("xl/charts/chart1.xml", f"{OFFICE}drawingml.chart+xml"),
        "gambar atau diagram (xl/charts/chart1.xml)",
    ),
    "pivot": (
        with_part("xl/pivotTables/pivotTable1.xml", f"{OFFICE}spreadsheetml.pivotTable+xml"),
        "tabel pivot (xl/pivotTables/pivotTable1.xml)",
    ),
    "link": (
        with_part("xl/externalLinks/externalLink1.xml", f"{OFFICE}spreadsheetml.externalLink+xml"),
        "tautan ke buku kerja lain (xl/externalLinks/externalLink1.xml)",
    ),
    "custom": (with_part("customXml/item1.xml", "application/xml"), "data XML tambahan (customXml/item1.xml)"),
    "controls": (with_part("xl/ctrlProps/ctrlProp1.xml", "application/x"), "bagian lain (xl/ctrlProps/ctrlProp1.xml)"),
    "macros": (with_part("xl/vbaProject.bin", "application/vnd.ms-office.vbaProject"), "[F06]"),
    "rows": (
        lambda root: part(root, KL, SHEET, lambda text: text.replace('<row r="3"', "<row")),
        "lembar yang tidak ditulis seperti oleh Excel (Capaian)",
    ),
}


@pytest.mark.parametrize("case", UNKEPT)
def test_what_cannot_be_kept_is_named(semester: Path, capsys: pytest.CaptureFixture[str], case: str) -> None:
    make, named = UNKEPT[case]
    make(semester)
    add_commitment(semester)
    said = refused(semester, capsys)
    assert KL in said
    assert named in said


def test_an_empty_drawing_is_nothing(semester: Path) -> None:
    """LibreOffice and Google Sheets leave one in workbooks without any picture."""
    with_part("xl/drawings/drawing1.xml", f"{OFFICE}drawing+xml")(semester)
    add_commitment(semester)
    assert update(semester, EDITION).books[0].added.rows == (42,)


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda root: (root / KL).unlink(), "F01"),
        (lambda root: (root / OMS).write_bytes(b"rusak"), "F02"),
        (lambda root: change(root, KL, lambda book: book["Capaian"].__setitem__("C1", "Siapa")), "S02"),
        (lambda root: change(root, PLAN, lambda book: book["Komitmen"].__setitem__("A2", "satu")), "C04"),
    ],
)
def test_what_cannot_be_read_is_named(
    semester: Path, capsys: pytest.CaptureFixture[str], damage: Callable[[Path], object], code: str
) -> None:
    add_commitment(semester)
    damage(semester)
    assert f"[{code}]" in refused(semester, capsys)


def test_rows_whose_key_cannot_be_read_are_to_be_mended_first(
    semester: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(semester, KL, lambda book: book["Capaian"].__setitem__("B5", "dua"))
    add_commitment(semester)
    assert "sel B5" in refused(semester, capsys)


def test_unknown_editions_are_told(semester: Path) -> None:
    with pytest.raises(InputError) as error:
        update(semester, "2022-S9")
    assert [f.code for f in error.value.findings] == ["P05"]


@pytest.mark.parametrize("nth", range(1, 7))
def test_a_failure_midway_leaves_all_as_it_was(semester: Path, monkeypatch: pytest.MonkeyPatch, nth: int) -> None:
    add_commitment(semester)
    before = tree(semester)
    fail_to_write(monkeypatch, nth)
    with pytest.raises(RunError, match="No space left"):
        update(semester, EDITION)
    assert tree(semester) == before
    assert not (semester / FOLDER / "cadangan").exists()


def test_a_workbook_saved_meanwhile_is_not_overwritten(semester: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_commitment(semester)
    real = GuardedFolder.write

    def saved_by_somebody(folder: GuardedFolder, name: str, content: bytes, *, new: bool = False) -> None:
        real(folder, name, content, new=new)
        if name.startswith("evaluasi"):
            (semester / KL).write_bytes(b"isi baru")

    monkeypatch.setattr(GuardedFolder, "write", saved_by_somebody)
    with pytest.raises(RunError, match="berubah sementara"):
        update(semester, EDITION)
    assert (semester / KL).read_bytes() == b"isi baru"
    assert not (semester / FOLDER / "cadangan").exists()


@pytest.mark.parametrize("place", ["cadangan", "capaian-kl.xlsx"])
def test_nothing_is_written_through_a_link(semester: Path, tmp_path: Path, place: str) -> None:
    outside = tmp_path / "luar"
    outside.mkdir()
    if place == "cadangan":
        (semester / FOLDER / place).symlink_to(outside)
    else:
        (semester / KL).rename(semester / "inputs" / "asli.xlsx")
        (semester / KL).symlink_to(semester / "inputs" / "asli.xlsx")
    add_commitment(semester)
    before = tree(semester)
    with pytest.raises(RunError):
        update(semester, EDITION)
    assert tree(semester) == before
    assert list(outside.iterdir()) == []


def test_every_strange_letter_comes_through(semester: Path) -> None:
    text = "_x005F_x0041_ \U0001f600 'kutip' \"ganda\" ]]> é\ttab"
    register(semester, Ukuran_Keberhasilan=[1, "KIP", 4, text], Ukuran_Keberhasilan2=[1, "KIP", 5, "x"])

    def edit(book: Any) -> None:
        cell = next(cell for cell in book["Ukuran Keberhasilan"]["D"] if cell.value == "x")
        cell.value, cell.data_type = "=1+1", "s"

    change(semester, PLAN, edit)
    update(semester, EDITION)
    page = load_workbook(semester / KL)["Capaian"]
    assert (page["F42"].value, page["F43"].value, page["F43"].data_type) == (text, "=1+1", "s")
    again = {m.measure: m.text for m in read_inputs(semester, EDITION).data.measures if m.actor == "KIP"}
    assert again[4] == text.replace("_x005F", "")
