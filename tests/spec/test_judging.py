"""Judging beside the actors' words, and asking back: the workbook of assessment as people use it."""

from __future__ import annotations

import io
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from monev.build.publication.open_matters import open_matters
from monev.display import markdown, open_data
from monev.display.parts.appendix import appendix
from monev.display.parts.completeness import reporting
from monev.display.parts.method import rule_basis
from monev.edition.collecting import Collected, collect
from monev.edition.forms import make_forms
from monev.edition.opened import Opened, open_edition
from monev.figures.register import reporting_id
from monev.io.inputs import read_inputs
from monev.model.fields import NOT_SCORED
from monev.rules.judgements import alpha
from monev.rules.tidy import Target
from monev.words.errors import InputError
from monev.words.findings import Finding
from round import EDITION, FOLDER, SENT, filled, make_round, reported
from support import once

DAY = datetime(2022, 7, 1, 9)
FILE = f"{FOLDER}/penilaian.xlsx"
BY = {"Diperiksa Oleh": "Ani", "Tanggal": datetime(2022, 7, 20)}
KEY = {"Komitmen": 1, "UK": 1, "Pelaksana": "Kem 1", "Periode": "B06", "No": 1}


class Desk:
    """A root in which two of four actors have reported, its workbook of assessment, and a clock."""

    def __init__(self, root: Path) -> None:
        self.root, self.now = root, DAY + timedelta(days=7)
        self.forms = root / "outputs" / "formulir" / EDITION

    def put(self, sheet: str, row: int, **values: object) -> None:
        """Write values into a row, by heading with `_` for spaces and hyphens kept."""
        self.change(lambda book: _fill(book[sheet], row, values))

    def change(self, change: Any) -> None:
        """Change the workbook as openpyxl opens it."""
        path = self.root / FILE
        book = load_workbook(path)
        change(book)
        book.save(path)

    def judge(self, row: int, score: object, **more: object) -> None:
        """Judge a row of data from 1."""
        self.put("Penilaian", row + 1, **{"Nilai": score, **BY, **more})

    def ask(self, row: int = 1, **values: object) -> None:
        """Ask something, in a row of data from 1."""
        asked = {"Pertanyaan": "Di mana dokumennya?", "Ditanyakan": datetime(2022, 7, 5)}
        self.put("Konfirmasi", row + 1, **{**KEY, **asked, **values})

    def send(self, actor: str, name: str, words: str, *changes: Any, **more: Any) -> None:
        """Put a filled form into the folder."""
        said = reported(words, **more) if words else {}
        (self.root / SENT / name).write_bytes(filled(self.forms / f"{actor}.xlsx", said, *changes))

    def collect(self) -> Collected:
        """Collect, a day later than the last time."""
        self.now += timedelta(days=1)
        return collect(self.root, EDITION, self.now)

    def rows(self, sheet: str = "Penilaian") -> list[dict[str, Any]]:
        """Return the rows of a sheet by heading."""
        heads, *rows = load_workbook(self.root / FILE)[sheet].iter_rows(values_only=True)
        return [dict(zip(map(str, heads), row, strict=True)) for row in rows if any(row)]

    def targets(self) -> list[Target]:
        """Return the targets as they are read."""
        return list(read_inputs(self.root, EDITION).data.targets)

    def found(self) -> list[Finding]:
        """Return the findings, without the state of the round and obstacles that nobody classified."""
        return [f for f in read_inputs(self.root, EDITION).findings if f.code not in ("D18", "D19", "O01")]

    def codes(self) -> Counter[str]:
        """Return how often each kind of finding is told."""
        return Counter(f.code for f in self.found())


def _fill(page: Any, row: int, values: Mapping[str, object]) -> None:
    at = {str(cell.value): cell.column for cell in page[1]}
    for heading, value in values.items():
        page.cell(row, at[heading.replace("_", " ")]).value = value


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        make_forms(make_round(folder, 4), EDITION)
        desk = Desk(folder)
        desk.send("Kem 1", "kem.xlsx", "Terbit", Realisasi=1, Jenis_Hambatan="Anggaran", Hambatan="Dana")
        desk.send("LSM 2", "lsm.xlsx", "Lokakarya")
        collect(folder, EDITION, DAY)

    return once(tmp_path_factory, "meja-penilai", make)


