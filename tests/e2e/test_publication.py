"""A made plan of three commitments from its draft to a corrected release, by the commands that a user types."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml
from PIL import Image

from certificates import PASSPHRASE, Authority
from monev.build.publication.archive_check import earlier_notes
from monev.build.publication.halves import files_in, seal
from monev.build.publication.ledger import releases
from monev.build.publication.record import Record
from monev.build.publication.release_check import changed_files, prove_release
from monev.io.atomic_files import json_bytes
from monev.io.folders import REPOSITORY
from monev.words.steps import Progress
from plans import EDITION, MadePlan, make_plan
from support import change, column, monev, once, put
from word_files import Edit, Note, reviewed

pytestmark = pytest.mark.slow
QUIET = Progress(lambda words: None, lambda count, total, name: None)
BOOK = "inputs/B12/capaian-kl.xlsx"
IMPRINT = {
    "nomor": "B-12/SEKNAS/2022",
    "tanggal": "2022-04-01",
    "kota": "Jakarta",
    "kata_pengantar": "inputs/kata-pengantar.md",
    "penandatangan": {"nama": "Siti Contoh", "jabatan": "Kepala Sekretariat", "gambar": "inputs/ttd.png"},
    "kontak": "seknas@contoh.go.id",
    "isbn": "978-3-16-148410-0",
    "lisensi": "CC BY 4.0",
}


def planned(root: Path) -> Path:
    make_plan(root, MadePlan())
    imprint(root)
    (root / "inputs" / "kata-pengantar.md").write_text("Hasil tahun 2021.\n\n- Satu <b>hal</b>\n- Dua\n", "utf-8")
    Image.new("RGB", (400, 160), "white").save(root / "inputs" / "ttd.png")
    return root


def done(root: Path, *arguments: str) -> str:
    ended = monev(root, *arguments)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def returned(root: Path) -> list[Path]:
    """Three Word files that came back, with 40 comments and 12 tracked changes in all."""
    draft = (root / "outputs" / EDITION / "laporan.docx").read_bytes()
    places = ("Capaian 1 1", "Capaian 2 1", "Capaian 3 1", "Sidik Edisi")
    edits = ("Target 1 1", "Target 2 1", "Target 3 1", "Ko-kreasi 2 1")
    files = []
    for name, count in (("budi", 14), ("citra", 14), ("dewi", 12)):
        notes = [Note(places[n % 4], name.title(), f"Tanggapan {n} dari {name}") for n in range(count)]
        changes = [Edit(words, name.title(), f"{words} ({name})") for words in edits]
        files.append(root / f"{name}.docx")
        files[-1].write_bytes(reviewed(draft, notes, changes))
    return files


def answered(root: Path) -> None:
    file = f"inputs/{EDITION}/tanggapan.xlsx"
    answers = column(root, file, "Tanggapan", "Jawaban")

    def answer(book: Any) -> None:
        for row in range(2, 54):
            book["Tanggapan"][f"{answers}{row}"] = f"Diterima, butir {row}."

    change(root, file, answer)


def imprint(root: Path, **more: object) -> None:
    params = root / "params" / f"{EDITION}.yml"
    said = yaml.safe_load(params.read_text("utf-8"))
    params.write_text(yaml.safe_dump(said | {"terbitan": IMPRINT | more}, allow_unicode=True), "utf-8")


def signed_release(root: Path, *arguments: str) -> None:
    command = [sys.executable, "-P", "-m", "monev", "--root", str(root), "release", EDITION, "--by", "Siti Contoh"]
    key = ["--p12", str(root / "kunci.p12"), "--passphrase-fd", "0"]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(root), "PYTHONPATH": str(REPOSITORY / "lib")}
    ended = subprocess.run(
        [*command, *key, *arguments], env=environment, input=PASSPHRASE, capture_output=True, check=False
    )
    assert ended.returncode == 0, ended.stderr.decode()


def corrected(root: Path) -> None:
    put(root, f"{BOOK}!Capaian!{column(root, BOOK, 'Capaian', 'Nilai')}2", 40)
    put(root, f"{BOOK}!Capaian!{column(root, BOOK, 'Capaian', 'Capaian')}3", "Capaian yang diperbaiki 7 kali")


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with a draft, comments with their answers, and release 1.0, signed. Copy it before changing anything."""

    def make(root: Path) -> None:
        authority = Authority.made()
        authority.pem(root / "akar.pem")
        authority.issue(root / "kunci.p12", "Siti Contoh")
        planned(root)
        done(root, "build", EDITION, "--engine", "embedded", "--format", "docx")
        told = done(root, "comments", EDITION, *map(str, returned(root)))
        assert told.startswith("52 tanggapan dibaca, 52 baru")
        assert "tanggapan.xlsx (0 kesalahan, 52 peringatan)" in monev(root, "check", EDITION).stdout
        told = monev(root, "release", EDITION, "--number", "1.0", "--by", "Siti Contoh").stderr
        assert "52 tanggapan belum dijawab" in told
        answered(root)
        imprint(root, tanggapan="lampirkan")
        done(root, "build", EDITION, "--engine", "embedded")
        signed_release(root, "--number", "1.0", "--sheet")

    return once(tmp_path_factory, "terbit", make)


