"""What is asked of the processes that kernels and workers are forked from: one request begins each connection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monev.edition.edition_cache import EditionWithState

PATIENCE = 5.0  # seconds for the last children to be gone


@dataclass(frozen=True)
class OpenRequest:
    """Open an edition, so that kernels forked from now on have it."""

    root: str
    edition: str


@dataclass(frozen=True)
class KeepRequest:
    """Keep an edition that the caller has opened, and no other."""

    kept: EditionWithState


@dataclass(frozen=True)
class WorkerRequest:
    """Fork a worker that takes tasks from this connection, and its kernels from the socket `kernels`."""

    environment: dict[str, str]
    kernels: str


@dataclass(frozen=True)
class KernelRequest:
    """Fork a kernel: its arguments, environment, folder, and memory limit in bytes."""

    arguments: tuple[str, ...]
    environment: dict[str, str]
    folder: str
    memory: int | None = None
