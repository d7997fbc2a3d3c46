"""Running notebooks: results in order and the same at any number of jobs; each failure told, nothing left behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import nbformat
import pytest

from monev.io.guarded_cache import Cache
from monev.io.notebook_page import page
from monev.kernels import fork_client
from monev.kernels.environment import fresh_folder, hold
from monev.kernels.fork_client import prepared
from monev.kernels.notebook_runs import Executed, Limits, Task, begin_pages, check_parameters, run
from monev.words.errors import RunError

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")
PARAMETERS = "angka = 1  # int: sebuah angka"


def write(folder: Path, name: str, *cells: str, parameters: str | None = PARAMETERS) -> None:
    """Write a notebook: a title, a cell of parameters, and the given code cells."""
    made = [{"cell_type": "markdown", "id": "judul", "metadata": {}, "source": "# Judul"}]
    if parameters is not None:
        made.append(_code("parameter", parameters, ["parameters"]))
    made += [_code(f"sel-{n}", cell, []) for n, cell in enumerate(cells)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    content = {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (folder / name).write_text(json.dumps(content), "utf-8")


def _code(name: str, source: str, tags: list[str]) -> dict[str, object]:
    return {
        "cell_type": "code", "id": name, "metadata": {"tags": tags}, "source": source,
        "outputs": [], "execution_count": None,
    }  # fmt: skip


def task(name: str = "a", number: int = 1) -> Task:
    return Task(name, "a.ipynb", {"angka": number})


def run_one(folder: Path, limits: Limits | None = None) -> Executed:
    os.environ.pop("PYTEST_CURRENT_TEST", None)  # kernels that see it do not capture what is written to descriptor 1
    return run([task()], folder, 1, lambda result: None, folder=folder, limits=limits)[0]


def text_of(result: Executed) -> str:
    cells = nbformat.reads(result.notebook.decode("utf-8"), as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    return "".join(output.get("text", "") + output.get("data", {}).get("text/plain", "") for output in outputs)


@pytest.fixture(scope="module", autouse=True)
def _one_parent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Share the process that all kernels of these tests come from: starting it takes longer than they do."""
    with prepared():
        yield


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for notebooks; afterwards nothing of the run is left, neither temporary file nor process."""
    temporary = Path(tempfile.mkdtemp(prefix="mvt-", dir="/tmp"))  # sockets need short names
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    notebooks = tmp_path / "n"
    notebooks.mkdir()
    try:
        yield notebooks
        assert leftovers(notebooks) == []
        assert [path.name for path in temporary.rglob("*")] == []
    finally:
        shutil.rmtree(temporary)


def leftovers(root: Path) -> list[str]:
    """Return the processes that descend from this test, found by the variables that all of them inherit."""
    if sys.platform != "linux":
        return []
    marks = {"MONEV_ROOT": root, "TMPDIR": os.environ["TMPDIR"]}
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                alive = "Z" not in (entry / "stat").read_text().rpartition(")")[2].split()[0]
                inherited = (entry / "environ").read_bytes().split(b"\0")
                ours = any(f"{name}={value}".encode() in inherited for name, value in marks.items())
                command = (entry / "cmdline").read_text().replace("\0", " ")
                # multiprocessing keeps one helper as long as this process lives.
                if alive and ours and "resource_tracker" not in command:
                    found.append(command)
            except OSError:
                continue
    return found


# What comes back ------------------------------------------------------------------------------------------------------


def test_parameters_reach_the_notebook_and_results_keep_the_order_of_the_tasks(place: Path) -> None:
    # The first goes on when the third has begun, which it does when the second has come back.
    third = f"from pathlib import Path\nthird = Path({str(place)!r}, 'third')\nthird.touch() if angka == 3 else None"
    write(
        place,
        "a.ipynb",
        third,
        "import time\nwhile angka == 1 and not third.exists():\n    time.sleep(0.02)",
        "angka * 10",
    )
    seen: list[str] = []
    tasks = [task(f"tugas-{number}", number) for number in (1, 2, 3)]
    results = run(tasks, place, 2, lambda result: seen.append(result.name), folder=place)
    assert [text_of(result) for result in results] == ["10", "20", "30"]
    assert [result.name for result in results] == ["tugas-1", "tugas-2", "tugas-3"]
    assert sorted(seen) == ["tugas-1", "tugas-2", "tugas-3"]
    assert seen[0] == "tugas-2"


def test_one_job_and_two_jobs_give_the_same_bytes(place: Path) -> None:
    write(place, "a.ipynb", "print('halo')", "import pandas as pd\npd.DataFrame({'a': [angka]})", "{'b', 'c', 'd'}")
    tasks = [task(f"tugas-{number}", number) for number in range(4)]
    one, two = (run(tasks, place, jobs, lambda result: None, folder=place) for jobs in (1, 2))
    assert [(r.notebook, r.sections) for r in one] == [(r.notebook, r.sections) for r in two]


def test_pages_are_made_once_of_the_same_notebook(place: Path, tmp_path: Path) -> None:
    write(place, "a.ipynb", "1 + 1")
    executed, cache = [run_one(place)], Cache(tmp_path / ".monev" / "uji", b"k" * 32)
    assert begin_pages(executed, cache)() == {"a": page(executed[0].notebook, "a")}
    (kept,) = cache.names("halaman")
    cache.write(kept, "<p>dari simpanan</p>")
    assert begin_pages(executed, cache)() == {"a": b"<p>dari simpanan</p>"}
    other = [replace(executed[0], notebook=executed[0].notebook.replace(b"Judul", b"Lain"))]
    assert b"Lain" in begin_pages(other, cache)()["a"]
    assert len(cache.names("halaman")) == 1


CHART = """
from monev.display.charts.specs import Bar, Bars
from monev.edition.known_pictures import picture
from monev.notebook import chart_style
print(picture(Bars((Bar("KIP", 80.0, "80%", "baik"),), full=100.0), chart_style()))
"""


@LINUX
def test_a_chart_that_a_notebook_has_shown_is_not_drawn_again_and_nothing_foreign_is_shown(
    place: Path, tmp_path: Path
) -> None:
    write(place, "a.ipynb", CHART)
    cache = Cache(tmp_path / ".monev" / "uji", b"k" * 32)

    def shown() -> str:
        return text_of(run([task()], place, 1, lambda result: None, folder=place, cache=cache)[0])

    drawn = shown()
    kept = cache.read("gambar/a")
    ((key, picture),) = kept["gambar"].items()
    assert drawn == f"{picture}\n"
    assert picture.startswith("<?xml")
    cache.write("gambar/a", kept | {"gambar": {key: "dari simpanan"}})
    assert shown() == "dari simpanan\n"
    cache.write("gambar/a", kept | {"alat": "lain", "gambar": {key: "dari alat lain"}})
    assert shown() == drawn
    file = tmp_path / ".monev" / "uji" / "gambar" / "a"
    Cache(cache.folder, b"x" * 32).write("gambar/a", kept | {"gambar": {key: "racun"}})
    assert file.exists()
    assert shown() == drawn


def test_no_tasks_no_results(place: Path) -> None:
    assert run([], place, 2, lambda result: None, folder=place) == []


def test_the_ordinary_start_gives_the_same_bytes(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(place, "a.ipynb", "print(angka)", "import pandas as pd\npd.DataFrame({'a': [angka]})")
    first = run_one(place)
    monkeypatch.setenv(fork_client.SWITCH, "0")
    assert not fork_client.available()
    second = run_one(place)
    assert first.notebook == second.notebook


# Parameters are checked before anything starts ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"angka": 1, "ankga": 2}, "parameter 'ankga' tidak dikenal"),
        ({}, "parameter 'angka' belum diberikan"),
    ],
)
def test_unknown_and_missing_parameters_stop_before_any_kernel_starts(
    place: Path, parameters: dict[str, object], words: str
) -> None:
    write(place, "a.ipynb", f"open({str(place / 'started')!r}, 'w')")
    with pytest.raises(RunError, match=words):
        run([Task("a", "a.ipynb", parameters)], place, 1, lambda result: None, folder=place)
    assert not (place / "started").exists()


def test_a_missing_notebook_and_one_without_parameters_are_both_named(place: Path) -> None:
    write(place, "tanpa.ipynb", "1", parameters=None)
    (place / "rusak.ipynb").write_text("{", "utf-8")
    tasks = [Task(name, f"{name}.ipynb") for name in ("tiada", "tanpa", "rusak")]
    with pytest.raises(RunError) as caught:
        check_parameters(tasks, place)
    told = str(caught.value)
    assert "tiada.ipynb: buku catatan tidak ada" in told
    assert "tanpa.ipynb: tidak ada sel" in told
    assert "rusak.ipynb: bukan buku catatan" in told


# Failures -------------------------------------------------------------------------------------------------------------

SMALL = Limits(seconds=20, output=200_000, memory=4_000_000_000)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("raise MemoryError('habis')", "MemoryError: habis"),
        ("x = bytearray(8_000_000_000)", "MemoryError"),
        ("import sys; sys.exit()", "sys.exit"),
        ("import sys; sys.exit(3)", "sys.exit"),
        ("exit()", "exit"),
        ("import os; os._exit(0)", "kode 0"),
        ("import os; os._exit(7)", "kode 7"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "SIGKILL"),
        ("import os; os.abort()", "SIGABRT"),
        ("while True: print('x' * 1000)", "keluarannya melebihi 0.2 MB"),
        ("print('x' * 300_000)", "keluarannya melebihi 0.2 MB"),
        ("import os\nwhile True: os.write(1, b'x' * 1000)", "keluarannya melebihi 0.2 MB"),
    ],
)
@LINUX
def test_a_cell_that_fails_is_named(place: Path, code: str, words: str) -> None:
    write(place, "a.ipynb", "angka", code, "'sesudahnya'")
    with pytest.raises(RunError) as caught:
        run_one(place, SMALL)
    assert "notebooks/a.ipynb (a), sel 4: " in str(caught.value)
    assert words in str(caught.value)


def test_the_last_cell_can_fail_too(place: Path) -> None:
    write(place, "a.ipynb", "exit()")
    with pytest.raises(RunError, match="sel 3: "):
        run_one(place, SMALL)


def test_a_fault_in_the_parameters_cell_is_counted_from_the_file(place: Path) -> None:
    write(place, "a.ipynb", "angka", parameters="angka = 1\nangka.x")
    with pytest.raises(RunError, match="sel 2: AttributeError"):
        run_one(place, SMALL)


@pytest.mark.parametrize("code", ["while True: pass", "import time; time.sleep(1000)"])
def test_a_cell_that_hangs_is_stopped(place: Path, code: str) -> None:
    write(place, "a.ipynb", "angka", code)
    with pytest.raises(RunError, match=r"sel 4: tidak selesai dalam 2 detik"):
        run_one(place, Limits(seconds=2))


def test_a_cell_that_asks_for_input_fails(place: Path) -> None:
    write(place, "a.ipynb", "input()")
    with pytest.raises(RunError, match="sel 3: StdinNotImplementedError"):
        run_one(place, SMALL)


@LINUX
def test_a_kernel_killed_from_outside_is_noticed_at_once(place: Path) -> None:
    note = place / "pid"
    code = f"import os, time\nopen({str(note)!r}, 'w').write(str(os.getpid()))\ntime.sleep(1000)"
    write(place, "a.ipynb", code)
    killer = """
