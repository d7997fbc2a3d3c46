"""What a chart shows: frozen data and words, comparable and cheap. Nothing here draws or imports matplotlib."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

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

    `full` is the length at which the scale ends (100 for percents); None ends it at the longest bar.
    """

    bars: tuple[Bar, ...]
    full: float | None = None
    compact: bool = False


Drawing = Bars


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """Where the look comes from: a matplotlib style file, whose colour cycle follows the order of the tones."""

    file: str
    fonts: tuple[str, ...] = ()
