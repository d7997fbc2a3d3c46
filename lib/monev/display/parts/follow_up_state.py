"""Tindak Lanjut: what became of follow-ups, by commitment, and which are overdue; in the appendix, beside each."""

from __future__ import annotations

from collections.abc import Iterator

from monev.display.document import (
    Block,
    Cell,
    Inlines,
    Label,
    Num,
    Paragraph,
    Ref,
    Section,
    Strong,
    Table,
    TableColumn,
    Tone,
)
from monev.display.phrases import commitment_link, day, enumerate_inlines
from monev.figures.follow_up_figures import (
    COMPARED_WITH,
    STATES,
    UNSTATED_STATUS,
    follow_up_id,
    overdue_id,
    state_part,
)
from monev.figures.register import Register
from monev.figures.results import Results
from monev.model.fields import CANCELLED, DONE
from monev.rules.follow_ups import is_tracked, overdue
from monev.rules.tidy import FollowUp

SLOT = "tindak-lanjut"
TABLE, OVERDUE = "tbl-tindak-lanjut", "tbl-lewat-tenggat"
_TONES: dict[str, Tone] = {DONE: "baik", "Berjalan": "sedang", "Belum": "buruk"}
_DONE_FIRST = (DONE, *(state for state in reversed(STATES) if state != DONE))
_NONE: Inlines = ("–",)


def follow_up_state(results: Results, register: Register) -> Section:
    """Return what became of follow-ups; empty where nothing is said of them beyond their words."""
    if not is_tracked(results.data.followups):
        return Section(SLOT)
    blocks: list[Block] = [*_carried(register), *_lead(register), _table(results, register)]
    if late := overdue(results.data, results.edition):
        blocks.append(_overdue(late, register))
    return Section(SLOT, tuple(blocks))


def _carried(register: Register) -> Iterator[Block]:
    total = register[follow_up_id("terdahulu")]
    if not total.value:
        return
    done, *others = (register[follow_up_id(state_part(state, carried=True))] for state in _DONE_FIRST)
    rest: list[Inlines] = [
        (Num(figure), f" {state.lower()}")
        for figure, state in zip(others, _DONE_FIRST[1:], strict=True)
        if figure.value
    ]
    told: Inlines = ("; selebihnya ", *enumerate_inlines(rest)) if rest else ()
    yield Paragraph((Num(done), " dari ", Num(total), " tindak lanjut edisi terdahulu selesai", *told, "."))


def _lead(register: Register) -> Iterator[Block]:
    late = register[follow_up_id("lewat")]
    listed: Inlines = (" dan didaftar pada ", Ref(OVERDUE)) if late.value else ()
    yield Paragraph(
        (
            "Seluruhnya tercatat ",
            Num(register[follow_up_id()]),
            " tindak lanjut; keadaannya menurut komitmen disajikan pada ",
            Ref(TABLE),
            ". Per ",
            Num(register[COMPARED_WITH]),
            ", ",
            Num(late),
            " belum selesai dan melewati tenggatnya",
            *listed,
            ".",
        )
    )


def _table(results: Results, register: Register) -> Table:
    states = [s for s in STATES if s != UNSTATED_STATUS or register[follow_up_id(state_part(s))].value]
    carried = bool(register[follow_up_id("terdahulu")].value)
    numbers = [c.commitment for c in results.data.commitments if follow_up_id("jumlah", c.commitment) in register]

    def row(name: Inlines, number: int | None) -> tuple[Inlines, ...]:
        parts = [*(state_part(state) for state in states), "jumlah", "lewat"]
        cells: list[Inlines] = [(Num(register[follow_up_id(part, number)]),) for part in parts]
        if carried:
            done = Num(register[follow_up_id(state_part(DONE, carried=True), number)])
            cells.append((done, " dari ", Num(register[follow_up_id("terdahulu", number)])))
        return (name, *cells)

    headings = [*states, "Jumlah", "Lewat tenggat", *(["Terdahulu yang selesai"] if carried else [])]
    columns = (TableColumn(("Komitmen",), "right"), *(TableColumn((name,), "right") for name in headings))
    rows = (*(row((commitment_link(n),), n) for n in numbers), row(("Jumlah",), None))
    return Table(TABLE, ("Tindak lanjut menurut komitmen dan status",), columns, rows, ("rekap",))


def _overdue(late: tuple[FollowUp, ...], register: Register) -> Table:
    columns = (
        TableColumn(("Komitmen",), "right"),
        TableColumn(("UK",), "right"),
        TableColumn(("Tindak lanjut",)),
        TableColumn(("Penanggung jawab",)),
        TableColumn(("Tenggat",)),
        TableColumn(("Lewat (hari)",), "right"),
        TableColumn(("Status",)),
    )
    rows = tuple(_overdue_row(follow_up, register) for follow_up in late)
    return Table(OVERDUE, ("Tindak lanjut yang melewati tenggat",), columns, rows)


def _overdue_row(own: FollowUp, register: Register) -> tuple[Inlines, ...]:
    cell = own.place.cell
    return (
        (commitment_link(own.commitment),),
        (Cell(str(own.measure), cell("measure")),) if own.measure else _NONE,
        (Cell(own.text, cell("text")),),
        (Cell(own.responsible, cell("responsible")),) if own.responsible else ("belum ditunjuk",),
        (Cell(day(own.due), cell("due")),) if own.due else _NONE,
        (Num(register[overdue_id(own)]),),
        (_label(own.status),),
    )


def _label(status: str) -> Label:
    return Label(status or UNSTATED_STATUS, _TONES.get(status, "netral"))


def beside(follow_up: FollowUp, register: Register) -> Inlines:
    """Return what is said of a follow-up behind its words in the appendix; nothing of one with nothing but words."""
    if not is_tracked([follow_up]):
        return ()
    cell = follow_up.place.cell
    parts: list[Inlines] = [(_label(follow_up.status),)]
    if follow_up.responsible:
        parts.append((Strong("Penanggung jawab:"), " ", Cell(follow_up.responsible, cell("responsible"))))
    if follow_up.due:
        over = register.get(overdue_id(follow_up))
        late: Inlines = (", lewat ", Num(over), " hari") if over else ()
        parts.append((Strong("Tenggat:"), " ", Cell(day(follow_up.due), cell("due")), *late))
    if follow_up.remark:
        closed = follow_up.status if follow_up.status in (DONE, CANCELLED) else "Keterangan"
        parts.append((Strong(f"{closed}:"), " ", Cell(follow_up.remark, cell("remark"))))
    if follow_up.origin:
        parts.append(("dari ", Cell(follow_up.origin, cell("origin"))))
    told = tuple(item for n, part in enumerate(parts) for item in (("; ",) if n > 1 else (" ",)) + part)
    return (*told, ".")
