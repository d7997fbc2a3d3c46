"""The plan's targets: criteria beside their words, decided changes, what falls due later, hints at their wording."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from monev.edition.opened import open_edition
from monev.edition.prepared_books import prepared_rows
from monev.io.inputs import read_inputs
from monev.io.workbook_writer import write_book
from monev.model.fields import GROUPS, PLAN
from monev.rules.target_plan import effective, smart_hints
from monev.rules.tidy import Amount
from plans import EDITION, MadePlan, _register, make_plan

PLANNED = [  # commitment, actor, period, no, words, criteria, unit, baseline, goal, due
    (
        1,
        "Kem 1",
        "B06",
        1,
        "Pedoman ditetapkan",
        "Draf, uji publik, penetapan",
        "dokumen",
        "0",
        "1.250,5",
        "30 Juni 2021",
    ),
    (1, "Kem 1", "B12", 1, "Target 1 1", "", "persen", "", "45%", "2021-12-31"),
    (2, "LSM 2", "B12", 1, "Melakukan koordinasi", "", "", "", "", ""),
    (2, "LSM 2", "B12", 2, "Tersusun modul dan terselenggaranya pelatihan 2 angkatan tahun 2021", "", "", "", "", ""),
    (3, "Kem 3", "B18", 1, "Laporan 2022 terbit", "", "", "", "", ""),
]
CHANGED = [  # commitment, actor, period, no, change, becomes, decision, day
    (1, "Kem 1", "B12", 1, "Diubah", "Dua pedoman ditetapkan", "Rapat pleno 3", "2021-09-01"),
    (2, "LSM 2", "B12", 1, "Ditunda", "B18", "", ""),
    (2, "LSM 2", "B12", 2, "Dibatalkan", "", "Surat B-12", "5 Oktober 2021"),
]
_TARGET = ("commitment", "actor", "period", "no", "target", "criteria", "unit", "baseline", "goal", "due")
_CHANGE = ("commitment", "actor", "period", "no", "change", "becomes", "decision", "day")


def with_targets(root: Path, planned: list[tuple[object, ...]], changed: Sequence[tuple[object, ...]] = ()) -> Path:
    plan = MadePlan()
    make_plan(root, plan)
    rows = _register(plan)
    rows["Target"] = [{"measure": 1, **dict(zip(_TARGET, row, strict=True))} for row in planned]
    rows["Perubahan Target"] = [{"measure": 1, **dict(zip(_CHANGE, row, strict=True))} for row in changed]
    write_book(root / "inputs" / PLAN.file, PLAN, rows)
    return root


def test_criteria_are_read_as_they_are_written(tmp_path: Path) -> None:
    first, second, *_ = read_inputs(with_targets(tmp_path, PLANNED), EDITION).sound().data.planned
    assert (first.criteria, first.unit, first.due) == ("Draf, uji publik, penetapan", "dokumen", date(2021, 6, 30))
    assert first.baseline == Amount(Fraction(0), "0")
    assert first.goal == Amount(Fraction(2501, 2), "1.250,5")
    assert second.goal == Amount(Fraction(45), "45%")


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        (8, "dua", "C24"),
        (7, "1,2,3", "C24"),
        (9, "31 Februari 2021", "C25"),
        (9, "segera", "C25"),
        (9, "2022-01-31", "A05"),
    ],
)
def test_what_is_no_number_or_day_is_named_with_its_cell(tmp_path: Path, column: int, value: str, code: str) -> None:
    row = [*PLANNED[0]]
    row[column] = value
    found = [f for f in read_inputs(with_targets(tmp_path, [tuple(row)]), EDITION).findings if f.code == code]
    assert [(f.sheet, f.cell) for f in found] == [("Target", f"{'ABCDEFGHIJK'[column + 1]}2")]


def test_changes_give_the_plan_that_holds(tmp_path: Path) -> None:
    inputs = read_inputs(with_targets(tmp_path, PLANNED, CHANGED), EDITION).sound()
    now = {(t.actor, t.period, t.no): t for t in effective(inputs.data)}
    assert set(now) == {("Kem 1", "B06", 1), ("Kem 1", "B12", 1), ("LSM 2", "B18", 1), ("Kem 3", "B18", 1)}
    changed = now["Kem 1", "B12", 1]
    assert changed.target == "Dua pedoman ditetapkan"
    assert changed.place.cell("target") == "inputs/rencana-aksi.xlsx!Perubahan Target!G2"
    texts = [row["target"] for group in GROUPS for row in prepared_rows(inputs.data, group, inputs.edition)]
    assert sorted(filter(None, texts)) == ["Dua pedoman ditetapkan"]  # postponed and dropped ones are not asked for
    assert [(f.code, f.cell) for f in inputs.findings if f.code.startswith("A")] == [("A02", "H3")]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((1, "Kem 1", "B12", 9, "Diubah", "Lain", "Rapat", ""), "A01"),
        ((1, "Kem 1", "B12", 1, "Diubah", "", "Rapat", ""), "A03"),
        ((1, "Kem 1", "B12", 1, "Ditunda", "", "Rapat", ""), "A03"),
        ((1, "Kem 1", "B12", 1, "Ditunda", "B12", "Rapat", ""), "A04"),
        ((1, "Kem 1", "B12", 1, "Hilang", "", "Rapat", ""), "C03"),
        ((1, "Kem 1", "B12", 1, "Dibatalkan", "", " ", ""), "A02"),
    ],
)
def test_a_change_that_says_too_little_is_named(tmp_path: Path, change: tuple[object, ...], code: str) -> None:
    found = read_inputs(with_targets(tmp_path, PLANNED, [change]), EDITION).findings
    assert [f.code for f in found if f.sheet == "Perubahan Target"] == [code]


def test_figures_are_counted_not_typed(tmp_path: Path) -> None:
    root = with_targets(tmp_path, PLANNED, CHANGED)
    params = root / "params" / f"{EDITION}.yml"
    params.write_text(params.read_text("utf-8") + "pernyataan: {jumlah_target: 267}\n", "utf-8")
    opened = open_edition(root, EDITION)
    values = {name: opened.register[name].value for name in ("pernyataan.jumlah_target", "rencana.kemudian")}
    assert values == {"pernyataan.jumlah_target": 5, "rencana.kemudian": 2}
    assert opened.register["rencana.perubahan.jumlah"].value == 3
    assert opened.register["rencana.perubahan.ditunda"].sources == ("inputs/rencana-aksi.xlsx!Perubahan Target!F3",)
    assert [f.details["counted"] for f in opened.findings if f.code == "A07"] == [5]


def test_hints_assist_where_criteria_are_kept_and_nowhere_else(tmp_path: Path) -> None:
    data = read_inputs(with_targets(tmp_path / "a", PLANNED), EDITION).sound().data
    found = {hint.code: [f.cell for f in hint.findings] for hint in smart_hints(data)}
    assert found == {"H01": ["F4"], "H03": ["F4"], "H04": ["F4"], "H05": ["F5"]}
    bare = [(*row[:5], "", "", "", "", "") for row in PLANNED]
    assert smart_hints(read_inputs(with_targets(tmp_path / "b", bare), EDITION).sound().data) == ()
