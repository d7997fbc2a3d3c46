"""The plan's targets after all that was changed, postponed or dropped, and hints at their wording."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from monev.model.params import Edition
from monev.model.raw_tables import RowPlace
from monev.rules.target_plan import effective, expected, falls_later, plan_findings, smart_hints
from monev.rules.tidy import PlannedTarget, TargetChange

PLACE = RowPlace("rencana.xlsx", "Target", 2, {"target": "F2", "due": "J2", "period": "D2", "becomes": "G2"})
EDITION = Edition.model_validate(
    {
        "edisi": "uji",
        "judul": "Uji",
        "rencana_aksi": "inputs/rencana.xlsx",
        "periode": [
            {"kode": "B06", "label": "Semester I", "tahun": 2021, "inputs": "inputs/B06"},
            {"kode": "B12", "label": "Semester II", "tahun": 2021, "inputs": "inputs/B12"},
        ],
        "nama": {"rencana": "Rencana Uji"},
        "pernyataan": {"jumlah_target": 3},
    }
)


def planned(period: str = "B12", no: int = 1, target: str = "Tersusun dokumen 2021", **more: Any) -> PlannedTarget:
    return PlannedTarget(1, 1, "KIP", period, no, target, PLACE, **more)


def changed(change: str, becomes: str = "", period: str = "B06", no: int = 1) -> TargetChange:
    return TargetChange(1, 1, "KIP", period, no, change, PLACE, becomes)


def data(*targets: PlannedTarget, changes: tuple[TargetChange, ...] = (), actors: tuple[Any, ...] = ()) -> Any:
    measures = [SimpleNamespace(commitment=1, measure=1, actor=actor) for actor in ("KIP", "ICW")]
    return SimpleNamespace(planned=targets, changes=changes, measures=measures, actors=actors)


def numbers(*changes: TargetChange) -> list[tuple[str, int, str]]:
    targets = (planned("B06"), planned("B12"), planned("B12", 2))
    return [(t.period, t.no, t.target) for t in effective(data(*targets, changes=changes))]


REST = [("B12", 1, "Tersusun dokumen 2021"), ("B12", 2, "Tersusun dokumen 2021")]


@pytest.mark.parametrize(
    ("change", "first"),
    [
        (changed("Diubah", "Terbit pedoman"), [("B06", 1, "Terbit pedoman")]),
        (changed("Diubah"), [("B06", 1, "Tersusun dokumen 2021")]),
        (changed("Dibatalkan"), []),
        (changed("Ditunda", " B12 "), [("B12", 3, "Tersusun dokumen 2021")]),  # 1 and 2 are taken there
        (changed("Ditunda", "B18"), [("B18", 1, "Tersusun dokumen 2021")]),
        (changed("Ditunda"), [("B06", 1, "Tersusun dokumen 2021")]),  # until when is not said: nothing is moved
        (changed("Dibatalkan", no=9), [("B06", 1, "Tersusun dokumen 2021")]),  # a target that is not there
    ],
)
def test_what_becomes_of_a_target(change: TargetChange, first: list[tuple[str, int, str]]) -> None:
    assert numbers(change) == [*first, *REST]


def test_new_words_have_the_change_as_source() -> None:
    (target,) = effective(data(planned("B06"), changes=(changed("Diubah", "Terbit pedoman"),)))
    assert target.place.cell("target") == "rencana.xlsx!Target!G2"


def test_who_has_no_planned_target_at_all_is_asked_once() -> None:
    due = expected(data(planned("B12", 2), planned("B12", 1)), "B12")
    assert {key: list(numbers) for key, numbers in due.items()} == {(1, 1, "KIP"): [1, 2], (1, 1, "ICW"): [1]}
    assert expected(data(planned("B12")), "B06") == {(1, 1, "KIP"): {}, (1, 1, "ICW"): {1: None}}


@pytest.mark.parametrize(
    ("target", "later"),
    [
        (planned("B06"), False),
        (planned("B12"), False),
        (planned("B18"), True),
        (planned("B03"), False),
        (planned("T1"), None),
        (planned("T1", due=date(2022, 1, 1)), True),
        (planned("T1", due=date(2021, 12, 31)), False),
    ],
)
def test_whether_a_target_falls_due_after_the_current_period(target: PlannedTarget, later: bool | None) -> None:
    assert falls_later(target, EDITION) is later


def test_what_is_odd_about_the_plan_is_told_at_its_cell() -> None:
    found = plan_findings(data(planned("B06", due=date(2021, 7, 1)), planned("T1")), EDITION)
    assert [(f.code, f.file, f.cell) for f in found] == [
        ("A05", "rencana.xlsx", "J2"),
        ("A06", "rencana.xlsx", "D2"),
        ("A07", "params/uji.yml", ""),
    ]
    three = data(planned("B06", due=date(2021, 6, 30)), planned(), planned(no=2))
    assert list(plan_findings(three, EDITION)) == []


COALITION = (SimpleNamespace(actor="ICW", coalition="KIP"), SimpleNamespace(actor="TII", coalition=""))


@pytest.mark.parametrize(
    ("target", "actors", "codes"),
    [
        (planned(criteria="Diunggah"), (), []),
        (planned(target="Melakukan rapat", criteria="Ada"), (), ["H03"]),
        (planned(target="Melakukan rapat", due=date(2021, 1, 1)), (), ["H01", "H04"]),
        (planned(goal=1, due=date(2021, 1, 1)), (), ["H02"]),
        (planned(target="Tersusunnya modul dan terlaksananya uji 2021", criteria="Ada"), (), ["H05"]),
        (planned(criteria="Ada"), COALITION, ["H06"]),
        (planned(target="ICW: tersusun dokumen 2021", criteria="Ada"), COALITION, []),
    ],
)
def test_hints_at_the_wording(target: PlannedTarget, actors: tuple[Any, ...], codes: list[str]) -> None:
    assert [hint.code for hint in smart_hints(data(target, actors=actors))] == codes


def test_a_plan_without_criteria_gets_no_hint() -> None:
    assert smart_hints(data(planned(target="Melakukan rapat"))) == ()
