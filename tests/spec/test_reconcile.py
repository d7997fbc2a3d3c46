"""The annex says of the published 2021 edition what is known about it, and never makes a figure fit."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from monev.display import markdown, notebook_html
from monev.display.document import Block, Cell, Inline, Num, Section, Table
from monev.display.parts import reconciliation_annex
from monev.figures import reconciliation
from monev.figures.reconciliation import DIFFERENT, SAME, STATUSES, UNCOMPUTABLE, Comparison
from monev.figures.register import Register, build_register, target_id
from monev.figures.results import Results, evaluate
from monev.io.inputs import read_inputs
from monev.io.params_file import load_model
from monev.model.fields import ADMINISTRATIVE, COCREATIVE
from monev.model.published import Published, PublishedList, PublishedNumber, PublishedTarget, PublishedText, Search
from monev.words.errors import InputError
from reference import make_published

ROOT = Path(__file__).resolve().parents[2]
EDITION = "2021-S2"
FILE = f"params/terbit/{EDITION}.yml"
REFERENCE = ROOT.parent / "shared" / "reference" / "ran-ogi-2021" / "published.yaml"


@pytest.fixture(scope="module")
def results() -> Results:
    inputs = read_inputs(ROOT, EDITION).sound()
    return evaluate(inputs.data, inputs.edition)


@pytest.fixture(scope="module")
def register(results: Results) -> Register:
    return build_register(results)


@pytest.fixture(scope="module")
def published() -> Published:
    return load_model(Published, ROOT / FILE, FILE)


@pytest.fixture(scope="module")
def comparisons(published: Published, results: Results, register: Register) -> tuple[Comparison, ...]:
    return reconciliation.compare(published, results, register)


@pytest.fixture(scope="module")
def by_id(comparisons: tuple[Comparison, ...]) -> Mapping[str, Comparison]:
    return {c.id: c for c in comparisons}


def sides(comparison: Comparison) -> tuple[str, str, str]:
    """Return the printed sides and the status of a comparison."""
    return (
        comparison.published.printed,
        comparison.computed.printed if comparison.computed else "",
        comparison.status,
    )


def without_determinations(results: Results) -> Results:
    """Return what the rule alone gives."""
    return evaluate(dataclasses.replace(results.data, determinations=()), results.edition)


# --- what is known about the published 2021 edition --------------------------------------------------------

SHARES = {
    "ringkasan.administratif.baik": ("14", "78%"),
    "ringkasan.administratif.cukup": ("2", "11%"),
    "ringkasan.administratif.kurang": ("2", "11%"),
    "ringkasan.kokreasi.aktif": ("10", "56%"),
    "ringkasan.kokreasi.semi-aktif": ("4", "22%"),
    "ringkasan.kokreasi.pasif": ("4", "22%"),
}


@pytest.mark.parametrize("base", SHARES)
def test_gambar_1_and_2_agree(by_id: Mapping[str, Comparison], base: str) -> None:
    count, share = SHARES[base]
    assert sides(by_id[f"{base}.jumlah"]) == (count, count, SAME)
    assert sides(by_id[f"{base}.persen"]) == (share, share, SAME)


def test_gambar_1_and_tabel_1_and_2_agree_only_through_the_determination_of_7(by_id: Mapping[str, Comparison]) -> None:
    for category in ("baik", "cukup"):
        base = f"ringkasan.administratif.{category}"
        own = [by_id[f"{base}.{kind}"] for kind in ("jumlah", "persen", "daftar")]
        assert [(c.status, c.basis) for c in own] == [(SAME, "penetapan")] * 3
        assert [re.findall(r"Komitmen (\d+)", c.note) for c in own] == [["7"]] * 3
    assert by_id["ringkasan.administratif.kurang.daftar"].basis == "hitungan"


def test_the_rule_alone_gives_17_of_18_categories(published: Published, results: Results) -> None:
    alone = without_determinations(results)
    found = {c.id: c for c in reconciliation.compare(published, alone, build_register(alone))}
    assert sides(found["ringkasan.administratif.cukup.daftar"]) == ("2, 7", "2", DIFFERENT)
    assert found["ringkasan.administratif.cukup.daftar"].unexplained
    assert sides(found["ringkasan.administratif.baik.jumlah"]) == ("14", "15", DIFFERENT)


def test_cocreation_agrees_only_through_two_determinations(by_id: Mapping[str, Comparison]) -> None:
    for category in ("aktif", "pasif"):
        base = f"ringkasan.kokreasi.{category}"
        assert {by_id[f"{base}.{kind}"].basis for kind in ("jumlah", "persen", "daftar")} == {"penetapan"}
        assert "Komitmen 13" in by_id[f"{base}.daftar"].note
        assert "Komitmen 14" in by_id[f"{base}.daftar"].note
    assert by_id["ringkasan.kokreasi.semi-aktif.daftar"].basis == "hitungan"


def test_cocreation_by_the_rule_matches_16_of_18(results: Results, published: Published) -> None:
    lists = {e.kategori: e.terbit for e in published.daftar if e.dimensi == COCREATIVE}
    printed = {number: category for category, numbers in lists.items() for number in numbers}
    assert len(printed) == 18
    other = {
        r.commitment.commitment: r.cocreation.computed
        for r in results.commitments
        if r.cocreation.computed != printed[r.commitment.commitment]
    }
    assert other == {13: "Aktif", 14: "Aktif"}
    assert {printed[13], printed[14]} == {"Pasif"}


def test_tabel_8_differs_by_one_baik_in_the_other_semester(by_id: Mapping[str, Comparison]) -> None:
    different = {c.id for c in by_id.values() if c.id.startswith("rekap.kl.") and c.status == DIFFERENT}
    assert different == {"rekap.kl.b06.baik", "rekap.kl.b06.total", "rekap.kl.b12.baik", "rekap.kl.b12.total"}
    assert sides(by_id["rekap.kl.b06.baik"]) == ("26", "27", DIFFERENT)
    assert sides(by_id["rekap.kl.b12.baik"]) == ("33", "32", DIFFERENT)


def test_tabel_8_agrees_over_the_year(by_id: Mapping[str, Comparison]) -> None:
    year = {"baik": "59", "cukup": "0", "kurang": "11", "na": "3", "total": "73"}
    assert {name: sides(by_id[f"rekap.kl.akumulasi.{name}"]) for name in year} == {
        name: (count, count, SAME) for name, count in year.items()
    }


def test_tabel_9_is_not_reproducible(by_id: Mapping[str, Comparison]) -> None:
    names = ("baik", "cukup", "kurang", "na", "total")
    rows = {
        period: [sides(by_id[f"rekap.oms.{period}.{name}"])[:2] for name in names]
        for period in ("b06", "b12", "akumulasi")
    }
    assert rows == {
        "b06": [("17", "17"), ("0", "0"), ("8", "8"), ("4", "3"), ("29", "28")],
        "b12": [("22", "23"), ("0", "0"), ("4", "6"), ("3", "0"), ("29", "29")],
        "akumulasi": [("39", "40"), ("0", "0"), ("12", "14"), ("7", "3"), ("58", "57")],
    }


def test_every_score_and_status_is_compared(by_id: Mapping[str, Comparison], results: Results) -> None:
    for target in results.targets:
        score, status = (by_id[f"{target_id(target)}.{kind}"] for kind in ("nilai", "status"))
        assert (score.status, score.basis) == (SAME, "nilai")
        assert score.published.printed == score.computed.printed
        misprint = target_id(target) == "target.08-2-bphn-kemenkumham-b12-1"
        assert status.status == (DIFFERENT if misprint else SAME)
    scored = [t for t in results.targets if t.score != "-"]
    assert len(scored) == 130
    assert sum(c.kind in ("nilai", "status") for c in by_id.values()) == 2 * 137


def test_the_published_targets_are_those_of_the_reference(tmp_path: Path) -> None:
    if not REFERENCE.is_file():
        pytest.skip("the reference data of the published edition are not beside the repository")
    copy = tmp_path / FILE
    copy.parent.mkdir(parents=True)
    written = (ROOT / FILE).read_text("utf-8")
    copy.write_text(written.partition("\ntarget:\n")[0], "utf-8")
    make_published.main(REFERENCE.parent, tmp_path)
    assert copy.read_text("utf-8") == written


@pytest.mark.parametrize(
    ("score", "status", "more", "found"),
    [
        (100, "Aktif", None, [("sama", ""), ("sama", "")]),
        (99, "Aktif", None, [("beda", "unexplained"), ("sama", "")]),
        ("N/A", "Pasif", None, [("beda", "unexplained"), ("beda", "unexplained")]),
        (100, "Pasif", "Aktif", [("sama", ""), ("beda", "")]),
        (99, "Aktif", 100, [("beda", ""), ("sama", "")]),
        (99, "Aktif", 98, [("beda", "stale"), ("sama", "")]),
        (100, "Aktif", 98, [("sama", "needless"), ("sama", "")]),
    ],
)
def test_a_target_that_differs(
    results: Results,
    register: Register,
    score: int | str,
    status: str,
    more: int | str | None,
    found: list[tuple[str, str]],
) -> None:
    why = "" if more is None else "Sebabnya."
    entry = PublishedTarget(id="01-1-kip-b06-1", nilai=score, kokreasi=status, menurut_data=more, penjelasan=why)
    compared = reconciliation.compare(Published(edisi=EDITION, sumber="uji", target=(entry,)), results, register)
    assert [(c.status, c.trouble) for c in compared] == found


def test_a_target_that_is_gone_is_told(results: Results, register: Register) -> None:
    published = Published(edisi=EDITION, sumber="uji", target=(PublishedTarget(id="99-1-kip-b06-1", nilai=100),))
    found = reconciliation.compare(published, results, register)
    assert [(c.status, c.trouble) for c in found] == [(UNCOMPUTABLE, "unfound")] * 2


def test_130_targets_against_131(by_id: Mapping[str, Comparison]) -> None:
    assert sides(by_id["target.jumlah"]) == ("131", "130", DIFFERENT)


def test_tabel_7_names_18_and_23_against_21_and_24(by_id: Mapping[str, Comparison]) -> None:
    assert sides(by_id["pelaksana.kl.jumlah"]) == ("21", "18", DIFFERENT)
    assert sides(by_id["pelaksana.oms.jumlah"]) == ("24", "23", DIFFERENT)
    assert sides(by_id["tabel-7.nama-kl"]) == ("18", "18", SAME)
    assert sides(by_id["tabel-7.nama-oms"]) == ("23", "23", SAME)


@pytest.mark.parametrize("number", [1, 11, 17])
def test_titles_differ_between_parts(comparisons: tuple[Comparison, ...], number: int) -> None:
    own = [c for c in comparisons if c.id.startswith(f"judul.{number:02d}.")]
    assert [c.status for c in own] == [DIFFERENT]


def test_ikip_has_two_values(by_id: Mapping[str, Comparison]) -> None:
    assert sides(by_id["sorotan-3.ikip"]) == ("72,06", "72,06", SAME)
    assert sides(by_id["lampiran-1.ikip"]) == ("71,37", "71,37", SAME)
    assert sides(by_id["sorotan-3.ikip-lampiran"]) == ("72,06", "71,37", DIFFERENT)


def test_misprints_are_listed(by_id: Mapping[str, Comparison]) -> None:
    assert sides(by_id["target.08-2-bphn-kemenkumham-b12-1.status"]) == ("Akif", "Aktif", DIFFERENT)
    assert sides(by_id["periode.b12.catatan-umum"]) == ("Semester I (B12)", "Semester II (B12)", DIFFERENT)
    assert sides(by_id["periode.b24.catatan-umum"]) == ("Semester IV (24)", "", UNCOMPUTABLE)


def test_declared_counts_prove_nothing(comparisons: tuple[Comparison, ...]) -> None:
    declared = [c for c in comparisons if c.id.startswith("pernyataan.")]
    assert len(declared) == 7
    assert {c.status for c in declared} == {UNCOMPUTABLE}


def test_explanations_name_what_the_data_hold(results: Results) -> None:
    """What the explanations of Tabel 9 say about single targets."""
    oms = [t for t in results.targets if t.group == "OMS"]
    unscored = {(t.commitment, t.actor) for t in oms if t.period == "B06" and t.score == "N/A"}
    assert unscored == {(1, "ICW"), (14, "INFID"), (16, "OMS Sektor Keadilan")}
    without = [(t.commitment, t.actor, t.period) for t in oms if t.score == "-"]
    assert without == [(4, "Yayasan Tifa", "B06")]
    missing = {t.commitment: t.score for t in oms if t.period == "B12" and t.evidence == "Tidak dikumpulkan"}
    assert missing == {8: 0, 10: 0, 16: 0, 18: 100}
    assert sum(results.band(t) == "Kurang" for t in oms if t.period == "B12") == 6


# --- every published figure is there -----------------------------------------------------------------------

GENERAL = {
    "rencana_aksi_pertama_tahun": ("pernyataan.rencana_pertama_tahun",),
    "ran_ke": ("pernyataan.rencana_ke",),
    "ran_disusun_tahun": ("umum.rencana-disusun",),
    "periode_ran": ("umum.rencana",),
    "jumlah_kl": ("pernyataan.jumlah_kl", "pelaksana.kl.jumlah"),
    "jumlah_oms": ("pernyataan.jumlah_oms", "pelaksana.oms.jumlah"),
    "jumlah_komitmen": ("komitmen.jumlah",),
    "jumlah_target_capaian": ("pernyataan.jumlah_target",),
    "target_dikerjakan_sampai_semester_2": ("target.jumlah",),
    "jumlah_monev_sampai_akhir_2021": ("periode.jumlah",),
    "tahun_monev": ("umum.tahun",),
    "kl_aktif": ("pernyataan.kl_aktif", "catatan-umum.kl-aktif"),
    "kl_terdaftar": ("catatan-umum.kl-terdaftar",),
    "oms_aktif": ("pernyataan.oms_aktif", "catatan-umum.oms-aktif"),
    "oms_terdaftar": ("catatan-umum.oms-terdaftar",),
    **{f"periode_target.{period}": (f"periode.{period.lower()}",) for period in ("B06", "B12", "B18", "B24")},
}
HIGHLIGHTS = {
    "lokus": ("sorotan-1.lokus",),
    "inovasi_total": ("sorotan-1.inovasi",),
    "inovasi_per_lokus.Kabupaten Kepulauan Tanimbar": ("sorotan-1.inovasi.kepulauan-tanimbar",),
    "inovasi_per_lokus.Kab. Lombok Utara": ("sorotan-1.inovasi.lombok-utara",),
    "inovasi_per_lokus.Kab. Tojo Una-Una": ("sorotan-1.inovasi.tojo-una-una",),
    "inovasi_per_lokus.Kab. Sorong": ("sorotan-1.inovasi.sorong",),
    "klaster_inovasi": ("sorotan-1.klaster",),
    "laporan_kinerja_kip_tahun": ("sorotan-2.laporan-tahun",),
    "laporan_kinerja_kip_halaman": ("sorotan-2.halaman-awal", "sorotan-2.halaman-akhir"),
    "permohonan_sengketa_2010_2019": ("sorotan-2.permohonan",),
    "penyelesaian_sengketa_2010_2019": ("sorotan-2.penyelesaian",),
    "perki_slip": ("sorotan-3.perki",),
    "ikip_2021": ("sorotan-3.ikip",),
    "ikip_kualitas": ("sorotan-3.ikip-kualitas",),
    "ikip_kuesioner_nomor": ("sorotan-3.kuesioner",),
    "ikip_sub_indikator": ("sorotan-3.sub-indikator",),
    "keputusan_ppid_lkpp.0": ("sorotan-3.keputusan-pertama", "sorotan-3.keputusan-tahun"),
    "keputusan_ppid_lkpp.1": ("sorotan-3.keputusan-kedua", "sorotan-3.keputusan-tahun"),
}
TABLES = {
    "tabel_1_administratif_baik": "ringkasan.administratif.baik",
    "tabel_2_administratif_cukup": "ringkasan.administratif.cukup",
    "tabel_3_administratif_kurang": "ringkasan.administratif.kurang",
    "tabel_4_kokreasi_aktif": "ringkasan.kokreasi.aktif",
    "tabel_5_kokreasi_semi_aktif": "ringkasan.kokreasi.semi-aktif",
    "tabel_6_kokreasi_pasif": "ringkasan.kokreasi.pasif",
}
BANDS = {"baik_70_100": "baik", "cukup_51_69": "cukup", "kurang_0_50": "kurang", "na": "na", "total": "total"}
SCALE = ("baik", "cukup", "kurang")
COCREATION = ("aktif", "semi-aktif", "pasif", "tanpa-label")
NOT_FIGURES = re.compile(r"sumber|.*\.(judul|satuan|judul_dalam_grafik|bagian|jenis)|beda_judul\..*|.*\.tabel_7")
"""Captions and units; the variants of titles have a test of their own. Titles of highlights are compared."""


def leaves(node: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the published values with their paths; a list of numbers is one value. Remarks are left out."""
    if isinstance(node, dict):
        for key, value in node.items():
            if not re.search(r"catatan|^cek_", str(key)):
                yield from leaves(value, f"{at}.{key}".lstrip("."))
    elif isinstance(node, list) and not all(isinstance(item, int) for item in node):
        for index, value in enumerate(node):
            yield from leaves(value, f"{at}.{index}")
    else:
        yield at, node


