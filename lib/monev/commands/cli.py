"""The command line: arguments, messages, exit codes. Heavy imports wait until a command needs them."""

from __future__ import annotations

import argparse
import importlib
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from monev import __version__
from monev.io.folders import REPOSITORY, Places
from monev.words.errors import (
    EXIT_DIFFERENT,
    EXIT_DONE,
    EXIT_INPUT,
    EXIT_RUN,
    EXIT_USAGE,
    InputError,
    MonevError,
    UsageError,
)
from monev.words.messages import LANGUAGE_VARIABLE, LANGUAGES, Language, join, rendered, tell
from monev.words.messages import language as language_of

if TYPE_CHECKING:
    from types import FrameType

    from monev.build.pipeline import Built
    from monev.words.findings import Finding

ENGINES = ("auto", "quarto", "embedded")
_COMPLAINTS = (  # what argparse says, and the message that says it in the user's language
    (r"the following arguments are required: (?P<names>.+)", "usage.required"),
    (r"unrecognized arguments: (?P<names>.+)", "usage.unknown"),
    (r"argument (?P<name>\S+): invalid choice: '(?P<value>.*?)' \(choose from (?P<choices>.+)\)", "usage.choice"),
    (r"argument (?P<name>\S+): expected one argument", "usage.one"),
    (r"argument (?P<name>\S+): invalid \S+ value: '(?P<value>.*)'", "usage.value"),
    (r"ambiguous option: (?P<name>\S+) could match (?P<choices>.+)", "usage.ambiguous"),
    (r"argument (?P<name>\S+): (?P<why>.+)", "usage.other"),
)

_AGAIN = 0.02  # seconds until an interrupt that came in the middle of an import comes again
_IMPORTER = importlib.__import__.__code__.co_filename  # of the code that imports
ALWAYS_MADE = ("pdf", "html")
FORMATS = (*ALWAYS_MADE, "docx")


class _Parser(argparse.ArgumentParser):
    """A parser that speaks the user's language, and whose complaints end with where to read on."""

    def __init__(self, *given: Any, language: Language = "id", **more: Any) -> None:
        super().__init__(*given, **more)
        self.language = language
        self._positionals.title = tell("help.arguments").text(language)
        self._optionals.title = tell("help.options").text(language)

    def error(self, message: str) -> NoReturn:
        for pattern, key in _COMPLAINTS:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                message = tell(key, **found.groupdict()).text(self.language)
                break
        see = tell("usage.see", program=self.prog).text(self.language)
        print(f"monev: {message}\n{see}", file=sys.stderr)
        sys.exit(EXIT_USAGE)


def _formatter(language: Language) -> type[argparse.HelpFormatter]:
    """Return the form of help: texts as they are broken, `usage:` in the user's language."""

    class Formatter(argparse.RawDescriptionHelpFormatter):
        def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
            super().add_usage(usage, actions, groups, tell("help.usage").text(language) if prefix is None else prefix)

    return Formatter


def _jobs(language: Language) -> Callable[[str], int]:
    def jobs(text: str) -> int:
        count = int(text) if re.fullmatch(r"\d{1,4}", text, re.ASCII) else 0
        if count < 1:
            raise argparse.ArgumentTypeError(tell("usage.whole").text(language))
        return count

    return jobs


def _wanted_language(argv: Sequence[str]) -> Language:
    """Return the language to speak: that of `--lang` before the command, else of MONEV_LANG, else Indonesian.

    It must be known before the arguments are parsed, for help and complaints.
    """
    before = ""
    for argument in argv:
        if before == "--lang":
            return language_of(argument)
        if argument.startswith("--lang="):
            return language_of(argument.removeprefix("--lang="))
        if not argument.startswith("-") and before != "--root":
            break
        before = argument
    return language_of(os.environ.get(LANGUAGE_VARIABLE))


