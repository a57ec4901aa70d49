"""The key under which something is sealed to a device: the X25519 form of the Ed25519 key that central certified.

So everything can be sealed to every enrolled device, also to one that never announced another key. Whoever holds the
Ed25519 key can open it, nobody else: Curve25519 is the same curve in another form (RFC 7748, 4.1). The two uses of one
key do each other no harm as long as the sealing is a KEM with a hash of its own (Thormarker, ePrint 2021/509), as HPKE is.
"""

import hashlib

_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P


class NoSuchPoint(ValueError):
    """These 32 bytes are no Ed25519 public key, or one to which nothing may be sealed."""


def sealing_key(public_key: bytes) -> bytes:
    """Return the X25519 public key (32 bytes) of the owner of an Ed25519 public key; raises `NoSuchPoint`."""
    if len(public_key) != 32:
        raise NoSuchPoint
    y = int.from_bytes(public_key, "little") & ((1 << 255) - 1)
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P  # of the other coordinate
    if y >= _P or square == 0 or pow(square, (_P - 1) // 2, _P) != 1:
        raise NoSuchPoint
    u = (1 + y) * pow(1 - y, -1, _P) % _P
    return u.to_bytes(32, "little")


def opening_key(private_key: bytes) -> bytes:
    """Return the X25519 private key (32 bytes) that belongs to an Ed25519 private key (RFC 8032, 5.1.5)."""
    return hashlib.sha512(private_key).digest()[:32]
