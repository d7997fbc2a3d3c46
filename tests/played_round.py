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
from monev.edition.next_edition import PeriodOverrides, prepare
from returns import add_rows, follow_up, indicators, judge_again, obstacles
from round import EDITION, FOLDER, PERIOD, as_ods, filled, make_round

NEXT, NEXT_PERIOD = "uji-2", "B12"
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
    edition: str = EDITION
    folder: str = FOLDER
    period: str = PERIOD
    scores: dict[Key, int] = field(default_factory=dict)
    pairs: dict[Key, tuple[int, int]] = field(default_factory=dict)
    evidence: dict[Key, str] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    words: dict[Key, str] = field(default_factory=dict)
    again: dict[Key, int] = field(default_factory=dict)
    obstacles: list[str] = field(default_factory=list)

    @property
    def assessment(self) -> str:
        """The workbook of assessment, from the root."""
        return f"{self.folder}/penilaian.xlsx"

    @property
    def sent(self) -> Path:
        """Where what comes back is put."""
        return self.root / self.folder / "kiriman"

    @property
    def forms(self) -> Path:
        """Where forms lie that go out."""
        return self.root / "outputs" / "formulir" / self.edition

    def collect(self) -> Collected:
        """Collect a day later."""
        self.now += timedelta(days=1)
        return collect(self.root, self.edition, self.now)

    def book(self, change: Callable[[Any, Any], None]) -> None:
        """Change the two sheets of the workbook of assessment."""
        path = self.root / self.assessment
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


def reports_come(played: Played) -> None:
    """Send forms out and let all actors but three report; the three come a day later."""
    make_forms(played.root, played.edition)
    late = ("Kem 5", "LSM 6", "LSM 20")
    names = [path.stem for path in sorted(played.forms.glob("*.xlsx"))]
    for group in ([name for name in names if name not in late], late):
        for n, actor in enumerate(group):
            said = {
                row: {"Capaian": f"Dokumen {row} {actor} terbit", "Realisasi": row, "Data Dukung": "Ada"}
                for row in (1, 2)
            }
            if played.edition == NEXT and n % 5 == 0:
                said[1] |= {"Jenis Hambatan": "SDM", "Hambatan": f"Pejabat {actor} berganti"}
                played.obstacles.append(f"Pejabat {actor} berganti")
            content = filled(played.forms / f"{actor}.xlsx", said)
            ending = "ods" if n % 3 == 1 else "xlsx"
            path = played.sent / f"{actor} laporan.{ending}"
            path.write_bytes(as_ods(content) if ending == "ods" else content)
            played.words |= {(actor, row): f"Dokumen {row} {actor} terbit" for row in (1, 2)}
        played.collect()


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
    make_forms(played.root, played.edition)


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
        (played.sent / f"{actor} {played.now:%m%d}.xlsx").write_bytes(filled(form, said))
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
    """Play a semester of thirty actors: two rounds of questions, scores by two people, decisions at the end."""
    return semester(Played(make_round(root, 30)))


def semester(played: Played) -> Played:
    """Play the semester of an edition whose forms have not gone out yet."""
    reports_come(played)
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


# The semester after ---------------------------------------------------------------------------------------------


FOLLOWED = ("Selesai", "Berjalan", None, "Dibatalkan")


def leave_follow_ups(played: Played, count: int = 8) -> None:
    """Let the secretariat record follow-ups in both commitments, due in the semester after."""
    rows = [
        {"Komitmen": n % 2 + 1, "No": n // 2 + 1, "Uraian": f"Tindak lanjut {n + 1}", "Penanggung Jawab": "Kem 1",
         "Tenggat": datetime(2022, 9, 1 + n), "Status": "Belum"}
        for n in range(count)
    ]  # fmt: skip
    headings = ("Penanggung Jawab", "Tenggat", "Status", "Keterangan")
    add_rows(played.root / played.folder / "evaluasi.xlsx", "Tindak Lanjut", rows, headings)


def plan_more(played: Played) -> None:
    """Plan the targets of the semester after, and indicators with their values of both, in the register."""
    path = played.root / played.folder / "rencana-aksi.xlsx"
    book = load_workbook(path)
    page = book["Target"]
    free = page.max_row + 1
    for n, row in enumerate(rows(page)):
        due = {"Periode": NEXT_PERIOD, "Target": f"{row['Target']} lagi", "Tenggat": "2022-12-31"}
        write(page, free + n, {name: due.get(name, value) for name, value in row.items() if name != "#"})
    book.save(path)
    made = [
        {"Komitmen": n, "No": 1, "Indikator": f"Dokumen diunduh {n}", "Satuan": "kali", "Nilai Awal": 10 * n,
         "Nilai Sasaran": 100 * n, "Sumber": "PPID", PERIOD: 40 * n, NEXT_PERIOD: 60 * n}
        for n in (1, 2)
    ]  # fmt: skip
    indicators(path, made, (PERIOD, NEXT_PERIOD))


def follow_and_judge_again(played: Played) -> None:
    """Say what became of follow-ups, judge some unfinished targets again, and write obstacles of the secretariat."""

    def became(n: int, _: Mapping[str, object]) -> Mapping[str, object] | None:
        status = FOLLOWED[n % len(FOLLOWED)]
        return {"Status": status, "Keterangan": f"Hasil {n}"} if status else None

    follow_up(played.root, played.folder, became)

    def finished(n: int, held: Mapping[str, object]) -> Mapping[str, object] | None:
        if n % 4:
            return None
        played.again[str(held["Pelaksana"]), int(str(held["No"]))] = 100
        return {"Nilai Baru": 100, "Data Dukung Baru": "Ada", "Alasan": f"Dokumen {held['Pelaksana']} kini terbit"}

    judge_again(played.root / played.assessment, finished)
    row = {"Komitmen": 1, "Jenis Hambatan": "Anggaran", "Hambatan": "Anggaran dipotong"}
    obstacles(played.root, played.folder, [row])
    played.obstacles.append("Anggaran dipotong")


def play_next(before: Played) -> Played:
    """Play the semester after one that was played: what it left returns, and all is done once more."""
    leave_follow_ups(before)
    plan_more(before)
    prepare(before.root, NEXT, before.edition, PeriodOverrides(code=NEXT_PERIOD, label="Semester II", year=2022))
    fresh = Played(before.root, datetime(2023, 1, 2, 9), NEXT, f"inputs/{NEXT}", NEXT_PERIOD)
    fresh.sent.mkdir(exist_ok=True)
    after = semester(fresh)
    follow_and_judge_again(after)
    after.collect()
    return after
