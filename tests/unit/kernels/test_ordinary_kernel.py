"""What the engine gives is what an ordinary kernel gives: the same outputs for the same cells, hostile ones too."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from pytest_notebook.nb_regression import NBRegressionFixture

from monev.io.folders import NOTEBOOKS
from monev.kernels.environment import environment
from monev.kernels.executed_notebook import normalised
from monev.kernels.fork_client import prepared
from monev.kernels.papermill_engine import MonevEngine

# As the engine does it: imported before there is a kernel, which pandas would look at.
_START = "import matplotlib, pandas; from ipykernel.kernelapp import launch_new_instance; launch_new_instance()"

# What running a clean notebook adds to it.
ADDED = ("/cells/*/outputs", "/cells/*/execution_count", "/cells/*/metadata/execution", "/metadata/language_info")


@pytest.fixture(scope="module", autouse=True)
def _one_parent() -> Iterator[None]:
    with prepared():
        yield


class OrdinaryKernelManager(AsyncKernelManager):
    """Starts ipykernel, in the engine's environment."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        argv = [sys.executable, "-P", "-c", _START, "-f", "{connection_file}"]
        self._kernel_spec = KernelSpec(argv=argv, display_name="Python 3", language="python")

    async def start_kernel(self, **settings: Any) -> None:
        place = Path(tempfile.mkdtemp())
        # Kernels that see pytest's own variable do not capture descriptors: it is not among these.
        await super().start_kernel(**{**settings, "env": environment(place)})


