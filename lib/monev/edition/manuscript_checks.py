"""What texts of one's own ask for and an edition does not have: figures, tables, figures, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monev.display.parts import instrument_columns, instrument_sections
from monev.figures.recorded import recorded_findings
from monev.figures.register import Register, slug
from monev.figures.results import Results
from monev.io.folders import QUARTO
from monev.model.contents import PARTS
from monev.model.params import Edition
from monev.rules.manuscripts import Manuscript
from monev.words.findings import Finding, nearest
from monev.words.messages import join, tell

_SECTION = re.compile(r"\{#(sec-[a-z-]+)[ }]")
_PARTS: dict[str, tuple[str, ...]] = {
    "komitmen": ("tbl-komitmen",),
    "kelengkapan": ("tbl-kelengkapan", "tbl-kelengkapan-pelaksana"),
    "belum-selesai": ("tbl-belum-selesai", "tbl-penilaian-kembali"),
    "tindak-lanjut": ("tbl-tindak-lanjut", "tbl-lewat-tenggat"),
    "hambatan": ("fig-hambatan", "tbl-hambatan", "tbl-hambatan-komitmen"),
    "indikator": ("tbl-indikator",),
    "perubahan": ("tbl-perubahan-komitmen", "tbl-perubahan-kelompok", "tbl-perubahan-pelaksana", "fig-perubahan"),
    "peta-capaian": ("fig-peta",),
    "kuadran": ("fig-kuadran", "tbl-kuadran"),
    "audit": ("tbl-penetapan", "tbl-koreksi"),
    "rekonsiliasi": ("tbl-rekonsiliasi", "tbl-rekonsiliasi-beda", "tbl-rekonsiliasi-tulisan"),
}
"""The tables and charts that a part may have; whether it has them depends on the data, which a build tells."""


def manuscript_findings(manuscripts: Sequence[Manuscript], results: Results, register: Register) -> Iterator[Finding]:
    """Yield figures and references that there are not, and that numerals were typed.

    While a notebook waits for its run nobody knows what it will give: what is missing is told after the run.
    """
    waiting = any(own.is_waiting for own in manuscripts)
    known = {*_ids(results), *(id_ for own in manuscripts for id_, _ in own.ids)}
    yield from recorded_findings(manuscripts, register)
    for own in manuscripts:
        for key, line in own.figures:
            if key not in register and not waiting:
                details = {"value": key, "hint": nearest(key, register.figures)}
                yield Finding("W03", own.file, cell=own.at(line), details=details)
        yield from () if waiting else missing_references(own, known)
        for slot, cell in own.slots:
            if slot in _shown_slots(results.edition):
                yield Finding(
                    "W17", own.file, cell=own.at(cell), details={"what": tell("why.shown-already", name=slot)}
                )
        if own.typed:
            lines = join([str(line) for line in own.typed[:_TOLD]], ", ")
            more = tell("why.and-more", count=len(own.typed) - _TOLD) if len(own.typed) > _TOLD else ""
            yield Finding("W07", own.file, cell=str(own.typed[0]), details={"lines": lines, "more": more})


_TOLD = 12


def _shown_slots(edition: Edition) -> set[str]:
    """Return the sections that the report itself shows."""
    source = (QUARTO / "laporan.qmd").read_text("utf-8")
    return {
        slot
        for name in PARTS
        if edition.shows(name)
        for file in re.findall(r"include (\S+)", source.partition(f"<!-- bagian: {name} -->")[2].partition("<!--")[0])
        for slot in (
            [file.removeprefix("_slot-").removesuffix(".md")]
            if file.startswith("_slot-")
            else re.findall(r"include _slot-([a-z0-9-]+)\.md", (QUARTO / file).read_text("utf-8"))
        )
    }


def missing_references(own: Manuscript, known: set[str]) -> Iterator[Finding]:
    """Yield the references of a text that lead to nothing."""
    for id_, line in own.references:
        if id_ not in known:
            yield Finding("W04", own.file, cell=own.at(line), details={"value": id_, "hint": nearest(id_, known)})


def _ids(results: Results) -> Iterator[str]:
    """Yield what references of an edition may lead to."""
    edition = results.edition
    yield from _headings(edition)
    for part, ids in _PARTS.items():
        yield from ids if edition.shows(part) else ()
    for group in edition.groups:
        yield from (f"tbl-{group.id}",) if edition.shows("deskripsi") else ()
        yield from (f"fig-skor-{group.id}",) if edition.shows("skor-pelaksana") else ()
        yield from (f"tbl-rapor-{group.id}", f"sec-rapor-{group.id}") if edition.shows("rapor") else ()
    if edition.shows("ringkasan"):
        rules = edition.penilaian
        names = [*(band.nama for band in rules.kategori), rules.tidak_terukur]
        yield from (f"tbl-administratif-{slug(name)}" for name in names)
        yield from (f"tbl-kokreasi-{slug(threshold.nama)}" for threshold in rules.kokreasi.kategori)
        yield from ("fig-administratif", "fig-kokreasi", "sec-ringkasan-administratif", "sec-ringkasan-kokreasi")
    yield from _of_instruments(results)
    if edition.shows("lampiran"):
        yield from (f"sec-komitmen-{result.commitment.commitment:02d}" for result in results.commitments)


def _of_instruments(results: Results) -> Iterator[str]:
    """Yield the tables and charts of the instruments: those with workbooks of their own, and those in columns."""
    if results.edition.shows("instrumen"):
        for asked in results.data.asked:
            yield f"sec-instrumen-{asked.kode}"
            for kind in ("tbl", "fig"):
                yield from (
                    f"{kind}-{instrument_sections.slot(asked)}{part}"
                    for part in ("", "-skala", "-tentang", "-periode", "-pertanyaan")
                )
    for column in results.data.columns:
        name = instrument_columns.slot(column)
        yield from (f"tbl-{name}", f"tbl-{name}-komitmen", f"fig-{name}")


def _headings(edition: Edition) -> Iterator[str]:
    """Yield the headings of the report's own prose."""
    source = (QUARTO / "laporan.qmd").read_text("utf-8")
    for name in PARTS:
        own = source.partition(f"<!-- bagian: {name} -->")[2].partition("<!--")[0]
        for file in re.findall(r"include (_[0-9a-z-]+\.qmd)", own) if edition.shows(name) else ():
            yield from _SECTION.findall((QUARTO / file).read_text("utf-8"))
