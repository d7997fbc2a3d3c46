"""The open data of an edition: rows of the CSV files and their descriptor (source: the data contract, "Outputs")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import get_args

from monev.display.phrases import MEANINGS, coverage, full_title, meaning_of, tone
from monev.figures.assessment_figures import SCORES, STATUSES, agreement_id, judged_targets, pairs, with_assessment
from monev.figures.instrument_results import instrument_results
from monev.figures.number_format import rounded
from monev.figures.register import ACCUMULATED, TOTAL, Register, commitment_id, recap_id, target_id
from monev.figures.rejudged_figures import judged_again
from monev.figures.results import Results
from monev.model.assessment_sheets import EVIDENCE_CHECKED, QUESTION_STATES
from monev.model.fields import ADMINISTRATIVE, CHANGES, NO_TARGET, NOT_MEASURABLE, NOT_SCORED, OBSTACLES, PROGRESS, SENT
from monev.model.params import WITHDRAWN, Edition, Level
from monev.rules.completion import completions
from monev.rules.follow_ups import days_over, is_tracked, reference_day
from monev.rules.indicators import progress
from monev.rules.instrument_scores import percent
from monev.rules.obstacles import obstacles
from monev.rules.rejudging import is_finished
from monev.rules.scores import band
from monev.rules.target_plan import key_of
from monev.rules.tidy import Target
from monev.words.messages import Text

Row = Mapping[str, object]


@dataclass(frozen=True)
class CsvField:
    """One column of a CSV file: its title, description and unit in both languages.

    `always` says that no row leaves it empty; `least` and `most` bound numbers; `among` names the list of values that
    it is held to (see `_lists`).
    """

    name: str
    type: str
    title: Text
    about: Text
    unit: Text | None = None
    always: bool = False
    least: int | None = None
    most: int | None = None
    among: str = ""


@dataclass(frozen=True)
class Resource:
    """One CSV file: its columns, key, title and description."""

    name: str
    fields: tuple[CsvField, ...]
    key: tuple[str, ...]
    title: Text
    about: Text
    commitments: bool = False  # column komitmen names rows of komitmen.csv

    @property
    def heading(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(field.name for field in self.fields)


_PERCENT = Text("persen", "percent")
_SHARE = Text("bagian dari satu", "share of one")
_TARGETS = Text("target", "targets")
_COMMITMENT = CsvField(
    "komitmen",
    "integer",
    Text("Komitmen", "Commitment"),
    Text("Nomor komitmen dalam rencana aksi.", "Number of the commitment in the action plan."),
    always=True,
    least=1,
)
_ACTOR_GROUP = CsvField(
    "kelompok",
    "string",
    Text("Kelompok pelaksana", "Group of actors"),
    Text("Kelompok pelaksana menurut params.", "Group of actors as named in the params."),  # `_groups` says which
    always=True,
    among="kelompok",
)
_USUAL_GROUPS = Text(
    "K/L untuk kementerian/lembaga, OMS untuk organisasi masyarakat sipil.",
    "K/L for ministries and agencies, OMS for civil-society organisations.",
)

TARGETS = Resource(
    "target",
    (
        _COMMITMENT,
        CsvField(
            "uk",
            "integer",
            Text("Ukuran keberhasilan", "Success measure"),
            Text("Nomor ukuran keberhasilan dalam komitmen.", "Number of the success measure in the commitment."),
            always=True,
            least=1,
        ),
        CsvField(
            "pelaksana",
            "string",
            Text("Pelaksana", "Actor"),
            Text("Nama singkat pelaksana target.", "Short name of the actor that carries the target."),
            always=True,
        ),
        _ACTOR_GROUP,
        CsvField(
            "periode",
            "string",
            Text("Periode", "Period"),
            Text("Kode periode jatuh tempo target.", "Code of the period in which the target falls due."),
            always=True,
            among="periode",
        ),
        CsvField(
            "no",
            "integer",
            Text("Nomor target", "Target number"),
            Text(
                "Nomor target dalam komitmen, ukuran, pelaksana, dan periode yang sama.",
                "Number of the target within the same commitment, measure, actor and period.",
            ),
            always=True,
            least=1,
        ),
        CsvField(
            "nilai",
            "number",
            Text("Nilai", "Score"),
            Text(
                "Tingkat pelaksanaan target; kosong bila tidak dinilai dengan angka.",
                "How far the target was carried out; empty if it has no numeric score.",
            ),
            unit=_PERCENT,
            least=0,
            most=100,
        ),
        CsvField(
            "status_nilai",
            "string",
            Text("Status nilai", "Status of the score"),
            Text(
                "dinilai; N/A bila tidak dapat diukur; belum dinilai bila dilaporkan tanpa nilai; tidak ada target "
                "bila tidak jatuh tempo pada periode itu.",
                "dinilai: scored; N/A: cannot be measured; belum dinilai: reported without a score; tidak ada target: "
                "nothing due in that period.",
            ),
            always=True,
            among="status",
        ),
        CsvField(
            "kategori",
            "string",
            Text("Kategori administratif", "Administrative category"),
            Text(
                "Kategori menurut nilai; kosong bila tidak ada target.", "Category by score; empty if nothing was due."
            ),
            among="kategori",
        ),
        CsvField(
            "kokreasi",
            "string",
            Text("Status ko-kreasi", "Co-creation status"),
            Text(
                "Status ko-kreasi target; kosong bila tidak dinilai.", "Status of co-creation; empty if not assessed."
            ),
            among="kokreasi",
        ),
        CsvField(
            "data_dukung",
            "string",
            Text("Data dukung", "Evidence"),
            Text(
                "Data dukung seperti dilaporkan; kosong bila ada tidaknya tidak dinyatakan.",
                "Evidence as reported; empty where it is not stated whether any was submitted.",
            ),
        ),
        CsvField(
            "sumber",
            "string",
            Text("Sumber", "Source"),
            Text("Baris asal dalam buku kerja: berkas!lembar!baris.", "Row in the workbook: file!sheet!row."),
            always=True,
        ),
    ),
    ("komitmen", "uk", "pelaksana", "periode", "no"),
    Text("Target", "Targets"),
    Text(
        "Semua target, satu baris untuk tiap target dan periode.",
        "All targets, one row for each target and period.",
    ),
    commitments=True,
)
COMMITMENTS = Resource(
    "komitmen",
    (
        _COMMITMENT,
        CsvField(
            "judul",
            "string",
            Text("Judul", "Title"),
            Text("Judul komitmen dalam rencana aksi.", "Title of the commitment in the action plan."),
            always=True,
        ),
        CsvField(
            "skor",
            "number",
            Text("Skor administratif", "Administrative score"),
            Text(
                "Rata-rata nilai target yang dinilai menurut aturan agregasi; kosong bila tidak ada.",
                "Mean score of the scored targets by the rule of aggregation; empty if there are none.",
            ),
            unit=_PERCENT,
            least=0,
            most=100,
        ),
        CsvField(
            "kategori_hitung",
            "string",
            Text("Kategori menurut aturan", "Category by the rule"),
            Text("Kategori administratif hasil hitungan.", "Administrative category as computed."),
            among="kategori",
        ),
        CsvField(
            "kategori",
            "string",
            Text("Kategori yang dipakai", "Category in use"),
            Text(
                "Kategori administratif dalam laporan: hasil hitungan atau penetapan.",
                "Administrative category in the report: computed or determined.",
            ),
            among="kategori",
        ),
        CsvField(
            "skor_kokreasi",
            "number",
            Text("Rata-rata ko-kreasi", "Mean co-creation"),
            Text(
                "Rata-rata bobot status ko-kreasi target; kosong bila tidak dinilai.",
                "Mean weight of the targets' co-creation status; empty if not assessed.",
            ),
            unit=_SHARE,
            least=0,
            most=1,
        ),
        CsvField(
            "kokreasi_hitung",
            "string",
            Text("Kategori ko-kreasi menurut aturan", "Co-creation category by the rule"),
            Text("Kategori ko-kreasi hasil hitungan.", "Co-creation category as computed."),
            among="kategori-kokreasi",
        ),
        CsvField(
            "kokreasi",
            "string",
            Text("Kategori ko-kreasi yang dipakai", "Co-creation category in use"),
            Text(
                "Kategori ko-kreasi dalam laporan: hasil hitungan atau penetapan.",
                "Co-creation category in the report: computed or determined.",
            ),
            among="kategori-kokreasi",
        ),
        CsvField(
            "penetapan",
            "string",
            Text("Penetapan", "Determination"),
            Text(
                "ya bila sekretariat menetapkan salah satu kategorinya.",
                "ya where the secretariat determined one of its categories.",
            ),
            among="ya",
        ),
    ),
    ("komitmen",),
    Text("Komitmen", "Commitments"),
    Text("Semua komitmen dengan skor dan kategorinya.", "All commitments with their scores and categories."),
)
RECAP = Resource(
    "rekap",
    (
        _ACTOR_GROUP,
        CsvField(
            "periode",
            "string",
            Text("Periode", "Period"),
            Text(
                "Kode periode, atau akumulasi untuk semua periode.", "Code of a period, or akumulasi for all of them."
            ),
            always=True,
            among="periode-akumulasi",
        ),
        CsvField(
            "kategori",
            "string",
            Text("Kategori", "Category"),
            Text("Kategori administratif, atau Total.", "Administrative category, or Total."),
            always=True,
            among="kategori-total",
        ),
        CsvField(
            "jumlah",
            "integer",
            Text("Jumlah", "Count"),
            Text("Banyaknya target.", "Number of targets."),
            unit=_TARGETS,
            always=True,
            least=0,
        ),
    ),
    ("kelompok", "periode", "kategori"),
    Text("Rekapitulasi target", "Summary of targets"),
    Text(
        "Banyaknya target per kelompok, periode, dan kategori.",
        "Number of targets by group, period and category.",
    ),
)
RECONCILIATION = Resource(
    "rekonsiliasi",
    (
        CsvField(
            "id",
            "string",
            Text("Id angka", "Figure id"),
            Text("Pengenal angka dalam register.", "Name of the figure in the register."),
            always=True,
        ),
        CsvField(
            "terbit",
            "string",
            Text("Edisi terbit", "As published"),
            Text("Angka atau tulisan dalam edisi terbit.", "Figure or wording in the published edition."),
        ),
        CsvField(
            "hitung",
            "string",
            Text("Hitungan", "As computed"),
            Text("Angka atau tulisan menurut data.", "Figure or wording by the data."),
        ),
        CsvField(
            "status",
            "string",
            Text("Status", "Status"),
            Text(
                "sama, beda, atau tidak dapat dihitung.",
                "sama: equal; beda: different; tidak dapat dihitung: not computable.",
            ),
            always=True,
            among="banding",
        ),
        CsvField(
            "keterangan",
            "string",
            Text("Keterangan", "Remark"),
            Text("Penjelasan perbedaan.", "Explanation of the difference."),
        ),
        CsvField(
            "tempat",
            "string",
            Text("Tempat", "Place"),
            Text("Tempat dalam edisi terbit.", "Place in the published edition."),
        ),
    ),
    (),
    Text("Rekonsiliasi", "Reconciliation"),
    Text(
        "Angka dan tulisan edisi terbit beserta pembandingnya menurut data.",
        "Figures and wordings of the published edition beside those by the data.",
    ),
)


def _plain(name: str, title: Text, about: Text, kind: str = "string", among: str = "") -> CsvField:
    return CsvField(name, kind, title, about, among=among)


_KEY = tuple(replace(field, among="") if field.name == "periode" else field for field in TARGETS.fields[:6])
PLAN_TARGETS = Resource(
    "rencana",
    (
        *(field for field in _KEY if field.name != "kelompok"),
        _plain("target", Text("Target", "Target"), Text("Bunyi target.", "The target in words.")),
        _plain(
            "kriteria",
            Text("Kriteria kualitatif", "Criteria"),
            Text("Kapan target dianggap tercapai.", "When the target counts as reached."),
        ),
        _plain("satuan", Text("Satuan", "Unit"), Text("Satuan yang diukur.", "What is counted or measured.")),
        _plain("nilai_awal", Text("Nilai awal", "Baseline"), Text("Angka semula.", "Number at the start."), "number"),
        _plain("nilai_sasaran", Text("Nilai sasaran", "Goal"), Text("Angka tujuan.", "Number to reach."), "number"),
        _plain("tenggat", Text("Tenggat", "Due day"), Text("Hari jatuh tempo.", "The day it is due."), "date"),
        _plain(
            "perubahan",
            Text("Perubahan", "Change"),
            Text("Perubahan terakhir target, bila ada.", "The last change of the target, if any."),
            among="perubahan",
        ),
        _plain("menjadi", Text("Menjadi", "Becomes"), Text("Isi perubahan itu.", "What it became.")),
        _plain("keputusan", Text("Keputusan", "Decision"), Text("Keputusan yang mengubahnya.", "The decision.")),
        _plain("sumber", Text("Sumber", "Source"), Text("Berkas, lembar, dan baris.", "File, sheet and row.")),
    ),
    ("komitmen", "uk", "pelaksana", "periode", "no"),
    Text("Rencana target", "Planned targets"),
    Text("Target yang direncanakan register, dengan kriterianya.", "Targets that the register plans, with criteria."),
    commitments=True,
)
REPORTS = Resource(
    "laporan-pelaksana",
    (
        *TARGETS.fields[:6],
        _plain("capaian", Text("Capaian", "Achievement"), Text("Uraian pelaksana.", "The actor's words.")),
        _plain("realisasi", Text("Realisasi", "Reached"), Text("Angka yang tercapai.", "Number reached."), "number"),
        _plain("satuan", Text("Satuan", "Unit"), Text("Satuan target.", "The target's unit.")),
        _plain("kokreasi", Text("Ko-kreasi", "Co-creation"), Text("Uraian proses ko-kreasi.", "Co-creation in words.")),
        _plain("data_dukung", Text("Data dukung", "Evidence"), Text("Data dukung yang disebut.", "Evidence named.")),
        _plain(
            "jenis_hambatan",
            Text("Jenis hambatan", "Kind of obstacle"),
            Text("Jenis hambatan utama; kosong bila tidak ada.", "Kind of the main obstacle; empty if none."),
            among="hambatan",
        ),
        _plain("hambatan", Text("Hambatan", "Obstacle"), Text("Uraian hambatan.", "The obstacle in words.")),
        _plain("rencana", Text("Rencana", "Next steps"), Text("Rencana berikutnya.", "What comes next.")),
        _plain("sumber", Text("Sumber", "Source"), Text("Berkas, lembar, dan baris.", "File, sheet and row.")),
    ),
    ("komitmen", "uk", "pelaksana", "periode", "no"),
    Text("Laporan pelaksana", "Actors' reports"),
    Text("Isi formulir yang kembali, baris demi baris.", "What the forms that came back tell, row by row."),
    commitments=True,
)
_KEYS = tuple(field for field in _KEY if field.name != "kelompok")
JUDGEMENTS = Resource(
    "penilaian",
    (
        *TARGETS.fields[:6],
        _plain("nilai_1", Text("Nilai penilai pertama", "First score"), Text("Seperti tertulis.", "As written.")),
        _plain("nilai_2", Text("Nilai penilai kedua", "Second score"), Text("Seperti tertulis.", "As written.")),
        _plain("nilai_akhir", Text("Nilai akhir", "Decided score"), Text("Keputusan, bila ada.", "Decision, if any.")),
        _plain("status_1", Text("Status penilai pertama", "First status"), Text("Status ko-kreasi.", "Co-creation.")),
        _plain("status_2", Text("Status penilai kedua", "Second status"), Text("Status ko-kreasi.", "Co-creation.")),
        _plain(
            "status_akhir", Text("Status akhir", "Decided status"), Text("Keputusan, bila ada.", "Decision, if any.")
        ),
        _plain("alasan", Text("Alasan nilai", "Reason"), Text("Alasan nilai.", "Reason for the score.")),
        _plain(
            "bukti_diperiksa",
            Text("Bukti diperiksa", "Evidence checked"),
            Text("Apakah data dukung sesuai.", "Whether the evidence fits."),
            among="bukti",
        ),
        _plain("diperiksa_oleh", Text("Diperiksa oleh", "Assessor"), Text("Penilai pertama.", "First assessor.")),
        _plain("penilai_2", Text("Penilai kedua", "Second assessor"), Text("Penilai kedua.", "Second assessor.")),
        _plain("tanggal", Text("Tanggal", "Day"), Text("Hari penilaian.", "Day of the assessment."), "date"),
        _plain(
            "keadaan",
            Text("Keadaan", "State"),
            Text("Sejauh mana dinilai, dan apakah berubah sesudahnya.", "How far it is judged, and if changed since."),
        ),
        _plain("sumber", Text("Sumber", "Source"), Text("Berkas, lembar, dan baris.", "File, sheet and row.")),
    ),
    ("komitmen", "uk", "pelaksana", "periode", "no"),
    Text("Penilaian", "Assessment"),
    Text("Penilaian sekretariat, baris demi baris.", "The secretariat's assessment, row by row."),
    commitments=True,
)
INQUIRIES = Resource(
    "konfirmasi",
    (
        *_KEYS,
        _plain("pertanyaan", Text("Pertanyaan", "Question"), Text("Yang ditanyakan.", "What was asked.")),
        _plain("ditanyakan", Text("Ditanyakan", "Asked on"), Text("Hari ditanyakan.", "Day it was asked."), "date"),
        _plain("dijawab", Text("Dijawab", "Answered on"), Text("Hari dijawab.", "Day it was answered."), "date"),
        _plain("jawaban", Text("Jawaban", "Answer"), Text("Jawaban pelaksana.", "The actor's answer.")),
        _plain(
            "status", Text("Status", "State"), Text("Keadaan pertanyaan.", "What became of it."), among="pertanyaan"
        ),
        _plain("sumber", Text("Sumber", "Source"), Text("Berkas, lembar, dan baris.", "File, sheet and row.")),
    ),
    ("komitmen", "uk", "pelaksana", "periode", "no", "pertanyaan"),
    Text("Konfirmasi", "Questions asked back"),
    Text("Pertanyaan kepada pelaksana, dan jawabannya.", "Questions to actors, and the answers."),
)
AGREEMENT = Resource(
    "kesepakatan",
    (
        _plain("ukuran", Text("Ukuran", "What"), Text("Kategori nilai, atau status.", "Category of score, or status.")),
        _plain("skala", Text("Skala", "Scale"), Text("Skala alfa: ordinal, nominal.", "Scale of alpha.")),
        _plain("pasangan", Text("Pasangan", "Pairs"), Text("Target yang dinilai keduanya.", "By both."), "integer"),
        _plain("sama", Text("Sama", "Equal"), Text("Di antaranya yang sama.", "Of these, equal."), "integer"),
        _plain("bagian_sama", Text("Bagian sama", "Share equal"), Text("Dalam persen.", "In percent."), "number"),
        _plain(
            "pasangan_alfa",
            Text("Pasangan untuk alfa", "Pairs for alpha"),
            Text("Tanpa nilai yang bukan angka.", "Without scores that are no number."),
            "integer",
        ),
        _plain(
            "alfa",
            Text("Alfa Krippendorff", "Krippendorff's alpha"),
            Text("Kosong bila semua jawabannya satu macam.", "Empty where all answers are of one kind."),
            "number",
        ),
    ),
    ("ukuran",),
    Text("Kesepakatan penilai", "Agreement of assessors"),
    Text("Seberapa sama kedua penilai.", "How far two assessors agree."),
)
FOLLOW_UP_TABLE = Resource(
    "tindak-lanjut",
    (
        _COMMITMENT,
        _plain(
            "uk",
            Text("Ukuran keberhasilan", "Success measure"),
            Text("Kosong bila untuk seluruh komitmen.", "Empty if it concerns the whole commitment."),
            "integer",
        ),
        _plain(
            "asal",
            Text("Asal", "Origin"),
            Text("Periode yang mula-mula mencatatnya; kosong bila baru.", "Period that recorded it; empty if new."),
        ),
        _KEY[5],
        _plain("uraian", Text("Uraian", "Text"), Text("Bunyi tindak lanjut.", "The follow-up in words.")),
        _plain("penanggung_jawab", Text("Penanggung jawab", "Responsible"), Text("Siapa mengerjakan.", "Who does it.")),
        _plain("tenggat", Text("Tenggat", "Due day"), Text("Kapan harus selesai.", "The day it is due."), "date"),
        _plain(
            "status",
            Text("Status", "Status"),
            Text("Keadaan; kosong bila tidak dinyatakan.", "State; empty if not stated."),
            among="kemajuan",
        ),
        _plain("keterangan", Text("Keterangan", "Remark"), Text("Hasil atau alasan.", "Outcome or reason.")),
        _plain(
            "lewat_hari",
            Text("Lewat (hari)", "Days overdue"),
            Text("Kosong bila tidak lewat tenggat.", "Empty if not overdue."),
            "integer",
        ),
        _plain("sumber", Text("Sumber", "Source"), Text("Berkas, lembar, dan baris.", "File, sheet and row.")),
    ),
    ("komitmen", "uk", "asal", "no"),
    Text("Tindak lanjut", "Follow-ups"),
    Text("Semua tindak lanjut dengan keadaannya.", "All follow-ups and what became of them."),
    commitments=True,
)
REJUDGED_TABLE = Resource(
    "penilaian-kembali",
    (
        *_KEY,
        TARGETS.fields[6],
        _plain("pada", Text("Pada", "In"), Text("Periode penilaian kembali.", "Period in which it was judged again.")),
        replace(
            TARGETS.fields[6],
            name="nilai_baru",
            title=Text("Nilai baru", "New score"),
            about=Text("Nilai menurut penilaian kembali.", "Score by judging again."),
        ),
        _plain(
            "kategori_baru",
            Text("Kategori baru", "New category"),
            Text("Kategori menurut nilai baru.", "Category by the new score."),
            among="kategori",
        ),
        _plain(
            "selesai",
            Text("Selesai", "Finished"),
            Text("ya bila nilai barunya berkategori terbaik.", "ya where the new score is of the best category."),
            among="ya",
        ),
        _plain(
            "data_dukung_baru",
            Text("Data dukung baru", "New evidence"),
            Text("Data dukung atas pekerjaan sesudahnya.", "Evidence of what was done since."),
        ),
        _plain("alasan", Text("Alasan", "Reason"), Text("Alasan nilai baru.", "Reason for the new score.")),
        _plain("sumber", Text("Sumber", "Source"), Text("Berkas, lembar, dan baris.", "File, sheet and row.")),
    ),
    ("komitmen", "uk", "pelaksana", "periode", "no", "pada"),
    Text("Penilaian kembali", "Targets judged again"),
    Text(
        "Target periode terdahulu yang dinilai kembali; nilai waktu itu tetap.",
        "Targets of earlier periods that were judged again; their scores of then stay.",
    ),
    commitments=True,
)
OBSTACLE_TABLE = Resource(
    "hambatan",
    (
        _COMMITMENT,
        _plain("uk", _KEY[1].title, Text("Kosong bila bukan satu UK.", "Empty if of no one measure."), "integer"),
        _plain("pelaksana", _KEY[2].title, Text("Kosong bila bukan satu pelaksana.", "Empty if of no one actor.")),
        _plain("kelompok", _KEY[3].title, Text("Kelompok pelaksananya.", "The actor's group."), among="kelompok"),
        _plain("periode", _KEY[4].title, Text("Kode periode.", "Code of the period.")),
        _plain("no", _KEY[5].title, Text("Kosong bila bukan satu target.", "Empty if of no one target."), "integer"),
        _plain(
            "jenis",
            Text("Jenis", "Kind"),
            Text("Jenis hambatan; kosong bila belum digolongkan.", "Kind; empty if not classified."),
            among="hambatan",
        ),
        _plain("uraian", Text("Uraian", "Text"), Text("Apa yang menghambat.", "What stood in the way.")),
        _plain(
            "dari",
            Text("Dari", "By"),
            Text("Siapa yang menulisnya: pelaksana atau sekretariat.", "Who wrote it: actor or secretariat."),
        ),
        _plain("sumber", Text("Sumber", "Source"), Text("Sel jenisnya.", "Cell of its kind: file!sheet!cell.")),
    ),
    (),
    Text("Hambatan", "Obstacles"),
    Text("Semua hambatan dengan jenisnya.", "All obstacles with their kinds."),
    commitments=True,
)
INDICATOR_TABLE = Resource(
    "indikator",
    (
        _COMMITMENT,
        replace(
            _KEY[5],
            title=Text("Nomor indikator", "Indicator number"),
            about=Text("Nomor indikator dalam komitmen.", "Number of the indicator within the commitment."),
        ),
        _plain("indikator", Text("Indikator", "Indicator"), Text("Bunyi indikator.", "The indicator in words.")),
        _plain("satuan", Text("Satuan", "Unit"), Text("Satuan nilainya.", "Unit of its values.")),
        _plain("nilai_awal", Text("Nilai awal", "Baseline"), Text("Nilai semula.", "Value at the start."), "number"),
        _plain("nilai_sasaran", Text("Nilai sasaran", "Goal"), Text("Nilai tujuan.", "Value to reach."), "number"),
        _plain(
            "periode",
            Text("Periode", "Period"),
            Text("Kode periode; kosong bila belum ada nilai.", "Code of the period; empty if there is no value."),
        ),
        _plain("nilai", Text("Nilai", "Value"), Text("Nilai pada periode itu.", "Value in that period."), "number"),
        _plain(
            "kemajuan",
            Text("Kemajuan", "Progress"),
            Text("Bagian jarak dari awal ke sasaran, persen.", "Share of the way from start to goal, percent."),
            "number",
        ),
        _plain("sumber_nilai", Text("Sumber nilai", "Source of values"), Text("Menurut register.", "As registered.")),
        _plain("sumber", Text("Sumber", "Source"), Text("Sel nilainya.", "Cell of the value: file!sheet!cell.")),
    ),
    ("komitmen", "no", "periode"),
    Text("Indikator hasil", "Outcome indicators"),
    Text("Nilai indikator hasil tiap periode.", "Values of outcome indicators in each period."),
    commitments=True,
)
RESOURCES = (TARGETS, COMMITMENTS, RECAP, RECONCILIATION)


def _text(name: str, title: Text, about: Text, *, always: bool = True, among: str = "") -> CsvField:
    return CsvField(name, "string", title, about, always=always, among=among)


ANSWERS = Resource(
    "instrumen",
    (
        _text("instrumen", Text("Instrumen", "Instrument"), Text("Kode instrumen.", "Code of the instrument.")),
        _text("tentang", Text("Tentang", "About"), Text("Jenis hal yang ditanyakan.", "Kind of thing asked about.")),
        _text(
            "subjek",
            Text("Subjek", "Subject"),
            Text(
                "Yang ditanyakan: nomor komitmen, pelaksana, kunci target, atau kode; kosong untuk program.",
                "What is asked about: commitment, actor, key of a target, or code; empty for the whole programme.",
            ),
            always=False,
        ),
        _text("responden", Text("Responden", "Respondent"), Text("Siapa yang menjawab.", "Who answers.")),
        _text(
            "periode",
            Text("Periode", "Period"),
            Text("Kode periode jawaban.", "Code of the period of the answer."),
            among="periode",
        ),
        _text("bagian", Text("Bagian", "Part"), Text("Kode bagian instrumen.", "Code of the instrument's part.")),
        _text("pertanyaan", Text("Pertanyaan", "Question"), Text("Kode pertanyaan.", "Code of the question.")),
        _text(
            "teks",
            Text("Uraian pertanyaan", "Text"),
            Text("Pertanyaan seperti diajukan.", "The question as asked."),
        ),
        _text(
            "jawaban",
            Text("Jawaban", "Answer"),
            Text("Tingkat dalam skala; kosong bila tidak dijawab.", "Level of the scale; empty if not answered."),
            always=False,
        ),
        CsvField(
            "skor",
            "number",
            Text("Skor", "Score"),
            Text(
                "Letak jawaban pada skala; kosong bila tidak dihitung.",
                "Where the answer lies on the scale; empty if it does not count.",
            ),
            unit=_PERCENT,
            least=0,
            most=100,
        ),
        _text(
            "catatan", Text("Catatan", "Remark"), Text("Catatan responden.", "The respondent's remark."), always=False
        ),
        _text("sumber", Text("Sumber", "Source"), Text("Sel jawaban.", "Cell of the answer: file!sheet!cell.")),
    ),
    ("instrumen", "subjek", "responden", "periode", "pertanyaan"),
    Text("Jawaban instrumen", "Answers to instruments"),
    Text(
        "Semua jawaban atas instrumen yang dipakai edisi ini, satu baris tiap pertanyaan, subjek, dan responden.",
        "All answers to the instruments of the edition, one row per question, subject and respondent.",
    ),
)


def resources(results: Results) -> tuple[Resource, ...]:
    """Return the CSV files of an edition: answers only where it asks anything."""
    return (*RESOURCES, *((ANSWERS,) if results.data.asked else ()), *optional_tables(results))


def answer_rows(results: Results) -> Iterator[Row]:
    """Yield the rows of `instrumen.csv`."""
    for result in instrument_results(results):
        instrument = result.instrument
        texts = {question.kode: question.teks for question in instrument.questions}
        for (period, who), sheets in result.sheets.items():
            for subject, sheet in sheets.items():
                for answer in sheet.values():
                    yield {
                        "instrumen": instrument.kode,
                        "tentang": instrument.tentang,
                        "subjek": "/".join(map(str, subject)),
                        "responden": who,
                        "periode": period,
                        "bagian": instrument.part_of(answer.question).kode,
                        "pertanyaan": answer.question,
                        "teks": texts[answer.question],
                        "jawaban": answer.answer,
                        "skor": _decimal(percent(instrument, answer), 4),
                        "catatan": answer.remark,
                        "sumber": answer.cell,
                    }


SCORED = "dinilai"
_STATUS = {NOT_MEASURABLE: "N/A", NO_TARGET: "tidak ada target", NOT_SCORED: "belum dinilai"}


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
            "status_nilai": SCORED if scored else _STATUS[str(t.score)],
            "kategori": results.band(t),
            "kokreasi": t.cocreation,
            "data_dukung": t.evidence,
            "sumber": str(t.place),
        }


OGP = Resource(
    "ogp",
    (
        _COMMITMENT,
        CsvField(
            "judul",
            "string",
            Text("Judul", "Title"),
            Text("Judul komitmen dalam rencana aksi.", "Title of the commitment in the action plan."),
            always=True,
        ),
        CsvField(
            "completion",
            "string",
            Text("Penyelesaian menurut OGP", "Completion by OGP"),
            Text(
                "Tingkat pada skala OGP menurut aturan dalam params; kosong bila buktinya tidak ada.",
                "Level on OGP's scale by the rules of the params; empty where there is no evidence.",
            ),
            among="penyelesaian",
        ),
        CsvField(
            "evidence",
            "string",
            Text("Bukti", "Evidence"),
            Text(
                "Yang diserahkan menurut buku kerja, dipisah titik koma; Ada bila tidak disebut namanya.",
                "What was handed in as the workbooks say, with semicolons between; Ada where it has no name there.",
            ),
        ),
    ),
    ("komitmen",),
    Text("Penyelesaian komitmen", "Completion of commitments"),
    Text(
        "Satu baris untuk tiap komitmen: penyelesaiannya pada skala OGP, dan buktinya.",
        "A row for each commitment: its completion on OGP's scale, and the evidence.",
    ),
    commitments=True,
)


def completion_rows(results: Results) -> Iterator[Row]:
    """Yield the rows of `ogp.csv`; nothing where the params have no such scale."""
    titles = {c.commitment: c.title for c in results.data.commitments}
    for one in completions(results.data, results.edition.penilaian):
        yield {
            "komitmen": one.commitment,
            "judul": titles[one.commitment],
            "completion": one.level,
            "evidence": "; ".join(one.evidence),
        }


def optional_tables(results: Results) -> dict[Resource, list[Row]]:
    """Return the tables that only some editions have, with their rows."""
    tables = {
        PLAN_TARGETS: list(plan_rows(results)),
        REPORTS: list(report_rows(results)),
        JUDGEMENTS: list(judgement_rows(results)),
        INQUIRIES: list(question_rows(results)),
        AGREEMENT: list(agreement_rows(results)),
        REJUDGED_TABLE: list(rejudged_rows(results)),
        OBSTACLE_TABLE: list(obstacle_rows(results)),
        INDICATOR_TABLE: list(indicator_rows(results)),
    }
    tables[OGP] = list(completion_rows(results))
    tables[FOLLOW_UP_TABLE] = list(follow_up_rows(results))
    return {resource: rows for resource, rows in tables.items() if rows}


def rejudged_rows(results: Results) -> Iterator[Row]:
    """Yield the rows of `penilaian-kembali.csv`."""
    rules = results.edition.penilaian
    for one in judged_again(results.data, results.edition):
        row = one.row
        then = row.score if isinstance(row, Target) else None
        for item in one.rounds:
            yield {
                "komitmen": row.commitment,
                "uk": row.measure,
                "pelaksana": row.actor,
                "kelompok": row.group,
                "periode": row.period,
                "no": row.no,
                "nilai": _decimal(then, 4) if isinstance(then, Fraction) else "",
                "pada": item.at,
                "nilai_baru": _decimal(item.score, 4) if isinstance(item.score, Fraction) else "",
                "kategori_baru": band(item.score or Fraction(0), rules),
                "selesai": "ya" if is_finished(item.score, rules) else "",
                "data_dukung_baru": item.evidence,
                "alasan": item.reason,
                "sumber": str(item.place),
            }


def obstacle_rows(results: Results) -> Iterator[Row]:
    """Yield the rows of `hambatan.csv`."""
    group_of = {actor.actor: actor.group for actor in results.data.actors}
    for own in obstacles(results.data, results.edition):
        yield {
            "komitmen": own.commitment,
            "uk": own.measure or "",
            "pelaksana": own.actor,
            "kelompok": group_of.get(own.actor, ""),
            "periode": own.period,
            "no": own.no or "",
            "jenis": own.kind,
            "uraian": own.text,
            "dari": "sekretariat" if own.note else "pelaksana",
            "sumber": own.kind_cell,
        }


def indicator_rows(results: Results) -> Iterator[Row]:
    """Yield the rows of `indikator.csv`: one for each value; an indicator without any has one row, without period."""
    for own in results.data.indicators:
        for code, amount in own.values.items() or (("", None),):
            yield {
                "komitmen": own.commitment,
                "no": own.no,
                "indikator": own.indicator,
                "satuan": own.unit,
                "nilai_awal": _decimal(own.baseline.value, 4) if own.baseline else "",
                "nilai_sasaran": _decimal(own.goal.value, 4) if own.goal else "",
                "periode": code,
                "nilai": _decimal(amount.value, 4) if amount else "",
                "kemajuan": _decimal(progress(own, amount), 4) if amount else "",
                "sumber_nilai": own.source,
                "sumber": own.place.cell(f"value.{code}" if amount else "indicator"),
            }


def follow_up_rows(results: Results) -> Iterator[Row]:
    """Yield the rows of `tindak-lanjut.csv`; none where nothing is said of them beyond their words."""
    day = reference_day(results.edition)
    for f in results.data.followups if is_tracked(results.data.followups) else ():
        yield {
            "komitmen": f.commitment,
            "uk": f.measure or "",
            "asal": f.origin,
            "no": f.no,
            "uraian": f.text,
            "penanggung_jawab": f.responsible,
            "tenggat": f.due.isoformat() if f.due else "",
            "status": f.status,
            "keterangan": f.remark,
            "lewat_hari": days_over(f, day) or "",
            "sumber": str(f.place),
        }


def report_rows(results: Results) -> Iterator[Row]:
    """Yield the rows of `laporan-pelaksana.csv`: what came back in forms."""
    sent = {period.kode for period in results.edition.periode if period.masukan == SENT}
    for t in results.targets:
        planned = results.planned(t)
        if t.period in sent:
            yield {
                "komitmen": t.commitment,
                "uk": t.measure,
                "pelaksana": t.actor,
                "kelompok": t.group,
                "periode": t.period,
                "no": t.no,
                "capaian": t.achievement,
                "realisasi": _decimal(t.realised.value, 4) if t.realised else "",
                "satuan": planned.unit if planned else "",
                "kokreasi": t.cocreation_text,
                "data_dukung": t.evidence,
                "jenis_hambatan": t.obstacle,
                "hambatan": t.obstacle_text,
                "rencana": t.next_steps,
                "sumber": str(t.place),
            }


def _said(score: Fraction | str | None) -> str:
    return _decimal(score, 4) if isinstance(score, Fraction) else score or ""


def judgement_rows(results: Results) -> Iterator[Row]:
    """Yield the rows of `penilaian.csv`: what assessors said of targets that came back in forms."""
    for t in judged_targets(results):
        judged = t.judgement
        if judged and judged.begun:
            yield {
                "komitmen": t.commitment,
                "uk": t.measure,
                "pelaksana": t.actor,
                "kelompok": t.group,
                "periode": t.period,
                "no": t.no,
                "nilai_1": _said(judged.score),
                "nilai_2": _said(judged.score_2),
                "nilai_akhir": _said(judged.final_score),
                "status_1": judged.cocreation,
                "status_2": judged.cocreation_2,
                "status_akhir": judged.final_cocreation,
                "alasan": judged.reason,
                "bukti_diperiksa": judged.evidence_checked,
                "diperiksa_oleh": judged.assessor,
                "penilai_2": judged.assessor_2,
                "tanggal": f"{judged.day:%Y-%m-%d}" if judged.day else "",
                "keadaan": judged.state,
                "sumber": str(judged.place),
            }


def question_rows(results: Results) -> Iterator[Row]:
    """Yield the rows of `konfirmasi.csv`."""
    for q in results.data.questions:
        yield {
            "komitmen": q.commitment,
            "uk": q.measure,
            "pelaksana": q.actor,
            "periode": q.period,
            "no": q.no,
            "pertanyaan": q.question,
            "ditanyakan": q.asked.isoformat() if q.asked else "",
            "dijawab": q.answered.isoformat() if q.answered else "",
            "jawaban": q.answer,
            "status": q.state,
            "sumber": str(q.place),
        }


def agreement_rows(results: Results) -> Iterator[Row]:
    """Yield the rows of `kesepakatan.csv`: how far two assessors agree."""
    register = with_assessment(Register(), results)
    for what, scale in ((SCORES, "ordinal"), (STATUSES, "nominal")):
        share, alpha = (register.get(agreement_id(what, part)) for part in ("persen", "alfa"))
        if share:
            found = pairs(results, what)
            yield {
                "ukuran": what,
                "skala": scale,
                "pasangan": len(found.named),
                "sama": found.same,
                "bagian_sama": _decimal(share.exact, 4),
                "pasangan_alfa": len(found.values),
                "alfa": _decimal(alpha.value, 3) if alpha and isinstance(alpha.value, Fraction) else "",
            }


def plan_rows(results: Results) -> Iterator[Row]:
    """Yield the rows of `rencana.csv`: the plan as it was made, with what changed."""
    changes = {key_of(change): change for change in results.data.changes}
    for t in results.data.planned:
        change = changes.get(key_of(t))
        yield {
            "komitmen": t.commitment,
            "uk": t.measure,
            "pelaksana": t.actor,
            "periode": t.period,
            "no": t.no,
            "target": t.target,
            "kriteria": t.criteria,
            "satuan": t.unit,
            "nilai_awal": _decimal(t.baseline.value, 4) if t.baseline else "",
            "nilai_sasaran": _decimal(t.goal.value, 4) if t.goal else "",
            "tenggat": t.due.isoformat() if t.due else "",
            "perubahan": change.change if change else "",
            "menjadi": change.becomes if change else "",
            "keputusan": change.decision if change else "",
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
    for group in results.edition.groups:
        for period in (*(p.kode for p in results.edition.periode), ACCUMULATED):
            for name in names:
                count = register[recap_id(group, period, name)].value
                yield {"kelompok": group, "periode": period, "kategori": name, "jumlah": count}


def row_figures(results: Results) -> dict[str, list[str]]:
    """Return, by CSV file, the id of the figure that each row is about."""
    rules = results.edition.penilaian
    names = (*(band.nama for band in rules.kategori), rules.tidak_terukur, TOTAL)
    periods = (*(p.kode for p in results.edition.periode), ACCUMULATED)
    return {
        TARGETS.name: [target_id(t) for t in results.targets],
        COMMITMENTS.name: [f"{commitment_id(r.commitment.commitment)}.skor" for r in results.commitments],
        RECAP.name: [recap_id(g, p, name) for g in results.edition.groups for p in periods for name in names],
    }


def _lists(edition: Edition) -> dict[str, list[str]]:
    """Return the values that columns are held to, by the names that fields use."""
    rules = edition.penilaian
    bands = [*(band.nama for band in rules.kategori), rules.tidak_terukur]
    periods = [period.kode for period in edition.periode]
    return {
        "kelompok": [*map(str, edition.groups)],
        "periode": periods,
        "periode-akumulasi": [*periods, ACCUMULATED],
        "status": [SCORED, *_STATUS.values()],
        "kategori": bands,
        "kategori-total": [*bands, TOTAL],
        "kokreasi": [*rules.kokreasi.bobot],
        "kategori-kokreasi": [*(threshold.nama for threshold in rules.kokreasi.kategori)],
        "ya": ["ya"],
        "penyelesaian": [*get_args(Level), WITHDRAWN],
        "perubahan": [*CHANGES],
        "hambatan": [*OBSTACLES],
        "bukti": [*EVIDENCE_CHECKED],
        "pertanyaan": [*QUESTION_STATES],
        "kemajuan": [*PROGRESS],
        "banding": ["sama", "beda", "tidak dapat dihitung"],
        "revisi": ["r"],
    }


def _field(field: CsvField, lists: Mapping[str, list[str]], groups: Text) -> dict[str, object]:
    about = groups if field is _ACTOR_GROUP else field.about
    bounds = {"minimum": field.least, "maximum": field.most, "enum": lists.get(field.among)}
    constraints: dict[str, object] = {"required": True} if field.always else {}
    constraints |= {name: bound for name, bound in bounds.items() if bound is not None}
    return {
        "name": field.name,
        "type": field.type,
        "title": field.title.id,
        "title_en": field.title.en,
        "description": about.id,
        "description_en": about.en,
        **({"unit": field.unit.id, "unit_en": field.unit.en} if field.unit else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def _table(resource: Resource, lists: Mapping[str, list[str]], groups: Text) -> dict[str, object]:
    reference = {"fields": ["komitmen"], "reference": {"resource": COMMITMENTS.name, "fields": ["komitmen"]}}
    return {
        "name": resource.name,
        "path": f"{resource.name}.csv",
        "profile": "tabular-data-resource",
        "title": resource.title.id,
        "title_en": resource.title.en,
        "description": resource.about.id,
        "description_en": resource.about.en,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
        "schema": {
            "fields": [_field(field, lists, groups) for field in resource.fields],
            "missingValues": [""],
            **({"primaryKey": list(resource.key)} if resource.key else {}),
            **({"foreignKeys": [reference]} if resource.commitments else {}),
        },
    }


_OTHERS = (
    (
        "angka",
        "angka.json",
        "application/json",
        Text("Register angka", "Register of figures"),
        Text(
            "Setiap angka laporan: id, nilai, satuan, rumus, sel asal (sumber), dan bentuk cetaknya.",
            "Every figure of the report: id, value, unit, formula, source cells and printed form.",
        ),
    ),
    (
        "cetakan",
        "cetakan.json",
        "application/json",
        Text("Bilangan tercetak", "Printed numerals"),
        Text(
            "Setiap bilangan yang tercetak dalam laporan beserta asalnya; dipakai oleh monev verify.",
            "Every numeral that the report prints, with its origin; monev verify reads it.",
        ),
    ),
    (
        "tabel",
        "tabel.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Text("Tabel laporan", "Tables of the report"),
        Text(
            "Semua tabel laporan, satu tabel tiap lembar, dengan sampul, daftar isi, dan catatan.",
            "All tables of the report, one per sheet, with cover, contents and notes.",
        ),
    ),
)


def _other(name: str, path: str, mediatype: str, title: Text, about: Text) -> dict[str, object]:
    return {
        "name": name,
        "path": path,
        "profile": "data-resource",
        "title": title.id,
        "title_en": title.en,
        "description": about.id,
        "description_en": about.en,
        "format": path.rpartition(".")[2],
        "mediatype": mediatype,
    }


def datapackage(edition: Edition, resources: Sequence[Resource] = RESOURCES) -> dict[str, object]:
    """Return the Data Package descriptor of `data/` (Frictionless, version 1), in Indonesian and English.

    `title_en`, `description_en`, `unit` and `unit_en` are properties of our own, which the standard allows.
    """
    lists, groups = _lists(edition), _groups(edition)
    plan, secretariat = edition.nama.rencana, edition.nama.sekretariat
    return {
        "profile": "data-package",
        "name": re.sub(r"[^a-z0-9._-]+", "-", edition.edisi.casefold()),
        "title": full_title(edition),
        "description": f"Data laporan monitoring dan evaluasi {plan}: {coverage(edition.periode)}.",
        "description_en": f"Data of the monitoring and evaluation report on {plan}.",
        "version": edition.edisi,
        "keywords": [edition.nama.program, plan, edition.edisi],
        "contributors": [{"title": secretariat, "role": "publisher"}],
        "resources": [
            *(_table(resource, lists, groups) for resource in resources),
            *(_other(*other) for other in _OTHERS),
        ],
    }


def _groups(edition: Edition) -> Text:
    """Say what the names of the groups stand for."""
    if edition.has_usual_groups:
        return _USUAL_GROUPS
    told = ", ".join(f"{group} untuk {group.in_sentences}" for group in edition.groups)
    return Text(f"{told}.", "; ".join(f"{group}: {group.full}" for group in edition.groups) + ".")


_USUAL_SIGNS = (("K/L", "Kementerian atau lembaga pemerintah."), ("OMS", "Organisasi masyarakat sipil."))
_SIGNS = (
    ("UK", "Ukuran keberhasilan sebuah komitmen."),
    ("–", "Tidak ada angka: tidak ada yang dinilai atau dihitung."),
)


def notes(edition: Edition) -> list[tuple[str, str]]:
    """Return the terms that the tables use, each with its meaning: signs, periods, categories, statuses."""
    rules = edition.penilaian
    own = [(str(group), f"{group.full}.") for group in edition.groups]
    found = [*(_USUAL_SIGNS if edition.has_usual_groups else own), *_SIGNS]
    found += [(period.kode, f"Periode {period.label} Tahun {period.tahun}.") for period in edition.periode]
    for own_band in rules.kategori:
        meaning = MEANINGS[ADMINISTRATIVE, tone(own_band.nama, ADMINISTRATIVE, edition)]
        limits = f"nilai {own_band.dari} sampai {own_band.sampai} persen"
        found.append((own_band.nama, f"Kategori administratif, {limits}: {meaning}."))
    meaning = MEANINGS[ADMINISTRATIVE, "netral"]
    found.append((rules.tidak_terukur, f"Tidak dapat diukur karena bergantung pada pelaksana lain: {meaning}."))
    for threshold in rules.kokreasi.kategori:
        meaning = meaning_of(threshold.nama, edition)
        found.append((threshold.nama, f"Kategori ko-kreasi: {meaning}."))
    return found


def cover(edition: Edition) -> tuple[str, tuple[str, ...]]:
    """Return what the cover of the workbook of all tables says: its title, and the lines below it."""
    names = edition.nama
    lines = (names.rencana, coverage(edition.periode), names.sekretariat, f"Edisi {edition.edisi}")
    return f"{full_title(edition)}: semua tabel", lines
