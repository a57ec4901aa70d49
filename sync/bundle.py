"""A bundle: entries and documents that go from one counter to another by a folder or a stick, while central is away.

A file is `MAGIC ‖ length ‖ envelope ‖ box`. The envelope names sender and receiver and is open, so that whoever finds the
file can say whose it is; the box is sealed to the receiver's device (HPKE), bound to the envelope, and holds the
sender device's signature over envelope and content. Nothing of the content ever lies in a file in plain.
"""

import hashlib
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from sync.bundle_errors import (
    BundleForAnother,
    BundleNotBelieved,
    BundlePlaceFailed,
    BundlePlaceFull,
    BundleTooLarge,
    BundleUnreadable,
)
from sync.contract import seals
from sync.contract.members import as_json, number, objects, read_object, text
from sync.contract.messages import Carried, Malformed, Signed
from sync.contract.wire import carried_as_json, carried_from
from sync.device_box import NoSuchPoint, opening_key, sealing_key
from sync.durable import disk_errors, write_durably
from sync.errors import DiskFailed, DiskFull
from sync.keys import Ed25519Signer
from sync.sealed import WrongBox, close_box, open_box

SUFFIX = ".goi"
MAX_BYTES = 256 * 1024 * 1024  # of a file
MAX_DOCUMENTS = 500
MAX_ENTRIES = 50_000
_MAX_REVISIONS = 64  # of one document
_MAGIC = b"QMCGOI1\n"
_LENGTH = struct.Struct(">I")
_MAX_ENVELOPE = 1024
_SIG = 64
_PURPOSE = b"bundle-v1"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What may be read of a bundle without opening it. Devices by their authors, e.g. "device:quay-01"."""

    id: str
    unit: str
    sender: str
    receiver: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One document: its revisions from the base to the head (sha256), each with its bytes."""

    document: str
    subject: str
    line: tuple[str, ...]
    contents: tuple[bytes, ...]  # each begins with the one before
    handed: bool = False  # its turn goes with it


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is carried. `entries` in the order in which they have to be taken in."""

    envelope: Envelope
    entries: tuple[Carried, ...]
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """A bundle as it lies in a file."""

    envelope: Envelope
    told: bytes  # the envelope's bytes
    box: bytes


def write(path: Path, bundle: Bundle, sender: Ed25519Signer, receiver_key: bytes) -> int:
    """Seal a bundle to the receiver's device (Ed25519, 32 bytes) and write it whole or not at all; return its bytes.

    Raises `BundleTooLarge`, `BundleNotBelieved` for a key that is none, `BundlePlaceFailed` or `BundlePlaceFull`.
    """
    told = as_json(_envelope_as_json(bundle.envelope))
    content = _packed(bundle)
    signed = seals.seal(told + content, _PURPOSE, sender)
    try:
        box = close_box(signed.sig + content, _PURPOSE + told, sealing_key(receiver_key))
    except (NoSuchPoint, ValueError) as error:
        raise BundleNotBelieved(reason="khóa của máy nhận không dùng được") from error
    data = _MAGIC + _LENGTH.pack(len(told)) + told + box
    if len(data) > MAX_BYTES:
        raise BundleTooLarge(size=_megabytes(len(data)), limit=_megabytes(MAX_BYTES))
    with _at(path):
        write_durably(path, data)
    return len(data)


def read(path: Path) -> Closed:
    """Read a file as far as it is open; raises `BundleUnreadable`, `BundleTooLarge`, `BundlePlaceFailed`."""
    with _at(path), disk_errors(), path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise BundleTooLarge(size=_megabytes(len(data)), limit=_megabytes(MAX_BYTES))
    start = len(_MAGIC) + _LENGTH.size
    if not data.startswith(_MAGIC) or len(data) < start:
        raise BundleUnreadable(file=path.name)
    (length,) = _LENGTH.unpack(data[len(_MAGIC) : start])
    told, box = data[start : start + length], data[start + length :]
    if length > _MAX_ENVELOPE or len(told) != length or not box:
        raise BundleUnreadable(file=path.name)
    try:
        return Closed(_envelope_from(told), told, box)
    except Malformed as error:
        raise BundleUnreadable(file=path.name) from error


def open_closed(closed: Closed, receiver: Ed25519Signer, sender_keys: Sequence[bytes]) -> Bundle:
    """Open a bundle with the receiver's device and check that one of the sender's keys (32 bytes each) signed it.

    Raises `BundleForAnother`; `BundleNotBelieved` when it does not open, is not signed, or does not fit together.
    """
    if closed.envelope.receiver != receiver.author:
        raise BundleForAnother(receiver=name_of(closed.envelope.receiver))
    try:
        opened = open_box(closed.box, _PURPOSE + closed.told, opening_key(receiver.private_bytes))
    except WrongBox as error:
        raise BundleNotBelieved(reason="gói không mở được bằng khóa của máy này") from error
    signed = Signed(closed.told + opened[_SIG:], opened[:_SIG])
    if not any(seals.holds(signed, _PURPOSE, key) for key in sender_keys):
        raise BundleNotBelieved(reason="chữ ký của máy gửi không đúng")
    try:
        return _unpacked(closed.envelope, opened[_SIG:])
    except Malformed as error:
        raise BundleNotBelieved(reason="nội dung gói không khớp nhau") from error


def name_of(device: str) -> str:
    """Return how a device is called on screens: without the word before its name."""
    return device.partition(":")[2] or device


def file_name(envelope: Envelope) -> str:
    """Return a name that every file system takes and that tells no citizen's data."""
    sender, receiver = (_safe(name_of(each)) for each in (envelope.sender, envelope.receiver))
    return f"goi-{sender}-den-{receiver}-{_safe(envelope.id)[-8:]}{SUFFIX}"


