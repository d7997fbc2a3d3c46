"""`monev build`: the report of one edition, once or after each change; or one part of it to look at."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monev.build.build_options import FURTHER
from monev.commands.bilingual import Choice, General, command, option
from monev.commands.failures import told
from monev.commands.shared_arguments import edition_called, engine, jobs, no_cache
from monev.io.folders import RootFolders, seen_from_here
from monev.words.errors import EXIT_DONE, MonevError
from monev.words.messages import rendered, tell

if TYPE_CHECKING:
    from monev.build.build_options import BuildOptions
    from monev.build.pipeline import Built

ALWAYS_MADE = ("pdf", "html")
FORMATS = (*ALWAYS_MADE, *FURTHER)


@command("build", more=tell("help.build.more"))
@edition_called(about=tell("help.build.edition"))
@engine
@jobs(about=tell("help.build.jobs"))
@option("--format", "formats", type=Choice(FORMATS), multiple=True, called="FORMAT", about=tell("help.build.format"))
@no_cache
@option("--trust", is_flag=True, about=tell("help.build.trust"))
@option("--only", called=tell("help.part"), about=tell("help.build.only"))
@option("--stage", type=click.Path(path_type=Path), called="DIR", about=tell("help.build.stage"))
@option("--explain", is_flag=True, about=tell("help.build.explain"))
@option("--watch", is_flag=True, about=tell("help.build.watch"))
@click.pass_obj
def run(
    general: General,
    edition: str,
    engine: str,
    jobs: int,
    formats: Sequence[str],
    no_cache: bool,
    trust: bool,
    only: str | None,
    stage: Path | None,
    explain: bool,
    watch: bool,
) -> int:
    """Build; with `--watch` again and again, failures told each time."""
    from monev.build.build_options import BuildOptions

    further = tuple(sorted({*formats} - {*ALWAYS_MADE}))
    options = BuildOptions(engine, jobs, not no_cache, further, trust=trust)
    once = partial(_once, general, edition, options, explain)
    if only:
        once = partial(_preview, general, edition, only, engine)
    elif stage:
        once = partial(_staged, general, edition, stage, options)
    if not watch:
        return once()
    from monev.build.watch import watch as watch_inputs
    from monev.commands.findings_list import FindingsTold

    before = FindingsTold()
    watch_inputs(
        general.root,
        lambda: told(once, general.language, before),
        lambda words: print(f"- {rendered(words, general.language)}", file=sys.stderr, flush=True),
    )
    return EXIT_DONE


def _preview(general: General, edition: str, part: str, engine: str) -> int:
    from monev.build.preview import preview

    made = preview(general.root, edition, part, engine)
    print(tell("preview.done", path=seen_from_here(made)).text(general.language), flush=True)
    return EXIT_DONE


def _once(general: General, edition: str, options: BuildOptions, explain: bool) -> int:
    """Build, unless the outputs stand for what there is now."""
    from monev.build.last_build import stands
    from monev.commands.made_report import show_made
    from monev.io.guarded_cache import Cache

    root = general.root
    folder = RootFolders(root).output(edition)
    last = folder / "laporan.pdf"
    if options.cache and stands(Cache.of(root, edition), root, edition, options):
        print(tell("build.unchanged").text(general.language))
        show_made(folder, None, general.language, sys.stdout)
        return EXIT_DONE
    try:
        built = _built(general, edition, options)
    except MonevError as error:
        error.after = tell("build.last-stays", path=seen_from_here(last)) if last.is_file() else ""
        raise
    if explain:
        from monev.commands.console import show_steps

        show_steps(built.steps, general.language, sys.stdout)
    show_made(built.folder, built.warnings, general.language, sys.stdout)
    return EXIT_DONE


def _staged(general: General, edition: str, folder: Path, options: BuildOptions) -> int:
    """Write the staged folder, for those who go on with Quarto by hand."""
    from monev.build.pipeline import stage_only
    from monev.commands.console import console_progress

    with console_progress(sys.stderr, general.language) as progress:
        stage_only(general.root, edition, folder, options, progress)
    print(tell("stage.done", path=folder).text(general.language), flush=True)
    return EXIT_DONE


def _built(general: General, edition: str, options: BuildOptions) -> Built:
    """Build, with the progress on the terminal."""
    from monev.kernels.fork_client import prepared

    with prepared():  # the parents of kernels import while this process does
        from monev.build.pipeline import build
        from monev.commands.console import console_progress

        with console_progress(sys.stderr, general.language) as progress:
            return build(general.root, edition, options, progress)
