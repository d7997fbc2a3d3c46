"""`monev app`: the page in the browser, or that of the start before."""

from __future__ import annotations

import os
import sys

import click

from monev.commands.bilingual import General, Number, command, option
from monev.commands.shell_words import launcher
from monev.words.errors import EXIT_DONE
from monev.words.messages import Words, rendered, tell

_LAST_PORT = 65_535


@command("app", more=tell("help.app.more"))
@option("--no-browser", is_flag=True, about=tell("help.app.no-browser"))
@option("--port", type=Number(), default=0, called="N", about=tell("help.app.port"))
@click.pass_obj
def run(general: General, no_browser: bool, port: int) -> int:
    """Serve the page until it is ended; a second start opens the page of the first."""
    from monev.app import first_start
    from monev.io.extra_tools import ensure
    from monev.words.errors import UsageError

    def say(words: Words) -> None:
        if words:
            print(f"monev: {rendered(words, general.language)}", file=sys.stderr, flush=True)

    if not 0 <= port <= _LAST_PORT:
        raise UsageError(tell("page.no-port", port=port, why=f"0-{_LAST_PORT}"))
    ensure("app", "starlette", "uvicorn", "jinja2", "python_multipart", say=say)
    from monev.app.serving import Wish, open_browser, serve

    def begun(address: str) -> None:
        say(tell("page.serving", root=general.root))
        print(address, flush=True)
        if not no_browser:
            say(open_browser(address))
        say(tell("page.how-to-end"))

    if address := first_start.address(general.root):
        say(tell("page.found"))
        print(address, flush=True)
        if not no_browser:
            say(open_browser(address))
        return EXIT_DONE
    if first_start.known(general.root):
        say(tell("page.stale-start"))
    serve(general.root, Wish(general.language, port, launcher(sys.platform, os.environ)), begun)
    say(tell("page.ended"))
    return EXIT_DONE
