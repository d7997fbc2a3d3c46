"""What is changed for a later edition leaves the earlier ones as they are, to the byte."""

from __future__ import annotations

import pytest

from plans import EDITION
from support import Build, change, monev, tree

pytestmark = pytest.mark.slow

EARLIER, LATER = EDITION, "2022-S3"


def test_a_commitment_added_in_2022_leaves_2021_alone(own_small: Build) -> None:
    own = own_small
    before, log = tree(own.folder), (own.folder / "run.log").read_bytes()
    assert monev(own.root, "new", LATER, "--from", EARLIER).returncode == 0
    edition = f"inputs/{LATER}/rencana-aksi.xlsx"

    def add(book) -> None:
        book["Komitmen"].append([4, "Keterbukaan data cuaca untuk nelayan"])
        book["Pelaksana Komitmen"].append([4, "Kem 1"])
        book["Ukuran Keberhasilan"].append([4, "Kem 1", 1, "Data cuaca tersedia bagi nelayan."])

    change(own.root, edition, add)
    assert "4" in monev(own.root, "check", LATER, "--no-copies").stdout
    assert tree(own.folder) == before
    assert (own.folder / "run.log").read_bytes() == log
    done = monev(own.root, "build", EARLIER, "--engine", "embedded", "--no-cache")
    assert done.returncode == 0, done.stderr
    assert tree(own.folder) == before
