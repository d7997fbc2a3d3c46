"""The plan's register of a new edition: the earlier one, with a column for the new period's values of indicators."""

from __future__ import annotations

from pathlib import Path

from monev.io.workbook_edits import SheetEdit, edited, unkept
from monev.io.workbook_reader import read_sheets
from monev.io.workbook_writer import LISTS_SHEET
from monev.model.fields import INDICATORS
from monev.model.letters import heading
from monev.model.params import Edition
from monev.model.raw_tables import RawBook, data_rows
from monev.rules.heading_rows import headings


def with_period(register: Path, edition: Edition) -> bytes:
    """Return a register's bytes with a heading for the current period in its sheet of indicators.

    They are as they were where it has none, has that heading, or holds what could not be kept. Raises OSError.
    """
    content = register.read_bytes()
    raw = RawBook(register.name, read_sheets(content, edition.batas)).sheet(INDICATORS.name)
    code = edition.current.kode
    if (
        raw is None
        or not any(data_rows(raw, after=raw.heading))
        or heading(code) in headings(raw.rows[raw.heading - 1])
    ):
        return content
    last = max(n for row in raw.rows for n, cell in enumerate(row, start=1) if cell.state != "blank")
    edits = {raw.name: SheetEdit({(raw.heading, last + 1): code}, headings=raw.heading)}
    return (
        content if unkept(content, edits, edition.batas) else edited(content, edits, (LISTS_SHEET, ()), edition.batas)
    )
