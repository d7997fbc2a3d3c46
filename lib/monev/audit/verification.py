"""Verifies a report: what its PDF carries and prints against its manifest, its inputs, and a fresh computation.

Nothing of the PDF is trusted: names of attachments are only compared, params go to a temporary folder under fixed
names, and the report's own program or page layout plays no part. Needs no kernel, no pandoc, no Typst.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from monev.audit.figure_comparison import (
    FigureCheck,
    Row,
    check_figures,
    elsewhere,
    inconsistent,
    rows_by_id,
    uncheckable,
)
from monev.audit.numeral_account import Account, TooMuch, account, carried, letters
from monev.audit.verdict import Note, Verification, note
from monev.display.phrases import day, publication_texts, texts
from monev.edition.opened import Opened, open_edition, published_file
from monev.figures.corrections import corrections_file
from monev.figures.printed_numerals import Expected, Kind, numerals
from monev.io import manifest as digests
from monev.io.folders import read_plain
from monev.io.params_file import read_yaml
from monev.io.pdf_reader import MAX_FILE, Pdf, PdfError, read_pdf
from monev.model.brand import FILE as BRAND_FILE
from monev.model.imprint import release_file
from monev.rules.tidy import Dataset
from monev.words.errors import InputError, MonevError
from monev.words.findings import errors

PREFIX = "lampiran/"  # of the attachments' names in the PDF
PDF_NAME = "laporan.pdf"
FIGURES, PRINTED, MANIFEST = "angka.json", "cetakan.json", "manifest.json"
_ALWAYS = (PDF_NAME, "laporan.html")
DOCUMENTS = (*_ALWAYS, "laporan.docx")
# Written after the PDF, so not in the manifest that it carries.
_LATER = (*DOCUMENTS, "ro-crate-metadata.json")
UNLISTED = (MANIFEST, "run.log")
DESKTOP = (".DS_Store", "Thumbs.db", "desktop.ini")  # what looking into a folder leaves there
_MORE_PARAMS = re.compile(r"params/(?:pemetaan|instrumen)/[A-Za-z0-9][A-Za-z0-9_-]{0,63}\.yml")
_EDITION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAMED = 5  # names that one note lists

Recompute = Callable[[Path, str, Path], Opened]


def verify(path: Path, root: Path, recompute: Recompute = open_edition) -> Verification:
    """Verify a `laporan.pdf`, or an output folder with one, against the inputs below `root`.

    `recompute` opens an edition: root, name, root of the params. Never raises for what the file or the inputs hold;
    what cannot be checked is told in the verification.
    """
    shown = str(path)
    if not path.exists():
        return Verification(shown, notes=(note("B01", path=shown),))
    file = path / PDF_NAME if path.is_dir() else path
    if not file.is_file():
        return Verification(shown, notes=(note("B02"),))
    try:
        pdf = read_pdf(file)
    except PdfError as error:
        detail = f" ({error.detail})" if error.detail else ""
        return Verification(shown, notes=(note("B03", why=_WHY[error.reason] + detail),))
    case = _Case(root, pdf, recompute)
    case.check(path if path.is_dir() else None)
    edition, sidik = (case.manifest.edition, case.manifest.fingerprint) if case.manifest else ("", "")
    return Verification(shown, edition, sidik, tuple(case.notes), tuple(case.figures), case.account)


_WHY = {
    "bukan pdf": "isinya bukan PDF",
    "terkunci": "dilindungi kata sandi",
    "rusak": "rusak atau terpotong",
    "terlalu besar": "melampaui batas",
    "tidak terbaca": "tidak dapat dibuka",
}


# The manifest ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Manifest:
    """A manifest as far as it is verified: edition, fingerprint, and name to SHA-256 of everything."""

    edition: str
    fingerprint: str
    inputs: Mapping[str, str]
    params: Mapping[str, str]
    code: Mapping[str, str]
    outputs: Mapping[str, str]
    made: str  # the fingerprint that its materials give

    @classmethod
    def of_bytes(cls, content: bytes) -> Manifest:
        """Read `manifest.json`. Raises ValueError with the reason."""
        value = _json(content)
        if not isinstance(value, dict):
            raise ValueError("bukan manifes")
        inputs, params, code, outputs = (_hashes(value, name) for name in ("masukan", "params", "kode", "keluaran"))
        edition, fingerprint = value.get("edisi"), value.get("sidik")
        if not isinstance(edition, str) or not _EDITION.fullmatch(edition):
            raise ValueError("'edisi' tidak sah")
        if not isinstance(fingerprint, str) or len(fingerprint) > 100:
            raise ValueError("'sidik' tidak sah")
        return cls(edition, fingerprint, inputs, params, code, outputs, digests.fingerprint(value))

    @property
    def data(self) -> dict[str, str]:
        """The outputs that the PDF carries, as they are named there."""
        return {name.removeprefix("data/"): sha for name, sha in self.outputs.items() if name.startswith("data/")}


def _json(content: bytes) -> Any:
    """Return the value of JSON bytes. Raises ValueError for anything else, however it is malformed."""
    try:
        return json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"bukan JSON ({type(error).__name__})") from None


def _hashes(value: Mapping[str, Any], name: str) -> dict[str, str]:
    group = value.get(name)
    if not isinstance(group, dict) or not all(isinstance(v, str) and _DIGEST.fullmatch(v) for v in group.values()):
        raise ValueError(f"'{name}' tidak sah")
    return group


@dataclass(frozen=True)
class Carried:
    """What a report says it was made from: manifest, params and engine; nothing of it is trusted."""

    manifest: Manifest
    params: Mapping[str, bytes]
    engine: str


def carried_by(path: Path) -> Carried | None:
    """Return what a report or output folder says of its making; None where it says nothing that can be used."""
    file = path / PDF_NAME if path.is_dir() else path
    try:
        files = {name.removeprefix(PREFIX): content for name, content in read_pdf(file).attachments}
        said = files[MANIFEST]
        manifest = Manifest.of_bytes(said)
        engine = _json(said).get("mesin")
    except (PdfError, KeyError, ValueError):
        return None
    params = {name: files[name] for name in _params_names(manifest) if name in files}
    unsafe = any(_unsafe_yaml(content) for content in params.values())
    fits = engine in {"embedded", "quarto"} and f"params/{manifest.edition}.yml" in params and not unsafe
    return Carried(manifest, params, str(engine)) if fits else None


def carried_numerals(path: Path) -> tuple[Expected, tuple[str, ...]] | None:
    """Return what a report says it prints, and the text of its pages; None where it cannot be read."""
    try:
        pdf = read_pdf(path)
        files = {name.removeprefix(PREFIX): content for name, content in pdf.attachments}
        return Expected.of_record(_json(files[PRINTED])), pdf.pages
    except (PdfError, KeyError, ValueError):
        return None


def changed_since(path: Path, root: Path, now: Iterable[str] = ()) -> list[str]:
    """Return the inputs and params that are no longer as they were when a report was made, by their digests.

    `path` is the report or a `manifest.json`; `now` are the files that the edition is made from today. Returns nothing
    where neither can be read.
    """
    said = _manifest_of(path)
    if said is None:
        return []
    made_of = {**said.inputs, **said.params}
    other = [name for name, digest in made_of.items() if not (file := inside(root, name)) or _digest(file) != digest]
    return [*other, *(name for name in now if name not in made_of)]


def _manifest_of(path: Path) -> Manifest | None:
    if path.name != MANIFEST:
        said = carried_by(path)
        return said.manifest if said else None
    try:
        return Manifest.of_bytes(path.read_bytes())
    except (OSError, ValueError):
        return None


def params_differences(said: Carried, root: Path) -> Iterator[Note]:
    """Yield every key in which the params that a report carries and those of the project differ, on either side."""
    edition = said.manifest.edition
    own = {f"params/{edition}.yml", corrections_file(edition), published_file(edition), BRAND_FILE, *said.params}
    for name in sorted(own):
        path = inside(root, name)
        here = path.read_bytes() if path and path.is_file() else None
        there = said.params.get(name)
        if here is None and there is not None and name == release_file(edition):
            continue  # it lies in the release alone
        if here is None and there is not None:
            yield note("P05", name=name)
        elif here is not None and there is None:
            yield note("P06", name=name)
        elif here is not None and there is not None and here != there:
            keys = _other_keys(here, there)
            yield note("P07", name=name, keys=_some(keys)) if keys else note("P02", name=name)


def _other_keys(one: bytes, other: bytes) -> list[str]:
    if _unsafe_yaml(one) or _unsafe_yaml(other):
        return []
    a, b = (_flat(read_yaml(content, "")[0]) for content in (one, other))
    return sorted(key for key in a.keys() | b.keys() if a.get(key) != b.get(key))


def _flat(value: Any, key: str = "") -> dict[str, Any]:
    """Return a YAML value as its leaves by `penilaian.kategori.1.dari`."""
    if isinstance(value, dict):
        pairs = [(str(name), inner) for name, inner in value.items()]
    elif isinstance(value, list):
        pairs = [(str(n), inner) for n, inner in enumerate(value, start=1)]
    else:
        return {key: value}
    return {leaf: v for name, inner in pairs for leaf, v in _flat(inner, f"{key}.{name}" if key else name).items()}


# One PDF ---------------------------------------------------------------------------------------------------


@dataclass
class _Case:
    """One verification under way: what was read so far, and the notes on it."""

    root: Path
    pdf: Pdf
    recompute: Recompute
    notes: list[Note] = field(default_factory=list)
    figures: list[FigureCheck] = field(default_factory=list)
    account: Account | None = None
    manifest: Manifest | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    rows: Mapping[str, Row] = field(default_factory=dict)
    opened: Opened | None = None
    changed: set[str] = field(default_factory=set)  # inputs that are not what the report was made of

    def add(self, code: str, **details: object) -> None:
        """Keep a note."""
        self.notes.append(note(code, **details))

    def check(self, folder: Path | None) -> None:
        """Check everything, as far as what was found allows."""
        self._take_attachments()
        missing = [name for name in (MANIFEST, FIGURES) if name not in self.files]
        if missing:
            self.add("B04", missing=", ".join(missing))
            return
        self.manifest = self._read(MANIFEST, Manifest.of_bytes)
        self.rows = self._read(FIGURES, lambda content: rows_by_id(_json(content))) or {}
        if self.manifest is None:
            return
        self._check_attachments(self.manifest)
        self._check_fingerprint(self.manifest)
        if folder:
            self.notes += _folder_notes(folder, self.manifest)
        self._check_inputs(self.manifest)
        self._check_figures(self.manifest)
        self._check_text(self.manifest)

    def _read(self, name: str, reader: Callable[[bytes], Any]) -> Any:
        try:
            return reader(self.files[name])
        except (ValueError, RecursionError) as error:
            self.add("L06", name=name, why=error)
            return None

    # Attachments and manifest

    def _take_attachments(self) -> None:
        for name, content in self.pdf.attachments:
            short = name.removeprefix(PREFIX)
            if short in self.files:
                self.add("L05", name=short)
            else:
                self.files[short] = content

    def _check_attachments(self, manifest: Manifest) -> None:
        wanted = manifest.data | dict(manifest.params)
        wrong = [name for name, sha in wanted.items() if digests.digest(self.files.get(name, b"")) != sha]
        for name in wrong:
            self.add("L02" if name in self.files else "L03", name=name)
        for name in self.files:
            if name not in wanted and name != MANIFEST:
                self.add("L04", name=name)
        if not wrong:
            self.add("L01", count=len(wanted))

    def _check_fingerprint(self, manifest: Manifest) -> None:
        last = letters(self.pdf.pages[-1]) if self.pdf.pages else ""
        shown = bool(manifest.fingerprint) and letters(manifest.fingerprint) in last
        if manifest.made != manifest.fingerprint:
            self.add("S02", sidik=manifest.fingerprint, made=manifest.made)
        if not shown:
            self.add("S03", sidik=manifest.fingerprint)
        if shown and manifest.made == manifest.fingerprint:
            self.add("S01", sidik=manifest.fingerprint)
        own = digests.code_digests()
        other = sum(own.get(name) != manifest.code.get(name) for name in {*own, *manifest.code})
        if other:
            self.add("S04", count=other)

    # Inputs and figures

    def _check_inputs(self, manifest: Manifest) -> None:
        good = 0
        for name, sha in manifest.inputs.items():
            path = inside(self.root, name)
            if path is None:
                self.add("M04", name=name)
            elif not path.is_file():
                self.add("M03", name=name, root=self.root)
            elif (found := _digest(path)) is None:
                self.add("M06", name=name, why="tidak dapat dibuka")
            elif found != sha:
                self.changed.add(name)
                self.add("M02", name=name)
            else:
                good += 1
        if manifest.inputs and good == len(manifest.inputs):
            self.add("M01", count=good)

    def _check_figures(self, manifest: Manifest) -> None:
        for id_, wanted in inconsistent(self.rows):
            self.add("A04", id=id_, printed=self.rows[id_]["cetak"], wanted=wanted)
        opened = self.opened = self._recomputed(manifest)
        if opened is None:
            self.figures += uncheckable(self.rows, self.changed)
            return
        if sorted(opened.inputs.files) != sorted(manifest.inputs):
            self.add("M05", names=_some({*opened.inputs.files} ^ {*manifest.inputs}))
        fresh = rows_by_id(json.loads(json.dumps(opened.register.records())))
        self.figures += check_figures(self.rows, fresh, self.changed)
        if moved := elsewhere(self.rows, fresh):
            self.add("A03", count=len(moved), names=_some(moved))
        elif all(figure.status == "sama" for figure in self.figures):
            recorded = {figure.id: figure.recorded for figure in opened.register if figure.recorded}
            self.add("A01", count=len(self.figures) - len(recorded))
            if recorded:
                self.add("A05", count=len(recorded), names=_some({*recorded.values()}))

    def _recomputed(self, manifest: Manifest) -> Opened | None:
        params = self._params(manifest)
        if params is None:
            return None
        with tempfile.TemporaryDirectory() as folder:
            for name, content in params.items():
                file = Path(folder) / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
            try:
                return self.recompute(self.root, manifest.edition, Path(folder))
            except InputError as error:
                lines = [finding.line() for finding in errors(error.findings)]
                more = [f"dan {len(lines) - _NAMED} temuan lagi"] if len(lines) > _NAMED else []
                self.add("A02", why="\n      ".join(["masukan tidak sah", *lines[:_NAMED], *more]))
            except MonevError as error:
                self.add("A02", why=error)
            except Exception as error:  # foreign params and inputs may fail in ways that no check foresees
                self.add("A02", why=f"{type(error).__name__}: {error}")
        return None

    def _params(self, manifest: Manifest) -> dict[str, bytes] | None:
        """Return the params that the PDF carries under the names that an edition reads, or None if unusable."""
        names = _params_names(manifest)
        given = {name: self.files[name] for name in names if name in self.files}
        self._compare_params(given)
        if names[0] not in given:
            self.add("P04", why=f"{names[0]} tidak dilampirkan")
            return None
        for name, content in given.items():
            if problem := _unsafe_yaml(content):
                self.add("P04", why=f"{name}: {problem}")
                return None
        return given

    def _corrections_of(self, place: str, edition: str) -> str:
        """Return what the carried corrections say, where they name this cell; else an empty text."""
        said = self.files.get(corrections_file(edition), b"").decode("utf-8", "replace")
        return said if place.casefold() in said.casefold() else ""

    def _compare_params(self, given: Mapping[str, bytes]) -> None:
        states = []
        for name, content in given.items():
            path = inside(self.root, name)
            found = _digest(path) if path and path.is_file() else None
            states.append(found == digests.digest(content))
            if found is None and name == release_file(self.manifest.edition if self.manifest else ""):
                states.pop()
            elif found is None:
                self.add("P03", name=name)
            elif not states[-1]:
                self.add("P02", name=name)
        if states and all(states):
            self.add("P01")

    # What is printed

    def _check_text(self, manifest: Manifest) -> None:
        if PRINTED not in self.files:
            self.add("T02")
            return
        expected = self._read(PRINTED, lambda content: Expected.of_record(_json(content)))
        if expected is None:
            return
        try:
            self.account = account(expected, self.pdf.pages)
        except TooMuch as error:
            self.add("L06", name=PRINTED, why=error)
            return
        if self.account.complete:
            self.add("T01", count=self.account.total, kinds=_kinds(self.account))
        if wrong := carried(expected, {id_: row["cetak"] for id_, row in self.rows.items()}):
            self.add("T03", names=_some(wrong))
        self._check_cells(expected, manifest)
        self._check_texts(expected, manifest)

    def _check_cells(self, expected: Expected, manifest: Manifest) -> None:
        """Compare the numerals printed from each cell with those that the cell holds now."""
        if self.opened is None:
            return
        held = _texts_by_place(self.opened.inputs.data)
        of_params = {name: {*self._numerals(name)} for name in manifest.params}
        wrong = []
        for place, printed in expected.of_kind("sel").items():
            file = place.split("!")[0]
            own = of_params[file] if file in of_params else {*numerals(held.get(place, ""))}
            if not {*printed} <= own | {*numerals(self._corrections_of(place, manifest.edition))}:
                wrong.append(place)
        if wrong:
            self.add("T04", names=_some(wrong))

    def _numerals(self, name: str) -> list[str]:
        """Return the numerals of an attachment."""
        return numerals(self.files.get(name, b"").decode("utf-8", "replace"))

    def _check_texts(self, expected: Expected, manifest: Manifest) -> None:
        """Compare the numerals of the params' texts with the params that the PDF carries."""
        if self.opened is None:  # that is told already, and what is made of params (days, periods) is not known
            return
        held = {*self._numerals(f"params/{manifest.edition}.yml"), *numerals(manifest.edition)}
        asked = self.opened.results.data
        for instrument in (*asked.asked, *asked.columns):
            held |= {numeral for text in instrument.texts() for numeral in numerals(text)}
        inputs = self.opened.inputs
        made = texts(inputs.edition) | publication_texts(inputs.edition, inputs.release, manifest.fingerprint)
        for key, printed in expected.of_kind("teks").items():
            is_fingerprint = key in ("sidik", "draf")
            own = {*numerals(manifest.fingerprint)} if is_fingerprint else held | {*numerals(made.get(key, ""))}
            if not {*printed} <= own:
                self.add("T05", name=key)


