"""The papermill engine `monev`: kernels forked from a process that has everything imported, or started as usual.

    papermill.execute_notebook(path, out, parameters, engine_name="monev")

Each notebook has a process of its own either way. A notebook that ends without an error of its own (killed, hanging,
exiting, flooding its output) raises CellFailure, which knows the cell.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellExecutionComplete, CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines
from papermill.exceptions import PapermillException
from papermill.log import logger
from traitlets import Type

from monev.io import read_log
from monev.io.read_log import Read
from monev.kernels import fork_client, provisioner
from monev.kernels.environment import environment, fresh_folder
from monev.kernels.tasks import Limits
from monev.words.messages import Words, tell

ENGINE = "monev"
START_TIMEOUT = 60.0


class CellFailure(PapermillException):  # type: ignore[misc]
    """A notebook ended in a cell (its index in the executed notebook) in a way that is no exception of its code."""

    def __init__(self, cell_index: int, why: Words) -> None:
        super().__init__(f"cell {cell_index + 1}: {why}")
        self.cell_index = cell_index
        self.why = why


# The kernel and how it is talked to -----------------------------------------------------------------------------------


class _KernelClient(AsyncKernelClient):
    """A client that is ready as soon as the kernel answers, and opens only the channels that are used."""

    info: dict[str, Any] | None = None  # what the kernel said of itself

    def start_channels(
        self, shell: bool = True, iopub: bool = True, stdin: bool = True, hb: bool = True, control: bool = True
    ) -> None:
        """Start the channels for requests and for output; the manager itself knows whether the kernel lives."""
        super().start_channels(shell=True, iopub=True, stdin=False, hb=False, control=False)

    def stop_channels(self) -> None:
        """Stop what was started; asking for the other channels would open them."""
        self.shell_channel.stop()
        self.iopub_channel.stop()

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until requests are answered and output comes through.

        What is left on the output channel is not awaited: nbclient drops messages that answer none of its requests.
        """
        end = time.monotonic() + (START_TIMEOUT if timeout is None else timeout)
        while time.monotonic() < end:
            asked = self.kernel_info()
            with contextlib.suppress(Empty):
                reply = await self.shell_channel.get_msg(timeout=1)
                while reply["parent_header"].get("msg_id") != asked:
                    reply = await self.shell_channel.get_msg(timeout=1)
                await self.iopub_channel.get_msg(timeout=0.2)
                self._handle_kernel_info_reply(reply)
                self.info = reply
                return
            if not await self.is_alive():
                raise RuntimeError("Kernel died before it answered")
        raise RuntimeError("Kernel did not answer in time")


class SocketKernelManager(AsyncKernelManager):
    """A kernel with a folder of its own, for its sockets (where sockets can be files) and all else it writes."""

    client_factory = Type(klass=AsyncKernelClient, default_value=_KernelClient)

    def __init__(self, memory: int | None = None, *, noting: bool = False, **settings: Any) -> None:
        super().__init__(**settings)
        self.noting = noting
        self.noted: tuple[Read, ...] | None = None  # what the kernel read; None when that cannot be told
        # This Python, whatever kernels called "python3" the user has installed.
        argv = [sys.executable, "-P", "-m", "monev.kernels.plain_kernel", "-f", "{connection_file}"]
        self._kernel_spec = KernelSpec(argv=argv, display_name="Python 3", language="python")
        forks_here = fork_client.available()
        self.folder = (
            Path(tempfile.mkdtemp(prefix="k", dir=fork_client.current().folder)) if forks_here else fresh_folder()
        )
        self.connection_file = str(self.folder / "c.json")
        self.reads = self.folder / "reads"
        if os.name == "posix":
            self.transport = "ipc"
            self.ip = str(self.folder / "s")
        if forks_here:
            self.provisioner = provisioner.ForkProvisioner(
                kernel_id="k", kernel_spec=self._kernel_spec, parent=self, memory=memory
            )

    def environment(self) -> dict[str, str]:
        """Return the environment for the kernel: our own list, with everything that is written kept in its folder."""
        temporary = self.folder / "tmp"
        temporary.mkdir(exist_ok=True)
        places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
        noted = {read_log.VARIABLE: str(self.reads)} if self.noting else {}
        return environment(self.folder) | places | noted

    def client(self, **settings: Any) -> Any:
        """Return a client that shares this manager's sockets' context."""
        return super().client(context=self.context, **settings)

    async def shutdown_kernel(  # type: ignore[override]  # as in AsyncKernelManager, which is not typed
        self, now: bool = False, restart: bool = False
    ) -> None:
        """End the kernel at once: whatever it was to give has come, and there is nothing for it to tidy."""
        if self.has_kernel:
            assert self.provisioner is not None
            await self.provisioner.kill()
            await self.provisioner.wait()
        await self.cleanup_resources(restart)

    async def cleanup_resources(self, restart: bool = False) -> None:  # type: ignore[override]  # as there
        """Remove sockets and folder, and what an ended kernel of the ordinary kind has left running."""
        if not restart:
            self.context.destroy(linger=0)  # nothing on its way to a dead kernel is worth waiting for
        await super().cleanup_resources(restart)
        group = getattr(self.provisioner, "pgid", None)
        if group and hasattr(os, "killpg"):
            with contextlib.suppress(OSError):
                os.killpg(group, signal.SIGKILL)
        if self.noting and self.noted is None:  # this may come again, when nothing is left
            self.noted = read_log.noted(self.reads)
        shutil.rmtree(self.folder, ignore_errors=True)


