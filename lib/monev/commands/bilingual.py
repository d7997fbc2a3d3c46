"""click's commands, arguments and options, with help and complaints in the user's language.

click asks its own classes for help and tells of wrong usage by objects; the classes here answer with messages of
`monev.words`, rendered when they are shown. So one definition of a command serves both languages. The language comes
from the context: whoever makes one gives it a `General`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import click

from monev.commands.interrupts import end_tidily
from monev.words.errors import UsageError
from monev.words.messages import Language, Words, join, rendered, tell

if TYPE_CHECKING:
    from pathlib import Path

WIDEST = 100  # columns of a help page; a terminal that is narrower has its own


@dataclass(frozen=True)
class General:
    """The general options, which stand before the command: the language to speak, and the folder of the data."""

    language: Language
    folder: str | None = None

    @cached_property
    def root(self) -> Path:
        """The folder with params, inputs and outputs; the repository where none was given."""
        from pathlib import Path  # takes a tenth of the time that a help page needs, which asks for no folder

        from monev.io.folders import REPOSITORY

        return Path(self.folder).resolve() if self.folder is not None else REPOSITORY


class Misuse(click.UsageError):
    """Wrong usage that was found here; click's own complaints are translated by `complaint`."""

    def __init__(self, words: Words, context: click.Context | None) -> None:
        super().__init__(str(words), context)
        self.words = words


def _said(words: Words, context: click.Context) -> str:
    return str(rendered(words, context.obj.language))


# Arguments and options ------------------------------------------------------------------------------------------------


class Argument(click.Argument):
    """A positional argument; `called` is its name in usage and help."""

    def __init__(self, *given: Any, called: Words, about: Words, **more: Any) -> None:
        super().__init__(*given, **more)
        self.called, self.about = called, about

    def make_metavar(self, ctx: click.Context) -> str:
        """Return its name as usage shows it: dots for several, brackets where it may be left out."""
        name = _said(self.called, ctx) + ("..." if self.nargs != 1 else "")
        return name if self.required else f"[{name}]"

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Return its row of the help."""
        return _said(self.called, ctx), _said(self.about, ctx)


class Option(click.Option):
    """An option; `called` names its value, `also` holds spellings that work and that help does not show.

    With `several` it takes all values that follow it (`--roots A B`), or may be given again for each.
    """

    def __init__(
        self,
        names: Sequence[str],
        *,
        about: Words,
        called: Words = "",
        also: Sequence[str] = (),
        several: bool = False,
        **more: Any,
    ) -> None:
        super().__init__([*names, *also], **({"multiple": several} | more))
        self.about, self.called, self.several = about, called, several
        self._hidden = {name for spelling in also for name in spelling.split("/")}

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Return its row of the help."""
        names = ", ".join(name for name in (*self.opts, *self.secondary_opts) if name not in self._hidden)
        return f"{names} {self.make_metavar(ctx)}".rstrip(), _said(self.about, ctx)

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the name of its value, or the words to choose from; nothing for one without value."""
        choices = "|".join(self.type.choices) if isinstance(self.type, click.Choice) else ""
        return (_said(self.called, ctx) or choices) + ("..." if self.several else "")

    def get_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what usage shows of it: nothing, unless it has to be given."""
        return [f"{self.opts[0]} {self.make_metavar(ctx)}"] if self.required else []


def _named(parameter: click.Parameter | None, context: click.Context | None) -> str:
    """Return what a complaint calls a parameter."""
    if isinstance(parameter, Argument) and context is not None:
        return _said(parameter.called, context)
    return parameter.opts[0] if parameter else ""


class Choice(click.Choice[str]):
    """One of a few words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word. Raises Misuse for another."""
        if value not in self.choices:
            raise Misuse(unknown(_named(param, ctx), value, self.choices), ctx)
        return str(value)


class Number(click.ParamType[int]):
    """A whole number; with `counts`, one from 1 to 9999."""

    name = "number"

    def __init__(self, *, counts: bool = False) -> None:
        self.counts = counts

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number. Raises Misuse for what is none."""
        text = str(value)
        number = int(text) if text.isascii() and text.lstrip("+-").isdigit() else None
        if self.counts and not (number and 0 < number < 10_000):
            raise Misuse(tell("usage.count", name=_named(param, ctx)), ctx)
        if number is None:
            raise Misuse(tell("usage.number", name=_named(param, ctx), value=value), ctx)
        return number


argument = partial(click.argument, cls=Argument)
option = partial(click.option, cls=Option)


def _show_help(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(context.get_help())
        context.exit()


def _help_option() -> Option:
    return Option(
        ["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, callback=_show_help, about=tell("help.help")
    )


# Commands -------------------------------------------------------------------------------------------------------------


class Bilingual(click.Command):
    """What the program and its commands have in common: a help page of messages, with lines broken as they stand."""

    def __init__(self, name: str, *, about: Words, more: Words = "", heading: Words = "", **settings: Any) -> None:
        settings.pop("help", None)  # click takes the docstring for it, which speaks to whoever reads the code
        parameters = [_help_option(), *settings.pop("params", ())]
        width = {"max_content_width": WIDEST}
        super().__init__(
            name, add_help_option=False, options_metavar=None, params=parameters, context_settings=width, **settings
        )
        self.about, self.more, self.heading = about, more, heading or tell("help.options")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the arguments; a complaint knows whose they are, which click does not always say."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help page."""
        pieces = [f"[{_said(tell('help.options.usage'), ctx)}]", *self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), _said(tell("help.usage"), ctx))
        formatter.write(f"\n{self.described(ctx)}\n")
        for heading, rows in self.sections(ctx):
            if rows:
                with formatter.section(_said(heading, ctx)):
                    formatter.write_dl(rows)
        if more := _said(self.more, ctx):
            formatter.write(f"\n{more}\n")

    def described(self, ctx: click.Context) -> str:
        """Return what it does, in words."""
        return _said(self.about, ctx).rstrip()

    def sections(self, ctx: click.Context) -> Iterable[tuple[Words, list[tuple[str, str]]]]:
        """Yield the headings of the help page, each with its rows."""
        yield tell("help.arguments"), [p.get_help_record(ctx) for p in self.params if isinstance(p, Argument)]
        yield self.heading, [p.get_help_record(ctx) for p in self.params if isinstance(p, Option)]


