"""Write the published score and status of every target into `params/terbit/2021-S2.yml`, from the reference data.

usage: python tests/reference/make_published.py REFERENCE_FOLDER TARGET_ROOT

What stands behind the line `target:` is written anew; the rest of the file is kept as it is.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from monev.model.params import slug

FILE = Path("params") / "terbit" / "2021-S2.yml"
HEADING = "target:\n"
MISPRINTS = {
    "Akif": ("Aktif", "Salah cetak untuk Aktif; data memuat ejaan yang benar."),
}


def main(reference: Path, root: Path) -> None:
    """Write the section `target` of the published figures below `root`."""
    path = root / FILE
    kept = path.read_text("utf-8").partition(f"\n{HEADING}")[0].rstrip("\n")
    with (reference / "targets.csv").open(encoding="utf-8", newline="") as file:
        lines = [f"  - {{{', '.join(entry(row))}}}" for row in csv.DictReader(file)]
    path.write_text("\n".join((kept, f"{HEADING}{lines[0]}", *lines[1:], "")), "utf-8", newline="\n")


def entry(row: Mapping[str, str]) -> Iterator[str]:
    """Yield the keys of a reference target's entry, as YAML in one line."""
    key = f"{int(row['commitment']):02d}-{row['uk']}-{slug(row['actor'])}-{slug(row['period'])}-{row['target_seq']}"
    score, status = row["nilai"].removesuffix("%"), "" if row["cocreation"] == "-" else row["cocreation"]
    yield f"id: {key}"
    yield f"nilai: {score if score.isdigit() else json.dumps(score)}"
    yield f"kokreasi: {json.dumps(status)}"
    if status in MISPRINTS:
        right, why = MISPRINTS[status]
        yield f"menurut_data: {right}"
        yield f"penjelasan: {json.dumps(why)}"


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
