"""What an edition says of its own publication: the foreword with who signs it, and the imprint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import PurePosixPath

from monev.display.document import (
    Block,
    Break,
    Cell,
    Heading,
    Inlines,
    Paragraph,
    Picture,
    Points,
    Section,
    Strip,
)
from monev.display.phrases import day, published_on
from monev.model.params import Edition
from monev.model.publication import Release
from monev.rules.tidy import ForewordLine

SIGNATURE_WIDTH = 4  # centimetres


def signature_picture(edition: Edition) -> str:
    """Return the name of the signature's picture in the staged folder; empty where there is none."""
    signed = edition.terbitan.penandatangan
    return f"gambar/tanda-tangan{PurePosixPath(signed.gambar).suffix.lower()}" if signed and signed.gambar else ""


def foreword(edition: Edition, release: Release | None, lines: Sequence[ForewordLine]) -> Section:
    """Return the foreword, which ends with place, day and who signs; empty where there is none."""
    if not lines:
        return Section("kata-pengantar")
    blocks: list[Block] = [Heading(1, ("Kata Pengantar",), "sec-kata-pengantar", ("unnumbered",))]
    for point, group in groupby(lines, key=lambda line: line.point):
        texts: list[Inlines] = [(Cell(line.text, line.place.cell("text")),) for line in group]
        blocks += [Points(tuple(texts))] if point else [Paragraph(text) for text in texts]
    return Section("kata-pengantar", (*blocks, *_signed(edition, release)))


def _key(edition: Edition, key: str) -> str:
    return f"params/{edition.edisi}.yml!terbitan!{key}"


def _signed(edition: Edition, release: Release | None) -> Iterator[Block]:
    said, date = edition.terbitan, published_on(edition, release)
    place: list[Inlines] = [(Cell(said.kota, _key(edition, "kota")),)] if said.kota else []
    place += [(day(date),)] if date else []
    dated: Inlines = tuple(inline for n, part in enumerate(place) for inline in ((", ", *part) if n else part))
    signed = said.penandatangan
    if signed is None:
        if dated:
            yield Paragraph(dated)
        return
    lines: list[Inlines] = [dated] if dated else []
    lines.append((Cell(signed.jabatan, _key(edition, "penandatangan.jabatan")),))
    if picture := signature_picture(edition):
        lines.append((Picture(picture, f"Tanda tangan {signed.nama}", SIGNATURE_WIDTH),))
    lines.append((Cell(signed.nama, _key(edition, "penandatangan.nama")),))
    yield Paragraph(tuple(inline for n, line in enumerate(lines) for inline in ((Break(), *line) if n else line)))


def imprint(edition: Edition, release: Release | None, foreword: Sequence[ForewordLine]) -> Section:
    """Return what stands behind the report about the publication itself; empty where the params say nothing of it."""
    said, date = edition.terbitan, published_on(edition, release)
    shown = {
        "Terbitan": f"Versi {release.versi}" if release else None,
        "Nomor": said.nomor,
        "Tanggal terbit": day(date) if date else None,
        "Kota": said.kota,
        "Penerbit": edition.nama.sekretariat,
        "Kontak": said.kontak,
        "ISBN": said.isbn,
        "Lisensi": said.lisensi,
    }
    if not release and said == type(said)():
        return Section("terbitan")
    keys = {"Nomor": "nomor", "Kota": "kota", "Kontak": "kontak", "ISBN": "isbn", "Lisensi": "lisensi"}
    cells = {name: (Cell(text, _key(edition, keys[name])),) for name, text in shown.items() if name in keys and text}
    items = tuple((name, cells.get(name, (text,))) for name, text in shown.items() if text)
    signed = () if foreword else tuple(_signed(edition, release)) if said.penandatangan else ()
    return Section("terbitan", (Heading(1, ("Tentang Terbitan Ini",), "sec-terbitan"), Strip(items), *signed))
