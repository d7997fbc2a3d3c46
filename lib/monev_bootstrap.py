"""Make this repository's Python environment from requirements.lock, then start monev in it.

The launchers (``monev`` for POSIX shells, ``monev.cmd`` for Windows) run this file with whatever Python they find, so
it uses the standard library only. Once ``.venv`` fits, ``monev`` starts ``.venv/bin/python`` without reading it::

    monev_bootstrap.py ROOT [ARGS...]             make .venv if needed, then start monev in it
    monev_bootstrap.py --warm ROOT [ARGS...]      (.venv's Python, on Windows) start monev here; 97 if .venv is unfit
    monev_bootstrap.py --in-place ROOT [ARGS...]  (MONEV_PYTHON) start monev here, if this Python has what it takes
    monev_bootstrap.py --tests ROOT               (monev test) add what requirements-test.lock has besides

uv does the installing, and tells how far it is and what it lacks: the one on PATH, or the one that the lock pins, put
into ``.venv`` by pip; where no uv runs, pip installs everything. ``.venv`` fits when ``.venv/monev-stamp`` names this
folder and ``.venv/monev-lock`` equals the lock. The stamp goes first and comes last, so what was interrupted is made
anew. ``.venv.lock`` is held meanwhile.

Environment variables:

``MONEV_PYTHON``     a Python to use as it is, instead of ``.venv`` (conda: see environment.yml)
``MONEV_LANG``       ``en`` for messages in English, as ``--lang en``
``MONEV_INSTALLER``  ``pip``: do not use uv
``PIP_*``            settings of pip; like those in its files, they hold for uv too (index, certificate, proxy, ...)
``UV_*``             settings of uv, which go before those of pip
"""

from __future__ import annotations

import ast
import contextlib
import errno
import glob
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

MINIMUM = (3, 11)
EXIT_SETUP, EXIT_NOT_READY, EXIT_INTERRUPTED = 3, 97, 130
WINDOWS = os.name == "nt"
LONGEST_PATH, LONGEST_IN_VENV = 259, 140  # letters: what Windows allows; what tests/unit/test_environment.py measures
# What a report cannot do without: imported once after a set-up, which compiles it too; looked for in MONEV_PYTHON.
NEEDED = (
    *("click", "docx", "ipykernel", "matplotlib", "nbconvert", "openpyxl", "pandas", "papermill"),
    *("pydantic", "pypandoc", "pypdfium2", "rich", "typst", "xlsxwriter", "yaml"),
)
NEEDED_BY_TESTS = ("hypothesis", "mypy", "pytest", "ruff", "xdist")

# What the user is told: in Indonesian, in English.
TEXTS = {
    "start": ("Menyiapkan lingkungan Python di .venv ...", "Setting up the Python environment in .venv ..."),
    "tests": ("Menambahkan alat uji ke .venv ...", "Adding the tools for tests to .venv ..."),
    "ready": ("Lingkungan siap ({seconds:.0f} detik).", "The environment is ready ({seconds:.0f} s)."),
    "wait": ("Menunggu penyiapan lain di folder ini ...", "Waiting for another set-up in this folder ..."),
    "interrupted": (
        "Penyiapan dihentikan; jalankan perintah yang sama untuk mengulanginya.",
        "Set-up stopped; run the same command to do it again.",
    ),
    "failed": (
        "Penyiapan gagal: {cause}, lalu jalankan perintah yang sama sekali lagi.",
        "Set-up failed: {cause}, then run the same command again.",
    ),
    "install": (
        "paket di {lock} tidak dapat dipasang; sebabnya ada di atas. Periksa sambungan internet, pengaturan proxy dan"
        " indeks pip, ruang diska (1,5 GB), dan sumber paket bila isinya bukan yang tercatat (hash)",
        "packages of {lock} could not be installed; the cause stands above. Check the internet connection, the proxy"
        " and index settings of pip, the disk (1.5 GB), and where packages come from if they are not those recorded"
        " (hash)",
    ),
    "venv": (
        ".venv tidak dapat dibuat atau tidak berjalan. Baca baris di atas dan perbaiki penyebabnya",
        ".venv could not be made or does not run. Read the lines above and remove the cause",
    ),
    "no-pip": (
        "Python ini tidak membawa pip. Pasang uv, atau paket python3-venv (sudo apt install python3-venv)",
        "this Python comes without pip. Install uv, or the package python3-venv (sudo apt install python3-venv)",
    ),
    "file": (
        "{path}: {reason}. Periksa ruang diska, izin folder ini, lengkapnya repositori, dan program yang memakainya",
        "{path}: {reason}. Check the disk, this folder's permissions, that the repository is whole, and what uses it",
    ),
    "too-long": (
        "nama folder ini terlalu panjang untuk Windows ({length} huruf). Pindahkan ke nama paling panjang {most} huruf",
        "the name of this folder is too long for Windows ({length} letters). Move it to a name of at most {most}",
    ),
    "lacks": (
        "{path} belum memiliki {names}. Jalankan conda env update --file environment.yml (atau hapus MONEV_PYTHON)",
        "{path} lacks {names}. Run conda env update --file environment.yml (or unset MONEV_PYTHON)",
    ),
}
# pip's settings under uv's names, which does not read them.
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_EXTRA_INDEX_URL",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "proxy": "ALL_PROXY",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
}
# What would have pip put packages elsewhere than into .venv, or ask.
ELSEWHERE = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON")
PIP_OVERRULED = {"PIP_USER": "0", "PIP_NO_INPUT": "1", **dict.fromkeys(ELSEWHERE, "")}
UV_PIN = re.compile(rb"^uv==.*\n(?: .*\n)*", re.MULTILINE)  # uv's own entry in a lock


