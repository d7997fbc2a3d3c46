"""The proof of a report: it is built again in an empty place from the inputs at hand, and every byte is compared.

Builds repeat byte for byte, so nothing that a forger can put into a file survives this: what a report carries says
only what to build (edition, params, engine), never what is right. Where it cannot be built again, or comes out
otherwise, `audit.verification` tells what can still be said.
"""

from __future__ import annotations

import filecmp
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from monev.audit.verdict import Note, Proof, Verification, note
from monev.audit.verification import (
    DESKTOP,
    PDF_NAME,
    UNLISTED,
    Carried,
    carried_by,
    inside,
    params_differences,
    verify,
)
from monev.build.build_options import BuildOptions
from monev.build.pipeline import build
from monev.io import manifest as digests
from monev.io.brand_file import brand_files
from monev.io.folders import read_plain
from monev.io.params_file import editions
from monev.io.pdf_reader import MAX_FILE, Pdf, PdfError, read_pdf, read_pictures, read_shape
from monev.model.brand import FILE as BRAND_FILE
from monev.model.imprint import release_file
from monev.words.errors import InputError, MonevError
from monev.words.findings import errors
from monev.words.steps import Progress

_RECORDS = "naskah/hasil/"
_NAMED = 5  # of anything that one note lists
_EDITION_WORDS = re.compile(r"Edisi\s+([A-Za-z0-9][A-Za-z0-9._-]{0,63})")
ALONE = ("html", "docx")  # documents that name their edition and are made by a build; the rest of it is data


def prove(path: Path, root: Path, jobs: int, progress: Progress, *, trust: bool = False) -> Verification:
    """Verify a report, a document of it, or an output folder by building it again from the inputs below `root`.

    What notebooks of one's own gave is taken as it was recorded; with `trust` they are run again.
    Nothing below `root` is written. Never raises for what the file or the inputs hold.
    """
    kind = kind_of(path) if path.is_file() else "pdf"
    if kind != "pdf":
        return _document(path, kind, root, jobs, progress) if kind in ALONE else _alone(path)
    said = carried_by(path)
    if said is None:  # not a report, or one that cannot be read: in words of its own
        return replace(verify(path, root), proof="kurang")
    notes = list(params_differences(said, root))
    made = _made(said, path, root, jobs, progress, notes, trust=trust)
    if made is not None and made.proof == "identik" and not any(n.weight == "beda" for n in notes):
        return made
    told = verify(path, root)
    known = {(n.code, str(n.details)) for n in told.notes}
    more = [n for n in notes if (n.code, str(n.details)) not in known]
    return replace(told, notes=(*told.notes, *more), proof="beda" if made else "kurang")


def _made(
    said: Carried, path: Path, root: Path, jobs: int, progress: Progress, notes: list[Note], *, trust: bool
) -> Verification | None:
    """Build again and compare; notes of differences are added. None where it could not be built."""
    with tempfile.TemporaryDirectory(prefix="monev-") as place:
        empty = Path(place)
        why = lay_out(said, root, empty)
        records = sorted(name for name in said.manifest.inputs if name.startswith(_RECORDS))
        for name in records if trust and not why else ():
            (empty / name).unlink()
        built = None if why else _built(said, path, empty, jobs, progress, trust=trust)
        if isinstance(built, Path):
            found = list(_compared(path, built))
            notes += found
            same_code = said.manifest.code == digests.code_digests()
            if not same_code:
                notes.append(note("R06"))
            same = same_code and all(told.weight == "keterangan" for told in found)
            if same:
                count = len(_files(built)) if path.is_dir() else 1
                notes.append(note("R01", count=count))
            if records:
                names = _some([name.removeprefix(_RECORDS) for name in records])
                notes.append(note("A06", names=names) if trust else note("A05", count=_recorded(built), names=names))
            proof: Proof = "identik" if same else "beda"
            own = said.manifest
            return Verification(str(path), own.edition, own.fingerprint, tuple(notes), proof=proof)
        notes.append(note("R05", why=why or built))
        return None


