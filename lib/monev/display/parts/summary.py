"""Ringkasan Eksekutif: the plan in numbers, and the shares of commitments per category (Gambar 1-2, Tabel 1-6)."""

from __future__ import annotations

from collections.abc import Iterator

from monev.display.charts.specs import Bar, Bars
from monev.display.document import (
    Block,
    Cell,
    Chart,
    Group,
    Heading,
    Inlines,
    Link,
    Num,
    Paragraph,
    Ref,
    Section,
    Table,
    TableColumn,
)
from monev.display.parts import criteria, state
from monev.display.phrases import (
    coverage,
    determined_words,
    enumerate_inlines,
    enumerate_words,
    named_commitments,
    source_line,
    tone,
)
from monev.figures import register as names
from monev.figures.completion_figures import level_id, levels
from monev.figures.register import (
    NOT_ASSESSED,
    Figure,
    Register,
    commitment_id,
    declared_id,
    members,
    recap_id,
    slug,
    summary_id,
)
from monev.figures.results import CommitmentResult, Results
from monev.model.fields import ADMINISTRATIVE, COCREATIVE, DIMENSIONS

HEADINGS = {ADMINISTRATIVE: "Capaian Administratif", COCREATIVE: "Proses Ko-Kreasi"}
SHORT = {ADMINISTRATIVE: "administratif", COCREATIVE: "kokreasi"}
_SCORE = {ADMINISTRATIVE: ("skor", "Skor"), COCREATIVE: ("kokreasi", "Rata-rata")}
_LETTERS = 100  # of a title on one line of a table
_LINES = 30  # of titles at most, else the tables name commitments by number: the summary stays short

_FEW = 12  # commitments: so few leave room for short lists to stay with the next


def general(results: Results, register: Register) -> Section:
    """Return the plan in numbers: declared counts where given, what this edition covers, and a chart per dimension."""
    groups = results.edition.groups
    declared: list[Inlines] = [
        (Num(register[declared_id(group)]), f" {group.in_sentences}")
        for group in groups
        if declared_id(group) in register
    ]
    counted: list[Inlines] = [(Num(register["komitmen.jumlah"]), " komitmen")]
    if "pernyataan.jumlah_target" in register:
        counted.append((Num(register["pernyataan.jumlah_target"]), " target capaian", *criteria.due_later(register)))
    plan = results.edition.nama.rencana
    who: Inlines = ("melibatkan ", *enumerate_inlines(declared), ", dengan ") if declared else ("memuat ",)
    first: Inlines = (f"{plan} ", *who, *enumerate_inlines(counted), ".")
    per_group = [
        (Num(register[recap_id(group, names.ACCUMULATED, names.TOTAL)]), f" target {group}") for group in groups
    ]
    second: Inlines = (
        f" Laporan ini mencakup {coverage(results.edition.periode)}. Sampai periode itu ",
        Num(register["target.jumlah"]),
        " target dinilai, terdiri atas ",
        *enumerate_inlines(per_group),
        ".",
    )
    charts = tuple(_chart(results, register, dimension) for dimension in DIMENSIONS)
    source = Group(("sumber",), (Paragraph(source_line(results.edition)),))
    missing = state.told(register, results.edition)
    third: Inlines = (" Laporan ini belum lengkap: ", *missing) if missing else ()
    return Section("ringkasan-umum", (Paragraph((*first, *second, *third)), Group(("berdampingan",), charts), source))


def dimension_section(results: Results, register: Register, dimension: str) -> Section:
    """Return one dimension of the summary: each category with the commitments in it."""
    categories = names.categories(results, dimension)
    heading = Heading(2, (HEADINGS[dimension],), f"sec-ringkasan-{SHORT[dimension]}")
    lead = _lead(results, register, dimension)
    if _by_number(results) and results.edition.shows("komitmen"):
        lead = (*lead, " Judul setiap komitmen dimuat pada ", Ref("tbl-komitmen"), ".")
    blocks: list[Block] = [heading, Paragraph(lead), *state.beside(register, results.edition)]
    for category in categories:
        blocks += _category(results, register, dimension, category)
    if dimension == ADMINISTRATIVE:
        blocks += _completion(results, register)
    return Section(f"ringkasan-{SHORT[dimension]}", tuple(blocks))


def _completion(results: Results, register: Register) -> Iterator[Block]:
    """Yield the table of completion on OGP's scale, where the params have one."""
    scale = results.edition.penilaian.penyelesaian_ogp
    if scale is None:
        return
    rows = tuple(
        (
            (name,),
            (Num(register[level_id(level)]),),
            named_commitments([one.commitment for one in found]) if found else (),
        )
        for level, (name, found) in levels(results).items()
    )
    columns = (TableColumn(("Penyelesaian",)), TableColumn(("Banyaknya",), "right"), TableColumn(("Komitmen",)))
    yield Heading(3, ("Penyelesaian Menurut OGP",), "sec-ringkasan-ogp")
    yield Table("tbl-ogp", ("Komitmen menurut penyelesaiannya pada skala Open Government Partnership",), columns, rows)
    rest = "semua yang tercapai berbukti" if scale.bukti == "semua" else "sebagian targetnya berbukti"
    yield Group(("penjelas",), (Paragraph((f"Penyelesaian hanya disebut bila {rest}.",)),))


