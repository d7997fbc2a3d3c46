"""Groups of actors: what params say of them, and what code calls them by."""

from __future__ import annotations

import re

from pydantic import Field

from monev.model.closed_model import ClosedModel

FEWEST, MOST = 2, 6
NO_CHANNEL = "-"
"""What says of a group that it reports through no channel that has a name."""


def slug(name: str) -> str:
    """Return a name as it stands in ids: `Semi-Aktif` is `semi-aktif`, `K/L` is `kl`, `N/A` is `na`."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("/", "")).strip("-") or "x"


class Group(str):
    """A group of actors. The text itself is its short name, as workbooks, tables and sentences say it (`K/L`).

    `id` is what its figures and tables are called by (`kl`), `full` its long name (`Kementerian/Lembaga`), `file` the
    workbook of its achievements, `channel` how it reports (may be empty), `also` other names that workbooks may use.
    """

    __slots__ = ("also", "channel", "file", "full", "id")
    id: str
    full: str
    file: str
    channel: str
    also: tuple[str, ...]

    def __new__(cls, name: str, id_: str, full: str, file: str, channel: str = "", also: tuple[str, ...] = ()) -> Group:
        """Return the group called `name`."""
        made = super().__new__(cls, name)
        made.id, made.full, made.file, made.channel, made.also = id_, full, file, channel, also
        return made

    @property
    def in_sentences(self) -> str:
        """The long name within a sentence: small letters, but for abbreviations."""
        return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in self.full.split(" "))

    def __getnewargs__(self) -> tuple[str, str, str, str, str, tuple[str, ...]]:  # type: ignore[override]
        """Return what a copy in another process is made from."""
        return str(self), self.id, self.full, self.file, self.channel, self.also

    def __getstate__(self) -> None:
        """Say that nothing else has to be kept."""


class GroupSetting(ClosedModel):
    """One group as params tell it; what is left out follows from the code."""

    kode: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9/_-]{0,15}$")
    nama: str = Field(default="", max_length=40)
    nama_panjang: str = Field(default="", max_length=120)
    buku_kerja: str = Field(default="", pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]{0,58}\.xlsx)?$")
    kanal: str = ""

    @property
    def id(self) -> str:
        """The code as it stands in ids."""
        return slug(self.kode)

    @property
    def name(self) -> str:
        """The short name."""
        return self.nama or self.kode

    def group(self, channel: str = "") -> Group:
        """Return the group; `channel` is how it reports where its own setting does not tell."""
        full = self.nama_panjang or self.name
        file = self.buku_kerja or f"capaian-{self.id}.xlsx"
        told = "" if self.kanal == NO_CHANNEL else self.kanal or channel
        also = tuple(dict.fromkeys(name for name in (self.kode, full) if name != self.name))
        return Group(self.name, self.id, full, file, told, also)


KL, OMS = (
    GroupSetting(kode="KL", nama="K/L", nama_panjang="Kementerian/Lembaga", buku_kerja="capaian-kl.xlsx"),
    GroupSetting(kode="OMS", nama="OMS", nama_panjang="Organisasi Masyarakat Sipil", buku_kerja="capaian-oms.xlsx"),
)
USUAL = (KL, OMS)
"""The groups of an edition whose params name none."""