@pytest.fixture
def desk(tmp_path: Path, prepared: Path) -> Desk:
    return Desk(shutil.copytree(prepared, tmp_path / "akar"))


def test_collect_lays_the_words_beside_the_columns_to_fill(desk: Desk) -> None:
    rows = desk.rows()
    assert [(r["Pelaksana"], r["No"], r["Keadaan"], r["Capaian"], r["Realisasi"]) for r in rows] == [
        ("Kem 1", 1, "belum dinilai", "Terbit 1", "1"), ("Kem 1", 2, "belum dinilai", "Terbit 2", "1"),
        ("Kem 3", 1, "belum dilaporkan", None, None), ("Kem 3", 2, "belum dilaporkan", None, None),
        ("LSM 2", 1, "belum dinilai", "Lokakarya 1", None), ("LSM 2", 2, "belum dinilai", "Lokakarya 2", None),
        ("LSM 4", 1, "belum dilaporkan", None, None), ("LSM 4", 2, "belum dilaporkan", None, None),
    ]  # fmt: skip
    heads = list(rows[0])
    for names in (("Nilai", "Status Ko-Kreasi", "Terlaksana", "Dampak", "Alasan Nilai", "Bukti Diperiksa"),
                  ("Diperiksa Oleh", "Tanggal", "Nilai 2", "Status 2", "Nilai Akhir", "Status Akhir")):  # fmt: skip
        places = [heads.index(name) for name in names]
        assert places == sorted(places)
    page = load_workbook(desk.root / FILE)["Penilaian"]
    assert [page.cell(2, heads.index(name) + 1).protection.locked for name in ("No", "Capaian", "Sidik", "Nilai")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert desk.codes() == {}


def test_a_score_ends_at_the_assessors_cell_and_words_at_the_actors(desk: Desk) -> None:
    desk.judge(1, 80, **{"Status Ko-Kreasi": "Aktif", "Terlaksana": "Ya", "Alasan Nilai": "Sudah terbit"})
    first = desk.targets()[0]
    assert (first.score, first.cocreation, first.answers) == (80, "Aktif", {"prinsip-evaluasi.terlaksana": "Ya"})
    assert first.place.cell("score") == f"{FILE}!Penilaian!Q2"
    assert first.place.cell("achievement") == f"{SENT}/kem.xlsx!Laporan!K2"
    opened = open_edition(desk.root, EDITION)
    assert opened.register["target.01-1-kem-1-b06-1"].sources == (f"{FILE}!Penilaian!Q2",)
    assert opened.register["komitmen.01.skor"].value == 80


def test_collect_overwrites_nothing_that_an_assessor_wrote(desk: Desk) -> None:
    def styled(book: Any) -> None:
        page = book["Penilaian"]
        page["Y2"].value, page["Y2"].font = "Alasan panjang", Font(bold=True, color="FF0000")
        page["AK2"].value = "catatan saya"

    desk.judge(1, 80)
    desk.change(styled)
    before = {name: value for name, value in desk.rows()[0].items() if name not in ("Keadaan", "Dinilai Atas")}
    desk.send("Kem 3", "baru.xlsx", "Susulan")
    made = desk.collect()
    assert {name: value for name, value in desk.rows()[0].items() if name in before} == before
    page = load_workbook(desk.root / FILE)["Penilaian"]
    assert (page["Y2"].font.b, page["AK2"].value) == (True, "catatan saya")
    assert made.assessment
    assert made.assessment.aside == f"{FOLDER}/cadangan/penilaian-1.xlsx"
    assert [row["Keadaan"] for row in desk.rows()[:3]] == ["sudah dinilai", "belum dinilai", "belum dinilai"]


def test_nothing_new_changes_no_byte(desk: Desk) -> None:
    desk.judge(1, 80)
    desk.collect()
    before = (desk.root / FILE).read_bytes()
    made = desk.collect()
    assert (desk.root / FILE).read_bytes() == before
    assert made.assessment
    assert made.assessment.aside == ""


def test_what_is_sent_anew_marks_the_row_until_somebody_looks_again(desk: Desk) -> None:
    desk.judge(1, 80)
    desk.judge(2, 70)
    other = lambda page, at: setattr(page.cell(2, at["Capaian"]), "value", "Dua dokumen terbit")  # noqa: E731
    desk.send("Kem 1", "kem baru.xlsx", "Terbit", other, Realisasi=1, Jenis_Hambatan="Anggaran", Hambatan="Dana")
    made = desk.collect()
    assert made.assessment
    assert [key[-1] for key in made.assessment.changed] == [1]
    assert [(r["Keadaan"], r["Capaian"], r["Nilai"]) for r in desk.rows()[:2]] == [
        ("berubah sesudah dinilai", "Dua dokumen terbit", 80), ("sudah dinilai", "Terbit 2", 70),
    ]  # fmt: skip
    [finding] = desk.found()
    assert (finding.code, finding.sheet, finding.cell) == ("Q02", "Penilaian", "AB2")
    assert "kem baru.xlsx, sel K2" in finding.line()
    assert desk.targets()[0].score == 80
    desk.judge(1, 90)  # the same day: nobody says that it was looked at again
    assert desk.codes() == {"Q02": 1}
    desk.judge(1, 90, Tanggal=datetime(2022, 7, 20, 15, 30))
    assert desk.codes() == {}
    desk.collect()
    assert desk.rows()[0]["Keadaan"] == "sudah dinilai"
    assert str(desk.rows()[0]["Dinilai Atas"]).endswith(" 2022-07-20 15:30:00")


def test_a_cleared_stamp_says_the_same_as_a_later_day(desk: Desk) -> None:
    desk.judge(1, 80)
    desk.collect()
    desk.send("Kem 1", "kem baru.xlsx", "Dua terbit", Realisasi=1, Jenis_Hambatan="Anggaran", Hambatan="Dana")
    desk.collect()
    assert desk.codes() == {"Q02": 1}
    desk.put("Penilaian", 2, Dinilai_Atas=None)
    assert desk.codes() == {}


def test_rows_that_do_not_show_the_last_form_are_told(desk: Desk) -> None:
    desk.judge(1, 80)
    _sent_unseen(desk)
    assert desk.codes() == {"Q02": 1, "Q07": 1}
    made = desk.collect()
    assert made.assessment
    assert made.assessment.renewed == 2
    assert desk.codes() == {"Q02": 1}


def _sent_unseen(desk: Desk) -> None:
    """Register a new form while the workbook of assessment is away, as if somebody put an older one back."""
    path = desk.root / FILE
    kept = path.read_bytes()
    path.unlink()
    desk.send("Kem 1", "kem baru.xlsx", "Tiga terbit")
    desk.collect()
    path.write_bytes(kept)


# Two assessors ------------------------------------------------------------------------------------------------


def test_where_two_assessors_differ_the_score_waits_for_a_decision(desk: Desk) -> None:
    two = {"Status Ko-Kreasi": "Aktif", "Penilai 2": "Budi"}
    desk.judge(1, 80, **two, **{"Nilai 2": 80, "Status 2": "Aktif"})
    desk.judge(2, 80, **two, **{"Nilai 2": 60, "Status 2": "Pasif"})
    desk.judge(5, "N/A", **two, **{"Nilai 2": "n/a", "Status 2": "Aktif"})
    assert [(str(t.score), t.cocreation) for t in desk.targets()] == [
        ("80", "Aktif"), (NOT_SCORED, ""), ("N/A", "Aktif"), (NOT_SCORED, ""),
    ]  # fmt: skip
    assert [(f.code, f.cell) for f in desk.found() if f.code == "Q03"] == [("Q03", "AF3"), ("Q03", "AG3")]
    desk.put("Penilaian", 3, **{"Nilai Akhir": 70, "Status Akhir": "Semi-Aktif"})
    decided = desk.targets()[1]
    assert (decided.score, decided.cocreation) == (70, "Semi-Aktif")
    assert decided.place.cell("score") == f"{FILE}!Penilaian!AF3"
    assert "Q03" not in desk.codes()


def test_two_assessors_with_one_empty(desk: Desk) -> None:
    desk.judge(1, 80, **{"Nilai 2": 80})
    desk.judge(2, 70)
    desk.put("Penilaian", 6, **{"Nilai 2": 50, **BY})
    assert [str(t.score) for t in desk.targets()] == ["80", "70", NOT_SCORED, NOT_SCORED]
    assert [(f.code, f.cell) for f in desk.found()] == [("Q04", "AC3"), ("Q12", "Q6")]


def test_agreement_is_told_as_data_and_in_the_method(desk: Desk) -> None:
    for row, (one, two) in zip((1, 2, 5, 6), ((80, 80), (60, 40), (90, 95), (20, 30)), strict=True):
        desk.judge(row, one, **{"Nilai 2": two, "Nilai Akhir": one})
    opened = open_edition(desk.root, EDITION)
    kinds = [[opened.results.band(_scored(t, name)) for t in opened.results.targets] for name in ("score", "score_2")]
    same = sum(one == two for one, two in zip(*kinds, strict=True))
    [row] = open_data.agreement_rows(opened.results)
    assert (row["ukuran"], row["pasangan"], row["sama"]) == ("nilai", 4, same)
    assert float(str(row["alfa"])) == pytest.approx(float(_alpha(kinds)), abs=0.0005)
    words = markdown.section(rule_basis(opened.results, opened.register))
    assert 'key="kesepakatan.nilai.alfa"' in words
    assert opened.register["kesepakatan.nilai.alfa"].sources[:2] == (f"{FILE}!Penilaian!Q2", f"{FILE}!Penilaian!AC2")


def _scored(target: Target, name: str) -> Any:
    from dataclasses import replace

    return replace(target, score=getattr(target.judgement, name))


def _alpha(kinds: Sequence[Sequence[str]]) -> Fraction:
    order = {"Kurang": 0, "Cukup": 1, "Baik": 2}
    return exact_alpha([(order[one], order[two]) for one, two in zip(*kinds, strict=True)], ordinal=True)


def exact_alpha(pairs: Sequence[tuple[int, int]], *, ordinal: bool) -> Fraction:
    """Reckon the alpha of two assessors in fractions, by its definition."""
    held = Counter(value for pair in pairs for value in pair)
    total = sum(held.values())

    def distance(one: int, two: int) -> Fraction:
        if not ordinal:
            return Fraction(one != two)
        low, high = sorted((one, two))
        between = sum(count for value, count in held.items() if low <= value <= high)
        return (between - Fraction(held[one] + held[two], 2)) ** 2

    seen = sum((2 * distance(one, two) for one, two in pairs), Fraction(0)) / total
    chance = sum((held[c] * held[k] * distance(c, k) for c, k in product(held, held)), Fraction(0))
    return 1 - seen / (chance / (total * (total - 1)))


@pytest.mark.parametrize("ordinal", [True, False])
def test_alpha_is_that_of_an_exact_reckoning(ordinal: bool) -> None:
    pairs = [(0, 0), (1, 2), (2, 2), (2, 1), (0, 2), (1, 1), (2, 2)]
    value = alpha(pairs, ordinal=ordinal)
    assert value is not None
    assert abs(value - exact_alpha(pairs, ordinal=ordinal)) <= Fraction(1, 2000)
    assert alpha([(1, 1), (1, 1)], ordinal=ordinal) is None


# Asking back --------------------------------------------------------------------------------------------------


def test_a_second_round_carries_questions_and_brings_answers_back(desk: Desk) -> None:
    desk.judge(1, 80)
    desk.ask()
    desk.ask(2, Pertanyaan="Berapa pesertanya?", Status="Terbuka")
    desk.ask(3, Pertanyaan="Sudah batal", Status="Dibatalkan")
    made = make_forms(desk.root, EDITION)
    assert {form.actor.actor: form.questions for form in made.forms if form.questions} == {"Kem 1": 2}
    heads, first, second = load_workbook(desk.forms / "Kem 1.xlsx")["Laporan"].iter_rows(values_only=True)
    assert heads[-4:] == ("Pertanyaan", "Jawaban", "Pertanyaan 2", "Jawaban 2")
    assert first[-4:] == ("Di mana dokumennya?", None, "Berapa pesertanya?", None)
    assert second[-4:] == (None, None, None, None)
    assert (first[10], first[11], first[15]) == ("Terbit 1", 1, "Dana")  # what was told is there already
    assert "Pertanyaan" not in [c.value for c in load_workbook(desk.forms / "LSM 2.xlsx")["Laporan"][1]]

    def answered(page: Any, at: Mapping[str, int]) -> None:
        page.cell(2, at["Jawaban 2"]).value = "40 orang"

    desk.send("Kem 1", "jawaban.xlsx", "", answered)
    made_now = desk.collect()
    assert made_now.assessment
    assert (made_now.assessment.answered, made_now.assessment.renewed) == (1, 0)
    assert [(q["Jawaban"], q["Dijawab"], q["Status"]) for q in desk.rows("Konfirmasi")] == [
        (None, None, None), ("40 orang", "2022-07-09", "Dijawab"), (None, None, "Dibatalkan"),
    ]  # fmt: skip
    assert desk.rows()[0]["Keadaan"] == "berubah sesudah dinilai"  # the answer may change the score
    assert desk.codes() == {"Q02": 1}
    register = open_edition(desk.root, EDITION).register
    ids = ("konfirmasi.diajukan", "konfirmasi.dijawab", "konfirmasi.terbuka")
    assert [(register[id_].value, register[id_].sources) for id_ in ids] == [
        (2, (f"{FILE}!Konfirmasi!F2", f"{FILE}!Konfirmasi!F3")), (1, (f"{FILE}!Konfirmasi!I3",)),
        (1, (f"{FILE}!Konfirmasi!J2",)),
    ]  # fmt: skip


def test_an_answer_that_is_there_is_never_overwritten(desk: Desk) -> None:
    desk.ask(Jawaban="Lewat telepon: di laman", Dijawab=datetime(2022, 7, 6))
    desk.ask(2, Pertanyaan="Yang lain?")
    make_forms(desk.root, EDITION)
    desk.put("Konfirmasi", 3, Jawaban="Sudah", Dijawab=datetime(2022, 7, 7), Status="Dijawab")

    def answered(page: Any, at: Mapping[str, int]) -> None:
        page.cell(2, at["Jawaban"]).value = "Belum"

    desk.send("Kem 1", "jawaban.xlsx", "", answered)
    desk.collect()
    assert [q["Jawaban"] for q in desk.rows("Konfirmasi")] == ["Lewat telepon: di laman", "Sudah"]
    [finding] = desk.found()
    assert (finding.code, finding.cell) == ("Q19", "I3")
    assert "'Belum'" in finding.line()


def test_five_hundred_questions(desk: Desk) -> None:
    def many(book: Any) -> None:
        page = book["Konfirmasi"]
        for n in range(500):
            page.append([1, 1, "Kem 1", "B06", n % 2 + 1, f"Pertanyaan nomor {n}", datetime(2022, 7, 5)])

    desk.change(many)
    form = next(form for form in make_forms(desk.root, EDITION).forms if form.actor.actor == "Kem 1")
    assert (form.questions, form.waiting) == (40, 460)

    def answered(page: Any, at: Mapping[str, int]) -> None:
        for n in range(1, 21):
            page.cell(3, at["Jawaban" + (f" {n}" if n > 1 else "")]).value = f"Jawaban {n}"

    desk.send("Kem 1", "jawaban.xlsx", "", answered)
    made = desk.collect()
    assert made.assessment
    assert made.assessment.answered == 20
    assert [q["Jawaban"] for q in desk.rows("Konfirmasi")[:4]] == [None, "Jawaban 1", None, "Jawaban 2"]


# Bad input ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"Ditanyakan": None}, {("Q14", "G2")}),
        ({"Dijawab": datetime(2022, 7, 1), "Jawaban": "Ya"}, {("Q15", "H2")}),
        ({"Jawaban": "Ya", "Dijawab": datetime(2022, 7, 6), "Status": "Terbuka"}, {("Q16", "J2")}),
        ({"Status": "Dijawab"}, {("Q17", "I2")}),
        ({"Jawaban": "Ya"}, {("Q21", "H2")}),
        ({"No": 9}, {("Q13", "E2")}),
        ({"Status": "Ragu"}, {("C03", "J2")}),
        ({"Pertanyaan": None}, {("C01", "F2")}),
    ],
)
def test_an_odd_question_is_named_at_its_cell(desk: Desk, values: dict[str, object], told: set[Any]) -> None:
    desk.ask(**values)
    assert {(f.code, f.cell) for f in desk.found()} == told


