"""The server of the page: a socket on loopback, the pages in threads of their own, commands in the main thread."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from monev.app import first_start
from monev.app.connections import Connection, be_quiet
from monev.app.door import Door
from monev.app.presence import Presence
from monev.app.running import Runner
from monev.app.site import Site
from monev.io.read_log import stand_aside
from monev.words.errors import RunError
from monev.words.messages import Language, Words, tell

LOOPBACK = "127.0.0.1"
_STARTING = 20.0  # seconds for the server to be there


@dataclass(frozen=True)
class Wish:
    """How to serve: the language of who has no wish, a port (0: any free one), how monev is called in the shell."""

    language: Language
    port: int = 0
    call: str = "./monev"


def listening(port: int) -> socket.socket:
    """Return a socket of this machine's own. Raises RunError for a port that is taken or not to be had."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":  # else another program could share the port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        made.bind((LOOPBACK, port))
        made.listen(128)
    except OSError as error:
        made.close()
        key = "page.port-taken" if error.errno == errno.EADDRINUSE else "page.no-port"
        raise RunError(tell(key, port=port, why=error.strerror or str(error))) from None
    made.set_inheritable(False)
    return made


class _Quiet(uvicorn.Server):
    """A server that leaves signals to the main thread."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def serve(root: Path, wish: Wish, begun: Callable[[str], object]) -> None:
    """Serve the page of a root until it is ended; `begun` is told the address. For the main thread.

    Raises RunError where there is no port to be had.
    """
    door = Door()
    made = listening(wish.port)
    door.port = made.getsockname()[1]
    runner = Runner(root)
    presence = Presence(root, lambda: " ".join(runner.busy.arguments[:2]) if runner.busy else "")
    site = Site(root, runner, door, presence, wish.language, wish.call)
    config = uvicorn.Config(
        site.app(), lifespan="off", ws="none", http=Connection, log_config=None, access_log=False, server_header=False,
        date_header=False, limit_concurrency=100, timeout_keep_alive=15, timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=64 * 1024,
    )  # fmt: skip
    be_quiet()
    server = _Quiet(config)

    def run() -> None:
        stand_aside()
        site.loop = asyncio.new_event_loop()
        site.loop.run_until_complete(server.serve(sockets=[made]))

    threads = [threading.Thread(target=each, daemon=True) for each in (run, presence.keep_on, site.watcher.run)]
    presence.renew()
    threads[0].start()
    _wait_for(server, threads[0])
    first_start.remember(root, door)
    for thread in threads[1:]:
        thread.start()
    try:
        begun(door.address())
        runner.serve()
    finally:
        first_start.forget(root, door)
        presence.leave()
        server.should_exit = True
        threads[0].join(5)
        made.close()


def _wait_for(server: uvicorn.Server, thread: threading.Thread) -> None:
    import time

    end = time.monotonic() + _STARTING
    while not server.started:
        if not thread.is_alive() or time.monotonic() > end:
            raise RunError(tell("page.no-server"))
        time.sleep(0.01)


def open_browser(address: str) -> Words:
    """Open the default browser; return what to say where there is none."""
    try:
        opened = webbrowser.open(address)
    except webbrowser.Error:
        opened = False
    return "" if opened else tell("page.no-browser")
