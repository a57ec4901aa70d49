"""A redaction: an entry that orders bodies and files of its subject to be deleted, everywhere and for good.

It names them by id. Headers stay, so every chain still verifies; the order itself stays whole, so that everybody who
meets such a body again, in a backup, a snapshot or another's journal, knows that it must not be kept.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sync.body import read_body
from sync.entry import Entry
from sync.errors import EntryMalformed
from sync.header import is_hash, is_id
from sync.rules import CHAIN_OPENED

REDACTED = "redacted"
"""The kind of such an entry; who may write it is published with the other kinds."""

SPARED = (REDACTED, CHAIN_OPENED.kind)
"""Kinds whose bodies are never deleted: the journal itself needs what they say."""

GRAVE = ("author_revoked", "author_not_valid", "role", "own_work", "second_hash", "chain_forked")
"""Flags with which a request is refused, and a redaction recorded without effect."""

_MEMBER = "redacts"


@dataclass(frozen=True, slots=True)
class Redaction:
    """What one order names. Entries of other subjects than its own are none of its business."""

    id: str  # of the entry that orders it
    subject: str
    entries: tuple[str, ...]  # ids
    files: tuple[str, ...]  # sha256; one that another subject names too stays


def redacts(entries: Iterable[str], files: Iterable[str]) -> Mapping[str, object]:
    """Return the members of a body that order these entries and files to be deleted."""
    return {_MEMBER: {"entries": list(entries), "files": list(files)}}


def redaction_in(entry: Entry) -> Redaction | None:
    """Return what an entry orders, None for one that orders nothing."""
    if entry.kind != REDACTED or entry.body is None:
        return None
    try:
        told = read_body(entry.body).opaque.get(_MEMBER)
    except EntryMalformed:
        return None
    if not isinstance(told, dict):
        return None
    named, files = _those(told.get("entries"), is_id), _those(told.get("files"), is_hash)
    return Redaction(entry.id, entry.subject, named, files)


def has_effect(flags: Iterable[str]) -> bool:
    """Whether central let it take effect: one whose author had no right to it is recorded, and deletes nothing."""
    return not set(flags).intersection(GRAVE)


def _those(told: object, fits: Callable[[object], bool]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in told if fits(each))) if isinstance(told, list) else ()
