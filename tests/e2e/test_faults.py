"""Builds that are killed, interrupted, crowded out: the last good output stays, and the next build succeeds."""

from __future__ import annotations

import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml

from monev.io.folders import REPOSITORY
from monev.io.read_log import file_digest
from monev.kernels import fork_client
from plans import EDITION, MadePlan, make_plan
from support import Build, monev, put, tree

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX systems")
KILLS = 50
PATIENCE = 400  # seconds until a build counts as hanging: on a busy machine a small one may take two minutes
NOTHING: Mapping[str, str] = {}
UNFORKED = {
    fork_client.SWITCH: "0"
}  # no parents of kernels are got ready: most of the time of a build that runs no notebook


def start(
    root: Path, *arguments: str, before: Callable[[], object] | None = None, more: Mapping[str, str] = NOTHING
) -> subprocess.Popen[str]:
    """Start the command line in the background; `more` are variables of its environment."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(root / "rumah"), "PYTHONPATH": str(REPOSITORY / "lib"), **more}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "monev", "--root", str(root), *arguments],
        env=environment,
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=before,
    )


def rename(root: Path, name: str) -> None:
    """Change the name of the secretariat, which stands on the cover only: no notebook has to run."""
    _change(root, lambda params: params["nama"].update(sekretariat=name))


def annotate(root: Path, text: str) -> None:
    """Change a note of the secretariat: the notebook that shows it runs, and the one that looks over all inputs."""
    put(root, "inputs/B12/evaluasi.xlsx!Catatan Umum!E2", text)


def _change(root: Path, edit: Callable[[Any], object]) -> None:
    file = root / "params" / f"{EDITION}.yml"
    params = yaml.safe_load(file.read_text("utf-8"))
    edit(params)
    file.write_text(yaml.safe_dump(params, allow_unicode=True), "utf-8")


def check_whole(root: Path) -> str:
    """Check that the outputs are one whole build; return its fingerprint."""
    folder = root / "outputs" / EDITION
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    told = manifest["keluaran"]
    assert {name: file_digest(str(folder / name)) for name in told} == told
    assert {*tree(folder)} >= {*told, "manifest.json"}
    assert len(pypdfium2.PdfDocument(folder / "laporan.pdf")) > 5
    return str(manifest["sidik"])


def left(root: Path) -> list[str]:
    """What lies in the outputs beside the edition."""
    return [path.name for path in (root / "outputs").iterdir() if path.name != EDITION]


def processes(root: Path) -> list[str]:
    """Processes that belong to builds of a root, by their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.fsencode(str(root / "rumah")) in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


