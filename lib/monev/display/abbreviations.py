"""Abbreviations: the list of those that the report uses, and their meaning behind the first use in a section. Pure.

What they stand for is told by the params (`singkatan`). Where a text tells it itself, nothing is added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from monev.display.document import (
    Block,
    Break,
    Cell,
    Group,
    Heading,
    Inline,
    Inlines,
    Paragraph,
    Points,
    Section,
    Table,
    TableColumn,
    TargetGrid,
    TargetRow,
)
from monev.figures.results import Results
from monev.model.params import Edition


def own(edition: Edition) -> dict[str, str]:
    """Return what the report itself abbreviates: the groups' names, and two more."""
    groups = {str(group): group.full for group in edition.groups if group != group.full}
    return {**groups, "N/A": "tidak dapat dinilai (not applicable)", "UK": "Ukuran Keberhasilan"}


def _source(name: str, edition: Edition) -> str:
    return f"params/{edition.edisi}.yml!singkatan!{name}"


def _meaning(name: str, edition: Edition) -> Inlines:
    if name in own(edition):
        return (own(edition)[name],)
    return (Cell(edition.singkatan[name], _source(name, edition)),)


def _row(name: str, edition: Edition) -> tuple[Inlines, ...]:
    word = name if name in own(edition) else Cell(name, _source(name, edition))
    return (word,), _meaning(name, edition)


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(longest_first) or '(?!)'})(?![\w/-])")


# The list -----------------------------------------------------------------------------------------------------------


def _texts(results: Results) -> Iterator[str]:
    """Yield what is printed of the workbooks, and the names of the params."""
    data, edition = results.data, results.edition
    names = edition.nama
    yield from (names.program, names.singkatan, names.rencana, *(group.channel for group in edition.groups))
    yield from (c.title for c in data.commitments)
    yield from (text for a in data.actors for text in (a.actor, a.full_name))
    yield from (m.text for m in data.measures)
    yield from (text for t in results.targets for text in (t.target, t.achievement, t.cocreation_text))
    for points in (data.followups, data.highlights, data.notes, data.source_notes):
        yield from (point.text for point in points)


def listed(results: Results) -> Section:
    """Return the list of the abbreviations that occur; empty where the params tell none."""
    edition = results.edition
    if not edition.singkatan:
        return Section("singkatan")
    pattern = _pattern(edition.singkatan)
    found = own(edition).keys() | {name for text in _texts(results) for name in pattern.findall(text)}
    names = sorted(found, key=lambda name: (name.casefold(), name))
    columns = (TableColumn(("Singkatan",)), TableColumn(("Kepanjangan",)))
    rows = tuple(_row(name, edition) for name in names)
    return Section("singkatan", (Group(("dua-kolom",), (Table("", (), columns, rows, ("setengah",)),)),))


# The first use ------------------------------------------------------------------------------------------------------


def expanded(section: Section, edition: Edition) -> Section:
    """Return a section with the meaning of each abbreviation behind its first use in the text of a workbook."""
    if not edition.singkatan:
        return section
    names = " ".join((edition.nama.program, edition.nama.sekretariat, edition.nama.rencana_lengkap)).casefold()
    known = {name for name, meaning in edition.singkatan.items() if meaning.casefold() in names}  # on the first pages
    walk = _Expansion(edition, _pattern(edition.singkatan), known)
    return replace(section, blocks=walk.blocks(section.blocks))


@dataclass
class _Expansion:
    """Walks a section in reading order and keeps which abbreviations were told."""

    edition: Edition
    pattern: re.Pattern[str]
    told: set[str] = field(default_factory=set)

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        """Return blocks with what is told at first."""
        return tuple(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Block:
        match block:
            case Heading():
                self._heard("".join(getattr(item, "text", "") for item in block.inlines))
            case Paragraph():
                return Paragraph(self._inlines(block.inlines))
            case Points():
                return replace(block, items=tuple(self._inlines(item) for item in block.items))
            case Group():
                return replace(block, blocks=self.blocks(block.blocks))
            case TargetGrid():
                return TargetGrid(tuple(self._row(row) for row in block.rows))
        return block

    def _row(self, row: TargetRow) -> TargetRow:
        target, achievement = self.blocks(row.target), self.blocks(row.achievement)
        return replace(row, target=target, achievement=achievement, cocreation=self.blocks(row.cocreation))

    def _heard(self, text: str) -> None:
        """Take note of what a text tells itself."""
        plain = text.casefold()
        names = {name for name in self.pattern.findall(text) if self.edition.singkatan[name].casefold() in plain}
        self.told |= names | {found[0] for found in self.pattern.finditer(text) if text[: found.start()].endswith("(")}

    def _inlines(self, inlines: Inlines) -> Inlines:
        made: list[Inline] = []
        for item in inlines:
            made += self._cell(item) if isinstance(item, Cell) else (item,)
        return tuple(made)

    def _cell(self, cell: Cell) -> Iterator[Inline]:
        self._heard(cell.text)
        rest = cell.text
        while found := next((each for each in self.pattern.finditer(rest) if each[0] not in self.told), None):
            self.told.add(found[0])
            before, rest = rest[: found.end()], rest[found.end() :]
            yield Cell(before, cell.source)
            yield from (" (", *_meaning(found[0], self.edition), ")")
            blank = rest[: len(rest) - len(rest.lstrip())]
            yield from (Break(),) if "\n" in blank else (" ",) if blank else ()
            rest = rest.lstrip()
        if rest:
            yield Cell(rest, cell.source)
