"""Writes blocks as HTML for the person who reads a notebook; the report itself goes through Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
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
)
from monev.display.markdown import charts, visible


def _literal(text: str) -> str:
    return escape(visible(text)).replace("\n", "<br>")


_INLINES: dict[type, Callable[..., str]] = {
    str: _literal,
    Cell: lambda c: f'<span title="{escape(c.source)}">{_literal(c.text)}</span>',
    Num: lambda n: f'<span title="{escape(n.figure.id)}">{_literal(n.figure.printed)}</span>',
    Label: lambda x: f"<strong>[{_literal(x.text)}]</strong>",
    Ref: lambda r: f"<em>{escape(r.target)}</em>",
    Link: lambda x: f"<em>{_literal(x.text)}</em>",
    Strong: lambda s: f"<strong>{_literal(s.text)}</strong>",
    Code: lambda c: f"<code>{_literal(c.text)}</code>",
    FileLink: lambda x: f"<em>{_literal(x.name.text)}</em>",
    Break: lambda b: "<br>",
    Picture: lambda p: f"[{_literal(p.alt)}]",
}


def inlines(items: Inlines) -> str:
    """Return inlines as HTML."""
    return "".join(_INLINES[type(item)](item) for item in items)


def _points(block: Points) -> str:
    tag = "ol" if block.numbered else "ul"
    return f"<{tag}>" + "".join(f"<li>{inlines(item)}</li>" for item in block.items) + f"</{tag}>"


def _table(block: Table) -> str:
    head = "".join(f'<th scope="col">{inlines(column.heading)}</th>' for column in block.columns)
    rows = "".join("<tr>" + "".join(f"<td>{inlines(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
    caption = f"<caption>{inlines(block.caption)}</caption>" if block.caption else ""
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _chart(block: Chart) -> str:
    caption = f"<figcaption>{inlines(block.caption)}</figcaption>"
    return f'<figure><img src="{_place(block)}" alt="{escape(block.alt)}">{caption}</figure>'


def _place(block: Chart) -> str:
    """Return what stands for the picture's address until `section` puts it there; cell text cannot look like it."""
    return f"<!--{block.file}-->"


def _address(svg: str) -> str:
    """Return a picture as an address that holds it: names within it meet none of other pictures on the page."""
    return "data:image/svg+xml," + quote(" ".join(svg[svg.find("<svg") :].split()), safe="!*'(),;:=@/+$?")


def _strip(block: Strip) -> str:
    return "<p>" + " · ".join(f"<strong>{escape(n)}</strong> {inlines(v)}" for n, v in block.items) + "</p>"


def _grid(block: TargetGrid) -> str:
    rows = "".join(
        f"<tr><td>{blocks(row.target)}</td>"
        f"<td>{blocks(row.achievement)}{blocks(row.cocreation)}</td>"
        f"<td>{inlines(row.score)}<br>{inlines(row.status)}</td></tr>"
        for row in block.rows
    )
    titles = ("Target", "Capaian dan Ko-Kreasi", "Nilai dan Status")
    head = "".join(f'<th scope="col">{title}</th>' for title in titles)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


_BLOCKS: dict[type, Callable[..., str]] = {
    Heading: lambda b: f"<h{b.level}>{inlines(b.inlines)}</h{b.level}>",
    Paragraph: lambda b: f"<p>{inlines(b.inlines)}</p>",
    Points: _points,
    Table: _table,
    Chart: _chart,
    Strip: _strip,
    TargetGrid: _grid,
    Group: lambda b: f"<div>{blocks(b.blocks)}</div>",
}


def blocks(items: Iterable[Block]) -> str:
    """Return blocks as HTML."""
    return "\n".join(_BLOCKS[type(item)](item) for item in items)


def section(made: Section, pictures: Mapping[str, str]) -> str:
    """Return a section as HTML with its pictures (file name to SVG); an empty section says so."""
    if not made.blocks:
        return "<p><em>Bagian ini tidak berisi data pada edisi ini.</em></p>"
    written = blocks(made.blocks)
    for chart in charts(made.blocks):
        written = written.replace(_place(chart), _address(pictures[chart.file]))
    return written
