"""A kernel that notes its reads, for where kernels cannot be forked: `python -m monev.kernels.plain_kernel -f FILE`."""

from __future__ import annotations

import sys


def main(arguments: list[str]) -> None:
    """Be a kernel until the end; its arguments are those of `ipykernel_launcher`."""
    from ipykernel.kernelapp import IPKernelApp

    from monev.io import read_log

    app = IPKernelApp.instance()
    app.initialize(arguments)  # type: ignore[no-untyped-call]
    read_log.begin()
    app.start()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main(sys.argv[1:])
