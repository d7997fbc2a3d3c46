"""What the report says in its own words: captions, names, scopes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from monev.build.assembly import timestamp_of
from monev.display import markdown
from monev.display.document import Block, Cell, Chart, Group, Link, Num, Strip, Table, TargetGrid, TargetRow
from monev.display.phrases import scope, texts
from monev.edition.opened import Opened, open_edition
from monev.figures.register import target_id
from monev.figures.results import CommitmentResult
from monev.io.folders import REPOSITORY
from monev.model.params import Period
from monev.rules.tidy import SourceNote
from plans import EDITION, PLANS, make_plan
from support import sections_of


def opened_of(name: str, folder: Path) -> Opened:
    """Open a 2021 edition, or a plan that was made up."""
    return open_edition(make_plan(folder, PLANS[name]), EDITION) if name in PLANS else open_edition(REPOSITORY, name)


def floats(blocks: Iterable[Block]) -> Iterator[Table | Chart]:
    for block in blocks:
        if isinstance(block, Group):
            yield from floats(block.blocks)
        elif isinstance(block, Table | Chart) and block.id:
            yield block


@pytest.mark.parametrize("name", ["2021-S1", "2021-S2", "tiga", "dua-kategori", "pelaksana-tanpa-skor"])
def test_no_number_follows_the_number_of_a_table_or_figure(name: str, tmp_path: Path) -> None:
    """`Tabel 7. 18 komitmen` reads as one number."""
    found = list(floats(block for section in sections_of(opened_of(name, tmp_path)) for block in section.blocks))
    assert len(found) > 15
    for each in found:
        first = each.caption[0]
        assert not isinstance(first, Num), each.id
        assert isinstance(first, str), each.id
        assert first[0].isalpha(), each.id


@pytest.mark.parametrize(
    ("given", "last"),
    [
        ({"kode": "B06", "tahun": 2021}, date(2021, 6, 30)),
        ({"kode": "B12", "tahun": 2021}, date(2021, 12, 31)),
        ({"kode": "B18", "tahun": 2022}, date(2022, 6, 30)),
        ({"kode": "B02", "tahun": 2024}, date(2024, 2, 29)),
        ({"kode": "T1", "tahun": 2030}, date(2030, 12, 31)),
        ({"kode": "T1", "tahun": 2030, "akhir": "2030-03-31"}, date(2030, 3, 31)),
    ],
)
def test_a_period_ends_on_its_last_day(given: dict[str, object], last: date) -> None:
    assert Period.model_validate({"label": "Semester", "inputs": "inputs/x", **given}).last_day == last


def test_the_report_is_dated_by_its_last_period() -> None:
    stamps = {edition: timestamp_of(open_edition(REPOSITORY, edition)) for edition in ("2021-S1", "2021-S2")}
    days = {edition: datetime.fromtimestamp(stamp, UTC).date().isoformat() for edition, stamp in stamps.items()}
    assert days == {"2021-S1": "2021-06-30", "2021-S2": "2021-12-31"}


def test_every_edition_names_its_periods() -> None:
    found = {edition: texts(open_edition(REPOSITORY, edition).results.edition) for edition in ("2021-S1", "2021-S2")}
    plan = "Laporan Monitoring dan Evaluasi RAN OGI 2021"
    assert {edition: own["judul-lengkap"] for edition, own in found.items()} == {
        "2021-S1": f"{plan} Semester I",
        "2021-S2": f"{plan}, Semester I dan II Tahun 2021",
    }
    assert found["2021-S1"]["sampai"] == "30 Juni 2021"


@pytest.mark.parametrize("name", ["2021-S1", "2021-S2", "kode-lain"])
def test_every_key_figure_says_its_periods(name: str, tmp_path: Path) -> None:
    found = opened_of(name, tmp_path)
    (page,) = (section for section in sections_of(found) if section.slot == "sekilas")
    (strip,) = (block for block in _all(page.blocks) if isinstance(block, Strip))
    periods = found.results.edition.periode
    scopes = (scope(periods), scope(periods[-1:]))
    assert len(strip.items) == 6
    for key, value in strip.items:
        words = "".join(part for part in value if isinstance(part, str))
        assert any(words.endswith(own) or f"{own} saja" in words for own in scopes), (key, words)


def _all(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Group):
            yield from _all(block.blocks)


def test_notes_on_the_source_stand_in_the_annex_and_at_their_targets() -> None:
    found = open_edition(REPOSITORY, "2021-S2")
    data = found.results.data
    (annex,) = (section for section in sections_of(found) if section.slot == "catatan-sumber")
    (own,) = annex.blocks
    assert isinstance(own, Group)
    places, lists = own.blocks[::2], own.blocks[1::2]
    shown = [[part.text for part in item if isinstance(part, Cell)][-1] for block in lists for item in block.items]
    assert shown == [note.text for result in found.results.commitments for note in _notes_of(found, result)]
    marks = {}
    for row in (block for section in sections_of(found) for block in _rows(section.blocks)):
        for paragraph in row.target:
            for item in paragraph.inlines:
                if isinstance(item, Link) and item.text.startswith("Catatan sumber"):
                    assert item.target in {place.id for place in places}
                    marks[row.key] = [int(n) for n in re.findall(r"\d+", item.text)]
    for target in found.results.targets:
        own_notes = [note for note in data.source_notes if note.commitment == target.commitment]
        wanted = [n for n, note in enumerate(own_notes, 1) if note.measure is not None and note.concerns(target)]
        assert marks.get(target_id(target), []) == wanted
    assert sum(map(len, marks.values())) > 100


def _notes_of(found: Opened, result: CommitmentResult) -> list[SourceNote]:
    return [note for note in found.results.data.source_notes if note.commitment == result.commitment.commitment]


def _rows(blocks: Iterable[Block]) -> Iterator[TargetRow]:
    for block in _all(blocks):
        if isinstance(block, TargetGrid):
            yield from block.rows


def test_a_plan_without_notes_on_its_source_has_no_annex(tmp_path: Path) -> None:
    (annex,) = (section for section in sections_of(opened_of("tiga", tmp_path)) if section.slot == "catatan-sumber")
    assert not annex


INNER = re.compile(r"\b(params|buku kerja|parameter)\b", re.IGNORECASE)


@pytest.mark.parametrize("name", ["2021-S1", "2021-S2", "tiga"])
def test_how_the_report_is_made_is_told_in_traceability_alone(name: str, tmp_path: Path) -> None:
    found = opened_of(name, tmp_path)
    for section in sections_of(found):
        if section.slot not in ("", "audit"):
            bare = re.sub(r"\[(?:\\.|[^\]\\])*\]\{\.(?:sel|kode)[^}]*\}|\{[^}]*\}", "", markdown.section(section))
            assert not INNER.search(bare), (section.slot, INNER.search(bare))
    for path in (REPOSITORY / "quarto").glob("_*.qmd"):
        if path.name != "_09-audit.qmd":
            assert not INNER.search(path.read_text("utf-8")), path.name
