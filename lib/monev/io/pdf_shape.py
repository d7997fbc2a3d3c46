"""The shape that our writer gives a PDF, byte for byte; whatever has another shape is told. Runs nothing.

Typst writes objects one after another with rising numbers, one table of their places, one trailer. So a file that was
opened and saved by another program, that has been added to, or that holds actions, forms, layers or notes, is known by
its form. One addition is allowed: a signature that nobody sees and that changes nothing but its own field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_HEADER = re.compile(rb"%PDF-[12]\.\d\n%\x80{4}\n\n")
_END = b"%%EOF"
_DEPTH = 40
_MOST = 2_000_000  # objects


def _keys(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CATALOGUE = _keys(
    "Type Pages PageLabels Outlines OutputIntents StructTreeRoot MarkInfo Names ViewerPreferences Lang AF Metadata"
)
_PAGE = _keys("Type Parent MediaBox Resources Contents StructParents Tabs Annots")
_LINK = _keys("Type Subtype Rect QuadPoints Border Contents Dest A F StructParent")
_FILE = _keys("Type F UF EF AFRelationship Desc")
_NEVER = _keys("JS JavaScript AA OpenAction AcroForm XFA OC OCProperties OCGs Encrypt FFilter RichMedia RF")


class ShapeError(ValueError):
    """The bytes are not laid out as our writer does; the text says where."""


class Name(str):
    """A name of PDF, without its slash."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to an object."""

    number: int


@dataclass(frozen=True)
class Shape:
    """What is wrong with a PDF's shape, in few words each; where the report ends, and whether a signature follows."""

    faults: tuple[str, ...]
    end: int
    signed: bool = False
    links: tuple[str, ...] = ()  # addresses outside the report
    spoken: tuple[str, ...] = ()  # said in the place of pictures and text, and titles in the outline


def shape_of(content: bytes) -> Shape:
    """Return how the bytes of a PDF stand to our writer's shape. Never raises for what they hold."""
    try:
        made = _Revision.read(content)
        faults = tuple(dict.fromkeys(_faults(made)))
    except (ShapeError, RecursionError, IndexError) as error:
        return Shape((str(error) or type(error).__name__,), len(content))
    links = tuple(dict.fromkeys(_links(made)))
    spoken = tuple(dict.fromkeys(_spoken(made)))
    if made.end == len(content):
        return Shape(faults, made.end, links=links, spoken=spoken)
    added = _signature_fault(content, made)
    return Shape((*faults, added) if added else faults, made.end, not added, links, spoken)


# Reading -----------------------------------------------------------------------------------------------------

