"""Numerals, where they come from, and the account of a PDF's text."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from monev.audit.numeral_account import Account, account, carried
from monev.figures.printed_numerals import Expected, Printed, numerals
from monev.io.pdf_reader import Pdf, read_pdf
from monev.render import expected_numerals
from monev.render.tree_structure import settled


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("78%", ["78"]),
        ("2.928 dan 72,06", ["2.928", "72,06"]),
        ("1/2021", ["1", "2021"]),
        ("2020-2022", ["2020", "2022"]),
        ("2020\ufffe\n2022", ["2020", "2022"]),
        ("B06, SP4N, COVID-19.", ["06", "4", "19"]),
        ("butir 3.", ["3"]),
        ("31.12.2021,", ["31.12.2021"]),
        ("5 m²", ["5", "2"]),
        ("de\u00adngan 1\u200b2", ["12"]),
        ("tujuh, IV, lima", []),
    ],
)
def test_numerals(text: str, wanted: list[str]) -> None:
    assert numerals(text) == wanted


def of_tree(tree: dict, names: tuple[str, ...] = ()) -> Expected:
    return expected_numerals.numerals_of_tree(settled(tree), names)


# The document tree ------------------------------------------------------------------------------------------


def words(text: str) -> list[dict]:
    made: list[dict] = []
    for n, word in enumerate(text.split(" ")):
        made += [{"t": "Space"}] if n else []
        made.append({"t": "Str", "c": word})
    return made


def span(text: str, name: str, **attributes: str) -> dict:
    return {"t": "Span", "c": [["", [name], [[k, v] for k, v in attributes.items()]], words(text) if text else []]}


def para(*inlines: dict) -> dict:
    return {"t": "Para", "c": list(inlines)}


def header(level: int, id_: str, *inlines: dict) -> dict:
    return {"t": "Header", "c": [level, [id_, [], []], list(inlines)]}


def div(blocks: list[dict], id_: str = "", classes: tuple[str, ...] = (), **attributes: str) -> dict:
    more = [[key.replace("_", "-"), value] for key, value in attributes.items()]
    return {"t": "Div", "c": [[id_, list(classes), more], blocks]}


TEXTS = {
    "judul": "Laporan RAN OGI 2021",
    "cakupan": "Semester I Tahun 2021",
    "rencana": "RAN OGI 2020-2022",
    "periode-daftar": "Semester I (B06)",
}


def tree(*blocks: dict, figures: dict[str, str] | None = None, present: dict[str, bool] | None = None) -> dict:
    def texts(values: dict[str, str]) -> dict:
        return {"t": "MetaMap", "c": {k: {"t": "MetaInlines", "c": words(v)} for k, v in values.items()}}

    there = {"t": "MetaMap", "c": {k: {"t": "MetaBool", "c": v} for k, v in (present or {}).items()}}
    return {"meta": {"teks": texts(TEXTS), "angka": texts(figures or {}), "ada": there}, "blocks": list(blocks)}


def origins(*blocks: dict, names: tuple[str, ...] = (), **more: dict) -> list[tuple[str, str, str]]:
    """What the blocks print, without the cover."""
    cover = len(of_tree(tree(), ()).printed)
    return [(p.kind, p.numeral, p.key) for p in of_tree(tree(*blocks, **more), names).printed[cover:]]


def test_spans_name_their_origin() -> None:
    block = para(
        span("78%", "angka", key="a.persen"),
        span("", "angka", key="b.jumlah"),
        span("tahun 2021", "sel", src="x.xlsx!L!H1"),
        span("", "teks", key="rencana"),
    )
    assert origins(block, figures={"b.jumlah": "2.928"}) == [
        ("angka", "78", "a.persen"),
        ("angka", "2.928", "b.jumlah"),
        ("sel", "2021", "x.xlsx!L!H1"),
        ("teks", "2020", "rencana"),
        ("teks", "2022", "rencana"),
    ]


@pytest.mark.parametrize(
    "block",
    [
        para(*words("ada 14 komitmen")),
        para(*words("14"), span("78%", "angka", key="a")),  # one numeral with the figure behind it
        para(span("5 butir", "sel")),  # a cell that is not named
        para(*words("Komitmen 99 tidak ada")),
        header(2, "x", *words("Hasil 2021")),
        div([para(*words("Target B99"))], classes=("t-target",)),
    ],
    ids=["prosa", "menempel", "sel tanpa asal", "komitmen lain", "judul", "periode lain"],
)
def test_a_numeral_from_nowhere_is_unexplained(block: dict) -> None:
    assert {kind for kind, _, _ in origins(block)} & {"lain"}


@pytest.mark.parametrize(
    "block",
    [
        para(*words("Pelaksanaan RAN OGI 2020-2022 pada Semester I Tahun 2021")),
        header(3, "x", *words("Ukuran Keberhasilan 2")),
        div([para({"t": "Strong", "c": words("Target B06 (2)")})], classes=("t-target",)),
        para({"t": "Link", "c": [["", [], []], words("7"), ["#sec-komitmen-07", ""]]}),
        para(*words("ditetapkan untuk Komitmen 7 dan 8")),
        {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], [[para(*words("satu"))]]]},
        para(*words("berkategori Tingkat 3")),
    ],
    ids=["params", "uk", "target", "tautan", "komitmen", "daftar", "nama"],
)
def test_structure_and_params_are_known_by_rule(block: dict) -> None:
    commitments = [header(2, f"sec-komitmen-{n:02d}", *words(f"Komitmen {n}: Judul")) for n in (7, 8)]
    found = origins(*commitments, block, names=("Tingkat 3",))[2:]
    assert found
    assert "lain" not in {kind for kind, _, _ in found}


def test_a_conditional_part_counts_only_when_it_is_shown() -> None:
    block = div([para(span("5", "angka", key="a"))], classes=("content-visible",), when_meta="ada.sorotan")
    assert origins(block, present={"sorotan": False}) == []
    assert origins(block, present={"sorotan": True}) == [("angka", "5", "a")]


def test_tables_and_references_carry_their_numbers() -> None:
    first = div([para(*words("isi")), para(*words("Rekapitulasi"))], "tbl-satu")
    second = div([para(*words("isi")), para(*words("Pelaksana"))], "tbl-dua")
    cite = {"t": "Cite", "c": [[{"citationId": "tbl-dua"}], words("@tbl-dua")]}
    made = of_tree(tree(first, second, para(cite)))
    assert made.tables == ("Rekapitulasi", "Pelaksana")
    assert [p.numeral for p in made.printed if p.kind == "struktur"] == ["1", "2", "2"]


# cetakan.json -----------------------------------------------------------------------------------------------


def test_the_json_form_gives_back_the_same() -> None:
    made = Expected(
        "Judul 2021", ("Bagian",), ("Bagian", "Bab 1"), ("T",), ("G",), ("B06",),
        (Printed("angka", "78", "a b"), Printed("sel", "12345", "x!L!H1", breakable=True), Printed("lain", "1", "")),
        ("Pelaku 1",),
    )  # fmt: skip
    assert Expected.of_record(json.loads(json.dumps(made.record()))) == made


def test_json_of_a_report_without_an_index_is_read_as_before() -> None:
    record = SMALL.record()
    del record["indeks"]
    assert Expected.of_record(record) == SMALL


@pytest.mark.parametrize(
    "damage",
    [
        {"versi": 2},
        {"asal": ["entah a"]},
        {"cetakan": ["7: 1"]},
        {"cetakan": ["0: satu"]},
        {"cetakan": ["-1: 1"]},
        {"cetakan": [7]},
        {"cetakan": None},
        {"judul": 5},
    ],
)
def test_any_other_json_is_refused(damage: dict) -> None:
    with pytest.raises(ValueError, match=r"."):
        Expected.of_record(Expected().record() | {"asal": ["angka a"]} | damage)
    with pytest.raises(ValueError, match=r"."):
        Expected.of_record(["bukan"])


# The account ------------------------------------------------------------------------------------------------

SMALL = Expected(
    title="Laporan 2021",
    parts=("Ringkasan", "Lampiran"),
    entries=("Ringkasan", "Lampiran", "Komitmen 7: Judul"),
    tables=("Rekap",),
    printed=(
        Printed("teks", "2021", "judul"),
        Printed("angka", "14", "a"),
        Printed("struktur", "1", "tbl-x"),
        Printed("angka", "27", "b"),
        Printed("struktur", "7", "judul komitmen"),
        Printed("sel", "12345678", "x!L!H1", breakable=True),
    ),
)
PAGES = (
    "Laporan 2021",
    "Daftar Isi\nRingkasan . . . . . 3\nLampiran . . . . . 4\nKomitmen 7: Judul . . . . . 4\n"
    "Daftar Tabel\nTabel 1 Rekap . . . . . 3\nLaporan 2021 2 / 5",
    "Ringkasan\nAda 14 komitmen\nTabel 1 Rekap\n27\nLaporan 2021 3 / 5",
    "Lampiran\nKomitmen 7: Judul\nhttps://contoh.id/berkas/1234\n5678\nLaporan 2021 4 / 5",
    "Komitmen 7 Lampiran\nsisa\nLaporan 2021 5 / 5",
)


def accounted(old: str = "", new: str = "", page: int = 0) -> Account:
    """The account of the small report with one text replaced on one page."""
    pages = list(PAGES)
    if page:
        assert old in pages[page - 1]
        pages[page - 1] = pages[page - 1].replace(old, new, 1)
    return account(SMALL, pages)


def test_the_small_report_is_accounted_for() -> None:
    made = accounted()
    assert made.complete, made.differences
    assert made.share == 1.0
    assert sum(made.explained.values()) == made.total == 26


@pytest.mark.parametrize(
    ("old", "new", "page"),
    [
        ("Ada 14", "Ada 14 dan 14", 3),
        ("komitmen", "komitmen 2021", 3),
        ("sisa", "sisa 7", 5),
        ("Komitmen 7", "Komitmen 8", 5),
        ("Lampiran . . . . . 4", "Lampiran . . . . . 3", 2),
        ("3 / 5", "3 / 6", 3),
        ("Laporan 2021 3 / 5", "Laporan 2022 3 / 5", 3),
        ("Daftar Tabel", "Daftar Tabel 1", 2),
        ("5678", "5679", 4),
        ("2021", "2021 2021", 1),
    ],
)
def test_a_planted_numeral_fails_wherever_it_stands(old: str, new: str, page: int) -> None:
    made = accounted(old, new, page)
    assert not made.complete
    assert made.share < 1
    assert page in {difference.page for difference in made.differences}


def test_a_lost_numeral_is_named_with_its_figure() -> None:
    (difference,) = accounted("Ada 14 komitmen", "Ada komitmen", 3).differences
    assert difference.found is None
    assert difference.lost == Printed("angka", "14", "a")
    assert difference.page == 3


def test_two_numerals_in_one_another_s_place_are_told() -> None:
    pages = [page.replace("12345678", "9").replace("1234\n5678", "9") for page in PAGES]
    small = replace(SMALL, printed=(*SMALL.printed[:-1], Printed("sel", "9", "x!L!H1")))
    assert account(small, pages).complete
    pages[2] = pages[2].replace("14", "x").replace("27", "14").replace("x", "27")
    first, second = account(small, pages).differences
    assert (first.found.numeral, first.lost.key) == ("27", "a")  # type: ignore[union-attr]
    assert (second.found.numeral, second.lost.key) == ("14", "b")  # type: ignore[union-attr]


def test_a_numeral_of_a_short_word_may_not_fall_apart() -> None:
    assert not accounted("27", "2\n7", 3).complete


def test_a_repeated_heading_row_is_known() -> None:
    head = replace(SMALL, heads=("Kategori B06",), printed=(*SMALL.printed, Printed("struktur", "06", "periode")))
    once = [page.replace("27", "Kategori B06\n27") for page in PAGES]
    twice = [*once[:4], once[4].replace("sisa", "Kategori B06\nsisa")]
    assert account(head, once).complete
    assert account(head, twice).complete
    assert not account(head, [*twice[:4], twice[4].replace("B06", "B06 06")]).complete


INDEXED = replace(
    SMALL,
    parts=(*SMALL.parts, "Indeks"),
    entries=(*SMALL.entries, "Indeks"),
    index=("Pelaku (P)", "Pelaku (P) Muda"),
)
INDEX_PAGES = (
    PAGES[0].replace("5", "6"),
    PAGES[1].replace("Daftar Tabel", "Indeks . . . . . 6\nDaftar Tabel").replace("/ 5", "/ 6"),
    PAGES[2].replace("/ 5", "/ 6"),
    PAGES[3].replace("/ 5", "/ 6").replace("Judul\n", "Judul\nPelaku (P)\n"),
    PAGES[4].replace("/ 5", "/ 6").replace("sisa", "Pelaku (P) Muda"),
    "Indeks\nPelaku (P) 4, 5\nPelaku (P) Muda 5\nLaporan 2021 6 / 6",
)


def test_the_pages_in_the_index_are_known_where_the_name_stands_on_them() -> None:
    made = account(INDEXED, INDEX_PAGES)
    assert made.complete, made.differences


@pytest.mark.parametrize(
    ("old", "new"), [("4, 5", "4, 6, 7"), ("4, 5", "3"), ("Muda 5", "Muda 4"), ("Muda 5", "Muda 5, 5 9")]
)
def test_a_wrong_page_in_the_index_is_found(old: str, new: str) -> None:
    assert old in INDEX_PAGES[5]
    assert not account(INDEXED, [*INDEX_PAGES[:5], INDEX_PAGES[5].replace(old, new)]).complete


def test_carried_names_figures_that_are_printed_otherwise() -> None:
    assert carried(SMALL, {"a": "14", "b": "27%"}) == []
    assert carried(SMALL, {"a": "15"}) == ["a", "b"]


# The real report ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pdf(report: Path) -> Pdf:
    return read_pdf(report / "laporan.pdf")


@pytest.fixture(scope="module")
def expected(pdf: Pdf) -> Expected:
    return Expected.of_record(json.loads(dict(pdf.attachments)["lampiran/cetakan.json"]))


def test_every_numeral_of_the_report_is_accounted_for(pdf: Pdf, expected: Expected) -> None:
    made = account(expected, pdf.pages)
    assert made.total > 1500
    assert made.explained["angka"] > 400
    assert "lain" not in {p.kind for p in expected.printed}
    assert made.differences == ()
    assert made.share == 1.0


@pytest.mark.parametrize("page", [1, 3, 4, 20, -1])
@pytest.mark.parametrize("numeral", ["14", "2021", "98765"])
def test_a_numeral_planted_in_the_report_fails(pdf: Pdf, expected: Expected, page: int, numeral: str) -> None:
    pages = list(pdf.pages)
    lines = pages[page].split("\n")
    place = 3
    while page in (1, 2) and not lines[place - 1].rstrip()[-1:].isdigit():
        place += 1  # the contents: between two entries, not within one that runs over lines
    pages[page] = "\n".join([*lines[:place], f"tambahan {numeral} di sini", *lines[place:]])
    (difference,) = account(expected, pages).differences
    assert difference.found is not None
    assert (difference.found.numeral, difference.lost) == (numeral, None)
    assert difference.page == page % len(pages) + 1


def test_an_altered_figure_of_the_report_is_named(pdf: Pdf, expected: Expected) -> None:
    pages = list(pdf.pages)
    place = next(n for n, text in enumerate(pages) if "83,3%" in text and n > 3)
    pages[place] = pages[place].replace("83,3%", "93,3%", 1)
    (difference,) = account(expected, pages).differences
    assert difference.found is not None
    assert difference.lost is not None
    assert (difference.found.numeral, difference.lost.numeral) == ("93,3", "83,3")
    assert difference.lost.key.endswith(".skor")
    assert difference.page == place + 1