def _lead(results: Results, register: Register, dimension: str) -> Inlines:
    parts: list[Inlines] = []
    none: list[str] = []
    for category in names.categories(results, dimension):
        count = register[f"{summary_id(dimension, category)}.jumlah"]
        if count.value:
            table = category_table(dimension, category)
            words = category if parts and category != NOT_ASSESSED else _phrase(category)
            parts.append((Num(count), f" {words} (", Ref(table), ")"))
        elif category != NOT_ASSESSED:
            none.append(category)
    nobody = f"; tidak ada yang berkategori {enumerate_words(none)}" if none else ""
    lead: Inlines = ("Dari ", Num(register["komitmen.jumlah"]), " komitmen, ", *enumerate_inlines(parts), nobody)
    return (*lead, ". Sebarannya tampak pada ", Ref(_chart_id(dimension)), ".")


def _phrase(category: str) -> str:
    return "tidak dinilai" if category == NOT_ASSESSED else f"berkategori {category}"


def _chart_id(dimension: str) -> str:
    return f"fig-{SHORT[dimension]}"


def _chart(results: Results, register: Register, dimension: str) -> Chart:
    bars = []
    categories = names.categories(results, dimension)
    told = []
    for category in categories:
        base = summary_id(dimension, category)
        count, share = register[f"{base}.jumlah"], register[f"{base}.persen"]
        words = f"{count.charted} ({share.charted})"
        bars.append(Bar(category, _length(count), words, tone(category, dimension, results.edition)))
        told.append(f"{category} {count.printed} komitmen ({share.printed})")
    title = HEADINGS[dimension]
    return Chart(
        _chart_id(dimension),
        _finding(register, dimension, categories),
        f"Diagram batang {title.lower()}: {'; '.join(told)}.",
        Bars(tuple(bars), half=True),
    )


def _finding(register: Register, dimension: str, categories: tuple[str, ...]) -> Inlines:
    """Say what the chart shows first: the category with the most commitments."""
    largest = max(categories, key=lambda category: _length(register[f"{summary_id(dimension, category)}.jumlah"]))
    base = summary_id(dimension, largest)
    return (
        f"{HEADINGS[dimension].capitalize()}: ",
        Num(register[f"{base}.jumlah"]),
        " dari ",
        Num(register["komitmen.jumlah"]),
        " komitmen (",
        Num(register[f"{base}.persen"]),
        f") {_phrase(largest)}",
    )


def _length(count: Figure) -> int:
    return count.value if isinstance(count.value, int) else 0


def category_table(dimension: str, category: str) -> str:
    """Return the id of the table that lists the commitments of one category; empty stands for not assessed."""
    return f"tbl-{SHORT[dimension]}-{slug(category or NOT_ASSESSED)}"


def _category(results: Results, register: Register, dimension: str, category: str) -> Iterator[Block]:
    base = summary_id(dimension, category)
    own = members(results, dimension, category)
    share, count = Num(register[f"{base}.persen"]), Num(register[f"{base}.jumlah"])
    if not own:
        return
    table_id = category_table(dimension, category)
    columns: tuple[TableColumn, ...] = (TableColumn(("No",), "right"), TableColumn(("Judul Komitmen",)))
    columns = (*columns, TableColumn((_SCORE[dimension][1],), "right"))
    rows: tuple[tuple[Inlines, ...], ...] = tuple(_member(result, register, dimension) for result in own)
    if _by_number(results):
        columns = (TableColumn((f"Komitmen ({_SCORE[dimension][1].lower()})",)),)
        rows = ((tuple(part for n, row in enumerate(rows) for part in _short(row, n)),),)
    yield Table(
        table_id,
        (_titled(dimension, category), ": ", count, " dari ", Num(register["komitmen.jumlah"]), " (", share, ")"),
        columns,
        rows,
        ("daftar-komitmen", *(("pendek",) if len(results.commitments) <= _FEW else ())),
    )


def _titled(dimension: str, category: str) -> str:
    what = HEADINGS[dimension].lower()
    if category == NOT_ASSESSED:
        return f"Komitmen yang {what}nya tidak dinilai"
    return f"Komitmen dengan {what} {category}"


def _by_number(results: Results) -> bool:
    """Tell whether the titles would make the summary long."""
    return sum(-(-len(result.commitment.title) // _LETTERS) for result in results.commitments) > _LINES


def _short(row: tuple[Inlines, ...], place: int) -> Inlines:
    """`, 7 (83,3%)`: a commitment by its number alone, and what its title is followed by."""
    number, (_, *note), score = row
    return (*((", ",) if place else ()), *number, " (", *score, ")", *note)


def _member(result: CommitmentResult, register: Register, dimension: str) -> tuple[Inlines, ...]:
    number = result.commitment.commitment
    score_id = f"{commitment_id(number)}.{_SCORE[dimension][0]}"
    outcome = result.outcome(dimension)
    words = determined_words(outcome)
    note: Inlines = (words,) if words else ()
    return (
        (Link(str(number), f"sec-komitmen-{number:02d}"),),
        (Cell(result.commitment.title, result.commitment.place.cell("title")), *note),
        (Num(register[score_id]),) if score_id in register else ("–",),
    )
