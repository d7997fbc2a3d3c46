"""How long a clean build takes: wall time, CPU time and peak memory of whole commands, medians over some runs.

    .venv/bin/python benchmarks/build.py [EDITION] [--runs N]

Prints a table and writes `outputs/benchmark-build.json`. Times of one machine say little about another; the stages in
proportion do, so each stage of the last run is shown as its share.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]


def one_run(root: Path, edition: str) -> dict[str, float]:
    """Build once from nothing; return seconds of wall and CPU time, and peak memory in megabytes."""
    shutil.rmtree(root / "outputs", ignore_errors=True)
    command = [sys.executable, "-P", "-m", "monev", "--root", str(root), "build", edition, "--engine", "embedded"]
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"the build of {edition} failed; run it by hand to see why")
    return {"wall_s": wall, "cpu_s": usage.ru_utime + usage.ru_stime, "peak_mb": usage.ru_maxrss / 1024}


def stages(log: str, wall: float) -> list[tuple[str, float]]:
    """Return each stage of a run.log with its share of the wall time."""
    marks = [(float(t), words) for t, words in re.findall(r"^ *([\d.]+) s  (\D+.*)$", log, re.MULTILINE)]
    ends = [t for t, _ in marks[1:]] + [wall]
    return [(words, (end - start) / wall) for (start, words), end in zip(marks, ends, strict=True)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("edition", nargs="?", default="2021-S2")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("params", "inputs"):
            shutil.copytree(REPOSITORY / name, root / name)
        runs = [one_run(root, arguments.edition) for _ in range(arguments.runs)]
        log = (root / "outputs" / arguments.edition / "run.log").read_text("utf-8")
    middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
    print(f"clean build of {arguments.edition}, {len(runs)} runs, {os.cpu_count()} cores")
    for key, value in middle.items():
        spread = f"{min(run[key] for run in runs):.1f} to {max(run[key] for run in runs):.1f}"
        print(f"  {key:8} median {value:7.1f}   ({spread})")
    for words, share in stages(log, runs[-1]["wall_s"]):
        print(f"  {share:5.0%}  {words}")
    (REPOSITORY / "outputs" / "benchmark-build.json").write_text(json.dumps({"runs": runs, "median": middle}, indent=1))


if __name__ == "__main__":
    main()
