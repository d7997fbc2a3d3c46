"""Where a figure comes from: its formula, the figures below it, rules, determinations, params and cells.

`explain` gathers, `show` prints. The words of a figure (formula, note) are those of the register; cells are
shown as they stand in the workbooks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path
from typing import Literal, TextIO

from monev.edition.opened import Opened
from monev.figures import number_format
from monev.figures.register import Figure, Register, commitment_id, target_id
from monev.io.source_cells import SourceCell, Sources, is_params, shown_setting
from monev.model.letters import plain
from monev.model.raw_tables import RowPlace
from monev.rules.tidy import Determination, Target
from monev.words.errors import EXIT_INPUT, MonevError
from monev.words.messages import Language

Form = Literal["text", "json"]
SUGGESTIONS = 8
CELL_WIDTH = 60  # characters of a cell's text; the whole of it is in the JSON form


class UnknownFigure(MonevError):
    """No figure has this id; `detail` lists near ones, a line each."""

    exit_code = EXIT_INPUT

    def __init__(self, message: str, detail: str) -> None:
        super().__init__(message)
        self.detail = detail


@dataclass(frozen=True)
class Entry:
    """One line of the list: a figure in short, and the part of the report it stands in."""

    id: str
    printed: str
    meaning: str
    part: str


@dataclass(frozen=True)
class Listing:
    """The figures of an edition that match the words searched for (all of them without words)."""

    edition: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class ExplainedFigure:
    """A figure in the tree: the figures it is made of, or how many of them the depth hides."""

    entry: Entry
    parts: tuple[ExplainedFigure, ...] = ()
    hidden: int = 0


@dataclass(frozen=True)
class Explanation:
    """One figure with everything it rests on, transitively for rules, determinations, settings and cells."""

    edition: str
    figure: Figure
    entry: Entry
    parts: tuple[ExplainedFigure, ...]
    rules: tuple[SourceCell, ...]
    determinations: tuple[Determination, ...]
    settings: tuple[SourceCell, ...]
    cells: tuple[SourceCell, ...]


def explain(
    opened: Opened,
    root: Path,
    figure_id: str | None = None,
    search: Sequence[str] = (),
    *,
    depth: int = 1,
    language: Language = "id",
    lookup: Sources | None = None,
) -> Explanation | Listing:
    """Explain one figure of an opened edition, or list those that hold all words of `search`.

    `depth` is how many levels of the figures below are shown; `lookup` is what `sources_of` gave, to explain many
    figures without opening the workbooks again. Raises UnknownFigure, in `language`, for an id that the edition
    does not have.
    """
    entries = _entries(opened)
    if figure_id is None:
        return Listing(_edition(opened), tuple(e for e in entries.values() if _matches(e, search)))
    if figure_id not in entries:
        raise _unknown(figure_id, opened, language)
    below = _below(opened.register, figure_id)
    sources = dict.fromkeys(source for figure in below for source in figure.sources)
    lookup = lookup or sources_of(opened, root)
    held = [lookup.look(source) for source in sources]
    return Explanation(
        _edition(opened),
        opened.register[figure_id],
        entries[figure_id],
        tuple(_node(opened.register, entries, part, depth) for part in _parts(opened.register, figure_id)),
        tuple(lookup.look(source) for source in _rule_sources(below, opened)),
        _determinations(below, opened),
        tuple(h for h in held if is_params(h.file)),
        tuple(h for h in held if not is_params(h.file)),
    )


def named(listing: Listing, words: str) -> Listing:
    """Return the figures of what is called so in the report: a part, a commitment, an actor, a category, a period."""
    fold = " ".join(words.split()).casefold()
    phrase = re.compile(rf"(?<!\w){re.escape(fold)}(?!\w)")
    found = (e for e in listing.entries if phrase.search(e.meaning.casefold()) or _is_part(e.part.casefold(), fold))
    return Listing(listing.edition, tuple(found) if any(map(str.isalpha, fold)) else ())


def _is_part(part: str, name: str) -> bool:
    number, _, title = part.partition(": ")
    return name in {part, number, title}


def sources_of(opened: Opened, root: Path) -> Sources:
    """Return the look-up of an edition's sources; a key that the params leave out has its default."""
    edition = opened.inputs.edition
    defaults = {f"params/{edition.edisi}.yml": edition.model_dump()}
    defaults |= {made.file: made.model_dump() for made in opened.results.data.asked}
    return Sources(root, defaults=defaults, limits=edition.batas)


