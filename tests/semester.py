"""A third semester as an analyst would make it: prepared by `new`, filled by a script with plausible data."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from monev.model.fields import ACHIEVEMENTS, GROUPS
from support import copy_root

EDITION, SOURCE, PERIOD = "2022-S3", "2021-S2", "B18"
FOLDER = f"inputs/{EDITION}"
LASTING, CHANGE, IMPACT = "Berkesinambungan", "Perubahan", "Dampak"
STATUSES = ("Aktif", "Semi-Aktif", "Pasif", "N/A", None)


@dataclass
class Filled:
    """What was written, counted while writing: nothing here comes from monev's own computation."""

    recap: dict[str, Counter[str]] = field(default_factory=lambda: {group: Counter() for group in GROUPS})
    answers: dict[str, Counter[str]] = field(default_factory=lambda: {n: Counter() for n in (LASTING, CHANGE, IMPACT)})
    unreported: dict[str, int] = field(default_factory=dict)
    reported: dict[str, int] = field(default_factory=dict)
    evidence: dict[str, int] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)


def band(score: object) -> str:
    """Return the band of a score by the 2021 rule, written out once more."""
    if not isinstance(score, int):
        return str(score)
    return "Baik" if score >= 70 else "Cukup" if score >= 51 else "Kurang"


def _score(dice: random.Random) -> object:
    kind = dice.random()
    return "N/A" if kind < 0.06 else "-" if kind < 0.12 else dice.choice((0, 25, 50, 51, 60, 69, 70, 85, 100))


def fill(root: Path, seed: int = 18) -> Filled:
    """Fill both achievements workbooks of the prepared edition; the first actor of each group reports nothing."""
    dice, made = random.Random(seed), Filled()
    for group, book in ACHIEVEMENTS.items():
        path = root / FOLDER / book.file
        workbook = load_workbook(path)
        _fill_sheet(workbook["Capaian"], group, dice, made)
        workbook.save(path)
        workbook.close()
    path = root / FOLDER / "evaluasi.xlsx"
    workbook = load_workbook(path)
    workbook["Tindak Lanjut"].append([1, None, 1, "Melanjutkan target yang belum selesai."])
    workbook["Catatan Umum"].append(["I", "Penentuan target", "Temuan", 1, "Target perlu dirinci lebih awal."])
    workbook.save(path)
    workbook.close()
    return made


def _fill_sheet(sheet: Any, group: str, dice: random.Random, made: Filled) -> None:
    at = {str(cell.value): cell.column for cell in sheet[1]}
    rows = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, at["Komitmen"]).value]
    silent = sheet.cell(rows[0], at["Pelaksana"]).value
    made.silent.add(silent)
    made.unreported[group] = made.reported[group] = made.evidence[group] = 0
    last = rows[-1] + 1  # a second target of the last measure, below the prepared rows
    for name in ("Komitmen", "UK", "Pelaksana", "Periode"):
        sheet.cell(last, at[name]).value = sheet.cell(rows[-1], at[name]).value
    sheet.cell(last, at["No"]).value = 2
    for row in [*rows, last]:
        if sheet.cell(row, at["Pelaksana"]).value == silent:
            made.unreported[group] += 1
            sheet.cell(row, at["Catatan"]).value = "sudah diingatkan"
            continue
        score = _score(dice)
        sheet.cell(row, at["Target"]).value = f"Target baris {row}"
        sheet.cell(row, at["Nilai"]).value = score
        if score == "-":
            continue
        made.recap[group][band(score)] += 1
        made.reported[group] += 1
        sheet.cell(row, at["Capaian"]).value = f"Capaian baris {row}"
        sheet.cell(row, at["Status Ko-Kreasi"]).value = dice.choice(STATUSES)
        with_evidence = dice.random() < 0.8
        sheet.cell(row, at["Data Dukung"]).value = "Ada" if with_evidence else "Tidak dikumpulkan"
        made.evidence[group] += with_evidence
        for name, answers in made.answers.items():
            answer = dice.choice(("Ya", "Sebagian", "Tidak", "N/A", None))
            sheet.cell(row, at[name]).value = answer
            if answer:
                answers[answer] += 1


def third_semester(target: Path) -> tuple[Path, Filled]:
    """Make a root with the 2021 editions and a third semester, prepared and filled."""
    from monev.edition.next_edition import prepare

    root = copy_root(target)
    prepare(root, EDITION, SOURCE)
    return root, fill(root)
