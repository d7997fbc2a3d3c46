"""Accounts for every numeral of a PDF's text: each must be one that the document tree prints. Pure.

Numerals that only the template adds are recognised where they stand: page numbers in the footer, part and commitment
in the header, the contents pages, heading rows that a table repeats. All others are compared as a bag with what the
tree prints, so that a planted numeral is found even if the same one stands elsewhere; the numerals around it then tell
which of them it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from monev.printed import Expected, Kind, Printed, numerals, places, plain

_CONTEXT = 32  # characters shown on each side of a numeral
_WINDOW = 4  # numerals on each side that tell one `2021` from another
_ALIKE = 4  # numerals around two places that must agree to call them the same place
_MAX_PARTS = 5  # lines over which one numeral of a long word may run
_MAX_PAIRS = 250_000  # comparisons of places before the first ones are simply taken
_LEADERS = re.compile(r"(?:\.\s*){3,}")
_LEADER = "\x00"


@dataclass(frozen=True, slots=True)
class Found:
    """One numeral of the PDF's text: page from 1, and the words around it."""

    numeral: str
    page: int
    context: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One numeral that does not fit.

    `found` alone: printed, but nowhere in the tree. `lost` alone: in the tree, but not printed. Both: one stands where
    the other should. `origins` names what prints this numeral elsewhere. A `lost` of kind `lain` with the same numeral
    as `found` is printed by the tree but comes from nowhere known.
    """

    page: int
    found: Found | None = None
    lost: Printed | None = None
    origins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Account:
    """All numerals of a PDF: how many there are, how many of each kind, and each that does not fit."""

    total: int
    explained: Mapping[Kind, int] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()

    @property
    def share(self) -> float:
        """The share of numerals that are accounted for, 0 to 1."""
        return sum(self.explained.values()) / self.total if self.total else 1.0

    @property
    def complete(self) -> bool:
        """Whether every numeral is accounted for, and none is lost."""
        return not self.differences


# Texts without blanks and punctuation -------------------------------------------------------------------------------


def _letters(text: str) -> str:
    """Return the letters and digits alone: lines, hyphens and justified blanks play no part."""
    return "".join(sign for sign in plain(text) if sign.isalnum())


@dataclass(frozen=True)
class _Squeezed:
    """Letters and digits of a plain text, with where each stood; leaders of dots stay as one sign."""

    text: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Squeezed:
        kept = []
        leaders = {m.start(): m.end() for m in _LEADERS.finditer(text)}
        kept = [(_LEADER if n in leaders else sign, n) for n, sign in enumerate(text) if sign.isalnum() or n in leaders]
        return cls("".join(sign for sign, _ in kept), tuple(n for _, n in kept))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the plain text of a run of the squeezed one."""
        return self.at[start], self.at[end - 1] + 1


Span = tuple[int, int]


@dataclass(frozen=True)
class _Page:
    """One page: its plain text, and the runs of it that the template alone printed."""

    number: int
    text: str
    known: tuple[Span, ...] = ()

    def numerals(self) -> Iterator[tuple[Found, bool]]:
        """Yield the numerals with whether the template printed them."""
        for place in places(self.text):
            own = any(start <= place.start and place.end <= end for start, end in self.known)
            yield Found(place.numeral, self.number, self._context(place.start, place.end)), own

    def _context(self, start: int, end: int) -> str:
        return " ".join(self.text[max(0, start - _CONTEXT) : end + _CONTEXT].split())

    def knowing(self, *spans: Span) -> _Page:
        return _Page(self.number, self.text, (*self.known, *spans))


# What the template adds ----------------------------------------------------------------------------------------------

_PAGE_OF = re.compile(r"(\d+)\s*/\s*(\d+)\s*$")


def _footer(page: _Page, title: str, count: int) -> list[Span]:
    """Return the footer of a page: the report's title, then `2 / 64`."""
    found = _PAGE_OF.search(page.text)
    if not found or (int(found[1]), int(found[2])) != (page.number, count):
        return []
    before, wanted = _Squeezed.of(page.text[: found.start()]), _letters(title)
    if not wanted or not before.text.endswith(wanted):
        return [(found.start(), found.end())]
    start, _ = before.span(len(before.text) - len(wanted), len(before.text))
    return [(start, found.end())]


_HEADER = re.compile(r"(.*?)\s*(Komitmen (\d+))?\s*$")


def _header(page: _Page, expected: Expected, seen: set[str]) -> list[Span]:
    """Return the header of a page: part, and commitment. The page on which a part begins has none."""
    line = page.text.split("\n", 1)[0]
    found = _HEADER.match(line)
    part = _letters(found[1]) if found else ""
    if not found or part not in map(_letters, expected.parts):
        return []
    first = part not in seen
    seen.add(part)
    known = found[2] is None or any(entry.startswith(f"{found[2]}:") for entry in expected.entries)
    return [(0, len(line))] if known and not first else []


