"""A round as it is played: forms go out, come back in three formats and many versions, and become a report."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from monev.edition.collecting import Collected, collect
from monev.edition.forms import make_forms
from monev.edition.opened import open_edition
from monev.io.atomic_files import write_files
from monev.io.evidence_files import read_evidence, sealed_lists
from monev.io.inputs import read_inputs
from monev.io.source_cells import Sources
from monev.words.errors import InputError
from round import (
    EDITION,
    FOLDER,
    SENT,
    as_ods,
    by_libreoffice,
    filled,
    make_round,
    raw,
    reported,
    with_macros,
    without_marks,
)
from support import once

DAY = datetime(2022, 7, 1, 9, 0, 0)


class Round:
    """A root with its forms, and a clock that each collecting moves on."""

    def __init__(self, root: Path, actors: int = 0) -> None:
        self.root, self.now = root, DAY
        if actors:
            make_forms(make_round(root, actors), EDITION)
        self.forms = root / "outputs" / "formulir" / EDITION

    def put(self, name: str, content: bytes) -> None:
        """Put a file into the folder of what came back."""
        path = self.root / SENT / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)

    def collect(self) -> Collected:
        """Collect, a day later than the last time."""
        self.now += timedelta(days=1)
        return collect(self.root, EDITION, self.now)

    def send(self, actor: str, name: str, words: str = "Terbit", *changes: Any, **more: Any) -> None:
        """Fill an actor's form and put it into the folder."""
        self.put(name, filled(self.forms / f"{actor}.xlsx", reported(words, **more), *changes))

    def codes(self) -> Counter[str]:
        """Return how often each kind of finding is told, without the state of the round."""
        found = read_inputs(self.root, EDITION).findings
        return Counter(f.code for f in found if f.code not in ("D18", "D19"))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "putaran-empat", lambda folder: Round(folder, 4))


@pytest.fixture
def small(tmp_path: Path, prepared: Path) -> Round:
    return Round(shutil.copytree(prepared, tmp_path / "akar"))


def _form(folder: Path, actor: str) -> dict[str, list[object]]:
    book = load_workbook(folder / f"{actor}.xlsx")
    return {name: [[cell.value for cell in row] for row in book[name].iter_rows()] for name in book.sheetnames}  # type: ignore[misc]


def test_a_form_holds_its_actor_alone_and_no_score(small: Round) -> None:
    form = _form(small.forms, "LSM 2")
    heads, *rows = form["Laporan"]  # type: ignore[misc]
    assert heads == [
        "Komitmen", "UK", "Pelaksana", "Periode", "No", "Judul Komitmen", "Ukuran Keberhasilan", "Kriteria dan Sasaran",
        "Hasil Terdahulu", "Target", "Capaian", "Realisasi", "Ko-Kreasi", "Data Dukung", "Jenis Hambatan", "Hambatan",
        "Rencana",
    ]  # fmt: skip
    assert [row[:5] for row in rows] == [[2, 1, "LSM 2", "B06", 1], [2, 1, "LSM 2", "B06", 2]]
    assert rows[0][7] == "Sasaran: 2 dokumen.\nTenggat: 30 Juni 2022."
    told = [str(row[0]) for row in form["Petunjuk"] if str(row[0]).startswith("Formulir edisi")]  # type: ignore[index]
    assert [line.rsplit(" ", 1)[0] for line in told] == ["Formulir edisi uji, pelaksana LSM 2, versi"]
    book = load_workbook(small.forms / "LSM 2.xlsx")
    page = book["Laporan"]
    assert (page.protection.sheet, page.protection.insertRows, page["K2"].protection.locked) == (True, False, False)
    assert (page["A2"].protection.locked, page["J2"].protection.locked) == (True, True)
    assert page.column_dimensions["A"].width
    lists = {str(check.sqref): check.formula1 for check in page.data_validations.dataValidation if check.type == "list"}
    assert '"Anggaran,Regulasi,SDM,Koordinasi,Data,Lainnya"' in lists.values()
    assert book["Tanda"].sheet_state == "hidden"


def test_a_letter_goes_with_each_form(small: Round) -> None:
    from docx import Document

    text = "\n".join(p.text for p in Document(str(small.forms / "Kem 1.docx")).paragraphs)
    assert "Yth. Nama Lengkap Kem 1" in text
    assert "paling lambat 15 Juli 2022" in text
    assert "sekretariat@contoh.go.id" in text
    assert "{{" not in text


