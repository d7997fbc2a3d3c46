"""The figure register: every number that the report prints, with its value, formula and cells. Pure.

Prose, tables and charts take their numbers from here and from nowhere else. A figure is built once, by a small rule
below, and knows the figures and cells it comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain

from monev.figures import number_format
from monev.figures.reporting import (
    ActorReporting,
    Completeness,
    Reporting,
    Unfinished,
    columns_used,
    completeness,
    earlier,
    given,
    judged,
    pending,
    stated,
    unfinished,
)
from monev.figures.results import CommitmentResult, Outcome, Results
from monev.model.fields import (
    ADMINISTRATIVE,
    COCREATIVE,
    DIMENSIONS,
    EVALUATION,
    NO_TARGET,
    NOT_SCORED,
    SENT,
    Column,
)
from monev.model.groups import Group
from monev.model.instruments import Instrument
from monev.model.params import Counted, Edition
from monev.model.params import slug as slug
from monev.rules.checks import category_names
from monev.rules.scores import counts
from monev.rules.tidy import Actor, Party, Target, Unreported

ACCUMULATED = "akumulasi"
TOTAL = "Total"
NOT_ASSESSED = "Tidak dinilai"
ORDINALS = {2: "kedua", 3: "ketiga", 4: "keempat", 5: "kelima", 6: "keenam"}
"""How so many things are called together: `ketiga kelompok`."""

Value = int | Fraction | str


@dataclass(frozen=True)
class Figure:
    """One number of the report.

    `value` is the number as printed, `exact` before rounding; `printed` its printed form; `formula` its making in
    words; `sources` the cells (`file!sheet!cell`, or `params file!key` for settings) that give it; `parts` the figures
    it is made of; `rules` the params keys that applied; `note` a determination or correction, in words; `before` its
    printed form in the release before, where the last revision changed it (empty where there was none); `recorded` the
    notebook of one's own that gave it, if one did: it is kept as it was told, and not computed.
    """

    id: str
    value: Value
    unit: str
    formula: str
    printed: str
    sources: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    note: str = ""
    exact: Fraction | None = None
    recorded: str = ""
    before: str | None = None

    @property
    def charted(self) -> str:
        """The printed form as charts show it: with the small r of a figure that was revised."""
        return self.printed if self.before is None else f"{self.printed}ʳ"

    def record(self) -> dict[str, object]:
        """Return the figure as it stands in `angka.json`."""
        row: dict[str, object] = {
            "id": self.id,
            "nilai": _number(self.value),
            "satuan": self.unit,
            "rumus": self.formula,
            "sumber": list(self.sources),
            "cetak": self.printed,
        }
        optional: Mapping[str, object] = {
            "dari": list(self.parts),
            "aturan": list(self.rules),
            "catatan": self.note,
            "dicatat": self.recorded,
            "tepat": str(self.exact) if self.exact is not None and self.exact != self.value else "",
        }
        revised = {} if self.before is None else {"semula": self.before}
        return row | {key: value for key, value in optional.items() if value} | revised


def _number(value: Value) -> int | float | str:
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return value


@dataclass(frozen=True)
class Register:
    """All figures by id, in the order of the report."""

    figures: Mapping[str, Figure] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Figure:
        return self.figures[key]

    def get(self, key: str) -> Figure | None:
        """Return a figure, or None where there is nothing to print."""
        return self.figures.get(key)

    def __contains__(self, key: str) -> bool:
        return key in self.figures

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.figures.values())

    def __len__(self) -> int:
        return len(self.figures)

    def records(self) -> list[dict[str, object]]:
        """Return all figures as they stand in `angka.json`."""
        return [figure.record() for figure in self]


def target_id(target: Target) -> str:
    """Return the id of a target: `target.01-1-kip-b06-1`."""
    key = f"{target.commitment:02d}-{target.measure}-{slug(target.actor)}-{slug(target.period)}-{target.no}"
    return f"target.{key}"


def commitment_id(number: int) -> str:
    """Return the id under which a commitment's figures stand: `komitmen.07`."""
    return f"komitmen.{number:02d}"


