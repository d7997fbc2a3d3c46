"""The figures of follow-ups that return: by status, carried over, overdue; in all and of each commitment. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monev.figures import number_format
from monev.figures.register import Figure, commitment_id, count_of, slug
from monev.figures.results import Results
from monev.model.fields import PROGRESS
from monev.rules.follow_ups import days_over, is_tracked, overdue, reference_day, reference_source, reference_words
from monev.rules.tidy import FollowUp

BASE = "tindak-lanjut"
COMPARED_WITH = f"{BASE}.per"
"""The day that due days are compared with."""
UNSTATED_STATUS = "Tanpa status"
STATES = (*PROGRESS, UNSTATED_STATUS)


def follow_up_id(what: str = "jumlah", commitment: int | None = None) -> str:
    """Return the id of a count of follow-ups: `jumlah`, `terdahulu`, `lewat`, or what `state_part` gives."""
    return f"{commitment_id(commitment)}.{BASE}.{what}" if commitment else f"{BASE}.{what}"


def state_part(state: str, *, carried: bool = False) -> str:
    """Return the part of an id that counts those of a status, in all or of those carried over."""
    return f"terdahulu.{slug(state)}" if carried else f"status.{slug(state)}"


def overdue_id(follow_up: FollowUp) -> str:
    """Return the id of the days that a follow-up is overdue: `tindak-lanjut.hari.07-2-3-b12`."""
    parts = (f"{follow_up.commitment:02d}", str(follow_up.measure or 0), str(follow_up.no), slug(follow_up.origin))
    return f"{BASE}.hari.{'-'.join(filter(None, parts))}"


def follow_up_figures(results: Results) -> Iterator[Figure]:
    """Yield the figures; none where nothing is said of follow-ups beyond their words."""
    edition, everything = results.edition, results.data.followups
    if not is_tracked(everything):
        return
    day = reference_day(edition)
    printed = reference_words(edition)
    words = "tanggal terbit menurut params; tanpa itu hari terakhir periode kini"
    yield Figure(COMPARED_WITH, printed, "tanggal", words, printed, (reference_source(edition),))
    yield from _counts(results, everything, None)
    for number in dict.fromkeys(f.commitment for f in everything):
        yield from _counts(results, [f for f in everything if f.commitment == number], number)
    for late in overdue(results.data, edition):
        days = days_over(late, day)
        source = (late.place.cell("due"), late.place.cell("status"), reference_source(edition))
        words = "banyaknya hari dari Tenggat sampai tanggal pembanding"
        yield Figure(overdue_id(late), days, "hari", words, number_format.whole(days), source, (COMPARED_WITH,))


def _counts(results: Results, own: Sequence[FollowUp], commitment: int | None) -> Iterator[Figure]:
    whose = f" komitmen {commitment}" if commitment else ""
    rows = [f.place.cell("text") for f in own]
    words = f"banyaknya tindak lanjut{whose}"
    yield _count(follow_up_id("jumlah", commitment), words, rows, rows)
    carried = [f for f in own if f.origin]
    origins = [f.place.cell("origin") for f in carried]
    words = f"banyaknya tindak lanjut{whose} yang dibawa dari edisi terdahulu"
    yield _count(follow_up_id("terdahulu", commitment), words, origins, rows)
    for state in STATES:
        for chosen, is_carried in ((own, False), (carried, True)):
            cells = [f.place.cell("status") for f in chosen if (f.status or UNSTATED_STATUS) == state]
            words = f"banyaknya tindak lanjut{whose}{' edisi terdahulu' * is_carried} dengan Status {state}"
            among = [f.place.cell("status") for f in chosen] or rows
            yield _count(follow_up_id(state_part(state, carried=is_carried), commitment), words, cells, among)
    late = [f.place.cell("due") for f in overdue(results.data, results.edition) if f in own]
    words = f"banyaknya tindak lanjut{whose} yang belum selesai dan melewati Tenggat"
    parts = (COMPARED_WITH,) if late else ()
    yield count_of(follow_up_id("lewat", commitment), BASE.replace("-", " "), words, late, len(late), rows, parts=parts)


def _count(id_: str, words: str, cells: Sequence[str], among: Sequence[str]) -> Figure:
    return count_of(id_, BASE.replace("-", " "), words, cells, len(cells), among)
