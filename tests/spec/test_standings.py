"""Change and scorecards: the commitment's rule, applied to one period, one actor or one group."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monev.audit.figure_comparison import inconsistent, rows_by_id
from monev.build.assembly import data_files
from monev.display.document import Chart, Section
from monev.display.parts import change, glance, quadrants, scorecards
from monev.edition.opened import Opened, open_edition
from monev.figures.analysis import change_id, quadrant_id, scorecard_id, scorecard_ids
from monev.figures.number_format import signed
from monev.figures.register import commitment_id, period_score_id, target_id
from monev.figures.standings import DIRECTIONS, QUADRANTS, direction, of_actors, ranked, rounded_difference
from monev.io.folders import REPOSITORY
from monev.model.fields import GROUPS
from plans import EDITION, PLANS, MadePlan, make_plan

#   before   now     way        printed
STEPS = [
    (50, 100, "naik", "+50,0"),
    (100, 50, "turun", "−50,0"),
    (70, 70, "tetap", "0,0"),
    (Fraction(200, 3), Fraction(250, 3), "naik", "+16,7"),
    (Fraction(250, 3), Fraction(200, 3), "turun", "−16,7"),
    (70, Fraction(7004, 100), "tetap", "0,0"),
    (70, Fraction(7005, 100), "naik", "+0,1"),
    (Fraction(7005, 100), 70, "turun", "−0,1"),
    (Fraction(7004, 100), 70, "tetap", "0,0"),
]


@pytest.mark.parametrize(("before", "now", "way", "printed"), STEPS)
def test_a_step_and_how_it_is_printed(before: int, now: int, way: str, printed: str) -> None:
    assert direction(Fraction(before), Fraction(now)) == way
    assert signed(rounded_difference(Fraction(before), Fraction(now)), 1) == printed


@pytest.mark.parametrize(("before", "now"), [(None, Fraction(1)), (Fraction(1), None), (None, None)])
def test_without_a_score_there_is_no_way(before: Fraction | None, now: Fraction | None) -> None:
    assert direction(before, now) == "tanpa"


def test_in_a_first_period_nothing_has_changed(tmp_path: Path) -> None:
    results = open_edition(make_plan(tmp_path, PLANS["satu-periode"]), EDITION).results
    everyone = of_actors(results)
    assert {(actor.standing.direction, actor.standing.difference) for actor in everyone} == {("tanpa", None)}


@given(st.fractions(0, 100), st.fractions(0, 100))
def test_there_and_back_are_mirrors(one: Fraction, other: Fraction) -> None:
    assert rounded_difference(one, other) == -rounded_difference(other, one)
    ways = {"naik": "turun", "turun": "naik", "tetap": "tetap"}
    assert direction(other, one) == ways[direction(one, other)]


# The 2021 edition, counted once more from its open data ----------------------------------------------------------


@pytest.fixture(scope="module")
def opened() -> Opened:
    return open_edition(REPOSITORY, "2021-S2")


@pytest.fixture(scope="module")
def rows(opened: Opened) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data_files(opened)["target.csv"].decode("utf-8-sig"))))


def scores(rows: list[dict[str, str]], **wanted: str) -> list[float]:
    return [float(r["nilai"]) for r in rows if r["nilai"] and all(r[k] == v for k, v in wanted.items())]


def test_scores_by_period(opened: Opened, rows: list[dict[str, str]]) -> None:
    checked = 0
    for period in ("B06", "B12"):
        for result in opened.results.commitments:
            number = result.commitment.commitment
            own = scores(rows, komitmen=str(number), periode=period)
            figure = opened.register.get(period_score_id(commitment_id(number), period))
            assert (figure is not None) == bool(own)
            if figure:
                assert float(figure.exact or 0) == pytest.approx(mean(own))
                checked += 1
        for group in GROUPS:
            figure = opened.register[period_score_id(scorecard_id(group), period)]
            assert float(figure.exact or 0) == pytest.approx(mean(scores(rows, kelompok=group, periode=period)))
    assert checked > 30


def test_ways_are_counted(opened: Opened, rows: list[dict[str, str]]) -> None:
    ways: dict[str, int] = defaultdict(int)
    for number in range(1, 19):
        before, now = (scores(rows, komitmen=str(number), periode=p) for p in ("B06", "B12"))
        gap = round(mean(now) - mean(before), 4) if before and now else None
        ways["tanpa" if gap is None else "naik" if gap >= 0.05 else "turun" if gap <= -0.05 else "tetap"] += 1
    assert {way: opened.register[change_id(way)].value for way in DIRECTIONS} == {way: ways[way] for way in DIRECTIONS}


def test_scorecards(opened: Opened, rows: list[dict[str, str]]) -> None:
    ids = scorecard_ids(opened.results)
    names = {r["pelaksana"] for r in rows if r["status_nilai"] != "tidak ada target"}
    assert {a.actor.actor for a in of_actors(opened.results)} == names
    for name in names:
        own = [r for r in rows if r["pelaksana"] == name and r["status_nilai"] != "tidak ada target"]
        base = ids[name]
        assert opened.register[f"{base}.target"].value == len(own)
        given = [r for r in own if r["data_dukung"] not in ("", "Tidak dikumpulkan")]
        assert opened.register[f"{base}.data-dukung"].value == len(given)
        stated = sum(bool(r["data_dukung"]) for r in own)
        assert opened.register[f"{base}.data-dukung.dinyatakan"].value == stated
        assert (f"{base}.data-dukung.persen" in opened.register) == bool(stated)
        left = [r for r in own if r["periode"] == "B06" and r["kategori"] != "Baik"]
        assert opened.register[f"{base}.belum-selesai"].value == len(left)
        found = [own for p in ("B06", "B12") if (own := scores(rows, pelaksana=name, periode=p))]
        figure = opened.register.get(f"{base}.skor")
        assert (figure is not None) == bool(found)
        if figure:
            assert float(figure.exact or 0) == pytest.approx(mean(map(mean, found)))


def test_evidence_is_counted_where_it_is_stated(opened: Opened, rows: list[dict[str, str]]) -> None:
    said = Counter(r["data_dukung"] for r in rows)
    assert said == {"Ada": 6, "Tidak dikumpulkan": 8, "": 123}
    base = scorecard_id(None)
    found = [opened.register[f"{base}.data-dukung{part}"].value for part in ("", ".dinyatakan", ".persen")]
    assert found == [6, 14, 43]


def test_quadrants_share_out_the_commitments(opened: Opened) -> None:
    counts = [opened.register[quadrant_id(name)].value for name in QUADRANTS]
    assert sum(int(str(n)) for n in counts) == 18


def test_actors_come_by_falling_score_those_without_last(opened: Opened) -> None:
    found = [a.standing.score for a in ranked(of_actors(opened.results))]
    known = [score for score in found if score is not None]
    assert known == sorted(known, reverse=True)
    assert found[: len(known)] == known


#   Capaian, Data Dukung       reported, not reported, not known    actors that did not report, of which it is not known
TOLD = [
    ("Selesai", "", (2, 0, 0), (0, 0)),
    ("", "Ada", (2, 0, 0), (0, 0)),
    ("", "notulen.pdf", (2, 0, 0), (0, 0)),
    ("", "", (0, 0, 2), (0, 2)),
    ("", "Tidak dikumpulkan", (0, 2, 0), (2, 0)),
    ("Selesai", "Tidak dikumpulkan", (2, 0, 0), (0, 0)),
]


@pytest.mark.parametrize(("achievement", "evidence", "targets", "actors"), TOLD)
def test_a_score_alone_is_no_report(
    tmp_path: Path, achievement: str, evidence: str, targets: tuple[int, ...], actors: tuple[int, ...]
) -> None:
    plan = MadePlan(commitments=1, scores=[100], texts={"achievement": achievement, "evidence": evidence})
    register = made(tmp_path, plan).register
    base = "kelengkapan.semua"
    assert tuple(register[f"{base}.{part}"].value for part in ("dilaporkan", "belum", "tidak-diketahui")) == targets
    assert tuple(register[f"{base}.pelaksana.{part}"].value for part in ("belum", "tidak-diketahui")) == actors


def test_every_figure_of_the_analysis_reaches_cells(opened: Opened) -> None:
    new = [f for f in opened.register if f.id.startswith(("rapor.", "perubahan.", "kuadran.", "peta."))]
    new += [f for f in opened.register if ".periode." in f.id or f.id.endswith(".selisih")]
    assert len(new) > 200
    known = {target_id(t) for t in opened.results.targets} | {f.id for f in opened.register}
    for figure in new:
        assert figure.sources, figure.id
        assert all(source.count("!") == 2 for source in figure.sources)
        assert set(figure.parts) <= known


# Plans at the edge ------------------------------------------------------------------------------------------------


def made(tmp_path: Path, plan: MadePlan) -> Opened:
    found = open_edition(make_plan(tmp_path, plan), EDITION)
    assert list(inconsistent(rows_by_id(found.register.records()))) == []
    return found


def sections(opened: Opened) -> tuple[Section, ...]:
    o = opened
    return (
        glance.glance(o.results, o.register),
        change.change(o.results, o.register),
        change.heat_map(o.results, o.register),
        quadrants.quadrants(o.results, o.register),
        scorecards.scores(o.results, o.register),
        scorecards.scorecards(o.results, o.register),
    )


def slots(opened: Opened) -> dict[str, bool]:
    return {section.slot: bool(section.blocks) for section in sections(opened)}


ALL = dict.fromkeys(("sekilas", "perubahan", "peta-capaian", "kuadran", "skor-pelaksana", "rapor"), True)


@pytest.mark.parametrize(
    ("plan", "absent"),
    [
        ("tiga", ()),
        ("enam-puluh", ()),
        ("kode-lain", ()),
        ("tanpa-oms", ()),
        ("satu-periode", ("perubahan", "peta-capaian")),
        ("semua-na", ("perubahan", "peta-capaian", "kuadran", "skor-pelaksana")),
        ("tanpa-target", tuple(ALL)),
        ("tanpa-kokreasi", ("kuadran",)),
    ],
)
def test_what_has_no_data_is_absent(tmp_path: Path, plan: str, absent: tuple[str, ...]) -> None:
    found = made(tmp_path, PLANS[plan])
    if plan in ("enam-puluh", "kode-lain", "tiga") and not slots(found)["perubahan"]:
        pytest.fail("nothing to compare")
    assert slots(found) == ALL | dict.fromkeys(absent, False)


def test_an_actor_without_a_score_is_in_the_scorecard_but_not_in_the_chart(tmp_path: Path) -> None:
    found = made(tmp_path, MadePlan(scores=["N/A", 80, 90]))
    silent = [a for a in of_actors(found.results) if a.standing.score is None]
    assert silent
    text = str(scorecards.scores(found.results, found.register))
    assert f"name='{silent[0].actor.actor}'" not in text
    assert silent[0].actor.full_name in str(scorecards.scorecards(found.results, found.register))


def test_alternatives_of_charts_stay_short_however_many_commitments_there_are(tmp_path: Path) -> None:
    """Nobody hears a list of hundreds to its end, and a PDF holds no text of more than 32,767 letters."""
    found = made(tmp_path, MadePlan(commitments=120))
    shown = sections(found)
    charts = [block for section in shown for block in section.blocks if isinstance(block, Chart)]
    assert "fig-kuadran" in {chart.id for chart in charts}
    assert max(len(chart.alt) for chart in charts) < 4000
    (square,) = (chart.alt for chart in charts if chart.id == "fig-kuadran")
    counts = [int(n) for n in re.findall(r"(\d+) komitmen", square)]
    drawn = [found.register[quadrant_id(name)].value for name in QUADRANTS if name != "tanpa"]
    assert counts == drawn
    assert sum(counts) > 60


def test_one_period_has_no_figures_of_change(tmp_path: Path) -> None:
    found = made(tmp_path, PLANS["satu-periode"])
    assert not [f for f in found.register if f.id.startswith("perubahan.") or ".periode." in f.id]
