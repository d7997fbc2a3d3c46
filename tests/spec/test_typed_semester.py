"""A semester as people type it: forty odd entries, and nothing done but what the messages say, until a report is there.

The script knows what each entry was meant to say, as whoever typed it does; where to type it again it learns from the
findings alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pytest
from openpyxl import load_workbook

from monev.edition.opened import open_edition
from monev.io.inputs import read_inputs
from monev.words.errors import InputError
from monev.words.findings import Finding, errors
from plans import EDITION, MadePlan, make_plan
from support import render_here

KL, OMS = "inputs/B12/capaian-kl.xlsx", "inputs/B12/capaian-oms.xlsx"
PARAMS = f"params/{EDITION}.yml"
TITLE = "Laporan: Semester II"
LAST = 25  # the last row of each workbook: six commitments of four targets
ROUNDS = 4
SAME = object()  # what was typed needs no change


class Typed(NamedTuple):
    """One entry: where, what was typed, what was meant, and how the row is read in the end (score, or other value)."""

    file: str
    heading: str
    row: int
    typed: object
    meant: object = SAME
    read: object = None


def scores(file: str, first: int, *entries: tuple[object, object, object]) -> list[Typed]:
    return [Typed(file, "Nilai", first + n, *entry) for n, entry in enumerate(entries)]


ENTRIES = [
    *scores(
        KL,
        2,
        ("80 %", SAME, Fraction(80)),
        ("85,5", SAME, Fraction(171, 2)),
        ("belum", None, "belum dinilai"),
        (0.85, 85, Fraction(85)),
        ("0,9", 90, Fraction(90)),
        (None, SAME, "belum dinilai"),
        ("n/a", SAME, "N/A"),
        ("–", "-", "-"),
        (120, 100, Fraction(100)),
        ("seratus", 100, Fraction(100)),
        (datetime(2021, 12, 1), 12, Fraction(12)),
        (True, 75, Fraction(75)),
        ("=50+50", 100, Fraction(100)),
        (" 70 ", SAME, Fraction(70)),
        ("80/100", 80, Fraction(80)),
        ("１００", 100, Fraction(100)),
    ),
    Typed(KL, "Status Ko-Kreasi", 18, "aktif", read="Aktif"),
    Typed(KL, "Status Ko-Kreasi", 19, "Semi  aktif", read="Semi-Aktif"),
    Typed(KL, "Status Ko-Kreasi", 20, "Semiaktif", "Semi-Aktif", "Semi-Aktif"),
    Typed(KL, "Status Ko-Kreasi", 21, "Tidak Aktif", "Pasif", "Pasif"),
    Typed(KL, "Status Ko-Kreasi", 22, "-", None, ""),
    Typed(KL, "Target", 23, None, "Menyusun pedoman", "Menyusun pedoman"),
    Typed(KL, "Target", 24, datetime(2021, 12, 1), "Desember 2021", "Desember 2021"),
    Typed(KL, "Capaian", 25, "#REF!", "Pedoman tersusun", "Pedoman tersusun"),
    Typed(OMS, "Data Dukung", 2, "Tidak ada", read="Tidak dikumpulkan"),
    Typed(OMS, "Data Dukung", 3, "belum", read="Tidak dikumpulkan"),
    Typed(OMS, "Data Dukung", 4, "nihil.", read="Tidak dikumpulkan"),
    Typed(OMS, "Data Dukung", 5, "-", read="Tidak dikumpulkan"),
    Typed(OMS, "Data Dukung", 6, "✓", read="Ada"),
    Typed(OMS, "Data Dukung", 7, "dalam proses", read="dalam proses"),
    Typed(OMS, "Pelaksana", 8, "lsm 2", "LSM 2", "LSM 2"),
    Typed(OMS, "Pelaksana", 9, "Nama Lengkap LSM 2", "LSM 2", "LSM 2"),
    Typed(OMS, "Pelaksana", 10, "LSM  3", read="LSM 3"),
    Typed(OMS, "Pelaksana", 11, "LЅM 3", "LSM 3", "LSM 3"),
    Typed(OMS, "Pelaksana", 12, "Kem 3", "LSM 3", "LSM 3"),
    Typed(OMS, "Periode", 13, "B 12", "B12", "B12"),
    Typed(OMS, "Periode", 14, "b12", "B12", "B12"),
    Typed(OMS, "UK", 15, "1.", 1, 1),
    Typed(OMS, "UK", 16, 9, 1, 1),
    Typed(OMS, "Komitmen", 17, 99, 4, 4),
    Typed(OMS, "Komitmen", 18, "5 ", read=5),
    Typed(OMS, "No", 19, None, 2, 2),
    Typed(OMS, "No", 20, "3.", 3, 3),
    Typed(OMS, "Target", 21, "-", read="-"),  # a warning: it has a score
]
FIELDS = {
    "Nilai": "score", "Status Ko-Kreasi": "cocreation", "Data Dukung": "evidence", "Pelaksana": "actor",
    "Periode": "period", "UK": "measure", "Komitmen": "commitment", "No": "no", "Target": "target",
    "Capaian": "achievement",
}  # fmt: skip
_EMPTY = ("Capaian", "Nilai", "Ko-Kreasi", "Status Ko-Kreasi", "Data Dukung")


def columns(sheet: Any) -> dict[str, int]:
    return {str(cell.value).rstrip("* "): cell.column for cell in sheet[1]}


def fill(root: Path) -> None:
    """Type everything as it was typed; below the rows stand what people leave there."""
    for file in (KL, OMS):
        book = load_workbook(root / file)
        sheet = book["Capaian"]
        at = columns(sheet)
        for entry in ENTRIES:
            if entry.file == file:
                sheet.cell(entry.row, at[entry.heading]).value = entry.typed
        if file == KL:
            sheet.append([cell.value for cell in sheet[2]])  # a row pasted twice
            sheet.append([cell.value for cell in sheet[1]])  # the headings with it
            sheet.append([None] * 6 + ["Rata-rata", 81.5])
        else:
            for heading in _EMPTY:
                sheet.cell(22, at[heading]).value = None  # nobody reported
            sheet.cell(LAST + 4, at["Ko-Kreasi"]).value = "Jakarta, 31 Desember 2021"
            sheet.cell(1, sheet.max_column + 1).value = "Keterangan"
        book.save(root / file)
        book.close()
    (root / OMS).rename(root / OMS.replace("oms.xlsx", "oms rev2.xlsx"))
    params = root / PARAMS
    params.write_text(params.read_text("utf-8").replace("Laporan Uji", TITLE), "utf-8")


def found(root: Path) -> tuple[Finding, ...]:
    try:
        return read_inputs(root, EDITION).findings
    except InputError as error:
        return error.findings


def cells(text: str) -> Iterator[str]:
    """Yield the cells of `H5, H7:H9`."""
    for first, last in re.findall(r"\b([A-Z]+\d+)(?::([A-Z]+\d+))?", text):
        letters, start = first.rstrip("0123456789"), int(first.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        end = int(last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) if last else start
        yield from (f"{letters}{row}" for row in range(start, end + 1))


def follow(root: Path, told: tuple[Finding, ...]) -> None:
    """Do what the errors say, each where it says so."""
    gone: dict[str, set[int]] = {}
    for finding in told:
        text = finding.text("id")
        if finding.file == PARAMS:
            path = root / PARAMS
            lines = path.read_text("utf-8").splitlines()
            lines[int(finding.cell) - 1] = text.partition("tanda kutip: ")[2].removesuffix(".")
            path.write_text("\n".join(lines) + "\n", "utf-8")
        elif "ganti namanya" in text:
            (root / finding.file).with_name(text.split("'")[1]).rename(root / finding.file)
        elif "hapus salah satu baris" in text or "Hapus seluruh barisnya" in text:
            gone.setdefault(finding.file, set()).add(int(re.sub(r"\D", "", finding.cell)))
        else:
            named = text.partition("Nilai di ")[2].partition(" antara")[0]
            for cell in cells(named or finding.cell):
                type_again(root, finding.file, cell)
    for file, rows in gone.items():
        book = load_workbook(root / file)
        for row in sorted(rows, reverse=True):
            book["Capaian"].delete_rows(row)
        book.save(root / file)


def type_again(root: Path, file: str, cell: str) -> None:
    """Type what was meant; a message about a cell where nothing odd was typed leads nowhere."""
    book = load_workbook(root / file)
    sheet = book["Capaian"]
    at = {column: heading for heading, column in columns(sheet).items()}
    place = sheet[cell]
    [entry] = [e for e in ENTRIES if (e.file, e.heading, e.row) == (file, at[place.column], place.row)]
    assert entry.meant is not SAME, f"{file} {cell} needs no change"
    place.value, place.number_format = entry.meant, "General"
    book.save(root / file)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The semester, mended by its messages."""
    plan = MadePlan(commitments=6, targets=dict.fromkeys(range(1, 7), 4), scores=(100, 60), statuses=("Aktif",))
    made = make_plan(tmp_path_factory.mktemp("diketik") / "akar", plan)
    fill(made)
    for _ in range(ROUNDS):
        wrong = errors(found(made))
        if not wrong:
            break
        follow(made, wrong)
    return made


