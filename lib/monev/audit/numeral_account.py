"""Accounts for every numeral of a PDF's text: each must be one that the document tree prints. Pure.

Numerals that only the template adds are recognised where they stand: page numbers in the footer, part and chapter in
the header, the contents pages, the pages in the index, heading rows that a table repeats. All others are compared as a
bag with what the tree prints, so that a planted numeral is found even if the same one stands elsewhere, and then by
their order, which tells which of them it is and whether two have changed places.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate
from typing import Literal

from monev.figures.printed_numerals import Expected, Kind, Printed, normalized, numeral_places, numerals

_CONTEXT = 32  # characters shown on each side of a numeral
_MAX_PARTS = 5  # lines over which one numeral of a long word may run
_MAX_BROKEN = 200  # numerals beside one another where a table is broken over two pages
_LEADERS = re.compile(r"(?:\.\s*){3,}")
_LEADER = "\x00"
_MOST_SEARCHED = 3_000_000_000  # characters that marking may go through: seconds; the largest plan takes a tenth
_LONG = 60  # digits of a numeral, of which more than two parts are looked for
_MOST_TRIED = 50_000_000  # characters of broken numerals
_MOST_HEADS = 500_000  # heading rows on all pages
_MOST_TITLES = 5_000_000  # characters of all titles and names
_MOST_PAIRS = 200_000_000  # of equal numerals on both sides, by which they are aligned
_POINTS = re.compile(r"(?<=\d)[.,](?=\d)")  # of decimals and thousands
_SIGNS = frozenset("%‰<>≤≥=≠≈±+−×÷°§$€£&")


class TooMuch(ValueError):
    """A report, or what it carries, would take beyond all measure to be accounted for: none of ours does."""

    def __init__(self) -> None:
        super().__init__("terlalu banyak isi")


@dataclass(frozen=True, slots=True)
class FoundNumeral:
    """One numeral of the PDF's text: page from 1, the words around it, and where in the page's text it begins."""

    numeral: str
    page: int
    context: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class NumeralMismatch:
    """One numeral that does not fit.

    `found` alone: printed, but nowhere in the tree. `lost` alone: in the tree, but not printed. Both: one stands where
    the other should. `origins` names what prints this numeral elsewhere. A `lost` of kind `lain` with the same numeral
    as `found` is printed by the tree but comes from nowhere known.
    """

    page: int
    found: FoundNumeral | None = None
    lost: Printed | None = None
    origins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Account:
    """All numerals of a PDF: how many there are, how many of each kind, and each that does not fit."""

    total: int
    explained: Mapping[Kind, int] = field(default_factory=dict)
    differences: tuple[NumeralMismatch, ...] = ()

    @property
    def share(self) -> float:
        """The share of numerals that are accounted for, 0 to 1."""
        return sum(self.explained.values()) / self.total if self.total else 1.0

    @property
    def complete(self) -> bool:
        """Whether every numeral is accounted for, and none is lost."""
        return not self.differences


# Texts without blanks and punctuation -------------------------------------------------------------------------------


def letters(text: str) -> str:
    """Return letters, digits and signs with a meaning alone: lines, hyphens and justified blanks play no part."""
    plain = normalized(text)
    return "".join(plain[place] for place in _counting(plain))


def _counting(plain: str) -> list[int]:
    points = {found.start() for found in _POINTS.finditer(plain)}
    return [n for n, sign in enumerate(plain) if sign.isalnum() or sign in _SIGNS or n in points]


@dataclass(frozen=True)
class _Squeezed:
    """Letters and digits of a plain text, with where each stood; leaders of dots stay as one sign."""

    text: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Squeezed:
        leaders = {m.start(): m.end() for m in _LEADERS.finditer(text)}
        places = sorted({*_counting(text), *leaders})
        kept = [(_LEADER if n in leaders else text[n], n) for n in places]
        return cls("".join(sign for sign, _ in kept), tuple(n for _, n in kept))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the plain text of a run of the squeezed one."""
        return self.at[start], self.at[end - 1] + 1


Span = tuple[int, int]
Own = Literal["", "kaki", "kepala", "daftar isi", "judul daftar isi", "indeks", "kepala tabel"]
"""Where the template alone prints a numeral: foot, running head, contents (a page, or within a title), index, a table's
head that is repeated; empty for what the tree prints."""


