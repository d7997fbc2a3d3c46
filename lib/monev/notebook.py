"""The one module that notebooks import: an edition, and the sections of its report.

In a notebook:

    from monev.notebook import load_edition
    laporan = load_edition("2021-S2")
    laporan.ringkasan_umum()
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from monev.display import abbreviations, markdown, notebook_html, open_data
from monev.display.charts.canvas import NARROW
from monev.display.charts.specs import ChartStyle
from monev.display.document import Section
from monev.display.parts import (
    actor_index,
    appendix,
    change,
    completeness,
    description,
    follow_up_state,
    glance,
    highlights,
    instrument_columns,
    instrument_sections,
    method,
    quadrants,
    reconciliation_annex,
    scorecards,
    source_notes,
    summary,
    traceability,
)
from monev.display.section_output import SECTION_TYPE
from monev.edition.edition_cache import opened_edition
from monev.edition.known_pictures import picture
from monev.edition.opened import Opened
from monev.io import folders, read_log
from monev.io.brand_file import own_look
from monev.model.brand import CHARTS, Look
from monev.model.fields import ADMINISTRATIVE, COCREATIVE
from monev.model.value_digest import digest_of

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Shown:
    """A section as a notebook shows it: HTML for its reader, and the slot's Markdown and pictures for the report.

    The section is a value; its charts are drawn here, when it is shown, in the look of the report and with the fonts of
    its root; a section without charts has none.
    """

    section: Section
    look: Look | None = None
    root: Path = folders.REPOSITORY

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        pictures = self.pictures()
        bundle: dict[str, object] = {
            "text/html": notebook_html.section(self.section, pictures),
            "text/plain": f"bagian {self.section.slot or 'catatan'}",
        }
        if self.section.slot:
            bundle[SECTION_TYPE] = {
                "slot": self.section.slot,
                "markdown": markdown.section(self.section),
                "files": pictures,
            }
        return bundle

    def pictures(self) -> dict[str, str]:
        """Draw the section's charts (those not known), each for the page and for narrow screens: file name to SVG."""
        charts = list(markdown.charts(self.section.blocks))
        if not charts:
            return {}
        style = chart_style(self.look, self.root)
        wide = {chart.file: picture(chart.drawing, style) for chart in charts}
        return wide | {
            chart.narrow_file: picture(chart.drawing, style, NARROW) for chart in charts if chart.narrow_file
        }


def chart_style(look: Look | None = None, root: Path = folders.REPOSITORY) -> ChartStyle:
    """Return the look of charts: the style file of `quarto/`, a brand's colours and fonts, and those of packages."""
    import font_source_sans_pro as sans

    look = look or own_look()
    folder = Path(sans.__file__).parent / "files"
    fonts = [str(folder / f"SourceSansPro-{weight}.ttf") for weight in ("Regular", "Semibold")]
    fonts += [str(root / file) for file in look.files]
    tones = tuple(look.colours[name] for name in CHARTS)
    return ChartStyle(
        str(folders.CHART_STYLE), tones, look.colours["tinta"], look.colours["redup"], look.headings, tuple(fonts)
    )


# What is handed out -----------------------------------------------------------------------------------------

P = ParamSpec("P")
Value = TypeVar("Value")
Given = TypeVar("Given")
Rows = Sequence[Mapping[str, object]]

_MADE: dict[str, Callable[..., object]] = {}


def _handed(
    give: Callable[[Value], Given],
) -> Callable[[Callable[Concatenate[Laporan, P], Value]], Callable[Concatenate[Laporan, P], Given]]:
    """Return a decorator for what an edition gives to notebooks: a value made of it alone, given in some form.

    That the value was given is noted with its digest, so that a later build can tell whether a notebook that read it
    would read the same again (`value_of`).
    """

    def decorate(make: Callable[Concatenate[Laporan, P], Value]) -> Callable[Concatenate[Laporan, P], Given]:
        name = make.__name__
        _MADE[name] = make

        def handed(self: Laporan, /, *arguments: P.args, **named: P.kwargs) -> Given:
            with read_log.unnoted():
                value = make(self, *arguments, **named)
            read_log.hand_out(self.edition, name, (*arguments, *named.values()), lambda: digest_of(value))
            return give(value)

        update_wrapper(handed, make)
        return handed

    return decorate


