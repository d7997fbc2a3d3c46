"""Texts of one's own as sections of the staged folder: their numerals marked, their pictures beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from monev.display.markdown import literal
from monev.io.manuscripts import picture_path
from monev.render.contents import OWN_SLOT
from monev.rules.manuscripts import Manuscript

_FIRST = re.compile(r"^(# [^\n]*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_PICTURE = re.compile(r"^!\[([^\n]*)\]\(([^()\s]+)\)[ \t]*$", re.MULTILINE)


def pages(manuscripts: Sequence[Manuscript]) -> dict[str, str]:
    """Return the sections that texts become: slot to Markdown."""
    return {OWN_SLOT.format(name=own.name): _page(own) for own in manuscripts}


def _page(own: Manuscript) -> str:
    def named(found: re.Match[str]) -> str:
        return found[0] if found[1].rstrip().endswith("}") else f"{found[1]} {{#sec-naskah-{own.name}}}"

    def shown(found: re.Match[str]) -> str:
        words = " ".join(found[1].split())
        picture = f'![{words}]({_staged(own, found[2])}){{fig-alt="{_plain(words)}"}}'
        return f"::: {{.gambar-lepas}}\n::: {{.judul-gambar}}\n{words}\n:::\n\n{picture}\n:::"

    text = _PICTURE.sub(shown, own.told().replace("\r", ""))
    return _FIRST.sub(named, text, count=1)


def _plain(words: str) -> str:
    return literal(re.sub(r"[\[\]{}\"\\]", "", words)).replace('"', "")


def _staged(own: Manuscript, target: str) -> str:
    numbers = {name: n for n, name in enumerate(dict.fromkeys(name for name, _ in own.pictures), start=1)}
    return f"gambar/naskah-{own.name}-{numbers[target]}{PurePosixPath(target).suffix.lower()}"


def pictures(manuscripts: Sequence[Manuscript], root: Path) -> dict[str, bytes]:
    """Return the pictures by their names in the staged folder."""
    return {
        _staged(own, target): (root / picture_path(target)).read_bytes()
        for own in manuscripts
        for target, _ in own.pictures
    }