def entries_of(path: str) -> tuple[str, ...]:
    """Return the ids under which a published value must stand."""
    head, _, rest = path.partition(".")
    if head == "ringkasan_umum":
        return GENERAL[rest]
    if head.startswith("gambar_"):
        dimension = "administratif" if head.startswith("gambar_1") else "kokreasi"
        category, kind = rest.split(".")
        return (f"ringkasan.{dimension}.{category.replace('_', '-')}.{kind}",)
    if head in TABLES:
        return (f"{TABLES[head]}.daftar",)
    if head in ("tabel_8_administratif_kl", "tabel_9_administratif_oms"):
        group = head.rpartition("_")[2]
        if rest.startswith("persen_di_bawah_tabel."):
            _, band, kind = rest.split(".")
            return (f"deskripsi.{group}.{band}.persen",) if kind == "persen" else (f"rekap.{group}.akumulasi.{band}",)
        band, period = rest.split(".")
        return (f"rekap.{group}.{period.removesuffix('_2021').lower()}.{BANDS[band]}",)
    if head == "skala_nilai_administratif":
        index, kind = rest.split(".")
        if int(index) == len(SCALE):
            return ("skala.na",) if kind == "rentang" else ("skala.na.keterangan",)
        name = SCALE[int(index)]
        edges = (f"penilaian.kategori.{name}.dari", f"penilaian.kategori.{name}.sampai")
        return edges if kind == "rentang" else (f"skala.{name}",)
    if head == "skala_kokreasi":
        return (f"kokreasi.{COCREATION[int(rest)]}",)
    assert head == "sorotan", path
    index, kind = rest.split(".", 1)
    part = f"sorotan-{int(index) + 1}"
    if kind.startswith("aktor."):
        return (f"{part}.pelaksana-{int(kind.removeprefix('aktor.')) + 1}",)
    return HIGHLIGHTS[kind.removeprefix("angka.")] if kind.startswith("angka.") else (f"{part}.{kind}",)


