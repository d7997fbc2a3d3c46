"""Obstacles: as actors report them, as the secretariat writes or classifies them; no kind is guessed."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from monev.display import open_data
from monev.display.markdown import charts, section
from monev.display.parts.appendix import appendix
from monev.display.parts.obstacle_sections import obstacle_section
from monev.edition.collecting import collect
from monev.edition.forms import make_forms
from monev.edition.opened import open_edition
from monev.io.inputs import read_inputs
from monev.rules.obstacles import says_none
from plans import EDITION, MadePlan, make_plan
from returns import Values, obstacles
from round import FOLDER, SENT, filled, make_round, reported

PLACE = "inputs/B12"
BOOK = f"{PLACE}/evaluasi.xlsx"
TOLD: list[dict[str, object]] = [
    {"Komitmen": 1, "UK": 1, "Pelaksana": "Kem 1", "Periode": "B12", "No": 1, "Jenis Hambatan": "Anggaran",
     "Hambatan": "Anggaran dipotong"},
    {"Komitmen": 1, "Pelaksana": "LSM 1", "Jenis Hambatan": "sumber daya manusia", "Hambatan": "Staf berganti"},
    {"Komitmen": 2, "Hambatan": "Jadwal mundur"},
    {"Komitmen": 2, "Jenis Hambatan": "Anggaran", "Hambatan": "Revisi DIPA"},
]  # fmt: skip


def told(root: Path, rows: list[dict[str, object]] = TOLD) -> Path:
    make_plan(root, MadePlan())
    obstacles(root, PLACE, rows)
    return root


def test_they_are_counted_by_kind_group_and_commitment(tmp_path: Path) -> None:
    register = open_edition(told(tmp_path), EDITION).register
    values = {
        name: register[f"hambatan.{name}"].value
        for name in (
            "jumlah",
            "anggaran",
            "sdm",
            "belum-digolongkan",
            "anggaran.kl",
            "jumlah.oms",
            "jumlah.tanpa-pelaksana",
        )
    }
    assert values == {
        "jumlah": 4, "anggaran": 2, "sdm": 1, "belum-digolongkan": 1, "anggaran.kl": 1, "jumlah.oms": 1,
        "jumlah.tanpa-pelaksana": 2,
    }  # fmt: skip
    assert register["hambatan.anggaran"].sources == (f"{BOOK}!Hambatan!F2", f"{BOOK}!Hambatan!F5")
    assert register["komitmen.02.hambatan.anggaran"].value == 1
    assert register["komitmen.02.hambatan.sdm"].value == 0


def test_table_chart_and_appendix_tell_them(tmp_path: Path) -> None:
    opened = open_edition(told(tmp_path), EDITION)
    made = obstacle_section(opened.results, opened.register)
    (chart,) = charts(made.blocks)
    assert chart.alt == "Diagram batang banyaknya hambatan menurut jenis: Anggaran 2, SDM 1, dan Belum digolongkan 1."
    assert [bar.length for bar in chart.drawing.bars] == [2, 1, 1]  # type: ignore[union-attr]
    assert "belum digolongkan" in section(appendix(opened.results, opened.register, 2))
    first = section(appendix(opened.results, opened.register, 1))
    assert "Anggaran dipotong" in first
    assert "Staf berganti" in first
    assert "Jadwal mundur" not in first
    rows = [*open_data.obstacle_rows(opened.results)]
    assert [(r["pelaksana"], r["kelompok"], r["jenis"], r["dari"]) for r in rows] == [
        ("Kem 1", "K/L", "Anggaran", "sekretariat"), ("LSM 1", "OMS", "SDM", "sekretariat"),
        ("", "", "", "sekretariat"), ("", "", "Anggaran", "sekretariat"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (TOLD, "Yang terbanyak berjenis Anggaran (2). "),
        ([*TOLD, {**TOLD[1], "Hambatan": "Jabatan kosong"}], ""),  # two kinds, two each: none is ahead
        (
            [
                *TOLD,
                {**TOLD[1], "Hambatan": "Jabatan kosong"},
                {"Komitmen": 2, "Jenis Hambatan": "Regulasi", "Hambatan": "Aturan belum terbit"},
            ],
            "berjenis Anggaran dan SDM (masing-masing 2). ",
        ),
        (TOLD[:1], "Yang terbanyak berjenis Anggaran (1). "),
    ],
)
def test_the_most_frequent_kind_is_one_that_is_ahead(
    tmp_path: Path, rows: list[dict[str, object]], expected: str
) -> None:
    opened = open_edition(told(tmp_path, rows), EDITION)
    shown = section(obstacle_section(opened.results, opened.register)).replace("\\", "")
    plain = re.sub(r"\[(\d+)\]\{[^}]*\}", r"\1", shown)
    assert expected in plain if expected else "terbanyak" not in plain


def test_an_edition_without_any_shows_nothing(tmp_path: Path) -> None:
    opened = open_edition(make_plan(tmp_path, MadePlan()), EDITION)
    assert not obstacle_section(opened.results, opened.register)
    assert not [f.id for f in opened.register if "hambatan" in f.id]
    assert open_data.OBSTACLE_TABLE not in open_data.resources(opened.results)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"Jenis Hambatan": "Cuaca"}, [("C03", "F2")]),
        ({"Jenis Hambatan": None, "Hambatan": None}, [("O03", "A2")]),
        ({"Hambatan": None}, [("O02", "F2")]),
        ({"No": 9}, [("O06", "E2")]),
        ({"Komitmen": 9}, [("K02", "A2"), ("O06", "E2")]),
        ({"Pelaksana": "Kem 9"}, [("K03", "C2"), ("O06", "E2")]),
        ({"Pelaksana": "Kem 2"}, [("K04", "C2"), ("O06", "E2")]),
        ({"UK": 7}, [("K08", "B2"), ("O06", "E2")]),
        (
            {"Komitmen": 2, "UK": None, "Pelaksana": None, "Periode": None, "No": None, "Hambatan": "Revisi DIPA"},
            [("K01", "G5")],
        ),
        ({"Hambatan": "=A1&B1"}, [("C05", "G2")]),
    ],
)
def test_what_is_odd_is_named_at_its_cell(tmp_path: Path, change: Values, expected: list[tuple[str, str]]) -> None:
    rows = [{**TOLD[0], **change}, *TOLD[1:]]
    findings = [f for f in read_inputs(told(tmp_path, rows), EDITION).findings if f.sheet == "Hambatan"]
    assert sorted((f.code, f.cell) for f in findings if f.code != "O01") == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Tidak ada", True), ("-", True), ("Nihil.", True), ("Tidak ada hambatan yang berarti", True), ("", True),
     ("Tidak ada anggaran", False), ("Data belum terbuka", False), ("Ada", False)],
)  # fmt: skip
def test_words_that_say_there_was_none(text: str, expected: bool) -> None:
    assert says_none(text) is expected


def test_what_actors_report_is_counted_and_classified_where_they_gave_no_kind(tmp_path: Path) -> None:
    root = make_round(tmp_path, actors=4, targets=2)
    made = make_forms(root, "uji")
    said = [
        reported("Selesai", (1,), Jenis_Hambatan="Regulasi", Hambatan="Perpres belum terbit"),
        reported("Selesai", (1,), Hambatan="Server lambat"),
        reported("Selesai", (1,), Hambatan="Tidak ada"),
        reported("Selesai", (1,), Hambatan="Rapat tertunda"),
    ]
    for form, words in zip(made.forms, said, strict=True):
        (root / SENT / form.file).write_bytes(filled(made.folder / form.file, words))
    collect(root, "uji", datetime(2022, 7, 1, 9))
    before = open_edition(root, "uji")
    assert [f.details["count"] for f in before.findings if f.code == "O01"] == [1, 1]
    assert before.register["hambatan.belum-digolongkan"].value == 2
    slow = next(t for t in before.results.targets if t.obstacle_text == "Server lambat")
    key = {
        "Komitmen": slow.commitment,
        "UK": slow.measure,
        "Pelaksana": slow.actor,
        "Periode": slow.period,
        "No": slow.no,
    }
    obstacles(root, FOLDER, [{**key, "Jenis Hambatan": "Data"}])
    opened = open_edition(root, "uji")
    counts = {
        name: opened.register[f"hambatan.{name}"].value for name in ("jumlah", "regulasi", "data", "belum-digolongkan")
    }
    assert counts == {"jumlah": 3, "regulasi": 1, "data": 1, "belum-digolongkan": 1}
    assert opened.register["hambatan.data"].sources == (f"{FOLDER}/evaluasi.xlsx!Hambatan!F2",)
    assert "Server lambat" in section(appendix(opened.results, opened.register, slow.commitment))
    obstacles(root, FOLDER, [{**key, "Jenis Hambatan": "SDM"}])
    assert ("O04", "F3") in [(f.code, f.cell) for f in read_inputs(root, "uji").findings]
