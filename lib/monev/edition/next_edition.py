"""Prepares a new edition: params with one period more, and workbooks ready to fill. Nothing is ever overwritten."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from pydantic import ValidationError

from monev.edition.instrument_books import write_answers
from monev.edition.next_period import next_code, next_label, next_year
from monev.edition.prepared_books import (
    achievement_layout,
    carried_rows,
    evaluation_layout,
    prepared_rows,
    unfinished_rows,
)
from monev.edition.register_columns import with_period
from monev.figures.corrections import corrections_file
from monev.io.guarded_folders import guarded
from monev.io.inputs import Inputs, read_inputs
from monev.io.instrument_files import answer_files, load_instruments
from monev.io.params_file import load_edition_params
from monev.io.params_text import UnknownLayout, following_corrections, following_edition, following_text
from monev.io.workbook_writer import write_book
from monev.model.fields import ACHIEVEMENT, EVALUATION, FOLLOW_UPS, PLAN, SENT, UNFINISHED, achievements
from monev.model.instruments import achievement_sheet
from monev.model.params import Edition, Period, is_edition_name
from monev.words.errors import InputError, RunError
from monev.words.findings import Finding
from monev.words.messages import tell

_EXAMPLE = "2022-S3"


@dataclass(frozen=True)
class PeriodOverrides:
    """What the user sets of the new period; None is derived from the earlier ones, and so is that it reads `forms`."""

    code: str | None = None
    label: str | None = None
    year: int | None = None
    forms: bool = False


@dataclass(frozen=True)
class Prepared:
    """A prepared edition: its files as paths from the root, rows to fill by group, what is left of earlier ones.

    `unfinished` counts targets, `carried` follow-ups.
    """

    edition: Edition
    files: tuple[str, ...]
    rows: Mapping[str, int]
    unfinished: int
    carried: int = 0


def prepare(
    root: Path, name: str, source: str, wishes: PeriodOverrides | None = None, released: Path | None = None
) -> Prepared:
    """Write params and workbooks of edition `name`, which follows edition `source`; all files or none.

    `released` is a root that holds what `source` was released from, if it was: then that is followed, and not what has
    become of it.

    The register is copied: what the plan becomes in the new edition must not change the earlier ones.

    Raises InputError for a bad name, for files that exist (all of them), for an unknown or faulty `source`, and when
    the new period cannot be derived; RunError when the folder cannot be written.
    """
    if not is_edition_name(name):
        raise InputError((Finding("N02", "params", details={"value": name[:80], "example": _EXAMPLE}),))
    folder = f"inputs/{name}"
    params_file = f"params/{name}.yml"
    register = f"{folder}/{PLAN.file}"
    base = released or root
    earlier = load_edition_params(base, source)
    period = _period(earlier, name, folder, wishes or PeriodOverrides())
    own = () if period.masukan == SENT else (group.file for group in earlier.groups)
    books = [f"{folder}/{file}" for file in (*own, EVALUATION.file)]
    edition = following_edition(earlier, name, _title(earlier, period), period, register)
    asked = load_instruments(root, edition).asked
    answers = [place for place in answer_files(edition, asked) if place.period == period]
    books += [place.file for place in answers]
    _refuse_existing(root, [params_file, corrections_file(name), register, *books], folder)
    inputs = read_inputs(base, source).sound()
    texts = {params_file: _params_text(base, source, edition)}
    texts |= _corrections(base, earlier, edition)
    try:
        with tempfile.TemporaryDirectory(prefix=f".{name}.", dir=root) as made:
            work = Path(made)
            left = _write_books(work, books, inputs, edition)
            for place in answers:
                write_answers(work / place.file, inputs.data, place, edition)
            (work / register).write_bytes(with_period(base / earlier.rencana_aksi, edition))
            for file, text in texts.items():
                (work / file).parent.mkdir(parents=True, exist_ok=True)
                (work / file).write_text(text, "utf-8", newline="\n")
            _place(work, root, [register, *books, *reversed(texts)])  # the params last: they make it an edition
    except OSError as error:
        raise RunError(tell("new.unwritable", why=error.strerror or type(error).__name__)) from None
    counts = {str(group): len(prepared_rows(inputs.data, group, edition)) for group in edition.groups}
    return Prepared(edition, (*texts, register, *books), counts, left, len(carried_rows(inputs.data, inputs.edition)))


def _refuse_existing(root: Path, files: Iterable[str], folder: str) -> None:
    if os.path.lexists(root / folder) and not (root / folder).is_dir():
        files = [*files, folder]
    existing = tuple(Finding("N01", file) for file in files if os.path.lexists(root / file))
    if existing:
        raise InputError(existing)
    outside = [place for place in ("params", folder) if not (root / place).resolve().is_relative_to(root.resolve())]
    if outside:
        raise InputError(tuple(Finding("F04", place) for place in outside))


# The new period and its params ------------------------------------------------------------------------------


def _period(earlier: Edition, name: str, folder: str, wishes: PeriodOverrides) -> Period:
    codes = [period.kode for period in earlier.periode]
    labels = [period.label for period in earlier.periode]
    code = wishes.code or next_code(codes)
    label = wishes.label or next_label(labels)
    year = wishes.year or next_year([period.tahun for period in earlier.periode], name)
    missing = [
        Finding("N03", f"params/{earlier.edisi}.yml", details={"what": tell(what), "value": value, "option": option})
        for what, found, value, option in (
            ("new.code", code, codes[-1], "--code"),
            ("new.label", label, labels[-1], "--label"),
        )
        if not found
    ]
    if missing:
        raise InputError(tuple(missing))
    if code in codes:
        raise _bad_period(tell("new.code-taken", value=code), "--code")
    try:
        source: Literal["capaian", "kiriman"] = "kiriman" if wishes.forms else earlier.current.masukan
        return Period(kode=str(code), label=str(label), tahun=year, inputs=folder, masukan=source)
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        why = tell("why.pattern") if field == "kode" else tell("new.bad-year")
        raise _bad_period(why, f"--{field}") from None


def _bad_period(why: object, option: str) -> InputError:
    return InputError((Finding("N04", "params", details={"why": why, "option": option}),))


def _title(earlier: Edition, period: Period) -> str:
    """Return the title with the new year and label where it names those of the last period."""
    last = earlier.current
    title = re.sub(rf"(?<!\d){last.tahun}(?!\d)(?!.*(?<!\d){last.tahun}(?!\d))", str(period.tahun), earlier.judul)
    return re.sub(rf"(?<!\w){re.escape(last.label)}(?!\w)", lambda _: period.label, title)


def _params_text(root: Path, source: str, edition: Edition) -> str:
    file = f"params/{source}.yml"
    try:
        return following_text((root / file).read_text("utf-8"), source, edition)
    except UnknownLayout as unknown:
        raise InputError((Finding("N05", file, details={"value": unknown.key}),)) from None


def _corrections(root: Path, earlier: Edition, edition: Edition) -> dict[str, str]:
    """Return the file of corrections for the new edition: those of workbooks that it still reads."""
    file = corrections_file(earlier.edisi)
    if not (root / file).is_file():
        return {}
    gone = f"{earlier.current.inputs.rstrip('/')}/{EVALUATION.file}"
    try:
        text = following_corrections(
            (root / file).read_text("utf-8"), gone, {earlier.rencana_aksi: edition.rencana_aksi}
        )
    except UnknownLayout as unknown:
        raise InputError((Finding("N05", file, details={"value": unknown.key}),)) from None
    return {corrections_file(edition.edisi): text} if text else {}


# The workbooks ----------------------------------------------------------------------------------------------


def _write_books(work: Path, files: list[str], inputs: Inputs, edition: Edition) -> int:
    """Write the workbooks below `work`; return how many earlier targets they list as unfinished."""
    data = inputs.data
    left = unfinished_rows(data, inputs.edition, inputs.edition.periode)
    sheet = achievement_sheet(data.columns)
    reporting = edition.groups if edition.current.masukan != SENT else ()
    for group, file in zip(reporting, files, strict=False):
        book = achievements(group)
        book = replace(book, sheets=tuple(sheet if other == ACHIEVEMENT else other for other in book.sheets))
        rows = {ACHIEVEMENT.name: prepared_rows(data, group, edition)}
        own = left.get(group, [])
        if own:
            book = replace(book, sheets=(*book.sheets, UNFINISHED))
            rows[UNFINISHED.name] = own
        write_book(work / file, book, rows, achievement_layout(data, group, edition))
    rows = {FOLLOW_UPS: carried_rows(data, inputs.edition)}
    write_book(work / files[len(reporting)], EVALUATION, rows, evaluation_layout(data, edition))
    return sum(map(len, left.values()))


# Putting files into place -----------------------------------------------------------------------------------


def _place(work: Path, root: Path, files: Iterable[str]) -> None:
    """Move files from `work` to the root without overwriting anything; after a failure nothing of them is left."""
    placed: list[str] = []
    made = [folder for folder in _folders(files) if not os.path.lexists(root / folder)]
    try:
        for file in files:
            *steps, name = file.split("/")
            with guarded(root, *steps, make=True) as folder:
                folder.write(name, (work / file).read_bytes(), new=True)
            placed.append(file)
    except BaseException:
        for file in placed:
            *steps, name = file.split("/")
            with guarded(root, *steps) as folder:
                folder.remove(name)
        for left in reversed(made):
            *steps, name = left.split("/")
            with suppress(OSError, RunError), guarded(root, *steps) as folder:
                folder.remove_empty(name)
        raise


def _folders(files: Iterable[str]) -> list[str]:
    """Return the folders that hold files, each after those that it lies in."""
    found = {parent.as_posix() for file in files for parent in PurePosixPath(file).parents}
    return sorted(found - {"."})
