"""What the secretariat's assessment tells beside its scores: reasons, evidence checked, questions, agreement."""

from __future__ import annotations

from collections.abc import Iterator

from monev.display.document import Block, Cell, Heading, Inlines, Num, Paragraph, Strong
from monev.display.phrases import day, enumerate_inlines
from monev.figures.assessment_figures import (
    ASKED,
    CHANGED_AFTER,
    CHECKED,
    DECIDED,
    REPLIED,
    SCORES,
    STATUSES,
    UNANSWERED,
    UNDECIDED,
    WAITING,
    agreement_id,
    checked_id,
)
from monev.figures.register import Register
from monev.figures.results import Results
from monev.model.assessment_sheets import CHANGED, DIFFERING, EVIDENCE_CHECKED
from monev.rules.judgements import Judgement, Question
from monev.rules.target_plan import key_of
from monev.rules.tidy import Target


def target_lines(results: Results, target: Target) -> Iterator[Block]:
    """Yield what assessors say of a target beside its score, and what its actor was asked."""
    judged = target.judgement
    if judged is not None:
        if judged.reason:
            yield Paragraph((Strong("Alasan nilai:"), " ", Cell(judged.reason, judged.place.cell("reason"))))
        yield from _checked(judged)
        if judged.state == CHANGED:
            yield Paragraph((Strong("Berubah sesudah dinilai:"), " nilai ini diberikan atas laporan yang lebih lama."))
        if judged.state == DIFFERING:
            yield Paragraph((Strong("Menunggu keputusan:"), " kedua penilai berbeda."))
    for question in results.data.questions:
        if question.key == key_of(target) and question.counts:
            yield _question(question)


def _checked(judged: Judgement) -> Iterator[Block]:
    cell = judged.place.cell
    who: list[Inlines] = []
    if judged.assessor:
        who.append(("oleh ", Cell(judged.assessor, cell("assessor"))))
    if judged.assessor_2:
        who.append(("oleh " if not who else "", Cell(judged.assessor_2, cell("assessor_2"))))
    by: Inlines = enumerate_inlines(who) if who else ()
    on: Inlines = (Cell(day(judged.day.date()), cell("day")),) if judged.day else ()
    beside: Inlines = (*by, *((", ",) if by and on else ()), *on)
    if judged.evidence_checked:
        found: Inlines = (Cell(judged.evidence_checked, cell("evidence_checked")),)
        yield Paragraph((Strong("Bukti diperiksa:"), " ", *found, *((" (", *beside, ")") if beside else ())))
    elif beside and judged.begun:
        yield Paragraph((Strong("Dinilai:"), " ", *beside))


def _question(question: Question) -> Block:
    cell = question.place.cell
    asked: Inlines = (Strong("Ditanyakan:"), " ", Cell(question.question, cell("question")))
    if question.answer:
        return Paragraph((*asked, " ", Strong("Dijawab:"), " ", Cell(question.answer, cell("answer"))))
    return Paragraph((*asked, " ", Strong("Belum dijawab." if question.is_open else "Ditutup tanpa jawaban.")))


# The method ---------------------------------------------------------------------------------------------------


def method(register: Register) -> tuple[Block, ...]:
    """Return how targets were judged and what was asked back, for the chapter on method; nothing where neither was."""
    words = [*_evidence(register), *_asked(register), *_agreement(register), *_waiting(register)]
    if not words:
        return ()
    heading = Heading(3, ("Pemeriksaan, konfirmasi, dan penilai",), "sec-pemeriksaan")
    return (heading, *(Paragraph(each) for each in words))


def _counts(register: Register, *told: tuple[str, str]) -> list[Inlines]:
    return [(Num(figure), f" {words}") for id_, words in told if (figure := register.get(id_)) and figure.value]


def _evidence(register: Register) -> Iterator[Inlines]:
    checked = register.get(CHECKED)
    if checked and checked.value:
        kinds = _counts(register, *((checked_id(answer), answer.lower()) for answer in EVIDENCE_CHECKED))
        lead: Inlines = (Strong("Bukti."), " Data dukung ", Num(checked), " target dibandingkan dengan laporannya: ")
        yield (*lead, *enumerate_inlines(kinds), ".")


def _asked(register: Register) -> Iterator[Inlines]:
    asked = register.get(ASKED)
    if asked is None or not asked.value:
        return
    became = _counts(
        register, (REPLIED, "dijawab"), (UNANSWERED, "ditutup tanpa jawaban"), (WAITING, "masih terbuka")
    )  # fmt: skip
    lead: Inlines = (Strong("Konfirmasi."), " Sekretariat mengajukan ", Num(asked), " pertanyaan kepada pelaksana: ")
    where = ". Pertanyaan dan jawabannya dimuat pada targetnya masing-masing dalam lampiran."
    yield (*lead, *enumerate_inlines(became), where)


def _agreement(register: Register) -> Iterator[Inlines]:
    told: list[Inlines] = []
    for what, noun in ((SCORES, "kategori nilai"), (STATUSES, "status ko-kreasi")):
        both = register.get(agreement_id(what, "pasangan"))
        if both is None:
            continue
        same, share = (Num(register[agreement_id(what, part)]) for part in ("sama", "persen"))
        alpha = register.get(agreement_id(what, "alfa"))
        more: Inlines = ("; alfa Krippendorff ", Num(alpha)) if alpha else ()
        told.append((f"{noun} sama pada ", same, " dari ", Num(both), " target (", share, *more, ")"))
    if told:
        yield (Strong("Dua penilai."), " Pada target yang dinilai dua orang, ", *enumerate_inlines(told), ".")


def _waiting(register: Register) -> Iterator[Inlines]:
    told: list[Inlines] = []
    if (decided := register.get(DECIDED)) and decided.value:
        told.append((" Nilai atau status ", Num(decided), " target ditetapkan dengan keputusan bersama."))
    if (waiting := register.get(UNDECIDED)) and waiting.value:
        told.append((" Kedua penilai berbeda pada ", Num(waiting), " target yang belum diputuskan."))
    if (changed := register.get(CHANGED_AFTER)) and changed.value:
        told.append((" Laporan ", Num(changed), " target berubah sesudah dinilai dan belum dilihat lagi."))
    if told:
        yield (Strong("Keputusan."), *(inline for part in told for inline in part))
