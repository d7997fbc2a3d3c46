"""The workbooks described once, as data.

Every sheet and column that people fill in stands here with its heading, kind, allowed values and a plain
explanation. Reading, checking, the prepared workbooks and the documentation all come from these tables
(source: the data contract, section "Inputs").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from monev.model import groups
from monev.model.groups import Group

Kind = Literal["whole", "text", "code", "score", "choice", "evidence", "number", "date", "moment"]
"""What a cell holds: a positive whole number, free text, a short name, a score, one of `choices`, evidence, a number
(a percent cell that shows 45% is 45), a day, or a moment."""

KL, OMS = GROUPS = tuple(setting.group() for setting in groups.USUAL)
"""The groups of a plan whose params name none; those of an edition are `Edition.groups`."""
NOT_MEASURABLE = "N/A"
NO_TARGET = "-"
NOT_SCORED = "belum dinilai"
"""Stands for the score of a row that was reported and waits for it."""
COCREATION = ("Aktif", "Semi-Aktif", "Pasif", NOT_MEASURABLE)
EVIDENCE_GIVEN = "Ada"
EVIDENCE_MISSING = "Tidak dikumpulkan"
NOT_STATED = ("-", "n/a", "na", "n.a.", "n.a")
"""What stands where nothing could be written: no evidence, or beside no target nothing at all; no achievement."""
TICKS = ("ya", "v", "✓", "✔", "√", "☑", "🗸")
"""What says of evidence that it was given, as a word or a sign."""
DENIALS = frozenset({
    "tidak", "tdk", "tak", "belum", "blm", "tanpa", "nihil", "kosong", "nol", "bukan", "menyusul", "no", "none",
    "not", "nil", "without", "nothing", "x", "0", "ga", "gak", "nggak", "enggak", "ndak",
})  # fmt: skip
"""Words that alone say that no evidence was given."""
DENIED = frozenset({
    "ada", "adanya", "data", "dukung", "dukungnya", "pendukung", "bukti", "buktinya", "dokumen", "dokumentasi",
    "dikumpulkan", "dikumpul", "terkumpul", "mengumpulkan", "diserahkan", "menyerahkan", "disampaikan",
    "menyampaikan", "dilampirkan", "melampirkan", "terlampir", "tersedia", "diunggah", "mengunggah", "dikirim",
    "dikirimkan", "mengirim", "mengirimkan", "diterima", "diberikan", "memberikan", "diisi", "terisi", "disertakan",
    "menyertakan", "dicantumkan", "berkas", "file", "lampiran", "lampirannya", "eviden", "evidence", "evidens",
    "tautan", "tautannya", "link", "foto", "sama", "sekali", "apa", "apapun", "pun", "yang", "dapat", "bisa", "di",
    "ke", "untuk", "ini", "saat", "sampai", "hingga", "kini", "sekarang", "juga", "lagi", "melapor", "dilaporkan",
    "laporan", "provided", "submitted", "available", "uploaded", "attached", "collected", "received", "given",
    "supporting", "document", "documents", "any", "yet", "upload", "diupload", "kumpulkan", "serahkan", "unggah",
    "lampirkan", "pendukungnya", "keterangan", "pelaksana", "oms", "n", "a", "masih", "sudah", "pernah",
})  # fmt: skip
"""Words that may stand beside a denial without taking it back: `belum ada data dukung`."""
DOUBTS = frozenset({"akan", "nanti", "proses", "sedang", "dalam", "sda", "idem", "tbd", "segera"})
"""Words with which evidence is promised or referred to rather than named."""
ADMINISTRATIVE, COCREATIVE = "Administratif", "Ko-Kreasi"
DIMENSIONS = (ADMINISTRATIVE, COCREATIVE)
FINDING, FOLLOW_UP = "Temuan", "Tindak Lanjut"
CHANGED, POSTPONED, DROPPED = "Diubah", "Ditunda", "Dibatalkan"
CHANGES = (CHANGED, POSTPONED, DROPPED)
"""What may become of a planned target."""
OBSTACLES = ("Anggaran", "Regulasi", "SDM", "Koordinasi", "Data", "Lainnya")
_ALSO_OBSTACLES = (("Sumber Daya Manusia", "SDM"),)
DONE, CANCELLED = "Selesai", "Dibatalkan"
PROGRESS = ("Belum", "Berjalan", DONE, CANCELLED)
"""How far a follow-up has come."""


@dataclass(frozen=True)
class Column:
    """One column of a sheet: `name` in code, `heading` in the workbook, and what its cells may hold."""

    name: str
    heading: str
    kind: Kind
    about: str
    required: bool = True  # the column must be there
    filled: bool = True  # its cells must not be blank
    choices: tuple[str, ...] = ()
    also: tuple[tuple[str, str], ...] = ()  # accepted spellings and what they mean
    width: int = 14  # characters, for the prepared workbooks
    waits: str = ""  # the column that explains a blank cell: what it reports is not assessed yet


@dataclass(frozen=True)
class Sheet:
    """One sheet: its columns and those that together identify a row.

    `beside` names columns that a row may fill besides its key and still count as prepared but not reported (evidence
    that was not given is no report either); None where every row must be filled. `context` describes columns that
    prepared workbooks show beside the key, for information: reading passes over them. A workbook may do without a sheet
    that is not `required`.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    about: str
    beside: tuple[str, ...] | None = None
    context: tuple[Column, ...] = ()
    required: bool = True

    def column(self, name: str) -> Column:
        """Return the column called `name` in code. Raises KeyError for an unknown one."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@dataclass(frozen=True)
class Book:
    """One workbook: its usual file name and sheets."""

    name: str
    file: str
    sheets: tuple[Sheet, ...]
    about: str

    def sheet(self, name: str) -> Sheet:
        """Return the sheet called `name`. Raises KeyError for an unknown one."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)


