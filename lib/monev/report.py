"""An edition opened for reporting: inputs read and checked, results, register. What notebooks and commands build on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monev.io.inputs import Inputs, read_inputs
from monev.register import Register, build_register
from monev.results import Results, evaluate


@dataclass(frozen=True)
class Opened:
    """One edition's inputs with what they give."""

    inputs: Inputs
    results: Results
    register: Register
    reconciliation_rows: tuple[Mapping[str, object], ...] = ()

    def params_files(self, root: Path) -> list[str]:
        """Return the params that the edition reads, as paths from the root."""
        name = self.inputs.edition.edisi
        files = [f"params/{name}.yml", f"params/terbit/{name}.yml"]
        return [file for file in files if (root / file).is_file()]


def open_edition(root: Path, edition: str, params: Path | None = None) -> Opened:
    """Read, check and compute an edition; `params` is a root with other params (those that a PDF carries).

    Raises InputError with all findings when the inputs are not sound.
    """
    inputs = read_inputs(root, edition, params).sound()
    results = evaluate(inputs.data, inputs.edition)
    return Opened(inputs, results, build_register(results))
