"""What a printed numeral is, in words: its figure, cell or setting, or the part of the report that it numbers.

Every answer leads on: to a figure (`explain ID`), to a cell or a key of the params with what it holds, or it says
what the number is where nothing was computed: a page, a heading, an item of a list.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from monev.audit.explanation import Entry, Listing, explain, sources_of
from monev.audit.printed_places import PrintedPlace
from monev.display.phrases import text_key
from monev.edition.opened import Opened
from monev.figures.printed_numerals import Expected, normalized, numeral_places, numerals
from monev.io.source_cells import Sources
from monev.model.imprint import release_file
from monev.model.params import Edition
from monev.words.messages import Language, Message, tell

_AROUND = 30  # characters of a cell's text shown on each side of the numeral
_NAMED = "nama"  # words of the params that code prints without a span: labels of periods, names of categories


@dataclass(frozen=True)
class Answer:
    """What a numeral is: `words`, and the figure, cell or key of the params to look at, if there is one."""

    words: Message
    source: str = ""


@dataclass(frozen=True)
class Answers:
    """What answers draw on: figures, sources, captions of tables (`tbl`) and figures (`fig`), titles of commitments.

    `commitments` gives title and cell by the number as it is printed.
    """

    edition: Edition
    entries: Mapping[str, Entry]
    lookup: Sources
    captions: Mapping[str, Sequence[str]]
    commitments: Mapping[str, tuple[str, str]]

    @classmethod
    def of(cls, opened: Opened, root: Path, expected: Expected) -> Answers:
        """Return the answers of an opened edition whose report prints what is expected."""
        listing = explain(opened, root)
        assert isinstance(listing, Listing)
        held = [result.commitment for result in opened.results.commitments]
        return cls(
            opened.inputs.edition,
            {entry.id: entry for entry in listing.entries},
            sources_of(opened, root),
            {"tbl": expected.tables, "fig": expected.pictures},
            {str(c.commitment): (c.title, c.place.cell("title")) for c in held},
        )

    @property
    def _params(self) -> str:
        return f"params/{self.edition.edisi}.yml"

    def of_place(self, place: PrintedPlace, pages: int, language: Language = "id") -> Answer:
        """Tell what a numeral is; `pages` is how many the report has."""
        if place.own:
            return self._of_template(place, pages)
        if place.kind == "angka":
            entry = self.entries.get(place.key)
            return Answer(tell("places.held", source=place.key, text=entry.meaning if entry else ""), place.key)
        if place.kind == "sel":
            return self._held(place.key, place.found.numeral, language)
        if place.kind == "naskah":
            file, _, cell = place.key.partition(":")
            if file.endswith(".ipynb"):
                return Answer(tell("places.recorded", name=file, cell=cell), place.key)
            return Answer(tell("places.typed", name=place.key), place.key)
        if place.kind == "teks":
            return self._of_text(place, language)
        if place.kind == "struktur":
            return self._of_structure(place)
        return Answer(tell("places.unknown"))

    def _held(self, source: str, numeral: str, language: Language) -> Answer:
        text = around(self.lookup.look(source).shown(language), numeral)
        return Answer(tell("places.held", source=source, text=text), source)

    def _of_text(self, place: PrintedPlace, language: Language) -> Answer:
        """Answer for a text of the params, or one that code makes of the periods, which the params give."""
        params = self._params
        if place.key in _FINGERPRINT:
            return Answer(tell("places.fingerprint"))
        if place.key in _PUBLICATION:
            return self._of_publication(place, language)
        key = text_key(place.key, self.edition)
        if not key:
            return Answer(tell("places.own-words", name=place.key))
        if place.key == _NAMED:
            told = self.lookup.look(f"{params}!periode").shown(language)
            key = "periode" if place.found.numeral in normalized(told) else "penilaian"
        if place.key == "sampai":
            return Answer(tell("places.last-day", source=f"{params}!{key}"), f"{params}!{key}")
        return self._held(f"{params}!{key}", place.found.numeral, language)

    def _of_publication(self, place: PrintedPlace, language: Language) -> Answer:
        """Answer for a text of the publication, by the first of its sources that holds the numeral (days as `05`)."""
        numeral = place.found.numeral
        files = {"terbitan": f"{self._params}!terbitan", "rilis": release_file(self.edition.edisi)}
        for name, key in _PUBLICATION[place.key]:
            source = f"{files[name]}!{key}"
            told = numerals(self.lookup.look(source).shown())
            if found := next((each for each in (numeral, numeral.zfill(2)) if each in told), ""):
                return self._held(source, found, language)
        return Answer(tell("places.unknown"))

    def _of_structure(self, place: PrintedPlace) -> Answer:
        numeral, (kind, _, _) = place.found.numeral, place.key.partition("-")
        commitment = place.key == f"sec-komitmen-{numeral:0>2}" or place.key in ("komitmen", "judul komitmen")
        if commitment and numeral in self.commitments:
            title, cell = self.commitments[numeral]
            return Answer(tell("places.commitment", number=numeral, title=title, cell=cell), cell)
        if captions := self.captions.get(kind):
            number = int(numeral) if numeral.isdigit() else 0
            if 1 <= number <= len(captions):
                name = "places.table" if kind == "tbl" else "places.picture"
                return Answer(tell(name, number=number, caption=captions[number - 1]))
        return Answer(tell(_STRUCTURE.get(place.key, "places.reference"), name=place.key))

    def _of_template(self, place: PrintedPlace, pages: int) -> Answer:
        numeral = place.found.numeral
        if place.own != "kaki":
            return Answer(tell(_TEMPLATE[place.own]))
        if place.key == "judul-lengkap":
            source = f"{self._params}!judul"
            return Answer(tell("places.foot-title", source=source), source)
        if place.key:
            return Answer(tell(_FOOT[place.key]))
        if numeral == str(place.found.page):
            return Answer(tell("places.foot-page"))
        return Answer(tell("places.foot-pages" if numeral == str(pages) else "places.unknown"))


_STRUCTURE = {
    "daftar": "places.list",
    "target": "places.target",
    "catatan sumber": "places.note",
    "judul ukuran keberhasilan": "places.measure",
    "periode": "places.column",
}
_FINGERPRINT = ("sidik", "draf")  # the draft's mark holds it
_DATE = (("terbitan", "tanggal"), ("rilis", "tanggal"))
_PUBLICATION: Mapping[str, Sequence[tuple[str, str]]] = {
    "versi": (("rilis", "versi"),),
    "nomor": (("terbitan", "nomor"),),
    "isbn": (("terbitan", "isbn"),),
    "lisensi": (("terbitan", "lisensi"),),
    "terbit-pada": _DATE,
    "terbitan": (("rilis", "versi"), ("terbitan", "nomor"), ("terbitan", "kota"), *_DATE, ("terbitan", "isbn")),
}
"""Where the texts of a publication come from: the params' `terbitan`, or the record of the release."""
_FOOT = {
    "draf": "places.fingerprint",
    "keadaan": "places.foot-state",
}
_TEMPLATE = {
    "kepala": "places.head-running",
    "daftar isi": "places.contents",
    "judul daftar isi": "places.contents-title",
    "indeks": "places.index",
    "kepala tabel": "places.head-repeated",
}


