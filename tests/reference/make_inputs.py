"""Make the 2021 workbooks from the reference data of the published edition.

usage: python tests/reference/make_inputs.py REFERENCE_FOLDER TARGET_ROOT

Keys, scores, statuses and evidence come from the reference folder. The words come from `uraian-2021/komitmen-NN.yml`
beside this script, one file per commitment: every fact of the published appendix in sentences of our own. Actors,
determinations, highlights and notes come from the two YAML files beside it. Scores are kept the way people
keep them: K/L in percent cells, OMS as whole numbers, `N/A` and `-` as text.

One institution is one actor, whatever its spelling. An actor names at most one coalition, and that counts
only in commitments which the coalition itself carries. The reasons: `rencana-aksi.yml`.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from monev.io.workbook_writer import Layout, Percent, Shade, write_book
from monev.model import fields

HERE = Path(__file__).parent
SEMESTERS = {"B06": "2021-S1", "B12": "2021-S2"}
STATUS = {"Akif": "Aktif", "-": "", "": ""}  # a misprint, and two ways to print no status
EVIDENCE = {"": "", "ada": fields.EVIDENCE_GIVEN, "tidak dikumpulkan": fields.EVIDENCE_MISSING}
LAYOUT = Layout(shades=(Shade(70, "baik"), Shade(51, "sedang"), Shade(0, "buruk")))

Record = Mapping[str, str]
Row = dict[str, object]


def main(reference: Path, root: Path) -> None:
    """Write the seven workbooks below `root/inputs`."""
    targets, followups, commitments = (
        _records(reference / f"{name}.csv") for name in ("targets", "followups", "commitments")
    )
    told = [_texts(f"uraian-2021/komitmen-{int(row['commitment']):02}") for row in commitments]
    targets = [{**row, **_words(row, told)} for row in targets]
    followups = [{**row, "followup_summary": _followup(row, told)} for row in followups]
    register = _texts("rencana-aksi")
    evaluation = _texts("evaluasi-2021-S2")
    inputs = root / "inputs"
    plan = replace(fields.PLAN, sheets=tuple(sheet for sheet in fields.PLAN.sheets if sheet.required))
    write_book(inputs / plan.file, plan, plan_rows(commitments, targets, register), LAYOUT)
    for period, semester in SEMESTERS.items():
        for group, book in fields.ACHIEVEMENTS.items():
            chosen = [row for row in targets if row["period"] == period and row["actor_group"] == group]
            sheets = {"Capaian": [achievement(row) for row in chosen]}
            write_book(inputs / semester / book.file, book, sheets, LAYOUT)
        rows = evaluation_rows(followups, evaluation, told) if period == "B12" else {}
        pages = replace(fields.EVALUATION, sheets=tuple(s for s in fields.EVALUATION.sheets if s.name != "Hambatan"))
        write_book(inputs / semester / pages.file, pages, rows, LAYOUT)


def _records(path: Path) -> list[Record]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _texts(name: str) -> Any:
    return yaml.safe_load((HERE / f"{name}.yml").read_text(encoding="utf-8"))


# --- uraian -------------------------------------------------------------------------------------------------


def _words(row: Record, told: Sequence[Any]) -> Record:
    """Return the words of a reference target by its columns: measure, target, achievement, co-creation."""
    words = told[int(row["commitment"]) - 1]
    key = (int(row["uk"]), row["actor"], row["period"], int(row["target_seq"]))
    (target,) = [each for each in words["target"] if target_key(each) == key]
    (measure,) = [each["uraian"] for each in words["ukuran"] if (each["uk"], each["pelaksana"]) == key[:2]]
    return {
        "uk_text_short": measure,
        "target_summary": target["target"],
        "achievement_summary": target["capaian"],
        "cocreation_summary": target["ko_kreasi"],
    }


def target_key(target: Any) -> tuple[int, str, str, int]:
    """Return measure, actor, period and number of a target of `uraian-2021/`."""
    return target["uk"], target["pelaksana"], target["periode"], target["no"]


def _followup(row: Record, told: Sequence[Any]) -> str:
    """Return the words of a reference follow-up."""
    key = (int(row["uk"]) if row["uk"] else None, int(row["seq"]))
    followups = told[int(row["commitment"]) - 1]["tindak_lanjut"]
    (text,) = [each["uraian"] for each in followups if (each["uk"], each["no"]) == key]
    return str(text)


# --- capaian ------------------------------------------------------------------------------------------------


def achievement(row: Record) -> Row:
    """Return the workbook row of a reference target."""
    return {
        "commitment": int(row["commitment"]),
        "measure": int(row["uk"]),
        "actor": row["actor"],
        "period": row["period"],
        "no": int(row["target_seq"]),
        "target": row["target_summary"],
        "achievement": row["achievement_summary"],
        "score": _score(row["nilai"], row["actor_group"]),
        "cocreation_text": row["cocreation_summary"],
        "cocreation": STATUS.get(row["cocreation"], row["cocreation"]),
        "evidence": EVIDENCE[row["evidence"]],
    }


def _score(printed: str, group: str) -> object:
    if not printed.endswith("%"):
        return printed
    number = int(printed.removesuffix("%"))
    return Percent(number) if group == fields.KL else number


# --- rencana aksi -------------------------------------------------------------------------------------------


def plan_rows(commitments: Sequence[Record], targets: Sequence[Record], register: Any) -> dict[str, list[Row]]:
    """Return the rows of the plan's four sheets."""
    spellings = {
        spelling: actor["pelaksana"]
        for actor in register["pelaksana"]
        for spelling in (actor["pelaksana"], actor["nama"], *actor.get("ejaan", ()))
    }
    return {
        "Komitmen": [
            {"commitment": int(row["commitment"]), "title": row["title"]}  # the plan shares out no themes
            for row in commitments
        ],
        "Pelaksana": [
            {
                "actor": actor["pelaksana"],
                "full_name": actor["nama"],
                "group": actor["kelompok"],
                "coalition": actor.get("koalisi"),
            }
            for actor in register["pelaksana"]
        ],
        "Pelaksana Komitmen": [
            {"commitment": int(row["commitment"]), "actor": actor}
            for row in commitments
            for actor in _actors(row, targets, spellings)
        ],
        "Ukuran Keberhasilan": _measures(targets),
    }