@pytest.fixture(scope="module")
def root(single: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(single.root, tmp_path_factory.mktemp("gangguan") / "akar", symlinks=True)


@dataclass(frozen=True)
class Kind:
    """A kind of change, what the build after it is like, and how often such a build is killed."""

    change: Callable[[Path, str], None]
    more: Mapping[str, str]
    kills: int


# What lies on the disk after a kill depends on how far the build was, not on how much it had to do until there. So the
# builds do little: most have no notebook to run and render a few pages, and a quarter runs the notebook that changed.
KINDS = (Kind(rename, UNFORKED, 38), Kind(annotate, NOTHING, 12))
IN_PART = 4  # one kill of so many in the everyday suite; all of them with --thorough


def moments(kills: int) -> list[float]:
    """Parts of a build's time, one in each of as many equal spans, in an order by chance; the last may be too late."""
    chance = random.Random(20211231)
    found = [0.05 + 1.05 * (number + chance.random()) / kills for number in range(kills)]
    chance.shuffle(found)
    return found


@pytest.mark.parametrize("kind", KINDS, ids=["rendering", "notebooks"])
def test_fifty_kills_at_random_moments(root: Path, kind: Kind, thorough: bool) -> None:
    assert sum(each.kills for each in KINDS) == KILLS
    kills = kind.kills if thorough else kind.kills // IN_PART

    def built(title: str) -> float:
        began = time.monotonic()
        kind.change(root, title)
        build = start(root, "build", EDITION, more=kind.more)
        _, told = build.communicate(timeout=PATIENCE)
        assert build.returncode == 0, told
        return time.monotonic() - began

    usual = built("Nama 0")
    last, hit = check_whole(root), 0
    for number, moment in enumerate(moments(kills), start=1):
        kind.change(root, f"Nama {number}")
        build = start(root, "build", EDITION, more=kind.more)
        time.sleep(moment * usual)
        build.send_signal(signal.SIGKILL)
        build.communicate(timeout=PATIENCE)
        hit += build.returncode != 0
        found = check_whole(root)
        if build.returncode == 0:
            assert found != last
        last = found
        if number % 5 == 0 or number == kills:  # the others are followed by a build that is killed in its turn
            built(f"Nama {number}")
            last = check_whole(root)
            assert left(root) == []
    assert hit > kills / 3
    if sys.platform == "linux":
        for _ in range(100):
            if not processes(root):
                break
            time.sleep(0.1)
        assert processes(root) == []


def test_the_report_after_all_that_verifies(root: Path) -> None:
    assert monev(root, "build", EDITION).returncode == 0
    done = monev(root, "verify", "--quick", str(root / "outputs" / EDITION / "laporan.pdf"))
    assert done.returncode == 0, done.stdout


def test_of_two_builds_at_once_the_second_waits_and_says_so(root: Path) -> None:
    annotate(root, "Dua sekaligus")
    builds = [start(root, "build", EDITION) for _ in range(2)]
    told = [build.communicate(timeout=PATIENCE) for build in builds]
    assert [build.returncode for build in builds] == [0, 0], told
    assert sum("menunggu: edisi uji sedang disusun proses lain" in err for _, err in told) == 1
    check_whole(root)
    assert left(root) == []


@pytest.mark.parametrize("command", [("build", EDITION), ("check", EDITION)], ids=["build", "check"])
def test_an_interrupt_is_no_traceback_however_early(root: Path, command: tuple[str, ...]) -> None:
    rename(root, "Dihentikan")
    before = tree(root / "outputs" / EDITION)
    for delay in (0.3, 0.4, 0.5, 0.7, 0.9):
        build = start(root, *command)
        time.sleep(delay)
        build.send_signal(signal.SIGINT)
        _, told = build.communicate(timeout=PATIENCE)
        assert "Traceback" not in told, (delay, told)
        assert build.returncode in (0, 3), (delay, told)
    assert tree(root / "outputs" / EDITION) == before
    assert monev(root, "build", EDITION).returncode == 0
    assert left(root) == []


def test_a_full_disk_is_told_and_changes_nothing(root: Path) -> None:
    before = tree(root / "outputs")
    annotate(root, "Disk penuh")

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    build = start(root, "build", EDITION, before=little_room)
    _, told = build.communicate(timeout=PATIENCE)
    assert build.returncode == 3, told
    assert re.search(r"monev: disk penuh saat menulis outputs: .+ hasil terakhir tidak berubah", told), told
    assert "Traceback" not in told
    assert tree(root / "outputs") == before
    assert monev(root, "build", EDITION).returncode == 0


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    root = make_plan(tmp_path / "akar", MadePlan(commitments=1))
    (root / "outputs").write_text("bukan folder")
    done = monev(root, "build", EDITION)
    assert done.returncode == 3
    assert "folder outputs tidak dapat ditulisi" in done.stderr
    assert "Traceback" not in done.stderr
    (root / "outputs").unlink()
    (root / ".monev" / f"{EDITION}.lock").unlink()
    (root / ".monev").rmdir()
    (root / ".monev").write_text("bukan folder")
    done = monev(root, "build", EDITION)
    assert done.returncode == 3
    assert "folder .monev tidak dapat ditulisi" in done.stderr


def test_a_folder_that_vanishes_during_a_build_is_named(root: Path) -> None:
    before = tree(root / "outputs" / EDITION)
    rename(root, "Folder hilang")
    build = start(root, "build", EDITION, more=UNFORKED)
    assert build.stderr is not None
    told = []
    for line in build.stderr:
        told.append(line)
        if "membuat PDF" in line:  # what is to be rendered has been written
            for work in (root / "outputs").glob(f".{EDITION}.*"):
                work.rename(root / "dipindah")
    assert build.wait(PATIENCE) == 3, told
    assert re.search(r"folder kerja outputs/\.uji\.\d+\.[0-9a-f]{8} hilang", "".join(told)), told
    assert not any("Traceback" in line for line in told)
    assert tree(root / "outputs" / EDITION) == before
