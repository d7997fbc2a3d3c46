"""What a chart shows: frozen data and words, comparable and cheap. Nothing here draws or imports matplotlib."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args

T = TypeVar("T")

Tone = Literal["baik", "sedang", "buruk", "netral"]
TONES: tuple[Tone, ...] = get_args(Tone)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, length (in the chart's unit), the words at its end, and its tone."""

    name: str
    length: float
    words: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Bars:
    """Directly labelled horizontal bars from 0; one of length 0 keeps its name and words.

    `full` is the length at which the scale ends (100 for percents); None ends it at the longest bar. `compact` is for
    many bars; one that is `half` as wide stands beside another.
    """

    bars: tuple[Bar, ...]
    full: float | None = None
    compact: bool = False
    half: bool = False


@dataclass(frozen=True, slots=True)
class Stack:
    """One whole divided into parts, each directly labelled; parts of length 0 are left out."""

    name: str
    parts: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Stacks:
    """Wholes of the same width, one below the other, each with the words of its parts."""

    stacks: tuple[Stack, ...]


@dataclass(frozen=True, slots=True)
class Slope:
    """One line: its name, a value from 0 to 100 and its words at each stop (None: no value), and its tone."""

    name: str
    values: tuple[float | None, ...]
    words: tuple[str, ...]
    tone: Tone


@dataclass(frozen=True, slots=True)
class Slopes:
    """Lines between the stops (periods) of a percent scale, named at both ends; equal ends share one label."""

    stops: tuple[str, ...]
    slopes: tuple[Slope, ...]


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell: the words printed in it, and its level from 0 (worst) to 1 (best).

    None for the level where nothing could be measured; no words where there was nothing to measure.
    """

    words: str
    level: float | None


@dataclass(frozen=True, slots=True)
class Heat:
    """A grid of cells: names of rows and columns, and the words for the levels that occur, worst first."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]
    scale: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One point: its name (a few letters) and place, both coordinates from 0 to 1."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Quadrants:
    """Named points in a square that two lines divide.

    `x` and `y` are the names of the axes, `x_ticks` and `y_ticks` places from 0 to 1 with their words. `corners` are
    the words of the upper left, upper right, lower left and lower right part.
    """

    points: tuple[Point, ...]
    x: str
    y: str
    x_split: float
    y_split: float
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]
    corners: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Spark:
    """One small line: its name, a value at each stop (None: no value), words at its end, the goal, and its tone."""

    name: str
    values: tuple[float | None, ...]
    words: str
    goal: float | None
    tone: Tone


@dataclass(frozen=True, slots=True)
class Sparks:
    """Small lines between the same stops, one below the other, each on a scale of its own."""

    stops: tuple[str, ...]
    sparks: tuple[Spark, ...]


Drawing = Bars | Stacks | Slopes | Heat | Quadrants | Sparks


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """Where the look comes from: a matplotlib style file, colours and font of the brand, and font files.

    `tones` are colours in the order of `TONES`, as all others in six hexadecimal digits.
    """

    file: str
    tones: tuple[str, ...]
    ink: str
    line: str
    font: str
    fonts: tuple[str, ...] = ()

    @property
    def settings(self) -> dict[str, Any]:
        """The colours and the font as settings of matplotlib."""
        inked = ("patch.edgecolor", "axes.labelcolor", "text.color", "xtick.color", "ytick.color")
        families = list(dict.fromkeys((self.font, "Source Sans Pro")))
        return {**dict.fromkeys(inked, f"#{self.ink}"), "axes.edgecolor": f"#{self.line}", "font.family": families}


def batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield items in runs of at most `size`, nearly equally long: what does not fit one chart is shared out."""
    count = -(-len(items) // size)
    for n in range(count):
        yield items[n * len(items) // count : (n + 1) * len(items) // count]
