"""Instruments: sets of questions with a scale, asked of respondents about a target, commitment, actor or the programme.

One YAML file is one instrument: `params/instrumen/<kode>.yml` of a root, or one of those that come with the package.
Keys are Indonesian because analysts write them. `faults` tells what is wrong with a file whose form is right, each at
its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from monev.model.closed_model import ClosedModel
from monev.model.fields import ACHIEVEMENT, Column, Sheet
from monev.model.groups import Group
from monev.model.letters import heading
from monev.model.params import Exact, slug
from monev.words.findings import Finding, nearest
from monev.words.messages import tell

FOLDER = "params/instrumen"
SECRETARIAT, EVERY_GROUP = "sekretariat", "kelompok"
"""Respondents that are no group's code: the secretariat, and each group of actors separately."""
TARGET, COMMITMENT, ACTOR, PROGRAMME = "target", "komitmen", "pelaksana", "program"
MEAN, WEIGHTED, LOWEST, SHARE = "rata-rata", "rata-rata berbobot", "terendah", "bagian"
ANSWERS = "Jawaban"
"""The sheet in which an instrument is answered."""
ANSWER_HEADINGS = {"subject": "Subjek", "question": "Pertanyaan", "answer": ANSWERS, "remark": "Catatan"}
"""The columns of that sheet which no other sheet has, by their names in code."""
AVERAGE = "rata-rata"
"""Stands for the mean of all respondents in the ids of figures."""

Code = Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
Words = Annotated[str, Field(min_length=1, max_length=600)]
Name = Annotated[str, Field(min_length=1, max_length=80)]


class Level(ClosedModel):
    """One level of a scale; without `nilai` an answer says that the question cannot be answered, and does not count.

    `juga` are other spellings that are read as this level.
    """

    nama: Name
    nilai: Exact | None = None
    arti: str = Field(default="", max_length=300)
    juga: tuple[Name, ...] = ()


class Scale(ClosedModel):
    """The levels that an answer may have."""

    jenis: Literal["ordinal", "ya-tidak"] = "ordinal"
    tingkat: tuple[Level, ...] = Field(min_length=2, max_length=20)

    @property
    def counted(self) -> tuple[Level, ...]:
        """The levels that count, in the file's order."""
        return tuple(level for level in self.tingkat if level.nilai is not None)

    def level(self, name: str) -> Level:
        """Return the level of that name. Raises KeyError for an unknown one."""
        return {level.nama: level for level in self.tingkat}[name]

    def percent(self, name: str) -> Fraction | None:
        """Return where a level lies between the lowest (0) and the highest (100); None for one that does not count."""
        value = self.level(name).nilai
        values = [level.nilai for level in self.counted if level.nilai is not None]
        return None if value is None else 100 * (value - min(values)) / (max(values) - min(values))


class Question(ClosedModel):
    """One question; `kolom` names the column of Capaian in which it is answered, instead of a sheet of its own."""

    kode: Code
    teks: Words
    penjelasan: str = Field(default="", max_length=1000)
    bobot: Exact | None = Field(default=None, ge=0)
    kolom: str = Field(default="", max_length=60)
    lebar: int = Field(default=13, ge=4, le=60)


class Part(ClosedModel):
    """Questions that belong together: a stage, a principle."""

    kode: Code
    nama: Name
    keterangan: str = Field(default="", max_length=1000)
    bobot: Exact | None = Field(default=None, ge=0)
    pertanyaan: tuple[Question, ...] = Field(min_length=1)


class Subject(ClosedModel):
    """Something that an instrument about the programme asks about, where it is not the programme as a whole."""

    kode: Code
    nama: Name


