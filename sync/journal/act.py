"""An act: what one author does in one transaction, and the entries that tell of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from sync.body import read_body, voided_by, write_body
from sync.clock import TimeSource, legal_now, read_clock
from sync.entry import Entry, Fields, Signer, new_id, seal
from sync.journal import entries, gone, meta, numbers, ranges, references


class Act:
    """Made by `Journal.act`. `tx` is for numbers, revisions, references and drafts of the same act.

    `now` is the legal time (UTC, whole milliseconds) of everything in it. `chain_is_ahead` says that
    the chain's last entry tells a later time than a server has told since: flagged, not followed.
    """

    def __init__(self, tx: Connection, author: Signer, chain: str, source: TimeSource) -> None:
        self.tx = tx
        self.chain = chain
        self.last: Entry | None = None  # added by this act
        self._author = author
        head = entries.chain_head(tx, chain)
        self._clock = read_clock(source, meta.server_time(tx))
        self.now: datetime = legal_now(self._clock, head.occurred_at)
        self.chain_is_ahead = head.occurred_at is not None and head.occurred_at > self.now

    def add(self, subject: str, kind: str, body: Mapping[str, Any]) -> Entry:
        """Add an entry on a subject (a uuid); its files count as referenced, its number as used by it.

        What a redaction orders is done at once.
        `body` becomes canonical JSON; raises `EntryMalformed` when its reserved members are wrong.
        """
        data = write_body(body)
        head = entries.chain_head(self.tx, self.chain)
        fields = Fields(
            id=new_id(),
            chain=self.chain,
            seq=head.seq + 1,
            subject=subject,
            kind=kind,
            base=entries.last_final(self.tx, subject),
            author=self._author.author,
            occurred_at=self.now,
            clock=self._clock,
            prev_hash=head.hash,
        )
        entry = seal(fields, data, self._author)
        entries.append(self.tx, entry)
        self._refer(entry, data)
        gone.follow(self.tx, entry)
        self.last = entry
        return entry

    def finish(self) -> None:
        """Refuse an act that took a number and told nobody. Called by `Journal.act` before the commit."""
        if numbers.unbound(self.tx):
            raise RuntimeError("a number was taken, but no entry of this act names it")

    def _refer(self, entry: Entry, data: bytes) -> None:
        body = read_body(data)
        for sha256 in body.files:
            references.add(self.tx, sha256, entry.subject)
        number = body.number
        if number is not None and not numbers.bind(self.tx, number.series, number.value, entry.id):
            raise RuntimeError("an entry names a number that this act did not take")
        if not ranges.end(self.tx, self.chain, voided_by(data)):
            raise RuntimeError("an entry calls numbers void that this chain does not hold")
