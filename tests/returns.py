"""What a round brings besides scores, filled into the workbooks of any edition by a script.

Every function opens one workbook as a person would, finds its columns by their headings, and saves it; rows are given
by heading. What is counted while filling comes from here, never from monev's own computation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from monev.model.fields import EVALUATION, FOLLOW_UPS, UNFINISHED

Values = Mapping[str, object]
FOLLOW_UP_HEADINGS = ("Penanggung Jawab", "Tenggat", "Status", "Keterangan", "Asal")


def add_rows(path: Path, sheet: str, rows: Iterable[Values], headings: Sequence[str] = ()) -> None:
    """Write rows below those of a sheet; the sheet, and `headings` that it lacks, are made."""
    book = load_workbook(path)
    page = book[sheet] if sheet in book.sheetnames else book.create_sheet(sheet)
    at = _headings(page, headings)
    row = max((cell.row for line in page for cell in line if cell.value not in (None, "")), default=1)
    for values in rows:
        row += 1
        for heading, value in values.items():
            page.cell(row, at[heading]).value = value
    book.save(path)
    book.close()


def fill_rows(path: Path, sheet: str, chosen: Callable[[Values], Values | None]) -> list[Values]:
    """Let `chosen` say, for each row by heading, what is written into it (None: nothing); return what was written."""
    book = load_workbook(path)
    page, written = book[sheet], []
    at = _headings(page, ())
    for row in range(2, page.max_row + 1):
        held = {heading: page.cell(row, column).value for heading, column in at.items()}
        if held.get("Komitmen") is None or not (values := chosen(held)):
            continue
        at |= _headings(page, [*values])
        for heading, value in values.items():
            page.cell(row, at[heading]).value = value
        written.append({**held, **values})
    book.save(path)
    book.close()
    return written


def _headings(page: Any, wanted: Sequence[str]) -> dict[str, int]:
    at = {str(cell.value): cell.column for cell in page[1] if cell.value not in (None, "")}
    for heading in wanted:
        if heading not in at:
            at[heading] = max(at.values(), default=0) + 1
            page.cell(1, at[heading]).value = heading
    return at


def follow_up(root: Path, folder: str, said: Callable[[int, Values], Values | None]) -> list[Values]:
    """Say what became of follow-ups: `said` is given each row's place (from 0) and what it holds; return them."""
    count = iter(range(1_000_000))
    return fill_rows(root / folder / EVALUATION.file, FOLLOW_UPS, lambda held: said(next(count), held))


def judge_again(book: Path, said: Callable[[int, Values], Values | None]) -> list[Values]:
    """Judge unfinished targets of a workbook again, as `said` says of each; return the rows that were judged."""
    count = iter(range(1_000_000))
    return fill_rows(book, UNFINISHED.name, lambda held: said(next(count), held))


OBSTACLE_HEADINGS = ("Komitmen", "UK", "Pelaksana", "Periode", "No", "Jenis Hambatan", "Hambatan")


def obstacles(root: Path, folder: str, rows: Iterable[Values]) -> None:
    """Write rows of sheet Hambatan; the sheet is made where the workbook has none."""
    add_rows(root / folder / EVALUATION.file, "Hambatan", rows, OBSTACLE_HEADINGS)


INDICATOR_HEADINGS = ("Komitmen", "No", "Indikator", "Satuan", "Nilai Awal", "Nilai Sasaran", "Sumber")


def indicators(register: Path, rows: Iterable[Values], codes: Sequence[str]) -> None:
    """Write rows of sheet Indikator, whose values stand in columns headed by codes of periods."""
    add_rows(register, "Indikator", rows, (*INDICATOR_HEADINGS, *codes))


REJUDGED_HEADINGS = (
    "Komitmen", "UK", "Pelaksana", "Periode", "No", "Target", "Nilai Baru", "Data Dukung Baru", "Alasan",
)  # fmt: skip


def unfinished(book: Path, rows: Iterable[Values]) -> None:
    """Write rows of sheet Belum Selesai; the sheet is made where the workbook has none."""
    add_rows(book, UNFINISHED.name, rows, REJUDGED_HEADINGS)


def everything(root: Path, register: str = "inputs/rencana-aksi.xlsx", folder: str = "inputs/B12") -> None:
    """Fill a small made-up plan of two periods (`plans.MadePlan`) with something of each kind."""
    add_rows(
        root / folder / EVALUATION.file,
        FOLLOW_UPS,
        [
            {"Komitmen": 2, "No": 1, "Uraian": "Pedoman", "Asal": "B06", "Status": "Selesai", "Keterangan": "Perka 3"},
            {"Komitmen": 2, "No": 2, "Uraian": "Rapat", "Asal": "B06", "Status": "Berjalan", "Tenggat": "2021-12-01",
             "Penanggung Jawab": "Kem 2"},
        ],
        FOLLOW_UP_HEADINGS,
    )  # fmt: skip
    obstacles(
        root,
        folder,
        [
            {"Komitmen": 1, "UK": 1, "Pelaksana": "Kem 1", "Jenis Hambatan": "Anggaran", "Hambatan": "Pagu dipotong"},
            {"Komitmen": 3, "Hambatan": "Jadwal mundur 2 bulan"},
        ],
    )
    again = {"Nilai Baru": 100, "Data Dukung Baru": "Perka 3", "Alasan": "Terbit pada Mei 2021"}
    then = {"Komitmen": 2, "UK": 1, "Pelaksana": "Kem 2", "Periode": "B06", "No": 1, "Target": "Target 2 1"}
    unfinished(root / folder / "capaian-kl.xlsx", [{**then, **again}])
    told = {"Komitmen": 1, "No": 1, "Indikator": "Permohonan yang dijawab", "Satuan": "orang", "Sumber": "KIP"}
    values = {"Nilai Awal": 1250, "Nilai Sasaran": 2000, "B06": 1400.5, "B12": 1625}
    indicators(root / register, [{**told, **values}], ("B06", "B12"))
