"""Fixtures for all tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from monev.io import workbook_reader
from support import ReadOnce, copy_root, once, render_here

# In CI the same examples each time: a change is judged by what it changes. On a desk, new ones each time.
# An example may take its time everywhere: on a machine with much else to do, a deadline says nothing about the code.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

if "MUTANT_UNDER_TEST" in os.environ:
    # mutmut 3.7 asks for a name that pytest 9.2 no longer has; later ones need a libcst without wheels for all Macs.
    pytest.Item._nodeid = property(lambda item: item.nodeid)  # type: ignore[attr-defined]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-golden", action="store_true", help="write the golden files anew")
    parser.addoption("--thorough", action="store_true", help="try all of what is tried in part every day")


@pytest.fixture
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether to try all cases of something that is tried a part of every day, since all take minutes."""
    return bool(request.config.getoption("--thorough"))


@pytest.fixture(scope="session", autouse=True)
def _workbooks_are_read_once() -> Iterator[None]:
    """Let what stands in a workbook be read once for the same bytes; all checks of the file itself stay."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook_reader, "_read", ReadOnce(workbook_reader._read))
        yield


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project root with the 2021 params and inputs, free to be changed."""
    return copy_root(tmp_path / "akar")


@pytest.fixture
def no_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that fails while it reads needs no kernels: do not get them ready, which is what would take long."""
    monkeypatch.setenv("MONEV_FORK", "0")


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the 2021 edition, made once without kernels. Copy it before changing anything.

    Beside it: `akar`, the root that it was made from, and `susun`, the staged folder.
    """

    def make(folder: Path) -> None:
        render_here(copy_root(folder / "akar"), "2021-S2", folder)

    return once(tmp_path_factory, "laporan", make) / "hasil"
