"""`monev verify`: a PDF or an output folder held against its workbooks."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from monev.commands.bilingual import General, argument, command
from monev.commands.shared_arguments import Form, form
from monev.words.messages import tell


@command("verify", more=tell("help.verify.more"))
@argument("path", type=Path, called=tell("help.file"), about=tell("help.verify.path"))
@form
@click.pass_obj
def run(general: General, path: Path, form: Form) -> int:
    """Verify; the exit code is 0 only when everything could be checked and is equal."""
    from monev.audit.verdict import show
    from monev.audit.verification import verify

    found = verify(path, general.root)
    show(found, general.language, sys.stdout, form)
    return found.exit_code
