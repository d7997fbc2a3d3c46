"""What `./monev test` runs: style, types, imports, then the tests; one command for people and for CI.

What only tests need is no part of an analyst's `.venv`: the first run adds it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from monev.io.folders import REPOSITORY

CHECKS = (
    ("gaya kode", ("-m", "ruff", "check", "--quiet", ".")),
    ("tata letak kode", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    ("tipe", ("-m", "mypy", "lib/monev")),
)
# The whole suite over the cores, a file at a time: what one file builds, its tests share. In the order of their names,
# which puts the files with the fewest and longest tests first.
SHARED_OUT = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder", "--durations", "20")


def check_everything(arguments: Sequence[str]) -> int:
    """Run all checks and the tests, also when an early one fails; return 0 only when all passed.

    Returns 3 where the tools for it are not there and cannot be installed.
    """
    bootstrap = REPOSITORY / "lib" / "monev_bootstrap.py"
    lacking = subprocess.run([sys.executable, bootstrap, "--tests", REPOSITORY], check=False).returncode
    if lacking:
        return lacking
    failed = []
    if not arguments:
        for name, command in CHECKS:
            print(f"== {name}", flush=True)
            if subprocess.run([sys.executable, *command], cwd=REPOSITORY, check=False).returncode:
                failed.append(name)
    if failed:
        print(f"Gagal: {', '.join(failed)}", flush=True)
    print("== uji", flush=True)
    tests = subprocess.run([sys.executable, "-m", "pytest", *(arguments or SHARED_OUT)], cwd=REPOSITORY, check=False)
    return 1 if failed or tests.returncode else 0
