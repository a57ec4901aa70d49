"""Whether the journal is still what was written: every chain, link, signature, body and column."""

from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, select

from sync.contract.messages import Head
from sync.contract.wire import head_from
from sync.entry import NO_HASH, Entry, KeysOf, commit, parse, verify
from sync.errors import EntryForged, EntryMalformed
from sync.journal import gone as gone_state
from sync.journal import heads, incarnation
from sync.journal.entries import FINAL, OPEN, columns_of, current_chain
from sync.journal.schema import bodies, chains, deliveries, entries, gone, number_uses
from sync.redaction import REDACTED


class Flaw(StrEnum):
    """What is wrong with one entry. TIME_BACK and LOST are flags for a person, the rest is damage."""

    UNREADABLE = "unreadable"  # the header is not one that we write
    COLUMN = "column"  # a column differs from its header
    FORGED = "forged"  # signature or body do not belong to it
    AUTHOR = "author"  # nobody knows its author's key
    GAP = "gap"  # an entry before it is missing
    LINK = "link"  # it does not name the hash of the one before
    DELIVERY = "delivery"  # nobody would ever send it, or know that it was sent
    BODY = "body"  # the body of an entry is gone that central has not taken: it can never be sent
    STAYED = "stayed"  # the body of an entry is here that an order says is deleted
    NUMBER = "number"  # a number used by an entry that is not there
    UNLIKE_CENTRAL = "unlike_central"  # the chain that is written to has not what central has signed of it
    LOST = "lost"  # an entry before it is missing, and the chain that followed says so
    TIME_BACK = "time_back"  # it tells an earlier time than the one before


FLAGS = frozenset({Flaw.TIME_BACK, Flaw.LOST})
"""What is news for a person and no damage."""


