"""Commands as they are typed in the shell at hand, and what starts monev by a double click."""

from __future__ import annotations

import io
import os
import re
import subprocess
from pathlib import Path

import pytest

from monev.commands.shell_words import Spoken, launcher, put_as, typed
from monev.io.folders import REPOSITORY
from monev.words.steps import ShowsProgress

POWERSHELL = {"PSModulePath": r"C:\Program Files\WindowsPowerShell\Modules"}


@pytest.mark.parametrize(
    ("platform", "environment", "call"),
    [
        ("linux", {}, "./monev"),
        ("darwin", {"SHELL": "/bin/zsh"}, "./monev"),
        ("win32", {}, r".\monev"),  # cmd.exe takes it as well
        ("win32", POWERSHELL, r".\monev"),
        ("win32", POWERSHELL | {"SHELL": "/usr/bin/bash"}, r".\monev"),  # left over from elsewhere
        ("win32", POWERSHELL | {"MSYSTEM": "MINGW64"}, "./monev"),  # Git Bash
        ("win32", {"SHELL": "/usr/bin/bash"}, "./monev"),
    ],
)
def test_how_monev_is_called(platform: str, environment: dict[str, str], call: str) -> None:
    assert launcher(platform, environment) == call


@pytest.mark.parametrize(
    ("arguments", "posix", "windows"),
    [
        (["check", "2021-S2"], "./monev check 2021-S2", r".\monev check 2021-S2"),
        (["release", "--by=Siti Contoh"], "./monev release '--by=Siti Contoh'", r'.\monev release "--by=Siti Contoh"'),
        (["--root", r"C:\RAN OGI", "app"], r"./monev --root 'C:\RAN OGI' app", r'.\monev --root "C:\RAN OGI" app'),
        (["comments", 'a"b'], "./monev comments 'a\"b'", '.\\monev comments "a\'b"'),
        (["new", ""], "./monev new ''", r'.\monev new ""'),
    ],
)
def test_a_command_is_quoted_for_its_shell(arguments: list[str], posix: str, windows: str) -> None:
    assert typed(arguments) == posix
    assert typed(arguments, r".\monev") == windows


def test_what_is_printed_says_the_command_that_works_here(capsys: pytest.CaptureFixture[str]) -> None:
    with put_as(r".\monev"):
        print("1 peringatan; ./monev check 2021-S2 menyebut semuanya")
    print("./monev")
    assert capsys.readouterr().out == ".\\monev check 2021-S2 menyebut semuanya\n./monev\n".replace(
        ".\\monev", "1 peringatan; .\\monev", 1
    )
    assert not isinstance(Spoken(io.StringIO(), r".\monev"), ShowsProgress)


# Started by a double click --------------------------------------------------------------------------------------------


def batch() -> list[str]:
    return (REPOSITORY / "monev.cmd").read_bytes().decode("ascii").split("\r\n")


def test_the_batch_file_opens_the_page_where_nothing_is_asked() -> None:
    lines = batch()
    assert 'if "%~1"=="" set "_page=app"' in lines
    starts = [line for line in lines if "%_root%" in line and line.rstrip().endswith("%*")]
    assert len(starts) == 3  # warm, MONEV_PYTHON, the first time
    assert all(line.endswith('"%_root%" %_page% %*') for line in starts)


def test_what_goes_wrong_stays_on_the_screen() -> None:
    lines = batch()
    end = lines.index(":end")
    assert lines[end : end + 4] == [
        ":end",
        'set "_code=%ERRORLEVEL%"',
        'if defined _page if not "%_code%"=="0" pause',
        "exit /b %_code%",
    ]
    assert [line for line in lines if line.startswith("exit /b")] == ["exit /b 3", "exit /b %_code%"]
    assert lines[lines.index("exit /b 3") - 1] == "if defined _page pause"
    for start in (n for n, line in enumerate(lines) if line.rstrip().endswith("%*")):
        after = next(line for line in lines[start + 1 :] if not line.startswith("if "))
        assert after in ("goto end", "")


@pytest.mark.skipif(os.name != "posix", reason="a desktop file is for Linux")
@pytest.mark.parametrize("by", ["path", "address"])
def test_the_desktop_file_starts_the_page_of_its_folder(by: str, tmp_path: Path) -> None:
    folder = tmp_path / "RAN OGI"
    folder.mkdir()
    program = folder / "monev"
    program.write_text('#!/bin/sh\necho "$PWD $*"\n', "utf-8")
    program.chmod(0o755)
    entry = (REPOSITORY / "monev.desktop").read_text("utf-8")
    line = next(line for line in entry.splitlines() if line.startswith("Exec=")).removeprefix("Exec=")
    command = arguments(line.replace("\\\\", "\\"), f"{'file://' if by == 'address' else ''}{folder}/monev.desktop")
    done = subprocess.run(command, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL)
    assert done.stdout == f"{folder} app\n"
    assert "Terminal=true" in entry


def arguments(line: str, place: str) -> list[str]:
    """Take an Exec line apart as the Desktop Entry Specification says."""
    found = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', line)
    plain = [re.sub(r"\\(.)", r"\1", quoted) if quoted else bare for quoted, bare in found]
    return [place if part == "%k" else part.replace("%%", "%") for part in plain]
