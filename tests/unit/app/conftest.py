"""The page of a small programme, asked without a socket."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from monev.app.door import Door
from monev.app.presence import Presence
from monev.app.running import Runner, routed
from monev.app.site import Site
from plans import MadePlan, make_plan

PORT = 50_000


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The root of a small programme, edition `uji`."""
    return make_plan(tmp_path / "akar", MadePlan())


@pytest.fixture
def site(small: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("MONEV_FORK", "0")
    runner = Runner(small)
    door = Door(port=PORT)
    presence = Presence(small, lambda: "")
    return Site(small, runner, door, presence, "id", "./monev")


@pytest.fixture
def stranger(site: Site) -> Iterator[TestClient]:
    """A client that has not come through the door."""
    with routed(), TestClient(site.app(), base_url=site.door.origin, follow_redirects=False) as client:
        yield client


@pytest.fixture
def client(site: Site, stranger: TestClient) -> TestClient:
    """A browser that has: with the cookie, and with the headers that a form of ours sends."""
    welcome = stranger.get(site.door.address())
    assert welcome.status_code == 200
    stranger.headers.update({"origin": site.door.origin, "sec-fetch-site": "same-origin", "accept-language": "id"})
    return stranger


@pytest.fixture
def work(site: Site) -> Callable[[], None]:
    """Do the jobs that wait, in this thread, as the server does."""

    def all_of_them() -> None:
        def end_when_idle() -> None:
            while site.runner.busy or site.runner.waiting():
                time.sleep(0.02)
            site.runner.end()

        watcher = threading.Thread(target=end_when_idle)
        watcher.start()
        site.runner.serve()
        watcher.join()
        site.runner._ending = False

    return all_of_them
