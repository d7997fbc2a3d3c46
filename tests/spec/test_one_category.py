"""A commitment stands under one category, everywhere: the determined one where there is a determination.

Every section that notebooks may show is walked: what is said of a commitment is what stands beside a link to it, in its
table row or sentence, under its heading, or in its appendix. Scores stay as computed; `menurut hitungan X` and the mark
tell where they lead elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from monev.display.charts.specs import Heat, Quadrants
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
    Points,
    Strip,
    Table,
)
from monev.display.phrases import MARK
from monev.edition.opened import Opened, open_edition
from monev.io.folders import REPOSITORY
from monev.model.fields import ADMINISTRATIVE, COCREATIVE, DIMENSIONS
from plans import EDITION, MadePlan, make_plan
from support import change, copy_root, sections_of

NUMBER = re.compile(r"«(\d+)»")
OF_TARGETS = re.compile(r"target\w* berkategori [\w/-]+")
BY_RULE = re.compile(r"menurut hitungan [\w/-]+( dinilai)?", re.IGNORECASE)


def text_of(inlines: Inlines, *, cells: bool = False) -> str:
    """Return what inlines say, a link to a commitment as «7»; words of workbooks only where they are asked for."""
    parts = []
    for item in inlines:
        if isinstance(item, Link) and (found := re.fullmatch(r"sec-komitmen-(\d+)", item.target)):
            parts.append(f"«{int(found[1])}»")
        elif isinstance(item, Num):
            parts.append(item.figure.printed)
        elif isinstance(item, str):
            parts.append(item)
        elif cells or not isinstance(item, Cell):
            parts.append(getattr(item, "text", ""))
    return "".join(parts)


@dataclass(frozen=True)
class Walk:
    """The claims of one edition's sections; `titles`: the titles that the secretariat gave its highlights count too."""

    opened: Opened
    titles: bool = True

    def contradictions(self) -> list[str]:
        return [said for section in sections_of(self.opened) for said in self._blocks(section.blocks, section.slot, "")]

    def _blocks(self, blocks: tuple[Block, ...], place: str, subject: str) -> Iterator[str]:
        title = ""
        for block in blocks:
            match block:
                case Heading(level=2) if not subject:
                    title = text_of(block.inlines, cells=True) if self.titles else ""
                case Paragraph():
                    yield from self._text(text_of(block.inlines), place, subject)
                case Points():
                    for item in block.items:
                        yield from self._text(text_of(item), place, subject)
                case Strip():
                    for name, value in block.items:
                        if name != "Yang dinilai":
                            yield from self._said(f"{name} {text_of(value)}", place, subject)
                case Table():
                    yield from self._table(block, place)
                case Chart():
                    yield from self._chart(block, place)
                case Group():
                    own = next((f"«{number}»" for number in self._about(block)), subject)
                    yield from self._said(title, place, own if "sorotan" in block.classes else "")
                    yield from self._blocks(block.blocks, f"{place} {own}", own)

    @staticmethod
    def _about(group: Group) -> Iterator[int]:
        for block in group.blocks:
            if isinstance(block, Heading) and (found := re.match(r"Komitmen (\d+): ", text_of(block.inlines))):
                yield int(found[1])

    def _table(self, table: Table, place: str) -> Iterator[str]:
        heads = [text_of(column.heading) for column in table.columns]
        yield from self._text(text_of(table.source), f"{place} {table.id}", "")
        if "Target" in heads:
            return  # of targets, not of commitments
        for row in table.rows:
            told = (f"{head} {text_of(cell)}" for head, cell in zip(heads, row, strict=True))
            yield from self._said(f"{text_of(table.caption)}: {'; '.join(told)}", f"{place} {table.id}", "")

    def _chart(self, chart: Chart, place: str) -> Iterator[str]:
        here = f"{place} {chart.id}"
        yield from self._said(text_of(chart.caption), here, "")
        yield from self._text(text_of(chart.source), here, "")
        for part in chart.alt.split(";"):
            yield from self._said(re.sub(r"Komitmen (\d+)", r"«\1»", part), here, "")
        if isinstance(chart.drawing, Heat):
            yield from self._heat(chart.drawing, here)
        elif isinstance(chart.drawing, Quadrants):
            for point in chart.drawing.points:
                if not point.name.endswith("×"):
                    yield from self._mark(point.name, int(point.name.rstrip(MARK)), DIMENSIONS, here)

    def _heat(self, drawing: Heat, place: str) -> Iterator[str]:
        for name, cells in drawing.rows:
            number, last = int(name.removeprefix("Komitmen ")), cells[-1]
            if not last.words:
                continue
            shown = [cell.words for cell in drawing.scale if cell.level == last.level]
            category = self.categories[number, ADMINISTRATIVE]
            if not any(words == category or words.startswith(f"{category} ") for words in shown):
                yield f"{place}: komitmen {number} berwarna {shown}, kategorinya {category}"
            yield from self._mark(last.words, number, (ADMINISTRATIVE,), place)

    def _mark(self, words: str, number: int, dimensions: tuple[str, ...], place: str) -> Iterator[str]:
        outcomes = [self.opened.results.commitment(number).outcome(dimension) for dimension in dimensions]
        if words.endswith(MARK) != any(outcome.category != outcome.computed for outcome in outcomes):
            yield f"{place}: tanda pada '{words}' komitmen {number}"

    def _text(self, text: str, place: str, subject: str) -> Iterator[str]:
        for sentence in re.split(r"(?<=[.!?]) ", text):
            yield from self._said(sentence, place, subject)

    @cached_property
    def categories(self) -> dict[tuple[int, str], str]:
        return {
            (r.commitment.commitment, dimension): r.outcome(dimension).category
            for r in self.opened.results.commitments
            for dimension in DIMENSIONS
        }

    @cached_property
    def names(self) -> dict[str, re.Pattern[str]]:
        rules = self.opened.results.edition.penilaian
        scales = {ADMINISTRATIVE: rules.kategori, COCREATIVE: rules.kokreasi.kategori}
        patterns = {}
        for dimension, scale in scales.items():
            longest_first = sorted((re.escape(each.nama) for each in scale), key=len, reverse=True)
            patterns[dimension] = re.compile(
                rf"(\bbelum )?(?<![\w-])({'|'.join(longest_first)})(?![\w-])", re.IGNORECASE
            )
        return patterns

    def _said(self, text: str, place: str, subject: str) -> Iterator[str]:
        """Yield each category that a text gives a commitment other than its own."""
        text = OF_TARGETS.sub("", BY_RULE.sub("", text))
        for dimension, pattern in self.names.items():
            single = re.compile(rf"«(\d+)» {pattern.pattern}", re.IGNORECASE)
            for found in single.finditer(text):
                yield from self._against(int(found[1]), dimension, found[2], found[3], place)
            rest = single.sub("", text)
            numbers = [int(found[1]) for found in NUMBER.finditer(rest)] or [int(n) for n in NUMBER.findall(subject)]
            for found in pattern.finditer(rest):
                if found[2][0].isupper():
                    for number in numbers:
                        yield from self._against(number, dimension, found[1], found[2], place)

    def _against(self, number: int, dimension: str, negated: str | None, name: str, place: str) -> Iterator[str]:
        own = self.categories[number, dimension]
        if (own == name) == bool(negated):
            yield f"{place}: komitmen {number} {negated or ''}{name}, kategorinya {own}"