def says(value: Any, entries: list[PublishedNumber | PublishedList | PublishedText]) -> bool:
    """Tell whether entries hold a published value: number, list, words, or all numbers of the words."""
    if isinstance(value, str) and all(isinstance(entry, PublishedNumber) for entry in entries):
        return re.findall(r"\d+(?:,\d+)?", value) == [str(entry.terbit) for entry in entries]
    if isinstance(value, list):
        return [list(entry.terbit) for entry in entries if isinstance(entry, PublishedList)] == [value]
    return all(str(value) in str(entry.terbit) for entry in entries)


@pytest.fixture(scope="module")
def reference() -> Any:
    if not REFERENCE.is_file():
        pytest.skip("the reference data of the published edition are not beside the repository")
    return yaml.safe_load(REFERENCE.read_text(encoding="utf-8"))


def test_every_published_figure_is_an_entry(reference: Any, published: Published) -> None:
    entries = {e.id: e for e in (*published.angka, *published.daftar, *published.tulisan)}
    values = [
        (path, value)
        for path, value in leaves(reference)
        if re.fullmatch(r"sorotan\.\d\.judul", path) or not NOT_FIGURES.fullmatch(path)
    ]
    assert len(values) > 100
    assert [path for path, _ in values if not set(entries_of(path)) <= set(entries)] == []
    wrong = [
        path
        for path, value in values
        if path != "skala_kokreasi.3" and not says(value, [entries[id_] for id_ in entries_of(path)])
    ]
    assert wrong == []


