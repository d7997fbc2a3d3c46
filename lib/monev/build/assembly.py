"""From executed notebooks to a whole output folder: data, notebooks, documents, manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from pathlib import Path

from monev.display import markdown, open_data
from monev.display.open_data import Resource
from monev.display.parts import appendix, front_matter, instrument_sections
from monev.display.parts.state import state
from monev.display.phrases import left_out, present, publication_texts, published_on, texts
from monev.display.public_columns import REVISED_SIGN, Table, held_back, published, with_revisions
from monev.edition.manuscript_checks import missing_references
from monev.edition.opened import Opened
from monev.figures.reconciliation import csv_rows
from monev.io import atomic_files, manifest, tables_workbook
from monev.io.folders import QUARTO
from monev.io.guarded_cache import Cache
from monev.io.notebook_page import page
from monev.io.ro_crate import FILE as CRATE_FILE
from monev.io.ro_crate import crate
from monev.kernels.executed_notebook import Executed
from monev.model.params import Edition
from monev.render import engines, expected_numerals, manuscript_pages, reader_data, tree_tables
from monev.render.expected_numerals import names_of
from monev.render.parallel_rendering import ParallelRendering
from monev.render.programs import RenderError
from monev.render.staged_folder import Attachment, stage
from monev.render.tree_structure import Node, Targets
from monev.render.written_pieces import Report
from monev.rules.evidence_names import published_path
from monev.words.errors import InputError, RunError
from monev.words.messages import Words, tell

Say = Callable[[Words], None]
Pages = Callable[[], Mapping[str, bytes]]


@dataclass(frozen=True)
class BuildMeans:
    """What an edition is made with: the engine, what earlier builds left, how much at once, which further formats."""

    engine: engines.Engine
    cache: Cache | None = None
    jobs: int = 1
    formats: Sequence[str] = ()


def assemble(
    root: Path,
    opened: Opened,
    executed: Sequence[Executed],
    means: BuildMeans,
    new: Path,
    staged: Path,
    say: Say,
    pages: Pages | None = None,
) -> None:
    """Write the whole output folder `new`, working in the folder `staged`; `say` is told each stage.

    `pages` gives the notebooks as pages, by their names, where they are made elsewhere.

    Raises RunError when two notebooks fill the same slot, or the rendering fails.
    """
    say(tell("build.assemble"))
    report = Staged.of(root, opened, executed, means, staged)
    new.mkdir(exist_ok=True)
    say(tell("build.render", engine=means.engine.name))
    with ParallelRendering(
        means.engine, report.report, new, timestamp_of(opened), means.jobs, means.cache
    ) as rendering:
        made, outputs = report.completed(pages or (lambda: pages_of(executed)))
        atomic_files.write_files(new, outputs)
        rendered = {name: manifest.digest(content) for name, content in rendering.finish().items()}
    for warning in rendering.warnings:
        say(tell("build.warned", engine=means.engine.name, said=warning))
    if "docx" in means.formats:
        rendered |= _for_word(report.report, new, timestamp_of(opened), say)
    atomic_files.write_files(new, closing_files(made, _hashes(outputs) | rendered, opened.inputs.edition))


def closing_files(made: Mapping[str, object], hashes: Mapping[str, str], edition: Edition) -> dict[str, bytes]:
    """Return the two files that are written last, RO-Crate and manifest; `hashes` are those of all other outputs."""
    complete = {**made, "keluaran": dict(sorted(hashes.items()))}
    crate_bytes = atomic_files.json_bytes(crate(complete, edition))
    complete["keluaran"] = dict(sorted({**hashes, CRATE_FILE: manifest.digest(crate_bytes)}.items()))
    return {CRATE_FILE: crate_bytes, "manifest.json": atomic_files.json_bytes(complete)}


def pages_of(executed: Sequence[Executed]) -> dict[str, bytes]:
    """Return notebooks as pages, by their names."""
    return {one.name: page(one.notebook, one.name) for one in executed}


@dataclass(frozen=True)
class Staged:
    """An edition in a staged folder, but for attachments that tell what the report itself prints."""

    opened: Opened
    means: BuildMeans
    report: Report
    sources: Mapping[str, object]
    data: Mapping[str, bytes]
    notebooks: Mapping[str, bytes]
    evidence: Mapping[str, bytes]

    @classmethod
    def of(cls, root: Path, opened: Opened, executed: Sequence[Executed], means: BuildMeans, staged: Path) -> Staged:
        """Fill the folder `staged`. Raises RunError when two notebooks fill the same slot, or pandoc fails."""
        slots, pictures = collect(executed, opened)
        texts_of_own = opened.inputs.manuscripts
        slots |= manuscript_pages.pages(texts_of_own)
        pictures |= manuscript_pages.pictures(texts_of_own, root)
        slots |= publication_slots(opened)
        data = data_files(opened)
        notebooks = {f"notebooks/{e.name}.ipynb": e.notebook for e in executed}
        notebooks |= {
            f"notebooks/naskah-{own.name}.ipynb": (root / own.read[0]).read_bytes() for own in texts_of_own if own.read
        }
        params = {file: (root / file).read_bytes() for file in opened.params_files(root)}
        carried = {f"lampiran/{name}": content for name, content in (data | params).items()}
        # What the report prints is read from its own tree, so these are written once that tree is there.
        later = {f"lampiran/{name}": b"" for name in (*_FROM_TREE, "manifest.json")}
        edition = opened.inputs.edition
        sources = _sources(root, opened, means.engine)
        stage(
            QUARTO,
            staged,
            sections=slots,
            figures={figure.id: figure.printed for figure in opened.register},
            texts=texts(edition)
            | texts_of_edition(opened)
            | publication_texts(edition, opened.inputs.release, str(sources["sidik"]))
            | {"sidik": str(sources["sidik"])},
            present=present(edition)
            | {"keadaan": bool(state(opened.register))}
            | {"tanpa-penilaian-kembali": not opened.results.data.rejudged}
            | {slot: bool(text.strip()) for slot, text in slots.items()}
            | left_out(edition),
            files=pictures | publication_pictures(opened, root) | carried | later | reader_data.files(opened, root),
            attachments=[_attachment(name) for name in sorted(carried | later)],
            standards=means.engine.standards,
            revised=opened.inputs.release.revised if opened.inputs.release else (),
            look=opened.inputs.look,
            groups=edition.groups,
            parts=edition.contents,
            root=root,
        )
        report = Report.of(engines.document_tree(staged, means.cache, means.jobs), staged)
        _check_references(opened, report)
        return cls(opened, means, report, sources, data, notebooks, _published_evidence(root, opened))

    def completed(self, pages: Pages) -> tuple[dict[str, object], dict[str, bytes]]:
        """Write the last attachments; return the manifest as far as it is known, and all files beside the documents."""
        tree = self.report.tree
        named = names_of(self.opened)
        numerals = expected_numerals.numerals_of_tree(tree, named).record()
        last = {"cetakan.json": atomic_files.json_bytes(numerals), tables_workbook.FILE: _tables(self.opened, tree)}
        outputs = {f"data/{name}": content for name, content in {**self.data, **last}.items()} | dict(self.notebooks)
        outputs |= {f"notebooks/{name}.html": text for name, text in pages().items()}
        outputs |= self.evidence
        made = _manifest(self.sources, outputs)
        carried = {**last, "manifest.json": atomic_files.json_bytes(made)}
        atomic_files.write_files(self.report.stage_dir / "lampiran", carried)
        return made, outputs


def _published_evidence(root: Path, opened: Opened) -> dict[str, bytes]:
    """Return the evidence that may be published, by where it goes."""
    files = {f.file for f in opened.results.data.evidence_files if f.public}
    return {published_path(file): (root / file).read_bytes() for file in sorted(files)}


def _check_references(opened: Opened, report: Report) -> None:
    """Raise InputError where a text of one's own refers to what this edition has not got after all."""
    targets = Targets.of(report.tree["blocks"])
    known = {*targets.numbers, *targets.titles}
    if missing := [f for own in opened.inputs.manuscripts for f in missing_references(own, known)]:
        raise InputError(tuple(missing), opened.inputs.earlier)


