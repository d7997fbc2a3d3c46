"""The open data of an edition: rows of the CSV files and their descriptor (source: the data contract, "Outputs")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from monev.fields import GROUPS, NO_TARGET, NOT_MEASURABLE
from monev.numerals import rounded
from monev.register import ACCUMULATED, TOTAL, Register, recap_id
from monev.results import Results

Row = Mapping[str, object]


@dataclass(frozen=True)
class Field:
    """One column of a CSV file, described in both languages."""

    name: str
    type: str
    id: str
    en: str


@dataclass(frozen=True)
class Resource:
    """One CSV file: its columns, key and description."""

    name: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    id: str
    en: str

    @property
    def heading(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(field.name for field in self.fields)


_COMMITMENT = Field("komitmen", "integer", "Nomor komitmen.", "Commitment number.")
_ACTOR_GROUP = Field("kelompok", "string", "Kelompok pelaksana: K/L atau OMS.", "Group: ministries or civil society.")

TARGETS = Resource(
    "target",
    (
        _COMMITMENT,
        Field("uk", "integer", "Nomor ukuran keberhasilan.", "Success measure number."),
        Field("pelaksana", "string", "Nama singkat pelaksana.", "Actor, short name."),
        _ACTOR_GROUP,
        Field("periode", "string", "Kode periode.", "Period code."),
        Field("no", "integer", "Nomor target dalam kunci yang sama.", "Target number within the key."),
        Field(
            "nilai",
            "number",
            "Nilai dalam persen; kosong bila tidak dinilai.",
            "Score in percent; empty if none.",
        ),
        Field("status_nilai", "string", "dinilai, N/A, atau tidak ada target.", "scored, N/A, or no target."),
        Field("kategori", "string", "Kategori administratif.", "Administrative band."),
        Field("kokreasi", "string", "Status ko-kreasi; kosong bila tidak dinilai.", "Co-creation status."),
        Field("data_dukung", "string", "Data dukung seperti dilaporkan.", "Evidence as reported."),
        Field("sumber", "string", "Baris asal: berkas!lembar!baris.", "Source row: file!sheet!row."),
    ),
    ("komitmen", "uk", "pelaksana", "periode", "no"),
    "Semua target, satu baris tiap target dan periode.",
    "All targets, a row each per target and period.",
)
COMMITMENTS = Resource(
    "komitmen",
    (
        _COMMITMENT,
        Field("judul", "string", "Judul komitmen.", "Title."),
        Field("skor", "number", "Skor administratif dalam persen.", "Administrative score in percent."),
        Field("kategori_hitung", "string", "Kategori menurut aturan.", "Band by the rule."),
        Field("kategori", "string", "Kategori yang dipakai laporan.", "Band that the report uses."),
        Field("skor_kokreasi", "number", "Rata-rata bobot ko-kreasi, 0-1.", "Mean co-creation weight, 0-1."),
        Field(
            "kokreasi_hitung",
            "string",
            "Kategori ko-kreasi menurut aturan.",
            "Co-creation category by the rule.",
        ),
        Field("kokreasi", "string", "Kategori ko-kreasi yang dipakai laporan.", "Co-creation category used."),
        Field(
            "penetapan",
            "string",
            "ya bila ada penetapan sekretariat.",
            "ya where the secretariat determined.",
        ),
    ),
    ("komitmen",),
    "Semua komitmen dengan skor dan kategorinya.",
    "All commitments with scores and categories.",
)
RECAP = Resource(
    "rekap",
    (
        _ACTOR_GROUP,
        Field("periode", "string", "Kode periode, atau akumulasi.", "Period code, or akumulasi (all periods)."),
        Field("kategori", "string", "Kategori administratif, atau Total.", "Band, or Total."),
        Field("jumlah", "integer", "Banyaknya target.", "Number of targets."),
    ),
    ("kelompok", "periode", "kategori"),
    "Banyaknya target per kelompok, periode, dan kategori.",
    "Number of targets per group, period and band.",
)
RECONCILIATION = Resource(
    "rekonsiliasi",
    (
        Field("id", "string", "Id angka.", "Figure id."),
        Field("terbit", "string", "Angka dalam edisi terbit.", "Figure in the published edition."),
        Field("hitung", "string", "Angka menurut data.", "Figure as computed."),
        Field(
            "status",
            "string",
            "sama, beda, atau tidak dapat dihitung.",
            "equal, different, or not computable.",
        ),
        Field("keterangan", "string", "Penjelasan perbedaan.", "Explanation of the difference."),
        Field("tempat", "string", "Tempat dalam edisi terbit.", "Place in the published edition."),
    ),
    (),
    "Angka edisi terbit beserta angka menurut data.",
    "Published figures beside the computed ones.",
)
RESOURCES = (TARGETS, COMMITMENTS, RECAP, RECONCILIATION)

_STATUS = {NOT_MEASURABLE: "N/A", NO_TARGET: "tidak ada target"}


def _decimal(value: Fraction | None, places: int) -> str:
    return "" if value is None else f"{float(rounded(value, places)):.{places}f}".rstrip("0").rstrip(".")


def target_rows(results: Results) -> Iterator[Row]:
    """Yield the rows of `target.csv`."""
    for t in results.targets:
        scored = isinstance(t.score, Fraction)
        yield {
            "komitmen": t.commitment,
            "uk": t.measure,
            "pelaksana": t.actor,
            "kelompok": t.group,
            "periode": t.period,
            "no": t.no,
            "nilai": _decimal(t.score, 4) if isinstance(t.score, Fraction) else "",
            "status_nilai": "dinilai" if scored else _STATUS[str(t.score)],
            "kategori": results.band(t),
            "kokreasi": t.cocreation,
            "data_dukung": t.evidence,
            "sumber": str(t.place),
        }


def commitment_rows(results: Results) -> Iterator[Row]:
    """Yield the rows of `komitmen.csv`."""
    for r in results.commitments:
        determined = r.administrative.determination or r.cocreation.determination
        yield {
            "komitmen": r.commitment.commitment,
            "judul": r.commitment.title,
            "skor": _decimal(r.administrative.score, 4),
            "kategori_hitung": r.administrative.computed,
            "kategori": r.administrative.category,
            "skor_kokreasi": _decimal(r.cocreation.score, 4),
            "kokreasi_hitung": r.cocreation.computed,
            "kokreasi": r.cocreation.category,
            "penetapan": "ya" if determined else "",
        }


def recap_rows(results: Results, register: Register) -> Iterator[Row]:
    """Yield the rows of `rekap.csv`."""
    rules = results.edition.penilaian
    names = (*(band.nama for band in rules.kategori), rules.tidak_terukur, TOTAL)
    for group in GROUPS:
        for period in (*(p.kode for p in results.edition.periode), ACCUMULATED):
            for name in names:
                count = register[recap_id(group, period, name)].value
                yield {"kelompok": group, "periode": period, "kategori": name, "jumlah": count}


def datapackage(edition: str, title: str, resources: Sequence[Resource] = RESOURCES) -> dict[str, object]:
    """Return the Data Package descriptor of the CSV files."""
    return {
        "profile": "tabular-data-package",
        "name": edition.lower(),
        "title": title,
        "resources": [
            {
                "name": resource.name,
                "path": f"{resource.name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "description": resource.id,
                "description_en": resource.en,
                "schema": {
                    "fields": [
                        {"name": f.name, "type": f.type, "description": f.id, "description_en": f.en}
                        for f in resource.fields
                    ],
                    "missingValues": [""],
                    **({"primaryKey": list(resource.key)} if resource.key else {}),
                },
            }
            for resource in resources
        ],
    }