def period_score_id(base: str, period: str) -> str:
    """Return the id of a score in one period: `komitmen.07.periode.b12.skor`."""
    return f"{base}.periode.{slug(period)}.skor"


def score_parts(base: str, measured: Sequence[Target], edition: Edition) -> tuple[str, ...]:
    """Return the ids of the figures whose mean a score is: its targets, or its periods where their means count."""
    if edition.penilaian.agregasi == "rata-rata target" or len(edition.periode) == 1:
        return tuple(target_id(t) for t in measured)
    held = {t.period for t in measured}
    return tuple(period_score_id(base, period.kode) for period in edition.periode if period.kode in held)


def unique(items: Iterable[str]) -> tuple[str, ...]:
    """Return each item once, in order."""
    return tuple(dict.fromkeys(items))


def count_of(
    id_: str,
    unit: str,
    formula: str,
    cells: Sequence[str],
    number: int,
    among: Sequence[str] = (),
    *,
    parts: tuple[str, ...] = (),
    rules: tuple[str, ...] = (),
    note: str = "",
) -> Figure:
    """Return a count; a count of nothing names the cells `among` which nothing was found."""
    return Figure(
        id_, number, str(unit), formula, number_format.whole(number), unique(cells or among), parts, rules, note
    )


def share_of(id_: str, part: Figure, whole: Figure, formula: str) -> Figure:
    """Return a share in whole percents, rounded half up."""
    assert isinstance(part.value, int)
    assert isinstance(whole.value, int)
    exact = Fraction(100 * part.value, whole.value) if whole.value else Fraction(0)
    value = number_format.rounded(exact, 0)
    sources = unique((*part.sources, *whole.sources))
    words = f"{formula}: {part.printed} / {whole.printed} x 100, dibulatkan"
    return Figure(
        id_, int(value), "persen", words, number_format.percent(value), sources, (part.id, whole.id), exact=exact
    )


def _general(results: Results) -> Iterator[Figure]:
    data = results.data
    cells = [c.place.cell("commitment") for c in data.commitments]
    yield count_of("komitmen.jumlah", "komitmen", "banyaknya baris lembar Komitmen", cells, len(cells))
    named = {party.actor for party in data.parties} - results.coalitions
    for group in results.edition.groups:
        own = [a for a in data.actors if a.group == group and a.actor in named]
        words = f"banyaknya pelaksana {group} yang terdaftar pada komitmen; koalisi dihitung lewat anggotanya"
        cells = _actor_cells(own, data.parties)
        among = _actor_cells(data.actors, data.parties)
        yield count_of(registered_id(group), group, words, cells, len(own), among)
    counted = [t.place.cell("score") for t in results.targets if counts(t.score)]
    yield count_of("target.jumlah", "target", "banyaknya target yang punya Nilai angka atau N/A", counted, len(counted))
    rows = [t.place.cell("score") for t in results.targets]
    yield count_of("target.baris", "target", "banyaknya baris lembar Capaian", rows, len(rows))
    without = [t.place.cell("score") for t in results.targets if t.score == NO_TARGET]
    yield count_of("target.tanpa", "target", "banyaknya baris Capaian dengan Nilai -", without, len(without), rows)
    yield from _state(results, counted)
    params = f"params/{results.edition.edisi}.yml"
    periods = [f"{params}!periode!{period.kode}" for period in results.edition.periode]
    yield count_of("periode.jumlah", "periode", "banyaknya periode dalam params", periods, len(periods))


TO_ASSESS, NOT_ASSESSED_YET, NOT_REPORTED = (
    f"keadaan.{name}" for name in ("harus-dinilai", "belum-dinilai", "belum-dilaporkan")
)


