"""How a report is built: what the command line, a batch and a verification ask of the pipeline."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BuildOptions:
    """How to build: the engine, how much at once, whether to use what earlier builds left, what to make besides.

    `formats` are made besides PDF and HTML, each once and in order: `docx`. May be pickled.
    """

    engine: str = "auto"
    jobs: int = 1
    cache: bool = True
    formats: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[str, ...]:
        """What the outputs depend on: `jobs` and `cache` only change how long they take."""
        return self.engine, *self.formats
