"""`monev batch`: many reports side by side, here or on a cluster."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from monev.commands.bilingual import General, command, option
from monev.commands.shared_arguments import Form, edition_called, engine, form, jobs, no_cache
from monev.words.errors import EXIT_DONE, EXIT_INPUT, EXIT_RUN, UsageError
from monev.words.messages import join, tell


@command("batch", more=tell("help.batch.more"))
@edition_called(nargs=-1, required=True, about=tell("help.batch.editions"))
@option("--roots", type=Path, several=True, called="DIR", about=tell("help.batch.roots"))
@engine
@jobs(about=tell("help.batch.jobs"))
@option("--scheduler", called="ADDRESS", about=tell("help.batch.scheduler"))
@no_cache
@form
@click.pass_obj
def run(
    general: General,
    edition: Sequence[str],
    roots: Sequence[Path],
    engine: str,
    jobs: int,
    scheduler: str | None,
    no_cache: bool,
    form: Form,
) -> int:
    """Build every edition of every root; the exit code is that of the worst."""
    from monev.build import report_batch
    from monev.build.build_options import BuildOptions
    from monev.commands.console import batch_progress, show_outcomes

    wanted = report_batch.reports(roots or [general.root], edition)
    missing = [str(report.root) for report in wanted if not report.root.is_dir()]
    if missing:
        raise UsageError(join([tell("batch.no-root", root=root) for root in dict.fromkeys(missing)]))
    options = BuildOptions(engine, cache=not no_cache)  # one notebook at a time: reports are what runs side by side
    with batch_progress(len(wanted), sys.stderr, general.language) as done:
        if scheduler:
            from monev.build.dask_cluster import run_on_cluster

            outcomes = run_on_cluster(wanted, options, scheduler, done)
        else:
            outcomes = report_batch.run_here(wanted, options, jobs, done)
    if form == "json":
        print(json.dumps([outcome.record(general.language) for outcome in outcomes], ensure_ascii=False, indent=1))
    else:
        show_outcomes(outcomes, general.language, sys.stdout)
    results = {outcome.result for outcome in outcomes}
    if results & {"failed", "lost"}:
        return EXIT_RUN
    return EXIT_INPUT if "inputs" in results else EXIT_DONE
