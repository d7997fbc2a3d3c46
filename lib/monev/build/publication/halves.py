"""The two halves of a release, made from the root in which it was built: what everybody gets, and its materials."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from monev.build.publication.record import ARCHIVE, HALVES, PUBLIC, RECORD, SUMS, Record, sums
from monev.io.folders import REPOSITORY
from monev.io.manifest import code_digests, digest

CODE = "kode.zip"
MANIFEST = "manifest.json"
DATA = "data"  # in the archive: tables with the columns that are not published
LEFT_OUT = ("run.log",)  # tells how long things took: no content
_EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip knows no earlier time
# What starts the code and names its packages, beside what a report is made by.
AROUND = (
    "LICENSE",
    "README.md",
    "lib/monev_bootstrap.py",
    "monev",
    "monev.cmd",
    "pyproject.toml",
    "requirements.lock",
)
LOCK = "requirements.lock"


def files_in(folder: Path) -> dict[str, Path]:
    """Return all files below a folder by their name from there, links too, whatever they lead to; none is followed."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir())
    return {path.relative_to(folder).as_posix(): path for path in found}


def folders_in(folder: Path) -> set[str]:
    """Return all folders below a folder by their name from there; no links."""
    found = (path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink())
    return {path.relative_to(folder).as_posix() for path in found}


def lay_out_public(outputs: Path, new: Path) -> None:
    """Copy an output folder as the public half."""
    for name, path in files_in(outputs).items():
        if name not in LEFT_OUT:
            _copy(path, new / PUBLIC / name)


def lay_out_archive(root: Path, files: Iterable[str], outputs: Path, new: Path) -> None:
    """Copy what the release is made from, the code, the list of packages, and the manifest, as the other half."""
    archive = new / ARCHIVE
    for name in files:
        _copy(root / name, archive / name)
    _copy(outputs / MANIFEST, archive / MANIFEST)
    (archive / CODE).write_bytes(code_archive())
    if (REPOSITORY / LOCK).is_file():
        _copy(REPOSITORY / LOCK, archive / LOCK)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def code_archive() -> bytes:
    """Return the code that makes the report as a zip, with the same bytes each time."""
    names = {*code_digests(), *(name for name in AROUND if (REPOSITORY / name).is_file())}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(names):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if name == "monev" else 0o644) << 16
            archive.writestr(entry, (REPOSITORY / name).read_bytes())
    return held.getvalue()


def sums_of(half: Path) -> dict[str, str]:
    """Return the digest of every file of a half but for the list of sums and the record."""
    return {name: digest(path.read_bytes()) for name, path in files_in(half).items() if name not in (SUMS, RECORD)}


def seal(new: Path, made: Record) -> Record:
    """Write the sums of both halves and the record into each; all files become read-only. Return the record."""
    lists = {half: sums(sums_of(new / half)) for half in HALVES}
    sealed = Record(**{**vars(made), **{half: digest(content) for half, content in lists.items()}})
    for half, content in lists.items():
        (new / half / SUMS).write_bytes(content)
        (new / half / RECORD).write_bytes(sealed.content())
    for path in _below(new):
        os.chmod(path, 0o444)
    return sealed


def _below(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
