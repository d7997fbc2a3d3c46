"""Follow-ups that return: read, counted, carried over, told as overdue by a day of the edition, and asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from monev.display import open_data
from monev.display.markdown import section
from monev.display.parts.follow_up_state import follow_up_state
from monev.edition.book_update import update
from monev.edition.next_edition import PeriodOverrides, prepare
from monev.edition.opened import open_edition
from monev.io.inputs import read_inputs
from plans import EDITION, MadePlan, make_plan
from returns import FOLLOW_UP_HEADINGS, add_rows, follow_up
from support import copy_root

BOOK = "inputs/B12/evaluasi.xlsx"
TOLD: list[dict[str, object]] = [
    {"Komitmen": 1, "UK": 1, "No": 1, "Uraian": "Pedoman ditetapkan", "Penanggung Jawab": "Kem 1", "Asal": "B06",
     "Tenggat": "2021-09-30", "Status": "Selesai", "Keterangan": "Terbit sebagai Perka 3"},
    {"Komitmen": 1, "No": 2, "Uraian": "Rapat bulanan", "Penanggung Jawab": "LSM 1", "Asal": "B06",
     "Tenggat": "2021-12-01", "Status": "Berjalan"},
    {"Komitmen": 2, "No": 1, "Uraian": "Data dibuka", "Penanggung Jawab": "Kem 2", "Asal": "B06",
     "Tenggat": "31 Desember 2021", "Status": "Belum"},
    {"Komitmen": 2, "No": 1, "Uraian": "Portal diperbarui"},
]  # fmt: skip


def told(root: Path, rows: list[dict[str, object]] = TOLD) -> Path:
    make_plan(root, MadePlan())
    add_rows(root / BOOK, "Tindak Lanjut", rows, FOLLOW_UP_HEADINGS)
    return root


def found(root: Path, code: str = "Y") -> list[tuple[str, str]]:
    return [(f.code, f.cell) for f in read_inputs(root, EDITION).findings if f.code.startswith(code)]


def test_what_became_of_them_is_counted_with_its_cells(tmp_path: Path) -> None:
    register = open_edition(told(tmp_path), EDITION).register
    values = {
        name: register[f"tindak-lanjut.{name}"].value
        for name in ("jumlah", "terdahulu", "terdahulu.selesai", "terdahulu.berjalan", "status.tanpa-status", "lewat")
    }
    assert values == {
        "jumlah": 6, "terdahulu": 3, "terdahulu.selesai": 1, "terdahulu.berjalan": 1, "status.tanpa-status": 3,
        "lewat": 1,
    }  # fmt: skip
    assert register["tindak-lanjut.terdahulu.selesai"].sources == (f"{BOOK}!Tindak Lanjut!G4",)
    assert register["komitmen.02.tindak-lanjut.terdahulu.belum"].value == 1
    days = register["tindak-lanjut.hari.01-0-2-b06"]
    assert (days.value, days.sources[0]) == (30, f"{BOOK}!Tindak Lanjut!F5")


def test_the_day_of_publication_is_what_due_days_are_compared_with(tmp_path: Path) -> None:
    params = told(tmp_path) / f"params/{EDITION}.yml"
    said = yaml.safe_load(params.read_text("utf-8"))
    params.write_text(yaml.safe_dump({**said, "terbitan": {"tanggal": "2022-03-31"}}), "utf-8")
    register = open_edition(tmp_path, EDITION).register
    assert register["tindak-lanjut.per"].printed == "31 Maret 2022"
    assert register["tindak-lanjut.per"].sources == (f"params/{EDITION}.yml!terbitan!tanggal",)
    assert register["tindak-lanjut.lewat"].value == 2  # the one due on 31 December is late by now
    assert register["tindak-lanjut.hari.02-0-1-b06"].value == 90


def test_the_section_says_how_many_are_done_and_lists_what_is_overdue(tmp_path: Path) -> None:
    opened = open_edition(told(tmp_path), EDITION)
    text = section(follow_up_state(opened.results, opened.register))
    plain = re.sub(r"\[([^\]]*)\]\{[^}]*\}|\\\\", r"\1", text).replace("\\", "")
    assert plain.startswith("1 dari 3 tindak lanjut edisi terdahulu selesai; selebihnya 1 berjalan dan 1 belum.")
    late = text.rpartition("#tbl-lewat-tenggat")[2]
    assert "Rapat bulanan" in late
    assert "Data dibuka" not in late


def test_an_edition_that_says_nothing_of_them_shows_nothing(tmp_path: Path) -> None:
    opened = open_edition(make_plan(tmp_path, MadePlan()), EDITION)
    assert not follow_up_state(opened.results, opened.register)
    assert not [figure.id for figure in opened.register if "tindak-lanjut" in figure.id]
    assert open_data.FOLLOW_UP_TABLE not in open_data.resources(opened.results)


def test_all_are_open_data_where_anything_is_said(tmp_path: Path) -> None:
    rows = [*open_data.follow_up_rows(open_edition(told(tmp_path), EDITION).results)]
    assert [(row["asal"], row["status"], row["lewat_hari"]) for row in rows] == [
        ("", "", ""), ("", "", ""), ("B06", "Selesai", ""), ("B06", "Berjalan", 30), ("B06", "Belum", ""), ("", "", ""),
    ]  # fmt: skip


Change = Mapping[str, object]


@pytest.mark.parametrize(
    ("row", "change", "expected"),
    [
        (0, {"Status": "Beres"}, ("C03", "G4")),
        (0, {"Tenggat": "segera"}, ("C25", "F4")),
        (0, {"Tenggat": "2021-02-30"}, ("C25", "F4")),
        (0, {"Keterangan": None}, ("Y01", "H4")),
        (1, {"Status": "Dibatalkan"}, ("Y01", "H5")),
        (1, {"Penanggung Jawab": " "}, ("Y02", "F5")),
        (1, {"Status": None}, ("Y03", "G5")),
        (1, {"Asal": "B12"}, ("Y04", "I5")),
        (1, {"Asal": "B99"}, ("Y04", "I5")),
        (1, {"Komitmen": 9}, ("K02", "A5")),
        (1, {"UK": 9}, ("K08", "B5")),
        (1, {"UK": 1, "No": 1}, ("K01", "C5")),
        (2, {"Tenggat": "=1/0"}, ("C05", "F6")),
    ],
)
def test_what_is_odd_is_named_at_its_cell(tmp_path: Path, row: int, change: Change, expected: tuple[str, str]) -> None:
    rows = [dict(each) for each in TOLD]
    rows[row] |= change
    findings = [
        (f.code, f.cell) for f in read_inputs(told(tmp_path, rows), EDITION).findings if f.sheet == "Tindak Lanjut"
    ]
    assert expected in findings
    assert len(findings) == 1


def test_columns_may_stand_in_any_order_and_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    book = load_workbook(told(tmp_path) / BOOK)
    page = book["Tindak Lanjut"]
    lines = [[cell.value for cell in line] for line in page]
    for number, line in enumerate(lines, start=1):
        for column, value in enumerate(reversed(line), start=1):
            page.cell(number, column).value = value
    page.row_dimensions[4].hidden = True
    book.save(tmp_path / BOOK)
    assert [code for code, _ in found(tmp_path, "S")] == ["S09"]
    assert open_edition(tmp_path, EDITION).register["tindak-lanjut.terdahulu.selesai"].sources == (
        f"{BOOK}!Tindak Lanjut!C4",
    )


def test_new_carries_the_open_ones_over_and_says_where_they_come_from(tmp_path: Path) -> None:
    made = prepare(told(tmp_path), "uji-2", EDITION, PeriodOverrides(code="B18", label="Semester III"))
    assert made.carried == 5  # of six, one is done
    follow_ups = read_inputs(tmp_path, "uji-2").data.followups
    assert [(f.text, f.origin, f.status) for f in follow_ups] == [
        ("Langkah satu", "B12", ""),
        ("Langkah semua", "B12", ""),
        ("Rapat bulanan", "B06", "Berjalan"),
        ("Data dibuka", "B06", "Belum"),
        ("Portal diperbarui", "B12", ""),
    ]
    assert [f.code for f in read_inputs(tmp_path, "uji-2").findings if f.code in ("K01", "Y03")] == ["Y03"]


def test_all_of_2021_are_carried_over_and_what_was_filled_stays(tmp_path: Path) -> None:
    root = copy_root(tmp_path)
    assert prepare(root, "2022-S3", "2021-S2").carried == 38
    follow_up(root, "inputs/2022-S3", lambda n, held: {"Status": "Selesai", "Keterangan": "Ada"} if n < 12 else None)
    before = (root / "inputs/2022-S3/evaluasi.xlsx").read_bytes()
    register = open_edition(root, "2022-S3").register
    assert (register["tindak-lanjut.terdahulu.selesai"].value, register["tindak-lanjut.terdahulu"].value) == (12, 38)
    update(root, "2022-S3")
    assert (root / "inputs/2022-S3/evaluasi.xlsx").read_bytes() == before  # nothing was missing


def test_update_brings_the_columns_into_a_workbook_without_them(tmp_path: Path) -> None:
    make_plan(tmp_path, MadePlan())
    before = [[c.value for c in line] for line in load_workbook(tmp_path / BOOK)["Tindak Lanjut"]]
    changed = next(book for book in update(tmp_path, EDITION).books if book.file == BOOK)
    assert [(new.sheet, new.headings) for new in changed.columns] == [("Tindak Lanjut", FOLLOW_UP_HEADINGS)]
    page = load_workbook(tmp_path / BOOK)["Tindak Lanjut"]
    assert [[c.value for c in line][:4] for line in page] == before
    assert page["I1"].font.b  # looks like the other headings
    assert not [f for f in read_inputs(tmp_path, EDITION).findings if f.file == BOOK]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, [("Y05", "F5")]),
        ({"akhir": "2021-09-30"}, []),
        ({"kode": "B09"}, []),
    ],
)
def test_a_last_day_that_nothing_tells_is_named_where_due_days_hang_on_it(
    tmp_path: Path, more: Mapping[str, object], told: list[tuple[str, str]]
) -> None:
    periods = [("T2", "Triwulan II", 2021), (str(more.get("kode", "T3")), "Triwulan III", 2021)]
    make_plan(tmp_path, MadePlan(periods=periods))
    path = tmp_path / f"params/{EDITION}.yml"
    params = yaml.safe_load(path.read_text("utf-8"))
    params["periode"][-1] |= {name: value for name, value in more.items() if name != "kode"}
    path.write_text(yaml.safe_dump(params), "utf-8")
    book = tmp_path / params["periode"][-1]["inputs"] / "evaluasi.xlsx"
    said = (("Belum", "2021-11-01"), ("Selesai", "2021-11-01"), ("Belum", "2020-11-01"))
    rows = [
        {"Komitmen": 1, "No": n, "Uraian": f"Rapat {n}", "Penanggung Jawab": "Kem 1", "Asal": "T2", "Status": status,
         "Keterangan": "Terlaksana", "Tenggat": due}
        for n, (status, due) in enumerate(said, 7)
    ]  # fmt: skip
    free = load_workbook(book)["Tindak Lanjut"].max_row
    add_rows(book, "Tindak Lanjut", rows, FOLLOW_UP_HEADINGS)
    assert found(tmp_path) == [(code, f"F{free + 1}") for code, _ in told]
