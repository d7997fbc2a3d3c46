"""Corrections of received workbooks (`params/koreksi/<edition>.yml`): applied on reading, told, never out of date."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from monev.display.section_output import SECTION_TYPE
from monev.edition.edition_cache import keep_open, opened_edition
from monev.edition.opened import Opened, open_edition
from monev.figures.corrections import COUNT_ID, Correction, corrections_file
from monev.io.folders import REPOSITORY
from monev.io.inputs import read_inputs
from monev.io.params_records import load_corrections
from monev.notebook import Laporan
from monev.words.errors import InputError
from monev.words.findings import Finding
from support import change, column, put

EDITION = "2021-S2"
OMS = "inputs/2021-S2/capaian-oms.xlsx"
KL = "inputs/2021-S2/capaian-kl.xlsx"
PLAN = "inputs/rencana-aksi.xlsx"
FILE = corrections_file(EDITION)
WHO = {"alasan": "Salah ketik pelapor", "oleh": "Sekretariat", "tanggal": "2022-01-31"}


def correct(root: Path, *records: dict[str, object]) -> None:
    path = root / FILE
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump([{**WHO, **record} for record in records], allow_unicode=True), "utf-8")


def found(root: Path) -> list[Finding]:
    try:
        findings = read_inputs(root, EDITION).findings
    except InputError as error:
        findings = error.findings
    return [finding for finding in findings if finding.weight == "error"]


def score_cell(root: Path, file: str = OMS, row: int = 2) -> str:
    return f"{file}!Capaian!{column(root, file, 'Capaian', 'Nilai')}{row}"


def markdown(opened: Opened) -> str:
    return str(Laporan(opened).audit()._repr_mimebundle_()[SECTION_TYPE]["markdown"])  # type: ignore[index]


def test_a_correction_counts_and_the_workbook_stays_as_it_is(root: Path) -> None:
    cell = score_cell(root)
    put(root, cell, 40)
    before = (root / OMS).read_bytes()
    wrong = open_edition(root, EDITION)
    correct(root, {"sel": cell, "tertulis": 40, "benar": 95})
    right = open_edition(root, EDITION)
    [target] = [t for t in right.results.targets if t.place.cell("score") == cell]
    assert target.score == 95
    assert (root / OMS).read_bytes() == before
    score = f"komitmen.{target.commitment:02d}.skor"
    assert right.register[score].value > wrong.register[score].value  # type: ignore[operator]
    for figure in right.register:
        if cell in figure.sources and figure.id != COUNT_ID:
            assert f"sel {cell} dikoreksi dari '40' menjadi '95'" in figure.note
    assert cell in right.register[score].record()["catatan"]  # type: ignore[operator]
    assert wrong.register[score].note == ""


#   what the cell holds, how it is formatted, what the record says it holds, what is right, the score that follows
WRITTEN = [
    (40, "General", 40, 95, "95"),
    (95.5, "General", "95,5", 12.5, "25/2"),
    (95.5, "General", 95.5, "12,5%", "25/2"),
    (0.01, "0%", "1%", "100%", "100"),
    (0.01, "0%", "1%", 100, "100"),  # a number counts as it is written, whatever the cell's format
    ("95 %", "General", "95 %", "N/A", "N/A"),
    ("seratus", "General", "seratus", 100, "100"),
    ("#DIV/0!", "General", "#DIV/0!", "-", "-"),
    (datetime(2021, 12, 1), "yyyy-mm-dd", "2021-12-01", 12, "12"),
    ("  ", "General", None, 70, "70"),
]


@pytest.mark.parametrize(("held", "form", "said", "right", "score"), WRITTEN)
def test_what_was_found_is_written_as_it_shows(
    root: Path, held: object, form: str, said: object, right: object, score: str
) -> None:
    cell = score_cell(root)

    def edit(book) -> None:
        place = book["Capaian"][cell.split("!")[2]]
        place.value, place.number_format = held, form

    change(root, OMS, edit)
    if score == "-":  # a status does not count then, which is told elsewhere
        put(root, f"{OMS}!Capaian!{column(root, OMS, 'Capaian', 'Status Ko-Kreasi')}2", None)
    correct(root, {"sel": cell, "tertulis": said, "benar": right})
    assert found(root) == []
    [target] = [t for t in read_inputs(root, EDITION).data.targets if t.place.cell("score") == cell]
    assert str(target.score) == score


def test_a_text_a_reference_and_the_plan_can_be_corrected(root: Path) -> None:
    title = f"{PLAN}!Komitmen!{column(root, PLAN, 'Komitmen', 'Judul')}2"
    actor = f"{OMS}!Capaian!{column(root, OMS, 'Capaian', 'Pelaksana')}2"
    name = read_inputs(root, EDITION).data.targets
    right = next(t.actor for t in name if t.place.cell("actor") == actor)
    put(root, actor, "LSM Salah")
    old = next(c.title for c in read_inputs(root, EDITION).data.commitments if c.place.cell("title") == title)
    correct(
        root,
        {"sel": actor, "tertulis": "LSM Salah", "benar": right},
        {"sel": title, "tertulis": f"  {old} ", "benar": "Judul = yang *benar*"},
    )
    assert found(root) == []
    assert any(c.title == "Judul = yang *benar*" for c in read_inputs(root, EDITION).data.commitments)


#   the record beside `sel` (CELL stands for a real one that holds 40), the finding's code, words of the finding
WRONG = [
    ({"sel": "CELL", "tertulis": 41, "benar": 95}, "E02", "'40'"),
    ({"sel": "CELL", "tertulis": "", "benar": 95}, "E02", "(kosong)"),
    ({"sel": "CELL", "tertulis": 40, "benar": 40}, "E04", "'40'"),
    ({"sel": "CELL", "tertulis": 40, "benar": "40"}, "E04", "'40'"),
    ({"sel": "inputs/2021-S2/lain.xlsx!Capaian!H2", "tertulis": 1, "benar": 2}, "E01", "tidak dibaca"),
    ({"sel": f"{OMS}!Lain!H2", "tertulis": 1, "benar": 2}, "E01", "'Lain'"),
    ({"sel": f"{OMS}!Capaian!H9999", "tertulis": 1, "benar": 2}, "E01", "H9999"),
    ({"sel": f"{OMS}!Capaian", "tertulis": 1, "benar": 2}, "P03", "capaian-kl.xlsx!Capaian!H5"),
    ({"sel": "CELL", "tertulis": [1], "benar": 2}, "P03", "satu nilai"),
    ({"sel": "CELL", "tertulis": 40, "benar": 2, "tanggal": "kemarin"}, "P03", "2022-01-31"),
    ({"sel": "CELL", "tertulis": 40, "benar": 2, "alasan": ""}, "P03", "kosong"),
    ({"sel": "CELL", "tertulis": 40, "benar": 2, "sebab": "x"}, "P01", "alasan"),
    ({"sel": "CELL", "tertulis": 40}, "P02", "benar"),
]


@pytest.mark.parametrize(("record", "code", "words"), WRONG)
def test_a_correction_that_does_not_fit_is_an_error(
    root: Path, record: dict[str, object], code: str, words: str
) -> None:
    cell = score_cell(root)
    put(root, cell, 40)
    correct(root, record | ({"sel": cell} if record["sel"] == "CELL" else {}))
    [finding] = found(root)
    assert (finding.code, finding.file, finding.cell.isdigit()) == (code, FILE, True)
    assert words in finding.text("id")
    assert finding.text("en") != finding.text("id")


def test_the_example_is_a_correction_as_it_stands() -> None:
    made = load_corrections(REPOSITORY, "contoh-koreksi")
    assert [(item.sheet, item.address, item.found, item.right) for item in made] == [
        ("Capaian", "H5", "58%", "85%"),
        ("Capaian", "K12", "Ada", "Tidak dikumpulkan"),
    ]
    text = (REPOSITORY / "params/koreksi/contoh-koreksi.yml").read_text("utf-8")
    assert all(f"{key}:" in text for key in Correction.model_fields)
    assert sum("# " in line for line in text.splitlines()) >= 8


def test_two_corrections_of_one_cell_are_an_error(root: Path) -> None:
    cell = score_cell(root)
    put(root, cell, 40)
    lower = cell[: -len(cell.split("!")[2])] + cell.split("!")[2].lower()
    correct(root, *({"sel": sel, "tertulis": 40, "benar": right} for sel, right in ((cell, 50), (lower, 60))))
    [finding] = found(root)
    assert (finding.code, finding.details["first"]) == ("E03", 1)


def test_a_file_that_is_no_list_is_named(root: Path) -> None:
    (root / FILE).parent.mkdir(exist_ok=True)
    (root / FILE).write_text("sel: x\n", "utf-8")
    assert [(f.code, f.file) for f in found(root)] == [("P03", FILE)]


def test_the_annex_lists_corrections_only_when_there_are_any(root: Path) -> None:
    assert "koreksi" not in markdown(open_edition(root, EDITION)).lower()
    cell = score_cell(root)
    put(root, cell, 40)
    correct(root, {"sel": cell, "tertulis": 40, "benar": 95, "alasan": "Angka *tertukar* | lihat surel"})
    opened = open_edition(root, EDITION)
    made = markdown(opened)
    assert "#tbl-koreksi" in made
    assert f'[1]{{.angka key="{COUNT_ID}"}}' in made
    assert "Angka \\*tertukar\\* \\| lihat surel" in made
    assert all(part in made for part in ("H2", "Sekretariat", "2022\\-01\\-31"))


def test_corrections_are_params_of_the_edition(root: Path) -> None:
    assert FILE not in open_edition(root, EDITION).params_files(root)
    cell = score_cell(root)
    put(root, cell, 40)
    correct(root, {"sel": cell, "tertulis": 40, "benar": 95})
    assert FILE in open_edition(root, EDITION).params_files(root)


def test_params_of_another_root_bring_their_own_corrections(root: Path, tmp_path: Path) -> None:
    """As `verify` reads them: inputs here, params that a PDF carries there."""
    other = tmp_path / "lain"
    (other / "params").mkdir(parents=True)
    (other / "params" / f"{EDITION}.yml").write_bytes((root / "params" / f"{EDITION}.yml").read_bytes())
    cell = score_cell(root)
    put(root, cell, 40)
    correct(root, {"sel": cell, "tertulis": 40, "benar": 95})
    assert COUNT_ID in open_edition(root, EDITION).register
    assert COUNT_ID not in open_edition(root, EDITION, other).register


def test_an_edition_kept_open_notices_new_corrections(root: Path) -> None:
    cell = score_cell(root)
    put(root, cell, 40)
    keep_open(root, EDITION)
    assert opened_edition(root, EDITION) is opened_edition(root, EDITION)
    correct(root, {"sel": cell, "tertulis": 40, "benar": 95})
    assert COUNT_ID in opened_edition(root, EDITION).register


def test_the_figure_of_corrections_is_part_of_the_register(root: Path) -> None:
    cell = score_cell(root)
    put(root, cell, 40)
    correct(root, {"sel": cell, "tertulis": 40, "benar": 95})
    opened = open_edition(root, EDITION)
    assert json.loads(json.dumps(opened.register.records()))
    assert replace(opened.register[COUNT_ID]).sources == (cell,)
