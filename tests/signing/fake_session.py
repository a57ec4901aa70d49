"""Fake: a session whose key lies in memory, for what a real token cannot be asked to show."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding


class FakeSession:
    """A key in memory, and a count of what it was asked."""

    def __init__(self, authority, name: str = "Nguyễn Thị Hằng", **issued: object) -> None:
        self._key, certificate = authority.issue(name, **issued)
        self.certificate = certificate.public_bytes(Encoding.DER)
        self.asked = 0

    def sign(self, data: bytes) -> bytes:
        self.asked += 1
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
