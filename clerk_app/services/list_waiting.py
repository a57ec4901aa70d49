"""List what central has not settled: what waits to be sent, and what it did not take."""

from dataclasses import dataclass

from clerk_app.domain.sending import Waiting
from clerk_app.store import dossiers
from clerk_app.store.archive import Archive
from sync.contract.messages import REASONS
from sync.journal import Journal, deliveries
from sync.journal.deliveries import Delivery
from sync.journal.entries import PARKED


@dataclass(frozen=True, slots=True)
class ListWaiting:
    journal: Journal
    archive: Archive

    def __call__(self) -> tuple[Waiting, ...]:
        """Return every open or parked act of ours, oldest first, with central's reason in words."""
        with self.journal.reading() as tx:
            found = deliveries.unsettled(tx)
        with self.archive.reading() as view:
            codes = dossiers.codes(view, {each.entry.subject for each in found})
        return tuple(_waiting(each, codes.get(each.entry.subject, "")) for each in found)


def _waiting(delivery: Delivery, code: str) -> Waiting:
    return Waiting(
        entry=delivery.entry.id,
        dossier=delivery.entry.subject,
        code=code,
        kind=delivery.entry.kind,
        occurred_at=delivery.entry.occurred_at,
        parked=delivery.verdict in PARKED,
        reason=REASONS.get(delivery.reason, delivery.reason),
        owner=delivery.owner,
    )
