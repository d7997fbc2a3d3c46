"""The contents of a report: its parts, the profiles that order them, and what params say of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import Field, model_validator

from monev.model.closed_model import ClosedModel
from monev.words.messages import Refusal, tell

PARTS: Mapping[str, str] = {
    "sekilas": "",
    "ringkasan": "",
    "sorotan": "",
    "catatan-umum": "",
    "komitmen": "",
    "strategi": "",
    "cara-angka": "strategi",
    "deskripsi": "",
    "prinsip": "deskripsi",
    "partisipasi": "deskripsi",
    "instrumen": "deskripsi",
    "kelengkapan": "deskripsi",
    "belum-selesai": "deskripsi",
    "tindak-lanjut": "deskripsi",
    "hambatan": "deskripsi",
    "indikator": "deskripsi",
    "perbandingan": "",
    "perubahan": "perbandingan",
    "peta-capaian": "perbandingan",
    "kuadran": "perbandingan",
    "skor-pelaksana": "perbandingan",
    "rapor": "perbandingan",
    "lampiran": "",
    "catatan-sumber": "",
    "rekonsiliasi": "",
    "audit": "",
    "singkatan": "",
    "indeks": "",
}
"""Every part, and the chapter that it is a section of; none for a chapter. `quarto/laporan.qmd` marks them."""

NEEDS: Mapping[str, str] = {"indeks": "lampiran"}
"""Parts that say nothing without another one."""

OPENINGS: Mapping[str, tuple[str, ...]] = {
    "perbandingan": tuple(name for name, home in PARTS.items() if home == "perbandingan"),
}
"""Parts that only open a chapter, and what may follow them in it."""

USUAL, PUBLISHED = "lengkap", "terbitan"
PROFILES: Mapping[str, tuple[str, ...]] = {
    USUAL: tuple(PARTS),
    PUBLISHED: ("ringkasan", "sorotan", "catatan-umum", "komitmen", "strategi", "deskripsi", "lampiran"),
}


class PartSetting(ClosedModel):
    """One part as params tell it: one of the report's own (or a profile), or a text of one's own."""

    bagian: str = ""
    judul: str = Field(default="", max_length=120)
    naskah: str = ""
    sesudah: str = ""

    @model_validator(mode="before")
    @classmethod
    def _a_name_alone(cls, value: object) -> object:
        return {"bagian": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _is_one_thing(self) -> PartSetting:
        if bool(self.bagian) == bool(self.naskah):
            raise Refusal(tell("why.one-part"))
        if self.sesudah and not self.naskah:
            raise Refusal(tell("why.after-own"))
        return self


@dataclass(frozen=True)
class Part:
    """One part of a report: its name, the title that replaces its own (if any), and its level.

    `raised` says of a section that it stands apart from its chapter, and so is a chapter itself. Of a text of one's own
    the name is that of its file; `is_notebook` tells one that is run from one that is written.
    """

    name: str
    title: str = ""
    raised: bool = False
    is_own: bool = False
    is_notebook: bool = False


NOTEBOOK = ".ipynb"


def contents(settings: Iterable[PartSetting]) -> tuple[Part, ...]:
    """Return the parts in their order; a section next to its chapter stays in it, elsewhere it becomes a chapter.

    A text of one's own that says what it follows stands behind that chapter with all its sections.
    """
    settings = list(settings)
    found = _in_order(setting for setting in settings if not setting.sesudah)
    for setting in settings:
        if setting.sesudah:
            places = [n for n, part in enumerate(found) if _chapter(part) == setting.sesudah]
            found.insert(places[-1] + 1 if places else len(found), *_named(setting))
    return tuple(found)


def _chapter(part: Part) -> str:
    """Return the chapter that a part stands in, by name; its own where it is one."""
    return part.name if part.is_own or part.raised else PARTS.get(part.name) or part.name


def _in_order(settings: Iterable[PartSetting]) -> list[Part]:
    found: list[Part] = []
    chapter = ""
    for setting in settings:
        for part in _named(setting):
            home = PARTS.get(part.name, "")
            if part.is_own or not home:
                chapter = "" if part.is_own else part.name
                found.append(part)
            else:
                raised = home != chapter
                chapter = "" if raised else chapter
                found.append(Part(part.name, part.title, raised))
    return found


def _named(setting: PartSetting) -> Iterator[Part]:
    if setting.naskah:
        is_notebook = setting.naskah.endswith(NOTEBOOK)
        name = setting.naskah.removesuffix(NOTEBOOK if is_notebook else ".md")
        yield Part(name, setting.judul, is_own=True, is_notebook=is_notebook)
    elif setting.bagian in PROFILES:
        yield from map(Part, PROFILES[setting.bagian])
    else:
        yield Part(setting.bagian, setting.judul)


EVERYTHING = contents([PartSetting(bagian=USUAL)])
