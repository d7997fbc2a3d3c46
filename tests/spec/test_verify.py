"""`monev verify`: a PDF by itself, an output folder, and everything that may be wrong with them."""

import functools
import io
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import monev.audit.verification
import monev.io.inputs
import monev.io.manifest
import monev.io.params_file
import monev.rules.tidy
from monev.audit.verdict import Verification, show_verification
from monev.audit.verification import verify
from monev.edition.opened import Opened, open_edition
from monev.io.params_file import load_yaml
from monev.io.pdf_reader import _content, parse_pdf
from monev.io.workbook_reader import read_book
from monev.model.fields import NO_TARGET
from monev.model.raw_tables import RawBook, RawCell, RawSheet
from support import copy_root, put

SCORE = "inputs/2021-S2/capaian-kl.xlsx!Capaian!H2"


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """Read each YAML file, and account for each text, once: the same content gives the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(monev.io.params_file, "load_yaml", by_content(load_yaml))
        patch.setattr(monev.audit.verification, "read_pdf", lambda path: parse_pdf(_content(path)))
        patch.setattr(monev.audit.verification, "account", functools.cache(monev.audit.verification.account))
        yield


def by_content(read: Callable[..., Any]) -> Callable[..., Any]:
    kept: dict[tuple[bytes, str], Any] = {}

    def reader(path: Path, file: str) -> Any:
        key = path.read_bytes(), file
        if key not in kept:
            kept[key] = read(path, file)
        return kept[key]

    return reader


@pytest.fixture
def folder(report: Path, tmp_path: Path) -> Path:
    """An output folder, free to be changed."""
    return Path(shutil.copytree(report, tmp_path / "keluaran"))


def codes(made: Verification) -> set[str]:
    return {note.code for note in made.notes}


def bad(made: Verification) -> set[str]:
    return {note.code for note in made.notes if note.weight not in ("sama", "keterangan")}


def told(made: Verification, language: str = "id") -> str:
    out = io.StringIO()
    show_verification(made, language, out)  # type: ignore[arg-type]
    return out.getvalue()


def edited(pdf: Path, change: Callable[[pikepdf.Pdf], object]) -> Path:
    """Change a PDF in place."""
    with pikepdf.open(pdf, allow_overwriting_input=True) as document:
        change(document)
        document.save(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)  # the quickest by far
    return pdf


def attach(pdf: Path, name: str, content: bytes) -> Path:
    """Put other bytes in the place of an attachment, or add one."""

    def change(document: pikepdf.Pdf) -> None:
        if name not in document.attachments:
            document.attachments[name] = pikepdf.AttachedFileSpec(document, content, filename=name)
            return
        # In its place: for a new object, qpdf looks through all the others first, which takes a second.
        files = document.attachments[name].obj.EF
        files.F.write(content)
        if "/Params" in files.F:
            del files.F.Params  # size and checksum of what it was
        assert all(files[key].read_bytes() == content for key in files.keys())  # noqa: SIM118

    return edited(pdf, change)


def attached(pdf: Path, name: str) -> bytes:
    with pikepdf.open(pdf) as document:
        return bytes(document.attachments[name].get_file().read_bytes())


def rewrite(pdf: Path, name: str, change: Callable[[object], object]) -> Path:
    """Change the JSON of an attachment."""
    value = json.loads(attached(pdf, name))
    change(value)
    return attach(pdf, name, json.dumps(value).encode())


# All is well ------------------------------------------------------------------------------------------------


def test_a_pdf_alone_is_equal(report: Path, root: Path, tmp_path: Path) -> None:
    pdf = shutil.copy(report / "laporan.pdf", tmp_path / "dari-surel.pdf")
    made = verify(Path(pdf), root)
    assert made.exit_code == 0, told(made)
    assert {"L01", "S01", "M01", "P01", "A01", "T01"} <= codes(made)
    assert made.account is not None
    assert made.account.share == 1.0
    assert len(made.figures) > 300
    assert "Hasil: ANGKA SAMA" in told(made)
    assert "Result: FIGURES EQUAL" in told(made, "en")


def test_an_output_folder_is_equal(folder: Path, root: Path) -> None:
    (folder / "run.log").write_text("log", "utf-8")
    (folder / ".DS_Store").write_text("", "utf-8")
    made = verify(folder, root)
    assert made.exit_code == 0, told(made)
    assert "K01" in codes(made)


# Every score -------------------------------------------------------------------------------------------------


class Books:
    """Workbooks read once; one cell of one of them may be another value."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.kept: dict[str, RawBook] = {}
        self.other: tuple[str, str, str, object] = ("", "", "", None)

    def read(self, path: Path, file: str, *limits: Any) -> tuple[RawBook | None, list]:
        if file not in self.kept:
            found, _ = read_book(path, file, *limits)
            assert found is not None
            self.kept[file] = found
        book, (changed, sheet, address, value) = self.kept[file], self.other
        if file != changed:
            return book, []
        rows = tuple(tuple(_put(cell, address, value) for cell in row) for row in book.sheets[sheet].rows)
        return RawBook(file, {**book.sheets, sheet: RawSheet(sheet, rows)}), []

    def reading(self, read: Callable[[RawBook, Any], Any]) -> Callable[[RawBook, Any], Any]:
        """Return what reads a sheet as `read` does, but the sheets of a workbook that is as it was only once."""
        done: dict[tuple[str, str], Any] = {}

        def reader(book: RawBook, sheet: Any) -> Any:
            before = self.kept[book.file].sheets
            if any(raw is not before[name] for name, raw in book.sheets.items()):
                return read(book, sheet)
            key = book.file, sheet.name
            if key not in done:
                done[key] = read(book, sheet)
            rows, found = done[key]
            return list(rows), list(found)

        return reader


