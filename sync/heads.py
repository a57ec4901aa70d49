"""Central's signed word on how far it knows a chain: believed, held against its word before, and kept.

It is what a counter can show should central ever say that it never had an entry.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sync.clock import read_time
from sync.contract import seals
from sync.contract.messages import Head, Malformed, Offered, Signed, Verdict
from sync.contract.wire import head_from
from sync.entry import Entry
from sync.errors import CentralWentBack, HeadForged
from sync.journal import Journal, heads


@dataclass(slots=True)
class Told:
    """What central said of whole chains while it answered entry by entry."""

    heads: list[Signed] = field(default_factory=list)
    reach: dict[str, int] = field(default_factory=dict)  # chain -> the furthest place that it accepted
    gaps: dict[str, list[int]] = field(default_factory=dict)  # chain -> the places before which it missed one

    def note(self, batch: Sequence[Entry], offered: Offered) -> None:
        """Add the answer to a batch, an answer each."""
        self.heads += offered.heads
        for entry, answer in zip(batch, offered.answers, strict=True):
            chain, seq = entry.chain, entry.seq
            if answer.judged is Verdict.ACCEPTED:
                self.reach[chain] = max(seq, self.reach.get(chain, 0))
            if answer.verdict is Verdict.ACCEPTED and "gap" in answer.flags:  # not what it said once before
                self.gaps.setdefault(chain, []).append(seq)


def believed(told: Told, keys: Sequence[bytes]) -> Mapping[str, tuple[Head, Signed]]:
    """Return the last word on each chain, signed by one of `keys` (32 bytes each).

    Raises `HeadForged` for a word that none of them signed, and for one that is missing or falls short of the answers.
    """
    said: dict[str, tuple[Head, Signed]] = {}
    for signed in told.heads:
        head = _read(signed, keys)
        said[head.chain] = (head, signed)
    for chain, seq in told.reach.items():
        if chain not in said or said[chain][0].seq < seq:
            raise HeadForged
    return said


def witness(journal: Journal, told: Told, keys: Sequence[bytes]) -> None:
    """Keep the last word on each chain; raises `HeadForged` as `believed` does, and then keeps nothing.

    Raises `CentralWentBack` where the word before, of the same life, does not hold any more, or central misses an entry
    that it once answered: something is gone there, and nobody said so. The word before stays, what else was told is kept.
    """
    if not told.heads and not told.reach:
        return
    said = believed(told, keys)
    with journal.writing() as tx:
        broken = False
        for chain, (head, signed) in said.items():
            before = heads.of(tx, chain)
            if before is not None and not _still_holds(head_from(before.data), head):
                broken = True
            else:
                heads.keep(tx, chain, signed)
        missed = ((chain, seq - 1) for chain, gaps in told.gaps.items() for seq in gaps)
        broken = broken or any(heads.was_answered(tx, chain, seq) for chain, seq in missed)
    if broken:
        raise CentralWentBack


def _read(signed: Signed, keys: Sequence[bytes]) -> Head:
    if not any(seals.holds(signed, seals.HEAD, key) for key in keys):
        raise HeadForged
    try:
        head = head_from(signed.data)
        read_time(head.at)
    except (Malformed, ValueError) as error:
        raise HeadForged from error
    return head


def _still_holds(before: Head, now: Head) -> bool:
    """Tell whether central knows what it once said to know; in a new life that it names, what it lost is told again."""
    is_further = now.seq > before.seq or (now.seq, now.hash) == (before.seq, before.hash)
    return is_further or before.epoch != now.epoch
