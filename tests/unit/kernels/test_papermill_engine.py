"""The engine `monev`: processes that share nothing but imports, and that papermill uses as any other."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import papermill
import pytest

from monev.edition import edition_cache
from monev.kernels import fork_client
from monev.kernels.fork_client import prepared
from monev.kernels.notebook_runs import Limits
from monev.kernels.papermill_engine import ENGINE, CellFailure, MonevEngine
from support import copy_root

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")


@pytest.fixture(scope="module", autouse=True)
def _one_parent() -> Iterator[None]:
    with prepared():
        yield


def notebook(*cells: str) -> nbformat.NotebookNode:
    made = [nbformat.v4.new_code_cell("angka = 1", metadata={"tags": ["parameters"]})]
    made += [nbformat.v4.new_code_cell(cell) for cell in cells]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel})


def execute(*cells: str, **settings: object) -> list[str]:
    """Execute cells with the engine; return the text of what each shows."""
    os.environ.pop("PYTEST_CURRENT_TEST", None)
    made = papermill.execute_notebook(
        notebook(*cells), None, {"angka": 2}, engine_name=ENGINE, progress_bar=False, **settings
    )
    return [
        "".join(out.get("text", "") + out.get("data", {}).get("text/plain", "") for out in cell.outputs)
        for cell in made.cells[2:]
    ]


def test_the_engine_is_papermills_under_its_name(tmp_path: Path) -> None:
    source, target = tmp_path / "a.ipynb", tmp_path / "b.ipynb"
    nbformat.write(notebook("angka * 2"), source)
    papermill.execute_notebook(source, target, {"angka": 21}, engine_name="monev", progress_bar=False)
    made = nbformat.read(target, as_version=4)
    assert made.cells[-1].outputs[0].data["text/plain"] == "42"
    assert made.metadata.papermill.exception is None
    assert papermill.engines.papermill_engines.get_engine("monev") is MonevEngine


def test_one_notebook_does_not_see_what_another_did(tmp_path: Path) -> None:
    changes = f"""
import builtins, os, sys, textwrap, pandas
textwrap.dedent = lambda *_: "berubah"
builtins.BERUBAH = 1
pandas.DataFrame.to_html = lambda *_: "berubah"
os.environ["BERUBAH"] = "ya"
os.chdir({str(tmp_path)!r})
sys.path.insert(0, "berubah")
sys.modules["decimal"] = None
os.umask(0)
"""
    look = """
import builtins, decimal, os, sys, textwrap, pandas
print(textwrap.dedent("a"), hasattr(builtins, "BERUBAH"), pandas.DataFrame().to_html() == "berubah",
 "BERUBAH" in os.environ, os.getcwd(), "berubah" in sys.path, os.umask(0o77))
"""
    before = execute(look)
    execute(changes)
    assert execute(look) == before
    assert before[0].startswith("a False False False ")


def test_a_cell_that_breaks_its_kernel_breaks_only_that() -> None:
    broken = "import json, os; json.loads = json.dumps = os.path.join = print = None"
    assert execute("'ya'", broken, "2") == ["'ya'", "", "2"]
    assert execute("print(1)") == ["1\n"]


@LINUX
def test_a_kernel_is_a_process_of_its_own_with_nothing_inherited_open() -> None:
    look = """
