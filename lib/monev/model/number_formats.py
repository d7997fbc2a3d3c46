"""What a spreadsheet shows of a value under a number format (ECMA-376 part 1, 18.8.31). Pure.

Written for what people meet: numbers, percents, currencies, dates, fixed words. Fractions (`# ?/?`), powers
(`0.00E+00`) and digits with something between them (`00-00`) are not shown: `Form.shown` returns None, which means
that it cannot tell. Marks of decimals and thousands are Indonesian unless the caller asks for English, names of months
and days unless the format names a language.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from functools import cached_property, lru_cache

GENERAL = "General"
BUILT_IN: Mapping[int, str] = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"Rp"#,##0;-"Rp"#,##0', 6: '"Rp"#,##0;[Red]-"Rp"#,##0',
    7: '"Rp"#,##0.00;-"Rp"#,##0.00', 8: '"Rp"#,##0.00;[Red]-"Rp"#,##0.00', 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00", 41: '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-',
    42: '_-"Rp"* #,##0_-;-"Rp"* #,##0_-;_-"Rp"* "-"_-;_-@_-', 43: '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-',
    44: '_-"Rp"* #,##0.00_-;-"Rp"* #,##0.00_-;_-"Rp"* "-"??_-;_-@_-', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""Formats that every workbook has without naming them; 5 to 8, 14, 22 and 37 to 44 as Indonesian settings have them."""

