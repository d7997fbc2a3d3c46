"""Brings the workbooks of an edition's current period up to its register: rows and lists are added, nothing is lost.

New rows stand below the others, so that no cell changes its address. All workbooks are changed or none, and each that
changes is kept as it was, numbered, in a folder beside it.
"""

from __future__ import annotations

import re
import stat
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from monev.edition.instrument_books import instrument_layout, instrument_rows, write_answers
from monev.edition.prepared_books import Row, achievement_layout, evaluation_layout, prepared_rows
from monev.figures.corrections import corrected
from monev.io.guarded_folders import GuardedFolder, guarded
from monev.io.inputs import Inputs, read_inputs
from monev.io.instrument_files import AnswerFile, answer_files
from monev.io.package_guard import area
from monev.io.source_cells import shown_cell
from monev.io.workbook_edits import NewList, Place, SheetEdit, edited, unkept
from monev.io.workbook_reader import locks, read_book, read_sheets
from monev.io.workbook_writer import LISTS_SHEET, Layout, row_height, write_book
from monev.model.fields import (
    ACHIEVEMENT,
    EVALUATION,
    FOLLOW_UP_COLUMNS,
    FOLLOW_UPS,
    REJUDGING,
    SENT,
    UNFINISHED,
    Sheet,
    achievements,
)
from monev.model.groups import Group
from monev.model.instruments import ANSWER_HEADINGS, achievement_sheet, answer_sheet
from monev.model.letters import heading, plain
from monev.model.params import Edition
from monev.model.raw_tables import RawBook, RawSheet
from monev.rules.checks import actor_called
from monev.rules.heading_rows import positions, shown, with_one_heading_row
from monev.rules.tidy import Row as ReadRow
from monev.rules.tidy import read_sheet
from monev.words.errors import InputError, RunError
from monev.words.findings import Finding, errors
from monev.words.messages import join, tell

ASIDE = "cadangan"
"""The folder beside the workbooks in which they are kept as they were."""

Key = tuple[int, int, str]
"""Commitment, measure, actor."""


@dataclass(frozen=True)
class RowsOf:
    """Rows of a workbook and the measures that they are for, in the order of rows."""

    rows: tuple[int, ...] = ()
    keys: tuple[Key, ...] = ()


@dataclass(frozen=True)
class ListChange:
    """What a drop-down list gained and lost; `column` is its heading."""

    column: str
    added: tuple[str | int, ...]
    removed: tuple[str | int, ...]


@dataclass(frozen=True)
class NewColumns:
    """Headings that a sheet gained, behind the others."""

    sheet: str
    headings: tuple[str, ...]


@dataclass(frozen=True)
class BookUpdate:
    """What was done to one workbook: `aside` is where the old one is, empty where nothing changed.

    `added` are new rows; `gone` rows whose measure the register no longer has for that actor, which stay; `renewed`
    counts texts of measures that were renewed beside the key, `planned` targets written where none stood. A `mapped`
    workbook is somebody's export, which has no rows prepared. The rows of one that `questions` are answered in have no
    measures; it may be `made` anew.
    """

    file: str
    added: RowsOf = RowsOf()
    gone: RowsOf = RowsOf()
    renewed: int = 0
    planned: int = 0
    lists: tuple[ListChange, ...] = ()
    columns: tuple[NewColumns, ...] = ()
    aside: str = ""
    mapped: bool = False
    questions: bool = False
    made: bool = False


@dataclass(frozen=True)
class Updated:
    """An edition whose workbooks are as its register has it; commitments for which it has no measure yet."""

    edition: Edition
    books: tuple[BookUpdate, ...]
    without_measure: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """What is to be done to a workbook: its bytes before and after."""

    update: BookUpdate
    before: bytes
    after: bytes