class SetupError(Exception):
    """Set-up cannot go on; the key and values of the text that says why."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def language(args: Sequence[str], env: Mapping[str, str]) -> int:
    """Return which of a text's two to tell: 1 (English) by ``--lang``, else by MONEV_LANG, else 0."""
    asked = re.search(r"(?:^|\n)--lang[=\n](.*)", "\n".join(args))
    return int((asked[1] if asked else env.get("MONEV_LANG", "")).strip().lower().startswith("en"))


def say(lang: int, key: str, **values: object) -> None:
    """Tell the user one of the texts; a terminal that is gone is no reason to stop."""
    with contextlib.suppress(OSError, ValueError):
        print("monev:", TEXTS[key][lang].format(**values), file=sys.stderr, flush=True)


def venv_python(root: Path) -> Path:
    """Return the path of the Python inside ``.venv``."""
    return root / ".venv" / ("Scripts/python.exe" if WINDOWS else "bin/python")


def stamp_of(root: Path) -> bytes:
    """Return what ``.venv/monev-stamp`` says in this folder; the POSIX launcher compares it."""
    return os.fsencode(f"root={root}\n")


def holds(path: Path, data: bytes) -> bool:
    """Tell whether a file is there and holds just this."""
    return path.is_file() and path.read_bytes() == data


def fits(root: Path) -> bool:
    """Tell whether ``.venv`` is whole and made in this folder, from this lock, with a Python that is still there."""
    whole = holds(root / ".venv/monev-lock", (root / "requirements.lock").read_bytes())
    return whole and holds(root / ".venv/monev-stamp", stamp_of(root)) and os.access(venv_python(root), os.X_OK)


def check_path(root: Path, windows: bool = WINDOWS) -> None:
    """Raise SetupError where Windows could not write the longest path of ``.venv`` (unless it was set to do so)."""
    if sys.platform == "win32":
        import winreg

        with contextlib.suppress(OSError):
            key = winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SYSTEM\CurrentControlSet\Control\FileSystem")
            windows = winreg.QueryValueEx(key, "LongPathsEnabled")[0] != 1
    length, most = len(str(root)), LONGEST_PATH - LONGEST_IN_VENV
    if windows and length > most:
        raise SetupError("too-long", length=length, most=most)


def check_python(*modules: str) -> None:
    """Raise SetupError unless this Python is new enough and has what is needed."""
    lacking = [module for module in modules if importlib.util.find_spec(module) is None]
    if sys.version_info < MINIMUM:
        lacking = ["Python >= {}.{}".format(*MINIMUM)]
    if lacking:
        raise SetupError("lacks", names=", ".join(lacking), path=sys.executable)


def pip_settings(listing: str, env: Mapping[str, str]) -> dict[str, str]:
    """Return pip's settings from what ``pip config list`` says and from PIP_*, the strongest of each."""
    found = {}
    for scope in ("global.", "install."):
        lines = [line.partition("=") for line in listing.splitlines() if line.startswith(scope)]
        found.update({name.removeprefix(scope): str(ast.literal_eval(value)) for name, _, value in lines})
    given = {name: value for name, value in env.items() if name.startswith("PIP_") and value}
    return found | {name.removeprefix("PIP_").lower().replace("_", "-"): value for name, value in given.items()}


