"""The record of a release as both of its halves carry it: who, when, what was open, and the sums of each half. Pure.

`SHA256SUMS` of a half is over every file in it but itself and the record; the record holds the digest of both lists,
and is sealed by one over all that it says. So a byte changed anywhere, the lists and the record included, is named.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from monev.io.atomic_files import json_bytes
from monev.io.manifest import digest

RECORD, SUMS = "rilis.json", "SHA256SUMS"
PUBLIC, ARCHIVE = "publik", "arsip"
HALVES = (PUBLIC, ARCHIVE)
_SEAL = "meterai"


@dataclass(frozen=True)
class Record:
    """One release: `waktu` is when it was made (UTC), `sebelum` the release before it, `terbuka` what was left open."""

    edisi: str
    versi: str
    oleh: str
    waktu: str
    sidik: str
    publik: str
    arsip: str
    sebelum: str = ""
    alasan: str = ""
    terbuka: int = 0
    alasan_terbuka: str = ""
    ditandatangani: bool = False

    def content(self) -> bytes:
        """Return the record as it is written."""
        said = asdict(self)
        return json_bytes({**said, _SEAL: _seal(said)})

    @classmethod
    def of_bytes(cls, content: bytes) -> Record:
        """Read a record. Raises ValueError for anything that is not exactly as it was written."""
        try:
            said = json.loads(content.decode("utf-8"))
        except (ValueError, RecursionError):
            raise ValueError("bukan JSON") from None
        if not isinstance(said, dict) or said.pop(_SEAL, None) != _seal(said):
            raise ValueError("meterainya tidak cocok")
        try:
            made = cls(**said)
        except TypeError:
            raise ValueError("isinya lain") from None
        if made.content() != content:
            raise ValueError("tidak seperti ditulis")
        return made

    def sums_of(self, half: str) -> str:
        """Return the digest of a half's list of sums."""
        return self.publik if half == PUBLIC else self.arsip


def _seal(said: Mapping[str, object]) -> str:
    return digest(json.dumps(said, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass"))


def sums(files: Mapping[str, str]) -> bytes:
    """Return the list of sums as `sha256sum` reads it, of files by name and digest."""
    return "".join(f"{files[name]}  {name}\n" for name in sorted(files)).encode("utf-8")


def read_sums(content: bytes) -> dict[str, str]:
    """Return name to digest of a list of sums; lines that are none are left out: the record tells that they changed."""
    pairs = (line.partition("  ") for line in content.decode("utf-8", "replace").splitlines())
    return {name: value for value, between, name in pairs if between and len(value) == 64}