import os, signal, sys
own = (os.getsid(0) == os.getpid() == os.getpgid(0), os.readlink("/proc/self/fd/0"))
lent = [fd for fd in os.listdir("/proc/self/fd") if os.path.realpath(f"/proc/self/fd/{fd}").endswith("/lock")]
(own, lent, signal.getsignal(signal.SIGTERM) == signal.SIG_DFL)
"""
    assert execute(look) == ["((True, '/dev/null'), [], True)"]


@LINUX
def test_kernels_that_are_forked_differ_in_chance_and_are_where_the_caller_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MONEV_ROOT", "di sini")
    monkeypatch.setenv("MONEV_CONTOH", "di sini")
    monkeypatch.chdir(tmp_path)
    look = "import os, random, uuid, numpy as np\n(random.random(), np.random.rand(), uuid.uuid4().hex)"
    assert len({execute(look)[0] for _ in range(3)}) == 3
    told = execute("import os\nprint(os.environ['MONEV_ROOT'], 'MONEV_CONTOH' in os.environ, os.getcwd())")
    assert told == [f"di sini False {tmp_path}\n"]


@LINUX
def test_figures_are_shown_as_in_a_kernel_of_the_ordinary_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nNone"
    forked = execute(draw)
    monkeypatch.setenv(fork_client.SWITCH, "0")
    assert execute(draw) == forked
    assert "Figure" in forked[0]


@pytest.mark.parametrize("switch", ["1", "0"])
def test_failures_have_their_cell_with_either_kind_of_kernel(monkeypatch: pytest.MonkeyPatch, switch: str) -> None:
    monkeypatch.setenv(fork_client.SWITCH, switch)
    with pytest.raises(CellFailure, match="kode 5") as caught:
        execute("1", "import os; os._exit(5)")
    assert caught.value.cell_index == 3
    with pytest.raises(CellFailure, match="tidak selesai dalam 1 detik"):
        execute("while True: pass", limits=Limits(seconds=1))
    with pytest.raises(papermill.PapermillExecutionError, match="ZeroDivisionError"):
        execute("1 / 0")


@LINUX
def test_the_parent_of_all_has_one_thread() -> None:
    # Else it would refuse.
    assert execute("import os; open(f'/proc/{os.getppid()}/cmdline').read()")[0].count("monev.kernels.fork_parent") == 1
    assert execute("import os; len(os.listdir(f'/proc/{os.getppid()}/task'))") == ["1"]


@LINUX
def test_a_parent_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    real = fork_client.environment
    broken = {"PYTHONPATH": "/nonexistent", "PYTHONHOME": "/nonexistent"}
    monkeypatch.setattr(fork_client, "environment", lambda folder: real(folder) | broken)
    parent = fork_client.Parent()
    try:
        with pytest.raises(fork_client.RunError, match="proses induk") as caught:
            parent.know({})
        assert caught.value.detail
    finally:
        parent.close()
    assert not parent.folder.exists()


# Editions that are kept open ------------------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    yield copy_root(tmp_path / "akar")
    edition_cache._kept.clear()


def test_a_kept_edition_is_given_again_until_a_byte_changes(root: Path) -> None:
    edition_cache.keep_open(root, "2021-S2")
    first = edition_cache.opened_edition(root, "2021-S2")
    assert edition_cache.opened_edition(root, "2021-S2") is first
    params = root / "params" / "2021-S2.yml"
    params.write_bytes(params.read_bytes() + b"\n")
    again = edition_cache.opened_edition(root, "2021-S2")
    assert again is not first
    assert again.register.records() == first.register.records()


def test_a_kept_edition_is_not_given_when_a_workbook_is_gone_or_a_file_came(root: Path) -> None:
    edition_cache.keep_open(root, "2021-S2")
    first = edition_cache.opened_edition(root, "2021-S2")
    shutil.rmtree(root / "params" / "terbit", ignore_errors=True)
    (root / "params" / "terbit").mkdir()
    (root / "params" / "terbit" / "2021-S2.yml").write_text("{}", "utf-8")
    assert edition_cache._state(root, "2021-S2", first.inputs.files) != edition_cache._kept[root, "2021-S2"][0]
    (root / first.inputs.files[0]).unlink()
    with pytest.raises(Exception, match=r"rencana-aksi|xlsx"):
        edition_cache.opened_edition(root, "2021-S2")


def test_nothing_is_kept_by_a_notebook_alone(root: Path) -> None:
    first = edition_cache.opened_edition(root, "2021-S2")
    assert edition_cache.opened_edition(root, "2021-S2") is not first
