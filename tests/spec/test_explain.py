"""Every figure of both editions ends at cells and params, and their raw values give the figure again.

The figure is computed a second time here: cells with openpyxl alone, params with yaml alone, the rules as the report
specification words them. What decides how is the wording of the figure's formula.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from monev.audit.explanation import Explanation, Listing, UnknownFigure, explain, show_explanation, sources_of
from monev.edition.opened import Opened, open_edition
from monev.figures.register import Figure
from monev.io.source_cells import SourceCell, Sources

ROOT = Path(__file__).resolve().parents[2]
EDITIONS = ("2021-S1", "2021-S2")
GROUP_OF_FILE = {"capaian-kl.xlsx": "K/L", "capaian-oms.xlsx": "OMS"}
Row = Mapping[str, Any]

# The sources, read without the project ------------------------------------------------------------------------


@cache
def workbook(file: str) -> Any:
    return openpyxl.load_workbook(ROOT / file)


@cache
def params(edition: str) -> Any:
    return yaml.safe_load((ROOT / "params" / f"{edition}.yml").read_text("utf-8"))


@cache
def rows(file: str, sheet: str) -> list[Row]:
    """Return the rows below the headings: heading to cell."""
    first, *rest = workbook(file)[sheet].iter_rows()
    headings = [str(cell.value) for cell in first]
    found = [dict(zip(headings, cells, strict=True)) for cells in rest]
    return [row for row in found if any(cell.value is not None for cell in row.values())]


@cache
def by_address(file: str, sheet: str) -> dict[str, tuple[str, Row]]:
    """Return address to (heading, row)."""
    return {cell.coordinate: (name, row) for row in rows(file, sheet) for name, cell in row.items()}


class Cell:
    """A cell that a figure names: its file, sheet, heading, and its row's plain values."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.file, self.sheet, self.address = source.rsplit("!", 2)
        self.heading, self.cells = by_address(self.file, self.sheet)[self.address]
        self.value = self.cells[self.heading].value

    def __getitem__(self, heading: str) -> str:
        value = self.cells[heading].value
        return "" if value is None else " ".join(str(value).split())

    @property
    def group(self) -> str:
        return GROUP_OF_FILE[Path(self.file).name]

    @property
    def score(self) -> Fraction | str:
        """Nilai in percent, `N/A` or `-`; a percent cell stores a hundredth of what it shows."""
        cell = self.cells["Nilai"]
        if isinstance(cell.value, str):
            text = cell.value.strip()
            return text if text in ("N/A", "-") else Fraction(text.rstrip("% ").replace(",", "."))
        return Fraction(str(cell.value)) * (100 if "%" in cell.number_format else 1)


def whole(number: Fraction) -> int:
    """Round half up."""
    return int((Decimal(number.numerator) / number.denominator).quantize(Decimal(1), ROUND_HALF_UP))


