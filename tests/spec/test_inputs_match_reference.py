"""The 2021 workbooks say what the reference data of the published edition say, field by field.

Read with openpyxl alone, so that neither the writer nor the reader of the project vouches for itself.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT.parent / "shared" / "reference" / "ran-ogi-2021"
INPUTS = ROOT / "inputs"
FOLDERS = {"B06": "2021-S1", "B12": "2021-S2"}
FILES = {"K/L": "capaian-kl.xlsx", "OMS": "capaian-oms.xlsx"}

pytestmark = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason="the reference data of the published edition are not beside the repository"
)

Record = dict[str, Any]


def reference(name: str) -> list[Record]:
    """Return the records of a reference file."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def words(commitment: int) -> Any:
    """Return what is told of a commitment, in words of our own."""
    return yaml.safe_load((ROOT / f"tests/reference/uraian-2021/komitmen-{commitment:02}.yml").read_text("utf-8"))


def told(target: Record) -> Record:
    """Return the words of a target."""
    key = (int(target["uk"]), target["actor"], target["period"], int(target["target_seq"]))
    (found,) = [
        row
        for row in words(int(target["commitment"]))["target"]
        if (row["uk"], row["pelaksana"], row["periode"], row["no"]) == key
    ]
    return dict(found)


def told_followup(followup: Record) -> str:
    """Return the words of a follow-up."""
    key = (int(followup["uk"]) if followup["uk"] else None, int(followup["seq"]))
    (found,) = [
        row["uraian"] for row in words(int(followup["commitment"]))["tindak_lanjut"] if (row["uk"], row["no"]) == key
    ]
    return str(found)


@cache
def workbook(file: str) -> Any:
    """Return a workbook of `inputs/`."""
    return openpyxl.load_workbook(INPUTS / file)


def sheet(file: str, name: str) -> list[Record]:
    """Return the rows of a sheet as cells by heading."""
    rows = workbook(file)[name].iter_rows()
    headings = [str(cell.value) for cell in next(rows)]
    return [dict(zip(headings, cells, strict=True)) for cells in rows]


def values(file: str, name: str) -> list[Record]:
    """Return the rows of a sheet as plain values by heading; blank cells are empty text."""
    return [
        {heading: "" if cell.value is None else cell.value for heading, cell in row.items()}
        for row in sheet(file, name)
    ]


def shown(cell: Any) -> str:
    """Return a score as it shows: a percent cell of 0.01 shows 1%, and so does the number 1."""
    if isinstance(cell.value, str):
        return str(cell.value)
    number = cell.value * 100 if cell.number_format == "0%" else cell.value
    assert number == pytest.approx(round(number))
    return f"{round(number)}%"


def published_status(printed: str) -> str:
    """Return a printed co-creation status without its misprint; a dash is no status."""
    return {"Akif": "Aktif", "-": ""}.get(printed, printed)


# --- capaian -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("period", FOLDERS)
@pytest.mark.parametrize("group", FILES)
def test_targets(period: str, group: str) -> None:
    expected = [r for r in reference("targets") if (r["period"], r["actor_group"]) == (period, group)]
    assert expected
    rows = sheet(f"{FOLDERS[period]}/{FILES[group]}", "Capaian")
    assert len(rows) == len(expected)
    for row, target in zip(rows, expected, strict=True):
        found = {heading: "" if cell.value is None else cell.value for heading, cell in row.items()}
        found["Nilai"] = shown(row["Nilai"])
        assert found == {
            "Komitmen": int(target["commitment"]),
            "UK": int(target["uk"]),
            "Pelaksana": target["actor"],
            "Periode": target["period"],
            "No": int(target["target_seq"]),
            "Target": told(target)["target"],
            "Capaian": told(target)["capaian"],
            "Nilai": target["nilai"],
            "Ko-Kreasi": told(target)["ko_kreasi"],
            "Status Ko-Kreasi": published_status(target["cocreation"]),
            "Data Dukung": target["evidence"].capitalize(),
        }


def test_no_target_is_missing() -> None:
    counts = {
        (period, group): len(sheet(f"{folder}/{file}", "Capaian"))
        for period, folder in FOLDERS.items()
        for group, file in FILES.items()
    }
    assert sum(counts.values()) == len(reference("targets")) == 137
    assert counts == Counter((r["period"], r["actor_group"]) for r in reference("targets"))


