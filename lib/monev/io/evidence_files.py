"""Evidence that was handed in as files: found by the name that a row gives, known by SHA-256, never opened.

Which files may be published says `bukti.yml` in the folder of evidence: `laporan.pdf: {publik: ya}`. A release holds
the others by name, SHA-256 and size only (`bukti-disimpan.json`), and is built from that list as from the files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from pydantic import RootModel

from monev.io.atomic_files import json_bytes
from monev.io.manifest import digest
from monev.io.params_file import load_placed
from monev.io.sent_files import names_below
from monev.model.closed_model import ClosedModel
from monev.model.fields import EVIDENCE_FOLDER, SENT
from monev.model.params import Edition, Period, slug
from monev.rules.evidence_names import EvidenceFile, broken_links, named_files
from monev.rules.tidy import Target
from monev.words.errors import InputError
from monev.words.findings import Finding
from monev.words.messages import tell

LIST = "bukti.yml"
SEALED = "bukti-disimpan.json"
_START = 8  # bytes by which the kind of a file is known
_USUAL: Mapping[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF",), ".docx": (b"PK",), ".xlsx": (b"PK",), ".pptx": (b"PK",), ".odt": (b"PK",), ".ods": (b"PK",),
    ".odp": (b"PK",), ".zip": (b"PK",), ".doc": (b"\xd0\xcf",), ".xls": (b"\xd0\xcf",), ".ppt": (b"\xd0\xcf",),
    ".jpg": (b"\xff\xd8",), ".jpeg": (b"\xff\xd8",), ".png": (b"\x89PNG",), ".gif": (b"GIF8",), ".rtf": (b"{\\rtf",),
    ".bmp": (b"BM",), ".tif": (b"II", b"MM"), ".tiff": (b"II", b"MM"), ".heic": (), ".webp": (b"RIFF",), ".txt": (),
    ".csv": (), ".mp3": (), ".mp4": (), ".m4a": (), ".mov": (), ".rar": (b"Rar!",), ".7z": (b"7z",),
    ".msg": (b"\xd0\xcf",), ".eml": (),
}  # fmt: skip
"""Kinds of files that evidence usually is, and how their content begins."""


class _Entry(ClosedModel):
    publik: Literal["ya", "tidak"]
    keterangan: str = ""


class _List(RootModel[dict[str, _Entry]]):
    """The file `bukti.yml`."""


@dataclass(frozen=True)
class Evidence:
    """The files that evidence names, with findings; `files` are all that were looked at, from the root."""

    named: tuple[EvidenceFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Known:
    """What is known of a file without its content: SHA-256, bytes, and how it begins."""

    digest: str
    size: int
    start: bytes

    @classmethod
    def of(cls, path: Path) -> _Known:
        content = path.read_bytes()
        return cls(digest(content), len(content), content[:_START])


def _folder_of(period: Period) -> str:
    return f"{period.inputs.rstrip('/')}/{EVIDENCE_FOLDER}"


def _there(root: Path, folder: str) -> list[str]:
    return [name for name in names_below(root, folder) if name not in (LIST, SEALED)]


def sealed_lists(root: Path, edition: Edition) -> tuple[dict[str, bytes], frozenset[str]]:
    """Return what a release holds instead of evidence that may not be published: lists by their place, and the files.

    Lists are JSON: name to SHA-256, size in bytes, and the first bytes as hexadecimal digits.
    """
    lists, files = {}, set[str]()
    for folder in dict.fromkeys(map(_folder_of, edition.periode)):
        there = _there(root, folder)
        names = [name for name in there if name not in _public(root, folder, there)[0]]
        if names:
            known = {name: _Known.of(root / folder / name) for name in names}
            rows = {n: {"sha256": k.digest, "ukuran": k.size, "awal": k.start.hex()} for n, k in known.items()}
            lists[f"{folder}/{SEALED}"] = json_bytes(rows)
            files |= {f"{folder}/{name}" for name in names}
    return lists, frozenset(files)


def _sealed(root: Path, folder: str) -> dict[str, _Known]:
    """Return what the list of a release tells of files that are not in it. Raises InputError for a faulty one."""
    path = root / folder / SEALED
    if not path.is_file():
        return {}
    try:
        rows = json.loads(path.read_bytes().decode("utf-8"))
        return {n: _Known(r["sha256"], int(r["ukuran"]), bytes.fromhex(r["awal"])) for n, r in rows.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError((Finding("B08", f"{folder}/{SEALED}"),)) from None


def read_evidence(root: Path, edition: Edition, targets: Sequence[Target], *, released: bool = False) -> Evidence:
    """Return the evidence of all periods that have a folder of it, or that read forms.

    `released` says that the root is that of a release, which holds some of it in a list. Raises InputError for a list
    that cannot be read.
    """
    named: list[EvidenceFile] = []
    findings: list[Finding] = []
    files: list[str] = []
    for period in edition.periode:
        folder = _folder_of(period)
        if period.masukan != SENT and not (root / folder).is_dir():
            continue
        sealed = _sealed(root, folder) if released else {}
        there = sorted({*_there(root, folder), *sealed})
        public, wrong, listed = _public(root, folder, there)
        findings += wrong
        files += listed
        own = _Folder(folder, there, public)
        for target in (t for t in targets if t.period == period.kode):
            found, wrong = own.of(target)
            named += found
            findings += wrong
        used = sorted({*own.used, *(name for name in public if name in there)})
        known = {f"{folder}/{n}": sealed[n] if n in sealed else _Known.of(root / folder / n) for n in used}
        findings += _content(known)
        files += [f"{folder}/{name}" for name in used if name not in sealed]
        files += [f"{folder}/{SEALED}"] if sealed else []
    return Evidence(tuple(named), tuple(findings), tuple(files))


def _public(root: Path, folder: str, there: Sequence[str]) -> tuple[frozenset[str], list[Finding], list[str]]:
    """Return which files may be published, what is wrong with the list, and the list's own file if there is one."""
    file = f"{folder}/{LIST}"
    if not (root / file).is_file():
        return frozenset(), [], []
    try:
        made, lines = load_placed(_List, root / file, file)
    except InputError as error:
        return frozenset(), list(error.findings), [file]
    lost = [name for name in made.root if name not in there]
    wrong = [Finding("B07", file, cell=str(lines.get((name,), "")), details={"name": name, "folder": folder})
             for name in lost]  # fmt: skip
    return frozenset(name for name, entry in made.root.items() if entry.publik == "ya"), wrong, [file]


