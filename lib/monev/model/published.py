"""The published figures that an edition is reconciled with: models of `params/terbit/<edition>.yml`. Pure.

Closed and frozen as all params. Every entry says what was printed (`terbit`), where (`tempat`), and what it
is compared with. An entry that differs carries `menurut_data`, what the data gave when the explanation was
written, and `penjelasan`; so an explanation whose data have changed since is noticed, not printed on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from itertools import chain
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from monev.model.closed_model import ClosedModel
from monev.model.fields import NO_TARGET, NOT_MEASURABLE
from monev.words.messages import Refusal, tell

STATEMENTS = "pernyataan."
"""Ids of figures that the secretariat declares: no workbook holds them."""

NUMBER_SLOT = "{}"
"""Stands in a `pola` where the number is."""

Dimension = Literal["Administratif", "Ko-Kreasi"]
Words = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9_.-]*[a-z0-9])?$")]
_DECIMAL = re.compile(r"\d+(,\d+)?")


def number(printed: int | str) -> Fraction:
    """Return a number as written here: `14`, or a text like `72,06`. Raises Refusal for another text."""
    if isinstance(printed, int):
        return Fraction(printed)
    if not _DECIMAL.fullmatch(printed):
        raise Refusal(tell("why.published-number", value=printed))
    return Fraction(printed.replace(",", "."))


class Search(ClosedModel):
    """Cells of the workbooks to look in, and the words to find; `{}` stands for the number."""

    lembar: Literal["Sorotan", "Catatan Umum", "Capaian"]
    komitmen: int | None = Field(None, ge=1)
    pola: str = ""


class _Entry(ClosedModel):
    """What all entries share. `nama` says what the figure is, in the words of the annex."""

    id: Id
    nama: Words
    tempat: tuple[Words, ...] = Field(min_length=1)
    alasan: str = ""
    penjelasan: str = ""


def _explained(given: object, words: str) -> None:
    if (given is None) != (words == ""):
        raise Refusal(tell("why.together", names="'menurut_data', 'penjelasan'"))


class PublishedNumber(_Entry):
    """A number, compared with the figure of the register called `angka` (or `id`), or with cells (`teks`).

    One that can be compared with nothing says why in `alasan`; a declared one (`pernyataan.`) may say more.
    """

    terbit: int | str
    satuan: str = ""
    angka: str = ""
    teks: Search | None = None
    menurut_data: int | str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        number(self.terbit)
        if self.menurut_data is not None:
            number(self.menurut_data)
        _explained(self.menurut_data, self.penjelasan)
        if self.teks and self.teks.pola.count(NUMBER_SLOT) != 1:
            raise Refusal(tell("why.one-slot", slot=NUMBER_SLOT))
        declared = self.id.startswith(STATEMENTS) or self.angka.startswith(STATEMENTS)
        chosen = sum((self.angka != "", self.teks is not None, self.alasan != "" and not declared))
        if chosen > 1:
            raise Refusal(tell("why.one-of", names="'angka', 'teks', 'alasan'"))
        return self

    @property
    def figure(self) -> str:
        """The id of the figure to compare with; empty when there is none."""
        if self.angka:
            return self.angka
        declared = self.id.startswith(STATEMENTS)
        return self.id if declared or not (self.teks or self.alasan) else ""


class PublishedList(_Entry):
    """A list of commitments: those of a category, or those of a highlight part."""

    terbit: tuple[int, ...]
    dimensi: Dimension | None = None
    kategori: str = ""
    sorotan: str = ""
    menurut_data: tuple[int, ...] | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _explained(self.menurut_data, self.penjelasan)
        if (self.dimensi is None) != (self.kategori == ""):
            raise Refusal(tell("why.together", names="'dimensi', 'kategori'"))
        if sum((self.kategori != "", self.sorotan != "", self.alasan != "")) != 1:
            raise Refusal(tell("why.one-of", names="'kategori', 'sorotan', 'alasan'"))
        return self


class PublishedText(_Entry):
    """Words compared one by one: a commitment's title, an actor's name, a setting, a status, a cell."""

    terbit: Words
    judul: int | None = Field(None, ge=1)
    sorotan: str = ""
    pelaksana: str = ""
    params: str = ""
    status: str = ""
    teks: Search | None = None
    menurut_data: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _explained(self.menurut_data, self.penjelasan)
        named = (self.sorotan, self.pelaksana, self.params, self.status, self.alasan)
        if sum((self.judul is not None, self.teks is not None, *(text != "" for text in named))) != 1:
            names = "'judul', 'sorotan', 'pelaksana', 'params', 'status', 'teks', 'alasan'"
            raise Refusal(tell("why.one-of", names=names))
        return self


class PublishedTarget(ClosedModel):
    """A target's score and status of co-creation as printed; `id` is that of its figure without `target.`.

    `menurut_data` and `penjelasan` are for the one of both that differs.
    """

    id: Id
    nilai: int | str
    kokreasi: str = ""
    menurut_data: int | str | None = None
    penjelasan: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.nilai not in (NOT_MEASURABLE, NO_TARGET):
            number(self.nilai)
        _explained(self.menurut_data, self.penjelasan)
        return self


class Published(ClosedModel):
    """All published figures of one edition; `tempat_target` says where those of single targets are printed."""

    edisi: Words
    sumber: Words
    tempat_target: Words = "Lampiran"
    target: tuple[PublishedTarget, ...] = ()
    angka: tuple[PublishedNumber, ...] = ()
    daftar: tuple[PublishedList, ...] = ()
    tulisan: tuple[PublishedText, ...] = ()

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        seen: set[str] = set()
        entries: Iterable[_Entry | PublishedTarget] = chain(self.angka, self.daftar, self.tulisan, self.target)
        for entry in entries:
            if entry.id in seen:
                raise Refusal(tell("why.same-id", id=entry.id))
            seen.add(entry.id)
        return self

    @property
    def file(self) -> str:
        """Where these figures stand, as it is recorded."""
        return f"params/terbit/{self.edisi}.yml"