def uv_environment(settings: Mapping[str, str], env: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for uv: pip's settings under uv's names, where uv has none of its own."""
    given = {UV_NAMES[name]: " ".join(value.split()) for name, value in settings.items() if name in UV_NAMES}
    if "UV_FIND_LINKS" in given:  # pip passes over folders that are not there
        links = [link if "://" in link else os.path.abspath(link) for link in given["UV_FIND_LINKS"].split()]
        given["UV_FIND_LINKS"] = ",".join(link for link in links if "://" in link or os.path.exists(link))
    # pip takes a package from whichever index has it (the hashes make that safe), and trusts whom the system trusts.
    as_pip = {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}
    return given | as_pip | dict(env)


def locked(file: int) -> bool:
    """Lock a file, unless another process has; a file system that cannot lock lets everybody through."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
    return True


@contextlib.contextmanager
def one_at_a_time(root: Path, lang: int) -> Iterator[int]:
    """Hold ``.venv.lock``, whose number is given; who comes second waits and is told so."""
    with open(root / ".venv.lock", "ab") as file:
        if not locked(file.fileno()):
            say(lang, "wait")
            while not locked(file.fileno()):
                time.sleep(0.2)
        yield file.fileno()


class SetUp:
    """What it takes to put packages into ``.venv``, with its lock held."""

    def __init__(self, root: Path, lang: int, lock_fd: int) -> None:
        self.root, self.lang, self.lock_fd = root, lang, lock_fd
        self.venv, self.python = root / ".venv", venv_python(root)
        # The real file, not a name such as python3 that may stand for another version tomorrow.
        self.base = os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)

    def make(self) -> None:
        """Make ``.venv``; the stamp goes first and comes last."""
        begin = time.monotonic()
        say(self.lang, "start")
        if self.venv.is_dir():
            (self.venv / "monev-stamp").unlink(missing_ok=True)
        if not self.run(self.base, "-I", "-m", "venv", "--clear", "--without-pip", str(self.venv)):
            raise SetupError("venv")
        packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(self.venv)}))
        # Relative, so plain ASCII, whatever the folder is called.
        (packages / "monev.pth").write_text(os.path.relpath(self.root / "lib", packages) + "\n", encoding="ascii")
        lock = self.install("requirements.lock")
        try_all = f"import sys; sys.tracebacklimit = 0; import monev, {', '.join(NEEDED)}"
        if not self.run(str(self.python), "-P", "-c", try_all):
            raise SetupError("venv")
        (self.venv / "monev-lock").write_bytes(lock)
        if hasattr(os, "sync"):
            os.sync()  # after a power cut, too, the stamp is there only with everything else
        (self.venv / "monev-stamp").write_bytes(stamp_of(self.root))
        say(self.lang, "ready", seconds=time.monotonic() - begin)

    def add_tests(self) -> None:
        """Install what requirements-test.lock has besides, unless that was done."""
        done = self.venv / "monev-test-lock"
        if not holds(done, (self.root / "requirements-test.lock").read_bytes()):
            say(self.lang, "tests")
            done.unlink(missing_ok=True)
            done.write_bytes(self.install("requirements-test.lock"))

    def install(self, name: str) -> bytes:
        """Install what a lock says, by uv or else by pip; return the lock."""
        lock = (self.root / name).read_bytes()
        pip, listing = self.find_pip()
        uv = None if os.environ.get("MONEV_INSTALLER", "").lower() == "pip" else self.find_uv(lock, pip)
        settings = pip_settings(listing, os.environ)
        options = ["--python", str(self.python), "--require-hashes", "--no-deps", "--requirements", name]
        if settings.get("no-index", "").lower() in ("1", "true", "yes", "on"):  # the one that uv has no variable for
            options.append("--no-index")
        good = self.run(uv, "pip", "install", *options, env=uv_environment(settings, os.environ)) if uv else None
        if good is None:
            good = self.install_by_pip(pip, UV_PIN.sub(b"", lock))
        if not good:
            raise SetupError("install", lock=name)
        return lock

    def find_uv(self, lock: bytes, pip: Sequence[str]) -> str | None:
        """Return uv from PATH, or the one in ``.venv``, put there by pip; None where there is none for this machine."""
        pin, beside = UV_PIN.search(lock), str(self.python.parent)
        found = shutil.which("uv") or shutil.which("uv", path=beside)
        if pin and not found:
            self.install_by_pip(pip, pin[0])
        return found or shutil.which("uv", path=beside)

    def find_pip(self) -> tuple[list[str], str]:
        """Return the command for a pip that runs (this Python's, or the wheel it brings), and the settings it tells."""
        folders = (sysconfig.get_config_var("WHEEL_PKG_DIR"), sysconfig.get_path("stdlib") + "/ensurepip/_bundled")
        wheels = [wheel for folder in folders if folder for wheel in glob.glob(f"{folder}/pip-*.whl")]
        for pip in (["-m", "pip"], *([f"{wheel}/pip"] for wheel in wheels)):
            command = [self.base, "-I", *pip]
            told = subprocess.run([*command, "config", "list"], stdin=subprocess.DEVNULL, capture_output=True)
            if told.returncode == 0:
                return [*command, "--python", str(self.python)], told.stdout.decode(errors="replace")
        return [], ""

    def install_by_pip(self, pip: Sequence[str], pins: bytes) -> bool | None:
        """Install pins of a lock by pip; tell whether that went well."""
        if not pip:
            raise SetupError("no-pip")
        file = self.venv / "monev-pins"
        file.write_bytes(pins)
        options = ("--require-hashes", "--no-deps", "--no-compile", "--requirement", str(file))
        return self.run(*pip, "install", *options, env={**os.environ, **PIP_OVERRULED})

    def run(self, *command: str, env: Mapping[str, str] | None = None) -> bool | None:
        """Run a command, which shows on stderr how far it is; tell whether it went well, None if it does not start."""
        # It has the lock as well: where this process is killed, the next one waits for it.
        held = () if WINDOWS else (self.lock_fd,)
        try:
            done = subprocess.run(command, env=env, cwd=self.root, stdin=subprocess.DEVNULL, stdout=2, pass_fds=held)
        except OSError:  # as a program for another machine
            return None
        return done.returncode == 0


