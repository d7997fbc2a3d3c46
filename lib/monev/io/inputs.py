"""Loads all inputs of an edition: params, workbooks, records, findings. The one edge where inputs are opened."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from monev.figures.corrections import Placed, corrected, correction_problems, corrections_file
from monev.io.brand_file import files_of, load_look
from monev.io.params_file import load_edition_params
from monev.io.params_records import LoadedMap, load_corrections, load_map
from monev.io.source_cells import shown_cell
from monev.io.workbook_reader import LIMITS, read_book
from monev.model.brand import FILE as BRAND_FILE
from monev.model.brand import Look
from monev.model.fields import ACHIEVEMENTS, BOOKS, EVALUATION
from monev.model.params import Edition, Limits
from monev.model.raw_tables import RawBook
from monev.rules.checks import check
from monev.rules.heading_maps import map_file, mapped
from monev.rules.tidy import Dataset, Target, Unreported, read_evaluation, read_plan, read_targets
from monev.words.errors import InputError
from monev.words.findings import Finding, errors
from monev.words.messages import Words, tell


@dataclass(frozen=True)
class Inputs:
    """An edition's params and data, with all findings (warnings too), and the look of its report.

    `files` are the workbooks that were read, and the fonts and logo of the look.
    """

    edition: Edition
    data: Dataset
    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    look: Look
    corrections: tuple[Placed, ...] = ()

    @property
    def unread(self) -> tuple[str, ...]:
        """The groups of which nothing was read in the current period because a workbook has errors."""
        wrong = {finding.file for finding in errors(self.findings)}
        plan, folder = self.edition.rencana_aksi, self.edition.current.inputs.rstrip("/")
        filled = {row.place.file for row in self.data.rows}
        files = {group: f"{folder}/{book.file}" for group, book in ACHIEVEMENTS.items()}
        lost = plan in wrong and not self.data.actors
        return tuple(group for group, file in files.items() if lost or (file in wrong and file not in filled))

    def sound(self) -> Inputs:
        """Return the inputs themselves. Raises InputError when a finding stops the build."""
        if errors(self.findings):
            raise InputError(self.findings)
        return self


def input_files(edition: Edition) -> list[str]:
    """Return the workbooks of an edition as paths from the root, the plan's register first."""
    files = [edition.rencana_aksi]
    for period in edition.periode:
        files += [f"{period.inputs.rstrip('/')}/{book.file}" for book in ACHIEVEMENTS.values()]
    return [*files, f"{edition.current.inputs.rstrip('/')}/{EVALUATION.file}"]


def _open(root: Path, file: str, params_file: str, limits: Limits) -> tuple[RawBook | None, list[Finding]]:
    if not _is_inside(root, file):
        return None, [Finding("F04", file)]
    path = root / file
    if not path.is_file():
        return None, [Finding("F01", file, details={"where": params_file, "hint": _beside(path)})]
    return read_book(path, file, limits)


_COPY = re.compile(
    r"\b(copy of|copy|salinan dari|salinan|final|terbaru|baru|lama|new|old|(rev|revisi|v|versi|ver|r)\s*\d*)\b|\d{6,8}$"
)
_SPREADSHEETS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".csv", ".numbers", ".xltx", ".gsheet")
_MOST_NAMES = 5


def _beside(path: Path) -> Words:
    """Return a hint at files that may be the missing one: other case, a copy, another format, an earlier name."""
    try:
        own = {book.file for book in BOOKS} - {path.name}  # of other workbooks
        names = sorted(entry.name for entry in os.scandir(path.parent) if entry.is_file() and entry.name not in own)
    except OSError:
        return ""
    found = [name for name in names if _is_sheet(name) and _bare(name) == _bare(path.name)]
    found = found or get_close_matches(path.name, [name for name in names if _is_sheet(name)], _MOST_NAMES, 0.8)
    return tell("findings.beside", names=", ".join(f"'{name}'" for name in found[:_MOST_NAMES])) if found else ""


def _is_sheet(name: str) -> bool:
    return name.casefold().endswith(_SPREADSHEETS) and not name.startswith(("~$", "."))


def _bare(name: str) -> str:
    """Return a file's name without extensions and what programs and people add to names of copies."""
    bare = unicodedata.normalize("NFKC", name).casefold()
    while bare.endswith(_SPREADSHEETS):
        bare = bare.rpartition(".")[0].rstrip()
    bare = _COPY.sub(" ", re.sub(r"[_.\s]+", " ", re.sub(r"\(\d+\)", " ", bare)))
    return re.sub(r"[\W_]+", "", bare)


