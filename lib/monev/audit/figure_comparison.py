"""Compares figures: those that a report carries with those recomputed, and with one another. Pure.

A carried figure is a row of `angka.json`: `{id, nilai, satuan, cetak, sumber, dari, tepat, ...}`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from monev.figures import number_format
from monev.figures.register import ACCUMULATED, TOTAL, slug

Status = Literal["sama", "beda", "hilang", "baru", "tidak dapat diperiksa"]
"""`hilang`: carried, but the inputs give no such figure now. `baru`: given by the inputs, but not carried."""

Row = Mapping[str, Any]

_VALUE = ("nilai", "cetak", "tepat")
_ORIGIN = ("sumber", "dari")
_TOTAL = slug(TOTAL)
_WRITTEN = re.compile(r"-?\d+(\.\d+)?(/[1-9]\d*)?")
_MAX_DIGITS = 40  # of a number that is worth reading


@dataclass(frozen=True)
class FigureCheck:
    """One figure: how it is printed, what a recomputation gives, its cells, and those of their files that changed."""

    id: str
    status: Status
    printed: str = ""
    recomputed: str = ""
    cells: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def record(self) -> dict[str, object]:
        """Return the check as JSON gives it."""
        return {
            "id": self.id,
            "status": self.status,
            "tercetak": self.printed,
            "hitung_ulang": self.recomputed,
            "sel": list(self.cells),
            "berkas_berubah": list(self.changed),
        }


def rows_by_id(rows: Any) -> dict[str, Row]:
    """Return the rows of `angka.json` by id. Raises ValueError for anything that is not a register."""
    if not isinstance(rows, list) or not rows:
        raise ValueError("bukan daftar angka")
    found: dict[str, Row] = {}
    for row in rows:
        if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in ("id", "cetak")):
            raise ValueError("entri tanpa id atau cetak")
        if not isinstance(row.get("nilai"), int | float | str):
            raise ValueError(f"{row['id']:.80}: nilai bukan angka")
        if not all(_is_texts(row.get(key, [])) for key in _ORIGIN):
            raise ValueError(f"{row['id']:.80}: sumber bukan daftar")
        if row["id"] in found:
            raise ValueError(f"id {row['id']:.80} dua kali")
        found[row["id"]] = row
    return found


def _is_texts(items: object) -> bool:
    return isinstance(items, list) and all(isinstance(item, str) for item in items)


# Carried against recomputed -------------------------------------------------------------------------------


def _cells(*rows: Row) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell for row in rows for cell in row.get("sumber", [])))


def _changed(cells: Iterable[str], files: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(file for file in (cell.split("!")[0] for cell in cells) if file in files))


def _same(carried: Row, fresh: Row) -> bool:
    return all(carried.get(key, "") == fresh.get(key, "") for key in _VALUE)


def check_figures(
    carried: Mapping[str, Row], fresh: Mapping[str, Row], changed: Collection[str]
) -> Iterator[FigureCheck]:
    """Yield every figure of either side; `changed` are the inputs that are not what the report was made of."""
    for id_, row in carried.items():
        if id_ not in fresh:
            cells = _cells(row)
            yield FigureCheck(id_, "hilang", row["cetak"], "", cells, _changed(cells, changed))
            continue
        cells = _cells(row, fresh[id_])
        status: Status = "sama" if _same(row, fresh[id_]) else "beda"
        yield FigureCheck(id_, status, row["cetak"], fresh[id_]["cetak"], cells, _changed(cells, changed))
    for id_, row in fresh.items():
        if id_ not in carried:
            cells = _cells(row)
            yield FigureCheck(id_, "baru", "", row["cetak"], cells, _changed(cells, changed))


def uncheckable(carried: Mapping[str, Row], changed: Collection[str]) -> Iterator[FigureCheck]:
    """Yield every carried figure as one that could not be recomputed."""
    for id_, row in carried.items():
        cells = _cells(row)
        yield FigureCheck(id_, "tidak dapat diperiksa", row["cetak"], "", cells, _changed(cells, changed))


def elsewhere(carried: Mapping[str, Row], fresh: Mapping[str, Row]) -> list[str]:
    """Return the ids whose values agree, but whose cells or parts a recomputation names differently."""
    both = ((id_, row, fresh[id_]) for id_, row in carried.items() if id_ in fresh)
    return [id_ for id_, own, new in both if _same(own, new) and not _same_origin(own, new)]


def _same_origin(own: Row, other: Row) -> bool:
    return all(own.get(key, []) == other.get(key, []) for key in _ORIGIN)


# A register by itself -------------------------------------------------------------------------------------


def _number(value: object) -> Fraction | None:
    """Return a number as it is written, exactly; None for other text, and for what would take long to read."""
    text = str(value)
    if isinstance(value, bool) or len(text) > _MAX_DIGITS or not _WRITTEN.fullmatch(text):
        return None
    return Fraction(text)


def _exact(row: Row) -> Fraction | None:
    return _number(row.get("tepat") or row["nilai"])


def _printed_number(row: Row) -> Fraction | None:
    """Return the number that a printed form shows: `2.928` is 2928, `83,3%` is 83.3, `+5,0` is 5."""
    text = row["cetak"].removesuffix("%").removeprefix("+").replace(number_format.MINUS, "-")
    if not re.fullmatch(r"-?\d+(\.\d{3})*(,\d+)?", text):
        return None
    return _number(text.replace(".", "").replace(",", "."))


def inconsistent(rows: Mapping[str, Row]) -> Iterator[tuple[str, str]]:
    """Yield (id, what it should be) of the figures that contradict their printed form or other figures."""
    for id_, row in rows.items():
        value = _number(row["nilai"])
        if value is not None and _printed_number(row) != value:
            yield id_, f"nilai {row['nilai']}"
        wanted = _from_parts(row, rows)
        if wanted is not None and value != wanted:
            yield id_, number_format.decimal(wanted, 2, trim=True)
    for id_, parts in _sums(rows):
        total = sum((_number(rows[part]["nilai"]) or Fraction(0) for part in parts), Fraction(0))
        if _number(rows[id_]["nilai"]) != total:
            yield id_, f"{number_format.decimal(total, 2, trim=True)} = {' + '.join(parts)}"


def _from_parts(row: Row, rows: Mapping[str, Row]) -> Fraction | None:
    """Return what a share or a mean must be by its parts; None for other figures."""
    parts = [_exact(rows[part]) for part in row.get("dari", []) if part in rows]
    values = [value for value in parts if value is not None]
    if not values or len(values) != len(row.get("dari", [])):
        return None
    if row["id"].endswith(".persen") and len(values) == 2:
        part, whole = values
        return number_format.rounded(100 * part / whole, 0) if whole else Fraction(0)
    if re.fullmatch(r"(komitmen|rapor)\..+\.skor", row["id"]):
        return number_format.rounded(sum(values, Fraction(0)) / len(values), 1)
    if _INSTRUMENT_MEAN.fullmatch(row["id"]):
        return number_format.rounded(sum(values, Fraction(0)) / len(values), 1)
    if row["id"].endswith(".selisih") and len(values) == 2:
        before, now = values
        size = number_format.rounded(abs(now - before), 1)
        return size if now > before else -size
    return None


def _wholes(id_: str) -> Iterator[tuple[str, str]]:
    """Yield the totals that a figure is part of, each with the way in which it is divided."""
    match id_.split("."):
        case ["rekap", group, period, category]:
            if category != _TOTAL:
                yield f"rekap.{group}.{period}.{_TOTAL}", "kategori"
            if period != ACCUMULATED:
                yield f"rekap.{group}.{ACCUMULATED}.{category}", "periode"
            elif category == _TOTAL:
                yield "target.jumlah", "kelompok"
        case ["komitmen", number, "kategori", _]:
            yield f"komitmen.{number}.target", "kategori"
        case ["komitmen", _, "target"]:
            yield "target.jumlah", "komitmen"
        case ["ringkasan", dimension, _, "jumlah"]:
            yield "komitmen.jumlah", dimension
        case ["instrumen", code, "tingkat", _, who]:
            yield f"instrumen.{code}.dijawab.{who}", "tingkat"
        case ["kuadran", _]:
            yield "komitmen.jumlah", "kuadran"
        case ["perubahan", "komitmen", _]:
            yield "komitmen.jumlah", "perubahan"
        case ["rapor", group, "target"] if group != "semua":
            yield "rapor.semua.target", "kelompok"
        case ["target", "jumlah" | "tanpa"] | ["keadaan", "belum-dinilai"]:
            yield "target.baris", "baris"
            if id_ != "target.tanpa":
                yield "keadaan.harus-dinilai", "keadaan"
        case ["keadaan", "belum-dilaporkan"]:
            yield "keadaan.harus-dinilai", "keadaan"


_INSTRUMENT_MEAN = re.compile(
    r"instrumen\.[^.]+\.((skor|bagian\.[^.]+)\.[^.]+|tentang\..+\.rata-rata|komitmen\.\d+)(?<!\.selisih)"
)
_BY_GROUP = re.compile(r"(.+)\.kelompok\.[^.]+\.jumlah")


def _levels(id_: str, divided: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the totals of what is counted by level and by group at once, below one of the ids `divided`."""
    base, _, level = id_.rpartition(".")
    if base in divided and level != "jumlah":
        yield f"{base}.jumlah", "tingkat"
    whole, _, group = base.rpartition(".kelompok.")
    if whole in divided and "." not in group:
        yield f"{whole}.{level}", "kelompok"


def _sums(rows: Iterable[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each total among the ids with the ids that must add up to it."""
    known = dict.fromkeys(rows)
    found: dict[tuple[str, str], list[str]] = {}
    divided = {match[1] for id_ in known if (match := _BY_GROUP.fullmatch(id_))}
    for id_ in known:
        for whole in (*_wholes(id_), *_levels(id_, divided)):
            found.setdefault(whole, []).append(id_)
    yield from ((total, parts) for (total, _), parts in found.items() if total in known)
