"""Render a staged folder to PDF and HTML, by Quarto where it is installed or by pandoc and Typst as packages.

Both engines read the same sources: `laporan.qmd`, the Lua filter, the Typst partials and the HTML template of
`_extensions/monev`. Nothing of the user's own settings, fonts or data folders takes part.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from monev.io.guarded_cache import Cache
from monev.io.manifest import package_digest
from monev.io.read_log import file_digest
from monev.model.value_digest import digest_of
from monev.render.fallback_font import only_known_letters, without_strange_marks
from monev.render.parsed_pieces import Source, mark, tree_of
from monev.render.staged_folder import FIGURES_FILE
from monev.render.tree_structure import Node, settled
from monev.render.written_pieces import FILTER, HTML, TYPST, Form, Report, written
from monev.words.errors import RunError
from monev.words.messages import tell

EngineName = Literal["quarto", "embedded"]
PdfStandard = Literal["a-3a", "ua-1"]
ENGINE_CHOICES = ("auto", "quarto", "embedded")

SOURCE = "laporan.qmd"
EXTENSION = "_extensions/monev"
# Quarto 1.9 sets one at a time.
PDF_STANDARDS: Mapping[EngineName, tuple[PdfStandard, ...]] = {
    "embedded": ("a-3a", "ua-1"),
    "quarto": ("ua-1",),
}
QUARTO_NEEDED = (1, 9)
TIME_LIMIT = 900

_UNDISPLAYED = "could not be displayed"  # what Typst says of a letter without a glyph
_INCLUDE = re.compile(r"\{\{< include (\S+) >\}\}")
_OWN_FILE = re.compile(r"_[a-z0-9-]+\.(qmd|md)")
_HOME_VARIABLES = (
    "HOME",
    "USERPROFILE",
    "XDG_DATA_HOME",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "TMPDIR",
    "TEMP",
    "TMP",
)
_TRACE = re.compile(r"(stack traceback|\[C\]|\.\.\.|at |Stack|File )")
_SYSTEM_VARIABLES = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT")
# Where a Quarto from conda-forge finds its parts; set when the conda environment is activated.
_QUARTO_PARTS = (
    "DENO",
    "DENO_DOM",
    "PANDOC",
    "ESBUILD",
    "TYPST",
    "TYPST_GATHER",
    "DART_SASS",
    "SHARE_PATH",
    "CONDA_PREFIX",
)
_KEPT_VARIABLES = (
    *_SYSTEM_VARIABLES,
    "CONDA_PREFIX",
    "DENO_DOM_PLUGIN",
    *(f"QUARTO_{part}" for part in _QUARTO_PARTS),
)


class RenderError(RunError):
    """The rendering failed: the message says what was tried, `detail` is the engine's own word, condensed."""


@dataclass(frozen=True)
class Engine:
    """What renders: `quarto` with the path of its program, or `embedded` (path is empty)."""

    name: EngineName
    program: str = ""


# Which engine -----------------------------------------------------------------------------------------------


def choose_engine(wish: str = "auto") -> Engine:
    """`auto` takes Quarto when a fitting one is on PATH, else the embedded engine. Raises RenderError."""
    if wish not in ENGINE_CHOICES:
        choices = tell("render.choices", choices=", ".join(ENGINE_CHOICES))
        raise RenderError(tell("render.unknown-engine", name=wish), choices)
    if wish == "embedded":
        return Engine("embedded")
    program = shutil.which("quarto")
    if program and _quarto_fits(program):
        return Engine("quarto", program)
    if wish == "quarto":
        needed = ".".join(map(str, QUARTO_NEEDED))
        raise RenderError(tell("render.no-quarto", version=needed))
    return Engine("embedded")


def engine_versions() -> dict[str, str]:
    """Program to version, for the manifest: `pandoc`, `typst`, and `quarto` where it is installed."""
    versions = {"pandoc": _pandoc_version(), "typst": metadata.version("typst")}
    program = shutil.which("quarto")
    version = _version_of(program) if program else ""
    return {**versions, "quarto": version} if version else versions


def _pandoc_version() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_version())


def _version_of(program: str) -> str:
    """What a program says its version is; empty when it cannot be run."""
    with tempfile.TemporaryDirectory() as home:
        try:
            return _run([program, "--version"], Path(home), _environment(Path(home)), "", program).strip()
        except RenderError:
            return ""


def _quarto_fits(program: str) -> bool:
    numbers = re.match(r"(\d+)\.(\d+)", _version_of(program))
    return numbers is not None and (int(numbers[1]), int(numbers[2])) >= QUARTO_NEEDED


# The two outputs --------------------------------------------------------------------------------------------


