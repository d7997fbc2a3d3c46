"""Maps from the headings of an export to the columns of the contract: models of `params/pemetaan/<name>.yml`. Pure.

The exports of the two reporting channels may head their columns otherwise, name their sheet otherwise, or have title
rows above the headings. A map says so as data; cells keep the addresses that they have in the real file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pydantic import Field, field_validator

from monev.model.closed_model import ClosedModel
from monev.model.fields import ACHIEVEMENT, Sheet
from monev.model.letters import heading, plain
from monev.model.raw_tables import RawBook, RawCell, RawSheet
from monev.rules.heading_rows import joined, row_of, with_heading
from monev.words.findings import Finding, nearest
from monev.words.messages import Refusal, tell

MOST_TITLE_ROWS = 50


class HeadingMap(ClosedModel):
    """One map: the export's sheet, where its headings stand, its headings and the columns that they are.

    `baris_judul` is the number of rows above the headings, or the rows that they take, such as `4-5`. `abaikan` names
    headings that are known and not used; those are not reported.
    """

    lembar: str = Field(default=ACHIEVEMENT.name, min_length=1)
    baris_judul: str = "0"
    kolom: dict[str, str]
    abaikan: tuple[str, ...] = ()

    @field_validator("baris_judul", mode="before")
    @classmethod
    def _rows_are_near_the_top(cls, value: object) -> str:
        text = "" if isinstance(value, bool) else str(value).replace(" ", "")
        if (
            not re.fullmatch(r"\d{1,3}|[1-9]\d?-[1-9]\d?", text)
            or not _rows(text)[0] <= _rows(text)[1] <= MOST_TITLE_ROWS + 1
        ):
            raise Refusal(tell("why.heading-rows", most=MOST_TITLE_ROWS))
        return text

    @property
    def rows(self) -> tuple[int, int]:
        """The first and last row of the headings, counted from 1."""
        return _rows(self.baris_judul)

    @field_validator("kolom", "abaikan", mode="before")
    @classmethod
    def _no_is_a_heading(cls, value: object) -> object:
        """YAML takes a bare `No` for false; here it is the heading."""

        def said(item: object) -> object:
            return "No" if item is False else item

        if isinstance(value, dict):
            return {said(name): said(column) for name, column in value.items()}
        return [said(item) for item in value] if isinstance(value, list) else value

    def column_of(self, shown: str) -> str | None:
        """Return the column that a heading of the export is; None for one that the map does not name."""
        return next((column for name, column in self.kolom.items() if heading(name) == heading(shown)), None)


def _rows(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    return (int(first), int(last)) if last else (int(first) + 1, int(first) + 1)


def map_file(name: str) -> str:
    """Return where the map called `name` stands."""
    return f"params/pemetaan/{name}.yml"


def map_problems(made: HeadingMap, file: str, lines: Mapping[str, int], sheet: Sheet) -> Iterator[Finding]:
    """Yield what is wrong with a map by itself: unknown columns, two headings onto one column."""
    known = {heading(column.heading): column.heading for column in sheet.columns}
    first: dict[str, str] = {}
    for name, column in made.kolom.items():
        line = str(lines.get(name, ""))
        if heading(column) not in known:
            choices = ", ".join(known.values())
            details = {"column": column[:80], "choices": choices, "hint": nearest(column, known.values())}
            yield Finding("J04", file, cell=line, details=details)
        elif first.setdefault(heading(column), name) != name:
            details = {"heading": name, "first": first[heading(column)], "column": known[heading(column)]}
            yield Finding("J03", file, cell=line, details=details)


def mapped(
    book: RawBook, made: HeadingMap, file: str, lines: Mapping[str, int], sheet: Sheet
) -> tuple[RawBook | None, list[Finding]]:
    """Return the workbook as if its headings were those of the contract, or None and what does not fit.

    The sheet keeps its rows, so every cell keeps its address, and its own name for messages.
    """
    raw = book.sheet(made.lembar)
    if raw is None:
        present = ", ".join(f"'{name}'" for name in book.sheets)
        return None, [Finding("S01", book.file, details={"sheet": made.lembar, "present": present})]
    first, last = made.rows
    known = set(map(heading, (*made.kolom, *made.abaikan, *(column.heading for column in sheet.columns))))
    top = joined(raw.rows[first - 1 : last], known) if last <= len(raw.rows) else ()
    findings = [*_absent(made, top, book.file, file, lines), *_unreachable(made, top, book.file, file, sheet)]
    if findings:
        return None, _elsewhere(made, raw, findings) or findings
    renamed = tuple(_renamed(cell, made) for cell in top)
    others = {name: other for name, other in book.sheets.items() if name not in (raw.name, sheet.name)}
    return replace(book, sheets={sheet.name: with_heading(raw, renamed, last, last - first + 1), **others}), []


def _elsewhere(made: HeadingMap, raw: RawSheet, findings: Sequence[Finding]) -> list[Finding]:
    """Return one finding instead of many where the map's headings stand together in another row."""
    row = row_of(raw, set(map(heading, made.kolom)), MOST_TITLE_ROWS + 1)
    if row is None or row == made.rows[1] or findings[0].code != "J01":
        return []
    hint = tell("findings.other-row", row=row, above=row - 1)
    return [replace(findings[0], details={**findings[0].details, "hint": hint})]


def _shown(cell: RawCell) -> str:
    return plain(str(cell.value)) if cell.value is not None else ""


def _absent(
    made: HeadingMap, top: Sequence[RawCell], workbook: str, file: str, lines: Mapping[str, int]
) -> Iterator[Finding]:
    """Yield the headings of the map that the sheet does not have."""
    present = {heading(_shown(cell)): _shown(cell) for cell in top if _shown(cell)}
    for name in made.kolom:
        if heading(name) not in present:
            details = {
                "heading": name,
                "row": made.rows[1],
                "lembar": made.lembar,
                "workbook": workbook,
                "hint": nearest(name, present.values()),
            }
            yield Finding("J01", file, cell=str(lines.get(name, "")), details=details)


def _unreachable(made: HeadingMap, top: Sequence[RawCell], workbook: str, file: str, sheet: Sheet) -> Iterator[Finding]:
    """Yield the required columns that neither the map nor the sheet's own headings give."""
    given = {heading(column) for column in made.kolom.values()}
    own = {heading(_shown(cell)) for cell in top if not _is_named(made, _shown(cell))}
    for column in sheet.columns:
        if column.required and heading(column.heading) not in given | own:
            yield Finding("J02", file, details={"column": column.heading, "workbook": workbook})


def _is_named(made: HeadingMap, shown: str) -> bool:
    return made.column_of(shown) is not None or heading(shown) in map(heading, made.abaikan)


def _renamed(cell: RawCell, made: HeadingMap) -> RawCell:
    shown = _shown(cell)
    if heading(shown) in map(heading, made.abaikan):
        return RawCell(cell.address, cell.value, state="blank")  # the value tells that there is a heading
    column = made.column_of(shown)
    return replace(cell, value=column) if shown and column else cell
