"""Begins a programme in an empty folder: params, a register with examples, the first workbooks, a README. All or none.

Files are made in one folder inside the root and moved from there, the params last: they make it an edition. An
interrupted run leaves that folder, and the next one goes on from it or clears it away.
"""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import MISSING, dataclass, fields, replace
from pathlib import Path
from typing import Any

from monev.edition.first_texts import params_text, readme, register_guide, register_rows, reported
from monev.edition.prepared_books import achievement_layout, evaluation_layout, prepared_rows
from monev.io.folders import REPOSITORY
from monev.io.guarded_cache import FOLDER as CACHE
from monev.io.guarded_folders import GuardedFolder, guarded
from monev.io.params_file import load_edition_params
from monev.io.workbook_reader import read_book
from monev.io.workbook_writer import Layout, write_book
from monev.model.fields import ACHIEVEMENT, EVALUATION, PLAN, achievements, plan_of
from monev.model.groups import NO_CHANNEL, slug
from monev.model.params import Edition, Scoring, is_edition_name
from monev.rules.tidy import Dataset, read_plan
from monev.words.errors import InputError, RunError
from monev.words.findings import Finding
from monev.words.messages import tell

README = "README.md"
_EXAMPLE = "2026-S1"
_MAKING, _READY = ".monev-init", "siap"
_OF_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # what looking at a folder leaves in it
_NAMED = 5  # of what lies in a folder
_UNITS = ("semester", "triwulan", "caturwulan", "kuartal", "bulan", "tahun", "tahap")  # what a period may be one of
_USUAL_CHANNELS = ("kl", "oms")  # groups of whose channel params tell where nothing is said