def update(root: Path, name: str) -> Updated:
    """Bring the workbooks of edition `name` up to its register; all of them or none.

    Raises InputError for an unknown edition, errors in the register, workbooks that are open, that cannot be read, or
    that hold what cannot be kept (all of them); RunError when the folder cannot be written.
    """
    inputs = read_inputs(root, name)
    edition, data = inputs.edition, inputs.data
    params = f"params/{name}.yml"  # what it asks may be too much for a sheet
    wrong = [finding for finding in errors(inputs.findings) if finding.file in (edition.rencana_aksi, params)]
    if wrong:
        raise InputError(tuple(wrong))
    plans, findings = [], []
    answers = [place for place in answer_files(edition, data.asked) if place.period == edition.current]
    wanted = [*((file, group, None) for file, group in _books(edition)), *((p.file, None, p) for p in answers)]
    for file, group, place in wanted:
        if place and not (root / file).exists():
            plans.append(_made(place, inputs))
            continue
        made = _planned(root, inputs, file, group, place)
        if isinstance(made, Plan):
            plans.append(made)
        else:
            findings += made
    if findings:
        raise InputError(tuple(findings))
    try:
        placed = place_books(root, edition, plans)
    except OSError as error:
        raise RunError(tell("update.unwritable", why=error.strerror or type(error).__name__)) from None
    measured = {measure.commitment for measure in data.measures}
    bare = tuple(c.commitment for c in data.commitments if c.commitment not in measured)
    return Updated(edition, placed, bare)


def _books(edition: Edition) -> Iterator[tuple[str, Group | None]]:
    """Yield the workbooks of the current period, each with its group, if it is one's own."""
    folder = edition.current.inputs.rstrip("/")
    for group in edition.groups if edition.current.masukan != SENT else ():
        yield f"{folder}/{group.file}", group
    yield f"{folder}/{EVALUATION.file}", None


# What is to be done -------------------------------------------------------------------------------------------