def again_when_changed(compute: Callable[..., Any]) -> Callable[..., Any]:
    """Return what computes only when its arguments are not those of the last time."""
    last: list[Any] = []

    def computed(*arguments: Any) -> Any:
        if not last or last[0] != arguments:
            last[:] = arguments, compute(*arguments)
        return last[1]

    return computed


def _put(cell: RawCell, address: str, value: object) -> RawCell:
    if cell.address != address:
        return cell
    return replace(cell, value=value, state="value", number_format="General", formula="")  # type: ignore[arg-type]


def figures(opened: Opened) -> dict[str, tuple[object, object, str]]:
    return {figure.id: (figure.value, figure.exact, figure.printed) for figure in opened.register}


def changed_bytes(root: Path, file: str) -> Iterator[None]:
    """Let a workbook's bytes be others for a while."""
    content = (root / file).read_bytes()
    (root / file).write_bytes(content + b"\0")
    yield
    (root / file).write_bytes(content)


def test_each_changed_score_is_told_by_exactly_its_figures(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, thorough: bool
) -> None:
    """Every fourth score, of all commitments and both groups; each of the 130 with --thorough."""
    root = copy_root(tmp_path / "akar")
    books = Books(root)
    fresh: dict[str, Opened] = {}

    def recompute(*arguments: object) -> Opened:
        fresh["last"] = open_edition(*arguments)  # type: ignore[arg-type]
        return fresh["last"]

    monkeypatch.setattr(monev.io.inputs, "read_book", books.read)
    monkeypatch.setattr(monev.rules.tidy, "read_sheet", books.reading(monev.rules.tidy.read_sheet))
    # The PDF and monev itself stay as they are.
    inconsistent = monev.audit.verification.inconsistent
    monkeypatch.setattr(monev.audit.verification, "read_pdf", again_when_changed(monev.audit.verification.read_pdf))
    monkeypatch.setattr(
        monev.audit.verification, "inconsistent", again_when_changed(lambda rows: list(inconsistent(rows)))
    )
    monkeypatch.setattr(monev.io.manifest, "code_digests", again_when_changed(monev.io.manifest.code_digests))

    before = open_edition(root, "2021-S2")
    old = figures(before)
    scores = [target for target in before.results.targets if target.score != NO_TARGET]
    assert len(scores) == 130
    for target in scores if thorough else scores[::4]:
        place = target.place.cell("score")
        file, sheet, address = place.split("!")
        books.other = (file, sheet, address, 37 if target.score != Fraction(37) else 38)
        for _ in changed_bytes(root, file):
            made = verify(report / "laporan.pdf", root, recompute)
        new = figures(fresh["last"])
        differing = {id_ for id_ in {*old, *new} if old.get(id_) != new.get(id_)}
        named = {figure.id: figure for figure in made.figures if figure.status != "sama"}
        assert {*named} == differing, place
        assert differing, place
        assert made.exit_code == 4
        assert "M02" in codes(made)
        assert any(place in figure.cells and file in figure.changed for figure in named.values())


