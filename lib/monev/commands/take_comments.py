"""`monev comments`: what came back in Word and PDF files, gathered to be answered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from monev.commands.bilingual import General, argument, command
from monev.commands.shared_arguments import edition
from monev.words.errors import EXIT_DONE
from monev.words.messages import tell


@command("comments", more=tell("help.comments.more"))
@edition
@argument("files", type=Path, nargs=-1, required=True, called=tell("help.file"), about=tell("help.comments.files"))
@click.pass_obj
def run(general: General, edition: str, files: Sequence[Path]) -> int:
    """Take the comments in, and tell how many are new and how many wait."""
    from monev.build.publication.comment_round import take

    made = take(general.root, edition, files)
    said = tell("comments.done", found=made.found, new=made.new, file=made.file, open=made.open)
    print(said.text(general.language), flush=True)
    return EXIT_DONE