def _is_inside(root: Path, file: str) -> bool:
    """Tell whether a path from the params stays below the root, also behind symbolic links."""
    try:
        inside = (root / file).resolve().is_relative_to(root.resolve())
    except (OSError, ValueError, RuntimeError):  # a link to itself, a character that no path may hold
        return False
    windows = PureWindowsPath(file)
    return inside and not PurePosixPath(file).is_absolute() and not windows.drive and ".." not in windows.parts


class _Reader:
    """Opens workbooks one by one, corrects them, and collects what is found in all of them."""

    def __init__(
        self, root: Path, params_file: str, corrections: tuple[Placed, ...] = (), limits: Limits = LIMITS
    ) -> None:
        self.root = root
        self.limits = limits
        self.params_file = params_file
        self.corrections = corrections
        self.findings: list[Finding] = []

    def read(self, file: str, reader: Callable[[RawBook], tuple[Any, list[Finding]]], empty: Any) -> Any:
        book, findings = _open(self.root, file, self.params_file, self.limits)
        self.findings += findings
        if book is None:
            return empty
        book, findings = corrected(book, self.corrections, shown_cell)
        self.findings += findings
        records, findings = reader(book)
        self.findings += findings
        return records


def read_inputs(root: Path, name: str, params: Path | None = None) -> Inputs:
    """Read and check all inputs of edition `name` below `root`; `params` is a root with other params, if given.

    Raises InputError for params that cannot be used; findings in the workbooks are returned, all in one pass.
    """
    edition = load_edition_params(params or root, name)
    corrections = load_corrections(params or root, name)
    maps = {map_: load_map(params or root, map_) for map_ in map_names(edition)}
    reader = _Reader(root, f"params/{name}.yml", corrections, edition.batas)
    reader.findings += correction_problems(corrections, input_files(edition))
    plan: dict[str, Any] = reader.read(edition.rencana_aksi, read_plan, {})
    rows: list[Target | Unreported] = []
    period_of: dict[str, str] = {}
    for period in edition.periode:
        for group, book in ACHIEVEMENTS.items():
            file = f"{period.inputs.rstrip('/')}/{book.file}"
            period_of[file] = period.kode
            own = maps.get(period.pemetaan.of(group) or "")
            rows += reader.read(file, partial(_read_mapped, group=group, own=own), ())
    evaluation_file = input_files(edition)[-1]
    evaluation: dict[str, Any] = reader.read(evaluation_file, read_evaluation, {})
    targets = tuple(row for row in rows if isinstance(row, Target))
    unreported = tuple(row for row in rows if isinstance(row, Unreported))
    data = Dataset(targets=targets, unreported=unreported, **plan, **evaluation)
    if plan.get("commitments") and not errors(f for f in reader.findings if f.file == edition.rencana_aksi):
        reader.findings += check(data, edition, period_of, whole=not errors(reader.findings))
    look, wrong = load_look(root, params)
    reader.findings += wrong
    order = {file: n for n, file in enumerate(input_files(edition))}
    findings = sorted(reader.findings, key=lambda f: order.get(f.file, -1))
    files = (*input_files(edition), *files_of(look))
    return Inputs(edition, data, tuple(findings), files, look, corrections)


def _read_mapped(
    book: RawBook, group: str, own: LoadedMap | None
) -> tuple[tuple[Target | Unreported, ...], list[Finding]]:
    """Read an achievements workbook, through its map of headings where it has one."""
    if own is None:
        return read_targets(book, group)
    renamed, findings = mapped(book, own.map, own.file, own.lines)
    return read_targets(renamed, group) if renamed else ((), findings)


def map_names(edition: Edition) -> list[str]:
    """Return the maps of headings that an edition uses, each once."""
    names = [period.pemetaan.of(group) for period in edition.periode for group in ACHIEVEMENTS]
    return list(dict.fromkeys(name for name in names if name))


def settings_files(root: Path, edition: Edition) -> list[str]:
    """Return the params that reading an edition's workbooks depends on, as far as they are there: paths from `root`."""
    name = edition.edisi
    files = [f"params/{name}.yml", corrections_file(name), *map(map_file, map_names(edition)), BRAND_FILE]
    return [file for file in files if (root / file).is_file()]
