"""The proof of a release: every file against its sums, every figure recomputed, and the whole built again.

A release is judged by its own inputs, wherever it lies: nothing of the root that it was made in is needed. Each half
verifies by itself as far as it can: the public one by its sums, the archive also by building again from what it holds.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from monev.audit.verdict import Note, Proof, Verification, note
from monev.audit.verification import DESKTOP, PDF_NAME, inside, verify
from monev.build.build_options import BuildOptions
from monev.build.pipeline import build
from monev.build.publication.archive_check import archive_notes, earlier_notes, made_again, record_notes
from monev.build.publication.halves import CODE, MANIFEST, files_in, folders_in
from monev.build.publication.record import ARCHIVE, HALVES, PUBLIC, RECORD, SUMS, Record, read_sums
from monev.io import manifest as digests
from monev.io.own_environment import own_environment
from monev.io.pdf_reader import PdfError, read_shape
from monev.words.errors import MonevError
from monev.words.steps import Progress

_MATERIALS = ("masukan", "params")
_SECONDS = 3600  # that the release's own code may take
_MOST_CODE = 200 * 1024**2  # bytes of the code, unpacked


def is_release(path: Path) -> bool:
    """Tell whether a path is a release's folder, or one half of it."""
    return bool(_halves(path))


def _halves(path: Path) -> dict[str, Path]:
    """Return the halves that lie at a path: both in a release's folder, one where the path is a half itself."""
    if not path.is_dir():
        return {}
    found = {half: path / half for half in HALVES if (path / half / RECORD).exists() or (path / half / SUMS).exists()}
    if found:
        return found
    if not (path / RECORD).exists() and not (path / SUMS).exists():
        return {}
    return {ARCHIVE if (path / CODE).exists() or (path / "params").is_dir() else PUBLIC: path}


def changed_files(folder: Path) -> list[str]:
    """Return the files of a release that are not as its sums say, by their name in its folder."""
    told: list[str] = []
    for half, place in _halves(folder).items():
        told += [str(n.details.get("name", half)) for n in _Half(half, place).notes() if n.weight == "beda"]
    return told


def prove_release(path: Path, jobs: int, progress: Progress, *, trust: bool = False) -> Verification:
    """Verify a release, or one half of it; nothing below `path` is written.

    With `trust`, a release that other code has made is built by the code that lies in it. Never raises for what the
    release holds.
    """
    halves = {half: _Half(half, place) for half, place in _halves(path).items()}
    notes = [told for half in halves.values() for told in half.notes()]
    records = [half.record for half in halves.values() if half.record]
    notes += _around(path, halves)
    if len(records) == len(HALVES) and records[0] != records[1]:
        notes.append(note("V05", name=f"{ARCHIVE}/{RECORD}", why="lain dari yang ada di paruh publik"))
    if missing := [half for half in HALVES if half not in halves]:
        notes.append(note("V08", name=", ".join(missing)))
    said = records[0] if records else None
    edition, sidik = (said.edisi, said.sidik) if said else ("", "")
    made = Verification(str(path), edition, sidik, tuple(notes), proof="beda")
    if said is None or any(told.weight == "beda" for told in notes):
        return made
    about = note("V09", number=said.versi, by=said.oleh, when=said.waktu)
    made = replace(made, notes=(about, *notes))
    if ARCHIVE not in halves:
        return _public_alone(made, halves[PUBLIC].place)
    return _proved(made, said, {half: own.place for half, own in halves.items()}, jobs, progress, trust)


def _around(path: Path, halves: Mapping[str, _Half]) -> Iterator[Note]:
    """Yield what lies beside the halves in a release's folder, and how many files could be written over."""
    if any(half.place == path for half in halves.values()):
        return
    for entry in sorted(path.iterdir()):
        if entry.name not in HALVES and entry.name not in DESKTOP:
            yield note("V04", name=entry.name)
    files = [file for half in halves.values() for file in files_in(half.place).values() if not file.is_symlink()]
    if count := sum(bool(file.stat().st_mode & 0o222) for file in files):
        yield note("V16", count=count)


# Sums ---------------------------------------------------------------------------------------------------------