def _params_names(manifest: Manifest) -> list[str]:
    """Return the params that an edition may read, by fixed names, as far as the manifest lists them; its own first."""
    own = f"params/{manifest.edition}.yml"
    beside = {published_file(manifest.edition), corrections_file(manifest.edition), BRAND_FILE}
    beside.add(release_file(manifest.edition))
    return [own, *(name for name in manifest.params if name in beside or _MORE_PARAMS.fullmatch(name))]


_KIND_WORDS: Mapping[Kind, str] = {
    "angka": "register",
    "sel": "sel",
    "teks": "params",
    "struktur": "struktur",
    "naskah": "naskah",
    "lain": "lain",
}


def _kinds(made: Account) -> str:
    return ", ".join(f"{_KIND_WORDS[kind]} {count}" for kind, count in made.explained.items())


def _some(names: Iterable[str]) -> str:
    listed = sorted(names)
    rest = len(listed) - _NAMED
    return ", ".join(listed[:_NAMED]) + (f", +{rest}" if rest > 0 else "")


# Files -----------------------------------------------------------------------------------------------------


def inside(root: Path, name: str) -> Path | None:
    """Return the path of a name below `root`; None for a name that is not plainly inside, links followed."""
    pure = PurePosixPath(name)
    if not pure.parts or pure.is_absolute() or ".." in pure.parts or {"\\", ":", "\x00"} & {*name}:
        return None
    try:
        path = (root / name).resolve()
        return path if path.is_relative_to(root.resolve()) else None
    except (OSError, RuntimeError):  # a loop of links
        return None


