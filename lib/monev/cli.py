"""The command line: arguments, messages, exit codes. Heavy imports wait until a command needs them."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from monev import __version__
from monev.errors import EXIT_DIFFERENT, EXIT_DONE, EXIT_RUN, EXIT_USAGE, InputError, MonevError, UsageError
from monev.paths import REPOSITORY

_USAGE_WORDS = (
    (r"the following arguments are required: (.+)", r"argumen ini wajib diberikan: \1"),
    (r"unrecognized arguments: (.+)", r"argumen tidak dikenal: \1"),
    (r"argument (\S+): invalid choice: '(.*?)' \(choose from (.+)\)", r"\1: '\2' tidak dikenal; pilihan: \3"),
    (r"argument (\S+): expected one argument", r"\1 memerlukan satu nilai"),
    (r"argument (\S+): invalid \S+ value: '(.*)'", r"\1: '\2' tidak sah"),
    (r"argument (\S+): (.+)", r"\1: \2"),
)


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are in Indonesian and end with where to read on."""

    def error(self, message: str) -> NoReturn:
        for pattern, words in _USAGE_WORDS:
            if re.fullmatch(pattern, message, re.DOTALL):
                message = re.sub(pattern, words, message, flags=re.DOTALL)
                break
        print(f"monev: {message}\nLihat: {self.prog} --help", file=sys.stderr)
        sys.exit(EXIT_USAGE)


_HELP = """\
monev menyusun laporan monitoring dan evaluasi dari buku kerja Excel.

Langkah satu semester:
  ./monev check 2021-S2     periksa buku kerja; setiap temuan menyebut berkas, lembar, dan sel
  ./monev build 2021-S2     susun laporan; hasilnya outputs/2021-S2/laporan.pdf
"""

_EXITS = """\
Kode keluar: 0 selesai; 1 masukan atau params salah; 2 perintah salah; 3 buku catatan atau penyusunan gagal;
4 verify menemukan perbedaan, atau reconcile menemukan beda tanpa penjelasan.
"""


def _jobs(text: str) -> int:
    try:
        jobs = int(text)
    except ValueError:
        jobs = 0
    if jobs < 1:
        raise argparse.ArgumentTypeError("harus bilangan bulat mulai dari 1")
    return jobs


def _parser() -> argparse.ArgumentParser:
    wide = argparse.RawDescriptionHelpFormatter
    parser = _Parser(prog="monev", description=_HELP, epilog=_EXITS, formatter_class=wide, add_help=False)
    general = parser.add_argument_group("pilihan umum (ditulis sebelum perintah)")
    general.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")
    general.add_argument("--version", action="version", version=f"monev {__version__}", help="tampilkan versi")
    general.add_argument(
        "--root",
        type=Path,
        default=REPOSITORY,
        metavar="DIR",
        help="folder yang memuat params/, inputs/, dan outputs/ (baku: repositori ini)",
    )
    general.add_argument(
        "--lang",
        choices=("id", "en"),
        default=os.environ.get("MONEV_LANG", "id"),
        help="bahasa temuan (baku: id)",
    )
    commands = parser.add_subparsers(
        dest="command", metavar="PERINTAH", required=True, title="perintah", parser_class=_Parser
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
        )
        made.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")
        made.set_defaults(run=run)
        return made

    build = command(
        "build",
        _build,
        "susun laporan satu edisi",
        "Contoh: ./monev build 2021-S2\nBila gagal, hasil terakhir di outputs/ tidak berubah.",
    )
    build.add_argument("edition", metavar="EDISI", help="kode edisi, sama dengan nama berkas di params/")
    build.add_argument(
        "--engine",
        choices=("auto", "quarto", "embedded"),
        default="auto",
        help="penyusun PDF dan HTML: Quarto bila terpasang, atau pandoc dan Typst bawaan (baku: auto)",
    )
    build.add_argument(
        "--jobs",
        type=_jobs,
        default=os.cpu_count() or 1,
        metavar="N",
        help="banyaknya buku catatan yang berjalan bersamaan (baku: jumlah inti prosesor)",
    )
    check = command("check", _check, "periksa buku kerja satu edisi tanpa menyusun laporan")
    check.add_argument("edition", metavar="EDISI", help="kode edisi")
    check.add_argument("--format", choices=("text", "json"), default="text", help="bentuk keluaran (baku: text)")
    explain = command("explain", _explain, "terangkan sebuah angka sampai ke selnya, atau daftar semua angka")
    explain.add_argument("edition", metavar="EDISI", help="kode edisi")
    explain.add_argument("figure", metavar="ANGKA", nargs="?", help="id angka; tanpa id: daftar yang dapat dicari")
    explain.add_argument("--cari", nargs="+", default=(), metavar="KATA", help="hanya angka yang memuat semua kata ini")
    explain.add_argument("--depth", type=int, default=1, metavar="N", help="banyaknya tingkat angka penyusun (baku: 1)")
    explain.add_argument("--format", choices=("text", "json"), default="text", help="bentuk keluaran (baku: text)")
    verify = command(
        "verify",
        _verify,
        "periksa laporan.pdf atau folder hasil terhadap buku kerjanya",
        "Contoh: ./monev verify outputs/2021-S2/laporan.pdf\nKode keluar 0 hanya bila semua angka sama.",
    )
    verify.add_argument("path", type=Path, metavar="BERKAS", help="laporan.pdf, atau folder outputs/EDISI")
    verify.add_argument("--format", choices=("text", "json"), default="text", help="bentuk keluaran (baku: text)")
    diff = command("diff", _diff, "bandingkan dua edisi, atau dua folder hasil")
    diff.add_argument("old", metavar="A", help="kode edisi, folder hasil, atau laporan.pdf")
    diff.add_argument("new", metavar="B", help="kode edisi, folder hasil, atau laporan.pdf")
    diff.add_argument("--format", choices=("text", "json"), default="text", help="bentuk keluaran (baku: text)")
    reconcile = command("reconcile", _reconcile, "sandingkan angka edisi terbit dengan angka menurut data")
    reconcile.add_argument("edition", metavar="EDISI", help="kode edisi yang punya params/terbit/EDISI.yml")
    reconcile.add_argument("--semua", action="store_true", help="tampilkan juga angka yang sama")
    test = command(
        "test",
        _test,
        "jalankan semua pemeriksaan kode dan semua uji",
        "Contoh: ./monev test tests/spec -k skor",
    )
    test.add_argument("arguments", nargs="*", metavar="...", help="diteruskan ke pytest")
    command("doctor", _doctor, "periksa versi, mesin penyusun, dan huruf yang tersedia")
    return parser


