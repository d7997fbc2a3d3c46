"""Makes a release: all is looked at first, then it is built in a place of its own, sealed, and moved in one step.

What is released is what was seen: the outputs must be exactly what the inputs give. The release itself is built again
with its record beside the params, so it bears no mark of a draft and its number is part of its fingerprint.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import yaml

from monev.audit.verification import PDF_NAME, carried_by
from monev.build.assembly import complete_tables
from monev.build.build_options import BuildOptions
from monev.build.pipeline import build
from monev.build.publication import approval_sheet
from monev.build.publication.halves import DATA, MANIFEST, lay_out_archive, lay_out_public, seal
from monev.build.publication.ledger import FOLDER, Released, latest, releases, standing
from monev.build.publication.open_matters import count_of, open_matters
from monev.build.publication.record import ARCHIVE, PUBLIC, Record
from monev.build.publication.revision import earlier_steps, revision
from monev.build.publication.signing import Key, signed, signer_of
from monev.build.publication.tokens import Token
from monev.build.rebuild import prove
from monev.edition.opened import Opened, open_edition
from monev.figures.register import NOT_ASSESSED_YET, NOT_REPORTED
from monev.io.atomic_files import sync, sync_tree, write_files
from monev.io.evidence_files import sealed_lists
from monev.io.folders import RootFolders
from monev.io.guarded_folders import guarded
from monev.io.publication_files import load_responses, responses_file
from monev.io.work_folder import Workspace, locked, named_faults, workspace
from monev.model.imprint import NUMBER, Release, order, release_file
from monev.model.raw_tables import ranges
from monev.rules.examples import example_findings
from monev.words.errors import InputError, RunError
from monev.words.findings import Finding
from monev.words.messages import tell
from monev.words.steps import Progress


@dataclass(frozen=True)
class Wish:
    """What a release is to be: its number, who makes it, why it revises, why open comments are left, what signs it."""

    number: str
    by: str
    reason: str = ""
    allow_open: str = ""
    sheet: bool = False
    jobs: int = 1
    key: Key | Token | None = None


def release(root: Path, edition: str, wish: Wish, progress: Progress, moment: datetime | None = None) -> Released:
    """Make a release of an edition; `moment` is when (default: now). As a whole or not at all.

    Raises InputError with everything that stands against it, RunError when it cannot be built or written.
    """
    now = (moment or datetime.now(UTC)).astimezone(UTC)
    if wish.key:
        with signer_of(wish.key):  # before anything is built
            pass
    opened = open_edition(root, edition)
    with (
        locked(root, edition, lambda: progress.stage(tell("build.wait", edition=edition))),
        workspace(root, edition) as work,
        named_faults(root),
    ):
        against = list(_against(root, opened, wish, now))
        if not against:
            progress.stage(tell("release.check", edition=edition))
            against = list(_outputs(root, edition, wish, progress))
        if against:
            raise InputError(tuple(against))
        progress.stage(tell("release.make", number=wish.number))
        own = _own_root(root, opened, wish, now, work.path / "akar")
        outputs = _built(root, own, edition, wish, progress)
        new = work.path / "baru"
        lay_out_public(outputs, new)
        if wish.key:
            report = new / PUBLIC / PDF_NAME
            report.write_bytes(signed(report.read_bytes(), wish.key, wish.by))
        lay_out_archive(own, _materials(own), outputs, new)
        tables = complete_tables(open_edition(own, edition))
        write_files(new / ARCHIVE, {f"{DATA}/{name}": content for name, content in tables.items()})
        progress.stage(tell("release.lock"))
        made = _record(root, opened, wish, now, outputs)
        if wish.sheet:
            sheet = new / ARCHIVE / approval_sheet.FILE
            approval_sheet.write(opened, made, work.path / "lembar", sheet)
        seal(new, made)
        place(root, work, new.name, edition, wish.number)
    return next(made for made in releases(root, edition) if made.number == wish.number)


# What stands against it ---------------------------------------------------------------------------------------


def _against(root: Path, opened: Opened, wish: Wish, now: datetime) -> Iterator[Finding]:
    edition = opened.inputs.edition.edisi
    yield from _number(root, edition, wish)
    yield from _waiting(opened)
    for found in example_findings(opened.results.data):
        yield Finding("V15", found.file, found.sheet, details=found.details)
    yield from (f for f in standing(root, edition, now.date()) if f.code == "V05")
    _, findings = load_responses(root, opened.inputs.edition)
    yield from (finding for finding in findings if finding.weight == "error")
    if not wish.allow_open:
        yield from open_matters(root, opened.inputs.edition)


def _number(root: Path, edition: str, wish: Wish) -> Iterator[Finding]:
    place, last = f"{FOLDER}/{edition}", latest(root, edition)
    why = None
    if not NUMBER.fullmatch(wish.number):
        why = tell("release.bad-number")
    elif (root / place / wish.number).exists() or (root / place / wish.number).is_symlink():
        why = tell("release.taken")
    elif last and order(wish.number) <= order(last.number):
        why = tell("release.not-after", last=last.number)
    if why:
        yield Finding("V04", place, details={"number": wish.number[:20], "why": why})
    elif last and not wish.reason.strip():
        yield Finding("V08", place, details={"number": last.number})


def _waiting(opened: Opened) -> Iterator[Finding]:
    for code, id_ in (("V01", NOT_ASSESSED_YET), ("V02", NOT_REPORTED)):
        figure = opened.register.get(id_)
        by_file: dict[str, list[str]] = {}
        for source in figure.sources if figure else ():
            file, _, cell = source.split("!")
            by_file.setdefault(file, []).append(cell)
        for file, cells in by_file.items():
            yield Finding(code, file, details={"count": len(cells), "cells": ranges(cells)})


def _outputs(root: Path, edition: str, wish: Wish, progress: Progress) -> Iterator[Finding]:
    folder = RootFolders(root).output(edition)
    why = None
    if not (folder / MANIFEST).is_file():
        why = tell("release.not-built")
    else:
        found = prove(folder, root, wish.jobs, progress)
        if found.proof != "identik":
            first = next((told for told in found.notes if told.weight in ("beda", "tidak dapat diperiksa")), None)
            why = tell("release.not-equal", what=first.text().rstrip(".") if first else found.proof)
    if why:
        yield Finding("V03", f"outputs/{edition}", details={"why": why, "edition": edition})


# The root that it is built in ---------------------------------------------------------------------------------


def _own_root(root: Path, opened: Opened, wish: Wish, now: datetime, own: Path) -> Path:
    """Copy all that the edition reads into a root of its own, and lay the release's record beside the params."""
    edition = opened.inputs.edition.edisi
    lists, withheld = sealed_lists(root, opened.inputs.edition)
    files = [*(file for file in opened.inputs.files if file not in withheld), *opened.params_files(root)]
    if (root / responses_file(edition)).is_file():
        files.append(responses_file(edition))
    for name in dict.fromkeys(files):
        target = own / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, target)
    write_files(own, lists)
    last = latest(root, edition)
    steps = earlier_steps(last) if last else ()
    if last:
        reason = wish.reason.strip()
        steps = (*steps, revision(own, edition, last, wish.number, wish.by, reason, now.date()))
    made = Release(
        edisi=edition,
        versi=wish.number,
        oleh=wish.by,
        tanggal=now.date(),
        dibiarkan_terbuka=wish.allow_open,
        riwayat=steps,
    )
    file = own / release_file(edition)
    file.parent.mkdir(parents=True, exist_ok=True)
    said = made.model_dump(exclude_defaults=True)
    file.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), "utf-8", newline="\n")
    return own


