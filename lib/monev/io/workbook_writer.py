"""Workbooks as a person keeps them, written from the descriptions in `monev.model.fields`.

The same rows always give the same bytes. Text stays text: nothing that a cell holds becomes a formula, a link
or a number on its way into the file.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from monev.model.fields import NO_TARGET, NOT_MEASURABLE, Book, Column, Sheet

GUIDE_SHEET = "Petunjuk"
LISTS_SHEET = "Daftar"
MARKS_SHEET = "Tanda"

OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
CREATED = datetime(2020, 1, 1)  # every workbook says so, or the same rows would give other bytes each time
LONGEST_TEXT = 32_767  # characters in one cell; Excel's limit
CHOOSE, BLANK = "Pilih salah satu: ", "; boleh dikosongkan."
LONGEST_MESSAGE = 255  # characters in an input message; Excel's limit
TALLEST_ROW = 409  # points; Excel's limit
LAST_COLUMN = 16_383  # counted from 0; Excel's limit

FONT, FONT_SIZE = "Calibri", 10
SMALLEST_PRINT = 7  # points that letters have on paper at least
PAPERS = {9: 11.69, 8: 16.54}  # A4 and A3 as Excel numbers them: how wide each lies, in inches
MARGIN = 0.4  # inches, left and right
LINE = 13  # points that one line of FONT_SIZE takes
CHARACTERS_PER_WIDTH = 1.16  # of running text in FONT_SIZE; column widths count digits of 11 points
HEADER_COLOUR, EDGE_COLOUR, KEY_COLOUR, TOLD_COLOUR = "#1F4E5F", "#BFC9CE", "#EEF2F4", "#55626A"
CENTRED: Mapping[str, object] = {"align": "center"}
INDENTED: Mapping[str, object] = {"align": "left", "indent": 1}
WIDEST_FROZEN = 75  # characters; more frozen columns would leave no room to scroll

Tone = Literal["baik", "sedang", "buruk"]
TONES: Mapping[Tone, str] = {"baik": "#E3F1E0", "sedang": "#FFF3CD", "buruk": "#F9DEDC"}

Rows = Sequence[Mapping[str, object]]
"""Rows of one sheet: column name in code to what the cell holds; an absent or None value leaves it blank."""


@dataclass(frozen=True)
class Percent:
    """A number kept in a percent cell: `Percent(1)` is stored as 0.01 and shows 1%."""

    value: int | float


@dataclass(frozen=True)
class Shade:
    """Scores of at least `lowest` whole percent are shaded in `tone`."""

    lowest: int
    tone: Tone


@dataclass(frozen=True)
class Layout:
    """What a workbook offers besides its rows.

    `lists` maps a column name to the values of its drop-down list; `shades` colour the scores, best first;
    `optional` names optional columns that are written even when no row fills them; cells of the `locked`
    columns, and of those that only inform, cannot be edited where a row is given; `guide` holds the opening lines
    of a first sheet that explains every column (none: no such sheet); `spare` empty rows below the data are checked
    as well; `marks` stand on a hidden sheet, for whoever reads the workbook again.
    """

    lists: Mapping[str, Sequence[str | int]] = field(default_factory=dict)
    shades: Sequence[Shade] = ()
    optional: Collection[str] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    locked: Collection[str] = ()
    guide: Sequence[str] = ()
    spare: int = 200


def write_book(path: Path, book: Book, rows: Mapping[str, Rows], layout: Layout | None = None) -> None:
    """Write `book` to `path`, with `rows` by sheet name; a sheet without rows gets its headings only.

    Raises ValueError for a sheet or column that `book` does not describe, and for text too long for a cell.
    """
    layout = layout or Layout()
    _check_names(book, rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), OPTIONS) as workbook:
        workbook.set_properties({"title": book.about.rstrip("."), "created": CREATED})
        styles = _Styles(workbook)
        if layout.guide:
            _write_guide(workbook.add_worksheet(GUIDE_SHEET, _Page), book, layout, styles)
        pages = [workbook.add_worksheet(sheet.name, _Page) for sheet in book.sheets]
        ranges = _write_lists(workbook, layout.lists)
        if layout.marks:
            _write_marks(workbook.add_worksheet(MARKS_SHEET), layout.marks)
        for sheet, page in zip(book.sheets, pages, strict=True):
            _write_sheet(page, sheet, rows.get(sheet.name, ()), layout, styles, ranges)


def _check_names(book: Book, rows: Mapping[str, Rows]) -> None:
    unknown = set(rows) - {sheet.name for sheet in book.sheets}
    if unknown:
        raise ValueError(f"{book.file}: no such sheet: {', '.join(sorted(unknown))}")
    for sheet in book.sheets:
        names = {column.name for column in (*sheet.columns, *sheet.context)}
        strange = {name for row in rows.get(sheet.name, ()) for name in row} - names
        if strange:
            names_in_order = ", ".join(sorted(strange))
            raise ValueError(f"{book.file}, sheet '{sheet.name}': no such column: {names_in_order}")


class _Page(Worksheet):  # type: ignore[misc]
    """A sheet whose rows have a height to begin with, and grow with what is typed into them.

    XlsxWriter marks every height as set by hand, and such rows stay as they are. Without any height LibreOffice shows
    one line of each row.
    """

    def _xml_start_tag_unencoded(self, tag: str, attributes: Sequence[tuple[str, object]] = ()) -> None:
        if tag == "row":
            attributes = [(name, value) for name, value in attributes if name != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


class _Styles:
    """Cell formats of one workbook; each combination is made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def get(self, **properties: object) -> Any:
        """Return the format with these properties on top of the usual font and alignment."""
        usual = {"font_name": FONT, "font_size": FONT_SIZE, "text_wrap": True, "valign": "top"}
        return self._make(usual | properties)

    def _make(self, wanted: dict[str, object]) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(wanted)
        return self._made[key]

    def header(self) -> Any:
        """Return the format of headings."""
        colours = {"font_color": "#FFFFFF", "bg_color": HEADER_COLOUR, "border_color": EDGE_COLOUR}
        return self.get(bold=True, border=1, valign="vcenter", **INDENTED, **colours)

    def fill(self, colour: str) -> Any:
        """Return a format that sets nothing but the background, for conditional formats."""
        return self._make({"bg_color": colour})

    def cell(self, column: Column, value: object, *, percent: bool, key: bool, locked: bool, told: bool) -> Any:
        """Return the format of a data cell; `told`: it only informs."""
        wanted: dict[str, object] = {"border": 1, "border_color": EDGE_COLOUR, "locked": locked}
        wanted |= CENTRED if column.kind in ("whole", "score", "number", "date") else INDENTED
        if column.kind == "whole":
            wanted["num_format"] = "0"
        if isinstance(value, Percent) or (column.kind == "score" and percent and value is None):
            wanted["num_format"] = "0%"
        if key or locked:
            wanted["bg_color"] = KEY_COLOUR
        if told:
            wanted["font_color"] = TOLD_COLOUR
        if isinstance(value, str) and _looks_live(value):
            wanted["quote_prefix"] = True
        return self.get(**wanted)