_SPACE = re.compile(rb"[\x00\t\n\f\r ]*")
_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)")
_REF = re.compile(rb"(\d+) 0 R")
_NAME = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]*)")
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_WORDS: Mapping[bytes, Any] = {b"true": True, b"false": False, b"null": None}
_ESCAPED = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3}|\r\n|\r|\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass
class Reader:
    """Reads values of PDF; `at` is the next byte."""

    content: bytes
    at: int = 0

    def value(self, depth: int = 0) -> Any:
        """Return the value that begins here. Raises ShapeError."""
        if depth > _DEPTH:
            raise ShapeError("terlalu dalam")
        self._blank()
        sign = self.content[self.at : self.at + 2]
        if sign == b"<<":
            return self._dictionary(depth)
        if sign[:1] == b"[":
            return self._array(depth)
        if sign[:1] == b"/":
            return self._name()
        if sign[:1] == b"(":
            return self._string()
        if sign[:1] == b"<":
            return self._hex()
        return self._plain()

    def _blank(self) -> None:
        found = _SPACE.match(self.content, self.at)
        assert found is not None
        self.at = found.end()

    def _plain(self) -> Any:
        if found := _REF.match(self.content, self.at):
            self.at = found.end()
            return Ref(int(found[1]))
        if found := _NUMBER.match(self.content, self.at):
            self.at = found.end()
            return float(found[0]) if b"." in found[0] else int(found[0][:20])
        for word, value in _WORDS.items():
            if self.content.startswith(word, self.at):
                self.at += len(word)
                return value
        raise ShapeError(f"byte {self.at}")

    def _name(self) -> Name:
        found = _NAME.match(self.content, self.at)
        assert found is not None
        self.at = found.end()
        plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), found[1])
        return Name(plain.decode("latin-1"))

    def _array(self, depth: int) -> list[Any]:
        self.at += 1
        made: list[Any] = []
        while True:
            self._blank()
            if self.content[self.at : self.at + 1] == b"]":
                self.at += 1
                return made
            made.append(self.value(depth + 1))

    def _dictionary(self, depth: int) -> dict[str, Any]:
        self.at += 2
        made: dict[str, Any] = {}
        while True:
            self._blank()
            if self.content[self.at : self.at + 2] == b">>":
                self.at += 2
                return made
            key = self.value(depth + 1)
            if not isinstance(key, Name) or key in made:
                raise ShapeError(f"kamus pada byte {self.at}")
            made[str(key)] = self.value(depth + 1)

    def _hex(self) -> bytes:
        found = _HEX.match(self.content, self.at)
        if not found:
            raise ShapeError(f"byte {self.at}")
        self.at = found.end()
        digits = re.sub(rb"\s", b"", found[1])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))

    def _string(self) -> bytes:
        begin, open_, at = self.at, 0, self.at
        for found in re.compile(rb"\\.|[()]", re.DOTALL).finditer(self.content, begin):
            open_ += {b"(": 1, b")": -1}.get(found[0], 0)
            at = found.end()
            if not open_:
                break
        if open_:
            raise ShapeError(f"teks pada byte {begin}")
        self.at = at
        return _ESCAPED.sub(_unescaped, self.content[begin + 1 : at - 1])


def _unescaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    if sign.isdigit():
        return bytes([int(sign, 8) & 255])
    return b"" if sign in (b"\n", b"\r", b"\r\n") else _ESCAPES.get(sign, sign)


@dataclass
class _Revision:
    """The report as it was written: objects by number, the trailer, and where it ends."""

    objects: dict[int, Any] = field(default_factory=dict)
    trailer: dict[str, Any] = field(default_factory=dict)
    end: int = 0
    table: int = 0

    @classmethod
    def read(cls, content: bytes) -> _Revision:
        """Read the first revision, every byte of it. Raises ShapeError."""
        header = _HEADER.match(content)
        if not header:
            raise ShapeError("awal berkas")
        reader, made, places = Reader(content, header.end()), cls(), []
        while not content.startswith(b"xref\n", reader.at):
            places.append(reader.at)
            number = len(places)
            if number > _MOST:
                raise ShapeError("terlalu banyak objek")
            _expect(reader, b"%d 0 obj\n" % number)
            value = made.objects[number] = reader.value()
            if content.startswith(b"\nstream\n", reader.at):
                length = value.get("Length") if isinstance(value, dict) else None
                if not isinstance(length, int) or not 0 <= length < len(content):
                    raise ShapeError(f"objek {number}")
                reader.at += len(b"\nstream\n") + length
                _expect(reader, b"\nendstream")
            _expect(reader, b"\nendobj\n")
            while content.startswith(b"\n", reader.at):  # Typst 0.14 sets its objects apart
                reader.at += 1
        table = reader.at
        lines = b"".join(b"%010d 00000 n\r\n" % place for place in places)
        _expect(reader, b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(places) + 1))
        _expect(reader, lines)
        _expect(reader, b"trailer\n")
        trailer = reader.value()
        _expect(reader, b"\nstartxref\n%d\n%s" % (table, _END))
        if not isinstance(trailer, dict) or not {"Size", "Root", "Info", "ID"} >= trailer.keys() >= {"Root"}:
            raise ShapeError("trailer")
        made.trailer, made.table, made.end = trailer, table, reader.at
        return made

    def get(self, value: Any) -> Any:
        """Return a value, or what it refers to."""
        return self.objects.get(value.number) if isinstance(value, Ref) else value

    def map(self, value: Any) -> dict[str, Any]:
        """Return a dictionary, or what is referred to; an empty one for anything else."""
        found = self.get(value)
        return found if isinstance(found, dict) else {}

    def list(self, value: Any) -> list[Any]:
        """Return an array, or what is referred to; an empty one for anything else."""
        found = self.get(value)
        return found if isinstance(found, list) else []


