"""Show one dossier, and what has happened to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from clerk_app.domain.dossier import Dossier, SendState
from clerk_app.domain.history import HistoryLine
from clerk_app.store import dossiers
from clerk_app.store.archive import Archive
from clerk_app.store.projection import body_of
from sync.entry import Entry
from sync.journal import Journal, deliveries, entries

_DETAILS = ("copy", "reason")  # members of a body that a line of the history shows


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

    def __call__(self, id: str) -> tuple[HistoryLine, ...]:
        """Return every act on the dossier, oldest first; empty for an unknown one."""
        with self.journal.reading() as tx:
            sending = SendState(deliveries.state_of_subject(tx, id))
            return tuple(self._line(entry, sending) for entry in entries.of_subject(tx, id))

    def _line(self, entry: Entry, sending: SendState) -> HistoryLine:
        told = body_of(entry)
        details = tuple((name, str(told[name])) for name in _DETAILS if name in told)
        author = self.names.get(entry.author, entry.author)
        return HistoryLine(entry.id, entry.kind, entry.occurred_at, author, sending, details)
