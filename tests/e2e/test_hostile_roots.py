"""Whatever a received root holds, nothing outside it is written, removed or touched, by any command."""

from __future__ import annotations

import os
import shutil
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from monev.commands.command_line import main
from monev.io import marked_copies
from monev.io.guarded_cache import Cache
from monev.io.guarded_folders import guarded
from monev.words.errors import RunError
from monev.words.findings import Finding
from plans import EDITION, MadePlan, make_plan
from support import once, publish_a_build

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="links as users make them are of POSIX")]
NEW = "lanjut"
COMMANDS = (
    ("check", EDITION),
    ("update", EDITION),
    ("new", NEW, "--from", EDITION, "--code", "B18", "--label", "Semester III", "--year", "2022"),
    ("diff", EDITION, EDITION),
)
Hostile = Callable[[Path, Path], object]


def link(place: str, target: str = "") -> Hostile:
    """Put a link at a place of the root; what stood there goes to where it leads."""

    def make(root: Path, foreign: Path) -> None:
        path = root / place
        if path.is_dir():
            shutil.copytree(path, foreign / target, dirs_exist_ok=True)
            shutil.rmtree(path)
        elif path.exists():
            shutil.move(path, foreign / target)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(foreign / target)

    return make


def relative(place: str) -> Hostile:
    def make(root: Path, foreign: Path) -> None:
        link(place)(root, foreign)
        (root / place).unlink()
        (root / place).symlink_to(os.path.relpath(foreign, (root / place).parent))

    return make


def put(place: str, how: Callable[[Path, Path], object]) -> Hostile:
    """Put something else than a folder or link at a place of the root."""

    def make(root: Path, foreign: Path) -> None:
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        if (root / place).is_file():
            (root / place).unlink()
        how(root / place, foreign)

    return make


def hard(place: str) -> Hostile:
    """Let a file of the root be a name of a foreign one."""

    def make(root: Path, foreign: Path) -> None:
        shutil.move(root / place, foreign / "buku.xlsx")
        os.link(foreign / "buku.xlsx", root / place)

    return make


def named(folder: str) -> Hostile:
    """Fill a folder with links of odd names, and with what a killed build could have left."""

    def make(root: Path, foreign: Path) -> None:
        own = root / folder
        own.mkdir(parents=True, exist_ok=True)
        for name in ("-rf", " x", "a\nb", "cafe\u0301", "caf\u00e9", "x" * 255, "~", "*", ".new-0-monev"):
            (own / name).symlink_to(foreign)
        for name in (f".{EDITION}.999999999.aaaaaaaa", f".{EDITION}.1.bbbbbbbb"):
            (own / name).mkdir()
            (own / name / ".monev-kerja").touch()
            (own / name / "data").symlink_to(foreign)

    return make


def in_params(key: str, value: str) -> Hostile:
    def make(root: Path, foreign: Path) -> None:
        path = root / "params" / f"{EDITION}.yml"
        text = path.read_text("utf-8")
        assert key in text
        path.write_text(text.replace(key, value.replace("FOREIGN", str(foreign))), "utf-8")

    return make


