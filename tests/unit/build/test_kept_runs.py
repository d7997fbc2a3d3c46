"""A notebook runs again when, and only when, what it read has changed: every input is changed once, and looked at."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from monev.build.kept_runs import Editions, Reuse
from monev.build.notebook_plan import read_notebook_plan
from monev.edition.edition_cache import opened_with_state
from monev.edition.opened import open_edition
from monev.io.folders import NOTEBOOKS
from monev.io.guarded_cache import Cache
from monev.kernels import in_process
from monev.kernels.executed_notebook import Executed
from monev.kernels.fork_client import prepared
from monev.kernels.notebook_runs import run
from monev.kernels.tasks import Task
from monev.words.errors import InputError
from plans import EDITION, MadePlan, make_plan
from support import change, column

PLAN = MadePlan(
    texts={},
    determinations=[
        {"commitment": 2, "dimension": "Administratif", "category": "Cukup", "reason": "Alasan sekretariat"},
    ],
)
READ_MORE = {"01-pemeriksaan-data", "02-skor", "09-rekonsiliasi"}  # whole tables, of which they show the first rows


class Place:
    """A root with a finished run of all notebooks in its cache; knows what would run again after a change."""

    def __init__(self, root: Path, key: bytes) -> None:
        self.root = root
        self.cache = Cache(root / ".monev" / EDITION, key)

    def tasks(self) -> list[Task]:
        return read_notebook_plan().tasks(open_edition(self.root, EDITION))

    def reuse(self, notebooks: Path = NOTEBOOKS) -> Reuse:
        return Reuse(self.cache, Editions(self.root), notebooks)

    def again(self) -> dict[str, str]:
        """The notebooks that would run, and why."""
        reuse = self.reuse()
        found = {task.name: reuse.find(task) for task in self.tasks()}
        return {name: str(why) for name, (executed, why) in found.items() if executed is None}

    def shown(self) -> dict[str, bytes]:
        """What each notebook shows now, run here and not by the cache."""
        return {task.name: _content(in_process.execute(task, self.root)) for task in self.tasks()}


def _content(executed: Executed) -> bytes:
    return executed.notebook


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, dict[str, bytes]]:
    root = make_plan(tmp_path_factory.mktemp("ulang") / "akar", PLAN)
    place = Place(root, b"k" * 32)
    with prepared():
        executed = run(place.tasks(), root, 2, lambda result: None, kept=opened_with_state(root, EDITION))
    reuse = place.reuse()
    for task, result in zip(place.tasks(), executed, strict=True):
        reuse.keep(task, result)
    assert place.again() == {}
    return place, place.shown()


@pytest.fixture
def place(finished: tuple[Place, dict[str, bytes]], tmp_path: Path) -> Place:
    shutil.copytree(finished[0].root, tmp_path / "akar")
    return Place(tmp_path / "akar", b"k" * 32)


@pytest.fixture
def before(finished: tuple[Place, dict[str, bytes]]) -> dict[str, bytes]:
    return finished[1]


def cell(file: str, sheet: str, heading: str, row: int, value: object) -> Callable[[Path], None]:
    """Return what puts a value into the cell of a column, told by its heading."""

    def edit(root: Path) -> None:
        letter = column(root, file, sheet, heading)
        change(root, file, lambda book: book[sheet].__setitem__(f"{letter}{row}", value))

    return edit


def param(edit: Callable[[Any], object]) -> Callable[[Path], None]:
    """Return what changes the edition's params."""

    def write(root: Path) -> None:
        file = root / "params" / f"{EDITION}.yml"
        params = yaml.safe_load(file.read_text("utf-8"))
        edit(params)
        file.write_text(yaml.safe_dump(params, allow_unicode=True), "utf-8")

    return write


KL, OMS = "inputs/B12/capaian-kl.xlsx", "inputs/B12/capaian-oms.xlsx"
EARLIER = "inputs/B06/capaian-oms.xlsx"
PLAN_FILE, EVALUATION = "inputs/rencana-aksi.xlsx", "inputs/B12/evaluasi.xlsx"
CHANGES: dict[str, Callable[[Path], None]] = {
    "target": cell(KL, "Capaian", "Target", 3, "Target lain"),
    "achievement": cell(KL, "Capaian", "Capaian", 3, "Capaian lain"),
    "score": cell(KL, "Capaian", "Nilai", 3, 10),
    "cocreation-text": cell(OMS, "Capaian", "Ko-Kreasi", 4, "Ko-kreasi lain"),
    "cocreation": cell(OMS, "Capaian", "Status Ko-Kreasi", 4, "Aktif"),
    "evidence": cell(OMS, "Capaian", "Data Dukung", 4, "Tidak Ada"),
    "earlier-score": cell(EARLIER, "Capaian", "Nilai", 2, 33),
    "title": cell(PLAN_FILE, "Komitmen", "Judul", 3, "Judul lain"),
    "full-name": cell(PLAN_FILE, "Pelaksana", "Nama", 4, "Nama lain"),
    "measure": cell(PLAN_FILE, "Ukuran Keberhasilan", "Uraian", 3, "Ukuran lain"),
    "followup": cell(EVALUATION, "Tindak Lanjut", "Uraian", 2, "Langkah lain"),
    "highlight": cell(EVALUATION, "Sorotan", "Uraian", 2, "Sorotan lain"),
    "note": cell(EVALUATION, "Catatan Umum", "Uraian", 2, "Catatan lain"),
    "reason": cell(EVALUATION, "Penetapan", "Alasan", 2, "Alasan lain"),
    "report-title": param(lambda p: p.update(judul="Judul laporan lain")),
    "label": param(lambda p: p["periode"][1].update(label="Semester Kedua")),
    "name": param(lambda p: p["nama"].update(rencana="Rencana Lain")),
    "band": param(lambda p: p["penilaian"].update(tidak_terukur="Tanpa Nilai")),
}
OF_ONE_COMMITMENT = {
    "target": 2,
    "achievement": 2,
    "score": 2,
    "cocreation-text": 3,
    "cocreation": 3,
    "evidence": 3,
    "earlier-score": 1,
    "measure": 1,
}


