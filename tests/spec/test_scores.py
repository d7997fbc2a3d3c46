"""The scoring rules at every boundary (report specification, "Scoring")."""

from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monev.model.params import Band, CoCreation, Scoring, Threshold
from monev.rules import scores
from monev.rules.scores import Score

RULES = Scoring()
CO = CoCreation()


@dataclass(frozen=True)
class T:
    """A target as scoring sees it."""

    score: Score
    cocreation: str = ""
    period: str = "B12"


def percent(text: str) -> Fraction:
    return Fraction(text)


@pytest.mark.parametrize(
    ("score", "category"),
    [
        ("0", "Kurang"),
        ("1", "Kurang"),
        ("50", "Kurang"),
        ("50.49", "Kurang"),
        ("50.5", "Cukup"),  # rounded half up to 51
        ("51", "Cukup"),
        ("69", "Cukup"),
        ("69.49", "Cukup"),
        ("69.5", "Baik"),  # rounded half up to 70
        ("70", "Baik"),
        ("100", "Baik"),
    ],
)
def test_band_of_a_score(score: str, category: str) -> None:
    assert scores.band(percent(score), RULES) == category


def test_band_of_what_is_not_a_number() -> None:
    assert scores.band("N/A", RULES) == "N/A"
    assert scores.band("-", RULES) == ""


@pytest.mark.parametrize("score", ["100.5", "-0.6"])
def test_a_score_outside_the_scale_is_refused(score: str) -> None:
    with pytest.raises(ValueError, match=rf"^score {percent(score)} is outside 0-100$"):
        scores.band(percent(score), RULES)


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^unknown score 'seratus'$"):
        scores.band("seratus", RULES)


#          targets                                      score     category
COMMITMENTS = [
    ([T(percent("100"))], "100", "Baik"),
    ([T(percent("100")), T(percent("0"))], "50", "Kurang"),
    ([T(percent("100")), T(percent("1"))], "50.5", "Cukup"),
    ([T(percent("69")), T(percent("70"))], "69.5", "Baik"),
    ([T(percent("100")), T("N/A")], "100", "Baik"),
    ([T(percent("60")), T("-")], "60", "Cukup"),
]


@pytest.mark.parametrize(("targets", "score", "category"), COMMITMENTS)
def test_commitment_score_is_the_mean_of_all_scores_of_one_period(targets: list[T], score: str, category: str) -> None:
    assert scores.commitment_score(targets, RULES) == percent(score)
    assert scores.commitment_band(targets, RULES) == category


@pytest.mark.parametrize(
    ("rules", "score"),
    [(RULES, "50"), (Scoring(agregasi="rata-rata periode"), "50"), (Scoring(agregasi="rata-rata target"), "100/3")],
)
def test_means_of_periods_count_unless_params_say_otherwise(rules: Scoring, score: str) -> None:
    targets = [T(percent("100"), period="B06"), T(percent("0")), T(percent("0"))]
    assert scores.commitment_score(targets, rules) == percent(score)


def test_the_mean_of_periods_takes_each_score_in_its_own_period() -> None:
    targets = [T(percent(score), period=period) for score, period in [("100", "B06"), ("0", "B12"), ("50", "B12")]]
    targets.append(T(percent("80"), period="B18"))
    assert scores.commitment_score(targets, RULES) == Fraction(205, 3)  # (100 + 25 + 80) / 3


def test_a_period_without_numbers_leaves_the_mean_of_periods() -> None:
    targets = [T("N/A", period="B06"), T(percent("40")), T(percent("80"))]
    assert scores.commitment_score(targets, RULES) == 60


def test_a_commitment_without_numbers() -> None:
    assert scores.commitment_score([T("N/A"), T("N/A")], RULES) is None
    assert scores.commitment_band([T("N/A"), T("-")], RULES) == "N/A"
    assert scores.commitment_band([T("-")], RULES) == ""
    assert scores.commitment_band([T("belum dinilai"), T("-")], RULES) == ""
    assert scores.commitment_band([], RULES) == ""


@pytest.mark.parametrize(
    ("mean", "category"),
    [
        ("1", "Aktif"),
        ("0.7", "Aktif"),
        ("0.69", "Semi-Aktif"),
        ("0.3", "Semi-Aktif"),
        ("0.29", "Pasif"),
        ("0", "Pasif"),
    ],
)
def test_cocreation_category_of_a_mean(mean: str, category: str) -> None:
    assert scores.cocreation_category(percent(mean), CO) == category


def test_cocreation_counts_the_latest_period_only() -> None:
    targets = [T(percent("1"), status, period) for status, period in [("Pasif", "B06"), ("Aktif", "B12")]]
    assert scores.cocreation_score(targets, CO, "B12") == 1
    assert scores.cocreation_score(targets, CO, "B06") == 0  # a later one counts no more than an earlier one
    assert scores.cocreation_score(targets, CO.model_copy(update={"periode": "semua"}), "B12") == Fraction(1, 2)


def test_cocreation_weights_and_blanks() -> None:
    statuses = ["Aktif", "Semi-Aktif", "Pasif", "N/A", ""]
    targets = [T(percent("1"), status) for status in statuses]
    assert scores.cocreation_score(targets, CO, "B12") == Fraction(3, 8)  # (1 + 1/2 + 0 + 0) / 4


def test_cocreation_of_nothing_is_not_assessed() -> None:
    assert scores.cocreation_score([T(percent("1"))], CO, "B12") is None
    assert scores.cocreation_category(None, CO) == ""


def test_a_target_that_is_none_leaves_cocreation_too() -> None:
    assert scores.cocreation_score([T("-", "Aktif"), T(percent("1"), "Pasif")], CO, "B12") == 0


def test_rules_come_from_params() -> None:
    rules = Scoring(kategori=(Band(nama="Lulus", dari=60, sampai=100), Band(nama="Gagal", dari=0, sampai=59)))
    assert scores.band(percent("59.5"), rules) == "Lulus"
    co = CoCreation(kategori=(Threshold(nama="Baik", dari=Fraction(1, 2)), Threshold(nama="Lain", dari=Fraction(0))))
    assert scores.cocreation_category(Fraction(1, 2), co) == "Baik"


@given(st.fractions(0, 100))
def test_every_score_has_exactly_one_band(score: Fraction) -> None:
    fitting = [b.nama for b in RULES.kategori if b.dari <= scores.whole_percent(score) <= b.sampai]
    assert [scores.band(score, RULES)] == fitting


@given(st.lists(st.fractions(0, 100), min_size=1), st.integers(0, 5))
def test_the_mean_stays_within_its_scores_whatever_is_left_out(values: list[Fraction], without: int) -> None:
    targets = [*(T(value) for value in values), *([T("N/A"), T("-")] * without)]
    score = scores.commitment_score(targets, RULES)
    assert score is not None
    assert min(values) <= score <= max(values)
    assert score == sum(values) / len(values)


@given(st.fractions(0, 100))
def test_half_up_is_never_further_than_half(value: Fraction) -> None:
    assert -Fraction(1, 2) < scores.whole_percent(value) - value <= Fraction(1, 2)
