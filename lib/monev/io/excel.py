"""Opens workbooks: refuses what is none or could do harm, then reads every cell with its address and stored type."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from pathlib import Path

from monev.findings import Finding
from monev.io.ooxml import Unfit, read_sheets
from monev.messages import Words, tell
from monev.params import Limits
from monev.tables import RawBook

LIMITS = Limits()
MEGABYTE = 1024**2
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of .xls, and of .xlsx with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    RuntimeError,  # a part with a password of its own
    NotImplementedError,  # packed in a way that Excel does not use
    ValueError,  # offsets and names that are none
)
"""What zipfile raises for files that are no sound archive."""


def read_book(path: Path, file: str, limits: Limits = LIMITS) -> tuple[RawBook | None, list[Finding]]:
    """Return the workbook at `path` with every cell, or None and why not; `file` is its name in messages.

    A finding may come with a workbook: one that Excel has open is read as it was last saved.
    """
    try:
        with path.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            _guard(archive, limits)
            sheets = read_sheets(archive, limits)
    except Unfit as unfit:
        return None, [Finding(unfit.code, file, unfit.sheet, unfit.cell, unfit.details)]
    except _BROKEN:
        return None, [Finding("F02", file, details={"why": _why_broken(path)})]
    except OSError as error:
        return None, [Finding("F02", file, details={"why": error.strerror or tell("why.cannot-open")})]
    return RawBook(file, sheets), [Finding("F05", file, details={"lock": lock}) for lock in _locks(path)]


def _guard(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse a package that would unpack to far more than any workbook of this kind; nothing is unpacked for it."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.bagian or unpacked > limits.megabita * MEGABYTE:
        raise Unfit("F03", why=tell("why.unpacked", parts=len(entries), size=unpacked // MEGABYTE))
    for entry in entries:
        if entry.file_size > MEGABYTE and entry.file_size > limits.rasio * max(entry.compress_size, 1):
            raise Unfit("F03", why=tell("why.ratio", part=entry.filename, ratio=limits.rasio))
    if len(archive.NameToInfo) < len(entries):
        names = [entry.filename for entry in entries]
        raise Unfit("F02", why=tell("why.part-twice", part=next(name for name in names if names.count(name) > 1)))


def _why_broken(path: Path) -> Words:
    """Return what a file is that is no sound package."""
    content = path.read_bytes()
    if content.startswith(_OLD_CONTAINER):
        return tell("why.password" if _ENCRYPTED in content else "why.old-format")
    if not content:
        return tell("why.empty-file")
    try:
        is_text = "\0" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        is_text = False
    return tell("why.plain-text" if is_text else "why.no-workbook")


def _locks(path: Path) -> list[str]:
    """Return the names of lock files that Excel or LibreOffice keep beside an open workbook."""
    names = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")  # Excel shortens some long names
    return [name for name in names if (path.parent / name).is_file()][:1]
