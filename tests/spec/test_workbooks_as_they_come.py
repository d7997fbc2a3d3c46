"""Workbooks as programs and people really write them: read as Excel shows them, or told in words that help."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from monev.display.parts.appendix import _followups
from monev.figures.register import Register
from monev.figures.reporting import completeness
from monev.io.folders import REPOSITORY
from monev.io.inputs import Inputs, read_inputs
from monev.io.workbook_reader import read_book
from monev.model.fields import OMS as OMS_GROUP
from monev.model.params import Limits
from monev.model.raw_tables import RawCell, RowPlace
from monev.rules.tidy import FollowUp
from monev.words.errors import InputError
from monev.words.findings import Finding
from support import change, monev, part, put, rebuilt

KL = "inputs/2021-S2/capaian-kl.xlsx"
OMS = "inputs/2021-S2/capaian-oms.xlsx"
PLAN = "inputs/rencana-aksi.xlsx"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET, STYLES, TYPES, BOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml", "xl/workbook.xml"
Damage = Callable[[Path], object]


def inputs(root: Path) -> Inputs:
    return read_inputs(root, "2021-S2")


def found(root: Path) -> list[Finding]:
    try:
        return list(inputs(root).findings)
    except InputError as error:
        return list(error.findings)


def told(root: Path) -> list[tuple[str, str, str]]:
    """Return what is found besides the one true warning of the 2021 edition: code, sheet, cell."""
    known = ("M05", OMS, "H30")
    return [(f.code, f.sheet, f.cell) for f in found(root) if (f.code, f.file, f.cell) != known]


def edit(file: str, what: Callable[[Any], object]) -> Damage:
    return lambda root: change(root, file, lambda book: what(book["Capaian"]))


def text_in(name: str, pattern: str, new: str, file: str = OMS) -> Damage:
    def edited(text: str) -> str:
        made, count = re.subn(pattern, lambda found: found.expand(new), text, flags=re.S)
        assert count, pattern
        return made

    return lambda root: part(root, file, name, edited)


def parts(edited: Callable[[dict[str, bytes]], object]) -> Damage:
    return lambda root: rebuilt(root, OMS, edited)


def renamed(change_name: Callable[[str], str]) -> Damage:
    def edited(found: dict[str, bytes]) -> None:
        old = dict(found)
        found.clear()
        found.update({change_name(name): content for name, content in old.items()})

    return parts(edited)


# Read although they are not as usual ----------------------------------------------------------------------------------


def strict(root: Path) -> None:
    def edited(found: dict[str, bytes]) -> None:
        for name, content in found.items():
            text = content.replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
            found[name] = text.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )

    rebuilt(root, OMS, edited)


def types_by_default(root: Path) -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    text_in(TYPES, r'<Override[^>]*PartName="/xl/workbook.xml"[^>]*/>', "")(root)
    text_in(TYPES, r'<Default Extension="xml"[^>]*/>', rf'<Default Extension="XML" ContentType="{kind}"/>')(root)


def utf_16(found: dict[str, bytes]) -> None:
    text = re.sub(r"<\?xml[^>]*\?>", '<?xml version="1.0" encoding="UTF-16"?>', found[SHEET].decode())
    found[SHEET] = text.encode("utf-16")


def prefixed(root: Path) -> None:
    text_in(SHEET, r"<(/?)(\w)", r"<\1x:\2")(root)
    text_in(SHEET, 'xmlns="', 'xmlns:x="')(root)


def more(name: str, content: bytes) -> Damage:
    return parts(lambda found: found.update({name: content}))


HARMLESS: dict[str, Damage] = {
    "types by default": types_by_default,
    "strict": strict,
    "backslashes": renamed(lambda name: name.replace("/", "\\")),
    "other case": renamed(str.upper),
    "leading slash": renamed(lambda name: "/" + name),
    "utf-16": parts(utf_16),
    "a prefix": prefixed,
    "empty fills": text_in(STYLES, "<fills.*?</fills>", "<fills><fill/></fills>"),
    "unknown fills": text_in(STYLES, "<fills.*?</fills>", "<fills><fill><shinyFill/></fill></fills>"),
    "empty borders": text_in(STYLES, "<borders.*?</borders>", '<borders count="x"/>'),
    "unnamed cell styles": text_in(STYLES, "<cellStyles.*?</cellStyles>", "<cellStyles><cellStyle/></cellStyles>"),
    "styles beyond the list": text_in(SHEET, r'(<c r="[A-G]\d+") s="\d+"', r'\1 s="4711"'),
    "no styles at all": parts(lambda found: found.pop(STYLES)),
    "a format that is not defined": text_in(STYLES, r'<xf numFmtId="\d+"', '<xf numFmtId="999"'),
    "svg with a doctype": more("xl/media/image1.svg", b"<!DOCTYPE svg PUBLIC 'x' 'y'><svg/>"),
    "a broken pivot": more("xl/pivotCache/pivotCacheDefinition1.xml", b"<discretePr"),
    "odd dates of the file": text_in("docProps/core.xml", "<dcterms:created[^<]*<", "<dcterms:created>kemarin<"),
    "nothing but the sheets": parts(
        lambda found: [found.pop(n) for n in list(found) if re.search("docProps|theme|drawings|comments", n)]
    ),
    "sheet in capitals": text_in(BOOK, 'name="Capaian"', 'name="CAPAIAN"'),
    "sheet with a blank": text_in(BOOK, 'name="Capaian"', 'name="Capaian\u00a0 "'),
    "cells without addresses": text_in(SHEET, r'<c r="[A-Z]+\d+"', "<c"),
    "rows without numbers": text_in(SHEET, r'<row r="\d+"', "<row"),
    "a chart sheet": lambda root: change(root, OMS, lambda book: book.create_chartsheet("Grafik")),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_excel_opens_is_read_the_same(root: Path, name: str) -> None:
    before = inputs(root).data
    HARMLESS[name](root)
    after = inputs(root)
    assert [f.code for f in after.findings] == ["M05"]

    def said(data: object) -> str:
        return repr(data).replace("CAPAIAN", "Capaian").replace(r"Capaian\xa0 ", "Capaian")

    assert said(after.data) == said(before)


def test_computed_percents_are_read_as_they_show(root: Path) -> None:
    put(root, f"{KL}!Capaian!H2", 1.0000000000000002)
    put(root, f"{KL}!Capaian!H4", 1.00000000001)
    assert told(root) == []
    scores = {t.place.cells["score"]: t.score for t in inputs(root).data.targets if t.place.file == KL}
    assert (scores["H2"], scores["H4"]) == (100, 100)


@pytest.mark.parametrize("code", ['0"%"', r"0\%", "0_%", "0*%", "[$%]0"])
def test_a_percent_sign_that_is_only_shown(root: Path, code: str) -> None:
    def edited(sheet: Any) -> None:
        sheet["H14"], sheet["H14"].number_format = 85, code

    edit(OMS, edited)(root)
    assert told(root) == []
    assert [t.score for t in inputs(root).data.targets if t.place.cells["score"] == "H14" and t.place.file == OMS] == [
        85
    ]


def raw(root: Path, address: str, file: str = OMS) -> RawCell:
    book, findings = read_book(root / file, file)
    assert book is not None, [f.line() for f in findings]
    return next(c for sheet in book.sheets.values() for row in sheet.rows for c in row if c.address == address)


def cell(address: str, xml: str, attributes: str = "") -> Damage:
    return text_in(
        SHEET, rf'<c r="{address}"( s="\d+")?[^>]*?(/>|>.*?</c>)', rf'<c r="{address}" {attributes}>{xml}</c>'
    )


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("satu_x000D_\ndua", "satu\ndua"),
        ("_x0041_BC", "ABC"),
        ("_x005F_x000D_", "_x000D_"),
        ("a_x0009_b", "a\tb"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("_xD83D_", "\ufffd"),
        ("a_x0000_b_x0007_", "ab"),
        ("a_x000B_b", "a\nb"),
        ("_x12_ _xZZZZ_", "_x12_ _xZZZZ_"),
    ],
)
def test_escapes_are_the_characters_they_name(root: Path, stored: str, shown: str) -> None:
    cell("G14", f"<is><t>{escape(stored)}</t></is>", 't="inlineStr"')(root)
    assert raw(root, "G14").value == shown
    cell("G14", f"<f>A1</f><v>{escape(stored)}</v>", 't="str"')(root)
    assert raw(root, "G14").value == shown


@pytest.mark.parametrize("value", ["#ERROR!", "#SPILL!", "#CALC!", "Loading...", "#REF!"])
@pytest.mark.parametrize("address", ["H14", "G14"])
def test_errors_that_became_text(root: Path, value: str, address: str) -> None:
    put(root, f"{OMS}!Capaian!{address}", value)
    assert told(root) == [("C06", "Capaian", address)]


def test_dates_count_from_1904_where_the_workbook_says_so(root: Path) -> None:
    def edited(sheet: Any) -> None:
        sheet["G14"], sheet["G14"].number_format = 1, "yyyy-mm-dd"

    edit(OMS, edited)(root)
    first = str(raw(root, "G14").value)
    text_in(BOOK, "<workbookPr", '<workbookPr date1904="1"')(root)
    assert (first, str(raw(root, "G14").value)) == ("1900-01-01 00:00:00", "1904-01-02 00:00:00")


def test_a_shared_formula_is_told_as_it_stands_in_each_cell(root: Path) -> None:
    cell("G14", '<f t="shared" si="0" ref="G14:G15">SUM(A1,$B$2,"A1",\'A1\'!C3,LOG10(D4))</f><v>1</v>')(root)
    cell("G15", '<f t="shared" si="0"/><v>1</v>')(root)
    assert raw(root, "G15").formula == "=SUM(A2,$B$2,\"A1\",'A1'!C4,LOG10(D5))"


# What Excel shows is what is taken, or it is said ---------------------------------------------------------------------


def formatted(address: str, value: object, code: str, file: str = OMS) -> Damage:
    def edited(sheet: Any) -> None:
        sheet[address], sheet[address].number_format = value, code

    return edit(file, edited)


ACCOUNTING = '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0, ACCOUNTING, "-"),
        (50, '"N/A"', "N/A"),
        (50, ";;;", "(kosong)"),
        (0.5, '"100%"', "100%"),
        (85, "0,", "0"),
        (0.85, "0%%", "8500%%"),
        ("N/A", ';;;"-"', "-"),
        ("-", ";;;", "(kosong)"),
    ],
)
def test_a_score_that_shows_as_something_else_is_an_error(root: Path, value: object, code: str, shown: str) -> None:
    formatted("H14", value, code)(root)
    [finding] = [f for f in found(root) if f.cell == "H14" and f.code in ("C17", "C02")]
    assert finding.code == ("C02" if code == "0%%" else "C17")
    assert shown in finding.text("id") or finding.code == "C02"


@pytest.mark.parametrize(("value", "code"), [(85, ACCOUNTING), (84.6, "0"), (0, "0%"), (85, 'General" persen"')])
def test_a_score_that_shows_itself_is_none(root: Path, value: object, code: str) -> None:
    formatted("H14", value, code)(root)
    assert [f for f in told(root) if f[2] == "H14"] == []


def test_a_sheet_that_hides_its_zeros(root: Path) -> None:
    put(root, f"{OMS}!Capaian!H14", 0)
    assert told(root) == []
    text_in(SHEET, "<sheetView ", '<sheetView showZeros="0" ')(root)
    assert ("C17", "Capaian", "H14") in told(root)


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (1, "0%", "100%"),
        (0.75, "0%", "75%"),
        (1500000, '"Rp"#,##0', "Rp1.500.000"),
        (3.3000000000000003, "General", "3,3"),
        (12, "0", "12"),
        (7, "000", "007"),
        (0, ACCOUNTING, "-"),
    ],
)
def test_numbers_in_texts_are_printed_as_they_show(root: Path, value: object, code: str, printed: str) -> None:
    formatted("F14", value, code)(root)
    [target] = [t for t in inputs(root).data.targets if t.place.file == OMS and t.place.cells["target"] == "F14"]
    assert target.target == printed
    assert [f for f in told(root) if f[0] != "M11"] == []


@pytest.mark.parametrize(("value", "code"), [(5, ";;;"), ("teks", ";;;"), ("teks", '0;0;0;@" dst"'), (5, "0.0E+0")])
def test_a_text_whose_format_hides_it_is_told(root: Path, value: object, code: str) -> None:
    formatted("F14", value, code)(root)
    assert told(root) == [("C18", "Capaian", "F14")]


def test_fractions_where_percent_formats_were_lost(root: Path) -> None:
    def edited(sheet: Any) -> None:
        for row in sheet.iter_rows(min_row=2, min_col=8, max_col=8):
            row[0].number_format = "General"

    edit(KL, edited)(root)
    [below, ones] = [f for f in found(root) if f.code in ("C19", "C20")]
    assert (below.code, below.weight, below.cell) == ("C19", "error", "H4")
    assert "H4" in below.text()
    assert "90% atau 0,9%" in below.text()
    assert (ones.code, ones.weight) == ("C20", "warning")


def test_one_fraction_among_neighbours(root: Path) -> None:
    put(root, f"{OMS}!Capaian!H14", 0.85)
    put(root, f"{OMS}!Capaian!H16", "0,5")
    assert ("C19", "Capaian", "H14") in told(root)
    assert "H14, H16" in next(f for f in found(root) if f.code == "C19").text()


def test_one_is_one_percent_where_others_are_larger(root: Path) -> None:
    put(root, f"{OMS}!Capaian!H14", 1)
    assert told(root) == []


@pytest.mark.parametrize("value", ["0,5%", (0.005, "0%")])
def test_small_percents_that_say_so(root: Path, value: Any) -> None:
    formatted("H14", *(value if isinstance(value, tuple) else (value, "@")))(root)
    assert [f for f in told(root) if f[0] == "C19"] == []


@pytest.mark.parametrize(
    "words",
    ["Tidak ada", "tidak", "Belum ada.", "belum", "Nihil", "NIHIL", "-", "n/a", "Tidak Dikumpulkan.", "blm ada bukti",
     "Data dukung belum dikumpulkan", "tidak ada data dukung", "Kosong", "\u2013", "Bukti tidak dilampirkan", 0,
     "Menyusul", "None", "not available", "gak ada", "Pelaksana tidak mengumpulkan", "OMS tidak menyerahkan bukti",
     "N/A (tidak ada)", "Tidak di kumpulkan", "belum diupload", "Tanpa keterangan"],
)  # fmt: skip
def test_evidence_in_words_that_deny_it(root: Path, words: object) -> None:
    put(root, f"{OMS}!Capaian!K14", words)
    [target] = [t for t in inputs(root).data.targets if t.place.file == OMS and t.place.cells["evidence"] == "K14"]
    assert target.evidence == "Tidak dikumpulkan"


@pytest.mark.parametrize(
    "words", ["Ada", "Notulen rapat", "2 dokumen", "https://contoh.go.id", "Laporan tidak lengkap"]
)
def test_evidence_that_is_given(root: Path, words: str) -> None:
    put(root, f"{OMS}!Capaian!K14", words)
    [target] = [t for t in inputs(root).data.targets if t.place.file == OMS and t.place.cells["evidence"] == "K14"]
    assert target.evidence == words
    assert told(root) == []


@pytest.mark.parametrize("words", ["✓", "v", "Ya", "ada.", "ADA"])
def test_a_tick_says_that_evidence_was_given(root: Path, words: str) -> None:
    put(root, f"{OMS}!Capaian!K14", words)
    [target] = [t for t in inputs(root).data.targets if t.place.file == OMS and t.place.cells["evidence"] == "K14"]
    assert target.evidence == "Ada"


@pytest.mark.parametrize("words", ["dalam proses", "Akan disusulkan", "idem", "sda"])
def test_evidence_that_is_only_promised_is_told(root: Path, words: str) -> None:
    put(root, f"{OMS}!Capaian!K14", words)
    assert ("C23", "Capaian", "K14") in told(root)


@pytest.mark.parametrize(
    ("heading", "typed", "code"),
    [("H", " 85 ", "C10"), ("H", "0,85", "C19"), ("J", "Tidak Aktif", "C03"), ("J", "-", "C03")],
)
def test_one_cell_gives_one_finding(root: Path, heading: str, typed: str, code: str) -> None:
    put(root, f"{OMS}!Capaian!{heading}14", typed)
    assert told(root) == [(code, "Capaian", f"{heading}14")]
    [finding] = [f for f in found(root) if f.code == code]
    assert "Maksudnya" not in finding.text()  # of the opposite
    assert ("atau kosong" in finding.text()) == (heading == "J")


def test_headings_pasted_with_rows_are_one_finding(root: Path) -> None:
    change(root, OMS, lambda book: book["Capaian"].append([c.value for c in book["Capaian"][1]]))
    [(code, _, cell)] = told(root)
    assert (code, cell[0]) == ("S16", "A")
    [finding] = [f for f in found(root) if f.code == "S16"]
    assert "seperti judul kolomnya" in finding.text()


def test_faulty_rows_keep_their_place_in_completeness(root: Path) -> None:
    whole = completeness(inputs(root).data, inputs(root).edition).total(OMS_GROUP)
    put(root, f"{OMS}!Capaian!H14", "seratus")
    put(root, f"{OMS}!Capaian!C14", "LSM Gaib")
    assert {code for code, _, _ in told(root)} == {"C02", "K03"}  # both at once
    put(root, f"{OMS}!Capaian!C14", "OMS Sektor Keadilan")
    read = inputs(root)
    now = completeness(read.data, read.edition).total(OMS_GROUP)
    assert (len(now.due), len(now.faulty)) == (len(whole.due), 1)


def test_a_hundred_with_a_dash_for_achievement_is_told(root: Path) -> None:
    for cell, value in (("G14", "-"), ("H14", 100), ("K14", None)):
        put(root, f"{OMS}!Capaian!{cell}", value)
    assert ("M13", "Capaian", "H14") in told(root)


def test_evidence_that_begins_with_a_denial_is_told(root: Path) -> None:
    put(root, f"{OMS}!Capaian!K14", "Belum ada laporan akhir, baru notulen rapat")
    assert told(root) == [("C23", "Capaian", "K14")]


@pytest.mark.parametrize(("score", "evidence"), [("-", ""), (85, "Tidak dikumpulkan")])
def test_a_dash_for_evidence_beside_no_target_is_blank(root: Path, score: object, evidence: str) -> None:
    def edited(sheet: Any) -> None:
        sheet["K14"], sheet["H14"], sheet["G14"], sheet["J14"] = "-", score, "Tidak ada target", None

    edit(OMS, edited)(root)
    [target] = [t for t in inputs(root).data.targets if t.place.file == OMS and t.place.cells["evidence"] == "K14"]
    assert target.evidence == evidence


def test_full_marks_with_nothing_behind_them(root: Path) -> None:
    def edited(sheet: Any) -> None:
        sheet["G14"], sheet["H14"], sheet["K14"] = None, 100, None

    edit(OMS, edited)(root)
    assert told(root) == [("M13", "Capaian", "H14")]


def test_struck_through_text_is_told(root: Path) -> None:
    def edited(sheet: Any) -> None:
        sheet["G14"].font = Font(strike=True)
        sheet["G15"] = CellRichText("tetap ", TextBlock(InlineFont(strike=True), "dicoret"))
        sheet["H16"].font = Font(strike=True)

    edit(OMS, edited)(root)
    assert told(root) == [("C21", "Capaian", address) for address in ("G14", "G15", "H16")]
    assert "'dicoret'" in next(f for f in found(root) if f.cell == "G15").text()


def test_where_a_link_leads(root: Path) -> None:
    def edited(sheet: Any) -> None:
        for address, text in (("K14", "Klik di sini"), ("K15", "https://contoh.go.id/a"), ("G16", "lihat")):
            sheet[address] = text
            sheet[address].hyperlink = "https://contoh.go.id/a"
        sheet["K17"] = '=HYPERLINK("https://contoh.go.id/b","unduh")'

    edit(OMS, edited)(root)
    cell("K17", '<f>HYPERLINK("https://contoh.go.id/b","unduh")</f><v>unduh</v>', 't="str"')(root)
    assert told(root) == [("C22", "Capaian", "G16")]
    evidence = {t.place.cells["evidence"]: t.evidence for t in inputs(root).data.targets if t.place.file == OMS}
    assert [evidence[address] for address in ("K14", "K15", "K17")] == [
        "Klik di sini (https://contoh.go.id/a)",
        "https://contoh.go.id/a",
        "unduh (https://contoh.go.id/b)",
    ]


# Said so that it helps ------------------------------------------------------------------------------------------------


def test_rows_that_are_no_data_are_one_finding_each(root: Path) -> None:
    def edited(sheet: Any) -> None:
        for number in range(31, 41):
            sheet.cell(number, 5, number - 1)
        sheet["C43"] = "Jakarta, 31 Desember 2021"
        sheet["A45"], sheet["H45"] = "Jumlah", 2000

    edit(OMS, edited)(root)
    expected = [*(f"E{number}" for number in range(31, 41)), "C43", "A45"]
    assert [(code, cell) for code, _, cell in told(root)] == [("S16", cell) for cell in expected]


def two_rows(sheet: Any) -> None:
    sheet.insert_rows(1)
    for column in range(1, sheet.max_column + 1):
        if column not in (8, 9, 10):
            sheet.cell(1, column, sheet.cell(2, column).value)
            sheet.cell(2, column).value = None
            sheet.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)
    sheet["H1"] = "Penilaian"
    sheet.merge_cells("H1:J1")


def test_headings_in_two_rows(root: Path) -> None:
    before = [replace_rows(t) for t in inputs(root).data.targets]
    edit(OMS, two_rows)(root)
    assert [f.code for f in found(root)] == ["M05"]
    assert [replace_rows(t) for t in inputs(root).data.targets] == before


def replace_rows(target: Any) -> str:
    return re.sub(r"place=RowPlace\(.*?\}\)", "", repr(target))


def test_a_map_may_say_which_rows_the_headings_take(root: Path) -> None:
    def edited(sheet: Any) -> None:
        two_rows(sheet)
        sheet["A1"] = "Nomor"
        sheet.unmerge_cells("A1:A2")
        sheet["A2"] = "Komitmen ke"

    edit(OMS, edited)(root)
    (root / "params/pemetaan").mkdir(exist_ok=True)
    file = root / "params/pemetaan/dua.yml"
    text = (root / "params/2021-S2.yml").read_text("utf-8")
    text = text.replace("inputs: inputs/2021-S2}", "inputs: inputs/2021-S2, pemetaan: {oms: dua}}")
    (root / "params/2021-S2.yml").write_text(text, "utf-8")
    file.write_text("baris_judul: 1-2\nkolom: {Komitmen ke: Komitmen}\n", "utf-8")
    assert [f.code for f in found(root)] == ["M05"]
    file.write_text("baris_judul: 2-1\nkolom: {Komitmen ke: Komitmen}\n", "utf-8")
    assert [code for code, _, _ in told(root)] == ["P03"]


def test_a_choice_with_a_tick_box(root: Path) -> None:
    put(root, f"{OMS}!Capaian!J14", True)
    [finding] = [f for f in found(root) if f.cell == "J14"]
    assert finding.code == "C03"
    assert "TRUE" in finding.text()
    assert "Semi-Aktif" in finding.text()


def test_a_large_part_is_told_and_the_limit_can_be_raised(root: Path) -> None:
    text_in(SHEET, "</sheetData>", "</sheetData>" + " " * (1 << 20))(root)
    params = root / "params/2021-S2.yml"
    text = params.read_text("utf-8")
    params.write_text(text + "\nbatas: {bagian_megabita: 1, rasio: 100000}\n", "utf-8")
    [finding] = [f for f in found(root) if f.weight == "error"]
    assert (finding.code, f"{SHEET} ('Capaian')" in finding.text()) == ("F03", True)
    assert "bagian_megabita: 2" in finding.text()
    params.write_text(text + "\nbatas: {bagian_megabita: 2, rasio: 100000}\n", "utf-8")
    assert told(root) == []


@pytest.mark.parametrize(
    "name",
    ["capaian-oms.xlsx.xlsx", "capaian-oms (1).xlsx", "Copy of capaian-oms.xlsx", "Capaian-OMS.xlsx", "capaian-oms.xls",
     "capaian-oms rev2.xlsx", "capaian_oms.xlsx", "capaian-oms - Copy.xlsx", "Salinan capaian-oms.xlsx",
     "capaian-oms final.xlsx", "capain-oms.xlsx"],
)  # fmt: skip
def test_a_missing_workbook_is_looked_for_beside(root: Path, name: str) -> None:
    (root / OMS).rename(root / "inputs/2021-S2" / name)
    [finding] = [f for f in found(root) if f.code == "F01"]
    assert f"'{name}'" in finding.text("id")
    assert f"'{name}'" in finding.text("en")
    assert "capaian-kl" not in finding.text("id")


def test_another_format_is_to_be_saved_as_a_workbook(root: Path) -> None:
    (root / OMS).rename(root / "inputs/2021-S2/Capaian OMS.xls")
    [finding] = [f for f in found(root) if f.code == "F01"]
    assert "simpan sebagai Excel Workbook dengan nama capaian-oms.xlsx" in finding.text("id")


@pytest.mark.parametrize("place", ["inputs/capaian-oms.xlsx", "inputs/2021-S1/capaian-oms (2).xlsx"])
def test_a_missing_workbook_is_looked_for_in_other_folders(root: Path, place: str) -> None:
    (root / OMS).rename(root / place)
    [finding] = [f for f in found(root) if f.code == "F01"]
    assert f"'{place}'" in finding.text("id")


def test_a_folder_with_another_case_is_named(root: Path) -> None:
    (root / "inputs/2021-S2").rename(root / "inputs/2021 s2")
    findings = [f for f in found(root) if f.code == "F01"]
    assert len(findings) == 3
    assert all("Folder inputs/2021-S2 tidak ada; yang ada '2021 s2'" in f.text("id") for f in findings)


def test_a_copy_beside_a_workbook_is_told_by_check_alone(root: Path) -> None:
    """A report must not depend on what is not read."""
    shutil.copy(root / OMS, root / "inputs/2021-S2/capaian-oms rev2.xlsx")
    assert told(root) == []
    done = monev(root, "check", "2021-S2", "--no-copies")
    assert done.returncode == 0
    assert "[F07] periksa: di sampingnya ada 'capaian-oms rev2.xlsx'" in done.stdout


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Indonesia Corruption Watch", "ICW"),
        ("Indonesia Corruption Watch (ICW)", "ICW"),
        ("I.C.W.", "ICW"),
        ("Pemantau Korupsi", "ICW"),
    ],
)
def test_an_actor_is_known_by_other_names(root: Path, typed: str, meant: str) -> None:
    def edited(book: Any) -> None:
        sheet = book["Pelaksana"]
        column = sheet.max_column + 1
        sheet.cell(1, column, "Alias")
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, 1).value == meant:
                sheet.cell(row, 2, "Indonesia Corruption Watch")
                sheet.cell(row, column, "Pemantau Korupsi; ICW Indonesia")

    change(root, PLAN, edited)
    put(root, f"{OMS}!Capaian!C2", typed)
    [finding] = [f for f in found(root) if f.code == "K03"]
    assert f"'{meant}'" in finding.text("id").partition("Pelaksana rencana aksi.")[2]


def test_an_unreadable_workbook_is_not_nothing_due(root: Path) -> None:
    (root / OMS).write_bytes(b"bukan buku kerja")
    assert inputs(root).unread == ("OMS",)
    shown = monev(root, "check", "2021-S2").stdout
    assert "0 dari 0" not in shown
    assert "OMS: belum diketahui" in shown


def test_a_follow_up_without_a_measure_stands_first_wherever_it_is_typed() -> None:
    place = RowPlace("evaluasi.xlsx", "Tindak Lanjut", 2, {})
    points = [
        FollowUp(1, measure, number, f"butir {number}", place) for number, measure in enumerate((1, None, 2, None))
    ]
    [group] = _followups(points, Register())
    printed = "\n".join(map(repr, group.blocks))
    order = [printed.index(f"butir {number}") for number in (1, 3, 0, 2)]
    assert order == sorted(order)
    assert printed.index("butir 3") < printed.index("Ukuran Keberhasilan 1")


def test_every_limit_holds_for_what_is_read(root: Path) -> None:
    book, findings = read_book(REPOSITORY / OMS, OMS, Limits(baris=10))
    assert book is None
    assert [(f.code, f.cell) for f in findings] == [("F03", "A11")]
