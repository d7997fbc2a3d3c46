"""`monev diff`: two editions, or two output folders, against each other."""

from __future__ import annotations

import sys

import click

from monev.commands.bilingual import General, argument, command
from monev.commands.shared_arguments import Form, form
from monev.words.errors import EXIT_DONE
from monev.words.messages import tell


@command("diff")
@argument("old", called="A", about=tell("help.diff.side"))
@argument("new", called="B", about=tell("help.diff.side"))
@form
@click.pass_obj
def run(general: General, old: str, new: str, form: Form) -> int:
    """Compare; a difference is what is looked for, not a failure."""
    from monev.audit.difference import difference, show_difference

    show_difference(difference(general.root, old, new, general.language), general.language, sys.stdout, form)
    return EXIT_DONE
