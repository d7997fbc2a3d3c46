"""Runs an analyst's own notebooks that an edition names, where they would give something else than they gave last.

What a notebook gives is put beside it (`naskah/hasil/`), and the edition is made of that. So only a build runs one, and
only where this user trusts its bytes; everything else, `verify` included, reads what lies there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monev.build.kept_runs import Editions
from monev.edition.edition_cache import EditionWithState
from monev.io import manifest, read_log
from monev.io.folders import QUARTO, REPOSITORY
from monev.io.guarded_folders import guarded
from monev.io.notebook_files import LARGEST_RECORD, read_notebook, read_record
from monev.io.notebook_trust import trust, trusted
from monev.io.pandoc import markdown_tree
from monev.kernels.executed_notebook import Executed
from monev.kernels.notebook_runs import run
from monev.kernels.tasks import Task
from monev.model.contents import Part
from monev.rules.manuscripts import FOLDER
from monev.rules.own_notebooks import EDITION, RESULTS, Settings, converted, file_of
from monev.words.errors import InputError, RunError
from monev.words.findings import Finding, errors
from monev.words.messages import Words, tell

_PLACES = r"(/tmp|/var/tmp|[A-Za-z]:[^\"\s]*?Temp)?[/\\]+mv-[A-Za-z0-9_]{6,}[^\"\s')\]]*"


@dataclass(frozen=True)
class _Own:
    """A notebook that an edition names: its bytes, and what it says of itself."""

    part: Part
    content: bytes
    settings: Settings

    def task(self, edition: str) -> Task:
        """Return its run."""
        return Task(
            f"{FOLDER}-{self.part.name}", f"{self.part.name}.ipynb", {**self.settings.parameters, EDITION: edition}
        )


def refresh(kept: EditionWithState, jobs: int, *, allow: bool, say: Callable[[Words], None]) -> tuple[bool, bool]:
    """Run what has to be run; return whether something new lies there, and whether all of it can be known again.

    With `allow` the notebooks are trusted from now on. Raises InputError where one has to run and is not trusted, and
    for everything that its outputs have wrong; RunError of the first that fails. Then nothing is written.
    """
    root, edition = kept.root, kept.opened.inputs.edition
    parts = [part for part in edition.contents if part.is_notebook]
    if not parts:
        return False, True
    every = [_Own(part, *read_notebook(root, part.name)[:2]) for part in parts]
    if allow:
        for own in every:
            trust(root, own.part.name, own.content)
    editions = Editions(root, {edition.edisi: kept.opened})
    due, refused, known = [], [], True
    for own in every:
        why, knowable, current = _stale(own, root, edition.edisi, editions)
        may = trusted(root, own.part.name, own.content)
        if why is not None or (may and not (knowable and current)):
            due.append(own)
            refused += [] if may else [Finding("W10", file_of(own.part.name), details={"why": why or ""})]
        else:
            known = known and knowable
    if refused:
        raise InputError(tuple(refused))
    if not due:
        return False, known
    say(tell("build.own-notebooks", names=", ".join(own.part.name for own in due)))
    tasks = [own.task(edition.edisi) for own in due]
    executed = run(tasks, root, jobs, lambda done: None, folder=root / FOLDER, kept=kept)
    if any(read_notebook(root, own.part.name)[0] != own.content for own in due):
        raise RunError(tell("build.changed-meanwhile"))
    reads = [mask_read(read, root) for result in executed for read in result.reads]
    known = known and not any("lain" in read for read in reads)
    return _written(root, edition.edisi, due, executed), known


def _stale(own: _Own, root: Path, edition: str, editions: Editions) -> tuple[Words | None, bool, bool]:
    """Return why a notebook's record does not hold, None where it does.

    Also whether all that it read can be known again, and whether this code has made it: if not, a record still stands
    for what was, but whoever may run the notebook has it made anew.
    """
    record = read_record(root, own.part.name, edition, own.content)
    if record is None:
        return tell("step.first"), True, True
    reads = record["metadata"]["monev"]["bacaan"]
    knowable = not any("lain" in read for read in reads)
    current = record["metadata"]["monev"].get("kode") == manifest.package_digest()
    for read in reads:
        if "nilai" in read:
            name, value, arguments = read["nilai"]
            if editions.digest(name, value, arguments) != read["sidik"]:
                return tell("step.value", name=str(value).lstrip("_")), knowable, current
        elif "monev" in read and read_log.file_digest(str(REPOSITORY / read["monev"])) != read["sidik"]:
            return tell("step.read", path=read["monev"]), knowable, current
        elif "folder" in read and read_log.folder_digest(str(root / read["folder"])) != read["sidik"]:
            return tell("step.read", path=read["folder"]), knowable, current
        elif "berkas" in read and read_log.file_digest(str(root / read["berkas"])) != read["sidik"]:
            return tell("step.read", path=read["berkas"]), knowable, current
    return None, knowable, current


def _written(root: Path, edition: str, due: list[_Own], executed: list[Executed]) -> bool:
    """Put what notebooks gave beside them, unless something of it is wrong; return whether anything is new."""
    made, wrong = {}, list[Finding]()
    for own, result in zip(due, executed, strict=True):
        record = _record(own, result, root)
        title = own.part.title or own.settings.title
        wrong += errors(converted(own.part.name, title, record, markdown_tree)[1])
        text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        made[own.part.name] = text.encode("utf-8", "surrogatepass")
        if len(made[own.part.name]) > LARGEST_RECORD:
            wrong.append(Finding("W20", file_of(own.part.name), details={"most": LARGEST_RECORD // 1024**2}))
    if wrong:
        raise InputError(tuple(wrong))
    new = False
    try:
        with guarded(root, FOLDER, RESULTS, edition, make=True) as folder:
            for name, content in made.items():
                file = f"{name}.ipynb"
                if not folder.kind(file) or folder.read(file) != content:
                    folder.write(file, content)
                    new = True
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise RunError(tell("build.unwritable", path=f"{FOLDER}/{RESULTS}", why=why)) from None
    return new


def _record(own: _Own, result: Executed, root: Path) -> dict[str, Any]:
    """Return an executed notebook as it is kept: without paths of this machine, with what it was and what it read."""
    notebook: dict[str, Any] = json.loads(result.notebook)
    asked = iter(json.loads(own.content.decode("utf-8-sig"))["cells"])
    masked, number = [], 0
    for cell in notebook["cells"]:
        if "injected-parameters" not in cell["metadata"].get("tags", ()):
            number += 1
            told = next(asked).get("metadata", {}).get("monev")
            cell["metadata"] |= {"monev": told} if told else {}
        before = json.dumps(cell.get("outputs", []), ensure_ascii=False)
        after = mask(before, root)
        if after != before:
            masked.append(number)
            cell["outputs"] = json.loads(after)
    notebook["metadata"]["monev"] = {
        "buku": hashlib.sha256(own.content).hexdigest(),
        "kode": manifest.package_digest(),
        "bacaan": [mask_read(read, root) for read in result.reads],
        "tersamar": masked,
    }
    return notebook


def mask(text: str, root: Path) -> str:
    """Return JSON text in which folders of this machine are called by what they are."""
    places = dict.fromkeys(_homes(), "«rumah»") | {str(root): "«folder program»", str(REPOSITORY): "«folder monev»"}
    places |= {os.path.realpath(place): name for place, name in places.items()}
    for place in sorted(places, key=len, reverse=True):
        if len(place) > 1:
            told = json.dumps(place, ensure_ascii=False)[1:-1]
            text = re.sub(rf"{re.escape(told)}(?![\w-])", lambda _, name=places[place]: name, text)  # type: ignore[misc]
    temporary = re.escape(json.dumps(tempfile.gettempdir(), ensure_ascii=False)[1:-1])
    return re.sub(f"({temporary})?{_PLACES}", "«folder sementara»", text)


def _homes() -> set[str]:
    """Return the user's folder, as the environment calls it and as the account has it."""
    homes = {str(Path.home())}
    with contextlib.suppress(ImportError, KeyError):  # Windows has no such list; an account need not be in it
        import pwd

        homes.add(pwd.getpwuid(os.getuid()).pw_dir)
    return homes


def _inside(place: str, root: Path) -> str | None:
    for top in (root, root.resolve()):
        if Path(place).is_relative_to(top):
            return Path(place).relative_to(top).as_posix()
    return None


def mask_read(read: Mapping[str, Any], root: Path) -> dict[str, Any]:
    """Return a read as a record keeps it: files by their paths from the root; others cannot be known again."""
    for kind in ("berkas", "folder"):
        if kind in read:
            if kind == "berkas" and (own := _inside(read[kind], QUARTO)) is not None:  # the look of charts
                return {"monev": f"{QUARTO.name}/{own}", "sidik": read["sidik"]}
            inside = _inside(read[kind], root)
            return {**read, kind: inside} if inside is not None else {"lain": mask(str(read[kind]), root)}
    return dict(read)
