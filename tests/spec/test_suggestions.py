"""Suggested highlights: a rule points to one commitment, the secretariat accepts it or leaves it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from monev.display import markdown
from monev.display.parts import highlights
from monev.edition.opened import Opened, open_edition
from monev.figures.suggestions import record, suggest
from monev.io.folders import REPOSITORY
from monev.io.inputs import read_inputs
from monev.io.params_text import following_edition, following_text
from monev.model.params import Period
from monev.words.errors import InputError
from plans import EDITION, PLANS, MadePlan, make_plan
from support import copy_root, monev, put


def accept(root: Path, edition: str, *items: dict[str, object]) -> None:
    path = root / "params" / f"{edition}.yml"
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text("utf-8")) | {"sorotan": list(items)}), "utf-8")


def suggested(opened: Opened) -> dict[str, int]:
    return {s.rule: s.commitment for s in suggest(opened.results)}


def test_2021() -> None:
    found = {s.rule: s for s in suggest(open_edition(REPOSITORY, "2021-S2").results)}
    assert {rule: s.commitment for rule, s in found.items()} == {
        "terbaik": 9,
        "terendah": 17,
        "paling-naik": 13,
        "paling-turun": 16,
    }
    assert found["terbaik"].equal == (5, 14, 18)
    assert not any(s.accepted for s in found.values())
    assert record([found["terbaik"]]) == [
        {"usulan": "terbaik", "komitmen": 9, "sama": [5, 14, 18], "diterima": False},
    ]


#   scores by period and commitment (both actors alike)        what each rule points to
CASES = [
    ([[10, 50, 90], [90, 50, 10]], {"terbaik": 1, "terendah": 1, "paling-naik": 1, "paling-turun": 3}),
    ([[80, 80, 80], [80, 80, 80]], {"terbaik": 1}),
    ([[60, 60, 60], [60, 60, 60]], {"terbaik": 1, "terendah": 1}),
    ([[10, 20, 90], [40, 50, 90]], {"terbaik": 3, "terendah": 1, "paling-naik": 2}),
    (
        [["N/A", "N/A", "N/A"], [0, 100, "N/A"]],
        {"terbaik": 2, "terendah": 1},
    ),
]


@pytest.mark.parametrize(("scores", "wanted"), CASES)
def test_rules_and_what_decides_between_equals(
    tmp_path: Path, scores: list[list[object]], wanted: dict[str, int]
) -> None:
    root = make_plan(tmp_path, MadePlan(statuses=["Aktif"]))
    for period, row in zip(("B06", "B12"), scores, strict=True):
        for n, score in enumerate(row, start=2):
            for book in ("capaian-kl", "capaian-oms"):
                put(root, f"inputs/{period}/{book}.xlsx!Capaian!H{n}", score)
    assert suggested(open_edition(root, EDITION)) == wanted


@pytest.mark.parametrize("plan", ["semua-na", "tanpa-target"])
def test_without_scores_nothing_is_suggested(tmp_path: Path, plan: str) -> None:
    found = open_edition(make_plan(tmp_path, PLANS[plan]), EDITION)
    assert suggest(found.results) == ()
    assert "Tidak ada usulan" in markdown.blocks(highlights.suggestions(found.results, found.register).blocks)


def test_only_what_is_accepted_is_printed(tmp_path: Path) -> None:
    root = copy_root(tmp_path)
    before = open_edition(root, "2021-S2")
    accept(root, "2021-S2", {"usulan": "paling-turun"}, {"usulan": "terendah", "judul": "Yang perlu dibantu (2)"})
    opened = open_edition(root, "2021-S2")
    old = markdown.section(highlights.highlights(before.results, before.register))
    new = markdown.section(highlights.highlights(opened.results, opened.register))
    assert new.startswith(old)
    added = new.removeprefix(old)
    assert added.index("Penurunan Terbesar") < added.index("Yang perlu dibantu")
    assert 'key="komitmen.16.selisih"' in added
    assert 'src="params/2021-S2.yml!sorotan!2.judul"' in added
    assert 'key="komitmen.17.skor"' in added
    assert "komitmen.13" not in added
    states = {s.rule: s.accepted for s in suggest(opened.results)}
    assert states == {"terbaik": False, "terendah": True, "paling-naik": False, "paling-turun": True}


def test_an_unknown_rule_is_named_with_its_line_and_the_choices(tmp_path: Path) -> None:
    root = copy_root(tmp_path)
    accept(root, "2021-S2", {"usulan": "paling-bagus"})
    with pytest.raises(InputError) as told:
        read_inputs(root, "2021-S2")
    (finding,) = told.value.findings
    assert (finding.code, finding.file) == ("P03", "params/2021-S2.yml")
    assert finding.cell
    assert "paling-naik" in finding.text("id")
    assert "paling-naik" in finding.text("en")


def test_a_rule_accepted_twice_is_refused(tmp_path: Path) -> None:
    root = copy_root(tmp_path)
    accept(root, "2021-S2", {"usulan": "terbaik"}, {"usulan": "terbaik"})
    with pytest.raises(InputError) as told:
        read_inputs(root, "2021-S2")
    assert [f.code for f in told.value.findings] == ["P03"]


def test_an_accepted_rule_that_nothing_meets_is_a_warning(tmp_path: Path) -> None:
    root = make_plan(tmp_path, PLANS["satu-periode"])
    accept(root, EDITION, {"usulan": "paling-naik"})
    opened = open_edition(root, EDITION)
    (finding,) = [f for f in opened.findings if f.code == "M12"]
    assert finding.weight == "warning"
    assert "paling-naik" in finding.line()
    assert "Kenaikan" not in markdown.section(highlights.highlights(opened.results, opened.register))


def test_check_shows_them(tmp_path: Path) -> None:
    root = copy_root(tmp_path)
    accept(root, "2021-S2", {"usulan": "paling-naik"})
    done = monev(root, "check", "2021-S2", "--format", "json")
    told = json.loads(done.stdout)["usulan_sorotan"]
    assert [item["usulan"] for item in told if item["diterima"]] == ["paling-naik"]
    assert "paling-naik: Komitmen 13 (diterima)" in monev(root, "check", "2021-S2").stdout
    assert "Suggested highlights" in monev(root, "--lang", "en", "check", "2021-S2").stdout


@pytest.mark.parametrize(
    "form", ["sorotan: [{usulan: terbaik}]\n", "sorotan:\n  - usulan: terbaik\n    judul: Judul\n"]
)
def test_a_new_edition_accepts_nothing_yet(form: str) -> None:
    path = REPOSITORY / "params" / "2021-S2.yml"
    text = path.read_text("utf-8") + form
    from monev.model.params import Edition

    source = Edition.model_validate(yaml.safe_load(text))
    assert source.sorotan
    edition = following_edition(
        source,
        "2022-S3",
        "Judul",
        Period(kode="B18", label="Semester III", tahun=2022, inputs="x"),
        "inputs/2022-S3/rencana-aksi.xlsx",
    )
    made = following_text(text, "2021-S2", edition)
    assert yaml.safe_load(made)["sorotan"] == []
