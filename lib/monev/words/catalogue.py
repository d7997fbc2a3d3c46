"""Makes `docs/temuan.md`: every kind of finding with its text, an example and the remedy.

Renew it with `.venv/bin/python -m monev.words.catalogue > docs/temuan.md`; a test compares the two. The document is
Indonesian, as the people who read findings are, so its words stand here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from monev.words.findings import KINDS, Finding, Weight
from monev.words.kinds import Kind
from monev.words.messages import tell

_KL = "inputs/2021-S2/capaian-kl.xlsx"
_OMS = "inputs/2021-S2/capaian-oms.xlsx"
_PLAN = "inputs/rencana-aksi.xlsx"
_EVALUATION = "inputs/2021-S2/evaluasi.xlsx"
_PARAMS = "params/2021-S2.yml"
_FIXES = "params/koreksi/2021-S2.yml"
_MAP = "params/pemetaan/sismonev.yml"
_PUBLISHED = "params/terbit/2021-S2.yml"
_BRAND = "_brand.yml"
_FORM = "inputs/2022-S3/kiriman/KIP (rev).xlsx"
_RECEPTION = "inputs/2022-S3/penerimaan.xlsx"
_ASSESSMENT = "inputs/2022-S3/penilaian.xlsx"
_LETTER = "params/surat-formulir.docx"
_TEXT = "naskah/pengantar.md"

SECTIONS: Mapping[str, tuple[str, str]] = {
    "W": ("Naskah", "Teks dan buku catatan sendiri di folder `naskah/` yang dimuat laporan."),
    "F": ("Berkas", "Buku kerja tidak ada, tidak dapat dibuka, atau tidak boleh dibuka."),
    "S": ("Lembar dan kolom", "Susunan lembar: judul kolom, baris dan kolom tersembunyi, sel gabungan."),
    "C": ("Sel", "Isi satu sel."),
    "K": ("Kunci dan rujukan", "Baris yang tidak cocok dengan register rencana aksi, atau dengan berkasnya."),
    "M": ("Makna", "Isi yang sah satu per satu, tetapi tidak cocok satu sama lain."),
    "D": ("Kiriman", "Formulir yang kembali, dan daftar penerimaannya; dari `check` dan `./monev collect`."),
    "Q": (
        "Penilaian dan konfirmasi",
        "Buku kerja `penilaian.xlsx`: penilaian sekretariat di samping kata-kata pelaksana, dan pertanyaan kepada "
        "pelaksana.",
    ),
    "B": ("Data dukung", "Berkas dan tautan yang disebut pelaksana; berkasnya ada di `inputs/EDISI/bukti/`."),
    "G": ("Surat pengantar", "Templat surat yang menyertai formulir; dari `./monev forms`."),
    "A": ("Rencana target", "Lembar Target dan Perubahan Target dalam register."),
    "O": (
        "Hambatan dan indikator hasil",
        "Hambatan dalam formulir, lembar Hambatan dalam `evaluasi.xlsx`, dan lembar Indikator dalam register.",
    ),
    "Y": ("Tindak lanjut", "Lembar Tindak Lanjut: status, tenggat, penanggung jawab, dan asal tiap butir."),
    "Z": ("Penilaian kembali", "Lembar Belum Selesai: target periode terdahulu yang dinilai lagi."),
    "H": (
        "Saran rumusan target",
        "Dari `./monev check`, bila lembar Target memuat kriteria, satuan, nilai, atau tenggat. Saran tidak menilai: "
        "ia menunjuk rumusan yang mungkin dapat diperjelas menurut SMART, dan tidak masuk laporan.",
    ),
    "R": (
        "Kelengkapan",
        "Yang belum dilaporkan dan yang belum dinilai. Barisnya di luar setiap hitungan; laporan tetap dapat disusun.",
    ),
    "N": ("Edisi baru", "Dari `./monev new` dan `./monev init`."),
    "X": ("Contoh", "Baris contoh yang ditulis `./monev init`; dikenal dari kata CONTOH di awalnya."),
    "U": ("Pembaruan", "Dari `./monev update`."),
    "P": ("Params", "Berkas `params/EDISI.yml`; tempatnya disebut dengan nomor baris."),
    "E": ("Koreksi", "Berkas `params/koreksi/EDISI.yml`."),
    "J": ("Peta judul", "Berkas `params/pemetaan/NAMA.yml`."),
    "I": (
        "Instrumen",
        "Berkas `params/instrumen/KODE.yml`, dengan nomor baris, dan buku kerja jawabannya "
        "(`instrumen-KODE-RESPONDEN.xlsx`).",
    ),
    "L": ("Rupa laporan", "Berkas `_brand.yml`: warna, logo, dan huruf; tempatnya disebut dengan nomor baris."),
    "V": (
        "Terbitan",
        "Dari `./monev release`, dan dari `./monev check` untuk edisi yang terbit atau ditanggapi.",
    ),
    "T": ("Edisi terbit", "Berkas `params/terbit/EDISI.yml`, tempat angka edisi terbit dijelaskan."),
}


class Example(NamedTuple):
    """Where a kind is met, with what details, and what to do, step by step."""

    file: str
    sheet: str
    cell: str
    details: Mapping[str, object]
    remedy: str


def _cell(cell: str, remedy: str, **details: object) -> Example:
    return Example(_OMS, "Capaian", cell, details, remedy)


def _plan(sheet: str, cell: str, remedy: str, **details: object) -> Example:
    return Example(_PLAN, sheet, cell, details, remedy)


def _pages(sheet: str, cell: str, remedy: str, **details: object) -> Example:
    return Example(_EVALUATION, sheet, cell, details, remedy)


def _left(cell: str, remedy: str, **details: object) -> Example:
    return Example("inputs/2022-S3/capaian-kl.xlsx", "Belum Selesai", cell, details, remedy)


def _file(file: str, line: str, remedy: str, **details: object) -> Example:
    return Example(file, "", line, details, remedy)


_KEY = "Komitmen 1, UK 1, KIP, B18, No 1"


def _judged(cell: str, remedy: str, **details: object) -> Example:
    return Example(_ASSESSMENT, "Penilaian", cell, details, remedy)


def _asked(cell: str, remedy: str, **details: object) -> Example:
    return Example(_ASSESSMENT, "Konfirmasi", cell, details, remedy)


def _form(cell: str, remedy: str, **details: object) -> Example:
    return Example(_FORM, "Laporan" if cell else "", cell, details, remedy)


def _receipt(cell: str, remedy: str, **details: object) -> Example:
    return Example(_RECEPTION, "Penerimaan", cell, details, remedy)


def _notebook(cell: str, remedy: str, **details: object) -> Example:
    return Example("naskah/tema.ipynb", "", cell, details, remedy)


def _instrument(line: str, remedy: str, **details: object) -> Example:
    return _file("params/instrumen/mutu-layanan.yml", line, remedy, **details)


def _answered(cell: str, remedy: str, **details: object) -> Example:
    return Example("inputs/2021-S2/instrumen-mutu-layanan-kl.xlsx", "Jawaban", cell, details, remedy)


EXAMPLES: Mapping[str, Example] = {
    "F01": _file(_KL, "", "Salin buku kerja ke folder yang disebut dengan nama persis itu. Bila foldernya memang lain, "
                 "ubah `inputs` periodenya di params. Bila berkas yang disebut memang yang dimaksud, ganti namanya.",
                 where=_PARAMS, hint=tell("findings.beside", names="'capaian-kl (1).xlsx'")),
    "F02": _file(_KL, "", "Buka berkas di Excel, pilih File > Save As, jenis Excel Workbook (.xlsx), lalu letakkan di "
                 "tempat yang sama. Bila Excel pun tidak dapat membukanya, minta kiriman ulang.",
                 why=tell("why.old-format")),
    "F03": _file(_KL, "", "Pilih baris dan kolom di luar tabel, hapus (Delete, bukan hanya Clear), lalu simpan. Bila "
                 "tabelnya memang sebesar itu, naikkan batasnya di params, misalnya `batas: {baris: 50000}`.",
                 why=tell("why.sheet-size", cell="B1048576", rows=20000, columns=200)),
    "F04": _file("../arsip/rencana-aksi.xlsx", "", "Salin berkas itu ke dalam folder proyek, lalu tulis jalurnya mulai "
                 "dari `inputs/`. Pintasan (symbolic link) ke luar folder proyek juga tidak diterima."),
    "F05": _file(_KL, "", "Simpan dan tutup buku kerja di semua komputer. Bila tidak ada yang membukanya, hapus berkas "
                 "kunci yang disebut.", lock="~$capaian-kl.xlsx"),
    "F06": _file(_KL, "", "Buka di Excel, File > Save As, Excel Workbook (.xlsx), dan jawab Yes ketika ditanya apakah "
                 "disimpan tanpa makro.", part="xl/vbaProject.bin"),
    "F07": _file(_KL, "", "Bandingkan keduanya. Simpan yang benar dengan nama yang dibaca, dan pindahkan yang lain ke "
                 "luar folder periode.", names="'capaian-kl rev2.xlsx'"),
    "S01": _file(_KL, "", "Klik dua kali nama lembar di bawah lalu ganti namanya persis seperti yang diminta.",
                 sheet="Capaian", present="'Sheet1', 'Petunjuk'"),
    "S02": _cell("", "Ketik judul itu di baris judul. Huruf besar, spasi, dan tanda * di akhir tidak berpengaruh.",
                 column="Nilai"),
    "S03": _cell("M1", "Kolom tambahan boleh ada dan dibiarkan. Bila maksudnya kolom yang dikenal, perbaiki judulnya.",
                 column="Nlai", hint=tell("findings.nearest", word="Nilai")),
    "S04": _cell("I1", "Hapus salah satu kolom, atau ganti judul kolom yang bukan dimaksud.", column="Nilai"),
    "S05": _plan("Komitmen", "", "Isi barisnya; mungkin isinya berada di berkas atau lembar lain."),
    "S06": _cell("A4", "Hapus baris kop dan judul di atas tabel, sehingga judul kolom ada di baris 1. Untuk ekspor "
                 "yang selalu berkop, buat peta judul dengan `baris_judul`.", row=4, expected=1),
    "S07": Example(_OMS, "capaian", "", {"sheet": "Capaian", "other": "capaian"},
                   "Pindahkan semua baris ke satu lembar, lalu hapus yang lain."),
    "S08": _cell("A2", "Pilih selnya, Home > Merge & Center > Unmerge Cells, lalu salin nilainya ke setiap baris.",
                 range="A2:A4"),
    "S09": _cell("A7", "Pilih baris sebelum dan sesudahnya, klik kanan, Unhide. Hapus bila memang tidak berlaku.",
                 rows="7-9"),
    "S10": _cell("A7", "Data > Clear, supaya semua baris tampak, lalu periksa baris yang disebut.", rows="7-9, 12"),
    "S11": _cell("H1", "Pilih kolom sebelum dan sesudahnya, klik kanan, Unhide.", column="Nilai"),
    "S12": _cell("", "Klik kanan nama lembar mana pun, Unhide.", sheet="Capaian"),
    "S13": _cell("A41", "Hapus baris kosong di antaranya. Catatan kaki dan jumlah di bawah tabel dihapus atau "
                 "dipindahkan ke lembar lain.", blank=3),
    "S14": _cell("N5", "Hapus isinya, atau beri judul kolomnya di baris judul.", column="N"),
    "S15": Example(_OMS, "Capaian (2)", "", {"sheet": "Capaian (2)", "other": "Capaian"},
                   "Putuskan lembar mana yang berlaku, pindahkan datanya, dan hapus lembar salinan."),
    "S16": _cell("C42", "Hapus seluruh baris (Delete, bukan hanya Clear): tanda tangan, jumlah, dan nomor yang diisi "
                 "lebih dahulu tidak dibaca. Bila memang target, lengkapi sel yang kosong.",
                 value="Jakarta, 31 Desember 2021",
                 lacking=tell("hygiene.blank", columns="Komitmen, UK, Periode, No, Target, Nilai")),
    "C01": _cell("F14", "Isi selnya. Bila barisnya tidak terpakai, hapus seluruh baris (Delete).", column="Target",
                 about="Target yang direncanakan untuk periode ini."),
    "C02": _cell("H14", "Tulis angka 0 sampai 100, `N/A` bila target bergantung pada pelaksana lain, atau `-` bila "
                 "tidak ada target; kosongkan selama belum dinilai. Pada sel berformat persen, 100% adalah nilai "
                 "tertinggi.", value="101"),
    "C03": _cell("J14", "Pilih dari daftar pada sel itu, atau ketik salah satu pilihan.", column="Status Ko-Kreasi",
                 value="Akif", choices="Aktif, Semi-Aktif, Pasif, N/A", hint=tell("findings.nearest", word="Aktif")),
    "C04": _cell("B14", "Tulis bilangan bulat mulai dari 1, tanpa huruf, titik, atau koma.", column="UK", value="1,5"),
    "C05": _cell("H14", "Buka di Excel supaya rumusnya dihitung, lalu simpan; atau salin sel dan tempel sebagai nilai "
                 "(Paste Special > Values).", value="=50+50"),
    "C06": _cell("H14", "Perbaiki rumus yang gagal, atau tulis nilainya langsung.", value="#DIV/0!"),
    "C07": _cell("F14", "Pilih kolomnya, Format Cells > Text, lalu ketik ulang teksnya.",
                 value=tell("why.date", value="2021-12-01")),
    "C08": _cell("H14", "Pilih kolomnya, Format Cells > Number (atau Percentage), lalu ketik ulang nilainya.",
                 value=tell("why.date", value="2021-12-01")),
    "C09": _cell("G14", "Ringkaskan; lampiran panjang disimpan sebagai data dukung.", length=40000, limit=32767),
    "C10": _cell("H14", "Klik tanda hijau di sudut sel, Convert to Number. Nilainya sudah dibaca benar.", value="85",
                 read="85"),
    "C11": _cell("H14", "Ketik ulang sebagai angka. Nilainya sudah dibaca benar bila angkanya seperti yang dimaksud.",
                 value="95,5", read="95,5"),
    "C12": _cell("H14", "Salin selnya, tempel sebagai nilai (Paste Special > Values), dan periksa angkanya: berkas "
                 "yang dirujuk tidak ikut dibaca.", value="=[1]Rekap!B5", read="85"),
    "C13": _cell("C14", "Hapus isi sel dan ketik ulang dengan papan ketik; jangan menempelkannya lagi.", value="КIP",
                 letter="U+041A CYRILLIC CAPITAL LETTER KA", like="K", right="KIP"),
    "C14": _cell("C14", "Hapus spasinya. Isinya sudah dibaca benar.", read="KIP"),
    "C15": _cell("C14", "Hapus isi sel dan ketik ulang. Isinya sudah dibaca benar.", letter="U+200B ZERO WIDTH SPACE",
                 read="KIP"),
    "C16": _cell("F14", "Bila maksudnya tanggal, tulis sebagai teks, misalnya 1 Desember 2021. Bila maksudnya angka, "
                 "biarkan.", value="44531", date="2021-12-01"),
    "C17": _cell("H14", "Format Cells > General akan memperlihatkan isi yang sebenarnya. Format akuntansi, misalnya, "
                 "menampilkan 0 sebagai `-`: tulis 0 bila tidak tercapai, teks `-` bila tidak ada target.", value="0",
                 shown="-", format='_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-'),
    "C18": _cell("F14", "Pilih Format Cells > General atau Text, lalu pastikan isinya seperti yang dimaksud.",
                 format=";;;", shown=tell("why.blank"), read="Dua lokakarya"),
    "C19": _cell("H3", "Format persen biasanya hilang karena tempel sebagai nilai (Paste Values) atau ekspor. Pilih "
                 "kolomnya dan beri format Percentage, atau kalikan 100. Bila memang kurang dari 1%, tulis 0,5%.",
                 cells="H3, H5:H9", value="0,85", percent="85"),
    "C20": _cell("H3", "Tulis 100 bila target tercapai penuh; bila memang 1%, tulis 1%.", cells="H3, H7"),
    "C21": _cell("G14", "Coretan tidak tercetak dalam laporan. Hapus teks yang dicoret, atau hilangkan coretannya.",
                 value="Dua lokakarya"),
    "C22": _cell("G14", "Salin alamatnya (klik kanan, Edit Hyperlink) ke dalam teks sel. Di Data Dukung alamat dibaca.",
                 value="https://contoh.go.id/laporan"),
    "C23": _cell("K14", "Bila ada bukti, sebut buktinya di depan. Bila tidak ada, pilih Tidak dikumpulkan.",
                 value="Belum ada laporan akhir, baru notulen"),
    "C24": _plan("Target", "J5", "Ketik angkanya saja; penjelasannya ditulis di Kriteria Kualitatif.", column="Nilai "
                 "Sasaran",
                 value="dua atau tiga"),
    "C25": _plan("Target", "K5", "Ketik tanggal yang ada di kalender. Bila baru bulannya yang diketahui, tulis hari "
                 "terakhirnya.",
                 column="Tenggat", value="akhir Juni"),
    "K01": _cell("E3", "Bila keduanya target yang berbeda, beri No yang berbeda. Bila sama, hapus salah satu baris.",
                 key="Komitmen 1, UK 1, Pelaksana ICW, Periode B12, No 1", first="E2"),
    "K02": _cell("A14", "Perbaiki nomor komitmennya. Komitmen baru didaftarkan dahulu di rencana-aksi.xlsx, lembar "
                 "Komitmen.", value=99),
    "K03": _cell("C14", "Tulis nama singkat persis seperti di rencana-aksi.xlsx, lembar Pelaksana. Pelaksana baru "
                 "didaftarkan dahulu di sana.", value="SAFEnett", hint=tell("findings.nearest", word="SAFEnet")),
    "K04": _cell("C14", "Perbaiki nomor komitmen atau pelaksana pada baris ini; atau daftarkan pasangannya di "
                 "rencana-aksi.xlsx, lembar Pelaksana Komitmen.", value="SAFEnet", commitment=1),
    "K05": _cell("B14", "Perbaiki nomor UK; atau daftarkan UK itu untuk pelaksana ini di rencana-aksi.xlsx, lembar "
                 "Ukuran Keberhasilan.", value=9, commitment=1, actor="ICW"),
    "K06": _cell("C2", "Pindahkan seluruh baris ke buku kerja yang disebut. Bila kelompoknya salah, perbaiki di "
                 "rencana-aksi.xlsx, lembar Pelaksana.", actor="KIP", group="K/L", file="capaian-kl.xlsx"),
    "K07": _cell("D14", "Baris periode lain dipindahkan ke buku kerja di folder periodenya; salah ketik diperbaiki.",
                 value="B06", period="B12"),
    "K08": _pages("Tindak Lanjut", "B2", "Perbaiki nomor UK, atau kosongkan bila butir itu untuk seluruh komitmen.",
                  value=9, commitment=1),
    "K09": _plan("Pelaksana", "D3", "Daftarkan koalisinya sebagai Pelaksana pada lembar yang sama, atau kosongkan.",
                 value="Koalisi Gaib"),
    "K10": _plan("Pelaksana", "A9", "Beri salah satunya nama singkat yang berbeda huruf atau angkanya, lalu ubah juga "
                 "di semua buku kerja.", value="LSM-A", other="LSM A"),
    "K11": _pages("Catatan Sumber", "D2", "Salin kuncinya dari lembar Capaian. Catatan untuk seluruh komitmen cukup "
                  "menyebut Komitmen.", commitment=1, key="UK 1, Pelaksana ICW, Periode B18, No 1"),
    "M01": _pages("Penetapan", "C2", "Pilih kategori yang ada; namanya diatur di params, bagian `penilaian`.",
                  value="Lumayan", dimension="Administratif", choices="Baik, Cukup, Kurang, N/A"),
    "M02": _pages("Penetapan", "C2", "Hapus barisnya; laporan tetap sama.", commitment=5, value="Baik"),
    "M03": _pages("Penetapan", "A2", "Hapus barisnya, atau lengkapi capaian komitmen itu.", commitment=17),
    "M04": _pages("Sorotan", "B5", "Samakan judul pada semua baris bagian itu.", part="I", value="Komitmen baik",
                  first="Komitmen dengan Capaian Administratif Baik"),
    "M05": _cell("H30", "Tanyakan data dukungnya, atau turunkan nilainya. Bila keduanya memang benar, biarkan.",
                 value="100"),
    "M06": _cell("J14", "Kosongkan statusnya. Bila sebenarnya ada target, ganti `-` dengan nilainya.", value="Pasif"),
    "M07": _plan("Komitmen", "A18", "Tidak perlu apa-apa bila memang tidak ada laporan; bila ada, barisnya belum masuk "
                 "buku kerja capaian.", value=17),
    "M08": _cell("J14", "Periksa kembali kedua isian itu dengan pelapornya.", value="Aktif"),
    "M09": _cell("G14", "Beri nilai bila pekerjaannya memang target periode ini. Bila targetnya ditiadakan, tulis "
                 "alasannya di Capaian.", value="Dua lokakarya terlaksana bersama OMS."),
    "M10": _pages("Sorotan", "B2", "Ubah judul bagian, atau pindahkan komitmen itu ke bagian yang sesuai.",
                  dimension="Administratif", value="Baik", commitment=10, category="Kurang"),
    "M11": _cell("F14", "Ganti Nilai dengan `-`, atau tulis target yang dinilai itu.", value="Tidak ada target B12",
                 score="100"),
    "M12": _file(_PARAMS, "", "Hapus usulan itu dari `sorotan` di params, atau pilih usulan lain; `./monev check` "
                 "menunjukkan yang ada.", value="paling-naik"),
    "M13": _cell("H14", "Minta uraian capaian dan data dukungnya dari pelapor, atau perbaiki nilainya.", value="100"),
    "A01": _plan("Perubahan Target", "E3", "Periksa kelima kolom kuncinya. Target yang belum pernah direncanakan "
                 "tidak perlu "
                 "baris perubahan.", key="UK 1, KIP, B18, 2"),
    "A02": _plan("Perubahan Target", "H3", "Isi Keputusan dan Tanggal. Laporan menyebut perubahan tanpa keputusan apa "
                 "adanya.", change="Ditunda"),
    "A03": _plan("Perubahan Target", "G3", "Tanpa isian itu target tetap seperti semula.", change="Diubah"),
    "A04": _plan("Perubahan Target", "G3", "Tulis apa yang menjadi lain.", value="Dua pedoman ditetapkan"),
    "A05": _plan("Target", "K5", "Bila pekerjaannya memang selesai kemudian, pindahkan ke periode yang memuat "
                 "tanggal itu.",
                 value="2022-09-30", period="B18", last="2022-06-30"),
    "A06": _plan("Target", "D5", "Kode periode sebaiknya berpola sama: B18, B24, B30.", value="akhir", current="B18"),
    "A07": _file(_PARAMS, "", "Bila registernya lengkap, pernyataan di params tidak diperlukan lagi.", stated=267,
                 counted=240),
    "Y01": _pages("Tindak Lanjut", "H5", "Satu kalimat cukup; laporan mencetaknya di sebelah tindak lanjutnya.",
                  value="Selesai"),
    "Y02": _pages("Tindak Lanjut", "F5", "Tenggat dibandingkan dengan `terbitan.tanggal` di params; tanpa itu dengan "
                  "hari terakhir periode kini, tidak pernah dengan hari ini.", days=31, day="31 Desember 2021"),
    "Y03": _pages("Tindak Lanjut", "G2", "Barisnya dibawa oleh `./monev new`. Laporan menyebutnya tanpa status sampai "
                  "diisi.", count=38, cells="G2:G39"),
    "Y05": _pages("Tindak Lanjut", "F2", "Kode seperti B06 menyebut bulannya; kode lain tidak, jadi akhir tahun "
                  "yang dipakai.", code="T3", count=6, cells="F2:F7", day="31 Desember 2022"),
    "Y04": _pages("Tindak Lanjut", "I5", "Kolom Asal diisi oleh `./monev new`; biasanya tidak perlu diubah.",
                  value="B18", choices="B06"),
    "O01": _form("K7", "Jenis tidak ditebak dari uraiannya. Tambahkan baris pada lembar Hambatan dalam evaluasi.xlsx: "
                 "kunci targetnya dan Jenis Hambatan, tanpa uraian.", count=2, cells="K7, K9"),
    "O02": _pages("Hambatan", "F4", "Salin Komitmen, UK, Pelaksana, Periode, dan No dari baris formulirnya."),
    "O03": _pages("Hambatan", "A4", "Baris yang hanya berisi kunci tidak berarti apa-apa."),
    "O04": _pages("Hambatan", "F5", "Satu hambatan mempunyai satu jenis utama.", value="Data", other="SDM", place="F4"),
    "O05": _pages("Hambatan", "F4", "Golongan sekretariat mengalahkan pilihan pelaksana; dalam data keduanya tercatat.",
                  value="Regulasi", other="Anggaran", place="inputs/2022-S3/kiriman/KIP.xlsx!Laporan!K7"),
    "O06": _pages("Hambatan", "E4", "No dan Periode boleh kosong; hambatannya lalu milik komitmen atau UK-nya."),
    "O07": _form("L7", "Bila memang tidak ada, kosongkan jenisnya lewat params/koreksi/.", value="Tidak ada",
                 kind="Anggaran"),
    "O11": _plan("Indikator", "E4", "Yang tidak diketahui boleh kosong; laporan mencetak tanda pisah.",
                 column="Nilai Awal"),
    "O12": _plan("Indikator", "F4", "Biasanya salah satunya salah salin.", value="40"),
    "O13": _plan("Indikator", "I4", "Sel berformat persen menampilkan 45%; bila satuannya bukan persen, ubah formatnya "
                 "menjadi Umum (General) dan periksa angkanya.", value="45%", unit="orang"),
    "O14": _plan("Indikator", "C9", "Satu indikator milik satu komitmen.", commitment=1, place="C4"),
    "O15": _plan("Indikator", "I4", "Bila belum diukur pada periode ini, biarkan kosong.", code="B18", count=3,
                 cells="I4:I6"),
    "Z01": _left("A4", "Salin kuncinya dari Capaian periode itu, atau biarkan baris seperti disiapkan `./monev new`.",
                 key="Komitmen 3, UK 1, KIP, B12"),
    "Z02": _left("D4", "Kolom No menyebut nomor targetnya, seperti pada lembar Capaian periode itu.", count=2,
                 key="Komitmen 3, UK 1, KIP, B12"),
    "Z03": _left("K4", "Lembar ini hanya untuk target di bawah kategori terbaik, N/A, atau yang belum dilaporkan. "
                 "Nilai edisi terdahulu tidak diubah lewat lembar ini.", value="85%", category="Baik"),
    "Z04": _left("K4", "Bila penilaian yang lama keliru, perbaiki di buku kerja yang disebut.", period="B18",
                 place="inputs/2022-S3/capaian-kl.xlsx!Belum Selesai!K9"),
    "Z05": _left("K4", "Cocokkan dengan data dukungnya.", value="20%", before="40%"),
    "Z06": _left("L4", "Tanpa data dukung dan alasan, nilai baru tidak dapat diperiksa orang lain.",
                 column="Data Dukung Baru"),
    "Z07": _left("K4", "Target yang tidak dapat diukur tetap seperti waktu itu.", value="N/A"),
    "Z08": _left("K4", "Tanpa Nilai Baru baris ini tidak masuk laporan."),
    "H01": _plan("Target", "F5", "Isi Nilai Sasaran dan Satuan, atau Kriteria Kualitatif: kapan target dianggap "
                 "tercapai."),
    "H02": _plan("Target", "F5", "Angka tanpa satuan, atau satuan tanpa angka, tidak dapat diukur."),
    "H03": _plan("Target", "F5", "Isi hari terakhirnya pada kolom Tenggat."),
    "H04": _plan("Target", "F5", "Rapat dan koordinasi baru dapat dinilai bila hasil atau tahapnya disepakati lebih "
                 "dahulu."),
    "H05": _plan("Target", "F5", "Pecah menjadi dua baris dengan No yang berbeda, supaya masing-masing punya nilai."),
    "H06": _plan("Target", "F5", "Sebut anggota koalisi yang bertanggung jawab dalam bunyi targetnya."),
    "D01": _file("inputs/2022-S3", "", "Satu periode dibaca dari satu sumber saja. Yang tidak dipakai dipindahkan ke "
                 "luar "
                 "foldernya.", code="B18", read="kiriman/", present="capaian-kl.xlsx", params="params/2022-S3.yml"),
    "D02": _receipt("E5", "Tanyakan pengirimnya versi mana yang terakhir. Sampai Dipakai diisi, tidak satu pun dibaca "
                    "untuk laporan.", actor="KIP", names="'KIP final.xlsx'"),
    "D03": _receipt("E6", "Kosongkan yang lain, atau tulis Tidak.", actor="KIP", names="'KIP final.xlsx'"),
    "D04": _form("", "Kirimkan formulir edisi ini kepada pelaksananya.", value="2021-S2", edition="2022-S3"),
    "D05": _form("", "Kirimkan formulir periode ini kepada pelaksananya.", value="B12", period="B18"),
    "D06": Example(_FORM, "Laporan", "", {"actor": "KIP"}, "Cocokkan dengan surat atau surel pengirimnya. Bila keliru, "
                   "perbaiki Pelaksana di penerimaan.xlsx."),
    "D07": _form("C9", "Baris yang ditempelkan dari formulir lain tidak dibaca, supaya tidak ada target yang "
                 "dilaporkan "
                 "dua kali.", value="Kemenkes", actor="KIP"),
    "D08": _form("D9", "Capaian periode lain dilaporkan lewat edisinya sendiri.", value="B12", period="B18"),
    "D09": _form("B9", "Kolom kunci menghubungkan baris dengan rencana, jadi tidak boleh diubah. Koreksi menyebut sel "
                 "itu "
                 "dengan isi sekarang dan isi yang benar.", column="UK", value=2, before=1),
    "D10": Example(_FORM, "Laporan", "", {"count": 1, "keys": "Komitmen 1, UK 1, No 2"}, "Minta barisnya dilengkapi "
                   "dalam kiriman berikutnya, bila targetnya memang masih berlaku."),
    "D11": _form("E12", "Tambahkan targetnya pada lembar Target dalam register, atau minta barisnya dihapus.",
                 commitment=1, measure=1, no=3),
    "D12": _form("J9", "Target hanya berubah lewat keputusan. Bila sudah diputuskan, catat di lembar Perubahan Target.",
                 value="Satu pedoman dibahas"),
    "D13": _receipt("C7", "Buka berkasnya, lihat milik siapa, lalu tulis nama singkatnya.", name="laporan.xlsx"),
    "D14": _receipt("C7", "Tulis nama singkat seperti pada lembar Pelaksana.", value="Komisi X"),
    "D15": _receipt("A4", "Kiriman disimpan apa adanya. Perbaikan isi datang sebagai berkas baru dari pengirimnya.",
                    name="KIP (rev).xlsx", folder="inputs/2022-S3/kiriman", edition="2022-S3"),
    "D16": _file(_RECEPTION, "", "Selama belum ada kiriman, semua target dibaca sebagai belum dilaporkan.",
                 folder="inputs/2022-S3/kiriman", edition="2022-S3"),
    "D17": _file(_RECEPTION, "", "Hanya berkas yang tercatat yang dibaca, supaya laporan tidak bergantung pada apa "
                 "yang "
                 "kebetulan ada di folder.", count=2, folder="inputs/2022-S3/kiriman", names="'KIP.xlsx', 'ICW.ods'",
                 edition="2022-S3"),
    "D18": _file(_RECEPTION, "", "Laporan tetap dapat disusun; sampulnya berbunyi BELUM LENGKAP.", count=12),
    "D19": _file(_RECEPTION, "", "Kirim pengingat; daftarnya ditulis `./monev collect`.", names="KIP, ICW"),
    "D20": _form("C9", "Yang dibaca adalah formulir pelaksana itu sendiri.",
                 other="inputs/2022-S3/kiriman/Kemenkes.ods, sel C4"),
    "D21": _form("L9", "Tulis Realisasi dalam satuan targetnya.", value="45%", unit="dokumen"),
    "D22": _form("", "Bila ada target yang belum ditanyakan, kirimkan formulir yang baru.", value="1a2b3c4d",
                 version="5e6f7a8b"),
    "D23": _file("params/2022-S3.yml", "", "Tulis di bawah periodenya, sejajar dengan `inputs`.", edition="2022-S3",
                 code="B18"),
    "D24": _form("K9", "Realisasi saja tidak menceritakan apa yang dicapai.", columns="Realisasi, Data Dukung"),
    "Q01": _judged("Q9", "Sesudah pelaksananya melapor, baris ini ditandai berubah sesudah dinilai; lihat lagi.",
                   key=_KEY),
    "Q02": _judged("AB9", "Nilai lama tetap dipakai dan ditandai dalam laporan sampai barisnya dilihat lagi.",
                   other="inputs/2022-S3/kiriman/KIP (rev).xlsx, sel K9"),
    "Q03": _judged("AF9", "Selama belum diputuskan, targetnya tercetak belum dinilai.", first="80", second="60",
                   column="Nilai Akhir"),
    "Q04": _judged("AC9", "Kesepakatan penilai dihitung dari baris yang dinilai keduanya.", count=2, cells="AC9, AC12",
                   column="Nilai 2", other="Nilai"),
    "Q05": _judged("E9", "Baris tidak pernah dihapus oleh collect.", key=_KEY),
    "Q06": _judged("J9", "Kata-kata pelaksana hanya berubah lewat kirimannya.", value="Satu pedoman selesai",
                   read="Satu pedoman terbit", other="inputs/2022-S3/kiriman/KIP (rev).xlsx, sel K9"),
    "Q24": _judged("J9", "Kata-kata pelaksana hanya datang lewat kirimannya.", value="Menurut telepon sudah terbit",
                   key=_KEY),
    "Q07": _judged("AH9", "Sesudah itu lihat baris yang berubah.", count=3, cells="AH9:AH11", edition="2022-S3"),
    "Q08": _judged("", "Baris baru ditambahkan di bawah yang lain; isian tetap.", count=2, edition="2022-S3"),
    "Q09": _judged("AA9", "Tanggal juga menyatakan bahwa baris yang berubah sudah dilihat lagi.",
                   column="Diperiksa Oleh, Tanggal"),
    "Q10": _judged("", "Judulnya persis seperti itu.", column="Sidik"),
    "Q11": _file(_ASSESSMENT, "", "Salin lembarnya dari buku kerja di `cadangan/`.", sheet="Konfirmasi"),
    "Q12": _judged("Q9", "Nilai penilai kedua saja tidak dipakai.", count=1, cells="Q9", column="Nilai",
                   other="Nilai 2"),
    "Q13": _asked("E4", "Salin kuncinya dari lembar Penilaian.", key=_KEY),
    "Q14": _asked("G4", "Tulis misalnya 2022-07-20."),
    "Q15": _asked("H4", "Tanggal ditulis seperti 2022-07-20.", value="2022-07-01", asked="2022-07-20"),
    "Q16": _asked("J4", "Status yang dikosongkan mengikuti Jawaban."),
    "Q17": _asked("I4", "Jawaban lewat telepon juga ditulis di sini."),
    "Q18": _form("S9", "Jawaban dibawa ke barisnya; isian yang sudah ada tidak diubah.", edition="2022-S3"),
    "Q19": _asked("I4", "Keduanya tetap tersimpan; laporan memakai lembar Konfirmasi.", value="Ada di laman PPID",
                  other="inputs/2022-S3/kiriman/KIP (rev).xlsx, sel S9"),
    "Q20": _form("S9", "Mungkin pertanyaannya diubah sesudah formulir dikirim.", value="Di mana dokumennya?"),
    "Q21": _asked("H4", "Tulis misalnya 2022-07-20."),
    "Q22": _asked("J4", "Dari `./monev release`.", count=2, cells="J4, J9"),
    "Q23": _file(_ASSESSMENT, "", "Penilaian berpasangan dengan formulir.", code="B18", params="params/2022-S3.yml"),
    "B01": _form("N9", "Berkas dapat diletakkan langsung di folder itu, atau dalam subfolder bernama pelaksananya.",
                 name="laporan akhir.pdf", folder="inputs/2022-S3/bukti/"),
    "B02": _file("inputs/2022-S3/bukti/laporan.pdf", "", "Berkas kosong biasanya berarti unggahan yang terputus."),
    "B03": _file("inputs/2022-S3/bukti/laporan (1).pdf", "", "Satu bukti boleh dipakai dua target; salinannya tidak "
                 "perlu.", other="inputs/2022-S3/bukti/laporan.pdf"),
    "B04": _file("inputs/2022-S3/bukti/foto.exe", "", "Jangan dibuka sebelum diperiksa; minta dalam bentuk PDF atau "
                 "gambar.", why=".exe"),
    "B05": _form("N9", "Tautan hanya diperiksa bentuknya; tidak satu pun dibuka.", value="https:/contoh"),
    "B06": _form("N9", "Tulis misalnya KIP/laporan.pdf.", name="laporan.pdf", folder="inputs/2022-S3/bukti",
                 names="KIP/laporan.pdf, ICW/laporan.pdf"),
    "B07": _file("inputs/2022-S3/bukti/bukti.yml", "3", "Nama ditulis persis, dengan subfoldernya.", name="laporan.pdf",
                 folder="inputs/2022-S3/bukti"),
    "B08": _file("inputs/2022-S3/bukti/bukti-disimpan.json", "",
                 "Ambil lagi salinan terbitan yang utuh; daftar ini ditulis release, bukan oleh orang."),
    "G01": _file(_LETTER, "", "Templat adalah dokumen Word biasa; nama dalam kurung kurawal ganda diganti isinya."),
    "G02": _file(_LETTER, "", "Perbaiki namanya di Word.", value="tengat", choices="pelaksana, nama, tenggat, kontak",
                 hint=tell("findings.nearest", word="tenggat")),
    "R01": _cell("H14", "Tunggu atau minta laporannya, lalu isi barisnya. Bila memang tidak ada target, tulis `-`. "
                 "Target yang sampai akhir tidak dilaporkan boleh diberi Nilai menurut aturan program; selama kosong, "
                 "laporan berbunyi BELUM LENGKAP."),
    "R02": _cell("H14", "Nilai targetnya. Penyusunan tetap berjalan: barisnya disebut belum dinilai, dan sampul serta "
                 "kaki halaman berbunyi BELUM LENGKAP sampai Nilai terisi."),
    "N01": _file("params/2022-S3.yml", "", "Pilih nama edisi lain. Tidak ada yang ditimpa, supaya isian tidak hilang."),
    "N02": _file("params", "", "Tulis nama edisi yang sederhana, misalnya tahun dan semesternya.", value="2022/S3",
                 example="2022-S3"),
    "N03": _file(_PARAMS, "", "Jalankan lagi dengan pilihan yang disebut.", what=tell("new.code"), value="B12a",
                 option="--code"),
    "N04": _file(_PARAMS, "", "Jalankan lagi dengan nilai lain untuk pilihan yang disebut.",
                 why=tell("why.periods"), option="--code"),
    "N05": _file(_PARAMS, "", "Tulis `periode` sebagai daftar, satu baris satu periode, seperti pada edisi lain.",
                 value="periode"),
    "N06": _file("program-kami", "", "Buat folder baru, lalu sebut dengan `--root`. Untuk semester berikut dalam "
                 "folder yang sudah berisi, pakai `./monev new`.", names="catatan.docx, inputs", more=""),
    "N07": _file("--group", "", "Perbaiki pilihannya, lalu jalankan perintah yang sama.", value="OMS,,",
                 why=tell("why.empty"), example="'OMS, Organisasi Masyarakat Sipil'"),
    "X01": _plan("Komitmen", "", "Tulis komitmen Anda di atas barisnya. Sesudah semua contoh diganti, jalankan "
                 "`./monev update EDISI`.", rows="2-4"),
    "X02": _cell("", "Jalankan `./monev update EDISI`. Buku kerja lama tersimpan di folder `cadangan`.", rows="2-3"),
    "V15": _plan("Komitmen", "", "Ganti atau hapus baris itu, jalankan `./monev update EDISI`, susun, lalu ulangi.",
                 rows="2-4"),
    "U01": _file(_KL, "", "Tutup berkas itu di Excel atau LibreOffice, lalu jalankan `./monev update` lagi. Tidak ada "
                 "yang berubah.", lock="~$capaian-kl.xlsx"),
    "U02": _file(_KL, "", "Pindahkan bagian itu ke buku kerja lain, lalu jalankan `./monev update` lagi. Tidak ada "
                 "yang berubah.", parts=tell("update.pivot", part="xl/pivotTables/pivotTable1.xml")),
    "P01": _file(_PARAMS, "3", "Perbaiki ejaan kunci, atau hapus barisnya.", value="jduul",
                 choices="edisi, judul, rencana_aksi", hint=tell("findings.nearest", word="judul")),
    "P02": _file(_PARAMS, "", "Tambahkan kunci itu; contohnya ada pada params edisi lain.", value="rencana_aksi",
                 about="rencana_aksi: ..."),
    "P03": _file(_PARAMS, "12", "Tulis nilai yang sesuai dengan keterangannya.", value="penilaian.kategori.1.dari",
                 why=tell("why.whole")),
    "P04": _file(_PARAMS, "3", "Ubah baris yang disebut. Teks yang memuat titik dua, tanda kutip, atau diawali tanda "
                 "seperti `@` dan `*` diapit tanda kutip; indentasi memakai spasi, bukan tab; berkasnya disimpan "
                 "sebagai UTF-8.", why=tell("why.colon", text='judul: "Laporan: Semester II"')),
    "P05": _file("params", "", "Tulis kode edisi yang ada, atau buat yang baru dengan `./monev new`.", value="2021-S3",
                 choices="2021-S1, 2021-S2", hint=tell("findings.nearest", word="2021-S2")),
    "P06": _file(_PARAMS, "30", "Hapus salah satu; tidak jelas mana yang berlaku.", value="pernyataan.kl_aktif"),
    "P07": _file(_PARAMS, "", "Ganti nama berkas atau isi kunci `edisi`.", value="2021-S9", expected="2021-S2.yml"),
    "P08": _file(_PARAMS, "3", "Hapus kata yang diawali tanda seru; params hanya memuat teks, angka, dan daftar.",
                 value="!!python/object"),
    "P09": _file(_PARAMS, "9", "Salin isinya ke tempat rujukan. Bila `*` bagian dari teks, beri tanda kutip.",
                 value="*umum"),
    "P10": _file(_PARAMS, "", "Params hanya beberapa puluh baris; berkas ini mungkin tertukar dengan berkas lain.",
                 size=2048, limit=1024),
    "P11": _file(_PARAMS, "12", "Buang nol di depan, titik dua, garis bawah, atau awalan; beri tanda kutip pada kode.",
                 value="021"),
    "P12": _file(_PARAMS, "", "Salin berkasnya ke dalam folder proyek, misalnya ke `inputs/2021-S2/`. Gambar yang "
                 "besar diperkecil dahulu.", key="terbitan.penandatangan.gambar", value="ttd.png",
                 why=tell("why.large-file", limit=5)),
    "P13": _file(_PARAMS, "", "Nama lembar harus sama dengan yang ditulis dalam params.", value="Kata Pengantar",
                 book="inputs/2021-S2/evaluasi.xlsx", choices="Tindak Lanjut, Penetapan"),
    "P14": _file("inputs/2021-S2/kata-pengantar.md", "", "Alinea dipisahkan baris kosong; butir diawali tanda hubung."),
    "P15": _file(_PARAMS, "3", "Judul seperti `Laporan #1` memerlukan tanda kutip.", value="Laporan", lost="#1"),
    "V01": _file(_KL, "", "Isi kolom Nilai pada sel yang disebut; N/A bila bergantung pada pelaksana lain.",
                 count=2, cells="H14, H20"),
    "V02": _file(_KL, "", "Mintakan laporannya, atau catat bahwa tidak ada target.", count=1, cells="A31"),
    "V03": _file("outputs/2021-S2", "", "Yang terbit ialah hasil yang sudah dilihat: susun, periksa, lalu terbitkan.",
                 edition="2021-S2", why=tell("release.not-built")),
    "V04": _file("releases/2021-S2", "", "Koreksi kecil menaikkan angka kedua (1.1), perubahan besar angka pertama "
                 "(2.0).", number="1.0", why=tell("release.taken")),
    "V05": _file(_PARAMS, "", "Tunggu sampai hari itu, atau perbaiki tanggalnya.", date="2030-01-31"),
    "V06": _file(_KL, "", "Bandingkan dengan berkas yang sama di `releases/<edisi>/<nomor>/arsip/`.",
                 edition="2021-S2", number="1.0"),
    "V07": Example("inputs/2021-S2/tanggapan.xlsx", "Tanggapan", "F3", {
                   "sender": "Kementerian A", "section": "Komitmen 3", "comment": "Nilai target kedua terlalu rendah."},
                   "Tulis jawaban dengan alasannya; diterima atau tidak, jawaban ikut dicetak bila params memintanya."),
    "V08": _file("releases/2021-S2", "", "Alasan dicetak dalam Riwayat Revisi.", number="1.0"),
    "V09": _file("inputs/2021-S2/tanggapan.xlsx", "", "`./monev check` menyebut tanggapan yang belum dijawab.",
                 count=3),
    "V10": _file("params/rilis/2021-S2.yml", "", "Pindahkan berkas itu ke luar folder `params/`."),
    "V11": _file("kunci.p12", "", "Periksa berkas dan frasa sandinya; mintakan sertifikat baru bila kedaluwarsa.",
                 why=tell("sign.no-key")),
    "V12": _file("laporan.pdf", "", "Hasilnya selalu berkas baru di sampingnya; pindahkan yang lama dahulu.",
                 why=tell("sign.taken", name="laporan-ttd.pdf")),
    "V13": _file("kiriman/laporan.docx", "", "Minta berkas yang dikirim itu kembali, dengan sampulnya.",
                 why=tell("comments.other-edition", edition="2021-S1")),
    "V14": _file("inputs/2021-S2/tanggapan.xlsx", "", "Jalankan `./monev comments EDISI BERKAS...` dahulu."),
    "E01": _file(_FIXES, "1", "Perbaiki alamat selnya: berkas, lembar, dan sel dipisahkan tanda seru.",
                 cell=f"{_KL}!Capain!H14", why=tell("why.no-sheet", sheet="Capain")),
    "E02": _file(_FIXES, "1", "Buku kerjanya sudah berubah sejak koreksi ditulis. Periksa isinya yang sekarang.",
                 cell=f"{_KL}!Capaian!H14", held="85%", written="58%"),
    "E03": _file(_FIXES, "8", "Gabungkan alasannya dalam satu koreksi.", cell=f"{_KL}!Capaian!H14", first=1),
    "E04": _file(_FIXES, "1", "Hapus koreksi itu.", cell=f"{_KL}!Capaian!H14", value="85%"),
    "J01": _file(_MAP, "6", "Cocokkan dengan ekspor yang sebenarnya; mungkin susunan ekspornya berubah.",
                 heading="Realisasi", row=4, lembar="Ekspor", workbook=_KL),
    "J02": _file(_MAP, "", "Tambahkan satu baris di bawah `kolom`: judul dalam ekspor, titik dua, kolom monev.",
                 column="Nilai", workbook=_KL),
    "J03": _file(_MAP, "9", "Pilih judul yang isinya benar.", heading="Skor", first="Nilai Akhir", column="Nilai"),
    "J04": _file(_MAP, "7", "Tulis salah satu kolom yang ada.", column="Skor", choices="Komitmen, UK, Pelaksana",
                 hint=""),
    "J05": _file(_PARAMS, "7", "Perbaiki nama petanya di params, atau buat berkas petanya.", value="sismonef",
                 choices="sismonev", hint=tell("findings.nearest", word="sismonev")),
    "I01": _instrument("7", "Pakai sekretariat, kelompok (setiap kelompok pelaksana), atau kode sebuah kelompok.",
                       value="sekretaris", choices="sekretariat, kelompok, K/L, OMS",
                       hint=tell("findings.nearest", word="sekretariat")),
    "I02": _instrument("9", "Tambahkan `nilai` pada tingkat yang ikut dihitung.", kind="ya-tidak", count=3),
    "I03": _instrument("12", "Tulis tingkat dari yang terendah ke yang tertinggi, atau sebaliknya.", value="Cukup",
                       number="3", before="Baik"),
    "I04": _instrument("13", "Pakai nilai yang jaraknya sama, misalnya 0, 1, 2, 3.", value="Baik", number="4",
                       before="Cukup", wanted="3"),
    "I05": _instrument("8", "Tulis `ambang` dengan nama tingkat terendah yang masih dihitung tercapai.", value="Yaa",
                       choices="Ya, Sebagian, Tidak", hint=tell("findings.nearest", word="Ya")),
    "I06": _instrument("21", "Hapus kunci itu, atau pilih agregasi yang memakainya.", key="bobot",
                       rule="rata-rata berbobot"),
    "I07": _instrument("30", "Kode menjadi bagian id angka, jadi harus berbeda huruf atau angkanya.", value="m1",
                       first=24),
    "I08": _instrument("31", "Hapus pertanyaan kedua; jawaban yang sama tidak perlu dihitung dua kali.", value="m3",
                       first=25),
    "I09": _instrument("40", "Instrumen tentang komitmen, pelaksana, atau target mengambil subjeknya dari register.",
                       about="komitmen"),
    "I10": _instrument("18", "Jumlahkan lagi bobotnya; 1 dan 100 sama-sama diterima.", what="bagian", total="0,9"),
    "I11": _instrument("18", "Beri bobot pada semua atau tidak pada satu pun.", what="bagian"),
    "I12": _instrument("26", "Perbaiki atau hapus `kolom`.", value="m1", why=tell("why.column-taken")),
    "I13": _instrument("1", "Ubah `kode`, atau ganti nama berkasnya.", value="mutu", expected="mutu-layanan.yml"),
    "I14": _instrument("4", "Hapus `pengenal` dari instrumen sendiri.", value="rekap"),
    "I15": _file(_PARAMS, "12", "Pakai kode instrumen yang disertakan, atau taruh berkasnya di params/instrumen/.",
                 value="kemitraan-multipihk", choices="kemitraan-multipihak, smart",
                 hint=tell("findings.nearest", word="kemitraan-multipihak")),
    "I16": _instrument("", "Ganti `kolom` pada pertanyaan itu.", value="Dampak", other="prinsip-evaluasi"),
    "I17": _file(_PARAMS, "", "Kurangi pertanyaan, tanyakan tentang komitmen saja, atau naikkan `batas: {baris: ...}`.",
                 instrument="mutu-layanan", count=41100, who="sekretariat", questions=300, subjects=137, limit=20000),
    "I20": _answered("", "Perintah itu menyiapkan buku kerja dengan semua pertanyaan.", who="K/L",
                     instrument="Mutu layanan", edition="2021-S2"),
    "I21": _answered("B7", "Salin kode dari buku kerja yang disiapkan.", value="m9", instrument="mutu-layanan",
                     hint=tell("findings.nearest", word="m8")),
    "I22": _answered("E7", "Kunci target sama dengan kunci pada lembar Capaian.", value="1, 2, KIP, B12, 4"),
    "I23": _answered("A7", "Kode subjek ada dalam berkas instrumen.", value="birokras",
                     hint=tell("findings.nearest", word="birokrasi")),
    "I24": _answered("", "Pilih jawaban dari daftar pada sel.", instrument="Mutu layanan"),
    "I25": _answered("F7", "Pilih jawaban dari daftar pada sel; pilih tingkat tanpa nilai bila tidak dapat dijawab.",
                     count=3, all=40, rows="7:9"),
    "L01": _file(_BRAND, "5", "Di YAML, `#` tanpa tanda kutip memulai komentar; beri tanda kutip pada warna.",
                 value="birru", key="color.primary", hint=tell("findings.nearest", word="biru")),
    "L02": _file(_BRAND, "5", "Ganti salah satu nama itu dengan warnanya.", names="utama, primary"),
    "L03": _file(_BRAND, "5", "Ukur dengan pengukur kontras WCAG; latar gelap dengan teks terang juga boleh.",
                 text="utama", ground="kertas", ratio="2,1", least="4,5"),
    "L04": _file(_BRAND, "9", "Beri `bagan-baik` dan seterusnya dalam `color.palette` warna sendiri untuk diagram.",
                 one="bagan-baik", other="bagan-buruk"),
    "L05": _file(_BRAND, "14", "Salin logo atau hurufnya ke folder itu, misalnya ke `merek/`.",
                 value="merek/logo.svg", why=tell("why.not-there")),
    "L06": _file(_BRAND, "18", "Unduh berkas .ttf hurufnya, lalu sebut dalam `typography.fonts`. HTML dan Word memakai "
                 "huruf itu bila terpasang pada pembacanya.", value="Lato",
                 choices="Source Serif Pro, Source Sans Pro"),
    "L07": _file(_BRAND, "20", "Nama keluarga huruf tampak di penampil huruf; tulis persis seperti itu.",
                 value="merek/lato.ttf", held="Lato Light", family="Lato"),
    "W01": _file(_TEXT, "", "Periksa nama dan letak berkasnya.", why=tell("why.not-there")),
    "W02": _file(_TEXT, "7", "Naskah memuat kalimat, judul, daftar, tabel, gambar, angka menurut nama, dan rujukan.",
                 what=tell("why.raw", form="html")),
    "W03": _file(_TEXT, "9", "Salin pengenal angka dari `./monev explain EDISI`.", value="target.jumlh",
                 hint=tell("findings.nearest", word="target.jumlah")),
    "W04": _file(_TEXT, "9", "Rujukan berbentuk `@tbl-komitmen`, `@fig-kuadran`, atau `[teks](#sec-lampiran)`.",
                 value="tbl-komitmn", hint=tell("findings.nearest", word="tbl-komitmen")),
    "W05": _file(_TEXT, "11", "Judul pertama ditulis `# Judul`, bagiannya `## Judul`, dan seterusnya.",
                 value="Latar", level=3, least=2),
    "W06": _file(_TEXT, "15", "Simpan gambar .png atau .jpg di folder naskah/ dan tulis `![keterangan](nama.png)`.",
                 value="../foto.png", why=tell("why.not-beside")),
    "W07": _file(_TEXT, "5", "Angka yang tidak ada dalam register boleh dibiarkan; pembaca yang memeriksa laporan "
                 "melihat bahwa angka itu diketik.", lines="5, 8", more=""),
    "W08": _notebook("ke-2", "Tulis satu sel bertanda parameters yang berisi `edisi = \"2021-S2\"`; contohnya dibuat "
                     "`./monev new-notebook NAMA`.", why=tell("why.parameters-cell", count=0, name="edisi")),
    "W09": _notebook("", "Jalankan `./monev build EDISI`; hasilnya disimpan di `naskah/hasil/`.", name="tema"),
    "W10": _notebook("", "Baca isinya di Jupyter. Bila boleh dijalankan, tambahkan `--trust` satu kali; itu "
                     "berlaku untuk isi ini saja.", why=tell("step.first")),
    "W11": _notebook("ke-4", "Beri keterangan bila tabelnya patut bernomor; bila hanya untuk dilihat sendiri, beri "
                     "selnya tanda `tanpa-laporan`."),
    "W12": _notebook("ke-5", "Teks alternatif mengatakan isi gambar kepada pembaca yang tidak melihatnya.",
                     what=tell("why.alt")),
    "W13": _notebook("ke-5", "Jalankan selnya di Jupyter dan lihat mengapa tidak ada yang tergambar."),
    "W14": _notebook("ke-4", "Laporan bukan tempat data; data lengkap ada di `data/`.", count=10000, kept=100),
    "W15": _notebook("ke-3", "Cetak nama berkas saja, bukan jalur lengkapnya."),
    "W16": _notebook("", "Simpan salinan bahannya di folder program, dan baca dari situ.", what="socket.connect"),
    "W17": _notebook("ke-6", "Perbaiki selnya menurut sebab yang disebut.", what=tell("why.empty-table")),
    "W18": _notebook("ke-6", "Tampilkan datanya sendiri; rupanya diatur laporan."),
    "W21": _notebook("ke-6", "Tampilkan kolom yang perlu saja.", count=60, most=12),
    "W20": _notebook("", "Tampilkan rangkumannya, misalnya rata-rata atau sebaran menurut kelompok.", most=50),
    "W19": _notebook("ke-7", "Pakai nama yang dimulai dengan nama buku catatan, misalnya `tema.rata-rata`.",
                     value="komitmen.07.skor"),
    "T01": _file(_PUBLISHED, "20", "Tulis hasil hitungan sekarang di `menurut_data` dan sebabnya di `penjelasan`.",
                 value="target-baik", published=100, computed=101),
    "T02": _file(_PUBLISHED, "20", "Periksa apakah penjelasannya masih benar untuk hasil yang baru.",
                 value="target-baik", published=100, computed=102),
    "T03": _file(_PUBLISHED, "20", "Hapus keduanya.", value="target-baik", published=100),
    "T04": _file(_PUBLISHED, "20", "Perbaiki rujukannya, atau hapus entri itu.", value="uraian-3", published=12),
}  # fmt: skip

_OPENING = """\
# Temuan

