"""`monev build`: the report of one edition, once or after each change; or one part of it to look at."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monev.commands.bilingual import Choice, General, command, option
from monev.commands.failures import told
from monev.commands.shared_arguments import edition_called, engine, jobs, no_cache
from monev.io.folders import Places, seen_from_here
from monev.words.errors import EXIT_DONE, MonevError
from monev.words.messages import rendered, tell

if TYPE_CHECKING:
    from monev.build.pipeline import Built

ALWAYS_MADE = ("pdf", "html")
FORMATS = (*ALWAYS_MADE, "docx")


@dataclass(frozen=True)
class _Wish:
    """What is to be built, and how."""

    edition: str
    engine: str
    jobs: int
    formats: tuple[str, ...]
    cache: bool
    part: str | None
    explain: bool
    stage: Path | None


@command("build", more=tell("help.build.more"))
@edition_called(about=tell("help.build.edition"))
@engine
@jobs(about=tell("help.build.jobs"))
@option("--format", "formats", type=Choice(FORMATS), multiple=True, called="FORMAT", about=tell("help.build.format"))
@no_cache
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
    only: str | None,
    stage: Path | None,
    explain: bool,
    watch: bool,
) -> int:
    """Build; with `--watch` again and again, failures told each time."""
    extra = tuple(sorted({*formats} - {*ALWAYS_MADE}))
    wish = _Wish(edition, engine, jobs, extra, not no_cache, only, explain, stage)
    if not watch:
        return _once(general, wish)
    from monev.build.watch import watch as watch_inputs

    watch_inputs(
        general.root,
        lambda: told(lambda: _once(general, wish), general.language),
        lambda words: print(f"- {rendered(words, general.language)}", file=sys.stderr, flush=True),
    )
    return EXIT_DONE


def _once(general: General, wish: _Wish) -> int:
    if wish.part:
        from monev.build.preview import preview

        made = preview(general.root, wish.edition, wish.part, wish.engine)
        print(tell("preview.done", path=seen_from_here(made)).text(general.language), flush=True)
        return EXIT_DONE
    if wish.stage:
        return _staged(general, wish, wish.stage)
    from monev.build.last_build import stands
    from monev.io.guarded_cache import Cache

    root, edition = general.root, wish.edition
    last = Places(root).output(edition) / "laporan.pdf"
    if wish.cache and stands(Cache.of(root, edition), root, edition, (wish.engine, *wish.formats)):
        print(tell("build.unchanged").text(general.language))
        print(tell("build.done", path=seen_from_here(last)).text(general.language), flush=True)
        return EXIT_DONE
    try:
        built = _built(general, wish)
    except MonevError as error:
        error.after = tell("build.last-stays", path=seen_from_here(last)) if last.is_file() else ""
        raise
    if wish.explain:
        from monev.commands.console import show_steps

        show_steps(built.steps, general.language, sys.stdout)
    print(tell("build.done", path=seen_from_here(built.pdf)).text(general.language), flush=True)
    return EXIT_DONE


def _staged(general: General, wish: _Wish, folder: Path) -> int:
    """Write the staged folder, for those who go on with Quarto by hand."""
    from monev.build.pipeline import stage_only
    from monev.commands.console import console_progress

    with console_progress(sys.stderr, general.language) as progress:
        stage_only(
            general.root,
            wish.edition,
            folder,
            engine=wish.engine,
            jobs=wish.jobs,
            progress=progress,
            cache=wish.cache,
        )
    print(tell("stage.done", path=folder).text(general.language), flush=True)
    return EXIT_DONE


def _built(general: General, wish: _Wish) -> Built:
    """Build, with the progress on the terminal."""
    from monev.kernels.fork_client import prepared

    with prepared():  # the parents of kernels import while this process does
        from monev.build.pipeline import build
        from monev.commands.console import console_progress

        with console_progress(sys.stderr, general.language) as progress:
            return build(
                general.root,
                wish.edition,
                engine=wish.engine,
                jobs=wish.jobs,
                progress=progress,
                cache=wish.cache,
                formats=wish.formats,
            )
