"""A semester of thirty actors, played from the forms to the report: what was done is what the report tells."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from monev.build.quick_check import check
from monev.edition.edition_cache import opened_edition
from monev.io.source_cells import Sources
from played_round import FOLLOWED, Played, play, play_next
from support import render_here


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play_next(play(tmp_path_factory.mktemp("semester")))


@pytest.fixture(scope="module")
def report(played: Played) -> Path:
    (played.root / "susunan").mkdir()
    return render_here(played.root, played.edition, played.root / "susunan")


@pytest.fixture(scope="module")
def text(report: Path) -> str:
    pages = pypdfium2.PdfDocument(report / "laporan.pdf")
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def _data(report: Path, name: str) -> list[dict[str, str]]:
    with (report / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_report_is_verified(report: Path) -> None:
    found = check(report / "laporan.pdf", report.parents[1])
    told = [note.text() for note in found.notes if note.weight == "beda"]
    assert [text for text in told if "notebooks/" not in text] == []  # those were run in this process, without kernels


def test_scores_are_those_that_were_decided_and_end_at_their_cells(played: Played, report: Path) -> None:
    opened = opened_edition(played.root, played.edition)
    sources = Sources(played.root)
    assert len(opened.results.targets) == 120
    for target in (target for target in opened.results.targets if target.period == played.period):
        key = target.actor, target.no
        assert target.score == played.scores[key], key
        cell = sources.look(target.place.cell("score"))
        assert (cell.file, cell.shown()) == (played.assessment, str(played.scores[key]))
        words = sources.look(target.place.cell("achievement"))
        assert words.file.startswith(f"{played.folder}/kiriman/")
        assert words.shown() == target.achievement == played.words[key]
    for figure in opened.register:
        for source in (source for source in figure.sources if source.startswith("inputs/")):
            assert sources.look(source).found, (figure.id, source)


def test_questions_and_answers_are_told(played: Played, report: Path, text: str) -> None:
    everything = _data(report, "konfirmasi")
    rows = [row for row in everything if row["periode"] == played.period]
    assert [row["pertanyaan"] for row in rows] == played.questions
    assert {row["pertanyaan"]: row["jawaban"] for row in rows if row["jawaban"]} == played.answers
    states = Counter(row["status"] for row in rows)
    assert states == {"Dijawab": len(played.answers), "Ditutup": 1, "Dibatalkan": 1}
    register = opened_edition(played.root, played.edition).register
    ids = ("diajukan", "dijawab", "ditutup", "terbuka")
    answered = 2 * len(played.answers)  # both semesters asked the same
    assert [register[f"konfirmasi.{id_}"].value for id_ in ids] == [len(everything) - 2, answered, 2, 0]
    wanted = f"mengajukan {len(everything) - 2} pertanyaan kepada pelaksana: {answered} dijawab dan 2 ditutup"
    for words in (wanted, *played.answers.values(), "Alasan bagi LSM 30"):
        assert words in text, words
    assert "BELUM LENGKAP" not in text


def test_agreement_and_evidence_are_told(played: Played, report: Path) -> None:
    [scores, statuses] = _data(report, "kesepakatan")
    bands = [
        tuple("Baik" if s >= 70 else "Cukup" if s >= 51 else "Kurang" for s in pair) for pair in played.pairs.values()
    ]
    same = sum(one == two for one, two in bands)
    assert (int(scores["pasangan"]), int(scores["sama"])) == (2 * len(played.pairs), 2 * same)
    assert (statuses["sama"], statuses["alfa"]) == (statuses["pasangan"], "1")
    register = opened_edition(played.root, played.edition).register
    for answer, count in Counter(played.evidence.values()).items():
        assert register[f"pemeriksaan.bukti.{answer.lower().replace(' ', '-')}"].value == 2 * count
    assert register["pemeriksaan.berubah"].value == register["pemeriksaan.menunggu"].value == 0
    assert register["pemeriksaan.diputuskan"].value == 2 * sum(one != two for one, two in played.pairs.values())


def test_what_the_last_semester_left_returns(played: Played, report: Path, text: str) -> None:
    register = opened_edition(played.root, played.edition).register
    followed = _data(report, "tindak-lanjut")
    states = Counter(row["status"] for row in followed)
    assert states == Counter(FOLLOWED[n % len(FOLLOWED)] or "Belum" for n in range(8))
    again = _data(report, "penilaian-kembali")
    assert {(row["pelaksana"], int(row["no"])): float(row["nilai_baru"]) for row in again} == played.again
    told = [row["uraian"] for row in _data(report, "hambatan")]
    assert sorted(told) == sorted(played.obstacles)
    assert [row["indikator"] for row in _data(report, "indikator")][:1] == ["Dokumen diunduh 1"]
    for words in ("Dokumen diunduh 2", *played.obstacles, "Tindak lanjut 8"):
        assert words in text, words
    assert register["pemeriksaan.berubah"].value == 0
