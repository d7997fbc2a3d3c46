"""Which notebooks need not run again: those that would read what they read before, by content.

A run is kept with its *base* (the notebook, its parameters, the package, the tools) and its *reads* (what the kernel
noted while it ran, `monev.io.read_log`). It is used again only when the base is the same and every read, made again
now, gives the same; so whatever a notebook reads is part of its key without anybody having to declare it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from monev.edition.opened import Opened, open_edition
from monev.io import manifest, read_log
from monev.io.folders import NOTEBOOKS
from monev.io.guarded_cache import Cache
from monev.kernels.executed_notebook import Executed, Filled
from monev.kernels.tasks import Task
from monev.model.value_digest import digest_of
from monev.notebook import value_of
from monev.words.errors import MonevError
from monev.words.messages import Words, tell

FOLDER = "langkah"
KEPT = 3  # runs of one task: enough for a change that is taken back
_BASE = {
    "buku": tell("step.notebook"),
    "parameter": tell("step.parameters"),
    "kode": tell("step.code"),
    "alat": tell("step.tools"),
}


@dataclass
class Editions:
    """The editions as they are now; those that a notebook reads beside its own are opened when asked for."""

    root: Path
    opened: dict[str, Opened | None] = field(default_factory=dict)
    _digests: dict[tuple[object, ...], str] = field(default_factory=dict)

    def digest(self, edition: str, name: str, arguments: list[Any]) -> str:
        """Return the digest of what an edition would hand out now; empty when it would not."""
        key = (edition, name, *arguments)
        if key not in self._digests:
            self._digests[key] = self._compute(edition, name, arguments)
        return self._digests[key]

    def _compute(self, edition: str, name: str, arguments: list[Any]) -> str:
        if edition not in self.opened:
            try:
                self.opened[edition] = open_edition(self.root, edition)
            except MonevError:
                self.opened[edition] = None
        opened = self.opened[edition]
        try:
            return digest_of(value_of(opened, name, arguments)) if opened else ""
        except (LookupError, TypeError, ValueError):
            return ""


class Reuse:
    """The kept runs of one edition's notebooks, held against what the edition is now."""

    def __init__(self, cache: Cache, editions: Editions, notebooks: Path = NOTEBOOKS) -> None:
        self._cache = cache
        self._editions = editions
        self._notebooks = notebooks
        self._common = {"kode": manifest.package_digest(), "alat": manifest.environment_digest()}
        self._took: dict[str, float] = {}

    def find(self, task: Task) -> tuple[Executed | None, Words]:
        """Return a kept run of a task that still holds, or None; and why."""
        base = self._base(task)
        reason: Words = tell("step.first")
        for number, name in enumerate(self._cache.names(f"{FOLDER}/{task.name}")):
            kept = self._cache.read(name)
            if kept is not None:
                self._took.setdefault(task.name, kept.get("detik", 0.0))  # earlier versions kept none
            why = self._changed(kept, base) if kept is not None else tell("step.unreadable")
            if why is None:
                return _executed(task, kept), tell("step.same")
            if number == 0:
                reason = why
        return None, reason

    def longest_first(self, tasks: Iterable[Task]) -> list[Task]:
        """Return tasks that `find` has seen in the order in which they are done soonest side by side.

        Those never run before come first, as they are given: nobody knows what they take.
        """
        return sorted(tasks, key=lambda task: -self._took.get(task.name, math.inf))

    def slots(self, task: Task) -> set[str] | None:
        """Return the slots that a task filled when it ran last; None when that is not known."""
        for name in self._cache.names(f"{FOLDER}/{task.name}"):
            kept = self._cache.read(name)
            if kept is not None:
                return {section["slot"] for section in kept["bagian"]}
        return None

    def keep(self, task: Task, executed: Executed) -> None:
        """Keep a run for later builds."""
        folder = f"{FOLDER}/{task.name}"
        base = self._base(task)
        noted = [dict(read) for read in executed.reads]
        self._cache.write(f"{folder}/{digest_of((base, noted))[:24]}", _record(executed, base, noted))
        for name in self._cache.names(folder)[KEPT:]:
            self._cache.drop(name)

    def _base(self, task: Task) -> dict[str, Any]:
        buku = read_log.file_digest(str(self._notebooks / task.notebook))
        return {"buku": buku, "parameter": dict(task.parameters), **self._common}

    def _changed(self, kept: Mapping[str, Any], base: Mapping[str, Any]) -> Words | None:
        """Return what is not as it was when a kept run was made; None when everything is."""
        for part, words in _BASE.items():
            if kept["dasar"].get(part) != base[part]:
                return words
        for read in kept["bacaan"]:
            if "lain" in read:
                return tell("step.unknowable", what=read["lain"])
            if "nilai" in read:
                edition, name, arguments = read["nilai"]
                if self._editions.digest(edition, name, arguments) != read["sidik"]:
                    return tell("step.value", name=_call(name, arguments))
            elif "folder" in read:
                if read_log.folder_digest(read["folder"]) != read["sidik"]:
                    return tell("step.read", path=self._shown(read["folder"]))
            elif read_log.file_digest(read["berkas"]) != read["sidik"]:
                return tell("step.read", path=self._shown(read["berkas"]))
        return None

    def _shown(self, place: str) -> str:
        for folder in (self._editions.root, self._notebooks.parent):
            if Path(place).is_relative_to(folder):
                return Path(place).relative_to(folder).as_posix()
        return place


def _call(name: str, arguments: list[Any]) -> str:
    shown = ", ".join(map(str, arguments))
    return f"{name.lstrip('_')}({shown})" if shown else name.lstrip("_")


def _record(executed: Executed, base: Mapping[str, Any], noted: list[dict[str, Any]]) -> dict[str, Any]:
    sections = [{"slot": s.slot, "markdown": s.markdown, "files": dict(s.files)} for s in executed.sections]
    return {
        "dasar": base,
        "bacaan": noted,
        "buku": executed.notebook.decode("utf-8"),
        "bagian": sections,
        "detik": executed.seconds,
    }


def _executed(task: Task, kept: Mapping[str, Any]) -> Executed:
    sections = tuple(Filled(s["slot"], s["markdown"], s["files"]) for s in kept["bagian"])
    return Executed(task.name, kept["buku"].encode("utf-8"), sections, 0.0)
