"""Whatever a workbook's cell holds stands in PDF, HTML and notebooks as the literal text, and nothing of it runs.

Many texts go into one made-up plan, through the workbooks, pandoc and both writers: a render costs seconds.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from monev.display.markdown import visible
from monev.io.atomic_files import csv_bytes
from monev.io.workbook_writer import write_book
from monev.model.fields import ACHIEVEMENTS_OMS, KL
from plans import EDITION, MadePlan, make_plan
from support import render_here

COLUMNS = {
    "title",
    "full_name",
    "measure_text",
    "target",
    "achievement",
    "cocreation_text",
    "evidence",
    "followup",
    "highlight_title",
    "highlight",
    "note_title",
    "note",
    "reason",
}
MARKUP = [
    '`#read("/etc/passwd")`{=typst}',
    '#read("/etc/passwd")',
    '#image("/etc/passwd") #include "x.typ" #eval("1+1")',
    "]#sys.version[",
    "= Judul",
    "/* komentar */ // komentar",
    "$ x^2 $ #x <label> @rujukan \\u{41}",
    "{{< include /etc/passwd >}}",
    "{{< meta title >}} {{< env HOME >}} {{< video https://contoh.example/v >}}",
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<iframe src='https://contoh.example'></iframe><style>*{display:none}</style>",
    "<!-- komentar --> <!DOCTYPE x> <![CDATA[x]]> &amp; &#35; &nbsp;",
    "javascript:alert(1) [klik](javascript:alert(1))",
    "\\input{/etc/passwd} \\write18{id} \\def\\x{1} $$\\frac{1}{2}$$",
    "```{python}\nprint(1)\n```",
    "```{=html}\n<script>alert(1)</script>\n```",
    "`<b>x</b>`{=html}",
    "::: {.catatan}\nisi\n:::",
    '[]{.angka key="komitmen.jumlah"} []{.teks key="judul"}',
    "![gambar](https://contoh.example/x.png){width=100%}",
    "[tautan](https://contoh.example){.kelas} <https://contoh.example> https://contoh.example/a_b*c?d=e&f",
    "@fig-administratif [-@tbl-komitmen] [@x; @y]",
    "**tebal** _miring_ ~~coret~~ ^atas^ ~bawah~ `kode`",
    "# judul\n\n## judul lagi\n\n---\n\n***",
    "- butir\n- butir\n\n1. satu\n2) dua\n\n(@) contoh\n\na. huruf",
    "| a | b |\n|---|---|\n| c | d |",
    "    kode menjorok",
    "> kutipan\n\n: definisi\n\nistilah\n: arti",
    "[^1]: catatan [^1] ^[catatan]",
    "---\ntitle: lain\n...\n",
    "*[HTML]: singkatan",
    "kutip \"ganda\" dan 'tunggal' ... -- --- -5% a-?b (c) (tm)",
    "\\ di akhir \\",
    "baris satu\nbaris dua\r\nbaris tiga\rbaris empat",
    '=HYPERLINK("https://contoh.example";"klik")',
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    "=cmd|' /C calc'!A0",
    "_x0041_ _y000D_",
    "a_b_c __init__ snake_case *",
    "100% #1 a&b <a b> {a: b} [x] (y) 'z'",
]
SCRIPTS = [
    "\U0001f600 \U0001f1ee\U0001f1e9 \u2764\ufe0f \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\u6f22\u5b57 \u4e2d\u6587 \u65e5\u672c\u8a9e \ud55c\uad6d\uc5b4",
    "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
    "\u0928\u092e\u0938\u094d\u0924\u0947 \u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35 \u0e01\u0e33",
    "e\u0301 a\u0308\u0323 x\u0336\u0336 Z\u0351\u036b\u0343\u036a\u0302",
    "\u03a9 \u044f \u2192 \u2713 \u00bd \u221e \u2260 \u20ac \u00a9 \u2026 \u201ckutip\u201d",
    "a\u00a0b\u2009c\u3000d\u200be\u00adf\u2060g",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16") + "\u0378\U0001fae8",
]
HIDDEN = [
    "a\u202eb\u202cc \u2067d\u2069 \u200fe\u061c",
    "a\x7fb\x9bc\x85d",
    "a\ue000b\U000f0000c\ufdd0d\U000e0041e",
]
WORD = "\u0416"  # a letter that no other text of the report has
ENDLESS = WORD * 3000
LENGTHY = " ".join(["\u042f\u042f\u042f\u042f"] * 6000)  # 29,999 characters
NEVER = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ufffe]")


@dataclass
class Pool:
    """Hands out texts in turn to the text columns of a plan, and keeps what each column got."""

    texts: list[str]
    given: dict[str, set[str]] = field(default_factory=dict)
    place: int = 0

    def __call__(self, column: str, usual: str) -> str:
        if (column == "highlight_title" and column in self.given) or (column == "note_title" and column in self.given):
            return next(iter(self.given[column]))
        text = self.texts[self.place % len(self.texts)]
        self.place += 1
        self.given.setdefault(column, set()).add(text)
        return text


@dataclass(frozen=True)
class Made:
    """A rendered plan: what it was given, and the texts of its outputs."""

    folder: Path
    given: dict[str, set[str]]
    pdf: str
    html: str
    notebooks: str


def squeeze(text: str) -> str:
    """Return text in plain letters without blanks and without what has no width: lines break anywhere on a page."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", NEVER.sub("", text)))


