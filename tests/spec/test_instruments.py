"""An instrument is one file of questions: its sheets, checks, scores, figures and section come from it alone.

Scores are recomputed here by hand from the answers that the tests write.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook

from monev.audit.figure_comparison import inconsistent, rows_by_id
from monev.display import markdown, open_data
from monev.display.parts import instrument_sections
from monev.edition.book_update import update
from monev.edition.opened import Opened, open_edition
from monev.figures.instrument_results import instrument_result
from monev.io.folders import REPOSITORY
from monev.io.instrument_files import SHIPPED, shipped
from monev.io.params_file import load_placed
from monev.model.fields import GROUPS
from monev.model.instruments import Instrument, faults
from monev.notebook import Laporan
from monev.words.findings import Finding
from plans import EDITION, FOUR_GROUPS, MadePlan, make_plan
from support import change, column, findings_of, monev

CODE = "mutu"
GALLERY = REPOSITORY / "docs" / "instrumen"
TEXT = """\
kode: mutu
nama: Mutu Layanan
sumber: buatan uji
tentang: komitmen
responden: [sekretariat, kelompok]
skala:
  tingkat:
    - {nama: Kurang, nilai: 1}
    - {nama: Cukup, nilai: 2}
    - {nama: Baik, nilai: 3}
    - {nama: N/A}
bagian:
  - kode: satu
    nama: Bagian Satu
    pertanyaan:
      - {kode: s1, teks: "Apakah jelas?"}
      - {kode: s2, teks: "Apakah cepat?"}
  - kode: dua
    nama: Bagian Dua
    pertanyaan:
      - {kode: d1, teks: "Apakah adil?"}
