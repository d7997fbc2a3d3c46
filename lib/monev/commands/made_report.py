"""What a build ends with: how many pages, which files, what is not assessed yet, how many warnings."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from monev.build.publication.ledger import latest
from monev.figures.register import NOT_ASSESSED_YET, NOT_REPORTED, TO_ASSESS
from monev.io.folders import REPOSITORY, seen_from_here
from monev.io.pdf_reader import pages_of_own
from monev.model.raw_tables import ranges
from monev.words.messages import Language, Message, Words, join, tell

_COUNTED = "target.jumlah"


def show_made(folder: Path, warnings: int | None, language: Language, out: TextIO) -> None:
    """Print what an output folder holds, the report's path last; `warnings` is None where nothing was read anew."""
    for line in _lines(folder, warnings):
        print(line.text(language), file=out)
    if last := latest(folder.parents[1], folder.name):
        print(tell("release.draft-of-next", edition=folder.name, number=last.number).text(language), file=out)
    print(tell("build.done", path=seen_from_here(folder / "laporan.pdf")).text(language), file=out, flush=True)


def _lines(folder: Path, warnings: int | None) -> Iterator[Message]:
    yield tell("build.made", pages=pages_of_own(folder / "laporan.pdf"), files=_files(folder))
    yield from _state(folder)
    if warnings:
        yield tell("build.warnings", count=warnings, edition=folder.name, run=_called(folder.parents[1]))


def _called(root: Path) -> str:
    """Return how monev is called for a root, as it can be copied."""
    from monev.edition.first_edition import called_for

    return "./monev" if root.resolve() == REPOSITORY.resolve() else called_for(root)


def _files(folder: Path) -> Words:
    """Name the report's files, and count those of each folder."""
    below = Counter(path.relative_to(folder).parts[0] for path in folder.rglob("*") if path.is_file())
    reports = sorted(name for name in below if name.startswith("laporan."))
    folders = [tell("build.made-folder", name=name, count=below[name]) for name in ("data", "notebooks") if below[name]]
    return join([*reports, *folders], ", ")


def _state(folder: Path) -> Iterator[Message]:
    """Yield what the edition still waits for, by the cells: its register is in the outputs."""
    figures: dict[str, dict[str, object]] = {}
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        rows = json.loads((folder / "data" / "angka.json").read_text("utf-8"))
        figures = {row["id"]: row for row in rows if row["id"] in (_COUNTED, TO_ASSESS, NOT_ASSESSED_YET, NOT_REPORTED)}
    if TO_ASSESS not in figures:
        return
    yield tell("build.incomplete", done=figures[_COUNTED]["cetak"], due=figures[TO_ASSESS]["cetak"])
    for id_, key in ((NOT_ASSESSED_YET, "build.not-assessed"), (NOT_REPORTED, "build.not-reported")):
        if id_ in figures:
            yield tell(key, count=figures[id_]["cetak"], cells=_cells(figures[id_]["sumber"]))


def _cells(sources: object) -> str:
    """Return cells in short, workbook by workbook."""
    by_file: dict[str, list[str]] = {}
    for source in sources if isinstance(sources, list) else ():
        file, _, cell = str(source).split("!")
        by_file.setdefault(file, []).append(cell)
    return "; ".join(f"{file} {ranges(cells)}" for file, cells in by_file.items())
