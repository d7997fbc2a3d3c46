"""Reads notebooks of one's own (`naskah/<name>.ipynb`) and what they gave when they ran last. Nothing is run here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from monev.io.folders import NOTEBOOKS, read_plain
from monev.io.pandoc import markdown_tree
from monev.model.contents import PARTS, Part
from monev.rules.manuscripts import Manuscript
from monev.rules.own_notebooks import Settings, converted, file_of, is_notebook, read_source, record_of
from monev.words.findings import Finding
from monev.words.messages import tell

LARGEST = 5 * 1024**2  # bytes of a notebook as it was written
LARGEST_RECORD = 50 * 1024**2


def taken_names() -> tuple[str, ...]:
    """Return the names that a notebook of one's own may not have: parts of the report, and its notebooks."""
    return (*PARTS, *sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb")))


def read_notebook(root: Path, name: str) -> tuple[bytes, Settings, list[Finding]]:
    """Return a notebook's bytes, what it says of itself, and what is wrong with it."""
    try:
        inside = (root / file_of(name)).resolve().is_relative_to(root.resolve())
        content = read_plain(root / file_of(name), LARGEST) if inside else b""
    except (OSError, ValueError, RuntimeError) as error:
        why = tell("why.not-there") if isinstance(error, FileNotFoundError) else str(error)
        return b"", Settings(), [Finding("W01", file_of(name), details={"why": why})]
    if not inside:
        return b"", Settings(), [Finding("W01", file_of(name), details={"why": tell("why.not-beside")})]
    return content, *read_source(name, _json(content), taken_names())


def _json(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def read_record(root: Path, name: str, edition: str, content: bytes) -> dict[str, Any] | None:
    """Return what a notebook of these bytes gave for an edition; None where it has not run as it is now."""
    try:
        file = record_of(name, edition)
        if not (root / file).resolve().is_relative_to(root.resolve()):
            return None
        record = _json(read_plain(root / file, LARGEST_RECORD))
    except (OSError, ValueError, RuntimeError):
        return None
    own = record.get("metadata", {}).get("monev") if isinstance(record, dict) else None
    fits = isinstance(own, dict) and own.get("buku") == hashlib.sha256(content).hexdigest()
    reads = own.get("bacaan") if isinstance(own, dict) else None
    whole = isinstance(reads, list) and all(isinstance(read, dict) for read in reads)
    return record if fits and whole and is_notebook(record) else None


def load_notebook(root: Path, part: Part, edition: str) -> tuple[Manuscript | None, list[Finding]]:
    """Return the section that a notebook gave when it ran last, and every finding in it."""
    content, settings, found = read_notebook(root, part.name)
    if found:
        return None, found
    title = part.title or settings.title
    if not title:
        return None, [Finding("W08", file_of(part.name), details={"why": tell("why.no-title-yet")})]
    record = read_record(root, part.name, edition, content)
    if record is None:
        empty = Manuscript(part.name, file_of(part.name), "", page="\n")
        return empty, [Finding("W09", file_of(part.name), details={"name": part.name})]
    try:
        made, found = converted(part.name, title, record, markdown_tree)
    except (KeyError, TypeError, ValueError, AttributeError):  # somebody has written into it by hand
        empty = Manuscript(part.name, file_of(part.name), "", page="\n")
        return empty, [Finding("W09", file_of(part.name), details={"name": part.name})]
    return replace(made, read=(record_of(part.name, edition), *_files_read(root, record))), found


def _files_read(root: Path, record: dict[str, Any]) -> Iterator[str]:
    """Yield the files below the root that a notebook read when it ran."""
    for read in record["metadata"]["monev"]["bacaan"]:
        file = str(read.get("berkas", ""))
        if file and read.get("sidik") and (root / file).is_file():
            yield file
