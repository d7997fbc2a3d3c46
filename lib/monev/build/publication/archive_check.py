"""What a release says beside its report, held against what it was made from.

Sums prove nothing against whoever makes them anew. So what the record, the archived code and tables, the approval sheet
and the revision say is compared with the inputs, with the report, and with the release before where that lies beside.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from monev.audit.difference import UnknownSide
from monev.audit.verdict import Note, note
from monev.audit.verification import DESKTOP, PDF_NAME
from monev.build.assembly import complete_tables
from monev.build.publication import approval_sheet
from monev.build.publication.halves import AROUND, CODE, DATA, LOCK, MANIFEST, files_in, sums_of
from monev.build.publication.ledger import Released, record_of
from monev.build.publication.open_matters import count_of, open_matters
from monev.build.publication.record import ARCHIVE, HALVES, RECORD, SUMS, Record, read_sums
from monev.build.publication.revision import earlier_steps, revision
from monev.edition.opened import open_edition
from monev.io.manifest import digest
from monev.io.params_file import load_edition_params
from monev.io.pdf_reader import PdfError, read_shape
from monev.io.publication_files import load_release, responses_file
from monev.model.imprint import Release
from monev.model.params import is_edition_name
from monev.words.errors import MonevError

_MOST_CODE = 200 * 1024**2  # bytes of the code, unpacked


def record_notes(said: Record, archive: Path, public: Path | None, manifest: Mapping[str, Any]) -> Iterator[Note]:
    """Compare the record with the report, with what that was made from, and with the responses in the archive."""
    if not is_edition_name(said.edisi):
        yield note("V05", name=RECORD, why="edisinya tidak sah")
        return
    try:
        own = load_release(archive, said.edisi)
        waiting = open_matters(archive, load_edition_params(archive, said.edisi))
    except MonevError as error:
        yield note("V05", name=RECORD, why=error)
        return
    if own is None or _told(said) != _own(own):
        yield note("V05", name=RECORD, why="bukan terbitan yang tercatat dalam laporannya")
    if said.sidik != manifest["sidik"]:
        yield note("V05", name=RECORD, why="sidiknya lain dari yang ada di manifes")
    if said.terbuka != count_of(waiting):
        yield note("V05", name=RECORD, why="banyaknya yang terbuka lain dari yang ada di arsip")
    if public and said.ditandatangani != _signed(public / PDF_NAME):
        yield note("V05", name=RECORD, why="ada tidaknya tanda tangan lain dari laporannya")


def _told(said: Record) -> tuple[str, ...]:
    return said.versi, said.oleh, said.waktu[:10], said.alasan_terbuka, said.sebelum, said.alasan


def _own(made: Release) -> tuple[str, ...]:
    last = made.riwayat[-1] if made.riwayat else None
    before = (last.dari, last.alasan) if last else ("", "")
    return (made.versi, made.oleh, made.tanggal.isoformat(), made.dibiarkan_terbuka, *before)


def _signed(report: Path) -> bool:
    try:
        return read_shape(report).signed
    except (PdfError, OSError):
        return False


def archive_notes(archive: Path, manifest: Mapping[str, Any]) -> Iterator[Note]:
    """Compare the archive and the code in it with what the manifest says that the report is made from."""
    edition = str(manifest["edisi"])
    known = {*manifest["masukan"], *manifest["params"], MANIFEST, CODE, LOCK, SUMS, RECORD, approval_sheet.FILE}
    known |= {responses_file(edition)}
    for name in files_in(archive):
        if name not in known and not name.startswith(f"{DATA}/") and Path(name).name not in DESKTOP:
            yield note("V04", name=f"{ARCHIVE}/{name}")
    for group in ("masukan", "params"):
        for name, value in manifest[group].items():
            if not (archive / name).is_file() or digest((archive / name).read_bytes()) != value:
                yield note("V02", name=f"{ARCHIVE}/{name}")
    try:
        with zipfile.ZipFile(archive / CODE) as code:
            if sum(entry.file_size for entry in code.infolist()) > _MOST_CODE:
                raise ValueError("terlalu besar")
            held = {name: digest(code.read(name)) for name in code.namelist()}
    except (OSError, ValueError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        yield note("V05", name=f"{ARCHIVE}/{CODE}", why=error)
        return
    own = manifest["kode"]
    if {name: value for name, value in held.items() if name not in AROUND} != own:
        yield note("V05", name=f"{ARCHIVE}/{CODE}", why="bukan kode yang menyusun laporannya")


def made_again(said: Record, archive: Path, root: Path, work: Path) -> Iterator[Note]:
    """Make tables with all columns and the approval sheet again from the inputs below `root`, and compare them."""
    opened = open_edition(root, said.edisi)
    tables = {f"{DATA}/{name}": content for name, content in complete_tables(opened).items()}
    held = {name: path for name, path in files_in(archive).items() if name.startswith(f"{DATA}/")}
    for name in sorted({*tables, *held}):
        if name not in tables:
            yield note("V04", name=f"{ARCHIVE}/{name}")
        elif name not in held or held[name].read_bytes() != tables[name]:
            yield note("R04", name=f"{ARCHIVE}/{name}")
    sheet = archive / approval_sheet.FILE
    if sheet.is_file():
        again = work.with_suffix(".pdf")
        approval_sheet.write(opened, said, work, again)
        if again.read_bytes() != sheet.read_bytes():
            yield note("R04", name=f"{ARCHIVE}/{approval_sheet.FILE}")


def earlier_notes(said: Record, archive: Path) -> Iterator[Note]:
    """Compare the revision that a release prints with the release before it, where that lies beside."""
    if not said.sebelum:
        return
    folder = archive.parent.parent / said.sebelum
    before = Released(folder, said.edisi, said.sebelum, record_of(folder))
    shown = f"{said.edisi} {said.sebelum}"
    if before.record is None or not before.archive.is_dir():
        yield note("V13", name=shown)
        return
    changed = [f"{said.sebelum}/{half}" for half in HALVES if not _sealed(folder, half, before.record)]
    own = load_release(archive, said.edisi)
    if changed or (before.record.edisi, before.record.versi) != (said.edisi, said.sebelum) or not own:
        yield note("V14", name=shown, why=", ".join(changed) or "bukan terbitan itu")
        return
    last = own.riwayat[-1]
    try:
        step = revision(archive, said.edisi, before, said.versi, last.oleh, last.alasan, last.tanggal)
        steps = (*earlier_steps(before), step)
    except (MonevError, UnknownSide, OSError, ValueError, KeyError) as error:
        yield note("V14", name=shown, why=error)
        return
    if steps == own.riwayat:
        yield note("V15", name=shown, count=len(step.perubahan))
        return
    told = {(c.hal, c.komitmen): c for c in last.perubahan}
    wrong = [c for c in step.perubahan if told.get((c.hal, c.komitmen)) != c]
    yield note(
        "V14", name=shown, why=f"{wrong[0].hal}: {wrong[0].lama} menjadi {wrong[0].baru}" if wrong else "riwayat"
    )


def _sealed(folder: Path, half: str, made: Record) -> bool:
    """Tell whether a half is as its record and sums say."""
    try:
        content = (folder / half / SUMS).read_bytes()
        return digest(content) == made.sums_of(half) and read_sums(content) == sums_of(folder / half)
    except OSError:
        return False
