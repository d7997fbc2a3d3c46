"""Perubahan and Peta Capaian: scores period by period, who went up or down since the previous one, in words and charts.

Both are empty in an edition of one period, and where no score can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from monev.display.charts.specs import Heat, HeatCell, Slope, Slopes, Tone, batches
from monev.display.document import (
    Block,
    Cell,
    Chart,
    Heading,
    Inlines,
    Label,
    Num,
    Paragraph,
    Ref,
    Section,
    Table,
    TableColumn,
)
from monev.display.phrases import (
    accumulated,
    commitment_link,
    enumerate_inlines,
    mark_note,
    marked,
    named_commitments,
    period_name,
    source_line,
)
from monev.figures.analysis import (
    NEVER_BEST,
    Subject,
    actor_subjects,
    change_id,
    commitment_subjects,
    difference_id,
    group_subjects,
)
from monev.figures.register import Register, commitment_id, period_score_id, slug
from monev.figures.results import Results
from monev.figures.standings import (
    DIRECTIONS,
    Direction,
    Standing,
    is_mapped,
    never_best,
    previous,
)
from monev.model.fields import ADMINISTRATIVE, NOT_SCORED
from monev.model.groups import Group as ActorGroup
from monev.model.params import Edition, Period
from monev.rules.tidy import Actor

ROWS = 30  # of commitments in one chart
COLUMNS = 4  # periods in a table or chart: the latest
NAMED = 3  # subjects named in words
LISTED = 12  # numbers of commitments listed in words
WAYS: dict[Direction, str] = {"naik": "naik", "turun": "turun", "tetap": "tetap", "tanpa": "tidak dapat dibandingkan"}
_LABELS: dict[Direction, Label] = {
    "naik": Label("Naik", "baik"),
    "turun": Label("Turun", "buruk"),
    "tetap": Label("Tetap", "netral"),
}
_TONES: dict[Direction, Tone] = {"naik": "baik", "turun": "buruk", "tetap": "netral", "tanpa": "netral"}
_NONE: Inlines = ("–",)
_EVERYONE = "semua"


def _name(subject: Subject) -> Inlines:
    """Return a commitment, group or actor as the report names it."""
    match subject.who:
        case int():
            return named_commitments([subject.who])
        case str():
            return (str(subject.who),)
        case None:
            return (_EVERYONE,)
    return (full(subject.who),)


def _groups(results: Results) -> list[Subject]:
    """Return the groups that have targets."""
    return [subject for subject in group_subjects(results) if subject.standing.targets]


def full(actor: Actor) -> Cell:
    """Return an actor's full name."""
    return Cell(actor.full_name, actor.place.cell("full_name"))


def periods_shown(edition: Edition) -> tuple[Period, ...]:
    """Return the periods that tables and charts show: the latest few."""
    return edition.periode[-COLUMNS:]


def is_compared(results: Results) -> bool:
    """Tell whether any commitment's score can be compared with that of the previous period."""
    return any(subject.standing.direction != "tanpa" for subject in commitment_subjects(results))


# Perubahan ----------------------------------------------------------------------------------------------------------


def change(results: Results, register: Register) -> Section:
    """Return how scores changed since the previous period: commitments, groups, actors."""
    if not is_compared(results):
        return Section("perubahan")
    commitments, groups = commitment_subjects(results), _groups(results)
    blocks: list[Block] = [Paragraph(_lead(results, register)), *_largest(commitments, register)]
    blocks += _charts(results, register, commitments)
    blocks.append(_commitments_table(results, register, commitments))
    blocks.append(Heading(3, ("Perubahan menurut Kelompok dan Pelaksana",)))
    blocks += [_group_words(groups, register), _groups_table(results, register, groups)]
    blocks += _actor_blocks(results, register)
    return Section("perubahan", tuple(blocks))


def _both(edition: Edition) -> tuple[Period, Period]:
    before = previous(edition)
    assert before is not None
    return before, edition.current


def ways_words(register: Register, group: ActorGroup | None = None) -> Inlines:
    """`10 naik, 3 turun, dan 5 tetap`: how many went each way; ways that nobody went are left out."""
    parts: list[Inlines] = []
    for way in DIRECTIONS:
        figure = register[change_id(way, group)]
        if figure.value:
            parts.append((Num(figure), f" {WAYS[way]}"))
    return enumerate_inlines(parts)


