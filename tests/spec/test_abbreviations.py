"""Abbreviations: each stands in the list, and its meaning behind its first use in a section."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from monev.display.abbreviations import expanded, listed, own
from monev.display.document import Cell, Group, Heading, Paragraph, Points, Section, Table, TargetGrid, TargetRow
from monev.display.markdown import section as written
from monev.edition.opened import Opened, open_edition
from monev.io.folders import REPOSITORY
from monev.model.params import Edition
from support import sections_of

MEANINGS = {
    "KI": "Komisi Informasi",
    "KIP": "Komisi Informasi Pusat",
    "BO": "Beneficial Ownership",
    "UU": "Undang-Undang",
}


@pytest.fixture(scope="module")
def opened() -> Opened:
    return open_edition(REPOSITORY, "2021-S2")


def edition_with(opened: Opened, meanings: dict[str, str]) -> Edition:
    return opened.results.edition.model_copy(update={"singkatan": meanings})


def plain(section: Section) -> str:
    """Return the words of a section's Markdown."""
    bare = re.sub(
        r"\[|\]\{[^}]*\}", "", re.sub(r"\\([^\n])", lambda m: "" if m[1] in "[]{}" else m[1], written(section))
    )
    return bare.strip()


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["KIP melapor. KIP hadir."], "KIP (Komisi Informasi Pusat) melapor. KIP hadir."),
        (["KI/KIP dan KIP-nya"], "KI/KIP dan KIP-nya"),
        (["Komisi Informasi Pusat (KIP)", "KIP"], "Komisi Informasi Pusat (KIP)\n\nKIP"),
        (["pemilik manfaat (BO)", "BO"], "pemilik manfaat (BO)\n\nBO"),
        (["BO", "UU, lalu BO."], "BO (Beneficial Ownership)\n\nUU (Undang-Undang), lalu BO."),
    ],
)
def test_a_meaning_stands_behind_the_first_use(opened: Opened, texts: list[str], wanted: str) -> None:
    section = Section("uji", tuple(Paragraph((Cell(text, "a!b!C1"),)) for text in texts))
    made = expanded(section, edition_with(opened, MEANINGS))
    assert plain(made) == wanted


def test_headings_tell_and_targets_are_read_in_order(opened: Opened) -> None:
    def text(words: str) -> tuple[Paragraph]:
        return (Paragraph((Cell(words, "a!b!C1"),)),)

    row = TargetRow("target.1", text("BO"), text("BO dan UU"), (), text("UU dan KIP"), ())
    blocks = (Heading(4, (Cell("Komisi Informasi Pusat (KIP)"),)), Group(("x",), (TargetGrid((row,)),)))
    made = str(expanded(Section("uji", blocks), edition_with(opened, MEANINGS)))
    assert made.count("Beneficial Ownership") == made.count("Undang-Undang") == 1
    assert made.count("Komisi Informasi Pusat") == 1


def test_lines_of_a_cell_stay_lines(opened: Opened) -> None:
    section = Section("uji", (Points(((Cell("BO\nlalu UU\nakhir", "a!b!C1"),),)),))
    lines = written(expanded(section, edition_with(opened, MEANINGS))).count("\\\n")
    assert lines == 2


def test_the_list_holds_what_occurs(opened: Opened) -> None:
    results = replace(opened.results, edition=edition_with(opened, MEANINGS | {"XYZ": "tidak dipakai"}))
    (group,) = listed(results).blocks
    assert isinstance(group, Group)
    (table,) = group.blocks
    assert isinstance(table, Table)
    names = [getattr(row[0][0], "text", row[0][0]) for row in table.rows]
    assert names == sorted({*MEANINGS, *own(results.edition)}, key=str.casefold)
    assert listed(replace(results, edition=edition_with(opened, {}))).blocks == ()


KNOWN = {"RI", "DKI", "ID", "II", "III", "IV"}
PARTS = {"NGO", "PK", "RB"}  # of names that are told as a whole
TOLD = {"BNPT", "KIBBAR", "KUBE"}  # by the text itself, or a note on it


def test_every_abbreviation_of_2021_is_told(opened: Opened) -> None:
    """Capital letters that no text of 2021 explains where they stand first are in the params."""
    untold = set()
    for section in sections_of(opened):
        if section.slot.startswith("lampiran-"):
            text = plain(section)
            for found in re.finditer(r"(?<![\w/-])[A-Z]{2,}(?![\w/-])", text):
                name = found[0]
                beside = text[found.start() - 1 : found.start()] == "(" or text[found.end() :].startswith(" (")
                if (
                    name not in opened.results.edition.singkatan
                    and name not in own(opened.results.edition)
                    and not beside
                ):
                    untold.add(name)
    assert " ".join(sorted(untold - KNOWN - PARTS - TOLD)) == ""
