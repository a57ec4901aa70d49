"""An entry: the header as first written, its hash and signature, and apart from it salt and body.

Nothing here is ever serialised twice: what was written is kept, sent and checked as the same bytes.
"""

import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import uuid6
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sync.clock import Clock
from sync.errors import EntryForged, EntryMalformed
from sync.header import NO_HASH, Fields, read_header, write_header

__all__ = [
    "NO_HASH",
    "Entry",
    "Fields",
    "KeysOf",
    "Signer",
    "commit",
    "new_id",
    "parse",
    "read_header",
    "seal",
    "verify",
]

SIGNED_AS = b"entry-v1"
MAX_BODY = 1024 * 1024  # bytes; papers are files, not bodies


class Signer(Protocol):
    """An author who can sign: an officer while unlocked, or the device."""

    @property
    def author(self) -> str:
        """Who signs: "officer:<id>" or "device:<id>"."""
        ...

    def sign(self, data: bytes) -> bytes:
        """Return an Ed25519 signature, 64 bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One act in the journal. Made by `seal` or `parse` only; `header` is the truth, the rest is read from it."""

    header: bytes
    sig: bytes
    salt: bytes | None  # None, like `body`: retired, redacted or not yet here
    body: bytes | None
    hash: str
    fields: Fields
    body_commit: str

    @property
    def id(self) -> str:
        return self.fields.id

    @property
    def chain(self) -> str:
        return self.fields.chain

    @property
    def seq(self) -> int:
        return self.fields.seq

    @property
    def subject(self) -> str:
        return self.fields.subject

    @property
    def kind(self) -> str:
        return self.fields.kind

    @property
    def base(self) -> str | None:
        return self.fields.base

    @property
    def author(self) -> str:
        return self.fields.author

    @property
    def occurred_at(self) -> datetime:
        return self.fields.occurred_at

    @property
    def clock(self) -> Clock:
        return self.fields.clock

    @property
    def prev_hash(self) -> str:
        return self.fields.prev_hash


KeysOf = Callable[[str], tuple[bytes, ...]]
"""Looks up the public key (32 bytes) of an author, or None for an unknown one."""


def new_id() -> str:
    """Return a new uuid7, sortable by time."""
    return str(uuid6.uuid7())


def seal(fields: Fields, body: bytes, signer: Signer, salt: bytes | None = None) -> Entry:
    """Write and sign an entry. `salt` is given by test vectors only; else it is 32 random bytes."""
    if signer.author != fields.author:
        raise ValueError("an entry is signed by its author")
    if len(body) > MAX_BODY:
        raise EntryMalformed(reason="nội dung quá lớn")
    salt = os.urandom(32) if salt is None else salt
    header = write_header(fields, commit(salt, body))
    sig = signer.sign(SIGNED_AS + hashlib.sha256(header).digest())
    return parse(header, sig, salt, body)


def commit(salt: bytes, body: bytes) -> str:
    """Return HMAC-SHA256(salt, body) in hex."""
    return hmac.digest(salt, body, "sha256").hex()


def verify(entry: Entry, public_key: bytes) -> None:
    """Check hash, signature and, where it is still here, the body; raises `EntryForged`."""
    digest = hashlib.sha256(entry.header).digest()
    if digest.hex() != entry.hash:
        raise EntryForged(entry=entry.id, reason="mã băm khác phần đầu")
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(entry.sig, SIGNED_AS + digest)
    except (InvalidSignature, ValueError) as error:
        raise EntryForged(entry=entry.id, reason="chữ ký không đúng") from error
    if entry.salt is None or entry.body is None:
        return
    if not hmac.compare_digest(commit(entry.salt, entry.body), entry.body_commit):
        raise EntryForged(entry=entry.id, reason="nội dung khác cam kết")


def parse(header: bytes, sig: bytes, salt: bytes | None = None, body: bytes | None = None) -> Entry:
    """Read the stored or sent bytes of an entry; raises `EntryMalformed`. Verifies no signature."""
    if len(sig) != 64:
        raise EntryMalformed(reason="chữ ký phải dài 64 byte")
    if (salt is None) != (body is None):
        raise EntryMalformed(reason="nội dung và muối phải đi cùng nhau")
    if salt is not None and len(salt) != 32:
        raise EntryMalformed(reason="muối phải dài 32 byte")
    if body is not None and len(body) > MAX_BODY:
        raise EntryMalformed(reason="nội dung quá lớn")
    fields, body_commit = read_header(header)
    return Entry(header, sig, salt, body, hashlib.sha256(header).hexdigest(), fields, body_commit)
