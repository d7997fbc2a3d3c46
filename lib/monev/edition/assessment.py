"""Makes the workbook of assessment and brings it up to date: the actors' words beside the secretariat's own columns.

Only what is written here is ever changed in it: the actors' words, what tells them apart, the state of rows, and
answers where none stands. What an assessor wrote stays; rows are added below the others and none is taken away.
"""

from __future__ import annotations

import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from monev.edition.book_update import BookUpdate, Plan, check_kept, free_rows, place_books, renewed_lists
from monev.edition.forms import agreed
from monev.edition.prepared_books import Row, shades, unfinished_rows
from monev.figures.corrections import corrected
from monev.figures.reporting import earlier
from monev.io.assessment_file import assessment_file
from monev.io.guarded_folders import guarded
from monev.io.inputs import Inputs
from monev.io.source_cells import shown_cell
from monev.io.workbook_edits import Place, SheetEdit, edited, unkept
from monev.io.workbook_reader import locks, read_book, read_sheets
from monev.io.workbook_writer import LISTS_SHEET, Layout, row_height, write_book
from monev.model.assessment_sheets import (
    ANSWERED,
    CHANGED,
    GONE,
    NOT_REPORTED,
    OPEN,
    QUESTIONS,
    TO_JUDGE,
    WORDS,
    assessment_book,
    judging_sheet,
)
from monev.model.fields import ACHIEVEMENT, REJUDGING, UNFINISHED
from monev.model.letters import plain
from monev.model.params import Edition
from monev.model.raw_tables import RawBook, RawSheet
from monev.rules.checks import actor_called
from monev.rules.heading_rows import positions, with_one_heading_row
from monev.rules.judgements import Judgement, Key, Question, digest_of_words, is_changed, looked_again, stamp, state_of
from monev.rules.judging import Assessed, digest_of, read_assessment, words_of
from monev.rules.target_plan import key_of, plan_by_key
from monev.rules.tidy import Target, Unreported
from monev.words.errors import InputError, RunError
from monev.words.findings import Finding
from monev.words.messages import join, tell


@dataclass(frozen=True)
class Restored:
    """A cell with an actor's words that somebody had edited: what stood there, and what stands there now."""

    cell: str
    was: str
    now: str


@dataclass(frozen=True)
class AssessmentUpdate:
    """What was done to the workbook of assessment; `aside` is where the one before is, empty where nothing changed.

    `added` rows are new, `renewed` show other words now, `changed` ones were judged before that; `gone` are of no
    target any more. `answered` counts answers that were brought in.
    """

    file: str
    made: bool = False
    added: int = 0
    renewed: int = 0
    answered: int = 0
    changed: tuple[Key, ...] = ()
    gone: tuple[Key, ...] = ()
    restored: tuple[Restored, ...] = ()
    aside: str = ""
    touched: bool = False


Rows = Mapping[Key, Target | Unreported]
Known = Mapping[str, str]
"""What the register says of a target, by column."""


def refuse_open(root: Path, edition: Edition) -> None:
    """Raise InputError where the workbook is open elsewhere, or holds what could not be kept."""
    file = assessment_file(edition.current)
    if not (root / file).is_file():
        return
    if open_by := locks(root / file):
        raise InputError((Finding("U01", file, details={"lock": open_by[0]}),))
    book, _ = read_book(root / file, file, edition.batas)
    names = (judging_sheet().name, QUESTIONS.name)
    if book and (parts := unkept((root / file).read_bytes(), names, edition.batas)):
        raise InputError((Finding("U02", file, details={"parts": join(parts, ", ")}),))


def renew_assessment(root: Path, inputs: Inputs, today: date) -> AssessmentUpdate | None:
    """Write the workbook of assessment of the current period, or bring it up to date; None where nothing is to judge.

    A workbook that cannot be read is left as it is: the findings of the inputs say why. Raises RunError when it cannot
    be written.
    """
    file = assessment_file(inputs.edition.current)
    rows = _rows(inputs)
    *steps, own = file.split("/")
    try:
        if not (root / file).exists():
            if not any(isinstance(row, Target) for row in rows.values()):
                return None
            with guarded(root, *steps) as folder:
                folder.write(own, _first(inputs, rows), new=True)
            return AssessmentUpdate(file, made=True, added=len(rows), touched=True)
        with guarded(root, *steps) as folder:
            if folder.kind(own) != stat.S_IFREG:
                raise RunError(tell("root.leads-out", path=file))
            before = folder.read(own)
        return _renewed(root, inputs, rows, before, today)
    except OSError as error:
        raise RunError(tell("collect.unwritable", file=file, why=error.strerror or type(error).__name__)) from None


