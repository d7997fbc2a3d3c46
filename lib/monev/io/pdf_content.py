"""What pages and fonts of a PDF draw, as far as it could belie the text that is taken out of them. Runs nothing.

Who takes text out of a PDF believes its fonts' tables, and the texts that marked content names in the place of its
own. So a page may show other words than it gives. Here every letter that a font maps is told with a digest of its
outline, and texts that stand for others are told too.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from monev.figures.printed_numerals import normalized
from monev.io.pdf_objects import Name, Reader, Ref, Revision, ShapeError, dictionaries

_STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)"
_STRINGS = re.compile(_STRING, re.DOTALL)
_NAMES = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]*)")
_RESOURCE = re.compile(rb"[A-Za-z]{1,3}\d+")
_KNOWN = frozenset(
    b"Span Artifact MCID Lang Type Layout Pagination Subtype Header Footer Attached Top Bottom Left Right Alt"
    b" ActualText Page Background Watermark PageNum Other BBox DeviceGray DeviceRGB DeviceCMYK Pattern sRGB Perceptual"
    b" RelativeColorimetric Saturation AbsoluteColorimetric E P".split()
)
_SAID = re.compile(rb"/(ActualText|Alt|E)\s*(" + _STRING + rb"|<[0-9A-Fa-f\s]*>)", re.DOTALL)
_SAYS = re.compile(rb"/(?:ActualText|Alt|E)(?![^\x00\t\n\f\r ()<>\[\]{}/%])")
_SHOWN_AS = re.compile(rb"\bTr\b")
_SHOWN_PLAINLY = re.compile(rb"(?<!\S)0\s+Tr\b")
_LATIN = re.compile(r"[A-Za-z0-9]")
_TABLE = re.compile(rb"\d+ beginbfchar\n((?:<[0-9A-Fa-f]{4}> <(?:[0-9A-Fa-f]{4})+>\n)*)endbfchar")
_MAPPED = re.compile(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>\n")
_MAPS = re.compile(rb"bfchar|bfrange|cidchar|cidrange|notdefchar|notdefrange|usecmap")


class Letter(NamedTuple):
    """A text that a font maps, and the digest of what it draws for it."""

    font: str
    text: str
    shape: str


# Pages' programs -------------------------------------------------------------------------------------------------


def content_faults(made: Revision) -> Iterator[str]:
    """Yield what in the programs of pages, forms and patterns could say something else than is seen.

    Raises ShapeError for a program that cannot be read.
    """
    for number in _programs(made):
        program = made.stream(number)
        bare = _STRINGS.sub(b"()", program)
        names = {*_NAMES.findall(bare)}
        if odd := sorted(name for name in names if name not in _KNOWN and not _RESOURCE.fullmatch(name)):
            yield f"/{odd[0].decode('latin-1')[:40]} dalam isi objek {number}"
        if b"%" in bare or bare.count(b"(") != bare.count(b"()") or bare.count(b")") != bare.count(b"()"):
            yield f"teks dalam isi objek {number}"
        if re.search(rb"\bBI\b", bare) or len(_SHOWN_AS.findall(bare)) != len(_SHOWN_PLAINLY.findall(bare)):
            yield f"cara menggambar dalam isi objek {number}"
        said = _said(program)
        if len(said) != len(_SAYS.findall(bare)):
            yield f"teks pengganti dalam isi objek {number}"
        if any(kind == b"ActualText" and _LATIN.search(normalized(text)) for kind, text in said):
            yield f"teks pengganti dalam isi objek {number}"


def spoken_in(made: Revision) -> Iterator[str]:
    """Yield the texts that programs name for what they draw."""
    for number in _programs(made):
        yield from (text for kind, text in _said(made.stream(number)) if kind != b"ActualText")


def _said(program: bytes) -> list[tuple[bytes, str]]:
    return [(found[1], text_of(Reader(found[2]).value())) for found in _SAID.finditer(program)]


def text_of(string: bytes) -> str:
    """Return a string of PDF as text."""
    if string[:2] == b"\xfe\xff":
        return string[2:].decode("utf-16-be", "replace")
    return string.decode("latin-1")


def _programs(made: Revision) -> list[int]:
    """Return the numbers of the streams that draw: of pages, forms and patterns. Raises ShapeError."""
    found: dict[int, None] = {}
    for number, value in made.objects.items():
        if not isinstance(value, dict):
            continue
        if value.get("Type") == "Page":
            content = value.get("Contents")
            if not isinstance(content, Ref) or content.number not in made.streams:
                raise ShapeError(f"isi halaman pada objek {number}")
            found[content.number] = None
        elif ("PatternType" in value or value.get("Subtype") in ("Form", "PS")) and number in made.streams:
            found[number] = None
    return [*found]


# Fonts -----------------------------------------------------------------------------------------------------------


def letters_of(made: Revision) -> Iterator[Letter]:
    """Yield the letters of each font that a page may use. Raises ShapeError for a kind that our writer has not."""
    fonts: dict[int, None] = {}
    for value in made.objects.values():
        for inner in dictionaries(value):
            for font in made.map(inner.get("Font")).values() if "Type" not in inner else ():
                if not isinstance(font, Ref):
                    raise ShapeError("huruf")
                fonts[font.number] = None
    for number in fonts:
        yield from _letters(made, made.map(Ref(number)), f"huruf pada objek {number}")


def _letters(made: Revision, font: dict[str, Any], where: str) -> Iterator[Letter]:
    below = made.list(font.get("DescendantFonts"))
    inner = made.map(below[0]) if len(below) == 1 else {}
    table, holder = font.get("ToUnicode"), made.map(inner.get("FontDescriptor"))
    files = [holder[key] for key in ("FontFile2", "FontFile3") if key in holder]
    identity = inner.get("CIDToGIDMap", Name("Identity")) == "Identity" and font.get("Encoding") == "Identity-H"
    plain = font.get("Subtype") == "Type0" and identity and "FontFile" not in holder
    if not plain or len(files) != 1 or not isinstance(files[0], Ref) or not isinstance(table, Ref):
        raise ShapeError(where)
    name = str(font.get("BaseFont", "")).rpartition("+")[2]
    try:
        shapes = _Outlines.of_part(made.stream(files[0].number))
        drawn = [(text, shapes.shape(code)) for code, text in _mapped(made.stream(table.number))]
    except ShapeError:
        raise
    except Exception as error:  # what a foreign font does to its reader cannot be foreseen
        raise ShapeError(f"{where} ({type(error).__name__})") from None
    yield from (Letter(name, text, shape) for text, shape in drawn)


def _mapped(table: bytes) -> Iterator[tuple[int, str]]:
    """Yield code and text of a table of letters. Raises ShapeError for another form, or a code said twice."""
    found: dict[int, str] = {}
    for block in _TABLE.finditer(table):
        for code, text in _MAPPED.findall(block[1]):
            if found.setdefault(int(code, 16), value := bytes.fromhex(text.decode()).decode("utf-16-be")) != value:
                raise ShapeError("tabel huruf")
    if _MAPS.search(_TABLE.sub(b"", table)):
        raise ShapeError("tabel huruf")
    yield from found.items()


class _Outlines:
    """The outlines of a font, by code or by glyph name."""

    def __init__(self, glyphs: Mapping[str, Any], names: list[str]) -> None:
        self.glyphs = glyphs
        self.names = names

    @classmethod
    def of_part(cls, content: bytes) -> _Outlines:
        """Return those of a font as a PDF carries it: TrueType, or a bare table of CFF."""
        from fontTools.cffLib import CFFFontSet
        from fontTools.ttLib import TTFont

        if content[:1] == b"\x01":
            sets = CFFFontSet()
            sets.decompile(BytesIO(content), None)
            top = sets[0]
            codes = {int(name[3:]): name for name in top.charset if re.fullmatch(r"cid\d+", name)}
            names = [codes.get(n, name) for n, name in enumerate(top.charset)] if codes else [*top.charset]
            return cls(top.CharStrings, names)
        font = TTFont(BytesIO(content), lazy=True)
        return cls(font.getGlyphSet(), font.getGlyphOrder())

    def shape(self, code: int) -> str:
        """Return the digest of what is drawn for a code."""
        return self.named(self.names[code])

    def named(self, name: str) -> str:
        """Return the digest of a glyph's outline; the same for the same outline in another font file."""
        from fontTools.pens.recordingPen import DecomposingRecordingPen

        pen = DecomposingRecordingPen(self.glyphs)
        self.glyphs[name].draw(pen)
        lines = [
            (step, tuple(point and (round(point[0], 1), round(point[1], 1)) for point in to)) for step, to in pen.value
        ]
        return hashlib.sha256(repr(lines).encode()).hexdigest()[:32]