def _commitment(about: str = "Nomor komitmen menurut rencana aksi.", *, filled: bool = True) -> Column:
    return Column("commitment", "Komitmen", "whole", about, filled=filled, width=11)


def _actor(
    about: str = "Nama singkat pelaksana, persis seperti pada lembar Pelaksana.", *, filled: bool = True
) -> Column:
    return Column("actor", "Pelaksana", "code", about, filled=filled, width=24)


def _order(about: str) -> Column:
    return Column("no", "No", "whole", about, width=6)


def _context(name: str, heading: str, about: str, width: int) -> Column:
    about += " Hanya untuk diketahui, tidak dibaca kembali."
    return Column(name, heading, "text", about, required=False, filled=False, width=width)


def _evidence(about: str, width: int) -> Column:
    choices = (EVIDENCE_GIVEN, EVIDENCE_MISSING)
    also = tuple((tick, EVIDENCE_GIVEN) for tick in TICKS)
    return Column("evidence", "Data Dukung", "evidence", about, filled=False, choices=choices, also=also, width=width)


def _optional(name: str, heading: str, kind: Kind, about: str, width: int) -> Column:
    return Column(name, heading, kind, about, required=False, filled=False, width=width)


_CRITERIA = (
    _optional("criteria", "Kriteria Kualitatif", "text", "Kapan target dianggap tercapai, dalam kata-kata.", 50),
    _optional("unit", "Satuan", "text", "Satuan yang diukur, misalnya dokumen, orang, atau persen.", 16),
    _optional("baseline", "Nilai Awal", "number", "Angka sebelum target dikerjakan.", 12),
    _optional("goal", "Nilai Sasaran", "number", "Angka yang hendak dicapai.", 13),
    _optional("due", "Tenggat", "date", "Tanggal jatuh tempo, misalnya 2022-06-30.", 14),
)


