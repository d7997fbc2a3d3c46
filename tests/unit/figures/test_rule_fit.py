"""How many of the published categories the rules give: counted on plans whose scores are known."""

from fractions import Fraction
from pathlib import Path

import pytest

from monev.edition.opened import open_edition
from monev.figures.register import Figure, Register
from monev.figures.results import Results
from monev.figures.rule_fit import with_rule_fit
from monev.model.published import Published
from plans import EDITION, MadePlan, make_plan


def results(root: Path, plan: MadePlan) -> Results:
    return open_edition(make_plan(root, plan), EDITION).results


def published(*lists: dict[str, object]) -> Published:
    entries = [{"id": f"daftar.{n}", "nama": "Daftar", "tempat": ["Tabel 1"], **own} for n, own in enumerate(lists)]
    return Published.model_validate({"edisi": EDITION, "sumber": "Laporan", "daftar": entries})


def listed(dimension: str, category: str, *numbers: int) -> dict[str, object]:
    return {"dimensi": dimension, "kategori": category, "terbit": numbers}


def figures(said: Published | None, of: Results) -> dict[str, Figure]:
    register = with_rule_fit(Register({}), said, of)
    return {figure.id: figure for figure in register}


@pytest.fixture
def known(tmp_path: Path) -> Results:
    """Three commitments: the first and the third have 100 everywhere, the second 40; all are Aktif."""
    return results(tmp_path, MadePlan(scores=(100, 40, 100), statuses=("Aktif",)))


def test_categories_that_the_rules_give_are_counted(known: Results) -> None:
    said = published(listed("Administratif", "Baik", 1, 2), listed("Administratif", "Kurang", 3))
    found = figures(said, known)
    values = {id_: figure.value for id_, figure in found.items()}
    assert values == {
        "kecocokan.administratif.terbit": 3,
        "kecocokan.administratif.sama": 1,
        "kecocokan.administratif.lain": 1,
        "kecocokan.pembulatan": 0,
    }
    assert f"params/terbit/{EDITION}.yml!daftar!daftar.0" in found["kecocokan.administratif.sama"].sources


def test_without_published_lists_there_is_nothing_to_fit(known: Results) -> None:
    assert figures(None, known) == {}
    assert figures(published({"terbit": (1, 2), "alasan": "tidak dapat dibandingkan"}), known) == {}
    assert figures(published(listed("Administratif", "Baik", 9)), known) == {}


def test_a_threshold_may_lie_between_the_nearest_means(tmp_path: Path) -> None:
    of = results(tmp_path, MadePlan(statuses=("Aktif", "Pasif", "Semi-Aktif")))  # 1, 0 and 1/2
    found = figures(published(listed("Ko-Kreasi", "Aktif", 1)), of)
    edges = {id_: (figure.exact, figure.printed) for id_, figure in found.items() if ".ambang." in id_}
    assert edges == {
        "kecocokan.ambang.aktif.di-atas": (Fraction(1, 2), "0,50"),
        "kecocokan.ambang.aktif.sampai": (Fraction(1), "1,00"),
        "kecocokan.ambang.semi-aktif.di-atas": (Fraction(0), "0,00"),
        "kecocokan.ambang.semi-aktif.sampai": (Fraction(1, 2), "0,50"),
    }
    assert found["kecocokan.kokreasi.sama"].value == 1
    assert "kecocokan.kokreasi.lain" not in found


def test_scores_between_two_bands_are_counted(tmp_path: Path) -> None:
    of = results(tmp_path, MadePlan(scores=(69.5, 70, 50.4)))  # 69.5 and 50.4 lie between bands, 70 does not
    assert figures(published(listed("Administratif", "Baik", 1)), of)["kecocokan.pembulatan"].value == 2


def test_an_unknown_commitment_has_no_result(known: Results) -> None:
    assert known.commitment(3).administrative.score == 100
    with pytest.raises(KeyError):
        known.commitment(4)
