"""Markdown as pandoc reads it: the one flavour in which reports are written."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

FLAVOUR = "markdown-table_attributes-auto_identifiers"  # what Quarto reads with, and `from` in _extension.yml


@functools.cache
def program() -> str:
    """Return the path of pandoc: that of the package where it brings one, whatever else the user has installed.

    The package by itself asks each pandoc that it finds for its version, and takes the latest. Raises OSError.
    """
    import pypandoc

    own = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if sys.platform == "win32" else "pandoc")
    return str(own) if own.is_file() else str(pypandoc.get_pandoc_path())


@functools.cache
def version() -> str:
    """Return the version of that pandoc. Raises OSError, ValueError when it does not say it."""
    said = subprocess.run([program(), "--version"], capture_output=True, text=True, check=True).stdout
    return said.split()[1]


def markdown_tree(text: str) -> Any:
    """Return pandoc's tree of a text, read without files or network. Raises ValueError for a text it cannot read."""
    with tempfile.TemporaryDirectory() as empty:
        command = [program(), "--sandbox", f"--data-dir={empty}", f"--from={FLAVOUR}", "--to=json"]
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        done = subprocess.run(command, input=text.encode(), capture_output=True, cwd=empty, env=kept, check=False)
    if done.returncode:
        raise ValueError(done.stderr.decode("utf-8", "replace").strip())
    return json.loads(done.stdout)