def expected(text: str) -> str:
    return squeeze(visible(text))


def words_of(markup: str) -> str:
    return squeeze(unescape(re.sub(r"<[^>]+>", "", markup)))


def make(target: Path, texts: list[str], plan: MadePlan | None = None, *, pages: bool = True) -> Made:
    pool = Pool(texts)
    base = plan or MadePlan(commitments=6, targets={2: 4})
    reason = {"commitment": 1, "dimension": "Administratif", "category": "Kurang", "reason": pool("reason", "")}
    made_plan = replace(base, text=pool, determinations=[reason])
    root = make_plan(target / "akar", made_plan)
    folder = render_here(root, EDITION, target, pages=pages)
    document = pypdfium2.PdfDocument(folder / "laporan.pdf")
    pdf = squeeze("".join(page.get_textpage().get_text_range() for page in document))
    document.close()
    notebooks = "".join(path.read_text("utf-8") for path in sorted((folder / "notebooks").glob("*.html")))
    return Made(folder, pool.given, pdf, (folder / "laporan.html").read_text("utf-8"), notebooks)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("harfiah"), [*MARKUP, *HIDDEN])


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("aksara"), SCRIPTS)


@pytest.fixture(scope="module")
def benign(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("biasa"), ["teks biasa", "baris satu\nbaris dua"])


def test_every_printed_text_column_is_tried(made: Made) -> None:
    assert set(made.given) == COLUMNS
    assert set().union(*made.given.values()) == {*MARKUP, *HIDDEN}


@pytest.mark.parametrize("text", [*MARKUP, *HIDDEN])
def test_hostile_text_stands_in_all_outputs_as_it_is(made: Made, text: str) -> None:
    assert expected(text) in made.pdf
    assert expected(text) in words_of(made.html)
    assert expected(text) in words_of(made.notebooks)


@pytest.mark.parametrize("text", SCRIPTS)
def test_other_scripts_and_emoji_stand_in_all_outputs(scripts: Made, text: str) -> None:
    """In the PDF each character: a reader may give letters from right to left, and joined emoji, in another order."""
    assert expected(text) in words_of(scripts.html)
    assert expected(text) in words_of(scripts.notebooks)
    text = re.sub("[\u0323\u0336\u0351\u036b\u0343\u036a]", "\ufffd", text)  # accents that no font of the report has
    joined = re.sub("[\U0001f1e6-\U0001f1ff]|\U0001f468\u200d\U0001f469\u200d\U0001f467", "", text)
    assert set(unicodedata.normalize("NFKD", expected(joined))) <= set(unicodedata.normalize("NFKD", scripts.pdf))


def test_a_pdf_with_missing_letters_is_archival_and_shows_their_code(scripts: Made) -> None:
    with pikepdf.open(scripts.folder / "laporan.pdf") as document:
        with document.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfuaid:part"]) == ("3", "1")
        names = {str(o.BaseFont) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o}
    assert any("MonevPengganti" in name for name in names)


# Nothing runs -------------------------------------------------------------------------------------------------------


