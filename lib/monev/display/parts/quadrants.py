"""Capaian dan Ko-Kreasi: which commitments are strong in both dimensions, in one, or in none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from monev.display.charts.specs import Point, Quadrants
from monev.display.document import Block, Chart, Inlines, Num, Paragraph, Ref, Section, Table, TableColumn
from monev.display.parts.change import LISTED
from monev.display.phrases import (
    MARK,
    commitment_link,
    enumerate_inlines,
    mark_note,
    marked,
    named_commitments,
    source_line,
)
from monev.figures.analysis import quadrant_id
from monev.figures.register import Register, commitment_id, slug
from monev.figures.results import CommitmentResult, Results
from monev.figures.standings import QUADRANTS, Quadrant, quadrant

_ALONE = 6  # commitments in one place that are drawn one by one; more of them become one point
_TOLD = 60  # commitments that the chart's alternative tells one by one; of more it tells how many lie where
_APART = 0.07  # of the scale: nearer ticks would touch
_CAPTION: tuple[Quadrant, ...] = ("kuat", "administratif")
_SAID: tuple[Quadrant, ...] = ("administratif", "lemah")  # whom the words name: where co-creation fails


def quadrants(results: Results, register: Register) -> Section:
    """Return the square of administrative score and co-creation; empty where no commitment has both scores."""
    lies = {r.commitment.commitment: quadrant(results, r.commitment.commitment) for r in results.commitments}
    drawn = [r for r in results.commitments if lies[r.commitment.commitment] != "tanpa"]
    if not drawn:
        return Section("kuadran")
    names = quadrant_names(results)
    counts: list[Inlines] = [
        (Num(register[quadrant_id(name)]), f" {names[name]}") for name in QUADRANTS if register[quadrant_id(name)].value
    ]
    words: list[Inlines] = [("Banyaknya komitmen menurut kedua kategorinya: ", *enumerate_inlines(counts), ".")]
    for name in _SAID:
        own = [number for number, place in lies.items() if place == name]
        if own and len(own) <= LISTED:
            words.append((" ", *_SENTENCES[name], *named_commitments(own), "."))
    lead = Paragraph(tuple(part for sentence in words for part in sentence))
    where = Paragraph(
        (
            "Letak setiap komitmen disajikan pada ",
            Ref("fig-kuadran"),
            "; garis putusnya adalah batas bawah kategori terbaik. Daftarnya pada ",
            Ref("tbl-kuadran"),
            ".",
        )
    )
    blocks: tuple[Block, ...] = (lead, where, _chart(results, register, drawn, names), _table(results, register, lies))
    return Section("kuadran", blocks)


_SENTENCES: dict[Quadrant, Inlines] = {
    "administratif": ("Capaian administratifnya sudah memadai, tetapi kerja samanya belum, pada ",),
    "lemah": ("Kedua sisi masih perlu dibenahi pada ",),
}


def quadrant_names(results: Results) -> dict[Quadrant, str]:
    """Return what each quadrant is called, in the words of the params' categories."""
    rules = results.edition.penilaian
    best, together = rules.kategori[0].nama, rules.kokreasi.kategori[0].nama
    return {
        "kuat": f"{best} dan {together}",
        "administratif": f"{best} tetapi belum {together}",
        "kokreasi": f"{together} tetapi belum {best}",
        "lemah": f"belum {best} dan belum {together}",
        "tanpa": "tanpa skor dalam salah satu sisi",
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _chart(
    results: Results, register: Register, drawn: Sequence[CommitmentResult], names: dict[Quadrant, str]
) -> Chart:
    shown = [name for name in _CAPTION if register[quadrant_id(name)].value]
    finding: list[Inlines] = [(Num(register[quadrant_id(name)]), f" komitmen {names[name]}") for name in shown]
    none: Inlines = (f"Tidak ada komitmen yang {names['kuat']}",)
    return Chart(
        "fig-kuadran",
        ("Capaian administratif dan ko-kreasi: ", *enumerate_inlines(finding)) if finding else none,
        f"Diagram sebar skor administratif dan rata-rata ko-kreasi. {'; '.join(_told(register, drawn, names))}.",
        _drawing(results, register, drawn, names),
        (*mark_note(results, "Letak titik menurut hasil hitungan, sedangkan"), *source_line(results.edition)),
    )


def _told(register: Register, drawn: Sequence[CommitmentResult], names: dict[Quadrant, str]) -> list[str]:
    """Tell what the chart shows, for those who cannot see it; a list of hundreds would not be heard to its end."""
    if len(drawn) > _TOLD:
        counts = {name: register[quadrant_id(name)] for name in QUADRANTS if name != "tanpa"}
        return [f"{figure.printed} komitmen {names[name]}" for name, figure in counts.items()]
    told = []
    for number in (r.commitment.commitment for r in drawn):
        score, together = (register[f"{commitment_id(number)}.{name}"].printed for name in ("skor", "kokreasi"))
        told.append(f"Komitmen {number}: skor {score}, ko-kreasi {together}")
    return told


def _drawing(
    results: Results, register: Register, drawn: Sequence[CommitmentResult], names: dict[Quadrant, str]
) -> Quadrants:
    rules = results.edition.penilaian
    best, together = rules.kategori[0], rules.kokreasi.kategori[0]
    # A score is rounded before it is put into a category: what reaches half a percent below the bound is above it.
    x_split = max(0.0, (best.dari - 0.5) / 100)
    y_split = float(together.dari)
    least = register[f"penilaian.kokreasi.{slug(together.nama)}.dari"].printed
    return Quadrants(
        _points(results, drawn),
        "Skor capaian administratif",
        "Rata-rata bobot ko-kreasi",
        x_split,
        y_split,
        _ticks(x_split, f"{best.dari}%", ("0%", "100%")),
        _ticks(y_split, least, ("0", "1")),
        (
            _capital(names["kokreasi"]),
            _capital(names["kuat"]),
            _capital(names["lemah"]),
            _capital(names["administratif"]),
        ),
    )


def _ticks(split: float, words: str, ends: tuple[str, str]) -> tuple[tuple[float, str], ...]:
    """Return the ends of a scale and the dividing line, but no end that would touch it."""
    kept = [(place, end) for place, end in zip((0.0, 1.0), ends, strict=True) if abs(place - split) >= _APART]
    return tuple(sorted([*kept, (split, words)]))


def _points(results: Results, drawn: Sequence[CommitmentResult]) -> tuple[Point, ...]:
    """Return a point per commitment, marked where its category was determined; many in one place become one point.

    That one is named by how many they are.
    """
    at = {r.commitment.commitment: _place(r) for r in drawn}
    many = Counter(at.values())
    alone = [(number, place) for number, place in at.items() if many[place] <= _ALONE]
    points = [Point(f"{number}{marked(results, number)}", *place) for number, place in alone]
    return (*points, *(Point(f"{count}×", *place) for place, count in many.items() if count > _ALONE))


def _place(result: CommitmentResult) -> tuple[float, float]:
    assert result.administrative.score is not None
    assert result.cocreation.score is not None
    return float(result.administrative.score) / 100, float(result.cocreation.score)


def _table(results: Results, register: Register, lies: dict[int, Quadrant]) -> Table:
    names = quadrant_names(results)
    rows: list[tuple[Inlines, ...]] = []
    for name in QUADRANTS:
        own = [number for number, place in lies.items() if place == name]
        if own:
            numbers: list[Inlines] = [(commitment_link(number), marked(results, number)) for number in own]
            count: Inlines = (Num(register[quadrant_id(name)]),)
            rows.append(((_capital(names[name]),), count, enumerate_inlines(numbers)))
    columns = (TableColumn(("Letak",)), TableColumn(("Banyaknya",), "right"), TableColumn(("Komitmen",)))
    caption = ("Letak komitmen menurut kategori capaian administratif dan ko-kreasinya",)
    note: Inlines = (f"{MARK} Kategori ditetapkan.",) if any(marked(results, n) for n in lies) else ()
    return Table("tbl-kuadran", caption, columns, tuple(rows), source=note)
