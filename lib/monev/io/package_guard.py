"""Guards a workbook's package before openpyxl, which has no limits of its own, opens it.

Sizes are those that come out while unpacking, not those that the archive claims. Every XML part goes once through
defusedxml as a stream: no document types, where XML keeps its entities, and nothing that unfolds into more cells than
a workbook of this kind holds.
"""

from __future__ import annotations

import lzma
import posixpath
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from monev.io.omitted_imports import without
from monev.model.params import Limits
from monev.words.messages import Words, tell

MEGABYTE = 1024**2
LARGEST_PART = 20 * MEGABYTE  # of one XML part; openpyxl reads about two megabytes a second
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
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of .xls, and of .xlsx with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TYPES = "[Content_Types].xml"
_MAIN = ("spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml")
_MACRO_SHEETS = ("xlMacrosheet", "xlIntlMacrosheet", "dialogsheet")
_CHUNK = 1 << 16


class Unfit(Exception):
    """The file is no workbook that can be read; holds a finding's code, its details, and its place if it has one."""

    def __init__(self, code: str, sheet: str = "", cell: str = "", **details: object) -> None:
        super().__init__(code)
        self.code, self.sheet, self.cell, self.details = code, sheet, cell, details


def guard(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Raise Unfit for what is no sound workbook, has macros, or would unfold to far more than is read."""
    _check_sizes(archive, limits)
    names = archive.NameToInfo
    if why := _other_kind(names):
        raise Unfit("F02", why=why)
    if macros := next((name for name in names if name.casefold().endswith("vbaproject.bin")), None):
        raise Unfit("F06", part=macros)
    types = _scan(archive, _TYPES, limits).types
    if macros := next((name for name, kind in types.items() if "macroEnabled" in kind), None):
        raise Unfit("F06", part=macros)
    if not any(kind.endswith(_MAIN) for kind in types.values()):
        raise Unfit("F02", why=tell("why.other-document"))
    for name in names:
        for kind, target in _scan(archive, name, limits).relations:
            if kind in _MACRO_SHEETS:
                raise Unfit("F06", part=target)
            if kind == "worksheet" and target not in names:  # openpyxl would leave the sheet out
                raise _damaged(target)


def _check_sizes(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse what claims to be too large; what claims less than it holds fails its checksum when it is read."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.bagian or unpacked > limits.megabita * MEGABYTE:
        raise Unfit("F03", why=tell("why.unpacked", parts=len(entries), size=unpacked // MEGABYTE))
    for entry in entries:
        if entry.file_size > MEGABYTE and entry.file_size > limits.rasio * max(entry.compress_size, 1):
            raise Unfit("F03", why=tell("why.ratio", part=entry.filename, ratio=limits.rasio))
    if len(archive.NameToInfo) < len(entries):
        names = [entry.filename for entry in entries]
        raise Unfit("F02", why=tell("why.part-twice", part=next(name for name in names if names.count(name) > 1)))


def _other_kind(names: dict[str, Any]) -> Words | None:
    if "xl/workbook.bin" in names:
        return tell("why.binary")
    if "mimetype" in names or "content.xml" in names:
        return tell("why.opendocument")
    return None if _TYPES in names else tell("why.other-document")


class _Part(ContentHandler):
    """What matters of one part: content types, relations to other parts, and how many cells it unfolds into."""

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__()
        self.types: dict[str, str] = {}
        self.relations: list[tuple[str, str]] = []
        self._name = name
        self._base = posixpath.dirname(posixpath.dirname(name))
        self._limits = limits
        self._items = self._spanned = 0

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802
        """Note one element, whatever prefix it has."""
        match name.rpartition(":")[2]:
            case "c" | "row":
                self._items += 1
                if self._items > self._limits.sel:
                    raise Unfit("F03", why=tell("why.many-cells", part=self._name, most=self._limits.sel))
            case "mergeCell" | "hyperlink" | "comment":
                self._spanned += _area(attrs.get("ref", ""))
                if self._spanned > MOST_SPANNED:
                    raise Unfit("F03", why=tell("why.spanned", part=self._name, most=MOST_SPANNED))
            case "Override" | "Default":
                self.types[attrs.get("PartName", "").lstrip("/")] = attrs.get("ContentType", "")
            case "Relationship" if attrs.get("TargetMode") != "External":
                target = attrs.get("Target", "")
                whole = target.lstrip("/") if target.startswith("/") else posixpath.join(self._base, target)
                self.relations.append((attrs.get("Type", "").rpartition("/")[2], posixpath.normpath(whole)))


def _area(reference: str) -> int:
    with without("numpy"):  # openpyxl takes it for types that no workbook holds
        from openpyxl.utils import range_boundaries

    try:
        left, top, right, bottom = range_boundaries(reference)
        return (right - left + 1) * (bottom - top + 1)  # type: ignore[operator]
    except (ValueError, TypeError):
        return 1  # none; openpyxl refuses it


def _scan(archive: zipfile.ZipFile, name: str, limits: Limits) -> _Part:
    """Read one part as a stream; one that is no XML, such as an image, is left at its beginning."""
    part = _Part(name, limits)
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(part)
    size = 0
    with archive.open(name) as stream:
        chunk = stream.read(_CHUNK)
        if not chunk.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<"):
            return part
        try:
            while chunk:
                size += len(chunk)
                if size > LARGEST_PART:
                    raise Unfit("F03", why=tell("why.large-part", part=name, size=LARGEST_PART // MEGABYTE))
                parser.feed(chunk)
                chunk = stream.read(_CHUNK)
            parser.close()
        except DefusedXmlException:
            raise Unfit("F02", why=tell("why.doctype", part=name)) from None
        except (SAXException, ValueError, LookupError, EOFError):
            if not name.endswith(".vml"):  # old drawings, sound XML or not, are not read
                raise _damaged(name) from None
    return part


def _damaged(part: str) -> Unfit:
    return Unfit("F02", why=tell("why.part-damaged", part=part))


def why_broken(path: Path) -> Words:
    """Return what a file is that is no sound package."""
    content = path.read_bytes()
    if content.startswith(_OLD_CONTAINER):
        return tell("why.password" if _ENCRYPTED in content else "why.old-format")
    if not content:
        return tell("why.empty-file")
    try:
        is_text = "\0" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        is_text = False
    return tell("why.plain-text" if is_text else "why.no-workbook")
