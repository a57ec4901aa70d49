"""Who passed the turn of a document last: asked where a turn goes from hand to hand without central."""

from collections.abc import Iterator

from clerk_app.domain.handing import Handing, read_handing
from clerk_app.domain.kinds import Kind
from clerk_app.domain.turn import TURNS
from clerk_app.store.projection import body_of
from sync.entry import Entry
from sync.fold import Subject, Why
from sync.journal import Tx, entries


def last_passed(folded: Subject, document: str) -> Entry | None:
    """Return the entry that made the turn of a document what it is; None where no entry tells of it."""
    late = {each.entry for each in folded.problems if each.why is Why.GUARD and each.about == TURNS}
    for entry in reversed(folded.entries):
        if entry.id not in late and document in _turns_of(entry):
            return entry
    return None


def handings(tx: Tx, subject: str) -> Iterator[tuple[Entry, Handing]]:
    """Yield every hand-over of a dossier's documents that is known here, oldest first."""
    for entry in entries.of_kinds(tx, subject, [Kind.TURN_HANDED]):
        told = read_handing(body_of(entry))
        if told is not None:
            yield entry, told


def _turns_of(entry: Entry) -> dict[str, object]:
    told = body_of(entry).get("set")
    turns = told.get(TURNS) if isinstance(told, dict) else None
    return turns if isinstance(turns, dict) else {}
