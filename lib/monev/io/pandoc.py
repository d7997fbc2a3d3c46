"""Markdown as pandoc reads it: the one flavour in which reports are written."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from typing import Any

FLAVOUR = "markdown-table_attributes-auto_identifiers"  # what Quarto reads with, and `from` in _extension.yml


def markdown_tree(text: str) -> Any:
    """Return pandoc's tree of a text, read without files or network. Raises ValueError for a text it cannot read."""
    import pypandoc

    with tempfile.TemporaryDirectory() as empty:
        command = [pypandoc.get_pandoc_path(), "--sandbox", f"--data-dir={empty}", f"--from={FLAVOUR}", "--to=json"]
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        done = subprocess.run(command, input=text.encode(), capture_output=True, cwd=empty, env=kept, check=False)
    if done.returncode:
        raise ValueError(done.stderr.decode("utf-8", "replace").strip())
    return json.loads(done.stdout)
