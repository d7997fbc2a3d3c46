"""Commands in one process: in turn, stopped as by Ctrl-C, told line by line; reads beside them are nobody's."""

from __future__ import annotations

import _thread
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from monev.app import first_start
from monev.app.door import Door
from monev.app.presence import BEAT, REMOVED, STALE, Presence
from monev.app.running import Job, Runner, Screen
from monev.app.serving import listening
from monev.app.uploads import plain_name
from monev.app.watching import Watcher
from monev.commands.console import console_progress
from monev.io import read_log
from monev.words.errors import RunError
from monev.words.messages import tell

Run = Callable[[Sequence[str]], int]


@pytest.fixture(autouse=True)
def _no_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONEV_FORK", "0")


def end_after(runner: Runner, ready: Callable[[], object]) -> threading.Thread:
    def wait() -> None:
        ready()
        while runner.busy or runner.waiting():
            time.sleep(0.01)
        runner.end()

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


def test_what_a_command_says_and_how_far_it_is_goes_to_its_own_screen(tmp_path: Path) -> None:
    def run(arguments: Sequence[str]) -> int:
        with console_progress(sys.stderr) as progress:
            progress.stage(tell("build.read"))
            progress.stage(tell("build.notebooks", count=2, reused=0))
            progress.notebook(1, 2, "01-pemeriksaan-data")
        print("sudah")
        return 0

    runner = Runner(tmp_path, run)
    job = runner.submit(Job(("build", "uji"), "id", "uji"))
    thread = end_after(runner, lambda: None)
    runner.serve()
    thread.join()
    assert (job.state, job.screen.text()) == ("done", "sudah")
    assert job.screen.stages[0].words == "membaca dan memeriksa buku kerja"
    last = job.screen.stages[-1]
    assert (last.count, last.total, last.name) == (1, 2, "01-pemeriksaan-data")


def test_a_job_is_stopped_and_the_next_one_runs(tmp_path: Path) -> None:
    begun = threading.Event()

    def run(arguments: Sequence[str]) -> int:
        if "lama" not in arguments:
            return 0
        try:
            begun.set()
            for _ in range(1_200):  # a long one, which no single wait is
                time.sleep(0.05)
        except KeyboardInterrupt:  # as the command line does
            print(f"monev: {tell('build.stopped').text()}", file=sys.stderr)
            return 3
        return 0

    runner = Runner(tmp_path, run)
    first, second = (runner.submit(Job(("build", name), "id", "uji")) for name in ("lama", "lain"))

    def stop() -> None:
        assert begun.wait(10)
        runner.cancel(first.id)
        runner.cancel(first.id)  # twice at once

    thread = end_after(runner, stop)
    start = time.monotonic()
    runner.serve()
    thread.join()
    assert (first.state, second.state) == ("stopped", "done")
    assert time.monotonic() - start < 30


def test_an_order_to_stop_just_before_a_wait_does_not_wait_for_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def run(arguments: Sequence[str]) -> int:
        try:
            begun.set()
            time.sleep(60)
        except KeyboardInterrupt:
            print(f"monev: {tell('build.stopped').text()}", file=sys.stderr)
            return 3
        return 0

    # It notes the interrupt and wakes nobody, as a signal does that comes between the last look and the wait.
    monkeypatch.setattr(Runner, "_interrupt", staticmethod(_thread.interrupt_main))
    runner = Runner(tmp_path, run)
    job = runner.submit(Job(("build", "uji"), "id", "uji"))

    def stop() -> None:
        begun.wait()
        time.sleep(0.2)
        runner.cancel(job.id)

    began = time.monotonic()
    thread = end_after(runner, stop)
    runner.serve()
    thread.join()
    assert job.state == "stopped"
    assert time.monotonic() - began < 30


def test_an_interrupt_in_the_terminal_ends_all(tmp_path: Path) -> None:
    def run(arguments: Sequence[str]) -> int:
        raise KeyboardInterrupt

    runner = Runner(tmp_path, run)
    first, second = (runner.submit(Job(("build", name), "id", "uji")) for name in ("lama", "lain"))
    runner.serve()
    assert (first.state, second.state) == ("stopped", "waiting")