def test_forms_that_were_filled_in_their_folder_are_not_overwritten(small: Round) -> None:
    path = small.forms / "Kem 1.xlsx"
    path.write_bytes(filled(path, reported("Terbit")))
    before = path.read_bytes()
    with pytest.raises(Exception, match="diubah atau ditambahkan"):
        make_forms(small.root, EDITION)
    assert path.read_bytes() == before


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_libreoffice_may_have_saved_it(small: Round, tmp_path: Path, ending: str) -> None:
    source = tmp_path / "isi.xlsx"
    source.write_bytes(filled(small.forms / "Kem 1.xlsx", reported("Terbit  dua\nbaris", Realisasi=0.45)))
    (tmp_path / "lo").mkdir()
    [saved] = by_libreoffice(tmp_path / "lo", [source], ending)
    small.put(f"surel dari KEM.{ending}", saved.read_bytes())
    assert [(r.name, r.actor) for r in small.collect().receipts] == [(f"surel dari KEM.{ending}", "Kem 1")]
    first, second = read_inputs(small.root, EDITION).data.targets
    assert (first.achievement, first.realised and first.realised.shown) == ("Terbit  dua\nbaris 1", "45%")
    assert second.place.cell("achievement") == f"{SENT}/surel dari KEM.{ending}!Laporan!K3"


def test_the_last_received_counts_and_older_ones_are_named_with_what_changed(small: Round) -> None:
    small.send("Kem 1", "b.xlsx", "Lama")
    small.collect()
    small.send("Kem 1", "a.xlsx", "Baru")
    made = small.collect()
    [version] = made.versions
    assert (version.older, version.newer, version.cells) == ("b.xlsx", "a.xlsx", ("K2", "K3"))
    assert [t.achievement for t in read_inputs(small.root, EDITION).data.targets] == ["Baru 1", "Baru 2"]
    assert small.codes() == {}


def test_two_first_seen_together_wait_for_a_decision(small: Round) -> None:
    small.send("Kem 1", "KIP.xlsx", "Lama")
    small.send("Kem 1", "KIP final.xlsx", "Baru")
    small.collect()
    assert small.codes() == {"D02": 1}
    assert read_inputs(small.root, EDITION).data.targets == ()
    _decide(small, "KIP final.xlsx", "Ya")
    assert small.codes() == {}
    assert [t.achievement for t in read_inputs(small.root, EDITION).data.targets] == ["Baru 1", "Baru 2"]


def _decide(made: Round, name: str, used: str, **more: str) -> None:
    path = made.root / FOLDER / "penerimaan.xlsx"
    book = load_workbook(path)
    page = book["Penerimaan"]
    for row in page.iter_rows(min_row=2):
        if row[0].value == name:
            row[4].value = used
            for letter, value in more.items():
                page[f"{letter}{row[0].row}"].value = value
    book.save(path)


def _set(row: int, heading: str, value: object) -> Any:
    return lambda page, at: setattr(page.cell(row + 1, at[heading]), "value", value)


def _pasted(page: Any, at: dict[str, int]) -> None:
    for heading, value in {"Komitmen": 2, "UK": 1, "Pelaksana": "LSM 2", "Periode": "B06", "No": 1,
                           "Capaian": "Ditempel"}.items():  # fmt: skip
        page.cell(4, at[heading]).value = value


def _deleted(page: Any, at: dict[str, int]) -> None:
    page.delete_rows(2)


def _sorted(page: Any, at: dict[str, int]) -> None:
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2, max_row=3)]
    for number, values in enumerate(reversed(rows), start=2):
        for column, value in enumerate(values, start=1):
            page.cell(number, column).value = value


