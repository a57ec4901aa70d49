"""Tell a restored central what it has lost: ranges first, then entries in the order in which they once stood."""

from sync.client import Central
from sync.contract.messages import BATCH_ENTRIES, LEASES_SHOWN
from sync.errors import EpochChanged, LeaseForged, StillUntold, SyncError
from sync.heads import Told
from sync.journal import Journal, feed, retelling
from sync.push import Offering, how_many_fit, noting
from sync.watch import Watch


def meet(journal: Journal, epoch: str) -> EpochChanged | None:
    """Compare the life that central is in with the one we know; another one begins the retelling, and is news.

    So does the first one that we hear of: whatever was answered before, we could not name the life of it.
    """
    with journal.reading() as tx:
        known = feed.epoch(tx)
    if known == epoch:
        return None
    with journal.writing() as tx:
        retelling.begin(tx, epoch)
    return None if known is None else EpochChanged(known=known, now=epoch)


def is_due(journal: Journal) -> bool:
    """Whether central may still miss something that it once knew."""
    with journal.reading() as tx:
        return retelling.under_way(tx)


def show_leases(journal: Journal, central: Central) -> tuple[SyncError, ...]:
    """Show a restored central every range that this counter was granted, so that none of its numbers goes out twice.

    Nothing is asked of central when nothing has to be shown. Returns what central says that it never signed.
    """
    with journal.reading() as tx:
        held, epoch = retelling.to_show(tx), feed.epoch(tx) or ""
    if held is None:
        return ()
    strange = 0
    for first in range(0, len(held) or 1, LEASES_SHOWN):
        end = first + LEASES_SHOWN
        strange += central.show_leases(held[first:end], epoch, more=end < len(held))
    with journal.writing() as tx:
        retelling.shown(tx)
    return (LeaseForged(),) if strange else ()


def retell(journal: Journal, central: Central, watch: Watch, told: Told) -> tuple[SyncError, ...]:
    """Offer everything that central's new feed, read to its end, does not hold; returns what central failed at.

    Redactions first, those that it never answered too: then it knows why an entry comes without its body.
    Ours and others' alike: a counter may be gone for ever, and its work is in our journal too. Safe to stop at any
    point. What central cannot judge yet (it has lost an author's key) stays marked and is told again in the next round.
    What central says of whole chains is added to `told`.
    """
    with journal.reading() as tx:
        ids, epoch, orders = retelling.lost(tx), feed.epoch(tx), retelling.orders_to_tell(tx)
    offering = Offering(noting(journal), central, epoch, told=told)
    for first in range(0, len(orders) if ids else 0, BATCH_ENTRIES):
        offering.offer(orders[first : first + BATCH_ENTRIES])
    for first in range(0, len(ids), BATCH_ENTRIES):
        watch.step(first, len(ids), "Đang gửi lại cho máy chủ")
        with journal.reading() as tx:
            lost = retelling.among(tx, ids[first : first + BATCH_ENTRIES])
        offering.was = {each.entry.id: each.was for each in lost}
        waiting = [each.entry for each in lost]
        while waiting:
            fits = how_many_fit(waiting)
            offering.offer(waiting[:fits])
            waiting = waiting[fits:]
    with journal.writing() as tx:
        count, authors = retelling.authors_of(tx)
        if not count:
            retelling.end(tx)
    left = [StillUntold(count=count, authors=", ".join(authors))] if count and not offering.problems else []
    return (*offering.problems, *left)


def held_back(journal: Journal) -> frozenset[str]:
    """Return the subjects of which nothing new may be sent, because older work on them is not told yet."""
    with journal.reading() as tx:
        return retelling.subjects_of(tx)
