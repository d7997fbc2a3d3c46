"""What differs between two reports: figures added, gone and changed, and the cells that changed below them.

A side is an edition (computed from its inputs now), a folder of outputs, or a `laporan.pdf`. The cells of past outputs
are read only where the workbooks are still those that the manifest records; what can be told without them is told.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TextIO

from monev.audit.difference_summary import summary
from monev.audit.explanation import CELL_WIDTH, Form, row_words, shortened, sources_of
from monev.edition.opened import open_edition
from monev.io.params_file import editions
from monev.io.pdf_reader import PdfError, read_pdf
from monev.io.source_cells import SourceCell, Sources, is_params
from monev.words.errors import EXIT_INPUT, MonevError
from monev.words.findings import nearest
from monev.words.messages import Language, Message, tell

Record = Mapping[str, object]
Identity = tuple[str, ...]

FIELDS = ("nilai", "tepat", "cetak", "satuan", "penetapan", "rumus")
"""What of a figure is compared. Sources and parts are not: a moved row is no change."""

CELLS_SHOWN = 6  # changed cells below one figure in the text form


class UnknownSide(MonevError):
    """A name is neither an edition nor outputs that can be read; `detail` says more."""

    exit_code = EXIT_INPUT

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


@dataclass(frozen=True)
class ComparedEdition:
    """One of the two reports: its name as given, its figures in order, and the look-up of its cells."""

    name: str
    figures: Mapping[str, Record]
    sources: Sources

    @cached_property
    def targets(self) -> Mapping[str, str]:
        """The cells that hold a target's Nilai, and the target's id: it names the row wherever that moves."""
        found = ((id_, sources_in(r)) for id_, r in self.figures.items() if id_.startswith("target."))
        return {own[0]: id_ for id_, own in found if len(own) == 1}

    @cached_property
    def by_source(self) -> Mapping[str, ComparedCell]:
        """All cells and keys of params that figures name, by source."""
        sources = dict.fromkeys(source for record in self.figures.values() for source in sources_in(record))
        return {source: self._cell(source) for source in sources}

    @cached_property
    def cells(self) -> Mapping[Identity, ComparedCell]:
        """The same by what they are, wherever they stand."""
        return {cell.identity: cell for cell in self.by_source.values()}

    def readable(self, file: str) -> bool:
        """Tell whether this side has no such file at all, or can read it: then it knows which cells it lacks."""
        named = {cell.held.file for cell in self.cells.values()}
        return file not in named or self.sources.readable(file)

    def _cell(self, source: str) -> ComparedCell:
        """Return one cell with what it shows; a target's Nilai is known from the figures alone."""
        held = self.sources.look(source)
        identity, shown = _identity(held), held.shown() if held.found else None
        if target := self.targets.get(source):
            identity = ("target", target)
            shown = shown if held.found else str(self.figures[target].get("cetak", ""))
        return ComparedCell(identity, held, shown)


@dataclass(frozen=True)
class ComparedCell:
    """One cell of one side: what it is, where it stands, what it shows (None: its workbook cannot be read)."""

    identity: Identity
    held: SourceCell
    shown: str | None


@dataclass(frozen=True)
class CellChange:
    """One cell or key that changed; None on the side that does not have it."""

    old: ComparedCell | None
    new: ComparedCell | None

    @property
    def words(self) -> str:
        """What the cell is: heading and key columns of its row, from the side that knows them."""
        return next((words for c in (self.new, self.old) if c and (words := row_words(c.held))), "")


@dataclass(frozen=True)
class Change:
    """One figure on both sides, with the fields that differ and the cells that changed below it."""

    old: Record
    new: Record
    fields: tuple[str, ...]
    cells: tuple[CellChange, ...]

    @property
    def id(self) -> str:
        """The id of the figure."""
        return str(self.new["id"])


@dataclass(frozen=True)
class Difference:
    """Two sides compared. `unread` are the files whose cells could not be compared."""

    names: tuple[str, str]
    added: tuple[Record, ...]
    gone: tuple[Record, ...]
    changed: tuple[Change, ...]
    same: int
    unread: tuple[str, ...]
    summary: tuple[Message, ...] = ()


