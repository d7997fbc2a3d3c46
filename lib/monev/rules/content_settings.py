"""What is wrong with the contents that params give a report. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monev.model.contents import NEEDS, OPENINGS, PARTS, PROFILES, contents
from monev.model.params import Edition
from monev.words.findings import Finding, nearest
from monev.words.messages import Words, tell

Key = tuple[str | int, ...]
_UNTITLED = ("rapor",)  # sections that have no title where they stand in their chapter


def content_problems(edition: Edition, file: str, lines: Mapping[Key, int]) -> Iterator[Finding]:
    """Yield each problem at its line of the params: parts that are unknown, named twice, or of no use alone."""

    def at(n: int, code: str, **details: object) -> Finding:
        line = lines.get(("bagian", n), lines.get(("bagian",), ""))
        return Finding(code, file, cell=str(line), details=details)

    if not edition.bagian:
        yield at(0, "P03", value="bagian", why=tell("why.no-parts", choices=", ".join(PROFILES)))
    known = [*PROFILES, *PARTS]
    first: dict[str, int] = {}
    shown = {part.name for part in edition.contents if not part.is_own}
    raised = {part.name for part in edition.contents if part.raised}
    for n, setting in enumerate(edition.bagian):
        name = setting.bagian or setting.naskah
        if setting.sesudah and setting.sesudah not in {part.name for part in edition.contents} - {setting.naskah}:
            named = [part.name for part in edition.contents if not part.is_own]
            yield at(n, "P01", value=setting.sesudah, choices=", ".join(named), hint=nearest(setting.sesudah, named))
        if setting.bagian and setting.bagian not in known:
            yield at(n, "P01", value=name, choices=", ".join(known), hint=nearest(name, known))
            continue
        for part in contents([setting]):
            key = f"naskah/{part.name}" if part.is_own else part.name
            if (before := first.setdefault(key, n)) != n:
                line = lines.get(("bagian", before), "")
                yield at(n, "P03", value=name, why=tell("why.part-twice-named", name=part.name, line=line))
                break
        if (why := _use(setting.bagian, shown, raised, has_title=bool(setting.judul))) is not None:
            yield at(n, "P03", value=name, why=why)
    for chapter, sections in OPENINGS.items():
        if chapter in shown and all(section not in shown or section in raised for section in sections):
            n = first.get(chapter, 0)
            yield at(n, "P03", value=chapter, why=tell("why.opening", name=chapter, sections=", ".join(sections)))


def _use(name: str, shown: set[str], raised: set[str], *, has_title: bool) -> Words | None:
    """Say why a part or its title is of no use here; None where it is."""
    if name in NEEDS and NEEDS[name] not in shown:
        return tell("why.part-needs", name=name, other=NEEDS[name])
    if has_title and name in PROFILES:
        return tell("why.profile-title", name=name)
    if has_title and name in _UNTITLED and name not in raised:
        return tell("why.no-title", name=name)
    return None
