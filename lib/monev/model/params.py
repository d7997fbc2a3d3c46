"""The params of an edition: closed, frozen models with the rules of the report as defaults.

Keys are Indonesian because analysts write them (source: the data contract, `params/<edition>.yml`; defaults: the
report specification, section "Scoring").
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Literal, Self, get_args

from pydantic import BeforeValidator, Field, field_validator, model_validator

from monev.model.closed_model import ClosedModel
from monev.model.contents import USUAL as USUAL_CONTENTS
from monev.model.contents import Part, PartSetting, contents
from monev.model.fields import COCREATION
from monev.model.groups import USUAL, Group, GroupSetting
from monev.model.groups import slug as slug
from monev.model.imprint import Publication
from monev.words.messages import Refusal, tell


def _exact(value: object) -> object:
    """Read a YAML number as the decimal that was written: 0.7 is 7/10, not its binary neighbour."""
    if isinstance(value, bool):
        raise Refusal(tell("why.number"))
    return Fraction(str(value)) if isinstance(value, int | float) else value


def _differ(names: Sequence[str]) -> None:
    """Refuse names that would share an id; those of the report's own (`Total`) stand last."""
    first: dict[str, str] = {}
    for name in names:
        if slug(name) in first:
            raise Refusal(tell("why.names", name=name, other=first[slug(name)]))
        first[slug(name)] = name


Exact = Annotated[Fraction, BeforeValidator(_exact)]


class Band(ClosedModel):
    """An administrative category: whole percents from `dari` to `sampai`, both included."""

    nama: str = Field(min_length=1)
    dari: int = Field(ge=0, le=100)
    sampai: int = Field(ge=0, le=100)


class Threshold(ClosedModel):
    """A co-creation category: means of at least `dari`."""

    nama: str = Field(min_length=1)
    dari: Exact = Field(ge=0, le=1)


class CoCreation(ClosedModel):
    """Weights of the target statuses, and thresholds from best to worst."""

    bobot: dict[str, Exact] = Field(
        default={"Aktif": Fraction(1), "Semi-Aktif": Fraction(1, 2), "Pasif": Fraction(0), "N/A": Fraction(0)}
    )
    kategori: tuple[Threshold, ...] = (
        Threshold(nama="Aktif", dari=Fraction(7, 10)),
        Threshold(nama="Semi-Aktif", dari=Fraction(3, 10)),
        Threshold(nama="Pasif", dari=Fraction(0)),
    )
    periode: Literal["terakhir", "semua"] = "terakhir"

    @model_validator(mode="after")
    def _thresholds_fall(self) -> Self:
        if set(self.bobot) != set(COCREATION):
            raise Refusal(tell("why.weights", names=", ".join(COCREATION)))
        steps = [threshold.dari for threshold in self.kategori]
        if not steps or any(a <= b for a, b in pairwise(steps)) or steps[-1] != 0:
            raise Refusal(tell("why.thresholds"))
        _differ([threshold.nama for threshold in self.kategori])
        return self


Level = Literal["complete", "substantial", "limited", "not started"]
WITHDRAWN = "withdrawn"


class CompletionLevel(ClosedModel):
    """A level of OGP's scale: its word there, its name in the report, and the lowest whole percent of it."""

    kode: Level
    nama: str = Field(min_length=1)
    dari: int = Field(ge=0, le=100)


class Completion(ClosedModel):
    """A second scale beside the bands, as OGP's reviews judge completion.

    `bukti` says what completion rests on: `semua`, it is told where all that was achieved has evidence; `sebagian`,
    where something has, and the rest counts as nothing. `ditarik`: withdrawn commitments, each with the reason.
    """

    tingkat: tuple[CompletionLevel, ...]
    bukti: Literal["semua", "sebagian"]
    ditarik: dict[int, Annotated[str, Field(min_length=1)]] = Field(default={})

    @model_validator(mode="after")
    def _levels_fall(self) -> Self:
        steps = [level.dari for level in self.tingkat]
        whole = tuple(level.kode for level in self.tingkat) == get_args(Level)
        if not whole or any(a <= b for a, b in pairwise(steps)) or steps[-1] != 0:
            raise Refusal(tell("why.completion", names=", ".join(get_args(Level))))
        _differ([level.nama for level in self.tingkat])
        return self


