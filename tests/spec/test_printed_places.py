"""From a printed number to its cells in one step: every numeral of the PDF's text has an answer."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from monev.audit.explanation import Explanation, explain, sources_of
from monev.audit.numeral_account import FoundNumeral, letters
from monev.audit.printed_origins import Answer, Answers
from monev.audit.printed_places import PrintedPlace, of_float, of_page, of_text, printed_places
from monev.audit.verification import carried_numerals, changed_since
from monev.commands.command_line import main
from monev.display.phrases import full_title, text_key, texts
from monev.edition.opened import Opened, open_edition
from monev.figures.printed_numerals import Expected, normalized, numerals
from monev.io.source_cells import Sources
from monev.model.letters import plain
from monev.model.params import Edition
from support import REPOSITORY, copy_root, put


@cache
def read(report: Path) -> tuple[Expected, tuple[str, ...], tuple[PrintedPlace, ...]]:
    found = carried_numerals(report / "laporan.pdf")
    assert found is not None
    return *found, printed_places(*found)


def test_every_numeral_has_an_origin(report: Path) -> None:
    expected, pages, places = read(report)
    assert len(places) == sum(len(numerals(page)) for page in pages) > 2_000
    assert {place.kind for place in places} == {"angka", "sel", "teks", "struktur"}
    mapped = [place for place in places if place.key and not place.own]
    assert len(mapped) == len(expected.printed)


def surrounded(place: PrintedPlace, pages: Sequence[str], held: str) -> bool:
    """Tell whether a cell's text has the numeral among the letters that stand around it on the page."""
    page, whole = normalized(pages[place.found.page - 1]).strip(), letters(held)
    start, end = place.found.start, place.found.start + len(place.found.numeral)
    before, after = letters(page[:start])[-6:], letters(page[end:])[:6]
    for found in re.finditer(letters(place.found.numeral), whole):
        near, far = whole[: found.start()][-6:], whole[found.end() :][:6]
        if (near and before.endswith(near)) or (far and after.startswith(far)) or not near + far:
            return True
    return False


def _in_mark(before: str) -> bool:
    """Tell whether a page's text ends within the draft's mark, `DRAF 4ab6-0899-365a-8496`, and not behind it."""
    return re.search(r"DRAF\s(?:[0-9a-f]{4}-\s*){0,3}[0-9a-f]{0,3}$", before) is not None


def is_right(place: PrintedPlace, answer: Answer, answers: Answers, opened: Opened, pages: Sequence[str]) -> bool:
    """Judge an answer by the page's text, the register, the workbooks and the params."""
    numeral, key = place.found.numeral, answer.words.key
    page = normalized(pages[place.found.page - 1]).strip()
    before = page[: place.found.start]
    held = answers.lookup.look(answer.source) if "!" in answer.source else None
    if place.kind == "angka":
        found = explain(opened, Path("/"), place.key, lookup=answers.lookup)
        ends = isinstance(found, Explanation) and (*found.cells, *found.settings)
        return numeral in numerals(opened.register[place.key].printed) and bool(ends) and all(e.found for e in ends)
    if place.kind == "sel":
        assert held is not None
        named = numeral.lstrip("0") in [part.lstrip("0") for part in numerals(answer.source.rsplit("!", 1)[1])]
        return held.found and (surrounded(place, pages, held.shown()) or (held.file.startswith("params/") and named))
    if key == "places.held":
        return held is not None and held.found and numeral in numerals(held.shown())
    if key == "places.commitment":
        title = str(answer.words.details["title"])
        assert held is not None
        return plain(held.shown()) == title and dict(held.key)["Komitmen"] == numeral
    if key in ("places.table", "places.picture"):
        name, caption = ("Tabel" if key == "places.table" else "Gambar"), str(answer.words.details["caption"])
        return before.endswith(name + " ") and letters(f"{name} {numeral} {caption}") in letters("".join(pages))
    period = opened.inputs.edition.current
    truths: dict[str, bool] = {
        "places.fingerprint": before.rsplit("idik edisi", 1)[-1].count(" ") < 5 or _in_mark(before),
        "places.last-day": numeral in (str(period.last_day.day), str(period.last_day.year)),
        "places.foot-page": numeral == str(place.found.page),
        "places.foot-pages": numeral == str(len(pages)) and before.rstrip().endswith("/"),
        "places.foot-title": numeral in numerals(full_title(opened.inputs.edition)),
        "places.head-running": place.found.start < len(page.split("\n", 1)[0]),
        "places.contents": numeral in map(str, range(place.found.page + 1, len(pages) + 1)),
        "places.contents-title": place.found.page < 4,
        "places.index": numeral in map(str, range(1, place.found.page)),
        "places.list": page[place.found.start :].startswith(f"{numeral}."),
        "places.target": re.search(r"Target B(\d+ \()?$", before) is not None,
        "places.note": re.search(r"Catatan sumber [\d, dan]*$", before) is not None,
        "places.measure": before.endswith("Ukuran Keberhasilan "),
        "places.column": before.rstrip().endswith(("B", "Akumulasi")),
    }
    return truths[key]


