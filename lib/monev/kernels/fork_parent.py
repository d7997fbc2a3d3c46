"""The process that notebooks' processes are forked from: it has imported all of theirs, and runs nothing itself.

Started by `fork_client.Parent` as `python -m monev.kernels.fork_parent`, in a session of its own, with one thread. It
is asked over one connection: ("keep", what the caller has opened), ("know", pictures by their keys), ("run", number,
order), ("drop",): kill all and tell nothing more of them. It tells over it, by number, what each process says and how
it ended; number 0 says that the rest is done. The end of the connection is the order to stop.

Nothing outlives it: the processes die with it, and what a notebook started (in whatever session) is handed to this
process by the system when the notebook's ends, and killed here.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import gc
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from monev.edition import edition_cache, known_pictures
from monev.io import read_log
from monev.kernels.cell_shell import made_shell
from monev.kernels.hearing import Ended
from monev.kernels.notebook_process import carry_out, import_all, written
from monev.kernels.tasks import LOOK, READS, Order, exceeded

PATIENCE = 5.0  # seconds for the last processes to be gone
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
_PIECE = 1 << 20


def _prctl(option: int, value: int) -> None:
    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def threads() -> int:
    """Return the number of threads of this process: only with one of them is a fork safe."""
    return len(os.listdir("/proc/self/task"))


def preload() -> None:
    """Import all that notebooks use, and use the slow parts once, so that every fork has them warm."""
    import_all(
        "monev.notebook",
        "monev.display.charts.draw",
        "matplotlib.backends.backend_svg",
        "matplotlib.figure",
        "matplotlib.font_manager",
        "matplotlib.style",
        "font_source_sans_pro",
        "encodings.utf_16_be",
        "IPython.core.completerlib",
    )
    import nbformat
    import pandas as pd

    nbformat.validate(nbformat.v4.new_notebook())  # compiles the schema, which takes longer than most notebooks
    pd.DataFrame({"a": [1]}).to_html()
    made_shell().run_cell("None", silent=True)


@dataclass(eq=False)
class _Running:
    """A process that runs: what it is heard by, its own folder, when it was started."""

    number: int
    pid: int
    pipe: int
    place: Path
    order: Order
    began: float = field(default_factory=time.monotonic)
    limit: str = ""
    open: bool = True  # whether it may tell more


class Server:
    """Forks on request, passes on what is told, keeps limits, reaps."""

    def __init__(self, folder: Path, control: Connection) -> None:
        self.folder = folder
        self.control = control
        self.pid = os.getpid()
        self.running: dict[int, _Running] = {}  # by process
        self.told_to_stop = False
        signal.signal(signal.SIGTERM, self._stop)

    def _stop(self, *_: object) -> None:
        """Remember a signal to stop, for `serve` to see: it must not break into the tidying up."""
        self.told_to_stop = True

    def serve(self) -> None:
        """Work until the connection ends."""
        signals, wake = os.pipe()
        for end in (signals, wake):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(wake)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        gc.collect()
        gc.freeze()  # no collection touches what the children share
        looked = time.monotonic()
        while not self.told_to_stop:
            told = [one.pipe for one in self.running.values() if one.open]
            ready = wait([signals, self.control, *told], LOOK if self.running else None)
            for one in self.running.values():
                if one.pipe in ready:
                    self._pass_on(one)
            if time.monotonic() - looked >= LOOK:
                self._hold_to_limits()
                looked = time.monotonic()
            if signals in ready:
                os.read(signals, 4096)
                self._reap()
            if self.control in ready:
                self._answer(*self.control.recv())

    def _hold_to_limits(self) -> None:
        for one in self.running.values():
            one.limit = one.limit or exceeded(one.order.limits, one.began, one.place)
            if one.limit:
                _signal(one.pid, signal.SIGKILL)

    def _answer(self, word: str, *more: Any) -> None:
        match word:
            case "run":
                try:
                    self._start(*more)
                except OSError as error:
                    self.control.send((more[0], error))
                return
            case "keep":
                edition_cache.keep_only(*more)
                gc.freeze()
            case "know":
                known_pictures.know(*more)
            case "drop":
                while self.running:
                    self._kill_all()
                    self._reap(told=False)
                    time.sleep(0.001)
        self.control.send((0, None))

    def _kill_all(self) -> None:
        for pid in self.running:
            _signal(pid, signal.SIGKILL)

    def _start(self, number: int, order: Order) -> None:
        """Fork a process for an order. Raises OSError when that is not possible or not safe."""
        if threads() != 1:
            raise OSError("the parent has more than one thread")
        place = Path(tempfile.mkdtemp(prefix="k", dir=self.folder))
        hear, tell = os.pipe()
        with contextlib.suppress(OSError):
            fcntl.fcntl(tell, fcntl.F_SETPIPE_SZ, _PIECE)  # else charts come in many small pieces
        try:
            pid = os.fork()
        except OSError:
            os.close(hear)
            os.close(tell)
            raise
        if not pid:
            self._be(order, place, tell)
        os.close(tell)
        os.set_blocking(hear, False)
        self.running[pid] = _Running(number, pid, hear, place, order)

    def _be(self, order: Order, place: Path, tell: int) -> None:
        """Be the process of an order until its end."""
        code = 1
        try:
            _detach(self.pid, tell)
            carry_out(order, place, lambda line: written(tell, line))
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def _pass_on(self, one: _Running) -> bool:
        """Pass on what a process has told; tell whether there may be more."""
        try:
            piece = os.read(one.pipe, _PIECE)
        except BlockingIOError:
            return False
        if piece:
            self.control.send((one.number, piece))
        one.open = bool(piece)
        return one.open

    def _reap(self, *, told: bool = True) -> None:
        """Collect the dead, kill what they left, tell how they ended."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            one = self.running.pop(pid, None)
            _signal(pid, signal.SIGKILL, group_only=True)
            self._clear()
            if one is None:
                continue
            while told and self._pass_on(one):
                pass
            os.close(one.pipe)
            reads = read_log.noted(one.place / READS)
            if told:
                known = (read_log.UNKNOWN,) if reads is None else reads
                one.limit = one.limit or exceeded(one.order.limits, one.began, one.place)  # it may have ended at once
                self.control.send((one.number, Ended(os.waitstatus_to_exitcode(status), one.limit, known)))
            shutil.rmtree(one.place, ignore_errors=True)

    def _clear(self) -> None:
        """Kill and collect what the dead have left; it may be forking, so until nothing more turns up."""
        while left := _children() - {*self.running}:
            for pid in left:
                _signal(pid, signal.SIGKILL)
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, 0)

    def close(self) -> None:
        """Kill all that is left, and wait until it is gone."""
        deadline = time.monotonic() + PATIENCE
        self._kill_all()
        while _children() and time.monotonic() < deadline:
            self._reap(told=False)
            time.sleep(0.002)