def kind_of(path: Path) -> str:
    """Return what a file is by its beginning, as names change on the way: `pdf`, `html`, `docx`; else its ending."""
    try:
        start = read_plain(path, MAX_FILE)[:1024]
    except OSError:
        return path.suffix.lower().removeprefix(".")
    if b"%PDF-" in start or path.suffix.lower() == ".pdf":
        return "pdf"
    if start.lstrip()[:14].lower() == b"<!doctype html":
        return "html"
    if start.startswith(b"PK\x03\x04") and _words_of_docx(path):
        return "docx"
    return path.suffix.lower().removeprefix(".")


def lay_out(said: Carried, root: Path, empty: Path) -> str:
    """Put the inputs at hand and the carried params into an empty root; say why not, if not."""
    for name, digest in said.manifest.inputs.items():
        source = inside(root, name)
        if source is None or not source.is_file():
            return f"{name} tidak ada di {root}"
        try:
            content = read_plain(source, MAX_FILE)
        except OSError as error:
            return f"{name}: {error.strerror}"
        if digests.digest(content) != digest:
            return f"{name} bukan yang dipakai laporan"
        _put(empty, name, content)
    for name, content in said.params.items():
        _put(empty, name, content)
    return ""


def _put(folder: Path, name: str, content: bytes) -> None:
    target = inside(folder, name)
    if target is None:
        raise ValueError(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def _recorded(built: Path) -> int:
    """Return how many figures a build has from notebooks of one's own."""
    return sum("dicatat" in row for row in json.loads((built / "data" / "angka.json").read_bytes()))


def _built(said: Carried, path: Path, empty: Path, jobs: int, progress: Progress, *, trust: bool) -> Path | str:
    """Return the folder of a fresh build, or why there is none."""
    wanted = (path / "laporan.docx").exists() if path.is_dir() else False
    try:
        made = build(
            empty,
            said.manifest.edition,
            BuildOptions(
                said.engine,
                jobs,
                cache=False,
                formats=("docx",) if wanted else (),
                release=release_file(said.manifest.edition) in said.params,
                trust=trust,
            ),
            progress,
        )
    except InputError as error:
        return "; ".join(finding.line() for finding in errors(error.findings)[:_NAMED])
    except MonevError as error:
        return str(error)
    return made.folder


# Comparing ------------------------------------------------------------------------------------------------------------


def _compared(path: Path, built: Path) -> Iterator[Note]:
    if path.is_dir():
        yield from _folders(path, built)
    elif not filecmp.cmp(path, built / PDF_NAME, shallow=False):
        yield from _signed(path, built / PDF_NAME) or _pdfs(path, built / PDF_NAME)


def _files(folder: Path) -> dict[str, Path]:
    """Return what lies in a folder: files, links and whatever else; of folders those that hold nothing."""
    every = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir() or not any(path.iterdir()))
    found = {path.relative_to(folder).as_posix(): path for path in every}
    return {name: path for name, path in found.items() if name != UNLISTED[1] and path.name not in DESKTOP}


def _folders(given: Path, built: Path) -> Iterator[Note]:
    have, made = _files(given), _files(built)
    for name in sorted(have.keys() | made.keys()):
        if name not in have:
            yield note("K03", name=name)
        elif name not in made:
            yield note("K04", name=name)
        elif have[name].is_symlink() or not filecmp.cmp(have[name], made[name], shallow=False):
            plain = name == PDF_NAME and not have[name].is_symlink() and have[name].is_file()
            if plain and (signed := _signed(have[name], made[name])):
                yield from signed
                continue
            yield note("R04", name=name)
            if plain:
                yield from _pdfs(have[name], made[name])


def _signed(given: Path, made: Path) -> list[Note]:
    """Return the note on a report that is the same but for a signature after its end; else none."""
    fresh = made.read_bytes()
    try:
        if not read_plain(given, MAX_FILE).startswith(fresh):
            return []
        shape = read_shape(given)
    except (OSError, PdfError):
        return []
    return [note("R11")] if shape.signed and shape.end == len(fresh) else []


def _pdfs(given: Path, made: Path) -> Iterator[Note]:
    """Name what differs between two PDFs: attachments, pages by words and by picture, else what is left."""
    try:
        one, other = read_pdf(given), read_pdf(made)
        pictures = (read_pictures(given), read_pictures(made))
    except PdfError as error:
        yield note("R04", name=f"{PDF_NAME} ({error})")
        return
    found = [*_attachments(one, other), *_pages(one, other, pictures)]
    yield from found
    given_bytes, made_bytes = read_plain(given, MAX_FILE), made.read_bytes()
    if given_bytes.startswith(made_bytes):
        yield note("R07", count=len(given_bytes) - len(made_bytes))
    elif not found:
        yield note("R08")


