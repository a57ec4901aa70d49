"""The driver's room: the only one that speaks PKCS#11. Lives in the token's process, nowhere else.

One thread only: the library is initialised without locks. Failures leave here as `Faulted`, by
the table of `signing.driver_codes`; the driver's own words stay behind.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

import pkcs11
from pkcs11 import Attribute, ObjectClass, TokenFlag

from signing.driver_codes import fault_of
from signing.wire import Fault, Faulted

_POINTS = frozenset({65, 97, 129, 133})  # bytes of an uncompressed point on curves of 256, 384, 512, 521 bits
SIGNING = ("SHA256_RSA_PKCS", "RSA_PKCS", "ECDSA")


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except pkcs11.PKCS11Error as error:
        fault, code = fault_of(type(error).__name__, str(error))
        raise Faulted(fault, code=code) from None


@dataclass(slots=True)
class OpenKey:
    """A private key in a logged-in session.

    `again`: the PIN of this login, kept for the one signature that a key with CKA_ALWAYS_AUTHENTICATE gives for it.
    """

    session: pkcs11.Session
    key: pkcs11.PrivateKey
    mechanisms: tuple[str, ...]
    each_time: bool = False
    again: str | None = field(default=None, repr=False)

    def sign(self, mechanism: str, data: bytes) -> bytes:
        """Return the raw signature as the driver gives it. Raises `Faulted`."""
        if mechanism not in self.mechanisms or not hasattr(self.key, "sign"):
            raise Faulted(Fault.MECHANISM)
        more = {"pin": self._once()} if self.each_time else {}
        with _translated():
            return bytes(self.key.sign(data, mechanism=pkcs11.Mechanism[mechanism], **more))

    def _once(self) -> str:
        """Give the PIN away: one that was typed once serves one signature, whether it succeeds or not."""
        pin, self.again = self.again, None
        if pin is None:
            raise Faulted(Fault.PIN_EACH_TIME)
        return pin

    def close(self) -> None:
        """Log out and close the session."""
        with _translated():
            self.session.close()


class Lying(NamedTuple):
    """A certificate on a token, and what the token shows of its private key before anybody logged in."""

    key_id: bytes
    der: bytes
    public: bytes  # modulus or point, of the public key laid beside it; empty: none is shown
    each_time: bool  # its private key is visible, and wants the PIN for every signature


class Driver:
    """One vendor's library, loaded into this process."""

    def __init__(self, library: str) -> None:
        """Load the library. Raises `Faulted` when it is none or does not start."""
        try:
            self._library = pkcs11.lib(library)
        except pkcs11.PKCS11Error:
            raise Faulted(Fault.MODULE_FAILED, reason="không nạp được") from None

    def tokens(self) -> list[dict[str, object]]:
        """Describe every initialised token now in a slot (shape `wire.TOKEN`)."""
        return [_described(token) for token in self._tokens()]

    def certificates(self, serial: str) -> list[Lying]:
        """Return every certificate on a token, without any PIN."""
        with _translated():
            session = self._token(serial).open()
            try:
                found = list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))
                return [
                    _lying(session, bytes(each[Attribute.ID]), bytes(each[Attribute.VALUE])) for each in found
                ]
            finally:
                session.close()

    def login(self, serial: str, key_id: bytes, public: bytes, pin: str | None) -> OpenKey:
        """Log in with exactly one C_Login and find the key that belongs to the public one.

        `public` is the RSA modulus, or the uncompressed EC point; `pin` is `None` for a PIN pad.
        """
        token = self._token(serial)
        _refuse_in_vain(token, pin)
        with _translated():
            mechanisms = {getattr(each, "name", "") for each in token.slot.get_mechanisms()}
        session = self._one_try(token, pin)
        try:
            with _translated():
                key = _key(session, key_id, public)
                each_time = _pin_each_time(key, pin)
        except Faulted:
            session.close()
            raise
        offered = tuple(name for name in SIGNING if name in mechanisms)
        return OpenKey(session, key, offered, each_time, pin if each_time else None)

    def _one_try(self, token: pkcs11.Token, pin: str | None) -> pkcs11.Session:
        try:
            with _translated():
                return token.open(user_pin=pkcs11.PROTECTED_AUTH if pin is None else pin)
        except Faulted as error:
            if error.fault is Fault.PIN_INCORRECT:
                with _translated():
                    flags = token.slot.get_token().flags
                raise _wrong_pin(flags) from None
            raise

    def _tokens(self) -> Iterator[pkcs11.Token]:
        with _translated():
            slots = self._library.get_slots(token_present=True)
        for slot in slots:
            try:
                with _translated():
                    token = slot.get_token()
            except Faulted as error:
                if error.fault is Fault.TOKEN_REMOVED:
                    continue  # pulled a moment ago, or not a token for this driver
                raise
            if token.flags & TokenFlag.TOKEN_INITIALIZED:
                yield token

    def _token(self, serial: str) -> pkcs11.Token:
        for token in self._tokens():
            if _serial(token) == serial:
                return token
        raise Faulted(Fault.TOKEN_MISSING, serial=serial)


