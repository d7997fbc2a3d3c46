"""A report checked without laying it out again: its shape, what it carries, its figures, and every word in its order.

The notebooks run in this process and the report's tree is made again from the inputs at hand; neither kernels nor
Typst are started. So pictures and layout are not looked at, and the result says so.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from monev.audit.numeral_account import TooMuch, letters, template_spans
from monev.audit.verdict import Note, Verification, note
from monev.audit.verification import (
    DOCUMENTS,
    MANIFEST,
    PDF_NAME,
    PREFIX,
    Carried,
    Manifest,
    carried_by,
    params_differences,
    verify,
)
from monev.audit.word_account import WordMismatch, account_words, words
from monev.build.assembly import BuildMeans, Staged, closing_files, pages_of
from monev.build.notebook_plan import read_notebook_plan
from monev.build.rebuild import ALONE, kind_of, lay_out
from monev.edition.edition_cache import keep, opened_with_state
from monev.figures.printed_numerals import normalized
from monev.io import manifest as digests
from monev.io.folders import QUARTO, read_plain
from monev.io.pdf_content import Letter, letters_at_hand, letters_typeset
from monev.io.pdf_reader import MAX_FILE, Pdf, PdfError, read_pdf, read_shape
from monev.io.pdf_shape import Shape
from monev.io.ro_crate import FILE as CRATE_FILE
from monev.kernels import in_process
from monev.model.params import Edition
from monev.render import engines
from monev.render.expected_numerals import NumeralReader, names_of, read_tree
from monev.render.fallback_font import FONTS
from monev.render.tree_structure import stringify
from monev.words.errors import MonevError

_SOME = 5  # of one kind that are named
_TEMPLATE = QUARTO / "_extensions" / "monev" / "typst-template.typ"
_PRINTED = re.compile(r"\[\s*([A-Z][^\[\]#]{2,}?)\s*[\]#]|berisi\(\"([^\"]+)\"")


def check(path: Path, root: Path) -> Verification:
    """Check a report or an output folder against the inputs below `root`; nothing there is written.

    Never raises for what the file or the inputs hold.
    """
    if path.is_file() and kind_of(path) in ALONE:
        return Verification(str(path), notes=(note("B08", name=path.name),))
    found = verify(path, root)
    file = path / PDF_NAME if path.is_dir() else path
    said = carried_by(path)
    if said is None:
        return found
    shape = _shape(file)
    notes = [*_shape_notes(shape), *_new_notes(found, params_differences(said, root))]
    made = _staged(said, root)
    if isinstance(made, str):
        return replace(found, notes=(*found.notes, *notes, note("W03", why=made)))
    pdf = read_pdf(file)
    notes += [*_carried_notes(made, pdf), *_word_notes(made, pdf)]
    if path.is_dir():
        notes += _closing_notes(path, made)
    foreign = [text for text in shape.spoken if letters(text) not in made.spoken]
    foreign += [link for link in shape.links if link not in made.links]
    foreign += _out_of_order(shape.outline, map(letters, made.reader.runs))
    foreign += _out_of_order(shape.pictures, made.pictures)
    notes += [note("W06", what=text) for text in foreign[:_SOME]]
    notes += [note("W07", font=letter.font, text=letter.text) for letter in _strange(shape, made.fonts)]
    return replace(found, notes=(*found.notes, *notes), proof="kata")


def _new_notes(found: Verification, notes: Iterator[Note]) -> Iterator[Note]:
    known = {(n.code, str(n.details)) for n in found.notes}
    return (n for n in notes if (n.code, str(n.details)) not in known)


def _shape(file: Path) -> Shape:
    try:
        return read_shape(file)
    except PdfError as error:
        return Shape((str(error),), 0)


def _shape_notes(shape: Shape) -> Iterator[Note]:
    yield from (note("W06", what=what) for what in shape.faults)
    if shape.signed:
        yield note("R11")


# Made again --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Made:
    """What the inputs give: the files beside the documents, the manifest, and the tree as it was read."""

    edition: Edition
    files: dict[str, bytes]
    manifest: dict[str, object]
    reader: NumeralReader
    links: frozenset[str]
    spoken: frozenset[str]  # every run of text, as letters
    pictures: tuple[str, ...]  # their alternative texts in order, as letters
    fonts: tuple[bytes, ...]


def _staged(said: Carried, root: Path) -> _Made | str:
    """Return what the carried params and the inputs at hand give; or why nothing."""
    if said.manifest.code != digests.code_digests():
        return "laporan disusun oleh kode monev lain"
    with tempfile.TemporaryDirectory(prefix="monev-") as place:
        empty = Path(place) / "akar"
        if why := lay_out(said, root, empty):
            return why
        try:
            return _made(said, empty, Path(place) / "susun")
        except MonevError as error:
            return str(error)


def _made(said: Carried, root: Path, staged: Path) -> _Made:
    kept = opened_with_state(root, said.manifest.edition)
    keep(kept)  # for the notebooks that run here
    tasks = read_notebook_plan().tasks(kept.opened)
    executed = [in_process.execute(task, root) for task in tasks]
    means = BuildMeans(engines.choose_engine(said.engine))
    made = Staged.of(root, kept.opened, executed, means, staged)
    manifest, files = made.completed(lambda: pages_of(executed))
    tree = made.report.tree
    reader = read_tree(tree, names_of(kept.opened))
    pictures = tuple(_spoken(tree))
    titles = (reader.expected().title, reader.texts.get("judul-dokumen", ""))
    texts = {*pictures, *map(letters, (*reader.runs, *template_phrases(), *titles))}
    fonts = tuple(path.read_bytes() for path in sorted((staged / FONTS).iterdir()))
    edition = kept.opened.inputs.edition
    return _Made(edition, files, manifest, reader, frozenset(_links(tree)), frozenset(texts), pictures, fonts)


def _spoken(node: object) -> Iterator[str]:
    """Yield the alternative texts of a tree's pictures."""
    if isinstance(node, dict):
        if node.get("t") == "Image":
            yield letters(stringify(node["c"][1]))
            yield from (letters(value) for name, value in node["c"][0][2] if name in ("fig-alt", "alt"))
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            yield from _spoken(inner)