# One notebook ---------------------------------------------------------------------------------------------------------


class _NotebookClient(PapermillNotebookClient):  # type: ignore[misc]
    """Papermill's client, which also hears at once when a kernel ends, and keeps the limits."""

    def __init__(self, nb_man: Any, km: SocketKernelManager, limits: Limits, **settings: Any) -> None:
        super().__init__(nb_man, km=km, **settings)
        self._limits = limits
        self._end = time.monotonic() + limits.seconds
        self._size = 0
        self._exited = False
        self.timeout_func = lambda cell: max(0.01, self._end - time.monotonic())
        self.on_cell_executed = self._look_for_exit

    def _look_for_exit(self, cell: Any, cell_index: int, execute_reply: Any) -> None:
        payloads = execute_reply["content"].get("payload", ())
        self._exited = any(payload.get("source") == "ask_exit" for payload in payloads)

    def execute_cell(self, cell: Any, cell_index: int, **settings: Any) -> Any:
        """Execute a cell. Raises CellFailure for an end that papermill would not tell, or not tell the cell of."""
        try:
            made = super().execute_cell(cell, cell_index, **settings)
            why: Words = self._too_much() or (tell("kernel.exit") if self._exited else "")
        except DeadKernelError:
            why = self._how_it_ended()
        except CellTimeoutError:
            why = tell("kernel.time", seconds=f"{self._limits.seconds:g}")
        except CellExecutionError as error:
            if error.ename != "SystemExit":
                raise
            why = tell("kernel.sys-exit")
        if why:
            failure = CellFailure(cell_index, why)
            self.nb_man.cell_exception(self.nb.cells[cell_index], cell_index=cell_index, exception=failure)
            raise failure from None
        return made

    def wait_for_reply(self, msg_id: str, cell: Any = None) -> Any:
        """Return what the kernel said of itself at its start.

        Papermill asks for it after the last cell and would wait without limit for a kernel that a cell has broken.
        """
        return self.kc.info

    def _too_much(self) -> Words:
        over = self._size > self._limits.output
        return tell("kernel.output", size=f"{self._limits.output / 1e6:g}") if over else ""

    def _how_it_ended(self) -> Words:
        if told := self._too_much():
            return told
        process = self.km.provisioner.process if self.km else None
        code = process.poll() if process else None
        if code is None:
            return tell("kernel.silent")
        if code >= 0:
            return tell("kernel.code", code=code)
        name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
        memory = name in ("SIGKILL", "SIGABRT", "SIGSEGV")
        return tell("kernel.killed-memory" if memory else "kernel.killed", name=name)

    async def _async_poll_output_msg(self, parent_msg_id: str, cell: Any, cell_index: int) -> None:
        """Take in the output of a cell, and count all that the kernel says, also what it says on nobody's behalf."""
        while True:
            message = await self.kc.iopub_channel.get_msg(timeout=None)
            self._size += _size(message["content"])
            if self._too_much():
                self._give_up()
                return
            if message["parent_header"].get("msg_id") == parent_msg_id:
                try:
                    self.process_message(message, cell, cell_index)
                except CellExecutionComplete:
                    return

    def _give_up(self) -> None:
        if self.task_poll_for_reply is not None:
            self.task_poll_for_reply.cancel()

    async def _async_poll_kernel_alive(self) -> None:
        process = self.km.provisioner.process
        if isinstance(process, provisioner.ForkedProcess):
            await process.ended()
            # A reply that was sent before the end is still to be had.
            await asyncio.sleep(0.05)
            self._give_up()
        else:
            await super()._async_poll_kernel_alive()


def _size(content: Any) -> int:
    """Return about how many bytes a message's content holds."""
    if isinstance(content, str):
        return len(content)
    if isinstance(content, dict):
        return sum(map(_size, content.values()))
    if isinstance(content, list):
        return sum(map(_size, content))
    return 1


class MonevEngine(Engine):  # type: ignore[misc]
    """Papermill's engine with the kernels of this module."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        log_output: bool = False,
        stdout_file: Any = None,
        stderr_file: Any = None,
        start_timeout: float = START_TIMEOUT,
        execution_timeout: float | None = None,
        limits: Limits | None = None,
        noted: list[Read] | None = None,
        **settings: Any,
    ) -> None:
        """Execute the notebook; its cells and outputs are changed in place.

        `noted` is filled with what the notebook read (`monev.io.read_log`).
        """
        if limits is None:
            limits = Limits() if execution_timeout is None else Limits(seconds=execution_timeout)
        kernel = SocketKernelManager(memory=limits.memory, noting=noted is not None)
        client = _NotebookClient(
            nb_man,
            kernel,
            limits,
            kernel_name=kernel_name,
            startup_timeout=int(start_timeout),
            iopub_timeout=int(START_TIMEOUT),
            log=logger,
            log_output=log_output,
            stdout_file=stdout_file,
            stderr_file=stderr_file,
        )
        try:
            client.execute(env=kernel.environment(), cwd=os.getcwd(), cleanup_kc=True)
            if noted is not None:
                noted.extend(kernel.noted if kernel.noted is not None else (read_log.UNKNOWN,))
        finally:
            shutil.rmtree(kernel.folder, ignore_errors=True)


def register() -> None:
    """Make the engine known to papermill by its name; an installed monev is known by its entry point too."""
    papermill_engines.register(ENGINE, MonevEngine)


register()
