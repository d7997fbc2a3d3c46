"""The launcher ./monev and lib/monev_bootstrap.py: set-up once, then a quick start.

The launcher is tried in a small copy of the repository with an empty lock, so that set-up needs
no network; where packages are to be installed, a small script stands in for uv.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import string
import subprocess
import sys
import time
from pathlib import Path

import pytest

import monev_bootstrap as bootstrap

ROOT = Path(__file__).resolve().parents[3]
BASE_PYTHON = os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)
PROGRAM = """
import json, sys
try:
    import decoy
except ImportError:
    decoy = None
names = {"args": sys.argv[1:], "prefix": sys.prefix, "decoy": decoy is not None}
print(json.dumps(names))
"""
ONE_PACKAGE = "tidak-ada==1 --hash=sha256:" + "0" * 64 + "\n"

posix = pytest.mark.skipif(os.name == "nt", reason="the POSIX launcher")


class Copy:
    """A small copy of the repository and how to run its launcher."""

    def __init__(self, folder: Path, bin_folder: Path) -> None:
        self.folder = folder
        self.bin = bin_folder
        self.env = {"PATH": f"{bin_folder}{os.pathsep}{os.defpath}", "MONEV_INSTALLER": "pip", "HOME": ""}

    @property
    def launcher(self) -> Path:
        return self.folder / "monev"

    @property
    def venv(self) -> Path:
        return self.folder / ".venv"

    @property
    def stamp(self) -> Path:
        return self.venv / "monev-stamp"

    def command(self, *args: str) -> list[str]:
        return [str(self.launcher), *args]

    def run(self, *args: str, **options: object) -> subprocess.CompletedProcess[str]:
        env = {**self.env, **options.pop("env", {})}  # type: ignore[dict-item]
        command = options.pop("command", self.command(*args))
        return subprocess.run(  # type: ignore[call-overload]
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            **options,
        )

    def start(self, *args: str, **env: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*args),
            env={**self.env, **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def lock(self, text: str) -> None:
        (self.folder / "requirements.lock").write_text(text, encoding="utf-8")

    def fake_uv(self, script: str) -> None:
        """Let a shell script stand in for uv."""
        path = self.bin / "uv"
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        self.env["MONEV_INSTALLER"] = ""


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    folder = tmp_path / "folder dengan spasi"
    package = folder / "lib" / "monev"
    package.mkdir(parents=True)
    shutil.copy2(ROOT / "monev", folder)
    shutil.copy2(ROOT / "lib" / "monev_bootstrap.py", folder / "lib")
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    (folder / "requirements.lock").touch()
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    (bin_folder / "python3.14").symlink_to(BASE_PYTHON)  # the first name the launcher looks for
    return Copy(folder, bin_folder)


def wait_for(condition, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


# --- the launcher -----------------------------------------------------------------------------


@posix
def test_first_use_makes_the_environment_and_the_second_does_not(copy: Copy, tmp_path: Path) -> None:
    elsewhere = tmp_path / "kerja"
    elsewhere.mkdir()
    (elsewhere / "decoy.py").touch()
    (elsewhere / "monev.py").write_text("raise SystemExit('the wrong monev')", encoding="utf-8")
    env = {"PYTHONPATH": str(elsewhere), "PYTHONHOME": str(elsewhere)}

    first = copy.run("buat", "satu dua", "", "--x", cwd=elsewhere, env=env)
    assert first.returncode == 0, first.stderr
    assert "[1/3] Membuat .venv" in first.stderr
    assert "Lingkungan siap" in first.stderr
    said = json.loads(first.stdout)
    assert said == {"args": ["buat", "satu dua", "", "--x"], "prefix": str(copy.venv), "decoy": False}

    before = copy.stamp.stat()
    # No Python but the one in .venv, so that nothing else can have been run.
    lean = {"PATH": os.defpath, "HOME": "/nonexistent"}
    copy.bin.joinpath("python3.14").unlink()
    second = copy.run("buat", "satu dua", "", "--x", cwd=elsewhere, env={**env, **lean})
    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout == first.stdout
    assert copy.stamp.stat() == before


@posix
def test_through_links_and_from_the_path(copy: Copy, tmp_path: Path) -> None:
    links = tmp_path / "tautan"
    links.mkdir()
    (links / "relatif").symlink_to(os.path.relpath(copy.launcher, links))
    (links / "mutlak").symlink_to(links / "relatif")
    commands = [
        ["./monev"],
        ["sh", "monev"],
        [str(links / "mutlak")],
        ["relatif"],
        ["sh", "-c", "exec relatif"],
    ]
    made = 0
    for command in commands:
        env = {"PATH": f"{links}{os.pathsep}{copy.env['PATH']}"}
        result = copy.run(command=["env", *command], cwd=copy.folder, env=env)
        assert result.returncode == 0, (command, result.stderr)
        assert json.loads(result.stdout)["prefix"] == str(copy.venv)
        made += "Membuat .venv" in result.stderr
    assert made == 1


@posix
def test_what_no_longer_fits_is_made_anew(copy: Copy) -> None:
    assert copy.run().returncode == 0

    def redone(reason: str) -> None:
        again = copy.run()
        assert again.returncode == 0, again.stderr
        assert reason in again.stderr
        assert json.loads(again.stdout)["prefix"] == str(copy.venv)
        quiet = copy.run()
        assert (quiet.returncode, quiet.stderr) == (0, "")

    copy.lock("# berubah\n")
    redone("requirements.lock berubah")

    copy.stamp.unlink()  # as after a set-up that was stopped
    (copy.venv / "sisa").touch()
    redone("tidak selesai")
    assert not (copy.venv / "sisa").exists()

    copy.stamp.write_bytes(b"")  # as after a power cut
    redone("tidak selesai")

    (copy.venv / "bin" / "python").unlink()
    (copy.venv / "bin" / "python").symlink_to("/nonexistent/python3")
    redone("sudah tidak ada")

    moved = copy.folder.with_name("pindah ke sini")
    copy.folder.rename(moved)
    copy.folder = moved
    redone("dipindahkan")


@posix
def test_failing_installation_ends_with_a_plain_sentence(copy: Copy) -> None:
    copy.lock(ONE_PACKAGE)
    copy.fake_uv("echo ini keluaran uv; exit 2")
    result = copy.run(env={"PIP_NO_INDEX": "1"})
    assert result.returncode == 3
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert "  | ini keluaran uv" in result.stderr
    assert "mencoba lagi dengan pip" in result.stderr
    lines = result.stderr.splitlines()
    assert any(line.startswith("  | ") and "tidak-ada" in line for line in lines), "pip's own last lines"
    assert lines[-1].startswith("monev: Penyiapan gagal: pip tidak dapat memasang paket.")
    assert lines[-1].endswith("jalankan perintah yang sama sekali lagi.")
    assert not copy.stamp.exists()

    copy.lock("")
    assert copy.run().returncode == 0


@posix
def test_uv_is_used_where_it_is_there(copy: Copy, tmp_path: Path) -> None:
    copy.lock(ONE_PACKAGE)
    copy.fake_uv(f'printf "%s\\n" "$@" >"{tmp_path}/args"; env >"{tmp_path}/env"')
    index = "file:///indeks/simple"
    result = copy.run(env={"PIP_INDEX_URL": index, "CI": "true", "UV_SYSTEM_PYTHON": "1"})
    assert result.returncode == 0, result.stderr
    args = (tmp_path / "args").read_text(encoding="utf-8").splitlines()
    assert args[:2] == ["pip", "install"]
    assert "--require-hashes" in args
    assert str(copy.venv / "bin" / "python") in args
    assert "--no-cache" in args  # HOME is empty
    env = (tmp_path / "env").read_text(encoding="utf-8").splitlines()
    assert f"UV_DEFAULT_INDEX={index}" in env
    assert not any(line.startswith("UV_SYSTEM_PYTHON=") for line in env)


@posix
def test_interrupted_set_up_is_redone(copy: Copy, tmp_path: Path) -> None:
    started = tmp_path / "mulai"
    copy.lock(ONE_PACKAGE)
    copy.fake_uv(f'touch "{started}"; exec sleep 30')
    for number in (signal.SIGINT, signal.SIGTERM):
        process = copy.start()
        wait_for(started.exists)
        process.send_signal(number)
        out, err = process.communicate(timeout=15)
        assert process.returncode == 130
        assert out == ""
        assert "Traceback" not in err
        assert err.splitlines()[-1].startswith("monev: Penyiapan dihentikan")
        assert not copy.stamp.exists()
        started.unlink()
    copy.fake_uv("exit 0")
    assert copy.run().returncode == 0


@posix
def test_after_a_kill_the_next_set_up_waits_for_what_is_still_installing(copy: Copy, tmp_path: Path) -> None:
    started, ended = tmp_path / "mulai", tmp_path / "selesai"
    copy.lock(ONE_PACKAGE)
    copy.fake_uv(f'touch "{started}"; sleep 1; touch "{ended}"')
    process = copy.start()
    wait_for(started.exists)
    process.kill()
    process.communicate()
    assert not ended.exists()
    copy.fake_uv(f'test -e "{ended}"')
    result = copy.run()
    assert result.returncode == 0, result.stderr
    assert "menunggu sampai selesai" in result.stderr
    assert "tidak selesai" in result.stderr


@posix
def test_two_at_once_set_up_once(copy: Copy) -> None:
    copy.lock(ONE_PACKAGE)
    copy.fake_uv("sleep 0.5")
    processes = [copy.start("satu"), copy.start("dua")]
    results = [process.communicate(timeout=30) for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert [json.loads(out)["args"] for out, _ in results] == [["satu"], ["dua"]]
    errors = [err for _, err in results]
    assert sum("Membuat .venv" in err for err in errors) == 1
    assert sum("menunggu sampai selesai" in err for err in errors) == 1


@posix
def test_own_python(copy: Copy) -> None:
    result = copy.run("buat", "a b", env={"MONEV_PYTHON": sys.executable, "PYTHONPATH": "/nonexistent"})
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout) == {"args": ["buat", "a b"], "prefix": sys.prefix, "decoy": False}
    assert not copy.venv.exists()

    bare = copy.folder.parent / "polos"
    subprocess.run([BASE_PYTHON, "-I", "-m", "venv", "--without-pip", str(bare)], check=True)
    result = copy.run("--lang", "en", env={"MONEV_PYTHON": str(bare / "bin" / "python")})
    assert result.returncode == 3
    assert result.stderr.count("\n") == 1
    assert "lacks the packages" in result.stderr
    assert "papermill" in result.stderr

    result = copy.run(env={"MONEV_PYTHON": "/nonexistent/python"})
    assert result.returncode == 3
    assert result.stderr.startswith("monev: MONEV_PYTHON menunjuk ke /nonexistent/python")


@posix
@pytest.mark.parametrize(
    ("args", "env", "words"),
    [
        ([], {}, "tidak ditemukan"),
        (["--lang", "en", "buat"], {}, "was not found"),
        (["-q", "--lang=en"], {}, "was not found"),
        (["buat", "--lang", "en"], {}, "tidak ditemukan"),
        (["--lang"], {"MONEV_LANG": "en"}, "was not found"),
        (["--lang", "id"], {"MONEV_LANG": "en"}, "tidak ditemukan"),
    ],
)
def test_without_python(copy: Copy, args: list[str], env: dict[str, str], words: str) -> None:
    sh = shutil.which("sh")
    assert sh is not None
    copy.bin.joinpath("python3.14").unlink()
    result = copy.run(command=[sh, *copy.command(*args)], env={"PATH": str(copy.bin), **env})
    assert result.returncode == 3
    assert result.stderr.count("\n") == 1
    assert words in result.stderr


@posix
def test_without_lock_file_and_in_english(copy: Copy) -> None:
    (copy.folder / "requirements.lock").unlink()
    result = copy.run("--lang", "en", "buat")
    assert result.returncode == 3
    assert result.stderr.startswith("monev: Set-up failed: ")
    assert result.stderr.count("\n") == 1


@posix
def test_packages_are_tried_at_the_end(copy: Copy) -> None:
    copy.lock("rich==1 --hash=sha256:" + "0" * 64 + "\n")
    copy.fake_uv("exit 0")  # says it did, but did not
    result = copy.run()
    assert result.returncode == 3
    assert "No module named 'rich'" in result.stderr
    assert "Traceback" not in result.stderr
    assert not copy.stamp.exists()


def test_warm_start_for_windows_says_when_it_cannot(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "lib" / "monev_bootstrap.py"), "--warm", str(tmp_path), "buat"]
    result = subprocess.run(command, capture_output=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (bootstrap.EXIT_NOT_READY, b"", b"")
    text = (ROOT / "monev.cmd").read_bytes()
    assert f'"%ERRORLEVEL%"=="{bootstrap.EXIT_NOT_READY}" goto cold'.encode() in text
    assert text.count(b"\n") == text.count(b"\r\n") > 10


# --- pure functions ---------------------------------------------------------------------------


def test_texts_are_complete_in_both_languages() -> None:
    assert set(bootstrap.TEXTS) == {"id", "en"}
    assert len(bootstrap.TEXTS["id"]) > 20
    assert set(bootstrap.TEXTS["id"]) == set(bootstrap.TEXTS["en"])
    for key, text in bootstrap.TEXTS["id"].items():
        fields, english = (
            {field for _, field, _, _ in string.Formatter().parse(t) if field}
            for t in (text, bootstrap.TEXTS["en"][key])
        )
        assert fields == english, key


@pytest.mark.parametrize(
    ("args", "env", "lang"),
    [
        ([], {}, "id"),
        ([], {"MONEV_LANG": "EN_us"}, "en"),
        (["--lang", "en", "buat"], {}, "en"),
        (["-v", "--lang=en", "buat"], {}, "en"),
        (["--lang", "id"], {"MONEV_LANG": "en"}, "id"),
        (["buat", "--lang", "en"], {}, "id"),
        (["--lang"], {}, "id"),
    ],
)
def test_language(args: list[str], env: dict[str, str], lang: str) -> None:
    assert bootstrap.language(args, env) == lang


def test_stamp_and_why_set_up(tmp_path: Path) -> None:
    root, lock = str(tmp_path), b"a==1 \\\n"
    assert bootstrap.why_set_up(root, lock) == "missing"
    python = Path(bootstrap.venv_python(root))
    python.parent.mkdir(parents=True)
    assert bootstrap.why_set_up(root, lock) == "unfinished"
    stamp = tmp_path / ".venv" / "monev-stamp"
    stamp.write_text(bootstrap.stamp_text(root, lock, "3.11.7"), encoding="utf-8")
    assert stamp.read_text(encoding="utf-8").splitlines()[0] == f"root={root}"  # what the launcher compares
    assert bootstrap.why_set_up(root, lock) == "python"
    python.touch(0o755)
    assert bootstrap.why_set_up(root, lock) == ""
    assert bootstrap.why_set_up(root, lock + b"b==1\n") == "lock"
    stamp.write_text(bootstrap.stamp_text(root + "x", lock, "3.11.7"), encoding="utf-8")
    assert bootstrap.why_set_up(root, lock) == "moved"


def test_locked_names() -> None:
    lock = b"# via x\nRich==1.0 \\\n    --hash=sha256:00\nnumpy==1 ; python_version < '3'\nnumpy==2 \\\n\n"
    assert bootstrap.locked_names(lock) == ["numpy", "rich"]


def test_pip_settings_are_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    given = {"PIP_FIND_LINKS": f"roda {tmp_path}/b file:///c", "PIP_CERT": "/d", "PIP_TIMEOUT": "9", "X": "1"}
    uv = bootstrap.uv_environment({**given, "UV_HTTP_TIMEOUT": "5", "UV_TARGET": "t"})
    assert uv["UV_FIND_LINKS"] == f"{tmp_path / 'roda'},{tmp_path}/b,file:///c"
    assert (uv["SSL_CERT_FILE"], uv["UV_HTTP_TIMEOUT"], uv["X"]) == ("/d", "5", "1")
    assert "UV_TARGET" not in uv
    pip = bootstrap.pip_environment({**given, "PIP_TARGET": "t", "PIP_USER": "1"})
    assert {name: pip[name] for name in given} == given
    assert "PIP_TARGET" not in pip
    assert (pip["PIP_USER"], pip["PIP_NO_INPUT"]) == ("0", "1")


@posix
def test_cache_is_usable(tmp_path: Path) -> None:
    file = tmp_path / "berkas"
    file.touch()
    usable = bootstrap.cache_is_usable
    assert usable("pip", {"HOME": str(tmp_path)})
    assert usable("pip", {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "baru" / "sekali")})
    assert usable("uv", {"HOME": "", "UV_CACHE_DIR": str(tmp_path)})
    assert not usable("pip", {})
    assert not usable("pip", {"HOME": ""})
    assert not usable("pip", {"HOME": str(file)})
    assert not usable("pip", {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(file / "x")})
    if os.geteuid():
        tmp_path.chmod(0o500)
        assert not usable("pip", {"HOME": str(tmp_path)})
        tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("output", "key"),
    [
        (["ERROR: Could not install: [Errno 28] No space left on device"], "fail-disk"),
        (["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."], "fail-hash"),
        (["error: Hash mismatch for `rich==1`"], "fail-hash"),
        (["ERROR: No matching distribution found for rich==1"], "fail-network"),
        ([], "fail-network"),
    ],
)
def test_why_installing_failed(output: list[str], key: str) -> None:
    assert bootstrap.why_installing_failed(output) == key
