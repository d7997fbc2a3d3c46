"""All tables of a report as one workbook that a screen reader can follow, made as official statistics publish theirs.

One table per sheet, from its first column on, with a heading row, no merged, blank or frozen cells, and no meaning in
colour; a cover, a list of contents with links, and notes on shorthand stand before them. Source of the rules: the
guidance of the UK Analysis Function, "Releasing statistics in spreadsheets". The same tables give the same bytes.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from monev.io.workbook_writer import CREATED, LONGEST_TEXT, OPTIONS, TALLEST_ROW

FILE = "tabel.xlsx"
COVER, CONTENTS, NOTES = "Sampul", "Daftar Isi", "Catatan"
FONT, SIZE = "Arial", 11
STYLE = "Table Style Light 1"  # rules and shades of grey only
_NARROW, _WIDE = 8, 90  # characters
_COVER_WIDTH = 90.0
_LINE = 15  # points that one line of SIZE takes
_LONGEST_SHEET = 31  # characters in the name of a sheet; Excel's limit


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell holds: its text as printed, and the number that it is, with Excel's format for it."""

    text: str
    number: int | float | None = None
    form: str = ""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One table: the sheet's name, its title, where it comes from, headings and rows of equal length."""

    sheet: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    part: str = ""
    source: str = ""


@dataclass(frozen=True)
class About:
    """What the cover tells: the title, lines below it, and who publishes."""

    title: str
    author: str
    lines: Sequence[str] = ()
    keywords: Sequence[str] = ()


@dataclass
class _Book:
    """The workbook while it is written: formats made once each."""

    workbook: Any
    formats: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    def form(self, **wanted: object) -> Any:
        """Return a cell format, the same one for the same wishes."""
        key = tuple(sorted(wanted.items()))
        if key not in self.formats:
            base: Mapping[str, object] = {"font_name": FONT, "font_size": SIZE, "valign": "top"}
            self.formats[key] = self.workbook.add_format({**base, **wanted})
        return self.formats[key]

    @property
    def title(self) -> Any:
        """The format of a sheet's title."""
        return self.form(bold=True, font_size=15)

    @property
    def link(self) -> Any:
        """The format of links: underlined, so that colour is not all that tells them."""
        return self.form(font_color="#14375E", underline=1)


def workbook(about: About, notes: Sequence[tuple[str, str]], tables: Sequence[SheetTable]) -> bytes:
    """Return the workbook: cover, contents, notes (term and meaning), then a sheet per table.

    Raises ValueError for two sheets of one name, and for rows of another length than their headings.
    """
    _check(tables)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {**OPTIONS}) as made:
        made.set_properties(
            {
                "title": about.title,
                "author": about.author,
                "company": about.author,
                "keywords": ", ".join(about.keywords),
                "comments": "Semua tabel laporan, satu tabel tiap lembar.",
                "created": CREATED,
            }
        )
        made.set_custom_property("Bahasa", "id")
        book = _Book(made)
        cover = made.add_worksheet(COVER)
        listed = [(NOTES, "Arti singkatan, kategori, dan tanda", ""), *((t.sheet, t.title, t.part) for t in tables)]
        _cover(book, cover, about, len(tables))
        _sheet(book, _contents(listed), back=False)
        _sheet(book, _notes(notes))
        for table in tables:
            _sheet(book, table)
        cover.activate()
    return out.getvalue()


def _check(tables: Sequence[SheetTable]) -> None:
    names = [COVER, CONTENTS, NOTES, *(table.sheet for table in tables)]
    if len({name.casefold() for name in names}) < len(names) or any(len(name) > _LONGEST_SHEET for name in names):
        raise ValueError(f"names of sheets: {names}")
    for table in tables:
        if any(len(row) != len(table.headings) for row in table.rows):
            raise ValueError(f"{table.sheet}: rows of another length than the headings")