def test_there_are_forty_odd_entries() -> None:
    assert len(ENTRIES) >= 40


def test_the_messages_alone_lead_to_sound_workbooks(root: Path) -> None:
    assert [finding.line() for finding in errors(found(root))] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: f"{e.file[-8:-5]}-{e.heading}-{e.row}")
def test_each_entry_is_read_as_it_was_meant(root: Path, entry: Typed) -> None:
    data = read_inputs(root, EDITION).data
    [row] = [t for t in data.targets if (t.place.file, t.place.row) == (entry.file, entry.row)]
    assert getattr(row, FIELDS[entry.heading]) == entry.read


def test_nothing_else_was_lost(root: Path) -> None:
    opened = open_edition(root, EDITION)
    assert opened.inputs.edition.judul == TITLE
    rows = [t for t in opened.inputs.data.targets if t.period == "B12"]
    assert (len(rows), len(opened.inputs.data.unreported)) == (2 * (LAST - 1) - 1, 1)
    register = opened.register
    assert register["keadaan.belum-dinilai"].value == 2
    assert register["keadaan.belum-dilaporkan"].value == 1
    assert register["keadaan.harus-dinilai"].value == 4 * (LAST - 1) - 1  # one has no target


@pytest.mark.slow
def test_it_ends_in_a_report(root: Path, tmp_path: Path) -> None:
    pages = pypdfium2.PdfDocument(render_here(root, EDITION, tmp_path, pages=False) / "laporan.pdf")
    assert "BELUM LENGKAP (92 dari 95 dinilai)" in pages[0].get_textpage().get_text_range()