def mean(numbers: list[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers)


@cache
def settings(file: str) -> Any:
    return yaml.safe_load((ROOT / file).read_text("utf-8"))


def setting(file: str, section: str, key: str) -> Any:
    """Return the value of a key of params; items of lists go by nama, kode or id."""
    value = settings(file)[section]
    if file.startswith("params/terbit/"):
        return next(entry for entry in value if entry["id"] == key)
    for step in key.split("."):
        if isinstance(value, list):
            value = next(item for item in value if step in (item.get("nama"), item.get("kode")))
        else:
            value = value[step]
    return value


# The rules, as the specification words them -------------------------------------------------------------------


def band(score: Fraction | str, edition: str) -> str:
    rules = params(edition)["penilaian"]
    if isinstance(score, str):
        return {"N/A": str(rules["tidak_terukur"]), "-": ""}[score]
    return next(str(b["nama"]) for b in rules["kategori"] if b["dari"] <= whole(score) <= b["sampai"])


def mean_of_means(cells: list[Cell]) -> Fraction:
    """Return the mean of the periods' means of these scored rows."""
    numbers: dict[str, list[Fraction]] = {}
    for cell in cells:
        if isinstance(cell.score, Fraction):
            numbers.setdefault(cell["Periode"], []).append(cell.score)
    return mean([mean(own) for own in numbers.values()])


def weight(status: str, edition: str) -> Fraction:
    weights = params(edition)["penilaian"]["kokreasi"]["bobot"]
    return Fraction(str(weights["Semi-Aktif" if status == "Semi Aktif" else status]))


def cocreation(average: Fraction, edition: str) -> str:
    steps = params(edition)["penilaian"]["kokreasi"]["kategori"]
    return next(str(step["nama"]) for step in steps if average >= Fraction(str(step["dari"])))


def category(number: str, dimension: str, cells: list[Cell], edition: str) -> str:
    """Return a commitment's category from the cells that a figure names for it: determined, or by the rule."""
    own = [cell for cell in cells if cell["Komitmen"] == number]
    determined = [cell["Kategori"] for cell in own if cell.sheet == "Penetapan"]
    basis = [cell for cell in own if cell.sheet == "Capaian"]
    if determined:
        return determined[0]
    if dimension == "Ko-Kreasi":
        return cocreation(mean([weight(c["Status Ko-Kreasi"], edition) for c in basis]), edition)
    scored = [cell for cell in basis if isinstance(cell.score, Fraction)]
    return band(mean_of_means(scored) if scored else "N/A", edition)


# From sources to figures --------------------------------------------------------------------------------------


class Again:
    """Computes figures of one edition again; each method serves one wording of formulas."""

    def __init__(self, edition: str, opened: Opened, lookup: Sources) -> None:
        self.edition = edition
        self.opened = opened
        self.lookup = lookup
        self._explained: dict[str, Explanation] = {}

    def explained(self, id_: str) -> Explanation:
        if id_ not in self._explained:
            found = explain(self.opened, ROOT, id_, lookup=self.lookup)
            assert isinstance(found, Explanation)
            self._explained[id_] = found
        return self._explained[id_]

    def own(self, figure: Figure) -> list[Cell]:
        """Return the cells that explain ends at and the figure itself names."""
        held = {h.source: h for h in self.explained(figure.id).cells if h.found}
        return [Cell(source) for source in figure.sources if source in held]

    @cached_property
    def everything(self) -> list[Cell]:
        """The Nilai cell of every row of every Capaian sheet of the edition."""
        folders = [period["inputs"] for period in params(self.edition)["periode"]]
        files = [f"{folder}/{name}" for folder in folders for name in GROUP_OF_FILE]
        rows_of = [(file, row) for file in files for row in rows(file, "Capaian")]
        return [Cell(f"{file}!Capaian!{row['Nilai'].coordinate}") for file, row in rows_of]

    def counted(self, figure: Figure, wanted: Callable[[Cell], bool]) -> int:
        """Count among the named cells; and no cell of any workbook that counts may be missing from them."""
        own = self.own(figure)
        expected = {cell.source for cell in self.everything if wanted(cell)}
        assert expected <= {cell.source for cell in own}, "sources leave out cells that count"
        return sum(wanted(cell) for cell in own)

    def value(self, figure: Figure) -> Fraction | str:
        """Compute a figure again. Raises AssertionError for a formula that no rule below covers."""
        for pattern, rule in RULES:
            if match := re.fullmatch(pattern, figure.formula):
                found = rule(self, figure, *match.groups())
                return found if isinstance(found, str) else Fraction(found)
        raise AssertionError(f"no rule for the formula '{figure.formula}'")

    # shares, means, values, statements

    def share(self, figure: Figure) -> Fraction:
        part, among = (self.value(self.opened.register[id_]) for id_ in figure.parts)
        assert isinstance(part, Fraction)
        assert isinstance(among, Fraction)
        return 100 * part / among

    def mean_score(self, figure: Figure) -> Fraction:
        assert params(self.edition)["penilaian"]["agregasi"] == "rata-rata periode"
        number = str(int(figure.id.split(".")[1]))
        wanted = {c.source for c in self.everything if c["Komitmen"] == number and c.score not in ("N/A", "-")}
        own = self.own(figure)
        assert {cell.source for cell in own} == wanted
        return mean_of_means(own)

    def mean_weight(self, figure: Figure) -> Fraction:
        own = self.own(figure)
        assert {cell["Periode"] for cell in own} == {params(self.edition)["periode"][-1]["kode"]}
        assert {cell["Komitmen"] for cell in own} == {str(int(figure.id.split(".")[1]))}
        return mean([weight(cell["Status Ko-Kreasi"], self.edition) for cell in own])

    def score(self, figure: Figure) -> Fraction | str:
        (cell,) = self.own(figure)
        number, measure, actor, period, no = _target_key(figure.id, cell)
        assert (cell["Komitmen"], cell["UK"], cell["No"]) == (number, measure, no)
        assert (cell["Pelaksana"], cell["Periode"]) == (actor, period)
        return cell.score

    def stated(self, figure: Figure) -> Fraction:
        (held,) = self.explained(figure.id).settings
        return Fraction(str(setting(held.file, held.sheet, held.address)))

    # counts

    def rows_of(self, figure: Figure, sheet: str) -> int:
        counted = self.own_rows(figure)
        assert all(cell.sheet == sheet for cell in counted)
        files = dict.fromkeys(source.split("!")[0] for source in figure.sources)
        assert len(counted) == sum(len(rows(file, sheet)) for file in files)
        return len(counted)

    def own_rows(self, figure: Figure) -> list[Cell]:
        """Return the named cells below the headings: a count of no rows names a cell of the heading row."""
        held = [h for h in self.explained(figure.id).cells if h.found]
        return [Cell(h.source) for h in held if h.address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "1"]

    def periods(self, figure: Figure) -> int:
        found = [held for held in self.explained(figure.id).settings if held.found]
        assert {held.address for held in found} == {p["kode"] for p in params(self.edition)["periode"]}
        return len(found)

    def scored(self, figure: Figure) -> int:
        return self.counted(figure, lambda cell: cell.score != "-")

    def without(self, figure: Figure) -> int:
        return self.counted(figure, lambda cell: cell.score == "-")

    def of_commitment(self, figure: Figure, name: str = "") -> int:
        number = str(int(figure.id.split(".")[1]))
        return self.counted(
            figure,
            lambda c: c["Komitmen"] == number and c.score != "-" and name in ("", band(c.score, self.edition)),
        )

    def recap(self, figure: Figure, group: str, when: str, name: str | None) -> int:
        period = when.removeprefix("periode ") if when.startswith("periode ") else ""
        return self.counted(
            figure,
            lambda c: (
                (c.group, c.score != "-") == (group, True)
                and period in ("", c["Periode"])
                and name in (None, band(c.score, self.edition))
            ),
        )

    def commitments(self, figure: Figure, name: str, dimension: str) -> int:
        cells = self.own(figure)
        numbers = dict.fromkeys(cell["Komitmen"] for cell in cells)
        return sum(category(number, dimension, cells, self.edition) == name for number in numbers)

    def actors(self, figure: Figure, group: str, number: str | None = None) -> int:
        """Count the names that stand both in Pelaksana, in this group, and in Pelaksana Komitmen."""
        cells = self.own(figure)
        plan = params(self.edition)["rencana_aksi"]
        coalitions = {str(row["Koalisi"].value) for row in rows(plan, "Pelaksana") if row["Koalisi"].value}
        groups = {c["Pelaksana"]: c["Kelompok"] for c in cells if c.sheet == "Pelaksana"}
        parties = {c["Pelaksana"] for c in cells if c.sheet == "Pelaksana Komitmen" and number in (None, c["Komitmen"])}
        return sum(groups.get(name) == group and name not in coalitions for name in parties)

    def actors_of_commitment(self, figure: Figure, group: str) -> int:
        return self.actors(figure, group, str(int(figure.id.split(".")[1])))

    # completeness of the current period, and what earlier ones left

    @property
    def current(self) -> str:
        return str(params(self.edition)["periode"][-1]["kode"])

    def due(self, figure: Figure, whose: str, which: str) -> int:
        """Count the current period's targets of a group, an actor or all; each of the 2021 rows is told of."""

        def wanted(c: Cell) -> bool:
            mine = whose in ("semua pelaksana", f"kelompok {c.group}", f"pelaksana {c['Pelaksana']}")
            told = c["Capaian"] or c["Data Dukung"] not in ("", "Tidak dikumpulkan")
            mine = mine and (which == "harus dilaporkan" or bool(told) == which.startswith("dilaporkan"))
            return mine and c["Periode"] == self.current and c.score != "-"

        named = {(c.file, c.cells["Nilai"].row) for c in self.own(figure) if c.sheet == "Capaian" and wanted(c)}
        assert named == {(c.file, c.cells["Nilai"].row) for c in self.everything if wanted(c)}
        return len(named)

    def reporting(self, figure: Figure, group: str, which: str) -> int:
        """Count the actors by their rows of the current period, from the rows themselves."""
        own = [c for c in self.everything if c["Periode"] == self.current and c.score != "-"]
        own = [c for c in own if group in ("kedua kelompok", c.group)]
        said: dict[str, set[str]] = {}
        for c in own:
            said.setdefault(c["Pelaksana"], set()).add(c["Data Dukung"])
        assert all(c["Capaian"] for c in own)
        if which == "yang melaporkan sebagian targetnya" or which.startswith("yang belum "):
            return 0
        without = which == "yang dinyatakan tidak menyerahkan data dukung"
        names = {name for name, words in said.items() if not without or words - {""} == {"Tidak dikumpulkan"}}
        assert names <= {c["Pelaksana"] for c in self.own(figure)}
        deciding = ("Nilai",) if which == "yang mempunyai target" else ("Capaian", "Data Dukung")
        wanted = {f"{c.file}!Capaian!{c.cells[name].coordinate}" for c in own for name in deciding}
        assert {source for source in wanted if not names or Cell(source)["Pelaksana"] in names} <= {*figure.sources}
        return len(names)

    def measures_without_row(self, figure: Figure) -> int:
        plan = params(self.edition)["rencana_aksi"]
        heads = ("Komitmen", "UK", "Pelaksana")
        held = {tuple(c[head] for head in heads) for c in self.everything if c["Periode"] == self.current}
        listed = [tuple(str(row[head].value) for head in heads) for row in rows(plan, "Ukuran Keberhasilan")]
        without = [key for key in listed if key not in held]
        own = {tuple(c[head] for head in heads) for c in self.own(figure)}
        assert set(without) <= own
        return len(without)

    def unfinished(self, figure: Figure, group: str | None = None, name: str | None = None) -> int:
        best = str(params(self.edition)["penilaian"]["kategori"][0]["nama"])

        def wanted(c: Cell) -> bool:
            own = band(c.score, self.edition)
            known = group in (None, c.group) and name in (None, own)
            return known and c["Periode"] != self.current and own not in ("", best)

        return self.counted(figure, wanted)

    def unfinished_of(self, figure: Figure, name: str) -> int:
        return self.unfinished(figure, None, name)

    # scores of periods, actors and groups, and what they tell

    def of(self, whose: str, period: str | None = None) -> list[Cell]:
        """Return the rows that count of a commitment, an actor, a group or everyone."""
        return [
            c
            for c in self.everything
            if whose
            in ("semua pelaksana", f"kelompok {c.group}", f"pelaksana {c['Pelaksana']}", f"komitmen {c['Komitmen']}")
            and c.score != "-"
            and period in (None, c["Periode"])
        ]

    def average(self, whose: str, period: str | None = None) -> Fraction | None:
        own = [c for c in self.of(whose, period) if isinstance(c.score, Fraction)]
        return mean_of_means(own) if own else None

    def mean_of(self, figure: Figure, whose: str, period: str | None) -> Fraction:
        own = [c for c in self.own(figure) if isinstance(c.score, Fraction)]
        wanted = {c.source for c in self.of(whose, period) if isinstance(c.score, Fraction)}
        assert {c.source for c in own} == wanted
        return mean_of_means(own)

    def weight_of(self, figure: Figure, whose: str) -> Fraction:
        own = self.own(figure)
        wanted = [c for c in self.of(whose, self.current) if c["Status Ko-Kreasi"]]
        assert {(c.file, c.cells["Nilai"].row) for c in own} == {(c.file, c.cells["Nilai"].row) for c in wanted}
        return mean([weight(c["Status Ko-Kreasi"], self.edition) for c in own])

    @property
    def before(self) -> str:
        return str(params(self.edition)["periode"][-2]["kode"])

    def difference(self, figure: Figure, whose: str, now: str, before: str) -> Fraction:
        assert (now, before) == (self.current, self.before)
        then, current = self.average(whose, before), self.average(whose, now)
        assert then is not None
        assert current is not None
        wanted = {c.source for p in (before, now) for c in self.of(whose, p) if isinstance(c.score, Fraction)}
        assert {c.source for c in self.own(figure)} == wanted
        return current - then

    def way(self, whose: str) -> str:
        before, now = self.average(whose, self.before), self.average(whose, self.current)
        if before is None or now is None:
            return "tidak dapat dibandingkan"
        gap = one_place(now - before)
        return "naik" if gap > 0 else "turun" if gap < 0 else "tetap"

    @property
    def numbers(self) -> list[str]:
        return [str(row["Komitmen"].value) for row in rows(params(self.edition)["rencana_aksi"], "Komitmen")]

    def names(self, group: str | None = None) -> list[str]:
        own = [c for c in self.everything if c.score != "-" and group in (None, c.group)]
        return list(dict.fromkeys(c["Pelaksana"] for c in own))

    def chosen(self, figure: Figure, heading: str, wanted: set[str]) -> int:
        """Tell how many, when the figure's cells name each of them."""
        assert wanted <= {c[heading] for c in self.own(figure)}
        return len(wanted)

    def commitments_that_went(self, figure: Figure, way: str) -> int:
        return self.chosen(figure, "Komitmen", {n for n in self.numbers if self.way(f"komitmen {n}") == way})

    def actors_that_went(self, figure: Figure, group: str, way: str) -> int:
        return self.chosen(figure, "Pelaksana", {n for n in self.names(group) if self.way(f"pelaksana {n}") == way})

    def targets_of(self, figure: Figure, whose: str) -> int:
        rows_of_whom = {c.source for c in self.of(whose)}
        return self.counted(figure, lambda c: c.source in rows_of_whom)

    def evidence_of(self, figure: Figure, whose: str, period: str | None, which: str) -> int:
        said = [c for c in self.of(whose) if c["Data Dukung"] and (not period or c["Periode"] == self.current)]
        given = [c for c in said if which.startswith("yang") or c["Data Dukung"] != "Tidak dikumpulkan"]
        places = {(c.file, c.cells["Nilai"].row) for c in self.own(figure)}
        assert {(c.file, c.cells["Nilai"].row) for c in given} <= places
        return len(given)

    def unfinished_by(self, figure: Figure, whose: str) -> int:
        best = str(params(self.edition)["penilaian"]["kategori"][0]["nama"])
        left = {
            c.source
            for c in self.of(whose)
            if c["Periode"] != self.current and band(c.score, self.edition) not in ("", best)
        }
        return self.counted(figure, lambda c: c.source in left)

    def actors_with_targets(self, figure: Figure, group: str | None) -> int:
        return self.chosen(figure, "Pelaksana", set(self.names(group)))

    def actors_in_category(self, figure: Figure, group: str | None, name: str) -> int:
        scores = {n: self.average(f"pelaksana {n}") for n in self.names(group)}
        found = {n for n, s in scores.items() if band("N/A" if s is None else s, self.edition) == name}
        return self.chosen(figure, "Pelaksana", found)

    def never(self, figure: Figure, name: str) -> int:
        codes = [p["kode"] for p in params(self.edition)["periode"]]
        found = set()
        for n in self.numbers:
            scores = [s for s in (self.average(f"komitmen {n}", code) for code in codes) if s is not None]
            if scores and all(band(score, self.edition) != name for score in scores):
                found.add(n)
        return self.chosen(figure, "Komitmen", found)

    def determined(self, number: object) -> dict[str, str]:
        """Return the categories set for a commitment, by dimension."""
        file = f"{params(self.edition)['periode'][-1]['inputs']}/evaluasi.xlsx"
        own = [row for row in rows(file, "Penetapan") if str(row["Komitmen"].value) == str(number)]
        return {str(row["Dimensi"].value): str(row["Kategori"].value) for row in own}

    def corner(self, figure: Figure, where: str) -> int:
        rules = params(self.edition)["penilaian"]
        best, together = (str(r["kategori"][0]["nama"]) for r in (rules, rules["kokreasi"]))
        found = set()
        for n in self.numbers:
            score = self.average(f"komitmen {n}")
            statuses = [c["Status Ko-Kreasi"] for c in self.of(f"komitmen {n}", self.current) if c["Status Ko-Kreasi"]]
            if score is None or not statuses:
                place = "tanpa skor dalam salah satu dimensi"
            else:
                joint = cocreation(mean([weight(s, self.edition) for s in statuses]), self.edition)
                categories = {"Administratif": band(score, self.edition), "Ko-Kreasi": joint} | self.determined(n)
                place = CORNERS[categories["Administratif"] == best, categories["Ko-Kreasi"] == together]
            if place == where:
                found.add(n)
        return self.chosen(figure, "Komitmen", found)

    # the published edition: entries of params, and numbers in the text of cells

    def published(self, figure: Figure, _: str) -> Fraction:
        (held,) = self.explained(figure.id).settings
        return Fraction(str(setting(held.file, held.sheet, held.address)["terbit"]).replace(",", "."))

    def compared(self, figure: Figure, _: str) -> int:
        entries = [held for held in self.explained(figure.id).settings if held.found and held.address]
        assert len(entries) == len(
            [source for source in figure.sources if "!" in source and source.startswith("params/")]
        )
        return len(entries)

    # how well the rules fit the published lists

    def lists(self, dimension: str) -> dict[str, str]:
        """Return the published category of each commitment."""
        file = yaml.safe_load((ROOT / f"params/terbit/{self.edition}.yml").read_text("utf-8"))
        own = [entry for entry in file["daftar"] if entry.get("dimensi") == dimension]
        return {str(n): entry["kategori"] for entry in own for n in entry["terbit"]}

    def listed(self, figure: Figure, dimension: str) -> int:
        return len(self.lists(dimension))

    def fitting(self, figure: Figure, rule: str, dimension: str) -> int:
        found = 0
        for number, printed in self.lists(dimension).items():
            own = [c for c in self.of(f"komitmen {number}") if c.source in figure.sources]
            if dimension == "Ko-Kreasi":
                own = [c for c in self.own(figure) if c["Komitmen"] == number]
                found += (
                    cocreation(mean([weight(c["Status Ko-Kreasi"], self.edition) for c in own]), self.edition)
                    == printed
                )
                continue
            numbers = [c.score for c in own if isinstance(c.score, Fraction)]
            score = mean(numbers) if rule == "rata-rata target" else mean_of_means(own)
            found += band(score, self.edition) == printed
        return found

    def between_bands(self, figure: Figure) -> int:
        edges = params(self.edition)["penilaian"]["kategori"]
        scores = [score for n in self.numbers if (score := self.average(f"komitmen {n}")) is not None]
        return sum(not any(e["dari"] <= score <= e["sampai"] for e in edges) for score in scores)

    def edge(self, figure: Figure, name: str, edge: str) -> Fraction:
        (least,) = [
            Fraction(str(step["dari"]))
            for step in params(self.edition)["penilaian"]["kokreasi"]["kategori"]
            if step["nama"] == name
        ]
        statuses: dict[str, list[Fraction]] = {}
        for c in self.own(figure):
            statuses.setdefault(c["Komitmen"], []).append(weight(c["Status Ko-Kreasi"], self.edition))
        scores = [mean(own) for own in statuses.values()]
        return max(s for s in scores if s < least) if edge == "di-atas" else min(s for s in scores if s >= least)

    def in_text(self, figure: Figure, quoted: str) -> Fraction:
        """Find the quoted words in the cell, and the number, in digits or spelt out, in the quoted words."""
        (cell,) = self.own(figure)
        assert quoted in cell[cell.heading]
        numbers = [n.replace(".", "").replace(",", ".") for n in re.findall(r"\d+(?:[.,]\d+)*", quoted)]
        numbers += [str(NUMBER_WORDS.index(word)) for word in quoted.split() if word in NUMBER_WORDS]
        return next(Fraction(number) for number in numbers if Fraction(number) == figure.exact)


CORNERS = {
    (True, True): "terbaik dalam kedua dimensi",
    (True, False): "terbaik hanya dalam capaian administratif",
    (False, True): "terbaik hanya dalam proses ko-kreasi",
    (False, False): "tidak terbaik dalam dimensi mana pun",
}


def one_place(number: Fraction) -> Decimal:
    """Round to one decimal, halves away from zero."""
    return (Decimal(number.numerator) / number.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)


NUMBER_WORDS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")


def _target_key(id_: str, cell: Cell) -> tuple[str, str, str, str, str]:
    """Return komitmen, UK, pelaksana, periode, no of a target's id; names as the cell's row spells them."""
    key = id_.removeprefix("target.")
    actor = re.sub(r"[^a-z0-9]+", "-", cell["Pelaksana"].lower().replace("/", "")).strip("-")
    match = re.fullmatch(rf"(\d\d)-(\d+)-{re.escape(actor)}-([a-z0-9-]+)-(\d+)", key)
    assert match, key
    return str(int(match[1])), match[2], cell["Pelaksana"], match[3].upper(), match[4]


RULES: tuple[tuple[str, Callable[..., Fraction | int | str]], ...] = (
    (r".+: \S+ / \S+ x 100, dibulatkan", Again.share),
    (r"rata-rata periode komitmen, tanpa N/A dan -", Again.mean_score),
    (r"rata-rata bobot Status Ko-Kreasi target periode terakhir", Again.mean_weight),
    (r"Nilai pada sel|Nilai seperti tertulis", Again.score),
    (r"(?:dinyatakan sekretariat|batas kategori|bobot status|ambang kategori) dalam params", Again.stated),
    (r"banyaknya periode dalam params", Again.periods),
    (r"banyaknya baris lembar (.+)", Again.rows_of),
    (r"banyaknya target yang punya Nilai angka atau N/A", Again.scored),
    (r"banyaknya baris Capaian dengan Nilai -", Again.without),
    (r"banyaknya target komitmen yang dihitung", Again.of_commitment),
    (r"banyaknya target komitmen berkategori (.+)", Again.of_commitment),
    (r"banyaknya target (K/L|OMS) (semua periode|periode \S+)(?: berkategori (.+))?", Again.recap),
    (r"banyaknya komitmen berkategori (.+) \((.+)\)", Again.commitments),
    (
        r"banyaknya target (.+) yang (harus dilaporkan|dilaporkan: .+|belum dilaporkan|hanya bernilai: .+)",
        Again.due,
    ),
    (r"banyaknya pelaksana (K/L|OMS|kedua kelompok) (yang (?:mem|mel|belum|din).+) pada periode kini", Again.reporting),
    (r"banyaknya UK pelaksana dalam register tanpa baris Capaian pada periode kini", Again.measures_without_row),
    (r"banyaknya target periode terdahulu di bawah kategori .+ dilaporkan(?:; (K/L|OMS))?", Again.unfinished),
    (r"banyaknya target periode terdahulu yang belum selesai: (.+)", Again.unfinished_of),
    (r"banyaknya pelaksana (K/L|OMS) yang terdaftar pada komitmen; .*", Again.actors),
    (r"banyaknya pelaksana (K/L|OMS) komitmen yang terdaftar; .*", Again.actors_of_commitment),
    (r"rata-rata (?:target|periode) (.+?)(?: pada periode (\S+))?, tanpa N/A dan -", Again.mean_of),
    (r"rata-rata bobot Status Ko-Kreasi target (.+), periode terakhir", Again.weight_of),
    (r"skor (.+) pada (\S+) dikurangi skornya pada (\S+)", Again.difference),
    (r"banyaknya komitmen yang skornya (.+) sejak periode sebelumnya", Again.commitments_that_went),
    (r"banyaknya pelaksana (K/L|OMS) yang skornya (.+) sejak periode sebelumnya", Again.actors_that_went),
    (r"banyaknya target (.+) yang dihitung", Again.targets_of),
    (
        r"banyaknya target (.+?)( pada periode kini)? (dengan data dukung|yang dinyatakan ada tidaknya data dukung)",
        Again.evidence_of,
    ),
    (r"banyaknya target periode terdahulu (.+) yang belum selesai", Again.unfinished_by),
    (r"banyaknya (?:semua )?pelaksana (?:(K/L|OMS) )?yang mempunyai target", Again.actors_with_targets),
    (r"banyaknya (?:semua )?pelaksana (?:(K/L|OMS) )?yang skornya berkategori (.+)", Again.actors_in_category),
    (r"banyaknya komitmen yang punya skor tetapi tidak mencapai kategori (.+) pada satu periode pun", Again.never),
    (r"banyaknya komitmen yang (.+), penetapan diperhitungkan", Again.corner),
    (r"tercetak dalam edisi terbit: (.+)", Again.published),
    (r"banyaknya (butir|angka|daftar|tulisan) .+", Again.compared),
    (r"angka dalam teks sel: '(.+)'", Again.in_text),
    (r"banyaknya komitmen dalam daftar kategori terbit \((.+)\)", Again.listed),
    (
        r"banyaknya komitmen yang kategori terbitnya diberikan (aturan|rata-rata target) tanpa penetapan \((.+)\)",
        Again.fitting,
    ),
    (r"banyaknya komitmen yang skornya jatuh di antara dua kategori sebelum dibulatkan", Again.between_bands),
    (r"rata-rata ko-kreasi komitmen yang terdekat dengan ambang (.+), (di-atas|sampai)", Again.edge),
)


@cache
def again(edition: str) -> Again:
    opened = open_edition(ROOT, edition)
    return Again(edition, opened, sources_of(opened, ROOT))


def printed(figure: Figure, number: Fraction | str) -> str:
    """Print a value the way its kind of figure is printed: comma, half up."""
    if isinstance(number, str):
        return number
    if figure.unit == "poin persen":
        rounded = one_place(number)
        return ("+" if rounded > 0 else "−" if rounded < 0 else "") + f"{abs(rounded):f}".replace(".", ",")
    trim = figure.id.startswith(("target.", "penilaian."))
    places = 2 if trim or figure.unit == "rata-rata" else 1 if figure.id.endswith(".skor") else 0
    exact = Decimal(number.numerator) / number.denominator
    text = f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}".replace(".", ",")
    if trim and "," in text:
        text = text.rstrip("0").rstrip(",")
    return text + ("%" if figure.unit == "persen" and not figure.id.startswith("penilaian.") else "")