@pytest.mark.parametrize("seed", [11, 23, 58, 131, 2021])
def test_a_hundred_numerals_drawn_at_random_have_the_right_answer(report: Path, seed: int) -> None:
    root = report.parent / "akar"
    opened = open_edition(root, "2021-S2")
    expected, pages, places = read(report)
    answers = Answers.of(opened, root, expected)
    drawn = random.Random(seed).sample(places, 100)
    told = [(place, answers.of_place(place, len(pages))) for place in drawn]
    assert [(p, a.words.text()) for p, a in told if not is_right(p, a, answers, opened, pages)] == []
    for place in drawn:
        assert place in of_page(places, place.found.page)
        assert place in of_text(places, place.found.numeral)


def test_every_answer_of_the_report_is_right(report: Path) -> None:
    root = report.parent / "akar"
    opened = open_edition(root, "2021-S2")
    expected, pages, places = read(report)
    answers = Answers.of(opened, root, expected)
    told = [(p, answers.of_place(p, len(pages))) for p in places if p.kind != "angka"]
    assert [(p, a.words.text()) for p, a in told if not is_right(p, a, answers, opened, pages)] == []
    assert {a.words.key for _, a in told} >= {"places.held", "places.commitment", "places.list", "places.index"}


def test_a_wrong_answer_is_not_taken_for_right(report: Path) -> None:
    """What judges above can say no: each cell's answer is given to the next numeral of another cell."""
    root = report.parent / "akar"
    opened = open_edition(root, "2021-S2")
    expected, pages, places = read(report)
    answers = Answers.of(opened, root, expected)
    texts_of = {p.key: answers.lookup.look(p.key).shown() for p in places if p.kind == "sel"}
    cells = [p for p in places if p.kind == "sel" and len(p.found.numeral) > 1 and len(texts_of[p.key]) > 60]
    pairs = [(a, b) for a, b in pairwise(cells) if a.key != b.key]
    judged = [is_right(b, answers.of_place(a, len(pages)), answers, opened, pages) for a, b in pairs]
    assert len(judged) > 150
    assert sum(judged) < len(judged) / 4  # `PERKI 1/2021` stands in many


def test_texts_of_the_params_lead_to_the_key_that_gives_them() -> None:
    edition = open_edition(REPOSITORY, "2021-S2").inputs.edition
    lookup = sources_of(open_edition(REPOSITORY, "2021-S2"), REPOSITORY)
    own = set()
    for name, text in texts(edition).items():
        key = text_key(name, edition)
        if not key:
            own.add(name)
            continue
        held = lookup.look(f"params/2021-S2.yml!{key}")
        assert held.found or not text, name
        if not key.startswith(("periode", "kelompok")) and name not in ("judul-lengkap", "isu"):
            assert " ".join(held.shown().split()) == " ".join(text.split()), name
    assert own == {"nama-ringkasan"}  # the params name no part


def answer_of(root: Path, edition: Edition, key: str, numeral: str) -> str:
    """Return what is told of a numeral in one of the report's texts."""
    answers = Answers(edition, {}, Sources(root), {}, {})
    return answers.of_place(PrintedPlace(FoundNumeral(numeral, 1), "teks", key), 90).words.text()


def test_the_name_of_a_part_comes_from_the_title_that_the_params_set() -> None:
    edition = open_edition(REPOSITORY, "2021-S2").inputs.edition
    assert "kata-kata laporan sendiri" in answer_of(REPOSITORY, edition, "nama-ringkasan", "2021")


def test_the_name_of_a_part_with_a_title_leads_to_it(tmp_path: Path) -> None:
    root = copy_root(tmp_path / "akar")
    with (root / "params" / "2021-S2.yml").open("a", encoding="utf-8") as file:
        file.write("\nbagian:\n  - {bagian: ringkasan, judul: Capaian 2021}\n  - komitmen\n")
    edition = open_edition(root, "2021-S2").inputs.edition
    assert texts(edition)["nama-ringkasan"] == "Capaian 2021"
    told = answer_of(root, edition, "nama-ringkasan", "2021")
    assert told.startswith("params/2021-S2.yml!bagian: ")
    assert "Capaian 2021" in told