def _made(place: AnswerFile, inputs: Inputs) -> Plan:
    """Return the workbook of a respondent who has none yet."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / PurePosixPath(place.file).name
        rows = write_answers(path, inputs.data, place, inputs.edition)
        added = RowsOf(tuple(range(2, rows + 2)))
        return Plan(BookUpdate(place.file, added=added, questions=True, made=True), b"", path.read_bytes())


def _planned(
    root: Path, inputs: Inputs, file: str, group: Group | None, place: AnswerFile | None = None
) -> Plan | list[Finding]:
    """Return what is to be done to a workbook, or why it cannot be; `place` for one of answers."""
    edition = inputs.edition
    book, findings = read_book(root / file, file, edition.batas) if (root / file).is_file() else (None, [])
    if book is None:
        return findings or [f for f in inputs.findings if f.file == file and f.weight == "error"]
    if open_by := locks(root / file):
        return [Finding("U01", file, details={"lock": open_by[0]})]
    if group and edition.current.map_of(group):
        return Plan(BookUpdate(file, mapped=True), b"", b"")
    *steps, own = file.split("/")
    with guarded(root, *steps) as folder:
        if folder.kind(own) != stat.S_IFREG:
            raise RunError(tell("root.leads-out", path=file))
        content = folder.read(own)
    book = RawBook(file, read_sheets(content, edition.batas))
    if group and _only_left_over(inputs, file):
        return _anew(inputs, file, group, content)
    edits: dict[str, SheetEdit] = {}
    made: BookUpdate | list[Finding] = BookUpdate(file)
    if place:
        made = _question_rows(book, inputs, place, edits)
        layout = instrument_layout(inputs.data, place.instrument, place.respondent, edition)
    elif group:
        made = _rows(book, inputs, group, edits)
        layout = achievement_layout(inputs.data, group, edition)
    else:
        layout = evaluation_layout(inputs.data, edition)
    if not isinstance(made, BookUpdate):
        return made
    changes, lists = renewed_lists(book, layout, edits)
    offered: tuple[tuple[Sheet, Sequence[str]], ...] = ((EVALUATION.sheet(FOLLOW_UPS), FOLLOW_UP_COLUMNS),)
    if group or place:
        offered = ((UNFINISHED, ("then_no", *REJUDGING)),) if group else ()
    columns = tuple(found for sheet, names in offered if (found := _new_columns(book, sheet, names, edits)))
    if group:
        _numbers(book, inputs, group, edits)
    made = replace(made, lists=changes, columns=columns)
    if not edits:
        return Plan(made, content, content)
    if parts := unkept(content, edits, edition.batas):
        return [Finding("U02", file, details={"parts": join(parts, ", ")})]
    after = edited(content, edits, (LISTS_SHEET, lists), edition.batas)
    check_kept(book, read_sheets(after, edition.batas), edits)
    return Plan(made, content, after)


def _only_left_over(inputs: Inputs, file: str) -> bool:
    """Tell whether a workbook holds nothing but examples that the register no longer has."""
    left = any(finding.code == "X02" and finding.file == file for finding in inputs.findings)
    return left and not any(row.place.file == file for row in inputs.data.rows)


def _anew(inputs: Inputs, file: str, group: Group, before: bytes) -> Plan:
    """Return the workbook as it is prepared for a new edition, in the place of one that holds only examples."""
    data, edition = inputs.data, inputs.edition
    book = replace(achievements(group), sheets=(achievement_sheet(data.columns),))
    rows = prepared_rows(data, group, edition)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / PurePosixPath(file).name
        write_book(path, book, {ACHIEVEMENT.name: rows}, achievement_layout(data, group, edition))
        added = RowsOf(tuple(range(2, len(rows) + 2)), tuple(map(_key, rows)))
        return Plan(BookUpdate(file, added=added), before, path.read_bytes())


Wanted = Mapping[Key, Mapping[object, Row]]
"""The rows that the register has, by measure, then by the number of the target."""
There = Mapping[int, tuple[Key, object]]
"""The rows of a workbook by their place: the measure of each, and the number of its target."""


def _filled(
    book: RawBook, inputs: Inputs, sheet: Sheet, own: Sheet
) -> tuple[Sequence[ReadRow], Sequence[Finding], RawSheet, Mapping[str, int]] | list[Finding]:
    """Return a sheet's rows with findings, the sheet as it lies there, and where the columns of `own` are in it.

    Or else the errors on account of which none of its rows can be read.
    """
    read, _ = corrected(book, inputs.corrections, shown_cell)
    rows, findings = read_sheet(read, sheet)
    raw = book.sheet(sheet.name)
    if raw is None or (errors(findings) and not rows):
        return list(errors(findings))
    raw = with_one_heading_row(raw, [column.heading for column in own.columns if column.required])
    return rows, findings, raw, {name: n + 1 for name, n in positions(raw, (*own.columns, *own.context)).items()}


def _rows(book: RawBook, inputs: Inputs, group: str, edits: dict[str, SheetEdit]) -> BookUpdate | list[Finding]:
    """Add to the edits the rows that only the register has, and what the register tells of the others."""
    filled = _filled(book, inputs, achievement_sheet(inputs.data.columns), ACHIEVEMENT)
    if isinstance(filled, list):
        return filled
    rows, findings, raw, at = filled
    there, wanted = _there(rows, actor_called(inputs.data.actors)), _wanted(inputs, group)
    texts = dict(_texts(raw, there, wanted, at))
    targets = dict(_targets(raw, there, wanted, at))
    new = _missing(there, wanted)
    if new and (unread := _unread(rows, findings)):  # perhaps these are the rows that seem to be missing
        return unread
    used = [row.place.row for row in rows]
    first = free_rows(raw, max(used, default=raw.heading) + 1, len(new))
    cells: dict[Place, str | int | None] = {**texts, **targets}
    heights = {}
    for number, made in enumerate(new, start=first):
        told = {name: value for name, value in made.items() if name in at and value and isinstance(value, str | int)}
        cells |= {(number, at[name]): value for name, value in told.items()}
        heights[number] = row_height((value, _WIDTHS[name]) for name, value in told.items())
    if cells:
        edits[raw.name] = SheetEdit(cells, heights, tuple(used))
    gone = [(number, key) for number, (key, _) in there.items() if key not in wanted]
    return BookUpdate(
        book.file,
        added=RowsOf(tuple(heights), tuple(map(_key, new))),
        gone=RowsOf(tuple(number for number, _ in gone), tuple(key for _, key in gone)),
        renewed=len(texts),
        planned=len(targets),
    )


def _question_rows(
    book: RawBook, inputs: Inputs, place: AnswerFile, edits: dict[str, SheetEdit]
) -> BookUpdate | list[Finding]:
    """Add to the edits the questions that a respondent's workbook lacks, and texts that have changed."""
    sheet, edition = answer_sheet(place.instrument), inputs.edition
    filled = _filled(book, inputs, sheet, sheet)
    if isinstance(filled, list):
        return filled
    rows, _, raw, at = filled
    wanted = {
        tuple(row[name] for name in sheet.key): row
        for row in instrument_rows(inputs.data, place.instrument, place.respondent, edition)
    }
    there = {
        row.place.row: tuple(row.values[n] for n in sheet.key)
        for row in rows
        if all(n in row.values for n in sheet.key)
    }
    cells: dict[Place, str | int | None] = {}
    for number, key in there.items():
        for name in ("subject_name", "part_name", "text"):
            column, text = at.get(name), str(wanted.get(key, {}).get(name) or "")
            if column and text and str(raw.rows[number - 1][column - 1].value or "").strip() != text.strip():
                cells[number, column] = text
    renewed = len({number for number, _ in cells})
    new = [row for key, row in wanted.items() if key not in {*there.values()}]
    used = [row.place.row for row in rows]
    first, heights = free_rows(raw, max(used, default=raw.heading) + 1, len(new)), {}
    widths = {column.name: column.width for column in (*sheet.columns, *sheet.context)}
    for number, made in enumerate(new, start=first):
        told = {name: value for name, value in made.items() if name in at and value and isinstance(value, str | int)}
        cells |= {(number, at[name]): value for name, value in told.items()}
        heights[number] = row_height((value, widths[name]) for name, value in told.items())
    if cells:
        edits[raw.name] = SheetEdit(cells, heights, tuple(used))
    gone = tuple(number for number, key in there.items() if key not in wanted)
    return BookUpdate(book.file, added=RowsOf(tuple(heights)), gone=RowsOf(gone), renewed=renewed, questions=True)


