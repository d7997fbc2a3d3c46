"""Changes cells of a workbook as the package that it is: every part, and every byte around those cells, stays.

Somebody's formats, comments with their look, rich text, extra columns and sheets are then as they were, whatever they
are: nothing is read into a model of a workbook and written again. Rows are only added where nothing stands, so that no
address changes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, ParserCreate

from monev.io.package_guard import Package, area, column_letters
from monev.io.workbook_reader import sheet_parts
from monev.io.workbook_writer import BLANK, CHOOSE, list_message
from monev.model.params import Limits
from monev.words.messages import Words, tell

Place = tuple[int, int]
"""Row and column of a cell, from 1."""


@dataclass(frozen=True)
class NewList:
    """A drop-down list that was renewed: its column on the sheet of lists, and its values from the second row on."""

    column: int
    values: Sequence[str | int]


@dataclass(frozen=True)
class SheetEdit:
    """What changes in a sheet.

    `cells` maps places to texts, numbers, or None for a blank; the cells of `new_rows` (each with its height in points)
    take the style that their column mostly has in `like`, those added to the row of `headings` that of its last one.
    Whatever reaches down to the last of those rows (checks, colours, the filter, a table) then reaches to the last new
    one.
    """

    cells: Mapping[Place, str | int | None]
    new_rows: Mapping[int, float] = field(default_factory=dict)
    like: Sequence[int] = ()
    headings: int = 0


# What cannot be kept ------------------------------------------------------------------------------------------

_KEPT = (
    "relationships+xml", "sheet.main+xml", "template.main+xml", ".worksheet+xml", ".styles+xml", ".sharedstrings+xml",
    ".theme+xml", ".calcchain+xml", ".comments+xml", ".threadedcomments+xml", ".person+xml", ".vmldrawing",
    ".table+xml", ".printersettings", ".sheetmetadata+xml",
)  # fmt: skip
"""How the content types end of parts that stay true when rows are added below the others."""
_ABOUT = ("[content_types].xml", "docprops/", "docmetadata/")
_CALLED = {
    "pivot": "update.pivot",
    "drawing": "update.drawing",
    "chart": "update.drawing",
    "image/": "update.picture",
    "externallink": "update.link",
    "customxml": "update.custom",
    "/xml": "update.custom",
}


def unkept(content: bytes, sheets: Collection[str], limits: Limits) -> list[Words]:
    """Return what a workbook holds that would not stay as it is if cells of these sheets changed.

    Each kind comes once, with the name of its first part.
    """
    found: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        package = Package(archive, limits)
        for name in package.names:
            kind = package.kind(name)
            if name.startswith(_ABOUT) or kind.endswith(_KEPT) or _is_empty_drawing(package, name, kind):
                continue
            called = next((key for sign, key in _CALLED.items() if sign in kind or sign in name), "update.other")
            found.setdefault(called, package.shown(name))
        for title, part, _ in sheet_parts(package):
            if title not in sheets:
                continue
            try:
                _SheetText(archive.read(package.shown(part)))
            except ValueError:
                found.setdefault("update.layout", title)
    return [tell(key, part=part) for key, part in found.items()]


def _is_empty_drawing(package: Package, name: str, kind: str) -> bool:
    """Tell whether a part is a drawing with nothing in it, as Google Sheets adds to every sheet."""
    held: list[str] = []
    if kind.endswith(".drawing+xml"):
        package.parse(name, lambda tag, _: held.append(tag))
    return len(held) == 1


# A sheet's text -----------------------------------------------------------------------------------------------

_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8["'])""", re.I)
_MOVING = ("autoFilter", "dataValidation", "conditionalFormatting")  # elements after the cells that name ranges


@dataclass(frozen=True)
class _Span:
    """Where an element stands: from its `<` to behind its `>`, and where its content ends; `tag` ends its first tag."""

    start: int
    tag: int
    inner: int
    end: int
    style: str = ""


