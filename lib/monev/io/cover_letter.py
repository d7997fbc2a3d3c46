"""Covering letters for Word: a template in which names in braces stand for what each letter says.

The template is `params/surat-formulir.docx` where that is there, so that a letterhead and other words can be set in
Word; else the letter of this module. A paragraph with a name that nothing is known of is left out. The same template
and words give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monev.words.findings import Finding, nearest

TEMPLATE = "params/surat-formulir.docx"
NAMES = (
    "pelaksana", "nama", "program", "rencana", "sekretariat", "periode", "satuan_periode", "edisi", "jumlah", "berkas",
    "tenggat", "kontak",
)  # fmt: skip
"""What a template may name."""
LARGEST = 20 * 1024**2  # unpacked
_NAME = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip knows no earlier time
_LETTER = (
    "Yth. {{nama}}",
    "Perihal: formulir laporan {{periode}}, {{rencana}}",
    "Bersama surat ini kami sampaikan formulir laporan pelaksanaan {{rencana}} untuk {{periode}}. Formulir {{berkas}} "
    "memuat {{jumlah}} target yang menjadi tanggung jawab {{pelaksana}}.",
    "Mohon setiap baris dilengkapi: apa yang tercapai, data dukungnya, hambatan bila ada, dan rencana berikutnya. "
    "Berkas data dukung dikirim bersama formulirnya, dengan nama seperti tertulis pada kolom Data Dukung. Nilai tidak "
    "perlu diisi; penilaian dilakukan oleh {{sekretariat}}.",
    "Formulir yang sudah diisi kami tunggu paling lambat {{tenggat}}.",
    "Pertanyaan dapat disampaikan kepada {{kontak}}.",
    "Atas kerja sama Bapak dan Ibu, kami ucapkan terima kasih.",
    "{{sekretariat}}",
)


class Letters:
    """A template, read once; `unknown` tells what is wrong with it."""

    def __init__(self, root: Path) -> None:
        path = root / TEMPLATE
        self._content = path.read_bytes() if path.is_file() else default_template()
        self.unknown = tuple(self._problems())

    def _problems(self) -> Iterator[Finding]:
        try:
            with zipfile.ZipFile(io.BytesIO(self._content)) as package:
                if sum(part.file_size for part in package.infolist()) > LARGEST:
                    raise ValueError
            paragraphs = list(_paragraphs(_opened(self._content)))
        except Exception:  # python-docx refuses files in many ways
            yield Finding("G01", TEMPLATE)
            return
        for name in dict.fromkeys(name for p in paragraphs for name in _NAME.findall(p.text) if name not in NAMES):
            yield Finding("G02", TEMPLATE, details={"value": name[:80], "choices": ", ".join(NAMES),
                                                    "hint": nearest(name, NAMES)})  # fmt: skip

    def letter(self, words: Mapping[str, str]) -> bytes:
        """Return the letter that says these words; a name without any takes its paragraph with it."""
        document = _opened(self._content)
        for paragraph in list(_paragraphs(document)):
            names = _NAME.findall(paragraph.text)
            if any(not words.get(name) for name in names):
                paragraph._element.getparent().remove(paragraph._element)
            elif names:
                _fill(paragraph, words)
        return _bytes(document)

    def lacking(self, words: Mapping[str, str]) -> list[str]:
        """Return the names of the template that nothing is known of."""
        found = (name for p in _paragraphs(_opened(self._content)) for name in _NAME.findall(p.text))
        return [name for name in dict.fromkeys(found) if not words.get(name)]


def _opened(content: bytes) -> Any:
    from docx import Document

    return Document(io.BytesIO(content))


def _paragraphs(document: Any) -> Iterator[Any]:
    """Yield the paragraphs of the text, of tables in it, and of headers and footers."""
    yield from document.paragraphs
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs
    for section in document.sections:
        for part in (section.header, section.footer):
            yield from part.paragraphs


def _fill(paragraph: Any, words: Mapping[str, str]) -> None:
    """Put words in the place of names; Word may have cut a name into several runs, which then become one."""

    def said(text: str) -> str:
        return _NAME.sub(lambda found: words[found[1]], text)

    if all(_NAME.sub("", run.text).count("{{") == 0 == _NAME.sub("", run.text).count("}}") for run in paragraph.runs):
        for run in paragraph.runs:
            if _NAME.search(run.text):
                run.text = said(run.text)
        return
    text = said(paragraph.text)
    first, *others = paragraph.runs
    first.text = text
    for run in others:
        run.text = ""


def default_template() -> bytes:
    """Return the template that is used where the params have none."""
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Calibri", Pt(11)
    for section in document.sections:
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    for line in _LETTER:
        paragraph = document.add_paragraph(line)
        paragraph.paragraph_format.space_after = Pt(10)
    return _bytes(document)


def _bytes(document: Any) -> bytes:
    properties = document.core_properties
    properties.author, properties.comments = "", ""
    properties.created = properties.modified = datetime(2020, 1, 1, tzinfo=UTC)
    made = io.BytesIO()
    document.save(made)
    steady = io.BytesIO()
    with zipfile.ZipFile(made) as package, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in package.infolist():
            copy.writestr(zipfile.ZipInfo(part.filename, _EPOCH), package.read(part), zipfile.ZIP_DEFLATED)
    return steady.getvalue()
