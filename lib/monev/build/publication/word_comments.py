"""Reads what came back in a Word file: comments, their answers, and tracked changes, each with its place.

pandoc reads comments and changes with author and date, and where they stand; what it leaves out is read from the parts
of the file (`word_parts`). The place is known by marks that the report for Word sets, and by headings.
"""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from monev.build.publication.remarks import LONGEST, QUOTED, Remark, Unreadable, shortened
from monev.build.publication.word_parts import COVER, DOCUMENT, Written, heading_place, written
from monev.io import pandoc
from monev.render.programs import RenderError, environment, run
from monev.render.tree_structure import BLANKS, Node
from monev.words.messages import tell

_EDITION = re.compile(r"Edisi ([A-Za-z0-9][A-Za-z0-9._-]{0,63})")
_TITLED = 3  # levels of headings that name a place


def word_remarks(content: bytes, edition: str, places: Mapping[str, str]) -> list[Remark]:
    """Return the remarks of a Word file on an edition. Raises Unreadable.

    `places` tells where the marks of targets stand, in words.
    """
    known = written(content, places)
    tree = _tree(_with_marks(content, places))
    walk = _Walk(places)
    walk.blocks(tree["blocks"])
    if not walk.editions:
        raise Unreadable(tell("comments.no-report"))
    if edition not in walk.editions:
        raise Unreadable(tell("comments.other-edition", edition=", ".join(sorted(walk.editions))))
    return [*walk.comments(known), *walk.changes()]


_BOOKMARK = re.compile(rb'<w:bookmarkStart\b[^>]*\bw:name="([a-z0-9-]{1,40})"[^>]*?(?:/>|></w:bookmarkStart>)')
_MARK = re.compile("\ue000([a-z0-9-]{1,40})\ue001")


def _with_marks(content: bytes, places: Mapping[str, str]) -> bytes:
    """Return the file with each of our bookmarks as words too: pandoc passes over those that nothing leads to."""

    def told(found: re.Match[bytes]) -> bytes:
        name = found[1].decode("ascii")
        return found[0] + (f"<w:r><w:t>\ue000{name}\ue001</w:t></w:r>".encode() if name in places else b"")

    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(held, "w") as marked:
        for name in dict.fromkeys(package.namelist()):
            part = package.read(name)
            marked.writestr(name, _BOOKMARK.sub(told, part) if name == DOCUMENT else part)
    return held.getvalue()


def _tree(content: bytes) -> Node:
    with tempfile.TemporaryDirectory(prefix="monev-") as place:
        folder = Path(place)
        (folder / "naskah.docx").write_bytes(content)
        command = [pandoc.program(), f"--data-dir={folder}", "--from=docx", "--to=json"]
        try:
            said = run([*command, "--track-changes=all", "naskah.docx"], folder, environment(folder), "pandoc")
            return json.loads(said.out)  # type: ignore[no-any-return]
        except (RenderError, ValueError, RecursionError):
            raise Unreadable(tell("comments.no-word")) from None


# The document in its order ------------------------------------------------------------------------------------


@dataclass
class _Change:
    """A change that somebody made: words taken out, words put in, or one for the other."""

    author: str
    date: str
    section: str
    before: str
    gone: str = ""
    new: str = ""

    def remark(self) -> Remark:
        gone, new = (shortened(text, QUOTED) for text in (self.gone, self.new))
        if gone and new:
            text = f"Usul: ganti '{gone}' dengan '{new}'."
        else:
            text = f"Usul: hapus '{gone}'." if gone else f"Usul: sisipkan '{new}'."
        return Remark(self.author, self.date, self.section, gone or shortened(self.before, QUOTED), text)


@dataclass
class _Comment:
    """A comment as pandoc tells it."""

    author: str
    date: str
    section: str
    text: str


