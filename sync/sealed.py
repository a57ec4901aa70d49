"""Sealed boxes: anybody may close one to the unit's recovery key, only its holder opens it (HPKE, RFC 9180)."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_FORMAT = b"\x01"


class WrongBox(Exception):
    """Not sealed to this key, for another purpose, or not whole."""


def new_recovery_key() -> tuple[bytes, bytes]:
    """Return a private and a public key, 32 bytes each; the private one belongs in a safe, not on the counter."""
    key = X25519PrivateKey.generate()
    private = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return private, public_half(private)


def public_half(private_key: bytes) -> bytes:
    """Return the public key, 32 bytes, that belongs to a private one."""
    key = X25519PrivateKey.from_private_bytes(private_key)
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def close_box(data: bytes, purpose: bytes, public_key: bytes) -> bytes:
    """Seal bytes for one purpose to a public key (32 bytes)."""
    return _FORMAT + _SUITE.encrypt(data, X25519PublicKey.from_public_bytes(public_key), purpose)


def open_box(box: bytes, purpose: bytes, private_key: bytes) -> bytes:
    """Return what is in a box; raises `WrongBox`."""
    if not box.startswith(_FORMAT):
        raise WrongBox
    try:
        key = X25519PrivateKey.from_private_bytes(private_key)
        return _SUITE.decrypt(box[len(_FORMAT) :], key, purpose)
    except (InvalidTag, ValueError) as error:
        raise WrongBox from error
