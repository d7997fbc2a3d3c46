"""The forms of a period as they were received: which files count, and what they tell. Nothing is written.

Only what `penerimaan.xlsx` lists is read, and of that only what counts: a report does not depend on what else lies
there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from monev.io.assessment_file import assessment_file
from monev.io.manifest import digest
from monev.io.received_books import read_content
from monev.io.workbook_reader import read_book
from monev.model.fields import EVIDENCE_FOLDER, NOT_SCORED, RECEPTION, SENT
from monev.model.instruments import Instrument
from monev.model.params import Edition, Period
from monev.model.raw_tables import RawBook
from monev.rules.checks import actor_called
from monev.rules.judgements import Question, Reply
from monev.rules.judging import Assessed, assessment_findings, judged_rows, read_assessment
from monev.rules.received_forms import Asked, Foreign, read_form
from monev.rules.reception import Choice, Receipt, choose, read_reception
from monev.rules.rejudging import read_rejudged
from monev.rules.target_plan import Key, expected, key_of
from monev.rules.tidy import Achievements, Dataset, PlannedTarget, Rejudged, Target, Unreported
from monev.words.findings import Finding

_PASSED_OVER = ("~$", ".", "Thumbs.db", "desktop.ini")
_MOST_FILES = 5_000

Correct = Callable[[RawBook], tuple[RawBook, list[Finding]]]


@dataclass(frozen=True)
class Sent:
    """What the forms of a period tell: records, findings, the files that were read, what was chosen of each actor.

    `assessed` is what the secretariat says beside them (None where there is no such workbook), `rejudged` what it
    judges again of earlier periods, `replies` the answers to what was asked back. Of `unread` actors a form was
    received that cannot be read, or chosen, yet.
    """

    rows: Achievements = field(default_factory=Achievements)
    findings: tuple[Finding, ...] = ()
    files: tuple[str, ...] = ()
    choice: Choice = field(default_factory=Choice)
    assessed: Assessed | None = None
    replies: tuple[Reply, ...] = ()
    unread: frozenset[str] = frozenset()
    rejudged: tuple[Rejudged, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """What was asked back."""
        return self.assessed.questions if self.assessed else ()


def folder_of(period: Period) -> str:
    """Return the folder of received files, from the root."""
    return f"{period.inputs.rstrip('/')}/{SENT}"


def reception_file(period: Period) -> str:
    """Return where a period's list of receipts stands."""
    return f"{period.inputs.rstrip('/')}/{RECEPTION.file}"


def names_below(root: Path, folder: str) -> list[str]:
    """Return the files below a folder as paths from it, sorted; no links, nothing hidden, no locks of open books."""
    found: list[str] = []
    for place, folders, names in os.walk(root / folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not os.path.islink(f"{place}/{name}")
        )
        for name in names:
            path = Path(place, name)
            if not name.startswith(_PASSED_OVER) and not path.is_symlink() and path.is_file():
                found.append(path.relative_to(root / folder).as_posix())
        if len(found) > _MOST_FILES:
            break
    return sorted(found)


def both_present(root: Path, edition: Edition) -> Iterator[Finding]:
    """Yield periods that hold workbooks of achievements and received forms: it is not clear which hold."""
    params = f"params/{edition.edisi}.yml"
    for period in edition.periode:
        folder = period.inputs.rstrip("/")
        books = [group.file for group in edition.groups if (root / folder / group.file).is_file()]
        sent = [SENT + "/"] if names_below(root, folder_of(period)) else []
        sent += [RECEPTION.file] if (root / reception_file(period)).is_file() else []
        other, read = (books, sent or [SENT + "/"]) if period.masukan == SENT else (sent, books or ["capaian-*.xlsx"])
        if period.masukan != SENT and (root / assessment_file(period)).is_file():
            yield Finding("Q23", assessment_file(period), details={"code": period.kode, "params": params})
        if other:
            details = {"code": period.kode, "read": ", ".join(read), "present": ", ".join(other), "params": params}
            yield Finding("D01", folder, details=details)


