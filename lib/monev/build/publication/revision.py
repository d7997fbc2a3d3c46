"""What a release says otherwise than the one before: figures by `diff`, categories, and texts of the workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from monev.audit.difference import Difference, compare_sides, load_side
from monev.build.publication.ledger import Released
from monev.build.publication.record import PUBLIC
from monev.edition.opened import Opened, open_edition
from monev.figures.register import target_id
from monev.io.publication_files import load_release
from monev.model.fields import DIMENSIONS
from monev.model.imprint import Changed, Revision
from monev.rules.tidy import Dataset

_SHOWN = 300  # letters of a text, and of what a figure is
_COMMITMENT = re.compile(r"(?:komitmen|target)\.(\d+)[.-]")
# Records, what tells one from another, and what of them is printed as text, in the words of the report.
_TEXTS: Mapping[str, tuple[tuple[str, ...], Mapping[str, str]]] = {
    "commitments": (("commitment",), {"title": "judul"}),
    "measures": (("commitment", "actor", "measure"), {"text": "ukuran keberhasilan"}),
    "targets": (
        ("commitment", "measure", "actor", "period", "no"),
        {
            "target": "target",
            "achievement": "capaian",
            "cocreation_text": "ko-kreasi",
            "cocreation": "status ko-kreasi",
            "evidence": "data dukung",
        },
    ),
    "followups": (("commitment", "measure", "no"), {"text": "tindak lanjut"}),
    "determinations": (("commitment", "dimension"), {"category": "penetapan", "reason": "alasan penetapan"}),
    "highlights": (("commitment", "part", "actor", "dimension", "no"), {"title": "judul sorotan", "text": "sorotan"}),
    "notes": (("part", "kind", "no"), {"title": "judul catatan umum", "text": "catatan umum"}),
}
_PREFIXES = {"measure": "UK ", "no": "nomor ", "part": "bagian "}


def revision(root: Path, edition: str, before: Released, number: str, by: str, reason: str, day: date) -> Revision:
    """Return the step from a release to the next, which is made of the inputs below `root` as they are now.

    Raises InputError for inputs that are not sound, UnknownSide for a release whose figures cannot be read.
    """
    old, new = open_edition(before.archive, edition), open_edition(root, edition)
    found = compare_sides(load_side(before.archive, str(before.folder / PUBLIC)), load_side(root, edition))
    words = _target_words(old.inputs.data) | _target_words(new.inputs.data)
    changes = [*_figures(found, words), *_categories(old, new), *_texts(old.inputs.data, new.inputs.data)]
    ordered = sorted(changes, key=lambda item: (item.komitmen is None, item.komitmen or 0))
    return Revision(dari=before.number, ke=number, tanggal=day, oleh=by, alasan=reason, perubahan=tuple(ordered))


def earlier_steps(before: Released) -> tuple[Revision, ...]:
    """Return the revisions that led to a release, as its own record tells them."""
    made = load_release(before.archive, before.edition)
    return made.riwayat if made else ()


def _shortened(text: object) -> str:
    words = " ".join(str(text or "").split())
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"


def _commitment(id_: str) -> int | None:
    found = _COMMITMENT.match(id_)
    return int(found[1]) if found else None


def _target_words(data: Dataset) -> dict[str, str]:
    """Return what each target's figure is: its formula names no more than a cell."""
    key = _TEXTS["targets"][0]
    return {
        target_id(target): f"nilai ({', '.join(_named(key, tuple(getattr(target, name) for name in key)))})"
        for target in data.targets
    }


def _figures(found: Difference, words: Mapping[str, str]) -> Iterator[Changed]:
    steps = [(change.old, change.new) for change in found.changed if "cetak" in change.fields]
    sides = [*steps, *(({}, record) for record in found.added), *((record, {}) for record in found.gone)]
    for old, new in sides:
        record = new or old
        id_ = str(record["id"])
        yield Changed(
            komitmen=_commitment(id_),
            hal=words.get(id_) or _shortened(record.get("rumus")) or id_,
            angka=id_,
            lama=_shortened(old.get("cetak")),
            baru=_shortened(new.get("cetak")),
        )


def _categories(old: Opened, new: Opened) -> Iterator[Changed]:
    numbers = {result.commitment.commitment for result in old.results.commitments}
    for result in new.results.commitments:
        number = result.commitment.commitment
        for dimension in DIMENSIONS if number in numbers else ():
            was = old.results.commitment(number).outcome(dimension).category
            now = result.outcome(dimension).category
            if was != now:
                yield Changed(komitmen=number, hal=f"kategori {dimension}", lama=was or "", baru=now or "")


def _texts(old: Dataset, new: Dataset) -> Iterator[Changed]:
    for name, (key, told) in _TEXTS.items():
        before, after = (_by_key(getattr(data, name), key) for data in (old, new))
        for own in dict.fromkeys([*after, *before]):
            for column, words in told.items():
                texts = [_shortened(getattr(rows[own], column)) if own in rows else "" for rows in (before, after)]
                if texts[0] != texts[1]:
                    number = dict(zip(key, own, strict=True)).get("commitment")
                    where = ", ".join(_named(key, own))
                    hal = f"{words} ({where})" if where else words
                    yield Changed(komitmen=number, hal=hal, lama=texts[0], baru=texts[1])


def _by_key(records: Any, key: tuple[str, ...]) -> dict[tuple[Any, ...], Any]:
    return {tuple(getattr(record, name) for name in key): record for record in records}


def _named(key: tuple[str, ...], own: tuple[Any, ...]) -> Iterator[str]:
    for name, value in zip(key, own, strict=True):
        if name != "commitment" and value not in (None, ""):
            yield f"{_PREFIXES.get(name, '')}{value}"
