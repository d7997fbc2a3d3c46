"""Reads the look of a report: the root's `_brand.yml` where there is one, completed by the repository's.

Everything that it names lies below the root: nothing is fetched, and no font of the machine takes part.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

from monev.io.folders import QUARTO
from monev.io.params_file import load_placed
from monev.model.brand import CARRIED, FILE, Brand, Lines, Logo, Look, Place, colours, finding, hard_to_read
from monev.words.errors import InputError
from monev.words.findings import Finding
from monev.words.messages import Words, tell

PICTURES = (".svg", ".png", ".jpg", ".jpeg")
FONTS = (".ttf", ".otf")
LARGEST = 5 * 1024**2  # bytes of a font or logo


@cache
def _own() -> Brand:
    return load_placed(Brand, QUARTO / FILE, f"quarto/{FILE}")[0]


@cache
def own_look() -> Look:
    """Return the look that the repository gives."""
    base = _own()
    made, _, _ = colours([base], {})
    return Look(made, base.typography.base.family, base.typography.headings.family)


def load_look(root: Path, brand_root: Path | None = None) -> tuple[Look, tuple[Finding, ...]]:
    """Return the look for the reports of a root, and what is wrong with its brand file.

    brand_root: another folder that holds the brand file; what it names is below `root` all the same.
    """
    place = (brand_root or root) / FILE
    if not place.is_file():
        return own_look(), ()
    try:
        brand, lines = load_placed(Brand, place, FILE)
    except InputError as error:
        return own_look(), error.findings
    made, origin, found = colours([brand, _own()], lines)
    found += hard_to_read(made, origin, lines)
    files = _Files(root, brand, lines, found)
    text, headings = (files.family(name) for name in ("base", "headings"))
    own = own_look()
    return Look(made, text or own.text, headings or own.headings, tuple(files.fonts), files.logo()), tuple(found)


def brand_files(root: Path) -> list[str]:
    """Return what the look of a root is read from beside its brand file: paths from the root."""
    look, _ = load_look(root)
    return files_of(look)


def files_of(look: Look) -> list[str]:
    """Return the files of a root that a look takes, as paths from the root."""
    return [*look.files, *([look.logo.file] if look.logo else [])]


class _Files:
    """The files that a brand file names: those that can be used, and findings on the others."""

    def __init__(self, root: Path, brand: Brand, lines: Lines, found: list[Finding]) -> None:
        self._root, self._brand, self._lines, self._found = root, brand, lines, found
        self.fonts: list[str] = []

    def _tell(self, code: str, place: Place, **details: object) -> None:
        self._found.append(finding(code, place, self._lines, **details))

    def family(self, kind: str) -> str:
        """Return the family for a kind of text, with its files noted; empty where none is given or can be used."""
        name: str = getattr(self._brand.typography, kind).family
        fonts = [(n, font) for n, font in enumerate(self._brand.typography.fonts) if font.family == name]
        files = [(n, m, path.path) for n, font in fonts for m, path in enumerate(font.files)]
        if not name or (name in CARRIED and not files):
            return name
        if not files:
            self._tell("L06", ("typography", kind), value=name, choices=", ".join(CARRIED))
            return ""
        for n, m, path in files:
            place = ("typography", "fonts", n, "files", m)
            if not (content := self._content(path, place, FONTS)):
                continue
            held = _family_of(content)
            if not held:
                self._tell("L05", place, value=path, why=tell("why.damaged-font"))
            elif held.casefold() != name.casefold():
                self._tell("L07", place, value=path, held=held, family=name)
            elif path not in self.fonts:
                self.fonts.append(path)
        return name

    def logo(self) -> Logo | None:
        """Return the logo for the cover: the medium one, else the large or the small one."""
        logos = self._brand.logo
        size, name = next(((s, n) for s in ("medium", "large", "small") if (n := getattr(logos, s))), ("", ""))
        if not name:
            return None
        named = logos.images.get(name)
        place: Place = ("logo", "images", name) if named else ("logo", size)
        path = named.path if named else name
        content = self._content(path, place, PICTURES)
        return Logo(path, (named.alt if named else "") or _name(self._brand)) if content else None

    def _content(self, path: str, place: Place, kinds: tuple[str, ...]) -> bytes | None:
        why = unusable(self._root, path, kinds)
        if why:
            self._tell("L05", place, value=path, why=why)
            return None
        return (self._root / path).read_bytes()


def unusable(root: Path, name: str, kinds: tuple[str, ...]) -> Words:
    """Tell why a file cannot be used: where it lies, its kind, its size; empty if it can."""
    pure = PurePosixPath(name)
    if "://" in name or pure.is_absolute() or ".." in pure.parts or {"\\", ":", "\0"} & {*name}:
        return tell("why.not-beside")
    if pure.suffix.lower() not in kinds:
        return tell("why.other-kind", kinds=", ".join(kinds))
    try:
        path = (root / name).resolve()
        if not path.is_relative_to(root.resolve()):
            return tell("why.not-beside")
        size = path.stat().st_size if path.is_file() else -1
    except (OSError, RuntimeError, ValueError):
        return tell("why.cannot-open")
    if size < 0:
        return tell("why.not-there")
    return tell("why.large-file", limit=LARGEST // 1024**2) if size > LARGEST else ""


def _family_of(content: bytes) -> str:
    """Return the family that a font says it belongs to; empty for what is no font."""
    from io import BytesIO

    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(BytesIO(content), lazy=True) as font:
            return str(font["name"].getBestFamilyName() or "")
    except (TTLibError, KeyError, ValueError, AssertionError, OSError, EOFError):
        return ""


def _name(brand: Brand) -> str:
    """Return what a logo is called where its words are not given."""
    name = brand.meta.get("name") if isinstance(brand.meta, dict) else None
    full = next(iter(_texts(name)), "")
    return f"Logo {full}".strip()


def _texts(name: object) -> Iterator[str]:
    if isinstance(name, str):
        yield name
    elif isinstance(name, dict):
        yield from (str(name[key]) for key in ("full", "short") if name.get(key))
