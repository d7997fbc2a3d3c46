"""A second scorer, written from the report's chapter on its method alone: no line of the package is used.

It reads workbooks and params by themselves and gives every computed figure by its id in the register. Where the chapter
left something open it would guess otherwise than the package does, and the comparison would say so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml
from openpyxl import load_workbook

USUAL = [
    {"kode": "KL", "nama": "K/L", "nama_panjang": "Kementerian/Lembaga"},
    {"kode": "OMS", "nama": "OMS", "nama_panjang": "Organisasi Masyarakat Sipil"},
]
NOT_MEASURED, NONE, NOT_ASSESSED = "N/A", "-", "tidak dinilai"
Value = Fraction | int | str


@dataclass(frozen=True)
class Row:
    """One row of an achievement sheet."""

    commitment: int
    measure: int
    actor: str
    group: str  # by its id
    period: str
    no: int
    score: Fraction | str  # a number, N/A, - (no target), or empty (not reported)
    status: str
    evidence: str
    achievement: str

    @property
    def reported(self) -> bool:
        """Whether it was reported: a score alone is the assessor's, not a report."""
        return bool(self.achievement) or (bool(self.evidence) and not _none(self.evidence))

    @property
    def unknown(self) -> bool:
        """Whether there is a score and nothing else."""
        return not self.reported and self.score != ""


@dataclass(frozen=True)
class Group:
    """A group of actors as params tell it."""

    id: str  # the code, as ids spell it
    names: tuple[str, ...]  # the code, the short name and the long one: a workbook may say any
    file: str


def slug(text: str) -> str:
    """Return a name as ids spell it."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"[/().']", "", text.lower())).strip("-")


def records(file: Path, sheet: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet by heading."""
    book = load_workbook(file, data_only=True)
    rows = [[_shown(cell) for cell in row] for row in book[sheet].iter_rows()] if sheet in book.sheetnames else []
    book.close()
    heads = [str(head or "").rstrip("* ") for head in rows[0]] if rows else []
    named = (dict(zip(heads, row, strict=False)) for row in rows[1:])
    return [row for row in named if any(value not in (None, "") for value in row.values())]


def _shown(cell: Any) -> Any:
    """Return what a cell shows: a number with a percent format is a hundred times what is stored."""
    number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    return round(cell.value * 100, 9) if number and "%" in cell.number_format else cell.value


def half_up(value: Fraction) -> int:
    """Round to the nearest whole number; a half goes up."""
    return math.floor(value + Fraction(1, 2))


