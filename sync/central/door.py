"""What every request passes on its way in and out: who asks, how long its body may be, and how we answer."""

import gzip
import zlib
from collections.abc import Iterator, Mapping
from typing import Annotated

from fastapi import Depends, Header, Request, Response
from starlette.requests import ClientDisconnect

from sync.central import accounts
from sync.central.accounts import Device
from sync.central.admission import Admission
from sync.central.house import Central
from sync.central.refusal import Refusal
from sync.contract.members import as_json

JSON_BYTES = 4 * 1024 * 1024  # a batch, unpacked
PART_BYTES = 8 * 1024 * 1024  # of a file
_WORTH_PACKING = 4096  # bytes


def central_of(request: Request) -> Central:
    """Return the central system that this app stands for."""
    central: Central = request.app.state.central
    return central


def device_of(
    central: Annotated[Central, Depends(central_of)], authorization: Annotated[str | None, Header()] = None
) -> Device:
    """Return who asks; raises `Refusal` 401 or 403."""
    with central.database.reading() as tx:
        return accounts.authenticate(tx, authorization)


def admitted(request: Request, device: Annotated[Device, Depends(device_of)]) -> Iterator[None]:
    """Hold one of the writers' places until the answer is made; raises `Refusal` 503 before a body is read."""
    admission: Admission = request.app.state.admission
    with admission.place(device.id):
        yield


async def json_body(request: Request) -> bytes:
    """Read a JSON body, unpacked; raises `Refusal` 400 or 413."""
    data = await _read(request, JSON_BYTES)
    if request.headers.get("content-encoding", "") != "gzip":
        return data
    return _unpacked(data)


async def part_body(request: Request) -> bytes:
    """Read a part of a file, or as much of it as came before the line broke; raises `Refusal` 413."""
    return await _read(request, PART_BYTES, keep_cut=True)


def answered(
    request: Request, message: Mapping[str, object], headers: dict[str, str] | None = None
) -> Response:
    """Answer with JSON, packed when that is worth it and the asker can unpack it."""
    data, sent = as_json(message), dict(headers or {})
    if len(data) >= _WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
        data, sent["Content-Encoding"] = gzip.compress(data, 6, mtime=0), "gzip"
    return Response(data, media_type="application/json", headers=sent)


def refused(refusal: Refusal) -> Response:
    """Answer with a reason word."""
    about = {"about": list(refusal.about)} if refusal.about else {}
    body = as_json({"reason": refusal.reason, **about})
    return Response(body, refusal.status, refusal.headers, "application/json")


async def _read(request: Request, most: int, *, keep_cut: bool = False) -> bytes:
    data = bytearray()
    try:
        async for piece in request.stream():
            data += piece
            if len(data) > most:
                raise Refusal(413, "body_too_large")
    except ClientDisconnect as cut:
        if not keep_cut:
            raise Refusal(400, "cut") from cut  # nobody hears it
    return bytes(data)


def _unpacked(data: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)  # gzip
    try:
        plain = unpacker.decompress(data, JSON_BYTES)
    except zlib.error as error:
        raise Refusal(400, "not_gzip") from error
    if unpacker.unconsumed_tail:
        raise Refusal(413, "body_too_large")
    if not unpacker.eof:
        raise Refusal(400, "not_gzip")
    return plain