@pytest.fixture(scope="session")
def revised(tmp_path_factory: pytest.TempPathFactory, released: Path) -> Path:
    """The same root with a corrected score and release 1.1."""

    def make(root: Path) -> None:
        shutil.copytree(released, root, dirs_exist_ok=True)
        corrected(root)
        told = done(root, "build", EDITION, "--engine", "embedded")
        assert "sudah terbit sebagai 1.0; hasil ini draf versi berikutnya" in told
        signed_release(root, "--number", "1.1", "--reason", "Nilai Komitmen 1 keliru")

    return once(tmp_path_factory, "terbit-lagi", make)


def pages(pdf: Path) -> tuple[str, list[str]]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    title = document.get_metadata_value("Title")
    document.close()
    return title, texts


def test_a_draft_says_so_on_every_page_and_a_release_nowhere(released: Path) -> None:
    draft, release = released / "outputs" / EDITION, released / "releases" / EDITION / "1.0" / "publik"
    sidik = json.loads((draft / "manifest.json").read_text())["sidik"]
    title, texts = pages(draft / "laporan.pdf")
    assert title.endswith(f"(DRAF {sidik})")
    assert all(f"DRAF {sidik}" in " ".join(text.split()) for text in texts)
    html = (draft / "laporan.html").read_text("utf-8")
    assert f'<p class="keadaan">DRAF {sidik}</p>' in html
    assert f"(DRAF {sidik})</title>" in html
    title, texts = pages(release / "laporan.pdf")
    assert "DRAF" not in title + "".join(texts)
    assert "DRAF" not in (release / "laporan.html").read_text("utf-8")
    assert "Versi 1.0" in texts[0]


def test_front_matter_is_printed(released: Path) -> None:
    release = released / "releases" / EDITION / "1.0" / "publik"
    _, texts = pages(release / "laporan.pdf")
    html = (release / "laporan.html").read_text("utf-8")
    for words in ("B-12/SEKNAS/2022", "Jakarta, 1 April 2022", "978-3-16-148410-0"):
        assert words in " ".join(texts[0].split())
        assert words in html
    foreword = next(text for text in texts[2:] if text.startswith("Kata Pengantar"))
    assert "Satu <b>hal</b>" in foreword  # a text, not markup
    assert "Kepala Sekretariat" in foreword
    assert '<meta name="dcterms.license" content="CC BY 4.0">' in html
    assert 'alt="Tanda tangan Siti Contoh"' in html
    document = pypdfium2.PdfDocument(release / "laporan.pdf")
    assert document.get_metadata_value("CreationDate").startswith("D:20220401")
    document.close()


def test_a_release_is_proved_by_itself(released: Path, tmp_path: Path) -> None:
    """Copied to a place where there is nothing else."""
    copy = shutil.copytree(released / "releases" / EDITION / "1.0", tmp_path / "bawa" / "1.0")
    empty = tmp_path / "kosong"
    empty.mkdir()
    roots = ["--roots", str(released / "akar.pem")]
    told = json.loads(done(empty, "verify", str(copy), *roots, "--format", "json"))
    assert (told["bukti"], told["hasil"]) == ("identik", "identik")
    assert told["angka"]["sama"] > 300
    codes = {note["kode"].removeprefix("verify.") for note in told["pemeriksaan"]}
    assert {"V01", "V09", "A01", "T01", "R01", "G01", "G05"} <= codes
    assert "R11" not in codes


