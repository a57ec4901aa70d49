"""The token's process: a child program that owns the driver, so that its crash or hang is not ours.

Started as `python -m signing.token_process LIBRARY`, never imported. It answers frames on its own pipe,
one after another, in one thread, and ends after a login ends: what the driver kept of a PIN ends with it.
"""

import ctypes
import os
import signal
import sys
import time
from base64 import b64decode, b64encode

from signing.pkcs11 import Driver, Lying, OpenKey
from signing.wire import (
    REQUESTS,
    VERSION,
    Fault,
    Faulted,
    Garbled,
    Message,
    check,
    decode,
    encode,
    read_body,
    wipe,
    write_frame,
)

_PR_SET_DUMPABLE = 4


class Desk:
    """What the child holds: the driver once it is loaded, and at most one open key."""

    def __init__(self, library: str) -> None:
        self._library = library
        self._driver: Driver | None = None
        self._open: OpenKey | None = None
        self.finished = False

    def answer(self, op: str, request: Message) -> Message:
        """Do one request of a known shape. Raises `Faulted`."""
        ways = {
            "hello": self._hello,
            "tokens": self._tokens,
            "certificates": self._certificates,
            "login": self._login,
            "sign": self._sign,
            "logout": self._logout,
            "cpu": self._cpu,
        }
        return ways[op](request)

    def _hello(self, request: Message) -> Message:
        if request["version"] != VERSION or self._driver:
            raise Faulted(Fault.REFUSED)
        self._driver = Driver(self._library)
        return {"version": VERSION}

    def _tokens(self, _: Message) -> Message:
        return {"tokens": self._loaded().tokens()}

    def _certificates(self, request: Message) -> Message:
        found = self._loaded().certificates(str(request["serial"]))
        return {"certificates": [_certificate(each) for each in found]}

    def _login(self, request: Message) -> Message:
        if self._open:
            raise Faulted(Fault.REFUSED)
        driver, pin = self._loaded(), request.pop("pin")
        key_id, public = _bytes(request["key_id"]), _bytes(request["public"])
        self.finished = True  # a wrong PIN ends this process too; success takes it back
        self._open = driver.login(str(request["serial"]), key_id, public, _pin(pin))
        self.finished = False
        offered, each_time = list(self._open.mechanisms), self._open.each_time
        return {"session": 1, "mechanisms": offered, "each_time": each_time}

    def _sign(self, request: Message) -> Message:
        key, data = self._key(request), _data(request["data"])
        return {"signature": _text(key.sign(str(request["mechanism"]), data))}

    def _cpu(self, _: Message) -> Message:
        return {"nanoseconds": time.process_time_ns()}

    def _logout(self, request: Message) -> Message:
        key, self._open = self._key(request), None
        self.finished = True
        key.close()
        return {}

    def _loaded(self) -> Driver:
        if self._driver is None:
            raise Faulted(Fault.REFUSED)
        return self._driver

    def _key(self, request: Message) -> OpenKey:
        if self._open is None or request["session"] != 1:
            raise Faulted(Fault.REFUSED)
        return self._open


def _certificate(lying: Lying) -> Message:
    shown = {"key_id": lying.key_id.hex(), "der": _text(lying.der), "public": lying.public.hex()}
    return {**shown, "each_time": lying.each_time}


def _pin(text: object) -> str | None:
    """Decode a PIN. The driver's binding takes `str`: that copy cannot be wiped, it ends with the process."""
    if text is None:
        return None
    pin = bytearray(_data(text))
    try:
        return pin.decode()
    except UnicodeDecodeError:
        raise Faulted(Fault.REFUSED) from None
    finally:
        wipe(pin)


def _text(data: bytes) -> str:
    return b64encode(data).decode()


def _data(text: object) -> bytes:
    try:
        return b64decode(str(text), validate=True)
    except ValueError:
        raise Faulted(Fault.REFUSED) from None


def _bytes(text: object) -> bytes:
    try:
        return bytes.fromhex(str(text))
    except ValueError:
        raise Faulted(Fault.REFUSED) from None


def serve(library: str, requests: int, answers: int) -> None:
    """Answer frames until the pipe ends, a frame does not fit, or a login has ended."""
    desk = Desk(library)
    while not desk.finished and (body := read_body(requests)) is not None:
        message = decode(body)
        wipe(body)
        number, op = message.pop("id", None), message.pop("op", None)
        if not isinstance(number, int) or not isinstance(op, str) or op not in REQUESTS:
            raise Garbled("request")
        try:
            reply: Message = {"id": number, "ok": desk.answer(op, check(message, REQUESTS[op]))}
        except Faulted as error:
            reply = {"id": number, "fault": error.fault.value, "facts": dict(error.facts)}
        message.clear()
        write_frame(answers, encode(reply))


def take_over_pipes() -> tuple[int, int]:
    """Keep the pipes for ourselves and leave the driver a stdin and stdout that lead nowhere."""
    requests, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    _binary(requests, answers)
    return requests, answers


def _binary(*descriptors: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - exists on Windows only

        for descriptor in descriptors:
            msvcrt.setmode(descriptor, os.O_BINARY)


def forbid_dumps() -> None:
    """Leave no memory behind: no core file, no debugger of the same user (where the system can)."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - exists on POSIX only

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def main(arguments: list[str]) -> int:
    """Run the child. Exit codes: 0 the pipe or a login ended, 1 the other side made no sense."""
    forbid_dumps()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which ends us by the pipe
    requests, answers = take_over_pipes()
    try:
        serve(arguments[0], requests, answers)
    except (Garbled, OSError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