Setiap temuan `./monev check` menyebut tempatnya (berkas, lembar, sel), apa yang ditemukan, apa yang diharapkan, dan apa
yang dilakukan; kodenya dicari di halaman ini. **Kesalahan** menghentikan penyusunan laporan sampai diperbaiki;
**peringatan** tidak: isinya tetap dibaca, tetapi perlu dilihat orang. Perbaiki di buku kerja asli, lalu jalankan
`./monev check EDISI` lagi sampai tidak ada kesalahan. Salinan buku kerja dengan sel yang diberi warna dan komentar ada
di `outputs/periksa/EDISI/`; jangan menyunting salinan itu.

Halaman ini dibuat dari kode: `.venv/bin/python -m monev.words.catalogue > docs/temuan.md`.
"""
_WEIGHTS = {"error": "kesalahan", "warning": "peringatan", "hint": "saran"}


def catalogue() -> str:
    """Return the document. Raises KeyError for a kind without an example or section."""
    return "\n".join([_OPENING, *_sections()])


def _sections() -> Iterator[str]:
    for letter, (title, about) in SECTIONS.items():
        kinds = [kind for kind in KINDS.values() if kind.code.startswith(letter)]
        if kinds:
            yield f"## {title}\n\n{about}\n"
            yield from map(_entry, kinds)
    strange = sorted(code for code in KINDS if code[0] not in SECTIONS)
    if strange:
        raise KeyError(", ".join(strange))


def _entry(kind: Kind[Weight]) -> str:
    example = EXAMPLES[kind.code]
    finding = Finding(kind.code, example.file, example.sheet, example.cell, example.details)
    text = re.sub(r"\{\w+\}", "…", kind.id.replace("{hint}", "")).replace("….", "…")
    return (
        f"### {kind.code}: {_WEIGHTS[kind.weight]}\n\n"
        f"{_literal(text[0].upper() + text[1:])}\n\n"
        f"```text\n{finding.line()}\n```\n\n"
        f"Yang dilakukan: {example.remedy}\n"
    )


def _literal(text: str) -> str:
    return re.sub(r"([*<>_\[\]])", r"\\\1", text)


if __name__ == "__main__":
    sys.stdout.write(catalogue())
