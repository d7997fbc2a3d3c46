"""What is wrong with the groups that params name, and with what else they say by a group's code. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monev.model.fields import EVALUATION, PLAN
from monev.model.groups import FEWEST, MOST, slug
from monev.model.params import OLD_KEYS, Edition
from monev.words.findings import Finding, nearest
from monev.words.messages import Words, tell

Key = tuple[str | int, ...]

_TAKEN = frozenset({
    "akumulasi", "belum-dinilai", "jumlah", "kategori", "kokreasi", "pelaksana", "partisipasi", "periode", "prinsip",
    "selisih", "semua", "skor", "target", "total",
})  # fmt: skip
"""What stands beside a group's own id in ids of figures."""
_HEADINGS = frozenset({"akumulasi", "jumlah", "kelompok", "semua", "total"})
"""What stands beside a group's name in tables."""
_FILES = (PLAN.file, EVALUATION.file)


def group_problems(edition: Edition, file: str, lines: Mapping[Key, int]) -> Iterator[Finding]:
    """Yield each problem at its line of the params."""

    def at(key: Key, why: Words = "", code: str = "P03", **details: object) -> Finding:
        line = next((lines[key[:n]] for n in range(len(key), 0, -1) if key[:n] in lines), "")
        name = ".".join(str(step + 1) if isinstance(step, int) else step for step in key)
        told = {"value": name} | (details or {"why": why})
        return Finding(code, file, cell=str(line), details=told)

    count = len(edition.kelompok)
    if not FEWEST <= count <= MOST:
        bound = "why.few-groups" if count < FEWEST else "why.many-groups"
        yield at(("kelompok",), tell(bound, count=count, fewest=FEWEST, most=MOST))
    codes = [setting.kode for setting in edition.kelompok]
    for key in _unknown(edition):
        yield at(key, code="P01", choices=", ".join(codes), hint=nearest(str(key[-1]), codes))
    for key, why in (*_alike(edition), *_old(edition), *_twice(edition)):
        yield at(key, why)


def _alike(edition: Edition) -> Iterator[tuple[Key, Words]]:
    """Yield groups that cannot be told from each other, or from what stands beside them."""
    first: dict[tuple[str, str], str] = {}
    for n, (setting, group) in enumerate(zip(edition.kelompok, edition.groups, strict=True)):
        at = ("kelompok", n)
        if group.id in _TAKEN:
            yield (*at, "kode"), tell("why.group-taken", name=setting.kode)
        if slug(group) in _HEADINGS or slug(group.full) in _HEADINGS:
            yield (*at, "nama"), tell("why.group-taken", name=str(group))
        if group.file.casefold() in _FILES:
            yield (*at, "buku_kerja"), tell("why.book-taken", name=group.file)
        told = {"kode": group.id, "nama": slug(group), "nama_panjang": slug(group.full)}
        others = {key: first.setdefault((key, name), setting.kode) for key, name in told.items()}
        alike = next((key for key, other in others.items() if other is not setting.kode), "")
        if alike:
            name = getattr(setting, alike)
            yield (*at, alike if name else "kode"), tell("why.groups-alike", name=name or group, other=others[alike])
        other = first.setdefault(("buku_kerja", group.file.casefold()), setting.kode)
        if not alike and other is not setting.kode:
            yield (*at, "buku_kerja"), tell("why.books-alike", name=group.file, other=other)


def _unknown(edition: Edition) -> Iterator[Key]:
    """Yield where something is said of a group that there is not."""
    known = {group.id for group in edition.groups}
    said: list[Key] = [("pernyataan", what, code) for what in ("jumlah", "aktif") for code in _of(edition, what)]
    said += [("periode", n, "pemetaan", code) for n, period in enumerate(edition.periode) for code in period.pemetaan]
    for key in said:
        if slug(str(key[-1])) not in known:
            yield key


def _old(edition: Edition) -> Iterator[tuple[Key, Words]]:
    """Yield counts of ministries or civil society where there is no such group."""
    known = {group.id: setting.kode for group, setting in zip(edition.groups, edition.kelompok, strict=True)}
    for (_, id_), old in OLD_KEYS.items():
        if id_ not in known and getattr(edition.pernyataan, old) is not None:
            yield ("pernyataan", old), tell("why.no-group", name=id_.upper(), choices=", ".join(known.values()))


def _of(edition: Edition, what: str) -> Mapping[str, int]:
    said: Mapping[str, int] = getattr(edition.pernyataan, what)
    return said


def _twice(edition: Edition) -> Iterator[tuple[Key, Words]]:
    """Yield counts that are declared in two ways, and codes that are the same but for capitals or signs."""
    for what in ("jumlah", "aktif"):
        first: dict[str, str] = {}
        for code in _of(edition, what):
            other = first.setdefault(slug(code), code)
            if other != code:
                yield ("pernyataan", what, code), tell("why.said-twice", name=code, other=f"{what}.{other}")
        for (old_what, id_), old in OLD_KEYS.items():
            if old_what == what and id_ in first and getattr(edition.pernyataan, old) is not None:
                yield ("pernyataan", old), tell("why.said-twice", name=old, other=f"{what}.{first[id_]}")
    for n, period in enumerate(edition.periode):
        first = {}
        for code in period.pemetaan:
            other = first.setdefault(slug(code), code)
            if other != code:
                yield ("periode", n, "pemetaan", code), tell("why.said-twice", name=code, other=other)
