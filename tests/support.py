"""What several tests share: a project root of their own, and cells changed in it."""

from __future__ import annotations

import ast
import contextlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import nbformat
import pypdfium2
import pytest
from filelock import FileLock
from openpyxl import load_workbook

from monev import notebook
from monev.build.assembly import BuildMeans, assemble
from monev.build.notebook_plan import read_notebook_plan
from monev.display.document import Section
from monev.edition.edition_cache import keep_open, opened_edition
from monev.edition.opened import Opened
from monev.io.folders import NOTEBOOKS, REPOSITORY, ROOT_VARIABLE
from monev.io.guarded_folders import GuardedFolder
from monev.io.inputs import read_inputs
from monev.io.params_file import load_edition_params
from monev.io.work_folder import locked, workspace
from monev.kernels.executed_notebook import Executed, normalised, sections
from monev.kernels.tasks import Task
from monev.notebook import Laporan, Shown
from monev.render.engines import Engine
from monev.render.parallel_rendering import ParallelRendering
from monev.words.errors import InputError
from monev.words.findings import Finding

_SECTIONS = (
    "skala_administratif",
    "skala_kokreasi",
    "ringkasan_umum",
    "ringkasan_administratif",
    "ringkasan_kokreasi",
    "sorotan",
    "catatan_umum",
    "komitmen",
    "deskripsi",
    "rekonsiliasi",
    "audit",
)


@dataclass(frozen=True)
class Build:
    """A finished build: its root, its output folder, what the command printed."""

    root: Path
    folder: Path
    stdout: str
    stderr: str


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that `make` fills once in a run of the tests; the other processes of pytest-xdist wait for it.

    It is shared: copy it before changing anything. What could not be made is tried again by whoever asks next.
    """
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # above the folders of the processes
    folder, whole = base / "bersama" / name, base / "bersama" / f"{name}.utuh"
    folder.parent.mkdir(exist_ok=True)
    with FileLock(folder.with_name(f"{name}.kunci")):
        if not whole.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            whole.touch()
    return folder


class ReadOnce:
    """Stands for a function of a stream and more: the same bytes, and the same of the rest, are read once.

    Nearly every test opens an edition of which it has changed one workbook at most; reading the others again takes
    longer than all the rest, and gives the same. Only the last few are kept: a test may make many of its own.
    """

    KEPT = 24

    def __init__(self, read: Callable[..., dict[str, Any]]) -> None:
        self._read = read
        self._kept: OrderedDict[tuple[object, ...], dict[str, Any]] = OrderedDict()

    def __call__(self, stream: Any, *more: object) -> dict[str, Any]:
        stream.seek(0)
        key = stream.read(), *map(repr, more)
        if key not in self._kept:
            stream.seek(0)
            self._kept[key] = self._read(stream, *more)
            if len(self._kept) > self.KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return dict(self._kept[key])


class DrawnOnce:
    """Stands for the drawing of a chart: the same specification in the same look gives the same picture.

    Most tests show sections of the 2021 edition or of one small plan, and look at other things than their charts.
    """

    KEPT = 500

    def __init__(self, draw: Callable[..., str]) -> None:
        self._draw = draw
        self._kept: OrderedDict[tuple[object, ...], str] = OrderedDict()

    def __call__(self, drawing: object, style: Any, width: float | None = None) -> str:
        key = repr(drawing), repr(style), Path(style.file).read_bytes(), width
        if key not in self._kept:
            self._kept[key] = self._draw(drawing, style, width)
            if len(self._kept) > self.KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]


def monev(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does, with the tests' own Python."""
    command = [sys.executable, "-P", "-m", "monev", "--root", str(root), *arguments]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(root / "rumah"), "PYTHONPATH": str(REPOSITORY / "lib")}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=root)


def copy_root(target: Path) -> Path:
    """Copy params and inputs to a root of its own."""
    shutil.copytree(REPOSITORY / "params", target / "params")
    shutil.copytree(REPOSITORY / "inputs", target / "inputs")
    return target


def change(root: Path, file: str, edit: Callable[[Any], object]) -> None:
    """Open a workbook of the root, let `edit` change it, and save it."""
    book = load_workbook(root / file)
    edit(book)
    book.save(root / file)
    book.close()


