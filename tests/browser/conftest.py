"""A real browser: Chromium as the system has it, driven by Playwright. Tests are skipped where there is none."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium on PATH")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield opened
        opened.close()


@dataclass
class Seen:
    """What a page did: the addresses that it asked for, and the errors that it met."""

    asked: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


Open = Callable[..., tuple[Page, Seen]]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Open a file as a reader does, from the disk: `visit(path, hash, width=, script=)`."""
    contexts = []

    def opened(path: Path, place: str = "", *, width: int = 1280, script: bool = True) -> tuple[Page, Seen]:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
        contexts.append(context)
        page, seen = context.new_page(), Seen()
        page.on("request", lambda request: seen.asked.append(request.url))
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on("console", lambda message: seen.errors.append(message.text) if message.type == "error" else None)
        page.goto(path.as_uri() + place)
        return page, seen

    yield opened
    for context in contexts:
        context.close()
