"""`monev release`: an edition released under a number, locked, with all that proves it."""

from __future__ import annotations

import sys

import click

from monev.commands.bilingual import General, command, option
from monev.commands.shared_arguments import edition, jobs
from monev.commands.sign_report import Chosen, with_key
from monev.io.folders import seen_from_here
from monev.words.errors import EXIT_DONE
from monev.words.messages import tell


@command("release", more=tell("help.release.more"))
@edition
@option("--number", required=True, called=tell("help.number"), about=tell("help.release.number"))
@option("--by", required=True, called=tell("help.name"), about=tell("help.release.by"))
@option("--reason", default="", called=tell("help.reason"), about=tell("help.release.reason"))
@option("--allow-open", default="", called=tell("help.reason"), about=tell("help.release.allow-open"))
@option("--sheet", is_flag=True, about=tell("help.release.sheet"))
@with_key
@jobs(about=tell("help.build.jobs"))
@click.pass_obj
def run(
    general: General,
    edition: str,
    number: str,
    by: str,
    reason: str,
    allow_open: str,
    sheet: bool,
    chosen: Chosen,
    jobs: int,
) -> int:
    """Release, and tell where it lies."""
    from monev.kernels.fork_client import prepared

    key = chosen.key(general)
    with prepared():
        from monev.build.publication.release import Wish, release
        from monev.commands.console import console_progress

        wish = Wish(number, by, reason, allow_open, sheet, jobs, key)
        with console_progress(sys.stderr, general.language) as progress:
            made = release(general.root, edition, wish, progress)
    path = seen_from_here(made.folder)
    print(tell("release.done", number=number, path=path).text(general.language))
    if made.record and made.record.sebelum:
        from monev.build.publication.revision import earlier_steps

        changes = earlier_steps(made)[-1].perubahan
        print(tell("release.revised", before=made.record.sebelum, count=len(changes)).text(general.language))
    if sheet:
        from monev.build.publication.approval_sheet import FILE

        print(tell("release.sheet", path=seen_from_here(made.archive / FILE)).text(general.language))
    print(tell("release.next", path=path).text(general.language), flush=True)
    return EXIT_DONE
