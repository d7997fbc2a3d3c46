"""Builds that follow one another: nothing is done when nothing changed, what changed when something did, same bytes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from plans import EDITION
from support import Build, column, monev, put, tree


@pytest.fixture
def plan(small: Build) -> Path:
    """A small plan, built once."""
    return small.root


@pytest.fixture
def copied(own_small: Build) -> Path:
    """The built plan at a place of its own, with its cache and its user's key."""
    return own_small.root


def test_the_first_build_says_that_notebooks_never_ran(small: Build) -> None:
    assert "08-lampiran-komitmen-03: dijalankan, belum pernah dijalankan" in small.stdout


def test_nothing_changed_nothing_done(plan: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in (plan / "outputs").rglob("*")}
    done = monev(plan, "build", EDITION, "--engine", "embedded")
    assert done.returncode == 0
    assert "Tidak ada yang berubah" in done.stdout
    assert f"outputs/{EDITION}/laporan.pdf" in done.stdout
    assert {file: file.stat().st_mtime_ns for file in (plan / "outputs").rglob("*")} == before


@pytest.mark.parametrize("change", ["output", "gone", "extra", "input", "params", "new"])
def test_whatever_is_not_as_it_was_is_built_again(copied: Path, change: str) -> None:
    from monev.build.build_options import BuildOptions
    from monev.build.last_build import stands
    from monev.io.guarded_cache import Cache

    outputs = copied / "outputs" / EDITION
    key = (copied / "rumah" / ".local" / "state" / "monev" / "key").read_bytes()
    cache = Cache(copied / ".monev" / EDITION, key)
    kept = cache.read("terbit")
    kept["jalan"] = {file: os.path.realpath(copied / file) for file in kept["jalan"]}  # the copy stands elsewhere
    cache.write("terbit", kept)
    assert stands(cache, copied, EDITION, BuildOptions("embedded", 1))
    assert not stands(cache, copied, EDITION, BuildOptions("embedded", 1, formats=("docx",)))
    if change == "output":
        (outputs / "data" / "target.csv").open("a").write("x\n")
    elif change == "gone":
        (outputs / "laporan.html").unlink()
    elif change == "extra":
        (outputs / "data" / "lain.csv").touch()
    elif change == "input":
        put(copied, f"inputs/B12/capaian-kl.xlsx!Capaian!{score_column(copied)}2", 0.31)
    elif change == "params":
        (copied / "params" / f"{EDITION}.yml").open("a").write("# catatan\n")
    else:
        (copied / "params" / "koreksi").mkdir(exist_ok=True)
        (copied / "params" / "koreksi" / f"{EDITION}.yml").write_text("[]\n")
    assert not stands(cache, copied, EDITION, BuildOptions("embedded", 1))


def score_column(root: Path) -> str:
    return column(root, "inputs/B12/capaian-kl.xlsx", "Capaian", "Nilai")


def test_one_score_reruns_its_appendix_and_the_summaries_and_gives_the_bytes_of_a_clean_build(
    own_small: Build, tmp_path: Path
) -> None:
    root = own_small.root
    put(root, f"inputs/B12/capaian-kl.xlsx!Capaian!{score_column(root)}2", 25)
    done = monev(root, "build", EDITION, "--engine", "embedded", "--explain")
    assert done.returncode == 0, done.stderr
    told = dict(line.strip().split(": ", 1) for line in done.stdout.splitlines() if line.startswith("  "))
    ran = {name for name, words in told.items() if words.startswith("dijalankan")}
    appendices = {name for name in told if name.startswith("08-")}
    assert len(appendices) == 3
    assert ran & appendices == {"08-lampiran-komitmen-01"}
    assert "03-ringkasan-eksekutif" in ran
    assert told["08-lampiran-komitmen-01"] == "dijalankan, isi lampiran(1) berubah"
    assert told["08-lampiran-komitmen-02"] == "dipakai lagi, semua yang dibacanya sama"
    shutil.copytree(own_small.folder, tmp_path / "sebagian")
    again = monev(root, "build", EDITION, "--engine", "embedded", "--no-cache")
    assert again.returncode == 0, again.stderr
    assert tree(own_small.folder) == tree(tmp_path / "sebagian")


def test_a_part_is_previewed_aside_from_the_outputs(plan: Path) -> None:
    import pypdfium2

    before = tree(plan / "outputs" / EDITION)
    for part, words in (("ringkasan", "Ringkasan Eksekutif"), ("komitmen-02", "Judul komitmen 2")):
        done = monev(plan, "build", EDITION, "--only", part)
        assert done.returncode == 0, done.stderr
        document = pypdfium2.PdfDocument(plan / "outputs" / "pratinjau" / f"{EDITION}-{part}.pdf")
        pages = [page.get_textpage().get_text_range() for page in document]
        text = "".join(pages)
        assert words in text
        assert all("PRATINJAU" in page for page in pages)
        assert "Judul komitmen 1" not in text or part == "ringkasan"
    assert tree(plan / "outputs" / EDITION) == before
    wrong = monev(plan, "build", EDITION, "--only", "komitmen-2")
    assert wrong.returncode == 2
    assert "komitmen-02" in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_a_preview_shows_what_is_in_the_workbooks_now(copied: Path) -> None:
    import pypdfium2

    letter = column(copied, "inputs/B12/capaian-kl.xlsx", "Capaian", "Capaian")
    put(copied, f"inputs/B12/capaian-kl.xlsx!Capaian!{letter}3", "Capaian yang baru saja diubah")
    assert monev(copied, "build", EDITION, "--only", "komitmen-02").returncode == 0
    document = pypdfium2.PdfDocument(copied / "outputs" / "pratinjau" / f"{EDITION}-komitmen-02.pdf")
    text = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
    assert "baru saja diubah" in text
