"""A correction that central did not take: what counts instead, and what of ours stands and falls with it."""

from dataclasses import dataclass

from clerk_app.domain.conflict import Conflict, conflicts_of, to_choose
from clerk_app.domain.dossier import Status
from clerk_app.domain.kinds import Kind
from clerk_app.store.entry_rules import entry_rules
from clerk_app.store.projection import body_of
from sync.entry import Entry
from sync.fold import Subject, fold
from sync.journal import Tx, deliveries, entries
from sync.journal.deliveries import Delivery
from sync.journal.entries import NOT_TAKEN, OPEN

_SLIPS = frozenset({Kind.SLIP_SIGNED, Kind.SLIP_FOR_PEN})
_REPLACEABLE = frozenset({Status.RECEIVED.value, Status.SLIP_ISSUED.value})


@dataclass(frozen=True, slots=True)
class NotTaken:
    """`resolves`: ids of the entries that a decision settles; `slips`: ids of the documents that printed them."""

    entry: Entry
    counts: Subject  # the dossier as central has settled it
    resolves: tuple[str, ...] = ()
    slips: tuple[str, ...] = ()
    corrected_since: bool = False  # a later correction of ours waits behind it, and is judged by itself

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Return what the two sides say, field by field."""
        return conflicts_of(body_of(self.entry), self.counts.fields)

    @property
    def choosable(self) -> tuple[str, ...]:
        """Return the groups of which one side is to be chosen; none where no new slip could say it."""
        if self.corrected_since or self.counts.state not in _REPLACEABLE:
            return ()
        return to_choose(self.conflicts)


def not_taken(tx: Tx, entry: Entry) -> NotTaken:
    """Look at a parked correction of ours and at what waits behind it."""
    ours = deliveries.of_subject(tx, entry.subject)
    parked = [each for each in ours if each.entry.kind == Kind.CORRECTED and each.verdict in NOT_TAKEN]
    behind = [each for each in ours if each.verdict in OPEN and _follows(each, parked)]
    next_one = next(
        (
            each
            for each in behind
            if each.entry.kind == Kind.CORRECTED and "resolves" not in body_of(each.entry)
        ),
        None,
    )
    slips = [
        each.entry
        for each in behind
        if each.entry.kind in _SLIPS and (next_one is None or each.entry.seq < next_one.entry.seq)
    ]
    return NotTaken(
        entry,
        counting(tx, entry.subject),
        tuple(dict.fromkeys((entry.id, *(each.entry.id for each in parked), *(slip.id for slip in slips)))),
        tuple(body_of(slip).get("document", {}).get("id", "") for slip in slips),
        next_one is not None,
    )


def counting(tx: Tx, subject: str) -> Subject:
    """Return a dossier as central has settled it, or our hub has put it in order; as this counter has it, where central knows nothing of it yet."""
    final = fold(entries.ordered_of_subject(tx, subject), entry_rules())
    return final if final.state is not None else fold(entries.of_subject(tx, subject), entry_rules())


def _follows(each: Delivery, parked: list[Delivery]) -> bool:
    return any(first.entry.chain == each.entry.chain and first.entry.seq < each.entry.seq for first in parked)
