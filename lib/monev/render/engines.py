"""Render a staged folder to PDF and HTML, by Quarto where it is installed or by pandoc and Typst as packages.

Both engines read the same sources: `laporan.qmd`, the Lua filter, the Typst partials and the HTML template of
`_extensions/monev`. Nothing of the user's own settings, fonts or data folders takes part.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from monev.io import pandoc
from monev.io.guarded_cache import Cache
from monev.io.manifest import package_digest
from monev.io.own_environment import own_environment
from monev.io.read_log import file_digest
from monev.model.value_digest import digest_of
from monev.render import quarto_cli
from monev.render.fallback_font import FONTS, displayed
from monev.render.parsed_pieces import Source, mark, tree_of
from monev.render.programs import RenderError, condense, environment, run
from monev.render.quarto_cli import BOTH_STANDARDS, PdfStandard
from monev.render.staged_folder import FIGURES_FILE
from monev.render.tree_structure import Node, settled
from monev.render.typst_compiler import compiled, write_sources
from monev.render.written_pieces import FILTER, HTML, TYPST, Form, Report, written
from monev.words.messages import tell
from monev.words.shortages import memory_is_limited

EngineName = Literal["quarto", "embedded"]
ENGINE_CHOICES = ("auto", "quarto", "embedded")

SOURCE = "laporan.qmd"
EXTENSION = "_extensions/monev"

_INCLUDE = re.compile(r"\{\{< include (\S+) >\}\}")
_OWN_FILE = re.compile(r"_[a-z0-9-]+\.(qmd|md)")


@dataclass(frozen=True)
class Engine:
    """What renders: `quarto` with the path of its program and its version, or `embedded` (both are empty)."""

    name: EngineName
    program: str = ""
    version: str = ""

    @property
    def standards(self) -> Sequence[PdfStandard]:
        """The standards that its PDF keeps."""
        return quarto_cli.standards(self.version) if self.name == "quarto" else BOTH_STANDARDS


EMBEDDED = Engine("embedded")


# Which engine -----------------------------------------------------------------------------------------------


def choose_engine(wish: str = "auto") -> Engine:
    """`auto` takes Quarto when a fitting one is on PATH, else the embedded engine. Raises RenderError."""
    if wish not in ENGINE_CHOICES:
        choices = tell("render.choices", choices=", ".join(ENGINE_CHOICES))
        raise RenderError(tell("render.unknown-engine", name=wish), choices)
    quarto = None if wish == "embedded" else _quarto()
    if wish == "quarto" and not quarto:
        needed = ".".join(map(str, quarto_cli.NEEDED))
        raise RenderError(tell("render.no-quarto", version=needed))
    return quarto or EMBEDDED


def _quarto() -> Engine | None:
    """Return the Quarto on PATH, if it fits."""
    program = shutil.which("quarto")
    version = quarto_cli.version_of(program) if program else ""
    return Engine("quarto", program, version) if program and quarto_cli.fits(version) else None


def engine_versions() -> dict[str, str]:
    """Program to version, for the manifest: `pandoc`, `typst`, and `quarto` where it is installed."""
    versions = {"pandoc": pandoc.version(), "typst": metadata.version("typst")}
    program = shutil.which("quarto")
    version = quarto_cli.version_of(program) if program else ""
    return {**versions, "quarto": version} if version else versions


# The two outputs --------------------------------------------------------------------------------------------


def render_pdf(stage_dir: Path, out: Path, *, engine: Engine, timestamp: int) -> list[str]:
    """Write the PDF of a staged folder to `out`; `timestamp` (Unix seconds) is its only date.

    Returns what the engine warned of. Raises RenderError.
    """
    if engine.name == "quarto":
        return quarto_cli.render_pdf(engine.program, stage_dir, out, timestamp, engine.standards)
    compile_pdf(stage_dir, source_of(report_of(stage_dir), TYPST), out, timestamp)
    return []


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
    return f"{pandoc.version()} {package_digest()}"


def compile_pdf(
    stage_dir: Path,
    source: str,
    out: Path,
    timestamp: int,
    standards: Sequence[PdfStandard] = BOTH_STANDARDS,
) -> None:
    """Write the PDF of the report in Typst; now everything that it carries must be staged. Raises RenderError."""

    def compile_it(prepared: str) -> bytes:
        return _compiled(stage_dir, prepared, timestamp, standards)

    out.write_bytes(displayed(source, stage_dir / FONTS, compile_it))


def render_html(stage_dir: Path, out: Path, *, engine: Engine, timestamp: int) -> list[str]:
    """Write the report as one HTML file that loads nothing from elsewhere; return what the engine warned of.

    Raises RenderError.
    """
    if engine.name == "quarto":
        return quarto_cli.render_html(engine.program, stage_dir, out, timestamp)
    write_html(report_of(stage_dir), out)
    return []


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
    with tempfile.TemporaryDirectory() as empty:
        command = [pandoc.program(), f"--data-dir={empty}", f"--print-default-data-file={name}"]
        return run(command, stage_dir, environment(Path(empty)), "pandoc").out


def _call_pandoc(stage_dir: Path, options: Sequence[str], text: str) -> str:
    with tempfile.TemporaryDirectory() as empty:
        command = [pandoc.program(), "--fail-if-warnings", f"--data-dir={empty}", *options]
        return run(command, stage_dir, environment(Path(empty)), "pandoc", text).out.decode("utf-8")


def _compiled(stage_dir: Path, source: str, timestamp: int, standards: Sequence[PdfStandard]) -> bytes:
    write_sources(stage_dir, source)
    if memory_is_limited():  # Typst ends its process when there is no more of it
        words = [sys.executable, "-P", "-m", "monev.render.typst_compiler", str(stage_dir), str(timestamp), *standards]
        return run(words, stage_dir, own_environment(), "Typst").out
    try:
        return compiled(stage_dir, timestamp, standards)
    except (RuntimeError, ValueError) as error:  # Typst's own are of the first kind
        raise RenderError(tell("render.typst"), condense(str(error))) from None
