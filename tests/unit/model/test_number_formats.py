"""What a spreadsheet shows under a number format; what was seen in Excel with Indonesian settings stands here."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monev.model.number_formats import form

ACCOUNTING = '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-'


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("General", 3.3, "3,3"),
        ("General", 1 / 3, "0,333333333"),
        ("General", 1500000, "1500000"),
        ("General", -2.5, "-2,5"),
        ("General", 0.00000000001, "1E-11"),
        ("", 5, "5"),
        ("@", 5, "5"),
        ("0", 69.5, "70"),
        ("0", -0.2, "0"),
        ("0%", 1, "100%"),
        ("0%", 0.835, "84%"),
        ("0.0%", 0.835, "83,5%"),
        ("#,##0.0", 1234.5, "1.234,5"),
        ('"Rp"#,##0', 1500000, "Rp1.500.000"),
        ("[$Rp-421]#,##0.00", 1500000, "Rp1.500.000,00"),
        ('_("Rp"* #,##0_);_("Rp"* (#,##0);_("Rp"* "-"_);_(@_)', 0, "Rp-"),
        (ACCOUNTING, 0, "-"),
        (ACCOUNTING, 1234, "1.234"),
        (ACCOUNTING, -85, "-85"),
        ('"N/A"', 50, "N/A"),
        (";;;", 50, ""),
        ("0;;", -3, ""),
        ('"100%"', 0.5, "100%"),
        ('0"%"', 85, "85%"),
        (r"0\%", 85, "85%"),
        ("0_%", 85, "85"),
        ("0%%", 0.85, "8500%%"),
        ("0;(0)", -5, "(5)"),
        ("#,##0.00;[Red](#,##0.00)", -1234.567, "(1.234,57)"),
        ('[<1]"kurang";0', 0.5, "kurang"),
        ("0.#", 1, "1,"),  # Excel keeps the point
        ("[Red][>=70]0;[Blue]0.0", 60, "60,0"),
        ("0.##", 5.1, "5,1"),
        ("#", 0, ""),
        ("000", 7, "007"),
        ('0.0,,"jt"', 1500000, "1,5jt"),
        ('General" persen"', 85, "85 persen"),
        ("0.0", 2.25, "2,3"),
        ("# ?/?", 0.5, None),
        ("0.00E+00", 5, None),
        ("00-00", 1234, None),
        ("0.0.0", 5, None),
        (";;;", "teks", ""),
        ('0;0;0;"- "@', "teks", "- teks"),
        ("0%", "N/A", "N/A"),
        ("0%", True, "TRUE"),
    ],
)
def test_numbers_and_texts(code: str, value: object, shown: str | None) -> None:
    assert form(code).shown(value) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("dd/mm/yyyy", "02/12/2021"),
        ("d-mmm-yy", "2-Des-21"),
        ("[$-409]d mmmm yyyy;@", "2 December 2021"),
        ("[$-421]dddd, dd mmmm yyyy", "Kamis, 02 Desember 2021"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "Kamis, 02 Desember 2021"),
        ("[$-411]d mmmm yyyy", None),
        ("h:mm:ss", "9:05:07"),
        ("mm:ss", "05:07"),
        ("h:mm AM/PM", "9:05 AM"),
        ("dd.mm.yyyy hh:mm", "02.12.2021 09:05"),
        ("[h]:mm", None),
        ("0", None),
    ],
)
def test_dates(code: str, shown: str | None) -> None:
    assert form(code).shown(datetime(2021, 12, 2, 9, 5, 7)) == shown


def test_a_time_alone_and_a_day_alone() -> None:
    assert form("hh:mm").shown(time(9, 30)) == "09:30"
    assert form("yyyy-mm-dd hh:mm").shown(date(2021, 12, 2)) == "2021-12-02 00:00"


def test_english_marks() -> None:
    assert form("#,##0.0").shown(1234.5, "en") == "1,234.5"
    assert form("mmmm").shown(datetime(2021, 5, 1), "en") == "May"


@pytest.mark.parametrize(
    ("code", "is_date", "percents", "faithful"),
    [
        ("General", False, 0, True),
        ("0%", False, 1, True),
        ('0" d"', False, 0, True),
        ("0_%", False, 0, True),
        ("[Red]0;0", False, 0, True),
        ("yyyy", True, 0, False),
        ("[h]:mm", True, 0, False),
        ("[Magenta]0", False, 0, True),
        (ACCOUNTING, False, 0, False),
        (";;;", False, 0, False),
        ("0,", False, 0, False),
        ('"100%"', False, 0, False),
        ("0%%", False, 2, False),
    ],
)
def test_what_a_format_is(code: str, is_date: bool, percents: int, faithful: bool) -> None:
    found = form(code)
    assert (found.is_date, found.percents(85), found.is_faithful) == (is_date, percents, faithful)


@given(st.text('0#?.,%;@"[]\\_*/-+ ydhmsEeAP<>=1General$Rp', max_size=20), st.floats(-1e9, 1e9) | st.integers())
def test_no_format_breaks(code: str, value: float) -> None:
    for shown in (form(code).shown(value), form(code).shown("teks"), form(code).shown(datetime(2021, 1, 1))):
        assert shown is None or isinstance(shown, str)


@given(st.floats(-1e6, 1e6, allow_nan=False), st.integers(0, 6))
def test_a_plain_format_shows_the_number_rounded(value: float, places: int) -> None:
    shown = form("0." + "0" * places if places else "0").shown(value)
    assert shown is not None
    assert abs(float(shown.replace(",", ".")) - value) <= 0.5000001 * 10**-places
