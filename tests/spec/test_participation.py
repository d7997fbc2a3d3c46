"""Participation depth: an optional column, counted by level, group and commitment; without it nothing is told."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from monev.audit.figure_comparison import inconsistent, rows_by_id
from monev.display import markdown
from monev.display.parts import instrument_columns
from monev.display.section_output import SECTION_TYPE
from monev.edition.opened import Opened, open_edition
from monev.figures.analysis import level_id
from monev.io.folders import REPOSITORY
from monev.io.inputs import read_inputs
from monev.io.instrument_files import shipped
from monev.model.fields import KL, OMS
from monev.notebook import Laporan
from plans import EDITION, MadePlan, make_plan
from support import change, column, copy_root, monev

(IAP2,) = (made for made in shipped() if made.kode == "partisipasi-iap2")
HEADING = "Tingkat Partisipasi"
PARTICIPATION = ("Memberi Informasi", "Berkonsultasi", "Melibatkan", "Berkolaborasi", "Memberdayakan")
participation_id = partial(level_id, IAP2)
FILES = {KL: "inputs/B12/capaian-kl.xlsx", OMS: "inputs/B12/capaian-oms.xlsx"}


def told(tmp_path: Path, levels: dict[str, list[object]], plan: MadePlan | None = None) -> Path:
    """Make a plan whose current workbooks give these levels, row by row."""
    root = make_plan(tmp_path, plan or MadePlan())
    for group, own in levels.items():
        change(root, FILES[group], partial(_add, cells=[HEADING, *own]))
    return root


def _add(book: Any, cells: list[object]) -> None:
    sheet = book["Capaian"]
    place = sheet.max_column + 1
    for row, value in enumerate(cells, start=1):
        sheet.cell(row, place, value)


def counts(opened: Opened, **of: object) -> dict[str, object]:
    return {level: opened.register[participation_id(level, **of)].value for level in PARTICIPATION}  # type: ignore[arg-type]


def test_levels_are_counted(tmp_path: Path) -> None:
    given: dict[str, list[object]] = {KL: ["Melibatkan", "Consult", None], OMS: ["melibatkan", "Memberdayakan", " "]}
    opened = open_edition(told(tmp_path, given), EDITION)
    kl, oms = Counter({"Melibatkan": 1, "Berkonsultasi": 1}), Counter({"Melibatkan": 1, "Memberdayakan": 1})
    assert counts(opened, group=KL) == {level: kl[level] for level in PARTICIPATION}
    assert counts(opened, group=OMS) == {level: oms[level] for level in PARTICIPATION}
    assert counts(opened) == {level: (kl + oms)[level] for level in PARTICIPATION}
    assert counts(opened, commitment=1)["Melibatkan"] == 2
    assert counts(opened, commitment=2)["Memberdayakan"] == 1
    assert participation_id(commitment=3) not in opened.register
    assert opened.register["partisipasi.melibatkan.persen"].printed == "50%"
    assert list(inconsistent(rows_by_id(opened.register.records()))) == []
    text = markdown.section(instrument_columns.columns(IAP2, opened.results, opened.register))
    assert "Tingkat yang paling banyak dicapai: Melibatkan" in text.replace("\\", "")
    shown = Laporan(opened).lampiran(1)._repr_mimebundle_()[SECTION_TYPE]["markdown"]  # type: ignore[index]
    assert "Tingkat partisipasi" in shown


def test_every_count_reaches_its_cells(tmp_path: Path) -> None:
    root = told(tmp_path, {KL: ["Melibatkan"], OMS: ["Inform"]})
    letter = column(root, FILES[KL], "Capaian", HEADING)
    opened = open_edition(root, EDITION)
    assert opened.register[participation_id("Melibatkan")].sources == (f"{FILES[KL]}!Capaian!{letter}2",)
    nothing = opened.register[participation_id("Memberdayakan")]
    assert set(nothing.sources) == {f"{file}!Capaian!{letter}2" for file in FILES.values()}


def test_a_row_without_target_does_not_count(tmp_path: Path) -> None:
    plan = MadePlan(scores=["-"], statuses=[""])
    opened = open_edition(told(tmp_path, {KL: ["Melibatkan"]}, plan), EDITION)
    assert not [f for f in opened.register if "partisipasi" in f.id]


def test_an_unknown_level_is_named_with_its_cell_and_the_nearest(tmp_path: Path) -> None:
    root = told(tmp_path, {KL: ["Melibatkn"]})
    letter = column(root, FILES[KL], "Capaian", HEADING)
    (finding,) = [f for f in read_inputs(root, EDITION).findings if f.weight == "error"]
    assert (finding.code, finding.file, finding.sheet, finding.cell) == ("C03", FILES[KL], "Capaian", f"{letter}2")
    assert "'Melibatkan'" in finding.text("id")
    assert HEADING in finding.text("en")


@pytest.mark.parametrize("levels", [{}, {KL: [None, None, None]}])
def test_without_column_or_value_there_is_no_section(tmp_path: Path, levels: dict[str, list[object]]) -> None:
    opened = open_edition(told(tmp_path, levels), EDITION)
    assert not instrument_columns.columns(IAP2, opened.results, opened.register).blocks
    assert not [f for f in opened.register if "partisipasi" in f.id]


def test_a_new_edition_offers_the_column(tmp_path: Path) -> None:
    root = copy_root(tmp_path)
    assert monev(root, "new", "2022-S3", "--from", "2021-S2").returncode == 0
    assert column(root, "inputs/2022-S3/capaian-kl.xlsx", "Capaian", HEADING)


def test_2021_tells_of_none() -> None:
    opened = open_edition(REPOSITORY, "2021-S2")
    assert not instrument_columns.columns(IAP2, opened.results, opened.register).blocks
