"""What is still open before a release: each kind of thing is one function in `KINDS`, which says how many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from monev.io.assessment_file import open_questions
from monev.io.publication_files import load_responses, responses_file
from monev.model.params import Edition
from monev.model.raw_tables import ranges
from monev.words.findings import Finding


def _responses(root: Path, edition: Edition) -> Finding | None:
    given, _ = load_responses(root, edition)
    count = sum(response.open for response in given)
    return Finding("V09", responses_file(edition.edisi), details={"count": count}) if count else None


def _questions(root: Path, edition: Edition) -> Finding | None:
    found = open_questions(root, edition)
    if not found:
        return None
    place = found[0].place
    cells = ranges([question.place.cells["question"] for question in found if question.place.file == place.file])
    details = {"count": len(found), "cells": cells}
    return Finding("Q22", place.file, place.sheet, place.cells["question"], details)


KINDS: tuple[Callable[[Path, Edition], Finding | None], ...] = (_responses, _questions)
"""Each returns what of its kind is open, with `count` in the details; None where nothing is. A release is refused
while there is any, unless a reason is given; its record holds the number of all of them, which `verify` counts again in
the archive."""


def open_matters(root: Path, edition: Edition) -> list[Finding]:
    """Return what is open of an edition below a root, or in a release's archive: one finding for each kind."""
    return [found for kind in KINDS if (found := kind(root, edition))]


def count_of(matters: Iterable[Finding]) -> int:
    """Return how many things are open in all."""
    return sum(int(str(matter.details["count"])) for matter in matters)