def _digest(path: Path) -> str | None:
    try:
        return digests.digest(read_plain(path, MAX_FILE))
    except OSError:
        return None


def _unsafe_yaml(content: bytes) -> str:
    """Tell why foreign YAML is not read as params are: its first finding, empty where there is none."""
    return next((finding.text() for finding in read_yaml(content, "")[2]), "")


_DEFINED = ("asked", "columns")  # of the data: what instruments are, not what workbooks hold


def _texts_by_place(data: Dataset) -> dict[str, str]:
    """Return what every cell with a meaning holds, by `file!sheet!H14`."""
    held: dict[str, str] = {}
    for record in _records(data):
        answers = getattr(record, "answers", {})  # in columns of instruments
        for column in (*record.place.cells, *record.place.sources):
            name = column if hasattr(record, column) else column.partition("_")[2]  # of a row judged again: new_reason
            if hasattr(record, name) or column in answers:  # a record may say less than the row it stands in
                held[record.place.cell(column)] = _said(getattr(record, name, answers.get(column, "")))
    return held


def _records(data: Dataset) -> Iterator[Any]:
    """Yield all that has a place, and what assessors say of each target at a place of its own."""
    for records in fields(data):
        for record in getattr(data, records.name) if records.name not in _DEFINED else ():
            yield record
            if judged := getattr(record, "judgement", None):
                yield judged


