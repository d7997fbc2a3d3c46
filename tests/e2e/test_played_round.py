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
from played_round import BOOK, EDITION, Played, play
from round import SENT
from support import render_here


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play(tmp_path_factory.mktemp("semester"))


@pytest.fixture(scope="module")
def report(played: Played) -> Path:
    (played.root / "susunan").mkdir()
    return render_here(played.root, EDITION, played.root / "susunan")


def _data(report: Path, name: str) -> list[dict[str, str]]:
    with (report / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_report_is_verified(report: Path) -> None:
    found = check(report / "laporan.pdf", report.parents[1])
    told = [note.text() for note in found.notes if note.weight == "beda"]
    assert [text for text in told if "notebooks/" not in text] == []  # those were run in this process, without kernels


def test_scores_are_those_that_were_decided_and_end_at_their_cells(played: Played, report: Path) -> None:
    opened = opened_edition(played.root, EDITION)
    sources = Sources(played.root)
    assert len(opened.results.targets) == 60
    for target in opened.results.targets:
        key = target.actor, target.no
        assert target.score == played.scores[key], key
        cell = sources.look(target.place.cell("score"))
        assert (cell.file, cell.shown()) == (BOOK, str(played.scores[key]))
        words = sources.look(target.place.cell("achievement"))
        assert words.file.startswith(SENT)
        assert words.shown() == target.achievement == played.words[key]
    for figure in opened.register:
        for source in (source for source in figure.sources if source.startswith("inputs/")):
            assert sources.look(source).found, (figure.id, source)


def test_questions_and_answers_are_told(played: Played, report: Path) -> None:
    rows = _data(report, "konfirmasi")
    assert [row["pertanyaan"] for row in rows] == played.questions
    assert {row["pertanyaan"]: row["jawaban"] for row in rows if row["jawaban"]} == played.answers
    states = Counter(row["status"] for row in rows)
    assert states == {"Dijawab": len(played.answers), "Ditutup": 1, "Dibatalkan": 1}
    register = opened_edition(played.root, EDITION).register
    ids = ("diajukan", "dijawab", "ditutup", "terbuka")
    assert [register[f"konfirmasi.{id_}"].value for id_ in ids] == [len(rows) - 1, len(played.answers), 1, 0]
    pages = pypdfium2.PdfDocument(report / "laporan.pdf")
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)
    wanted = f"mengajukan {len(rows) - 1} pertanyaan kepada pelaksana: {len(played.answers)} dijawab dan 1 ditutup"
    for words in (wanted, *played.answers.values(), "Alasan bagi LSM 30", "BELUM LENGKAP"):
        assert (words in text) is (words != "BELUM LENGKAP"), words


def test_agreement_and_evidence_are_told(played: Played, report: Path) -> None:
    [scores, statuses] = _data(report, "kesepakatan")
    bands = [
        tuple("Baik" if s >= 70 else "Cukup" if s >= 51 else "Kurang" for s in pair) for pair in played.pairs.values()
    ]
    same = sum(one == two for one, two in bands)
    assert (int(scores["pasangan"]), int(scores["sama"])) == (len(played.pairs), same)
    assert (statuses["sama"], statuses["alfa"]) == (statuses["pasangan"], "1")
    register = opened_edition(played.root, EDITION).register
    for answer, count in Counter(played.evidence.values()).items():
        assert register[f"pemeriksaan.bukti.{answer.lower().replace(' ', '-')}"].value == count
    assert register["pemeriksaan.berubah"].value == register["pemeriksaan.menunggu"].value == 0
    assert register["pemeriksaan.diputuskan"].value == sum(one != two for one, two in played.pairs.values())
