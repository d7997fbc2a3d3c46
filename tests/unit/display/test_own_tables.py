"""Tables of pandas as the report prints them: what stands in their index, and values that are none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from monev.display.own_output import cell, picture, table

TARGETS = pd.DataFrame({"kelompok": ["PD", "OMS", "PD"], "nilai": [1.0, 2.0, 4.0]})


def told(data: object) -> tuple[object, object]:
    made = table(data, "K").told  # type: ignore[arg-type]
    return made["judul"], made["baris"]


def test_an_index_called_as_a_column_stands_beside_it() -> None:
    counts = TARGETS.groupby("kelompok")["kelompok"].count()
    assert told(counts) == (["kelompok", "kelompok"], [["OMS", "1"], ["PD", "2"]])


def test_an_index_without_a_name_has_none() -> None:
    assert told(TARGETS.agg({"nilai": ["min", "max"]})) == (["", "nilai"], [["min", "1,0"], ["max", "4,0"]])


def test_numbers_of_sorted_rows_are_not_printed() -> None:
    rows = TARGETS.sort_values("nilai", ascending=False).head(2)
    assert told(rows) == (["kelompok", "nilai"], [["PD", "4,0"], ["OMS", "2,0"]])


def test_levels_of_an_index_are_columns() -> None:
    means = TARGETS.assign(periode="S1").groupby(["kelompok", "periode"])["nilai"].agg(["mean"])
    assert told(means) == (["kelompok", "periode", "mean"], [["OMS", "S1", "2,0"], ["PD", "S1", "2,5"]])


def test_plain_lists_are_tables() -> None:
    assert told({"a": [1, 2]}) == (["a"], [["1"], ["2"]])


@pytest.mark.parametrize("value", [None, float("nan"), np.float32("nan"), pd.NA, pd.NaT])
def test_what_is_missing_is_empty(value: object) -> None:
    assert cell(value) == ""


def test_axes_show_their_figure_and_other_things_are_refused() -> None:
    from matplotlib.figure import Figure

    axes = Figure().subplots()
    axes.plot([1, 2])
    assert picture(axes, "K", "A").told["kosong"] is False
    with pytest.raises(TypeError, match="bukan gambar matplotlib: str"):
        picture("fig", "K", "A")
