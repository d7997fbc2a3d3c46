"""A third semester, prepared by `new`, filled and evaluated, with no change outside params and inputs.

The counts are recomputed here from what the filling script wrote, and from the 2021 workbooks read cell by cell.
"""

import csv
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from monev.build.notebook_plan import read_notebook_plan
from monev.display.parts import appendix
from monev.display.section_output import SECTION_TYPE
from monev.edition.opened import Opened, open_edition
from monev.io.folders import NOTEBOOKS
from monev.notebook import Laporan
from semester import CHANGE, EDITION, IMPACT, LASTING, PERIOD, SOURCE, Filled, band, third_semester
from support import render_here

BANDS = {"Baik": "baik", "Cukup": "cukup", "Kurang": "kurang", "N/A": "na"}
GROUPS = {"K/L": "kl", "OMS": "oms"}


@dataclass(frozen=True)
class Semester:
    """The root, what was filled in, and the edition opened."""

    root: Path
    filled: Filled
    opened: Opened

    @property
    def laporan(self) -> Laporan:
        return Laporan(self.opened)

    def markdown(self, name: str) -> str:
        return str(getattr(self.laporan, name)()._repr_mimebundle_()[SECTION_TYPE]["markdown"])

    def value(self, figure: str) -> object:
        return self.opened.register[figure].value


@pytest.fixture(scope="module")
def semester(tmp_path_factory: pytest.TempPathFactory) -> Semester:
    root, filled = third_semester(tmp_path_factory.mktemp("tiga") / "akar")
    return Semester(root, filled, open_edition(root, EDITION))


def cells(root: Path, folder: str, group: str) -> list[dict[str, Any]]:
    """Return the rows of an achievements workbook with scores as a person reads them."""
    name = "capaian-kl.xlsx" if group == "K/L" else "capaian-oms.xlsx"
    page = load_workbook(root / "inputs" / folder / name, data_only=True)["Capaian"]
    heads = [str(cell.value) for cell in page[1]]
    rows = []
    for line in page.iter_rows(min_row=2):
        row = {head: cell.value for head, cell in zip(heads, line, strict=True)}
        at = heads.index("Nilai")
        if isinstance(row["Nilai"], int | float) and "%" in line[at].number_format:
            row["Nilai"] = round(row["Nilai"] * 100)
        if row["Komitmen"]:
            rows.append(row)
    return rows


@pytest.mark.parametrize("group", GROUPS)
def test_tables_8_and_9_have_three_periods(semester: Semester, group: str) -> None:
    recap = {
        "b06": Counter(band(r["Nilai"]) for r in cells(semester.root, "2021-S1", group)),
        "b12": Counter(band(r["Nilai"]) for r in cells(semester.root, "2021-S2", group)),
        "b18": semester.filled.recap[group],
    }
    recap["akumulasi"] = recap["b06"] + recap["b12"] + recap["b18"]
    for period, counts in recap.items():
        for name, id_ in BANDS.items():
            assert semester.value(f"rekap.{GROUPS[group]}.{period}.{id_}") == counts[name], (period, name)
        total = sum(counts[name] for name in BANDS)
        assert semester.value(f"rekap.{GROUPS[group]}.{period}.total") == total
    table = next(line for line in semester.markdown("deskripsi").split("\n") if line.startswith("| Kategori"))
    assert [word.strip() for word in table.strip("|").split("|")][1:4] == ["B06", "B12", "B18"]


def test_2021_is_as_it_was(semester: Semester) -> None:
    before = open_edition(semester.root, SOURCE).register
    for figure in before:
        if figure.id.startswith(("rekap.kl.b", "rekap.oms.b", "target.0", "target.1")):
            assert semester.opened.register[figure.id].value == figure.value


def test_completeness(semester: Semester) -> None:
    filled = semester.filled
    for group, id_ in GROUPS.items():
        base = f"kelengkapan.{id_}"
        assert semester.value(f"{base}.target") == filled.reported[group] + filled.unreported[group]
        assert semester.value(f"{base}.dilaporkan") == filled.reported[group]
        assert semester.value(f"{base}.belum") == filled.unreported[group]
        assert semester.value(f"{base}.data-dukung") == filled.evidence[group]
        assert semester.value(f"{base}.pelaksana.belum") == 1
    text = semester.markdown("kelengkapan")
    lead = next(line for line in text.split("\n") if line.startswith("Belum melapor sama sekali"))
    full = {a.actor: a.full_name for a in semester.opened.inputs.data.actors}
    for name in filled.silent:
        assert full[name].split(" (")[0] in lead.replace("\\", "")


def test_unreported_rows_are_left_out_of_every_score(semester: Semester) -> None:
    data = semester.opened.inputs.data
    assert len(data.unreported) == sum(semester.filled.unreported.values())
    rows = sum(len(cells(semester.root, folder, g)) for folder in ("2021-S1", "2021-S2", EDITION) for g in GROUPS)
    assert semester.value("target.baris") == rows - len(data.unreported)
    for result in semester.opened.results.commitments:
        means = []
        for folder in ("2021-S1", "2021-S2", EDITION):
            scores = [
                r["Nilai"]
                for g in GROUPS
                for r in cells(semester.root, folder, g)
                if r["Komitmen"] == result.commitment.commitment and isinstance(r["Nilai"], int | float)
            ]
            means += [sum(scores) / len(scores)] if scores else []
        assert result.administrative.score is not None
        assert float(result.administrative.score) == pytest.approx(sum(means) / len(means))


