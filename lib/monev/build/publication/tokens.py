"""Signs with a key that does not leave its token: a smart card, a USB token or a service, reached by PKCS#11."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from monev.words.errors import InputError
from monev.words.findings import Finding
from monev.words.messages import join, tell

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

T = TypeVar("T")


@dataclass(frozen=True)
class Token:
    """A token: the module that reaches it, its PIN, and which token and which certificate, where there are several."""

    file: Path
    passphrase: bytes = field(repr=False)
    time_stamps: str = ""
    token: str = ""
    label: str = ""


@contextmanager
def token_signer(wanted: Token) -> Iterator[Signer]:
    """Give the signer of a token while its session is open. Raises InputError where it cannot sign.

    A token with a pad of its own asks for the PIN itself where none is given.
    """
    import pkcs11
    from pyhanko.sign.pkcs11 import PKCS11Signer

    try:
        library = pkcs11.lib(str(wanted.file))
        tokens = [slot.get_token() for slot in library.get_slots(token_present=True)]
        own = _only(wanted, "--token", wanted.token, [t for t in tokens if _ready(t)], lambda t: str(t.label))
        pad = pkcs11.TokenFlag.PROTECTED_AUTHENTICATION_PATH in own.flags and not wanted.passphrase
        session = own.open(user_pin=pkcs11.PROTECTED_AUTH if pad else wanted.passphrase.decode("utf-8"))
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange, UnicodeDecodeError):
        raise _refused(wanted, tell("sign.other-pin")) from None
    except pkcs11.PinLocked:
        raise _refused(wanted, tell("sign.locked-pin")) from None
    except (pkcs11.PKCS11Error, OSError, RuntimeError) as error:
        raise _refused(wanted, tell("sign.no-module", why=str(error) or type(error).__name__)) from None
    with session:
        made = _only(wanted, "--certificate", wanted.label, list(_certificates(session)), lambda c: c[0])
        # Tokens that hash by themselves are rare for elliptic curves: there the digest is made here.
        yield PKCS11Signer(session, cert_id=made[1], key_id=made[1], use_raw_mechanism=made[2])


def _ready(token: Any) -> bool:
    import pkcs11

    return pkcs11.TokenFlag.TOKEN_INITIALIZED in token.flags


def _certificates(session: Any) -> Iterator[tuple[str, bytes, bool]]:
    """Yield label and id of each certificate whose private key is on the token too, and whether that is of a curve."""
    from pkcs11 import Attribute, KeyType, ObjectClass

    found = session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})
    keys = {bytes(key[Attribute.ID]): key[Attribute.KEY_TYPE] == KeyType.EC for key in found}
    for one in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        if (number := bytes(one[Attribute.ID])) in keys:
            yield str(one[Attribute.LABEL]), number, keys[number]


def _only(wanted: Token, option: str, name: str, found: Sequence[T], named: Callable[[T], str]) -> T:
    """Return the one that is meant. Raises InputError with the names that there are."""
    fitting = [one for one in found if name in ("", named(one))]
    if len(fitting) == 1:
        return fitting[0]
    names = join(sorted(named(one) for one in found), ", ") if found else tell("sign.nothing")
    raise _refused(wanted, tell("sign.which", option=option, names=names))


def _refused(wanted: Token, why: object) -> InputError:
    return InputError((Finding("V11", wanted.file.name, details={"why": why}),))
