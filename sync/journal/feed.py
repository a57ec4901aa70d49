"""The feed: others' entries and verdicts on ours, kept in the transaction that moves the cursor."""

from collections.abc import Callable

from sqlalchemy import Connection, select

from sync import header
from sync.contract.messages import GAP, Carried, FeedItem, News, Page
from sync.entry import Entry, parse
from sync.errors import EntryForged, EntryMalformed, EntryTooNew, EpochChanged
from sync.journal import alarms, deliveries, doubts, gone, meta
from sync.journal.entries import FINAL, append, current_chain, get
from sync.journal.schema import deliveries as deliveries_table
from sync.journal.schema import entries
from sync.redaction import has_effect

Check = Callable[[Entry], None]
"""Raises `EntryForged` for an entry that its author did not sign."""

_START = "0"  # before everything, in the contract's words


def cursor(tx: Connection) -> str:
    """Return where to go on reading; opaque, "0" at the start."""
    return meta.get(tx, meta.FEED_CURSOR) or _START


def epoch(tx: Connection) -> str | None:
    """Return which life of the server we know, or None before the first page."""
    return meta.get(tx, meta.FEED_EPOCH)


def is_read_to(tx: Connection, news: News) -> bool:
    """Whether we have read the feed to where central says that it ends, and know how far its backup reaches."""
    durable = meta.get(tx, meta.FEED_DURABLE_TO)
    return (cursor(tx), durable) == (news.next, str(news.durable_to))


def begin_anew(tx: Connection) -> None:
    """Read the feed from its beginning again; what we have is known by its id."""
    meta.put(tx, meta.FEED_CURSOR, _START)


def read_again_what_was_too_new(tx: Connection) -> None:
    """Begin anew where entries went by that an older program could not read, and this one may."""
    passed = meta.get(tx, meta.TOO_NEW)
    if passed and int(passed) < header.VERSION:
        meta.put(tx, meta.TOO_NEW, "")
        begin_anew(tx)


def apply_page(tx: Connection, page: Page, check: Check | None = None) -> int:
    """Keep a page and move the cursor; return how many entries were new. Harmless to repeat.

    An entry that does not fit what we have, or that `check` refuses, becomes an alarm and holds up
    nothing; without `check` the word of central, which has checked it, is believed. Raises `EpochChanged` for a page of another life of the server, and keeps nothing of it.
    """
    known = epoch(tx)
    if known is not None and known != page.epoch:
        raise EpochChanged(known=known, now=page.epoch)
    received = sum(_applied(tx, item, check) for item in page.items)
    meta.put(tx, meta.FEED_CURSOR, page.next)
    meta.put(tx, meta.FEED_EPOCH, page.epoch)
    meta.put(tx, meta.FEED_DURABLE_TO, str(page.durable_to))
    return received


def denied(tx: Connection, page: Page) -> tuple[FeedItem, ...]:
    """Return the items of a page of which central missed the entry before, though that one stands earlier in its feed.

    Where nobody has lost anything that cannot be: an entry is missed only by one that stands before it. Asked after the
    page was applied; what is told again after a restore has no place until central has it again.
    """
    missing = (item for item in page.items if GAP in item.answer.flags)
    return tuple(item for item in missing if _stands_earlier(tx, item))


def _stands_earlier(tx: Connection, item: FeedItem) -> bool:
    this = select(entries.c.chain, entries.c.seq).where(entries.c.id == item.answer.id).subquery()
    before = (entries.c.chain == this.c.chain) & (entries.c.seq == this.c.seq - 1)
    placed = (
        select(deliveries_table.c.entry).join(entries).where(before, deliveries_table.c.place < item.position)
    )
    return tx.execute(placed).first() is not None


def _applied(tx: Connection, item: FeedItem, check: Check | None) -> bool:
    entry = _read(tx, item.entry, check)
    if entry is None:
        return False
    ours = get(tx, entry.id)
    if ours is None:
        return _added(tx, entry, item)
    if ours.hash != entry.hash:
        alarms.raise_alarm(tx, "same_id_another_hash", entry)
        return False
    bare = entry.body is None and ours.body is not None
    deliveries.settle(tx, entry.id, item.answer, item.position, bare=bare)
    _follow(tx, entry, item)
    return False


def _read(tx: Connection, carried: Carried, check: Check | None) -> Entry | None:
    try:
        entry = parse(carried.header, carried.sig, carried.salt, carried.body)
    except EntryMalformed as error:
        if isinstance(error, EntryTooNew):
            meta.put(tx, meta.TOO_NEW, str(header.VERSION))
        alarms.raise_alarm(tx, "unreadable", carried)
        return None
    try:
        if check is not None:
            check(entry)
    except EntryForged:
        alarms.raise_alarm(tx, "forged", entry)
        return None
    return entry


def _added(tx: Connection, entry: Entry, item: FeedItem) -> bool:
    """Add an entry of somebody else, or one of an older life of ours that was lost here."""
    if not fits(tx, entry):
        return False
    append(tx, gone.stripped(tx, entry), deliveries.verdict_of(item.answer), item.position)
    _follow(tx, entry, item)
    return True


def _follow(tx: Connection, entry: Entry, item: FeedItem) -> None:
    """Do what a redaction orders that central let take effect; ours was done when it was written."""
    if deliveries.verdict_of(item.answer) in FINAL and has_effect(item.answer.flags):
        gone.follow(tx, entry)


def fits(tx: Connection, entry: Entry) -> bool:
    """Whether an entry that is not here may be added.

    One that claims a place in a chain already filled, or in the one that we write, is an alarm.
    """
    same_place = select(entries.c.id).where(
        entries.c.chain == entry.chain,
        (entries.c.seq == entry.seq) | (entries.c.prev_hash == entry.prev_hash),
    )
    if tx.execute(same_place).first() is not None:
        alarms.raise_alarm(tx, "second_hash", entry)
        doubts.note(tx, entry.chain, "second_hash")
        return False
    if entry.chain == current_chain(tx):
        alarms.raise_alarm(tx, "our_chain_elsewhere", entry)
        doubts.note(tx, entry.chain, "second_hash")
        return False
    return True