def difference(root: Path, old: str, new: str, language: Language = "id") -> Difference:
    """Compare two sides, each an edition below `root`, a folder of outputs, or a PDF of monev.

    An edition goes before a folder of the same name (write `./2021-S2` for the folder). Raises UnknownSide, in
    `language`, for a name that is none of these, and InputError for an edition whose inputs are not sound.
    """
    return compare_sides(load_side(root, old, language), load_side(root, new, language))


def compare_sides(old: ComparedEdition, new: ComparedEdition) -> Difference:
    """Compare two sides that are loaded."""
    both = [id_ for id_ in new.figures if id_ in old.figures]
    changed = []
    for id_ in both:
        fields = _differing(old.figures[id_], new.figures[id_])
        if fields:
            cells = tuple(_changed_cells(old, new, id_))
            changed.append(Change(old.figures[id_], new.figures[id_], fields, cells))
    added = tuple(record for id_, record in new.figures.items() if id_ not in old.figures)
    gone = tuple(record for id_, record in old.figures.items() if id_ not in new.figures)
    differing = (*(change.id for change in changed), *(str(record["id"]) for record in (*added, *gone)))
    return Difference(
        (old.name, new.name),
        added,
        gone,
        tuple(changed),
        len(both) - len(changed),
        tuple(_unread(old, new)),
        tuple(summary(old.figures, new.figures, differing)),
    )


def _differing(old: Record, new: Record) -> tuple[str, ...]:
    return tuple(name for name in FIELDS if old.get(name, "") != new.get(name, ""))


def sources_in(record: Record) -> list[str]:
    """Return the sources of a figure as it stands in `angka.json`."""
    found = record.get("sumber")
    return [str(source) for source in found] if isinstance(found, list) else []


# Cells --------------------------------------------------------------------------------------------------------


def _identity(held: SourceCell) -> Identity:
    """Return what a cell is, wherever it stands: sheet, heading and key of its row; the key of params."""
    if is_params(held.file):
        return ("params", str(PurePosixPath(held.file).parent), held.sheet, held.address)
    if held.key and held.heading:
        return (held.sheet, held.heading.casefold(), *(f"{n}={v}".casefold() for n, v in held.key))
    return ("source", held.source)


def _changed_cells(old: ComparedEdition, new: ComparedEdition, id_: str) -> Iterator[CellChange]:
    """Yield the cells below a figure that changed, and those that only one side has."""
    named = [old.by_source[source].identity for source in sources_in(old.figures[id_])]
    named += [new.by_source[source].identity for source in sources_in(new.figures[id_])]
    for identity in dict.fromkeys(named):
        before, after = old.cells.get(identity), new.cells.get(identity)
        if not _comparable(before, old, after) or not _comparable(after, new, before):
            continue
        if before is None or after is None or not _alike(before, after, old, new):
            yield CellChange(before, after)


def _comparable(cell: ComparedCell | None, side: ComparedEdition, other: ComparedCell | None) -> bool:
    """Tell whether a side can say what a cell shows, or that it has none."""
    if cell is not None:
        return cell.shown is not None
    return other is None or other.identity[0] == "target" or side.readable(other.held.file)


def _alike(before: ComparedCell, after: ComparedCell, old: ComparedEdition, new: ComparedEdition) -> bool:
    """Compare cells by what they show; a target's Nilai by its printed form where a workbook cannot be read."""
    if before.identity[0] == "target" and not (before.held.found and after.held.found):
        target = before.identity[1]
        return old.figures[target].get("cetak") == new.figures[target].get("cetak")
    return before.shown == after.shown and before.held.stored() == after.held.stored()


def _unread(old: ComparedEdition, new: ComparedEdition) -> Iterator[str]:
    """Yield `side: file` for every file that a figure names and that cannot be read as it was."""
    for side in (old, new):
        cells = (cell.held for cell in side.cells.values())
        files = dict.fromkeys(h.file for h in cells if h.state == "unreadable" and h.address)
        yield from (f"{side.name}: {file}" for file in files)


# Loading ------------------------------------------------------------------------------------------------------

_TROUBLE: Mapping[Language, Mapping[str, str]] = {
    "id": {
        "unknown": "'{name}' bukan edisi, folder hasil, atau laporan.pdf.{hint}",
        "known": "Edisi yang ada: {known}",
        "broken": "'{name}': {file} tidak ada atau tidak sah",
        "pdf": "'{name}' tidak dapat dibaca sebagai PDF ({why})",
    },
    "en": {
        "unknown": "'{name}' is no edition, folder of outputs, or laporan.pdf.{hint}",
        "known": "Editions: {known}",
        "broken": "'{name}': {file} is missing or not valid",
        "pdf": "'{name}' cannot be read as a PDF ({why})",
    },
}
FIGURES, MANIFEST = "angka.json", "manifest.json"