@pytest.mark.parametrize(
    ("change", "codes", "cell"),
    [
        (_set(1, "UK", 9), {"D09": 1}, "B2"),
        (_set(1, "Periode", "B12"), {"D08": 1}, "D2"),
        (_set(1, "Pelaksana", "Kem 3"), {"D07": 1}, "C2"),
        (_pasted, {"D07": 1}, "C4"),
        (_deleted, {"D10": 1}, ""),
        (_sorted, {}, ""),
        (_set(1, "Target", "Dokumen dibahas"), {"D12": 1}, "J2"),
        (_set(1, "Realisasi", "banyak"), {"C24": 1}, "L2"),
        (_set(1, "Realisasi", 0.45), {}, ""),
        (_set(1, "Jenis Hambatan", "Cuaca"), {"C03": 1}, "O2"),
        (_set(1, "Capaian", "=SUM(1)"), {"C05": 1}, "K2"),
        (_set(1, "Data Dukung", "laporan akhir.pdf; https:/salah"), {"B01": 1, "B05": 1}, "N2"),
    ],
)
def test_what_was_done_to_a_form_is_named_at_its_cell(
    small: Round, change: Any, codes: dict[str, int], cell: str
) -> None:
    small.send("Kem 1", "x.xlsx", "Terbit", change)
    small.collect()
    assert small.codes() == codes
    found = [f for f in read_inputs(small.root, EDITION).findings if f.code in codes and f.cell]
    assert {f.cell for f in found} <= ({cell} if cell else set())
    assert all(f.file == f"{SENT}/x.xlsx" for f in found)


def test_rows_may_be_added_and_are_read(small: Round) -> None:
    def added(page: Any, at: dict[str, int]) -> None:
        for heading, value in {"Komitmen": 1, "UK": 1, "Pelaksana": "Kem 1", "Periode": "B06", "No": 3,
                               "Capaian": "Tambahan"}.items():  # fmt: skip
            page.cell(4, at[heading]).value = value

    small.send("Kem 1", "x.xlsx", "Terbit", added)
    small.collect()
    assert small.codes() == {"D11": 1}
    assert [t.achievement for t in read_inputs(small.root, EDITION).data.targets] == [
        "Terbit 1",
        "Terbit 2",
        "Tambahan",
    ]


def test_the_same_key_from_two_actors_is_read_once(small: Round) -> None:
    small.send("Kem 1", "kem.xlsx", "Terbit", _pasted)
    small.send("LSM 2", "lsm.ods", "Sendiri")
    small.collect()
    assert small.codes() == {"D07": 1, "D20": 1}
    own = [t for t in read_inputs(small.root, EDITION).data.targets if t.actor == "LSM 2"]
    assert [t.achievement for t in own] == ["Sendiri 1", "Sendiri 2"]


def test_without_marks_the_rows_tell_whose_it_is(small: Round) -> None:
    small.put("Book1.xlsx", without_marks(filled(small.forms / "LSM 4.xlsx", reported("Terbit"))))
    made = small.collect()
    assert [r.actor for r in made.receipts] == ["LSM 4"]
    assert small.codes() == {"D06": 1}


def test_a_form_of_another_edition_is_not_read(small: Round, tmp_path: Path) -> None:
    other = filled(small.forms / "Kem 1.xlsx", reported("Lama"))
    book = load_workbook(io.BytesIO(other))
    book["Tanda"]["B1"].value = "2021-S2"
    book.save(small.root / SENT / "semester lalu.xlsx")
    small.collect()
    assert small.codes() == {"D04": 1}
    assert read_inputs(small.root, EDITION).data.targets == ()


