"""Completion on OGP's scale: a second scale beside the bands, by rules of the params, told only with evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from monev.build.assembly import data_files
from monev.edition.opened import Opened, open_edition
from monev.figures.completion_figures import level_id
from monev.words.errors import InputError
from plans import EDITION, MadePlan, make_plan

LEVELS = [
    {"kode": "complete", "nama": "Selesai", "dari": 100},
    {"kode": "substantial", "nama": "Substansial", "dari": 50},
    {"kode": "limited", "nama": "Terbatas", "dari": 1},
    {"kode": "not started", "nama": "Belum Dimulai", "dari": 0},
]
PERIOD = (("B06", "Semester I", 2021),)


def opened(
    root: Path, scale: dict[str, Any] | None, scores: list[object], evidence: str = "Ada", **more: Any
) -> Opened:
    scoring = {"penyelesaian_ogp": scale} if scale else {}
    plan = MadePlan(commitments=len(scores) // 2, periods=PERIOD, scoring=scoring, scores=scores, **more)
    # Scores go round row by row in each workbook: the first half are those of ministries, the second of organisations.
    make_plan(root, plan if evidence == "Ada" else MadePlan(**{**vars(plan), "texts": {"evidence": evidence}}))
    return open_edition(root, EDITION)


def levels(made: Opened) -> list[list[str]]:
    lines = data_files(made)["ogp.csv"].decode("utf-8-sig").splitlines()
    assert lines[0] == "komitmen,judul,completion,evidence"
    return [[line.split(",")[2], line.split(",")[3]] for line in lines[1:]]


def test_each_commitment_stands_at_the_level_of_its_score(tmp_path: Path) -> None:
    scale = {"bukti": "semua", "tingkat": LEVELS}
    made = opened(tmp_path, scale, [100, 99.4, 50, 0, 1.4] * 2)
    told = levels(made)
    assert [level for level, _ in told] == [
        "complete",
        "substantial",
        "substantial",
        "not started",
        "limited",
    ]
    assert {evidence for _, evidence in told} == {"Ada"}
    counts = {
        level: made.register[level_id(level)].value for level in ("complete", "substantial", "limited", "not started")
    }
    assert counts == {"complete": 1, "substantial": 2, "limited": 1, "not started": 1}
    assert made.register["ogp.substantial.jumlah"].sources


def test_without_evidence_completion_is_not_told(tmp_path: Path) -> None:
    made = opened(tmp_path, {"bukti": "semua", "tingkat": LEVELS}, [100, 100], "Tidak dikumpulkan")
    assert levels(made) == [["", ""]]
    assert made.register["ogp.tanpa-bukti.jumlah"].value == 1


@pytest.mark.parametrize(("rule", "level"), [("semua", ""), ("sebagian", "substantial")])
def test_what_lacks_evidence_counts_as_the_params_say(tmp_path: Path, rule: str, level: str) -> None:
    def text(column: str, usual: str) -> str:
        held.append(column)
        return "" if column == "evidence" and held.count("evidence") == 1 else usual

    held: list[str] = []
    made = opened(tmp_path, {"bukti": rule, "tingkat": LEVELS}, [100, 100], text=text)
    assert [told for told, _ in levels(made)] == [level]


def test_withdrawn_commitments_are_told_with_or_without_evidence(tmp_path: Path) -> None:
    scale = {"bukti": "semua", "tingkat": LEVELS, "ditarik": {2: "Dicabut"}}
    assert [level for level, _ in levels(opened(tmp_path, scale, [100, 100] * 2))] == ["complete", "withdrawn"]


def test_without_the_rules_nothing_is_there(tmp_path: Path) -> None:
    made = opened(tmp_path, None, [100, 100])
    assert "ogp.csv" not in data_files(made)
    assert not [figure.id for figure in made.register if figure.id.startswith("ogp.")]


WRONG = {
    "no-rule-of-evidence": {"tingkat": LEVELS},
    "three-levels": {"bukti": "semua", "tingkat": LEVELS[:3]},
    "rising": {"bukti": "semua", "tingkat": [*LEVELS[:2], {**LEVELS[2], "dari": 60}, LEVELS[3]]},
    "not-from-zero": {"bukti": "semua", "tingkat": [*LEVELS[:3], {**LEVELS[3], "dari": 1}]},
    "strange-word": {"bukti": "semua", "tingkat": [{**LEVELS[0], "kode": "done"}, *LEVELS[1:]]},
    "same-names": {"bukti": "semua", "tingkat": [*LEVELS[:3], {**LEVELS[3], "nama": "Terbatas"}]},
}


@pytest.mark.parametrize("case", WRONG)
def test_rules_that_cannot_hold_are_told_at_their_line(tmp_path: Path, case: str) -> None:
    with pytest.raises(InputError) as caught:
        opened(tmp_path, WRONG[case], [100, 100])
    assert {finding.file for finding in caught.value.findings} == {f"params/{EDITION}.yml"}
    assert all(finding.cell for finding in caught.value.findings)