def _materials(own: Path) -> list[str]:
    """Return what the release is made from, as it lies in its own root."""
    files = (path for path in sorted(own.rglob("*")) if path.is_file())
    names = (path.relative_to(own).as_posix() for path in files)
    return [name for name in names if not name.startswith((".monev/", "outputs/"))]


def _built(root: Path, own: Path, edition: str, wish: Wish, progress: Progress) -> Path:
    """Build the release by the engine of the draft; return its outputs."""
    said = carried_by(RootFolders(root).output(edition))
    engine = said.engine if said else "auto"
    options = BuildOptions(engine, wish.jobs, cache=False, formats=("docx",), release=True)
    return build(own, edition, options, progress).folder


def _record(root: Path, opened: Opened, wish: Wish, now: datetime, outputs: Path) -> Record:
    edition = opened.inputs.edition
    last = latest(root, edition.edisi)
    return Record(
        edisi=edition.edisi,
        versi=wish.number,
        oleh=wish.by,
        waktu=now.isoformat(timespec="seconds"),
        sidik=str(json.loads((outputs / MANIFEST).read_bytes())["sidik"]),
        publik="",
        arsip="",
        sebelum=last.number if last else "",
        alasan=wish.reason.strip() if last else "",
        terbuka=count_of(open_matters(root, edition)),
        alasan_terbuka=wish.allow_open,
        ditandatangani=wish.key is not None,
    )


# Into its place -----------------------------------------------------------------------------------------------


def place(root: Path, work: Workspace, new: str, edition: str, number: str) -> None:
    """Move the folder `new` of the work folder to `releases/<edition>/<number>`, in one step and never over another.

    Raises RunError where the place is taken or cannot be written; nothing of the release is left then.
    """
    shown = f"{FOLDER}/{edition}/{number}"
    sync_tree(work.path / new)
    made = [step for step in (FOLDER, f"{FOLDER}/{edition}") if not (root / step).exists()]
    try:
        with guarded(root, FOLDER, edition, make=True) as parent, work.outputs.step(work.name) as own:
            if parent.kind(number):
                raise RunError(tell("release.unwritable", path=shown, why=tell("release.taken")))
            own.move(new, parent, number)
            if os.name == "posix":
                sync(parent.path)
    except (OSError, RunError) as error:
        _unmade(root, made)
        if isinstance(error, RunError):
            raise
        raise RunError(tell("release.unwritable", path=shown, why=error.strerror or str(error))) from None


def _unmade(root: Path, made: list[str]) -> None:
    """Remove the folders again that were made for nothing."""
    for step in reversed(made):
        *above, name = step.split("/")
        with contextlib.suppress(OSError, RunError), guarded(root, *above) as folder:
            if stat.S_ISDIR(folder.kind(name)):
                folder.remove_empty(name)
