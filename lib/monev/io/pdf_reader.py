"""Reads a PDF: its attachments, the text of its pages, its title. Nothing in it is run, and nothing is written.

A foreign PDF is read by a process of its own (`python -m monev.io.pdf_reader`), bounded in time and memory: what it
does to the parser ends there, and only text and bytes come back.
"""

from __future__ import annotations

import ctypes
import errno
import json
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from monev.io.bounded_process import answer_of, bound
from monev.io.folders import read_plain
from monev.io.pdf_content import Letter
from monev.io.pdf_shape import Shape, shape_of

MAX_FILE = 200 * 1024 * 1024  # bytes of the PDF
MAX_ATTACHMENT = 32 * 1024 * 1024  # bytes of one attachment, unpacked
MAX_ATTACHED = 96 * 1024 * 1024  # bytes of all of them
MAX_ATTACHMENTS = 200
MAX_PAGES = 5_000
MAX_CHARACTERS = 200_000  # of one page
MAX_TEXT = 30_000_000  # of all pages
MAX_AREA = 4_000_000  # points of a page, for its picture
_FAULTS = 20  # of a PDF's shape that are told
_START = 1024  # a PDF names itself within its first bytes

Reason = Literal["bukan pdf", "terkunci", "rusak", "terlalu besar", "tidak terbaca"]


class PdfError(Exception):
    """The file cannot be read as a PDF: `reason` is one of a few words, `detail` what is known of it."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason: Reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Pdf:
    """One PDF: title, text of each page, and attachments as (name, content) in the order of the file.

    A name may occur twice, and may be anything: it is text, never a path to write to.
    """

    title: str
    pages: tuple[str, ...]
    attachments: tuple[tuple[str, bytes], ...]


def read_pdf(path: Path) -> Pdf:
    """Return what the PDF at `path` holds. Raises PdfError for what is not a PDF, locked, damaged or too large."""
    _content(path)
    said = _apart("isi", path)
    attachments = tuple((name, b64decode(content)) for name, content in said["lampiran"])
    return Pdf(said["judul"], tuple(said["halaman"]), attachments)


def read_pictures(path: Path) -> tuple[str, ...]:
    """Return a digest of every page as it is drawn, at 72 dots an inch. Raises PdfError."""
    return tuple(_apart("gambar", path)["gambar"])


def pages_of_own(path: Path) -> int:
    """Return how many pages a PDF has that this program has made."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def read_shape(path: Path) -> Shape:
    """Return how a PDF stands to the shape that our writer gives. Raises PdfError."""
    said = _apart("bentuk", path)
    letters = tuple(Letter(*letter) for letter in said["huruf"])
    names = ("cacat", "tautan", "ucapan", "penanda", "gambar")
    faults, links, spoken, outline, pictures = (tuple(said[name]) for name in names)
    return Shape(faults, said["akhir"], said["ditandatangani"], links, spoken, letters, outline, pictures)


def _apart(what: str, path: Path) -> Any:
    """Ask a process of its own, which may take so much time and memory and no more."""
    try:
        said = answer_of(__name__, what, path)
    except TimeoutError as error:
        raise PdfError("terlalu besar", str(error)) from None
    except ValueError:
        raise PdfError("rusak", "pembacanya berhenti") from None
    if "sebab" in said:
        raise PdfError(said["sebab"], said["rincian"])
    return said


def _answer(what: str, path: Path) -> dict[str, Any]:
    try:
        if what == "gambar":
            return {"gambar": [digest.hex() for digest in page_pictures(_content(path))]}
        if what == "bentuk":
            shape = shape_of(_content(path))
            return {
                "cacat": shape.faults[:_FAULTS],
                "akhir": shape.end,
                "ditandatangani": shape.signed,
                "tautan": shape.links,
                "ucapan": shape.spoken,
                "huruf": shape.letters,
                "penanda": shape.outline,
                "gambar": shape.pictures,
            }
        pdf = parse_pdf(_content(path))
    except PdfError as error:
        return {"sebab": error.reason, "rincian": error.detail}
    except MemoryError:
        return {"sebab": "terlalu besar", "rincian": "memori"}
    files = [(name, b64encode(content).decode("ascii")) for name, content in pdf.attachments]
    return {"judul": pdf.title, "halaman": pdf.pages, "lampiran": files}


def _content(path: Path) -> bytes:
    try:
        return read_plain(path, MAX_FILE)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise PdfError("terlalu besar", f"lebih dari {MAX_FILE // 1024**2} MB") from None
        raise PdfError("tidak terbaca", error.strerror or "") from None


def parse_pdf(content: bytes) -> Pdf:
    """Return what the bytes of a PDF hold. Raises PdfError."""
    if b"%PDF-" not in content[:_START]:
        raise PdfError("bukan pdf")
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise PdfError("terkunci" if "password" in str(error).lower() else "rusak") from None
    try:
        return Pdf(_title(document), tuple(_pages(document)), tuple(_attachments(document)))
    except (pypdfium2.PdfiumError, UnicodeDecodeError, ValueError) as error:
        raise PdfError("rusak", str(error)) from None
    finally:
        document.close()


def page_pictures(content: bytes) -> Iterator[bytes]:
    """Yield a digest of every page as it is drawn, at 72 dots an inch. Raises PdfError."""
    import hashlib

    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(min(len(document), MAX_PAGES)):
            page = document[number]
            width, height = page.get_size()
            if width * height > MAX_AREA:
                raise PdfError("terlalu besar", f"halaman {number + 1}")
            bitmap = page.render(scale=1)
            yield hashlib.sha256(bytes(bitmap.buffer)).digest()
            bitmap.close()
            page.close()
    finally:
        document.close()


def _title(document: Any) -> str:
    return str(document.get_metadata_value("Title")).strip()


def _pages(document: Any) -> Iterator[str]:
    if len(document) > MAX_PAGES:
        raise PdfError("terlalu besar", f"lebih dari {MAX_PAGES} halaman")
    total = 0
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        total += text.count_chars()
        if text.count_chars() > MAX_CHARACTERS or total > MAX_TEXT:
            raise PdfError("terlalu besar", f"teks halaman {number + 1}")
        yield _lines(text)
        text.close()
        page.close()


def _lines(text: Any) -> str:
    return str(text.get_text_range(errors="replace")).replace("\r\n", "\n").replace("\r", "\n")


def _attachments(document: Any) -> Iterator[tuple[str, bytes]]:
    count = document.count_attachments()
    if count > MAX_ATTACHMENTS:
        raise PdfError("terlalu besar", f"{count} lampiran")
    total = 0
    for index in range(count):
        attachment = document.get_attachment(index)
        size = _size(attachment)
        total += size
        if size > MAX_ATTACHMENT or total > MAX_ATTACHED:
            raise PdfError("terlalu besar", f"lampiran ke-{index + 1}")
        yield attachment.get_name(), bytes(attachment.get_data()) if size else b""


def _size(attachment: Any) -> int:
    """Return the unpacked size of an attachment without taking its bytes."""
    import pypdfium2.raw as pdfium

    size = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(attachment, None, 0, size):
        return 0
    return size.value


if __name__ == "__main__":
    bound()
    sys.stdout.write(json.dumps(_answer(sys.argv[1], Path(sys.argv[2]))))