def _edition(opened: Opened) -> str:
    return opened.inputs.edition.edisi


# What a figure is -------------------------------------------------------------------------------------------

_PARTS: Mapping[str, str] = {
    "pernyataan": "Pernyataan sekretariat",
    "penilaian": "Aturan penilaian",
    "ringkasan": "Ringkasan Eksekutif",
    "rekap": "Deskripsi Capaian",
    "deskripsi": "Deskripsi Capaian",
    "penetapan": "Penetapan",
    "keadaan": "Kelengkapan Laporan",
    "kelengkapan": "Kelengkapan Laporan",
    "belum-selesai": "Target yang Belum Selesai",
    "tindak-lanjut": "Keadaan Tindak Lanjut",
    "hambatan": "Hambatan",
    "indikator": "Indikator Hasil",
    "penilaian-kembali": "Target yang Belum Selesai",
    "perubahan": "Perubahan antarperiode",
    "rapor": "Rapor Pelaksana",
    "peta": "Peta Capaian",
    "kuadran": "Capaian dan Ko-Kreasi",
    "kecocokan": "Dasar aturan penilaian",
    "terbit": "Edisi terbit",
    "teks": "Angka dalam teks buku kerja",
    "rekonsiliasi": "Rekonsiliasi",
}
_GENERAL = "Umum"


def _entries(opened: Opened) -> dict[str, Entry]:
    """Return all figures in short, grouped by part, in the order of the register."""
    targets = {target_id(t): t for t in opened.results.targets}
    titles = _titles(opened)
    found = [
        Entry(f.id, f.printed, _meaning(f, targets.get(f.id)), _part(f, targets.get(f.id), titles))
        for f in opened.register
    ]
    order = {part: n for n, part in enumerate(dict.fromkeys(entry.part for entry in found))}
    return {entry.id: entry for entry in sorted(found, key=lambda entry: order[entry.part])}


def _titles(opened: Opened) -> dict[str, str]:
    commitments = [result.commitment for result in opened.results.commitments]
    found = {commitment_id(c.commitment): f"Komitmen {c.commitment}: {c.title}" for c in commitments}
    data = opened.results.data
    found |= {instrument.distribution: instrument.nama for instrument in data.columns}
    return found | {f"instrumen.{instrument.kode}": instrument.nama for instrument in data.asked}


def _part(figure: Figure, target: Target | None, titles: Mapping[str, str]) -> str:
    if target:
        return titles[commitment_id(target.commitment)]
    first, _, rest = figure.id.partition(".")
    base = f"{first}.{rest.partition('.')[0]}"
    return titles.get(base) or titles.get(first) or _PARTS.get(first, _GENERAL)


def _meaning(figure: Figure, target: Target | None) -> str:
    """Return what a figure is in few words: its formula; for a target what it asks of whom."""
    if target is None:
        return figure.formula
    name = f"Nilai UK {target.measure}, {target.actor}, {target.period} no {target.no}"
    return f"{name}: {shortened(plain(target.target))}"


