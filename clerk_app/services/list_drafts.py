"""List the drafts of the counter, the one last touched first."""

from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from clerk_app.domain.dossier import Draft, DraftUnreadable, draft_from_bytes, in_hand
from clerk_app.services.admit import who_is_out
from sync.journal import Journal, drafts

log = structlog.get_logger(__name__)

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ListDrafts:
    journal: Journal

    def __call__(self) -> tuple[Draft, ...]:
        """Return every readable draft, the counter's own where its holder was revoked; an unreadable one stays where it is and is logged by its id."""
        with self.journal.reading() as tx:
            rows = drafts.all(tx)
        out = who_is_out(self.journal)
        found = [in_hand(draft, out) for row in rows if (draft := _read(row))]
        return tuple(sorted(found, key=lambda draft: draft.updated_at or _NEVER, reverse=True))


def _read(row: drafts.StoredDraft) -> Draft | None:
    try:
        return draft_from_bytes(row.data)
    except DraftUnreadable:
        log.warning("draft_unreadable", draft=row.id)
        return None
