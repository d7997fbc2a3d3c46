"""What the report says in its own words: captions, names, scopes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from monev.display.document import Block, Chart, Group, Num, Table
from monev.edition.opened import Opened, open_edition
from monev.io.folders import REPOSITORY
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