def _contents_end(pages: Sequence[_Page], expected: Expected) -> int:
    """Return the place of the first page behind the contents: the one that the first part's title opens."""
    for place, page in enumerate(pages[1:], start=1):
        if expected.parts and _letters(page.text.split("\n", 1)[0]) == _letters(expected.parts[0]):
            return place
    return min(1, len(pages))


def _titles(expected: Expected) -> Iterator[str]:
    """Yield what the contents list, as it stands there and again on the page it names."""
    yield from expected.entries
    for name, captions in (("Tabel", expected.tables), ("Gambar", expected.pictures)):
        yield from (f"{name} {number} {caption}" for number, caption in enumerate(captions, start=1))


def _contents(pages: list[_Page], end: int, expected: Expected) -> None:
    """Mark the entries of the contents pages: each title with a page on which that title really stands."""
    squeezed = [_Squeezed.of(page.text) for page in pages[1:end]]
    bodies = {page.number: _letters(page.text) for page in pages[end:]}
    place, start = 0, 0
    for title in _titles(expected):
        wanted = re.compile(re.escape(_letters(title)) + f"{_LEADER}?" + r"(\d{1,5})")
        for index in range(place, len(squeezed)):
            found = wanted.search(squeezed[index].text, start if index == place else 0)
            if found and _letters(title) in bodies.get(int(found[1]), ""):
                place, start = index, found.end()
                pages[index + 1] = pages[index + 1].knowing(squeezed[index].span(*found.span()))
                break


def _repeated_heads(pages: list[_Page], expected: Expected) -> None:
    """Mark heading rows beyond the first of each table."""
    for head, own in Counter(map(_letters, expected.heads)).items():
        for index, page in enumerate(pages):
            squeezed = _Squeezed.of(page.text)
            for found in re.finditer(re.escape(head), squeezed.text):
                if own > 0:
                    own -= 1
                else:
                    pages[index] = pages[index].knowing(squeezed.span(*found.span()))


def _pages(expected: Expected, texts: Sequence[str]) -> list[_Page]:
    """Return the pages with everything marked that the template alone printed."""
    pages = [_Page(number, plain(text).strip()) for number, text in enumerate(texts, start=1)]
    end = _contents_end(pages, expected)
    seen: set[str] = set()
    for index, page in enumerate(pages):
        if index > 0:
            pages[index] = page.knowing(*_footer(page, expected.title, len(pages)))
        if index >= end:
            pages[index] = pages[index].knowing(*_header(page, expected, seen))
    _contents(pages, end, expected)
    _repeated_heads(pages, expected)
    return pages


# Bags of numerals ----------------------------------------------------------------------------------------------------


def _splits(numeral: str, parts: int) -> Iterator[tuple[str, ...]]:
    """Yield the ways to break a numeral over lines; dots and commas at a break belong to no part."""
    for cut in range(1, len(numeral)):
        head, rest = numeral[:cut].rstrip(".,"), numeral[cut:].lstrip(".,")
        if not head or not rest:
            continue
        yield head, rest
        if parts > 2:
            yield from ((head, *more) for more in _splits(rest, parts - 1))


def _join_broken(missing: Counter[str], extra: Counter[str], expected: Expected) -> int:
    """Take broken numerals of long words out of both bags; return by how many their parts outnumber them."""
    more = 0
    breakable = Counter(item.numeral for item in expected.printed if item.breakable)
    for numeral in sorted(breakable, key=len, reverse=True):
        for _ in range(min(missing[numeral], breakable[numeral])):
            for parts in _splits(numeral, _MAX_PARTS):
                if not Counter(parts) - extra:
                    extra.subtract(parts)
                    missing[numeral] -= 1
                    more += len(parts) - 1
                    break
    return more


# Which of many -------------------------------------------------------------------------------------------------------


def _around(sequence: Sequence[str], place: int) -> Counter[str]:
    before = sequence[max(0, place - _WINDOW) : place]
    return Counter([*before, *sequence[place + 1 : place + 1 + _WINDOW]])


def _alike(one: Counter[str], other: Counter[str]) -> int:
    return (one & other).total()


def _odd_ones(
    here: Sequence[str], places_here: Sequence[int], there: Sequence[str], places_there: Sequence[int], count: int
) -> list[int]:
    """Return the `count` places of `here` that have no like among those of `there`."""
    if not places_there or len(places_here) * len(places_there) > _MAX_PAIRS:
        return list(places_here[:count])
    around_there = [_around(there, place) for place in places_there]
    pairs = sorted(
        (-_alike(own, other), abs(n - m), n, m)
        for n, own in enumerate(_around(here, place) for place in places_here)
        for m, other in enumerate(around_there)
    )
    left, free = set(range(len(places_here))), set(range(len(places_there)))
    for _, _, n, m in pairs:
        if n in left and m in free:
            left.remove(n)
            free.remove(m)
    return [places_here[n] for n in sorted(left)][:count]