def _parser(language: Language = "id") -> argparse.ArgumentParser:
    def words(key: str) -> str:
        return tell(key).text(language)

    wide = _formatter(language)
    parser = _Parser(
        prog="monev",
        description=words("help.about"),
        epilog=words("help.exits"),
        formatter_class=wide,
        add_help=False,
        language=language,
    )
    general = parser.add_argument_group(words("help.general"))
    general.add_argument("-h", "--help", action="help", help=words("help.help"))
    general.add_argument("--version", action="version", version=f"monev {__version__}", help=words("help.version"))
    general.add_argument("--root", type=Path, default=REPOSITORY, metavar="DIR", help=words("help.root"))
    general.add_argument("--lang", choices=LANGUAGES, default=language, help=words("help.lang"))
    commands = parser.add_subparsers(
        dest="command",
        metavar=words("help.command"),
        required=True,
        title=words("help.commands"),
        parser_class=_Parser,
    )

    def command(
        name: str, run: Callable[[argparse.Namespace], int], about: str, more: str = ""
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name,
            help=about,
            description=f"{about[0].upper()}{about[1:]}.",
            epilog=more,
            formatter_class=wide,
            add_help=False,
            language=language,
        )
        made.add_argument("-h", "--help", action="help", help=words("help.help"))
        made.set_defaults(run=run)
        return made

    build = command(
        "build",
        _build,
        words("help.build"),
        words("help.build.more"),
    )
    build.add_argument("edition", metavar=words("help.edition"), help=words("help.build.edition"))
    build.add_argument(
        "--engine",
        choices=ENGINES,
        default="auto",
        help=words("help.build.engine"),
    )
    build.add_argument(
        "--jobs",
        type=_jobs(language),
        default=os.cpu_count() or 1,
        metavar="N",
        help=words("help.build.jobs"),
    )
    build.add_argument(
        "--format", action="append", choices=FORMATS, default=[], metavar="FORMAT", help=words("help.build.format")
    )
    build.add_argument("--no-cache", action="store_true", help=words("help.build.no-cache"))
    build.add_argument("--only", metavar=words("help.part"), help=words("help.build.only"))
    build.add_argument("--explain", action="store_true", help=words("help.build.explain"))
    build.add_argument("--watch", action="store_true", help=words("help.build.watch"))
    batch = command("batch", _batch, words("help.batch"), words("help.batch.more"))
    batch.add_argument("editions", nargs="+", metavar=words("help.edition"), help=words("help.batch.editions"))
    batch.add_argument("--roots", nargs="+", type=Path, metavar="DIR", help=words("help.batch.roots"))
    batch.add_argument("--engine", choices=ENGINES, default="auto", help=words("help.build.engine"))
    batch.add_argument(
        "--jobs", type=_jobs(language), default=os.cpu_count() or 1, metavar="N", help=words("help.batch.jobs")
    )
    batch.add_argument("--scheduler", metavar="ADDRESS", help=words("help.batch.scheduler"))
    batch.add_argument("--no-cache", action="store_true", help=words("help.build.no-cache"))
    batch.add_argument("--format", choices=("text", "json"), default="text", help=words("help.check.format"))
    new = command("new", _new, words("help.new"), words("help.new.more"))
    new.add_argument("edition", metavar=words("help.edition"), help=words("help.new.edition"))
    new.add_argument("--from", dest="source", required=True, metavar=words("help.edition"), help=words("help.new.from"))
    new.add_argument("--kode", metavar="KODE", help=words("help.new.code"))
    new.add_argument("--label", metavar="LABEL", help=words("help.new.label"))
    new.add_argument("--tahun", type=int, metavar="TAHUN", help=words("help.new.year"))
    check = command("check", _check, words("help.check"))
    check.add_argument("edition", metavar=words("help.edition"), help=words("help.check.edition"))
    check.add_argument("--format", choices=("text", "json"), default="text", help=words("help.check.format"))
    check.add_argument(
        "--salinan", "--copies", action=argparse.BooleanOptionalAction, default=True, help=words("help.check.copies")
    )
    explain = command("explain", _explain, words("help.explain"))
    explain.add_argument("edition", metavar=words("help.edition"), help=words("help.check.edition"))
    explain.add_argument("figure", metavar=words("help.figure"), nargs="?", help=words("help.explain.figure"))
    explain.add_argument("--cari", nargs="+", default=(), metavar=words("help.word"), help=words("help.explain.search"))
    explain.add_argument("--depth", type=int, default=1, metavar="N", help=words("help.explain.depth"))
    explain.add_argument("--format", choices=("text", "json"), default="text", help=words("help.check.format"))
    verify = command("verify", _verify, words("help.verify"), words("help.verify.more"))
    verify.add_argument("path", type=Path, metavar=words("help.file"), help=words("help.verify.path"))
    verify.add_argument("--format", choices=("text", "json"), default="text", help=words("help.check.format"))
    diff = command("diff", _diff, words("help.diff"))
    diff.add_argument("old", metavar="A", help=words("help.diff.side"))
    diff.add_argument("new", metavar="B", help=words("help.diff.side"))
    diff.add_argument("--format", choices=("text", "json"), default="text", help=words("help.check.format"))
    reconcile = command("reconcile", _reconcile, words("help.reconcile"))
    reconcile.add_argument("edition", metavar=words("help.edition"), help=words("help.reconcile.edition"))
    reconcile.add_argument("--semua", "--all", action="store_true", help=words("help.reconcile.all"))
    test = command(
        "test",
        _test,
        words("help.test"),
        words("help.test.more"),
    )
    test.add_argument("arguments", nargs="*", metavar="...", help=words("help.test.arguments"))
    command("doctor", _doctor, words("help.doctor"))
    return parser


