"""`python -m monev`."""

import atexit
import os
import signal
import sys

EXIT_STOPPED = 3  # `monev.words.errors.EXIT_RUN`, which is not imported yet


def open_streams() -> None:
    """Have the three standard streams where a service has started this without: their descriptors would be others'."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.dup2(os.open(os.devnull, os.O_RDWR), number)
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8"))


def start() -> int:
    """Run the command line.

    Until a command has something to tidy up, an interrupt ends the process at once: in the middle of an import it could
    come out as anything.
    """
    open_streams()
    signal.signal(signal.SIGINT, lambda *_: os._exit(EXIT_STOPPED))
    from monev.commands.command_line import main

    return main()


if __name__ == "__main__":
    code = start()
    # All is done: an interrupt while the interpreter ends would only turn the exit code into that of a killed process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.flags.inspect:  # PYTHONINSPECT would ask for orders now, and lose the exit code
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
