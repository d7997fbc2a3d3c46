"""Make the Python environment of this repository from requirements.lock, then start monev in it.

The launchers (``monev`` for POSIX shells, ``monev.cmd`` for Windows) run this file with whatever
Python they find; it therefore uses the standard library only. Once ``.venv`` is there and fits,
the POSIX launcher starts ``.venv/bin/python -P -m monev`` by itself and this file is not read.

Three ways to be called, always with the repository folder as the first operand::

    monev_bootstrap.py ROOT [ARGS...]             make .venv if needed, then start monev in it
    monev_bootstrap.py --warm ROOT [ARGS...]      (run by .venv's Python, on Windows) start monev in
                                                  this process, or exit 97 if .venv does not fit
    monev_bootstrap.py --in-place ROOT [ARGS...]  (MONEV_PYTHON, e.g. conda) start monev in this
                                                  process, with whatever this Python has installed

What says that ``.venv`` fits is ``.venv/monev-stamp``: the repository folder (a moved or copied
folder gets a new environment), the SHA-256 of the lock and the Python version. The stamp is removed
before anything is changed and is written last, so that an interrupted set-up is simply redone.
``.venv/monev-lock`` is a copy of the lock for the launcher's ``cmp``. ``.venv.lock`` keeps two
set-ups from running at once.

Environment variables:

``MONEV_PYTHON``
    A Python to use as it is, instead of ``.venv`` (conda: see environment.yml).
``MONEV_LANG``
    ``en`` for messages in English; ``--lang en`` before the command does the same.
``MONEV_INSTALLER``
    ``pip`` or ``uv``; otherwise uv where it is installed, and pip where it is not or where uv fails.
``PIP_*``
    pip's own settings (index, find-links, proxy, certificate, ...) are respected, and the usual ones
    are passed on to uv as well.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # the typing module itself is not needed, nor the time to load it
    from collections.abc import Callable, Mapping

MINIMUM = (3, 11)
EXIT_SETUP = 3
EXIT_NOT_READY = 97
EXIT_INTERRUPTED = 130
TAIL_LINES = 15
WINDOWS = os.name == "nt"

# What a report cannot do without: package in the lock -> module. Imported once at the end of a set-up
# (which also compiles them, so that the first report does not have to), looked for in MONEV_PYTHON.
NEEDED = {
    "ipykernel": "ipykernel",
    "matplotlib": "matplotlib",
    "nbconvert": "nbconvert",
    "openpyxl": "openpyxl",
    "pandas": "pandas",
    "papermill": "papermill",
    "pydantic": "pydantic",
    "pypandoc-binary": "pypandoc",
    "pypdfium2": "pypdfium2",
    "pyyaml": "yaml",
    "rich": "rich",
    "typst": "typst",
    "xlsxwriter": "xlsxwriter",
}

TEXTS = {
    "id": {
        "start": "Menyiapkan lingkungan Python di .venv ({why}).",
        "why-missing": "pemakaian pertama",
        "why-unfinished": "penyiapan sebelumnya tidak selesai",
        "why-moved": "folder ini dipindahkan atau disalin",
        "why-lock": "requirements.lock berubah",
        "why-python": "Python yang dipakainya sudah tidak ada",
        "make": "[1/3] Membuat .venv dengan Python {version} ...",
        "install": "[2/3] Memasang {count} paket dengan {tool}; ini dapat memakan beberapa menit ...",
        "progress": "      {done} dari {count} paket diunduh",
        "unpack": "      memasang paket yang telah diunduh ...",
        "uv-failed": "      uv gagal; mencoba lagi dengan pip ...",
        "check": "[3/3] Memeriksa hasilnya ...",
        "ready": "Lingkungan siap ({seconds:.0f} detik).",
        "wait": "Penyiapan lain sedang berjalan di folder ini; menunggu sampai selesai ...",
        "tail": "Baris terakhir keluaran {tool}:",
        "interrupted": "Penyiapan dihentikan; jalankan perintah yang sama untuk mengulanginya.",
        "fail-network": (
            "Penyiapan gagal: {tool} tidak dapat memasang paket. Periksa sambungan internet (atau pengaturan "
            "proxy dan indeks pip), lalu jalankan perintah yang sama sekali lagi."
        ),
        "fail-disk": (
            "Penyiapan gagal karena diska penuh. Kosongkan sekitar 1,5 GB, "
            "lalu jalankan perintah yang sama sekali lagi."
        ),
        "fail-hash": (
            "Penyiapan gagal: berkas paket yang diunduh tidak sama dengan yang tercatat di "
            "requirements.lock. Periksa sumber paket (cermin, proxy), "
            "lalu jalankan perintah yang sama sekali lagi."
        ),
        "fail-venv": (
            "Penyiapan gagal: .venv tidak dapat dibuat. Baca baris di atas, perbaiki penyebabnya, "
            "lalu jalankan perintah yang sama sekali lagi."
        ),
        "fail-check": (
            "Penyiapan gagal: .venv sudah dibuat tetapi Python di dalamnya tidak berjalan. "
            "Hapus folder .venv, lalu jalankan perintah yang sama sekali lagi."
        ),
        "fail-no-pip": (
            "Penyiapan gagal: Python ini tidak membawa pip. Pasang paket python3-venv (Debian/Ubuntu: "
            "sudo apt install python3-venv) atau uv, lalu jalankan perintah yang sama sekali lagi."
        ),
        "fail-no-uv": (
            "Penyiapan gagal: MONEV_INSTALLER=uv, tetapi uv tidak ditemukan. "
            "Pasang uv atau hapus MONEV_INSTALLER, lalu jalankan perintah yang sama sekali lagi."
        ),
        "fail-file": (
            "Penyiapan gagal: {path} tidak dapat ditulis atau dihapus ({reason}). Tutup program yang "
            "memakainya dan periksa izin folder ini, lalu jalankan perintah yang sama sekali lagi."
        ),
        "fail-no-lock": (
            "Penyiapan gagal: {path} tidak dapat dibaca. Ambil lagi salinan lengkap repositori ini, "
            "lalu jalankan perintah yang sama sekali lagi."
        ),
        "fail-newline": (
            "Penyiapan gagal: nama folder ini mengandung pergantian baris. "
            "Pindahkan repositori ke folder lain, lalu jalankan perintah yang sama sekali lagi."
        ),
        "old-python": ("Python {version} ({path}) terlalu lama. Arahkan MONEV_PYTHON ke Python 3.11 atau lebih baru."),
        "lacks": (
            "Python yang ditunjuk MONEV_PYTHON belum memiliki paket {names}. "
            "Jalankan: conda env update --file environment.yml (atau hapus MONEV_PYTHON agar .venv dipakai)."
        ),
    },
    "en": {
        "start": "Setting up the Python environment in .venv ({why}).",
        "why-missing": "first use",
        "why-unfinished": "the last set-up did not finish",
        "why-moved": "this folder was moved or copied",
        "why-lock": "requirements.lock has changed",
        "why-python": "the Python it used is gone",
        "make": "[1/3] Making .venv with Python {version} ...",
        "install": "[2/3] Installing {count} packages with {tool}; this can take some minutes ...",
        "progress": "      {done} of {count} packages downloaded",
        "unpack": "      installing what was downloaded ...",
        "uv-failed": "      uv failed; trying again with pip ...",
        "check": "[3/3] Checking the result ...",
        "ready": "The environment is ready ({seconds:.0f} s).",
        "wait": "Another set-up is running in this folder; waiting for it ...",
        "tail": "Last lines of the output of {tool}:",
        "interrupted": "Set-up stopped; run the same command to do it again.",
        "fail-network": (
            "Set-up failed: {tool} could not install the packages. Check the internet connection (or the "
            "proxy and index settings of pip), then run the same command again."
        ),
        "fail-disk": "Set-up failed: the disk is full. Free about 1.5 GB, then run the same command again.",
        "fail-hash": (
            "Set-up failed: a downloaded package is not the one recorded in requirements.lock. "
            "Check where packages come from (mirror, proxy), then run the same command again."
        ),
        "fail-venv": (
            "Set-up failed: .venv could not be made. Read the lines above, remove the cause, "
            "then run the same command again."
        ),
        "fail-check": (
            "Set-up failed: .venv was made but its Python does not run. "
            "Delete the folder .venv, then run the same command again."
        ),
        "fail-no-pip": (
            "Set-up failed: this Python comes without pip. Install the package python3-venv (Debian/Ubuntu: "
            "sudo apt install python3-venv) or uv, then run the same command again."
        ),
        "fail-no-uv": (
            "Set-up failed: MONEV_INSTALLER=uv, but uv was not found. "
            "Install uv or unset MONEV_INSTALLER, then run the same command again."
        ),
        "fail-file": (
            "Set-up failed: {path} cannot be written or removed ({reason}). Close the programs that use it "
            "and check the permissions of this folder, then run the same command again."
        ),
        "fail-no-lock": (
            "Set-up failed: {path} cannot be read. Get a complete copy of this repository, "
            "then run the same command again."
        ),
        "fail-newline": (
            "Set-up failed: the name of this folder contains a line break. "
            "Move the repository to another folder, then run the same command again."
        ),
        "old-python": ("Python {version} ({path}) is too old. Point MONEV_PYTHON at a Python 3.11 or newer."),
        "lacks": (
            "The Python in MONEV_PYTHON lacks the packages {names}. "
            "Run: conda env update --file environment.yml (or unset MONEV_PYTHON to use .venv)."
        ),
    },
}


class SetupError(Exception):
    """Set-up cannot go on; ``key`` and ``values`` name the sentence for the user."""

    def __init__(self, key: str, tool: str = "", tail: list[str] | None = None, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.tool = tool
        self.tail = tail or []
        self.values = values


class InterruptedSetUpError(Exception):
    """The user (Ctrl-C) or the system (SIGTERM, SIGHUP) stopped the set-up."""


# --- what the user is told --------------------------------------------------------------------


def language(args: list[str], env: Mapping[str, str]) -> str:
    """Return ``"en"`` or ``"id"``: ``--lang`` before the command, else MONEV_LANG, else Indonesian."""
    code = env.get("MONEV_LANG", "")
    rest = iter(args)
    for arg in rest:
        if arg == "--lang":
            code = next(rest, code)
        elif arg.startswith("--lang="):
            code = arg[len("--lang=") :]
        elif not arg.startswith("-"):
            break
    return "en" if code.strip().lower().startswith("en") else "id"


def say(lang: str, key: str, **values: object) -> None:
    """Write one line to stderr; a terminal that cannot show a letter or is gone is no reason to stop."""
    tell("monev: " + TEXTS[lang][key].format(**values))


def tell(line: str) -> None:
    """Write a line as it is to stderr."""
    try:
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write(line.encode(encoding, "replace").decode(encoding) + "\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        pass


# --- does .venv fit? --------------------------------------------------------------------------


def venv_python(root: str) -> str:
    """Return the path of the Python inside ``.venv``."""
    if WINDOWS:
        return os.path.join(root, ".venv", "Scripts", "python.exe")
    return os.path.join(root, ".venv", "bin", "python")


def read_lock(root: str) -> bytes:
    """Return the contents of requirements.lock."""
    path = os.path.join(root, "requirements.lock")
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise SetupError("fail-no-lock", path=path) from error


def locked_names(lock: bytes) -> list[str]:
    """Return the packages a lock names (for every platform: a few more than get installed on one)."""
    lines = lock.decode("utf-8", "replace").splitlines()
    return sorted({line.partition("==")[0].strip().lower() for line in lines if line[:1].isalnum()})


def stamp_text(root: str, lock: bytes, version: str) -> str:
    """Return what the stamp says; the POSIX launcher compares the first line."""
    import hashlib

    return f"root={root}\nlock-sha256={hashlib.sha256(lock).hexdigest()}\npython={version}\n"


def read_stamp(root: str) -> dict[str, str]:
    """Return the stamp's entries; empty when there is none."""
    try:
        with open(os.path.join(root, ".venv", "monev-stamp"), "rb") as file:
            text = os.fsdecode(file.read())
    except OSError:
        return {}
    return dict(line.partition("=")[::2] for line in text.splitlines() if "=" in line)


