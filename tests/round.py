"""A round of reporting made up for tests: a plan of any size, its forms filled by a script, in three formats."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from odfdo import Cell, Document, Row, Table
from openpyxl import load_workbook

from monev.io.received_books import read_content
from monev.io.workbook_writer import write_book
from monev.model.fields import EVALUATION, KL, OMS, PLAN
from monev.model.raw_tables import RawBook

EDITION, PERIOD = "uji", "B06"
FOLDER = f"inputs/{EDITION}"
SENT = f"{FOLDER}/kiriman"
Change = Callable[[Any, Mapping[str, int]], None]


def make_round(root: Path, actors: int = 30, targets: int = 2) -> Path:
    """Write params and register of a plan with so many actors, each with one measure and its targets."""
    names = [(f"Kem {n}" if n % 2 else f"LSM {n}", KL if n % 2 else OMS) for n in range(1, actors + 1)]
    rows: dict[str, list[dict[str, object]]] = {
        "Komitmen": [{"commitment": 1, "title": "Layanan terbuka"}, {"commitment": 2, "title": "Anggaran terbuka"}],
        "Pelaksana": [{"actor": name, "full_name": f"Nama Lengkap {name}", "group": group} for name, group in names],
        "Pelaksana Komitmen": [{"commitment": n % 2 + 1, "actor": name} for n, (name, _) in enumerate(names)],
        "Ukuran Keberhasilan": [
            {"commitment": n % 2 + 1, "actor": name, "measure": n // 2 + 1, "text": f"Ukuran {name}"}
            for n, (name, _) in enumerate(names)
        ],
        "Target": [
            {
                "commitment": n % 2 + 1, "measure": n // 2 + 1, "actor": name, "period": PERIOD, "no": no,
                "target": f"Dokumen {no} dari {name} terbit", "unit": "dokumen", "goal": 2, "due": "2022-06-30",
            }
            for n, (name, _) in enumerate(names)
            for no in range(1, targets + 1)
        ],
    }  # fmt: skip
    write_book(root / FOLDER / PLAN.file, PLAN, rows)
    write_book(root / FOLDER / EVALUATION.file, EVALUATION, {})
    params = {
        "edisi": EDITION,
        "judul": "Laporan Uji",
        "rencana_aksi": f"{FOLDER}/{PLAN.file}",
        "periode": [{"kode": PERIOD, "label": "Semester I", "tahun": 2022, "inputs": FOLDER, "masukan": "kiriman"}],
        "nama": {"rencana": "Rencana Uji"},
        "formulir": {"tenggat": "2022-07-15", "kontak": "sekretariat@contoh.go.id"},
    }
    (root / "params").mkdir(exist_ok=True)
    (root / "params" / f"{EDITION}.yml").write_text(yaml.safe_dump(params), "utf-8")
    (root / SENT).mkdir(exist_ok=True)
    return root


def filled(form: Path, said: Mapping[int, Mapping[str, object]], *changes: Change) -> bytes:
    """Return a form with values by row of data from 1 and heading, then changed on its sheet by whoever wants."""
    book = load_workbook(form)
    page = book["Laporan"]
    at = {str(cell.value): cell.column for cell in page[1]}
    for row, values in said.items():
        for heading, value in values.items():
            page.cell(row + 1, at[heading]).value = value
            if heading == "Realisasi" and isinstance(value, float):
                page.cell(row + 1, at[heading]).number_format = "0%"
    for change in changes:
        change(page, at)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def reported(words: str, rows: Iterable[int] = (1, 2), **more: object) -> dict[int, dict[str, object]]:
    """Return what a form that was filled says in these rows."""
    named = {name.replace("_", " "): value for name, value in more.items()}
    return {row: {"Capaian": f"{words} {row}", "Data Dukung": "Ada", **named} for row in rows}


def as_ods(content: bytes) -> bytes:
    """Return a workbook as OpenDocument, written by odfdo: values, with percent cells as such."""
    book, _ = read_content(content, "x.xlsx")
    assert book is not None
    document = Document("spreadsheet")
    document.body.clear()
    for sheet in book.sheets.values():
        table = Table(sheet.name)
        for cells in sheet.rows:
            row = Row()
            for cell in cells:
                made = Cell()
                if cell.value is not None and cell.number_format.endswith("%"):
                    made.set_value(cell.value, text=f"{float(str(cell.value)) * 100:.0f}%", cell_type="percentage")
                elif cell.value is not None:
                    made.set_value(cell.value)
                row.append_cell(made)
            table.append_row(row)
        document.body.append(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def by_libreoffice(folder: Path, names: Iterable[Path], ending: str) -> list[Path]:
    """Save workbooks anew with LibreOffice in another format; return the files, in order."""
    paths = [str(path) for path in names]
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/rumah", "--headless", "--convert-to", ending, "--outdir",
         str(folder), *paths],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return [folder / f"{Path(path).stem}.{ending}" for path in paths]


def without_marks(content: bytes) -> bytes:
    """Return a form as a program saves it that drops hidden sheets and everything but the sheet of rows."""
    book = load_workbook(io.BytesIO(content))
    for name in book.sheetnames:
        if name != "Laporan":
            del book[name]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_macros(content: bytes) -> bytes:
    """Return a workbook that holds a part with macros."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/vbaProject.bin", b"Attribut")
    return out.getvalue()


def raw(content: bytes) -> RawBook:
    """Return a workbook as it is read."""
    book, findings = read_content(content, "x")
    assert book is not None, findings
    return book
