"""The launcher ./monev and lib/monev_bootstrap.py: set-up once, then a quick start.

The launcher is tried in a small copy of the repository. What it installs is a wheel made here, by uv and by pip
themselves and without network; where an installer has to fail or to take its time, a small script stands in for uv.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import string
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

import monev_bootstrap as bootstrap
from monev.commands.command_line import main

ROOT = Path(__file__).resolve().parents[3]
BASE_PYTHON = os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)
UV = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
PROGRAM = """
import json, sys
try:
    import decoy
except ImportError:
    decoy = None
names = {"args": sys.argv[1:], "prefix": sys.prefix, "decoy": decoy is not None}
print(json.dumps(names))
"""

posix = pytest.mark.skipif(os.name == "nt", reason="the POSIX launcher")
with_uv = pytest.mark.skipif(UV is None, reason="uv is not there")


def make_wheel(folder: Path, name: str, files: Mapping[str, str], version: str = "1") -> str:
    """Write a wheel; return its line for a lock."""
    info = f"{name}-{version}.dist-info"
    path = folder / f"{name}-{version}-py3-none-any.whl"
    contents = {
        **files,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: uji\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    contents[f"{info}/RECORD"] = "".join(f"{member},,\n" for member in [*contents, f"{info}/RECORD"])
    with zipfile.ZipFile(path, "w") as archive:
        for member, text in contents.items():
            entry = zipfile.ZipInfo(member)
            entry.external_attr = 0o100755 << 16
            archive.writestr(entry, text)
    return f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n    # via uji\n"


class Copy:
    """A small copy of the repository and how to run its launcher."""

    def __init__(self, folder: Path, place: Path) -> None:
        self.folder, self.bin, self.wheels = folder, place / "bin", place / "roda"
        self.bin.mkdir()
        self.wheels.mkdir()
        (self.bin / "python3.14").symlink_to(BASE_PYTHON)  # the first name the launcher looks for
        self.line = make_wheel(self.wheels, "semua", {f"{module}.py": "" for module in bootstrap.NEEDED})
        self.lock(self.line)
        self.env = {
            "PATH": f"{self.bin}{os.pathsep}{os.defpath}",
            "HOME": str(place),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_FIND_LINKS": str(self.wheels),
            "PIP_NO_INDEX": "1",
            "PIP_RETRIES": "0",
            "UV_HTTP_RETRIES": "0",
        }

    @property
    def launcher(self) -> Path:
        return self.folder / "monev"

    @property
    def venv(self) -> Path:
        return self.folder / ".venv"

    @property
    def stamp(self) -> Path:
        return self.venv / "monev-stamp"

    def run(self, *args: str, command: list[str] | None = None, cwd: Path | None = None, **env: str) -> Finished:
        return Finished(
            subprocess.run(
                command or [str(self.launcher), *args],
                env={**self.env, **env},
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                timeout=300,
            )
        )

    def start(self, *args: str) -> subprocess.Popen[str]:
        """Start the launcher; what all of them say on stderr is gathered in one file."""
        with open(self.bin / "stderr", "ab") as stderr:
            return subprocess.Popen(
                [str(self.launcher), *args],
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=stderr,
                encoding="utf-8",
            )

    @property
    def told(self) -> str:
        return (self.bin / "stderr").read_text(encoding="utf-8")

    def lock(self, text: str, name: str = "requirements.lock") -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def use_uv(self) -> None:
        """Put uv itself on the PATH."""
        assert UV is not None
        (self.bin / "uv").symlink_to(UV)

    def fake_uv(self, script: str) -> None:
        """Let a shell script stand in for uv; ``install`` there does what uv would do."""
        modules = self.bin / "modul"
        modules.mkdir(exist_ok=True)
        for module in bootstrap.NEEDED:
            (modules / f"{module}.py").touch()
        install = f'venv=${{4%/bin/python}}; install() {{ cp "{modules}"/* "$venv"/lib/python3*/site-packages/; }}'
        path = self.bin / "uv"
        path.unlink(missing_ok=True)  # a shell may still be reading the last one
        path.write_text(f"#!/bin/sh\n{install}\n{script}\n", encoding="utf-8")
        path.chmod(0o755)


class Finished:
    """A command that has ended."""

    def __init__(self, process: subprocess.CompletedProcess[str]) -> None:
        self.code, self.out, self.err = process.returncode, process.stdout, process.stderr
        self.last = self.err.splitlines()[-1] if self.err else ""

    @property
    def said(self) -> dict[str, object]:
        assert self.code == 0, self.err
        return json.loads(self.out)

    def failed(self, *words: str) -> None:
        """See that it failed as it should: the last line says it in plain words, and monev was not started."""
        assert (self.code, self.out) == (bootstrap.EXIT_SETUP, "")
        assert "Traceback" not in self.err
        assert self.last.startswith("monev: ")
        for word in words:
            assert word in self.last


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    folder = tmp_path / "folder dengan spasi"
    package = folder / "lib" / "monev"
    package.mkdir(parents=True)
    shutil.copy2(ROOT / "monev", folder)
    shutil.copy2(ROOT / "lib" / "monev_bootstrap.py", folder / "lib")
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    return Copy(folder, tmp_path)


def wait_for(condition: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


# --- the launcher -----------------------------------------------------------------------------


@posix
def test_first_use_makes_the_environment_and_the_second_does_not(copy: Copy, tmp_path: Path) -> None:
    copy.fake_uv("install")
    elsewhere = tmp_path / "kerja"
    elsewhere.mkdir()
    (elsewhere / "decoy.py").touch()
    (elsewhere / "monev.py").write_text("raise SystemExit('the wrong monev')", encoding="utf-8")
    env = {"PYTHONPATH": str(elsewhere), "PYTHONHOME": str(elsewhere)}

    first = copy.run("buat", "satu dua", "", "--x", cwd=elsewhere, **env)
    assert first.said == {"args": ["buat", "satu dua", "", "--x"], "prefix": str(copy.venv), "decoy": False}
    assert "Menyiapkan lingkungan Python di .venv" in first.err
    assert "pip" not in first.err
    assert "Lingkungan siap" in first.last

    before = copy.stamp.stat()
    # No Python but the one in .venv, so that nothing else can have been run.
    copy.bin.joinpath("python3.14").unlink()
    second = copy.run("buat", "satu dua", "", "--x", cwd=elsewhere, PATH=os.defpath, HOME="", **env)
    assert (second.out, second.err) == (first.out, "")
    assert copy.stamp.stat() == before


@posix
def test_through_links_and_from_the_path(copy: Copy, tmp_path: Path) -> None:
    copy.fake_uv("install")
    links = tmp_path / "tautan"
    links.mkdir()
    (links / "relatif").symlink_to(os.path.relpath(copy.launcher, links))
    (links / "mutlak").symlink_to(links / "relatif")
    commands = [["./monev"], ["sh", "monev"], [str(links / "mutlak")], ["relatif"], ["sh", "-c", "exec relatif"]]
    path = f"{links}{os.pathsep}{copy.env['PATH']}"
    results = [copy.run(command=["env", *command], cwd=copy.folder, PATH=path) for command in commands]
    assert {result.said["prefix"] for result in results} == {str(copy.venv)}
    assert [bool(result.err) for result in results] == [True, False, False, False, False]


@posix
def test_a_moved_folder_gets_a_new_environment(copy: Copy) -> None:
    copy.fake_uv("install")
    assert copy.run().code == 0
    (copy.venv / "sisa").touch()
    moved = copy.folder.with_name("pindah ke sini")
    copy.folder.rename(moved)
    copy.folder = moved
    again = copy.run()
    assert again.said["prefix"] == str(copy.venv)
    assert "Menyiapkan" in again.err
    assert not (copy.venv / "sisa").exists()
    assert copy.run().err == ""


@posix
@pytest.mark.parametrize("change", ["lock", "no stamp", "empty stamp", "no Python"])
def test_what_no_longer_fits_is_not_started(copy: Copy, change: str) -> None:
    python = bootstrap.venv_python(copy.folder)
    python.parent.mkdir(parents=True)
    python.symlink_to("/bin/echo")
    (copy.venv / "monev-lock").write_text(copy.line, encoding="utf-8")
    copy.stamp.write_bytes(bootstrap.stamp_of(copy.folder))
    assert bootstrap.fits(copy.folder)
    assert copy.run("buat").out == "-I -m monev buat\n", "the launcher sees it as well"
    match change:
        case "lock":
            copy.lock(copy.line + "# berubah\n")
        case "no stamp":
            copy.stamp.unlink()  # as after a set-up that was stopped
        case "empty stamp":
            copy.stamp.write_bytes(b"")  # as after a power cut
        case "no Python":
            python.unlink()
            python.symlink_to("/nonexistent/python3")
    assert not bootstrap.fits(copy.folder)
    assert "Menyiapkan" in copy.run("buat", MONEV_INSTALLER="pip", PIP_FIND_LINKS="").err


@posix
@with_uv
def test_uv_from_the_path_installs_with_the_settings_in_pips_files(copy: Copy, tmp_path: Path) -> None:
    copy.use_uv()
    settings = tmp_path / "pip.conf"
    settings.write_text(f"[global]\nno-index = true\n[install]\nfind-links = {copy.wheels}\n", encoding="utf-8")
    del copy.env["PIP_FIND_LINKS"], copy.env["PIP_NO_INDEX"]
    result = copy.run(PIP_CONFIG_FILE=str(settings), UV_SYSTEM_PYTHON="1", CI="true")
    assert result.said["prefix"] == str(copy.venv)
    assert "Installed 1 package" in result.err
    assert "pip" not in result.err
    assert list(copy.venv.glob("lib/*/site-packages/semua-1.dist-info"))


@posix
@with_uv
def test_where_there_is_no_uv_pip_fetches_the_pinned_one(copy: Copy) -> None:
    program = f'#!/bin/sh\ntouch "{copy.folder}/uv-dari-lock"\nexec "{UV}" "$@"\n'
    copy.lock(make_wheel(copy.wheels, "uv", {"uv-1.data/scripts/uv": program}) + copy.line)
    result = copy.run()
    assert result.said["prefix"] == str(copy.venv)
    assert (copy.folder / "uv-dari-lock").exists()
    assert (copy.venv / "bin" / "uv").exists()


@posix
@pytest.mark.parametrize("uv", ["no wheel for this machine", "does not run here", "not wanted"])
def test_pip_installs_everything_where_uv_does_not(copy: Copy, uv: str) -> None:
    env = {}
    if uv == "not wanted":
        copy.fake_uv(f'touch "{copy.folder}/dipakai"')
        env = {"MONEV_INSTALLER": "pip"}
    else:
        pin = make_wheel(copy.wheels, "uv", {"uv-1.data/scripts/uv": "#!/nonexistent/sh\n"})
        copy.lock(pin + copy.line)
        if uv == "no wheel for this machine":
            copy.wheels.joinpath("uv-1-py3-none-any.whl").unlink()
    result = copy.run(**env)
    assert result.said["prefix"] == str(copy.venv)
    assert "Successfully installed semua-1" in result.err
    assert not (copy.folder / "dipakai").exists()


@posix
@pytest.mark.parametrize("installer", ["pip", pytest.param("uv", marks=with_uv)])
def test_a_package_that_is_not_the_recorded_one_is_refused(copy: Copy, installer: str) -> None:
    if installer == "uv":
        copy.use_uv()
    make_wheel(copy.wheels, "semua", {f"{module}.py": "1" for module in bootstrap.NEEDED})
    result = copy.run()
    result.failed("paket di requirements.lock tidak dapat dipasang", "(hash)", "jalankan perintah yang sama sekali")
    assert "Successfully" not in result.err, "pip is not asked whether it would take it"
    assert not copy.stamp.exists()
    copy.lock(make_wheel(copy.wheels, "semua", {f"{module}.py": "" for module in bootstrap.NEEDED}))
    assert copy.run().code == 0


@posix
@pytest.mark.parametrize("installer", ["pip", pytest.param("uv", marks=with_uv)])
def test_without_network(copy: Copy, installer: str) -> None:
    if installer == "uv":
        copy.use_uv()
    del copy.env["PIP_NO_INDEX"], copy.env["PIP_FIND_LINKS"]
    result = copy.run("--lang=en", PIP_INDEX_URL="http://127.0.0.1:9/simple")
    result.failed("Set-up failed", "Check the internet connection", "run the same command again")
    assert not copy.stamp.exists()


@posix
def test_packages_are_tried_at_the_end(copy: Copy) -> None:
    copy.fake_uv("")  # says it did, but did not
    result = copy.run()
    result.failed("Penyiapan gagal: .venv tidak dapat dibuat atau tidak berjalan.")
    assert f"ModuleNotFoundError: No module named '{bootstrap.NEEDED[0]}'" in result.err
    assert not copy.stamp.exists()


@posix
def test_interrupted_set_up_is_redone(copy: Copy, tmp_path: Path) -> None:
    started = tmp_path / "mulai"
    copy.fake_uv(f'install; touch "{started}"; exec sleep 600')
    process = copy.start()
    wait_for(started.exists)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=120)
    assert (process.returncode, out) == (bootstrap.EXIT_INTERRUPTED, "")
    assert "Traceback" not in copy.told
    assert copy.told.splitlines()[-1].startswith("monev: Penyiapan dihentikan")
    assert not copy.stamp.exists()
    copy.fake_uv("install")
    again = copy.run()
    assert again.said["prefix"] == str(copy.venv)
    assert "Menyiapkan" in again.err


@posix
def test_after_a_kill_the_next_set_up_waits_for_what_is_still_installing(copy: Copy, tmp_path: Path) -> None:
    started, may_end, ended = tmp_path / "mulai", tmp_path / "boleh", tmp_path / "selesai"
    copy.fake_uv(f'touch "{started}"; until test -e "{may_end}"; do sleep 0.1; done; touch "{ended}"')
    process = copy.start()
    wait_for(started.exists)
    process.kill()
    process.wait()
    copy.fake_uv(f'test -e "{ended}" && install')
    process = copy.start()
    wait_for(lambda: "Menunggu penyiapan lain" in copy.told)
    may_end.touch()
    process.communicate(timeout=120)
    assert process.returncode == 0, copy.told


@posix
def test_two_at_once_set_up_once(copy: Copy, tmp_path: Path) -> None:
    may_end = tmp_path / "boleh"
    copy.fake_uv(f'until test -e "{may_end}"; do sleep 0.1; done; install')
    processes = [copy.start("satu"), copy.start("dua")]
    wait_for(lambda: "Menunggu penyiapan lain" in copy.told)
    may_end.touch()
    outs = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], copy.told
    assert [json.loads(out)["args"] for out in outs] == [["satu"], ["dua"]]
    assert copy.told.count("Menyiapkan") == copy.told.count("Menunggu penyiapan lain") == 1


@posix
def test_own_python(copy: Copy) -> None:
    result = copy.run("buat", "a b", MONEV_PYTHON=sys.executable, PYTHONPATH="/nonexistent")
    assert result.said == {"args": ["buat", "a b"], "prefix": sys.prefix, "decoy": False}
    assert result.err == ""
    assert not copy.venv.exists()

    bare = copy.folder.parent / "polos"
    subprocess.run([BASE_PYTHON, "-I", "-m", "venv", "--without-pip", str(bare)], check=True)
    result = copy.run("--lang", "en", MONEV_PYTHON=str(bare / "bin" / "python"))
    result.failed("lacks", *bootstrap.NEEDED, "conda env update")
    assert result.err.count("\n") == 1

    copy.run(MONEV_PYTHON="/nonexistent/python").failed("MONEV_PYTHON menunjuk ke /nonexistent/python")


@posix
@pytest.mark.parametrize(
    ("args", "env", "words"),
    [
        ([], {}, "tidak ditemukan"),
        (["--lang", "en", "buat"], {}, "was not found"),
        (["buat", "--lang=en"], {}, "was not found"),
        (["--lang"], {"MONEV_LANG": "en"}, "was not found"),
        (["--lang", "id"], {"MONEV_LANG": "en"}, "tidak ditemukan"),
    ],
)
def test_without_python(copy: Copy, args: list[str], env: dict[str, str], words: str) -> None:
    sh = shutil.which("sh")
    assert sh is not None
    copy.bin.joinpath("python3.14").unlink()
    result = copy.run(command=[sh, str(copy.launcher), *args], PATH=str(copy.bin), **env)
    result.failed(words)
    assert result.err.count("\n") == 1


@posix
def test_without_lock_file_and_in_english(copy: Copy) -> None:
    (copy.folder / "requirements.lock").unlink()
    result = copy.run("--lang", "en", "buat")
    result.failed("Set-up failed: ", str(copy.folder / "requirements.lock"))
    assert result.err.count("\n") == 1


@posix
def test_what_only_tests_need_is_added_once(copy: Copy) -> None:
    (copy.folder / "lib" / "monev" / "__main__.py").write_text(
        "import subprocess, sys; sys.exit(subprocess.call([sys.executable, *sys.argv[1:]]))", encoding="utf-8"
    )
    copy.fake_uv(f'install; echo "$*" >>"{copy.folder}/panggilan"')
    more = ["lib/monev_bootstrap.py", "--tests", str(copy.folder)]
    copy.lock("alat==1\n", "requirements-test.lock")
    first = copy.run(*more, cwd=copy.folder)
    assert (first.code, first.last) == (0, "monev: Menambahkan alat uji ke .venv ...")
    assert (copy.run(*more, cwd=copy.folder).code, copy.run(*more, cwd=copy.folder).err) == (0, "")

    copy.lock("alat==2\n", "requirements-test.lock")
    copy.fake_uv("echo disk quota exceeded; exit 1")
    failed = copy.run(*more, MONEV_LANG="en", cwd=copy.folder)
    failed.failed("packages of requirements-test.lock could not be installed", "the disk")
    assert "disk quota exceeded\n" in failed.err
    copy.lock("alat==1\n", "requirements-test.lock")  # of which, by now, who knows what is left
    copy.fake_uv(f'echo "$*" >>"{copy.folder}/panggilan"')
    assert copy.run(*more, cwd=copy.folder).code == 0
    calls = (copy.folder / "panggilan").read_text(encoding="utf-8").splitlines()
    locks = [call.split("--requirements ")[1].split()[0] for call in calls]
    assert locks == ["requirements.lock", *["requirements-test.lock"] * 2]
    assert all(f"--python {copy.venv}/bin/python --require-hashes" in call for call in calls)


@posix
def test_monev_test_says_what_a_python_of_ones_own_lacks(
    copy: Copy, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    bare = copy.folder.parent / "polos"
    subprocess.run([BASE_PYTHON, "-I", "-m", "venv", "--without-pip", str(bare)], check=True)
    monkeypatch.setattr(sys, "executable", str(bare / "bin" / "python"))
    assert main(["--lang", "en", "test", "--version"]) == bootstrap.EXIT_SETUP
    out, err = capfd.readouterr()
    assert out == ""
    assert f"lacks {', '.join(bootstrap.NEEDED_BY_TESTS)}." in err


def test_warm_start_for_windows_says_when_it_cannot(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "lib" / "monev_bootstrap.py"), "--warm", str(tmp_path), "buat"]
    result = subprocess.run(command, capture_output=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (bootstrap.EXIT_NOT_READY, b"", b"")
    text = (ROOT / "monev.cmd").read_bytes()
    assert f'"%ERRORLEVEL%"=="{bootstrap.EXIT_NOT_READY}" goto cold'.encode() in text
    assert text.count(b"\n") == text.count(b"\r\n") > 10


# --- pure functions ---------------------------------------------------------------------------


def test_texts_are_complete_in_both_languages() -> None:
    for key, texts in bootstrap.TEXTS.items():
        indonesian, english = ([field for _, field, _, _ in string.Formatter().parse(text) if field] for text in texts)
        assert sorted(indonesian) == sorted(english), key
        assert texts[0] != texts[1]


@pytest.mark.parametrize(
    ("args", "env", "lang"),
    [
        ([], {}, 0),
        ([], {"MONEV_LANG": "EN_us"}, 1),
        (["--lang", "en", "buat"], {}, 1),
        (["-v", "--lang=en", "buat"], {}, 1),
        (["--lang", "id"], {"MONEV_LANG": "en"}, 0),
        (["buat", "a--lang", "en"], {}, 0),
        (["--lang"], {"MONEV_LANG": "en"}, 1),
    ],
)
def test_language(args: list[str], env: dict[str, str], lang: int) -> None:
    assert bootstrap.language(args, env) == lang


def test_a_folder_whose_name_is_too_long_for_windows_is_refused() -> None:
    most = bootstrap.LONGEST_PATH - bootstrap.LONGEST_IN_VENV
    bootstrap.check_path(Path("/" + "a" * (most - 1)), windows=True)
    with pytest.raises(bootstrap.SetupError) as caught:
        bootstrap.check_path(Path("/" + "a" * most), windows=True)
    assert (caught.value.key, caught.value.values) == ("too-long", {"length": most + 1, "most": most})
    bootstrap.check_path(Path("/" + "a" * most), windows=False)


def test_the_path_is_looked_at_before_anything_is_made(
    copy: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "LONGEST_PATH", bootstrap.LONGEST_IN_VENV)
    monkeypatch.setattr(bootstrap, "check_path", partial(bootstrap.check_path, windows=True))
    before = sorted(copy.folder.rglob("*"))
    assert bootstrap.see_to("", copy.folder, lang=1) == bootstrap.EXIT_SETUP
    assert "too long for Windows" in capsys.readouterr().err
    assert sorted(copy.folder.rglob("*")) == before


def test_pip_settings_are_the_strongest_of_each() -> None:
    listing = (
        ":env:.index-url='http://env/'\n"
        "install.find-links='/a /b'\n"
        "global.index-url='http://file/'\n"
        "global.extra-index-url='\\nhttp://x/\\nhttp://y/'\n"
        "global.find-links='/c'\n"
        "wheel.cert='/e'\n"
    )
    found = bootstrap.pip_settings(listing, {"PIP_INDEX_URL": "http://env/", "PIP_CERT": "", "PATH": "/bin"})
    assert found == {
        "index-url": "http://env/",
        "find-links": "/a /b",
        "extra-index-url": "\nhttp://x/\nhttp://y/",
    }


def test_pip_settings_are_handed_to_uv_under_its_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roda").mkdir()
    settings = {
        "index-url": "http://i/",
        "extra-index-url": "\nhttp://x/\nhttp://y/",
        "find-links": "roda tidak-ada http://z/",
        "trusted-host": "i x",
        "cert": "/sertifikat.pem",
        "client-cert": "/klien.pem",
        "proxy": "http://p:8080",
        "timeout": "9",
        "target": "/lain",
    }
    assert bootstrap.uv_environment(settings, {"PATH": "/bin", "UV_HTTP_TIMEOUT": "5"}) == {
        "UV_DEFAULT_INDEX": "http://i/",
        "UV_EXTRA_INDEX_URL": "http://x/ http://y/",
        "UV_FIND_LINKS": f"{tmp_path / 'roda'},http://z/",
        "UV_INSECURE_HOST": "i x",
        "SSL_CERT_FILE": "/sertifikat.pem",
        "SSL_CLIENT_CERT": "/klien.pem",
        "ALL_PROXY": "http://p:8080",
        "UV_HTTP_TIMEOUT": "5",  # uv's own goes first
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_SYSTEM_CERTS": "1",
        "UV_NATIVE_TLS": "1",
        "PATH": "/bin",
    }


@posix
def test_what_uv_says_stands_above_the_message_and_pip_is_not_tried_instead(copy: Copy) -> None:
    copy.fake_uv("echo ini keluaran uv; exit 2")
    result = copy.run("--lang=en")
    result.failed("packages of requirements.lock could not be installed", "the cause stands above")
    assert "ini keluaran uv\n" in result.err
    assert not copy.stamp.exists()


def test_without_pip_and_without_uv(
    copy: Copy, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap.SetUp, "find_pip", lambda self: ([], ""))
    monkeypatch.setenv("PATH", os.defpath if shutil.which("uv", path=os.defpath) is None else "")
    assert bootstrap.see_to("", copy.folder, lang=0) == bootstrap.EXIT_SETUP
    assert "Python ini tidak membawa pip. Pasang uv" in capfd.readouterr().err
    assert not copy.stamp.exists()
