"""The approval sheet of a release: one page for offices that sign by hand."""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from monev.build.publication.record import Record
from monev.display.phrases import day, full_title
from monev.edition.opened import Opened
from monev.io.atomic_files import json_bytes
from monev.io.folders import QUARTO
from monev.render.programs import condense
from monev.render.staged_folder import FONT_FILES
from monev.words.errors import RunError
from monev.words.messages import tell

FILE = "lembar-persetujuan.pdf"
_TEMPLATE = "lembar-persetujuan.typ"
_COUNTS = {
    "komitmen.jumlah": "Komitmen",
    "target.jumlah": "Target yang dinilai",
    "penetapan.jumlah": "Penetapan",
    "koreksi.jumlah": "Koreksi buku kerja",
}


def write(opened: Opened, made: Record, work: Path, target: Path) -> None:
    """Write the sheet of a release to `target`, working in the folder `work`; the same bytes each time.

    Raises RunError.
    """
    import typst

    work.mkdir()
    shutil.copyfile(QUARTO / "embedded" / _TEMPLATE, work / _TEMPLATE)
    said = {
        "judul": full_title(opened.inputs.edition),
        "penerbit": opened.inputs.edition.nama.sekretariat,
        "isi": [[name, value] for name, value in _rows(opened, made)],
        "tanda": [
            {"peran": "Disusun oleh", "nama": made.oleh, "jabatan": ""},
            {"peran": "Diperiksa oleh", "nama": "", "jabatan": ""},
            *_approving(opened),
        ],
    }
    (work / "persetujuan.json").write_bytes(json_bytes(said))
    fonts = [str(importlib.import_module(package).font_directory) for package in FONT_FILES]
    try:
        content = typst.compile(
            str(work / _TEMPLATE),
            root=str(work),
            font_paths=fonts,
            ignore_system_fonts=True,
            format="pdf",
            timestamp=int(datetime.fromisoformat(made.waktu).timestamp()),
        )
    except (typst.TypstError, RuntimeError, ValueError) as error:
        raise RunError(tell("build.render-failed", why=tell("render.typst")), condense(str(error))) from None
    target.write_bytes(content)


def _approving(opened: Opened) -> Iterator[dict[str, str]]:
    for signed in opened.inputs.edition.terbitan.penandatangan:
        yield {"peran": "Disetujui oleh", "nama": signed.nama, "jabatan": signed.jabatan}
    if not opened.inputs.edition.terbitan.penandatangan:
        yield {"peran": "Disetujui oleh", "nama": "", "jabatan": ""}


def _rows(opened: Opened, made: Record) -> Iterator[tuple[str, str]]:
    edition = opened.inputs.edition
    yield "Edisi", edition.edisi
    yield "Terbitan", made.versi
    yield "Sidik", made.sidik
    if edition.terbitan.nomor:
        yield "Nomor", edition.terbitan.nomor
    moment = datetime.fromisoformat(made.waktu)
    yield "Dibuat", f"{day(moment.date())} pukul {moment:%H.%M} UTC, oleh {made.oleh}"
    if made.sebelum:
        yield "Menggantikan", f"{made.sebelum}. Alasan: {made.alasan}"
    for id_, name in _COUNTS.items():
        if figure := opened.register.get(id_):
            yield name, figure.printed
    yield (
        "Tanggapan dan pertanyaan terbuka",
        str(made.terbuka) + (f". Alasan: {made.alasan_terbuka}" if made.terbuka else ""),
    )
