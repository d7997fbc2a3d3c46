"""Forms that go out: one workbook for each actor, with that actor's rows and no score, and a covering letter each."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from monev.display.phrases import day
from monev.edition.prepared_books import Row, prepared_rows
from monev.io.assessment_file import assessment_file
from monev.io.cover_letter import Letters
from monev.io.guarded_folders import GuardedFolder
from monev.io.inputs import read_inputs
from monev.io.manifest import digest
from monev.io.work_folder import workspace
from monev.io.workbook_writer import Layout, Percent, write_book
from monev.model.assessment_sheets import WORDS
from monev.model.fields import FORM, REPORT, SENT, with_questions
from monev.model.params import Edition
from monev.rules.judging import as_shown
from monev.rules.received_forms import FormMark
from monev.rules.target_plan import Key, expected, key_of
from monev.rules.tidy import Actor, Amount, Dataset, PlannedTarget
from monev.words.errors import InputError, RunError
from monev.words.findings import errors
from monev.words.messages import tell

FOLDER = "formulir"
INDEX = "formulir.json"
"""Stands in a folder of forms beside them: each file with its SHA-256, so that one that was filled there is seen."""


@dataclass(frozen=True)
class Form:
    """A form that was written: whose, its file's name, how many rows it asks for, how many questions it carries.

    `waiting` questions have no room at their rows and go out when others are answered.
    """

    actor: Actor
    file: str
    rows: int
    questions: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class FormsMade:
    """All forms of an edition; actors with nothing to report, and what the letter's template asks for in vain."""

    edition: Edition
    folder: Path
    forms: tuple[Form, ...]
    without: tuple[Actor, ...]
    lacking: tuple[str, ...]


def place(edition: str) -> str:
    """Return the folder of an edition's forms, seen from the root."""
    return f"outputs/{FOLDER}/{edition}"


def make_forms(root: Path, name: str) -> FormsMade:
    """Write the forms of edition `name`, all or none; those of an earlier call are replaced.

    Raises InputError for an unknown edition, for errors in its register and in the letter's template; RunError when
    the folder cannot be written, or holds a form that somebody has filled there.
    """
    inputs = read_inputs(root, name)
    edition, data = inputs.edition, inputs.data
    letters = Letters(root)
    needed = (edition.rencana_aksi, assessment_file(edition.current))
    wrong = [f for f in errors(inputs.findings) if f.file in needed]
    if wrong or letters.unknown:
        raise InputError((*wrong, *letters.unknown))
    rows: dict[str, list[Row]] = {actor.actor: [] for actor in data.actors} | dict(_rows(data, edition))
    versions = {actor: version(own) for actor, own in rows.items()}
    asks = {actor: _second_round(own, actor, data, edition) for actor, own in rows.items()}
    asked = [actor for actor in data.actors if rows[actor.actor]]
    names = file_names([actor.actor for actor in asked])
    with workspace(root, f"{FOLDER}-{name}") as work:
        new = work.path / "baru"
        new.mkdir()
        for actor in asked:
            own, stem = rows[actor.actor], names[actor.actor]
            mark = FormMark(edition.edisi, actor.actor, versions[actor.actor])
            most = max((sum(name.startswith("question.") for name in row) for row in own), default=0)
            book = replace(FORM, sheets=(with_questions(most),)) if most else FORM
            write_book(new / f"{stem}.xlsx", book, {REPORT.name: own}, _layout(edition, actor, mark, own))
            (new / f"{stem}.docx").write_bytes(letters.letter(_words(edition, actor, f"{stem}.xlsx", len(own))))
        index = {path.name: digest(path.read_bytes()) for path in sorted(new.iterdir())}
        (new / INDEX).write_text(json.dumps(index, indent=1), "utf-8")
        work.publish(new.name, f"{FOLDER}/{name}", ours=_is_ours)
    forms = tuple(
        Form(actor, f"{names[actor.actor]}.xlsx", len(rows[actor.actor]), *asks[actor.actor]) for actor in asked
    )
    without = tuple(actor for actor in data.actors if not rows[actor.actor])
    lacking = letters.lacking(_words(edition, asked[0], "x", 1)) if asked else []
    return FormsMade(edition, root / place(name), forms, without, tuple(lacking))


