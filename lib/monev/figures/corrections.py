"""Corrections of received workbooks as records: models of `params/koreksi/<edition>.yml`, and what they change. Pure.

Nobody edits a received workbook. A correction names a cell, what was found there and what is right, with its reason;
it is applied on reading, and is an error as soon as the cell no longer holds what was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, RootModel

from monev.figures.register import Figure, Register
from monev.model.closed_model import ClosedModel
from monev.model.imprint import Release
from monev.model.letters import plain
from monev.model.number_formats import form
from monev.model.raw_tables import RawBook, RawCell, RawSheet
from monev.words.findings import Finding
from monev.words.messages import Refusal, Words, tell

COUNT_ID = "koreksi.jumlah"


def _scalar(value: object) -> object:
    if value is not None and not isinstance(value, str | int | float | bool | date):
        raise Refusal(tell("why.one-value"))
    return value


_CELL = re.compile(r"[^!]+!.+![A-Za-z]{1,3}[1-9][0-9]{0,6}")


def _cell_form(value: str) -> str:
    if not _CELL.fullmatch(value):
        raise Refusal(tell("why.cell-form", value=value[:80]))
    return value


Written = Annotated[Any, BeforeValidator(_scalar)]
"""What a cell holds, as people write it: text, a number, a date, or null for a blank cell."""


class Correction(ClosedModel):
    """One correction: the cell (`file!sheet!H14`), what was found, what is right, why, by whom, when."""

    sel: Annotated[str, AfterValidator(_cell_form)]
    tertulis: Written
    benar: Written
    alasan: str = Field(min_length=1)
    oleh: str = Field(min_length=1)
    tanggal: date


class CorrectionList(RootModel[tuple[Correction, ...]]):
    """All of a file."""

    model_config = ConfigDict(frozen=True)


@dataclass(frozen=True)
class Placed:
    """A correction with its place: the line of its file, and the parts of its cell's address."""

    correction: Correction
    origin: str  # the file of corrections
    line: int
    file: str
    sheet: str
    address: str

    @property
    def cell(self) -> str:
        """The cell as figures name it."""
        return f"{self.file}!{self.sheet}!{self.address}"

    @property
    def found(self) -> str:
        """What was found, as it is printed."""
        return written_words(self.correction.tertulis)

    @property
    def right(self) -> str:
        """What is right, as it is printed."""
        return written_words(self.correction.benar)

    def source(self, key: str) -> str:
        """Return where a text of the correction stands, as sources are named."""
        return f"{self.origin}!{self.line}!{key}"

    def finding(self, code: str, **details: object) -> Finding:
        """Return a finding about this correction."""
        return Finding(code, self.origin, cell=str(self.line), details={"cell": self.cell, **details})


def corrections_file(edition: str) -> str:
    """Return where an edition's corrections stand, if anywhere."""
    return f"params/koreksi/{edition}.yml"


def placed(corrections: Iterable[Correction], origin: str, lines: Sequence[int]) -> tuple[Placed, ...]:
    """Return corrections with their places; `lines` holds the line at which each begins."""
    made = []
    for correction, line in zip(corrections, lines, strict=True):
        file, rest = correction.sel.split("!", 1)
        sheet, address = rest.rsplit("!", 1)
        made.append(Placed(correction, origin, line, file, sheet, address.upper()))
    return tuple(made)


def written_words(value: object) -> str:
    """Return a written value as it is printed."""
    if value is None or value == "":
        return str(tell("why.blank"))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return value.isoformat().removesuffix("T00:00:00").replace("T", " ")
    if isinstance(value, int | float):
        return str(value).removesuffix(".0").replace(".", ",")
    return str(value)


# What is wrong with them ------------------------------------------------------------------------------------


def correction_problems(corrections: Sequence[Placed], files: Iterable[str]) -> Iterator[Finding]:
    """Yield what is wrong whatever the cells hold: a cell named twice, a needless one, a file that is not read."""
    known = set(files)
    first: dict[str, Placed] = {}
    for item in corrections:
        if item.cell in first:
            yield item.finding("E03", first=first[item.cell].line)
            continue
        first[item.cell] = item
        if _same(item.correction.tertulis, item.correction.benar):
            yield item.finding("E04", value=item.right)
        elif item.file not in known:
            yield item.finding("E01", why=tell("why.other-file"))


def _same(one: object, other: object) -> bool:
    return written_words(one).strip() == written_words(other).strip()


