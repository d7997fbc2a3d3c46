"""Places of cells, in full and in short."""

from __future__ import annotations

import pytest

from monev.model.raw_tables import RawCell, RawSheet, RowPlace, data_rows, ranges


@pytest.mark.parametrize(
    ("addresses", "short"),
    [
        ([], ""),
        (["H2"], "H2"),
        (["H2", "H3", "H4", "H9"], "H2:H4, H9"),
        (["H9", "H2", "I3"], "H9, H2, I3"),
        (["2", "3", "7"], "2:3, 7"),
    ],
)
def test_cells_in_short(addresses: list[str], short: str) -> None:
    assert ranges(addresses) == short


def test_rows_that_hold_anything_keep_their_numbers() -> None:
    full, blank = (RawCell("A2", "x"), RawCell("B2", state="blank")), (RawCell("A3", state="blank"),) * 2
    sheet = RawSheet("Capaian", (full, full, blank, full))
    assert list(data_rows(sheet, 1)) == [(2, full), (4, full)]


def test_a_column_taken_from_elsewhere_leads_there_and_one_that_lacks_to_its_row() -> None:
    place = RowPlace("a.xlsx", "Capaian", 14, {"score": "H14"}, {"target": "b.xlsx!Target!C3"})
    assert [place.cell(name) for name in ("score", "target", "remark")] == [
        "a.xlsx!Capaian!H14",
        "b.xlsx!Target!C3",
        "a.xlsx!Capaian!14",
    ]
    assert str(place) == "a.xlsx!Capaian!14"
