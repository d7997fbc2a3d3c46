"""Importing large packages without those that they would use if they were there, and that take long to import."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def without(package: str) -> Iterator[None]:
    """Make a package that others import if they can seem absent to them; one that is loaded already stays."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # how the import system marks what cannot be imported
    try:
        yield
    finally:
        del sys.modules[package]
