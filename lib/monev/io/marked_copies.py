"""Copies of the checked workbooks for people who work in Excel: faulty cells coloured and commented, and a list.

Only `outputs/periksa/<edition>/` is written, as a whole; no report is touched. The copies hold values
and formats, no formulas and no links to other files, and nothing that a finding quotes becomes a formula.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from monev.io.guarded_folders import GuardedFolder, guarded
from monev.io.package_guard import BROKEN, MEGABYTE, Unfit, guard
from monev.io.work_folder import workspace
from monev.io.workbook_reader import LIMITS
from monev.words.errors import RunError
from monev.words.findings import Finding
from monev.words.messages import Language, tell

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FOLDER = "periksa"
SUMMARY = "ringkasan-temuan.xlsx"
LIST = "Temuan"
COLOURS = {"error": "F4B6B0", "warning": "FFE699"}
FONT = "Calibri"
HEADING_COLOUR, LINK_COLOUR = "1F4E5F", "0B5394"
LARGEST_COPY = 20 * MEGABYTE  # unpacked; a larger workbook is listed in the summary only
_MOST_COMMENT = 2_000  # characters
_CELL = re.compile(r"([A-Z]{1,3})?([1-9][0-9]{0,6})")


def clear(root: Path, edition: str) -> None:
    """Remove the copies that an earlier check made."""
    with suppress(OSError, RunError), guarded(root, "outputs", FOLDER) as copies:
        with copies.step(edition) as folder:
            mine = is_folder_of_copies(folder)
        if mine:
            copies.remove(edition)
    with suppress(OSError, RunError), guarded(root, "outputs") as outputs:
        outputs.remove_empty(FOLDER)


def is_folder_of_copies(folder: GuardedFolder) -> bool:
    """Tell whether a folder holds copies that a check made: the summary is among them, and nothing but workbooks."""
    names = folder.names()
    return SUMMARY in names and all(name.endswith(".xlsx") for name in names)


def place(edition: str) -> str:
    """Return the folder of an edition's copies, seen from the root."""
    return f"outputs/{FOLDER}/{edition}"


def write(root: Path, edition: str, findings: Sequence[Finding], language: Language = "id") -> Path:
    """Write marked copies of the workbooks that have findings, and the summary; return the folder that holds them.

    Workbooks that cannot be read, and params, are in the summary only. Raises OSError or RunError when the folder
    cannot be written; the last copies then stay.
    """
    with workspace(root, f"{FOLDER}-{edition}") as work:
        new = work.path / "baru"
        new.mkdir()
        copies: dict[str, str] = {}
        for file, group in groupby(sorted(findings, key=lambda f: f.file), key=lambda f: f.file):
            name = _copy_name(file, copies.values())
            if file.endswith(".xlsx") and _copy(root / file, new / name, list(group), language):
                copies[file] = name
        _write_summary(new / SUMMARY, findings, copies, language)
        work.publish(new.name, f"{FOLDER}/{edition}", ours=is_folder_of_copies)
    return root / place(edition)


def _copy_name(file: str, taken: Iterable[str]) -> str:
    """Return `2021-S2-capaian-kl.xlsx` for `inputs/2021-S2/capaian-kl.xlsx`, numbered where that is taken."""
    path = PurePosixPath(file)
    parts = path.parts[1:] if path.parts[0] == "inputs" and len(path.parts) > 1 else path.parts
    stem = "-".join(parts).removesuffix(".xlsx")
    used = {name.casefold() for name in taken} | {SUMMARY}
    names = [f"{stem}.xlsx", *(f"{stem}-{number}.xlsx" for number in range(2, len(used) + 3))]
    return next(name for name in names if name.casefold() not in used)


# Copies ---------------------------------------------------------------------------------------------------------------


def _copy(path: Path, target: Path, findings: Sequence[Finding], language: Language) -> bool:
    """Write the marked copy of one workbook; False for one that cannot be copied."""
    if not _is_copyable(path):
        return False
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of features that it leaves out
            book = load_workbook(path, data_only=True, keep_links=False, rich_text=True)
            _mark(book, findings, language)
            _add_list(book, findings, language)
            _drop_outside_names(book)
            book.save(target)
    except Exception:  # openpyxl refuses many files that Excel opens, each in its own way
        target.unlink(missing_ok=True)
        return False
    return True


def _is_copyable(path: Path) -> bool:
    """Tell whether a workbook is sound and small enough to copy."""
    try:
        with zipfile.ZipFile(path) as archive:
            guard(archive, LIMITS)
            return sum(part.file_size for part in archive.infolist()) <= LARGEST_COPY
    except (OSError, Unfit, *BROKEN):
        return False


def _mark(book: Workbook, findings: Sequence[Finding], language: Language) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList

    marks: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.sheet in book.sheetnames:
            marks.setdefault((finding.sheet, _address(finding)), []).append(finding)
    for (sheet, address), found in marks.items():
        page = book[sheet]
        page.sheet_state = "visible"
        page.conditional_formatting = ConditionalFormattingList()  # its colours would cover those of the marks
        _mark_cell(page, address, found, language)


