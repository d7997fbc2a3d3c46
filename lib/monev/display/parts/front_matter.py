"""What an edition says of its own publication: foreword with who signs it, imprint, and the history of revisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from monev.display.document import (
    Block,
    Break,
    Cell,
    Heading,
    Inlines,
    Num,
    Paragraph,
    Picture,
    Points,
    Section,
    Strong,
    Table,
    TableColumn,
)
from monev.display.phrases import commitment_link, day, published_on
from monev.figures.register import Register
from monev.model.imprint import Changed, Release, Revision, release_file
from monev.model.params import Edition
from monev.rules.tidy import ForewordLine, Response

SIGNATURE_WIDTH = 4  # centimetres


def signature_pictures(edition: Edition) -> dict[str, str]:
    """Return the pictures of signatures by their file: their names in the staged folder."""
    files = dict.fromkeys(edition.terbitan.pictures)
    return {
        file: f"gambar/tanda-tangan{f'-{n}' if n > 1 else ''}.{file.rpartition('.')[2].lower()}"
        for n, file in enumerate(files, start=1)
    }


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
    if dated:
        yield Paragraph(dated)
    pictures, several = signature_pictures(edition), len(said.penandatangan) > 1
    for signed in said.penandatangan:
        key = f"penandatangan.{signed.nama}" if several else "penandatangan"
        lines: list[Inlines] = [(Cell(signed.jabatan, _key(edition, f"{key}.jabatan")),)]
        if signed.gambar:
            lines.append((Picture(pictures[signed.gambar], f"Tanda tangan {signed.nama}", SIGNATURE_WIDTH),))
        lines.append((Cell(signed.nama, _key(edition, f"{key}.nama")),))
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
    # Lines, not a strip: contact and licence may be long.
    items = tuple((Strong(f"{name}: "), *cells.get(name, (text,))) for name, text in shown.items() if text)
    signed = () if foreword else tuple(_signed(edition, release)) if said.penandatangan else ()
    return Section("terbitan", (Heading(1, ("Tentang Terbitan Ini",), "sec-terbitan"), Points(items), *signed))


def history(release: Release | None, register: Register) -> Section:
    """Return the revisions that led to a release, the newest first; empty for a draft and for a first release.

    What the newest one changed is set beside the figures as they are computed now.
    """
    if release is None or not release.riwayat:
        return Section(HISTORY)
    blocks: list[Block] = [
        Heading(1, ("Riwayat Revisi",), "sec-riwayat-revisi"),
        Paragraph((f"Angka yang diikuti tanda {MARK} kecil berbeda dari terbitan sebelumnya.",)),
    ]
    for place, step in reversed([*enumerate(release.riwayat)]):
        newest = place == len(release.riwayat) - 1
        blocks += _step(step, f"{release_file(release.edisi)}!riwayat!{place + 1}", register if newest else None)
    return Section(HISTORY, tuple(blocks))


HISTORY = "riwayat-revisi"
MARK = "r"
_COLUMNS = ("Komitmen", "Yang berubah", "Semula", "Menjadi")


def _step(step: Revision, source: str, register: Register | None) -> Iterator[Block]:
    versions = (Cell(step.dari, source), Cell(step.ke, source))
    yield Heading(2, ("Terbitan ", versions[1]), f"sec-revisi-{step.ke.replace('.', '-')}")
    made: Inlines = (Cell(day(step.tanggal), source), " oleh ", Cell(step.oleh, source))
    yield Paragraph(
        ("Menggantikan terbitan ", versions[0], "; dibuat pada ", *made, ". Alasan: ", Cell(step.alasan, source))
    )
    if not step.perubahan:
        yield Paragraph(("Tidak ada angka, kategori, atau teks yang berubah.",))
        return
    rows = tuple(_change(item, source, register) for item in step.perubahan)
    columns = tuple(TableColumn((name,)) for name in _COLUMNS)
    yield Table(f"tbl-revisi-{step.ke.replace('.', '-')}", ("Yang berubah, menurut komitmen",), columns, rows)


def _change(item: Changed, source: str, register: Register | None) -> tuple[Inlines, ...]:
    figure = register.get(item.angka) if register and item.angka else None
    return (
        (commitment_link(item.komitmen),) if item.komitmen else ("-",),
        (Cell(item.hal, source),),
        (Cell(item.lama, source),) if item.lama else ("-",),
        (Num(figure),) if figure else (Cell(item.baru, source),) if item.baru else ("-",),
    )


def responses(given: Sequence[Response]) -> Section:
    """Return the comments on drafts with the answers to them; empty where the params do not ask for them."""
    if not given:
        return Section("tanggapan")
    rows = tuple(
        (
            (Cell(one.sender, one.place.cell("sender")), Break(), Cell(one.date, one.place.cell("date"))),
            (Cell(one.section, one.place.cell("section")),),
            (Cell(one.comment, one.place.cell("comment")),),
            (Cell(one.answer, one.place.cell("answer")),) if one.answer else (UNANSWERED,),
        )
        for one in given
    )
    columns = tuple(TableColumn((name,)) for name in ("Dari", "Bagian", "Tanggapan", "Jawaban"))
    table = Table("tbl-tanggapan", ("Tanggapan atas draf, dan jawabannya",), columns, rows)
    lead = "Draf laporan ini sudah diedarkan. Setiap tanggapan dimuat di sini dengan jawabannya."
    return Section("tanggapan", (Heading(1, ("Tanggapan atas Draf",), "sec-tanggapan"), Paragraph((lead,)), table))


UNANSWERED = "belum dijawab"
