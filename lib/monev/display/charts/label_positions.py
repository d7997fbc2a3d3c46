"""Where labels go so that none covers another. Pure and deterministic: the same labels get the same places."""

from __future__ import annotations

import math
from collections.abc import Sequence


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Return the centres of labels on a line, as near as can be to where they are wanted, without overlap.

    Labels keep the order of their wanted places. They stay between `low` and `high` if their sizes fit in there.
    """
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    blocks: list[tuple[float, list[int]]] = []  # centre that its labels want together, and the labels
    for n in order:
        members = [n]
        while True:
            centre = _centre(members, wanted, sizes, low, high)
            size = sum(sizes[m] for m in members)
            if not blocks:
                break
            below, others = blocks[-1]
            if below + sum(sizes[m] for m in others) / 2 <= centre - size / 2:
                break
            members = [*others, *members]
            blocks.pop()
        blocks.append((centre, members))
    places = [0.0] * len(wanted)
    for centre, members in blocks:
        start = centre - sum(sizes[m] for m in members) / 2
        for m in members:
            places[m] = start + sizes[m] / 2
            start += sizes[m]
    return places


def _centre(members: Sequence[int], wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> float:
    """Return the centre of adjoining labels at which they lie nearest to their wanted places, within the limits."""
    size, before, offsets = sum(sizes[m] for m in members), 0.0, []
    for m in members:
        offsets.append(wanted[m] - (before + sizes[m] / 2 - size / 2))
        before += sizes[m]
    centre = sum(offsets) / len(offsets)
    return max(low + size / 2, min(high - size / 2, centre)) if size <= high - low else (low + high) / 2


def scatter(
    wanted: Sequence[tuple[float, float]], gap: float, width: float, height: float
) -> list[tuple[float, float]]:
    """Return a place for each round label: its own where that is free, else the nearest free one on a spiral.

    Labels are `gap` apart (centre to centre) and stay within `width` x `height`. Raises ValueError where that fails.
    """
    taken: list[tuple[float, float]] = []
    for x, y in wanted:
        taken.append(_free(x, y, taken, gap, width, height))
    return taken


def _free(
    x: float, y: float, taken: Sequence[tuple[float, float]], gap: float, width: float, height: float
) -> tuple[float, float]:
    edge = gap / 2
    x, y = max(edge, min(width - edge, x)), max(edge, min(height - edge, y))
    step = gap / 4
    for ring in range(int(math.hypot(width, height) / step) + 2):
        count = max(1, int(2 * math.pi * ring))
        for turn in range(count):
            angle = 2 * math.pi * turn / count + math.pi
            at = x + ring * step * math.cos(angle), y + ring * step * math.sin(angle)
            inside = edge <= at[0] <= width - edge and edge <= at[1] <= height - edge
            if inside and all(math.dist(at, other) >= gap - 1e-9 for other in taken):
                return at
    raise ValueError("no room for all labels")