def _address(finding: Finding) -> str:
    """Return the cell to mark: the finding's own, the first of its row, or the first of the sheet."""
    match = _CELL.fullmatch(finding.cell)
    return f"{match[1] or 'A'}{match[2]}" if match else "A1"


def _mark_cell(page: Worksheet, address: str, found: Sequence[Finding], language: Language) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    for area in page.merged_cells.ranges:
        if address in area:
            address = area.start_cell.coordinate
    cell: Any = page[address]
    weight = min((finding.weight for finding in found), key=list(COLOURS).index)
    cell.fill = PatternFill("solid", fgColor=COLOURS[weight])
    lines = [_clean(f"[{f.code}] {_weight(f, language)}: {f.text(language)}") for f in found]
    if cell.comment:
        lines.append(_clean(cell.comment.text))
    text = "\n\n".join(lines)[:_MOST_COMMENT]
    cell.comment = Comment(text, "monev", width=360, height=min(60 + 18 * (len(text) // 48 + len(lines)), 420))
    page.row_dimensions[cell.row].hidden = False
    page.column_dimensions[cell.column_letter].hidden = False


def _drop_outside_names(book: Workbook) -> None:
    """Leave out named ranges of other workbooks: their links are not copied, and Excel would offer a repair."""
    for names in (book.defined_names, *(page.defined_names for page in book.worksheets)):
        for name in [name for name, defined in names.items() if "[" in (defined.attr_text or "")]:
            del names[name]


# Lists of findings ----------------------------------------------------------------------------------------------------

_COLUMNS = {"weight": 11, "code": 8, "sheet": 22, "cell": 9, "text": 96}


def _add_list(book: Workbook, findings: Sequence[Finding], language: Language) -> None:
    """Put the list of findings first, each with a link to its cell."""
    name = next(n for n in (LIST, *(f"{LIST} ({number})" for number in range(2, 99))) if n not in book.sheetnames)
    page = book.create_sheet(name, 0)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is page
    book.active = 0
    title = tell("marked.copy-of", file=findings[0].file).text(language)
    rows = []
    for finding in findings:
        location = _location(finding) if finding.sheet in book.sheetnames else ""
        rows.append((finding, "", location))
    _write_list(page, title, tell("marked.fix-original").text(language), rows, language, with_file=False)


def _write_summary(path: Path, findings: Sequence[Finding], copies: Mapping[str, str], language: Language) -> None:
    from openpyxl import Workbook

    book = Workbook()
    page = book.create_sheet(LIST)
    book.remove(book.worksheets[0])
    title = tell("marked.summary").text(language)
    rows = [(f, copies.get(f.file, ""), _location(f) if f.sheet else "") for f in findings]
    _write_list(page, title, tell("marked.summary-about").text(language), rows, language, with_file=True)
    book.save(path)


def _location(finding: Finding) -> str:
    sheet = finding.sheet.replace("'", "''")
    return f"'{sheet}'!{_address(finding)}"


def _write_list(
    page: Any,
    title: str,
    about: str,
    rows: Sequence[tuple[Finding, str, str]],
    language: Language,
    *,
    with_file: bool,
) -> None:
    """Write one row a finding; `rows` hold the finding, the copy to open ("" for this one), the place in it."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.hyperlink import Hyperlink

    columns = {"file": 34, **_COLUMNS} if with_file else _COLUMNS
    _text(page.cell(1, 1), title).font = Font(name=FONT, bold=True, size=14)
    _text(page.cell(2, 1), about).font = Font(name=FONT, italic=True)
    for at, (name, width) in enumerate(columns.items(), start=1):
        cell = _text(page.cell(4, at), tell(f"marked.{name}").text(language))
        cell.font = Font(name=FONT, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=HEADING_COLOUR)
        page.column_dimensions[cell.column_letter].width = width
    top = Alignment(vertical="top", wrap_text=True)
    for number, (finding, copy, location) in enumerate(rows, start=5):
        values = {
            "file": finding.file,
            "weight": _weight(finding, language),
            "code": finding.code,
            "sheet": finding.sheet,
            "cell": finding.cell,
            "text": finding.text(language),
        }
        for at, name in enumerate(columns, start=1):
            cell = _text(page.cell(number, at), values[name])
            cell.alignment = top
            if name == "weight":
                cell.fill = PatternFill("solid", fgColor=COLOURS[finding.weight])
            if name == ("cell" if finding.cell else "sheet") and location and (copy or not with_file):
                cell.hyperlink = Hyperlink(ref=cell.coordinate, target=copy or None, location=location)
                cell.font = Font(name=FONT, underline="single", color=LINK_COLOUR)
        page.row_dimensions[number].height = 15 * (len(values["text"]) // 105 + 1) + 3
    page.freeze_panes = "A5"
    page.auto_filter.ref = f"A4:{page.cell(4, len(columns)).column_letter}{max(4 + len(rows), 5)}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0


def _weight(finding: Finding, language: Language) -> str:
    return tell(f"findings.{finding.weight}").text(language)


def _text(cell: Any, text: str) -> Any:
    """Write text that stays text, whatever it begins with."""
    cell.value = _clean(text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _clean(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return re.sub("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)[:32_000]
