"""A chain as central knows it: whether an entry continues it, how far it reaches, what ended it."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from sync.body import read_body
from sync.central import alarms
from sync.central.accounts import DEVICE_ROLE, Device
from sync.central.alarms import Alarm
from sync.central.schema import closed_chains, devices, entries, leases, server
from sync.clock import rfc3339
from sync.contract import seals
from sync.contract.members import as_json
from sync.contract.messages import GAP, Head, Signed
from sync.contract.wire import head_as_json
from sync.entry import Entry, read_header
from sync.errors import EntryMalformed
from sync.header import is_hash, is_id
from sync.keys import Ed25519Signer
from sync.plain_json import MAX_INTEGER
from sync.rules import CHAIN_OPENED


@dataclass(frozen=True, slots=True)
class Place:
    """Whether an entry holds its place in the chain, and what is wrong with that place."""

    free: bool
    flags: tuple[str, ...] = ()


def place_of(tx: Connection, entry: Entry, *, told_again: bool = False) -> Place:
    """Look before and beside an entry. A doubt is a flag for a person, never a loss.

    What is told again after a restore comes in the order of the feed, so the one before it may still be on its way.
    """
    at = (entries.c.chain == entry.chain) & (entries.c.seq == entry.seq)
    sibling = select(entries.c.hash).where(at, entries.c.placed, entries.c.hash != entry.hash)
    free = tx.execute(sibling).first() is None
    flags = () if free else ("second_hash",)
    before = () if told_again else _before(tx, entry)
    return Place(free, (*flags, *before, *_beyond(tx, entry)))


def opener(entry: Entry) -> str | None:
    """Return the device that wrote the first entry of a chain, None where no device did."""
    kind, _, name = entry.author.partition(":")
    return name if kind == DEVICE_ROLE and entry.seq == 1 and entry.kind == CHAIN_OPENED.kind else None


def device_of(tx: Connection, entry: Entry) -> str | None:
    """Return the device whose chain an entry of ours continues, None while the beginning is not known."""
    if (begun := opener(entry)) is not None:
        return begun
    first = (entries.c.chain == entry.chain) & (entries.c.seq == 1) & entries.c.placed
    return tx.execute(select(entries.c.device).where(first, entries.c.authentic)).scalar_one_or_none()


def owner_of(tx: Connection, chain: str) -> Device | None:
    """Return the device whose chain this is, None while no authentic entry of it is known."""
    first = (entries.c.chain == chain) & entries.c.authentic
    known = select(devices).join(entries, entries.c.device == devices.c.id).where(first).limit(1)
    row = tx.execute(known).one_or_none()
    return None if row is None else Device(row.id, row.unit, row.name)


def belongs_to_opener(tx: Connection, unit: str, opening: Entry) -> None:
    """Note whose chain this is on what came of it before its beginning was known."""
    device = opener(opening)
    those = (entries.c.chain == opening.chain) & entries.c.authentic
    tx.execute(update(entries).where(those, entries.c.device != device).values(device=device))
    ranges = (leases.c.chain == opening.chain) & (leases.c.device != device)  # a hub told of them before
    tx.execute(update(leases).where(ranges, leases.c.unit == unit).values(device=device))


def close(tx: Connection, unit: str, opening: Entry) -> None:
    """Note that the chain which this first entry names goes on no more; the first to say so counts.

    A counter ends what it wrote itself, not the chain of another.
    """
    after = read_body(opening.body or b"{}").opaque.get("after")
    if not isinstance(after, dict):
        return
    chain, seq, digest = after.get("chain"), after.get("seq"), after.get("hash")
    if not (is_id(chain) and is_hash(digest)) or type(seq) is not int or abs(seq) > MAX_INTEGER:
        return
    others = select(entries.c.hash).where(entries.c.chain == chain, entries.c.device != opener(opening))
    if chain == opening.chain or tx.execute(others.limit(1)).first() is not None or is_closed(tx, chain):
        return
    row = {"chain": chain, "unit": unit, "seq": seq, "hash": digest, "closed_by": opening.hash}
    tx.execute(insert(closed_chains).values(row))


def is_closed(tx: Connection, chain: str) -> bool:
    """Whether another chain has followed this one."""
    return tx.execute(select(closed_chains.c.seq).where(closed_chains.c.chain == chain)).first() is not None


def _beyond(tx: Connection, entry: Entry) -> tuple[str, ...]:
    """Whether the entry goes beyond the end of its chain, or ends it otherwise than was said.

    One that goes straight on is work of the older life which its successor did not know: it comes back from
    outside, or from a computer that was copied. One that takes another course cannot be believed beside the end.
    """
    end = tx.execute(select(closed_chains).where(closed_chains.c.chain == entry.chain)).one_or_none()
    if end is None or entry.seq < end.seq or entry.hash == end.hash:
        return ()
    return ("chain_closed", "chain_forked") if _forks(tx, entry, end.seq, end.hash) else ("chain_closed",)


def _forks(tx: Connection, entry: Entry, seq: int, digest: str) -> bool:
    """Whether the line from an end of its chain to an entry beyond it is known to take another course."""
    if entry.seq <= seq + 1:
        return entry.seq == seq or entry.prev_hash != digest
    first = select(entries.c.seq, entries.c.hash, entries.c.header).where(
        entries.c.chain == entry.chain, entries.c.placed, entries.c.seq.in_((seq, seq + 1))
    )
    return any(
        row.hash != digest if row.seq == seq else read_header(row.header)[0].prev_hash != digest
        for row in tx.execute(first)
    )


def _before(tx: Connection, entry: Entry) -> tuple[str, ...]:
    if entry.seq == 1:
        return ()
    before = (entries.c.chain == entry.chain) & (entries.c.seq == entry.seq - 1)
    known = set(tx.execute(select(entries.c.hash).where(before)).scalars())
    if not known:
        return (GAP,)
    return () if entry.prev_hash in known else ("chain_broken",)


def close_gap(tx: Connection, entry: Entry, owner: str, now: datetime) -> None:
    """When the entry after this one was waiting for it: settle that alarm, or say that the two do not fit."""
    after = (entries.c.chain == entry.chain) & (entries.c.seq == entry.seq + 1)
    for row in tx.execute(select(entries.c.hash, entries.c.unit, entries.c.header).where(after)):
        alarms.settle(tx, GAP, row.hash, now)
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
    head = Head(chain, last.seq, last.hash, rfc3339(now), epoch(tx))
    return seals.seal(as_json(head_as_json(head)), seals.HEAD, signer)


def epoch(tx: Connection) -> str:
    """Return the name of this life of the server."""
    return str(tx.execute(select(server.c.epoch)).scalar_one())


def new_epoch() -> str:
    """Return a name for a new life of the server."""
    return secrets.token_hex(8)


def chain_of(header: bytes) -> str:
    """Return the chain that a header names, "" for one that cannot be read."""
    try:
        return read_header(header)[0].chain
    except EntryMalformed:
        return ""
