"""Which releases a root holds, and how its inputs stand to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from monev.build.publication.record import ARCHIVE, HALVES, RECORD, Record
from monev.io.inputs import input_files
from monev.io.manifest import digest
from monev.io.params_file import editions, load_edition_params
from monev.io.publication_files import load_responses, publication_files
from monev.model.imprint import NUMBER, order
from monev.model.params import Edition, is_edition_name
from monev.words.errors import InputError
from monev.words.findings import Finding

FOLDER = "releases"
_SHOWN = 80  # letters of a comment


@dataclass(frozen=True)
class Released:
    """A release on the disk; `record` is None where neither half has one that can be read."""

    folder: Path
    edition: str
    number: str
    record: Record | None

    @property
    def archive(self) -> Path:
        """Return the half that holds the inputs; it is a root by itself."""
        return self.folder / ARCHIVE


def record_of(folder: Path) -> Record | None:
    """Return the record of a release's folder; None where neither half has one that can be read."""
    for half in HALVES:
        try:
            return Record.of_bytes((folder / half / RECORD).read_bytes())
        except (OSError, ValueError):
            continue
    return None


def releases(root: Path, edition: str | None = None) -> list[Released]:
    """Return the releases of a root, or of one edition: by edition, then from the first to the last."""
    top = root / FOLDER
    names = sorted(path.name for path in top.iterdir() if is_edition_name(path.name)) if top.is_dir() else []
    found = []
    for name in names:
        if edition in (None, name) and (top / name).is_dir():
            numbers = [path.name for path in (top / name).iterdir() if NUMBER.fullmatch(path.name) and path.is_dir()]
            for number in sorted(numbers, key=order):
                folder = top / name / number
                found.append(Released(folder, name, number, record_of(folder)))
    return found


def latest(root: Path, edition: str) -> Released | None:
    """Return the last release of an edition, if there is one."""
    return next(reversed(releases(root, edition)), None)


def standing(root: Path, edition: str, today: date | None = None) -> Iterator[Finding]:
    """Yield what `check` tells of an edition's publication beside its inputs: other inputs than released, a late date.

    These depend on what is released and on the day, so no report holds them.
    """
    try:
        params = load_edition_params(root, edition)
    except InputError:
        return
    if params.terbitan.tanggal and params.terbitan.tanggal > (today or date.today()):
        details = {"date": params.terbitan.tanggal.isoformat()}
        yield Finding("V05", f"params/{edition}.yml", details=details)
    files = [*input_files(params), *publication_files(params)]
    newest = {released.edition: released for released in releases(root)}
    for name in sorted(newest.keys() & {*editions(root), edition}):
        yield from _changed(root, files, newest[name])


def _changed(root: Path, files: list[str], released: Released) -> Iterator[Finding]:
    for file in files:
        was, now = released.archive / file, root / file
        if was.is_file() and now.is_file() and digest(was.read_bytes()) != digest(now.read_bytes()):
            details = {"edition": released.edition, "number": released.number}
            yield Finding("V06", file, details=details)


def unanswered(root: Path, edition: Edition) -> Iterator[Finding]:
    """Yield the comments on an edition's drafts that wait for an answer, and what is wrong with their workbook."""
    responses, findings = load_responses(root, edition)
    if not edition.terbitan.tanggapan:  # else reading the inputs has told them
        yield from findings
    for response in responses:
        if response.open:
            file, sheet, cell = response.place.cell("answer").split("!")
            details = {
                "sender": response.sender,
                "section": response.section or "-",
                "comment": _shortened(response.comment),
            }
            yield Finding("V07", file, sheet, cell, details)


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"