@dataclass
class _Walk:
    """Reads the tree once, in its order."""

    places: Mapping[str, str]
    section: str = COVER
    editions: set[str] = field(default_factory=set)
    all: dict[str, _Comment] = field(default_factory=dict)
    changed: list[_Change] = field(default_factory=list)
    last: _Change | None = None  # the change that stands right before
    line: list[str] = field(default_factory=list)

    def blocks(self, node: Any) -> None:
        """Read blocks, however deep they lie."""
        if isinstance(node, dict):
            name: Any = node.get("t")
            content: Any = node.get("c")
            if name in ("Para", "Plain"):
                self._line(content)
            elif name == "Header":
                words = " ".join(_plain(content[2], "insertion").split())
                if content[0] <= _TITLED and words:
                    self.section = heading_place(words)
                self._line(content[2])
            else:
                self.blocks(content)
        elif isinstance(node, list):
            for inner in node:
                self.blocks(inner)

    def _line(self, inlines: Sequence[Node]) -> None:
        self.line, self.last = [], None
        self._inlines(inlines)
        if found := _EDITION.fullmatch(" ".join("".join(self.line).split())):
            self.editions.add(found[1])

    def _inlines(self, inlines: Sequence[Node]) -> None:
        for node in inlines:
            name: Any = node["t"]
            content: Any = node.get("c")
            if name == "Str" or name in BLANKS:
                self._text(content if name == "Str" else " ")
            elif name == "Span":
                self._span(content[0], content[1])
            elif name == "Note":
                self.blocks(content)
            elif isinstance(content, list):
                inner = next((part for part in content if isinstance(part, list) and _are_inlines(part)), None)
                self._inlines(content if _are_inlines(content) else inner or [])

    def _text(self, text: str) -> None:
        for name in _MARK.findall(text):
            self.section = self.places.get(name, self.section)
        text = _MARK.sub("", text)
        if not text:
            return
        self.line.append(text)
        if text.strip():
            self.last = None

    def _span(self, attributes: Any, content: Sequence[Node]) -> None:
        id_, classes, pairs = attributes[0], attributes[1], dict(attributes[2])
        author, date = shortened(pairs.get("author", ""), 200) or "-", pairs.get("date", "")[:10]
        if "comment-start" in classes:
            number = pairs.get("id", id_)
            self.all[number] = _Comment(author, date, self.section, shortened(_plain(content), LONGEST))
        elif "insertion" in classes or "deletion" in classes:
            self._change("deletion" in classes, author, date, content)
        else:
            self._inlines(content)

    def _change(self, gone: bool, author: str, date: str, content: Sequence[Node]) -> None:
        for node in content:  # a comment may begin within a change
            if node["t"] == "Span" and "comment-start" in node["c"][0][1]:
                self._span(node["c"][0], node["c"][1])
        words = _plain(content)
        if not words.strip():
            return
        change = self.last
        if change is None or (change.author, change.date) != (author, date) or (gone and change.new):
            change = _Change(author, date, self.section, "".join(self.line)[-QUOTED:])
            self.changed.append(change)
        if gone:
            change.gone += words
        else:
            change.new += words
        self.line.append(words)
        self.last = change

    def comments(self, known: Mapping[str, Written]) -> Iterator[Remark]:
        """Yield the comments, each answer with what it answers; also those that pandoc passes over."""
        for number, one in known.items():
            self.all.setdefault(number, _Comment(one.author, one.date, one.section, one.text))
        for number, comment in self.all.items():
            one = known.get(number, Written())
            parent = self.all.get(one.parent)
            made = Remark(comment.author, comment.date, comment.section, one.quote, comment.text, one.settled)
            if parent:
                settled = one.settled or known[one.parent].settled
                answered = f"Menjawab {parent.author} ('{shortened(parent.text, 120)}'): {comment.text}"
                made = replace(made, text=answered, section=parent.section, settled=settled)
            if comment.text:
                yield made

    def changes(self) -> Iterator[Remark]:
        """Yield the changes."""
        return (change.remark() for change in self.changed)


def _are_inlines(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) and "t" in one for one in value)


def _plain(node: Any, without: str = "") -> str:
    """Return the text of inlines, without what else stands in them; nor spans of the class `without`."""
    if isinstance(node, list):
        return "".join(_plain(one, without) for one in node)
    if not isinstance(node, dict):
        return ""
    name, content = node["t"], node.get("c")
    if name == "Str":
        return _MARK.sub("", str(content))
    if name == "Span" and content and {"comment-start", without} & {*content[0][1]}:
        return ""
    return " " if name in BLANKS else _plain(content, without)