def rebuilt(root: Path, file: str, edit: Callable[[dict[str, bytes]], object]) -> None:
    """Open a workbook as the archive that it is, let `edit` change its parts, and write it again."""
    path = root / file
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    edit(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def part(root: Path, file: str, name: str, change_text: Callable[[str], str]) -> None:
    def edit(parts: dict[str, bytes]) -> None:
        parts[name] = change_text(parts[name].decode()).encode()

    rebuilt(root, file, edit)


def put(root: Path, place: str, value: object) -> None:
    """Write one cell given as `file!sheet!H14`."""
    file, sheet, cell = place.split("!")
    change(root, file, lambda book: book[sheet].__setitem__(cell, value))


def column(root: Path, file: str, sheet: str, heading: str) -> str:
    """Return the letter of a column by its heading."""
    book = load_workbook(root / file, read_only=True)
    cells = next(book[sheet].iter_rows(max_row=1))
    letter = next(c.column_letter for c in cells if str(c.value).rstrip("* ") == heading)  # type: ignore[union-attr]
    book.close()
    return letter


def render_here(root: Path, edition: str, target: Path, *, pages: bool = True, documents: bool = True) -> Path:
    """Make the whole output folder of an edition in this process: notebooks without kernels, the embedded engine.

    Without `pages` the notebooks have no HTML of their own, without `documents` there is no PDF and no HTML of the
    report, for tests that look at neither: each takes about a third of the time.
    """
    keep_open(root, edition)
    opened = opened_edition(root, edition)
    with mock.patch.dict(os.environ, {ROOT_VARIABLE: str(root)}):
        executed = [_executed(task) for task in read_notebook_plan().tasks(opened)]
    with mock.patch("monev.build.assembly.ParallelRendering", ParallelRendering if documents else _NoRendering):
        assemble(
            root,
            opened,
            executed,
            BuildMeans(Engine("embedded")),
            target / "hasil",
            target / "susun",
            lambda words: None,
            None if pages else lambda: {one.name: b"" for one in executed},
        )
    return target / "hasil"


class _NoRendering(contextlib.nullcontext[Any]):
    """Stands for the rendering where nobody looks at the documents."""

    warnings: Sequence[str] = ()

    def __init__(self, *_: object) -> None:
        super().__init__(self)

    def finish(self) -> dict[str, bytes]:
        return {}


def _executed(task: Task) -> Executed:
    """Run a notebook's cells one after another as plain Python; what its last expressions show are its outputs."""
    notebook = nbformat.read(NOTEBOOKS / task.notebook, as_version=4)
    names: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        value = _run(cell.source, task.notebook, names)
        if "parameters" in cell.metadata.get("tags", ()):
            names |= dict(task.parameters)
        data = value._repr_mimebundle_() if isinstance(value, Shown) else {"text/plain": repr(value)}
        if hasattr(value, "_repr_html_"):  # a table of pandas
            data["text/html"] = value._repr_html_()
        cell.outputs = [nbformat.v4.new_output("display_data", data)] if value is not None else []
    return Executed(task.name, normalised(notebook), sections(notebook), 0.0)


def _run(source: str, name: str, names: dict[str, Any]) -> object:
    """Run the code of a cell; return the value of a last expression."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), name, "exec"), names)
    return eval(compile(ast.Expression(last.value), name, "eval"), names) if isinstance(last, ast.Expr) else None


def filled(pdf: Path) -> list[float]:
    """Return for each page down to which part of its text area it is filled, from 0 to 1; the foot does not count."""
    top, foot, area = 77, 60, 700  # points
    document = pypdfium2.PdfDocument(pdf)
    parts = []
    for sheet in document:
        text, height = sheet.get_textpage(), sheet.get_height()
        bottoms = [text.get_rect(n)[1] for n in range(text.count_rects())]
        parts.append((height - top - min((y for y in bottoms if y > foot), default=height)) / area)
    document.close()
    return parts


def sections_of(opened: Opened) -> Iterator[Section]:
    """Yield every section that notebooks may show of an edition."""
    laporan, numbers = Laporan(opened), [result.commitment.commitment for result in opened.results.commitments]
    found = 0
    data = opened.results.data
    takes: dict[str, list[object]] = {
        "lampiran": [*numbers],
        "target_komitmen": [],  # rows, no section
        "instrumen": [instrument.kode for instrument in data.asked],
        "kolom": [instrument.pengenal for instrument in data.columns if instrument.pengenal],
    }
    for name in notebook._MADE:
        for arguments in [(value,) for value in takes[name]] if name in takes else [()]:
            made = None if name.startswith(("tabel_", "_")) else getattr(laporan, name)
            shown = made(*arguments) if callable(made) else made
            if isinstance(shown, Shown):
                found += 1
                yield shown.section
    assert found > 20


def tree(folder: Path) -> dict[str, bytes]:
    """Return the content of every file below a folder, but for run.log, which tells how long things took."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "run.log")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def findings_of(root: Path, edition: str = "2021-S2") -> tuple[Finding, ...]:
    """What reading the inputs of an edition finds, whether that stops it or not."""
    try:
        return read_inputs(root, edition).findings
    except InputError as error:
        return error.findings


def refused_params(root: Path, edition: str, text: str) -> tuple[Finding, str]:
    """Add text to the params of an edition; return what is found in it, and the line that this is told of."""
    file = root / "params" / f"{edition}.yml"
    file.write_text(f"{file.read_text('utf-8')}{text}\n", "utf-8")
    with pytest.raises(InputError) as found:
        load_edition_params(root, edition)
    (finding,) = found.value.findings
    return finding, file.read_text("utf-8").splitlines()[int(finding.cell) - 1]


def fail_to_write(monkeypatch: pytest.MonkeyPatch, nth: int) -> None:
    """Let the nth file that is written into a guarded folder find a full disk."""
    count, real = 0, GuardedFolder.write

    def failing(folder: GuardedFolder, name: str, content: bytes, *, new: bool = False) -> None:
        nonlocal count
        count += 1
        if count == nth:
            raise OSError(28, "No space left on device")
        real(folder, name, content, new=new)

    monkeypatch.setattr(GuardedFolder, "write", failing)


def publish_a_build(root: Path, edition: str, name: str) -> None:
    """Do to the folders of a root what a build does at its end."""
    with locked(root, edition, lambda: None), workspace(root, edition) as work:
        (work.path / "baru").mkdir()
        (work.path / "baru" / "laporan.pdf").write_text("baru")
        work.publish("baru", name, ours=lambda folder: folder.kind("manifest.json") != 0)


def in_fresh_python(code: str, **variables: str) -> str:
    """What code prints in an interpreter of its own, where nothing is imported yet."""
    environment = {"PYTHONPATH": str(REPOSITORY / "lib"), **variables}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return done.stdout.strip()
