"""The other end of the parent of notebooks' processes: starts and stops it, and has orders carried out.

Only on Linux does it fork: elsewhere forking a process that has loaded system libraries is not safe, and `available`
says so; each order then has a process that is started afresh.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from monev.kernels.environment import environment, fresh_folder, hold
from monev.kernels.hearing import Told, not_started
from monev.words.errors import RunError
from monev.words.messages import tell
from monev.words.shortages import shortage_said

if TYPE_CHECKING:
    from monev.edition.edition_cache import EditionWithState
    from monev.kernels.tasks import Order

SWITCH = "MONEV_FORK"  # "0" switches forking off
_STOPPING = 10.0  # seconds for it to end by itself


def available() -> bool:
    """Tell whether processes may be forked here."""
    return sys.platform == "linux" and os.environ.get(SWITCH) != "0" and os.path.isdir("/proc/self/task")


class Parent:
    """A running parent (`monev.kernels.fork_parent`); used by one thread at a time."""

    def __init__(self) -> None:
        """Start it; it gets ready while this process goes on. Raises RunError when the system does not let it."""
        self.owner = os.getpid()
        self._turn = threading.Lock()
        self._asked = False
        try:
            self.folder = fresh_folder()
            lock = hold(self.folder)
            mine, theirs = socket.socketpair()
        except OSError as error:
            raise not_started(error) from None
        self._connection = Connection(mine.detach())
        # A death signal comes when the starting *thread* ends, so only the main thread can ask for it.
        caller = os.getpid() if threading.current_thread() is threading.main_thread() else 0
        given = [str(self.folder), str(theirs.fileno()), str(caller)]
        try:
            with (self.folder / "log").open("wb") as log:
                self._process: subprocess.Popen[bytes] | None = subprocess.Popen(
                    [sys.executable, "-P", "-m", "monev.kernels.fork_parent", *given],
                    pass_fds=[theirs.fileno(), lock],
                    env=environment(self.folder),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    start_new_session=True,
                )
        except OSError as error:
            self._process = None
            shutil.rmtree(self.folder, ignore_errors=True)
            raise not_started(error) from None
        finally:
            theirs.close()
            os.close(lock)  # the parent holds it now

    def _send(self, request: object) -> None:
        self._asked = True
        try:
            self._connection.send(request)
        except OSError as error:
            raise self._failure(error) from None

    def _receive(self) -> tuple[int, object]:
        try:
            number, told = self._connection.recv()
        except (EOFError, OSError) as error:
            raise self._failure(error) from None
        if isinstance(told, OSError):
            raise not_started(told)
        return number, told

    def _failure(self, error: object) -> RunError:
        """Return the error to raise when the parent does not do what it was asked."""
        if short := shortage_said(said := self.words()):
            return RunError(tell("notebook.no-parent", error=short))
        return RunError(tell("notebook.no-parent", error=f"{type(error).__name__}: {error}"), said)

    def words(self) -> str:
        """Return the last that the parent and its children wrote to their standard output and error."""
        with contextlib.suppress(OSError):
            return (self.folder / "log").read_text("utf-8", "replace")[-2000:]
        return ""

    def _do(self, request: object) -> None:
        """Have something done, and wait until it is; what is still told of orders is passed over."""
        self._send(request)
        while self._receive() != (0, None):
            pass

    def keep(self, kept: EditionWithState) -> None:
        """Give an opened edition to the notebooks to come."""
        with self._turn:
            self._do(("keep", kept))

    def know(self, pictures: Mapping[str, str]) -> None:
        """Give pictures that are known, by their keys, to the notebooks to come."""
        with self._turn:
            self._do(("know", pictures))

    def carry_out(self, orders: Sequence[Order], jobs: int) -> Generator[Told, None, None]:
        """Carry out orders, at most `jobs` at once; yields what is told of them. All have ended when this ends."""
        with self._turn:
            todo, running = iter(range(len(orders))), 0
            try:
                while True:
                    while running < jobs and (place := next(todo, None)) is not None:
                        self._send(("run", place + 1, orders[place]))
                        running += 1
                    if not running:
                        return
                    number, told = self._receive()
                    running -= not isinstance(told, bytes)
                    yield number - 1, told  # type: ignore[misc]
            finally:
                if running:
                    with contextlib.suppress(RunError):
                        self._do(("drop",))

    def close(self) -> None:
        """Stop the parent with all that came from it, and wait until it is gone."""
        process, self._process = self._process, None
        if process is None or self.owner != os.getpid():
            return
        self._connection.close()
        if not self._asked:  # it has no children, and may be far from hearing what it is told
            process.kill()
        try:
            process.wait(_STOPPING)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


_current: list[Parent] = []
_starting = threading.Lock()


def current() -> Parent:
    """Return the parent of this process; start one, to be stopped with the process, when there is none."""
    with _starting:
        if not running():
            atexit.unregister(stop)
            atexit.register(stop)
            _current[:] = [Parent()]
        return _current[0]


def running() -> bool:
    """Tell whether this process has a parent of notebooks."""
    return bool(_current) and _current[0].owner == os.getpid()


def stop() -> None:
    """Stop the parent of this process, if there is one."""
    with _starting:
        for parent in _current:
            parent.close()
        _current.clear()
        atexit.unregister(stop)


@contextlib.contextmanager
def prepared() -> Iterator[None]:
    """Have the parent ready from soon after the start to the end of the block, where there is one.

    Starting it is no wait: it gets ready while the caller goes on.
    """
    if not available() or running():
        yield
        return
    current()
    try:
        yield
    finally:
        stop()


def carry_out(orders: Sequence[Order], jobs: int) -> Generator[Told, None, None]:
    """Carry out orders, at most `jobs` at once; yields what is told of them. All have ended when this ends.

    Raises RunError when there is not enough of something for that.
    """
    if available():
        return current().carry_out(orders, jobs)
    from monev.kernels.fresh_processes import carry_out as carry_out_afresh

    return carry_out_afresh(orders, jobs)
