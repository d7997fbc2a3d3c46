"""`monev verify`: a report built again from its materials; with `--quick` only its figures and numerals are checked."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from monev.commands.bilingual import General, argument, command, option
from monev.commands.shared_arguments import Form, form, jobs
from monev.words.messages import tell


@command("verify", more=tell("help.verify.more"))
@argument("path", type=Path, called=tell("help.file"), about=tell("help.verify.path"))
@option("--quick", is_flag=True, about=tell("help.verify.quick"))
@option("--trust", is_flag=True, about=tell("help.verify.trust"))
@option("--roots", type=Path, several=True, called=tell("help.file"), about=tell("help.verify.roots"))
@jobs(about=tell("help.build.jobs"))
@form
@click.pass_obj
def run(general: General, path: Path, quick: bool, trust: bool, roots: Sequence[Path], jobs: int, form: Form) -> int:
    """Verify; the exit code is 0 only when everything that was asked for could be checked and is equal."""
    from monev.audit.verdict import show_verification
    from monev.build.publication.release_check import is_release, prove_release
    from monev.build.publication.signatures import with_signatures
    from monev.commands.console import console_progress

    if is_release(path):
        with console_progress(sys.stderr, general.language) as progress:
            found = prove_release(path, jobs, progress, trust=trust)
    elif quick:
        from monev.build.quick_check import check

        found = check(path, general.root)
    else:
        from monev.build.rebuild import prove

        with console_progress(sys.stderr, general.language) as progress:
            found = prove(path, general.root, jobs, progress, trust=trust)
    found = with_signatures(found, path, general.root, roots)
    show_verification(found, general.language, sys.stdout, form)
    return found.exit_code
