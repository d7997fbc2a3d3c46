"""The report's building blocks: what a paragraph, table, chart or target row holds, not how it looks.

Inlines make up text: literal words, text of a workbook cell, a figure of the register, a label, a reference. Blocks
make up a section; a section fills one slot of the report. The vocabulary is described in `docs/architecture.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from monev.display.charts.specs import Bars, Drawing
from monev.display.charts.specs import Tone as Tone
from monev.figures.register import Figure


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of a workbook cell, shown literally; `source` is `file!sheet!cell`."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Num:
    """A figure of the register in its printed form."""

    figure: Figure


@dataclass(frozen=True, slots=True)
class Label:
    """A category as a coloured label; `tone` says how good it is."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a numbered table or figure, or to a section: `tbl-...`, `fig-...`, `sec-...`."""

    target: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that link to a place of the report."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Emphasised words."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A name as a computer writes it: a command, a file, an id."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line break within a paragraph or cell."""


@dataclass(frozen=True, slots=True)
class FileLink:
    """The name of a file that is published beside the report, as a cell gives it; `path` is seen from the report."""

    name: Cell
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is given, among words; `file` names it in the staged folder, `width` is in centimetres."""

    file: str
    alt: str
    width: int


Inline = str | FileLink | Cell | Num | Label | Ref | Link | Strong | Code | Break | Picture
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the given level."""

    level: int
    inlines: Inlines
    id: str = ""
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text."""

    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Points:
    """A list; numbered where `numbered`."""

    items: tuple[Inlines, ...]
    numbered: bool = False


Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table."""

    heading: Inlines
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A numbered table with caption: `id` begins with `tbl-`. Without id it has neither number nor caption."""

    id: str
    caption: Inlines
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    classes: tuple[str, ...] = ()
    source: Inlines = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure: `id` begins with `fig-`; `drawing` says what it shows, `file` names its picture.

    One that is not numbered has its caption as a title over it and cannot be referred to.
    """

    id: str
    caption: Inlines
    alt: str
    drawing: Drawing
    source: Inlines = ()
    numbered: bool = True

    @property
    def file(self) -> str:
        """Where the picture stands in the staged folder."""
        return f"gambar/{self.id.removeprefix('fig-')}.svg"

    @property
    def narrow_file(self) -> str:
        """Where the picture for narrow screens stands; empty where the one picture is narrow itself."""
        narrow = isinstance(self.drawing, Bars) and self.drawing.half
        return "" if narrow else f"gambar/{self.id.removeprefix('fig-')}-sempit.svg"


@dataclass(frozen=True, slots=True)
class Strip:
    """A summary strip: pairs of name and value."""

    items: tuple[tuple[str, Inlines], ...]


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target in the three-column grid."""

    key: str
    target: tuple[Block, ...]
    achievement: tuple[Block, ...]
    score: Inlines
    cocreation: tuple[Block, ...]
    status: Inlines


@dataclass(frozen=True, slots=True)
class TargetGrid:
    """The three-column grid of one actor's targets."""

    rows: tuple[TargetRow, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that belong together under a class of the vocabulary, such as `sorotan`."""

    classes: tuple[str, ...]
    blocks: tuple[Block, ...]
    id: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


Block = Heading | Paragraph | Points | Table | Chart | Strip | TargetGrid | Group


@dataclass(frozen=True, slots=True)
class Section:
    """What fills one slot of the report: a value; two sections with the same content are equal."""

    slot: str
    blocks: tuple[Block, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.blocks)
