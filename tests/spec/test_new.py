"""`./monev new`: an edition prepared from an earlier one, ready to fill, and nothing ever overwritten."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from monev.commands.command_line import main
from monev.edition.next_edition import PeriodOverrides, prepare
from monev.edition.next_period import from_roman, next_code, next_label, next_year, roman
from monev.io import params_text
from monev.io.inputs import read_inputs
from monev.io.params_file import load_edition_params
from monev.io.params_text import UnknownLayout, following_corrections
from monev.model.fields import ACHIEVEMENT, UNFINISHED
from monev.model.instruments import achievement_sheet
from monev.words.errors import InputError, RunError
from support import change, fail_to_write, put

NEW, SOURCE = "2022-S3", "2021-S2"
KL, OMS = f"inputs/{NEW}/capaian-kl.xlsx", f"inputs/{NEW}/capaian-oms.xlsx"
EVALUATION, PLAN = f"inputs/{NEW}/evaluasi.xlsx", f"inputs/{NEW}/rencana-aksi.xlsx"
FILES = [f"params/{NEW}.yml", PLAN, KL, OMS, EVALUATION]


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def sheet(root: Path, file: str, name: str = "Capaian") -> Worksheet:
    found = load_workbook(root / file)[name]
    assert isinstance(found, Worksheet)
    return found


def columns(page: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in page[1]}


# The period that follows


@pytest.mark.parametrize(
    ("codes", "following"),
    [
        (["B06", "B12"], "B18"),
        (["B06"], "B12"),
        (["B18", "B24"], "B30"),
        (["T1", "T2", "T3"], "T4"),
        (["Q9"], "Q18"),
        (["2021-1", "2021-2"], None),
        (["AWAL"], None),
        (["B12", "B06"], None),
        (["A01", "B02"], None),
        (["B00"], None),
    ],
)
def test_the_code_that_follows(codes: list[str], following: str | None) -> None:
    assert next_code(codes) == following


@pytest.mark.parametrize(
    ("labels", "following"),
    [
        (["Semester I", "Semester II"], "Semester III"),
        (["Semester III"], "Semester IV"),
        (["Semester I", "Semester II", "Semester I"], "Semester II"),
        (["Triwulan 9"], "Triwulan 10"),
        (["Tahap 01"], "Tahap 02"),
        (["Awal"], None),
    ],
)
def test_the_label_that_follows(labels: list[str], following: str | None) -> None:
    assert next_label(labels) == following


@pytest.mark.parametrize(
    ("years", "name", "following"),
    [
        ([2021, 2021], "2022-S3", 2022),
        ([2021, 2021], "berikut", 2022),
        ([2021, 2021, 2022], "berikut", 2022),
        ([2021, 2021, 2022, 2022], "berikut", 2023),
        ([2021], "2021-S2", 2021),
        ([2021], "20215", 2022),
    ],
)
def test_the_year_that_follows(years: list[int], name: str, following: int) -> None:
    assert next_year(years, name) == following


def test_roman_numerals_go_both_ways() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 40, 90)] == ["I", "IV", "IX", "XIV", "XL", "XC"]
    assert all(from_roman(roman(n)) == n for n in range(1, 300))
    assert [from_roman(text) for text in ("", "IIII", "VX", "Semester", "i")] == [None] * 5


# Params


def test_params_keep_comments_and_gain_the_period(root: Path) -> None:
    before = (root / "params" / f"{SOURCE}.yml").read_text("utf-8").split("\n")
    prepare(root, NEW, SOURCE)
    after = (root / "params" / f"{NEW}.yml").read_text("utf-8").split("\n")
    said, then = before.index("keterangan: >-"), before.index("rencana_aksi: inputs/rencana-aksi.xlsx")
    assert after[said : said + 2] == ['keterangan: ""', "rencana_aksi: inputs/2022-S3/rencana-aksi.xlsx"]
    gone = [line for line in (*before[:said], *before[then:]) if line not in after]
    assert gone == [
        f"# Params edisi {SOURCE}: dua semester pertama RAN OGI 2020-2022.",
        f"edisi: {SOURCE}",
        "judul: Laporan Monitoring dan Evaluasi RAN OGI 2021",
        "rencana_aksi: inputs/rencana-aksi.xlsx",
        "  kl_aktif: 20",
        "  oms_aktif: 13",
    ]
    assert "  - {kode: B18, label: Semester III, tahun: 2022, inputs: inputs/2022-S3}" in after
    edition = load_edition_params(root, NEW)
    assert [p.kode for p in edition.periode] == ["B06", "B12", "B18"]
    assert edition.judul == "Laporan Monitoring dan Evaluasi RAN OGI 2022"
    assert edition.penilaian == load_edition_params(root, SOURCE).penilaian


def test_counts_declared_for_the_earlier_period_are_not_carried_over(root: Path) -> None:
    prepare(root, NEW, SOURCE)
    said = load_edition_params(root, NEW).pernyataan
    assert (said.kl_aktif, said.oms_aktif, said.jumlah_target) == (None, None, 267)


def test_options_set_the_period(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--code", "P3", "--label", "Tahap: tiga", "--year", "2030"]
    assert main(["--root", str(root), "new", NEW, "--from", SOURCE, *given]) == 0
    current = load_edition_params(root, NEW).current
    assert (current.kode, current.label, current.tahun, current.inputs) == ("P3", "Tahap: tiga", 2030, f"inputs/{NEW}")
    assert "Tahap: tiga (P3) 2030" in capsys.readouterr().out


FLOW = "periode: [{kode: B06, label: Semester I, tahun: 2021, inputs: inputs/2021-S1}]  # satu baris\n"
BLOCK = """periode:
- kode: B06
  label: Semester I
  tahun: 2021
  inputs: inputs/2021-S1

