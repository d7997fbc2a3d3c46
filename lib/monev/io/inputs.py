"""Loads all inputs of an edition: params, workbooks, records, findings. The one edge where inputs are opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from monev.checks import check
from monev.errors import InputError
from monev.fields import ACHIEVEMENTS, EVALUATION
from monev.findings import Finding, errors
from monev.io.excel import read_book
from monev.io.settings import load_edition
from monev.params import Edition
from monev.tables import RawBook
from monev.tidy import Dataset, Target, read_evaluation, read_plan, read_targets


@dataclass(frozen=True)
class Inputs:
    """An edition's params and data, with all findings (warnings too); `files` are the workbooks that were read."""

    edition: Edition
    data: Dataset
    findings: tuple[Finding, ...]
    files: tuple[str, ...]

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


def _open(root: Path, file: str, params_file: str) -> tuple[RawBook | None, list[Finding]]:
    path = root / file
    inside = path.resolve().is_relative_to(root.resolve())
    if PurePosixPath(file).is_absolute() or ".." in PurePosixPath(file).parts or not inside:
        return None, [Finding("F04", file)]
    if not path.is_file():
        return None, [Finding("F01", file, details={"where": params_file})]
    return read_book(path, file)


class _Reader:
    """Opens workbooks one by one and collects what is found in all of them."""

    def __init__(self, root: Path, params_file: str) -> None:
        self.root = root
        self.params_file = params_file
        self.findings: list[Finding] = []

    def read(self, file: str, reader: Callable[[RawBook], tuple[Any, list[Finding]]], empty: Any) -> Any:
        book, findings = _open(self.root, file, self.params_file)
        self.findings += findings
        if book is None:
            return empty
        records, findings = reader(book)
        self.findings += findings
        return records


def read_inputs(root: Path, name: str, params: Path | None = None) -> Inputs:
    """Read and check all inputs of edition `name` below `root`; `params` is a root with other params, if given.

    Raises InputError for params that cannot be used; findings in the workbooks are returned, all in one pass.
    """
    edition = load_edition(params or root, name)
    reader = _Reader(root, f"params/{name}.yml")
    plan: dict[str, Any] = reader.read(edition.rencana_aksi, read_plan, {})
    targets: list[Target] = []
    period_of: dict[str, str] = {}
    for period in edition.periode:
        for group, book in ACHIEVEMENTS.items():
            file = f"{period.inputs.rstrip('/')}/{book.file}"
            period_of[file] = period.kode
            targets += reader.read(file, partial(read_targets, group=group), ())
    evaluation_file = input_files(edition)[-1]
    evaluation: dict[str, Any] = reader.read(evaluation_file, read_evaluation, {})
    data = Dataset(targets=tuple(targets), **plan, **evaluation)
    if plan.get("commitments") and not errors(f for f in reader.findings if f.file == edition.rencana_aksi):
        reader.findings += check(data, edition, period_of)
    order = {file: n for n, file in enumerate(input_files(edition))}
    findings = sorted(reader.findings, key=lambda f: order.get(f.file, -1))
    return Inputs(edition, data, tuple(findings), tuple(input_files(edition)))
