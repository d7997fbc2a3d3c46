"""What is wrong with a YAML file, in the user's words: the line that has to be changed, and how.

The parser names the place where it could not go on, which is often lines below the fault, and says why in English. So
the lines from there upwards are looked at for what people do: a colon in a title, a quote that is not closed, a tab.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from monev.words.messages import Words, tell

_BOMS = (b"\xff\xfe", b"\xfe\xff")
_OTHER_FORMATS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF")
_ENTRY = re.compile(r"(?P<indent> *)(?:- +)*(?P<key>[^\s:#'\"{\[\-][^:#]*?)(?P<colon>:)(?P<rest>.*)")
_COMMENT = re.compile(r"\s+#.*$")
_RESERVED = "@%`&*!,|>"
_BLOCK = re.compile(r"[|>][+-]?\d?")
_PAIRS = {"]": "[", "}": "{"}


def of_bytes(content: bytes) -> Words | None:
    """Return why a file is no text in UTF-8 at all; None where it may be."""
    if content.startswith(_OTHER_FORMATS):
        return tell("why.no-text")
    if content.startswith(_BOMS) or content.count(b"\0") * 3 > len(content):
        return tell("why.utf16")
    return None


def of_letter(content: bytes, error: UnicodeDecodeError) -> tuple[int, Words]:
    """Return the line of a byte that is no UTF-8, and why."""
    return content.count(b"\n", 0, error.start) + 1, tell("why.not-utf8")


def of_parser(text: str, error: yaml.YAMLError) -> tuple[int | None, Words]:
    """Return the line to change, from 1, and why; no line where the parser names none."""
    if isinstance(error, yaml.reader.ReaderError):
        letter = error.character if isinstance(error.character, int) else ord(error.character[:1] or "\0")
        return text.count("\n", 0, error.position) + 1, tell("why.control", letter=f"U+{letter:04X}")
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return None, tell("why.unreadable")
    if "another document" in (getattr(error, "problem", None) or ""):
        return mark.line + 1, tell("why.two-documents")
    faults = dict(_faults(text.split("\n"), mark.line))
    if faults:
        line = max(faults)
        return line + 1, faults[line]
    return mark.line + 1, tell("why.indent")


def _faults(lines: list[str], last: int) -> Iterator[tuple[int, Words]]:
    """Yield the lines up to `last`, from 0, that cannot be what was meant."""
    inside = -1  # the indent of the key whose block of text these lines are
    for number, line in enumerate(lines[: last + 1]):
        indent = len(line) - len(line.lstrip(" "))
        if not line.strip() or line.lstrip().startswith("#") or (0 <= inside < indent):
            continue
        inside = -1
        entry = _ENTRY.fullmatch(line)
        value = _COMMENT.sub("", entry["rest"] if entry else line.strip().removeprefix("-")).strip()
        if _BLOCK.fullmatch(value):
            inside = indent
            continue
        if why := _fault(line, entry, value):
            yield number, why


def _fault(line: str, entry: re.Match[str] | None, value: str) -> Words | None:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return tell("why.tab")
    if entry and entry["rest"] and not entry["rest"].startswith(" "):
        return tell("why.no-space", name=entry["key"])
    if entry is None and not line.lstrip().startswith(("-", "[", "{", "]", "}", '"', "'")) and ":" not in line:
        return tell("why.no-colon", text=line.strip()[:40])
    if value[:1] in ('"', "'"):
        return _quoted(value)
    if value[:1] in ("[", "{"):
        return None if _is_balanced(value) else tell("why.bracket")
    if value[:1] in tuple(_RESERVED) or value.startswith("- "):
        return tell("why.first-letter", letter=value[:1], text=_quote(value))
    if entry and re.search(r":(\s|$)", value):
        return tell("why.colon", text=f"{entry['key']}: {_quote(value)}")
    return None


def _quoted(value: str) -> Words | None:
    mark = value[0]
    inner = value[1:-1] if len(value) > 1 and value.endswith(mark) else None
    if inner is None:
        return tell("why.quote", mark=mark)
    if mark == "'":
        return tell("why.apostrophe", text=f'"{inner}"') if "'" in inner.replace("''", "") else None
    if re.search(r'(?<!\\)"', inner):
        return tell("why.apostrophe", text=f"'{inner}'")
    return tell("why.backslash", text=f"'{inner}'") if "\\" in inner else None


def _quote(value: str) -> str:
    return f"'{value}'" if '"' in value else f'"{value}"'


def _is_balanced(value: str) -> bool:
    open_: list[str] = []
    for sign in re.sub(r"\"[^\"]*\"|'[^']*'", "", value):
        if sign in "[{":
            open_.append(sign)
        elif sign in _PAIRS and (not open_ or open_.pop() != _PAIRS[sign]):
            return False
    return not open_