@dataclass(frozen=True)
class Programme:
    """What a programme is: its names, and how groups, periods and bands are called, each as one line of text.

    A group is `KODE, nama panjang` or `KODE, nama, nama panjang`; a period `KODE, label, tahun`; a band, from best to
    worst, `nama, persen terendah` (none: the usual ones). `short` and `title` follow from the others where they are
    empty.
    """

    program: str
    plan: str
    secretariat: str
    groups: Sequence[str]
    periods: Sequence[str]
    bands: Sequence[str] = ()
    short: str = ""
    title: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that have to be said and are not."""
        needed = (field.name for field in fields(self) if field.default is MISSING)
        return tuple(name for name in needed if not getattr(self, name))


OPTIONS: Mapping[str, str] = {
    "program": "--program",
    "plan": "--plan",
    "secretariat": "--secretariat",
    "groups": "--group",
    "periods": "--period",
    "bands": "--band",
    "short": "--short",
    "title": "--title",
}
"""How the command line calls what a programme is; faults are told by these names."""
_OPTION_OF = {
    "judul": "--title",
    "periode": "--period",
    "kelompok": "--group",
    "penilaian": "--band",
    "nama": "--program",
}
SAMPLES: Mapping[str, str] = {
    "groups": "'OMS, Organisasi Masyarakat Sipil'",
    "periods": "'S1, Semester I, 2026'",
    "bands": "'Baik, 70'",
}


@dataclass(frozen=True)
class Begun:
    """A programme that was begun: its first edition, its files as paths from the root, and how to call monev for it."""

    edition: Edition
    files: tuple[str, ...]
    run: str


def begin(root: Path, name: str, programme: Programme) -> Begun:
    """Fill the empty folder `root` with a first edition called `name`; all files or none.

    Raises InputError for a bad name, a folder that is not empty, and everything about the programme that cannot be
    used, in one pass; RunError when the folder cannot be written.
    """
    wrong: list[Finding] = []
    if not is_edition_name(name):
        wrong.append(Finding("N02", "init", details={"value": name[:80], "example": _EXAMPLE}))
    run = called_for(root)
    try:
        with guarded(root) as top:
            if (found := _finished(top, root, name, run)) is not None:
                return found
            if there := [own for own in top.names() if own not in (*_OF_SYSTEMS, CACHE)]:
                more = tell("findings.and-more", count=len(there) - _NAMED) if len(there) > _NAMED else ""
                wrong.append(Finding("N06", ".", details={"names": ", ".join(there[:_NAMED]), "more": more}))
            values, unfit = _values(name if is_edition_name(name) else _EXAMPLE, programme)
            if wrong or unfit:
                raise InputError((*wrong, *unfit))
            return _made(top, root, values, run)
    except OSError as error:
        raise RunError(tell("new.unwritable", why=error.strerror or type(error).__name__)) from None


def called_for(root: Path) -> str:
    """Return how monev is called for a root, from its own folder, up to the command."""
    try:
        place = os.path.relpath(root.resolve(), REPOSITORY)
    except ValueError:  # on another drive
        place = str(root)
    return f"./monev --root {shlex.quote(Path(place).as_posix())}"


# What was said --------------------------------------------------------------------------------------------------------


def _values(name: str, programme: Programme) -> tuple[dict[str, Any], list[Finding]]:
    """Return the values of the params, and what cannot be told apart in what was said."""
    wrong: list[Finding] = []
    values: dict[str, Any] = {
        "edisi": name,
        "judul": programme.title or f"Laporan Monitoring dan Evaluasi {programme.plan}",
    }
    values["rencana_aksi"] = f"inputs/{name}/{PLAN.file}"
    values["periode"] = list(_periods(name, programme.periods, wrong))
    values["kelompok"] = list(_groups(programme.groups, wrong))
    values["kategori"] = list(_bands(programme.bands, wrong))
    unit = programme.periods[-1].split(",")[1].split() if programme.periods and "," in programme.periods[-1] else []
    values["nama"] = {
        "program": programme.program,
        "singkatan": programme.short or programme.program,
        "rencana": programme.plan,
        "sekretariat": programme.secretariat,
        "satuan_periode": unit[0].lower() if unit and unit[0].lower() in _UNITS else "periode",
    }
    wrong += [Finding("N07", OPTIONS[key], details=_unfit(key, "", "why.empty")) for key in programme.missing]
    return values, wrong


def _unfit(key: str, value: str, why: str) -> dict[str, object]:
    return {"value": value[:80], "why": tell(why), "example": SAMPLES.get(key, f"'{_EXAMPLE}'")}


def _parts(key: str, told: str, counts: Iterable[int], wrong: list[Finding]) -> list[str]:
    """Return the parts of a line of text, none where they are not as many as there should be."""
    parts = [part.strip() for part in told.split(",", max(counts) - 1)]
    if len(parts) in counts and all(parts):
        return parts
    wrong.append(Finding("N07", OPTIONS[key], details=_unfit(key, told, "why.parts")))
    return []


def _periods(name: str, told: Sequence[str], wrong: list[Finding]) -> Iterable[dict[str, object]]:
    for n, words in enumerate(told):
        if parts := _parts("periods", words, (3,), wrong):
            code, label, year = parts
            folder = f"inputs/{name}" if n == len(told) - 1 else f"inputs/{name}-{slug(code)}"
            yield {"kode": code, "label": label, "tahun": int(year) if year.isdecimal() else year, "inputs": folder}


def _groups(told: Sequence[str], wrong: list[Finding]) -> Iterable[dict[str, object]]:
    for words in told:
        if parts := _parts("groups", words, (1, 2, 3), wrong):
            group: dict[str, object] = {"kode": parts[0]}
            group |= {"nama": parts[1]} if len(parts) == 3 else {}
            group |= {"nama_panjang": parts[-1]} if len(parts) > 1 else {}
            yield group | ({"kanal": NO_CHANNEL} if slug(parts[0]) in _USUAL_CHANNELS else {})


def _bands(told: Sequence[str], wrong: list[Finding]) -> Iterable[dict[str, object]]:
    if not told:
        yield from (band.model_dump() for band in Scoring().kategori)
    top = 100
    for words in told:
        if parts := _parts("bands", words, (2,), wrong):
            named, lowest = parts
            number = lowest.removesuffix("%").strip()
            known = int(number) if number.isdecimal() else lowest
            yield {"nama": named, "dari": known, "sampai": top}
            top = known - 1 if isinstance(known, int) else top


# The files ------------------------------------------------------------------------------------------------------------


def _made(top: GuardedFolder, root: Path, values: Mapping[str, Any], run: str) -> Begun:
    """Make all files aside and move them into place."""
    top.make(_MAKING)
    try:
        stage = top.steady / _MAKING
        edition = _params(stage, values)
        files = [*_books(stage, edition), f"params/{edition.edisi}.yml", README]
        (stage / README).write_text(readme(edition, run), "utf-8", newline="\n")
        (stage / _READY).write_text("", "utf-8")
    except BaseException:
        _clear(top)
        raise
    _place(top)
    return Begun(edition, tuple(files), run)


def _params(stage: Path, values: Mapping[str, Any]) -> Edition:
    """Write the params; return them as they are read. Raises InputError that names options instead of lines."""
    file, name = stage / "params" / f"{values['edisi']}.yml", str(values["edisi"])
    file.parent.mkdir()
    text = params_text(values)
    file.write_text(text, "utf-8", newline="\n")
    try:
        return load_edition_params(stage, name)
    except InputError as error:
        keys = [line.partition(":")[0] if line[:1].isalpha() else "" for line in text.split("\n")]
        raise InputError(tuple(_by_option(finding, keys) for finding in error.findings)) from None


def _by_option(finding: Finding, keys: Sequence[str]) -> Finding:
    line = int(finding.cell) if finding.cell.isdecimal() else 0
    key = next((key for key in reversed(keys[:line]) if key), "")
    said = str(finding.details.get("value", "")).partition(".")[0]
    return replace(finding, file=_OPTION_OF.get(key) or _OPTION_OF.get(said, "init"), cell="")


def _books(stage: Path, edition: Edition) -> list[str]:
    """Write the register and the workbooks of every period; return them as paths from the root."""
    register = stage / edition.rencana_aksi
    book = plan_of(edition.groups)
    known = register_rows(edition)
    sheets = tuple(sheet for sheet in book.sheets if sheet.name in known)
    write_book(register, replace(book, sheets=sheets), known, Layout(guide=tuple(register_guide(edition))))
    read, _ = read_book(register, edition.rencana_aksi, edition.batas)
    assert read is not None
    data = Dataset(**read_plan(read, edition.groups)[0])
    files = [edition.rencana_aksi]
    for n in range(len(edition.periode)):
        part = edition.model_copy(update={"periode": edition.periode[: n + 1]})
        folder = part.current.inputs
        done = 0
        for group in part.groups:
            rows = reported(prepared_rows(data, group, part), edition.penilaian.kategori, done)
            done += len(rows)
            files.append(f"{folder}/{group.file}")
            layout = achievement_layout(data, group, part)
            write_book(stage / files[-1], achievements(group), {ACHIEVEMENT.name: rows}, layout)
    files.append(f"{edition.current.inputs}/{EVALUATION.file}")
    write_book(stage / files[-1], EVALUATION, {}, evaluation_layout(data, edition))
    return files


# Into place, whole ----------------------------------------------------------------------------------------------------


def _place(top: GuardedFolder) -> None:
    """Move what was made into the root, the params last; after a failure nothing of it is left."""
    placed: list[str] = []
    with top.step(_MAKING) as made:
        try:
            for own in sorted((own for own in made.names() if own != _READY), key=lambda own: (own == "params", own)):
                if top.kind(own):
                    raise FileExistsError(17, os.strerror(17), own)
                made.move(own, top, own)
                placed.append(own)
        except BaseException:
            for own in placed:
                with suppress(OSError):
                    top.move(own, made, own)
            _clear(top)
            raise
    _clear(top)


def _clear(top: GuardedFolder) -> None:
    top.remove(_MAKING)


def _finished(top: GuardedFolder, root: Path, name: str, run: str) -> Begun | None:
    """Go on from an interrupted run: what was whole is put into place, what was not is cleared away."""
    if top.kind(_MAKING) != stat.S_IFDIR:
        return None
    with top.step(_MAKING) as made:
        whole = bool(made.kind(_READY))
    if not whole:
        _clear(top)
        return None
    _place(top)
    if not (root / "params" / f"{name}.yml").is_file():
        return None
    edition = load_edition_params(root, name)
    books = sorted(path.relative_to(root).as_posix() for path in (root / "inputs").rglob("*.xlsx"))
    return Begun(edition, (*books, f"params/{name}.yml", README), run)