class Scoring(ClosedModel):
    """Bands, aggregation and co-creation rules."""

    kategori: tuple[Band, ...] = (
        Band(nama="Baik", dari=70, sampai=100),
        Band(nama="Cukup", dari=51, sampai=69),
        Band(nama="Kurang", dari=0, sampai=50),
    )
    tidak_terukur: str = "N/A"
    agregasi: Literal["rata-rata target", "rata-rata periode"] = "rata-rata periode"
    kokreasi: CoCreation = CoCreation()
    penyelesaian_ogp: Completion | None = None

    @model_validator(mode="after")
    def _bands_cover(self) -> Self:
        top = 101
        for band in self.kategori:
            if band.sampai != top - 1 or band.dari > band.sampai:
                raise Refusal(tell("why.bands", name=band.nama, top=top - 1))
            top = band.dari
        if top != 0:
            raise Refusal(tell("why.lowest"))
        _differ([*(band.nama for band in self.kategori), self.tidak_terukur, "Total"])
        return self


Counted = Literal["jumlah", "aktif"]
OLD_KEYS: dict[tuple[Counted, str], str] = {
    ("jumlah", "kl"): "jumlah_kl",
    ("jumlah", "oms"): "jumlah_oms",
    ("aktif", "kl"): "kl_aktif",
    ("aktif", "oms"): "oms_aktif",
}
"""Keys that say of two groups what `jumlah` and `aktif` say of any."""


class Statements(ClosedModel):
    """Declared counts that no workbook holds; each may be absent, and then its sentence is, too.

    `jumlah` and `aktif` go by a group's code; `jumlah_kl` and the like are the older way to say so of two groups.
    """

    jumlah: dict[str, Annotated[int, Field(ge=0)]] = Field(default={})
    aktif: dict[str, Annotated[int, Field(ge=0)]] = Field(default={})
    jumlah_kl: int | None = Field(default=None, ge=0)
    jumlah_oms: int | None = Field(default=None, ge=0)
    jumlah_target: int | None = Field(default=None, ge=0)
    kl_aktif: int | None = Field(default=None, ge=0)
    oms_aktif: int | None = Field(default=None, ge=0)
    rencana_pertama_tahun: int | None = Field(default=None, ge=1900, le=2200)
    rencana_ke: int | None = Field(default=None, ge=1)

    def said(self, what: Counted, group: Group) -> tuple[int, str] | None:
        """Return how many actors of a group there are, or are active, and the key that says so; None if none does."""
        for code, count in getattr(self, what).items():
            if slug(code) == group.id:
                return count, f"{what}.{code}"
        key = OLD_KEYS.get((what, group.id), "")
        count = getattr(self, key) if key else None
        return None if count is None else (count, key)


class Limits(ClosedModel):
    """What a workbook may hold at most; one that holds more is refused before it fills memory or disk.

    `megabita`, `rasio` and `bagian`: all parts unpacked, how far one part may unpack, how many there are;
    `bagian_megabita`: one part that is read. `baris`, `kolom` and `sel`: how far down and right a sheet may hold
    something, and how large that rectangle may be. `memori_megabita`: beyond it a build says what memory it will need.
    """

    megabita: int = Field(default=200, ge=1)
    bagian_megabita: int = Field(default=20, ge=1)
    rasio: int = Field(default=200, ge=10)
    bagian: int = Field(default=2_000, ge=20)
    baris: int = Field(default=20_000, ge=10, le=1_048_576)
    kolom: int = Field(default=200, ge=20, le=16_384)
    sel: int = Field(default=1_000_000, ge=1_000)
    memori_megabita: int = Field(default=2_000, ge=100)


MapName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]


_MONTHS = re.compile(r"B0*(\d{1,3})")  # a code that counts the months since the plan began, in January


class Period(ClosedModel):
    """One reporting period: code, label, year, last day, folder of its workbooks, and how their headings are read."""

    kode: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,15}$")
    label: str = Field(min_length=1)
    tahun: int = Field(ge=1900, le=2200)
    akhir: date | None = None
    inputs: str = Field(min_length=1)
    masukan: Literal["capaian", "kiriman"] = "capaian"
    pemetaan: dict[str, MapName] = Field(default={})

    def map_of(self, group: Group) -> str | None:
        """Return the map of headings (`params/pemetaan/<name>.yml`) of a group's workbook, if it needs one."""
        return next((name for code, name in self.pemetaan.items() if slug(code) == group.id), None)

    @property
    def tells_last_day(self) -> bool:
        """The last day is given, or told by the code; else the year's stands in for it."""
        return self.akhir is not None or _MONTHS.fullmatch(self.kode) is not None

    @property
    def last_day(self) -> date:
        """The period's last day: `akhir`, else by a code that counts months (`B06`: June), else the year's."""
        if self.akhir:
            return self.akhir
        counted = _MONTHS.fullmatch(self.kode)
        month = (int(counted[1]) - 1) % 12 + 1 if counted else 12
        return date(self.tahun, month, monthrange(self.tahun, month)[1])


class FormSettings(ClosedModel):
    """What the covering letter of forms says: until when they are awaited, and whom to ask."""

    tenggat: date | None = None
    kontak: str = Field(default="", max_length=300)