def test_every_variant_of_a_title_is_an_entry(reference: Any, published: Published) -> None:
    expected = {
        (record["komitmen"], tuple(variant["tempat"]), variant["judul"])
        for record in reference["beda_judul"]
        for variant in record["varian"]
    }
    assert len(expected) == 8
    assert {(e.judul, e.tempat, e.terbit) for e in published.tulisan if e.judul} == expected


# --- honesty ------------------------------------------------------------------------------------------------


def test_every_difference_is_explained(comparisons: tuple[Comparison, ...]) -> None:
    assert reconciliation.unexplained(comparisons) == ()
    assert reconciliation.reconciliation_findings(comparisons) == ()
    assert [c.id for c in comparisons if c.status == DIFFERENT and not c.explanation] == []
    assert [c.id for c in comparisons if c.status == UNCOMPUTABLE and not c.remark] == []


def test_equal_entries_carry_no_explanation(published: Published, comparisons: tuple[Comparison, ...]) -> None:
    equal = {c.id for c in comparisons if c.status == SAME}
    assert len(equal) > 50
    assert [c.id for c in comparisons if c.status == SAME and c.explanation] == []
    given = {e.id for e in (*published.angka, *published.daftar, *published.tulisan) if e.penjelasan}
    assert given & equal == set()