def collect(executed: Sequence[Executed], opened: Opened) -> tuple[dict[str, str], dict[str, bytes]]:
    """Return slots to Markdown, and pictures; appendices become one slot in the register's order, so do instruments.

    Raises RunError when two notebooks fill the same slot.
    """
    slots: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for notebook in executed:
        for section in notebook.sections:
            if section.slot in slots:
                raise RunError(tell("build.slot-twice", notebook=notebook.name, slot=section.slot))
            slots[section.slot] = section.markdown
            files |= {name: svg.encode("utf-8") for name, svg in section.files.items()}
    names = [appendix.slot(result.commitment.commitment) for result in opened.results.commitments]
    slots["lampiran"] = "\n\n".join(slots.pop(name) for name in names)
    names = [instrument_sections.slot(instrument) for instrument in opened.results.data.asked]
    slots["instrumen"] = "\n\n".join(slots.pop(name) for name in names)
    return slots, files


def publication_slots(opened: Opened) -> dict[str, str]:
    """Return the slots about the publication itself, which no notebook fills: they hold nothing that is computed."""
    inputs = opened.inputs
    sections = (
        front_matter.foreword(inputs.edition, inputs.release, inputs.data.foreword),
        front_matter.imprint(inputs.edition, inputs.release, inputs.data.foreword),
        front_matter.history(inputs.release, opened.register),
        front_matter.responses(inputs.data.responses),
    )
    return {section.slot: markdown.section(section) for section in sections}


