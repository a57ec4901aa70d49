"""A chain as central knows it: whether an entry continues it, and how far it reaches."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from sync.central import alarms
from sync.central.alarms import Alarm
from sync.central.schema import entries, server
from sync.clock import rfc3339
from sync.contract import seals
from sync.contract.members import as_json
from sync.contract.messages import Signed
from sync.entry import Entry, read_header
from sync.errors import EntryMalformed
from sync.keys import Ed25519Signer


@dataclass(frozen=True, slots=True)
class Place:
    """Whether an entry holds its place in the chain, and what is wrong with that place."""

    free: bool
    flags: tuple[str, ...] = ()


def place_of(tx: Connection, entry: Entry) -> Place:
    """Look before and beside an entry. A doubt is a flag for a person, never a loss."""
    at = (entries.c.chain == entry.chain) & (entries.c.seq == entry.seq)
    sibling = select(entries.c.hash).where(at, entries.c.placed, entries.c.hash != entry.hash)
    free = tx.execute(sibling).first() is None
    flags = () if free else ("second_hash",)
    return Place(free, (*flags, *_before(tx, entry)))


def _before(tx: Connection, entry: Entry) -> tuple[str, ...]:
    if entry.seq == 1:
        return ()
    before = (entries.c.chain == entry.chain) & (entries.c.seq == entry.seq - 1)
    known = set(tx.execute(select(entries.c.hash).where(before)).scalars())
    if not known:
        return ("gap",)
    return () if entry.prev_hash in known else ("chain_broken",)


def close_gap(tx: Connection, entry: Entry, owner: str, now: datetime) -> None:
    """When the entry after this one was waiting for it: settle that alarm, or say that the two do not fit."""
    after = (entries.c.chain == entry.chain) & (entries.c.seq == entry.seq + 1)
    for row in tx.execute(select(entries.c.hash, entries.c.unit, entries.c.header).where(after)):
        alarms.settle(tx, "gap", row.hash, now)
        fields, _ = read_header(row.header)
        if fields.prev_hash != entry.hash:
            alarm = Alarm("chain_broken", row.hash, row.unit, owner, row.header, f"after {entry.hash}")
            alarms.raise_alarm(tx, alarm, now)


def signed_head(tx: Connection, chain: str, signer: Ed25519Signer, now: datetime) -> Signed | None:
    """Return central's signed word on the last entry that it knows of a chain."""
    placed = select(entries.c.seq, entries.c.hash).where(entries.c.chain == chain, entries.c.placed)
    last = tx.execute(placed.order_by(entries.c.seq.desc()).limit(1)).one_or_none()
    if last is None:
        return None
    head = {
        "v": 1,
        "chain": chain,
        "seq": last.seq,
        "hash": last.hash,
        "at": rfc3339(now),
        "epoch": epoch(tx),
    }
    return seals.seal(as_json(head), seals.HEAD, signer)


def epoch(tx: Connection) -> str:
    """Return the name of this life of the server."""
    return str(tx.execute(select(server.c.epoch)).scalar_one())


def chain_of(header: bytes) -> str:
    """Return the chain that a header names, "" for one that cannot be read."""
    try:
        return read_header(header)[0].chain
    except EntryMalformed:
        return ""