def _state(results: Results, counted: Sequence[str]) -> Iterator[Figure]:
    """Yield how many targets are still waited for; nothing where the edition is complete."""
    waiting = pending(results.data, results.edition)
    if not waiting.rows:
        return
    parts = []
    for id_, rows, words in (
        (NOT_ASSESSED_YET, waiting.unscored, "banyaknya baris Capaian yang dilaporkan tetapi belum diberi Nilai"),
        (NOT_REPORTED, waiting.unreported, "banyaknya baris Capaian periode kini yang belum dilaporkan"),
    ):
        if rows:
            cells = row_cells(rows)
            parts.append(count_of(id_, "target", words, cells, len(cells)))
    yield from parts
    words = "banyaknya target yang dinilai, belum dinilai, dan belum dilaporkan pada periode kini"
    cells = [*counted, *row_cells(waiting.rows)]
    ids = ("target.jumlah", *(part.id for part in parts))
    yield count_of(TO_ASSESS, "target", words, cells, len(cells), parts=ids)


def _actor_cells(actors: Sequence[Actor], parties: Iterable[Party]) -> list[str]:
    """Return the cells that make actors count: their names in sheet Pelaksana, and where commitments name them."""
    names = {actor.actor for actor in actors}
    named = [party.place.cell("actor") for party in parties if party.actor in names]
    members = [actor.place.cell("coalition") for actor in actors if actor.coalition]
    return [*(actor.place.cell("actor") for actor in actors), *named, *members]


def registered_id(group: Group) -> str:
    """Return the id of how many actors of a group the plan names: `pelaksana.kl.jumlah`."""
    return f"pelaksana.{group.id}.jumlah"


def declared_id(group: Group, what: Counted = "jumlah") -> str:
    """Return the id of a declared count of a group's actors: `pernyataan.jumlah_kl`, `pernyataan.kl_aktif`."""
    return f"pernyataan.{f'jumlah_{group.id}' if what == 'jumlah' else f'{group.id}_aktif'}"


def _statements(results: Results) -> Iterator[Figure]:
    said, params = results.edition.pernyataan, f"params/{results.edition.edisi}.yml"
    words = "dinyatakan sekretariat dalam params"

    def whole(key: str, unit: str) -> Iterator[Figure]:
        value = getattr(said, key)
        if value is not None:
            printed = str(value) if unit == "tahun" else number_format.whole(value)
            yield Figure(f"pernyataan.{key}", value, unit, words, printed, (f"{params}!pernyataan!{key}",))

    def of_groups(what: Counted) -> Iterator[Figure]:
        for group in results.edition.groups:
            if found := said.said(what, group):
                count, key = found
                source = f"{params}!pernyataan!{key}"
                yield Figure(declared_id(group, what), count, str(group), words, number_format.whole(count), (source,))

    yield from of_groups("jumlah")
    if results.data.planned:  # counted, so it need not be believed
        cells = [target.place.cell("target") for target in results.data.planned]
        yield count_of("pernyataan.jumlah_target", "target", "banyaknya baris lembar Target", cells, len(cells))
    else:
        yield from whole("jumlah_target", "target")
    yield from of_groups("aktif")
    yield from whole("rencana_pertama_tahun", "tahun")
    yield from whole("rencana_ke", "urutan")


def _rules(results: Results) -> Iterator[Figure]:
    params = f"params/{results.edition.edisi}.yml"
    rules = results.edition.penilaian
    for band in rules.kategori:
        for edge in ("dari", "sampai"):
            value = getattr(band, edge)
            source = f"{params}!penilaian!kategori.{band.nama}.{edge}"
            id_ = f"penilaian.kategori.{slug(band.nama)}.{edge}"
            yield Figure(id_, value, "persen", "batas kategori dalam params", str(value), (source,))
    for name, weight in rules.kokreasi.bobot.items():
        id_ = f"penilaian.kokreasi.bobot.{slug(name)}"
        source = f"{params}!penilaian!kokreasi.bobot.{name}"
        printed = number_format.decimal(weight, 2, trim=True)
        yield Figure(id_, weight, "bobot", "bobot status dalam params", printed, (source,))
    for threshold in rules.kokreasi.kategori:
        id_ = f"penilaian.kokreasi.{slug(threshold.nama)}.dari"
        source = f"{params}!penilaian!kokreasi.kategori.{threshold.nama}.dari"
        printed = number_format.decimal(threshold.dari, 2, trim=True)
        yield Figure(id_, threshold.dari, "rata-rata", "ambang kategori dalam params", printed, (source,))


