"""A build from end to end: read and check, run the notebooks, assemble, render, publish as a whole."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from monev import reads
from monev.display import data as open_data
from monev.display.parts import appendix
from monev.display.phrases import present, texts
from monev.errors import RunError
from monev.io import manifest, store, tables_book
from monev.io.cache import Cache
from monev.io.crate import FILE as CRATE_FILE
from monev.io.crate import crate
from monev.io.settings import editions
from monev.kept import Kept, opened_with_state, unchanged
from monev.messages import Words, tell
from monev.paths import QUARTO, Places
from monev.reconcile import csv_rows
from monev.report import Opened, open_edition
from monev.run import printed, reader, render, tabulated
from monev.run.notebooks import Executed, Task, check_parameters, prepared, run
from monev.run.rendering import Rendering
from monev.run.reuse import Editions, Reuse
from monev.run.stage import Attachment, stage
from monev.run.standing import remember, stands
from monev.run.structure import Node
from monev.run.work import locked, named_faults, workspace
from monev.run.written import Report
from monev.steps import Progress, Step

Say = Callable[[Words], None]


@dataclass(frozen=True)
class Built:
    """What a build gave: the folder, and the files that people open."""

    folder: Path
    pdf: Path
    html: Path
    steps: tuple[Step, ...] = ()


_LATER = ("09-rekonsiliasi", "10-kelengkapan", "11-perubahan", "12-rapor-pelaksana")


def tasks_of(opened: Opened) -> list[Task]:
    """Return the notebooks of an edition, in the order of the report."""
    edition = opened.inputs.edition.edisi
    single = (
        "01-pemeriksaan-data",
        "02-skor",
        "03-ringkasan-eksekutif",
        "04-sorotan",
        "05-catatan-umum",
        "06-komitmen",
        "07-deskripsi-capaian",
    )
    tasks = [Task(name, f"{name}.ipynb", {"edisi": edition}) for name in single]
    for result in opened.results.commitments:
        number = result.commitment.commitment
        parameters = {"edisi": edition, "komitmen": number}
        tasks.append(Task(f"08-lampiran-komitmen-{number:02d}", "08-lampiran-komitmen.ipynb", parameters))
    tasks += [Task(name, f"{name}.ipynb", {"edisi": edition}) for name in _LATER]
    return tasks


def collect(executed: Sequence[Executed], opened: Opened) -> tuple[dict[str, str], dict[str, bytes]]:
    """Return slots to Markdown, and pictures; the appendices become one slot in the register's order.

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
    return slots, files


def data_files(opened: Opened) -> dict[str, bytes]:
    """Return the files of `data/`."""
    results, register = opened.results, opened.register
    tables = {
        open_data.TARGETS: open_data.target_rows(results),
        open_data.COMMITMENTS: open_data.commitment_rows(results),
        open_data.RECAP: open_data.recap_rows(results, register),
        open_data.RECONCILIATION: csv_rows(opened.comparisons),
    }
    files = {f"{r.name}.csv": store.csv_bytes(r.heading, rows) for r, rows in tables.items()}
    edition = opened.inputs.edition
    files["angka.json"] = store.json_bytes(register.records())
    files["datapackage.json"] = store.json_bytes(open_data.datapackage(edition))
    return files