PLAN = Book(
    "rencana-aksi",
    "rencana-aksi.xlsx",
    (
        Sheet(
            "Komitmen",
            (
                _commitment(),
                Column("title", "Judul", "text", "Judul lengkap komitmen.", width=80),
                Column(
                    "theme",
                    "Tema",
                    "text",
                    "Tema atau isu strategis, bila ada.",
                    required=False,
                    filled=False,
                    width=30,
                ),
            ),
            ("commitment",),
            "Daftar komitmen rencana aksi.",
        ),
        Sheet(
            "Pelaksana",
            (
                _actor("Nama singkat yang dipakai di semua buku kerja; tidak boleh berulang."),
                Column("full_name", "Nama", "text", "Nama lengkap untuk dicetak dalam laporan.", width=70),
                Column("group", "Kelompok", "choice", "Kelompok pelaksana.", choices=tuple(map(str, GROUPS)), width=12),
                Column(
                    "coalition",
                    "Koalisi",
                    "code",
                    "Koalisi yang menaungi, bila ada; berlaku pada komitmen yang juga dilaksanakan koalisi itu.",
                    required=False,
                    filled=False,
                    width=24,
                ),
                Column(
                    "alias",
                    "Alias",
                    "text",
                    "Ejaan lain nama pelaksana, dipisahkan titik koma; dipakai untuk menebak salah tulis.",
                    required=False,
                    filled=False,
                    width=30,
                ),
            ),
            ("actor",),
            "Daftar pelaksana dan kelompoknya.",
        ),
        Sheet(
            "Pelaksana Komitmen",
            (_commitment(), _actor()),
            ("commitment", "actor"),
            "Pelaksana tiap komitmen, menurut urutan cetaknya.",
        ),
        Sheet(
            "Ukuran Keberhasilan",
            (
                _commitment(),
                _actor(),
                Column("measure", "UK", "whole", "Nomor ukuran keberhasilan dalam komitmen.", width=6),
                Column("text", "Uraian", "text", "Uraian ukuran keberhasilan.", width=90),
            ),
            ("commitment", "actor", "measure"),
            "Ukuran keberhasilan tiap komitmen dan pelaksana.",
        ),
        Sheet(
            "Target",
            (
                _commitment(),
                Column("measure", "UK", "whole", "Nomor ukuran keberhasilan dalam komitmen.", width=6),
                _actor(),
                Column("period", "Periode", "code", "Kode periode jatuh tempo, misalnya B12.", width=10),
                _order("Nomor urut target dalam UK, pelaksana, dan periode yang sama."),
                Column("target", "Target", "text", "Target yang direncanakan.", width=80),
                *_CRITERIA,
            ),
            ("commitment", "measure", "actor", "period", "no"),
            "Target tiap periode, bila direncanakan di muka; buku kerja capaian disiapkan darinya.",
            required=False,
        ),
        Sheet(
            "Perubahan Target",
            (
                _commitment(),
                Column("measure", "UK", "whole", "Nomor ukuran keberhasilan dalam komitmen.", width=6),
                _actor(),
                Column("period", "Periode", "code", "Kode periode target, seperti pada lembar Target.", width=10),
                _order("Nomor target, seperti pada lembar Target."),
                Column("change", "Perubahan", "choice", "Apa yang terjadi pada target itu.", choices=CHANGES, width=14),
                _optional("becomes", "Menjadi", "text", "Bunyi target yang baru; kode periode bila ditunda.", 60),
                _optional("decision", "Keputusan", "text", "Keputusan yang mengubahnya: surat, rapat, nomornya.", 40),
                _optional("day", "Tanggal", "date", "Tanggal keputusan.", 14),
                _optional("reason", "Alasan", "text", "Mengapa targetnya berubah.", 60),
            ),
            ("commitment", "measure", "actor", "period", "no", "change", "day"),
            "Target yang diubah, ditunda, atau dibatalkan, beserta keputusannya.",
            required=False,
        ),
        Sheet(
            "Indikator",
            (
                _commitment(),
                _order("Nomor urut indikator dalam komitmen."),
                Column("indicator", "Indikator", "text", "Apa yang berubah bila komitmennya berhasil.", width=60),
                _optional("unit", "Satuan", "text", "Satuan nilainya, misalnya orang atau persen.", 16),
                _optional("baseline", "Nilai Awal", "number", "Nilai sebelum rencana aksi berjalan.", 12),
                _optional("goal", "Nilai Sasaran", "number", "Nilai yang hendak dicapai.", 13),
                _optional("source", "Sumber", "text", "Dari mana nilainya diketahui.", 40),
            ),
            ("commitment", "no"),
            "Indikator hasil tiap komitmen; nilainya ditulis pada kolom berjudul kode periode, misalnya B12.",
            required=False,
        ),
    ),
    "Register rencana aksi.",
)

