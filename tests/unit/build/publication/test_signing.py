"""Signatures: the report's own bytes stay, and each thing that can be wrong with a signature is told."""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import subprocess
from pathlib import Path

import pdfua
import pikepdf
import pytest
from asn1crypto import cms
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper

from certificates import PASSPHRASE, Authority
from monev.audit.verdict import Verification
from monev.build.publication.signatures import signature_notes, with_signatures
from monev.build.publication.signing import Key, add_signature, sign_file, signed, what_it_is
from monev.io.pdf_reader import read_pdf, read_shape
from monev.io.pdf_shape import shape_of
from monev.words.errors import InputError
from sample_report import EMBEDDED, TIMESTAMP, make_stage

needs_pdfsig = pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig (poppler-utils) is not there")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small report as our writer makes it."""
    from monev.render.engines import render_pdf

    folder = tmp_path_factory.mktemp("laporan")
    render_pdf(make_stage(folder / "susun"), folder / "laporan.pdf", engine=EMBEDDED, timestamp=TIMESTAMP)
    return (folder / "laporan.pdf").read_bytes()


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.made()


@pytest.fixture
def key(authority: Authority, tmp_path: Path) -> Key:
    return Key(authority.issue(tmp_path / "siti.p12", "Siti Contoh"), PASSPHRASE)


def codes(content: bytes, folder: Path, *roots: Path) -> list[str]:
    path = folder / "diperiksa.pdf"
    path.write_bytes(content)
    return [note.code for note in signature_notes(path, folder, roots)]


def signer_of(path: Path) -> SimpleSigner:
    made = SimpleSigner.load_pkcs12(str(path), passphrase=PASSPHRASE)
    assert made is not None
    return made


def test_only_a_signature_follows_the_report(plain: bytes, key: Key, tmp_path: Path) -> None:
    made = signed(plain, key, "Siti Contoh")
    assert made.startswith(plain)
    shape = shape_of(made)
    assert (shape.faults, shape.end, shape.signed) == ((), len(plain), True)
    for name, content in (("asal.pdf", plain), ("ttd.pdf", made)):
        (tmp_path / name).write_bytes(content)
    one, other = read_pdf(tmp_path / "asal.pdf"), read_pdf(tmp_path / "ttd.pdf")
    assert one == other
    assert [f.rule_id for f in pdfua.validate(tmp_path / "ttd.pdf").findings] == [
        f.rule_id for f in pdfua.validate(tmp_path / "asal.pdf").findings
    ]


def test_who_signed_is_told(plain: bytes, key: Key, authority: Authority, tmp_path: Path) -> None:
    made = signed(plain, key)
    assert codes(plain, tmp_path) == []
    assert codes(made, tmp_path) == ["G01", "G09"]
    assert codes(made, tmp_path, authority.pem(tmp_path / "akar.pem")) == ["G01", "G05"]
    assert codes(made, tmp_path, Authority.made("CA Lain").pem(tmp_path / "lain.pem")) == ["G01", "G06"]
    told = " ".join(note.text() for note in signature_notes(tmp_path / "diperiksa.pdf", tmp_path))
    assert "Siti Contoh" in told
    assert "CA Uji" in told


def test_a_root_that_is_no_certificate(plain: bytes, key: Key, tmp_path: Path) -> None:
    (tmp_path / "bukan.pem").write_text("bukan sertifikat")
    assert codes(signed(plain, key), tmp_path, tmp_path / "bukan.pem") == ["G07"]


def test_an_expired_certificate_does_not_sign_and_is_told(plain: bytes, authority: Authority, tmp_path: Path) -> None:
    old = authority.issue(tmp_path / "lama.p12", "Lama", (-60, -30))
    with pytest.raises(InputError, match="tidak berlaku"):
        signed(plain, Key(old, PASSPHRASE))
    made = add_signature(plain, signer_of(old), None)  # as another program would
    assert codes(made, tmp_path, authority.pem(tmp_path / "akar.pem")) == ["G01", "G04", "G06"]


def test_signed_twice(plain: bytes, key: Key, authority: Authority, tmp_path: Path) -> None:
    second = Key(authority.issue(tmp_path / "budi.p12", "Budi"), PASSPHRASE)
    made = signed(signed(plain, key), second)
    assert codes(made, tmp_path) == ["G01", "G09", "G01", "G09"]
    assert read_shape(tmp_path / "diperiksa.pdf").end == len(plain)


def test_a_time_stamp_is_told(plain: bytes, key: Key, authority: Authority, tmp_path: Path) -> None:
    stamps = signer_of(authority.issue(tmp_path / "cap.p12", "Layanan Cap Waktu", stamps=True))
    stamper = DummyTimeStamper(stamps.signing_cert, stamps.signing_key, certs_to_embed=stamps.cert_registry)
    made = add_signature(plain, signer_of(key.file), stamper)
    path = tmp_path / "cap.pdf"
    path.write_bytes(made)
    notes = [*signature_notes(path, tmp_path, [authority.pem(tmp_path / "akar.pem")])]
    assert [note.code for note in notes] == ["G01", "G05"]
    assert re.match(r"20\d\d-", str(notes[0].details["stamped"]))


