"""The processes that kernels and workers are forked from: each has imported all of theirs, and runs nothing itself.

Started by `fork_client.Zygote` as `python -m monev.kernels.fork_server`, in a session of its own, with one thread;
one for kernels and one for workers, which get ready side by side. The control pipe says nothing: its end is the order
to stop. Each connection to the socket begins with one request: open or keep an edition, be a worker (the forked child
takes the connection over), or be a kernel. The connection of a kernel is its lease: as long as it is open the kernel
lives, what is sent over it are signals for the kernel, and when the kernel ends the lease says how.

Nothing outlives it: kernels and workers die with it, and what a kernel started (in whatever session) is handed to
this process by the system when the kernel ends, and killed here.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import os
import shutil
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING

from monev.io import read_log
from monev.kernels.fork_requests import PATIENCE, KeepRequest, KernelRequest, OpenRequest, WorkerRequest

if TYPE_CHECKING:
    pass

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


def _prctl(option: int, value: int) -> None:
    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def threads() -> int:
    """Return the number of threads of this process: only with one of them is a fork safe."""
    return len(os.listdir("/proc/self/task"))


# What a child does right after the fork -------------------------------------------------------------------------------


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
    _reseed()


def _reseed() -> None:
    """Give the child randomness of its own; the standard library's generator does so itself when forked."""
    import numpy as np

    np.random.seed()


def _settle(environment: dict[str, str], folder: str) -> None:
    """Put the child into the environment and the folder of its request."""
    import tempfile

    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    tempfile.tempdir = None