class Instrument(ClosedModel):
    """One instrument, as its file says.

    `sebutan` is what the report calls one answer in the middle of a sentence; `pengenal` begins the ids of the figures
    that count the answers of columns in Capaian.
    """

    kode: Code
    nama: Name
    sumber: Words
    tentang: Literal["target", "komitmen", "pelaksana", "program"]
    responden: tuple[Name, ...] = Field(min_length=1)
    skala: Scale
    agregasi: Literal["rata-rata", "rata-rata berbobot", "terendah", "bagian"] = "rata-rata"
    ambang: str = ""
    keterangan: str = Field(default="", max_length=2000)
    sebutan: str = Field(default="", max_length=60)
    pengenal: str = Field(default="", pattern=r"^([a-z][a-z-]*)?$")
    subjek: tuple[Subject, ...] = ()
    bagian: tuple[Part, ...] = Field(min_length=1)

    @property
    def file(self) -> str:
        """Where a root keeps it, and by which name its settings are told also if it came with the package."""
        return instrument_file(self.kode)

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, part by part."""
        return tuple(question for part in self.bagian for question in part.pertanyaan)

    @property
    def in_columns(self) -> bool:
        """It is answered in columns of sheet Capaian."""
        return bool(self.questions[0].kolom)

    @property
    def called(self) -> str:
        """What the report calls an answer."""
        return self.sebutan or self.nama

    @property
    def distribution(self) -> str:
        """Where the ids of figures begin that count the answers of its columns."""
        return self.pengenal or f"instrumen.{self.kode}.kolom"

    def texts(self) -> tuple[str, ...]:
        """Return all that the report prints of it as it stands in the file."""
        own = [self.nama, self.called, self.sumber, self.keterangan]
        own += [text for level in self.skala.tingkat for text in (level.nama, level.arti)]
        own += [text for part in self.bagian for text in (part.nama, part.keterangan)]
        own += [text for question in self.questions for text in (question.teks, question.penjelasan, question.kolom)]
        return tuple(dict.fromkeys(text for text in (*own, *(s.nama for s in self.subjek)) if text))

    def part_of(self, question: str) -> Part:
        """Return the part that holds a question. Raises StopIteration for an unknown one."""
        return next(part for part in self.bagian if any(q.kode == question for q in part.pertanyaan))

    def respondents(self, groups: Sequence[Group]) -> tuple[str, ...]:
        """Return who answers: the secretariat's word and groups, each once, in the file's order."""
        every = EVERY_GROUP.casefold()
        known = (groups if name.casefold() == every else [_respondent(name, groups) or name] for name in self.responden)
        named: Iterator[Sequence[str]] = iter(known)
        return tuple(dict.fromkeys(name for own in named for name in own))

    def columns(self) -> tuple[Column, ...]:
        """Return its columns in sheet Capaian; none where it has a sheet of its own."""
        return tuple(self._column(question) for question in self.questions) if self.in_columns else ()

    def _column(self, question: Question) -> Column:
        name, about = column_name(self, question), question.penjelasan or question.teks
        levels = self.skala.tingkat
        also = tuple((other, level.nama) for level in levels for other in level.juga)
        return Column(
            name, question.kolom, "choice", about, required=False, filled=False,
            choices=tuple(level.nama for level in levels), also=also, width=question.lebar,
        )  # fmt: skip


def instrument_file(code: str) -> str:
    """Return where a root keeps the instrument of that code."""
    return f"{FOLDER}/{code}.yml"


def column_name(instrument: Instrument, question: Question) -> str:
    """Return the name in code of the column in which a question is answered."""
    return f"{instrument.kode}.{question.kode}"


def achievement_sheet(instruments: Iterable[Instrument]) -> Sheet:
    """Return sheet Capaian with the columns of these instruments before the last one, the remark."""
    *first, remark = ACHIEVEMENT.columns
    own = [column for instrument in instruments for column in instrument.columns()]
    return Sheet(
        ACHIEVEMENT.name, (*first, *own, remark), ACHIEVEMENT.key, ACHIEVEMENT.about, ACHIEVEMENT.beside,
        ACHIEVEMENT.context, ACHIEVEMENT.required,
    )  # fmt: skip


def _respondent(name: str, groups: Iterable[Group]) -> str | None:
    """Return the respondent that a name means, in whatever case: a group by any of its names; None if unknown."""
    known: dict[str, str] = {word: word for word in (SECRETARIAT, EVERY_GROUP)}
    for group in groups:
        known |= {other.casefold(): group for other in (str(group), group.id, *group.also)}
    return known.get(name.casefold())


def respondent_id(who: str) -> str:
    """Return a respondent as it stands in ids and file names: a group by its code."""
    return who.id if isinstance(who, Group) else slug(who)


# What is wrong with a file -------------------------------------------------------------------------------------------

Place = tuple[str | int, ...]
Lines = Mapping[Place, int]


class _Teller:
    """Makes findings at the lines of one file."""

    def __init__(self, instrument: Instrument, lines: Lines) -> None:
        self.made, self._lines = instrument, lines

    def line(self, *place: str | int) -> int:
        """Return the line of the innermost key on the way to a place that the file has."""
        return next((self._lines[place[:n]] for n in range(len(place), 0, -1) if place[:n] in self._lines), 1)

    def tell(self, code: str, *place: str | int, **details: object) -> Finding:
        return Finding(code, self.made.file, cell=str(self.line(*place)), details=details)


def faults(instrument: Instrument, lines: Lines, groups: Sequence[Group]) -> Iterator[Finding]:
    """Yield what is wrong with an instrument whose keys are right, each at its line; `groups` are codes of groups."""
    teller = _Teller(instrument, lines)
    yield from _respondents(teller, groups)
    yield from _scale(teller)
    yield from _threshold(teller)
    yield from _alike(teller)
    yield from _asked_twice(teller)
    yield from _weights(teller)
    yield from _columns(teller)
    if instrument.subjek and instrument.tentang != PROGRAMME:
        yield teller.tell("I09", "subjek", about=instrument.tentang)


def _respondents(teller: _Teller, groups: Sequence[Group]) -> Iterator[Finding]:
    known = (SECRETARIAT, EVERY_GROUP, *map(str, groups))
    for n, name in enumerate(teller.made.responden):
        if _respondent(name, groups) is None:
            choices = ", ".join(known)
            yield teller.tell("I01", "responden", n, value=name, choices=choices, hint=nearest(name, known))


def _shown(value: Fraction) -> str:
    return f"{float(value):.6g}".replace(".", ",")


def _scale(teller: _Teller) -> Iterator[Finding]:
    """Yield a scale that cannot be one: too few levels that count, values out of order, steps of different size."""
    scale = teller.made.skala
    counted = [(n, level.nama, level.nilai) for n, level in enumerate(scale.tingkat) if level.nilai is not None]
    if len(counted) < 2 or (scale.jenis == "ya-tidak" and len(counted) != 2):
        yield teller.tell("I02", "skala", "tingkat", kind=scale.jenis, count=len(counted))
        return
    steps = [after[2] - before[2] for before, after in pairwise(counted)]
    rising = steps[0] > 0
    for (_, before, _), (n, name, value), step in zip(counted, counted[1:], steps, strict=False):
        if step == 0 or (step > 0) != rising:
            yield teller.tell("I03", "skala", "tingkat", n, "nilai", value=name, number=_shown(value), before=before)
            return
    least = min(map(abs, steps))
    for (_, before, from_), (n, name, value), step in zip(counted, counted[1:], steps, strict=False):
        if abs(step) != least:
            wanted = _shown(from_ + (least if rising else -least))
            details = {"value": name, "number": _shown(value), "before": before, "wanted": wanted}
            yield teller.tell("I04", "skala", "tingkat", n, "nilai", **details)


def _threshold(teller: _Teller) -> Iterator[Finding]:
    made = teller.made
    names = [level.nama for level in made.skala.counted]
    if made.agregasi == SHARE and made.ambang not in names:
        place = ("ambang",) if made.ambang else ("agregasi",)
        hint = nearest(made.ambang, names)
        yield teller.tell("I05", *place, value=made.ambang or "-", choices=", ".join(names), hint=hint)
    elif made.ambang and made.agregasi != SHARE:
        yield teller.tell("I06", "ambang", key="ambang", rule=SHARE)


def _alike(teller: _Teller) -> Iterator[Finding]:
    """Yield names and codes that would share an id, and columns that would share a heading."""
    made = teller.made
    parts = list(enumerate(made.bagian))
    questions = [(n, m, q) for n, part in parts for m, q in enumerate(part.pertanyaan)]
    series: list[list[tuple[str, Place]]] = [
        [(name, ("skala", "tingkat", n)) for n, level in enumerate(made.skala.tingkat) for name in _spellings(level)],
        [(part.kode, ("bagian", n, "kode")) for n, part in parts],
        [(q.kode, ("bagian", n, "pertanyaan", m, "kode")) for n, m, q in questions],
        [(s.kode, ("subjek", n, "kode")) for n, s in enumerate(made.subjek)],
        [(q.kolom, ("bagian", n, "pertanyaan", m, "kolom")) for n, m, q in questions if q.kolom],
    ]
    for names in series:
        first: dict[str, Place] = {}
        for name, place in names:
            if slug(name) in first:
                yield teller.tell("I07", *place, value=name, first=teller.line(*first[slug(name)]))
            first.setdefault(slug(name), place)


def _spellings(level: Level) -> tuple[str, ...]:
    return (level.nama, *(name for name in level.juga if slug(name) != slug(level.nama)))


def _asked_twice(teller: _Teller) -> Iterator[Finding]:
    first: dict[str, Place] = {}
    for n, part in enumerate(teller.made.bagian):
        for m, question in enumerate(part.pertanyaan):
            place: Place = ("bagian", n, "pertanyaan", m, "teks")
            words = heading(question.teks.rstrip(" ?.!"))
            if words in first:
                yield teller.tell("I08", *place, value=question.kode, first=teller.line(*first[words]))
            first.setdefault(words, place)


def _weights(teller: _Teller) -> Iterator[Finding]:
    """Yield weights that are missing, that no rule uses, or that do not add up to 1 or 100."""
    made = teller.made
    groups: list[tuple[str, Place, Sequence[Part | Question]]] = [("bagian", ("bagian",), made.bagian)]
    for n, part in enumerate(made.bagian):
        groups.append((f"pertanyaan {part.kode}", ("bagian", n, "pertanyaan"), part.pertanyaan))
    given = [item.bobot for _, _, items in groups for item in items if item.bobot is not None]
    if made.agregasi == WEIGHTED and not given:
        yield teller.tell("I11", "agregasi", what="bagian, pertanyaan")
    for what, place, items in groups:
        own = [(n, item.bobot) for n, item in enumerate(items) if item.bobot is not None]
        if not own:
            continue
        if made.agregasi != WEIGHTED:
            yield teller.tell("I06", *place, own[0][0], "bobot", key="bobot", rule=WEIGHTED)
        elif len(own) < len(items):
            bare = next(n for n, item in enumerate(items) if item.bobot is None)
            yield teller.tell("I11", *place, bare, what=what)
        elif (total := sum((weight for _, weight in own), Fraction(0))) not in (1, 100):
            yield teller.tell("I10", *place, what=what, total=_shown(total))


def _columns(teller: _Teller) -> Iterator[Finding]:
    """Yield columns of Capaian that cannot be: of some questions only, not about targets, or named like another."""
    made, taken = teller.made, {heading(c.heading) for c in (*ACHIEVEMENT.columns, *ACHIEVEMENT.context)}
    if not any(question.kolom for question in made.questions):
        return
    for n, part in enumerate(made.bagian):
        for m, question in enumerate(part.pertanyaan):
            place: Place = ("bagian", n, "pertanyaan", m)
            if not question.kolom or made.tentang != TARGET:
                why = tell("why.column-all") if made.tentang == TARGET else tell("why.column-target")
                yield teller.tell("I12", *place, "kolom", value=question.kode, why=why)
            elif heading(question.kolom) in taken:
                yield teller.tell("I12", *place, "kolom", value=question.kode, why=tell("why.column-taken"))


# Its own sheet -------------------------------------------------------------------------------------------------------


def answer_sheet(instrument: Instrument) -> Sheet:
    """Return the sheet in which an instrument is answered: one row for each question about each subject."""
    key = _subject_columns(instrument)
    levels = instrument.skala.tingkat
    choices = ", ".join(level.nama for level in levels)
    also = tuple((other, level.nama) for level in levels for other in level.juga)
    return Sheet(
        ANSWERS,
        (
            *key,
            Column("question", "Pertanyaan", "code", "Kode pertanyaan.", width=14),
            Column(
                "answer", ANSWERS, "choice", f"Salah satu dari: {choices}; kosong selama belum dijawab.", filled=False,
                choices=tuple(level.nama for level in levels), also=also,
                width=max(14, min(30, *(len(level.nama) + 4 for level in levels))),
            ),
            Column(
                "remark", "Catatan", "text", "Alasan atau bukti jawaban; boleh kosong.", required=False, filled=False,
                width=50,
            ),
        ),
        (*(column.name for column in key), "question"),
        f"Jawaban atas instrumen {instrument.nama}.",
        beside=("remark",),
        context=(
            *_subject_context(instrument),
            _told("part_name", "Bagian", "Bagian instrumen yang memuat pertanyaan ini.", 24),
            _told("text", "Uraian Pertanyaan", "Pertanyaan yang dijawab pada baris ini.", 60),
        ),
    )  # fmt: skip


def _told(name: str, title: str, about: str, width: int) -> Column:
    about += " Hanya untuk diketahui, tidak dibaca kembali."
    return Column(name, title, "text", about, required=False, filled=False, width=width)


def _subject_columns(instrument: Instrument) -> tuple[Column, ...]:
    names: Mapping[str, tuple[str, ...]] = {TARGET: ACHIEVEMENT.key, COMMITMENT: ("commitment",), ACTOR: ("actor",)}
    if instrument.tentang == PROGRAMME:
        about = "Kode dari apa yang ditanyakan."
        return (Column("subject", "Subjek", "code", about, width=22),) if instrument.subjek else ()
    return tuple(ACHIEVEMENT.column(name) for name in names[instrument.tentang])


def _subject_context(instrument: Instrument) -> tuple[Column, ...]:
    told = {
        TARGET: ("Target", "Target yang ditanyakan."),
        COMMITMENT: ("Judul Komitmen", "Judul komitmen yang ditanyakan."),
        ACTOR: ("Nama Pelaksana", "Nama lengkap pelaksana yang ditanyakan."),
        PROGRAMME: ("Nama Subjek", "Nama dari apa yang ditanyakan."),
    }
    if instrument.tentang == PROGRAMME and not instrument.subjek:
        return ()
    return (_told("subject_name", *told[instrument.tentang], 36),)


ANY_ANSWERS = Sheet(
    ANSWERS,
    (
        *(replace(column, required=False) for column in ACHIEVEMENT.columns if column.name in ACHIEVEMENT.key),
        *(
            Column(name, title, "text", title, required=name in ("question", "answer"))
            for name, title in ANSWER_HEADINGS.items()
        ),
    ),
    (*ACHIEVEMENT.key, "subject", "question"),
    "Jawaban atas sebuah instrumen.",
)
"""A sheet of answers of whatever instrument: the columns that may name what a row is about."""


def book_file(instrument: Instrument, respondent: str) -> str:
    """Return the file name of a respondent's workbook: `instrumen-kemitraan-multipihak-kl.xlsx`."""
    return f"instrumen-{instrument.kode}-{respondent_id(respondent)}.xlsx"
