"""What the child said, checked and turned into our values or errors: the one table of fault codes."""

from base64 import b64decode
from collections.abc import Mapping

from signing import errors, wire
from signing.wire import Fault

CLASSES: Mapping[str, type[errors.SigningError]] = {
    Fault.MODULE_MISSING: errors.ModuleMissing,
    Fault.MODULE_FAILED: errors.ModuleFailed,
    Fault.TOKEN_MISSING: errors.TokenMissing,
    Fault.TOKEN_REMOVED: errors.TokenRemoved,
    Fault.TOKEN_ERROR: errors.TokenError,
    Fault.TOKEN_TAKEN: errors.TokenTaken,
    Fault.TOKEN_STUCK: errors.TokenStuck,
    Fault.TOKEN_MEMORY: errors.TokenMemory,
    Fault.HOST_MEMORY: errors.HostMemory,
    Fault.DEVICE_ERROR: errors.DeviceError,
    Fault.LOGGED_OUT: errors.LoggedOut,
    Fault.PIN_INCORRECT: errors.PinIncorrect,
    Fault.PIN_INVALID: errors.PinInvalid,
    Fault.PIN_UNSET: errors.PinUnset,
    Fault.PIN_LOCKED: errors.PinLocked,
    Fault.PIN_EXPIRED: errors.PinExpired,
    Fault.PIN_LENGTH: errors.PinLength,
    Fault.PIN_PAD_MISSING: errors.PinPadMissing,
    Fault.PIN_PAD_CANCELLED: errors.PinPadCancelled,
    Fault.PIN_EACH_TIME: errors.PinEachTime,
    Fault.PIN_EACH_ON_PAD: errors.PinEachOnPad,
    Fault.KEY_MISSING: errors.CertificateMissing,
    Fault.KEY_MISMATCH: errors.KeyMismatch,
    Fault.KEY_NOT_PERMITTED: errors.KeyNotPermitted,
    Fault.DATA_REFUSED: errors.DataRefused,
    Fault.MECHANISM: errors.MechanismUnsupported,
    Fault.REFUSED: errors.ModuleFailed,
}
# Facts that may cross, and what stands for one that a sentence needs and the child left out.
_FACTS: Mapping[str, str | int | bool] = {
    "code": "?",
    "serial": "?",
    "reason": "?",
    "library": "?",
    "least": 4,
    "most": 64,
    "low": False,
    "final": False,
}
_LONGEST = 80  # characters of a fact


def answered(op: str, reply: wire.Message) -> wire.Message:
    """Return the checked answer inside a reply, or raise the class that its fault code stands for."""
    try:
        if "fault" in reply:
            fault = wire.check(reply, {"fault": "str", "facts": "dict"})
            raise _error(str(fault["fault"]), fault["facts"])
        return wire.check(reply.get("ok"), wire.ANSWERS[op])
    except wire.Garbled:
        raise errors.ModuleFailed(reason="trả lời sai quy cách") from None


def _error(fault: str, facts: object) -> errors.SigningError:
    kind = CLASSES.get(fault)
    if kind is None or not isinstance(facts, dict):
        raise wire.Garbled("fault")
    wanted = {name: kept for name, kept in _FACTS.items() if name in facts or f"{{{name}}}" in kind.message}
    return kind(**{name: _plain(facts.get(name, kept)) for name, kept in wanted.items()})


def _plain(fact: object) -> str | int:
    """Keep numbers and yes or no as they are; of anything else, a short text."""
    return fact if isinstance(fact, int) else str(fact)[:_LONGEST]


def items(listed: object, shape: Mapping[str, str]) -> list[wire.Message]:
    """Return a list out of an answer, each member of one shape. Raises `ModuleFailed`."""
    try:
        return [wire.check(each, shape) for each in listed] if isinstance(listed, list) else []
    except wire.Garbled:
        raise errors.ModuleFailed(reason="trả lời sai quy cách") from None


def unpacked(text: object) -> bytes:
    """Return the bytes behind a member in base64. Raises `ModuleFailed`."""
    try:
        return b64decode(str(text), validate=True)
    except ValueError:
        raise errors.ModuleFailed(reason="trả lời sai quy cách") from None
