"""The program: its general options, the commands it gathers, and the exit code of what was called.

A command is a file of this folder and a line in `COMMANDS`. Its file is imported when it is called, and nothing else:
help and complaints must not wait for libraries that they do not need.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module

import click

from monev import __version__
from monev.commands.bilingual import Bilingual, Choice, General, Misuse, complaint, option, unknown
from monev.commands.failures import told
from monev.commands.shell_words import launcher, put_as
from monev.words.errors import EXIT_DONE, EXIT_RUN, EXIT_USAGE
from monev.words.messages import LANGUAGE_VARIABLE, LANGUAGES, Language, Words, rendered, tell
from monev.words.messages import language as language_of

COMMANDS: Mapping[str, str] = {  # in the order of help: the command, and the file that holds it
    "build": "build_report",
    "batch": "build_batch",
    "init": "begin_programme",
    "new": "prepare_edition",
    "new-notebook": "write_notebook",
    "update": "update_books",
    "forms": "make_forms",
    "collect": "collect_forms",
    "check": "check_inputs",
    "explain": "explain_figure",
    "verify": "verify_report",
    "comments": "take_comments",
    "release": "make_release",
    "releases": "list_releases",
    "sign": "sign_report",
    "diff": "compare_editions",
    "reconcile": "compare_published",
    "test": "run_tests",
    "app": "monev.app.open_page",  # stands on all commands, so not among their files
    "doctor": "inspect_setup",
}


def module_of(command: str) -> str:
    """Return the module that holds a command."""
    name = COMMANDS[command]
    return name if "." in name else f"monev.commands.{name}"


class Program(Bilingual, click.Group):
    """The commands of monev, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """Return a command. Raises Misuse for one that there is not."""
        if cmd_name not in COMMANDS:
            raise Misuse(unknown(tell("help.command"), cmd_name, COMMANDS), ctx)
        found: click.Command = import_module(module_of(cmd_name)).run
        return found

    def sections(self, ctx: click.Context) -> Iterable[tuple[Words, list[tuple[str, str]]]]:
        """Yield the options and the commands."""
        yield from super().sections(ctx)
        about = [(name, tell(f"help.{name}").text(ctx.obj.language)) for name in COMMANDS]
        yield tell("help.commands"), about

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what follows the program's name."""
        return [f"{tell('help.command').text(ctx.obj.language)} ..."]


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"monev {__version__}")
        context.exit()


@click.group(
    "monev",
    cls=Program,
    invoke_without_command=True,
    about=tell("help.about"),
    more=tell("help.exits"),
    heading=tell("help.general"),
)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    about=tell("help.version"),
)
@option("--root", called="DIR", about=tell("help.root"))
@option("--lang", type=Choice(LANGUAGES), about=tell("help.lang"))
@click.pass_context
def program(context: click.Context, root: str | None, lang: Language | None) -> int:
    """Hand the general options to the command; without one, show the steps of a semester."""
    context.obj = General(lang or context.obj.language, root)
    if context.invoked_subcommand is None:
        for words in (tell("help.about"), tell("usage.see", program="monev")):
            click.echo(words.text(context.obj.language))
    return EXIT_DONE


def _wanted_language(arguments: Sequence[str]) -> Language:
    """Return the language to speak: that of `--lang` before the command, else of MONEV_LANG, else Indonesian.

    It must be known before the arguments are parsed, for help and complaints.
    """
    before = ""
    for argument in arguments:
        if before == "--lang":
            return language_of(argument)
        if argument.startswith("--lang="):
            return language_of(argument.removeprefix("--lang="))
        if not argument.startswith("-") and before != "--root":
            break
        before = argument
    return language_of(os.environ.get(LANGUAGE_VARIABLE))


def _run(arguments: Sequence[str], language: Language) -> int:
    """Parse the arguments and run what they ask for; wrong usage is told, with where to read on."""
    try:
        with program.make_context("monev", list(arguments), obj=General(language)) as context:
            return int(program.invoke(context))
    except click.exceptions.Exit as end:  # help and version were all that was asked for
        return end.exit_code
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "monev"
        see = tell("usage.see", program=path).text(language)
        print(f"monev: {rendered(complaint(error), language)}\n{see}", file=sys.stderr)
        return EXIT_USAGE


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; what it prints of commands is put as the shell at hand wants it."""
    call = launcher(sys.platform, os.environ)
    with put_as(call):
        return carry_out(sys.argv[1:] if argv is None else argv)


def carry_out(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    language = _wanted_language(arguments)
    try:
        return told(lambda: _run(arguments, language), language)
    except KeyboardInterrupt:
        print(f"monev: {tell('build.stopped').text(language)}", file=sys.stderr)
        return EXIT_RUN
    except BrokenPipeError:
        return EXIT_DONE