def _looks_live(text: str) -> bool:
    """Say whether Excel would take `text` for a formula if somebody opened the cell and pressed Enter."""
    return text.startswith(("=", "+", "-", "@")) and text != NO_TARGET


def _write_sheet(
    page: Any, sheet: Sheet, rows: Rows, layout: Layout, styles: _Styles, ranges: Mapping[str, _Listed]
) -> None:
    columns = _columns(sheet, rows, layout.optional)
    last, frozen = len(rows), _frozen(sheet, columns)
    _write_header(page, columns, styles)
    _write_rows(page, sheet, columns, rows, layout, styles)
    for at, column in enumerate(columns):
        _add_validation(page, column, at, last + layout.spare, ranges.get(column.name))
        if column.kind == "score":
            _add_shades(page, at, last + layout.spare, layout.shades, styles)
    page.autofilter(0, 0, last, len(columns) - 1)
    page.freeze_panes(1, frozen)
    _set_print(page, [column.width for column in columns], frozen)
    if layout.locked:
        _protect(page)


def _columns(sheet: Sheet, rows: Rows, optional: Collection[str]) -> list[Column]:
    """Return the columns to write: the required ones, others asked for or filled, what informs after the key."""
    wanted = {name for row in rows for name, value in row.items() if value not in (None, "")} | {*optional}
    key = [column for column in sheet.columns if column.name in sheet.key]
    if not any(column.name in wanted for column in sheet.context) or tuple(key) != sheet.columns[: len(key)]:
        key = []
    columns = (*key, *(sheet.context if key else ()), *sheet.columns[len(key) :])
    return [column for column in columns if column.required or column.name in wanted]


