"""The figures of what a report says beyond its recapitulation: change, scorecards, quadrants, levels. Pure.

`with_analysis` adds them to a register; each rests on the figures and cells that are already in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from monev.figures import number_format
from monev.figures.register import (
    Figure,
    Register,
    actor_ids,
    basis_cells,
    commitment_id,
    count_of,
    determination_notes,
    evidence_figures,
    period_score_id,
    row_cells,
    score_parts,
    share_of,
    slug,
    target_id,
    unfinished_id,
    unique,
)
from monev.figures.reporting import columns_used, judged
from monev.figures.results import Results
from monev.figures.standings import (
    DIRECTIONS,
    QUADRANTS,
    SCORE_PLACES,
    ActorStanding,
    Standing,
    is_mapped,
    never_best,
    of_actors,
    of_commitment,
    of_group,
    previous,
    quadrant,
    rounded_difference,
)
from monev.model.fields import DIMENSIONS
from monev.model.groups import Group
from monev.model.instruments import Instrument
from monev.rules.tidy import Actor, Target

_WAYS = {"naik": "naik", "turun": "turun", "tetap": "tetap", "tanpa": "tidak dapat dibandingkan"}
_CORNERS = {
    "kuat": "terbaik dalam kedua dimensi",
    "administratif": "terbaik hanya dalam capaian administratif",
    "kokreasi": "terbaik hanya dalam proses ko-kreasi",
    "lemah": "tidak terbaik dalam dimensi mana pun",
    "tanpa": "tanpa skor dalam salah satu dimensi",
}


def with_analysis(register: Register, results: Results) -> Register:
    """Return the register with the figures of this module behind its own. Raises ValueError for an id used twice."""
    found = dict(register.figures)
    steps: Sequence[Callable[[Results], Iterable[Figure]]] = (
        _scores,
        _changes,
        _scorecards,
        _quadrants,
        _one_column,
    )
    for step in steps:
        for figure in step(results):
            if figure.id in found:
                raise ValueError(f"figure {figure.id} twice")
            found[figure.id] = figure
    return Register(found)


# Ids ------------------------------------------------------------------------------------------------------------


def scorecard_id(group: Group | None) -> str:
    """Return the id under which a group's scorecard stands: `rapor.kl`; of everyone for None: `rapor.semua`."""
    return f"rapor.{group.id if group else 'semua'}"


def scorecard_ids(results: Results) -> dict[str, str]:
    """Return the id under which each actor's scorecard stands: `rapor.pelaksana.kip`."""
    return actor_ids(results.data.actors, "rapor")


def difference_id(base: str) -> str:
    """Return the id of a score's change since the previous period: `komitmen.07.selisih`."""
    return f"{base}.selisih"


def change_id(way: str, group: Group | None = None) -> str:
    """Return the id of how many commitments (or a group's actors) went one way: `perubahan.komitmen.naik`."""
    return f"perubahan.pelaksana.{group.id}.{way}" if group else f"perubahan.komitmen.{way}"


def quadrant_id(name: str) -> str:
    """Return the id of how many commitments lie in a quadrant."""
    return f"kuadran.{name}"


# Scores per period, and their change --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Subject:
    """Whose score it is (a commitment's number, a group, an actor; None: all actors), its id, how it stands."""

    who: int | str | Actor | None
    base: str
    standing: Standing

    @property
    def whose(self) -> str:
        """Its name in formulas."""
        match self.who:
            case int():
                return f"komitmen {self.who}"
            case str():
                return f"kelompok {self.who}"
            case None:
                return "semua pelaksana"
        return f"pelaksana {self.who.actor}"


def commitment_subjects(results: Results) -> list[Subject]:
    """Return the commitments, in the order of the plan."""
    numbers = (result.commitment.commitment for result in results.commitments)
    return [Subject(number, commitment_id(number), of_commitment(results, number)) for number in numbers]


def group_subjects(results: Results) -> list[Subject]:
    """Return the groups, and behind them all actors together."""
    return [Subject(group, scorecard_id(group), of_group(results, group)) for group in (*results.edition.groups, None)]


def actor_subjects(results: Results) -> list[tuple[Subject, ActorStanding]]:
    """Return the actors that have a standing, each with it."""
    ids = scorecard_ids(results)
    return [(Subject(each.actor, ids[each.actor.actor], each.standing), each) for each in of_actors(results)]


