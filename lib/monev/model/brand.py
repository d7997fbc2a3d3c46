"""The look of a report: a brand file in Quarto's form (`_brand.yml`), and the colours and fonts that it comes to. Pure.

Everything that the form documents may stand in the file, since other documents share it; the report takes colours,
logo, and the families of text and headings. A file that leaves something out is completed by the one behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from monev.model.closed_model import ClosedModel
from monev.words.findings import Finding, nearest
from monev.words.messages import Refusal, tell

FILE = "_brand.yml"
Place = tuple[str | int, ...]
Lines = Mapping[Place, int]

CARRIED = ("Source Serif Pro", "Source Sans Pro")
"""The families that every report has: they come as packages."""

COLOURS: Mapping[str, tuple[str, ...]] = {
    "tinta": ("tinta", "foreground"),
    "redup": ("redup", "secondary"),
    "utama": ("utama", "primary"),
    "tautan": ("tautan", "link", "primary"),
    "aksen": ("aksen", "tertiary"),
    "kertas": ("kertas", "background"),
    "latar": ("latar", "light"),
    "garis": ("garis",),
    "kepala": ("kepala",),
    "baik": ("baik", "success"),
    "baik-teks": ("baik-teks",),
    "sedang": ("sedang", "warning"),
    "sedang-teks": ("sedang-teks",),
    "sedang-garis": ("sedang-garis",),
    "buruk-teks": ("buruk-teks", "danger"),
    "buruk-garis": ("buruk-garis", "danger"),
    "netral-teks": ("netral-teks", "info"),
    "netral-garis": ("netral-garis", "info"),
    "bagan-baik": ("bagan-baik", "success"),
    "bagan-sedang": ("bagan-sedang", "warning"),
    "bagan-buruk": ("bagan-buruk", "danger"),
    "bagan-netral": ("bagan-netral", "info"),
}
"""The report's colours, and by which names a brand file gives each: in its palette, or as one of the form's roles."""

TEXT, OUTLINE, GREY_STEP = 4.5, 3.0, 30
"""Least contrast (WCAG 2.2) of text and of outlines, and least distance of a chart's shades in grey, of 255."""

_ON: Sequence[tuple[str, str, float]] = (
    *((text, ground, TEXT) for text in ("tinta", "redup", "utama", "aksen") for ground in ("kertas", "latar")),
    ("tautan", "kertas", TEXT),
    ("utama", "kepala", TEXT),
    ("baik-teks", "baik", TEXT),
    ("sedang-teks", "sedang", TEXT),
    ("buruk-teks", "kertas", TEXT),
    ("netral-teks", "kertas", TEXT),
    *((f"{tone}-garis", "kertas", OUTLINE) for tone in ("sedang", "buruk", "netral")),
)
CHARTS = ("bagan-baik", "bagan-sedang", "bagan-buruk", "bagan-netral")
_HEX = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


# The form -----------------------------------------------------------------------------------------------------------


def _in_light(value: Any) -> Any:
    """Take what is meant for light paper, where both are given."""
    if not isinstance(value, dict):
        return value
    if not set(value) <= {"light", "dark"}:
        raise Refusal(tell("why.light-dark"))
    return value.get("light", value.get("dark"))


def _family(value: Any) -> Any:
    return {"family": value} if isinstance(value, str) else value


def _path(value: Any) -> Any:
    return {"path": value} if isinstance(value, str) else value


Lit = Annotated[str, BeforeValidator(_in_light)]


class _Form(ClosedModel):
    model_config = ConfigDict(alias_generator=lambda name: name.replace("_", "-"))


class Picture(_Form):
    """A picture, with the words for people who do not see it."""

    path: str = Field(min_length=1)
    alt: str = ""


class Logos(_Form):
    """Logos by size; each names one of `images`, or a file."""

    images: dict[str, Annotated[Picture, BeforeValidator(_path)]] = Field(default={})
    small: Lit = ""
    medium: Lit = ""
    large: Lit = ""


class Colours(_Form):
    """A palette of any names, and roles; a value is a colour, or the name of another."""

    palette: dict[str, str] = Field(default={})
    foreground: Lit = ""
    background: Lit = ""
    primary: Lit = ""
    secondary: Lit = ""
    tertiary: Lit = ""
    success: Lit = ""
    info: Lit = ""
    warning: Lit = ""
    danger: Lit = ""
    light: Lit = ""
    dark: Lit = ""
    link: Lit = ""

    def named(self) -> dict[str, tuple[Place, str]]:
        """Return every colour that is given: name to where it stands, and what. Roles go before the palette's names."""
        palette = {name: (("color", "palette", name), value) for name, value in self.palette.items()}
        roles = {name: getattr(self, name) for name in type(self).model_fields if name != "palette"}
        return palette | {name: (("color", name), value) for name, value in roles.items() if value}


class FontPath(_Form):
    """The file of one style."""

    path: str = Field(min_length=1)
    weight: Any = None
    style: Any = None


