"""A token for tests: SoftHSM with keys and certificates of a test's authority."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from certificates import PASSPHRASE, Authority

MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm.so", "/usr/lib/libsofthsm2.so")
MODULE = next((Path(name) for name in MODULES if Path(name).exists()), None)
PIN = b"271828"


def make_token(folder: Path, authority: Authority, names: tuple[str, ...]) -> Path:
    """Make a token called `uji` with a key for each name; return the configuration that leads to it."""
    import pkcs11
    from pkcs11 import Attribute, CertificateType, ObjectClass

    (folder / "token").mkdir(parents=True)
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {folder / 'token'}\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(configuration)
    pin = PIN.decode()
    _told("--init-token", "--free", "--label", "uji", "--pin", pin, "--so-pin", pin)
    made = []
    for number, name in enumerate(names, start=1):
        file = authority.issue(folder / f"{number}.p12", name)
        key, certificate, _ = pkcs12.load_key_and_certificates(file.read_bytes(), PASSPHRASE)
        assert key is not None
        assert certificate is not None
        plain = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (folder / "kunci.pem").write_bytes(plain)
        own = ("--pin", pin, "--label", name, "--id", f"{number:02x}")
        _told("--import", str(folder / "kunci.pem"), "--token", "uji", *own)
        made.append((number, name, certificate))
    with pkcs11.lib(str(MODULE)).get_token(token_label="uji").open(user_pin=pin, rw=True) as session:
        for number, name, certificate in made:
            session.create_object(
                {
                    Attribute.CLASS: ObjectClass.CERTIFICATE,
                    Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
                    Attribute.TOKEN: True,
                    Attribute.LABEL: name,
                    Attribute.ID: bytes([number]),
                    Attribute.SUBJECT: certificate.subject.public_bytes(),
                    Attribute.VALUE: certificate.public_bytes(serialization.Encoding.DER),
                }
            )
    return configuration


def _told(*arguments: str) -> None:
    done = subprocess.run(["softhsm2-util", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
