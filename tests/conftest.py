"""Fixtures for all tests."""

from pathlib import Path

import pytest
from support import copy_root


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-golden", action="store_true", help="write the golden files anew")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project root with the 2021 params and inputs, free to be changed."""
    return copy_root(tmp_path / "akar")
