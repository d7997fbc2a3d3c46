"""Writes blocks as the pandoc Markdown that the Quarto project reads. Text is escaped, so that a cell stays literal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

from monev.display.document import (
    Block,
    Break,
    Cell,
    Chart,
    Code,
    FileLink,
    Group,
    Heading,
    Inline,
    Inlines,
    Label,
    Link,
    Num,
    Paragraph,
    Picture,
    Points,
    Ref,
    Section,
    Strip,
    Strong,
    Table,
    TargetGrid,
    TargetRow,
)

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# Controls, halves of pairs, private and non-characters (PDF/A forbids these), and invisible tags.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff"
    + "".join(chr(0x10000 * n + 0xFFFE) + chr(0x10000 * n + 0xFFFF) for n in range(1, 15))
    + "]"
)
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINES = re.compile(r"\r\n|[\n\r\u2028\u2029]")


def visible(text: str) -> str:
    """Return text with invisible control and direction characters shown as U+FFFD, so that nothing hides."""
    return _BIDI.sub("\ufffd", _CONTROL.sub("\ufffd", text))


def literal(text: str) -> str:
    """Return text as Markdown that prints exactly it: every ASCII punctuation character is escaped.

    Runs of blanks become one space, as on paper.
    """
    words = re.sub(r"[ \t]+", " ", visible(text))
    return _PUNCTUATION.sub(r"\\\1", words)


def _attribute(text: str) -> str:
    """Return text for a quoted attribute."""
    return re.sub(r"\s+", " ", visible(text)).replace("\\", "\\\\").replace('"', '\\"')


_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>\"\\\ufffd]+", re.IGNORECASE)
_HOST = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#].*)?", re.IGNORECASE)
_BEHIND = ".,;:!?'*_)]}…"  # behind an address: no part of it, but for a bracket that it opens itself
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the web addresses of a text stand; one that is broken, without a whole host, is none."""
    for found in _ADDRESS.finditer(text):
        own = found[0]
        while own and own[-1] in _BEHIND and own.count(_BRACKETS.get(own[-1], "\n")) < own.count(own[-1]):
            own = own[:-1]
        end = found.start() + len(own)
        if _HOST.fullmatch(own) and not own.endswith("-") and not text.startswith(("…", "..."), end):
            yield found.start(), end


def _linked(text: str) -> str:
    """Return text as `literal` does, its web addresses as links to themselves."""
    made, end = "", 0
    for start, stop in addresses(text):
        address = text[start:stop]
        target = address if "://" in address else f"http://{address}"
        made += f"{literal(text[end:start])}[{literal(address)}](<{literal(target)}>)"
        end = stop
    return made + literal(text[end:])


def _cell(cell: Cell, write: Callable[[str], str] = _linked) -> str:
    source = f' src="{_attribute(cell.source)}"' if cell.source else ""
    lines = [line for line in _LINES.split(visible(cell.text)) if line.strip()]
    return "\\\n".join(f"[{write(line.strip())}]{{.sel{source}}}" for line in lines)


def _code(code: Code) -> str:
    return f"[{literal(code.text)}]{{.kode}}"


def _file_link(link: FileLink) -> str:
    return f'[{_cell(link.name, literal)}]{{.berkas href="{_attribute(quote(link.path))}"}}'


def _picture(item: Picture) -> str:
    alt = f'fig-alt="{_attribute(item.alt)}"'
    return f'![{literal(item.alt)}]({item.file}){{{alt} width="{item.width}cm"}}'


_INLINES: dict[type, Callable[..., str]] = {
    str: literal,
    Cell: _cell,
    Num: lambda n: f'[{literal(n.figure.printed)}]{{.angka key="{n.figure.id}"}}',
    Label: lambda x: f'[{literal(x.text)}]{{.label nada="{x.tone}"}}',
    Ref: lambda r: f"@{r.target}",
    Link: lambda x: f"[{literal(x.text)}](#{x.target})",
    Strong: lambda s: f"**{literal(s.text)}**" if s.text.strip() else "",
    Code: _code,
    FileLink: _file_link,
    Break: lambda b: "\\\n",
    Picture: _picture,
}


def inline(item: Inline) -> str:
    """Return one inline as Markdown."""
    return _INLINES[type(item)](item)


def inlines(items: Inlines) -> str:
    """Return inlines as one run of Markdown."""
    return "".join(inline(item) for item in items)


def _one_line(items: Inlines) -> str:
    """Return inlines for one line of Markdown, as a pipe table needs it: line breaks stand as empty `.baris` spans."""
    return _in_one_line(inlines(items))


