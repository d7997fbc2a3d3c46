"""The report as one of pandoc's writers writes it, piece by piece: only pieces that are new are written.

The Lua filter and the writer are what a rendering costs most beside Typst. A settled tree is cut before headings of the
contents list and before numbered tables and figures; no rule of the filter reaches over such a cut, but for the numbers
and titles that references show, and each piece is handed those that it names. The frame (template, metadata, contents
list) is written by itself, and the pieces are put into it.

A piece is kept under a digest of all that it is handed: its blocks, the metadata that it names, the pictures that it
shows, the filter, and pandoc.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monev.io.guarded_cache import Cache
from monev.io.read_log import file_digest
from monev.model.value_digest import digest_of
from monev.render.tree_structure import FLOATS, LISTED, Node, Targets, entries

Write = Callable[[str, Sequence[str]], str]
"""Writes a tree (pandoc's JSON) with further options of pandoc; returns the text."""

FOLDER = "tulisan"
FILTER = "_extensions/monev/monev.lua"
# What the filter and the templates know by these names:
PIECES, REFERENCES, BODY = "monev-potongan", "monev-rujukan", "monev-isi"
CUT = "// monev-potongan "  # and a digest, on a line before each piece in Typst
_PICTURES = "gambar/"
_ORIGINS = "pembaca/angka.html"
_ORIGIN = re.compile(r'id="angka\.([^"]+)"')
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_SECTION_END = "</section>"
_LOOKED_UP = ("angka", "teks")  # maps of which a piece is handed what it names
_MOST_AT_ONCE = 4_000_000  # letters of JSON; pandoc needs about a hundred times as many bytes
_SMALL = ("ada", "pratinjau")  # what every piece is handed


@dataclass(frozen=True)
class Form:
    """A format: its name, pandoc's options for pieces, those for the frame besides, and how remarks are written."""

    name: str
    options: tuple[str, ...]
    frame: tuple[str, ...]
    remark: str


TYPST = Form("typst", (), ("--template=embedded/template.typ",), "// {}")
HTML = Form(
    "html",
    ("--section-divs", "--wrap=none"),
    ("--template=_extensions/monev/template.html", "--toc", f"--toc-depth={LISTED}"),
    "<!--{}-->",
)


def written(report: Report, form: Form, write: Write, cache: Cache | None = None, tools: str = "") -> str:
    """Return the report in a format.

    tools: what pandoc and the filter are; pieces that others have written do not count. Raises what `write` raises.
    """
    names = [
        f"{FOLDER}/{form.name}/{digest_of((tools, form.options, piece.text, metadata, report.shown(piece, form)))}"
        for piece, metadata in zip(report.pieces, report.handed, strict=True)
    ]
    known = {name: text for name in names if (text := cache.read(name) if cache else None) is not None}
    new = {name: place for place, name in enumerate(names) if name not in known}
    for batch in _batches(report, new):
        metadata = _union([report.handed[place] for place in batch.values()])
        texts = _pieces([report.pieces[place] for place in batch.values()], metadata, report.tree, form, write)
        for name, text in zip(batch, texts, strict=True):
            known[name] = text
            if cache:
                cache.write(name, text)
    for name in {*cache.names(f"{FOLDER}/{form.name}")} - {*names} if cache else ():
        assert cache is not None
        cache.drop(name)
    body = [known[name] for name in names]
    if form is HTML:
        return _framed("\n\n".join(_nested(report.pieces, body)), report, form, write)
    digest = hashlib.sha256("".join(body).encode("utf-8", "surrogatepass")).hexdigest()
    return _framed(f"\n\n{CUT}{digest}\n\n".join(["", *body]), report, form, write)


# Cutting --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """Blocks that are written together, their JSON, and all texts in it: each may be a name."""

    blocks: Sequence[Node]
    text: str
    named: frozenset[str]

    @classmethod
    def of(cls, blocks: Sequence[Node]) -> Piece:
        """Take up some blocks."""
        text = json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))
        found = _STRING.findall(text)
        return cls(blocks, text, frozenset(json.loads(f'"{one}"') if "\\" in one else one for one in found))


def cut(blocks: Sequence[Node]) -> list[list[Node]]:
    """Cut before named headings of the contents list (or divs that begin with one), and before tables and figures.

    A table or figure stays with a paragraph before it, which may announce it, and with a lesser heading above it.
    """
    pieces: list[list[Node]] = [[]]
    below = False  # whether a lesser heading stands in the piece
    for block in blocks:
        heading = _heading(block)
        if heading and heading[0] <= LISTED and heading[1][0]:
            pieces.append([])
            below = False
        elif heading:
            below = True
        elif _is_float(block) and not below and pieces[-1] and pieces[-1][-1]["t"] != "Para":
            pieces.append([])
        pieces[-1].append(block)
    return [piece for piece in pieces if piece]


def _heading(block: Node) -> Any:
    """Return the heading (level, attributes, words) that a block is or begins with; None without one."""
    if block["t"] == "Header":
        return block["c"]
    return _heading(block["c"][1][0]) if block["t"] == "Div" and block["c"][1] else None


def _is_float(block: Node) -> bool:
    return block["t"] == "Div" and str(block["c"][0][0]).partition("-")[0] in FLOATS