def _mean(id_: str, standing: Standing, score: Fraction, formula: str, parts: tuple[str, ...]) -> Figure:
    """Return a score with the cells that enter it."""
    return Figure(
        id_,
        number_format.rounded(score, SCORE_PLACES),
        "persen",
        formula,
        number_format.percent(score, SCORE_PLACES),
        unique(row_cells(standing.measured)),
        parts,
        ("penilaian.agregasi", "penilaian.kategori"),
        exact=score,
    )


def _scores(results: Results) -> Iterator[Figure]:
    """Yield everyone's scores by period and their changes; nothing in an edition of one period."""
    if previous(results.edition) is None:
        return
    actors = (subject for subject, _ in actor_subjects(results))
    everyone = (*commitment_subjects(results), *group_subjects(results), *actors)
    for subject in everyone:
        yield from _scores_of(subject)


def _scores_of(subject: Subject) -> Iterator[Figure]:
    edition = subject.standing.edition
    for period in edition.periode:
        own = subject.standing.of_period(period.kode)
        if own.score is not None:
            words = f"rata-rata target {subject.whose} pada periode {period.kode}, tanpa N/A dan -"
            yield _mean(
                period_score_id(subject.base, period.kode), own, own.score, words, tuple(map(target_id, own.measured))
            )
    before, now = previous(edition), edition.current
    if subject.standing.difference is None or before is None:
        return
    then, current = subject.standing.score_in(before.kode), subject.standing.score_in(now.kode)
    assert then is not None
    assert current is not None
    both = (*subject.standing.of_period(before.kode).measured, *subject.standing.of_period(now.kode).measured)
    value = rounded_difference(then, current)
    yield Figure(
        difference_id(subject.base),
        value,
        "poin persen",
        f"skor {subject.whose} pada {now.kode} dikurangi skornya pada {before.kode}",
        number_format.signed(value, SCORE_PLACES),
        unique(row_cells(both)),
        (period_score_id(subject.base, before.kode), period_score_id(subject.base, now.kode)),
        exact=current - then,
    )


def _changes(results: Results) -> Iterator[Figure]:
    """Yield how many commitments and actors went up, down or nowhere."""
    if previous(results.edition) is None:
        return
    actors = actor_subjects(results)
    commitments = [(subject, results.commitment(n)) for n, subject in _numbered(results)]
    for way in DIRECTIONS:
        own = [subject for subject, _ in commitments if subject.standing.direction == way]
        cells = [r.commitment.place.cell("commitment") for s, r in commitments if s.standing.direction == way]
        among = [result.commitment.place.cell("commitment") for _, result in commitments]
        among += _changed(subject for subject, _ in commitments)
        words = f"banyaknya komitmen yang skornya {_WAYS[way]} sejak periode sebelumnya"
        yield count_of(
            change_id(way), "komitmen", words, [*cells, *_changed(own)], len(own), among, parts=_parts(own, way)
        )
        for group in results.edition.groups:
            pairs = [(s, a) for s, a in actors if a.actor.group == group]
            chosen = [s for s, _ in pairs if s.standing.direction == way]
            cells = [a.actor.place.cell("actor") for s, a in pairs if s.standing.direction == way]
            everyone = [a.actor.place.cell("actor") for _, a in pairs]
            among = [*everyone, *_changed(s for s, _ in pairs)] or _register_cells(results)
            words = f"banyaknya pelaksana {group} yang skornya {_WAYS[way]} sejak periode sebelumnya"
            yield count_of(
                change_id(way, group),
                group,
                words,
                [*cells, *_changed(chosen)],
                len(chosen),
                among,
                parts=_parts(chosen, way),
            )


def _numbered(results: Results) -> Iterator[tuple[int, Subject]]:
    numbers = (result.commitment.commitment for result in results.commitments)
    yield from zip(numbers, commitment_subjects(results), strict=True)


def _changed(subjects: Iterable[Subject]) -> list[str]:
    """Return the cells of the scores that two periods are compared by."""
    return [cell for subject in subjects for cell in row_cells(_compared(subject.standing))]


