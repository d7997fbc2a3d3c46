"""The other end of the zygote: starts and stops it, and gives kernels and workers forked from it.

Only on Linux: elsewhere forking a process that has loaded system libraries is not safe, and `available` says so.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from monev.errors import RunError
from monev.messages import tell
from monev.run.places import environment, fresh_folder, hold
from monev.run.zygote import PATIENCE, KeepRequest, KernelRequest, OpenRequest, WorkerRequest

if TYPE_CHECKING:
    from monev.kept import Kept

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
                [sys.executable, "-P", "-m", "monev.run.zygote", str(folder), *map(str, ends[:2]), str(parent), role],
                pass_fds=ends,
                env=os.environ | environment(folder),
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

    def keep(self, kept: Kept) -> None:
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


# Kernels --------------------------------------------------------------------------------------------------------------


class ForkedProcess:
    """A forked kernel as its manager sees it: what of `subprocess.Popen` is used, over the kernel's lease."""

    stdin = stdout = stderr = None

    def __init__(self, lease: Connection, timeout: float) -> None:
        """Wait until the kernel is ready. Raises RuntimeError when it does not come to that."""
        self._lease = lease
        self.returncode: int | None = None
        try:
            if not lease.poll(timeout):
                raise RuntimeError("Kernel didn't start in time")
            word, value = lease.recv()
        except (EOFError, OSError) as error:
            lease.close()
            raise RuntimeError(f"Kernel died before it was ready ({type(error).__name__})") from None
        except RuntimeError:
            lease.close()
            raise
        if word != "ready":
            lease.close()
            raise RuntimeError(f"Kernel did not start: {word} {value}")
        self.pid: int = value

    def _hear(self) -> None:
        """Take in how the kernel ended."""
        try:
            _, self.returncode = self._lease.recv()
        except (EOFError, OSError):  # the zygote is gone, and the kernel with it
            self.returncode = -signal.SIGKILL
        self._lease.close()

    def poll(self) -> int | None:
        """Return how the kernel ended, or None."""
        if self.returncode is None and self._lease.poll():
            self._hear()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until the kernel has ended."""
        if self.returncode is None:
            if not self._lease.poll(timeout):
                raise subprocess.TimeoutExpired("kernel", timeout or 0)
            self._hear()
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Signal the kernel's process group, if it still runs."""
        if self.poll() is None:
            with contextlib.suppress(OSError):
                self._lease.send(int(number))

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel and all that it started."""
        self.send_signal(signal.SIGKILL)

    async def ended(self) -> None:
        """Return when the kernel has ended, at once."""
        if self.poll() is not None:
            return
        loop = asyncio.get_running_loop()
        descriptor = self._lease.fileno()
        heard = asyncio.Event()
        loop.add_reader(descriptor, heard.set)
        try:
            await heard.wait()
        finally:
            loop.remove_reader(descriptor)
        self.poll()


class ForkProvisioner(LocalProvisioner):
    """Gets kernels from the zygote instead of starting them; all else is as with kernels started here."""

    timeout = 60.0

    def __init__(self, memory: int | None = None, **settings: Any) -> None:
        super().__init__(**settings)
        self.memory = memory

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Have a kernel forked; its sockets are bound when this returns."""
        # What follows the kernel's module in `python -m ipykernel_launcher -f FILE ...`.
        arguments = tuple(cmd[cmd.index("-f") :])
        folder = str(kwargs.get("cwd") or os.getcwd())
        request = KernelRequest(arguments, dict(kwargs["env"]), folder, self.memory)
        process = ForkedProcess(current().kernel(request), self.timeout)
        self.process = process  # type: ignore[assignment]  # has what is used of a Popen
        self.pid = process.pid
        self.pgid = None  # signals go through the lease: the number of a kernel that has ended may be another's
        self.cwd = folder
        return self.connection_info

    async def wait(self) -> int | None:
        """Wait for the end of the kernel, which is known at once."""
        process: object = self.process
        if isinstance(process, ForkedProcess):
            await process.ended()
        self.process = None
        return 0
