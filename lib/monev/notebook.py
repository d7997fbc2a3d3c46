"""The one module that notebooks import: an edition, and the sections of its report.

In a notebook:

    from monev.notebook import load_edition
    laporan = load_edition("2021-S2")
    laporan.ringkasan_umum()
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from monev.display import abbreviations, markdown, notebook_html, open_data, own_output
from monev.display.charts.canvas import NARROW
from monev.display.charts.specs import ChartStyle
from monev.display.document import Section
from monev.display.own_output import Content, Number
from monev.display.parts import (
    actor_index,
    appendix,
    change,
    completeness,
    description,
    follow_up_state,
    glance,
    highlights,
    indicator_sections,
    instrument_columns,
    instrument_sections,
    method,
    obstacle_sections,
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
from monev.figures.recorded import without_recorded
from monev.io import folders, read_log
from monev.io.brand_file import own_look
from monev.io.workbook_reader import read_book
from monev.model.brand import CHARTS, Look
from monev.model.fields import ADMINISTRATIVE, COCREATIVE
from monev.model.value_digest import digest_of
from monev.words.findings import nearest
from monev.words.messages import tell

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


def _numeric(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return a frame with numbers in columns that hold text in CSV; nothing where nothing was scored."""
    import pandas as pd

    return frame.assign(**{name: pd.to_numeric(frame[name], errors="coerce") for name in columns if name in frame})


def _words(id_: str, printed: str) -> Mapping[str, str]:
    return {"text/plain": f"{id_} = {printed}"}


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


def _without_own(opened: Opened) -> Opened:
    """Return an edition without what notebooks of one's own gave: none of them is made of another, or of itself."""
    if not any(text.is_notebook for text in opened.inputs.manuscripts):
        return opened
    texts = tuple(text for text in opened.inputs.manuscripts if not text.is_notebook)
    inputs = replace(opened.inputs, manuscripts=texts)
    return replace(opened, inputs=inputs, register=without_recorded(opened.register))


