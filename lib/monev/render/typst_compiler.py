"""Typst, in this process, or as one of its own: `python -m monev.render.typst_compiler FOLDER TIMESTAMP STANDARD...`.

What Typst has laid out stays warm in a process, so a second report costs what is new in it. That is known by places in
files as well, and where one word more is written all places behind it in the file move: so each piece of the report is
a file of its own.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from monev.render.fallback_font import FONTS
from monev.render.quarto_cli import PdfStandard
from monev.render.written_pieces import CUT

MAIN, _BASE = "laporan.typ", "dasar.typ"
_BASE_END = "\n// monev-dasar\n"  # in the template: what all pieces use is above it
_IMPORT = f'#import "/{_BASE}": *\n'
_CUT = re.compile(rf"^{CUT}[0-9a-f]+$", re.MULTILINE)


def write_sources(stage_dir: Path, source: str) -> None:
    """Write a report in Typst to its files in a staged folder; one that is not cut is written as it is."""
    base, end, rest = source.partition(_BASE_END)
    cut = _CUT.search(rest)
    files = {MAIN: source}
    if end and cut:
        frame, *pieces = rest.split(f"{cut[0]}\n")
        places = {f"potongan-{number:04d}.typ": _IMPORT + piece for number, piece in enumerate(pieces)}
        included = "\n\n".join(f'#include "{name}"' for name in places)
        files = {_BASE: base, MAIN: f"{_IMPORT}{frame}{included}\n", **places}
    for name, text in files.items():
        (stage_dir / name).write_text(text, encoding="utf-8", newline="\n")


def compiled(stage_dir: Path, timestamp: int, standards: Sequence[PdfStandard]) -> bytes:
    """Return the PDF of a staged folder's report. Raises RuntimeError (TypstError) or ValueError."""
    import typst

    pdf: bytes = typst.compile(
        str(stage_dir / MAIN),
        root=str(stage_dir),
        font_paths=[str(stage_dir / FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=[*standards],
        timestamp=timestamp,
    )
    return pdf


def main(arguments: Sequence[str]) -> None:
    """Write the PDF to standard output."""
    standards: Any = arguments[2:]
    try:
        sys.stdout.buffer.write(compiled(Path(arguments[0]), int(arguments[1]), standards))
    except (RuntimeError, ValueError) as error:
        raise SystemExit(f"error: {error}") from None


if __name__ == "__main__":
    main(sys.argv[1:])
