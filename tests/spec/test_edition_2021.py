"""What the 2021 workbooks give: the published figures where the data agree, the computed ones elsewhere."""

import csv
import io
from pathlib import Path

import pytest

from monev.display import open_data
from monev.edition.opened import Opened, open_edition
from monev.figures.register import members
from monev.io.atomic_files import csv_bytes
from monev.io.folders import REPOSITORY
from monev.model.fields import ADMINISTRATIVE, COCREATIVE

REFERENCE = REPOSITORY.parent / "shared" / "reference" / "ran-ogi-2021"


@pytest.fixture(scope="module")
def opened() -> Opened:
    return open_edition(REPOSITORY, "2021-S2")


def numbers(opened: Opened, dimension: str, category: str) -> list[int]:
    return [r.commitment.commitment for r in members(opened.results, dimension, category)]


def test_tables_1_to_3_name_the_published_commitments(opened: Opened) -> None:
    assert numbers(opened, ADMINISTRATIVE, "Baik") == [1, 3, 4, 5, 6, 8, 9, 11, 12, 13, 14, 15, 16, 18]
    assert numbers(opened, ADMINISTRATIVE, "Cukup") == [2, 7]
    assert numbers(opened, ADMINISTRATIVE, "Kurang") == [10, 17]


def test_tables_4_to_6_name_the_published_commitments(opened: Opened) -> None:
    assert numbers(opened, COCREATIVE, "Aktif") == [3, 4, 5, 6, 8, 9, 11, 12, 17, 18]
    assert numbers(opened, COCREATIVE, "Semi-Aktif") == [1, 7, 15, 16]
    assert numbers(opened, COCREATIVE, "Pasif") == [2, 10, 13, 14]


@pytest.mark.parametrize(
    ("figure", "printed"),
    [
        ("ringkasan.administratif.baik.jumlah", "14"),
        ("ringkasan.administratif.baik.persen", "78%"),
        ("ringkasan.administratif.cukup.jumlah", "2"),
        ("ringkasan.administratif.cukup.persen", "11%"),
        ("ringkasan.administratif.kurang.jumlah", "2"),
        ("ringkasan.kokreasi.aktif.jumlah", "10"),
        ("ringkasan.kokreasi.aktif.persen", "56%"),
        ("ringkasan.kokreasi.semi-aktif.jumlah", "4"),
        ("ringkasan.kokreasi.pasif.jumlah", "4"),
        ("ringkasan.kokreasi.pasif.persen", "22%"),
        ("komitmen.07.skor", "83,3%"),
        ("komitmen.16.skor", "75,0%"),
        ("target.jumlah", "130"),
        ("target.tanpa", "7"),
        ("pelaksana.kl.jumlah", "18"),
        ("pelaksana.oms.jumlah", "23"),
    ],
)
def test_figure(opened: Opened, figure: str, printed: str) -> None:
    assert opened.register[figure].printed == printed


#                 Baik Cukup Kurang N/A Total
@pytest.mark.parametrize(
    ("group", "period", "counts"),
    [
        ("kl", "b06", [27, 0, 7, 2, 36]),
        ("kl", "b12", [32, 0, 4, 1, 37]),
        ("kl", "akumulasi", [59, 0, 11, 3, 73]),
        ("oms", "b06", [17, 0, 8, 3, 28]),
        ("oms", "b12", [23, 0, 6, 0, 29]),
        ("oms", "akumulasi", [40, 0, 14, 3, 57]),
    ],
)
def test_tables_8_and_9(opened: Opened, group: str, period: str, counts: list[int]) -> None:
    names = ("baik", "cukup", "kurang", "na", "total")
    assert [opened.register[f"rekap.{group}.{period}.{name}"].value for name in names] == counts


def test_three_determinations_and_nothing_else_differ_from_the_rule(opened: Opened) -> None:
    against = [
        (r.commitment.commitment, dimension, r.outcome(dimension).computed, r.outcome(dimension).category)
        for r in opened.results.commitments
        for dimension in (ADMINISTRATIVE, COCREATIVE)
        if r.outcome(dimension).computed != r.outcome(dimension).category
    ]
    assert against == [
        (7, ADMINISTRATIVE, "Baik", "Cukup"),
        (13, COCREATIVE, "Aktif", "Pasif"),
        (14, COCREATIVE, "Aktif", "Pasif"),
    ]


@pytest.mark.reference
@pytest.mark.skipif(not REFERENCE.is_dir(), reason="needs the reference edition beside the repository")
def test_open_data_hold_the_reference_rows(opened: Opened) -> None:
    made = csv_bytes(open_data.TARGETS.heading, open_data.target_rows(opened.results)).decode()
    rows = list(csv.DictReader(io.StringIO(made)))
    key = ("komitmen", "uk", "pelaksana", "periode", "no")
    by_key = {tuple(row[name] for name in key): row for row in rows}
    with (REFERENCE / "targets.csv").open(encoding="utf-8") as stream:
        reference = list(csv.DictReader(stream))
    assert len(reference) == len(rows) == len(by_key) == 137
    statuses = {"N/A": "N/A", "-": "tidak ada target"}
    cocreation = {"Semi Aktif": "Semi-Aktif", "Akif": "Aktif", "-": ""}
    for r in reference:
        row = by_key[r["commitment"], r["uk"], r["actor"], r["period"], r["target_seq"]]
        nilai = r["nilai"]
        assert row["status_nilai"] == statuses.get(nilai, "dinilai")
        assert row["nilai"] == ("" if nilai in statuses else nilai.removesuffix("%"))
        assert row["kokreasi"] == cocreation.get(r["cocreation"], r["cocreation"])
        assert row["kelompok"] == r["actor_group"]


def test_the_first_semester_alone_comes_from_its_params() -> None:
    first = open_edition(REPOSITORY, "2021-S1")
    assert {t.period for t in first.results.targets} == {"B06"}
    assert first.register["target.jumlah"].value == 36 + 28
    assert Path(first.results.targets[0].place.file).parts[:2] == ("inputs", "2021-S1")
