"""The programmes of the gallery (docs/galeri.md): a province with five groups, a partnership that only asks questions.

Each begins with `monev init` and is then filled as a secretariat would fill it; the first of the gallery is the
project's own plan. To look at them: `PYTHONPATH=lib:tests .venv/bin/python tests/gallery.py FOLDER`, then `build`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from monev.edition.first_edition import Programme, begin
from monev.edition.instrument_books import instrument_book, instrument_layout, instrument_rows
from monev.edition.prepared_books import achievement_layout
from monev.io.inputs import read_inputs
from monev.io.instrument_files import answer_files
from monev.io.workbook_writer import Layout, write_book
from monev.model.fields import achievements, plan_of
from monev.model.params import Edition

EDITION = "2026-S1"
Promise = tuple[str, str, Mapping[str, str]]  # title, theme, and what each actor promises
Actors = Mapping[str, tuple[str, str]]  # short name to full name and group

PROVINCE = Programme(
    "Jawa Barat Terbuka",
    "Rencana Aksi Daerah 2026-2027",
    "Bappeda Provinsi Jawa Barat",
    (
        "PD, Perangkat Daerah",
        "KAB, Kabupaten/Kota, Pemerintah Kabupaten dan Kota",
        "OMS, Organisasi Masyarakat Sipil",
        "PT, Kampus, Perguruan Tinggi",
        "DU, Swasta, Dunia Usaha",
    ),
    ("S1, Semester I, 2026",),
    ("Tercapai, 80", "Berjalan, 40", "Tertinggal, 0"),
)
PROVINCE_ACTORS: Actors = {
    "Diskominfo": ("Dinas Komunikasi dan Informatika", "PD"),
    "BPKAD": ("Badan Pengelolaan Keuangan dan Aset Daerah", "PD"),
    "Kab. Garut": ("Pemerintah Kabupaten Garut", "KAB"),
    "Kota Depok": ("Pemerintah Kota Depok", "KAB"),
    "Forum Data": ("Forum Data Warga", "OMS"),
    "Sahabat Sungai": ("Perkumpulan Sahabat Sungai", "OMS"),
    "Pusat Studi": ("Pusat Studi Tata Kelola", "PT"),
    "Kamar Dagang": ("Kamar Dagang Daerah", "DU"),
}
PROVINCE_PROMISES: Sequence[Promise] = (
    (
        "Anggaran daerah yang dapat dibaca warga",
        "Keuangan",
        {"BPKAD": "Ringkasan anggaran terbit tiap triwulan", "Forum Data": "Warga mengulas ringkasan anggaran"},
    ),
    (
        "Satu pintu data kabupaten dan kota",
        "Data",
        {
            "Diskominfo": "Portal data menyatu",
            "Kab. Garut": "Data layanan terhubung",
            "Kota Depok": "Data izin terhubung",
        },
    ),
    (
        "Pemantauan sungai bersama warga",
        "Lingkungan",
        {"Sahabat Sungai": "Relawan mengukur mutu air", "Pusat Studi": "Metode ukur disusun dan diuji"},
    ),
    (
        "Perizinan usaha tanpa tatap muka",
        "Layanan",
        {"Diskominfo": "Layanan daring dibuka", "Kamar Dagang": "Umpan balik usaha"},
    ),
)
PARTNERSHIP = Programme(
    "Kemitraan Pesisir Lestari",
    "Rencana Kerja Kemitraan 2026",
    "Sekretariat Kemitraan Pesisir",
    ("PEM, Pemerintah", "LSM, Lembaga Swadaya Masyarakat", "FIL, Filantropi"),
    ("T1, Tahun Pertama, 2026",),
)
PARTNERSHIP_ACTORS: Actors = {
    "DKP": ("Dinas Kelautan dan Perikanan", "PEM"),
    "Jaring Pesisir": ("Perkumpulan Jaring Pesisir", "LSM"),
    "Dana Samudra": ("Yayasan Dana Samudra", "FIL"),
}
PARTNERSHIP_PROMISES: Sequence[Promise] = (
    ("Tata kelola bersama kawasan pesisir", "Kemitraan", dict.fromkeys(PARTNERSHIP_ACTORS, "Bekerja dalam kemitraan")),
)
OGP = {
    "bukti": "sebagian",
    "tingkat": [
        {"kode": "complete", "nama": "Selesai", "dari": 95},
        {"kode": "substantial", "nama": "Substansial", "dari": 50},
        {"kode": "limited", "nama": "Terbatas", "dari": 1},
        {"kode": "not started", "nama": "Belum Dimulai", "dari": 0},
    ],
}
SCORES = (100, 65, 40, 88, 20, 95, 72, 100, 55)
STATUSES = ("Aktif", "Semi-Aktif", "Pasif")


def province(root: Path) -> Path:
    """Make the province: five groups, its own bands, completion on OGP's scale."""
    edition = begin(root, EDITION, PROVINCE).edition
    _params(root, "penilaian:\n", f"penilaian:\n  penyelesaian_ogp: {OGP}\n")
    _fill(root, edition, PROVINCE_ACTORS, PROVINCE_PROMISES, _scored)
    return root


