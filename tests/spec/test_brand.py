"""The look of a report by a root's `_brand.yml`: what it changes, and what is told of a faulty one."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import font_source_sans_pro
import pikepdf
import pytest
import yaml
from docx import Document
from fontTools.ttLib import TTFont

from monev.display.charts.draw import svg
from monev.display.charts.specs import Bar, Bars
from monev.edition.edition_cache import opened_with_state, unchanged
from monev.edition.opened import open_edition
from monev.io.brand_file import load_look, own_look
from monev.io.folders import QUARTO
from monev.io.params_file import load_placed
from monev.model.brand import Brand, Look
from monev.notebook import Laporan, chart_style, value_of
from monev.render import engines
from monev.render.engines import Engine
from monev.render.staged_folder import stage
from monev.render.word_report import STYLES_FILE, branded, template
from sample_report import TEXTS
from support import copy_root, findings_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="#1b5e3f"/></svg>'
FONT = Path(font_source_sans_pro.__file__).parent / "files" / "SourceSansPro-Regular.ttf"
BRAND = """\
meta: {name: Kementerian Contoh}
color:
  palette:
    hijau: "#1B5E3F"
  primary: {light: hijau, dark: white}
  tertiary: "#840"
  success: hijau
  light: honeydew
logo:
  images:
    utama: {path: merek/logo.svg, alt: Logo "Contoh"}
  medium: utama
typography:
  fonts:
    - {family: Uji Sans, source: file, files: [merek/uji.ttf]}
  base: {family: Source Serif Pro, size: 11pt, line-height: 1.4}
  headings: Uji Sans
  monospace-inline: {family: Fira Code, background-color: light}
