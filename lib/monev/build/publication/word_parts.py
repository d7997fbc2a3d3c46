"""What the parts of a Word file tell of its comments that pandoc does not.

Which words each is about, who answers whom, what is resolved; and comments that stand where pandoc does not look (a
point without a range, text boxes, heads of pages).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from monev.build.publication.remarks import LONGEST, QUOTED, Unreadable, shortened
from monev.words.messages import tell

DOCUMENT = "word/document.xml"
_LARGEST = 100 * 1024**2  # bytes of the file
_UNPACKED = 400 * 1024**2  # of all its parts
_STORIES = re.compile(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # a text box once more, for older Word
_WORDS = (f"{_W}t", f"{_W}delText")
_BLANKS = (f"{_W}tab", f"{_W}br", f"{_W}cr")
_HEADING = re.compile(r"(?:Heading|Judul)[1-3]")
_COMMITMENT = re.compile(r"(Komitmen \d+):")
COVER = "Sampul"  # the section of what stands before all headings


def heading_place(words: str) -> str:
    """Return what a heading calls the section below it."""
    found = _COMMITMENT.match(words)
    return found[1] if found else shortened(words, 80)


@dataclass(frozen=True)
class Written:
    """A comment as the parts tell it: `section` is the last mark or heading before it, `parent` what it answers."""

    author: str = ""
    date: str = ""
    text: str = ""
    quote: str = ""
    section: str = ""
    parent: str = ""
    settled: bool = False


def written(content: bytes, places: Mapping[str, str]) -> dict[str, Written]:
    """Return the comments of a Word file by their ids; `places` are our marks in words. Raises Unreadable."""
    parts = _parts(content)
    stands: dict[str, tuple[str, str]] = {}
    if "word/comments.xml" in parts:
        for name in sorted(parts, key=lambda name: (name != DOCUMENT, name)):
            if _STORIES.fullmatch(name):
                stands = {**dict(_Story(places).read(_tree(parts[name]))), **stands}
    threads = _threads(parts)
    made = {}
    for comment in _tree(parts.get("word/comments.xml", b"")).iter(f"{_W}comment"):
        number = comment.get(f"{_W}id", "")
        text = shortened(_words(comment), LONGEST)
        author = shortened(comment.get(f"{_W}author", ""), 200) or "-"
        quote, section = stands.get(number, ("", ""))
        known = threads.get(number, Written())
        day = comment.get(f"{_W}date", "")[:10]
        made[number] = replace(known, author=author, date=day, text=text, quote=quote, section=section)
    return made


def _parts(content: bytes) -> dict[str, bytes]:
    if len(content) > _LARGEST:
        raise Unreadable(tell("comments.large", limit=_LARGEST // 1024**2))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(entry.file_size for entry in package.infolist()) > _UNPACKED:
                raise Unreadable(tell("comments.large", limit=_UNPACKED // 1024**2))
            names = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
            if DOCUMENT not in names:
                raise Unreadable(tell("comments.no-word"))
            return {name: package.read(name) for name in names}
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        raise Unreadable(tell("comments.no-word")) from None


def _tree(content: bytes) -> Any:
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        return ElementTree.fromstring(content or b"<nothing/>")
    except (ElementTree.ParseError, DefusedXmlException, ValueError):
        raise Unreadable(tell("comments.no-word")) from None


def _threads(parts: Mapping[str, bytes]) -> dict[str, Written]:
    """Return what each comment answers, and whether it is resolved, by the comments' ids."""
    own: dict[str, str] = {}  # of a paragraph: the id of the comment that it ends
    for comment in _tree(parts.get("word/comments.xml", b"")).iter(f"{_W}comment"):
        for paragraph in comment.iter(f"{_W}p"):
            if name := paragraph.get(f"{_W14}paraId"):
                own[name] = comment.get(f"{_W}id", "")
    made = {}
    for one in _tree(parts.get("word/commentsExtended.xml", b"")).iter(f"{_W15}commentEx"):
        if number := own.get(one.get(f"{_W15}paraId", "")):
            parent = own.get(one.get(f"{_W15}paraIdParent", ""), "")
            made[number] = Written(parent=parent, settled=one.get(f"{_W15}done") in ("1", "true"))
    return made


def _words(element: Any) -> str:
    """Return the words below an element; each paragraph begins a word of its own."""
    paragraphs = (
        "".join(part.text or "" if part.tag in _WORDS else " " if part.tag in _BLANKS else "" for part in own.iter())
        for own in element.iter(f"{_W}p")
    )
    return " ".join(paragraphs)


class _Story:
    """Reads one text of the file in its order: which words lie between the beginning and the end of each comment.

    A range that has no end ends where the comment's own sign stands; one without a beginning is about the words before
    that sign in its paragraph.
    """

    def __init__(self, places: Mapping[str, str]) -> None:
        self.places, self.section = places, COVER
        self.begun: dict[str, tuple[int, str]] = {}
        self.text: list[str] = []
        self.line = 0  # where the paragraph begins in `text`
        self.seen: set[str] = set()

    def read(self, root: Any) -> Iterator[tuple[str, tuple[str, str]]]:
        """Yield each comment's id with the words that it is about, and the section before them."""
        pending = [iter((root,))]
        while pending:
            if (element := next(pending[-1], None)) is None:
                pending.pop()
                continue
            if element.tag == _TWICE:
                continue
            yield from self._at(element)
            pending.append(iter(element))

    def _at(self, element: Any) -> Iterator[tuple[str, tuple[str, str]]]:
        tag, number = element.tag, element.get(f"{_W}id", "")
        if tag in _WORDS:
            self.text.append(element.text or "")
        elif tag in _BLANKS:
            self.text.append(" ")
        elif tag == f"{_W}p":
            self.text.append(" ")
            self.line = len(self.text)
            style = element.find(f"{_W}pPr/{_W}pStyle")
            if style is not None and _HEADING.fullmatch(style.get(f"{_W}val", "")):
                self.section = heading_place(_words(element)) or self.section
        elif tag == f"{_W}bookmarkStart":
            self.section = self.places.get(element.get(f"{_W}name"), self.section)
        elif tag == f"{_W}commentRangeStart":
            self.begun[number] = (len(self.text), self.section)
        elif tag in (f"{_W}commentRangeEnd", f"{_W}commentReference") and number not in self.seen:
            if number not in self.begun and tag == f"{_W}commentRangeEnd":
                return
            self.seen.add(number)
            if found := self.begun.pop(number, None):
                words, section = "".join(self.text[found[0] : found[0] + 4 * QUOTED]), found[1]
            else:
                words, section = "".join(self.text[self.line :])[-QUOTED:], self.section
            yield number, (shortened(words, QUOTED), section)
