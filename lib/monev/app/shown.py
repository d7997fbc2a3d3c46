"""What the pages show of a root: its editions and their state, workbooks, findings with their rows, releases."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from monev.build.build_options import BuildOptions
from monev.build.last_build import stands
from monev.build.publication.ledger import Released, releases
from monev.display.phrases import period_name
from monev.edition.replaced_book import books, digest_of
from monev.io.folders import RootFolders
from monev.io.guarded_cache import Cache
from monev.io.params_file import editions, load_edition_params
from monev.io.source_cells import Sources, shown_cell
from monev.io.workbook_reader import locks
from monev.model.fields import SENT
from monev.model.params import Edition, is_edition_name
from monev.words.errors import InputError
from monev.words.messages import Language

FORMATS = ("pdf", "html", "docx")
_MOST_ROWS = 200  # findings that are shown with their row
_LONGEST = 120  # letters of a cell that are shown


@dataclass(frozen=True)
class EditionShown:
    """An edition in the list: its params, or why they cannot be read; `state` is of its outputs."""

    name: str
    params: Edition | None
    fault: str = ""
    state: str = "none"  # none, current, stale
    made: str = ""
    formats: tuple[str, ...] = ()
    releases: tuple[Released, ...] = ()

    @property
    def period(self) -> str:
        """The current period in words."""
        current = self.params.current if self.params else None
        return f"{period_name(current)} {current.tahun}" if current else ""

    @property
    def sent(self) -> bool:
        """Whether the current period reads forms that came back."""
        return bool(self.params and self.params.current.masukan == SENT)


@dataclass(frozen=True)
class BookShown:
    """A workbook: its path from the root, digest, size in kilobytes, when it was saved, what has it open."""

    file: str
    digest: str
    size: int = 0
    saved: str = ""
    lock: str = ""
    earlier: bool = False  # of a period that is over


@dataclass(frozen=True)
class FindingShown:
    """A finding with the row around its cell: headings and contents, and which of them is meant."""

    code: str
    weight: str
    file: str
    sheet: str
    cell: str
    text: str
    row: tuple[tuple[str, str, bool], ...] = ()


def known_editions(root: Path) -> list[str]:
    """Return the names of the editions of a root."""
    return [name for name in editions(root) if is_edition_name(name)]


def edition_shown(root: Path, name: str, language: Language) -> EditionShown:
    """Return what is told of an edition."""
    own = tuple(releases(root, name))
    folder = RootFolders(root).output(name)
    made = tuple(kind for kind in FORMATS if (folder / f"laporan.{kind}").is_file())
    state, when = "none", ""
    if "pdf" in made:
        when = moment(os.stat(folder / "laporan.pdf").st_mtime)
        state = "current" if stands(Cache.of(root, name), root, name, BuildOptions()) else "stale"
    try:
        return EditionShown(name, load_edition_params(root, name), "", state, when, made, own)
    except InputError as error:
        return EditionShown(name, None, error.text(language), state, when, made, own)


def moment(seconds: float) -> str:
    """Return a time of this machine as people write it."""
    return datetime.fromtimestamp(seconds).strftime("%Y-%m-%d %H:%M")


def books_shown(root: Path, edition: Edition) -> list[BookShown]:
    """Return the workbooks of an edition."""
    found = []
    now = f"{edition.current.inputs.rstrip('/')}/"
    before = tuple({f"{period.inputs.rstrip('/')}/" for period in edition.periode} - {now})
    for file in books(root, edition):
        path, earlier = root / file, file.startswith(before)
        try:
            about = path.stat()
        except OSError:
            found.append(BookShown(file, "", earlier=earlier))
            continue
        lock = next(iter(locks(path)), "")
        size = max(1, round(about.st_size / 1024))
        found.append(BookShown(file, digest_of(root, file), size, moment(about.st_mtime), lock, earlier))
    return found


def findings_shown(root: Path, told: str, language: Language) -> tuple[list[FindingShown], dict[str, Any]]:
    """Return the findings that `check --format json` told, errors first, and all that it told besides."""
    said = json.loads(told)
    rows: Sequence[dict[str, str]] = said.pop("temuan")
    sources = Sources(root)
    found = [
        FindingShown(
            row["kode"], row["bobot"], row["berkas"], row["lembar"], row["sel"], row["temuan"],
            _row(sources, row, language) if number < _MOST_ROWS else (),
        )
        for number, row in enumerate(rows)
    ]  # fmt: skip
    return sorted(found, key=lambda finding: finding.weight != "error"), said


def _row(sources: Sources, told: dict[str, str], language: Language) -> tuple[tuple[str, str, bool], ...]:
    """Return the cells of the finding's row that hold anything, and its own."""
    if not told["lembar"] or not told["sel"]:
        return ()
    raw = sources.row_of(f"{told['berkas']}!{told['lembar']}!{told['sel']}")
    return tuple(
        (heading, shown_cell(cell, language)[:_LONGEST], cell.address == told["sel"])
        for heading, cell in raw
        if cell.state != "blank" or cell.address == told["sel"]
    )


def page_of(root: Path, edition: str, kind: str) -> Path | None:
    """Return a report of an edition's outputs if it is there."""
    path = RootFolders(root).output(edition) / f"laporan.{kind}"
    return path if path.is_file() else None
