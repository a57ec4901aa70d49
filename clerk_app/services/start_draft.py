"""Start a draft: the counter's own, kept from its first moment on."""

from collections.abc import Callable
from dataclasses import dataclass

from clerk_app.domain.dossier import Draft
from sync.entry import new_id


@dataclass(frozen=True, slots=True)
class StartDraft:
    save: Callable[[Draft], Draft]

    def __call__(self) -> Draft:
        """Return a new, empty draft, already saved; its id becomes the dossier's."""
        return self.save(Draft(new_id()))