# Commands -------------------------------------------------------------------------------------------------------------


def _end_tidily() -> None:
    """From here on let interrupts, and orders to end (as `kill` gives them), be exceptions: all is tidied up.

    In the middle of an import one could come out as anything; it then waits until the import is done.
    """
    import _thread
    import signal
    import threading

    def interrupt(number: int, frame: FrameType | None) -> None:
        if not _imports(frame):
            raise KeyboardInterrupt
        again = threading.Timer(_AGAIN, _thread.interrupt_main, (number,))
        again.daemon = True
        again.start()

    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGINT, interrupt)


def _imports(frame: FrameType | None) -> bool:
    """Tell whether code is running on behalf of an import."""
    while frame is not None:
        if frame.f_code.co_filename == _IMPORTER:
            return True
        frame = frame.f_back
    return False


def _build(arguments: argparse.Namespace) -> int:
    if not arguments.watch:
        return _build_once(arguments)
    from monev.build.watch import watch

    watch(
        arguments.root,
        lambda: _told(lambda: _build_once(arguments), arguments.lang),
        lambda words: print(f"- {rendered(words, arguments.lang)}", file=sys.stderr, flush=True),
    )
    return EXIT_DONE


def _build_once(arguments: argparse.Namespace) -> int:
    if arguments.only:
        from monev.build.preview import preview

        made = preview(arguments.root, arguments.edition, arguments.only)
        print(tell("preview.done", path=_shown(made)).text(arguments.lang), flush=True)
        return EXIT_DONE
    from monev.build.last_build import stands
    from monev.io.guarded_cache import Cache

    root, edition = arguments.root, arguments.edition
    extra = tuple(sorted({*arguments.format} - {*ALWAYS_MADE}))
    if not arguments.no_cache and stands(Cache.of(root, edition), root, edition, (arguments.engine, *extra)):
        print(tell("build.unchanged").text(arguments.lang))
        done = Places(root).output(edition) / "laporan.pdf"
        print(tell("build.done", path=_shown(done)).text(arguments.lang), flush=True)
        return EXIT_DONE
    try:
        built = _made(arguments, extra)
    except MonevError as error:
        last = Places(root).output(edition) / "laporan.pdf"
        error.after = tell("build.last-stays", path=_shown(last)) if last.is_file() else ""
        raise
    if arguments.explain:
        from monev.commands.console import show_steps

        show_steps(built.steps, arguments.lang, sys.stdout)
    print(tell("build.done", path=_shown(built.pdf)).text(arguments.lang), flush=True)
    return EXIT_DONE


def _made(arguments: argparse.Namespace, formats: Sequence[str]) -> Built:
    """Build, with the progress on the terminal."""
    from monev.kernels.fork_client import prepared

    with prepared():  # the parents of kernels import while this process does
        from monev.build.pipeline import build
        from monev.commands.console import console_progress

        with console_progress(sys.stderr, arguments.lang) as progress:
            return build(
                arguments.root,
                arguments.edition,
                engine=arguments.engine,
                jobs=arguments.jobs,
                progress=progress,
                cache=not arguments.no_cache,
                formats=formats,
            )