def _compared(standing: Standing) -> list[Target]:
    before = previous(standing.edition)
    codes = {standing.edition.current.kode, before.kode if before else ""}
    return [t for t in standing.targets if t.period in codes]


def _parts(subjects: Iterable[Subject], way: str) -> tuple[str, ...]:
    return () if way == "tanpa" else tuple(difference_id(subject.base) for subject in subjects)


def _register_cells(results: Results) -> list[str]:
    return [actor.place.cell("actor") for actor in results.data.actors]


# Scorecards ---------------------------------------------------------------------------------------------------------


def _scorecards(results: Results) -> Iterator[Figure]:
    actors = actor_subjects(results)
    register = _register_cells(results)
    for subject, each in actors:
        among = [each.actor.place.cell("actor")]
        yield from _scorecard(subject, among)
        if previous(results.edition):
            words = f"banyaknya target periode terdahulu {subject.whose} yang belum selesai"
            left = row_cells(u.row for u in each.unfinished)
            due = row_cells(subject.standing.targets) or among
            yield count_of(
                f"{subject.base}.belum-selesai", "target", words, left, len(left), due, rules=("penilaian.kategori",)
            )
    for group, subject in zip((*results.edition.groups, None), group_subjects(results), strict=True):
        own = [(s, a) for s, a in actors if group in (None, a.actor.group)]
        yield from _scorecard(subject, register)
        yield from _members(subject, own, register)


def _scorecard(subject: Subject, among: Sequence[str]) -> Iterator[Figure]:
    """Yield targets, score, evidence and co-creation of one actor or group."""
    standing, base, whose = subject.standing, subject.base, subject.whose
    rules = standing.edition.penilaian
    rows = row_cells(standing.counted)
    targets = count_of(f"{base}.target", "target", f"banyaknya target {whose} yang dihitung", rows, len(rows), among)
    yield targets
    if standing.score is not None:
        words = f"{rules.agregasi} {whose}, tanpa N/A dan -"
        yield _mean(
            f"{base}.skor", standing, standing.score, words, score_parts(base, standing.measured, standing.edition)
        )
    yield from evidence_figures(base, standing.counted, whose, among)
    if standing.cocreation is not None:
        yield Figure(
            f"{base}.kokreasi",
            number_format.rounded(standing.cocreation, 2),
            "rata-rata",
            f"rata-rata bobot Status Ko-Kreasi target {whose}, periode {rules.kokreasi.periode}",
            number_format.decimal(standing.cocreation, 2),
            unique(row_cells(standing.cocreated, "cocreation")),
            tuple(f"penilaian.kokreasi.bobot.{slug(s)}" for s in unique(t.cocreation for t in standing.cocreated)),
            ("penilaian.kokreasi.bobot", "penilaian.kokreasi.kategori"),
            exact=standing.cocreation,
        )


def _members(
    subject: Subject, own: Sequence[tuple[Subject, ActorStanding]], register: Sequence[str]
) -> Iterator[Figure]:
    """Yield how many actors a group has, how many of them in each category, and what they left unfinished."""
    unit, which = "pelaksana", subject.whose.replace("kelompok", "pelaksana")
    cells = [cell for s, a in own for cell in (a.actor.place.cell("actor"), *row_cells(s.standing.targets))]
    words = f"banyaknya {which} yang mempunyai target"
    yield count_of(f"{subject.base}.pelaksana", unit, words, cells, len(own), register)
    rules = subject.standing.edition.penilaian
    for name in (*(b.nama for b in rules.kategori), rules.tidak_terukur):
        chosen = [(s, a) for s, a in own if a.standing.category == name]
        cells = [cell for s, a in chosen for cell in (a.actor.place.cell("actor"), *row_cells(s.standing.measured))]
        words = f"banyaknya {which} yang skornya berkategori {name}"
        yield count_of(
            f"{subject.base}.kategori.{slug(name)}",
            unit,
            words,
            cells,
            len(chosen),
            register,
            parts=tuple(f"{s.base}.skor" for s, a in chosen if a.standing.score is not None),
            rules=("penilaian.kategori",),
        )


def unfinished_of(group: Group | None) -> str:
    """Return the id of the count of what a group left unfinished; of everyone for None."""
    return unfinished_id(group=group) if group else unfinished_id()


