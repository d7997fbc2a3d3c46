"""Covering letters: names of a template filled, whatever runs Word has cut them into; what is unknown is told."""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document

from monev.io.cover_letter import NAMES, TEMPLATE, Letters

WORDS = dict.fromkeys(NAMES, "isi") | {"nama": "Komisi <Informasi>", "tenggat": ""}


def _template(root: Path, *paragraphs: tuple[str, ...]) -> None:
    document = Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for text in runs:
            paragraph.add_run(text).bold = text.isupper()
    (root / "params").mkdir()
    document.save(str(root / TEMPLATE))


def _lines(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]


def test_a_name_that_is_cut_into_runs_is_filled(tmp_path: Path) -> None:
    _template(tmp_path, ("Yth. {", "{na", "ma}}", " di tempat"), ("TETAP ", "{{ nama }}"))
    assert _lines(Letters(tmp_path).letter(WORDS)) == [
        "Yth. Komisi <Informasi> di tempat", "TETAP Komisi <Informasi>",
    ]  # fmt: skip


def test_a_paragraph_without_anything_to_say_is_left_out_and_told(tmp_path: Path) -> None:
    _template(tmp_path, ("Satu",), ("Paling lambat {{tenggat}}.",))
    letters = Letters(tmp_path)
    assert _lines(letters.letter(WORDS)) == ["Satu"]
    assert letters.lacking(WORDS) == ["tenggat"]


def test_the_same_words_give_the_same_bytes(tmp_path: Path) -> None:
    letters = Letters(tmp_path)  # without a template of its own
    assert letters.unknown == ()
    assert letters.letter(WORDS) == letters.letter(WORDS)


def test_an_unknown_name_and_a_file_that_is_no_document_are_told(tmp_path: Path) -> None:
    _template(tmp_path, ("{{tengat}}",))
    assert [(f.code, f.details["value"]) for f in Letters(tmp_path).unknown] == [("G02", "tengat")]
    (tmp_path / TEMPLATE).write_bytes(b"bukan dokumen")
    assert [f.code for f in Letters(tmp_path).unknown] == ["G01"]
