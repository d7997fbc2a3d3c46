"""Fixtures for all tests."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from support import copy_root, render_here

# In CI the same examples each time: a change is judged by what it changes. On a desk, new ones each time.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-golden", action="store_true", help="write the golden files anew")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project root with the 2021 params and inputs, free to be changed."""
    return copy_root(tmp_path / "akar")


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the 2021 edition, made once without kernels. Copy it before changing anything."""
    folder = tmp_path_factory.mktemp("laporan")
    return render_here(copy_root(folder / "akar"), "2021-S2", folder)
