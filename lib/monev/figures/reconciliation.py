"""Reconciliation: every published figure beside what the data give, with the reason of each difference. Pure.

Nothing is adjusted to fit: the published side comes from `params/terbit/<edition>.yml`, the other from the
register, the results, the params, or the text of workbook cells. What only agrees because the secretariat
determined it, because a cell's text says it, or because a setting says it, is told apart from what was
computed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fractions import Fraction
from typing import Literal

from pydantic import BaseModel

from monev.figures import number_format
from monev.figures.register import NOT_ASSESSED, Figure, Register, categories, members, slug, summary_id, target_id
from monev.figures.results import CommitmentResult, Results
from monev.model.fields import ACHIEVEMENT, DIMENSIONS
from monev.model.params import Edition, Period
from monev.model.published import (
    NUMBER_SLOT,
    STATEMENTS,
    Published,
    PublishedList,
    PublishedNumber,
    PublishedTarget,
    PublishedText,
    Search,
    number,
)
from monev.rules.tidy import Target
from monev.words.errors import InputError
from monev.words.findings import Finding

Status = Literal["sama", "beda", "tidak dapat dihitung"]
SAME: Status = "sama"
DIFFERENT: Status = "beda"
UNCOMPUTABLE: Status = "tidak dapat dihitung"
STATUSES = (SAME, DIFFERENT, UNCOMPUTABLE)

Basis = Literal["hitungan", "penetapan", "params", "teks", "nilai"]
BASES: tuple[Basis, ...] = ("hitungan", "penetapan", "params", "teks", "nilai")
"""What a computed side rests on: a count or mean, a determination, a setting, words or a score of a workbook cell."""

NO_STATUS = "–"
"""Stands for the status of a target that was not assessed."""

CELL_TEXT = "teks"
"""Begins the ids of numbers that stand in the text of a workbook cell."""

Kind = Literal["nilai", "status", "angka", "daftar", "tulisan"]
KINDS: Mapping[Kind, str] = {
    "nilai": "nilai target",
    "status": "status ko-kreasi target",
    "angka": "angka lain",
    "daftar": "daftar komitmen",
    "tulisan": "tulisan",
}
"""What is compared, and how a reader calls it."""

Trouble = Literal["", "unexplained", "stale", "needless", "unfound"]

_TROUBLE_CODES: Mapping[str, str] = {
    "unexplained": "T01",
    "stale": "T02",
    "needless": "T03",
    "unfound": "T04",
}
_NOTES: Mapping[str, str] = {
    "params": "Sama dengan ketentuan edisi ini; bukan hasil hitungan.",
    "teks": "Sama dengan naskah dalam data; bukan hasil hitungan.",
    "nilai": "Sama dengan isian data; bukan hasil hitungan.",
    "unexplained": "Belum dijelaskan.",
    "stale": "Belum dijelaskan: penjelasan yang ada ditulis untuk hasil hitungan lain.",
    "unfound": "Buku kerja tidak lagi memuat pembandingnya.",
    "declared": "Dinyatakan sekretariat; data tidak memuatnya.",
    "absent": "Tidak dinyatakan dalam edisi ini, dan data tidak memuatnya.",
}


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """One side of a comparison: its value, its printed form, and the figure or place that it comes from."""

    value: Fraction | str | tuple[int, ...]
    printed: str
    figure: Figure | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One published figure, list or wording beside what the data give.

    `explanation` is the written reason of a difference, or of why nothing can be computed; it is empty for
    equal sides. `note` is what the comparison itself found out. `trouble` names what has to be mended.
    """

    id: str
    kind: Kind
    name: str
    place: str
    published: ComparedValue
    computed: ComparedValue | None
    status: Status
    basis: Basis | Literal[""] = ""
    explanation: str = ""
    note: str = ""
    trouble: Trouble = ""
    sources: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()  # where determinations decide what the data give: their cells, and what the rule read

    def source_of(self, part: Literal["nama", "tempat", "penjelasan"]) -> str:
        """Return the key that holds a part of the entry; name and place of a single target are made of its id."""
        if self.kind not in ("nilai", "status"):
            return f"{self.source}.{part}"
        entry, _, _ = self.source.rpartition(".")
        return f"{entry}.{part}" if part == "penjelasan" else f"{entry}.id"

    @property
    def remark(self) -> str:
        """The text of column `keterangan`."""
        return " ".join(text for text in (self.note, self.explanation) if text)

    @property
    def source(self) -> str:
        """The entry that holds the published side: `params/terbit/<edition>.yml!<key>!<id>`."""
        return self.published.source

    @property
    def unexplained(self) -> bool:
        """True for a difference without an explanation that fits it."""
        return self.status == DIFFERENT and self.trouble in ("unexplained", "stale")


