"""The real thing: workbooks to PDF through notebooks, and what a reader finds in it."""

import csv
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pikepdf
import pytest

from monev.edition.opened import Opened, open_edition
from monev.figures.register import NOT_ASSESSED, target_id
from monev.io.folders import REPOSITORY
from monev.model.fields import NO_TARGET, NOT_MEASURABLE
from support import Build, copy_root, monev, render_here

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def opened() -> Opened:
    return open_edition(REPOSITORY, "2021-S2")


def squeezed(text: str) -> str:
    """Return text without blanks and hyphens, which the page adds and drops at line ends."""
    return re.sub(r"[\s\u00ad\u200b\ufffe\-]+", "", text)


def test_the_outputs_of_the_contract_are_there(built: Build) -> None:
    names = {path.relative_to(built.folder).as_posix() for path in built.folder.rglob("*") if path.is_file()}
    wanted = {"laporan.pdf", "laporan.html", "manifest.json", "run.log"}
    wanted |= {f"data/{name}.csv" for name in ("target", "komitmen", "rekap", "rekonsiliasi")}
    wanted |= {"data/angka.json", "data/datapackage.json", "notebooks/08-lampiran-komitmen-18.ipynb"}
    assert wanted <= names
    assert len([name for name in names if name.endswith(".ipynb")]) == 29
    assert len([name for name in names if name.startswith("notebooks/") and name.endswith(".html")]) == 29


def test_the_last_line_says_where_the_report_is(built: Build) -> None:
    assert built.stdout.strip().split("\n")[-1] == "Laporan: outputs/2021-S2/laporan.pdf"
    assert "29/29" in built.stderr


def test_data_hold_137_rows(built: Build) -> None:
    rows = list(csv.DictReader((built.folder / "data" / "target.csv").open(encoding="utf-8")))
    assert len(rows) == 137
    assert Counter(row["status_nilai"] for row in rows) == {"dinilai": 124, "N/A": 6, "tidak ada target": 7}


def opening(pages: list[str], part: str) -> int:
    """Return the number of the first page that begins with the title of a part: the page that opens it."""
    found = [n for n, text in enumerate(pages) if squeezed(text).startswith(squeezed(part))]
    assert found, f"no page begins with {part}"
    return found[0]


def test_all_parts_stand_in_order(pages: list[str]) -> None:
    parts = [
        "Daftar Isi",
        "Sekilas",
        "Ringkasan Eksekutif",
        "Sorotan",
        "Catatan Umum dan Tindak Lanjut",
        "Tujuan, Tema, dan Komitmen",
        "Strategi Pelaksanaan Monitoring, Evaluasi, dan Pelaporan",
        "Deskripsi Capaian",
        "Perubahan dan Rapor Pelaksana",
        "Lampiran: Capaian per Komitmen",
        "Rekonsiliasi dengan Edisi Terbit",
        "Ketertelusuran",
        "Indeks Pelaku",
    ]
    first = [opening(pages, part) for part in parts]
    assert first == sorted(set(first))


# The captions of the published numbers, in the order of the page: what each of them is about, and what it finds
SUMMARY = {
    "Gambar 1": "Capaian administratif: 14 dari 18 komitmen (78%) berkategori Baik",
    "Gambar 2": "Proses ko-kreasi: 10 dari 18 komitmen (56%) berkategori Aktif",
    "Tabel 1": "Komitmen dengan capaian administratif Baik: 14 dari 18 (78%)",
    "Tabel 2": "Komitmen dengan capaian administratif Cukup: 2 dari 18 (11%)",
    "Tabel 3": "Komitmen dengan capaian administratif Kurang: 2 dari 18 (11%)",
    "Tabel 4": "Komitmen dengan proses ko-kreasi Aktif: 10 dari 18 (56%)",
    "Tabel 5": "Komitmen dengan proses ko-kreasi Semi-Aktif: 4 dari 18 (22%)",
    "Tabel 6": "Komitmen dengan proses ko-kreasi Pasif: 4 dari 18 (22%)",
}
DESCRIPTION = {
    "Tabel 7": "Komitmen dan pelaksananya",
    "Tabel 8": "Target K/L menurut kategori dan periode: 59 dari 73 (81%) berkategori Baik",
    "Tabel 9": "Target OMS menurut kategori dan periode: 40 dari 57 (70%) berkategori Baik",
}


def test_figures_and_tables_are_numbered_as_published(pages: list[str]) -> None:
    text = "\n".join(pages[opening(pages, "Sekilas") :]).replace("\r", "")
    captions = SUMMARY | DESCRIPTION
    places = []
    for label, words in captions.items():
        begin = re.search(rf"^{label}\. ", text, re.MULTILINE)
        assert begin, label
        # A caption may take two lines; what follows it begins with one of these words.
        caption = re.split(r"\n(?:No|Sumber|Gambar|Tabel|Kategori)\b", text[begin.start() :], maxsplit=1)[0]
        assert squeezed(caption) == squeezed(f"{label}. {words}"), label
        places.append(begin.start())
    assert places == sorted(places)


def test_the_summary_prints_the_computed_shares(pages: list[str]) -> None:
    text = squeezed("".join(pages[opening(pages, "Ringkasan Eksekutif") : opening(pages, "Sorotan")]))
    for caption in SUMMARY.values():
        assert squeezed(caption) in text
    for words in (
        "Dari 18 komitmen, 14 berkategori Baik (Tabel 1), 2 Cukup (Tabel 2), dan 2 Kurang (Tabel 3)",
        "Dari 18 komitmen, 10 berkategori Aktif (Tabel 4), 4 Semi-Aktif (Tabel 5), dan 4 Pasif (Tabel 6)",
    ):
        assert squeezed(words) in text


