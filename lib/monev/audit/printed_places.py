"""From a printed number to where it comes from: every numeral of a page, table or figure with its figure or cell.

The PDF carries what its tree prints, in order (`cetakan.json`); the pages are laid beside it. Both sequences are the
same but for tables that are broken over pages, so they are matched run by run: a run ends where both sides have shown
the same numerals.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from monev.audit.numeral_account import FoundNumeral, Own, found_numerals, letters
from monev.figures.printed_numerals import Expected, Kind, Printed, numerals

Of = Literal["halaman", "teks", "tabel", "gambar"]


@dataclass(frozen=True)
class PrintedPlace:
    """One numeral of the PDF's text: where it stands, and the figure, cell, setting or structure that printed it.

    `key` is a figure's id, `file!sheet!cell`, a key of the report's texts, or a place of the report. Where the page
    itself printed it (page numbers, running heads, heading rows that a table repeats), `own` tells so, and `key` is
    empty but for the texts that the foot repeats.
    """

    found: FoundNumeral
    kind: Kind
    key: str
    own: Own = ""


def printed_places(expected: Expected, pages: Sequence[str]) -> tuple[PrintedPlace, ...]:
    """Return every numeral in the text of a PDF's pages with what printed it, in reading order."""
    both = found_numerals(expected, pages)
    origins = iter(_origins([found for found, own in both if not own], expected.printed))
    feet = _feet(expected, [found for found, own in both if own == "kaki"])
    made = []
    for found, own in both:
        item = None if own else next(origins)
        if own:
            made.append(PrintedPlace(found, "struktur", feet.get(found, ""), own))
        else:
            made.append(PrintedPlace(found, item.kind if item else "lain", item.key if item else ""))
    return tuple(made)


def _feet(expected: Expected, feet: Iterable[FoundNumeral]) -> dict[FoundNumeral, str]:
    """Return which text its page's foot repeats with each numeral, counted from the end; empty for the page numbers.

    What stands there is known by its place alone: the draft's mark may hold a page's number.
    """
    texts = [("judul-lengkap", expected.title)]
    texts += [("draf" if text.startswith("DRAF ") else "keadaan", text) for text in expected.foot]
    keys = [*(key for key, text in texts for _ in numerals(text)), "", ""]
    by_page: dict[int, list[FoundNumeral]] = defaultdict(list)
    for found in feet:
        by_page[found.page].append(found)
    return {f: key for foot in by_page.values() for f, key in zip(reversed(foot), reversed(keys), strict=False)}


def _origins(body: Sequence[FoundNumeral], printed: Sequence[Printed]) -> list[Printed | None]:
    """Return for each numeral the item of the tree that it is; None where none fits."""
    made: list[Printed | None] = [None] * len(body)
    waiting_found: dict[str, deque[int]] = defaultdict(deque)
    waiting_items: dict[str, deque[Printed]] = defaultdict(deque)
    for place in range(max(len(body), len(printed))):
        if place < len(body):
            waiting_found[body[place].numeral].append(place)
        if place < len(printed):
            waiting_items[printed[place].numeral].append(printed[place])
        seen = {*((body[place].numeral,) if place < len(body) else ())}
        seen |= {*((printed[place].numeral,) if place < len(printed) else ())}
        for numeral in seen:
            while waiting_found[numeral] and waiting_items[numeral]:
                made[waiting_found[numeral].popleft()] = waiting_items[numeral].popleft()
    return made


def of_page(places: Iterable[PrintedPlace], page: int) -> list[PrintedPlace]:
    """Return those of one page."""
    return [place for place in places if place.found.page == page]


def of_text(places: Iterable[PrintedPlace], text: str) -> list[PrintedPlace]:
    """Return those whose numeral is the text, or whose surroundings hold it."""
    wanted = text.casefold().strip()
    exact = [place for place in places if place.found.numeral in {wanted, wanted.rstrip("%")}]
    near = [place for place in places if wanted in place.found.context.casefold()]
    return exact or near


def of_float(
    places: Iterable[PrintedPlace], expected: Expected, pages: Sequence[str], of: Of, number: int
) -> list[PrintedPlace]:
    """Return those of a numbered table (from its caption to the next title) or figure (in its caption)."""
    captions = expected.tables if of == "tabel" else expected.pictures
    if not 1 <= number <= len(captions):
        return []
    own = letters(f"{of.capitalize()} {number} {captions[number - 1]}")
    begin = _where(own, pages)
    if begin is None:
        return []
    ends = [_after(begin, title, pages) for title in _titles(expected) if title != own]
    end = min((place for place in ends if place), default=(len(pages) + 1, 0))
    if of == "gambar":
        end = min(end, (begin[0], begin[1] + len(own) + 1))
    return [p for p in places if begin <= (p.found.page, _squeezed_at(p, pages)) < end]


def _titles(expected: Expected) -> Iterator[str]:
    yield from map(letters, expected.entries)
    for name, captions in (("Tabel", expected.tables), ("Gambar", expected.pictures)):
        yield from (letters(f"{name} {n} {caption}") for n, caption in enumerate(captions, start=1))


def _where(title: str, pages: Sequence[str]) -> tuple[int, int] | None:
    """Return page and place of the last standing of a title: the contents list it before."""
    found = [(n, letters(page).find(title)) for n, page in enumerate(pages, start=1)]
    standing = [(n, at) for n, at in found if at >= 0]
    return standing[-1] if standing else None


def _after(begin: tuple[int, int], title: str, pages: Sequence[str]) -> tuple[int, int] | None:
    found = _where(title, pages)
    return found if found and found > begin else None


def _squeezed_at(place: PrintedPlace, pages: Sequence[str]) -> int:
    return len(letters(pages[place.found.page - 1].strip()[: place.found.start]))
