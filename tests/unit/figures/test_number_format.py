"""How numbers are printed: rounded half up, Indonesian marks, no sign before nothing."""

from fractions import Fraction

import pytest

from monev.figures import number_format


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [("69.45", 1, "69.5"), ("69.449", 1, "69.4"), ("0.125", 2, "0.13"), ("2/3", 0, "1"), ("-0.25", 1, "-0.2")],
)
def test_half_goes_up(value: str, places: int, rounded: str) -> None:
    assert number_format.rounded(Fraction(value), places) == Fraction(rounded)


@pytest.mark.parametrize(
    ("value", "printed"), [(0, "0"), (999, "999"), (2928, "2.928"), (1234567, "1.234.567"), (-2928, "-2.928")]
)
def test_thousands(value: int, printed: str) -> None:
    assert number_format.whole(value) == printed


@pytest.mark.parametrize(
    ("value", "places", "trim", "printed"),
    [
        ("72.06", 2, False, "72,06"),
        ("72.5", 2, False, "72,50"),
        ("72.5", 2, True, "72,5"),
        ("72", 2, True, "72"),
        ("70", 1, True, "70"),
        ("72.5", 0, False, "73"),
        ("70", 0, True, "70"),
        ("99.995", 2, False, "100,00"),
        ("12345.67", 2, False, "12.345,67"),
        ("0.005", 2, False, "0,01"),
        ("-1.5", 1, False, "-1,5"),
        ("-0.04", 1, False, "0,0"),
        ("-0.05", 1, False, "-0,1"),
    ],
)
def test_decimals(value: str, places: int, trim: bool, printed: str) -> None:
    assert number_format.decimal(Fraction(value), places, trim=trim) == printed
    assert number_format.percent(Fraction(value), places, trim=trim) == f"{printed}%"


def test_without_more_words_a_percentage_is_whole_and_nothing_is_trimmed() -> None:
    assert number_format.percent(Fraction("78.4")) == "78%"
    assert number_format.percent(Fraction(80), 1) == "80,0%"
    assert number_format.decimal(Fraction(80), 1) == "80,0"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("5", "+5,0"),
        ("-5", "\u22125,0"),
        ("0.05", "+0,1"),
        ("-0.05", "\u22120,1"),
        ("0.04", "0,0"),
        ("-0.04", "0,0"),
        ("0", "0,0"),
        ("1234.5", "+1.234,5"),
    ],
)
def test_a_difference_has_its_sign_unless_it_is_printed_as_nothing(value: str, printed: str) -> None:
    assert number_format.signed(Fraction(value), 1) == printed


def test_a_small_difference_has_its_sign_as_soon_as_it_is_printed() -> None:
    assert number_format.signed(Fraction("0.01"), 2) == "+0,01"
    assert number_format.signed(Fraction("0.046"), 1) == "0,0"
