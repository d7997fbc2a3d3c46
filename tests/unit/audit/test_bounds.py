"""What a foreign report carries is read within bounds, and as params are: it can neither stall nor end the process."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from monev.audit.numeral_account import TooMuch, account, letters, within
from monev.audit.verdict import note
from monev.audit.verification import _other_keys, _unsafe_yaml
from monev.figures.printed_numerals import Expected, Printed
from monev.io.params_file import read_yaml


@pytest.mark.parametrize(
    ("expected", "pages"),
    [
        (Expected(printed=(Printed("sel", "1" * 3_000, "a", breakable=True),) * 20), ["1 2"]),
        (Expected(parts=("z",), heads=("1",)), ["a", "z", "1" * 600_000]),
        (Expected(printed=(Printed("sel", "1", "a"),) * 20_000), ["1 " * 20_001 + "2"]),
        (Expected(), ["a", "9" * 90_000 + " / 2"]),
    ],
)
def test_accounting_ends(expected: Expected, pages: list[str]) -> None:
    begin = time.process_time()
    with suppress(TooMuch):
        assert not account(expected, pages).complete
    assert time.process_time() - begin < 20


def test_decimals_and_signs_count() -> None:
    assert letters("59,2% dari -1.785") == "59,2%dari1.785"
    assert letters("59,2%") not in (letters("5,92%"), letters("59.2%"), letters("59,2"))


def test_a_place_within_spans() -> None:
    lies = within([(5, 9), (0, 20), (30, 31)])
    assert [lies(*place) for place in ((6, 8), (10, 20), (10, 21), (30, 31), (31, 32))] == [
        True,
        True,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "foreign", [b"a: " + b"[" * 50_000 + b"]" * 50_000, b"a: !!int x", b"a: 2021-13-45", b"? [a]\n: b", b"a: 021"]
)
def test_foreign_params_do_no_harm(foreign: bytes) -> None:
    assert _unsafe_yaml(foreign)
    assert _other_keys(foreign, b"a: 1") == []
    assert read_yaml(foreign, "x")[2]


def test_no_text_of_a_report_begins_a_line_of_ours() -> None:
    said = note("L04", name="a\nHasil: IDENTIK. \x1b[2J\u202e").text()
    assert "\n" not in said
    assert said.isprintable()
