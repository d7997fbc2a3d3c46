"""Groups of actors are data: two to six of them, named by params, and nothing else speaks of ministries or NGOs."""

from __future__ import annotations

import csv
import json
import pickle
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook

from monev.commands.command_line import main
from monev.display.open_data import datapackage, notes, target_rows
from monev.display.phrases import present, texts
from monev.edition.next_edition import prepare
from monev.edition.opened import Opened, open_edition
from monev.io.folders import QUARTO
from monev.io.inputs import input_files, read_inputs
from monev.io.params_file import load_edition_params
from monev.model.fields import GROUPS, OMS
from monev.model.value_digest import digest_of
from monev.render.group_prose import for_groups
from monev.words.errors import InputError
from plans import EDITION, FOUR_GROUPS, SIX_GROUPS, MadePlan, make_plan
from support import put, refused_params, sections_of

NEITHER = (
    {"kode": "PEMDA", "nama": "Pemda", "nama_panjang": "Pemerintah Daerah"},
    {"kode": "USAHA", "nama": "Usaha", "nama_panjang": "Dunia Usaha"},
    {"kode": "PT", "nama": "Kampus", "nama_panjang": "Perguruan Tinggi"},
)


def opened_plan(root: Path, kelompok: tuple[dict[str, str], ...], **params: Any) -> Opened:
    return open_edition(make_plan(root, MadePlan(commitments=4, kelompok=kelompok, params=params)), EDITION)


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    said = {"jumlah": {"KL": 7, "PEMDA": 8, "OMS": 9, "SWASTA": 10}, "jumlah_target": 99, "aktif": {"PEMDA": 5}}
    return opened_plan(tmp_path_factory.mktemp("empat"), FOUR_GROUPS, pernyataan=said)


def set_params(root: Path, **changed: Any) -> None:
    file = root / "params" / f"{EDITION}.yml"
    params = yaml.safe_load(file.read_text("utf-8"))
    file.write_text(yaml.safe_dump({**params, **changed}, allow_unicode=True, sort_keys=False), "utf-8")


# What follows from the groups


def test_each_group_has_a_workbook_of_its_own(four: Opened) -> None:
    books = ["capaian-kl.xlsx", "capaian-pemda.xlsx", "capaian-oms.xlsx", "laporan-swasta.xlsx"]
    read = [f"inputs/{period}/{book}" for period in ("B06", "B12") for book in books]
    assert input_files(four.inputs.edition) == ["inputs/rencana-aksi.xlsx", *read, "inputs/B12/evaluasi.xlsx"]


def test_ids_of_figures_come_from_the_code(four: Opened) -> None:
    for id_ in ("kl", "pemda", "oms", "swasta"):
        assert four.register[f"rekap.{id_}.b06.total"].value == 4
        assert four.register[f"pelaksana.{id_}.jumlah"].value == 4
        assert four.register[f"komitmen.02.{id_}"].value == 1
        assert {f"rapor.{id_}.skor", f"kelengkapan.{id_}.target", f"belum-selesai.kelompok.{id_}"} <= {
            *four.register.figures
        }
    assert four.register["rekap.swasta.b06.total"].unit == "target"
    assert four.register["pelaksana.pemda.jumlah"].unit == "Pemda"
    assert four.register["target.jumlah"].value == 4 * 4 * 2


def test_declared_counts_go_by_code(four: Opened) -> None:
    figure = four.register["pernyataan.jumlah_pemda"]
    assert (figure.value, figure.unit, figure.sources) == (8, "Pemda", ("params/uji.yml!pernyataan!jumlah.PEMDA",))
    assert four.register["pernyataan.pemda_aktif"].value == 5
    assert "pernyataan.kl_aktif" not in four.register
    conditions = present(four.inputs.edition)
    assert (conditions["pernyataan-jumlah"], conditions["pernyataan-aktif"]) == (True, False)


