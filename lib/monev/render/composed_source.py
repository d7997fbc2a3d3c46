"""The report's source with the parts that an edition has, in its order, each with its title and at its level.

`laporan.qmd` marks where each part begins (`<!-- bagian: sekilas -->`). A section that stands apart from its chapter
becomes a chapter: its headings rise by a level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from monev.display.markdown import literal
from monev.model.contents import EVERYTHING, Part

SOURCE = "laporan.qmd"
OWN_SLOT = "naskah-{name}"
CLOSING = "penutup"
"""What the publication adds (comments, revisions, imprint): no part to choose, it is there where there is something."""
_LAST = ("singkatan", "indeks")
_MARK = re.compile(r"^<!-- bagian: ([a-z-]+) -->\n\n", re.MULTILINE)
_INCLUDE = re.compile(r"\{\{< include (\S+) >\}\}")
_TITLE = re.compile(r"^(#+ )(.*?)( \{#sec-[a-z-]+[ }])", re.MULTILINE)
_DEEPER = re.compile(r"^#(#+ )", re.MULTILINE)
_WITHOUT_HEADING: Mapping[str, str] = {"rapor": "Rapor Pelaksana"}
"""Sections whose headings are made: by these they are called where they are chapters."""


@dataclass(frozen=True)
class Composed:
    """The source of the report, and those of its files that differ from what they were: name to text."""

    source: str
    files: Mapping[str, str]

    @property
    def included(self) -> tuple[str, ...]:
        """The files that the source includes, in order."""
        return tuple(_INCLUDE.findall(self.source))


def own_file(name: str) -> str:
    """Return the file in the staged folder that holds a text of one's own."""
    return f"_slot-{OWN_SLOT.format(name=name)}.md"


def marked_parts(source: str) -> tuple[str, dict[str, str]]:
    """Return what stands before the first part, and each part's own lines; no parts in a source without marks."""
    head, *rest = _MARK.split(source)
    return head, dict(zip(rest[::2], rest[1::2], strict=True))


def composed(files: Mapping[str, str], parts: Sequence[Part] = EVERYTHING) -> Composed:
    """Return the report of these parts.

    files: all texts of the report by name, `laporan.qmd` and sections too. Raises KeyError for an unknown part.
    """
    head, known = marked_parts(files[SOURCE])
    if not known:
        return Composed(files[SOURCE], {})
    changed: dict[str, str] = {}
    lines = []
    closing = known.pop(CLOSING, "").rstrip("\n")
    for part in parts:
        if part.is_own:
            lines.append(f"{{{{< include {own_file(part.name)} >}}}}\n")
            continue
        lines.append(_opened(part) + known[part.name].rstrip("\n") + "\n")
        changed |= _of_part(part, [name for name in _INCLUDE.findall(known[part.name]) if name in files], files)
    if closing:
        at = next((n for n, part in enumerate(parts) if part.name in _LAST), len(parts))
        lines.insert(at, closing + "\n")
    return Composed(head + "\n".join(lines), _renamed({**files, **changed}, changed, _titles(files, known, parts)))


def _opened(part: Part) -> str:
    """Return the heading of a section that has none, where it is a chapter."""
    if not part.raised or part.name not in _WITHOUT_HEADING:
        return ""
    return f"# {literal(part.title or _WITHOUT_HEADING[part.name])} {{#sec-{part.name}}}\n\n"


def _of_part(part: Part, names: Sequence[str], files: Mapping[str, str]) -> dict[str, str]:
    made: dict[str, str] = {}
    for name in names:
        text = files[name]
        if part.title and name.endswith(".qmd") and not made:
            text = _TITLE.sub(lambda found: f"{found[1]}{literal(part.title)}{found[3]}", text)
        if part.raised and part.name not in _WITHOUT_HEADING:
            text = _DEEPER.sub(r"\1", text)
        if text != files[name]:
            made[name] = text
    return made


def _titles(
    files: Mapping[str, str], known: Mapping[str, str], parts: Sequence[Part]
) -> Iterator[tuple[str, str, str]]:
    """Yield of each renamed part how it is referred to, the title that it had, and the one that it has."""
    for part in parts:
        for name in _INCLUDE.findall(known.get(part.name, "")) if part.title and not part.is_own else ():
            for found in _TITLE.finditer(files.get(name, "")) if name.endswith(".qmd") else ():
                yield re.sub(r"[ {}]", "", found[3]), found[2], part.title


def _renamed(
    files: Mapping[str, str], changed: dict[str, str], titles: Iterator[tuple[str, str, str]]
) -> dict[str, str]:
    """Let links in hand-written prose that say a part's title say its new one."""
    for place, before, now in titles:
        link = re.compile(rf"\[([^\[\]]+)\]\({re.escape(place)}\)")

        def told(found: re.Match[str], place: str = place, before: str = before, now: str = now) -> str:
            return f"[{literal(now)}]({place})" if before.startswith(found[1]) else found[0]

        for name in (name for name in files if name.endswith(".qmd") and name != SOURCE):
            text = changed.get(name, files[name])
            if (renamed := link.sub(told, text)) != text:
                changed[name] = renamed
    return changed
