"""The report for Word: pandoc's writer, with a template made here from `word.yml`, and pictures that Word can show.

Readers comment on this file; the PDF stays the report. The template is pandoc's own, changed by python-docx, so that
headings, captions, lists and tables are real styles. The same staged folder gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from monev.model.brand import CARRIED
from monev.render.engines import EXTENSION, pandoc_default, write_by_pandoc
from monev.render.programs import RenderError, condense
from monev.render.tree_structure import meta_map
from monev.render.written_pieces import Report
from monev.words.messages import tell

NAME = "laporan.docx"
STYLES_FILE = f"{EXTENSION}/word.yml"
LANGUAGE = "id-ID"
PICTURE_PPI = 200

_TEMPLATE = "acuan.docx"
_TWIPS = 20  # in a point
_EIGHTHS = 8  # of a point: widths of lines
_EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip knows no earlier time
_SIDES = ("top", "left", "bottom", "right")


def render_docx(report: Report, out: Path, *, timestamp: int) -> None:
    """Write a staged report for Word; `timestamp` (Unix seconds) is its only date. Raises RenderError."""
    stage_dir = report.stage_dir
    meta = report.tree["meta"]
    look = branded(yaml.safe_load((stage_dir / STYLES_FILE).read_text("utf-8")), meta_map(meta, "merek"))
    texts = meta_map(meta, "teks")
    state = "   ".join(texts[key] for key in ("draf", "keadaan") if key in texts)
    (stage_dir / _TEMPLATE).write_bytes(template(pandoc_default(stage_dir, "reference.docx"), look, state))
    draw_pictures(stage_dir)
    made = write_by_pandoc(report, "docx", NAME, [f"--reference-doc={_TEMPLATE}"])
    out.write_bytes(finished(made.read_bytes(), timestamp))


_COLOURED = ("warna", "garis", "latar", "garis-kiri", "tepi", "kepala", "huruf-kepala")


def branded(look: Any, brand: Mapping[str, str]) -> Any:
    """Return what `word.yml` describes with the colours that a brand gives its names, and the brand's own fonts."""
    if not isinstance(look, dict):
        return look
    made = {key: brand[value].upper() if key in _COLOURED else branded(value, brand) for key, value in look.items()}
    if {"teks", "judul"} == made.keys():
        own = {kind: brand[f"huruf-{kind}"] for kind in made}
        made |= {kind: name for kind, name in own.items() if name not in CARRIED}
    return made


# Pictures ---------------------------------------------------------------------------------------------------


def draw_pictures(stage_dir: Path) -> None:
    """Draw each SVG of the report as PNG beside it: Word shows SVG only from 2016 on, others not at all."""
    import typst

    for svg in sorted((stage_dir / "gambar").glob("*.svg")):
        source = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("gambar/{svg.name}")\n'
        page = stage_dir / f"gambar-{svg.stem}.typ"
        page.write_text(source, "utf-8", newline="\n")
        try:
            png = typst.compile(
                str(page),
                root=str(stage_dir),
                font_paths=[str(stage_dir / "fonts")],
                ignore_system_fonts=True,
                format="png",
                ppi=PICTURE_PPI,
            )
        except (typst.TypstError, RuntimeError, ValueError) as error:
            raise RenderError(tell("render.typst"), condense(str(error))) from None
        finally:
            page.unlink()
        svg.with_suffix(".png").write_bytes(png)


# The template -----------------------------------------------------------------------------------------------


def template(base: bytes, look: Mapping[str, Any], state: str = "") -> bytes:
    """Return pandoc's template with the styles, page and footer that `look` (see `word.yml`) describes.

    `state` stands in the foot of every page, before its number.
    """
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE

    document = Document(io.BytesIO(base))
    fonts = look["huruf"]
    for name, wish in look["paragraf"].items():
        _shape_paragraph(_style(document, name, WD_STYLE_TYPE.PARAGRAPH, wish), wish, fonts)
    for name, wish in look["huruf-label"].items():
        _shape_letters(_style(document, name, WD_STYLE_TYPE.CHARACTER, wish), wish, fonts)
    _shape_tables(document, look["tabel"])
    _set_page(document, look["halaman"], state)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _style(document: Any, name: str, kind: Any, wish: Mapping[str, Any]) -> Any:
    """Return a style by its name, made where it is not there."""
    known = {style.name: style for style in document.styles if style.type == kind}
    if name in known:
        return known[name]
    made = document.styles.add_style(name, kind)
    if "dasar" in wish:
        made.base_style = document.styles[wish["dasar"]]
    made.quick_style = True
    return made


