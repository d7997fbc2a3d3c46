"""`monev reconcile`: the figures of a published edition beside those that the data give."""

from __future__ import annotations

import sys

import click

from monev.commands.bilingual import General, command, option
from monev.commands.shared_arguments import edition_called
from monev.words.errors import EXIT_DIFFERENT, EXIT_DONE, UsageError
from monev.words.messages import tell


@command("reconcile")
@edition_called(about=tell("help.reconcile.edition"))
@option("--all", "everything", also=("--semua",), is_flag=True, about=tell("help.reconcile.all"))
@click.pass_obj
def run(general: General, edition: str, everything: bool) -> int:
    """Reconcile; the exit code says whether a difference stands without a reason."""
    from monev.commands.console import show_comparisons
    from monev.commands.findings_list import show_findings
    from monev.edition.opened import open_edition, published_file
    from monev.figures.reconciliation import reconciliation_findings, unexplained

    opened = open_edition(general.root, edition)
    if not opened.comparisons:
        raise UsageError(tell("reconcile.none", edition=edition, file=published_file(edition)))
    show_comparisons(opened.comparisons, everything, general.language, sys.stdout)
    if found := reconciliation_findings(opened.comparisons):
        show_findings(found, general.language, sys.stdout)
    return EXIT_DIFFERENT if unexplained(opened.comparisons) else EXIT_DONE
