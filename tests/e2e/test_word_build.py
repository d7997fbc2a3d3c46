"""`build --format docx` as a user runs it: one file more, known to the manifest and to `verify`."""

import json

import pytest

from support import Build, monev

pytestmark = pytest.mark.slow


def test_the_command_adds_the_report_for_word(built: Build, own: Build) -> None:
    done = monev(own.root, "build", "2021-S2", "--engine", "embedded", "--format", "docx", "--format", "pdf")
    assert done.returncode == 0, done.stderr
    folder = own.folder
    assert (folder / "laporan.docx").read_bytes().startswith(b"PK")
    assert "laporan.docx" in json.loads((folder / "manifest.json").read_text("utf-8"))["keluaran"]
    for name in ("laporan.pdf", "laporan.html"):
        assert (folder / name).read_bytes() == (built.folder / name).read_bytes(), f"{name} depends on the format"
    told = monev(own.root, "verify", str(folder))
    assert told.returncode == 0, told.stdout


def test_an_unknown_format_is_wrong_usage(built: Build) -> None:
    done = monev(built.root, "build", "2021-S2", "--format", "odt")
    assert done.returncode == 2
    assert "docx" in done.stderr