def value_of(opened: Opened, name: str, arguments: Sequence[object]) -> object:
    """Return the value that an edition hands out under a name. Raises LookupError or TypeError for none such."""
    return _MADE[name](Laporan(opened), *arguments)


def _frame(rows: Rows) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame([dict(row) for row in rows])


def _same(value: Value) -> Value:
    return value


def _section(make: Callable[Concatenate[Laporan, P], Section]) -> Callable[Concatenate[Laporan, P], Shown]:
    """Return what shows a section, in the look of the edition where it has charts."""

    def looking(self: Laporan, /, *arguments: P.args, **named: P.kwargs) -> tuple[Section, Look | None]:
        section = make(self, *arguments, **named)
        drawn = next(markdown.charts(section.blocks), None)
        return section, self._opened.inputs.look if drawn else None

    handed = _handed(_same)(update_wrapper(looking, make))

    def shown(self: Laporan, /, *arguments: P.args, **named: P.kwargs) -> Shown:
        section, look = handed(self, *arguments, **named)
        return Shown(section, look, self._root)

    return update_wrapper(shown, make)


_rows = _handed(_frame)


class Laporan:
    """One edition's report: each method shows the section of one slot; `tabel_*` are data frames to look at."""

    def __init__(self, opened: Opened, root: Path = folders.REPOSITORY) -> None:
        self._opened, self._root = opened, root
        self.edition = opened.inputs.edition.edisi

    @property
    def opened(self) -> Opened:
        """All there is of the edition; a notebook that takes it depends on everything."""
        return self._all()

    def _expanded(self, section: Section) -> Section:
        return abbreviations.expanded(section, self._opened.inputs.edition)

    @_handed(_same)
    def _all(self) -> Opened:
        return self._opened

    @property
    def judul(self) -> str:
        """The report's title."""
        return self._judul()

    @_handed(_same)
    def _judul(self) -> str:
        return self._opened.inputs.edition.judul

    @_section
    def pemeriksaan(self) -> Section:
        """What was read, and what checking found."""
        o = self._opened
        return traceability.inspection(o.results, o.register, o.findings)

    @_rows
    def tabel_target(self) -> Rows:
        """All targets: the rows of `data/target.csv`."""
        return [*open_data.target_rows(self._opened.results)]

    @_rows
    def tabel_komitmen(self) -> Rows:
        """All commitments with scores and categories: the rows of `data/komitmen.csv`."""
        return [*open_data.commitment_rows(self._opened.results)]

    @_rows
    def tabel_rekap(self) -> Rows:
        """Targets per group, period and category: the rows of `data/rekap.csv`."""
        return [*open_data.recap_rows(self._opened.results, self._opened.register)]

    @_rows
    def tabel_angka(self) -> Rows:
        """The figure register without its sources."""
        return [{key: r[key] for key in ("id", "cetak", "satuan", "rumus")} for r in self._opened.register.records()]

    @_section
    def skala_administratif(self) -> Section:
        """The scale of the administrative score."""
        return method.administrative_scale(self._opened.results, self._opened.register)

    @_section
    def skala_kokreasi(self) -> Section:
        """The scale of co-creation."""
        return method.cocreation_scale(self._opened.results, self._opened.register)

    @_section
    def dasar_aturan(self) -> Section:
        """Which rules the published edition states, and how well the reconstructed ones fit it."""
        return method.rule_basis(self._opened.results, self._opened.register)

    @_section
    def sekilas(self) -> Section:
        """The edition on one page."""
        return glance.glance(self._opened.results, self._opened.register)

    @_section
    def ringkasan_umum(self) -> Section:
        """The plan in numbers."""
        return summary.general(self._opened.results, self._opened.register)

    @_section
    def ringkasan_administratif(self) -> Section:
        """Gambar 1 and the tables of its categories."""
        o = self._opened
        return summary.dimension_section(o.results, o.register, ADMINISTRATIVE)

    @_section
    def ringkasan_kokreasi(self) -> Section:
        """Gambar 2 and the tables of its categories."""
        o = self._opened
        return summary.dimension_section(o.results, o.register, COCREATIVE)

    @_section
    def sorotan(self) -> Section:
        """The highlights."""
        return self._expanded(highlights.highlights(self._opened.results, self._opened.register))

    @_section
    def usulan_sorotan(self) -> Section:
        """What the rules suggest to highlight; not a part of the report."""
        return highlights.suggestions(self._opened.results, self._opened.register)

    @_section
    def catatan_umum(self) -> Section:
        """The general notes."""
        return self._expanded(highlights.notes(self._opened.results))

    @_section
    def catatan_sumber(self) -> Section:
        """What is odd in the source of the data."""
        return source_notes.source_notes(self._opened.results)

    @_section
    def singkatan(self) -> Section:
        """The list of abbreviations."""
        return abbreviations.listed(self._opened.results)

    @_section
    def komitmen(self) -> Section:
        """Tabel 7."""
        return method.commitments(self._opened.results, self._opened.register)

    @_section
    def deskripsi(self) -> Section:
        """Tabel 8 and 9."""
        return description.description(self._opened.results, self._opened.register)

    @_section
    def kelengkapan(self) -> Section:
        """Who reported in the current period, and who did not."""
        return completeness.reporting(self._opened.results, self._opened.register)

    @_section
    def belum_selesai(self) -> Section:
        """The targets of earlier periods that are not completed."""
        return completeness.unfinished_targets(self._opened.results, self._opened.register)

    @_section
    def tindak_lanjut(self) -> Section:
        """What became of follow-ups, and which are overdue."""
        return self._expanded(follow_up_state.follow_up_state(self._opened.results, self._opened.register))

    @_section
    def perubahan(self) -> Section:
        """How scores changed since the previous period."""
        return change.change(self._opened.results, self._opened.register)

    @_section
    def peta_capaian(self) -> Section:
        """Every commitment's score in every period."""
        return change.heat_map(self._opened.results, self._opened.register)

    @_section
    def kuadran(self) -> Section:
        """Administrative score against co-creation."""
        return quadrants.quadrants(self._opened.results, self._opened.register)

    @_section
    def skor_pelaksana(self) -> Section:
        """The actors' scores."""
        return scorecards.scores(self._opened.results, self._opened.register)

    @_section
    def rapor(self) -> Section:
        """The scorecards of both groups."""
        return scorecards.scorecards(self._opened.results, self._opened.register)

    @_section
    def instrumen(self, kode: str) -> Section:
        """What an instrument that the edition asks gives."""
        return self._expanded(instrument_sections.section(self._opened.results, self._opened.register, kode))

    @_section
    def kolom(self, pengenal: str) -> Section:
        """How the columns of an instrument were answered; `pengenal` is what it is known by."""
        o = self._opened
        (instrument,) = (made for made in o.results.data.columns if made.pengenal == pengenal)
        return instrument_columns.columns(instrument, o.results, o.register)

    def __getattr__(self, name: str) -> Callable[[], Shown]:
        """Return what shows the columns of the instrument that is known by a name. Raises AttributeError for none."""
        if name.startswith("_") or name not in {made.pengenal for made in self._opened.results.data.columns}:
            raise AttributeError(name)
        return lambda: self.kolom(name)

    @_section
    def indeks(self) -> Section:
        """The index of actors."""
        return actor_index.actors(self._opened.results)

    @_section
    def lampiran(self, komitmen: int) -> Section:
        """The appendix of one commitment."""
        return self._expanded(appendix.appendix(self._opened.results, self._opened.register, komitmen))

    @_section
    def rekonsiliasi(self) -> Section:
        """The published figures beside the computed ones."""
        return reconciliation_annex.reconciliation(
            self._opened.comparisons, self._opened.register, self._opened.results.edition
        )

    @_section
    def audit(self) -> Section:
        """The determinations, and the corrections of received workbooks."""
        o = self._opened
        return traceability.audit(o.results, o.register, o.inputs.corrections)


def load_edition(edisi: str, root: str | Path | None = None, environment: Mapping[str, str] = os.environ) -> Laporan:
    """Open an edition below `root` (default: the variable MONEV_ROOT, else the repository).

    Raises InputError with all findings when its inputs are not sound.
    """
    place = Path(root or environment.get(folders.ROOT_VARIABLE) or folders.REPOSITORY)
    with read_log.unnoted():
        return Laporan(opened_edition(place, edisi), place)
