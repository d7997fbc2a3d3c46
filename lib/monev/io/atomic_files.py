"""Writes files: text with fixed line ends, CSV, JSON; folders as a whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from monev.io.folders import make_steps
from monev.io.guarded_folders import GuardedFolder


def json_bytes(value: object) -> bytes:
    """Return a value as readable JSON with the same bytes each time."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def csv_bytes(heading: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return rows as CSV (RFC 4180, line feeds).

    A text that a spreadsheet would take for a formula gets a leading `'`.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heading)
    for row in rows:
        writer.writerow([_inert(row.get(name, "")) for name in heading])
    return out.getvalue().encode("utf-8")


def _inert(value: object) -> object:
    """Keep spreadsheets from running text: `=`, `+`, `-`, `@`, tab and line ends start formulas there.

    Line ends within text become line feeds: a bare return would end the row.
    """
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    live = len(text) > 1 and text[0] in "=+-@\t\n" and not _is_number(text)
    return "'" + text if live else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below `folder`, which is there, making folders as needed."""
    for name, content in files.items():
        path = folder / name
        make_steps(folder, path.parent)
        path.write_bytes(content)


def sync(path: Path) -> None:
    """Force a file to the disk, or a folder's own entries."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Force every file below `folder` to the disk, so that a rename cannot outlive its content."""
    if os.name != "posix":
        return
    with ThreadPoolExecutor(max_workers=8) as pool:  # the system writes what waits for it together in one go
        list(pool.map(sync, [*folder.rglob("*"), folder]))


def replace_folder(work: GuardedFolder, new: str, parent: GuardedFolder, name: str) -> None:
    """Put the folder `new` of `work` in the place of the folder `name` of `parent`; what stood there goes into `work`.

    On Linux the two change places in one step, so that a kill at any moment leaves one of them whole. Elsewhere the
    old folder is moved away first, and put back when the second rename fails. Raises OSError.
    """
    sync_tree(work.path / new)
    stood = parent.kind(name) != 0
    if stood and work.exchange(new, parent, name):
        return
    old = work.aside()
    if stood:
        parent.move(name, work, old)
    try:
        work.move(new, parent, name)
    except OSError:
        if stood:
            work.move(old, parent, name)
        raise
    if os.name == "posix":
        sync(parent.path)