"""
WHO = ("sekretariat", "kl", "oms")
FOLDER = "inputs/B12"

Given = Mapping[tuple[int, str], str]
"""Answers by commitment and question."""


def file_of(who: str, folder: str = FOLDER, code: str = CODE) -> str:
    return f"{folder}/instrumen-{code}-{who}.xlsx"


def asking(tmp_path: Path, text: str = TEXT, plan: MadePlan | None = None, code: str = CODE) -> Path:
    """Make a plan that asks an instrument of its own."""
    root = make_plan(tmp_path / "akar", plan or MadePlan(commitments=2))
    place = root / f"params/instrumen/{code}.yml"
    place.parent.mkdir()
    place.write_text(text, "utf-8")
    params = root / f"params/{EDITION}.yml"
    params.write_text(params.read_text("utf-8") + f"instrumen: [{code}]\n", "utf-8")
    return root


def fill(root: Path, who: str, answers: Given, folder: str = FOLDER) -> None:
    """Answer what a respondent was asked."""

    def edit(book: Any) -> None:
        sheet = book["Jawaban"]
        heads = [cell.value for cell in sheet[1]]
        at = {name: heads.index(name) + 1 for name in ("Komitmen", "Pertanyaan", "Jawaban")}
        for row in range(2, sheet.max_row + 1):
            key = sheet.cell(row, at["Komitmen"]).value, sheet.cell(row, at["Pertanyaan"]).value
            sheet.cell(row, at["Jawaban"], answers.get(key))

    change(root, file_of(who, folder), edit)


ANSWERS: Mapping[str, Given] = {
    "sekretariat": {(1, "s1"): "Baik", (1, "s2"): "Cukup", (1, "d1"): "Kurang", (2, "s1"): "Cukup", (2, "d1"): "N/A"},
    "kl": {(1, "s1"): "baik", (1, "s2"): "Kurang", (1, "d1"): "Kurang", (2, "s1"): "Cukup"},
    "oms": {(1, "s1"): "Kurang", (1, "d1"): "Kurang"},
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = asking(tmp_path_factory.mktemp("instrumen"))
    update(root, EDITION)
    for who, answers in ANSWERS.items():
        fill(root, who, answers)
    return root


@pytest.fixture(scope="module")
def opened(asked: Path) -> Opened:
    return open_edition(asked, EDITION)


def printed(opened: Opened, id_: str) -> str:
    return opened.register[f"instrumen.{CODE}.{id_}"].printed


def codes(found: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in found if finding.code[0] in "IPKC"]


# Sheets -------------------------------------------------------------------------------------------------------


def test_update_makes_a_workbook_for_each_respondent(asked: Path) -> None:
    book = load_workbook(asked / file_of("kl"))
    assert book.sheetnames[:2] == ["Petunjuk", "Jawaban"]
    sheet = book["Jawaban"]
    heads = [cell.value for cell in sheet[1]]
    assert heads == ["Komitmen", "Pertanyaan", "Judul Komitmen", "Bagian", "Uraian Pertanyaan", "Jawaban", "Catatan"]
    keys = [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=2, max_row=7)]
    assert keys == [(n, q) for n in (1, 2) for q in ("s1", "s2", "d1")]
    assert sheet["E2"].value == "Apakah jelas?"
    assert sheet["A2"].protection.locked
    assert not sheet["F2"].protection.locked
    lists = {str(check.sqref): check.formula1 for check in sheet.data_validations.dataValidation}
    assert any(where.startswith("F2") and "Daftar" in formula for where, formula in lists.items())


def test_new_makes_them_for_the_new_edition(asked: Path, tmp_path: Path) -> None:
    assert monev(asked, "new", "uji-2", "--from", EDITION).returncode == 0
    for who in WHO:
        assert (asked / file_of(who, "inputs/uji-2")).is_file()
    assert open_edition(asked, "uji-2").register[f"instrumen.{CODE}.dijawab.kl"].value == 0


def test_update_adds_a_question_and_keeps_answers(tmp_path: Path) -> None:
    root = asking(tmp_path)
    update(root, EDITION)
    fill(root, "kl", ANSWERS["kl"])
    more = TEXT.replace("Apakah adil?", "Apakah adil sekali?")
    (root / f"params/instrumen/{CODE}.yml").write_text(more + "      - {kode: d2, teks: Apakah tuntas}\n", "utf-8")
    books = {book.file: book for book in update(root, EDITION).books}
    assert (len(books[file_of("kl")].added.rows), books[file_of("kl")].renewed) == (2, 2)
    result = instrument_result(open_edition(root, EDITION).results, CODE)
    assert result
    assert {q: a.answer for q, a in result.sheet("K/L")[(1,)].items()} == {
        "s1": "Baik", "s2": "Kurang", "d1": "Kurang", "d2": "",
    }  # fmt: skip


# Scores -------------------------------------------------------------------------------------------------------


def test_scores_are_means_in_percent_of_the_scale(opened: Opened) -> None:
    # sekretariat: komitmen 1 (100 + 50) / 2 and 0, so 37.5; komitmen 2: 50 alone
    assert printed(opened, "tentang.01.bagian.satu.sekretariat") == "75,0%"
    assert printed(opened, "tentang.01.skor.sekretariat") == "37,5%"
    assert printed(opened, "tentang.02.skor.sekretariat") == "50,0%"
    assert printed(opened, "bagian.satu.sekretariat") == "62,5%"
    assert printed(opened, "skor.sekretariat") == "43,8%"
    # K/L: 50 and 0, so 25; 50. OMS: 0
    assert printed(opened, "skor.kl") == "37,5%"
    assert printed(opened, "skor.oms") == "0,0%"
    assert printed(opened, "skor.rata-rata") == "27,1%"  # (43.75 + 37.5 + 0) / 3
    assert "instrumen.mutu.tentang.02.bagian.dua.sekretariat" not in opened.register


def test_what_was_answered_is_counted(opened: Opened) -> None:
    assert printed(opened, "ditanyakan.sekretariat") == "6"
    assert printed(opened, "dijawab.sekretariat") == "5"
    assert printed(opened, "dijawab.kl.persen") == "67%"
    assert printed(opened, "tingkat.na.sekretariat") == "1"
    assert printed(opened, "tingkat.kurang.oms") == "2"


def test_agreement_counts_what_two_respondents_or_more_answered(opened: Opened) -> None:
    # komitmen 1: s1 (3, 3, 1), s2 (2, 1), d1 (1, 1, 1); komitmen 2: s1 (2, 2)
    assert printed(opened, "sepakat.dibandingkan") == "4"
    assert printed(opened, "sepakat.sama") == "2"
    assert printed(opened, "sepakat.bagian.dua.sama.persen") == "100%"
    text = markdown.section(instrument_sections.section(opened.results, opened.register, CODE)).replace("\\", "")
    assert "Jawaban yang berbeda" in text
    assert text.index("Apakah jelas? Sekretariat") < text.index("Apakah cepat? Sekretariat")  # farthest apart first


def test_every_figure_reaches_its_cells_and_agrees_with_the_others(asked: Path, opened: Opened) -> None:
    rows = rows_by_id(opened.register.records())
    assert list(inconsistent(rows)) == []
    letter = column(asked, file_of("oms"), "Jawaban", "Jawaban")
    cells = [f"{file_of('oms')}!Jawaban!{letter}{row}" for row in (2, 4)]
    assert opened.register[f"instrumen.{CODE}.skor.oms"].sources == (*cells, f"params/instrumen/{CODE}.yml!agregasi")
    rows[f"instrumen.{CODE}.skor.rata-rata"] = {**rows[f"instrumen.{CODE}.skor.rata-rata"], "nilai": 30, "cetak": "30%"}
    rows[f"instrumen.{CODE}.dijawab.kl"] = {**rows[f"instrumen.{CODE}.dijawab.kl"], "nilai": 9, "cetak": "9"}
    assert {id_ for id_, _ in inconsistent(rows)} == {
        f"instrumen.{CODE}.skor.rata-rata", f"instrumen.{CODE}.dijawab.kl", f"instrumen.{CODE}.dijawab.kl.persen",
    }  # fmt: skip


def test_change_since_the_last_period(tmp_path: Path) -> None:
    root = asking(tmp_path)
    update(root, EDITION)
    for who in WHO:
        fill(root, who, {(1, "s1"): "Baik"})
        (root / file_of(who, "inputs/B06")).write_bytes((root / file_of(who)).read_bytes())
        fill(root, who, {(1, "s1"): "Cukup"}, "inputs/B06")
    found = open_edition(root, EDITION)
    assert printed(found, "periode.b06.skor.rata-rata") == "50,0%"
    assert printed(found, "skor.selisih") == "+50,0"
    assert list(inconsistent(rows_by_id(found.register.records()))) == []


@pytest.mark.parametrize(
    ("rule", "more", "weights", "expected"),
    [
        ("rata-rata", "", (), "50,0%"),  # ((100 + 0) / 2 + 50) / 2
        ("rata-rata berbobot", "", (0.25, 0.75, 90, 10), "60,0%"),  # 0.25 * (0.9 * 100) + 0.75 * 50
        ("terendah", "", (), "0,0%"),
        ("bagian", "ambang: Cukup\n", (), "66,7%"),  # two of three answers
    ],
)
def test_rules_of_aggregation(tmp_path: Path, rule: str, more: str, weights: tuple[float, ...], expected: str) -> None:
    made = yaml.safe_load(TEXT + f"agregasi: {rule}\n" + more)
    if weights:
        made["bagian"][0]["bobot"], made["bagian"][1]["bobot"], *own = weights
        for question, weight in zip(made["bagian"][0]["pertanyaan"], own, strict=True):
            question["bobot"] = weight
    root = asking(tmp_path, yaml.safe_dump(made, allow_unicode=True))
    update(root, EDITION)
    fill(root, "oms", {(1, "s1"): "Baik", (1, "s2"): "Kurang", (1, "d1"): "Cukup"})
    assert printed(open_edition(root, EDITION), "skor.oms") == expected


# What is shown ------------------------------------------------------------------------------------------------


def test_the_appendix_and_open_data_tell_of_it(opened: Opened) -> None:
    shown = markdown.section(Laporan(opened).lampiran(1).section).replace("\\", "")
    assert "**Mutu Layanan:**" in shown
    rows = [*open_data.answer_rows(opened.results)]
    assert len(rows) == 3 * 6
    assert {(r["responden"], r["skor"]) for r in rows if r["pertanyaan"] == "s2" and r["subjek"] == "1"} == {
        ("sekretariat", "50"), ("K/L", "0"), ("OMS", ""),
    }  # fmt: skip
    named = [
        resource["name"]
        for resource in open_data.datapackage(opened.inputs.edition, open_data.resources(opened.results))["resources"]
    ]  # type: ignore[attr-defined]
    assert "instrumen" in named


def test_without_the_key_nothing_is_asked(tmp_path: Path) -> None:
    found = open_edition(make_plan(tmp_path, MadePlan()), EDITION)
    assert not found.results.data.asked
    assert not [figure.id for figure in found.register if figure.id.startswith(("instrumen", "prinsip", "partisipasi"))]
    assert open_data.resources(found.results) == open_data.RESOURCES


def test_columns_of_one_s_own_in_capaian(tmp_path: Path) -> None:
    text = TEXT.replace("tentang: komitmen", "tentang: target").replace("[sekretariat, kelompok]", "[sekretariat]")
    for question in ("s1", "s2", "d1"):
        text = text.replace(f"{{kode: {question},", f"{{kode: {question}, kolom: Kolom {question},")
    root = asking(tmp_path, text)

    def edit(book: Any) -> None:
        sheet, place = book["Capaian"], book["Capaian"].max_column + 1
        for row, value in enumerate(["Kolom s1", "Baik", "Kurang"], start=1):
            sheet.cell(row, place, value)

    change(root, f"{FOLDER}/capaian-kl.xlsx", edit)
    found = open_edition(root, EDITION)
    assert printed(found, "skor.sekretariat") == "50,0%"
    assert printed(found, "kolom.kolom-s1.dinilai") == "2"
    assert list(inconsistent(rows_by_id(found.register.records()))) == []
    text = markdown.section(instrument_sections.section(found.results, found.register, CODE)).replace("\\", "")
    assert "Jawaban menurut Mutu Layanan" in text


# What is wrong with answers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value", "code", "hint"),
    [
        ("F3", "Baikk", "C03", "Baik"),
        ("B3", "s22", "I21", "s2"),
        ("B3", "s1", "K01", ""),
        ("A3", 9, "K02", ""),
    ],
)
def test_a_wrong_answer_is_told_at_its_cell(tmp_path: Path, cell: str, value: object, code: str, hint: str) -> None:
    root = asking(tmp_path)
    update(root, EDITION)
    fill(root, "kl", ANSWERS["kl"])
    change(root, file_of("kl"), lambda book: book["Jawaban"].__setitem__(cell, value))
    (finding,) = [f for f in findings_of(root, EDITION) if f.weight == "error"]
    assert (finding.code, finding.file, finding.sheet, finding.cell) == (code, file_of("kl"), "Jawaban", cell)
    assert f"'{hint}'" in finding.text() or not hint


def test_who_has_not_answered_is_named(tmp_path: Path) -> None:
    root = asking(tmp_path)
    assert codes(findings_of(root, EDITION)) == ["I20"] * 3
    update(root, EDITION)
    fill(root, "kl", ANSWERS["kl"])
    found = {f.file: f.code for f in findings_of(root, EDITION) if f.code.startswith("I")}
    assert found == {file_of("sekretariat"): "I24", file_of("kl"): "I25", file_of("oms"): "I24"}


# What is wrong with an instrument -------------------------------------------------------------------------------


WRONG = [
    ("nama: Mutu", "nma: Mutu", "P01", 2, "nama"),
    ("responden: [sekretariat, kelompok]", "responden: [sekretaris]", "I01", 5, "sekretariat"),
    ("{nama: Baik, nilai: 3}", "{nama: Baik, nilai: 4}", "I04", 10, "3"),
    ("{nama: Baik, nilai: 3}", "{nama: Baik, nilai: 1}", "I03", 10, "Cukup"),
    ("{nama: Baik, nilai: 3}", "{nama: cukup, nilai: 3}", "I07", 10, "9"),
    ("kode: dua", "kode: satu", "I07", 18, "13"),
    ("kode: s2", "kode: s1", "I07", 17, "16"),
    ("Apakah adil?", "apakah  jelas", "I08", 21, "16"),
    ("kode: mutu", "kode: mutua", "I13", 1, "mutu.yml"),
    ("kode: mutu\n", "kode: mutu\nagregasi: bagian\n", "I05", 2, "Baik"),
    ("kode: mutu\n", "kode: mutu\nambang: Baik\n", "I06", 2, "bagian"),
    ("kode: mutu\n", "kode: mutu\npengenal: rekap\n", "I14", 2, "rekap"),
    ("kode: dua\n", "kode: dua\n    bobot: 1\n", "I06", 19, "rata-rata berbobot"),
    ("kode: mutu\n", "kode: mutu\nsubjek: [{kode: a, nama: A}]\n", "I09", 2, "komitmen"),
    ("{kode: s1,", "{kode: s1, kolom: Nilai,", "I12", 16, "target"),
]


@pytest.mark.parametrize(("right", "wrong", "code", "line", "told"), WRONG, ids=[f"{w[2]}-{w[3]}" for w in WRONG])
def test_a_wrong_instrument_is_told_at_its_line(
    tmp_path: Path, right: str, wrong: str, code: str, line: int, told: str
) -> None:
    assert TEXT.count(right) == 1
    root = asking(tmp_path, TEXT.replace(right, wrong))
    finding = next(f for f in findings_of(root, EDITION) if f.code == code)
    assert (finding.code, finding.file, finding.cell) == (code, f"params/instrumen/{CODE}.yml", str(line))
    assert told in finding.text()


def test_weights_that_do_not_add_up_or_lack(tmp_path: Path) -> None:
    weighted = TEXT.replace("kode: mutu\n", "kode: mutu\nagregasi: rata-rata berbobot\n")
    weighted = weighted.replace("kode: satu", "kode: satu\n    bobot: 0.5").replace(
        "kode: dua", "kode: dua\n    bobot: 0.4"
    )
    weighted = weighted.replace("{kode: s1,", "{kode: s1, bobot: 1,")
    found = findings_of(asking(tmp_path, weighted), EDITION)
    assert [(f.code, f.cell) for f in found] == [("I10", "13"), ("I11", "19")]
    assert "0,9" in found[0].text()


def test_all_faults_are_told_in_one_pass(tmp_path: Path) -> None:
    text = TEXT.replace("nilai: 3", "nilai: 5").replace("kode: dua", "kode: satu").replace("[sekretariat,", "[siapa,")
    assert codes(findings_of(asking(tmp_path, text), EDITION)) == ["I01", "I04", "I07"]


def test_a_wrong_instrument_hides_no_fault_of_texts_and_brand(tmp_path: Path) -> None:
    root = asking(tmp_path, TEXT.replace("nilai: 3", "nilai: 5"))
    params = root / f"params/{EDITION}.yml"
    params.write_text(params.read_text("utf-8") + "bagian: [{naskah: pengantar}, lampiran]\n", "utf-8")
    (root / "naskah").mkdir()
    (root / "naskah/pengantar.md").write_text("# Pengantar\n\n<b>tebal</b>\n", "utf-8")
    (root / "_brand.yml").write_text("color:\n  primery: '#0b5d3b'\n", "utf-8")
    assert {(f.file, f.cell) for f in findings_of(root, EDITION)} == {
        (f"params/instrumen/{CODE}.yml", "10"),
        ("_brand.yml", "2"),
        ("naskah/pengantar.md", "3"),
    }


def test_an_unknown_instrument_is_told_with_the_nearest(tmp_path: Path) -> None:
    root = make_plan(tmp_path, MadePlan())
    params = root / f"params/{EDITION}.yml"
    params.write_text(params.read_text("utf-8") + "instrumen:\n- smart\n- kemitraan-multipihk\n", "utf-8")
    (finding,) = findings_of(root, EDITION)
    assert (finding.code, finding.file) == ("I15", f"params/{EDITION}.yml")
    assert params.read_text("utf-8").split("\n")[int(finding.cell) - 1] == "- kemitraan-multipihk"
    assert "Maksudnya 'kemitraan-multipihak'?" in finding.text()


def _many(count: int) -> str:
    made = yaml.safe_load(TEXT)
    made["bagian"][1]["pertanyaan"] = [{"kode": f"d{n}", "teks": f"Pertanyaan ke-{n}?"} for n in range(1, count + 1)]
    return yaml.safe_dump(made, allow_unicode=True)


def test_three_hundred_questions_work(tmp_path: Path) -> None:
    root = asking(tmp_path, _many(300))
    made = update(root, EDITION)
    assert {len(book.added.rows) for book in made.books if book.questions} == {604}
    fill(root, "kl", {(1, f"d{n}"): "Baik" for n in range(1, 301)})
    assert printed(open_edition(root, EDITION), "bagian.dua.kl") == "100,0%"


def test_more_than_a_sheet_may_hold_is_told(tmp_path: Path) -> None:
    root = asking(tmp_path, _many(300))
    params = root / f"params/{EDITION}.yml"
    params.write_text(params.read_text("utf-8") + "batas: {baris: 500}\n", "utf-8")
    wrong = [f for f in findings_of(root, EDITION) if f.weight == "error"]
    assert {f.code for f in wrong} == {"I17"}
    assert "604" in wrong[0].text()
    assert "500" in wrong[0].text()


# What comes with the package ------------------------------------------------------------------------------------


def test_groups_of_one_s_own_answer_separately(tmp_path: Path) -> None:
    """Two groups of four are asked, one by its code and one by its name; ids and files go by the code."""
    text = TEXT.replace("[sekretariat, kelompok]", "[pemda, Swasta]")
    root = asking(tmp_path, text, MadePlan(commitments=2, kelompok=FOUR_GROUPS))
    update(root, EDITION)
    for who, given in (("pemda", "Baik"), ("swasta", "Kurang")):
        fill(root, who, {(1, "s1"): given, (1, "d1"): "Cukup"})
    found = open_edition(root, EDITION)
    assert (printed(found, "skor.pemda"), printed(found, "skor.swasta")) == ("75,0%", "25,0%")
    assert printed(found, "sepakat.sama.persen") == "50%"
    text = markdown.section(instrument_sections.section(found.results, found.register, CODE)).replace("\\", "")
    assert "kepada Pemda dan Swasta" in text
    assert Laporan(found).instrumen(CODE)._repr_mimebundle_()


def test_one_about_the_programme_as_a_whole(tmp_path: Path) -> None:
    text = (GALLERY / "kerja-sama-efektif.yml").read_text("utf-8")
    root = asking(tmp_path, text, code="kerja-sama-efektif")
    update(root, EDITION)
    answers = {"prioritas": "Sepenuhnya", "hasil": "Mulai", "setara": "Belum", "bersama": "Belum"}

    def edit(book: Any) -> None:
        sheet = book["Jawaban"]
        assert sheet["A1"].value == "Pertanyaan"
        letter = column(root, file_of("oms", code="kerja-sama-efektif"), "Jawaban", "Jawaban")
        for row in range(2, sheet.max_row + 1):
            sheet[f"{letter}{row}"] = answers[sheet[f"A{row}"].value]

    change(root, file_of("oms", code="kerja-sama-efektif"), edit)
    found = open_edition(root, EDITION)
    assert found.register["instrumen.kerja-sama-efektif.skor.oms"].printed == "40,0%"  # (30 * 100 + 30 / 3 * 100) / 100
    assert list(inconsistent(rows_by_id(found.register.records()))) == []
    assert instrument_sections.section(found.results, found.register, "kerja-sama-efektif").blocks


@pytest.mark.parametrize("path", sorted([*SHIPPED.glob("*.yml"), *GALLERY.glob("*.yml")]), ids=lambda path: path.stem)
def test_the_instruments_of_the_package_are_sound(path: Path) -> None:
    made, lines = load_placed(Instrument, path, path.name)
    assert list(faults(made, lines, GROUPS)) == []
    assert made.kode == path.stem
    assert made.sumber


def test_the_package_has_the_five() -> None:
    assert {made.kode for made in shipped()} == {
        "prinsip-evaluasi", "partisipasi-iap2", "smart", "kemitraan-multipihak", "indeks-tata-kelola",
    }  # fmt: skip
    by_code = {made.kode: made for made in shipped()}
    assert [len(part.pertanyaan) for part in by_code["kemitraan-multipihak"].bagian] == [7, 6, 8, 7, 7]
    assert len(by_code["indeks-tata-kelola"].subjek) == 4
    assert all(
        "Tujuan:" in level.arti and "Janji:" in level.arti for level in by_code["partisipasi-iap2"].skala.tingkat
    )
