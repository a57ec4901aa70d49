"""Work of an older life of this counter that comes back from outside: kept as what it was, and sent."""

from collections.abc import Sequence

from sqlalchemy import Connection

from sync.body import read_body
from sync.entry import Entry
from sync.errors import EntryMalformed
from sync.journal import alarms, entries, gone, numbers, references
from sync.journal.entries import Head
from sync.journal.incarnation import Cause, Lost
from sync.journal.reason import Reason


def take(tx: Connection, entry: Entry) -> bool:
    """Keep an entry as an open one; False, and an alarm, when its place in its chain is another's."""
    if entries.hash_at(tx, entry.chain, entry.seq) is not None:
        alarms.raise_alarm(tx, "second_hash", entry)
        return False
    entries.adopt_chain(tx, entry.chain)
    entry = gone.stripped(tx, entry)
    entries.append(tx, entry)
    gone.follow(tx, entry)
    try:
        body = read_body(entry.body or b"{}")
    except EntryMalformed:
        return True  # it is central's to say so
    for sha256 in body.files:
        references.add(tx, sha256, entry.subject)
    if body.number is not None:
        numbers.adopt(tx, body.number.series, body.number.value, entry.chain, entry.id)
    return True


def cause_for(head: Head, further: Sequence[Entry]) -> Cause:
    """Return why our chain ends: it had gone further than we knew."""
    last = max(further, key=lambda entry: entry.seq)
    if last.seq <= head.seq:
        return Cause(Reason.RESTORED, head)
    there = {entry.seq for entry in further}
    lost = tuple(Lost(head.chain, seq, seq) for seq in range(head.seq + 1, last.seq + 1) if seq not in there)
    return Cause(Reason.RESTORED, Head(last.chain, last.seq, last.hash, None), lost)