def _is_ours(folder: GuardedFolder) -> bool:
    """Tell whether a folder holds what was written here. Raises RunError for a form that was filled there since."""
    if folder.names() == [REMINDERS]:
        return True
    if INDEX not in folder.names():
        return False
    try:
        index = json.loads(folder.read(INDEX))
    except ValueError:
        return False
    filled = [name for name, sha in index.items() if folder.kind(name) and digest(folder.read(name)) != sha]
    more = [name for name in folder.names() if name not in {*index, INDEX, REMINDERS}]
    if filled or more:
        raise RunError(tell("forms.filled", names=", ".join([*filled, *more][:5]), path=folder.path.name))
    return True


REMINDERS = "pengingat.xlsx"
"""What `collect` writes beside the forms."""


def _rows(data: Dataset, edition: Edition) -> Iterator[tuple[str, list[Row]]]:
    """Yield each actor with the rows to report on."""
    titles = {c.commitment: c.title for c in data.commitments}
    due = expected(data, edition.current.kode)
    for group in dict.fromkeys(actor.group for actor in data.actors):
        found: dict[str, list[Row]] = {}
        for row in prepared_rows(data, group, edition):
            key = (row["commitment"], row["measure"], row["actor"])
            planned = due[key][row["no"]]  # type: ignore[index]
            told = {name: value for name, value in row.items() if name != "last_target"}
            told |= {"title": titles.get(row["commitment"], ""), "agreed": agreed(planned)}  # type: ignore[call-overload]
            found.setdefault(str(row["actor"]), []).append(told)
        yield from found.items()


MOST_QUESTIONS = 20
"""How many questions the row of a form carries at most: more would be no form any more."""


def _second_round(rows: list[Row], actor: str, data: Dataset, edition: Edition) -> tuple[int, int]:
    """Add what an actor has reported already and what is asked back to its rows.

    Return how many questions they carry, and how many have no room.

    Whoever answers sends the whole form again, so what was told must stand in it. Rows that the actor had added come
    below the others.
    """
    if edition.current.masukan != SENT:
        return 0, 0
    told = {key_of(t): t for t in data.targets if (t.actor, t.period) == (actor, edition.current.kode)}
    there: dict[Key, Row] = {tuple(row[name] for name in REPORT.key): row for row in rows}  # type: ignore[misc]
    for key, target in told.items():
        if key not in there:
            there[key] = dict(zip(REPORT.key, key, strict=True)) | {"target": target.target}
            rows.append(there[key])
        there[key] |= {name: _held(getattr(target, name)) for name in WORDS}
    for row in data.faulty:  # what could be read of it comes back to its actor, who fills the rest
        if (row.actor, row.period) == (actor, edition.current.kode) and key_of(row) in there:
            there[key_of(row)] |= {name: _held(value) for name, value in row.held}
    asked: dict[Key, list[str]] = {}
    for question in data.questions:
        if question.is_open and question.key in there:
            asked.setdefault(question.key, []).append(question.question)
    for key, questions in asked.items():
        there[key] |= {f"question.{n}": text for n, text in enumerate(questions[:MOST_QUESTIONS], start=1)}
    carried = sum(min(len(questions), MOST_QUESTIONS) for questions in asked.values())
    return carried, sum(map(len, asked.values())) - carried


def _held(value: object) -> object:
    """Return what a cell of a form holds so that it is read as it was."""
    if not isinstance(value, Amount):
        return value
    number = int(value.value) if value.value.denominator == 1 else float(value.value)
    if value.is_percent:  # a cell shows whole percents
        return Percent(number) if isinstance(number, int) else as_shown(value)
    return number


def agreed(target: PlannedTarget | None) -> str:
    """Return what was agreed on a target beside its words, in words."""
    if target is None:
        return ""
    unit = f" {target.unit}" if target.unit else ""
    ways = (("Awal", target.baseline), ("Sasaran", target.goal))
    numbers = [f"{name}: {a}{'' if a.is_percent else unit}." for name, a in ways if a is not None]
    due = [f"Tenggat: {day(target.due)}."] if target.due else []
    return "\n".join([*([target.criteria] if target.criteria else []), *numbers, *due])


def version(rows: Sequence[Mapping[str, object]]) -> str:
    """Return the version of a form: eight signs that change with what it asks."""
    asked = [{name: value for name, value in row.items() if name != "last_outcome"} for row in rows]
    return hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()[:8]


