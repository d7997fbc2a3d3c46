"""Every key that params may hold, as a page for those who write them: made from the models, so that none is missing.

Keys, kinds, bounds and defaults come from `params`; what a key is for stands here, once.
To renew the page: `.venv/bin/python -m monev.model.params_reference > docs/params.md`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from monev.model.closed_model import ClosedModel
from monev.model.params import Edition

ABOUT: Mapping[str, str] = {
    "edisi": "nama edisi, sama dengan nama berkasnya",
    "judul": "judul laporan, pada sampul dan kaki halaman",
    "keterangan": "catatan pada sampul bila edisi ini bukan edisi biasa; `new` tidak membawanya ke edisi berikut",
    "rencana_aksi": "buku kerja register rencana aksi, dari folder proyek",
    "periode": "periode yang dilaporkan, berurutan; yang terakhir adalah periode kini",
    "periode.kode": "kode periode, seperti dalam kolom Periode buku kerja",
    "periode.label": "nama periode, seperti tercetak",
    "periode.tahun": "tahun periode",
    "periode.akhir": "hari terakhir periode; tanpa ini menurut kode seperti `B06` (bulan keenam), atau akhir tahun",
    "periode.inputs": "folder buku kerja capaian periode itu",
    "periode.masukan": "sumber laporan pelaksana: buku kerja capaian, atau formulir yang kembali dalam `kiriman/`",
    "periode.pemetaan": "peta judul kolom di `params/pemetaan/` bila buku kerja berjudul lain, menurut kode kelompok",
    "kelompok": "kelompok pelaksana, dua sampai enam, dalam urutan laporan",
    "kelompok.kode": "kode kelompok, dalam id angka dan dalam params",
    "kelompok.nama": "nama pendek, seperti dalam kolom Kelompok dan tabel; tanpa ini kodenya",
    "kelompok.nama_panjang": "nama lengkap, dalam judul dan kalimat; tanpa ini nama pendeknya",
    "kelompok.buku_kerja": "buku kerja capaian dalam folder setiap periode; tanpa ini `capaian-<kode>.xlsx`",
    "kelompok.kanal": 'saluran pelaporan, `"-"` bila tidak ada; tanpa ini `nama.kanal_kl` dan `nama.kanal_oms`',
    "bagian": "isi laporan, berurutan: `lengkap`, `terbitan`, atau daftar bagian",
    "bagian.bagian": "nama bagian, atau `lengkap` atau `terbitan` untuk semua bagiannya; boleh ditulis tanpa kunci",
    "bagian.judul": "judul yang menggantikan judul bagian itu",
    "bagian.naskah": "teks (.md) atau buku catatan (.ipynb) sendiri di folder `naskah/`, sebagai pengganti `bagian`",
    "bagian.sesudah": "bagian yang diikuti teks atau buku catatan sendiri; tanpa ini tempatnya dalam daftar",
    "penilaian": "aturan penilaian",
    "penilaian.kategori": "kategori administratif dari yang terbaik; bersama-sama mencakup 0 sampai 100 tanpa celah",
    "penilaian.kategori.nama": "nama kategori",
    "penilaian.kategori.dari": "persen bulat terendah, termasuk",
    "penilaian.kategori.sampai": "persen bulat tertinggi, termasuk",
    "penilaian.tidak_terukur": "nama kategori target yang tidak dapat diukur",
    "penilaian.agregasi": "cara nilai target menjadi skor komitmen, pelaksana, dan kelompok",
    "penilaian.kokreasi": "aturan ko-kreasi",
    "penilaian.kokreasi.bobot": "bobot setiap status ko-kreasi target",
    "penilaian.kokreasi.kategori": "kategori ko-kreasi dari yang terbaik; yang terakhir mulai dari 0",
    "penilaian.kokreasi.kategori.nama": "nama kategori",
    "penilaian.kokreasi.kategori.dari": "rata-rata terendah, termasuk",
    "penilaian.kokreasi.periode": "target yang dihitung: periode terakhir saja, atau semua periode",
    "penilaian.penyelesaian_ogp": "skala penyelesaian OGP di samping kategori; tanpa ini tidak dihitung",
    "penilaian.penyelesaian_ogp.tingkat": "keempat tingkat dari `complete` sampai `not started`",
    "penilaian.penyelesaian_ogp.tingkat.kode": "nama tingkat menurut OGP",
    "penilaian.penyelesaian_ogp.tingkat.nama": "namanya dalam laporan",
    "penilaian.penyelesaian_ogp.tingkat.dari": "persen bulat terendah, termasuk",
    "penilaian.penyelesaian_ogp.bukti": "`semua` yang tercapai harus berbukti, atau `sebagian` (sisanya dihitung nol)",
    "penilaian.penyelesaian_ogp.ditarik": "komitmen yang ditarik: nomor dan alasannya",
    "pernyataan": "jumlah yang dinyatakan dan tidak ada dalam buku kerja; yang tidak diisi tidak tercetak",
    "pernyataan.jumlah": "jumlah pelaksana tiap kelompok dalam rencana aksi, menurut kode kelompok",
    "pernyataan.aktif": "jumlah pelaksana tiap kelompok yang dinyatakan aktif, menurut kode kelompok",
    "pernyataan.jumlah_kl": "cara lama menulis `jumlah: {KL: ...}`",
    "pernyataan.jumlah_oms": "cara lama menulis `jumlah: {OMS: ...}`",
    "pernyataan.jumlah_target": "jumlah target dalam rencana aksi",
    "pernyataan.kl_aktif": "cara lama menulis `aktif: {KL: ...}`",
    "pernyataan.oms_aktif": "cara lama menulis `aktif: {OMS: ...}`",
    "pernyataan.rencana_pertama_tahun": "tahun rencana aksi pertama",
    "pernyataan.rencana_ke": "urutan rencana aksi ini",
    "batas": "isi buku kerja yang paling banyak diterima, dan memori yang dianggap biasa",
    "batas.megabita": "semua bagian berkas setelah dibuka, dalam megabita",
    "batas.bagian_megabita": "satu bagian berkas yang dibaca, dalam megabita",
    "batas.rasio": "berapa kali lipat satu bagian boleh mengembang saat dibuka",
    "batas.bagian": "jumlah bagian dalam berkas",
    "batas.baris": "baris terbawah yang berisi",
    "batas.kolom": "kolom terkanan yang berisi",
    "batas.sel": "luas bidang yang berisi, dalam sel",
    "batas.memori_megabita": "perkiraan memori penyusunan, dalam megabita; di atasnya `build` menyebutnya",
    "nama": "nama-nama yang dicetak untuk program ini",
    "nama.program": "nama program",
    "nama.singkatan": "singkatan nama program",
    "nama.rencana": "nama pendek rencana aksi",
    "nama.rencana_lengkap": "nama lengkap rencana aksi, pada penyebutan pertama",
    "nama.sekretariat": "lembaga yang menilai dan menerbitkan",
    "nama.kanal_kl": "saluran pelaporan K/L",
    "nama.kanal_oms": "saluran pelaporan OMS",
    "nama.satuan_periode": "sebutan satu periode",
    "nama.tema": "tema rencana aksi",
    "nama.tema_latar": "latar tema, satu atau dua kalimat",
    "nama.isu": "isu strategis rencana aksi",
    "nama.prinsip_lanjut": "periode mulai dinilainya asas kesinambungan, perubahan, dan dampak",
    "formulir": "isi surat pengantar formulir (`./monev forms`)",
    "formulir.tenggat": "hari terakhir formulir ditunggu; tanpa ini kalimatnya tidak ada",
    "formulir.kontak": "kepada siapa pelaksana bertanya; tanpa ini kalimatnya tidak ada",
    "sorotan": "usulan sorotan yang diterima; `check` menyebut usulannya",
    "sorotan.usulan": "usulan mana",
    "sorotan.judul": "judul yang menggantikan judul usulan",
    "terbitan": "keterangan terbitan; masing-masing boleh tidak ada, dan `new` tidak membawanya ke edisi berikut",
    "terbitan.nomor": "nomor surat atau nomor terbitan, pada sampul",
    "terbitan.tanggal": "tanggal terbit, pada sampul dan sebagai tanggal PDF; tanpa ini hari terakhir periode",
    "terbitan.kota": "kota terbit",
    "terbitan.kata_pengantar": "berkas `.md` dari folder proyek (alinea dipisah baris kosong, butir diawali `-`), atau "
    "nama lembar `evaluasi.xlsx` dengan kolom No dan Uraian",
    "terbitan.penandatangan": "siapa yang menandatangani: seorang, atau daftar beberapa orang",
    "terbitan.penandatangan.nama": "namanya",
    "terbitan.penandatangan.jabatan": "jabatannya",
    "terbitan.penandatangan.gambar": "gambar tanda tangan (`.png`, `.jpg`, atau `.svg`, paling besar 5 MB), dari "
    "folder proyek",
    "terbitan.kontak": "alamat, surel, atau telepon penerbit",
    "terbitan.isbn": "ISBN; angka terakhirnya diperiksa",
    "terbitan.lisensi": "lisensi pemakaian laporan, misalnya CC BY 4.0",
    "terbitan.tanggapan": "bila diisi: lampirkan tanggapan atas draf dari `tanggapan.xlsx` beserta jawabannya",
    "instrumen": "kode instrumen yang dipakai edisi ini: yang disertakan, atau berkas di `params/instrumen/`",
    "singkatan": "kepanjangan singkatan: yang dipakai laporan didaftar, dan disebut pada pemakaian pertama",
}

_KINDS = {str: "teks", int: "bilangan bulat", Fraction: "bilangan", date: "tanggal", bool: "`true` atau `false`"}


def reference() -> str:
    """Return the page. Raises KeyError for a key without words, and for words without key."""
    rows = list(_rows(Edition, ""))
    if missing := {*ABOUT} ^ {path for path, _ in rows}:
        raise KeyError(", ".join(sorted(missing)))
    return (
        "# Kunci params\n\n"
        "Semua kunci yang boleh ada dalam `params/<edisi>.yml`. Titik berarti di bawahnya; kunci lain ditolak.\n"
        "Halaman ini dibuat dari kode: `.venv/bin/python -m monev.model.params_reference > docs/params.md`.\n\n"
        "| kunci | isi | bawaan | guna |\n|---|---|---|---|\n" + "".join(line for _, line in rows)
    )


def _rows(model: type[ClosedModel], above: str) -> Iterator[tuple[str, str]]:
    for name, field in model.model_fields.items():
        path = f"{above}{name}"
        inner, kind = _kind(field.annotation)
        kind += _bounds(field)
        yield path, f"| `{path}` | {kind} | {_default(field)} | {ABOUT[path]} |\n"
        if inner:
            yield from _rows(inner, f"{path}.")


def _kind(annotation: Any) -> tuple[type[ClosedModel] | None, str]:
    """Return the model below a key, if there is one, and what the key holds in words."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return _kind(next(one for one in inside if one is not NoneType))
    if origin is tuple:
        model, kind = _kind(inside[0])
        return model, f"daftar {kind}"
    if origin is dict:
        return None, f"{_kind(inside[1])[1]} menurut nama"
    if origin is Literal:
        return None, " atau ".join(f"`{one}`" for one in inside)
    if hasattr(annotation, "__metadata__"):
        return _kind(inside[0])
    if issubclass(annotation, ClosedModel):
        return annotation, "bagian"
    return None, _KINDS[annotation]


def _bounds(field: FieldInfo) -> str:
    found = {type(one).__name__: one for one in field.metadata}
    least, most = getattr(found.get("Ge"), "ge", None), getattr(found.get("Le"), "le", None)
    if least is None:
        return ""
    return f", {least} sampai {most}" if most is not None else f", paling sedikit {least}"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "wajib"
    value = field.default
    if isinstance(value, tuple):
        return "; ".join(" ".join(filter(None, map(_shown, dict(one).values()))) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {_shown(one)}" for name, one in value.items())
    return "" if value is None or isinstance(value, ClosedModel) else _shown(value)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{float(value):g}".replace(".", ",") if isinstance(value, Fraction) else str(value)


if __name__ == "__main__":
    sys.stdout.write(reference())