def asked_of(data: Dataset, edition: Edition, period: Period) -> dict[str, Asked]:
    """Return what the form of each actor asks."""
    due = expected(data, period.kode)
    sent_by = edition.edisi if period == edition.current else ""  # earlier forms went out for an earlier edition
    named = {"period": f"params/{edition.edisi}.yml!periode!{period.kode}"}
    measures = {(m.commitment, m.measure, m.actor): replace(m.place, sources=named) for m in data.measures}
    found = {}
    for actor in data.actors:
        keys: dict[Key, PlannedTarget | None] = {
            (*key, period.kode, no): target
            for key, numbers in due.items()
            if key[2] == actor.actor
            for no, target in numbers.items()
        }
        own = {key: target.place if target else measures[key[:3]] for key, target in keys.items()}
        found[actor.actor] = Asked(actor.actor, actor.group, period.kode, sent_by, keys, own)
    return found


def read_receipts(root: Path, edition: Edition, period: Period) -> tuple[tuple[Receipt, ...], list[Finding]]:
    """Return the receipts of a period and findings; none where no file was registered yet."""
    file = reception_file(period)
    if not (root / file).is_file():
        return (), []
    book, findings = read_book(root / file, file, edition.batas)
    receipts, more = read_reception(book) if book else ((), [])
    return receipts, [*findings, *more]


def read_sent(
    root: Path,
    edition: Edition,
    period: Period,
    plan: Dataset,
    correct: Correct,
    instruments: Sequence[Instrument] = (),
) -> Sent:
    """Return what the forms of a period tell, and what the secretariat says beside them.

    `plan` holds the register's records, `correct` mends books, `instruments` have columns in the assessment.
    """
    called = actor_called(plan.actors)
    receipts, findings = read_receipts(root, edition, period)
    choice, more = choose(receipts, called)
    findings += more
    asked = asked_of(plan, edition, period)
    rows = Achievements()
    foreign: list[Foreign] = []
    files: list[str] = []
    replies: list[Reply] = []
    unread = {str(called(receipt.actor)) for receipt in (*choice.chosen, *choice.unclear)}
    listed = [reception_file(period)] if (root / reception_file(period)).is_file() else []
    for receipt in (*choice.chosen, *choice.unclear):
        file = f"{folder_of(period)}/{receipt.name}"
        content = _content(root, file, receipt)
        if content is None:
            findings.append(_gone(receipt, edition, period))
            continue
        book, found = read_content(content, file, edition.batas)
        findings += found
        files.append(file)
        if book is None:
            continue
        book, found = correct(book)
        told, more = read_form(book, asked[str(called(receipt.actor))], called)
        findings += [*found, *more]
        if receipt in choice.chosen:
            rows += told.rows
            foreign += told.foreign
            replies += told.replies
            unread -= {str(called(receipt.actor))} if told.rows.rows else set()
    findings += _twice(foreign, rows)
    rows += _missing(asked, rows)
    if not receipts and not findings:
        details = {"folder": folder_of(period), "edition": edition.edisi}
        findings.append(Finding("D16", reception_file(period), details=details))
    assessed: Assessed | None = None
    rejudged: tuple[Rejudged, ...] = ()
    judging = assessment_file(period)
    if (root / judging).is_file():
        book, found = read_book(root / judging, judging, edition.batas)
        findings += found
        listed.append(judging)
        if book:
            book, found = correct(book)
            assessed, more = read_assessment(book, instruments, called)
            rows = judged_rows(rows, assessed)
            rejudged, again = read_rejudged(book, period.kode)
            findings += [*found, *more, *again]
            if assessed.whole:
                findings += assessment_findings(rows, assessed, replies, unread, judging, edition.edisi)
    findings += _state(rows, reception_file(period), plan)
    read = (*listed, *dict.fromkeys(files))
    return Sent(rows, tuple(findings), read, choice, assessed, tuple(replies), frozenset(unread), rejudged)


