"""Many reports, side by side: each in a worker process that stays warm between reports.

A report that fails never stops the others: a fault in its inputs is told in its row of the summary, and a worker that
dies is replaced. Nothing is remembered beside what builds remember themselves, so a batch that was cut off is resumed
by starting it again: reports that stand are passed over in a moment.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Literal

from monev.build.build_options import BuildOptions
from monev.io.own_environment import own_environment
from monev.words.messages import Language, Words, rendered, tell

Result = Literal["built", "unchanged", "inputs", "failed", "lost"]
TRIES = 2  # a report whose worker died is tried once more: the fault may have been the machine's
REPORTS_PER_WORKER = 50  # then a fresh process takes its place, whatever the libraries may have kept
PATIENCE = 20.0  # seconds for a worker to tidy up and end


@dataclass(frozen=True)
class OrderedReport:
    """One report to build: the root of its programme, and the edition."""

    root: Path
    edition: str


@dataclass(frozen=True)
class ReportOutcome:
    """What became of a report: how it ended, why if it failed, seconds it took, the worker's peak memory in bytes."""

    report: OrderedReport
    result: Result
    why: Words = ""
    seconds: float = 0.0
    memory: int = 0

    def record(self, language: Language) -> dict[str, object]:
        """Return the outcome as it is told to other programs."""
        return {
            "root": str(self.report.root),
            "edisi": self.report.edition,
            "hasil": self.result,
            "sebab": str(rendered(self.why, language)),
            "detik": round(self.seconds, 2),
            "memori": self.memory,
        }


Done = Callable[[ReportOutcome], None]


def reports(roots: Sequence[Path], editions: Sequence[str]) -> list[OrderedReport]:
    """Return every edition of every root, each once, in the order given."""
    return list(dict.fromkeys(OrderedReport(root.resolve(), edition) for root in roots for edition in editions))


def run_here(wanted: Sequence[OrderedReport], options: BuildOptions, workers: int, done: Done) -> list[ReportOutcome]:
    """Build all reports on this machine, at most `workers` at once; return what became of them, in their order.

    `done` is called after each.
    """
    found: dict[OrderedReport, ReportOutcome] = {}
    with Crew(options) as crew, ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        try:
            for future in as_completed([pool.submit(crew.build, report) for report in wanted]):
                outcome = future.result()
                found[outcome.report] = outcome
                done(outcome)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            crew.close()  # ends the builds that are under way, so that their threads end
            raise
    return [found[report] for report in wanted]


class Worker:
    """A process that builds the reports it is given, one at a time, each with one core's worth of work."""

    def __init__(self) -> None:
        self.built = 0
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "monev.build.batch_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # A build like any other: programs that render have their own variables let through once more.
            env=own_environment(*(name for name in os.environ if not name.startswith("PYTHON"))) | _one_core(),
            start_new_session=True,  # an interrupt from the terminal is for whoever gives the orders
        )

    def build(self, report: OrderedReport, options: BuildOptions) -> ReportOutcome:
        """Have a report built; `lost` when the process dies with it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self.built += 1
        try:
            pickle.dump((report, options), self._process.stdin)
            self._process.stdin.flush()
            outcome: ReportOutcome = pickle.load(self._process.stdout)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            return ReportOutcome(report, "lost", tell("batch.lost", code=self._process.wait()))
        return outcome

    def close(self) -> None:
        """End the process, at once also when it is building; it tidies up."""
        with contextlib.suppress(OSError):
            assert self._process.stdin is not None
            self._process.stdin.close()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Crew:
    """Workers of this machine, made as they are needed; may be used by several threads."""

    def __init__(self, options: BuildOptions) -> None:
        self._options = options
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        self._all: list[Worker] = []

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def build(self, report: OrderedReport) -> ReportOutcome:
        """Have a report built by a worker that is free; a new one tries again when the worker dies with it."""
        for _ in range(TRIES):
            try:
                worker = self._idle.get_nowait()
            except Empty:
                worker = Worker()
                self._all.append(worker)
            outcome = worker.build(report, self._options)
            if outcome.result == "lost" or worker.built >= REPORTS_PER_WORKER:
                self._all.remove(worker)
                worker.close()
            else:
                self._idle.put(worker)
            if outcome.result != "lost":
                break
        return outcome

    def close(self) -> None:
        """End all workers."""
        for worker in list(self._all):
            worker.close()


def _one_core() -> dict[str, str]:
    """Return what keeps the libraries to one thread: the reports are what runs side by side."""
    return {f"{name}_NUM_THREADS": "1" for name in ("RAYON", "OPENBLAS", "OMP", "MKL")}