HOSTILE: dict[str, Hostile] = {
    "outputs": link("outputs"),
    "outputs, relative": relative("outputs"),
    "outputs of the edition": link(f"outputs/{EDITION}"),
    "outputs of the edition that look like ours": link(f"outputs/{EDITION}", "seperti"),
    "marked copies": link("outputs/periksa"),
    "marked copies of the edition": link(f"outputs/periksa/{EDITION}", "salinan"),
    "previews": link("outputs/pratinjau"),
    "cache": link(".monev"),
    "cache, relative": relative(".monev"),
    "cache of the edition": link(f".monev/{EDITION}"),
    "a folder of the cache": link(f".monev/{EDITION}/langkah"),
    "lock": link(f".monev/{EDITION}.lock", "surat.txt"),
    "inputs": link("inputs"),
    "inputs of a period": link("inputs/B12", "B12"),
    "inputs of the next period": link(f"inputs/{NEW}"),
    "params": link("params"),
    "params of the next edition, to nothing": put(f"params/{NEW}.yml", lambda p, f: p.symlink_to(f / "tiada.yml")),
    "params of the next edition": put(f"params/{NEW}.yml", lambda p, f: p.symlink_to(f / "surat.txt")),
    "corrections": link("params/koreksi"),
    "a workbook": link("inputs/B12/capaian-kl.xlsx", "kl.xlsx"),
    "a workbook with two names": hard("inputs/B12/capaian-kl.xlsx"),
    "backups": link("inputs/B12/cadangan"),
    "outputs to nothing": put("outputs", lambda p, f: p.symlink_to(f / "tiada")),
    "outputs to a file": put("outputs", lambda p, f: p.symlink_to(f / "surat.txt")),
    "outputs to themselves": put("outputs", lambda p, f: p.symlink_to(p)),
    "outputs a pipe": put("outputs", lambda p, f: os.mkfifo(p)),
    "outputs of the edition a pipe": put(f"outputs/{EDITION}", lambda p, f: os.mkfifo(p)),
    "cache a file": put(".monev", lambda p, f: p.write_text("x")),
    "cache of the edition a pipe": put(f".monev/{EDITION}", lambda p, f: os.mkfifo(p)),
    "odd names in outputs": named("outputs"),
    "odd names in the cache": named(f".monev/{EDITION}/langkah"),
    "odd names among marked copies": named(f"outputs/periksa/{EDITION}"),
    "params that name a folder elsewhere": in_params("inputs/B12", "FOREIGN"),
    "params that lead up": in_params("inputs/B12", "inputs/../../dokumen"),
    "params that name another edition": in_params(f"edisi: {EDITION}", "edisi: ../../dokumen"),
}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return (
        once(tmp_path_factory, "bermusuhan", lambda folder: make_plan(folder / "akar", MadePlan(commitments=1)))
        / "akar"
    )


