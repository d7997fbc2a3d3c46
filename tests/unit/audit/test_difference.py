"""`difference`: figures added, gone and changed between two reports, with the cells that changed below them."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from monev.audit.difference import Change, Difference, UnknownSide, difference, show_difference
from monev.edition.opened import open_edition
from monev.io.manifest import file_digests

ROOT = Path(__file__).resolve().parents[3]
EDITION = "2021-S2"
OMS = "inputs/2021-S1/capaian-oms.xlsx"
TARGET = "target.07-1-oms-sektor-keadilan-b06-1"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with the inputs and params of the repository, and with outputs."""
    root = copy(ROOT, tmp_path_factory.mktemp("asal"))
    outputs(root)
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """The same in a folder of its own."""
    shutil.copytree(built, tmp_path / "lama")
    return tmp_path / "lama"


def copy(source: Path, target: Path) -> Path:
    for name in ("params", "inputs"):
        shutil.copytree(source / name, target / name)
    return target


def outputs(root: Path) -> Path:
    """Write what a build leaves for comparing: the figures and the manifest's digests."""
    folder = root / "outputs" / EDITION
    (folder / "data").mkdir(parents=True)
    opened = open_edition(root, EDITION)
    manifest = {
        "masukan": file_digests(root, opened.inputs.files),
        "params": file_digests(root, opened.params_files(root)),
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    (folder / "data" / "angka.json").write_text(json.dumps(opened.register.records()), "utf-8")
    return folder


def edit(root: Path, file: str, change: Callable[[Any], None]) -> None:
    book = openpyxl.load_workbook(root / file)
    change(book["Capaian"])
    book.save(root / file)


def row_of(sheet: Any, commitment: int, actor: str) -> int:
    return next(r for r in range(2, 60) if (sheet.cell(r, 1).value, sheet.cell(r, 3).value) == (commitment, actor))


def raise_score(sheet: Any) -> None:
    """Give target 07-1 OMS Sektor Keadilan 100 instead of 0."""
    sheet.cell(row_of(sheet, 7, "OMS Sektor Keadilan"), 8).value = 100


def change_of(found: Difference, id_: str) -> Change:
    return next(change for change in found.changed if change.id == id_)


def text_of(found: Difference, language: Any = "id") -> str:
    out = io.StringIO()
    show_difference(found, language, out)
    return out.getvalue()


def test_an_edition_does_not_differ_from_itself_or_from_its_outputs(root: Path) -> None:
    folder = root / "outputs" / EDITION
    for old, new in ((EDITION, EDITION), (str(folder), EDITION)):
        found = difference(root, old, new)
        assert (found.added, found.gone, found.changed, found.unread) == ((), (), (), ())
        assert found.same == len(open_edition(root, EDITION).register)


def test_a_changed_cell_shows_below_every_figure_that_it_changes(root: Path, tmp_path: Path) -> None:
    before = root / "outputs" / EDITION
    other = copy(root, tmp_path / "baru-dengan-nama-lain")
    edit(other, OMS, raise_score)
    found = difference(root, str(before), str(outputs(other)))
    changed = {change.id for change in found.changed}
    assert {TARGET, "komitmen.07.skor", "komitmen.07.kategori.baik", "rekap.oms.akumulasi.baik"} <= changed
    assert "komitmen.06.skor" not in changed
    for id_ in (TARGET, "komitmen.07.skor", "rekap.oms.b06.kurang"):
        (cell,) = change_of(found, id_).cells
        assert cell.old
        assert cell.new
        assert (cell.old.shown, cell.new.shown, cell.new.held.source) == ("0", "100", f"{OMS}!Capaian!H13")
    assert f"{OMS}!Capaian!H13  0 -> 100  (Nilai: Komitmen 7, UK 1" in text_of(found)
    assert "83,3% -> 100,0%" in text_of(found)


def test_it_begins_with_a_summary_by_commitment_and_actor(root: Path, tmp_path: Path) -> None:
    before = root / "outputs" / EDITION
    other = copy(root, tmp_path / "ringkas")
    edit(other, OMS, raise_score)
    lines = text_of(difference(root, str(before), str(outputs(other)))).splitlines()
    assert lines[2:5] == [
        "Ringkasan menurut komitmen dan pelaksana",
        "  Komitmen 7: skor 83,3% -> 100,0%; 1 nilai target lain",
        "  OMS Sektor Keadilan: skor 66,8% -> 71,8%; 1 nilai target lain",
    ]
    assert lines.index(lines[2]) < next(n for n, line in enumerate(lines) if line.startswith("Berubah ("))
    between = text_of(difference(root, "2021-S1", "2021-S2"), "en").splitlines()
    assert "  Commitment 1: score 66,7% -> 82,5%; co-creation" in "\n".join(between)
    assert sum(line.startswith("  Commitment ") for line in between) == 18


def test_moved_rows_are_no_change_and_a_changed_cell_is_found_in_its_moved_row(root: Path, tmp_path: Path) -> None:
    before = root / "outputs" / EDITION

    def move_up(sheet: Any) -> None:
        """Put the last row in front."""
        last = [cell.value for cell in sheet[sheet.max_row]]
        formats = [cell.number_format for cell in sheet[sheet.max_row]]
        sheet.delete_rows(sheet.max_row)
        sheet.insert_rows(2)
        for column, (value, number_format) in enumerate(zip(last, formats, strict=True), start=1):
            sheet.cell(2, column).value = value
            sheet.cell(2, column).number_format = number_format

    moved = copy(root, tmp_path / "pindah")
    edit(moved, OMS, move_up)
    assert difference(root, str(before), str(outputs(moved))).changed == ()
    both = copy(moved, tmp_path / "pindah-dan-ubah")
    edit(both, OMS, raise_score)
    found = difference(root, str(before), str(outputs(both)))
    (cell,) = change_of(found, "komitmen.07.skor").cells
    assert cell.old
    assert cell.new
    assert (cell.old.held.address, cell.new.held.address) == ("H13", "H14")
    assert (cell.old.shown, cell.new.shown) == ("0", "100")


def test_outputs_whose_workbook_changed_since_still_tell_the_score(root: Path) -> None:
    before = root / "outputs" / EDITION
    edit(root, OMS, raise_score)
    found = difference(root, str(before), EDITION)
    (cell,) = change_of(found, "komitmen.07.skor").cells
    assert cell.old
    assert cell.new
    assert (cell.old.shown, cell.new.shown) == ("0%", "100")
    assert found.unread == (f"{before}: {OMS}",)
    assert "tidak dibandingkan" in text_of(found)


def test_a_changed_rule_changes_figures_without_cells(root: Path, tmp_path: Path) -> None:
    before = root / "outputs" / EDITION
    other = copy(root, tmp_path / "aturan")
    params = other / "params" / f"{EDITION}.yml"
    text = params.read_text("utf-8")
    text = text.replace("{nama: Baik, dari: 70,", "{nama: Baik, dari: 90,").replace("sampai: 69}", "sampai: 89}")
    params.write_text(text, "utf-8")
    found = difference(root, str(before), str(outputs(other)))
    edge = change_of(found, "penilaian.kategori.baik.dari")
    assert (edge.old["cetak"], edge.new["cetak"]) == ("70", "90")
    assert [(c.old.shown, c.new.shown) for c in edge.cells if c.old and c.new] == [("70", "90")]
    counts = [change for change in found.changed if change.id.startswith("rekap.")]
    assert [change.cells for change in counts] == [()] * len(counts)
    assert "rekap.kl.akumulasi.cukup" in {change.id for change in counts}


def test_editions_differ_by_figures_added_and_gone(root: Path) -> None:
    found = difference(root, "2021-S1", "2021-S2")
    added = {str(record["id"]) for record in found.added}
    assert "target.01-1-kip-b12-1" in added
    assert "rekap.kl.b12.baik" in added
    assert {r["id"] for r in difference(root, "2021-S2", "2021-S1").gone} == added
    cells = change_of(found, "komitmen.01.skor").cells
    assert cells
    assert all(cell.old is None for cell in cells)
    assert "... 60 sel lagi" in text_of(found)
    assert "66,7% -> 82,5%" in text_of(found, "en")


def test_json_has_old_and_new_values_and_all_cells(root: Path) -> None:
    out = io.StringIO()
    show_difference(difference(root, "2021-S1", "2021-S2"), "id", out, "json")
    value = json.loads(out.getvalue())
    assert list(value) == ["lama", "baru", "berubah", "ditambahkan", "hilang", "sama", "tidak_dibandingkan"]
    total = next(change for change in value["berubah"] if change["id"] == "target.jumlah")
    assert (total["lama"]["nilai"], total["baru"]["nilai"], total["beda"]) == (64, 130, ["nilai", "cetak"])
    assert len(total["sel"]) == 66
    assert total["sel"][0]["lama"] is None


@pytest.mark.parametrize("name", ["2021-S3", "tidak/ada", "", "x" * 5000, "outputs"])
def test_an_unknown_name_exits_1_and_names_the_editions(root: Path, name: str) -> None:
    with pytest.raises(UnknownSide) as caught:
        difference(root, name, EDITION)
    assert caught.value.exit_code == 1
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("content", ["", "{}", "[1]", '[{"nilai": 1}]', "[" * 100_000, '[{"id": "a"}, {"id": "a"}]'])
def test_damaged_figures_are_told_in_words(root: Path, content: str) -> None:
    folder = root / "outputs" / EDITION
    (folder / "data" / "angka.json").write_text(content, "utf-8")
    with pytest.raises(UnknownSide, match=r"angka\.json"):
        difference(root, str(folder), EDITION)


def test_a_recorded_path_outside_the_root_is_not_read(root: Path) -> None:
    folder = root / "outputs" / EDITION
    (root.parent / "rahasia.xlsx").write_bytes((root / OMS).read_bytes())
    figures = [{"id": "a", "cetak": "1", "sumber": ["../rahasia.xlsx!Capaian!H13", 7, "x", "params/a.yml"]}]
    (folder / "data" / "angka.json").write_text(json.dumps(figures), "utf-8")
    found = difference(root, str(folder), EDITION)
    assert f"{folder}: ../rahasia.xlsx" in found.unread


def test_a_file_that_is_no_pdf_is_told_in_words(root: Path) -> None:
    (root / "laporan.pdf").write_text("bukan", "utf-8")
    with pytest.raises(UnknownSide, match="PDF"):
        difference(root, "laporan.pdf", EDITION)