def _longer(one: Span, other: Span) -> Span:
    return one if one[1] >= other[1] else other


def within(spans: Iterable[Span]) -> Callable[[int, int], Span | None]:
    """Return what tells the span in which a place lies, None where it lies in none."""
    ordered = sorted(spans)
    starts = [start for start, _ in ordered]
    longest = [*accumulate(ordered, _longer)]

    def holding(start: int, end: int) -> Span | None:
        before = bisect_right(starts, start)
        span = longest[before - 1] if before else (0, 0)
        return span if before and end <= span[1] else None

    return holding


@dataclass
class _Page:
    """One page: its plain text, and the runs of it that the template alone printed."""

    number: int
    text: str
    known: dict[Span, Own] = field(default_factory=dict)

    @cached_property
    def squeezed(self) -> _Squeezed:
        """The page's letters and digits."""
        return _Squeezed.of(self.text)

    @cached_property
    def first_line(self) -> str:
        """The first line, where a header or a part's title stands."""
        return self.text.split("\n", 1)[0]

    def numerals(self) -> Iterator[tuple[FoundNumeral, Own]]:
        """Yield the numerals with where the template printed them, if it did."""
        holding = within(self.known)
        for place in numeral_places(self.text):
            span = holding(place.start, place.end)
            own = self.known[span] if span else ""
            if span and own == "daftar isi" and place.end < span[1]:
                own = "judul daftar isi"
            yield FoundNumeral(place.numeral, self.number, self._context(place.start, place.end), place.start), own

    def _context(self, start: int, end: int) -> str:
        return " ".join(self.text[max(0, start - _CONTEXT) : end + _CONTEXT].split())


# What the template adds ----------------------------------------------------------------------------------------------

_PAGE_OF = re.compile(r"(?<!\d)(\d{1,6})\s{0,9}/\s{0,9}(\d{1,6})\s*$")


def _footer(page: _Page, title: str, count: int) -> list[Span]:
    """Return the footer of a page: the report's title, then `2 / 64`."""
    found = _PAGE_OF.search(page.text)
    if not found or (int(found[1]), int(found[2])) != (page.number, count):
        return []
    before, wanted = _Squeezed.of(page.text[: found.start()]), letters(title)
    if not wanted or not before.text.endswith(wanted):
        return [(found.start(), found.end())]
    start, _ = before.span(len(before.text) - len(wanted), len(before.text))
    return [(start, found.end())]


def _mark_headers(pages: Iterable[_Page], expected: Expected) -> None:
    """Mark the header of each page: chapter or commitment, and part. The page of a part's beginning has its title.

    The part is the last one that has begun, and chapters follow one another: one that begins later heads no page.
    """
    parts = [letters(part) for part in expected.parts]
    chapters = [(letters(entry), letters(entry.partition(":")[0])) for entry in expected.entries]
    begun, waiting, reached = "", [*parts], 0
    since: list[str] = []  # texts from the page where the last chapter that heads one was found
    for page in pages:
        line, text = letters(page.first_line), page.squeezed.text
        opens = next((part for part in waiting if text.startswith(part)), None)
        if begun and line.endswith(begun) and opens is None:
            head = line.removesuffix(begun)
            at = next((n for n, names in enumerate(chapters[reached:], start=reached) if head in names), -1)
            stands = at == reached or (at > reached and any(chapters[at][0] in body for body in (*since, text)))
            if stands or not head:
                page.known[0, len(page.first_line)] = "kepala"
            if stands and at > reached:
                reached, since = at, []
        since.append(text)
        if opens is not None:
            begun = opens
            waiting = waiting[waiting.index(opens) + 1 :]


def _contents_end(pages: Sequence[_Page], expected: Expected) -> int:
    """Return the place of the first page behind the contents: the one that the first part's title opens."""
    for place, page in enumerate(pages[1:], start=1):
        if expected.parts and letters(page.first_line) == letters(expected.parts[0]):
            return place
    return min(1, len(pages))


def _titles(expected: Expected) -> Iterator[list[str]]:
    """Yield what each list of the contents names, as it stands there and again on the page it gives."""
    yield [*expected.entries]
    for name, captions in (("Tabel", expected.tables), ("Gambar", expected.pictures)):
        yield [f"{name} {number} {caption}" for number, caption in enumerate(captions, start=1)]


