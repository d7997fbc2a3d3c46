"""`Sources`: cells as they show in a spreadsheet, keys of params with their defaults, and what is not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from monev.audit.explanation import explain, sources_of
from monev.edition.opened import open_edition
from monev.io.manifest import file_digests
from monev.io.source_cells import SourceCell, Sources, shown_cell, shown_setting, split
from monev.model.raw_tables import RawCell
from support import change

OMS = "inputs/2021-S2/capaian-oms.xlsx"


@pytest.mark.parametrize(
    ("value", "number_format", "shown", "stored"),
    [
        (1, "0%", "100%", ""),
        (0.01, "0%", "1%", ""),
        (0.835, "0%", "84%", "0,835"),
        (0.835, "0.0%", "83,5%", ""),
        (0.07, "0.00%", "7,00%", ""),
        (100, "General", "100", ""),
        (95.5, "General", "95,5", ""),
        (0.1, '0" %"', "0 %", "0,1"),
        (69.5, "0", "70", "69,5"),
        (1234.5, "#,##0.0", "1.234,5", ""),
        (True, "General", "TRUE", ""),
        ("N/A", "General", "N/A", ""),
        ("-", "0%", "-", ""),
        (None, "General", "", ""),
        (datetime(2021, 12, 31), "yyyy-mm-dd", "2021-12-31", ""),
        (time(9, 30), "hh:mm", "09:30", ""),
    ],
)
def test_a_cell_shows_what_a_spreadsheet_shows(value: Any, number_format: str, shown: str, stored: str) -> None:
    cell = RawCell("H2", value, number_format, "value" if value is not None else "blank")
    held = SourceCell("a.xlsx!Capaian!H2", "a.xlsx", "Capaian", "H2", "cell", cell)
    assert (held.shown(), held.stored()) == (shown, stored)


def test_english_has_the_point_for_decimals() -> None:
    assert shown_cell(RawCell("A1", 1234.5, "#,##0.0"), "en") == "1,234.5"
    assert shown_setting({"Semi-Aktif": Fraction(1, 2), "Aktif": 0.7}, "en") == "Semi-Aktif 0.5, Aktif 0.7"
    bands = [{"nama": "Baik", "dari": 70}, {"nama": "Kurang", "dari": 0}]
    assert shown_setting(bands) == "Baik (dari 70); Kurang (dari 0)"


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("inputs/a!b/c.xlsx!Capaian!H14", ("inputs/a!b/c.xlsx", "Capaian", "H14")),
        ("params/x.yml!penilaian!kategori.A!B.dari", ("params/x.yml", "penilaian", "kategori.A!B.dari")),
        ("params/terbit/x.yml", ("params/terbit/x.yml", "", "")),
        ("apa saja", ("apa saja", "", "")),
    ],
)
def test_a_source_is_file_sheet_cell_or_params_section_key(source: str, parts: tuple[str, str, str]) -> None:
    assert split(source) == parts


def test_a_row_is_named_by_its_key_columns_under_any_order_and_spelling_of_headings(root: Path) -> None:
    def reorder(book: Any) -> None:
        sheet = book["Capaian"]
        sheet["A1"], sheet["C1"] = " KOMITMEN * ", "pelaksana"
        sheet.move_range(f"B1:B{sheet.max_row}", cols=30)

    change(root, OMS, reorder)
    held = Sources(root).look(f"{OMS}!Capaian!H13")
    assert held.heading == "Nilai"
    assert dict(held.key) == {
        "Komitmen": "7",
        "UK": "1",
        "Pelaksana": "OMS Sektor Keadilan",
        "Periode": "B12",
        "No": "1",
    }


@pytest.mark.parametrize(
    ("source", "state"),
    [
        (f"{OMS}!Capaian!H13", "cell"),
        (f"{OMS}!Capaian!H9999", "missing"),
        (f"{OMS}!Capaian!ZZ2", "missing"),
        (f"{OMS}!Capaian!bukan", "missing"),
        (f"{OMS}!Lain!A1", "missing"),
        ("inputs/tidak-ada.xlsx!Capaian!A1", "unreadable"),
        ("../lain.xlsx!Capaian!A1", "unreadable"),
        ("/etc/passwd!Capaian!A1", "unreadable"),
        ("", "unreadable"),
        ("params/2021-S2.yml!pernyataan!jumlah_kl", "setting"),
        ("params/2021-S2.yml!penilaian!kokreasi.bobot.N/A", "setting"),
        ("params/2021-S2.yml!penilaian!kategori.Baik.dari", "setting"),
        ("params/2021-S2.yml!penilaian!kategori.Bagus.dari", "missing"),
        ("params/2021-S9.yml!penilaian!kategori", "unreadable"),
        ("params/../inputs/x.yml!a!b", "unreadable"),
    ],
)
def test_what_is_there_and_what_is_not(root: Path, source: str, state: str) -> None:
    assert Sources(root).look(source).state == state


def test_only_files_with_the_recorded_hash_are_read(root: Path) -> None:
    recorded = file_digests(root, [OMS])
    change(root, OMS, lambda book: book["Capaian"].__setitem__("H13", 7))
    assert Sources(root).look(f"{OMS}!Capaian!H13").shown() == "7"
    assert Sources(root, digests=recorded).look(f"{OMS}!Capaian!H13").state == "unreadable"


def rewritten(root: Path, edit: Callable[[str], str]) -> None:
    path = root / "params" / "2021-S2.yml"
    path.write_text(edit(path.read_text("utf-8")), "utf-8")


def test_a_key_that_params_leave_out_shows_its_default(root: Path) -> None:
    rewritten(root, lambda text: text.replace("  agregasi: rata-rata periode\n", ""))
    opened = open_edition(root, "2021-S2")
    held = sources_of(opened, root).look("params/2021-S2.yml!penilaian!agregasi")
    assert (held.state, held.shown()) == ("default", "rata-rata periode")


def test_category_names_may_hold_dots_and_marks(root: Path) -> None:
    rewritten(root, lambda text: text.replace("Cukup", "'Cukup.dari! v2'"))
    held = Sources(root).look("params/2021-S2.yml!penilaian!kategori.Cukup.dari! v2.dari")
    assert (held.state, held.shown()) == ("setting", "51")


def test_a_commitment_without_targets_still_ends_at_cells(root: Path) -> None:
    """Every figure of an edition with a silent commitment, and one whose targets all are `-`, has a source."""
    for semester in ("2021-S1", "2021-S2"):
        for name in ("capaian-kl.xlsx", "capaian-oms.xlsx"):
            change(root, f"inputs/{semester}/{name}", silence)
    for sheet in ("Penetapan", "Catatan Sumber"):
        change(root, "inputs/2021-S2/evaluasi.xlsx", lambda book, name=sheet: book[name].delete_rows(2, 200))
    opened = open_edition(root, "2021-S2")
    lookup = sources_of(opened, root)
    found = [explain(opened, root, figure.id, lookup=lookup) for figure in opened.register]
    assert len(found) > 300
    loose = [f.figure.id for f in found if not any(held.found for held in (*f.cells, *f.settings))]
    assert loose == []


def silence(book: openpyxl.Workbook) -> None:
    """Take all targets of commitment 5 away, and make those of commitment 6 `-`."""
    sheet: Any = book["Capaian"]
    for number in range(sheet.max_row, 1, -1):
        if sheet.cell(number, 1).value == 5:
            sheet.delete_rows(number)
        elif sheet.cell(number, 1).value == 6:
            sheet.cell(number, 8).value = "-"
            sheet.cell(number, 10).value = None