def render_pdf(stage_dir: Path, out: Path, *, engine: Engine, timestamp: int) -> None:
    """Write the PDF of a staged folder to `out`; `timestamp` (Unix seconds) is its only date.

    Raises RenderError.
    """
    if engine.name == "quarto":
        _run_quarto(engine.program, stage_dir, out, "monev-typst", timestamp)
        return
    compile_pdf(stage_dir, source_of(report_of(stage_dir), TYPST), out, timestamp)


def report_of(stage_dir: Path) -> Report:
    """The staged report, ready to be written. Raises RenderError."""
    return Report.of(document_tree(stage_dir), stage_dir)


def source_of(report: Report, form: Form, cache: Cache | None = None) -> str:
    """The report in Typst or HTML; pieces that an earlier build has written come from the cache. Raises RenderError."""

    def write(tree: str, options: Sequence[str]) -> str:
        fixed = ["--from=json", f"--to={form.name}", f"--lua-filter={FILTER}"]
        return _call_pandoc(report.stage_dir, [*fixed, *options], tree)

    own = [file_digest(str(file)) for file in sorted((report.stage_dir / EXTENSION).iterdir())]
    tools = digest_of((_reader(), own)) if cache else ""
    return written(report, form, write, cache, tools)


def _reader() -> str:
    """What reads and writes pieces: pandoc and this package."""
    return f"{_pandoc_version()} {package_digest()}"


def compile_pdf(
    stage_dir: Path,
    source: str,
    out: Path,
    timestamp: int,
    standards: Sequence[PdfStandard] = PDF_STANDARDS["embedded"],
) -> None:
    """Write the PDF of the report in Typst; now everything that it carries must be staged. Raises RenderError."""
    out.write_bytes(_compile(stage_dir, source, timestamp, standards))


def render_html(stage_dir: Path, out: Path, *, engine: Engine, timestamp: int) -> None:
    """Write the report as one HTML file that loads nothing from elsewhere. Raises RenderError."""
    if engine.name == "quarto":
        _run_quarto(engine.program, stage_dir, out, "monev-html", timestamp)
        return
    write_html(report_of(stage_dir), out)


def write_html(report: Report, out: Path, cache: Cache | None = None) -> None:
    """The same by the embedded engine, of a report that is ready to be written. Raises RenderError."""
    out.write_text(source_of(report, HTML, cache), encoding="utf-8", newline="\n")


# Embedded: pandoc and Typst ---------------------------------------------------------------------------------


def sources(stage_dir: Path) -> Source:
    """The report's prose, with its `{{< include ... >}}` lines replaced, and its sections. Raises RenderError.

    Only the report's own `.qmd` files are searched for them: a slot is taken as it is.
    """
    sections: dict[str, str] = {}
    prose = _resolved(stage_dir, SOURCE, (), sections)
    return Source(prose, sections)


def _resolved(stage_dir: Path, name: str, seen: tuple[str, ...], sections: dict[str, str]) -> str:
    lines = []
    for line in _read(stage_dir, name).splitlines():
        found = _INCLUDE.fullmatch(line.strip())
        lines.append(_included(stage_dir, found[1], (*seen, name), sections) if found else line)
    return "\n".join(lines) + "\n"


def _included(stage_dir: Path, name: str, seen: tuple[str, ...], sections: dict[str, str]) -> str:
    if not _OWN_FILE.fullmatch(name) or name in seen:
        raise RenderError(tell("render.sources"), tell("render.includes", file=seen[-1], name=name))
    if name.endswith(".qmd"):
        return f"\n{_resolved(stage_dir, name, seen, sections)}\n"
    slot = name.removeprefix("_").removesuffix(".md")
    sections[slot] = _read(stage_dir, name)
    return f"\n{mark(slot)}\n"


def _read(stage_dir: Path, name: str) -> str:
    try:
        return (stage_dir / name).read_text(encoding="utf-8")
    except OSError as error:
        raise RenderError(tell("render.sources"), tell("render.unreadable", name=name)) from error


def document_tree(stage_dir: Path, cache: Cache | None = None, jobs: int = 1, *, whole: bool = True) -> Node:
    """The report as pandoc's tree, settled; its pieces are kept in the cache for later builds. Raises RenderError.

    With `whole`, the cache then holds no other pieces.
    """

    def read(text: str, options: Sequence[str]) -> str:
        return _call_pandoc(stage_dir, [*options, "--to=json"], text)

    options = ["--standalone", f"--metadata-file={FIGURES_FILE}"]
    reader = _reader() if cache else ""
    return settled(tree_of(sources(stage_dir), read, options, reader=reader, cache=cache, jobs=jobs, whole=whole))


