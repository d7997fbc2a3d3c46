"""One real build of the 2021 edition, shared by the end-to-end tests."""

import json
import shutil
from pathlib import Path

import pypdfium2
import pytest

from plans import EDITION, MadePlan, make_plan
from support import Build, copy_root, monev, once


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The 2021 edition as a user builds it, with its cache and its user's key. Use `own` to change anything."""

    def make(folder: Path) -> None:
        done = monev(copy_root(folder / "ran"), "build", "2021-S2", "--engine", "embedded")
        assert done.returncode == 0, done.stderr
        (folder / "told.json").write_text(json.dumps([done.stdout, done.stderr]), "utf-8")

    folder = once(tmp_path_factory, "disusun", make)
    return Build(
        folder / "ran", folder / "ran" / "outputs" / "2021-S2", *json.loads((folder / "told.json").read_text())
    )


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small plan with its report, made once for whoever forges it. Copy it before changing anything."""

    def make(folder: Path) -> None:
        make_plan(folder / "akar", MadePlan(commitments=2))
        done = monev(folder / "akar", "build", EDITION, "--engine", "embedded")
        assert done.returncode == 0, done.stderr

    return once(tmp_path_factory, "kecil", make) / "akar"


@pytest.fixture
def own(built: Build, tmp_path: Path) -> Build:
    """A copy of that build, free to be changed and built again."""
    root = shutil.copytree(built.root, tmp_path / "ran", symlinks=True)
    return Build(root, root / "outputs" / "2021-S2", built.stdout, built.stderr)


@pytest.fixture(scope="session")
def pages(built: Build) -> list[str]:
    document = pypdfium2.PdfDocument(built.folder / "laporan.pdf")
    return [page.get_textpage().get_text_range() for page in document]
