"""Tests of tests, by hand: does one fail for each changed operator and value of the code that makes numbers?

    .venv/bin/python tests/mutation.py "monev.rules.scores*" tests/spec/test_scores.py

The names of what is changed, then the tests that look at it (all that `pyproject.toml` lists where none is named).
mutmut knows code only where a folder is called `src`, so it works in `outputs/mutasi/`, a copy in which `lib` is.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPY = ROOT / "outputs" / "mutasi"
MUTMUT = [sys.executable, "-m", "mutmut"]


def copied() -> None:
    """Copy what git tracks, as it is in the working tree, with `lib` as `src`."""
    shutil.rmtree(COPY, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.splitlines():
        target = COPY / re.sub(r"^lib/", "src/", name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)


def main(names: str, *tests: str) -> int:
    """Change what is called so, one place after another, and tell which changes no test noticed."""
    copied()
    settings = (ROOT / "pyproject.toml").read_text("utf-8").replace('"lib', '"src')
    files = f"only_mutate = ['src/{names.replace('.', '/')}']"
    settings = re.sub(r"only_mutate = \[[^]]*\]", files, settings)
    if tests:
        chosen = f"pytest_add_cli_args_test_selection = {[*tests]}"
        settings = re.sub(r"pytest_add_cli_args_test_selection = \[[^]]*\]", chosen, settings)
    (COPY / "pyproject.toml").write_text(settings, "utf-8")
    own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([*MUTMUT, "run", "--max-children", "2", names], cwd=COPY, env=own, check=False).returncode
    told = subprocess.run([*MUTMUT, "results"], cwd=COPY, env=own, check=False, capture_output=True, text=True).stdout
    print("\n".join(line for line in told.splitlines() if not line.endswith("not checked")))
    return done


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
