"""A filled workbook that takes the place of the one that an edition has: checked first, the old one kept aside."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from monev.edition.book_update import ASIDE, keep_aside
from monev.io.assessment_file import assessment_file
from monev.io.guarded_folders import guarded
from monev.io.inputs import input_files
from monev.io.instrument_files import files_read
from monev.io.params_file import load_edition_params
from monev.io.publication_files import responses_file
from monev.io.workbook_reader import locks, read_book
from monev.model.fields import SENT
from monev.model.params import Edition
from monev.words.errors import InputError, RunError, UsageError
from monev.words.findings import Finding, errors
from monev.words.messages import join, tell

XLSX = ".xlsx"
FORMS = (XLSX, ".xls", ".ods")  # what `collect` reads
ABSENT = ""  # the digest of a workbook that is not there


@dataclass(frozen=True)
class Replaced:
    """What was done: the workbook, and where the old one is; empty where there was none."""

    file: str
    aside: str


def books(root: Path, edition: Edition) -> list[str]:
    """Return the workbooks of an edition that people fill, as paths from the root, whether they are there or not."""
    answers = [file for file in files_read(root, edition) if file.endswith(XLSX)]
    later = (assessment_file(edition.current), responses_file(edition.edisi))
    return [*dict.fromkeys([*input_files(edition), *answers, *(file for file in later if (root / file).is_file())])]


def digest_of(root: Path, file: str) -> str:
    """Return the SHA-256 of a workbook as it is now; ABSENT where there is none."""
    try:
        return hashlib.sha256((root / file).read_bytes()).hexdigest()
    except OSError:
        return ABSENT


def replace_book(root: Path, name: str, file: str, new: Path, shown: str) -> Replaced:
    """Put the workbook at `new` in the place of `file` of edition `name`.

    shown: the digest of the version that whoever replaces it has seen; another means that it changed meanwhile.
    Raises UsageError for what is no workbook of the edition, InputError for a workbook that cannot be read or lacks
    sheets, RunError where the old one has changed or is open, or nothing can be written.
    """
    edition = load_edition_params(root, name)
    if file not in books(root, edition):
        raise UsageError(tell("replace.no-book", file=file[:200], edition=name))
    made, found = read_book(new, file, edition.batas)
    if made is None or errors(found):
        raise InputError(tuple(found))
    *steps, own = file.split("/")
    try:
        with guarded(root, *steps, make=True) as folder:
            there = folder.kind(own) != 0
            before = folder.read(own) if there else b""
            if (hashlib.sha256(before).hexdigest() if there else ABSENT) != shown:
                raise RunError(tell("replace.changed", file=file))
            if open_by := locks(root / file):
                raise InputError((Finding("U01", file, details={"lock": open_by[0]}),))
            content = new.read_bytes()
            if content == before:
                return Replaced(file, "")
            old = read_book(root / file, file, edition.batas)[0] if there else None
            lacking = [sheet for sheet in old.sheets if made.sheet(sheet) is None] if old else []
            if lacking:
                raise RunError(tell("replace.other-book", file=file, sheets=join(lacking, ", ")))
            kept = ""
            if there:
                with folder.step(ASIDE, make=True) as aside:
                    kept = keep_aside(aside, own, before)
            try:
                folder.write(own, content, new=not there)
            except OSError:
                if kept:
                    with contextlib.suppress(OSError), folder.step(ASIDE) as aside:
                        aside.remove(kept)
                raise
    except OSError as error:
        raise RunError(tell("replace.unwritable", file=file, why=error.strerror or str(error))) from None
    return Replaced(file, f"{'/'.join(steps)}/{ASIDE}/{kept}" if kept else "")


def put_forms(root: Path, name: str, files: Sequence[Path]) -> list[str]:
    """Put forms that came back where `collect` looks for them, none over another; return where, from the root.

    Raises UsageError where the edition reads no forms, RunError where nothing can be written.
    """
    period = load_edition_params(root, name).current
    if period.masukan != SENT:
        raise UsageError(tell("replace.no-forms", edition=name))
    steps = [*period.inputs.rstrip("/").split("/"), SENT]
    made = []
    try:
        with guarded(root, *steps, make=True) as folder:
            for file in files:
                own, content = file.name, file.read_bytes()
                for number in count(2):
                    with contextlib.suppress(FileExistsError):
                        folder.write(own, content, new=True)
                        break
                    own = f"{file.stem} ({number}){file.suffix}"
                made.append("/".join([*steps, own]))
    except OSError as error:
        raise RunError(tell("replace.unwritable", file="/".join(steps), why=error.strerror or str(error))) from None
    return made
