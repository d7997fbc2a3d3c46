"""A build from end to end: read and check, run the notebooks, assemble, render, publish as a whole."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from monev.display import data as open_data
from monev.display.parts import appendix
from monev.display.phrases import present, texts
from monev.errors import RunError
from monev.io import manifest, store
from monev.io.crate import FILE as CRATE_FILE
from monev.io.crate import crate
from monev.messages import Words, tell
from monev.paths import QUARTO, Places
from monev.reconcile import csv_rows
from monev.report import Opened, open_edition
from monev.run import printed, render
from monev.run.notebooks import Executed, Task, check_parameters, run
from monev.run.stage import Attachment, stage
from monev.steps import Progress

Say = Callable[[Words], None]


@dataclass(frozen=True)
class Built:
    """What a build gave: the folder, and the files that people open."""

    folder: Path
    pdf: Path
    html: Path


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
    files["datapackage.json"] = store.json_bytes(open_data.datapackage(edition.edisi, edition.judul))
    return files


_ABOUT = {
    "angka.json": ("Register angka: setiap angka laporan dengan rumus dan selnya", "application/json"),
    "target.csv": ("Semua target", "text/csv"),
    "komitmen.csv": ("Semua komitmen dengan skor dan kategori", "text/csv"),
    "rekap.csv": ("Rekapitulasi target", "text/csv"),
    "rekonsiliasi.csv": ("Rekonsiliasi dengan edisi terbit", "text/csv"),
    "datapackage.json": ("Deskripsi berkas data", "application/json"),
    "cetakan.json": ("Setiap angka tercetak dan asalnya", "application/json"),
    "manifest.json": ("Sidik semua bahan edisi ini", "application/json"),
}


_ABOUT_PARAMS = ("Params edisi ini", "application/yaml")


def _timestamp(opened: Opened) -> int:
    """Return the report's only date: the end of the current period's year, so that bytes repeat."""
    return max(0, int(datetime(opened.inputs.edition.current.tahun, 12, 31, tzinfo=UTC).timestamp()))


@contextlib.contextmanager
def _workspace(places: Places, edition: str) -> Iterator[Path]:
    """Give a folder beside the outputs to build in, removed afterwards; clear what a killed build left."""
    outputs = places.root / "outputs"
    try:
        outputs.mkdir(exist_ok=True)
        for left in outputs.glob(f".{edition}.*"):
            if not _alive(left):
                shutil.rmtree(left, ignore_errors=True)
        work = outputs / f".{edition}.{os.getpid()}"
        work.mkdir()
    except OSError as error:
        raise RunError(tell("build.outputs-unwritable", why=error.strerror)) from None
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _alive(left: Path) -> bool:
    """Tell whether the build that owns a work folder still runs; its process number ends the name."""
    try:
        os.kill(int(left.name.rsplit(".", 1)[-1]), 0)
    except (ValueError, ProcessLookupError):
        return False
    except OSError:
        return True
    return True


def build(root: Path, edition: str, *, engine: str, jobs: int, progress: Progress) -> Built:
    """Build an edition and put it in the place of its last outputs, as a whole.

    Raises InputError for faulty inputs (with all findings) and RunError when a notebook or the rendering fails; the
    last outputs then stay as they were.
    """
    places = Places(root)
    began = time.monotonic()
    log = [f"edisi {edition}"]

    def say(words: Words) -> None:
        log.append(f"{time.monotonic() - began:7.2f} s  {words}")
        progress.stage(words)

    with _workspace(places, edition) as work:
        say(tell("build.read"))
        opened = open_edition(root, edition)
        chosen = render.choose_engine(engine)
        tasks = tasks_of(opened)
        check_parameters(tasks)
        say(tell("build.notebooks", count=len(tasks)))
        executed = _run(tasks, root, jobs, progress, log)
        new = work / "baru"
        _assemble(root, opened, executed, chosen, new, work / "susun", say)
        store.write_files(new, {"run.log": ("\n".join(log) + "\n").encode("utf-8")})
        say(tell("build.publish"))
        folder = places.output(edition)
        try:
            store.replace_folder(new, folder, work / "lama")
        except OSError as error:
            raise RunError(tell("build.outputs-held", edition=edition, why=error.strerror)) from None
    return Built(folder, folder / "laporan.pdf", folder / "laporan.html")


def _run(tasks: list[Task], root: Path, jobs: int, progress: Progress, log: list[str]) -> list[Executed]:
    count = 0

    def done(result: Executed) -> None:
        nonlocal count
        count += 1
        log.append(f"{result.seconds:7.2f} s  {result.name}")
        progress.notebook(count, len(tasks), result.name)

    return run(tasks, root, jobs, done)


def _assemble(
    root: Path,
    opened: Opened,
    executed: list[Executed],
    engine: render.Engine,
    new: Path,
    staged: Path,
    say: Say,
) -> None:
    """Write the whole output folder: data, notebooks, both documents, manifest."""
    slots, pictures = collect(executed, opened)
    data = data_files(opened)
    notebooks = {f"notebooks/{e.name}.ipynb": e.notebook for e in executed}
    notebooks |= {f"notebooks/{e.name}.html": e.html for e in executed}
    params = {file: (root / file).read_bytes() for file in opened.params_files(root)}
    carried = {f"lampiran/{name}": content for name, content in (data | params).items()}
    # What the report prints is read from its own tree, so these two are written once that tree is there.
    later = {f"lampiran/{name}": b"" for name in ("cetakan.json", "manifest.json")}
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
        files=pictures | carried | later,
        attachments=[_attachment(name) for name in sorted(carried | later)],
    )
    data["cetakan.json"] = store.json_bytes(printed.expected(staged, printed.names_of(edition)).record())
    outputs = {f"data/{name}": content for name, content in data.items()} | notebooks
    made = _manifest(sources, engine, outputs)
    store.write_files(
        staged / "lampiran", {"cetakan.json": data["cetakan.json"], "manifest.json": store.json_bytes(made)}
    )
    store.write_files(new, outputs)
    rendered = _render(opened, engine, staged, new, say)
    complete = made | {"keluaran": dict(sorted((_hashes(outputs) | rendered).items()))}
    crate_bytes = store.json_bytes(crate(complete, edition))
    complete["keluaran"] = dict(sorted((_hashes(outputs | {CRATE_FILE: crate_bytes}) | rendered).items()))
    store.write_files(new, {CRATE_FILE: crate_bytes, "manifest.json": store.json_bytes(complete)})


def _attachment(name: str) -> Attachment:
    about, mime = _ABOUT.get(name.removeprefix("lampiran/"), _ABOUT_PARAMS)
    return Attachment(name, about, mime)


def _hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: manifest.digest(content) for name, content in files.items()}


def _render(opened: Opened, engine: render.Engine, staged: Path, new: Path, say: Say) -> dict[str, str]:
    """Make both documents, at the same time where the engine keeps them apart; return their hashes."""
    say(tell("build.render", engine=engine.name))
    if engine.name == "embedded":
        render.document_tree(staged)
    timestamp = _timestamp(opened)
    with ThreadPoolExecutor(max_workers=1 if engine.name == "quarto" else 2) as pool:
        waiting = [
            pool.submit(make, staged, new / name, engine=engine, timestamp=timestamp)
            for name, make in (("laporan.pdf", render.render_pdf), ("laporan.html", render.render_html))
        ]
        for future in waiting:
            try:
                future.result()
            except render.RenderError as error:
                raise RunError(tell("build.render-failed", why=error.message), error.detail) from None
    return {name: manifest.digest((new / name).read_bytes()) for name in ("laporan.pdf", "laporan.html")}


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