def partnership(root: Path) -> Path:
    """Make the partnership: no scores, one instrument answered by three groups, a report of the parts about it."""
    edition = begin(root, EDITION, PARTNERSHIP).edition
    _params(root, "# instrumen: [smart]\n", "instrumen: [kemitraan-multipihak]\n")
    _params(
        root,
        "# bagian: lengkap\n",
        "bagian: [komitmen, {bagian: instrumen, judul: Kesehatan Kemitraan}, audit, lampiran]\n",
    )
    _fill(root, edition, PARTNERSHIP_ACTORS, PARTNERSHIP_PROMISES, _without_target)
    inputs = read_inputs(root, EDITION)
    for place in answer_files(inputs.edition, inputs.data.asked):
        book = instrument_book(place.instrument, place.respondent)
        rows = instrument_rows(inputs.data, place.instrument, place.respondent, inputs.edition)
        levels = [level.nama for level in place.instrument.skala.tingkat if level.nilai is not None]
        lean = sum(map(ord, place.respondent))
        answered = [
            row | {"answer": levels[(n % 4 // 2 + lean * (n % 3 == 0)) % len(levels)]} for n, row in enumerate(rows)
        ]
        layout = instrument_layout(inputs.data, place.instrument, place.respondent, inputs.edition)
        write_book(root / place.file, book, {book.sheets[0].name: answered}, layout)
    return root


def _params(root: Path, before: str, after: str) -> None:
    path = root / "params" / f"{EDITION}.yml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def _scored(n: int) -> dict[str, Any]:
    return {
        "achievement": "Dikerjakan menurut rencana dan diumumkan.",
        "score": SCORES[n % len(SCORES)],
        "cocreation_text": "Dibahas dalam pertemuan dua bulanan dengan pelaksana lain.",
        "cocreation": STATUSES[n % len(STATUSES)],
        "evidence": "Ada" if n % 4 else "Tidak dikumpulkan",
    }


def _without_target(n: int) -> dict[str, Any]:
    return {"target": "-", "score": "-"}


def _fill(
    root: Path, edition: Edition, actors: Actors, promises: Sequence[Promise], filled: Callable[[int], dict[str, Any]]
) -> None:
    groups = {setting.kode: group for setting, group in zip(edition.kelompok, edition.groups, strict=True)}
    keys = [
        {"commitment": n, "actor": actor, "measure": 1}
        for n, (_, _, own) in enumerate(promises, start=1)
        for actor in own
    ]
    texts = {(n, actor): text for n, (_, _, own) in enumerate(promises, start=1) for actor, text in own.items()}
    register = {
        "Komitmen": [
            {"commitment": n, "title": title, "theme": theme} for n, (title, theme, _) in enumerate(promises, start=1)
        ],
        "Pelaksana": [
            {"actor": actor, "full_name": full, "group": str(groups[code])} for actor, (full, code) in actors.items()
        ],
        "Pelaksana Komitmen": [{name: key[name] for name in ("commitment", "actor")} for key in keys],
        "Ukuran Keberhasilan": [key | {"text": texts[key["commitment"], key["actor"]]} for key in keys],
    }
    book = plan_of(edition.groups)
    sheets = tuple(sheet for sheet in book.sheets if sheet.name in register)
    write_book(root / edition.rencana_aksi, replace(book, sheets=sheets), register, Layout())
    data = read_inputs(root, EDITION).data
    for code, group in groups.items():
        rows = [
            key
            | {"period": edition.current.kode, "no": 1, "target": texts[key["commitment"], key["actor"]]}
            | filled(n)
            for n, key in enumerate(keys)
            if actors[key["actor"]][1] == code
        ]
        layout = achievement_layout(data, group, edition)
        write_book(root / edition.current.inputs / group.file, achievements(group), {"Capaian": rows}, layout)


if __name__ == "__main__":
    for make in (province, partnership):
        made = Path(sys.argv[1]) / make.__name__
        made.mkdir(parents=True)
        print(make(made))
