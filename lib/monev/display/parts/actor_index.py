"""Indeks Pelaku: each actor that has targets, with the places of the appendices where they stand."""

from __future__ import annotations

from monev.display.document import Block, Cell, Group, Heading, Inline, Inlines, Link, Points, Section
from monev.display.parts.appendix import actor_place
from monev.figures.results import Results
from monev.rules.tidy import Actor


def actors(results: Results) -> Section:
    """Return the index, a group each, names in alphabetical order; empty when nobody has targets.

    An entry is the name and a link for each success measure. Paper shows the pages of these places instead (class
    `indeks`).
    """
    places = _places(results)
    blocks: list[Block] = []
    for group in results.edition.groups:
        own = [actor for actor in results.data.actors if actor.group == group and actor.actor in places]
        if own:
            ordered = sorted(own, key=lambda actor: (actor.full_name.casefold(), actor.actor))
            entries = Points(tuple(_entry(actor, places[actor.actor]) for actor in ordered))
            blocks += [Heading(2, (group.full,)), Group(("indeks",), (entries,))]
    return Section("indeks", tuple(blocks))


Measures = dict[tuple[int, int], str]  # commitment and success measure: the place of the actor's targets there


def _places(results: Results) -> dict[str, Measures]:
    found: dict[str, Measures] = {}
    for target in results.targets:
        own = found.setdefault(target.actor, {})
        key = target.commitment, target.measure
        own[key] = own.get(key) or actor_place(*key, target.actor, results)
    return found


def _entry(actor: Actor, places: Measures) -> Inlines:
    made: list[Inline] = [Cell(actor.full_name, actor.place.cell("full_name"))]
    for (number, measure), place in sorted(places.items()):
        made += [", ", Link(f"Komitmen {number} UK {measure}", place)]
    return tuple(made)
