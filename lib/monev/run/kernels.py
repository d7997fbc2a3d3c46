"""Kernels that talk over sockets in a folder of their own: no race for ports between kernels that start together."""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import Any

from jupyter_client.manager import AsyncKernelManager


class SocketKernelManager(AsyncKernelManager):
    """A kernel manager with a unique absolute socket path for each kernel, where the system has sockets as files."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._folder = ""
        if os.name == "posix":
            self._folder = tempfile.mkdtemp(prefix="mvk-")
            self.transport = "ipc"
            self.ip = os.path.join(self._folder, "k")

    def cleanup_resources(self, restart: bool = False) -> None:
        """Remove the sockets with their folder once the kernel is gone."""
        super().cleanup_resources(restart)
        if self._folder and not restart:
            shutil.rmtree(self._folder, ignore_errors=True)