def _batch(arguments: argparse.Namespace) -> int:
    import json

    from monev.build import report_batch
    from monev.commands.console import batch_progress, show_outcomes

    wanted = report_batch.reports(arguments.roots or [arguments.root], arguments.editions)
    missing = [str(report.root) for report in wanted if not report.root.is_dir()]
    if missing:
        raise UsageError(join([tell("batch.no-root", root=root) for root in dict.fromkeys(missing)]))
    wishes = report_batch.Wishes(arguments.engine, not arguments.no_cache)
    with batch_progress(len(wanted), sys.stderr, arguments.lang) as done:
        if arguments.scheduler:
            from monev.build.dask_cluster import run_on_cluster

            outcomes = run_on_cluster(wanted, wishes, arguments.scheduler, done)
        else:
            outcomes = report_batch.run_here(wanted, wishes, arguments.jobs, done)
    if arguments.format == "json":
        print(json.dumps([outcome.record(arguments.lang) for outcome in outcomes], ensure_ascii=False, indent=1))
    else:
        show_outcomes(outcomes, arguments.lang, sys.stdout)
    results = {outcome.result for outcome in outcomes}
    if results & {"failed", "lost"}:
        return EXIT_RUN
    return EXIT_INPUT if "inputs" in results else EXIT_DONE


