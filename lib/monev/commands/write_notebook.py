"""`monev new-notebook`: an example of a notebook of one's own, to change."""

from __future__ import annotations

import click

from monev.commands.bilingual import General, argument, command
from monev.words.errors import EXIT_DONE
from monev.words.messages import tell


@command("new-notebook", more=tell("help.new-notebook.more"))
@argument("name", called=tell("help.name"), about=tell("help.new-notebook.name"))
@click.pass_obj
def run(general: General, name: str) -> int:
    """Write the notebook and tell how it comes into the report."""
    from monev.edition.notebook_example import write_example

    file = write_example(general.root, name)
    print(tell("new-notebook.done", file=file, name=name).text(general.language))
    return EXIT_DONE
