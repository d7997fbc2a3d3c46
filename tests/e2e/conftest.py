"""Builds as a user makes them, shared by the end-to-end tests: the 2021 edition, and small plans for the rest.

What is shown of any report is shown of a small one, which takes a fifth of the time.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from plans import EDITION, MadePlan, make_plan
from support import Build, copy_root, monev, once


def _once_built(
    factory: pytest.TempPathFactory, name: str, make_root: Callable[[Path], Path], edition: str, *more: str
) -> Build:
    def make(folder: Path) -> None:
        done = monev(make_root(folder / "ran"), "build", edition, "--engine", "embedded", *more)
        assert done.returncode == 0, done.stderr
        (folder / "told.json").write_text(json.dumps([done.stdout, done.stderr]), "utf-8")

    folder = once(factory, name, make)
    return Build(folder / "ran", folder / "ran" / "outputs" / edition, *json.loads((folder / "told.json").read_text()))


def _copy(build: Build, target: Path) -> Build:
    root = shutil.copytree(build.root, target, symlinks=True)
    return Build(root, root / "outputs" / build.folder.name, build.stdout, build.stderr)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The 2021 edition as a user builds it, with its cache and its user's key. Use `own` to change anything."""
    return _once_built(tmp_path_factory, "disusun", copy_root, "2021-S2")


@pytest.fixture
def own(built: Build, tmp_path: Path) -> Build:
    """A copy of that build, free to be changed and built again."""
    return _copy(built, tmp_path / "ran")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A plan of three commitments, likewise; its standard output tells why each notebook ran."""
    return _once_built(tmp_path_factory, "kecil", lambda root: make_plan(root, MadePlan()), EDITION, "--explain")


@pytest.fixture
def own_small(small: Build, tmp_path: Path) -> Build:
    """A copy of that build, free to be changed and built again."""
    return _copy(small, tmp_path / "kecil")


@pytest.fixture(scope="session")
def single(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A plan of one commitment, likewise."""
    return _once_built(tmp_path_factory, "satu", lambda root: make_plan(root, MadePlan(commitments=1)), EDITION)


@pytest.fixture(scope="session")
def pages(built: Build) -> list[str]:
    document = pypdfium2.PdfDocument(built.folder / "laporan.pdf")
    return [page.get_textpage().get_text_range() for page in document]
