"""Files that may be meant where a workbook is missing, or that somebody may take for the one that is read."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from monev.model.fields import BOOKS, EVIDENCE_FOLDER, SENT
from monev.words.findings import Finding
from monev.words.messages import Words, tell

_COPY = re.compile(
    r"\b(copy of|copy|salinan dari|salinan|final|fix|terbaru|baru|lama|new|old|(rev|revisi|v|versi|ver|r)\s*\d*)\b"
    r"|\d{6,8}$"
)
_SPREADSHEETS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".csv", ".numbers", ".xltx", ".gsheet")
_READ = ".xlsx"
_MOST_NAMES = 5
_MOST_LOOKED_AT = 2_000  # files and folders of one tree


def copies(root: Path, files: Iterable[str]) -> Iterator[Finding]:
    """Yield what stands beside workbooks that are read, looks like a copy of them and is not read.

    For whoever fills them, not for a report: it does not depend on what is not read.
    """
    for file in files:
        path = root / file
        if {SENT, EVIDENCE_FOLDER} & {*Path(file).parts}:  # versions lie beside each other there
            continue
        names = [name for name in _names(path.parent, path.name) if _bare(name) == _bare(path.name)]
        if names and path.is_file():
            yield Finding("F07", file, details={"names": _listed(names)})


def hint(root: Path, file: str, read: Collection[str]) -> Words:
    """Return a hint at files that may be the missing `file`: other case, a copy, another format, another folder.

    `read` are the workbooks that the edition reads: those in their places are no candidates.
    """
    path = root / file
    if not path.parent.is_dir():
        taken = {Path(other).parent.name for other in read}
        near = [name for name in _folders_like(path.parent) if name not in taken]
        if near:
            return tell("findings.folder", folder=Path(file).parent.as_posix(), names=_listed(near))
    found = _beside(path)
    if found:
        formats = [name for name in found if not name.casefold().endswith(_READ)]
        key = "findings.beside-format" if len(formats) == len(found) else "findings.beside"
        return tell(key, names=_listed(found), name=path.name)
    elsewhere = [place for place in _below(root, Path(file).parts[0]) if place not in read and _alike(place, path)]
    return tell("findings.elsewhere", names=_listed(elsewhere)) if elsewhere else ""


def _listed(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names[:_MOST_NAMES])


def _names(folder: Path, besides: str) -> list[str]:
    """Return the spreadsheets of a folder, but for this one and those that are other workbooks' by their names."""
    own = {book.file for book in BOOKS}
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if entry.is_file())
    except OSError:
        return []
    return [name for name in names if _is_sheet(name) and name != besides and name not in own]


def _beside(path: Path) -> list[str]:
    names, bare = _names(path.parent, path.name), _bare(path.name)
    found = [name for name in names if _bare(name) == bare]
    found = found or get_close_matches(path.name, names, _MOST_NAMES, 0.8)
    return found or [name for name in names if bare in _bare(name)]


def _folders_like(missing: Path) -> list[str]:
    """Return the folders that a missing one may be: the same but for case and signs, or nearly."""
    try:
        names = sorted(entry.name for entry in os.scandir(missing.parent) if entry.is_dir())
    except OSError:
        return []
    same = [name for name in names if _letters(name) == _letters(missing.name)]
    return same or get_close_matches(missing.name, names, _MOST_NAMES, 0.8)


def _below(root: Path, top: str) -> Iterator[str]:
    """Yield the spreadsheets of a tree as paths from the root, as far as it is looked at."""
    for count, (folder, folders, names) in enumerate(os.walk(root / top)):
        if count > _MOST_LOOKED_AT:
            return
        folders.sort()
        yield from (Path(folder, name).relative_to(root).as_posix() for name in sorted(names) if _is_sheet(name))


def _alike(place: str, path: Path) -> bool:
    return _bare(Path(place).name) == _bare(path.name)


def _is_sheet(name: str) -> bool:
    return name.casefold().endswith(_SPREADSHEETS) and not name.startswith(("~$", "."))


def _bare(name: str) -> str:
    """Return a file's name without extensions and what programs and people add to names of copies."""
    bare = unicodedata.normalize("NFKC", name).casefold()
    while bare.endswith(_SPREADSHEETS):
        bare = bare.rpartition(".")[0].rstrip()
    return _letters(_COPY.sub(" ", re.sub(r"[_.\s]+", " ", re.sub(r"\(\d+\)", " ", bare))))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
