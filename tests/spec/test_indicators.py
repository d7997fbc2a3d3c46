"""Outcome indicators: a row each in the register, a column for each period; values, the way covered, what is odd."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from monev.display import open_data
from monev.display.charts.draw import svg
from monev.display.markdown import charts, section
from monev.display.parts.appendix import appendix
from monev.display.parts.indicator_sections import indicator_section
from monev.edition.next_edition import PeriodOverrides, prepare
from monev.edition.opened import open_edition
from monev.io.inputs import read_inputs
from monev.notebook import chart_style
from plans import EDITION, MadePlan, make_plan
from returns import Values, fill_rows, indicators

REGISTER = "inputs/rencana-aksi.xlsx"
TOLD: list[dict[str, object]] = [
    {"Komitmen": 1, "No": 1, "Indikator": "Permohonan yang dijawab", "Satuan": "orang", "Nilai Awal": 40,
     "Nilai Sasaran": 80, "Sumber": "Laporan KIP", "B06": 50, "B12": "60"},
    {"Komitmen": 1, "No": 2, "Indikator": "Lama jawaban", "Satuan": "hari", "Nilai Awal": 20, "Nilai Sasaran": 10,
     "Sumber": "Survei", "B06": 12.5, "B12": 10},
    {"Komitmen": 2, "No": 1, "Indikator": "Kepuasan", "Satuan": "persen", "Nilai Awal": "50%", "Nilai Sasaran": "75%",
     "Sumber": "Survei", "B12": "45%"},
    {"Komitmen": 3, "No": 1, "Indikator": "Aduan", "Satuan": "aduan", "Nilai Awal": 5, "Nilai Sasaran": 9,
     "Sumber": "SP4N", "B06": 5},
]  # fmt: skip


def told(root: Path, rows: list[dict[str, object]] = TOLD) -> Path:
    make_plan(root, MadePlan())
    indicators(root / REGISTER, rows, ("B06", "B12"))
    return root


def test_values_and_the_way_they_covered_are_figures_with_their_cells(tmp_path: Path) -> None:
    register = open_edition(told(tmp_path), EDITION).register
    assert register["indikator.01-1.b12"].value == Fraction(60)
    assert register["indikator.01-1.b12"].sources == (f"{REGISTER}!Indikator!I2",)
    assert register["indikator.01-2.b06"].printed == "12,5"
    covered = {name: register[f"indikator.{name}.kemajuan"].printed for name in ("01-1", "01-2", "02-1", "03-1")}
    assert covered == {"01-1": "50%", "01-2": "100%", "02-1": "\u221220%", "03-1": "0%"}
    assert register["indikator.01-1.kemajuan"].exact == Fraction(50)
    states = ("jumlah", "mencapai-sasaran", "mendekati-sasaran", "belum-bergerak", "menjauhi-sasaran", "belum-bernilai")
    assert [register[f"indikator.banyaknya.{state}"].value for state in states] == [4, 1, 1, 1, 1, 0]


def test_the_summary_lists_all_and_the_appendix_has_values_and_lines(tmp_path: Path) -> None:
    opened = open_edition(told(tmp_path), EDITION)
    text = section(indicator_section(opened.results, opened.register)).replace("\\", "")
    assert "Permohonan yang dijawab" in text
    assert "Semester I (B06)" in text.split("Aduan")[1]  # its last value is of an earlier period
    own = appendix(opened.results, opened.register, 1)
    (chart,) = charts(own.blocks)
    assert chart.drawing.stops == ("awal", "B06", "B12")  # type: ignore[union-attr]
    assert [spark.values for spark in chart.drawing.sparks] == [(40, 50, 60), (20, 12.5, 10)]  # type: ignore[union-attr]
    assert "Lama jawaban: awal 20, B06 12,5, B12 10, dan sasaran 10" in chart.alt
    picture = svg(chart.drawing, chart_style())
    assert picture == svg(chart.drawing, chart_style())
    assert picture.count("<path") > 6


def test_an_edition_without_any_shows_nothing(tmp_path: Path) -> None:
    opened = open_edition(make_plan(tmp_path, MadePlan()), EDITION)
    assert not indicator_section(opened.results, opened.register)
    assert not [f.id for f in opened.register if "indikator" in f.id]
    assert "Indikator Hasil" not in section(appendix(opened.results, opened.register, 1))
    assert open_data.INDICATOR_TABLE not in open_data.resources(opened.results)


def test_they_are_open_data_a_row_for_each_value(tmp_path: Path) -> None:
    rows = [*open_data.indicator_rows(open_edition(told(tmp_path), EDITION).results)]
    assert [(r["komitmen"], r["no"], r["periode"], r["nilai"], r["kemajuan"]) for r in rows] == [
        (1, 1, "B06", "50", "25"), (1, 1, "B12", "60", "50"), (1, 2, "B06", "12.5", "75"), (1, 2, "B12", "10", "100"),
        (2, 1, "B12", "45", "-20"), (3, 1, "B06", "5", "0"),
    ]  # fmt: skip


def test_columns_of_later_periods_are_passed_over_and_strange_ones_told(tmp_path: Path) -> None:
    indicators(told(tmp_path) / REGISTER, [], ("B18", "Catatan lain"))
    findings = [f for f in read_inputs(tmp_path, EDITION).findings if f.sheet == "Indikator"]
    assert {(f.code, f.cell) for f in findings if f.code != "C10"} == {("O15", "I5"), ("S03", "K1")}
    assert {f.cell for f in findings if f.code == "C10"} == {"I2", "E4", "F4", "I4"}  # numbers kept as text


def test_new_asks_for_the_values_of_its_period(tmp_path: Path) -> None:
    prepare(told(tmp_path), "uji-2", EDITION, PeriodOverrides(code="B18", label="Semester III"))
    register = tmp_path / "inputs/uji-2/rencana-aksi.xlsx"
    page = load_workbook(register)["Indikator"]
    assert [cell.value for cell in page[1]][-1] == "B18"
    fill_rows(
        register, "Indikator", lambda held: {"B18": 80} if held["Indikator"] == "Permohonan yang dijawab" else None
    )
    inputs = read_inputs(tmp_path, "uji-2")
    assert [str(amount) for amount in inputs.data.indicators[0].values.values()] == ["50", "60", "80"]
    assert [f.details["count"] for f in inputs.findings if f.code == "O15"] == [3]
    page = load_workbook(tmp_path / REGISTER)["Indikator"]
    assert [cell.value for cell in page[1]][-1] == "B12"  # the earlier register is as it was


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"Satuan": None}, ("O11", "D2")),
        ({"Nilai Awal": None}, ("O11", "E2")),
        ({"Nilai Sasaran": None}, ("O11", "F2")),
        ({"Nilai Sasaran": 40}, ("O12", "F2")),
        ({"B12": "60%"}, ("O13", "I2")),
        ({"Nilai Awal": "40%"}, ("O13", "E2")),
        ({"B06": "lima puluh"}, ("C24", "H2")),
        ({"B06": "50 orang"}, ("C24", "H2")),
        ({"B06": "=1/0"}, ("C05", "H2")),
        ({"Indikator": None}, ("C01", "C2")),
        ({"Komitmen": 9}, ("K02", "A2")),
        ({"Komitmen": "1, 2"}, ("C04", "A2")),
        ({"No": 2}, ("K01", "B3")),
        ({"Indikator": "KEPUASAN"}, ("O14", "C4")),
    ],
)
def test_what_is_odd_is_named_at_its_cell(tmp_path: Path, change: Values, expected: tuple[str, str]) -> None:
    rows = [{**TOLD[0], **change}, *TOLD[1:]]
    findings = [f for f in read_inputs(told(tmp_path, rows), EDITION).findings if f.sheet == "Indikator"]
    assert [(f.code, f.cell) for f in findings if f.code not in ("O15", "C10")] == [expected]
