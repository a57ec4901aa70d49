"""Drop a draft; its files are swept a day later, unless something else refers to them."""

from dataclasses import dataclass

from sync.journal import Journal, drafts


@dataclass(frozen=True, slots=True)
class DropDraft:
    journal: Journal

    def __call__(self, draft_id: str) -> None:
        """Forget the draft; harmless when it is gone already."""
        with self.journal.writing() as tx:
            drafts.drop(tx, draft_id)
