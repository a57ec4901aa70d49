"""List what needs central or a person: what waits to be sent, what was not taken, what was taken with a flag."""

from dataclasses import dataclass

from clerk_app.domain.sending import Waiting
from clerk_app.store import dossiers
from clerk_app.store.archive import Archive
from sync.contract.messages import REASONS
from sync.journal import Journal, deliveries
from sync.journal.deliveries import Delivery
from sync.journal.entries import FINAL, PARKED


@dataclass(frozen=True, slots=True)
class ListWaiting:
    journal: Journal
    archive: Archive

    def __call__(self) -> tuple[Waiting, ...]:
        """Return every open, parked or flagged act of ours, oldest first, with central's reasons in words."""
        with self.journal.reading() as tx:
            found = (*deliveries.unsettled(tx), *deliveries.flagged(tx))
        with self.archive.reading() as view:
            codes = dossiers.codes(view, {each.entry.subject for each in found})
        listed = (_waiting(each, codes.get(each.entry.subject, "")) for each in found)
        return tuple(sorted(listed, key=lambda each: each.occurred_at))


def _waiting(delivery: Delivery, code: str) -> Waiting:
    reasons = (delivery.reason, *delivery.flags) if delivery.reason else delivery.flags
    return Waiting(
        entry=delivery.entry.id,
        dossier=delivery.entry.subject,
        code=code,
        kind=delivery.entry.kind,
        occurred_at=delivery.entry.occurred_at,
        parked=delivery.verdict in PARKED,
        reason=" ".join(REASONS.get(reason, reason) for reason in reasons),
        owner=delivery.owner,
        flagged=delivery.verdict in FINAL,
    )
