"""Central's word: Ed25519 over a purpose and the SHA-256 of some bytes, so one signature never passes for another."""

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sync.contract.messages import Signed
from sync.keys import Ed25519Signer

AUTHORS = b"authors-v1"
DAY = b"day-v1"
ENROL = b"enrol-v1"
HEAD = b"head-v1"
LEASE = b"lease-v1"
PUBLISHED = b"published-v1"
UNIT = b"unit-v1"


def seal(data: bytes, purpose: bytes, signer: Ed25519Signer) -> Signed:
    """Sign bytes for one purpose."""
    return Signed(data, signer.sign(purpose + hashlib.sha256(data).digest()))


def holds(signed: Signed, purpose: bytes, public_key: bytes) -> bool:
    """Say whether the owner of `public_key` (32 bytes) signed these bytes for this purpose."""
    try:
        key = Ed25519PublicKey.from_public_bytes(public_key)
        key.verify(signed.sig, purpose + hashlib.sha256(signed.data).digest())
    except (InvalidSignature, ValueError):
        return False
    return True