INDICATORS = PLAN.sheet("Indikator")
"""What the sheet holds by itself; `rules.indicators.indicator_sheet` adds a column for each period."""

ACHIEVEMENT = Sheet(
    "Capaian",
    (
        _commitment(),
        Column("measure", "UK", "whole", "Nomor ukuran keberhasilan dalam komitmen.", width=6),
        _actor(),
        Column("period", "Periode", "code", "Kode periode target, misalnya B12.", width=10),
        _order("Nomor urut target dalam UK, pelaksana, dan periode yang sama."),
        Column("target", "Target", "text", "Target yang direncanakan untuk periode ini.", width=38),
        Column("achievement", "Capaian", "text", "Apa yang tercapai.", filled=False, width=50),
        Column(
            "score",
            "Nilai",
            "score",
            "Angka 0 sampai 100, N/A bila bergantung pada pelaksana lain, atau - bila tidak ada target; kosong selama "
            "Capaian belum dinilai.",
            width=9,
            waits="achievement",
        ),
        Column("cocreation_text", "Ko-Kreasi", "text", "Uraian proses ko-kreasi.", filled=False, width=46),
        Column(
            "cocreation",
            "Status Ko-Kreasi",
            "choice",
            "Status proses ko-kreasi; kosong bila tidak dinilai.",
            filled=False,
            choices=COCREATION,
            also=(("Semi Aktif", "Semi-Aktif"),),
            width=13,
        ),
        _evidence("Ada, Tidak dikumpulkan, atau tautan dan nama berkas.", 17),
        Column(
            "remark",
            "Catatan",
            "text",
            "Catatan untuk sekretariat; tidak dicetak.",
            required=False,
            filled=False,
            width=34,
        ),
    ),
    ("commitment", "measure", "actor", "period", "no"),
    "Satu baris untuk tiap target pada periode ini.",
    beside=("target", "remark"),
    context=(
        _context("measure_text", "Ukuran Keberhasilan", "Uraian UK menurut register.", 36),
        _context("last_target", "Target Terdahulu", "Target UK dan pelaksana ini pada periode terakhir.", 32),
        _context("last_outcome", "Hasil Terdahulu", "Nilai, kategori, dan capaian target itu.", 32),
    ),
)
"""What the sheet holds by itself; `model.instruments.achievement_sheet` adds the columns of instruments."""

UNFINISHED = Sheet(
    "Belum Selesai",
    (
        Column("then_commitment", "Komitmen", "whole", "Nomor komitmen.", filled=False, width=11),
        Column("then_measure", "UK", "whole", "Nomor ukuran keberhasilan.", filled=False, width=6),
        Column("then_actor", "Pelaksana", "text", "Pelaksana target itu.", filled=False, width=24),
        Column("then_period", "Periode", "text", "Periode jatuh tempo target itu.", filled=False, width=10),
        _optional("then_no", "No", "whole", "Nomor target itu dalam UK, pelaksana, dan periodenya.", 6),
        Column("then_target", "Target", "text", "Target yang belum selesai.", filled=False, width=46),
        Column("then_achievement", "Capaian", "text", "Capaian yang dilaporkan waktu itu.", filled=False, width=54),
        Column("then_score", "Nilai", "score", "Nilai waktu itu.", filled=False, width=9),
        Column("then_category", "Kategori", "text", "Kategori nilai waktu itu.", filled=False, width=16),
        Column("then_cocreation", "Status Ko-Kreasi", "text", "Status ko-kreasi waktu itu.", filled=False, width=13),
        _optional(
            "new_score", "Nilai Baru", "score", "Nilai sekarang, 0 sampai 100; kosong bila belum dinilai lagi.", 9
        ),
        Column(
            "new_evidence",
            "Data Dukung Baru",
            "evidence",
            "Data dukung atas apa yang dikerjakan sesudahnya.",
            required=False,
            filled=False,
            choices=(EVIDENCE_GIVEN, EVIDENCE_MISSING),
            also=tuple((tick, EVIDENCE_GIVEN) for tick in TICKS),
            width=30,
        ),
        _optional("new_reason", "Alasan", "text", "Mengapa nilainya sekarang demikian; dicetak dalam lampiran.", 46),
    ),
    (),
    "Target periode terdahulu yang belum selesai; yang diselesaikan kemudian dinilai lagi di sini.",
)
"""What earlier periods left, in prepared workbooks; a row is read where one of the columns of `REJUDGED` is filled."""