NEVER_BEST = "peta.tidak-pernah"


# Quadrants ----------------------------------------------------------------------------------------------------------


def _quadrants(results: Results) -> Iterator[Figure]:
    """Yield how many commitments never did best, and how many lie in each quadrant of score and co-creation."""
    lies = {r.commitment.commitment: quadrant(results, r.commitment.commitment) for r in results.commitments}
    among = [r.commitment.place.cell("commitment") for r in results.commitments]
    never = [r for r in results.commitments if never_best(results, r.commitment.commitment)]
    cells = [cell for r in never for cell in (r.commitment.place.cell("commitment"), *row_cells(r.counted))]
    best = results.edition.penilaian.kategori[0].nama
    words = f"banyaknya komitmen yang punya skor tetapi tidak mencapai kategori {best} pada satu periode pun"
    if is_mapped(results):
        yield count_of(NEVER_BEST, "komitmen", words, cells, len(never), among, rules=("penilaian.kategori",))
    for name in QUADRANTS:
        own = [r for r in results.commitments if lies[r.commitment.commitment] == name]
        cells = [r.commitment.place.cell("commitment") for r in own]
        for result in own:
            cells += [cell for dimension in DIMENSIONS for cell in basis_cells(result, dimension)]
        parts = [
            f"{commitment_id(r.commitment.commitment)}.{score}"
            for r in own
            for score, outcome in (("skor", r.administrative), ("kokreasi", r.cocreation))
            if outcome.score is not None
        ]
        words = f"banyaknya komitmen yang {_CORNERS[name]}, penetapan diperhitungkan"
        yield count_of(
            quadrant_id(name),
            "komitmen",
            words,
            cells,
            len(own),
            among,
            parts=tuple(parts),
            note=determination_notes(own, DIMENSIONS),
            rules=("penilaian.kategori", "penilaian.kokreasi.kategori"),
        )


# Instruments of one column ------------------------------------------------------------------------------------------


def level_id(
    instrument: Instrument, level: str = "jumlah", group: Group | None = None, commitment: int | None = None
) -> str:
    """Return the id of how many targets reach a level of a one-column instrument: all, a group's, a commitment's."""
    base = instrument.distribution
    if commitment:
        return f"{commitment_id(commitment)}.{base}.{slug(level)}"
    return f"{base}.kelompok.{group.id}.{slug(level)}" if group else f"{base}.{slug(level)}"


def _one_column(results: Results) -> Iterator[Figure]:
    """Yield targets per level of each instrument with one column; nothing where no workbook gives any."""
    for instrument in results.data.columns:
        if len(instrument.questions) == 1 and columns_used(results.targets, instrument):
            yield from _levels_of(instrument, results)


def _levels_of(instrument: Instrument, results: Results) -> Iterator[Figure]:
    (column,) = instrument.columns()
    everything = list(_levels(instrument, results.targets, "", {}))
    yield from everything
    for count in everything[1:]:
        words = f"bagian target dengan {instrument.called} {count.formula.rsplit(': ', 1)[-1]}"
        yield share_of(f"{count.id}.persen", count, everything[0], words)
    among = row_cells(judged(results.targets, column), column.name)
    for group in results.edition.groups:
        own = [t for t in results.targets if t.group == group]
        yield from _levels(instrument, own, group, {"group": group}, among)
    for result in results.commitments:
        number = result.commitment.commitment
        if judged(result.targets, column):
            yield from _levels(instrument, result.targets, f"komitmen {number}", {"commitment": number})


def _levels(
    instrument: Instrument, targets: Sequence[Target], whose: str, of: Mapping[str, Any], among: Sequence[str] = ()
) -> Iterator[Figure]:
    """Yield how many of these targets have a level, then how many have each."""
    (column,) = instrument.columns()
    rows = row_cells(judged(targets, column), column.name)
    lead = f"banyaknya target {whose}".rstrip()
    words = f"{lead} yang {instrument.called}nya dicatat"
    yield count_of(level_id(instrument, **of), "target", words, rows, len(rows), among)
    for level in column.choices:
        own = row_cells(judged(targets, column, level), column.name)
        words = f"{lead} dengan {instrument.called}: {level}"
        yield count_of(level_id(instrument, level, **of), "target", words, own, len(own), rows or among)