def _in_one_line(text: str) -> str:
    return text.replace("\\\n", "[]{.baris}").strip()


def _fence(attributes: str, body: str) -> str:
    return f"::: {{{attributes}}}\n{body}\n:::"


def _named(id_: str, classes: Iterable[str], more: Iterable[tuple[str, str]] = ()) -> str:
    parts = [f"#{id_}"] if id_ else []
    parts += [f".{name}" for name in classes]
    parts += [f'{key}="{_attribute(value)}"' for key, value in more]
    return " ".join(parts)


def _heading(block: Heading) -> str:
    named = _named(block.id, block.classes)
    # What the contents list, and what heads pages, leads nowhere else.
    words = "".join(_cell(item, literal) if isinstance(item, Cell) else inline(item) for item in block.inlines)
    return f"{'#' * block.level} {_in_one_line(words)}" + (f" {{{named}}}" if named else "")


def _points(block: Points) -> str:
    items = []
    for number, item in enumerate(block.items, start=1):
        mark = f"{number}." if block.numbered else "-"
        items.append(mark.ljust(4) + inlines(item).strip().replace("\n", "\n    "))
    return "\n".join(items)


_RULES = {"left": ":---", "right": "---:", "center": ":---:"}


def _table(block: Table) -> str:
    lines = [_row_line(tuple(column.heading for column in block.columns))]
    lines.append("|" + "|".join(_RULES[column.align] for column in block.columns) + "|")
    lines += [_row_line(row) for row in block.rows]
    grid = "\n".join(lines)
    if not block.id:
        return _fence(_named("", ("tabel-lepas", *block.classes)), grid)
    made = _fence(_named(block.id, block.classes), f"{grid}\n\n{_one_line(block.caption)}")
    return made + _source(block.source)


def _row_line(cells: tuple[Inlines, ...]) -> str:
    return "| " + " | ".join(_one_line(cell) for cell in cells) + " |"


def _source(source: Inlines) -> str:
    return "\n\n" + _fence(".sumber", _one_line(source)) if source else ""


def _chart(block: Chart) -> str:
    narrow = f' sempit="{block.narrow_file}"' if block.narrow_file else ""
    picture = f'![{literal(block.alt)}]({block.file}){{fig-alt="{_attribute(block.alt)}"{narrow}}}'
    if not block.numbered:
        return _fence(".gambar-lepas", f"{_fence('.judul-gambar', _one_line(block.caption))}\n\n{picture}")
    return _fence(f"#{block.id}", f"{picture}\n\n{_one_line(block.caption)}") + _source(block.source)


def _strip(block: Strip) -> str:
    items = [f"-   [{literal(name)}]{{.strip-nama}} {_one_line(value)}" for name, value in block.items]
    return _fence(".strip", "\n".join(items))


def _target_row(row: TargetRow) -> str:
    parts = (
        ("t-target", blocks(row.target)),
        ("t-capaian", blocks(row.achievement)),
        ("t-nilai", inlines(row.score)),
        ("t-kokreasi", blocks(row.cocreation)),
        ("t-status", inlines(row.status)),
    )
    body = "\n\n".join(_fence(f".{name}", text) for name, text in parts)
    return _fence(f'.target key="{row.key}"', body)


def _grid(block: TargetGrid) -> str:
    return _fence(".daftar-target", "\n\n".join(_target_row(row) for row in block.rows))


def _group(block: Group) -> str:
    return _fence(_named(block.id, block.classes, block.attributes), blocks(block.blocks))


_BLOCKS: dict[type, Callable[..., str]] = {
    Heading: _heading,
    Paragraph: lambda block: inlines(block.inlines).strip(),
    Points: _points,
    Table: _table,
    Chart: _chart,
    Strip: _strip,
    TargetGrid: _grid,
    Group: _group,
}


def blocks(items: Iterable[Block]) -> str:
    """Return blocks as Markdown, a blank line between them."""
    return "\n\n".join(text for text in (_BLOCKS[type(item)](item) for item in items) if text)


def section(made: Section) -> str:
    """Return a section as the Markdown of its slot."""
    return blocks(made.blocks) + "\n" if made.blocks else ""


def charts(items: Iterable[Block]) -> Iterator[Chart]:
    """Yield the charts in these blocks, in order."""
    for item in items:
        if isinstance(item, Chart):
            yield item
        elif isinstance(item, Group):
            yield from charts(item.blocks)
