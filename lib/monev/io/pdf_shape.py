"""The shape that our writer gives a PDF, byte for byte; whatever has another shape is told. Runs nothing.

Typst writes objects one after another with rising numbers, one table of their places, one trailer. So a file that was
opened and saved by another program, that has been added to, or that holds actions, forms, layers or notes, is known by
its form. One addition is allowed: a signature that nobody sees and that changes nothing but its own field.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from monev.io.pdf_content import Letter, content_faults, letters_of, spoken_in, text_of
from monev.io.pdf_objects import Ref, Revision, ShapeError, dictionaries
from monev.io.pdf_signature import signature_fault


def _keys(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CATALOGUE = _keys(
    "Type Pages PageLabels Outlines OutputIntents StructTreeRoot MarkInfo Names ViewerPreferences Lang AF Metadata"
)
_PAGE = _keys("Type Parent MediaBox Resources Contents StructParents Tabs Annots")
_LINK = _keys("Type Subtype Rect QuadPoints Border Contents Dest A F StructParent")
_FILE = _keys("Type F UF EF AFRelationship Desc")
_RESOURCES = _keys("ProcSet Font ColorSpace Pattern ExtGState XObject Shading")
_ACTIONS = _keys(
    "Launch GoToR GoToE GoToDp Thread Sound Movie Hide Named SubmitForm ResetForm ImportData JavaScript SetOCGState"
    " Rendition Trans GoTo3DView RichMediaExecute"
)
_NEVER = _keys("JS JavaScript AA OpenAction AcroForm XFA OC OCProperties OCGs Encrypt FFilter RichMedia RF")


@dataclass(frozen=True)
class Shape:
    """What is wrong with a PDF's shape, in few words each; where the report ends, and whether a signature follows."""

    faults: tuple[str, ...]
    end: int
    signed: bool = False
    links: tuple[str, ...] = ()  # addresses outside the report
    spoken: tuple[str, ...] = ()  # said in the place of text, and titles of tagged parts
    letters: tuple[Letter, ...] = ()  # of all fonts, with what they draw
    outline: tuple[str, ...] = ()  # its titles, in order
    pictures: tuple[str, ...] = ()  # their alternative texts, in order


def shape_of(content: bytes) -> Shape:
    """Return how the bytes of a PDF stand to our writer's shape. Never raises for what they hold."""
    try:
        made = Revision.read(content)
        faults = dict.fromkeys((*_faults(made), *content_faults(made)))
        links, spoken = dict.fromkeys(_links(made)), dict.fromkeys((*_spoken(made, _SPOKEN), *spoken_in(made)))
        letters = dict.fromkeys(letters_of(made))
        ordered = (*_outline(made),), (*_spoken(made, ("Alt",)),)
    except (ShapeError, RecursionError, IndexError) as error:
        return Shape((str(error) or type(error).__name__,), len(content))
    added = signature_fault(content, made) if made.end < len(content) else ""
    signed = made.end < len(content) and not added
    return Shape((*faults, *([added] if added else ())), made.end, signed, (*links,), (*spoken,), (*letters,), *ordered)


# What may stand where ---------------------------------------------------------------------------------------


