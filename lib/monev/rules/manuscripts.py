"""What a text of one's own may hold, as pandoc reads it: words, figures by name, references, tables, pictures. Pure.

Anything that reaches past the report's own vocabulary is refused: raw Typst, HTML or TeX, code that Quarto would run,
includes, metadata. What may stand there is listed, so that a construct nobody thought of is refused as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from monev.words.findings import Finding
from monev.words.messages import tell

FOLDER = "naskah"
DEEPEST = 4  # level of headings
_PLAIN = frozenset({
    "Para", "Plain", "BulletList", "OrderedList", "BlockQuote", "Table", "Str", "Space", "SoftBreak", "LineBreak",
    "Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "Quoted", "Note", "Code",
})  # fmt: skip
_RAW = frozenset({"RawBlock", "RawInline"})
_SPANS = frozenset({"angka", "rujuk"})
_DIVS = frozenset({"catatan", "tabel-lepas", "sumber"})
_OURS = re.compile(r"(tbl|sec)-[a-z0-9][a-z0-9-]*")
_FENCE = re.compile(r"\s*(```|~~~)\S")
_SHORTCODE = re.compile(r"\{\{[<%]")
PICTURE = re.compile(r"^!\[([^\n]*)\]\(([^()\s]+)\)[ \t]*$")
_NUMERAL = re.compile(r"[^\s*_\[\](){}<>|\"'`~^]*\d[^\s*_\[\](){}<>|\"'`~^]*")
_SYNTAX = re.compile(
    r"\[[^\[\]]*\]\{[^}]*\}|!?\[[^\[\]]*\]\([^)]*\)(\{[^}]*\})?|\{[^}]*\}|`[^`]*`|@[\w-]+|<[^>]*>|^\s*(\d+[.)]|[-+*]|#+)\s|^:+.*$"
    r"|\\.|^\s*[|:+=-]+\s*$"
)


@dataclass(frozen=True)
class Recorded:
    """A number that a notebook of one's own has registered, as it said: kept, and not computed again."""

    id: str
    file: str
    cell: int
    nilai: str
    cetak: str
    satuan: str
    rumus: str
    sumber: tuple[str, ...] = ()
    dari: tuple[str, ...] = ()


@dataclass(frozen=True)
class Manuscript:
    """A text of one's own: its name and file, its words, and what it asks for, each with its line.

    Of a notebook what asks has the number of its cell, and it comes as a whole `page` with the pictures `drawn` for it;
    `numbers` are those it registered, `slots` the sections of the report that it shows, `read` files that it read.
    """

    name: str
    file: str
    text: str
    figures: tuple[tuple[str, int], ...] = ()
    references: tuple[tuple[str, int], ...] = ()
    pictures: tuple[tuple[str, int], ...] = ()
    ids: tuple[tuple[str, int], ...] = ()
    page: str = ""
    drawn: Mapping[str, str] = field(default_factory=dict)
    numbers: tuple[Recorded, ...] = ()
    slots: tuple[tuple[str, int], ...] = ()
    read: tuple[str, ...] = ()

    @property
    def is_notebook(self) -> bool:
        """Whether it is run rather than written."""
        return self.file.endswith(".ipynb")

    @property
    def is_waiting(self) -> bool:
        """Whether it is a notebook that has not run as it is now: it has no page yet, not even a heading."""
        return self.is_notebook and not self.page.strip()

    def at(self, line: int) -> str:
        """Return a line as a finding names it; of a notebook a cell."""
        return f"ke-{line}" if self.is_notebook else str(line)

    @property
    def typed(self) -> tuple[int, ...]:
        """The lines on which numerals were typed."""
        return tuple(
            n
            for n, line in enumerate(self.text.split("\n"), start=1)
            if marked(_without_picture(line), "x") != _without_picture(line)
        )


def _without_picture(line: str) -> str:
    """Return the words of a picture on a line of its own; any other line as it is."""
    found = PICTURE.match(line)
    return found[1] if found else line


