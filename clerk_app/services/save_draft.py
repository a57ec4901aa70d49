"""Save a draft: what is typed survives the program, and its files count as referenced."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from clerk_app.domain.dossier import Draft, DraftUnreadable, draft_as_bytes, draft_files, draft_from_bytes
from clerk_app.domain.stack import ScanStack
from sync.journal import Journal, drafts


@dataclass(frozen=True, slots=True)
class SaveDraft:
    journal: Journal
    now: Callable[[], datetime]

    def __call__(self, draft: Draft) -> Draft:
        """Keep the draft and return it with the time of saving (UTC).

        Its stack in the scanner stays as it is stored, but for the pages that the papers hold by now: whoever
        types may know less than the scanner.
        """
        return self.step(draft, lambda stored: replace(draft, stack=_left(stored, draft)))

    def step(self, draft: Draft, change: Callable[[Draft], Draft]) -> Draft:
        """Change the draft as it is stored (as it is given, where none is stored), all in one transaction."""
        with self.journal.writing() as tx:
            row = drafts.get(tx, draft.id)
            saved = replace(change(_read(row) or draft), updated_at=self.now())
            drafts.save(tx, saved.id, draft_as_bytes(saved), draft_files(saved))
        return saved


def _left(stored: Draft, draft: Draft) -> ScanStack | None:
    return stored.stack.after(draft.papers) if stored.stack else None


def _read(row: drafts.StoredDraft | None) -> Draft | None:
    try:
        return draft_from_bytes(row.data) if row else None
    except DraftUnreadable:
        return None
