"""What the system did not give, in words: files, processes, memory. Services often give less than people have."""

from __future__ import annotations

import errno

from monev.words.messages import Words, tell

_NAMED = {
    errno.EMFILE: "short.files",
    errno.ENFILE: "short.files",
    errno.EAGAIN: "short.processes",
    errno.ENOMEM: "short.memory",
}


def shortage(error: BaseException | None) -> Words | None:
    """Return what there was too little of, by an error or those that it came from; None when that was not it."""
    while error is not None:
        if isinstance(error, MemoryError):
            return tell("short.memory")
        if isinstance(error, OSError) and error.errno in _NAMED:
            return tell(_NAMED[error.errno])
        if isinstance(error, RuntimeError) and "start new thread" in str(error):
            return tell("short.processes")
        error = error.__cause__ or error.__context__
    return None
