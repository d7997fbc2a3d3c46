"""Letters that the eye does not tell apart: blanks, invisible characters, look-alikes of other scripts. Pure."""

from __future__ import annotations

import re
import unicodedata

# Characters without a width: they sit in names copied from web pages and chats, and make two equal names differ.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)

_LETTERS = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеорсухѕіјԁһԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο" + "ıɑɡ",
        "ABESIJKMHOPCTYXaeopcyxsijdhqw" + "ABEZHIKMNOPTYXo" + "iag",
        strict=True,
    )
)
_DASHES, _SLASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "\u2044\u2215\uff0f"
_MARKS = dict.fromkeys(_DASHES, "-") | dict.fromkeys(_SLASHES, "/")


def without_invisible(text: str) -> str:
    """Return the text without characters that have no width."""
    return text if text.isascii() else INVISIBLE.sub("", text)


def plain(text: str) -> str:
    """Return the text without surrounding and invisible characters, inner runs of blanks as one space."""
    return " ".join(without_invisible(text).split())


def _latin(letter: str) -> str:
    """Return the Latin letter (or letters) that another one looks like; an empty text where it is none."""
    if letter in _LETTERS:
        return _LETTERS[letter]
    compatible = unicodedata.normalize("NFKC", letter)  # full-width letters, Roman numerals as one character
    return compatible if compatible != letter and compatible.isascii() and compatible.isalnum() else ""


def look_alike(text: str, *, marks: bool = False) -> tuple[str, str] | None:
    """Return the first foreign letter and what it looks like; `marks`: dashes and slashes count as well.

    A word wholly in another script, with letters of its own, is that script's word and no look-alike.
    """
    if text.isascii():
        return None
    for word in re.findall(r"\w+", text):
        foreign = [letter for letter in word if not letter.isascii() and _latin(letter)]
        own = [letter for letter in word if not letter.isascii() and letter.isalpha() and not _latin(letter)]
        if foreign and (not own or any(letter.isascii() and letter.isalpha() for letter in word)):
            return foreign[0], _latin(foreign[0])
    found = next((mark for mark in text if mark in _MARKS), None) if marks else None
    return (found, _MARKS[found]) if found else None


def shown(letter: str) -> str:
    """Return a character as people can look it up: `U+0410 CYRILLIC CAPITAL LETTER A`."""
    return f"U+{ord(letter):04X} {unicodedata.name(letter, 'tanpa nama')}"


def untwisted(text: str, *, marks: bool = False) -> str:
    """Return the text with every look-alike replaced by what it looks like."""
    if text.isascii():
        return text
    return "".join(_latin(letter) or (_MARKS.get(letter, "") if marks else "") or letter for letter in text)


def heading(text: str) -> str:
    """Return a heading as it is compared: case, spaces, look-alike letters and a final `*` do not matter."""
    return untwisted(plain(text), marks=True).rstrip("*").strip().casefold()
