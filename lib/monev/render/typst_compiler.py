"""Typst, in this process, or as one of its own: `python -m monev.render.typst_compiler FOLDER TIMESTAMP STANDARD...`.

What Typst has laid out stays warm in a process, so a second report costs what is new in it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from monev.render.fallback_font import FONTS
from monev.render.quarto_cli import PdfStandard


def compiled(stage_dir: Path, timestamp: int, standards: Sequence[PdfStandard]) -> bytes:
    """Return the PDF of `laporan.typ` in a staged folder. Raises RuntimeError (TypstError) or ValueError."""
    import typst

    pdf: bytes = typst.compile(
        str(stage_dir / "laporan.typ"),
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