@dataclass
class _Half:
    """One half of a release, and its record as far as it can be read."""

    name: str
    place: Path
    record: Record | None = None

    def notes(self) -> Iterator[Note]:
        """Yield what the sums tell: every file that was changed, is missing, or was added, by its name."""
        listed = yield from self._listed()
        found = {name: path for name, path in files_in(self.place).items() if name not in (SUMS, RECORD)}
        wrong = 0
        for name in sorted(listed.keys() | found.keys()):
            shown = f"{self.name}/{name}"
            if name not in found:
                yield note("V03", name=shown)
            elif name not in listed:
                if PurePosixPath(name).name in DESKTOP:
                    continue
                yield note("V04", name=shown)
            elif found[name].is_symlink() or _digest(found[name]) != listed[name]:
                yield note("V02", name=shown)
            else:
                continue
            wrong += 1
        needed = {str(above) for name in listed for above in PurePosixPath(name).parents}
        for name in sorted(folders_in(self.place) - needed) if listed else ():
            yield note("V04", name=f"{self.name}/{name}/")
            wrong += 1
        if not wrong and listed and self.record:
            yield note("V01", half=self.name, count=len(listed))

    def _listed(self) -> Generator[Note, None, dict[str, str]]:
        """Yield what is wrong with the record and the list of sums; return the list."""
        try:
            self.record = Record.of_bytes(_plain(self.place / RECORD))
        except (OSError, ValueError) as error:
            yield note("V05", name=f"{self.name}/{RECORD}", why=error)
        try:
            content = _plain(self.place / SUMS)
        except OSError as error:
            yield note("V05", name=f"{self.name}/{SUMS}", why=error.strerror or error)
            return {}
        if self.record and digests.digest(content) != self.record.sums_of(self.name):
            yield note("V05", name=f"{self.name}/{SUMS}", why="bukan daftar yang dicatat terbitan")
        return read_sums(content)


def _plain(path: Path) -> bytes:
    """Return the content of a file that is no link. Raises OSError."""
    if path.is_symlink():
        raise OSError(f"{path.name} adalah tautan")
    return path.read_bytes()


def _digest(path: Path) -> str:
    try:
        return digests.digest(path.read_bytes())
    except OSError:
        return ""


# Figures, and building again ----------------------------------------------------------------------------------


def _public_alone(made: Verification, public: Path) -> Verification:
    """Say of the public half by itself that its sums hold, and that its inputs are not here."""
    return replace(made, notes=(*made.notes, note("V10")), proof="jumlah")


def _proved(
    made: Verification, said: Record, halves: Mapping[str, Path], jobs: int, progress: Progress, trust: bool
) -> Verification:
    archive, public = halves[ARCHIVE], halves.get(PUBLIC)
    notes = list(made.notes)
    if public:
        figures = verify(public / PDF_NAME, archive)
        notes += [told for told in figures.notes if told.weight in ("sama", "beda") or told.code == "A02"]
        made = replace(made, figures=figures.figures, account=figures.account)
    try:
        manifest = json.loads((archive / MANIFEST).read_bytes())
        own_code = manifest["kode"] == digests.code_digests()
        listed: dict[str, str] = manifest["keluaran"]
        notes += record_notes(said, archive, public, manifest)
        notes += archive_notes(archive, manifest)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return replace(made, notes=(*notes, note("R05", why=f"{ARCHIVE}/{MANIFEST}: {error}")), proof="kurang")
    if not own_code and not trust:
        return replace(made, notes=(*notes, note("V11")), proof="kurang")
    if any(told.weight == "beda" for told in notes) and not own_code:
        return replace(made, notes=tuple(notes), proof="beda")  # what was changed is not run
    notes += earlier_notes(said, archive)
    with tempfile.TemporaryDirectory(prefix="monev-") as place:
        empty = Path(place) / "akar"
        try:
            _copied(archive, manifest, empty)
            if own_code:
                built = _built(empty, said.edisi, manifest, jobs, progress)
            else:
                notes.append(note("V12"))
                built = _built_by_own_code(archive, empty, said.edisi, manifest, Path(place) / "kode")
        except (MonevError, OSError, ValueError, KeyError, zipfile.BadZipFile, subprocess.SubprocessError) as error:
            return replace(made, notes=(*notes, note("R05", why=error)), proof="kurang")
        found = list(_compared(listed, archive, public, built))
        if own_code:
            found += made_again(said, archive, empty, Path(place) / "lembar")
    same = all(told.weight != "beda" for told in (*found, *notes))
    if same:
        found.append(note("R01", count=len(listed) + 1))
    proof: Proof = "identik" if same else "beda"
    return replace(made, notes=(*notes, *found), proof=proof)