REJUDGING = ("new_score", "new_evidence", "new_reason")
_THEN: dict[str, Kind] = {
    "then_commitment": "whole",
    "then_measure": "whole",
    "then_actor": "code",
    "then_period": "code",
}
REJUDGED = Sheet(
    UNFINISHED.name,
    tuple(
        replace(column, kind=_THEN.get(column.name, column.kind), filled=column.name in _THEN)
        for column in UNFINISHED.columns
        if column.name in (*_THEN, "then_no", *REJUDGING)
    ),
    (*_THEN, "then_no"),
    UNFINISHED.about,
    context=tuple(c for c in UNFINISHED.columns if c.name not in (*_THEN, "then_no", *REJUDGING)),
    required=False,
)
"""The sheet as it is read."""

_ABOUT_USUAL = {KL: "Capaian kementerian dan lembaga.", OMS: "Capaian organisasi masyarakat sipil."}


def achievements(group: Group) -> Book:
    """Return the workbook in which a group's achievements stand."""
    about = _ABOUT_USUAL[group] if group in GROUPS else f"Capaian {group.full}."
    return Book(group.file.removesuffix(".xlsx"), group.file, (ACHIEVEMENT,), about)


def plan_of(known: Sequence[Group]) -> Book:
    """Return the plan's register of an edition with these groups; codes and long names are understood as well."""
    also = tuple((other, str(group)) for group in known for other in group.also)

    names = tuple(map(str, known))

    def told(sheet: Sheet) -> Sheet:
        columns = (replace(c, choices=names, also=also) if c.name == "group" else c for c in sheet.columns)
        return replace(sheet, columns=tuple(columns))

    return replace(PLAN, sheets=tuple(told(sheet) if sheet.name == "Pelaksana" else sheet for sheet in PLAN.sheets))


ACHIEVEMENTS_KL, ACHIEVEMENTS_OMS = map(achievements, GROUPS)
ACHIEVEMENTS = {KL: ACHIEVEMENTS_KL, OMS: ACHIEVEMENTS_OMS}