def _target(target: Target) -> Figure:
    source = (target.place.cell("score"),)
    if isinstance(target.score, str):
        words = "Nilai kosong pada baris yang dilaporkan" if target.score == NOT_SCORED else "Nilai seperti tertulis"
        return Figure(target_id(target), target.score, "persen", words, target.score, source)
    printed = number_format.percent(target.score, 2, trim=True)
    value = number_format.rounded(target.score, 2)
    words = "Nilai pada sel"
    return Figure(target_id(target), value, "persen", words, printed, source, exact=target.score)


def _note(outcome: Outcome) -> str:
    if outcome.determination is None:
        return ""
    place = outcome.determination.place.cell("category")
    return f"hasil hitungan {outcome.computed or NOT_ASSESSED}, ditetapkan {outcome.category} ({place})"


def determination_notes(own: Iterable[CommitmentResult], dimensions: Sequence[str]) -> str:
    """Tell the determinations of some commitments, for the note of a figure that counts them."""
    notes = ((r.commitment.commitment, _note(r.outcome(dimension))) for r in own for dimension in dimensions)
    return "; ".join(f"komitmen {number}: {note}" for number, note in notes if note)


def _commitment(result: CommitmentResult, results: Results) -> Iterator[Figure]:
    base = commitment_id(result.commitment.commitment)
    rules = results.edition.penilaian
    counted = [t.place.cell("score") for t in result.counted]
    rows = [t.place.cell("score") for t in result.targets] or [result.commitment.place.cell("commitment")]
    words = "banyaknya target komitmen yang dihitung"
    yield count_of(f"{base}.target", "target", words, counted, len(counted), rows)
    if waiting := [t.place.cell("score") for t in result.targets if t.score == NOT_SCORED]:
        words = "banyaknya target komitmen yang dilaporkan tetapi belum diberi Nilai"
        yield count_of(f"{base}.{slug(NOT_SCORED)}", "target", words, waiting, len(waiting))
    for name in (*(b.nama for b in rules.kategori), rules.tidak_terukur):
        own = [t.place.cell("score") for t in result.counted if results.band(t) == name]
        words = f"banyaknya target komitmen berkategori {name}"
        yield count_of(
            f"{base}.kategori.{slug(name)}",
            "target",
            words,
            own,
            len(own),
            counted or rows,
            rules=("penilaian.kategori",),
        )
    actors = results.actors(result.commitment.commitment)
    parties = [p for p in results.data.parties if p.commitment == result.commitment.commitment]
    for group in results.edition.groups:
        listed = [a for a in actors if a.group == group and a.actor not in results.coalitions]
        words = f"banyaknya pelaksana {group} komitmen yang terdaftar; koalisi dihitung lewat anggotanya"
        among = _actor_cells(actors, parties) or [result.commitment.place.cell("commitment")]
        yield count_of(f"{base}.{group.id}", group, words, _actor_cells(listed, parties), len(listed), among)
    administrative, cocreation = result.administrative, result.cocreation
    if administrative.score is not None:
        exact = administrative.score
        yield Figure(
            f"{base}.skor",
            number_format.rounded(exact, 1),
            "persen",
            f"{rules.agregasi} komitmen, tanpa N/A dan -",
            number_format.percent(exact, 1),
            unique(t.place.cell("score") for t in administrative.basis),
            score_parts(base, administrative.basis, results.edition),
            ("penilaian.agregasi", "penilaian.kategori"),
            _note(administrative),
            exact,
        )
    if cocreation.score is not None:
        exact = cocreation.score
        yield Figure(
            f"{base}.kokreasi",
            number_format.rounded(exact, 2),
            "rata-rata",
            f"rata-rata bobot Status Ko-Kreasi target periode {rules.kokreasi.periode}",
            number_format.decimal(exact, 2),
            unique(t.place.cell("cocreation") for t in cocreation.basis),
            tuple(f"penilaian.kokreasi.bobot.{slug(s)}" for s in unique(t.cocreation for t in cocreation.basis)),
            ("penilaian.kokreasi.bobot", "penilaian.kokreasi.kategori"),
            _note(cocreation),
            exact,
        )