class _SheetText:
    """A sheet's XML with the place of each row and cell. Raises ValueError for one whose cells have no addresses."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.rows: dict[int, _Span] = {}
        self.cells: dict[int, dict[int, _Span]] = {}  # by row, then by column
        self.data: _Span | None = None
        self.ranges: list[tuple[str, _Span]] = []  # elements that name ranges
        if _DECLARED.match(content) or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise ValueError("not in UTF-8")
        self._open: list[tuple[str, int, Mapping[str, str]]] = []
        self._parser = ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        try:
            self._parser.Parse(content, True)
        except ExpatError as error:
            raise ValueError(str(error)) from None
        if self.data is None:
            raise ValueError("no cells")

    @property
    def prefix(self) -> bytes:
        """What stands before the names of elements: mostly nothing, `x:` as some programs write."""
        assert self.data is not None
        found = re.match(rb"<([^\s/>]*:)?", self.content[self.data.start :])
        return (found[1] or b"") if found else b""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._open.append((name.rpartition(":")[2], self._parser.CurrentByteIndex, attributes))

    def _end(self, _: str) -> None:
        name, start, attributes = self._open.pop()
        if name not in ("sheetData", "row", "c", "sqref", "dimension", "tablePart", *_MOVING):
            return
        first = _TAG.match(self.content, start)
        assert first is not None
        inner = self._parser.CurrentByteIndex
        if first[0].endswith(b"/>"):
            span = _Span(start, first.end(), first.end(), first.end(), attributes.get("s", ""))
        else:
            end = self.content.index(b">", inner) + 1
            span = _Span(start, first.end(), inner, end, attributes.get("s", ""))
        if name == "sheetData":
            self.data = span
        elif name == "row":
            self.rows[int(attributes.get("r", ""))] = span
        elif name == "c":
            place = area(attributes.get("r", ""))
            if place is None:
                raise ValueError("a cell without address")
            self.cells.setdefault(place[1], {})[place[0]] = span
        else:
            self.ranges.append((name, span))

    def is_closed(self, span: _Span) -> bool:
        """Tell whether an element is one tag without content."""
        return span.tag == span.end and self.content[span.end - 2 : span.end] == b"/>"


def _with_attribute(tag: bytes, name: str, value: str) -> bytes:
    """Return an element's first tag with another value of an attribute that it has."""
    shown = _escaped(value).replace('"', "&quot;").replace("\n", "&#10;").encode()
    return re.sub(rb"""(\s%s\s*=\s*)("[^"]*"|'[^']*')""" % name.encode(), lambda m: m[1] + b'"' + shown + b'"', tag)


def _attribute(tag: bytes, name: str) -> str:
    found = re.search(rb"""\s%s\s*=\s*("[^"]*"|'[^']*')""" % name.encode(), tag)
    return found[1][1:-1].decode() if found else ""


def _escaped(text: str) -> str:
    """Return a text as XML of a workbook: what XML cannot hold, or Excel would unescape, by its number."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    text = re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# The edits ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Splice:
    start: int
    end: int
    text: bytes


def _spliced(content: bytes, splices: Sequence[_Splice]) -> bytes:
    for splice in sorted(splices, key=lambda s: (s.start, s.end), reverse=True):
        content = content[: splice.start] + splice.text + content[splice.end :]
    return content


def edited(
    content: bytes, edits: Mapping[str, SheetEdit], lists: tuple[str, Sequence[NewList]], limits: Limits
) -> bytes:
    """Return a workbook with edits by sheet; `lists` names the sheet of drop-down lists and those that were renewed.

    The same edits of the same bytes give the same bytes. Raises ValueError for a workbook that `unkept` speaks of.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        package = Package(archive, limits)
        changed: dict[str, bytes] = {}
        for number, (title, part, _) in enumerate(sheet_parts(package)):
            name = package.shown(part)
            changed[name] = _with_lists(archive.read(name), *lists)
            if (edit := edits.get(title)) is None:
                continue
            sheet = _SheetText(changed[name])
            changed[name] = _spliced(sheet.content, [*_cells(sheet, edit), *_ranges(sheet, edit)])
            if edit.new_rows:
                main = package.shown(package.main)
                changed[main] = _moved_names(changed.get(main) or archive.read(main), number, edit)
                for kind, table, inside in package.relations(part).values():
                    if kind == "table" and inside:
                        shown = package.shown(table)
                        changed[shown] = _moved_table(archive.read(shown), edit)
        return _packed(archive, changed)