def _lead(results: Results, register: Register) -> Inlines:
    before, now = _both(results.edition)
    return (
        "Skor ",
        Num(register["komitmen.jumlah"]),
        f" komitmen dari {period_name(before)} ke {period_name(now)}: ",
        *ways_words(register),
        ". Skor setiap komitmen disajikan pada ",
        Ref("tbl-perubahan-komitmen"),
        ".",
    )


def _step(subject: Subject, register: Register) -> Inlines:
    """`50,0% menjadi 100,0%, +50,0 poin persen`."""
    edition = subject.standing.edition
    before, now = (Num(register[period_score_id(subject.base, p.kode)]) for p in _both(edition))
    return (before, " menjadi ", now, ", ", Num(register[difference_id(subject.base)]), " poin persen")


def largest(subjects: Sequence[Subject], way: Direction) -> list[Subject]:
    """Return the subjects that went furthest one way; all with the same change, in the given order."""
    own = [s for s in subjects if s.standing.direction == way]
    most = max((abs(s.standing.difference or Fraction(0)) for s in own), default=Fraction(0))
    return [s for s in own if abs(s.standing.difference or Fraction(0)) == most]


def largest_commitments(results: Results, way: Direction) -> list[int]:
    """Return the numbers of the commitments that went furthest one way."""
    return [s.who for s in largest(commitment_subjects(results), way) if isinstance(s.who, int)]


def _largest(subjects: Sequence[Subject], register: Register) -> Iterator[Block]:
    sentences: list[Inlines] = []
    ways: tuple[tuple[Direction, str], ...] = (
        ("naik", "Kenaikan terbesar dicatat "),
        ("turun", "Penurunan terbesar dialami "),
    )
    for way, lead in ways:
        found = largest(subjects, way)
        if found:
            named: list[Inlines] = [(*_name(s), " (", *_step(s, register), ")") for s in found[:NAMED]]
            more = " serta yang lain dengan perubahan yang sama" if len(found) > NAMED else ""
            sentences.append((lead, *enumerate_inlines(named), f"{more}."))
    if sentences:
        yield Paragraph(tuple(part for n, s in enumerate(sentences) for part in ((" ",) if n else ()) + s))


def _charts(results: Results, register: Register, subjects: Sequence[Subject]) -> Iterator[Block]:
    compared = [s for s in subjects if s.standing.direction != "tanpa"]
    for n, own in enumerate(batches(compared, ROWS)):
        before, now = _both(results.edition)
        more = " (lanjutan)" if n else ""
        yield Chart(
            f"fig-perubahan-{n + 1}" if n else "fig-perubahan",
            (f"Skor komitmen dari {before.label} ke {now.label}: ", *ways_words(register), more),
            _alternative(own, register, before, now),
            slopes(own, register, (before, now)),
            source_line(results.edition),
        )


def _alternative(subjects: Sequence[Subject], register: Register, before: Period, now: Period) -> str:
    told = [
        f"{_plain(s)} dari {register[period_score_id(s.base, before.kode)].printed} menjadi "
        f"{register[period_score_id(s.base, now.kode)].printed}"
        for s in subjects
    ]
    return f"Diagram garis skor dari {period_name(before)} ke {period_name(now)}: {'; '.join(told)}."


def _plain(subject: Subject) -> str:
    return "".join(part if isinstance(part, str) else getattr(part, "text", "") for part in _name(subject))


def slopes(subjects: Sequence[Subject], register: Register, periods: Sequence[Period]) -> Slopes:
    """Return the chart of these subjects' scores over some periods, those without any left out."""
    made = []
    for s in subjects:
        ids = [period_score_id(s.base, p.kode) for p in periods]
        figures = [register.get(id_) for id_ in ids]
        values = tuple(None if f is None or f.exact is None else float(f.exact) for f in figures)
        if any(value is not None for value in values):
            words = tuple(f.charted if f else "" for f in figures)
            made.append(Slope(_plain(s).removeprefix("Komitmen "), values, words, _TONES[s.standing.direction]))
    return Slopes(tuple(p.label for p in periods), tuple(made))


def _score_columns(edition: Edition) -> tuple[TableColumn, ...]:
    return (
        *(TableColumn((period.kode,), "right") for period in periods_shown(edition)),
        TableColumn((accumulated(edition.periode),), "right"),
        TableColumn(("Perubahan (poin persen)",), "right"),
    )


