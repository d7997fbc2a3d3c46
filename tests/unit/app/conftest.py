"""The page of a small programme, asked without a socket."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from monev.app.door import Door
from monev.app.presence import Presence
from monev.app.running import Runner, routed
from monev.app.site import Site
from monev.commands.command_line import main
from plans import MadePlan, make_plan
from support import once

PORT = 50_000


@pytest.fixture(scope="session")
def small_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "program-kecil", lambda folder: make_plan(folder / "akar", MadePlan())) / "akar"


@pytest.fixture
def small(small_plan: Path, tmp_path: Path) -> Path:
    """The root of a small programme, edition `uji`, free to be changed."""
    return Path(shutil.copytree(small_plan, tmp_path / "akar"))


@pytest.fixture
def site(small: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("MONEV_FORK", "0")

    def run(arguments: Sequence[str]) -> int:
        with routed():  # pytest has streams of its own for each phase of a test
            return main(arguments)

    runner = Runner(small, run)
    door = Door(port=PORT)
    presence = Presence(small, lambda: "")
    return Site(small, runner, door, presence, "id", "./monev")


@pytest.fixture
def stranger(site: Site) -> Iterator[TestClient]:
    """A client that has not come through the door."""
    with TestClient(site.app(), base_url=site.door.origin, follow_redirects=False) as client:
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