@pytest.mark.parametrize(
    ("row", "values", "told"),
    [
        (2, {"Nilai": 120}, {("C02", "Q2")}),
        (2, {"Nilai": 80, "Terlaksana": "Mungkin"}, {("C03", "S2")}),
        (2, {"Nilai": 80, "Bukti Diperiksa": "Entah"}, {("C03", "Z2")}),
        (2, {"Nilai": 80, "Tanggal": "kemarin"}, {("C25", "AB2")}),
        (2, {"Nilai": 80, "Tanggal": None}, {("Q09", "AB2")}),
        (4, {"Nilai": 80}, {("Q01", "Q4")}),
        (3, {"No": 1}, {("K01", "E3"), ("Q08", "")}),
        (3, {"No": 7}, {("Q05", "E3"), ("Q08", "")}),
        (2, {"Capaian": "Sepuluh dokumen terbit"}, {("Q06", "J2")}),
    ],
)
def test_an_odd_row_is_named_at_its_cell(desk: Desk, row: int, values: dict[str, object], told: set[Any]) -> None:
    desk.put("Penilaian", row, **{**(BY if "Nilai" in values else {}), **values})
    assert {(f.code, f.cell) for f in desk.found()} == told


def test_everything_odd_is_told_in_one_pass(desk: Desk) -> None:
    desk.judge(1, 120)
    desk.judge(3, 80)
    desk.put("Penilaian", 7, Capaian="Disunting")
    desk.ask(No=9, Ditanyakan=None)
    assert desk.codes() == {"C02": 1, "Q01": 1, "Q06": 1, "Q13": 1, "Q14": 1}