Rule = Literal["terbaik", "terendah", "paling-naik", "paling-turun"]
SUGGESTED: tuple[Rule, ...] = get_args(Rule)
"""Rules that suggest a commitment to highlight: highest score, lowest score, largest rise, largest fall."""


class Accepted(ClosedModel):
    """A suggested highlight that the secretariat accepts; `judul` replaces the title that the rule would give it."""

    usulan: Rule
    judul: str = ""


class Names(ClosedModel):
    """Names that the report prints for the programme; another plan sets its own."""

    program: str = "Open Government Indonesia"
    singkatan: str = "OGI"
    rencana: str = "RAN OGI 2020-2022"
    rencana_lengkap: str = ""
    sekretariat: str = "Sekretariat Nasional Open Government Indonesia"
    kanal_kl: str = Field(default="SISMONEV Kantor Staf Presiden (KSP)", min_length=1)
    kanal_oms: str = Field(default="SISMONEV OGI", min_length=1)
    satuan_periode: str = Field(default="semester", min_length=1)
    tema: str = ""
    tema_latar: str = ""
    isu: tuple[str, ...] = ()
    prinsip_lanjut: str = ""


# Folders of `outputs/` that hold something else than an edition's report (source: the data contract).
RESERVED = ("formulir", "periksa", "pratinjau")
_EDITION_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?")


def is_edition_name(name: str) -> bool:
    """Tell whether an edition may be called so: its name is that of files and folders on every system."""
    plain = name.casefold()
    return bool(_EDITION_NAME.fullmatch(name)) and plain not in RESERVED and not plain.endswith(".lock")


Abbreviation = Annotated[str, Field(pattern=r"^[^\s!]([^!\n]{0,38}[^\s!])?$")]


class Edition(ClosedModel):
    """All params of one edition. The last period is the current one.

    `keterangan` says on the cover what this edition is, where it is not the usual one.
    """

    edisi: str
    judul: str = Field(min_length=1)
    keterangan: str = Field(default="", max_length=600)
    rencana_aksi: str = Field(min_length=1)
    periode: tuple[Period, ...] = Field(min_length=1)
    kelompok: tuple[GroupSetting, ...] = USUAL
    bagian: tuple[PartSetting, ...] = (PartSetting(bagian=USUAL_CONTENTS),)
    penilaian: Scoring = Scoring()
    pernyataan: Statements = Statements()
    batas: Limits = Limits()
    nama: Names = Names()
    formulir: FormSettings = FormSettings()
    sorotan: tuple[Accepted, ...] = ()
    terbitan: Publication = Publication()
    instrumen: tuple[Annotated[str, Field(min_length=1, max_length=40)], ...] = ()
    singkatan: dict[Abbreviation, Annotated[str, Field(min_length=1, max_length=200)]] = Field(default={})

    @field_validator("edisi")
    @classmethod
    def _name_fits(cls, name: str) -> str:
        if not is_edition_name(name):
            raise Refusal(tell("why.edition-name"))
        return name

    @model_validator(mode="after")
    def _periods_differ(self) -> Self:
        codes = [period.kode for period in self.periode]
        if len(set(codes)) != len(codes):
            raise Refusal(tell("why.periods"))
        _differ([*codes, "akumulasi"])
        _differ([item.usulan for item in self.sorotan])
        _differ(self.instrumen)
        return self

    @property
    def current(self) -> Period:
        """The edition's current (last) period."""
        return self.periode[-1]

    @field_validator("bagian", mode="before")
    @classmethod
    def _a_profile_alone(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value

    @property
    def contents(self) -> tuple[Part, ...]:
        """The parts of the report, in their order."""
        return contents(self.bagian)

    def shows(self, part: str) -> bool:
        """Tell whether the report has a part of its own by this name."""
        return any(own.name == part and not own.is_own for own in self.contents)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups of actors, in the order in which the report tells them."""
        return tuple(setting.group(self._channel(setting.id)) for setting in self.kelompok)

    @property
    def order_of_groups(self) -> dict[str, int]:
        """The place of each group in that order."""
        return {group: place for place, group in enumerate(self.groups)}

    @property
    def has_usual_groups(self) -> bool:
        """Tell whether the groups are ministries and civil-society organisations, of which the prose can say more."""
        return [(own.id, own, own.full) for own in self.groups] == [
            (usual.id, usual.name, usual.nama_panjang) for usual in USUAL
        ]

    def _channel(self, id_: str) -> str:
        """Return the channel that `nama` tells of a group; what it would tell unasked holds for the usual two only."""
        field = Names.model_fields.get(f"kanal_{id_}")
        told = str(getattr(self.nama, f"kanal_{id_}", ""))
        unasked = field is None or (told == field.default and len(self.kelompok) > len(USUAL))
        return "" if unasked else told
