"""The report as pandoc's document tree, read from Markdown piece by piece: only pieces that are new are read.

Reading Markdown is what costs pandoc most. The report's own prose is read in one go, with a mark where each section
goes; the sections are read apart from it, a long one (the appendices) in pieces, several at once; what was read before
is kept. The result is the tree of the whole (`whole_tree`): no heading gets an identifier made up from its words, which
would depend on all headings before it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from monev.io.guarded_cache import Cache
from monev.io.pandoc import FLAVOUR as FLAVOUR
from monev.render.tree_structure import Node

ReadMarkdown = Callable[[str, Sequence[str]], str]
"""Reads Markdown of some flavour with further options; returns pandoc's JSON."""

FOLDER = "pohon"
_MOST_AT_ONCE = 500_000  # letters of Markdown that pandoc reads in one go: its memory grows with them
_MARK = "monev-bagian-"
_BOUNDARY = "monev-batas"
_FENCE = re.compile(r"^(:{3,})[ \t]*(\S.*)?$")
# What has a meaning beyond the place where it stands, or hides fences: such a section is read with the prose.
_FAR_REACHING = re.compile(r"^(---|\.\.\.)[ \t]*$|^[ \t]{0,3}\[[^\]]*\]:|\[\^|```|~~~|^(=+|-+)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Source:
    """The report's Markdown: its prose with `mark(name)` where a section stands, and the sections."""

    prose: str
    sections: Mapping[str, str]


def mark(name: str) -> str:
    """Return the Markdown that stands for a section in the prose."""
    return f"::: {{#{_MARK}{name}}}\n:::"


def whole_tree(source: Source, read: ReadMarkdown, options: Sequence[str]) -> Node:
    """Return the tree as pandoc reads the whole in one go. Raises what `read` raises."""
    text = source.prose
    for name, section in source.sections.items():
        text = text.replace(mark(name), section)
    return _loaded(read(text, [f"--from={FLAVOUR}", *options]))


def tree_of(
    source: Source,
    read: ReadMarkdown,
    options: Sequence[str],
    *,
    reader: str = "",
    cache: Cache | None = None,
    jobs: int = 1,
    whole: bool = True,
) -> Node:
    """Return the report's tree.

    `options` are for the prose, which carries the metadata; `reader` is the version of what reads: pieces that another
    one has read do not count. With `whole`, pieces that this report does not hold are dropped from the cache. Raises
    what `read` raises.
    """
    prose, pieces = _divided(source)
    wanted = dict.fromkeys(piece for own in pieces.values() for piece in own)
    known = {piece: blocks for piece in wanted if (blocks := _kept(cache, piece, reader)) is not None}
    new = [piece for piece in wanted if piece not in known]
    with ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
        frame = pool.submit(read, prose, [f"--from={FLAVOUR}", *options])
        number = max(jobs, sum(map(len, new)) // _MOST_AT_ONCE + 1)
        for batch in pool.map(lambda own: _read_pieces(own, read), _shares(new, number)):
            known |= batch
        tree = _loaded(frame.result())
    if cache:
        for piece in new:
            cache.write(_name(piece), {"pembaca": reader, "blok": known[piece]})
        for name in {*cache.names(FOLDER)} - {_name(piece) for piece in wanted} if whole else ():
            cache.drop(name)
    sections = {name: [block for piece in own for block in known[piece]] for name, own in pieces.items()}
    tree["blocks"] = list(_filled(tree["blocks"], sections))
    return tree


def _divided(source: Source) -> tuple[str, dict[str, list[str]]]:
    """Return the prose, with those sections in it that cannot be read apart, and the pieces of the others."""
    prose, pieces = source.prose, {}
    for name, text in source.sections.items():
        if _FAR_REACHING.search(text) or not _is_closed(text):
            prose = prose.replace(mark(name), text)
        else:
            pieces[name] = list(_pieces(text))
    return prose, pieces


def _is_closed(text: str) -> bool:
    """Tell whether a section closes every div that it opens, and none else."""
    depth, before = 0, ""
    for line in text.splitlines():
        fence = _FENCE.match(line)
        if fence and fence[2]:
            if before and not _FENCE.match(before):
                return False  # in the middle of a paragraph this opens nothing
            depth += 1
        elif fence:
            depth -= 1
        if depth < 0:
            return False
        before = line.strip()
    return depth == 0


def _pieces(text: str) -> Iterator[str]:
    """Cut a section before each div with an identifier that stands in no other."""
    lines = text.splitlines(keepends=True)
    cuts, depth = [0], 0
    for number, line in enumerate(lines):
        fence = _FENCE.match(line.rstrip("\n"))
        if fence and fence[2]:
            if not depth and fence[2].startswith("{#") and number and not lines[number - 1].strip():
                cuts.append(number)
            depth += 1
        elif fence:
            depth -= 1
    for start, end in zip(cuts, [*cuts[1:], len(lines)], strict=True):
        piece = "".join(lines[start:end])
        if piece.strip():
            yield piece


def _shares(pieces: Sequence[str], number: int) -> list[list[str]]:
    """Share pieces out evenly, the longest first."""
    shares: list[list[str]] = [[] for _ in range(max(1, number))]
    for piece in sorted(pieces, key=len, reverse=True):
        min(shares, key=lambda own: sum(map(len, own))).append(piece)
    return [own for own in shares if own]


def _read_pieces(pieces: Sequence[str], read: ReadMarkdown) -> dict[str, list[Node]]:
    """Read pieces in one go, with a boundary between each two."""
    text = f"\n\n::: {{#{_BOUNDARY}}}\n:::\n\n".join(pieces)
    blocks: list[list[Node]] = [[]]
    for block in _loaded(read(text, [f"--from={FLAVOUR}"]))["blocks"]:
        if _id(block) == _BOUNDARY:
            blocks.append([])
        else:
            blocks[-1].append(block)
    return dict(zip(pieces, blocks, strict=True))


def _loaded(text: str) -> Node:
    """Return a tree without what pandoc counts over a whole document: the running number of citations."""
    tree: Node = json.loads(re.sub(r'"citationNoteNum":\d+', '"citationNoteNum":1', text))
    return tree


def _filled(blocks: Sequence[Node], sections: Mapping[str, list[Node]]) -> Iterator[Node]:
    """Put the sections in the places of their marks, which stand at the top or in divs of the prose."""
    for block in blocks:
        name = _id(block).removeprefix(_MARK)
        if name in sections and _id(block) != name:
            yield from sections[name]
        elif block["t"] == "Div":
            attributes, content = block["c"]
            yield {"t": "Div", "c": [attributes, list(_filled(content, sections))]}
        else:
            yield block


def _id(block: Node) -> str:
    return str(block["c"][0][0]) if block["t"] == "Div" else ""


def _name(piece: str) -> str:
    return f"{FOLDER}/{hashlib.sha256(piece.encode('utf-8', 'surrogatepass')).hexdigest()[:40]}"


def _kept(cache: Cache | None, piece: str, reader: str) -> list[Node] | None:
    found = cache.read(_name(piece)) if cache else None
    if not isinstance(found, dict) or found.get("pembaca") != reader:
        return None
    blocks: list[Node] = found["blok"]
    return blocks