FAMILIES = [(e, f) for e in EDITIONS for f in dict.fromkeys(i.id.split(".")[0] for i in again(e).opened.register)]


def family(edition: str, name: str) -> list[Figure]:
    found = [figure for figure in again(edition).opened.register if figure.id.split(".")[0] == name]
    assert found
    return found


def published_nowhere(edition: str) -> set[str]:
    """Return the file that counts of nothing compared may name although an edition has no published one."""
    file = f"params/terbit/{edition}.yml"
    return set() if (ROOT / file).exists() else {file}


# The specification --------------------------------------------------------------------------------------------


def test_the_editions_have_figures_to_explain() -> None:
    assert [len(again(edition).opened.register) > 250 for edition in EDITIONS] == [True, True]


@pytest.mark.parametrize(("edition", "name"), FAMILIES)
def test_every_figure_ends_at_cells_or_params_that_exist(edition: str, name: str) -> None:
    ends: dict[str, tuple[SourceCell, ...]] = {}
    for figure in family(edition, name):
        found = again(edition).explained(figure.id)
        ends[figure.id] = (*found.cells, *found.settings)
    assert [id_ for id_, held in ends.items() if not held] == []
    gone = {h.source for held in ends.values() for h in held if h.state not in ("cell", "setting")}
    assert gone - published_nowhere(edition) == set()


