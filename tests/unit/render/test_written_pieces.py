"""A report written in pieces is the report written whole, and a piece is written again when anything in it changes."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from monev.io.brand_file import own_look
from monev.io.folders import QUARTO
from monev.io.guarded_cache import Cache
from monev.render import engines, staged_folder
from monev.render.tree_structure import Node, settled
from monev.render.written_pieces import CUT, FILTER, HTML, PIECES, TYPST, Form, Report, written
from plans import EDITION, PLANS, make_plan
from support import render_here

FORMS = pytest.mark.parametrize("form", [TYPST, HTML], ids=lambda form: form.name)


@pytest.fixture(scope="module", params=["2021-S2", "tiga"])
def staged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The staged folder of a report; nothing in it is changed."""
    if request.param == "2021-S2":
        report: Path = request.getfixturevalue("report")
        return report.parent / "susun"
    folder = tmp_path_factory.mktemp("tulisan")
    render_here(make_plan(folder / "akar", PLANS[request.param]), EDITION, folder, pages=False, documents=False)
    return folder / "susun"


def without_blank_lines(text: str) -> str:
    return re.sub(r"\n{2,}", "\n", text)


def pandoc(folder: Path, form: Form, asked: list[Any] | None = None) -> Callable[[str, Sequence[str]], str]:
    """What writes a tree; each tree that it is asked for is noted."""

    def write(tree: str, options: Sequence[str]) -> str:
        if asked is not None:
            asked.append(json.loads(tree))
        fixed = ["--from=json", f"--to={form.name}", f"--lua-filter={FILTER}"]
        return engines._call_pandoc(folder, [*fixed, *options], tree)

    return write


@FORMS
def test_the_pieces_make_the_whole(staged: Path, form: Form) -> None:
    report = engines.report_of(staged)
    assert len(report.pieces) > 15
    write = pandoc(staged, form)
    whole = write(json.dumps(report.tree), [*form.options, *form.frame, "--standalone"])
    made = re.sub(rf"^{CUT}[0-9a-f]+$", "", written(report, form, write), flags=re.MULTILINE)
    assert without_blank_lines(made) == without_blank_lines(whole)


# One small report, and everything that can change in it ---------------------------------------------------------------


def words(text: str) -> list[Node]:
    return [{"t": "Str", "c": text}]


def para(*inlines: Node) -> Node:
    return {"t": "Para", "c": list(inlines)}


def header(level: int, id_: str, text: str) -> Node:
    return {"t": "Header", "c": [level, [id_, [], []], words(text)]}


def span(name: str, key: str) -> Node:
    return {"t": "Span", "c": [["", [name], [["key", key]]], []]}


def link(id_: str) -> Node:
    return {"t": "Link", "c": [["", ["rujuk"], []], [], [f"#{id_}", ""]]}


def div(id_: str, classes: Sequence[str], *blocks: Node) -> Node:
    return {"t": "Div", "c": [[id_, list(classes), []], list(blocks)]}


def image(name: str) -> Node:
    return {"t": "Image", "c": [["", [], [["fig-alt", "Batang."]]], [], [name, ""]]}


LOOK = staged_folder._told(own_look())