def why_set_up(root: str, lock: bytes) -> str:
    """Return why ``.venv`` has to be (re)made, as the end of a text key, or ``""`` if it fits."""
    import hashlib

    stamp = read_stamp(root)
    if not stamp:
        return "unfinished" if os.path.lexists(os.path.join(root, ".venv")) else "missing"
    if stamp.get("root") != root:
        return "moved"
    if stamp.get("lock-sha256") != hashlib.sha256(lock).hexdigest():
        return "lock"
    if not os.access(venv_python(root), os.X_OK) or not stamp.get("python"):
        return "python"
    return ""


# --- one set-up at a time ---------------------------------------------------------------------


class OneAtATime:
    """Hold ``.venv.lock``; who comes second waits and is told so.

    On POSIX the descriptor is handed to pip and uv too (see :func:`run`), so that the lock lasts
    until they have ended even when this process was killed.
    """

    def __init__(self, root: str, lang: str) -> None:
        self.path = os.path.join(root, ".venv.lock")
        self.lang = lang
        self.fd = -1

    def __enter__(self) -> OneAtATime:
        import time

        try:
            self.fd = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
        except OSError as error:
            raise file_trouble(error, self.path) from error
        told = False
        while not self.take():
            if not told:
                say(self.lang, "wait")
                told = True
            time.sleep(0.2)
        return self

    def take(self) -> bool:
        """Try to take the lock without waiting. A file system without locks counts as taken."""
        import errno

        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(self.fd, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
        return True

    def __exit__(self, *unused: object) -> None:
        os.close(self.fd)  # which also gives the lock back


# --- the set-up -------------------------------------------------------------------------------


def file_trouble(error: OSError, path: str) -> SetupError:
    """Put an error of the file system into words."""
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return SetupError("fail-disk")
    return SetupError("fail-file", path=path, reason=error.strerror or type(error).__name__)


def why_installing_failed(output: list[str]) -> str:
    """Choose the sentence for the user from what pip or uv wrote."""
    text = "\n".join(output).lower()
    if "no space left" in text or "disk quota" in text or "not enough space" in text:
        return "fail-disk"
    if "do not match the hashes" in text or "hash mismatch" in text:
        return "fail-hash"
    return "fail-network"


def writable_or_creatable(path: str) -> bool:
    """Tell whether a folder can be written, or made where it does not exist yet."""
    if not os.path.isabs(path):
        return False
    while not os.path.lexists(path) and os.path.dirname(path) != path:
        path = os.path.dirname(path)
    return os.path.isdir(path) and os.access(path, os.W_OK | os.X_OK)


def cache_is_usable(tool: str, env: Mapping[str, str]) -> bool:
    """Tell whether the tool's cache folder can be used (HOME may be unset, empty or read-only)."""
    named = env.get(f"{tool.upper()}_CACHE_DIR")
    if named:
        return writable_or_creatable(os.path.abspath(named))
    if WINDOWS:
        return True  # under LOCALAPPDATA, not HOME
    home = env.get("HOME", "")
    if not writable_or_creatable(home):
        return False
    return writable_or_creatable(env.get("XDG_CACHE_HOME") or os.path.join(home, ".cache"))


def pip_environment(env: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for pip: the user's settings, less those that lead out of ``.venv``."""
    result = dict(env)
    for name in ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON", "PIP_QUIET", "PIP_DRY_RUN"):
        result.pop(name, None)
    result.update(PIP_USER="0", PIP_NO_INPUT="1", PIP_DISABLE_PIP_VERSION_CHECK="1")
    return result


def uv_environment(env: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for uv: pip's settings under uv's names, where uv has none of its own."""
    result = dict(env)
    for name in ("UV_SYSTEM_PYTHON", "UV_BREAK_SYSTEM_PACKAGES", "UV_TARGET", "UV_PREFIX", "UV_PYTHON"):
        result.pop(name, None)
    if env.get("PIP_INDEX_URL") and not env.get("UV_INDEX_URL"):
        result.setdefault("UV_DEFAULT_INDEX", env["PIP_INDEX_URL"])
    if env.get("PIP_EXTRA_INDEX_URL"):
        result.setdefault("UV_EXTRA_INDEX_URL", " ".join(env["PIP_EXTRA_INDEX_URL"].split()))
    if env.get("PIP_FIND_LINKS"):
        links = [x if "://" in x else os.path.abspath(x) for x in env["PIP_FIND_LINKS"].split()]
        result.setdefault("UV_FIND_LINKS", ",".join(links))
    if env.get("PIP_TRUSTED_HOST"):
        result.setdefault("UV_INSECURE_HOST", " ".join(env["PIP_TRUSTED_HOST"].split()))
    if env.get("PIP_CERT"):
        result.setdefault("SSL_CERT_FILE", env["PIP_CERT"])
    if env.get("PIP_PROXY"):
        result.setdefault("ALL_PROXY", env["PIP_PROXY"])
    timeout = env.get("PIP_TIMEOUT") or env.get("PIP_DEFAULT_TIMEOUT") or ""
    if timeout.isdigit():
        result.setdefault("UV_HTTP_TIMEOUT", timeout)
    # pip takes a package from whichever index has it; the hashes make that safe.
    result.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    result["NO_COLOR"] = "1"
    return result


def run(
    command: list[str],
    env: Mapping[str, str],
    lock_fd: int,
    each_line: Callable[[str], None] | None = None,
    cwd: str | None = None,
) -> tuple[int, list[str]]:
    """Run a command without stdin; return its exit code and the last lines it wrote."""
    import collections
    import subprocess

    tail: collections.deque[str] = collections.deque(maxlen=200)
    try:
        process = subprocess.Popen(
            command,
            env=dict(env),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            pass_fds=() if WINDOWS or lock_fd < 0 else (lock_fd,),
        )
    except OSError as error:
        return 127, [f"{command[0]}: {error.strerror}"]
    assert process.stdout is not None
    try:
        for line in process.stdout:
            line = line.rstrip()
            if line:
                tail.append(line)
                if each_line is not None:
                    each_line(line)
        return process.wait(), list(tail)
    except BaseException:
        process.terminate()
        try:
            process.wait(10)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            process.kill()
        raise


def bundled_pip() -> list[str]:
    """Return the pip wheels that come with this Python, the system's first."""
    import glob
    import importlib.util
    import sysconfig

    folders = [sysconfig.get_config_var("WHEEL_PKG_DIR")]
    spec = importlib.util.find_spec("ensurepip")
    if spec is not None and spec.origin:
        folders.append(os.path.join(os.path.dirname(spec.origin), "_bundled"))
    return [path for folder in folders if folder for path in glob.glob(os.path.join(folder, "pip-*.whl"))]


class SetUp:
    """One set-up of ``.venv``, with the lock held."""

    def __init__(self, root: str, lock: bytes, lang: str, env: Mapping[str, str], lock_fd: int) -> None:
        self.root = root
        self.lock = lock
        self.names = locked_names(lock)
        self.lang = lang
        self.env = {k: v for k, v in env.items() if k not in ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")}
        self.lock_fd = lock_fd
        self.venv = os.path.join(root, ".venv")
        self.lock_path = os.path.join(root, "requirements.lock")
        name = os.path.join("lib", "python{}.{}".format(*sys.version_info[:2]))
        self.packages = os.path.join(self.venv, "Lib" if WINDOWS else name, "site-packages")
        # The real file, not a name such as python3 that may stand for another version tomorrow:
        # when that version goes, .venv/bin/python leads nowhere and is made anew.
        self.base = os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)

    def __call__(self, why: str) -> None:
        """Do it all; the stamp comes last."""
        import time

        begin = time.monotonic()
        say(self.lang, "start", why=TEXTS[self.lang]["why-" + why])
        say(self.lang, "make", version="{}.{}.{}".format(*sys.version_info[:3]))
        self.make()
        self.install()
        say(self.lang, "check")
        self.finish(self.check())
        say(self.lang, "ready", seconds=time.monotonic() - begin)

    def make(self) -> None:
        """Make an empty environment that finds this repository's ``lib``."""
        self.remove()
        code, tail = self.run([self.base, "-I", "-m", "venv", "--without-pip", self.venv])
        if code:
            raise SetupError("fail-venv", tool="venv", tail=tail)
        # A relative path: plain ASCII, whatever the folder is called.
        line = os.path.relpath(os.path.join(self.root, "lib"), self.packages)
        try:
            with open(os.path.join(self.packages, "monev.pth"), "w", encoding="ascii", newline="\n") as file:
                file.write(line + "\n")
        except OSError as error:
            raise file_trouble(error, self.packages) from error

    def remove(self) -> None:
        """Remove ``.venv``, its stamp first."""
        import shutil
        import stat

        def retry(function: Callable[[str], object], path: str, unused: object) -> None:
            os.chmod(path, stat.S_IRWXU)  # Windows keeps read-only files otherwise
            function(path)

        try:
            stamp = os.path.join(self.venv, "monev-stamp")
            if os.path.lexists(stamp):
                os.unlink(stamp)
            if os.path.islink(self.venv) or os.path.isfile(self.venv):
                os.unlink(self.venv)
            elif os.path.lexists(self.venv):
                shutil.rmtree(self.venv, onerror=retry if WINDOWS else None)
        except OSError as error:
            raise file_trouble(error, error.filename or self.venv) from error

    def install(self) -> None:
        """Install what the lock says, with uv or with pip."""
        import shutil

        if not self.names:
            return
        wanted = self.env.get("MONEV_INSTALLER", "").strip().lower()
        uv = None if wanted == "pip" else shutil.which("uv", path=self.env.get("PATH"))
        if uv is None and wanted == "uv":
            raise SetupError("fail-no-uv")
        if uv is not None:
            failure = self.install_with_uv(uv)
            if failure is None:
                return
            if wanted == "uv":
                raise failure
            for line in failure.tail[-3:]:
                tell("  | " + line)
            say(self.lang, "uv-failed")
            self.make()
        self.install_with_pip()

    def install_with_uv(self, uv: str) -> SetupError | None:
        """Install with uv; return the failure, since pip may still manage (it has its own settings)."""
        say(self.lang, "install", count=len(self.names), tool="uv")
        env = uv_environment(self.env)
        command = [uv, "pip", "install", "--python", venv_python(self.root)]
        command += ["--require-hashes", "--no-deps", "--no-progress", "--requirements", self.lock_path]
        if self.env.get("PIP_NO_INDEX", "").lower() in ("1", "true", "yes", "on"):
            command.append("--no-index")
        if not cache_is_usable("uv", env):
            command.append("--no-cache")
        # From the top folder: uv would apply the [tool.uv] settings of whatever project surrounds it.
        code, tail = self.run(command, env, cwd=os.path.abspath(os.sep))
        return SetupError(why_installing_failed(tail), tool="uv", tail=tail) if code else None

    def install_with_pip(self) -> None:
        """Install with the pip that comes with Python."""
        say(self.lang, "install", count=len(self.names), tool="pip")
        env = pip_environment(self.env)
        command = [
            *self.pip(),
            "install",
            "--require-hashes",
            "--no-deps",
            "--no-compile",
            "--progress-bar=off",
        ]
        command += ["--requirement", self.lock_path]
        if not cache_is_usable("pip", env):
            command.append("--no-cache-dir")
        done = 0

        def progress(line: str) -> None:
            nonlocal done
            if line.startswith("Collecting "):
                done += 1
                if done % 25 == 0:
                    say(self.lang, "progress", done=done, count=len(self.names))
            elif line.startswith("Installing collected packages"):
                say(self.lang, "unpack")

        code, tail = self.run(command, env, progress)
        if code:
            raise SetupError(why_installing_failed(tail), tool="pip", tail=tail)

    def pip(self) -> list[str]:
        """Return the command for pip: unpacked into ``.venv``, put there by ensurepip, or the base's own.

        Unpacking the wheel Python carries is what ensurepip does too, but in a tenth of the time.
        """
        import zipfile

        python = venv_python(self.root)
        for wheel in bundled_pip():
            try:
                with zipfile.ZipFile(wheel) as archive:
                    archive.extractall(self.packages)
            except (OSError, zipfile.BadZipFile):
                continue
            return [python, "-I", "-m", "pip"]
        code, tail = self.run([python, "-I", "-m", "ensurepip", "--default-pip"])
        if code == 0:
            return [python, "-I", "-m", "pip"]
        if self.run([self.base, "-I", "-m", "pip", "--version"])[0] == 0:
            return [self.base, "-I", "-m", "pip", "--python", python]
        raise SetupError("fail-no-pip", tool="ensurepip", tail=tail)

    def check(self) -> str:
        """Start the new Python, see that it finds ``lib`` and the packages; return its version."""
        modules = ["monev_bootstrap", *(NEEDED[name] for name in self.names if name in NEEDED)]
        code = f"import platform, {', '.join(modules)}; print('=' + platform.python_version())"
        # Whoever switches compiling off means their own programs; uncompiled, each report takes seconds longer.
        env = {name: value for name, value in self.env.items() if name != "PYTHONDONTWRITEBYTECODE"}
        status, tail = self.run([venv_python(self.root), "-P", "-c", code], env, cwd=self.venv)
        if status or not tail or not tail[-1].startswith("="):
            raise SetupError("fail-check", tool="python", tail=tail[-1:])
        return tail[-1][1:]

    def finish(self, version: str) -> None:
        """Write the copy of the lock and, when everything is on the disk, the stamp."""
        path = os.path.join(self.venv, "monev-stamp")
        try:
            write_synced(os.path.join(self.venv, "monev-lock"), self.lock)
            if hasattr(os, "sync"):
                os.sync()
            write_synced(path + ".new", os.fsencode(stamp_text(self.root, self.lock, version)))
            os.replace(path + ".new", path)
        except OSError as error:
            raise file_trouble(error, path) from error

    def run(
        self,
        command: list[str],
        env: Mapping[str, str] | None = None,
        each_line: Callable[[str], None] | None = None,
        cwd: str | None = None,
    ) -> tuple[int, list[str]]:
        """Run a command as :func:`run` does, in the cleaned environment."""
        return run(command, self.env if env is None else env, self.lock_fd, each_line, cwd)


def write_synced(path: str, data: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


# --- start monev ------------------------------------------------------------------------------


def start(root: str, args: list[str]) -> int:
    """Start monev in ``.venv``, in place of this process where the system can do that."""
    command = [venv_python(root), "-P", "-m", "monev", *args]
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PYTHONPATH")}
    if not WINDOWS:
        os.execve(command[0], command, env)
    import subprocess

    process = subprocess.Popen(command, env=env)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            pass  # monev got the Ctrl-C too, and says what there is to say


def start_here(args: list[str]) -> int:
    """Start monev in this process."""
    import runpy

    sys.argv = ["monev", *args]
    runpy.run_module("monev", run_name="__main__", alter_sys=True)
    return 0


def in_place(root: str, args: list[str], lang: str) -> int:
    """Start monev with the Python of MONEV_PYTHON, once it is clear that it can work."""
    if sys.version_info < MINIMUM:
        version = "{}.{}.{}".format(*sys.version_info[:3])
        say(lang, "old-python", version=version, path=sys.executable)
        return EXIT_SETUP
    import importlib.util

    lacking = [name for name, module in NEEDED.items() if importlib.util.find_spec(module) is None]
    if lacking:
        say(lang, "lacks", names=", ".join(lacking))
        return EXIT_SETUP
    # For this process, and (the notebooks' kernels) for those it starts.
    library = os.path.join(root, "lib")
    sys.path[:] = [library] + [entry for entry in sys.path if entry not in ("", library)]
    os.environ["PYTHONPATH"] = library
    return start_here(args)


def ensure(root: str, lang: str) -> None:
    """Make ``.venv`` unless it fits."""
    if "\n" in root:
        raise SetupError("fail-newline")
    lock = read_lock(root)
    if not why_set_up(root, lock):
        return
    with OneAtATime(root, lang) as held:
        lock = read_lock(root)
        why = why_set_up(root, lock)  # another set-up may have done it meanwhile
        if why:
            SetUp(root, lock, lang, os.environ, held.fd)(why)


def stop(*unused: object) -> None:
    """Turn a signal into an exception, so that pip or uv is stopped as well."""
    raise InterruptedSetUpError


def main(argv: list[str]) -> int:
    """Do what the launcher asked for; return the exit code."""
    mode = argv.pop(0) if argv and argv[0] in ("--warm", "--in-place") else ""
    root, args = os.path.abspath(argv[0]), argv[1:]
    lang = language(args, os.environ)
    if mode == "--in-place":
        return in_place(root, args, lang)
    if mode == "--warm":
        try:
            fits = not why_set_up(root, read_lock(root))
        except SetupError:
            fits = False
        return start_here(args) if fits else EXIT_NOT_READY

    import signal

    before = {}
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            before[number] = signal.signal(number, stop)
    try:
        ensure(root, lang)
    except SetupError as failure:
        if failure.tail:
            say(lang, "tail", tool=failure.tool)
            for line in failure.tail[-TAIL_LINES:]:
                tell("  | " + line)
        say(lang, failure.key, **({"tool": failure.tool} | failure.values))
        return EXIT_SETUP
    except (InterruptedSetUpError, KeyboardInterrupt):
        say(lang, "interrupted")
        return EXIT_INTERRUPTED
    for number, handler in before.items():
        signal.signal(number, handler)
    return start(root, args)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
