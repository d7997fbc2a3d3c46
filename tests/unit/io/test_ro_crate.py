"""`ro-crate-metadata.json`: a public RO-Crate tool finds the runs, their tool, what they read and what they made."""

from __future__ import annotations

import hashlib
import json
import re
import warnings
from pathlib import Path
from typing import Any

import pytest
from rocrate.rocrate import ROCrate

from monev.io.atomic_files import json_bytes, write_files
from monev.io.manifest import code_digests, digest, tool_versions
from monev.io.params_file import load_edition_params
from monev.io.ro_crate import FILE, crate, named_information

ROOT = Path(__file__).resolve().parents[3]
EDITION = load_edition_params(ROOT, "2021-S2")
EMPTY = digest(b"")
OUTPUTS = {
    "laporan.pdf": b"%PDF-1.7",
    "laporan.html": b"<!DOCTYPE html>",
    "data/angka.json": b"[]",
    "data/target.csv": b"komitmen\n",
    "notebooks/02-skor.ipynb": b"{}",
    "notebooks/02-skor.html": b"<html>",
}
INPUTS = ("inputs/2021-S1/evaluasi.xlsx", "inputs/2021-S2/evaluasi.xlsx", "inputs/data dukung/rencana-aksi.xlsx")


def manifest(**more: object) -> dict[str, object]:
    return {
        "edisi": "2021-S2",
        "sidik": "c01a-a11f-0023-ab12",
        "mesin": "embedded",
        "versi": {**tool_versions(), "pandoc": "3.9"},
        "masukan": dict.fromkeys(INPUTS, EMPTY),
        "params": {"params/2021-S2.yml": EMPTY},
        "kode": code_digests(),
        "keluaran": {name: digest(content) for name, content in OUTPUTS.items()},
        **more,
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An output folder with its crate, as a build leaves it."""
    made = crate(manifest(), EDITION)
    write_files(tmp_path, {**OUTPUTS, "manifest.json": b"{}", "run.log": b"0.1 s\n", FILE: json_bytes(made)})
    return tmp_path


@pytest.fixture
def loaded(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return ROCrate(folder)


def ids(entities: Any) -> list[str]:
    return [entity.id for entity in (entities if isinstance(entities, list) else [entities])]


def test_a_public_tool_finds_the_runs_with_tool_agent_materials_and_results(loaded: Any) -> None:
    runs = {entity.id: entity for entity in loaded.root_dataset["mentions"]}
    assert list(runs) == ["#hitungan", "#buku-catatan", "#laporan"]
    assert {run.type for run in runs.values()} == {"CreateAction"}
    assert {run["instrument"].id for run in runs.values()} == {"#monev"}
    assert {run["agent"]["name"] for run in runs.values()} == {EDITION.nama.sekretariat}
    assert ids(runs["#hitungan"]["object"]) == [
        "#inputs/2021-S1/evaluasi.xlsx",
        "#inputs/2021-S2/evaluasi.xlsx",
        "#inputs/data%20dukung/rencana-aksi.xlsx",
        "#params/2021-S2.yml",
    ]
    assert ids(runs["#hitungan"]["result"]) == ["data/angka.json", "data/target.csv"]
    assert "#notebooks/02-skor.ipynb" in ids(runs["#buku-catatan"]["object"])
    assert ids(runs["#buku-catatan"]["result"]) == ["notebooks/02-skor.html", "notebooks/02-skor.ipynb"]
    assert "data/angka.json" in ids(runs["#laporan"]["object"])
    assert "#quarto/laporan.qmd" in ids(runs["#laporan"]["object"])
    assert ids(runs["#laporan"]["result"]) == ["laporan.html", "laporan.pdf", "manifest.json"]


def test_the_tool_stands_there_with_the_versions_of_what_it_uses(loaded: Any) -> None:
    monev = loaded.get("#monev")
    assert (monev.type, monev["softwareVersion"]) == ("SoftwareApplication", tool_versions()["monev"])
    found = {tool["name"]: tool["softwareVersion"] for tool in monev["softwareRequirements"]}
    assert found == {**{k: v for k, v in tool_versions().items() if k != "monev"}, "pandoc": "3.9"}


def test_every_output_is_a_file_of_the_crate_with_its_hash(loaded: Any, folder: Path) -> None:
    files = {entity.id: entity for entity in loaded.root_dataset["hasPart"]}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(files) == there - {FILE}
    for name, content in OUTPUTS.items():
        assert files[name].type == "File"
        assert files[name]["sha256"] == hashlib.sha256(content).hexdigest()
        assert files[name]["encodingFormat"]


def test_files_outside_the_folder_are_named_by_hash_and_are_no_files_of_the_crate(loaded: Any) -> None:
    for name in INPUTS:
        entity = loaded.get(f"#{name.replace(' ', '%20')}")
        assert (entity.type, entity["name"], entity["sha256"]) == ("CreativeWork", name, EMPTY)
        assert entity["identifier"] == "ni:///sha-256;47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
    assert all("inputs/" not in entity.id for entity in loaded.data_entities)


def test_the_root_names_profile_date_and_rights(loaded: Any) -> None:
    root = loaded.root_dataset
    assert root["conformsTo"].id == "https://w3id.org/ro/wfrun/process/0.5"
    assert json.loads(json_bytes(crate(manifest(), EDITION)))["@graph"][1]["datePublished"] == "2021-12-31"
    assert root["name"] == EDITION.judul
    assert EDITION.nama.sekretariat in root["license"]["description"]
    assert root["author"]["name"] == root["publisher"]["name"] == EDITION.nama.sekretariat


def test_every_reference_leads_to_an_entity_and_no_id_occurs_twice() -> None:
    made = json.loads(json_bytes(crate(manifest(), EDITION)))
    known = [entity["@id"] for entity in made["@graph"]]
    assert len(known) == len(set(known))

    def referred(value: Any) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(referred, value))
        return {value["@id"]} if isinstance(value, dict) else set()

    refs = set().union(*(referred(value) for entity in made["@graph"] for value in entity.values()))
    assert refs - set(known) == {"https://w3id.org/ro/crate/1.1"}


def test_the_same_manifest_gives_the_same_bytes_without_times_or_machine_paths() -> None:
    turned = {k: dict(reversed(v.items())) if isinstance(v, dict) else v for k, v in manifest().items()}
    first, second = (json_bytes(crate(m, EDITION)) for m in (manifest(), turned))
    assert first == second
    text = first.decode("utf-8")
    assert not re.search(r"\d\d:\d\d|endTime|startTime", text)
    assert str(ROOT) not in text
    assert str(Path.home()) + "/" not in text


@pytest.mark.parametrize("key", ["versi", "masukan", "params", "kode", "keluaran"])
def test_a_manifest_without_a_group_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=key):
        crate(manifest(**{key: None}), EDITION)


def test_a_hash_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="non-hexadecimal"):
        named_information("bukan")