class Scorer:
    """Everything that the printed method computes, from the workbooks below `root`."""

    def __init__(self, root: Path, edition: str) -> None:
        self.params = yaml.safe_load((root / "params" / f"{edition}.yml").read_text("utf-8"))
        rules = self.params.get("penilaian") or {}
        self.bands = rules.get("kategori") or [
            {"nama": "Baik", "dari": 70, "sampai": 100},
            {"nama": "Cukup", "dari": 51, "sampai": 69},
            {"nama": "Kurang", "dari": 0, "sampai": 50},
        ]
        self.outside = rules.get("tidak_terukur", "N/A")
        self.by_period = rules.get("agregasi") != "rata-rata target"
        together = rules.get("kokreasi") or {}
        weights = together.get("bobot") or {"Aktif": 1, "Semi-Aktif": 0.5, "Pasif": 0, "N/A": 0}
        self.weights = {slug(name): Fraction(str(weight)) for name, weight in weights.items()}
        thresholds = together.get("kategori") or [
            {"nama": "Aktif", "dari": 0.7},
            {"nama": "Semi-Aktif", "dari": 0.3},
            {"nama": "Pasif", "dari": 0},
        ]
        self.thresholds = [(entry["nama"], Fraction(str(entry["dari"]))) for entry in thresholds]
        self.all_periods = together.get("periode", "terakhir") == "semua"
        self.periods = [period["kode"] for period in self.params["periode"]]
        self.groups = [_group(told) for told in self.params.get("kelompok") or USUAL]
        self._read(root)

    def _read(self, root: Path) -> None:
        plan = root / self.params["rencana_aksi"]
        self.commitments = [int(row["Komitmen"]) for row in records(plan, "Komitmen")]
        actors = records(plan, "Pelaksana")
        ids = {name: group.id for group in self.groups for name in group.names}
        self.group = {str(row["Pelaksana"]): ids[str(row["Kelompok"])] for row in actors}
        self.coalition = {str(row["Pelaksana"]): str(row.get("Koalisi") or "") for row in actors}
        self.taking_part = [(int(r["Komitmen"]), str(r["Pelaksana"])) for r in records(plan, "Pelaksana Komitmen")]
        self.measures = [
            (int(r["Komitmen"]), str(r["Pelaksana"]), int(r["UK"])) for r in records(plan, "Ukuran Keberhasilan")
        ]
        self.rows = []
        for period in self.params["periode"]:
            for group in self.groups:
                file = root / period["inputs"] / group.file
                self.rows += [self._row(row) for row in records(file, "Capaian")] if file.exists() else []
        last = root / self.params["periode"][-1]["inputs"] / "evaluasi.xlsx"
        self.determined = {
            (int(r["Komitmen"]), str(r["Dimensi"])): str(r["Kategori"]) for r in records(last, "Penetapan")
        }

    def _row(self, row: dict[str, Any]) -> Row:
        said = row["Nilai"]
        score = str(said or "") if isinstance(said, str) or said is None else Fraction(str(said))
        actor = str(row["Pelaksana"])
        return Row(
            int(row["Komitmen"]), int(row["UK"]), actor, self.group[actor], str(row["Periode"]), int(row["No"]),
            score, str(row["Status Ko-Kreasi"] or ""), str(row["Data Dukung"] or ""),
            str(row["Capaian"] or ""),
        )  # fmt: skip

    # What a group of targets gives

    def score(self, rows: Iterable[Row]) -> Fraction | None:
        """Return the score of targets: N/A and - stay out of the mean."""
        scored = [row for row in rows if isinstance(row.score, Fraction)]
        if not scored:
            return None
        if not self.by_period:
            return _mean([row.score for row in scored])
        own = ([row.score for row in scored if row.period == period] for period in self.periods)
        return _mean([_mean(scores) for scores in own if scores])

    def together(self, rows: Iterable[Row]) -> Fraction | None:
        """Return the mean weight of the statuses; targets without a status are left out."""
        counted = [r for r in rows if self.all_periods or r.period == self.periods[-1]]
        weights = [self.weights[slug(row.status)] for row in counted if row.status and row.score != NONE]
        return _mean(weights) if weights else None

    def category(self, score: Fraction | str | None) -> str:
        """Return the band of a score; fractions are rounded first."""
        if not isinstance(score, Fraction):
            return self.outside
        return next(band["nama"] for band in self.bands if half_up(score) >= band["dari"])

    def way(self, mean: Fraction | None) -> str:
        """Return the category of a mean weight, which is not rounded."""
        return NOT_ASSESSED if mean is None else next(name for name, least in self.thresholds if mean >= least)

    @property
    def counted(self) -> list[Row]:
        """The targets that count: with a number or N/A."""
        return [row for row in self.rows if isinstance(row.score, Fraction) or row.score == NOT_MEASURED]

    @property
    def due(self) -> list[Row]:
        """The targets of the last period that had to be reported."""
        return [row for row in self.rows if row.period == self.periods[-1] and row.score != NONE]

    @property
    def unfinished(self) -> list[Row]:
        """Earlier targets below the best band, N/A, or not reported."""
        earlier = [row for row in self.rows if row.period != self.periods[-1] and row.score != NONE]
        return [row for row in earlier if row.score == "" or self.category(row.score) != self.bands[0]["nama"]]

    # Figures by id

    def figures(self) -> dict[str, Value | None]:
        """Return every computed figure by id; None where there is nothing to compute it from."""
        made: dict[str, Value | None] = {
            "komitmen.jumlah": len(self.commitments),
            "periode.jumlah": len(self.periods),
            "target.jumlah": len(self.counted),
            "target.baris": len(self.rows),
            "target.tanpa": sum(row.score == NONE for row in self.rows),
            "penetapan.jumlah": len(self.determined),
            "kelengkapan.tanpa-baris": len(self._measures_without_row()),
        }
        for group in self.groups:
            own = {actor for _, actor in self._members() if self.group[actor] == group.id}
            made[f"pelaksana.{group.id}.jumlah"] = len(own)
        made |= self._targets() | self._of_commitments() | self._recapitulation() | self._completeness()
        return made | self._unfinished() | self._scorecards() | self._changes() | self._quadrants()

    def _members(self, commitment: int | None = None) -> list[tuple[int, str]]:
        """Return who takes part; a coalition counts by its members where they are named beside it."""
        chosen = [pair for pair in self.taking_part if commitment in (None, pair[0])]
        heads = {(number, self.coalition[actor]) for number, actor in chosen if self.coalition[actor]}
        return [pair for pair in chosen if pair not in heads]

    def _measures_without_row(self) -> list[tuple[int, str, int]]:
        have = {(row.commitment, row.actor, row.measure) for row in self.rows if row.period == self.periods[-1]}
        return [measure for measure in dict.fromkeys(self.measures) if measure not in have]

    def _targets(self) -> dict[str, Value | None]:
        return {
            f"target.{r.commitment:02d}-{r.measure}-{slug(r.actor)}-{slug(r.period)}-{r.no}": r.score
            for r in self.rows
            if r.score != ""
        }

    def _of(self, commitment: int) -> list[Row]:
        return [row for row in self.rows if row.commitment == commitment]

    def _of_commitments(self) -> dict[str, Value | None]:
        made: dict[str, Value | None] = {}
        names = [
            ("Administratif", [band["nama"] for band in self.bands]),
            ("Ko-Kreasi", [n for n, _ in self.thresholds]),
        ]
        ends = {(dimension, name): 0 for dimension, own in names for name in own}
        for number in self.commitments:
            base, rows = f"komitmen.{number:02d}", self._of(number)
            counted = [row for row in self.counted if row.commitment == number]
            score, mean = self.score(rows), self.together(rows)
            made |= {f"{base}.target": len(counted), f"{base}.skor": score, f"{base}.kokreasi": mean}
            for name in (*(band["nama"] for band in self.bands), self.outside):
                made[f"{base}.kategori.{slug(name)}"] = sum(self.category(row.score) == name for row in counted)
            for group in self.groups:
                own = {actor for _, actor in self._members(number) if self.group[actor] == group.id}
                made[f"{base}.{group.id}"] = len(own)
            administrative = self.category(score) if counted else NOT_ASSESSED
            for dimension, category in (("Administratif", administrative), ("Ko-Kreasi", self.way(mean))):
                key = dimension, self.determined.get((number, dimension), category)
                ends[key] = ends.get(key, 0) + 1
        for (dimension, category), count in ends.items():
            base = f"ringkasan.{slug(dimension).replace('ko-kreasi', 'kokreasi')}.{slug(category)}"
            made[f"{base}.jumlah"] = count
            made[f"{base}.persen"] = Fraction(100 * count, len(self.commitments))
        return made

    def _recapitulation(self) -> dict[str, Value | None]:
        made: dict[str, Value | None] = {}
        for group in self.groups:
            own = _where(self.counted, group)
            periods: list[tuple[str, list[Row]]] = [(p, [r for r in own if r.period == p]) for p in self.periods]
            for period, rows in [*periods, ("akumulasi", own)]:
                base = f"rekap.{group.id}.{slug(period)}"
                made[f"{base}.total"] = len(rows)
                for name in (*(band["nama"] for band in self.bands), self.outside):
                    count = sum(self.category(row.score) == name for row in rows)
                    made[f"{base}.{slug(name)}"] = count
                    if period == "akumulasi":
                        made[f"deskripsi.{group.id}.{slug(name)}.persen"] = _share(count, len(rows)) or 0
        return made

    def _completeness(self) -> dict[str, Value | None]:
        made: dict[str, Value | None] = {}
        due = self.due
        for name, rows in (*((group.id, _where(due, group)) for group in self.groups), ("semua", due)):
            made |= self._reported(f"kelengkapan.{name}", rows)
            states = [self._state([row for row in rows if row.actor == a]) for a in {row.actor for row in rows}]
            base = f"kelengkapan.{name}.pelaksana"
            made |= {base: len(states), f"{base}.lengkap": states.count("lengkap")}
            made |= {f"{base}.{state}": states.count(state) for state in ("sebagian", "belum", "tidak-diketahui")}
            without = {row.actor for row in rows if _none(row.evidence)}
            without -= {row.actor for row in rows if row.evidence and not _none(row.evidence)}
            made[f"{base}.tanpa-data-dukung"] = len(without)
        for actor in {row.actor for row in due}:
            made |= self._reported(f"kelengkapan.pelaksana.{slug(actor)}", [r for r in due if r.actor == actor])
        return made

    def _reported(self, base: str, rows: list[Row]) -> dict[str, Value | None]:
        count, unknown = sum(row.reported for row in rows), sum(row.unknown for row in rows)
        made: dict[str, Value | None] = {
            f"{base}.target": len(rows),
            f"{base}.dilaporkan": count,
            f"{base}.dilaporkan.persen": _share(count, len(rows)) or 0,
            f"{base}.belum": len(rows) - count - unknown,
            f"{base}.tidak-diketahui": unknown,
        }
        return made | self._evidence(base, rows)

    def _evidence(self, base: str, rows: list[Row]) -> dict[str, Value | None]:
        said = [row for row in rows if row.evidence]
        have = sum(not _none(row.evidence) for row in said)
        return {
            f"{base}.data-dukung.dinyatakan": len(said),
            f"{base}.data-dukung": have,
            f"{base}.data-dukung.persen": _share(have, len(said)),
        }

    @staticmethod
    def _state(rows: list[Row]) -> str:
        done = sum(row.reported for row in rows)
        none = "tidak-diketahui" if any(row.unknown for row in rows) else "belum"
        return "lengkap" if done == len(rows) else "sebagian" if done else none

    def _unfinished(self) -> dict[str, Value | None]:
        left = self.unfinished
        made: dict[str, Value | None] = {"belum-selesai.jumlah": len(left)}
        for group in self.groups:
            made[f"belum-selesai.kelompok.{group.id}"] = len(_where(left, group))
        for row in left:
            name = self.category(row.score) if row.score != "" else "belum dilaporkan"
            key = f"belum-selesai.kategori.{slug(name)}"
            made[key] = (made.get(key) or 0) + 1
        return made

    def _units(self) -> list[tuple[str, list[Row]]]:
        """Return actors, groups and all together by the beginning of their ids."""
        actors = dict.fromkeys(row.actor for row in self.counted)
        units = [(f"rapor.pelaksana.{slug(a)}", [r for r in self.rows if r.actor == a]) for a in actors]
        groups = [(f"rapor.{group.id}", _where(self.rows, group)) for group in self.groups]
        return [*units, *groups, ("rapor.semua", self.rows)]

    def _scorecards(self) -> dict[str, Value | None]:
        made: dict[str, Value | None] = {}
        for base, rows in self._units():
            counted = [row for row in rows if row in self.counted]
            made |= {f"{base}.target": len(counted), f"{base}.skor": self.score(rows)}
            made[f"{base}.kokreasi"] = self.together(rows)
            made |= self._evidence(base, counted)
            if base.startswith("rapor.pelaksana."):
                made[f"{base}.belum-selesai"] = sum(row in rows for row in self.unfinished)
                continue
            names = {row.actor for row in counted}
            made[f"{base}.pelaksana"] = len(names)
            ends = [self.category(self.score([r for r in rows if r.actor == name])) for name in names]
            for name in (*(band["nama"] for band in self.bands), self.outside):
                made[f"{base}.kategori.{slug(name)}"] = ends.count(name)
        return made

    def _changes(self) -> dict[str, Value | None]:
        made: dict[str, Value | None] = {}
        if len(self.periods) < 2:
            return made
        moves: dict[str, list[str]] = {"komitmen": [], **{f"pelaksana.{group.id}": [] for group in self.groups}}
        commitments = [(f"komitmen.{n:02d}", self._of(n)) for n in self.commitments]
        for base, rows in [*commitments, *self._units()]:
            scores = [self.score([r for r in rows if r.period == period]) for period in self.periods]
            for period, score in zip(self.periods, scores, strict=True):
                made[f"{base}.periode.{slug(period)}.skor"] = score
            before, now = scores[-2:]
            change = now - before if before is not None and now is not None else None
            made[f"{base}.selisih"] = change
            for kind in self._kinds(base, rows):
                moves.setdefault(kind, []).append(_move(change))
        for kind, moved in moves.items():
            made |= {f"perubahan.{kind}.{way}": moved.count(way) for way in ("naik", "turun", "tetap", "tanpa")}
        return made

    @staticmethod
    def _kinds(base: str, rows: list[Row]) -> list[str]:
        if base.startswith("komitmen."):
            return ["komitmen"]
        return [f"pelaksana.{rows[0].group}"] if base.startswith("rapor.pelaksana.") else []

    def _quadrants(self) -> dict[str, Value | None]:
        best, most = self.bands[0]["nama"], self.thresholds[0][0]
        made = dict.fromkeys(("kuat", "administratif", "kokreasi", "lemah", "tanpa"), 0)
        never = 0
        for number in self.commitments:
            rows = self._of(number)
            score, mean = self.score(rows), self.together(rows)
            if score is None or mean is None:
                made["tanpa"] += 1
            else:
                ways = {(True, True): "kuat", (True, False): "administratif", (False, True): "kokreasi"}
                administrative = self.determined.get((number, "Administratif"), self.category(score))
                together = self.determined.get((number, "Ko-Kreasi"), self.way(mean))
                made[ways.get((administrative == best, together == most), "lemah")] += 1
            each = [self.score([r for r in rows if r.period == period]) for period in self.periods]
            never += score is not None and best not in {self.category(s) for s in each if s is not None}
        return {**{f"kuadran.{name}": count for name, count in made.items()}, "peta.tidak-pernah": never}


def _none(evidence: str) -> bool:
    """Tell whether a row says that there is no evidence: `Tidak ada`, `Tidak dikumpulkan`."""
    return evidence.startswith("Tidak")


def _mean(values: Iterable[Any]) -> Fraction:
    listed = list(values)
    return sum(listed, Fraction(0)) / len(listed)


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(100 * part, whole) if whole else None


def _where(rows: Iterable[Row], group: Group) -> list[Row]:
    return [row for row in rows if row.group == group.id]


def _group(told: dict[str, str]) -> Group:
    """Return a group; what params leave out follows from its code."""
    code, id_ = told["kode"], slug(told["kode"])
    name = told.get("nama") or code
    names = code, name, told.get("nama_panjang") or name
    return Group(id_, names, told.get("buku_kerja") or f"capaian-{id_}.xlsx")


def _move(change: Fraction | None) -> str:
    """Tell whether a score rose; one that is printed as 0,0 stayed."""
    if change is None:
        return "tanpa"
    tenths = half_up(abs(change) * 10)
    return "tetap" if not tenths else "naik" if change > 0 else "turun"