def _mark_contents(contents: Sequence[_Page], others: Iterable[_Page], expected: Expected) -> None:
    """Mark the entries of the contents pages: each title with a page on which it really stands, none before the last.

    What heads a page does not count: a chapter's title does on all its pages.
    """
    bodies = {page.number: letters(page.text[_header_end(page) :]) for page in others}
    place, start = 0, 0
    for titles in _titles(expected):
        least = 0
        for title in map(letters, titles):
            entry = re.compile(re.escape(title) + f"{_LEADER}?" + r"(\d{1,5})")
            for index in range(place, len(contents)):
                squeezed = contents[index].squeezed
                found = entry.search(squeezed.text, start if index == place else 0)
                if found and int(found[1]) >= least and title in bodies.get(int(found[1]), ""):
                    place, start, least = index, found.end(), int(found[1])
                    contents[index].known[squeezed.span(*found.span())] = "daftar isi"
                    break


def _header_end(page: _Page) -> int:
    return max((end for start, end in page.known if start == 0), default=0)


_PAGES = re.compile(r"\W*(\d+(?:,\s+\d+)*)")


def _mark_index(pages: Sequence[_Page], expected: Expected) -> None:
    """Mark the pages that stand behind each name of the index, where that name really stands on all of them."""
    bodies = {page.number: page.squeezed.text for page in pages}
    place, start, left = 0, 0, _MOST_SEARCHED
    if expected.index and len(expected.parts) > 0:
        opening = (n for n, page in enumerate(pages) if page.squeezed.text.startswith(letters(expected.parts[-1])))
        place = max(opening, default=0)
    for name in map(letters, expected.index):
        for index in range(place, len(pages)):
            squeezed = pages[index].squeezed
            at = squeezed.text.find(name, start if index == place else 0)
            left -= len(squeezed.text)
            if left < 0:
                raise TooMuch
            if at < 0 or not name:
                continue
            _, end = squeezed.span(at, at + len(name))
            found = _PAGES.match(pages[index].text, end)
            numbers = re.findall(r"\d+", found[1]) if found else []
            left -= sum(len(bodies.get(int(number[:9]), "")) for number in numbers)
            if found and left > 0 and all(name in bodies.get(int(number[:9]), "") for number in numbers):
                pages[index].known[found.span(1)] = "indeks"
            place, start = index, at + len(name)
            break


def _mark_repeated_heads(pages: Iterable[_Page], expected: Expected) -> None:
    """Mark heading rows beyond the first of each table; one that ends another table's longer row is part of that."""
    own = Counter(map(letters, expected.heads))
    left = _MOST_HEADS
    for page in pages:
        part_of = [0] * len(page.squeezed.text)
        for head in sorted(own, key=len, reverse=True):
            for found in re.finditer(re.escape(head), page.squeezed.text) if head else ():
                start, end = found.span()
                if part_of[start] and part_of[start] == part_of[end - 1]:
                    continue
                left -= 1
                if left < 0:
                    raise TooMuch
                part_of[start:end] = [left + 1] * (end - start)
                own[head] -= 1
                if own[head] < 0:
                    page.known[page.squeezed.span(start, end)] = "kepala tabel"


def _measured(pages: Sequence[_Page], expected: Expected) -> None:
    """Raise TooMuch where looking for everything on every page that it may stand on would take too long."""
    end = _contents_end(pages, expected)
    before, behind = (sum(len(page.text) for page in part) for part in (pages[1:end], pages[end:]))
    titles = len(expected.entries) + len(expected.tables) + len(expected.pictures)
    heads = len({*expected.heads})
    if titles * before + (heads + len(expected.parts)) * behind > _MOST_SEARCHED:
        raise TooMuch
    if sum(map(len, (*expected.entries, *expected.tables, *expected.pictures, *expected.index))) > _MOST_TITLES:
        raise TooMuch