@dataclass(frozen=True, slots=True)
class _Found:
    """What the data give for an entry: a side, what it rests on, its cells; no side where they are silent."""

    side: ComparedValue | None
    basis: Basis | Literal[""] = ""
    sources: tuple[str, ...] = ()
    note: str = ""
    trouble: Trouble = ""


def _unfound() -> _Found:
    return _Found(None, note=_NOTES["unfound"], trouble="unfound")


def compare(published: Published, results: Results, register: Register) -> tuple[Comparison, ...]:
    """Return a comparison for every entry, in the order of the file.

    Raises InputError when entries name figures, categories or settings that do not exist, with all of them.
    """
    faults = [*_unknown_figures(published, register), *_unknown_names(published, results)]
    if faults:
        raise InputError(tuple(faults))
    determined = _determined_counts(results)
    return (
        *(_number(e, published, results, register, determined) for e in published.angka),
        *(_list(e, published, results) for e in published.daftar),
        *(_text(e, published, results) for e in published.tulisan),
        *_targets(published, results, register),
    )


# --- faults of the file ------------------------------------------------------------------------------------


def _near(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), n=3, cutoff=0.6)
    return f" Yang mirip: {', '.join(near)}." if near else ""


def _unknown_figures(published: Published, register: Register) -> Iterator[Finding]:
    known = [figure.id for figure in register]
    for entry in published.angka:
        id_ = entry.figure
        if id_ and id_ not in register and not id_.startswith(STATEMENTS):
            why = f"angka '{id_}' tidak ada dalam register.{_near(id_, known)}"
            yield Finding("P03", published.file, details={"value": f"angka {entry.id}", "why": why})


def _unknown_names(published: Published, results: Results) -> Iterator[Finding]:
    for entry in published.daftar:
        if entry.dimensi and entry.kategori not in (known := categories(results, entry.dimensi)):
            why = f"kategori '{entry.kategori}' tidak ada; pilihan: {', '.join(known)}"
            yield Finding("P03", published.file, details={"value": f"daftar {entry.id}", "why": why})
    for text in published.tulisan:
        if text.params and _setting(results.edition, text.params) is None:
            why = f"params edisi {results.edition.edisi} tidak punya '{text.params}'"
            yield Finding("P03", published.file, details={"value": f"tulisan {text.id}", "why": why})


# --- numbers -----------------------------------------------------------------------------------------------


def _number(
    entry: PublishedNumber,
    published: Published,
    results: Results,
    register: Register,
    determined: Mapping[str, str],
) -> Comparison:
    figure = register.figures.get(entry.figure)
    source = f"{published.file}!angka!{entry.id}"
    side = _published_number(entry, figure, source)
    if entry.figure.startswith(STATEMENTS):
        found = _declared(figure, side)
    elif figure:
        found = _figure(figure, determined)
    elif entry.teks:
        found = _number_in_cells(entry, entry.teks, results, side.value)
    else:
        found = _Found(None)
    expected = None if entry.menurut_data is None else number(entry.menurut_data)
    return _judge("angka", entry, side, found, expected)


def _published_number(entry: PublishedNumber, figure: Figure | None, source: str) -> ComparedValue:
    exact = number(entry.terbit)
    printed = str(entry.terbit) + ("%" if figure and figure.printed.endswith("%") else "")
    unit = entry.satuan or (figure.unit if figure else "")
    value = int(exact) if exact.denominator == 1 else exact
    words = f"tercetak dalam edisi terbit: {'; '.join(entry.tempat)}"
    return ComparedValue(
        exact,
        printed,
        Figure(f"terbit.{entry.id}", value, unit, words, printed, (source,), exact=exact),
        source,
    )


def _of_figure(figure: Figure) -> ComparedValue:
    value = figure.value if isinstance(figure.value, str) else Fraction(figure.value)
    return ComparedValue(value, figure.printed, figure)


def _figure(figure: Figure, determined: Mapping[str, str]) -> _Found:
    if figure.id in determined:
        return _Found(_of_figure(figure), "penetapan", figure.sources, determined[figure.id])
    settings = bool(figure.sources) and all(source.startswith("params/") for source in figure.sources)
    return _Found(_of_figure(figure), "params" if settings else "hitungan", figure.sources)