def shortened(text: str, width: int = CELL_WIDTH) -> str:
    """Return a text on one line, cut where it is longer than `width`."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 3].rstrip() + "..."


def _matches(entry: Entry, words: Iterable[str]) -> bool:
    text = " ".join((entry.id, entry.printed, entry.meaning, entry.part)).casefold()
    return all(word.casefold() in text for word in words)


# What it rests on -------------------------------------------------------------------------------------------


def _parts(register: Register, id_: str) -> list[str]:
    return [part for part in register[id_].parts if part in register]


def _below(register: Register, id_: str) -> list[Figure]:
    """Return a figure and all that it is made of, each once."""
    found: dict[str, Figure] = {}
    waiting = [id_]
    while waiting:
        here = waiting.pop(0)
        if here not in found:
            found[here] = register[here]
            waiting += _parts(register, here)
    return list(found.values())


def _node(register: Register, entries: Mapping[str, Entry], id_: str, depth: int) -> ExplainedFigure:
    parts = _parts(register, id_)
    if depth <= 1:
        return ExplainedFigure(entries[id_], (), len(parts))
    return ExplainedFigure(entries[id_], tuple(_node(register, entries, part, depth - 1) for part in parts))


def _rule_sources(figures: Iterable[Figure], opened: Opened) -> list[str]:
    rules = dict.fromkeys(rule for figure in figures for rule in figure.rules)
    return [f"params/{_edition(opened)}.yml!" + rule.replace(".", "!", 1) for rule in rules]


def _determinations(figures: Sequence[Figure], opened: Opened) -> tuple[Determination, ...]:
    """Return the determinations that a figure names, as a source or in its note."""
    sources = {source for figure in figures for source in figure.sources}
    notes = " ".join(figure.note for figure in figures)
    return tuple(
        d
        for d in opened.results.data.determinations
        if d.place.cell("category") in sources or f"({d.place.cell('category')})" in notes
    )


# Unknown ids ------------------------------------------------------------------------------------------------

_UNKNOWN: Mapping[Language, Mapping[str, str]] = {
    "id": {
        "none": "angka '{id}' tidak ada dalam edisi {edition}",
        "near": "{entry.id}  {entry.printed}  {entry.meaning}",
        "more": "Cari: ./monev explain {edition} --search KATA",
    },
    "en": {
        "none": "figure '{id}' does not exist in edition {edition}",
        "near": "{entry.id}  {entry.printed}  {entry.meaning}",
        "more": "Search: ./monev explain {edition} --search WORD",
    },
}


def near_ids(register: Register, wanted: str) -> list[str]:
    """Return ids near an unknown one: printed like that (`78%`), beginning with it, or spelt like it."""
    fold = wanted.strip().casefold()
    ids = [figure.id for figure in register]
    printed = [f.id for f in register if f.printed.casefold() in (fold, fold.replace(".", ","))]
    begins = [id_ for id_ in ids if fold and (id_.startswith(fold) or f".{fold}" in id_)]
    alike = get_close_matches(fold, ids, n=SUGGESTIONS, cutoff=0.7)
    return list(dict.fromkeys((*printed, *begins, *alike)))[:SUGGESTIONS]


def _unknown(id_: str, opened: Opened, language: Language) -> UnknownFigure:
    words, edition = _UNKNOWN[language], _edition(opened)
    entries = _entries(opened)
    found = [entries[near_id] for near_id in near_ids(opened.register, id_)]
    lines = _columns([(e.id, e.printed, e.meaning) for e in found])
    shown = " ".join(id_.split())[:80]
    message = words["none"].format(id=shown, edition=edition)
    return UnknownFigure(message, "\n".join((*lines, words["more"].format(edition=edition))))


# Printing ---------------------------------------------------------------------------------------------------

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "id": {
        "part": "bagian", "meaning": "arti", "printed": "cetak", "value": "nilai", "exact": "tepat",
        "note": "catatan", "parts": "Terdiri dari", "hidden": "{n} angka lagi; perdalam dengan --depth",
        "rules": "Aturan", "settings": "Params", "determinations": "Penetapan", "cells": "Sel",
        "default": "(baku; tidak ditulis dalam params)", "missing": "(tidak ada)",
        "unreadable": "(berkas tidak dapat dibaca)", "blank": "(kosong)", "stored": "tersimpan {x}",
        "sheet": "{file}, lembar '{sheet}'", "determined": "Komitmen {n}, {dimension}: ditetapkan {category}",
        "reason": "alasan: {reason}", "empty": "Tidak ada angka yang cocok.", "sum": "{n} angka.",
        "recorded": "dicatat oleh {file}, tidak dihitung ulang",
    },
    "en": {
        "part": "part", "meaning": "meaning", "printed": "printed", "value": "value", "exact": "exact",
        "note": "note", "parts": "Made of", "hidden": "{n} more figures; go deeper with --depth",
        "rules": "Rules", "settings": "Params", "determinations": "Determinations", "cells": "Cells",
        "default": "(default; not given in params)", "missing": "(missing)",
        "unreadable": "(file cannot be read)", "blank": "(blank)", "stored": "stored {x}",
        "sheet": "{file}, sheet '{sheet}'",
        "determined": "Commitment {n}, {dimension}: determined {category}",
        "reason": "reason: {reason}", "empty": "No figure matches.", "sum": "{n} figures.",
        "recorded": "recorded by {file}, not recomputed",
    },
}  # fmt: skip


def show_explanation(found: Explanation | Listing, language: Language, out: TextIO, form: Form = "text") -> None:
    """Print an explanation or a list: as text with labels in `language`, or as JSON (its keys stay the same)."""
    if form == "json":
        value = _listing_json(found) if isinstance(found, Listing) else _explanation_json(found)
        print(json.dumps(value, ensure_ascii=False, indent=1), file=out)
        return
    lines = _listing(found, language) if isinstance(found, Listing) else _explanation(found, language)
    for line in lines:
        print(line.rstrip(), file=out)


def _columns(rows: Sequence[Sequence[str]], indent: str = "") -> Iterator[str]:
    """Yield rows as lines with aligned columns; the last column is as wide as it likes."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (text.ljust(width) for text, width in zip(row[:-1], widths, strict=False))
        yield indent + "  ".join((*padded, row[-1]))