class Laporan:
    """One edition's report: data frames and figures to work with, and each section of the report to show."""

    def __init__(self, opened: Opened, root: Path = folders.REPOSITORY) -> None:
        self._opened, self._root = _without_own(opened), root
        self.edition = opened.inputs.edition.edisi

    # Data and figures, for notebooks of one's own ---------------------------------------------------------------

    @property
    def target(self) -> pd.DataFrame:
        """All targets of all periods: the columns of `data/target.csv`, `nilai` as a number."""
        return _numeric(self.tabel_target(), "nilai")

    @property
    def komitmen(self) -> pd.DataFrame:
        """All commitments with scores and categories: the columns of `data/komitmen.csv`, scores as numbers."""
        return _numeric(self.tabel_komitmen(), "skor", "skor_kokreasi")

    @property
    def rekap(self) -> pd.DataFrame:
        """Targets per group, period and category: the columns of `data/rekap.csv`."""
        return self.tabel_rekap()

    def angka(self, id: str) -> Number:
        """Return a figure of the register. Raises KeyError that names the nearest for an unknown one."""
        return self._angka(id)

    @_handed(_same)
    def _angka(self, id: str) -> Number:
        figure = self._opened.register.get(id)
        if figure is None:
            raise KeyError(f"{tell('notebook.no-figure', value=id, hint=nearest(id, self._opened.register.figures))}")
        record = figure.record()
        value = record["nilai"]
        assert isinstance(value, int | float | str)
        return Number(id, value, figure.printed, figure.unit, figure.formula)

    def catat(
        self,
        id: str,
        nilai: float | Fraction | str,
        rumus: str,
        sel: Iterable[str] = (),
        satuan: str = "",
        cetak: str = "",
    ) -> Number:
        """Register a figure of one's own and return it.

        `sel` are the cells it comes from (`file!sheet!H14`, or rows as column `sumber` names them) and ids of other
        figures; `cetak` is how it is printed (default: as the report writes numbers). Raises ValueError for an id that
        is taken or is no id, and for what is no cell or figure of this edition.
        """
        if isinstance(sel, str):
            sel = (sel,)
        with read_log.unnoted():
            cells, figures = self._origins(tuple(map(str, sel)))
            if id in self._opened.register:
                raise ValueError(str(tell("notebook.figure-taken", value=id)))
        if not re.fullmatch(r"[a-z0-9]+([.-][a-z0-9]+)*", id):
            raise ValueError(str(tell("notebook.figure-id", value=id)))
        if not str(rumus).strip():
            raise ValueError(str(tell("notebook.figure-formula", value=id)))
        exact = nilai if isinstance(nilai, str) else _exact(id, nilai)
        printed = cetak or own_output.cell(nilai) + ("%" if satuan == "persen" else "")
        told = {"nilai": exact, "cetak": printed, "satuan": satuan, "rumus": rumus}
        own_output.show(
            Content({"jenis": "angka", "id": id, **told, "sumber": cells, "dari": figures}, _words(id, printed))
        )
        return Number(id, nilai if isinstance(nilai, str) else float(nilai), printed, satuan, rumus)

    def _origins(self, named: Sequence[str]) -> tuple[list[str], list[str]]:
        """Return the cells and the figures among what a figure of one's own comes from."""
        rows = {str(row.place): row.place.cell("score") for row in self._opened.results.data.rows}
        cells, figures = [], []
        for name in dict.fromkeys(named):
            if name in self._opened.register:
                figures.append(name)
            elif name in rows:
                cells.append(rows[name])
            elif self._has_cell(name):
                cells.append(name)
            else:
                raise ValueError(str(tell("notebook.no-origin", value=name[:120])))
        return cells, figures

    def _has_cell(self, name: str) -> bool:
        """Tell whether a name is that of a cell, in a sheet of a workbook of this edition."""
        file, _, below = name.partition("!")
        sheet, _, cell = below.rpartition("!")
        if file not in self._opened.inputs.files or not re.fullmatch(r"[A-Z]{1,3}[1-9][0-9]{0,6}", cell):
            return False
        book, _ = read_book(self._root / file, file, self._opened.inputs.edition.batas)
        return book is not None and sheet in book.sheets

    def tabel(self, data: pd.DataFrame | pd.Series[Any], keterangan: str, desimal: int = own_output.PLACES) -> Content:
        """Show a pandas table as a numbered table of the report, with its caption."""
        return own_output.table(data, keterangan, desimal)

    def gambar(self, fig: Any, keterangan: str, teks_alternatif: str) -> Content:
        """Show a matplotlib figure as a numbered figure of the report; the alternative text says what it shows."""
        made = own_output.picture(fig, keterangan, teks_alternatif)
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close(getattr(fig, "figure", fig))  # else Jupyter shows it once more
        return made

    def teks(self, markdown: str) -> Any:
        """Show words as a cell of Markdown would; figures stand in them by their `md`."""
        from IPython.display import Markdown

        return Markdown(markdown)  # type: ignore[no-untyped-call]

    def bidang(self, tinggi: float = 2.6) -> tuple[Any, Any]:
        """Return a new figure and its axes in the look of the report, as wide as its page; the height in inches."""
        with read_log.unnoted():
            style = chart_style(self._opened.inputs.look, self._root)
            return own_output.axes(style, tinggi)

    # Sections of the report -------------------------------------------------------------------------------------

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
    def target_komitmen(self, komitmen: int) -> Rows:
        """The targets of one commitment: its rows of `data/target.csv`."""
        return [row for row in open_data.target_rows(self._opened.results) if row["komitmen"] == komitmen]

    @_rows
    def tabel_data_dukung(self) -> Rows:
        """All targets with their evidence: the rows of `data/target.csv` without what they were assessed."""
        assessed = {"nilai", "status_nilai", "kategori", "kokreasi"}
        rows = open_data.target_rows(self._opened.results)
        return [{key: row[key] for key in row if key not in assessed} for row in rows]

    @_rows
    def tabel_pelaksana(self) -> Rows:
        """All commitments with their actors, without scores: one row for each of both."""
        r = self._opened.results
        return [
            {
                "komitmen": c.commitment,
                "judul": c.title,
                "kelompok": actor.group,
                "pelaksana": actor.actor,
                "nama": actor.full_name,
            }
            for c in r.data.commitments
            for actor in r.actors(c.commitment)
        ]

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
    def daftar_komitmen(self) -> Section:
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
    def hambatan(self) -> Section:
        """What stood in the way."""
        return self._expanded(obstacle_sections.obstacle_section(self._opened.results, self._opened.register))

    @_section
    def indikator_hasil(self) -> Section:
        """Where the outcome indicators stand."""
        return self._expanded(indicator_sections.indicator_section(self._opened.results, self._opened.register))

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


def _exact(id: str, value: Any) -> str:
    """Return a number as a fraction, as simple as gives the same float. Raises ValueError for what is no number."""
    try:
        if isinstance(value, Fraction) or hasattr(value, "__index__"):
            return str(Fraction(value))
        number = float(value)
        simple = Fraction(number).limit_denominator(10**9)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(str(tell("notebook.figure-value", id=id, value=str(value)[:80]))) from None
    return str(simple if float(simple) == number else Fraction(repr(number)))


def load_edition(edisi: str, root: str | Path | None = None, environment: Mapping[str, str] = os.environ) -> Laporan:
    """Open an edition below `root`; default: the variable MONEV_ROOT, else where the notebook lies, or the repository.

    Raises InputError with all findings when its inputs are not sound.
    """
    place = Path(root or environment.get(folders.ROOT_VARIABLE) or _here(edisi) or folders.REPOSITORY)
    with read_log.unnoted():
        if Path.cwd() != folders.NOTEBOOKS:  # those show finished sections
            own_output.show_plain_values()
        return Laporan(opened_edition(place, edisi), place)


def _here(edisi: str) -> Path | None:
    """Return the root that the current folder lies in, if it has that edition: where an analyst opens a notebook."""
    with read_log.unnoted():
        folders_above = [Path.cwd(), *Path.cwd().parents]
        return next((folder for folder in folders_above if (folder / "params" / f"{edisi}.yml").is_file()), None)