def _links(node: object) -> Iterator[str]:
    """Yield the targets of a tree's links."""
    if isinstance(node, dict):
        if node.get("t") == "Link":
            yield node["c"][2][0]
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            yield from _links(inner)


def _out_of_order(found: Sequence[str], wanted: Iterable[str]) -> list[str]:
    """Return the first of the texts found that is not, or not in its turn, among those wanted (as letters)."""
    left = iter(wanted)
    return [text for text in found if letters(text) not in left][:1]


def _strange(shape: Shape, fonts: tuple[bytes, ...]) -> list[Letter]:
    """Return the letters of the PDF that are drawn otherwise than any font at hand draws their text."""
    left = shape.letters
    for known in (letters_at_hand, letters_typeset):
        if left:
            drawn = known(fonts, {letter.text for letter in left})
            left = tuple(letter for letter in left if (normalized(letter.text), letter.shape) not in drawn)
    return list(left[:_SOME])


# Compared ----------------------------------------------------------------------------------------------------


def _carried_notes(made: _Made, pdf: Pdf) -> Iterator[Note]:
    """Compare every attachment with the one made again, and the manifest key by key, with its hashes of notebooks."""
    there = {name.removeprefix(PREFIX): content for name, content in pdf.attachments}
    here = {name.removeprefix("data/"): content for name, content in made.files.items() if name.startswith("data/")}
    wrong = [name for name, content in here.items() if there.get(name) != content]
    yield from (note("R03", name=name) for name in wrong)
    if not wrong:
        yield note("W04", count=len(here))
    theirs = json.loads(there[MANIFEST])
    ours = json.loads(json.dumps(made.manifest))
    listed, wanted = theirs.get("keluaran", {}), ours["keluaran"]
    for name in sorted(theirs.keys() | ours.keys()):
        if theirs.get(name) != ours.get(name):
            files = [file for file in sorted(listed.keys() | wanted.keys()) if listed.get(file) != wanted.get(file)]
            yield note("W05", name=f"{name} ({', '.join(files[:_SOME])})" if name == "keluaran" else name)


def _closing_notes(folder: Path, made: _Made) -> Iterator[Note]:
    """Compare a folder's RO-Crate and manifest with those made again; hashes of documents are taken as listed there."""
    try:
        listed = Manifest.of_bytes(read_plain(folder / MANIFEST, MAX_FILE)).outputs
        given = {name: read_plain(folder / name, MAX_FILE) for name in (CRATE_FILE, MANIFEST)}
    except (OSError, ValueError):
        return  # what is missing or unreadable is told already
    documents = {name: sha for name, sha in listed.items() if name in DOCUMENTS}
    hashes = {name: digests.digest(content) for name, content in made.files.items()}
    wanted = closing_files(made.manifest, hashes | documents, made.edition)
    yield from (note("R04", name=name) for name, content in wanted.items() if given[name] != content)


def template_phrases() -> list[str]:
    """Return what the template of the PDF prints by itself."""
    found = _PRINTED.findall(_TEMPLATE.read_text("utf-8"))
    return [" ".join((one or other).split()) for one, other in found]


def _word_notes(made: _Made, pdf: Pdf) -> Iterator[Note]:
    reader, expected = made.reader, made.reader.expected()
    title = reader.texts.get("judul-dokumen", expected.title)
    if pdf.title != title:
        yield note("W02", page=0, found=pdf.title, wanted=title)
    try:
        found = account_words(reader.runs, [*template_phrases(), *reader.head_rows], expected, pdf.pages)
    except TooMuch as error:
        yield note("W03", why=error)
        return
    if isinstance(found, WordMismatch):
        yield note("W02", page=found.page, found=found.found, wanted=found.wanted)
    else:
        count = sum(len(words(text)) for text, _ in template_spans(expected, pdf.pages))
        yield note("W01", count=count, pages=len(pdf.pages))
