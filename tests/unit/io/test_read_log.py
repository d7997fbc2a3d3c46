"""What a kernel reads is noted without the notebook's help: values, files, folders, and what cannot be known again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import monev
from monev.io import read_log

SCRIPT = """
import json, os, sys
from monev.io import read_log as reads
reads.watch({file!r}, {own!r})
{code}
"""


def noted_by(tmp_path: Path, code: str) -> list[read_log.Read]:
    """Run code in a watched process whose folder is `tmp_path`; return what was noted."""
    file = tmp_path / "own" / "reads"
    file.parent.mkdir()
    environment = os.environ | {"PYTHONPATH": str(Path(monev.__file__).parents[1])}
    command = [sys.executable, "-P", "-c", SCRIPT.format(code=code, file=str(file), own=str(file.parent))]
    subprocess.run(command, check=True, env=environment, cwd=tmp_path)
    found = read_log.noted(file)
    assert found is not None
    return list(found)


def test_a_file_is_noted_with_its_content_once_for_each_content(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("satu")
    found = noted_by(tmp_path, "for _ in range(3): open('a.csv').read()\nopen('b', 'w').write('x')")
    assert found == [{"berkas": str(tmp_path / "a.csv"), "sidik": read_log.file_digest(str(tmp_path / "a.csv"))}]
    assert found[0]["sidik"] != ""


@pytest.mark.parametrize(
    "code",
    [
        "import pathlib; pathlib.Path('a.csv').read_bytes()",
        "import os; os.close(os.open('a.csv', os.O_RDONLY))",
        "import zipfile; zipfile.is_zipfile('a.csv')",
        "open('a.csv', 'r+').close()",
        "import pandas; pandas.read_csv('a.csv')",
        "import os; os.fork() or (open('a.csv').close(), os._exit(0)); os.wait()",
    ],
)
def test_every_way_to_open_a_file_is_noted(tmp_path: Path, code: str) -> None:
    (tmp_path / "a.csv").write_text("satu\n1\n")
    assert {"berkas": str(tmp_path / "a.csv"), "sidik": read_log.file_digest(str(tmp_path / "a.csv"))} in noted_by(
        tmp_path, code
    )


def test_a_file_looked_for_in_vain_is_noted_as_absent(tmp_path: Path) -> None:
    code = "try: open('a.csv')\nexcept OSError: pass"
    assert noted_by(tmp_path, code) == [{"berkas": str(tmp_path / "a.csv"), "sidik": ""}]


@pytest.mark.parametrize("code", ["os.listdir('d')", "list(os.scandir('d'))", "import glob; glob.glob('d/*')"])
def test_the_names_in_a_folder_are_noted(tmp_path: Path, code: str) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "x").touch()
    assert {"folder": str(tmp_path / "d"), "sidik": read_log.folder_digest(str(tmp_path / "d"))} in noted_by(
        tmp_path, code
    )


@pytest.mark.parametrize(
    ("code", "event"),
    [
        ("import subprocess; subprocess.run(['true'])", "subprocess.Popen"),
        ("os.system('true')", "os.system"),
        ("import socket; s = socket.socket(); s.settimeout(0.1); s.connect_ex(('127.0.0.1', 9))", "socket.connect"),
    ],
)
def test_what_cannot_be_known_again_is_noted_as_such(tmp_path: Path, code: str, event: str) -> None:
    assert {"lain": event} in noted_by(tmp_path, code)


def test_the_environment_and_the_library_itself_are_not_noted(tmp_path: Path) -> None:
    code = (
        "import sqlite3, decimal, monev.edition.edition_cache\n"
        "with reads.unnoted(): open('a.csv').read()\nopen(os.__file__).read()"
    )
    (tmp_path / "a.csv").touch()
    assert noted_by(tmp_path, code) == []


def test_values_are_noted_with_their_digest(tmp_path: Path) -> None:
    code = "reads.hand_out('2021-S2', 'lampiran', (7,), lambda: 'abc')"
    assert noted_by(tmp_path, code) == [{"nilai": ["2021-S2", "lampiran", [7]], "sidik": "abc"}]


def test_what_is_not_watched_notes_nothing_and_computes_nothing() -> None:
    read_log.hand_out("2021-S2", "lampiran", (7,), lambda: pytest.fail("computed"))


def test_the_reads_of_a_block_are_collected(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    with read_log.collected() as found:
        (tmp_path / "a").read_text()
    (tmp_path / "a").read_bytes()
    assert found == [{"berkas": str(tmp_path / "a"), "sidik": read_log.file_digest(str(tmp_path / "a"))}]


def test_notes_that_are_not_whole_count_for_nothing(tmp_path: Path) -> None:
    file = tmp_path / "reads"
    assert read_log.noted(file) is None
    file.write_text(json.dumps({"lain": "x"}) + "\n")
    assert read_log.noted(file) == ({"lain": "x"},)
    file.write_text(json.dumps({"lain": "x"}) + "\n{")
    assert read_log.noted(file) is None