# What a piece is handed -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Report:
    """A report to be written in several formats: its settled tree, cut, and what each piece is handed of the whole."""

    tree: Node
    stage_dir: Path
    pieces: Sequence[Piece]
    targets: Targets
    handed: Sequence[Node]
    explained: frozenset[str]
    """Figures that the page explains, which the filter makes links."""

    @classmethod
    def of(cls, tree: Node, stage_dir: Path) -> Report:
        """Cut a settled tree; `stage_dir` is the staged folder, with all that is shown in the report."""
        pieces = [Piece.of(blocks) for blocks in cut(tree["blocks"])]
        targets = Targets.of(tree["blocks"])
        origins = stage_dir / _ORIGINS
        explained = frozenset(_ORIGIN.findall(origins.read_text("utf-8")) if origins.is_file() else ())
        handed = [_handed(piece, tree["meta"], targets) for piece in pieces]
        return cls(tree, stage_dir, pieces, targets, handed, explained)

    def shown(self, piece: Piece, form: Form) -> list[object]:
        """Return what else a piece's text comes from: the pictures that stand in it, the figures that are links."""
        pictures = sorted(name for name in piece.named if name.startswith(_PICTURES))
        return [
            *([name, file_digest(str(self.stage_dir / name))] for name in pictures),
            sorted(piece.named & self.explained) if form is HTML else [],
        ]


def _handed(piece: Piece, meta: Node, targets: Targets) -> Node:
    """Return the metadata for a piece."""
    found = {name: meta[name] for name in _SMALL if name in meta}
    for name in _LOOKED_UP:
        own = entries(meta, name)
        found[name] = _map({key: own[key] for key in sorted(piece.named & own.keys())})
    ids = {name.removeprefix("#") for name in piece.named}
    numbers = {id_: _number(*targets.numbers[id_]) for id_ in ids & targets.numbers.keys()}
    titles = {id_: _title(targets.titles[id_]) for id_ in ids & targets.titles.keys() - numbers.keys()}
    found[REFERENCES] = _map(dict(sorted((numbers | titles).items())))
    return found


def _map(values: Mapping[str, Node]) -> Node:
    return {"t": "MetaMap", "c": dict(values)}


def _number(kind: str, number: int) -> Node:
    return _map({"jenis": {"t": "MetaString", "c": kind}, "nomor": {"t": "MetaString", "c": str(number)}})


def _title(inlines: Sequence[Node]) -> Node:
    return _map({"judul": {"t": "MetaInlines", "c": list(inlines)}})


def _union(handed: Sequence[Node]) -> Node:
    """Return metadata that hold what each of several does."""
    merged = dict(handed[0])
    for name in (*_LOOKED_UP, REFERENCES):
        merged[name] = _map({key: value for metadata in handed for key, value in metadata[name]["c"].items()})
    return merged


# Writing --------------------------------------------------------------------------------------------------------------


def _batches(report: Report, places: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """Share pieces out in runs that pandoc can hold: a large report needs no more memory than a small one."""
    batch: dict[str, int] = {}
    size = 0
    for name, place in places.items():
        if batch and size + len(report.pieces[place].text) > _MOST_AT_ONCE:
            yield batch
            batch, size = {}, 0
        batch[name] = place
        size += len(report.pieces[place].text)
    if batch:
        yield batch


def _pieces(pieces: Sequence[Piece], metadata: Node, tree: Node, form: Form, write: Write) -> list[str]:
    """Write pieces in one go; the filter puts a boundary before each that no text can hold by chance."""
    boundary = "monev-batas-" + hashlib.sha256("".join(piece.text for piece in pieces).encode()).hexdigest()[:24]
    blocks = [{"t": "Div", "c": [[boundary, [], []], list(piece.blocks)]} for piece in pieces]
    told = metadata | {PIECES: {"t": "MetaString", "c": boundary}}
    text = write(_json(tree, told, blocks), form.options)
    if form is HTML:
        _, *found = re.split(rf'^<div id="{boundary}-\d+">\n', text, flags=re.MULTILINE)
        return [part.strip().removesuffix("</div>").rstrip() for part in found]
    _, *found = re.split(rf"^// {boundary}$", text, flags=re.MULTILINE)
    return [part.strip("\n") for part in found]


def _json(tree: Node, metadata: Node, blocks: Sequence[Node]) -> str:
    whole = {"pandoc-api-version": tree["pandoc-api-version"], "meta": metadata, "blocks": blocks}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def _nested(pieces: Sequence[Piece], texts: Sequence[str]) -> Iterator[str]:
    """Put sections into the sections above them, as pandoc nests them in a whole document.

    Each piece's text has closed its own section; here it stays open until a heading of its level or above.
    """
    levels: list[int] = []
    for piece, text in zip(pieces, texts, strict=True):
        heading = _heading(piece.blocks[0])
        while heading and levels and levels[-1] >= heading[0]:
            levels.pop()
            yield _SECTION_END
        if piece.blocks[0]["t"] == "Header":
            levels.append(heading[0])
            yield text.removesuffix(_SECTION_END).rstrip()
        else:
            yield text
    yield from [_SECTION_END] * len(levels)


def _framed(body: str, report: Report, form: Form, write: Write) -> str:
    """Return the template with its metadata, the contents list, and a body."""
    meta = report.tree["meta"]
    headings = [{"t": "Header", "c": heading} for heading in _headings(report.tree["blocks"])]
    mark = form.remark.format(f"{BODY}-{hashlib.sha256(body.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}")
    metadata = {**meta, **_handed(Piece.of(headings), meta, report.targets), "teks": meta.get("teks", _map({}))}
    options = [*form.options, *form.frame, "--standalone", f"--variable={BODY}={mark}"]
    before, _, after = write(_json(report.tree, metadata, headings), options).partition(mark)
    return f"{before}{body}\n{after}"


def _headings(blocks: Sequence[Node]) -> Iterator[Any]:
    """Yield the headings that pandoc lists: those that stand at the top, or begin a div there."""
    for block in blocks:
        heading = _heading(block)
        if heading and heading[0] <= LISTED:
            yield heading
