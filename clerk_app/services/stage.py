"""Where a dossier stands before it is accepted, by the acts that the journal holds on it."""

from collections.abc import Sequence

from clerk_app.domain.dossier import Status
from clerk_app.domain.kinds import Kind
from sync.entry import Entry

_REACHED = {
    Kind.RECEIVED: Status.RECEIVED,
    Kind.REFUSED: Status.REFUSED,
    Kind.SUPPLEMENT_ASKED: Status.SUPPLEMENT_ASKED,
}


def stage_of(history: Sequence[Entry]) -> Status | None:
    """Return `received` for whatever was accepted, `refused`, `supplement_asked`, or None for a mere draft."""
    kinds = {entry.kind for entry in history}
    return next((status for kind, status in _REACHED.items() if kind in kinds), None)


def times_asked(history: Sequence[Entry]) -> int:
    """Return how often Mẫu 02 was issued."""
    return sum(entry.kind == Kind.SUPPLEMENT_ASKED for entry in history)
