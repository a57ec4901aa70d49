"""Entries that another counter handed to us: they count here, and are final only by central's word.

That word comes down the feed, or in answer to our own push: what we build on them must not reach central before them.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import Connection, func, select

from sync.entry import NO_HASH, Entry
from sync.journal import alarms, feed, gone
from sync.journal.entries import (
    FINAL,
    HELD_BACK,
    OLD_PLACE,
    OPEN,
    append,
    as_entry,
    current_chain,
    entry_rows,
    get,
    hash_at,
    of_chain,
    view_order,
)
from sync.journal.schema import deliveries, entries

_CLOCKS_DIFFER = timedelta(minutes=5)


def to_hand(
    tx: Connection,
    subjects: Collection[str],
    last: Entry | None = None,
    beside: tuple[str, Collection[str]] = ("", ()),
) -> tuple[Entry, ...]:
    """Return what another counter may lack of these subjects, in the order in which it has to come there.

    First what is final of them, and of the kinds that are named `beside` for a further subject, in the order of the feed, then everything that is open here, up to `last` if given: what
    our hub holds in its order, and of our chains without a gap, so that central, which may hear it from there first, finds
    none. What our hub did not take so far counts for nobody here, and would there; the hub has it.
    """
    further, kinds = beside
    wanted = entries.c.subject.in_(tuple(subjects)) | (
        (entries.c.subject == further) & entries.c.kind.in_(tuple(kinds))
    )
    told = deliveries.c.verdict.in_(FINAL) & wanted
    place = func.coalesce(deliveries.c.place, OLD_PLACE)
    final = entry_rows().where(told).order_by(place.is_(None), place, entries.c.n)
    open_ones = deliveries.c.verdict.in_(OPEN) & deliveries.c.verdict.not_in(HELD_BACK)
    waiting = entry_rows().where(open_ones).order_by(*view_order())
    if last is not None:
        waiting = waiting.where(
            entries.c.n <= select(entries.c.n).where(entries.c.id == last.id).scalar_subquery()
        )
    return tuple(as_entry(row) for found in (final, waiting) for row in tx.execute(found))


def take_in(tx: Connection, found: Sequence[Entry]) -> tuple[Entry, ...]:
    """Keep what is not here as open, and return it; what an order has deleted comes without its body.

    The caller has checked who signed each.
    What does not fit (a place in a chain that is another's, a link to another entry than the one before) becomes an
    alarm and holds up nothing. Harmless to repeat.
    """
    return tuple(entry for entry in found if _taken(tx, entry))


def is_older_than_this_life(tx: Connection, entry: Entry) -> bool:
    """Whether an entry may be of a time before this counter was restored or set up anew: what it led to here may be forgotten.

    Two honest clocks may differ by some minutes; after a restore, in doubt it is.
    """
    chain = current_chain(tx) or ""
    opening = of_chain(tx, chain, 1, 1)
    if not opening or entry.chain == chain:
        return False
    doubt = timedelta() if opening[0].prev_hash == NO_HASH else _CLOCKS_DIFFER
    return entry.occurred_at < opening[0].occurred_at + doubt


def _taken(tx: Connection, entry: Entry) -> bool:
    known = get(tx, entry.id)
    if known is not None:
        if known.hash != entry.hash:
            alarms.raise_alarm(tx, "same_id_another_hash", entry)
        return False
    if not feed.fits(tx, entry):
        return False
    if hash_at(tx, entry.chain, entry.seq - 1) not in (None, entry.prev_hash):
        alarms.raise_alarm(tx, "second_hash", entry)
        return False
    append(tx, gone.stripped(tx, entry))
    return True
