"""Signing with a key on a token: it signs, and what keeps it from signing is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from certificates import Authority
from monev.build.publication.signatures import signature_notes
from monev.build.publication.signing import signed
from monev.build.publication.tokens import Token
from monev.io.folders import REPOSITORY
from monev.io.pdf_shape import shape_of
from monev.words.errors import InputError
from sample_report import EMBEDDED, TIMESTAMP, make_stage
from tokens import MODULE, PIN, make_token

pytestmark = pytest.mark.skipif(MODULE is None, reason="SoftHSM (softhsm2) is not there")


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.made()


@pytest.fixture(scope="module")
def configuration(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_token(tmp_path_factory.mktemp("token"), authority, ("Siti Contoh", "Budi Contoh"))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    from monev.render.engines import render_pdf

    folder = tmp_path_factory.mktemp("laporan")
    render_pdf(make_stage(folder / "susun"), folder / "laporan.pdf", engine=EMBEDDED, timestamp=TIMESTAMP)
    return (folder / "laporan.pdf").read_bytes()


def token(label: str = "Siti Contoh", pin: bytes = PIN, name: str = "") -> Token:
    assert MODULE is not None
    return Token(MODULE, pin, "", name, label)


def test_a_token_signs(configuration: Path, plain: bytes, authority: Authority, tmp_path: Path) -> None:
    made = signed(plain, token())
    shape = shape_of(made)
    assert (shape.faults, shape.end, shape.signed) == ((), len(plain), True)
    path = tmp_path / "ttd.pdf"
    path.write_bytes(made)
    notes = [*signature_notes(path, tmp_path, [authority.pem(tmp_path / "akar.pem")])]
    assert [note.code for note in notes] == ["G01", "G05"]
    assert notes[0].details["name"] == "Siti Contoh"


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (token(pin=b"salah"), "PIN-nya lain"),
        (token(pin=b"314159"), "PIN-nya lain"),
        (token(label=""), "--certificate: Budi Contoh, Siti Contoh"),
        (token(label="Orang Lain"), "--certificate: Budi Contoh, Siti Contoh"),
        (token(name="lain"), "--token: uji"),
        (Token(Path("/etc/hostname"), PIN), "modul PKCS#11 itu tidak dapat dipakai"),
        (Token(Path("/tidak/ada.so"), PIN), "modul PKCS#11 itu tidak dapat dipakai"),
    ]
    if MODULE
    else [],
)
def test_what_keeps_it_from_signing(configuration: Path, plain: bytes, wanted: Token, why: str) -> None:
    with pytest.raises(InputError, match=why):
        signed(plain, wanted)


def test_the_pin_is_never_an_argument(configuration: Path, plain: bytes, tmp_path: Path) -> None:
    (tmp_path / "laporan.pdf").write_bytes(plain)
    command = [sys.executable, "-P", "-m", "monev", "sign", str(tmp_path / "laporan.pdf"), "--pkcs11", str(MODULE)]
    command += ["--certificate", "Siti Contoh", "--foreign"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "lib"), "SOFTHSM2_CONF": str(configuration)}
    asked = subprocess.run(command, env=environment, input=b"", capture_output=True, check=False)
    assert asked.returncode == 2
    assert b"--passphrase-fd" in asked.stderr
    given = [*command, "--passphrase-fd", "0"]
    done = subprocess.run(given, env=environment, input=PIN + b"\n", capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert "laporan-ttd.pdf, yang BUKAN laporan monev" in done.stdout.decode()
    assert (tmp_path / "laporan-ttd.pdf").read_bytes().startswith(plain)


def test_a_pin_is_not_shown() -> None:
    assert PIN.decode() not in repr(token())