def marked(line: str, place: str) -> str:
    """Return a line in which each typed numeral says where it was typed."""
    made, last = [], 0
    for found in (*_SYNTAX.finditer(line), None):
        start = found.start() if found else len(line)
        made.append(_NUMERAL.sub(lambda n: f'[{n[0]}]{{.ketik src="{place}"}}', line[last:start]))
        if found:
            made.append(found[0])
            last = found.end()
    return "".join(made)


@dataclass
class _Reader:
    """Walks a tree, and keeps what it asks for and what is wrong in it."""

    file: str
    lines: Sequence[str]
    found: list[Finding] = field(default_factory=list)
    kept: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    last_level: int = 0

    def line_of(self, words: str) -> int:
        """Return the line where some words stand; those that come again, where they come next."""
        start = self.seen.get(words, 0)
        places = [n for n, line in enumerate(self.lines, start=1) if words and words in line]
        line = next((n for n in places if n > start), places[-1] if places else start or 1)
        self.seen[words] = line
        return line

    def tell(self, code: str, words: str, **details: object) -> None:
        """Keep a finding at the line where some words stand."""
        self.found.append(Finding(code, self.file, cell=str(self.line_of(words)), details=details))

    def keep(self, kind: str, name: str, words: str) -> None:
        """Keep something that is asked for."""
        self.kept.setdefault(kind, []).append((name, self.line_of(words)))

    def walk(self, node: Any) -> None:
        """Read a tree."""
        if isinstance(node, list):
            for part in node:
                self.walk(part)
        elif isinstance(node, dict):
            reader = getattr(self, f"_{node.get('t', '').lower()}", None)
            if reader:
                reader(node["c"])
            elif node.get("t") in _PLAIN:
                self._attributes(node)
                self.walk(node.get("c"))
            elif node.get("t") in _RAW:
                form, text = node["c"]
                self.tell("W02", text.split("\n")[0], what=tell("why.raw", form=form))
            elif "t" in node and node["t"][:1].isupper() and "c" in node and node["t"] not in _MARKS:
                self.tell("W02", _first_words(node["c"]), what=tell("why.construct", name=node["t"]))
            else:
                self.walk(node.get("c"))

    def _attributes(self, node: Any) -> None:
        if node["t"] == "Code" and (node["c"][1].startswith("{") or node["c"][1].startswith("r ")):
            self.tell("W02", node["c"][1].split()[0], what=tell("why.runs"))

    def _header(self, content: Any) -> None:
        level, (id_, _, _), inlines = content
        words = _text(inlines)
        first = next((part["c"] for part in inlines if part["t"] == "Str"), "")
        if level > DEEPEST or level > self.last_level + 1:
            self.tell("W05", first, value=words, level=level, least=min(self.last_level + 1, DEEPEST))
        elif level == 1 and self.last_level:
            self.tell("W05", first, value=words, level=level, least=2)
        self.last_level = level
        if id_:
            self._own_id(id_)
        self.walk(inlines)

    def _own_id(self, id_: str) -> None:
        if _OURS.fullmatch(id_):
            self.keep("ids", id_, f"#{id_}")
        else:
            self.tell("W02", f"#{id_}", what=tell("why.id", name=id_))

    def _span(self, content: Any) -> None:
        (id_, classes, more), inlines = content
        known = dict(more)
        if id_ or len(classes) != 1 or classes[0] not in _SPANS or set(known) - {"key"}:
            self.tell("W02", "{" + (f".{classes[0]}" if classes else ""), what=tell("why.construct", name="span"))
        elif classes[0] == "angka":
            self.keep("figures", known.get("key", ""), f'key="{known.get("key", "")}"')
            if inlines:
                self.tell("W02", f'key="{known.get("key", "")}"', what=tell("why.filled", name=known.get("key", "")))
        self.walk(inlines)

    def _div(self, content: Any) -> None:
        (id_, classes, more), blocks = content
        if more or set(classes) - _DIVS or (id_ and classes):
            self.tell("W02", ":::", what=tell("why.construct", name=f"::: {' '.join(classes)}".strip()))
        if id_:
            self._own_id(id_)
        self.walk(blocks)

    def _link(self, content: Any) -> None:
        (_, classes, more), inlines, (target, _) = content
        if target.startswith("#"):
            self.keep("references", target[1:], f"#{target[1:]}")
        elif not re.match(r"(https?://|mailto:)", target):
            self.tell("W02", target, what=tell("why.link", name=target))
        if more or set(classes) - {"rujuk", "uri", "email"}:
            self.tell("W02", target, what=tell("why.construct", name="link"))
        self.walk(inlines)

    def _cite(self, content: Any) -> None:
        for citation in content[0]:
            self.keep("references", citation["citationId"], f"@{citation['citationId']}")

    def _image(self, content: Any) -> None:
        (_, _, more), inlines, (target, _) = content
        self._picture(target, _text(inlines), alone=False, more=bool(more))

    def _figure(self, content: Any) -> None:
        images = [part for block in content[2] for part in block.get("c", []) if part.get("t") == "Image"]
        for image in images:
            (_, _, more), inlines, (target, _) = image["c"]
            self._picture(target, _text(inlines), alone=True, more=bool(more))

    def _picture(self, target: str, words: str, *, alone: bool, more: bool) -> None:
        if not words.strip():
            self.tell("W06", target, value=target, why=tell("why.picture-words"))
        elif not alone or more:
            self.tell("W06", target, value=target, why=tell("why.picture-alone"))
        else:
            self.keep("pictures", target, target)


