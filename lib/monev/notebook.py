"""The one module that notebooks import: an edition, and the sections of its report.

In a notebook:

    from monev.notebook import load_edition
    laporan = load_edition("2021-S2")
    laporan.ringkasan_umum()
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monev import paths
from monev.display import html, markdown
from monev.display.charts import ChartStyle
from monev.display.document import Section
from monev.display.parts import (
    appendix,
    audit,
    description,
    highlights,
    index,
    method,
    progress,
    reconciliation,
    summary,
)
from monev.fields import ADMINISTRATIVE, COCREATIVE
from monev.kept import opened_edition
from monev.report import Opened

if TYPE_CHECKING:
    import pandas as pd

SECTION_TYPE = "application/vnd.monev.section+json"


@dataclass(frozen=True)
class Shown:
    """A section as a notebook shows it: HTML for its reader, and the slot's Markdown and pictures for the report."""

    section: Section

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        bundle: dict[str, object] = {
            "text/html": html.section(self.section),
            "text/plain": f"bagian {self.section.slot or 'catatan'}",
        }
        if self.section.slot:
            bundle[SECTION_TYPE] = {
                "slot": self.section.slot,
                "markdown": markdown.section(self.section),
                "files": markdown.pictures(self.section.blocks),
            }
        return bundle


def chart_style() -> ChartStyle:
    """Return the look of charts: the style file of `quarto/`, the fonts of the font packages."""
    import font_source_sans_pro as sans

    folder = Path(sans.__file__).parent / "files"
    fonts = tuple(str(folder / f"SourceSansPro-{weight}.ttf") for weight in ("Regular", "Semibold"))
    return ChartStyle(str(paths.CHART_STYLE), fonts)


@dataclass(frozen=True)
class Laporan:
    """One edition's report: each method shows the section of one slot; `tabel_*` are data frames to look at."""

    opened: Opened

    @cached_property
    def _style(self) -> ChartStyle:
        return chart_style()

    @property
    def judul(self) -> str:
        """The report's title."""
        return self.opened.inputs.edition.judul

    def pemeriksaan(self) -> Shown:
        """What was read, and what checking found."""
        o = self.opened
        return Shown(audit.inspection(o.results, o.register, o.findings))

    def tabel_target(self) -> pd.DataFrame:
        """All targets: the rows of `data/target.csv`."""
        from monev.display import data

        return _frame(data.target_rows(self.opened.results))

    def tabel_komitmen(self) -> pd.DataFrame:
        """All commitments with scores and categories: the rows of `data/komitmen.csv`."""
        from monev.display import data

        return _frame(data.commitment_rows(self.opened.results))

    def tabel_rekap(self) -> pd.DataFrame:
        """Targets per group, period and category: the rows of `data/rekap.csv`."""
        from monev.display import data

        return _frame(data.recap_rows(self.opened.results, self.opened.register))

    def tabel_angka(self) -> pd.DataFrame:
        """The figure register without its sources."""
        frame = _frame(self.opened.register.records())
        return frame[["id", "cetak", "satuan", "rumus"]]

    def skala_administratif(self) -> Shown:
        """The scale of the administrative score."""
        return Shown(method.administrative_scale(self.opened.results, self.opened.register))

    def skala_kokreasi(self) -> Shown:
        """The scale of co-creation."""
        return Shown(method.cocreation_scale(self.opened.results, self.opened.register))

    def ringkasan_umum(self) -> Shown:
        """The plan in numbers."""
        return Shown(summary.general(self.opened.results, self.opened.register))

    def ringkasan_administratif(self) -> Shown:
        """Gambar 1 and the tables of its categories."""
        o = self.opened
        return Shown(summary.dimension_section(o.results, o.register, ADMINISTRATIVE, self._style))

    def ringkasan_kokreasi(self) -> Shown:
        """Gambar 2 and the tables of its categories."""
        o = self.opened
        return Shown(summary.dimension_section(o.results, o.register, COCREATIVE, self._style))

    def sorotan(self) -> Shown:
        """The highlights."""
        return Shown(highlights.highlights(self.opened.results))

    def catatan_umum(self) -> Shown:
        """The general notes."""
        return Shown(highlights.notes(self.opened.results))

    def komitmen(self) -> Shown:
        """Tabel 7."""
        return Shown(method.commitments(self.opened.results, self.opened.register))

    def deskripsi(self) -> Shown:
        """Tabel 8 and 9."""
        return Shown(description.description(self.opened.results, self.opened.register))

    def kelengkapan(self) -> Shown:
        """Who reported in the current period, and who did not."""
        return Shown(progress.reporting(self.opened.results, self.opened.register))

    def belum_selesai(self) -> Shown:
        """The targets of earlier periods that are not completed."""
        return Shown(progress.unfinished_targets(self.opened.results, self.opened.register))

    def prinsip(self) -> Shown:
        """How the five principles were answered."""
        return Shown(progress.principles(self.opened.results, self.opened.register))

    def indeks(self) -> Shown:
        """The index of actors."""
        return Shown(index.actors(self.opened.results))

    def lampiran(self, komitmen: int) -> Shown:
        """The appendix of one commitment."""
        return Shown(appendix.appendix(self.opened.results, self.opened.register, komitmen))

    def rekonsiliasi(self) -> Shown:
        """The published figures beside the computed ones."""
        return Shown(reconciliation.reconciliation(self.opened.comparisons, self.opened.register))

    def audit(self) -> Shown:
        """The determinations, and the corrections of received workbooks."""
        o = self.opened
        return Shown(audit.audit(o.results, o.register, o.inputs.corrections))


def _frame(rows: Any) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame([dict(row) for row in rows])


def load_edition(edisi: str, root: str | Path | None = None, environment: Mapping[str, str] = os.environ) -> Laporan:
    """Open an edition below `root` (default: the variable MONEV_ROOT, else the repository).

    Raises InputError with all findings when its inputs are not sound.
    """
    place = Path(root or environment.get(paths.ROOT_VARIABLE) or paths.REPOSITORY)
    return Laporan(opened_edition(place, edisi))
