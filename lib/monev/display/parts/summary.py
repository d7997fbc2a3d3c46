"""Ringkasan Eksekutif: the plan in numbers, and the shares of commitments per category (Gambar 1-2, Tabel 1-6)."""

from __future__ import annotations

from collections.abc import Iterator

from monev import register as names
from monev.display.charts.specs import Bar, Bars
from monev.display.document import (
    Block,
    Cell,
    Chart,
    Column,
    Heading,
    Inlines,
    Link,
    Num,
    Paragraph,
    Ref,
    Section,
    Table,
)
from monev.display.phrases import MEANINGS, coverage, enumerate_inlines, source_line, tone
from monev.fields import ADMINISTRATIVE, COCREATIVE, GROUPS
from monev.register import NOT_ASSESSED, Figure, Register, commitment_id, members, recap_id, slug, summary_id
from monev.results import CommitmentResult, Results

HEADINGS = {ADMINISTRATIVE: "Capaian Administratif", COCREATIVE: "Proses Ko-Kreasi"}
SHORT = {ADMINISTRATIVE: "administratif", COCREATIVE: "kokreasi"}
_SCORE = {ADMINISTRATIVE: ("skor", "Skor"), COCREATIVE: ("kokreasi", "Rata-rata")}


def general(results: Results, register: Register) -> Section:
    """Return the plan in numbers: declared counts where given, and what this edition covers."""
    said = results.edition.pernyataan
    declared: list[Inlines] = []
    if said.jumlah_kl is not None:
        declared.append((Num(register["pernyataan.jumlah_kl"]), " kementerian/lembaga"))
    if said.jumlah_oms is not None:
        declared.append((Num(register["pernyataan.jumlah_oms"]), " organisasi masyarakat sipil"))
    counted: list[Inlines] = [(Num(register["komitmen.jumlah"]), " komitmen")]
    if said.jumlah_target is not None:
        counted.append((Num(register["pernyataan.jumlah_target"]), " target capaian"))
    plan = results.edition.nama.rencana
    who: Inlines = ("melibatkan ", *enumerate_inlines(declared), ", dengan ") if declared else ("memuat ",)
    first = Paragraph((f"{plan} ", *who, *enumerate_inlines(counted), "."))
    per_group = [
        (Num(register[recap_id(group, names.ACCUMULATED, names.TOTAL)]), f" target {group}") for group in GROUPS
    ]
    second = Paragraph(
        (
            f"Laporan ini mencakup {coverage(results.edition.periode)}. Sampai periode itu ",
            Num(register["target.jumlah"]),
            " target dinilai, terdiri atas ",
            *enumerate_inlines(per_group),
            ".",
        )
    )
    return Section("ringkasan-umum", (first, second))


def dimension_section(results: Results, register: Register, dimension: str) -> Section:
    """Return one dimension of the summary: its chart, then each category with the commitments in it."""
    categories = names.categories(results, dimension)
    heading = Heading(2, (HEADINGS[dimension],), f"sec-ringkasan-{SHORT[dimension]}")
    chart = _chart(results, register, dimension, categories)
    lead = Paragraph((*_lead(register, dimension, categories), " Sebarannya disajikan pada ", Ref(chart.id), "."))
    blocks: list[Block] = [heading, lead, chart]
    for category in categories:
        blocks += _category(results, register, dimension, category)
    return Section(f"ringkasan-{SHORT[dimension]}", tuple(blocks))


def _lead(register: Register, dimension: str, categories: tuple[str, ...]) -> Inlines:
    parts: list[Inlines] = []
    for category in categories:
        count = register[f"{summary_id(dimension, category)}.jumlah"]
        if count.value:
            table = category_table(dimension, category)
            parts.append((Num(count), f" komitmen {_phrase(category)} (", Ref(table), ")"))
    return ("Dari ", Num(register["komitmen.jumlah"]), " komitmen, ", *enumerate_inlines(parts), ".")


def _phrase(category: str) -> str:
    return "tidak dinilai" if category == NOT_ASSESSED else f"berkategori {category}"


def _chart(results: Results, register: Register, dimension: str, categories: tuple[str, ...]) -> Chart:
    bars = []
    told = []
    for category in categories:
        base = summary_id(dimension, category)
        count, share = register[f"{base}.jumlah"], register[f"{base}.persen"]
        words = f"{count.printed} komitmen ({share.printed})"
        bars.append(Bar(category, _length(count), words, tone(category, dimension, results.edition)))
        told.append(f"{category} {words}")
    title = HEADINGS[dimension]
    return Chart(
        f"fig-{SHORT[dimension]}",
        _finding(register, dimension, categories),
        f"Diagram batang {title.lower()}: {'; '.join(told)}.",
        Bars(tuple(bars)),
        source_line(results.edition),
    )


def _finding(register: Register, dimension: str, categories: tuple[str, ...]) -> Inlines:
    """Say what the chart shows first: the category with the most commitments."""
    largest = max(categories, key=lambda category: _length(register[f"{summary_id(dimension, category)}.jumlah"]))
    base = summary_id(dimension, largest)
    what = HEADINGS[dimension].lower()
    return (
        Num(register[f"{base}.jumlah"]),
        " dari ",
        Num(register["komitmen.jumlah"]),
        " komitmen (",
        Num(register[f"{base}.persen"]),
        f") {_phrase(largest)} dalam {what}",
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
    meaning = MEANINGS[dimension, tone(category, dimension, results.edition)]
    if not own:
        yield Paragraph(("Tidak ada komitmen yang ", _phrase(category), " (", share, ")."))
        return
    table_id = category_table(dimension, category)
    yield Table(
        table_id,
        (f"{HEADINGS[dimension].capitalize()} {category}: {meaning} pada ", count, " komitmen (", share, ")"),
        (Column(("No",), "right"), Column(("Judul Komitmen",)), Column((_SCORE[dimension][1],), "right")),
        tuple(_member(result, register, dimension) for result in own),
        ("daftar-komitmen",),
    )


def _member(result: CommitmentResult, register: Register, dimension: str) -> tuple[Inlines, ...]:
    number = result.commitment.commitment
    score_id = f"{commitment_id(number)}.{_SCORE[dimension][0]}"
    outcome = result.outcome(dimension)
    note: Inlines = ()
    if outcome.determination:
        note = (f" (ditetapkan; menurut hitungan {outcome.computed or NOT_ASSESSED})",)
    return (
        (Link(str(number), f"sec-komitmen-{number:02d}"),),
        (Cell(result.commitment.title, result.commitment.place.cell("title")), *note),
        (Num(register[score_id]),) if score_id in register else ("–",),
    )
