"""What verifying a report found, in words: notes of fixed kinds, the figures, the account of the PDF's numerals."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TextIO

from monev.audit.figure_comparison import FigureCheck
from monev.audit.numeral_account import Account, NumeralMismatch
from monev.words.errors import EXIT_DIFFERENT, EXIT_DONE, EXIT_INPUT
from monev.words.kinds import Kind, OfKind, table
from monev.words.messages import Language

Weight = Literal["sama", "keterangan", "beda", "tidak dapat diperiksa"]
Form = Literal["text", "json"]
Proof = Literal["identik", "beda", "kurang", "kata", "cepat", "jumlah"]
"""Built again and the same to the byte; built again and not; not built again; not asked for (`--quick`): then words
were compared with what the inputs give (`kata`), or only figures and numerals were (`cepat`); the public half of a
release by itself: its sums hold (`jumlah`)."""
_QUICK: tuple[Proof, ...] = ("kata", "cepat")

_SHOWN_FIGURES = 40
_SHOWN_NUMERALS = 25
_SHOWN_CELLS = 4
_LONGEST = 2_000  # characters of one detail


_SAME: Weight = "sama"
_INFO: Weight = "keterangan"
_DIFF: Weight = "beda"
_OPEN: Weight = "tidak dapat diperiksa"

KINDS: Mapping[str, Kind[Weight]] = table(
    (
        # the file
        Kind("B01", _OPEN, "{path} tidak ada. Beri laporan.pdf atau folder keluaran.",
             "{path} does not exist. Give a laporan.pdf or an output folder."),
        Kind("B02", _OPEN, "folder ini tidak memuat laporan.pdf; beri folder outputs/<edisi>/.",
             "this folder holds no laporan.pdf; give a folder outputs/<edition>/."),
        Kind("B03", _OPEN, "berkas ini tidak dapat dibaca sebagai PDF: {why}.",
             "the file cannot be read as a PDF: {why}."),
        Kind("B04", _OPEN, "PDF ini tidak membawa {missing}, jadi bukan laporan monev atau lampirannya sudah dilepas.",
             "this PDF does not carry {missing}: it is not a report by monev, or its attachments were removed."),
        Kind("B05", _OPEN, "{name} tidak dapat dibuktikan sendirian. Beri laporan.pdf atau folder keluarannya.",
             "{name} cannot be proved by itself. Give laporan.pdf, or the whole output folder."),
        Kind("B06", _OPEN, "dokumen ini menyebut edisi {edition}, yang tidak ada di folder proyek. Beri --root.",
             "the document names edition {edition}, which is not in the project. Give --root."),
        Kind("B07", _OPEN, "dokumen ini tidak membawa bahannya; untuk sebabnya beri laporan.pdf {edition}.",
             "the document carries no materials; for the cause give laporan.pdf of {edition}."),
        Kind("B08", _OPEN, "{name} hanya dapat diperiksa dengan menyusun ulang; jalankan tanpa --quick.",
             "{name} can be checked only by building again; run it without --quick."),
        # built again
        Kind("R01", _SAME, "disusun ulang dari bahannya di tempat kosong: {count} berkas sama sampai ke byte.",
             "built again from its materials in an empty place: {count} files are the same to the byte."),
        Kind("R02", _DIFF, "halaman {page}: tercetak '{given}', hasil susun ulang '{made}'.",
             "page {page}: printed '{given}', built again '{made}'."),
        Kind("R03", _DIFF, "lampiran {name} bukan yang dihasilkan penyusunan.",
             "attachment {name} is not what a build gives."),
        Kind("R04", _DIFF, "{name} tidak sama dengan hasil susun ulang.",
             "{name} is not the same as built again."),
        Kind("R05", _OPEN, "tidak dapat disusun ulang: {why}.", "cannot be built again: {why}."),
        Kind("R06", _DIFF, "laporan disusun oleh kode monev lain; isinya dibandingkan, bytenya tidak dapat sama.",
             "another code of monev made the report; its content was compared, its bytes cannot be the same."),
        Kind("R07", _DIFF, "{count} byte ditambahkan sesudah laporan selesai disusun.",
             "{count} bytes were added after the report was finished."),
        Kind("R08", _DIFF, "halaman dan lampiran sama, tetapi bagian lain PDF (objek, tautan, metadata) berbeda.",
             "pages and attachments are the same, but something else in the PDF (objects, links, metadata) differs."),
        Kind("R09", _DIFF, "jumlah halaman {given}, hasil susun ulang {made}.",
             "{given} pages, built again {made}."),
        Kind("R10", _DIFF, "gambar atau tata letak berbeda: {pages}.", "pictures or layout differ: {pages}."),
        Kind("R11", _INFO, "satu tanda tangan ditambahkan sesudah laporan disusun. Yang dibandingkan ialah byte"
             " sebelumnya; sah tidaknya tanda tangan itu dan siapa penandatangannya tidak diperiksa.",
             "a signature was added after the report was made. The bytes before it were compared; whether the signature"
             " holds, and whose it is, was not checked."),
        # a release
        Kind("V01", _SAME, "{half}: {count} berkas sesuai dengan SHA256SUMS.",
             "{half}: {count} files agree with SHA256SUMS."),
        Kind("V02", _DIFF, "{name} berubah sejak terbit.", "{name} has changed since it was released."),
        Kind("V03", _DIFF, "{name} tidak ada.", "{name} is missing."),
        Kind("V04", _DIFF, "{name} bukan bagian terbitan ini.", "{name} is no part of this release."),
        Kind("V05", _DIFF, "{name} diubah atau tidak terbaca: {why}.", "{name} was changed or cannot be read: {why}."),
        Kind("V08", _INFO, "paruh {name} tidak ada di sini.", "half {name} is not here."),
        Kind("V09", _INFO, "terbitan {number} oleh {by}, {when}.", "release {number} by {by}, {when}."),
        Kind("V10", _INFO, "masukannya ada di paruh arsip; tanpa itu angka tidak dihitung ulang.",
             "its inputs lie in the half arsip; without it no figure is recomputed."),
        Kind("V11", _OPEN, "terbitan disusun oleh kode monev lain. --trust menjalankan kode yang ada di dalamnya.",
             "other code of monev made the release. --trust runs the code that lies in it."),
        Kind("V12", _INFO, "disusun ulang dengan kode yang ada di dalam terbitan, karena diizinkan (--trust).",
             "built again by the code that lies in the release, as was allowed (--trust)."),
        Kind("V13", _INFO, "terbitan {name}, yang digantikan, tidak ada di sampingnya; angka semula tak dibandingkan.",
             "release {name}, which was replaced, does not lie beside: earlier figures were not compared."),
        Kind("V14", _DIFF, "Riwayat Revisi tidak sesuai dengan terbitan {name} di sampingnya: {why}.",
             "the history of revisions does not agree with release {name} beside it: {why}."),
        Kind("V15", _SAME, "Riwayat Revisi sesuai dengan terbitan {name} di sampingnya: {count} perubahan.",
             "the history of revisions agrees with release {name} beside it: {count} changes."),
        Kind("V16", _INFO, "{count} berkas dapat ditulis; yang terbit hanya dapat dibaca, kecuali pada salinan.",
             "{count} files can be written; what is released is read-only, except in copies."),
        # signatures
        Kind("G01", _SAME, "tanda tangan {name}, {when}, utuh dan sah; cap waktu: {stamped}.",
             "the signature of {name}, {when}, is intact and valid; time stamp: {stamped}."),
        Kind("G02", _DIFF, "tanda tangan {name} tidak sah: isinya berubah sesudah ditandatangani.",
             "the signature of {name} is not valid: what was signed has changed."),
        Kind("G03", _DIFF, "ada yang ditambahkan sesudah {name} menandatangani.",
             "something was added after {name} had signed."),
        Kind("G04", _DIFF, "sertifikat {name} tidak berlaku ketika menandatangani (sampai {date}).",
             "the certificate of {name} was not valid at the time of signing (until {date})."),
        Kind("G05", _SAME, "{name} dijamin {issuer}, yang dipercaya.", "{issuer}, who is trusted, vouches for {name}."),
        Kind("G06", _DIFF, "{name} tidak dijamin akar yang diberikan (penerbit: {issuer}).",
             "none of the given roots vouches for {name} (issuer: {issuer})."),
        Kind("G07", _OPEN, "tanda tangannya tidak dapat diperiksa: {why}.",
             "its signatures cannot be examined: {why}."),
        Kind("G08", _INFO, "ada tanda tangan, yang tidak diperiksa karena pyHanko tidak terpasang.",
             "there are signatures, not examined as pyHanko is not installed."),
        Kind("G09", _INFO, "kepercayaan pada {issuer} tidak diperiksa; beri sertifikat akarnya dengan --roots.",
             "whether {issuer} can be trusted was not examined; give its root certificate with --roots."),
        Kind("G10", _SAME, "yang ditandatangani sama dengan terbitan {edition} {number} sampai ke byte.",
             "what was signed is release {edition} {number} to the byte."),
        # words and shape
        Kind("W01", _SAME, "{count} kata dan bilangan pada {pages} halaman sama dengan yang diberikan bahannya, urut.",
             "{count} words and numerals of {pages} pages are what the materials give, in order."),
        Kind("W02", _DIFF, "hlm. {page}: tercetak '{found}', seharusnya '{wanted}'.",
             "p. {page}: printed '{found}', should be '{wanted}'."),
        Kind("W03", _OPEN, "kata, urutan bilangan, dan lampiran tidak diperiksa: {why}.",
             "words, the order of numerals and attachments were not checked: {why}."),
        Kind("W04", _SAME, "{count} lampiran sama dengan yang dibuat lagi dari bahannya.",
             "{count} attachments are what the materials give."),
        Kind("W05", _DIFF, "manifes: {name} tidak seperti yang diberikan penyusunan di sini.",
             "manifest: {name} is not what a build gives here."),
        Kind("W06", _DIFF, "PDF tidak berbentuk seperti yang ditulis monev: {what}.",
             "the PDF has not the shape that monev writes: {what}."),
        Kind("W07", _DIFF, "huruf {font} untuk '{text}' digambar lain dari huruf aslinya.",
             "the letter of {font} for '{text}' is drawn otherwise than that font draws it."),
        # what the PDF carries
        Kind("L01", _SAME, "{count} lampiran sesuai dengan manifes.",
             "{count} attachments agree with the manifest."),
        Kind("L02", _DIFF, "lampiran {name} tidak sesuai dengan manifes.",
             "attachment {name} does not agree with the manifest."),
        Kind("L03", _DIFF, "lampiran {name} tercatat dalam manifes tetapi tidak ada.",
             "attachment {name} is in the manifest but missing."),
        Kind("L04", _DIFF, "lampiran {name} tidak tercatat dalam manifes.",
             "attachment {name} is not in the manifest."),
        Kind("L05", _DIFF, "lampiran {name} ada lebih dari satu.",
             "attachment {name} occurs more than once."),
        Kind("L06", _OPEN, "lampiran {name} rusak: {why}.", "attachment {name} is damaged: {why}."),
        # the manifest
        Kind("S01", _SAME, "sidik {sidik} sesuai dengan bahan dalam manifes dan dengan halaman terakhir.",
             "fingerprint {sidik} agrees with the manifest and with the last page."),
        Kind("S02", _DIFF, "sidik dalam manifes {sidik}, sedangkan bahan dalam manifes memberi {made}: manifes diubah.",
             "the manifest says fingerprint {sidik}, but its materials give {made}: it was changed."),
        Kind("S03", _DIFF, "halaman terakhir tidak mencetak sidik {sidik}.",
             "the last page does not print fingerprint {sidik}."),
        Kind("S04", _INFO, "kode monev di sini bukan yang menyusun laporan ({count} berkas berbeda).",
             "the code of monev here is not what made the report ({count} files differ)."),
        # inputs and params
        Kind("M01", _SAME, "{count} buku kerja sama dengan saat laporan disusun.",
             "{count} workbooks are as they were."),
        Kind("M02", _DIFF, "{name} berubah sejak laporan disusun.",
             "{name} has changed since the report was made."),
        Kind("M03", _OPEN, "{name} tidak ada di {root}. Beri foldernya dengan --root.",
             "{name} is not in {root}. Give its folder with --root."),
        Kind("M04", _DIFF, "{name} bukan jalur di dalam folder proyek.",
             "{name} is not a path inside the project folder."),
        Kind("M05", _DIFF, "buku kerja dalam manifes bukan yang diminta params: {names}.",
             "the manifest's workbooks are not those that the params ask for: {names}."),
        Kind("M06", _OPEN, "{name} tidak dapat dibaca: {why}.", "{name} cannot be read: {why}."),
        Kind("P01", _SAME, "params dalam PDF sama dengan params di folder proyek.",
             "the params in the PDF are those of the project."),
        Kind("P02", _DIFF, "{name} di folder proyek berubah; angka dihitung ulang dengan yang ada di dalam PDF.",
             "{name} of the project has changed; figures were recomputed with the one in the PDF."),
        Kind("P03", _INFO, "{name} tidak ada di folder proyek; dipakai yang ada di dalam PDF.",
             "{name} is not in the project; the one in the PDF was used."),
        Kind("P04", _OPEN, "params dalam PDF tidak dapat dipakai: {why}.",
             "the params in the PDF cannot be used: {why}."),
        Kind("P05", _DIFF, "{name} ada dalam laporan tetapi tidak ada di folder proyek.",
             "{name} is in the report but not in the project."),
        Kind("P06", _DIFF, "{name} ada di folder proyek tetapi tidak ada dalam laporan.",
             "{name} is in the project but not in the report."),
        Kind("P07", _DIFF, "{name}: berbeda antara laporan dan folder proyek pada {keys}.",
             "{name}: report and project differ in {keys}."),
        # figures
        Kind("A01", _SAME, "{count} angka dihitung ulang dan sama.",
             "{count} figures recomputed, all equal."),
        Kind("A05", _INFO, "{count} angka dari buku catatan sendiri ({names}): dicatat, tidak dihitung ulang "
             "(--trust menjalankannya).",
             "{count} figures from notebooks of one's own ({names}): recorded, not recomputed; --trust runs them."),
        Kind("A06", _INFO, "buku catatan sendiri ({names}) dijalankan ulang.",
             "notebooks of one's own ({names}) were run again."),
        Kind("A02", _OPEN, "angka tidak dapat dihitung ulang: {why}",
             "the figures cannot be recomputed: {why}"),
        Kind("A03", _DIFF, "{count} angka sama nilainya tetapi berasal dari sel lain: {names}.",
             "{count} figures are equal but come from other cells: {names}."),
        Kind("A04", _DIFF, "angka.json bertentangan dengan dirinya: {id} tercatat {printed}, seharusnya {wanted}.",
             "angka.json contradicts itself: {id} is recorded as {printed} and should be {wanted}."),
        # what is printed
        Kind("T01", _SAME, "{count} bilangan dalam teks PDF terjelaskan seluruhnya ({kinds}).",
             "all {count} numerals of the PDF's text are accounted for ({kinds})."),
        Kind("T02", _OPEN, "PDF tidak membawa cetakan.json, jadi teksnya tidak dapat dicocokkan.",
             "the PDF does not carry cetakan.json, so its text cannot be accounted for."),
        Kind("T03", _DIFF, "cetakan.json tidak sesuai dengan angka.json: {names}.",
             "cetakan.json does not agree with angka.json: {names}."),
        Kind("T04", _DIFF, "teks yang dicetak tidak lagi ada di selnya: {names}.",
             "printed texts are no longer in their cells: {names}."),
        Kind("T05", _DIFF, "teks params yang dicetak ({name}) tidak ada dalam params.",
             "a printed text of the params ({name}) is not in them."),
        # an output folder
        Kind("K01", _SAME, "{count} berkas keluaran sesuai dengan manifest.json.",
             "{count} output files agree with manifest.json."),
        Kind("K02", _DIFF, "berkas keluaran {name} berubah sejak laporan disusun.",
             "output file {name} has changed since the report was made."),
        Kind("K03", _DIFF, "berkas keluaran {name} tidak ada.", "output file {name} is missing."),
        Kind("K04", _DIFF, "berkas {name} tidak tercatat dalam manifest.json.",
             "file {name} is not in manifest.json."),
        Kind("K05", _OPEN, "manifest.json di folder itu tidak dapat dibaca: {why}.",
             "the folder's manifest.json cannot be read: {why}."),
        Kind("K06", _DIFF, "manifest.json di folder itu tidak sesuai dengan yang ada di dalam PDF: {names}.",
             "the folder's manifest.json does not agree with the one in the PDF: {names}."),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Note(OfKind[Weight]):
    """One thing that was checked, or could not be; `sama` and `keterangan` are good, the other weights are not."""

    kinds = KINDS
    family = "verify."

    code: str
    details: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: Language = "id") -> str:
        """Return the note in words, which hold nothing that would steer a terminal."""
        return _printable(super().text(language))


def note(code: str, **details: object) -> Note:
    """Return a note of a kind with its details."""
    return Note(code, {name: _short(value) for name, value in details.items()})


def _short(value: object) -> object:
    text = str(value)
    return f"{text[:_LONGEST]}..." if len(text) > _LONGEST else value


_OWN_LINE = re.compile(r"\r\n?|\n(?! {6})")  # lines of ours that go on are set in


def _printable(text: str) -> str:
    """Return text without signs that would steer a terminal or begin a line that looks like one of ours.

    What a PDF carries is foreign, and so is its name.
    """
    return "".join(sign if sign.isprintable() or sign == "\n" else "\ufffd" for sign in _OWN_LINE.sub("\ufffd", text))


@dataclass(frozen=True)
class Verification:
    """What verifying one PDF or output folder found."""

    path: str
    edition: str = ""
    fingerprint: str = ""
    notes: tuple[Note, ...] = ()
    figures: tuple[FigureCheck, ...] = ()
    account: Account | None = None
    proof: Proof = "cepat"

    @property
    def sound(self) -> bool:
        """Whether everything could be checked and is equal: for a proof to the byte, else as far as was looked."""
        if self.proof == "jumlah":
            return all(note.weight in (_SAME, _INFO) for note in self.notes)
        if self.proof not in _QUICK:
            return self.proof == "identik"
        good = all(note.weight in (_SAME, _INFO) for note in self.notes)
        counted = self.account is not None and self.account.complete
        return good and counted and bool(self.figures) and all(f.status == "sama" for f in self.figures)

    @property
    def exit_code(self) -> int:
        """0 when everything is equal and checked, 1 when there is no such file, else 4."""
        if any(note.code == "B01" for note in self.notes):
            return EXIT_INPUT
        return EXIT_DONE if self.sound else EXIT_DIFFERENT

    def record(self, language: Language = "id") -> dict[str, object]:
        """Return the whole verification as JSON gives it; figures that are equal are only counted."""
        counts: Counter[str] = Counter(figure.status for figure in self.figures)
        notes = [{"kode": n.name, "bobot": n.weight, "keterangan": n.text(language)} for n in self.notes]
        return {
            "berkas": self.path,
            "edisi": self.edition,
            "sidik": self.fingerprint,
            "bukti": self.proof,
            "hasil": _RESULTS[self.proof][self.sound],
            "kode_keluar": self.exit_code,
            "pemeriksaan": notes,
            "angka": {"jumlah": len(self.figures), **counts},
            "angka_tidak_sama": [figure.record() for figure in self.figures if figure.status != "sama"],
            "cetakan": _account_record(self.account, language) if self.account else None,
        }


_RESULTS: Mapping[Proof, Sequence[str]] = {
    "identik": ("tidak sama", "identik"),
    "beda": ("tidak sama", "tidak sama"),
    "kurang": ("tidak terbukti", "tidak terbukti"),
    "kata": ("tidak sama", "angka dan kata sama"),
    "cepat": ("tidak sama", "angka sama"),
    "jumlah": ("tidak sama", "seperti diterbitkan"),
}


def _account_record(account: Account, language: Language) -> dict[str, object]:
    return {
        "jumlah": account.total,
        "bagian": round(account.share, 6),
        "asal": dict(account.explained),
        "tidak_cocok": [
            {
                "halaman": difference.page,
                "tercetak": difference.found.numeral if difference.found else "",
                "seharusnya": difference.lost.numeral if difference.lost else "",
                "asal": [difference.lost.key] if difference.lost else list(difference.origins),
                "keterangan": difference_text(difference, language),
            }
            for difference in account.differences
        ],
    }


# Words -----------------------------------------------------------------------------------------------------

_MARKS: Mapping[Language, Mapping[Weight, str]] = {
    "id": {_SAME: "sama", _INFO: "catatan", _DIFF: "BEDA", _OPEN: "TAK TERPERIKSA"},
    "en": {_SAME: "equal", _INFO: "note", _DIFF: "DIFFERENT", _OPEN: "NOT CHECKED"},
}
_WORDS: Mapping[Language, Mapping[str, str]] = {
    "id": {
        "head": "{path}: edisi {edition}",
        "fingerprint": ", sidik {fingerprint}",
        "figures": "Angka: {sama} sama, {beda} beda, {hilang} hilang, {baru} baru, {open} tidak dapat diperiksa.",
        "beda": "tercetak {printed}, hitung ulang {recomputed}",
        "hilang": "tercetak {printed}, tetapi selnya tidak lagi memberi angka ini",
        "baru": "menurut masukan {recomputed}, tetapi tidak ada dalam laporan",
        "tidak dapat diperiksa": "tercetak {printed}, tidak dapat diperiksa",
        "cells": "sel: {cells}",
        "more": "dan {count} lagi",
        "changed": "berkas berubah: {files}",
        "numerals": "Teks PDF: {share} bilangan terjelaskan ({count} dari {total}).",
        "planted": "hlm. {page}: '{found}' tidak berasal dari mana pun (...{context}...)",
        "known": "; bilangan yang sama ada pada {origins}",
        "altered": "hlm. {page}: tercetak '{found}', seharusnya '{lost}' dari {origin} (...{context}...)",
        "lost": "hlm. {page}: '{lost}' dari {origin} tidak tercetak",
        "untraced": "hlm. {page}: '{found}' tidak berasal dari register, sel, atau params (...{origin}...)",
        "proof-identik": "Hasil: IDENTIK. Laporan ini persis yang dihasilkan bahannya.",
        "proof-beda": "Hasil: TIDAK SAMA dengan yang dihasilkan bahannya.",
        "proof-kurang": "Hasil: TIDAK TERBUKTI; laporan tidak dapat disusun ulang.",
        "proof-kata": "Hasil: ANGKA DAN KATA SAMA. Angka, kata, data, dan buku catatan diperiksa; gambar dan tata letak"
        " tidak, juga tautan, metadata, tanda struktur, dan isi laporan.html dan laporan.docx.",
        "proof-cepat": "Hasil: ANGKA SAMA. Angka dan bilangan diperiksa; kata, gambar, dan tata letak tidak.",
        "proof-jumlah": "Hasil: SEPERTI DITERBITKAN. Semua berkas sesuai dengan sidiknya; isinya tidak disusun ulang.",
        "unsound": "Hasil: TIDAK SAMA atau tidak seluruhnya terperiksa.",
    },
    "en": {
        "head": "{path}: edition {edition}",
        "fingerprint": ", fingerprint {fingerprint}",
        "figures": "Figures: {sama} equal, {beda} different, {hilang} gone, {baru} new, {open} not checkable.",
        "beda": "printed {printed}, recomputed {recomputed}",
        "hilang": "printed {printed}, but its cells no longer give this figure",
        "baru": "the inputs give {recomputed}, but the report has no such figure",
        "tidak dapat diperiksa": "printed {printed}, not checkable",
        "cells": "cells: {cells}",
        "more": "and {count} more",
        "changed": "changed files: {files}",
        "numerals": "Text of the PDF: {share} of the numerals accounted for ({count} of {total}).",
        "planted": "p. {page}: '{found}' comes from nowhere (...{context}...)",
        "known": "; the same numeral stands in {origins}",
        "altered": "p. {page}: printed '{found}', should be '{lost}' of {origin} (...{context}...)",
        "lost": "p. {page}: '{lost}' of {origin} is not printed",
        "untraced": "p. {page}: '{found}' comes from no figure, cell or params (...{origin}...)",
        "proof-identik": "Result: IDENTICAL. This report is exactly what its materials give.",
        "proof-beda": "Result: NOT THE SAME as what its materials give.",
        "proof-kurang": "Result: NOT PROVED; the report cannot be built again.",
        "proof-kata": "Result: FIGURES AND WORDS EQUAL. Both, the data and notebooks were checked; pictures and layout"
        " were not, nor were links, metadata, tags, and what laporan.html and laporan.docx hold.",
        "proof-cepat": "Result: FIGURES EQUAL. Figures and numerals were checked; words, pictures and layout were not.",
        "proof-jumlah": "Result: AS RELEASED. All files agree with their sums; nothing was built again.",
        "unsound": "Result: NOT EQUAL, or not all of it could be checked.",
    },
}


def difference_text(difference: NumeralMismatch, language: Language = "id") -> str:
    """Return one numeral that does not fit, in words."""
    words, found, lost = _WORDS[language], difference.found, difference.lost
    if found is None:
        name = "lost"
    elif lost is None:
        name = "planted"
    else:
        name = "untraced" if lost.kind == "lain" and lost.numeral == found.numeral else "altered"
    text = words[name].format(
        page=difference.page,
        found=found.numeral if found else "",
        context=found.context if found else "",
        lost=lost.numeral if lost else "",
        origin=lost.key if lost else "",
    )
    if name == "planted" and difference.origins:
        text += words["known"].format(origins=_listed(difference.origins, language))
    return _printable(text)


def _listed(items: Sequence[str], language: Language) -> str:
    shown = ", ".join(items[:_SHOWN_CELLS])
    rest = len(items) - _SHOWN_CELLS
    return f"{shown}, {_WORDS[language]['more'].format(count=rest)}" if rest > 0 else shown


def _figure_text(figure: FigureCheck, language: Language) -> str:
    words = _WORDS[language]
    parts = [words[figure.status].format(printed=figure.printed, recomputed=figure.recomputed)]
    if figure.changed:
        parts.append(words["changed"].format(files=", ".join(figure.changed)))
    if figure.cells:
        parts.append(words["cells"].format(cells=_listed(figure.cells, language)))
    return _printable(f"{figure.id}: {'; '.join(parts)}")


def _lines(made: Verification, language: Language) -> Iterator[str]:
    words, marks = _WORDS[language], _MARKS[language]
    if made.edition:
        mark = words["fingerprint"].format(fingerprint=made.fingerprint) if made.fingerprint else ""
        yield _printable(words["head"].format(path=made.path, edition=made.edition) + mark)
    else:
        yield _printable(made.path)
    width = max(map(len, marks.values()))
    for item in made.notes:
        yield f"  {marks[item.weight]:<{width}}  {item.text(language)}"
    yield from _figure_lines(made.figures, language)
    if made.account and not made.account.complete:
        yield from _account_lines(made.account, language)
    yield words[f"proof-{made.proof}" if made.sound or made.proof not in _QUICK else "unsound"]


def _figure_lines(figures: Sequence[FigureCheck], language: Language) -> Iterator[str]:
    other = [figure for figure in figures if figure.status != "sama"]
    if not other:
        return
    words, counts = _WORDS[language], Counter(figure.status for figure in figures)
    yield words["figures"].format(
        sama=counts["sama"],
        beda=counts["beda"],
        hilang=counts["hilang"],
        baru=counts["baru"],
        open=counts["tidak dapat diperiksa"],
    )
    named = [figure for figure in other if figure.status != "tidak dapat diperiksa"]
    yield from (f"  {_figure_text(figure, language)}" for figure in named[:_SHOWN_FIGURES])
    if len(named) > _SHOWN_FIGURES:
        yield f"  {words['more'].format(count=len(named) - _SHOWN_FIGURES)}"


def _account_lines(account: Account, language: Language) -> Iterator[str]:
    words = _WORDS[language]
    count = sum(account.explained.values())
    share = f"{100 * account.share:.2f}%".replace(".", "," if language == "id" else ".")
    yield words["numerals"].format(share=share, count=count, total=account.total)
    shown = account.differences[:_SHOWN_NUMERALS]
    yield from (f"  {difference_text(difference, language)}" for difference in shown)
    if len(account.differences) > _SHOWN_NUMERALS:
        yield f"  {words['more'].format(count=len(account.differences) - _SHOWN_NUMERALS)}"


def show_verification(made: Verification, language: Language, out: TextIO, form: Form = "text") -> None:
    """Print a verification: as lines that people read, or as JSON."""
    if form == "json":
        print(json.dumps(made.record(language), ensure_ascii=False, indent=1), file=out)
        return
    for line in _lines(made, language):
        print(line, file=out)