EVALUATION = Book(
    "evaluasi",
    "evaluasi.xlsx",
    (
        Sheet(
            "Tindak Lanjut",
            (
                _commitment(),
                Column(
                    "measure",
                    "UK",
                    "whole",
                    "Ukuran keberhasilan; kosong untuk seluruh komitmen.",
                    filled=False,
                    width=6,
                ),
                _order("Nomor urut butir."),
                Column("text", "Uraian", "text", "Uraian tindak lanjut.", width=100),
                _optional("responsible", "Penanggung Jawab", "text", "Siapa yang mengerjakannya.", 26),
                _optional("due", "Tenggat", "date", "Kapan harus selesai, misalnya 2022-12-31.", 14),
                Column(
                    "status",
                    "Status",
                    "choice",
                    "Sejauh mana dikerjakan; yang Selesai atau Dibatalkan diterangkan dalam Keterangan.",
                    required=False,
                    filled=False,
                    choices=PROGRESS,
                    width=12,
                ),
                _optional("remark", "Keterangan", "text", "Apa hasilnya, atau mengapa dibatalkan.", 50),
                _optional("origin", "Asal", "code", "Kode periode yang mula-mula mencatatnya; kosong bila baru.", 9),
            ),
            ("commitment", "measure", "origin", "no"),
            "Tindak lanjut tiap komitmen, yang baru dan yang dibawa dari edisi terdahulu.",
        ),
        Sheet(
            "Penetapan",
            (
                _commitment(),
                Column(
                    "dimension",
                    "Dimensi",
                    "choice",
                    "Penilaian yang ditetapkan.",
                    choices=DIMENSIONS,
                    width=16,
                ),
                Column(
                    "category",
                    "Kategori",
                    "code",
                    "Kategori yang ditetapkan, misalnya Baik atau Pasif.",
                    width=14,
                ),
                Column("reason", "Alasan", "text", "Alasan penetapan; dicetak dalam lampiran audit.", width=100),
            ),
            ("commitment", "dimension"),
            "Kategori yang ditetapkan lain dari hasil hitungan.",
        ),
        Sheet(
            "Sorotan",
            (
                Column("part", "Bagian", "code", "Nomor bagian sorotan: I, II, III, ...", width=9),
                Column("title", "Judul", "text", "Judul bagian sorotan.", width=50),
                _commitment(),
                _actor("Pelaksana yang diceritakan; kosong bila berlaku untuk semua.", filled=False),
                Column(
                    "dimension",
                    "Dimensi",
                    "choice",
                    "A. Administratif atau B. Ko-Kreasi.",
                    choices=DIMENSIONS,
                    width=16,
                ),
                _order("Nomor urut butir."),
                Column("text", "Uraian", "text", "Isi butir.", width=100),
            ),
            ("part", "commitment", "actor", "dimension", "no"),
            "Komitmen yang disorot dalam laporan.",
        ),
        Sheet(
            "Catatan Umum",
            (
                Column("part", "Bagian", "code", "Nomor bagian catatan: I, II, ...", width=9),
                Column("title", "Judul", "text", "Judul bagian catatan.", width=50),
                Column(
                    "kind",
                    "Jenis",
                    "choice",
                    "Temuan atau Tindak Lanjut.",
                    choices=(FINDING, FOLLOW_UP),
                    width=16,
                ),
                _order("Nomor urut butir."),
                Column("text", "Uraian", "text", "Isi butir.", width=100),
            ),
            ("part", "kind", "no"),
            "Catatan umum pelaksanaan dan tindak lanjutnya.",
        ),
        Sheet(
            "Catatan Sumber",
            (
                _commitment(),
                Column("measure", "UK", "whole", "Ukuran keberhasilan; boleh kosong.", filled=False, width=6),
                _actor("Pelaksana yang dimaksud; boleh kosong.", filled=False),
                Column("period", "Periode", "code", "Kode periode target; boleh kosong.", filled=False, width=10),
                Column("no", "No", "whole", "Nomor target, seperti pada Capaian; boleh kosong.", filled=False, width=6),
                Column("text", "Uraian", "text", "Apa yang janggal atau bertentangan dalam sumber.", width=100),
            ),
            ("commitment", "measure", "actor", "period", "no"),
            "Kejanggalan dalam sumber data, untuk seluruh komitmen atau satu target.",
            required=False,
        ),
        Sheet(
            "Hambatan",
            (
                _commitment(),
                Column("measure", "UK", "whole", "Ukuran keberhasilan; boleh kosong.", filled=False, width=6),
                _actor("Pelaksana yang mengalaminya; boleh kosong.", filled=False),
                Column(
                    "period", "Periode", "code", "Kode periode; kosong berarti periode kini.", filled=False, width=10
                ),
                Column("no", "No", "whole", "Nomor target, seperti pada Capaian; boleh kosong.", filled=False, width=6),
                Column(
                    "kind",
                    "Jenis Hambatan",
                    "choice",
                    "Jenis hambatan; kosong bila belum digolongkan.",
                    filled=False,
                    choices=OBSTACLES,
                    also=_ALSO_OBSTACLES,
                    width=16,
                ),
                Column(
                    "text",
                    "Hambatan",
                    "text",
                    "Apa yang menghambat; kosong bila baris ini hanya menggolongkan hambatan yang ditulis pelaksana.",
                    filled=False,
                    width=90,
                ),
            ),
            ("commitment", "measure", "actor", "period", "no", "kind", "text"),
            "Hambatan yang dicatat sekretariat, dan golongan hambatan yang ditulis pelaksana.",
            required=False,
        ),
    ),
    "Halaman evaluasi yang ditulis sekretariat.",
)