def _rows(inputs: Inputs) -> Rows:
    """Return the rows of the current period in the register's order."""
    data, code = inputs.data, inputs.edition.current.kode
    actors = {actor.actor: n for n, actor in enumerate(data.actors)}
    rows = [row for row in data.rows if row.period == code]
    rows.sort(key=lambda row: (row.commitment, row.measure, actors.get(row.actor, len(actors)), row.no))
    return {key_of(row): row for row in rows}


# A new one ----------------------------------------------------------------------------------------------------


def _first(inputs: Inputs, rows: Rows) -> bytes:
    book = assessment_book(inputs.data.columns)
    sheet = book.sheets[0]
    about = _about(inputs)
    made: dict[str, list[Row]] = {sheet.name: [_made(row, about(row)) for row in rows.values()]}
    if left := _unfinished(inputs):
        book = replace(book, sheets=(*book.sheets, UNFINISHED))
        made[UNFINISHED.name] = left
    with tempfile.TemporaryDirectory(prefix="monev-") as place:
        path = Path(place) / book.file
        write_book(path, book, made, _layout(inputs))
        return path.read_bytes()


def _unfinished(inputs: Inputs) -> list[Row]:
    """Return what earlier periods left unfinished, to be judged again in this one."""
    left = unfinished_rows(inputs.data, inputs.edition, earlier(inputs.edition))
    return [row for own in left.values() for row in own]


def _about(inputs: Inputs) -> Callable[[Target | Unreported], Known]:
    """Return what tells of a row what the register says: its measure, the target, when it counts as reached."""
    data = inputs.data
    measures = {(m.commitment, m.measure, m.actor): m.text for m in data.measures}
    planned = plan_by_key(data)

    def about(row: Target | Unreported) -> Known:
        key = key_of(row)
        return {"measure_text": measures.get(key[:3], ""), "target": row.target, "agreed": agreed(planned.get(key))}

    return about


def _made(row: Target | Unreported, known: Known) -> dict[str, object]:
    state = TO_JUDGE if isinstance(row, Target) else NOT_REPORTED
    key = dict(zip(ACHIEVEMENT.key, key_of(row), strict=True))
    return {**key, **known, **words_of(row), "state": state, "shown": digest_of(row)}


def _layout(inputs: Inputs) -> Layout:
    data, edition = inputs.data, inputs.edition
    sheet = judging_sheet(data.columns)
    return Layout(
        lists={
            "commitment": [c.commitment for c in data.commitments],
            "actor": [actor.actor for actor in data.actors],
            "period": [edition.current.kode],
        },
        shades=shades(edition),
        optional=tuple(column.name for column in (*sheet.columns, *sheet.context, *UNFINISHED.columns)),
        locked=(*ACHIEVEMENT.key, "shown", *(c.name for c in UNFINISHED.columns if c.name not in REJUDGING)),
        guide=tuple(_guide(edition)),
        spare=500,
    )


