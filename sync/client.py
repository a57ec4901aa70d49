"""Central over HTTP. Speaks the contract; knows nothing of dossiers.

Bytes go out as they were stored. What `requests` raises does not leave this room: nobody answering is `Offline`, a busy
server `CentralBusy` (an `Offline` too), an unknown device `DeviceRefused`. No more is read than an answer may need.
"""

import gzip
import io
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

import requests

from sync.clock import read_time
from sync.contract import members, wire
from sync.contract.enrolling import Enrolled, enrolled_from
from sync.contract.messages import (
    FEED_LIMIT,
    FILE_BYTES,
    FILE_PARTS,
    Carried,
    CentralTime,
    LeaseRequest,
    Malformed,
    News,
    Offered,
    Page,
    Published,
    Signed,
)
from sync.errors import (
    AnswerTooLarge,
    CentralFailed,
    CentralWentBack,
    CodeRefused,
    ContractBroken,
    EpochChanged,
    HubOutOfNumbers,
    LeasesHeldBack,
)
from sync.later import MOST_SAID, raise_for_later
from sync.route import Route, not_there, raise_for_somebody_between

_TIMEOUT = (10, 30)  # seconds to connect or to get rid of a piece, and between two pieces of an answer
_WORTH_PACKING = 4096  # bytes
_MOST_SAID = 16 * 1024 * 1024  # bytes of an answer, unpacked; a page of the feed ends after a quarter of it
_PIECE = 64 * 1024  # bytes
_NOT_SHOWN, _ANOTHER_LIFE, _CURSOR_AHEAD = "leases_not_shown", "epoch", "cursor_ahead"
_OUT_OF_NUMBERS = "out_of_numbers"
_MOST_ASKED = 1000  # files in one `have`

_PART_TAKES = 8  # seconds, about: what a cut costs at most
_ASTRAY = 4  # parts of a file that may be sent beyond those it has

Read = TypeVar("Read")


class Central(Protocol):
    """What the counter asks of the central system. Every call may raise a `CentralError`."""

    def time(self) -> CentralTime: ...

    def news(self) -> News: ...

    def offer(self, entries: Sequence[Carried], epoch: str | None = None) -> Offered: ...

    def feed(self, since: str) -> Page: ...

    def lease(self, request: LeaseRequest) -> Signed: ...

    def show_leases(self, held: Sequence[Signed], epoch: str, *, more: bool = False) -> int: ...

    def authors(self, etag: str) -> tuple[Signed, str] | None: ...

    def have(self, sha256s: Sequence[str]) -> tuple[str, ...]: ...

    def put_file(self, sha256: str, data: bytes) -> None: ...

    def get_file(self, sha256: str) -> bytes: ...

    def document(self, name: str, etag: str) -> Published | None: ...

    def day(self, day: str) -> Signed: ...

    @property
    def file_bytes(self) -> int:
        """How many bytes of files have left through this connection, in whole and in part."""
        ...

    def another(self) -> "Central":
        """Return a second connection for another thread."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Account:
    """By what central knows this PC; the token is a secret."""

    device: str
    token: str

    def __repr__(self) -> str:
        return f"Account({self.device!r})"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came back, read to its end."""

    status_code: int
    headers: Mapping[str, str]  # their names in any case
    content: bytes


class _Counted(io.BytesIO):
    """A part of a file on its way out, counted as the line takes it."""

    def __init__(self, data: bytes, counter: "HttpCentral") -> None:
        super().__init__(data)
        self._counter = counter

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self._counter.file_bytes += len(data)
        return data


