r"""Opens a workbook's package: its parts by name, safely, and nothing of them but what is asked for.

Sizes are those that come out while unpacking, not those that the archive claims. XML goes through expat as a stream,
without document types, where XML keeps its entities. Parts that nobody asks for (pictures, pivot tables, drawings,
properties) are never unpacked: of them only names and sizes matter.

Names are compared as Excel does: without case, `\\` as `/`, with or without `/` before them. Content types may be given
for a part or for all of an extension.
"""

from __future__ import annotations

import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.parsers.expat import ExpatError, ParserCreate

from monev.model.params import Limits
from monev.words.messages import Words, tell

MEGABYTE = 1024**2
MOST_SPANNED = 100_000  # cells under merged ranges, links and comments, each of which openpyxl makes
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    RuntimeError,  # a part with a password of its own
    NotImplementedError,  # packed in a way that Excel does not use
    ValueError,  # offsets and names that are none
)
"""What zipfile raises for files that are no sound archive."""
NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",  # "Strict Open XML Spreadsheet"
)
_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of .xls, and of .xlsx with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TYPES = "[content_types].xml"
_MAIN = ("spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml")
_MACRO_SHEETS = ("xlmacrosheet", "xlintlmacrosheet", "dialogsheet")
_CHUNK = 1 << 16
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?", re.I)

Start = Callable[[str, Mapping[str, str]], object]
Area = tuple[int, int, int, int]


class Unfit(Exception):
    """The file is no workbook that can be read; holds a finding's code, its details, and its place if it has one."""

    def __init__(self, code: str, sheet: str = "", cell: str = "", **details: object) -> None:
        super().__init__(code)
        self.code, self.sheet, self.cell, self.details = code, sheet, cell, details


def damaged(part: str) -> Unfit:
    """Return what is to be raised for a part that does not hold what it should."""
    return Unfit("F02", why=tell("why.part-damaged", part=part))


def relation(attributes: Mapping[str, str], name: str = "id") -> str:
    """Return an attribute of the namespace in which parts refer to relations; an empty text where there is none."""
    return next((attributes[key] for space in _RELATIONS if (key := f"{space} {name}") in attributes), "")


def area(reference: str) -> Area | None:
    """Return left, top, right and bottom of a range such as `A2:C4`, counted from 1; None for what is none."""
    match = _RANGE.fullmatch(reference)
    if match is None:
        return None
    left, top = column_number(match[1]), int(match[2])
    right, bottom = (column_number(match[3]), int(match[4])) if match[3] else (left, top)
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def size(reference: str) -> int:
    """Return how many cells the ranges of a reference hold; one for what is no range."""
    found = map(area, reference.split())
    return sum((a[2] - a[0] + 1) * (a[3] - a[1] + 1) if a else 1 for a in found)


def column_number(letters: str) -> int:
    """Return the number of a column from 1 by its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@cache
def column_letters(number: int) -> str:
    """Return the letters of a column by its number from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _normal(name: str, base: str = "") -> str:
    """Return a part's name as names are compared; a target is looked for from `base`."""
    name = unquote(name).replace("\\", "/")
    return posixpath.normpath(posixpath.join("/" + base, name)).lstrip("/").casefold()


