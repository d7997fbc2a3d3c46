"""From when on interrupts are exceptions, so that a command that is stopped tidies up behind itself."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

_AGAIN = 0.02  # seconds until an interrupt that came in the middle of an import comes again
_IMPORTER = importlib.__import__.__code__.co_filename  # of the code that imports


def end_tidily() -> None:
    """From here on let interrupts, and orders to end (as `kill` gives them), be exceptions: all is tidied up.

    In the middle of an import one could come out as anything; it then waits until the import is done. Signals are the
    main thread's: in any other nothing changes.
    """
    import _thread
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        if not _imports(frame):
            raise KeyboardInterrupt
        again = threading.Timer(_AGAIN, _thread.interrupt_main, (number,))
        again.daemon = True
        again.start()

    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGINT, interrupt)


def _imports(frame: FrameType | None) -> bool:
    """Tell whether code is running on behalf of an import."""
    while frame is not None:
        if frame.f_code.co_filename == _IMPORTER:
            return True
        frame = frame.f_back
    return False