@dataclass(frozen=True, slots=True)
class Found:
    """One flaw, at its place in a chain."""

    flaw: Flaw
    chain: str
    seq: int
    entry: str


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was read and what was found; `sound` when nothing but flags."""

    entries: int
    retired: int = 0  # entries whose body is gone by age
    redacted: int = 0  # by an order
    unexplained: int = 0  # by neither: it was never here, or was lost with its page
    found: tuple[Found, ...] = ()
    head: Head | None = None  # central's last word on the chain that is written to

    @property
    def sound(self) -> bool:
        return all(found.flaw in FLAGS for found in self.found)


def verify_chain(tx: Connection, keys_of: KeysOf) -> VerifyReport:
    """Read every entry, ours and others', and say what does not hold.

    Our own chains must be whole from their first entry, but for what a later one of ours says to be lost;
    of others' chains only what came is compared.
    `keys_of` an author are all that ever counted; one of them must have signed.
    """
    ours = {row.chain: row.prev_hash for row in tx.execute(select(chains))}
    lost = incarnation.declared_lost(tx)
    count: Tally[str] = Tally()
    found: list[Found] = []
    rows = tx.execute(_rows()).yield_per(500)
    for chain, links in groupby(rows, key=lambda row: str(row.chain)):
        walk = _Walk(chain, ours.get(chain), keys_of, lost.get(chain, ()))
        for row in links:
            count["all"] += 1
            count[row.state or "lacking"] += row.body is None
            found.extend(walk.step(row))
    found.extend(_lost_numbers(tx))
    head = _signed_head(tx)
    found.extend(_unlike(tx, head))
    lacking = count[gone_state.RETIRED], count[REDACTED], count["lacking"]
    return VerifyReport(count["all"], *lacking, tuple(found), head)


class _Walk:
    """One chain, entry by entry."""

    def __init__(
        self, chain: str, begins_after: str | None, keys_of: KeysOf, lost: tuple[range, ...]
    ) -> None:
        self._chain = chain
        self._lost = lost
        self._is_ours = bool(begins_after)  # one of which parts came back is compared like another's
        self._seq = 0
        self._hash = begins_after or NO_HASH
        self._last: Entry | None = None
        self._keys_of = keys_of

    def step(self, row: Row[Any]) -> Iterator[Found]:
        for flaw in self._flaws(row):
            yield Found(flaw, self._chain, row.seq, row.id)

    def _flaws(self, row: Row[Any]) -> Iterator[Flaw]:
        if row.verdict is None:
            yield Flaw.DELIVERY
        if self._is_ours and row.body is None and row.verdict not in FINAL and row.state != REDACTED:
            yield Flaw.BODY
        if row.body is not None and row.state == REDACTED and row.verdict not in OPEN:
            yield Flaw.STAYED
        follows = row.seq == self._seq + 1
        if self._is_ours and not follows:
            yield Flaw.LOST if self._is_declared(row.seq) else Flaw.GAP
        self._seq = row.seq
        try:
            entry = parse(row.header, row.sig, row.salt, row.body)
        except EntryMalformed:
            self._hash, self._last = row.hash, None
            yield Flaw.UNREADABLE
            return
        yield from self._content_flaws(row, entry)
        yield from self._link_flaws(entry, follows)
        self._hash, self._last = entry.hash, entry

    def _is_declared(self, seq: int) -> bool:
        """Whether everything between the last entry and this one is known to be lost."""
        missing = range(self._seq + 1, seq)
        return bool(missing) and all(any(place in lost for lost in self._lost) for place in missing)

    def _content_flaws(self, row: Row[Any], entry: Entry) -> Iterator[Flaw]:
        if any(getattr(row, name) != value for name, value in columns_of(entry).items()):
            yield Flaw.COLUMN
        keys = self._keys_of(entry.author)
        if not keys:
            yield Flaw.AUTHOR
            if entry.salt and entry.body is not None and commit(entry.salt, entry.body) != entry.body_commit:
                yield Flaw.FORGED
            return
        if not any(_verifies(entry, key) for key in keys):
            yield Flaw.FORGED

    def _link_flaws(self, entry: Entry, follows: bool) -> Iterator[Flaw]:
        is_known = self._is_ours or self._last is not None
        if follows and is_known and entry.prev_hash != self._hash:
            yield Flaw.LINK
        if self._last is not None and entry.occurred_at < self._last.occurred_at:
            yield Flaw.TIME_BACK


def _verifies(entry: Entry, key: bytes) -> bool:
    try:
        verify(entry, key)
    except EntryForged:
        return False
    return True


def _rows() -> Any:
    columns = (entries, bodies.c.salt, bodies.c.body, deliveries.c.verdict, gone.c.state)
    its_own = (gone.c.entry == entries.c.id) & (gone.c.subject == entries.c.subject)
    joined = entries.outerjoin(bodies).outerjoin(deliveries).outerjoin(gone, its_own)
    return select(*columns).select_from(joined).order_by(entries.c.chain, entries.c.seq)


def _signed_head(tx: Connection) -> Head | None:
    told = heads.of(tx, current_chain(tx) or "")
    return None if told is None else head_from(told.data)


def _unlike(tx: Connection, head: Head | None) -> Iterator[Found]:
    """Hold the chain against what central has signed: an end that was cut off, with all that speaks of it, shows."""
    if head is None:
        return
    same = (entries.c.chain == head.chain) & (entries.c.seq == head.seq) & (entries.c.hash == head.hash)
    if tx.execute(select(entries.c.id).where(same)).first() is None:
        yield Found(Flaw.UNLIKE_CENTRAL, head.chain, head.seq, "")


def _lost_numbers(tx: Connection) -> Iterator[Found]:
    known = select(entries.c.id).scalar_subquery()
    lost = select(number_uses.c.entry).where(
        number_uses.c.entry.is_(None) | number_uses.c.entry.not_in(known)
    )
    for entry in tx.execute(lost).scalars():
        yield Found(Flaw.NUMBER, "", 0, entry or "")