_ABOUT = {
    "angka.json": ("Register angka: setiap angka laporan dengan rumus dan selnya", "application/json"),
    "target.csv": ("Semua target", "text/csv"),
    "komitmen.csv": ("Semua komitmen dengan skor dan kategori", "text/csv"),
    "rekap.csv": ("Rekapitulasi target", "text/csv"),
    "rekonsiliasi.csv": ("Rekonsiliasi dengan edisi terbit", "text/csv"),
    "datapackage.json": ("Deskripsi berkas data", "application/json"),
    "cetakan.json": ("Setiap angka tercetak dan asalnya", "application/json"),
    "tabel.xlsx": (
        "Semua tabel laporan",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "manifest.json": ("Sidik semua bahan edisi ini", "application/json"),
}


_FROM_TREE = ("cetakan.json", tables_book.FILE)  # of the data files, those read from what the report prints

_ABOUT_PARAMS = ("Params edisi ini", "application/yaml")


def timestamp_of(opened: Opened) -> int:
    """Return the report's only date: the end of the current period's year, so that bytes repeat."""
    return max(0, int(datetime(opened.inputs.edition.current.tahun, 12, 31, tzinfo=UTC).timestamp()))


class _Log:
    """What a build tells: to whoever watches it, and in its run.log."""

    def __init__(self, edition: str, progress: Progress) -> None:
        self.progress = progress
        self._began = time.monotonic()
        self._lines = [f"edisi {edition}"]

    def say(self, words: Words) -> None:
        """Tell that a stage begins."""
        self._lines.append(f"{time.monotonic() - self._began:7.2f} s  {words}")
        self.progress.stage(words)

    def note(self, words: object) -> None:
        """Write a line into run.log only."""
        self._lines.append(str(words))

    def content(self) -> bytes:
        """Return run.log."""
        return ("\n".join(self._lines) + "\n").encode("utf-8")


def build(
    root: Path,
    edition: str,
    *,
    engine: str,
    jobs: int,
    progress: Progress,
    cache: bool = True,
    formats: Sequence[str] = (),
) -> Built:
    """Build an edition and put it in the place of its last outputs, as a whole.

    With `cache`, notebooks that would read what they read before are not run again, and nothing is done when the
    outputs stand for what there is now. A build of the same edition that is under way is waited for.
    `formats` are made besides PDF and HTML: `docx`.
    Raises InputError for faulty inputs (with all findings) and RunError when a notebook or the rendering fails; the
    last outputs then stay as they were.
    """
    log = _Log(edition, progress)
    if edition not in editions(root):
        open_edition(root, edition)  # says which there are
    kept = Cache.of(root, edition) if cache else None
    order = _Order(root, edition, engine, jobs, kept, tuple(formats))
    with prepared():
        log.say(tell("build.read"))
        read = _read(root, edition)  # without the lock: whoever finds faults in the inputs writes nothing at all
        with locked(root, edition, lambda: progress.stage(tell("build.wait", edition=edition))) as waited:
            if waited:
                if kept and stands(kept, root, edition, (engine, *formats)):  # the other build has done it
                    return _built(root, edition)
                read = _read(root, edition)
            with workspace(root, edition) as work:
                return _build(order, read, work, log)


@dataclass(frozen=True)
class _Order:
    """What is to be built, and how."""

    root: Path
    edition: str
    engine: str
    jobs: int
    cache: Cache | None
    formats: tuple[str, ...] = ()


def _built(root: Path, edition: str, steps: Sequence[Step] = ()) -> Built:
    folder = Places(root).output(edition)
    return Built(folder, folder / "laporan.pdf", folder / "laporan.html", tuple(steps))


@dataclass(frozen=True)
class _Read:
    """An edition as it was read, and which files that took."""

    kept: Kept
    files: tuple[reads.Read, ...]


def _read(root: Path, edition: str) -> _Read:
    with reads.collected() as found:
        kept = opened_with_state(root, edition)
    return _Read(kept, tuple(found))


def _build(order: _Order, read: _Read, work: Path, log: _Log) -> Built:
    root, edition, kept = order.root, order.edition, read.kept
    opened = kept.opened
    chosen = render.choose_engine(order.engine)
    tasks = tasks_of(opened)
    check_parameters(tasks)
    executed, steps = _notebooks(order, kept, tasks, log)
    new = work / "baru"
    with named_faults(root):
        _assemble(root, opened, executed, chosen, new, work / "susun", log.say, order.cache, order.jobs, order.formats)
        if not unchanged(kept):
            raise RunError(tell("build.changed-meanwhile"))
        log.say(tell("build.publish"))
        store.write_files(new, {"run.log": log.content()})
    try:
        store.replace_folder(new, Places(root).output(edition), work / "lama")
    except OSError as error:
        raise RunError(tell("build.outputs-held", edition=edition, why=error.strerror)) from None
    if order.cache:
        remember(
            order.cache, root, edition, (order.engine, *order.formats), read.files, (file for file, _, _ in kept.state)
        )
    return _built(root, edition, steps)


def _notebooks(order: _Order, kept: Kept, tasks: list[Task], log: _Log) -> tuple[list[Executed], list[Step]]:
    """Run those notebooks that would not read what they read before; return all, and what became of each."""
    found: dict[str, Executed] = {}
    steps = {task.name: Step(task.name, True, tell("step.no-cache")) for task in tasks}
    reuse = Reuse(order.cache, Editions(order.root, {order.edition: kept.opened})) if order.cache else None
    if reuse:
        for task in tasks:
            executed, why = reuse.find(task)
            steps[task.name] = Step(task.name, executed is None, why)
            if executed:
                found[task.name] = executed
    todo = [task for task in tasks if task.name not in found]
    log.say(tell("build.notebooks", count=len(todo), reused=len(found)))
    by_name = {task.name: task for task in tasks}

    def done(result: Executed) -> None:
        found[result.name] = result
        log.note(f"{result.seconds:7.2f} s  {result.name}")
        log.progress.notebook(len(found), len(tasks), result.name)
        if reuse:
            reuse.keep(by_name[result.name], result)

    if todo:
        run(todo, order.root, order.jobs, done, kept=kept)
    for step in steps.values():
        log.note(tell("step.ran" if step.ran else "step.reused", name=step.name, why=step.why))
    return [found[task.name] for task in tasks], list(steps.values())


def _assemble(
    root: Path,
    opened: Opened,
    executed: list[Executed],
    engine: render.Engine,
    new: Path,
    staged: Path,
    say: Say,
    cache: Cache | None = None,
    jobs: int = 1,
    formats: Sequence[str] = (),
) -> None:
    """Write the whole output folder: data, notebooks, both documents, manifest."""
    slots, pictures = collect(executed, opened)
    data = data_files(opened)
    notebooks = {f"notebooks/{e.name}.ipynb": e.notebook for e in executed}
    notebooks |= {f"notebooks/{e.name}.html": e.html for e in executed}
    params = {file: (root / file).read_bytes() for file in opened.params_files(root)}
    carried = {f"lampiran/{name}": content for name, content in (data | params).items()}
    # What the report prints is read from its own tree, so these are written once that tree is there.
    later = {f"lampiran/{name}": b"" for name in (*_FROM_TREE, "manifest.json")}
    edition = opened.inputs.edition
    sources = _sources(root, opened)
    say(tell("build.assemble"))
    stage(
        QUARTO,
        staged,
        sections=slots,
        figures={figure.id: figure.printed for figure in opened.register},
        texts=texts(edition) | {"sidik": str(sources["sidik"]), "subjudul": texts(edition)["cakupan"]},
        present=present(edition) | {slot: bool(text.strip()) for slot, text in slots.items()},
        files=pictures | carried | later | reader.files(opened, root),
        attachments=[_attachment(name) for name in sorted(carried | later)],
    )
    new.mkdir(parents=True, exist_ok=True)
    tree = render.document_tree(staged, cache, jobs)
    report = Report.of(tree, staged)
    say(tell("build.render", engine=engine.name))
    with Rendering(engine, report, new, timestamp_of(opened), jobs, cache) as rendering:
        data["cetakan.json"] = store.json_bytes(printed.of_tree(tree, printed.names_of(edition)).record())
        data[tables_book.FILE] = _tables(opened, tree)
        outputs = {f"data/{name}": content for name, content in data.items()} | notebooks
        made = _manifest(sources, engine, outputs)
        store.write_files(
            staged / "lampiran", {name: data[name] for name in _FROM_TREE} | {"manifest.json": store.json_bytes(made)}
        )
        store.write_files(new, outputs)
        rendered = {name: manifest.digest(content) for name, content in rendering.finish().items()}
    if "docx" in formats:
        rendered |= _for_word(report, new, timestamp_of(opened), say)
    complete = made | {"keluaran": dict(sorted((_hashes(outputs) | rendered).items()))}
    crate_bytes = store.json_bytes(crate(complete, edition))
    complete["keluaran"] = dict(sorted((_hashes(outputs | {CRATE_FILE: crate_bytes}) | rendered).items()))
    store.write_files(new, {CRATE_FILE: crate_bytes, "manifest.json": store.json_bytes(complete)})


def _for_word(report: Report, new: Path, timestamp: int, say: Say) -> dict[str, str]:
    """Write the report for Word; return its name and digest."""
    from monev.run import word  # only who asks for it needs python-docx

    say(tell("build.word"))
    try:
        word.render_docx(report, new / word.NAME, timestamp=timestamp)
    except render.RenderError as error:
        raise RunError(tell("build.render-failed", why=error.message), error.detail) from None
    return {word.NAME: manifest.digest((new / word.NAME).read_bytes())}


def _tables(opened: Opened, tree: Node) -> bytes:
    """Return the workbook of all tables: those of the report, and the open data."""
    edition, register = opened.inputs.edition, opened.register
    units = {figure.id: figure.unit for figure in register}
    title, lines = open_data.cover(edition)
    about = tables_book.About(
        title, edition.nama.sekretariat, lines, (edition.nama.program, edition.nama.rencana, edition.edisi)
    )
    data = (
        tabulated.of_rows(open_data.TARGETS, open_data.target_rows(opened.results)),
        tabulated.of_rows(open_data.COMMITMENTS, open_data.commitment_rows(opened.results)),
    )
    return tables_book.workbook(about, open_data.notes(edition), (*tabulated.of_tree(tree, units), *data))


def _attachment(name: str) -> Attachment:
    about, mime = _ABOUT.get(name.removeprefix("lampiran/"), _ABOUT_PARAMS)
    return Attachment(name, about, mime)


def _hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: manifest.digest(content) for name, content in files.items()}


def _sources(root: Path, opened: Opened) -> dict[str, object]:
    """Return what the edition is made from: hashes of inputs, params and code, and the fingerprint over them."""
    inputs = manifest.file_digests(root, opened.inputs.files)
    params = manifest.file_digests(root, opened.params_files(root))
    code = manifest.code_digests()
    name = opened.inputs.edition.edisi
    sidik = manifest.fingerprint(inputs, params, code)
    return {"edisi": name, "sidik": sidik, "masukan": inputs, "params": params, "kode": code}


def _manifest(sources: Mapping[str, object], engine: render.Engine, outputs: Mapping[str, bytes]) -> dict[str, object]:
    """Return the manifest as far as it is known before the report is rendered; the PDF carries this much."""
    versions = manifest.tool_versions() | render.engine_versions()
    return {
        **sources,
        "mesin": engine.name,
        "standar_pdf": list(render.PDF_STANDARDS[engine.name]),
        "versi": dict(sorted(versions.items())),
        "keluaran": dict(sorted(_hashes(outputs).items())),
    }