_KEY = ("commitment", "measure", "actor")
_WIDTHS = {column.name: column.width for column in (*ACHIEVEMENT.columns, *ACHIEVEMENT.context)}


def _there(rows: Iterable[ReadRow], called: Callable[[str], str | None]) -> There:
    """Return what the rows are for whose key can be read; an actor may be named in any way that the register knows."""
    found = {}
    for row in rows:
        value = row.values
        if all(name in value for name in _KEY):
            actor = str(value["actor"])
            key = (value["commitment"], value["measure"], called(actor) or actor)
            found[row.place.row] = key, value.get("no")
    return found


def _unread(rows: Iterable[ReadRow], findings: Iterable[Finding]) -> list[Finding]:
    """Return the errors in the keys of rows, but not of those that seem to be no data."""
    cells = {row.place.cells[name] for row in rows for name in _KEY if row.values and name not in row.values}
    return [finding for finding in errors(findings) if finding.cell in cells]


def _wanted(inputs: Inputs, group: str) -> Wanted:
    found: dict[Key, dict[object, Row]] = {}
    for row in prepared_rows(inputs.data, group, inputs.edition):
        found.setdefault(_key(row), {})[row["no"]] = row
    return found


def _missing(there: There, wanted: Wanted) -> list[Row]:
    """Return the rows that the workbook has not: those of measures without any row, and those of planned targets."""
    measures, targets = {key for key, _ in there.values()}, set(there.values())
    return [
        row
        for key, own in wanted.items()
        for number, row in own.items()
        if (key, number) not in targets and (row["target"] or key not in measures)
    ]


def _key(row: Row) -> Key:
    return row["commitment"], row["measure"], row["actor"]  # type: ignore[return-value]


def _texts(raw: RawSheet, there: There, wanted: Wanted, at: Mapping[str, int]) -> Iterator[tuple[Place, str]]:
    """Yield the texts of measures beside the key that are no longer those of the register."""
    column = at.get("measure_text")
    for number, (key, _) in there.items() if column else ():
        text = next((str(row["measure_text"]) for row in wanted.get(key, {}).values()), "")
        if column and text and str(raw.rows[number - 1][column - 1].value or "").strip() != text.strip():
            yield (number, column), text


