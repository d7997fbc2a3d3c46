"""The params of an edition: closed, frozen models with the rules of the report as defaults.

Keys are Indonesian because analysts write them (source: the data contract, `params/<edition>.yml`; defaults: the
report specification, section "Scoring").
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


def _exact(value: object) -> object:
    """Read a YAML number as the decimal that was written: 0.7 is 7/10, not its binary neighbour."""
    if isinstance(value, bool):
        raise ValueError("bukan angka")
    return Fraction(str(value)) if isinstance(value, int | float) else value


Exact = Annotated[Fraction, BeforeValidator(_exact)]


class Band(_Closed):
    """An administrative category: whole percents from `dari` to `sampai`, both included."""

    nama: str = Field(min_length=1)
    dari: int = Field(ge=0, le=100)
    sampai: int = Field(ge=0, le=100)


class Threshold(_Closed):
    """A co-creation category: means of at least `dari`."""

    nama: str = Field(min_length=1)
    dari: Exact = Field(ge=0, le=1)


class CoCreation(_Closed):
    """Weights of the target statuses, and thresholds from best to worst."""

    bobot: dict[str, Exact] = {
        "Aktif": Fraction(1),
        "Semi-Aktif": Fraction(1, 2),
        "Pasif": Fraction(0),
        "N/A": Fraction(0),
    }
    kategori: tuple[Threshold, ...] = (
        Threshold(nama="Aktif", dari=Fraction(7, 10)),
        Threshold(nama="Semi-Aktif", dari=Fraction(3, 10)),
        Threshold(nama="Pasif", dari=Fraction(0)),
    )
    periode: Literal["terakhir", "semua"] = "terakhir"

    @model_validator(mode="after")
    def _thresholds_fall(self) -> Self:
        steps = [threshold.dari for threshold in self.kategori]
        if not steps or any(a <= b for a, b in pairwise(steps)) or steps[-1] != 0:
            raise ValueError("ambang kategori harus menurun dan berakhir pada 0")
        return self


class Scoring(_Closed):
    """Bands, aggregation and co-creation rules."""

    kategori: tuple[Band, ...] = (
        Band(nama="Baik", dari=70, sampai=100),
        Band(nama="Cukup", dari=51, sampai=69),
        Band(nama="Kurang", dari=0, sampai=50),
    )
    tidak_terukur: str = "N/A"
    agregasi: Literal["rata-rata target", "rata-rata periode"] = "rata-rata target"
    kokreasi: CoCreation = CoCreation()

    @model_validator(mode="after")
    def _bands_cover(self) -> Self:
        top = 101
        for band in self.kategori:
            if band.sampai != top - 1 or band.dari > band.sampai:
                raise ValueError(
                    f"kategori '{band.nama}' harus berakhir pada {top - 1} dan turun; kategori ditulis dari yang "
                    "terbaik dan bersama-sama menutup 0 sampai 100 tanpa celah"
                )
            top = band.dari
        if top != 0:
            raise ValueError("kategori terendah harus mulai dari 0")
        return self


class Statements(_Closed):
    """Declared counts that no workbook holds; each may be absent, and then its sentence is, too."""

    jumlah_kl: int | None = Field(default=None, ge=0)
    jumlah_oms: int | None = Field(default=None, ge=0)
    jumlah_target: int | None = Field(default=None, ge=0)
    kl_aktif: int | None = Field(default=None, ge=0)
    oms_aktif: int | None = Field(default=None, ge=0)
    rencana_pertama_tahun: int | None = Field(default=None, ge=1900, le=2200)
    rencana_ke: int | None = Field(default=None, ge=1)


class Period(_Closed):
    """One reporting period: code, label, year, and the folder of its workbooks."""

    kode: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,15}$")
    label: str = Field(min_length=1)
    tahun: int = Field(ge=1900, le=2200)
    inputs: str = Field(min_length=1)


class Names(_Closed):
    """Names that the report prints for the programme; another plan sets its own."""

    program: str = "Open Government Indonesia"
    singkatan: str = "OGI"
    rencana: str = "RAN OGI 2020-2022"
    sekretariat: str = "Sekretariat Nasional Open Government Indonesia"
    tema: str = ""
    tema_latar: str = ""
    isu: tuple[str, ...] = ()
    prinsip_lanjut: str = ""


class Edition(_Closed):
    """All params of one edition. The last period is the current one."""

    edisi: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
    judul: str = Field(min_length=1)
    rencana_aksi: str = Field(min_length=1)
    periode: tuple[Period, ...] = Field(min_length=1)
    penilaian: Scoring = Scoring()
    pernyataan: Statements = Statements()
    nama: Names = Names()

    @model_validator(mode="after")
    def _periods_differ(self) -> Self:
        codes = [period.kode for period in self.periode]
        if len(set(codes)) != len(codes):
            raise ValueError("kode periode tidak boleh berulang")
        return self

    @property
    def current(self) -> Period:
        """The edition's current (last) period."""
        return self.periode[-1]