def test_what_agrees_without_being_computed_says_so(comparisons: tuple[Comparison, ...]) -> None:
    uncounted = [c for c in comparisons if c.status == SAME and c.basis != "hitungan"]
    assert {c.basis for c in uncounted} == {"penetapan", "params", "teks", "nilai"}
    assert all(c.note for c in uncounted)


def test_sources_lead_to_both_sides(comparisons: tuple[Comparison, ...]) -> None:
    part = {"nilai": "nilai", "status": "kokreasi"}
    for c in comparisons:
        assert c.sources[0] == c.source
        named = f"{c.kind}!{c.id}"
        if c.kind in part:
            named = re.sub(r"^target\.(.+)\.\w+$", rf"target!\1.{part[c.kind]}", c.id)
        assert c.source == f"{FILE}!{named}"
        assert c.computed is None or len(c.sources) > 1


# --- the edges, on small entries ---------------------------------------------------------------------------


def only(
    results: Results,
    register: Register,
    *,
    angka: tuple[PublishedNumber, ...] = (),
    daftar: tuple[PublishedList, ...] = (),
    tulisan: tuple[PublishedText, ...] = (),
) -> Comparison:
    """Compare one entry."""
    published = Published(edisi=EDITION, sumber="uji", angka=angka, daftar=daftar, tulisan=tulisan)
    (comparison,) = reconciliation.compare(published, results, register)
    return comparison