def write_by_pandoc(report: Report, writer: str, name: str, options: Sequence[str]) -> Path:
    """Write the report in a format that is no text to a file of the staged folder; return it. Raises RenderError."""
    fixed = ["--from=json", f"--to={writer}", "--standalone", f"--lua-filter={FILTER}", f"--output={name}"]
    _call_pandoc(report.stage_dir, [*fixed, *options], json.dumps(report.tree, ensure_ascii=False))
    return report.stage_dir / name


def pandoc_default(stage_dir: Path, name: str) -> bytes:
    """Return one of pandoc's own data files. Raises RenderError."""
    import pypandoc

    with tempfile.TemporaryDirectory() as empty:
        command = [pypandoc.get_pandoc_path(), f"--data-dir={empty}", f"--print-default-data-file={name}"]
        return _output(command, stage_dir, _environment(Path(empty)), "", "pandoc")


def _call_pandoc(stage_dir: Path, options: Sequence[str], text: str) -> str:
    import pypandoc

    with tempfile.TemporaryDirectory() as empty:
        command = [pypandoc.get_pandoc_path(), "--fail-if-warnings", f"--data-dir={empty}", *options]
        return _run(command, stage_dir, _environment(Path(empty)), text, "pandoc")


def _compile(stage_dir: Path, source: str, timestamp: int, standards: Sequence[PdfStandard]) -> bytes:
    """Return the PDF of a Typst source; letters that cannot be displayed in the end are printed as U+FFFD."""
    import typst

    *easier, last = (_as_it_is, without_strange_marks, only_known_letters)
    for prepared in (*easier, last):
        try:
            return _compile_once(stage_dir, prepared(source, stage_dir / "fonts"), timestamp, standards)
        except (typst.TypstError, RuntimeError, ValueError) as error:
            if _UNDISPLAYED not in str(error) or prepared is last:
                raise RenderError(tell("render.typst"), condense(str(error))) from None
    raise AssertionError("the last attempt returns or raises")


def _as_it_is(source: str, fonts: Path) -> str:
    return source


def _compile_once(stage_dir: Path, source: str, timestamp: int, standards: Sequence[PdfStandard]) -> bytes:
    import typst

    (stage_dir / "laporan.typ").write_text(source, encoding="utf-8", newline="\n")
    pdf: bytes = typst.compile(
        str(stage_dir / "laporan.typ"),
        root=str(stage_dir),
        font_paths=[str(stage_dir / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=[*standards],
        timestamp=timestamp,
    )
    return pdf


# Quarto -----------------------------------------------------------------------------------------------------


def _run_quarto(program: str, stage_dir: Path, out: Path, target: str, timestamp: int) -> None:
    made = stage_dir / f"laporan{out.suffix}"
    with tempfile.TemporaryDirectory() as home:
        extra = {"SOURCE_DATE_EPOCH": str(timestamp), "TYPST_IGNORE_SYSTEM_FONTS": "true"}
        environment = {**_environment(Path(home)), **extra}
        command = [program, "render", SOURCE, "--to", target, "--output", made.name, "--no-execute"]
        _run(command, stage_dir, environment, "", "Quarto")
    if not made.is_file():
        raise RenderError(tell("render.no-file"), made.name)
    shutil.move(made, out)


# Programs ---------------------------------------------------------------------------------------------------


def _environment(home: Path) -> dict[str, str]:
    """A fixed environment: no settings of the user, one language, one time zone."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    own = dict.fromkeys(_HOME_VARIABLES, str(home))
    return {**kept, **own, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1"}


def _run(command: Sequence[str], folder: Path, environment: Mapping[str, str], text: str, who: str) -> str:
    """What a program says when run in `folder` with `text` as its input. Raises RenderError."""
    return _output(command, folder, environment, text, who).decode("utf-8")


def _output(command: Sequence[str], folder: Path, environment: Mapping[str, str], text: str, who: str) -> bytes:
    try:
        done = subprocess.run(
            list(command),
            cwd=folder,
            env=dict(environment),
            input=text.encode("utf-8"),
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RenderError(tell("render.cannot-run", program=who), str(error)) from None
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace") or done.stdout.decode("utf-8", "replace")
        raise RenderError(tell("render.failed", program=who), condense(said))
    return done.stdout


def condense(said: str) -> str:
    """The telling lines of an engine's message: our filter's own line, or the first lines without traces."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", said)
    own = re.search(r"monev: (.+)", plain)
    if own:
        return own[1].strip()
    lines = [line.strip() for line in plain.splitlines()]
    telling = [line for line in lines if line and not _TRACE.match(line)]
    return "; ".join(telling[:4])[:600]
