"""Which notebooks make a report, in which order, and how often each runs: as `notebooks/urutan.yml` tells.

The list is data beside the notebooks, so that adding one is adding a line. It is read as params are: what is wrong in
it is told with its line. Its digest is part of what an edition is made from (`io.manifest`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, RootModel

from monev.edition.opened import Opened
from monev.figures.round_figures import has_round
from monev.io.folders import NOTEBOOKS
from monev.io.params_file import load_placed
from monev.kernels.tasks import Task
from monev.words.errors import InputError
from monev.words.findings import Finding, nearest

FILE = "urutan.yml"
Often = Literal["sekali", "tiap komitmen", "tiap instrumen", "bila ada tindak lanjut"]


class NotebookPlan(RootModel[Annotated[Mapping[str, Often], Field(min_length=1)]]):
    """The notebooks of a report by name, in its order, with how often each runs."""

    model_config = ConfigDict(frozen=True)

    def tasks(self, opened: Opened) -> list[Task]:
        """Return the runs that make the report of an edition, in the order of the report."""
        return [task for name in self.root for task in self._runs(name, opened)]

    def _runs(self, name: str, opened: Opened) -> Iterator[Task]:
        edition, file = opened.inputs.edition.edisi, f"{name}.ipynb"
        if self.root[name] == "sekali":
            yield Task(name, file, {"edisi": edition})
            return
        if self.root[name] == "bila ada tindak lanjut":
            if has_round(opened.results):
                yield Task(name, file, {"edisi": edition})
            return
        if self.root[name] == "tiap instrumen":
            for instrument in opened.results.data.asked:
                yield Task(f"{name}-{instrument.kode}", file, {"edisi": edition, "instrumen": instrument.kode})
            return
        for number in (result.commitment.commitment for result in opened.results.commitments):
            yield Task(f"{name}-{number:02d}", file, {"edisi": edition, "komitmen": number})

    def whole_first(self, tasks: Iterable[Task]) -> list[Task]:
        """Put the runs that show all commitments before those of one: of runs never seen, they take longest."""
        return sorted(tasks, key=lambda task: self.root[task.notebook.removesuffix(".ipynb")] != "sekali")


def read_notebook_plan(folder: Path = NOTEBOOKS) -> NotebookPlan:
    """Return the plan of a folder of notebooks. Raises InputError with every finding in its file."""
    file = f"{folder.name}/{FILE}"
    plan, lines = load_placed(NotebookPlan, folder / FILE, file)
    present = sorted(path.stem for path in folder.glob("*.ipynb"))
    missing = [
        Finding(
            "P01",
            file,
            cell=str(lines[name,]),
            details={"value": name, "choices": ", ".join(present), "hint": nearest(name, present)},
        )
        for name in plan.root
        if name not in present
    ]
    if missing:
        raise InputError(tuple(missing))
    return plan