def test_the_draft_mark_is_the_fingerprint_of_the_manifest(report: Path) -> None:
    opened = open_edition(report.parent / "akar", "2021-S2")
    expected, pages, places = read(report)
    answers = Answers.of(opened, report.parent / "akar", expected)
    marked = [place for place in places if place.key == "draf"]
    fingerprint = numerals(json.loads((report / "manifest.json").read_text(encoding="utf-8"))["sidik"])
    assert fingerprint
    for page in range(1, len(pages) + 1):
        assert [place.found.numeral for place in of_page(marked, page)] == fingerprint, page
    assert {answers.of_place(place, len(pages)).words.key for place in marked} == {"places.fingerprint"}


def test_a_page_number_within_the_draft_mark_is_not_taken_for_the_page() -> None:
    pages = ("Isi", "Laporan 2021 DRAF 2abc-0899-365a-8496 2 / 2")
    expected = Expected(title="Laporan 2021", foot=("DRAF 2abc-0899-365a-8496",))
    keys = [(place.found.numeral, place.key) for place in printed_places(expected, pages)]
    mark = [(numeral, "draf") for numeral in ("2", "0899", "365", "8496")]
    assert keys == [("2021", "judul-lengkap"), *mark, ("2", ""), ("2", "")]


def test_texts_of_the_publication_lead_to_the_params_or_the_record_of_the_release(tmp_path: Path) -> None:
    edition = open_edition(REPOSITORY, "2021-S2").inputs.edition
    (tmp_path / "params" / "rilis").mkdir(parents=True)
    (tmp_path / "params" / "2021-S2.yml").write_text("terbitan: {nomor: 17/2022}\n", encoding="utf-8")
    record = "edisi: 2021-S2\nversi: '1.3'\noleh: Sekretariat\ntanggal: 2022-03-05\n"
    (tmp_path / "params" / "rilis" / "2021-S2.yml").write_text(record, encoding="utf-8")
    for key, numeral, told in (
        ("versi", "1.3", "params/rilis/2021-S2.yml!versi: 1.3"),
        ("terbitan", "1.3", "params/rilis/2021-S2.yml!versi: 1.3"),
        ("terbitan", "17", "params/2021-S2.yml!terbitan!nomor: 17/2022"),
        ("nomor", "17", "params/2021-S2.yml!terbitan!nomor: 17/2022"),
        ("terbit-pada", "5", "params/rilis/2021-S2.yml!tanggal: 2022-03-05"),
    ):
        assert answer_of(tmp_path, edition, key, numeral) == told


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
    for asked, told_of in (
        ("Tabel 8", "rekap.kl.b06.baik"),
        ("halaman 5", "ringkasan.administratif.baik.jumlah"),
        ("78%", "ringkasan.administratif.baik.persen"),
        ("Komitmen 7", "komitmen.07.skor"),
        ("Rapor Pelaksana", "rapor.kl.skor"),
        ("KIP", "rapor.pelaksana.kip.skor"),
    ):
        assert main(["--root", str(root), "explain", "2021-S2", asked]) == 0
        assert told_of in capsys.readouterr().out
    assert main(["--root", str(root), "explain", "2021-S2", "--page", "5", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["halaman"] for row in rows} == {5}
    assert all(row["asal"] for row in rows)
    put(root, "inputs/2021-S2/capaian-oms.xlsx!Capaian!H14", 3)
    assert changed_since(root / "outputs" / "2021-S2" / "laporan.pdf", root) == ["inputs/2021-S2/capaian-oms.xlsx"]
    assert main(["--root", str(root), "explain", "2021-S2", "--text", "78%"]) == 0
    assert "inputs/2021-S2/capaian-oms.xlsx" in capsys.readouterr().err


@pytest.mark.parametrize("asked", [["komitmen.07.skor"], [], ["--search", "skor"], ["KIP"], ["--page", "5"]])
def test_every_way_says_when_the_outputs_are_older_by_their_digests(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: list[str]
) -> None:
    root = copy_root(tmp_path / "akar")
    outputs = root / "outputs" / "2021-S2"
    outputs.mkdir(parents=True)
    for name in ("laporan.pdf", "manifest.json"):
        (outputs / name).write_bytes((report / name).read_bytes())
    (root / "params" / "2021-S2.yml").touch()  # later, and the same
    assert main(["--root", str(root), "explain", "2021-S2", *asked]) == 0
    assert capsys.readouterr().err == ""
    with (root / "params" / "2021-S2.yml").open("a", encoding="utf-8") as file:
        file.write("\n# berubah\n")
    added = root / "params" / "koreksi" / "2021-S2.yml"
    added.parent.mkdir(exist_ok=True)
    added.write_text("[]\n", encoding="utf-8")
    assert main(["--root", str(root), "explain", "2021-S2", *asked]) == 0
    told = capsys.readouterr()
    assert told.out
    assert "params/2021-S2.yml, params/koreksi/2021-S2.yml" in told.err