@pytest.mark.parametrize(("edition", "name"), FAMILIES)
def test_the_raw_values_of_its_sources_give_every_figure_again(edition: str, name: str) -> None:
    wrong = {}
    for figure in family(edition, name):
        try:
            value = again(edition).value(figure)
        except (AssertionError, KeyError, StopIteration, ValueError, ZeroDivisionError) as error:
            wrong[figure.id] = repr(error)
            continue
        exact = figure.exact if figure.exact is not None else figure.value
        if value != exact:
            wrong[figure.id] = f"{value} again, {exact} in the register"
        elif not name.startswith(("pernyataan", "terbit", "teks")) and printed(figure, value) != figure.printed:
            wrong[figure.id] = f"{printed(figure, value)} again, {figure.printed} printed"
    assert wrong == {}


@pytest.mark.parametrize("edition", EDITIONS)
def test_cells_show_what_a_spreadsheet_shows(edition: str) -> None:
    found = again(edition)
    held = [found.lookup.look(cell.source) for cell in found.everything]
    shown = {h.source: h.shown() for h in held}
    percent = {
        cell.source: f"{whole(cell.score)}%" if "%" in cell.cells["Nilai"].number_format else str(cell.value)
        for cell in found.everything
        if isinstance(cell.score, Fraction)
    }
    assert len(percent) > 50
    assert {source: shown[source] for source in percent} == percent


