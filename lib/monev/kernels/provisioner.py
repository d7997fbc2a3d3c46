"""Forked kernels as jupyter_client's managers see them: processes, and what provides them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
from multiprocessing.connection import Connection
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from monev.kernels.fork_client import current
from monev.kernels.fork_requests import KernelRequest


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