def load_side(root: Path, name: str, language: Language = "id") -> ComparedEdition:
    """Load one side. Raises UnknownSide, and InputError for an edition whose inputs are not sound."""
    if name in editions(root):
        opened = open_edition(root, name)
        records: list[dict[str, object]] = json.loads(json.dumps(opened.register.records()))
        return ComparedEdition(name, {str(record["id"]): record for record in records}, sources_of(opened, root))
    for path in (Path(name), root / name):
        if os.path.isdir(path):
            return _folder(root, name, path, language)
        if os.path.isfile(path):
            return _pdf(root, name, path, language)
    words, known = _TROUBLE[language], editions(root)
    hint = nearest(name, known) if language == "id" else ""
    message = words["unknown"].format(name=name[:200], hint=hint)
    raise UnknownSide(message, words["known"].format(known=", ".join(known)))


def _folder(root: Path, name: str, folder: Path, language: Language) -> ComparedEdition:
    files = {FIGURES: folder / "data" / FIGURES, MANIFEST: folder / MANIFEST}
    contents = {key: path.read_bytes() for key, path in files.items() if path.is_file()}
    above = folder.resolve().parents
    return _recorded([above[1], root] if len(above) > 1 else [root], name, contents, language)


def _pdf(root: Path, name: str, path: Path, language: Language) -> ComparedEdition:
    try:
        attachments = read_pdf(path).attachments
    except PdfError as error:
        raise UnknownSide(_TROUBLE[language]["pdf"].format(name=name[:200], why=error)) from None
    contents = {PurePosixPath(attached).name: content for attached, content in attachments}
    return _recorded([root], name, contents, language)


def _recorded(roots: Sequence[Path], name: str, contents: Mapping[str, bytes], language: Language) -> ComparedEdition:
    """Return a side made of recorded figures; its cells come from the first root that still has its inputs."""
    records = _records(contents.get(FIGURES, b""))
    if records is None:
        raise UnknownSide(_TROUBLE[language]["broken"].format(name=name[:200], file=FIGURES))
    digests = _digests(contents.get(MANIFEST, b""))
    found = [Sources(root, digests=digests) for root in roots]
    sources = next((s for s in found if any(s.readable(file) for file in digests)), found[-1])
    return ComparedEdition(name, records, sources)


def _json(content: bytes) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _records(content: bytes) -> dict[str, Record] | None:
    """Return figures by id; None when the content is no list of figures."""
    value = _json(content)
    if not isinstance(value, list):
        return None
    figures: dict[str, Record] = {str(row["id"]): row for row in value if isinstance(row, dict) and "id" in row}
    return figures if len(figures) == len(value) else None


def _digests(content: bytes) -> dict[str, str]:
    """Return the SHA-256 of inputs and params that a manifest records; nothing where there is none."""
    value = _json(content)
    groups = [value.get(key) for key in ("masukan", "params")] if isinstance(value, dict) else []
    return {str(file): str(digest) for group in groups if isinstance(group, dict) for file, digest in group.items()}


# Printing -----------------------------------------------------------------------------------------------------

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "id": {
        "changed": "Berubah", "added": "Baru", "gone": "Hilang", "same": "{n} angka sama.", "none": "(tidak ada)",
        "more": "... {n} sel lagi; semuanya ada dengan --format json", "blank": "(kosong)",
        "unused": "(tidak dipakai)",
        "unread": "Sel berkas ini tidak dibandingkan, karena tidak ada atau sudah berubah:",
        "nilai": "nilai", "tepat": "tepat", "cetak": "cetak", "satuan": "satuan", "penetapan": "penetapan",
        "rumus": "rumus",
    },
    "en": {
        "changed": "Changed", "added": "Added", "gone": "Gone", "same": "{n} figures are the same.", "none": "(none)",
        "more": "... {n} more cells; all of them with --format json", "blank": "(blank)",
        "unused": "(not used)",
        "unread": "Cells of these files are not compared: missing, or changed since:",
        "nilai": "value", "tepat": "exact", "cetak": "printed", "satuan": "unit", "penetapan": "determination",
        "rumus": "formula",
    },
}  # fmt: skip


