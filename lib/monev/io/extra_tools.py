"""The extras of the package: what most never need, installed from a lock of its own when somebody first does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib import invalidate_caches
from importlib.util import find_spec

from monev.io.folders import REPOSITORY
from monev.words.errors import RunError
from monev.words.messages import Words, tell


def ensure(extra: str, *modules: str, say: Callable[[Words], object] = lambda _: None) -> None:
    """Have the modules of an extra at hand; what is missing is installed from `requirements-<extra>.lock`.

    `say` is told before that is begun. Raises RunError with the command to do it by hand.
    """
    if all(find_spec(module) for module in modules):
        return
    lock = REPOSITORY / f"requirements-{extra}.lock"
    command = f"{sys.executable} -m pip install --require-hashes -r {lock}"
    try:
        from uv import find_uv_bin
    except ImportError:
        raise RunError(tell("extra.no-tools", extra=extra, command=command)) from None
    say(tell("extra.installing", extra=extra, lock=lock.name))
    options = ["pip", "install", "--python", sys.executable, "--require-hashes", "--no-deps", "--quiet"]
    done = subprocess.run(
        [find_uv_bin(), *options, "--requirement", str(lock)], capture_output=True, text=True, check=False
    )
    invalidate_caches()
    if done.returncode or not all(find_spec(module) for module in modules):
        raise RunError(tell("extra.no-tools", extra=extra, command=command), done.stderr)
