"""Fixtures for all tests."""

from pathlib import Path

import pytest
from support import copy_root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project root with the 2021 params and inputs, free to be changed."""
    return copy_root(tmp_path / "akar")
