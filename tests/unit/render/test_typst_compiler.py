"""A report in Typst is the same to the byte in one file and in one file for each piece."""

from __future__ import annotations

from pathlib import Path

import typst

from monev.render.typst_compiler import MAIN, write_sources
from monev.render.written_pieces import CUT

MARK = f"{CUT}0123456789abcdef"
BASE = '#let kali(n) = [#(2 * n)]\n#let laporan(isi) = {\n  set heading(numbering: "1.")\n  isi\n}\n'
PIECES = ("= Satu <satu>\n\nAngka #kali(21), lihat @dua.", "= Dua <dua>\n\nLalu @satu.")


def made(folder: Path, source: str) -> bytes:
    folder.mkdir()
    write_sources(folder, source)
    pdf: bytes = typst.compile(str(folder / MAIN), root=str(folder), timestamp=0)
    return pdf


def test_pieces_in_files_of_their_own_give_the_same_pages(tmp_path: Path) -> None:
    cut = f"{BASE}\n// monev-dasar\n#show: laporan\n" + "".join(f"\n\n{MARK}\n\n{piece}" for piece in PIECES)
    whole = cut.replace(MARK, "")
    assert made(tmp_path / "a", cut) == made(tmp_path / "b", whole)
    assert {file.name for file in (tmp_path / "a").iterdir()} == {
        MAIN, "dasar.typ", "potongan-0000.typ", "potongan-0001.typ",
    }  # fmt: skip
    assert "Dua" not in (tmp_path / "a" / MAIN).read_text("utf-8")


def test_a_line_like_a_mark_in_a_text_cuts_nothing(tmp_path: Path) -> None:
    other = f"{CUT}fedcba9876543210"
    cut = f"{BASE}\n// monev-dasar\n\n{MARK}\n\n= Satu\n\n{other}\n\nsesudahnya"
    assert made(tmp_path / "a", cut) == made(tmp_path / "b", cut.replace(MARK, ""))
    assert [file.name for file in (tmp_path / "a").glob("potongan-*")] == ["potongan-0000.typ"]
