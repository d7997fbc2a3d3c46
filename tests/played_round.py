"""A whole round played by a script: thirty actors report, two people judge, questions go out twice and come back.

Every step opens files as people do. What the report must tell is counted here while playing, never taken from monev.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from monev.edition.collecting import Collected, collect
from monev.edition.forms import make_forms
from round import EDITION, FOLDER, SENT, as_ods, filled, make_round

BOOK = f"{FOLDER}/penilaian.xlsx"
FIRST_DAY = datetime(2022, 7, 1, 9)
Key = tuple[str, int]
"""Actor and number of the target."""
SCORES = (95, 80, 60, 30, 100, 72)
STATUSES = ("Aktif", "Semi-Aktif", "Aktif", "Pasif")
EVIDENCE = ("Sesuai", "Sesuai", "Perlu dilengkapi", "Tidak sesuai")


@dataclass
class Played:
    """What was done, to hold the report against."""

    root: Path
    now: datetime = FIRST_DAY
    scores: dict[Key, int] = field(default_factory=dict)
    pairs: dict[Key, tuple[int, int]] = field(default_factory=dict)
    evidence: dict[Key, str] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    words: dict[Key, str] = field(default_factory=dict)

    @property
    def forms(self) -> Path:
        """Where forms lie that go out."""
        return self.root / "outputs" / "formulir" / EDITION

    def collect(self) -> Collected:
        """Collect a day later."""
        self.now += timedelta(days=1)
        return collect(self.root, EDITION, self.now)

    def book(self, change: Callable[[Any, Any], None]) -> None:
        """Change the two sheets of the workbook of assessment."""
        path = self.root / BOOK
        book = load_workbook(path)
        change(book["Penilaian"], book["Konfirmasi"])
        book.save(path)


def heads(page: Any) -> dict[str, int]:
    """Return the columns of a sheet by heading."""
    return {str(cell.value): cell.column for cell in page[1] if cell.value is not None}


def rows(page: Any) -> list[dict[str, Any]]:
    """Return the rows of a sheet by heading, with their number as `#`."""
    at = heads(page)
    found = [{"#": n, **{name: page.cell(n, c).value for name, c in at.items()}} for n in range(2, page.max_row + 1)]
    return [row for row in found if row["Pelaksana"]]


def write(page: Any, number: int, values: Mapping[str, object]) -> None:
    """Write values into a row by heading."""
    at = heads(page)
    for name, value in values.items():
        page.cell(number, at[name]).value = value


# The steps ------------------------------------------------------------------------------------------------------


def reports_come(root: Path, actors: int = 30) -> Played:
    """Send forms out and let all actors but three report; the three come a week later."""
    played = Played(make_round(root, actors))
    make_forms(root, EDITION)
    late = ("Kem 5", "LSM 6", "LSM 20")
    names = [path.stem for path in sorted(played.forms.glob("*.xlsx"))]
    for group in ([name for name in names if name not in late], late):
        for n, actor in enumerate(group):
            said = {
                row: {"Capaian": f"Dokumen {row} {actor} terbit", "Realisasi": row, "Data Dukung": "Ada"}
                for row in (1, 2)
            }
            content = filled(played.forms / f"{actor}.xlsx", said)
            ending = "ods" if n % 3 == 1 else "xlsx"
            path = root / SENT / f"{actor} laporan.{ending}"
            path.write_bytes(as_ods(content) if ending == "ods" else content)
            played.words |= {(actor, row): f"Dokumen {row} {actor} terbit" for row in (1, 2)}
        played.collect()
    return played


def two_judge(played: Played) -> None:
    """Judge every row; a second person judges every second one, and sees every tenth differently."""

    def change(page: Any, _: Any) -> None:
        for n, row in enumerate(rows(page)):
            key = row["Pelaksana"], row["No"]
            score, evidence = SCORES[n % len(SCORES)], EVIDENCE[n % len(EVIDENCE)]
            status = STATUSES[n // 2 % len(STATUSES)]
            values: dict[str, object] = {
                "Nilai": score, "Status Ko-Kreasi": status, "Alasan Nilai": f"Alasan bagi {key[0]}",
                "Bukti Diperiksa": evidence, "Diperiksa Oleh": "Ani", "Tanggal": datetime(2022, 7, 20),
            }  # fmt: skip
            played.scores[key], played.evidence[key] = score, evidence
            if n % 2 == 0:
                second = 45 if n % 10 == 0 else score
                values |= {"Nilai 2": second, "Status 2": status, "Penilai 2": "Budi"}
                played.pairs[key] = score, second
            write(page, row["#"], values)

    played.book(change)


def ask(played: Played, about: Iterable[Key], day: datetime) -> None:
    """Ask something about targets, and send the forms that carry it."""

    def change(page: Any, asked: Any) -> None:
        keys = {(row["Pelaksana"], row["No"]): row for row in rows(page)}
        free = len(rows(asked)) + 2
        for n, key in enumerate(about):
            question = f"Pertanyaan {len(played.questions) + 1} untuk {key[0]}?"
            own = {name: keys[key][name] for name in ("Komitmen", "UK", "Pelaksana", "Periode", "No")}
            write(asked, free + n, {**own, "Pertanyaan": question, "Ditanyakan": day})
            played.questions.append(question)

    played.book(change)
    make_forms(played.root, EDITION)


def answer(played: Played, actors: Iterable[str], *, more: Mapping[Key, str] | None = None) -> None:
    """Let actors answer all that their form asks; `more` gives other words for a target in the same form."""
    for actor in actors:
        form = played.forms / f"{actor}.xlsx"
        said: dict[int, dict[str, object]] = {}
        for row in rows(load_workbook(form)["Laporan"]):
            number = row["#"] - 1
            for name, question in row.items():
                if name.startswith("Pertanyaan") and question:
                    text = f"Jawaban {actor} atas {question.split()[1]}"
                    said.setdefault(number, {})[name.replace("Pertanyaan", "Jawaban")] = text
                    played.answers[question] = text
            if words := (more or {}).get((actor, row["No"])):
                said.setdefault(number, {})["Capaian"] = words
                played.words[actor, row["No"]] = words
        (played.root / SENT / f"{actor} {played.now:%m%d}.xlsx").write_bytes(filled(form, said))
    played.collect()


def look_again(played: Played, day: datetime, raised: Mapping[Key, int] | None = None) -> list[Key]:
    """Look at rows that changed after judging, raise some scores, and say so by a later day; return the rows."""
    seen: list[Key] = []

    def change(page: Any, _: Any) -> None:
        for row in rows(page):
            key = row["Pelaksana"], row["No"]
            if row["Keadaan"] == "berubah sesudah dinilai":
                seen.append(key)
                score = (raised or {}).get(key, played.scores[key])
                second = {} if key not in played.pairs else {"Nilai 2": max(score, played.pairs[key][1])}
                if key in played.pairs:
                    played.pairs[key] = score, max(score, played.pairs[key][1])
                played.scores[key] = score
                write(page, row["#"], {"Nilai": score, "Tanggal": day, **second})

    played.book(change)
    return seen


def settle(played: Played, closed: Iterable[str] = (), cancelled: Iterable[str] = ()) -> None:
    """Decide where the two assessors differ, by their mean; close and cancel questions that nobody answers."""

    def change(page: Any, asked: Any) -> None:
        for row in rows(page):
            key = row["Pelaksana"], row["No"]
            one, two = played.pairs.get(key, (0, 0))
            if one != two:
                played.scores[key] = (one + two) // 2
                write(page, row["#"], {"Nilai Akhir": played.scores[key]})
        for row in rows(asked):
            for names, status in ((closed, "Ditutup"), (cancelled, "Dibatalkan")):
                if row["Pertanyaan"] in names:
                    write(asked, row["#"], {"Status": status})

    played.book(change)


def play(root: Path) -> Played:
    """Play a semester: two rounds of questions, scores by two people, decisions at the end."""
    played = reports_come(root)
    two_judge(played)
    played.collect()
    first = [(actor, 1) for actor in ("Kem 1", "LSM 2", "Kem 3", "LSM 4", "Kem 5", "LSM 6", "Kem 7", "LSM 8")]
    ask(played, [*first, ("Kem 1", 2), ("Kem 1", 1)], datetime(2022, 7, 21))
    answer(played, ["Kem 1", "LSM 2", "Kem 3", "LSM 4", "Kem 5"], more={("LSM 2", 1): "Tiga dokumen LSM 2 terbit"})
    look_again(played, datetime(2022, 8, 2), {("LSM 2", 1): 90, ("Kem 3", 1): 85})
    ask(played, [("Kem 9", 2), ("LSM 10", 1), ("LSM 2", 2)], datetime(2022, 8, 3))
    answer(played, ["LSM 6", "Kem 9", "LSM 2"])
    look_again(played, datetime(2022, 8, 12))
    settle(played, closed=("Pertanyaan 7 untuk Kem 7?",), cancelled=("Pertanyaan 8 untuk LSM 8?",))
    answer(played, ["LSM 10"])
    look_again(played, datetime(2022, 8, 20))
    played.collect()
    return played