def test_what_was_added_after_signing(plain: bytes, key: Key, tmp_path: Path) -> None:
    import io

    from pyhanko.pdf_utils.generic import NameObject, pdf_string
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(signed(plain, key)))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[NameObject("/Ditambah")] = pdf_string("teks")
    writer.update_container(page)
    held = io.BytesIO()
    writer.write(held)
    assert "G03" in codes(held.getvalue(), tmp_path)
    found = with_signatures(Verification("x", proof="identik"), tmp_path / "diperiksa.pdf", tmp_path)
    assert (found.proof, found.exit_code) == ("beda", 4)


@needs_pdfsig
def test_twenty_changed_bytes_are_seen_by_other_readers_too(plain: bytes, key: Key, tmp_path: Path) -> None:
    """By poppler, and by the digest that the signature holds: read by qpdf's library, computed here."""
    made = signed(plain, key)
    chance = random.Random(20)
    path = tmp_path / "diubah.pdf"
    path.write_bytes(made)
    assert "Signature is Valid." in pdfsig(path)
    assert digest_holds(path)
    _, first, second, _ = byte_range(path)
    places = [chance.randrange(first) for _ in range(17)] + [chance.randrange(second, len(made)) for _ in range(3)]
    for at in places:
        path.write_bytes(made[:at] + bytes([made[at] ^ 1 << chance.randrange(8)]) + made[at + 1 :])
        assert "Signature is Valid." not in pdfsig(path), at
        assert not digest_holds(path), at


def byte_range(path: Path) -> list[int]:
    with pikepdf.open(path) as pdf:
        return [int(number) for number in pdf.Root.AcroForm.Fields[0].V.ByteRange]


def digest_holds(path: Path) -> bool:
    """Tell whether what a PDF's signature covers has the digest that stands in it."""
    content = path.read_bytes()
    try:
        begin, first, second, rest = byte_range(path)
        held = bytes.fromhex(content[first + 1 : second - 1].decode("ascii"))
        signer = cms.ContentInfo.load(held)["content"]["signer_infos"][0]
        told = {one["type"].native: one["values"][0].native for one in signer["signed_attrs"]}
    except (pikepdf.PdfError, AttributeError, ValueError, KeyError, IndexError, TypeError):
        return False
    covered = content[begin : begin + first] + content[second : second + rest]
    return (begin, second + rest) == (0, len(content)) and told["message_digest"] == hashlib.sha256(covered).digest()


def pdfsig(path: Path) -> str:
    done = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_a_file_is_signed_beside_itself_and_never_over_another(plain: bytes, key: Key, tmp_path: Path) -> None:
    report = tmp_path / "laporan.pdf"
    report.write_bytes(plain)
    made, what = sign_file(report, key, foreign=True)
    assert made == tmp_path / "laporan-ttd.pdf"
    assert what.text() == "yang BUKAN laporan monev"
    assert report.read_bytes() == plain
    with pytest.raises(InputError, match="sudah ada"):
        sign_file(report, key, foreign=True)
    (tmp_path / "rilis.json").write_text("{}")
    made.unlink()
    with pytest.raises(InputError, match="tidak pernah ditulis lagi"):
        sign_file(report, key, foreign=True)
    with pytest.raises(InputError, match=r"bukan berkas \.pdf"):
        sign_file(tmp_path / "tidak-ada.pdf", key)


def test_a_foreign_file_is_not_signed_unasked(plain: bytes, key: Key, tmp_path: Path) -> None:
    (tmp_path / "surat.pdf").write_bytes(plain)  # of our writer, but it carries nothing of an edition
    with pytest.raises(InputError, match=r"bukan laporan monev.*--foreign"):
        sign_file(tmp_path / "surat.pdf", key)
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["surat.pdf"]


def test_which_report_is_signed_is_told(report: Path, key: Key, tmp_path: Path) -> None:
    copy = Path(shutil.copy(report / "laporan.pdf", tmp_path))
    sidik = json.loads((report / "manifest.json").read_text("utf-8"))["sidik"]
    assert str(what_it_is(copy)) == f"DRAF edisi 2021-S2, sidik {sidik}"
    content = copy.read_bytes()
    copy.write_bytes(content + b"\n% ditambahkan\n")
    assert what_it_is(copy) is None


@pytest.mark.parametrize("passphrase", [b"", b"salah"])
def test_another_passphrase(plain: bytes, key: Key, passphrase: bytes) -> None:
    with pytest.raises(InputError, match="frasa sandinya lain"):
        signed(plain, Key(key.file, passphrase))


def test_no_key(plain: bytes, tmp_path: Path) -> None:
    (tmp_path / "bukan.p12").write_bytes(b"bukan kunci")
    with pytest.raises(InputError, match="bukan kunci"):
        signed(plain, Key(tmp_path / "bukan.p12", PASSPHRASE))
    with pytest.raises(InputError, match="tidak dapat dibaca"):
        signed(plain, Key(tmp_path / "tidak-ada.p12", PASSPHRASE))


def test_a_passphrase_is_not_shown(key: Key) -> None:
    assert "sandi" not in repr(key)
