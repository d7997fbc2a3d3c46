"""Takes the remarks of returned files into `inputs/<edition>/tanggapan.xlsx`: each once, and never over an answer."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from monev.build.publication.pdf_comments import pdf_remarks
from monev.build.publication.remarks import Remark, Unreadable, target_places
from monev.build.publication.word_comments import word_remarks
from monev.io.guarded_folders import guarded
from monev.io.inputs import read_inputs
from monev.io.publication_files import load_responses, responses_file
from monev.io.workbook_edits import SheetEdit, edited, unkept
from monev.io.workbook_reader import locks, read_sheets
from monev.io.workbook_writer import LISTS_SHEET, row_height, write_book
from monev.model.fields import RESPONSES, SETTLED, TO_ANSWER
from monev.model.params import Edition
from monev.rules.heading_rows import positions
from monev.words.errors import InputError, RunError
from monev.words.findings import Finding, errors
from monev.words.messages import join, tell

_SHEET = RESPONSES.sheets[0]
_LARGEST = 200 * 1024**2  # bytes of a returned file


@dataclass(frozen=True)
class Taken:
    """What a round gave: the workbook, how many remarks came in, how many were new, how many wait for an answer."""

    file: str
    found: int
    new: int
    open: int


def take(root: Path, name: str, files: Sequence[Path]) -> Taken:
    """Read returned files, and add what is new in them to the workbook of responses; all files or none.

    Raises InputError for files that are no report of this edition (all of them), or a workbook that cannot be kept.
    """
    inputs = read_inputs(root, name)
    places = target_places(inputs.data.targets)
    remarks: list[Remark] = []
    wrong = []
    for path in files:
        try:
            remarks += _read(path, name, places)
        except Unreadable as error:
            wrong.append(Finding("V13", str(path), details={"why": error.why}))
    if wrong:
        raise InputError(tuple(wrong))
    before, findings = load_responses(root, inputs.edition)
    if found := errors(findings):
        raise InputError(tuple(found))
    known = {response.code for response in before}
    new = [*{remark.code: remark for remark in remarks if remark.code not in known}.values()]
    if new:
        _add(root, inputs.edition, new)
    still = sum(response.open for response in before) + sum(not remark.settled for remark in new)
    return Taken(responses_file(name), len(remarks), len(new), still)


def _read(path: Path, name: str, places: object) -> list[Remark]:
    kind = path.suffix.lower()
    if not path.is_file():
        raise Unreadable(tell("why.not-there"))
    if path.stat().st_size > _LARGEST:
        raise Unreadable(tell("comments.large", limit=_LARGEST // 1024**2))
    if kind == ".pdf":
        return pdf_remarks(path, name)
    if kind == ".docx":
        return word_remarks(path.read_bytes(), name, places)  # type: ignore[arg-type]
    raise Unreadable(tell("why.other-kind", kinds=".docx, .pdf"))


def _row(remark: Remark) -> dict[str, object]:
    return {
        "sender": remark.sender,
        "date": remark.date,
        "section": remark.section,
        "quote": remark.quote,
        "comment": remark.text,
        "status": SETTLED if remark.settled else TO_ANSWER,
        "code": remark.code,
    }


def _add(root: Path, edition: Edition, remarks: Iterable[Remark]) -> None:
    file = responses_file(edition.edisi)
    *steps, own = file.split("/")
    rows = [_row(remark) for remark in remarks]
    try:
        with guarded(root, *steps, make=True) as folder:
            if folder.kind(own):
                if open_by := locks(root / file):
                    raise InputError((Finding("U01", file, details={"lock": open_by[0]}),))
                folder.write(own, _with_rows(folder.read(own), file, edition, rows))
            else:
                folder.write(own, _new_book(rows), new=True)
    except OSError as error:
        raise RunError(tell("comments.unwritable", path=file, why=error.strerror or error)) from None


def _new_book(rows: Sequence[dict[str, object]]) -> bytes:
    with tempfile.TemporaryDirectory(prefix="monev-") as place:
        path = Path(place) / RESPONSES.file
        write_book(path, RESPONSES, {_SHEET.name: rows})
        return path.read_bytes()


def _with_rows(content: bytes, file: str, edition: Edition, rows: Sequence[dict[str, object]]) -> bytes:
    """Return the workbook with rows below the others; every other cell stays as it is."""
    raw = next(sheet for title, sheet in read_sheets(content, edition.batas).items() if title == _SHEET.name)
    at = {name: n + 1 for name, n in positions(raw, _SHEET.columns).items()}
    used = [n for n, row in enumerate(raw.rows, start=1) if any(cell.state != "blank" for cell in row)]
    first = max(used) + 1
    cells: dict[tuple[int, int], str | int | None] = {}
    heights = {}
    widths = {column.name: column.width for column in _SHEET.columns}
    for number, row in enumerate(rows, start=first):
        told = {name: str(value) for name, value in row.items() if value and name in at}
        cells |= {(number, at[name]): value for name, value in told.items()}
        heights[number] = row_height((value, widths[name]) for name, value in told.items())
    edits = {_SHEET.name: SheetEdit(cells, heights, tuple(used[1:]))}
    if parts := unkept(content, edits, edition.batas):
        raise InputError((Finding("U02", file, details={"parts": join(parts, ", ")}),))
    return edited(content, edits, (LISTS_SHEET, ()), edition.batas)
