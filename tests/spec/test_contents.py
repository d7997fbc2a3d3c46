"""The report's contents are data: parts ordered, left out and renamed; nothing leads to what is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from monev import notebook
from monev.build.preview import parts as chapters
from monev.display.document import Section
from monev.display.markdown import section as markdown
from monev.display.phrases import left_out, present, texts
from monev.edition.edition_cache import opened_edition
from monev.edition.opened import Opened
from monev.io.folders import QUARTO, REPOSITORY
from monev.model.contents import EVERYTHING, NEEDS, OPENINGS, PARTS, PROFILES, Part, PartSetting, contents
from monev.notebook import Laporan, Shown
from monev.render import engines
from monev.render.composed_source import CLOSING, SOURCE, composed, marked_parts
from monev.render.reader_data import TARGETS_FILE, files
from monev.render.staged_folder import stage
from monev.render.tree_structure import Node, Targets, stringify, walk
from plans import EDITION, MadePlan, make_plan
from support import refused_params

PUBLISHED = [
    "Ringkasan Eksekutif",
    "Sorotan",
    "Catatan Umum dan Tindak Lanjut",
    "Tujuan, Tema, dan Komitmen",
    "Strategi Pelaksanaan Monitoring, Evaluasi, dan Pelaporan",
    "Deskripsi Capaian",
    "Lampiran: Capaian per Komitmen",
]
"""The parts of the published edition (source: the report specification, "Parts, in order")."""


@pytest.fixture(scope="module")
def opened() -> Opened:
    return opened_edition(REPOSITORY, "2021-S2")


def of_parts(opened: Opened, settings: Sequence[Any]) -> Opened:
    bagian = tuple(PartSetting.model_validate(setting) for setting in settings)
    edition = opened.inputs.edition.model_copy(update={"bagian": bagian})
    return replace(
        opened, inputs=replace(opened.inputs, edition=edition), results=replace(opened.results, edition=edition)
    )


def _sections(opened: Opened) -> Iterator[Section]:
    """Yield the sections of the report, and a few appendices: with a determination, with highlights, with notes."""
    laporan = Laporan(opened)
    for name in notebook._MADE:
        takes = {"lampiran": [(1,), (7,), (13,)], "target_komitmen": [], "instrumen": [], "kolom": []}
        for arguments in takes.get(name, [()]):
            made = None if name.startswith(("tabel_", "_")) else getattr(laporan, name)
            shown = made(*arguments) if callable(made) else made
            if isinstance(shown, Shown):
                yield shown.section


def tree_of(opened: Opened, target: Path) -> Node:
    """The settled tree of a report, its charts without pictures."""
    edition = opened.inputs.edition
    slots = {section.slot: markdown(section) for section in _sections(opened)}
    slots["lampiran"] = "\n\n".join(slots.pop(name) for name in [*slots] if re.fullmatch(r"lampiran-\d+", name))
    known = {*re.findall(r"_slot-([a-z-]+)\.md", (QUARTO / SOURCE).read_text("utf-8"))}
    slots = {name: text for name, text in slots.items() if name in known}
    shown = present(edition) | {name: bool(text.strip()) for name, text in slots.items()} | left_out(edition)
    stage(
        QUARTO,
        target,
        sections=slots,
        figures={figure.id: figure.printed for figure in opened.register},
        texts=texts(edition) | {"sidik": "x"},
        present=shown | {"keadaan": False},
        files={},
        groups=edition.groups,
        parts=edition.contents,
    )
    return engines.document_tree(target)


def headings(tree: Node, level: int) -> list[str]:
    return [
        stringify(block["c"][2]) for block in walk(tree["blocks"]) if block["t"] == "Header" and block["c"][0] == level
    ]


def references(node: Any) -> Iterator[str]:
    """Yield what numbered references lead to: a missing one stops the rendering."""
    if isinstance(node, list):
        for part in node:
            yield from references(part)
    elif isinstance(node, dict):
        content: Any = node.get("c")
        if node.get("t") == "Link" and "rujuk" in content[0][1]:
            yield content[2][0].removeprefix("#")
        elif node.get("t") == "Cite":
            yield from (citation["citationId"] for citation in content[0])
        yield from references(content)


# The profiles


def test_the_published_contents_are_those_of_the_published_edition(opened: Opened, tmp_path: Path) -> None:
    tree = tree_of(of_parts(opened, ["terbitan"]), tmp_path / "terbitan")
    assert headings(tree, 1) == PUBLISHED
    below = [title for title in headings(tree, 2) if not title.startswith("Komitmen ")]
    assert below == [
        "Capaian Administratif",
        "Proses Ko-Kreasi",
        "I. Komitmen dengan Capaian Administratif Baik dan Proses Ko-Kreasi Aktif",
        "II. Komitmen dengan Capaian Administratif Kurang dan Proses Ko-Kreasi Pasif",
        "III. Komitmen OGI dalam Upaya Pemulihan Pasca COVID-19",
        "I. Penetapan Target Capaian",
        "II. Implementasi Target",
        "Mekanisme Pelaksanaan",
        "Pemantauan",
        "Evaluasi",
        "Pelaporan",
        "Capaian Administratif Kementerian/Lembaga",
        "Capaian Administratif Organisasi Masyarakat Sipil",
    ]
    tables = [id_ for id_ in Targets.of(tree["blocks"]).numbers if id_.startswith("tbl-")]
    assert tables == [
        "tbl-administratif-baik", "tbl-administratif-cukup", "tbl-administratif-kurang", "tbl-kokreasi-aktif",
        "tbl-kokreasi-semi-aktif", "tbl-kokreasi-pasif", "tbl-komitmen", "tbl-kl", "tbl-oms",
    ]  # fmt: skip
    whole = (tmp_path / "terbitan" / SOURCE).read_text("utf-8")
    assert "bagian:" not in whole


def test_everything_is_the_source_without_its_marks() -> None:
    source = (QUARTO / SOURCE).read_text("utf-8")
    _, known = marked_parts(source)
    assert [name for name in known if name != CLOSING] == [*PARTS] == [*PROFILES["lengkap"]]
    made = composed({SOURCE: source})
    assert made.source == re.sub(r"<!-- bagian: [a-z-]+ -->\n\n", "", source)
    assert made.files == {}
    assert chapters() == chapters(EVERYTHING)
    assert [*chapters()] == [name for name, home in PARTS.items() if not home]


# Nothing leads to a part that is left out


@cache
def _alone(name: str) -> list[str]:
    """Every part but one and those that are of no use without it."""
    gone = {name, *(part for part, other in NEEDS.items() if other == name)}
    kept = [part for part in PARTS if part not in gone]
    for chapter, inside in OPENINGS.items():
        if chapter in kept and not {*inside} & {*kept}:
            kept.remove(chapter)
    return kept


REFERRED = (
    "ringkasan", "sorotan", "komitmen", "strategi", "kelengkapan", "perubahan", "rapor", "lampiran", "catatan-sumber",
    "audit",
)  # fmt: skip
"""Parts that others lead to or speak of."""


@pytest.mark.parametrize("name", REFERRED)
def test_without_a_part_nothing_leads_to_it(opened: Opened, tmp_path: Path, name: str) -> None:
    tree = tree_of(of_parts(opened, _alone(name)), tmp_path / "tanpa")
    found = Targets.of(tree["blocks"])
    missing = {id_ for id_ in references(tree["blocks"]) if id_ not in found.numbers and id_ not in found.titles}
    assert missing == set()
    titles = {"audit": "Ketertelusuran", "lampiran": "lampirannya", "ringkasan": "ringkasan eksekutif"}
    if name in titles:
        prose = "\n".join(stringify(b["c"]) for b in walk(tree["blocks"]) if b["t"] in ("Para", "Plain"))
        assert titles[name] not in prose.replace("Ketertelusuran. Tidak ada", "")  # a paragraph of that name
        assert "sebaran kategori komitmen." in prose or name != "ringkasan"  # no blank is left alone


def test_a_plan_of_few_parts_has_no_reference_out_of_them(opened: Opened, tmp_path: Path) -> None:
    for n, few in enumerate((["lampiran"], ["peta-capaian", "skor-pelaksana"], ["deskripsi", "rekonsiliasi"])):
        tree = tree_of(of_parts(opened, few), tmp_path / str(n))
        found = Targets.of(tree["blocks"])
        assert [id_ for id_ in references(tree["blocks"]) if id_ not in {*found.numbers, *found.titles}] == []


# Order, level and title


def test_a_section_apart_from_its_chapter_is_a_chapter() -> None:
    found = contents(
        map(PartSetting.model_validate, ["kelengkapan", "deskripsi", "prinsip", "sorotan", "belum-selesai"])
    )
    assert found == (
        Part("kelengkapan", raised=True), Part("deskripsi"), Part("prinsip"), Part("sorotan"),
        Part("belum-selesai", raised=True),
    )  # fmt: skip


def test_chapters_follow_the_given_order_and_titles(opened: Opened, tmp_path: Path) -> None:
    order = [
        {"bagian": "audit", "judul": "Cara *Menelusuri* Angka"},
        "rapor",
        {"bagian": "kelengkapan", "judul": "Siapa Melapor"},
        "strategi",
        "cara-angka",
        "lampiran",
    ]
    tree = tree_of(of_parts(opened, order), tmp_path / "urut")
    assert headings(tree, 1) == [
        "Cara *Menelusuri* Angka", "Rapor Pelaksana", "Siapa Melapor", PUBLISHED[4], PUBLISHED[6],
    ]  # fmt: skip
    assert "Cara Angka Dihitung" in headings(tree, 2)
    prose = "\n".join(stringify(b["c"]) for b in walk(tree["blocks"]) if b["t"] == "Para")
    assert "bab Cara *Menelusuri* Angka" in prose
    assert "bab Ketertelusuran" not in prose


def test_sections_keep_to_the_chapter_that_they_stand_in(opened: Opened, tmp_path: Path) -> None:
    tree = tree_of(of_parts(opened, ["deskripsi", "belum-selesai", "perbandingan", "rapor"]), tmp_path / "bab")
    assert headings(tree, 1) == ["Deskripsi Capaian", "Rapor Pelaksana"]
    assert headings(tree, 2)[-3:] == [
        "Target yang Belum Selesai", "Rapor Kementerian/Lembaga", "Rapor Organisasi Masyarakat Sipil",
    ]  # fmt: skip


# Contents that cannot be used


WRONG = (
    ("bagian: terbit", "P01", "terbit", "bagian:"),
    ("bagian: []", "P03", "laporan tanpa bagian", "bagian:"),
    ("bagian:\n- ringkasan\n- sorotn", "P01", "sorotan", "sorotn"),
    ("bagian:\n- ringkasan\n- lampiran\n- ringkasan", "P03", "sudah ada pada baris", "ringkasan"),
    ("bagian:\n- terbitan\n- bagian: lampiran\n  judul: X", "P03", "sudah ada pada baris", "bagian: lampiran"),
    ("bagian:\n- ringkasan\n- indeks", "P03", "cantumkan juga 'lampiran'", "indeks"),
    ("bagian:\n- ringkasan\n- perbandingan", "P03", "hanya membuka bab", "perbandingan"),
    ("bagian:\n- perbandingan\n- bagian: rapor\n  judul: X", "P03", "tidak berjudul sendiri", "bagian: rapor"),
    ("bagian:\n- bagian: terbitan\n  judul: X", "P03", "kumpulan bagian", "bagian: terbitan"),
    ("bagian:\n- judul: X", "P03", "satu bagian laporan", "judul: X"),
    ("bagian:\n- ringkasan\n- bagian: sorotan\n  naskah: x", "P03", "satu bagian laporan", "bagian: sorotan"),
    ("bagian:\n- ringkasan\n- {bagian: sorotan, jdul: X}", "P01", "judul", "jdul"),
)


@pytest.mark.parametrize(("text", "code", "why", "line"), WRONG, ids=[f"{n}" for n in range(len(WRONG))])
def test_contents_that_cannot_be_used_are_told_at_their_line(
    tmp_path: Path, text: str, code: str, why: str, line: str
) -> None:
    make_plan(tmp_path, MadePlan())
    finding, told = refused_params(tmp_path, EDITION, text)
    assert finding.code == code
    assert why in finding.text("id")
    assert line in told


def test_targets_are_searched_only_where_the_report_holds_them(opened: Opened) -> None:
    held = [TARGETS_FILE in files(of_parts(opened, parts), REPOSITORY) for parts in (["terbitan"], ["ringkasan"])]
    assert held == [True, False]