def _detach(parent: int, keep: int) -> None:
    """Make the forked process one of its own: session, signals, open files, randomness; and mortal with its parent."""
    os.setsid()
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    _prctl(PR_SET_CHILD_SUBREAPER, 1)
    if os.getppid() != parent:
        os._exit(1)
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGCHLD, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for descriptor in map(int, os.listdir("/proc/self/fd")):
        if descriptor > 2 and descriptor != keep:
            with contextlib.suppress(OSError):
                os.close(descriptor)
    import numpy as np

    np.random.seed()  # the standard library's generator does so itself when forked


def _signal(pid: int, number: int, group_only: bool = False) -> None:
    """Signal the process group of a child, or the child alone where it has not got so far as to have one."""
    try:
        os.killpg(pid, number)
    except OSError:
        if not group_only:
            with contextlib.suppress(OSError):
                os.kill(pid, number)


def _children() -> set[int]:
    """Return the children of this process; empty where the system does not tell."""
    try:
        return set(map(int, Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()))
    except OSError:
        return set()


def main(arguments: list[str]) -> None:
    """Serve until the caller says stop or is gone. Arguments: folder, connection, and the caller's process or 0."""
    folder, descriptor, caller = Path(arguments[0]), *map(int, arguments[1:])
    control = Connection(descriptor)
    server = Server(folder, control)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if caller:
        _prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    _prctl(PR_SET_CHILD_SUBREAPER, 1)
    try:
        preload()
        with contextlib.suppress(EOFError, ConnectionError):  # the caller is gone
            server.serve()
    finally:
        server.close()
    shutil.rmtree(folder, ignore_errors=True)  # after a failure the caller still reads the log in it


if __name__ == "__main__":
    # As the module, not as the script: requests come as instances of the module's classes.
    from monev.kernels import fork_parent

    fork_parent.main(sys.argv[1:])