@pytest.mark.parametrize("period", FOLDERS)
def test_scores_are_kept_the_way_people_keep_them(period: str) -> None:
    kept = {
        group: {
            cell.number_format
            for row in sheet(f"{FOLDERS[period]}/{file}", "Capaian")
            if not isinstance((cell := row["Nilai"]).value, str)
        }
        for group, file in FILES.items()
    }
    assert kept == {"K/L": {"0%"}, "OMS": {"General"}}


# --- rencana aksi ------------------------------------------------------------------------------------------

PLAN = "rencana-aksi.xlsx"


def test_commitments() -> None:
    expected = [(int(r["commitment"]), r["title"]) for r in reference("commitments")]
    assert len(expected) == 18
    assert [(row["Komitmen"], row["Judul"]) for row in values(PLAN, "Komitmen")] == expected


def test_no_theme_is_given_to_a_commitment() -> None:
    """The published report names six issues and shares none of them out to commitments."""
    assert [set(row) for row in values(PLAN, "Komitmen")] == [{"Komitmen", "Judul"}] * 18


def test_actors_of_targets_are_registered() -> None:
    groups = {row["Pelaksana"]: row["Kelompok"] for row in values(PLAN, "Pelaksana")}
    acting = {r["actor"]: r["actor_group"] for r in reference("targets")}
    assert acting
    assert {actor: groups.get(actor) for actor in acting} == acting


def test_actors_are_unique_and_coalitions_exist() -> None:
    actors = values(PLAN, "Pelaksana")
    names = [row["Pelaksana"] for row in actors]
    assert len(set(names)) == len(names) == len({row["Nama"] for row in actors})
    assert {row["Koalisi"] for row in actors} - {""} <= set(names)


def spellings() -> dict[str, str]:
    """Return what each spelling of Tabel 7 means."""
    register = yaml.safe_load((ROOT / "tests/reference/rencana-aksi.yml").read_text(encoding="utf-8"))
    meant = {name: row["pelaksana"] for row in register["pelaksana"] for name in row.get("ejaan", ())}
    for row in values(PLAN, "Pelaksana"):
        meant |= {row["Pelaksana"]: row["Pelaksana"], row["Nama"]: row["Pelaksana"]}
    return meant


def parties() -> Mapping[int, list[str]]:
    """Return the actors of each commitment, in their order."""
    found: dict[int, list[str]] = {}
    for row in values(PLAN, "Pelaksana Komitmen"):
        found.setdefault(row["Komitmen"], []).append(row["Pelaksana"])
    return found


def coalitions() -> set[str]:
    """Return the actors that other actors name as their coalition."""
    return {row["Koalisi"] for row in values(PLAN, "Pelaksana")} - {""}


def test_parties_follow_tabel_7() -> None:
    meant, found = spellings(), parties()
    commitments = reference("commitments")
    assert [str(number) for number in found] == [r["commitment"] for r in commitments]
    for record in commitments:
        printed = [*record["actors_kl"].split(";"), *record["actors_oms"].split(";")]
        alone = [actor for actor in found[int(record["commitment"])] if actor not in coalitions()]
        assert alone == [meant[name.strip()] for name in printed]


def test_every_acting_actor_carries_its_commitment() -> None:
    acting = {(int(r["commitment"]), r["actor"]) for r in reference("targets")}
    assert acting <= {(number, actor) for number, actors in parties().items() for actor in actors}


def test_a_coalition_stands_before_its_members() -> None:
    coalition_of = {row["Pelaksana"]: row["Koalisi"] for row in values(PLAN, "Pelaksana")}
    for actors in parties().values():
        for coalition in coalitions() & set(actors):
            members = [actor for actor in actors if coalition_of[actor] == coalition]
            assert members
            assert actors.index(coalition) < min(actors.index(member) for member in members)


def test_names_counted_in_tabel_7() -> None:
    groups = {row["Pelaksana"]: row["Kelompok"] for row in values(PLAN, "Pelaksana")}
    named = {actor for actors in parties().values() for actor in actors} - coalitions()
    assert Counter(groups[actor] for actor in named) == {"K/L": 18, "OMS": 23}
    assert set(groups) == named | coalitions()