def _actors(commitment: Record, targets: Sequence[Record], spellings: Mapping[str, str]) -> list[str]:
    """Return the actors in the order of Tabel 7; a coalition that has targets stands before its members."""
    kl, oms = (
        [spellings[name.strip()] for name in commitment[column].split(";")] for column in ("actors_kl", "actors_oms")
    )
    acting = [row["actor"] for row in targets if row["commitment"] == commitment["commitment"]]
    coalitions = [actor for actor in dict.fromkeys(acting) if actor not in {*kl, *oms}]
    return [*kl, *coalitions, *oms]


def _measures(targets: Sequence[Record]) -> list[Row]:
    """Return each measure once per actor, by commitment, number and first appearance."""
    texts = {(int(row["commitment"]), int(row["uk"]), row["actor"]): row["uk_text_short"] for row in targets}
    return [
        {"commitment": commitment, "actor": actor, "measure": measure, "text": text}
        for (commitment, measure, actor), text in sorted(texts.items(), key=lambda item: item[0][:2])
    ]


# --- evaluasi -----------------------------------------------------------------------------------------------


def evaluation_rows(followups: Sequence[Record], evaluation: Any, told: Sequence[Any]) -> dict[str, list[Row]]:
    """Return the rows of the secretariat's five sheets."""
    return {
        "Tindak Lanjut": [
            {
                "commitment": int(row["commitment"]),
                "measure": int(row["uk"]) if row["uk"] else None,
                "no": int(row["seq"]),
                "text": row["followup_summary"],
            }
            for row in followups
        ],
        "Penetapan": [
            {
                "commitment": row["komitmen"],
                "dimension": row["dimensi"],
                "category": row["kategori"],
                "reason": row["alasan"],
            }
            for row in evaluation["penetapan"]
        ],
        "Sorotan": list(_highlights(evaluation["sorotan"])),
        "Catatan Umum": list(_notes(evaluation["catatan_umum"])),
        "Catatan Sumber": [
            {
                "commitment": words["komitmen"],
                "measure": note["uk"],
                "actor": note["pelaksana"],
                "period": note["periode"],
                "no": note["no"],
                "text": note["uraian"],
            }
            for words in told
            for note in words["catatan_sumber"]
        ],
    }


def _highlights(parts: Any) -> Iterator[Row]:
    for part in parts:
        for points in part["butir"]:
            for number, text in enumerate(points["uraian"], start=1):
                yield {
                    "part": part["bagian"],
                    "title": part["judul"],
                    "commitment": part["komitmen"],
                    "actor": points["pelaksana"],
                    "dimension": points["dimensi"],
                    "no": number,
                    "text": text,
                }


def _notes(parts: Any) -> Iterator[Row]:
    for part in parts:
        for kind, texts in ((fields.FINDING, part["temuan"]), (fields.FOLLOW_UP, part["tindak_lanjut"])):
            for number, text in enumerate(texts, start=1):
                yield {
                    "part": part["bagian"],
                    "title": part["judul"],
                    "kind": kind,
                    "no": number,
                    "text": text,
                }


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
