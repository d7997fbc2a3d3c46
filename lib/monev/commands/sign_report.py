"""`monev sign`: a digital signature behind the end of a report, in a file of its own."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monev.commands.bilingual import General, Number, argument, command, option
from monev.io.folders import seen_from_here
from monev.words.errors import EXIT_DONE, UsageError
from monev.words.messages import Words, rendered, tell

if TYPE_CHECKING:
    from monev.build.publication.signing import Key
    from monev.build.publication.tokens import Token

key_file = option("--p12", type=Path, called=tell("help.file"), about=tell("help.sign.p12"))
module_file = option("--pkcs11", type=Path, called=tell("help.file"), about=tell("help.sign.pkcs11"))
token_name = option("--token", default="", called=tell("help.name"), about=tell("help.sign.token"))
certificate_name = option("--certificate", default="", called=tell("help.name"), about=tell("help.sign.certificate"))
passphrase_from = option("--passphrase-fd", type=Number(), called="N", about=tell("help.sign.passphrase"))
time_stamps = option("--tsa", default="", called="URL", about=tell("help.sign.tsa"))
_MOST = 4096  # bytes of a passphrase
_STREAMS = 2  # the last descriptor of the standard streams


def with_key(function: Callable[..., int]) -> Callable[..., int]:
    """Add the options that name a key to a command, which is given them as one `Chosen`."""

    @functools.wraps(function)
    def gathered(
        *arguments: Any, p12: Path | None, pkcs11: Path | None, token: str, certificate: str,
        passphrase_fd: int | None, tsa: str, **more: Any,
    ) -> int:  # fmt: skip
        return function(*arguments, chosen=Chosen(p12, pkcs11, token, certificate, passphrase_fd, tsa), **more)

    made: Any = gathered
    for add in (time_stamps, passphrase_from, certificate_name, token_name, module_file, key_file):
        made = add(made)
    return made  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Chosen:
    """What was said of a key at the command line."""

    p12: Path | None
    pkcs11: Path | None
    token: str
    certificate: str
    passphrase_fd: int | None
    tsa: str

    def key(self, general: General) -> Key | Token | None:
        """Return the key, if there is one; its secret is asked for, or read from a descriptor. Raises UsageError."""
        from monev.build.publication.signing import Key
        from monev.build.publication.tokens import Token

        if self.p12 and self.pkcs11:
            raise UsageError(tell("sign.two-keys"))
        if self.pkcs11:
            secret = _secret(general, tell("sign.ask-pin", file=self.token or self.pkcs11.name), self.passphrase_fd)
            return Token(self.pkcs11, secret, self.tsa, self.token, self.certificate)
        if self.p12:
            return Key(self.p12, _secret(general, tell("sign.ask", file=self.p12.name), self.passphrase_fd), self.tsa)
        return None


@command("sign", more=tell("help.sign.more"))
@argument("path", type=Path, called=tell("help.file"), about=tell("help.sign.path"))
@with_key
@option("--name", default="", called=tell("help.name"), about=tell("help.sign.name"))
@option("--reason", default="", called=tell("help.reason"), about=tell("help.sign.reason"))
@option("--foreign", is_flag=True, about=tell("help.sign.foreign"))
@click.pass_obj
def run(general: General, path: Path, chosen: Chosen, name: str, reason: str, foreign: bool) -> int:
    """Sign, and tell which report it is, and where the signed one lies."""
    key = chosen.key(general)
    if key is None:
        raise UsageError(tell("sign.no-key-given"))
    from monev.build.publication.signing import sign_file

    made, what = sign_file(path, key, name, reason, foreign=foreign)
    print(tell("sign.done", path=seen_from_here(made), what=what).text(general.language), flush=True)
    return EXIT_DONE


def _secret(general: General, question: Words, passphrase_fd: int | None) -> bytes:
    if passphrase_fd is not None:
        try:
            # The standard streams stay open: what is opened next would take their numbers.
            with os.fdopen(passphrase_fd, "rb", closefd=passphrase_fd > _STREAMS) as given:
                return given.read(_MOST).split(b"\n")[0].rstrip(b"\r")
        except OSError as error:
            raise UsageError(tell("sign.no-descriptor", number=passphrase_fd, why=error.strerror or error)) from None
    if sys.stdin.isatty():
        return getpass(str(rendered(question, general.language))).encode("utf-8")
    raise UsageError(tell("sign.no-passphrase"))
