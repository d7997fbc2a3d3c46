"""What the first sheet of a prepared workbook says, line by line. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from monev.model.fields import ACHIEVEMENT, UNFINISHED
from monev.model.instruments import Instrument
from monev.model.params import Edition


def _when(edition: Edition) -> str:
    period = edition.current
    return f"{period.label} {period.tahun} ({period.kode})"


def _last(edition: Edition) -> str:
    return f"Sesudah diisi, simpan sebagai .xlsx lalu jalankan ./monev check {edition.edisi}."


def achievement_guide(group: str, edition: Edition, instruments: Iterable[Instrument] = ()) -> Iterator[str]:
    """Yield the title and the lines of an achievements workbook; `instruments` have columns in it."""
    rules = edition.penilaian
    scale = ", ".join(f"{band.nama} {band.dari} sampai {band.sampai}" for band in rules.kategori)
    keys = ", ".join(ACHIEVEMENT.column(name).heading for name in ACHIEVEMENT.key)
    yield f"Capaian {group}: {_when(edition)}"
    yield (
        f"Isi lembar {ACHIEVEMENT.name}. Setiap baris adalah satu target seorang pelaksana. Kolom kunci ({keys}) "
        "sudah terisi dan dikunci agar tidak berubah tanpa sengaja; isilah kolom sesudahnya."
    )
    told = ", ".join(column.heading for column in ACHIEVEMENT.context)
    yield (
        f"Kolom abu-abu sesudah kunci ({told}) mengingatkan apa yang dijanjikan dan hasil terakhirnya; tidak ada yang "
        "perlu diisi di situ."
    )
    yield (
        "Tulis Target dan Nilai pada setiap baris yang dilaporkan. Nilai ialah angka 0 sampai 100, atau N/A bila tidak "
        "dapat dinilai karena bergantung pada pelaksana lain. Bila tidak ada target pada periode ini, tulis tanda - "
        "pada Target dan pada Nilai."
    )
    yield f"Warna kolom Nilai mengikuti kategori: {scale}."
    yield (
        "Baris yang dibiarkan hanya berisi kunci dibaca sebagai belum dilaporkan: tidak ikut dinilai, dan disebut "
        "dalam bagian Kelengkapan Laporan. Kolom Catatan boleh diisi untuk baris seperti itu."
    )
    yield (
        "Bila satu UK mempunyai lebih dari satu target, tambahkan baris di bawah baris terakhir dengan kunci yang sama "
        "dan No berikutnya. Baris yang Anda tambahkan boleh dihapus dan diurutkan. Untuk mengubah kunci yang memang "
        "salah, atau menghapus dan mengurutkan baris yang sudah disiapkan, buka dahulu perlindungannya lewat Review, "
        "Unprotect Sheet; tidak ada kata sandi."
    )
    yield (
        f"Bila register berubah, jalankan ./monev update {edition.edisi}: baris dan pilihan baru ditambahkan, isian "
        "tetap."
    )
    for instrument in instruments:
        if len(instrument.questions) > 1:
            columns = ", ".join(column.heading for column in instrument.columns())
            called = instrument.called[:1].upper() + instrument.called[1:]
            yield (
                f"Kolom {instrument.called} ({columns}) boleh dikosongkan. {called} yang tidak diisi sama sekali tidak "
                "muncul dalam laporan."
            )
    yield (
        f"Lembar {UNFINISHED.name}, bila ada, memuat target periode terdahulu di bawah kategori "
        f"{rules.kategori[0].nama}, {rules.tidak_terukur}, atau yang belum dilaporkan. Target "
        "yang diselesaikan sesudahnya diberi Nilai Baru, Data Dukung Baru, dan Alasan; nilai waktu itu tetap. "
        "Baris yang tidak dinilai lagi dibiarkan."
    )
    yield _last(edition)


def evaluation_guide(edition: Edition) -> Iterator[str]:
    """Yield the title and the lines of the secretariat's workbook."""
    yield f"Evaluasi sekretariat: {_when(edition)}"
    yield (
        "Buku kerja ini diisi sekretariat sesudah capaian dinilai. Setiap lembar boleh dibiarkan kosong di bawah judul "
        "kolomnya; bagian laporannya lalu tidak muncul."
    )
    yield (
        "Lembar Tindak Lanjut memuat tindak lanjut yang dibawa dari edisi terdahulu; kolom Asal menyebut periodenya. "
        "Isi Status (Belum, Berjalan, Selesai, atau Dibatalkan), dan terangkan dalam Keterangan bila selesai atau "
        "dibatalkan. Yang baru ditulis di bawahnya, dengan Asal kosong dan nomor mulai dari 1 lagi."
    )
    yield (
        "Lembar Hambatan memuat hambatan yang dicatat sekretariat. Baris tanpa uraian menggolongkan hambatan yang "
        "ditulis pelaksana dalam formulirnya tanpa jenis; sebut kunci targetnya."
    )
    yield (
        "Lembar Penetapan hanya untuk kategori yang berbeda dari hasil hitungan, beserta alasannya. Penetapan pada "
        "edisi terdahulu tidak terbawa; tulis lagi bila masih berlaku."
    )
    yield _last(edition)
