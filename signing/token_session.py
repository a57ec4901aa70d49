"""One login: a child that holds an open key, and signatures that are checked before anybody uses them."""

import hashlib
from base64 import b64encode
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from signing import errors, wire
from signing.certificate import SigningCertificate
from signing.child import Child
from signing.faults import answered, unpacked
from signing.token import Mechanism

_SHA256_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")  # RFC 8017, 9.2


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long each kind of question may take, in seconds."""

    start: float = 20
    look: float = 10
    login: float = 30
    pin_pad: float = 90
    sign: float = 30


class TokenSession:
    """One login (`signing.token.Session`). Bound to one child: when that ends, so does this."""

    def __init__(
        self, child: Child, certificate: SigningCertificate, mechanism: Mechanism, deadlines: Deadlines
    ) -> None:
        self._child = child
        self._certificate = certificate
        self._mechanism = mechanism
        self._seconds = deadlines.sign

    @property
    def certificate(self) -> bytes:
        """The certificate (DER) whose key signs here."""
        return self._certificate.der

    def sign(self, data: bytes) -> bytes:
        """Return the verified signature over the digest of `data` that goes with the key. Raises `KeyMismatch` and `SigningError`.

        After an error the login is over: nobody knows what state the driver is in.
        """
        try:
            signature = self._raw(data)
            self._certificate.verify(data, signature)
        except errors.SigningError:
            self._child.end()
            raise
        return signature

    def _raw(self, data: bytes) -> bytes:
        mechanism = self._mechanism
        prepared = b64encode(self._prepared(data)).decode()
        asked: wire.Message = {"session": 1, "mechanism": mechanism.value, "data": prepared}
        reply = answered("sign", self._child.ask("sign", self._seconds, asked))
        signature = unpacked(reply["signature"])
        return _as_der(signature) if mechanism is Mechanism.ECDSA else signature

    def _prepared(self, data: bytes) -> bytes:
        """Hash here what the token would not hash itself."""
        match self._mechanism:
            case Mechanism.SHA256_RSA_PKCS:
                return data
            case Mechanism.RSA_PKCS:
                return _SHA256_DIGEST_INFO + hashlib.sha256(data).digest()
            case Mechanism.ECDSA:
                return hashlib.new(self._certificate.digest, data).digest()

    def cpu_nanoseconds(self) -> int:
        """Return the CPU time that the token's process has used so far, for whoever measures."""
        return int(str(answered("cpu", self._child.ask("cpu", self._seconds, {}))["nanoseconds"]))

    def end(self) -> None:
        """Log out and end the child. Never raises: whoever signed has what they came for."""
        try:
            if not self._child.ended:
                self._child.ask("logout", 2, {"session": 1})
        except errors.SigningError:
            return  # it is gone, and its login with it
        self._child.end()


def mechanism_for(certificate: SigningCertificate, offered: object) -> Mechanism:
    """Choose among the mechanisms a token offers (names). Raises `MechanismUnsupported`."""
    is_rsa = isinstance(certificate.public_key, rsa.RSAPublicKey)
    wanted = (Mechanism.SHA256_RSA_PKCS, Mechanism.RSA_PKCS) if is_rsa else (Mechanism.ECDSA,)
    for mechanism in wanted:
        if isinstance(offered, list) and mechanism.value in offered:
            return mechanism
    raise errors.MechanismUnsupported


def _as_der(signature: bytes) -> bytes:
    """Turn a token's ECDSA signature (r and s side by side) into what CMS wants."""
    half = len(signature) // 2
    r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
    return encode_dss_signature(r, s)
