"""The tokens behind one driver, as the program sees them: through a child that may crash, never retried.

A crash or a hang of the child becomes an error here, and the next call starts a fresh child. A login is
never repeated behind anybody's back: a PIN typed once reaches the token once.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from signing import errors, wire
from signing.certificate import SigningCertificate, check
from signing.child import Child, own_program
from signing.faults import answered, items, unpacked
from signing.libraries import check_library
from signing.token import TokenCertificate, TokenInfo
from signing.token_session import Deadlines, TokenSession, mechanism_for

PIN_BYTES = range(4, 65)  # UTF-8; shorter or longer would only burn a try on a real token


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
        self._each_time: set[tuple[str, str]] = set()  # keys seen to want the PIN for every signature
        self._child: Child | None = None
        self._starting = threading.Lock()
        self._login = threading.Lock()

    def tokens(self) -> Sequence[TokenInfo]:
        """Return the tokens now in their slots. Raises `SigningError`."""
        reply = self._look("tokens", {})
        return tuple(_token_info(each) for each in items(reply["tokens"], wire.TOKEN))

    def certificates(self, serial: str) -> Sequence[TokenCertificate]:
        """Return the certificates on one token. Raises `TokenMissing` and other `SigningError`."""
        reply = self._look("certificates", {"serial": serial})
        found = items(reply["certificates"], wire.CERTIFICATE)
        return tuple(self._certificate(serial, each) for each in found)

    def _certificate(self, serial: str, item: wire.Message) -> TokenCertificate:
        key_id = str(item["key_id"])
        each_time = item["each_time"] is True or (serial, key_id) in self._each_time
        return TokenCertificate(serial, key_id, unpacked(item["der"]), str(item["public"]), each_time)

    @contextmanager
    def unlocked(
        self, serial: str, key_id: str, pin: bytearray | None, certificate: bytes = b""
    ) -> Iterator[TokenSession]:
        """Open a session with one login; wipes `pin`, whatever happens; `None` means a PIN pad.

        Checks the certificate before the PIN is used. When the block ends, so do the login and the child.
        Raises `PinIncorrect` after exactly one try, and other `SigningError`.
        """
        if not self._login.acquire(blocking=False):
            _wipe(pin)
            raise errors.TokenBusy
        try:
            session = self._log_in(TokenCertificate(serial, key_id, certificate), pin)
            try:
                yield session
            finally:
                session.end()
        finally:
            _wipe(pin)
            self._login.release()

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

    def _log_in(self, wanted: TokenCertificate, pin: bytearray | None) -> TokenSession:
        if pin is not None and len(pin) not in PIN_BYTES:
            raise errors.PinLength(least=PIN_BYTES.start, most=PIN_BYTES.stop - 1)
        certificate = self._checked(wanted)
        child = self._awake()
        asked: wire.Message = {"serial": wanted.token_serial, "key_id": wanted.key_id}
        asked["public"] = certificate.public.hex()
        try:
            if pin is None:
                answer = child.ask("login", self._deadlines.pin_pad, {**asked, "pin": None})
            else:
                answer = child.ask("login", self._deadlines.login, asked, pin)
            opened = answered("login", answer)
            if opened["each_time"] is True:
                self._each_time.add((wanted.token_serial, wanted.key_id))
            mechanism = mechanism_for(certificate, opened["mechanisms"])
            return TokenSession(child, certificate, mechanism, self._deadlines)
        except BaseException:  # interrupted, too: what the child knows of the PIN ends with it
            child.end()
            raise

    def _checked(self, wanted: TokenCertificate) -> SigningCertificate:
        """Find the certificate on its token as it is now; one that was renewed may share key and CKA_ID."""
        for each in self.certificates(wanted.token_serial):
            if each.key_id == wanted.key_id and wanted.der in (b"", each.der):
                certificate = SigningCertificate(each.der)
                check(certificate, self._now())
                return certificate
        raise errors.CertificateMissing

    def _look(self, op: str, members: wire.Message) -> wire.Message:
        return answered(op, self._awake().ask(op, self._deadlines.look, members))

    def _awake(self) -> Child:
        with self._starting:
            if self._child is None or self._child.ended:
                check_library(self._library)
                child = Child(self._command, self._environment)
                try:
                    answered("hello", child.ask("hello", self._deadlines.start, {"version": wire.VERSION}))
                except errors.SigningError:
                    child.end()
                    raise
                self._child = child
            return self._child


def _token_info(item: wire.Message) -> TokenInfo:
    flags = {name: item[name] is True for name in wire.TOKEN if name.startswith("pin_")}
    return TokenInfo(str(item["serial"]), str(item["label"]), str(item["manufacturer"]), **flags)


def _wipe(pin: bytearray | None) -> None:
    if pin is not None:
        wire.wipe(pin)