def _write_header(page: Any, columns: Sequence[Column], styles: _Styles) -> None:
    for at, column in enumerate(columns):
        page.write_string(0, at, column.heading, styles.header())
        page.write_comment(0, at, column.about, {"x_scale": 1.6, "y_scale": 0.8, "font_size": 9})
    lines = max(_lines(column.heading, column.width - 4) for column in columns)  # 4: indent and filter button
    page.set_row(0, lines * LINE + 6)


def _write_rows(
    page: Any, sheet: Sheet, columns: Sequence[Column], rows: Rows, layout: Layout, styles: _Styles
) -> None:
    percent = any(isinstance(value, Percent) for row in rows for value in row.values())
    _set_columns(page, columns, percent, styles)
    for number, row in enumerate(rows, start=1):
        page.set_row(number, row_height([(row.get(column.name), column.width) for column in columns]))
        for at, column in enumerate(columns):
            value = row.get(column.name)
            value = None if value == "" else value
            key, told = column.name in sheet.key, column in sheet.context
            locked = column.name in layout.locked or told
            style = styles.cell(column, value, percent=percent, key=key, locked=locked, told=told)
            _write_cell(page, number, at, value, style)


def _set_columns(page: Any, columns: Sequence[Column], percent: bool, styles: _Styles) -> None:
    """Set the widths, and the format of cells below the given rows: editable, percent where the rows are.

    So are those beside them: Excel lets a row of a protected sheet be deleted only if all of its cells are editable.
    """
    for at, column in enumerate(columns):
        wanted: dict[str, object] = {"locked": False}
        wanted |= CENTRED if column.kind in ("whole", "score") else INDENTED
        if column.kind == "score":
            wanted["num_format"] = "0%" if percent else "General"
        page.set_column(at, at, column.width, styles.get(**wanted))
    page.set_column(len(columns), LAST_COLUMN, None, styles.get(locked=False))


def _write_cell(page: Any, row: int, at: int, value: object, style: Any) -> None:
    match value:
        case None:
            page.write_blank(row, at, None, style)
        case Percent(number):
            page.write_number(row, at, number / 100, style)
        case bool():
            raise ValueError(f"a cell cannot hold {value!r}")
        case int() | float():
            page.write_number(row, at, value, style)
        case str() if len(value) <= LONGEST_TEXT:
            page.write_string(row, at, value, style)
        case str():
            raise ValueError(f"text of {len(value)} characters is too long for a cell: {value[:40]!r}...")
        case _:
            raise ValueError(f"a cell cannot hold {value!r}")


def row_height(cells: Iterable[tuple[object, float]]) -> float:
    """Estimate in points the height that shows all wrapped text of cells, given with the widths of their columns."""
    lines = max(_lines(value, width - 2) for value, width in cells)  # 2: indent and edges
    return min(lines * LINE + 3, TALLEST_ROW)


def _lines(text: object, width: float) -> int:
    if not isinstance(text, str):
        return 1
    room = max(1, math.floor(width * CHARACTERS_PER_WIDTH))
    return sum(max(1, len(textwrap.wrap(paragraph, room))) for paragraph in text.split("\n"))


def _frozen(sheet: Sheet, columns: Sequence[Column]) -> int:
    """Count the leading key columns that stay in view, as long as they leave room for the others."""
    count, width = 0, 0
    for column in columns[:-1]:
        width += column.width
        if column.name not in sheet.key or width > WIDEST_FROZEN:
            break
        count += 1
    return count


# --- what a cell accepts ------------------------------------------------------------------------------------


def _add_validation(page: Any, column: Column, at: int, last: int, listed: _Listed | None) -> None:
    check = _validation(column, xl_rowcol_to_cell(1, at), listed)
    if check:
        page.data_validation(1, at, last, at, check)


