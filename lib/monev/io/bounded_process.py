"""Foreign files are read by a process of its own, bounded in time and memory: what they do to a parser ends there."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from monev.io.own_environment import own_environment

MAX_SECONDS = 60  # to read one file
MAX_MEMORY = 3 * 1024**3  # bytes that reading it may take


def answer_of(module: str, *arguments: object) -> Any:
    """Return what `python -m module arguments` writes as JSON; the module calls `bound` before it reads anything.

    Raises TimeoutError when it takes longer than MAX_SECONDS, ValueError when it ends without an answer.
    """
    command = [sys.executable, "-P", "-m", module, *map(str, arguments)]
    try:
        done = subprocess.run(
            command,
            env=own_environment(),
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=MAX_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError(f"lebih dari {MAX_SECONDS} detik") from None
    return json.loads(done.stdout)


def bound() -> None:
    """Bound this process; where the system has no such limits (Windows), the time that is waited is the bound."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
