"""Messages in Indonesian and English: complete, the same in what they fill in, and nothing said outside of them."""

from __future__ import annotations

import ast
import pickle
import re
from pathlib import Path
from string import Formatter

import pytest

from monev.commands.command_line import COMMANDS, main
from monev.io.folders import REPOSITORY
from monev.words.errors import RunError
from monev.words.findings import KINDS, Finding, nearest
from monev.words.messages import MESSAGES, join, language, tell

PACKAGE = REPOSITORY / "lib" / "monev"
TALKING = (
    *(f"commands/{path.stem}" for path in sorted((PACKAGE / "commands").glob("[!_]*.py"))),
    *(f"app/{name}" for name in ("open_page", "orders", "presence", "running", "serving", "uploads", "watching")),
    *("build/pipeline", "build/assembly", "build/watch"),
)
INDONESIAN = re.compile(r"\b(tidak|adalah|berkas|lembar|dengan|yang|harus|sudah|belum|pilihan|perintah|buku kerja)\b")


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("key", MESSAGES)
def test_both_languages_fill_in_the_same(key: str) -> None:
    text = MESSAGES[key]
    assert text.id
    assert text.en
    assert names(text.id) == names(text.en)
    assert not INDONESIAN.search(text.en)


@pytest.mark.parametrize("code", KINDS)
def test_findings_are_english_in_english(code: str) -> None:
    assert not INDONESIAN.search(re.sub(r"\{\w+\}|'\w+'", "", KINDS[code].en))  # keys of params keep their names


def strings(path: Path) -> set[str]:
    """Return the string constants of a module that hold words, but for docstrings and descriptions of the report."""
    tree = ast.parse(path.read_text("utf-8"))
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        about = isinstance(node, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id.startswith("_ABOUT") for t in node.targets
        )
        if about:
            skipped |= {id(inner) for inner in ast.walk(node)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return {
        node.value
        for node in constants
        if id(node) not in skipped and re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", node.value)
    }


@pytest.mark.parametrize("name", TALKING)
def test_nothing_is_said_outside_of_the_catalogue(name: str) -> None:
    assert strings(PACKAGE / f"{name}.py") == set()


def test_every_message_has_a_use() -> None:
    listed = ("messages.py", "page_messages.py")
    texts = [path for path in PACKAGE.rglob("*.py") if path.name not in listed] + [*PACKAGE.glob("app/pages/*.html")]
    code = "\n".join(path.read_text("utf-8") for path in texts)
    made = ("findings.", "marked.")  # keys that are put together
    named = {f"help.{name}" for name in COMMANDS}
    unused = [key for key in MESSAGES if not re.search(rf"[\"']{re.escape(key)}[\"']", code)]
    assert [key for key in unused if not key.startswith(made) and key not in named] == []


def test_every_message_that_is_told_exists() -> None:
    code = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    told = set(re.findall(r'\b(?:tell|words|say)\(\s*"([a-z]+\.[a-z.-]+)"', code))
    assert len(told) > 40
    assert told <= set(MESSAGES)


@pytest.mark.parametrize(
    ("wish", "spoken"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("en_US.UTF-8", "en"),
        ("id", "id"),
        ("", "id"),
        (None, "id"),
        ("fr", "id"),
        ("42", "id"),
    ],
)
def test_the_language_that_is_asked_for(wish: str | None, spoken: str) -> None:
    assert language(wish) == spoken


def test_messages_within_messages_are_told_in_one_language() -> None:
    inner = tell("why.no-sheet", sheet="X")
    outer = tell("build.render-failed", why=join([inner, "x"]))
    assert "X" in outer.text("en")
    assert not INDONESIAN.search(outer.text("en"))
    assert str(outer) == outer.text("id")


def test_an_error_keeps_its_message_between_processes() -> None:
    error = RunError(tell("render.typst"), tell("render.unreadable", name="x"))
    again = pickle.loads(pickle.dumps(error))
    assert (again.text("en"), again.detail) == (error.text("en"), error.detail)
    assert str(error) == error.text("id")


def test_a_hint_follows_the_language_of_its_finding() -> None:
    finding = Finding("K03", "x", details={"value": "KIPP", "hint": nearest("KIPP", ["KIP"])})
    assert "Maksudnya 'KIP'?" in finding.text("id")
    assert "Did you mean 'KIP'?" in finding.text("en")


def test_findings_are_told_in_english(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "params" / "2021-S2.yml"
    path.write_text(path.read_text("utf-8").replace("dari: 70", "dari: 71", 1), "utf-8")
    assert main(["--root", str(root), "--lang", "en", "check", "2021-S2"]) == 1
    told = capsys.readouterr().out
    assert "must end at 70" in told
    assert not INDONESIAN.search(told)