def _said(value: object) -> str:
    """Return a record's value as the report says it."""
    return day(value) if isinstance(value, date) else str(value)


def _folder_notes(folder: Path, carried_manifest: Manifest) -> Iterator[Note]:
    """Yield notes on an output folder: every file against its manifest, the manifest against the PDF's."""
    try:
        own = Manifest.of_bytes(read_plain(folder / MANIFEST, MAX_FILE))
    except OSError as error:
        yield note("K05", why=error.strerror or "tidak dapat dibuka")
        return
    except ValueError as error:
        yield note("K05", why=error)
        return
    parts = ("edition", "fingerprint", "inputs", "params", "code")
    other = [name for name in parts if getattr(own, name) != getattr(carried_manifest, name)]
    listed = {name: sha for name, sha in own.outputs.items() if name not in _LATER}
    other += ["outputs"] if listed != dict(carried_manifest.outputs) else []
    if other:
        yield note("K06", names=_some(_PARTS[name] for name in other))
    wrong = list(_output_notes(folder, own))
    yield from wrong or [note("K01", count=len(own.outputs))]


_PARTS = {
    "edition": "edisi",
    "fingerprint": "sidik",
    "inputs": "masukan",
    "params": "params",
    "code": "kode",
    "outputs": "keluaran",
}


def _output_notes(folder: Path, own: Manifest) -> Iterator[Note]:
    for name, sha in own.outputs.items():
        path = inside(folder, name)
        if path is None:
            yield note("M04", name=name)
        elif not path.is_file():
            yield note("K03", name=name)
        elif _digest(path) != sha:
            yield note("K02", name=name)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        listed = name in own.outputs or name in UNLISTED or path.name in DESKTOP
        if path.is_file() and not listed:
            yield note("K04", name=name)
    for name in _ALWAYS:
        if name not in own.outputs:
            yield note("K04", name=name)
