"""The record, the sums and the place of a release: what is changed is named, and a release is whole or not there."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from monev.build.publication import release
from monev.build.publication.halves import code_archive, files_in, seal
from monev.build.publication.ledger import latest, releases
from monev.build.publication.record import ARCHIVE, PUBLIC, RECORD, SUMS, Record, read_sums, sums
from monev.build.publication.release_check import changed_files, is_release, prove_release
from monev.io.manifest import digest
from monev.io.work_folder import named_faults, workspace
from monev.words.errors import RunError
from monev.words.steps import Progress

QUIET = Progress(lambda words: None, lambda count, total, name: None)
RECORDED = Record("uji", "1.0", "Siti", "2022-04-01T08:00:00+00:00", "aaaa-bbbb", "", "")
FILES = {
    f"{PUBLIC}/laporan.pdf": b"%PDF-1.7 isi",
    f"{PUBLIC}/data/angka.json": b"[1, 2]",
    f"{ARCHIVE}/inputs/a.xlsx": b"buku kerja",
    f"{ARCHIVE}/params/uji.yml": b"edisi: uji",
    f"{ARCHIVE}/kode.zip": b"kode",
}


def halves(folder: Path, number: str = "1.0") -> Path:
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    seal(folder, Record(**{**vars(RECORDED), "versi": number}))
    return folder


def made(root: Path, number: str = "1.0") -> Path:
    folder = root / "releases" / "uji" / number
    return halves(folder, number)


def rewrite(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


def test_sums_are_those_of_the_usual_tool(tmp_path: Path) -> None:
    folder = made(tmp_path) / PUBLIC
    if tool := shutil.which("sha256sum"):
        done = subprocess.run([tool, "-c", SUMS], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout.count(": OK") == 2
    assert read_sums((folder / SUMS).read_bytes()) == {
        "laporan.pdf": digest(b"%PDF-1.7 isi"),
        "data/angka.json": digest(b"[1, 2]"),
    }


def test_files_are_read_only(tmp_path: Path) -> None:
    folder = made(tmp_path)
    modes = {path.stat().st_mode & 0o777 for path in files_in(folder).values()}
    assert modes == {0o444}


def test_each_of_sixty_bytes_is_named(tmp_path: Path) -> None:
    folder = made(tmp_path)
    assert changed_files(folder) == []
    chance = random.Random(19)
    names = sorted(files_in(folder))
    for _ in range(60):
        name = chance.choice(names)
        path = folder / name
        content = path.read_bytes()
        at = chance.randrange(len(content))
        rewrite(path, content[:at] + bytes([content[at] ^ chance.randrange(1, 256)]) + content[at + 1 :])
        assert name in changed_files(folder), (name, at)
        rewrite(path, content)
    assert changed_files(folder) == []


def test_missing_added_and_linked_files_are_named(tmp_path: Path) -> None:
    folder = made(tmp_path)
    (folder / PUBLIC / "data" / "angka.json").unlink()
    (folder / ARCHIVE / "baru.txt").write_text("x")
    (folder / PUBLIC / "laporan.pdf").unlink()
    (folder / PUBLIC / "laporan.pdf").symlink_to(tmp_path / "lain.pdf")
    (tmp_path / "lain.pdf").write_bytes(FILES[f"{PUBLIC}/laporan.pdf"])
    found = {n.code: n.details["name"] for n in prove_release(folder, 1, QUIET).notes if n.weight == "beda"}
    assert found == {"V02": "publik/laporan.pdf", "V03": "publik/data/angka.json", "V04": "arsip/baru.txt"}


def test_a_record_written_by_hand_is_seen(tmp_path: Path) -> None:
    folder = made(tmp_path)
    path = folder / PUBLIC / RECORD
    rewrite(path, path.read_bytes().replace(b"Siti", b"Budi"))
    assert changed_files(folder) == [f"{PUBLIC}/{RECORD}"]
    other = Record(**{**vars(Record.of_bytes((folder / ARCHIVE / RECORD).read_bytes())), "oleh": "Budi"})
    rewrite(path, other.content())  # sealed anew, as whoever has this code can
    assert prove_release(folder, 1, QUIET).exit_code == 4


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"meterai": 1}'])
def test_no_record(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        Record.of_bytes(content)


def test_a_half_is_known_by_itself(tmp_path: Path) -> None:
    folder = made(tmp_path)
    assert is_release(folder)
    assert is_release(folder / PUBLIC)
    assert is_release(folder / ARCHIVE)
    assert not is_release(tmp_path)
    public = shutil.copytree(folder / PUBLIC, tmp_path / "salinan")
    found = prove_release(public, 1, QUIET)
    assert (found.proof, found.exit_code) == ("jumlah", 0)
    rewrite(public / "laporan.pdf", b"%PDF-1.7 isj")
    assert prove_release(public, 1, QUIET).exit_code == 4


def test_releases_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for number in ("1.10", "1.2", "1.0"):
        made(tmp_path, number)
    (tmp_path / "releases" / "uji" / "catatan").mkdir()
    assert [one.number for one in releases(tmp_path)] == ["1.0", "1.2", "1.10"]
    last = latest(tmp_path, "uji")
    assert last is not None
    assert last.number == "1.10"
    assert latest(tmp_path, "lain") is None


def test_code_is_archived_with_the_same_bytes() -> None:
    assert code_archive() == code_archive()


# Into its place -----------------------------------------------------------------------------------------------


def placed(root: Path, number: str) -> None:
    with workspace(root, "uji") as work, named_faults(root):
        halves(work.path / "baru", number)
        release.place(root, work, "baru", "uji", number)


def test_a_release_is_never_put_over_another(tmp_path: Path) -> None:
    placed(tmp_path, "1.0")
    before = {name: path.read_bytes() for name, path in files_in(tmp_path / "releases").items()}
    with pytest.raises(RunError, match="tidak pernah ditulis lagi"):
        placed(tmp_path, "1.0")
    assert before == {name: path.read_bytes() for name, path in files_in(tmp_path / "releases").items()}
    assert os.listdir(tmp_path / "outputs") == []


def test_nothing_is_written_outside_the_root(tmp_path: Path) -> None:
    root, other = tmp_path / "akar", tmp_path / "lain"
    root.mkdir()
    other.mkdir()
    (root / "releases").symlink_to(other)
    with pytest.raises(RunError):
        placed(root, "1.0")
    assert os.listdir(other) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="who may do everything is not kept out")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "releases").mkdir(mode=0o555)
    with pytest.raises(RunError, match="tidak ada yang berubah"):
        placed(tmp_path, "1.0")


@pytest.mark.parametrize("call", ["sync_tree", "move"])
def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(tmp_path / "releases"))

    if call == "move":
        monkeypatch.setattr("monev.io.guarded_folders.GuardedFolder.move", full)
    else:
        monkeypatch.setattr(release, "sync_tree", full)
    with pytest.raises(RunError):
        placed(tmp_path, "1.0")
    assert not (tmp_path / "releases").exists()
    assert os.listdir(tmp_path / "outputs") == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_fifty_moments_it_is_whole_or_not_there(tmp_path: Path) -> None:
    """A child puts releases into their place, one after the other, until it is killed."""
    chance = random.Random(50)
    began = time.monotonic()
    placed(tmp_path, "1.0")
    once = time.monotonic() - began
    number = 1
    for moment in range(50):
        child = os.fork()
        if not child:
            try:
                for at in range(number, 10_000):
                    placed(tmp_path, f"1.{at}")
            finally:
                os._exit(1)
        if moment % 5 == 0:  # however slow the machine is: some are killed behind a release, not before the first
            until = time.monotonic() + 60
            while len(releases(tmp_path)) <= number and time.monotonic() < until:
                time.sleep(0.001)
        time.sleep(chance.uniform(0, 1.5 * once))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found = releases(tmp_path)
        assert [one.number for one in found] == [f"1.{n}" for n in range(len(found))]
        for one in found[number:]:
            assert one.record is not None
            assert changed_files(one.folder) == []
            assert {path.name for path in one.folder.iterdir()} == {PUBLIC, ARCHIVE}
        number = len(found)
    assert number > 1
    placed(tmp_path, f"1.{number}")
    assert os.listdir(tmp_path / "outputs") == []


def test_sums_of_no_file_are_empty() -> None:
    assert sums({}) == b""