def _copied(archive: Path, manifest: Mapping[str, Any], empty: Path) -> None:
    """Copy what the manifest names from the archive to an empty root. Raises ValueError for a name that leads out."""
    for group in _MATERIALS:
        for name in manifest[group]:
            source, target = inside(archive, name), inside(empty, name)
            if source is None or target is None or not source.is_file():
                raise ValueError(f"{name} tidak ada di {ARCHIVE}/")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _formats(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    return ("docx",) if "laporan.docx" in manifest["keluaran"] else ()


def _built(empty: Path, edition: str, manifest: Mapping[str, Any], jobs: int, progress: Progress) -> Path:
    options = BuildOptions(str(manifest["mesin"]), jobs, cache=False, formats=_formats(manifest), release=True)
    return build(empty, edition, options, progress).folder


_OWN = (
    "import sys; from pathlib import Path; from monev.build.build_options import BuildOptions;"
    "from monev.build.pipeline import build; from monev.words.steps import Progress;"
    "build(Path(sys.argv[1]), sys.argv[2], BuildOptions(sys.argv[3], 1, cache=False,"
    " formats=tuple(sys.argv[4:]), release=True), Progress(lambda w: None, lambda c, t, n: None))"
)


def _built_by_own_code(archive: Path, empty: Path, edition: str, manifest: Mapping[str, Any], place: Path) -> Path:
    """Build by the code that lies in the release, in a process of its own; the packages are those at hand."""
    with zipfile.ZipFile(archive / CODE) as code:
        if sum(entry.file_size for entry in code.infolist()) > _MOST_CODE:
            raise ValueError(f"{CODE} terlalu besar")
        for entry in code.infolist():
            if inside(place, entry.filename) is None:
                raise ValueError(f"{CODE}: {entry.filename[:80]}")
        code.extractall(place)
    environment = {**own_environment(), "PYTHONPATH": str(place / "lib")}
    command = [sys.executable, "-P", "-c", _OWN, str(empty), edition, str(manifest["mesin"]), *_formats(manifest)]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=_SECONDS, check=False, cwd=empty
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [str(done.returncode)]
        raise ValueError(last[0][:200])
    return empty / "outputs" / edition


def _compared(listed: Mapping[str, str], archive: Path, public: Path | None, built: Path) -> Iterator[Note]:
    """Compare every file built again with the manifest, and with the public half where that is here."""
    for name, digest in sorted(listed.items()):
        fresh = built / name
        if not fresh.is_file() or digests.digest(fresh.read_bytes()) != digest:
            yield note("R04", name=name)
        elif public and not _same(public / name, fresh):
            yield note("R04", name=f"{PUBLIC}/{name}")
        elif public and name == PDF_NAME and (public / name).read_bytes() != fresh.read_bytes():
            yield note("R11")
    for half in (archive, public) if public else (archive,):
        if (half / MANIFEST).read_bytes() != (built / MANIFEST).read_bytes():
            yield note("R04", name=f"{half.name}/{MANIFEST}")
    if public:
        yield from (note("V04", name=f"{PUBLIC}/{name}") for name in _more(public, listed))


def _more(public: Path, listed: Mapping[str, str]) -> Iterator[str]:
    own = {*listed, MANIFEST, SUMS, RECORD}
    return (name for name in files_in(public) if name not in own and PurePosixPath(name).name not in DESKTOP)


def _same(given: Path, fresh: Path) -> bool:
    """Tell whether a file is as it is built again; a report may be signed behind its own end."""
    have, made = given.read_bytes(), fresh.read_bytes()
    if have == made:
        return True
    if given.name != PDF_NAME or not have.startswith(made):
        return False
    try:
        shape = read_shape(given)
    except PdfError:
        return False
    return shape.signed and shape.end == len(made)