"""


def lay(root: Path, brand: str = BRAND) -> Path:
    """Put a brand file into a root, with a logo and a font."""
    (root / "merek").mkdir(parents=True, exist_ok=True)
    (root / "merek" / "logo.svg").write_text(SVG, "utf-8")
    font = TTFont(FONT)
    for record in font["name"].names:
        record.string = {1: "Uji Sans", 16: "Uji Sans", 4: "Uji Sans", 6: "UjiSans"}.get(record.nameID, str(record))
    font.save(root / "merek" / "uji.ttf")
    (root / "merek" / "palsu.ttf").write_text("bukan huruf", "utf-8")
    (root / "_brand.yml").write_text(brand, "utf-8")
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(tmp_path_factory.mktemp("merek"))


@pytest.fixture(scope="module")
def look(root: Path) -> Look:
    made, found = load_look(root)
    assert found == ()
    return made


@pytest.fixture(scope="module")
def staged(root: Path, look: Look, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("susun") / "stage"
    stage(
        QUARTO, target, sections={}, figures={}, texts=TEXTS, present={}, files={}, look=look,
        root=root,
    )  # fmt: skip
    (target / "laporan.qmd").write_text("# Bagian {#sec-x}\n\nIsi.\n", "utf-8")
    return target


# What it changes ----------------------------------------------------------------------------------------------------


def test_a_root_goes_before_the_repository_and_is_completed_by_it(look: Look, tmp_path: Path) -> None:
    own = own_look()
    assert own.colours["utama"] == "14375e"
    assert load_look(tmp_path) == (own, ())
    assert [look.colours[name] for name in ("utama", "aksen", "baik", "bagan-baik", "latar", "tautan")] == [
        "1b5e3f", "884400", "1b5e3f", "1b5e3f", "f0fff0", "1b5e3f",
    ]  # fmt: skip
    assert all(look.colours[name] == own.colours[name] for name in ("tinta", "sedang", "garis", "buruk-teks"))
    assert (look.text, look.headings, look.files) == ("Source Serif Pro", "Uji Sans", ("merek/uji.ttf",))


def test_both_documents_and_word_take_it(staged: Path, look: Look, tmp_path: Path) -> None:
    engines.render_pdf(staged, tmp_path / "a.pdf", engine=Engine("embedded"), timestamp=0)
    with pikepdf.open(tmp_path / "a.pdf") as document:
        objects = [o for o in document.objects if isinstance(o, pikepdf.Dictionary)]
        assert any("UjiSans" in str(o.get("/BaseFont")) for o in objects)
        assert 'Logo "Contoh"' in [str(o.Alt) for o in objects if "/Alt" in o]
    source = (staged / "dasar.typ").read_text("utf-8")
    assert re.findall(r'  utama: rgb\("(.*?)"\)', source) == ["1b5e3f"]

    engines.render_html(staged, tmp_path / "a.html", engine=Engine("embedded"), timestamp=0)
    page = (tmp_path / "a.html").read_text("utf-8")
    assert "--utama: #1b5e3f;" in page
    assert '--judul: "Uji Sans", var(--judul-lain);' in page
    assert re.search(r'<img class="logo" src="data:image/svg\+xml;base64,[^"]+" alt="Logo &quot;Contoh&quot;">', page)

    described = yaml.safe_load((QUARTO / STYLES_FILE).read_text("utf-8"))
    brand = {**look.colours, "huruf-teks": look.text, "huruf-judul": look.headings}
    made = branded(described, brand)
    assert made["paragraf"]["Heading 1"]["warna"] == "1B5E3F"
    assert made["huruf"] == {"teks": "Cambria", "judul": "Uji Sans"}
    written = Document(io.BytesIO(template(engines.pandoc_default(staged, "reference.docx"), made)))
    heading = written.styles["Heading 1"].font
    assert (str(heading.color.rgb), heading.name) == ("1B5E3F", "Uji Sans")


def test_charts_take_it_and_are_drawn_again_when_it_changes(root: Path, look: Look) -> None:
    bars = Bars((Bar("Baik", 14, "14", "baik"),))
    drawn = svg(bars, chart_style(look, root))
    assert "#1b5e3f" in drawn
    assert "#1b5e3f" not in svg(bars, chart_style())

    opened = open_edition(QUARTO.parent, "2021-S2")
    other = replace(opened, inputs=replace(opened.inputs, look=look))
    assert value_of(opened, "ringkasan_umum", ()) != value_of(other, "ringkasan_umum", ())
    assert value_of(opened, "daftar_komitmen", ()) == value_of(other, "daftar_komitmen", ()), "without a chart"
    shown = Laporan(other, root).ringkasan_umum().pictures()
    assert all("#1b5e3f" in picture for picture in shown.values())
    assert shown


def test_it_belongs_to_what_an_edition_is_made_from(tmp_path: Path) -> None:
    root = lay(copy_root(tmp_path))
    kept = opened_with_state(root, "2021-S2")
    assert "_brand.yml" in kept.opened.params_files(root)
    assert {"merek/logo.svg", "merek/uji.ttf"} <= {*kept.opened.inputs.files}
    assert unchanged(kept)
    (root / "merek" / "logo.svg").write_text(SVG.replace("1b5e3f", "000000"), "utf-8")
    assert not unchanged(kept)


def test_the_repositorys_file_is_in_quartos_form() -> None:
    brand, lines = load_placed(Brand, QUARTO / "_brand.yml", "_brand.yml")
    assert brand.color.primary == "biru"
    assert lines[("color", "primary")] > lines[("color", "palette")]


# What is told of a faulty one ---------------------------------------------------------------------------------------

FAULTS: dict[str, tuple[str, str, str, str]] = {
    "an unknown key": ("color:\n  primery: red\n", "P01", "2", "Maksudnya 'primary'?"),
    "a hyphen forgotten": ("typography:\n  base: {lineheight: 2}\n", "P01", "2", "Maksudnya 'line-height'?"),
    "a colour without quotation marks is a comment": ("color:\n  primary: #14375e\n", "P03", "2", "beri tanda kutip"),
    "no colour": ('color:\n  primary: "14375e"\n', "L01", "2", "'color.primary' berisi '14375e'"),
    "a name that nobody has": (
        'color:\n  palette: {hijau: "#060"}\n  primary: hijua\n', "L01", "3", "Maksudnya 'hijau'?",
    ),
    "a circle": ("color:\n  palette: {a: b, b: a}\n  primary: a\n", "L02", "2", "warna a, b saling merujuk"),
    "light paper only": ("color:\n  primary: {dim: red}\n", "P03", "2", "light, dark"),
    "pale text": ('color:\n  foreground: "#aaa"\n', "L03", "2", "tinta di atas kertas sukar dibaca"),
    "a pale cover": ("color:\n  primary: gold\n", "L03", "2", "utama di atas kertas sukar dibaca"),
    "charts alike": ('color:\n  success: "#c4532f"\n', "L04", "2", "bagan-baik dan bagan-buruk hampir sama"),
    "no logo": ("logo:\n  medium: merek/tiada.svg\n", "L05", "2", "'merek/tiada.svg' tidak dapat dipakai: tidak ada"),
    "a logo from elsewhere": ("logo: {small: 'https://a.id/l.png'}\n", "L05", "1", "di luar folder proyek"),
    "a logo above the root": ("logo:\n  images:\n    a: ../l.svg\n  large: a\n", "L05", "3", "di luar folder proyek"),
    "a logo of another kind": ("logo:\n  medium: merek/uji.ttf\n", "L05", "2", "jenisnya harus .svg, .png"),
    "a font that would be fetched": (
        "typography:\n  fonts: [{family: Lato, source: google}]\n  base: Lato\n", "L06", "3", "'Lato' tidak disertakan",
    ),
    "a font of another name": (
        "typography:\n  fonts:\n    - family: Lato\n      source: file\n      files: [merek/uji.ttf]\n  base: Lato\n",
        "L07", "5", "berisi huruf 'Uji Sans', bukan 'Lato'",
    ),
    "no font at all": (
        "typography:\n  fonts:\n    - {family: Lato, source: file, files: [merek/palsu.ttf]}\n  base: Lato\n",
        "L05", "3", "isinya bukan huruf",
    ),
    "no YAML": ("color: ]\n", "P04", "1", "tidak dapat dibaca"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_file_is_told_with_line_and_remedy(tmp_path: Path, name: str) -> None:
    brand, code, line, words = FAULTS[name]
    _, found = load_look(lay(tmp_path, brand))
    told = [finding for finding in found if finding.code == code]
    assert (told[0].file, told[0].cell) == ("_brand.yml", line)
    assert words in told[0].line()
    assert {finding.code for finding in found} == {code}


def test_check_tells_it(tmp_path: Path) -> None:
    root = lay(copy_root(tmp_path), "color:\n  primery: red\n")
    assert [(f.code, f.weight) for f in findings_of(root) if f.file == "_brand.yml"] == [("P01", "error")]
