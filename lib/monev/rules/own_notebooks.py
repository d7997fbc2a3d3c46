"""An analyst's own notebook as a section of the report: what may be wrong with it, what its outputs become. Pure.

What a notebook gave when it ran last is kept beside it (`naskah/hasil/<edition>/<name>.ipynb`): the executed notebook,
with the digest of the notebook it was and of what it read. The report is made of that record, as it is of the
workbooks; so everything that reads an edition knows a notebook's tables, figures and numbers without running anything.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from monev.rules.manuscripts import FOLDER, Manuscript, Recorded, marked, read_manuscript
from monev.words.findings import Finding, nearest
from monev.words.messages import Words, tell

RESULTS = "hasil"
"""The folder in `naskah/` that holds what notebooks gave when they ran last."""
MOST_COLUMNS = 12
"""Columns of a table that can be read on a page; a wider one is printed, and told."""
PARAMETERS, EDITION = "parameters", "edisi"
SECTION, CONTENT = "application/vnd.monev.section+json", "application/vnd.monev.isi+json"
_KEYS = ("judul", "sesudah")  # of the notebook's metadata `monev`
_OURS = frozenset({SECTION, CONTENT, "text/markdown"})
_OTHERS = frozenset({"text/html", "text/latex", "image/png", "image/jpeg", "image/svg+xml", "application/pdf"})
_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_PLAIN_NUMBER = re.compile(r"[-+]?[\d.,]*\d%?")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")

Notebook = Mapping[str, Any]
Tree = Callable[[str], Any]


def file_of(name: str) -> str:
    """Return where a notebook stands, as a path from the root."""
    return f"{FOLDER}/{name}.ipynb"


def record_of(name: str, edition: str) -> str:
    """Return where its record for an edition stands."""
    return f"{FOLDER}/{RESULTS}/{edition}/{name}.ipynb"


@dataclass(frozen=True)
class Settings:
    """What a notebook says of itself: its title, what part it follows, and its parameters with their defaults."""

    title: str = ""
    after: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)


# The notebook as it was written ---------------------------------------------------------------------------------------


def read_source(name: str, notebook: Any, taken: Sequence[str]) -> tuple[Settings, list[Finding]]:
    """Return what a notebook says of itself, and what is wrong with it; `taken` are names that it may not have."""
    file, found = file_of(name), list[Finding]()

    def tell_of(why: Words, cell: int = 0) -> None:
        found.append(Finding("W08", file, cell=f"ke-{cell}" if cell else "", details={"why": why}))

    if name in taken:
        tell_of(tell("why.notebook-taken", name=name))
    if not is_notebook(notebook):
        tell_of(tell("why.no-notebook"))
        return Settings(), found
    own = notebook.get("metadata", {}).get("monev", {})
    own = own if isinstance(own, dict) else {"monev": own}
    for key in own:
        if key not in _KEYS or not isinstance(own[key], str):
            tell_of(tell("why.notebook-key", name=key, choices=", ".join(_KEYS), hint=nearest(str(key), _KEYS)))
    parameters: dict[str, object] = {}
    tagged = [n for n, cell in enumerate(notebook["cells"], start=1) if PARAMETERS in _tags(cell)]
    if len(tagged) != 1:
        tell_of(tell("why.parameters-cell", count=len(tagged), name=EDITION))
    else:
        parameters, why = _parameters(_source(notebook["cells"][tagged[0] - 1]))
        if why:
            tell_of(why, tagged[0])
    title = own.get("judul") or _heading(notebook)
    return Settings(str(title), str(own.get("sesudah", "")), parameters), found


def is_notebook(notebook: Any) -> bool:
    """Tell whether a value is a notebook of Jupyter in the form that all of this reads."""
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4 or not isinstance(notebook.get("cells"), list):
        return False
    return isinstance(notebook.get("metadata", {}), dict) and all(
        isinstance(cell, dict)
        and isinstance(cell.get("metadata", {}), dict)
        and isinstance(cell.get("source"), str | list)
        and isinstance(cell.get("outputs", []), list)
        and all(isinstance(output, dict) for output in cell.get("outputs", []))
        for cell in notebook["cells"]
    )


def _tags(cell: Any) -> Sequence[str]:
    tags = cell.get("metadata", {}).get("tags", ())
    return tags if isinstance(tags, list) else ()


def _source(cell: Any) -> str:
    return _text(cell.get("source", ""))


def _text(value: Any) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else str(value)


def _parameters(source: str) -> tuple[dict[str, object], Words]:
    """Return the parameters that a cell declares with their defaults; why not, where it does not declare them so."""
    found: dict[str, object] = {}
    try:
        for statement in ast.parse(source).body:
            targets = statement.targets if isinstance(statement, ast.Assign) else []
            for target in targets:
                if isinstance(target, ast.Name) and isinstance(statement, ast.Assign):
                    found[target.id] = ast.literal_eval(statement.value)
    except (SyntaxError, ValueError):
        return {}, tell("why.parameters-plain")
    return (found, "") if EDITION in found else (found, tell("why.no-edition", name=EDITION))


def _heading(notebook: Notebook) -> str:
    first: Any = next((cell for cell in notebook["cells"] if cell.get("cell_type") == "markdown"), {})
    found = re.match(r"\s*# +([^\n]*[^\n#\s])", _source(first))
    return re.sub(r"\s*\{#[^}]*\}$", "", found[1]) if found else ""


# The record -----------------------------------------------------------------------------------------------------------


@dataclass
class _Page:
    """A section as it grows, and what is told of it."""

    name: str
    cell: int = 0
    words: list[tuple[int, str]] = field(default_factory=list)  # what somebody wrote, with its cell
    blocks: list[str] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    ids: list[tuple[str, int]] = field(default_factory=list)
    numbers: list[Recorded] = field(default_factory=list)
    slots: list[tuple[str, int]] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)
    last: tuple[int, str] = (0, "")  # the figure shown last, with its cell

    @property
    def place(self) -> str:
        return f"{file_of(self.name)}:{self.cell}"

    def tell(self, code: str, **details: object) -> None:
        self.found.append(Finding(code, file_of(self.name), cell=f"ke-{self.cell}", details=details))


def converted(name: str, title: str, record: Notebook, tree: Tree) -> tuple[Manuscript, list[Finding]]:
    """Return the section that an executed notebook gives, and what is wrong with it.

    `tree` is how pandoc reads Markdown. The record's metadata `monev` tells what was read (`bacaan`), and which cells
    showed paths of the machine that ran it (`tersamar`).
    """
    page = _Page(name)
    for number, cell in _numbered(record):
        page.cell = number
        tags = _tags(cell)
        if cell.get("cell_type") == "markdown":
            page.words.append((number, _source(cell)))
            page.blocks.append(f"\0{len(page.words) - 1}")
        elif cell.get("cell_type") == "code" and not {PARAMETERS, "injected-parameters", "tanpa-laporan"} & {*tags}:
            for output in cell.get("outputs", ()):
                _output(page, output, cell.get("metadata", {}).get("monev", {}))
    manuscript = _read(page, title, tree)
    own = record["metadata"]["monev"]
    for number in own.get("tersamar", ()):
        page.found.append(Finding("W15", file_of(name), cell=f"ke-{number}"))
    unknown = dict.fromkeys(str(read["lain"]) for read in own["bacaan"] if "lain" in read)
    page.found += [Finding("W16", file_of(name), details={"what": what}) for what in unknown]
    return manuscript, page.found


def _numbered(record: Notebook) -> Iterator[tuple[int, Any]]:
    """Yield the cells with their numbers in the notebook as it was written: papermill adds one of its own."""
    number = 0
    for cell in record["cells"]:
        number += "injected-parameters" not in _tags(cell)
        yield number, cell


def _output(page: _Page, output: Any, asked: Any) -> None:
    data = output.get("data") if isinstance(output.get("data"), dict) else {}
    if CONTENT in data and isinstance(data[CONTENT], dict):
        told = {**data[CONTENT]}
        for key in ("keterangan", "teks_alternatif"):
            if isinstance(asked, dict) and not told.get(key) and isinstance(asked.get(key), str):
                told[key] = asked[key]
        kind = told.get("jenis")
        if kind == "tabel":
            _table(page, told)
        elif kind == "gambar":
            _picture(page, told)
        elif kind == "angka":
            _number(page, told)
    elif SECTION in data and isinstance(data[SECTION], dict):
        _section(page, data[SECTION])
    elif "text/markdown" in data:
        page.words.append((page.cell, _text(data["text/markdown"])))
        page.blocks.append(f"\0{len(page.words) - 1}")
    elif _OTHERS & {*data} and not _OURS & {*data}:
        page.tell("W18")


def _table(page: _Page, told: Mapping[str, Any]) -> None:
    head, rows = [str(text) for text in told.get("judul", ())], told.get("baris", ())
    if not head or not rows:
        page.tell("W17", what=tell("why.empty-table"))
        return
    wide = [bool(flag) for flag in told.get("bilangan", ())] + [False] * len(head)
    lines = ["| " + " | ".join(_cell(text, page.place) for text in head) + " |"]
    lines.append("|" + "|".join("---:" if flag else ":---" for flag in wide[: len(head)]) + "|")
    for row in rows:
        lines.append(
            "| " + " | ".join(_cell(str(text), page.place) for text in [*row, *[""] * len(head)][: len(head)]) + " |"
        )
    if len(head) > MOST_COLUMNS:
        page.tell("W21", count=len(head), most=MOST_COLUMNS)
    caption, count = str(told.get("keterangan") or ""), told.get("jumlah", len(rows))
    if isinstance(count, int) and count > len(rows):
        page.tell("W14", count=count, kept=len(rows))
    more = ""
    if isinstance(count, int) and count > len(rows):
        more = f"\n\n::: {{.sumber}}\n{marked(f'{len(rows)} dari {count} baris.', page.place)}\n:::"
    if not caption.strip():
        page.tell("W11")
        page.blocks.append("\n".join(["::: {.tabel-lepas}", *lines, ":::"]) + more)
        return
    id_ = f"tbl-naskah-{page.name}-{sum(own.startswith('tbl-') for own, _ in page.ids) + 1}"
    page.ids.append((id_, page.cell))
    page.blocks.append("\n".join([f"::: {{#{id_}}}", *lines, "", _line(caption, page.place), ":::"]) + more)


def _cell(text: str, place: str) -> str:
    """Return a cell of a table: what holds digits says where it comes from."""
    return _line(text, place) if text.strip() else ""


def _line(text: str, place: str) -> str:
    """Return words as Markdown that prints exactly them; each that holds digits says where it comes from."""
    return " ".join(
        f'[{_literal(word)}]{{.ketik src="{place}"}}' if any(map(str.isdigit, word)) else _literal(word)
        for word in text.split()
    )


def _literal(text: str) -> str:
    return text if _PLAIN_NUMBER.fullmatch(text) else _PUNCTUATION.sub(r"\\\1", text)


def _picture(page: _Page, told: Mapping[str, Any]) -> None:
    caption, alt = (str(told.get(key) or "").strip() for key in ("keterangan", "teks_alternatif"))
    if told.get("kosong"):
        page.tell("W13")
        return
    if not caption or not alt:
        page.tell("W12", what=tell("why.alt" if caption else "why.caption"))
        return
    if (page.cell, str(told.get("svg", ""))) == page.last:  # a cell that ends with its figure shows it twice
        return
    page.last = (page.cell, str(told.get("svg", "")))
    number = len(page.pictures) + 1
    file, id_ = f"gambar/naskah-{page.name}-g{number}.svg", f"fig-naskah-{page.name}-{number}"
    page.pictures[file] = str(told.get("svg", ""))
    page.ids.append((id_, page.cell))
    words = re.sub(r'[\[\]{}"\\]', "", " ".join(alt.split()))
    page.blocks.append(
        f'::: {{#{id_}}}\n![{_literal(words)}]({file}){{fig-alt="{words}"}}\n\n{_line(caption, page.place)}\n:::'
    )


def _number(page: _Page, told: Mapping[str, Any]) -> None:
    id_ = str(told.get("id", ""))
    if not _ID.fullmatch(id_) or any(number.id == id_ for number in page.numbers):
        page.tell("W17", what=tell("why.number-id", name=id_[:80]))
        return
    cells, figures = (tuple(map(str, told.get(key, ()))) for key in ("sumber", "dari"))
    value, printed, unit, formula = (str(told.get(key, "")) for key in ("nilai", "cetak", "satuan", "rumus"))
    number = Recorded(id_, file_of(page.name), page.cell, value, printed, unit, formula, cells, figures)
    page.numbers.append(number)


def _section(page: _Page, told: Mapping[str, Any]) -> None:
    slot, text = str(told.get("slot") or ""), str(told.get("markdown") or "")
    if not slot or not text.strip():
        return
    page.slots.append((slot, page.cell))
    page.pictures |= {str(file): str(svg) for file, svg in dict(told.get("files", {})).items()}
    page.ids += [(id_, page.cell) for id_ in re.findall(r"\{#((?:tbl|fig|sec)-[a-z0-9-]+)[ }]", text)]
    page.blocks.append(text.strip("\n"))


def _read(page: _Page, title: str, tree: Tree) -> Manuscript:
    """Return the section with all that its words ask for; what is wrong with them is told at their cells."""
    lines, cells = [f"# {title}"], [0]
    texts = [text.replace("\r", "") for _, text in page.words]
    if texts and (opening := re.match(r"\s*# [^\n]*\n?", texts[0])):
        lines[0], texts[0] = opening[0].strip(), texts[0][opening.end() :]
        if title:
            lines[0] = f"# {_literal(title)}" if _heading_text(lines[0]) != title else lines[0]
    begins = []
    for (cell, _), text in zip(page.words, texts, strict=True):
        begins.append(len(lines) + 1)
        lines += ["", *text.split("\n")]
        cells += [cell] * (text.count("\n") + 2)
    text = "\n".join(lines)
    read, found = read_manuscript(page.name, text, tree(text))
    for finding in found:
        at = cells[int(finding.cell) - 1] if finding.cell.isdecimal() and int(finding.cell) <= len(cells) else 0
        again = Finding(finding.code, file_of(page.name), cell=f"ke-{at or 1}", details=finding.details)
        if again not in page.found:
            page.found.append(again)

    def by_cell(kept: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
        return tuple((name, cells[line - 1]) for name, line in kept)

    for target, cell in by_cell(read.pictures):
        page.found.append(
            Finding("W06", file_of(page.name), cell=f"ke-{cell}", details={"value": target, "why": tell("why.by-cell")})
        )

    def written(number: int) -> str:
        cell = page.words[number][0]
        own = texts[number].strip("\n").split("\n")
        return "\n".join(marked(line, f"{file_of(page.name)}:{cell}") for line in own)

    blocks = [written(int(block[1:])) if block.startswith("\0") else block for block in page.blocks]
    head = lines[0] if lines[0].endswith("}") else f"{lines[0]} {{#sec-naskah-{page.name}}}"
    markdown = "\n\n".join([marked(head, f"{file_of(page.name)}:1"), *(block for block in blocks if block.strip())])
    return Manuscript(
        page.name,
        file_of(page.name),
        "",
        by_cell(read.figures),
        by_cell(read.references),
        (),
        (*by_cell(read.ids), *page.ids),
        page=f"{markdown}\n",
        drawn=dict(page.pictures),
        numbers=tuple(page.numbers),
        slots=tuple(page.slots),
    )


def _heading_text(line: str) -> str:
    return re.sub(r"^# +|\s*\{#[^}]*\}$|\s*#*$", "", line).strip()
