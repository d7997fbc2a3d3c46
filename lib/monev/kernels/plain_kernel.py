"""A kernel that notes its reads, for where kernels cannot be forked: `python -m monev.kernels.plain_kernel -f FILE`."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any


def kernel_app(arguments: Sequence[str]) -> Any:
    """Return a kernel that is ready to start and read no configuration and no startup files, of user or system."""
    from ipykernel.kernelapp import IPKernelApp

    class KernelApp(IPKernelApp):
        def load_config_file(self, *_: Any, **__: Any) -> None:
            """Read none."""

        def _run_startup_files(self) -> None:
            """Run none: neither those of a profile nor what PYTHONSTARTUP names."""

    app = KernelApp.instance()
    app.initialize(list(arguments))  # type: ignore[no-untyped-call]
    return app


def main(arguments: list[str]) -> None:
    """Be a kernel until the end; its arguments are those of `ipykernel_launcher`."""
    from monev.io import read_log

    _import_as_forks_do()
    app = kernel_app(arguments)
    read_log.begin()
    app.start()


def _import_as_forks_do() -> None:
    """Import what looks around itself when it is imported, as the process that kernels are forked from does.

    That is away from the notebook's folder, whose `matplotlibrc` would count, and before there is a kernel, for which
    pandas would show other columns: the same notebook gives the same bytes either way.
    """
    here = os.getcwd()
    os.chdir(os.path.dirname(os.path.abspath(__file__)))
    for module in ("matplotlib", "pandas"):
        importlib.import_module(module)
    os.chdir(here)


if __name__ == "__main__":
    main(sys.argv[1:])
