"""Damages workbooks in many ways and reads them: no traceback, nothing beyond the limits, the same data or a finding.

    .venv/bin/python tests/fuzz_packages.py --minutes 10

Seeds are made here by the usual writers. Harmless changes (names, prefixes, encodings, parts that nobody needs) must
leave every cell as it was. Harmful ones may change what the workbook says; then what is read must be whole: a workbook
within its limits that all checks can use, or findings in both languages. A failing workbook is kept, with the number
from which `example` makes it again.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from monev.io.folders import REPOSITORY
from monev.io.workbook_reader import read_book
from monev.model.fields import ACHIEVEMENT, BOOKS, EVALUATION
from monev.model.params import Limits
from monev.model.raw_tables import RawBook
from monev.rules.tidy import read_sheet

Parts = dict[str, bytes]
Change = Callable[[Parts, random.Random], Parts]
LIMITS = Limits(baris=200, kolom=60, sel=6_000, megabita=4, bagian_megabita=2, bagian=60)
MOST_SECONDS = 10.0  # CPU time of one workbook, on a slow machine
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


class Broken(AssertionError):
    """The reader did what it must never do."""


# Seeds ----------------------------------------------------------------------------------------------------------------


def _by_openpyxl() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Capaian"
    sheet.append([column.heading for column in ACHIEVEMENT.columns])
    for number in range(2, 12):
        row = [1, 1, "ICW", "B12", number, f"Target {number}", "Terlaksana", 85, "Bersama", "Aktif", "Ada"]
        sheet.append(row)
    sheet["H3"], sheet["H3"].number_format = 0.85, "0%"
    sheet["H4"], sheet["H5"] = "=H2+1", "N/A"
    sheet["F6"].hyperlink = "https://contoh.go.id/laporan"
    sheet["F7"].font = Font(strike=True)
    sheet["F8"] = CellRichText("tetap ", TextBlock(InlineFont(strike=True), "dicoret"))
    sheet["F9"] = "_x0041_ dan _x005F_x000D_"
    sheet.merge_cells("M2:N3")
    sheet.row_dimensions[9].hidden = True
    sheet.column_dimensions["I"].hidden = True
    sheet.auto_filter.ref = "A1:K11"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _by_xlsxwriter() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        percent, money = book.add_format({"num_format": "0%"}), book.add_format({"num_format": '"Rp"#,##0'})
        page = book.add_worksheet("Capaian")
        page.write_row(0, 0, [column.heading for column in ACHIEVEMENT.columns])
        for row in range(1, 9):
            page.write_row(row, 0, [1, 1, "ICW", "B12", row, "Target", "Terlaksana", 70 + row, "", "Pasif", "Ada"])
        page.write_number(3, 7, 1, percent)
        page.write_number(4, 5, 1_500_000, money)
        page.write_formula(5, 7, "=1+1", percent, 0.5)
        page.write_boolean(6, 9, True)
        page.write_comment(0, 0, "catatan")
        book.add_worksheet("Lain").write(0, 0, "x")
    return out.getvalue()


@cache
def seeds() -> tuple[bytes, ...]:
    """Return the workbooks to begin with."""
    own = (REPOSITORY / "inputs" / "2021-S2" / EVALUATION.file).read_bytes()
    return (_by_openpyxl(), _by_xlsxwriter(), own)


def unpacked(content: bytes) -> Parts:
    """Return the parts of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts, chance: random.Random) -> bytes:
    """Return the package of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.comment = chance.choice([b"", b"komentar"])
    return out.getvalue()


# Harmless changes -----------------------------------------------------------------------------------------------------


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _edited(parts: Parts, names: Callable[[str], bool], edit: Callable[[str], str]) -> Parts:
    def changed(name: str, content: bytes) -> bytes:
        return edit(content.decode()).encode() if names(name) else content

    return {name: changed(name, content) for name, content in parts.items()}


def _sheets(name: str) -> bool:
    return "worksheets/sheet" in name and name.endswith(".xml")


def _shuffled(parts: Parts, chance: random.Random) -> Parts:
    names = list(parts)
    chance.shuffle(names)
    return {name: parts[name] for name in names}


def _backslashes(parts: Parts, chance: random.Random) -> Parts:
    return {name.replace("/", "\\"): content for name, content in parts.items()}


def _other_case(parts: Parts, chance: random.Random) -> Parts:
    change = chance.choice([str.upper, str.title, str.lower])
    return {change(name): content for name, content in parts.items()}


def _leading_slash(parts: Parts, chance: random.Random) -> Parts:
    return {"/" + name: content for name, content in parts.items()}


def _strict(parts: Parts, chance: random.Random) -> Parts:
    def edit(text: str) -> str:
        for old, new in STRICT.items():
            text = text.replace(old, new)
        return text

    return _edited(parts, _is_xml, edit)


def _prefixed(parts: Parts, chance: random.Random) -> Parts:
    prefix = chance.choice(["x", "main", "n0"])

    def edit(text: str) -> str:
        text = re.sub(r"<(/?)([A-Za-z]\w*)(?=[\s/>])", rf"<\1{prefix}:\2", text)
        return text.replace(f'xmlns="{MAIN}"', f'xmlns:{prefix}="{MAIN}"')

    def fits(name: str) -> bool:
        return _sheets(name) and b"xmlns:x14" not in parts[name] and b"xml:" not in parts[name].partition(b"<row")[0]

    return _edited(parts, fits, edit)


def _default_types(parts: Parts, chance: random.Random) -> Parts:
    """Give the type of the workbook for all of its extension, as some .NET libraries do."""

    def edit(text: str) -> str:
        kind = re.search(r'PartName="/xl/workbook.xml" ContentType="([^"]+)"', text) or re.search(
            r'ContentType="([^"]+)" PartName="/xl/workbook.xml"', text
        )
        assert kind
        text = re.sub(r"<Override[^>]*/xl/workbook.xml[^>]*/>", "", text)
        text = re.sub(r'<Default[^>]*Extension="xml"[^>]*/>', "", text)
        default = (
            f'<Default Extension="xml" ContentType="{kind[1]}"/><Default Extension="png" ContentType="image/png"/>'
        )
        return re.sub(r"(<Types[^>]*>)", rf"\1{default}", text)

    return _edited(parts, lambda name: name == "[Content_Types].xml", edit)


def _in_utf_16(parts: Parts, chance: random.Random) -> Parts:
    def edit(content: bytes) -> bytes:
        text = re.sub(r"<\?xml[^>]*\?>", '<?xml version="1.0" encoding="UTF-16"?>', content.decode())
        return text.encode("utf-16") if text.startswith("<?xml") else content

    return {name: edit(content) if _sheets(name) else content for name, content in parts.items()}


def _spaced(parts: Parts, chance: random.Random) -> Parts:
    between = chance.choice([" ", "\n  ", "<!-- c -->", "<?p i?>"])
    return _edited(parts, _sheets, lambda text: re.sub(r"(</c>|</row>|<sheetData>)", rf"\1{between}", text))


def _noise(parts: Parts, chance: random.Random) -> Parts:
    svg = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd"><svg xmlns="http://www.w3.org/2000/svg"/>'
    more = {
        "xl/media/image9.svg": svg,
        "xl/pivotCache/pivotCacheDefinition9.xml": b"<pivotCacheDefinition><x",
        "docProps/core.xml": b"<a>kemarin sore</a>",
        "docProps/app.xml": b"",
        "customXml/item1.xml": b"\x00\x01",
        "xl/drawings/drawing9.xml": b"",
    }
    chosen = chance.sample(list(more), 3)
    return parts | {name: more[name] for name in chosen}


def _odd_styles(parts: Parts, chance: random.Random) -> Parts:
    def edit(text: str) -> str:
        for old, new in (
            (r"<fills.*?</fills>", "<fills><fill/><fill><unknownFill/></fill></fills>"),
            (r"<borders.*?</borders>", "<borders/>"),
            (r"<cellStyles.*?</cellStyles>", "<cellStyles><cellStyle/></cellStyles>"),
        ):
            text = re.sub(old, new, text, flags=re.S)
        return text

    return _edited(parts, lambda name: name == "xl/styles.xml", edit)


def _without_extras(parts: Parts, chance: random.Random) -> Parts:
    """Leave out what only some programs write, though something still refers to it."""
    gone = ("docProps", "theme", "drawings", "comments", "calcChain", "metadata")
    return {name: content for name, content in parts.items() if not any(word in name for word in gone)}


HARMLESS: tuple[Change, ...] = (
    _shuffled,
    _backslashes,
    _other_case,
    _leading_slash,
    _strict,
    _prefixed,
    _default_types,
    _in_utf_16,
    _spaced,
    _noise,
    _odd_styles,
    _without_extras,
)
_IN_ORDER = (_prefixed, _spaced, _strict, _odd_styles, _default_types, _without_extras, _noise, _in_utf_16)


def harmless(parts: Parts, chance: random.Random) -> Parts:
    """Return a package that means the same."""
    chosen = chance.sample(HARMLESS, chance.randint(1, 4))
    text_first = [change for change in _IN_ORDER if change in chosen]  # names and encodings last: they hide the parts
    for change in (*text_first, *(change for change in chosen if change not in _IN_ORDER)):
        parts = change(parts, chance)
    return parts


# Harmful changes ------------------------------------------------------------------------------------------------------

ODD_VALUES = (
    "", " ", "0", "-1", "1", "2", "99999999999999999999", "1e999", "NaN", "0x10", "1_0", "٣", "A0", "A1", "a1", "XFE1",
    "A1048577", "A1:XFD1048576", "B2:A1", "$A$1", "true", "s", "n", "b", "d", "e", "str", "inlineStr", "shared",
    "array", "veryHidden", "../../../etc/passwd", "/xl/workbook.xml", "xl\\workbook.xml", "http://contoh.go.id", "rId1",
    "&#10;", "_xD83D_", "_x0000_", "_x005F_", "[h]:mm", ";;;", "0%%", '"', "[", "\\", "[$-F800]", "General;[<",
    "x" * 5000,
)  # fmt: skip
_TOKEN = re.compile(rb"<[^>]+>|[^<]+")
_ATTRIBUTE = re.compile(rb'(\s[\w:]+=")([^"]*)(")')


def _flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(content: bytes, chance: random.Random) -> bytes:
    begin = chance.randint(0, len(content))
    return content[:begin] + content[begin + chance.randint(0, 80) if chance.random() < 0.7 else len(content) :]


def _token(content: bytes, chance: random.Random) -> bytes:
    """Leave out, double or move one tag or text."""
    tokens = _TOKEN.findall(content)
    if not tokens:
        return content
    at = chance.randrange(len(tokens))
    match chance.randrange(3):
        case 0:
            del tokens[at]
        case 1:
            tokens[at:at] = [tokens[at]] * chance.choice([1, 1, 50])
        case _:
            tokens.insert(chance.randrange(len(tokens)), tokens.pop(at))
    return b"".join(tokens)


def _element(content: bytes, chance: random.Random) -> bytes:
    """Leave out, double or rename one element with all that is in it."""
    found = list(re.finditer(rb"<(\w[\w:]*)[^>]*?(?:/>|>.*?</\1>)", content, re.S))
    if not found:
        return content
    one = chance.choice(found)
    name = one[1]
    new = chance.choice([b"", one[0] * 2, one[0].replace(name, chance.choice([b"c", b"row", b"v", b"x", b"extLst"]))])
    return content[: one.start()] + new + content[one.end() :]


def _value(content: bytes, chance: random.Random) -> bytes:
    found = list(_ATTRIBUTE.finditer(content))
    odd = chance.choice(ODD_VALUES).replace('"', "&quot;").encode()
    if found and chance.random() < 0.7:
        one = chance.choice(found)
        return content[: one.start(2)] + odd + content[one.end(2) :]
    texts = list(re.finditer(rb"<[vtf][^>]*>([^<]*)<", content))
    if not texts:
        return content
    one = chance.choice(texts)
    return content[: one.start(1)] + odd + content[one.end(1) :]


_DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flipped, _cut, _token, _element, _value, _value)


def harmful(parts: Parts, chance: random.Random) -> Parts:
    """Return a package in which something is wrong."""
    parts = dict(parts)
    for _ in range(chance.randint(1, 3)):
        names = [name for name in parts if _is_xml(name) and "theme" not in name and "docProps" not in name]
        if not names:
            break
        name = chance.choice(names)
        if chance.random() < 0.08:
            del parts[name]
        else:
            parts[name] = chance.choice(_DAMAGES)(parts[name], chance)
    return parts


# What must hold -------------------------------------------------------------------------------------------------------

Cells = dict[str, dict[str, tuple[object, ...]]]


@dataclass(frozen=True)
class Example:
    """One workbook: its bytes, and the seed that it must equal, if it was changed harmlessly only."""

    content: bytes
    equals: bytes | None


def example(number: int) -> Example:
    """Return a workbook; the same number always gives the same."""
    chance = random.Random(number)
    seed = chance.choice(seeds())
    parts = unpacked(seed)
    if number % 3 == 0:
        return Example(packed(harmless(parts, chance), chance), seed)
    if number % 3 == 1 and chance.random() < 0.3:
        parts = harmless(parts, chance)
    content = packed(harmful(parts, chance), chance)
    return Example(_flipped(content, chance) if chance.random() < 0.1 else content, None)


def cells(book: RawBook) -> Cells:
    """Return all that is known of a workbook's cells, by sheet and address."""
    return {
        name: {
            c.address: (c.value, c.state, c.number_format, c.formula, c.struck, c.link) for row in s.rows for c in row
        }
        for name, s in book.sheets.items()
    }


