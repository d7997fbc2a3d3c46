"""How a report is built: what the command line, a batch and a verification ask of the pipeline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

FURTHER = ("docx",)  # formats that are made only when asked for


@dataclass(frozen=True)
class BuildOptions:
    """How to build: the engine, how much at once, whether to use what earlier builds left, what to make besides.

    `formats` are made besides PDF and HTML, each once and in order: `docx`. Only with `release` may the root hold the
    record of a release, which makes the report more than a draft. With `trust` notebooks of one's own may run that this
    user has not let run before. May be pickled.
    """

    engine: str = "auto"
    jobs: int = 1
    cache: bool = True
    formats: tuple[str, ...] = ()
    release: bool = False
    trust: bool = False

    def keeping(self, folder: Path) -> BuildOptions:
        """Return the options with the formats besides that the last build left in an output folder."""
        made = {name for name in FURTHER if (folder / f"laporan.{name}").is_file()}
        return replace(self, formats=tuple(sorted({*self.formats, *made})))

    @property
    def asked(self) -> tuple[str, ...]:
        """What the outputs depend on: `jobs` and `cache` only change how long they take."""
        return self.engine, *self.formats