def test_the_older_keys_say_the_same(tmp_path: Path) -> None:
    old = opened_plan(tmp_path / "lama", (), pernyataan={"jumlah_kl": 3, "oms_aktif": 2})
    new = opened_plan(tmp_path / "baru", (), pernyataan={"jumlah": {"K/L": 3}, "aktif": {"oms": 2}})
    for id_, key in (("pernyataan.jumlah_kl", "jumlah.K/L"), ("pernyataan.oms_aktif", "aktif.oms")):
        one, other = old.register[id_], new.register[id_]
        assert (one.value, one.unit, one.printed) == (other.value, other.unit, other.printed)
        assert other.sources == (f"params/uji.yml!pernyataan!{key}",)
    assert old.register["pernyataan.jumlah_kl"].sources == ("params/uji.yml!pernyataan!jumlah_kl",)


def test_a_source_in_the_params_is_explained(four: Opened, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened_plan(tmp_path, FOUR_GROUPS, pernyataan={"jumlah": {"PEMDA": 8}})
    assert main(["--root", str(tmp_path), "explain", EDITION, "pernyataan.jumlah_pemda"]) == 0
    said = capsys.readouterr().out
    assert "jumlah.PEMDA" in said
    assert "8" in said


def test_open_data_names_the_groups(four: Opened) -> None:
    edition = four.inputs.edition
    package: Any = datapackage(edition)
    (target,) = (resource for resource in package["resources"] if resource["name"] == "target")
    fields = {field["name"]: field for field in target["schema"]["fields"]}
    assert fields["kelompok"]["constraints"]["enum"] == ["K/L", "Pemda", "OMS", "Swasta"]
    assert fields["kelompok"]["description"] == (
        "K/L untuk kementerian/lembaga, Pemda untuk pemerintah daerah, OMS untuk organisasi masyarakat sipil, "
        "Swasta untuk dunia usaha."
    )
    assert {row["kelompok"] for row in target_rows(four.results)} == {"K/L", "Pemda", "OMS", "Swasta"}
    assert ("Swasta", "Dunia Usaha.") in notes(edition)
    json.dumps(datapackage(edition))


def test_no_part_speaks_of_ministries_where_there_are_none(tmp_path: Path) -> None:
    """Everything that the report prints, made and written by hand, of groups that are neither K/L nor OMS."""
    said = {"jumlah": {"PEMDA": 1, "USAHA": 2, "PT": 3}, "jumlah_target": 9, "aktif": {"PEMDA": 1, "USAHA": 2, "PT": 3}}
    opened = opened_plan(tmp_path, NEITHER, pernyataan=said)
    edition = opened.inputs.edition
    prose = "\n".join(for_groups(p.read_text("utf-8"), edition.groups) for p in sorted(QUARTO.glob("_*.qmd")))
    told = [repr(section.blocks) for section in sections_of(opened)]
    words = "\n".join([prose, *told, *texts(edition).values(), *(f.formula for f in opened.register)])
    wired = r"(?i)\bK/L\b|\bOMS\b|kementerian|masyarakat sipil|kedua (pihak|kelompok)|\b(kl|oms)\b"
    assert re.findall(wired, words) == []
    assert 'key="pernyataan.usaha_aktif"} Usaha, dan' in prose
    assert all(name in words for name in ("Pemerintah Daerah", "Dunia Usaha", "Perguruan Tinggi", "ketiga pihak"))
    unknown = set(re.findall(r'\.angka key="([^"]+)"', prose)) - {*opened.register.figures, "..."}
    assert all(id_.startswith("pernyataan.rencana") for id_ in unknown)


def test_who_reports_where_is_told_of_those_with_a_channel(four: Opened) -> None:
    prose = for_groups((QUARTO / "_05-strategi.qmd").read_text("utf-8"), four.inputs.edition.groups)
    listed = [line for line in prose.splitlines() if "melaporkan melalui" in line]
    assert listed == [
        '- K\\/L melaporkan melalui []{.teks key="kanal-kl"};',
        '- Pemda melaporkan melalui []{.teks key="kanal-pemda"}; dan',
        '- OMS melaporkan melalui []{.teks key="kanal-oms"}.',
    ]
    assert texts(four.inputs.edition)["sekian-kanal"] == "tiga kanal"


def test_the_register_may_call_a_group_by_code_or_long_name(tmp_path: Path) -> None:
    make_plan(tmp_path, MadePlan(kelompok=FOUR_GROUPS))
    put(tmp_path, "inputs/rencana-aksi.xlsx!Pelaksana!C2", "KL")
    put(tmp_path, "inputs/rencana-aksi.xlsx!Pelaksana!C3", "pemerintah daerah")
    inputs = read_inputs(tmp_path, EDITION)
    assert [f for f in inputs.findings if f.weight == "error"] == []
    assert [actor.group for actor in inputs.data.actors[:2]] == ["K/L", "Pemda"]


def test_a_row_in_the_workbook_of_another_group_is_told_with_the_right_one(tmp_path: Path) -> None:
    make_plan(tmp_path, MadePlan(kelompok=FOUR_GROUPS))
    put(tmp_path, "inputs/rencana-aksi.xlsx!Pelaksana!C2", "Swasta")
    (first, *_) = [f for f in read_inputs(tmp_path, EDITION).findings if f.code == "K06"]
    assert (first.file, first.details["group"], first.details["file"]) == (
        "inputs/B06/capaian-kl.xlsx", "Swasta", "laporan-swasta.xlsx",
    )  # fmt: skip


def test_a_next_edition_has_a_workbook_for_each_group(tmp_path: Path) -> None:
    said = {"jumlah": {"PEMDA": 8}, "aktif": {"KL": 1, "PEMDA": 5}}
    make_plan(tmp_path, MadePlan(kelompok=SIX_GROUPS, params={"pernyataan": said}))
    made = prepare(tmp_path, "2022-S3", EDITION)
    books = [group.file for group in made.edition.groups]
    assert [f for f in made.files if "capaian" in f or "laporan" in f] == [f"inputs/2022-S3/{book}" for book in books]
    assert made.rows == {"K/L": 3, "Pemda": 3, "OMS": 3, "Swasta": 3, "Filantropi": 3, "Akademisi": 3}
    page = load_workbook(tmp_path / "inputs/2022-S3/capaian-pt.xlsx")["Capaian"]
    assert [page.cell(row, 3).value for row in (2, 3, 4)] == ["Akademisi 1", "Akademisi 2", "Akademisi 3"]
    edition = load_edition_params(tmp_path, "2022-S3")
    assert (edition.pernyataan.jumlah, edition.pernyataan.aktif) == ({"PEMDA": 8}, {})
    assert "terdahulu KL 1, PEMDA 5" in (tmp_path / "params/2022-S3.yml").read_text("utf-8")
    assert main(["--root", str(tmp_path), "update", "2022-S3"]) == 0


def test_check_tells_of_every_group(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_plan(tmp_path, MadePlan(kelompok=FOUR_GROUPS, groups=["K/L", "OMS", "Swasta"]))
    assert main(["--root", str(tmp_path), "check", EDITION]) == 0
    said = capsys.readouterr().out
    assert all(f"  {name}: 3 dari 3 target dilaporkan" in said for name in ("K/L", "OMS", "Swasta"))
    assert "  Pemda: 0 dari 0 target dilaporkan" in said


def test_a_group_is_the_same_in_every_process() -> None:
    again = pickle.loads(pickle.dumps(OMS))
    assert (again, again.id, again.full, again.file, again.also) == (OMS, OMS.id, OMS.full, OMS.file, OMS.also)
    assert digest_of(again) == digest_of(OMS) != digest_of(GROUPS[0])


def test_capitals_of_abbreviations_stay_within_sentences(tmp_path: Path) -> None:
    setting = ({"kode": "PBB", "nama": "PBB", "nama_panjang": "Badan PBB dan Mitra"}, *FOUR_GROUPS[:1])
    group = opened_plan(tmp_path, setting).inputs.edition.groups[0]
    assert group.in_sentences == "badan PBB dan mitra"


# Groups that cannot be used


WRONG: tuple[tuple[str, str, str, str], ...] = (
    ("kelompok: []", "kelompok", "0 kelompok", "kelompok:"),
    ("kelompok:\n- {kode: KL}", "kelompok", "1 kelompok, sedangkan yang diperlukan 2 sampai 6", "kelompok:"),
    ("kelompok: [{kode: A}, {kode: B}, {kode: C}, {kode: D}, {kode: E}, {kode: F}, {kode: G}]",
     "kelompok", "7 kelompok", "kelompok:"),
    ("kelompok:\n- {kode: KL}\n- {kode: K/L, nama: Lain}", "kelompok.2.kode", "sama dengan milik kelompok KL", "K/L"),
    ("kelompok:\n- {kode: A, nama: Satu}\n- {kode: B, nama: satu}",
     "kelompok.2.nama", "sama dengan milik kelompok A", "B"),
    ("kelompok:\n- {kode: A, nama_panjang: Satu}\n- kode: B\n  nama_panjang: SATU",
     "kelompok.2.nama_panjang", "sama dengan", "SATU"),
    ("kelompok:\n- {kode: A}\n- kode: B\n  buku_kerja: capaian-a.xlsx",
     "kelompok.2.buku_kerja", "buku kerja kelompok A", "capaian-a"),
    ("kelompok:\n- {kode: A}\n- kode: B\n  buku_kerja: evaluasi.xlsx",
     "kelompok.2.buku_kerja", "buku kerja lain", "evaluasi"),
    ("kelompok:\n- {kode: A}\n- kode: Skor", "kelompok.2.kode", "dipakai laporan", "Skor"),
    ("kelompok:\n- {kode: A}\n- kode: B\n  nama: Jumlah", "kelompok.2.nama", "dipakai laporan", "Jumlah"),
    ("kelompok:\n- {kode: A}\n- kode: B\n  buku_kerja: ../x.xlsx", "kelompok.2.buku_kerja", "huruf", "../x"),
    ("kelompok:\n- {kode: A}\n- {kode: B}\npernyataan:\n  jumlah:\n    C: 1", "pernyataan.jumlah.C", "A, B", "C: 1"),
    ("kelompok:\n- {kode: A}\n- {kode: B}\npernyataan:\n  jumlah_kl: 1",
     "pernyataan.jumlah_kl", "tidak ada kelompok berkode KL", "jumlah_kl"),
    ("pernyataan:\n  jumlah: {KL: 1}\n  jumlah_kl: 1", "pernyataan.jumlah_kl", "sisakan satu", "jumlah_kl"),
    ("pernyataan:\n  jumlah:\n    KL: 1\n    K/L: 2", "pernyataan.jumlah.K/L", "sisakan satu", "K/L"),
    ("pernyataan:\n  aktif: {KL: -1}", "pernyataan.aktif.KL", "terlalu kecil", "KL"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "key", "why", "line"), WRONG, ids=[f"{n}" for n in range(len(WRONG))])
def test_groups_that_cannot_be_used_are_told_at_their_line(
    tmp_path: Path, text: str, key: str, why: str, line: str
) -> None:
    make_plan(tmp_path, MadePlan())
    finding, told = refused_params(tmp_path, EDITION, text)
    assert finding.details["value"] == key
    assert why in finding.text("id")
    assert line in told
    assert finding.text("en") != finding.text("id")


def test_all_faults_are_told_in_one_pass(tmp_path: Path) -> None:
    make_plan(tmp_path, MadePlan())
    set_params(tmp_path, kelompok=[{"kode": "KL"}, {"kode": "K/L"}, {"kode": "Skor"}], pernyataan={"jumlah": {"X": 1}})
    with pytest.raises(InputError) as found:
        load_edition_params(tmp_path, EDITION)
    named = [finding.details["value"] for finding in found.value.findings]
    assert named == ["pernyataan.jumlah.X", "kelompok.2.kode", "kelompok.3.kode"]


def test_the_recapitulation_of_each_group_is_counted_from_its_workbook(four: Opened) -> None:
    """A second way: rows of the group's own workbook."""
    root = four.inputs.data.targets[0].place.file
    assert root.startswith("inputs/")
    for group in four.inputs.edition.groups:
        rows = [t for t in four.inputs.data.targets if t.place.file.endswith(group.file)]
        assert four.register[f"rekap.{group.id}.akumulasi.total"].value == len([t for t in rows if t.score != "-"]) == 8
        assert {t.group for t in rows} == {str(group)}


def test_csv_has_the_short_names(four: Opened, tmp_path: Path) -> None:
    rows = list(target_rows(four.results))
    with (tmp_path / "x.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, [*rows[0]])
        writer.writerows(rows)
    assert "Pemda" in (tmp_path / "x.csv").read_text("utf-8")