def basis_cells(result: CommitmentResult, dimension: str) -> Iterator[str]:
    """Yield the cells that decide a commitment's category: the determination, and what the rule read."""
    outcome = result.outcome(dimension)
    if outcome.determination:
        yield outcome.determination.place.cell("category")
    column = "score" if dimension == ADMINISTRATIVE else "cocreation"
    basis = outcome.basis or result.counted
    yield from (t.place.cell(column) for t in basis)
    if not basis:
        yield result.commitment.place.cell("commitment")


def summary_id(dimension: str, category: str) -> str:
    """Return the id of a category's share of commitments, without `.jumlah` or `.persen`."""
    return f"ringkasan.{slug(dimension).replace('ko-kreasi', 'kokreasi')}.{slug(category)}"


def categories(results: Results, dimension: str) -> tuple[str, ...]:
    """Return a dimension's categories, best first; those outside the scale only where a commitment has them."""
    scale = category_names(dimension, results.edition.penilaian)
    used = {result.outcome(dimension).category for result in results.commitments}
    keep = [n for n in scale if n in used or n != results.edition.penilaian.tidak_terukur or dimension == COCREATIVE]
    return (*keep, *([NOT_ASSESSED] if "" in used else []))


def members(results: Results, dimension: str, category: str) -> tuple[CommitmentResult, ...]:
    """Return the commitments of a category, in the register's order."""
    wanted = "" if category == NOT_ASSESSED else category
    return tuple(r for r in results.commitments if r.outcome(dimension).category == wanted)


def _summary(results: Results, total: Figure) -> Iterator[Figure]:
    for dimension in DIMENSIONS:
        score = "skor" if dimension == ADMINISTRATIVE else "kokreasi"
        everyone = [cell for result in results.commitments for cell in basis_cells(result, dimension)]
        for category in categories(results, dimension):
            own = members(results, dimension, category)
            cells = [cell for result in own for cell in basis_cells(result, dimension)]
            parts = tuple(
                f"{commitment_id(r.commitment.commitment)}.{score}"
                for r in own
                if r.outcome(dimension).score is not None
            )
            id_ = summary_id(dimension, category)
            words = f"banyaknya komitmen berkategori {category} ({dimension})"
            count = count_of(
                f"{id_}.jumlah", "komitmen", words, cells, len(own), everyone, parts=parts,
                note=determination_notes(own, [dimension]),
                rules=("penilaian.kategori" if dimension == ADMINISTRATIVE else "penilaian.kokreasi.kategori",),
            )  # fmt: skip
            yield count
            yield share_of(f"{id_}.persen", count, total, f"bagian komitmen berkategori {category}")


def _recap(results: Results, group: Group) -> Iterator[Figure]:
    """Targets per category by period and accumulated, with totals, and the accumulated shares."""
    rules = results.edition.penilaian
    names = (*(band.nama for band in rules.kategori), rules.tidak_terukur)
    own = [t for t in results.targets if t.group == group and counts(t.score)]
    for period in (*(p.kode for p in results.edition.periode), ACCUMULATED):
        here = [t for t in own if period in (ACCUMULATED, t.period)]
        when = "semua periode" if period == ACCUMULATED else f"periode {period}"
        everything = [t.place.cell("score") for t in here]
        for name in names:
            cells = [t.place.cell("score") for t in here if results.band(t) == name]
            words = f"banyaknya target {group} {when} berkategori {name}"
            id_ = recap_id(group, period, name)
            yield count_of(id_, "target", words, cells, len(cells), everything, rules=("penilaian.kategori",))
        words = f"banyaknya target {group} {when}"
        yield count_of(recap_id(group, period, TOTAL), "target", words, everything, len(here))


