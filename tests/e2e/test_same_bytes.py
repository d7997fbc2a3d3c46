"""The same inputs give the same bytes: another folder, user, time zone, language, hash seed, umask, number of jobs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from monev.io.folders import REPOSITORY
from monev.io.manifest import digest
from support import Build, copy_root

pytestmark = pytest.mark.slow

DIFFERS = {"run.log"}  # the only file that tells when and how long
WANTED = {
    "laporan.pdf",
    "laporan.html",
    "manifest.json",
    "ro-crate-metadata.json",
    "data/angka.json",
    "data/target.csv",
    "notebooks/03-ringkasan-eksekutif.ipynb",
    "notebooks/03-ringkasan-eksekutif.html",
}
USER = "orang-lain-di-mesin-lain"


def settings_of_the_user(home: Path) -> None:
    """Write settings in a home folder that would change pictures and notebooks if a build read them."""
    written = {
        ".config/matplotlib/matplotlibrc": "axes.facecolor: red\nfont.size: 30\nsvg.hashsalt: lain\n",
        ".ipython/profile_default/startup/00.py": "print('dari setelan pengguna')\n",
        ".jupyter/jupyter_nbconvert_config.py": "c.HTMLExporter.exclude_input = True\n",
        ".pandoc/defaults/laporan.yaml": "toc: true\n",
    }
    for name, text in written.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, "utf-8")


@pytest.fixture(scope="module")
def elsewhere(built: Build, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The edition built by the launcher under circumstances that all differ from those of `built`."""
    base = tmp_path_factory.mktemp("lain")
    root = copy_root(base / "folder dengan nama yang jauh lebih panjang, berspasi & bertanda" / "akar")
    home, temporary = base / "rumah", base / "sementara"
    settings_of_the_user(home)
    temporary.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "USER": USER,
        "LOGNAME": USER,
        "TMPDIR": str(temporary),
        "TZ": "Asia/Jayapura",
        "LC_ALL": "POSIX",
        "LANG": "id_ID.UTF-8",
        "MONEV_LANG": "en",
        "PYTHONHASHSEED": "4242",
        "SOURCE_DATE_EPOCH": "1",
        "COLUMNS": "40",
    }
    jobs = "1" if (os.cpu_count() or 1) > 1 else "2"
    command = [str(REPOSITORY / "monev"), "--root", str(root), "build", "2021-S2"]
    done = subprocess.run(
        [*command, "--engine", "embedded", "--jobs", jobs],
        env=environment,
        cwd=base,
        umask=0o077,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Build(root, root / "outputs" / "2021-S2", done.stdout, done.stderr)


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def first_difference(one: bytes, other: bytes) -> str:
    """Return what stands around the first byte that differs."""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    around = slice(max(0, at - 60), at + 60)
    return f"byte {at}: {one[around]!r} / {other[around]!r}"


def test_two_builds_give_the_same_files(built: Build, elsewhere: Build) -> None:
    here, there = contents(built.folder), contents(elsewhere.folder)
    assert here.keys() == there.keys()
    assert here.keys() >= WANTED | DIFFERS
    assert len(here) > 2 * 26


def test_two_builds_give_the_same_bytes(built: Build, elsewhere: Build) -> None:
    here, there = contents(built.folder), contents(elsewhere.folder)
    same = here.keys() & there.keys() - DIFFERS
    wrong = [name for name in sorted(same) if digest(here[name]) != digest(there[name])]
    assert {name: first_difference(here[name], there[name]) for name in wrong} == {}


def test_nothing_but_the_log_tells_the_machine_or_the_user(elsewhere: Build) -> None:
    telling = [str(elsewhere.root), str(REPOSITORY), USER, "/tmp/", "sementara/"]
    found = {
        (name, word)
        for name, content in contents(elsewhere.folder).items()
        for word in telling
        if name not in DIFFERS and word.encode("utf-8") in content
    }
    assert found == set()
