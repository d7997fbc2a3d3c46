"""What params say of a publication: each thing that cannot be used is told, with its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from monev.build.publication.ledger import standing
from monev.display import markdown
from monev.display.parts import front_matter
from monev.edition.next_edition import prepare
from monev.io.inputs import read_inputs
from monev.model.imprint import is_isbn
from monev.words.errors import InputError
from plans import EDITION, MadePlan, make_plan
from support import change, findings_of

SIGNED = {"nama": "Siti Contoh", "jabatan": "Kepala Sekretariat", "gambar": "inputs/ttd.png"}
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_plan(tmp_path, MadePlan())


def said(root: Path, **imprint: object) -> None:
    path = root / "params" / f"{EDITION}.yml"
    held = yaml.safe_load(path.read_text("utf-8"))
    path.write_text(yaml.safe_dump(held | {"terbitan": imprint}, allow_unicode=True), "utf-8")


def write(root: Path, name: str, content: bytes) -> None:
    (root / name).write_bytes(content)


def nothing(_: Path) -> None:
    pass


@pytest.mark.parametrize(
    ("imprint", "make", "code", "words"),
    [
        ({"kata_pengantar": "inputs/kata.md"}, nothing, "P12", "tidak ada"),
        ({"kata_pengantar": "../kata.md"}, nothing, "P12", "di luar folder proyek"),
        ({"kata_pengantar": "inputs/kata.md"}, lambda r: write(r, "inputs/kata.md", b"\xff\xfe"), "P12", "UTF-8"),
        ({"kata_pengantar": "inputs/kata.md"}, lambda r: write(r, "inputs/kata.md", b"\n \n"), "P14", "kosong"),
        ({"kata_pengantar": "Pengantar"}, nothing, "P13", "Tindak Lanjut"),
        ({"penandatangan": SIGNED}, nothing, "P12", "tidak ada"),
        ({"penandatangan": SIGNED}, lambda r: write(r, "inputs/ttd.png", b"bukan"), "P12", "bukan gambar"),
        (
            {"penandatangan": SIGNED},
            lambda r: write(r, "inputs/ttd.png", PNG + bytes(40 * 1024**2)),
            "P12",
            "lebih dari 5 MB",
        ),
        ({"penandatangan": SIGNED | {"gambar": "inputs/ttd.tiff"}}, nothing, "P12", "jenisnya"),
        ({"isbn": "978-3-16-148410-1"}, nothing, "P03", "bukan ISBN"),
        ({"tanggal": "besok"}, nothing, "P03", "tanggal"),
        ({"penandatangan": {"nama": "Siti"}}, nothing, "P02", "jabatan"),
        ({"nomer": "1"}, nothing, "P01", "nomor"),
        ({"tanggapan": "lampirkan"}, nothing, "V14", "tanggapan.xlsx"),
    ],
)
def test_what_cannot_be_used_is_told(
    root: Path, imprint: dict[str, object], make: Callable[[Path], None], code: str, words: str
) -> None:
    said(root, **imprint)
    make(root)
    found = [finding for finding in findings_of(root, EDITION) if finding.weight == "error"]
    assert [finding.code for finding in found] == [code]
    assert words in found[0].line()


def test_a_date_in_the_future_is_told_on_that_day_no_longer(root: Path) -> None:
    said(root, tanggal=date(2030, 1, 31))
    assert [f.code for f in standing(root, EDITION, date(2030, 1, 30))] == ["V05"]
    assert [*standing(root, EDITION, date(2030, 1, 31))] == []
    assert [f.code for f in findings_of(root, EDITION)] == []  # the report does not depend on the day


def test_a_foreword_of_a_sheet_comes_in_the_order_of_its_numbers(root: Path) -> None:
    def write_sheet(book: object) -> None:
        sheet = book.create_sheet("Pengantar")  # type: ignore[attr-defined]
        for row in (("No", "Uraian"), (2, "Kedua."), (1, "*Pertama* #1.")):
            sheet.append(row)

    change(root, "inputs/B12/evaluasi.xlsx", write_sheet)
    said(root, kata_pengantar="Pengantar")
    inputs = read_inputs(root, EDITION)
    assert [line.text for line in inputs.data.foreword] == ["*Pertama* #1.", "Kedua."]
    made = markdown.section(front_matter.foreword(inputs.edition, None, inputs.data.foreword))
    assert r'[\*Pertama\* \#1\.]{.sel src="inputs/B12/evaluasi.xlsx!Pengantar!B3"}' in made


@pytest.mark.parametrize(("text", "good"), [
    ("978-3-16-148410-0", True), ("ISBN 9783161484100", True), ("3-16-148410-X", True), ("978-3-16-148410-1", False),
    ("3-16-148410-1", False), ("", False), ("٩٧٨٣١٦١٤٨٤١٠٠", False),
])  # fmt: skip
def test_isbn(text: str, good: bool) -> None:
    assert is_isbn(text) is good


@pytest.mark.parametrize(
    "form", ["terbitan: {nomor: A-1}\n", "terbitan:\n  nomor: A-1\n  kontak: |\n    satu\n    dua\n"]
)
def test_the_next_edition_says_its_own(root: Path, form: str) -> None:
    path = root / "params" / f"{EDITION}.yml"
    path.write_text(form + path.read_text("utf-8"), "utf-8")
    prepare(root, "2022-S3", EDITION)
    assert yaml.safe_load((root / "params" / "2022-S3.yml").read_text("utf-8"))["terbitan"] == {}


def test_a_record_of_a_release_makes_no_release_by_itself(root: Path) -> None:
    from monev.build.build_options import BuildOptions
    from monev.build.pipeline import build
    from monev.build.rebuild import quiet

    (root / "params" / "rilis").mkdir()
    (root / "params" / "rilis" / f"{EDITION}.yml").write_text(
        f"edisi: {EDITION}\nversi: '1.0'\noleh: A\ntanggal: 2022-01-01\n", "utf-8"
    )
    with pytest.raises(InputError, match="V10"):
        build(root, EDITION, BuildOptions("embedded"), quiet())