# Fonts at hand ---------------------------------------------------------------------------------------------------


def letters_at_hand(fonts: Collection[bytes], wanted: Collection[str]) -> set[tuple[str, str]]:
    """Return (plain text, digest) of what fonts draw for the texts wanted, in all forms that they have of each."""
    from fontTools.agl import toUnicode
    from fontTools.ttLib import TTFont

    texts = {*map(normalized, wanted)}
    found: set[tuple[str, str]] = set()
    for content in fonts:
        with TTFont(BytesIO(content), lazy=True) as font:
            outlines = _Outlines(font.getGlyphSet(), font.getGlyphOrder())
            for code, name in font.getBestCmap().items():
                if (text := normalized(chr(code))) in texts:
                    found.add((text, outlines.named(name)))
            for name in outlines.names:
                if (text := normalized(toUnicode(name))) in texts:
                    found.add((text, outlines.named(name)))
    return found


def letters_typeset(fonts: Collection[bytes], wanted: Collection[str]) -> set[tuple[str, str]]:
    """Return the same of what Typst draws for each text by itself: of its own fonts, and of letters put together."""
    import typst

    with tempfile.TemporaryDirectory(prefix="monev-") as place:
        for number, content in enumerate(fonts):
            (Path(place) / f"{number}.ttf").write_bytes(content)
        told = ['"' + "".join(f"\\u{{{ord(sign):x}}}" for sign in text) + '"' for text in sorted({*wanted})]
        lines = [f"#{text}\n\n*#{text}*\n\n_#{text}_\n\n*_#{text}_*\n\n#raw({text})\n" for text in told]
        source = Path(place) / "huruf.typ"
        source.write_text("\n".join(lines), "utf-8")
        pdf = typst.compile(str(source), font_paths=[place], ignore_system_fonts=True, format="pdf")
    assert isinstance(pdf, bytes)
    return {(normalized(letter.text), letter.shape) for letter in letters_of(Revision.read(pdf))}