def _listing(listing: Listing, language: Language) -> Iterator[str]:
    words = _WORDS[language]
    if not listing.entries:
        yield words["empty"]
        return
    heads = ("id", words["printed"], words["meaning"])
    widths = [max(len(heads[n]), *(len((e.id, e.printed)[n]) for e in listing.entries)) for n in (0, 1)]
    for part, entries in groupby(listing.entries, key=lambda entry: entry.part):
        yield part
        yield f"  {heads[0]:<{widths[0]}}  {heads[1]:<{widths[1]}}  {heads[2]}"
        for e in entries:
            yield f"  {e.id:<{widths[0]}}  {e.printed:<{widths[1]}}  {e.meaning}"
        yield ""
    yield words["sum"].format(n=len(listing.entries))


def _head(found: Explanation, language: Language) -> Iterator[tuple[str, str]]:
    words, figure = _WORDS[language], found.figure
    yield words["part"], found.entry.part
    yield words["meaning"], found.entry.meaning
    if figure.formula != found.entry.meaning:
        yield "", figure.formula
    yield words["printed"], figure.printed
    yield words["value"], f"{shown_setting(figure.value, language)} {figure.unit}"
    if figure.exact is not None and figure.exact != figure.value:
        decimal = number_format.decimal(figure.exact, 6, trim=True)
        about = decimal if language == "id" else decimal.replace(",", ".")
        yield words["exact"], f"{figure.exact} ({about})"
    if figure.note:
        yield words["note"], figure.note
    if figure.recorded:
        yield words["note"], words["recorded"].format(file=figure.recorded)


def _explanation(found: Explanation, language: Language) -> Iterator[str]:
    words = _WORDS[language]
    yield found.figure.id
    yield from _columns(list(_head(found, language)), "  ")
    if found.parts:
        yield f"\n{words['parts']} ({len(found.parts)})"
        yield from _columns(list(_tree(found.parts, words, "")), "  ")
    for title, held in (("rules", found.rules), ("settings", found.settings)):
        for file, keys in groupby(held, key=lambda h: h.file):
            yield f"\n{words[title]} ({file})"
            yield from _columns([(_key_name(h), _shown(h, language)) for h in keys], "  ")
    if found.determinations:
        yield f"\n{words['determinations']} ({len(found.determinations)})"
        yield from _determined(found.determinations, words)
    if found.cells:
        yield f"\n{words['cells']} ({len(found.cells)})"
        yield from _cells(found.cells, language)


def _tree(nodes: Iterable[ExplainedFigure], words: Mapping[str, str], indent: str) -> Iterator[tuple[str, str, str]]:
    for node in nodes:
        yield indent + node.entry.id, node.entry.printed, node.entry.meaning
        yield from _tree(node.parts, words, indent + "  ")
        if node.hidden:
            yield indent + "  ...", "", words["hidden"].format(n=node.hidden)


def _key_name(held: SourceCell) -> str:
    return ".".join(step for step in (held.sheet, held.address) if step) or held.file


def _shown(held: SourceCell, language: Language) -> str:
    words = _WORDS[language]
    if held.state in ("missing", "unreadable"):
        return words[held.state]
    text = shortened(held.shown(language), 200 if held.cell is None else CELL_WIDTH) or words["blank"]
    notes = []
    if stored := held.stored(language):
        notes.append(words["stored"].format(x=stored))
    if held.cell and held.cell.formula:
        notes.append("=" + shortened(held.cell.formula.removeprefix("=")))
    if held.state == "default":
        return f"{text} {words['default']}"
    return f"{text} ({'; '.join(notes)})" if notes else text