def _attachments(one: Pdf, other: Pdf) -> Iterator[Note]:
    have, made = dict(one.attachments), dict(other.attachments)
    if len(have) < len(one.attachments):
        yield note("L05", name=_some(sorted({name for name, _ in one.attachments})))
    for name in sorted(have.keys() | made.keys()):
        if have.get(name) != made.get(name):
            yield note("R03", name=name)


def _pages(one: Pdf, other: Pdf, pictures: tuple[Sequence[str], Sequence[str]]) -> Iterator[Note]:
    if len(one.pages) != len(other.pages):
        yield note("R09", given=len(one.pages), made=len(other.pages))
        return
    words = [n for n, (a, b) in enumerate(zip(one.pages, other.pages, strict=True), start=1) if a != b]
    for number in words[:_NAMED]:
        a, b = one.pages[number - 1], other.pages[number - 1]
        yield note("R02", page=number, given=_first(a, b), made=_first(b, a))
    drawn = [n for n, (a, b) in enumerate(zip(*pictures, strict=True), start=1) if a != b and n not in words]
    more = [f"hlm. {number}" for number in (*words[_NAMED:], *drawn)]
    if more:
        yield note("R10", pages=_some(more))


def _first(text: str, other: str) -> str:
    """Return the words of the first line that the other text has not at that place."""
    lines, others = text.split("\n"), other.split("\n")
    for n, line in enumerate(lines):
        if n >= len(others) or line != others[n]:
            return line.strip()[:80]
    return ""


def _some(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f", +{rest}" if rest > 0 else "")


# Documents by themselves ----------------------------------------------------------------------------------------------


def _alone(path: Path) -> Verification:
    """Say of a data file or notebook that it proves nothing by itself, and what to hand over."""
    return Verification(str(path), notes=(note("B05", name=path.name),), proof="kurang")


def _document(path: Path, suffix: str, root: Path, jobs: int, progress: Progress) -> Verification:
    """Compare an HTML or Word file with what the project gives for the edition that it names."""
    edition = _EDITION_WORDS.search(_words(path, suffix))
    name = edition[1] if edition else ""
    if name not in editions(root):
        return Verification(str(path), notes=(note("B06", edition=name or "?"),), proof="kurang")
    with tempfile.TemporaryDirectory(prefix="monev-") as place:
        empty = Path(place)
        for folder in ("params", "inputs", "naskah"):
            _copy(root / folder, empty, folder)
        for file in (BRAND_FILE, *brand_files(root)):
            if (source := inside(root, file)) and source.is_file():
                _put(empty, file, source.read_bytes())
        try:
            made = build(
                empty,
                name,
                BuildOptions("auto", jobs, cache=False, formats=("docx",) if suffix == "docx" else ()),
                progress,
            )
        except MonevError as error:
            return Verification(str(path), name, notes=(note("R05", why=error),), proof="kurang")
        same = filecmp.cmp(path, made.folder / f"laporan.{suffix}", shallow=False)
    notes = (note("R01", count=1),) if same else (note("R04", name=path.name), note("B07", edition=name))
    return Verification(str(path), name, notes=notes, proof="identik" if same else "beda")


def _copy(source: Path, empty: Path, name: str) -> None:
    """Copy plain files, never what links lead to."""
    for path in sorted(source.rglob("*")):
        if path.is_file() and not path.is_symlink():
            _put(empty, f"{name}/{path.relative_to(source).as_posix()}", path.read_bytes())


def _words(path: Path, suffix: str) -> str:
    """Return the text of an HTML or Word file, as far as it is needed to know its edition."""
    if suffix == "docx":
        return _words_of_docx(path)
    try:
        return read_plain(path, MAX_FILE).decode("utf-8", "replace")
    except OSError:
        return ""


def _words_of_docx(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as book, book.open("word/document.xml") as part:
            return re.sub(r"<[^>]*>", " ", part.read(64 * 1024**2).decode("utf-8", "replace"))
    except (OSError, KeyError, zipfile.BadZipFile):
        return ""


def quiet() -> Progress:
    """Return what tells nobody where a build is."""
    return Progress(lambda words: None, lambda count, total, name: None)