# Commands -------------------------------------------------------------------------------------------------------------


def _build(arguments: argparse.Namespace) -> int:
    from monev.console import console_progress
    from monev.pipeline import build

    with console_progress(sys.stderr) as progress:
        built = build(
            arguments.root, arguments.edition, engine=arguments.engine, jobs=arguments.jobs, progress=progress
        )
    print(f"Laporan: {_shown(built.pdf)}")
    return EXIT_DONE


def _shown(path: Path) -> str:
    """Return a path as short as it can be named from the current folder."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _check(arguments: argparse.Namespace) -> int:
    import json

    from monev.findings import errors
    from monev.io.inputs import read_inputs

    try:
        findings = read_inputs(arguments.root, arguments.edition).findings
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
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        from monev.console import show_findings

        show_findings(findings, arguments.lang, sys.stdout)
    return InputError.exit_code if errors(findings) else EXIT_DONE


def _explain(arguments: argparse.Namespace) -> int:
    from monev.explain import explain, show
    from monev.report import open_edition

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
    from monev.verdict import show
    from monev.verify import verify

    found = verify(arguments.path, arguments.root)
    show(found, arguments.lang, sys.stdout, arguments.format)
    return found.exit_code


def _diff(arguments: argparse.Namespace) -> int:
    from monev.difference import difference, show

    found = difference(arguments.root, arguments.old, arguments.new, arguments.lang)
    show(found, arguments.lang, sys.stdout, arguments.format)
    return EXIT_DONE


def _reconcile(arguments: argparse.Namespace) -> int:
    from monev.console import show_comparisons, show_findings
    from monev.reconcile import findings, unexplained
    from monev.report import open_edition, published_file

    opened = open_edition(arguments.root, arguments.edition)
    if not opened.comparisons:
        raise UsageError(
            f"edisi {arguments.edition} tidak punya angka terbit; tulis {published_file(arguments.edition)}"
        )
    show_comparisons(opened.comparisons, arguments.semua, sys.stdout)
    if found := findings(opened.comparisons):
        show_findings(found, arguments.lang, sys.stdout)
    return EXIT_DIFFERENT if unexplained(opened.comparisons) else EXIT_DONE


def _test(arguments: argparse.Namespace) -> int:
    from monev.quality import check_everything

    return check_everything([*arguments.arguments, *arguments.rest])


def _doctor(arguments: argparse.Namespace) -> int:
    from monev.doctor import report

    return report(arguments.root, sys.stdout)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments, rest = _parser().parse_known_args(argv)
    if rest and arguments.command != "test":
        _parser().error(f"unrecognized arguments: {' '.join(rest)}")
    arguments.rest = rest
    arguments.root = arguments.root.resolve()
    if arguments.lang not in ("id", "en"):
        arguments.lang = "id"
    try:
        if not arguments.root.is_dir():
            raise UsageError(f"folder {arguments.root} tidak ada; periksa --root")
        return int(arguments.run(arguments))
    except InputError as error:
        from monev.console import show_findings

        show_findings(error.findings, arguments.lang, sys.stderr)
        return error.exit_code
    except MonevError as error:
        print(f"monev: {error}", file=sys.stderr)
        detail = getattr(error, "detail", "")
        if detail:
            print("\n".join(f"  {line}" for line in detail.splitlines()[-12:]), file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("monev: dihentikan; hasil terakhir tidak berubah", file=sys.stderr)
        return EXIT_RUN
    except BrokenPipeError:
        return EXIT_DONE
