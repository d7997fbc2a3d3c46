"""A small report to render: the real `quarto/` with the sample slots of `tests/data/contoh`, some cells hostile."""

from __future__ import annotations

import re
from pathlib import Path

from monev.render.engines import Engine
from monev.render.staged_folder import Attachment, stage

ROOT = Path(__file__).parents[1]
QUARTO = ROOT / "quarto"
SAMPLE = ROOT / "tests" / "data" / "contoh"
EMBEDDED = Engine("embedded")
TIMESTAMP = 1_640_995_200
ATTACHED = Attachment("lampiran/angka.json", "Register angka; semua (100%)", "application/json")
TEXTS = {
    "judul": "Laporan Contoh #1 *uji*",
    "judul-lengkap": "Laporan Contoh #1 *uji*",
    "subjudul": "Semester I",
    "program": "Program Contoh",
    "rencana": "Rencana 2020-2022",
    "cakupan": "Semester I 2021",
    "sampai": "30 Juni 2021",
    "sekretariat": 'Sekretariat "Contoh"',
    "edisi": "2021-1",
    "sidik": "3f8a" * 16,
}
HOSTILE = (SAMPLE / "bermusuhan.txt").read_text("utf-8").strip()


def keys(kind: str, text: str) -> list[str]:
    return re.findall(rf'\.{kind} key="([^"]+)"', text)


def make_stage(target: Path, **changes: str) -> Path:
    """Stage the real `quarto/` with the sample slots; `changes` replace slots (`_` stands for `-`)."""
    sections = {path.stem: path.read_text("utf-8") for path in SAMPLE.glob("*.md")}
    sections |= {name.replace("_", "-"): text for name, text in changes.items()}
    own = "\n".join(path.read_text("utf-8") for path in QUARTO.glob("*.qmd"))
    sample = "\n".join(path.read_text("utf-8") for path in SAMPLE.glob("*.md"))
    each = [key.replace("*", group) for key in re.findall(r'angka="([^"]+)"', own) for group in ("kl", "oms")]
    stage(
        QUARTO,
        target,
        sections=sections,
        figures=dict.fromkeys([*keys("angka", own + sample), *each], "72,06"),
        texts={**dict.fromkeys(keys("teks", own), "teks"), **TEXTS},
        present=dict.fromkeys(re.findall(r'when-meta="ada\.([^"]+)"', own), True),
        files={
            "gambar/administratif.svg": (SAMPLE / "gambar" / "administratif.svg").read_bytes(),
            ATTACHED.name: b'{"a": 1}\n',
        },
        attachments=[ATTACHED],
    )
    return target