def _validation(column: Column, first: str, listed: _Listed | None) -> dict[str, object] | None:
    """Return the check of a column whose topmost data cell is `first`; None where anything may stand."""
    if listed and column.kind in ("whole", "code", "choice"):
        told = list_message(listed.values, blank=not column.filled)
        strict = "warning" if column.also else "stop"
        return _told(column, told) | {"validate": "list", "source": listed.range, "error_type": strict}
    accepted = f"Yang diterima: {_accepted(column)}." if column.filled else f"Yang diterima: {_accepted(column)}{BLANK}"
    match column.kind:
        case "whole":
            return _told(column, accepted) | {"validate": "integer", "criteria": ">=", "value": 1}
        case "score":
            more = " Tulis 85 atau 85%, bukan 0,85."
            return _told(column, accepted + more) | {"validate": "custom", "value": _score_formula(first)}
        case "choice":
            strict = "warning" if column.also else "stop"
            return _told(column, accepted) | {
                "validate": "list",
                "source": list(column.choices),
                "error_type": strict,
            }
        case "evidence":  # a hint only: links and file names are welcome
            return _told(column, accepted) | {"validate": "list", "source": list(column.choices), "show_error": False}
        case "number":
            return _told(column, accepted) | {"validate": "decimal", "criteria": ">=", "value": -1e12}
    return None


def _told(column: Column, accepted: str) -> dict[str, object]:
    """Return the message shown beside the cell, and the one that tells what is accepted when it is filled wrongly."""
    return {
        "input_title": column.heading,
        "input_message": textwrap.shorten(column.about, LONGEST_MESSAGE, placeholder="..."),
        "error_title": column.heading,
        "error_message": accepted,
    }


def list_message(values: Sequence[str | int], *, blank: bool) -> str:
    """Return what a stop box tells of a drop-down list; `blank`: nothing may stand there as well."""
    more = BLANK if blank else "."
    said = f"{CHOOSE}{_in_words(values)}{more}"
    if len(said) <= LONGEST_MESSAGE:
        return said
    more = f" ... (semuanya ada pada panah sel){more}"
    return textwrap.shorten(said.removesuffix(more), LONGEST_MESSAGE - len(more), placeholder="") + more


def _is_percent(cell: str) -> str:
    return f'LEFT(CELL("format",{cell}),1)="P"'


def _score_formula(cell: str) -> str:
    number = f"AND(ISNUMBER({cell}),{cell}>=0,{cell}<=IF({_is_percent(cell)},1,100))"
    return f'=OR({number},TRIM({cell})="{NOT_MEASURABLE}",TRIM({cell})="{NO_TARGET}")'


def _add_shades(page: Any, at: int, last: int, shades: Iterable[Shade], styles: _Styles) -> None:
    """Shade scores by band, whether a cell holds 85 or shows 85%."""
    cell = xl_rowcol_to_cell(1, at, col_abs=True)
    whole = f"ROUND(IF({_is_percent(cell)},{cell}*100,{cell}),0)"
    for shade in shades:
        rule = {
            "type": "formula",
            "criteria": f"=AND(ISNUMBER({cell}),{whole}>={shade.lowest})",
            "format": styles.fill(TONES[shade.tone]),
            "stop_if_true": True,
        }
        page.conditional_format(1, at, last, at, rule)


@dataclass(frozen=True)
class _Listed:
    """A drop-down list: where its values stand, and the values in words."""

    range: str
    values: Sequence[str | int]


def _write_lists(workbook: Any, lists: Mapping[str, Sequence[str | int]]) -> dict[str, _Listed]:
    """Write the values of drop-down lists to a hidden last sheet; return each with its range."""
    filled = {name: values for name, values in lists.items() if values}
    if not filled:
        return {}
    page = workbook.add_worksheet(LISTS_SHEET)
    page.hide()
    ranges = {}
    for at, (name, values) in enumerate(filled.items()):
        page.write_string(0, at, name)
        for number, value in enumerate(values, start=1):
            if isinstance(value, int):
                page.write_number(number, at, value)
            else:
                page.write_string(number, at, value)
        top, bottom = (xl_rowcol_to_cell(row, at, row_abs=True, col_abs=True) for row in (1, len(values)))
        ranges[name] = _Listed(f"={LISTS_SHEET}!{top}:{bottom}", values)
    return ranges


def _write_marks(page: Any, marks: Mapping[str, str]) -> None:
    """Write names and values to a hidden sheet."""
    page.hide()
    for row, (name, value) in enumerate(marks.items()):
        page.write_string(row, 0, name)
        page.write_string(row, 1, value)