import os, sys, time
from pathlib import Path
note = Path(sys.argv[1])
while not (note.exists() and note.read_text()):
    time.sleep(0.05)
os.kill(int(note.read_text()), 9)
"""
    killing = subprocess.Popen([sys.executable, "-c", killer, str(note)])
    # Not noticing would take longer than a test may.
    with killing, pytest.raises(RunError, match=r"sel 3: .*SIGKILL"):
        run_one(place, Limits(seconds=1000))


@LINUX
@pytest.mark.parametrize("end", ["", "import os; os._exit(1)"])
def test_what_a_cell_starts_ends_with_its_kernel(place: Path, end: str) -> None:
    starts = """
        import os, subprocess, sys
        sleep = [sys.executable, "-c", "import time; time.sleep(1000)"]
        subprocess.Popen(sleep)
        subprocess.Popen(sleep, start_new_session=True)
        if os.fork() == 0:  # a daemon: its parent is gone, its session another
            os.setsid()
            if os.fork() == 0:
                os.execv(sys.executable, sleep)
            os._exit(0)
    """
    write(place, "a.ipynb", "\n".join(line[8:] for line in starts.splitlines()), end)
    if end:
        with pytest.raises(RunError):
            run_one(place, SMALL)
    else:
        run_one(place, SMALL)
    assert leftovers(place) == []


def test_the_first_failure_stops_the_others(place: Path) -> None:
    write(place, "a.ipynb", "import time\ntime.sleep(1000) if angka else 1 / 0")
    with pytest.raises(RunError, match=r"\(tugas-0\), sel 3: ZeroDivisionError"):
        run([task("tugas-1", 1), task("tugas-0", 0)], place, 2, lambda result: None, folder=place)


def test_nothing_is_printed_when_a_cell_fails(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write(place, "a.ipynb", "print('halo')\n1 / 0")
    with pytest.raises(RunError):
        run_one(place, SMALL)
    assert capfd.readouterr() == ("", "")


# The build itself is ended --------------------------------------------------------------------------------------------

BUILD = """
import sys
from pathlib import Path
from monev.kernels.notebook_runs import Task, run
if __name__ == "__main__":
    folder = Path(sys.argv[1])
    run([Task(f"t{n}", "a.ipynb", {"angka": n}) for n in range(2)], folder, 2, print, folder=folder)