Token = tuple[str, str]
"""Its kind (a group of `_TOKEN`, or `text`) and what stands there."""
_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?)|(?P<escaped>\\.?)|(?P<space>_.?)|(?P<fill>\*.?)|(?P<bracket>\[[^\]]*\]?)|(?P<next>;)
    |(?P<general>General)|(?P<power>E[+-])|(?P<date>AM/PM|A/P|y+|m+|d+|h+|s+(?:\.0+)?)|(?P<core>[0\#?.,]+)
    |(?P<percent>%)|(?P<at>@)|(?P<text>.)""",
    re.X | re.I | re.S,
)
_CORE = re.compile(r"([0#?,]*?)(,*)(?:\.([0#?]*)(,*))?")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_LOCALE = re.compile(r"\[\$([^\]]*?)(?:-([0-9A-F]+)[^\]-]*)?\]", re.I | re.S)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.I)
_SYSTEM = {0xF800: "dddd, dd mmmm yyyy", 0xF400: "hh:mm:ss"}  # long date and time as the system has them
_COMPARE: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_PRIMARY = {0x21: "id", 0x09: "en"}  # primary languages of Windows' language codes
MONTHS = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
        "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
}  # fmt: skip
_DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_WIDEST = 11  # characters of a number that General shows


@dataclass(frozen=True)
class Section:
    """One of the parts of a format that semicolons part; `language` is `?` for one whose names are not known."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Fraction] | None = None
    language: str = ""

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of its tokens."""
        return frozenset(kind for kind, _ in self.tokens)

    @cached_property
    def percents(self) -> int:
        """How often the number is taken times a hundred."""
        return sum(kind == "percent" for kind, _ in self.tokens)

    @cached_property
    def is_date(self) -> bool:
        """Whether numbers show as dates or times."""
        return not self.kinds.isdisjoint({"date", "elapsed"})

    @cached_property
    def is_faithful(self) -> bool:
        """Whether it shows one numeral, of the number itself or in percent."""
        cores = [match and not (match[2] or match[4]) for match in self._cores]
        digits = any(re.search(r"\d", text) for kind, text in self.tokens if kind == "text")
        plain = self.kinds <= {"core", "percent", "text"} and self.percents < 2 and not digits
        return plain and cores == [True] and not self.condition

    @property
    def _cores(self) -> list[re.Match[str] | None]:
        return [_CORE.fullmatch(text) for kind, text in self.tokens if kind == "core"]


def _sections(code: str) -> tuple[Section, ...]:
    parts: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code):
        if match.lastgroup == "next":
            parts.append([])
        else:
            parts[-1].append((match.lastgroup or "text", match[0]))
    return tuple(map(_section, parts))


def _section(parts: Sequence[Token]) -> Section:
    tokens: list[Token] = []
    condition: tuple[str, Fraction] | None = None
    language = ""
    for kind, text in parts:
        if kind == "quoted":
            tokens.append(("text", text.strip('"')))
        elif kind in ("escaped", "space", "fill"):
            tokens.append(("text", {"escaped": text[1:], "space": " "}.get(kind, "")))
        elif kind != "bracket":
            tokens.append((kind, text))
        elif found := _CONDITION.fullmatch(text):
            condition = (found[1], Fraction(found[2]))
        elif found := _ELAPSED.fullmatch(text):
            tokens.append(("elapsed", found[1].lower()))
        elif found := _LOCALE.fullmatch(text):
            code = int(found[2] or "0", 16)
            if code in _SYSTEM:
                return Section(_sections(_SYSTEM[code])[0].tokens, condition)
            language = _PRIMARY.get(code & 0x3FF, "?") if code else ""
            tokens.append(("text", found[1]))
    return Section(tuple(tokens), condition, language)


@dataclass(frozen=True)
class Form:
    """One number format, read."""

    sections: tuple[Section, ...]

    def section(self, value: Fraction) -> tuple[Section, bool]:
        """Return the section by which a number shows, and whether a minus of its own stands before it."""
        parts = self.sections[:3]
        if any(part.condition for part in parts):
            fits = (p for p in parts if p.condition is None or _COMPARE[p.condition[0]](value, p.condition[1]))
            return next(fits, parts[-1]), True
        if len(parts) == 1:
            return parts[0], True
        if value == 0:
            return parts[2 if len(parts) == 3 else 0], False
        return parts[value < 0], False

    @cached_property
    def is_date(self) -> bool:
        """Whether positive numbers show as dates or times."""
        return self.sections[0].is_date

    @cached_property
    def is_elapsed(self) -> bool:
        """Whether positive numbers show as a time that went by."""
        return "elapsed" in self.sections[0].kinds

    @cached_property
    def is_plain(self) -> bool:
        """Whether everything shows as it is stored."""
        return self.sections in (_sections(GENERAL), _sections("@"))

    @cached_property
    def is_faithful(self) -> bool:
        """Whether every number shows as a numeral of its own value, rounded at most, and every text as it is."""
        if self.is_plain:
            return True
        numbers = (section for section in self.sections[:3] if "at" not in section.kinds)
        return self._of_text in (None, Section((("at", "@"),))) and all(section.is_faithful for section in numbers)

    @cached_property
    def _of_text(self) -> Section | None:
        last = self.sections[-1]
        return last if len(self.sections) > 3 or "at" in last.kinds else None

    def percents(self, value: float) -> int:
        """Return how many percent signs a number shows with, each of which takes it times a hundred."""
        return self.section(Fraction(repr(value)))[0].percents

    def shown(self, value: object, language: str = "id") -> str | None:
        """Return what a cell with this format shows of a value; None where that cannot be told."""
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, str):
            return value if self._of_text is None else _joined(self._of_text.tokens, at=value)
        if isinstance(value, int | float):
            exact = Fraction(repr(value))
            section, signed = self.section(exact)
            return None if section.is_date else _number(section, exact, "-" * (signed and exact < 0), language)
        if isinstance(value, date | time) and self.is_date:
            return _date(self.sections[0], value, language)
        return None


@lru_cache(1024)
def form(code: str) -> Form:
    """Return a number format, read; an empty one is General."""
    return Form(_sections(code or GENERAL))


def _joined(tokens: Sequence[Token], **of_kind: str) -> str:
    """Return the text of tokens, some kinds replaced; without blanks at the ends, which only align."""
    return "".join(of_kind.get(kind, text) for kind, text in tokens).strip()


# Numbers --------------------------------------------------------------------------------------------------------------


def _number(section: Section, value: Fraction, minus: str, language: str) -> str | None:
    if "power" in section.kinds or section.kinds >= {"core", "at"}:
        return None
    if not section.kinds.isdisjoint({"general", "at"}):
        shown = minus + localised(general(abs(value)), language)
        return _joined(section.tokens, general=shown, at=shown)
    cores = [text for kind, text in section.tokens if kind == "core"]
    if len(cores) > 1:
        return None
    if not cores:
        return minus + _joined(section.tokens) if section.tokens else ""
    match = _CORE.fullmatch(cores[0])
    if match is None:
        return None
    whole, decimals = match[1], match[3] or ""
    thousands = len(match[2]) + len(match[4] or "")
    digits = _digits(abs(value) * 100**section.percents / 1000**thousands, whole, decimals)
    if not digits.strip("0.,"):
        minus = ""
    if "." in cores[0] and "." not in digits:
        digits += "."  # Excel keeps the point of `0.#`
    return minus + _joined(section.tokens, core=localised(digits, language))


def _digits(value: Fraction, whole: str, decimals: str) -> str:
    """Return a number in the digits that placeholders ask for: `,` for thousands, `.` for decimals."""
    scaled = str((value * 10 ** len(decimals) * 2 + 1) // 2).rjust(len(decimals) + 1, "0")  # halves go up
    before, behind = (scaled[: -len(decimals)], scaled[-len(decimals) :]) if decimals else (scaled, "")
    before = before.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole and before:
        before = f"{int(before):,}".rjust(len(before), "0")
    while behind and behind[-1] == "0" and decimals[len(behind) - 1] != "0":
        behind = behind[:-1]
    return f"{before}.{behind}" if behind else before


def general(value: Fraction) -> str:
    """Return a number as General shows it, with a point: up to eleven characters, whole numbers in full."""
    if value.denominator == 1:
        return str(value)
    size = len(str(abs(value).__floor__()))
    places = max(_WIDEST - 1 - size, 0)
    text = _digits(abs(value), "0", "#" * places) if places else str(round(abs(value)))
    if text == "0":
        text = f"{float(abs(value)):.5G}"
    return ("-" if value < 0 else "") + text


def localised(text: str, language: str) -> str:
    """Return a number with marks of a language instead of those that formats are written with."""
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


# Dates ----------------------------------------------------------------------------------------------------------------


def _date(section: Section, value: date | time, language: str) -> str | None:
    language = section.language or language
    tokens = [("text" if set(text) <= set(".,") else kind, text) for kind, text in section.tokens]
    named = any(kind == "date" and text[0] in "mMdD" and len(text) > 2 for kind, text in tokens)
    if any(kind in ("elapsed", "core") for kind, _ in tokens) or (named and language not in MONTHS):
        return None
    if isinstance(value, time):
        value = datetime.combine(date(1900, 1, 1), value)
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    clock = any(text.upper() in ("AM/PM", "A/P") for _, text in tokens)
    shown: list[str] = []
    last = ""
    upcoming = [text[0].lower() for kind, text in tokens if kind == "date"]
    for kind, text in tokens:
        if kind != "date":
            shown.append(text)
            continue
        upcoming.pop(0)
        letter = text[0].lower()
        is_minute = letter == "m" and len(text) < 3 and (last == "h" or upcoming[:1] == ["s"])
        shown.append(_piece("minute" if is_minute else letter, text, value, clock, language))
        last = letter
    return "".join(shown).strip()


def _piece(letter: str, text: str, value: datetime, clock: bool, language: str) -> str:
    size = len(text)
    match letter:
        case "y":
            return f"{value.year % 100:02}" if size < 3 else f"{value.year:04}"
        case "m" if size > 2:
            name = MONTHS[language][value.month - 1]
            return {3: name[:3], 5: name[0]}.get(size, name)
        case "d" if size > 2:
            name = _DAYS[language][value.weekday()]
            return name[:3] if size == 3 else name
        case "a":
            return ("PM" if value.hour > 11 else "AM")[: 2 if size > 3 else 1]
        case "h":
            number = (value.hour + 11) % 12 + 1 if clock else value.hour
        case "s":
            fine = text.partition(".")[2]
            part = f",{value.microsecond:06}"[: len(fine) + 1] if fine else ""
            return f"{value.second:0{min(len(text.partition('.')[0]), 2)}}{part}"
        case _:
            number = {"m": value.month, "d": value.day, "minute": value.minute}[letter]
    return f"{number:0{min(size, 2)}}"
