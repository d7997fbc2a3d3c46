"""A kernel as it is started where kernels cannot be forked: `python -m monev.run.plain -f FILE`. It notes its reads."""

from __future__ import annotations

import sys


def main(arguments: list[str]) -> None:
    """Be a kernel until the end; its arguments are those of `ipykernel_launcher`."""
    from ipykernel.kernelapp import IPKernelApp

    from monev import reads

    app = IPKernelApp.instance()
    app.initialize(arguments)  # type: ignore[no-untyped-call]
    reads.begin()
    app.start()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main(sys.argv[1:])