def _shown(path: Path) -> str:
    """Return a path as short as it can be named from the current folder."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _check(arguments: argparse.Namespace) -> int:
    import json

    from monev.figures import suggestions
    from monev.figures.reporting import completeness
    from monev.figures.results import evaluate
    from monev.io.inputs import read_inputs
    from monev.words.findings import errors

    complete = None
    suggested: tuple[suggestions.Suggestion, ...] = ()
    try:
        inputs = read_inputs(arguments.root, arguments.edition)
        findings = inputs.findings
        complete = completeness(inputs.data, inputs.edition, inputs.unread)
        if not errors(findings):
            results = evaluate(inputs.data, inputs.edition)
            findings, suggested = (*findings, *suggestions.findings(results)), suggestions.suggest(results)
    except InputError as error:
        findings = error.findings
    if arguments.format == "json":
        rows = [
            {
                "kode": f.code,
                "bobot": f.weight,
                "berkas": f.file,
                "lembar": f.sheet,
                "sel": f.cell,
                "temuan": f.text(arguments.lang),
            }
            for f in findings
        ]
        told = {
            "temuan": rows,
            "kelengkapan": complete.record() if complete else None,
            "usulan_sorotan": suggestions.record(suggested),
        }
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        from monev.commands.console import show_completeness, show_findings, show_suggestions

        show_findings(findings, arguments.lang, sys.stdout)
        if complete:
            show_completeness(complete, arguments.lang, sys.stdout, faulty=bool(errors(findings)))
        show_suggestions(suggested, arguments.lang, sys.stdout)
    if arguments.salinan:
        _mark_copies(arguments, findings)
    return InputError.exit_code if errors(findings) else EXIT_DONE


def _explain(arguments: argparse.Namespace) -> int:
    from monev.audit.explanation import explain, show
    from monev.edition.opened import open_edition

    opened = open_edition(arguments.root, arguments.edition)
    found = explain(
        opened,
        arguments.root,
        arguments.figure,
        arguments.cari,
        depth=arguments.depth,
        language=arguments.lang,
    )
    show(found, arguments.lang, sys.stdout, arguments.format)
    return EXIT_DONE


def _verify(arguments: argparse.Namespace) -> int:
    from monev.audit.verdict import show
    from monev.audit.verification import verify

    found = verify(arguments.path, arguments.root)
    show(found, arguments.lang, sys.stdout, arguments.format)
    return found.exit_code


def _diff(arguments: argparse.Namespace) -> int:
    from monev.audit.difference import difference, show

    found = difference(arguments.root, arguments.old, arguments.new, arguments.lang)
    show(found, arguments.lang, sys.stdout, arguments.format)
    return EXIT_DONE


def _reconcile(arguments: argparse.Namespace) -> int:
    from monev.commands.console import show_comparisons, show_findings
    from monev.edition.opened import open_edition, published_file
    from monev.figures.reconciliation import findings, unexplained

    opened = open_edition(arguments.root, arguments.edition)
    if not opened.comparisons:
        file = published_file(arguments.edition)
        raise UsageError(tell("reconcile.none", edition=arguments.edition, file=file))
    show_comparisons(opened.comparisons, arguments.semua, arguments.lang, sys.stdout)
    if found := findings(opened.comparisons):
        show_findings(found, arguments.lang, sys.stdout)
    return EXIT_DIFFERENT if unexplained(opened.comparisons) else EXIT_DONE


def _mark_copies(arguments: argparse.Namespace, findings: Sequence[Finding]) -> None:
    """Renew the marked copies of an edition that exists; a folder that cannot be written is no fault of the inputs."""
    from monev.io import marked_copies
    from monev.io.params_file import editions
    from monev.words.errors import RunError

    if arguments.edition not in editions(arguments.root):
        return
    sys.stdout.flush()
    try:
        if not findings:
            marked_copies.clear(arguments.root, arguments.edition)
            return
        folder = marked_copies.write(arguments.root, arguments.edition, findings, arguments.lang)
    except (OSError, RunError) as error:
        why = error.message if isinstance(error, RunError) else error.strerror or error
        told = tell("marked.failed", path=marked_copies.place(arguments.edition), why=why)
        print(f"monev: {told.text(arguments.lang)}", file=sys.stderr)
        return
    told = tell("marked.done", path=_shown(folder / marked_copies.SUMMARY))
    print(told.text(arguments.lang), file=sys.stdout if arguments.format == "text" else sys.stderr)


def _new(arguments: argparse.Namespace) -> int:
    from monev.display.phrases import period_name
    from monev.edition.next_edition import Wishes, prepare

    wishes = Wishes(arguments.kode, arguments.label, arguments.tahun)
    made = prepare(arguments.root, arguments.edition, arguments.source, wishes)
    current = made.edition.current
    rows = ", ".join(f"{group} {count}" for group, count in made.rows.items())
    for words in (
        tell(
            "new.period",
            edition=arguments.edition,
            source=arguments.source,
            period=f"{period_name(current)} {current.tahun}",
        ),
        *(f"  {file}" for file in made.files),
        tell("new.rows", rows=rows, unfinished=made.unfinished),
        tell("new.title", title=made.edition.judul),
        tell("new.next", edition=arguments.edition),
    ):
        print(rendered(words, arguments.lang))
    return EXIT_DONE


def _test(arguments: argparse.Namespace) -> int:
    from monev.commands.quality import check_everything

    return check_everything([*arguments.arguments, *arguments.rest])


def _doctor(arguments: argparse.Namespace) -> int:
    from monev.commands.doctor import report

    return report(arguments.root, sys.stdout, arguments.lang)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = sys.argv[1:] if argv is None else list(argv)
    parser = _parser(_wanted_language(given))
    arguments, rest = parser.parse_known_args(given)
    if rest and arguments.command != "test":
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    arguments.rest = rest
    arguments.root = arguments.root.resolve()
    try:
        return _told(lambda: _run(arguments), arguments.lang)
    except KeyboardInterrupt:
        print(f"monev: {tell('build.stopped').text(arguments.lang)}", file=sys.stderr)
        return EXIT_RUN
    except BrokenPipeError:
        return EXIT_DONE


def _run(arguments: argparse.Namespace) -> int:
    if not arguments.root.is_dir():
        raise UsageError(tell("usage.root", root=arguments.root))
    _end_tidily()
    return int(arguments.run(arguments))


def _told(run: Callable[[], int], language: Language) -> int:
    """Run something; return its exit code, or that of the error that ended it, which is told without a traceback."""
    try:
        return run()
    except InputError as error:
        from monev.commands.console import show_findings

        show_findings(error.findings, language, sys.stderr)
        _tell_after(error, language)
        return error.exit_code
    except MonevError as error:
        print(f"monev: {error.text(language)}", file=sys.stderr)
        detail = str(rendered(getattr(error, "detail", ""), language))
        if detail:
            print("\n".join(f"  {line}" for line in detail.splitlines()[-12:]), file=sys.stderr)
        _tell_after(error, language)
        return error.exit_code


def _tell_after(error: MonevError, language: Language) -> None:
    if error.after:
        print(f"monev: {rendered(error.after, language)}", file=sys.stderr)
