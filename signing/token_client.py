"""The tokens behind one driver, as the program sees them: through a child that may crash, never retried.

A crash or a hang of the child becomes an error here, and the next call starts a fresh child. A login is
never repeated behind anybody's back: a PIN typed once reaches the token once.
"""

import hashlib
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from signing import errors, wire
from signing.certificate import SigningCertificate, check
from signing.child import Child, own_program
from signing.libraries import check_library
from signing.token import Mechanism, TokenCertificate, TokenInfo
from signing.wire import Fault

PIN_BYTES = range(4, 65)  # UTF-8; shorter or longer would only burn a try on a real token
_SHA256_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")  # RFC 8017, 9.2

_CLASSES: Mapping[str, type[errors.SigningError]] = {
    Fault.MODULE_MISSING: errors.ModuleMissing,
    Fault.MODULE_FAILED: errors.ModuleFailed,
    Fault.TOKEN_MISSING: errors.TokenMissing,
    Fault.TOKEN_REMOVED: errors.TokenRemoved,
    Fault.TOKEN_ERROR: errors.TokenError,
    Fault.PIN_INCORRECT: errors.PinIncorrect,
    Fault.PIN_LOCKED: errors.PinLocked,
    Fault.PIN_EXPIRED: errors.PinExpired,
    Fault.PIN_LENGTH: errors.PinLength,
    Fault.PIN_PAD_MISSING: errors.PinPadMissing,
    Fault.KEY_MISSING: errors.CertificateMissing,
    Fault.KEY_MISMATCH: errors.KeyMismatch,
    Fault.MECHANISM: errors.MechanismUnsupported,
    Fault.REFUSED: errors.ModuleFailed,
}


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long each kind of question may take, in seconds."""

    start: float = 20
    look: float = 10
    login: float = 30
    pin_pad: float = 90
    sign: float = 30


class TokenProcess:
    """The tokens that one driver shows (`signing.token.Token`). Starts its child at the first question."""

    def __init__(
        self,
        library: Path,
        environment: Mapping[str, str] | None = None,
        *,
        deadlines: Deadlines | None = None,
        command: Sequence[str] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Take a driver by its absolute path. `environment` reaches the child and nobody else."""
        self._library = library
        self._environment = dict(environment or {})
        self._deadlines = deadlines or Deadlines()
        self._command = command or own_program("signing.token_process", str(library))
        self._now = now
        self._child: Child | None = None
        self._starting = threading.Lock()
        self._login = threading.Lock()

    def tokens(self) -> Sequence[TokenInfo]:
        """Return the tokens now in their slots. Raises `SigningError`."""
        reply = self._look("tokens", {})
        return tuple(_token_info(each) for each in _items(reply["tokens"], wire.TOKEN))

    def certificates(self, serial: str) -> Sequence[TokenCertificate]:
        """Return the certificates on one token. Raises `TokenMissing` and other `SigningError`."""
        reply = self._look("certificates", {"serial": serial})
        found = _items(reply["certificates"], wire.CERTIFICATE)
        return tuple(TokenCertificate(serial, str(each["key_id"]), _bytes(each["der"])) for each in found)

    @contextmanager
    def unlocked(self, serial: str, key_id: str, pin: bytearray | None) -> Iterator["TokenSession"]:
        """Open a session with one login; wipes `pin`, whatever happens; `None` means a PIN pad.

        Checks the certificate before the PIN is used. When the block ends, so do the login and the child.
        Raises `PinIncorrect` after exactly one try, and other `SigningError`.
        """
        if not self._login.acquire(blocking=False):
            _wipe(pin)
            raise errors.TokenBusy
        try:
            session = self._log_in(serial, key_id, pin)
            try:
                yield session
            finally:
                session.end()
        finally:
            _wipe(pin)
            self._login.release()

    def warm(self) -> None:
        """Start the child ahead of need, so that the next question finds it awake. Raises `SigningError`."""
        self._awake()

    def close(self) -> None:
        """End the child, if one runs."""
        with self._starting:
            child, self._child = self._child, None
        if child:
            child.end()

    def __enter__(self) -> "TokenProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _log_in(self, serial: str, key_id: str, pin: bytearray | None) -> "TokenSession":
        if pin is not None and len(pin) not in PIN_BYTES:
            raise errors.PinLength(**_PIN_LENGTHS)
        certificate = self._checked(serial, key_id)
        child = self._awake()
        asked: wire.Message = {"serial": serial, "key_id": key_id, "public": certificate.public.hex()}
        try:
            if pin is None:
                answer = child.ask("login", self._deadlines.pin_pad, {**asked, "pin": None})
            else:
                answer = child.ask("login", self._deadlines.login, asked, pin)
            reply = _ok("login", answer)
            return TokenSession(child, certificate, _mechanism(certificate, reply), self._deadlines)
        except errors.SigningError:
            child.end()  # what it knows of the PIN ends with it
            raise

    def _checked(self, serial: str, key_id: str) -> SigningCertificate:
        for each in self.certificates(serial):
            if each.key_id == key_id:
                certificate = SigningCertificate(each.der)
                check(certificate, self._now())
                return certificate
        raise errors.CertificateMissing

    def _look(self, op: str, members: wire.Message) -> wire.Message:
        return _ok(op, self._awake().ask(op, self._deadlines.look, members))

    def _awake(self) -> Child:
        with self._starting:
            if self._child is None or self._child.ended:
                check_library(self._library)
                child = Child(self._command, self._environment)
                _ok("hello", child.ask("hello", self._deadlines.start, {"version": wire.VERSION}))
                self._child = child
            return self._child


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
        """Return the verified signature over SHA-256 of `data`. Raises `KeyMismatch` and `SigningError`."""
        mechanism = self._mechanism
        prepared = b64encode(_prepared(mechanism, data)).decode()
        asked: wire.Message = {"session": 1, "mechanism": mechanism.value, "data": prepared}
        reply = self._child.ask("sign", self._seconds, asked)
        signature = _bytes(_ok("sign", reply)["signature"])
        if mechanism is Mechanism.ECDSA:
            signature = _as_der(signature)
        self._certificate.verify(data, signature)
        return signature

    def cpu_nanoseconds(self) -> int:
        """Return the CPU time that the token's process has used so far, for whoever measures."""
        return int(str(_ok("cpu", self._child.ask("cpu", self._seconds, {}))["nanoseconds"]))

    def end(self) -> None:
        """Log out and end the child. Never raises: whoever signed has what they came for."""
        try:
            if not self._child.ended:
                self._child.ask("logout", 2, {"session": 1})
        except errors.SigningError:
            return  # it is gone, and its login with it
        self._child.end()


