"""What a first edition's files say: the params with their comments, the examples, the README. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

import yaml

from monev.model.fields import COCREATION, EVIDENCE_GIVEN, PLAN
from monev.model.params import Band, Edition
from monev.rules.examples import MARK

Row = dict[str, object]
Rows = dict[str, list[Row]]

_PLAIN = re.compile(r"[A-Za-z]([\w ()/.-]*[\w).])?")
_THEMES = ("Layanan publik", "Keuangan terbuka", "Partisipasi warga")
_PROMISES = (
    "Standar layanan tiap kantor diumumkan",
    "Ringkasan anggaran diterbitkan dalam bahasa sehari-hari",
    "Usulan warga dijawab dalam empat belas hari",
)


# The params -----------------------------------------------------------------------------------------------------------


def params_text(values: Mapping[str, object]) -> str:
    """Return params as a person would write them, with comments; `values` are those of an edition.

    `values` holds `edisi`, `judul`, `rencana_aksi`, `periode`, `kelompok`, `kategori` and `nama` as params have them.
    """
    return "\n".join(_lines(values)) + "\n"


def _lines(values: Mapping[str, object]) -> Iterator[str]:
    yield f"# Params edisi {values['edisi']}. Baris yang diawali # hanya penjelasan; semua kunci: docs/params.md."
    for key in ("edisi", "judul", "rencana_aksi"):
        yield f"{key}: {_told(values[key])}"
    yield "# Periode yang dilaporkan, berurutan; yang terakhir adalah periode kini. `./monev new` menambah berikutnya."
    yield from _items("periode", values)
    yield "# Kelompok pelaksana, dua sampai enam, dalam urutan laporan. Kodenya ada dalam nama buku kerja dan id angka."
    yield from _items("kelompok", values)
    yield "# Kategori nilai dari yang terbaik; persen bulat, kedua batas termasuk, 0 sampai 100 tanpa celah."
    yield "penilaian:"
    yield from (f"  {line}" for line in _items("kategori", values))
    yield "# Nama-nama yang dicetak."
    yield "nama:"
    names = values["nama"]
    assert isinstance(names, Mapping)
    yield from (f"  {key}: {_told(value)}" for key, value in names.items())
    yield "# Jumlah yang dinyatakan sekretariat dan tidak ada dalam buku kerja; hapus tanda # dan isi bila ada."
    yield "# pernyataan:"
    yield "#   jumlah_target: 0"
    yield "# Isi laporan: `lengkap`, `terbitan`, atau daftar bagian; teks dan buku catatan sendiri di naskah/."
    yield "# bagian: lengkap"
    yield "# Instrumen tambahan (docs/instrumen.md)."
    yield "# instrumen: [smart]"


def _items(key: str, values: Mapping[str, object]) -> Iterator[str]:
    items = values[key]
    assert isinstance(items, Sequence)
    yield f"{key}:"
    for item in items:
        yield "  - {" + ", ".join(f"{name}: {_told(value)}" for name, value in item.items()) + "}"


def _told(value: object) -> str:
    """Return a value as YAML on one line, in quotation marks where it needs them; what JSON writes is YAML."""
    if isinstance(value, str) and _PLAIN.fullmatch(value) and yaml.safe_load(value) == value:
        return value
    return json.dumps(value, ensure_ascii=False)


# The examples ---------------------------------------------------------------------------------------------------------


def register_rows(edition: Edition) -> Rows:
    """Return the register's example rows: three commitments, and as many actors as there are groups."""
    actors = [f"{MARK} {group}" for group in edition.groups]
    pairs = [(n % len(_PROMISES) + 1, actors[n % len(actors)]) for n in range(max(len(_PROMISES), len(actors)))]
    keys: list[Row] = [{"commitment": number, "actor": actor, "measure": 1} for number, actor in sorted(pairs)]
    return {
        "Komitmen": [
            {"commitment": n, "title": f"{MARK}: {promise}", "theme": theme}
            for n, (promise, theme) in enumerate(zip(_PROMISES, _THEMES, strict=True), start=1)
        ],
        "Pelaksana": [
            {"actor": actor, "full_name": f"{MARK}: Pelaksana {group.full}", "group": str(group)}
            for actor, group in zip(actors, edition.groups, strict=True)
        ],
        "Pelaksana Komitmen": [{name: key[name] for name in ("commitment", "actor")} for key in keys],
        "Ukuran Keberhasilan": [key | {"text": f"{MARK}: Bagian yang dikerjakan {key['actor']}"} for key in keys],
        "Target": [
            key | {"period": period.kode, "no": 1, "target": f"{MARK}: Langkah pada {period.label}"}
            for key in keys
            for period in edition.periode
        ],
    }