def _expect(reader: Reader, wanted: bytes) -> None:
    if not reader.content.startswith(wanted, reader.at):
        raise ShapeError(f"byte {reader.at}")
    reader.at += len(wanted)


# What may stand where ---------------------------------------------------------------------------------------


def _faults(made: _Revision) -> Iterator[str]:
    catalogue = made.map(made.trailer["Root"])
    yield from sorted(catalogue.keys() - _CATALOGUE)
    yield from sorted(made.map(catalogue.get("Names")).keys() - {"Dests", "EmbeddedFiles"})
    for number, value in made.objects.items():
        for inner in _dictionaries(value):
            yield from sorted(inner.keys() & _NEVER)
            if "AF" in inner and inner is not catalogue:
                yield f"AF pada objek {number}"
    if catalogue.get("Lang") != b"id":
        yield "Lang"
    yield from _page_faults(made, catalogue)
    yield from _file_faults(made, catalogue)


def _dictionaries(value: Any) -> Iterator[dict[str, Any]]:
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            yield here
            waiting += here.values()
        elif isinstance(here, list):
            waiting += here


def _page_faults(made: _Revision, catalogue: dict[str, Any]) -> Iterator[str]:
    root = made.map(catalogue.get("Pages"))
    kids = made.list(root.get("Kids"))
    own = {number for number, value in made.objects.items() if isinstance(value, dict) and value.get("Type") == "Page"}
    if root.get("Count") != len(kids) or {kid.number for kid in kids if isinstance(kid, Ref)} != own:
        yield "pohon halaman"
    for place, kid in enumerate(kids, start=1):
        page = made.map(kid)
        yield from (f"{key}, hlm. {place}" for key in sorted(page.keys() - _PAGE))
        for annotation in made.list(page.get("Annots")):
            note = made.map(annotation)
            action = made.map(note.get("A"))
            plain = note.get("Subtype") == "Link" and note.keys() <= _LINK
            if not plain or (action and action.get("S") not in ("URI", "GoTo")) or "Next" in action:
                yield f"anotasi, hlm. {place}"


def _links(made: _Revision) -> Iterator[str]:
    for value in made.objects.values():
        for inner in _dictionaries(value):
            if isinstance(address := made.get(inner.get("URI")), bytes):
                yield address.decode("latin-1")


def _spoken(made: _Revision) -> Iterator[str]:
    for value in made.objects.values():
        for inner in _dictionaries(value):
            for text in (made.get(inner.get(key)) for key in ("Alt", "ActualText", "E", "Title", "T")):
                if isinstance(text, bytes):
                    yield text[2:].decode("utf-16-be", "replace") if text[:2] == b"\xfe\xff" else text.decode("latin-1")