def _guide(edition: Edition) -> Iterator[str]:
    period = edition.current
    yield f"Penilaian: {period.label} {period.tahun} ({period.kode})"
    yield (
        "Lembar Penilaian memuat satu baris untuk tiap target. Kolom abu-abu sesudah kunci berisi kata-kata pelaksana, "
        "ditulis ./monev collect dari kirimannya; kolom sesudahnya diisi sekretariat."
    )
    yield (
        "Nilai ialah angka 0 sampai 100, N/A bila bergantung pada pelaksana lain, atau - bila tidak ada target. Alasan "
        "Nilai dicetak di bawah targetnya. Isi Diperiksa Oleh dan Tanggal pada setiap baris yang dinilai."
    )
    yield (
        "Bila pelaksana mengirim lagi sesudah dinilai, Keadaan berbunyi berubah sesudah dinilai. Lihat lagi barisnya, "
        "perbaiki nilainya bila perlu, lalu tulis Tanggal yang lebih baru (jam boleh disertakan). Menghapus isi "
        "Dinilai Atas berarti sama: yang tampil sekarang sudah dilihat."
    )
    yield (
        "Penilai kedua memakai Nilai 2, Status 2, dan Penilai 2. Yang berbeda tidak masuk laporan sampai keputusannya "
        "ditulis di Nilai Akhir atau Status Akhir."
    )
    yield (
        "Lembar Konfirmasi memuat pertanyaan kepada pelaksana: salin kunci targetnya, tulis Pertanyaan dan Ditanyakan. "
        f"./monev forms {edition.edisi} memuatnya dalam formulir pelaksana; ./monev collect membawa jawabannya kemari."
    )
    if earlier(edition):
        yield (
            f"Lembar {UNFINISHED.name}, bila ada, memuat target periode terdahulu yang belum selesai. Yang selesai "
            "sesudahnya diberi Nilai Baru, Data Dukung Baru, dan Alasan; nilai waktu itu tetap."
        )


# One that is there ----------------------------------------------------------------------------------------------


def _renewed(root: Path, inputs: Inputs, rows: Rows, before: bytes, today: date) -> AssessmentUpdate:
    edition, file = inputs.edition, assessment_file(inputs.edition.current)
    found, _ = read_book(root / file, file, edition.batas)
    if found is None:
        return AssessmentUpdate(file)
    book = RawBook(file, read_sheets(before, edition.batas))
    mended, _ = corrected(book, inputs.corrections, shown_cell)
    read, _ = read_assessment(mended, inputs.data.columns, actor_called(inputs.data.actors))
    edits: dict[str, SheetEdit] = {}
    answers = _answers(book, inputs, read, today, edits)
    update = _judging(book, inputs, rows, read, answers, edits)
    update = replace(update, answered=len(answers))
    _, lists = renewed_lists(book, _layout(inputs), edits)
    if not edits:
        return update
    if parts := unkept(before, edits, edition.batas):
        raise InputError((Finding("U02", file, details={"parts": join(parts, ", ")}),))
    after = edited(before, edits, (LISTS_SHEET, lists), edition.batas)
    check_kept(book, read_sheets(after, edition.batas), edits)
    [placed] = place_books(root, edition, [Plan(BookUpdate(file), before, after)])
    return replace(update, aside=placed.aside, touched=True)


def _answers(
    book: RawBook, inputs: Inputs, read: Assessed, today: date, edits: dict[str, SheetEdit]
) -> dict[int, tuple[Question, str]]:
    """Add the answers that came back to the edits, where none stands; return them by the row of their question."""
    raw = book.sheet(QUESTIONS.name)
    if raw is None or inputs.sent is None:
        return {}
    at = _columns(raw, QUESTIONS.columns)
    by_words = {(question.key, plain(question.question)): question for question in reversed(read.questions)}
    found: dict[int, tuple[Question, str]] = {}
    cells: dict[Place, str | int | None] = {}
    for reply in inputs.sent.replies:
        question = by_words.get((reply.key, plain(reply.question)))
        if question is None or question.answer or not {"answer", "answered", "status"} <= at.keys():
            continue
        row = question.place.row
        found[row] = question, reply.answer
        cells[row, at["answer"]] = reply.answer
        if question.answered is None:
            cells[row, at["answered"]] = f"{today:%Y-%m-%d}"
        if question.status in ("", OPEN):
            cells[row, at["status"]] = ANSWERED
    if cells:
        edits[raw.name] = SheetEdit(cells)
    return found


def _columns(raw: RawSheet, columns: Sequence[object]) -> dict[str, int]:
    """Return the columns of a sheet that are there, by name, counted from 1."""
    return {name: n + 1 for name, n in positions(raw, columns).items()}  # type: ignore[arg-type]


