"""The command line: help and complaints in both languages, every spelling that works, and what it costs to start."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest

from monev.commands import build_batch, explain_figure, prepare_edition
from monev.commands.bilingual import Bilingual, Command, General, Option, command, option
from monev.commands.command_line import COMMANDS, main, module_of, program
from monev.io.folders import REPOSITORY
from monev.words.messages import LANGUAGES, Language, tell
from support import in_fresh_python

INDONESIAN = re.compile(r"\b(tidak|adalah|berkas|lembar|dengan|yang|harus|sudah|belum|pilihan|perintah|buku kerja)\b")
ENGLISH = re.compile(r"\b(usage|options|arguments|show|the|with|of)\b")
FOLDER = REPOSITORY / "lib" / "monev" / "commands"


def commands() -> dict[str, Command]:
    return {name: import_module(module_of(name)).run for name in COMMANDS}


def parsed(command: click.Command, *arguments: str, language: Language = "id") -> dict[str, Any]:
    """Return what a command would be called with."""
    return command.make_context(command.name, list(arguments), obj=General(language)).params


def test_every_command_is_a_line_and_a_file() -> None:
    held = {path.stem for path in FOLDER.glob("*.py") if "@command(" in path.read_text("utf-8")}
    assert held | {"monev.app.open_page"} == set(COMMANDS.values())
    assert {name: made.name for name, made in commands().items()} == {name: name for name in COMMANDS}


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_in_the_language_asked_for(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = {}
    for language in LANGUAGES:
        assert main(["--lang", language, *filter(None, [name]), "--help"]) == 0
        told[language] = capsys.readouterr().out
    assert told["en"].startswith("usage: monev")
    assert told["id"].startswith("pemakaian: monev")
    assert not INDONESIAN.search(told["en"])
    assert not ENGLISH.search(told["id"])
    assert len(told["en"].splitlines()) > 5


def test_help_names_every_command_and_every_argument(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    told = capsys.readouterr().out
    for name, made in commands().items():
        assert re.search(rf"^  {name} +\S", told, re.MULTILINE)
        own = made.get_help(click.Context(made, obj=General("id")))
        assert all(p.opts[0] in own for p in made.params if isinstance(p, Option))


def test_without_a_command_the_steps_of_a_semester_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert re.search(r"monev new .*\n.*monev check .*\n.*monev build ", told.out)
    assert main(["--lang", "en"]) == 0
    assert "The steps of a semester" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("variable", "arguments", "said"),
    [
        ("", ["build"], "wajib diberikan: EDISI\nLihat: monev build --help"),
        ("en", ["build"], "required: EDITION"),
        ("", ["new"], "wajib diberikan: EDISI, --from"),
        ("en", ["new", "--from", "x"], "required: EDITION\n"),
        ("en", ["diff", "x"], "required: B\n"),
        ("", ["--lang", "en", "build"], "See: monev build --help"),
        ("en", ["--lang=id", "build"], "Lihat: monev build --help"),
        ("klingon", ["build"], "wajib diberikan"),
        ("en", ["--lang", "klingon"], "--lang: 'klingon' tidak dikenal; pilihan: id, en"),
        ("en", ["build", "x", "--jobs", "0"], "--jobs: must be a whole number"),
        ("en", ["build", "x", "--jobs", "all"], "--jobs: must be a whole number"),
        ("en", ["explain", "x", "--depth", "two"], "--depth: 'two' is not a whole number"),
        ("en", ["build", "x", "--jobs"], "--jobs needs one value\nSee: monev build --help"),
        ("en", ["build", "x", "--watch=yes"], "--watch takes no value"),
        ("en", ["build", "x", "--format", "odt"], "--format: 'odt' is unknown; choices: pdf, html, docx"),
        ("en", ["fly"], "COMMAND: 'fly' is unknown; choices: build, batch"),
        ("", ["biuld", "x"], "doctor. Maksudnya 'build'?"),
        ("en", ["check", "x", "--fly"], "unknown arguments: --fly\n"),
        ("", ["check", "x", "--fromat", "json"], "argumen tidak dikenal: --fromat. Maksudnya '--format'?"),
        ("en", ["check", "x", "y", "z"], "unknown arguments: y z"),
        ("en", ["check", "x", "--root", "y"], "--root stands before the command"),
        ("en", ["--fly"], "unknown arguments: --fly"),
        ("en", ["--root"], "--root needs one value\nSee: monev --help"),
        ("en", ["--root", "/tidak/ada", "check", "x"], "does not exist"),
        ("", ["--root", "/tidak/ada", "check", "x"], "tidak ada"),
    ],
)
def test_complaints_are_in_the_language_asked_for(
    variable: str, arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MONEV_LANG", variable)
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert told.err.startswith("monev: ")
    assert "Traceback" not in told.err


def test_every_spelling_means_the_same() -> None:
    new = prepare_edition.run
    english = parsed(new, "b", "--from", "a", "--code", "B18", "--label", "x", "--year", "2030")
    assert english == parsed(new, "--kode=B18", "--tahun", "2030", "--from=a", "--label", "x", "b")
    assert (english["code"], english["year"]) == ("B18", 2030)
    check, reconcile = commands()["check"], commands()["reconcile"]
    assert parsed(check, "a")["copies"] is True
    assert [parsed(check, "a", name)["copies"] for name in ("--salinan", "--copies")] == [True, True]
    assert [parsed(check, "a", name)["copies"] for name in ("--no-salinan", "--no-copies")] == [False, False]
    assert parsed(reconcile, "a", "--semua") == parsed(reconcile, "a", "--all") != parsed(reconcile, "a")


def test_spellings_of_before_are_not_shown() -> None:
    for made in commands().values():
        told = made.get_help(click.Context(made, obj=General("id")))
        assert not re.search(r"--(kode|tahun|cari|semua|salinan|no-salinan)\b", told)


@pytest.mark.parametrize("name", ["--search", "--cari"])
def test_an_option_takes_all_values_that_follow_it(name: str) -> None:
    both = {"edition": "a", "figure": None, "search": ("x", "y"), "depth": 1, "form": "text"}
    assert both.items() <= parsed(explain_figure.run, "a", name, "x", "y").items()
    assert both.items() <= parsed(explain_figure.run, name, "x", name, "y", "--depth", "1", "a").items()
    batch = parsed(build_batch.run, "a", "b", "--roots", "p", "q", "--jobs", "2")
    assert (batch["edition"], batch["roots"], batch["jobs"]) == (("a", "b"), (Path("p"), Path("q")), 2)


def test_arguments_of_tests_go_to_pytest_in_their_order() -> None:
    given = ["-x", "tests/spec", "-k", "skor and not peta", "-p", "no:cacheprovider", "--durations=3"]
    assert parsed(commands()["test"], *given)["arguments"] == tuple(given)


def test_the_folder_of_the_data_is_the_repository_unless_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert General("id").root == REPOSITORY
    assert General("id", "x").root == tmp_path.resolve() / "x"
    assert General("id", "").root == tmp_path.resolve()


def test_a_command_of_ones_own_needs_no_more_than_its_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    """What `Command` asks of a new file: a name that has a message, and a function that returns an exit code."""

    @command("doctor")
    @option("--fast", is_flag=True, about=tell("help.build.watch"))
    @click.pass_obj
    def run(general: General, fast: bool) -> int:
        return 4 if fast and general.language == "en" else 0

    with run.make_context("doctor", ["--fast"], obj=General("en")) as context:
        assert run.invoke(context) == 4
    assert isinstance(run, Bilingual)
    assert inspect.getdoc(program) is not None


def test_help_waits_for_no_library() -> None:
    """`--help` loads neither a command nor what only a mistake or a folder needs."""
    loaded = in_fresh_python(
        "import os, sys; before = {*sys.modules}; sys.stdout = open(os.devnull, 'w')\n"
        "from monev.commands.command_line import main\n"
        "main(['--help'])\n"
        "print(*({*sys.modules} - before), file=sys.__stdout__)"
    ).split()
    assert "click" in loaded
    assert not {*loaded} & {"pathlib", "difflib", "json"}
    assert {name for name in loaded if name.count(".") == 2 and name.startswith("monev.")} == {
        "monev.commands.command_line",
        "monev.commands.bilingual",
        "monev.commands.failures",
        "monev.commands.interrupts",
        "monev.commands.shell_words",
        "monev.words.page_messages",
        "monev.words.messages",
        "monev.words.errors",
        "monev.words.shortages",
    }
