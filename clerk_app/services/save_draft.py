"""Save a draft: what is typed survives the program, and its files count as referenced."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from clerk_app.domain.dossier import (
    Draft,
    DraftUnreadable,
    Hand,
    draft_as_bytes,
    draft_files,
    draft_from_bytes,
)
from clerk_app.domain.officer import Officer
from clerk_app.domain.stack import ScanStack
from sync.journal import Journal, Tx, drafts


@dataclass(frozen=True, slots=True)
class SaveDraft:
    journal: Journal
    now: Callable[[], datetime]
    officer: Officer

    def __call__(self, draft: Draft) -> Draft:
        """Keep the draft and return it with the time of saving (UTC); it is in the officer's hands from now on.

        Its stack in the scanner stays as it is stored, but for the pages that the papers hold by now: whoever
        types may know less than the scanner.
        """
        return self.step(draft, lambda stored: replace(draft, stack=_left(stored, draft)))

    def step(self, draft: Draft, change: Callable[[Draft], Draft]) -> Draft:
        """Change the draft as it is stored (as it is given, where none is stored), all in one transaction."""
        with self.journal.writing() as tx:
            stored = stored_draft(tx, draft.id) or draft
            own = Hand(self.officer.id, self.officer.name)
            changed = replace(change(stored), begun_by=stored.begun_by or own, held_by=own)
            saved = replace(changed, updated_at=self.now())
            drafts.save(tx, saved.id, draft_as_bytes(saved), draft_files(saved))
        return saved


def _left(stored: Draft, draft: Draft) -> ScanStack | None:
    return stored.stack.after(draft.papers) if stored.stack else None


def stored_draft(tx: Tx, id: str) -> Draft | None:
    """Return a draft as it is stored; None where there is none, or none that can be read."""
    row = drafts.get(tx, id)
    try:
        return draft_from_bytes(row.data) if row else None
    except DraftUnreadable:
        return None
