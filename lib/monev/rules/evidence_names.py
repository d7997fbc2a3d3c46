"""What evidence names: files and links in the words of column Data Dukung. Pure; nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monev.model.fields import EVIDENCE_FOLDER, EVIDENCE_GIVEN, EVIDENCE_MISSING
from monev.model.letters import plain
from monev.model.raw_tables import RowPlace

_ENDINGS = (
    "pdf|docx?|docm|xlsx?|xlsm|pptx?|odt|ods|odp|rtf|txt|csv|jpe?g|png|gif|bmp|tiff?|heic|webp|mp3|mp4|m4a|mov|avi|mkv|"
    "zip|rar|7z|exe|bat|cmd|js|html?|lnk|url|msg|eml"
)
_WHOLE = re.compile(rf"[^<>:\"|?*]+\.(?:{_ENDINGS})", re.I)
_WITHIN = re.compile(rf"[^\s,;()\"']+\.(?:{_ENDINGS})\b", re.I)
_LINK = re.compile(r"(?:https?:/{0,2}|www\.)\S*", re.I)
_GOOD_LINK = re.compile(r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.I)
_BEHIND = ".,;:!?)]}"


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file that a target's evidence names: as it was named, where it lies, and whether it may be published."""

    commitment: int
    measure: int
    actor: str
    period: str
    no: int
    name: str
    file: str
    public: bool
    place: RowPlace


def published_path(file: str) -> str:
    """Return where an evidence file is published, seen from the report: `bukti/2022-S3/laporan.pdf`."""
    folder, _, name = file.partition(f"/{EVIDENCE_FOLDER}/")
    return f"{EVIDENCE_FOLDER}/{folder.rpartition('/')[2]}/{name}"


def named_files(text: str) -> Iterator[str]:
    """Yield the files that a text names, parted by semicolons or lines; else words in it that end as files do."""
    if text in (EVIDENCE_GIVEN, EVIDENCE_MISSING):
        return
    for part in re.split(r"[;\n]", _LINK.sub(" ", text)):
        whole = plain(part)
        if _WHOLE.fullmatch(whole) and len(_WITHIN.findall(whole)) < 2 and "," not in whole:
            yield whole.replace("\\", "/")
        else:
            yield from (found.replace("\\", "/") for found in _WITHIN.findall(whole))


def broken_links(text: str) -> Iterator[str]:
    """Yield the links of a text that are no whole addresses."""
    for found in _LINK.findall(text):
        link = found.rstrip(_BEHIND)
        address = link if "://" in link or not link.lower().startswith("www.") else f"https://{link}"
        if not _GOOD_LINK.fullmatch(address):
            yield link