def test_a_share_shows_its_tree_rules_determination_and_cells() -> None:
    found = explain(again("2021-S2").opened, ROOT, "ringkasan.administratif.cukup.persen", depth=2)
    out = io.StringIO()
    show_explanation(found, "id", out)
    text = out.getvalue()
    for words in (
        "cetak   11%",
        "tepat   100/9 (11,111111)",
        "\n    komitmen.07.skor                    83,3%",
        "penilaian.kategori  Baik (dari 70, sampai 100); Cukup (dari 51, sampai 69); Kurang (dari 0, sampai 50)",
        "Komitmen 7, Administratif: ditetapkan Cukup  [inputs/2021-S2/evaluasi.xlsx!Penetapan!C2]",
        "inputs/2021-S1/capaian-kl.xlsx, lembar 'Capaian'",
        "H17  100%  Nilai: Komitmen 7, UK 1, Pelaksana Mahkamah Agung, Periode B06, No 1",
    ):
        assert words in text


def test_json_carries_the_same_and_english_only_changes_labels() -> None:
    found = explain(again("2021-S2").opened, ROOT, "komitmen.07.skor")
    out, english = io.StringIO(), io.StringIO()
    show_explanation(found, "id", out, "json")
    show_explanation(found, "en", english)
    value = json.loads(out.getvalue())
    assert (value["cetak"], value["tepat"], len(value["sel"])) == ("83,3%", "250/3", 6)
    assert value["penetapan_berlaku"][0]["kategori"] == "Cukup"
    assert [row["kunci"] for row in value["aturan_berlaku"]] == ["penilaian.agregasi", "penilaian.kategori"]
    assert "sheet 'Capaian'" in english.getvalue()
    assert "printed" in english.getvalue()


