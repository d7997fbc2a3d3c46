"""Both documents of a staged folder, made side by side while the caller still writes what the PDF carries."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

from monev.io.guarded_cache import Cache
from monev.render import engines
from monev.render.programs import RenderError
from monev.render.written_pieces import TYPST, Report
from monev.words.errors import RunError
from monev.words.messages import tell

PDF, HTML = "laporan.pdf", "laporan.html"


class ParallelRendering:
    """The rendering under way: begins with the block, ends with `finish`, at the latest with the block."""

    def __init__(
        self,
        engine: engines.Engine,
        report: Report,
        target: Path,
        timestamp: int,
        jobs: int,
        cache: Cache | None = None,
    ) -> None:
        self._engine = engine
        self._report = report
        self._staged = report.stage_dir
        self._target = target
        self._timestamp = timestamp
        self._cache = cache
        self._pool = ThreadPoolExecutor(max_workers=max(1, min(2, jobs)))
        self._source: Future[str] | None = None
        self._html: Future[None] | None = None
        self.warnings: list[str] = []
        """What the engine warned of; complete once the block has finished."""

    def __enter__(self) -> ParallelRendering:
        # Quarto works in the staged folder itself, once for each document, and needs all that goes into it.
        if self._engine.name == "embedded":
            self._source = self._pool.submit(engines.source_of, self._report, TYPST, self._cache)
            self._html = self._pool.submit(engines.write_html, self._report, self._target / HTML, self._cache)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def finish(self) -> dict[str, bytes]:
        """Return both documents' bytes by name, now that all attachments are staged. Raises RunError."""
        try:
            pdf = self._target / PDF
            if self._source:
                engines.compile_pdf(self._staged, self._source.result(), pdf, self._timestamp)
            else:
                self.warnings += engines.render_pdf(self._staged, pdf, engine=self._engine, timestamp=self._timestamp)
            if self._html:
                self._html.result()
            else:
                self.warnings += engines.render_html(
                    self._staged, self._target / HTML, engine=self._engine, timestamp=self._timestamp
                )
        except RenderError as error:
            raise RunError(tell("build.render-failed", why=error.message), error.detail) from None
        return {name: (self._target / name).read_bytes() for name in (PDF, HTML)}
