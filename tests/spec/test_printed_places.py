"""From a printed number to its cells in one step: every numeral of the PDF's text has an answer."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from monev.audit.explanation import sources_of
from monev.audit.printed_places import PrintedPlace, of_float, of_page, of_text, printed_places
from monev.audit.verification import carried_numerals, changed_since
from monev.commands.command_line import main
from monev.edition.opened import open_edition
from monev.figures.printed_numerals import Expected, numerals
from support import copy_root, put


@cache
def read(report: Path) -> tuple[Expected, tuple[str, ...], tuple[PrintedPlace, ...]]:
    found = carried_numerals(report / "laporan.pdf")
    assert found is not None
    return *found, printed_places(*found)


def test_every_numeral_has_an_origin(report: Path) -> None:
    expected, pages, places = read(report)
    assert len(places) == sum(len(numerals(page)) for page in pages) > 2_000
    assert {place.kind for place in places} == {"angka", "sel", "teks", "struktur"}
    mapped = [place for place in places if place.key]
    assert len(mapped) == len(expected.printed)


def test_a_hundred_numerals_drawn_at_random_end_at_a_figure_or_cell_that_holds_them(report: Path) -> None:
    root = report.parent / "akar"
    opened = open_edition(root, "2021-S2")
    lookup = sources_of(opened, root)
    _, _, places = read(report)
    drawn = random.Random(11).sample([place for place in places if place.kind in ("angka", "sel")], 100)
    for place in drawn:
        if place.kind == "angka":
            assert place.found.numeral in numerals(opened.register[place.key].printed), place
        else:
            held = lookup.look(place.key)
            assert held.found, place
            assert place.found.numeral in numerals(held.shown()) or not held.file.startswith("inputs"), place


def test_a_page_a_text_a_table_and_a_figure(report: Path) -> None:
    expected, pages, places = read(report)
    page = next(n for n, text in enumerate(pages, start=1) if "Tabel 8" in text and n > 4)
    assert {place.found.page for place in of_page(places, page)} == {page}
    table = [place.key for place in of_float(places, expected, pages, "tabel", 8) if place.kind == "angka"]
    assert {"rekap.kl.b06.baik", "rekap.kl.akumulasi.total"} <= set(table)
    assert not any(key.startswith("rekap.oms") for key in table)
    assert of_float(places, expected, pages, "tabel", 99) == []
    caption = of_float(places, expected, pages, "gambar", 1)
    assert any(place.key.startswith("ringkasan.administratif") for place in caption)
    assert any(place.key == "ringkasan.administratif.baik.persen" for place in of_text(places, "78%"))


def test_the_command_says_when_the_report_is_older_than_the_workbooks(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_root(tmp_path / "akar")
    assert main(["--root", str(root), "explain", "2021-S2", "--page", "4"]) == 2
    assert "susun dahulu" in capsys.readouterr().err
    (root / "outputs" / "2021-S2").mkdir(parents=True)
    (root / "outputs" / "2021-S2" / "laporan.pdf").write_bytes((report / "laporan.pdf").read_bytes())
    assert main(["--root", str(root), "explain", "2021-S2", "--table", "8"]) == 0
    told = capsys.readouterr()
    assert "rekap.kl.b06.baik" in told.out
    assert told.err == ""
    put(root, "inputs/2021-S2/capaian-oms.xlsx!Capaian!H14", 3)
    assert changed_since(root / "outputs" / "2021-S2" / "laporan.pdf", root) == ["inputs/2021-S2/capaian-oms.xlsx"]
    assert main(["--root", str(root), "explain", "2021-S2", "--text", "78%"]) == 0
    assert "inputs/2021-S2/capaian-oms.xlsx" in capsys.readouterr().err