def _safe(name: str) -> str:
    return "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name)[:40]


def _envelope_as_json(envelope: Envelope) -> dict[str, object]:
    return {
        "v": 1,
        "id": envelope.id,
        "unit": envelope.unit,
        "from": envelope.sender,
        "to": envelope.receiver,
    }


def _envelope_from(told: bytes) -> Envelope:
    message = read_object(told)
    if message.get("v") != 1:
        raise Malformed("another form of envelope")
    return Envelope(*(text(message, name) for name in ("id", "unit", "from", "to")))


def _packed(bundle: Bundle) -> bytes:
    """Write what is in the box: a list, then the bytes of each document's head, which hold those of all before."""
    papers = [
        {
            "id": paper.document,
            "subject": paper.subject,
            "handed": paper.handed,
            "revisions": [
                {"sha256": sha256, "size": len(content)}
                for sha256, content in zip(paper.line, paper.contents, strict=True)
            ],
        }
        for paper in bundle.papers
    ]
    told = as_json({"v": 1, "entries": list(map(carried_as_json, bundle.entries)), "papers": papers})
    return b"".join((_LENGTH.pack(len(told)), told, *(paper.contents[-1] for paper in bundle.papers)))


def _unpacked(envelope: Envelope, content: bytes) -> Bundle:
    if len(content) < _LENGTH.size:
        raise Malformed("no list")
    (length,) = _LENGTH.unpack(content[: _LENGTH.size])
    at = _LENGTH.size + length
    message = read_object(content[_LENGTH.size : at])
    entries, papers = objects(message, "entries"), objects(message, "papers")
    if message.get("v") != 1 or len(entries) > MAX_ENTRIES or len(papers) > MAX_DOCUMENTS:
        raise Malformed("another form of content")
    found: list[Paper] = []
    for told in papers:
        sizes = [number(each, "size") for each in objects(told, "revisions")]
        if not 0 < len(sizes) <= _MAX_REVISIONS or sizes[0] < 1 or any(a >= b for a, b in pairwise(sizes)):
            raise Malformed("a line grows from its base")
        head = content[at : at + sizes[-1]]
        at += sizes[-1]
        found.append(_paper(told, head, sizes))
    if at != len(content):
        raise Malformed("less or more than was said")
    return Bundle(envelope, tuple(map(carried_from, entries)), tuple(found))


def _paper(told: Mapping[str, Any], head: bytes, sizes: Sequence[int]) -> Paper:
    """Read one document; what is cut from its head is what the list names, so every revision begins with its parent."""
    line = tuple(text(each, "sha256") for each in objects(told, "revisions"))
    contents = tuple(head[:size] for size in sizes)
    if tuple(hashlib.sha256(each).hexdigest() for each in contents) != line:
        raise Malformed("other bytes than were named")
    return Paper(text(told, "id"), text(told, "subject"), line, contents, told.get("handed") is True)


def _megabytes(size: int) -> int:
    return -(-size // (1024 * 1024))


@contextmanager
def _at(path: Path) -> Iterator[None]:
    """Say of this disk what its errors mean, so that nobody looks for them on the counter's own."""
    try:
        yield
    except DiskFull as error:
        raise BundlePlaceFull(place=path.parent) from error
    except DiskFailed as error:
        raise BundlePlaceFailed(place=path.parent) from error
