"""The time that counts, outside an act: for previews, for drafts, for the claimed time of a signature."""

from dataclasses import dataclass
from datetime import datetime

from sync.clock import TimeSource, legal_now, read_clock
from sync.journal import Journal, entries, meta


@dataclass(frozen=True, slots=True)
class LegalTime:
    journal: Journal
    source: TimeSource

    def __call__(self) -> datetime:
        """Return legal now (UTC, whole milliseconds); an act has its own, taken when it begins."""
        with self.journal.reading() as tx:
            clock = read_clock(self.source, meta.server_time(tx))
            return legal_now(clock, entries.chain_head(tx, self.journal.chain).occurred_at)
