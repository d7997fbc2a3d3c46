"""The figures of obstacles: by kind, group of actors and commitment. Pure; none where no obstacle is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monev.figures.register import Figure, commitment_id, count_of, slug
from monev.figures.results import Results
from monev.model.fields import OBSTACLES
from monev.model.groups import Group
from monev.rules.obstacles import Obstacle, obstacles

BASE = "hambatan"
UNCLASSIFIED = "Belum digolongkan"
KINDS = (*OBSTACLES, UNCLASSIFIED)
NOBODY = "tanpa-pelaksana"
BY_ACTORS, BY_SECRETARIAT = f"{BASE}.dari.pelaksana", f"{BASE}.dari.sekretariat"


def kind_of(obstacle: Obstacle) -> str:
    """Return the kind of an obstacle, in words also where nobody gave one."""
    return obstacle.kind or UNCLASSIFIED


def obstacle_id(kind: str = "", group: Group | str | None = None, commitment: int | None = None) -> str:
    """Return the id of a count: of a kind (all of them without one), of a group or commitment if one is given."""
    base = f"{commitment_id(commitment)}.{BASE}" if commitment else BASE
    part = slug(kind) if kind else "jumlah"
    return f"{base}.{part}" + (f".{group.id if isinstance(group, Group) else group}" if group else "")


def obstacle_figures(results: Results) -> Iterator[Figure]:
    """Yield the figures; none where no obstacle is told."""
    found = obstacles(results.data, results.edition)
    if not found:
        return
    everything = [obstacle.kind_cell for obstacle in found]
    for id_, chosen, words in (
        (BY_ACTORS, [o for o in found if o.note is None], "yang ditulis pelaksana dalam laporannya"),
        (BY_SECRETARIAT, [o for o in found if o.note], "pada lembar Hambatan"),
    ):
        cells = [obstacle.text_cell for obstacle in chosen]
        yield count_of(id_, BASE, f"banyaknya hambatan {words}", cells, len(cells), everything)
    group_of = {actor.actor: actor.group for actor in results.data.actors}
    yield from _kinds(found, everything, "", None)
    for group in results.edition.groups:
        own = [o for o in found if group_of.get(o.actor) == group]
        yield from _kinds(own, everything, f" pelaksana {group}", group)
    if nobody := [o for o in found if not o.actor]:
        yield from _kinds(nobody, everything, " tanpa pelaksana", NOBODY)
    for number in dict.fromkeys(sorted(o.commitment for o in found)):
        own = [o for o in found if o.commitment == number]
        yield from _kinds(own, everything, f" komitmen {number}", None, number)


def _kinds(
    own: Sequence[Obstacle],
    among: Sequence[str],
    whose: str,
    group: Group | str | None,
    commitment: int | None = None,
) -> Iterator[Figure]:
    cells = [obstacle.kind_cell for obstacle in own]
    words = f"banyaknya hambatan{whose}"
    yield count_of(obstacle_id("", group, commitment), BASE, words, cells, len(cells), among)
    for kind in KINDS:
        chosen = [obstacle.kind_cell for obstacle in own if kind_of(obstacle) == kind]
        id_ = obstacle_id(kind, group, commitment)
        yield count_of(id_, BASE, f"{words} berjenis {kind}", chosen, len(chosen), cells or among)