def around(text: str, numeral: str) -> str:
    """Return a text on one line, cut around the numeral where it is long."""
    line = " ".join(normalized(text).split())
    at = next((place.start for place in numeral_places(line) if place.numeral == numeral), 0)
    start = max(0, at - _AROUND)
    end = at + len(numeral) + _AROUND
    return ("..." if start else "") + line[start:end].strip() + ("..." if end < len(line) else "")


# Printing --------------------------------------------------------------------------------------------------


def show_places(
    places: Sequence[PrintedPlace], answers: Answers, pages: int, language: Language, out: TextIO, form: str
) -> None:
    """Print the numerals in order, each with what it is: a figure with its meaning, a cell with its content."""
    told = [(place, answers.of_place(place, pages, language)) for place in places]
    if form == "json":
        rows = [_record(place, answer, language) for place, answer in told]
        print(json.dumps(rows, ensure_ascii=False, indent=1), file=out)
        return
    counts = Counter(place.kind for place in places)
    print(tell("places.head", count=len(places), figures=counts["angka"], cells=counts["sel"]).text(language), file=out)
    for place, answer in told:
        print(f"  {place.found.page:>4}  {place.found.numeral:<12} {answer.words.text(language)}", file=out)
        print(f"        {'':<12} ...{place.found.context}...", file=out)


def _record(place: PrintedPlace, answer: Answer, language: Language) -> dict[str, object]:
    return {
        "halaman": place.found.page,
        "bilangan": place.found.numeral,
        "jenis": place.kind,
        "kunci": place.key,
        "sumber": answer.source,
        "asal": answer.words.text(language),
        "sekitarnya": place.found.context,
    }
