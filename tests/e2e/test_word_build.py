"""`build --format docx` as a user runs it: one file more, known to the manifest and to `verify`."""

import json

import pytest

from monev.build.build_options import BuildOptions
from plans import EDITION
from support import Build, monev

pytestmark = pytest.mark.slow


def test_the_command_adds_the_report_for_word(small: Build, own_small: Build) -> None:
    done = monev(own_small.root, "build", EDITION, "--engine", "embedded", "--format", "docx", "--format", "pdf")
    assert done.returncode == 0, done.stderr
    folder = own_small.folder
    assert "halaman; laporan.docx, laporan.html, laporan.pdf, data/" in done.stdout
    assert BuildOptions().keeping(folder) == BuildOptions(formats=("docx",))  # what was asked for once is made again
    assert (folder / "laporan.docx").read_bytes().startswith(b"PK")
    assert "laporan.docx" in json.loads((folder / "manifest.json").read_text("utf-8"))["keluaran"]
    for name in ("laporan.pdf", "laporan.html"):
        assert (folder / name).read_bytes() == (small.folder / name).read_bytes(), f"{name} depends on the format"
    told = monev(own_small.root, "verify", str(folder))
    assert told.returncode == 0, told.stdout


def test_an_unknown_format_is_wrong_usage(small: Build) -> None:
    done = monev(small.root, "build", EDITION, "--format", "odt")
    assert done.returncode == 2
    assert "docx" in done.stderr