def show_difference(found: Difference, language: Language, out: TextIO, form: Form = "text") -> None:
    """Print a difference: as text with labels in `language`, or as JSON (its keys stay the same)."""
    if form == "json":
        print(json.dumps(_to_json(found), ensure_ascii=False, indent=1), file=out)
        return
    for line in _lines(found, language):
        print(line.rstrip(), file=out)


def _lines(found: Difference, language: Language) -> Iterator[str]:
    words = _WORDS[language]
    yield f"{found.names[0]} -> {found.names[1]}"
    if found.summary:
        yield f"\n{tell('diff.summary').text(language)}"
        yield from (f"  {line.text(language)}" for line in found.summary)
    if found.changed:
        yield f"\n{words['changed']} ({len(found.changed)})"
        width = max(len(change.id) for change in found.changed)
        for change in found.changed:
            yield f"  {change.id:<{width}}  {_step(change, words)}"
            yield from _cell_lines(change.cells, words)
    for title, records in (("added", found.added), ("gone", found.gone)):
        if records:
            yield f"\n{words[title]} ({len(records)})"
            yield from _record_lines(records)
    yield ""
    yield words["same"].format(n=found.same)
    if found.unread:
        yield words["unread"]
        yield from (f"  {file}" for file in found.unread)


def _step(change: Change, words: Mapping[str, str]) -> str:
    """Return `83,3% -> 100,0%`; where both print alike, the fields that differ."""
    if "cetak" in change.fields:
        return f"{change.old.get('cetak', '')} -> {change.new.get('cetak', '')}"
    steps = [
        f"{words[name]}: {change.old.get(name) or words['none']} -> {change.new.get(name) or words['none']}"
        for name in change.fields
    ]
    return f"{change.new.get('cetak', '')}  " + "; ".join(steps)


def _cell_lines(cells: Sequence[CellChange], words: Mapping[str, str]) -> Iterator[str]:
    ordered = sorted(cells, key=lambda cell: cell.old is None or cell.new is None)
    for cell in ordered[:CELLS_SHOWN]:
        steps = " -> ".join(_shown(side, words) for side in (cell.old, cell.new))
        place = next(side.held.source for side in (cell.new, cell.old) if side)
        yield f"      {place}  {steps}" + (f"  ({cell.words})" if cell.words else "")
    if len(cells) > CELLS_SHOWN:
        yield "      " + words["more"].format(n=len(cells) - CELLS_SHOWN)


def _shown(cell: ComparedCell | None, words: Mapping[str, str]) -> str:
    if cell is None:
        return words["unused"]
    if not cell.held.found and not cell.shown:
        return words["none"]
    return shortened(cell.shown or "", CELL_WIDTH) or words["blank"]


def _record_lines(records: Sequence[Record]) -> Iterator[str]:
    rows = [tuple(str(record.get(name, "")) for name in ("id", "cetak", "rumus")) for record in records]
    widths = [max(len(row[n]) for row in rows) for n in (0, 1)]
    for id_, printed, formula in rows:
        yield f"  {id_:<{widths[0]}}  {printed:<{widths[1]}}  {formula}"


def _to_json(found: Difference) -> dict[str, object]:
    return {
        "lama": found.names[0],
        "baru": found.names[1],
        "berubah": [_change_json(change) for change in found.changed],
        "ditambahkan": list(found.added),
        "hilang": list(found.gone),
        "sama": found.same,
        "tidak_dibandingkan": list(found.unread),
    }


def _change_json(change: Change) -> dict[str, object]:
    return {
        "id": change.id,
        "beda": list(change.fields),
        "lama": {name: change.old[name] for name in FIELDS if name in change.old},
        "baru": {name: change.new[name] for name in FIELDS if name in change.new},
        "sel": [_cell_json(cell) for cell in change.cells],
    }


def _cell_json(change: CellChange) -> dict[str, object]:
    sides: Iterable[tuple[str, ComparedCell | None]] = (("lama", change.old), ("baru", change.new))
    row: dict[str, object] = {
        key: {"sumber": cell.held.source, "tampak": cell.shown} if cell else None for key, cell in sides
    }
    return row | ({"arti": change.words} if change.words else {})