def _file_faults(made: _Revision, catalogue: dict[str, Any]) -> Iterator[str]:
    listed = made.list(made.map(made.map(catalogue.get("Names")).get("EmbeddedFiles")).get("Names"))
    names, files = listed[::2], listed[1::2]
    if "AF" in catalogue and made.list(catalogue["AF"]) != files:  # a report for people alone (PDF/UA) has none
        yield "AF"
    specs = [n for n, value in made.objects.items() if isinstance(value, dict) and value.get("Type") == "Filespec"]
    if sorted(specs) != sorted(file.number for file in files if isinstance(file, Ref)):
        yield "lampiran tersembunyi"
    for name, file in zip(names, files, strict=False):
        spec = made.map(file)
        held = made.map(spec.get("EF"))
        same = (
            spec.get("F") == spec.get("UF") == name and held.get("F") == held.get("UF") and held.keys() == {"F", "UF"}
        )
        if not same or spec.keys() - _FILE:
            yield f"lampiran {bytes(name).decode('latin-1') if isinstance(name, bytes) else '?'}"


# A signature ------------------------------------------------------------------------------------------------

_OBJECT = re.compile(rb"\s*(\d{1,9}) 0 obj\b")
_CLOSED = re.compile(rb"\s*endobj\b")
_PART = re.compile(rb"(\d{1,9}) (\d{1,9}) *\r?\n((?:\d{10} \d{5} [nf](?:\r\n| \n| \r))+)")
_STARTS = re.compile(rb"\s*startxref\s+(\d{1,12})\s+%%EOF\s*")
_TABLE = re.compile(rb"\s*(xref *\r?\n)")
_SIGNATURE = _keys(
    "Type Filter SubFilter ByteRange Contents M Name Reason Location ContactInfo Prop_Build Prop_AuthTime Cert"
)
_FIELD = _keys("Type Subtype FT T V F P Rect Ff")
_FORM = _keys("Type Fields SigFlags DA")
_ADDED_TRAILER = _keys("Size Root Info ID Prev")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")  # the object identifier that every signature in a PDF begins with


def _signature_fault(content: bytes, made: _Revision) -> str:
    """Return what an addition holds beside an unseen signature; empty when it is just that."""
    try:
        added = _added(content, made)
        signature, number, others = _parts(added, len(made.objects))
        form = _form(made, others)
    except (ShapeError, RecursionError) as error:
        return f"tambahan sesudah laporan ({error})"
    if not _covers(content, added[signature], made.end):
        return "tambahan sesudah laporan: bukan satu tanda tangan atas seluruh berkas"
    plain = form.keys() <= _FORM and form.get("Fields") == [Ref(number)] and added[signature].keys() <= _SIGNATURE
    good = plain and _unseen(made, added[number], signature)
    if not good or not all(_only_adds(made, n, v, number) for n, v in others.items()):
        return "tambahan sesudah laporan mengubah lebih dari bidang tanda tangannya"
    return ""


def _parts(added: dict[int, dict[str, Any]], known: int) -> tuple[int, int, dict[int, dict[str, Any]]]:
    """Return the numbers of the signature and its field, both new, and the objects beside them. Raises ShapeError."""
    values = [n for n, v in added.items() if v.get("Type") == "Sig" and n > known]
    fields = [n for n, v in added.items() if v.get("FT") == "Sig" and n > known]
    if len(values) != 1 or len(fields) != 1:
        raise ShapeError("bukan satu tanda tangan")
    return values[0], fields[0], {n: v for n, v in added.items() if n not in (values[0], fields[0])}