@pytest.mark.parametrize(
    "id_", ["rekonsiliasi.sama.atas.penetapan.jumlah", "rekonsiliasi.sama.jumlah", "rekonsiliasi.total.daftar.jumlah"]
)
def test_counts_of_the_reconciliation_name_the_determinations_that_decide_them(id_: str) -> None:
    found = again("2021-S2").explained(id_)
    assert sorted((d.commitment, d.dimension) for d in found.determinations) == [
        (7, "Administratif"),
        (13, "Ko-Kreasi"),
        (14, "Ko-Kreasi"),
    ]
    assert {"Penetapan", "Capaian"} <= {held.sheet for held in found.cells}


def test_the_list_is_searched_by_all_words_and_grouped_by_part() -> None:
    opened = again("2021-S2").opened
    everything = explain(opened, ROOT)
    found = explain(opened, ROOT, None, ("rekap", "k/l", "Kurang"))
    assert isinstance(everything, Listing)
    assert isinstance(found, Listing)
    assert len(everything.entries) == len(opened.register)
    assert [entry.id for entry in found.entries] == [
        "rekap.kl.b06.kurang",
        "rekap.kl.b12.kurang",
        "rekap.kl.akumulasi.kurang",
    ]
    out = io.StringIO()
    show_explanation(everything, "id", out)
    parts = [line for line in out.getvalue().splitlines() if line and not line.startswith(" ")]
    assert len(parts) == len(set(parts))
    assert "Komitmen 7: Penguatan Portal Informasi terkait Bantuan Hukum" in parts


@pytest.mark.parametrize(
    ("wanted", "suggested"),
    [
        ("78%", "ringkasan.administratif.baik.persen"),
        ("rekap.kl.b12", "rekap.kl.b12.baik"),
        ("ringkasan.administrasi.baik.persen", "ringkasan.administratif.baik.persen"),
        ("RINGKASAN.administratif.Baik.persen", "ringkasan.administratif.baik.persen"),
        ("83.3%", "komitmen.07.skor"),
    ],
)
def test_an_unknown_id_suggests_near_ones_and_exits_1(wanted: str, suggested: str) -> None:
    with pytest.raises(UnknownFigure) as caught:
        explain(again("2021-S2").opened, ROOT, wanted)
    assert caught.value.exit_code == 1
    assert suggested in [line.split()[0] for line in caught.value.detail.splitlines()]
    assert wanted in str(caught.value)