def _declared(figure: Figure | None, side: ComparedValue) -> _Found:
    """A declared figure that repeats the published one proves nothing; only one that differs is compared."""
    if figure is None:
        return _Found(None, note=_NOTES["absent"])
    if Fraction(figure.value) == side.value:
        return _Found(None, sources=figure.sources, note=_NOTES["declared"])
    return _Found(_of_figure(figure), "params", figure.sources)


def _determined_counts(results: Results) -> Mapping[str, str]:
    """Return notes for the summary counts that would be others without the determinations, by figure id."""
    notes: dict[str, str] = {}
    for dimension in DIMENSIONS:
        for category in categories(results, dimension):
            wanted = "" if category == NOT_ASSESSED else category
            own = members(results, dimension, category)
            by_rule = [r for r in results.commitments if r.outcome(dimension).computed == wanted]
            if len(own) != len(by_rule):
                moved = sorted(_numbers(own) ^ _numbers(by_rule))
                words = f"Cocok karena penetapan atas Komitmen {_enumerate(moved)}."
                notes |= {f"{summary_id(dimension, category)}.{kind}": words for kind in ("jumlah", "persen")}
    return notes


def _numbers(found: Iterable[CommitmentResult]) -> set[int]:
    return {result.commitment.commitment for result in found}


def _enumerate(numbers: Sequence[int]) -> str:
    words = [str(n) for n in numbers]
    return " dan ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])}, dan {words[-1]}"


# --- words of workbook cells -------------------------------------------------------------------------------

