"""A signing token: certificates anybody may read, and a key that only a PIN unlocks.

Values and Protocols only; the real one is `signing.token_client.TokenProcess`.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class TokenInfo:
    """A token in a slot, as its driver describes it now. PIN flags are a snapshot."""

    serial: str
    label: str
    manufacturer: str
    pin_count_low: bool = False
    pin_final_try: bool = False
    pin_locked: bool = False
    pin_pad: bool = False


@dataclass(frozen=True, slots=True)
class TokenCertificate:
    """A certificate on a token; `key_id` (hex of CKA_ID) names the private key that belongs to it."""

    token_serial: str
    key_id: str
    der: bytes
    public: str = ""  # hex of the modulus or point of the public key laid beside it; empty: none is shown
    pin_each_time: bool = (
        False  # its key wants the PIN for every signature, as far as is known before a login
    )


class Mechanism(StrEnum):
    """The PKCS#11 mechanisms we ask for, by their names without CKM_."""

    SHA256_RSA_PKCS = "SHA256_RSA_PKCS"
    RSA_PKCS = "RSA_PKCS"
    ECDSA = "ECDSA"


class Session(Protocol):
    """One login, for one frozen list of documents. Ends with the `with` block that opened it."""

    @property
    def certificate(self) -> bytes:
        """The certificate (DER) whose key signs here."""
        ...

    def sign(self, data: bytes) -> bytes:
        """Return the signature over the digest of `data` as CMS wants it (ECDSA as DER).

        Which digest goes with the key, `signing.certificate` says.

        The signature has been verified under `certificate`. Raises `SigningError`.
        """
        ...


class Token(Protocol):
    """What the services know of the tokens behind one driver."""

    def tokens(self) -> Sequence[TokenInfo]:
        """Return the tokens now in their slots. Needs no PIN."""
        ...

    def certificates(self, serial: str) -> Sequence[TokenCertificate]:
        """Return the certificates on one token. Needs no PIN."""
        ...

    def unlocked(
        self, serial: str, key_id: str, pin: bytearray | None, certificate: bytes = b""
    ) -> AbstractContextManager[Session]:
        """Open a session for one frozen list; wipes `pin`; `None` means a PIN pad.

        `certificate` (DER): the one that is to sign, where its key may have several; empty: the first found.

        Raises `PinIncorrect` after exactly one try; never asks the user anything.
        """
        ...
