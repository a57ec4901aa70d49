"""How somebody becomes known to central: a wish with a one-use code, signed by the new key, and what comes back."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sync.contract import seals
from sync.contract.members import as_json, decoded, encoded, read_object, text, texts
from sync.contract.messages import Malformed, Signed
from sync.keys import Ed25519Signer

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no sign looks like another
_AS_MEANT = str.maketrans("OIL", "011")
_HANDLE, _SECRET, _GROUP = 4, 8, 4
DEVICE, OFFICER = "device", "officer"


@dataclass(frozen=True, slots=True)
class Code:
    """A one-use code: `handle` finds it in central's books, `secret` (40 random bits) is what has to be known."""

    handle: str
    secret: str

    def __repr__(self) -> str:
        return f"Code({self.handle!r})"

    def __str__(self) -> str:
        """As it is read out and typed: `7K2M-9QXD-4TRW`."""
        signs = self.handle + self.secret
        return "-".join(signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP))


def new_code() -> Code:
    """Make a code that nobody can guess in the few tries that it allows."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(_HANDLE + _SECRET))
    return Code(signs[:_HANDLE], signs[_HANDLE:])


def read_code(typed: str) -> Code:
    """Read a code as people type it: any case, with or without hyphens, O for 0; raises `Malformed`."""
    signs = "".join(typed.upper().split()).replace("-", "").translate(_AS_MEANT)
    if len(signs) != _HANDLE + _SECRET or not set(signs) <= set(_SIGNS):
        raise Malformed("code")
    return Code(signs[:_HANDLE], signs[_HANDLE:])


@dataclass(frozen=True, slots=True)
class Wish:
    """To be made known by a code. Asked again with the same request id and key, it is answered again."""

    code: Code
    request_id: str
    public_key: bytes  # Ed25519, 32 bytes; the wish is signed with it
    unit: str = ""  # which unit the asker believes to be in; "" when they don't know
    subject: str = ""  # device or officer id that the asker believes to be; "" when they don't know


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What central knows from now on. `token` only for a device: a secret."""

    kind: str  # DEVICE | OFFICER
    unit: str
    subject: str  # device or officer id
    name: str
    roles: tuple[str, ...]
    valid_from: str  # RFC 3339 UTC
    valid_to: str
    token: str
    central_public_key: bytes

    def __repr__(self) -> str:
        return f"Enrolled({self.kind!r}, {self.subject!r})"


def signed_wish(wish: Wish, signer: Ed25519Signer) -> Signed:
    """Sign a wish by the key that it wants to be known by."""
    told = {
        "v": 1,
        "code": str(wish.code),
        "request_id": wish.request_id,
        "public_key": encoded(wish.public_key),
        "unit": wish.unit,
        "subject": wish.subject,
    }
    return seals.seal(as_json(told), seals.ENROL, signer)


def wish_from(signed: Signed) -> Wish:
    """Read a wish; raises `Malformed`, also when whoever asks does not hold the key."""
    told = read_object(signed.data)
    public_key, request_id = decoded(told.get("public_key")), text(told, "request_id", 64)
    wish = Wish(
        read_code(text(told, "code")), request_id, public_key, text(told, "unit"), text(told, "subject")
    )
    if told.get("v") != 1 or len(request_id) < 8 or not seals.holds(signed, seals.ENROL, public_key):
        raise Malformed("wish")
    return wish


def enrolled_as_json(enrolled: Enrolled) -> dict[str, object]:
    """Write the answer to a wish."""
    return {
        "kind": enrolled.kind,
        "unit": enrolled.unit,
        "subject": enrolled.subject,
        "name": enrolled.name,
        "roles": list(enrolled.roles),
        "valid_from": enrolled.valid_from,
        "valid_to": enrolled.valid_to,
        "token": enrolled.token,
        "central_public_key": encoded(enrolled.central_public_key),
    }


def enrolled_from(message: Mapping[str, Any]) -> Enrolled:
    """Read the answer to a wish."""
    return Enrolled(
        text(message, "kind"),
        text(message, "unit"),
        text(message, "subject"),
        text(message, "name"),
        texts(message, "roles"),
        text(message, "valid_from"),
        text(message, "valid_to"),
        text(message, "token"),
        decoded(message.get("central_public_key")),
    )