def _targets(raw: RawSheet, there: There, wanted: Wanted, at: Mapping[str, int]) -> Iterator[tuple[Place, str]]:
    """Yield the planned targets of rows in which none is written."""
    for number, (key, no) in there.items():
        text = str(wanted.get(key, {}).get(no, {}).get("target", ""))
        if text and raw.rows[number - 1][at["target"] - 1].state == "blank":
            yield (number, at["target"]), text


def _numbers(book: RawBook, inputs: Inputs, group: Group, edits: dict[str, SheetEdit]) -> None:
    """Add to the edits the numbers of unfinished targets where a row has none and it is clear which it is."""
    raw = book.sheet(UNFINISHED.name)
    edit = edits.get(raw.name) if raw else None
    if raw is None or edit is None or not edit.headings:
        return
    column = next((place[1] for place, text in edit.cells.items() if text == UNFINISHED.column("then_no").heading), 0)
    at = positions(raw, UNFINISHED.columns)
    names = ("then_commitment", "then_measure", "then_actor", "then_period", "then_target")
    if not column or not set(names) <= at.keys():
        return
    known: dict[tuple[str, ...], list[int]] = {}
    for row in inputs.data.rows:
        if row.group == group:
            key = (str(row.commitment), str(row.measure), row.actor, row.period, plain(row.target))
            known.setdefault(key, []).append(row.no)
    cells = dict(edit.cells)
    for number, held in enumerate(raw.rows[raw.heading :], start=raw.heading + 1):
        wanted = tuple(plain(str(_value(held[at[name]].value) or "")) for name in names)
        if len(found := known.get(wanted, [])) == 1:
            cells[number, column] = found[0]
    edits[raw.name] = replace(edit, cells=cells)


def _new_columns(book: RawBook, sheet: Sheet, names: Collection[str], edits: dict[str, SheetEdit]) -> NewColumns | None:
    """Add to the edits the headings that a sheet may have and has not, behind all that it holds."""
    raw = book.sheet(sheet.name)
    if raw is None or not raw.rows:
        return None
    raw = with_one_heading_row(raw, {heading(column.heading) for column in sheet.columns if column.required})
    there = positions(raw, (*sheet.columns, *sheet.context))
    missing = [column for column in sheet.columns if column.name in names and column.name not in there]
    if not missing or not there:
        return None
    used = [n for row in raw.rows for n, cell in enumerate(row, start=1) if cell.state != "blank"]
    first = max(used) + 1
    cells = {(raw.heading, first + n): column.heading for n, column in enumerate(missing)}
    before = edits.get(raw.name, SheetEdit({}))
    edits[raw.name] = replace(before, cells={**before.cells, **cells}, headings=raw.heading)
    return NewColumns(raw.name, tuple(column.heading for column in missing))


def free_rows(raw: RawSheet, first: int, count: int) -> int:
    """Return the first row from `first` on at which so many rows follow one another that hold nothing."""
    taken = {n for n, row in enumerate(raw.rows, start=1) if any(cell.state != "blank" for cell in row)}
    for reference in raw.merged:
        if place := area(reference):
            taken |= set(range(place[1], place[3] + 1))
    while any(number in taken for number in range(first, first + count)):
        first += 1
    return first


def renewed_lists(
    book: RawBook, layout: Layout, edits: dict[str, SheetEdit]
) -> tuple[tuple[ListChange, ...], tuple[NewList, ...]]:
    """Add the drop-down lists that differ from the register to the edits; return what they gain and lose."""
    raw = book.sheets.get(LISTS_SHEET)
    if raw is None or not raw.rows:
        return (), ()
    cells: dict[Place, str | int | None] = {}
    changes, lists = [], []
    for column, head in enumerate(raw.rows[0], start=1):
        wanted = list(layout.lists.get(shown(head), ()))
        have = [_value(row[column - 1].value) for row in raw.rows[1:]]
        while have and have[-1] is None:
            have.pop()
        if not wanted or wanted == have:
            continue
        lists.append(NewList(column, wanted))
        for n in range(max(len(wanted), len(have))):
            value = wanted[n] if n < len(wanted) else None
            if n >= len(have) or have[n] != value:
                cells[n + 2, column] = value
        added = tuple(value for value in wanted if value not in have)
        removed = tuple(value for value in have if value is not None and value not in wanted)
        changes.append(ListChange(_heading(shown(head)), added, removed))
    if cells:
        edits[raw.name] = SheetEdit(cells)
    return tuple(changes), tuple(lists)


