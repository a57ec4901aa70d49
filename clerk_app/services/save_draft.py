"""Save a draft: what is typed survives the program, and its files count as referenced."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from clerk_app.domain.dossier import Draft, draft_as_bytes, draft_files
from sync.journal import Journal, drafts


@dataclass(frozen=True, slots=True)
class SaveDraft:
    journal: Journal
    now: Callable[[], datetime]

    def __call__(self, draft: Draft) -> Draft:
        """Keep the draft and return it with the time of saving (UTC)."""
        saved = replace(draft, updated_at=self.now())
        with self.journal.writing() as tx:
            drafts.save(tx, saved.id, draft_as_bytes(saved), draft_files(saved))
        return saved
