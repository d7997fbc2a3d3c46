"""A browser's part in measuring the page: it starts `monev app`, goes in by the address, and sends its forms."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
_RUNNING = 'hx-trigger="every 1s"'


@dataclass(frozen=True)
class Page:
    """A page that is open; `process` serves it."""

    process: subprocess.Popen[str]
    base: str
    opener: urllib.request.OpenerDirector

    def get(self, place: str) -> str:
        """Return a page's text."""
        with self.opener.open(self.base + place) as answer:
            return str(answer.read().decode("utf-8"))

    def post(self, place: str, **fields: str) -> str:
        """Send a form; return where it led, below the base."""
        origin = "/".join(self.base.split("/")[:3])
        headers = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}
        body = urllib.parse.urlencode(fields).encode()
        with self.opener.open(urllib.request.Request(self.base + place, body, headers)) as answer:
            return str(answer.url).removeprefix(self.base)

    def carried_out(self, **fields: str) -> float:
        """Give an order and wait until it is done; return the seconds. Raises RuntimeError where it fails."""
        begin = time.monotonic()
        place = self.post("/perintah", **fields)
        while True:
            page = self.get(place)
            if _RUNNING not in page:
                break
            time.sleep(0.02)
        if "label jadi" not in page:
            raise RuntimeError("\n".join(re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)))
        return time.monotonic() - begin


@contextlib.contextmanager
def opened(root: Path, **variables: str) -> Iterator[Page]:
    """Serve the page of a root within the block, `variables` in its environment."""
    command = [sys.executable, "-P", "-m", "monev", "--root", str(root), "app", "--no-browser"]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY / "lib")} | variables
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )
        opener.open(address).close()
        yield Page(process, address.partition("?")[0].rstrip("/"), opener)
    finally:
        process.terminate()
        process.wait(30)


def resident(process: int) -> int:
    """Return the bytes that a process and all that came from it hold, shared ones counted once (Linux)."""
    own = 0
    with contextlib.suppress(OSError):
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
        own = 1024 * int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])  # type: ignore[index]
    children: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            children += map(int, (task / "children").read_text("ascii").split())
    return own + sum(map(resident, children))
