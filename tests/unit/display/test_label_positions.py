"""Labels of charts: as near as can be to what they name, never one over another, the same each time."""

from __future__ import annotations

import math
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from monev.display.charts.label_positions import scatter, spread
from monev.display.charts.specs import batches

NUMBERS = st.floats(0, 100, allow_nan=False)


@given(st.lists(st.tuples(NUMBERS, st.floats(0.5, 4)), min_size=1, max_size=20))
def test_labels_on_a_line_keep_their_order_and_distance(labels: list[tuple[float, float]]) -> None:
    wanted, sizes = [w for w, _ in labels], [s for _, s in labels]
    places = spread(wanted, sizes, -10, 110)
    assert places == spread(wanted, sizes, -10, 110)
    order = sorted(range(len(labels)), key=lambda n: places[n])
    assert [wanted[n] for n in order] == sorted(wanted)
    for first, second in pairwise(order):
        assert places[second] - places[first] >= (sizes[first] + sizes[second]) / 2 - 1e-6
    assert all(p - s / 2 >= -10 - 1e-6 and p + s / 2 <= 110 + 1e-6 for p, s in zip(places, sizes, strict=True))


def test_a_label_with_room_stays_where_it_is() -> None:
    assert spread([10, 50], [4, 4], 0, 100) == [10, 50]


def test_two_labels_in_one_place_share_the_way() -> None:
    assert spread([50, 50], [4, 4], 0, 100) == [48, 52]


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0, 4)), max_size=60))
def test_names_in_a_plane_never_touch(wanted: list[tuple[float, float]]) -> None:
    places = scatter(wanted, 0.235, 5, 4)
    assert len(places) == len(wanted)
    assert all(0 <= x <= 5 and 0 <= y <= 4 for x, y in places)
    pairs = [(a, b) for n, a in enumerate(places) for b in places[n + 1 :]]
    assert all(math.dist(a, b) >= 0.235 - 1e-6 for a, b in pairs)


def test_sixty_names_in_one_corner_find_room() -> None:
    assert len(set(scatter([(5.0, 4.0)] * 60, 0.235, 5, 4))) == 60


@given(st.lists(st.integers(), max_size=100), st.integers(1, 40))
def test_batches_hold_everything_in_order(items: list[int], size: int) -> None:
    made = list(batches(items, size))
    assert [item for batch in made for item in batch] == items
    assert all(0 < len(batch) <= size for batch in made)
    assert max(map(len, made), default=0) - min(map(len, made), default=0) <= 1
