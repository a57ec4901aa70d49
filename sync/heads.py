"""Central's signed word on how far it knows a chain: believed with its signature, and kept.

It is what a counter can show should central ever say that it never had an entry.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sync.clock import read_time
from sync.contract import seals
from sync.contract.messages import Head, Malformed, Offered, Signed, Verdict
from sync.contract.wire import head_from
from sync.entry import Entry
from sync.errors import HeadForged
from sync.journal import Journal, feed, heads


@dataclass(slots=True)
class Told:
    """What central said of whole chains while it answered entry by entry."""

    heads: list[Signed] = field(default_factory=list)
    reach: dict[str, int] = field(default_factory=dict)  # chain -> the furthest place that it accepted

    def note(self, batch: Sequence[Entry], offered: Offered) -> None:
        """Add the answer to a batch, an answer each."""
        self.heads += offered.heads
        for entry, answer in zip(batch, offered.answers, strict=True):
            if answer.judged is Verdict.ACCEPTED:
                self.reach[entry.chain] = max(entry.seq, self.reach.get(entry.chain, 0))


def believed(told: Told, keys: Sequence[bytes], life: str | None) -> Mapping[str, tuple[Head, Signed]]:
    """Return the last word on each chain, signed by one of `keys` (32 bytes each) in this life (epoch) of central.

    Raises `HeadForged` for a word that none of them signed, for one of another life, and for one that is missing or falls
    short of the answers.
    """
    said: dict[str, tuple[Head, Signed]] = {}
    for signed in told.heads:
        head = _read(signed, keys)
        if head.epoch != life:
            raise HeadForged
        said[head.chain] = (head, signed)
    for chain, seq in told.reach.items():
        if chain not in said or said[chain][0].seq < seq:
            raise HeadForged
    return said


def witness(journal: Journal, told: Told, keys: Sequence[bytes]) -> None:
    """Keep the furthest word of this life of central on each chain; raises `HeadForged` as `believed` does, and keeps nothing.

    What a word says less than the one before is no alarm: an entry that waited may have lost its place again. What
    central has lost unsaid the feed shows, see `feed.denied`.
    """
    with journal.reading() as tx:
        said = believed(told, keys, feed.epoch(tx))
        further = {
            chain: signed for chain, (head, signed) in said.items() if _is_further(heads.of(tx, chain), head)
        }
    if further:
        with journal.writing() as tx:
            for chain, signed in further.items():
                heads.keep(tx, chain, signed)


def _read(signed: Signed, keys: Sequence[bytes]) -> Head:
    if not any(seals.holds(signed, seals.HEAD, key) for key in keys):
        raise HeadForged
    try:
        head = head_from(signed.data)
        read_time(head.at)
    except (Malformed, ValueError) as error:
        raise HeadForged from error
    return head


def _is_further(before: Signed | None, now: Head) -> bool:
    if before is None:
        return True
    known = head_from(before.data)
    return known.epoch != now.epoch or now.seq > known.seq