"""


@LINUX
@pytest.mark.parametrize(
    ("number", "switch"),
    [(signal.SIGINT, "1"), (signal.SIGTERM, "1"), (signal.SIGKILL, "1"), (signal.SIGKILL, "0")],
)
def test_a_build_that_is_ended_takes_all_with_it(place: Path, number: signal.Signals, switch: str) -> None:
    mark = "import os, time\nfrom pathlib import Path\n"
    write(place, "a.ipynb", f"{mark}Path({str(place)!r}, f'on-{{angka}}').touch()\ntime.sleep(1000)")
    script = place / "build.py"
    script.write_text(BUILD, "utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(fork_client.__file__).parents[2]), fork_client.SWITCH: switch}
    command = [sys.executable, str(script), str(place)]
    # A shell that starts the tests in the background has them ignore interrupts, and all that they start.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, preexec_fn=heard) as build:
        while not ((place / "on-0").exists() and (place / "on-1").exists()):
            assert build.poll() is None
            time.sleep(0.05)
        build.send_signal(number)
        assert build.wait() != 0
    for _ in range(400):  # what is killed has to be given the time to be gone
        if not leftovers(place) and not list((Path(os.environ["TMPDIR"])).iterdir()):
            break
        time.sleep(0.05)
    else:
        pytest.fail(f"left behind: {leftovers(place)}, {list((Path(os.environ['TMPDIR'])).iterdir())}")


@pytest.fixture
def _own_parent(place: Path) -> Iterator[None]:
    fork_client.stop()
    with prepared():
        yield


@LINUX
@pytest.mark.usefixtures("_own_parent")
def test_a_parent_that_is_killed_takes_all_with_it_and_the_run_says_so(place: Path) -> None:
    write(place, "a.ipynb", "import os, time\nos.kill(os.getppid(), 9)\ntime.sleep(1000)")
    with pytest.raises(RunError, match="proses induk buku catatan tidak berjalan"):
        run_one(place, SMALL)


@LINUX
def test_folders_of_killed_runs_are_cleared_and_those_in_use_are_not(place: Path) -> None:
    temporary = Path(os.environ["TMPDIR"])
    for name in ("mv-dead", "mv-used", "mv-other"):
        (temporary / name).mkdir()
    (temporary / "mv-dead" / "lock").touch()
    lock = hold(temporary / "mv-used")
    fresh = fresh_folder()
    assert {path.name for path in temporary.iterdir()} == {"mv-used", "mv-other", fresh.name}
    os.close(lock)
    for path in temporary.iterdir():
        shutil.rmtree(path)
