"""`monev init`: a programme's first edition in an empty folder; what was not given is asked for in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from monev.commands.bilingual import General, command, option
from monev.commands.shared_arguments import edition_called
from monev.words.errors import EXIT_DONE, UsageError
from monev.words.messages import Words, join, tell

if TYPE_CHECKING:
    from monev.edition.first_edition import Programme

_QUESTIONS = {
    "program": "init.ask.program",
    "plan": "init.ask.plan",
    "secretariat": "init.ask.secretariat",
    "groups": "init.ask.groups",
    "periods": "init.ask.periods",
    "bands": "init.ask.bands",
}
_FEWEST = {"groups": 2, "periods": 1, "bands": 0}
_MOST = {"groups": 6, "periods": 1, "bands": 12}  # a first edition has one period, unless options say otherwise


@command("init", more=tell("help.init.more"), begins_root=True)
@edition_called(about=tell("help.init.edition"))
@option("--program", called="NAMA", default="", about=tell("help.init.program"))
@option("--short", also=("--singkatan",), called="NAMA", default="", about=tell("help.init.short"))
@option("--plan", also=("--rencana",), called="NAMA", default="", about=tell("help.init.plan"))
@option("--secretariat", also=("--sekretariat",), called="NAMA", default="", about=tell("help.init.secretariat"))
@option("--title", also=("--judul",), called="TEKS", default="", about=tell("help.init.title"))
@option("--group", "groups", also=("--kelompok",), several=True, called="TEKS", about=tell("help.init.group"))
@option("--period", "periods", also=("--periode",), several=True, called="TEKS", about=tell("help.init.period"))
@option("--band", "bands", also=("--kategori",), several=True, called="TEKS", about=tell("help.init.band"))
@click.pass_obj
def run(general: General, /, edition: str, **said: str | tuple[str, ...]) -> int:
    """Ask for what is missing, begin the programme, and say what to do next."""
    from monev.edition.first_edition import OPTIONS, README, Programme, begin
    from monev.io.folders import seen_from_here

    programme = Programme(**said)  # type: ignore[arg-type]
    if programme.missing and sys.stdin is not None and sys.stdin.isatty():
        with suppress(EOFError):
            programme = _asked(programme, general)
    if missing := programme.missing:
        names = join([OPTIONS[name] for name in missing], ", ")
        raise UsageError(tell("init.missing", names=names))
    made_root = not general.root.exists()
    if made_root:
        general.root.mkdir()
    try:
        begun = begin(general.root, edition, programme)
    except BaseException:
        if made_root:
            with suppress(OSError):
                general.root.rmdir()
        raise
    print(tell("init.done", root=seen_from_here(general.root)).text(general.language))
    for file in begun.files:
        print(f"  {file}")
    readme = seen_from_here(general.root / README)
    print(tell("init.next", run=begun.run, edition=edition, readme=readme).text(general.language))
    return EXIT_DONE


def _asked(programme: Programme, general: General) -> Programme:
    """Return the programme with what its user says in the terminal. Raises EOFError where the terminal ends."""
    from dataclasses import replace

    for name in ("program", "plan", "secretariat"):
        if not getattr(programme, name):
            programme = replace(programme, **{name: _answer(tell(_QUESTIONS[name]), general, needed=True)})
    for name in ("groups", "periods", "bands"):
        if not getattr(programme, name):
            several: dict[str, Any] = {name: tuple(_several(name, general))}
            programme = replace(programme, **several)
    return programme


def _several(name: str, general: General) -> Iterator[str]:
    from monev.edition.first_edition import SAMPLES

    for number in range(1, _MOST[name] + 1):
        needed = number <= _FEWEST[name]
        end = "init.ask.usual" if name == "bands" and number == 1 else "init.ask.enough"
        question: list[Words] = [tell(_QUESTIONS[name], number=number, example=SAMPLES[name].strip("'"))]
        answer = _answer(join([*question, *([] if needed else [tell(end)])], ""), general, needed=needed)
        if not answer:
            return
        yield answer


def _answer(question: Words, general: General, *, needed: bool) -> str:
    from monev.words.messages import rendered

    while True:
        answer = input(f"{rendered(question, general.language)}: ").strip()
        if answer or not needed:
            return answer
