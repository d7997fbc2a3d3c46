"""Accounts for every word of a PDF's text: the pages say what the document tree says, in its order. Pure.

The tree is read once more from the inputs (not from the PDF), as runs of text: a paragraph, a heading, a cell. The
pages are read along with it, word by word. Between words may stand what the template alone prints: phrases of its
own, the cover, heading rows that a table repeats. Where a row of a table is broken over pages, what is left of its
cells stands at the beginning of the next page, in the order of the cells.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from monev.audit.numeral_account import template_spans, within
from monev.figures.printed_numerals import Expected, normalized

# Signs that mean something (%, <, +, a line through letters) are words of their own, and so is a minus. What writers
# set as they like is none: quotes, dashes, stops, brackets, the dots of lists and contents.
_WORD = re.compile(r"\w+|(?<!\S)[-–](?=\d)|[^\w\s.,;:()\[\]{}|\-‐‑‒–—―\"“”„‟'‘’‚‛«»‹›•‣◦·…\ufffd\x00-\x1f]")
_AHEAD = 4  # words by which it is known where a run goes on
_ROW = 24  # cells that one broken row may have
_CELL = 6  # runs that one cell may have


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A word of the PDF, and its page from 1."""

    word: str
    page: int


@dataclass(frozen=True, slots=True)
class WordMismatch:
    """The first place where pages and tree part: the words there, and those that should be. Either may be empty."""

    page: int
    found: str
    wanted: str


def words(text: str) -> list[str]:
    """Return the words of a text and its signs with a meaning, in their plain form."""
    return _WORD.findall(normalized(text))


def account_words(
    runs: Iterable[str], phrases: Iterable[str], expected: Expected, pages: Sequence[str]
) -> WordMismatch | None:
    """Return where the pages first say something else than the runs, or None.

    `phrases` may stand anywhere between words; `expected` tells what pages repeat (heads, contents, index).
    """
    reading = _Reading([*_body(expected, pages)], _starts(phrases))
    return reading.follow([made for run in runs if (made := words(run))])


def _body(expected: Expected, pages: Sequence[str]) -> Iterator[FoundWord]:
    for number, (text, spans) in enumerate(template_spans(expected, pages), start=1):
        known = within(spans)
        for found in _WORD.finditer(text):
            if not known(*found.span()):
                yield FoundWord(found[0], number)


def _starts(phrases: Iterable[str]) -> dict[str, list[list[str]]]:
    """Return the phrases by their first word, the longest first."""
    made: dict[str, list[list[str]]] = {}
    for phrase in sorted({*map(tuple, map(words, phrases))}, key=len, reverse=True):
        if phrase:
            made.setdefault(phrase[0], []).append([*phrase])
    return made


