"""`monev init`: from an empty folder to a first report, with examples that are known as such."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import yaml

from monev.build.publication.release import Wish, release
from monev.build.rebuild import quiet
from monev.commands.command_line import main
from monev.edition import first_edition
from monev.edition.first_edition import Programme, begin
from monev.edition.opened import open_edition
from monev.words.errors import InputError

EDITION = "2026-S1"
TOLD = Programme(
    "Jawa Barat Terbuka",
    "Rencana Aksi Daerah 2026",
    "Bappeda Jawa Barat",
    ("PD, Perangkat Daerah", "OMS, Organisasi Masyarakat Sipil"),
    ("S1, Semester I, 2026",),
)
OPTIONS = [
    *("--program", TOLD.program, "--plan", TOLD.plan, "--secretariat", TOLD.secretariat),
    *("--group", TOLD.groups[0], "--group", TOLD.groups[1], "--period", TOLD.periods[0]),
]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    (tmp_path / "program").mkdir()
    return tmp_path / "program"


def held(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def codes(error: InputError) -> list[tuple[str, str]]:
    return [(finding.code, finding.file) for finding in error.findings]


def test_all_files_of_a_first_edition_are_written(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(empty), "init", EDITION, *OPTIONS]) == 0
    assert held(empty) == [
        "README.md",
        "inputs/2026-S1/capaian-oms.xlsx",
        "inputs/2026-S1/capaian-pd.xlsx",
        "inputs/2026-S1/evaluasi.xlsx",
        "inputs/2026-S1/rencana-aksi.xlsx",
        "params/2026-S1.yml",
    ]
    told = capsys.readouterr().out
    readme = (empty / "README.md").read_text("utf-8")
    command = next(line.strip() for line in told.splitlines() if line.endswith(f"build {EDITION}"))
    assert command in readme


def test_the_params_say_what_was_asked_and_nothing_of_another_programme(empty: Path) -> None:
    edition = begin(empty, EDITION, TOLD).edition
    assert edition.nama.program == "Jawa Barat Terbuka"
    assert edition.nama.satuan_periode == "semester"
    assert [(group.id, group.full, group.channel) for group in edition.groups] == [
        ("pd", "Perangkat Daerah", ""),
        ("oms", "Organisasi Masyarakat Sipil", ""),
    ]
    text = (empty / "params" / f"{EDITION}.yml").read_text("utf-8")
    assert "OGI" not in text
    assert text.count("\n#") > 5


def test_the_same_programme_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        begin(tmp_path / name, EDITION, TOLD)
    one, other = ({f: (tmp_path / n / f).read_bytes() for f in held(tmp_path / n)} for n in "ab")
    assert {name for name in one if one[name] != other[name]} == {"README.md"}  # it names its folder


def test_examples_are_told_as_such_and_are_no_errors(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin(empty, EDITION, TOLD)
    assert main(["--root", str(empty), "check", EDITION, "--format", "json", "--no-copies"]) == 0
    found = json.loads(capsys.readouterr().out)["temuan"]
    assert {(item["kode"], item["bobot"]) for item in found} == {("X01", "warning")}
    assert {item["lembar"] for item in found} == {
        *("Komitmen", "Pelaksana", "Pelaksana Komitmen", "Ukuran Keberhasilan", "Target", "Capaian")
    }
    opened = open_edition(empty, EDITION)
    assert [opened.register[f"komitmen.0{n}.skor"].value for n in (1, 2, 3)] == [85, 25, 60]
    assert "CONTOH" in opened.inputs.edition.keterangan


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
def test_every_group_has_an_example_to_see(empty: Path, count: int) -> None:
    groups = tuple(f"G{n}, Kelompok Pelaksana {n}" for n in range(count))
    begin(empty, EDITION, Programme("P", "R", "S", groups, ("T1, Triwulan I, 2026", "T2, Triwulan II, 2026")))
    data = open_edition(empty, EDITION).results.data
    assert {target.group for target in data.targets} == {f"G{n}" for n in range(count)}
    assert {target.period for target in data.targets} == {"T1", "T2"}
    assert {commitment.commitment for commitment in data.commitments} == {t.commitment for t in data.targets}


def test_a_release_is_refused_while_examples_are_there(empty: Path) -> None:
    begin(empty, EDITION, TOLD)
    with pytest.raises(InputError) as caught:
        release(empty, EDITION, Wish("1.0", "Seorang"), quiet())
    assert {code for code, _ in codes(caught.value)} == {"V15"}


# From the examples to one's own -----------------------------------------------------------------------------------


def replaced(root: Path) -> None:
    """Write a register of one's own over the examples, as a person does in Excel."""
    path = root / "inputs" / EDITION / "rencana-aksi.xlsx"
    book = openpyxl.load_workbook(path)
    rows = {
        "Komitmen": [(1, "Data anggaran terbuka", "Keuangan")],
        "Pelaksana": [("BPKAD", "Badan Pengelola Keuangan", "PD"), ("FITRA", "Forum Transparansi", "OMS")],
        "Pelaksana Komitmen": [(1, "BPKAD"), (1, "FITRA")],
        "Ukuran Keberhasilan": [(1, "BPKAD", 1, "Data terbit"), (1, "FITRA", 1, "Warga terlatih")],
        "Target": [],
    }
    for name, own in rows.items():
        sheet = book[name]
        sheet.delete_rows(2, sheet.max_row)
        for row in own:
            sheet.append(row)
    book.save(path)


