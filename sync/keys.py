"""Entry keys: Ed25519, one for each officer and one for the device."""

import hashlib
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat


@dataclass(frozen=True, slots=True)
class Ed25519Signer:
    """An author who can sign: `author` is "officer:<id>" or "device:<id>", the key 32 raw bytes."""

    author: str
    private_bytes: bytes = field(repr=False)

    @property
    def public_bytes(self) -> bytes:
        """The public key, 32 raw bytes."""
        return self._key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, data: bytes) -> bytes:
        """Return the 64 bytes of the signature."""
        return self._key().sign(data)

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.private_bytes)


def generate(author: str) -> Ed25519Signer:
    """Make a new key for an author."""
    key = Ed25519PrivateKey.generate()
    return Ed25519Signer(author, key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()))


def fingerprint(public_key: bytes) -> str:
    """Return what people compare: the first 16 hex digits of a key's SHA-256, in fours."""
    digits = hashlib.sha256(public_key).hexdigest()[:16]
    return " ".join(digits[at : at + 4] for at in range(0, 16, 4))
