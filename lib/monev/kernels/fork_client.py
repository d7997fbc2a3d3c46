"""The other end of the zygote: starts and stops it, and gives kernels and workers forked from it.

Only on Linux: elsewhere forking a process that has loaded system libraries is not safe, and `available` says so.
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
from collections.abc import Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from monev.kernels.environment import environment, fresh_folder, hold
from monev.kernels.fork_requests import PATIENCE, KeepRequest, KernelRequest, OpenRequest, WorkerRequest
from monev.words.errors import RunError
from monev.words.messages import tell

if TYPE_CHECKING:
    from monev.edition.edition_cache import EditionWithState

Role = Literal["kernels", "workers"]
SWITCH = "MONEV_FORK"  # "0" switches forking off


def available() -> bool:
    """Tell whether kernels may be forked here."""
    return sys.platform == "linux" and os.environ.get(SWITCH) != "0" and os.path.isdir("/proc/self/task")


class Zygote:
    """A running zygote. `address` is its socket; one that was not started here (no `process`) is only talked to."""

    def __init__(self, address: str, process: subprocess.Popen[bytes] | None = None, control: int = -1) -> None:
        self.address = address
        self.folder = Path(address).parent
        self.owner = os.getpid()
        self._process = process
        self._control = control
        self._asked = False

    @classmethod
    def start(cls, role: Role = "kernels") -> Zygote:
        """Start a zygote for kernels or for workers; it gets ready while this process goes on."""
        folder = fresh_folder()
        lock = hold(folder)
        address = str(folder / "z")
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(address)
        listener.listen(64)
        hearing, control = os.pipe()
        # A death signal comes when the starting *thread* ends, so only the main thread can ask for it.
        parent = os.getpid() if threading.current_thread() is threading.main_thread() else 0
        ends = [listener.fileno(), hearing, lock]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "monev.kernels.fork_server",
                    str(folder),
                    *map(str, ends[:2]),
                    str(parent),
                    role,
                ],
                pass_fds=ends,
                env=environment(folder),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
            )
        listener.close()
        os.close(hearing)
        os.close(lock)  # the zygote holds it now
        return cls(address, process, control)

    def _ask(self, request: object) -> Connection:
        """Send a request. Raises RunError with the zygote's last words when it is not there."""
        self._asked = True
        caller = socket.socket(socket.AF_UNIX)
        try:
            caller.connect(self.address)
            connection = Connection(caller.detach())
            connection.send(request)
        except OSError as error:
            caller.close()
            raise self.failure(error) from None
        return connection

    def failure(self, error: object) -> RunError:
        """Return the error to raise when the zygote did not do what it was asked."""
        return RunError(tell("notebook.no-parent", error=f"{type(error).__name__}: {error}"), self.words())

    def words(self) -> str:
        """Return the last that the zygote and its children wrote to their standard output and error."""
        with contextlib.suppress(OSError):
            return (self.folder / "log").read_text("utf-8", "replace")[-2000:]
        return ""

    def open(self, root: Path, edition: str) -> None:
        """Have an edition opened for the kernels to come; waits until it is. Faults in it are left to the notebooks."""
        self._do(OpenRequest(str(root), edition))

    def keep(self, kept: EditionWithState) -> None:
        """Give an opened edition to the kernels to come; waits until they have it."""
        self._do(KeepRequest(kept))

    def _do(self, request: OpenRequest | KeepRequest) -> None:
        connection = self._ask(request)
        try:
            connection.recv()
        except (EOFError, OSError) as error:
            raise self.failure(error) from None
        finally:
            connection.close()

    def worker(self, settings: Mapping[str, str], kernels: Zygote) -> Connection:
        """Return the connection to a new worker (`worker.serve`), whose kernels come from another zygote."""
        return self._ask(WorkerRequest(dict(settings), kernels.address))

    def kernel(self, request: KernelRequest) -> Connection:
        """Return the lease of a new kernel."""
        return self._ask(request)

    def close(self) -> None:
        """Stop the zygote with all that came from it, and wait until it is gone."""
        if self._process is None or self.owner != os.getpid():
            return
        control, self._control = self._control, -1
        if control >= 0:  # an interrupt may have cut off an earlier attempt here
            os.close(control)
        if not self._asked:  # it has no children, and may be far from reading what it is told
            self._process.kill()
        try:
            self._process.wait(2 * PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None
        shutil.rmtree(self.folder, ignore_errors=True)


_current: dict[Role, Zygote] = {}
_starting = threading.Lock()


def current(role: Role = "kernels") -> Zygote:
    """Return a zygote of this process; start one, to be stopped with the process, when there is none."""
    with _starting:
        if not running(role):
            atexit.unregister(stop)
            atexit.register(stop)
            _current[role] = Zygote.start(role)
        return _current[role]


def running(role: Role = "kernels") -> bool:
    """Tell whether this process has a zygote."""
    return role in _current and _current[role].owner == os.getpid()


def join(address: str) -> None:
    """Take kernels from the zygote at `address`, which another process has started."""
    _current["kernels"] = Zygote(address)


def stop() -> None:
    """Stop the zygotes of this process, if there are any."""
    with _starting:
        for zygote in _current.values():
            zygote.close()
        _current.clear()
        atexit.unregister(stop)


@contextlib.contextmanager
def prepared() -> Iterator[None]:
    """Have the zygotes of this process ready from soon after the start to the end of the block, where there are any.

    Starting them is no wait: they get ready while the caller goes on.
    """
    if not available() or running():
        yield
        return
    current("kernels")
    current("workers")
    try:
        yield
    finally:
        stop()
