"""Which columns of the open data a release publishes: each is declared here once, public or held back.

A column is public where the report prints what it holds, or where it names the row. What is held back lies complete in
the archive of the release. A column that is declared nowhere is held back (and a test asks for its declaration).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from monev.display.open_data import CsvField, Resource, Row
from monev.words.messages import Text

_KEY = ("komitmen", "uk", "pelaksana", "kelompok", "periode", "no")
Table = tuple[Resource, Sequence[Row]]
PUBLISHED: Mapping[str, tuple[str, ...]] = {
    "target": (*_KEY, "nilai", "status_nilai", "kategori", "kokreasi", "data_dukung", "sumber"),
    "komitmen": (
        *("komitmen", "judul", "skor", "kategori_hitung", "kategori", "skor_kokreasi", "kokreasi_hitung", "kokreasi"),
        "penetapan",
    ),
    "rekap": ("kelompok", "periode", "kategori", "jumlah"),
    "rekonsiliasi": ("id", "terbit", "hitung", "status", "keterangan", "tempat"),
    "rencana": (
        *_KEY,
        *("target", "kriteria", "satuan", "nilai_awal", "nilai_sasaran", "tenggat"),
        *("perubahan", "menjadi", "keputusan", "sumber"),
    ),
    "laporan-pelaksana": (
        *_KEY,
        *("capaian", "realisasi", "satuan", "kokreasi", "data_dukung", "jenis_hambatan", "hambatan", "rencana"),
        "sumber",
    ),
    "tindak-lanjut": (
        *("komitmen", "uk", "asal", "no", "uraian", "penanggung_jawab", "tenggat", "status", "keterangan"),
        *("lewat_hari", "sumber"),
    ),
    "penilaian-kembali": (
        *_KEY,
        "nilai",
        "pada",
        "nilai_baru",
        "kategori_baru",
        "selesai",
        "data_dukung_baru",
        "alasan",
        "sumber",
    ),
    "hambatan": (*_KEY, "jenis", "uraian", "dari", "sumber"),
    "indikator": (
        *("komitmen", "no", "indikator", "satuan", "nilai_awal", "nilai_sasaran", "periode", "nilai", "kemajuan"),
        *("sumber_nilai", "sumber"),
    ),
    "kesepakatan": ("ukuran", "skala", "pasangan", "sama", "bagian_sama", "pasangan_alfa", "alfa"),
    "ogp": ("komitmen", "judul", "completion", "evidence"),
    "penilaian": (),
    "konfirmasi": (),
    "instrumen": (
        *("instrumen", "tentang", "subjek", "responden", "periode", "bagian", "pertanyaan", "teks", "jawaban", "skor"),
        "sumber",
    ),
}
HELD_BACK: Mapping[str, tuple[str, ...]] = {
    "instrumen": ("catatan",),  # what respondents write to the secretariat; few remarks are printed
    # Who judged what, and what actors were asked back, stays with the secretariat.
    "penilaian": (
        *_KEY,
        *("nilai_1", "nilai_2", "nilai_akhir", "status_1", "status_2", "status_akhir", "alasan", "bukti_diperiksa"),
        *("diperiksa_oleh", "penilai_2", "tanggal", "keadaan", "sumber"),
    ),
    "konfirmasi": (*_KEY, "pertanyaan", "ditanyakan", "dijawab", "jawaban", "status", "sumber"),
}


def held_back(resource: Resource) -> tuple[str, ...]:
    """Return the columns of a CSV file that a release does not publish."""
    public = (*PUBLISHED.get(resource.name, ()), REVISED.name)
    return tuple(name for name in resource.heading if name not in public)


def published(resource: Resource) -> Resource | None:
    """Return a CSV file as a release publishes it; None for one of which nothing is public.

    Its description names what is held back.
    """
    left_out = held_back(resource)
    if not left_out:
        return resource
    if not PUBLISHED.get(resource.name):
        return None
    names = ", ".join(left_out)
    about = Text(
        f"{resource.about.id} Kolom yang tidak dicetak ({names}) disimpan dalam arsip terbitan.",
        f"{resource.about.en} Columns that are not printed ({names}) are kept in the archive of the release.",
    )
    return replace(resource, fields=tuple(f for f in resource.fields if f.name not in left_out), about=about)


REVISED = CsvField(
    "revisi",
    "string",
    Text("Revisi", "Revision"),
    Text("r bila sebuah angka pada baris ini dikoreksi.", "r where a figure of the row was corrected."),
    among="revisi",
)
REVISED_SIGN = ("ʳ", "Angka yang dikoreksi revisi terakhir.")


def with_revisions(resource: Resource, rows: Iterable[Row], figures: Iterable[str], revised: Collection[str]) -> Table:
    """Return a CSV file with a last column that marks rows whose figure the last revision changed."""
    made = [{**row, REVISED.name: "r" if id_ in revised else ""} for row, id_ in zip(rows, figures, strict=True)]
    return replace(resource, fields=(*resource.fields, REVISED)), made