def entry(id_: str, terbit: int | str, **more: Any) -> PublishedNumber:
    return PublishedNumber(id=id_, nama="uji", tempat=("Tabel 8",), terbit=terbit, **more)


def test_a_missing_figure_is_named_with_its_neighbours(results: Results, register: Register) -> None:
    with pytest.raises(InputError) as caught:
        only(results, register, angka=(entry("rekap.kl.b06.bak", 26),))
    text = str(caught.value)
    assert FILE in text
    assert "'rekap.kl.b06.bak' tidak ada dalam register" in text
    assert "rekap.kl.b06.baik" in text


def test_all_missing_names_are_told_at_once(results: Results, register: Register) -> None:
    published = Published(
        edisi=EDITION,
        sumber="uji",
        angka=(entry("tidak.ada", 1),),
        daftar=(
            PublishedList(id="d", nama="uji", tempat=("x",), terbit=(1,), dimensi=ADMINISTRATIVE, kategori="Bagus"),
        ),
        tulisan=tuple(
            PublishedText(id=id_, nama="uji", tempat=("x",), terbit="x", params=path)
            for id_, path in (("t", "nama.tidak_ada"), ("u", "nama"), ("v", "periode.B99"))
        ),
    )
    with pytest.raises(InputError) as caught:
        reconciliation.compare(published, results, register)
    assert [f.details["value"] for f in caught.value.findings] == [
        *("angka tidak.ada", "daftar d", "tulisan t", "tulisan u", "tulisan v")
    ]


def test_an_unexplained_difference(results: Results, register: Register) -> None:
    found = only(results, register, angka=(entry("rekap.kl.b06.baik", 26),))
    assert (found.status, found.trouble, found.remark) == (DIFFERENT, "unexplained", "Belum dijelaskan.")
    assert reconciliation.unexplained([found]) == (found,)
    assert [f.code for f in reconciliation.reconciliation_findings([found])] == ["T01"]


def test_an_explanation_for_other_data_is_not_printed(results: Results, register: Register) -> None:
    stale = entry("rekap.kl.b06.baik", 26, menurut_data=28, penjelasan="Dua target bergeser.")
    found = only(results, register, angka=(stale,))
    assert (found.status, found.trouble, found.explanation) == (DIFFERENT, "stale", "")
    assert "Dua target" not in found.remark
    assert found.unexplained
    assert [f.code for f in reconciliation.reconciliation_findings([found])] == ["T02"]


def test_a_needless_explanation_is_not_printed(results: Results, register: Register) -> None:
    needless = entry("rekap.kl.b06.kurang", 7, menurut_data=8, penjelasan="Satu target bergeser.")
    found = only(results, register, angka=(needless,))
    assert (found.status, found.trouble, found.remark) == (SAME, "needless", "")
    assert not found.unexplained
    (finding,) = reconciliation.reconciliation_findings([found])
    assert (finding.code, finding.file, finding.details["value"]) == ("T03", FILE, "rekap.kl.b06.kurang")


def test_a_list_that_differs_in_one_commitment(results: Results, register: Register) -> None:
    given = PublishedList(
        id="d", nama="uji", tempat=("Tabel 3",), terbit=(17, 9), dimensi=ADMINISTRATIVE, kategori="Kurang"
    )
    assert sides(only(results, register, daftar=(given,))) == ("9, 17", "10, 17", DIFFERENT)


def test_the_order_of_a_list_does_not_matter(results: Results, register: Register) -> None:
    given = PublishedList(
        id="d", nama="uji", tempat=("Tabel 3",), terbit=(17, 10), dimensi=ADMINISTRATIVE, kategori="Kurang"
    )
    assert only(results, register, daftar=(given,)).status == SAME


def test_a_declared_figure_that_differs_is_a_difference(results: Results, register: Register) -> None:
    assert only(results, register, angka=(entry("pernyataan.jumlah_kl", 22),)).status == DIFFERENT
    assert only(results, register, angka=(entry("pernyataan.jumlah_kl", 21),)).status == UNCOMPUTABLE


@pytest.mark.parametrize(
    ("words", "terbit", "status"),
    [
        ("{} inovasi", 19, SAME),
        ("{} inovasi", 18, DIFFERENT),
        ("{} lokus", 4, SAME),  # "empat lokus"
        ("{} permohonan", 2928, SAME),  # "2.928 permohonan"
        ("nilai {}", "72,06", SAME),
        ("nilai {}", 72, DIFFERENT),
        ("{} hal yang tidak tertulis", 4, UNCOMPUTABLE),
    ],
)
def test_a_number_is_read_from_the_cells_text(
    results: Results, register: Register, words: str, terbit: int | str, status: str
) -> None:
    found = only(results, register, angka=(entry("x", terbit, teks=Search(lembar="Sorotan", pola=words)),))
    assert found.status == status
    assert (found.trouble == "unfound") == (status == UNCOMPUTABLE)


