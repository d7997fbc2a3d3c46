"""Nothing of the user's configuration reaches a report: all of it is hostile here, and nothing changes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from monev.io.folders import REPOSITORY
from monev.io.own_environment import FIXED, LET_THROUGH
from plans import EDITION, MadePlan, make_plan
from support import Build, tree

pytestmark = pytest.mark.slow

LIBRARY = REPOSITORY / "lib"
_SPOIL = """
import builtins, os
os.environ["RUSAK"] = "ya"
builtins.RUSAK = True
import pandas
pandas.DataFrame.to_html = lambda *_, **__: "RUSAK"
import matplotlib
matplotlib.rcParams["svg.hashsalt"] = "RUSAK"
"""
_TEMPLATE = "RUSAK {{ nb }}"


def hostile(home: Path) -> dict[str, str]:
    """Fill a home with configuration that spoils whatever reads it; return variables that lead there, and others."""
    written = {
        "startup.py": _SPOIL,
        "ipython/profile_default/startup/00.py": _SPOIL,
        "ipython/profile_default/ipython_config.py": f"c.InteractiveShellApp.exec_lines = [{_SPOIL!r}]",
        "ipython/profile_default/ipython_kernel_config.py": f"c.InteractiveShellApp.exec_lines = [{_SPOIL!r}]",
        ".ipython/profile_default/startup/00.py": _SPOIL,
        "jupyter/jupyter_config.json": '{"KernelManager": {"transport": "RUSAK"}}',
        "jupyter/nbconvert/templates/basic/index.html.j2": _TEMPLATE,
        "jupyter/nbconvert/templates/basic/conf.json": "{}",
        ".local/share/jupyter/nbconvert/templates/basic/index.html.j2": _TEMPLATE,
        "basic/index.html.j2": _TEMPLATE,
        "path/sitecustomize.py": _SPOIL,
        "path/usercustomize.py": _SPOIL,
        "path/pandas.py": "raise SystemExit(9)",
        "lain/pandas.py": "raise SystemExit(9)",
        "matplotlibrc": "font.size: 40\nsvg.hashsalt: RUSAK\nlines.linewidth: 30\n",
        ".config/matplotlib/matplotlibrc": "font.size: 40\n",
    }
    for name, text in written.items():
        file = home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "PYTHONSTARTUP": str(home / "startup.py"),
        "PYTHONINSPECT": "1",
        "PYTHONPATH": f"{home / 'path'}{os.pathsep}{LIBRARY}",
        "PYTHONUSERBASE": str(home / "path"),
        "PYTHONWARNINGS": "error",
        "PYTHONOPTIMIZE": "2",
        "PYTHONUTF8": "0",
        "PYTHONHASHSEED": "7",
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG": str(home / "jupyter" / "jupyter_config.json"),
        "JUPYTER_CONFIG_DIR": str(home / "jupyter"),
        "JUPYTER_CONFIG_PATH": str(home / "jupyter"),
        "JUPYTER_DATA_DIR": str(home / "jupyter"),
        "JUPYTER_PATH": str(home / "jupyter"),
        "IPYKERNEL_CELL_NAME": "rusak",
        "MPLCONFIGDIR": str(home),
        "MATPLOTLIBRC": str(home / "matplotlibrc"),
        "MPLBACKEND": "rusak",
        "LANG": "tr_TR.ISO-8859-9",
        "LC_ALL": "tr_TR.ISO-8859-9",
        "LC_NUMERIC": "de_DE.UTF-8",
        "TZ": "Asia/Jakarta",
    }


def all_but_two_ran(single: Build, root: Path, home: Path) -> Path:
    """Copy a finished build, and its user's key, without the kept runs of two notebooks, one of them with charts."""
    shutil.copytree(single.root, root, symlinks=True)
    shutil.copytree(root / "rumah" / ".local" / "state", home / ".local" / "state")
    shutil.rmtree(root / "outputs")
    for name in ("03-ringkasan-eksekutif", "08-lampiran-komitmen-01"):
        shutil.rmtree(root / ".monev" / EDITION / "langkah" / name)
    return root