def small() -> Node:
    """A report of five parts: a figure, a text, references to a title and a number, a picture, a condition."""
    inlines = {"t": "MetaInlines", "c": words("12")}
    return {
        "pandoc-api-version": [1, 23, 1],
        "meta": {
            "angka": {"t": "MetaMap", "c": {"a.b": inlines, "lain": inlines}},
            "teks": {"t": "MetaMap", "c": {"judul": {"t": "MetaInlines", "c": words("Laporan")}}},
            "ada": {"t": "MetaMap", "c": {"tema": {"t": "MetaBool", "c": True}}},
            "merek": {"t": "MetaMap", "c": {key: {"t": "MetaString", "c": value} for key, value in LOOK.items()}},
        },
        "blocks": [
            header(1, "sec-a", "Angka"),
            para(span("angka", "a.b")),
            header(2, "sec-b", "Teks"),
            para(span("teks", "judul")),
            header(1, "sec-c", "Rujukan"),
            para(link("sec-b"), link("fig-x")),
            header(2, "sec-d", "Gambar"),
            div("fig-x", [], para(image("gambar/x.svg")), para(*words("Keterangan"))),
            header(1, "sec-e", "Syarat"),
            {"t": "Div", "c": [["", ["content-visible"], [["when-meta", "ada.tema"]]], [para(*words("Tema"))]]},
        ],
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What writing needs of a staged folder."""
    target = tmp_path / "susun"
    shutil.copytree(QUARTO, target)
    (target / "gambar").mkdir()
    (target / "gambar" / "x.svg").write_text('<svg width="1" height="1"></svg>')
    return target


def ready(tree: Node, folder: Path) -> Report:
    return Report.of(settled(tree), folder)


def put(tree: Node, place: Sequence[Any], value: object) -> None:
    for step in place[:-1]:
        tree = tree[step]
    tree[place[-1]] = value


NEW = {"t": "MetaInlines", "c": words("13")}
CHANGES: dict[str, tuple[Callable[[Node, Path], object], dict[str, set[str]]]] = {
    "a figure": (lambda t, f: put(t, ["meta", "angka", "c", "a.b"], NEW), {"typst": {"sec-a"}, "html": {"sec-a"}}),
    "another figure": (lambda t, f: put(t, ["meta", "angka", "c", "lain"], NEW), {"typst": set(), "html": set()}),
    "a text": (lambda t, f: put(t, ["meta", "teks", "c", "judul"], NEW), {"typst": {"sec-b"}, "html": {"sec-b"}}),
    "words": (
        lambda t, f: put(t, ["blocks", 1], para(*words("Kata"))),
        {"typst": {"sec-a"}, "html": {"sec-a"}},
    ),
    "a title": (
        lambda t, f: put(t, ["blocks", 2], header(2, "sec-b", "Naskah")),
        {"typst": {"sec-b", "sec-c"}, "html": {"sec-b", "sec-c"}},
    ),
    "a number": (
        lambda t, f: t["blocks"].insert(2, div("fig-w", [], para(*words("W")), para(*words("Satu")))),
        {"typst": {"sec-a", "fig-x", "sec-c"}, "html": {"sec-a", "fig-x", "sec-c"}},
    ),
    "a picture": (
        lambda t, f: (f / "gambar/x.svg").write_text('<svg width="2" height="1"></svg>'),
        {"typst": {"fig-x"}, "html": {"fig-x"}},
    ),
    "an explanation": (
        lambda t, f: ((f / "pembaca").mkdir(), (f / "pembaca/angka.html").write_text('<li id="angka.a.b">')),
        {"typst": set(), "html": {"sec-a"}},
    ),
}


@FORMS
@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_is_written_again_and_nothing_else(change: str, form: Form, folder: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "x", b"k" * 32)
    written(ready(small(), folder), form, pandoc(folder, form), cache)
    tree, (make, expected) = small(), CHANGES[change]
    make(tree, folder)
    asked: list[Any] = []
    found = written(ready(tree, folder), form, pandoc(folder, form, asked), cache)
    assert found == written(ready(tree, folder), form, pandoc(folder, form))
    pieces = [div for made in asked if PIECES in made["meta"] for div in made["blocks"]]
    again = {
        block["c"][1][0] if block["t"] == "Header" else block["c"][0][0] for _, (block, *_) in map(content, pieces)
    }
    assert again == expected[form.name]
    assert len(cache.names(f"tulisan/{form.name}")) == len(ready(tree, folder).pieces)


def content(piece: Node) -> Any:
    return piece["c"]


@FORMS
def test_a_large_report_is_written_in_several_runs(form: Form, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = ready(small(), folder)
    once = written(report, form, pandoc(folder, form))
    monkeypatch.setattr(
        "monev.render.written_pieces._MOST_AT_ONCE", len(report.pieces[0].text) + len(report.pieces[1].text)
    )
    asked: list[Any] = []
    assert written(report, form, pandoc(folder, form, asked)) == once
    assert 2 < len(asked) <= len(report.pieces) + 1


@FORMS
def test_a_condition_that_changes_is_seen(form: Form, folder: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "x", b"k" * 32)
    assert "Tema" in written(ready(small(), folder), form, pandoc(folder, form), cache)
    tree = small()
    put(tree, ["meta", "ada", "c", "tema", "c"], False)
    assert "Tema" not in written(ready(tree, folder), form, pandoc(folder, form), cache)


@FORMS
def test_what_other_tools_wrote_does_not_count(form: Form, folder: Path, tmp_path: Path) -> None:
    cache, tree = Cache(tmp_path / "x", b"k" * 32), small()
    written(ready(tree, folder), form, pandoc(folder, form), cache, "satu")
    asked: list[Any] = []
    written(ready(tree, folder), form, pandoc(folder, form, asked), cache, "dua")
    assert sum(len(made["blocks"]) for made in asked if PIECES in made["meta"]) == len(ready(tree, folder).pieces)


def test_sections_are_closed_where_their_part_ends(folder: Path) -> None:
    page = written(ready(small(), folder), HTML, pandoc(folder, HTML))
    depth: list[str] = []
    found: dict[str, list[str]] = {}
    for id_, end in re.findall(r'<section id="(sec-\w)"|(</section>)', page):
        if end:
            depth.pop()
        elif id_:
            found[id_] = [*depth]
            depth.append(id_)
    assert found["sec-b"] == ["sec-a"]
    assert found["sec-d"] == ["sec-c"]
    assert found["sec-e"] == []


# What is settled ------------------------------------------------------------------------------------------------------


def test_headings_of_the_contents_list_get_names_that_no_other_has() -> None:
    tree = small()
    tree["blocks"] = [
        header(2, "", "K/L dan OMS"),
        header(2, "", "K/L dan OMS"),
        header(3, "", "Tiga"),
        header(1, "", "…"),
    ]
    ids = [block["c"][1][0] for block in settled(tree)["blocks"]]
    assert ids == ["bagian-k-l-dan-oms", "bagian-k-l-dan-oms-2", "", "bagian-"]


@pytest.mark.parametrize(
    ("classes", "more", "shown"),
    [
        (["content-visible"], [["when-meta", "ada.tema"]], True),
        (["content-visible"], [["when-meta", "ada.lain"]], False),
        (["content-visible"], [["unless-meta", "ada.tema"]], False),
        (["content-hidden"], [["when-meta", "ada.tema"]], False),
        (["content-hidden"], [["unless-meta", "ada.tema"]], True),
        (["content-visible"], [["when-format", "pdf"]], True),
    ],
)
def test_what_is_not_shown_is_left_out_at_any_depth(classes: list[str], more: list[list[str]], shown: bool) -> None:
    tree = small()
    inner = {"t": "Div", "c": [["", classes, more], [para(*words("Isi"))]]}
    tree["blocks"] = [div("", ["kotak"], inner)]
    assert ("Isi" in str(settled(tree)["blocks"])) is shown
