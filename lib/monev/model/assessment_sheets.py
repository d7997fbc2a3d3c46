"""The secretariat's workbook of assessment, described as data: scores beside the actors' words, and questions asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from monev.model.fields import ACHIEVEMENT, REPORT, Book, Column, Sheet
from monev.model.instruments import Instrument

ASSESSMENT_FILE = "penilaian.xlsx"
FITS, TO_COMPLETE, UNFIT = "Sesuai", "Perlu dilengkapi", "Tidak sesuai"
EVIDENCE_CHECKED = (FITS, TO_COMPLETE, UNFIT)
"""What an assessor says of the evidence of a target."""
OPEN, ANSWERED, CLOSED, CANCELLED = "Terbuka", "Dijawab", "Ditutup", "Dibatalkan"
QUESTION_STATES = (OPEN, ANSWERED, CLOSED, CANCELLED)
"""What becomes of a question: open, answered, closed without an answer, taken back."""
NOT_REPORTED, TO_JUDGE, DONE, CHANGED, DIFFERING, GONE = (
    "belum dilaporkan", "belum dinilai", "sudah dinilai", "berubah sesudah dinilai", "penilai berbeda",
    "barisnya tidak ada lagi",
)  # fmt: skip
"""How far the judging of a row is."""
WORDS = ("achievement", "realised", "cocreation_text", "evidence", "obstacle", "obstacle_text", "next_steps")
"""The columns that hold an actor's own words, by their names in code."""

_STATUS = ACHIEVEMENT.column("cocreation")


def _own(name: str, heading: str, kind: str, about: str, width: int, *, required: bool = False) -> Column:
    return Column(name, heading, kind, about, required=required, filled=False, width=width)  # type: ignore[arg-type]


def _told(name: str) -> Column:
    about = f"{REPORT.column(name).about} Kata-kata pelaksana; ditulis collect."
    width = _NARROW.get(name, 30)
    return Column(name, REPORT.column(name).heading, "text", about, required=False, filled=False, width=width)


def _known(name: str, heading: str, about: str, width: int) -> Column:
    return Column(name, heading, "text", f"{about}; ditulis collect.", required=False, filled=False, width=width)


_NARROW = {"realised": 11, "evidence": 22, "obstacle": 15}


_FIRST = (
    *(ACHIEVEMENT.column(name) for name in ACHIEVEMENT.key),
    _own("score", "Nilai", "score", "Angka 0 sampai 100, N/A, atau -; kosong selama belum dinilai.", 9, required=True),
    replace(_STATUS, about="Status proses ko-kreasi; kosong bila tidak dinilai."),
)
_LAST = (
    _own("reason", "Alasan Nilai", "text", "Mengapa nilainya demikian; dicetak dalam lampiran.", 40, required=True),
    Column(
        "evidence_checked", "Bukti Diperiksa", "choice", "Apakah data dukung sesuai dengan yang dilaporkan.",
        filled=False, choices=EVIDENCE_CHECKED, width=17,
    ),
    _own("assessor", "Diperiksa Oleh", "text", "Siapa yang menilai.", 18, required=True),
    _own(
        "day", "Tanggal", "moment", "Hari penilaian, misalnya 2022-07-20; jam boleh disertakan. Tanggal yang lebih "
        "baru menyatakan bahwa laporan yang berubah sudah dilihat lagi.", 14, required=True,
    ),
    _own("score_2", "Nilai 2", "score", "Nilai penilai kedua, bila ada.", 9),
    Column(
        "cocreation_2", "Status 2", "choice", "Status ko-kreasi menurut penilai kedua, bila ada.", required=False,
        filled=False, choices=_STATUS.choices, also=_STATUS.also, width=13,
    ),
    _own("assessor_2", "Penilai 2", "text", "Siapa penilai kedua.", 18),
    _own("final_score", "Nilai Akhir", "score", "Keputusan, bila kedua nilai berbeda.", 9),
    Column(
        "final_cocreation", "Status Akhir", "choice", "Keputusan, bila kedua status berbeda.", required=False,
        filled=False, choices=_STATUS.choices, also=_STATUS.also, width=13,
    ),
    _own("shown", "Sidik", "code", "Sidik kata-kata pelaksana yang tampil pada baris ini; ditulis collect.", 11),
    _own(
        "basis", "Dinilai Atas", "text", "Sidik dan tanggal yang dinilai; ditulis collect. Dihapus isinya: yang tampil "
        "sekarang sudah dilihat lagi.", 22,
    ),
)  # fmt: skip


def judging_sheet(instruments: Iterable[Instrument] = ()) -> Sheet:
    """Return sheet Penilaian with the columns of these instruments behind the co-creation status."""
    own = (column for instrument in instruments for column in instrument.columns())
    return Sheet(
        "Penilaian",
        (*_FIRST, *own, *_LAST),
        ACHIEVEMENT.key,
        "Satu baris untuk tiap target: kata-kata pelaksana, dan di sampingnya penilaian sekretariat.",
        context=(
            _known("state", "Keadaan", "Sejauh mana barisnya dinilai", 25),
            _known("measure_text", "Ukuran Keberhasilan", "Uraian UK menurut register", 30),
            _known("target", "Target", "Target menurut register", 30),
            _known("agreed", "Kriteria dan Sasaran", "Kapan target dianggap tercapai, menurut register", 26),
            *map(_told, WORDS),
        ),
    )


QUESTIONS = Sheet(
    "Konfirmasi",
    (
        *(ACHIEVEMENT.column(name) for name in ACHIEVEMENT.key),
        Column("question", "Pertanyaan", "text", "Apa yang ditanyakan kepada pelaksana tentang target itu.", width=50),
        _own("asked", "Ditanyakan", "date", "Tanggal ditanyakan, misalnya 2022-07-20.", 13, required=True),
        _own("answered", "Dijawab", "date", "Tanggal dijawab.", 13, required=True),
        _own("answer", "Jawaban", "text", "Jawaban pelaksana; dibawa collect dari formulirnya.", 50, required=True),
        Column(
            "status", "Status", "choice", "Terbuka sampai dijawab; Ditutup bila tidak perlu dijawab lagi; Dibatalkan "
            "bila tidak jadi ditanyakan. Kosong: Terbuka, atau Dijawab bila Jawaban terisi.",
            filled=False, choices=QUESTION_STATES, width=12,
        ),
    ),
    (*ACHIEVEMENT.key, "question"),
    "Pertanyaan kepada pelaksana, dan jawabannya.",
)  # fmt: skip


def assessment_book(instruments: Iterable[Instrument] = ()) -> Book:
    """Return the workbook of assessment with the columns of these instruments."""
    return Book("penilaian", ASSESSMENT_FILE, (judging_sheet(instruments), QUESTIONS), "Penilaian sekretariat.")