@pytest.fixture
def root(plan: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(plan, tmp_path / "akar"))


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """Somebody's documents, with names and marks that monev would know as its own."""
    folder = tmp_path / "dokumen"
    for name in (
        *(
            "surat.txt",
            f"{EDITION}/surat.txt",
            f"{EDITION}/manifest.json",
            "seperti/manifest.json",
            "seperti/surat.txt",
        ),
        *("salinan/ringkasan.xlsx", "salinan/surat.xlsx", f"periksa/{EDITION}/ringkasan.xlsx", "langkah/a", "lama/a"),
        *(f".{EDITION}.999999999.aaaaaaaa/.monev-kerja", f".{EDITION}.999999999.aaaaaaaa/surat.txt"),
        *(".new-0123456789abcdef-monev", "CACHEDIR.TAG", f"{EDITION}.lock", "B12/surat.txt", "cadangan/surat.txt"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("penting")
    return folder


def held(folder: Path) -> dict[str, object]:
    """Return what a tree is: kinds, modes, times and bytes, of the folder itself too."""
    return {str(path.relative_to(folder)): _state(path) for path in (folder, *folder.rglob("*"))}


def _state(path: Path) -> object:
    own = path.lstat()
    content = path.read_bytes() if stat.S_ISREG(own.st_mode) else None
    return own.st_mode, own.st_mtime_ns, own.st_uid, content


def everything(root: Path) -> None:
    """Do all that commands do to folders of a root, whatever of it is refused."""
    cache = Cache.of(root, EDITION)
    finding = Finding("F01", "inputs/B12/capaian-kl.xlsx", details={"where": "params", "hint": ""})
    for step in (
        lambda: cache.write("langkah/a", 1),
        lambda: cache.drop("langkah/a"),
        lambda: cache.tidy(set()),
        lambda: publish_a_build(root, EDITION, EDITION),
        lambda: publish_a_build(root, EDITION, f"periksa/{EDITION}"),
        lambda: publish_a_build(root, EDITION, "pratinjau"),
        lambda: marked_copies.write(root, EDITION, [finding]),
        lambda: marked_copies.clear(root, EDITION),
    ):
        with suppress(RunError, OSError):
            step()


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_outside_a_hostile_root_is_touched(name: str, root: Path, foreign: Path) -> None:
    HOSTILE[name](root, foreign)
    before = held(foreign)
    everything(root)
    for command in COMMANDS:
        assert main(["--root", str(root), *command]) in (0, 1, 2, 3, 4)
    assert held(foreign) == before


@pytest.mark.parametrize("name", ["outputs", "cache", "cache of the edition"])
def test_a_build_in_a_hostile_root_stops_in_words(
    name: str, root: Path, foreign: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    HOSTILE[name](root, foreign)
    before = held(foreign)
    if name == "cache of the edition":
        (root / "params" / f"{EDITION}.yml").write_text("edisi: lain\n")  # looked at no further than that
    assert main(["--root", str(root), "build", EDITION]) in (1, 3)
    assert main(["--root", str(root), "batch", EDITION]) != 0
    assert held(foreign) == before
    assert "Traceback" not in capsys.readouterr().err


ODD = (
    "../dokumen",
    "..",
    ".",
    "",
    "/etc",
    "a/b",
    "-rf",
    "a\nb",
    " a",
    "x" * 300,
    "uji/../../dokumen",
    "U\u0301ji",
)


@pytest.mark.parametrize("edition", ODD)
def test_an_edition_s_name_is_no_way_out(edition: str, root: Path, foreign: Path) -> None:
    before, own = held(foreign), {*root.rglob("*")}
    for command in (("check",), ("update",), ("build",), ("new", "--from", EDITION), ("batch",)):
        assert main(["--root", str(root), *command, "--", edition]) in (1, 2)
    assert main(["--root", str(root), "new", NEW, "--from", edition]) in (1, 2)
    assert held(foreign) == before
    assert {path for path in root.rglob("*") if path.is_file()} <= own


def test_a_root_may_be_a_link_or_relative(root: Path, foreign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = held(foreign)
    (root.parent / "pintas").symlink_to(root)
    monkeypatch.chdir(root.parent)
    for place in ("pintas", "./akar/../akar", "akar"):
        publish_a_build(Path(place), EDITION, EDITION)
        shutil.rmtree(root / "outputs")
        assert main(["--root", place, "update", EDITION]) == 0
    assert held(foreign) == before


def test_folders_that_may_only_be_read_stay(root: Path, foreign: Path) -> None:
    (root / "outputs").mkdir()
    before = held(root / "inputs")
    for folder in (root / "outputs", root):
        folder.chmod(0o500)
    try:
        everything(root)
        assert main(["--root", str(root), "check", EDITION]) in (0, 1, 3)
    finally:
        for folder in (root, root / "outputs"):
            folder.chmod(0o700)
    assert held(root / "inputs") == before


@pytest.fixture
def changing(root: Path, foreign: Path) -> Iterator[None]:
    """`outputs` and `.monev` are a folder and a link to somebody's documents by turns, all the time."""
    over = threading.Event()
    for name in ("outputs", ".monev"):
        (root / name).mkdir()
        (root / f"{name}-lain").symlink_to(foreign)

    def change() -> None:
        with guarded(root) as folder:
            while not over.wait(0.0005):
                for name in ("outputs", ".monev"):
                    folder.exchange(name, folder, f"{name}-lain")

    thread = threading.Thread(target=change)
    thread.start()
    yield
    over.set()
    thread.join()


@pytest.mark.usefixtures("changing")
def test_links_that_come_and_go_while_a_command_works(root: Path, foreign: Path) -> None:
    before = held(foreign)
    for _ in range(40):
        everything(root)
    assert main(["--root", str(root), "build", EDITION, "--engine", "embedded"]) in (0, 1, 3)
    assert held(foreign) == before
