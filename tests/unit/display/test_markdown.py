"""Cell text stays literal text: through Markdown, pandoc and back, whatever it holds."""

import json
import subprocess
from urllib.parse import unquote

import pypandoc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monev.display.document import Cell, Heading, Paragraph, Table, TableColumn
from monev.display.markdown import addresses, blocks, literal, visible

HOSTILE = [
    '`#read("/etc/passwd")`{=typst}',
    '#read("/etc/passwd")',
    "{{< include /etc/passwd >}}",
    "{{< meta title >}}",
    "<script>alert(1)</script>",
    "$x^2$ dan \\(y\\)",
    "@fig-administratif [-@tbl-1]",
    "[tautan](https://contoh.id){.kelas}",
    "**tebal** _miring_ ~~coret~~ ^atas^ ~bawah~",
    "# judul",
    "::: {.catatan}",
    "| a | b |",
    "---",
    "1. butir",
    "- butir",
    "    kode",
    "```{python}\nprint(1)\n```",
    "&amp; &#35;",
    "\\input{/etc/passwd}",
    "kutip \"ganda\" dan 'tunggal' ... --",
    "[^1]: catatan",
    "=HYPERLINK(1)",
    "https://contoh.id/a_b*c",
]


def read_back(markdown: str) -> list[str]:
    """Return the text of each paragraph as pandoc reads it, and nothing but text may stand there."""
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "json"],
        input=markdown.encode(),
        capture_output=True,
        check=True,
    )
    return [_words(block) for block in json.loads(done.stdout)["blocks"]]


def _words(block: dict) -> str:
    assert block["t"] == "Para", block
    return "".join(_inline(item) for item in block["c"])


def _inline(item: dict) -> str:
    if item["t"] == "Span":
        return "".join(_inline(inner) for inner in item["c"][1])
    if item["t"] == "Link":  # a web address, to itself
        words, (target, _) = "".join(_inline(inner) for inner in item["c"][1]), item["c"][2]
        assert unquote(target).removeprefix("http://") == unquote(words).removeprefix("http://")
        return words
    text = {"Str": lambda: item["c"], "Space": lambda: " ", "SoftBreak": lambda: " ", "LineBreak": lambda: "\n"}
    assert item["t"] in text, item
    return text[item["t"]]()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_back_as_it_was(text: str) -> None:
    [back] = read_back(blocks([Paragraph((Cell(text),))]))
    assert back.split() == text.split()


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80), min_size=1, max_size=25))
def test_any_text_is_read_back(texts: list[str]) -> None:
    """Many texts in one run of pandoc, which costs most of the time."""
    kept = [text for text in texts if visible(text).strip() and "\u00a0" not in text]
    markdown = blocks([Paragraph(("x ", Cell(text), " y")) for text in kept])
    if kept:
        back = read_back(markdown)
        assert [b.split() for b in back] == [("x " + visible(t) + " y").split() for t in kept]


def test_text_in_a_table_cell_stays_in_it() -> None:
    columns = (TableColumn(("A",)), TableColumn(("B",)))
    table = Table("tbl-x", ("Judul",), columns, ((("a | b \\| c",), (Cell("x\ny"),)),))
    made = blocks([table])
    assert made.count("\n| ") == 2
    assert "a \\| b \\\\\\| c" in made


def test_controls_and_directions_become_visible() -> None:
    assert visible("a\x00b\u202ec") == "a\ufffdb\ufffdc"


def test_every_ascii_punctuation_is_escaped() -> None:
    marks = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
    assert literal(marks) == "".join(f"\\{mark}" for mark in marks)


ADDRESSES = [
    ("Lihat https://cekbansos.kemensos.go.id.", ["https://cekbansos.kemensos.go.id"]),
    ("(https://a.go.id/x_(1).html), dan www.b.or.id!", ["https://a.go.id/x_(1).html", "www.b.or.id"]),
    ("HTTP://A.ID/?q=1&copy=2#c; *https://b.id/~u/a*b*", ["HTTP://A.ID/?q=1&copy=2#c", "https://b.id/~u/a*b"]),
    ("[tautan](https://contoh.id)", ["https://contoh.id"]),
    ("https://contoh.id/naskah/2021/", ["https://contoh.id/naskah/2021/"]),
    # Broken or half printed: no whole host, cut at a hyphen or by dots.
    ("https:// contoh.id dan http://lokal/x", []),
    ("https://contoh.id/naskah-\npanjang", []),
    ("https://contoh.id/nas... dan https://contoh.id/…", []),
    ("surel a@contoh.id, berkas laporan.pdf, javascript:alert(1)", []),
]


@pytest.mark.parametrize(("text", "wanted"), ADDRESSES)
def test_web_addresses_are_links_to_themselves(text: str, wanted: list[str]) -> None:
    assert [text[start:end] for start, end in addresses(text)] == wanted
    made = blocks([Paragraph((Cell(text, "a!b!C1"),))])
    assert "".join(read_back(made)) == text
    assert made.count("](<") == len(wanted)


def test_a_heading_leads_nowhere() -> None:
    assert "](" not in blocks([Heading(2, (Cell("Laman https://contoh.id"),))])