def test_responses_are_an_annex(released: Path) -> None:
    _, texts = pages(released / "releases" / EDITION / "1.0" / "publik" / "laporan.pdf")
    words = " ".join(" ".join(texts).split())
    assert "Tanggapan atas Draf" in words
    assert "Tanggapan 3 dari budi" in words
    assert "Diterima, butir 53." in words


def named(folder: Path) -> set[str]:
    """What `verify` names as changed, missing or added in a release."""
    notes = prove_release(folder, 1, QUIET).notes
    return {str(note.details["name"]) for note in notes if note.weight == "beda"}


@pytest.mark.parametrize("seed", [60, 61])
def test_each_of_sixty_changed_bytes_is_named(released: Path, tmp_path: Path, seed: int, thorough: bool) -> None:
    folder = shutil.copytree(released / "releases" / EDITION / "1.0", tmp_path / "1.0")
    chance = random.Random(seed)
    # By their size: a byte at a random place of the whole release. Then by name: small files are hit too.
    names = sorted(files_in(folder))
    sizes = [(folder / name).stat().st_size for name in names]
    picked = [*chance.choices(names, sizes, k=30), *chance.choices(names, k=30)]
    for name in picked if thorough else picked[::4]:
        content = (folder / name).read_bytes()
        at = chance.randrange(len(content))
        rewrite(folder / name, content[:at] + bytes([content[at] ^ chance.randrange(1, 256)]) + content[at + 1 :])
        assert name in named(folder), (name, at)
        rewrite(folder / name, content)


