"""Kinds of what is told: one mechanism for findings in the inputs and for notes of a verification."""

import string
from collections.abc import Mapping
from typing import Any

import pytest

from monev.audit import verdict
from monev.audit.verdict import Note, note
from monev.words import findings
from monev.words.findings import Finding
from monev.words.kinds import Kind

TABLES = {"findings": findings.KINDS, "notes": verdict.KINDS}


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("kinds", TABLES.values(), ids=TABLES)
def test_english_fills_in_no_other_details(kinds: Mapping[str, Kind[Any]]) -> None:
    assert len(kinds) > 80
    for code, kind in kinds.items():
        assert kind.code == code
        assert names(kind.en) <= names(kind.id) | {"hint"}, code


def test_a_name_means_one_thing_only() -> None:
    assert (Finding("V02", "x.xlsx").name, note("V02", name="x").name) == ("V02", "verify.V02")
    told = [*(Finding(code, "").name for code in findings.KINDS), *(Note(code).name for code in verdict.KINDS)]
    assert len(told) == len(set(told))
