"""Nothing is bound to 18 commitments, four semesters, one title or three bands: params and workbooks suffice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pypdfium2
import pytest

from monev.audit.figure_comparison import inconsistent, rows_by_id
from monev.display.phrases import tone
from monev.edition.opened import open_edition
from monev.io.inputs import read_inputs
from monev.model.fields import ADMINISTRATIVE
from monev.model.params import Edition
from monev.words.errors import InputError
from monev.words.findings import KINDS
from plans import EDITION, FIVE_BANDS, LONG, PLANS, TWO_BANDS, MadePlan, make_plan
from support import filled, render_here


@dataclass(frozen=True)
class Made:
    name: str
    plan: MadePlan
    root: Path
    folder: Path
    html: str

    @property
    def pdf(self) -> pypdfium2.PdfDocument:
        return pypdfium2.PdfDocument(self.folder / "laporan.pdf")


@pytest.fixture(scope="module", params=sorted(PLANS))
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    target = tmp_path_factory.mktemp(request.param)
    root = make_plan(target / "akar", PLANS[request.param])
    folder = render_here(root, EDITION, target, pages=False)
    return Made(request.param, PLANS[request.param], root, folder, (folder / "laporan.html").read_text("utf-8"))


def shown(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def test_the_inputs_have_no_error_and_the_figures_agree(made: Made) -> None:
    opened = open_edition(made.root, EDITION)
    assert [f.code for f in opened.findings if f.weight == "error"] == []
    rows = rows_by_id(opened.register.records())
    assert list(inconsistent(rows)) == []


def test_every_commitment_band_and_period_is_in_the_report(made: Made) -> None:
    text = shown(made.html)
    edition = read_inputs(made.root, EDITION).edition
    numbers = range(1, made.plan.commitments + 1)
    assert all(f'id="komitmen-{n:02d}"' in made.html for n in numbers)
    assert all(band.nama in text for band in edition.penilaian.kategori)
    assert edition.penilaian.tidak_terukur in text
    assert all(f"{label} ({code})" in text for code, label, _ in made.plan.periods)
    assert not re.search(r"\b(B06|B12|B18|B24)\b", text) or any(
        code.startswith("B") for code, _, _ in made.plan.periods
    )


def test_no_chart_is_empty(made: Made) -> None:
    charts = set(re.findall(r'="(Diagram batang (?:capaian|proses)[^"]*)"', made.html))
    assert len(charts) == 2
    for words in charts:
        assert sum(int(n) for n in re.findall(r"(\d+) komitmen", words)) == made.plan.commitments


#   which of the plans have what the later sections tell of
COMPARED = {
    "tiga", "enam-puluh", "nama-panjang", "dua-kategori", "kode-lain", "tanpa-kokreasi", "enam-puluh-target",
    "pelaksana-tanpa-skor", "empat-kelompok", "enam-kelompok", "kelompok-panjang",
}  # fmt: skip
ONE_SIDED = {"tanpa-oms", "tanpa-kl"}
WITHOUT_SCORE = {"semua-na", "tanpa-target"}


def test_sections_without_data_do_not_appear(made: Made) -> None:
    # The explanations after the report hold all figures of the register, under headings of their own.
    report, explanations = made.html.split('id="monev-asal-angka"')
    assert 'class="asal"' in explanations
    has = made.name in COMPARED | ONE_SIDED
    assert ("Perubahan sejak Periode Sebelumnya" in report) == has
    assert ("Peta Capaian" in report) == has
    assert ('id="sec-peta"' in made.html) == has
    assert ('href="#sec-peta"' in made.html) == has
    assert ("Skor Pelaksana</h2>" in report) == (made.name not in WITHOUT_SCORE)
    assert ('id="sec-kuadran"' in made.html) == (made.name not in WITHOUT_SCORE | {"tanpa-kokreasi"})
    assert ('id="sec-perbandingan"' in made.html) == has
    assert ('id="sec-rapor-pelaksana"' in made.html) == (not has and made.name != "tanpa-target")
    assert ('id="sec-sekilas"' in made.html) == (made.name != "tanpa-target")


def test_an_actor_without_score_is_listed_but_not_drawn(made: Made) -> None:
    if made.name != "pelaksana-tanpa-skor":
        pytest.skip("another plan")
    cards = made.html[made.html.index('id="tbl-rapor-kl"') :]
    rows = dict(re.findall(r"<tr>\s*<td[^>]*>(.*?)</td>(.*?)</tr>", cards[: cards.index("</table>")], re.S))
    cells = {shown(name).strip(): shown(rest).split() for name, rest in rows.items()}
    assert cells["Nama Lengkap Kem 1"][:3] == ["2", "Baik", "100,0%"]
    assert cells["Nama Lengkap Kem 2"][:2] == ["2", "N/A"]
    assert "Nama Lengkap Kem 4" not in cells
    chart = re.search(r'alt="(Diagram batang skor K/L[^"]*)"', made.html)
    assert chart
    assert "Kem 1 100,0%" in chart[1]
    assert "Kem 2" not in chart[1]
    assert "Kem 4" not in chart[1]


def test_the_summary_takes_two_pages_at_most(made: Made) -> None:
    words = [page.get_textpage().get_text_range() for page in made.pdf]
    first = next(n for n, text in enumerate(words) if text.lstrip().startswith("Ringkasan Eksekutif"))
    following = next(n for n, text in enumerate(words) if text.lstrip().startswith("Sorotan") and n > first)
    assert following - first <= 2


def test_no_heading_is_left_alone(made: Made) -> None:
    """A heading is followed by something before the next heading of its rank or above."""
    body = made.html[made.html.index("<main") : made.html.index("</main>")]
    parts = re.split(r"<h([1-6])\b", body)
    ranks, texts = [int(n) for n in parts[1::2]], parts[2::2]
    for rank, text, after in zip(ranks, texts, [*ranks[1:], 1], strict=True):
        said = shown("<h" + text.split("</h", 1)[-1].split(">", 1)[-1]).strip()
        assert said or "<img" in text or "<svg" in text or after > rank, text[:200]


def test_the_pdf_opens_and_nothing_leaves_its_pages(made: Made) -> None:
    document = made.pdf
    assert len(document) > made.plan.commitments
    for page in list(document)[1:]:
        width, height = page.get_size()
        text = page.get_textpage()
        boxes = [text.get_charbox(n) for n in range(0, text.count_chars(), 5)]
        assert max((box[2] for box in boxes), default=0) < width - 60
        assert min((box[1] for box in boxes), default=height) > 20
    document.close()


def test_no_page_is_nearly_empty(made: Made) -> None:
    """Neither a few lines, nor a few rows, nor the fingerprint are left to a page; the cover is meant to be empty."""
    *parts, last = filled(made.folder / "laporan.pdf")[1:]
    assert min(parts) > 1 / 6, [number for number, part in enumerate(parts, start=2) if part <= 1 / 6]
    assert last > 1 / 10  # where an index ends, nothing can follow


def test_words_that_explain_a_table_stay_under_it(made: Made) -> None:
    document = made.pdf
    reporting = made.plan.groups or made.plan.known
    names = "|".join(re.escape(group) for group in reporting)
    found = 0
    for page in document:
        words = re.sub(r"\s+", " ", page.get_textpage().get_text_range())
        for group, number in re.findall(rf"target ({names}) yang dinilai sampai .*? \(Tabel (\d+)\)", words):
            assert re.search(rf"Tabel {number}\. Target {re.escape(group)} ", words)
            found += 1
    document.close()
    assert found == (0 if made.name == "tanpa-target" else len(reporting))


def test_long_names_are_whole(made: Made) -> None:
    if made.name != "nama-panjang":
        pytest.skip("another plan")
    assert LONG in shown(made.html)


# Bands and names -------------------------------------------------------------------------------------------------


def edition(**scoring: object) -> Edition:
    return Edition.model_validate(
        {
            "edisi": "x",
            "judul": "x",
            "rencana_aksi": "x",
            "periode": [{"kode": "T1", "label": "T", "tahun": 2030, "inputs": "x"}],
            "penilaian": scoring,
        }
    )


@pytest.mark.parametrize(
    ("scoring", "tones"),
    [
        (TWO_BANDS, ["baik", "buruk"]),
        ({}, ["baik", "sedang", "buruk"]),
        (FIVE_BANDS, ["baik", "baik", "sedang", "buruk", "buruk"]),
        ({"kategori": [{"nama": "Satu", "dari": 0, "sampai": 100}]}, ["baik"]),
    ],
)
def test_tones_follow_the_scale(scoring: dict[str, object], tones: list[str]) -> None:
    made = edition(**scoring)
    assert [tone(band.nama, ADMINISTRATIVE, made) for band in made.penilaian.kategori] == tones


#   params that would give two figures one id, or leave a status without weight
AMBIGUOUS = [
    {
        "penilaian": {
            "kategori": [{"nama": "Baik", "dari": 50, "sampai": 100}, {"nama": "BAIK!", "dari": 0, "sampai": 49}]
        }
    },
    {"penilaian": {"kategori": [{"nama": "Total", "dari": 0, "sampai": 100}]}},
    {"penilaian": {"kategori": [{"nama": "NA", "dari": 0, "sampai": 100}]}},
    {"penilaian": {"kokreasi": {"bobot": {"Aktif": 1, "Pasif": 0}}}},
    {"penilaian": {"kokreasi": {"bobot": {"Aktif": 1, "Semi-Aktif": 0.5, "Pasif": 0, "N/A": 0, "Lain": 0}}}},
    {"periode": [{"kode": code, "label": code, "tahun": 2030, "inputs": "x"} for code in ("T1", "t1")]},
    {"periode": [{"kode": "akumulasi", "label": "T", "tahun": 2030, "inputs": "x"}]},
]


@pytest.mark.parametrize("params", AMBIGUOUS)
def test_params_that_cannot_be_told_apart_are_named(tmp_path: Path, params: dict[str, object]) -> None:
    import yaml

    root = make_plan(tmp_path, MadePlan())
    path = root / "params" / f"{EDITION}.yml"
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text("utf-8")) | params), "utf-8")
    with pytest.raises(InputError) as told:
        read_inputs(root, EDITION)
    assert {finding.code for finding in told.value.findings} == {"P03"}
    assert told.value.text("en") != told.value.text("id")


def test_actors_whose_short_names_give_one_id_are_named(tmp_path: Path) -> None:
    from support import put

    root = make_plan(tmp_path, MadePlan())
    put(root, "inputs/rencana-aksi.xlsx!Pelaksana!A3", "KEM-1")
    assert "K10" in {finding.code for finding in read_inputs(root, EDITION).findings}
    assert KINDS["K10"].weight == "error"