def test_unreported_rows_are_named_in_the_appendix(semester: Semester) -> None:
    row = semester.opened.inputs.data.unreported[0]
    shown = semester.laporan.lampiran(row.commitment)._repr_mimebundle_()[SECTION_TYPE]["markdown"]
    assert "Belum dilaporkan\\: " in shown
    assert f"[{row.actor}]{{.sel" in shown


def test_earlier_targets_not_completed_are_listed(semester: Semester) -> None:
    left = Counter(
        (group, band(r["Nilai"]))
        for group in GROUPS
        for folder in ("2021-S1", "2021-S2")
        for r in cells(semester.root, folder, group)
        if band(r["Nilai"]) in ("Cukup", "Kurang", "N/A")
    )
    assert semester.value("belum-selesai.jumlah") == sum(left.values())
    for group, id_ in GROUPS.items():
        own = sum(n for (g, _), n in left.items() if g == group)
        assert semester.value(f"belum-selesai.kelompok.{id_}") == own
    text = semester.markdown("belum_selesai")
    rows = [line for line in text.split("\n") if line.startswith("| [")]
    assert len(rows) == sum(left.values())
    assert not any(f"[{PERIOD}]" in row for row in rows)


def test_principles_are_counted_where_they_are_answered(semester: Semester) -> None:
    for name, answers in semester.filled.answers.items():
        base = f"prinsip.{name.lower()}"
        assert semester.value(f"{base}.dinilai") == sum(answers.values())
        for answer, id_ in (("Ya", "ya"), ("Sebagian", "sebagian"), ("Tidak", "tidak"), ("N/A", "na")):
            assert semester.value(f"{base}.{id_}") == answers[answer]
        each = [f for f in semester.opened.register if f.id.startswith("komitmen.") and f.id.endswith(f"{base}.ya")]
        assert sum(int(str(f.value)) for f in each) == answers["Ya"]
    text = semester.markdown("prinsip")
    assert all(name in text for name in (LASTING, CHANGE, IMPACT))
    assert "| Terlaksana |" not in text
    assert "| Kualitas |" not in text


def test_principles_stand_with_their_target(semester: Semester) -> None:
    target = next(t for t in semester.opened.results.targets if t.answers and t.score != "-")
    shown = semester.laporan.lampiran(target.commitment)._repr_mimebundle_()[SECTION_TYPE]["markdown"]
    assert shown.count("**Prinsip\\:** ") >= 1
    name = next(iter(target.answers))
    assert f'src="{target.place.cell(name)}"' in shown


@pytest.mark.parametrize("name", ["prinsip", "belum_selesai"])
def test_what_is_not_there_leaves_no_trace(root: Path, name: str) -> None:
    first = Laporan(open_edition(root, "2021-S1"))
    bundle = getattr(first, name)()._repr_mimebundle_()
    assert bundle[SECTION_TYPE]["markdown"] == ""
    assert not [f for f in first.opened.register if f.id.startswith(("prinsip.", "belum-selesai."))]


def test_every_section_of_the_notebooks_is_made(semester: Semester) -> None:
    """Calls in process what the notebooks call, for every task of the edition."""
    slots = []
    for task in read_notebook_plan().tasks(semester.opened):
        notebook = json.loads((NOTEBOOKS / task.notebook).read_text("utf-8"))
        for cell in notebook["cells"]:
            code = "".join(cell["source"])
            if cell["cell_type"] == "code" and code.startswith("laporan.") and "(" in code:
                shown = eval(code, {"laporan": semester.laporan, **task.parameters})
                bundle = shown._repr_mimebundle_() if hasattr(shown, "_repr_mimebundle_") else {}
                slots += [bundle[SECTION_TYPE]["slot"]] if SECTION_TYPE in bundle else []
    assert len(slots) == len(set(slots))
    assert {"kelengkapan", "belum-selesai", "prinsip", "deskripsi"} <= set(slots)
    assert {appendix.slot(r.commitment.commitment) for r in semester.opened.results.commitments} <= set(slots)


@pytest.mark.slow
def test_the_report_of_the_third_semester(semester: Semester, tmp_path: Path) -> None:
    import pypdfium2

    folder = render_here(semester.root, EDITION, tmp_path, pages=False)
    rows = list(csv.DictReader((folder / "data" / "rekap.csv").open(encoding="utf-8")))
    counts = {(r["kelompok"], r["periode"], r["kategori"]): int(r["jumlah"]) for r in rows}
    for group in GROUPS:
        for name in BANDS:
            assert counts[group, PERIOD, name] == semester.filled.recap[group][name]
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(folder / "laporan.pdf")]
    text = "\n".join(pages)
    for heading in ("Penilaian menurut Prinsip", "Kelengkapan Laporan", "Target yang Belum Selesai"):
        assert text.count(heading) >= 2  # in the contents, and where it stands
    assert "Semester III Tahun 2022" in text
