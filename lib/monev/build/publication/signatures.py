"""Looks at the signatures of a PDF: who, when, whether they hold, whether they are trusted, what was added behind them.

A foreign PDF is read by a process of its own (`python -m monev.build.publication.signatures`), bounded in time and
memory. Trusted is only who was vouched for by the given roots: none are shipped, and nothing is fetched.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from monev.audit.verdict import Note, Proof, Verification, note
from monev.audit.verification import PDF_NAME
from monev.build.publication.halves import MANIFEST
from monev.build.publication.ledger import releases
from monev.build.publication.record import PUBLIC
from monev.io.bounded_process import answer_of, bound
from monev.io.manifest import digest
from monev.io.pdf_reader import MAX_FILE, PdfError, read_shape

_MARK = b"/ByteRange"


def signature_notes(path: Path, root: Path, trusted: Sequence[Path] = ()) -> Iterator[Note]:
    """Yield notes on the signatures of a PDF, if it has any. `trusted` are files with root certificates."""
    try:
        if path.stat().st_size > MAX_FILE or _MARK not in path.read_bytes():
            return
    except OSError:
        return
    yield from _release_notes(path, root)
    if not find_spec("pyhanko"):
        yield note("G08")
        return
    found = _apart(path, trusted)
    if isinstance(found, str):
        yield note("G07", why=found)
        return
    for item in found:
        yield from _notes(item, bool(trusted))


def with_signatures(found: Verification, path: Path, root: Path, trusted: Sequence[Path] = ()) -> Verification:
    """Return a verification with what is to be said of the signatures of its PDF; a fault in them makes it differ."""
    places = (path, path / PDF_NAME, path / PUBLIC / PDF_NAME)
    file = next((place for place in places if place.is_file() and place.suffix.lower() == ".pdf"), None)
    notes = tuple(signature_notes(file, root, trusted)) if file else ()
    if not notes:
        return found
    wrong = any(told.weight == "beda" for told in notes)
    proof: Proof = "beda" if wrong and found.proof in ("identik", "jumlah") else found.proof
    examined_here = any(told.code in ("G01", "G02") for told in notes)
    before = tuple(told for told in found.notes if told.code != "R11" or not examined_here)
    return replace(found, notes=(*before, *notes), proof=proof)


def _notes(item: dict[str, Any], rooted: bool) -> Iterator[Note]:
    name = item["nama"]
    if not item["utuh"] or not item["sah"]:
        yield note("G02", name=name)
        return
    yield note("G01", name=name, when=item["waktu"] or "-", stamped=item["stempel"] or "-")
    if item["ditambah"]:
        yield note("G03", name=name)
    if item["kedaluwarsa"]:
        yield note("G04", name=name, date=item["sampai"])
    if rooted:
        yield note("G05" if item["tepercaya"] else "G06", name=name, issuer=item["penerbit"])
    else:
        yield note("G09", issuer=item["penerbit"])


def _release_notes(path: Path, root: Path) -> Iterator[Note]:
    """Say which release the report is that was signed: its bytes before any signature."""
    try:
        own = digest(path.read_bytes()[: read_shape(path).end])
    except (OSError, PdfError):
        return
    for made in releases(root):
        try:
            listed = json.loads((made.folder / PUBLIC / MANIFEST).read_bytes())["keluaran"]["laporan.pdf"]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if listed == own:
            yield note("G10", edition=made.edition, number=made.number)


def _apart(path: Path, trusted: Sequence[Path]) -> list[dict[str, Any]] | str:
    try:
        said = answer_of(__name__, path, *trusted)
    except TimeoutError as error:
        return str(error)
    except ValueError:
        return "pembacanya berhenti"
    return said if isinstance(said, list) else str(said)


def examined(path: Path, trusted: Sequence[Path]) -> list[dict[str, Any]] | str:
    """Return what is known of each signature, in the order of signing; or why nothing is."""
    import logging

    from pyhanko import keys
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko_certvalidator import ValidationContext

    logging.disable(logging.CRITICAL)
    try:
        load: Any = keys.load_certs_from_pemder
        roots = list(load([str(file) for file in trusted]))
    except (OSError, ValueError) as error:
        return f"sertifikat akar tidak terbaca: {error}"
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    with path.open("rb") as file:
        try:
            reader = PdfFileReader(file, strict=False)
            return [_examined(found, context) for found in reader.embedded_regular_signatures]
        except Exception as error:  # foreign signatures may be malformed in ways that no library foresees
            return f"{type(error).__name__}: {error}"[:200]


def _called(name: Any) -> str:
    return str(name.native.get("common_name") or name.human_friendly)[:200]


def _examined(found: Any, context: Any) -> dict[str, Any]:
    from datetime import UTC, datetime

    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    certificate = found.signer_cert
    made: dict[str, Any] = {
        "nama": _called(certificate.subject),
        "penerbit": _called(certificate.issuer),
        "sampai": certificate["tbs_certificate"]["validity"]["not_after"].native.date().isoformat(),
        "waktu": "",
        "stempel": "",
        "utuh": False,
        "sah": False,
        "tepercaya": False,
        "ditambah": True,
        "kedaluwarsa": False,
    }
    try:
        status = validate_pdf_signature(found, signer_validation_context=context, ts_validation_context=context)
    except Exception as error:  # a broken signature is told as one that does not hold
        return made | {"sebab": f"{type(error).__name__}"}
    stamped = status.timestamp_validity
    told = status.signer_reported_dt
    moment = (stamped.timestamp if stamped and stamped.valid else None) or told or datetime.now(UTC)
    valid = certificate["tbs_certificate"]["validity"]
    harmless = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return made | {
        "waktu": told.isoformat() if told else "",
        "stempel": stamped.timestamp.isoformat() if stamped and stamped.valid else "",
        "utuh": bool(status.intact),
        "sah": bool(status.valid),
        "tepercaya": bool(status.trusted),
        "ditambah": not whole and status.modification_level not in harmless,
        "kedaluwarsa": not valid["not_before"].native <= moment <= valid["not_after"].native,
    }


if __name__ == "__main__":
    bound()
    sys.stdout.write(json.dumps(examined(Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]])))
