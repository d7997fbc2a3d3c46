"""The shape of a PDF is read byte by byte, as the releases of Typst write it."""

from __future__ import annotations

import pytest

from monev.io.pdf_objects import Revision, ShapeError

OBJECTS = (b"<</Type/Catalog/Pages 2 0 R>>", b"<<\n  /Type /Pages\n  /Kids []\n  /Count 0\n>>")


def pdf(between: bytes, objects: tuple[bytes, ...] = OBJECTS) -> bytes:
    """Return a PDF with `between` after each object."""
    made, places = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n%s" % (number, body, between)
    table = len(made)
    lines = b"".join(b"%010d 00000 n\r\n" % place for place in places)
    made += b"xref\n0 %d\n0000000000 65535 f\r\n%s" % (len(places) + 1, lines)
    return made + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, table)


@pytest.mark.parametrize("between", [b"", b"\n"], ids=["0.15", "0.14"])
def test_objects_may_stand_apart(between: bytes) -> None:
    made = Revision.read(pdf(between))
    assert made.map(made.trailer["Root"])["Type"] == "Catalog"
    assert made.end == len(pdf(between))


@pytest.mark.parametrize("between", [b" ", b"%\n", b"9 0 obj\nnull\nendobj\n"])
def test_nothing_else_may_stand_between_them(between: bytes) -> None:
    with pytest.raises(ShapeError):
        Revision.read(pdf(between))