def test_a_changed_cell_names_its_figures_and_file(report: Path, root: Path) -> None:
    put(root, SCORE, "12")
    made = verify(report / "laporan.pdf", root)
    words = told(made)
    assert made.exit_code == 4
    assert "inputs/2021-S2/capaian-kl.xlsx berubah" in words
    assert "komitmen.01.skor: tercetak" in words
    assert SCORE in words


def test_figures_that_the_inputs_no_longer_give_are_told(report: Path, root: Path) -> None:
    put(root, "inputs/2021-S2/capaian-kl.xlsx!Capaian!E2", 9)  # No: another target now
    statuses = {figure.status for figure in verify(report / "laporan.pdf", root).figures}
    assert {"hilang", "baru", "sama"} <= statuses


def test_a_changed_text_is_told_though_all_figures_are_equal(report: Path, root: Path) -> None:
    opened = open_edition(root, "2021-S2")
    target = next(t for t in opened.results.targets if "2021" in t.achievement)
    put(root, target.place.cell("achievement"), "Tanpa bilangan.")
    made = verify(report / "laporan.pdf", root)
    assert {figure.status for figure in made.figures} == {"sama"}
    assert bad(made) == {"M02", "T04"}
    assert made.exit_code == 4


# What is missing or unsound -----------------------------------------------------------------------------------


def test_without_inputs_the_figures_cannot_be_checked(report: Path, tmp_path: Path) -> None:
    made = verify(report / "laporan.pdf", tmp_path)
    assert made.exit_code == 4
    assert {"M03", "A02"} == bad(made)
    assert {"L01", "S01", "T01"} <= codes(made)
    assert {figure.status for figure in made.figures} == {"tidak dapat diperiksa"}


def test_unsound_inputs_say_what_is_wrong_with_them(report: Path, root: Path) -> None:
    put(root, SCORE, "seratus")
    made = verify(report / "laporan.pdf", root)
    assert {"M02", "A02"} == bad(made)
    assert "'seratus' bukan angka" in told(made)


def test_a_workbook_that_is_none(report: Path, root: Path) -> None:
    (root / "inputs" / "rencana-aksi.xlsx").write_bytes(b"bukan buku kerja")
    assert {"M02", "A02"} == bad(verify(report / "laporan.pdf", root))


def test_changed_params_of_the_project_are_told_and_not_used(report: Path, root: Path) -> None:
    file = root / "params" / "2021-S2.yml"
    words = file.read_text("utf-8").replace("dari: 70", "dari: 80").replace("sampai: 69", "sampai: 79")
    file.write_text(words, "utf-8")
    made = verify(report / "laporan.pdf", root)
    assert bad(made) == {"P02"}
    assert {figure.status for figure in made.figures} == {"sama"}
    assert made.exit_code == 4


def test_params_that_only_the_pdf_has_are_enough(report: Path, root: Path) -> None:
    shutil.rmtree(root / "params")
    made = verify(report / "laporan.pdf", root)
    assert made.exit_code == 0, told(made)
    assert "P03" in codes(made)


# Foreign and damaged files --------------------------------------------------------------------------------------


def test_a_path_that_does_not_exist(root: Path, tmp_path: Path) -> None:
    made = verify(tmp_path / "tidak-ada.pdf", root)
    assert made.exit_code == 1
    assert "tidak ada" in told(made)


