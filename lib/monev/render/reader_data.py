"""What the HTML report carries for its reader: the targets to search, and where each figure comes from.

Both are made from the computed data and go into the staged folder, where `monev-html.lua` takes them up. The script of
the page filters by the first; the second is plain HTML, so that it can be read without the script.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from monev.audit.explanation import Entry, Listing, explain
from monev.display.markdown import visible
from monev.display.phrases import coverage
from monev.edition.opened import Opened
from monev.figures import number_format
from monev.figures.instrument_figures import of_target
from monev.figures.instrument_results import InstrumentResult, instrument_results
from monev.figures.register import NOT_ASSESSED, Figure, Register, target_id
from monev.figures.reporting import UNSCORED
from monev.figures.results import Results
from monev.io.source_cells import is_params, split
from monev.model.fields import NO_TARGET, NOT_SCORED
from monev.model.instruments import ACTOR, COMMITMENT, PROGRAMME, TARGET
from monev.rules.instrument_checks import Subject
from monev.rules.tidy import Target

TARGETS_FILE = "pembaca/target.json"
FIGURES_FILE = "pembaca/angka.html"

WITHOUT_TARGET = "Tidak ada target"

_CELL = re.compile(r"([A-Z]+)(\d+)")


def files(opened: Opened, root: Path) -> dict[str, bytes]:
    """Return the files for the staged folder: name to content; no targets to search where no part holds them."""
    listing = explain(opened, root)
    assert isinstance(listing, Listing)
    made = {FIGURES_FILE: figure_list(opened.register, listing.entries).encode("utf-8")}
    if opened.results.edition.shows("lampiran"):
        made[TARGETS_FILE] = _json(targets(opened.results, opened.register)).encode("utf-8")
    return made


def _json(value: object) -> str:
    """Return JSON that may stand in a `<script>` element: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


# Targets ----------------------------------------------------------------------------------------------------


def targets(results: Results, register: Register) -> dict[str, object]:
    """Return the targets of an edition with the names that they are filtered by.

    `target` has one row per target, in the order of the appendices; `ukuran` in it is a place in the list `ukuran` of
    texts. Categories and statuses stand in the order of their scales; only values that occur are named.
    """
    rules = results.edition.penilaian
    measures = {(m.commitment, m.measure, m.actor): m.text for m in results.data.measures}
    texts = list(dict.fromkeys(measures.values()))
    places = {text: n for n, text in enumerate(texts)}
    filters = _instrument_filters(results)
    rows = [_row(t, results, register, measures, places) | _levels(t, filters) for t in results.targets]
    acting = {t.actor for t in results.targets}
    actors = [
        a for group in results.edition.groups for a in results.data.actors if a.group == group and a.actor in acting
    ]
    return {
        "komitmen": [[r.commitment.commitment, visible(r.commitment.title)] for r in results.commitments if r.targets],
        "pelaksana": [[visible(a.actor), visible(a.full_name), a.group] for a in actors],
        "kelompok": [str(group) for group in results.edition.groups if any(a.group == group for a in actors)],
        "periode": [[p.kode, f"{coverage([p])} ({p.kode})"] for p in results.edition.periode],
        "kategori": _used(
            rows, "kategori", [*(b.nama for b in rules.kategori), rules.tidak_terukur, UNSCORED, WITHOUT_TARGET]
        ),
        "status": _used(rows, "status", [*rules.kokreasi.bobot, NOT_ASSESSED]),
        "ukuran": [visible(text) for text in texts],
        "target": rows,
        **({"saringan": [_filter(result, rows) for result in filters]} if filters else {}),
    }


def _instrument_filters(results: Results) -> list[InstrumentResult]:
    """Return the instruments by which targets can be told apart."""
    return [r for r in instrument_results(results) if r.answered and r.instrument.tentang != PROGRAMME]


def _filter(result: InstrumentResult, rows: Sequence[Mapping[str, object]]) -> dict[str, object]:
    name, scale = _filter_name(result), [level.nama for level in result.instrument.skala.counted]
    return {"nama": name, "judul": visible(result.instrument.nama), "nilai": _used(rows, name, scale)}


def _filter_name(result: InstrumentResult) -> str:
    return f"instrumen-{result.instrument.kode}"


def _levels(target: Target, filters: Iterable[InstrumentResult]) -> dict[str, object]:
    """Return the level of each instrument that lies nearest to the score of a target, its commitment or its actor."""
    found: dict[str, object] = {}
    for result in filters:
        subjects: Mapping[str, Subject] = {
            TARGET: of_target(target),
            COMMITMENT: (target.commitment,),
            ACTOR: (target.actor,),
        }
        score = result.score(result.everyone, subjects[result.instrument.tentang])
        places = {level.nama: result.instrument.skala.percent(level.nama) for level in result.instrument.skala.counted}
        near = min(places, key=lambda name: abs((places[name] or 0) - score)) if score is not None else ""
        found[_filter_name(result)] = near
    return found