# Applying them ----------------------------------------------------------------------------------------------


def corrected(
    book: RawBook, corrections: Iterable[Placed], shown: Callable[[RawCell], str]
) -> tuple[RawBook, list[Finding]]:
    """Return the workbook with its corrections applied, and those that do not fit; `shown` tells what a cell shows."""
    findings: list[Finding] = []
    changes: dict[str, dict[str, RawCell]] = {}
    for item in corrections:
        if item.file != book.file or item.address in changes.get(item.sheet, {}):
            continue
        cell, why = _cell(book, item)
        if cell is None:
            findings.append(item.finding("E01", why=why))
        elif not _holds(cell, item.correction.tertulis, shown):
            findings.append(item.finding("E02", held=plain(shown(cell))[:80], written=plain(item.found)[:80]))
        else:
            changes.setdefault(item.sheet, {})[item.address] = _changed(cell, item.correction.benar)
    sheets = {name: _with(sheet, changes.get(name, {})) for name, sheet in book.sheets.items()}
    return replace(book, sheets=sheets), findings


def _cell(book: RawBook, item: Placed) -> tuple[RawCell | None, Words]:
    sheet = book.sheets.get(item.sheet)
    if sheet is None:
        return None, tell("why.no-sheet", sheet=item.sheet)
    number = int(re.sub(r"\D", "", item.address))
    row = sheet.rows[number - 1] if number <= len(sheet.rows) else ()
    found = next((cell for cell in row if cell.address == item.address), None)
    return found, tell("why.no-cell", cell=item.address)


def _holds(cell: RawCell, written: object, shown: Callable[[RawCell], str]) -> bool:
    """Tell whether a cell holds what was found: as it shows, or as the number or date that it stores."""
    value = cell.value
    if written is None or written == "":
        return cell.state == "blank" or (isinstance(value, str) and not plain(value))
    if isinstance(written, bool) or isinstance(value, bool):
        return value is written
    if isinstance(written, date):
        day = value.date() if isinstance(value, datetime) else value
        return (value == written) if isinstance(written, datetime) else day == written
    if isinstance(written, int | float) and isinstance(value, int | float):
        return not form(cell.number_format).percents(value) and Fraction(repr(value)) == Fraction(repr(written))
    return plain(written_words(written)) in (plain(shown(cell)), plain("=" + cell.formula.removeprefix("=")))


def _changed(cell: RawCell, right: object) -> RawCell:
    """Return the cell as it should be; a number counts as it is written, whatever the cell's format."""
    if right is None or right == "":
        return RawCell(cell.address, None, "General", "blank")
    value: Any = right
    return RawCell(cell.address, value)


def _with(sheet: RawSheet, changes: Mapping[str, RawCell]) -> RawSheet:
    if not changes:
        return sheet
    return replace(sheet, rows=tuple(tuple(changes.get(cell.address, cell) for cell in row) for row in sheet.rows))


# What follows for figures -----------------------------------------------------------------------------------


def with_corrections(register: Register, corrections: Sequence[Placed]) -> Register:
    """Return the register with each figure that rests on a corrected cell saying so, and the number of corrections."""
    if not corrections:
        return register
    by_cell = {item.cell: item for item in corrections}
    figures = {figure.id: _noted(figure, by_cell) for figure in register}
    cells = tuple(by_cell)
    about = "banyaknya koreksi dalam params/koreksi"
    figures[COUNT_ID] = Figure(COUNT_ID, len(cells), "koreksi", about, str(len(cells)), cells)
    return Register(figures)


def with_revision(register: Register, release: Release | None) -> Register:
    """Return the register with each figure that the last revision of a release changed saying what it was."""
    if release is None or not release.riwayat:
        return register
    was = {item.angka: item.lama for item in release.riwayat[-1].perubahan if item.angka}
    return Register({f.id: replace(f, before=was[f.id]) if f.id in was else f for f in register})


def _noted(figure: Figure, by_cell: Mapping[str, Placed]) -> Figure:
    own = [by_cell[cell] for cell in figure.sources if cell in by_cell]
    if not own:
        return figure
    said = [f"sel {item.cell} dikoreksi dari '{_short(item.found)}' menjadi '{_short(item.right)}'" for item in own]
    return replace(figure, note="; ".join([*([figure.note] if figure.note else []), *said]))


def _short(text: str) -> str:
    text = plain(text)
    return text if len(text) <= 40 else text[:39] + "…"
