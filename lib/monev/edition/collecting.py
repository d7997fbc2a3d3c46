"""Forms that come back: each file is registered at first sight, and it is told who has sent and who has not.

Only `penerimaan.xlsx`, `penilaian.xlsx` and the reminder list are written. Rows are added below the others; what was
set by hand stays. A file is known by what it holds: its name may change, its time says nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

from monev.display.phrases import day
from monev.edition.assessment import AssessmentUpdate, refuse_open, renew_assessment
from monev.edition.forms import FOLDER, REMINDERS, form_versions
from monev.figures.reporting import ActorReporting, completeness
from monev.io.assessment_file import assessment_file
from monev.io.guarded_folders import guarded
from monev.io.inputs import Inputs, read_inputs
from monev.io.manifest import digest
from monev.io.params_file import load_edition_params
from monev.io.received_books import read_content
from monev.io.sent_files import both_present, folder_of, names_below, read_receipts, reception_file
from monev.io.workbook_edits import Place, SheetEdit, edited, unkept
from monev.io.workbook_reader import locks, read_book
from monev.io.workbook_writer import LISTS_SHEET, Layout, write_book
from monev.model.fields import RECEIVED, RECEPTION, REMINDER, SENT
from monev.model.params import Edition
from monev.model.raw_tables import RawBook
from monev.rules.checks import actor_called
from monev.rules.received_forms import Identified, differences, identify
from monev.rules.reception import Choice, Receipt, choose
from monev.rules.tidy import read_plan
from monev.words.errors import InputError, RunError
from monev.words.findings import Finding, errors
from monev.words.messages import join, tell

_SPREADSHEETS = (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb")


@dataclass(frozen=True)
class Seen:
    """A file of the folder: its name below it, its SHA-256, and whose form it is (None for what cannot be read)."""

    name: str
    digest: str
    found: Identified | None = None
    problems: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Renamed:
    """A registered file that has another name now."""

    old: str
    new: str
    digest: str


@dataclass(frozen=True)
class Version:
    """An older version that gave way to a newer one, and what the newer one says otherwise."""

    actor: str
    older: str
    newer: str
    cells: tuple[str, ...]
    added: int
    removed: int


@dataclass(frozen=True)
class Collected:
    """What collecting gave: new, renamed, repeated, passed-over files; who reported; what is wrong; the reminders."""

    inputs: Inputs
    new: tuple[Seen, ...]
    renamed: tuple[Renamed, ...]
    copies: tuple[tuple[str, str], ...]
    others: tuple[str, ...]
    versions: tuple[Version, ...]
    receipts: tuple[Receipt, ...]
    choice: Choice
    findings: tuple[Finding, ...]
    reminders: Path
    today: date
    actors: tuple[ActorReporting, ...] = field(default=())
    assessment: AssessmentUpdate | None = None

    def since(self, actor: str) -> date | None:
        """Return when the version of an actor that counts was received; None where none was."""
        called = actor_called(self.inputs.data.actors)
        return next((r.moment.date() for r in self.choice.chosen if called(r.actor) == actor), None)

    def count(self, actor: str) -> int:
        """Return how many versions of an actor were received."""
        called = actor_called(self.inputs.data.actors)
        return len({r.digest for r in self.receipts if called(r.actor) == actor})


def collect(root: Path, name: str, now: datetime) -> Collected:
    """Register the new files of edition `name`, received at `now`, and tell how far its actors have reported.

    Raises InputError for an unknown edition, one that reads no forms, a faulty register or list of receipts, and a list
    that is open elsewhere; RunError when it cannot be written.
    """
    edition = load_edition_params(root, name)
    _refuse(root, edition)
    file, folder = reception_file(edition.current), folder_of(edition.current)
    receipts, problems = read_receipts(root, edition, edition.current)
    if errors(problems):
        raise InputError(tuple(problems))
    called = _register(root, edition)
    books = _Books(root, edition)
    seen = [_seen(books, folder, below, receipts, called) for below in names_below(root, folder)]
    others = tuple(each.name for each in seen if each.found is None and not each.problems)
    sheets = [each for each in seen if each.name not in others]
    new, renamed, copies = _sorted(sheets, receipts)
    if new or renamed:
        _register_files(root, edition, receipts, new, renamed, now)
    inputs = read_inputs(root, name)
    assessment = renew_assessment(root, inputs, now.date())
    if assessment and assessment.touched:
        inputs = read_inputs(root, name)
    receipts, _ = read_receipts(root, edition, edition.current)
    choice, _ = choose(receipts, called)
    complete = completeness(inputs.data, inputs.edition)
    versions = tuple(_versions(books, receipts, called))
    files = (file, assessment_file(edition.current))
    own = [f for f in inputs.findings if f.file in files or f.file.startswith(f"{folder}/")]
    own += _outdated(books, inputs, choice)
    made = Collected(inputs, new, renamed, copies, others, versions, receipts, choice, tuple(own),
                     root / "outputs" / FOLDER / name / REMINDERS, now.date(), complete.actors, assessment)  # fmt: skip
    _write_reminders(root, made)
    return made


def _refuse(root: Path, edition: Edition) -> None:
    if edition.current.masukan != SENT:
        details = {"edition": edition.edisi, "code": edition.current.kode}
        raise InputError((Finding("D23", f"params/{edition.edisi}.yml", details=details),))
    if found := tuple(both_present(root, edition)):
        raise InputError(found)
    file = reception_file(edition.current)
    if open_by := locks(root / file):
        raise InputError((Finding("U01", file, details={"lock": open_by[0]}),))
    refuse_open(root, edition)


def _register(root: Path, edition: Edition) -> Callable[[str], str | None]:
    """Return what tells an actor by its name. Raises InputError for a register with errors."""
    file = edition.rencana_aksi
    book, findings = read_book(root / file, file, edition.batas) if (root / file).is_file() else (None, [])
    if book is None:
        missing = Finding("F01", file, details={"where": f"params/{edition.edisi}.yml"})
        raise InputError(tuple(findings) or (missing,))
    plan, more = read_plan(book, edition.groups)
    if wrong := errors([*findings, *more]):
        raise InputError(tuple(wrong))
    return actor_called(plan["actors"])


# What lies there ------------------------------------------------------------------------------------------------


class _Books:
    """The received files of an edition, each content read once."""

    def __init__(self, root: Path, edition: Edition) -> None:
        self.root, self.edition = root, edition
        self._read: dict[str, tuple[RawBook | None, list[Finding]]] = {}

    def content(self, file: str) -> bytes:
        """Return the bytes of a file. Raises OSError."""
        return (self.root / file).read_bytes()

    def read(self, file: str, content: bytes, sha: str) -> tuple[RawBook | None, list[Finding]]:
        """Return a workbook from its bytes, or None and why not."""
        if sha not in self._read:
            self._read[sha] = read_content(content, file, self.edition.batas)
        return self._read[sha]

    def received(self, receipt: Receipt) -> RawBook | None:
        """Return the workbook of a receipt; None where its content is not there any more."""
        file = f"{folder_of(self.edition.current)}/{receipt.name}"
        try:
            content = self.content(file)
        except OSError:
            return None
        return self.read(file, content, receipt.digest)[0] if digest(content) == receipt.digest else None


def _seen(
    books: _Books, folder: str, name: str, receipts: Sequence[Receipt], called: Callable[[str], str | None]
) -> Seen:
    """Return what a file is; one that is registered needs no second look."""
    file = f"{folder}/{name}"
    try:
        content = books.content(file)
    except OSError as error:
        return Seen(name, "", None, (Finding("F02", file, details={"why": error.strerror or tell("why.cannot-open")}),))
    sha = digest(content)
    if any(receipt.digest == sha for receipt in receipts):
        return Seen(name, sha, identify(RawBook(file, {}), called))
    book, problems = books.read(file, content, sha)
    if book is None:
        is_sheet = name.casefold().endswith(_SPREADSHEETS) or content.startswith(b"\xd0\xcf\x11\xe0")
        return Seen(name, sha, None, tuple(problems) if is_sheet else ())
    return Seen(name, sha, identify(book, called), tuple(problems))


def _sorted(
    seen: Sequence[Seen], receipts: Sequence[Receipt]
) -> tuple[tuple[Seen, ...], tuple[Renamed, ...], tuple[tuple[str, str], ...]]:
    """Return the files that are new, those that have another name now (old, new), and copies (copy, the other)."""
    there = {(each.name, each.digest) for each in seen}
    by_digest: dict[str, str] = {r.digest: r.name for r in receipts}
    new: list[Seen] = []
    renamed: list[Renamed] = []
    copies: list[tuple[str, str]] = []
    for each in seen:
        if (each.name, each.digest) in {(r.name, r.digest) for r in receipts}:
            continue
        was = by_digest.get(each.digest)
        if was is None:
            new.append(each)
            by_digest[each.digest] = each.name
        elif (was, each.digest) in there:
            copies.append((each.name, was))
        else:
            renamed.append(Renamed(was, each.name, each.digest))
            there.add((was, each.digest))
    return tuple(new), tuple(renamed), tuple(copies)


def _versions(books: _Books, receipts: Sequence[Receipt], called: Callable[[str], str | None]) -> Iterator[Version]:
    """Yield for each actor what every version changed of the one before, as far as both are still there."""
    for actor in dict.fromkeys(name for r in receipts if (name := called(r.actor))):
        own = sorted((r for r in receipts if called(r.actor) == actor), key=lambda r: r.moment)
        for older, newer in pairwise(own):
            before, after = books.received(older), books.received(newer)
            if older.digest != newer.digest and before and after:
                cells, added, removed = differences(before, after)
                yield Version(actor, older.name, newer.name, tuple(cells), added, removed)


def _outdated(books: _Books, inputs: Inputs, choice: Choice) -> Iterator[Finding]:
    """Yield forms that count and were made before the register changed."""
    edition, versions = inputs.edition, form_versions(inputs.data, inputs.edition)
    called = actor_called(inputs.data.actors)
    for receipt in choice.chosen:
        book = books.received(receipt)
        mark = identify(book, called).mark if book else None
        wanted = versions.get(str(called(receipt.actor)), "")
        if mark and mark.edition == edition.edisi and wanted and mark.version != wanted:
            file = f"{folder_of(edition.current)}/{receipt.name}"
            yield Finding("D22", file, details={"value": mark.version, "version": wanted})


# Writing ----------------------------------------------------------------------------------------------------------


def _register_files(
    root: Path,
    edition: Edition,
    receipts: Sequence[Receipt],
    new: Sequence[Seen],
    renamed: Sequence[Renamed],
    now: datetime,
) -> None:
    file = reception_file(edition.current)
    *steps, own = file.split("/")
    moment = f"{now:%Y-%m-%d %H:%M:%S}"
    rows = [
        {"name": each.name, "digest": each.digest, "actor": each.found.actor if each.found else "", "moment": moment}
        for each in new
    ]
    try:
        with guarded(root, *steps, make=True) as folder:
            if own not in folder.names():
                folder.write(own, _first(rows), new=True)
                return
            before = folder.read(own)
            after = _added(before, file, receipts, rows, renamed, edition)
            if folder.read(own) == before:
                folder.write(own, after)
    except OSError as error:
        raise RunError(tell("collect.unwritable", file=file, why=error.strerror or type(error).__name__)) from None


def _first(rows: Sequence[dict[str, str]]) -> bytes:
    guide = (
        "Penerimaan kiriman",
        "Daftar ini ditulis ./monev collect ketika sebuah berkas pertama kali terlihat. Urutan diterima menentukan "
        "versi yang dipakai: yang terakhir. Kolom Pelaksana, Diterima, dan Dipakai boleh diperbaiki; baris jangan "
        "dihapus.",
        "Dipakai: Ya memilih versi itu; Tidak melewatinya; kosong berarti menurut urutan.",
    )
    with tempfile.TemporaryDirectory(prefix="monev-") as place:
        path = Path(place) / RECEPTION.file
        write_book(path, RECEPTION, {RECEIVED.name: rows}, Layout(guide=guide, spare=500))
        return path.read_bytes()


def _added(
    before: bytes,
    file: str,
    receipts: Sequence[Receipt],
    rows: Sequence[dict[str, str]],
    renamed: Sequence[Renamed],
    edition: Edition,
) -> bytes:
    """Return the list with rows below the others and new names where files have them."""
    place = receipts[0].place if receipts else None
    if place is None:  # a list without rows holds nothing that could be lost
        return _first(rows)
    at = {name: _column(cell) for name, cell in place.cells.items()}
    first = max(receipt.place.row for receipt in receipts) + 1
    cells: dict[Place, str | int | None] = {}
    for number, row in enumerate(rows, start=first):
        cells |= {(number, at[name]): value for name, value in row.items() if value}
    names = {(each.old, each.digest): each.new for each in renamed}
    for receipt in receipts:
        if new := names.get((receipt.name, receipt.digest)):
            cells[receipt.place.row, at["name"]] = new
    heights = dict.fromkeys(range(first, first + len(rows)), 16.0)
    edits = {place.sheet: SheetEdit(cells, heights, tuple(receipt.place.row for receipt in receipts))}
    if parts := unkept(before, edits, edition.batas):
        raise InputError((Finding("U02", file, details={"parts": join(parts, ", ")}),))
    return edited(before, edits, (LISTS_SHEET, ()), edition.batas)


def _column(address: str) -> int:
    number = 0
    for letter in address.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number


def _write_reminders(root: Path, made: Collected) -> None:
    """Write who is still waited for: a list to send reminders by."""
    rows = [
        {
            "actor": each.actor.actor,
            "full_name": each.actor.full_name,
            "group": each.actor.group,
            "state": "belum mengirim" if made.since(each.actor.actor) is None else "baru sebagian",
            "due": len(each.reporting.due),
            "reported": len(each.reporting.reported),
            "since": since(made, each.actor.actor),
        }
        for each in made.actors
        if not each.is_whole
    ]
    with tempfile.TemporaryDirectory(prefix="monev-") as place:
        path = Path(place) / REMINDERS
        write_book(path, REMINDER, {REMINDER.sheets[0].name: rows}, Layout(spare=0))
        try:
            with guarded(root, "outputs", FOLDER, made.inputs.edition.edisi, make=True) as folder:
                folder.write(REMINDERS, path.read_bytes())
        except OSError as error:
            raise RunError(tell("collect.unwritable", file=made.reminders, why=error.strerror or "")) from None


def since(made: Collected, actor: str) -> str:
    """Return since when an actor is waited for, in words: the day of its last file, or the day that was set."""
    received, wanted = made.since(actor), made.inputs.edition.formulir.tenggat
    if received:
        return f"kiriman terakhir {day(received)}"
    if wanted is None:
        return "tanpa batas waktu"
    late = (made.today - wanted).days
    return f"ditunggu {day(wanted)}" + (f", lewat {late} hari" if late > 0 else "")