FOLLOW_UPS = "Tindak Lanjut"
FOLLOW_UP_COLUMNS = tuple(column.name for column in EVALUATION.sheet(FOLLOW_UPS).columns if not column.required)
"""The columns of that sheet that tell what becomes of a follow-up."""

REPORT = Sheet(
    "Laporan",
    (
        _commitment(),
        Column("measure", "UK", "whole", "Nomor ukuran keberhasilan dalam komitmen.", width=6),
        _actor("Nama singkat pelaksana menurut register."),
        Column("period", "Periode", "code", "Kode periode target, misalnya B12.", width=9),
        _order("Nomor urut target dalam UK dan periode yang sama."),
        Column("target", "Target", "text", "Target yang direncanakan untuk periode ini.", filled=False, width=36),
        Column(
            "achievement", "Capaian", "text", "Apa yang tercapai, dengan kata-kata sendiri.", filled=False, width=48
        ),
        _optional("realised", "Realisasi", "number", "Angka yang tercapai, dalam satuan targetnya.", 11),
        _optional("cocreation_text", "Ko-Kreasi", "text", "Dengan siapa dan bagaimana bekerja bersama.", 40),
        _evidence("Nama berkas yang dikirim serta, atau tautannya; beberapa dipisahkan titik koma.", 28),
        Column(
            "obstacle",
            "Jenis Hambatan",
            "choice",
            "Jenis hambatan utama; kosong bila tidak ada.",
            required=False,
            filled=False,
            choices=OBSTACLES,
            also=_ALSO_OBSTACLES,
            width=15,
        ),
        _optional("obstacle_text", "Hambatan", "text", "Apa yang menghambat.", 36),
        _optional("next_steps", "Rencana", "text", "Apa yang akan dikerjakan sesudah ini, dan kapan.", 36),
    ),
    ("commitment", "measure", "actor", "period", "no"),
    "Satu baris untuk tiap target pelaksana pada periode ini.",
    beside=("target",),
    context=(
        _context("title", "Judul Komitmen", "Judul komitmen menurut register.", 28),
        _context("measure_text", "Ukuran Keberhasilan", "Uraian UK menurut register.", 32),
        _context("agreed", "Kriteria dan Sasaran", "Kapan target dianggap tercapai, menurut register.", 30),
        _context("last_outcome", "Hasil Terdahulu", "Hasil UK ini pada periode terakhir.", 30),
    ),
)
FORM = Book("formulir", "formulir.xlsx", (REPORT,), "Formulir laporan seorang pelaksana.")
QUESTION, REPLY = "Pertanyaan", "Jawaban"


def with_questions(count: int) -> Sheet:
    """Return the sheet of a form that asks back, with so many pairs of question and answer behind the other columns.

    Their names in code are `question.1`, `reply.1` and so on.
    """

    def number(n: int) -> str:
        return f" {n}" if n > 1 else ""

    pairs = (
        column
        for n in range(1, count + 1)
        for column in (
            _optional(f"question.{n}", f"{QUESTION}{number(n)}", "text", "Yang ditanyakan tentang target ini.", 36),
            _optional(f"reply.{n}", f"{REPLY}{number(n)}", "text", "Jawaban atas pertanyaan di sebelah kirinya.", 36),
        )
    )
    made = (*REPORT.columns, *pairs)
    beside = (column.name for column in made if "." in column.name)  # an answer alone is no report
    return replace(REPORT, columns=made, beside=(*(REPORT.beside or ()), *beside))