def publication_pictures(opened: Opened, root: Path) -> dict[str, bytes]:
    """Return the pictures of the publication by their names in the staged folder."""
    shown = front_matter.signature_pictures(opened.inputs.edition)
    return {name: (root / file).read_bytes() for file, name in shown.items()}


def data_tables(opened: Opened) -> list[Table]:
    """Return the CSV files of an edition with their rows; a release has the columns that are public, and marks."""
    results, release = opened.results, opened.inputs.release
    rows: dict[Resource, Iterable[open_data.Row]] = {
        open_data.TARGETS: open_data.target_rows(results),
        open_data.COMMITMENTS: open_data.commitment_rows(results),
        open_data.RECAP: open_data.recap_rows(results, opened.register),
        open_data.RECONCILIATION: csv_rows(opened.comparisons),
        open_data.ANSWERS: open_data.answer_rows(results),
        **open_data.optional_tables(results),
    }
    tables: list[Table] = [(table, list(rows[table])) for table in open_data.resources(results)]
    if release is None:
        return tables
    if release.revised:
        figures = open_data.row_figures(results)
        tables = [with_revisions(t, rows, figures[t.name], release.revised) if t.name in figures else (t, rows)
                  for t, rows in tables]  # fmt: skip
    return [(public, rows) for table, rows in tables if (public := published(table))]


def complete_tables(opened: Opened) -> dict[str, bytes]:
    """Return the CSV files of which a release holds columns back, with all their columns, by name."""
    draft = replace(opened, inputs=replace(opened.inputs, release=None))
    tables = [(table, rows) for table, rows in data_tables(draft) if held_back(table)]
    return {f"{table.name}.csv": atomic_files.csv_bytes(table.heading, rows) for table, rows in tables}


def data_files(opened: Opened) -> dict[str, bytes]:
    """Return the files of `data/`."""
    tables, edition = data_tables(opened), opened.inputs.edition
    files = {f"{table.name}.csv": atomic_files.csv_bytes(table.heading, rows) for table, rows in tables}
    files["angka.json"] = atomic_files.json_bytes(opened.register.records())
    described = open_data.datapackage(edition, [table for table, _ in tables])
    files["datapackage.json"] = atomic_files.json_bytes(described)
    return files


