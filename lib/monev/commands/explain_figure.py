"""`monev explain`: a figure down to its cells, or the list of all figures."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from monev.commands.bilingual import General, Number, argument, command, option
from monev.commands.shared_arguments import Form, edition, form
from monev.words.errors import EXIT_DONE
from monev.words.messages import tell


@command("explain")
@edition
@argument("figure", required=False, called=tell("help.figure"), about=tell("help.explain.figure"))
@option("--search", also=("--cari",), several=True, called=tell("help.word"), about=tell("help.explain.search"))
@option("--depth", type=Number(), default=1, called="N", about=tell("help.explain.depth"))
@form
@click.pass_obj
def run(general: General, edition: str, figure: str | None, search: Sequence[str], depth: int, form: Form) -> int:
    """Explain the figure, or list those that hold all the words."""
    from monev.audit.explanation import explain, show
    from monev.edition.opened import open_edition

    opened = open_edition(general.root, edition)
    found = explain(opened, general.root, figure, search, depth=depth, language=general.language)
    show(found, general.language, sys.stdout, form)
    return EXIT_DONE