RECEPTION = Book(
    "penerimaan",
    "penerimaan.xlsx",
    (
        Sheet(
            "Penerimaan",
            (
                Column("name", "Berkas", "text", "Nama berkas dalam folder kiriman.", width=48),
                Column("digest", "SHA-256", "code", "Sidik isi berkas; dicatat collect.", width=68),
                _actor("Pelaksana pengirimnya; kosong bila tidak dikenali, isilah.", filled=False),
                Column(
                    "moment", "Diterima", "moment", "Kapan pertama kali terlihat; urutannya menentukan versi.", width=20
                ),
                Column(
                    "used",
                    "Dipakai",
                    "choice",
                    "Ya: versi ini yang dipakai; Tidak: jangan dibaca; kosong: yang terakhir diterima.",
                    filled=False,
                    choices=("Ya", "Tidak"),
                    width=10,
                ),
            ),
            ("name", "digest"),
            "Setiap kiriman yang pernah terlihat, menurut urutan diterima.",
        ),
    ),
    "Daftar penerimaan kiriman.",
)
RECEIVED = RECEPTION.sheets[0]
REMINDER = Book(
    "pengingat",
    "pengingat.xlsx",
    (
        Sheet(
            "Pengingat",
            (
                _actor("Nama singkat pelaksana."),
                Column("full_name", "Nama", "text", "Nama lengkap.", width=60),
                Column("group", "Kelompok", "text", "Kelompok pelaksana.", width=12),
                Column("state", "Keadaan", "text", "Belum mengirim, atau baru sebagian.", width=18),
                Column("due", "Target", "text", "Banyaknya target yang ditunggu.", width=9),
                Column("reported", "Dilaporkan", "text", "Banyaknya target yang sudah dilaporkan.", width=12),
                Column("since", "Sejak", "text", "Kiriman terakhir, atau batas waktunya.", width=36),
            ),
            ("actor",),
            "Pelaksana yang masih ditunggu laporannya.",
        ),
    ),
    "Daftar pengingat.",
)
SENT = "kiriman"
"""The folder beside a period's workbooks in which files lie as they were received."""
EVIDENCE_FOLDER = "bukti"
FOREWORD = Sheet(
    "Kata Pengantar",
    (_order("Nomor urut alinea."), Column("text", "Uraian", "text", "Isi satu alinea.", width=100)),
    ("no",),
    "Kata pengantar laporan, satu baris untuk tiap alinea; dipakai bila params menyebutnya.",
    required=False,
)
"""A sheet of the secretariat's pages that is read only where the params of the publication name it, by any name."""

TO_ANSWER, ANSWERED, SETTLED = "Terbuka", "Dijawab", "Selesai"
RESPONSES = Book(
    "tanggapan",
    "tanggapan.xlsx",
    (
        Sheet(
            "Tanggapan",
            (
                Column("sender", "Dari", "text", "Siapa yang menanggapi.", width=22),
                Column("date", "Tanggal", "text", "Tanggal tanggapan, seperti 2022-03-31.", filled=False, width=12),
                Column("section", "Bagian", "text", "Bagian laporan yang ditanggapi.", filled=False, width=26),
                Column("quote", "Kutipan", "text", "Kata-kata laporan yang ditanggapi.", filled=False, width=36),
                Column("comment", "Tanggapan", "text", "Isi tanggapan atau usul perubahan.", width=60),
                Column("answer", "Jawaban", "text", "Jawaban sekretariat beserta alasannya.", filled=False, width=60),
                Column(
                    "status",
                    "Status",
                    "choice",
                    "Terbuka sampai dijawab; Selesai bila tidak perlu dijawab lagi.",
                    filled=False,
                    choices=(TO_ANSWER, ANSWERED, SETTLED),
                    width=11,
                ),
                Column("code", "Kode", "code", "Pengenal tanggapan, agar tidak masuk dua kali.", width=15),
            ),
            ("code",),
            "Satu baris untuk tiap tanggapan atas draf.",
        ),
    ),
    "Tanggapan atas draf laporan, dan jawabannya.",
)
"""Comments on a draft; it is no input of the report unless the params ask for the annex of responses."""

BOOKS = (PLAN, ACHIEVEMENTS_KL, ACHIEVEMENTS_OMS, EVALUATION, FORM, RECEPTION)
