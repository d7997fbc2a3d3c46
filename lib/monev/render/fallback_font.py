"""A font for the characters that no font of the report has: emoji, Chinese, Thai and the like.

Typst falls back to it by itself. Each glyph is a box with the character's code in hexadecimal digits, so the PDF shows
that something stands there and what it is, while the text inside the PDF stays the literal character (PDF/A forbids
glyphs without a character, and a render would stop). Browsers bring fonts of their own, so HTML needs none of this.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from monev.render.programs import RenderError

FONTS = "fonts"  # the folder of the report's fonts, in the staged folder
FAMILY = "Monev Pengganti"
FILE = "MonevPengganti-Regular.ttf"
EM, MIDDLE = 1000, 350
_LATIN = 0x17F  # up to here every font of the report has the letters
_PROBE = "probe.typ"
_SKINS = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"  # join whatever stands before them, as accents do
UNSHOWN = "\ufffd"
_UNDISPLAYED = "could not be displayed"  # what Typst says of a letter without a glyph
_Made = TypeVar("_Made")


def displayed(source: str, fonts: Path, compile_it: Callable[[str], _Made], attempts_before: int = 0) -> _Made:
    """Return what a compiler makes of a Typst source; letters that cannot be displayed in the end become U+FFFD.

    Each attempt replaces more of them; `attempts_before`: how many have failed elsewhere. Raises RenderError.
    """
    *easier, last = (_as_it_is, without_strange_marks, only_known_letters)[attempts_before:]
    for prepared in easier:
        try:
            return compile_it(prepared(source, fonts))
        except RenderError as error:
            if not undisplayed(error):
                raise
    return compile_it(last(source, fonts))


def undisplayed(error: RenderError) -> bool:
    """Tell whether a compilation failed for letters that no font has."""
    return _UNDISPLAYED in str(error.detail)


def _as_it_is(text: str, fonts: Path) -> str:
    return text


def stand_ins(texts: Iterable[str], fonts: Path) -> bytes | None:
    """Return the font for those characters of `texts` that neither the fonts in a folder nor Typst's own have.

    None where there is no such character. The same characters give the same bytes.
    """
    odd = {letter for text in texts for letter in text if ord(letter) > _LATIN and _has_shape(letter)}
    parts = {part for letter in odd for part in unicodedata.normalize("NFKD", letter) if ord(part) > _LATIN}
    missing = _missing(sorted(odd | parts), fonts)  # a shaper may take a letter apart before it looks for glyphs
    return _font(missing, fonts) if missing else None


def _has_shape(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return kind == "Cn" or kind[0] not in "CZ"


def _missing(letters: Sequence[str], fonts: Path) -> list[str]:
    """Return the characters that Typst cannot display: it names each when asked for an archival PDF of them all."""
    if not letters:
        return []
    import typst

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / _PROBE
        lines = [f'#"\\u{{{ord(letter):x}}}"' for letter in letters]
        source.write_text("\n".join(['#set document(title: "x")', *lines]), "utf-8")
        try:
            typst.compile(
                str(source), font_paths=[str(fonts)], ignore_system_fonts=True, format="pdf", pdf_standards="a-3a"
            )
        except typst.TypstError as error:
            told = str(getattr(error, "diagnostic", None) or error)
            found = {int(line) - 2 for line in re.findall(rf"{re.escape(_PROBE)}:(\d+):", told)}
            return [letter for place, letter in enumerate(letters) if place in found]
    return []


def without_strange_marks(text: str, fonts: Path) -> str:
    """Return text with U+FFFD for each accent that the report's fonts lack, on a letter that they have.

    Typst looks for one font that has the letter, not for one that has both, and then cannot display the pair.
    """
    known = _coverage(fonts)
    made: list[str] = []
    base = ""
    for letter in text:
        mark = unicodedata.category(letter).startswith("M") or letter in _SKINS
        if not mark:
            base = letter
        made.append(UNSHOWN if mark and ord(letter) not in known and ord(base or " ") in known else letter)
    return "".join(made)


def only_known_letters(text: str, fonts: Path) -> str:
    """Return text with U+FFFD for each character that the report's fonts lack."""
    known = _coverage(fonts)
    return "".join(UNSHOWN if _has_shape(letter) and ord(letter) not in known else letter for letter in text)


def _coverage(fonts: Path) -> frozenset[int]:
    """Return the characters that all fonts of the report have."""
    from fontTools.ttLib import TTFont

    sets = []
    for path in sorted(fonts.glob("Source*.ttf")):
        with TTFont(path, lazy=True) as font:
            sets.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*sets) if sets else frozenset()


# The font ---------------------------------------------------------------------------------------------------


def _font(letters: Sequence[str], fonts: Path) -> bytes:
    from fontTools.fontBuilder import FontBuilder

    names = {ord(letter): f"u{ord(letter):05X}" for letter in letters}
    drawn = _glyphs(names, fonts)
    builder = FontBuilder(EM, isTTF=True)
    builder.font.recalcTimestamp = False
    builder.setupGlyphOrder(list(drawn))
    builder.setupCharacterMap(names)
    builder.setupGlyf(drawn)
    builder.setupHorizontalMetrics(dict.fromkeys(drawn, (EM, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-220)
    builder.setupNameTable({"familyName": FAMILY, "styleName": "Regular", "psName": FILE.split(".")[0]})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-220, usWinAscent=880, usWinDescent=220)
    builder.setupPost()
    builder.updateHead(created=0, modified=0)
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


def _glyphs(names: dict[int, str], fonts: Path) -> dict[str, Any]:
    """Draw a box with the code for each character; the digits are those of the report's sans serif."""
    from fontTools.ttLib import TTFont

    with TTFont(next(iter(sorted(fonts.glob("*Sans*-Regular.ttf"))))) as digits:
        boxes = {name: _box(f"{code:04X}", digits) for code, name in names.items()}
    return {".notdef": _box("", None), **boxes}


def _box(code: str, digits: Any) -> Any:
    """Return a frame with the digits of `code` in two rows."""
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    for edge, inward in ((40, False), (85, True)):
        corners = [(edge, edge - 150), (edge, 800 - edge), (EM - edge, 800 - edge), (EM - edge, edge - 150)]
        first, *rest = corners[::-1] if inward else corners
        pen.moveTo(first)
        for corner in rest:
            pen.lineTo(corner)
        pen.closePath()
    if code:
        glyphs, letters, size = digits.getGlyphSet(), digits.getBestCmap(), digits["head"].unitsPerEm
        half = (len(code) + 1) // 2
        for row, part in enumerate((code[:half], code[half:])):
            scale = 430 / size
            width = sum(glyphs[letters[ord(digit)]].width for digit in part) * scale
            start, base = (EM - width) / 2, MIDDLE + 30 - row * 350
            for digit in part:
                glyph = glyphs[letters[ord(digit)]]
                glyph.draw(TransformPen(pen, (scale, 0, 0, scale, start, base)))
                start += glyph.width * scale
    return pen.glyph()