def _shape_letters(style: Any, wish: Mapping[str, Any], fonts: Mapping[str, str]) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    font = style.font
    if "huruf" in wish:
        font.name = fonts[wish["huruf"]]
        letters = style.element.rPr.rFonts
        for theme in [key for key in letters.attrib if "heme" in key]:
            del letters.attrib[theme]
        for use in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            letters.set(qn(use), fonts[wish["huruf"]])
    if "ukuran" in wish:
        font.size = Pt(wish["ukuran"])
    if "warna" in wish:
        font.color.rgb = RGBColor.from_string(wish["warna"])
    for key, attribute in (("tebal", "bold"), ("miring", "italic"), ("garis-bawah", "underline")):
        if key in wish:
            setattr(font, attribute, wish[key])
    properties = style.element.get_or_add_rPr()
    if "garis" in wish:
        _append(properties, "w:bdr", val="single", sz=_EIGHTHS // 2, space=0, color=wish["garis"])
    if "latar" in wish and "garis-kiri" not in wish:
        _append(properties, "w:shd", val="clear", color="auto", fill=wish["latar"])


def _shape_paragraph(style: Any, wish: Mapping[str, Any], fonts: Mapping[str, str]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    _shape_letters(style, {key: value for key, value in wish.items() if key not in ("latar", "garis")}, fonts)
    lines = style.paragraph_format
    if "sebelum" in wish:
        lines.space_before = Pt(wish["sebelum"])
    if "sesudah" in wish:
        lines.space_after = Pt(wish["sesudah"])
    if "baris" in wish:
        lines.line_spacing = wish["baris"]
    if "kiri" in wish:
        lines.left_indent = Pt(wish["kiri"])
    if "rata" in wish:
        lines.alignment = getattr(WD_ALIGN_PARAGRAPH, wish["rata"].upper())
    if wish.get("bersama"):
        lines.keep_with_next = True
    if wish.get("halaman-baru"):
        lines.page_break_before = True
    properties = style.element.get_or_add_pPr()
    if "garis-kiri" in wish:
        border = _element("w:pBdr")
        _append(border, "w:left", val="single", sz=3 * _EIGHTHS, space=6, color=wish["garis-kiri"])
        properties.insert_element_before(border, *_AFTER_BORDER)
    if "latar" in wish:
        shade = _element("w:shd", val="clear", color="auto", fill=wish["latar"])
        properties.insert_element_before(shade, *_AFTER_SHADE)


# The order of elements within `w:pPr`, which Word insists on.
_AFTER_SHADE = ("w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
_AFTER_BORDER = ("w:shd", *_AFTER_SHADE)


def _element(tag: str, **attributes: object) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def _append(parent: Any, tag: str, **attributes: object) -> Any:
    made = _element(tag, **attributes)
    parent.append(made)
    return made


def _shape_tables(document: Any, wish: Mapping[str, str]) -> None:
    """Give pandoc's table style lines between rows, strong edges, and a shaded heading."""
    from docx.oxml.ns import qn

    style = document.styles["Table"].element
    for old in style.findall(qn("w:tblStylePr")):
        style.remove(old)
    properties = style.find(qn("w:tblPr"))
    for old in [*properties.findall(qn("w:tblBorders")), *properties.findall(qn("w:tblCellMar"))]:
        properties.remove(old)
    borders = _append(properties, "w:tblBorders")
    for side, colour, width in (("top", "tepi", 12), ("bottom", "tepi", 12), ("insideH", "garis", 4)):
        _append(borders, f"w:{side}", val="single", sz=width, space=0, color=wish[colour])
    margins = _append(properties, "w:tblCellMar")
    for side, points in zip(_SIDES, (2, 5, 2, 5), strict=True):
        _append(margins, f"w:{side}", w=points * _TWIPS, type="dxa")
    head = _append(style, "w:tblStylePr", type="firstRow")
    letters = _append(head, "w:rPr")
    _append(letters, "w:b")
    _append(letters, "w:color", val=wish["huruf-kepala"])
    cells = _append(head, "w:tcPr")
    edge = _append(cells, "w:tcBorders")
    _append(edge, "w:bottom", val="single", sz=12, space=0, color=wish["tepi"])
    _append(cells, "w:shd", val="clear", color="auto", fill=wish["kepala"])


def _set_language(document: Any) -> None:
    from docx.oxml.ns import qn

    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)


def _set_page(document: Any, wish: Mapping[str, float], state: str) -> None:
    """Set paper and margins, and at the foot the state and the page number."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(wish["lebar"]), Cm(wish["tinggi"])
    section.top_margin, section.bottom_margin = Cm(wish["atas"]), Cm(wish["bawah"])
    section.left_margin, section.right_margin = Cm(wish["kiri"]), Cm(wish["kanan"])
    section.different_first_page_header_footer = True
    line = section.footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if state:
        line.add_run(f"{state}   ").bold = True
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = line.add_run()._r
        if kind:
            _append(run, "w:fldChar", fldCharType=kind)
        else:
            _append(run, "w:instrText").text = text


# What pandoc wrote, finished --------------------------------------------------------------------------------


def finished(content: bytes, timestamp: int) -> bytes:
    """Return the file with its language named, heading rows kept whole, and nothing that tells when it was made."""
    from docx import Document

    document = Document(io.BytesIO(content))
    moment = datetime.fromtimestamp(timestamp, UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.language = LANGUAGE
    properties.created = properties.modified = moment
    properties.last_modified_by = properties.author
    properties.revision = 1
    _set_language(document)
    for table in document.tables:
        _keep_heading(table)
    held = io.BytesIO()
    document.save(held)
    return _same_bytes(held.getvalue())


def _keep_heading(table: Any) -> None:
    """Keep the heading row, which is repeated on every page, in one piece."""
    from docx.oxml.ns import qn

    for row in table._tbl.tr_lst:
        properties = row.get_or_add_trPr()
        if properties.find(qn("w:tblHeader")) is not None and properties.find(qn("w:cantSplit")) is None:
            properties.insert(0, _element("w:cantSplit"))


def _same_bytes(content: bytes) -> bytes:
    """Return a zip with its entries at one fixed time."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for name in _order(source.namelist()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return held.getvalue()


def _order(names: list[str]) -> Iterator[str]:
    """Yield the names as readers expect them: what is in the file first, the rest by name."""
    first = [name for name in ("[Content_Types].xml", "_rels/.rels") if name in names]
    yield from first
    yield from sorted(name for name in names if name not in first)