def recap_id(group: Group, period: str, category: str) -> str:
    """Return the id of a cell of Tabel 8 or 9: `rekap.kl.b06.baik`."""
    return f"rekap.{group.id}.{slug(period)}.{slug(category)}"


def share_id(group: Group, category: str) -> str:
    """Return the id of a percentage under Tabel 8 or 9: `deskripsi.kl.baik.persen`."""
    return f"deskripsi.{group.id}.{slug(category)}.persen"


def _recap_shares(register: Mapping[str, Figure], results: Results, group: Group) -> Iterator[Figure]:
    rules = results.edition.penilaian
    total = register[recap_id(group, ACCUMULATED, TOTAL)]
    for name in (*(band.nama for band in rules.kategori), rules.tidak_terukur):
        part = register[recap_id(group, ACCUMULATED, name)]
        yield share_of(share_id(group, name), part, total, f"bagian target {group} berkategori {name}")


# Completeness, what is left unfinished, columns of instruments ---------------------------------------


def reporting_id(group: Group | None) -> str:
    """Return the id under which the reporting of a group's actors stands; of all for None."""
    return f"kelengkapan.{group.id if group else 'semua'}"


def actor_ids(actors: Iterable[Actor], section: str = "kelengkapan") -> dict[str, str]:
    """Return the id under which each actor's reporting stands; names that look alike in ids get a number."""
    found: dict[str, str] = {}
    for actor in actors:
        base = f"{section}.pelaksana.{slug(actor.actor)}"
        same = sum(1 for id_ in found.values() if id_ == base or id_.startswith(f"{base}-nomor-"))
        found[actor.actor] = f"{base}-nomor-{same + 1}" if same else base
    return found


def row_cells(rows: Iterable[Target | Unreported], column: str = "score") -> list[str]:
    """Return a column's cells in these rows."""
    return [row.place.cell(column) for row in rows]


def evidence_figures(base: str, targets: Sequence[Target], whose: str, among: Sequence[str]) -> Iterator[Figure]:
    """Yield of how many targets evidence is stated at all, of how many it was given, and the share of the stated.

    A blank cell states nothing and stays out of the share, which is not there if nothing is stated. `among` are cells
    to name where there are no targets.
    """
    everything = row_cells(targets, "evidence") or among
    counts = {}
    for part, chosen, words in (
        (".dinyatakan", stated(targets), "yang dinyatakan ada tidaknya data dukung"),
        ("", given(targets), "dengan data dukung"),
    ):
        cells = row_cells(chosen, "evidence")
        words = f"banyaknya target {whose} {words}"
        counts[part] = count_of(f"{base}.data-dukung{part}", "target", words, cells, len(cells), everything)
    yield from counts.values()
    words = f"bagian target {whose} dengan data dukung dari yang dinyatakan"
    if counts[".dinyatakan"].value:
        yield share_of(f"{base}.data-dukung.persen", counts[""], counts[".dinyatakan"], words)


def _reporting(base: str, own: Reporting, whose: str, among: Sequence[str]) -> Iterator[Figure]:
    """Rows due and reported with their share, not reported, not known, and what is stated of evidence."""
    rows = row_cells(own.due)
    due = count_of(
        f"{base}.target", "target", f"banyaknya target {whose} yang harus dilaporkan", rows, len(rows), among
    )
    cells = [t.place.cell("achievement" if t.achievement else "evidence") for t in own.reported]
    words = f"banyaknya target {whose} yang dilaporkan: Capaian terisi atau Data Dukung ada"
    reported = count_of(f"{base}.dilaporkan", "target", words, cells, len(cells), rows or among)
    yield due
    yield reported
    yield share_of(f"{base}.dilaporkan.persen", reported, due, f"bagian target {whose} yang dilaporkan")
    missing = row_cells(own.unreported)
    words = f"banyaknya target {whose} yang belum dilaporkan"
    yield count_of(f"{base}.belum", "target", words, missing, len(missing), rows or among)
    unknown = row_cells(own.unknown)
    words = f"banyaknya target {whose} yang hanya bernilai: Capaian dan Data Dukung kosong"
    yield count_of(f"{base}.tidak-diketahui", "target", words, unknown, len(unknown), rows or among)
    yield from evidence_figures(base, own.scored, f"{whose} pada periode kini", rows or among)


