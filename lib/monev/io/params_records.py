"""Reads the records that stand beside an edition's params: corrections of its workbooks, maps of their headings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monev.figures.corrections import CorrectionList, Placed, corrections_file, placed
from monev.io.params_file import load_placed
from monev.model.fields import Sheet
from monev.rules.heading_maps import HeadingMap, map_file, map_problems
from monev.words.errors import InputError
from monev.words.findings import Finding, nearest
from monev.words.messages import tell


@dataclass(frozen=True)
class LoadedMap:
    """A map of headings with its file, and the line of each heading in it."""

    map: HeadingMap
    file: str
    lines: Mapping[str, int]


def load_corrections(root: Path, edition: str) -> tuple[Placed, ...]:
    """Return an edition's corrections; none where it has no file of them. Raises InputError when the file is faulty."""
    file = corrections_file(edition)
    if not (root / file).is_file():
        return ()
    found, lines = load_placed(CorrectionList, root / file, file)
    return placed(found.root, file, [lines[(number,)] for number in range(len(found.root))])


def load_map(root: Path, name: str, sheet: Sheet) -> LoadedMap:
    """Return the map called `name` onto the columns of a sheet. Raises InputError for none, or a faulty one."""
    file = map_file(name)
    if not (root / file).is_file():
        known = sorted(path.stem for path in (root / "params" / "pemetaan").glob("*.yml"))
        choices = ", ".join(known) or tell("findings.no-editions")
        details = {"value": name, "choices": choices, "hint": nearest(name, known)}
        raise InputError((Finding("J05", "params", details=details),))
    made, places = load_placed(HeadingMap, root / file, file)
    lines = {heading: places.get(("kolom", heading), 0) for heading in made.kolom}
    wrong = tuple(map_problems(made, file, lines, sheet))
    if wrong:
        raise InputError(wrong)
    return LoadedMap(made, file, lines)
