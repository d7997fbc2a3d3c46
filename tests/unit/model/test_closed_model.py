"""Closed models take no key that they do not know, and no yes or no for a number or a text."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from monev.model.closed_model import ClosedModel


class Some(ClosedModel):
    count: int = 0
    name: str = ""
    wanted: bool = False
    either: int | None = None


def test_a_truth_is_taken_only_where_one_is_asked_for() -> None:
    assert Some(wanted=True, count=1, either=None).wanted
    with pytest.raises(ValidationError) as refused:
        Some.model_validate({"count": True, "either": False})
    assert [(error["loc"], error["type"]) for error in refused.value.errors()] == [
        (("count",), "truth"),
        (("either",), "truth"),
    ]


def test_a_text_that_is_a_truth_is_no_text() -> None:
    with pytest.raises(ValidationError, match="string_type"):
        Some.model_validate({"name": True})


def test_unknown_keys_are_refused_and_values_stay() -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Some.model_validate({"nama": "x"})
    with pytest.raises(ValidationError, match="frozen_instance"):
        Some().count = 1  # type: ignore[misc]
