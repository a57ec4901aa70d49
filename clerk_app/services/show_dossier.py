"""Show one dossier, and what has happened to it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from clerk_app.domain.correction import changes_of
from clerk_app.domain.delegation import Delegation
from clerk_app.domain.dossier import Dossier, SendState
from clerk_app.domain.dossier_body import HANDOVER
from clerk_app.domain.history import HistoryLine
from clerk_app.domain.kinds import Kind
from clerk_app.store import dossiers
from clerk_app.store.archive import Archive
from clerk_app.store.projection import body_of
from sync.entry import Entry
from sync.journal import Journal, deliveries, entries
from sync.journal.deliveries import Delivery

_DETAILS = (
    "copy",
    "reason",
    "ground",
    "ordered_by",
    "again",
    "consent",
    "begun_by",
)  # members of a body that the history shows


@dataclass(frozen=True, slots=True)
class ShowDossier:
    archive: Archive

    def __call__(self, id: str) -> Dossier:
        """Return the dossier; raises `NoSuchDossier`."""
        with self.archive.reading() as tx:
            return dossiers.get(tx, id)


@dataclass(frozen=True, slots=True)
class ShowHistory:
    journal: Journal
    names: Mapping[str, str]  # author ("officer:<id>") -> name
    under: Callable[[Entry], Delegation | None]  # by which delegation an act was done, if by any

    def __call__(self, id: str) -> tuple[HistoryLine, ...]:
        """Return every act on the dossier in the order it came here, parked ones too; empty for an unknown one."""
        with self.journal.reading() as tx:
            acts = [(entry, deliveries.of_entry(tx, entry.id)) for entry in entries.history(tx, id)]
        return tuple(self._line(entry, _sending(delivery)) for entry, delivery in acts)

    def _line(self, entry: Entry, sending: SendState) -> HistoryLine:
        told = body_of(entry)
        details = tuple((name, str(told[name])) for name in _DETAILS if name in told)
        if entry.kind == Kind.RETURNED:
            details += tuple(_receiver(told))
        document = told.get("document")
        if isinstance(document, Mapping) and document.get("issue", 1) != 1:
            details = (("issue", str(document["issue"])), *details)
        details += tuple(
            (each.field, f"{each.before or '–'} → {each.after or '–'}") for each in changes_of(told)
        )
        delegation = self.under(entry)
        if delegation is not None:
            details += (("delegated_by", f"{delegation.by} ({delegation.ground})"),)
        author = self.names.get(entry.author, entry.author)
        return HistoryLine(entry.id, entry.kind, entry.occurred_at, author, sending, details)


def _receiver(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    groups = told.get("set")
    group = groups.get(HANDOVER) if isinstance(groups, Mapping) else None
    if isinstance(group, Mapping) and group.get("receiver"):
        yield "receiver", str(group["receiver"])


def _sending(delivery: Delivery | None) -> SendState:
    if delivery is None or delivery.verdict in entries.TO_SEND:
        return SendState.WAITING
    if delivery.verdict in entries.NOT_TAKEN:
        return SendState.PARKED
    return SendState.HELD if delivery.verdict == entries.HELD else SendState.SENT
