"""The figures of targets judged again: new scores, how many are finished by now; scores of then stay. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from monev.figures import number_format
from monev.figures.register import Figure, commitment_id, count_of, slug, target_id
from monev.figures.reporting import earlier, unfinished
from monev.figures.results import Results
from monev.model.params import Edition, Period
from monev.rules.rejudging import Then, is_finished, rejudgements
from monev.rules.target_plan import key_of
from monev.rules.tidy import Dataset, Rejudged, Target

BASE = "penilaian-kembali"
REMAINING = f"{BASE}.tersisa"
_RULES = ("penilaian.kategori",)


@dataclass(frozen=True)
class JudgedAgain:
    """A row of an earlier period with what later rounds made of it, the earliest first."""

    row: Then
    rounds: tuple[Rejudged, ...]
    finished: bool

    @property
    def last(self) -> Rejudged:
        """What holds now."""
        return self.rounds[-1]


def judged_again(data: Dataset, edition: Edition) -> tuple[JudgedAgain, ...]:
    """Return what was judged again, in the order in which earlier periods left it."""
    found, rules = rejudgements(data, edition), edition.penilaian
    made = []
    for item in unfinished(data, edition, earlier(edition)):
        if rounds := found.get(key_of(item.row)):
            made.append(JudgedAgain(item.row, tuple(rounds), is_finished(rounds[-1].score, rules)))
    return tuple(made)


def still_unfinished(data: Dataset, edition: Edition, periods: Sequence[Period]) -> tuple[tuple[Then, str, str], ...]:
    """Return what these periods left and no later round has finished: row, category of then, what it was since."""
    found, rules = rejudgements(data, edition), edition.penilaian
    made = []
    for item in unfinished(data, edition, periods):
        rounds = found.get(key_of(item.row), [])
        if not (rounds and is_finished(rounds[-1].score, rules)):
            since = "; ".join(f"{one.at}: {printed(one)}" for one in rounds)
            made.append((item.row, item.category, since))
    return tuple(made)


def printed(item: Rejudged) -> str:
    """Return a new score as it is printed."""
    assert isinstance(item.score, Fraction)
    return number_format.percent(item.score, 2, trim=True)


def rejudged_id(what: str = "jumlah", commitment: int | None = None) -> str:
    """Return the id of a count of targets judged again: `jumlah`, `selesai` or `belum`; of a commitment, if given."""
    return f"{commitment_id(commitment)}.{BASE}.{what}" if commitment else f"{BASE}.{what}"


def new_score_id(row: Then, item: Rejudged) -> str:
    """Return the id of a new score: `penilaian-kembali.01-1-kip-b12-1.b18`."""
    key = f"{row.commitment:02d}-{row.measure}-{slug(row.actor)}-{slug(row.period)}-{row.no}"
    return f"{BASE}.{key}.{slug(item.at)}"


def rejudged_figures(results: Results) -> Iterator[Figure]:
    """Yield the figures; none where nothing was judged again."""
    again = judged_again(results.data, results.edition)
    if not again:
        return
    for one in again:
        for item in one.rounds:
            yield _score(one.row, item)
    yield from _counts(again, None)
    for number in dict.fromkeys(one.row.commitment for one in again):
        yield from _counts([one for one in again if one.row.commitment == number], number)
    left = [item.row for item in unfinished(results.data, results.edition, earlier(results.edition))]
    done = {key_of(one.row) for one in again if one.finished}
    rest = [row for row in left if key_of(row) not in done]
    cells = [row.place.cell("score") for row in rest]
    among = [row.place.cell("score") for row in left]
    words = "banyaknya target periode terdahulu yang belum selesai, tanpa yang diselesaikan menurut penilaian kembali"
    parts = ("belum-selesai.jumlah", rejudged_id("selesai"))
    yield count_of(REMAINING, "target", words, cells, len(cells), among, parts=parts, rules=_RULES)


def _score(row: Then, item: Rejudged) -> Figure:
    assert isinstance(item.score, Fraction)
    value = number_format.rounded(item.score, 2)
    parts = (target_id(row),) if isinstance(row, Target) else ()
    source = (item.place.cell("new_score"),)
    words = f"Nilai Baru pada {item.at} bagi target {row.period}"
    return Figure(new_score_id(row, item), value, "persen", words, printed(item), source, parts, exact=item.score)


def _counts(own: Sequence[JudgedAgain], commitment: int | None) -> Iterator[Figure]:
    whose = f" komitmen {commitment}" if commitment else ""
    everything = [one.last.place.cell("new_score") for one in own]
    for what, chosen, words in (
        ("jumlah", own, "yang dinilai kembali"),
        ("selesai", [one for one in own if one.finished], "yang dinilai kembali dan selesai"),
        ("belum", [one for one in own if not one.finished], "yang dinilai kembali dan belum selesai"),
    ):
        cells = [one.last.place.cell("new_score") for one in chosen]
        words = f"banyaknya target periode terdahulu{whose} {words}"
        parts = tuple(new_score_id(one.row, one.last) for one in chosen)
        id_ = rejudged_id(what, commitment)
        yield count_of(id_, "target", words, cells, len(cells), everything, parts=parts, rules=_RULES)
