"""A build that stays: it builds again after each change, tells faults and goes on, and ends when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from monev.build import watch
from monev.io.folders import REPOSITORY
from monev.io.read_log import file_digest
from plans import EDITION, MadePlan, make_plan
from support import put

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="interrupts as POSIX systems have them")
WORKBOOK = "inputs/B12/capaian-kl.xlsx"
SCORE = f"{WORKBOOK}!Capaian!H2"


class Watching:
    """The command in the background, and what it says."""

    def __init__(self, root: Path, *more: str) -> None:
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(root / "rumah"), "PYTHONPATH": str(REPOSITORY / "lib")}
        command = [sys.executable, "-P", "-m", "monev", "--root", str(root), "build", EDITION, "--watch", *more]
        self.process = subprocess.Popen(
            command, env=environment, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.said: list[str] = []
        self._lines: SimpleQueue[str] = SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def until(self, words: str) -> None:
        """Wait until a line with some words has been said."""
        while True:
            try:
                self.said.append(self._lines.get(timeout=120))
            except Empty:
                pytest.fail(f"{words!r} was not said:\n{''.join(self.said)}")
            if words in self.said[-1]:
                return


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_plan(tmp_path / "akar", MadePlan(commitments=1))


@pytest.fixture
def watching(root: Path) -> Iterator[Watching]:
    started = Watching(root)
    yield started
    started.process.kill()
    started.process.wait()


def processes(root: Path) -> list[str]:
    """What still runs for a root."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.fsencode(str(root / "rumah")) in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def test_each_change_is_built_and_a_fault_is_told(watching: Watching, root: Path) -> None:
    report = root / "outputs" / EDITION / "laporan.pdf"
    watching.until("menunggu perubahan")
    first = file_digest(str(report))
    put(root, SCORE, 41)
    watching.until("menunggu perubahan")
    second = file_digest(str(report))
    assert second not in (first, "")
    put(root, SCORE, "banyak")
    watching.until("menunggu perubahan")
    assert any("H2" in line for line in watching.said), watching.said
    assert file_digest(str(report)) == second
    put(root, SCORE, 42)
    watching.until("Laporan: ")
    watching.until("menunggu perubahan")
    assert file_digest(str(report)) not in (first, second)
    watching.process.send_signal(signal.SIGINT)
    watching.until("berhenti memantau")
    assert watching.process.wait(30) == 0
    assert not any("Traceback" in line for line in watching.said)
    if sys.platform == "linux":
        assert processes(root) == []


def test_what_is_half_written_is_waited_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = watch.state(root)
    (root / "inputs" / "B12" / "~$capaian-kl.xlsx").write_bytes(b"Excel")
    assert watch.state(root) == before
    grown = []

    whole = (root / WORKBOOK).read_bytes()

    def grow(_: float) -> None:
        grown.append(len(grown) + 1)
        (root / WORKBOOK).write_bytes(whole[: min(grown[-1], 4) * len(whole) // 4])

    monkeypatch.setattr(watch.time, "sleep", grow)
    watch.wait(root, before)
    assert len(grown) == 4  # at once when its end is there


def test_a_text_is_whole_when_it_stays_and_what_never_is_whole_is_taken_as_it_is(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, looks = [0.0], []

    def pass_by(seconds: float) -> None:
        clock[0] += seconds
        looks.append(clock[0])
        if len(looks) <= 3:
            (root / "params" / f"{EDITION}.yml").write_bytes(b"x" * len(looks))

    monkeypatch.setattr(watch.time, "sleep", pass_by)
    monkeypatch.setattr(watch.time, "monotonic", lambda: clock[0])
    watch.wait(root, watch.state(root))
    assert len(looks) == 4
    before = watch.state(root)
    (root / WORKBOOK).write_bytes(b"bukan buku kerja")
    watch.wait(root, before)
    assert clock[0] > watch.PATIENCE


def test_new_code_is_not_built_with_by_an_old_process(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "package_on_disk", lambda: "lain")
    monkeypatch.setattr(watch, "wait", lambda *_: None)
    monkeypatch.setenv("MONEV_FORK", "0")
    built: list[int] = []
    with pytest.raises(watch.RunError, match="monev sendiri berubah"):
        watch.watch(root, lambda: built.append(1), lambda words: None)
    assert built == [1]