def _form(made: _Revision, others: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """Return the form that the new catalogue names, taken out of `others` where it is an object. Raises ShapeError."""
    form = others.get(made.trailer["Root"].number, {}).get("AcroForm")
    if isinstance(form, Ref) and form.number > len(made.objects):
        form = others.pop(form.number, None)
    if not isinstance(form, dict):
        raise ShapeError("formulir")
    return form


def _unseen(made: _Revision, field: dict[str, Any], signature: int) -> bool:
    """Tell whether a field is one that holds the signature, on a page, and shows nothing."""
    rect, page = field.get("Rect", [0, 0, 0, 0]), field.get("P")
    flat = isinstance(rect, list) and len(rect) == 4 and all(isinstance(n, int | float) and n == 0 for n in rect)
    there = page is None or made.map(page).get("Type") == "Page"
    return flat and there and field.keys() <= _FIELD and field.get("V") == Ref(signature)


def _added(content: bytes, made: _Revision) -> dict[int, dict[str, Any]]:
    """Return the objects of the one addition; every byte of it is read. Raises ShapeError.

    Its table must lead to just these objects: one that leads into the text of a signature would show another report.
    """
    reader, found, places = Reader(content, made.end), dict[int, dict[str, Any]](), dict[int, int]()
    while begin := _OBJECT.match(content, reader.at):
        number = int(begin[1])
        reader.at = begin.end()
        value = reader.value()
        closed = _CLOSED.match(content, reader.at)
        if not closed or not isinstance(value, dict) or number in found or len(found) > 20:
            raise ShapeError(f"objek {number}")
        found[number], places[number], reader.at = value, begin.start(1), closed.end()
    table = _TABLE.match(content, reader.at)
    if not table:
        raise ShapeError(f"byte {reader.at}")
    reader.at = table.end()
    if _entries(reader) != places:
        raise ShapeError("tabel tempat objek")
    _expect(reader, b"trailer")
    trailer = reader.value()
    end = _STARTS.fullmatch(content, reader.at)
    if not end or int(end[1]) != table.start(1) or not isinstance(trailer, dict):
        raise ShapeError("trailer")
    same = all(trailer.get(key) == made.trailer.get(key) for key in ("Root", "Info"))
    if not same or trailer.keys() - _ADDED_TRAILER or trailer.get("Prev") != made.table:
        raise ShapeError("trailer")
    if trailer.get("Size") != max(len(made.objects), *found) + 1:
        raise ShapeError("trailer")
    return found


def _entries(reader: Reader) -> dict[int, int]:
    """Return where a table says that objects are. Raises ShapeError."""
    found: dict[int, int] = {}
    while part := _PART.match(reader.content, reader.at):
        first, count, lines = int(part[1]), int(part[2]), part[3]
        entries = [lines[at : at + 20] for at in range(0, len(lines), 20)]
        if len(entries) != count:
            raise ShapeError("tabel tempat objek")
        for number, entry in enumerate(entries, start=first):
            if (number, entry[:18]) == (0, b"0000000000 65535 f"):
                continue
            if number in found or entry[11:18] != b"00000 n":
                raise ShapeError("tabel tempat objek")
            found[number] = int(entry[:10])
        reader.at = part.end()
    return found


def _covers(content: bytes, signature: dict[str, Any], end: int) -> bool:
    """Tell whether a signature is over the whole file but for itself, and is one by its form (not: whether it holds)."""
    span, held = signature.get("ByteRange"), signature.get("Contents")
    if not isinstance(span, list) or len(span) != 4 or not all(isinstance(n, int) for n in span):
        return False
    first, length, second, rest = span
    hole = content[length:second]
    whole = first == 0 and end < length < second and second + rest == len(content)
    plain = re.fullmatch(rb"<(?:[0-9A-Fa-f]{2})+>", hole) is not None and held == bytes.fromhex(hole[1:-1].decode())
    return whole and plain and isinstance(held, bytes) and held[:1] == b"\x30" and _SIGNED_DATA in held[:40]


def _only_adds(made: _Revision, number: int, value: dict[str, Any], field_number: int) -> bool:
    """Tell whether a changed object is what it was, but for the field of the signature."""
    before = made.objects.get(number)
    if not isinstance(before, dict):
        return False
    if made.trailer["Root"] == Ref(number):
        return {key: v for key, v in value.items() if key != "AcroForm"} == before
    if before.get("Type") != "Page":
        return False
    notes = made.list(before.get("Annots"))
    same = {key: v for key, v in value.items() if key != "Annots"} == {
        key: v for key, v in before.items() if key != "Annots"
    }
    return same and value.get("Annots", []) in (notes, [*notes, Ref(field_number)])