@pytest.mark.parametrize(
    ("words", "value"),
    [("0", 0), ("57", 57), ("2.928", 2928), ("72,06", Fraction(7206, 100)), ("Empat", 4), ("sebelas", 11)],
)
def test_numbers_as_people_write_them(words: str, value: Fraction) -> None:
    assert reconciliation.read_number(words) == value


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("penjelasan: Tanpa hasil hitungan.", "'menurut_data', 'penjelasan'"),
        ("menurut_data: 3", "'menurut_data', 'penjelasan'"),
        ("teks: {lembar: Sorotan, pola: inovasi}", "{} tepat satu kali"),
        ("angka: komitmen.jumlah, alasan: x", "pilih satu saja"),
        ("tempatnya: x", "'angka.1.tempatnya' tidak dikenal. Maksudnya 'tempat'?"),
    ],
)
def test_a_faulty_file_is_told_where(tmp_path: Path, wrong: str, why: str) -> None:
    path = tmp_path / "2021-S2.yml"
    line = f"{{id: a.b, nama: uji, tempat: [Tabel 8], terbit: 4, {wrong}}}"
    path.write_text(f"edisi: 2021-S2\nsumber: uji\nangka:\n  - {line}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_model(Published, path, FILE)
    assert why in str(caught.value)
    assert f"{FILE}, baris 4" in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "wrong", "why"),
    [
        ("angka", "terbit: 4 kali", ("'4 kali' bukan angka", "'4 kali' is no number")),
        ("angka", "terbit: 4, menurut_data: 5", ("bersama-sama atau tidak", "together or not at all")),
        ("daftar", "terbit: [1], dimensi: Administratif", ("'dimensi', 'kategori'", "together or not at all")),
        ("daftar", "terbit: [1], sorotan: I, alasan: x", ("pilih satu saja: 'kategori'", "choose one only")),
        ("daftar", "terbit: [1]", ("pilih satu saja: 'kategori'", "choose one only: 'kategori'")),
        ("tulisan", "terbit: x, judul: 1, status: y", ("pilih satu saja: 'judul'", "choose one only: 'judul'")),
        ("tulisan", "terbit: x", ("pilih satu saja: 'judul'", "choose one only: 'judul'")),
    ],
)
def test_an_entry_that_contradicts_itself_is_told_in_both_languages(
    tmp_path: Path, kind: str, wrong: str, why: tuple[str, str]
) -> None:
    path = tmp_path / "2021-S2.yml"
    path.write_text(f"edisi: x\nsumber: uji\n{kind}:\n  - {{id: a.b, nama: uji, tempat: [x], {wrong}}}\n", "utf-8")
    with pytest.raises(InputError) as caught:
        load_model(Published, path, FILE)
    (finding,) = caught.value.findings
    assert (finding.code, finding.cell) == ("P03", "4")
    assert why[0] in finding.text("id")
    assert why[1] in finding.text("en")


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ({"pelaksana": "KIP", "terbit": "Komisi Informasi Pusat (KIP)"}, SAME),
        ({"pelaksana": "KIP", "terbit": "Komisi Informasi"}, DIFFERENT),
        ({"pelaksana": "Tiada", "terbit": "x"}, UNCOMPUTABLE),
        ({"status": "99-1-kip-b06-1", "terbit": "Aktif"}, UNCOMPUTABLE),
        ({"status": "01-1-kip-b06-1", "terbit": "Aktif"}, SAME),
        ({"judul": 99, "terbit": "x"}, UNCOMPUTABLE),
        ({"sorotan": "XX", "terbit": "x"}, UNCOMPUTABLE),
        ({"alasan": "Tidak dihitung.", "terbit": "x"}, UNCOMPUTABLE),
    ],
)
def test_words_are_compared_with_what_they_name(
    results: Results, register: Register, what: Mapping[str, Any], found: str
) -> None:
    compared = only(results, register, tulisan=(PublishedText(id="t", nama="uji", tempat=("x",), **what),))
    assert compared.status == found
    assert (compared.trouble == "unfound") == (found == UNCOMPUTABLE and "alasan" not in what)


def test_a_list_without_anything_to_compare_says_why(results: Results, register: Register) -> None:
    told = PublishedList(id="d", nama="uji", tempat=("x",), terbit=(1,), alasan="Daftar lama.")
    gone = PublishedList(id="d", nama="uji", tempat=("x",), terbit=(1,), sorotan="XX")
    assert [only(results, register, daftar=(given,)).trouble for given in (told, gone)] == ["", "unfound"]


def test_a_declared_figure_that_the_params_lack_says_so(results: Results, register: Register) -> None:
    found = only(results, register, angka=(entry("pernyataan.aktif_oms_lain", 3, alasan="Lama."),))
    assert (found.status, found.trouble) == (UNCOMPUTABLE, "")


