"""The order of the notebooks: told once, beside them; what is wrong in it is told at its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monev.build.notebook_plan import FILE, NotebookPlan, read_notebook_plan
from monev.edition.opened import Opened, open_edition
from monev.io import manifest
from monev.io.folders import NOTEBOOKS, REPOSITORY
from monev.words.errors import InputError


@pytest.fixture(scope="module")
def opened() -> Opened:
    return open_edition(REPOSITORY, "2021-S2")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "buku"
    place.mkdir()
    for name in ("satu", "dua", "tiga"):
        (place / f"{name}.ipynb").write_text("{}", "utf-8")
    return place


def written(folder: Path, text: str) -> NotebookPlan:
    (folder / FILE).write_text(text, "utf-8")
    return read_notebook_plan(folder)


def test_every_notebook_of_the_project_is_a_line() -> None:
    assert sorted(read_notebook_plan().root) == sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))


def test_the_runs_follow_the_lines(folder: Path, opened: Opened) -> None:
    plan = written(folder, "dua: sekali\nsatu: tiap komitmen\ntiga: sekali\n")
    numbers = [result.commitment.commitment for result in opened.results.commitments]
    assert len(numbers) == 18
    tasks = plan.tasks(opened)
    names = ["dua", *(f"satu-{number:02d}" for number in numbers), "tiga"]
    assert [task.name for task in tasks] == names
    assert {task.notebook for task in tasks} == {"satu.ipynb", "dua.ipynb", "tiga.ipynb"}
    assert [dict(task.parameters) for task in tasks[:2]] == [
        {"edisi": "2021-S2"},
        {"edisi": "2021-S2", "komitmen": numbers[0]},
    ]
    assert [task.name for task in plan.whole_first(tasks)] == ["dua", "tiga", *names[1:-1]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("satu: sekali\nduo: sekali\n", "urutan.yml, baris 2: kunci 'duo' tidak dikenal. Maksudnya 'dua'?"),
        ("satu: sekali\nsatu: tiap komitmen\n", "urutan.yml, baris 2: kunci 'satu' ditulis dua kali"),
        (
            "satu: sekali\ndua: kadang\n",
            "urutan.yml, baris 2: isi 'dua' tidak sah: pilihan: 'sekali', "
            "'tiap komitmen', 'tiap instrumen' atau 'bila ada tindak lanjut'",
        ),
        ("satu: sekali\ndua:\n", "urutan.yml, baris 2: isi 'dua' tidak sah"),
        ("", "harus berisi sekurang-kurangnya satu butir"),
        ("- satu\n", "harus berisi pasangan kunci dan nilai"),
        ("satu: [", "urutan.yml, baris 1: berkas ini tidak dapat dibaca: kurung"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(folder: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        written(folder, text)
    assert said in str(refused.value)
    assert "buku/urutan.yml" in str(refused.value)


def test_all_missing_notebooks_are_told_at_once(folder: Path) -> None:
    with pytest.raises(InputError) as refused:
        written(folder, "x: sekali\nsatu: sekali\ny: sekali\n")
    assert [finding.cell for finding in refused.value.findings] == ["1", "3"]


def test_a_folder_without_an_order_is_told(folder: Path) -> None:
    with pytest.raises(InputError, match=re.escape("buku/urutan.yml")):
        read_notebook_plan(folder)


def test_the_order_is_part_of_what_an_edition_is_made_from() -> None:
    assert f"notebooks/{FILE}" in manifest.code_digests()