def _score_cells(subject: Subject, register: Register) -> tuple[Inlines, ...]:
    edition = subject.standing.edition
    ids = [*(period_score_id(subject.base, p.kode) for p in periods_shown(edition)), f"{subject.base}.skor"]
    scores: list[Inlines] = [(Num(register[id_]),) if id_ in register else _NONE for id_ in ids]
    way = subject.standing.direction
    change: Inlines = _NONE
    if way in _LABELS:
        change = (_LABELS[way], "\u00a0", Num(register[difference_id(subject.base)]))
    return (*scores, change)


def _commitments_table(results: Results, register: Register, subjects: Sequence[Subject]) -> Table:
    rows = []
    for result, subject in zip(results.commitments, subjects, strict=True):
        c = result.commitment
        title: Inlines = (Cell(c.title, c.place.cell("title")),)
        rows.append(((commitment_link(c.commitment),), title, *_score_cells(subject, register)))
    columns = (TableColumn(("No",), "right"), TableColumn(("Judul Komitmen",)), *_score_columns(results.edition))
    caption: Inlines = ("Skor komitmen menurut periode: ", *ways_words(register))
    return Table("tbl-perubahan-komitmen", caption, columns, tuple(rows))


def _group_words(groups: Sequence[Subject], register: Register) -> Block:
    parts: list[Inlines] = []
    for group in groups:
        way = group.standing.direction
        if way == "tanpa":
            parts.append((*_whose(group), " tidak dapat dibandingkan"))
        else:
            parts.append((*_whose(group), f" {WAYS[way]} (", *_step(group, register), ")"))
    return Paragraph(("Menurut kelompok, ", *enumerate_inlines(parts), " (", Ref("tbl-perubahan-kelompok"), ")."))


def _whose(group: Subject) -> Inlines:
    return ("skor semua pelaksana",) if group.who is None else ("skor ", *_name(group))


def _groups_table(results: Results, register: Register, groups: Sequence[Subject]) -> Table:
    rows = tuple(((_title(group),), *_score_cells(group, register)) for group in groups)
    columns = (TableColumn(("Kelompok pelaksana",)), *_score_columns(results.edition))
    caption: Inlines = ("Skor kelompok menurut periode",)
    everyone = groups[-1]
    way = everyone.standing.direction
    if way != "tanpa":
        change = Num(register[difference_id(everyone.base)])
        caption = (*caption, ": ", *_whose(everyone), f" {WAYS[way]} (", change, " poin persen)")
    return Table("tbl-perubahan-kelompok", caption, columns, rows)


def _title(group: Subject) -> str:
    name = _plain(group)
    return name[:1].upper() + name[1:]


def _actor_blocks(results: Results, register: Register) -> Iterator[Block]:
    actors = actor_subjects(results)
    told: list[Inlines] = []
    risen: list[Inlines] = []
    for group in results.edition.groups:
        own = [s for s, a in actors if a.actor.group == group]
        if own:
            told.append((f"di antara {group}, ", *ways_words(register, group)))
            risen.append((Num(register[change_id("naik", group)]), f" {group}"))
    if not told:
        return
    first = ("Menurut pelaksana, ", *told[0])
    yield Paragraph((*first, *(p for words in told[1:] for p in ("; ", *words)), "."))
    yield from _largest([s for s, _ in actors], register)
    rows = tuple((_name(s), (a.actor.group,), *_score_cells(s, register)) for s, a in actors)
    columns = (TableColumn(("Pelaksana",)), TableColumn(("Kelompok",)), *_score_columns(results.edition))
    caption: Inlines = ("Skor pelaksana menurut periode: ", *enumerate_inlines(risen), f" {WAYS['naik']}")
    yield Table("tbl-perubahan-pelaksana", caption, columns, rows)


# Peta capaian -------------------------------------------------------------------------------------------------------


