"""The one addition that a report may have: a signature that nobody sees and that changes nothing but its own field."""

from __future__ import annotations

import re
from typing import Any

from monev.io.pdf_objects import Reader, Ref, Revision, ShapeError, expect

_OBJECT = re.compile(rb"\s*(\d{1,9}) 0 obj\b")
_CLOSED = re.compile(rb"\s*endobj\b")
_PART = re.compile(rb"(\d{1,9}) (\d{1,9}) *\r?\n((?:\d{10} \d{5} [nf](?:\r\n| \n| \r))+)")
_STARTS = re.compile(rb"\s*startxref\s+(\d{1,12})\s+%%EOF\s*")
_TABLE = re.compile(rb"\s*(xref *\r?\n)")
_SIGNATURE = frozenset(
    (
        *("Type", "Filter", "SubFilter", "ByteRange", "Contents", "M", "Name", "Reason", "Location", "ContactInfo"),
        *("Prop_Build", "Prop_AuthTime", "Cert"),
    )
)
_FIELD = frozenset(("Type", "Subtype", "FT", "T", "V", "F", "P", "Rect", "Ff", "TU"))
SPOKEN = "Tanda tangan"  # what a field may say to those who cannot see that there is nothing to see (PDF/UA)
_FORM = frozenset(("Type", "Fields", "SigFlags", "DA"))
_ADDED_TRAILER = frozenset(("Size", "Root", "Info", "ID", "Prev"))
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")  # the object identifier that opens every signature


def signature_fault(content: bytes, made: Revision) -> str:
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


def _form(made: Revision, others: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """Return the form that the new catalogue names, taken out of `others` where it is an object. Raises ShapeError."""
    form = others.get(made.trailer["Root"].number, {}).get("AcroForm")
    if isinstance(form, Ref) and form.number > len(made.objects):
        form = others.pop(form.number, None)
    if not isinstance(form, dict):
        raise ShapeError("formulir")
    return form


def _unseen(made: Revision, field: dict[str, Any], signature: int) -> bool:
    """Tell whether a field is one that holds the signature, on a page, and shows nothing."""
    rect, page = field.get("Rect", [0, 0, 0, 0]), field.get("P")
    flat = isinstance(rect, list) and len(rect) == 4 and all(isinstance(n, int | float) and n == 0 for n in rect)
    there = page is None or made.map(page).get("Type") == "Page"
    plain = field.get("TU", SPOKEN.encode("ascii")) == SPOKEN.encode("ascii")
    return flat and there and plain and field.keys() <= _FIELD and field.get("V") == Ref(signature)


def _added(content: bytes, made: Revision) -> dict[int, dict[str, Any]]:
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
    expect(reader, b"trailer")
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
    """Tell whether a signature is over the whole file but for itself, and has the form of one, valid or not."""
    span, held = signature.get("ByteRange"), signature.get("Contents")
    if not isinstance(span, list) or len(span) != 4 or not all(isinstance(n, int) for n in span):
        return False
    first, length, second, rest = span
    hole = content[length:second]
    whole = first == 0 and end < length < second and second + rest == len(content)
    plain = re.fullmatch(rb"<(?:[0-9A-Fa-f]{2})+>", hole) is not None and held == bytes.fromhex(hole[1:-1].decode())
    return whole and plain and isinstance(held, bytes) and held[:1] == b"\x30" and _SIGNED_DATA in held[:40]


def _only_adds(made: Revision, number: int, value: dict[str, Any], field_number: int) -> bool:
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