def _completeness(results: Results) -> Iterator[Figure]:
    found = completeness(results.data, results.edition)
    register = [actor.place.cell("actor") for actor in results.data.actors]
    for group in (*results.edition.groups, None):
        whose = f"kelompok {group}" if group else "semua pelaksana"
        yield from _reporting(reporting_id(group), found.total(group), whose, register)
        yield from _reporting_actors(found, group, register, results.edition)
    ids = actor_ids(results.data.actors)
    for each in found.actors:
        whose = f"pelaksana {each.actor.actor}"
        yield from _reporting(ids[each.actor.actor], each.reporting, whose, register)
    if results.edition.current.masukan == SENT:
        yield from _active(found, register, results.edition)
    cells = [m.place.cell("measure") for m in found.without_row]
    among = [m.place.cell("measure") for m in results.data.measures]
    words = "banyaknya UK pelaksana dalam register tanpa baris Capaian pada periode kini"
    yield count_of("kelengkapan.tanpa-baris", "UK", words, cells, len(cells), among)


def active_id(group: Group) -> str:
    """Return the id of how many of a group's actors are active: with an achievement in the current period."""
    return f"{reporting_id(group)}.pelaksana.aktif"


def _active(found: Completeness, register: Sequence[str], edition: Edition) -> Iterator[Figure]:
    for group in edition.groups:
        own = {a.actor.actor: [t for t in a.reporting.scored if t.achievement] for a in found.of_group(group)}
        told = [rows for rows in own.values() if rows]
        cells = [cell for rows in told for cell in row_cells(rows, "achievement")]
        words = f"banyaknya pelaksana {group} yang melaporkan sekurang-kurangnya satu Capaian pada periode kini"
        yield count_of(active_id(group), str(group), words, cells, len(told), register)


def _reporting_actors(
    found: Completeness, group: Group | None, register: Sequence[str], edition: Edition
) -> Iterator[Figure]:
    everyone = f"{ORDINALS[len(edition.groups)]} kelompok"
    kinds: Mapping[str, tuple[str, tuple[ActorReporting, ...]]] = {
        "pelaksana": ("yang mempunyai target", found.of_group(group)),
        "pelaksana.lengkap": ("yang melaporkan semua targetnya", tuple(a for a in found.actors if a.is_whole)),
        "pelaksana.sebagian": ("yang melaporkan sebagian targetnya", found.partial),
        "pelaksana.belum": ("yang belum melapor", found.silent),
        "pelaksana.tidak-diketahui": ("yang belum diketahui melapor tidaknya", found.unknown),
        "pelaksana.tanpa-data-dukung": ("yang dinyatakan tidak menyerahkan data dukung", found.without_evidence),
    }
    for name, (which, actors) in kinds.items():
        own = [a for a in actors if group in (None, a.actor.group)]
        cells = [cell for a in own for cell in _deciding(a, name)]
        among = [cell for a in found.of_group(group) for cell in _deciding(a, name)] or register
        words = f"banyaknya pelaksana {group or everyone} {which} pada periode kini"
        yield count_of(f"{reporting_id(group)}.{name}", group or "pelaksana", words, cells, len(own), among)


def _deciding(each: ActorReporting, name: str) -> list[str]:
    """Return an actor's cells that decide whether it counts: its name, and in the rows due what tells of them."""
    columns = ("score",) if name == "pelaksana" else ("achievement", "evidence")
    cells = (row_cells(each.reporting.due, column) for column in columns)
    return [each.actor.place.cell("actor"), *chain.from_iterable(cells)]


def unfinished_id(category: str = "", group: Group | None = None) -> str:
    """Return the id of the count of unfinished targets of earlier periods, of a category or group."""
    part = f"kategori.{slug(category)}" if category else f"kelompok.{group.id}" if group else "jumlah"
    return f"belum-selesai.{part}"