def test_what_cannot_be_read_is_named_and_nothing_is_lost(small: Round) -> None:
    good = filled(small.forms / "Kem 1.xlsx", reported("Terbit"))
    ods = as_ods(good)
    small.put("makro.xlsm", with_macros(good))
    small.put("separuh.xlsx", good[: len(good) // 2])
    small.put("separuh.ods", ods[: len(ods) // 2])
    small.put("rusak.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    small.put("sandi.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"))
    small.put("kosong.xlsx", b"")
    small.put("surat.pdf", b"%PDF-1.4")
    small.put("~$kunci.xlsx", b"x")
    made = small.collect()
    assert made.others == ("surat.pdf",)
    assert len(made.receipts) == 6
    told = {f.file.rsplit("/", 1)[1]: f.code for each in made.new for f in each.problems}
    assert told == {
        "makro.xlsm": "F06", "separuh.xlsx": "F02", "separuh.ods": "F02", "rusak.xls": "F02", "sandi.xlsx": "F02",
        "kosong.xlsx": "F02",
    }  # fmt: skip
    assert small.codes() == {"D13": 6}  # whose they are has to be said, or that they do not count
    small.put("separuh.xlsx", good)  # the rest of it has come
    small.collect()
    assert small.codes() == {"D13": 5}
    assert [t.achievement for t in read_inputs(small.root, EDITION).data.targets] == ["Terbit 1", "Terbit 2"]


def test_a_file_keeps_its_place_under_another_name(small: Round) -> None:
    small.send("Kem 1", "a.xlsx")
    small.collect()
    (small.root / SENT / "a.xlsx").rename(small.root / SENT / "Kem 1 (dari surel).xlsx")
    assert small.codes() == {"D15": 1}
    made = small.collect()
    assert [(each.old, each.new) for each in made.renamed] == [("a.xlsx", "Kem 1 (dari surel).xlsx")]
    assert [r.moment for r in made.receipts] == [DAY + timedelta(days=1)]
    assert small.codes() == {}


def test_a_copy_is_told_and_not_registered(small: Round) -> None:
    small.send("Kem 1", "a.xlsx")
    small.collect()
    small.put("sub/salinan.xlsx", (small.root / SENT / "a.xlsx").read_bytes())
    made = small.collect()
    assert (made.copies, len(made.receipts)) == ((("sub/salinan.xlsx", "a.xlsx"),), 1)


def test_what_was_set_by_hand_stays_when_more_is_received(small: Round) -> None:
    small.send("Kem 1", "a.xlsx")
    small.collect()
    _decide(small, "a.xlsx", "Tidak", G="catatan saya")
    small.send("LSM 2", "b.xlsx")
    small.collect()
    page = load_workbook(small.root / FOLDER / "penerimaan.xlsx")["Penerimaan"]
    assert [[c.value for c in row][4:7] for row in page.iter_rows(min_row=2)] == [
        ["Tidak", None, "catatan saya"], [None, None, None],
    ]  # fmt: skip
    assert {t.actor for t in read_inputs(small.root, EDITION).data.targets} == {"LSM 2"}


def test_both_kinds_of_input_in_one_period_are_an_error(small: Round) -> None:
    (small.root / FOLDER / "capaian-kl.xlsx").write_bytes((small.forms / "Kem 1.xlsx").read_bytes())
    assert small.codes()["D01"] == 1
    with pytest.raises(InputError):
        small.collect()


def test_evidence_is_found_by_name_and_published_where_it_may_be(small: Round) -> None:
    folder = small.root / FOLDER / "bukti"
    (folder / "Kem 1").mkdir(parents=True)
    (folder / "LSM 2").mkdir()
    for name, content in {"Kem 1/laporan.pdf": b"%PDF satu", "LSM 2/laporan.pdf": b"%PDF satu", "foto.jpg": b"bukan",
                          "kosong.pdf": b"",
                          "bukti.yml": b"Kem 1/laporan.pdf: {publik: ya}\nhilang.pdf: {publik: ya}\n",
                          "alat.exe": b"MZ"}.items():  # fmt: skip
        (folder / name).write_bytes(content)
    small.send("Kem 1", "a.xlsx", Data_Dukung="laporan.pdf; foto.jpg; kosong.pdf; alat.exe; https://contoh.go.id/x.pdf")
    small.send("LSM 2", "b.xlsx", Data_Dukung="laporan.pdf dan notulen.docx")
    small.collect()
    found = read_inputs(small.root, EDITION)
    told = {(f.code, f.file.rsplit("/", 1)[1], f.cell) for f in found.findings if f.code.startswith("B")}
    assert told == {
        ("B04", "foto.jpg", ""), ("B02", "kosong.pdf", ""), ("B04", "alat.exe", ""), ("B07", "bukti.yml", "2"),
        ("B03", "laporan.pdf", ""), ("B01", "b.xlsx", "N2"), ("B01", "b.xlsx", "N3"),
    }  # fmt: skip
    public = {f.file for f in found.data.evidence_files if f.public}
    assert public == {f"{FOLDER}/bukti/Kem 1/laporan.pdf"}
    assert f"{FOLDER}/bukti/Kem 1/laporan.pdf" in found.files


def test_a_release_holds_evidence_by_its_hash_and_reads_the_same(small: Round) -> None:
    folder = small.root / FOLDER / "bukti"
    folder.mkdir(parents=True)
    files = {"laporan.pdf": b"%PDF satu", "=daftar.xlsx": b"PK isi", "kosong.pdf": b"", "foto.jpg": b"bukan",
             "salinan.pdf": b"%PDF satu", "bukti.yml": b"laporan.pdf: {publik: ya}\n"}  # fmt: skip
    for name, content in files.items():
        (folder / name).write_bytes(content)
    small.send("Kem 1", "a.xlsx", Data_Dukung="laporan.pdf; =daftar.xlsx; kosong.pdf; foto.jpg; salinan.pdf")
    small.collect()
    edition = read_inputs(small.root, EDITION).edition
    targets = read_inputs(small.root, EDITION).data.targets
    before = read_evidence(small.root, edition, targets)
    lists, withheld = sealed_lists(small.root, edition)
    assert withheld == {f"{FOLDER}/bukti/{name}" for name in files if name not in ("laporan.pdf", "bukti.yml")}
    told = json.loads(lists[f"{FOLDER}/bukti/bukti-disimpan.json"])
    assert told["=daftar.xlsx"] == {
        "sha256": hashlib.sha256(b"PK isi").hexdigest(), "ukuran": 6, "awal": b"PK isi".hex()
    }  # fmt: skip
    for file in withheld:
        (small.root / file).unlink()
    write_files(small.root, lists)
    after = read_evidence(small.root, edition, targets, released=True)
    assert (after.named, after.findings) == (before.named, before.findings)
    assert set(after.files) == {*before.files} - withheld | {f"{FOLDER}/bukti/bukti-disimpan.json"}
    (folder / "bukti-disimpan.json").write_text("{")
    with pytest.raises(InputError, match="daftar bukti"):
        read_evidence(small.root, edition, targets, released=True)


def test_what_may_be_published_is_said_without_a_default(small: Round) -> None:
    folder = small.root / FOLDER / "bukti"
    folder.mkdir(parents=True)
    (folder / "laporan.pdf").write_bytes(b"%PDF satu")
    (folder / "bukti.yml").write_text("laporan.pdf: {keterangan: dari Kem 1}\n", "utf-8")
    small.send("Kem 1", "a.xlsx", Data_Dukung="laporan.pdf")
    small.collect()
    found = read_inputs(small.root, EDITION)
    assert [f.code for f in found.findings if f.file.endswith("bukti.yml")] == ["P02"]
    assert not any(f.public for f in found.data.evidence_files)


def test_two_hundred_files_at_once(small: Round) -> None:
    content = filled(small.forms / "Kem 1.xlsx", reported("Terbit"))
    for n in range(200):
        small.put(f"{n:03}.xlsx", content + bytes(n + 1))  # each another file; all of them readable
    made = small.collect()
    assert len(made.receipts) == 200
    assert small.codes() == {"D02": 199}


# The whole round ------------------------------------------------------------------------------------------------


def _thirty(made: Round) -> Iterator[tuple[str, int, bytes]]:
    """Yield name, round and content of 41 versions from 30 actors: three formats, eleven sent twice."""
    for n in range(1, 31):
        actor = f"Kem {n}" if n % 2 else f"LSM {n}"
        twice = n <= 11
        for version in (1, 2) if twice else (1,):
            rows = (1,) if n == 12 else (1, 2)
            content = filled(made.forms / f"{actor}.xlsx", reported(f"Versi {version} {actor}", rows, Realisasi=n))
            if n % 3 == 2:
                content = as_ods(content)
            ending = "ods" if n % 3 == 2 else "xlsx"
            yield f"{actor} kirim {version}.{ending}", version, content


MISTAKES: dict[str, tuple[int, Any]] = {
    "B2": (13, _set(1, "UK", 99)),
    "D2": (14, _set(1, "Periode", "B12")),
    "C2": (15, _set(1, "Pelaksana", "Kem 1")),
    "L2": (16, _set(1, "Realisasi", "banyak")),
    "O2": (17, _set(1, "Jenis Hambatan", "Cuaca")),
    "K2": (18, _set(1, "Capaian", "=A1+1")),
    "N2": (19, _set(1, "Data Dukung", "hilang.pdf")),
    "J2": (21, _set(1, "Target", "Lain")),
    "A2": (22, _set(1, "Komitmen", "satu")),
    "E2": (24, _set(1, "No", 0)),
    "E3": (25, _set(2, "No", 1)),
    "": (27, _deleted),
}


def test_thirty_actors_three_formats_forty_one_versions_twelve_mistakes_and_a_late_file(tmp_path: Path) -> None:
    made = Round(tmp_path, 30)
    late_name, late = "", b""
    for name, version, content in _thirty(made):
        if version == 1 and not name.startswith("LSM 30"):
            made.put(name, content)
        if name.startswith("LSM 30"):
            late_name, late = name, content
    # one that Excel 97 has written, as LibreOffice writes it
    source = tmp_path / "Kem 1 kirim 1.xlsx"
    source.write_bytes((made.root / SENT / source.name).read_bytes())
    (tmp_path / "lo").mkdir()
    [old] = by_libreoffice(tmp_path / "lo", [source], "xls")
    (made.root / SENT / source.name).unlink()
    made.put("Kem 1 kirim 1.xls", old.read_bytes())
    for number, change in MISTAKES.values():
        actor = f"Kem {number}" if number % 2 else f"LSM {number}"
        for path in (made.root / SENT).glob(f"{actor} kirim*"):
            path.unlink()
        made.send(actor, f"{actor} kirim 1.xlsx", f"Versi 1 {actor}", change)
    first = made.collect()
    assert len(first.receipts) == 29
    for name, version, content in _thirty(made):
        if version == 2:
            made.put(name, content)
    second = made.collect()
    assert (len(second.receipts), len(second.versions)) == (40, 11)
    told = read_inputs(made.root, EDITION).findings
    for cell, (number, _) in MISTAKES.items():  # all in one pass, each at its cell
        actor = f"Kem {number}" if number % 2 else f"LSM {number}"
        assert [f.code for f in told if f.file.endswith(f"/{actor} kirim 1.xlsx") and f.cell == cell], cell
    with pytest.raises(InputError):
        open_edition(made.root, EDITION)
    # the twelve are sent again, right this time
    for number, _ in MISTAKES.values():
        actor = f"Kem {number}" if number % 2 else f"LSM {number}"
        made.send(actor, f"{actor} perbaikan.xlsx", f"Perbaikan {actor}")
    made.collect()
    before = open_edition(made.root, EDITION)
    assert not [f for f in before.findings if f.weight == "error"]
    _ends_at_the_right_version(made, before)
    made.put(late_name, late)
    made.collect()
    after = open_edition(made.root, EDITION)
    changed = {f.id for f in after.register if f != before.register.get(f.id)}
    gone = {f.id for f in before.register if f.id not in after.register}
    assert gone == set()
    waiting = [opened.register["keadaan.belum-dilaporkan"].value for opened in (before, after)]
    assert waiting == [3, 1]  # LSM 12 has left out one of its targets
    own = ("target.", "kelengkapan.oms.", "kelengkapan.semua.", "kelengkapan.pelaksana.lsm-30.", "keadaan.",
           "komitmen.02.", "rapor.")  # fmt: skip
    assert changed
    assert {id_ for id_ in changed if not id_.startswith(own)} == set()
    assert after.register["kelengkapan.oms.pelaksana.aktif"].value == 15
    assert before.register["kelengkapan.oms.pelaksana.aktif"].value == 14
    others = [f for f in before.register if f.id.startswith(("target.01", "target.02")) and "lsm-30" not in f.id]
    assert len(others) == 57
    assert all(after.register[f.id] == f for f in others)


def _ends_at_the_right_version(made: Round, opened: Any) -> None:
    """Every achievement's cell holds the words of the version that counts, in whatever format it came."""
    sources = Sources(made.root)
    for target in opened.results.targets:
        number = int(target.actor.split()[1])
        wrong = {n for n, _ in MISTAKES.values()}
        words = "Perbaikan" if number in wrong else "Versi 2" if number <= 11 else "Versi 1"
        if target.achievement:
            cell = sources.look(target.place.cell("achievement"))
            assert cell.shown() == target.achievement == f"{words} {target.actor} {target.no}"
            assert dict(cell.key)["Pelaksana"] == target.actor
    for figure in opened.register:
        for source in (source for source in figure.sources if source.startswith("inputs/")):
            assert sources.look(source).found, (figure.id, source)


def test_the_two_ways_to_write_a_form_read_the_same(small: Round) -> None:
    content = filled(small.forms / "Kem 1.xlsx", reported("Terbit", Realisasi=0.45))
    both = raw(content), raw(as_ods(content))
    shown = [
        [[(c.value, c.number_format.endswith("%")) for c in row] for row in b.sheets["Laporan"].rows] for b in both
    ]
    assert shown[0] == shown[1]
