"""What a release publishes of the open data: each column is declared once; what is held back is archived."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from itertools import pairwise

from monev.build.assembly import complete_tables, data_files
from monev.display import open_data
from monev.display.open_data import ANSWERS, Resource
from monev.display.public_columns import HELD_BACK, PUBLISHED, published
from monev.edition.opened import Opened, open_edition
from monev.figures.corrections import with_revision
from monev.io.folders import REPOSITORY
from monev.model.imprint import Changed, Release, Revision
from monev.render.expected_numerals import TextRun
from monev.render.tree_tables import _mark, _value


def every_resource() -> list[Resource]:
    return [value for value in vars(open_data).values() if isinstance(value, Resource)]


def test_each_column_is_declared_once() -> None:
    for resource in every_resource():
        declared = [*PUBLISHED[resource.name], *HELD_BACK.get(resource.name, ())]
        assert sorted(declared) == sorted({*declared}), resource.name
        assert {*resource.heading} <= {*declared}, resource.name


def test_a_held_back_column_is_named_and_not_there() -> None:
    made = published(ANSWERS)
    assert made is not None
    assert "catatan" in ANSWERS.heading
    assert "catatan" not in made.heading
    assert "(catatan) disimpan dalam arsip" in made.about.id
    assert published(open_data.TARGETS) == open_data.TARGETS


def test_a_column_that_nobody_declared_is_not_published() -> None:
    odd = replace(open_data.RECAP, fields=(*open_data.RECAP.fields, replace(ANSWERS.fields[0], name="rahasia")))
    made = published(odd)
    assert made is not None
    assert made.heading == open_data.RECAP.heading
    assert published(replace(odd, name="entah")) is None


def released(opened: Opened) -> Opened:
    change = Changed(komitmen=3, hal="skor", angka="komitmen.03.skor", lama="1%", baru="2%")
    step = Revision(dari="1.0", ke="1.1", tanggal=date(2022, 4, 2), oleh="Siti", alasan="Uji", perubahan=(change,))
    made = Release(edisi="2021-S2", versi="1.1", oleh="Siti", tanggal=date(2022, 4, 2), riwayat=(step,))
    register = with_revision(opened.register, made)
    return replace(opened, inputs=replace(opened.inputs, release=made), register=register)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def test_a_corrected_figure_is_marked_in_the_data() -> None:
    draft = open_edition(REPOSITORY, "2021-S2")
    before, after = data_files(draft), data_files(released(draft))
    marked = [row["komitmen"] for row in rows(after["komitmen.csv"]) if row["revisi"] == "r"]
    assert marked == ["3"]
    assert "revisi" not in rows(before["komitmen.csv"])[0]
    figures = {row["id"]: row for row in json.loads(after["angka.json"])}
    assert figures["komitmen.03.skor"]["semula"] == "1%"
    assert [id_ for id_, row in figures.items() if "semula" in row] == ["komitmen.03.skor"]
    described = {r["name"]: r for r in json.loads(after["datapackage.json"])["resources"]}
    assert described["komitmen"]["schema"]["fields"][-1]["name"] == "revisi"
    assert released(draft).register["komitmen.03.skor"].charted.endswith("%ʳ")
    assert complete_tables(draft) == {}  # 2021 holds nothing back


def test_a_corrected_figure_stays_a_number_in_the_workbook_of_tables() -> None:
    figure = TextRun("85,0%", "angka", "komitmen.03.skor")
    marked = [_mark(before, piece) for before, piece in pairwise([TextRun(""), figure, TextRun("r")])]
    assert (_value(marked).number, _value(marked).form) == (0.85, '0.0%"ʳ"')
    assert (_value([figure]).number, _value([figure]).form) == (0.85, "0.0%")
    assert _value([TextRun("huruf "), TextRun("r")]).number is None
