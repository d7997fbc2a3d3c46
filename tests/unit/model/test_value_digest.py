"""One digest for equal values, another for others, in every process; what cannot be told is refused."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import monev
from monev.edition.opened import open_edition
from monev.model.fields import KL
from monev.model.value_digest import digest_of

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.fractions(),
    lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@dataclass(frozen=True)
class One:
    name: str
    hidden: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Other:
    name: str
    hidden: int = 0


@given(PLAIN, PLAIN)
def test_values_have_the_same_digest_if_and_only_if_they_are_written_the_same(one: object, other: object) -> None:
    assert (digest_of(one) == digest_of(other)) == (repr(one) == repr(other))


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_texts_cannot_run_into_each_other(one: list[str], other: list[str]) -> None:
    assert (digest_of(one) == digest_of(other)) == (one == other)


def test_kinds_fields_and_what_comparisons_leave_out_count() -> None:
    assert digest_of(One("a")) == digest_of(One("a"))
    different = [One("a"), One("b"), One("a", hidden=1), Other("a"), ("a", 0), "a", 1, True, Fraction(1), "1", None]
    assert len({digest_of(value) for value in different}) == len(different)


class Season(Enum):
    DRY = 1
    WET = 2


def test_sets_have_no_order_and_members_of_enumerations_their_names() -> None:
    assert digest_of({"a", "b"}) == digest_of(frozenset(["b", "a"])) != digest_of({"a"})
    assert digest_of(Season.DRY) == digest_of(Season.DRY) != digest_of(Season.WET)
    assert digest_of(KL) == digest_of(pickle.loads(pickle.dumps(KL))) != digest_of(str(KL))


def test_what_cannot_be_told_is_refused() -> None:
    with pytest.raises(TypeError, match="no digest"):
        digest_of(("a", object()))


def test_a_whole_edition_has_a_digest_that_every_change_changes(root: Path) -> None:
    opened = open_edition(root, "2021-S2")
    first = digest_of(opened)
    assert digest_of(open_edition(root, "2021-S2")) == first
    row = opened.inputs.data.targets[3]
    rows = list(opened.inputs.data.targets)
    rows[3] = replace(row, no=row.no + 1)
    data = replace(opened.inputs.data, targets=tuple(rows))
    assert digest_of(replace(opened, inputs=replace(opened.inputs, data=data))) != first


def test_the_digest_is_the_same_in_another_process_with_another_hash_seed() -> None:
    value = ({"b": 1, "a": frozenset({"x", "y", "z"})}, ("t", Fraction(1, 3)))
    script = (
        f"from fractions import Fraction\nfrom monev.model.value_digest import digest_of\nprint(digest_of({value!r}))"
    )
    library = str(Path(monev.__file__).parents[1])
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONPATH": library, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment
        )
        assert done.stdout.strip() == digest_of(value)
