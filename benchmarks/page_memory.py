"""What `monev app` holds while it builds and previews again and again: it should stay flat.

    PYTHONPATH=lib:tests .venv/bin/python benchmarks/page_memory.py --rebuilds 200

A small programme; before each order one score is changed. Prints megabytes (of the server and all that came from it).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from openpyxl import load_workbook
from page_client import opened, resident

from plans import EDITION, MadePlan, make_plan

_EVERY = 10
_FLAT = 1.1  # of what is held after a tenth of the rebuilds


def changed(file: Path, value: int) -> None:
    """Write another score into the first row."""
    book = load_workbook(file)
    sheet = book["Capaian"]
    column = next(cell.column for cell in sheet[1] if str(cell.value).rstrip("* ") == "Nilai")
    sheet.cell(2, column, value)
    book.save(file)


def main() -> int:
    """Measure; return 1 where it grows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rebuilds", type=int, default=200)
    rebuilds = parser.parse_args().rebuilds
    held: list[int] = []
    with tempfile.TemporaryDirectory() as place:
        root = make_plan(Path(place), MadePlan())
        with opened(root) as page:
            for number in range(rebuilds):
                changed(root / "inputs" / "B12" / "capaian-kl.xlsx", number % 100)
                order = {"perintah": "preview", "bagian": "komitmen-01"} if number % 2 else {"perintah": "build"}
                seconds = page.carried_out(edisi=EDITION, **order)
                held.append(resident(page.process.pid))
                if number % _EVERY == 0:
                    print(f"{number:>4}  {held[-1] / 1e6:7.0f} MB  {seconds:6.2f} s", flush=True)
    early = max(held[max(2, len(held) // 10) - 2 : max(2, len(held) // 10) + 2])
    late = max(held[-4:])
    print(f"{early / 1e6:.0f} MB early, {late / 1e6:.0f} MB at the end: {late / early:.2f}")
    return int(late > _FLAT * early)


if __name__ == "__main__":
    sys.exit(main())