def _pages(expected: Expected, texts: Sequence[str]) -> list[_Page]:
    """Return the pages with everything marked that the template alone printed. Raises TooMuch."""
    pages = [_Page(number, normalized(text).strip()) for number, text in enumerate(texts, start=1)]
    _measured(pages, expected)
    for page in pages[1:]:
        page.known |= dict.fromkeys(_footer(page, " ".join((expected.title, *expected.foot)), len(pages)), "kaki")
    end = _contents_end(pages, expected)
    _mark_headers(pages[end:], expected)
    _mark_contents(pages[1:end], pages[end:], expected)
    _mark_index(pages[end:], expected)
    _mark_repeated_heads(pages[end:], expected)
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
    more, left = 0, _MOST_TRIED
    breakable = Counter(item.numeral for item in expected.printed if item.breakable)
    for numeral in sorted(breakable, key=len, reverse=True):
        for _ in range(min(missing[numeral], breakable[numeral])):
            for parts in _splits(numeral, _MAX_PARTS if len(numeral) <= _LONG else 2):
                left -= len(numeral)
                if left < 0:
                    raise TooMuch
                if not Counter(parts) - extra:
                    extra.subtract(parts)
                    missing[numeral] -= 1
                    more += len(parts) - 1
                    break
    return more


# Which of many ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Aligned:
    """Both sequences of numerals side by side: the PDF's reading order is the tree's, but for a few broken tables.

    `here` and `there` hold, for each numeral of the PDF and of the tree, how many matched ones stand before it; the
    numerals that match none stand in `odd_here` and `odd_there`.
    """

    here: tuple[int, ...]
    there: tuple[int, ...]
    odd_here: frozenset[int]
    odd_there: frozenset[int]

    @classmethod
    def of(cls, here: Sequence[str], there: Sequence[str]) -> _Aligned:
        counts = Counter(there)
        if sum(counts[numeral] * count for numeral, count in Counter(here).items()) > _MOST_PAIRS:
            raise TooMuch
        blocks = SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks()
        own = {place for block in blocks for place in range(block.a, block.a + block.size)}
        other = {place for block in blocks for place in range(block.b, block.b + block.size)}
        return cls(
            tuple(_before(len(here), own)),
            tuple(_before(len(there), other)),
            frozenset(range(len(here))) - own,
            frozenset(range(len(there))) - other,
        )


def _before(length: int, matched: Container[int]) -> Iterator[int]:
    count = 0
    for place in range(length):
        yield count
        count += place in matched


@dataclass(frozen=True)
class _Side:
    """One of both sequences: its numerals, how many matched ones stand before each, and the places without a match."""

    numerals: Sequence[str]
    before: Sequence[int]
    odd: frozenset[int]

    def unmatched(self, other: _Side) -> frozenset[int]:
        """Return the places without a match, but for what moved: of each odd one there, the nearest."""
        left: dict[str, list[int]] = {}
        for place in sorted(self.odd):
            left.setdefault(self.numerals[place], []).append(place)
        for there in sorted(other.odd):
            own = left.get(other.numerals[there])
            if own:
                own.remove(min(own, key=lambda place: abs(self.before[place] - other.before[there])))
        return frozenset(place for own in left.values() for place in own)


def _pick(bag: Counter[str], sequence: Sequence[str], odd: Container[int]) -> list[int]:
    """Return the places whose numerals are too many by what the bag says, those without a match first."""
    places_of: dict[str, list[int]] = {numeral: [] for numeral, count in bag.items() if count > 0}
    for place, numeral in enumerate(sequence):
        if numeral in places_of:
            places_of[numeral].append(place)
    found = (sorted(own, key=lambda place: place not in odd)[: bag[numeral]] for numeral, own in places_of.items())
    return sorted(place for own in found for place in own)


def _differences(
    body: Sequence[FoundNumeral], expected: Expected, extra: Counter[str], missing: Counter[str]
) -> Iterator[NumeralMismatch]:
    """Yield what the bags do not share: one in the place of another, planted, or lost."""
    if not extra and not missing:
        return
    if (extra.total() + 1) * (len(expected.printed) + missing.total()) > _MOST_PAIRS:
        raise TooMuch
    here, there = [found.numeral for found in body], [item.numeral for item in expected.printed]
    aligned = _Aligned.of(here, there)
    found, told = _Side(here, aligned.here, aligned.odd_here), _Side(there, aligned.there, aligned.odd_there)
    lost = _pick(missing, there, told.unmatched(found))
    for place in _pick(extra, here, found.unmatched(told)):
        instead = next((other for other in lost if aligned.there[other] == aligned.here[place]), None)
        if instead is None:
            yield NumeralMismatch(body[place].page, body[place], None, _origins(expected, here[place]))
        else:
            lost.remove(instead)
            yield NumeralMismatch(body[place].page, body[place], expected.printed[instead])
    for place in lost:
        yield NumeralMismatch(_page_of(aligned.there[place], aligned, body), None, expected.printed[place])


