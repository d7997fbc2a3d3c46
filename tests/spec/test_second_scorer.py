"""The printed method is enough to compute every figure again, in every edition and in plans of other shapes."""

from __future__ import annotations

import ast
from fractions import Fraction
from pathlib import Path

import pytest

from monev.edition.opened import open_edition
from monev.io.folders import REPOSITORY
from plans import EDITION, PLANS, make_plan
from second_scorer import Scorer

COMPUTED = (
    "komitmen", "target", "pelaksana", "periode", "penetapan", "ringkasan", "rekap", "deskripsi", "kelengkapan",
    "belum-selesai", "rapor", "perubahan", "kuadran", "peta",
)  # fmt: skip


LEFT_OUT = {
    "penilaian": "settings of the params as they stand",
    "pernyataan": "declared by the secretariat in the params",
    "terbit": "printed in the published edition",
    "teks": "numbers that stand in a cell's text",
    "rekonsiliasi": "a comparison with the published edition, not the method; test_explain.py computes it again",
    "kecocokan": "how well the rules fit the published edition; test_explain.py computes it again",
}


def differences(root: Path, edition: str) -> tuple[dict[str, object], int]:
    """Return computed figures on which the two do not agree (id to ours and theirs), and how many were compared."""
    theirs = Scorer(root, edition).figures()
    ours = {f.id: f for f in open_edition(root, edition).register if f.id.split(".")[0] in COMPUTED}
    found: dict[str, object] = {}
    families = {figure.id.split(".")[0] for figure in open_edition(root, edition).register}
    assert families <= {*COMPUTED, *LEFT_OUT}, "figures that are neither computed again nor left out for a reason"
    for id_, figure in ours.items():
        exact = figure.exact if figure.exact is not None else figure.value
        own = theirs.get(id_, "?")
        if own == "?" or not (own == exact or (own is None and isinstance(exact, str))):
            found[id_] = exact, own
    return found, len(ours)


@pytest.mark.parametrize("edition", ["2021-S1", "2021-S2"])
def test_every_computed_figure_of_the_editions(edition: str) -> None:
    found, count = differences(REPOSITORY, edition)
    assert found == {}
    assert count > 500


@pytest.mark.parametrize("name", [name for name in PLANS if name not in ("enam-puluh", "nama-panjang")])
@pytest.mark.parametrize("way", ["rata-rata target", "rata-rata periode"])
def test_every_computed_figure_of_made_plans(name: str, way: str, tmp_path: Path) -> None:
    from dataclasses import replace

    plan = PLANS[name]
    root = make_plan(tmp_path / "akar", replace(plan, scoring={**plan.scoring, "agregasi": way}))
    assert differences(root, EDITION)[0] == {}


def test_it_uses_nothing_of_the_package_and_can_disagree(tmp_path: Path) -> None:
    source = (Path(__file__).parents[1] / "second_scorer.py").read_text("utf-8")
    imported = {n.module for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ImportFrom)}
    assert not any(str(module).startswith("monev") for module in imported)
    root = make_plan(tmp_path / "akar", PLANS["tiga"])
    scorer = Scorer(root, EDITION)
    before = scorer.figures()
    scorer.rows = [row for row in scorer.rows if row.score != Fraction(62)]
    assert scorer.figures() != before