def test_measures() -> None:
    expected = {
        (int(r["commitment"]), r["actor"], int(r["uk"])): measure["uraian"]
        for r in reference("targets")
        for measure in words(int(r["commitment"]))["ukuran"]
        if (measure["uk"], measure["pelaksana"]) == (int(r["uk"]), r["actor"])
    }
    rows = values(PLAN, "Ukuran Keberhasilan")
    found = {(row["Komitmen"], row["Pelaksana"], row["UK"]): row["Uraian"] for row in rows}
    assert found == expected
    assert len(rows) == len(expected) > 0


# --- evaluasi ----------------------------------------------------------------------------------------------

EVALUATION = "2021-S2/evaluasi.xlsx"


def test_followups() -> None:
    expected = [
        {
            "Komitmen": int(r["commitment"]),
            "UK": int(r["uk"]) if r["uk"] else "",
            "No": int(r["seq"]),
            "Uraian": told_followup(r),
        }
        for r in reference("followups")
    ]
    assert len(expected) == 38
    assert values(EVALUATION, "Tindak Lanjut") == expected


def test_determinations() -> None:
    rows = values(EVALUATION, "Penetapan")
    assert {(row["Komitmen"], row["Dimensi"], row["Kategori"]) for row in rows} == {
        (7, "Administratif", "Cukup"),
        (13, "Ko-Kreasi", "Pasif"),
        (14, "Ko-Kreasi", "Pasif"),
    }
    assert all(row["Alasan"] for row in rows)


def published() -> Any:
    """Return the published figures."""
    return yaml.safe_load((REFERENCE / "published.yaml").read_text(encoding="utf-8"))


def test_highlights_are_those_published() -> None:
    titles = {
        part["bagian"]: part["judul"].replace("Kokreasi", "Ko-Kreasi") for part in published()["sorotan"]
    }  # one spelling
    expected = {part["bagian"]: (titles[part["bagian"]], part["komitmen"]) for part in published()["sorotan"]}
    found: dict[str, tuple[str, list[int]]] = {}
    for row in values(EVALUATION, "Sorotan"):
        _, commitments = found.setdefault(row["Bagian"], (row["Judul"], []))
        if row["Komitmen"] not in commitments:
            commitments.append(row["Komitmen"])
    assert len(expected) == 3
    assert found == expected


@pytest.mark.parametrize("part", ["I", "II", "III"])
def test_highlights_tell_of_every_actor(part: str) -> None:
    rows = [row for row in values(EVALUATION, "Sorotan") if row["Bagian"] == part]
    meant = spellings()
    (record,) = [record for record in published()["sorotan"] if record["bagian"] == part]
    assert {meant[name] for name in record["aktor"]} == {row["Pelaksana"] for row in rows}
    assert {row["Dimensi"] for row in rows} == {"Administratif", "Ko-Kreasi"}


@pytest.mark.parametrize(
    ("part", "facts"),
    [
        (
            "I",
            [
                "empat lokus",
                "19 inovasi",
                "7 di Kabupaten Lombok Utara",
                "2 di Kabupaten Sorong",
                "delapan klaster",
            ],
        ),
        ("II", ["2.928", "2.531", "2010-2019", "16-21", "Laporan Kinerja 2019"]),
        (
            "III",
            [
                "PERKI No. 1 Tahun 2021",
                "72,06",
                "sedang",
                "nomor 57",
                "B.7",
                "Nomor 3 dan Nomor 4 Tahun 2021",
            ],
        ),
    ],
)
def test_highlights_keep_the_facts(part: str, facts: list[str]) -> None:
    text = " ".join(row["Uraian"] for row in values(EVALUATION, "Sorotan") if row["Bagian"] == part)
    assert [fact for fact in facts if fact not in text] == []


def test_notes() -> None:
    rows = values(EVALUATION, "Catatan Umum")
    counts = Counter((row["Bagian"], row["Jenis"]) for row in rows)
    assert counts == {(part, kind): 3 for part in ("I", "II") for kind in ("Temuan", "Tindak Lanjut")}
    general = published()["ringkasan_umum"]
    text = " ".join(row["Uraian"] for row in rows)
    assert f"{general['kl_aktif']} dari {general['kl_terdaftar']} K/L" in text
    assert f"{general['oms_aktif']} dari {general['oms_terdaftar']} OMS" in text


def test_first_semester_was_not_evaluated_separately() -> None:
    empty = workbook("2021-S1/evaluasi.xlsx")
    assert empty.sheetnames == ["Tindak Lanjut", "Penetapan", "Sorotan", "Catatan Umum", "Catatan Sumber"]
    assert {page.max_row for page in empty} == {1}