_ABOUT = {
    "angka.json": ("Register angka: setiap angka laporan dengan rumus dan selnya", "application/json"),
    "target.csv": ("Semua target", "text/csv"),
    "komitmen.csv": ("Semua komitmen dengan skor dan kategori", "text/csv"),
    "ogp.csv": ("Penyelesaian komitmen pada skala OGP", "text/csv"),
    "laporan-pelaksana.csv": ("Isi formulir yang kembali dari pelaksana", "text/csv"),
    "rencana.csv": ("Target yang direncanakan, dengan kriteria dan perubahannya", "text/csv"),
    "tindak-lanjut.csv": ("Tindak lanjut dengan keadaannya", "text/csv"),
    "hambatan.csv": ("Hambatan menurut jenis", "text/csv"),
    "penilaian-kembali.csv": ("Target terdahulu yang dinilai kembali", "text/csv"),
    "indikator.csv": ("Indikator hasil dengan nilainya tiap periode", "text/csv"),
    "rekap.csv": ("Rekapitulasi target", "text/csv"),
    "rekonsiliasi.csv": ("Rekonsiliasi dengan edisi terbit", "text/csv"),
    "instrumen.csv": ("Semua jawaban instrumen", "text/csv"),
    "datapackage.json": ("Deskripsi berkas data", "application/json"),
    "cetakan.json": ("Setiap angka tercetak dan asalnya", "application/json"),
    "tabel.xlsx": (
        "Semua tabel laporan",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "manifest.json": ("Sidik semua bahan edisi ini", "application/json"),
}


_FROM_TREE = ("cetakan.json", tables_workbook.FILE)  # of the data files, those read from what the report prints

_ABOUT_PARAMS = ("Params edisi ini", "application/yaml")


def texts_of_edition(opened: Opened) -> dict[str, str]:
    """Return the texts that only the opened edition knows: its subtitle, and its state where it is not complete."""
    said = state(opened.register)
    return {"subjudul": texts(opened.inputs.edition)["cakupan"]} | ({"keadaan": said} if said else {})


def timestamp_of(opened: Opened) -> int:
    """Return the report's only date, so that bytes repeat: that of its publication, else its period's last day."""
    edition = opened.inputs.edition
    date = published_on(edition, opened.inputs.release) or edition.current.last_day
    return max(0, int(datetime.combine(date, time(), UTC).timestamp()))


def _for_word(report: Report, new: Path, timestamp: int, say: Say) -> dict[str, str]:
    """Write the report for Word; return its name and digest."""
    from monev.render import word_report  # only who asks for it needs python-docx

    say(tell("build.word"))
    try:
        word_report.render_docx(report, new / word_report.NAME, timestamp=timestamp)
    except RenderError as error:
        raise RunError(tell("build.render-failed", why=error.message), error.detail) from None
    return {word_report.NAME: manifest.digest((new / word_report.NAME).read_bytes())}


def _tables(opened: Opened, tree: Node) -> bytes:
    """Return the workbook of all tables: those of the report, and the open data."""
    edition, register = opened.inputs.edition, opened.register
    units = {figure.id: figure.unit for figure in register}
    title, lines = open_data.cover(edition)
    about = tables_workbook.About(
        title, edition.nama.sekretariat, lines, (edition.nama.program, edition.nama.rencana, edition.edisi)
    )
    data = (tree_tables.table_of_rows(*table) for table in data_tables(opened) if _is_sheet(*table))
    signs = [
        *open_data.notes(edition),
        *([REVISED_SIGN] if opened.inputs.release and opened.inputs.release.revised else []),
    ]
    return tables_workbook.workbook(about, signs, (*tree_tables.tables_of_tree(tree, units), *data))


def _is_sheet(table: Resource, rows: Sequence[open_data.Row]) -> bool:
    return table.name != open_data.RECAP.name and (table.name != open_data.RECONCILIATION.name or bool(rows))


def _attachment(name: str) -> Attachment:
    about, mime = _ABOUT.get(name.removeprefix("lampiran/"), _ABOUT_PARAMS)
    return Attachment(name, about, mime)


def _hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: manifest.digest(content) for name, content in files.items()}


def _sources(root: Path, opened: Opened, engine: engines.Engine) -> dict[str, object]:
    """Return what the edition is made from and by, and the fingerprint over all of it."""
    files = {
        "masukan": manifest.file_digests(root, opened.inputs.files),
        "params": manifest.file_digests(root, opened.params_files(root)),
        "kode": manifest.code_digests(),
    }
    versions = manifest.tool_versions() | engines.engine_versions()
    if engine.name != "quarto":  # it may be installed or not: it has no part in this report
        versions.pop("quarto", None)
    tools = {"mesin": engine.name, "standar_pdf": list(engine.standards), "versi": dict(sorted(versions.items()))}
    return {"edisi": opened.inputs.edition.edisi, **manifest.sources(files, tools)}


def _manifest(sources: Mapping[str, object], outputs: Mapping[str, bytes]) -> dict[str, object]:
    """Return the manifest as far as it is known before the report is rendered; the PDF carries this much."""
    return {**sources, "keluaran": dict(sorted(_hashes(outputs).items()))}