class Package:
    """The parts of a workbook by their names. Raises Unfit for what is no workbook, has macros or is far too large."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self.limits = limits
        self._check_sizes()
        self._parts = {_normal(entry.filename): entry for entry in self._entries()}
        self._check_kind()

    def _entries(self) -> list[zipfile.ZipInfo]:
        return [entry for entry in self._archive.infolist() if not entry.is_dir()]

    def _check_sizes(self) -> None:
        """Refuse what claims to be too large; what claims less than it holds fails its checksum when it is read."""
        entries, limits = self._archive.infolist(), self.limits
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > limits.bagian or unpacked > limits.megabita * MEGABYTE:
            raise Unfit("F03", why=tell("why.unpacked", parts=len(entries), size=unpacked // MEGABYTE))
        for entry in entries:
            if entry.file_size > MEGABYTE and entry.file_size > limits.rasio * max(entry.compress_size, 1):
                raise Unfit("F03", why=tell("why.ratio", part=entry.filename, ratio=limits.rasio))

    def _check_kind(self) -> None:
        names = [_normal(entry.filename) for entry in self._entries()]
        if len(names) > len(self._parts):
            twice = next(entry for entry, name in zip(self._entries(), names, strict=True) if names.count(name) > 1)
            raise Unfit("F02", why=tell("why.part-twice", part=twice.filename))
        if "xl/workbook.bin" in self._parts:
            raise Unfit("F02", why=tell("why.binary"))
        if "mimetype" in self._parts or "content.xml" in self._parts:
            raise Unfit("F02", why=tell("why.opendocument"))
        if _TYPES not in self._parts:
            raise Unfit("F02", why=tell("why.other-document"))
        macros = [self.shown(name) for name in names if name.endswith("vbaproject.bin")]
        defaults, parts = self._types
        macros += [self.shown(name) for name, kind in (parts | defaults).items() if "macroenabled" in kind]
        macros += [target for kind, target, _ in self.relations(self.main).values() if kind in _MACRO_SHEETS]
        if macros:
            raise Unfit("F06", part=macros[0])
        if not self.kind(self.main).endswith(_MAIN):
            raise Unfit("F02", why=tell("why.other-document"))

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def shown(self, name: str) -> str:
        """Return a part's name as the file has it."""
        return self._parts[name].filename if name in self._parts else name

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._parts)

    @cached_property
    def _types(self) -> tuple[dict[str, str], dict[str, str]]:
        """Content types, in small letters: by extension, and by part."""
        defaults: dict[str, str] = {}
        parts: dict[str, str] = {}

        def start(name: str, attributes: Mapping[str, str]) -> None:
            kind = attributes.get("ContentType", "").casefold()
            if name.endswith("Default"):
                defaults[attributes.get("Extension", "").casefold().lstrip(".")] = kind
            elif name.endswith("Override"):
                parts[_normal(attributes.get("PartName", ""))] = kind

        self.parse(_TYPES, start)
        return defaults, parts

    def kind(self, name: str) -> str:
        """Return a part's content type, in small letters; an empty text where none is given."""
        defaults, parts = self._types
        return parts.get(name) or defaults.get(name.rpartition(".")[2], "")

    @cached_property
    def main(self) -> str:
        """The name of the part that lists the sheets."""
        related = (target for kind, target, _ in self.relations("").values() if kind == "officedocument")
        typed = (name for name in self.names if self.kind(name).endswith(_MAIN))
        return next((name for name in (*related, *typed) if name in self), "xl/workbook.xml")

    def relations(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """Return the relations of a part by id: kind in small letters, target, and whether that is a part.

        A target outside of the package is given as it stands there.
        """
        folder, base = posixpath.split(name)
        found: dict[str, tuple[str, str, bool]] = {}

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if tag.endswith("Relationship"):
                kind = attributes.get("Type", "").rpartition("/")[2].casefold()
                target = attributes.get("Target", "")
                inside = attributes.get("TargetMode", "").casefold() != "external"
                whole = _normal(target, folder) if inside else target
                found[attributes.get("Id", "")] = (kind, whole, inside)

        part = posixpath.join(folder, "_rels", f"{base}.rels")
        if part in self:
            self.parse(part, start)
        return found

    def related(self, name: str, kind: str) -> str | None:
        """Return the first part of a kind that another relates to, else the first of such a content type, if any."""
        targets = [target for found, target, inside in self.relations(name).values() if inside and found == kind]
        typed = [part for part in self.names if self.kind(part).endswith(f".{kind}+xml")]
        return next((part for part in (*targets, *typed) if part in self), None)

    def parse(
        self, name: str, start: Start, end: Callable[[str], object] | None = None, text: Any = None, shown: str = ""
    ) -> None:
        """Read a part as a stream of XML; names of elements are `namespace name`. In messages it is called `shown`.

        Raises Unfit for a part that is not there, is no XML, declares a document type or is too large.
        """
        if name not in self:
            raise damaged(name)
        shown, most = shown or self.shown(name), self.limits.bagian_megabita
        parser = ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _no_doctype(shown)
        unpacked = 0
        with self._archive.open(self._parts[name]) as stream:
            try:
                while chunk := stream.read(_CHUNK):
                    unpacked += len(chunk)
                    if unpacked > most * MEGABYTE:
                        raise Unfit("F03", why=tell("why.large-part", part=shown, size=most, more=2 * most))
                    parser.Parse(chunk)
                parser.Parse(b"", True)
            except (ExpatError, LookupError, ValueError, EOFError):
                raise damaged(shown) from None


def _no_doctype(part: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise Unfit("F02", why=tell("why.doctype", part=part))

    return refuse


def guard(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Raise Unfit for what openpyxl, which has no limits of its own and opens all parts, had better not be handed."""
    package = Package(archive, limits)
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            package.parse(name, _count(package.shown(name), limits))


def _count(part: str, limits: Limits) -> Start:
    items = spanned = 0

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal items, spanned
        match name.rpartition(" ")[2]:
            case "c" | "row":
                items += 1
            case "mergeCell" | "hyperlink" | "comment":
                spanned += size(attributes.get("ref", ""))
        check_counts(part, items, spanned, limits)

    return start


def check_counts(part: str, items: int, spanned: int, limits: Limits) -> None:
    """Raise Unfit for a part with too many rows and cells, or too many cells under ranges."""
    if items > limits.sel:
        raise Unfit("F03", why=tell("why.many-cells", part=part, most=limits.sel))
    if spanned > MOST_SPANNED:
        raise Unfit("F03", why=tell("why.spanned", part=part, most=MOST_SPANNED))


def why_broken(path: Path) -> Words:
    """Return what a file is that is no sound package."""
    return why_broken_content(path.read_bytes())


def why_broken_content(content: bytes) -> Words:
    """Return what bytes are that are no sound package."""
    if content.startswith(OLD_CONTAINER):
        return tell("why.password" if _ENCRYPTED in content else "why.old-format")
    if not content:
        return tell("why.empty-file")
    try:
        is_text = "\0" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        is_text = False
    return tell("why.plain-text" if is_text else "why.no-workbook")
