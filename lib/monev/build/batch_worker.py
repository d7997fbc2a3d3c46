"""A worker of a batch: builds the reports that come over its standard input, with kernels' parents that stay warm.

Started by `report_batch.Worker` as `python -m monev.build.batch_worker`. The end of its input is the order to stop,
also in the middle of a build.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
import threading
import time
from queue import SimpleQueue
from typing import BinaryIO

from monev.build.build_options import BuildOptions
from monev.build.last_build import stands
from monev.build.pipeline import build
from monev.build.report_batch import OrderedReport, ReportOutcome, Result
from monev.io.guarded_cache import Cache
from monev.kernels.fork_client import prepared
from monev.words.errors import InputError, MonevError
from monev.words.findings import errors
from monev.words.messages import Words, tell
from monev.words.steps import Progress

_SILENT = Progress(lambda words: None, lambda count, total, name: None)


def outcome_of(report: OrderedReport, options: BuildOptions) -> ReportOutcome:
    """Build one report; return what became of it, never an exception."""
    began = time.monotonic()
    result: Result = "built"
    why: Words = ""
    try:
        cache = Cache.of(report.root, report.edition)
        if options.cache and stands(cache, report.root, report.edition, options):
            result = "unchanged"
        else:
            build(report.root, report.edition, options, _SILENT)
    except InputError as error:
        result, why = "inputs", _first(error)
    except MonevError as error:
        result, why = "failed", error.message
    except Exception as error:  # a fault of ours in one report is no reason to leave out the others
        result, why = "failed", f"{type(error).__name__}: {error}"
    return ReportOutcome(report, result, why, time.monotonic() - began, _peak())


def _first(error: InputError) -> Words:
    """Return the first finding that stops a build, and how many there are."""
    wrong = errors(error.findings)
    return tell("batch.inputs", count=len(wrong), first=wrong[0].line())


def _peak() -> int:
    """Return the most memory in bytes that this process has had; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _listen(orders: BinaryIO, queue: SimpleQueue[tuple[OrderedReport, BuildOptions]]) -> None:
    """Take orders; when nobody gives any more, end the process so that it tidies up."""
    with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
        while True:
            queue.put(pickle.load(orders))
    if hasattr(signal, "pthread_kill"):  # wakes the main thread from whatever it waits for
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
    else:
        os._exit(0)


def main() -> None:
    """Build what comes until there is no more input."""
    orders = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed is no answer
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    queue: SimpleQueue[tuple[OrderedReport, BuildOptions]] = SimpleQueue()
    threading.Thread(target=_listen, args=(orders, queue), daemon=True).start()
    with prepared():
        while True:
            outcome = outcome_of(*queue.get())
            with contextlib.suppress(OSError):  # nobody may be left to hear it
                pickle.dump(outcome, answers)
                answers.flush()


if __name__ == "__main__":
    main()
