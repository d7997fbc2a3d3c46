"""Compares papermill's own kernels with those of the engine `monev`, side by side on the project's notebooks.

    .venv/bin/python benchmarks/kernels.py [ROUNDS]

The two take turns, so that other load on the machine falls on both; what is told is the median of the ratios.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

from monev.paths import NOTEBOOKS, REPOSITORY, ROOT_VARIABLE
from monev.run.imports import import_papermill

CASES = (
    ("03-ringkasan-eksekutif.ipynb", {"edisi": "2021-S2"}),
    ("04-sorotan.ipynb", {"edisi": "2021-S2"}),
    ("08-lampiran-komitmen.ipynb", {"edisi": "2021-S2", "komitmen": 7}),
)


def seconds(notebook: str, parameters: dict[str, object], engine: str | None) -> float:
    """Execute a notebook once; return how long it took."""
    import papermill

    start = time.perf_counter()
    path = str(NOTEBOOKS / notebook)
    papermill.execute_notebook(path, None, parameters, engine_name=engine, progress_bar=False, cwd=str(NOTEBOOKS))
    return time.perf_counter() - start


def main(rounds: int) -> None:
    """Print a table of medians and ratios."""
    os.environ[ROOT_VARIABLE] = str(REPOSITORY)
    import_papermill()
    from monev.run import forks, kernels

    start = time.perf_counter()
    if forks.available():
        forks.current().open(Path(REPOSITORY), "2021-S2")
    ready = time.perf_counter() - start
    print(f"{'notebook':32} {'papermill':>10} {'monev':>8} {'ratio':>7}   (median of {rounds}, seconds)")
    ratios = []
    for notebook, parameters in CASES:
        pairs = [
            (seconds(notebook, dict(parameters), None), seconds(notebook, dict(parameters), kernels.ENGINE))
            for _ in range(rounds)
        ]
        ratio = statistics.median(stock / ours for stock, ours in pairs)
        ratios.append(ratio)
        stock, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(f"{notebook:32} {stock:10.2f} {ours:8.2f} {ratio:6.1f}x")
    print(f"{'median of the ratios':52} {statistics.median(ratios):6.1f}x")
    print(f"once per build: {ready:.1f} s until the process that kernels are forked from is ready")
    forks.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
