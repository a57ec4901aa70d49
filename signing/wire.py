"""What crosses the pipe between the program and the token's process: frames, shapes, fault codes.

A frame is four bytes (length, big endian) and that many bytes of JSON. Never pickle.
Both sides check each message against the shapes here; what does not fit is `Garbled`.
"""

import json
import os
from collections.abc import Mapping
from enum import StrEnum

VERSION = 1
LIMIT = 1 << 20  # bytes of JSON in one frame

_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "int": int,
    "str": str,
    "bool": bool,
    "list": list,
    "dict": dict,
    "str|null": (str, type(None)),
}

REQUESTS: Mapping[str, Mapping[str, str]] = {
    "hello": {"version": "int"},
    "tokens": {},
    "certificates": {"serial": "str"},
    "login": {"serial": "str", "key_id": "str", "public": "str", "pin": "str|null"},
    "sign": {"session": "int", "mechanism": "str", "data": "str"},
    "logout": {"session": "int"},
    "cpu": {},  # for the bench: CPU time used by the process so far
}

ANSWERS: Mapping[str, Mapping[str, str]] = {
    "hello": {"version": "int"},
    "tokens": {"tokens": "list"},
    "certificates": {"certificates": "list"},
    "login": {"session": "int", "mechanisms": "list", "each_time": "bool"},
    "sign": {"signature": "str"},
    "logout": {},
    "cpu": {"nanoseconds": "int"},
}

TOKEN: Mapping[str, str] = {
    "serial": "str",
    "label": "str",
    "manufacturer": "str",
    "pin_count_low": "bool",
    "pin_final_try": "bool",
    "pin_locked": "bool",
    "pin_pad": "bool",
}
CERTIFICATE: Mapping[str, str] = {"key_id": "str", "der": "str", "public": "str", "each_time": "bool"}

Message = dict[str, object]


class Fault(StrEnum):
    """How a failure crosses the pipe. The parent turns it into a class through one table."""

    MODULE_MISSING = "module_missing"
    MODULE_FAILED = "module_failed"
    TOKEN_MISSING = "token_missing"  # noqa: S105 - a fault's name, no secret
    TOKEN_REMOVED = "token_removed"  # noqa: S105 - a fault's name, no secret
    TOKEN_ERROR = "token_error"  # noqa: S105 - a fault's name, no secret
    TOKEN_TAKEN = "token_taken"  # noqa: S105 - a fault's name, no secret
    TOKEN_STUCK = "token_stuck"  # noqa: S105 - a fault's name, no secret
    TOKEN_MEMORY = "token_memory"  # noqa: S105 - a fault's name, no secret
    HOST_MEMORY = "host_memory"
    DEVICE_ERROR = "device_error"
    LOGGED_OUT = "logged_out"
    PIN_INCORRECT = "pin_incorrect"
    PIN_INVALID = "pin_invalid"
    PIN_UNSET = "pin_unset"
    PIN_LOCKED = "pin_locked"
    PIN_EXPIRED = "pin_expired"
    PIN_LENGTH = "pin_length"
    PIN_PAD_MISSING = "pin_pad_missing"
    PIN_PAD_CANCELLED = "pin_pad_cancelled"
    PIN_EACH_TIME = "pin_each_time"
    PIN_EACH_ON_PAD = "pin_each_on_pad"
    KEY_MISSING = "key_missing"
    KEY_MISMATCH = "key_mismatch"
    KEY_NOT_PERMITTED = "key_not_permitted"
    DATA_REFUSED = "data_refused"
    MECHANISM = "mechanism"
    REFUSED = "refused"  # a request out of shape or out of turn: a bug of ours


class Faulted(Exception):
    """A failure on its way to the parent: a code and plain facts, never the driver's own text."""

    def __init__(self, fault: Fault, **facts: str | int | bool) -> None:
        self.fault = fault
        self.facts = facts
        super().__init__(fault.value)


class Garbled(Exception):
    """A frame or message that does not fit."""


def check(message: object, shape: Mapping[str, str]) -> Message:
    """Return `message` if it has exactly the members of `shape`, each of its type; else raise `Garbled`."""
    if not isinstance(message, dict) or message.keys() != shape.keys():
        raise Garbled("members")
    for name, kind in shape.items():
        value = message[name]
        if not isinstance(value, _TYPES[kind]) or (kind == "int" and isinstance(value, bool)):
            raise Garbled(name)
    return message


def encode(message: Mapping[str, object]) -> bytearray:
    """Return the frame of one message, in a buffer that can be wiped."""
    return _framed(json.dumps(message, separators=(",", ":")).encode())


def encode_with_secret(message: Mapping[str, object], name: str, secret: bytearray) -> bytearray:
    """Return a frame with one more member, base64 of `secret`, leaving no other copy of it behind."""
    head = json.dumps(message, separators=(",", ":")).encode()[:-1] + f',"{name}":"'.encode()
    start, length = 4 + len(head), 4 * ((len(secret) + 2) // 3)
    frame = bytearray(start + length + 2)  # its full size at once: growing would leave copies behind
    frame[:4] = (len(frame) - 4).to_bytes(4, "big")
    frame[4:start] = head
    _write_base64(frame, start, secret)
    frame[-2:] = b'"}'
    return frame


def decode(body: bytes | bytearray) -> Message:
    """Return the message in the body of a frame, or raise `Garbled`."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        raise Garbled("json") from None
    if not isinstance(message, dict):
        raise Garbled("object")
    return message


def read_body(fd: int) -> bytearray | None:
    """Read one frame's body from a pipe; `None` at its end. Raises `Garbled` when cut or too long."""
    head = _read_exactly(fd, 4)
    if not head:
        return None
    length = int.from_bytes(head, "big")
    if len(head) < 4 or length > LIMIT:
        raise Garbled("length")
    body = _read_exactly(fd, length)
    if len(body) < length:
        raise Garbled("cut")
    return body


def write_frame(fd: int, frame: bytearray) -> None:
    """Write a whole frame to a pipe."""
    view = memoryview(frame)
    written = 0
    while written < len(frame):
        written += os.write(fd, view[written:])


def wipe(secret: bytearray) -> None:
    """Overwrite a secret in place."""
    for index in range(len(secret)):
        secret[index] = 0


_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def _write_base64(frame: bytearray, place: int, secret: bytearray) -> None:
    """Encode byte by byte: `base64` would leave a copy of the secret that nobody can wipe."""
    held, bits = 0, 0
    for byte in secret:
        held, bits = (held << 8) | byte, bits + 8
        while bits >= 6:
            bits -= 6
            frame[place] = _BASE64[(held >> bits) & 63]
            held &= (1 << bits) - 1
            place += 1
    if bits:
        frame[place] = _BASE64[(held << (6 - bits)) & 63]
        place += 1
    for rest in range(place, place + -len(secret) % 3):
        frame[rest] = ord("=")


def _framed(body: bytes) -> bytearray:
    if len(body) > LIMIT:
        raise Garbled("length")
    return bytearray(len(body).to_bytes(4, "big") + body)


def _read_exactly(fd: int, count: int) -> bytearray:
    """Read `count` bytes, fewer only at the end of the pipe."""
    data = bytearray(count)
    view, got = memoryview(data), 0
    while got < count:
        part = os.readv(fd, [view[got:]]) if hasattr(os, "readv") else _copy(fd, view[got:])
        if part == 0:
            break
        got += part
    view.release()
    del data[got:]
    return data


def _copy(fd: int, into: memoryview) -> int:
    """Windows has no `readv`: the copy made here is short-lived."""
    part = os.read(fd, len(into))
    into[: len(part)] = part
    return len(part)
