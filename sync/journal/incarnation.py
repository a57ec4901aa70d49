"""A new life of the journal: after a restore, a salvage, a copy or a doubt it goes on in a chain of its own.

Nothing that an older life may have given out is given again: its ranges of numbers are void, its provisional
numbers are jumped over, its turns wait for a person. The first entry of the new chain says all this, signed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from sync.body import read_body
from sync.clock import TimeSource, office_day, office_minute
from sync.entry import Signer
from sync.errors import (
    EntryMalformed,
    JournalDoubted,
    JournalError,
    JournalMoved,
    JournalRestored,
)
from sync.journal import entries, feed, meta, numbers, revisions
from sync.journal.act import Act
from sync.journal.reason import Reason
from sync.journal.schema import chains
from sync.journal.schema import entries as entry_table
from sync.rules import CHAIN_OPENED

_FIRST_FREE = 1000  # more provisional numbers than a counter gives in a day
_A_MINUTE = 6  # more than it gives in a minute: a later life of the same day begins above an earlier one


@dataclass(frozen=True, slots=True)
class Lost:
    """A stretch of a chain of ours that is not here, both ends included. It may come back."""

    chain: str
    first: int
    last: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a new chain begins, what is the last that is known of the old one, and what is missing of it."""

    reason: Reason
    after: entries.Head
    lost: tuple[Lost, ...] = ()

    @property
    def missing(self) -> int:
        """How many entries are known to be missing."""
        return sum(lost.count for lost in self.lost)


def begin(tx: Connection, author: Signer, source: TimeSource, cause: Cause) -> str:
    """Begin a new chain of ours after an old one and return its id; `author` is the device."""
    after = cause.after
    chain = entries.new_chain(tx, after.hash)
    act = Act(tx, author, chain, source)
    day = office_day(act.now)
    body: dict[str, object] = {
        "reason": cause.reason.value,
        "after": {"chain": after.chain, "seq": after.seq, "hash": after.hash},
        "void": list(numbers.void_all(tx, since=day)),
        "lost": [[lost.chain, lost.first, lost.last] for lost in cause.lost],
    }
    revisions.hand_to_person(tx, author.author)
    if cause.reason is not Reason.FOLLOWED:  # there we know every number that we gave
        numbers.begin_above(tx, day, _first_free(act.now))
    if cause.reason in {Reason.DOUBTED, Reason.SALVAGED}:
        feed.begin_anew(tx)
    act.add(_unit(tx), CHAIN_OPENED.kind, body)
    return chain


def news(cause: Cause) -> JournalError:
    """Say in words what happened."""
    if cause.reason is Reason.RESTORED and cause.missing:
        return JournalRestored(missing=cause.missing)
    return JournalMoved() if cause.reason in {Reason.RESTORED, Reason.MOVED} else JournalDoubted()


def declared_lost(tx: Connection) -> Mapping[str, tuple[range, ...]]:
    """Return, for each chain of ours, the places that a later chain of ours has said to be lost."""
    ours = select(chains.c.chain)
    opened = entries.entry_rows().where(
        entry_table.c.kind == CHAIN_OPENED.kind, entry_table.c.seq == 1, entry_table.c.chain.in_(ours)
    )
    found: dict[str, tuple[range, ...]] = {}
    for row in tx.execute(opened):
        for chain, first, last in _told_lost(row.body):
            found[chain] = (*found.get(chain, ()), range(first, last + 1))
    return found


def _told_lost(body: bytes | None) -> list[tuple[str, int, int]]:
    try:
        lost = read_body(body or b"{}").opaque.get("lost", [])
        return [(str(chain), int(first), int(last)) for chain, first, last in lost]
    except (EntryMalformed, ValueError, TypeError):
        return []


def _first_free(now: datetime) -> int:
    """Return how many provisional numbers a life that begins at this moment leaves to those before it."""
    return _FIRST_FREE + _A_MINUTE * office_minute(now)


def _unit(tx: Connection) -> str:
    return meta.get(tx, meta.UNIT) or ""
