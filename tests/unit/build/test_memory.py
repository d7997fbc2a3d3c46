"""Beyond a limit that params set, a build says what memory it will need."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from monev.build.pipeline import memory_beyond
from monev.model.params import Limits


def opened(commitments: int, limits: Limits) -> Any:
    edition = SimpleNamespace(batas=limits)
    return SimpleNamespace(
        results=SimpleNamespace(commitments=[None] * commitments), inputs=SimpleNamespace(edition=edition)
    )


@pytest.mark.parametrize(
    ("commitments", "limit", "need"),
    [(18, 2_000, 0), (300, 2_000, 0), (1_800, 2_000, 10_370), (1_800, 12_000, 0), (18, 100, 391)],
)
def test_the_memory_of_a_large_plan_is_named(commitments: int, limit: int, need: int) -> None:
    assert memory_beyond(opened(commitments, Limits(memori_megabita=limit))) == need
