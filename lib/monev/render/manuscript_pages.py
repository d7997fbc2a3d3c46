"""Texts of one's own as sections of the staged folder: their numerals marked, their pictures beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from monev.display.markdown import literal
from monev.io.manuscript_files import picture_path
from monev.render.composed_source import OWN_SLOT
from monev.rules.manuscripts import PICTURE, Manuscript, marked

_FIRST = re.compile(r"^(# [^\n]*?)[ \t]*#*[ \t]*$", re.MULTILINE)


def pages(manuscripts: Sequence[Manuscript]) -> dict[str, str]:
    """Return the sections that texts become: slot to Markdown."""
    return {OWN_SLOT.format(name=own.name): _page(own) for own in manuscripts}


def _page(own: Manuscript) -> str:
    if own.is_notebook:
        return own.page

    def named(found: re.Match[str]) -> str:
        return found[0] if found[1].rstrip().endswith("}") else f"{found[1]} {{#sec-naskah-{own.name}}}"

    def line(text: str, place: str) -> str:
        found = PICTURE.match(text)
        if not found:
            return marked(text, place)
        picture = f'![{found[1]}]({_staged(own, found[2])}){{fig-alt="{_plain(found[1])}"}}'
        return f"::: {{.gambar-lepas}}\n::: {{.judul-gambar}}\n{marked(found[1], place)}\n:::\n\n{picture}\n:::"

    lines = own.text.replace("\r", "").split("\n")
    text = "\n".join(line(words, f"{own.file}:{n}") for n, words in enumerate(lines, start=1))
    return _FIRST.sub(named, text, count=1)


def _plain(words: str) -> str:
    return literal(re.sub(r"[\[\]{}\"\\]", "", words)).replace('"', "")


def _staged(own: Manuscript, target: str) -> str:
    numbers = {name: n for n, name in enumerate(dict.fromkeys(name for name, _ in own.pictures), start=1)}
    return f"gambar/naskah-{own.name}-{numbers[target]}{PurePosixPath(target).suffix.lower()}"


def pictures(manuscripts: Sequence[Manuscript], root: Path) -> dict[str, bytes]:
    """Return the pictures by their names in the staged folder."""
    drawn = {name: svg.encode("utf-8") for own in manuscripts for name, svg in own.drawn.items()}
    return drawn | {
        _staged(own, target): (root / picture_path(target)).read_bytes()
        for own in manuscripts
        for target, _ in own.pictures
    }