@dataclass
class _Reading:
    """The pages while they are read: `at` is the next word; `left` holds what broken cells still have to say."""

    body: Sequence[FoundWord]
    phrases: dict[str, list[list[str]]]
    at: int = 0
    left: list[list[str]] = field(default_factory=list)
    broken_on: int = 0
    tried: int = -1

    def follow(self, runs: Sequence[list[str]]) -> WordMismatch | None:
        """Read all runs; return the first mismatch."""
        waiting = deque(runs)
        while waiting:
            if fault := self._settled() or self._run(waiting.popleft(), waiting):
                return fault
        fault = self._settled(end=True)
        if fault:
            return fault
        self._skip()
        return self._fault([]) if self.at < len(self.body) else None

    def _settled(self, *, end: bool = False) -> WordMismatch | None:
        """Read what broken cells left, once the next page has begun."""
        while self.left and (end or self._new_page()):
            if self.at <= self.tried:  # nothing was read since: what is left does not come
                return self._fault(self.left[0])
            self.tried = self.at
            waiting, self.left = deque(self.left), []
            while waiting:
                if fault := self._run(waiting.popleft(), waiting):
                    return fault
        return None

    def _new_page(self) -> bool:
        *_, at = self._beginnings(self.at)  # not passed over for good: the next words may begin like a phrase
        return at < len(self.body) and self.body[at].page > self.broken_on

    def _run(self, run: list[str], following: deque[list[str]]) -> WordMismatch | None:
        """Read one run; where it is broken, its rest is kept for the next page, and with it the rest of its cell."""
        marks = [self.at]  # where each word of the run begins
        for place in range(len(run)):
            if self.left and self._new_page():
                break
            if not self._word(run[place : place + _AHEAD]):
                break
            marks.append(self.at)
        else:
            return None
        read = len(marks) - 1
        page = self.body[marks[read] - 1].page if marks[read] else 1
        if len(self.left) >= _ROW:
            return self._fault(run[read:])
        for place in range(read, -1, -1):  # the next cell may begin like the rest of this one
            self.at = marks[place]
            passed = self._may_break(following, page)
            if passed is not None:
                self.left += [run[place:], *(following.popleft() for _ in range(passed))]
                self.broken_on = page
                return None
        self.at = marks[read]
        return self._fault(run[read:])

    def _may_break(self, following: deque[list[str]], page: int) -> int | None:
        """Tell how many runs are passed over where the next cell, or the next page, begins here; None for neither."""
        before = self.at
        self._skip()
        new = self.at >= len(self.body) or self.body[self.at].page > page
        near = (n for n, run in enumerate(islice(following, _CELL)) if self._begins(run[:_AHEAD], page))
        passed = 0 if new else next(near, None)
        self.at = before
        return passed

    def _begins(self, wanted: Sequence[str], page: int) -> bool:
        """Tell whether words come here, as far as this page goes."""
        there = sum(1 for found in self.body[self.at : self.at + len(wanted)] if found.page <= page)
        return self._after(wanted[:there], self.at) is not None

    def _word(self, ahead: Sequence[str]) -> bool:
        """Take a word, after what the template prints before it; the words that follow it tell which is which."""
        for known in (ahead, ahead[:1]):
            for at in self._beginnings(self.at):
                taken = self._taken(known[0], at)
                if taken is not None and self._after(known[1:], taken) is not None:
                    self.at = taken
                    return True
        return False

    def _after(self, wanted: Sequence[str], at: int) -> int | None:
        """Return the place behind words that come here, or None; the end of the pages fits everything."""
        if not wanted or at >= len(self.body):
            return at
        for begin in self._beginnings(at):
            taken = self._taken(wanted[0], begin)
            if taken is not None and (end := self._after(wanted[1:], taken)) is not None:
                return end
        return None

    def _beginnings(self, at: int | None) -> Iterator[int]:
        """Yield this place, and those behind each of the template's phrases that follow one another here."""
        while at is not None:
            yield at
            at = self._behind(at)

    def _taken(self, word: str, at: int) -> int | None:
        """Return the place behind a word, which a line's end may have broken; None where it is not here."""
        made = ""
        while at < len(self.body) and len(made) < len(word) and word.startswith(made + self.body[at].word):
            made += self.body[at].word
            at += 1
        return at if made == word else None

    def _behind(self, at: int) -> int | None:
        """Return the place behind a phrase of the template; None where none is here."""
        for phrase in self.phrases.get(self.body[at].word, ()) if at < len(self.body) else ():
            if [found.word for found in self.body[at : at + len(phrase)]] == phrase:
                return at + len(phrase)
        return None

    def _skip(self) -> None:
        """Pass over phrases of the template."""
        *_, self.at = self._beginnings(self.at)

    def _fault(self, wanted: Sequence[str]) -> WordMismatch:
        found = self.body[self.at : self.at + _AHEAD]
        page = found[0].page if found else (self.body[-1].page if self.body else 1)
        return WordMismatch(page, " ".join(item.word for item in found), " ".join(wanted[:_AHEAD]))
