"""Indikator Hasil: where the indicators stand, all in a table; of each commitment its values and lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monev.display.charts.specs import Spark, Sparks, Tone, batches
from monev.display.document import (
    Block,
    Break,
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
from monev.display.phrases import commitment_link, enumerate_inlines, enumerate_words, period_name
from monev.figures.indicator_figures import (
    BASELINE,
    COVERED,
    FARTHER,
    GOAL,
    NEARER,
    REACHED,
    STATES,
    as_number,
    indicator_id,
    latest,
    state,
    state_id,
)
from monev.figures.register import Register
from monev.figures.results import Results
from monev.rules.tidy import Amount, Indicator

SLOT = "indikator"
TABLE = "tbl-indikator"
_COLUMNS = 4  # periods in a table: the latest
_ROWS = 12  # indicators in a chart
_NONE: Inlines = ("–",)
_TONES: dict[str, Tone] = {REACHED: "baik", NEARER: "sedang", FARTHER: "buruk"}


def indicator_section(results: Results, register: Register) -> Section:
    """Return where the outcome indicators stand; empty where the register has none."""
    indicators = results.data.indicators
    if not indicators:
        return Section(SLOT)
    states: list[Inlines] = [
        (Num(register[state_id(name)]), f" {name.lower()}") for name in STATES if register[state_id(name)].value
    ]
    words = Paragraph(
        (
            "Register memuat ",
            Num(register[state_id()]),
            " indikator hasil. Menurut nilai terakhirnya ",
            *enumerate_inlines(states),
            ". Semuanya didaftar pada ",
            Ref(TABLE),
            ".",
        )
    )
    columns = (
        TableColumn(("Komitmen",), "right"),
        TableColumn(("Indikator",)),
        TableColumn(("Nilai awal",), "right"),
        TableColumn(("Nilai terakhir",), "right"),
        TableColumn(("Sasaran",), "right"),
        TableColumn(("Kemajuan",)),
    )
    rows = tuple(_row(own, results, register) for own in sorted(indicators, key=lambda own: (own.commitment, own.no)))
    return Section(SLOT, (words, Table(TABLE, ("Indikator hasil dan kemajuannya",), columns, rows)))


def _row(own: Indicator, results: Results, register: Register) -> tuple[Inlines, ...]:
    last = latest(own)
    name = next((period_name(p) for p in results.edition.periode if last and p.kode == last[0]), "")
    value = (*_figure(register, own, last[0]), Break(), name) if last else _NONE
    return (
        (commitment_link(own.commitment),),
        _name(own),
        _figure(register, own, BASELINE),
        value,
        _figure(register, own, GOAL),
        (*_figure(register, own, COVERED), " ", _label(own)),
    )


def _name(own: Indicator) -> Inlines:
    unit: Inlines = (" (", Cell(own.unit, own.place.cell("unit")), ")") if own.unit else ()
    return (Cell(own.indicator, own.place.cell("indicator")), *unit)


def _figure(register: Register, own: Indicator, part: str) -> Inlines:
    figure = register.get(indicator_id(own, part))
    return (Num(figure),) if figure else _NONE


def _label(own: Indicator) -> Label:
    name = state(own)
    return Label(name, _TONES.get(name, "netral"))


def commitment_blocks(results: Results, register: Register, number: int) -> Iterator[Block]:
    """Yield the indicators of a commitment for its appendix: a table with the latest periods, and a line each."""
    own = [each for each in results.data.indicators if each.commitment == number]
    if not own:
        return
    codes = [period.kode for period in results.edition.periode]
    yield Heading(3, ("Indikator Hasil",))
    columns = (
        TableColumn(("Indikator",)),
        TableColumn(("Awal",), "right"),
        *(TableColumn((code,), "right") for code in codes[-_COLUMNS:]),
        TableColumn(("Sasaran",), "right"),
        TableColumn(("Kemajuan",), "right"),
        TableColumn(("Sumber",)),
    )
    rows = tuple(_own_row(each, codes[-_COLUMNS:], register) for each in own)
    yield Table("", (), columns, rows)
    drawn = [each for each in own if len(each.values) + (each.baseline is not None) > 1]
    for n, some in enumerate(batches(drawn, _ROWS), start=1):
        yield _chart(some, codes, f"fig-indikator-{number:02d}" + (f"-{n}" if n > 1 else ""))


def _own_row(own: Indicator, codes: Sequence[str], register: Register) -> tuple[Inlines, ...]:
    source: Inlines = (Cell(own.source, own.place.cell("source")),) if own.source else _NONE
    parts = (BASELINE, *codes, GOAL, COVERED)
    return (_name(own), *(_figure(register, own, part) for part in parts), source)


def _chart(indicators: Sequence[Indicator], codes: Sequence[str], id_: str) -> Chart:
    sparks = tuple(
        Spark(
            each.indicator,
            (as_number(each.baseline), *(as_number(each.values.get(code)) for code in codes)),
            _end_words(each),
            as_number(each.goal),
            _TONES.get(state(each), "netral"),
        )
        for each in indicators
    )
    told = "; ".join(f"{each.indicator}: {_told(each)}" for each in indicators)
    alt = f"Garis nilai tiap indikator dari nilai awal sampai periode terakhir. {told}."
    title = "Indikator hasil; garis putus-putus menandai sasaran, tiap garis pada skalanya sendiri"
    return Chart(id_, (title,), alt, Sparks(("awal", *codes), sparks), numbered=False)


def _end_words(own: Indicator) -> str:
    last = latest(own)
    goal = f"sasaran {own.goal}" if own.goal else ""
    return "\n".join(filter(None, (str(last[1]) if last else "", goal)))


def _told(own: Indicator) -> str:
    def named(name: str, amount: Amount | None) -> str:
        return f"{name} {amount}" if amount else ""

    values = (named(code, amount) for code, amount in own.values.items())
    return enumerate_words([*filter(None, (named("awal", own.baseline), *values, named("sasaran", own.goal)))])
