"""Evidence that was handed in as files: found by the name that a row gives, known by SHA-256, never opened.

Which files may be published says `bukti.yml` in the folder of evidence: `laporan.pdf: {publik: ya}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from pydantic import RootModel

from monev.io.manifest import digest
from monev.io.params_file import load_placed
from monev.io.sent_files import names_below
from monev.model.closed_model import ClosedModel
from monev.model.fields import EVIDENCE_FOLDER, SENT
from monev.model.params import Edition, slug
from monev.rules.evidence_names import EvidenceFile, broken_links, named_files
from monev.rules.tidy import Target
from monev.words.errors import InputError
from monev.words.findings import Finding
from monev.words.messages import tell

LIST = "bukti.yml"
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
    publik: Literal["ya", "tidak"] = "tidak"
    keterangan: str = ""


class _List(RootModel[dict[str, _Entry]]):
    """The file `bukti.yml`."""


@dataclass(frozen=True)
class Evidence:
    """The files that evidence names, with findings; `files` are all that were looked at, from the root."""

    named: tuple[EvidenceFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    files: tuple[str, ...] = ()


def read_evidence(root: Path, edition: Edition, targets: Sequence[Target]) -> Evidence:
    """Return the evidence of all periods that have a folder of it, or that read forms."""
    named: list[EvidenceFile] = []
    findings: list[Finding] = []
    files: list[str] = []
    for period in edition.periode:
        folder = f"{period.inputs.rstrip('/')}/{EVIDENCE_FOLDER}"
        if period.masukan != SENT and not (root / folder).is_dir():
            continue
        there = [name for name in names_below(root, folder) if name != LIST]
        public, wrong, listed = _public(root, folder, there)
        findings += wrong
        files += listed
        own = _Folder(folder, there, public)
        for target in (t for t in targets if t.period == period.kode):
            found, wrong = own.of(target)
            named += found
            findings += wrong
        used = sorted({*own.used, *(name for name in public if name in there)})
        findings += _content(root, folder, used)
        files += [f"{folder}/{name}" for name in used]
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


def _content(root: Path, folder: str, names: Sequence[str]) -> Iterator[Finding]:
    """Yield files that are empty, the same as another, or of an unusual kind."""
    first: dict[str, str] = {}
    for name in names:
        file = f"{folder}/{name}"
        content = (root / file).read_bytes()
        if not content:
            yield Finding("B02", file)
            continue
        other = first.setdefault(digest(content), file)
        if other != file:
            yield Finding("B03", file, details={"other": other})
        ending = PurePosixPath(name).suffix.casefold()
        begins = _USUAL.get(ending)
        if begins is None:
            yield Finding("B04", file, details={"why": ending or tell("evidence.no-ending")})
        elif begins and not content.startswith(begins):
            yield Finding("B04", file, details={"why": tell("evidence.other-content", ending=ending)})
