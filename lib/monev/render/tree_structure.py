"""What holds over a whole document tree (pandoc's JSON): what is shown, what headings are called, what is numbered.

A tree is *settled* when only what is shown is left and every heading of the contents list has an identifier.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Node = dict[str, Any]

FLOATS = {"tbl": "Tabel", "fig": "Gambar"}
LISTED = 2  # the contents list holds headings down to this level
_NAME_LENGTH = 30
BLANKS = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}
WRAPPED = ("Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps")


@dataclass(frozen=True, slots=True)
class Attributes:
    """Identifier, classes and attributes of a div, span, heading or link."""

    id: str
    classes: tuple[str, ...]
    more: dict[str, str]

    @classmethod
    def of(cls, value: Any) -> Attributes:
        """Read pandoc's form: `[id, [class, ...], [[name, value], ...]]`."""
        return cls(value[0], tuple(value[1]), dict(value[2]))


# Text -----------------------------------------------------------------------------------------------------------------


def stringify(inlines: Sequence[Node]) -> str:
    """Return the text of inlines, spans and links as what they hold."""
    parts = []
    for node in inlines:
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind == "Str":
            parts.append(content)
        elif kind in BLANKS:
            parts.append(BLANKS[kind])
        elif kind in WRAPPED:
            parts.append(stringify(content))
        elif kind in ("Span", "Link", "Quoted", "Cite"):
            parts.append(stringify(content[1]))
        elif kind in ("Code", "Math"):
            parts.append(content[1])
    return "".join(parts)


def meta_text(value: Node) -> str:
    """Return the text of a metadata value; of a truth value, `True` or `False`."""
    kind: str = value["t"]
    content: Any = value.get("c")
    if kind == "MetaInlines":
        return stringify(content)
    if kind == "MetaBlocks":
        return " ".join(stringify(block["c"]) for block in content if block["t"] in ("Para", "Plain"))
    return str(content)


def entries(meta: Node, name: str) -> Mapping[str, Node]:
    """Return the values of a map in the metadata; none where it is not there."""
    found = meta.get(name, {"t": "MetaMap", "c": {}})
    return found["c"] if found["t"] == "MetaMap" else {}


def meta_map(meta: Node, name: str) -> dict[str, str]:
    """Return the texts of a map in the metadata."""
    return {key: meta_text(value) for key, value in entries(meta, name).items()}


# What is shown --------------------------------------------------------------------------------------------------------


def settled(tree: Node) -> Node:
    """Return a tree without what is not shown, and with identifiers at all headings of the contents list."""
    present = {key for key, text in meta_map(tree["meta"], "ada").items() if text.lower() == "true"}
    blocks = list(_shown(tree["blocks"], lambda path: path.removeprefix("ada.") in present and path.startswith("ada.")))
    _name_headings(blocks)
    return {**tree, "blocks": blocks}


def _shown(blocks: Sequence[Node], is_true: Callable[[str], bool]) -> Iterator[Node]:
    """Put the content of conditional divs in their places, or leave them out, as the Lua filter does under Quarto.

    Spans in paragraphs and headings likewise.
    """
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            yield {**block, "c": _shown_inlines(block["c"], is_true)}
            continue
        if block["t"] != "Div":
            yield block
            continue
        attributes, content = block["c"]
        kept = _is_kept(Attributes.of(attributes), is_true)
        if kept is None:
            yield {"t": "Div", "c": [attributes, list(_shown(content, is_true))]}
        elif kept:
            yield from _shown(content, is_true)


def _shown_inlines(inlines: Sequence[Node], is_true: Callable[[str], bool]) -> list[Node]:
    found: list[Node] = []
    for node in inlines:
        kept = _is_kept(Attributes.of(node["c"][0]), is_true) if node["t"] == "Span" else None
        if kept is None:
            found.append(node)
        elif kept:
            found += node["c"][1]
        elif found and found[-1]["t"] in BLANKS:
            found.pop()  # what is left out takes the blank before it along
    return found


def _is_kept(attributes: Attributes, is_true: Callable[[str], bool]) -> bool | None:
    """Tell whether a conditional div is kept; None for any other div."""
    shown = "content-visible" in attributes.classes
    when, unless = attributes.more.get("when-meta"), attributes.more.get("unless-meta")
    if not (shown or "content-hidden" in attributes.classes) or not (when or unless):
        return None
    match = (not when or is_true(when)) and not (unless and is_true(unless))
    return match == shown


def walk(blocks: Sequence[Node]) -> Iterator[Node]:
    """Yield blocks, those within divs behind their div."""
    for block in blocks:
        yield block
        if block["t"] == "Div":
            yield from walk(block["c"][1])


def _name_headings(blocks: Sequence[Node]) -> None:
    """Name headings of the contents list that have no name: by their words, with a number where they come again."""
    taken: set[str] = set()
    for block in walk(blocks):
        if block["t"] != "Header":
            continue
        level, attributes, inlines = block["c"]
        if not attributes[0] and level <= LISTED:
            block["c"] = [level, [_free(stringify(inlines), taken), *attributes[1:]], inlines]
        taken.add(block["c"][1][0])


def _free(words: str, taken: set[str]) -> str:
    slug = re.sub(r"[^0-9a-z]+", "-", words.lower()).strip("-")
    name = base = f"bagian-{slug[:_NAME_LENGTH]}"
    count = 1
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    return name


# What references lead to ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Targets:
    """What references lead to, by identifier: tables and figures (kind, number), and headings (their inlines)."""

    numbers: Mapping[str, tuple[str, int]]
    titles: Mapping[str, Sequence[Node]]

    @classmethod
    def of(cls, blocks: Sequence[Node]) -> Targets:
        """Number the tables and figures of a settled tree in their order, and take up its headings."""
        counts = dict.fromkeys(FLOATS, 0)
        numbers: dict[str, tuple[str, int]] = {}
        titles: dict[str, Sequence[Node]] = {}
        for block in walk(blocks):
            if block["t"] == "Header":
                titles[block["c"][1][0]] = block["c"][2]
            kind = block["c"][0][0].partition("-")[0] if block["t"] == "Div" else ""
            if kind in counts:
                counts[kind] += 1
                numbers[block["c"][0][0]] = kind, counts[kind]
        return cls(numbers, titles)