def _faults(made: Revision) -> Iterator[str]:
    catalogue = made.map(made.trailer["Root"])
    yield from sorted(catalogue.keys() - _CATALOGUE)
    yield from sorted(made.map(catalogue.get("Names")).keys() - {"Dests", "EmbeddedFiles"})
    for number, value in made.objects.items():
        for inner in dictionaries(value):
            yield from sorted(inner.keys() & _NEVER)
            if "AF" in inner and inner is not catalogue:
                yield f"AF pada objek {number}"
            if str(inner.get("S")) in _ACTIONS:
                yield f"tindakan {inner['S']} pada objek {number}"
            yield from sorted(made.map(inner.get("Resources")).keys() - _RESOURCES)
        if number in made.streams and isinstance(value, dict) and "F" in value:
            yield f"isi di luar berkas pada objek {number}"
    if catalogue.get("Lang") != b"id":
        yield "Lang"
    yield from sorted(made.map(catalogue.get("ViewerPreferences")).keys() - {"Direction", "DisplayDocTitle"})
    labels = made.list(made.map(catalogue.get("PageLabels")).get("Nums"))
    plain = [part for n in range(len(labels) // 2) for part in (n, {"Type": "PageLabel", "S": "D", "St": n + 1})]
    if [made.get(part) for part in labels] != plain:
        yield "PageLabels"
    yield from _page_faults(made, catalogue)
    yield from _file_faults(made, catalogue)


def _page_faults(made: Revision, catalogue: dict[str, Any]) -> Iterator[str]:
    root = made.map(catalogue.get("Pages"))
    kids = made.list(root.get("Kids"))
    own = {number for number, value in made.objects.items() if isinstance(value, dict) and value.get("Type") == "Page"}
    yield from sorted(root.keys() - {"Type", "Kids", "Count"})
    if root.get("Count") != len(kids) or {kid.number for kid in kids if isinstance(kid, Ref)} != own:
        yield "pohon halaman"
    for place, kid in enumerate(kids, start=1):
        page = made.map(kid)
        yield from (f"{key}, hlm. {place}" for key in sorted(page.keys() - _PAGE))
        if page.get("MediaBox") != made.map(kids[0]).get("MediaBox"):
            yield f"MediaBox, hlm. {place}"
        for annotation in made.list(page.get("Annots")):
            note = made.map(annotation)
            action = made.map(note.get("A"))
            plain = note.get("Subtype") == "Link" and note.keys() <= _LINK
            if not plain or (action and action.get("S") not in ("URI", "GoTo")) or "Next" in action:
                yield f"anotasi, hlm. {place}"


def _links(made: Revision) -> Iterator[str]:
    for value in made.objects.values():
        for inner in dictionaries(value):
            if isinstance(address := made.get(inner.get("URI")), bytes):
                yield address.decode("latin-1")


_SPOKEN = ("ActualText", "E", "Title", "T")


def _outline(made: Revision) -> Iterator[str]:
    """Yield the titles of the outline, each before those below it. Raises ShapeError for one that leads to itself."""
    outlines = made.map(made.map(made.trailer["Root"]).get("Outlines"))
    waiting, seen = [outlines.get("First")], set[int]()
    while waiting:
        item = waiting.pop()
        if not isinstance(item, Ref):
            continue
        if item.number in seen:
            raise ShapeError("penanda buku")
        seen.add(item.number)
        own = made.map(item)
        title = made.get(own.get("Title"))
        yield text_of(title) if isinstance(title, bytes) else ""
        waiting += [own.get("Next"), own.get("First")]


def _spoken(made: Revision, keys: Sequence[str]) -> Iterator[str]:
    for value in made.objects.values():
        for inner in dictionaries(value):
            for text in (made.get(inner.get(key)) for key in keys):
                if isinstance(text, bytes):
                    yield text_of(text)


def _file_faults(made: Revision, catalogue: dict[str, Any]) -> Iterator[str]:
    listed = made.list(made.map(made.map(catalogue.get("Names")).get("EmbeddedFiles")).get("Names"))
    names, files = listed[::2], listed[1::2]
    if "AF" in catalogue and made.list(catalogue["AF"]) != files:  # a report for people alone (PDF/UA) has none
        yield "AF"
    specs = [n for n, value in made.objects.items() if isinstance(value, dict) and value.get("Type") == "Filespec"]
    if sorted(specs) != sorted(file.number for file in files if isinstance(file, Ref)):
        yield "lampiran tersembunyi"
    for name, file in zip(names, files, strict=False):
        spec = made.map(file)
        held = made.map(spec.get("EF"))
        same = (
            spec.get("F") == spec.get("UF") == name and held.get("F") == held.get("UF") and held.keys() == {"F", "UF"}
        )
        if not same or spec.keys() - _FILE:
            yield f"lampiran {bytes(name).decode('latin-1') if isinstance(name, bytes) else '?'}"