@pytest.mark.parametrize("fork", ["1", "0"])
def test_a_report_is_the_same_whatever_the_user_has_configured(fork: str, single: Build, tmp_path: Path) -> None:
    home = tmp_path / "rumah"
    if fork == "1":
        root = make_plan(tmp_path / "akar", MadePlan(commitments=1))
    else:  # kernels of the ordinary kind, which are started one by one and take their time: for two notebooks only
        root = all_but_two_ran(single, tmp_path / "akar", home)
    around = hostile(home) | {"MONEV_FORK": fork, "MONEV_PYTHON": sys.executable}
    start = [str(REPOSITORY / "monev"), "--root", str(root)]
    done = subprocess.run(
        [*start, "build", EDITION, "--engine", "embedded", "--jobs", "1"],
        env=around, cwd=home, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "notebook" not in done.stderr
    assert tree(root / "outputs") == tree(single.root / "outputs")
    for arguments, code in ((["check", "tidak-ada"], 1), (["rusak"], 2)):
        done = subprocess.run(
            [*start, *arguments], env=around, cwd=home, capture_output=True, stdin=subprocess.DEVNULL, check=False
        )
        assert done.returncode == code, arguments


def test_asking_to_inspect_does_not_lose_an_exit_code(tmp_path: Path) -> None:
    """Also without the launcher, which would not let it through."""
    around = {"PATH": os.environ["PATH"], "PYTHONPATH": str(LIBRARY), "PYTHONINSPECT": "1"}
    for arguments, code in ((["--help"], 0), (["rusak"], 2)):
        done = subprocess.run(
            [sys.executable, "-P", "-m", "monev", "--root", str(tmp_path), *arguments],
            env=around, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        assert done.returncode == code
        assert ">>>" not in done.stdout + done.stderr


# An installed monev is known to papermill by its entry point.
_PAPERMILL = "import monev.kernels.papermill_engine, papermill.cli; papermill.cli.papermill()"
_LOOK = """
import builtins, os, sys, time
import matplotlib, pandas
print(hasattr(builtins, "RUSAK"), pandas.DataFrame().to_html() == "RUSAK", matplotlib.rcParams["font.size"],
      time.tzname[0], sys.flags.optimize, f"{1.5:n}", sorted(set(os.environ) - ALLOWED))
"""


@pytest.mark.parametrize("fork", ["1", "0"])
def test_papermill_from_outside_gives_kernels_our_environment(fork: str, tmp_path: Path) -> None:
    """Papermill itself is the caller's; the kernels of the engine are not."""
    own = {"HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR"}
    own |= {"JUPYTER_DATA_DIR", "JUPYTER_PREFER_ENV_PATH", "JUPYTER_NO_CONFIG", "JUPYTER_PLATFORM_DIRS"}
    own |= {"MPLCONFIGDIR", "MPLBACKEND", *LET_THROUGH, *FIXED}
    own |= {f"{name}_NUM_THREADS" for name in ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB_MAXIMUM", "BLIS")}
    # What kernels and terminals set for themselves.
    own |= {"JPY_PARENT_PID", "PYDEVD_USE_FRAME_EVAL", "PYDEVD_DISABLE_FILE_VALIDATION"}
    own |= {"TERM", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "PAGER", "GIT_PAGER", "LC_CTYPE"}
    cells = [nbformat.v4.new_code_cell(_LOOK.replace("ALLOWED", repr(own)))]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    home = tmp_path / "rumah"
    around = hostile(home) | {"MONEV_FORK": fork, "RAHASIA": "x"}
    around["PYTHONPATH"] = f"{LIBRARY}{os.pathsep}{home / 'lain'}"
    for name in ("PYTHONINSPECT", "PYTHONWARNINGS"):  # these would be the end of papermill, not of a kernel
        del around[name]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), home / "a.ipynb")
    done = subprocess.run(
        [sys.executable, "-P", "-c", _PAPERMILL, "--engine", "monev", "--no-progress-bar", "a.ipynb", "b.ipynb"],
        env=around, cwd=home, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    shown = "".join(output.text for output in nbformat.read(home / "b.ipynb", 4).cells[-1].outputs)
    assert shown == "False False 10.0 UTC 0 1.5 []\n"
