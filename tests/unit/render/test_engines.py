"""The staged folder and the embedded engine: what the vocabulary becomes in PDF and HTML.

`tests/data/contoh` holds one Markdown file per slot: two commitments, one of them full of hostile cells.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from monev.render import engines
from monev.render.engines import Engine, RenderError
from monev.render.staged_folder import Attachment, escape_markdown, included_slots, stage
from sample_report import ATTACHED, EMBEDDED, HOSTILE, QUARTO, TEXTS, TIMESTAMP, make_stage


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_stage(tmp_path_factory.mktemp("satu") / "stage")


@pytest.fixture(scope="module")
def pdf(staged: Path) -> Path:
    out = staged.parent / "laporan.pdf"
    engines.render_pdf(staged, out, engine=EMBEDDED, timestamp=TIMESTAMP)
    return out


@pytest.fixture(scope="module")
def html(staged: Path) -> str:
    out = staged.parent / "laporan.html"
    engines.render_html(staged, out, engine=EMBEDDED, timestamp=TIMESTAMP)
    return out.read_text("utf-8")


@pytest.fixture(scope="module")
def pages(pdf: Path) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


@pytest.fixture
def elsewhere() -> Iterator[None]:
    """Another time zone and language for the length of a test."""
    before = {name: os.environ.get(name) for name in ("TZ", "LANG", "LC_ALL")}
    os.environ.update(TZ="Asia/Jakarta", LANG="id_ID.UTF-8", LC_ALL="tr_TR.UTF-8")
    time.tzset()
    yield
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value
    time.tzset()


def packed(text: str) -> str:
    """Text without white space: where a line breaks on the page does not matter."""
    return re.sub(r"\s+", "", text)


# The staged folder ------------------------------------------------------------------------------------------


def test_every_slot_has_a_file_even_when_nobody_fills_it(staged: Path) -> None:
    slots = included_slots(staged)
    assert len(slots) == 34
    assert all((staged / f"_slot-{name}.md").is_file() for name in slots)
    assert (staged / "_slot-catatan-umum.md").read_text("utf-8") == "\n"


def test_staging_twice_gives_the_same_files(staged: Path, tmp_path: Path) -> None:
    again = make_stage(tmp_path / "dua")
    names = sorted(p.relative_to(again) for p in again.rglob("*") if p.is_file())
    assert names
    assert all((again / name).read_bytes() == (staged / name).read_bytes() for name in names)


def stage_small(source: Path, target: Path, **parts: object) -> None:
    given: dict[str, object] = {"sections": {}, "figures": {}, "texts": {}, "present": {}, "files": {}}
    stage(source, target, **{**given, **parts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name", ["../x", "/etc/x", "a/../../x", "C:x", "a\\b", "", ".hidden", "gambar//x", "./x", "nul", "a\nb"]
)
def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="file name"):
        stage_small(QUARTO, tmp_path / "stage", files={name: b""})


def test_a_file_cannot_replace_a_part_of_the_report(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="taken"):
        stage_small(QUARTO, tmp_path / "stage", files={"laporan.qmd": b""})


@pytest.mark.parametrize("slot", ["../x", "Besar", "tidak-ada"])
def test_a_section_without_a_place_is_refused(tmp_path: Path, slot: str) -> None:
    with pytest.raises(ValueError, match=r"slot name|no place"):
        stage_small(QUARTO, tmp_path / "stage", sections={slot: "x"})


def test_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "quarto"
    source.mkdir()
    (source / "rahasia.md").symlink_to("/etc/passwd")
    with pytest.raises(ValueError, match="symbolic link"):
        stage_small(source, tmp_path / "stage")


def test_a_missing_attachment_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not among"):
        stage_small(QUARTO, tmp_path / "stage", attachments=[Attachment("lampiran/x.csv", "x", "text/csv")])


def test_metadata_text_is_literal() -> None:
    assert escape_markdown("1. *a*\n [b]") == r"1\. \*a\* \[b\]"


# PDF --------------------------------------------------------------------------------------------------------


def test_pdf_is_archival_accessible_and_tagged(pdf: Path) -> None:
    with pikepdf.open(pdf) as document:
        with document.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("3", "A", "1")
            assert xmp["dc:title"] == TEXTS["judul"]
            assert xmp["dc:creator"] == [TEXTS["sekretariat"]]
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "id"
        assert document.Root.Outlines.Count != 0


def test_pdf_carries_its_data(pdf: Path) -> None:
    with pikepdf.open(pdf) as document:
        (attached,) = document.attachments.values()
        assert attached.get_file().read_bytes() == b'{"a": 1}\n'
        assert attached.description == ATTACHED.description


def test_pdf_uses_the_fonts_of_the_project_only(pdf: Path) -> None:
    with pikepdf.open(pdf) as document:
        names = {str(o.BaseFont) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o}
    assert names
    assert all("SourceSerifPro" in name or "SourceSansPro" in name for name in names)


def test_figures_have_alternative_text(pdf: Path) -> None:
    with pikepdf.open(pdf) as document:
        alts = [str(o.Alt) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
    assert "Diagram batang: Baik 14 komitmen, Cukup 2, Kurang 2" in alts


def test_every_appendix_starts_on_a_new_page_with_a_repeated_head(pages: list[str]) -> None:
    title = re.compile(r"^Komitmen [12]\s*$", re.MULTILINE)
    starts = [n for n, page in enumerate(pages) if title.search(page) and "Daftar Isi" not in page]
    assert len(starts) == 2
    grid_pages = [page for page in pages[starts[0] :] if "Capaian dan Ko-Kreasi" in page]
    assert len(grid_pages) > len(starts)


def test_nothing_overflows_the_page(pdf: Path) -> None:
    document = pypdfium2.PdfDocument(pdf)
    for page in list(document)[1:]:
        width, _ = page.get_size()
        text = page.get_textpage()
        assert max(text.get_charbox(i)[2] for i in range(text.count_chars())) < width - 60


def test_references_and_figures_are_filled(pages: list[str], html: str) -> None:
    text = packed(" ".join(pages))
    assert packed("disajikan dalam Gambar 1; daftarnya dalam Tabel 1 dan Tabel 5") in text
    assert '<a href="#tbl-baik" class="rujuk">Tabel\u00a01</a>' in html
    assert '<span class="angka" data-key="target.jumlah">72,06</span>' in html


# Hostile cells ----------------------------------------------------------------------------------------------


def test_a_hostile_cell_is_printed_as_it_stands(pages: list[str], html: str) -> None:
    text = packed(" ".join(pages)).replace("\ufffe", "")
    assert text.count(packed(HOSTILE)) == 3
    shown = unescape(re.sub(r"<[^>]+>", "", html))
    assert packed(shown).count(packed(HOSTILE)) == 3
    assert html.count("<script") == 1, "more than the page's own"


def test_marks_that_typst_would_read_stay_literal(tmp_path: Path) -> None:
    marks = ["...", "-5%", "a-?b", "--", "---", "~", "//x", "/* x */", "= x", "1. x", '"q"', "\\", "$5$"]
    lines = [f"{n}AWAL{escape_markdown(m)}AKHIR\n\n{n}AWAL {escape_markdown(m)} AKHIR\n" for n, m in enumerate(marks)]
    folder = make_stage(tmp_path / "stage", audit="\n".join(lines))
    out = tmp_path / "laporan.pdf"
    engines.render_pdf(folder, out, engine=EMBEDDED, timestamp=TIMESTAMP)
    printed = packed("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(out)))
    for number, mark in enumerate(marks):
        assert printed.count(packed(f"{number}AWAL{mark}AKHIR")) >= 2


def test_a_slot_cannot_include_files(tmp_path: Path) -> None:
    folder = make_stage(tmp_path / "stage", audit="{{< include _angka.yml >}}")
    assert "{{< include _angka.yml >}}" in engines.sources(folder).sections["slot-audit"]


# HTML -------------------------------------------------------------------------------------------------------


def test_html_asks_for_nothing_from_elsewhere(html: str) -> None:
    sources = re.findall(r'(?<![-a-z])(?:src|href)="([^"#][^"]*)"', html)
    assert sources
    assert all(source.startswith("data:") for source in sources)
    assert "@import" not in html
    assert "url(http" not in html


def test_a_loose_table_keeps_code_and_line_breaks(html: str) -> None:
    assert "<code>data/target.csv</code>" in html
    assert re.search(r"Register angka<br />\s*semua figur", html)


def test_html_targets_are_a_real_table(html: str) -> None:
    assert html.count('<table class="daftar-target"') == 2
    assert html.count('<tbody class="target"') == 15
    assert '<th scope="col">Capaian dan Ko-Kreasi</th>' in html
    assert 'data-key="target.01-1-bcn-b12-1"' in html


# The same bytes, and failures -------------------------------------------------------------------------------


def test_same_bytes_in_another_folder_zone_and_language(pdf: Path, html: str, tmp_path: Path, elsewhere: None) -> None:
    (tmp_path / "tempat lain").mkdir()
    folder = make_stage(tmp_path / "tempat lain" / "stage")
    engines.render_pdf(folder, tmp_path / "a.pdf", engine=EMBEDDED, timestamp=TIMESTAMP)
    engines.render_html(folder, tmp_path / "a.html", engine=EMBEDDED, timestamp=TIMESTAMP)
    assert (tmp_path / "a.pdf").read_bytes() == pdf.read_bytes()
    assert (tmp_path / "a.html").read_text("utf-8") == html


@pytest.mark.parametrize(
    ("slot", "told"),
    [
        ('[]{.angka key="tidak.ada"} []{.angka key="x.y"}', "angka tidak dikenal: tidak.ada, x.y"),
        ('[]{.teks key="tidak-ada"}', "teks tidak dikenal: tidak-ada"),
        ("@tbl-tidak-ada", "rujukan tidak dikenal: tbl-tidak-ada"),
    ],
)
@pytest.mark.parametrize("make", [engines.render_pdf, engines.render_html])
def test_an_unknown_key_stops_the_render(tmp_path: Path, make: object, slot: str, told: str) -> None:
    folder = make_stage(tmp_path / "stage", audit=slot)
    with pytest.raises(RenderError) as failure:
        make(folder, tmp_path / "out", engine=EMBEDDED, timestamp=TIMESTAMP)  # type: ignore[operator]
    assert failure.value.detail == told
    assert not (tmp_path / "out").exists()


def test_a_hidden_part_is_not_read(tmp_path: Path) -> None:
    folder = make_stage(tmp_path / "stage", sorotan='[]{.angka key="tidak.ada"}')
    metadata = folder / "_angka.yml"
    hidden = metadata.read_text("utf-8").replace('"sorotan": true', '"sorotan": false')
    metadata.write_text(hidden, encoding="utf-8")
    engines.render_html(folder, tmp_path / "a.html", engine=EMBEDDED, timestamp=TIMESTAMP)
    assert 'id="sec-sorotan"' not in (tmp_path / "a.html").read_text("utf-8")


def test_a_missing_image_is_told_without_a_traceback(staged: Path, tmp_path: Path) -> None:
    folder = make_stage(tmp_path / "stage", audit="![a](gambar/tidak-ada.svg)")
    with pytest.raises(RenderError) as failure:
        engines.render_pdf(folder, tmp_path / "a.pdf", engine=EMBEDDED, timestamp=TIMESTAMP)
    assert "tidak-ada.svg" in failure.value.detail
    assert "Traceback" not in str(failure.value)
    with pytest.raises(RenderError) as failure:
        engines.render_html(folder, tmp_path / "a.html", engine=EMBEDDED, timestamp=TIMESTAMP)
    assert "tidak-ada.svg" in failure.value.detail


# Engines ----------------------------------------------------------------------------------------------------


def test_auto_falls_back_to_the_embedded_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert engines.choose_engine("auto") == EMBEDDED
    with pytest.raises(RenderError, match="PATH"):
        engines.choose_engine("quarto")
    with pytest.raises(RenderError, match="tidak dikenal"):
        engines.choose_engine("word")


def test_quarto_is_called_in_the_staged_folder(staged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for Quarto: it writes what it was told and where it ran."""
    program = tmp_path / "quarto"
    program.write_text(
        '#!/bin/sh\nif [ "$1" = --version ]; then echo 1.9.38; exit; fi\n'
        'echo "$* $SOURCE_DATE_EPOCH $TYPST_IGNORE_SYSTEM_FONTS ${RAHASIA:-bersih}" > laporan.pdf\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("RAHASIA", "bocor")
    engine = engines.choose_engine("auto")
    assert engine == Engine("quarto", str(program), "1.9.38")
    engines.render_pdf(staged, tmp_path / "q.pdf", engine=engine, timestamp=5)
    said = (tmp_path / "q.pdf").read_text("utf-8")
    assert said.startswith("render laporan.qmd --to monev-typst --output laporan.pdf")
    assert said.endswith("5 true bersih\n")
    assert not (staged / "laporan.pdf").exists()


def test_versions_of_the_engines() -> None:
    assert {"pandoc", "typst"} <= set(engines.engine_versions())
