"""Editions opened once for many notebooks: valid only as long as every byte they were read from is the same.

Nothing is kept unless `keep_open` says so: the process that kernels are forked from does, a notebook by itself not.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from monev.edition.opened import Opened, open_edition
from monev.figures.corrections import corrections_file
from monev.io.brand_file import brand_files
from monev.io.inputs import input_files, map_names
from monev.io.instrument_files import files_read
from monev.io.manuscript_files import load_manuscripts, manuscript_files, pictures_of
from monev.io.params_file import load_edition_params
from monev.io.publication_files import publication_files
from monev.io.sent_files import sent_files
from monev.model.brand import FILE as BRAND_FILE
from monev.model.imprint import release_file
from monev.model.params import Edition
from monev.rules.heading_maps import map_file

State = tuple[tuple[str, str, str], ...]  # of each file: its path from the root, where that leads, its SHA-256

_kept: dict[tuple[Path, str], tuple[State, Opened]] = {}


def _files(root: Path, edition: Edition) -> list[str]:
    """Return what an edition is read from beside its own params, whether it is there or not."""
    own = [*input_files(edition), corrections_file(edition.edisi), *map(map_file, map_names(edition))]
    own += [release_file(edition.edisi), *publication_files(edition)]
    texts, _ = load_manuscripts(root, edition)
    texts_read = [*manuscript_files(edition), *pictures_of(texts), *(file for text in texts for file in text.read)]
    look = [BRAND_FILE, *brand_files(root)]
    return [*own, *sent_files(root, edition), *files_read(root, edition), *look, *texts_read]


def _state(root: Path, edition: str, workbooks: Iterable[str]) -> State:
    found = []
    for file in (f"params/{edition}.yml", f"params/terbit/{edition}.yml", *workbooks):
        digest = leads = ""
        with contextlib.suppress(OSError, ValueError):  # not there, or at a place that no file can have
            leads = os.path.realpath(root / file)
            digest = hashlib.sha256((root / file).read_bytes()).hexdigest()
        found.append((file, leads, digest))
    return tuple(found)


@dataclass(frozen=True)
class EditionWithState:
    """An edition with the state of the files that it was opened from; no state when they changed meanwhile."""

    root: Path
    edition: str
    state: State
    opened: Opened


def opened_with_state(root: Path, edition: str) -> EditionWithState:
    """Open an edition, and tell what it was opened from. Raises InputError as `open_edition` does."""
    workbooks = _files(root, load_edition_params(root, edition))
    before = _state(root, edition, workbooks)
    if (root, edition) in _kept and _kept[root, edition][0] == before:
        return EditionWithState(root, edition, *_kept[root, edition])
    opened = open_edition(root, edition)
    same = _files(root, opened.inputs.edition) == workbooks and _state(root, edition, workbooks) == before
    return EditionWithState(root, edition, before if same else (), opened)


def unchanged(kept: EditionWithState) -> bool:
    """Tell whether the files that an edition was opened from are still the same."""
    return _state(kept.root, kept.edition, _files(kept.root, kept.opened.inputs.edition)) == kept.state


def keep_only(kept: EditionWithState) -> None:
    """Keep an edition, and forget all others: a process that serves many would grow with each."""
    _kept.clear()
    keep(kept)


def keep(kept: EditionWithState) -> None:
    """Keep an edition for later, if it is known what it was opened from."""
    if kept.state:
        _kept[kept.root, kept.edition] = kept.state, kept.opened


def keep_open(root: Path, edition: str) -> None:
    """Open an edition and keep it, unless its files change meanwhile. Raises InputError as `open_edition` does."""
    keep(opened_with_state(root, edition))


def opened_edition(root: Path, edition: str) -> Opened:
    """Return the edition that is kept if its files are still the same, else open it."""
    state, opened = _kept.get((root, edition), ((), None))
    if opened is not None and _state(root, edition, _files(root, opened.inputs.edition)) == state:
        return opened
    return open_edition(root, edition)
