"""What the engine gives is what an ordinary kernel gives: the same outputs for the same cells, hostile ones too."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from monev.build.notebook_plan import read_notebook_plan
from monev.edition.opened import open_edition
from monev.io.folders import NOTEBOOKS, REPOSITORY
from monev.kernels.environment import environment
from monev.kernels.executed_notebook import normalised
from monev.kernels.fork_client import prepared
from monev.kernels.papermill_engine import ENGINE

# As the engine does it: imported before there is a kernel, which pandas would look at.
_START = "import matplotlib, pandas; from ipykernel.kernelapp import launch_new_instance; launch_new_instance()"


@pytest.fixture(scope="module", autouse=True)
def _one_parent() -> Iterator[None]:
    with prepared():
        yield


def by_kernel(notebook: nbformat.NotebookNode, place: Path, folder: Path) -> nbformat.NotebookNode:
    """Execute by ipykernel and nbclient, in the engine's environment; an error ends it and stands in the outputs."""
    manager = AsyncKernelManager()
    argv = [sys.executable, "-P", "-c", _START, "-f", "{connection_file}"]
    manager._kernel_spec = KernelSpec(argv=argv, display_name="Python 3", language="python")
    client = NotebookClient(notebook, km=manager, coalesce_streams=True, timeout=120)
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("PYTEST_CURRENT_TEST", raising=False)  # kernels that see it do not capture descriptors
        try:
            client.execute(env=environment(place), cwd=str(folder))
        except CellExecutionError:
            pass
    return notebook


def by_engine(notebook: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    """Execute by the engine."""
    made = notebook.copy()
    notebook.metadata.papermill = {}
    try:
        return papermill.execute_notebook(notebook, None, engine_name=ENGINE, progress_bar=False, cwd=str(folder))
    except papermill.PapermillExecutionError:
        return made


def outputs(notebook: nbformat.NotebookNode) -> list[list[dict[str, Any]]]:
    told = json.loads(normalised(json.loads(json.dumps(notebook))))
    return [cell.get("outputs", []) for cell in told["cells"] if cell["cell_type"] == "code"]


def notebook_of(*cells: str) -> nbformat.NotebookNode:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells], metadata={"kernelspec": kernel})


HOSTILE = {
    "values": ["1", "'a'; None", "x = 2; x", "_ + 1", "{'b': 1, 'a': [2, {3, 1}]}", "1;"],
    "streams": ["print('a'); import sys; print('b', file=sys.stderr); print('c'); sys.stdout.write('d')"],
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
    "help": ["len?"],
    "display anew": ["h = display('a', display_id='x')", "display('b', display_id='x')", "h.update('c')"],
    "clear": ["from IPython.display import clear_output\nprint('a'); clear_output(); print('b')"],
    "clear later": ["from IPython.display import clear_output\nprint('a'); clear_output(wait=True); print('b')"],
    "rich": [
        "class R:\n    def _repr_html_(self): return '<b>x</b>'\n    def _repr_png_(self): return b'\\x89PNG'\nR()",
        "from IPython.display import HTML, Image, JSON, Markdown\ndisplay(HTML('<i>'), JSON({'a': 1}), Markdown('*a*'))",
        "class S:\n    def _repr_html_(self): raise ValueError('tidak')\nS()",
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
    "recursion": ["import sys\nsys.setrecursionlimit(200)\ndef f(): f()\ntry:\n    f()\nexcept RecursionError: print('dalam')"],
    "tags do not matter": ["", "   ", "print('x')"],
    "names": ["print(__name__); In[-1]", "type(get_ipython()).__name__", "Out"],
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_cells_give_the_same_as_in_an_ordinary_kernel(name: str, tmp_path: Path) -> None:
    cells = HOSTILE[name]
    kernel = by_kernel(notebook_of(*cells), tmp_path, tmp_path)
    assert outputs(by_engine(notebook_of(*cells), tmp_path)) == outputs(kernel)


def test_the_notebooks_of_the_report_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONEV_ROOT", str(REPOSITORY))
    tasks = read_notebook_plan().tasks(open_edition(REPOSITORY, "2021-S2"))
    seen = {task.notebook: task for task in tasks}
    for task in seen.values():
        made = []
        for execute in (lambda nb: by_kernel(nb, tmp_path, NOTEBOOKS), lambda nb: by_engine(nb, NOTEBOOKS)):
            notebook = nbformat.read(NOTEBOOKS / task.notebook, as_version=4)
            made.append(outputs(execute(notebook)))
        assert made[0] == made[1], task.notebook
        assert any(made[0])


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