class Elements(HTMLParser):
    """Collects the elements and attributes of a page, and where it points."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.targets: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        for name, value in attrs:
            self.attributes.add((tag, name))
            if name in ("href", "src", "data", "action", "srcset", "poster"):
                self.targets.add(value or "")


def part_of_texts(made: Made) -> str:
    """Return all that was given, in which an address may stand that becomes a link."""
    return "\n".join(text for texts in made.given.values() for text in texts)


@pytest.mark.parametrize("part", ["html", "notebooks"])
def test_hostile_text_makes_no_element_and_no_link(made: Made, benign: Made, part: str) -> None:
    hostile, usual = Elements(getattr(made, part)), Elements(getattr(benign, part))
    assert usual.names
    assert hostile.names <= usual.names
    assert hostile.attributes <= usual.attributes
    outside = {target for target in hostile.targets if not target.startswith(("#", "data:"))}
    assert all(re.match("https?://", target) and unquote(target) in part_of_texts(made) for target in outside), outside


def test_hostile_text_makes_no_link_or_action_in_the_pdf(made: Made) -> None:
    def actions() -> Iterator[str]:
        with pikepdf.open(made.folder / "laporan.pdf") as document:
            for item in document.objects:
                if isinstance(item, pikepdf.Dictionary):
                    yield from (key for key in ("/URI", "/JS", "/Launch") if key in item)

    assert list(actions()) == []
    assert "root:" not in made.pdf


def test_hostile_text_adds_no_heading_and_no_table(made: Made, benign: Made) -> None:
    for tag in ("h1", "h2", "h3", "h4", "h5", "table", "figure", "ul", "ol", "li"):
        assert made.html.count(f"<{tag}") == benign.html.count(f"<{tag}"), tag


# Any text -----------------------------------------------------------------------------------------------------------

SNIPPETS = st.sampled_from(
    [
        "`",
        "``",
        "{=typst}",
        "#",
        "$",
        "\\",
        "*",
        "_",
        "[",
        "](",
        "<",
        ">",
        "&",
        "@",
        "|",
        "---",
        "\n",
        "{{<",
        ">}}",
        "~",
        '"',
        "'",
        "^",
        ":::",
        "=",
        "/",
        "//",
    ]
)
# A workbook cannot hold controls; it writes them as `_x0001_`.
LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
TEXTS = st.lists(st.one_of(SNIPPETS, st.text(LETTERS, max_size=6)), min_size=1, max_size=12).map("".join)


@pytest.mark.slow
@settings(
    max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(TEXTS, min_size=60, max_size=100))
def test_any_text_goes_through_both_writers(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    kept = [f"x{text}x" for text in texts]
    made = make(tmp_path_factory.mktemp("acak"), kept, MadePlan(commitments=8))
    html, notebooks = words_of(made.html), words_of(made.notebooks)
    for text in set().union(*made.given.values()):
        assert expected(text) in html, ascii(text)
        assert expected(text) in notebooks, ascii(text)


# Much text ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("columns", "text", "letter"),
    [
        (("achievement", "cocreation_text", "note"), LENGTHY, "\u042f"),
        (("target", "evidence", "followup"), LENGTHY, "\u042f"),
        (("achievement", "target", "cocreation_text", "evidence"), ENDLESS, WORD),
        (("title", "full_name", "note_title", "measure_text"), WORD * 600, WORD),
    ],
)
def test_much_text_is_all_there_and_stays_on_the_page(
    tmp_path: Path, columns: tuple[str, ...], text: str, letter: str
) -> None:
    texts = dict.fromkeys(columns, text)
    plan = MadePlan(commitments=1, periods=(("T1", "Tahun I", 2030),), groups=[KL], texts=texts)
    made = make(tmp_path, ["teks"], plan, pages=False)
    count = text.count(letter)
    assert made.pdf.count(letter) >= count * len(columns)
    assert words_of(made.html).count(letter) >= count * len(columns)
    document = pypdfium2.PdfDocument(made.folder / "laporan.pdf")
    for page in list(document)[1:]:
        width, height = page.get_size()
        text_page = page.get_textpage()
        boxes = [text_page.get_charbox(n) for n in range(0, text_page.count_chars(), 7)]
        assert max((box[2] for box in boxes), default=0) < width - 60
        assert min((box[1] for box in boxes), default=height) > 20
    document.close()


# Formulas -----------------------------------------------------------------------------------------------------------

LIVE = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("x")',
    "=",
    "+x",
    "-a",
]


@pytest.mark.parametrize("text", LIVE)
def test_no_text_becomes_a_formula_in_csv(text: str) -> None:
    content = csv_bytes(("a",), [{"a": text}]).decode("utf-8")
    [_, [value]] = list(csv.reader(io.StringIO(content, newline="")))
    assert len(text) == 1 or value.startswith("'")


@pytest.mark.parametrize("text", [text for text in LIVE if text.strip("\t\r") == text])
def test_no_text_becomes_a_formula_in_a_workbook(tmp_path: Path, text: str) -> None:
    write_book(tmp_path / "x.xlsx", ACHIEVEMENTS_OMS, {"Capaian": [{"target": text, "actor": text}]})
    sheet = load_workbook(tmp_path / "x.xlsx")["Capaian"]
    cells = [cell for cell in sheet[2] if cell.value == text]
    assert len(cells) == 2
    assert all(cell.data_type == "s" for cell in cells)


def test_the_report_s_data_hold_no_live_formula(made: Made) -> None:
    for path in (made.folder / "data").glob("*.csv"):
        for row in csv.reader(io.StringIO(path.read_text("utf-8"), newline="")):
            assert not [v for v in row if v[:1] in "=+-@\t\r" and len(v) > 1 and not re.fullmatch(r"-?[\d.]+", v)]
