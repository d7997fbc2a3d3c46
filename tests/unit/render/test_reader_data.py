"""What the HTML carries for its reader: ranges of cells, JSON that cannot end its element, all targets and figures."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from monev.edition.opened import Opened, open_edition
from monev.figures.register import target_id
from monev.io.folders import REPOSITORY
from monev.model.fields import NO_TARGET
from monev.render import reader_data
from plans import EDITION, MadePlan, make_plan


@pytest.fixture(scope="module")
def opened() -> Opened:
    return open_edition(REPOSITORY, "2021-S2")


@pytest.mark.parametrize(
    ("addresses", "told"),
    [
        ([], []),
        (["H2"], ["H2"]),
        (["H3", "H2", "H4", "H2"], ["H2–H4"]),
        (["H2", "H4", "AA2", "A9", "A10"], ["A9–A10", "H2", "H4", "AA2"]),
        (["kunci.lain", "H2"], ["kunci.lain", "H2"]),
    ],
)
def test_neighbouring_cells_are_one_range(addresses: list[str], told: list[str]) -> None:
    assert list(reader_data.ranges(addresses)) == told


def test_every_target_is_there_with_what_the_data_say(opened: Opened) -> None:
    held = json.loads(reader_data.files(opened, REPOSITORY)[reader_data.TARGETS_FILE])
    rows = {row["id"]: row for row in held["target"]}
    assert list(rows) == [target_id(target) for target in opened.results.targets]
    for target in opened.results.targets:
        row = rows[target_id(target)]
        assert (row["komitmen"], row["pelaksana"], row["periode"]) == (target.commitment, target.actor, target.period)
        assert row["nilai"] == opened.register[target_id(target)].printed
        assert row["kategori"] == (opened.results.band(target) or reader_data.WITHOUT_TARGET)
        assert row["status"] == ("" if target.score == NO_TARGET else target.cocreation or "Tidak dinilai")
        assert row["kelompok"] in held["kelompok"]
        assert row["kategori"] in held["kategori"]
        assert row["status"] in ("", *held["status"])
        assert row["pelaksana"] in {name for name, _, _ in held["pelaksana"]}


def test_every_figure_names_each_of_its_cells(opened: Opened) -> None:
    text = reader_data.files(opened, REPOSITORY)[reader_data.FIGURES_FILE].decode("utf-8")
    entries = dict(re.findall(r'<div class="asal" id="angka\.([^"]+)">(.*?)</div>', text))
    assert sorted(entries) == sorted(figure.id for figure in opened.register)
    for figure in opened.register:
        told = unescape(re.sub(r"<[^>]+>", " ", entries[figure.id]))
        assert figure.printed in told
        cells = {
            (file, sheet, cell) for file, sheet, cell in (s.split("!") for s in figure.sources if s.count("!") == 2)
        }
        assert cells <= {*_named(entries[figure.id])} | {c for c in cells if c[0].startswith("params/")}, figure.id


def _named(entry: str) -> list[tuple[str, str, str]]:
    """Return the cells that an entry names, its ranges written out."""
    found = []
    for file, sheet, places in re.findall(r"<code>(inputs/[^<]+)</code>, lembar ([^:<]+): ([^<]+)", entry):
        for place in places.split(", "):
            first, _, last = place.partition("–")
            letters = first.rstrip("0123456789")
            numbers = range(int(first[len(letters) :]), int((last or first)[len(letters) :]) + 1)
            found += [(file, unescape(sheet), f"{letters}{number}") for number in numbers]
    return found


def test_no_text_of_a_workbook_ends_the_data(tmp_path: Path) -> None:
    hostile = "</script><script>alert(1)</script><!-- \u2028"
    plan = MadePlan(commitments=1, texts=dict.fromkeys(("title", "full_name", "measure_text", "target"), hostile))
    opened = open_edition(make_plan(tmp_path, plan), EDITION)
    files = reader_data.files(opened, tmp_path)
    data = files[reader_data.TARGETS_FILE].decode("utf-8")
    assert "<" not in data
    assert hostile.split("\u2028")[0].strip() in json.loads(data)["komitmen"][0][1]
    assert "<script" not in files[reader_data.FIGURES_FILE].decode("utf-8")
    assert "</noscript" not in files[reader_data.FIGURES_FILE].decode("utf-8")
