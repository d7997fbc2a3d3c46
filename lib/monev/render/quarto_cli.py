"""Quarto as an engine: which versions fit, what they can do, and how they are called in a staged folder."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from monev.render.fallback_font import FONTS, displayed, undisplayed
from monev.render.programs import RenderError, Said, environment, run
from monev.words.messages import tell

PdfStandard = Literal["a-3a", "ua-1"]

NAME = "Quarto"
NEEDED = (1, 9)
BOTH_STANDARDS: Sequence[PdfStandard] = ("a-3a", "ua-1")
ONE_STANDARD: Sequence[PdfStandard] = ("ua-1",)
"""What every version that fits can keep: the Typst of Quarto 1.9 takes one standard at a time."""

_FIRST_WITH_BOTH = (1, 10)
_REPORT = "laporan"
_TYPST_SOURCE = f"{_REPORT}.typ"
_OF_A_FILTER = re.compile(r"^WARNING \([^)]*\) *(.+)", re.MULTILINE)
_OF_QUARTO = re.compile(r"^WARN(?:ING)?: *(.+)", re.MULTILINE)
_OF_NO_CONCERN = re.compile(r"verapdf|typst-gather")  # programs beside Quarto, which this report does without


def version_of(program: str) -> str:
    """Return what a program says its version is; empty when it cannot be run."""
    try:
        return _call([program, "--version"], Path.cwd()).out.decode("utf-8", "replace").strip()
    except RenderError:
        return ""


def fits(version: str) -> bool:
    """Tell whether a version can make the report."""
    return _numbers(version) >= NEEDED


def standards(version: str) -> Sequence[PdfStandard]:
    """Return the standards that a version keeps in one PDF."""
    return BOTH_STANDARDS if _numbers(version) >= _FIRST_WITH_BOTH else ONE_STANDARD


def _numbers(version: str) -> tuple[int, ...]:
    found = re.match(r"(\d+)\.(\d+)", version)
    return (int(found[1]), int(found[2])) if found else ()


def render_html(program: str, stage_dir: Path, out: Path, timestamp: int) -> list[str]:
    """Write the page; return what Quarto warned of. Raises RenderError."""
    return _render(program, stage_dir, out, "monev-html", timestamp)


def render_pdf(program: str, stage_dir: Path, out: Path, timestamp: int, asked: Sequence[PdfStandard]) -> list[str]:
    """Write the PDF; return what Quarto warned of. Raises RenderError.

    asked: the standards that the staged folder asks for.
    """
    try:
        return _render(program, stage_dir, out, "monev-typst", timestamp)
    except RenderError as error:
        if not undisplayed(error):
            raise
    source = stage_dir / _TYPST_SOURCE  # Quarto leaves it behind when Typst fails
    options = ["--pdf-standard", ",".join(asked)] if asked else []
    command = [program, "typst", "compile", *options, "--font-path", FONTS, source.name, f"{_REPORT}.pdf"]

    def compile_it(prepared: str) -> None:
        source.write_text(prepared, "utf-8", newline="\n")
        _call(command, stage_dir, timestamp)

    displayed(source.read_text("utf-8"), stage_dir / FONTS, compile_it, attempts_before=1)
    _take(stage_dir / f"{_REPORT}.pdf", out)
    return []


def _render(program: str, stage_dir: Path, out: Path, target: str, timestamp: int) -> list[str]:
    made = stage_dir / f"{_REPORT}{out.suffix}"
    command = [program, "render", f"{_REPORT}.qmd", "--to", target, "--output", made.name, "--no-execute"]
    remarks = _call([*command, "--fail-if-warnings"], stage_dir, timestamp).remarks
    if fault := _OF_A_FILTER.search(remarks):
        raise RenderError(tell("render.failed", program=NAME), fault[1].strip())
    _take(made, out)
    return [said for said in _OF_QUARTO.findall(remarks) if not _OF_NO_CONCERN.search(said)]


def _take(made: Path, out: Path) -> None:
    if not made.is_file():
        raise RenderError(tell("render.no-file"), made.name)
    shutil.move(made, out)


def _call(command: Sequence[str], folder: Path, timestamp: int = 0) -> Said:
    with tempfile.TemporaryDirectory() as home:
        own = {"SOURCE_DATE_EPOCH": str(timestamp), "TYPST_IGNORE_SYSTEM_FONTS": "true"}
        return run(command, folder, environment(Path(home)) | own, NAME)
