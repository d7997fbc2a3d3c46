"""Connections of strangers: those that ask for nothing are let go, and the terminal hears nothing of any of them."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from monev.app import connections
from monev.app.connections import Connection, be_quiet
from monev.app.serving import listening
from monev.app.site import Site

SHORT = 0.3


@pytest.fixture
def served(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The page behind a socket."""
    monkeypatch.setattr(connections, "PATIENCE", SHORT)
    made = listening(0)
    site.door.port = made.getsockname()[1]
    be_quiet()
    server = uvicorn.Server(uvicorn.Config(site.app(), lifespan="off", ws="none", http=Connection, log_config=None))
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=lambda: loop.run_until_complete(server.serve(sockets=[made])))
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield site
    server.should_exit = True
    thread.join()
    made.close()
    loop.close()


def sent(site: Site, text: str) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", site.door.port), timeout=20)
    made.sendall(text.encode("latin-1"))
    return made


def head(site: Site, *more: str, first: str = "GET {base}/aset/ikon.svg HTTP/1.1") -> str:
    cookie = f"Cookie: {site.door.cookie_name}={site.door.cookie}"
    host = f"Host: 127.0.0.1:{site.door.port}"
    return "\r\n".join([first.format(base=site.door.base), host, cookie, *more, "", ""])


@pytest.mark.parametrize("begun", ["", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\n"])
def test_who_never_comes_to_the_point_is_let_go(served: Site, begun: str) -> None:
    with sent(served, begun) as slow:
        assert slow.recv(100) == b""


def test_who_was_answered_and_goes_on_slowly_is_let_go(served: Site) -> None:
    with sent(served, head(served)) as slow:
        answer = b""
        while b"</svg>" not in answer:
            answer += slow.recv(4096)
        slow.sendall(b"GET / HTTP")
        assert slow.recv(100) == b""


def test_who_is_being_answered_is_kept(served: Site) -> None:
    origin = (f"Origin: {served.door.origin}", "Content-Type: application/x-www-form-urlencoded", "Content-Length: 3")
    with sent(served, head(served, *origin, first="POST {base}/perintah HTTP/1.1")) as slow:
        for piece in (b"a", b"=", b"b"):
            time.sleep(SHORT)
            slow.sendall(piece)
        assert slow.recv(100).startswith(b"HTTP/1.1 422")


def test_the_terminal_hears_nothing_of_strangers(served: Site, capfd: pytest.CaptureFixture[str]) -> None:
    form = ("Content-Type: application/x-www-form-urlencoded", "Content-Length: 500")
    with sent(served, "bukan HTTP\r\n\r\n") as one:
        assert one.recv(100).startswith(b"HTTP/1.1 400")
    with sent(served, head(served, "Connection: Upgrade", "Upgrade: websocket")) as two:
        assert two.recv(100).startswith(b"HTTP/1.1 200")
    with sent(served, head(served, f"Origin: {served.door.origin}", *form, first="POST {base}/perintah HTTP/1.1")):
        time.sleep(SHORT)  # and away in the middle of the form
    time.sleep(SHORT)
    assert capfd.readouterr().err == ""