@pytest.mark.parametrize("name", CHANGES)
def test_after_any_change_what_would_show_something_else_runs_again(
    name: str, place: Place, before: dict[str, bytes]
) -> None:
    CHANGES[name](place.root)
    after = place.shown()
    differs = {task for task in after if after[task] != before.get(task)}
    assert differs, "the change changes nothing that is shown"
    again = place.again()
    assert differs <= again.keys()
    if name in OF_ONE_COMMITMENT:
        appendices = {task for task in again if task.startswith("08-")}
        assert appendices == {f"08-lampiran-komitmen-{OF_ONE_COMMITMENT[name]:02d}"}
    assert again.keys() - differs <= READ_MORE, "a notebook that reads and shows the same would run again"


def test_a_change_that_is_taken_back_is_found_again(place: Place) -> None:
    file = place.root / KL
    content = file.read_bytes()
    CHANGES["score"](place.root)
    assert place.again()
    file.write_bytes(content)
    assert place.again() == {}


def test_a_file_that_is_only_touched_changes_nothing(place: Place) -> None:
    for file in place.root.rglob("*.xlsx"):
        file.touch()
    assert place.again() == {}


def test_faulty_inputs_are_no_reason_to_reuse(place: Place) -> None:
    cell(KL, "Capaian", "Nilai", 3, "banyak")(place.root)
    with pytest.raises(InputError):
        place.tasks()


def test_notebook_code_and_tools_count(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    task = place.tasks()[0]
    folder = tmp_path / "n"
    folder.mkdir()
    for notebook in NOTEBOOKS.glob("*.ipynb"):
        shutil.copy(notebook, folder)
    assert place.reuse(folder).find(task)[0] is not None
    with (folder / task.notebook).open("a") as out:
        out.write("\n")
    assert str(place.reuse(folder).find(task)[1]) == "buku catatannya berubah"
    for name, words in (("package_digest", "kode monev berubah"), ("environment_digest", "versi perkakas berubah")):
        with monkeypatch.context() as patched:
            patched.setattr(f"monev.build.kept_runs.manifest.{name}", lambda: "other")
            assert set(place.again().values()) == {words}


def test_a_kept_run_that_was_changed_or_cut_off_is_not_used(place: Place) -> None:
    task = place.tasks()[4]
    (name,) = place.cache.names(f"langkah/{task.name}")
    file = place.cache.folder / name
    content = file.read_bytes()
    for broken in (content[:-1], content[:10], b"", content[:-1] + bytes([content[-1] ^ 1]), b"{}"):
        file.write_bytes(broken)
        assert place.again() == {task.name: "simpanannya rusak atau bukan buatan sendiri"}


def test_a_run_of_another_task_put_in_its_place_is_not_used(place: Place) -> None:
    one, other = (task for task in place.tasks() if task.name.startswith("08-") and task.name[-1] in "12")
    (name,) = place.cache.names(f"langkah/{one.name}")
    folder = place.cache.folder / "langkah" / other.name
    for file in folder.iterdir():
        file.unlink()
    shutil.copy(place.cache.folder / name, folder)
    assert set(place.again()) == {other.name}


def test_only_the_last_runs_are_kept(place: Place) -> None:
    task = place.tasks()[-1]
    executed = in_process.execute(task, place.root)
    for number in range(6):
        noted = ({"berkas": f"/x/{number}", "sidik": ""},)
        place.reuse().keep(task, Executed(task.name, executed.notebook, (), 0.0, noted))
    assert len(place.cache.names(f"langkah/{task.name}")) == 3


def test_what_took_longest_runs_first_and_before_it_what_never_ran(tmp_path: Path) -> None:
    root = make_plan(tmp_path / "akar", PLAN)
    cache = Cache(root / ".monev" / EDITION, b"k" * 32)
    first, second, long, short = (Task(name, "02-skor.ipynb", {"edisi": "x"}) for name in "abcd")
    before = Reuse(cache, Editions(root))
    for task, seconds in ((short, 0.1), (long, 2.0)):
        before.keep(task, Executed(task.name, b"", (), seconds))
    reuse = Reuse(cache, Editions(root))
    tasks = [short, first, long, second]
    for task in tasks:
        reuse.find(task)
    assert reuse.longest_first(tasks) == [first, second, long, short]