def _cover(book: _Book, page: Any, about: About, count: int) -> None:
    lines = (
        *about.lines,
        f"Buku kerja ini memuat {count} tabel laporan, satu tabel tiap lembar, dengan judul di sel A1.",
        "Angka disimpan sebagai angka; persen disimpan sebagai pecahan dengan format persen.",
        "Tidak ada sel gabungan, baris kosong di dalam tabel, panel beku, atau arti yang hanya dibawa warna.",
    )
    page.set_column(0, 0, _COVER_WIDTH)
    page.hide_gridlines(2)
    _one_page_wide(page)
    page.write_string(0, 0, about.title, book.title)
    for row, line in enumerate((line for line in lines if line), start=1):
        page.set_row(row, _height((line,), (_COVER_WIDTH,)))
        page.write_string(row, 0, line, book.form(text_wrap=True))
    page.write_url(row + 1, 0, f"internal:'{CONTENTS}'!A1", book.link, "Daftar isi")
    page.write_url(row + 2, 0, f"internal:'{NOTES}'!A1", book.link, "Catatan: arti singkatan, kategori, dan tanda")


def _contents(listed: Sequence[tuple[str, str, str]]) -> SheetTable:
    rows = tuple((Value(sheet), Value(title), Value(part or "–")) for sheet, title, part in listed)
    return SheetTable(CONTENTS, "Daftar isi", ("Lembar", "Isi", "Bagian laporan"), rows)


def _notes(notes: Sequence[tuple[str, str]]) -> SheetTable:
    rows = tuple((Value(term), Value(meaning)) for term, meaning in notes)
    return SheetTable(NOTES, "Catatan: arti singkatan, kategori, dan tanda", ("Istilah", "Arti"), rows)


def _sheet(book: _Book, table: SheetTable, *, back: bool = True) -> None:
    """Write one table: title, source, a link back, then the heading row."""
    page = book.workbook.add_worksheet(table.sheet)
    page.write_string(0, 0, table.title, book.title)
    first = 1
    if table.source:
        page.write_string(first, 0, table.source, book.form())
        first += 1
    if back:
        page.write_url(first, 0, f"internal:'{CONTENTS}'!A1", book.link, "Kembali ke daftar isi")
        first += 1
    widths = _widths(table)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.set_row(first, _height(table.headings, widths, bold=True))
    for row, values in enumerate(table.rows, start=first + 1):
        page.set_row(row, _height([value.text for value in values], widths))
        for column, value in enumerate(values):
            _write(book, page, row, column, value, linked=table.sheet == CONTENTS and column == 0)
    headings = _distinct(table.headings)
    page.add_table(
        first,
        0,
        first + max(len(table.rows), 1),
        len(headings) - 1,
        {
            "name": "T_" + "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in table.sheet),
            "style": STYLE,
            "autofilter": False,
            "columns": [
                {"header": heading, "header_format": book.form(bold=True, text_wrap=True)} for heading in headings
            ],
        },
    )
    _one_page_wide(page)
    page.repeat_rows(first)


def _one_page_wide(page: Any) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def _write(book: _Book, page: Any, row: int, column: int, value: Value, *, linked: bool) -> None:
    if linked:
        page.write_url(row, column, f"internal:'{value.text}'!A1", book.link, value.text)
    elif value.number is not None:
        page.write_number(row, column, value.number, book.form(num_format=value.form or "0"))
    else:
        page.write_string(row, column, value.text[:LONGEST_TEXT], book.form(text_wrap=True))


def _distinct(headings: Sequence[str]) -> list[str]:
    """Return headings that are neither empty nor alike, as Excel's tables need them."""
    made: list[str] = []
    for heading in headings:
        name, count = heading or "Kolom", 2
        while name.casefold() in {other.casefold() for other in made}:
            name, count = f"{heading or 'Kolom'} ({count})", count + 1
        made.append(name)
    return made


def _height(texts: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> float:
    """Return the height of a row whose texts wrap, in points: not every program finds it by itself."""
    letters = 0.95 if bold else 1.05  # that a unit of width holds
    lines = 1
    for text, width in zip(texts, widths, strict=True):
        lines = max(lines, sum(math.ceil(max(len(line), 1) / (width * letters)) for line in text.split("\n")))
    return float(min(lines * _LINE, TALLEST_ROW))


def _widths(table: SheetTable) -> list[float]:
    """Return widths by the longest word of a heading and the longest text of a column, within bounds."""
    widths = []
    for column, heading in enumerate(table.headings):
        words = max((len(word) for word in heading.split()), default=0)
        text = max((len(line) for row in table.rows for line in row[column].text.split("\n")), default=0)
        widths.append(float(min(max(words * 1.1 + 2, text * 1.05 + 1, _NARROW), _WIDE)))
    return widths