def _judging(
    book: RawBook,
    inputs: Inputs,
    rows: Rows,
    read: Assessed,
    answers: Mapping[int, tuple[Question, str]],
    edits: dict[str, SheetEdit],
) -> AssessmentUpdate:
    """Add to the edits what the forms say now, what was judged before, and the rows of targets that have none."""
    sheet = judging_sheet(inputs.data.columns)
    raw = book.sheet(sheet.name)
    if raw is None or not read.whole:
        return AssessmentUpdate(book.file)
    raw = with_one_heading_row(raw, [column.heading for column in sheet.columns if column.required])
    at = _columns(raw, (*sheet.columns, *sheet.context))
    brought: dict[Key, list[str]] = {}
    for question in read.questions:
        answer = answers[question.place.row][1] if question.place.row in answers else question.answer
        if answer:
            brought.setdefault(question.key, []).append(answer)
    about = _about(inputs)
    cells: dict[Place, str | int | None] = {}
    renewed: list[Key] = []
    changed: list[Key] = []
    gone: list[Key] = []
    restored: list[Restored] = []
    for judged in read.rows:
        row = rows.get(judged.key)
        wanted: dict[str, str] = {"state": GONE}
        if row is None:
            gone.append(judged.key)
        elif row in inputs.data.faulty or (inputs.sent and row.actor in inputs.sent.unread):
            continue  # what that form says is not known
        else:
            judged, wanted, edited_by_hand = _wanted(judged, row, read, brought.get(judged.key, []))
            wanted |= about(row)
            restored += edited_by_hand
            if judged.shown != wanted["shown"]:
                renewed.append(judged.key)
            if wanted["state"] == CHANGED:
                changed.append(judged.key)
        for name, text in wanted.items():
            place = (judged.place.row, at.get(name, 0))
            if place[1] and plain(_text(raw, place)) != plain(text):
                cells[place] = text or None
    known = {judged.key for judged in read.rows}
    new = [row for key, row in rows.items() if key not in known]
    used = [judged.place.row for judged in read.rows]
    first, heights = free_rows(raw, max(used, default=raw.heading) + 1, len(new)), {}
    widths = {column.name: column.width for column in (*sheet.columns, *sheet.context)}
    for number, row in enumerate(new, start=first):
        told = {
            name: value
            for name, value in _made(row, about(row)).items()
            if name in at and isinstance(value, str | int) and value
        }
        cells |= {(number, at[name]): value for name, value in told.items()}
        heights[number] = row_height((value, widths[name]) for name, value in told.items())
    if cells:
        edits[raw.name] = SheetEdit(cells, heights, tuple(used))
    return AssessmentUpdate(
        book.file, False, len(new), len(renewed), 0, tuple(changed), tuple(gone), tuple(restored)
    )  # fmt: skip


def _wanted(
    judged: Judgement, row: Target | Unreported, read: Assessed, answers: Sequence[str]
) -> tuple[Judgement, dict[str, str], list[Restored]]:
    """Return the row with what was judged written down, what should stand in its cells, and what was edited there.

    `answers` are those to its questions, with the ones that came only now.
    """
    words, digest = words_of(row), digest_of(row)
    texts = (read.texts or {}).get(judged.place.row, {})
    wanted = {**words, "shown": digest}
    if judged.begun and judged.shown and looked_again(judged):
        judged = replace(judged, basis=stamp(judged, read.answers(judged.key)))
        wanted["basis"] = judged.basis
    changed = is_changed(judged, digest, answers)
    wanted["state"] = state_of(judged, reported=isinstance(row, Target), changed=changed)
    own = [texts[name][0] for name in WORDS if name in texts]
    by_hand = len(own) == len(WORDS) and judged.shown and digest_of_words(own) != judged.shown
    odd = [
        Restored(texts[name][1], texts[name][0], words[name])
        for name in (WORDS if by_hand else ())
        if plain(texts[name][0]) != plain(words[name])
    ]
    return judged, wanted, odd


def _text(raw: RawSheet, place: Place) -> str:
    row, column = place
    cells = raw.rows[row - 1]
    value = cells[column - 1].value if column <= len(cells) else None
    return "" if value is None else str(value)


# Questions that wait ------------------------------------------------------------------------------------------


def waiting_questions(inputs: Inputs) -> list[Question]:
    """Return the current period's open questions, the oldest first; those without a date come last."""
    found = [question for question in (inputs.sent.questions if inputs.sent else ()) if question.is_open]
    return sorted(found, key=lambda question: question.asked or date.max)
