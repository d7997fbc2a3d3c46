"""The report's tree read in pieces is the tree of the whole, and pieces read before are not read again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monev.io.guarded_cache import Cache
from monev.render import engines
from monev.render.parsed_pieces import Source, mark, tree_of, whole_tree
from plans import EDITION, PLANS, make_plan
from support import render_here

PROSE = f"# Awal {{#sec-awal}}\n\nKata.\n\n{mark('a')}\n\n::: {{.kotak}}\n{mark('b')}\n:::\n\nAkhir.\n"


@pytest.fixture(scope="module", params=["2021-S2", "tiga"])
def staged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param not in PLANS:
        report: Path = request.getfixturevalue("report")
        return report.parent / "susun"
    folder = tmp_path_factory.mktemp("pohon")
    root = make_plan(folder / "akar", PLANS[request.param])
    render_here(root, EDITION, folder, pages=False, documents=False)
    return folder / "susun"


def read(text: str, options: Sequence[str]) -> str:
    import pypandoc

    reader = next(o.removeprefix("--from=") for o in options if o.startswith("--from="))
    rest = [o for o in options if not o.startswith("--from=")]
    return str(pypandoc.convert_text(text, "json", reader, extra_args=rest))


def plain(node: Any) -> Any:
    """A tree without the identifiers that pandoc makes up from the words of headings."""
    if isinstance(node, list):
        return [plain(part) for part in node]
    if not isinstance(node, dict):
        return node
    if node.get("t") == "Header":
        level, (id_, classes, rest), content = node["c"]
        given = id_ if id_.startswith("sec-") else ""
        return {"t": "Header", "c": [level, [given, classes, rest], plain(content)]}
    return {key: plain(value) for key, value in node.items()}


def test_the_pieces_make_the_whole(staged: Path, tmp_path: Path) -> None:
    def pandoc(text: str, options: Sequence[str]) -> str:
        return engines._call_pandoc(staged, [*options, "--to=json"], text)

    options = ["--standalone", f"--metadata-file={engines.FIGURES_FILE}"]
    source = engines.sources(staged)
    assert len(source.sections) > 10
    cache = Cache(tmp_path / "x", b"k" * 32)
    first = tree_of(source, pandoc, options, cache=cache, jobs=2)
    assert plain(first) == plain(whole_tree(source, pandoc, options))
    assert tree_of(source, pandoc, options, cache=cache) == first


def test_only_new_pieces_are_read_and_old_ones_are_dropped(tmp_path: Path) -> None:
    asked: list[str] = []

    def watched(text: str, options: Sequence[str]) -> str:
        asked.append(text)
        return read(text, options)

    cache = Cache(tmp_path / "x", b"k" * 32)
    one, two = "::: {#satu}\nSatu.\n:::\n\n::: {#dua}\nDua.\n:::\n", "Tiga.\n"
    tree_of(Source(PROSE, {"a": one, "b": two}), watched, [], cache=cache)
    before = len(cache.names("pohon"))
    asked.clear()
    tree = tree_of(Source(PROSE, {"a": one.replace("Dua", "Empat"), "b": two}), watched, [], cache=cache)
    assert [text for text in asked if text != PROSE] == ["::: {#dua}\nEmpat.\n:::\n"]
    assert "Empat" in str(tree)
    assert "Satu" in str(tree)
    assert len(cache.names("pohon")) == before == 3


def test_much_text_is_read_in_several_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source(PROSE, {"a": "::: {#satu}\nSatu.\n:::\n\n::: {#dua}\nDua.\n:::\n", "b": "Tiga.\n"})
    once = tree_of(source, read, [])
    monkeypatch.setattr("monev.render.parsed_pieces._MOST_AT_ONCE", 10)
    asked: list[str] = []
    assert tree_of(source, lambda t, o: asked.append(t) or read(t, o), []) == once
    assert len(asked) > 3


def test_what_another_reader_read_does_not_count(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "x", b"k" * 32)
    source = Source(PROSE, {"a": "Satu.\n", "b": "Dua.\n"})
    tree_of(source, read, [], reader="1", cache=cache)
    asked: list[str] = []
    tree_of(source, lambda t, o: asked.append(t) or read(t, o), [], reader="2", cache=cache)
    assert len(asked) == 2


@pytest.mark.parametrize(
    "section",
    [
        "::: {#x}\nTak ditutup.\n",
        "Satu.\n\n:::\n\n::: {#y}\nDua.\n:::\n",
        "[^1]\n\n[^1]: Catatan kaki.\n",
        "[kata]: https://contoh.id\n\n[kata]\n",
        "---\njudul: lain\n---\n",
        "```\n::: {#x}\n```\n",
        "Judul\n=====\n\nIsi.\n",
        "",
        "\n\n",
        ":::: {#x}\n::: {#y}\nIsi.\n:::\n::::\n\n::: {#z}\nIsi.\n:::\n",
    ],
)
def test_sections_that_cannot_be_cut_are_read_whole(section: str) -> None:
    source = Source(PROSE, {"a": section, "b": "[kata] dan [^1].\n"})
    assert plain(tree_of(source, read, [])) == plain(whole_tree(source, read, []))


LINES = st.sampled_from(["Kata.", "", "::: {#p}", ":::", ":::: {.q}", "::::", "- butir", "| a |", "> kutip", "# Bab"])


@settings(max_examples=40, deadline=None)
@given(st.lists(LINES, max_size=12).map(lambda lines: "\n".join(lines) + "\n"))
def test_any_section_gives_the_tree_of_the_whole_unless_it_reaches_out_of_itself(section: str) -> None:
    opens = len(re.findall(r"^:{3,} \{", section, re.MULTILINE))
    closes = len(re.findall(r"^:{3,}$", section, re.MULTILINE))
    if closes > opens:
        return  # would close a div of the prose: no section that is written by monev does
    source = Source(PROSE, {"a": "Lain.\n", "b": section + "\n:::\n" * (opens - closes)})
    assert plain(tree_of(source, read, [])) == plain(whole_tree(source, read, []))
