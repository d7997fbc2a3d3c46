"""Word files as reviewers send them back: comments with answers and marks of being settled, tracked changes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, unescape

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DATE = "2022-03-31T10:00:00Z"


@dataclass(frozen=True)
class Note:
    """A comment on the first run of words that holds `on`; `answers` is the place of the comment that it answers."""

    on: str
    author: str
    text: str
    settled: bool = False
    answers: int | None = None


@dataclass(frozen=True)
class Edit:
    """A tracked change: `gone` is taken out, `new` put in its place."""

    gone: str
    author: str
    new: str


def reviewed(content: bytes, notes: Sequence[Note] = (), edits: Sequence[Edit] = ()) -> bytes:
    """Return a Word file with comments and tracked changes, as Word writes them."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts["word/document.xml"].decode("utf-8")
    for number, note in enumerate(notes):
        text = _around(text, note.on, f'<w:commentRangeStart w:id="{number}"/>', end(number))
    for number, edit in enumerate(edits):
        text = _edited(text, edit, number)
    parts["word/document.xml"] = text.encode("utf-8")
    return _packed(parts, notes)


def commented(content: bytes, on: str, made: str, notes: Sequence[Note]) -> bytes:
    """Return a Word file whose last run with the words `on` is replaced by XML, with comments that it names."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts["word/document.xml"].decode("utf-8")
    run = _run(text, on)
    parts["word/document.xml"] = (text[: run.start()] + made + text[run.end() :]).encode("utf-8")
    return _packed(parts, notes)


def plain_run(words: str) -> str:
    """Return a run of words."""
    return f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def begin(number: int) -> str:
    """Return what begins the range of a comment."""
    return f'<w:commentRangeStart w:id="{number}"/>'


def end(number: int) -> str:
    """Return what ends the range of a comment, and its sign."""
    return f'<w:commentRangeEnd w:id="{number}"/>{sign(number)}'


def sign(number: int) -> str:
    """Return the sign of a comment."""
    return f'<w:r><w:commentReference w:id="{number}"/></w:r>'


def crowded(content: bytes, count: int) -> bytes:
    """Return a Word file with so many paragraphs more, each with a comment."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    more = "".join(
        f'<w:p><w:commentRangeStart w:id="{n}"/><w:r><w:t>Alinea {n}</w:t></w:r>{end(n)}</w:p>' for n in range(count)
    )
    text = parts["word/document.xml"].decode("utf-8")
    place = text.rindex("<w:sectPr") if "<w:sectPr" in text else text.rindex("</w:body>")
    parts["word/document.xml"] = (text[:place] + more + text[place:]).encode("utf-8")
    return _packed(parts, [Note("", f"Orang {n % 40}", f"Tanggapan {n}") for n in range(count)])


def _packed(parts: dict[str, bytes], notes: Sequence[Note]) -> bytes:
    comments = "".join(_comment(n, note) for n, note in enumerate(notes))
    told = "".join(_thread(n, note) for n, note in enumerate(notes))
    parts["word/comments.xml"] = f"<w:comments {_W} {_W14}>{comments}</w:comments>".encode()
    parts["word/commentsExtended.xml"] = f"<w15:commentsEx {_W15}>{told}</w15:commentsEx>".encode()
    _declare(parts)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return held.getvalue()


def _run(text: str, words: str) -> re.Match[str]:
    pattern = rf"<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>[^<]*{re.escape(escape(words))}[^<]*</w:t></w:r>"
    found = [*re.finditer(pattern, text)]
    assert found, f"no run holds {words!r}"
    return found[-1]


def _around(text: str, words: str, before: str, after: str) -> str:
    run = _run(text, words)
    return text[: run.start()] + before + run[0] + after + text[run.end() :]


def _edited(text: str, edit: Edit, number: int) -> str:
    run = _run(text, edit.gone)
    words = re.search(r"<w:t[^>]*>([^<]*)</w:t>", run[0])
    assert words is not None
    before, after = words[1].split(escape(edit.gone), 1)
    who = f'w:author="{edit.author}" w:date="{_DATE}"'

    def plain(part: str) -> str:
        return plain_run(part) if part else ""

    gone = f'<w:r><w:delText xml:space="preserve">{escape(edit.gone)}</w:delText></w:r>'
    made = plain(unescape(before)) + f'<w:del w:id="{9000 + 2 * number}" {who}>{gone}</w:del>'
    if edit.new:
        made += f'<w:ins w:id="{9001 + 2 * number}" {who}>{plain(edit.new)}</w:ins>'
    return text[: run.start()] + made + plain(unescape(after)) + text[run.end() :]


def _paragraph(number: int) -> str:
    return f"{number + 1:08X}"


def _comment(number: int, note: Note) -> str:
    words = (
        f'<w:p w14:paraId="{_paragraph(number)}"><w:r><w:t xml:space="preserve">{escape(note.text)}</w:t></w:r></w:p>'
    )
    return f'<w:comment w:id="{number}" w:author="{escape(note.author)}" w:date="{_DATE}">{words}</w:comment>'


def _thread(number: int, note: Note) -> str:
    parent = f' w15:paraIdParent="{_paragraph(note.answers)}"' if note.answers is not None else ""
    return f'<w15:commentEx w15:paraId="{_paragraph(number)}"{parent} w15:done="{int(note.settled)}"/>'


def _declare(parts: dict[str, bytes]) -> None:
    """Name the parts that were added, where the package does not yet."""
    kinds, relations = parts["[Content_Types].xml"].decode(), parts["word/_rels/document.xml.rels"].decode()
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    later = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    for name, kind, relation in (("comments", "comments", office), ("commentsExtended", "commentsExtended", later)):
        if f"/word/{name}.xml" not in kinds:
            made = f'<Override PartName="/word/{name}.xml" ContentType="{_KINDS}.{kind}+xml"/>'
            kinds = kinds.replace("</Types>", f"{made}</Types>")
        if f'Target="{name}.xml"' not in relations:
            made = f'<Relationship Id="rIdX{name}" Type="{relation}" Target="{name}.xml"/>'
            relations = relations.replace("</Relationships>", f"{made}</Relationships>")
    parts["[Content_Types].xml"], parts["word/_rels/document.xml.rels"] = kinds.encode(), relations.encode()