@cache
def _of_seed(content: bytes) -> Cells:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "buku.xlsx"
        path.write_bytes(content)
        book, _ = read_book(path, "buku.xlsx", LIMITS)
    assert book is not None
    return cells(book)


def check(one: Example, folder: Path) -> str:
    """Read a workbook and return `read` or `refused`. Raises Broken for what must never happen."""
    path = folder / "buku.xlsx"
    path.write_bytes(one.content)
    began = time.process_time()
    try:
        book, findings = read_book(path, "buku.xlsx", LIMITS)
    except Exception as error:
        raise Broken(f"traceback: {error!r}") from error
    if (book is None) != any(finding.weight == "error" for finding in findings):
        raise Broken("neither data nor a finding, or both")
    if one.equals is not None and (book is None or cells(book) != _of_seed(one.equals)):
        raise Broken(f"a harmless change gave other data: {[f.line() for f in findings]}")
    if book is not None:
        findings += _checked(book)
    for finding in findings:
        if not finding.line("id") or not finding.line("en"):
            raise Broken(f"no words for {finding.code}")
    if time.process_time() - began > MOST_SECONDS:
        raise Broken(f"took {time.process_time() - began:.1f} s")
    return "refused" if book is None else "read"


def _checked(book: RawBook) -> list[object]:
    """Return what the rules say of a workbook that was read, which must be within the limits."""
    found = []
    for sheet in book.sheets.values():
        if len(sheet.rows) > LIMITS.baris or any(len(row) > LIMITS.kolom for row in sheet.rows):
            raise Broken(f"beyond the limits: {len(sheet.rows)} rows")
    for described in (sheet for known in BOOKS for sheet in known.sheets):
        try:
            found += read_sheet(book, described)[1]
        except Exception as error:
            raise Broken(f"traceback in the rules: {error!r}") from error
    return found


def run(first: int, seconds: float, kept: Path, most: int | None = None) -> dict[str, int]:
    """Try workbooks from a number on for so long; return how many were read, refused and broken."""
    counts = {"read": 0, "refused": 0, "broken": 0}
    end = time.monotonic() + seconds
    number = first
    with TemporaryDirectory() as folder:
        while time.monotonic() < end and (most is None or number < first + most):
            one = example(number)
            try:
                counts[check(one, Path(folder))] += 1
            except Broken as broken:
                counts["broken"] += 1
                kept.mkdir(parents=True, exist_ok=True)
                (kept / f"{number}.xlsx").write_bytes(one.content)
                print(f"{number}: {broken}", file=sys.stderr)
            number += 1
    return counts


def main() -> int:
    """Run for some minutes; exit code 1 where anything broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--first", type=int, default=random.SystemRandom().randrange(10**9))
    parser.add_argument("--keep", type=Path, default=REPOSITORY / "outputs" / "fuzz")
    arguments = parser.parse_args()
    print(f"from {arguments.first} on")
    counts = run(arguments.first, arguments.minutes * 60, arguments.keep)
    print(", ".join(f"{count} {name}" for name, count in counts.items()))
    return 1 if counts["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