class _Folder:
    """A folder of evidence, its files by name, and those that were named."""

    def __init__(self, folder: str, there: Sequence[str], public: frozenset[str]) -> None:
        self.folder, self.there, self.public = folder, there, public
        self.used: set[str] = set()

    def of(self, target: Target) -> tuple[list[EvidenceFile], list[Finding]]:
        """Return the files that a target names, and what is wrong with them."""
        named, findings = [], []
        for name in named_files(target.evidence):
            found = self._found(name, target.actor)
            self.used |= set(found)
            if len(found) == 1:
                key = (target.commitment, target.measure, target.actor, target.period, target.no)
                place = target.place
                named.append(EvidenceFile(*key, name, f"{self.folder}/{found[0]}", found[0] in self.public,
                                          type(place)(place.file, place.sheet, place.row, {})))  # fmt: skip
            elif found:
                findings.append(self._at("B06", target, name=name, folder=self.folder, names=", ".join(found[:5])))
            else:
                findings.append(self._at("B01", target, name=name[:80], folder=f"{self.folder}/"))
        findings += [self._at("B05", target, value=link[:80]) for link in broken_links(target.evidence)]
        return named, findings

    def _found(self, name: str, actor: str) -> list[str]:
        """Return the files of a name: at that very path, else of that name anywhere, else in the actor's own folder."""
        if name in self.there:
            return [name]
        wanted = name.casefold()
        found = [n for n in self.there if n.casefold() == wanted or n.casefold().endswith(f"/{wanted}")]
        own = [n for n in found if slug(PurePosixPath(n).parts[0]) == slug(actor)]
        return own if len(own) == 1 else found

    @staticmethod
    def _at(code: str, target: Target, **details: object) -> Finding:
        place = target.place
        return Finding(code, place.file, place.sheet, place.cells.get("evidence", str(place.row)), details)


def _content(files: Mapping[str, _Known]) -> Iterator[Finding]:
    """Yield files that are empty, the same as another, or of an unusual kind."""
    first: dict[str, str] = {}
    for file, known in files.items():
        if not known.size:
            yield Finding("B02", file)
            continue
        other = first.setdefault(known.digest, file)
        if other != file:
            yield Finding("B03", file, details={"other": other})
        ending = PurePosixPath(file).suffix.casefold()
        begins = _USUAL.get(ending)
        if begins is None:
            yield Finding("B04", file, details={"why": ending or tell("evidence.no-ending")})
        elif begins and not known.start.startswith(begins):
            yield Finding("B04", file, details={"why": tell("evidence.other-content", ending=ending)})