@pytest.mark.parametrize("edition", ["2021-S1", "2021-S2"])
def test_no_section_contradicts_a_category(edition: str) -> None:
    assert Walk(open_edition(REPOSITORY, edition)).contradictions() == []


def determine_everything(root: Path) -> None:
    """Set every category of 2021-S2 to another one than the rule gives."""
    results = open_edition(root, "2021-S2").results
    rules = results.edition.penilaian
    scales = {ADMINISTRATIVE: rules.kategori, COCREATIVE: rules.kokreasi.kategori}

    def edit(workbook: object) -> None:
        sheet = workbook["Penetapan"]  # type: ignore[index]
        sheet.delete_rows(2, sheet.max_row)
        for result in results.commitments:
            for dimension, scale in scales.items():
                computed = result.outcome(dimension).computed
                names = [each.nama for each in scale]
                other = names[(names.index(computed) + 1 + result.commitment.commitment % 2) % len(names)]
                sheet.append([result.commitment.commitment, dimension, other, "Alasan"])

    change(root, "inputs/2021-S2/evaluasi.xlsx", edit)


def accept_everything(root: Path) -> None:
    path = root / "params" / "2021-S2.yml"
    rules = ("terbaik", "terendah", "paling-naik", "paling-turun")
    text = "sorotan:\n" + "".join(f"  - usulan: {rule}\n" for rule in rules)
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def test_nor_where_everything_was_determined_and_every_suggestion_accepted(tmp_path: Path) -> None:
    root = copy_root(tmp_path)
    determine_everything(root)
    accept_everything(root)
    walk = Walk(open_edition(root, "2021-S2"), titles=False)
    assert walk.contradictions() == []
    outcomes = [r.outcome(dimension) for r in walk.opened.results.commitments for dimension in DIMENSIONS]
    assert all(outcome.category != outcome.computed for outcome in outcomes)


def test_nor_in_a_plan_of_many_commitments(tmp_path: Path) -> None:
    determinations = [
        {"commitment": n, "dimension": ADMINISTRATIVE, "category": "Kurang", "reason": "Alasan"} for n in range(1, 40)
    ]
    root = make_plan(tmp_path, MadePlan(commitments=60, determinations=determinations))
    assert Walk(open_edition(root, EDITION), titles=False).contradictions() == []


def test_the_walk_finds_what_it_looks_for() -> None:
    walk = Walk(open_edition(REPOSITORY, "2021-S2"))
    link = Link("7", "sec-komitmen-07")
    for block in (
        Paragraph(("Komitmen ", link, " berkategori Baik.")),
        Paragraph((link, " Cukup (ditetapkan; menurut hitungan Baik) dan ", Link("5", "sec-komitmen-05"), " Kurang.")),
        Group(("sorotan",), (Heading(3, ("Komitmen 7: ",)), Strip((("Skor", ("belum Cukup",)),)))),
    ):
        assert len(list(walk._blocks((block,), "uji", ""))) == 1, block