def _places(sequence: Sequence[str], bag: Counter[str]) -> dict[str, list[int]]:
    wanted = {numeral for numeral, count in bag.items() if count > 0}
    found: dict[str, list[int]] = {numeral: [] for numeral in wanted}
    for place, numeral in enumerate(sequence):
        if numeral in wanted:
            found[numeral].append(place)
    return found


def _pick(bag: Counter[str], here: Sequence[str], there: Sequence[str]) -> list[int]:
    """Return the places of `here` whose numerals are too many by what the bag says."""
    own, other = _places(here, bag), _places(there, bag)
    picked = (_odd_ones(here, own[numeral], there, other[numeral], bag[numeral]) for numeral in own)
    return sorted(place for places_ in picked for place in places_)


def _nearest(around: Counter[str], sequence: Sequence[str]) -> int:
    """Return the place in `sequence` whose surroundings are most like `around`."""
    return max(range(len(sequence)), key=lambda place: _alike(around, _around(sequence, place)), default=0)


def _differences(
    body: Sequence[Found], expected: Expected, extra: Counter[str], missing: Counter[str]
) -> Iterator[Difference]:
    here, there = [found.numeral for found in body], [item.numeral for item in expected.printed]
    lost = _pick(missing, there, here)
    around = {place: _around(there, place) for place in lost}
    for place in _pick(extra, here, there):
        own = _around(here, place)
        best = max(lost, key=lambda candidate: _alike(own, around[candidate]), default=None)
        if best is not None and _alike(own, around[best]) >= _ALIKE:
            lost.remove(best)
            yield Difference(body[place].page, body[place], expected.printed[best])
        else:
            yield Difference(body[place].page, body[place], None, _origins(expected, here[place]))
    for place in lost:
        page = body[_nearest(around[place], here)].page if body else 0
        yield Difference(page, None, expected.printed[place])


def _origins(expected: Expected, numeral: str) -> tuple[str, ...]:
    keys = (item.key for item in expected.printed if item.numeral == numeral and item.kind != "struktur")
    return tuple(dict.fromkeys(keys))


def _untraced(body: Sequence[Found], expected: Expected) -> Iterator[Difference]:
    """Yield what the tree prints without a known origin: typed by hand, or made by code outside the register."""
    here, there = [found.numeral for found in body], [item.numeral for item in expected.printed]
    for place, item in enumerate(expected.printed):
        if item.kind == "lain":
            own = [n for n, numeral in enumerate(here) if numeral == item.numeral]
            around = _around(there, place)
            best = max(own, key=lambda n: _alike(around, _around(here, n)), default=None)
            if best is not None:
                yield Difference(body[best].page, body[best], item)


def account(expected: Expected, pages: Sequence[str]) -> Account:
    """Account for every numeral in the text of a PDF's pages."""
    both = [item for page in _pages(expected, pages) for item in page.numerals()]
    body = [found for found, own in both if not own]
    has = Counter(found.numeral for found in body)
    wants = Counter(item.numeral for item in expected.printed)
    extra, missing = has - wants, wants - has
    more = _join_broken(missing, extra, expected)
    extra, missing = +extra, +missing
    untraced = tuple(_untraced(body, expected))
    different = tuple(_differences(body, expected, extra, missing))
    explained = _explained(expected, missing)
    explained["struktur"] = explained.get("struktur", 0) + len(both) - len(body)
    explained["sel"] = explained.get("sel", 0) + more
    return Account(len(both), explained, tuple(_sorted((*different, *untraced))))


def _explained(expected: Expected, missing: Counter[str]) -> dict[Kind, int]:
    """Count the numerals of the tree that are printed and have an origin, by kind."""
    counts: dict[Kind, int] = {}
    left = Counter(missing)
    for item in expected.printed:
        if left[item.numeral] > 0:
            left[item.numeral] -= 1
        elif item.kind != "lain":
            counts[item.kind] = counts.get(item.kind, 0) + 1
    return counts


def _sorted(differences: Iterable[Difference]) -> list[Difference]:
    return sorted(differences, key=lambda d: (d.page, d.found is None))


def carried(expected: Expected, figures: Mapping[str, str]) -> list[str]:
    """Return the ids whose printed numerals are not those of the register that the PDF carries (id to printed form)."""
    wrong = []
    for key, found in expected.of_kind("angka").items():
        own = numerals(figures.get(key, ""))
        if not own or len(found) % len(own) or found != own * (len(found) // len(own)):
            wrong.append(key)
    return wrong