def heat_map(results: Results, register: Register) -> Section:
    """Return the grid of commitments and periods; empty in an edition of one period, or without any score."""
    subjects = commitment_subjects(results)
    if not is_mapped(results):
        return Section("peta-capaian")
    numbers = [r.commitment.commitment for r in results.commitments]
    never = [number for number in numbers if never_best(results, number)]
    best = results.edition.penilaian.kategori[0].nama
    least: Inlines = ("nilai ", Num(register[f"penilaian.kategori.{slug(best)}.dari"]))
    bound: Inlines = (" mencapai ", *least, ", batas bawah kategori terbaik, ")
    words: Inlines = ("Setiap komitmen yang mempunyai skor", *bound, "pada sekurang-kurangnya satu periode (")
    finding: Inlines = ("setiap komitmen pernah mencapai ", *least)
    if never:
        words = ("Skor ", Num(register[NEVER_BEST]), " komitmen tidak", *bound, "pada satu periode pun")
        words = (*words, *((": ", *named_commitments(never)) if len(never) <= LISTED else ()), " (")
        finding = (Num(register[NEVER_BEST]), " komitmen tidak pernah mencapai ", *least)
    blocks: list[Block] = [Paragraph((*words, Ref("fig-peta"), ").", *_same_numbers(results)))]
    finding = ("Skor komitmen menurut periode: ", *finding)
    note = mark_note(results, "Kotak akumulasi berwarna menurut kategori komitmen;", (ADMINISTRATIVE,))
    rows = [(number, subject.standing) for number, subject in zip(numbers, subjects, strict=True)]
    for n, own in enumerate(batches(rows, ROWS)):
        more = " (lanjutan)" if n else ""
        blocks.append(
            Chart(
                f"fig-peta-{n + 1}" if n else "fig-peta",
                (*finding, more),
                _heat_words(own, register, results),
                heat(own, register, results),
                (*note, *source_line(results.edition)),
            )
        )
    return Section("peta-capaian", tuple(blocks))


def _same_numbers(results: Results) -> Inlines:
    """Name the table that tells these numbers too, where the report has it."""
    part, table = ("perubahan", "tbl-perubahan-komitmen") if is_compared(results) else ("komitmen", "tbl-komitmen")
    return (" Angkanya sama dengan ", Ref(table), ".") if results.edition.shows(part) else ()


def _scores(number: int, standing: Standing, register: Register, results: Results) -> Iterator[tuple[str, str]]:
    """Yield the cells of a row: the category, and the words; no words where there was no target.

    The last cell has the commitment's category, and a mark where that was determined.
    """
    base = commitment_id(number)
    for period in periods_shown(standing.edition):
        own = standing.of_period(period.kode)
        yield own.category, _cell_words(own, period_score_id(base, period.kode), register)
    words = _cell_words(standing, f"{base}.skor", register)
    yield (
        results.commitment(number).administrative.category,
        words and words + marked(results, number, (ADMINISTRATIVE,)),
    )


def _cell_words(own: Standing, id_: str, register: Register) -> str:
    waiting = NOT_SCORED if own.targets else ""
    return register[id_].charted if own.score is not None else own.category or waiting


def heat(rows: Sequence[tuple[int, Standing]], register: Register, results: Results) -> Heat:
    """Return the grid of these commitments: a level per category, darker for better."""
    rules = results.edition.penilaian
    names = [band.nama for band in rules.kategori]
    levels = {name: 1 - n / max(1, len(names) - 1) for n, name in enumerate(names)}
    made = tuple(
        (
            f"Komitmen {number}",
            tuple(HeatCell(words, levels.get(name)) for name, words in _scores(number, standing, register, results)),
        )
        for number, standing in rows
    )
    scale = [HeatCell(f"{b.nama} {b.dari}–{b.sampai}", levels[b.nama]) for b in reversed(rules.kategori)]
    if any(cell.words and cell.level is None for _, cells in made for cell in cells):
        scale.append(HeatCell(rules.tidak_terukur, None))
    columns = (*(p.kode for p in periods_shown(results.edition)), accumulated(results.edition.periode))
    return Heat(columns, made, tuple(scale))


def _heat_words(rows: Sequence[tuple[int, Standing]], register: Register, results: Results) -> str:
    told = []
    for number, standing in rows:
        cells = [words or "tidak ada target" for _, words in _scores(number, standing, register, results)]
        told.append(f"Komitmen {number}: {', '.join(cells)}")
    heads = [*(p.kode for p in periods_shown(results.edition)), accumulated(results.edition.periode)]
    return f"Peta skor komitmen menurut periode ({', '.join(heads)}). {'; '.join(told)}."