_MARKS = frozenset({
    "SingleQuote", "DoubleQuote", "Decimal", "DefaultStyle", "Period", "DefaultDelim", "OneParen", "TwoParens",
    "LowerAlpha", "UpperAlpha", "LowerRoman", "UpperRoman", "Example", "AlignDefault", "AlignLeft", "AlignRight",
    "AlignCenter", "ColWidth", "ColWidthDefault", "NormalCitation", "AuthorInText", "SuppressAuthor",
})  # fmt: skip


def _text(inlines: Any) -> str:
    if isinstance(inlines, list):
        return "".join(map(_text, inlines))
    if not isinstance(inlines, dict):
        return ""
    if inlines.get("t") == "Str":
        return str(inlines["c"])
    return " " if inlines.get("t") in ("Space", "SoftBreak") else _text(inlines.get("c", ""))


def _first_words(content: Any) -> str:
    """Return a text that stands in a construct, to find its line by."""
    if isinstance(content, str):
        return content.split("\n")[0]
    if isinstance(content, dict):
        return _first_words(content.get("c", ""))
    return next((words for part in content if (words := _first_words(part))), "") if isinstance(content, list) else ""


def read_manuscript(name: str, text: str, tree: Any) -> tuple[Manuscript, list[Finding]]:
    """Return a text with what it asks for, and every finding in it; `tree` is the text as pandoc reads it."""
    file = f"{FOLDER}/{name}.md"
    reader = _Reader(file, text.split("\n"))
    for n, line in enumerate(reader.lines, start=1):
        if _SHORTCODE.search(line):
            reader.found.append(Finding("W02", file, cell=str(n), details={"what": tell("why.include")}))
        if _FENCE.match(line) and "{=" not in line:  # Quarto runs such blocks before pandoc sees them
            reader.found.append(Finding("W02", file, cell=str(n), details={"what": tell("why.runs")}))
    if tree.get("meta"):
        reader.tell("W02", "---", what=tell("why.metadata"))
    blocks = tree["blocks"]
    if not blocks or blocks[0]["t"] != "Header" or blocks[0]["c"][0] != 1:
        reader.found.append(Finding("W05", file, cell="1", details={"value": "", "level": 0, "least": 1}))
    reader.walk(blocks)
    kept: dict[str, Any] = {kind: tuple(found) for kind, found in reader.kept.items()}
    return Manuscript(name, file, text, **kept), reader.found
