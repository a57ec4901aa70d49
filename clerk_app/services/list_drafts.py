"""List the drafts of the counter, the one last touched first."""

from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from clerk_app.domain.dossier import Draft, DraftUnreadable, draft_from_bytes
from sync.journal import drafts
from sync.journal.open import Journal

log = structlog.get_logger(__name__)

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ListDrafts:
    journal: Journal

    def __call__(self) -> tuple[Draft, ...]:
        """Return every readable draft; an unreadable one stays where it is and is logged by its id."""
        with self.journal.reading() as tx:
            rows = drafts.all(tx)
        found = [draft for id, data in rows if (draft := _read(id, data))]
        return tuple(sorted(found, key=lambda draft: draft.updated_at or _NEVER, reverse=True))


def _read(id: str, data: bytes) -> Draft | None:
    try:
        return draft_from_bytes(data)
    except DraftUnreadable:
        log.warning("draft_unreadable", draft=id)
        return None