_PIN_LENGTHS = {"least": PIN_BYTES.start, "most": PIN_BYTES.stop - 1}
_FACTS: Mapping[str, object] = {"code": "?", "serial": "?", "reason": "?", "library": "?", **_PIN_LENGTHS}


def _ok(op: str, reply: wire.Message) -> wire.Message:
    """Return the checked answer inside a reply, or raise the class that its fault code stands for."""
    try:
        if "fault" in reply:
            fault = wire.check(reply, {"fault": "str", "facts": "dict"})
            raise _error(str(fault["fault"]), fault["facts"])
        return wire.check(reply.get("ok"), wire.ANSWERS[op])
    except wire.Garbled:
        raise errors.ModuleFailed(reason="trả lời sai quy cách") from None


def _error(fault: str, facts: object) -> errors.SigningError:
    kind = _CLASSES.get(fault)
    if kind is None or not isinstance(facts, dict):
        raise wire.Garbled("fault")
    given = {str(name): fact for name, fact in facts.items() if isinstance(fact, str | int)}
    named = {name: fact for name, fact in _FACTS.items() if f"{{{name}}}" in kind.message}
    return kind(**{**named, **given})


def _items(listed: object, shape: Mapping[str, str]) -> list[wire.Message]:
    try:
        return [wire.check(each, shape) for each in listed] if isinstance(listed, list) else []
    except wire.Garbled:
        raise errors.ModuleFailed(reason="trả lời sai quy cách") from None


def _token_info(item: wire.Message) -> TokenInfo:
    flags = {name: item[name] is True for name in wire.TOKEN if name.startswith("pin_")}
    return TokenInfo(str(item["serial"]), str(item["label"]), str(item["manufacturer"]), **flags)


def _mechanism(certificate: SigningCertificate, reply: wire.Message) -> Mechanism:
    offered = reply["mechanisms"]
    is_rsa = isinstance(certificate.public_key, rsa.RSAPublicKey)
    wanted = (Mechanism.SHA256_RSA_PKCS, Mechanism.RSA_PKCS) if is_rsa else (Mechanism.ECDSA,)
    for mechanism in wanted:
        if isinstance(offered, list) and mechanism.value in offered:
            return mechanism
    raise errors.MechanismUnsupported


def _prepared(mechanism: Mechanism, data: bytes) -> bytes:
    """Hash here what the token would not hash itself."""
    match mechanism:
        case Mechanism.SHA256_RSA_PKCS:
            return data
        case Mechanism.RSA_PKCS:
            return _SHA256_DIGEST_INFO + hashlib.sha256(data).digest()
        case Mechanism.ECDSA:
            return hashlib.sha256(data).digest()


def _as_der(signature: bytes) -> bytes:
    """Turn a token's ECDSA signature (r and s side by side) into what CMS wants."""
    half = len(signature) // 2
    r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
    return encode_dss_signature(r, s)


def _bytes(text: object) -> bytes:
    try:
        return b64decode(str(text), validate=True)
    except ValueError:
        raise errors.ModuleFailed(reason="trả lời sai quy cách") from None


def _wipe(pin: bytearray | None) -> None:
    if pin is not None:
        wire.wipe(pin)
