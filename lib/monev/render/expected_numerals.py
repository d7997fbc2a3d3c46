"""The numerals that a staged folder will print, read from its document tree before anything is rendered.

The tree is what pandoc reads from the staged sources, before any filter: the accounting does not trust what the
templates make of it. A numeral has an origin when it stands in a span `.angka` (register), `.sel` (workbook cell) or
`.teks` (params), or when one of these rules holds for bare text; otherwise it is of kind `lain`, unexplained:

1. words of the params that code prints as they are: `RAN OGI 2020-2022`, `Semester I dan II Tahun 2021` (`teks`);
2. headings `Komitmen 7: ...` and `Ukuran Keberhasilan 2`;
3. `Target B06`, `Target B06 (2)` in bold over a target, `Catatan sumber 2` below it; a column headed by a period code
   or `Akumulasi 2021`;
4. the number of a commitment of this report: linked to it, after the word `Komitmen` (`Komitmen 13 dan 14`), or in
   a cell of the reconciliation that lists commitments and nothing else;
5. numbers of tables, figures, lists, and references to them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from monev.display.phrases import period_name, scope
from monev.edition.opened import Opened
from monev.figures.printed_numerals import Expected, Kind, Printed, normalized, numeral_places
from monev.figures.register import TO_ASSESS
from monev.render.tree_structure import BLANKS, FLOATS, WRAPPED, Attributes, Node, Targets, meta_map, stringify

_STATE = "keadaan"  # on the cover and in every foot, where the edition is not complete
_DRAFT = "draf"  # on the cover and in every foot of what is not released
_COVER = (
    "program",
    "judul",
    "subjudul",
    _DRAFT,
    _STATE,
    "rencana",
    "sampai",
    "sekretariat",
    "edisi",
    "terbitan",
    "keterangan",
)  # as the template prints
_STATE_FIGURES = ("target.jumlah", TO_ASSESS)  # its numbers
_LAST_PAGE = ("sidik",)
_UNPHRASED = ("sidik", _STATE, _DRAFT, "judul-dokumen", "tanggal-terbit")  # no words that prose would hold
_CONTEXT = 24  # characters around a numeral without origin
_RECONCILED = "tbl-rekonsiliasi"
_NAMED = re.compile(r"\bKomitmen \d+(?:(?:, dan |, | dan )\d+)*")
_LISTED = re.compile(rf"{_NAMED.pattern}|^\d+(?:, \d+)*$")
_NUMBERED = re.compile(r"\d.*[^\W\d_]|[^\W\d_].*\d", re.DOTALL)
_SPANS: dict[str, Kind] = {"angka": "angka", "sel": "sel", "teks": "teks", "ketik": "naskah"}
_KEYS = {"angka": "key", "teks": "key", "sel": "src", "ketik": "src"}


def names_of(opened: Opened) -> tuple[str, ...]:
    """Return the names of the params that the report prints without a span: categories, statuses, period labels.

    So are the texts of instruments.
    """
    edition = opened.inputs.edition
    rules = edition.penilaian
    data = opened.results.data
    return (
        *(band.nama for band in rules.kategori),
        rules.tidak_terukur,
        *rules.kokreasi.bobot,
        *(threshold.nama for threshold in rules.kokreasi.kategori),
        *(name for group in edition.groups for name in (str(group), group.full, group.in_sentences)),
        *(period.label for period in edition.periode),
        *(period_name(period) for period in edition.periode),
        *(scope([period]) for period in edition.periode),
        scope(edition.periode[:-1] or edition.periode),
        *(text for instrument in data.asked for text in instrument.texts()),
        *(column.heading for instrument in data.columns for column in instrument.columns()),
        *(level.nama for instrument in data.columns for level in instrument.skala.tingkat),
    )


def numerals_of_tree(tree: Node, names: Iterable[str] = ()) -> Expected:
    """Return the numerals that a settled document tree will print; `names` are further texts of the params."""
    return read_tree(tree, names).expected()


def read_tree(tree: Node, names: Iterable[str] = ()) -> NumeralReader:
    """Return a reader that has read a settled document tree, cover and last page too."""
    reader = NumeralReader(tree["meta"], names)
    for key in _COVER:
        if key == _STATE:
            reader.state()
        else:
            reader.text(reader.texts.get(key, ""), "teks", key)
    reader.number_floats(tree["blocks"])
    reader.blocks(tree["blocks"])
    for key in _LAST_PAGE:
        reader.text(reader.texts.get(key, ""), "teks", key)
    return reader


# Text of nodes ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TextRun:
    """A run of text with its origin; an empty kind is bare text."""

    text: str
    kind: Kind | None = None
    key: str = ""


_QUOTES = {"SingleQuote": "'", "DoubleQuote": '"'}


def _as_laid_out(parts: Sequence[Node]) -> list[Node]:
    """Return the parts of one target in the order of the page: a cell that spans two rows is set after the first."""
    named = {name: part for part in parts if part["t"] == "Div" for name in part["c"][0][1]}
    target, below = named.get("t-target"), ("t-kokreasi", "t-status")
    if target is None or not any(named[name]["c"][1] for name in below if name in named):
        return list(parts)
    first = [named[name] for name in ("t-capaian", "t-nilai") if name in named]
    return [*first, target, *(part for part in parts if part is not target and part not in first)]


# Bare text -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Rules:
    """Which numerals of bare text have an origin: words of the params, and the fixed forms of headings and targets."""

    phrases: tuple[tuple[re.Pattern[str], str], ...]  # words, and the text of the params they are
    codes: tuple[str, ...]
    years: frozenset[str]
    commitments: frozenset[str] = frozenset()

    @classmethod
    def of(cls, texts: dict[str, str], names: Iterable[str]) -> _Rules:
        """Take the words of the params that hold a numeral among letters: a bare number explains nothing."""
        told = dict.fromkeys(names, "nama") | {text: key for key, text in texts.items() if key not in _UNPHRASED}
        worth = [(normalized(words), key) for words, key in told.items() if _NUMBERED.search(words)]
        codes = tuple(re.findall(r"\(([A-Za-z0-9_-]+)\)", texts.get("periode-daftar", "")))
        years = frozenset(re.findall(r"\d{4}", texts.get("cakupan", "")))
        worth.sort(key=lambda pair: -len(pair[0]))
        phrases = tuple((re.compile(rf"(?<!\w){re.escape(words)}(?!\w)"), key) for words, key in worth)
        return cls(phrases, codes, years)

    def known(self, text: str, where: str) -> Iterator[tuple[int, int, Kind, str]]:
        """Yield the runs of a bare text that have an origin; `where` names the block that holds it."""
        for phrase, key in self.phrases:
            for found in phrase.finditer(text):
                yield found.start(), found.end(), "teks", key
        for pattern, key in self._forms(where):
            for found in re.finditer(pattern, text):
                yield found.start(), found.end(), "struktur", key
        for found in re.finditer(_LISTED if where == _RECONCILED else _NAMED, text):
            for number in re.finditer(r"\d+", found[0]):
                if number[0] in self.commitments:
                    start = found.start() + number.start()
                    yield start, start + len(number[0]), "struktur", "komitmen"

    def _forms(self, where: str) -> Iterator[tuple[str, str]]:
        code = "|".join(map(re.escape, self.codes)) or r"(?!)"
        year = "|".join(sorted(self.years)) or r"(?!)"
        if where == "judul":
            yield r"^Komitmen \d+(?=: )", "judul komitmen"
            yield r"^Ukuran Keberhasilan \d+$", "judul ukuran keberhasilan"
        elif where == "t-target":
            yield rf"^Target ({code})( \(\d+\))?$", "target"
            yield r"^Catatan sumber \d+(?:(?:, dan |, | dan )\d+)*$", "catatan sumber"
        elif where == "kepala":
            yield rf"^({code})$", "periode"
            yield rf"^Akumulasi ({year})(–({year}))?$", "periode"


# The tree --------------------------------------------------------------------------------------------------


@dataclass
class NumeralReader:
    """Walks the tree once, in its order, and keeps every numeral with its origin."""

    meta: Node
    names: Iterable[str] = ()
    printed: list[Printed] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    captions: dict[str, list[str]] = field(default_factory=lambda: {"tbl": [], "fig": []})
    heads: list[str] = field(default_factory=list)
    index: list[str] = field(default_factory=list)
    numbers: Mapping[str, tuple[str, int]] = field(default_factory=dict)  # id of a table or figure: kind, number
    titles: Mapping[str, Sequence[Node]] = field(default_factory=dict)  # id of a heading: its inlines
    runs: list[str] = field(default_factory=list)  # every text in order: paragraphs, headings, cells, numbers
    head_rows: list[str] = field(default_factory=list)  # heading rows of all tables, also those without a numeral
    where: str = ""

    def __post_init__(self) -> None:
        self.texts = meta_map(self.meta, "teks")
        self.figures = meta_map(self.meta, "angka")
        self.rules = _Rules.of(self.texts, self.names)

    def expected(self) -> Expected:
        """Return what was read."""
        return Expected(
            self.texts.get("judul-lengkap", ""),
            tuple(self.parts),
            tuple(self.entries),
            tuple(self.captions["tbl"]),
            tuple(self.captions["fig"]),
            tuple(self.heads),
            tuple(self.printed),
            tuple(self.index),
            tuple(self.texts[key] for key in (_DRAFT, _STATE) if key in self.texts),
        )

    def text(self, words: str, kind: Kind, key: str) -> None:
        """Keep the numerals of a text of one origin."""
        self.runs.append(words)
        self.printed += [Printed(kind, p.numeral, key, p.breakable) for p in numeral_places(normalized(words))]

    def state(self) -> None:
        """Keep what the cover says of an edition that is not complete: words, and two figures."""
        if words := self.texts.get(_STATE):
            self.runs.append(words)
            self.printed += [
                Printed("angka", place.numeral, key, place.breakable)
                for key in _STATE_FIGURES
                for place in numeral_places(normalized(self.figures.get(key, "")))
            ]

    # What stands where

    def number_floats(self, blocks: Sequence[Node]) -> None:
        """Give every table and figure its number, and keep every heading's title, as references need them."""
        targets = Targets.of(blocks)
        self.numbers, self.titles = targets.numbers, targets.titles
        numbers = (re.fullmatch(r"sec-komitmen-0*(\d+)", id_) for id_ in self.titles)
        self.rules = replace(self.rules, commitments=frozenset(found[1] for found in numbers if found))

    # Blocks

    def blocks(self, blocks: Sequence[Node]) -> None:
        """Read blocks in order."""
        for block in blocks:
            reader = getattr(self, f"_{block['t'].lower()}", None)
            if reader is not None:
                reader(block.get("c"))

    def _para(self, inlines: Sequence[Node]) -> None:
        self.line(inlines)

    _plain = _para

    def _header(self, content: Any) -> None:
        level, _, inlines = content
        self._inside("judul", lambda: self.line(inlines))
        title = "".join(piece.text for piece in self.pieces(inlines)).replace("\n", " ")
        if level == 1:
            self.parts.append(title)
        if level <= 2:
            self.entries.append(title)

    def _inside(self, where: str, read: Callable[[], None]) -> None:
        before, self.where = self.where, where
        read()
        self.where = before

    def _div(self, content: Any) -> None:
        attributes, blocks = Attributes.of(content[0]), content[1]
        if attributes.id in self.numbers:
            self._float(attributes.id, blocks)
        elif "indeks" in attributes.classes:
            self._index(blocks)
        elif "t-target" in attributes.classes:
            self._inside("t-target", lambda: self.blocks(blocks))
        elif "target" in attributes.classes:
            self.blocks(_as_laid_out(blocks))
        else:
            self.blocks(blocks)

    def _index(self, blocks: Sequence[Node]) -> None:
        """Read the names of an index; the pages that the template prints for its links are no part of the tree."""
        for block in blocks:
            for item in block["c"] if block["t"] == "BulletList" else ():
                inlines = [inline for part in item for inline in part["c"]]
                links = (place for place, inline in enumerate(inlines) if _leads_inside(inline))
                name = inlines[: next(links, len(inlines))]
                self.line(name)
                self.index.append("".join(piece.text for piece in self.pieces(name)).rstrip(", "))

    def _float(self, id_: str, blocks: Sequence[Node]) -> None:
        """Read a table or figure in the order of the page: a table's caption stands over it."""
        kind, number = self.numbers[id_]
        caption = blocks[-1:] if len(blocks) > 1 and blocks[-1]["t"] == "Para" else []
        self.captions[kind].append("".join(p.text for block in caption for p in self.pieces(block["c"])))
        content = blocks[: len(blocks) - len(caption)]
        self.text(f"{FLOATS[kind]} {number}", "struktur", id_)
        for part in (caption, content) if kind == "tbl" else (content, caption):
            where = _RECONCILED if id_.startswith(_RECONCILED) and part is content else self.where
            self._inside(where, partial(self.blocks, part))

    def _figure(self, content: Any) -> None:
        self.blocks(content[2])

    def _blockquote(self, blocks: Sequence[Node]) -> None:
        self.blocks(blocks)

    def _bulletlist(self, items: Sequence[Sequence[Node]]) -> None:
        for item in items:
            self.blocks(item)

    def _orderedlist(self, content: Any) -> None:
        (start, style, _), items = content
        for number, item in enumerate(items, start=start):
            letter = chr(ord("a") + (number - 1) % 26)
            self.text(letter if style["t"] == "LowerAlpha" else str(number), "struktur", "daftar")
            self.blocks(item)

    def _definitionlist(self, items: Any) -> None:
        for term, definitions in items:
            self.line(term)
            for definition in definitions:
                self.blocks(definition)

    def _lineblock(self, lines: Sequence[Sequence[Node]]) -> None:
        for line in lines:
            self.line(line)

    def _codeblock(self, content: Any) -> None:
        self._keep([TextRun(content[1])])

    def _table(self, content: Any) -> None:
        _, _, _, head, bodies, foot = content
        for row in head[1]:
            self._head(row)
        for body in bodies:
            self._rows([*body[2], *body[3]])
        self._rows(foot[1])

    def _head(self, row: Any) -> None:
        before = len(self.printed)
        self._inside("kepala", lambda: self._rows([row]))
        cells = (block["c"] for cell in row[1] for block in cell[4] if block["t"] in ("Plain", "Para"))
        self.head_rows.append(" ".join("".join(p.text for p in self.pieces(cell)) for cell in cells))
        if len(self.printed) > before:
            self.heads.append(self.head_rows[-1])

    def _rows(self, rows: Sequence[Any]) -> None:
        for row in rows:
            for cell in row[1]:
                self.blocks(cell[4])

    # Inlines

    def line(self, inlines: Sequence[Node]) -> None:
        """Read one paragraph, heading or cell."""
        self._keep(list(self.pieces(inlines)))

    def pieces(self, inlines: Sequence[Node], kind: Kind | None = None, key: str = "") -> Iterator[TextRun]:
        """Yield the text of inlines with its origins."""
        for node in inlines:
            name: str = node["t"]
            content: Any = node.get("c")
            if name in ("Str", *BLANKS):
                yield TextRun(content if name == "Str" else BLANKS[name], kind, key)
            elif name in WRAPPED:
                yield from self.pieces(content, kind, key)
            elif name == "Quoted":
                mark = _QUOTES[content[0]["t"]]
                yield from (TextRun(mark), *self.pieces(content[1], kind, key), TextRun(mark))
            elif name in ("Code", "Math"):
                yield TextRun(content[1], kind, key)
            elif name == "Span":
                yield from self._span(Attributes.of(content[0]), content[1], kind, key)
            elif name == "Link":
                yield from self._link(Attributes.of(content[0]), content[1], content[2][0], kind, key)
            elif name == "Cite":
                yield from self._cite(content[0], content[1], kind, key)
            elif name == "Note":
                self.blocks(content)

    def _span(self, own: Attributes, content: Sequence[Node], kind: Kind | None, key: str) -> Iterator[TextRun]:
        name = next((name for name in own.classes if name in _SPANS), None)
        if "baris" in own.classes:
            yield TextRun("\n", kind, key)
            return
        if name is None:
            yield from self.pieces(content, kind, key)
            return
        origin = own.more.get(_KEYS[name], "")
        filled = {"angka": self.figures, "teks": self.texts}.get(name, {})
        if not content and origin in filled:
            yield TextRun(filled[origin], _SPANS[name], origin)
        else:
            yield from self.pieces(content, _SPANS[name], origin)

    def _link(
        self, own: Attributes, content: Sequence[Node], target: str, kind: Kind | None, key: str
    ) -> Iterator[TextRun]:
        id_ = target.removeprefix("#")
        commitment = re.fullmatch(r"sec-komitmen-0*(\d+)", id_)
        if "rujuk" in own.classes:
            yield from self._reference(id_)
        elif commitment and id_ in self.titles and stringify(content) == commitment[1]:
            yield TextRun(commitment[1], "struktur", id_)
        else:
            yield from self.pieces(content, kind, key)

    def _cite(
        self, citations: Sequence[Node], content: Sequence[Node], kind: Kind | None, key: str
    ) -> Iterator[TextRun]:
        ids = [citation["citationId"] for citation in citations]
        if not all(id_ in self.numbers or id_ in self.titles for id_ in ids):
            yield from self.pieces(content, kind, key)
            return
        for place, id_ in enumerate(ids):
            yield from (TextRun(", " if place else ""), *self._reference(id_))

    def _reference(self, id_: str) -> Iterator[TextRun]:
        if id_ in self.numbers:
            kind, number = self.numbers[id_]
            yield TextRun(f"{FLOATS[kind]}\u00a0{number}", "struktur", id_)
        elif id_ in self.titles:
            yield from self.pieces(self.titles[id_], "struktur", id_)

    # Origins

    def _keep(self, pieces: Sequence[TextRun]) -> None:
        """Keep the numerals of one run of text; one that lies in two pieces is of the one that has no origin."""
        self.runs.append("".join(piece.text for piece in pieces))
        text, owners, bare = "", [], ""
        for piece in pieces:
            words = normalized(piece.text)
            owners.append((len(text), len(text) + len(words), piece.kind, piece.key))
            text += words
            bare += words if piece.kind is None else "\x00" * len(words)
        found = list(numeral_places(text))
        known = list(self.rules.known(bare, self.where)) if found else []
        for place in found:
            own = [(kind, key) for start, end, kind, key in owners if start < place.end and place.start < end]
            by_rule = [(kind, key) for start, end, kind, key in known if start <= place.start and place.end <= end]
            around = " ".join(text[max(0, place.start - _CONTEXT) : place.end + _CONTEXT].split())
            kind, key = _origin(own, by_rule) or ("lain", around)
            self.printed.append(Printed(kind, place.numeral, key, place.breakable))


def _origin(own: Sequence[tuple[Kind | None, str]], by_rule: Sequence[tuple[Kind, str]]) -> tuple[Kind, str] | None:
    """Return a numeral's origin: its span's, or the rule's for bare text; None without one, or with two."""
    if all(kind is None for kind, _ in own):
        return by_rule[0] if by_rule else None
    kind, key = own[0]
    return (kind, key) if kind is not None and key and len(set(own)) == 1 else None


def _leads_inside(inline: Node) -> bool:
    """Tell whether an inline is a link within the report; a name may hold an address."""
    return inline["t"] == "Link" and str(inline["c"][2][0]).startswith("#")
