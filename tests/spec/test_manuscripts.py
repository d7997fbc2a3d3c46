"""Texts of one's own in the report (`naskah/*.md`): figures by name, checked like all else, told at their lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from monev.commands.command_line import main
from monev.edition.edition_cache import opened_with_state, unchanged
from monev.edition.opened import Opened, open_edition
from monev.io.pandoc import markdown_tree
from monev.render.expected_numerals import NumeralReader
from monev.render.manuscript_pages import pages, pictures
from monev.words.errors import InputError
from monev.words.findings import Finding
from plans import EDITION, MadePlan, make_plan

CONTENTS = [{"naskah": "pengantar"}, "ringkasan", "komitmen", "lampiran"]
GOOD = """\
# Pengantar

Ada []{.angka key="komitmen.jumlah"} komitmen, lihat @tbl-komitmen dan [lampiran](#sec-lampiran).

## Peserta pada tahun 2021 {#sec-peserta}

1. Hadir **45** orang;
2. lihat [peserta](#sec-peserta) dan [laman](https://contoh.id/2021).

| Tahun | Peserta |
|-------|--------:|
| 2020  | 3,5 juta |

![Foto 7 peserta](foto.png)
"""
PNG = bytes.fromhex("89504e470d0a1a0a")


def plan_with(root: Path, text: str, bagian: Any = None, name: str = "pengantar") -> Path:
    make_plan(root, MadePlan(params={"bagian": bagian or CONTENTS}))
    (root / "naskah").mkdir()
    (root / "naskah" / f"{name}.md").write_text(text, "utf-8")
    (root / "naskah" / "foto.png").write_bytes(PNG)
    return root


def findings(root: Path) -> tuple[Finding, ...]:
    try:
        return open_edition(root, EDITION).checked
    except InputError as error:
        return error.findings


@pytest.fixture
def good(tmp_path: Path) -> Opened:
    return open_edition(plan_with(tmp_path, GOOD), EDITION)


# What a text becomes


def test_a_text_and_its_pictures_are_inputs(good: Opened, tmp_path: Path) -> None:
    assert good.inputs.files[-2:] == ("naskah/pengantar.md", "naskah/foto.png")
    kept = opened_with_state(tmp_path, EDITION)
    assert unchanged(kept)
    (tmp_path / "naskah" / "pengantar.md").write_text(GOOD + "\nLagi.\n", "utf-8")
    assert not unchanged(kept)
    kept = opened_with_state(tmp_path, EDITION)
    (tmp_path / "naskah" / "foto.png").write_bytes(PNG + b"x")
    assert not unchanged(kept)


def test_numerals_that_were_typed_are_told_with_their_lines(good: Opened) -> None:
    (only,) = [finding for finding in good.checked if finding.code == "W07"]
    assert (only.weight, only.file, only.cell) == ("warning", "naskah/pengantar.md", "5")
    assert "baris 5, 7, 12, 14" in only.text("id")


def test_the_page_says_of_each_typed_numeral_where_it_was_typed(good: Opened, tmp_path: Path) -> None:
    page = pages(good.inputs.manuscripts)["naskah-pengantar"]
    assert page.startswith("# Pengantar {#sec-naskah-pengantar}\n")
    meta = {"angka": {"t": "MetaMap", "c": {"komitmen.jumlah": {"t": "MetaString", "c": "3"}}}}
    reader = NumeralReader(meta)
    reader.number_floats(tree := markdown_tree(page)["blocks"])
    reader.blocks(tree)
    told = [(item.kind, item.numeral, item.key) for item in reader.printed if item.kind != "struktur"]
    assert told == [
        ("angka", "3", "komitmen.jumlah"),
        ("naskah", "2021", "naskah/pengantar.md:5"),
        ("naskah", "45", "naskah/pengantar.md:7"),
        ("naskah", "2020", "naskah/pengantar.md:12"),
        ("naskah", "3,5", "naskah/pengantar.md:12"),
        ("naskah", "7", "naskah/pengantar.md:14"),
    ]
    assert pictures(good.inputs.manuscripts, tmp_path) == {"gambar/naskah-pengantar-1.png": PNG}
    assert "![Foto 7 peserta](gambar/naskah-pengantar-1.png)" in page
    assert 'fig-alt="Foto 7' in page


def test_a_text_may_stand_anywhere_and_be_previewed(tmp_path: Path) -> None:
    root = plan_with(tmp_path, "# Penutup\n\nTerima kasih.\n", ["terbitan", {"naskah": "penutup.md"}], "penutup")
    opened = open_edition(root, EDITION)
    assert [part.name for part in opened.inputs.edition.contents][-2:] == ["lampiran", "penutup"]
    assert [f.code for f in opened.checked] == []


# What a text may not hold

WRONG: tuple[tuple[str, str, int, str], ...] = (
    ("# A\n\nIsi.\n\n```{=typst}\n#read(\"/etc/passwd\")\n```\n", "W02", 6, "kode typst mentah"),
    ("# A\n\nIsi `#pagebreak()`{=typst} lagi.\n", "W02", 3, "kode typst mentah"),
    ("# A\n\nIsi.\n\n<script>alert(1)</script>\n", "W02", 5, "kode html mentah"),
    ("# A\n\nIsi <b>tebal</b>.\n", "W02", 3, "kode html mentah"),
    ("# A\n\n\\input{/etc/passwd}\n", "W02", 3, "kode tex mentah"),
    ("# A\n\n{{< include ../params/uji.yml >}}\n", "W02", 3, "kurung kurawal ganda"),
    ("# A\n\n```{python}\nimport os\n```\n", "W02", 3, "kode yang dijalankan"),
    ("# A\n\nIsi `{python} 1+1`.\n", "W02", 3, "kode yang dijalankan"),
    ("# A\n\nRumus $x^2$.\n", "W02", 3, "Math"),
    ("---\ntitle: X\n---\n\n# A\n", "W02", 1, "metadata"),
    ("# A\n\n[x]{.content-visible when-meta=\"ada.x\"}\n", "W02", 3, "span"),
    ("# A\n\n::: {.rapor}\nx\n:::\n", "W02", 3, "rapor"),
    ("# A {#judul}\n\nIsi.\n", "W02", 1, "diawali sec-"),
    ("# A\n\n[x](javascript:alert)\n", "W02", 3, "bukan alamat web"),
    ("# A\n\nAda []{.angka key=\"komitmen.jumlh\"}.\n", "W03", 3, "Maksudnya 'komitmen.jumlah'"),
    ("# A\n\nAda [7]{.angka key=\"komitmen.jumlah\"}.\n", "W02", 3, "diisi laporan"),
    ("# A\n\nLihat @tbl-komitmn.\n", "W04", 3, "tbl-komitmen"),
    ("# A\n\nLihat [x](#sec-audit).\n", "W04", 3, "tidak menuju ke mana pun"),
    ("Isi tanpa judul.\n", "W05", 1, "dibuka dengan satu judul"),
    ("# A\n\n### B\n", "W05", 3, "bertingkat 3, seharusnya 2"),
    ("# A\n\n# B\n", "W05", 3, "bertingkat 1, seharusnya 2"),
    ("# A\n\n![x](../../luar.png)\n", "W06", 3, "di luar folder proyek"),
    ("# A\n\n![x](/etc/passwd.png)\n", "W06", 3, "di luar folder proyek"),
    ("# A\n\n![x](https://contoh.id/x.png)\n", "W06", 3, "di luar folder proyek"),
    ("# A\n\n![x](tidak-ada.png)\n", "W06", 3, "tidak ada"),
    ("# A\n\n![x](foto.gif)\n", "W06", 3, "jenisnya harus"),
    ("# A\n\n![](foto.png)\n", "W06", 3, "keterangan"),
    ("# A\n\nTeks ![x](foto.png) teks.\n", "W06", 3, "baris tersendiri"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "code", "line", "why"), WRONG, ids=[f"{n}" for n in range(len(WRONG))])
def test_what_a_text_may_not_hold_is_told(tmp_path: Path, text: str, code: str, line: int, why: str) -> None:
    found = [finding for finding in findings(plan_with(tmp_path, text)) if finding.code != "W07"]
    assert [(finding.code, finding.file, finding.cell) for finding in found][:1] == [
        (code, "naskah/pengantar.md", str(line))
    ]
    assert why in found[0].text("id")


def test_a_text_that_is_not_there_or_leads_out_is_told(tmp_path: Path) -> None:
    root = plan_with(
        tmp_path / "akar", GOOD, [*CONTENTS, {"naskah": "lain"}, {"naskah": "../params/uji"}, {"naskah": "luar"}]
    )
    (tmp_path / "luar.md").write_text("# Luar\n", "utf-8")
    (root / "naskah" / "luar.md").symlink_to(tmp_path / "luar.md")
    told = {finding.file: finding.text("id") for finding in findings(root) if finding.code == "W01"}
    assert [*told] == ["naskah/lain.md", "naskah/../params/uji.md", "naskah/luar.md"]
    assert "tidak ada" in told["naskah/lain.md"]
    assert "di luar folder proyek" in told["naskah/luar.md"]


def test_a_text_named_twice_is_told_at_its_line(tmp_path: Path) -> None:
    root = plan_with(tmp_path, GOOD, [{"naskah": "pengantar"}, "ringkasan", {"naskah": "pengantar.md"}])
    (finding,) = findings(root)
    assert (finding.code, finding.file) == ("P03", "params/uji.yml")
    assert "sudah ada" in finding.text("id")


def test_everything_wrong_in_all_texts_is_told_in_one_pass(tmp_path: Path) -> None:
    root = plan_with(tmp_path, '# A\n\n<b>x</b>\n\n[]{.angka key="x.y"}\n\n@tbl-x\n', [*CONTENTS, {"naskah": "dua"}])
    (root / "naskah" / "dua.md").write_text("# B\n\n```\nx\n```\n", "utf-8")
    assert {(f.code, f.file) for f in findings(root)} == {("W02", "naskah/pengantar.md"), ("W02", "naskah/dua.md")}


def test_check_tells_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = plan_with(tmp_path, '# A\n\n[]{.angka key="x.y"}\n')
    assert main(["--root", str(root), "check", EDITION]) == 1
    assert "[W03] salah: baris 3" in capsys.readouterr().out