def _packed(archive: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for entry in archive.infolist():
            copy = zipfile.ZipInfo(entry.filename, entry.date_time)
            copy.compress_type, copy.external_attr = entry.compress_type, entry.external_attr
            target.writestr(copy, changed.get(entry.filename, b"") or archive.read(entry))
    return made.getvalue()


def _cells(sheet: _SheetText, edit: SheetEdit) -> Iterator[_Splice]:
    """Yield the changes of cells: those that are there are replaced, others come in the order of columns and rows."""
    styles = _usual_styles(sheet, edit.like)
    rows: dict[int, dict[int, bytes]] = {}
    given: dict[int, set[int]] = {}
    for (row, column), value in edit.cells.items():
        given.setdefault(row, set()).add(column)
        own = sheet.cells.get(row, {}).get(column)
        style = styles.get(column, "") if row in edit.new_rows or own is None else own.style
        if own is None and row == edit.headings and row in sheet.cells:
            style = sheet.cells[row][max(sheet.cells[row])].style
        made = _cell(sheet.prefix, row, column, value, style)
        if own is not None:
            yield _Splice(own.start, own.end, made)
        else:
            rows.setdefault(row, {})[column] = made
    for row in edit.new_rows:
        for column in styles.keys() - sheet.cells.get(row, {}).keys() - given.get(row, set()):
            rows.setdefault(row, {})[column] = _cell(sheet.prefix, row, column, None, styles[column])
    whole: dict[int, bytes] = {}  # rows that are not there, by the place where they belong
    for row in sorted(rows):
        if row in sheet.rows:
            yield from _into_row(sheet, row, rows[row], row in edit.new_rows)
        else:
            height = f' ht="{edit.new_rows[row]:g}"'.encode() if row in edit.new_rows else b""
            held = b"".join(made for _, made in sorted(rows[row].items()))
            place = min((s.start for n, s in sheet.rows.items() if n > row), default=_data_end(sheet))
            text = b'<%brow r="%d"%b>%b</%brow>' % (sheet.prefix, row, height, held, sheet.prefix)
            whole[place] = whole.get(place, b"") + text
    assert sheet.data is not None
    for place, text in whole.items():
        if sheet.is_closed(sheet.data):
            opened = sheet.content[sheet.data.start : sheet.data.tag].rstrip(b"/> ") + b">"
            yield _Splice(sheet.data.start, sheet.data.end, opened + text + b"</%bsheetData>" % sheet.prefix)
        else:
            yield _Splice(place, place, text)


def _data_end(sheet: _SheetText) -> int:
    assert sheet.data is not None
    return sheet.data.inner


def _into_row(sheet: _SheetText, row: int, cells: Mapping[int, bytes], new: bool) -> Iterator[_Splice]:
    """Yield the changes of a row that stands in the sheet already; one that was blank is shown if it was hidden."""
    span = sheet.rows[row]
    tag = re.sub(rb"""\sspans\s*=\s*("[^"]*"|'[^']*')""", b"", sheet.content[span.start : span.tag])
    tag = re.sub(rb"""\shidden\s*=\s*("[^"]*"|'[^']*')""", b"", tag) if new else tag
    closed = sheet.is_closed(span)
    after = b"".join(made for _, made in sorted(cells.items())) if closed else b""
    closing = b"</%brow>" % sheet.prefix if closed else b""
    yield _Splice(span.start, span.tag, (tag[:-2].rstrip() + b">" if closed else tag) + after + closing)
    if closed:
        return
    places: dict[int, bytes] = {}
    for column, made in sorted(cells.items()):
        later = (s.start for c, s in sheet.cells.get(row, {}).items() if c > column)
        place = min(later, default=span.inner)
        places[place] = places.get(place, b"") + made
    yield from (_Splice(place, place, text) for place, text in places.items())


def _usual_styles(sheet: _SheetText, rows: Sequence[int]) -> dict[int, str]:
    """Return the style that most cells of these rows have, by column."""
    found: dict[int, Counter[str]] = {}
    for row in rows:
        for column, span in sheet.cells.get(row, {}).items():
            found.setdefault(column, Counter())[span.style] += 1
    return {column: styles.most_common(1)[0][0] for column, styles in found.items()}


def _cell(prefix: bytes, row: int, column: int, value: str | int | None, style: str) -> bytes:
    p = prefix.decode()
    head = f'<{p}c r="{column_letters(column)}{row}"' + (f' s="{style}"' if style else "")
    if value is None or value == "":
        return f"{head}/>".encode()
    if isinstance(value, int):
        return f"{head}><{p}v>{value}</{p}v></{p}c>".encode()
    text = f'<{p}t xml:space="preserve">{_escaped(value)}</{p}t>'
    return f'{head} t="inlineStr"><{p}is>{text}</{p}is></{p}c>'.encode()


# Ranges that grow ---------------------------------------------------------------------------------------------


def _ranges(sheet: _SheetText, edit: SheetEdit) -> Iterator[_Splice]:
    for name, span in sheet.ranges:
        tag = sheet.content[span.start : span.tag]
        if name == "sqref":
            text = sheet.content[span.tag : span.inner].decode()
            yield _Splice(span.tag, span.inner, _grown(text, edit).encode())
        elif name == "dimension":
            yield _Splice(span.start, span.tag, _with_attribute(tag, "ref", _around(_attribute(tag, "ref"), edit)))
        elif name in _MOVING:
            which = "ref" if name == "autoFilter" else "sqref"
            yield _Splice(span.start, span.tag, _with_attribute(tag, which, _grown(_attribute(tag, which), edit)))


def _around(reference: str, edit: SheetEdit) -> str:
    """Return the smallest range that holds another and all cells that change."""
    places = [(column, row) for row, column in edit.cells]
    if place := area(reference):
        places += [(place[0], place[1]), (place[2], place[3])]
    columns, rows = [column for column, _ in places], [row for _, row in places]
    return f"{column_letters(min(columns))}{min(rows)}:{column_letters(max(columns))}{max(rows)}"


_RANGE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})(?::(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7}))?")