def _value(value: object) -> str | int | None:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, str | int) else None


def _heading(name: str) -> str:
    columns = (column for sheet in (ACHIEVEMENT, *EVALUATION.sheets) for column in sheet.columns)
    found = {column.name: column.heading for column in columns}
    return found.get(name) or ANSWER_HEADINGS.get(name, name)


def check_kept(before: RawBook, after: Mapping[str, RawSheet], edits: Mapping[str, SheetEdit]) -> None:
    """Raise RunError where anything but the wanted cells differs: then nothing is written."""
    for title, sheet in before.sheets.items():
        edit = edits.get(title)
        changed = set(edit.cells) if edit else set()
        old, new = _held(sheet), _held(after[title]) if title in after else {}
        odd = [place for place in old.keys() | new.keys() if old.get(place) != new.get(place) and place not in changed]
        wrong = [p for p, value in (edit.cells if edit else {}).items() if _value(new.get(p, (None,))[0]) != value]
        if odd or wrong or title not in after:
            raise RunError(tell("update.not-kept", file=before.file, sheet=title))


def _held(sheet: RawSheet) -> dict[Place, tuple[object, ...]]:
    return {
        (row, column): (cell.value, cell.number_format, cell.state, cell.formula, cell.struck, cell.link)
        for row, cells in enumerate(sheet.rows, start=1)
        for column, cell in enumerate(cells, start=1)
        if cell.state != "blank"
    }


# Putting files into place -------------------------------------------------------------------------------------


def place_books(root: Path, edition: Edition, plans: Sequence[Plan]) -> tuple[BookUpdate, ...]:
    """Keep the old workbooks aside and write the new ones; after a failure all is as it was. Raises OSError."""
    changed = [plan for plan in plans if plan.after != plan.before]
    if not changed:
        return tuple(plan.update for plan in plans)
    place = edition.current.inputs.rstrip("/")
    kept: dict[str, str] = {}
    with guarded(root, *place.split("/")) as folder:
        was_there = bool(folder.kind(ASIDE))
        with folder.step(ASIDE, make=True) as aside:
            written: list[Plan] = []
            try:
                for plan in changed:
                    if not plan.update.made:
                        kept[plan.update.file] = keep_aside(aside, _own(plan), plan.before)
                for plan in changed:
                    if plan.update.made:
                        folder.write(_own(plan), plan.after, new=True)
                        written.append(plan)
                        continue
                    if folder.read(_own(plan)) != plan.before:
                        raise RunError(tell("update.changed-meanwhile", file=plan.update.file))
                    written.append(plan)
                    folder.write(_own(plan), plan.after)
            except BaseException:
                for plan in written:
                    with suppress(OSError):
                        if folder.read(_own(plan)) == plan.after and plan.update.made:
                            folder.remove(_own(plan))
                        elif folder.read(_own(plan)) == plan.after:
                            folder.write(_own(plan), plan.before)
                for name in kept.values():
                    aside.remove(name)
                if not was_there:
                    folder.remove_empty(ASIDE)
                raise
        if not kept and not was_there:
            folder.remove_empty(ASIDE)
    return tuple(_with_aside(plan.update, place, kept.get(plan.update.file, "")) for plan in plans)


def _own(plan: Plan) -> str:
    return plan.update.file.rpartition("/")[2]


def _with_aside(made: BookUpdate, place: str, name: str) -> BookUpdate:
    return replace(made, aside=f"{place}/{ASIDE}/{name}" if name else "")


def keep_aside(aside: GuardedFolder, own: str, content: bytes) -> str:
    """Write a workbook under the next number that is free; return its name."""
    stem, dot, end = own.rpartition(".")
    taken = [re.fullmatch(rf"{re.escape(stem)}-(\d{{1,6}}){re.escape(dot + end)}", name) for name in aside.names()]
    number = max((int(found[1]) for found in taken if found), default=0) + 1
    name = f"{stem}-{number}{dot}{end}"
    aside.write(name, content, new=True)
    return name