def appendix_pages(pages: list[str], number: int) -> list[str]:
    running = re.compile(rf"^Komitmen {number}\s+Lampiran: Capaian per Komitmen\b")
    return [page for page in pages if running.search(page)]


def test_each_row_stands_in_its_appendix_with_score_and_status(pages: list[str], opened: Opened) -> None:
    checked = 0
    for result in opened.results.commitments:
        own = appendix_pages(pages, result.commitment.commitment)
        assert own, f"no pages for commitment {result.commitment.commitment}"
        title = f"Komitmen {result.commitment.commitment} {result.commitment.title}"
        assert squeezed(title) in squeezed(own[0])
        text = squeezed("".join(own))
        for meaning in opened.inputs.edition.singkatan.values():  # stands behind the first use of what it tells
            text = text.replace(squeezed(f"({meaning})"), "")
        printed = Counter(re.findall(r"Nilai: ?(\d+(?:,\d+)?%|N/A|-)", "\n".join(own)))
        wanted = Counter(opened.register[target_id(t)].printed for t in result.targets)
        assert printed == wanted, result.commitment.commitment
        # The overview prints the commitment's status, each row with a target its own; a score of N/A has a label too.
        labels = r"^(Aktif|Semi-Aktif|Pasif|N/A|Tidak dinilai)\s*$"
        given = [t.cocreation or NOT_ASSESSED for t in result.targets if t.score != NO_TARGET]
        given += [NOT_MEASURABLE for t in result.targets if t.score == NOT_MEASURABLE]
        statuses = Counter(re.findall(labels, "\n".join(own), re.MULTILINE))
        own_status = [] if result.cocreation.determination else [result.cocreation.category]  # a mark stands behind it
        assert statuses == Counter([*own_status, *given]), result.commitment.commitment
        for target in result.targets:
            # A row may break over two pages; its beginning stands whole on one of them.
            for told in (target.target, target.achievement):
                for meaning in opened.inputs.edition.singkatan.values():
                    told = told.replace(f" ({meaning})", "")
                assert squeezed(told)[:40] in text, target
            checked += 1
    assert checked == 137


class Rows(HTMLParser):
    """Collects the text of each target's row group in the HTML report by its key."""

    def __init__(self) -> None:
        super().__init__()
        self.key = ""
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        key = dict(attrs).get("data-key") or ""
        if key.startswith("target.") and tag in {"tr", "tbody", "div"}:
            self.key = key
            self.found.setdefault(key, "")

    def handle_data(self, data: str) -> None:
        if self.key:
            self.found[self.key] += data


def test_the_html_holds_each_row_under_its_key(built: Build, opened: Opened) -> None:
    parser = Rows()
    parser.feed((built.folder / "laporan.html").read_text("utf-8"))
    assert len(parser.found) == 137
    for target in opened.results.targets:
        text = parser.found[target_id(target)]
        assert opened.register[target_id(target)].printed in text
        if target.cocreation:
            assert target.cocreation in text


def test_the_html_asks_nothing_of_the_network(built: Build) -> None:
    text = (built.folder / "laporan.html").read_text("utf-8")
    assert re.findall(r"""src=["'](?:https?:)?//[^"']+""", text) == []
    links = re.findall(r"""<([a-z]+) [^>]*?href=["']((?:https?:)?//[^"']+)["'][^>]*>([^<]*)""", text)
    assert len(links) == 6
    assert all(tag == "a" and shown == target for tag, target, shown in links)  # addresses that rows tell, for readers
    assert "@import" not in text


def test_the_pdf_is_archival_accessible_and_carries_its_data(built: Build) -> None:
    with pikepdf.open(built.folder / "laporan.pdf") as pdf:
        names = set(pdf.attachments)
        with pdf.open_metadata() as meta:
            assert (meta.get("pdfaid:part"), meta.get("pdfaid:conformance")) == ("3", "A")
            assert meta.get("pdfuaid:part") == "1"
        assert str(pdf.Root.Lang) == "id"
        assert pdf.Root.MarkInfo.Marked
    carried = ("angka.json", "cetakan.json", "target.csv", "datapackage.json", "manifest.json", "params/2021-S2.yml")
    assert {f"lampiran/{name}" for name in carried} <= names


def test_the_manifest_tells_no_time_and_no_machine(built: Build) -> None:
    text = (built.folder / "manifest.json").read_text("utf-8")
    assert str(built.root) not in text
    assert not re.search(r"\d{2}:\d{2}", text)
    assert json.loads(text)["keluaran"].keys() >= {"laporan.pdf", "laporan.html", "data/angka.json"}


def test_a_failing_notebook_leaves_the_last_outputs(own: Build) -> None:
    before = {path: path.read_bytes() for path in own.folder.rglob("*") if path.is_file()}
    (own.root / "inputs" / "2021-S2" / "evaluasi.xlsx").write_bytes(b"rusak")
    done = monev(own.root, "build", "2021-S2")
    assert done.returncode == 1
    assert "inputs/2021-S2/evaluasi.xlsx" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in own.folder.rglob("*") if path.is_file()} == before


def test_the_first_semester_is_made_from_its_params_alone(tmp_path: Path) -> None:
    made = render_here(copy_root(tmp_path / "akar"), "2021-S1", tmp_path, pages=False, documents=False)
    rows = list(csv.DictReader((made / "data" / "target.csv").open(encoding="utf-8")))
    assert {row["periode"] for row in rows} == {"B06"}
