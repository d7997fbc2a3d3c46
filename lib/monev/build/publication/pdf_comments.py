"""Reads the annotations of a returned PDF: who, when, on which page, below which title of its outline.

The PDF is read by a process of its own (`python -m monev.build.publication.pdf_comments`), bounded in time and memory.
"""

from __future__ import annotations

import ctypes
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from monev.build.publication.remarks import LONGEST, QUOTED, Remark, Unreadable, shortened
from monev.io.bounded_process import answer_of, bound
from monev.io.pdf_reader import MAX_FILE, MAX_PAGES, PdfError, parse_pdf
from monev.words.messages import tell

_TELLING = {1, 3, 8, 9, 10, 11, 12, 14, 15}  # text, free text, underline and the like, stamp, ink
_MOST = 20_000  # annotations
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


def pdf_remarks(path: Path, edition: str) -> list[Remark]:
    """Return the remarks of a PDF on an edition. Raises Unreadable."""
    try:
        said = answer_of(__name__, path)
    except (TimeoutError, ValueError):
        raise Unreadable(tell("comments.no-pdf")) from None
    if said["edisi"] is None:
        raise Unreadable(tell("comments.no-report"))
    if said["edisi"] != edition:
        raise Unreadable(tell("comments.other-edition", edition=said["edisi"]))
    return [Remark(*row) for row in said["tanggapan"]]


def _read(path: Path) -> dict[str, Any]:
    import pypdfium2

    if path.stat().st_size > MAX_FILE:
        raise PdfError("terlalu besar")
    content = path.read_bytes()
    document = pypdfium2.PdfDocument(content)
    try:
        return {"edisi": _edition(content), "tanggapan": [*_remarks(document)]}
    finally:
        document.close()


def _edition(content: bytes) -> str | None:
    for name, held in parse_pdf(content).attachments:
        if name.rpartition("/")[2] == "manifest.json":
            return str(json.loads(held)["edisi"])
    return None


def _remarks(document: Any) -> Iterator[tuple[str, str, str, str, str]]:
    import pypdfium2.raw as pdfium

    titles = [(item.get_dest().get_index(), item.get_title()) for item in document.get_toc() if item.get_dest()]
    count = 0
    for number in range(min(len(document), MAX_PAGES)):
        page = document[number]
        text = page.get_textpage()
        for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
            count += 1
            if count > _MOST:
                raise PdfError("terlalu besar")
            annotation = pdfium.FPDFPage_GetAnnot(page, index)
            said = _value(annotation, b"Contents")
            if pdfium.FPDFAnnot_GetSubtype(annotation) in _TELLING and said.strip():
                found = _DATE.match(_value(annotation, b"M") or _value(annotation, b"CreationDate"))
                date = "-".join(found.groups()) if found else ""
                above = [title for place, title in titles if place is not None and place <= number]
                section = f"{shortened(above[-1], 80)}, hlm. {number + 1}" if above else f"hlm. {number + 1}"
                sender = shortened(_value(annotation, b"T"), 200) or "-"
                yield sender, date, section, _quote(annotation, text), shortened(said, LONGEST)
            pdfium.FPDFPage_CloseAnnot(annotation)
        text.close()
        page.close()


def _value(annotation: Any, key: bytes) -> str:
    import pypdfium2.raw as pdfium

    length = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if length < 4 or length > 4 * LONGEST:
        return ""
    held = ctypes.create_string_buffer(length)
    pointer = ctypes.cast(held, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFAnnot_GetStringValue(annotation, key, pointer, length)
    return held.raw[: length - 2].decode("utf-16-le", "replace")


def _quote(annotation: Any, text: Any) -> str:
    """Return the words under an annotation that is more than a point."""
    import pypdfium2.raw as pdfium

    rect = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, rect):
        return ""
    left, right = sorted((rect.left, rect.right))
    bottom, top = sorted((rect.bottom, rect.top))
    if right - left < 30 or pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_FREETEXT:
        return ""
    return shortened(text.get_text_bounded(left, bottom, right, top, errors="replace"), QUOTED)


if __name__ == "__main__":
    bound()
    try:
        sys.stdout.write(json.dumps(_read(Path(sys.argv[1]))))
    except Exception as error:  # what the parser meets in a foreign file; whoever asked sees that there is no answer
        sys.exit(f"{type(error).__name__}")
