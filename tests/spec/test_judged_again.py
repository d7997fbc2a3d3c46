"""Unfinished targets that a later round judges again: both scores are told, those of then stay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from monev.display import open_data
from monev.display.markdown import section
from monev.display.parts.appendix import appendix
from monev.display.parts.completeness import unfinished_targets
from monev.edition.book_update import update
from monev.edition.collecting import collect
from monev.edition.forms import make_forms
from monev.edition.next_edition import PeriodOverrides, prepare
from monev.edition.opened import open_edition
from monev.io.inputs import read_inputs
from monev.words.findings import errors
from plans import EDITION, MadePlan, make_plan
from returns import Values, fill_rows, judge_again
from round import filled, reported

NEXT = "uji-2"
BOOK = f"inputs/{NEXT}/capaian-kl.xlsx"
SAID: list[dict[str, object]] = [
    {"Nilai Baru": 100, "Data Dukung Baru": "Perka 3", "Alasan": "Terbit pada Mei"},
    {"Nilai Baru": 65.5, "Data Dukung Baru": "Notula", "Alasan": "Separuh jalan"},
]
"""What is said of the first rows: targets of Kem 2 and Kem 3, B06, which stood at 62 % and 15,5 %."""


def rejudged(root: Path, said: list[dict[str, object]] = SAID) -> Path:
    """Make a plan and its next edition, in which the first unfinished targets of ministries are judged again."""
    make_plan(root, MadePlan())
    prepare(root, NEXT, EDITION, PeriodOverrides(code="B18", label="Semester III"))
    for group in ("kl", "oms"):
        fill_rows(root / f"inputs/{NEXT}/capaian-{group}.xlsx", "Capaian", lambda held: {"Target": "-", "Nilai": "-"})
    again: dict[tuple[object, object], Mapping[str, object]] = {}
    for row, words in zip(((2, "B06"), (3, "B06")), said, strict=False):
        again[row] = words
    judge_again(root / BOOK, lambda n, held: again.get((held["Komitmen"], held["Periode"])))
    return root


def found(root: Path, edition: str = NEXT) -> list[tuple[str, str]]:
    return [(f.code, f.cell) for f in read_inputs(root, edition).findings if f.sheet == "Belum Selesai"]


def test_new_prepares_numbers_and_columns_for_it(tmp_path: Path) -> None:
    page = load_workbook(rejudged(tmp_path) / BOOK)["Belum Selesai"]
    headings = [cell.value for cell in page[1]]
    assert headings[:5] == ["Komitmen", "UK", "Pelaksana", "Periode", "No"]
    assert headings[-3:] == ["Nilai Baru", "Data Dukung Baru", "Alasan"]
    assert [page.cell(2, n).value for n in range(1, 6)] == [2, 1, "Kem 2", "B06", 1]
    locked = {cell.value: page.cell(2, cell.column).protection.locked for cell in page[1]}
    assert [name for name, is_locked in locked.items() if not is_locked] == headings[-3:]


def test_both_scores_are_figures_and_the_earlier_one_stays(tmp_path: Path) -> None:
    before = open_edition(rejudged(tmp_path, []), NEXT).register
    opened = open_edition(rejudged(tmp_path / "lagi"), NEXT)
    register = opened.register
    new = register["penilaian-kembali.02-1-kem-2-b06-1.b18"]
    page = load_workbook(tmp_path / "lagi" / BOOK)["Belum Selesai"]
    assert (new.value, new.printed) == (Fraction(100), "100%")
    _, sheet, cell = new.sources[0].split("!")
    assert (sheet, page[cell].value) == ("Belum Selesai", 100)
    assert new.parts == ("target.02-1-kem-2-b06-1",)
    assert register[new.parts[0]].printed == "62%"
    counts = {name: register[f"penilaian-kembali.{name}"].value for name in ("jumlah", "selesai", "belum", "tersisa")}
    assert counts == {"jumlah": 2, "selesai": 1, "belum": 1, "tersisa": before["belum-selesai.jumlah"].value - 1}  # type: ignore[operator]
    assert register["komitmen.02.penilaian-kembali.selesai"].value == 1
    changed = [f.id for f in register if "penilaian-kembali" not in f.id and f.printed != before[f.id].printed]
    assert changed == []  # neither scores nor what was left by then


def test_the_report_shows_both(tmp_path: Path) -> None:
    opened = open_edition(rejudged(tmp_path), NEXT)
    assert opened.findings == tuple(f for f in opened.findings if f.sheet != "Belum Selesai")
    text = section(unfinished_targets(opened.results, opened.register))
    table = text.split("#tbl-penilaian-kembali")[1]
    row = next(line for line in table.splitlines() if "Perka" in line)
    assert "62%" in row.replace("\\", "")
    assert "B18" in row
    assert "100%" in row.replace("\\", "")
    own = section(appendix(opened.results, opened.register, 2))
    assert "**Diselesaikan** pada Semester III" in own
    assert "**Dinilai kembali** pada Semester III" in section(appendix(opened.results, opened.register, 3))
    rows = [*open_data.rejudged_rows(opened.results)]
    assert [(r["pelaksana"], r["nilai"], r["nilai_baru"], r["kategori_baru"], r["selesai"]) for r in rows] == [
        ("Kem 2", "62", "100", "Baik", "ya"),
        ("Kem 3", "15.5", "65.5", "Cukup", ""),
    ]


def test_what_was_finished_is_not_asked_for_again_and_what_was_not_is(tmp_path: Path) -> None:
    root = rejudged(tmp_path)
    prepare(root, "uji-3", NEXT, PeriodOverrides(code="B24", label="Semester IV"))
    book = root / "inputs/uji-3/capaian-kl.xlsx"
    rows = {(r["Komitmen"], r["Periode"]): r for r in judge_again(book, lambda n, held: {"Alasan": None})}
    assert (2, "B06") not in rows
    assert rows[3, "B06"]["Kategori"] == "Kurang; B18: 65,5%"
    said: dict[tuple[object, object], Values] = {
        (3, "B06"): {"Nilai Baru": "90%", "Data Dukung Baru": "Ada", "Alasan": "Tuntas"}
    }
    judge_again(book, lambda n, held: said.get((held["Komitmen"], held["Periode"])))
    for group in ("kl", "oms"):
        fill_rows(root / f"inputs/uji-3/capaian-{group}.xlsx", "Capaian", lambda held: {"Target": "-", "Nilai": "-"})
    register = open_edition(root, "uji-3").register
    assert register["penilaian-kembali.selesai"].value == 2
    assert register["penilaian-kembali.03-1-kem-3-b06-1.b24"].printed == "90%"
    assert register["penilaian-kembali.03-1-kem-3-b06-1.b18"].printed == "65,5%"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"Komitmen": 1}, ("Z01", "A2")),
        ({"Periode": "B18"}, ("Z01", "A2")),
        ({"Periode": "B99"}, ("Z01", "A2")),
        ({"No": 7}, ("Z01", "A2")),
        ({"Pelaksana": "Kem 3", "Komitmen": 3}, ("K01", "E4")),
        ({"Nilai Baru": 40}, ("Z05", "K2")),
        ({"Nilai Baru": "N/A"}, ("Z07", "K2")),
        ({"Nilai Baru": "-"}, ("Z07", "K2")),
        ({"Nilai Baru": None}, ("Z08", "K2")),
        ({"Nilai Baru": "tinggi"}, ("C02", "K2")),
        ({"Nilai Baru": 101}, ("C02", "K2")),
        ({"Nilai Baru": "=1/0"}, ("C05", "K2")),
        ({"Data Dukung Baru": None}, ("Z06", "L2")),
        ({"Data Dukung Baru": "belum ada"}, ("Z06", "L2")),
        ({"Alasan": " "}, ("Z06", "M2")),
        ({"Komitmen": "dua"}, ("C04", "A2")),
    ],
)
def test_what_is_odd_is_named_at_its_cell(tmp_path: Path, change: Values, expected: tuple[str, str]) -> None:
    root = rejudged(tmp_path)
    fill_rows(root / BOOK, "Belum Selesai", lambda held: change if held["Nilai Baru"] == 100 else None)
    assert expected in found(root)


def test_a_target_that_was_finished_is_not_judged_again(tmp_path: Path) -> None:
    root = rejudged(tmp_path)
    fill_rows(
        root / BOOK,
        "Belum Selesai",
        lambda held: {"Komitmen": 1, "Pelaksana": "Kem 1"} if held["Nilai Baru"] == 100 else None,
    )
    assert found(root) == [("Z03", "K2")]


def test_one_that_a_round_finished_is_not_judged_a_second_time(tmp_path: Path) -> None:
    root = rejudged(tmp_path)
    prepare(root, "uji-3", NEXT, PeriodOverrides(code="B24", label="Semester IV"))
    again = {"Komitmen": 2, "Pelaksana": "Kem 2", "Periode": "B06", **SAID[0]}
    fill_rows(
        root / "inputs/uji-3/capaian-kl.xlsx",
        "Belum Selesai",
        lambda held: again if held["Komitmen"] == 3 and held["Periode"] == "B06" else None,
    )
    assert [code for code, _ in found(root, "uji-3")] == ["Z04"]


def test_a_workbook_without_the_columns_is_read_as_before(tmp_path: Path) -> None:
    root = rejudged(tmp_path, [])
    book = load_workbook(root / BOOK)
    page = book["Belum Selesai"]
    page.delete_cols(11, 3)
    page.delete_cols(5)
    page.cell(2, 1).value = "bukan nomor"  # nobody reads it
    book.save(root / BOOK)
    assert found(root) == []
    page.cell(2, 1).value = 2
    book.save(root / BOOK)
    changed = next(each for each in update(root, NEXT).books if each.file == BOOK)
    assert [(new.sheet, new.headings) for new in changed.columns] == [
        ("Belum Selesai", ("No", "Nilai Baru", "Data Dukung Baru", "Alasan"))
    ]
    page = load_workbook(root / BOOK)["Belum Selesai"]
    assert [cell.value for cell in page[1]][-4:] == ["No", "Nilai Baru", "Data Dukung Baru", "Alasan"]
    assert page.cell(2, 10).value == 1
    judge_again(root / BOOK, lambda n, held: SAID[0] if n == 0 else None)
    assert not errors(read_inputs(root, NEXT).findings)
    assert open_edition(root, NEXT).register["penilaian-kembali.selesai"].value == 1


def test_two_targets_of_one_measure_are_told_apart_by_number_or_words(tmp_path: Path) -> None:
    make_plan(tmp_path, MadePlan(targets={2: 2}, scores=(40,)))
    prepare(tmp_path, NEXT, EDITION, PeriodOverrides(code="B18", label="Semester III"))

    def fill(change: Values) -> list[str]:
        fill_rows(
            tmp_path / BOOK,
            "Belum Selesai",
            lambda held: {**SAID[0], **change} if held["Target"] == "Target 2 2" and held["Periode"] == "B06" else None,
        )
        return [code for code, _ in found(tmp_path)]

    assert fill({}) == []
    assert fill({"No": None}) == []
    book = load_workbook(tmp_path / BOOK)
    page = book["Belum Selesai"]
    for row in range(2, page.max_row + 1):
        if page.cell(row, 11).value == 100:
            page.cell(row, 6).value = "kata lain"
    book.save(tmp_path / BOOK)
    assert [code for code, _ in found(tmp_path)] == ["Z02"]


def test_the_workbook_of_assessment_beside_forms_judges_again_as_well(tmp_path: Path) -> None:
    make_plan(tmp_path, MadePlan())
    prepare(tmp_path, NEXT, EDITION, PeriodOverrides(code="B18", label="Semester III", forms=True))
    made = make_forms(tmp_path, NEXT)
    sent = tmp_path / f"inputs/{NEXT}/kiriman"
    sent.mkdir()
    (sent / "kiriman.xlsx").write_bytes(filled(made.folder / made.forms[0].file, reported("Selesai", (1,))))
    collect(tmp_path, NEXT, datetime(2022, 7, 1, 9))
    book = f"inputs/{NEXT}/penilaian.xlsx"
    rows = judge_again(tmp_path / book, lambda n, held: SAID[0] if n == 0 else None)
    assert [(row["Pelaksana"], row["Periode"], row["No"]) for row in rows] == [("Kem 2", "B06", 1)]
    assert [
        f.sheet for f in read_inputs(tmp_path, NEXT).findings if f.code == "S15"
    ] == []  # its own sheets are no strays
    opened = open_edition(tmp_path, NEXT)
    figure = opened.register["penilaian-kembali.02-1-kem-2-b06-1.b18"]
    assert (figure.printed, figure.sources[0].split("!")[:2]) == ("100%", [book, "Belum Selesai"])
    before = (tmp_path / book).read_bytes()
    collect(tmp_path, NEXT, datetime(2022, 7, 2, 9))
    assert (tmp_path / book).read_bytes() == before