# sesudahnya
"""


@pytest.mark.parametrize(
    ("periods", "kept"),
    [(FLOW, "# satu baris"), (BLOCK, "# sesudahnya"), (BLOCK.replace("\n\n# sesudahnya\n", ""), "# catatan")],
)
def test_params_in_other_layouts(root: Path, periods: str, kept: str) -> None:
    path = root / "params" / "lain.yml"
    head = "# catatan\nedisi: 'lain'\njudul: >-\n  Laporan\n  Semester I\nrencana_aksi: inputs/rencana-aksi.xlsx\n"
    path.write_text(head + periods, "utf-8")
    prepare(root, "lain-2", "lain")
    text = (root / "params" / "lain-2.yml").read_text("utf-8")
    edition = load_edition_params(root, "lain-2")
    assert [(p.kode, p.label, p.tahun) for p in edition.periode] == [
        ("B06", "Semester I", 2021),
        ("B12", "Semester II", 2022),
    ]
    assert edition.judul == "Laporan Semester II"
    assert kept in text


def test_params_that_cannot_be_changed_safely_are_refused(root: Path) -> None:
    path = root / "params" / f"{SOURCE}.yml"
    text = path.read_text("utf-8").replace("pernyataan:\n", "pernyataan: {kl_aktif: 20}\nlama:\n")
    with pytest.raises(UnknownLayout):
        params_text.following_text(text, SOURCE, load_edition_params(root, SOURCE))


CORRECTIONS = """# Koreksi
- sel: inputs/2021-S2/evaluasi.xlsx!Penetapan!C2
  tertulis: Cukup
# yang ini tetap
- sel: inputs/2021-S2/capaian-kl.xlsx!Capaian!H3
  tertulis: 1
