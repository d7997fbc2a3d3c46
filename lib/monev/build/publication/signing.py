"""Signs a report as PAdES does (B-B; B-T where a time-stamp service is given), behind its own end.

The field is invisible, and nothing of the report changes but the list of fields: name, office and date are printed by
the template. So PDF/A and PDF/UA stand, and the bytes before the signature are what the materials give.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monev.audit.verification import carried_by
from monev.build.publication.tokens import Token, token_signer
from monev.io.extra_tools import ensure
from monev.io.guarded_folders import guarded
from monev.io.pdf_reader import PdfError, read_shape
from monev.io.pdf_signature import SPOKEN
from monev.model.imprint import release_file
from monev.words.errors import InputError, RunError
from monev.words.findings import Finding
from monev.words.messages import Words, tell

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer
    from pyhanko.sign.timestamps import TimeStamper

FIELD = "TandaTangan"
SUFFIX = "-ttd"
_MOST = 1024**2  # bytes of a file with key and certificate


@dataclass(frozen=True)
class Key:
    """What signs: a PKCS#12 file with its passphrase, and the address of a time-stamp service, if there is one."""

    file: Path
    passphrase: bytes = field(repr=False)
    time_stamps: str = ""


@contextmanager
def signer_of(key: Key | Token) -> Iterator[Signer]:
    """Give the signer of a key. Raises InputError for one that cannot be used: none, another passphrase, expired."""
    ensure("sign", "pyhanko", "pkcs11")
    if isinstance(key, Token):
        with token_signer(key) as signer:
            _valid(key, signer)
            yield signer
    else:
        signer = _loaded(key)
        _valid(key, signer)
        yield signer


def _loaded(key: Key) -> Signer:
    from pyhanko.sign.signers import SimpleSigner

    try:
        content = key.file.read_bytes() if key.file.stat().st_size <= _MOST else b""
    except OSError as error:
        raise _refused(key, tell("sign.unreadable", why=error.strerror or error)) from None
    try:
        signer: SimpleSigner | None = SimpleSigner.load_pkcs12_data(content, [], key.passphrase)
    except ValueError:  # no such file, or another passphrase: it cannot be told which
        signer = None
    if signer is None:
        raise _refused(key, tell("sign.no-key"))
    return signer


def _valid(key: Key | Token, signer: Signer) -> None:
    certificate = signer.signing_cert
    if certificate is None:
        raise _refused(key, tell("sign.no-key"))
    valid = certificate["tbs_certificate"]["validity"]
    if not valid["not_before"].native <= datetime.now(UTC) <= valid["not_after"].native:
        raise _refused(key, tell("sign.expired", date=valid["not_after"].native.date().isoformat()))


def _refused(key: Key | Token, why: object) -> InputError:
    return InputError((Finding("V11", key.file.name, details={"why": why}),))


def signed(content: bytes, key: Key | Token, name: str = "", reason: str = "", place: str = "") -> bytes:
    """Return the bytes of a PDF with a signature behind its end. Raises InputError as `signer_of`, RunError else."""
    with signer_of(key) as signer:
        from pyhanko.pdf_utils.misc import PdfError as Malformed
        from pyhanko.sign.general import SigningError
        from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

        stamper = HTTPTimeStamper(key.time_stamps) if key.time_stamps else None
        try:
            return add_signature(content, signer, stamper, name, reason, place)
        except TimestampRequestError as error:
            raise RunError(tell("sign.no-time-stamp", address=key.time_stamps, why=error)) from None
        except (Malformed, SigningError, ValueError) as error:
            raise RunError(tell("sign.failed", why=error)) from None


def add_signature(
    content: bytes, signer: Signer, stamper: TimeStamper | None, name: str = "", reason: str = "", place: str = ""
) -> bytes:
    """Return the bytes of a PDF with one more invisible signature behind its end; all before it stays."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    class OnlyAdds(IncrementalPdfFileWriter):
        """Leaves title, dates and what else the report says of itself as it is."""

        def _update_meta(self) -> None:
            pass

        def register_extension(self, ext: Any) -> None:
            pass

        def ensure_output_version(self, version: Any) -> None:
            pass

    writer = OnlyAdds(io.BytesIO(content))
    taken = {found for found, _, _ in fields.enumerate_sig_fields(writer.prev)}
    free = next(f"{FIELD}{n or ''}" for n in range(len(taken) + 1) if f"{FIELD}{n or ''}" not in taken)
    said = signers.PdfSignatureMetadata(
        field_name=free,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        name=name or None,
        reason=reason or None,
        location=place or None,
    )
    unseen = fields.InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=False)
    spec = fields.SigFieldSpec(free, on_page=0, box=None, readable_field_name=SPOKEN, invis_sig_settings=unseen)
    held = io.BytesIO()
    signers.PdfSigner(said, signer=signer, timestamper=stamper, new_field_spec=spec).sign_pdf(writer, output=held)
    made = held.getvalue()
    if not made.startswith(content):
        raise ValueError("bytes before the signature changed")
    return made


def what_it_is(path: Path) -> Words | None:
    """Say which report a PDF is, by what it carries; None for a file that is none, or was changed since it was made."""
    try:
        carried = None if read_shape(path).faults else carried_by(path)
    except PdfError:
        return None
    if carried is None:
        return None
    edition, sidik = carried.manifest.edition, carried.manifest.fingerprint
    kind = "sign.of-release" if release_file(edition) in carried.params else "sign.of-draft"
    return tell(kind, edition=edition, sidik=sidik)


def sign_file(
    path: Path, key: Key | Token, name: str = "", reason: str = "", *, foreign: bool = False
) -> tuple[Path, Words]:
    """Write `<name>-ttd.pdf` beside a report; return it, and which report it is. Never over a file that is there.

    Raises InputError for what is no report (unless `foreign`) or lies in a release, RunError where it cannot be signed
    or written.
    """
    target = path.with_name(f"{path.stem}{SUFFIX}.pdf")
    why, is_report = None, None
    if not path.is_file() or path.suffix.lower() != ".pdf":
        why = tell("sign.no-pdf")
    elif any((folder / "rilis.json").exists() for folder in path.resolve().parents):
        why = tell("sign.in-release")
    elif os.path.lexists(target):
        why = tell("sign.taken", name=target.name)
    elif not (is_report := what_it_is(path)) and not foreign:
        why = tell("sign.foreign")
    if why:
        raise InputError((Finding("V12", str(path), details={"why": why}),))
    made = signed(path.read_bytes(), key, name, reason)
    try:
        with guarded(path.parent.resolve()) as folder:
            folder.write(target.name, made, new=True)
    except OSError as error:
        raise RunError(tell("sign.unwritable", path=target, why=error.strerror or error)) from None
    return target, is_report or tell("sign.no-report")