def _row(
    target: Target,
    results: Results,
    register: Register,
    measures: Mapping[tuple[int, int, str], str],
    places: Mapping[str, int],
) -> dict[str, object]:
    none = target.score == NO_TARGET
    category = UNSCORED if target.score == NOT_SCORED else results.band(target)
    text = measures.get((target.commitment, target.measure, target.actor))
    return {
        "id": target_id(target),
        "komitmen": target.commitment,
        "uk": target.measure,
        "pelaksana": visible(target.actor),
        "kelompok": target.group,
        "periode": target.period,
        "no": target.no,
        "nilai": register[target_id(target)].printed,
        "kategori": WITHOUT_TARGET if none else category,
        "status": "" if none else target.cocreation or NOT_ASSESSED,
        "ukuran": None if text is None else places[text],
    }


def _used(rows: Iterable[Mapping[str, object]], name: str, scale: Sequence[str]) -> list[str]:
    found = {row[name] for row in rows}
    return [value for value in dict.fromkeys(scale) if value in found]


# Figures ----------------------------------------------------------------------------------------------------


def figure_list(register: Register, entries: Sequence[Entry]) -> str:
    """Return the list of all figures as HTML: part by part, each with meaning, formula, parts, rules and cells."""
    lines: list[str] = []
    for part, own in groupby(entries, key=lambda entry: entry.part):
        lines.append(f"<h2>{_text(part)}</h2>")
        lines += (_figure(register[entry.id], entry, register) for entry in own)
    return "\n".join(lines)


def _text(text: str) -> str:
    return escape(visible(text))


def _figure(figure: Figure, entry: Entry, register: Register) -> str:
    facts = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in _facts(figure, entry, register) if value)
    key = escape(figure.id)
    head = f'<p class="asal-cetak"><b>{_text(figure.printed)}</b> <code>{key}</code></p>'
    return f'<div class="asal" id="angka.{key}">{head}<dl>{facts}</dl></div>'


def _facts(figure: Figure, entry: Entry, register: Register) -> Iterator[tuple[str, str]]:
    """Yield name and HTML of what is known of a figure; what is empty is left out."""
    yield "Arti", _text(entry.meaning)
    if figure.formula != entry.meaning:
        yield "Rumus", _text(figure.formula)
    yield "Satuan", _text(figure.unit)
    if figure.exact is not None and figure.exact != figure.value:
        yield "Nilai tepat", f"{figure.exact} ({number_format.decimal(figure.exact, 6, trim=True)})"
    yield "Catatan", _text(figure.note)
    yield "Terdiri dari", _parts(figure, register)
    yield "Aturan", ", ".join(f"<code>{_text(rule)}</code>" for rule in figure.rules)
    yield "Sumber", "<br>".join(_sources(figure.sources))


def _parts(figure: Figure, register: Register) -> str:
    known = (register[part] for part in figure.parts if part in register)
    items = (f'<li><a href="#angka.{escape(p.id)}">{escape(p.id)}</a> {_text(p.printed)}</li>' for p in known)
    made = "".join(items)
    return f"<ul>{made}</ul>" if made else ""


def _sources(sources: Iterable[str]) -> Iterator[str]:
    """Yield a line per sheet or params file: its cells, runs of neighbours as one (`H2–H19`)."""
    sheets: dict[tuple[str, str], list[str]] = {}
    for source in sources:
        file, sheet, address = split(source)
        if is_params(file):
            sheets.setdefault((file, ""), []).append(".".join(step for step in (sheet, address) if step))
        else:
            sheets.setdefault((file, sheet), []).append(address)
    for (file, sheet), addresses in sheets.items():
        where = f"<code>{_text(file)}</code>" + (f", lembar {_text(sheet)}" if sheet else "")
        held = [a for a in addresses if a] if is_params(file) else list(ranges(a for a in addresses if a))
        yield where + (f": {_text(', '.join(held))}" if held else "")


def ranges(addresses: Iterable[str]) -> Iterator[str]:
    """Yield addresses by column, neighbours below one another as a range: `H2–H4`, `H7`."""
    columns: dict[str, set[int]] = {}
    for address in addresses:
        found = _CELL.fullmatch(address)
        if found is None:
            yield address
            continue
        columns.setdefault(found[1], set()).add(int(found[2]))
    for column in sorted(columns, key=lambda name: (len(name), name)):
        rows = sorted(columns[column])
        for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
            own = [row for _, row in run]
            yield f"{column}{own[0]}" + (f"–{column}{own[-1]}" if len(own) > 1 else "")