"""


def test_corrections_of_workbooks_still_read_are_carried_over() -> None:
    made = following_corrections(CORRECTIONS, "inputs/2021-S2/evaluasi.xlsx", {})
    assert made.startswith("# Koreksi\n")
    assert made.endswith("capaian-kl.xlsx!Capaian!H3\n  tertulis: 1\n")
    assert "Penetapan" not in made
    assert following_corrections(CORRECTIONS, "inputs/lain.xlsx", {}) == CORRECTIONS
    assert following_corrections("# kosong\n", "inputs/lain.xlsx", {}) == ""


def test_corrections_of_the_register_name_the_edition_s_own(root: Path) -> None:
    old, made = "inputs/rencana-aksi.xlsx", read_inputs(root, SOURCE).data.commitments[0]
    record = f"- sel: {old}!Komitmen!B2  # judul\n  tertulis: {json.dumps(made.title)}\n  benar: Judul lain\n"
    text = record + "  alasan: salah ketik\n  oleh: Sekretariat\n  tanggal: 2022-01-31\n"
    (root / "params" / "koreksi").mkdir(exist_ok=True)
    (root / "params" / "koreksi" / f"{SOURCE}.yml").write_text(text, "utf-8")
    prepare(root, NEW, SOURCE)
    assert (root / "params" / "koreksi" / f"{NEW}.yml").read_text("utf-8") == text.replace(old, PLAN)
    assert read_inputs(root, NEW).data.commitments[0].title == "Judul lain"
    assert [f for f in read_inputs(root, NEW).findings if f.weight == "error"] == []


def test_the_corrections_file_comes_along(root: Path) -> None:
    place = "inputs/2021-S1/capaian-oms.xlsx"
    page = sheet(root, place)
    at = columns(page)["Target"]
    cell = page.cell(2, at)
    record = f"- sel: {place}!Capaian!{cell.coordinate}\n  tertulis: {json.dumps(cell.value)}\n  benar: Target lain\n"
    text = record + "  alasan: salah ketik\n  oleh: Sekretariat\n  tanggal: 2022-01-31\n"
    (root / "params" / "koreksi").mkdir(exist_ok=True)
    (root / "params" / "koreksi" / f"{SOURCE}.yml").write_text(text, "utf-8")
    made = prepare(root, NEW, SOURCE)
    assert f"params/koreksi/{NEW}.yml" in made.files
    assert "Target lain" in {t.target for t in read_inputs(root, NEW).data.targets}


@pytest.mark.parametrize("words", [None, "Edisi hitung ulang.", '"Edisi: hitung ulang" # oleh siapa'])
def test_what_an_edition_says_of_itself_is_not_said_by_the_next(root: Path, words: str | None) -> None:
    if words:  # in one line; the edition itself has a folded text
        path = root / "params" / f"{SOURCE}.yml"
        text = re.sub(
            r"^keterangan: >-\n(?:  .*\n)+", lambda _: f"keterangan: {words}\n", path.read_text("utf-8"), flags=re.M
        )
        path.write_text(text, "utf-8")
    assert load_edition_params(root, SOURCE).keterangan.startswith("Edisi")
    assert prepare(root, NEW, SOURCE).edition == load_edition_params(root, NEW)
    assert load_edition_params(root, NEW).keterangan == ""


# The register


def test_each_edition_has_its_own_register(root: Path) -> None:
    prepare(root, NEW, SOURCE)
    assert load_edition_params(root, NEW).rencana_aksi == PLAN
    assert (root / PLAN).read_bytes() == (root / "inputs" / "rencana-aksi.xlsx").read_bytes()


def test_a_new_commitment_is_one_of_its_edition_only(root: Path) -> None:
    prepare(root, NEW, SOURCE)
    change(root, PLAN, lambda book: book["Komitmen"].append([19, "Komitmen yang baru"]))
    titles = {name: [c.title for c in read_inputs(root, name).data.commitments] for name in (SOURCE, NEW)}
    assert (len(titles[SOURCE]), titles[NEW][18:]) == (18, ["Komitmen yang baru"])
    again = prepare(root, "2022-S4", NEW)
    assert again.edition.rencana_aksi == "inputs/2022-S4/rencana-aksi.xlsx"
    assert len(read_inputs(root, "2022-S4").data.commitments) == 19


# Workbooks


def test_there_is_a_row_for_every_measure_of_the_register(root: Path) -> None:
    made = prepare(root, NEW, SOURCE)
    data = read_inputs(root, SOURCE).data
    wanted = {(m.commitment, m.measure, m.actor) for m in data.measures}
    found = []
    for file in (KL, OMS):
        page = sheet(root, file)
        at = columns(page)
        for row in range(2, page.max_row + 1):
            found.append(tuple(page.cell(row, at[name]).value for name in ("Komitmen", "UK", "Pelaksana")))
            assert [page.cell(row, at[name]).value for name in ("Periode", "No")] == ["B18", 1]
            assert page.cell(row, at["Target"]).value is None
    assert len(found) == len(set(found)) == sum(made.rows.values()) == len(wanted)
    assert set(found) == wanted


def test_headings_come_from_the_one_description(root: Path) -> None:
    prepare(root, NEW, SOURCE)
    columns = achievement_sheet(read_inputs(root, SOURCE).data.columns).columns
    described = (*columns[:5], *ACHIEVEMENT.context, *columns[5:])
    assert [cell.value for cell in sheet(root, KL)[1]] == [column.heading for column in described]
    book = load_workbook(root / KL)
    assert book.sheetnames[:3] == ["Petunjuk", "Capaian", "Belum Selesai"]
    told = {str(cell.value) for row in book["Petunjuk"].iter_rows() for cell in row if cell.value}
    assert {column.about for column in ACHIEVEMENT.columns} <= told


def test_the_sheet_helps_whoever_fills_it(root: Path) -> None:
    prepare(root, NEW, SOURCE)
    page = sheet(root, KL)
    at = columns(page)
    assert page.freeze_panes is not None
    assert page.auto_filter.ref
    assert page.protection.sheet
    for column in ACHIEVEMENT.columns:
        cell = page.cell(2, at[column.heading])
        assert cell.protection.locked is (column.name in ACHIEVEMENT.key), column.heading
    assert not page.column_dimensions["A"].protection.locked  # a further target can be added below the prepared rows
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    kinds = {heading: rules[f"{page.cell(2, at[heading]).coordinate}"].type for heading in at if heading in LISTED}
    assert kinds == dict.fromkeys(LISTED, "list") | {"Nilai": "custom"}
    assert len(page.conditional_formatting) > 0


LISTED = ("Komitmen", "Pelaksana", "Periode", "Status Ko-Kreasi", "Data Dukung", "Dampak", "Nilai")


def test_beside_the_key_stands_what_is_known(root: Path) -> None:
    def edit(book: Any) -> None:
        page = book["Capaian"]
        for row in page.iter_rows(min_row=2):
            if [cell.value for cell in row[:3]] == [2, 3, "Kementerian PANRB"]:
                row[5].value, row[6].value = "Fitur laporan data terbuka", "Belum dibahas " + "panjang " * 60
                row[7].value, row[7].number_format = 30, "General"

    change(root, f"inputs/{SOURCE}/capaian-kl.xlsx", edit)
    texts = {(m.commitment, m.measure, m.actor): m.text for m in read_inputs(root, SOURCE).data.measures}
    prepare(root, NEW, SOURCE)
    page = sheet(root, KL)
    at = columns(page)
    rows = {tuple(page.cell(r, at[n]).value for n in ("Komitmen", "UK", "Pelaksana")): r for r in range(2, 42)}
    told = {
        key: [page.cell(rows[key], at[column.heading]).value for column in ACHIEVEMENT.context]
        for key in ((1, 3, "LKPP"), (2, 3, "Kementerian PANRB"), (4, 1, "Kementerian Desa PDTT"))
    }
    text, target, outcome = map(str, told[2, 3, "Kementerian PANRB"])
    assert (text, target) == (texts[2, 3, "Kementerian PANRB"], "B12: Fitur laporan data terbuka")
    assert outcome.startswith("30% (Kurang): Belum dibahas panjang ")
    assert outcome.endswith("panjang ...")
    assert len(outcome) < 200
    assert str(told[4, 1, "Kementerian Desa PDTT"][2]).startswith("Tidak ada target")
    two = [str(text).split("\n") for text in told[1, 3, "LKPP"][1:]]
    assert [[line[:7] for line in lines] for lines in two] == [["1. B12:", "2. B12:"], ["1. 90% ", "2. 100%"]]


def test_what_stands_there_is_not_read_back(root: Path) -> None:
    prepare(root, NEW, SOURCE)
    assert [f for f in read_inputs(root, NEW).findings if f.code == "S03"] == []
    page = sheet(root, KL)
    put(root, f"{KL}!Capaian!{page.cell(2, columns(page)['Hasil Terdahulu']).coordinate}", 0.5)
    assert len(read_inputs(root, NEW).data.unreported) == 70


def test_drop_down_lists_hold_the_register(root: Path) -> None:
    prepare(root, NEW, SOURCE)
    lists = load_workbook(root / OMS)["Daftar"]
    assert lists.sheet_state == "hidden"
    by_name = {str(c[0].value): [x.value for x in c[1:] if x.value is not None] for c in lists.iter_cols()}
    data = read_inputs(root, SOURCE).data
    assert by_name["commitment"] == [c.commitment for c in data.commitments]
    assert by_name["actor"] == [a.actor for a in data.actors if a.group == "OMS"]
    assert by_name["period"] == ["B18"]


def test_earlier_targets_not_completed_stand_there_for_information(root: Path) -> None:
    made = prepare(root, NEW, SOURCE)
    wanted = []
    for t in read_inputs(root, SOURCE).data.targets:
        if t.score == "N/A" or (not isinstance(t.score, str) and t.score < 70):
            wanted.append((t.commitment, t.measure, t.actor, t.period, t.target))
    found = []
    for file in (KL, OMS):
        page = sheet(root, file, "Belum Selesai")
        at = columns(page)
        assert list(at) == [column.heading for column in UNFINISHED.columns]
        assert page.protection.sheet
        found += [
            tuple(page.cell(row, at[name]).value for name in ("Komitmen", "UK", "Pelaksana", "Periode", "Target"))
            for row in range(2, page.max_row + 1)
        ]
    assert sorted(found) == sorted(wanted)  # type: ignore[type-var]
    assert made.unfinished == len(wanted) == 31


def test_the_prepared_edition_has_no_error_and_says_that_nobody_reported(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(root, NEW, SOURCE)
    inputs = read_inputs(root, NEW)
    assert [f.line() for f in inputs.findings if f.weight == "error"] == []
    assert len([f for f in inputs.findings if f.code == "R01"]) == len(inputs.data.unreported) == 70
    assert main(["--root", str(root), "check", NEW]) == 0
    said = capsys.readouterr().out
    assert said.count("[R01]") == 2
    assert "0 dari 40 target dilaporkan" in said


def test_the_same_edition_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    prepare(root, NEW, SOURCE)
    first = {name: content for name, content in snapshot(root).items() if NEW in name}
    for file in FILES:
        (root / file).unlink()
    prepare(root, NEW, SOURCE)
    assert {name: content for name, content in snapshot(root).items() if NEW in name} == first


def test_completeness_in_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prepare(root, NEW, SOURCE)
    assert main(["--root", str(root), "check", NEW, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["kelengkapan"]
    assert (told["periode"], told["K/L"]["target"], told["K/L"]["dilaporkan"]) == ("B18", 40, 0)
    assert len(told["belum_melapor"]) == told["K/L"]["pelaksana"] + told["OMS"]["pelaksana"] == 30


# Refusals: nothing is written, everything is named


def test_existing_files_are_all_named_and_stay(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / KL).parent.mkdir()
    for file in (FILES[0], KL):
        (root / file).write_text("milik orang lain", "utf-8")
    before = snapshot(root)
    assert main(["--root", str(root), "new", NEW, "--from", SOURCE]) == 1
    said = capsys.readouterr().err
    assert FILES[0] in said
    assert KL in said
    assert OMS not in said
    assert snapshot(root) == before


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".baru", "a b", "x" * 65, "a\n", "c:x", "2022-S3\x00"])
def test_bad_names(root: Path, name: str) -> None:
    before = snapshot(root)
    with pytest.raises(InputError) as refused:
        prepare(root, name, SOURCE)
    assert [f.code for f in refused.value.findings] == ["N02"]
    assert snapshot(root) == before


def broken(root: Path) -> None:
    (root / "inputs" / "2021-S2" / "capaian-kl.xlsx").write_bytes(b"rusak")


def unpatterned(root: Path) -> None:
    path = root / "params" / f"{SOURCE}.yml"
    text = path.read_text("utf-8").replace("kode: B12", "kode: DUA").replace("label: Semester II,", "label: Kedua,")
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("source", "damage", "wishes", "codes"),
    [
        ("2021-S9", None, PeriodOverrides(), ["P05"]),
        (SOURCE, broken, PeriodOverrides(), ["F02"]),
        (SOURCE, unpatterned, PeriodOverrides(), ["N03", "N03"]),
        (SOURCE, unpatterned, PeriodOverrides(label="Ketiga"), ["N03"]),
        (SOURCE, None, PeriodOverrides(code="B12"), ["N04"]),
        (SOURCE, None, PeriodOverrides(code="B 18"), ["N04"]),
        (SOURCE, None, PeriodOverrides(year=1), ["N04"]),
    ],
)
def test_refusals(
    root: Path, source: str, damage: Callable[[Path], None] | None, wishes: PeriodOverrides, codes: list[str]
) -> None:
    if damage:
        damage(root)
    before = snapshot(root)
    with pytest.raises(InputError) as refused:
        prepare(root, NEW, source, wishes)
    assert [f.code for f in refused.value.findings if f.weight == "error"] == codes
    assert snapshot(root) == before
    assert not (root / "inputs" / NEW).exists()


@pytest.mark.parametrize("nth", [1, 3, 5])
def test_a_failure_midway_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch, nth: int) -> None:
    before = snapshot(root)
    fail_to_write(monkeypatch, nth)
    with pytest.raises(RunError, match="No space left"):
        prepare(root, NEW, SOURCE)
    assert snapshot(root) == before
    assert not (root / "inputs" / NEW).exists()


def test_folders_that_lead_out_of_the_root_are_refused(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "luar"
    outside.mkdir()
    (root / "inputs" / NEW).symlink_to(outside)
    with pytest.raises(InputError) as refused:
        prepare(root, NEW, SOURCE)
    assert [f.code for f in refused.value.findings] == ["F04"]
    assert list(outside.iterdir()) == []


def test_without_from_the_usage_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "new", NEW]) == 2
    assert "--from" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["periksa", "Formulir", "pratinjau"])
def test_folders_of_outputs_are_no_names_of_editions(root: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        prepare(root, name, SOURCE)
    assert [finding.code for finding in caught.value.findings] == ["N02"]
    text = (root / "params" / f"{SOURCE}.yml").read_text("utf-8")
    (root / "params" / f"{name}.yml").write_text(text.replace(f"edisi: {SOURCE}", f"edisi: {name}"), "utf-8")
    with pytest.raises(InputError) as caught:
        read_inputs(root, name)
    assert [(finding.code, finding.details["value"]) for finding in caught.value.findings] == [("P03", "edisi")]


# Rows that are not reported


def _fill(root: Path, row: int, **values: Any) -> None:
    path = root / KL
    book = load_workbook(path)
    page = book["Capaian"]
    at = columns(page)
    for heading, value in values.items():
        page.cell(row, at[heading.replace("_", " ")]).value = value
    book.save(path)


#   what is typed into a prepared row, and the errors and warnings that it gives
@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({}, ["R01"]),
        ({"Catatan": "menunggu surat"}, ["R01"]),
        ({"Target": "Menyusun pedoman"}, ["R01"]),
        ({"Target": "Menyusun pedoman", "Data Dukung": "nihil"}, ["R01"]),
        ({"Nilai": 80}, ["C01"]),
        ({"Capaian": "Pedoman tersusun"}, ["C01"]),
        ({"Target": "Menyusun pedoman", "Capaian": "Pedoman tersusun"}, ["R02"]),
        ({"Target": "Menyusun pedoman", "Status Ko-Kreasi": "Aktif"}, ["C01"]),
        ({"Target": "Menyusun pedoman", "Nilai": 80}, []),
        ({"Target": "-", "Nilai": "-"}, []),
    ],
)
def test_what_a_prepared_row_means(root: Path, values: dict[str, Any], codes: list[str]) -> None:
    prepare(root, NEW, SOURCE)
    _fill(root, 2, **values)
    found = [f for f in read_inputs(root, NEW).findings if f.file == KL and f.cell.endswith("2") and len(f.cell) == 2]
    assert sorted(f.code for f in found) == codes


def test_keys_of_unreported_rows_are_checked(root: Path) -> None:
    prepare(root, NEW, SOURCE)
    _fill(root, 2, Pelaksana="Siapa")
    _fill(root, 3, Periode="B12")
    _fill(root, 4, UK=9)
    found = {f.code for f in read_inputs(root, NEW).findings if f.weight == "error"}
    assert found == {"K03", "K07", "K05"}