def test_a_folder_without_a_report(root: Path, tmp_path: Path) -> None:
    made = verify(tmp_path, root)
    assert (made.exit_code, codes(made)) == (4, {"B02"})


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\x00" * 5000])
def test_what_is_no_pdf(content: bytes, root: Path, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(content)
    made = verify(tmp_path / "x.pdf", root)
    assert (made.exit_code, codes(made)) == (4, {"B03"})


def test_a_locked_pdf(folder: Path, root: Path) -> None:
    with pikepdf.open(folder / "laporan.pdf", allow_overwriting_input=True) as document:
        document.save(folder / "laporan.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    made = verify(folder / "laporan.pdf", root)
    assert (made.exit_code, codes(made)) == (4, {"B03"})
    assert "kata sandi" in told(made)


def test_a_foreign_pdf(root: Path, tmp_path: Path) -> None:
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(tmp_path / "x.pdf")
    made = verify(tmp_path / "x.pdf", root)
    assert (made.exit_code, codes(made)) == (4, {"B04"})


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("lampiran/angka.json", b"{", {"L02", "L06"}),
        ("lampiran/angka.json", b"[1, 2]", {"L02", "L06"}),
        ("lampiran/angka.json", b"[" * 100_000, {"L02", "L06"}),
        ("lampiran/angka.json", b'[{"id": "a", "cetak": "1", "nilai": 1e999999}]', {"L02"}),
        ("lampiran/manifest.json", b"\xff\xfe", {"L06"}),
        ("lampiran/manifest.json", b'{"edisi": "../../x"}', {"L06"}),
        ("lampiran/cetakan.json", b"null", {"L02", "L06"}),
        ("lampiran/cetakan.json", b"{}", {"L02", "L06"}),
        ("lampiran/target.csv", b"", {"L02"}),
        ("lampiran/../../jahat.txt", b"x", {"L04"}),
        ("/etc/passwd", b"x", {"L04"}),
        ("lampiran/params/2021-S2.yml", b"a: &a [1]\nb: *a\n", {"L02", "P04"}),
        ("lampiran/params/2021-S2.yml", b"{[}", {"L02", "P04"}),
        ("lampiran/params/2021-S2.yml", b"edisi: 2021-S2\n", {"L02", "A02"}),
        ("lampiran/params/2021-S2.yml", b"[" * 5000, {"L02", "P04"}),
    ],
)
def test_damaged_and_hostile_attachments(name: str, content: bytes, wanted: set[str], folder: Path, root: Path) -> None:
    before = set(root.parent.rglob("*"))
    made = verify(attach(folder / "laporan.pdf", name, content), root)
    assert made.exit_code == 4
    assert wanted <= bad(made), told(made)
    assert told(made, "en")
    assert set(root.parent.rglob("*")) == before


@pytest.mark.parametrize("name", ["manifest.json", "angka.json", "params/2021-S2.yml", "cetakan.json"])
def test_a_missing_attachment(name: str, folder: Path, root: Path) -> None:
    pdf = edited(folder / "laporan.pdf", lambda document: document.attachments.__delitem__(f"lampiran/{name}"))
    made = verify(pdf, root)
    assert made.exit_code == 4
    assert bad(made) & {"B04", "L03"}


# Edited by hand -----------------------------------------------------------------------------------------------


def test_an_edited_figure_is_named(folder: Path, root: Path) -> None:
    def change(rows: list) -> None:
        row = next(row for row in rows if row["id"] == "ringkasan.administratif.baik.jumlah")
        row |= {"nilai": 15, "cetak": "15"}

    made = verify(rewrite(folder / "laporan.pdf", "lampiran/angka.json", change), root)  # type: ignore[arg-type]
    assert [figure.id for figure in made.figures if figure.status != "sama"] == ["ringkasan.administratif.baik.jumlah"]
    assert {"L02", "A04", "T03"} <= bad(made)


