"""Notebooks' processes that are started afresh, each by itself: for where forking is not safe."""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

from monev.io import read_log
from monev.kernels.environment import fresh_folder, hold, surroundings
from monev.kernels.hearing import Ended, Told, not_started
from monev.kernels.tasks import LOOK, READS, Order, exceeded


@dataclass
class _Process:
    place: Path
    process: subprocess.Popen[bytes]
    began: float
    limit: str = ""

    def kill(self) -> None:
        """End the process and what it started."""
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()

    def end(self) -> Ended:
        """Wait for the end, clear what is left, and return how it was."""
        code = self.process.wait()
        self.kill()
        reads = read_log.noted(self.place / READS)
        shutil.rmtree(self.place, ignore_errors=True)
        return Ended(code, self.limit, (read_log.UNKNOWN,) if reads is None else reads)


def carry_out(orders: Sequence[Order], jobs: int) -> Generator[Told, None, None]:
    """Carry out orders, at most `jobs` at once; yields what is told of them. All have ended when this ends."""
    todo, running = iter(range(len(orders))), dict[int, _Process]()
    heard: SimpleQueue[tuple[int, bytes]] = SimpleQueue()
    try:
        while True:
            while len(running) < jobs and (number := next(todo, None)) is not None:
                running[number] = _start(number, orders[number], heard)
            if not running:
                return
            with contextlib.suppress(Empty):
                number, piece = heard.get(timeout=LOOK)
                yield number, piece or running.pop(number).end()
            for number, one in running.items():
                one.limit = one.limit or exceeded(orders[number].limits, one.began, one.place)
                if one.limit:
                    one.kill()
    finally:
        for one in running.values():
            one.kill()
            one.end()


def _start(number: int, order: Order, heard: SimpleQueue[tuple[int, bytes]]) -> _Process:
    try:
        place = fresh_folder()
        lock = hold(place) if os.name == "posix" else None
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "monev.kernels.notebook_process", str(place)],
            env=surroundings(place, order.given),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=() if lock is None else (lock,),
        )
    except OSError as error:
        raise not_started(error) from None
    if lock is not None:
        os.close(lock)
    threading.Thread(target=_talk, args=(process, number, order, heard), daemon=True).start()
    return _Process(place, process, time.monotonic())


def _talk(process: subprocess.Popen[bytes], number: int, order: Order, heard: SimpleQueue[tuple[int, bytes]]) -> None:
    """Give a process its order, and hear what it tells; its end is an empty piece."""
    assert process.stdin is not None
    assert process.stdout is not None
    with process.stdin, process.stdout, contextlib.suppress(OSError, ValueError):
        pickle.dump(order, process.stdin)
        process.stdin.flush()  # and stays open: its end would be the process's
        while piece := os.read(process.stdout.fileno(), 1 << 20):
            heard.put((number, piece))
    heard.put((number, b""))