class HttpCentral:
    """The central system at an address such as `https://central.example`."""

    def __init__(self, base: str, account: Account, route: Route | None = None) -> None:
        self._base = base.rstrip("/") + "/v1"
        self._account = account
        self._route = route or Route()
        self.file_bytes = 0
        self._part = FILE_PARTS[0]  # bytes; what the line carries in some seconds, once that is known
        self._http = self._route.session(self._base)
        self._http.headers["Authorization"] = f"Device {account.device}:{account.token}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def another(self) -> "HttpCentral":
        return HttpCentral(self._base.removesuffix("/v1"), self._account, self._route)

    def close(self) -> None:
        self._http.close()

    def enrol(self, wish: Signed) -> Enrolled:
        """Redeem a one-use code (see `sync.contract.enrolling`); raises `CodeRefused`."""
        answer = self._ask("POST", "/enrol", wire.signed_as_json(wish))
        if answer.status_code in {requests.codes.not_found, requests.codes.conflict}:
            raise CodeRefused(why=_problem(answer)[0])
        return _read(answer, enrolled_from)

    def time(self) -> CentralTime:
        """Return central's clock and the life it is in."""
        return _read(self._ask("GET", "/time"), _server_time)

    def news(self) -> News:
        """Return central's clock and life, and how far everything that it tells us has come."""
        return _read(self._ask("GET", "/news"), _news)

    def offer(self, entries: Sequence[Carried], epoch: str | None = None) -> Offered:
        """Offer entries in chain order; the answers come in the same order, one each.

        `epoch`: the life of central that we know; raises `EpochChanged` in another one.
        """
        told: dict[str, object] = {"entries": [wire.carried_as_json(entry) for entry in entries]}
        answer = self._ask("POST", "/entries", told if epoch is None else {"epoch": epoch, **told})
        _raise_for_another_life(answer, epoch)
        offered = _read(answer, wire.offered_from)
        if len(offered.answers) != len(entries):
            raise ContractBroken(reason="answers")
        return offered

    def entry(self, id: str) -> Carried | None:
        """Return an entry of this unit as it is kept there, None for one that is not."""
        answer = self._send("GET", f"/entries/{id}")
        return None if answer.status_code == requests.codes.not_found else _read(answer, wire.carried_from)

    def feed(self, since: str, limit: int = FEED_LIMIT) -> Page:
        """Return what was settled after a cursor; "" is the beginning. Raises `CentralWentBack`."""
        answer = self._send("GET", "/feed", params={"since": since, "limit": str(limit)})
        if _problem(answer)[0] == _CURSOR_AHEAD:
            raise CentralWentBack
        return _read(answer, wire.page_from)

    def lease(self, request: LeaseRequest) -> Signed:
        """Return the signed range for a wish, the same one for the same request id.

        Raises `LeasesHeldBack`, or `HubOutOfNumbers`.
        """
        answer = self._ask("POST", "/leases", wire.lease_request_as_json(request))
        reason, about = _problem(answer)
        if reason == _NOT_SHOWN:
            raise LeasesHeldBack(waiting_for=", ".join(about))
        if reason == _OUT_OF_NUMBERS:
            raise HubOutOfNumbers(day=request.day)
        return _read(answer, wire.signed_from)

    def show_leases(self, held: Sequence[Signed], epoch: str, *, more: bool = False) -> int:
        """Show the ranges that this counter holds to a restored central; `more`: others follow.

        Returns how many of them it never signed; raises `EpochChanged` in another life of it.
        """
        told = {"leases": [wire.signed_as_json(signed) for signed in held], "more": more, "epoch": epoch}
        answer = self._ask("POST", "/leases/shown", told)
        _raise_for_another_life(answer, epoch)
        return _read(answer, lambda said: members.number(said, "not_ours"))

    def authors(self, etag: str) -> tuple[Signed, str] | None:
        """Return whose signature counts in this unit, and its ETag; None when it is still the one of the ETag."""
        answer = self._send("GET", "/authors", headers=_unless(etag))
        if answer.status_code == requests.codes.not_modified:
            return None
        return _read(answer, wire.signed_from), answer.headers.get("ETag", "")

    def have(self, sha256s: Sequence[str]) -> tuple[str, ...]:
        """Return which of these files central still misses."""
        missing: list[str] = []
        for first in range(0, len(sha256s), _MOST_ASKED):
            asked = {"sha256": list(sha256s[first : first + _MOST_ASKED])}
            missing += _read(
                self._ask("POST", "/files/have", asked), lambda told: members.texts(told, "missing")
            )
        return tuple(missing)

    def put_file(self, sha256: str, data: bytes) -> None:
        """Upload a file in parts as large as the line carries in some seconds; one that was cut goes on where it stopped."""
        offset = self._offset(sha256) if len(data) > self._part else 0
        for _ in range(len(data) // FILE_PARTS[0] + _ASTRAY):
            answer = self._put_part(sha256, data, offset)
            if answer.status_code == requests.codes.conflict:
                offset = _header_number(answer, "Upload-Offset", 0)
                continue
            told = _read(answer, lambda told: told)
            if told.get("complete") is True:
                return
            offset = _read(answer, lambda told: members.number(told, "offset"))
        raise ContractBroken(reason="offset")

    def get_file(self, sha256: str) -> bytes:
        """Return the bytes of a file; the caller hashes them."""
        answer = self._send("GET", f"/files/{sha256}", most=FILE_BYTES)
        _raise_for(answer)
        return answer.content

    def document(self, name: str, etag: str) -> Published | None:
        """Return the newest version of a published document, None when it is still the one of the ETag."""
        answer = self._send("GET", f"/published/{name}", headers=_unless(etag))
        if answer.status_code in {requests.codes.not_modified, requests.codes.not_found}:
            return None
        return _read(answer, lambda told: wire.published_from(told, answer.headers.get("ETag", "")))

    def day(self, day: str, device: str = "") -> Signed:
        """Return central's signed account of what a device brought of a day, YYYY-MM-DD; a hub may ask for another one."""
        answer = self._send("GET", f"/days/{day}", params={"device": device} if device else {})
        return _read(answer, wire.signed_from)

    def unit(self) -> Signed:
        """Return the unit and its devices, signed; only the unit's hub is told."""
        return _read(self._send("GET", "/unit"), wire.signed_from)

    def _offset(self, sha256: str) -> int:
        answer = self._send("HEAD", f"/files/{sha256}")
        _raise_for(answer)
        return _header_number(answer, "Upload-Offset", 0)

    def _put_part(self, sha256: str, data: bytes, offset: int) -> _Answer:
        place = {"Upload-Offset": str(offset), "Upload-Length": str(len(data))}
        part = data[offset : offset + self._part]
        sent = {"Content-Type": "application/octet-stream", **place}
        began = time.monotonic()
        answer = self._send("PUT", f"/files/{sha256}", data=_Counted(part, self), headers=sent)
        if len(part) == self._part:
            pace = len(part) / max(time.monotonic() - began, 0.001)
            self._part = min(max(int(pace * _PART_TAKES), FILE_PARTS[0]), FILE_PARTS[1])
        return answer

    def _ask(self, method: str, path: str, told: Mapping[str, object] | None = None) -> _Answer:
        """Send JSON, packed when large."""
        if told is None:
            return self._send(method, path)
        data, headers = members.as_json(told), {"Content-Type": "application/json"}
        if len(data) >= _WORTH_PACKING:
            data, headers["Content-Encoding"] = gzip.compress(data, 6, mtime=0), "gzip"
        return self._send(method, path, data=data, headers=headers)

    def _send(self, method: str, path: str, most: int = _MOST_SAID, **more: Any) -> _Answer:
        """Send, and read at most so many bytes of the answer; a line with an unread answer is not used again."""
        headers = {"X-Request-Id": str(uuid.uuid4()), **more.pop("headers", {})}
        fixed: dict[str, Any] = {"timeout": _TIMEOUT, "allow_redirects": False, "stream": True}
        try:
            with self._http.request(method, self._base + path, headers=headers, **fixed, **more) as answer:
                raise_for_somebody_between(answer)
                raise_for_later(
                    answer.status_code, answer.headers, lambda: next(answer.iter_content(MOST_SAID), b"")
                )
                return _Answer(answer.status_code, answer.headers, _content(answer, most))
        except requests.RequestException as error:
            raise not_there(error) from error


def _content(answer: requests.Response, most: int) -> bytes:
    """Read the body, unpacked; raises `AnswerTooLarge`."""
    data = bytearray()
    for piece in answer.iter_content(_PIECE):
        data += piece
        if len(data) > most:
            raise AnswerTooLarge(limit=most)
    return bytes(data)


def _raise_for_another_life(answer: _Answer, known: str | None) -> None:
    if _problem(answer)[0] == _ANOTHER_LIFE:
        raise EpochChanged(known=known, now="")


def _problem(answer: _Answer) -> tuple[str, tuple[str, ...]]:
    """Return the reason of a conflict (409, 404) and the names that belong to it, as far as they can be read."""
    if answer.status_code not in {requests.codes.conflict, requests.codes.not_found}:
        return "", ()
    try:
        told = members.read_object(answer.content)
        return members.text(told, "reason"), members.texts(told, "about") if "about" in told else ()
    except Malformed:
        return "", ()


def _raise_for(answer: _Answer) -> None:
    if answer.status_code != requests.codes.ok:
        raise CentralFailed(status=answer.status_code)


def _read(answer: _Answer, as_value: Callable[[Mapping[str, Any]], Read]) -> Read:
    """Read a JSON answer by the contract; raises `ContractBroken` for anything else."""
    _raise_for(answer)
    try:
        return as_value(members.read_object(answer.content))
    except Malformed as error:
        raise ContractBroken(reason=str(error)) from error


def _unless(etag: str) -> dict[str, str]:
    return {"If-None-Match": etag} if etag else {}


def _server_time(told: Mapping[str, Any]) -> CentralTime:
    moment = members.text(told, "server_time")
    try:
        read_time(moment)
    except ValueError as error:
        raise Malformed("server_time") from error
    return CentralTime(moment, members.text(told, "epoch"))


def _news(told: Mapping[str, Any]) -> News:
    _server_time(told)
    return wire.news_from(told)


def _header_number(answer: _Answer | requests.Response, name: str, otherwise: int) -> int:
    text = answer.headers.get(name, "")
    return int(text) if text.isascii() and text.isdigit() else otherwise