def _unfinished(results: Results) -> Iterator[Figure]:
    periods = earlier(results.edition)
    found = unfinished(results.data, results.edition, periods)
    if not periods:
        return
    codes = {period.kode for period in periods}
    among = row_cells(row for row in results.data.rows if row.period in codes)
    rules = ("penilaian.kategori",)
    words = "banyaknya target periode terdahulu di bawah kategori terbaik, N/A, atau belum dilaporkan"

    def counted(id_: str, own: Sequence[Unfinished], formula: str) -> Figure:
        return count_of(id_, "target", formula, row_cells(u.row for u in own), len(own), among, rules=rules)

    yield counted(unfinished_id(), found, words)
    for group in results.edition.groups:
        yield counted(unfinished_id(group=group), [u for u in found if u.row.group == group], f"{words}; {group}")
    for name in dict.fromkeys(u.category for u in found):
        own = [u for u in found if u.category == name]
        yield counted(unfinished_id(name), own, f"banyaknya target periode terdahulu yang belum selesai: {name}")


def column_id(instrument: Instrument, column: Column, answer: str = "dinilai", commitment: int | None = None) -> str:
    """Return the id of a count of answers in an instrument's column, in all or of one commitment."""
    base = f"{commitment_id(commitment)}." if commitment else ""
    return f"{base}{instrument.distribution}.{slug(column.heading)}.{slug(answer)}"


def _columns(results: Results) -> Iterator[Figure]:
    """Yield how the questions of instruments that have several columns in Capaian were answered."""
    for instrument in results.data.columns:
        used = columns_used(results.targets, instrument)
        if len(instrument.questions) == 1:
            continue
        for column in used:
            yield from _answers(instrument, column, results.targets, None)
        for result in results.commitments:
            for column in used:
                if judged(result.targets, column):
                    yield from _answers(instrument, column, result.targets, result.commitment.commitment)


def _answers(
    instrument: Instrument, column: Column, targets: Sequence[Target], commitment: int | None
) -> Iterator[Figure]:
    own = judged(targets, column)
    cells = row_cells(own, column.name)
    whose = f" komitmen {commitment}" if commitment else ""
    words = f"banyaknya target{whose} yang dinilai menurut {instrument.called} {column.heading}"
    total = count_of(column_id(instrument, column, commitment=commitment), "target", words, cells, len(own))
    yield total
    for answer in column.choices:
        chosen = row_cells(judged(own, column, answer), column.name)
        words = f"banyaknya target{whose} dengan {column.heading} {answer}"
        id_ = column_id(instrument, column, answer, commitment)
        count = count_of(id_, "target", words, chosen, len(chosen), cells)
        yield count
        if answer == column.choices[0]:
            share = f"{count.id}.persen"
            yield share_of(share, count, total, f"bagian target{whose} dengan {column.heading} {answer}")


def _determined(results: Results) -> Iterator[Figure]:
    cells = [d.place.cell("category") for d in results.data.determinations]
    heading = f"{results.edition.current.inputs.rstrip('/')}/{EVALUATION.file}!Penetapan!A1"
    words = "banyaknya baris lembar Penetapan"
    yield count_of("penetapan.jumlah", "penetapan", words, cells, len(cells), [heading])


def build_register(results: Results) -> Register:
    """Return the register of an edition's results."""
    figures: dict[str, Figure] = {}

    def add(found: Iterable[Figure]) -> None:
        for figure in found:
            if figure.id in figures:
                raise ValueError(f"figure {figure.id} twice")
            figures[figure.id] = figure

    steps: Sequence[Callable[[Results], Iterable[Figure]]] = (_general, _statements, _rules)
    for step in steps:
        add(step(results))
    for result in results.commitments:
        add(_target(target) for target in result.targets)
        add(_commitment(result, results))
    add(_summary(results, figures["komitmen.jumlah"]))
    for group in results.edition.groups:
        add(_recap(results, group))
        add(_recap_shares(figures, results, group))
    for later in (_completeness, _unfinished, _columns, _determined):
        add(later(results))
    return Register(figures)