_NUMBER_WORDS = (
    "nol", "satu", "dua", "tiga", "empat", "lima",
    "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_NUMBER = rf"\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?|{'|'.join(_NUMBER_WORDS)}"


def _cells(search: Search, results: Results) -> Iterator[tuple[str, str]]:
    """Yield text and place of the cells to look in."""
    data = results.data
    if search.lembar == "Sorotan":
        for point in data.highlights:
            if search.komitmen in (None, point.commitment):
                yield point.text, point.place.cell("text")
    elif search.lembar == "Catatan Umum":
        for note in data.notes:
            yield note.text, note.place.cell("text")
    else:
        for target in results.targets:
            if search.komitmen in (None, target.commitment):
                yield target.achievement, target.place.cell("achievement")
                yield target.cocreation_text, target.place.cell("cocreation_text")


def _spaced(text: str) -> str:
    return " ".join(text.split())


def read_number(words: str) -> Fraction:
    """Return a number as a cell's text holds it: `2.928`, `72,06`, `empat`. Raises ValueError otherwise."""
    lower = words.lower()
    if lower in _NUMBER_WORDS:
        return Fraction(_NUMBER_WORDS.index(lower))
    return number(words.replace(".", ""))


def _number_in_cells(entry: PublishedNumber, search: Search, results: Results, wanted: object) -> _Found:
    """Find the number at `{}` of the words; where cells disagree, one that differs from `wanted` counts."""
    before, after = (re.escape(_spaced(f"x{part}x")[1:-1]) for part in search.pola.split(NUMBER_SLOT))
    pattern = re.compile(rf"(?<![\w.,]){before}({_NUMBER}){after}(?!\w)(?![.,]\d)", re.IGNORECASE)
    found = [
        (read_number(match[1]), match[0], place)
        for text, place in _cells(search, results)
        for match in pattern.finditer(_spaced(text))
    ]
    if not found:
        return _unfound()
    exact, words, place = next((item for item in found if item[0] != wanted), found[0])
    whole = exact.denominator == 1
    printed = str(exact.numerator) if whole else number_format.decimal(exact, 6, trim=True)
    value = exact.numerator if whole else exact
    formula = f"angka dalam teks sel: '{words}'"
    figure = Figure(f"{CELL_TEXT}.{entry.id}", value, entry.satuan, formula, printed, (place,), exact=exact)
    return _Found(ComparedValue(exact, printed, figure, place), "teks", tuple(dict.fromkeys(item[2] for item in found)))


# --- lists -------------------------------------------------------------------------------------------------


def _list(entry: PublishedList, published: Published, results: Results) -> Comparison:
    source = f"{published.file}!daftar!{entry.id}"
    side = ComparedValue(tuple(sorted(entry.terbit)), _commitments(entry.terbit), source=source)
    if entry.dimensi:
        found = _members(results, entry.dimensi, entry.kategori)
    elif entry.sorotan:
        points = [p for p in results.data.highlights if p.part == entry.sorotan]
        numbers = tuple(sorted({p.commitment for p in points}))
        cells = tuple(p.place.cell("commitment") for p in points)
        found = (
            _Found(ComparedValue(numbers, _commitments(numbers), source=cells[0]), "teks", cells)
            if points
            else _unfound()
        )
    else:
        found = _Found(None)
    expected = None if entry.menurut_data is None else tuple(sorted(entry.menurut_data))
    return _judge("daftar", entry, side, found, expected)


def _commitments(numbers: Sequence[int]) -> str:
    return ", ".join(str(n) for n in sorted(numbers)) or "–"


def _members(results: Results, dimension: str, category: str) -> _Found:
    own = members(results, dimension, category)
    numbers = tuple(sorted(_numbers(own)))
    wanted = "" if category == NOT_ASSESSED else category
    changes = []
    cells = []
    for result in results.commitments:
        outcome = result.outcome(dimension)
        if outcome.determination and (outcome.computed == wanted) != (outcome.category == wanted):
            came = "masuk" if outcome.category == wanted else "keluar"
            rule = outcome.computed or NOT_ASSESSED
            changes.append(f"Komitmen {result.commitment.commitment} {came} (menurut hitungan {rule})")
            cells.append(outcome.determination.place.cell("category"))
    note = f"Cocok karena penetapan: {'; '.join(changes)}." if changes else ""
    column = "score" if dimension == DIMENSIONS[0] else "cocreation"
    cells += [t.place.cell(column) for result in own for t in result.outcome(dimension).basis]
    basis: Basis = "penetapan" if changes else "hitungan"
    return _Found(ComparedValue(numbers, _commitments(numbers)), basis, tuple(dict.fromkeys(cells)), note)


# --- wordings ----------------------------------------------------------------------------------------------


def _text(entry: PublishedText, published: Published, results: Results) -> Comparison:
    printed = _spaced(entry.terbit)
    side = ComparedValue(printed, printed, source=f"{published.file}!tulisan!{entry.id}")
    found = _Found(None) if entry.alasan else _wording(entry, results)
    expected = None if entry.menurut_data is None else _spaced(entry.menurut_data)
    return _judge("tulisan", entry, side, found, expected)


def _wording(entry: PublishedText, results: Results) -> _Found:
    data, given = results.data, None
    if entry.teks:
        return _words_in_cells(entry.teks, results, entry.terbit)
    if entry.params:
        given = _setting(results.edition, entry.params)
    elif entry.judul is not None:
        given = next(((c.title, c.place.cell("title")) for c in data.commitments if c.commitment == entry.judul), None)
    elif entry.sorotan:
        given = next(((p.title, p.place.cell("title")) for p in data.highlights if p.part == entry.sorotan), None)
    elif entry.pelaksana:
        given = next(
            ((a.full_name, a.place.cell("full_name")) for a in data.actors if a.actor == entry.pelaksana),
            None,
        )
    else:  # a status: an entry names exactly one thing
        targets = {target_id(t): t for t in results.targets}
        if target := targets.get(f"target.{entry.status}"):
            given = target.cocreation, target.place.cell("cocreation")
    if given is None:
        return _unfound()
    words, place = _spaced(given[0]), given[1]
    return _Found(ComparedValue(words, words, source=place), "params" if entry.params else "teks", (place,))


def _words_in_cells(search: Search, results: Results, printed: str) -> _Found:
    wanted = _spaced(search.pola or printed)
    places = tuple(place for text, place in _cells(search, results) if wanted in _spaced(text))
    words = _spaced(printed)
    return _Found(ComparedValue(words, words, source=places[0]), "teks", places) if places else _unfound()


def _setting(edition: Edition, path: str) -> tuple[str, str] | None:
    """Return a setting and its place by its path: `nama.rencana`, `periode.B12`."""
    current: object = edition
    for step in path.split("."):
        if isinstance(current, tuple):
            named = (i for i in current if step in (getattr(i, "kode", None), getattr(i, "nama", None)))
            current = next(named, None)
        elif isinstance(current, BaseModel) and step in type(current).model_fields:
            current = getattr(current, step)
        else:
            return None
    if isinstance(current, Period):
        current = f"{current.label} ({current.kode})"
    if current is None or isinstance(current, BaseModel | tuple):
        return None
    first, _, rest = path.partition(".")
    return str(current), f"params/{edition.edisi}.yml!{first}" + (f"!{rest}" if rest else "")


# --- single targets ----------------------------------------------------------------------------------------


def _targets(published: Published, results: Results, register: Register) -> Iterator[Comparison]:
    """Yield a comparison of each published score and of each status, target by target."""
    targets = {target_id(t): t for t in results.targets}
    for entry in published.target:
        target = targets.get(f"target.{entry.id}")
        sides: tuple[tuple[Kind, str, tuple[ComparedValue, _Found]], ...]
        sides = (("nilai", "nilai", _score(entry, target, register)), ("status", "kokreasi", _status(entry, target)))
        differ = [k for k, _, (side, found) in sides if found.side and found.side.value != side.value] or ["nilai"]
        for kind, key, (side, found) in sides:
            place = f"{published.tempat_target} Komitmen {target.commitment}" if target else published.tempat_target
            name = f"{KINDS[kind].capitalize()}: {_named(target) if target else entry.id}"
            reason, expected = (entry.penjelasan, entry.menurut_data) if kind == differ[0] else ("", None)
            item = _Item(f"target.{entry.id}.{kind}", name, (place,), reason)
            source = f"{published.file}!target!{entry.id}.{key}"
            wanted = None if expected is None else _value(expected)
            yield _judge(kind, item, replace(side, source=source), found, wanted)


def _value(printed: int | str) -> Fraction | str:
    """Return a score as a number; `N/A`, `-` and statuses stay words."""
    try:
        return number(printed)
    except ValueError:
        return str(printed)


_SPELLINGS = dict(ACHIEVEMENT.column("cocreation").also)


@dataclass(frozen=True, slots=True)
class _Item:
    """One value of a published target, told like any other entry."""

    id: str
    nama: str
    tempat: tuple[str, ...]
    penjelasan: str
    alasan: str = ""


def _named(target: Target) -> str:
    no = f" ({target.no})" if target.no > 1 else ""
    return f"Komitmen {target.commitment}, UK {target.measure}, {target.actor}, {target.period}{no}"


def _score(entry: PublishedTarget, target: Target | None, register: Register) -> tuple[ComparedValue, _Found]:
    value = _value(entry.nilai)
    side = ComparedValue(value, str(value) if isinstance(value, str) else f"{entry.nilai}%")
    if target is None:
        return side, _unfound()
    figure = register[target_id(target)]
    return side, _Found(ComparedValue(target.score, figure.printed, figure), "nilai", figure.sources)


def _status(entry: PublishedTarget, target: Target | None) -> tuple[ComparedValue, _Found]:
    meant = _SPELLINGS.get(entry.kokreasi, entry.kokreasi)
    side = ComparedValue(meant, meant or NO_STATUS)
    if target is None:
        return side, _unfound()
    place = target.place.cell("cocreation")
    held = ComparedValue(target.cocreation, target.cocreation or NO_STATUS, source=place)
    return side, _Found(held, "nilai", (place,))


# --- judging -----------------------------------------------------------------------------------------------


def _judge(
    kind: Kind,
    entry: PublishedNumber | PublishedList | PublishedText | _Item,
    side: ComparedValue,
    found: _Found,
    expected: Fraction | str | tuple[int, ...] | None,
) -> Comparison:
    """Tell whether the sides are equal, and whether the entry explains what it has to."""
    status: Status
    trouble = found.trouble
    explanation, note = "", found.note
    if found.side is None:
        status, explanation = UNCOMPUTABLE, entry.alasan
    elif found.side.value == side.value:
        status = SAME
        trouble = "needless" if entry.penjelasan else ""
        note = note or _NOTES.get(found.basis, "")
    else:
        status = DIFFERENT
        trouble = "" if expected == found.side.value else "stale" if entry.penjelasan else "unexplained"
        explanation = "" if trouble else entry.penjelasan
        note = _NOTES.get(trouble, "")
    place = "; ".join(entry.tempat)
    basis = found.basis if status == SAME else ""
    sources = (side.source, *found.sources)
    return Comparison(
        entry.id,
        kind,
        entry.nama,
        place,
        side,
        found.side,
        status,
        basis,
        _spaced(explanation),
        note,
        trouble,
        sources,
        found.sources if found.basis == "penetapan" else (),
    )


# --- what comes of it --------------------------------------------------------------------------------------


def reconciliation_findings(comparisons: Iterable[Comparison]) -> tuple[Finding, ...]:
    """Return what somebody has to mend in the file of published figures; none of it stops a build."""
    return tuple(
        Finding(
            _TROUBLE_CODES[c.trouble],
            c.source.partition("!")[0],
            details={
                "value": c.id,
                "published": c.published.printed,
                "computed": c.computed.printed if c.computed else "",
            },
        )
        for c in comparisons
        if c.trouble
    )


def unexplained(comparisons: Iterable[Comparison]) -> tuple[Comparison, ...]:
    """Return the differences that nothing explains: with any of them the command `reconcile` exits 4."""
    return tuple(c for c in comparisons if c.unexplained)


def of_status(
    comparisons: Iterable[Comparison], *, status: Status, kinds: Sequence[Kind] = ()
) -> tuple[Comparison, ...]:
    """Return the comparisons of a status, and of these kinds where given."""
    return tuple(c for c in comparisons if c.status == status and (not kinds or c.kind in kinds))


def count_id(status: Status, more: str = "") -> str:
    """Return the id of a count: `rekonsiliasi.beda.jumlah`, `rekonsiliasi.sama.angka.jumlah`."""
    return f"rekonsiliasi.{slug(status)}" + (f".{more}" if more else "") + ".jumlah"


TOTAL_ID = "rekonsiliasi.total.jumlah"


def total_id(kind: Kind) -> str:
    """Return the id of the count of what is compared of a kind: `rekonsiliasi.total.angka.jumlah`."""
    return f"rekonsiliasi.total.{kind}.jumlah"


def basis_id(basis: Basis) -> str:
    """Return the id of the count of what is equal on a basis: `rekonsiliasi.sama.atas.penetapan.jumlah`."""
    return count_id(SAME, f"atas.{basis}")


def annex_figures(comparisons: Sequence[Comparison], edition: str) -> Iterator[Figure]:
    """Yield the annex' figures: published numbers, numbers read from cells' text, counts of comparisons."""
    file = f"params/terbit/{edition}.yml"

    def count(id_: str, words: str, own: Sequence[Comparison]) -> Figure:
        decided = (cell for c in own for cell in c.decided)
        sources = tuple(dict.fromkeys((*(c.source for c in own), *decided))) or (file,)
        return Figure(id_, len(own), "pembandingan", words, number_format.whole(len(own)), sources)

    yield from (c.published.figure for c in comparisons if c.published.figure)
    yield from (c.computed.figure for c in comparisons if c.computed and c.computed.figure and _is_cell_text(c))
    yield count(TOTAL_ID, "banyaknya butir edisi terbit yang dibandingkan", comparisons)
    for status in STATUSES:
        own = of_status(comparisons, status=status)
        yield count(count_id(status), f"banyaknya butir edisi terbit berstatus {status}", own)
    for kind, words in KINDS.items():
        of_kind = [c for c in comparisons if c.kind == kind]
        yield count(total_id(kind), f"banyaknya butir edisi terbit yang dibandingkan: {words}", of_kind)
        for status in STATUSES:
            own = of_status(comparisons, status=status, kinds=(kind,))
            yield count(count_id(status, kind), f"banyaknya butir edisi terbit berstatus {status}: {words}", own)
    same = of_status(comparisons, status=SAME)
    for basis in BASES:
        words = f"banyaknya butir yang sama berdasarkan {basis}"
        yield count(basis_id(basis), words, [c for c in same if c.basis == basis])


def _is_cell_text(comparison: Comparison) -> bool:
    figure = comparison.computed.figure if comparison.computed else None
    return figure is not None and figure.id == f"{CELL_TEXT}.{comparison.id}"


def with_reconciliation(register: Register, comparisons: Sequence[Comparison], edition: str) -> Register:
    """Return the register with the annex' figures behind its own; as it is where there is nothing to compare.

    Raises ValueError for an id given twice.
    """
    if not comparisons:
        return register
    added = list(annex_figures(comparisons, edition))
    if twice := [figure.id for figure in added if figure.id in register]:
        raise ValueError(f"figure {twice[0]} twice")
    return Register({**register.figures, **{figure.id: figure for figure in added}})


def csv_rows(comparisons: Iterable[Comparison]) -> Iterator[Mapping[str, object]]:
    """Yield the rows of `rekonsiliasi.csv`."""
    for c in comparisons:
        yield {
            "id": c.id,
            "terbit": c.published.printed,
            "hitung": c.computed.printed if c.computed else "",
            "status": c.status,
            "keterangan": c.remark,
            "tempat": c.place,
        }
