"""Many reports at once, here and on a Dask cluster: no failure stops the others, and what is done is passed over."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from monev.build.build_options import BuildOptions
from monev.build.report_batch import Crew, OrderedReport, ReportOutcome, reports
from monev.io.folders import REPOSITORY
from plans import EDITION, MadePlan, make_plan
from support import monev

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")
SMALL = MadePlan(commitments=1)


@pytest.fixture
def roots(tmp_path: Path) -> list[Path]:
    """Two programmes that can be built and one whose workbook is faulty."""
    made = [make_plan(tmp_path / name, SMALL) for name in ("satu", "dua")]
    made.append(make_plan(tmp_path / "rusak", MadePlan(commitments=1, scores=["banyak"])))
    return made


def test_reports_are_every_edition_of_every_root_once(tmp_path: Path) -> None:
    wanted = reports([tmp_path, tmp_path / "x" / ".."], ["a", "b", "a"])
    assert wanted == [OrderedReport(tmp_path, "a"), OrderedReport(tmp_path, "b")]


def test_a_batch_builds_what_can_be_built_and_goes_on_where_it_was(roots: list[Path], tmp_path: Path) -> None:
    arguments = ("batch", EDITION, "--roots", *map(str, roots), "--format", "json")
    done = monev(tmp_path, *arguments)
    assert done.returncode == 1, done.stderr
    told = {Path(str(row["root"])).name: row for row in json.loads(done.stdout)}
    assert {name: row["hasil"] for name, row in told.items()} == {"satu": "built", "dua": "built", "rusak": "inputs"}
    assert "capaian-kl.xlsx" in str(told["rusak"]["sebab"])
    for root in roots[:2]:
        assert (root / "outputs" / EDITION / "laporan.pdf").is_file()
    assert not (roots[2] / "outputs" / EDITION).exists()
    assert [line.split()[0] for line in done.stderr.splitlines()] == ["-", "1/3", "2/3", "3/3"]
    again = monev(tmp_path, "batch", EDITION, "--roots", *map(str, roots))
    assert again.returncode == 1
    assert "2 dari 3 laporan ada (0 disusun, 2 tidak berubah), 1 tidak." in again.stdout
    assert "Traceback" not in again.stderr + again.stdout


def test_wrong_orders_are_told(tmp_path: Path) -> None:
    done = monev(tmp_path, "batch", EDITION, "--roots", str(tmp_path / "tiada"))
    assert done.returncode == 2
    assert "tiada tidak ada" in done.stderr
    done = monev(tmp_path, "batch", EDITION, "--jobs", "0")
    assert done.returncode == 2


@LINUX
def test_a_worker_that_dies_is_replaced_and_its_report_built(roots: list[Path]) -> None:
    found: list[ReportOutcome] = []
    with Crew(BuildOptions()) as crew:
        thread = threading.Thread(target=lambda: found.append(crew.build(OrderedReport(roots[0], EDITION))))
        thread.start()
        kill_worker()
        thread.join(120)
        assert [outcome.result for outcome in found] == ["built"]
        assert len(crew._all) == 1


@LINUX
def test_a_report_that_kills_its_worker_each_time_is_told(roots: list[Path]) -> None:
    found: list[ReportOutcome] = []
    with Crew(BuildOptions()) as crew:
        thread = threading.Thread(target=lambda: found.append(crew.build(OrderedReport(roots[0], EDITION))))
        thread.start()
        first = kill_worker()
        kill_worker(first)
        thread.join(120)
    assert [outcome.result for outcome in found] == ["lost"]
    assert "mati (kode -9)" in str(found[0].why)


def kill_worker(before: int = 0) -> int:
    """Kill the worker of this process, another than `before`, as soon as there is one; return its number."""
    for _ in range(600):
        threads = Path("/proc/self/task").glob("*/children")
        for pid in " ".join(children.read_text() for children in threads).split():
            try:
                words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"monev.build.batch_worker" in words and int(pid) != before:
                os.kill(int(pid), signal.SIGKILL)
                return int(pid)
        time.sleep(0.05)
    pytest.fail("no worker was started")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A real scheduler with two workers, each a process of its own: as docs/cluster.md starts them."""
    if importlib.util.find_spec("distributed") is None:
        pytest.skip("Dask is not installed (it is an optional extra)")
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY / "lib"), "HOME": str(tmp_path)}
    place = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    own = ["--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0"]
    scheduler = subprocess.Popen([*dask, "scheduler", *own, "--scheduler-file", str(place)], **quiet)  # type: ignore[call-overload]
    more = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path / "dask")]
    command = [*dask, "worker", "--host", "127.0.0.1", "--scheduler-file", str(place), *more]
    workers = [subprocess.Popen(command, **quiet) for _ in range(2)]  # type: ignore[call-overload]
    try:
        for _ in range(300):
            if place.is_file():
                break
            time.sleep(0.1)
        yield json.loads(place.read_text())["address"], workers
    finally:
        for process in [*workers, scheduler]:
            process.terminate()
        for process in [*workers, scheduler]:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Wait for a process that was told to end; one whose scheduler went first may try to reach it for minutes."""
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def test_a_cluster_builds_all_also_when_a_worker_is_lost(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], roots: list[Path], tmp_path: Path
) -> None:
    address, workers = cluster
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(REPOSITORY / "lib")}
    command = [sys.executable, "-P", "-m", "monev", "batch", EDITION, "--scheduler", address, "--format", "json"]
    with subprocess.Popen(
        [*command, "--roots", *map(str, roots)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as batch:  # fmt: skip
        assert batch.stderr is not None
        for line in batch.stderr:
            if "1/3" in line:
                workers[0].kill()
                break
        told, errors = batch.communicate(timeout=300)
    rows = {Path(str(row["root"])).name: row["hasil"] for row in json.loads(told)}
    # The worker may have been killed between publishing a report and saying so: who tries again finds it done.
    rows = {name: "built" if result == "unchanged" else result for name, result in rows.items()}
    assert rows == {"satu": "built", "dua": "built", "rusak": "inputs"}, errors
    assert batch.returncode == 1
    for root in roots[:2]:
        assert (root / "outputs" / EDITION / "laporan.pdf").is_file()


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("tcp://127.0.0.1:8786", True),
        ("tcp://127.8.9.1:8786", True),
        ("127.0.0.1:8786", True),
        ("localhost:8786", True),
        ("tcp://[::1]:8786", True),
        ("tls://penjadwal.contoh:8786", True),
        ("TLS://penjadwal.contoh:8786", True),
        ("tcp://penjadwal.contoh:8786", False),
        ("tcp://10.0.0.7:8786", False),
        ("10.0.0.7:8786", False),
        ("tcp://0.0.0.0:8786", False),
        ("tcp://127.0.0.1.contoh:8786", False),
        ("tcp://localhost@contoh:8786", False),
        ("ws://127.0.0.1:8786", False),
        ("tcp://", False),
        ("", False),
    ],
)
def test_a_scheduler_elsewhere_is_spoken_to_by_tls_only(address: str, safe: bool, tmp_path: Path) -> None:
    from monev.build import dask_cluster
    from monev.words.errors import UsageError

    assert dask_cluster.is_safe(address) == safe
    if not safe:
        with pytest.raises(UsageError, match="tls://"):
            dask_cluster.run_on_cluster([OrderedReport(tmp_path, "x")], BuildOptions(), address, lambda outcome: None)


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from monev.build import dask_cluster
    from monev.words.errors import RunError

    pytest.importorskip("distributed")
    monkeypatch.setattr(dask_cluster, "CONNECT", 1)
    with pytest.raises(RunError, match=r"penjadwal tcp://127\.0\.0\.1:9 tidak dapat dihubungi"):
        dask_cluster.run_on_cluster(
            [OrderedReport(tmp_path, "x")], BuildOptions(), "tcp://127.0.0.1:9", lambda outcome: None
        )


def test_without_dask_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from monev.build.dask_cluster import run_on_cluster
    from monev.words.errors import UsageError

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"Dask tidak terpasang.*docs/cluster\.md"):
        run_on_cluster([OrderedReport(tmp_path, "x")], BuildOptions(), "tcp://127.0.0.1:9", lambda outcome: None)
