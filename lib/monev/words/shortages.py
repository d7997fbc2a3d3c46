"""What the system did not give, in words: files, processes, memory. Services often give less than people have.

Errors of this process say it by their number or kind; another program, or a library that cannot be loaded, says it in
its last words.
"""

from __future__ import annotations

import contextlib
import errno
import re

from monev.words.messages import Words, tell

_NAMED = {
    errno.EMFILE: "short.files",
    errno.ENFILE: "short.files",
    errno.EAGAIN: "short.processes",
    errno.ENOMEM: "short.memory",
}
_SAID = {
    "short.files": re.compile(r"Too many open files|resource exhausted"),
    "short.processes": re.compile(r"can't start new thread|pthread_create|Resource temporarily unavailable|BlockingIO"),
    "short.memory": re.compile(
        r"MemoryError|Cannot allocate memory|[Oo]ut of memory|malloc: failed|mmap.* failed|heap (?:exhausted|overflow)"
        r"|failed to map segment|memory allocation of|bad_alloc|cannot enable executable stack"
    ),
}


def shortage(error: BaseException | None) -> Words | None:
    """Return what there was too little of, by an error or those that it came from; None when that was not it."""
    while error is not None:
        if isinstance(error, MemoryError):
            return tell("short.memory")
        if isinstance(error, OSError) and error.errno in _NAMED:
            return tell(_NAMED[error.errno])
        if isinstance(error, ImportError) and (told := shortage_said(str(error))):
            return told
        if isinstance(error, RuntimeError) and "start new thread" in str(error):
            return tell("short.memory" if memory_is_limited() else "short.processes")  # stacks need room as well
        error = error.__cause__ or error.__context__
    return None


def memory_is_limited() -> bool:
    """Tell whether this process may only have so much memory (`ulimit -v`)."""
    with contextlib.suppress(ImportError):  # a system without such limits
        import resource

        return resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY
    return False


def shortage_said(words: str) -> Words | None:
    """Return the same by the last words of a program; None when they say nothing of it."""
    return next((tell(name) for name, pattern in _SAID.items() if pattern.search(words)), None)
