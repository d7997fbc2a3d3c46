"""An edition of which something is not assessed yet: a state that is told everywhere, and stops nothing."""

import csv
import io
from fractions import Fraction
from pathlib import Path

import pypdfium2
import pytest

from monev.build.assembly import data_files
from monev.display.section_output import SECTION_TYPE
from monev.edition.opened import Opened, open_edition
from monev.io.inputs import read_inputs
from monev.notebook import Laporan
from plans import EDITION, MadePlan, make_plan
from support import column, copy_root, findings_of, monev, put

KL, OMS = "inputs/B12/capaian-kl.xlsx", "inputs/B12/capaian-oms.xlsx"
STATE = "BELUM LENGKAP (9 dari 12 dinilai)"
BLANK = ("Capaian", "Nilai", "Ko-Kreasi", "Status Ko-Kreasi", "Data Dukung")


def blank(root: Path, file: str, row: int, *headings: str) -> None:
    for heading in headings:
        put(root, f"{file}!Capaian!{column(root, file, 'Capaian', heading)}{row}", None)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three commitments with four targets each, all 100; one row without score, two without anything reported."""
    made = make_plan(tmp_path_factory.mktemp("belum") / "akar", MadePlan(scores=(100,), statuses=("Aktif",)))
    blank(made, KL, 2, "Nilai")
    blank(made, OMS, 3, *BLANK)
    blank(made, OMS, 4, *BLANK)
    put(made, f"{OMS}!Capaian!{column(made, OMS, 'Capaian', 'Data Dukung')}4", "belum ada")
    return made


@pytest.fixture(scope="module")
def opened(root: Path) -> Opened:
    return open_edition(root, EDITION)


def section(opened: Opened, name: str, *arguments: object) -> str:
    bundle = getattr(Laporan(opened), name)(*arguments)._repr_mimebundle_()
    return str(bundle[SECTION_TYPE]["markdown"])


def test_findings_name_the_cells_and_stop_nothing(root: Path) -> None:
    found = {(f.code, f.weight, f.file, f.cell) for f in findings_of(root, EDITION) if f.code[0] in "RC"}
    score = column(root, KL, "Capaian", "Nilai")
    assert found == {
        ("R02", "warning", KL, f"{score}2"),
        ("R01", "warning", OMS, f"{score}3"),
        ("R01", "warning", OMS, f"{score}4"),
    }


def test_they_leave_scores_and_counts(opened: Opened) -> None:
    first = opened.results.commitment(1)
    assert [t.score for t in first.targets].count("belum dinilai") == 1
    assert first.administrative.score == Fraction(100)  # 100, 100 and 100: without the blank one
    register = opened.register
    assert register["target.jumlah"].value == 9
    assert register["keadaan.harus-dinilai"].value == 12
    assert register["keadaan.belum-dinilai"].value == 1
    assert register["keadaan.belum-dilaporkan"].value == 2
    assert register["rekap.kl.b12.total"].value == 2
    assert register["kelengkapan.kl.dilaporkan"].value == 3  # reported all the same
    assert register["rapor.kl.target"].value == 5  # of six


def test_the_open_data_says_so(opened: Opened) -> None:
    rows = list(csv.DictReader(io.StringIO(data_files(opened)["target.csv"].decode("utf-8-sig"))))
    waiting = [row for row in rows if row["status_nilai"] == "belum dinilai"]
    assert [(row["komitmen"], row["kelompok"], row["periode"], row["nilai"], row["kategori"]) for row in waiting] == [
        ("1", "K/L", "B12", "", "")
    ]


@pytest.mark.parametrize("name", ["sekilas", "ringkasan_umum", "ringkasan_administratif", "deskripsi", "rapor"])
def test_first_pages_and_tables_say_so(opened: Opened, name: str) -> None:
    text = section(opened, name)
    assert 'key="keadaan.harus-dinilai"' in text
    assert "elum lengkap" in text


def test_they_are_named(opened: Opened) -> None:
    text = section(opened, "kelengkapan").replace("\\", "")
    assert '{.angka key="keadaan.belum-dinilai"} target sudah dilaporkan tetapi belum dinilai: [Kem 1]' in text
    assert "[Belum dinilai]{.label" in section(opened, "lampiran", 1)
    assert "Target 2 1" not in section(opened, "lampiran", 1)


def test_a_complete_edition_has_no_word_of_it(tmp_path: Path) -> None:
    whole = open_edition(make_plan(tmp_path, MadePlan()), EDITION)
    assert not [figure.id for figure in whole.register if figure.id.startswith("keadaan.")]
    assert "elum lengkap" not in section(whole, "sekilas") + section(whole, "deskripsi")


def test_earlier_rows_without_a_score_stay_unfinished(tmp_path: Path) -> None:
    made = make_plan(tmp_path, MadePlan(scores=(100,), statuses=("Aktif",)))
    blank(made, KL.replace("B12", "B06"), 2, "Nilai")
    opened = open_edition(made, EDITION)
    assert opened.register["belum-selesai.jumlah"].value == 1
    assert "[Belum dinilai]{.label" in section(opened, "belum_selesai")


#   what a row of a finished workbook lacks, and the findings at it
@pytest.mark.parametrize(
    ("headings", "codes"),
    [
        (("Nilai",), ["R02"]),
        (("Nilai", "Status Ko-Kreasi", "Ko-Kreasi", "Data Dukung"), ["R02"]),
        (("Nilai", "Capaian", "Status Ko-Kreasi", "Ko-Kreasi", "Data Dukung"), ["R01"]),
        (("Target", "Nilai", "Capaian", "Status Ko-Kreasi", "Ko-Kreasi", "Data Dukung"), ["R01"]),
        (("Nilai", "Capaian"), ["C01"]),  # evidence and a status, and nothing that explains the missing score
        (("Nilai", "Target"), ["C01"]),
        ((), []),
    ],
)
def test_what_explains_a_missing_score(tmp_path: Path, headings: tuple[str, ...], codes: list[str]) -> None:
    made = make_plan(tmp_path, MadePlan(scores=(100,), statuses=("Aktif",)))
    blank(made, KL, 2, *headings)
    own = [f for f in read_inputs(made, EDITION).findings if f.file == KL and f.cell.rstrip("2").isalpha()]
    assert sorted(f.code for f in own if f.code != "M07") == codes


@pytest.mark.slow
def test_cover_foot_and_console_say_so(root: Path) -> None:
    done = monev(root, "build", EDITION, "--engine", "embedded")
    assert done.returncode == 0, done.stderr
    assert STATE in done.stdout
    assert f"{KL} {column(root, KL, 'Capaian', 'Nilai')}2" in done.stdout
    folder = root / "outputs" / EDITION
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(folder / "laporan.pdf")]
    assert all(STATE in page for page in pages)
    assert STATE in (folder / "laporan.html").read_text("utf-8")
    assert f"Selesai: {len(pages)} halaman; laporan.html, laporan.pdf, data/" in done.stdout
    assert monev(root, "verify", "--quick", str(folder / "laporan.pdf")).returncode == 0


def test_a_score_that_is_missing_in_2021_is_no_error(tmp_path: Path) -> None:
    made = copy_root(tmp_path)
    file = "inputs/2021-S2/capaian-oms.xlsx"
    put(made, f"{file}!Capaian!{column(made, file, 'Capaian', 'Nilai')}14", None)
    assert open_edition(made, "2021-S2").register["keadaan.harus-dinilai"].value == 130