class FontFiles(_Form):
    """One family: files beside the brand file, or a name that others would fetch."""

    family: str = Field(min_length=1)
    source: Literal["file", "google", "bunny", "system"] = "google"
    files: tuple[Annotated[FontPath, BeforeValidator(_path)], ...] = ()
    weight: Any = None
    style: Any = None
    display: Any = None


class Typography(_Form):
    """Of a kind of text: the family counts, all else is for other documents."""

    family: str = ""
    size: Any = None
    weight: Any = None
    style: Any = None
    line_height: Any = None
    color: Any = None
    background_color: Any = None
    decoration: Any = None


Kind = Annotated[Typography, BeforeValidator(_family)]


class Typographies(_Form):
    """Fonts, and which of them are taken for what."""

    fonts: tuple[FontFiles, ...] = ()
    base: Kind = Typography()
    headings: Kind = Typography()
    monospace: Kind = Typography()
    monospace_inline: Kind = Typography()
    monospace_block: Kind = Typography()
    link: Kind = Typography()


class Brand(_Form):
    """A whole brand file."""

    meta: Any = None
    logo: Logos = Logos()
    color: Colours = Colours()
    typography: Typographies = Typographies()
    defaults: Any = None


# What it comes to ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Logo:
    """The logo on the cover: its file by the path from the root, and its alternative text."""

    file: str
    alt: str


@dataclass(frozen=True)
class Look:
    """What a report looks like: colours (six hexadecimal digits) by the names of `COLOURS`, families of fonts, logo.

    `files` are the font files of the root, by their paths from it.
    """

    colours: Mapping[str, str]
    text: str
    headings: str
    files: tuple[str, ...] = ()
    logo: Logo | None = None


def colours(brands: Sequence[Brand], lines: Lines) -> tuple[dict[str, str], dict[str, Place], list[Finding]]:
    """Return the report's colours, where the first brand gives which of them, and what is wrong with its own.

    Each comes from the first brand that gives it; the last one gives all. lines: those of the first brand's keys.
    """
    found: list[Finding] = []
    first, *behind = [dict(_resolved(brand, lines, found if n == 0 else [])) for n, brand in enumerate(brands)]
    made: dict[str, str] = {}
    origin: dict[str, Place] = {}
    for name, chain in COLOURS.items():
        for number, known in enumerate((first, *behind)):
            given = next((step for step in chain if step in known), None)
            if given:
                made[name] = known[given]
                if number == 0:
                    origin[name] = brands[0].color.named()[given][0]
                break
    return made, origin, found


def _resolved(brand: Brand, lines: Lines, found: list[Finding]) -> Iterator[tuple[str, str]]:
    named = brand.color.named()
    for name, (place, value) in named.items():
        seen = [name]
        while value in named and value not in seen:
            seen.append(value)
            value = named[value][1]
        if value in named and value != name:  # a circle that another name leads into is told where it closes
            continue
        if value in named:
            found.append(finding("L02", place, lines, names=", ".join(seen)))
        elif colour := _colour(value):
            yield name, colour
        elif len(seen) == 1:
            key = ".".join(map(str, place))
            found.append(finding("L01", place, lines, value=value, key=key, hint=nearest(value, named)))


def _colour(value: str) -> str | None:
    """Return a colour as six digits; None for what is none."""
    if found := _HEX.fullmatch(value.strip()):
        digits = found[1].lower()
        return digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    from matplotlib.colors import CSS4_COLORS  # the names of CSS; only who uses them waits for it

    known = str(CSS4_COLORS.get(value.strip().lower(), ""))
    return known.removeprefix("#").lower() or None


def finding(code: str, place: Place, lines: Lines, **details: object) -> Finding:
    """Return a finding at the line of a key, or of what holds it."""
    line = next((lines[place[:n]] for n in range(len(place), 0, -1) if place[:n] in lines), None)
    return Finding(code, FILE, cell=str(line) if line else "", details=details)


def hard_to_read(made: Mapping[str, str], origin: Mapping[str, Place], lines: Lines) -> Iterator[Finding]:
    """Yield which colours that a root gives are hard to tell from what they stand on, or from each other in grey."""
    for text, ground, least in _ON:
        own = origin.get(text) or origin.get(ground)
        ratio = contrast(made[text], made[ground])
        if own and ratio < least:
            shown = {"ratio": f"{ratio:.1f}".replace(".", ","), "least": f"{least:g}".replace(".", ",")}
            yield finding("L03", own, lines, text=text, ground=ground, **shown)
    for one, other in combinations(CHARTS, 2):
        own = origin.get(one) or origin.get(other)
        if own and abs(grey(made[one]) - grey(made[other])) < GREY_STEP:
            yield finding("L04", own, lines, one=one, other=other)


@cache
def luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2) of six hexadecimal digits, 0 to 1."""
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour))
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def grey(colour: str) -> float:
    """Return what a grey printer makes of a colour, 0 to 255 (ITU-R BT.601)."""
    return 255 * sum(weight * c for weight, c in zip((0.299, 0.587, 0.114), _channels(colour), strict=True))


def _channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4))