class Command(Bilingual):
    """One command; what it does is told by the message `help.<its name>`."""

    def __init__(self, name: str, *, ignore_unknown: bool = False, begins_root: bool = False, **settings: Any) -> None:
        super().__init__(name, about=tell(f"help.{name}"), **settings)
        self.ignore_unknown_options, self.begins_root = ignore_unknown, begins_root

    def described(self, ctx: click.Context) -> str:
        """Return what it does as a sentence."""
        words = super().described(ctx)
        return f"{words[0].upper()}{words[1:]}."

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the arguments. Raises Misuse with all that are missing, or with all that are not known."""
        several = {name for p in self.params if isinstance(p, Option) and p.several for name in p.opts}
        given = _spread(args, several)
        ctx.allow_extra_args = True  # told below, in the user's language
        try:
            rest = super().parse_args(ctx, list(given))
        except click.MissingParameter:
            missing = ", ".join(_named(p, ctx) for p in self._missing(ctx, given))
            raise Misuse(tell("usage.required", names=missing), ctx) from None
        if rest:
            raise Misuse(tell("usage.unknown", names=" ".join(rest)), ctx)
        return rest

    def _missing(self, ctx: click.Context, given: list[str]) -> list[click.Parameter]:
        values, _, _ = self.make_parser(ctx).parse_args(list(given))
        return [p for p in self.params if p.required and not isinstance(values.get(p.name or ""), str | tuple | list)]

    def invoke(self, ctx: click.Context) -> int:
        """Run the command; return its exit code. Raises UsageError where there is no root, nor one that may be made."""
        root = ctx.obj.root
        if not root.is_dir() and not (self.begins_root and root.parent.is_dir() and not root.exists()):
            raise UsageError(tell("usage.root", root=root))
        end_tidily()
        return int(super().invoke(ctx))


def _spread(args: Sequence[str], several: Collection[str]) -> list[str]:
    """Give the name of an option that takes several values before each of them, as click wants it."""
    spread: list[str] = []
    name = ""
    for before, arg in zip(["", *args], args, strict=False):
        if arg.startswith("-"):
            name = arg if arg in several else ""
        elif name and before != name:
            spread.append(name)
        spread.append(arg)
    return spread


command = partial(click.command, cls=Command)


# Complaints -----------------------------------------------------------------------------------------------------------


def unknown(name: Words, value: str, choices: Iterable[str]) -> Words:
    """Return the complaint about a word that is none of the choices; names the nearest of them."""
    known = list(choices)
    told = tell("usage.choice", name=name, value=value, choices=", ".join(known))
    return _hinted(told, value, known)


def complaint(error: click.UsageError) -> Words:
    """Return what click complains of as a message."""
    match error:
        case Misuse():
            return error.words
        case click.NoSuchOption():
            return _unknown_option(error.option_name, error.ctx)
        case click.BadOptionUsage():
            return tell("usage.no-value" if _is_flag(error) else "usage.one", name=error.option_name)
    return error.format_message()  # what only a fault in the definition of a command could cause


def _unknown_option(name: str, context: click.Context | None) -> Words:
    if context and context.parent and name in _spellings(context.parent):
        return tell("usage.general", name=name)
    return _hinted(tell("usage.unknown", names=name), name, _spellings(context) if context else ())


def _spellings(context: click.Context) -> list[str]:
    return [name for p in context.command.params for name in (*p.opts, *p.secondary_opts) if name.startswith("--")]


def _is_flag(error: click.BadOptionUsage) -> bool:
    parameters = error.ctx.command.params if error.ctx else []
    return any(isinstance(p, Option) and p.is_flag and error.option_name in p.opts for p in parameters)


def _hinted(told: Words, word: str, known: Iterable[str]) -> Words:
    from monev.words.findings import nearest

    hint = nearest(word, known)
    return join([told, hint], ".") if hint else told
