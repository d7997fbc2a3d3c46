"""What an edition says of its publication (`terbitan`), and the record of a release (`params/rilis/<edition>.yml`).

Every build is a draft, unless the root that it is made in holds such a record: only a release lays one down, in a
place of its own. It is part of what the report is made from, so it is carried, fingerprinted, and built again.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from monev.model.closed_model import ClosedModel
from monev.words.messages import Refusal, tell

NUMBER = re.compile(r"[1-9][0-9]{0,3}\.(?:0|[1-9][0-9]{0,3})")
"""A release's number: `1.0`, `1.1`, `2.0`."""

Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\n\r]+$")]


def release_file(edition: str) -> str:
    """Return where the record of a release stands, in the root that the release is made in."""
    return f"params/rilis/{edition}.yml"


def order(number: str) -> tuple[int, ...]:
    """Return what release numbers are sorted by."""
    return tuple(map(int, number.split(".")))


class Signatory(ClosedModel):
    """Who signs: name, office, and a picture of the signature, a path from the root."""

    nama: Line
    jabatan: Line
    gambar: str | None = Field(default=None, min_length=1)


class Publication(ClosedModel):
    """What a publication says of itself; each may be absent, and is then printed nowhere."""

    nomor: Line | None = None
    tanggal: date | None = None
    kota: Line | None = None
    kata_pengantar: str | None = Field(default=None, min_length=1, max_length=300)
    penandatangan: tuple[Signatory, ...] = Field(default=(), max_length=6)
    kontak: Annotated[str, Field(min_length=1, max_length=600)] | None = None
    isbn: Line | None = None
    lisensi: Line | None = None
    tanggapan: Literal["lampirkan"] | None = None

    @field_validator("penandatangan", mode="before")
    @classmethod
    def _one_is_a_list_of_one(cls, value: object) -> object:
        return [value] if isinstance(value, dict) else value

    @property
    def pictures(self) -> tuple[str, ...]:
        """The pictures of signatures, as paths from the root."""
        return tuple(signed.gambar for signed in self.penandatangan if signed.gambar)

    @field_validator("isbn")
    @classmethod
    def _isbn_fits(cls, value: str | None) -> str | None:
        if value is not None and not is_isbn(value):
            raise Refusal(tell("why.isbn"))
        return value


def is_isbn(text: str) -> bool:
    """Tell whether a text is an ISBN of ten or thirteen digits whose last one is right."""
    digits = re.sub(r"[ -]", "", text.upper().removeprefix("ISBN").strip())
    if re.fullmatch(r"97[89]\d{10}", digits, re.ASCII):
        return sum(int(d) * (3 if n % 2 else 1) for n, d in enumerate(digits)) % 10 == 0
    if re.fullmatch(r"\d{9}[\dX]", digits, re.ASCII):
        return sum((10 if d == "X" else int(d)) * (10 - n) for n, d in enumerate(digits)) % 11 == 0
    return False


class Changed(ClosedModel):
    """One thing that a release says otherwise than the one before: what it is, as it was, as it is.

    `komitmen` is None where it belongs to no commitment. `angka` is the id of a figure of the register; without it the
    change is one of text. An empty `lama` or `baru` says that there was, or is, none.
    """

    komitmen: int | None = Field(default=None, ge=1)
    hal: str = Field(min_length=1)
    angka: str = ""
    lama: str = ""
    baru: str = ""


class Revision(ClosedModel):
    """The step from one release to the next, with its reason."""

    dari: str = Field(pattern=NUMBER.pattern)
    ke: str = Field(pattern=NUMBER.pattern)
    tanggal: date
    oleh: Line
    alasan: str = Field(min_length=1, max_length=2000)
    perubahan: tuple[Changed, ...] = ()


class Release(ClosedModel):
    """A release: its number, who made it and when, why open comments were left, and the revisions that led to it."""

    edisi: str
    versi: str = Field(pattern=rf"^{NUMBER.pattern}$")
    oleh: Line
    tanggal: date
    dibiarkan_terbuka: str = Field(default="", max_length=2000)
    riwayat: tuple[Revision, ...] = ()

    @model_validator(mode="after")
    def _steps_follow(self) -> Self:
        versions = [*(step.ke for step in self.riwayat)]
        joined = all(a.ke == b.dari for a, b in pairwise(self.riwayat))
        if versions and (versions[-1] != self.versi or not joined):
            raise Refusal(tell("why.revisions"))
        return self

    @property
    def revised(self) -> frozenset[str]:
        """The ids of the figures that the last revision changed."""
        last = self.riwayat[-1].perubahan if self.riwayat else ()
        return frozenset(item.angka for item in last if item.angka)