def see_to(mode: str, root: Path, lang: int) -> int:
    """Make, complete or check an environment; put what stands in the way into words. Return 0 when all is well."""
    try:
        if mode == "--in-place":
            check_python(*NEEDED)
        elif mode == "--tests" and Path(sys.prefix).resolve() != (root / ".venv").resolve():
            check_python(*NEEDED_BY_TESTS)
        elif mode == "--tests" or not fits(root):
            check_path(root)
            with one_at_a_time(root, lang) as held:
                set_up = SetUp(root, lang, held)
                if mode == "--tests":
                    set_up.add_tests()
                elif not fits(root):  # another set-up may have done it meanwhile
                    set_up.make()
        return 0
    except KeyboardInterrupt:
        say(lang, "interrupted")
        return EXIT_INTERRUPTED
    except OSError as error:
        failure = SetupError("file", path=error.filename, reason=error.strerror)
    except SetupError as error:
        failure = error
    say(lang, "failed", cause=TEXTS[failure.key][lang].format(**failure.values))
    return EXIT_SETUP


def start(root: Path, args: Sequence[str]) -> int:
    """Start monev in ``.venv``, in place of this process where the system can do that."""
    command = [str(venv_python(root)), "-I", "-m", "monev", *args]
    if not WINDOWS:
        os.execv(command[0], command)
    process = subprocess.Popen(command)
    while True:
        with contextlib.suppress(KeyboardInterrupt):  # monev got the Ctrl-C too, and says what there is to say
            return process.wait()


def start_here(root: Path, args: Sequence[str]) -> int:
    """Start monev in this process."""
    import runpy

    sys.path[:] = [str(root / "lib"), *(entry for entry in sys.path if entry not in ("", str(root / "lib")))]
    sys.argv = ["monev", *args]
    runpy.run_module("monev", run_name="__main__", alter_sys=True)
    return 0


def main(argv: list[str]) -> int:
    """Do what the launcher asked for; return the exit code."""
    mode = argv.pop(0) if argv[0].startswith("--") else ""
    root, args = Path(os.path.abspath(argv[0])), argv[1:]
    if mode == "--warm":
        with contextlib.suppress(OSError):
            if fits(root):
                return start_here(root, args)
        return EXIT_NOT_READY
    code = see_to(mode, root, language(args, os.environ))
    if code or mode == "--tests":
        return code
    if mode == "--in-place":
        os.environ["PYTHONPATH"] = str(root / "lib")  # for the notebooks' kernels
        return start_here(root, args)
    return start(root, args)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