@pytest.mark.parametrize(
    ("group", "key", "value", "wanted"),
    [
        ("masukan", "inputs/rencana-aksi.xlsx", "0" * 64, {"S02", "M02"}),
        ("masukan", "../../etc/passwd", "0" * 64, {"S02", "M04", "M05"}),
        ("masukan", "/etc/passwd", "0" * 64, {"S02", "M04"}),
        ("masukan", "inputs/lain.xlsx", "0" * 64, {"S02", "M03", "M05"}),
        ("params", "params/2021-S2.yml", "0" * 64, {"S02", "L02"}),
        ("keluaran", "data/angka.json", "0" * 64, {"L02"}),
        ("keluaran", "data/lain.csv", "0" * 64, {"L03"}),
        ("kode", "lib/monev/lain.py", "0" * 64, {"S02"}),
        ("masukan", "inputs/rencana-aksi.xlsx", 5, {"L06"}),
    ],
)
def test_an_edited_manifest(group: str, key: str, value: object, wanted: set[str], folder: Path, root: Path) -> None:
    def change(manifest: dict) -> None:
        manifest[group][key] = value

    made = verify(rewrite(folder / "laporan.pdf", "lampiran/manifest.json", change), root)  # type: ignore[arg-type]
    assert made.exit_code == 4
    assert wanted <= bad(made), told(made)


def test_a_manifest_with_another_fingerprint(folder: Path, root: Path) -> None:
    def change(manifest: dict) -> None:
        manifest["sidik"] = "0000-0000-0000-0000"

    made = verify(rewrite(folder / "laporan.pdf", "lampiran/manifest.json", change), root)  # type: ignore[arg-type]
    assert {"S02", "S03"} <= bad(made)


def test_a_number_planted_on_a_page_is_told(folder: Path, root: Path) -> None:
    def plant(document: pikepdf.Pdf) -> None:
        page = document.pages[4]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.add_resource(document.make_indirect(font), pikepdf.Name.Font, pikepdf.Name("/F99"))
        page.contents_add(b"q BT /F99 9 Tf 1 0 0 1 90 400 Tm (tambahan 14 komitmen) Tj ET Q")

    made = verify(edited(folder / "laporan.pdf", plant), root)
    assert made.exit_code == 4
    assert made.account is not None
    assert not made.account.complete
    assert "hlm. 5" in told(made)
    assert "'14'" in told(made)


# Output folders ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (lambda folder: (folder / "data" / "rekap.csv").write_text("x", "utf-8"), "K02"),
        (lambda folder: (folder / "laporan.html").write_text("x", "utf-8"), "K02"),
        (lambda folder: (folder / "data" / "rekap.csv").unlink(), "K03"),
        (lambda folder: (folder / "data" / "tambahan.csv").write_text("x", "utf-8"), "K04"),
        (lambda folder: (folder / "manifest.json").unlink(), "K05"),
        (lambda folder: (folder / "manifest.json").write_text("{}", "utf-8"), "K05"),
    ],
)
def test_changed_missing_and_extra_files(
    change: Callable[[Path], object], wanted: str, folder: Path, root: Path
) -> None:
    change(folder)
    made = verify(folder, root)
    assert made.exit_code == 4
    assert wanted in bad(made)


def test_a_folder_s_manifest_must_be_the_pdf_s(folder: Path, root: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["sidik"] = "lain"
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert "K06" in bad(verify(folder, root))


# Words -----------------------------------------------------------------------------------------------------------


def test_json_names_what_differs(report: Path, root: Path) -> None:
    put(root, SCORE, "12")
    out = io.StringIO()
    show_verification(verify(report / "laporan.pdf", root), "id", out, "json")
    value = json.loads(out.getvalue())
    assert value["kode_keluar"] == 4
    assert value["angka"]["jumlah"] == sum(n for status, n in value["angka"].items() if status != "jumlah")
    assert SCORE in {cell for figure in value["angka_tidak_sama"] for cell in figure["sel"]}
    assert value["cetakan"]["bagian"] == 1.0
    assert all(note["kode"].startswith("verify.") for note in value["pemeriksaan"])


def test_words_of_a_foreign_file_do_not_steer_the_terminal(folder: Path, root: Path) -> None:
    made = verify(attach(folder / "laporan.pdf", "lampiran/\x1b[31mmerah", b"x"), root)
    assert "L04" in bad(made)
    assert "\x1b" not in told(made)
