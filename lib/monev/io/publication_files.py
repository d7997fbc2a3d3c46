"""Reads what stands beside an edition for its publication: foreword, signature, and the record of a release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from monev.io.brand_file import LARGEST, PICTURES, unusable
from monev.io.params_file import load_placed
from monev.io.workbook_reader import read_book
from monev.model.fields import FOREWORD, RESPONSES, Sheet
from monev.model.imprint import Release, release_file
from monev.model.params import Edition
from monev.model.raw_tables import RawBook, RowPlace
from monev.rules.tidy import ForewordLine, Response, read_foreword, read_responses
from monev.words.errors import InputError
from monev.words.findings import Finding, nearest
from monev.words.messages import Words, tell

_TEXTS = (".md",)
_SHEET = "teks"  # stands for the sheet where a line of a plain text is named as a source
_STARTS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}


def load_release(root: Path, edition: str) -> Release | None:
    """Return the record of the release that a root makes; None for a draft. Raises InputError for a faulty one."""
    file = release_file(edition)
    if not (root / file).is_file():
        return None
    release, _ = load_placed(Release, root / file, file)
    if release.edisi != edition:
        raise InputError((Finding("P07", file, details={"value": release.edisi, "expected": f"{edition}.yml"}),))
    return release


def is_text(edition: Edition) -> bool:
    """Tell whether the foreword is a file of its own."""
    return PurePosixPath(edition.terbitan.kata_pengantar or "").suffix.lower() in _TEXTS


def publication_files(edition: Edition) -> list[str]:
    """Return the files that the params of a publication name or ask for, as paths from the root."""
    said = edition.terbitan
    text = said.kata_pengantar if is_text(edition) else None
    responses = responses_file(edition.edisi) if said.tanggapan else None
    return list(dict.fromkeys(file for file in (text, *said.pictures, responses) if file))


def file_problems(root: Path, edition: Edition) -> Iterator[Finding]:
    """Yield findings on the files that a publication names."""
    params, said = f"params/{edition.edisi}.yml", edition.terbitan
    text = said.kata_pengantar if is_text(edition) else None
    pictures = (("penandatangan.gambar", picture, PICTURES) for picture in said.pictures)
    for key, file, kinds in (("kata_pengantar", text, _TEXTS), *pictures):
        if file and (why := unusable(root, file, kinds) or _damaged(root / file)):
            yield Finding("P12", params, details={"key": f"terbitan.{key}", "value": file[:200], "why": why})


def _damaged(path: Path) -> Words:
    start = _STARTS.get(path.suffix.lower())
    if path.suffix.lower() == ".svg":
        return "" if b"<svg" in path.read_bytes()[:LARGEST] else tell("why.no-picture")
    if start:
        return "" if path.read_bytes().startswith(start) else tell("why.no-picture")
    try:
        path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return tell("why.no-utf8")
    return ""


def text_foreword(root: Path, edition: Edition) -> tuple[tuple[ForewordLine, ...], list[Finding]]:
    """Return the foreword of a plain text, and its findings; nothing where it is none, or cannot be used."""
    file = edition.terbitan.kata_pengantar or ""
    if not is_text(edition) or unusable(root, file, _TEXTS) or _damaged(root / file):
        return (), []
    made = tuple(_paragraphs(file, (root / file).read_bytes().decode("utf-8-sig")))
    return made, [] if made else [Finding("P14", file)]


_POINT = re.compile(r"[-*•]\s+")


def _paragraphs(file: str, text: str) -> Iterator[ForewordLine]:
    """Yield the paragraphs and points of a text; each is named by the line on which it begins."""
    held: list[str] = []
    begins = 0

    def closed() -> Iterator[ForewordLine]:
        if words := " ".join(held):
            point = _POINT.match(words)
            plain = words[point.end() :] if point else words.lstrip("#").strip()
            yield ForewordLine(plain, bool(point), RowPlace(file, _SHEET, begins, {"text": f"B{begins}"}))
        held.clear()

    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or _POINT.match(line.strip()):
            yield from closed()
        if line.strip():
            begins = begins if held else number
            held.append(line.strip())
    yield from closed()


def sheet_foreword(book: RawBook, edition: Edition) -> tuple[tuple[ForewordLine, ...], list[Finding]]:
    """Return the foreword in the workbook of the secretariat's pages, and its findings."""
    name = edition.terbitan.kata_pengantar
    if name is None or is_text(edition):
        return (), []
    sheet = Sheet(name, FOREWORD.columns, FOREWORD.key, FOREWORD.about)
    if book.sheet(name) is None:
        names = list(book.sheets)
        details = {"value": name[:80], "book": book.file, "choices": ", ".join(names), "hint": nearest(name, names)}
        return (), [Finding("P13", f"params/{edition.edisi}.yml", details=details)]
    made, findings = read_foreword(book, sheet)
    return made, findings or ([] if made else [Finding("P14", book.file, name)])


def responses_file(edition: str) -> str:
    """Return where the comments on an edition's drafts stand, as a path from the root."""
    return f"inputs/{edition}/{RESPONSES.file}"


def load_responses(root: Path, edition: Edition) -> tuple[tuple[Response, ...], list[Finding]]:
    """Return the comments on an edition's drafts, and the findings in them; none where there is no such workbook."""
    file = responses_file(edition.edisi)
    if not (root / file).is_file():
        return (), [Finding("V14", file)] if edition.terbitan.tanggapan else []
    book, findings = read_book(root / file, file, edition.batas)
    if book is None:
        return (), findings
    made, more = read_responses(book)
    return made, [*findings, *more]
