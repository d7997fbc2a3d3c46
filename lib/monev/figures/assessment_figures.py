"""The figures of judging beside the actors' words: questions asked back, evidence checked, how far assessors agree.

Pure. An edition that judges in other workbooks has none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from monev.figures.number_format import decimal
from monev.figures.register import Figure, Register, count_of, share_of, slug
from monev.figures.results import Results
from monev.model.assessment_sheets import ANSWERED, CHANGED, CLOSED, DIFFERING, EVIDENCE_CHECKED, OPEN
from monev.model.fields import COCREATION
from monev.rules.judgements import Judgement, Question, alpha
from monev.rules.scores import Score, band
from monev.rules.tidy import Target

ASKED, REPLIED, UNANSWERED, WAITING = (f"konfirmasi.{name}" for name in ("diajukan", "dijawab", "ditutup", "terbuka"))
CHECKED, CHANGED_AFTER, UNDECIDED, DECIDED = (
    f"pemeriksaan.{name}" for name in ("bukti", "berubah", "menunggu", "diputuskan")
)
SCORES, STATUSES = "nilai", "status"


def checked_id(answer: str) -> str:
    """Return the id of how many targets' evidence was found so: `pemeriksaan.bukti.perlu-dilengkapi`."""
    return f"{CHECKED}.{slug(answer)}"


def agreement_id(what: str, part: str) -> str:
    """Return the id of a figure of the assessors' agreement: `kesepakatan.nilai.alfa`."""
    return f"kesepakatan.{what}.{part}"


def judged_targets(results: Results) -> list[Target]:
    """Return the targets that a row of sheet Penilaian is about."""
    return [target for target in results.targets if target.judgement]


@dataclass(frozen=True)
class Pairs:
    """What two assessors said of the same targets: the cells of both, and what each pair is in the order of answers."""

    cells: tuple[str, ...]
    values: tuple[tuple[int, int], ...]
    named: tuple[tuple[str, str], ...]

    @property
    def same(self) -> int:
        """How many pairs are of one kind."""
        return sum(one == two for one, two in self.named)


def pairs(results: Results, what: str) -> Pairs:
    """Return what two assessors said: categories of scores, or co-creation statuses.

    A score that is no number has no place in the order of categories, so its pair counts but enters no alpha.
    """
    rules = results.edition.penilaian
    order = [category.nama for category in reversed(rules.kategori)] if what == SCORES else [*COCREATION]
    names = ("score", "score_2") if what == SCORES else ("cocreation", "cocreation_2")

    def kind(value: Score) -> str:
        return (band(value, rules) or str(value)) if what == SCORES else str(value)

    cells: list[str] = []
    named: list[tuple[str, str]] = []
    for target in judged_targets(results):
        judged = target.judgement
        given = [getattr(judged, name) for name in names]
        if judged and all(value not in (None, "") for value in given):
            cells += [judged.place.cell(name) for name in names]
            named.append((kind(given[0]), kind(given[1])))
    values = [(order.index(one), order.index(two)) for one, two in named if one in order and two in order]
    return Pairs(tuple(cells), tuple(values), tuple(named))


def with_assessment(register: Register, results: Results) -> Register:
    """Return the register with the figures of this module; itself where nothing was judged beside forms."""
    more = {figure.id: figure for figure in _figures(results)}
    return Register({**register.figures, **more}) if more else register


def _figures(results: Results) -> Iterator[Figure]:
    yield from _questions(results.data.questions)
    targets = judged_targets(results)
    if any(target.judgement and target.judgement.begun for target in targets):
        yield from _checked([target.judgement for target in targets if target.judgement])
        for what in (SCORES, STATUSES):
            yield from _agreement(results, what)


def _questions(questions: Sequence[Question]) -> Iterator[Figure]:
    if not questions:
        return
    everything = [question.place.cell("question") for question in questions]
    for id_, column, words, chosen in _QUESTION_COUNTS:
        cells = [question.place.cell(column) for question in questions if chosen(question)]
        yield count_of(id_, "pertanyaan", words, cells, len(cells), everything)


_QUESTION_COUNTS: Sequence[tuple[str, str, str, Callable[[Question], bool]]] = (
    (ASKED, "question", "banyaknya baris lembar Konfirmasi, tanpa yang dibatalkan", lambda q: q.counts),
    (
        REPLIED,
        "answer",
        f"banyaknya pertanyaan dengan Jawaban, tanpa yang {OPEN} dan yang dibatalkan",
        lambda q: q.is_answered,
    ),
    (
        UNANSWERED,
        "status",
        f"banyaknya pertanyaan berstatus {CLOSED} atau {ANSWERED} tanpa Jawaban",
        lambda q: q.counts and not q.is_open and not q.answer,
    ),
    (WAITING, "status", "banyaknya pertanyaan yang masih terbuka", lambda q: q.is_open),
)


def _checked(rows: Sequence[Judgement]) -> Iterator[Figure]:
    everything = [judged.place.cell("evidence_checked") for judged in rows]
    found = []
    for answer in EVIDENCE_CHECKED:
        cells = [judged.place.cell("evidence_checked") for judged in rows if judged.evidence_checked == answer]
        words = f"banyaknya target dengan Bukti Diperiksa {answer}"
        found.append(count_of(checked_id(answer), "target", words, cells, len(cells), everything))
    cells = [judged.place.cell("evidence_checked") for judged in rows if judged.evidence_checked]
    parts = tuple(figure.id for figure in found)
    words = "banyaknya target dengan Bukti Diperiksa terisi"
    yield count_of(CHECKED, "target", words, cells, len(cells), everything, parts=parts)
    yield from found
    basis = [judged.place.cell("day") for judged in rows]
    for id_, state, words in (
        (CHANGED_AFTER, CHANGED, "banyaknya target yang laporannya berubah sesudah dinilai dan belum dilihat lagi"),
        (UNDECIDED, DIFFERING, "banyaknya target yang kedua penilainya berbeda dan belum diputuskan"),
    ):
        cells = [judged.place.cell("day") for judged in rows if judged.state == state]
        yield count_of(id_, "target", words, cells, len(cells), basis)
    cells = [
        judged.place.cell("final_score" if judged.final_score is not None else "final_cocreation")
        for judged in rows
        if judged.final_score is not None or judged.final_cocreation
    ]
    words = "banyaknya target dengan Nilai Akhir atau Status Akhir"
    yield count_of(DECIDED, "target", words, cells, len(cells), basis)


def _agreement(results: Results, what: str) -> Iterator[Figure]:
    found = pairs(results, what)
    if not found.named:
        return
    noun = "kategori nilainya" if what == SCORES else "status ko-kreasinya"
    words = f"banyaknya target yang {noun} diberikan kedua penilai"
    both = count_of(agreement_id(what, "pasangan"), "target", words, found.cells, len(found.named))
    same = count_of(
        agreement_id(what, "sama"), "target", f"banyaknya target yang {noun} sama menurut kedua penilai",
        found.cells, found.same, parts=(both.id,),
    )  # fmt: skip
    yield from (both, same, share_of(agreement_id(what, "persen"), same, both, f"bagian target yang {noun} sama"))
    value = alpha(found.values, ordinal=what == SCORES) if found.values else None
    if value is not None:
        scale = "ordinal" if what == SCORES else "nominal"
        words = f"alfa Krippendorff dua penilai, skala {scale}, dibulatkan"
        yield Figure(agreement_id(what, "alfa"), value, "alfa", words, decimal(value, 3), found.cells, (both.id,))
