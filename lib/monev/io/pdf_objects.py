"""The objects of a PDF as Typst lays them out: one after another, with rising numbers, one table, one trailer.

Every byte is read, so what is not laid out like that is a `ShapeError`; nothing is run.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_HEADER = re.compile(rb"%PDF-[12]\.\d\n%\x80{4}\n\n")
_END = b"%%EOF"
_DEPTH = 40
_MOST = 2_000_000  # objects
MOST_UNPACKED = 64 * 1024**2  # bytes of one stream


class ShapeError(ValueError):
    """The bytes are not laid out as our writer does; the text says where."""


class Name(str):
    """A name of PDF, without its slash."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to an object."""

    number: int


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
class Revision:
    """The report as it was written: objects by number, streams by place, the trailer, and where it ends."""

    content: bytes
    objects: dict[int, Any] = field(default_factory=dict)
    streams: dict[int, tuple[int, int]] = field(default_factory=dict)
    trailer: dict[str, Any] = field(default_factory=dict)
    end: int = 0
    table: int = 0

    @classmethod
    def read(cls, content: bytes) -> Revision:
        """Read the first revision, every byte of it. Raises ShapeError."""
        header = _HEADER.match(content)
        if not header:
            raise ShapeError("awal berkas")
        reader, made, places = Reader(content, header.end()), cls(content), []
        while not content.startswith(b"xref\n", reader.at):
            places.append(reader.at)
            number = len(places)
            if number > _MOST:
                raise ShapeError("terlalu banyak objek")
            expect(reader, b"%d 0 obj\n" % number)
            value = made.objects[number] = reader.value()
            if content.startswith(b"\nstream\n", reader.at):
                length = value.get("Length") if isinstance(value, dict) else None
                if not isinstance(length, int) or not 0 <= length < len(content):
                    raise ShapeError(f"objek {number}")
                begin = reader.at + len(b"\nstream\n")
                made.streams[number] = (begin, begin + length)
                reader.at = begin + length
                expect(reader, b"\nendstream")
            expect(reader, b"\nendobj\n")
            while content.startswith(b"\n", reader.at):  # Typst 0.14 sets its objects apart
                reader.at += 1
        table = reader.at
        lines = b"".join(b"%010d 00000 n\r\n" % place for place in places)
        expect(reader, b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(places) + 1))
        expect(reader, lines)
        expect(reader, b"trailer\n")
        trailer = reader.value()
        expect(reader, b"\nstartxref\n%d\n%s" % (table, _END))
        known = isinstance(trailer, dict) and {"Size", "Root", "Info", "ID"} >= trailer.keys()
        if not known or not isinstance(trailer.get("Root"), Ref):
            raise ShapeError("trailer")
        made.trailer, made.table, made.end = trailer, table, reader.at
        return made

    def get(self, value: Any) -> Any:
        """Return a value, or what it refers to."""
        return self.objects.get(value.number) if isinstance(value, Ref) else value

    def stream(self, number: int, most: int = MOST_UNPACKED) -> bytes:
        """Return what a stream holds. Raises ShapeError for a filter that our writer does not use, or for too much."""
        said = self.map(Ref(number))
        filters = self.get(said.get("Filter", []))
        start, end = self.streams.get(number, (0, 0))
        packed = self.content[start:end]
        if filters == []:
            return packed
        if "DecodeParms" in said or filters not in ("FlateDecode", ["FlateDecode"]):
            raise ShapeError(f"saringan pada objek {number}")
        unpacking = zlib.decompressobj()
        try:
            made = unpacking.decompress(packed, most)
        except zlib.error:
            raise ShapeError(f"objek {number}") from None
        if not unpacking.eof:
            raise ShapeError(f"objek {number} terlalu besar")
        return made

    def map(self, value: Any) -> dict[str, Any]:
        """Return a dictionary, or what is referred to; an empty one for anything else."""
        found = self.get(value)
        return found if isinstance(found, dict) else {}

    def list(self, value: Any) -> list[Any]:
        """Return an array, or what is referred to; an empty one for anything else."""
        found = self.get(value)
        return found if isinstance(found, list) else []


def expect(reader: Reader, wanted: bytes) -> None:
    """Pass over bytes that must come here. Raises ShapeError."""
    if not reader.content.startswith(wanted, reader.at):
        raise ShapeError(f"byte {reader.at}")
    reader.at += len(wanted)


def dictionaries(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every dictionary in a value, the outer ones first."""
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            yield here
            waiting += here.values()
        elif isinstance(here, list):
            waiting += here
