"""How well the scoring rules fit the published lists of categories, where an edition has any. Pure.

The published report states bands and classes; aggregation, weights, thresholds and rounding are reconstructed. These
figures tell how many of its categories the rules give by themselves, without determinations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from monev.figures import number_format
from monev.figures.register import Figure, Register, count_of, slug
from monev.figures.results import CommitmentResult, Results
from monev.model.fields import ADMINISTRATIVE, DIMENSIONS
from monev.model.params import Scoring, Threshold
from monev.model.published import Published
from monev.rules.scores import commitment_band

OTHER_AGGREGATION: Mapping[str, str] = {
    "rata-rata periode": "rata-rata target",
    "rata-rata target": "rata-rata periode",
}


def fit_id(dimension: str, part: str) -> str:
    """Return the id of a figure on the fit: `kecocokan.administratif.sama`."""
    return f"kecocokan.{slug(dimension).replace('ko-kreasi', 'kokreasi')}.{part}"


def edge_id(threshold: str, edge: str) -> str:
    """Return the id of the edge (`di-atas`, `sampai`) between which a threshold gives the same categories."""
    return f"kecocokan.ambang.{slug(threshold)}.{edge}"


ROUNDED_ID = "kecocokan.pembulatan"


def with_rule_fit(register: Register, published: Published | None, results: Results) -> Register:
    """Return the register with the figures on the fit behind its own; as it is without published lists."""
    found = {figure.id: figure for figure in _figures(published, results)} if published else {}
    return Register({**register.figures, **found})


def _figures(published: Published, results: Results) -> Iterator[Figure]:
    listed = False
    for dimension in DIMENSIONS:
        lists = [entry for entry in published.daftar if entry.dimensi == dimension and not entry.alasan]
        printed = {number: entry.kategori for entry in lists for number in entry.terbit}
        entries = [f"{published.file}!daftar!{entry.id}" for entry in lists]
        own = [r for r in results.commitments if r.commitment.commitment in printed]
        if own:
            listed = True
            yield from _fit(dimension, own, printed, entries, results.edition.penilaian)
    if listed:
        yield _rounded(results)
        yield from _edges(results)


def _fit(
    dimension: str,
    own: list[CommitmentResult],
    printed: Mapping[int, str],
    entries: list[str],
    rules: Scoring,
) -> Iterator[Figure]:
    def count(part: str, words: str, category: Callable[[CommitmentResult], str]) -> Figure:
        same = [r for r in own if category(r) == printed[r.commitment.commitment]]
        cells = [*entries, *(cell for r in own for cell in _cells(r, dimension))]
        return count_of(fit_id(dimension, part), "komitmen", words, cells, len(same))

    commitments = [r.commitment.place.cell("commitment") for r in own]
    words = f"banyaknya komitmen dalam daftar kategori terbit ({dimension})"
    yield count_of(fit_id(dimension, "terbit"), "komitmen", words, [*entries, *commitments], len(own))
    words = f"banyaknya komitmen yang kategori terbitnya diberikan aturan tanpa penetapan ({dimension})"
    yield count("sama", words, lambda r: r.outcome(dimension).computed)
    if dimension == ADMINISTRATIVE:
        other = rules.model_copy(update={"agregasi": OTHER_AGGREGATION[rules.agregasi]})
        words = f"banyaknya komitmen yang kategori terbitnya diberikan {other.agregasi} tanpa penetapan ({dimension})"
        yield count("lain", words, lambda r: commitment_band(r.targets, other))


def _cells(result: CommitmentResult, dimension: str) -> list[str]:
    column = "score" if dimension == ADMINISTRATIVE else "cocreation"
    basis = [t.place.cell(column) for t in result.outcome(dimension).basis]
    return basis or [result.commitment.place.cell("commitment")]


def _rounded(results: Results) -> Figure:
    """Count the commitments whose category would be none of the scale without rounding: 69.5 lies between bands."""
    bands = results.edition.penilaian.kategori
    scores = [(r, r.administrative.score) for r in results.commitments if r.administrative.score is not None]
    between = [r for r, score in scores if not any(b.dari <= score <= b.sampai for b in bands)]
    cells = [cell for r in between for cell in _cells(r, ADMINISTRATIVE)]
    among = [cell for r, _ in scores for cell in _cells(r, ADMINISTRATIVE)]
    words = "banyaknya komitmen yang skornya jatuh di antara dua kategori sebelum dibulatkan"
    return count_of(ROUNDED_ID, "komitmen", words, cells, len(between), among, rules=("penilaian.kategori",))


def _edges(results: Results) -> Iterator[Figure]:
    """Yield between which scores each threshold may lie without any commitment's category changing."""
    rated = [(r, r.cocreation.score) for r in results.commitments if r.cocreation.score is not None]
    cells = tuple(dict.fromkeys(cell for r, _ in rated for cell in _cells(r, DIMENSIONS[1])))
    for threshold in results.edition.penilaian.kokreasi.kategori[:-1]:
        for edge, value in _between(threshold, [score for _, score in rated]):
            words = f"rata-rata ko-kreasi komitmen yang terdekat dengan ambang {threshold.nama}, {edge}"
            printed = number_format.decimal(value, 2)
            rounded = number_format.rounded(value, 2)
            id_ = edge_id(threshold.nama, edge)
            rules = ("penilaian.kokreasi.bobot",)
            yield Figure(id_, rounded, "rata-rata", words, printed, cells, rules=rules, exact=value)


def _between(threshold: Threshold, scores: list[Fraction]) -> Iterator[tuple[str, Fraction]]:
    below = [score for score in scores if score < threshold.dari]
    above = [score for score in scores if score >= threshold.dari]
    if below and above:
        yield "di-atas", max(below)
        yield "sampai", min(above)