def form_versions(data: Dataset, edition: Edition) -> dict[str, str]:
    """Return the version that each actor's form has as the register stands."""
    return {actor: version(rows) for actor, rows in _rows(data, edition)}


def file_names(actors: Sequence[str]) -> dict[str, str]:
    """Return a file name for each actor: its short name, without signs that no system or not all allow."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for actor in actors:
        stem = re.sub(r'[<>:"/\\|?*\x00-\x1f]+', "-", actor).strip(" .-")[:80] or "pelaksana"
        stem = f"{stem}-" if re.fullmatch(r"(?i)con|prn|aux|nul|(com|lpt)\d|pengingat", stem) else stem
        name, number = stem, 2
        while name.casefold() in taken:
            name, number = f"{stem}-{number}", number + 1
        taken.add(name.casefold())
        found[actor] = name
    return found


def _layout(edition: Edition, actor: Actor, mark: FormMark, rows: Sequence[Row]) -> Layout:
    return Layout(
        lists={
            "commitment": sorted({int(str(row["commitment"])) for row in rows}),
            "actor": [actor.actor],
            "period": [edition.current.kode],
        },
        optional=tuple(column.name for column in (*REPORT.columns, *REPORT.context)) + _replies(rows),
        locked=(*REPORT.key, "target", *(name for name in _names(rows) if name.startswith("question."))),
        marks=mark.record(),
        guide=tuple(_guide(edition, actor, mark, asks=bool(_replies(rows)))),
        spare=100,
    )


def _names(rows: Sequence[Row]) -> set[str]:
    return {name for row in rows for name in row}


def _replies(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(name.replace("question", "reply") for name in _names(rows) if name.startswith("question."))


def _guide(edition: Edition, actor: Actor, mark: FormMark, *, asks: bool = False) -> Iterator[str]:
    period = edition.current
    yield f"Laporan {actor.full_name}: {period.label} {period.tahun} ({period.kode})"
    yield mark.line()
    yield (
        f"Isi lembar {REPORT.name}. Setiap baris adalah satu target. Kolom abu-abu memuat apa yang direncanakan dan "
        "hasil terakhir; yang diisi adalah kolom Capaian dan sesudahnya. Baris yang tidak diisi dibaca sebagai belum "
        "dilaporkan."
    )
    yield (
        "Realisasi hanya angka, dalam satuan targetnya; persen ditulis 45%. Data Dukung menyebut nama berkas yang "
        "dikirim serta, atau tautannya; beberapa dipisahkan titik koma. Bila tidak ada, tulis Tidak dikumpulkan."
    )
    yield (
        "Bila ada hambatan, pilih jenisnya lalu terangkan. Rencana berisi langkah berikutnya. Nilai tidak diisi di "
        f"sini; penilaian dilakukan {edition.nama.sekretariat}."
    )
    if asks:
        yield (
            "Kolom Pertanyaan memuat apa yang ditanyakan kembali tentang baris itu; jawabannya ditulis di kolom "
            "Jawaban di sebelah kanannya. Isian yang sudah dikirim ada di sini dan boleh diperbaiki."
        )
    yield (
        "Target tambahan ditulis di bawah baris terakhir, dengan Komitmen, UK, Pelaksana, dan Periode yang sama dan No "
        "berikutnya. Jangan mengubah kolom kunci pada baris yang sudah ada. Berkas boleh diberi nama lain dan disimpan "
        "sebagai .xlsx, .xls, atau .ods."
    )
    if edition.formulir.tenggat:
        yield f"Ditunggu paling lambat {day(edition.formulir.tenggat)}."
    if edition.formulir.kontak:
        yield f"Pertanyaan: {edition.formulir.kontak}"


def _words(edition: Edition, actor: Actor, file: str, rows: int) -> dict[str, str]:
    names, period = edition.nama, edition.current
    return {
        "pelaksana": actor.actor,
        "nama": actor.full_name,
        "program": names.program,
        "rencana": names.rencana,
        "sekretariat": names.sekretariat,
        "periode": f"{period.label} {period.tahun} ({period.kode})",
        "satuan_periode": names.satuan_periode,
        "edisi": edition.edisi,
        "jumlah": str(rows),
        "berkas": file,
        "tenggat": day(edition.formulir.tenggat) if edition.formulir.tenggat else "",
        "kontak": edition.formulir.kontak,
    }
