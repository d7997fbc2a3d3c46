"""The papermill engine `monev`: each notebook's cells run in a process of their own, without a kernel.

    papermill.execute_notebook(path, out, parameters, engine_name="monev")

A notebook that ends without an error of its own (killed, hanging, exiting, flooding its output) raises CellFailure,
which knows the cell. The build calls papermill in the notebook's process itself, and says so by `here`.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable
from typing import Any

from papermill.engines import Engine, papermill_engines
from papermill.exceptions import PapermillException
from papermill.log import logger

from monev.io.own_environment import own_environment
from monev.kernels.tasks import Limits, Order
from monev.words.messages import Words

ENGINE = "monev"
_LANGUAGE = {
    "name": "python",
    "version": platform.python_version(),
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": 3},
    "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python",
    "file_extension": ".py",
}


class CellFailure(PapermillException):  # type: ignore[misc]
    """A notebook ended in a cell (its index in the executed notebook) in a way that is no exception of its code."""

    def __init__(self, cell_index: int, why: Words) -> None:
        super().__init__(f"cell {cell_index + 1}: {why}")
        self.cell_index = cell_index
        self.why = why


class MonevEngine(Engine):  # type: ignore[misc]
    """Papermill's engine without kernels."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        log_output: bool = False,
        stdout_file: Any = None,
        stderr_file: Any = None,
        execution_timeout: float | None = None,
        limits: Limits | None = None,
        here: Callable[[Any], object] | None = None,
        **settings: Any,
    ) -> None:
        """Execute the notebook; its cells and outputs are changed in place."""
        if here:
            here(nb_man.nb)
            return
        import nbformat

        from monev.kernels.fork_client import carry_out
        from monev.kernels.hearing import Heard

        def follow(word: str, number: int) -> None:
            cell = nb_man.nb.cells[number]
            if word == "cell":
                nb_man.cell_start(cell, number)
                return
            for output in cell.outputs:
                _say(output, {"stdout": stdout_file, "stderr": stderr_file}, log_output)
            nb_man.cell_complete(cell, number)

        limits = limits or (Limits() if execution_timeout is None else Limits(seconds=execution_timeout))
        order = Order(os.getcwd(), own_environment(), limits, notebook=json.loads(json.dumps(nb_man.nb)))
        heard = Heard(nb_man.nb, follow, nbformat.from_dict)
        for _, told in carry_out([order], 1):
            if isinstance(told, bytes):
                heard.feed(told)
            else:
                failure = heard.failure(told, limits)
        nb_man.nb.metadata["language_info"] = _LANGUAGE
        if failure:
            number = failure.cell or 0
            nb_man.cell_exception(nb_man.nb.cells[number], number)
            if not failure.raised:
                raise CellFailure(number, failure.why)


def _say(output: Any, files: dict[str, Any], log: bool) -> None:
    """Pass on what a cell wrote, to whom papermill's caller wants it passed on."""
    if output["output_type"] != "stream":
        return
    if log:
        logger.info(output["text"])
    if file := files[output["name"]]:
        file.write(output["text"])
        file.flush()


def register() -> None:
    """Make the engine known to papermill by its name; an installed monev is known by its entry point too."""
    papermill_engines.register(ENGINE, MonevEngine)


register()