def _swapped(body: Sequence[FoundNumeral], expected: Expected) -> Iterator[NumeralMismatch]:
    """Yield numerals that stand in one another's place, when both bags are the same.

    Where a cell is broken over two pages, its second part is read after the cells beside it: that is no difference.
    """
    here, there = body, expected.printed
    balance: Counter[str] = Counter()
    start = 0
    for place, (found, item) in enumerate(zip(here, there, strict=True)):
        balance[found.numeral] += 1
        balance[item.numeral] -= 1
        for numeral in (found.numeral, item.numeral):
            if not balance[numeral]:
                del balance[numeral]
        if balance:
            continue
        run = range(start, place + 1)
        start = place + 1
        if len(run) > _MAX_BROKEN or here[run[0]].page == here[run[-1]].page:
            odd = (n for n in run if here[n].numeral != there[n].numeral)
            yield from (NumeralMismatch(here[n].page, here[n], there[n]) for n in odd)


def _page_of(before: int, aligned: _Aligned, body: Sequence[FoundNumeral]) -> int:
    """Return the page of the numeral that stands behind so many matched ones."""
    place = bisect_left(aligned.here, before)
    return body[min(place, len(body) - 1)].page if body else 0


def _origins(expected: Expected, numeral: str) -> tuple[str, ...]:
    keys = (item.key for item in expected.printed if item.numeral == numeral and item.kind != "struktur")
    return tuple(dict.fromkeys(keys))


def _untraced(body: Sequence[FoundNumeral], expected: Expected) -> Iterator[NumeralMismatch]:
    """Yield what the tree prints without a known origin: typed by hand, or made by code outside the register."""
    odd = [place for place, item in enumerate(expected.printed) if item.kind == "lain"]
    if not odd or not body:
        return
    if len(odd) * len(body) > _MOST_PAIRS:
        raise TooMuch
    here = [found.numeral for found in body]
    aligned = _Aligned.of(here, [item.numeral for item in expected.printed])
    for place in odd:
        item = expected.printed[place]
        first = bisect_left(aligned.here, aligned.there[place])
        at = next((n for n in range(first, len(here)) if here[n] == item.numeral), None)
        yield NumeralMismatch(body[at].page, body[at], item) if at is not None else NumeralMismatch(0, None, item)


def found_numerals(expected: Expected, pages: Sequence[str]) -> list[tuple[FoundNumeral, Own]]:
    """Return the numerals of a PDF's pages in reading order, with where the template alone printed them, if it did."""
    return [item for page in _pages(expected, pages) for item in page.numerals()]


def template_spans(expected: Expected, pages: Sequence[str]) -> list[tuple[str, Sequence[Span]]]:
    """Return the plain text of each page with the runs of it that the template alone printed."""
    return [(page.text, tuple(page.known)) for page in _pages(expected, pages)]


def account(expected: Expected, pages: Sequence[str]) -> Account:
    """Account for every numeral in the text of a PDF's pages. Raises TooMuch."""
    both = found_numerals(expected, pages)
    body = [found for found, own in both if not own]
    has = Counter(found.numeral for found in body)
    wants = Counter(item.numeral for item in expected.printed)
    extra, missing = has - wants, wants - has
    more = _join_broken(missing, extra, expected)
    extra, missing = +extra, +missing
    untraced = tuple(_untraced(body, expected))
    different = tuple(_differences(body, expected, extra, missing))
    if not different and len(body) == len(expected.printed):  # no numeral of a long word is broken
        different = tuple(_swapped(body, expected))
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


def _sorted(differences: Iterable[NumeralMismatch]) -> list[NumeralMismatch]:
    return sorted(differences, key=lambda d: (d.page, d.found is None))


def carried(expected: Expected, figures: Mapping[str, str]) -> list[str]:
    """Return the ids whose printed numerals are not those of the register that the PDF carries (id to printed form)."""
    wrong = []
    for key, found in expected.of_kind("angka").items():
        own = numerals(figures.get(key, ""))
        if not own or len(found) % len(own) or found != own * (len(found) // len(own)):
            wrong.append(key)
    return wrong