def by_kernel(notebook: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    """Execute by ipykernel and nbclient."""
    NotebookClient(notebook, km=OrdinaryKernelManager(), timeout=120).execute(cwd=str(folder))
    return notebook


def by_engine(notebook: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    """Execute by the engine."""
    notebook.metadata.papermill = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        return MonevEngine.execute_notebook(notebook, "python3", progress_bar=False)


def outputs(notebook: nbformat.NotebookNode) -> list[list[dict[str, Any]]]:
    """Return the outputs of each code cell; a kernel sends a stream in as many pieces as it likes."""
    told = json.loads(json.dumps(notebook))
    for cell in told["cells"]:
        joined: list[dict[str, Any]] = []
        for output in cell.get("outputs", []):
            if joined and "name" in output and joined[-1].get("name") == output["name"]:
                joined[-1]["text"] += output["text"]
            else:
                joined.append(output)
            if "traceback" in output:
                output["traceback"] = [_where(line) for line in output["traceback"]]
        cell["outputs"] = joined
    cells = json.loads(normalised(told))["cells"]
    return [cell["outputs"] for cell in cells if cell["cell_type"] == "code"]


def _where(line: str) -> str:
    """Return a line of a traceback without its colours; of a frame outside of cells only that it is one."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", line)
    return "File ..." if plain.startswith("File ") else plain


def notebook_of(*cells: str) -> nbformat.NotebookNode:
    """Return a notebook that goes on whatever a cell raises."""
    going_on = {"tags": ["raises-exception"]}
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell, metadata=going_on) for cell in cells])


HOSTILE = {
    "values": ["1", "'a'; None", "x = 2; x", "_ + 1", "{'b': 1, 'a': [2, {3, 1}]}", "1;"],
    "streams": ["print('a', flush=True); import sys; print('b', file=sys.stderr, flush=True); sys.stdout.write('d')"],
    "displays between prints": ["print('a'); display(1); print('b'); display('c', 2); 3"],
    "raised": ["print('sebelum'); 1 / 0", "'tidak'"],
    "raised deep": ["def f(n):\n    return f(n - 1) if n else [][1]\nf(3)"],
    "raised by name": ["class Galat(ValueError): ...\nraise Galat('ä → b')"],
    "no syntax": ["1 +", "2"],
    "bad indent": ["if True:\nx = 1"],
    "ends itself": ["import sys; sys.exit(3)"],
    "asks": ["input('?')"],
    "asks for a password": ["import getpass; getpass.getpass()"],
    "awaits": ["import asyncio\nawait asyncio.sleep(0)\nprint('a')", "async def f(): return 5\nawait f()"],
    "awaits and fails": ["async def f(): raise KeyError('x')\nawait f()"],
    "runs a loop": ["import asyncio\nasync def f(): return 5\nasyncio.run(f())"],
    "tasks": ["import asyncio\nasync def f(): print('t')\nt = asyncio.ensure_future(f())\nawait t"],
    "threads": ["import threading\nt = threading.Thread(target=print, args=('u',)); t.start(); t.join()"],
    "magics": ["%who", "%%time_not_there", "1"],
    "cell magic": ["%%capture kept\nprint('x')", "kept.stdout"],
    "python magic": ["%%python\nprint('lain')"],
    "shell": ["!echo a b", "x = !echo c\nx"],
    "bash": ["%%bash\necho keluar; echo galat >&2"],
    "help": ["1", "len?"],
    "display anew": ["h = display('a', display_id='x')", "display('b', display_id='x')", "h.update('c')"],
    "clear": ["from IPython.display import clear_output\nprint('a'); clear_output(); print('b')"],
    "clear later": ["from IPython.display import clear_output\nprint('a'); clear_output(wait=True); print('b')"],
    "rich": [
        "class R:\n    __repr__ = lambda self: 'r'\n    _repr_html_ = lambda self: '<b>x</b>'\n"
        "    _repr_png_ = lambda self: b'\\x89PNG'\nR()",
        "from IPython.display import HTML, JSON, Markdown\ndisplay(HTML('<i>'), JSON({'a': 1}), Markdown('*a*'))",
        "class S:\n    def __repr__(self): return 's'\n    def _repr_html_(self): raise ValueError('tidak')\nS()",
    ],
    "frames": ["import pandas as pd\npd.DataFrame({'a': range(99), 'b': 1.5})", "print(_)"],
    "wide frame": ["import pandas as pd\npd.DataFrame([range(40)])", "print(_)"],
    "figure": ["import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.title('x'); None"],
    "writes to 1": ["import os\nn = os.write(1, b'langsung\\n')"],
    "children write": ["import subprocess, sys\np = subprocess.run([sys.executable, '-c', 'print(1)'])"],
    "forks": ["import os\nif os.fork() == 0:\n    os._exit(0)\np = os.wait()\nprint('induk')"],
    "changes folder": ["import os\nos.chdir('/')\nprint(os.getcwd())", "os.getcwd()"],
    "interrupts itself": ["import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nfor n in range(10**9): pass"],
    "ignores interrupts": [
        "import os, signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nos.kill(os.getpid(), signal.SIGINT)\n'terus'"
    ],
    "environment": ["import os\nos.environ['TERM'], os.environ['PAGER'], os.environ['PYTHONHASHSEED'], hash('a')"],
    "warns": ["import warnings\nwarnings.simplefilter('ignore')\nwarnings.warn('x')\nprint('y')"],
    "logs": ["import logging\nlogging.warning('hati-hati')"],
    "recursion": [
        "import sys\nsys.setrecursionlimit(200)\ndef f(): f()\ntry:\n    f()\nexcept RecursionError: print('dalam')"
    ],
    "tags do not matter": ["", "   ", "print('x')"],
    "names": ["print(__name__); In[-1]", "type(get_ipython()).__name__", "Out"],
}  # fmt: skip


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Any, Any]]:
    """Run all hostile cells one after the other in one process of each kind; return what each case showed in both."""
    place = tmp_path_factory.mktemp("sel")
    cells = [cell for case in HOSTILE.values() for cell in case]
    shown = [outputs(by_kernel(notebook_of(*cells), place)), outputs(by_engine(notebook_of(*cells), place))]
    found, begin = {}, 0
    for name, case in HOSTILE.items():
        end = begin + len(case)
        found[name] = shown[0][begin:end], shown[1][begin:end]
        begin = end
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_cells_give_the_same_as_in_an_ordinary_kernel(name: str, both: dict[str, tuple[Any, Any]]) -> None:
    kernel, engine = both[name]
    assert engine == kernel
    assert any(kernel)


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_the_notebooks_of_the_report_give_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jupyter_client.AsyncKernelManager", OrdinaryKernelManager)
    run = NBRegressionFixture(exec_timeout=120, diff_ignore=ADDED, diff_use_color=False).check(str(path))
    kernel = outputs(run.nb_final)
    assert any(kernel)
    assert outputs(by_engine(nbformat.read(path, as_version=4), NOTEBOOKS)) == kernel


def test_streams_stand_in_the_order_in_which_they_were_written(tmp_path: Path) -> None:
    """An ordinary kernel only keeps the order within a stream."""
    cell = """
import os, subprocess, sys
print("a"); print("b", file=sys.stderr); n = os.write(1, b"c"); print("d", end=""); display(5); print("e")
p = subprocess.run(["sh", "-c", "echo f >&2"]); print("g")
"""
    made = by_engine(notebook_of(cell), tmp_path).cells[0].outputs
    told = [(output.get("name"), output.get("text", "")) for output in made]
    written = [("stdout", "a\n"), ("stderr", "b\n"), ("stdout", "cd"), (None, "")]
    assert told == [*written, ("stdout", "e\n"), ("stderr", "f\n"), ("stdout", "g\n")]


@pytest.mark.skipif(sys.platform == "win32", reason="descriptors of POSIX systems")
def test_cells_that_close_what_is_not_theirs(tmp_path: Path) -> None:
    """An ordinary kernel would lose words here."""
    made = by_engine(notebook_of("import os\nos.close(1)\nprint('masih')", "2"), tmp_path)
    assert made.cells[0].outputs[0].text == "masih\n"
    assert made.cells[1].outputs[0].data["text/plain"] == "2"
    with pytest.raises(Exception, match="cell 1"):
        by_engine(notebook_of("import os\nos.closerange(0, 100)\nprint('hilang')", "2"), tmp_path)
    assert os.path.isdir(tmp_path)


def test_widgets_are_refused(tmp_path: Path) -> None:
    made = by_engine(notebook_of("import comm\ncomm.create_comm(target_name='x')"), tmp_path)
    assert made.cells[0].outputs[0].ename == "RuntimeError"