def test_workbooks_follow_when_the_examples_are_replaced(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin(empty, EDITION, TOLD)
    replaced(empty)
    assert main(["--root", str(empty), "check", EDITION, "--format", "json", "--no-copies"]) == 1
    found = json.loads(capsys.readouterr().out)["temuan"]
    assert {item["kode"] for item in found if item["bobot"] == "error"} == {"X02"}
    assert main(["--root", str(empty), "update", EDITION]) == 0
    data = open_edition(empty, EDITION).results.data
    assert [(row.actor, row.measure) for row in data.unreported] == [("BPKAD", 1), ("FITRA", 1)]
    assert data.targets == ()
    assert (empty / "inputs" / EDITION / "cadangan" / "capaian-pd-1.xlsx").is_file()


def test_a_workbook_with_anything_else_in_it_is_not_prepared_anew(empty: Path) -> None:
    begin(empty, EDITION, TOLD)
    replaced(empty)
    path = empty / "inputs" / EDITION / "capaian-pd.xlsx"
    book = openpyxl.load_workbook(path)
    headings = [cell.value for cell in book["Capaian"][1]]
    row = dict.fromkeys(headings) | dict(
        zip(("Komitmen", "UK", "Pelaksana", "Periode", "No", "Target", "Capaian", "Nilai"),
            (1, 1, "BPKAD", "S1", 1, "Target sendiri", "Tercapai", 90), strict=True)
    )  # fmt: skip
    book["Capaian"].append([row[heading] for heading in headings])
    book.save(path)
    assert main(["--root", str(empty), "update", EDITION]) == 0
    kept = [value for line in openpyxl.load_workbook(path)["Capaian"].values for value in line]
    assert "Target sendiri" in kept
    with pytest.raises(InputError) as caught:
        open_edition(empty, EDITION)
    assert ("X02", f"inputs/{EDITION}/capaian-pd.xlsx") in codes(caught.value)


# What is refused ------------------------------------------------------------------------------------------------------


def test_a_folder_that_is_not_empty_is_left_alone(empty: Path) -> None:
    (empty / "catatan.docx").write_bytes(b"x")
    with pytest.raises(InputError) as caught:
        begin(empty, EDITION, TOLD)
    assert codes(caught.value) == [("N06", ".")]
    assert "catatan.docx" in caught.value.text()
    assert held(empty) == ["catatan.docx"]


@pytest.mark.parametrize("name", ["../x", "a/b", "..", ".", "con:", "nama edisi", "x" * 65, "", "periksa", "é"])
def test_a_name_that_cannot_be_a_file_is_refused(empty: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        begin(empty, name, TOLD)
    assert codes(caught.value) == [("N02", "init")]
    assert held(empty) == []


def test_percent_signs_and_periods_without_a_unit_are_understood(empty: Path) -> None:
    told = replace(TOLD, bands=("Baik, 70%", "Kurang, 0 %"), periods=("2026, 2026, 2026",))
    edition = begin(empty, EDITION, told).edition
    assert [(band.nama, band.dari, band.sampai) for band in edition.penilaian.kategori] == [
        ("Baik", 70, 100),
        ("Kurang", 0, 69),
    ]
    assert edition.nama.satuan_periode == "periode"


WRONG = {
    "one-group": ({"groups": ("PD, Perangkat Daerah",)}, {"--group"}),
    "alike": ({"groups": ("OMS, Organisasi Sipil", "oms, Organisasi Lain")}, {"--group"}),
    "seven": ({"groups": tuple(f"G{n}, Kelompok {n}" for n in range(7))}, {"--group"}),
    "no-year": ({"periods": ("S1, Semester I",)}, {"--period"}),
    "words-for-a-year": ({"periods": ("S1, Semester I, dua ribu",)}, {"--period"}),
    "gap": ({"bands": ("Baik, 70", "Kurang, 10")}, {"--band"}),
    "no-number": ({"bands": ("Baik, tinggi", "Kurang, 0")}, {"--band"}),
    "two-at-once": ({"bands": ("Baik",), "periods": ("S1",)}, {"--band", "--period"}),
    "bad-code": ({"groups": ("1!, Satu", "OMS, Dua")}, {"--group"}),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_used_is_told_by_its_option(empty: Path, case: str) -> None:
    changed, options = WRONG[case]
    with pytest.raises(InputError) as caught:
        begin(empty, EDITION, replace(TOLD, **changed))  # type: ignore[arg-type]
    assert {file for _, file in codes(caught.value)} == options
    assert list(empty.iterdir()) == []


def test_without_a_terminal_all_that_is_missing_is_told(
    empty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(["--root", str(empty / "baru"), "init", EDITION, "--program", "P"]) == 2
    told = capsys.readouterr().err
    assert all(option in told for option in ("--plan", "--secretariat", "--group", "--period"))
    assert "--program" not in told
    assert list(empty.iterdir()) == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_in_a_terminal_it_asks(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = ["P", "R", "", "S", "PD, Perangkat", "OMS, Masyarakat", "", "S1, Semester I, 2026", ""]
    monkeypatch.setattr("sys.stdin", Terminal("\n".join(said) + "\n"))
    assert main(["--root", str(empty / "baru"), "init", EDITION]) == 0
    params = yaml.safe_load((empty / "baru" / "params" / f"{EDITION}.yml").read_text("utf-8"))
    assert (params["nama"]["program"], params["nama"]["sekretariat"]) == ("P", "S")
    assert [group["kode"] for group in params["kelompok"]] == ["PD", "OMS"]


# Whole or not at all --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", ["README.md", "inputs", "params"])
def test_a_failure_while_files_are_placed_leaves_nothing(empty: Path, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    move = first_edition.GuardedFolder.move

    def failing(self: first_edition.GuardedFolder, name: str, target: object, new: str) -> None:
        if name == at and self.path.name == ".monev-init":
            raise OSError(28, "penuh")
        move(self, name, target, new)  # type: ignore[arg-type]

    monkeypatch.setattr(first_edition.GuardedFolder, "move", failing)
    with pytest.raises(first_edition.RunError):
        begin(empty, EDITION, TOLD)
    assert list(empty.iterdir()) == []


def test_an_interrupted_run_is_gone_on_from(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill leaves what no handler clears away: here, all is made and only the README is in its place."""
    with monkeypatch.context() as patch:
        patch.setattr(first_edition, "_place", lambda top: None)
        begin(empty, EDITION, TOLD)
    (empty / ".monev-init" / "README.md").rename(empty / "README.md")
    assert begin(empty, EDITION, TOLD).edition.edisi == EDITION
    assert "params/2026-S1.yml" in held(empty)
    assert not (empty / ".monev-init").exists()


def test_an_unfinished_folder_is_cleared_away(empty: Path) -> None:
    (empty / ".monev-init").mkdir()
    (empty / ".monev-init" / "params").mkdir()
    assert len(begin(empty, EDITION, TOLD).files) == 6