def _in_words(values: Sequence[str | int]) -> str:
    """Return values one after another, numbers that follow one another as `1 sampai 18`."""
    runs: list[list[str | int]] = []
    for value in values:
        last = runs[-1][-1] if runs else None
        if isinstance(value, int) and isinstance(last, int) and value == last + 1:
            runs[-1].append(value)
        else:
            runs.append([value])
    return ", ".join(f"{run[0]} sampai {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


# --- paper, protection, explanations ------------------------------------------------------------------------


def _set_print(page: Any, widths: Sequence[int], repeated: int) -> None:
    """Print on A4, on A3 where letters would become too small, or on several A3 with the first columns on each."""
    form = _print_form(list(map(_points, widths)), repeated)
    page.set_landscape()
    page.set_paper(form.paper)
    page.set_print_scale(form.scale)
    page.set_v_pagebreaks(form.breaks)
    page.repeat_rows(0)
    if form.breaks and repeated:
        page.repeat_columns(0, repeated - 1)
    page.set_margins(left=MARGIN, right=MARGIN, top=0.5, bottom=0.6)
    page.set_footer("&L&10&A&R&10&P / &N", {"scale_with_doc": False})


@dataclass(frozen=True)
class _PrintForm:
    """How a sheet is printed: Excel's number of the paper, scale in percent, columns before which a page begins."""

    paper: int
    scale: int
    breaks: tuple[int, ...] = ()


def _points(width: int) -> float:
    """Return how wide a column is on paper at full size: a character takes 7 pixels, a cell 5 more; a bit to spare."""
    return (width * 7 + 5) * 0.75 * 1.04


def _print_form(widths: Sequence[float], repeated: int) -> _PrintForm:
    least = SMALLEST_PRINT / FONT_SIZE
    for paper, inches in PAPERS.items():
        room = (inches - 2 * MARGIN) * 72
        if sum(widths) * least <= room:
            return _PrintForm(paper, min(100, int(room / sum(widths) * 100)))
    breaks, used, widest = [], sum(widths[:repeated]), 0.0
    for at, width in enumerate(widths[repeated:], start=repeated):
        if (used + width) * least > room and used > sum(widths[:repeated]):
            breaks.append(at)
            used = sum(widths[:repeated])
        used += width
        widest = max(widest, used)
    return _PrintForm(paper, min(100, int(room / widest * 100)), tuple(breaks))


def _protect(page: Any) -> None:
    """Keep locked cells from being changed by accident; there is no password. All else that Excel can allow is."""
    allowed = ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter")
    page.protect("", dict.fromkeys((*allowed, "insert_hyperlinks", "objects"), True))  # objects: comments of one's own


def _write_guide(page: Any, book: Book, layout: Layout, styles: _Styles) -> None:
    """Write the sheet that explains the workbook: the opening lines, then every column."""
    widths = (20, 20, 14, 44, 64)
    for at, width in enumerate(widths):
        page.set_column(at, at, width)
    title, *lines = layout.guide
    page.write_string(0, 0, title, styles.get(bold=True, font_size=14, text_wrap=False))
    for number, line in enumerate(lines, start=1):
        page.merge_range(number, 0, number, len(widths) - 1, "", styles.get())
        page.write_string(number, 0, line, styles.get())
        page.set_row(number, _lines(line, sum(widths)) * LINE + 3)
    top = len(layout.guide) + 1
    for at, heading in enumerate(("Lembar", "Kolom", "Wajib diisi", "Isi yang diterima", "Penjelasan")):
        page.write_string(top, at, heading, styles.header())
    edge = styles.get(border=1, border_color=EDGE_COLOUR, **INDENTED)
    described = [(sheet, column) for sheet in book.sheets for column in (*sheet.columns, *sheet.context)]
    for number, (sheet, column) in enumerate(described, start=top + 1):
        wanted = "Ya" if column.required and column.filled else "Tidak"
        accepted = "terisi sendiri" if column in sheet.context else _accepted(column)
        texts = (sheet.name, column.heading, wanted, accepted, column.about)
        for at, text in enumerate(texts):
            page.write_string(number, at, text, edge)
        page.set_row(number, row_height(zip(texts, widths, strict=True)))
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    if layout.locked:
        _protect(page)


def _accepted(column: Column) -> str:
    match column.kind:
        case "whole":
            return "bilangan bulat mulai dari 1"
        case "score":
            return f"0 sampai 100, {NOT_MEASURABLE}, atau {NO_TARGET}"
        case "choice":
            return ", ".join(column.choices)
        case "evidence":
            return f"{', '.join(column.choices)}, atau tautan dan nama berkas"
        case "code":
            return "nama singkat"
        case "text":
            return "teks"
        case "number":
            return "angka; persen ditulis 45%"
        case "date" | "moment":
            return "tanggal, misalnya 2022-06-30"
