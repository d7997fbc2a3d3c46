"""Notebooks of one's own (`naskah/*.ipynb`): what they show becomes a section, run only where that is allowed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from monev.audit.explanation import Explanation, explain
from monev.build.build_options import BuildOptions
from monev.build.own_notebook_runs import refresh
from monev.build.pipeline import build
from monev.build.quick_check import check
from monev.build.rebuild import prove, quiet
from monev.commands.command_line import main
from monev.edition.edition_cache import opened_with_state
from monev.edition.notebook_example import example
from monev.edition.opened import Opened, open_edition
from monev.io.folders import REPOSITORY
from monev.kernels.fork_client import prepared
from monev.model.contents import PARTS
from monev.rules.manuscripts import Manuscript
from monev.words.errors import InputError, RunError
from plans import EDITION, MadePlan, make_plan

CONTENTS = ["ringkasan", "komitmen", {"naskah": "tema.ipynb"}, "lampiran"]
OPEN = "from monev.notebook import load_edition\nlaporan = load_edition(edisi)"
FIGURE = "fig, b = laporan.bidang()\n"
Cell = tuple[str, str] | tuple[str, str, dict[str, Any]]


@pytest.fixture(scope="module", autouse=True)
def _one_parent() -> Iterator[None]:
    with prepared():
        yield


def notebook(cells: Sequence[Cell], metadata: dict[str, Any] | None = None) -> str:
    made = []
    for n, cell in enumerate(cells):
        kind, source, more = (*cell, {}) if len(cell) == 2 else cell
        code = {"outputs": [], "execution_count": None} if kind == "code" else {}
        made.append({"cell_type": kind, "id": f"s{n}", "metadata": more, "source": source, **code})
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"cells": made, "metadata": kernel | (metadata or {}), "nbformat": 4, "nbformat_minor": 5})


PARAMETERS: Cell = ("code", f'edisi = "{EDITION}"', {"tags": ["parameters"]})
HEAD: tuple[Cell, ...] = (("markdown", "# Tema Kami\n\nPembuka."), PARAMETERS, ("code", OPEN))


def root_with(root: Path, cells: Sequence[Cell] = (), **settings: Any) -> Path:
    make_plan(root, MadePlan(params={"bagian": settings.pop("bagian", CONTENTS)}))
    (root / "naskah").mkdir()
    (root / "naskah" / "tema.ipynb").write_text(notebook([*HEAD, *cells], **settings), "utf-8")
    return root


def ran(root: Path, *, allow: bool = True) -> Opened:
    refresh(opened_with_state(root, EDITION), 1, allow=allow, say=lambda words: None)
    return open_edition(root, EDITION)


def own(opened: Opened) -> Manuscript:
    [text] = opened.inputs.manuscripts
    return text


def told(root: Path) -> list[tuple[str, str]]:
    """Run the notebook and return what is told of it, with its cell."""
    try:
        findings = ran(root).checked
    except InputError as error:
        findings = error.findings
    return [(f.code, f.cell) for f in findings if f.file == "naskah/tema.ipynb"]


# What cells show ------------------------------------------------------------------------------------------------------

SHOWN: tuple[Cell, ...] = (
    ("code", "laporan.tabel(laporan.komitmen[['komitmen', 'skor']], keterangan='Skor 3 komitmen')"),
    ("code", f"{FIGURE}b.bar([1, 2], [3, 4])\nlaporan.gambar(fig, 'Batang', 'Dua batang, satu lebih tinggi')"),
    ("code", "laporan.target.head(2)", {"monev": {"keterangan": "Dua target"}}),
    ("code", "laporan.target", {"tags": ["tanpa-laporan"]}),
    ("code", "print('tidak masuk laporan')"),
    ("markdown", '## Sesudahnya\n\nLihat @tbl-naskah-tema-1; ada []{.angka key="komitmen.jumlah"} dan 7 hal.'),
)  # fmt: skip


def test_tables_figures_and_words_become_a_section(tmp_path: Path) -> None:
    page = own(ran(root_with(tmp_path, SHOWN))).page
    order = [page.index(part) for part in ("# Tema Kami {#sec-naskah-tema}", "Pembuka.", "{#tbl-naskah-tema-1}",
             "{#fig-naskah-tema-1}", "{#tbl-naskah-tema-2}", "## Sesudahnya")]  # fmt: skip
    assert order == sorted(order)
    assert 'fig-alt="Dua batang, satu lebih tinggi"' in page
    assert 'Skor [3]{.ketik src="naskah/tema.ipynb:4"} komitmen' in page
    assert '[7]{.ketik src="naskah/tema.ipynb:9"} hal' in page
    assert "tidak masuk laporan" not in page
    assert re.search(r'\| \[1\]\{\.ketik src="naskah/tema\.ipynb:4"\} \| \[[\d,]+\]', page)


def test_the_same_notebook_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (ran(root_with(tmp_path / name, SHOWN)) for name in "ab")
    assert own(one) == own(other)
    files = [tmp_path / name / f"naskah/hasil/{EDITION}/tema.ipynb" for name in "ab"]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_what_names_of_figures_give(tmp_path: Path) -> None:
    cells: tuple[Cell, ...] = (
        ("code", "a = laporan.angka('komitmen.jumlah')\nlaporan.teks(f'Ada {a.md}, jadi {float(a) * 2:.0f}.')"),
        (
            "code",
            "laporan.catat('tema.dua', 2 * float(a), 'dua kali', ['komitmen.jumlah', laporan.target['sumber'][0]])",
        ),
        ("markdown", 'Dua kali: []{.angka key="tema.dua"}.'),
    )
    opened = ran(root_with(tmp_path, cells))
    figure = opened.register["tema.dua"]
    assert (figure.value, figure.printed, figure.recorded) == (6, "6,0", "naskah/tema.ipynb")
    assert figure.parts == ("komitmen.jumlah",)
    assert figure.sources == (opened.results.targets[0].place.cell("score"),)
    found = explain(opened, tmp_path, "tema.dua")
    assert isinstance(found, Explanation)
    assert found.cells[0].shown() == "100"
    assert 'jadi [6.]{.ketik src="naskah/tema.ipynb:4"}' in own(opened).page


def test_it_stands_behind_the_part_that_it_names(tmp_path: Path) -> None:
    settings = {"metadata": {"monev": {"sesudah": "deskripsi", "judul": "Lain"}}}
    opened = ran(root_with(tmp_path, bagian=["lengkap", {"naskah": "tema.ipynb"}], **settings))
    names = [part.name for part in opened.inputs.edition.contents]
    before, after = names[names.index("tema") - 1], names[names.index("tema") + 1]
    assert (PARTS[before], after) == ("deskripsi", "perbandingan")
    assert own(opened).page.startswith("# Lain {#sec-naskah-tema}")


def test_a_section_of_the_report_is_shown_where_the_report_has_it_not(tmp_path: Path) -> None:
    page = own(ran(root_with(tmp_path, [("code", "laporan.kuadran()")]))).page
    assert "{#fig-kuadran}" in page


def test_a_section_of_the_report_can_be_used_again(tmp_path: Path) -> None:
    root = root_with(tmp_path, [("code", "laporan.kuadran()")])
    assert not [finding for finding in ran(root).checked if finding.code == "W16"]
    said: list[object] = []
    assert refresh(opened_with_state(root, EDITION), 1, allow=False, say=said.append) == (False, True)
    assert not said


PYPLOT = "import matplotlib.pyplot as plt\nf, a = plt.subplots()\na.plot([1, 2])\n"


@pytest.mark.parametrize(("ends", "count"), [("f", 1), ("plt.show()\nf", 1), ("plt.subplots()[1].plot([2, 1])", 2)])
def test_a_figure_stands_once_in_the_report(tmp_path: Path, ends: str, count: int) -> None:
    asked = {"monev": {"keterangan": "K", "teks_alternatif": "A"}}
    opened = ran(root_with(tmp_path, [("code", f"%matplotlib inline\n{PYPLOT}{ends}", asked)]))
    assert len(own(opened).drawn) == count


def test_a_home_in_words_is_masked_by_what_can_stand_there(tmp_path: Path) -> None:
    root = root_with(
        tmp_path, [("code", "import os, pwd\nlaporan.teks('Di ' + pwd.getpwuid(os.getuid()).pw_dir + '/a.csv')")]
    )
    assert "Di «rumah»/a.csv" in own(ran(root)).page


REFUSED = {
    "float('nan')": "bukan bilangan: nan",
    "float('inf')": "bukan bilangan: inf",
    "None": "bukan bilangan: None",
    "[1]": "bukan bilangan: [1]",
}


@pytest.mark.parametrize("value", REFUSED)
def test_what_is_no_number_is_not_registered(tmp_path: Path, value: str) -> None:
    with pytest.raises(RunError) as caught:
        ran(root_with(tmp_path, [("code", f"laporan.catat('tema.a', {value}, 'rumus')")]))
    assert REFUSED[value] in caught.value.text()


@pytest.mark.parametrize(
    ("place", "allowed"),
    [("Capaian!H2", True), ("Tak Ada!H2", False), ("Capaian!bukan-sel", False), ("Capaian!ZZZZ1", False)],
)
def test_a_cell_that_is_not_there_is_no_origin(tmp_path: Path, place: str, allowed: bool) -> None:
    file = "laporan.target['sumber'][0].partition('!')[0]"
    root = root_with(tmp_path, [("code", f"laporan.catat('tema.a', 1, 'rumus', [{file} + '!{place}'])")])
    if allowed:
        assert ran(root).register["tema.a"].sources[0].endswith("!Capaian!H2")
        return
    with pytest.raises(RunError) as caught:
        ran(root)
    assert "bukan sel atau baris" in caught.value.text()


def test_small_numbers_keep_their_value_and_a_figure_needs_its_formula(tmp_path: Path) -> None:
    opened = ran(
        root_with(
            tmp_path / "a", [("code", "laporan.catat('tema.a', 1e-12, 'r'); laporan.catat('tema.b', 1 / 3, 'r')")]
        )
    )
    assert [number.nilai for number in own(opened).numbers] == ["1/1000000000000", "1/3"]
    with pytest.raises(RunError) as caught:
        ran(root_with(tmp_path / "b", [("code", "laporan.catat('tema.a', 1, ' ')")]))
    assert "'tema.a' tanpa rumus" in caught.value.text()


def test_too_much_to_keep_is_told_and_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monev.build.own_notebook_runs.LARGEST_RECORD", 1000)
    root = root_with(tmp_path)
    assert told(root) == [("W20", "")]
    assert not (root / "naskah" / "hasil").exists()


def test_a_text_may_name_what_a_notebook_gives_before_it_has_run(tmp_path: Path) -> None:
    bagian = ["komitmen", {"naskah": "teks.md"}, {"naskah": "tema.ipynb"}]
    cells = [SHOWN[0], ("code", "laporan.catat('tema.a', 3, 'rumus')")]
    root = root_with(tmp_path, cells, bagian=bagian)
    text = root / "naskah" / "teks.md"
    text.write_text('# Teks\n\nLihat @tbl-naskah-tema-1: []{.angka key="tema.a"}.\n', "utf-8")
    assert not [finding for finding in ran(root).checked if finding.file.endswith("teks.md")]
    text.write_text('# Teks\n\nLihat @tbl-naskah-tema-9: []{.angka key="tema.z"}.\n', "utf-8")
    with pytest.raises(InputError) as caught:
        open_edition(root, EDITION)
    assert [finding.code for finding in caught.value.findings if finding.file.endswith("teks.md")] == ["W03", "W04"]


# When it runs ---------------------------------------------------------------------------------------------------------


def test_it_runs_only_where_these_very_bytes_are_trusted(tmp_path: Path) -> None:
    root = root_with(tmp_path)
    with pytest.raises(InputError) as caught:
        ran(root, allow=False)
    assert [finding.code for finding in caught.value.findings] == ["W10"]
    assert not (root / "naskah" / "hasil").exists()
    ran(root)
    path = root / "naskah" / "tema.ipynb"
    before = path.read_bytes()
    path.write_text(notebook([*HEAD, ("code", "1")]), "utf-8")
    with pytest.raises(InputError):
        ran(root, allow=False)
    path.write_bytes(before)
    ran(root, allow=False)


def test_what_was_recorded_serves_without_trust_until_the_data_change(tmp_path: Path) -> None:
    root = root_with(tmp_path / "a", [("code", "laporan.tabel(laporan.komitmen, 'Semua')")])
    ran(root)
    received = tmp_path / "b"
    shutil.copytree(root, received, ignore=shutil.ignore_patterns(".monev"))
    assert own(ran(received, allow=False)).page == own(open_edition(root, EDITION)).page
    make_plan(tmp_path / "c", MadePlan(params={"bagian": CONTENTS}, scores=(10, 20)))
    shutil.rmtree(received / "inputs")
    shutil.copytree(tmp_path / "c" / "inputs", received / "inputs")
    with pytest.raises(InputError) as caught:
        ran(received, allow=False)
    assert "tabel_komitmen" in caught.value.text()


def test_a_record_that_somebody_wrote_into_counts_as_none(tmp_path: Path) -> None:
    root = root_with(tmp_path, SHOWN)
    ran(root)
    record = root / "naskah" / "hasil" / EDITION / "tema.ipynb"
    for content in (b"{", b"[]", b'{"metadata": {"monev": 1}}', record.read_bytes().replace(b'"bacaan": [', b'"x": [')):
        record.write_bytes(content)
        assert ("W09", "") in [(f.code, f.cell) for f in open_edition(root, EDITION).checked]


def test_check_and_explain_run_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = root_with(tmp_path, [("code", "open('jejak', 'w').write('x')")])
    assert main(["--root", str(root), "check", EDITION, "--no-copies"]) == 0
    assert "W09" in capsys.readouterr().out
    assert main(["--root", str(root), "explain", EDITION, "komitmen.jumlah"]) == 0
    assert not (root / "naskah" / "jejak").exists()


def test_a_failure_names_its_cell_and_leaves_the_last_record(tmp_path: Path) -> None:
    root = root_with(tmp_path, [("code", "1 / 0")])
    with pytest.raises(RunError) as caught:
        ran(root)
    assert "naskah/tema.ipynb" in caught.value.text()
    assert "sel 4" in caught.value.text()


# Bad input ------------------------------------------------------------------------------------------------------------

WRONG: dict[str, tuple[Cell, tuple[str, str]]] = {
    "empty-figure": (("code", "fig, _ = laporan.bidang()\nlaporan.gambar(fig, 'A', 'B')"), ("W13", "ke-4")),
    "no-alternative": (
        ("code", f"{FIGURE}b.plot([1])\nlaporan.gambar(fig, 'A', '')"),
        ("W12", "ke-4"),
    ),
    "no-caption": (("code", "laporan.target"), ("W11", "ke-4")),
    "empty-table": (("code", "laporan.tabel(laporan.target[:0], 'x')"), ("W17", "ke-4")),
    "many-rows": (
        ("code", "import pandas as p\nlaporan.tabel(p.DataFrame({'a': range(10000)}), 'x')"),
        ("W14", "ke-4"),
    ),
    "many-columns": (
        ("code", "import pandas as p\nlaporan.tabel(p.DataFrame([range(13)]), 'x')"),
        ("W21", "ke-4"),
    ),
    "own-path": (("code", "import os\nprint(os.getcwd())"), ("W15", "ke-4")),
    "home": (("code", "import os, pwd\nprint(pwd.getpwuid(os.getuid()).pw_dir + '/rahasia')"), ("W15", "ke-4")),
    "html": (("code", "from IPython.display import HTML\nHTML('<b>x</b>')"), ("W18", "ke-4")),
    "raw-html": (("markdown", "<script>x</script>"), ("W02", "ke-4")),
    "raw-typst": (("markdown", "`#panic()`{=typst}"), ("W02", "ke-4")),
    "include": (("markdown", "{{< include ../../rahasia.md >}}"), ("W02", "ke-4")),
    "figure": (("markdown", '[]{.angka key="tidak.ada"}'), ("W03", "ke-4")),
    "reference": (("markdown", "@tbl-tidak-ada"), ("W04", "ke-4")),
    "shown-already": (("code", "laporan.daftar_komitmen()"), ("W17", "ke-4")),
    "formula": (("code", "from IPython.display import Latex\nLatex('$x$')"), ("W18", "ke-4")),
    "photograph": (
        ("code", "from IPython.display import Image\nImage(b'\\x89PNG\\r\\n\\x1a\\n' + bytes(30), format='png')"),
        ("W18", "ke-4"),
    ),
    "twice": (("code", "laporan.catat('x', 1, 'a')\nlaporan.catat('x', 2, 'b')"), ("W17", "ke-4")),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_at_its_cell(tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cell, wanted = WRONG[case]
    assert wanted in told(root_with(tmp_path, [cell]))


def test_paths_of_the_machine_are_masked(tmp_path: Path) -> None:
    root = root_with(tmp_path, [("code", "import os, tempfile\nprint(os.getcwd(), tempfile.gettempdir())")])
    ran(root)
    record = (root / "naskah" / "hasil" / EDITION / "tema.ipynb").read_text("utf-8")
    assert str(tmp_path) not in record
    assert "/mv-" not in record
    assert "«folder program»/naskah" in record


def test_the_network_is_told_and_the_run_never_used_again(tmp_path: Path) -> None:
    cell = "import socket\ntry:\n    socket.create_connection(('127.0.0.1', 9), 0.2)\nexcept OSError:\n    pass"
    root = root_with(tmp_path, [("code", cell)])
    assert ("W16", "") in told(root)
    said: list[object] = []
    _, known = refresh(opened_with_state(root, EDITION), 1, allow=False, say=said.append)
    assert not known
    assert said


def test_a_file_outside_the_root_is_told(tmp_path: Path) -> None:
    (tmp_path / "luar.csv").write_text("a\n1\n")
    cell = ("code", f"import pandas as pd\npd.read_csv({str(tmp_path / 'luar.csv')!r}).shape")
    assert ("W16", "") in told(root_with(tmp_path / "akar", [cell]))


def test_a_file_of_the_root_becomes_an_input(tmp_path: Path) -> None:
    root = root_with(tmp_path, [("code", "open('../inputs/data.csv').read() and None")])
    (root / "inputs" / "data.csv").write_text("a\n1\n")
    assert "inputs/data.csv" in ran(root).inputs.files


SOURCES: dict[str, tuple[str, str]] = {
    "no-json": ("{", "bukan buku catatan"),
    "old-format": (json.dumps({"nbformat": 3, "worksheets": []}), "bukan buku catatan"),
    "no-parameters": (notebook([("markdown", "# A"), ("code", OPEN)]), "'parameters' ada 0"),
    "two-parameters": (notebook([("markdown", "# A"), PARAMETERS, PARAMETERS]), "'parameters' ada 2"),
    "no-edition": (notebook([("markdown", "# A"), ("code", "x = 1", {"tags": ["parameters"]})]), "'edisi'"),
    "no-constant": (notebook([("markdown", "# A"), ("code", "edisi = f()", {"tags": ["parameters"]})]), "nilai tetap"),
    "no-title": (notebook([PARAMETERS, ("code", OPEN)]), "judulnya tidak ada"),
    "strange-key": (notebook([*HEAD], {"monev": {"juduk": "x"}}), "Maksudnya 'judul'"),
}


@pytest.mark.parametrize("case", SOURCES)
def test_a_notebook_that_cannot_be_used_is_told(tmp_path: Path, case: str) -> None:
    text, words = SOURCES[case]
    root = root_with(tmp_path)
    (root / "naskah" / "tema.ipynb").write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        ran(root)
    assert words in caught.value.text()


@pytest.mark.parametrize("name", ["ringkasan", "08-lampiran-komitmen"])
def test_a_name_of_the_report_itself_is_refused(tmp_path: Path, name: str) -> None:
    root = root_with(tmp_path, bagian=["ringkasan", {"naskah": f"{name}.ipynb"}])
    (root / "naskah" / "tema.ipynb").rename(root / "naskah" / f"{name}.ipynb")
    with pytest.raises(InputError) as caught:
        ran(root)
    assert "W08" in [finding.code for finding in caught.value.findings]
    assert main(["--root", str(root), "new-notebook", name]) == 1


# The whole way --------------------------------------------------------------------------------------------------------


def test_an_example_runs_by_stock_papermill(tmp_path: Path) -> None:
    root = make_plan(tmp_path, MadePlan(params={"bagian": CONTENTS}))
    assert main(["--root", str(root), "new-notebook", "tema"]) == 0
    assert main(["--root", str(root), "new-notebook", "tema"]) == 1
    script = (
        "import papermill, sys\n"
        "papermill.execute_notebook('tema.ipynb', 'jadi.ipynb', {'edisi': 'uji'}, kernel_name='python3')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root / "naskah",
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(REPOSITORY / "lib"), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    kinds = [kind for cell in json.loads((root / "naskah" / "jadi.ipynb").read_text())["cells"]
             for output in cell.get("outputs", ()) for kind in output.get("data", {})]  # fmt: skip
    assert kinds.count("application/vnd.monev.isi+json") == 4  # a bare frame, a table, a figure, a number


def test_the_example_is_short() -> None:
    code = [cell for cell in json.loads(example("tema", "uji"))["cells"] if cell["cell_type"] == "code"]
    assert sum(len(cell["source"]) for cell in code) < 40


@pytest.mark.slow
def test_a_programme_with_a_notebook_is_built_explained_and_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_plan(tmp_path, MadePlan(params={"bagian": CONTENTS}))
    main(["--root", str(root), "new-notebook", "tema"])
    made = build(root, EDITION, BuildOptions(jobs=2), quiet())
    figures = json.loads((made.folder / "data" / "angka.json").read_bytes())
    [own_figure] = [row for row in figures if "dicatat" in row]
    scores = [Fraction(str(row["nilai"])) for row in figures if row["id"].startswith("target.")]
    assert own_figure["nilai"] <= max(scores)
    capsys.readouterr()
    assert main(["--root", str(root), "explain", EDITION, "tema.selisih-kelompok"]) == 0
    assert "dicatat oleh naskah/tema.ipynb" in capsys.readouterr().out
    for trust, code in ((False, "A05"), (True, "A06")):
        found = prove(made.pdf, root, 2, quiet(), trust=trust)
        assert found.proof == "identik", [str(note) for note in found.notes]
        assert code in {note.code for note in found.notes}
    assert check(made.pdf, root).exit_code == 0
    again = build(root, EDITION, BuildOptions(jobs=2), quiet())
    assert not any(step.ran for step in again.steps)
