"""`monev sign`: a digital signature behind the end of a report, in a file of its own."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monev.commands.bilingual import General, Number, argument, command, option
from monev.io.folders import seen_from_here
from monev.words.errors import EXIT_DONE, UsageError
from monev.words.messages import tell

if TYPE_CHECKING:
    from monev.build.publication.signing import Key

key_file = option("--p12", type=Path, called=tell("help.file"), about=tell("help.sign.p12"))
passphrase_from = option("--passphrase-fd", type=Number(), called="N", about=tell("help.sign.passphrase"))
time_stamps = option("--tsa", default="", called="URL", about=tell("help.sign.tsa"))
_MOST = 4096  # bytes of a passphrase
_STREAMS = 2  # the last descriptor of the standard streams


@command("sign", more=tell("help.sign.more"))
@argument("path", type=Path, called=tell("help.file"), about=tell("help.sign.path"))
@option("--p12", type=Path, required=True, called=tell("help.file"), about=tell("help.sign.p12"))
@passphrase_from
@time_stamps
@option("--name", default="", called=tell("help.name"), about=tell("help.sign.name"))
@option("--reason", default="", called=tell("help.reason"), about=tell("help.sign.reason"))
@click.pass_obj
def run(general: General, path: Path, p12: Path, passphrase_fd: int | None, tsa: str, name: str, reason: str) -> int:
    """Sign, and tell where the signed report is."""
    from monev.build.publication.signing import sign_file

    made = sign_file(path, key_of(general, p12, passphrase_fd, tsa), name, reason)
    print(tell("sign.done", path=seen_from_here(made)).text(general.language), flush=True)
    return EXIT_DONE


def key_of(general: General, p12: Path, passphrase_fd: int | None, tsa: str) -> Key:
    """Return the key of a file; its passphrase is asked for, or read from a descriptor. Raises UsageError."""
    from monev.build.publication.signing import Key

    if passphrase_fd is not None:
        try:
            # The standard streams stay open: what is opened next would take their numbers.
            with os.fdopen(passphrase_fd, "rb", closefd=passphrase_fd > _STREAMS) as given:
                passphrase = given.read(_MOST).split(b"\n")[0].rstrip(b"\r")
        except OSError as error:
            raise UsageError(tell("sign.no-descriptor", number=passphrase_fd, why=error.strerror or error)) from None
    elif sys.stdin.isatty():
        passphrase = getpass(tell("sign.ask", file=p12.name).text(general.language)).encode("utf-8")
    else:
        raise UsageError(tell("sign.no-passphrase"))
    return Key(p12, passphrase, tsa)