def _described(token: pkcs11.Token) -> dict[str, object]:
    flags = token.flags
    return {
        "serial": _serial(token),
        "label": token.label,
        "manufacturer": token.manufacturer_id,
        "pin_count_low": bool(flags & TokenFlag.USER_PIN_COUNT_LOW),
        "pin_final_try": bool(flags & TokenFlag.USER_PIN_FINAL_TRY),
        "pin_locked": bool(flags & TokenFlag.USER_PIN_LOCKED),
        "pin_pad": bool(flags & TokenFlag.PROTECTED_AUTHENTICATION_PATH),
    }


def _serial(token: pkcs11.Token) -> str:
    return token.serial.decode("ascii", "replace").strip("\0 ")


def _refuse_in_vain(token: pkcs11.Token, pin: str | None) -> None:
    """Refuse a login that cannot succeed, before it costs a try."""
    if token.flags & TokenFlag.USER_PIN_LOCKED:
        raise Faulted(Fault.PIN_LOCKED)
    if pin is None and not token.flags & TokenFlag.PROTECTED_AUTHENTICATION_PATH:
        raise Faulted(Fault.PIN_PAD_MISSING)


def _wrong_pin(flags: TokenFlag) -> Faulted:
    if flags & TokenFlag.USER_PIN_LOCKED:
        return Faulted(Fault.PIN_LOCKED)
    final = bool(flags & TokenFlag.USER_PIN_FINAL_TRY)
    return Faulted(Fault.PIN_INCORRECT, low=bool(flags & TokenFlag.USER_PIN_COUNT_LOW), final=final)


def _key(session: pkcs11.Session, key_id: bytes, public: bytes) -> pkcs11.PrivateKey:
    """Choose by CKA_ID, and by the public half where the token shows it."""
    search = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: key_id}
    keys = [each for each in list(session.get_objects(search)) if isinstance(each, pkcs11.PrivateKey)]
    if not keys:
        raise Faulted(Fault.KEY_MISSING)
    fitting = [key for key in keys if _shown_public(session, key, key_id) in (None, public)]
    if not fitting:
        raise Faulted(Fault.KEY_MISMATCH)
    return fitting[0]


def _pin_each_time(key: pkcs11.PrivateKey, pin: str | None) -> bool:
    wanted = _wants_pin_each_time(key)
    if wanted and pin is None:  # the binding logs in for one signature with letters only, never by the pad
        raise Faulted(Fault.PIN_EACH_ON_PAD)
    return wanted


def _wants_pin_each_time(key: pkcs11.Object) -> bool:
    try:
        return bool(key[Attribute.ALWAYS_AUTHENTICATE])
    except pkcs11.PKCS11Error:
        return False  # older drivers do not know the attribute


def _lying(session: pkcs11.Session, key_id: bytes, der: bytes) -> Lying:
    search = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: key_id}
    each_time = any(_wants_pin_each_time(key) for key in list(session.get_objects(search)))
    search[Attribute.CLASS] = ObjectClass.PUBLIC_KEY
    shown = [_public_half(key) for key in list(session.get_objects(search))]
    return Lying(key_id, der, shown[0] if shown else b"", each_time)


def _public_half(key: pkcs11.Object) -> bytes:
    try:
        if key[Attribute.KEY_TYPE] is pkcs11.KeyType.RSA:
            return bytes(key[Attribute.MODULUS]).lstrip(b"\0")
        return _bare_point(bytes(key[Attribute.EC_POINT]))
    except pkcs11.PKCS11Error:
        return b""


def _shown_public(session: pkcs11.Session, key: pkcs11.PrivateKey, key_id: bytes) -> bytes | None:
    """Return the modulus or point that belongs to a private key; `None` when the token keeps it to itself."""
    try:
        if key.key_type is pkcs11.KeyType.RSA:
            return bytes(key[Attribute.MODULUS]).lstrip(b"\0")
        search = {Attribute.CLASS: ObjectClass.PUBLIC_KEY, Attribute.ID: key_id}
        for each in list(session.get_objects(search)):
            return _bare_point(bytes(each[Attribute.EC_POINT]))
    except (pkcs11.AttributeTypeInvalid, pkcs11.AttributeSensitive):
        return None
    return None


def _bare_point(value: bytes) -> bytes:
    """Strip the OCTET STRING that most tokens wrap around an EC point; a bare point begins with the same byte."""
    for head in (2, 3):
        point = value[head:]
        length = bytes((len(point),)) if head == 2 else bytes((0x81, len(point) & 0xFF))
        if len(point) in _POINTS and value[:head] == b"\x04" + length:
            return point
    return value