def _limit_memory(size: int | None) -> None:
    """Make allocations fail beyond `size`, and a kernel the first that the system ends when memory runs out."""
    import resource

    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500", "ascii")
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if size is not None:
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        limit = size if hard == resource.RLIM_INFINITY else min(size, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _kernel(request: KernelRequest, lease: Connection) -> None:
    """Be a kernel: bind its sockets, tell the lease, serve until the end."""
    _settle(request.environment, request.folder)
    _limit_memory(request.memory)
    sys.argv = ["ipykernel_launcher", *request.arguments]
    from monev.kernels.plain_kernel import kernel_app

    app = kernel_app(request.arguments)
    read_log.begin()
    lease.send(("ready", os.getpid()))
    lease.close()
    app.start()


def _worker(connection: Connection, request: WorkerRequest) -> None:
    """Be a worker: execute tasks until the connection ends."""
    _settle(request.environment, "/")
    from monev.kernels import fork_client, worker_process

    fork_client.join(request.kernels)
    worker_process.serve(connection)


# The process itself ---------------------------------------------------------------------------------------------------


def preload_kernels() -> None:
    """Import all that kernels use, and use the slow parts once, so that every fork has them warm."""
    from monev.kernels.preimports import import_kernel

    import_kernel()
    for module in (
        "monev.notebook",
        "monev.display.charts.draw",
        "matplotlib.backends.backend_svg",
        "matplotlib.figure",
        "matplotlib.font_manager",
        "matplotlib.style",
        "font_source_sans_pro",
        "encodings.utf_16_be",
    ):
        importlib.import_module(module)
    import pandas as pd

    pd.DataFrame({"a": [1]}).to_html()


def preload_workers() -> None:
    """The same for what workers use."""
    from monev.kernels.preimports import import_papermill

    import_papermill()
    for module in ("monev.kernels.papermill_engine", "monev.kernels.worker_process"):
        importlib.import_module(module)
    from monev.kernels.executed_notebook import page

    page(_SMALL.encode("ascii"), "")


PRELOADS = {"kernels": preload_kernels, "workers": preload_workers}


_SMALL = """{"cells": [
{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# a"},
{"cell_type": "code", "id": "b", "metadata": {}, "source": "1", "execution_count": 1, "outputs": [
{"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/html": "1", "text/plain": "1"}}
]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}"""


class Server:
    """Forks on request, reaps, and tells each lease how its kernel ended."""

    def __init__(self, folder: Path, listener: socket.socket, control: int) -> None:
        self.folder = folder
        self.listener = listener
        self.control = control
        self.pid = os.getpid()
        self.asking: list[Connection] = []  # connected, request not yet read; in the order of their coming
        self.leases: dict[int, Connection] = {}  # kernels
        self.ending: dict[int, Connection] = {}  # kernels that were killed and are not yet gone
        self.workers: set[int] = set()
        self.told_to_stop = False
        signal.signal(signal.SIGTERM, self._stop)

    def _stop(self, *_: object) -> None:
        """Remember a signal to stop, for `serve` to see: it must not break into the tidying up."""
        self.told_to_stop = True

    def serve(self) -> None:
        """Work until the control pipe ends."""
        signals, wake = os.pipe()
        for end in (signals, wake):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(wake)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        gc.collect()
        gc.freeze()  # no collection touches what the children share
        while True:
            ready = wait([signals, self.control, self.listener, *self.asking, *self.leases.values()])
            if self.control in ready or self.told_to_stop:
                return
            if signals in ready:
                os.read(signals, 4096)
                self._reap()
            for pid, lease in [item for item in self.leases.items() if item[1] in ready]:
                self._obey(pid, lease)
            # Last: a request that has been read makes a lease, which has nothing more to say yet.
            for connection in [c for c in self.asking if c in ready]:
                self.asking.remove(connection)
                self._answer(connection)
            if self.listener in ready:
                accepted, _ = self.listener.accept()
                self.asking.append(Connection(accepted.detach()))

    def _answer(self, connection: Connection) -> None:
        try:
            request = connection.recv()
            if isinstance(request, KernelRequest):
                self.leases[self._fork(lambda: _kernel(request, connection), connection)] = connection
                return
            if isinstance(request, WorkerRequest):
                self.workers.add(self._fork(lambda: _worker(connection, request), connection))
            else:
                _open(request)
                _tell(connection, ("opened", ""))
        except EOFError:
            pass
        except OSError as error:
            _tell(connection, ("failed", str(error)))
        connection.close()

    def _fork(self, be: Callable[[], None], keep: Connection) -> int:
        """Fork a child that does `be` and ends. Raises OSError when that is not possible or not safe."""
        if threads() != 1:
            raise OSError("the zygote has more than one thread")
        pid = os.fork()
        if pid:
            return pid
        code = 1
        try:
            _detach(self.pid, keep.fileno())
            be()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def _obey(self, pid: int, lease: Connection) -> None:
        """Pass a signal on to a kernel; kill it when its lease has ended."""
        try:
            number = int(lease.recv())
        except (EOFError, OSError):
            number = signal.SIGKILL
        _signal(pid, number)
        if number == signal.SIGKILL:
            self.ending[pid] = self.leases.pop(pid)

    def _reap(self) -> None:
        """Collect the dead, kill what they left, tell their leases."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            _signal(pid, signal.SIGKILL, group_only=True)
            self.workers.discard(pid)
            lease = self.leases.pop(pid, None) or self.ending.pop(pid, None)
            self._sweep()
            if lease is not None:
                _tell(lease, ("exit", os.waitstatus_to_exitcode(status)))
                lease.close()

    def _sweep(self) -> None:
        """Kill the children that were not forked here: what kernels had started that have ended."""
        known = {*self.leases, *self.ending, *self.workers}
        for pid in _children() - known:
            _signal(pid, signal.SIGKILL)

    def abandon(self) -> None:
        """Hang up on everyone."""
        self.listener.close()
        for connection in [*self.asking, *self.leases.values(), *self.ending.values()]:
            connection.close()

    def close(self) -> None:
        """Kill all that is left, wait until it is gone, remove the folder."""
        deadline = time.monotonic() + PATIENCE
        for pid in [*self.leases, *self.ending, *self.workers]:
            _signal(pid, signal.SIGKILL)
        while time.monotonic() < deadline:
            try:
                pid, _ = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if pid:
                _signal(pid, signal.SIGKILL, group_only=True)
                for left in _children():
                    _signal(left, signal.SIGKILL)
            else:
                time.sleep(0.002)
        shutil.rmtree(self.folder, ignore_errors=True)


def _open(request: OpenRequest | KeepRequest) -> None:
    from monev.edition import edition_cache  # workers, who never open an edition, do without what this imports

    if isinstance(request, KeepRequest):
        edition_cache.keep_only(request.kept)
    else:
        with contextlib.suppress(Exception):  # the notebook that opens it next will say what is wrong
            edition_cache.keep_open(Path(request.root), request.edition)
    gc.freeze()


def _tell(connection: Connection, message: tuple[str, object]) -> None:
    """Send, to whoever may have gone."""
    with contextlib.suppress(OSError):
        connection.send(message)


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
    """Serve until the parent says stop or is gone.

    Arguments: folder, listening socket, control pipe, parent or 0, and whose parent to be (`PRELOADS`).
    """
    folder, listening, control, parent = Path(arguments[0]), *map(int, arguments[1:4])
    server = Server(folder, socket.socket(fileno=listening), control)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent:
        _prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    _prctl(PR_SET_CHILD_SUBREAPER, 1)
    try:
        PRELOADS[arguments[4]]()
        server.serve()
    except Exception:
        # The folder holds the log with this: it stays until the parent has read it and says stop.
        traceback.print_exc()
        server.abandon()
        os.read(control, 1)
    finally:
        server.close()


if __name__ == "__main__":
    # As the module, not as the script: requests come as instances of the module's classes.
    from monev.kernels import fork_server

    fork_server.main(sys.argv[1:])