def _grown(reference: str, edit: SheetEdit) -> str:
    """Return ranges of which those that reach the last row reach the last new row."""
    if not edit.new_rows:
        return reference
    first, last, new = min(edit.like, default=2), max(edit.like, default=1), max(edit.new_rows)

    def longer(found: re.Match[str]) -> str:
        top, bottom = int(found[4]), int(found[8] or found[4])
        if not top <= last <= bottom < new or first < top == last:  # the last: made for that row only
            return found[0]
        end = (found[5], found[6], found[7]) if found[8] else (found[1], found[2], found[3])
        return f"{found[1]}{found[2]}{found[3]}{top}:{''.join(end)}{new}"

    return _RANGE.sub(longer, reference)


_NAME = re.compile(rb"<(?:\w+:)?definedName\b[^>]*>([^<]*)<")
_OWN_NAMES = ("_xlnm._FilterDatabase", "_xlnm.Print_Area")


def _moved_names(content: bytes, sheet: int, edit: SheetEdit) -> bytes:
    """Return the workbook's own part with the filter's range and the print area of a sheet as long as its rows."""
    splices = []
    for found in _NAME.finditer(content):
        if _attribute(found[0], "name") in _OWN_NAMES and _attribute(found[0], "localSheetId") == str(sheet):
            name, _, place = found[1].decode().rpartition("!")
            splices.append(_Splice(found.start(1), found.end(1), f"{name}!{_grown(place, edit)}".encode()))
    return _spliced(content, splices)


def _moved_table(content: bytes, edit: SheetEdit) -> bytes:
    splices = []
    for found in re.finditer(rb"<(?:\w+:)?(?:table|autoFilter)\b[^>]*>", content):
        tag = _with_attribute(found[0], "ref", _grown(_attribute(found[0], "ref"), edit))
        splices.append(_Splice(found.start(), found.end(), tag))
    return _spliced(content, splices)


# Drop-down lists ----------------------------------------------------------------------------------------------

_CHECK = re.compile(rb"<(?:\w+:)?dataValidation\b.*?(?:/>|</(?:\w+:)?dataValidation>)", re.S)


def _with_lists(content: bytes, title: str, lists: Sequence[NewList]) -> bytes:
    """Return a sheet whose checks offer the renewed lists as far as they go, and tell them."""
    by_column = {column_letters(made.column): made for made in lists}
    if not by_column:
        return content
    pattern = re.compile(rb"('?%s'?!\$([A-Z]{1,3})\$2:\$\2\$)([0-9]+)" % re.escape(title).encode())

    def renewed(check: re.Match[bytes]) -> bytes:
        found = pattern.search(check[0])
        made = by_column.get(found[2].decode()) if found else None
        if made is None:
            return check[0]
        text = pattern.sub(lambda m: m[1] + str(len(made.values) + 1).encode(), check[0])
        tag = _TAG.match(text)
        assert tag is not None
        told = _attribute(tag[0], "error")
        if not told.startswith(CHOOSE):
            return text
        renewed_told = list_message(made.values, blank=told.endswith(BLANK))
        return _with_attribute(tag[0], "error", renewed_told) + text[tag.end() :]

    return _CHECK.sub(renewed, content)
