"""`monev test`: style, types, imports, then the tests; one command for people and for CI.

What only tests need is no part of an analyst's `.venv`: the first run adds it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

import click

from monev.commands.bilingual import General, argument, command
from monev.io.folders import REPOSITORY
from monev.words.messages import LANGUAGE_VARIABLE, tell

CHECKS = (
    (tell("test.style"), ("-m", "ruff", "check", "--quiet", ".")),
    (tell("test.layout"), ("-m", "ruff", "format", "--check", "--quiet", ".")),
    (tell("test.types"), ("-m", "mypy", "lib/monev")),
)
# The whole suite over the cores, a file at a time: what one file builds, its tests share. In the order of their names,
# which puts the files with the fewest and longest tests first.
SHARED_OUT = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder", "--durations", "20")


@command("test", more=tell("help.test.more"), ignore_unknown=True)
@argument("arguments", nargs=-1, type=click.UNPROCESSED, called="PYTEST", about=tell("help.test.arguments"))
@click.pass_obj
def run(general: General, arguments: Sequence[str]) -> int:
    """Run all checks and the tests, also when an early one fails; return 0 only when all passed.

    Returns 3 where the tools for it are not there and cannot be installed.
    """
    bootstrap = REPOSITORY / "lib" / "monev_bootstrap.py"
    speaking = os.environ | {LANGUAGE_VARIABLE: general.language}
    lacking = subprocess.run([sys.executable, bootstrap, "--tests", REPOSITORY], check=False, env=speaking).returncode
    if lacking:
        return lacking

    def say(line: str) -> None:
        print(line, flush=True)

    failed = []
    for name, check in () if arguments else CHECKS:
        say(f"== {name.text(general.language)}")
        if subprocess.run([sys.executable, *check], cwd=REPOSITORY, check=False).returncode:
            failed.append(name.text(general.language))
    if failed:
        say(tell("test.failed", names=", ".join(failed)).text(general.language))
    say(f"== {tell('test.tests').text(general.language)}")
    tests = subprocess.run([sys.executable, "-m", "pytest", *(arguments or SHARED_OUT)], cwd=REPOSITORY, check=False)
    return 1 if failed or tests.returncode else 0