def _content(root: Path, file: str, receipt: Receipt) -> bytes | None:
    """Return the bytes of a received file; None where it is not there, leads elsewhere, or is another one now."""
    pure = PurePosixPath(file)
    path = root / file
    try:
        if pure.is_absolute() or ".." in pure.parts or not path.resolve().is_relative_to(root.resolve()):
            return None
        content = path.read_bytes()
    except (OSError, ValueError):
        return None
    return content if digest(content) == receipt.digest else None


def _gone(receipt: Receipt, edition: Edition, period: Period) -> Finding:
    place = receipt.place
    details = {"name": receipt.name, "folder": folder_of(period), "edition": edition.edisi}
    return Finding("D15", place.file, place.sheet, place.cells.get("name", str(place.row)), details)


def _missing(asked: dict[str, Asked], rows: Achievements) -> Achievements:
    """Return the targets that no form tells of, at their places in the register."""
    told = {key_of(row) for row in rows.rows}
    lost = [(own, key) for own in asked.values() for key in own.planned if key not in told]
    return Achievements(unreported=tuple(_unreported(own, key) for own, key in lost))


def _unreported(asked: Asked, key: Key) -> Unreported:
    target = asked.planned[key]
    return Unreported(*key, place=asked.places[key], group=asked.group, target=target.target if target else "")


def _twice(foreign: Sequence[Foreign], rows: Achievements) -> Iterator[Finding]:
    """Yield rows in somebody else's form whose key that actor has reported on as well."""
    reported: list[Target | Unreported] = [*rows.targets, *rows.faulty]
    told = {key_of(row): row.place for row in reported}
    for key, place in foreign:
        if other := told.get(key):
            where = f"{other.file}, sel {other.cells.get('actor', other.row)}"
            yield Finding("D20", place.file, place.sheet, place.cells.get("actor", str(place.row)), {"other": where})


def _state(rows: Achievements, file: str, plan: Dataset) -> Iterator[Finding]:
    """Tell in two lines who has not reported, and how many targets wait for their score."""
    reporting = {t.actor for t in rows.targets} | {row.actor for row in rows.faulty}
    silent = [a.actor for a in plan.actors if a.actor in {u.actor for u in rows.unreported} - reporting]
    if silent:
        yield Finding("D19", file, details={"names": ", ".join(silent)})
    if waiting := sum(target.score == NOT_SCORED for target in rows.targets):
        yield Finding("D18", file, details={"count": waiting})


def sent_files(root: Path, edition: Edition) -> list[str]:
    """Return all files that the forms and the evidence of an edition may be read from, as far as they are there."""
    found: list[str] = []
    for period in edition.periode:
        if period.masukan == SENT:
            found += [reception_file(period), assessment_file(period)]
        for folder in (folder_of(period), f"{period.inputs.rstrip('/')}/{EVIDENCE_FOLDER}"):
            found += [f"{folder}/{name}" for name in names_below(root, folder)]
    return found


def unlisted(root: Path, edition: Edition) -> Iterator[Finding]:
    """Yield received files that nobody has registered yet.

    For whoever collects, not for a report: it does not depend on what is not read.
    """
    for period in edition.periode:
        if period.masukan != SENT:
            continue
        receipts, _ = read_receipts(root, edition, period)
        known = {(receipt.name, receipt.digest) for receipt in receipts}
        folder = folder_of(period)
        names = [n for n in names_below(root, folder) if (n, digest((root / folder / n).read_bytes())) not in known]
        if names:
            shown = ", ".join(f"'{name}'" for name in names[:8]) + (", ..." if len(names) > 8 else "")
            details = {"count": len(names), "folder": folder, "names": shown, "edition": edition.edisi}
            yield Finding("D17", reception_file(period), details=details)