def test_a_fault_of_ours_is_no_traceback_on_the_page(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def run(arguments: Sequence[str]) -> int:
        raise ZeroDivisionError

    runner = Runner(tmp_path, run)
    job = runner.submit(Job(("build", "uji"), "id", "uji"))
    thread = end_after(runner, lambda: None)
    runner.serve()
    thread.join()
    assert job.state == "failed"
    assert "kesalahan di dalam monev sendiri" in job.screen.text()
    assert "Traceback" not in job.screen.text()


def test_a_screen_forgets_the_first_lines_of_what_says_too_much() -> None:
    screen = Screen()
    for number in range(5_000):
        screen.write(f"baris {number}\n")
    assert screen.text().startswith("baris 3000\n")
    assert not screen.isatty()


def test_reads_of_a_thread_that_stands_aside_are_nobodys(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a", "utf-8")
    (tmp_path / "b").write_text("b", "utf-8")

    def aside() -> None:
        read_log.stand_aside()
        with read_log.unnoted():
            (tmp_path / "b").read_text("utf-8")
        (tmp_path / "b").read_text("utf-8")

    with read_log.collected() as found:
        thread = threading.Thread(target=aside)
        thread.start()
        thread.join()
        (tmp_path / "a").read_text("utf-8")
    assert [Path(read["berkas"]).name for read in found] == ["a"]


# Who else is there ----------------------------------------------------------------------------------------------------


def test_two_servers_see_each_other_until_one_leaves_or_goes_stale(tmp_path: Path) -> None:
    import os

    one, other = Presence(tmp_path, lambda: "build uji"), Presence(tmp_path, lambda: "")
    one.renew()
    other.renew()
    assert [person.doing for person in other.others] == ["build uji"]
    one.renew()
    assert len(one.others) == 1
    file = tmp_path / ".monev" / "halaman" / one._file
    old = file.stat().st_mtime - STALE - 1
    os.utime(file, (old, old))  # killed, or its machine asleep
    other.renew()
    assert other.others == ()
    one.renew()  # awake again
    other.renew()
    assert len(other.others) == 1
    os.utime(file, (old - REMOVED, old - REMOVED))
    other.renew()
    assert not file.exists()
    other.leave()
    assert list((tmp_path / ".monev" / "halaman").iterdir()) == []
    assert BEAT * 3 < STALE


def test_a_foreign_file_is_nobody(tmp_path: Path) -> None:
    one = Presence(tmp_path, lambda: "")
    one.renew()
    folder = tmp_path / ".monev" / "halaman"
    (folder / f"{'a' * 16}.json").write_bytes(b"[" * 100_000)
    (folder / f"{'b' * 16}.json").write_text('{"name": 1}', "utf-8")
    (folder / f"{'c' * 16}.json").symlink_to("/dev/zero")
    one.renew()
    assert one.others == ()


def test_the_first_server_is_remembered_for_its_user_only(tmp_path: Path) -> None:
    door = Door(port=50_000)
    first_start.remember(tmp_path, door)
    file = tmp_path / ".monev" / "halaman" / first_start.file_name()
    assert file.stat().st_mode & 0o777 == 0o600
    assert first_start.known(tmp_path)
    assert first_start.address(tmp_path) is None  # nobody answers there: it is stale
    first_start.forget(tmp_path, Door())  # another's stays
    assert file.exists()
    file.chmod(0o644)  # somebody else's, or readable by others: not to be trusted
    assert not first_start.known(tmp_path)
    file.chmod(0o600)
    first_start.forget(tmp_path, door)
    assert not file.exists()


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    taken = listening(0)
    try:
        assert taken.getsockname()[0] == "127.0.0.1"
        with pytest.raises(RunError, match=r"sedang dipakai program lain"):
            listening(taken.getsockname()[1])
    finally:
        taken.close()


# Watching, names ------------------------------------------------------------------------------------------------------


def test_fifty_quick_saves_are_a_few_orders(tmp_path: Path) -> None:
    (tmp_path / "inputs").mkdir()
    file = tmp_path / "inputs" / "catatan.txt"
    file.write_text("0", "utf-8")
    asked: list[tuple[str, str]] = []
    watcher = Watcher(tmp_path, lambda edition, part: asked.append((edition, part)))
    watcher.want("uji", "komitmen-01")
    assert watcher.wanted("uji") == "komitmen-01"
    threading.Thread(target=watcher.run, daemon=True).start()
    time.sleep(0.5)
    for number in range(50):
        file.write_text(str(number), "utf-8")
        time.sleep(0.005)
    end = time.monotonic() + 20
    while not asked and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(0.5)
    assert 1 <= len(asked) <= 10
    assert set(asked) == {("uji", "komitmen-01")}
    watcher.drop("uji")
    assert watcher.wanted("uji") == ""


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("budi.docx", "budi.docx"),
        (r"C:\Users\Siti\budi (2).docx", "budi (2).docx"),
        ("../../etc/passwd", "passwd"),
        ("--no-cache.pdf", "no-cache.pdf"),
        ("a\x1b[2Jb\n.pdf", "a__2Jb_.pdf"),
        ("..", "berkas"),
        ("", "berkas"),
    ],
)
def test_names_of_files_are_plain(name: str, plain: str) -> None:
    assert plain_name(name) == plain