def _determined(determinations: Iterable[Determination], words: Mapping[str, str]) -> Iterator[str]:
    for d in determinations:
        text = words["determined"].format(n=d.commitment, dimension=d.dimension, category=d.category)
        yield f"  {text}  [{d.place.cell('category')}]"
        yield "    " + words["reason"].format(reason=plain(d.reason))


def _place(held: SourceCell) -> tuple[int, str]:
    letters = held.address.rstrip("0123456789")
    digits = held.address[len(letters) :]
    return (int(digits) if digits else 0, letters.rjust(3))


def _cells(cells: Sequence[SourceCell], language: Language) -> Iterator[str]:
    sheets: dict[tuple[str, str], list[SourceCell]] = {}
    for held in cells:
        sheets.setdefault((held.file, held.sheet), []).append(held)
    for (file, sheet), own in sheets.items():
        yield "  " + (_WORDS[language]["sheet"].format(file=file, sheet=sheet) if sheet else file)
        rows = [(h.address, _shown(h, language), row_words(h)) for h in sorted(own, key=_place)]
        yield from _columns(rows, "    ")


def row_words(held: SourceCell) -> str:
    """Return a cell's column and row in words: `Nilai: Komitmen 7, UK 1, Pelaksana KIP, ...`."""
    keys = ", ".join(f"{name} {shortened(value, 40)}" for name, value in held.key)
    heading = "" if held.key and held.key[0][0] == held.heading else held.heading
    return ": ".join(text for text in (heading, keys) if text)


# JSON -------------------------------------------------------------------------------------------------------


def _entry_json(entry: Entry) -> dict[str, object]:
    return {"id": entry.id, "cetak": entry.printed, "arti": entry.meaning, "bagian": entry.part}


def _listing_json(listing: Listing) -> dict[str, object]:
    return {"edisi": listing.edition, "angka": [_entry_json(entry) for entry in listing.entries]}


def _node_json(node: ExplainedFigure) -> dict[str, object]:
    row = _entry_json(node.entry)
    if node.parts:
        row["terdiri_dari"] = [_node_json(part) for part in node.parts]
    if node.hidden:
        row["tidak_ditampilkan"] = node.hidden
    return row


def _setting_json(held: SourceCell) -> dict[str, object]:
    return {
        "berkas": held.file,
        "kunci": _key_name(held),
        "nilai": held.shown(),
        "keadaan": _STATES[held.state],
    }


_STATES: Mapping[str, str] = {
    "cell": "ada",
    "setting": "ada",
    "default": "baku",
    "missing": "tidak ada",
    "unreadable": "berkas tidak dapat dibaca",
}


def cell_json(held: SourceCell) -> dict[str, object]:
    """Return a cell with its place, content and row as it stands in JSON output."""
    row: dict[str, object] = {
        "berkas": held.file,
        "lembar": held.sheet,
        "sel": held.address,
        "tampak": held.shown(),
        "keadaan": _STATES[held.state],
    }
    optional: Mapping[str, object] = {
        "tersimpan": held.stored(),
        "rumus": held.cell.formula if held.cell else "",
        "kolom": held.heading,
        "baris": dict(held.key),
    }
    return row | {key: value for key, value in optional.items() if value}


def _determination_json(determination: Determination) -> dict[str, object]:
    place: RowPlace = determination.place
    return {
        "komitmen": determination.commitment,
        "dimensi": determination.dimension,
        "kategori": determination.category,
        "alasan": determination.reason,
        "sumber": place.cell("category"),
    }


def _explanation_json(found: Explanation) -> dict[str, object]:
    return {
        "edisi": found.edition,
        **found.figure.record(),
        "arti": found.entry.meaning,
        "bagian": found.entry.part,
        "terdiri_dari": [_node_json(node) for node in found.parts],
        "aturan_berlaku": [_setting_json(held) for held in found.rules],
        "penetapan_berlaku": [_determination_json(d) for d in found.determinations],
        "params": [_setting_json(held) for held in found.settings],
        "sel": [cell_json(held) for held in found.cells],
    }