def reported(rows: Sequence[Row], bands: Sequence[Band], first: int) -> list[Row]:
    """Return rows to fill as if they had been filled: a score of each band in turn, from row `first` on."""
    statuses = COCREATION[:-1]
    return [
        row
        | {
            "achievement": f"{MARK}: Yang sudah dicapai ditulis di sini.",
            "score": (bands[n % len(bands)].dari + bands[n % len(bands)].sampai) // 2,
            "cocreation_text": f"{MARK}: Cara pihak lain dilibatkan ditulis di sini.",
            "cocreation": statuses[n % len(statuses)],
            "evidence": EVIDENCE_GIVEN,
        }
        for n, row in enumerate(rows, start=first)
    ]


def register_guide(edition: Edition) -> Iterator[str]:
    """Yield the title and the lines of the register's first sheet."""
    yield f"Register {edition.nama.rencana}"
    yield (
        f"Buku kerja ini memuat rencananya: komitmen, pelaksana, dan apa yang dijanjikan. Baris yang dimulai dengan "
        f"{MARK} hanya contoh; tulis data Anda di atasnya, atau hapus barisnya."
    )
    yield f"Kelompok pelaksana: {', '.join(f'{group} ({group.full})' for group in edition.groups)}."
    yield (
        "Urutan mengisi: Komitmen, Pelaksana, Pelaksana Komitmen (siapa mengerjakan apa), Ukuran Keberhasilan (satu "
        "baris untuk tiap janji seorang pelaksana), lalu Target bila sudah direncanakan. Lembar Target boleh kosong."
    )
    yield "Nama pada kolom Pelaksana ditulis persis sama di semua lembar."
    yield (
        f"Sesudah diisi, simpan, lalu jalankan ./monev update {edition.edisi}: buku kerja capaian yang masih berisi "
        "contoh disiapkan ulang menurut register ini."
    )


# The README -----------------------------------------------------------------------------------------------------------


def readme(edition: Edition, run: str) -> str:
    """Return the README of a programme's folder; `run` is how monev is called for it, up to the command."""
    name, folder = edition.edisi, edition.current.inputs
    books = ", ".join(f"`{group.file}` ({group})" for group in edition.groups)
    return f"""\
# {edition.nama.rencana}

Folder ini memuat bahan laporan {edition.nama.program}. Isinya sekarang contoh, supaya laporan
pertama dapat langsung dilihat.
Perintah di bawah diketik di terminal, dari folder program monev. Di Windows tulis `monev` sebagai ganti `./monev`.

## 1. Lihat contohnya

```sh
{run} build {name}
```

Sesudah selesai, buka `outputs/{name}/laporan.pdf` atau `laporan.html` di folder ini.

## 2. Ganti contoh dengan data Anda

Buka `{edition.rencana_aksi}` di Excel dan baca lembar Petunjuk. Tulis data Anda di atas baris yang dimulai dengan
{MARK}, simpan, tutup, lalu siapkan buku kerja capaiannya:

```sh
{run} update {name}
```

Isi buku kerja di `{folder}/`: {books}, dan `evaluasi.xlsx` untuk catatan sekretariat.

## 3. Periksa, lalu susun

```sh
{run} check {name}
{run} build {name}
```

`check` menyebut setiap hal yang perlu diperbaiki dengan berkas, lembar, dan selnya. Perbaiki di Excel, ulangi
sampai tidak ada kesalahan.

## Isi folder

| tempat | isi |
|---|---|
| `params/{name}.yml` | nama, periode, kelompok, dan kategori nilai; dibuka dengan penyunting teks |
| `{edition.rencana_aksi}` | register: {", ".join(sheet.name for sheet in PLAN.sheets[:5])} |
| `{folder}/` | buku kerja yang diisi setiap periode |
| `naskah/` | teks dan buku catatan sendiri, bila ada |
| `outputs/` | hasil; boleh dihapus kapan saja |

Periode berikutnya: `{run} new EDISI --from {name}`. Panduan lengkap ada di folder `docs/` program monev.
"""
