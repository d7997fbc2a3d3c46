"""Arguments and options that several commands have, each told once."""

from __future__ import annotations

import os
from functools import partial
from typing import Literal

from monev.commands.bilingual import Choice, Number, argument, option
from monev.words.messages import tell

Form = Literal["text", "json"]

ENGINES = ("auto", "quarto", "embedded")

edition_called = partial(argument, "edition", called=tell("help.edition"))
edition = edition_called(about=tell("help.check.edition"))
form = option("--format", "form", type=Choice(("text", "json")), default="text", about=tell("help.check.format"))
engine = option("--engine", type=Choice(ENGINES), default="auto", about=tell("help.build.engine"))
jobs = partial(option, "--jobs", type=Number(counts=True), default=os.cpu_count() or 1, called="N")
no_cache = option("--no-cache", is_flag=True, about=tell("help.build.no-cache"))
