"""Every numeral that a report prints: how numerals are read, and what a document says it prints. Pure.

A *numeral* is a run of digits with the dots and commas inside it: `78%` holds `78`, `2.928` and `72,06` are one each,
`1/2021` and `2020-2022` are two, `B06` holds `06`. Digits in words (`tujuh`, `IV`) are not numerals. Both sides of the
account, the document tree and the PDF's text, are read by the same rule, and letters are folded to their plain form
first (`²` is `2`), so that a ligature or a hyphen at a line's end changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, get_args

Kind = Literal["angka", "sel", "teks", "struktur", "naskah", "lain"]
"""Where a numeral comes from: a figure of the register, a workbook cell's text, a text of the params, the document's
structure (numbers of chapters, tables, lists, pages), or nowhere that is known."""
KINDS: tuple[Kind, ...] = get_args(Kind)

VERSION = 1
LONG_WORD = 24  # characters; longer words may break anywhere (typst-template.typ, `kata-panjang`)

_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")  # soft hyphen, zero-width characters
_BROKEN = "\ufffe"  # what PDFium gives for a hyphen at the end of a line
_MARK = "~"  # in JSON, behind a numeral that a line may break


def normalized(text: str) -> str:
    """Return text with letters and digits in their plain form, without characters that nobody sees."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", text.replace(_BROKEN, "-")))


def numerals(text: str) -> list[str]:
    """Return the numerals of a text, in its order."""
    return _NUMERAL.findall(normalized(text))


@dataclass(frozen=True, slots=True)
class NumeralPlace:
    """One numeral in a plain text: from `start` to before `end`; `breakable` in a word that a line may break."""

    numeral: str
    start: int
    end: int
    breakable: bool


def numeral_places(text: str) -> Iterator[NumeralPlace]:
    """Yield the numerals of a text that is plain already, with their places."""
    for word in re.finditer(r"\S+", text):
        for found in _NUMERAL.finditer(word[0]):
            start = word.start() + found.start()
            yield NumeralPlace(found[0], start, start + len(found[0]), len(word[0]) > LONG_WORD)


@dataclass(frozen=True, slots=True)
class Printed:
    """One numeral that the document tree prints: its kind, and the figure's id, cell or rule that it comes from.

    `breakable` says that it stands in a word so long that a line may end inside the numeral.
    """

    kind: Kind
    numeral: str
    key: str
    breakable: bool = False


@dataclass(frozen=True)
class Expected:
    """What a report prints: the numerals of its text in order, and the texts that the template repeats elsewhere.

    title: the report's, which every foot repeats, with what stands behind it there (foot). parts: titles of the parts,
    which head pages. entries: titles in the contents. tables, pictures: captions in order. heads: heading rows with
    numerals, which a table that runs over pages prints again. index: the names of the index, behind which the template
    prints pages.
    """

    title: str = ""
    parts: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    printed: tuple[Printed, ...] = ()
    index: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()

    def record(self) -> dict[str, object]:
        """Return the form of `cetakan.json`: origins once, then runs of numerals as `"17: 78 2021"`: 17 the origin."""
        origins: dict[tuple[str, str], int] = {}
        runs: list[tuple[int, list[str]]] = []
        for item in self.printed:
            place = origins.setdefault((item.kind, item.key), len(origins))
            if not runs or runs[-1][0] != place:
                runs.append((place, []))
            runs[-1][1].append(item.numeral + _MARK * item.breakable)
        texts = {name: list(getattr(self, attribute)) for name, attribute in _TEXTS.items()}
        made = [f"{place}: {' '.join(run)}" for place, run in runs]
        named = [f"{kind} {key}" for kind, key in origins]
        return {"versi": VERSION, "judul": self.title} | texts | {"asal": named, "cetakan": made}

    @classmethod
    def of_record(cls, record: Any) -> Expected:
        """Read the form of `cetakan.json`. Raises ValueError for anything else."""
        try:
            if record["versi"] != VERSION:
                raise ValueError(f"versi {record['versi']!r}")
            texts = {attribute: _texts(_member(record, name)) for name, attribute in _TEXTS.items()}
            if any(len(found) > _MOST for found in texts.values()) or len(texts["heads"]) > _MOST_HEADS:
                raise ValueError("terlalu banyak isi")
            origins = [_origin(_text(origin)) for origin in record["asal"]]
            runs = (item for run in record["cetakan"] for item in _run(_text(run), origins))
            printed = [*islice(runs, _MOST_PRINTED + 1)]
            if len(printed) > _MOST_PRINTED:
                raise ValueError("terlalu banyak isi")
            return cls(title=_text(record["judul"]), printed=tuple(printed), **texts)
        except (KeyError, TypeError, IndexError) as error:
            raise ValueError(f"{type(error).__name__}: {error}") from None

    def of_kind(self, kind: Kind) -> Mapping[str, Sequence[str]]:
        """Return the numerals of one kind by key, in order."""
        found: dict[str, list[str]] = {}
        for item in self.printed:
            if item.kind == kind:
                found.setdefault(item.key, []).append(item.numeral)
        return found


_TEXTS = {
    "bagian": "parts",
    "daftar_isi": "entries",
    "tabel": "tables",
    "gambar": "pictures",
    "kepala_tabel": "heads",
    "indeks": "index",
    "kaki": "foot",
}
_MOST = 20_000  # texts of one kind; a plan of 1,800 commitments has 4,000
_MOST_PRINTED = 2_000_000  # numerals; the largest plan prints a tenth
_MOST_HEADS = 500  # each is looked for on every page
_LATER = ("indeks", "kaki")  # reports made before there was one do not name it


def _member(record: Any, name: str) -> Any:
    return record.get(name, []) if name in _LATER and isinstance(record, dict) else record[name]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} bukan teks")
    return value


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(_text(value) for value in values)


def _origin(text: str) -> tuple[Kind, str]:
    kind, _, key = text.partition(" ")
    if kind not in KINDS:
        raise ValueError(f"jenis {kind!r:.40}")
    return kind, key


def _run(run: str, origins: Sequence[tuple[Kind, str]]) -> Iterator[Printed]:
    place, _, words = run.partition(": ")
    if not place.isascii() or not place.isdecimal() or len(place) > 9:
        raise ValueError(f"bukan deret: {run!r:.40}")
    kind, key = origins[int(place)]
    for word in words.split():
        numeral = word.removesuffix(_MARK)
        if not _NUMERAL.fullmatch(numeral):
            raise ValueError(f"bukan bilangan: {word!r:.40}")
        yield Printed(kind, numeral, key, word != numeral)