def test_words_that_were_edited_by_hand_do_not_win_and_are_put_back(desk: Desk) -> None:
    desk.put("Penilaian", 2, Capaian="Sepuluh dokumen terbit")
    assert desk.targets()[0].achievement == "Terbit 1"
    made = desk.collect()
    assert made.assessment
    assert [(c.cell, c.was, c.now) for c in made.assessment.restored] == [("J2", "Sepuluh dokumen terbit", "Terbit 1")]
    assert desk.rows()[0]["Capaian"] == "Terbit 1"
    aside = load_workbook(desk.root / made.assessment.aside)["Penilaian"]
    assert aside["J2"].value == "Sepuluh dokumen terbit"


def test_a_missing_sheet_or_column_is_named(desk: Desk) -> None:
    def without(book: Any) -> None:
        del book["Konfirmasi"]
        page = book["Penilaian"]
        page.delete_cols(26)

    desk.change(without)
    assert {(f.code, f.sheet) for f in desk.found()} == {("Q11", ""), ("S02", "Penilaian")}
    before = (desk.root / FILE).read_bytes()
    desk.collect()
    assert (desk.root / FILE).read_bytes() == before


def test_an_open_or_damaged_workbook(desk: Desk) -> None:
    lock = desk.root / FOLDER / "~$penilaian.xlsx"
    lock.write_bytes(b"")
    assert desk.codes() == {"F05": 1}
    desk.send("Kem 3", "baru.xlsx", "Susulan")
    with pytest.raises(InputError, match="sedang dibuka"):
        desk.collect()
    lock.unlink()
    content = (desk.root / FILE).read_bytes()
    (desk.root / FILE).write_bytes(content[: len(content) // 2])
    assert desk.codes()["F02"] == 1
    desk.collect()
    assert (desk.root / FILE).read_bytes() == content[: len(content) // 2]
    with pytest.raises(InputError):
        make_forms(desk.root, EDITION)


def test_an_unreadable_form_takes_no_words_away(desk: Desk) -> None:
    desk.judge(1, 80)
    desk.collect()
    path = desk.root / SENT / "kem.xlsx"
    kept = path.read_bytes()
    path.unlink()
    desk.collect()
    assert desk.rows()[0]["Capaian"] == "Terbit 1"
    assert desk.codes() == {"D15": 1}
    path.write_bytes(kept)
    assert desk.codes() == {}


def test_a_row_that_is_gone_stays_and_is_named(desk: Desk) -> None:
    desk.judge(2, 80)
    path = desk.root / FOLDER / "rencana-aksi.xlsx"
    book = load_workbook(path)
    page = book["Target"]
    number = next(row[0].row for row in page.iter_rows(min_row=2) if (row[2].value, row[4].value) == ("Kem 1", 2))
    page.delete_rows(number)
    book.save(path)
    desk.send(
        "Kem 1",
        "kem baru.xlsx",
        "Terbit",
        lambda page, at: page.delete_rows(3),
        Realisasi=1,
        Jenis_Hambatan="Anggaran",
        Hambatan="Dana",
    )
    made = desk.collect()
    assert made.assessment
    assert [key[-1] for key in made.assessment.gone] == [2]
    assert [(r["No"], r["Keadaan"], r["Nilai"]) for r in desk.rows()[:2]] == [
        (1, "belum dinilai", None), (2, "barisnya tidak ada lagi", 80),
    ]  # fmt: skip
    assert desk.codes() == {"Q05": 1}


def test_without_its_stamps_the_words_that_show_tell(desk: Desk) -> None:
    def without(book: Any) -> None:
        page = book["Penilaian"]
        page.delete_cols(34, 2)

    desk.judge(1, 80)
    desk.change(without)
    assert desk.codes() == {"Q10": 1}
    desk.put("Penilaian", 2, Capaian="Lain")
    assert desk.codes() == {"Q10": 1, "Q02": 1}


def test_beside_workbooks_of_achievements_it_is_not_read(desk: Desk) -> None:
    params = desk.root / "params" / f"{EDITION}.yml"
    params.write_text(params.read_text("utf-8").replace("masukan: kiriman", "masukan: capaian"), "utf-8")
    assert desk.codes()["Q23"] == 1


# The report -----------------------------------------------------------------------------------------------------


@pytest.fixture
def told(desk: Desk) -> Opened:
    desk.judge(1, 80, **{"Alasan Nilai": "Dua dari tiga", "Bukti Diperiksa": "Sesuai", "Status Ko-Kreasi": "Aktif"})
    desk.judge(2, 40, **{"Nilai 2": 60, "Bukti Diperiksa": "Tidak sesuai"})
    desk.ask(Jawaban="Di laman", Dijawab=datetime(2022, 7, 8))
    desk.ask(2, Pertanyaan="Berapa?")
    return open_edition(desk.root, EDITION)


def test_the_appendix_tells_reasons_evidence_and_questions(told: Opened) -> None:
    words = " ".join(markdown.section(appendix(told.results, told.register, 1)).replace("\\", "").split())
    for part in ("Dua dari tiga", "Alasan nilai:", "Bukti diperiksa:", "20 Juli 2022", "Menunggu keputusan:",
                 "Di mana dokumennya?", "Di laman", "Belum dijawab."):  # fmt: skip
        assert part in words, part
    assert f"{FILE}!Penilaian!Y2" in words


def test_the_method_counts_questions_and_checks(told: Opened) -> None:
    words = " ".join(markdown.section(rule_basis(told.results, told.register)).split())
    assert "konfirmasi.diajukan" in words
    assert [told.register[f"pemeriksaan.bukti{part}"].value for part in ("", ".sesuai", ".tidak-sesuai")] == [2, 1, 1]
    assert told.register["pemeriksaan.menunggu"].value == 1


def test_without_judging_nothing_of_it_is_there(desk: Desk) -> None:
    (desk.root / FILE).unlink()
    opened = open_edition(desk.root, EDITION)
    assert not [f.id for f in opened.register if f.id.startswith(("konfirmasi", "pemeriksaan", "kesepakatan"))]
    assert rule_basis(opened.results, opened.register).blocks == ()
    there = {table.name for table in open_data.optional_tables(opened.results)}
    assert there & {"rencana", "penilaian", "konfirmasi", "kesepakatan"} == {"rencana"}


def test_a_release_waits_for_open_questions(desk: Desk, told: Opened) -> None:
    [finding] = open_matters(desk.root, told.inputs.edition)
    assert (finding.code, finding.file, finding.cell) == ("Q22", FILE, "F3")
    assert "1 pertanyaan" in finding.line()


def test_the_workbook_is_the_same_each_time(desk: Desk) -> None:
    first = (desk.root / FILE).read_bytes()
    (desk.root / FILE).unlink()
    desk.collect()
    assert io.BytesIO((desk.root / FILE).read_bytes()).getvalue() == first


def test_words_beside_a_target_that_nobody_reported_are_named(desk: Desk) -> None:
    desk.put("Penilaian", 4, Capaian="Menurut telepon sudah terbit")
    assert [(f.code, f.cell) for f in desk.found()] == [("Q24", "J4")]
    desk.collect()
    assert desk.found() == []


@pytest.mark.parametrize(
    ("values", "cell"), [({"Ditanyakan": "kemarin"}, "G2"), ({"Jawaban": "Ya", "Dijawab": "kemarin"}, "H2")]
)
def test_what_cannot_be_read_of_a_question_is_told_once(desk: Desk, values: dict[str, object], cell: str) -> None:
    desk.ask(**values)
    assert [(f.code, f.cell) for f in desk.found()] == [("C25", cell)]


def test_without_the_sheet_of_questions_nothing_goes_on(desk: Desk) -> None:
    """A release waits for open questions; a sheet that is gone would let it pass."""
    desk.ask()
    desk.change(lambda book: book.remove(book["Konfirmasi"]))
    assert [(f.code, f.weight) for f in desk.found()] == [("Q11", "error")]


def test_a_row_of_a_form_without_an_achievement_is_named(desk: Desk) -> None:
    desk.send("Kem 3", "kem3.xlsx", "", lambda page, at: setattr(page.cell(2, at["Realisasi"]), "value", 2))
    desk.collect()
    assert [(f.code, f.cell, f.details["columns"]) for f in desk.found()] == [("D24", "K2", "Realisasi")]


def test_a_form_of_a_second_round_keeps_the_words_of_a_faulty_row(desk: Desk) -> None:
    desk.send("Kem 3", "kem3.xlsx", "Hampir terbit", Realisasi="banyak", Rencana="Lanjut")
    desk.collect()
    make_forms(desk.root, EDITION)
    page = load_workbook(desk.forms / "Kem 3.xlsx")["Laporan"]
    at = {str(cell.value): cell.column for cell in page[1]}
    told = [page.cell(2, at[name]).value for name in ("Capaian", "Realisasi", "Data Dukung", "Rencana")]
    assert told == ["Hampir terbit 1", None, "Ada", "Lanjut"]


def test_the_completeness_of_a_score_without_a_report_is_told(desk: Desk) -> None:
    desk.send("Kem 3", "kem3.xlsx", "", lambda page, at: setattr(page.cell(2, at["Realisasi"]), "value", 2))
    desk.collect()
    desk.judge(3, 40)
    opened = open_edition(desk.root, EDITION)
    assert opened.register[f"{reporting_id(None)}.tidak-diketahui"].value == 1
    text = markdown.section(reporting(opened.results, opened.register))
    assert "Target yang hanya bernilai" in text
