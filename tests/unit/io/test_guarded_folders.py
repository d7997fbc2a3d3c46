"""Nothing outside a root is written or removed, whatever the root holds: links, mounts, odd names, changing folders."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from monev.io import guarded_folders
from monev.io.guarded_cache import Cache
from monev.io.guarded_folders import guarded
from monev.io.work_folder import workspace
from monev.words.errors import RunError
from support import publish_a_build

EDITION = "2021-S2"
posix = pytest.mark.skipif(os.name != "posix", reason="links as a user may make them are of POSIX")


@pytest.fixture(params=["by descriptor", "by path"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "by path":
        monkeypatch.setattr(guarded_folders, "_BY_DESCRIPTOR", False)
    elif not guarded_folders._BY_DESCRIPTOR:
        pytest.skip("this system has no calls relative to a descriptor")


@pytest.fixture
def foreign(tmp_path: Path) -> Iterator[Path]:
    """Somebody's documents beside the root, with names that a build would use; looked at again afterwards."""
    folder = tmp_path / "dokumen"
    for name in (
        f"{EDITION}/surat.txt",
        f".{EDITION}.1.aaaaaaaa/surat.txt",
        f".{EDITION}.999999999.aaaaaaaa/surat.txt",
        "langkah/surat.txt",
        "lama/surat.txt",
        ".new-abc",
        f"{EDITION}.lock",
        "periksa/2021-S2/surat.xlsx",
        "surat.txt",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("penting")
    before = held(folder)
    yield folder
    assert held(folder) == before


def held(folder: Path) -> dict[str, bytes | None]:
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def everything(root: Path) -> None:
    """Do all that a build does to the folders of a root, whatever of it is refused."""
    cache = Cache.of(root, EDITION)
    for step in (
        lambda: cache.write("langkah/a", 1),
        lambda: cache.names("langkah"),
        lambda: cache.drop("langkah/surat.txt"),
        lambda: cache.tidy(set()),
        lambda: publish_a_build(root, EDITION, EDITION),
        lambda: publish_a_build(root, EDITION, f"periksa/{EDITION}"),
    ):
        with suppress(RunError):
            step()


LEVELS = [
    ".monev",
    f".monev/{EDITION}",
    f".monev/{EDITION}/langkah",
    f".monev/{EDITION}.lock",
    "outputs",
    f"outputs/{EDITION}",
    f"outputs/.{EDITION}.999999999.aaaaaaaa",
    "outputs/periksa",
    f"outputs/periksa/{EDITION}",
]


@posix
@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("absolute", [True, False], ids=["absolute", "relative"])
@pytest.mark.parametrize("level", LEVELS)
def test_a_link_at_any_level_loses_nothing(tmp_path: Path, foreign: Path, level: str, absolute: bool) -> None:
    link = tmp_path / "akar" / level
    link.parent.mkdir(parents=True)
    target = foreign / f"{EDITION}.lock" if level.endswith(".lock") else foreign
    link.symlink_to(target if absolute else os.path.relpath(target, link.parent))
    everything(tmp_path / "akar")
    # work folders of killed builds are rubbish, so a link among them may go; what it leads to may not


@posix
def test_links_within_what_is_removed_are_not_followed(tmp_path: Path, foreign: Path) -> None:
    root = tmp_path / "akar"
    old = root / "outputs" / EDITION
    (old / "data").mkdir(parents=True)
    (old / "manifest.json").write_text("{}")
    (old / "data" / "tautan").symlink_to(foreign)
    (old / "berkas").symlink_to(foreign / "surat.txt")
    publish_a_build(root, EDITION, EDITION)
    assert held(old) == {"laporan.pdf": b"baru"}


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("name", [EDITION, f"periksa/{EDITION}"])
def test_a_folder_that_is_not_ours_is_not_replaced(tmp_path: Path, name: str) -> None:
    place = tmp_path / "outputs" / name
    place.mkdir(parents=True)
    publish_a_build(tmp_path, EDITION, name)  # an empty one is
    (place / "laporan.pdf").rename(place / "surat.txt")
    with pytest.raises(RunError, match="tidak dibuat monev"):
        publish_a_build(tmp_path, EDITION, name)
    assert (place / "surat.txt").read_text() == "baru"


@pytest.mark.usefixtures("either_way")
def test_work_folders_without_our_mark_stay(tmp_path: Path) -> None:
    for name, marked in ((f".{EDITION}.999999999.aaaaaaaa", True), (f".{EDITION}.999999999.bbbbbbbb", False)):
        folder = tmp_path / "outputs" / name
        folder.mkdir(parents=True)
        (folder / "surat.txt").write_text("penting")
        if marked:
            (folder / ".monev-kerja").touch()
    publish_a_build(tmp_path, EDITION, EDITION)
    assert sorted(path.name for path in (tmp_path / "outputs").iterdir()) == [f".{EDITION}.999999999.bbbbbbbb", EDITION]


def test_a_build_that_is_killed_at_any_step_leaves_nothing_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call that changes a folder is in its turn the last one; the next build clears what is left."""

    def build() -> None:
        with workspace(tmp_path, EDITION) as work:
            (work.path / "baru" / "data").mkdir(parents=True)
            for name in ("manifest.json", "data/target.csv"):
                (work.path / "baru" / name).write_text("{}")
            work.publish("baru", EDITION, ours=lambda folder: folder.kind("manifest.json") != 0)

    steps, last, move = 0, 0, os.rename
    with monkeypatch.context() as during:

        def counted(call: Callable[..., object]) -> Callable[..., object]:
            def counting(*given: object, **more: object) -> object:
                nonlocal steps
                steps += 1
                if steps > last:
                    raise KeyboardInterrupt
                return call(*given, **more)

            return counting

        for name in ("mkdir", "unlink", "rmdir", "rename", "link", "open"):
            during.setattr(os, name, counted(getattr(os, name)))
        for last in range(1_000):  # noqa: B007
            steps = 0
            try:
                build()
                break
            except KeyboardInterrupt:
                for path in (tmp_path / "outputs").glob(f".{EDITION}.*"):  # as another process would have left it
                    move(path, path.with_name(f".{EDITION}.999999999.{path.name[-8:]}"))
    assert 10 < last < 999
    build()
    assert [path.name for path in (tmp_path / "outputs").iterdir()] == [EDITION]


def test_the_cache_removes_only_what_bears_its_own_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    cache = Cache.of(tmp_path, EDITION)
    cache.write("langkah/a", 1)
    cache.write("lama/a", 1)
    for name in ("lama/surat.txt", ".new-abc"):
        (cache.folder / name).write_text("penting")
    cache.tidy({"langkah"})
    assert sorted(held(cache.folder)) == [".new-abc", "lama", "lama/surat.txt", "langkah", "langkah/a"]


def test_names_that_lead_elsewhere_are_refused(tmp_path: Path) -> None:
    for name in ("..", ".", "", "a/b", "/etc"):
        with pytest.raises(RunError), guarded(tmp_path, name):
            pass


@pytest.mark.skipif(sys.platform != "linux", reason="two names change places in one step on Linux only")
def test_a_folder_that_changes_into_a_link_while_it_is_used(tmp_path: Path, foreign: Path) -> None:
    """Between a look and a use `outputs` becomes a link and a folder again, thousands of times."""
    root = tmp_path / "akar"
    (root / "outputs").mkdir(parents=True)
    (root / "lain").symlink_to(foreign)
    over = threading.Event()

    def change() -> None:
        with guarded(root) as folder:
            while not over.is_set():
                folder.exchange("outputs", folder, "lain")

    thread = threading.Thread(target=change)
    thread.start()
    refused = done = tries = 0
    until = time.monotonic() + 60  # on a busy machine the two take turns slowly
    try:
        while tries < 300 or (time.monotonic() < until and not (refused and done)):
            tries += 1
            try:
                everything_once(root)
                done += 1
            except (RunError, OSError):
                refused += 1
    finally:
        over.set()
        thread.join()
    assert refused
    assert done


def everything_once(root: Path) -> None:
    with workspace(root, EDITION) as work:
        with work.outputs.step(work.name) as own:
            own.make("baru")
        work.publish("baru", EDITION, ours=lambda folder: True)


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("unshare"), reason="mounts are made by Linux' unshare")
@pytest.mark.parametrize("level", [".monev", f".monev/{EDITION}", "outputs", f"outputs/{EDITION}"])
def test_a_mount_at_any_level_loses_nothing(tmp_path: Path, foreign: Path, level: str) -> None:
    root = tmp_path / "akar"
    (root / level).mkdir(parents=True)
    (foreign / "manifest.json").write_text("{}")  # even where it looks like ours
    script = f"mount --bind {foreign} {root / level} && exec {sys.executable} -c '{_IN_A_MOUNT}' {root}"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = ["unshare", "--mount", "--map-root-user", "sh", "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    (foreign / "manifest.json").unlink()
    if "unshare:" in done.stderr or "mount:" in done.stderr:
        pytest.skip(f"mounts cannot be made here: {done.stderr.strip()[:80]}")
    assert done.returncode == 0, done.stderr
    assert "tautan atau kaitan" in done.stdout


_IN_A_MOUNT = """
import sys
from pathlib import Path
from monev.io.guarded_cache import Cache
from monev.io.guarded_folders import guarded
from monev.words.errors import RunError
from support import publish_a_build
from test_guarded_folders import EDITION
root = Path(sys.argv[1])
Cache(root / ".monev" / EDITION, b"k" * 32).tidy(set())
try:
    publish_a_build(root, EDITION, EDITION)
except RunError as error:
    print(error)
for names in ((".monev", EDITION), ("outputs", EDITION)):
    try:
        with guarded(root, *names):
            pass
    except FileNotFoundError:
        pass
    except RunError as error:
        print(error)
"""


def test_a_write_is_whole_and_takes_no_taken_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with guarded(tmp_path) as folder:
        folder.write("a", b"satu", new=True)
        with pytest.raises(FileExistsError):
            folder.write("a", b"dua", new=True)
        assert folder.read("a") == b"satu"

        def no_links(*names: object, **more: object) -> None:
            raise OSError(1, "no hard links")

        monkeypatch.setattr(os, "link", no_links)
        folder.write("b", b"satu", new=True)
        with pytest.raises(FileExistsError):
            folder.write("b", b"dua", new=True)
        assert folder.names() == ["a", "b"]
