"""A bounded run of `tests/fuzz_packages.py`; the long one is started by hand (CONTRIBUTING.md)."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import fuzz_packages

FIRST, COUNT, MOST_SECONDS = 0, 300, 60.0  # 300 workbooks take about five seconds


def test_damaged_workbooks_are_read_or_refused(tmp_path: Path) -> None:
    counts = fuzz_packages.run(FIRST, MOST_SECONDS, tmp_path / "rusak", COUNT)
    assert counts["broken"] == 0, sorted(path.name for path in (tmp_path / "rusak").iterdir())
    assert counts["read"] > COUNT // 4
    assert counts["refused"] > COUNT // 8


@pytest.mark.parametrize("change", fuzz_packages.HARMLESS, ids=lambda change: change.__name__.strip("_"))
def test_a_harmless_change_leaves_every_cell(change: fuzz_packages.Change, tmp_path: Path) -> None:
    for seed in fuzz_packages.seeds():
        chance = random.Random(1)
        changed = fuzz_packages.packed(change(fuzz_packages.unpacked(seed), chance), chance)
        assert changed != seed
        assert fuzz_packages.check(fuzz_packages.Example(changed, seed), tmp_path) == "read"


def test_the_same_number_gives_the_same_workbook() -> None:
    assert [fuzz_packages.example(n) for n in range(5)] == [fuzz_packages.example(n) for n in range(5)]