def test_missing_renamed_added_and_linked_files_are_named(released: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(released / "releases" / EDITION / "1.0", tmp_path / "1.0")
    (folder / "arsip" / "inputs" / "rencana-aksi.xlsx").unlink()
    (folder / "publik" / "data" / "rekap.csv").rename(folder / "publik" / "data" / "rekap-lama.csv")
    (folder / "publik" / "kosong").mkdir()
    (folder / "publik" / "jalan").symlink_to(tmp_path)
    html = folder / "publik" / "laporan.html"
    (tmp_path / "lain.html").write_bytes(html.read_bytes())
    html.unlink()
    html.symlink_to(tmp_path / "lain.html")
    (folder / "catatan.txt").write_text("x", "utf-8")
    (folder / "arsip" / "kode.zip").chmod(0o644)
    told = monev(tmp_path, "verify", str(folder))
    assert told.returncode == 4
    assert named(folder) == {
        "arsip/inputs/rencana-aksi.xlsx", "publik/data/rekap.csv", "publik/data/rekap-lama.csv", "publik/kosong/",
        "publik/jalan", "publik/laporan.html", "catatan.txt",
    }  # fmt: skip
    assert "arsip/inputs/rencana-aksi.xlsx tidak ada" in told.stdout
    assert "1 berkas dapat ditulis" in told.stdout


def rewrite(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


def resealed(folder: Path, **said: object) -> None:
    """Make all sums of a release anew, as whoever has the code can, with other words in its record."""
    made = Record.of_bytes((folder / "arsip" / "rilis.json").read_bytes())
    for half in ("publik", "arsip"):
        for name in ("rilis.json", "SHA256SUMS"):
            (folder / half / name).unlink()
    seal(folder, Record(**{**vars(made), **said}))


def _other_record(**said: object) -> Callable[[Path], None]:
    return lambda folder: resealed(folder, **said)


def _other_table(folder: Path) -> None:
    path = folder / "publik" / "data" / "target.csv"
    rewrite(path, path.read_bytes().replace(b",100,", b",99,", 1))
    resealed(folder)


def _other_input(folder: Path) -> None:
    put(folder / "arsip", f"{BOOK}!Capaian!{column(folder / 'arsip', BOOK, 'Capaian', 'Nilai')}2", 41)
    resealed(folder)


def _added(folder: Path) -> None:
    (folder / "arsip" / "inputs" / "surat.txt").write_text("x", "utf-8")
    resealed(folder)


def _other_code(folder: Path) -> None:
    _with_code(folder, "lib/monev/__init__.py", b"\n# lain\n")
    resealed(folder)


def _with_code(folder: Path, name: str, more: bytes) -> bytes:
    """Add to a file of the release's own code; return the whole file."""
    path = folder / "arsip" / "kode.zip"
    with zipfile.ZipFile(path) as code:
        files = {one: code.read(one) for one in code.namelist()}
    files[name] += more
    path.chmod(0o644)
    with zipfile.ZipFile(path, "w") as code:
        for one, content in files.items():
            code.writestr(one, content)
    return files[name]


def _other_sheet(folder: Path) -> None:
    path = folder / "arsip" / "lembar-persetujuan.pdf"
    rewrite(path, path.read_bytes().replace(b"/Lang", b"/Lamg", 1))
    resealed(folder)


FORGERIES: tuple[tuple[Callable[[Path], None], str], ...] = (
    (_other_table, "publik/data/target.csv"),
    (_other_record(oleh="Budi"), "rilis.json"),
    (_other_record(sidik="aaaa-bbbb"), "rilis.json"),
    (_other_record(terbuka=3), "rilis.json"),
    (_other_record(ditandatangani=False), "rilis.json"),
    (_other_input, f"arsip/{BOOK}"),
    (_other_record(sebelum="0.9", alasan="Uji"), "rilis.json"),
    (_added, "arsip/inputs/surat.txt"),
    (_other_code, "arsip/kode.zip"),
    (_other_sheet, "arsip/lembar-persetujuan.pdf"),
)


def test_what_was_changed_with_all_its_sums_is_seen(released: Path, tmp_path: Path, thorough: bool) -> None:
    for number, (forge, name) in enumerate(FORGERIES if thorough else FORGERIES[::5]):
        folder = shutil.copytree(released / "releases" / EDITION / "1.0", tmp_path / str(number) / "1.0")
        forge(folder)
        assert changed_files(folder) == [], name  # by the sums alone nothing is to be seen
        found = prove_release(folder, 1, QUIET)
        assert found.exit_code == 4, name
        assert name in {str(note.details.get("name")) for note in found.notes if note.weight == "beda"}


TRACE = "\nimport pathlib; pathlib.Path({!r}).write_text('jalan')\n"


@pytest.mark.parametrize("listed", [True, False])
def test_code_of_a_release_runs_only_when_it_is_trusted(released: Path, tmp_path: Path, listed: bool) -> None:
    """A release by other code leaves a trace when that runs; code that its manifest does not list never runs."""
    folder, trace = shutil.copytree(released / "releases" / EDITION / "1.0", tmp_path / "1.0"), tmp_path / "jejak"
    code = _with_code(folder, "lib/monev/__init__.py", TRACE.format(str(trace)).encode())
    manifest = json.loads((folder / "arsip" / "manifest.json").read_text("utf-8"))
    manifest["kode"]["lib/monev/__init__.py"] = hashlib.sha256(code).hexdigest() if listed else 64 * "0"
    for half in ("publik", "arsip"):
        rewrite(folder / half / "manifest.json", json_bytes(manifest))
    resealed(folder)
    told = monev(tmp_path, "verify", str(folder))
    assert told.returncode == 4
    assert "--trust menjalankan kode yang ada di dalamnya" in told.stdout
    assert not trace.exists()
    told = monev(tmp_path, "verify", str(folder), "--trust")
    assert told.returncode == 4  # the report was made by another code than it says now
    assert trace.exists() == listed


def test_a_release_of_other_code_is_proved_by_its_own_when_trusted(released: Path, tmp_path: Path) -> None:
    later = tmp_path / "monev-lain"
    for name in ("lib", "notebooks", "quarto"):
        shutil.copytree(REPOSITORY / name, later / name, ignore=shutil.ignore_patterns("__pycache__"))
    (later / "lib" / "monev" / "words" / "later.py").write_text('"""Of a later version."""\n', "utf-8")
    folder = released / "releases" / EDITION / "1.0"
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(later / "lib")}
    command = [sys.executable, "-P", "-m", "monev", "--root", str(tmp_path), "verify", str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert "TIDAK TERBUKTI" in done.stdout
    done = subprocess.run([*command, "--trust"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "karena diizinkan (--trust)" in done.stdout
    assert "IDENTIK" in done.stdout


def test_a_number_is_given_once(released: Path, tmp_path: Path) -> None:
    root = shutil.copytree(released, tmp_path / "akar")
    before = {name: path.read_bytes() for name, path in files_in(root / "releases").items()}
    for number, why in (("1.0", "sudah terbit"), ("0.9", "tulis seperti 1.0"), ("x", "tulis seperti 1.0")):
        told = monev(root, "release", EDITION, "--number", number, "--by", "Budi")
        assert told.returncode == 1
        assert why in told.stderr
    told = monev(root, "release", EDITION, "--number", "1.1", "--by", "Budi")
    assert "--reason" in told.stderr
    assert before == {name: path.read_bytes() for name, path in files_in(root / "releases").items()}


def test_what_waits_keeps_a_release_back(released: Path, tmp_path: Path) -> None:
    root = shutil.copytree(released, tmp_path / "akar")
    put(root, f"{BOOK}!Capaian!{column(root, BOOK, 'Capaian', 'Nilai')}2", None)
    told = monev(root, "release", EDITION, "--number", "1.1", "--by", "Budi", "--reason", "Uji")
    assert told.returncode == 1
    assert "belum dinilai" in told.stderr
    assert [one.number for one in releases(root)] == ["1.0"]


def test_what_was_not_seen_is_not_released(released: Path, tmp_path: Path) -> None:
    root = shutil.copytree(released, tmp_path / "akar")
    corrected(root)
    told = monev(root, "check", EDITION)
    assert told.returncode == 0
    assert "terbit 1.0 (uji) memakai isi lain" in told.stdout
    told = monev(root, "release", EDITION, "--number", "1.1", "--by", "Budi", "--reason", "Uji")
    assert told.returncode == 1
    assert "hasil terakhir tidak dapat terbit" in told.stderr


def test_a_revision_prints_what_changed(revised: Path) -> None:
    release = revised / "releases" / EDITION / "1.1" / "publik"
    _, texts = pages(release / "laporan.pdf")
    page = next(text for text in texts[3:] if text.startswith("Riwayat Revisi"))
    words = " ".join(page.split())
    assert "Alasan: Nilai Komitmen 1 keliru" in words
    assert re.search(r"nilai \(UK 1, Kem 1, B12, nomor 1\) 100% 40%", words)
    assert "Capaian yang diperbaiki 7 kali" in words
    html = (release / "laporan.html").read_text("utf-8")
    assert "Riwayat Revisi" in html
    marked = re.findall(r'data-key="([^"]+)"[^>]*>[^<]*</a><sup>r</sup>', html)
    assert {"komitmen.01.skor", "target.01-1-kem-1-b12-1"} <= {*marked}
    assert "komitmen.02.skor" not in marked


def test_both_releases_stand_on_a_bare_machine(revised: Path, tmp_path: Path) -> None:
    """With nothing but the folder and the package, which is taken out of the release."""
    told = done(revised, "releases")
    assert re.search(r"uji 1\.0 .*digantikan 1\.1", told)
    assert re.search(r"uji 1\.1 .*berlaku, ditandatangani", told)
    bare, package = tmp_path / "kosong", tmp_path / "paket"
    shutil.copytree(revised / "releases", bare / "releases")
    with zipfile.ZipFile(bare / "releases" / EDITION / "1.1" / "arsip" / "kode.zip") as code:
        code.extractall(package)
    roots = shutil.copy(revised / "akar.pem", tmp_path / "akar.pem")
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path / "rumah"), "PYTHONPATH": str(package / "lib")}
    command = [sys.executable, "-P", "-m", "monev", "--root", str(bare), "verify"]
    for number, notes in (("1.0", {"G01", "G05", "R01"}), ("1.1", {"G01", "G05", "R01", "V15"})):
        more = [f"releases/{EDITION}/{number}", "--roots", str(roots), "--format", "json"]
        ended = subprocess.run(
            [*command, *more], env=environment, cwd=bare, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        said = json.loads(ended.stdout)
        assert said["bukti"] == "identik"
        assert notes <= {note["kode"].removeprefix("verify.") for note in said["pemeriksaan"]}
        assert str(REPOSITORY) not in ended.stdout + ended.stderr


def earlier(folder: Path) -> list[tuple[str, object]]:
    notes = earlier_notes(Record.of_bytes((folder / "arsip" / "rilis.json").read_bytes()), folder / "arsip")
    return [(note.code, note.details.get("why", note.details.get("count"))) for note in notes]


def test_a_revision_is_held_against_the_release_before(revised: Path, tmp_path: Path) -> None:
    beside = shutil.copytree(revised / "releases" / EDITION, tmp_path / EDITION)
    assert earlier(beside / "1.1") == [("V15", 26)]
    alone = shutil.copytree(beside / "1.1", tmp_path / "sendiri" / "1.1")
    assert [code for code, _ in earlier(alone)] == ["V13"]
    figures = beside / "1.0" / "publik" / "data" / "angka.json"
    said = json.loads(figures.read_text("utf-8"))
    first = next(row for row in said if row["id"] == "target.01-1-kem-1-b12-1")
    assert first["cetak"] == "100%"
    rewrite(figures, json_bytes([row | ({"cetak": "90%"} if row is first else {}) for row in said]))
    assert earlier(beside / "1.1") == [("V14", "1.0/publik")]
    resealed(beside / "1.0")
    assert earlier(beside / "1.1") == [("V14", "nilai (UK 1, Kem 1, B12, nomor 1): 90% menjadi 40%")]


def test_the_next_edition_follows_what_was_released(revised: Path, tmp_path: Path) -> None:
    root = shutil.copytree(revised, tmp_path / "akar")
    put(root, f"{BOOK}!Capaian!{column(root, BOOK, 'Capaian', 'Capaian')}3", "Diubah sesudah terbit")
    told = done(root, "new", "2022-S3", "--from", EDITION, "--code", "B18", "--label", "Semester III", "--year", "2022")
    assert "menurut isi yang terbit sebagai uji 1.1" in told
    params = yaml.safe_load((root / "params" / "2022-S3.yml").read_text("utf-8"))
    assert params["terbitan"] == {}


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_release_that_is_killed_leaves_nothing(released: Path, tmp_path: Path, thorough: bool) -> None:
    root = shutil.copytree(released, tmp_path / "akar")
    before = {name: path.read_bytes() for name, path in files_in(root / "releases").items()}
    command = [sys.executable, "-P", "-m", "monev", "--root", str(root), "release", EDITION, "--number", "1.1"]
    command += ["--by", "Budi", "--reason", "Uji"]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(root), "PYTHONPATH": str(REPOSITORY / "lib")}
    chance = random.Random(50)
    for seconds in [chance.uniform(0.2, 25) for _ in range(50)] if thorough else (1, 3, 6):
        shutil.rmtree(root / "releases" / EDITION / "1.1", ignore_errors=True)
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        whole = [one for one in releases(root) if one.number == "1.1"]
        assert all(changed_files(one.folder) == [] for one in whole)
        assert before.items() <= {name: path.read_bytes() for name, path in files_in(root / "releases").items()}.items()
    shutil.rmtree(root / "releases" / EDITION / "1.1", ignore_errors=True)
    done(root, *command[6:])
    assert {*os.listdir(root / "outputs")} <= {EDITION, "periksa"}


@pytest.mark.skipif(os.name != "posix", reason="limits of files")
def test_a_release_without_room_leaves_nothing(released: Path, tmp_path: Path) -> None:
    """No file may grow to what the report needs, as on a disk that is full: it cannot be proved, so it is not released.

    What happens where room lacks later is tried in `tests/unit/build/publication/test_sealed_halves.py`.
    """
    root = shutil.copytree(released, tmp_path / "akar")
    before = {name: path.read_bytes() for name, path in files_in(root / "releases").items()}
    command = [sys.executable, "-P", "-m", "monev", "--root", str(root), "release", EDITION, "--number", "1.1"]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(root), "PYTHONPATH": str(REPOSITORY / "lib")}
    largest = max(path.stat().st_size for path in files_in(root / "outputs" / EDITION).values())
    limit = ["prlimit", f"--fsize={largest // 2}"]
    if not shutil.which("prlimit"):
        pytest.skip("prlimit (util-linux) is not there")
    ended = subprocess.run(
        [*limit, *command, "--by", "Budi", "--reason", "Uji"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "disk penuh" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert before == {name: path.read_bytes() for name, path in files_in(root / "releases").items()}
    assert {*os.listdir(root / "outputs")} <= {EDITION, "periksa"}