def test_figures_of_the_annex_are_added_once(register: Register, comparisons: tuple[Comparison, ...]) -> None:
    once = reconciliation.with_reconciliation(register, comparisons, EDITION)
    with pytest.raises(ValueError, match=r"^figure \S+ twice$"):
        reconciliation.with_reconciliation(once, comparisons, EDITION)
    assert reconciliation.with_reconciliation(register, (), EDITION) is register


def test_an_id_given_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "2021-S2.yml"
    line = "  - {id: a.b, nama: uji, tempat: [Tabel 8], terbit: 4}\n"
    path.write_text(f"edisi: 2021-S2\nsumber: uji\nangka:\n{line}{line}", encoding="utf-8")
    with pytest.raises(InputError, match=r"'a\.b' dipakai dua kali"):
        load_model(Published, path, FILE)


# --- register, CSV and annex -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def extended(register: Register, comparisons: tuple[Comparison, ...]) -> Register:
    return reconciliation.with_reconciliation(register, comparisons, EDITION)


@pytest.fixture(scope="module")
def annex(comparisons: tuple[Comparison, ...], extended: Register, results: Results) -> Section:
    return reconciliation_annex.reconciliation(comparisons, extended, results.edition)


def test_csv_rows(comparisons: tuple[Comparison, ...], extended: Register) -> None:
    rows = list(reconciliation.csv_rows(comparisons))
    assert list(rows[0]) == ["id", "terbit", "hitung", "status", "keterangan", "tempat"]
    assert len({row["id"] for row in rows}) == len(rows) == extended[reconciliation.TOTAL_ID].value
    counts = Counter(row["status"] for row in rows)
    assert set(counts) == set(STATUSES)
    assert counts == {status: extended[reconciliation.count_id(status)].value for status in STATUSES}
    assert all((row["terbit"] == row["hitung"]) == (row["status"] == SAME) for row in rows)
    assert all(row["keterangan"] for row in rows if row["status"] != SAME)


def test_same_is_split_by_what_it_rests_on(extended: Register) -> None:
    parts = [int(str(extended[reconciliation.basis_id(basis)].value)) for basis in reconciliation.BASES]
    assert sum(parts) == extended[reconciliation.count_id(SAME)].value


def inlines_of(blocks: tuple[Block, ...]) -> Iterator[Inline]:
    for block in blocks:
        if isinstance(block, Table):
            for cells in block.rows:
                for cell in cells:
                    yield from cell
        else:
            yield from getattr(block, "inlines", ())


def test_every_number_of_the_annex_is_in_the_register(annex: Section, extended: Register) -> None:
    numbers = [inline.figure for inline in inlines_of(annex.blocks) if isinstance(inline, Num)]
    assert len(numbers) > 60
    assert all(figure == extended[figure.id] for figure in numbers)


def test_digits_of_the_annex_are_figures_cells_or_commitments(annex: Section) -> None:
    plain = [inline for inline in inlines_of(annex.blocks) if isinstance(inline, str) and re.search(r"\d", inline)]
    lists = r"\d+(, \d+)*"
    notes = r"Cocok karena penetapan.*Komitmen \d+.*"
    assert [text for text in plain if not re.fullmatch(f"{lists}|{notes}", text)] == []
    assert all(inline.source for inline in inlines_of(annex.blocks) if isinstance(inline, Cell))


def test_the_annex_prints_what_differs_and_counts_the_rest(
    annex: Section, comparisons: tuple[Comparison, ...], extended: Register
) -> None:
    tables = {block.id: block.rows for block in annex.blocks if isinstance(block, Table)}
    assert list(tables) == ["tbl-rekonsiliasi", "tbl-rekonsiliasi-beda", "tbl-rekonsiliasi-tulisan"]
    printed = len(tables["tbl-rekonsiliasi-beda"]) + len(tables["tbl-rekonsiliasi-tulisan"])
    assert printed == sum(c.status == DIFFERENT for c in comparisons) == extended["rekonsiliasi.beda.jumlah"].value
    counted = {
        str(name[0]): [int(inline.figure.printed) for cell in cells for inline in cell if isinstance(inline, Num)]
        for name, *cells in tables["tbl-rekonsiliasi"]
    }
    assert counted["Nilai target"] == [137, 137, 0, 0]
    assert counted["Status ko-kreasi target"] == [137, 136, 1, 0]
    assert sum(row[0] for row in counted.values()) == len(comparisons)
    assert annex.slot == "rekonsiliasi"
    assert markdown.section(annex)
    assert notebook_html.section(annex, {})  # it has no charts


def test_no_published_figures_no_annex(register: Register, results: Results) -> None:
    assert not reconciliation_annex.reconciliation((), register, results.edition)
